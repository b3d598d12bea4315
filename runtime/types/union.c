/*
 * types.UnionType: int | str (PEP 604).
 *
 * The members are flat, without repetitions, in order of appearance; None stands for NoneType.
 */

#include "runtime/types/union.h"

#include <stddef.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/generic_params.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct UnionObj {
    Obj base;
    Obj *args;       /* owned tuple of at least two */
    Obj *parameters; /* owned tuple; NULL: not computed yet */
} UnionObj;

#define union_cast(o) ((UnionObj *)(o))
#define union_check(o) (obj_type(o) == &union_type)

/* ---------------------------------------------------------------- lifecycle */

static bool may_be_member(ObjRef o)
{
    return is_none(o) || obj_has_flag(o, TYPE_TYPE) || obj_is(o, &generic_alias_type) ||
           union_check(o);
}

/* Adds a member unless an equal one is there. */
static int add_member(ObjRef list, ObjRef member)
{
    if (is_none(member))
        member = &none_type.head.base;
    for (int64_t i = 0; i < list_length(list); i++) {
        ObjRef known = list_peek(list, i);
        if (known == member)
            return 0;
        if (obj_is(known, &generic_alias_type) && obj_is(member, &generic_alias_type)) {
            int equal = obj_equal(known, member);
            if (equal != 0)
                return equal < 0 ? -1 : 0;
        }
    }
    return list_append(list, member);
}

static int add_members(ObjRef list, ObjRef o)
{
    if (!union_check(o))
        return add_member(list, o);
    ObjRef args = union_args(o);
    for (int64_t i = 0; i < tuple_length(args); i++) {
        if (add_member(list, tuple_peek(args, i)) < 0)
            return -1;
    }
    return 0;
}

static Obj *from_list(ObjRef list)
{
    if (list_length(list) == 1)
        return obj_incref(list_peek(list, 0));
    Obj *args = list_to_tuple(list);
    UnionObj *self =
        args == NULL ? NULL : (UnionObj *)obj_new_gc(&union_type, (int64_t)sizeof(UnionObj));
    if (self == NULL) {
        obj_xdecref(args);
        return NULL;
    }
    self->args = args;
    self->parameters = NULL;
    gc_track(&self->base);
    return &self->base;
}

Obj *union_or(ObjRef left, ObjRef right)
{
    if (!may_be_member(left) || !may_be_member(right))
        return not_implemented_new();
    Obj *list = list_new(0), *result = NULL;
    if (list != NULL && add_members(list, left) == 0 && add_members(list, right) == 0)
        result = from_list(list);
    obj_xdecref(list);
    return result;
}

ObjRef union_args(ObjRef self)
{
    return union_cast(self)->args;
}

static int union_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(union_cast(self)->args);
    GC_VISIT(union_cast(self)->parameters);
    return 0;
}

static void union_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&union_cast(self)->args);
    obj_clear(&union_cast(self)->parameters);
    obj_free(self, (int64_t)sizeof(UnionObj));
}

/* ---------------------------------------------------------------- operations */

static Obj *union_repr(ObjRef self)
{
    ObjRef args = union_args(self);
    StrBuilder b;
    str_builder_init(&b);
    for (int64_t i = 0; i < tuple_length(args); i++) {
        if ((i > 0 && str_builder_add_ascii(&b, " | ") < 0) ||
            generic_params_add_name(&b, tuple_peek(args, i)) < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

static int64_t union_hash(ObjRef self)
{
    Obj *members = frozenset_new(union_args(self));
    int64_t hash = members == NULL ? -1 : obj_hash(members);
    obj_xdecref(members);
    return hash;
}

static Obj *union_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !union_check(other))
        return not_implemented_new();
    Obj *a = frozenset_new(union_args(self)), *result = NULL;
    Obj *b = a == NULL ? NULL : frozenset_new(union_args(other));
    if (b != NULL)
        result = obj_compare(a, b, op);
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

static Obj *get_parameters(ObjRef self)
{
    if (union_cast(self)->parameters == NULL)
        union_cast(self)->parameters = generic_params_collect(union_args(self));
    return obj_xincref(union_cast(self)->parameters);
}

static Obj *union_getitem(ObjRef self, ObjRef item)
{
    Obj *parameters = get_parameters(self), *result = NULL;
    Obj *args = parameters == NULL
                    ? NULL
                    : generic_params_substitute(self, union_args(self), parameters, item);
    for (int64_t i = 0; args != NULL && i < tuple_length(args); i++) {
        if (i == 0) {
            result = obj_incref(tuple_peek(args, 0));
            continue;
        }
        obj_replace(&result, obj_binary(result, tuple_peek(args, i), BINARY_OR));
        if (result == NULL)
            break;
    }
    obj_xdecref(parameters);
    obj_xdecref(args);
    return result;
}

/* ---------------------------------------------------------------- methods */

/* Parameterised generics among the members refuse by themselves. */
static Obj *any_member(ObjRef self, ObjRef o, int (*check)(ObjRef, ObjRef))
{
    ObjRef args = union_args(self);
    int result = 0;
    for (int64_t i = 0; i < tuple_length(args) && result == 0; i++)
        result = check(o, tuple_peek(args, i));
    return result < 0 ? NULL : bool_new(result != 0);
}

static Obj *union_instancecheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return any_member(self, args[0], obj_isinstance);
}

static Obj *union_subclasscheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (!obj_has_flag(args[0], TYPE_TYPE))
        return err_format(&exc_type_error, "issubclass() arg 1 must be a class");
    return any_member(self, args[0], obj_issubclass);
}

static const MethodDef union_methods[] = {
    {"__instancecheck__", union_instancecheck, 1, 1, 0, NULL},
    {"__subclasscheck__", union_subclasscheck, 1, 1, 0, NULL},
    {0},
};

static const MemberDef union_members[] = {
    {"__args__", MEMBER_OBJ, offsetof(UnionObj, args), MEMBER_READONLY, NULL},
    {0},
};

static const GetSetDef union_getset[] = {
    {"__parameters__", get_parameters, NULL, "Type variables in the types.UnionType."},
    {0},
};

Type union_type = {
    .head = {.base = {1, &type_type.root},
             .name = "types.UnionType",
             .flags = TYPE_GC,
             .traverse = union_traverse,
             .dealloc = union_dealloc},
    .basic_size = sizeof(UnionObj),
    .doc = "Represent a PEP 604 union type\n\nE.g. for int | str",
    .repr = union_repr,
    .hash = union_hash,
    .compare = union_compare,
    .bit_or = union_or,
    .get_item = union_getitem,
    .methods = union_methods,
    .members = union_members,
    .getset = union_getset,
};
