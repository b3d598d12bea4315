/* runtime/types/bytearray.c, byte_builder.c, bytes_search.c, bytes_methods.c, bytes_percent.c,
 * buffer.c, memoryview.c: octets that change, and who holds on to them. */

#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/memoryview.h"
#include "tests/unit/vm_interp.h"

TestSuite(bytearray, .init = vm_start, .fini = vm_stop);

Test(bytearray, cannot_change_its_size_while_held)
{
    Obj *o = bytearray_new("abcdef", 6);
    BufferView view;
    cr_assert_eq(buffer_acquire(o, &view), 0);
    cr_expect_eq(o->refcnt, 2);
    cr_expect_eq(bytearray_resize(o, 3), -1);
    expect_error(&exc_buffer_error, "Existing exports of data: object cannot be re-sized");
    expect_raised(method(o, "append", "i", 1), &exc_buffer_error,
                  "Existing exports of data: object cannot be re-sized");
    expect_repr(method(o, "__setitem__", "ii", 0, 'z'), "None"); /* the size stays */
    cr_expect_eq(view.data[0], 'z');
    buffer_release(&view);
    cr_expect_eq(o->refcnt, 1);
    cr_expect_eq(bytearray_resize(o, 3), 0);
    expect_repr(o, "bytearray(b'zbc')");
}

Test(bytearray, grows_and_shrinks_at_both_ends)
{
    vm_exec_ok("b = bytearray()\nmodel = []\nfor i in range(2000):\n"
               "  b.append(i % 256)\n  model.append(i % 256)\n"
               "  if i % 3 == 0:\n    del b[:1], model[:1]\n"
               "  if i % 7 == 0:\n    b[2:4] = b'xyz'\n    model[2:4] = list(b'xyz')\n"
               "  if i % 11 == 0:\n    b.insert(0, 5)\n    model.insert(0, 5)\n"
               "ok = list(b) == model");
    cr_expect_eq(vm_global("ok"), obj_true);
}

Test(bytearray, errors)
{
    vm_exec_ok("b = bytearray(b'abc')");
    vm_fails("b.append(256)", &exc_value_error, "byte must be in range(0, 256)");
    vm_fails("b[0] = 'x'", &exc_type_error, "'str' object cannot be interpreted as an integer");
    vm_fails("b[5] = 1", &exc_index_error, "bytearray index out of range");
    vm_fails("b[::2] = b'x'", &exc_value_error,
             "attempt to assign bytes of size 1 to extended slice of size 2");
    vm_fails("bytearray(-1)", &exc_value_error, "negative count");
    vm_fails("bytearray('x')", &exc_type_error, "string argument without an encoding");
    vm_fails("b.remove(1)", &exc_value_error, "value not found in bytearray");
    vm_fails("bytearray().pop()", &exc_index_error, "pop from empty bytearray");
    vm_fails("hash(b)", &exc_type_error, "unhashable type: 'bytearray'");
    vm_fails("b'' + 'x'", &exc_type_error, "can't concat str to bytes");
}

Test(bytearray, the_source_may_change_it)
{
    vm_exec_ok(
        "class I:\n  def __init__(s, b): s.b = b\n  def __index__(s):\n    s.b.clear()\n"
        "    return 5\nb = bytearray(b'abc')\n"
        "def go(f):\n  try: f()\n  except (IndexError, ValueError, BufferError): pass\n"
        "go(lambda: b.__setitem__(2, I(b)))\nb[:] = b'abc'\ngo(lambda: b.__setitem__(I(b), 1))\n"
        "b[:] = b'abc'\ngo(lambda: b.insert(I(b), 1))\nb[:] = b'abc'\n"
        "go(lambda: b.find(b'c', I(b)))\nb[:] = b'abcabc'\ngo(lambda: b[I(b):])\n"
        "b[:] = b'abc'\ngo(lambda: b.extend(I(b) for i in range(3)))\nb += b\nb *= 3");
    vm_gives("len(b) % 6", "0");
}

Test(bytearray, builders)
{
    ByteBuilder b;
    byte_builder_init(&b);
    cr_expect_eq(byte_builder_add(&b, "ab", 2), 0);
    cr_expect_eq(byte_builder_add_byte(&b, 0xff), 0);
    cr_expect_eq(byte_builder_add_repeat(&b, 'x', 3), 0);
    expect_repr(byte_builder_finish(&b), "b'ab\\xffxxx'");
    expect_repr(byte_builder_finish(&b), "b''");
    byte_builder_init(&b);
    cr_expect_eq(byte_builder_reserve(&b, INT64_MAX), -1);
    expect_error(&exc_memory_error, "");
    byte_builder_free(&b);
}

Test(bytearray, buffers_of_objects)
{
    BufferView view;
    BufferSource source;
    Obj *n = int_new(1000), *bytes = bytes_new("abc", 3), *array = bytearray_new("xyz", 3);
    cr_expect_eq(buffer_acquire(n, &view), -1);
    expect_error(&exc_type_error, "a bytes-like object is required, not 'int'");
    cr_expect_eq(buffer_acquire_writable(bytes, &view), -1);
    err_clear();
    cr_expect(buffer_check(bytes) && buffer_check(array) && !buffer_check(n));
    cr_assert_eq(buffer_open(array, &source), 0);
    cr_expect(source.length == 3 && source.item_size == 1 && !source.readonly);
    buffer_close(array);
    cr_assert_eq(buffer_open(bytes, &source), 0);
    cr_expect(source.readonly);
    buffer_close(bytes);
    obj_decref(n);
    obj_decref(bytes);
    obj_decref(array);
}

Test(bytearray, memoryviews_hold_and_release)
{
    Obj *array = bytearray_new("abcdef", 6), *view = memoryview_new(array);
    cr_expect_eq(array->refcnt, 2);
    cr_expect_eq(bytearray_resize(array, 0), -1);
    err_clear();
    Obj *slice = slice_of(1, 4, 2), *part = obj_getitem(view, slice);
    obj_decref(slice);
    expect_repr(method(part, "tolist", ""), "[98, 100]");
    expect_repr(method(view, "release", ""), "None");
    cr_expect_eq(bytearray_resize(array, 0), -1, "the part holds it as well");
    err_clear();
    obj_decref(part);
    expect_raised(method(view, "tolist", ""), &exc_value_error,
                  "operation forbidden on released memoryview object");
    cr_expect_eq(array->refcnt, 1);
    cr_expect_eq(bytearray_resize(array, 0), 0);
    obj_decref(view);
    obj_decref(array);
}

Test(bytearray, memoryview_casts_and_errors)
{
    vm_exec_ok("m = memoryview(bytearray(range(8)))\nw = m.cast('H')\nt = m.cast('B', (2, 4))");
    vm_gives("w.tolist(), t.tolist(), t.shape, w.strides, m[::-1].tobytes(), m == bytes(range(8))",
             "([256, 770, 1284, 1798], [[0, 1, 2, 3], [4, 5, 6, 7]], (2, 4), (2,), "
             "b'\\x07\\x06\\x05\\x04\\x03\\x02\\x01\\x00', True)");
    vm_fails("m[:7].cast('H')", &exc_type_error,
             "memoryview: length is not a multiple of itemsize");
    vm_fails("m[8]", &exc_index_error, "index out of bounds on dimension 1");
    vm_fails("m[0] = 300", &exc_value_error, "memoryview: invalid value for format 'B'");
    vm_fails("memoryview(b'x')[0] = 1", &exc_type_error, "cannot modify read-only memory");
    vm_fails("hash(m)", &exc_value_error, "cannot hash writable memoryview object");
    vm_fails("memoryview(5)", &exc_type_error,
             "memoryview: a bytes-like object is required, not 'int'");
    vm_fails("m[0:2] = b'abc'", &exc_value_error,
             "memoryview assignment: lvalue and rvalue have different structures");
}

Test(bytearray, percent)
{
    vm_gives("b'%5.1f %x %b %a %c %%' % (1.5, 255, b'q', 'z', 65)", "b\"  1.5 ff q 'z' A %\"");
    vm_fails("b'%b' % 'x'", &exc_type_error,
             "%b requires a bytes-like object, or an object that implements __bytes__, not 'str'");
    vm_fails("b'%c' % 256", &exc_overflow_error, "%c arg not in range(256)");
}

Test(bytearray, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  b = bytearray(b'a,b,c' * 20)\n  b.split(b','), b.replace(b'a', b'xyz')\n"
        "  b += b'tail'\n  b[2:4] = b'longer'\n  del b[::3]\n  b.hex(' '), b.upper(), "
        "b.translate(None, b'x')\n"
        "  m = memoryview(b)[1:9:2]\n  m.tolist(), m.tobytes(), m.cast, bytes(m), m.hex()\n"
        "  m.release()\n  b.fromhex('00ff' * 30), b'%s %d' % (b'x', 1000), b.decode('latin-1')\n"
        "  b.partition(b','), b.center(500), b.join([b'1', b'2']), repr(b), b.extend(range(100))");
    fail_each_allocation(vm_action);
}
