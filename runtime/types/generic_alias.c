/*
 * types.GenericAlias: list[int] and its like (PEP 585).
 *
 * An alias behaves as its origin for calls and attributes; a few attributes are its own.  Type
 * variables are anything with __typing_subst__; indexing an alias that contains some replaces them.
 */

#include "runtime/types/generic_alias.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_params.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/union.h"
#include "runtime/types/weakref.h"

typedef struct GenericAliasObj {
    Obj base;
    Obj *origin;     /* owned; never NULL */
    Obj *args;       /* owned tuple */
    Obj *parameters; /* owned tuple; NULL: not computed yet */
    Obj *weak_list;
    bool starred; /* *tuple[int] */
} GenericAliasObj;

#define alias_cast(o) ((GenericAliasObj *)(o))
#define alias_check(o) obj_is(o, &generic_alias_type)

/* ---------------------------------------------------------------- lifecycle */

static Obj *alias_make(Type *type, ObjRef origin, ObjRef args)
{
    Obj *tuple = tuple_check(args) ? obj_incref(args) : tuple_pack(1, args);
    Obj *self = tuple == NULL ? NULL : obj_alloc(type, (int64_t)sizeof(GenericAliasObj));
    if (self == NULL) {
        obj_xdecref(tuple);
        return NULL;
    }
    alias_cast(self)->origin = obj_incref(origin);
    alias_cast(self)->args = tuple;
    gc_track(self);
    return self;
}

Obj *generic_alias_new(ObjRef origin, ObjRef args)
{
    return alias_make(&generic_alias_type, origin, args);
}

Obj *generic_alias_class_getitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return generic_alias_new(self, args[0]);
}

static Obj *alias_new_slot(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("GenericAlias", kwnames) < 0 ||
        args_check_count("GenericAlias", nargs, 2, 2) < 0)
        return NULL;
    return alias_make(type, args[0], args[1]);
}

static int alias_traverse(ObjRef self, VisitFn visit, void *context)
{
    const GenericAliasObj *alias = (const GenericAliasObj *)self;
    GC_VISIT(alias->origin);
    GC_VISIT(alias->args);
    GC_VISIT(alias->parameters);
    return 0;
}

static void alias_dealloc(Obj *self)
{
    gc_untrack(self);
    GenericAliasObj *alias = alias_cast(self);
    if (alias->weak_list != NULL)
        weakref_clear_all(self, &alias->weak_list);
    obj_clear(&alias->origin);
    obj_clear(&alias->args);
    obj_clear(&alias->parameters);
    obj_free(self, (int64_t)sizeof(GenericAliasObj));
}

/* ---------------------------------------------------------------- operations */

static Obj *alias_repr(ObjRef self)
{
    const GenericAliasObj *alias = (const GenericAliasObj *)self;
    int64_t count = tuple_length(alias->args);
    StrBuilder b;
    str_builder_init(&b);
    if ((alias->starred && str_builder_add_char(&b, '*') < 0) ||
        generic_params_add_name(&b, alias->origin) < 0 || str_builder_add_char(&b, '[') < 0)
        goto fail;
    for (int64_t i = 0; i < count; i++) {
        if ((i > 0 && str_builder_add_ascii(&b, ", ") < 0) ||
            generic_params_add_name(&b, tuple_peek(alias->args, i)) < 0)
            goto fail;
    }
    if ((count == 0 && str_builder_add_ascii(&b, "()") < 0) || str_builder_add_char(&b, ']') < 0)
        goto fail;
    return str_builder_finish(&b);
fail:
    str_builder_free(&b);
    return NULL;
}

static int64_t alias_hash(ObjRef self)
{
    int64_t origin = obj_hash(alias_cast(self)->origin);
    int64_t args = origin == -1 ? -1 : obj_hash(alias_cast(self)->args);
    if (args == -1)
        return -1;
    int64_t hash = origin ^ args;
    return hash == -1 ? -2 : hash;
}

static Obj *alias_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !alias_check(self) || !alias_check(other))
        return not_implemented_new();
    const GenericAliasObj *a = (const GenericAliasObj *)self, *b = (const GenericAliasObj *)other;
    int equal = a->starred == b->starred ? obj_equal(a->origin, b->origin) : 0;
    if (equal > 0)
        equal = obj_equal(a->args, b->args);
    return equal < 0 ? NULL : bool_new((equal != 0) == (op == CMP_EQ));
}

static Obj *alias_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    Obj *made = obj_call(alias_cast(self)->origin, args, nargs, kwnames);
    if (made == NULL)
        return NULL;
    if (obj_setattr_str(made, "__orig_class__", self) < 0) {
        if (!err_matches(&exc_attribute_error) && !err_matches(&exc_type_error)) {
            obj_decref(made);
            return NULL;
        }
        err_clear();
    }
    return made;
}

/* Attributes of the alias itself; all others are the origin's. */
static const char *const own_attributes[] = {
    "__class__",
    "__bases__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
};

static Obj *alias_getattr(ObjRef self, ObjRef name)
{
    for (size_t i = 0; i < sizeof own_attributes / sizeof own_attributes[0]; i++) {
        if (str_equal_ascii(name, own_attributes[i]))
            return object_getattr(self, name);
    }
    return obj_getattr(alias_cast(self)->origin, name);
}

static Obj *get_parameters(ObjRef self)
{
    GenericAliasObj *alias = alias_cast(self);
    if (alias->parameters == NULL)
        alias->parameters = generic_params_collect(alias->args);
    return obj_xincref(alias->parameters);
}

static Obj *alias_getitem(ObjRef self, ObjRef item)
{
    Obj *parameters = get_parameters(self);
    Obj *args = parameters == NULL
                    ? NULL
                    : generic_params_substitute(self, alias_cast(self)->args, parameters, item);
    Obj *result = args == NULL ? NULL : generic_alias_new(alias_cast(self)->origin, args);
    if (result != NULL)
        alias_cast(result)->starred = alias_cast(self)->starred;
    obj_xdecref(parameters);
    obj_xdecref(args);
    return result;
}

/* *tuple[int]: a list iterator over the one starred alias. */
static Obj *alias_iter(ObjRef self)
{
    Obj *starred = generic_alias_new(alias_cast(self)->origin, alias_cast(self)->args);
    if (starred == NULL)
        return NULL;
    alias_cast(starred)->starred = true;
    Obj *tuple = tuple_pack(1, starred);
    obj_decref(starred);
    Obj *iterator = tuple == NULL ? NULL : obj_iter(tuple);
    obj_xdecref(tuple);
    return iterator;
}

/* ---------------------------------------------------------------- methods */

static Obj *alias_mro_entries(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return tuple_pack(1, alias_cast(self)->origin);
}

static Obj *alias_instancecheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return err_format(&exc_type_error, "isinstance() argument 2 cannot be a parameterized generic");
}

static Obj *alias_subclasscheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return err_format(&exc_type_error, "issubclass() argument 2 cannot be a parameterized generic");
}

static Obj *alias_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const GenericAliasObj *alias = (const GenericAliasObj *)self;
    Obj *pair = tuple_pack(2, alias->origin, alias->args);
    Obj *result = pair == NULL ? NULL : tuple_pack(2, obj_type(self), pair);
    obj_xdecref(pair);
    return result;
}

static Obj *alias_dir(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *list = obj_dir(alias_cast(self)->origin);
    for (size_t i = 0; list != NULL && i < sizeof own_attributes / sizeof own_attributes[0]; i++) {
        Obj *name = str_intern_ascii(own_attributes[i]);
        int known = name == NULL ? -1 : obj_contains(list, name);
        if (known < 0 || (known == 0 && list_append(list, name) < 0))
            obj_clear(&list);
        obj_xdecref(name);
    }
    return list;
}

static Obj *get_unpacked_args(ObjRef self)
{
    const GenericAliasObj *alias = (const GenericAliasObj *)self;
    if (alias->starred && alias->origin == &tuple_type.head.base)
        return obj_incref(alias->args);
    return none_new();
}

static Obj *alias_bit_or(ObjRef left, ObjRef right)
{
    return union_or(left, right);
}

static const MethodDef alias_methods[] = {
    {"__mro_entries__", alias_mro_entries, 1, 1, 0, NULL},
    {"__instancecheck__", alias_instancecheck, 1, 1, 0, NULL},
    {"__subclasscheck__", alias_subclasscheck, 1, 1, 0, NULL},
    {"__reduce__", alias_reduce, 0, 0, 0, NULL},
    {"__dir__", alias_dir, 0, 0, 0, NULL},
    {0},
};

static const MemberDef alias_members[] = {
    {"__origin__", MEMBER_OBJ, offsetof(GenericAliasObj, origin), MEMBER_READONLY, NULL},
    {"__args__", MEMBER_OBJ, offsetof(GenericAliasObj, args), MEMBER_READONLY, NULL},
    {"__unpacked__", MEMBER_BOOL, offsetof(GenericAliasObj, starred), MEMBER_READONLY, NULL},
    {0},
};

static const GetSetDef alias_getset[] = {
    {"__parameters__", get_parameters, NULL, "Type variables in the GenericAlias."},
    {"__typing_unpacked_tuple_args__", get_unpacked_args, NULL, NULL},
    {0},
};

Type generic_alias_type = {
    .head = {.base = {1, &type_type.root},
             .name = "types.GenericAlias",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = alias_traverse,
             .dealloc = alias_dealloc},
    .basic_size = sizeof(GenericAliasObj),
    .weak_list_offset = offsetof(GenericAliasObj, weak_list),
    .doc = "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and "
           "t.__args__ is (int,).",
    .repr = alias_repr,
    .hash = alias_hash,
    .compare = alias_compare,
    .call = alias_call,
    .getattr = alias_getattr,
    .iter = alias_iter,
    .new = alias_new_slot,
    .bit_or = alias_bit_or,
    .get_item = alias_getitem,
    .methods = alias_methods,
    .members = alias_members,
    .getset = alias_getset,
};
