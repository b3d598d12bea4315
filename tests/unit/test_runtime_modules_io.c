/* runtime/modules/io*.c: files, buffers, text, memory streams; what fails on the way. */

#include <stdlib.h>
#include <unistd.h>

#include "runtime/modules/io.h"
#include "runtime/modules/io_bytes.h"
#include "runtime/modules/io_file.h"
#include "runtime/modules/io_text_codec.h"
#include "tests/unit/vm_interp.h"

static char folder[] = "/tmp/ouro-io-XXXXXX";

static void start(void)
{
    vm_start();
    cr_assert_not_null(mkdtemp(folder));
    char text[120];
    snprintf(text, sizeof text, "import io\nfolder = '%s'\npath = folder + '/f'", folder);
    vm_exec_ok(text);
}

static void stop(void)
{
    vm_stop();
    char command[60];
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(io, .init = start, .fini = stop);

Test(io, descriptors_are_closed_once)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    Obj *file = io_file_from_fd(ends[0], "r", "<pipe>");
    unsigned char bytes[8];
    cr_assert_eq(write(ends[1], "abc", 3), 3);
    cr_expect_eq(io_file_read((FileObj *)file, bytes, 8), 3);
    cr_expect_eq(io_file_seekable((FileObj *)file), 0);
    cr_expect_eq(io_file_seek((FileObj *)file, 0, SEEK_SET), -1);
    expect_error(&exc_os_error, "[Errno 29] Illegal seek");
    obj_decref(file);
    cr_expect_eq(close(ends[0]), 0, "the descriptor stays open");
    close(ends[1]);
}

Test(io, line_ends)
{
    Newlines newlines;
    cr_assert_eq(newlines_init(&newlines, NULL, "illegal newline value: %R"), 0);
    cr_expect(newlines.universal && newlines.translate);
    Obj *text = newlines_translate_steal(&newlines, str_from_ascii("a\r\nb\rc\n"));
    expect_repr(text, "'a\\nb\\nc\\n'");
    expect_repr(newlines_seen(&newlines), "('\\r', '\\n', '\\r\\n')");
    Obj *crlf = str_from_ascii("\r\n"), *wrong = str_from_ascii("x"),
        *line = str_from_ascii("a\nb\r\nc");
    cr_assert_eq(newlines_init(&newlines, crlf, ""), 0);
    cr_expect_eq(newlines_find(&newlines, line, 0, 6), 5);
    expect_repr(newlines_expand(&newlines, line), "'a\\r\\nb\\r\\r\\nc'");
    cr_expect_eq(newlines_init(&newlines, wrong, "illegal newline value: %R"), -1);
    expect_error(&exc_value_error, "illegal newline value: 'x'");
    obj_decref(crlf);
    obj_decref(wrong);
    obj_decref(line);
}

Test(io, text_codecs_keep_incomplete_input)
{
    TextCodec codec = {0};
    Obj *name = str_from_ascii("utf-16"), *errors = str_from_ascii("strict"),
        *nothing = str_from_ascii("no");
    cr_assert_eq(text_codec_init(&codec, name, errors), 0);
    cr_expect_eq(text_codec_unit(&codec), 2);
    int64_t consumed = 0;
    Obj *text = text_codec_decode(&codec,
                                  (const unsigned char *)"\xff\xfe"
                                                         "a\0b",
                                  5, true, false, &consumed);
    expect_repr(text, "'a'");
    cr_expect_eq(consumed, 4);
    text_codec_clear(&codec);
    cr_expect_eq(text_codec_init(&codec, nothing, errors), -1);
    expect_error(&exc_lookup_error, "unknown encoding: no");
    text_codec_clear(&codec);
    obj_decref(name);
    obj_decref(errors);
    obj_decref(nothing);
}

Test(io, reading_and_writing)
{
    vm_exec_ok(
        "with open(path, 'w', encoding='utf-8', newline='\\r\\n') as f: f.write('a\\xe9\\nb\\n')\n"
        "raw = open(path, 'rb').read()\nwith open(path, encoding='utf-8') as f:\n"
        "  first, at = f.readline(), f.tell()\n  rest = f.read()\n  f.seek(at)\n  again = "
        "f.read()\n"
        "with open(path, 'r+b', buffering=4) as f:\n  f.seek(1)\n  f.write(b'ZZ')\n  f.seek(0)\n"
        "  whole, peek = f.read(), f.peek(1)");
    vm_gives(
        "raw, first, rest, again, whole, peek",
        "(b'a\\xc3\\xa9\\r\\nb\\r\\n', 'a\xc3\xa9\\n', 'b\\n', 'b\\n', b'aZZ\\r\\nb\\r\\n', b'')");
    vm_fails("f.read()", &exc_value_error, "read of closed file");
    vm_fails("open(path, 'q')", &exc_value_error, "invalid mode: 'q'");
    vm_fails("open(path, 'rb', encoding='x')", &exc_value_error,
             "binary mode doesn't take an encoding argument");
    vm_fails("open(path, buffering=0)", &exc_value_error, "can't have unbuffered text I/O");
    vm_exec_ok("f = open(path)");
    vm_fails("f.write('x')", &exc_value_error, "not writable");
}

Test(io, memory_streams)
{
    vm_exec_ok("b = io.BytesIO(b'abcdef')\nb.seek(8)\nb.write(b'x')\nv = b.getbuffer()");
    vm_gives("b.getvalue(), b.read(), b.tell()", "(b'abcdef\\x00\\x00x', b'', 9)");
    vm_fails("b.write(b'longer')", &exc_buffer_error,
             "Existing exports of data: object cannot be re-sized");
    vm_exec_ok("v.release()\nb.truncate(2)\ns = io.StringIO('a\\r\\nb', newline=None)\ns.seek(0, "
               "2)\ns.write('c')");
    vm_gives("b.getvalue(), s.getvalue(), io.StringIO('a\\nb\\n').readlines()",
             "(b'ab', 'a\\nbc', ['a\\n', 'b\\n'])");
    vm_fails("io.StringIO().write(5)", &exc_type_error, "string argument expected, got 'int'");
    vm_fails("io.BytesIO().seek(-1)", &exc_value_error, "negative seek value -1");
}

Test(io, raw_streams_that_lie)
{
    vm_exec_ok(
        "class R(io.RawIOBase):\n  def readable(s): return True\n  def __init__(s, n): s.n = n\n"
        "  def readinto(s, b):\n    return s.n\n  def writable(s): return True\n"
        "  def write(s, b): return s.n\n");
    vm_fails("io.BufferedReader(R(100000)).read(5)", &exc_os_error,
             "raw readinto() returned invalid length 100000 (should have been between 0 and 8192)");
    vm_fails("io.BufferedReader(R(-5)).read(5)", &exc_os_error,
             "raw readinto() returned invalid length -5 (should have been between 0 and 8192)");
    vm_exec_ok("w = io.BufferedWriter(R(100000))\nw.write(b'abc')");
    vm_fails("w.flush()", &exc_os_error,
             "raw write() returned invalid length 100000 (should have been between 0 and 3)");
    vm_exec_ok("R.write = lambda s, b: len(b)\nw.flush()\n"
               "class Evil(io.RawIOBase):\n  def readable(s): return True\n"
               "  def readinto(s, b):\n    try: t.read(1)\n    except RuntimeError as e: s.e = e\n "
               "   return 0\n"
               "raw = Evil()\nt = io.BufferedReader(raw)\nt.read(1)");
    vm_gives("type(raw.e).__name__", "'RuntimeError'");
}

Test(io, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  b = io.BytesIO()\n  b.write(b'abc\\ndef\\n' * 10)\n  b.seek(0)\n"
        "  list(b), b.getvalue(), b.getbuffer().tolist()[0], b.truncate(3)\n"
        "  s = io.StringIO('a\\nb\\xe9')\n  s.readlines(), s.getvalue(), s.write('\\u1234' * 20)\n"
        "  t = io.TextIOWrapper(io.BytesIO(b'a\\r\\nb\\xc3\\xa9' * 5), encoding='utf-8')\n"
        "  t.readline(), t.tell(), t.read(), t.newlines\n"
        "  w = io.BufferedWriter(io.BytesIO(), 4)\n  w.write(b'abcdefgh')\n  w.flush()");
    fail_each_allocation(vm_action);
}

Test(io, every_allocation_of_files_may_fail)
{
    vm_exec_ok("def action():\n  with open(path, 'w') as f:\n    f.write('a\\nb\\n'), print(1, 2, "
               "file=f)\n"
               "  with open(path) as f:\n    next(f), f.read(), repr(f)\n"
               "  with open(path, 'rb') as f: f.readlines()");
    fail_each_allocation(vm_action);
}
