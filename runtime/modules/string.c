/*
 * Module _string: the parser of format strings, for string.Formatter.  The work is done in
 * runtime/types/str_format.c.
 */

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"

static Obj *formatter_parser(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "expected str, got %T", args[0]);
    return str_format_parser(args[0]);
}

static Obj *formatter_field_name_split(ObjRef self, const ObjRef *args, int64_t nargs,
                                       ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "expected str, got %T", args[0]);
    return str_format_split_field(args[0]);
}

static const MethodDef functions[] = {
    {"formatter_parser", formatter_parser, 1, 1, 0,
     "Iterator over (literal text, field name, format spec, conversion)."},
    {"formatter_field_name_split", formatter_field_name_split, 1, 1, 0,
     "(first part of a field name, iterator over the accesses that follow)."},
    {0},
};

extern const ModuleDef string_module;
const ModuleDef string_module = {"_string", "The parser of format strings.", functions, NULL};
