/* grammar/text.c, name_pool.c, diagnostics.c: encodings, lines, identifiers, the record of errors.
 */

#include "grammar/name_pool.h"
#include "grammar/text.h"
#include "tests/unit/grammar.h"

Test(grammar_text, code_points_and_bytes)
{
    const char *text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
    cr_expect_eq(text_code_points(text, 10), 4);
    cr_expect_eq(text_byte_offset(text, 10, 2), 3);
    cr_expect_eq(text_byte_offset(text, 10, 99), 10);
    const char *at = text;
    cr_expect(text_decode(&at) == 'a' && text_decode(&at) == 0xe9 && text_decode(&at) == 0x20ac &&
              text_decode(&at) == 0x1f600);
    cr_expect_eq(at, text + 10);
}

Test(grammar_text, every_code_point_both_ways)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x900 || (c > 0xD700 && c < 0xE100) ? 1 : 211) {
        char out[4];
        int length = text_encode(c, out);
        const char *at = out;
        cr_assert_eq(text_decode(&at), c);
        cr_assert_eq(at, out + length);
        bool surrogate = c >= 0xD800 && c < 0xE000;
        cr_assert_eq(text_valid_utf8(out, length, false), surrogate ? 0 : length);
        cr_assert_eq(text_valid_utf8(out, length, true), length);
        if (length > 1) {
            cr_assert_eq(text_valid_utf8(out, length - 1, true), 0, "cut short");
        }
    }
}

Test(grammar_text, what_is_no_utf8)
{
    static const char *const wrong[] = {"\x80",
                                        "\xc0\x80",
                                        "\xc1\xbf",
                                        "\xe0\x80\x80",
                                        "\xf0\x80\x80\x80",
                                        "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80",
                                        "\xff",
                                        "\xe2\x28\xa1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_expect_eq(text_valid_utf8(wrong[i], (int64_t)strlen(wrong[i]), true), 0, "%d", (int)i);
}

Test(grammar_text, lines)
{
    int64_t length = -1;
    const char *text = "ab\n\ncd";
    cr_expect_eq(text_line(text, 6, 1, &length), text);
    cr_expect_eq(length, 2);
    cr_expect_eq(text_line(text, 6, 2, &length), text + 3);
    cr_expect_eq(length, 0);
    cr_expect_eq(text_line(text, 6, 3, &length), text + 4);
    cr_expect_eq(length, 2);
    cr_expect_null(text_line(text, 6, 4, &length));
    cr_expect_null(text_line(text, 6, 0, &length));
}

/* What text_prepare makes of file content, or the message of its error. */
static void prepares(const char *text, const char *expected)
{
    Bump bump;
    Diagnostic diagnostic;
    int64_t length = 0;
    bump_init(&bump);
    diagnostic_init(&diagnostic, &bump, "<x>");
    char *result = text_prepare(text, (int64_t)strlen(text), false, true, &diagnostic, &length);
    cr_expect_str_eq(result == NULL ? diagnostic.message : result, expected, "%s: %s", text,
                     result == NULL ? diagnostic.message : result);
    if (result != NULL)
        cr_expect_eq(length, (int64_t)strlen(expected));
    bump_free(&bump);
}

Test(grammar_text, cookies_marks_and_line_ends)
{
    prepares("a\r\nb\rc", "a\nb\nc\n");
    prepares("\xef\xbb\xbfx", "x\n");
    prepares("", "");
    prepares("# coding: latin-1\n\xe9", "# coding: latin-1\n\xc3\xa9\n");
    prepares("#!x\n# -*- coding: ISO-8859-1 -*-\n\xe9",
             "#!x\n# -*- coding: ISO-8859-1 -*-\n\xc3\xa9\n");
    prepares("x\n\n# coding: latin-1\n\xc3\xa9", "x\n\n# coding: latin-1\n\xc3\xa9\n");
    prepares("# coding: nonsense\n", "unknown encoding: nonsense");
    prepares("\xef\xbb\xbf# coding: latin-1\n", "encoding problem: iso-8859-1 with BOM");
}

Test(grammar_text, names_are_equal_when_their_pointers_are)
{
    Bump bump;
    NameTable names;
    bump_init(&bump);
    cr_assert(name_pool_begin(&names, &bump));
    char text[16];
    const char *all[2000];
    for (int i = 0; i < 2000; i++) {
        int length = snprintf(text, sizeof text, "name%d", i);
        all[i] = name_pool_intern(&names, text, length);
    }
    for (int i = 0; i < 2000; i++) {
        int length = snprintf(text, sizeof text, "name%dx", i);
        cr_assert_eq(name_pool_intern(&names, text, length - 1), all[i]);
        cr_assert_str_eq(all[i], strtok(text, "x"));
    }
    cr_expect_neq(name_pool_intern(&names, "name", 4), all[0]);
    cr_expect_str_eq(name_pool_intern(&names, "", 0), "");
    bump_free(&bump);
}

Test(grammar_text, the_first_error_stays)
{
    Bump bump;
    Diagnostic d;
    bump_init(&bump);
    diagnostic_init(&d, &bump, "f.py");
    d.source = "\xc3\xa9 = x\nsecond\n";
    d.source_length = (int64_t)strlen(d.source);
    Place place = {1, 5, 1, 6};
    cr_expect_eq(diagnostic_set(&d, DIAGNOSTIC_SYNTAX_ERROR, place, "bad %s", "x"), -1);
    cr_expect_eq(diagnostic_set(&d, DIAGNOSTIC_TAB_ERROR, place, "later"), -1);
    cr_expect_str_eq(d.message, "bad x");
    cr_expect(d.line == 1 && d.offset == 5 && d.end_line == 1 && d.end_offset == 6);
    cr_expect_str_eq(d.text, "\xc3\xa9 = x\n");
    cr_expect_str_eq(diagnostic_kind_name(d.kind), "SyntaxError");
    cr_expect(diagnostic_warn(&d, WARNING_SYNTAX, place, "one"));
    cr_expect(diagnostic_warn(&d, WARNING_DEPRECATION, place, "two"));
    diagnostic_clear(&d);
    cr_expect_eq(d.kind, DIAGNOSTIC_NONE);
    cr_expect_str_eq(d.warnings->message, "one");
    cr_expect_str_eq(d.warnings->next->message, "two");
    cr_expect_null(d.warnings->next->next);
    cr_expect_str_eq(diagnostic_kind_name(DIAGNOSTIC_NONE), "");
    cr_expect_str_eq(diagnostic_kind_name(DIAGNOSTIC_INDENTATION_ERROR), "IndentationError");
    bump_free(&bump);
}
