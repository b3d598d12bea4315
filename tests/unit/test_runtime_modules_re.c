/* runtime/modules/re_*.c: programs and the matcher. */

#include <criterion/criterion.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/re_program.h"
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
    ReSubject subject = {str_cast(s)->data, str_cast(s)->kind, str_length(s)};
    int status = re_match_run(&program, &subject, 0, mode, false, slots);
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
