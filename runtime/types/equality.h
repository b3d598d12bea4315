#ifndef OURO_RUNTIME_TYPES_EQUALITY_H
#define OURO_RUNTIME_TYPES_EQUALITY_H

/* Equality of items of containers: without a call where both types allow it. */

#include <stdbool.h>
#include <string.h>

#include "runtime/core/object.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

/* Equality of two exact strs. */
static inline bool equality_of_text(ObjRef a, ObjRef b)
{
    const StrObj *x = (const StrObj *)a, *y = (const StrObj *)b;
    return x->length == y->length && x->kind == y->kind &&
           memcmp(x->data, y->data, (size_t)x->length * x->kind) == 0;
}

/* Whether a == b can be told without running user code; *equal is the answer then. */
static inline bool equality_known(ObjRef a, ObjRef b, bool *equal)
{
    if (int_is_small(a) && int_is_small(b)) {
        *equal = int_small_value(a) == int_small_value(b);
        return true;
    }
    if (str_check_exact(a) && str_check_exact(b)) {
        *equal = equality_of_text(a, b);
        return true;
    }
    if (float_check_exact(a) && float_check_exact(b)) {
        *equal = float_value(a) == float_value(b);
        return true;
    }
    return false;
}

/* a is b or a == b: 1, 0, -1.  Holds both while user code may run, so that they may come out of a
 * container that this changes. */
static inline int equality_held(ObjRef a, ObjRef b)
{
    bool equal;
    if (a == b)
        return 1;
    if (equality_known(a, b, &equal))
        return equal;
    Obj *x = obj_incref(a), *y = obj_incref(b);
    int answer = obj_equal(x, y);
    obj_decref(x);
    obj_decref(y);
    return answer;
}

#endif
