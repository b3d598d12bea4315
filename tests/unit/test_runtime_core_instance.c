/* runtime/core/instance.c and shape.c: attribute storage, sizes, __class__, finalisation. */

#include <criterion/criterion.h>
#include <stdio.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/instance.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/core/state.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

static void start(void)
{
    cr_assert_eq(runtime_init(), 0);
}

static void finish(void)
{
    cr_assert_null(err_occurred());
    runtime_finish();
}

TestSuite(instance, .init = start, .fini = finish);

/* class C(base): __slots__ = slots (NULL: none declared). */
static Type *make_class(Type *base, Obj *slots_steal)
{
    Obj *name = str_from_ascii("C"), *bases = tuple_pack(1, base), *dict = dict_new();
    if (slots_steal != NULL)
        cr_assert_eq(dict_set(dict, names.dunder_slots, slots_steal), 0);
    Obj *type = type_new_class(name, bases, dict);
    obj_xdecref(slots_steal);
    obj_decref(name);
    obj_decref(bases);
    obj_decref(dict);
    return (Type *)type;
}

static void set_number(ObjRef o, const char *name, int64_t value)
{
    Obj *number = int_new(value);
    cr_assert_eq(obj_setattr_str(o, name, number), 0);
    obj_decref(number);
}

static int64_t get_number(ObjRef o, const char *name)
{
    Obj *number = obj_getattr_str(o, name);
    cr_assert_not_null(number);
    int64_t value = int_small_value(number);
    obj_decref(number);
    return value;
}

Test(instance, same_attributes_same_shape)
{
    Type *type = make_class(&object_type, NULL);
    Obj *a = obj_call0(&type->head.base), *b = obj_call0(&type->head.base);
    set_number(a, "x", 1);
    set_number(a, "y", 2);
    set_number(b, "x", 3);
    cr_assert_neq(a->shape, b->shape);
    set_number(b, "y", 4);
    cr_assert_eq(a->shape, b->shape);
    set_number(b, "x", 5);
    cr_assert_eq(a->shape, b->shape);
    cr_assert_eq(get_number(b, "x"), 5);
    Obj *y = str_intern_ascii("y");
    cr_assert_eq(shape_find(a->shape, y), 1);
    cr_assert_eq(shape_name_at(a->shape, 1), y);
    obj_decref(y);
    obj_decref(a);
    obj_decref(b);
    obj_decref(&type->head.base);
}

Test(instance, overflow_teaches_the_class)
{
    Type *type = make_class(&object_type, NULL);
    Obj *a = obj_call0(&type->head.base);
    char name[8];
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "n%d", i);
        set_number(a, name, i);
    }
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "n%d", i);
        cr_assert_eq(get_number(a, name), i);
    }
    cr_assert_eq(a->shape->inline_capacity, SHAPE_FIRST_CAPACITY);
    cr_assert_gt(shape_overflow_size(a->shape), 0);
    Obj *b = obj_call0(&type->head.base);
    cr_assert_gt(b->shape->inline_capacity, SHAPE_FIRST_CAPACITY);
    obj_decref(a);
    obj_decref(b);
    obj_decref(&type->head.base);
}

Test(instance, too_many_attributes_go_to_a_dict)
{
    Type *type = make_class(&object_type, NULL);
    Obj *a = obj_call0(&type->head.base);
    char name[8];
    for (int i = 0; i < SHAPE_MAX_SLOTS + 5; i++) {
        snprintf(name, sizeof name, "n%d", i);
        set_number(a, name, i);
    }
    cr_assert(a->shape->flags & SHAPE_DICT);
    cr_assert_eq(get_number(a, "n0"), 0);
    cr_assert_eq(get_number(a, name), SHAPE_MAX_SLOTS + 4);
    obj_decref(a);
    obj_decref(&type->head.base);
}

Test(instance, dict_is_the_storage_once_asked_for)
{
    Type *type = make_class(&object_type, NULL);
    Obj *a = obj_call0(&type->head.base);
    set_number(a, "x", 1);
    Obj *dict = object_dict(a);
    cr_assert(a->shape->flags & SHAPE_DICT);
    cr_assert_eq(dict_length(dict), 1);
    Obj *two = int_new(2);
    cr_assert_eq(dict_set_ascii(dict, "y", two), 0);
    obj_decref(two);
    cr_assert_eq(get_number(a, "y"), 2);
    set_number(a, "z", 3);
    cr_assert_eq(dict_length(dict), 3);
    obj_decref(dict);
    cr_assert_eq(object_set_dict(a, obj_none), -1);
    err_clear();
    obj_decref(a);
    obj_decref(&type->head.base);
}

Test(instance, deleting_keeps_the_others)
{
    Type *type = make_class(&object_type, NULL);
    Obj *a = obj_call0(&type->head.base);
    set_number(a, "x", 1);
    set_number(a, "y", 2);
    set_number(a, "z", 3);
    cr_assert_eq(obj_setattr_str(a, "z", NULL), 0);
    cr_assert_not(a->shape->flags & SHAPE_DICT, "the last one goes back to the parent shape");
    cr_assert_eq(obj_setattr_str(a, "x", NULL), 0);
    cr_assert_eq(get_number(a, "y"), 2);
    cr_assert_eq(obj_setattr_str(a, "x", NULL), -1);
    cr_assert(err_matches(&exc_attribute_error));
    err_clear();
    obj_decref(a);
    obj_decref(&type->head.base);
}

Test(instance, slots_lie_in_the_object)
{
    Type *type = make_class(&object_type, tuple_pack(2, names.name, names.value));
    cr_assert_eq(type->basic_size, (int64_t)sizeof(Obj) + 16);
    cr_assert_not(type->head.flags & TYPE_EXTRA);
    Obj *a = obj_call0(&type->head.base);
    set_number(a, "name", 1);
    cr_assert_eq(get_number(a, "name"), 1);
    cr_assert_null(obj_getattr(a, names.value));
    cr_assert(err_matches(&exc_attribute_error));
    err_clear();
    cr_assert_eq(obj_setattr(a, names.self, obj_none), -1);
    err_clear();
    cr_assert_eq(obj_size(a), (int64_t)(sizeof(GcLink) + sizeof(Obj)) + 16);
    obj_decref(a);
    obj_decref(&type->head.base);
}

Test(instance, slots_of_variable_sized_bases_lie_before)
{
    Type *type = make_class(&str_type, tuple_pack(3, names.name, names.value, names.self));
    Obj *text = str_from_ascii("some text"), *a = obj_call1(&type->head.base, text);
    cr_assert_not_null(a);
    set_number(a, "name", 1);
    set_number(a, "value", 2);
    set_number(a, "self", 3);
    cr_assert_eq(get_number(a, "name") + get_number(a, "value") + get_number(a, "self"), 6);
    cr_assert(str_equal(a, text));
    Type *derived = make_class(type, NULL);
    Obj *b = obj_call1(&derived->head.base, text);
    set_number(b, "name", 4);
    set_number(b, "other", 5);
    cr_assert_eq(get_number(b, "name") + get_number(b, "other"), 9);
    obj_decref(b);
    obj_decref(&derived->head.base);
    obj_decref(text);
    obj_decref(a);
    obj_decref(&type->head.base);
}

Test(instance, class_may_change_where_the_layout_is_the_same)
{
    Type *one = make_class(&object_type, NULL), *two = make_class(&object_type, NULL);
    Type *slotted = make_class(&object_type, tuple_pack(1, names.name));
    Obj *a = obj_call0(&one->head.base);
    set_number(a, "x", 1);
    set_number(a, "y", 2);
    cr_assert_eq(obj_setattr(a, names.dunder_class, &two->head.base), 0);
    cr_assert_eq(obj_type(a), two);
    cr_assert_eq(get_number(a, "y"), 2);
    cr_assert_eq(obj_setattr(a, names.dunder_class, &slotted->head.base), -1);
    cr_assert(err_matches(&exc_type_error));
    err_clear();
    obj_decref(a);
    obj_decref(&one->head.base);
    obj_decref(&two->head.base);
    obj_decref(&slotted->head.base);
}

static int finalized;
static Obj *revived;

static Obj *on_delete(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    finalized++;
    if (nargs == 1)
        revived = obj_incref(args[0]);
    return none_new();
}

static const MethodDef on_delete_def = {"__del__", on_delete, 0, -1, 0, NULL};

Test(instance, finaliser_runs_once)
{
    Type *type = make_class(&object_type, NULL);
    Obj *function = builtin_function_new(&on_delete_def, NULL, NULL);
    finalized = 0;
    cr_assert_eq(obj_setattr(&type->head.base, names.dunder_del, function), 0);
    obj_decref(obj_call0(&type->head.base));
    cr_assert_eq(finalized, 1);
    Obj *cycle = obj_call0(&type->head.base);
    cr_assert_eq(obj_setattr(cycle, names.self, cycle), 0);
    obj_decref(cycle);
    cr_assert_eq(finalized, 1);
    gc_collect(2);
    cr_assert_eq(finalized, 2);
    obj_decref(function);
    obj_decref(&type->head.base);
    cr_assert_null(revived);
}

Test(instance, failing_allocations_leave_the_instance_whole)
{
    Type *type = make_class(&object_type, NULL);
    for (uint64_t n = 1; n < 40; n++) {
        Obj *a = obj_call0(&type->head.base);
        set_number(a, "x", 1);
        Obj *name = str_intern_ascii("made_up_name");
        mem_fail_after(n);
        int status = obj_setattr(a, name, obj_none);
        mem_fail_after(0);
        if (status < 0) {
            cr_assert(err_matches(&exc_memory_error));
            err_clear();
        }
        cr_assert_eq(get_number(a, "x"), 1);
        obj_decref(name);
        obj_decref(a);
    }
    obj_decref(&type->head.base);
}
