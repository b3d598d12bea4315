"""A text adventure as a state machine, played by a fixed list of commands."""


class Room:
    def __init__(self, name, text, **exits):
        self.name, self.text, self.exits, self.things = name, text, exits, set()


class Game:
    def __init__(self):
        self.rooms = {r.name: r for r in (
            Room("hall", "A draughty hall.", north="library", east="kitchen"),
            Room("library", "Books to the ceiling.", south="hall", down="cellar"),
            Room("kitchen", "It smells of soup.", west="hall"),
            Room("cellar", "Too dark to see.", up="library"),
        )}
        self.rooms["kitchen"].things |= {"lamp", "soup"}
        self.rooms["cellar"].things.add("treasure")
        self.here = self.rooms["hall"]
        self.bag = set()
        self.moves = 0
        self.state = "playing"

    def do_go(self, direction=None):
        if direction not in self.here.exits:
            return "No way."
        self.here = self.rooms[self.here.exits[direction]]
        return self.do_look()

    def do_look(self):
        if self.here.name == "cellar":
            if "lamp" not in self.bag:
                return self.here.text
            things = "Light at last"
        else:
            things = self.here.text
        if self.here.things:
            things += " You see: " + ", ".join(sorted(self.here.things)) + "."
        return things

    def do_take(self, thing=None):
        if thing not in self.here.things:
            return f"No {thing} here." if thing else "Take what?"
        if self.here.name == "cellar" and "lamp" not in self.bag:
            return "You grope about in vain."
        self.here.things.remove(thing)
        self.bag.add(thing)
        if thing == "treasure":
            self.state = "won"
            return "You are rich!"
        return "Taken."

    def do_drop(self, thing=None):
        try:
            self.bag.remove(thing)
        except KeyError:
            return "You do not have that."
        self.here.things.add(thing)
        return "Dropped."

    def do_eat(self, thing=None):
        match_ = {"soup": "Hot!", "lamp": "Crunch. No."}
        if thing not in self.bag:
            return "You do not have that."
        if thing == "soup":
            self.bag.discard(thing)
        return match_.get(thing, "No.")

    def do_bag(self):
        return "You carry " + (", ".join(sorted(self.bag)) or "nothing") + "."

    def command(self, line):
        self.moves += 1
        verb, *rest = line.split()
        handler = getattr(self, "do_" + verb, None)
        if handler is None:
            return f"I do not know how to {verb}."
        try:
            return handler(*rest)
        except TypeError:
            return f"Use {verb} differently."


def play(commands):
    game = Game()
    yield game.do_look()
    for line in commands:
        if game.state != "playing":
            break
        yield f"> {line}"
        yield game.command(line)
    yield f"{game.state} after {game.moves} moves"


for text in play(["look", "dance", "go up", "go north", "go down", "take treasure", "go up", "go south", "go east", "take lamp", "take soup", "eat soup", "eat lamp", "bag", "drop sword", "take", "look around", "go west", "go north", "go down", "take gold", "take treasure", "look"]):
    print(text)
