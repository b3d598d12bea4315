/* runtime/modules/posix*.c, path_argument.c, ctypes.c, codecs.c. */

#include <errno.h>
#include <stdlib.h>

#include "runtime/modules/path_argument.h"
#include "tests/unit/vm_interp.h"

static char folder[] = "/tmp/ouro-posix-XXXXXX";

static void start(void)
{
    vm_start();
    cr_assert_not_null(mkdtemp(folder));
    char text[120];
    snprintf(text, sizeof text, "import posix, ctypes, _codecs, codecs\nd = '%s'", folder);
    vm_exec_ok(text);
}

static void stop(void)
{
    vm_stop();
    char command[60];
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(posix, .init = start, .fini = stop);

Test(posix, path_arguments)
{
    PathArgument path;
    Obj *text = str_from_utf8("a\xc3\xa9", 3), *bytes = bytes_new("b", 1), *n = int_new(5),
        *nul = str_from_utf8("a\0b", 3);
    cr_assert_eq(path_argument_read(text, "stat", "path", 0, &path), 0);
    cr_expect(strcmp(path.text, "a\xc3\xa9") == 0 && path.fd == -1 && !path.is_bytes);
    errno = ENOENT;
    path_argument_error(&path);
    expect_error(&exc_file_not_found_error, "[Errno 2] No such file or directory: 'a\xc3\xa9'");
    path_argument_release(&path);
    cr_expect_eq(text->refcnt, 1);
    cr_assert_eq(path_argument_read(bytes, "stat", "path", 0, &path), 0);
    cr_expect(path.is_bytes);
    path_argument_release(&path);
    cr_assert_eq(path_argument_read(n, "stat", "path", PATH_ALLOW_FD, &path), 0);
    cr_expect(path.fd == 5 && path.text == NULL);
    path_argument_release(&path);
    cr_assert_eq(path_argument_read(obj_none, "listdir", "path", PATH_ALLOW_NONE, &path), 0);
    cr_expect_str_eq(path.text, ".");
    path_argument_release(&path);
    cr_expect_eq(path_argument_read(n, "stat", "path", 0, &path), -1);
    expect_error(&exc_type_error, "stat: path should be string, bytes or os.PathLike, not int");
    cr_expect_eq(path_argument_read(nul, "stat", "path", 0, &path), -1);
    expect_error(&exc_value_error, "embedded null byte");
    expect_repr(path_argument_name("\xff", false), "'\\udcff'");
    expect_repr(path_argument_name("\xff", true), "b'\\xff'");
    expect_raised(path_argument_fspath(n), &exc_type_error,
                  "expected str, bytes or os.PathLike object, not int");
    obj_decref(text);
    obj_decref(bytes);
    obj_decref(n);
    obj_decref(nul);
}

Test(posix, files_and_folders)
{
    vm_exec_ok("posix.mkdir(d + '/a')\nfd = posix.open(d + '/a/f', posix.O_CREAT | posix.O_RDWR)\n"
               "n = posix.write(fd, b'hello')\nposix.lseek(fd, 1, 0)\nr = posix.read(fd, "
               "3)\nposix.close(fd)\n"
               "st = posix.stat(d + '/a/f')\nposix.rename(d + '/a/f', d + "
               "'/a/g')\nposix.symlink('g', d + '/a/l')\n"
               "with posix.scandir(d + '/a') as it: names = sorted((e.name, e.is_symlink()) for e "
               "in it)\n");
    vm_gives(
        "n, r, st.st_size, sorted(posix.listdir(d + '/a')), names, posix.readlink(d + '/a/l'), "
        "posix.listdir(d.encode()), posix.fspath('x')",
        "(5, b'ell', 5, ['g', 'l'], [('g', False), ('l', True)], 'g', [b'a'], 'x')");
    vm_exec_ok("def e(f, *a):\n  try: f(*a)\n  except OSError as x: return x.errno, "
               "type(x).__name__, bool(x.filename)");
    vm_gives(
        "e(posix.mkdir, d), e(posix.rmdir, d + '/a'), e(posix.stat, d + '/none'), e(posix.close, "
        "999), "
        "e(posix.read, -1, 5)",
        "((17, 'FileExistsError', True), (39, 'OSError', True), (2, 'FileNotFoundError', True), "
        "(9, 'OSError', False), (9, 'OSError', False))");
    vm_fails("posix.read(0, -1)", &exc_os_error, "[Errno 22] Invalid argument");
    vm_fails("posix.close(10 ** 20)", &exc_overflow_error,
             "Python int too large to convert to C int");
}

Test(posix, ctypes_reads_only_what_is_there)
{
    vm_exec_ok("x = [1, 2]\nc = ctypes.c_long.from_address(id(x)).value");
    vm_gives("c >= 1, ctypes.sizeof(ctypes.c_long), ctypes.c_int(5).value", "(True, 8, 5)");
    vm_exec_ok("import warnings\nwarnings.simplefilter('error')");
    vm_fails("ctypes.c_long.from_address(16).value", &exc_runtime_warning,
             "no live object at 0x10: Ouro knows of no object there");
}

Test(posix, codecs)
{
    vm_gives("_codecs.utf_8_decode(b'a\\xc3'), _codecs.utf_16_le_encode('a'), "
             "_codecs.escape_decode(b'\\\\x41'), "
             "_codecs.charmap_decode(b'a', 'strict', {97: 'z'}), codecs.lookup('UTF8').name",
             "(('a', 1), (b'a\\x00', 1), (b'A', 4), ('z', 1), 'utf-8')");
    vm_fails("_codecs.utf_8_decode(b'\\xff', 'strict', True)", &exc_unicode_decode_error,
             "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    vm_fails("codecs.lookup('nothing')", &exc_lookup_error, "unknown encoding: nothing");
    vm_fails("codecs.lookup_error('nothing')", &exc_lookup_error,
             "unknown error handler name 'nothing'");
    vm_exec_ok("codecs.register_error('test.twice', lambda e: ('?' * (e.end - e.start), e.end))\n"
               "codecs.register_error('test.wrong', lambda e: 5)\n"
               "codecs.register_error('test.far', lambda e: ('', 500))");
    vm_gives(
        "'a\\u1234\\u1235b'.encode('ascii', 'test.twice'), b'a\\xff'.decode('ascii', 'test.twice')",
        "(b'a??b', 'a?')");
    vm_fails("'\\u1234'.encode('ascii', 'test.wrong')", &exc_type_error,
             "encoding error handler must return (str/bytes, int) tuple");
    vm_fails("b'\\xff'.decode('ascii', 'test.far')", &exc_index_error,
             "position 500 from error handler out of bounds");
}

Test(posix, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  posix.stat(d), posix.listdir(d), posix.getcwd(), posix.fspath(d)\n"
        "  with posix.scandir('/') as it: [(e.name, e.is_dir(), e.path, repr(e)) for e in it][:1]\n"
        "  try: posix.stat(d + '/none')\n  except OSError as e: str(e)\n"
        "  posix.uname(), posix.get_terminal_size\n"
        "  'a\\u1234'.encode('utf-16'), b'\\xff'.decode('latin-1'), 'a\\u1234'.encode('ascii', "
        "'xmlcharrefreplace')\n"
        "  b'a\\xff'.decode('utf-8', 'backslashreplace'), '\\u20ac'.encode('unicode_escape')\n"
        "  _codecs.charmap_build('abc'), codecs.lookup('utf-8'), ctypes.c_int(5).value");
    fail_each_allocation(vm_action);
}
