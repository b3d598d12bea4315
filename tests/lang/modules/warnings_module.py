"""warnings: filters, categories, catching, once per place."""
import warnings


def old():
    warnings.warn("old is deprecated", DeprecationWarning, stacklevel=2)
    return 1


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old()
    warnings.warn("plain")
    warnings.warn(UserWarning("instance"))
    old()
print([(w.category.__name__, str(w.message)) for w in caught], caught[0].lineno)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("as error", RuntimeWarning)
    except RuntimeWarning as error:
        print("raised", error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("default")
    for _ in range(3):
        warnings.warn("once per place")
print(len(caught))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("ignore")
    warnings.warn("ignored")
    warnings.filterwarnings("always", message="keep.*", category=UserWarning)
    warnings.warn("keep this")
    warnings.warn("not this")
print([str(w.message) for w in caught])
try:
    warnings.warn("x", int)
except TypeError as error:
    print(error)
warnings.warn("shown on stderr")
warnings.warn("custom category", FutureWarning)
