"""contextvars: variables, tokens, contexts that share and run."""
import contextvars
import gc
import weakref
from contextvars import Context, ContextVar, Token, copy_context


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        text = str(e)
        at = text.find(" at 0x")
        return type(e).__name__ + ": " + (text if at < 0 else text[:at])


var = ContextVar("var")
with_default = ContextVar("with_default", default=42)
print(var.name, shown(var.get)[:40], var.get("fallback"))
print(with_default.get(), with_default.get(1))
print(shown(ContextVar), shown(ContextVar, 1), shown(ContextVar, "a", 2))
print(shown(Context, 1), shown(Token), shown(Context, a=1))
print(repr(var).startswith("<ContextVar name='var' at 0x"))
print(repr(with_default).startswith("<ContextVar name='with_default' default=42 at 0x"))

token = var.set("one")
print(repr(token).startswith("<Token var=<ContextVar name='var' at 0x"))
print(token.var is var, token.old_value is Token.MISSING, Token.MISSING)
inner = var.set("two")
print(inner.old_value, var.get())
var.reset(inner)
print(var.get(), shown(var.reset, inner), repr(inner).startswith("<Token used var="))
print(shown(with_default.reset, token))
print(shown(var.reset, 1))
context = copy_context()
print(shown(context.run, var.reset, token))
var.reset(token)
print(var.get(None))

# A context is a mapping of what was set in it, and what runs in it changes it alone.
print(len(context), var in context, with_default in context, context[var], list(context) == [var])
print(shown(context.__getitem__, with_default)[:9], context.get(with_default),
      context.get(with_default, "none"))
print(shown(context.get, 1), shown(lambda: 1 in context), shown(lambda: context["x"]))


def change(value, *, also):
    before = var.get()
    var.set(value)
    with_default.set(also)
    return before, copy_context() == context


print(context.run(change, 3, also=4), var.get(None), with_default.get())
print(sorted(map(str, context.values())), sorted(v.name for v in context.keys()))
print(sorted((v.name, x) for v, x in context.items()))
print(shown(context.run)[:9], shown(context.run, lambda: context.run(print)))
print(shown(context.run, lambda: 1 / 0), shown(context.run, lambda: copy_context().run(int, "7")))

# Copies share until one is written; iterators see what was there when they began.
twin = context.copy()
print(twin == context, twin is context, twin != context)
twin.run(var.set, 99)
print(twin == context, context[var], twin[var])
items = context.items()
print(context.run(lambda: with_default.set("late")) is not None, sorted(x for _, x in items))
print(context[with_default], Context() == Context(), Context() == 1)
print(shown(hash, context), shown(hash, token), shown(lambda: context < twin))
print(ContextVar[int], Token[str], shown(lambda: type("T", (Context,), {})))
print(shown(setattr, context, "a", 1), shown(setattr, var, "name", 1))

# Generators do not have a context of their own.
def generator():
    var.set("from generator")
    yield var.get()


steps = generator()
print(Context().run(next, steps), var.get("untouched"))


# Cycles through contexts are collected.
class Loop:
    pass


loop = Loop()
loop.context = Context()
loop.context.run(var.set, loop)
gone = weakref.ref(loop), weakref.ref(loop.context)
del loop
gc.collect()
print([r() for r in gone])
print(contextvars.__all__)
