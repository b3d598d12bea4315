/* runtime/types/str*.c: canonical widths, shared strings, interning, growth in place, searching. */

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"

static void start(void)
{
    cr_assert_eq(runtime_init(), 0);
}

static void finish(void)
{
    cr_assert_null(err_occurred());
    runtime_finish();
}

TestSuite(str, .init = start, .fini = finish);

static Obj *make(const char *utf8)
{
    Obj *s = str_from_utf8(utf8, (int64_t)strlen(utf8));
    cr_assert_not_null(s);
    return s;
}

/* s must be `utf8`; takes s. */
static void expect(Obj *s_steal, const char *utf8)
{
    cr_assert_not_null(s_steal);
    cr_assert_str_eq(str_utf8(s_steal, NULL), utf8);
    obj_decref(s_steal);
}

static void expect_error(const Type *type, const char *text)
{
    cr_assert(err_matches(type));
    Obj *error = err_fetch();
    Obj *message = obj_str(error);
    cr_assert_str_eq(str_utf8(message, NULL), text);
    obj_decref(message);
    obj_decref(error);
}

Test(str, width_is_the_narrowest)
{
    static const struct {
        const char *text;
        int kind;
        bool ascii;
    } rows[] = {{"ab", 1, true}, {"aé", 1, false}, {"a€", 2, false}, {"a𝄞", 4, false}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Obj *s = make(rows[i].text);
        cr_assert_eq(str_cast(s)->kind, rows[i].kind);
        cr_assert_eq(str_cast(s)->ascii, rows[i].ascii);
        Obj *first = str_substring(s, 0, 1);
        cr_assert_eq(first, str_latin1['a']);
        obj_decref(first);
        obj_decref(s);
    }
}

Test(str, slices_narrow)
{
    Obj *s = make("ab€");
    Obj *slice = str_substring(s, 0, 2);
    cr_assert_eq(str_cast(slice)->kind, 1);
    cr_assert(str_cast(slice)->ascii);
    expect(slice, "ab");
    obj_decref(s);
}

Test(str, interned_strings_are_found_and_not_kept_alive)
{
    Obj *first = str_intern_ascii("a_name_nobody_else_has");
    Obj *second = str_intern_ascii("a_name_nobody_else_has");
    cr_assert_eq(first, second);
    cr_assert_eq(first->refcnt, 2);
    obj_decref(second);
    obj_decref(first);
    Obj *again = str_intern_ascii("a_name_nobody_else_has");
    cr_assert_eq(again->refcnt, 1);
    obj_decref(again);
}

Test(str, interning_survives_growth_and_removal)
{
    enum { COUNT = 5000 };
    Obj **all = malloc(COUNT * sizeof(*all));
    for (int i = 0; i < COUNT; i++) {
        Obj *s = str_format_c("name%d", i);
        all[i] = str_intern(s);
        obj_decref(s);
    }
    for (int i = 0; i < COUNT; i += 2)
        obj_clear(&all[i]);
    for (int i = 1; i < COUNT; i += 2) {
        Obj *s = str_format_c("name%d", i);
        Obj *found = str_intern(s);
        cr_assert_eq(found, all[i]);
        obj_decref(found);
        obj_decref(s);
        obj_decref(all[i]);
    }
    free(all);
}

Test(str, append_grows_in_place_only_when_unshared)
{
    Obj *s = make("abcdefghijkl");
    Obj *tail = make("xy");
    cr_assert_eq(str_append_inplace(&s, tail), 0);
    Obj *before = s;
    cr_assert_geq(str_cast(s)->spare, 1);
    cr_assert_eq(str_append_inplace(&s, str_latin1['z']), 0);
    cr_assert_eq(s, before);
    Obj *other = obj_incref(s);
    cr_assert_eq(str_append_inplace(&s, tail), 0);
    cr_assert_neq(s, other);
    expect(other, "abcdefghijklxyz");
    expect(s, "abcdefghijklxyzxy");
    obj_decref(tail);
}

Test(str, append_forgets_hash_and_utf8)
{
    Obj *s = make("é-long-enough");
    Obj *tail = make("é");
    int64_t hash = str_hash(s);
    cr_assert_str_eq(str_utf8(s, NULL), "é-long-enough");
    cr_assert_eq(str_append_inplace(&s, tail), 0);
    cr_assert_neq(str_hash(s), hash);
    expect(s, "é-long-enoughé");
    obj_decref(tail);
}

Test(str, repr_escapes_what_does_not_print)
{
    Obj *s = make("it's\n\x01\xC2\x85€\xE2\x80\x8B");
    expect(str_repr(s), "\"it's\\n\\x01\\x85€\\u200b\"");
    obj_decref(s);
}

Test(str, builder_widens)
{
    StrBuilder b;
    str_builder_init(&b);
    for (uint32_t c = 0x20; c < 0x20000; c = c * 3 / 2)
        cr_assert_eq(str_builder_add_char(&b, c), 0);
    int64_t length = b.length;
    Obj *s = str_builder_finish(&b);
    cr_assert_eq(str_length(s), length);
    int64_t i = 0;
    for (uint32_t c = 0x20; c < 0x20000; c = c * 3 / 2)
        cr_assert_eq(str_char_at(s, i++), c);
    obj_decref(s);
}

/* Searching against the definition, over a small alphabet that makes repetitive needles. */
Test(str, find_and_rfind_agree_with_the_definition)
{
    srand(7);
    for (int round = 0; round < 4000; round++) {
        uint32_t text[80], needle[12];
        int64_t n = rand() % 80, m = rand() % 12;
        uint32_t wide = round % 3 == 0 ? 0x10000 : round % 3 == 1 ? 0x100 : 0;
        for (int64_t i = 0; i < n; i++)
            text[i] = 'a' + (uint32_t)(rand() % 2) + (rand() % 40 == 0 ? wide : 0);
        for (int64_t i = 0; i < m; i++)
            needle[i] = 'a' + (uint32_t)(rand() % 2);
        int64_t first = -1, last = -1;
        for (int64_t i = 0; i + m <= n; i++) {
            if (memcmp(text + i, needle, (size_t)m * sizeof(*text)) == 0) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        Obj *s = str_from_ucs4(text, n), *t = str_from_ucs4(needle, m);
        cr_assert_eq(str_find(s, t, 0, n), first);
        cr_assert_eq(str_rfind(s, t, 0, n), last);
        obj_decref(s);
        obj_decref(t);
    }
}

Test(str, find_is_linear_on_repetitive_text, .timeout = 20)
{
    Obj *a = str_repeat(str_latin1['a'], 400000), *half = str_repeat(str_latin1['a'], 200000);
    Obj *needle = str_concat(str_latin1['b'], half), *tail = make("€");
    Obj *text = str_concat(a, tail); /* two bytes per character: not the C library's search */
    cr_assert_eq(str_find(text, needle, 0, str_length(text)), -1);
    cr_assert_eq(str_rfind(text, needle, 0, str_length(text)), -1);
    obj_decref(a);
    obj_decref(half);
    obj_decref(needle);
    obj_decref(tail);
    obj_decref(text);
}

Test(str, join_names_the_item_that_is_no_str)
{
    Obj *list = list_new(0);
    cr_assert_eq(list_append(list, str_latin1['a']), 0);
    cr_assert_eq(list_append(list, obj_none), 0);
    cr_assert_null(str_join(str_empty, list));
    expect_error(&exc_type_error, "sequence item 1: expected str instance, NoneType found");
    obj_decref(list);
}

Test(str, percent_formats)
{
    Obj *format = make("%s|%5d|%-4x|%r");
    Obj *number = int_new(42), *text = make("é");
    Obj *args = tuple_pack(4, text, number, number, text);
    expect(str_format_percent(format, args), "é|   42|2a  |'é'");
    Obj *few = tuple_pack(1, text);
    cr_assert_null(str_format_percent(format, few));
    expect_error(&exc_type_error, "not enough arguments for format string");
    obj_decref(format);
    obj_decref(number);
    obj_decref(text);
    obj_decref(args);
    obj_decref(few);
}

Test(str, format_c_shows_objects)
{
    Obj *name = make("é");
    expect(str_format_c("%s %R %U %T %.2s %5d|%%", "a", name, name, name, "xyz", 42),
           "a 'é' é str xy    42|%");
    obj_decref(name);
}

Test(str, failed_allocations_lose_nothing)
{
    for (uint64_t n = 1; n < 12; n++) {
        Obj *a = str_repeat(str_latin1['x'], 5000), *b = str_repeat(str_latin1['y'], 5000);
        mem_fail_after(n);
        Obj *joined = str_concat(a, b);
        mem_fail_after(0);
        if (joined == NULL)
            err_clear();
        obj_xdecref(joined);
        obj_decref(a);
        obj_decref(b);
    }
}
