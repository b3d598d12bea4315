/*
 * Weak references and proxies.
 *
 * The references to one object form a doubly linked list whose head is in the object
 * (TypeHead.weak_list).  The plain reference and the plain proxy without callback exist once per
 * object and come first.  When the object goes, all of its references are taken off first and only
 * then are callbacks called, so that no callback can see a half-cleared list.
 *
 * During a collection (gc/collector.h) the same happens in two steps over all garbage.
 */

#include "runtime/types/weakref.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

typedef struct WeakRefObj {
    Obj base;
    ObjRef referent;                /* NULL once it is gone */
    Obj *callback;                  /* owned or NULL */
    int64_t hash;                   /* of the referent, -1 until asked for */
    struct WeakRefObj *prev, *next; /* same referent; next also links those with callbacks to run */
} WeakRefObj;

#define ref_cast(o) ((WeakRefObj *)(o))
#define is_proxy(type) ((type) == &weakproxy_type || (type) == &weakcallableproxy_type)

/* ---------------------------------------------------------------- list of one object */

static WeakRefObj **list_of(ObjRef o)
{
    return obj_head(o)->weak_list == NULL ? NULL : (WeakRefObj **)obj_head(o)->weak_list(o);
}

static void unlink_ref(WeakRefObj *ref)
{
    if (ref->referent == NULL)
        return;
    WeakRefObj **list = list_of(ref->referent);
    if (ref->prev != NULL)
        ref->prev->next = ref->next;
    else
        *list = ref->next;
    if (ref->next != NULL)
        ref->next->prev = ref->prev;
    ref->prev = ref->next = NULL;
    ref->referent = NULL;
}

static void link_after(WeakRefObj **list, WeakRefObj *after, WeakRefObj *ref)
{
    ref->prev = after;
    ref->next = after == NULL ? *list : after->next;
    if (ref->next != NULL)
        ref->next->prev = ref;
    if (after == NULL)
        *list = ref;
    else
        after->next = ref;
}

/* The shared plain reference and plain proxy, where they exist. */
static void find_shared(WeakRefObj *first, WeakRefObj **plain_ref, WeakRefObj **plain_proxy)
{
    *plain_ref = *plain_proxy = NULL;
    for (int i = 0; i < 2 && first != NULL && first->callback == NULL; i++, first = first->next) {
        if (obj_type(&first->base) == &weakref_type)
            *plain_ref = first;
        else if (is_proxy(obj_type(&first->base)))
            *plain_proxy = first;
    }
}

/* ---------------------------------------------------------------- lifecycle */

static int ref_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(ref_cast(self)->callback);
    return 0;
}

static int ref_clear(ObjRef self)
{
    unlink_ref(ref_cast(self));
    obj_clear(&ref_cast(self)->callback);
    return 0;
}

static void ref_dealloc(Obj *self)
{
    gc_untrack(self);
    ref_clear(self);
    obj_free(self, (int64_t)sizeof(WeakRefObj));
}

static Obj *make(Type *type, ObjRef o, ObjRef callback)
{
    WeakRefObj **list = list_of(o);
    if (list == NULL)
        return err_format(&exc_type_error, "cannot create weak reference to '%T' object", o);
    if (callback != NULL && is_none(callback))
        callback = NULL;
    bool sharable = callback == NULL && (type == &weakref_type || is_proxy(type));
    WeakRefObj *plain_ref, *plain_proxy;
    find_shared(*list, &plain_ref, &plain_proxy);
    WeakRefObj *shared = type == &weakref_type ? plain_ref : plain_proxy;
    if (sharable && shared != NULL)
        return obj_incref(&shared->base);
    Obj *self = obj_alloc(type, (int64_t)sizeof(WeakRefObj));
    if (self == NULL)
        return NULL;
    WeakRefObj *ref = ref_cast(self);
    ref->referent = o;
    ref->callback = obj_xincref(callback);
    ref->hash = -1;
    /* Allocation may have collected garbage: look at the list again. */
    find_shared(*list, &plain_ref, &plain_proxy);
    WeakRefObj *after = plain_proxy != NULL && plain_ref != NULL
                            ? (plain_ref->next == plain_proxy ? plain_proxy : plain_ref)
                        : plain_ref != NULL ? plain_ref
                                            : plain_proxy;
    if (sharable && type == &weakref_type)
        after = NULL;
    else if (sharable)
        after = plain_ref;
    link_after(list, after, ref);
    gc_track(self);
    return self;
}

Obj *weakref_new(ObjRef o, ObjRef callback)
{
    return make(&weakref_type, o, callback);
}

Obj *weakref_get(ObjRef ref)
{
    ObjRef referent = ref_cast(ref)->referent;
    /* A referent whose deallocation has begun has count 0 and must not come back. */
    return referent == NULL || referent->refcnt <= 0 ? NULL : obj_incref(referent);
}

static Obj *ref_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (args_check_count("__new__", nargs, 1, 2) < 0)
        return NULL;
    return make(type, args[0], nargs > 1 ? args[1] : NULL);
}

static int ref_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args;
    if (args_no_keywords("ref", kwnames) < 0)
        return -1;
    return args_check_count("__init__", nargs, 1, 2);
}

/* ---------------------------------------------------------------- clearing */

static WeakRefObj *callbacks_due; /* references of garbage whose callback must run, owned */

/* Calls the callbacks of a chain of owned references linked by next. */
static void run_callbacks(WeakRefObj *chain)
{
    Obj *pending = err_fetch();
    while (chain != NULL) {
        WeakRefObj *ref = chain;
        chain = ref->next;
        ref->next = NULL;
        Obj *callback = ref->callback;
        ref->callback = NULL;
        if (callback != NULL) {
            Obj *result = obj_call1(callback, &ref->base);
            if (result == NULL)
                err_unraisable(callback);
            obj_xdecref(result);
            obj_decref(callback);
        }
        obj_decref(&ref->base);
    }
    err_restore_steal(pending);
}

/* Takes all references off an object.  Those that have a callback and satisfy `wanted` are returned
 * as an owned chain in the order in which callbacks run. */
static WeakRefObj *detach_all(WeakRefObj **list, bool only_reachable, WeakRefObj *chain)
{
    WeakRefObj **end = &chain;
    while (*end != NULL)
        end = &(*end)->next;
    while (*list != NULL) {
        WeakRefObj *ref = *list;
        unlink_ref(ref);
        bool due = ref->callback != NULL && ref->base.refcnt > 0 &&
                   !(only_reachable && gc_is_unreachable(&ref->base));
        if (due) {
            obj_incref(&ref->base);
            *end = ref;
            end = &ref->next;
        }
    }
    return chain;
}

void weakref_clear_all(ObjRef o, Obj **list)
{
    (void)o;
    WeakRefObj **refs = (WeakRefObj **)list;
    if (*refs == NULL)
        return;
    WeakRefObj *chain = detach_all(refs, false, NULL);
    if (chain != NULL) {
        int suspended = obj_dealloc_suspend();
        run_callbacks(chain);
        obj_dealloc_resume(suspended);
    }
}

static void clear_garbage(ObjRef o)
{
    WeakRefObj **list = list_of(o);
    if (list != NULL && *list != NULL)
        callbacks_due = detach_all(list, true, callbacks_due);
}

static void run_garbage_callbacks(void)
{
    WeakRefObj *chain = callbacks_due;
    callbacks_due = NULL;
    if (chain != NULL)
        run_callbacks(chain);
}

int weakrefs_init(void)
{
    gc_heap.clear_weakrefs = clear_garbage;
    gc_heap.run_weakref_callbacks = run_garbage_callbacks;
    return 0;
}

int64_t weakref_count(ObjRef o)
{
    WeakRefObj **list = list_of(o);
    int64_t count = 0;
    for (WeakRefObj *ref = list == NULL ? NULL : *list; ref != NULL; ref = ref->next)
        count++;
    return count;
}

Obj *weakref_list(ObjRef o)
{
    WeakRefObj **list = list_of(o);
    Obj *result = list_new(0);
    for (WeakRefObj *ref = list == NULL ? NULL : *list; result != NULL && ref != NULL;
         ref = ref->next) {
        if (list_append(result, &ref->base) < 0)
            obj_clear(&result);
    }
    return result;
}

/* ---------------------------------------------------------------- operations of references */

static Obj *ref_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    if (args_no_keywords("weakref", kwnames) < 0 || args_check_count("__call__", nargs, 0, 0) < 0)
        return NULL;
    Obj *referent = weakref_get(self);
    return referent == NULL ? none_new() : referent;
}

static int64_t ref_hash(ObjRef self)
{
    WeakRefObj *ref = ref_cast(self);
    if (ref->hash != -1)
        return ref->hash;
    Obj *referent = weakref_get(self);
    if (referent == NULL)
        return err_format_int(&exc_type_error, "weak object has gone away");
    ref->hash = obj_hash(referent);
    obj_decref(referent);
    return ref->hash;
}

static Obj *ref_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !type_check(other, &weakref_type) ||
        !type_check(self, &weakref_type))
        return not_implemented_new();
    Obj *a = weakref_get(self), *b = weakref_get(other);
    Obj *result;
    if (a == NULL || b == NULL)
        result = bool_new((self == other) == (op == CMP_EQ));
    else
        result = obj_compare(a, b, op);
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

static Obj *ref_repr(ObjRef self)
{
    obj_reveal(self);
    Obj *referent = weakref_get(self);
    if (referent == NULL)
        return str_format_c("<weakref at %p; dead>", (void *)self);
    Obj *name = NULL;
    int found = obj_getattr_opt(referent, names.dunder_name, &name);
    Obj *text = NULL;
    if (found >= 0) {
        obj_reveal(referent);
        text = name != NULL && str_check(name)
                   ? str_format_c("<weakref at %p; to '%T' at %p (%U)>", (void *)self,
                                  (ObjRef)referent, (void *)referent, (ObjRef)name)
                   : str_format_c("<weakref at %p; to '%T' at %p>", (void *)self, (ObjRef)referent,
                                  (void *)referent);
    }
    obj_xdecref(name);
    obj_decref(referent);
    return text;
}

static Obj *get_callback(ObjRef self)
{
    ObjRef callback = ref_cast(self)->callback;
    return callback == NULL ? none_new() : obj_incref(callback);
}

static const GetSetDef ref_getset[] = {
    {"__callback__", get_callback, NULL, "Called with the reference when its object is gone."},
    {0},
};

Type weakref_type = {
    .head = {.base = {1, &type_type.root},
             .name = "weakref.ReferenceType",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = ref_traverse,
             .clear = ref_clear,
             .dealloc = ref_dealloc},
    .doc = "A reference that does not keep its object alive.",
    .basic_size = (int64_t)sizeof(WeakRefObj),
    .repr = ref_repr,
    .hash = ref_hash,
    .compare = ref_compare,
    .call = ref_call,
    .new = ref_new,
    .init = ref_init,
    .getset = ref_getset,
};

/* ---------------------------------------------------------------- proxies */

/* New reference to what a proxy stands for, or ReferenceError; other objects stand for themselves.
 */
static Obj *unwrap(ObjRef o)
{
    if (!is_proxy(obj_type(o)))
        return obj_incref(o);
    Obj *referent = weakref_get(o);
    if (referent == NULL)
        err_string(&exc_reference_error, "weakly-referenced object no longer exists");
    return referent;
}

#define PROXY_UNARY(name, operation)                                                               \
    static Obj *proxy_##name(ObjRef self)                                                          \
    {                                                                                              \
        Obj *o = unwrap(self);                                                                     \
        Obj *result = o == NULL ? NULL : operation(o);                                             \
        obj_xdecref(o);                                                                            \
        return result;                                                                             \
    }

#define PROXY_BINARY(name, call)                                                                   \
    static Obj *proxy_##name(ObjRef left, ObjRef right)                                            \
    {                                                                                              \
        Obj *a = unwrap(left);                                                                     \
        Obj *b = a == NULL ? NULL : unwrap(right);                                                 \
        Obj *result = b == NULL ? NULL : call;                                                     \
        obj_xdecref(a);                                                                            \
        obj_xdecref(b);                                                                            \
        return result;                                                                             \
    }

#define PROXY_OPERATOR(name, op)                                                                   \
    PROXY_BINARY(name, obj_binary(a, b, op))                                                       \
    PROXY_BINARY(inplace_##name, obj_binary_inplace(a, b, op))

PROXY_UNARY(str, obj_str)
PROXY_UNARY(iter, obj_iter)
PROXY_UNARY(negative, obj_negative)
PROXY_UNARY(positive, obj_positive)
PROXY_UNARY(absolute, obj_absolute)
PROXY_UNARY(invert, obj_invert)
PROXY_UNARY(index, obj_index)
PROXY_BINARY(divmod, obj_divmod(a, b))
PROXY_BINARY(get_item, obj_getitem(a, b))
PROXY_OPERATOR(add, BINARY_ADD)
PROXY_OPERATOR(subtract, BINARY_SUBTRACT)
PROXY_OPERATOR(multiply, BINARY_MULTIPLY)
PROXY_OPERATOR(remainder, BINARY_REMAINDER)
PROXY_OPERATOR(left_shift, BINARY_LSHIFT)
PROXY_OPERATOR(right_shift, BINARY_RSHIFT)
PROXY_OPERATOR(and, BINARY_AND)
PROXY_OPERATOR(xor, BINARY_XOR)
PROXY_OPERATOR(or, BINARY_OR)
PROXY_OPERATOR(floor_divide, BINARY_FLOOR_DIVIDE)
PROXY_OPERATOR(true_divide, BINARY_TRUE_DIVIDE)
PROXY_OPERATOR(matrix_multiply, BINARY_MATRIX_MULTIPLY)

static Obj *call_type(ObjRef o, Type *type)
{
    return obj_call1((ObjRef)type, o);
}

static Obj *to_int(ObjRef o)
{
    return call_type(o, &int_type);
}

PROXY_UNARY(as_int, to_int)

static Obj *proxy_power(ObjRef left, ObjRef right, ObjRef modulus)
{
    Obj *a = unwrap(left), *b = a == NULL ? NULL : unwrap(right);
    Obj *m = b == NULL ? NULL : unwrap(modulus);
    Obj *result = m == NULL ? NULL : obj_power(a, b, m);
    obj_xdecref(a);
    obj_xdecref(b);
    obj_xdecref(m);
    return result;
}

static Obj *proxy_repr(ObjRef self)
{
    Obj *referent = weakref_get(self);
    obj_reveal(self);
    if (referent == NULL) {
        return str_format_c("<weakproxy at %p to %s at %p>", (void *)self, "NoneType",
                            (void *)obj_none);
    }
    obj_reveal(referent);
    Obj *text = str_format_c("<weakproxy at %p to %T at %p>", (void *)self, (ObjRef)referent,
                             (void *)referent);
    obj_decref(referent);
    return text;
}

static Obj *proxy_getattr(ObjRef self, ObjRef name)
{
    Obj *o = unwrap(self);
    Obj *result = o == NULL ? NULL : obj_getattr(o, name);
    obj_xdecref(o);
    return result;
}

static int proxy_setattr(ObjRef self, ObjRef name, ObjRef value)
{
    Obj *o = unwrap(self);
    int result = o == NULL ? -1 : obj_setattr(o, name, value);
    obj_xdecref(o);
    return result;
}

static Obj *proxy_compare(ObjRef self, ObjRef other, CompareOp op)
{
    Obj *a = unwrap(self), *b = a == NULL ? NULL : unwrap(other);
    Obj *result = b == NULL ? NULL : obj_compare(a, b, op);
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

static int proxy_truth(ObjRef self)
{
    Obj *o = unwrap(self);
    int result = o == NULL ? -1 : obj_truth(o);
    obj_xdecref(o);
    return result;
}

static int64_t proxy_length(ObjRef self)
{
    Obj *o = unwrap(self);
    int64_t result = o == NULL ? -1 : obj_length(o);
    obj_xdecref(o);
    return result;
}

static int proxy_set_item(ObjRef self, ObjRef key, ObjRef value)
{
    Obj *o = unwrap(self);
    int result = o == NULL ? -1 : obj_setitem(o, key, value);
    obj_xdecref(o);
    return result;
}

static int proxy_contains(ObjRef self, ObjRef item)
{
    Obj *o = unwrap(self);
    int result = o == NULL ? -1 : obj_contains(o, item);
    obj_xdecref(o);
    return result;
}

static int proxy_next(ObjRef self, Obj **out)
{
    Obj *o = unwrap(self);
    if (o == NULL)
        return -1;
    int result;
    if (obj_type(o)->next == NULL) {
        result = err_format_int(&exc_type_error,
                                "Weakref proxy referenced a non-iterator '%T' object", (ObjRef)o);
    } else {
        result = obj_next(o, out);
    }
    obj_decref(o);
    return result;
}

static Obj *proxy_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    Obj *o = unwrap(self);
    Obj *result = o == NULL ? NULL : obj_call(o, args, nargs, kwnames);
    obj_xdecref(o);
    return result;
}

#define PROXY_SLOTS                                                                                \
    .basic_size = (int64_t)sizeof(WeakRefObj), .repr = proxy_repr, .str = proxy_str,               \
    .hash = object_hash_unhashable, .compare = proxy_compare, .getattr = proxy_getattr,            \
    .setattr = proxy_setattr, .iter = proxy_iter, .next = proxy_next, .add = proxy_add,            \
    .subtract = proxy_subtract, .multiply = proxy_multiply, .remainder = proxy_remainder,          \
    .divmod = proxy_divmod, .left_shift = proxy_left_shift, .right_shift = proxy_right_shift,      \
    .bit_and = proxy_and, .bit_xor = proxy_xor, .bit_or = proxy_or,                                \
    .floor_divide = proxy_floor_divide, .true_divide = proxy_true_divide,                          \
    .matrix_multiply = proxy_matrix_multiply, .inplace_add = proxy_inplace_add,                    \
    .inplace_subtract = proxy_inplace_subtract, .inplace_multiply = proxy_inplace_multiply,        \
    .inplace_remainder = proxy_inplace_remainder, .inplace_left_shift = proxy_inplace_left_shift,  \
    .inplace_right_shift = proxy_inplace_right_shift, .inplace_and = proxy_inplace_and,            \
    .inplace_xor = proxy_inplace_xor, .inplace_or = proxy_inplace_or,                              \
    .inplace_floor_divide = proxy_inplace_floor_divide,                                            \
    .inplace_true_divide = proxy_inplace_true_divide,                                              \
    .inplace_matrix_multiply = proxy_inplace_matrix_multiply, .power = proxy_power,                \
    .negative = proxy_negative, .positive = proxy_positive, .absolute = proxy_absolute,            \
    .invert = proxy_invert, .as_int = proxy_as_int, .index = proxy_index, .truth = proxy_truth,    \
    .length = proxy_length, .get_item = proxy_get_item, .set_item = proxy_set_item,                \
    .contains = proxy_contains

static Obj *proxy_bytes(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *o = unwrap(self);
    Obj *result = o == NULL ? NULL : obj_call_method(o, names.dunder_bytes, NULL, 0);
    obj_xdecref(o);
    return result;
}

static Obj *proxy_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *o = unwrap(self);
    Obj *result = o == NULL ? NULL : obj_call_method(o, names.dunder_reversed, NULL, 0);
    obj_xdecref(o);
    return result;
}

static const MethodDef proxy_methods[] = {
    {"__bytes__", proxy_bytes, 0, 0, 0, NULL},
    {"__reversed__", proxy_reversed, 0, 0, 0, NULL},
    {0},
};

Type weakproxy_type = {
    .head = {.base = {1, &type_type.root},
             .name = "weakref.ProxyType",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = ref_traverse,
             .clear = ref_clear,
             .dealloc = ref_dealloc},
    .doc = "Stands for an object without keeping it alive.",
    PROXY_SLOTS,
    .methods = proxy_methods,
};

Type weakcallableproxy_type = {
    .head = {.base = {1, &type_type.root},
             .name = "weakref.CallableProxyType",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = ref_traverse,
             .clear = ref_clear,
             .dealloc = ref_dealloc},
    .doc = "Stands for a callable object without keeping it alive.",
    PROXY_SLOTS,
    .call = proxy_call,
    .methods = proxy_methods,
};

Obj *weakref_proxy(ObjRef o, ObjRef callback)
{
    return make(obj_is_callable(o) > 0 ? &weakcallableproxy_type : &weakproxy_type, o, callback);
}
