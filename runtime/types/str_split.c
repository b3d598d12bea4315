/*
 * str.split, rsplit, splitlines, partition, rpartition and replace.
 *
 * All cut the text at positions found by str_find.c and make parts by str_substring, which gives
 * the shared strings for short parts.  No user code runs after the arguments are read.
 */

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

/* Appends self[start:end]: 0/-1. */
static int append_part(Obj *list, ObjRef self, int64_t start, int64_t end)
{
    Obj *part = str_substring(self, start, end);
    return part == NULL ? -1 : list_append_steal(list, part);
}

static inline bool is_space_at(const StrObj *s, int64_t i)
{
    return unicode_is_space(str_char_at((ObjRef)&s->base, i));
}

static int split_spaces(Obj *list, ObjRef self, int64_t limit)
{
    const StrObj *s = (const StrObj *)self;
    int64_t i = 0, length = s->length;
    while (limit-- > 0) {
        while (i < length && is_space_at(s, i))
            i++;
        if (i == length)
            return 0;
        int64_t start = i++;
        while (i < length && !is_space_at(s, i))
            i++;
        if (append_part(list, self, start, i) < 0)
            return -1;
    }
    while (i < length && is_space_at(s, i))
        i++;
    return i < length ? append_part(list, self, i, length) : 0;
}

static int rsplit_spaces(Obj *list, ObjRef self, int64_t limit)
{
    const StrObj *s = (const StrObj *)self;
    int64_t i = s->length;
    while (limit-- > 0) {
        while (i > 0 && is_space_at(s, i - 1))
            i--;
        if (i == 0)
            return 0;
        int64_t end = i--;
        while (i > 0 && !is_space_at(s, i - 1))
            i--;
        if (append_part(list, self, i, end) < 0)
            return -1;
    }
    while (i > 0 && is_space_at(s, i - 1))
        i--;
    return i > 0 ? append_part(list, self, 0, i) : 0;
}

static int split_separator(Obj *list, ObjRef self, ObjRef separator, int64_t limit)
{
    const StrObj *s = (const StrObj *)self, *sep = (const StrObj *)separator;
    int64_t start = 0;
    while (limit-- > 0) {
        int64_t hit = str_find_raw(s->data + start * s->kind, s->kind, s->length - start, sep->data,
                                   sep->kind, sep->length);
        if (hit < 0)
            break;
        if (append_part(list, self, start, start + hit) < 0)
            return -1;
        start += hit + sep->length;
    }
    return append_part(list, self, start, s->length);
}

static int rsplit_separator(Obj *list, ObjRef self, ObjRef separator, int64_t limit)
{
    const StrObj *s = (const StrObj *)self, *sep = (const StrObj *)separator;
    int64_t end = s->length;
    while (limit-- > 0) {
        int64_t hit = str_rfind_raw(s->data, s->kind, end, sep->data, sep->kind, sep->length);
        if (hit < 0)
            break;
        if (append_part(list, self, hit + sep->length, end) < 0)
            return -1;
        end = hit;
    }
    return append_part(list, self, 0, end);
}

static Obj *split_any(const ArgSpec *spec, ObjRef self, const ObjRef *args, int64_t nargs,
                      ObjRef kwnames, bool reverse)
{
    ObjRef out[2];
    int64_t limit = -1;
    if (args_bind(spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[1] != NULL && obj_to_int64(out[1], &limit) < 0)
        return NULL;
    if (limit < 0)
        limit = INT64_MAX;
    ObjRef separator = out[0] != NULL && !is_none(out[0]) ? out[0] : NULL;
    if (separator != NULL && !str_check(separator))
        return err_format(&exc_type_error, "must be str or None, not %T", separator);
    if (separator != NULL && str_length(separator) == 0)
        return err_string(&exc_value_error, "empty separator");
    Obj *list = list_new(0);
    if (list == NULL)
        return NULL;
    int status;
    if (separator == NULL)
        status = reverse ? rsplit_spaces(list, self, limit) : split_spaces(list, self, limit);
    else
        status = reverse ? rsplit_separator(list, self, separator, limit)
                         : split_separator(list, self, separator, limit);
    if (status < 0 || (reverse && list_reverse(list) < 0)) {
        obj_decref(list);
        return NULL;
    }
    return list;
}

Obj *str_split_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"split", 0, 0, 2, 2, {"sep", "maxsplit"}};
    return split_any(&spec, self, args, nargs, kwnames, false);
}

Obj *str_rsplit_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"rsplit", 0, 0, 2, 2, {"sep", "maxsplit"}};
    return split_any(&spec, self, args, nargs, kwnames, true);
}

Obj *str_splitlines_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"splitlines", 0, 0, 1, 1, {"keepends"}};
    ObjRef out[1];
    bool keep = false;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_bool(out[0], &keep) < 0)
        return NULL;
    Obj *list = list_new(0);
    if (list == NULL)
        return NULL;
    int64_t length = str_length(self);
    for (int64_t i = 0; i < length;) {
        int64_t start = i;
        while (i < length && !unicode_is_line_break(str_char_at(self, i)))
            i++;
        int64_t end = i;
        if (i < length) {
            if (str_char_at(self, i) == '\r' && i + 1 < length && str_char_at(self, i + 1) == '\n')
                i += 2;
            else
                i++;
            if (keep)
                end = i;
        }
        if (append_part(list, self, start, end) < 0) {
            obj_decref(list);
            return NULL;
        }
    }
    return list;
}

static Obj *partition(ObjRef self, ObjRef separator, bool reverse)
{
    if (!str_check(separator))
        return err_format(&exc_type_error, "must be str, not %T", separator);
    if (str_length(separator) == 0)
        return err_string(&exc_value_error, "empty separator");
    int64_t length = str_length(self);
    int64_t hit =
        reverse ? str_rfind(self, separator, 0, length) : str_find(self, separator, 0, length);
    Obj *parts[3] = {NULL, NULL, NULL};
    if (hit < 0) {
        parts[0] = reverse ? obj_incref(str_empty) : str_exact(self);
        parts[1] = obj_incref(str_empty);
        parts[2] = reverse ? str_exact(self) : obj_incref(str_empty);
    } else {
        parts[0] = str_substring(self, 0, hit);
        parts[1] = str_exact(separator);
        parts[2] = str_substring(self, hit + str_length(separator), length);
    }
    Obj *result = NULL;
    if (parts[0] != NULL && parts[1] != NULL && parts[2] != NULL)
        result = tuple_from((const ObjRef *)parts, 3);
    for (int i = 0; i < 3; i++)
        obj_xdecref(parts[i]);
    return result;
}

Obj *str_partition_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return partition(self, args[0], false);
}

Obj *str_rpartition_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return partition(self, args[0], true);
}

/* ---- replace */

/* new before each of the first `limit` characters and at the end (old is empty). */
static Obj *interleave(ObjRef self, ObjRef new, int64_t limit)
{
    StrBuilder b;
    str_builder_init(&b);
    int64_t length = str_length(self);
    for (int64_t i = 0; i <= length; i++) {
        if (i < limit && str_builder_add_str(&b, new) < 0)
            goto fail;
        if (i >= limit) {
            if (str_builder_add_range(&b, self, i, length) < 0)
                goto fail;
            break;
        }
        if (i < length && str_builder_add_char(&b, str_char_at(self, i)) < 0)
            goto fail;
    }
    return str_builder_finish(&b);
fail:
    str_builder_free(&b);
    return NULL;
}

Obj *str_replace_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    int64_t limit = -1;
    for (int i = 0; i < 2; i++) {
        if (!str_check(args[i])) {
            return err_format(&exc_type_error, "replace() argument %d must be str, not %T", i + 1,
                              args[i]);
        }
    }
    if (nargs > 2 && obj_to_int64(args[2], &limit) < 0)
        return NULL;
    if (limit < 0)
        limit = INT64_MAX;
    const StrObj *s = str_cast(self), *old = str_cast(args[0]), *new = str_cast(args[1]);
    if (limit == 0 || str_equal(args[0], args[1]))
        return str_exact(self);
    if (old->length == 0) {
        if (s->length == 0) /* the loop below has no character to stand before */
            return str_exact(args[1]);
        return interleave(self, args[1], limit);
    }
    int64_t count =
        str_count_raw(s->data, s->kind, s->length, old->data, old->kind, old->length, limit);
    if (count == 0)
        return str_exact(self);
    if (new->length > old->length &&
        count > (INT64_MAX / 8 - s->length) / (new->length - old->length))
        return err_string(&exc_overflow_error, "replace string is too long");
    StrBuilder b;
    str_builder_init(&b);
    if (str_builder_reserve(&b, s->length + count * (new->length - old->length), 0) < 0)
        return NULL;
    int64_t start = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t hit = start + str_find_raw(s->data + start * s->kind, s->kind, s->length - start,
                                           old->data, old->kind, old->length);
        if (str_builder_add_range(&b, self, start, hit) < 0 || str_builder_add_str(&b, args[1]) < 0)
            goto fail;
        start = hit + old->length;
    }
    if (str_builder_add_range(&b, self, start, s->length) < 0)
        goto fail;
    return str_builder_finish(&b);
fail:
    str_builder_free(&b);
    return NULL;
}
