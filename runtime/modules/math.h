#ifndef OURO_RUNTIME_MODULES_MATH_H
#define OURO_RUNTIME_MODULES_MATH_H

/* Functions of module math that are defined apart from its table (math.c). */

#include "runtime/core/type.h"

/* math_integer.c */
Obj *math_comb(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_perm(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_factorial(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_isqrt(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_gcd(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_lcm(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* math_gamma.c */
Obj *math_gamma(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_lgamma(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* math_sums.c */
Obj *math_fsum(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_prod(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_hypot(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *math_dist(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

#endif
