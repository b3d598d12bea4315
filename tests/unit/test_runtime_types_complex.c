/* runtime/types/complex.c: text, arithmetic, comparison, conversion. */

#include "runtime/types/complex.h"
#include "tests/unit/runtime.h"

TestSuite(complex, .init = start_runtime, .fini = finish_runtime);

Test(complex, repr_and_text)
{
    expect_repr(complex_new(0, 1), "1j");
    expect_repr(complex_new(-0.0, 1), "(-0+1j)");
    expect_repr(complex_new(1, -0.0), "(1-0j)");
    expect_repr(complex_new(__builtin_nan(""), __builtin_inf()), "(nan+infj)");
    expect_repr(make(complex_type, "s", " ( 1e2-2.5J ) "), "(100-2.5j)");
    expect_repr(make(complex_type, "s", "j"), "1j");
    expect_repr(make(complex_type, "s", "-infj"), "-infj");
    expect_repr(make(complex_type, "if", 1, 2.5), "(1+2.5j)");
    expect_repr(make(complex_type, ""), "0j");
    static const char *const wrong[] = {"", "1+", "1 + 2j", "(1", "1j2", "1+2", "++1j"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        expect_raised(make(complex_type, "s", wrong[i]), &exc_value_error,
                      "complex() arg is a malformed string");
    expect_raised(make(complex_type, "si", "1", 2), &exc_type_error,
                  "complex() can't take second arg if first is a string");
    expect_raised(make(complex_type, "is", 1, "2"), &exc_type_error,
                  "complex() second arg can't be a string");
    expect_raised(make(complex_type, "n"), &exc_type_error,
                  "complex() first argument must be a string or a number, not 'NoneType'");
}

static Obj *compute(double a, double b, BinaryOp op, double c, double d)
{
    Obj *left = complex_new(a, b), *right = complex_new(c, d);
    Obj *result = left == NULL || right == NULL ? NULL : obj_binary(left, right, op);
    obj_xdecref(left);
    obj_xdecref(right);
    return result;
}

Test(complex, arithmetic)
{
    expect_repr(compute(1, 2, BINARY_MULTIPLY, 3, -1), "(5+5j)");
    expect_repr(compute(5, 5, BINARY_TRUE_DIVIDE, 3, -1), "(1+1.9999999999999998j)");
    expect_repr(compute(1e308, 1e308, BINARY_TRUE_DIVIDE, 1e308, 1e308), "(nan+0j)");
    expect_repr(compute(0, 1, BINARY_POWER, 2, 0), "(-1+0j)");
    expect_repr(compute(0, 0, BINARY_POWER, 0, 0), "(1+0j)");
    expect_raised(compute(1, 0, BINARY_TRUE_DIVIDE, 0, 0), &exc_zero_division_error,
                  "complex division by zero");
    expect_raised(compute(0, 0, BINARY_POWER, -1, 0), &exc_zero_division_error,
                  "0.0 to a negative or complex power");
    expect_raised(compute(1e200, 0, BINARY_POWER, 3, 1), &exc_overflow_error,
                  "complex exponentiation");
    expect_raised(compute(1, 0, BINARY_FLOOR_DIVIDE, 1, 0), &exc_type_error,
                  "unsupported operand type(s) for //: 'complex' and 'complex'");
    Obj *z = complex_new(3, 4);
    expect_repr(obj_absolute(z), "5.0");
    expect_repr(method(z, "conjugate", ""), "(3-4j)");
    expect_repr(method(z, "__getnewargs__", ""), "(3.0, 4.0)");
    obj_decref(z);
    z = complex_new(1.7e308, 1.7e308);
    expect_raised(obj_absolute(z), &exc_overflow_error, "absolute value too large");
    obj_decref(z);
}

Test(complex, compares_and_hashes_as_the_number_that_it_is)
{
    Obj *z = complex_new(2, 0), *two = int_new(2), *half = float_new(2.5);
    cr_expect_eq(obj_equal(z, two), 1);
    cr_expect_eq(obj_equal(two, z), 1);
    cr_expect_eq(obj_equal(z, half), 0);
    cr_expect_eq(obj_hash(z), obj_hash(two));
    expect_raised(obj_compare(z, two, CMP_LT), &exc_type_error,
                  "'<' not supported between instances of 'complex' and 'int'");
    expect_raised(make(float_type, "O", z), &exc_type_error,
                  "float() argument must be a string or a real number, not 'complex'");
    double real, imag;
    cr_expect(complex_from_object(half, &real, &imag) == 0 && real == 2.5 && imag == 0);
    cr_expect_eq(complex_from_object(obj_none, &real, &imag), -1);
    expect_error(&exc_type_error, "must be real number, not NoneType");
    obj_decref(z);
    obj_decref(two);
    obj_decref(half);
}

static int work(void)
{
    STEP(make(complex_type, "s", "  1.5+2.5j"));
    STEP(make(complex_type, "ff", 1.5, 2.5));
    STEP(compute(1, 2, BINARY_ADD, 3, 4));
    Obj *z = complex_new(1.5, 2.5);
    if (z == NULL)
        return -1;
    int status =
        drop(obj_repr(z)) < 0 || drop(method(z, "__format__", "s", "*>30.3f")) < 0 ? -1 : 0;
    obj_decref(z);
    return status;
}

Test(complex, every_allocation_may_fail)
{
    fail_each_allocation(work);
}
