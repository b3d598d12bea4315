"""Where the answers of module ouro are written to."""

import ouro

ENDINGS = (".svg", ".html", ".dot", ".json")


def ending_of(path, endings):
    """The one of `endings` that the path has; ValueError names them all."""
    for ending in endings:
        if path.endswith(ending) and path != ending:
            return ending
    raise ValueError("the name of the file must end in %s or %s, not %r"
                     % (", ".join(endings[:-1]), endings[-1], path))


def as_json(answer):
    """The plain structure as JSON text."""
    import json
    return json.dumps(answer, indent=1) + "\n"


def write(path, makers, answer):
    """Writes what the ending of the path asks for; `makers` maps endings to functions, None: JSON."""
    maker = makers[ending_of(path, tuple(makers))]
    text = as_json(answer) if maker is None else maker()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def print_pools(format):
    """--dump=pools"""
    pools = ouro.pools()
    if format == "svg":
        print(pools.svg(), end="")
    elif format == "json":
        print(as_json(pools), end="")
    else:
        print(pools)


def save_heap(path):
    """--heap=FILE: the state at exit, and before it what ouro.snapshot() kept."""
    graph = ouro.heap()
    graph["name"] = "at exit"
    graph.save(path, ouro.snapshots())
