/* runtime/types/format_spec.c, numformat.c: the format mini-language. */

#include "runtime/types/complex.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/numformat.h"
#include "tests/unit/runtime.h"

TestSuite(numformat, .init = start_runtime, .fini = finish_runtime);

Test(numformat, the_parts_of_a_spec)
{
    FormatSpec spec;
    Obj *text = str_from_utf8("\xe2\x82\xac^+z#012_.34f", 15), *value = float_new(1);
    cr_assert_eq(format_spec_parse(text, 'g', '>', value, &spec), 0);
    cr_expect_eq(spec.fill, 0x20AC);
    cr_expect(spec.fill_given && spec.align_given && spec.no_negative_zero && spec.alternate);
    cr_expect_eq(spec.align, '^');
    cr_expect_eq(spec.sign, '+');
    cr_expect_eq(spec.width, 12);
    cr_expect_eq(spec.grouping, '_');
    cr_expect_eq(spec.precision, 34);
    cr_expect_eq(spec.type, 'f');
    obj_decref(text);
    text = str_from_ascii("");
    cr_assert_eq(format_spec_parse(text, 'g', '<', value, &spec), 0);
    cr_expect(spec.fill == ' ' && spec.align == '<' && spec.width == -1 && spec.precision == -1 &&
              spec.type == 'g' && spec.sign == 0);
    obj_decref(text);
    obj_decref(value);
}

static void formats(Obj *value_steal, const char *spec, const char *expected)
{
    Obj *text = str_from_utf8(spec, (int64_t)strlen(spec)), *result = obj_format(value_steal, text);
    cr_assert_not_null(result, "%s", spec);
    cr_expect_str_eq(str_utf8(result, NULL), expected, "%s: '%s', not '%s'", spec,
                     str_utf8(result, NULL), expected);
    obj_decref(result);
    obj_decref(text);
    obj_decref(value_steal);
}

Test(numformat, ints)
{
    formats(int_new(1234567), ",d", "1,234,567");
    formats(int_new(-1234567), "015,", "-00,001,234,567");
    formats(int_new(255), "#_x", "0xff");
    formats(int_new(255), "#010b", "0b11111111");
    formats(int_new(1 << 20), "_b", "1_0000_0000_0000_0000_0000");
    formats(int_new(65), "*^5c", "**A**");
    formats(int_new(-7), "=+5d", "-   7");
    formats(int_new(7), "<5", "7    ");
    formats(int_new(5), ".1f", "5.0");
    formats(int_new(5), "%", "500.000000%");
    formats(bool_new(true), "5", "    1");
}

Test(numformat, doubles)
{
    formats(float_new(1234.5), ",.2f", "1,234.50");
    formats(float_new(0.5), ".0f", "0");
    formats(float_new(1.5), ".0f", "2");
    formats(float_new(-0.001), "z.1f", "0.0");
    formats(float_new(-0.001), ".1f", "-0.0");
    formats(float_new(1e22), "g", "1e+22");
    formats(float_new(100000), "#.3g", "1.00e+05");
    formats(float_new(1), "010.3e", "01.000e+00");
    formats(float_new(__builtin_nan("")), "08.2F", "00000NAN");
    formats(float_new(__builtin_inf()), "+%", "+inf%");
    formats(float_new(1e25), ".1f", "10000000000000000905969664.0");
    formats(float_new(0.1), ".3", "0.1");
    formats(float_new(123456789), "", "123456789.0");
}

Test(numformat, complex)
{
    formats(complex_new(1, -2), "", "(1-2j)");
    formats(complex_new(1, 2), ".1f", "1.0+2.0j");
    formats(complex_new(1, 2), ">12", "      (1+2j)");
    expect_raised(method(&complex_type.head.base, "__format__", "Os", obj_none, "x"),
                  &exc_type_error,
                  "descriptor '__format__' for 'complex' objects doesn't apply to a 'NoneType' "
                  "object");
}

static void refuses(Obj *value_steal, const char *spec, const Type *type, const char *message)
{
    Obj *text = str_from_ascii(spec);
    expect_raised(obj_format(value_steal, text), type, message);
    obj_decref(text);
    obj_decref(value_steal);
}

Test(numformat, errors)
{
    refuses(int_new(1), "s", &exc_value_error, "Unknown format code 's' for object of type 'int'");
    refuses(int_new(1), ".2d", &exc_value_error,
            "Precision not allowed in integer format specifier");
    refuses(int_new(1), ",b", &exc_value_error, "Cannot specify ',' with 'b'.");
    refuses(int_new(1), ",_d", &exc_value_error, "Cannot specify both ',' and '_'.");
    refuses(int_new(1), "+c", &exc_value_error,
            "Sign not allowed with integer format specifier 'c'");
    refuses(int_new(1), "#c", &exc_value_error,
            "Alternate form (#) not allowed with integer format specifier 'c'");
    refuses(int_new(0x110000), "c", &exc_overflow_error, "%c arg not in range(0x110000)");
    refuses(int_new(1), "zd", &exc_value_error,
            "Negative zero coercion (z) not allowed in integer format specifier");
    refuses(float_new(1), "d", &exc_value_error,
            "Unknown format code 'd' for object of type 'float'");
    refuses(float_new(1), "1x2", &exc_value_error,
            "Invalid format specifier '1x2' for object of type 'float'");
    refuses(float_new(1), ".f", &exc_value_error, "Format specifier missing precision");
    refuses(float_new(1), "99999999999999999999", &exc_value_error,
            "Too many decimal digits in format string");
    refuses(float_new(1), ".9999999999f", &exc_value_error, "precision too big");
    refuses(complex_new(1, 1), "=5", &exc_value_error,
            "'=' alignment flag is not allowed in complex format specifier");
    refuses(complex_new(1, 1), "05", &exc_value_error,
            "Zero padding is not allowed in complex format specifier");
    refuses(str_from_ascii("x"), "=5", &exc_value_error,
            "'=' alignment not allowed in string format specifier");
    refuses(str_from_ascii("x"), "+", &exc_value_error,
            "Sign not allowed in string format specifier");
    refuses(none_new(), "5", &exc_type_error,
            "unsupported format string passed to NoneType.__format__");
}

Test(numformat, text)
{
    formats(str_from_ascii("abc"), "_^7.2", "__ab___");
    formats(str_from_ascii("abc"), "05", "abc00");
    formats(str_from_utf8("\xc3\xa9", 2), ">3", "  \xc3\xa9");
}

static int work(void)
{
    static const char *const specs[] = {"", ",d", "#_x", "020,.3f", "*^30e", "%", "n"};
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        Obj *value = int_from_text("123456789012345678901234567890", 30, 10),
            *spec = str_from_ascii(specs[i]);
        int status = value == NULL || spec == NULL ? -1 : drop(obj_format(value, spec));
        obj_xdecref(value);
        obj_xdecref(spec);
        if (status < 0)
            return -1;
    }
    return 0;
}

Test(numformat, every_allocation_may_fail)
{
    fail_each_allocation(work);
}
