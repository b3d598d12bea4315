/* runtime/modules/struct.c, array.c, array_items.c, binascii.c: octets as numbers. */

#include "runtime/modules/array_items.h"
#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import struct, binascii\nfrom array import array\nfrom struct import *");
}

TestSuite(struct, .init = start, .fini = vm_stop);

Test(struct, kinds_of_array_items)
{
    unsigned char place[ARRAY_ITEM_MAX];
    const ArrayKind *kind = array_items_kind('h');
    cr_assert_not_null(kind);
    cr_expect(kind->size == 2 && kind->is_integer && kind->is_signed);
    cr_expect_null(array_items_kind('z'));
    cr_expect_null(array_items_kind(0x110000));
    Obj *n = int_new(-2), *big = int_new(40000), *half = float_new(0.5);
    cr_assert_eq(array_items_from_object(kind, n, place), 0);
    cr_expect_arr_eq(place, "\xfe\xff", 2);
    expect_repr(array_items_to_object(kind, place), "-2");
    cr_expect_eq(array_items_from_object(kind, big, place), -1);
    expect_error(&exc_overflow_error, "signed short integer is greater than maximum");
    cr_expect_eq(array_items_from_object(kind, half, place), -1);
    expect_error(&exc_type_error, "'float' object cannot be interpreted as an integer");
    unsigned char items[] = {1, 2, 3, 4};
    array_items_swap(items, 2, 2);
    cr_expect_arr_eq(items, "\2\1\4\3", 4);
    array_items_swap(items, 1, 4);
    cr_expect_arr_eq(items, "\3\4\1\2", 4);
    bool swap;
    cr_expect_not(array_items_from_format(99, &kind, &swap));
    cr_expect(array_items_from_format(3, &kind, &swap) && swap); /* big-endian short */
    obj_decref(n);
    obj_decref(big);
    obj_decref(half);
}

Test(struct, formats)
{
    vm_gives("pack('<hIq', -2, 1, -1), pack('>e3sx?', 1.5, b'abcd', True), calcsize('@bq'), "
             "calcsize('=bq')",
             "(b'\\xfe\\xff\\x01\\x00\\x00\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff', "
             "b'>\\x00abc\\x00\\x01', 16, 9)");
    vm_gives("unpack('>2Hf', b'\\x00\\x01\\x00\\x02\\x3f\\x80\\x00\\x00'), unpack_from('B', "
             "b'abc', -1), "
             "[*iter_unpack('<H', b'\\1\\0\\2\\0')], unpack('5p', b'\\2abcd')",
             "((1, 2, 1.0), (99,), [(1,), (2,)], (b'ab',))");
    vm_fails("pack('b', 128)", (Type *)vm_global("error"),
             "byte format requires -128 <= number <= 127");
    vm_fails("pack('i')", (Type *)vm_global("error"), "pack expected 1 items for packing (got 0)");
    vm_fails("unpack('i', b'abc')", (Type *)vm_global("error"),
             "unpack requires a buffer of 4 bytes");
    vm_fails("calcsize('y')", (Type *)vm_global("error"), "bad char in struct format");
    vm_fails("calcsize('5')", (Type *)vm_global("error"),
             "repeat count given without format specifier");
    vm_fails("calcsize('99999999999999999999s')", (Type *)vm_global("error"),
             "total struct size too long");
    vm_fails("pack('<f', 1e300)", &exc_overflow_error, "float too large to pack with f format");
    vm_fails("unpack_from('i', b'abcd', 1)", (Type *)vm_global("error"),
             "unpack_from requires a buffer of at least 5 bytes for unpacking 4 bytes at offset 1 "
             "(actual buffer size is 4)");
    vm_fails(
        "b = bytearray(4)\npack_into('i', b, 2, 5)", (Type *)vm_global("error"),
        "pack_into requires a buffer of at least 6 bytes for packing 4 bytes at offset 2 (actual "
        "buffer size is 4)");
}

Test(struct, arrays)
{
    vm_exec_ok("a = array('i', [1, 2, 3])\na.extend(a)\na[1:3] = array('i', "
               "[9])\na.byteswap()\na.byteswap()\n"
               "del a[::2]\nf = array('f', [1.5])\nu = array('u', 'a\\u1234')");
    vm_gives(
        "a, f.tobytes(), u.tounicode(), a.itemsize, array('B', b'ab').tolist(), a == array('q', a)",
        "(array('i', [9, 2]), b'\\x00\\x00\\xc0?', 'a\xe1\x88\xb4', 4, [97, 98], True)");
    vm_fails("array('B', [256])", &exc_overflow_error,
             "unsigned byte integer is greater than maximum");
    vm_fails("array('z')", &exc_value_error,
             "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    vm_fails("a.append('x')", &exc_type_error, "'str' object cannot be interpreted as an integer");
    vm_fails("a.frombytes(b'abc')", &exc_value_error, "bytes length not a multiple of item size");
    vm_fails("a + array('b')", &exc_type_error, "bad argument type for built-in operation");
    vm_fails("m = memoryview(a)\na.append(1)", &exc_buffer_error,
             "cannot resize an array that is exporting buffers");
    vm_exec_ok(
        "m.release()\nclass I:\n  def __index__(s):\n    a.__init__\n    del a[:]\n    return 7\n"
        "a = array('i', [1, 2, 3])\ntry: a[2] = I()\nexcept IndexError: pass\n"
        "a = array('i', [1, 2, 3])\ntry: a.insert(I(), 5)\nexcept IndexError: pass");
}

Test(struct, binascii)
{
    vm_gives(
        "binascii.hexlify(b'\\xff\\x00', '-'), binascii.unhexlify('ff00'), "
        "binascii.b2a_base64(b'abc'), "
        "binascii.a2b_base64(b'YW Jj\\n'), binascii.crc32(b'abc'), binascii.crc_hqx(b'abc', 0)",
        "(b'ff-00', b'\\xff\\x00', b'YWJj\\n', b'abc', 891568578, 40406)");
    vm_gives("binascii.b2a_qp(b'a=b \\n'), binascii.a2b_qp(b'a=3Db='), binascii.b2a_uu(b'abc'), "
             "binascii.a2b_uu(b'#86)C\\n')",
             "(b'a=3Db=20\\n', b'a=b', b'#86)C\\n', b'abc')");
    vm_fails("binascii.unhexlify('f')", &exc_value_error, "Odd-length string");
    vm_fails("binascii.unhexlify('zz')", &exc_value_error, "Non-hexadecimal digit found");
    vm_fails("binascii.a2b_base64(b'abc')", &exc_value_error, "Incorrect padding");
    vm_fails("binascii.a2b_base64(b'a')", &exc_value_error,
             "Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a "
             "multiple of 4");
    vm_fails("binascii.a2b_base64(b'YW Jj', strict_mode=True)", &exc_value_error,
             "Only base64 data is allowed");
}

Test(struct, every_allocation_may_fail)
{
    vm_exec_ok("def action():\n  s = Struct('<hIq5sf')\n  s.unpack(s.pack(1, 2000, 3000, b'abc', "
               "1.5)), s.size\n"
               "  list(iter_unpack('<H', bytes(20))), unpack('3H', bytes(6))\n"
               "  a = array('i', range(50))\n  a.extend(a), a.tobytes(), a.tolist(), a[::2], a + "
               "a, a * 3, repr(a)\n"
               "  array('u', 'a\\u1234').tounicode(), a.__reduce_ex__(4), a.insert(0, 5), "
               "array('d', [1.5]).byteswap()\n"
               "  binascii.hexlify(b'abc' * 20), binascii.b2a_base64(b'abc' * 20), "
               "binascii.b2a_qp(b'a=b' * 30)\n"
               "  binascii.a2b_base64(b'YWJj' * 10), binascii.unhexlify('ff' * 20), "
               "binascii.b2a_uu(b'abc')");
    fail_each_allocation(vm_action);
}
