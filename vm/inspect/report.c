/*
 * Rows of reports.  They hold texts and numbers only, never the objects that they speak of: an
 * answer must not become a holder in the next one.
 */

#include "vm/inspect/report.h"

#include "runtime/core/ids.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

int report_set_steal(ObjRef dict, const char *key, Obj *value)
{
    int result = value == NULL ? -1 : dict_set_ascii(dict, key, value);
    obj_xdecref(value);
    return result;
}

int report_set_int(ObjRef dict, const char *key, int64_t value)
{
    return report_set_steal(dict, key, int_new(value));
}

int report_set_bool(ObjRef dict, const char *key, bool value)
{
    return report_set_steal(dict, key, bool_new(value));
}

int report_set_text(ObjRef dict, const char *key, const char *text)
{
    return report_set_steal(dict, key, str_from_ascii(text));
}

int report_set_id(ObjRef dict, const char *key, ObjRef o)
{
    return report_set_steal(dict, key, o == NULL ? none_new() : int_from_uint64(ids_of(o)));
}
