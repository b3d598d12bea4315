/*
 * OSError, SyntaxError and the Unicode errors: exceptions whose constructors read more than args.
 *
 * OSError(errno, …) chooses the subclass that belongs to the error number, as PEP 3151 lays down.
 */

#include "runtime/types/exception_kinds.h"

#include <errno.h>
#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- OSError */

static Type *os_error_class(int64_t number)
{
    switch (number) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS:
        return &exc_blocking_io_error;
    case EPIPE:
    case ESHUTDOWN:
        return &exc_broken_pipe_error;
    case ECHILD:
        return &exc_child_process_error;
    case ECONNABORTED:
        return &exc_connection_aborted_error;
    case ECONNREFUSED:
        return &exc_connection_refused_error;
    case ECONNRESET:
        return &exc_connection_reset_error;
    case EEXIST:
        return &exc_file_exists_error;
    case ENOENT:
        return &exc_file_not_found_error;
    case EISDIR:
        return &exc_is_a_directory_error;
    case ENOTDIR:
        return &exc_not_a_directory_error;
    case EINTR:
        return &exc_interrupted_error;
    case EACCES:
    case EPERM:
        return &exc_permission_error;
    case ESRCH:
        return &exc_process_lookup_error;
    case ETIMEDOUT:
        return &exc_timeout_error;
    default:
        return &exc_os_error;
    }
}

/* errno, strerror[, filename[, winerror[, filename2]]] into the fields; args keeps the first two.
 */
static int os_error_fill(ObjRef self, const ObjRef *args, int64_t nargs)
{
    OsErrorObj *e = (OsErrorObj *)self;
    if (nargs < 2 || nargs > 5)
        return exception_set_args(self, args, nargs);
    obj_replace(&e->error_number, obj_incref(args[0]));
    obj_replace(&e->strerror, obj_incref(args[1]));
    bool named = nargs > 2 && !is_none(args[2]);
    if (named && obj_is(self, &exc_blocking_io_error) && obj_type(args[2])->index != NULL) {
        /* The third argument of BlockingIOError is a count, if it is a number. */
        Obj *written = obj_index(args[2]);
        if (written == NULL)
            return -1;
        obj_replace(&e->characters_written, written);
        named = false;
    }
    obj_replace(&e->filename, named ? obj_incref(args[2]) : NULL);
    obj_replace(&e->filename2, nargs > 4 && !is_none(args[4]) ? obj_incref(args[4]) : NULL);
    return exception_set_args(self, args, named ? 2 : nargs);
}

/* A subclass that overrides __init__ but not __new__ gets its fields from its own call of
 * OSError.__init__; else __new__ fills them. */
static bool filled_by_new(const Type *type)
{
    return type->init == os_error_init || type->new != os_error_new;
}

Obj *os_error_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    int64_t number;
    if (type == &exc_os_error && nargs >= 2 && nargs <= 5 && int_check(args[0]) &&
        int_to_int64(args[0], &number) == 0)
        type = os_error_class(number);
    if (filled_by_new(type) && args_no_keywords(type_name(type), kwnames) < 0)
        return NULL;
    Obj *self = exception_new_slot(type, args, filled_by_new(type) ? nargs : 0, NULL);
    if (self != NULL && filled_by_new(type) && os_error_fill(self, args, nargs) < 0)
        obj_clear(&self);
    return self;
}

int os_error_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (filled_by_new(obj_type(self)))
        return 0;
    if (args_no_keywords(type_name(obj_type(self)), kwnames) < 0)
        return -1;
    return os_error_fill(self, args, nargs);
}

Obj *os_error_str(ObjRef self)
{
    OsErrorObj *e = (OsErrorObj *)self;
    Obj *number = e->error_number == NULL ? obj_none : e->error_number;
    Obj *message = e->strerror == NULL ? obj_none : e->strerror;
    if (e->filename != NULL && e->filename2 != NULL) {
        return str_format_c("[Errno %S] %S: %R -> %R", (ObjRef)number, (ObjRef)message,
                            (ObjRef)e->filename, (ObjRef)e->filename2);
    }
    if (e->filename != NULL) {
        return str_format_c("[Errno %S] %S: %R", (ObjRef)number, (ObjRef)message,
                            (ObjRef)e->filename);
    }
    if (e->error_number != NULL && e->strerror != NULL)
        return str_format_c("[Errno %S] %S", (ObjRef)number, (ObjRef)message);
    return exc_base_exception.str(self);
}

const MemberDef os_error_members[] = {
    {"errno", MEMBER_OBJ, offsetof(OsErrorObj, error_number), 0, "The error number."},
    {"strerror", MEMBER_OBJ, offsetof(OsErrorObj, strerror), 0, "The system's message."},
    {"filename", MEMBER_OBJ, offsetof(OsErrorObj, filename), 0, "The file."},
    {"filename2", MEMBER_OBJ, offsetof(OsErrorObj, filename2), 0, "The second file."},
    {0},
};

static Obj *get_characters_written(ObjRef self)
{
    Obj *written = ((OsErrorObj *)self)->characters_written;
    if (written == NULL)
        return err_string(&exc_attribute_error, "characters_written");
    return obj_incref(written);
}

static int set_characters_written(ObjRef self, ObjRef value)
{
    OsErrorObj *e = (OsErrorObj *)self;
    if (value == NULL) {
        if (e->characters_written == NULL)
            return err_format_int(&exc_attribute_error, "characters_written");
        obj_clear(&e->characters_written);
        return 0;
    }
    Obj *index = obj_index(value);
    if (index == NULL)
        return -1;
    obj_replace(&e->characters_written, index);
    return 0;
}

const GetSetDef os_error_getset[] = {
    {"characters_written", get_characters_written, set_characters_written, NULL},
    {0},
};

static Obj *os_error_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    OsErrorObj *e = (OsErrorObj *)self;
    ExceptionObj *base = exception_cast(self);
    Obj *full = obj_incref(base->args);
    if (tuple_length(full) == 2 && e->filename != NULL) {
        ObjRef first = tuple_peek(full, 0), second = tuple_peek(full, 1);
        Obj *longer = e->filename2 != NULL ? tuple_pack(5, first, second, (ObjRef)e->filename,
                                                        (ObjRef)obj_none, (ObjRef)e->filename2)
                                           : tuple_pack(3, first, second, (ObjRef)e->filename);
        obj_decref(full);
        if (longer == NULL)
            return NULL;
        full = longer;
    }
    Obj *result = base->dict != NULL
                      ? tuple_pack(3, (ObjRef)obj_type(self), (ObjRef)full, (ObjRef)base->dict)
                      : tuple_pack(2, (ObjRef)obj_type(self), (ObjRef)full);
    obj_decref(full);
    return result;
}

const MethodDef os_error_methods[] = {
    {"__reduce__", os_error_reduce, 0, 0, 0, NULL},
    {0},
};

/* ---------------------------------------------------------------- SyntaxError */

int syntax_error_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    SyntaxErrorObj *e = (SyntaxErrorObj *)self;
    if (exception_init(self, args, nargs, kwnames) < 0)
        return -1;
    if (nargs >= 1)
        obj_replace(&e->msg, obj_incref(args[0]));
    if (nargs != 2)
        return 0;
    Obj *info = obj_to_tuple(args[1]);
    if (info == NULL)
        return -1;
    int64_t count = tuple_length(info);
    if (count < 4 || count > 6) {
        err_format(&exc_type_error, "function takes at %s %d arguments (%lld given)",
                   count < 4 ? "least" : "most", count < 4 ? 4 : 6, (long long)count);
        obj_decref(info);
        return -1;
    }
    Obj **fields[] = {&e->filename, &e->lineno,     &e->offset,
                      &e->text,     &e->end_lineno, &e->end_offset};
    for (int64_t i = 0; i < 6; i++)
        obj_replace(fields[i], i < count ? obj_incref(tuple_peek(info, i)) : NULL);
    obj_decref(info);
    if (count == 5)
        return err_format_int(&exc_type_error,
                              "end_offset must be provided when end_lineno is provided");
    return 0;
}

/* The part of a path after its last slash: new reference. */
static Obj *base_name(ObjRef path)
{
    int64_t start = str_length(path);
    while (start > 0 && str_char_at(path, start - 1) != '/')
        start--;
    return str_substring(path, start, str_length(path));
}

Obj *syntax_error_str(ObjRef self)
{
    SyntaxErrorObj *e = (SyntaxErrorObj *)self;
    ObjRef msg = e->msg == NULL ? obj_none : e->msg;
    bool has_file = e->filename != NULL && str_check(e->filename);
    bool has_line = e->lineno != NULL && int_check_exact(e->lineno);
    if (!has_file && !has_line)
        return obj_str(msg);
    Obj *file = has_file ? base_name(e->filename) : NULL;
    if (has_file && file == NULL)
        return NULL;
    Obj *text;
    if (has_file && has_line)
        text = str_format_c("%S (%U, line %S)", msg, (ObjRef)file, (ObjRef)e->lineno);
    else if (has_file)
        text = str_format_c("%S (%U)", msg, (ObjRef)file);
    else
        text = str_format_c("%S (line %S)", msg, (ObjRef)e->lineno);
    obj_xdecref(file);
    return text;
}

const MemberDef syntax_error_members[] = {
    {"msg", MEMBER_OBJ, offsetof(SyntaxErrorObj, msg), 0, "The message."},
    {"filename", MEMBER_OBJ, offsetof(SyntaxErrorObj, filename), 0, "The file."},
    {"lineno", MEMBER_OBJ, offsetof(SyntaxErrorObj, lineno), 0, "The line, from 1."},
    {"offset", MEMBER_OBJ, offsetof(SyntaxErrorObj, offset), 0, "The column, from 1."},
    {"text", MEMBER_OBJ, offsetof(SyntaxErrorObj, text), 0, "The text of the line."},
    {"end_lineno", MEMBER_OBJ, offsetof(SyntaxErrorObj, end_lineno), 0, "The last line."},
    {"end_offset", MEMBER_OBJ, offsetof(SyntaxErrorObj, end_offset), 0, "The column after it."},
    {"print_file_and_line", MEMBER_OBJ, offsetof(SyntaxErrorObj, print_file_and_line), 0, NULL},
    {0},
};

/* ---------------------------------------------------------------- Unicode errors */

static int unicode_fill(ObjRef self, ObjRef encoding, const ObjRef *rest)
{
    UnicodeErrorObj *e = (UnicodeErrorObj *)self;
    Obj *start = obj_index(rest[1]);
    Obj *end = start == NULL ? NULL : obj_index(rest[2]);
    if (end == NULL) {
        obj_xdecref(start);
        return -1;
    }
    obj_replace(&e->encoding, obj_xincref(encoding));
    obj_replace(&e->object, obj_incref(rest[0]));
    obj_replace(&e->start, start);
    obj_replace(&e->end, end);
    obj_replace(&e->reason, obj_incref(rest[3]));
    return 0;
}

static int check_exactly(int64_t nargs, int64_t count)
{
    if (nargs == count)
        return 0;
    return err_format_int(&exc_type_error, "function takes exactly %lld arguments (%lld given)",
                          (long long)count, (long long)nargs);
}

static int check_argument(ObjRef arg, bool right, int position, const char *wanted)
{
    if (right)
        return 0;
    return err_format_int(&exc_type_error, "argument %d must be %s, not %T", position, wanted, arg);
}

int unicode_decode_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (exception_init(self, args, nargs, kwnames) < 0 || check_exactly(nargs, 5) < 0 ||
        check_argument(args[0], str_check(args[0]), 1, "str") < 0 ||
        check_argument(args[4], str_check(args[4]), 5, "str") < 0)
        return -1;
    if (bytes_check(args[1]))
        return unicode_fill(self, args[0], args + 1);
    BufferView view;
    if (buffer_acquire(args[1], &view) < 0)
        return -1;
    Obj *copy = bytes_new(view.data, view.length);
    buffer_release(&view);
    if (copy == NULL)
        return -1;
    ObjRef rest[4] = {copy, args[2], args[3], args[4]};
    int result = unicode_fill(self, args[0], rest);
    obj_decref(copy);
    return result;
}

int unicode_encode_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (exception_init(self, args, nargs, kwnames) < 0 || check_exactly(nargs, 5) < 0 ||
        check_argument(args[0], str_check(args[0]), 1, "str") < 0 ||
        check_argument(args[1], str_check(args[1]), 2, "str") < 0 ||
        check_argument(args[4], str_check(args[4]), 5, "str") < 0)
        return -1;
    return unicode_fill(self, args[0], args + 1);
}

int unicode_translate_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (exception_init(self, args, nargs, kwnames) < 0 || check_exactly(nargs, 4) < 0 ||
        check_argument(args[0], str_check(args[0]), 1, "str") < 0 ||
        check_argument(args[3], str_check(args[3]), 4, "str") < 0)
        return -1;
    return unicode_fill(self, NULL, args);
}

/* start and end as they are, 0 where they are no int64: true when they are one item of the object.
 */
static bool unicode_range(const UnicodeErrorObj *e, int64_t length, int64_t *start, int64_t *end)
{
    *start = *end = 0;
    if (e->start != NULL && int_check(e->start))
        int_to_int64(e->start, start);
    if (e->end != NULL && int_check(e->end))
        int_to_int64(e->end, end);
    return *start >= 0 && *start < length && *end == *start + 1;
}

Obj *unicode_decode_str(ObjRef self)
{
    UnicodeErrorObj *e = (UnicodeErrorObj *)self;
    if (e->object == NULL || !bytes_check(e->object))
        return str_from_ascii("");
    int64_t start, end;
    if (unicode_range(e, bytes_cast(e->object)->length, &start, &end)) {
        static const char digits[] = "0123456789abcdef";
        unsigned byte = bytes_cast(e->object)->data[start];
        char hex[3] = {digits[byte >> 4], digits[byte & 15], '\0'};
        return str_format_c("'%S' codec can't decode byte 0x%s in position %lld: %S",
                            (ObjRef)e->encoding, hex, (long long)start, (ObjRef)e->reason);
    }
    return str_format_c("'%S' codec can't decode bytes in position %lld-%lld: %S",
                        (ObjRef)e->encoding, (long long)start,
                        (long long)(end == INT64_MIN ? end : end - 1), (ObjRef)e->reason);
}

/* "character '\xe9' in position 3" or "characters in position 3-5": new reference. */
static Obj *describe_characters(const UnicodeErrorObj *e)
{
    int64_t start, end;
    if (!unicode_range(e, str_length(e->object), &start, &end)) {
        return str_format_c("characters in position %lld-%lld", (long long)start,
                            (long long)(end == INT64_MIN ? end : end - 1));
    }
    static const char digits[] = "0123456789abcdef";
    uint32_t c = str_char_at(e->object, start);
    int width = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
    char escape[12] = {'\\', c <= 0xFF ? 'x' : c <= 0xFFFF ? 'u' : 'U'};
    for (int i = 0; i < width; i++)
        escape[2 + i] = digits[c >> (4 * (width - 1 - i)) & 15];
    return str_format_c("character '%s' in position %lld", escape, (long long)start);
}

Obj *unicode_encode_str(ObjRef self)
{
    UnicodeErrorObj *e = (UnicodeErrorObj *)self;
    if (e->object == NULL || !str_check(e->object))
        return str_from_ascii("");
    Obj *what = describe_characters(e);
    if (what == NULL)
        return NULL;
    Obj *text = str_format_c("'%S' codec can't encode %U: %S", (ObjRef)e->encoding, (ObjRef)what,
                             (ObjRef)e->reason);
    obj_decref(what);
    return text;
}

Obj *unicode_translate_str(ObjRef self)
{
    UnicodeErrorObj *e = (UnicodeErrorObj *)self;
    if (e->object == NULL || !str_check(e->object))
        return str_from_ascii("");
    Obj *what = describe_characters(e);
    if (what == NULL)
        return NULL;
    Obj *text = str_format_c("can't translate %U: %S", (ObjRef)what, (ObjRef)e->reason);
    obj_decref(what);
    return text;
}

const MemberDef unicode_error_members[] = {
    {"encoding", MEMBER_OBJ, offsetof(UnicodeErrorObj, encoding), 0, "The codec's name."},
    {"object", MEMBER_OBJ, offsetof(UnicodeErrorObj, object), 0, "What was converted."},
    {"start", MEMBER_OBJ, offsetof(UnicodeErrorObj, start), 0, "Where the fault begins."},
    {"end", MEMBER_OBJ, offsetof(UnicodeErrorObj, end), 0, "Where it ends."},
    {"reason", MEMBER_OBJ, offsetof(UnicodeErrorObj, reason), 0, "What is wrong."},
    {0},
};
