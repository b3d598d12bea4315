/* runtime/core/type.h: lookup and its cache, classes made at run time, slots, order of bases. */

#include <criterion/criterion.h>

#include "runtime/core/err.h"
#include "runtime/core/mro.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/core/type_slots.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
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

TestSuite(type, .init = start, .fini = finish);

/* class NAME(bases…): new reference. */
static Type *make_class(const char *name, Obj *bases_steal, ObjRef namespace)
{
    Obj *text = str_from_ascii(name);
    Obj *dict = namespace == NULL ? dict_new() : dict_copy(namespace);
    Obj *type = type_new_class(text, bases_steal, dict);
    obj_decref(text);
    obj_decref(dict);
    obj_decref(bases_steal);
    return (Type *)type;
}

static Type *subclass(const char *name, Type *base)
{
    return make_class(name, tuple_pack(1, base), NULL);
}

static void drop(Type *type)
{
    obj_decref(&type->head.base);
}

/* The pending exception must be of this type and text; clears it. */
static void expect_error(const Type *type, const char *text)
{
    cr_assert_not_null(err_occurred());
    cr_assert(err_matches(type));
    Obj *error = err_fetch();
    Obj *message = obj_str(error);
    cr_assert_str_eq(str_utf8(message, NULL), text);
    obj_decref(message);
    obj_decref(error);
}

/* A function that C code can put into a class: returns 42. */
static Obj *forty_two(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return int_new(42);
}

static const MethodDef forty_two_def = {"forty_two", forty_two, 0, -1, METHOD_KEYWORDS, NULL};

Test(type, builtin_types_are_ready)
{
    cr_assert(int_type.head.flags & TYPE_READY);
    cr_assert_str_eq(type_name(&int_type), "int");
    cr_assert_eq(tuple_length(int_type.mro), 2);
    cr_assert_eq(tuple_peek(int_type.mro, 1), &object_type.head.base);
    cr_assert_not_null(type_lookup(&int_type, names.dunder_add));
    cr_assert_eq(obj_type(type_lookup(&int_type, names.dunder_add)), &slot_wrapper_type);
    cr_assert(type_is_subtype(&bool_type, &int_type));
    cr_assert_not(type_is_subtype(&int_type, &bool_type));
}

Test(type, lookup_sees_every_change_of_a_class)
{
    Type *base = subclass("Base", &object_type), *derived = subclass("Derived", base);
    Obj *name = str_intern_ascii("attribute"), *one = int_new(1000), *two = int_new(2000);
    cr_assert_null(type_lookup(derived, name));
    cr_assert_eq(obj_setattr(&base->head.base, name, one), 0);
    cr_assert_eq(type_lookup(derived, name), one);
    uint64_t epoch = type_epoch;
    cr_assert_eq(obj_setattr(&base->head.base, name, two), 0);
    cr_assert_eq(type_lookup(derived, name), two);
    cr_assert_eq(type_epoch, epoch, "data for data leaves the epoch");
    cr_assert_eq(obj_setattr(&derived->head.base, name, one), 0);
    cr_assert_gt(type_epoch, epoch);
    cr_assert_eq(type_lookup(derived, name), one);
    cr_assert_eq(obj_setattr(&derived->head.base, name, NULL), 0);
    cr_assert_eq(type_lookup(derived, name), two);
    obj_decref(one);
    obj_decref(two);
    obj_decref(name);
    drop(derived);
    drop(base);
}

Test(type, slots_follow_methods_in_subclasses)
{
    Type *base = subclass("Base", &object_type), *derived = subclass("Derived", base);
    Obj *function = builtin_function_new(&forty_two_def, NULL, NULL);
    cr_assert_null(derived->length);
    cr_assert_eq(obj_setattr(&base->head.base, names.dunder_len, function), 0);
    cr_assert_not_null(derived->length);
    Obj *instance = obj_call0(&derived->head.base);
    cr_assert_eq(obj_length(instance), 42);
    cr_assert_eq(obj_setattr(&base->head.base, names.dunder_len, NULL), 0);
    cr_assert_null(derived->length);
    cr_assert_eq(obj_length(instance), -1);
    expect_error(&exc_type_error, "object of type 'Derived' has no len()");
    obj_decref(instance);
    obj_decref(function);
    drop(derived);
    drop(base);
}

Test(type, subclasses_of_builtins_keep_their_slots)
{
    Type *type = subclass("L", &list_type);
    cr_assert_eq((SlotFn)type->get_item, (SlotFn)list_type.get_item);
    cr_assert_eq((SlotFn)type->item, (SlotFn)list_type.item);
    cr_assert_eq((SlotFn)type->concat, (SlotFn)list_type.concat);
    cr_assert_null(type->add);
    Obj *function = builtin_function_new(&forty_two_def, NULL, NULL);
    cr_assert_eq(obj_setattr(&type->head.base, names.dunder_getitem, function), 0);
    cr_assert_null(type->item, "the fast path would go round __getitem__");
    Obj *list = obj_call0(&type->head.base);
    Obj *item = obj_getitem_index(list, 7);
    cr_assert_eq(int_small_value(item), 42);
    obj_decref(item);
    obj_decref(list);
    obj_decref(function);
    drop(type);
}

Test(type, diamond_is_ordered_by_c3)
{
    Type *a = subclass("A", &object_type), *b = subclass("B", a), *c = subclass("C", a);
    Type *d = make_class("D", tuple_pack(2, b, c), NULL);
    const Type *expected[] = {d, b, c, a, &object_type};
    cr_assert_eq(tuple_length(d->mro), 5);
    for (int i = 0; i < 5; i++)
        cr_assert_eq(tuple_peek(d->mro, i), &expected[i]->head.base);
    cr_assert_null(make_class("X", tuple_pack(2, a, b), NULL));
    expect_error(&exc_type_error, "Cannot create a consistent method resolution\n"
                                  "order (MRO) for bases A, B");
    cr_assert_null(make_class("X", tuple_pack(2, a, a), NULL));
    expect_error(&exc_type_error, "duplicate base class A");
    drop(d);
    drop(c);
    drop(b);
    drop(a);
}

Test(type, conflicting_layouts_are_refused)
{
    cr_assert_null(make_class("X", tuple_pack(2, &int_type, &list_type), NULL));
    expect_error(&exc_type_error, "multiple bases have instance lay-out conflict");
    cr_assert_null(subclass("X", &bool_type));
    expect_error(&exc_type_error, "type 'bool' is not an acceptable base type");
}

Test(type, builtin_types_cannot_be_changed)
{
    Obj *name = str_intern_ascii("attribute");
    cr_assert_eq(obj_setattr(&int_type.head.base, name, obj_none), -1);
    expect_error(&exc_type_error, "cannot set 'attribute' attribute of immutable type 'int'");
    obj_decref(name);
}

Test(type, a_class_goes_with_its_last_reference_and_the_collector)
{
    Type *base = subclass("Base", &object_type);
    Obj *method = obj_getattr_str(&base->head.base, "__subclasses__");
    drop(subclass("Derived", base));
    gc_collect(2);
    Obj *list = obj_call0(method);
    cr_assert_eq(list_length(list), 0);
    obj_decref(list);
    obj_decref(method);
    drop(base);
}

Test(type, new_exception_has_module_and_base)
{
    Obj *type = type_new_exception("pkg.Error", &exc_value_error.head.base, NULL);
    cr_assert(type_is_subtype((Type *)type, &exc_value_error));
    Obj *text = obj_repr(type);
    cr_assert_str_eq(str_utf8(text, NULL), "<class 'pkg.Error'>");
    obj_decref(text);
    obj_decref(type);
}

Test(type, builtin_new_is_guarded)
{
    Obj *new = obj_getattr_str(&object_type.head.base, "__new__");
    cr_assert_null(obj_call1(new, &int_type.head.base));
    expect_error(&exc_type_error, "object.__new__(int) is not safe, use int.__new__()");
    cr_assert_null(obj_call0(new));
    expect_error(&exc_type_error, "object.__new__(): not enough arguments");
    obj_decref(new);
}

Test(type, start_and_finish_twice)
{
    runtime_finish();
    cr_assert_eq(runtime_init(), 0);
    Type *type = subclass("C", &object_type);
    Obj *instance = obj_call0(&type->head.base);
    cr_assert_not_null(instance);
    obj_decref(instance);
    drop(type);
}
