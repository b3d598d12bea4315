/*
 * Case mappings of str.
 *
 * ASCII text is mapped in place in a copy; other text code point by code point with the full
 * mappings of unicode.c (one code point may become three).  The one context rule is that of the
 * final sigma: U+03A3 after a cased letter and not before one (case-ignorable ones apart) becomes
 * U+03C2.
 */

#include "runtime/core/err.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/unicode.h"

enum { CAPITAL_SIGMA = 0x3A3, SMALL_SIGMA = 0x3C3, FINAL_SIGMA = 0x3C2 };

typedef int (*MapFn)(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);

static uint32_t lower_sigma(ObjRef self, int64_t at)
{
    int64_t i = at - 1, length = str_length(self);
    while (i >= 0 && unicode_is_case_ignorable(str_char_at(self, i)))
        i--;
    if (i < 0 || !unicode_is_cased(str_char_at(self, i)))
        return SMALL_SIGMA;
    i = at + 1;
    while (i < length && unicode_is_case_ignorable(str_char_at(self, i)))
        i++;
    return i < length && unicode_is_cased(str_char_at(self, i)) ? SMALL_SIGMA : FINAL_SIGMA;
}

/* Lower case of the code point at `at`, in context. */
static int lower_at(ObjRef self, int64_t at, uint32_t out[UNICODE_CASE_MAX])
{
    uint32_t c = str_char_at(self, at);
    if (c == CAPITAL_SIGMA) {
        out[0] = lower_sigma(self, at);
        return 1;
    }
    return unicode_to_lower(c, out);
}

static int add_mapped(StrBuilder *b, const uint32_t *chars, int count)
{
    for (int i = 0; i < count; i++) {
        if (str_builder_add_char(b, chars[i]) < 0)
            return -1;
    }
    return 0;
}

/* Every code point by `map` (NULL: lower case in context). */
static Obj *map_all(ObjRef self, MapFn map)
{
    StrBuilder b;
    uint32_t chars[UNICODE_CASE_MAX];
    str_builder_init(&b);
    int64_t length = str_length(self);
    if (str_builder_reserve(&b, length, 0) < 0)
        return NULL;
    for (int64_t i = 0; i < length; i++) {
        int count = map == NULL ? lower_at(self, i, chars) : map(str_char_at(self, i), chars);
        if (add_mapped(&b, chars, count) < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

/* ASCII text with the letters first…last moved by `distance`. */
static Obj *map_ascii(ObjRef self, unsigned char first, unsigned char last, int distance)
{
    const StrObj *s = (const StrObj *)self;
    if (s->length == 0)
        return obj_incref(str_empty);
    if (s->length == 1) {
        unsigned c = s->data[0];
        return str_from_char(c >= first && c <= last ? c + (unsigned)distance : c);
    }
    Obj *result = str_new_blank(s->length, 127);
    if (result == NULL)
        return NULL;
    unsigned char *to = str_cast(result)->data;
    for (int64_t i = 0; i < s->length; i++) {
        unsigned char c = s->data[i];
        to[i] = (unsigned char)(c + (c >= first && c <= last ? distance : 0));
    }
    return result;
}

/* Latin-1 text in lower case: its letters 0xC0-0xDE lie 32 below. */
static Obj *lower_latin1(ObjRef self)
{
    const StrObj *s = (const StrObj *)self;
    if (s->length == 1)
        return map_all(self, NULL);
    Obj *result = str_new_blank(s->length, 255);
    if (result == NULL)
        return NULL;
    unsigned char *to = str_cast(result)->data;
    for (int64_t i = 0; i < s->length; i++) {
        unsigned char c = s->data[i];
        bool capital = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
        to[i] = (unsigned char)(c + (capital ? 32 : 0));
    }
    return result;
}

/* Latin-1 text in upper case; the small letters micro, sharp s and y with diaeresis leave Latin-1
 * or become two letters. */
static Obj *upper_latin1(ObjRef self)
{
    const StrObj *s = (const StrObj *)self;
    Obj *result = s->length == 1 ? NULL : str_new_blank(s->length, 255);
    if (result == NULL)
        return s->length == 1 ? map_all(self, unicode_to_upper) : NULL;
    unsigned char *to = str_cast(result)->data;
    for (int64_t i = 0; i < s->length; i++) {
        unsigned char c = s->data[i];
        if (c == 0xB5 || c == 0xDF || c == 0xFF) {
            obj_decref(result);
            return map_all(self, unicode_to_upper);
        }
        bool small = (c >= 'a' && c <= 'z') || (c >= 0xE0 && c != 0xF7);
        to[i] = (unsigned char)(c - (small ? 32 : 0));
    }
    return result;
}

Obj *str_upper_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    if (str_cast(self)->ascii)
        return map_ascii(self, 'a', 'z', -32);
    return str_cast(self)->kind == 1 ? upper_latin1(self) : map_all(self, unicode_to_upper);
}

Obj *str_lower_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    if (str_cast(self)->ascii)
        return map_ascii(self, 'A', 'Z', 32);
    return str_cast(self)->kind == 1 ? lower_latin1(self) : map_all(self, NULL);
}

Obj *str_casefold_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return str_cast(self)->ascii ? map_ascii(self, 'A', 'Z', 32) : map_all(self, unicode_to_fold);
}

Obj *str_capitalize_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    StrBuilder b;
    uint32_t chars[UNICODE_CASE_MAX];
    str_builder_init(&b);
    for (int64_t i = 0; i < str_length(self); i++) {
        int count =
            i == 0 ? unicode_to_title(str_char_at(self, 0), chars) : lower_at(self, i, chars);
        if (add_mapped(&b, chars, count) < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

Obj *str_title_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    StrBuilder b;
    uint32_t chars[UNICODE_CASE_MAX];
    bool after_cased = false;
    str_builder_init(&b);
    for (int64_t i = 0; i < str_length(self); i++) {
        uint32_t c = str_char_at(self, i);
        int count = after_cased ? lower_at(self, i, chars) : unicode_to_title(c, chars);
        if (add_mapped(&b, chars, count) < 0) {
            str_builder_free(&b);
            return NULL;
        }
        after_cased = unicode_is_cased(c);
    }
    return str_builder_finish(&b);
}

Obj *str_swapcase_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    StrBuilder b;
    uint32_t chars[UNICODE_CASE_MAX];
    str_builder_init(&b);
    for (int64_t i = 0; i < str_length(self); i++) {
        uint32_t c = str_char_at(self, i);
        int count = 1;
        chars[0] = c;
        if (unicode_is_upper(c))
            count = lower_at(self, i, chars);
        else if (unicode_is_lower(c))
            count = unicode_to_upper(c, chars);
        if (add_mapped(&b, chars, count) < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}
