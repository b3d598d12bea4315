"""The instructions of the virtual machine: names, numbers and kinds of arguments."""

from _opcode import binary_texts, compare_texts, stack_effect, table

__all__ = ["cmp_op", "hasarg", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal",
           "hascompare", "hasfree", "hasnargs", "opname", "opmap", "EXTENDED_ARG", "stack_effect"]

cmp_op = compare_texts
_nb_ops = tuple((text, text) for text in binary_texts)

opname = []
opmap = {}
_arg_kinds = []        # by opcode: "none", "const", "local", "jump", …
_cache_words = []      # by opcode: words behind the instruction that hold no instruction
_stack_pictures = []   # by opcode: "before -- after"

for _name, _number, _kind, _caches, _picture in table():
    opname.append(_name)
    opmap[_name] = _number
    _arg_kinds.append(_kind)
    _cache_words.append(_caches)
    _stack_pictures.append(_picture)
del _name, _number, _kind, _caches, _picture


def _of_kind(*kinds):
    return [op for op, kind in enumerate(_arg_kinds) if kind in kinds]


hasarg = [op for op, kind in enumerate(_arg_kinds) if kind != "none"]
hasconst = _of_kind("const")
hasname = _of_kind("name")
hasjrel = _of_kind("jump")
hasjabs = []
haslocal = _of_kind("local")
hasfree = _of_kind("cell")
hascompare = _of_kind("compare")
hasnargs = [opmap["CALL"]]

EXTENDED_ARG = opmap["EXTENDED_ARG"]
