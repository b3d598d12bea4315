/* runtime/modules/re_*.c: characters, what is written for PCRE2, programs and matching. */

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/re_charset.h"
#include "runtime/modules/re_program.h"
#include "runtime/modules/re_write.h"
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

TestSuite(re, .init = start, .fini = finish);

enum { SLOTS = 32 };

/* Matches `pattern` in `text`: 1 and slots, 0. */
static int run(const char *pattern, const char *text, ReMode mode, int64_t *slots)
{
    ReProgram program;
    Obj *p = str_from_utf8(pattern, (int64_t)strlen(pattern));
    Obj *s = str_from_utf8(text, (int64_t)strlen(text));
    cr_assert_eq(re_program_compile(&program, p, 0, (ObjRef)&exc_value_error), 0, "%s", pattern);
    ReSubject subject = {str_cast(s)->data, str_cast(s)->kind, str_cast(s)->ascii, str_length(s),
                         NULL};
    int status = re_match_run(&program, &subject, 0, mode, false, slots);
    /* Once more as machine code. */
    int64_t again[SLOTS];
    for (int i = 0; i < 100; i++)
        cr_assert_eq(re_match_run(&program, &subject, 0, mode, false, again), status);
    if (status > 0)
        cr_assert_arr_eq(again, slots, (3 + 2 * (size_t)program.groups) * sizeof(int64_t));
    re_subject_free(&subject);
    re_program_free(&program);
    obj_decref(p);
    obj_decref(s);
    return status;
}

Test(re, spans)
{
    static const struct {
        const char *pattern, *text;
        ReMode mode;
        int64_t start, end; /* -1: no match */
    } rows[] = {
        {"a+b", "xaaab", RE_SEARCH, 1, 5},       {"a+b", "xaaab", RE_MATCH, -1, -1},
        {"a|ab", "ab", RE_FULLMATCH, 0, 2},      {"(?:a*)*", "aab", RE_MATCH, 0, 2},
        {"(?:a|b?)*", "abx", RE_MATCH, 0, 2},    {"a{2,3}?", "aaaa", RE_MATCH, 0, 2},
        {"(?>a+)a", "aaa", RE_SEARCH, -1, -1},   {"a++", "aaa", RE_MATCH, 0, 3},
        {"(?<=€)x", "x€x", RE_SEARCH, 2, 3},     {"(?i)straSSe", "STRAsse", RE_MATCH, 0, 7},
        {"[^a-c]+", "abcxyz", RE_SEARCH, 3, 6},  {"\\bfoo\\b", "a foo", RE_SEARCH, 2, 5},
        {"(a)?(?(1)b|c)", "c", RE_MATCH, 0, 1},  {".*𝄞", "ab𝄞c", RE_MATCH, 0, 3},
        {"(.+)\\1", "abab", RE_FULLMATCH, 0, 4}, {"a$", "a\n", RE_SEARCH, 0, 1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t slots[SLOTS];
        int status = run(rows[i].pattern, rows[i].text, rows[i].mode, slots);
        cr_assert_eq(status, rows[i].start >= 0, "%s", rows[i].pattern);
        if (status > 0) {
            cr_assert_eq(slots[0], rows[i].start, "%s", rows[i].pattern);
            cr_assert_eq(slots[1], rows[i].end, "%s", rows[i].pattern);
        }
    }
}

Test(re, groups_are_restored_when_going_back)
{
    int64_t slots[SLOTS];
    cr_assert_eq(run("(?:(a)|(b)|c)*", "abc", RE_MATCH, slots), 1);
    cr_assert_eq(slots[2], 0);
    cr_assert_eq(slots[4], 1);
    cr_assert_eq(run("(a)b|a(c)", "ac", RE_MATCH, slots), 1);
    cr_assert_eq(slots[2], -1);
    cr_assert_eq(slots[4], 1);
}

Test(re, long_input_takes_no_c_stack)
{
    enum { LENGTH = 300000 };
    static char text[LENGTH + 1];
    memset(text, 'a', LENGTH);
    int64_t slots[SLOTS];
    cr_assert_eq(run("(?:a|b)*", text, RE_MATCH, slots), 1);
    cr_assert_eq(slots[1], LENGTH);
    cr_assert_eq(run("(a)*$", text, RE_MATCH, slots), 1);
    cr_assert_eq(slots[2], LENGTH - 1);
}

Test(re, errors)
{
    static const char *const bad[] = {"(", ")", "[", "*", "a**", "(?P<1>a)", "\\1", "(?<=a*)b"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ReProgram program;
        Obj *p = str_from_ascii(bad[i]);
        cr_assert_eq(re_program_compile(&program, p, 0, (ObjRef)&exc_value_error), -1, "%s",
                     bad[i]);
        cr_assert(err_matches(&exc_value_error));
        err_clear();
        re_program_free(&program);
        obj_decref(p);
    }
}

/* What is written for PCRE2 for one kind of text. */
static void written_is(const char *pattern, int64_t flags, ReText text, const char *expected)
{
    ReProgram program;
    ReWritten written;
    char narrow[200] = {0};
    Obj *p = str_from_utf8(pattern, (int64_t)strlen(pattern));
    cr_assert_eq(re_program_compile(&program, p, flags, (ObjRef)&exc_value_error), 0);
    cr_assert_eq(re_write_pattern(&program, text, &written), 0);
    cr_assert_lt(written.length, (int64_t)sizeof(narrow));
    for (int64_t i = 0; i < written.length; i++) {
        narrow[i] = text <= RE_TEXT_LATIN1 ? ((const char *)written.items)[i]
                    : text == RE_TEXT_UCS2 ? (char)((const uint16_t *)written.items)[i]
                                           : (char)((const uint32_t *)written.items)[i];
    }
    cr_assert_str_eq(narrow, expected, "%s: %s", pattern, narrow);
    re_write_free(&written);
    re_program_free(&program);
    obj_decref(p);
}

Test(re, writes_what_pcre2_reads)
{
    static const struct {
        const char *pattern;
        int64_t flags;
        ReText text;
        const char *expected;
    } rows[] = {
        {"^a.$\\Z", 0, RE_TEXT_ASCII, "\\Aa\\N\\Z\\z"},
        {"^a.$", RE_MULTILINE | RE_DOTALL, RE_TEXT_ASCII, "^a.$"},
        {"(?P<name>a)(?P=name)", 0, RE_TEXT_ASCII, "(a)\\g{1}"},
        {"a{,3}b{2,}?c{1}+", 0, RE_TEXT_ASCII, "a{0,3}b{2,}?c{1}+"},
        {"x y # z", RE_VERBOSE, RE_TEXT_ASCII, "xy"},
        {"\\w\\s\\D", 0, RE_TEXT_ASCII, "\\w[\\s\\x1c-\\x1f]\\D"},
        {"\\w\\s\\D", RE_ASCII, RE_TEXT_UCS2, "\\w\\s\\D"},
        {"\\w\\D", 0, RE_TEXT_UCS4, "\\p{Xwd}\\P{Nd}"},
        {"a1k", RE_IGNORECASE, RE_TEXT_ASCII, "(?i)a1k"},
        {"a(?i:b)c", 0, RE_TEXT_ASCII, "a(?i)b(?-i)c"},
        {"k", RE_IGNORECASE, RE_TEXT_UCS2, "[kK*]"}, /* * is U+212A cut to 8 bits */
        {"€", 0, RE_TEXT_LATIN1, "[^\\x{0}-\xff]"},
        {"[^€]", 0, RE_TEXT_LATIN1, "."},
        {"[a-cb€]", 0, RE_TEXT_ASCII, "[a-c]"},
        {"\\B", 0, RE_TEXT_ASCII, "(?!\\A\\z)\\B"},
        {"x{70000}", 0, RE_TEXT_ASCII, "(?:(?:x{65535}){1}x{4465})"},
        {"(?:(a)|(b))*", 0, RE_TEXT_ASCII, "(?:((?:a)(*:1))|((?:b)(*:2)))*"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        written_is(rows[i].pattern, rows[i].flags, rows[i].text, rows[i].expected);
}

Test(re, the_last_group_is_the_one_that_ended_last)
{
    int64_t slots[SLOTS];
    cr_assert_eq(run("((a)(b))", "ab", RE_MATCH, slots), 1);
    cr_assert_eq(slots[8], 1);
    cr_assert_eq(run("(a)|(b)", "b", RE_MATCH, slots), 1);
    cr_assert_eq(slots[6], 2);
    cr_assert_eq(run("(?:(a)|(b))*", "ba", RE_MATCH, slots), 1);
    cr_assert_eq(slots[6], 1);
    cr_assert_eq(run("a(b)?", "a", RE_MATCH, slots), 1);
    cr_assert_eq(slots[4], -1);
}

Test(re, variants_of_case_are_mutual)
{
    uint32_t variants[RE_CASE_VARIANTS], back[RE_CASE_VARIANTS];
    int64_t cased = 0;
    for (uint32_t c = 0; (c = re_charset_next_cased(c, RE_CASE_UNICODE)) != UINT32_MAX; c++) {
        int count = re_charset_variants(c, RE_CASE_UNICODE, variants);
        cased += count > 1;
        for (int i = 1; i < count; i++) {
            int found = re_charset_variants(variants[i], RE_CASE_UNICODE, back), at = 0;
            while (at < found && back[at] != c)
                at++;
            cr_assert_lt(at, found, "U+%04X U+%04X", c, variants[i]);
            cr_assert_eq(found, count);
        }
    }
    cr_assert_eq(cased, 2886); /* those that CPython 3.11 has */
}

Test(re, large_patterns_are_matched_in_32_bits)
{
    static char pattern[200000];
    int64_t slots[SLOTS];
    size_t length = 0;
    for (int i = 0; i < 12000; i++)
        length += (size_t)sprintf(pattern + length, "%sword%d", i == 0 ? "" : "|", i * 7);
    cr_assert_eq(run(pattern, "a word83993", RE_SEARCH, slots), 1);
    cr_assert_eq(slots[0], 2);
    cr_assert_eq(run(pattern, "a wörd1", RE_SEARCH, slots), 0);
}

Test(re, every_allocation_may_fail)
{
    Obj *p = str_from_ascii("(?i)(?:(a)|(b))*[c-e]\\b.{70000}?x"), *s = str_from_ascii("abd");
    for (uint64_t n = 1; n < 200; n++) {
        ReProgram program;
        int64_t slots[SLOTS];
        ReSubject subject = {str_cast(s)->data, 1, true, 3, NULL};
        mem_fail_after(n);
        int status = re_program_compile(&program, p, 0, (ObjRef)&exc_value_error);
        if (status == 0)
            status = re_match_run(&program, &subject, 0, RE_SEARCH, false, slots);
        mem_fail_after(0);
        re_program_free(&program);
        if (status < 0) {
            cr_assert(err_matches(&exc_memory_error), "%d", (int)n);
            err_clear();
        }
    }
    obj_decref(p);
    obj_decref(s);
}
