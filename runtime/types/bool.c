/*
 * bool: the two ints False and True.
 *
 * Both objects are static and exist for the life of the process; arithmetic is inherited from int
 * (int.c), only & | ^ of two bools stay bool.
 */
#include "runtime/core/args.h"
#include "runtime/core/names.h"
#include "runtime/types/int.h"

IntObj false_object = {{1, &bool_type.root}, 0};
IntObj true_object = {{1, &bool_type.root}, 1};

static Obj *bool_new_instance(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type;
    if (args_no_keywords("bool", kwnames) < 0 || args_check_count("bool", nargs, 0, 1) < 0)
        return NULL;
    int truth = nargs == 0 ? 0 : obj_truth(args[0]);
    return truth < 0 ? NULL : bool_new(truth != 0);
}

static Obj *bool_repr(ObjRef o)
{
    return obj_incref(int_small_value(o) != 0 ? names.true_ : names.false_);
}

static Obj *bool_and(ObjRef a, ObjRef b)
{
    if (bool_check(a) && bool_check(b))
        return bool_new((int_small_value(a) & int_small_value(b)) != 0);
    return int_type.bit_and(a, b);
}

static Obj *bool_or(ObjRef a, ObjRef b)
{
    if (bool_check(a) && bool_check(b))
        return bool_new((int_small_value(a) | int_small_value(b)) != 0);
    return int_type.bit_or(a, b);
}

static Obj *bool_xor(ObjRef a, ObjRef b)
{
    if (bool_check(a) && bool_check(b))
        return bool_new(int_small_value(a) != int_small_value(b));
    return int_type.bit_xor(a, b);
}

Type bool_type = {
    .head = {.base = {1, &type_type.root},
             .name = "bool",
             .flags = TYPE_INT | TYPE_VAR | TYPE_IMMUTABLE},
    .doc =
        "bool(x) -> bool\n\nTrue when the argument is true, else False.  The only instances are\n"
        "True and False, and the class cannot be subclassed.",
    .basic_size = sizeof(IntObj),
    .item_size = sizeof(uint64_t),
    .base = &int_type,
    .shape = &bool_type.root,
    .root = {.type = &bool_type.head, .flags = SHAPE_SMALL_INT},
    .repr = bool_repr,
    .new = bool_new_instance,
    .bit_and = bool_and,
    .bit_xor = bool_xor,
    .bit_or = bool_or,
};
