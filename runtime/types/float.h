#ifndef OURO_RUNTIME_TYPES_FLOAT_H
#define OURO_RUNTIME_TYPES_FLOAT_H

/* float: an IEEE 754 double; repr is the shortest text that reads back. */

#include <stdbool.h>

#include "runtime/core/object.h"

typedef struct FloatObj {
    Obj base;
    double value;
} FloatObj;

extern Type float_type;
extern Shape float_seen_shape; /* exact float whose address was revealed */

#define float_check(o) obj_has_flag(o, TYPE_FLOAT)
#define float_check_exact(o) (obj_type(o) == &float_type)
#define float_value(o) (((const FloatObj *)(o))->value)

static inline Obj *float_new(double value)
{
    FloatObj *o = (FloatObj *)obj_new(&float_type, (int64_t)sizeof(FloatObj));
    if (o != NULL)
        o->value = value;
    return (Obj *)o;
}
int64_t float_hash_double(double value);
/* Text as float() reads it (whole text, white space stripped): 0, -1 ValueError. */
int float_parse(const char *text, int64_t length, double *out);
/* Reads the longest prefix of text[0..length) that is a float (ASCII, no white space, no
 * underscores); returns its length, 0 where there is none, -1 no memory. */
int64_t float_parse_prefix(const char *text, int64_t length, double *out);
/* repr into buffer (at least 32 bytes); returns the length. */
int float_format_repr(double value, char *buffer);
/* Format kinds as the format mini-language: code 'e','f','g','r'(repr),'E','F','G','n','%'; flags:
 * see float.c.  Result malloc-free: a str object. */
Obj *float_format_code(double value, char code, int precision, bool alternate, bool sign_always);
/* float(o) for any object: __float__, __index__, text; an exact float. */
Obj *float_from_object(ObjRef o);
/* The pending error of a result out of range: OverflowError(34, text); NULL. */
Obj *float_raise_range(void);

#endif
