/*
 * StringIO: text in memory with the interface of a file.
 *
 * The text is kept in a StrBuilder, in the width of its widest character, so that the common use,
 * writing at the end and one getvalue(), copies each character twice at most.  Positions are
 * counted in characters.
 */
#include "runtime/modules/io_string.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/io_text_codec.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct StringIoObj {
    IoObj io;
    StrBuilder text;
    int64_t position;
    Newlines newlines;
    bool ready; /* __init__ ran */
    bool closed;
    Obj *newline; /* str or None: the argument; owned */
} StringIoObj;

#define string_io_cast(o) ((StringIoObj *)(o))
#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- lifecycle */

static Obj *string_io_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(StringIoObj));
    if (self == NULL)
        return NULL;
    str_builder_init(&string_io_cast(self)->text);
    gc_track(self);
    return self;
}

static void string_io_dealloc(Obj *self)
{
    if (!io_base_dealloc_begin(self))
        return;
    str_builder_free(&string_io_cast(self)->text);
    obj_clear(&string_io_cast(self)->newline);
    io_base_clear(self);
    obj_free(self, (int64_t)sizeof(StringIoObj));
}

static int check_open(const StringIoObj *s)
{
    if (!s->ready)
        return err_format_int(&exc_value_error, "I/O operation on uninitialized object");
    if (s->closed)
        return err_format_int(&exc_value_error, "I/O operation on closed file");
    return 0;
}

/* ---- the text */

static uint32_t char_at(const StrBuilder *b, int64_t i)
{
    return b->kind == 1   ? b->data[i]
           : b->kind == 2 ? ((const uint16_t *)(const void *)b->data)[i]
                          : ((const uint32_t *)(const void *)b->data)[i];
}

/* Characters [start, end) as a str. */
static Obj *slice(const StrBuilder *b, int64_t start, int64_t end)
{
    if (start >= end)
        return str_from_latin1("", 0);
    if (b->kind == 1)
        return str_from_latin1((const char *)b->data + start, end - start);
    if (b->kind == 4)
        return str_from_ucs4((const uint32_t *)(const void *)b->data + start, end - start);
    uint32_t most = 0;
    for (int64_t i = start; i < end; i++)
        most |= char_at(b, i);
    if (end - start == 1)
        return str_from_char(most);
    Obj *text = str_new_blank(end - start, most);
    for (int64_t i = start; text != NULL && i < end; i++) {
        if (str_cast(text)->kind == 1)
            str_cast(text)->data[i - start] = (unsigned char)char_at(b, i);
        else
            ((uint16_t *)(void *)str_cast(text)->data)[i - start] = (uint16_t)char_at(b, i);
    }
    return text;
}

/* Adds characters [start, end) of another builder: 0/-1. */
static int add_slice(StrBuilder *out, const StrBuilder *b, int64_t start, int64_t end)
{
    Obj *text = slice(b, start, end);
    int status = text == NULL ? -1 : str_builder_add_str(out, text);
    obj_xdecref(text);
    return status;
}

/* Writes at the position, over what is there: 0/-1. */
static int write_str(StringIoObj *s, ObjRef text)
{
    int64_t length = str_length(text);
    if (length == 0)
        return 0;
    if (s->position > INT64_MAX - length) {
        err_string(&exc_overflow_error, "new position too large");
        return -1;
    }
    if (s->position >= s->text.length) {
        if (str_builder_add_repeat(&s->text, 0, s->position - s->text.length) < 0 ||
            str_builder_add_str(&s->text, text) < 0)
            return -1;
    } else {
        StrBuilder merged;
        int64_t end = s->position + length;
        str_builder_init(&merged);
        if (add_slice(&merged, &s->text, 0, s->position) < 0 ||
            str_builder_add_str(&merged, text) < 0 ||
            add_slice(&merged, &s->text, end, s->text.length) < 0) {
            str_builder_free(&merged);
            return -1;
        }
        str_builder_free(&s->text);
        s->text = merged;
    }
    s->position += length;
    return 0;
}

/* write() with translation of line ends: 0/-1. */
static int write_text(StringIoObj *s, ObjRef text)
{
    Obj *translated = newlines_translate_steal(&s->newlines, obj_incref(text));
    Obj *expanded = translated == NULL ? NULL : newlines_expand(&s->newlines, translated);
    int status = expanded == NULL ? -1 : write_str(s, expanded);
    obj_xdecref(translated);
    obj_xdecref(expanded);
    return status;
}

static int initialize(StringIoObj *s, ObjRef initial, ObjRef newline)
{
    if (newline != NULL && !str_check(newline))
        return err_format_int(&exc_type_error, "newline must be str or None, not %T", newline);
    if (initial != NULL && !str_check(initial))
        return err_format_int(&exc_type_error, "initial_value must be str or None, not %T",
                              initial);
    if (newlines_init(&s->newlines, newline, "illegal newline value: %R") < 0)
        return -1;
    obj_replace(&s->newline, newline == NULL ? none_new() : obj_incref(newline));
    s->text.length = 0;
    s->position = 0;
    s->closed = false;
    s->ready = true;
    int status = initial == NULL ? 0 : write_text(s, initial);
    s->position = 0;
    return status;
}

static int string_io_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"StringIO", 0, 0, 2, 2, {"initial_value", "newline"}};
    ObjRef bound[2];
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0)
        return -1;
    Obj *line_end = NULL;
    if (bound[1] == NULL) {
        line_end = str_from_char('\n');
        if (line_end == NULL)
            return -1;
        bound[1] = line_end;
    } else if (is_none(bound[1])) {
        bound[1] = NULL;
    }
    if (bound[0] != NULL && is_none(bound[0]))
        bound[0] = NULL;
    int status = initialize(string_io_cast(self), bound[0], bound[1]);
    obj_xdecref(line_end);
    return status;
}

/* ---- reading */

static Obj *take(StringIoObj *s, int64_t size)
{
    int64_t left = s->text.length > s->position ? s->text.length - s->position : 0;
    if (size < 0 || size > left)
        size = left;
    Obj *result = slice(&s->text, s->position, s->position + size);
    if (result != NULL)
        s->position += size;
    return result;
}

METHOD(method_read)
{
    (void)kwnames;
    int64_t size;
    if (check_open(string_io_cast(self)) < 0 ||
        io_size_argument(nargs > 0 ? args[0] : NULL, &size) < 0)
        return NULL;
    return take(string_io_cast(self), size);
}

/* Characters of the line at the position, at most `limit` (negative: any). */
static int64_t line_length(const StringIoObj *s, int64_t limit)
{
    const StrBuilder *b = &s->text;
    int64_t end = b->length;
    if (s->position >= end)
        return 0;
    if (limit >= 0 && limit < end - s->position)
        end = s->position + limit;
    const Newlines *n = &s->newlines;
    bool any = n->universal && !n->translate;
    char first = n->universal ? '\n' : n->read_end[0];
    bool pair = !n->universal && n->read_end[1] != '\0';
    for (int64_t i = s->position; i < end; i++) {
        uint32_t c = char_at(b, i);
        bool more = i + 1 < end;
        if (any && c == '\r')
            return (more && char_at(b, i + 1) == '\n' ? i + 2 : i + 1) - s->position;
        if (any ? c == '\n' : c == (unsigned char)first) {
            if (!pair)
                return i + 1 - s->position;
            if (more && char_at(b, i + 1) == '\n')
                return i + 2 - s->position;
        }
    }
    return end - s->position;
}

METHOD(method_readline)
{
    (void)kwnames;
    StringIoObj *s = string_io_cast(self);
    int64_t limit;
    if (check_open(s) < 0 || io_size_argument(nargs > 0 ? args[0] : NULL, &limit) < 0)
        return NULL;
    return take(s, line_length(s, limit));
}

static int string_io_next(ObjRef self, Obj **out)
{
    StringIoObj *s = string_io_cast(self);
    if (obj_type(self)->head.flags & TYPE_HEAP)
        return io_base_type.next(self, out);
    if (check_open(s) < 0)
        return -1;
    int64_t length = line_length(s, -1);
    if (length == 0)
        return 0;
    *out = take(s, length);
    return *out == NULL ? -1 : 1;
}

/* ---- writing and position */

METHOD(method_write)
{
    (void)nargs, (void)kwnames;
    StringIoObj *s = string_io_cast(self);
    if (check_open(s) < 0)
        return NULL;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "string argument expected, got '%T'", args[0]);
    return write_text(s, args[0]) < 0 ? NULL : int_new(str_length(args[0]));
}

METHOD(method_seek)
{
    (void)kwnames;
    StringIoObj *s = string_io_cast(self);
    int64_t offset, whence = SEEK_SET;
    if (obj_to_int64(args[0], &offset) < 0 || (nargs > 1 && obj_to_int64(args[1], &whence) < 0) ||
        check_open(s) < 0)
        return NULL;
    if (whence < SEEK_SET || whence > SEEK_END)
        return err_format(&exc_value_error, "Invalid whence (%lld, should be 0, 1 or 2)",
                          (long long)whence);
    if (offset < 0 && whence == SEEK_SET)
        return err_format(&exc_value_error, "Negative seek position %lld", (long long)offset);
    if (offset != 0 && whence != SEEK_SET)
        return err_string(&exc_os_error, "Can't do nonzero cur-relative seeks");
    if (whence == SEEK_SET)
        s->position = offset;
    else if (whence == SEEK_END)
        s->position = s->text.length;
    return int_new(s->position);
}

METHOD(method_tell)
{
    UNUSED;
    return check_open(string_io_cast(self)) < 0 ? NULL : int_new(string_io_cast(self)->position);
}

METHOD(method_truncate)
{
    (void)kwnames;
    StringIoObj *s = string_io_cast(self);
    int64_t size = s->position;
    if (check_open(s) < 0 || (nargs > 0 && !is_none(args[0]) && obj_to_int64(args[0], &size) < 0))
        return NULL;
    if (size < 0)
        return err_format(&exc_value_error, "Negative size value %lld", (long long)size);
    if (size < s->text.length)
        s->text.length = size;
    return int_new(size);
}

/* ---- the rest */

METHOD(method_getvalue)
{
    UNUSED;
    StringIoObj *s = string_io_cast(self);
    return check_open(s) < 0 ? NULL : slice(&s->text, 0, s->text.length);
}

METHOD(method_close)
{
    UNUSED;
    StringIoObj *s = string_io_cast(self);
    s->closed = true;
    str_builder_free(&s->text);
    str_builder_init(&s->text);
    return none_new();
}

METHOD(method_true)
{
    UNUSED;
    return check_open(string_io_cast(self)) < 0 ? NULL : bool_new(true);
}

METHOD(method_getstate)
{
    UNUSED;
    StringIoObj *s = string_io_cast(self);
    Obj *value = method_getvalue(self, NULL, 0, NULL);
    Obj *position = value == NULL ? NULL : int_new(s->position);
    Obj *dict = NULL, *state = NULL;
    if (position != NULL)
        dict = s->io.dict == NULL ? none_new() : dict_copy(s->io.dict);
    if (dict != NULL)
        state = tuple_pack(4, value, s->newline, position, dict);
    obj_xdecref(value);
    obj_xdecref(position);
    obj_xdecref(dict);
    return state;
}

METHOD(method_setstate)
{
    (void)nargs, (void)kwnames;
    StringIoObj *s = string_io_cast(self);
    if (s->ready && s->closed)
        return check_open(s) < 0 ? NULL : none_new();
    if (!tuple_check(args[0]) || tuple_length(args[0]) < 4)
        return err_format(&exc_type_error, "%s.__setstate__ argument should be 4-tuple, got %T",
                          obj_type(self)->head.name, args[0]);
    Obj *state = obj_incref(args[0]);
    Obj *result = NULL;
    ObjRef value = tuple_peek(state, 0);
    ObjRef position = tuple_peek(state, 2);
    ObjRef dict = tuple_peek(state, 3);
    int64_t at = 0;
    /* The value was translated when it was written: it must not be again. */
    ObjRef initial[2] = {obj_none, tuple_peek(state, 1)};
    if (string_io_init(self, initial, 2, NULL) < 0)
        goto done;
    if (!str_check(value)) {
        err_format(&exc_type_error, "initial_value must be str or None, not %T", value);
        goto done;
    }
    if (write_str(s, value) < 0)
        goto done;
    if (!int_check(position)) {
        err_format(&exc_type_error, "third item of state must be an integer, got %T", position);
        goto done;
    }
    if (obj_to_int64(position, &at) < 0)
        goto done;
    if (at < 0) {
        err_string(&exc_value_error, "position value cannot be negative");
        goto done;
    }
    s->position = at;
    if (!is_none(dict)) {
        if (!dict_check(dict)) {
            err_format(&exc_type_error, "fourth item of state should be a dict, got a %T", dict);
            goto done;
        }
        Obj *own = object_dict(self);
        int status = own == NULL ? -1 : dict_merge(own, dict, true);
        obj_xdecref(own);
        if (status < 0)
            goto done;
    }
    result = none_new();
done:
    obj_decref(state);
    return result;
}

static Obj *get_closed(ObjRef self)
{
    StringIoObj *s = string_io_cast(self);
    if (!s->ready)
        return err_string(&exc_value_error, "I/O operation on uninitialized object");
    return bool_new(s->closed);
}

static Obj *get_line_buffering(ObjRef self)
{
    return check_open(string_io_cast(self)) < 0 ? NULL : bool_new(false);
}

static Obj *get_newlines(ObjRef self)
{
    StringIoObj *s = string_io_cast(self);
    return check_open(s) < 0 ? NULL : newlines_seen(&s->newlines);
}

static const MethodDef string_io_methods[] = {
    {"readable", method_true, 0, 0, 0, "readable($self, /)\n--\n\nTrue."},
    {"seekable", method_true, 0, 0, 0, "seekable($self, /)\n--\n\nTrue."},
    {"writable", method_true, 0, 0, 0, "writable($self, /)\n--\n\nTrue."},
    {"close", method_close, 0, 0, 0, "close($self, /)\n--\n\nFrees the text."},
    {"getvalue", method_getvalue, 0, 0, 0, "getvalue($self, /)\n--\n\nThe whole text."},
    {"read", method_read, 0, 1, 0, "read($self, size=-1, /)\n--\n\nUp to `size` characters."},
    {"readline", method_readline, 0, 1, 0, "readline($self, size=-1, /)\n--\n\nOne line."},
    {"seek", method_seek, 1, 2, 0,
     "seek($self, pos, whence=0, /)\n--\n\nMoves the position and returns it."},
    {"tell", method_tell, 0, 0, 0, "tell($self, /)\n--\n\nThe position."},
    {"truncate", method_truncate, 0, 1, 0,
     "truncate($self, pos=None, /)\n--\n\nCuts the text at a size."},
    {"write", method_write, 1, 1, 0,
     "write($self, s, /)\n--\n\nWrites; returns the number of characters."},
    {"__getstate__", method_getstate, 0, 0, 0, NULL},
    {"__setstate__", method_setstate, 1, 1, 0, NULL},
    {0},
};

static const GetSetDef string_io_getset[] = {
    {"closed", get_closed, NULL, NULL},
    {"newlines", get_newlines, NULL, NULL},
    {"line_buffering", get_line_buffering, NULL, NULL},
    {0},
};

Type io_string_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io.StringIO",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .finalize = io_base_finalize,
             .dealloc = string_io_dealloc},
    .base = &io_text_base_type,
    .root = {.type = &io_string_type.head},
    .doc = "StringIO(initial_value='', newline='\\n')\n--\n\nA stream of text in memory.",
    .basic_size = sizeof(StringIoObj),
    .new = string_io_new,
    .init = string_io_init,
    .next = string_io_next,
    .methods = string_io_methods,
    .getset = string_io_getset,
};
