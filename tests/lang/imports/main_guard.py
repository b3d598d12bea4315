"""__name__, sys.argv, sys.path of a script, and running code as __main__."""
import sys

if __name__ == "__main__":
    print("run as main")
print(sys.argv, len(sys.path) > 0, sys.path[0] != "", sys.modules["__main__"].__name__)
import __main__
print(__main__.__dict__ is globals(), __main__.__doc__ == __doc__)
print(type(__builtins__).__name__, __builtins__.len is len, __loader__ is not None, __file__.endswith("main_guard.py"))
print(sys.version_info[:2], sys.version_info.major, sys.maxsize, sys.byteorder, sys.maxunicode, sys.getdefaultencoding(), sys.platform)
print(sys.version_info >= (3, 11), sys.hexversion >> 16 == 0x30b, sys.float_info.max, sys.int_info.default_max_str_digits, sys.getrecursionlimit(), sys.hash_info.modulus == 2 ** 61 - 1)
print(isinstance(sys.builtin_module_names, tuple), "sys" in sys.modules, sys.stdout.name if hasattr(sys.stdout, "name") else "<stdout>", sys.flags.optimize, sys.executable != "")
