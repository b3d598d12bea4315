/* runtime/types/float.c, float_methods.c, number_text.c: text both ways, hash, odd values. */

#include "runtime/types/float_text.h"
#include "runtime/types/number_text.h"
#include "tests/unit/runtime.h"

TestSuite(float, .init = start_runtime, .fini = finish_runtime);

Test(float, the_shortest_text_reads_back)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.1, "0.1"},
        {1e16, "1e+16"},
        {9999999999999998.0, "9999999999999998.0"},
        {1e-5, "1e-05"},
        {0.0001, "0.0001"},
        {-0.0, "-0.0"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {1.0 / 3, "0.3333333333333333"},
        {__builtin_inf(), "inf"},
        {-__builtin_inf(), "-inf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[33] = "";
        int length = float_format_repr(cases[i].value, buffer);
        buffer[length] = '\0';
        cr_expect_str_eq(buffer, cases[i].text, "%s, not %s", buffer, cases[i].text);
        double back;
        cr_expect_eq(float_parse(buffer, length, &back), 0);
        cr_expect_eq(memcmp(&back, &cases[i].value, sizeof back), 0, "%s", cases[i].text);
    }
}

Test(float, random_bits_survive_the_way_through_text)
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        double value, back;
        memcpy(&value, &state, sizeof value);
        if (value != value)
            continue;
        char buffer[33];
        int length = float_format_repr(value, buffer);
        cr_assert_eq(float_parse(buffer, length, &back), 0);
        cr_assert_eq(memcmp(&back, &value, sizeof back), 0, "%.17g", value);
    }
}

Test(float, text_that_is_none)
{
    static const char *const wrong[] = {"",   " ",     "1__0",    "_1",     "1_",  "0x10", "1e",
                                        "e5", "1.2.3", "infinit", "nan(1)", "1 2", "+-1",  "."};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cr_assert_null(make(float_type, "s", wrong[i]), "%s", wrong[i]);
        char message[80];
        snprintf(message, sizeof message, "could not convert string to float: '%s'", wrong[i]);
        expect_error(&exc_value_error, message);
    }
    expect_repr(make(float_type, "s", " 1_0.5e-1 "), "1.05");
    expect_repr(make(float_type, "s", "-iNFinity"), "-inf");
    expect_repr(make(float_type, "s", "\xd9\xa3.\xd9\xa4"), "3.4");
    expect_repr(make(float_type, "s", "1e400"), "inf");
    expect_raised(make(float_type, "n"), &exc_type_error,
                  "float() argument must be a string or a real number, not 'NoneType'");
}

Test(float, prefixes)
{
    double value;
    cr_expect_eq(float_parse_prefix("1.5e3x", 6, &value), 5);
    cr_expect_eq(value, 1500.0);
    cr_expect_eq(float_parse_prefix("1e+", 3, &value), 1);
    cr_expect_eq(float_parse_prefix("x", 1, &value), 0);
    cr_expect_eq(float_parse_prefix("12", 1, &value), 1, "no further than told");
    cr_expect_eq(value, 1.0);
}

Test(float, hash_agrees_with_int)
{
    cr_expect_eq(float_hash_double(1e15), int_hash_int64(1000000000000000));
    cr_expect_eq(float_hash_double(-1.0), -2);
    cr_expect_eq(float_hash_double(0.5), (int64_t)1 << 60);
    cr_expect_eq(float_hash_double(__builtin_inf()), 314159);
    cr_expect_eq(float_hash_double(-__builtin_inf()), -314159);
}

Test(float, comparison_with_ints_is_exact)
{
    Obj *f = float_new(9007199254740992.0), *i = int_new(9007199254740993);
    cr_expect_eq(obj_compare_bool(f, i, CMP_LT), 1);
    cr_expect_eq(obj_equal(f, i), 0);
    Obj *nan = float_new(__builtin_nan("")), *huge = int_from_text("1"
                                                                   "0000000000000000000000",
                                                                   23, 10);
    cr_expect_eq(obj_compare_bool(nan, huge, CMP_LT), 0);
    cr_expect_eq(obj_compare_bool(nan, huge, CMP_NE), 1);
    obj_decref(f);
    obj_decref(i);
    obj_decref(nan);
    obj_decref(huge);
}

Test(float, arithmetic_at_its_edges)
{
    Obj *zero = float_new(0.0), *one = float_new(1.0), *minus = float_new(-1.0),
        *inf = float_new(__builtin_inf());
    expect_raised(obj_binary(one, zero, BINARY_TRUE_DIVIDE), &exc_zero_division_error,
                  "float division by zero");
    expect_raised(obj_binary(one, zero, BINARY_FLOOR_DIVIDE), &exc_zero_division_error,
                  "float floor division by zero");
    expect_raised(obj_binary(one, zero, BINARY_REMAINDER), &exc_zero_division_error,
                  "float modulo");
    expect_raised(obj_binary(zero, minus, BINARY_POWER), &exc_zero_division_error,
                  "0.0 cannot be raised to a negative power");
    expect_repr(obj_binary(minus, inf, BINARY_REMAINDER), "inf");
    expect_repr(obj_binary(minus, inf, BINARY_FLOOR_DIVIDE), "-1.0");
    Obj *big = float_new(1e200);
    expect_raised(obj_power(big, big, obj_none), &exc_overflow_error,
                  "(34, 'Numerical result out of range')");
    Obj *half = float_new(0.5);
    expect_repr(obj_binary(minus, half, BINARY_POWER), "(6.123233995736766e-17+1j)");
    Obj *all[] = {zero, one, minus, inf, big, half};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        obj_decref(all[i]);
}

Test(float, methods)
{
    Obj *x = float_new(-2.5), *inf = float_new(__builtin_inf());
    expect_repr(method(x, "hex", ""), "'-0x1.4000000000000p+1'");
    expect_repr(method(x, "as_integer_ratio", ""), "(-5, 2)");
    expect_repr(method(x, "is_integer", ""), "False");
    expect_repr(method(x, "__round__", ""), "-2");
    expect_repr(method(x, "__round__", "i", 0), "-2.0");
    expect_repr(method(x, "__trunc__", ""), "-2");
    expect_repr(method(x, "__floor__", ""), "-3");
    expect_repr(method(&float_type.head.base, "fromhex", "s", " -0x1.8p-3 "), "-0.1875");
    expect_raised(method(&float_type.head.base, "fromhex", "s", "0x1p99999"), &exc_overflow_error,
                  "hexadecimal value too large to represent as a float");
    expect_raised(method(&float_type.head.base, "fromhex", "s", "zz"), &exc_value_error,
                  "invalid hexadecimal floating-point string");
    expect_raised(method(inf, "as_integer_ratio", ""), &exc_overflow_error,
                  "cannot convert Infinity to integer ratio");
    expect_raised(method(inf, "__round__", ""), &exc_overflow_error,
                  "cannot convert float infinity to integer");
    obj_decref(x);
    obj_decref(inf);
}

Test(float, number_text_normalises)
{
    NumberText text;
    Obj *o = str_from_utf8("\xe3\x80\x80\xd9\xa1\xc3\xa9", 7);
    cr_assert_eq(number_text_acquire(o, &text), 0);
    cr_expect_eq(text.length, 3);
    cr_expect_arr_eq(text.text, " 1?", 3);
    number_text_release(&text);
    obj_decref(o);
    char out[8];
    cr_expect_eq(number_text_strip_underscores("1_2_3", 5, out), 3);
    cr_expect_eq(number_text_strip_underscores("1_", 2, out), -1);
}

static int work(void)
{
    STEP(make(float_type, "s", "  123456.789012345678901234567890123456789012345678901234567890"));
    STEP(make(float_type, "s", "\xd9\xa3"));
    Obj *x = float_new(0.1);
    int status = x == NULL || drop(obj_repr(x)) < 0 || drop(method(x, "hex", "")) < 0 ||
                         drop(method(x, "as_integer_ratio", "")) < 0 ||
                         drop(method(x, "__round__", "i", 300)) < 0
                     ? -1
                     : 0;
    obj_xdecref(x);
    return status;
}

Test(float, every_allocation_may_fail)
{
    fail_each_allocation(work);
}
