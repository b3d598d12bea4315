"""DeltaBlue, an incremental solver of one-way constraints: chains of equalities and a projection
through scale constraints, planned, executed and taken back."""

REQUIRED, STRONG, PREFERRED, NORMAL, WEAK, WEAKEST = range(6)


class Variable:
    def __init__(self, name, value=0):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.strength = WEAKEST
        self.stay = True


class Constraint:
    is_input = False

    def __init__(self, strength):
        self.strength = strength

    def add_to(self, planner):
        for variable in self.variables():
            variable.constraints.append(self)
        self.clear()
        planner.incremental_add(self)

    def destroy(self, planner):
        if self.satisfied():
            planner.incremental_remove(self)
        for variable in self.variables():
            if self in variable.constraints:
                variable.constraints.remove(self)

    def satisfy(self, mark, planner):
        self.choose(mark)
        if not self.satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("a required constraint cannot be satisfied")
            return None
        for variable in self.inputs():
            variable.mark = mark
        output = self.output()
        overridden = output.determined_by
        if overridden is not None:
            overridden.clear()
        output.determined_by = self
        if not planner.add_propagate(self, mark):
            raise RuntimeError("cycle")
        output.mark = mark
        return overridden

    def inputs_known(self, mark):
        for v in self.inputs():
            if not (v.mark == mark or v.stay or v.determined_by is None):
                return False
        return True


class Unary(Constraint):
    def __init__(self, variable, strength, planner):
        super().__init__(strength)
        self.target = variable
        self.on = False
        self.add_to(planner)

    def variables(self):
        return (self.target,)

    def inputs(self):
        return ()

    def output(self):
        return self.target

    def satisfied(self):
        return self.on

    def clear(self):
        self.on = False

    def choose(self, mark):
        self.on = self.target.mark != mark and self.strength < self.target.strength

    def recalculate(self):
        self.target.strength = self.strength
        self.target.stay = not self.is_input
        if self.target.stay:
            self.execute()

    def execute(self):
        pass


class Stay(Unary):
    pass


class Edit(Unary):
    is_input = True


class Binary(Constraint):
    def __init__(self, a, b, strength, planner):
        super().__init__(strength)
        self.a = a
        self.b = b
        self.direction = 0
        self.add_to(planner)

    def variables(self):
        return (self.a, self.b)

    def satisfied(self):
        return self.direction != 0

    def clear(self):
        self.direction = 0

    def source(self):
        return self.a if self.direction > 0 else self.b

    def output(self):
        return self.b if self.direction > 0 else self.a

    def inputs(self):
        return (self.source(),)

    def choose(self, mark):
        a, b = self.a, self.b
        if a.mark == mark:
            self.direction = 1 if b.mark != mark and self.strength < b.strength else 0
        elif b.mark == mark:
            self.direction = -1 if self.strength < a.strength else 0
        elif a.strength > b.strength:
            self.direction = -1 if self.strength < a.strength else 0
        else:
            self.direction = 1 if self.strength < b.strength else 0

    def recalculate(self):
        source, output = self.source(), self.output()
        output.strength = max(self.strength, source.strength)
        output.stay = source.stay
        if output.stay:
            self.execute()


class Equality(Binary):
    def execute(self):
        self.output().value = self.source().value


class Scale(Binary):
    def __init__(self, source, scale, offset, target, strength, planner):
        self.scale = scale
        self.offset = offset
        super().__init__(source, target, strength, planner)

    def variables(self):
        return (self.a, self.b, self.scale, self.offset)

    def inputs(self):
        return (self.source(), self.scale, self.offset)

    def execute(self):
        if self.direction > 0:
            self.b.value = self.a.value * self.scale.value + self.offset.value
        else:
            self.a.value = (self.b.value - self.offset.value) // self.scale.value

    def recalculate(self):
        source, output = self.source(), self.output()
        output.strength = max(self.strength, source.strength)
        output.stay = source.stay and self.scale.stay and self.offset.stay
        if output.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.mark = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)

    def incremental_remove(self, constraint):
        output = constraint.output()
        output.determined_by = None
        constraint.clear()
        unsatisfied = self.remove_propagate(output)
        for strength in range(WEAKEST + 1):
            for other in unsatisfied:
                if other.strength == strength:
                    self.incremental_add(other)

    def add_propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            current = todo.pop()
            if current.output().mark == mark:
                self.incremental_remove(constraint)
                return False
            current.recalculate()
            self.consumers(current.output(), todo)
        return True

    def remove_propagate(self, output):
        output.determined_by = None
        output.strength = WEAKEST
        output.stay = True
        unsatisfied = []
        todo = [output]
        while todo:
            variable = todo.pop()
            for constraint in variable.constraints:
                if not constraint.satisfied():
                    unsatisfied.append(constraint)
            following = []
            self.consumers(variable, following)
            for constraint in following:
                constraint.recalculate()
                todo.append(constraint.output())
        return unsatisfied

    def consumers(self, variable, found):
        determining = variable.determined_by
        for constraint in variable.constraints:
            if constraint is not determining and constraint.satisfied():
                found.append(constraint)

    def plan(self, sources):
        mark = self.new_mark()
        plan = []
        todo = list(sources)
        while todo:
            constraint = todo.pop()
            output = constraint.output()
            if output.mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                output.mark = mark
                self.consumers(output, todo)
        return plan


def change(planner, variable, value):
    edit = Edit(variable, PREFERRED, planner)
    plan = planner.plan([edit])
    for _ in range(10):
        variable.value = value
        for constraint in plan:
            constraint.execute()
    edit.destroy(planner)


def chain(n):
    planner = Planner()
    variables = [Variable("v%d" % i) for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        Equality(a, b, REQUIRED, planner)
    Stay(variables[-1], NORMAL, planner)
    edit = Edit(variables[0], PREFERRED, planner)
    plan = planner.plan([edit])
    for value in range(200):
        variables[0].value = value
        for constraint in plan:
            constraint.execute()
        if variables[-1].value != value:
            raise RuntimeError("chain")
    edit.destroy(planner)
    return len(plan)


def projection(n):
    planner = Planner()
    scale = Variable("scale", 10)
    offset = Variable("offset", 1000)
    sources = []
    targets = []
    for i in range(n):
        source = Variable("source", i)
        target = Variable("target", i)
        Stay(source, NORMAL, planner)
        Scale(source, scale, offset, target, REQUIRED, planner)
        sources.append(source)
        targets.append(target)
    change(planner, sources[0], 17)
    results = [targets[0].value]
    change(planner, targets[0], 1050)
    results.append(sources[0].value)
    change(planner, scale, 5)
    results.append(sum(t.value for t in targets[:-1]))
    change(planner, offset, 2000)
    results.append(sum(t.value for t in targets[:-1]))
    return results


print(chain(5000), projection(8000), chain(3000), projection(4000))
