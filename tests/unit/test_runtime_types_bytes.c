/* runtime/types/bytes*.c, bytearray.c, memoryview.c, buffer.c: makers, buffers, resizing. */

#include <criterion/criterion.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/str.h"

static void start(void)
{
    cr_assert_eq(runtime_init(), 0);
}

static void finish(void)
{
    cr_assert_null(err_occurred());
    runtime_finish();
}

TestSuite(bytes, .init = start, .fini = finish);

/* repr(o) must be `text`; takes o. */
static void expect_repr(Obj *o_steal, const char *text)
{
    cr_assert_not_null(o_steal);
    Obj *repr = obj_repr(o_steal);
    cr_assert_str_eq(str_utf8(repr, NULL), text);
    obj_decref(repr);
    obj_decref(o_steal);
}

static void expect_error(const Type *type)
{
    cr_assert(err_matches(type));
    err_clear();
}

Test(bytes, short_ones_exist_once)
{
    Obj *a = bytes_new("a", 1), *b = bytes_new("a", 1);
    cr_assert_eq(a, b);
    obj_decref(a);
    obj_decref(b);
    Obj *empty = bytes_new("", 0), *other = bytes_new("x", 0);
    cr_assert_eq(empty, other);
    obj_decref(empty);
    obj_decref(other);
}

Test(bytes, repr_chooses_quotes)
{
    expect_repr(bytes_new("it's\n\x80", 6), "b\"it's\\n\\x80\"");
    expect_repr(bytes_new("'\"", 2), "b'\\'\"'");
}

Test(bytes, hash_agrees_with_equality)
{
    Obj *a = bytes_new("abc", 3), *b = bytes_new("abc", 3);
    cr_assert_eq(obj_hash(a), obj_hash(b));
    cr_assert_eq(obj_equal(a, b), 1);
    obj_decref(a);
    obj_decref(b);
}

Test(bytes, hexadecimal_both_ways)
{
    Obj *text = str_from_ascii(" 61 62FF");
    expect_repr(bytes_parse_hex(text), "b'ab\\xff'");
    obj_decref(text);
    expect_repr(bytes_to_hex((const unsigned char *)"abcde", 5, str_latin1['-'], 2, false),
                "'61-6263-6465'");
    expect_repr(bytes_to_hex((const unsigned char *)"abcde", 5, str_latin1['-'], -2, false),
                "'6162-6364-65'");
}

Test(bytes, bytearray_refuses_to_move_while_exported)
{
    Obj *a = bytearray_new("abc", 3);
    BufferView view;
    cr_assert_eq(buffer_acquire(a, &view), 0);
    cr_assert_eq(bytearray_resize(a, 10), -1);
    expect_error(&exc_buffer_error);
    buffer_release(&view);
    cr_assert_eq(bytearray_resize(a, 10), 0);
    cr_assert_eq(memcmp(bytearray_data(a), "abc", 3), 0);
    obj_decref(a);
}

Test(bytes, bytearray_as_queue_keeps_contents)
{
    Obj *a = bytearray_new("", 0);
    Obj *zero = int_new(0);
    int next = 0, expected = 0;
    for (int round = 0; round < 2000; round++) {
        int64_t length = bytearray_cast(a)->length;
        cr_assert_eq(bytearray_resize(a, length + 1), 0);
        bytearray_data(a)[length] = (unsigned char)(next++ & 0xFF);
        if (round % 3 == 2) {
            cr_assert_eq(bytearray_data(a)[0], expected++ & 0xFF);
            cr_assert_eq(obj_setitem(a, zero, NULL), 0);
        }
    }
    for (int64_t i = 0; i < bytearray_cast(a)->length; i++)
        cr_assert_eq(bytearray_data(a)[i], (expected + i) & 0xFF);
    obj_decref(zero);
    obj_decref(a);
}

Test(bytes, memoryview_writes_through_and_holds_the_buffer)
{
    Obj *a = bytearray_new("abcd", 4);
    Obj *view = memoryview_new(a), *zero = int_new(0), *letter = int_new('z');
    cr_assert_eq(obj_setitem(view, zero, letter), 0);
    cr_assert_eq(bytearray_data(a)[0], 'z');
    cr_assert_eq(bytearray_resize(a, 1), -1);
    expect_error(&exc_buffer_error);
    obj_decref(view);
    cr_assert_eq(bytearray_resize(a, 1), 0);
    obj_decref(a);
    obj_decref(zero);
    obj_decref(letter);
}

Test(bytes, only_objects_with_memory_have_buffers)
{
    BufferView view;
    cr_assert_eq(buffer_acquire(obj_none, &view), -1);
    expect_error(&exc_type_error);
    Obj *b = bytes_new("abc", 3);
    cr_assert_eq(buffer_acquire_writable(b, &view), -1);
    expect_error(&exc_type_error);
    obj_decref(b);
}
