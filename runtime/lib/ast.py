"""Syntax trees: parsing to nodes, walking over them, and values of literals.

Trees come from compile() with the flag PyCF_ONLY_AST; compile() does not take them back.
"""

import sys

PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000


class AST:
    """A node: its fields are attributes."""

    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        if len(args) > len(self._fields):
            count = len(self._fields)
            raise TypeError(f"{type(self).__name__} constructor takes at most {count} positional "
                            f"argument{'' if count == 1 else 's'}")
        for name, value in zip(self._fields, args):
            if name in kwargs:
                raise TypeError(f"{type(self).__name__} got multiple values for argument {name!r}")
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __reduce_ex__(self, protocol):
        return type(self), (), self.__dict__.copy()


_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")

# Group: whether its nodes have places; and its nodes with their fields.  What ends with ? may be
# missing (None), what ends with * is a list.
_GROUPS = {
    "mod": (False, """
        Module body* type_ignores*
        Interactive body*
        Expression body
        FunctionType argtypes* returns"""),
    "stmt": (True, """
        FunctionDef name args body* decorator_list* returns? type_comment?
        AsyncFunctionDef name args body* decorator_list* returns? type_comment?
        ClassDef name bases* keywords* body* decorator_list*
        Return value?
        Delete targets*
        Assign targets* value type_comment?
        AugAssign target op value
        AnnAssign target annotation value? simple
        For target iter body* orelse* type_comment?
        AsyncFor target iter body* orelse* type_comment?
        While test body* orelse*
        If test body* orelse*
        With items* body* type_comment?
        AsyncWith items* body* type_comment?
        Match subject cases*
        Raise exc? cause?
        Try body* handlers* orelse* finalbody*
        TryStar body* handlers* orelse* finalbody*
        Assert test msg?
        Import names*
        ImportFrom module? names* level?
        Global names*
        Nonlocal names*
        Expr value
        Pass
        Break
        Continue"""),
    "expr": (True, """
        BoolOp op values*
        NamedExpr target value
        BinOp left op right
        UnaryOp op operand
        Lambda args body
        IfExp test body orelse
        Dict keys* values*
        Set elts*
        ListComp elt generators*
        SetComp elt generators*
        DictComp key value generators*
        GeneratorExp elt generators*
        Await value
        Yield value?
        YieldFrom value
        Compare left ops* comparators*
        Call func args* keywords*
        FormattedValue value conversion format_spec?
        JoinedStr values*
        Constant value kind?
        Attribute value attr ctx
        Subscript value slice ctx
        Starred value ctx
        Name id ctx
        List elts* ctx
        Tuple elts* ctx
        Slice lower? upper? step?"""),
    "expr_context": (False, "Load\nStore\nDel"),
    "boolop": (False, "And\nOr"),
    "operator": (False, "Add\nSub\nMult\nMatMult\nDiv\nMod\nPow\nLShift\nRShift\nBitOr\nBitXor\n"
                        "BitAnd\nFloorDiv"),
    "unaryop": (False, "Invert\nNot\nUAdd\nUSub"),
    "cmpop": (False, "Eq\nNotEq\nLt\nLtE\nGt\nGtE\nIs\nIsNot\nIn\nNotIn"),
    "comprehension": (False, "= target iter ifs* is_async"),
    "excepthandler": (True, "ExceptHandler type? name? body*"),
    "arguments": (False, "= posonlyargs* args* vararg? kwonlyargs* kw_defaults* kwarg? defaults*"),
    "arg": (True, "= arg annotation? type_comment?"),
    "keyword": (True, "= arg? value"),
    "alias": (True, "= name asname?"),
    "withitem": (False, "= context_expr optional_vars?"),
    "match_case": (False, "= pattern guard? body*"),
    "pattern": (True, """
        MatchValue value
        MatchSingleton value
        MatchSequence patterns*
        MatchMapping keys* patterns* rest?
        MatchClass cls patterns* kwd_attrs* kwd_patterns*
        MatchStar name?
        MatchAs pattern? name?
        MatchOr patterns*"""),
    "type_ignore": (False, "TypeIgnore lineno tag"),
}


def _make_class(name, base, words, placed):
    fields = tuple(word.rstrip("?*") for word in words)
    members = {"__module__": "ast", "_fields": fields, "__match_args__": fields}
    for word, field in zip(words, fields):
        if word.endswith("?"):
            members[field] = None
    if placed:
        members["_attributes"] = _PLACE
        members["end_lineno"] = members["end_col_offset"] = None
    return type(name, (base,), members)


def _make_classes():
    for group, (placed, table) in _GROUPS.items():
        if table.startswith("="):
            globals()[group] = _make_class(group, AST, table[1:].split(), placed)
            continue
        base = globals()[group] = _make_class(group, AST, (), placed)
        for line in table.split("\n"):
            if line.strip():
                name, *words = line.split()
                globals()[name] = _make_class(name, base, words, placed)


_make_classes()
_singletons = {name: globals()[name]() for group in ("expr_context", "boolop", "operator",
                                                     "unaryop", "cmpop")
               for name in _GROUPS[group][1].split()}


def _build(tree):
    """Nodes for what the compiler gives: (kind, place, fields…)."""
    if type(tree) is list:
        return [_build(item) if type(item) is tuple else item for item in tree]
    kind = tree[0]
    node = _singletons.get(kind)
    if node is not None:
        return node
    cls = globals()[kind]
    node = cls()
    values = node.__dict__
    fields = cls._fields
    literal = kind in ("Constant", "MatchSingleton")  # its value may be a tuple
    for name, value in zip(fields, tree[2:]):
        values[name] = (value if literal or type(value) not in (tuple, list) else _build(value))
    for name in fields[len(tree) - 2:]:
        values[name] = [] if name == "type_ignores" else None
    if tree[1] is not None:
        values.update(zip(_PLACE, tree[1]))
    return node


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None):
    """The tree of source text."""
    flags = PyCF_ONLY_AST | (PyCF_TYPE_COMMENTS if type_comments else 0)
    return compile(source, filename, mode, flags)


# ---- values of literals

def literal_eval(node_or_string):
    """The value of an expression of literals: numbers, text, containers, signs, complex sums."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


def _malformed(node):
    message = "malformed node or string"
    if line := getattr(node, "lineno", None):
        message += f" on line {line}"
    raise ValueError(f"{message}: {node!r}")


def _number(node, signed):
    if signed and isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        operand = _number(node.operand, False)
        return +operand if isinstance(node.op, UAdd) else -operand
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        _malformed(node)
    return node.value


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, List):
        return list(map(_literal, node.elts))
    if isinstance(node, Set):
        return set(map(_literal, node.elts))
    if (isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set" and
            node.args == node.keywords == []):
        return set()
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            _malformed(node)
        return dict(zip(map(_literal, node.keys), map(_literal, node.values)))
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left, right = _number(node.left, True), _number(node.right, False)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _number(node, True)


# ---- looking at trees

def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """The tree as text that would make it again."""
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def lines(level):
        return ("", ", ") if indent is None else ("\n" + indent * level, ",\n" + indent * level)

    def show(node, level=0):
        if isinstance(node, list):
            return show_list(node, level)
        if not isinstance(node, AST):
            return repr(node), True
        level += 1
        prefix, separator = lines(level)
        cls = type(node)
        parts = []
        simple = True
        keywords = annotate_fields
        for name in node._fields:
            try:
                value = getattr(node, name)
            except AttributeError:
                keywords = True
                continue
            if value is None and getattr(cls, name, ...) is None:
                keywords = True
                continue
            text, plain = show(value, level)
            simple = simple and plain
            parts.append(f"{name}={text}" if keywords else text)
        if include_attributes and node._attributes:
            for name in node._attributes:
                try:
                    value = getattr(node, name)
                except AttributeError:
                    continue
                if value is None and getattr(cls, name, ...) is None:
                    continue
                text, plain = show(value, level)
                simple = simple and plain
                parts.append(f"{name}={text}")
        if simple and len(parts) <= 3:
            return f"{cls.__name__}({', '.join(parts)})", not parts
        return f"{cls.__name__}({prefix}{separator.join(parts)})", False

    def show_list(items, level):
        if not items:
            return "[]", True
        level += 1
        prefix, separator = lines(level)
        return f"[{prefix}{separator.join(show(item, level)[0] for item in items)}]", False

    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {type(node).__name__!r}")
    return show(node)[0]


def iter_fields(node):
    """(name, value) of the fields that the node has."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """The nodes directly below."""
    for name, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    """The node and all below it, level by level."""
    waiting = [node]
    for node in waiting:
        waiting.extend(iter_child_nodes(node))
        yield node


def copy_location(new_node, old_node):
    """Gives new_node the place of old_node."""
    for name in _PLACE:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or hasattr(old_node, name) and name.startswith("end_"):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Gives nodes without a place that of the node above."""
    def fix(node, place):
        here = list(place)
        for i, name in enumerate(_PLACE):
            if name in node._attributes:
                if getattr(node, name, None) is None:
                    setattr(node, name, place[i])
                else:
                    here[i] = getattr(node, name)
        for child in iter_child_nodes(node):
            fix(child, here)
    fix(node, (1, 0, 1, 0))
    return node


def increment_lineno(node, n=1):
    """Moves the tree down by n lines."""
    for child in walk(node):
        if "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes and getattr(child, "end_lineno", None) is not None:
            child.end_lineno += n
    return node


def get_docstring(node, clean=True):
    """The docstring of a module, class or function, or None."""
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{type(node).__name__!r} can't have docstrings")
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    value = node.body[0].value
    if not (isinstance(value, Constant) and isinstance(value.value, str)):
        return None
    if not clean:
        return value.value
    import inspect
    return inspect.cleandoc(value.value)


def get_source_segment(source, node, *, padded=False):
    """The text of a node, or None when its place is not known."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last = node.lineno - 1, node.end_lineno - 1
        start, end = node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = source.splitlines(keepends=True)
    if first == last:
        return lines[first].encode()[start:end].decode()
    head = lines[first].encode()
    padding = "".join(c if c in "\f\t" else " " for c in head[:start].decode()) if padded else ""
    middle = lines[first + 1:last]
    return "".join([padding + head[start:].decode(), *middle, lines[last].encode()[:end].decode()])


class NodeVisitor:
    """visit_NAME methods are called for nodes; the others are walked through."""

    def visit(self, node):
        method = getattr(self, "visit_" + type(node).__name__, self.generic_visit)
        return method(node)

    def generic_visit(self, node):
        """Visits what is directly below."""
        for child in iter_child_nodes(node):
            self.visit(child)


class NodeTransformer(NodeVisitor):
    """What the visit_NAME methods return takes the node's place; None removes it."""

    def generic_visit(self, node):
        for name, old in list(iter_fields(node)):
            if isinstance(old, list):
                new = []
                for item in old:
                    if isinstance(item, AST):
                        item = self.visit(item)
                        if item is None:
                            continue
                        if not isinstance(item, AST):
                            new.extend(item)
                            continue
                    new.append(item)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node


def main():
    import argparse
    parser = argparse.ArgumentParser(prog="python -m ast")
    parser.add_argument("infile", nargs="?", default="-", help="the file to parse; - is stdin")
    parser.add_argument("-m", "--mode", default="exec", choices=("exec", "single", "eval"),
                        help="what kind of code it is")
    parser.add_argument("-a", "--include-attributes", action="store_true",
                        help="show line numbers and columns")
    parser.add_argument("-i", "--indent", type=int, default=3, help="spaces a level")
    args = parser.parse_args()
    if args.infile == "-":
        source, name = sys.stdin.read(), "<stdin>"
    else:
        with open(args.infile, "rb") as file:
            source, name = file.read(), args.infile
    print(dump(parse(source, name, args.mode), include_attributes=args.include_attributes,
               indent=args.indent))


if __name__ == "__main__":
    main()
