/*
 * Methods of bytes and bytearray that search and cut.
 *
 * The searching itself is str_find.c's, with one byte per item.  The part searched for is a
 * bytes-like object (held as a BufferView, so that a bytearray cannot be resized meanwhile) or an
 * int.
 */

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"

static bool is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static Obj *copy_of(ObjRef self)
{
    int64_t length;
    if (bytes_check_exact(self))
        return obj_incref(self);
    const unsigned char *data = bytes_octets(self, &length);
    return bytes_like(self, data, length);
}

static Obj *cut(ObjRef self, int64_t start, int64_t end)
{
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    if (start == 0 && end == length)
        return copy_of(self);
    return bytes_like(self, data + start, end - start);
}

/* ---- finding */

/* What is searched for: octets of a buffer, or one octet. */
typedef struct Needle {
    BufferView view;
    unsigned char octet; /* used when view.owner is NULL */
    const unsigned char *data;
    int64_t length;
} Needle;

static int needle_acquire(ObjRef o, Needle *needle)
{
    needle->view = (BufferView){NULL, 0, NULL};
    if (buffer_check(o)) {
        if (buffer_acquire(o, &needle->view) < 0)
            return -1;
        needle->data = needle->view.data;
        needle->length = needle->view.length;
        return 0;
    }
    if (obj_type(o)->index == NULL) {
        return err_format_int(&exc_type_error,
                              "argument should be integer or bytes-like object, not '%T'", o);
    }
    int octet = bytes_octet_argument(o, "byte");
    if (octet < 0)
        return -1;
    needle->octet = (unsigned char)octet;
    needle->data = &needle->octet;
    needle->length = 1;
    return 0;
}

/* Optional start and end after the first argument, clipped to the length that self has then. */
static int read_range(ObjRef self, const ObjRef *args, int64_t nargs, int64_t *start, int64_t *end)
{
    int64_t length;
    *start = 0;
    *end = INT64_MAX;
    if (nargs > 1 && args_to_slice_index(args[1], start) < 0)
        return -1;
    if (nargs > 2 && args_to_slice_index(args[2], end) < 0)
        return -1;
    bytes_octets(self, &length);
    if (*end > length)
        *end = length;
    else if (*end < 0 && (*end += length) < 0)
        *end = 0;
    if (*start < 0 && (*start += length) < 0)
        *start = 0;
    return 0;
}

/* The arity of these methods is worded otherwise than by the caller: 0/-1. */
static int check_arity(const char *name, int64_t nargs)
{
    if (nargs >= 1 && nargs <= 3)
        return 0;
    return err_format_int(&exc_type_error, "%s() takes at %s (%lld given)", name,
                          nargs < 1 ? "least 1 argument" : "most 3 arguments", (long long)nargs);
}

/* Position; -1 not found, -2 error. */
static int64_t find_position(const char *name, ObjRef self, const ObjRef *args, int64_t nargs,
                             bool reverse)
{
    int64_t start, end, length;
    Needle needle;
    if (check_arity(name, nargs) < 0)
        return -2;
    if (read_range(self, args, nargs, &start, &end) < 0 || needle_acquire(args[0], &needle) < 0)
        return -2;
    const unsigned char *data = bytes_octets(self, &length);
    int64_t hit = -1;
    if (end > length)
        end = length;
    if (start <= end) {
        hit = reverse ? str_rfind_raw(data + start, 1, end - start, needle.data, 1, needle.length)
                      : str_find_raw(data + start, 1, end - start, needle.data, 1, needle.length);
        if (hit >= 0)
            hit += start;
    }
    buffer_release(&needle.view);
    return hit;
}

BYTES_METHOD(find)
{
    (void)kwnames;
    int64_t position = find_position("find", self, args, nargs, false);
    return position == -2 ? NULL : int_new(position);
}

BYTES_METHOD(rfind)
{
    (void)kwnames;
    int64_t position = find_position("rfind", self, args, nargs, true);
    return position == -2 ? NULL : int_new(position);
}

static Obj *found_or_raise(int64_t position)
{
    if (position == -1)
        return err_string(&exc_value_error, "subsection not found");
    return position == -2 ? NULL : int_new(position);
}

BYTES_METHOD(index)
{
    (void)kwnames;
    return found_or_raise(find_position("index", self, args, nargs, false));
}

BYTES_METHOD(rindex)
{
    (void)kwnames;
    return found_or_raise(find_position("rindex", self, args, nargs, true));
}

BYTES_METHOD(count)
{
    (void)kwnames;
    int64_t start, end, length, found = 0;
    Needle needle;
    if (check_arity("count", nargs) < 0 || read_range(self, args, nargs, &start, &end) < 0 ||
        needle_acquire(args[0], &needle) < 0)
        return NULL;
    const unsigned char *data = bytes_octets(self, &length);
    if (end > length)
        end = length;
    if (start <= end)
        found =
            str_count_raw(data + start, 1, end - start, needle.data, 1, needle.length, INT64_MAX);
    buffer_release(&needle.view);
    return int_new(found);
}

int bytes_contains_slot(ObjRef self, ObjRef item)
{
    Needle needle;
    int64_t length;
    if (!buffer_check(item) && obj_type(item)->index == NULL) {
        return err_format_int(&exc_type_error, "a bytes-like object is required, not '%T'", item);
    }
    if (needle_acquire(item, &needle) < 0)
        return -1;
    const unsigned char *data = bytes_octets(self, &length);
    bool found = str_find_raw(data, 1, length, needle.data, 1, needle.length) >= 0;
    buffer_release(&needle.view);
    return found;
}

/* Does self[start:end] begin (or end) with the octets of affix?  1, 0, -1. */
static int matches_affix(ObjRef self, ObjRef affix, int64_t start, int64_t end, bool at_end)
{
    BufferView view;
    int64_t length;
    if (buffer_acquire(affix, &view) < 0)
        return -1;
    const unsigned char *data = bytes_octets(self, &length);
    bool matches = false;
    if (end > length)
        end = length;
    if (start <= end && view.length <= end - start) {
        int64_t at = at_end ? end - view.length : start;
        matches = memcmp(data + at, view.data, (size_t)view.length) == 0;
    }
    buffer_release(&view);
    return matches;
}

static Obj *test_affix(ObjRef self, const ObjRef *args, int64_t nargs, bool at_end)
{
    int64_t start, end;
    int status;
    if (check_arity(at_end ? "endswith" : "startswith", nargs) < 0 ||
        read_range(self, args, nargs, &start, &end) < 0)
        return NULL;
    if (tuple_check(args[0])) {
        for (int64_t i = 0; i < tuple_length(args[0]); i++) {
            status = matches_affix(self, tuple_peek(args[0], i), start, end, at_end);
            if (status != 0)
                return status < 0 ? NULL : bool_new(true);
        }
        return bool_new(false);
    }
    if (!buffer_check(args[0])) {
        return err_format(&exc_type_error, "%s first arg must be bytes or a tuple of bytes, not %T",
                          at_end ? "endswith" : "startswith", args[0]);
    }
    status = matches_affix(self, args[0], start, end, at_end);
    return status < 0 ? NULL : bool_new(status > 0);
}

BYTES_METHOD(startswith)
{
    (void)kwnames;
    return test_affix(self, args, nargs, false);
}

BYTES_METHOD(endswith)
{
    (void)kwnames;
    return test_affix(self, args, nargs, true);
}

static Obj *remove_affix(ObjRef self, ObjRef affix, bool at_end)
{
    BufferView view;
    int64_t length;
    if (buffer_acquire(affix, &view) < 0)
        return NULL;
    const unsigned char *data = bytes_octets(self, &length);
    int64_t size = view.length;
    bool matches = size > 0 && size <= length &&
                   memcmp(at_end ? data + length - size : data, view.data, (size_t)size) == 0;
    buffer_release(&view);
    if (!matches)
        return copy_of(self);
    return at_end ? cut(self, 0, length - size) : cut(self, size, length);
}

BYTES_METHOD(removeprefix)
{
    (void)nargs, (void)kwnames;
    return remove_affix(self, args[0], false);
}

BYTES_METHOD(removesuffix)
{
    (void)nargs, (void)kwnames;
    return remove_affix(self, args[0], true);
}

/* ---- stripping */

enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };

static Obj *strip_sides(ObjRef self, const ObjRef *args, int64_t nargs, int sides)
{
    bool strips[256] = {false};
    int64_t length;
    if (nargs == 0 || is_none(args[0])) {
        for (int c = 0; c < 128; c++)
            strips[c] = is_space((unsigned char)c);
    } else {
        BufferView view;
        if (buffer_acquire(args[0], &view) < 0)
            return NULL;
        for (int64_t i = 0; i < view.length; i++)
            strips[view.data[i]] = true;
        buffer_release(&view);
    }
    const unsigned char *data = bytes_octets(self, &length);
    int64_t start = 0, end = length;
    while ((sides & STRIP_LEFT) && start < end && strips[data[start]])
        start++;
    while ((sides & STRIP_RIGHT) && end > start && strips[data[end - 1]])
        end--;
    return cut(self, start, end);
}

BYTES_METHOD(strip)
{
    (void)kwnames;
    return strip_sides(self, args, nargs, STRIP_LEFT | STRIP_RIGHT);
}

BYTES_METHOD(lstrip)
{
    (void)kwnames;
    return strip_sides(self, args, nargs, STRIP_LEFT);
}

BYTES_METHOD(rstrip)
{
    (void)kwnames;
    return strip_sides(self, args, nargs, STRIP_RIGHT);
}

/* ---- splitting */

static int append_part(Obj *list, ObjRef self, const unsigned char *data, int64_t start,
                       int64_t end)
{
    Obj *part = bytes_like(self, data + start, end - start);
    return part == NULL ? -1 : list_append_steal(list, part);
}

static int split_spaces(Obj *list, ObjRef self, const unsigned char *data, int64_t length,
                        int64_t limit)
{
    int64_t i = 0;
    while (limit-- > 0) {
        while (i < length && is_space(data[i]))
            i++;
        if (i == length)
            return 0;
        int64_t start = i;
        while (i < length && !is_space(data[i]))
            i++;
        if (append_part(list, self, data, start, i) < 0)
            return -1;
    }
    while (i < length && is_space(data[i]))
        i++;
    return i < length ? append_part(list, self, data, i, length) : 0;
}

static int rsplit_spaces(Obj *list, ObjRef self, const unsigned char *data, int64_t length,
                         int64_t limit)
{
    int64_t i = length;
    while (limit-- > 0) {
        while (i > 0 && is_space(data[i - 1]))
            i--;
        if (i == 0)
            return 0;
        int64_t end = i;
        while (i > 0 && !is_space(data[i - 1]))
            i--;
        if (append_part(list, self, data, i, end) < 0)
            return -1;
    }
    while (i > 0 && is_space(data[i - 1]))
        i--;
    return i > 0 ? append_part(list, self, data, 0, i) : 0;
}

static int split_separator(Obj *list, ObjRef self, const unsigned char *data, int64_t length,
                           const BufferView *separator, int64_t limit)
{
    int64_t start = 0;
    while (limit-- > 0) {
        int64_t hit =
            str_find_raw(data + start, 1, length - start, separator->data, 1, separator->length);
        if (hit < 0)
            break;
        if (append_part(list, self, data, start, start + hit) < 0)
            return -1;
        start += hit + separator->length;
    }
    return append_part(list, self, data, start, length);
}

static int rsplit_separator(Obj *list, ObjRef self, const unsigned char *data, int64_t length,
                            const BufferView *separator, int64_t limit)
{
    int64_t end = length;
    while (limit-- > 0) {
        int64_t hit = str_rfind_raw(data, 1, end, separator->data, 1, separator->length);
        if (hit < 0)
            break;
        if (append_part(list, self, data, hit + separator->length, end) < 0)
            return -1;
        end = hit;
    }
    return append_part(list, self, data, 0, end);
}

static Obj *split_any(const ArgSpec *spec, ObjRef self, const ObjRef *args, int64_t nargs,
                      ObjRef kwnames, bool reverse)
{
    ObjRef out[2];
    int64_t limit = -1, length;
    if (args_bind(spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[1] != NULL && obj_to_int64(out[1], &limit) < 0)
        return NULL;
    if (limit < 0)
        limit = INT64_MAX;
    BufferView separator = {NULL, 0, NULL};
    if (out[0] != NULL && !is_none(out[0])) {
        if (buffer_acquire(out[0], &separator) < 0)
            return NULL;
        if (separator.length == 0) {
            buffer_release(&separator);
            return err_string(&exc_value_error, "empty separator");
        }
    }
    const unsigned char *data = bytes_octets(self, &length);
    Obj *list = list_new(0);
    int status = -1;
    if (list == NULL)
        goto done;
    if (separator.owner == NULL)
        status = reverse ? rsplit_spaces(list, self, data, length, limit)
                         : split_spaces(list, self, data, length, limit);
    else
        status = reverse ? rsplit_separator(list, self, data, length, &separator, limit)
                         : split_separator(list, self, data, length, &separator, limit);
    if (status == 0 && reverse)
        status = list_reverse(list);
    if (status < 0)
        obj_clear(&list);
done:
    buffer_release(&separator);
    return list;
}

BYTES_METHOD(split)
{
    static const ArgSpec spec = {"split", 0, 0, 2, 2, {"sep", "maxsplit"}};
    return split_any(&spec, self, args, nargs, kwnames, false);
}

BYTES_METHOD(rsplit)
{
    static const ArgSpec spec = {"rsplit", 0, 0, 2, 2, {"sep", "maxsplit"}};
    return split_any(&spec, self, args, nargs, kwnames, true);
}

BYTES_METHOD(splitlines)
{
    static const ArgSpec spec = {"splitlines", 0, 0, 1, 1, {"keepends"}};
    ObjRef out[1];
    bool keep = false;
    int64_t length;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_bool(out[0], &keep) < 0)
        return NULL;
    Obj *list = list_new(0);
    if (list == NULL)
        return NULL;
    const unsigned char *data = bytes_octets(self, &length);
    for (int64_t i = 0; i < length;) {
        int64_t start = i;
        while (i < length && data[i] != '\n' && data[i] != '\r')
            i++;
        int64_t end = i;
        if (i < length) {
            i += data[i] == '\r' && i + 1 < length && data[i + 1] == '\n' ? 2 : 1;
            if (keep)
                end = i;
        }
        if (append_part(list, self, data, start, end) < 0) {
            obj_decref(list);
            return NULL;
        }
    }
    return list;
}

static Obj *partition(ObjRef self, ObjRef separator, bool reverse)
{
    BufferView view;
    int64_t length;
    if (buffer_acquire(separator, &view) < 0)
        return NULL;
    if (view.length == 0) {
        buffer_release(&view);
        return err_string(&exc_value_error, "empty separator");
    }
    const unsigned char *data = bytes_octets(self, &length);
    int64_t hit = reverse ? str_rfind_raw(data, 1, length, view.data, 1, view.length)
                          : str_find_raw(data, 1, length, view.data, 1, view.length);
    Obj *parts[3] = {NULL, NULL, NULL};
    if (hit < 0) {
        parts[reverse ? 2 : 0] = copy_of(self);
        parts[1] = bytes_like(self, "", 0);
        parts[reverse ? 0 : 2] = bytes_like(self, "", 0);
    } else {
        parts[0] = bytes_like(self, data, hit);
        parts[1] =
            bytes_check(self) ? obj_incref(separator) : bytes_like(self, view.data, view.length);
        parts[2] = bytes_like(self, data + hit + view.length, length - hit - view.length);
    }
    buffer_release(&view);
    Obj *result = NULL;
    if (parts[0] != NULL && parts[1] != NULL && parts[2] != NULL)
        result = tuple_from((const ObjRef *)parts, 3);
    for (int i = 0; i < 3; i++)
        obj_xdecref(parts[i]);
    return result;
}

BYTES_METHOD(partition)
{
    (void)nargs, (void)kwnames;
    return partition(self, args[0], false);
}

BYTES_METHOD(rpartition)
{
    (void)nargs, (void)kwnames;
    return partition(self, args[0], true);
}

/* ---- replacing and joining */

static int replace_octets(ByteBuilder *b, const unsigned char *data, int64_t length,
                          const BufferView *old, const BufferView *new, int64_t limit)
{
    int64_t start = 0;
    if (old->length == 0) {
        for (; limit > 0 && start <= length; limit--, start++) {
            if (byte_builder_add(b, new->data, new->length) < 0)
                return -1;
            if (start < length && byte_builder_add_byte(b, data[start]) < 0)
                return -1;
        }
        return start < length ? byte_builder_add(b, data + start, length - start) : 0;
    }
    while (limit-- > 0) {
        int64_t hit = str_find_raw(data + start, 1, length - start, old->data, 1, old->length);
        if (hit < 0)
            break;
        if (byte_builder_add(b, data + start, hit) < 0 ||
            byte_builder_add(b, new->data, new->length) < 0)
            return -1;
        start += hit + old->length;
    }
    return byte_builder_add(b, data + start, length - start);
}

BYTES_METHOD(replace)
{
    (void)kwnames;
    int64_t limit = -1, length;
    BufferView old, new = {NULL, 0, NULL};
    if (buffer_acquire(args[0], &old) < 0)
        return NULL;
    Obj *result = NULL;
    ByteBuilder b;
    byte_builder_init(&b);
    if (buffer_acquire(args[1], &new) < 0 || (nargs > 2 && obj_to_int64(args[2], &limit) < 0))
        goto done;
    if (limit < 0)
        limit = INT64_MAX;
    const unsigned char *data = bytes_octets(self, &length);
    if (limit == 0 || str_find_raw(data, 1, length, old.data, 1, old.length) < 0) {
        result = copy_of(self);
    } else if (replace_octets(&b, data, length, &old, &new, limit) == 0) {
        result = bytes_like(self, b.data == NULL ? (const unsigned char *)"" : b.data, b.length);
    }
done:
    byte_builder_free(&b);
    buffer_release(&old);
    buffer_release(&new);
    return result;
}

BYTES_METHOD(join)
{
    (void)nargs, (void)kwnames;
    if (obj_type(args[0])->iter == NULL && obj_type(args[0])->get_item == NULL)
        return err_string(&exc_type_error, "can only join an iterable");
    Obj *items =
        list_check(args[0]) || tuple_check(args[0]) ? obj_incref(args[0]) : obj_to_list(args[0]);
    if (items == NULL)
        return NULL;
    Obj *result = NULL;
    ByteBuilder b;
    byte_builder_init(&b);
    BufferView separator;
    if (buffer_acquire(self, &separator) < 0) {
        obj_decref(items);
        return NULL;
    }
    bool is_list = list_check(items);
    int64_t count = is_list ? list_length(items) : tuple_length(items);
    for (int64_t i = 0; i < count; i++) {
        ObjRef item = is_list ? list_cast(items)->items[i] : tuple_cast(items)->items[i];
        if (!buffer_check(item)) {
            err_format(&exc_type_error,
                       "sequence item %lld: expected a bytes-like object, %T found", (long long)i,
                       item);
            goto done;
        }
        if (count == 1 && bytes_check_exact(item) && bytes_check(self)) {
            result = obj_incref(item);
            goto done;
        }
        BufferView view;
        if (i > 0 && byte_builder_add(&b, separator.data, separator.length) < 0)
            goto done;
        if (buffer_acquire(item, &view) < 0)
            goto done;
        int status = byte_builder_add(&b, view.data, view.length);
        buffer_release(&view);
        if (status < 0)
            goto done;
    }
    result = bytes_like(self, b.data == NULL ? (const unsigned char *)"" : b.data, b.length);
done:
    buffer_release(&separator);
    byte_builder_free(&b);
    obj_decref(items);
    return result;
}
