/*
 * Reading file name arguments, for open() and the functions of posix.
 *
 * Names are bytes to the system; str is encoded as UTF-8 with surrogateescape, so that every name
 * can be given back as it came.
 */
#include "runtime/modules/path_argument.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

Obj *path_argument_fspath(ObjRef arg)
{
    if (str_check(arg) || bytes_check(arg))
        return obj_incref(arg);
    Obj *path = NULL;
    int found = obj_call_special(arg, names.dunder_fspath, NULL, 0, &path);
    if (found == 0)
        return err_format(&exc_type_error, "expected str, bytes or os.PathLike object, not %T",
                          arg);
    if (found > 0 && !str_check(path) && !bytes_check(path)) {
        err_format(&exc_type_error, "expected %T.__fspath__() to return str or bytes, not %T", arg,
                   path);
        obj_clear(&path);
    }
    return path;
}

/* TypeError for what is no path at all. */
static int bad_type(ObjRef arg, const char *function, const char *name, int flags)
{
    if (function == NULL)
        return err_format_int(&exc_type_error, "expected str, bytes or os.PathLike object, not %T",
                              arg);
    const char *allowed = (flags & PATH_ALLOW_FD) && (flags & PATH_ALLOW_NONE)
                              ? "string, bytes, os.PathLike, integer or None"
                          : flags & PATH_ALLOW_FD   ? "string, bytes, os.PathLike or integer"
                          : flags & PATH_ALLOW_NONE ? "string, bytes, os.PathLike or None"
                                                    : "string, bytes or os.PathLike";
    return err_format_int(&exc_type_error, "%s: %s should be %s, not %T", function, name, allowed,
                          arg);
}

static int read_descriptor(ObjRef arg, PathArgument *out)
{
    int64_t value;
    Obj *index = obj_index(arg);
    if (index == NULL)
        return -1;
    int too_big = int_to_int64(index, &value);
    int sign = int_sign(index);
    obj_decref(index);
    if (too_big || value > INT_MAX || value < INT_MIN)
        return err_format_int(&exc_overflow_error,
                              sign > 0 ? "fd is greater than maximum" : "fd is less than minimum");
    out->fd = (int)value;
    out->shown = obj_incref(arg);
    return 0;
}

int path_argument_read(ObjRef arg, const char *function, const char *name, int flags,
                       PathArgument *out)
{
    *out = (PathArgument){.fd = -1};
    if (arg == NULL || is_none(arg)) {
        if ((flags & PATH_ALLOW_NONE) == 0)
            return bad_type(arg, function, name, flags);
        out->text = ".";
        return 0;
    }
    if ((flags & PATH_ALLOW_FD) && !str_check(arg) && !bytes_check(arg) &&
        obj_type(arg)->index != NULL)
        return read_descriptor(arg, out);
    Obj *path = NULL;
    if (str_check(arg) || bytes_check(arg)) {
        path = obj_incref(arg);
    } else {
        Obj *method = NULL;
        int found = obj_lookup_special(arg, names.dunder_fspath, &method);
        obj_xdecref(method);
        if (found == 0)
            return bad_type(arg, function, name, flags);
        path = found < 0 ? NULL : path_argument_fspath(arg);
    }
    if (path == NULL)
        return -1;
    out->is_bytes = bytes_check(path);
    out->encoded =
        out->is_bytes ? obj_incref(path) : codec_encode(path, "utf-8", "surrogateescape");
    obj_decref(path);
    if (out->encoded == NULL)
        return -1;
    const BytesObj *b = bytes_cast(out->encoded);
    if (memchr(b->data, 0, (size_t)b->length) != NULL) {
        path_argument_release(out);
        if (function == NULL || !out->is_bytes)
            return err_format_int(&exc_value_error, "embedded null byte");
        return err_format_int(&exc_value_error, "%s: embedded null character in %s", function,
                              name);
    }
    out->text = (const char *)b->data;
    out->shown = obj_incref(arg);
    return 0;
}

void path_argument_release(PathArgument *path)
{
    obj_clear(&path->shown);
    obj_clear(&path->encoded);
}

Obj *path_argument_error(const PathArgument *path)
{
    return err_errno(errno, path->shown);
}

Obj *path_argument_name(const char *name, bool as_bytes)
{
    return as_bytes ? bytes_new(name, (int64_t)strlen(name)) : str_from_filesystem(name);
}
