/*
 * complex: the type, its text and its arithmetic.
 *
 * Operators accept int and float on either side.  Division scales by the larger component of the
 * divisor (R. L. Smith, Algorithm 116, 1962); powers with small whole exponents multiply, all
 * others go through polar form.  Ordering is not defined; equality with an int is exact.
 */
#include "runtime/types/complex.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/number_text.h"
#include "runtime/types/numformat.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

enum { MULTIPLY_MAX = 100 }; /* whole exponents up to this are done by multiplying */

typedef struct Pair {
    double real, imag;
} Pair;

/* ---- lifecycle */

Obj *complex_new(double real, double imag)
{
    ComplexObj *o = (ComplexObj *)obj_new(&complex_type, (int64_t)sizeof(ComplexObj));
    if (o == NULL)
        return NULL;
    o->real = real;
    o->imag = imag;
    return &o->base;
}

static Obj *new_pair(Pair value)
{
    return complex_new(value.real, value.imag);
}

static void complex_dealloc(Obj *self)
{
    obj_free(self, (int64_t)sizeof(ComplexObj));
}

static Pair value_of(ObjRef o)
{
    return (Pair){((const ComplexObj *)o)->real, ((const ComplexObj *)o)->imag};
}

/* The result of __complex__, where o has that method: 1 and *out, 0, -1. */
static int call_complex_method(ObjRef o, Pair *out)
{
    Obj *result = NULL;
    if (complex_check_exact(o)) {
        *out = value_of(o);
        return 1;
    }
    int found = obj_call_special(o, names.dunder_complex, NULL, 0, &result);
    if (found <= 0)
        return found;
    if (!complex_check(result)) {
        err_format(&exc_type_error, "__complex__ returned non-complex (type %T)", result);
        found = -1;
    } else if (!complex_check_exact(result) &&
               err_warn(&exc_deprecation_warning, 1,
                        "__complex__ returned non-complex (type %T).  The ability to return an "
                        "instance of a strict subclass of complex is deprecated, and may not be "
                        "supported in a future version of Python.",
                        result) < 0) {
        found = -1;
    } else {
        *out = value_of(result);
    }
    obj_decref(result);
    return found;
}

/* ---- text */

/* Reads stripped ASCII: 1 and *out, 0 malformed, -1 no memory. */
static int parse_stripped(const char *p, const char *end, Pair *out)
{
    double first = 0.0;
    int64_t size = float_parse_prefix(p, end - p, &first);
    *out = (Pair){0.0, 0.0};
    if (size < 0)
        return -1;
    p += size;
    bool unit_sign = p < end && (*p == '+' || *p == '-');
    if (size > 0 && p == end) {
        out->real = first;
        return 1;
    }
    if (size > 0 && !unit_sign) {
        out->imag = first;
    } else {
        /* A real part and a signed imaginary one, or an imaginary unit alone. */
        out->real = first;
        size = unit_sign ? float_parse_prefix(p, end - p, &out->imag) : 0;
        if (size < 0)
            return -1;
        if (size == 0) {
            out->imag = unit_sign && *p == '-' ? -1.0 : 1.0;
            size = unit_sign;
        }
        p += size;
    }
    return end - p == 1 && (*p == 'j' || *p == 'J');
}

static int parse_plain(const char *p, int64_t length, Pair *out)
{
    const char *end = p + length;
    bool parenthesised = false;
    for (;;) {
        while (p < end && number_text_is_space(*p))
            p++;
        while (p < end && number_text_is_space(end[-1]))
            end--;
        if (parenthesised || p == end || *p != '(')
            break;
        if (end[-1] != ')' || end - p < 2)
            return 0;
        parenthesised = true;
        p++;
        end--;
    }
    return p == end ? 0 : parse_stripped(p, end, out);
}

static int parse_str(ObjRef o, Pair *out)
{
    NumberText text;
    if (number_text_acquire(o, &text) < 0)
        return -1;
    int status;
    if (text.length == 0 || memchr(text.text, '_', (size_t)text.length) == NULL) {
        status = parse_plain(text.text, text.length, out);
    } else {
        char *plain = mem_alloc((size_t)text.length);
        if (plain == NULL) {
            err_no_memory();
            status = -1;
        } else {
            int64_t length = number_text_strip_underscores(text.text, text.length, plain);
            status = length < 0 ? 0 : parse_plain(plain, length, out);
            mem_free(plain, (size_t)text.length);
        }
    }
    number_text_release(&text);
    if (status == 0)
        return err_format_int(&exc_value_error, "complex() arg is a malformed string");
    return status < 0 ? -1 : 0;
}

/* repr of a component, without ".0"; returns the length. */
static int component_text(double value, bool sign, char *buffer)
{
    int length = 0;
    if (sign && (isnan(value) || !signbit(value)))
        buffer[length++] = '+';
    length += float_format_repr(value, buffer + length);
    if (length > 2 && memcmp(buffer + length - 2, ".0", 2) == 0)
        length -= 2;
    return length;
}

static Obj *complex_repr(ObjRef self)
{
    Pair value = value_of(self);
    char text[80];
    int length = 0;
    if (value.real == 0.0 && !signbit(value.real)) {
        length = component_text(value.imag, false, text);
        text[length++] = 'j';
    } else {
        text[length++] = '(';
        length += component_text(value.real, false, text + length);
        length += component_text(value.imag, true, text + length);
        text[length++] = 'j';
        text[length++] = ')';
    }
    return str_from_latin1(text, length);
}

/* ---- construction */

static Obj *new_of_type(Type *type, Pair value)
{
    if (type == &complex_type)
        return new_pair(value);
    ComplexObj *o = (ComplexObj *)obj_alloc(type, (int64_t)sizeof(ComplexObj));
    if (o == NULL)
        return NULL;
    o->real = value.real;
    o->imag = value.imag;
    obj_track_if_gc(&o->base);
    return &o->base;
}

/* One argument of complex(): its value, and whether it was complex; 0/-1. */
static int read_argument(ObjRef o, bool first, Pair *out, bool *is_complex)
{
    int found = first ? call_complex_method(o, out) : 0;
    if (found == 0 && complex_check(o)) {
        *out = value_of(o);
        found = 1;
    }
    *is_complex = found > 0;
    if (found != 0)
        return found < 0 ? -1 : 0;
    if (obj_type(o)->as_float == NULL && obj_type(o)->index == NULL)
        return first ? err_format_int(&exc_type_error,
                                      "complex() first argument must be a string or a number, not "
                                      "'%T'",
                                      o)
                     : err_format_int(&exc_type_error,
                                      "complex() second argument must be a number, not '%T'", o);
    Obj *real = float_from_object(o);
    if (real == NULL)
        return -1;
    *out = (Pair){float_value(real), 0.0};
    obj_decref(real);
    return 0;
}

static Obj *complex_new_instance(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"complex", 0, 0, 2, 2, {"real", "imag"}};
    ObjRef bound[2];
    Pair real = {0.0, 0.0}, imag = {0.0, 0.0};
    bool real_complex = false, imag_complex = false;
    if (nargs > 2)
        return err_format(&exc_type_error, "complex() takes at most 2 arguments (%lld given)",
                          (long long)nargs);
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0)
        return NULL;
    if (bound[0] != NULL && bound[1] == NULL && type == &complex_type &&
        complex_check_exact(bound[0]))
        return obj_incref(bound[0]);
    if (bound[0] != NULL && str_check(bound[0])) {
        if (bound[1] != NULL)
            return err_string(&exc_type_error,
                              "complex() can't take second arg if first is a string");
        return parse_str(bound[0], &real) < 0 ? NULL : new_of_type(type, real);
    }
    if (bound[1] != NULL && str_check(bound[1]))
        return err_string(&exc_type_error, "complex() second arg can't be a string");
    if (bound[0] != NULL && read_argument(bound[0], true, &real, &real_complex) < 0)
        return NULL;
    if (bound[1] == NULL)
        return new_of_type(type, real);
    if (read_argument(bound[1], false, &imag, &imag_complex) < 0)
        return NULL;
    /* real + imag * 1j, without touching the signs of zeros where the argument was real. */
    Pair value = {real.real, imag.real};
    if (imag_complex)
        value.real -= imag.imag;
    if (real_complex)
        value.imag += real.imag;
    return new_of_type(type, value);
}

int complex_from_object(ObjRef o, double *real, double *imag)
{
    Pair value;
    int found = call_complex_method(o, &value);
    if (found == 0 && complex_check(o)) {
        value = value_of(o);
        found = 1;
    }
    if (found < 0)
        return -1;
    if (found == 0) {
        value.imag = 0.0;
        if (obj_to_double(o, &value.real) < 0)
            return -1;
    }
    *real = value.real;
    *imag = value.imag;
    return 0;
}

/* ---- arithmetic */

/* The value of an operand: 1; 0 when it is no number of ours; -1 with OverflowError. */
static int operand(ObjRef o, Pair *out)
{
    out->imag = 0.0;
    if (complex_check(o)) {
        *out = value_of(o);
    } else if (float_check(o)) {
        out->real = float_value(o);
    } else if (int_check(o)) {
        return int_to_double(o, &out->real) < 0 ? -1 : 1;
    } else {
        return 0;
    }
    return 1;
}

#define READ_OPERANDS(a, b, x, y)                                                                  \
    Pair x, y;                                                                                     \
    do {                                                                                           \
        int status_ = operand(a, &x);                                                              \
        if (status_ > 0)                                                                           \
            status_ = operand(b, &y);                                                              \
        if (status_ <= 0)                                                                          \
            return status_ < 0 ? NULL : not_implemented_new();                                     \
    } while (0)

static Obj *complex_add(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    return complex_new(x.real + y.real, x.imag + y.imag);
}

static Obj *complex_subtract(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    return complex_new(x.real - y.real, x.imag - y.imag);
}

static Pair multiply(Pair x, Pair y)
{
    return (Pair){x.real * y.real - x.imag * y.imag, x.real * y.imag + x.imag * y.real};
}

static Obj *complex_multiply(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    return new_pair(multiply(x, y));
}

/* x / y; *zero is set when y is 0. */
static Pair divide(Pair x, Pair y, bool *zero)
{
    double real_size = fabs(y.real);
    double imag_size = fabs(y.imag);
    if (real_size >= imag_size) {
        if (real_size == 0.0) {
            *zero = true;
            return (Pair){0.0, 0.0};
        }
        double ratio = y.imag / y.real;
        double scale = y.real + y.imag * ratio;
        return (Pair){(x.real + x.imag * ratio) / scale, (x.imag - x.real * ratio) / scale};
    }
    if (imag_size >= real_size) {
        double ratio = y.real / y.imag;
        double scale = y.real * ratio + y.imag;
        return (Pair){(x.real * ratio + x.imag) / scale, (x.imag * ratio - x.real) / scale};
    }
    return (Pair){NAN, NAN};
}

static Obj *complex_true_divide(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    bool zero = false;
    Pair quotient = divide(x, y, &zero);
    if (zero)
        return err_string(&exc_zero_division_error, "complex division by zero");
    return new_pair(quotient);
}

static Pair power_whole(Pair x, int exponent, bool *zero)
{
    Pair result = {1.0, 0.0};
    Pair factor = x;
    for (int n = exponent < 0 ? -exponent : exponent; n > 0; n >>= 1) {
        if ((n & 1) != 0)
            result = multiply(result, factor);
        factor = multiply(factor, factor);
    }
    return exponent > 0 ? result : divide((Pair){1.0, 0.0}, result, zero);
}

static Pair power_polar(Pair x, Pair y, bool *zero)
{
    if (y.real == 0.0 && y.imag == 0.0)
        return (Pair){1.0, 0.0};
    if (x.real == 0.0 && x.imag == 0.0) {
        if (y.imag != 0.0 || y.real < 0.0)
            *zero = true;
        return (Pair){0.0, 0.0};
    }
    double size = hypot(x.real, x.imag);
    double length = pow(size, y.real);
    double angle = atan2(x.imag, x.real);
    double phase = angle * y.real;
    if (y.imag != 0.0) {
        length *= exp(-angle * y.imag);
        phase += y.imag * log(size);
    }
    return (Pair){length * cos(phase), length * sin(phase)};
}

static Obj *complex_power(ObjRef a, ObjRef b, ObjRef third)
{
    READ_OPERANDS(a, b, x, y);
    if (!is_none(third))
        return err_string(&exc_value_error, "complex modulo");
    bool zero = false;
    Pair result = y.imag == 0.0 && y.real == floor(y.real) && fabs(y.real) <= MULTIPLY_MAX
                      ? power_whole(x, (int)y.real, &zero)
                      : power_polar(x, y, &zero);
    if (zero)
        return err_string(&exc_zero_division_error, "0.0 to a negative or complex power");
    if (isinf(result.real) || isinf(result.imag))
        return err_string(&exc_overflow_error, "complex exponentiation");
    return new_pair(result);
}

static Obj *complex_negative(ObjRef o)
{
    Pair value = value_of(o);
    return complex_new(-value.real, -value.imag);
}

static Obj *complex_positive(ObjRef o)
{
    return complex_check_exact(o) ? obj_incref(o) : new_pair(value_of(o));
}

static Obj *complex_absolute(ObjRef o)
{
    Pair value = value_of(o);
    double size = hypot(value.real, value.imag);
    if (isinf(size) && isfinite(value.real) && isfinite(value.imag))
        return err_string(&exc_overflow_error, "absolute value too large");
    return float_new(size);
}

static int complex_truth(ObjRef o)
{
    Pair value = value_of(o);
    return value.real != 0.0 || value.imag != 0.0;
}

static Obj *complex_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (op != CMP_EQ && op != CMP_NE)
        return not_implemented_new();
    Pair x = value_of(self);
    bool equal;
    if (complex_check(other)) {
        Pair y = value_of(other);
        equal = x.real == y.real && x.imag == y.imag;
    } else if (float_check(other)) {
        equal = x.imag == 0.0 && x.real == float_value(other);
    } else if (int_check(other)) {
        equal = x.imag == 0.0;
        if (equal) {
            Obj *real = float_new(x.real);
            if (real == NULL)
                return NULL;
            int same = obj_compare_bool(real, other, CMP_EQ);
            obj_decref(real);
            if (same < 0)
                return NULL;
            equal = same != 0;
        }
    } else {
        return not_implemented_new();
    }
    return bool_new(equal == (op == CMP_EQ));
}

static int64_t complex_hash(ObjRef o)
{
    Pair value = value_of(o);
    uint64_t real =
        (uint64_t)(isnan(value.real) ? object_hash_identity(o) : float_hash_double(value.real));
    uint64_t imag =
        (uint64_t)(isnan(value.imag) ? object_hash_identity(o) : float_hash_double(value.imag));
    int64_t hash = (int64_t)(real + 1000003 * imag);
    return hash == -1 ? -2 : hash;
}

/* ---- methods */

static Obj *method_conjugate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Pair value = value_of(self);
    return complex_new(value.real, -value.imag);
}

static Obj *method_complex(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return complex_positive(self);
}

static Obj *method_format(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "__format__() argument must be str, not %T", args[0]);
    return numformat_format_complex(self, args[0]);
}

static Obj *method_getnewargs(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *items[2] = {float_new(complex_cast(self)->real), float_new(complex_cast(self)->imag)};
    return tuple_from_results_steal(items, 2);
}

static const MethodDef complex_methods[] = {
    {"conjugate", method_conjugate, 0, 0, 0,
     "conjugate($self, /)\n--\n\nThe value with the opposite imaginary part."},
    {"__complex__", method_complex, 0, 0, 0,
     "__complex__($self, /)\n--\n\nThe value as an exact complex."},
    {"__format__", method_format, 1, 1, 0,
     "__format__($self, format_spec, /)\n--\n\nText under a format spec."},
    {"__getnewargs__", method_getnewargs, 0, 0, 0, "__getnewargs__($self, /)\n--\n\n"},
    {0},
};

static const MemberDef complex_members[] = {
    {"real", MEMBER_DOUBLE, offsetof(ComplexObj, real), MEMBER_READONLY, "the real part"},
    {"imag", MEMBER_DOUBLE, offsetof(ComplexObj, imag), MEMBER_READONLY, "the imaginary part"},
    {0},
};

/* ---- type */

Type complex_type = {
    .head = {.base = {1, &type_type.root},
             .name = "complex",
             .flags = TYPE_BASE | TYPE_IMMUTABLE,
             .dealloc = complex_dealloc},
    .doc = "complex(real=0, imag=0)\n--\n\nThe number real + imag * 1j, or one read from text.",
    .basic_size = sizeof(ComplexObj),
    .shape = &complex_type.root,
    .root = {.type = &complex_type.head},
    .repr = complex_repr,
    .hash = complex_hash,
    .compare = complex_compare,
    .new = complex_new_instance,
    .add = complex_add,
    .subtract = complex_subtract,
    .multiply = complex_multiply,
    .true_divide = complex_true_divide,
    .power = complex_power,
    .negative = complex_negative,
    .positive = complex_positive,
    .absolute = complex_absolute,
    .truth = complex_truth,
    .methods = complex_methods,
    .members = complex_members,
};
