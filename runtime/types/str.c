/*
 * str: code points in fixed width by the widest one.
 *
 * Here is what makes, joins, compares, slices and shows strs, and the type itself.  Long on purpose
 * (it is one type); what is separable is elsewhere: str_methods.c (method table), str_find.c
 * (searching), str_split.c, str_case.c, str_translate.c, str_format.c (str.format), str_percent.c
 * (the % operator), str_utf8.c (UTF-8 both ways), str_intern.c, str_builder.c, str_format_c.c.
 *
 * Invariants: the form is canonical (the kind is the narrowest that holds every code point, ascii
 * is set iff all are below 128), so equal text has equal bytes; "" and the single Latin-1
 * characters that makers return are the shared objects; the hash is -1 until asked for.
 */

#include "runtime/types/str.h"

#include <stdio.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

Obj *str_empty;
Obj *str_latin1[256];

/* ---- widths */

static inline int kind_for(uint32_t max_char)
{
    return max_char < 0x100 ? 1 : max_char < 0x10000 ? 2 : 4;
}

void str_convert(void *to, int to_kind, const void *from, int from_kind, int64_t count)
{
    if (to_kind == from_kind) {
        if (count > 0)
            memcpy(to, from, (size_t)(count * to_kind));
        return;
    }
    const uint8_t *f1 = from;
    const uint16_t *f2 = from;
    const uint32_t *f4 = from;
    uint8_t *t1 = to;
    uint16_t *t2 = to;
    uint32_t *t4 = to;
    if (to_kind == 2 && from_kind == 1) {
        for (int64_t i = 0; i < count; i++)
            t2[i] = f1[i];
    } else if (to_kind == 4 && from_kind == 1) {
        for (int64_t i = 0; i < count; i++)
            t4[i] = f1[i];
    } else if (to_kind == 4) {
        for (int64_t i = 0; i < count; i++)
            t4[i] = f2[i];
    } else if (to_kind == 1 && from_kind == 2) {
        for (int64_t i = 0; i < count; i++)
            t1[i] = (uint8_t)f2[i];
    } else if (to_kind == 1) {
        for (int64_t i = 0; i < count; i++)
            t1[i] = (uint8_t)f4[i];
    } else {
        for (int64_t i = 0; i < count; i++)
            t2[i] = (uint16_t)f4[i];
    }
}

/* The bits that occur in an array of code points: an upper bound good enough to choose a width. */
static uint32_t chars_bits(const void *chars, int kind, int64_t length)
{
    uint32_t bits = 0;
    if (kind == 1) {
        const unsigned char *p = chars;
        uint64_t wide = 0;
        int64_t i = 0;
        for (; i + 8 <= length; i += 8) {
            uint64_t word;
            memcpy(&word, p + i, 8);
            wide |= word;
        }
        for (; i < length; i++)
            bits |= p[i];
        return bits | ((wide & 0x8080808080808080u) != 0 ? 0x80u : 0);
    }
    if (kind == 2) {
        const uint16_t *p = chars;
        for (int64_t i = 0; i < length; i++)
            bits |= p[i];
    } else {
        const uint32_t *p = chars;
        for (int64_t i = 0; i < length; i++)
            bits |= p[i];
    }
    return bits;
}

uint32_t str_max_char(ObjRef o)
{
    const StrObj *s = (const StrObj *)o;
    return s->ascii ? 127 : s->kind == 1 ? 255 : s->kind == 2 ? 0xFFFF : UNICODE_MAX;
}

uint32_t str_max_char_range(ObjRef o, int64_t start, int64_t end)
{
    const StrObj *s = (const StrObj *)o;
    if (s->ascii || start >= end)
        return 127;
    return chars_bits(s->data + start * s->kind, s->kind, end - start);
}

/* ---- lifecycle */

Obj *str_new_blank(int64_t length, uint32_t max_char)
{
    int kind = kind_for(max_char);
    if (length > (INT64_MAX - 64) / kind - 1)
        return err_no_memory();
    StrObj *s = (StrObj *)obj_new(&str_type, str_size(length, kind));
    if (s == NULL)
        return NULL;
    s->length = length;
    s->hash = -1;
    s->kind = (uint8_t)kind;
    s->ascii = max_char < 128;
    s->interned = 0;
    s->has_utf8 = 0;
    s->identifier = 0;
    s->spare = 0;
    memset(s->data + length * kind, 0, (size_t)kind);
    return &s->base;
}

static void str_dealloc(Obj *self)
{
    StrObj *s = str_cast(self);
    if (s->interned)
        str_intern_remove(s);
    if (s->has_utf8)
        str_utf8_forget(s);
    int64_t size = str_size(s->length, s->kind) + s->spare;
    if (str_check_exact(self))
        pool_free(self, (size_t)size);
    else
        obj_free(self, size);
}

/* An instance of a subclass with the text of `text`. */
static Obj *new_subclass_instance(Type *type, ObjRef text)
{
    const StrObj *from = (const StrObj *)text;
    int64_t size = str_size(from->length, from->kind);
    Obj *self = obj_alloc(type, size);
    if (self == NULL)
        return NULL;
    StrObj *s = str_cast(self);
    s->length = from->length;
    s->hash = from->hash;
    s->kind = from->kind;
    s->ascii = from->ascii;
    memcpy(s->data, from->data, (size_t)((from->length + 1) * from->kind));
    obj_track_if_gc(self);
    return self;
}

/* ---- makers */

Obj *str_from_char(uint32_t c)
{
    if (c < 256)
        return obj_incref(str_latin1[c]);
    Obj *s = str_new_blank(1, c);
    if (s != NULL)
        str_put_char(s, 0, c);
    return s;
}

Obj *str_from_chars(const void *chars, int kind, int64_t length)
{
    if (length == 0)
        return obj_incref(str_empty);
    if (length == 1) {
        return str_from_char(kind == 1   ? *(const uint8_t *)chars
                             : kind == 2 ? *(const uint16_t *)chars
                                         : *(const uint32_t *)chars);
    }
    Obj *s = str_new_blank(length, chars_bits(chars, kind, length));
    if (s != NULL)
        str_convert(str_cast(s)->data, str_cast(s)->kind, chars, kind, length);
    return s;
}

Obj *str_from_latin1(const char *text, int64_t length)
{
    return str_from_chars(text, 1, length);
}

Obj *str_from_ascii(const char *text)
{
    return str_from_chars(text, 1, (int64_t)strlen(text));
}

Obj *str_from_ucs4(const uint32_t *text, int64_t length)
{
    return str_from_chars(text, 4, length);
}

Obj *str_exact(ObjRef o)
{
    if (str_check_exact(o))
        return obj_incref(o);
    const StrObj *s = (const StrObj *)o;
    return str_from_chars(s->data, s->kind, s->length);
}

/* ---- copying and joining */

void str_copy_chars(Obj *to, int64_t at, ObjRef from, int64_t start, int64_t count)
{
    StrObj *t = str_cast(to);
    const StrObj *f = (const StrObj *)from;
    str_convert(t->data + at * t->kind, t->kind, f->data + start * f->kind, f->kind, count);
}

Obj *str_substring(ObjRef o, int64_t start, int64_t end)
{
    const StrObj *s = (const StrObj *)o;
    if (start < 0)
        start = 0;
    if (end > s->length)
        end = s->length;
    if (start == 0 && end == s->length)
        return str_exact(o);
    if (start >= end)
        return obj_incref(str_empty);
    if (s->ascii && end - start > 1) {
        Obj *result = str_new_blank(end - start, 127);
        if (result != NULL)
            memcpy(str_cast(result)->data, s->data + start, (size_t)(end - start));
        return result;
    }
    return str_from_chars(s->data + start * s->kind, s->kind, end - start);
}

Obj *str_concat(ObjRef a, ObjRef b)
{
    int64_t left = str_length(a), right = str_length(b);
    if (right == 0 && str_check_exact(a))
        return obj_incref(a);
    if (left == 0)
        return str_exact(b);
    if (left > INT64_MAX / 8 - right)
        return err_no_memory();
    uint32_t max_a = str_max_char(a), max_b = str_max_char(b);
    if (left + right == 1)
        return str_exact(a);
    Obj *result = str_new_blank(left + right, max_a > max_b ? max_a : max_b);
    if (result == NULL)
        return NULL;
    str_copy_chars(result, 0, a, 0, left);
    str_copy_chars(result, left, b, 0, right);
    return result;
}

/* A block of new_size bytes with the contents of s, which is gone; NULL: s is still there. */
static StrObj *move_block(StrObj *s, int64_t old_size, int64_t new_size)
{
    if (!OURO_POOLS || (old_size > POOL_MAX && new_size > POOL_MAX))
        return mem_realloc(s, (size_t)old_size, (size_t)new_size);
    StrObj *fresh = pool_alloc((size_t)new_size);
    if (fresh == NULL)
        return NULL;
    memcpy(fresh, s, (size_t)(old_size < new_size ? old_size : new_size));
    pool_free(s, (size_t)old_size);
    return fresh;
}

int str_append_inplace(Obj **left, ObjRef right)
{
    int result = str_append_kept(left, right);
    if (result < 0)
        obj_clear(left);
    return result;
}

int str_append_kept(Obj **left, ObjRef right)
{
    StrObj *s = str_cast(*left);
    const StrObj *r = (const StrObj *)right;
    if (r->length == 0 && str_check_exact(*left))
        return 0;
    if (s->base.refcnt != 1 || s->interned || !str_check_exact(*left) || r->kind > s->kind ||
        s->length == 0 || r->length > INT64_MAX / 8 - s->length) {
        Obj *joined = str_concat(*left, right);
        if (joined == NULL)
            return -1;
        obj_replace(left, joined);
        return 0;
    }
    if (s->has_utf8)
        str_utf8_forget(s);
    int64_t more = r->length * s->kind;
    int64_t old_size = str_size(s->length, s->kind) + s->spare;
    if (more > s->spare) {
        int64_t need = str_size(s->length + r->length, s->kind);
        /* Room for an eighth more, so that repeated appending stays linear. */
        int64_t new_size = (need + (need >> 3) + 15) & ~(int64_t)15;
        if (new_size - need > UINT32_MAX)
            new_size = need;
        StrObj *moved = move_block(s, old_size, new_size);
        if (moved == NULL) {
            err_no_memory();
            return -1;
        }
        s = moved;
        s->spare = (uint32_t)(new_size - need);
        *left = &s->base;
    } else {
        s->spare -= (uint32_t)more;
    }
    int64_t length = s->length;
    s->length += r->length;
    s->hash = -1;
    s->identifier = 0;
    if (!r->ascii)
        s->ascii = 0;
    str_convert(s->data + length * s->kind, s->kind, r->data, r->kind, r->length);
    memset(s->data + s->length * s->kind, 0, s->kind);
    return 0;
}

Obj *str_join(ObjRef separator, ObjRef iterable)
{
    Obj *sequence = NULL, *result = NULL;
    if (list_check(iterable) || tuple_check(iterable)) {
        sequence = obj_incref(iterable);
    } else {
        sequence = obj_to_list(iterable);
        if (sequence == NULL) {
            if (err_matches(&exc_type_error) && obj_type(iterable)->iter == NULL &&
                obj_type(iterable)->get_item == NULL)
                return err_string(&exc_type_error, "can only join an iterable");
            return NULL;
        }
    }
    bool is_list = list_check(sequence);
    int64_t count = is_list ? list_length(sequence) : tuple_length(sequence);
    Obj *const *items = is_list ? list_cast(sequence)->items : tuple_cast(sequence)->items;
    int64_t separator_length = str_length(separator);
    int64_t total = 0;
    uint32_t max_char = count > 1 ? str_max_char(separator) : 0;
    for (int64_t i = 0; i < count; i++) {
        if (!str_check(items[i])) {
            err_format(&exc_type_error, "sequence item %lld: expected str instance, %T found",
                       (long long)i, items[i]);
            goto done;
        }
        uint32_t max_item = str_max_char(items[i]);
        if (max_item > max_char)
            max_char = max_item;
        int64_t more = str_length(items[i]) + (i > 0 ? separator_length : 0);
        if (more > INT64_MAX / 8 - total) {
            err_string(&exc_overflow_error, "join() result is too long for a Python string");
            goto done;
        }
        total += more;
    }
    if (count == 1 && str_check_exact(items[0])) {
        result = obj_incref(items[0]);
        goto done;
    }
    if (total == 0) {
        result = obj_incref(str_empty);
        goto done;
    }
    if (total == 1) {
        StrBuilder b;
        str_builder_init(&b);
        for (int64_t i = 0; i < count; i++) {
            if ((i > 0 && str_builder_add_str(&b, separator) < 0) ||
                str_builder_add_str(&b, items[i]) < 0) {
                str_builder_free(&b);
                goto done;
            }
        }
        result = str_builder_finish(&b);
        goto done;
    }
    result = str_new_blank(total, max_char);
    if (result == NULL)
        goto done;
    StrObj *to = str_cast(result);
    unsigned char *p = to->data;
    int kind = to->kind;
    const StrObj *sep = (const StrObj *)separator;
    for (int64_t i = 0; i < count; i++) {
        const StrObj *item = str_cast(items[i]);
        if (i > 0 && separator_length > 0) {
            str_convert(p, kind, sep->data, sep->kind, separator_length);
            p += separator_length * kind;
        }
        str_convert(p, kind, item->data, item->kind, item->length);
        p += item->length * kind;
    }
done:
    obj_xdecref(sequence);
    return result;
}

Obj *str_repeat(ObjRef self, int64_t count)
{
    const StrObj *s = (const StrObj *)self;
    if (count <= 0 || s->length == 0)
        return obj_incref(str_empty);
    if (count == 1)
        return str_exact(self);
    if (s->length > INT64_MAX / 8 / count)
        return err_no_memory();
    Obj *result = str_new_blank(s->length * count, str_max_char(self));
    if (result == NULL)
        return NULL;
    unsigned char *to = str_cast(result)->data;
    int64_t unit = s->length * s->kind, total = unit * count;
    if (unit == 1) {
        memset(to, s->data[0], (size_t)total);
        return result;
    }
    memcpy(to, s->data, (size_t)unit);
    for (int64_t done = unit; done < total;) {
        int64_t more = done < total - done ? done : total - done;
        memcpy(to + done, to, (size_t)more);
        done += more;
    }
    return result;
}

/* ---- comparison and hash */

bool str_equal(ObjRef a, ObjRef b)
{
    const StrObj *x = (const StrObj *)a, *y = (const StrObj *)b;
    if (x == y)
        return true;
    return x->length == y->length && x->kind == y->kind &&
           memcmp(x->data, y->data, (size_t)(x->length * x->kind)) == 0;
}

bool str_equal_ascii(ObjRef o, const char *ascii)
{
    const StrObj *s = (const StrObj *)o;
    size_t length = strlen(ascii);
    return s->ascii && (size_t)s->length == length && memcmp(s->data, ascii, length) == 0;
}

int str_compare3(ObjRef a, ObjRef b)
{
    const StrObj *x = (const StrObj *)a, *y = (const StrObj *)b;
    int64_t shorter = x->length < y->length ? x->length : y->length;
    if (x->kind == 1 && y->kind == 1) {
        int order = memcmp(x->data, y->data, (size_t)shorter);
        if (order != 0)
            return order < 0 ? -1 : 1;
    } else {
        for (int64_t i = 0; i < shorter; i++) {
            uint32_t c = str_char_at(a, i), d = str_char_at(b, i);
            if (c != d)
                return c < d ? -1 : 1;
        }
    }
    return x->length < y->length ? -1 : x->length > y->length;
}

int64_t str_hash(ObjRef o)
{
    StrObj *s = (StrObj *)o;
    if (s->hash == -1)
        s->hash = hash_bytes(s->data, s->length * s->kind);
    return s->hash;
}

static Obj *str_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!str_check(self) || !str_check(other))
        return not_implemented_new();
    if (op == CMP_EQ)
        return bool_new(str_equal(self, other));
    if (op == CMP_NE)
        return bool_new(!str_equal(self, other));
    int order = self == other ? 0 : str_compare3(self, other);
    switch (op) {
    case CMP_LT:
        return bool_new(order < 0);
    case CMP_LE:
        return bool_new(order <= 0);
    case CMP_GT:
        return bool_new(order > 0);
    default:
        return bool_new(order >= 0);
    }
}

/* ---- text of a str */

/* How many code points repr writes for c, apart from quotes. */
static int repr_width(uint32_t c)
{
    if (c == '\\' || c == '\t' || c == '\n' || c == '\r')
        return 2;
    if (unicode_is_printable(c))
        return 1;
    return c < 0x100 ? 4 : c < 0x10000 ? 6 : 10;
}

static int64_t repr_put(Obj *to, int64_t at, uint32_t c)
{
    static const char digits[] = "0123456789abcdef";
    if (repr_width(c) == 1) {
        str_put_char(to, at, c);
        return at + 1;
    }
    str_put_char(to, at++, '\\');
    int width;
    switch (c) {
    case '\\':
        str_put_char(to, at, '\\');
        return at + 1;
    case '\t':
        str_put_char(to, at, 't');
        return at + 1;
    case '\n':
        str_put_char(to, at, 'n');
        return at + 1;
    case '\r':
        str_put_char(to, at, 'r');
        return at + 1;
    default:
        width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
        str_put_char(to, at++, width == 2 ? 'x' : width == 4 ? 'u' : 'U');
    }
    while (width-- > 0)
        str_put_char(to, at++, (uint32_t)digits[(c >> (4 * width)) & 15]);
    return at;
}

Obj *str_repr(ObjRef o)
{
    int64_t length = str_length(o), size = 0;
    int64_t singles = 0, doubles = 0;
    uint32_t max_char = 127;
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(o, i);
        int width = repr_width(c);
        if (c == '\'')
            singles++;
        else if (c == '"')
            doubles++;
        else if (width == 1 && c > max_char)
            max_char = c;
        size += width;
        if (size > INT64_MAX / 16)
            return err_string(&exc_overflow_error, "string is too long to generate repr");
    }
    uint32_t quote = singles > 0 && doubles == 0 ? '"' : '\'';
    bool escape_quotes = singles > 0 && doubles > 0;
    bool plain = size == length && !escape_quotes;
    if (escape_quotes)
        size += singles;
    Obj *result = str_new_blank(size + 2, max_char);
    if (result == NULL)
        return NULL;
    str_put_char(result, 0, quote);
    if (plain) {
        /* A wider source holds nothing that did not count for max_char. */
        str_copy_chars(result, 1, o, 0, length);
    } else {
        int64_t at = 1;
        for (int64_t i = 0; i < length; i++) {
            uint32_t c = str_char_at(o, i);
            if (c == '\'' && escape_quotes)
                str_put_char(result, at++, '\\');
            at = repr_put(result, at, c);
        }
    }
    str_put_char(result, size + 1, quote);
    return result;
}

static Obj *str_str(ObjRef self)
{
    return str_exact(self);
}

bool str_is_identifier(ObjRef o)
{
    StrObj *s = (StrObj *)o;
    if (s->identifier)
        return true;
    if (s->length == 0 || !unicode_is_id_start(str_char_at(o, 0)))
        return false;
    for (int64_t i = 1; i < s->length; i++) {
        if (!unicode_is_id_continue(str_char_at(o, i)))
            return false;
    }
    s->identifier = 1;
    return true;
}

/* ---- container slots */

static int64_t str_len(ObjRef self)
{
    return str_length(self);
}

static Obj *str_item(ObjRef self, int64_t index)
{
    if (index < 0 || index >= str_length(self))
        return err_string(&exc_index_error, "string index out of range");
    return str_from_char(str_char_at(self, index));
}

/* Every step-th code point. */
static Obj *slice_with_step(ObjRef self, int64_t start, int64_t step, int64_t count)
{
    const StrObj *s = (const StrObj *)self;
    uint32_t bits = 0;
    int64_t from = start;
    if (count == 1)
        return str_from_char(str_char_at(self, start));
    if (!s->ascii) {
        for (int64_t i = 0; i < count; i++, from += step)
            bits |= str_char_at(self, from);
    }
    Obj *result = str_new_blank(count, bits);
    if (result == NULL)
        return NULL;
    from = start;
    if (s->kind == 1) {
        unsigned char *to = str_cast(result)->data;
        for (int64_t i = 0; i < count; i++, from += step)
            to[i] = s->data[from];
    } else {
        for (int64_t i = 0; i < count; i++, from += step)
            str_put_char(result, i, str_char_at(self, from));
    }
    return result;
}

static Obj *str_get_item(ObjRef self, ObjRef key)
{
    if (slice_check(key)) {
        int64_t start, stop, step;
        if (slice_unpack(key, &start, &stop, &step) < 0)
            return NULL;
        int64_t count = slice_adjust(str_length(self), &start, &stop, step);
        if (count <= 0)
            return obj_incref(str_empty);
        if (step == 1)
            return str_substring(self, start, start + count);
        return slice_with_step(self, start, step, count);
    }
    if (obj_type(key)->index == NULL) {
        return err_format(&exc_type_error, "string indices must be integers, not '%T'", key);
    }
    int64_t index;
    if (obj_to_int64(key, &index) < 0)
        return NULL;
    if (index < 0)
        index += str_length(self);
    return str_item(self, index);
}

static int str_contains(ObjRef self, ObjRef item)
{
    if (!str_check(item)) {
        return err_format_int(&exc_type_error,
                              "'in <string>' requires string as left operand, not %T", item);
    }
    return str_find(self, item, 0, str_length(self)) >= 0;
}

static Obj *str_add(ObjRef left, ObjRef right)
{
    if (!str_check(right)) {
        return err_format(&exc_type_error, "can only concatenate str (not \"%T\") to str", right);
    }
    return str_concat(left, right);
}

static Obj *str_remainder(ObjRef left, ObjRef right)
{
    if (!str_check(left))
        return not_implemented_new();
    return str_format_percent(left, right);
}

/* ---- str(object='') and str(object, encoding, errors) */

/* str(o, encoding, errors): decodes octets; the arguments may be NULL. */
static Obj *decode_object(ObjRef o, ObjRef encoding, ObjRef errors)
{
    const char *encoding_text = NULL, *errors_text = NULL;
    if (encoding != NULL &&
        (encoding_text = codec_name_argument(encoding, "str() argument 'encoding'")) == NULL)
        return NULL;
    if (errors != NULL &&
        (errors_text = codec_name_argument(errors, "str() argument 'errors'")) == NULL)
        return NULL;
    if (str_check(o))
        return err_string(&exc_type_error, "decoding str is not supported");
    BufferView view;
    if (buffer_acquire(o, &view) < 0) {
        if (!err_matches(&exc_type_error))
            return NULL;
        return err_format(&exc_type_error, "decoding to str: need a bytes-like object, %T found",
                          o);
    }
    Obj *result = codec_decode(view.data, view.length, encoding_text, errors_text);
    buffer_release(&view);
    return result;
}

static Obj *str_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"str", 0, 0, 3, 3, {"object", "encoding", "errors"}};
    ObjRef out[3] = {NULL, NULL, NULL};
    if (kwnames == NULL && nargs <= 1) {
        out[0] = nargs == 1 ? args[0] : NULL;
    } else if (args_bind(&spec, args, nargs, kwnames, out) < 0) {
        return NULL;
    }
    Obj *text;
    if (out[0] == NULL)
        text = obj_incref(str_empty);
    else if (out[1] == NULL && out[2] == NULL)
        text = obj_str(out[0]);
    else
        text = decode_object(out[0], out[1], out[2]);
    if (text == NULL || type == &str_type)
        return text;
    Obj *self = new_subclass_instance(type, text);
    obj_decref(text);
    return self;
}

/* ---- iterator */

static Obj *str_iter(ObjRef self)
{
    StrIterObj *it = (StrIterObj *)obj_new_gc(&str_iterator_type, (int64_t)sizeof(StrIterObj));
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->str = (StrObj *)obj_incref(self);
    if (!str_check_exact(self)) /* an exact str cannot be part of a cycle */
        gc_track(&it->base);
    return &it->base;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&((StrIterObj *)self)->str);
    obj_free(self, (int64_t)sizeof(StrIterObj));
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((StrIterObj *)self)->str);
    return 0;
}

static int iterator_next(ObjRef self, Obj **out)
{
    StrIterObj *it = (StrIterObj *)self;
    if (it->str == NULL)
        return 0;
    if (it->index < it->str->length) {
        *out = str_from_char(str_char_at(&it->str->base, it->index));
        if (*out == NULL)
            return -1;
        it->index++;
        return 1;
    }
    obj_clear(&it->str);
    return 0;
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const StrIterObj *it = (const StrIterObj *)self;
    return int_new(it->str == NULL ? 0 : it->str->length - it->index);
}

static Obj *iterator_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const StrIterObj *it = (const StrIterObj *)self;
    Obj *iter = NULL, *inner = NULL, *index = NULL, *result = NULL;
    iter = obj_getattr(runtime.builtins, names.iter);
    if (iter == NULL)
        goto done;
    inner = tuple_pack(1, it->str == NULL ? str_empty : (ObjRef)&it->str->base);
    if (inner == NULL)
        goto done;
    if (it->str == NULL) {
        result = tuple_pack(2, iter, inner);
    } else {
        index = int_new(it->index);
        if (index != NULL)
            result = tuple_pack(3, iter, inner, index);
    }
done:
    obj_xdecref(iter);
    obj_xdecref(inner);
    obj_xdecref(index);
    return result;
}

static Obj *iterator_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    StrIterObj *it = (StrIterObj *)self;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    if (it->str != NULL) {
        if (index < 0)
            index = 0;
        it->index = index > it->str->length ? it->str->length : index;
    }
    return none_new();
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Characters still to come."},
    {"__reduce__", iterator_reduce, 0, 0, 0, "State for pickling."},
    {"__setstate__", iterator_setstate, 1, 1, 0, "Restores the state."},
    {0},
};

Type str_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "str_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .basic_size = (int64_t)sizeof(StrIterObj),
    .root = {.type = &str_iterator_type.head},
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

Type str_type = {
    .head = {.base = {1, &type_type.root},
             .name = "str",
             .flags = TYPE_BASE | TYPE_VAR | TYPE_STR,
             .dealloc = str_dealloc},
    .doc =
        "str(object='') -> str\n"
        "str(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
        "Immutable text.  With one argument: what its __str__ gives, or else its repr.  With an\n"
        "encoding or errors: the octets of the first argument, decoded.",
    .basic_size = (int64_t)sizeof(StrObj),
    .root = {.type = &str_type.head},
    .repr = str_repr,
    .str = str_str,
    .hash = str_hash,
    .compare = str_compare,
    .iter = str_iter,
    .new = str_new,
    .remainder = str_remainder,
    .length = str_len,
    .get_item = str_get_item,
    .contains = str_contains,
    .concat = str_add,
    .repeat = str_repeat,
    .item = str_item,
    .methods = str_methods,
};

/* ---- start and end */

int strs_init(void)
{
    if (hash_init() < 0) {
        static const char message[] =
            "Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an "
            "integer in range [0; 4294967295]\n";
        fputs(message, stderr);
        return -1;
    }
    if (str_empty == NULL && (str_empty = str_new_blank(0, 0)) == NULL)
        return -1;
    for (uint32_t c = 0; c < 256; c++) {
        if (str_latin1[c] != NULL)
            continue;
        str_latin1[c] = str_new_blank(1, c);
        if (str_latin1[c] == NULL)
            return -1;
        str_cast(str_latin1[c])->data[0] = (unsigned char)c;
    }
    return 0;
}

void strs_finish(void)
{
    obj_clear(&str_empty);
    for (int i = 0; i < 256; i++)
        obj_clear(&str_latin1[i]);
    str_intern_finish();
    str_utf8_finish();
}
