"""sys and os: what does not depend on the machine."""
import os
import sys
import time

print(type(sys.argv).__name__, sys.argv[0].endswith("sys_and_os.py"), sys.maxsize == 2 ** 63 - 1, sys.intern("x") == "x", sys.getrecursionlimit() >= 1000, isinstance(sys.path, list), isinstance(sys.modules, dict))
print(sys.float_info.epsilon, sys.float_info.max, sys.float_info.dig, sys.int_info.bits_per_digit, sys.hash_info.width, sys.hash_info.inf, sys.version_info[0], sys.implementation.version[:2] if hasattr(sys.implementation, "version") else "", sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.byteorder)
print(sys._getframe().f_code.co_name, sys._getframe().f_lineno, sys.get_int_max_str_digits())


def caller():
    return sys._getframe(1).f_code.co_name, sys._getframe().f_locals, sys._getframe().f_back.f_lineno


print(caller())
try:
    sys._getframe(1000)
except ValueError as error:
    print(error)
sys.set_int_max_str_digits(1000)
try:
    str(10 ** 1500)
except ValueError as error:
    print(error)
sys.set_int_max_str_digits(0)
print(len(str(10 ** 5000)))
sys.set_int_max_str_digits(4300)
folder = os.environ["TMPDIR"]
print(os.path.join("a", "b", "/c", "d"), os.path.basename("/x/y.txt"), os.path.dirname("/x/y.txt"), os.path.splitext("a.tar.gz"), os.path.exists("/nonexistent"), os.path.isdir(folder), os.path.isfile(folder), os.path.split("/a/b"), os.path.normpath("/a/./b/../c"), os.path.isabs("x"), os.sep, os.linesep == "\n", os.curdir, os.pardir, os.name)
sub = os.path.join(folder, "sub")
os.mkdir(sub)
os.makedirs(os.path.join(sub, "deep", "er"))
open(os.path.join(sub, "f.txt"), "w").close()
print(sorted(os.listdir(sub)), os.path.getsize(os.path.join(sub, "f.txt")))
os.rename(os.path.join(sub, "f.txt"), os.path.join(sub, "g.txt"))
print(os.listdir(sub).count("g.txt"), os.path.exists(os.path.join(sub, "f.txt")))
os.remove(os.path.join(sub, "g.txt"))
os.rmdir(os.path.join(sub, "deep", "er"))
for action in (lambda: os.mkdir(sub), lambda: os.rmdir(sub), lambda: os.listdir("/nonexistent"), lambda: os.remove("/nonexistent")):
    try:
        action()
    except OSError as error:
        print(type(error).__name__, error.errno, error.strerror)
os.environ["OURO_TEST_VARIABLE"] = "value"
print(os.environ["OURO_TEST_VARIABLE"], os.environ.get("NOT_SET_AT_ALL"), os.getenv("NOT_SET_AT_ALL", "default"), "OURO_TEST_VARIABLE" in os.environ, os.getcwd() == os.path.abspath("."))
del os.environ["OURO_TEST_VARIABLE"]
try:
    os.environ["OURO_TEST_VARIABLE"]
except KeyError as error:
    print(repr(error))
a = time.time()
b = time.perf_counter()
c = time.monotonic()
time.sleep(0.001)
print(time.time() >= a, time.perf_counter() > b, time.monotonic() > c, isinstance(time.time_ns(), int), time.process_time() >= 0)
print(time.gmtime(0)[:6], time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(86400 * 365)), time.gmtime(0).tm_year, time.mktime(time.localtime(1000)) == 1000.0)
