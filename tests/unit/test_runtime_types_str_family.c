/* runtime/types/str_find.c, str_split.c, str_case.c, str_translate.c, str_percent.c, percent.c,
 * str_format.c, str_format_c.c, str_builder.c, str_intern.c, str_utf8.c, unicode.c: the parts that
 * str is made of. */

#include "runtime/types/str_methods.h"
#include "runtime/types/unicode.h"
#include "tests/unit/runtime.h"

TestSuite(str_family, .init = start_runtime, .fini = finish_runtime);

/* text.name(…) has this repr. */
#define GIVES(text, name, expected, ...)                                                           \
    do {                                                                                           \
        Obj *self_ = str_from_utf8(text, (int64_t)strlen(text));                                   \
        expect_repr(method(self_, name, __VA_ARGS__), expected);                                   \
        obj_decref(self_);                                                                         \
    } while (0)
#define FAILS(text, name, type, message, ...)                                                      \
    do {                                                                                           \
        Obj *self_ = str_from_utf8(text, (int64_t)strlen(text));                                   \
        expect_raised(method(self_, name, __VA_ARGS__), type, message);                            \
        obj_decref(self_);                                                                         \
    } while (0)

/* Every needle at every place of texts of three widths, against the plain way to search. */
Test(str_family, searching_agrees_with_the_plain_way)
{
    uint32_t text[40], needle[4], state = 12345;
    for (int round = 0; round < 3000; round++) {
        int64_t length = 1 + round % 40, size = 1 + round % 4;
        uint32_t base = round % 3 == 0 ? 'a' : round % 3 == 1 ? 0x3b1 : 0x1f600;
        for (int64_t i = 0; i < length; i++)
            text[i] = base + ((state = state * 1103515245 + 12345) >> 16) % 2;
        for (int64_t i = 0; i < size; i++)
            needle[i] = base + ((state = state * 1103515245 + 12345) >> 16) % 2;
        int64_t first = -1, last = -1, count = 0, free_from = 0;
        for (int64_t i = 0; i + size <= length; i++) {
            if (memcmp(text + i, needle, (size_t)size * 4) != 0)
                continue;
            first = first < 0 ? i : first;
            last = i;
            if (i >= free_from) {
                count++;
                free_from = i + size;
            }
        }
        Obj *t = str_from_ucs4(text, length), *n = str_from_ucs4(needle, size);
        cr_assert_eq(str_find(t, n, 0, length), first);
        cr_assert_eq(str_rfind(t, n, 0, length), last);
        cr_assert_eq(str_count_raw(text, 4, length, needle, 4, size, 1000), count);
        obj_decref(t);
        obj_decref(n);
    }
}

Test(str_family, splitting)
{
    GIVES(" a  b ", "split", "['a', 'b']", "");
    GIVES("a,,b", "split", "['a', '', 'b']", "s", ",");
    GIVES("a b c", "split", "['a', 'b c']", "ni", 1);
    GIVES("a b c", "rsplit", "['a b', 'c']", " maxsplit:i", 1);
    GIVES("a\r\nb\xe2\x80\xa8"
          "c\n",
          "splitlines", "['a\\r\\n', 'b\\u2028', 'c\\n']", "t");
    GIVES("a-b-c", "rpartition", "('a-b', '-', 'c')", "s", "-");
    GIVES("abc", "partition", "('abc', '', '')", "s", "-");
    GIVES("aaa", "replace", "'bba'", "ssi", "a", "b", 2);
    GIVES("ab", "replace", "'-a-b-'", "ss", "", "-");
    FAILS("a", "split", &exc_value_error, "empty separator", "s", "");
    FAILS("a", "split", &exc_type_error, "must be str or None, not int", "i", 5);
    FAILS("a", "replace", &exc_type_error, "replace() argument 1 must be str, not int", "is", 5,
          "x");
}

Test(str_family, cases)
{
    GIVES("stra\xc3\x9f"
          "e",
          "upper", "'STRASSE'", "");
    GIVES("\xce\x91\xce\xa3", "lower", "'\xce\xb1\xcf\x82'", ""); /* final sigma */
    GIVES("\xc4\xb0", "lower", "'i\xcc\x87'", "");
    GIVES("they're bill's", "title", "\"They'Re Bill'S\"", "");
    GIVES("\xef\xac\x81x", "capitalize", "'Fix'", "");
    GIVES("\xc3\x9f", "casefold", "'ss'", "");
    uint32_t out[UNICODE_CASE_MAX];
    cr_expect_eq(unicode_to_upper(0xFB03, out), 3);
    cr_expect(out[0] == 'F' && out[1] == 'F' && out[2] == 'I');
    cr_expect_eq(unicode_to_lower('Z', out), 1);
    for (uint32_t c = 0; c <= UNICODE_MAX; c += 7) {
        int n = unicode_to_fold(c, out);
        cr_assert(n >= 1 && n <= UNICODE_CASE_MAX);
    }
    cr_expect(unicode_decimal(0x663) == 3 && unicode_decimal(0xB2) == -1 &&
              unicode_digit(0xB2) == 2);
    double value;
    cr_expect(unicode_numeric(0xBD, &value) && value == 0.5);
    cr_expect_not(unicode_numeric('x', &value));
}

Test(str_family, translating)
{
    GIVES("abcd", "translate", "'xd'", "{isinin}", 'a', "x", 'b', 'c');
    GIVES("ab", "translate", "'ba'", "{iiii}", 'a', 'b', 'b', 'a');
    FAILS("a", "translate", &exc_value_error, "character mapping must be in range(0x110000)",
          "{ii}", 'a', 0x110000);
    FAILS("a", "translate", &exc_type_error, "character mapping must return integer, None or str",
          "{if}", 'a', 1.5);
    GIVES("", "maketrans", "{97: 98, 99: None}", "sss", "a", "b", "c");
    FAILS("", "maketrans", &exc_value_error,
          "the first two maketrans arguments must have equal length", "ss", "a", "bc");
}

static Obj *percent(const char *format, Obj *args_steal)
{
    Obj *text = str_from_ascii(format);
    Obj *result = text == NULL || args_steal == NULL ? NULL : str_format_percent(text, args_steal);
    obj_xdecref(text);
    obj_xdecref(args_steal);
    return result;
}

Test(str_family, percent_formats)
{
    expect_repr(
        percent("%5.1f|%-4d|%#x|%+d|%c|%r|%%", build("(fiiiss)", 3.14159, 7, 255, 3, "z", "q")),
        "\"  3.1|7   |0xff|+3|z|'q'|%\"");
    expect_repr(percent("%(a)s %(b)05d", build("{sisi}", "a", 1, "b", -2)), "'1 -0002'");
    expect_repr(percent("%*.*f", build("(iif)", 7, 2, 1.5)), "'   1.50'");
    expect_repr(percent("%s", build("[i]", 1)), "'[1]'");
    expect_raised(percent("%d", build("s", "x")), &exc_type_error,
                  "%d format: a real number is required, not str");
    expect_raised(percent("%d %d", build("i", 1)), &exc_type_error,
                  "not enough arguments for format string");
    expect_raised(percent("%d", build("(ii)", 1, 2)), &exc_type_error,
                  "not all arguments converted during string formatting");
    expect_raised(percent("%y", build("i", 1)), &exc_value_error,
                  "unsupported format character 'y' (0x79) at index 1");
    expect_raised(percent("%", build("i", 1)), &exc_value_error, "incomplete format");
    expect_raised(percent("%(a", build("{si}", "a", 1)), &exc_value_error, "incomplete format key");
    expect_raised(percent("%(a)s", build("i", 1)), &exc_type_error, "format requires a mapping");
    expect_raised(percent("%c", build("s", "xy")), &exc_type_error, "%c requires int or char");
    expect_raised(percent("%99999999999999999999d", build("i", 1)), &exc_value_error,
                  "width too big");
}

Test(str_family, brace_formats)
{
    GIVES("{0} {x} {0!r:>4}", "format", "'1 a    1'", "i x:s", 1, "a");
    GIVES("{0[k]}{1.real}{0[5]}{{}}", "format", "'v7w{}'", "{ssis}i", "k", "v", 5, "w", 7);
    GIVES("{:{}.{}f}|{!s:^5}", "format", "'  1.50| abc '", "fiis", 1.5, 6, 2, "abc");
}

Test(str_family, brace_format_errors)
{
    FAILS("{", "format", &exc_value_error, "Single '{' encountered in format string", "");
    FAILS("}", "format", &exc_value_error, "Single '}' encountered in format string", "");
    FAILS("{0", "format", &exc_value_error, "expected '}' before end of string", "i", 1);
    FAILS("{} {0}", "format", &exc_value_error,
          "cannot switch from automatic field numbering to manual field specification", "i", 1);
    FAILS("{}", "format", &exc_index_error,
          "Replacement index 0 out of range for positional args tuple", "");
    FAILS("{a}", "format", &exc_key_error, "'a'", "");
    FAILS("{!x}", "format", &exc_value_error, "Unknown conversion specifier x", "i", 1);
    FAILS("{.}", "format", &exc_value_error, "Empty attribute in format string", "i", 1);
    FAILS("{[}", "format", &exc_value_error, "expected '}' before end of string", "i", 1);
    FAILS("{:{:{}}}", "format", &exc_value_error, "Max string recursion exceeded", "iii", 1, 2, 3);
    FAILS("{99999999999999999999}", "format", &exc_value_error,
          "Too many decimal digits in format string", "i", 1);
}

Test(str_family, builders_widen_as_they_go)
{
    StrBuilder b;
    str_builder_init(&b);
    cr_assert_eq(str_builder_add_ascii(&b, "ab"), 0);
    cr_assert_eq(str_builder_add_char(&b, 0xe9), 0);
    cr_assert_eq(str_builder_add_repeat(&b, 0x3b1, 2), 0);
    cr_assert_eq(str_builder_add_char(&b, 0x1f600), 0);
    Obj *text = str_builder_finish(&b);
    cr_expect(((StrObj *)text)->kind == 4 && ((StrObj *)text)->length == 6);
    cr_expect_eq(b.data, NULL);
    str_builder_init(&b);
    cr_assert_eq(str_builder_add_range(&b, text, 0, 2), 0);
    expect_repr(str_builder_finish(&b), "'ab'"); /* narrow again */
    str_builder_init(&b);
    Obj *empty = str_builder_finish(&b);
    cr_expect_eq(empty, str_empty);
    obj_decref(empty);
    str_builder_init(&b);
    cr_expect_eq(str_builder_add_repeat(&b, 'x', INT64_MAX), -1);
    expect_error(&exc_memory_error, "");
    str_builder_free(&b);
    obj_decref(text);
}

Test(str_family, interned_strings_go_when_nobody_has_them)
{
    Obj *a = str_intern_ascii("a_name_of_the_test"), *b = str_intern_ascii("a_name_of_the_test");
    cr_expect_eq(a, b);
    cr_expect_eq(a->refcnt, 2, "the table owns none");
    obj_decref(a);
    obj_decref(b);
    Obj *c = str_from_ascii("another_name"), *d = str_intern(c);
    cr_expect_eq(c, d);
    obj_decref(d);
    Obj *e = str_from_ascii("another_name");
    str_intern_inplace(&e);
    cr_expect_eq(e, c);
    obj_decref(e);
    obj_decref(c);
}

Test(str_family, utf8_is_cached_with_the_str)
{
    Obj *text = str_from_utf8("\xc3\xa9\xe2\x82\xac", 5);
    cr_expect_eq(str_utf8_cached_size(text), 0);
    int64_t length;
    const char *utf8 = str_utf8(text, &length);
    cr_expect(length == 5 && strcmp(utf8, "\xc3\xa9\xe2\x82\xac") == 0);
    cr_expect_eq(str_utf8(text, NULL), utf8);
    cr_expect_gt(str_utf8_cached_size(text), 0);
    obj_decref(text);
    Obj *lone = str_from_utf8_surrogates("\xed\xa0\x80", 3);
    cr_expect_null(str_utf8(lone, NULL));
    expect_error(
        &exc_unicode_encode_error,
        "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
    obj_decref(lone);
}

static int work(void)
{
    static const char text[] = "Alpha \xc3\x9f,beta\n\xe2\x82\xac gamma";
    Obj *s = str_from_utf8(text, (int64_t)strlen(text));
    if (s == NULL)
        return -1;
    int status = drop(method(s, "split", "")) < 0 || drop(method(s, "rsplit", "s", ",")) < 0 ||
                         drop(method(s, "splitlines", "")) < 0 ||
                         drop(method(s, "upper", "")) < 0 || drop(method(s, "title", "")) < 0 ||
                         drop(method(s, "replace", "ss", "a", "\xc3\xa9")) < 0 ||
                         drop(method(s, "translate", "{isin}", 'a', "xyz", 'b')) < 0 ||
                         drop(method(s, "partition", "s", "beta")) < 0 ||
                         drop(method(s, "center", "is", 50, "*")) < 0 ||
                         drop(percent("%-20s %5.2f", build("(sf)", "abc", 1.5))) < 0 ||
                         drop(obj_repr(s)) < 0 || drop(method(s, "expandtabs", "")) < 0
                     ? -1
                     : 0;
    obj_decref(s);
    return status;
}

Test(str_family, every_allocation_may_fail)
{
    fail_each_allocation(work);
}
