/*
 * str.translate and str.maketrans.
 *
 * A table maps ordinals to ordinals, strs or None (delete); LookupError keeps the character.
 * Looking up runs user code, but the text is immutable and held by the caller.
 */

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/unicode.h"

/* table[key]: 1 and a new reference, 0 where the table has nothing (LookupError), -1.  An exact
 * dict is asked without making a KeyError. */
static int look_up(ObjRef table, ObjRef key, Obj **value)
{
    if (dict_check_exact(table))
        return dict_get(table, key, value);
    *value = obj_getitem(table, key);
    if (*value != NULL)
        return 1;
    if (!err_matches(&exc_lookup_error))
        return -1;
    err_clear();
    return 0;
}

/* Writes what stands for c to b: 0/-1. */
static int add_translation(StrBuilder *b, ObjRef value)
{
    if (is_none(value))
        return 0;
    if (str_check(value))
        return str_builder_add_str(b, value);
    if (!int_check(value)) {
        return err_format_int(&exc_type_error,
                              "character mapping must return integer, None or str");
    }
    int64_t to;
    if (int_to_int64(value, &to) != 0 || to < 0 || to > UNICODE_MAX) {
        return err_format_int(&exc_value_error, "character mapping must be in range(0x%x)",
                              UNICODE_MAX + 1);
    }
    return str_builder_add_char(b, (uint32_t)to);
}

/* What the table has for c, written to b: 0/-1. */
static int translate_char(StrBuilder *b, ObjRef table, uint32_t c)
{
    Obj *key = int_new(c);
    if (key == NULL)
        return -1;
    Obj *value;
    int found = look_up(table, key, &value);
    obj_decref(key);
    if (found == 0)
        return str_builder_add_char(b, c);
    int status = found < 0 ? -1 : add_translation(b, value);
    obj_xdecref(value);
    return status;
}

/* What a table is known to have for an ASCII character: the ASCII character that takes its place,
 * or one of these. */
enum { UNKNOWN = 0x80, DELETED = 0x81 };

/* Translates the ASCII text at the start of self for as long as the table gives one ASCII character
 * or nothing for each; it is asked once for each character (as CPython does).  Writes to b and
 * returns how many characters of self are done, or -1. */
static int64_t translate_ascii(StrBuilder *b, ObjRef table, ObjRef self)
{
    const unsigned char *text = str_cast(self)->data;
    int64_t length = str_length(self);
    unsigned char known[128];
    memset(known, UNKNOWN, sizeof known);
    if (str_builder_reserve(b, length, 127) < 0)
        return -1;
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = known[text[i]];
        if (c == UNKNOWN) {
            int64_t before = b->length;
            if (translate_char(b, table, text[i]) < 0)
                return -1;
            int64_t added = b->length - before;
            if (b->kind != 1 || added > 1 || (added == 1 && b->data[before] > 127))
                return i + 1;
            known[text[i]] = added == 0 ? DELETED : b->data[before];
            if (str_builder_reserve(b, length - i - 1, 127) < 0)
                return -1;
        } else if (c != DELETED) {
            b->data[b->length++] = c;
        }
    }
    return length;
}

Obj *str_translate_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    StrBuilder b;
    str_builder_init(&b);
    int64_t length = str_length(self);
    int64_t i = str_cast(self)->ascii ? translate_ascii(&b, args[0], self) : 0;
    for (; i >= 0 && i < length; i++) {
        if (translate_char(&b, args[0], str_char_at(self, i)) < 0)
            i = -2;
    }
    if (i < 0) {
        str_builder_free(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}

/* table[c] = value: 0/-1. */
static int set_char(ObjRef table, uint32_t c, ObjRef value)
{
    Obj *key = int_new(c);
    if (key == NULL)
        return -1;
    int status = dict_set(table, key, value);
    obj_decref(key);
    return status;
}

static int fill_from_pairs(ObjRef table, ObjRef from, ObjRef to)
{
    if (!str_check(from)) {
        return err_format_int(
            &exc_type_error,
            "first maketrans argument must be a string if there is a second argument");
    }
    if (str_length(from) != str_length(to)) {
        return err_format_int(&exc_value_error,
                              "the first two maketrans arguments must have equal length");
    }
    for (int64_t i = 0; i < str_length(from); i++) {
        Obj *value = int_new(str_char_at(to, i));
        if (value == NULL)
            return -1;
        int status = set_char(table, str_char_at(from, i), value);
        obj_decref(value);
        if (status < 0)
            return -1;
    }
    return 0;
}

static int fill_from_dict(ObjRef table, ObjRef from)
{
    if (!dict_check_exact(from)) {
        return err_format_int(&exc_type_error,
                              "if you give only one argument to maketrans it must be a dict");
    }
    int64_t position = 0;
    ObjRef key, value;
    while (dict_next(from, &position, &key, &value)) {
        int status;
        if (str_check(key)) {
            if (str_length(key) != 1) {
                return err_format_int(&exc_value_error,
                                      "string keys in translate table must be of length 1");
            }
            status = set_char(table, str_char_at(key, 0), value);
        } else if (int_check(key)) {
            status = dict_set(table, key, value);
        } else {
            return err_format_int(&exc_type_error,
                                  "keys in translate table must be strings or integers");
        }
        if (status < 0)
            return -1;
    }
    return 0;
}

Obj *str_maketrans_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    for (int64_t i = 1; i < nargs; i++) {
        if (!str_check(args[i])) {
            return err_format(&exc_type_error, "maketrans() argument %lld must be str, not %T",
                              (long long)i + 1, args[i]);
        }
    }
    Obj *table = dict_new();
    if (table == NULL)
        return NULL;
    int status =
        nargs == 1 ? fill_from_dict(table, args[0]) : fill_from_pairs(table, args[0], args[1]);
    if (status == 0 && nargs == 3) {
        for (int64_t i = 0; i < str_length(args[2]) && status == 0; i++)
            status = set_char(table, str_char_at(args[2], i), obj_none);
    }
    if (status < 0) {
        obj_decref(table);
        return NULL;
    }
    return table;
}
