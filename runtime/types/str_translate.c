/*
 * str.translate and str.maketrans.
 *
 * A table maps ordinals to ordinals, strs or None (delete); LookupError keeps the character.
 * Looking up runs user code, but the text is immutable and held by the caller.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/unicode.h"

/* What the table has for c, written to b: 0/-1. */
static int translate_char(StrBuilder *b, ObjRef table, uint32_t c)
{
    Obj *key = int_new(c);
    if (key == NULL)
        return -1;
    Obj *value = obj_getitem(table, key);
    obj_decref(key);
    if (value == NULL) {
        if (!err_matches(&exc_lookup_error))
            return -1;
        err_clear();
        return str_builder_add_char(b, c);
    }
    int status = -1;
    if (is_none(value)) {
        status = 0;
    } else if (str_check(value)) {
        status = str_builder_add_str(b, value);
    } else if (int_check(value)) {
        int64_t to;
        if (int_to_int64(value, &to) != 0 || to < 0 || to > UNICODE_MAX)
            err_format(&exc_value_error, "character mapping must be in range(0x%x)",
                       UNICODE_MAX + 1);
        else
            status = str_builder_add_char(b, (uint32_t)to);
    } else {
        err_string(&exc_type_error, "character mapping must return integer, None or str");
    }
    obj_decref(value);
    return status;
}

Obj *str_translate_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    StrBuilder b;
    str_builder_init(&b);
    int64_t length = str_length(self);
    for (int64_t i = 0; i < length; i++) {
        if (translate_char(&b, args[0], str_char_at(self, i)) < 0) {
            str_builder_free(&b);
            return NULL;
        }
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
