/* runtime/types/int.c, int_big.c, int_text.c, int_methods.c, bool.c: both layouts, their border,
 * conversion. */

#include "runtime/types/int_big.h"
#include "tests/unit/runtime.h"

TestSuite(int, .init = start_runtime, .fini = finish_runtime);

static Obj *big(const char *digits)
{
    Obj *o = int_from_text(digits, (int64_t)strlen(digits), 0);
    cr_assert_not_null(o);
    return o;
}

Test(int, small_ones_exist_once)
{
    Obj *a = int_new(256), *b = int_new(256), *c = int_new(257), *d = int_new(257);
    cr_expect_eq(a, b);
    cr_expect_neq(c, d);
    cr_expect_eq(int_new(-5), &int_small[0].base);
    obj_decref(&int_small[0].base);
    Obj *sum = int_subtract(c, d);
    cr_expect_eq(sum, &int_small[5].base, "results are shared too");
    obj_decref(sum);
    obj_decref(a);
    obj_decref(b);
    obj_decref(c);
    obj_decref(d);
}

Test(int, the_border_of_64_bits)
{
    Obj *most = int_new(INT64_MAX), *least = int_new(INT64_MIN), *one = int_new(1);
    Obj *above = int_add(most, one), *below = int_subtract(least, one);
    cr_expect(int_is_small(most) && !int_is_small(above) && !int_is_small(below));
    int64_t value = 5;
    uint64_t unsigned_value = 0;
    cr_expect_eq(int_to_int64(above, &value), 1);
    cr_expect(int_to_uint64(above, &unsigned_value) == 0 && unsigned_value == 1ull << 63);
    cr_expect_eq(int_to_uint64(least, &unsigned_value), 1);
    cr_expect_null(err_occurred());
    Obj *back = int_subtract(above, one);
    cr_expect(int_is_small(back), "results are canonical");
    cr_expect_eq(int_compare3(back, most), 0);
    cr_expect_eq(int_compare3(above, most), 1);
    cr_expect_eq(int_compare3(below, above), -1);
    expect_repr(int_negative(least), "9223372036854775808");
    expect_repr(int_absolute(least), "9223372036854775808");
    expect_repr(int_multiply(least, least), "85070591730234615865843651857942052864");
    expect_repr(int_from_uint64(UINT64_MAX), "18446744073709551615");
    expect_repr(int_big_from_int128(-((__int128)1 << 100)), "-1267650600228229401496703205376");
    Obj *minus = int_new(-1);
    expect_repr(int_floor_divide(least, minus), "9223372036854775808");
    expect_repr(int_remainder(least, minus), "0");
    Obj *all[] = {most, least, one, above, below, back, minus};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        obj_decref(all[i]);
}

Test(int, division_floors_with_every_sign)
{
    static const int64_t values[] = {7, -7, 2, -2, 1, -1};
    for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
            Obj *a = int_new(values[i]), *b = int_new(values[j]),
                *scale = big("1"
                             "000000000000000000000");
            Obj *big_a = int_multiply(a, scale), *big_b = int_multiply(b, scale);
            Obj *q = int_floor_divide(big_a, big_b), *expected = int_floor_divide(a, b);
            cr_expect_eq(int_compare3(q, expected), 0, "%d // %d", (int)values[i], (int)values[j]);
            Obj *r = int_remainder(big_a, big_b), *product = int_multiply(q, big_b);
            Obj *whole = int_add(product, r);
            cr_expect_eq(int_compare3(whole, big_a), 0);
            cr_expect(int_sign(r) == 0 || int_sign(r) == int_sign(b));
            Obj *all[] = {a, b, scale, big_a, big_b, q, expected, r, product, whole};
            for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
                obj_decref(all[k]);
        }
    }
}

Test(int, text_in_every_base)
{
    Obj *n = big("-0x123456789abcdef0123456789");
    expect_repr(int_to_text(n, 16), "'-123456789abcdef0123456789'");
    expect_repr(int_to_text(n, 8), "'-110642547423257157360044321263611'");
    expect_repr(make(int_type, "si", "zz_Z", 36), "46655");
    expect_repr(make(int_type, "si", " +0b1_01 ", 0), "5");
    expect_repr(make(int_type, "s", "\xd9\xa3\xd9\xa4"), "34");
    expect_repr(make(int_type, "y", "-12"), "-12");
    obj_decref(n);
}

Test(int, text_that_is_none)
{
    static const struct {
        const char *text;
        int base;
        const char *message;
    } wrong[] = {
        {"", 10, "invalid literal for int() with base 10: ''"},
        {"1__0", 10, "invalid literal for int() with base 10: '1__0'"},
        {"_1", 10, "invalid literal for int() with base 10: '_1'"},
        {"0x", 16, "invalid literal for int() with base 16: '0x'"},
        {"010", 0, "invalid literal for int() with base 0: '010'"},
        {"9", 8, "invalid literal for int() with base 8: '9'"},
        {"1", 37, "int() base must be >= 2 and <= 36, or 0"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_raised(make(int_type, "si", wrong[i].text, wrong[i].base), &exc_value_error,
                      wrong[i].message);
    expect_raised(make(int_type, "ii", 5, 10), &exc_type_error,
                  "int() can't convert non-string with explicit base");
    expect_raised(make(int_type, "n"), &exc_type_error,
                  "int() argument must be a string, a bytes-like object or a real number, not "
                  "'NoneType'");
}

Test(int, the_limit_of_digits)
{
    Obj *nines = str_repeat(str_latin1['9'], 4301), *shift = int_new(20000), *one = int_new(1);
    expect_raised(make(int_type, "O", nines), &exc_value_error,
                  "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 "
                  "digits; use sys.set_int_max_str_digits() to increase the limit");
    Obj *huge = int_left_shift(one, shift);
    cr_expect_null(int_to_text(huge, 10));
    expect_error(&exc_value_error,
                 "Exceeds the limit (4300 digits) for integer string conversion; use "
                 "sys.set_int_max_str_digits() to increase the limit");
    Obj *hex = int_to_text(huge, 16);
    cr_expect_eq(((StrObj *)hex)->length, 5001, "bases of two powers have no limit");
    obj_decref(hex);
    obj_decref(huge);
    obj_decref(nines);
    obj_decref(shift);
    obj_decref(one);
}

Test(int, bytes_both_ways)
{
    unsigned char bytes[9];
    Obj *n = int_new(-2), *m = big("0x1122334455667788");
    cr_expect_eq(int_to_bytes(n, bytes, 3, true, true), 0);
    cr_expect_arr_eq(bytes, "\xfe\xff\xff", 3);
    cr_expect_eq(int_to_bytes(m, bytes, 9, false, false), 0);
    cr_expect_arr_eq(bytes, "\0\x11\x22\x33\x44\x55\x66\x77\x88", 9);
    expect_repr(int_from_bytes(bytes, 9, false, true), "1234605616436508552");
    cr_expect_eq(int_to_bytes(n, bytes, 3, true, false), -1);
    expect_error(&exc_overflow_error, "can't convert negative int to unsigned");
    cr_expect_eq(int_to_bytes(m, bytes, 7, true, true), -1);
    expect_error(&exc_overflow_error, "int too big to convert");
    expect_repr(int_from_bytes((const unsigned char *)"", 0, true, true), "0");
    expect_repr(method(n, "to_bytes", "is signed:t", 2, "big"), "b'\\xff\\xfe'");
    expect_raised(method(n, "to_bytes", "is", 2, "middle"), &exc_value_error,
                  "byteorder must be either 'little' or 'big'");
    obj_decref(n);
    obj_decref(m);
}

Test(int, shifts_rounding_and_hash)
{
    Obj *n = big("-123456789012345678901234567890"), *k = int_new(70), *negative = int_new(-1);
    expect_repr(int_right_shift(n, k), "-104571968");
    expect_raised(int_left_shift(n, negative), &exc_value_error, "negative shift count");
    expect_repr(int_round(n, -3), "-123456789012345678901234568000");
    Obj *half = int_new(25);
    expect_repr(int_round(half, -1), "20");
    cr_expect_eq(int_bit_length(n), 97);
    cr_expect_eq(obj_hash(negative), -2);
    Obj *modulus = int_new(((int64_t)1 << 61) - 1);
    cr_expect_eq(obj_hash(modulus), 0);
    expect_repr(method(n, "bit_count", ""), "54");
    expect_repr(method(half, "as_integer_ratio", ""), "(25, 1)");
    obj_decref(n);
    obj_decref(k);
    obj_decref(negative);
    obj_decref(half);
    obj_decref(modulus);
}

Test(int, absurd_sizes_are_refused_at_once)
{
    Obj *one = int_new(1), *far = int_new((int64_t)1 << 62),
        *huge = big("0x1"
                    "0000000000000000");
    expect_raised(int_left_shift(one, far), &exc_memory_error, "");
    expect_raised(int_left_shift(one, huge), &exc_memory_error, "");
    expect_repr(int_right_shift(one, huge), "0");
    expect_raised(obj_power(huge, huge, obj_none), &exc_memory_error, "");
    obj_decref(one);
    obj_decref(far);
    obj_decref(huge);
}

Test(int, from_doubles_and_objects)
{
    expect_repr(int_from_double(-1e20), "-100000000000000000000");
    expect_repr(int_from_double(2.9), "2");
    expect_raised(int_from_double(1.0 / 0.0 * 0.0), &exc_value_error,
                  "cannot convert float NaN to integer");
    expect_raised(int_from_double(-1.0 / 0.0), &exc_overflow_error,
                  "cannot convert float infinity to integer");
    Obj *exact = int_exact(obj_true);
    cr_expect_eq(obj_type(exact), &int_type);
    obj_decref(exact);
    double value;
    Obj *one = int_new(1), *shift = int_new(2000), *huge = int_left_shift(one, shift);
    cr_expect_eq(int_to_double(huge, &value), -1);
    expect_error(&exc_overflow_error, "int too large to convert to float");
    obj_decref(one);
    obj_decref(shift);
    obj_decref(huge);
}

static int calculate(void)
{
    Obj *n = int_from_text("123456789012345678901234567890", 30, 10);
    if (n == NULL)
        return -1;
    Obj *k = int_new(1000);
    int status = k == NULL || drop(int_multiply(n, n)) < 0 || drop(int_floor_divide(n, k)) < 0 ||
                         drop(int_to_text(n, 10)) < 0 || drop(int_to_text(n, 16)) < 0 ||
                         drop(int_left_shift(n, k)) < 0 || drop(obj_power(n, k, n)) < 0 ||
                         drop(method(n, "to_bytes", "is", 20, "big")) < 0 ||
                         drop(int_round(n, -5)) < 0 ||
                         drop(make(int_type, "s", "99999999999999999999999")) < 0
                     ? -1
                     : 0;
    obj_xdecref(k);
    obj_decref(n);
    return status;
}

Test(int, every_allocation_may_fail)
{
    fail_each_allocation(calculate);
}
