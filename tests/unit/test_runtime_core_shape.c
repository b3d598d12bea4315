/* runtime/core/shape.h: the tree of hidden classes of one type. */

#include "runtime/core/shape.h"
#include "tests/unit/runtime.h"

static Type *cls;

static void start(void)
{
    start_runtime();
    Obj *name = str_from_ascii("C"), *bases = build("(O)", &object_type), *dict = dict_new();
    cls = (Type *)type_new_class(name, bases, dict);
    cr_assert_not_null(cls);
    obj_decref(name);
    obj_decref(bases);
    obj_decref(dict);
}

static void finish(void)
{
    obj_decref(&cls->head.base);
    finish_runtime();
}

TestSuite(shape, .init = start, .fini = finish);

Test(shape, same_names_in_the_same_order_share_a_shape)
{
    Obj *a = str_intern_ascii("a"), *b = str_intern_ascii("b");
    Shape *root = cls->shape;
    Shape *only_a = shape_add(root, a), *only_b = shape_add(root, b);
    Shape *both = shape_add(only_a, b), *other = shape_add(only_b, a);
    cr_expect_eq(shape_add(root, a), only_a);
    cr_expect_eq(shape_add(only_a, b), both);
    cr_expect_neq(both, other, "another order is another layout");
    cr_expect_eq(both->slot_count, 2);
    cr_expect_eq(shape_find(both, a), 0);
    cr_expect_eq(shape_find(both, b), 1);
    cr_expect_eq(shape_find(other, a), 1);
    cr_expect_eq(shape_find(only_a, b), -1);
    cr_expect_eq(shape_name_at(both, 1), b);
    cr_expect_eq(both->parent, only_a);
    obj_decref(a);
    obj_decref(b);
}

Test(shape, many_names_are_found_and_then_comes_the_end)
{
    Shape *shape = cls->shape;
    char text[16];
    for (int i = 0; i < SHAPE_MAX_SLOTS; i++) {
        snprintf(text, sizeof text, "name%d", i);
        Obj *name = str_intern_ascii(text);
        shape = shape_add(shape, name);
        cr_assert_not_null(shape);
        cr_assert_eq(shape_find(shape, name), i);
        obj_decref(name);
    }
    Obj *first = str_intern_ascii("name0"), *last = str_intern_ascii("name63"),
        *more = str_intern_ascii("more");
    cr_expect_eq(shape_find(shape, first), 0);
    cr_expect_eq(shape_find(shape, last), SHAPE_MAX_SLOTS - 1);
    cr_expect_eq(shape_find(shape, more), -1);
    cr_expect_null(shape_add(shape, more));
    cr_expect_null(err_occurred(), "the limit is no error: dict mode comes");
    obj_decref(first);
    obj_decref(last);
    obj_decref(more);
}

Test(shape, dict_mode_keeps_the_block)
{
    Obj *a = str_intern_ascii("a");
    Shape *shape = shape_add(cls->shape, a), *dict_shape = shape_dict_mode(shape);
    cr_expect(dict_shape->flags & SHAPE_DICT);
    cr_expect_eq(dict_shape->inline_capacity, shape->inline_capacity);
    cr_expect_eq(dict_shape->type, shape->type);
    cr_expect_eq(shape_dict_mode(shape), dict_shape);
    cr_expect_eq(shape_overflow_size(dict_shape), 0);
    cr_expect(shape_belongs(cls, shape));
    cr_expect(shape_belongs(cls, dict_shape));
    cr_expect_not(shape_belongs(cls, &list_type.root));
    cr_expect_not(shape_belongs(cls, (const char *)shape + 1));
    obj_decref(a);
}

Test(shape, a_class_learns_how_many_attributes_come)
{
    Shape *first = cls->shape;
    cr_expect_eq(first->inline_capacity, SHAPE_FIRST_CAPACITY);
    shape_learn(cls, SHAPE_FIRST_CAPACITY);
    cr_expect_gt(cls->shape->inline_capacity, SHAPE_FIRST_CAPACITY);
    shape_learn(cls, 1000);
    cr_expect_leq(cls->shape->inline_capacity, SHAPE_MAX_CAPACITY);
    cr_expect_eq(shape_root_for(cls, SHAPE_FIRST_CAPACITY), first, "the old root is kept");
    cr_expect_null(err_occurred());
}

Test(shape, overflow_grows_in_powers_of_two)
{
    Shape shape = {.slot_count = 4, .inline_capacity = 4};
    cr_expect_eq(shape_overflow_size(&shape), 0);
    shape.slot_count = 5;
    cr_expect_eq(shape_overflow_size(&shape), 4 * (int64_t)sizeof(Obj *));
    shape.slot_count = 9;
    cr_expect_eq(shape_overflow_size(&shape), 8 * (int64_t)sizeof(Obj *));
}

/* An instance with more attributes than fit inside, in a class made for it. */
static int fill_an_instance(void)
{
    Obj *type = make(type_type, "s(O){}", "D", &object_type), *o = NULL;
    int status = -1;
    if (type == NULL || (o = obj_call0(type)) == NULL)
        goto done;
    for (int i = 0; i < 12; i++) {
        char text[8];
        snprintf(text, sizeof text, "x%d", i);
        Obj *value = int_new(1000 + i);
        int stored = value == NULL ? -1 : obj_setattr_str(o, text, value);
        obj_xdecref(value);
        if (stored < 0)
            goto done;
    }
    if (obj_setattr_str(o, "x3", NULL) < 0) /* now in dict mode */
        goto done;
    status = 0;
done:
    obj_xdecref(o);
    obj_xdecref(type);
    if (bytes_in_use() != 0)
        gc_collect(GC_GENERATIONS - 1); /* a class is a cycle */
    return status;
}

Test(shape, every_allocation_may_fail)
{
    fail_each_allocation(fill_an_instance);
}
