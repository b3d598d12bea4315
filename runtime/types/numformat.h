#ifndef OURO_RUNTIME_TYPES_NUMFORMAT_H
#define OURO_RUNTIME_TYPES_NUMFORMAT_H

/* Numbers as text under a format spec, for __format__, f-strings and %-formatting. */

#include "runtime/core/object.h"
#include "runtime/types/format_spec.h"

/* An int (any, bool included) by spec->type: 'd' 'n' 'b' 'o' 'x' 'X' 'c', with 'i' 'u' and 0 as
 * 'd'. A precision is the least number of digits (%-formatting; __format__ itself refuses one). */
Obj *numformat_int(ObjRef o, const FormatSpec *spec);
/* A double by spec->type: 'e' 'E' 'f' 'F' 'g' 'G' 'n' '%', or 0 (as repr, or 'g' with a precision).
 * Without a precision the lettered types use 6. */
Obj *numformat_double(double value, const FormatSpec *spec);
/* __format__ of int, float and complex: `text` is the spec, a str. */
Obj *numformat_format_int(ObjRef o, ObjRef text);
Obj *numformat_format_float(ObjRef o, ObjRef text);
Obj *numformat_format_complex(ObjRef o, ObjRef text);

#endif
