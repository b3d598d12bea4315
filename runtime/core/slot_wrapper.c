/*
 * Slots as methods: wrapper_descriptor (list.__len__) and method-wrapper ([].__len__).
 *
 * type_ready makes a wrapper_descriptor for each slot that a builtin type fills.  It holds the slot
 * function and its row of slots.def, whose wrap function turns the arguments of a method call into
 * those of the slot.
 */

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/slot_functions.h"
#include "runtime/core/state.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct SlotWrapperObj {
    DescriptorObj head;
    const SlotRow *row;
    SlotFn wrapped;
} SlotWrapperObj;

typedef struct MethodWrapperObj {
    Obj base;
    SlotWrapperObj *wrapper; /* owned */
    Obj *self;               /* owned */
} MethodWrapperObj;

#define slot_wrapper_cast(o) ((SlotWrapperObj *)(o))
#define method_wrapper_cast(o) ((MethodWrapperObj *)(o))

/* ---------------------------------------------------------------- wrap functions */

static int check_count(int64_t nargs, int64_t count)
{
    if (nargs == count)
        return 0;
    return err_format_int(&exc_type_error, "expected %lld argument%s, got %lld", (long long)count,
                          count == 1 ? "" : "s", (long long)nargs);
}

static Obj *none_of(int status)
{
    return status < 0 ? NULL : none_new();
}

static Obj *bool_of(int truth)
{
    return truth < 0 ? NULL : bool_new(truth != 0);
}

Obj *wrap_unary(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)args, (void)kwnames;
    return check_count(nargs, 0) < 0 ? NULL : ((UnaryFn)wrapped)(self);
}

Obj *wrap_binary(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    return check_count(nargs, 1) < 0 ? NULL : ((BinaryFn)wrapped)(self, args[0]);
}

Obj *wrap_reflected(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    return check_count(nargs, 1) < 0 ? NULL : ((BinaryFn)wrapped)(args[0], self);
}

Obj *wrap_power(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (args_check_count("", nargs, 1, 2) < 0)
        return NULL;
    return ((TernaryFn)wrapped)(self, args[0], nargs > 1 ? args[1] : obj_none);
}

Obj *wrap_reflected_power(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                          SlotFn wrapped)
{
    (void)kwnames;
    if (args_check_count("", nargs, 1, 2) < 0)
        return NULL;
    return ((TernaryFn)wrapped)(args[0], self, nargs > 1 ? args[1] : obj_none);
}

Obj *wrap_inplace_power(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                        SlotFn wrapped)
{
    return wrap_power(self, args, nargs, kwnames, wrapped);
}

Obj *wrap_predicate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)args, (void)kwnames;
    return check_count(nargs, 0) < 0 ? NULL : bool_of(((PredicateFn)wrapped)(self));
}

Obj *wrap_length(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)args, (void)kwnames;
    if (check_count(nargs, 0) < 0)
        return NULL;
    int64_t length = ((LengthFn)wrapped)(self);
    return length < 0 ? NULL : int_new(length);
}

Obj *wrap_hash(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)args, (void)kwnames;
    if (check_count(nargs, 0) < 0)
        return NULL;
    int64_t hash = ((HashFn)wrapped)(self);
    return hash == -1 ? NULL : int_new(hash);
}

Obj *wrap_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    return ((CallFn)wrapped)(self, args, nargs, kwnames);
}

Obj *wrap_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    return none_of(((InitFn)wrapped)(self, args, nargs, kwnames));
}

static Obj *wrap_compare(ObjRef self, const ObjRef *args, int64_t nargs, SlotFn wrapped,
                         CompareOp op)
{
    return check_count(nargs, 1) < 0 ? NULL : ((CompareFn)wrapped)(self, args[0], op);
}

#define WRAP_COMPARE(function, op)                                                                 \
    Obj *function(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)  \
    {                                                                                              \
        (void)kwnames;                                                                             \
        return wrap_compare(self, args, nargs, wrapped, op);                                       \
    }
WRAP_COMPARE(wrap_lt, CMP_LT)
WRAP_COMPARE(wrap_le, CMP_LE)
WRAP_COMPARE(wrap_eq, CMP_EQ)
WRAP_COMPARE(wrap_ne, CMP_NE)
WRAP_COMPARE(wrap_gt, CMP_GT)
WRAP_COMPARE(wrap_ge, CMP_GE)

Obj *wrap_next(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)args, (void)kwnames;
    if (check_count(nargs, 0) < 0)
        return NULL;
    Obj *item = NULL;
    int status = ((NextFn)wrapped)(self, &item);
    if (status == 0)
        return err_stop_iteration(NULL);
    return status < 0 ? NULL : item;
}

Obj *wrap_get(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (args_check_count("", nargs, 1, 2) < 0)
        return NULL;
    ObjRef instance = is_none(args[0]) ? NULL : args[0];
    ObjRef owner = nargs < 2 || is_none(args[1]) ? NULL : args[1];
    if (instance == NULL && owner == NULL)
        return err_format(&exc_type_error, "__get__(None, None) is invalid");
    return ((GetFn)wrapped)(self, instance, owner);
}

Obj *wrap_set(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (args_check_count("", nargs, 2, 2) < 0)
        return NULL;
    return none_of(((SetFn)wrapped)(self, args[0], args[1]));
}

Obj *wrap_delete(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    return check_count(nargs, 1) < 0 ? NULL : none_of(((SetFn)wrapped)(self, args[0], NULL));
}

/* Object's setattr on an object whose builtin type has a stricter one would get round it. */
static int check_setattr(ObjRef self, SetAttrFn function, const char *what)
{
    const Type *type = obj_type(self), *definer = type;
    for (int64_t i = tuple_length(type->mro) - 1; i >= 0; i--) {
        const Type *base = (const Type *)tuple_peek(type->mro, i);
        if (base->setattr != slot_setattr && base->setattr == type->setattr) {
            definer = base;
            break;
        }
    }
    for (const Type *base = definer; base != NULL; base = base->base) {
        if (base->setattr == function)
            break;
        if (base->setattr != slot_setattr) {
            return err_format_int(&exc_type_error, "can't apply this %s to %s object", what,
                                  type->head.name);
        }
    }
    return 0;
}

static int require_name(ObjRef name)
{
    if (str_check(name))
        return 0;
    return err_format_int(&exc_type_error, "attribute name must be string, not '%T'", name);
}

Obj *wrap_getattr(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (check_count(nargs, 1) < 0 || require_name(args[0]) < 0)
        return NULL;
    return ((GetAttrFn)wrapped)(self, args[0]);
}

Obj *wrap_setattr(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (args_check_count("", nargs, 2, 2) < 0 || require_name(args[0]) < 0 ||
        check_setattr(self, (SetAttrFn)wrapped, "__setattr__") < 0)
        return NULL;
    return none_of(((SetAttrFn)wrapped)(self, args[0], args[1]));
}

Obj *wrap_delattr(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (check_count(nargs, 1) < 0 || require_name(args[0]) < 0 ||
        check_setattr(self, (SetAttrFn)wrapped, "__delattr__") < 0)
        return NULL;
    return none_of(((SetAttrFn)wrapped)(self, args[0], NULL));
}

Obj *wrap_finalize(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)args, (void)kwnames;
    if (check_count(nargs, 0) < 0)
        return NULL;
    ((void (*)(ObjRef))wrapped)(self);
    return none_new();
}

Obj *wrap_setitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (args_check_count("", nargs, 2, 2) < 0)
        return NULL;
    return none_of(((SetItemFn)wrapped)(self, args[0], args[1]));
}

Obj *wrap_delitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    return check_count(nargs, 1) < 0 ? NULL : none_of(((SetItemFn)wrapped)(self, args[0], NULL));
}

Obj *wrap_contains(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    return check_count(nargs, 1) < 0 ? NULL : bool_of(((ContainsFn)wrapped)(self, args[0]));
}

Obj *wrap_repeat(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (check_count(nargs, 1) < 0)
        return NULL;
    int64_t count = obj_as_index(args[0], (ObjRef)&exc_overflow_error);
    if (count == -1 && err_occurred() != NULL)
        return NULL;
    return ((IndexFn)wrapped)(self, count);
}

Obj *wrap_item(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames, SlotFn wrapped)
{
    (void)kwnames;
    if (check_count(nargs, 1) < 0)
        return NULL;
    int64_t index = obj_as_index(args[0], (ObjRef)&exc_index_error);
    if (index == -1 && err_occurred() != NULL)
        return NULL;
    if (index < 0 && obj_type(self)->length != NULL) {
        int64_t length = obj_type(self)->length(self);
        if (length < 0)
            return NULL;
        index += length;
    }
    return ((IndexFn)wrapped)(self, index);
}

/* ---------------------------------------------------------------- wrapper_descriptor */

Obj *slot_wrapper_new(Type *owner, const SlotRow *row, SlotFn wrapped)
{
    SlotWrapperObj *self =
        (SlotWrapperObj *)obj_new(&slot_wrapper_type, (int64_t)sizeof(SlotWrapperObj));
    if (self == NULL)
        return NULL;
    self->head.owner = (Type *)obj_incref(&owner->head.base);
    self->head.name = obj_incref(*slot_row_name_place(row, &names));
    self->row = row;
    self->wrapped = wrapped;
    return (Obj *)self;
}

const SlotRow *slot_wrapper_row(ObjRef wrapper)
{
    return ((const SlotWrapperObj *)wrapper)->row;
}

static void slot_wrapper_dealloc(Obj *self)
{
    obj_decref(&descriptor_cast(self)->owner->head.base);
    obj_decref(descriptor_cast(self)->name);
    obj_free(self, (int64_t)sizeof(SlotWrapperObj));
}

static Obj *call_wrapped(const SlotWrapperObj *wrapper, ObjRef self, const ObjRef *args,
                         int64_t nargs, ObjRef kwnames)
{
    WrapFn wrap = wrapper->row->wrap;
    if (kwnames != NULL && tuple_length(kwnames) > 0 && wrap != wrap_init && wrap != wrap_call) {
        return err_format(&exc_type_error, "wrapper %U() takes no keyword arguments",
                          wrapper->head.name);
    }
    if (state_enter(" while calling a Python object") < 0)
        return NULL;
    Obj *result = wrap(self, args, nargs, kwnames, wrapper->wrapped);
    state_leave();
    return result;
}

static Obj *slot_wrapper_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const SlotWrapperObj *wrapper = (const SlotWrapperObj *)self;
    const Type *owner = wrapper->head.owner;
    if (nargs < 1) {
        return err_format(&exc_type_error, "descriptor '%U' of '%.100s' object needs an argument",
                          wrapper->head.name, owner->head.name);
    }
    if (!obj_is(args[0], owner)) {
        return err_format(&exc_type_error,
                          "descriptor '%U' requires a '%.100s' object but received a '%.100s'",
                          wrapper->head.name, owner->head.name, obj_type(args[0])->head.name);
    }
    return call_wrapped(wrapper, args[0], args + 1, nargs - 1, kwnames);
}

static Obj *slot_wrapper_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    if (instance == NULL)
        return obj_incref(self);
    if (descriptor_check(self, instance) < 0)
        return NULL;
    MethodWrapperObj *bound =
        (MethodWrapperObj *)obj_new_gc(&method_wrapper_type, (int64_t)sizeof(MethodWrapperObj));
    if (bound == NULL)
        return NULL;
    bound->wrapper = (SlotWrapperObj *)obj_incref(self);
    bound->self = obj_incref(instance);
    gc_track(&bound->base);
    return (Obj *)bound;
}

static Obj *slot_wrapper_repr(ObjRef self)
{
    const DescriptorObj *d = (const DescriptorObj *)self;
    return str_format_c("<slot wrapper '%U' of '%s' objects>", d->name, d->owner->head.name);
}

/* "name" followed by the row's "(args): text" makes the doc. */
static Obj *row_doc(const SlotRow *row)
{
    return str_format_c("%s%s", row->text, row->doc);
}

/* "($self, …)" of the row's "(args): text". */
static Obj *row_signature(const SlotRow *row)
{
    int length = 0;
    while (row->doc[length] != ')')
        length++;
    if (length == 1)
        return str_format_c("($self, /)");
    return str_format_c("($self, %.*s, /)", length - 1, row->doc + 1);
}

static Obj *slot_wrapper_doc(ObjRef self)
{
    return row_doc(slot_wrapper_row(self));
}

static Obj *slot_wrapper_signature(ObjRef self)
{
    return row_signature(slot_wrapper_row(self));
}

static Obj *slot_wrapper_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return descriptor_reduce(self);
}

static const MethodDef slot_wrapper_methods[] = {
    {"__reduce__", slot_wrapper_reduce, 0, 0, 0, NULL},
    {0},
};

static const GetSetDef slot_wrapper_getset[] = {
    {"__doc__", slot_wrapper_doc, NULL, NULL},
    {"__qualname__", descriptor_qualname, NULL, NULL},
    {"__text_signature__", slot_wrapper_signature, NULL, NULL},
    {0},
};

Type slot_wrapper_type = {
    .head = {.base = {1, &type_type.root},
             .name = "wrapper_descriptor",
             .flags = TYPE_METHOD_DESCRIPTOR | TYPE_NO_NEW,
             .traverse = descriptor_traverse,
             .dealloc = slot_wrapper_dealloc},
    .basic_size = sizeof(SlotWrapperObj),
    .repr = slot_wrapper_repr,
    .call = slot_wrapper_call,
    .get = slot_wrapper_get,
    .methods = slot_wrapper_methods,
    .members = descriptor_members,
    .getset = slot_wrapper_getset,
};

/* ---------------------------------------------------------------- method-wrapper */

static int method_wrapper_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(method_wrapper_cast(self)->wrapper);
    GC_VISIT(method_wrapper_cast(self)->self);
    return 0;
}

static void method_wrapper_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref((Obj *)method_wrapper_cast(self)->wrapper);
    obj_decref(method_wrapper_cast(self)->self);
    obj_free(self, (int64_t)sizeof(MethodWrapperObj));
}

static Obj *method_wrapper_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const MethodWrapperObj *bound = (const MethodWrapperObj *)self;
    return call_wrapped(bound->wrapper, bound->self, args, nargs, kwnames);
}

static Obj *method_wrapper_repr(ObjRef self)
{
    const MethodWrapperObj *bound = (const MethodWrapperObj *)self;
    obj_reveal(bound->self);
    return str_format_c("<method-wrapper '%U' of %s object at 0x%llx>", bound->wrapper->head.name,
                        obj_type(bound->self)->head.name,
                        (unsigned long long)(uintptr_t)bound->self);
}

static Obj *method_wrapper_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || obj_type(other) != &method_wrapper_type)
        return not_implemented_new();
    const MethodWrapperObj *a = (const MethodWrapperObj *)self;
    const MethodWrapperObj *b = (const MethodWrapperObj *)other;
    bool equal = a->wrapper == b->wrapper && a->self == b->self;
    return bool_new(equal == (op == CMP_EQ));
}

static int64_t method_wrapper_hash(ObjRef self)
{
    const MethodWrapperObj *bound = (const MethodWrapperObj *)self;
    int64_t hash = object_hash_identity(bound->self) ^ object_hash_identity((ObjRef)bound->wrapper);
    return hash == -1 ? -2 : hash;
}

static Obj *method_wrapper_name(ObjRef self)
{
    return obj_incref(method_wrapper_cast(self)->wrapper->head.name);
}

static Obj *method_wrapper_objclass(ObjRef self)
{
    return obj_incref(&method_wrapper_cast(self)->wrapper->head.owner->head.base);
}

static Obj *method_wrapper_qualname(ObjRef self)
{
    return descriptor_qualname((ObjRef)method_wrapper_cast(self)->wrapper);
}

static Obj *method_wrapper_doc(ObjRef self)
{
    return row_doc(method_wrapper_cast(self)->wrapper->row);
}

static Obj *method_wrapper_signature(ObjRef self)
{
    return row_signature(method_wrapper_cast(self)->wrapper->row);
}

static Obj *method_wrapper_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const MethodWrapperObj *bound = (const MethodWrapperObj *)self;
    return descriptor_reduce_getattr(bound->self, bound->wrapper->head.name);
}

static const MethodDef method_wrapper_methods[] = {
    {"__reduce__", method_wrapper_reduce, 0, 0, 0, NULL},
    {0},
};

static const MemberDef method_wrapper_members[] = {
    {"__self__", MEMBER_OBJ, offsetof(MethodWrapperObj, self), MEMBER_READONLY, NULL},
    {0},
};

static const GetSetDef method_wrapper_getset[] = {
    {"__objclass__", method_wrapper_objclass, NULL, NULL},
    {"__name__", method_wrapper_name, NULL, NULL},
    {"__qualname__", method_wrapper_qualname, NULL, NULL},
    {"__doc__", method_wrapper_doc, NULL, NULL},
    {"__text_signature__", method_wrapper_signature, NULL, NULL},
    {0},
};

Type method_wrapper_type = {
    .head = {.base = {1, &type_type.root},
             .name = "method-wrapper",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = method_wrapper_traverse,
             .dealloc = method_wrapper_dealloc},
    .basic_size = sizeof(MethodWrapperObj),
    .repr = method_wrapper_repr,
    .hash = method_wrapper_hash,
    .compare = method_wrapper_compare,
    .call = method_wrapper_call,
    .methods = method_wrapper_methods,
    .members = method_wrapper_members,
    .getset = method_wrapper_getset,
};
