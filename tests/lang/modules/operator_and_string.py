"""operator, string and types."""
import operator as op
import string
import types

print(op.add(1, 2), op.sub(1, 2), op.mul(2, 3), op.truediv(1, 2), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 3), op.neg(1), op.pos(1), op.inv(1), op.not_(0), op.truth([]), op.lshift(1, 2), op.rshift(8, 1), op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.is_(1, 1), op.is_not(None, 1), op.index(5), op.abs(-1), op.concat("a", "b"), op.contains("abc", "b"), op.countOf([1, 1, 2], 1), op.indexOf("abc", "c"))
print(op.eq(1, 1), op.ne(1, 1), op.lt(1, 2), op.le(2, 2), op.gt(1, 2), op.ge(2, 2), op.getitem([1, 2], 1), op.length_hint([1, 2]), op.call(max, 1, 2))
l = [1, 2, 3]
op.setitem(l, 0, 9); op.delitem(l, 1); l = op.iadd(l, [4]); print(l, op.iconcat([1], [2]), op.imul(3, 2))
print(op.itemgetter(1)("abc"), op.itemgetter(0, 2)("abc"), op.itemgetter(slice(1, None))("abc"), op.attrgetter("real")(5), op.attrgetter("real", "imag")(1j), op.attrgetter("__class__.__name__")(5), op.methodcaller("upper")("a"), op.methodcaller("split", ",", maxsplit=1)("a,b,c"))
print(sorted([("a", 3), ("b", 1)], key=op.itemgetter(1)), repr(op.itemgetter(1)), repr(op.attrgetter("a.b")), repr(op.methodcaller("f", 1, k=2)))
for source in ("op.itemgetter()", "op.itemgetter(5)('a')", "op.attrgetter('x')(5)", "op.attrgetter(5)", "op.indexOf([1], 2)", "op.index(1.5)", "op.add(1, 'a')", "op.concat(1, 2)", "op.matmul(1, 2)", "op.methodcaller()"):
    try:
        print(eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace), len(string.printable), string.ascii_letters == string.ascii_lowercase + string.ascii_uppercase)
t = string.Template("$who likes ${what} for $$5")
print(t.substitute(who="Ann", what="tea"), t.safe_substitute(who="Bob"), string.capwords("hello big world"))
try:
    t.substitute(who="x")
except KeyError as error:
    print(repr(error))
print(string.Formatter().format("{0} {k}", 1, k=2))
n = types.SimpleNamespace(a=1, b=[2])
n.c = 3
print(n, n.a, n == types.SimpleNamespace(a=1, b=[2], c=3), vars(n))
m = types.ModuleType("mod", "doc")
print(m.__name__, m.__doc__, m)
print(types.FunctionType is type(lambda: 0), types.GeneratorType is type((x for x in ())), types.MethodType(lambda s: s, 5)(), isinstance(len, types.BuiltinFunctionType), types.NoneType is type(None), types.CodeType.__name__)
mp = types.MappingProxyType({"a": 1})
print(mp["a"], dict(mp), len(mp), mp, "a" in mp)
try:
    mp["b"] = 1
except TypeError as error:
    print(error)
C = types.new_class("C", (int,), {}, lambda ns: ns.update(x=1))
print(C.x, C(5) + 1, types.DynamicClassAttribute.__name__, types.resolve_bases((int,)))
