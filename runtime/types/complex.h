#ifndef OURO_RUNTIME_TYPES_COMPLEX_H
#define OURO_RUNTIME_TYPES_COMPLEX_H

/* complex: a pair of doubles. */

#include "runtime/core/object.h"

typedef struct ComplexObj {
    Obj base;
    double real, imag;
} ComplexObj;

extern Type complex_type;

#define complex_cast(o) ((ComplexObj *)(o))
#define complex_check(o) obj_is(o, &complex_type)
#define complex_check_exact(o) (obj_type(o) == &complex_type)

Obj *complex_new(double real, double imag);
/* The value of any number: complex, __complex__, or a real number; 0, or -1 with TypeError "must be
 * real number, not X". */
int complex_from_object(ObjRef o, double *real, double *imag);

#endif
