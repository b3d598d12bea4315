"""An interpreter in the interpreted language: a small stack machine runs loops of its own."""

PUSH, LOAD, STORE, ADD, SUB, MUL, LESS, JUMP, JUMP_IF_FALSE, HALT = range(10)


def assemble(source):
    names = {"push": PUSH, "load": LOAD, "store": STORE, "add": ADD, "sub": SUB, "mul": MUL,
             "less": LESS, "jump": JUMP, "jump_if_false": JUMP_IF_FALSE, "halt": HALT}
    code = []
    labels = {}
    for line in source.split("\n"):
        words = line.split()
        if not words:
            continue
        if words[0].endswith(":"):
            labels[words[0][:-1]] = len(code)
        else:
            code.append([names[words[0]], words[1] if len(words) > 1 else None])
    for instruction in code:
        argument = instruction[1]
        if argument in labels:
            instruction[1] = labels[argument]
        elif argument is not None and argument.lstrip("-").isdigit():
            instruction[1] = int(argument)
    return [tuple(instruction) for instruction in code]


class Machine:
    def __init__(self, code):
        self.code = code
        self.stack = []
        self.variables = {}
        self.steps = 0

    def run(self):
        code = self.code
        stack = self.stack
        variables = self.variables
        pc = 0
        while True:
            op, argument = code[pc]
            pc += 1
            self.steps += 1
            if op == PUSH:
                stack.append(argument)
            elif op == LOAD:
                stack.append(variables[argument])
            elif op == STORE:
                variables[argument] = stack.pop()
            elif op == ADD:
                b = stack.pop()
                stack[-1] += b
            elif op == SUB:
                b = stack.pop()
                stack[-1] -= b
            elif op == MUL:
                b = stack.pop()
                stack[-1] = stack[-1] * b % 1000003
            elif op == LESS:
                b = stack.pop()
                stack[-1] = stack[-1] < b
            elif op == JUMP:
                pc = argument
            elif op == JUMP_IF_FALSE:
                if not stack.pop():
                    pc = argument
            else:
                return variables


PROGRAM = """
    push 0
    store i
    push 1
    store x
loop:
    load i
    push 270000
    less
    jump_if_false done
    load x
    push 31
    mul
    load i
    add
    store x
    load i
    push 1
    add
    store i
    jump loop
done:
    halt
"""

machine = Machine(assemble(PROGRAM))
print(sorted(machine.run().items()), machine.steps)
