/*
 * Module _json: the parts of json that must be fast.
 *
 * json_scan.c turns text into values, json_encode.c values into text; the classes JSONDecoder and
 * JSONEncoder of runtime/lib/json use both.
 */

#include "runtime/modules/json.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/tuple.h"

Obj *json_raise(const char *message, ObjRef text, int64_t position)
{
    Obj *module = runtime.hooks.import_module("json.decoder");
    Obj *type = module == NULL ? NULL : obj_getattr_str(module, "JSONDecodeError");
    Obj *what = type == NULL ? NULL : str_from_ascii(message);
    Obj *where = what == NULL ? NULL : int_new(position);
    Obj *error = where == NULL ? NULL : obj_call3(type, what, text, where);
    if (error != NULL)
        err_raise(error, NULL);
    obj_xdecref(module);
    obj_xdecref(type);
    obj_xdecref(what);
    obj_xdecref(where);
    obj_xdecref(error);
    return NULL;
}

static Obj *scanstring(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    int64_t start, end;
    bool strict = true;
    if (!str_check(args[0])) {
        return err_format(&exc_type_error, "first argument must be a string, not %T", args[0]);
    }
    if (obj_to_int64(args[1], &start) < 0 || (nargs > 2 && args_to_bool(args[2], &strict) < 0))
        return NULL;
    Obj *value = json_scan_string(args[0], start, strict, &end);
    if (value == NULL)
        return NULL;
    Obj *place = int_new(end), *result = place == NULL ? NULL : tuple_pack(2, value, place);
    obj_decref(value);
    obj_xdecref(place);
    return result;
}

static Obj *encode(ObjRef text, bool ascii)
{
    if (!str_check(text)) {
        return err_format(&exc_type_error, "first argument must be a string, not %T", text);
    }
    StrBuilder out;
    str_builder_init(&out);
    if (json_write_string(&out, text, ascii) < 0) {
        str_builder_free(&out);
        return NULL;
    }
    return str_builder_finish(&out);
}

static Obj *encode_basestring(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return encode(args[0], false);
}

static Obj *encode_basestring_ascii(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return encode(args[0], true);
}

static const MethodDef functions[] = {
    {"scanstring", scanstring, 2, 3, 0,
     "scanstring(string, end, strict=True) -> (string, end)\n\n"
     "The string literal that begins before position end, and where it ends."},
    {"encode_basestring", encode_basestring, 1, 1, 0,
     "encode_basestring(string) -> string\n\nA string as a JSON literal."},
    {"encode_basestring_ascii", encode_basestring_ascii, 1, 1, 0,
     "encode_basestring_ascii(string) -> string\n\nA string as a JSON literal in ASCII."},
    {0},
};

static int exec(ObjRef module)
{
    if (type_ready(&json_scanner_type) < 0 || type_ready(&json_encoder_type) < 0)
        return -1;
    if (module_add(module, "make_scanner", &json_scanner_type.head.base) < 0)
        return -1;
    return module_add(module, "make_encoder", &json_encoder_type.head.base);
}

extern const ModuleDef json_module;
const ModuleDef json_module = {"_json", "The parts of json that must be fast.", functions, exec};
