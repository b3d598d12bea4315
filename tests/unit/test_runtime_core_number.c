/* runtime/core/number.c: operators through the slots of both operands. */

#include "runtime/types/complex.h"
#include "tests/unit/vm_interp.h"

TestSuite(number, .init = vm_start, .fini = vm_stop);

static Obj *binary(Obj *a_steal, Obj *b_steal, BinaryOp op)
{
    Obj *result = obj_binary(a_steal, b_steal, op);
    obj_decref(a_steal);
    obj_decref(b_steal);
    return result;
}

Test(number, mixed_types_meet_in_the_wider_one)
{
    expect_repr(binary(int_new(7), int_new(2), BINARY_TRUE_DIVIDE), "3.5");
    expect_repr(binary(int_new(-7), int_new(2), BINARY_FLOOR_DIVIDE), "-4");
    expect_repr(binary(int_new(-7), int_new(2), BINARY_REMAINDER), "1");
    expect_repr(binary(int_new(7), float_new(0.5), BINARY_ADD), "7.5");
    expect_repr(binary(float_new(0.5), complex_new(0, 1), BINARY_MULTIPLY), "0.5j");
    expect_repr(binary(bool_new(true), bool_new(true), BINARY_AND), "True");
    expect_repr(binary(bool_new(true), bool_new(true), BINARY_ADD), "2");
    expect_repr(binary(int_new(2), int_new(-1), BINARY_POWER), "0.5");
    expect_repr(binary(int_new(1), int_new(100), BINARY_LSHIFT), "1267650600228229401496703205376");
}

Test(number, errors_name_operator_and_types)
{
    expect_raised(binary(int_new(1), none_new(), BINARY_MATRIX_MULTIPLY), &exc_type_error,
                  "unsupported operand type(s) for @: 'int' and 'NoneType'");
    expect_raised(binary(none_new(), int_new(1), BINARY_XOR), &exc_type_error,
                  "unsupported operand type(s) for ^: 'NoneType' and 'int'");
    expect_raised(binary(int_new(1), int_new(0), BINARY_FLOOR_DIVIDE), &exc_zero_division_error,
                  "integer division or modulo by zero");
    expect_raised(binary(int_new(1), int_new(-1), BINARY_LSHIFT), &exc_value_error,
                  "negative shift count");
    Obj *a = int_new(2), *b = int_new(5), *c = int_new(0), *s = str_from_ascii("x");
    expect_raised(obj_power(a, b, c), &exc_value_error, "pow() 3rd argument cannot be 0");
    expect_raised(obj_power(a, b, s), &exc_type_error,
                  "unsupported operand type(s) for ** or pow(): 'int', 'int', 'str'");
    expect_raised(obj_divmod(a, s), &exc_type_error,
                  "unsupported operand type(s) for divmod(): 'int' and 'str'");
    expect_raised(obj_binary_inplace(a, s, BINARY_POWER), &exc_type_error,
                  "unsupported operand type(s) for **=: 'int' and 'str'");
    expect_raised(obj_invert(s), &exc_type_error, "bad operand type for unary ~: 'str'");
    expect_raised(obj_absolute(s), &exc_type_error, "bad operand type for abs(): 'str'");
    obj_decref(a);
    obj_decref(b);
    obj_decref(c);
    obj_decref(s);
}

Test(number, a_subclass_on_the_right_goes_first)
{
    vm_exec_ok("class L:\n  def __add__(s, o): return 'left'\n"
               "class R(L):\n  def __radd__(s, o): return 'right'\n"
               "class N(L):\n  def __radd__(s, o): return NotImplemented\n"
               "l, r, n = L(), R(), N()");
    expect_repr(obj_binary(vm_global("l"), vm_global("r"), BINARY_ADD), "'right'");
    expect_repr(obj_binary(vm_global("l"), vm_global("n"), BINARY_ADD), "'left'");
    expect_repr(obj_binary(vm_global("r"), vm_global("l"), BINARY_ADD), "'left'");
}

Test(number, inplace_falls_back)
{
    Obj *list = numbers(1), *tuple = build("(i)", 5);
    Obj *same = obj_binary_inplace(list, tuple, BINARY_ADD);
    cr_expect_eq(same, list, "a list grows in place");
    expect_repr(same, "[0, 5]");
    Obj *longer = obj_binary_inplace(tuple, tuple, BINARY_ADD);
    cr_expect_neq(longer, tuple);
    expect_repr(longer, "(5, 5)");
    cr_expect_eq(tuple->refcnt, 1);
    obj_decref(tuple);
    obj_decref(list);
}

Test(number, index_and_its_ends)
{
    Obj *big = int_from_text("-100000000000000000000", 22, 10), *half = float_new(0.5);
    int64_t number;
    cr_expect_eq(obj_as_index(big, NULL), INT64_MIN, "clipped");
    cr_expect_null(err_occurred());
    cr_expect_eq(obj_as_index(big, &exc_index_error.head.base), -1);
    expect_error(&exc_index_error, "cannot fit 'int' into an index-sized integer");
    cr_expect_eq(obj_to_int64(big, &number), -1);
    expect_error(&exc_index_error, "cannot fit 'int' into an index-sized integer");
    expect_raised(obj_index(half), &exc_type_error,
                  "'float' object cannot be interpreted as an integer");
    vm_exec_ok("class I:\n  def __index__(s): return 'x'\ni = I()");
    expect_raised(obj_index(vm_global("i")), &exc_type_error,
                  "__index__ returned non-int (type str)");
    obj_decref(big);
    obj_decref(half);
}

Test(number, doubles_from_objects)
{
    double value = 0;
    Obj *three = int_new(3), *text = str_from_ascii("1.5");
    cr_expect(obj_to_double(three, &value) == 0 && value == 3.0);
    cr_expect_eq(obj_to_double(text, &value), -1);
    expect_error(&exc_type_error, "must be real number, not str");
    vm_exec_ok("class F:\n  def __float__(s): return 'x'\nf = F()\n"
               "class G:\n  def __index__(s): return 10 ** 400\ng = G()");
    cr_expect_eq(obj_to_double(vm_global("f"), &value), -1);
    expect_error(&exc_type_error, "F.__float__ returned non-float (type str)");
    cr_expect_eq(obj_to_double(vm_global("g"), &value), -1);
    expect_error(&exc_overflow_error, "int too large to convert to float");
    obj_decref(three);
    obj_decref(text);
}

static int compute(void)
{
    Obj *a = int_from_text("123456789012345678901234567890", 30, 10), *b = float_new(2.5),
        *c = int_new(70000);
    int status = a == NULL || b == NULL || c == NULL ||
                         drop(obj_binary(a, a, BINARY_MULTIPLY)) < 0 ||
                         drop(obj_power(a, c, a)) < 0 || drop(obj_divmod(a, c)) < 0 ||
                         drop(obj_binary(b, c, BINARY_ADD)) < 0 || drop(obj_negative(a)) < 0 ||
                         drop(obj_invert(a)) < 0
                     ? -1
                     : 0;
    obj_xdecref(a);
    obj_xdecref(b);
    obj_xdecref(c);
    return status;
}

Test(number, every_allocation_may_fail)
{
    fail_each_allocation(compute);
}
