/*
 * Module _abc: the machinery of abc.ABCMeta (PEP 3119).
 *
 * Each abstract base class carries an `_abc_impl` object with three sets of weak references to
 * classes: those registered as virtual subclasses, those known to be subclasses and those known not
 * to be.  The negative cache holds only while no class is registered anywhere, which a global
 * counter tells.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

typedef struct AbcDataObj {
    Obj base;
    Obj *registry, *cache, *negative_cache; /* sets of weak references, or NULL while empty */
    int64_t negative_version;               /* of invalidation_counter when negative_cache began */
} AbcDataObj;

static int64_t invalidation_counter;

#define data_cast(o) ((AbcDataObj *)(o))

/* ---------------------------------------------------------------- lifecycle */

static int data_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(data_cast(self)->registry);
    GC_VISIT(data_cast(self)->cache);
    GC_VISIT(data_cast(self)->negative_cache);
    return 0;
}

static int data_clear(ObjRef self)
{
    obj_clear(&data_cast(self)->registry);
    obj_clear(&data_cast(self)->cache);
    obj_clear(&data_cast(self)->negative_cache);
    return 0;
}

static void data_dealloc(Obj *self)
{
    gc_untrack(self);
    data_clear(self);
    obj_free(self, (int64_t)sizeof(AbcDataObj));
}

extern Type abc_data_type;
Type abc_data_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_abc._abc_data",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = data_traverse,
             .clear = data_clear,
             .dealloc = data_dealloc},
    .doc = "Caches and registered classes of an abstract base class.",
    .basic_size = (int64_t)sizeof(AbcDataObj),
};

/* The data of an abstract base class: new reference, or NULL with an exception. */
static Obj *data_of(ObjRef cls)
{
    Obj *data = obj_getattr_str(cls, "_abc_impl");
    if (data != NULL && obj_type(data) != &abc_data_type) {
        err_string(&exc_type_error, "_abc_impl is set to a wrong type");
        obj_clear(&data);
    }
    return data;
}

/* ---------------------------------------------------------------- sets of weak references */

/* Called when a class in a set goes: args are the set's weak reference (bound) and the dead one. */
static Obj *forget(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Obj *set = weakref_get(self);
    if (set == NULL)
        return none_new();
    int result = set_discard(set, args[0]);
    obj_decref(set);
    return result < 0 ? NULL : none_new();
}

static const MethodDef forget_def = {"_destroy", forget, 1, 1, 0, NULL};

static int weak_add(Obj **set, ObjRef cls)
{
    if (*set == NULL && (*set = set_new(NULL)) == NULL)
        return -1;
    Obj *owner = weakref_new(*set, NULL);
    Obj *callback = owner == NULL ? NULL : builtin_function_new(&forget_def, owner, NULL);
    Obj *ref = callback == NULL ? NULL : weakref_new(cls, callback);
    int result = ref == NULL ? -1 : set_add(*set, ref);
    obj_xdecref(ref);
    obj_xdecref(callback);
    obj_xdecref(owner);
    return result;
}

static int weak_contains(ObjRef set, ObjRef cls)
{
    if (set == NULL || set_length(set) == 0)
        return 0;
    Obj *ref = weakref_new(cls, NULL);
    if (ref == NULL) {
        if (!err_matches(&exc_type_error))
            return -1;
        err_clear();
        return 0;
    }
    int result = set_contains(set, ref);
    obj_decref(ref);
    return result;
}

/* ---------------------------------------------------------------- _abc_init */

/* Adds the name to `abstract` if value says that it is abstract. */
static int add_if_abstract(ObjRef abstract, ObjRef name, ObjRef value)
{
    Obj *flag = NULL;
    int found = obj_getattr_opt(value, names.dunder_isabstractmethod, &flag);
    if (found <= 0)
        return found;
    int truth = obj_truth(flag);
    obj_decref(flag);
    return truth <= 0 ? truth : set_add(abstract, name);
}

static int collect_own(ObjRef cls, ObjRef abstract)
{
    Obj *items = dict_items_list(type_dict((const Type *)cls));
    int result = items == NULL ? -1 : 0;
    for (int64_t i = 0; result == 0 && i < list_length(items); i++) {
        ObjRef pair = list_peek(items, i);
        result = add_if_abstract(abstract, tuple_peek(pair, 0), tuple_peek(pair, 1));
    }
    obj_xdecref(items);
    return result;
}

static int collect_inherited(ObjRef cls, ObjRef abstract)
{
    ObjRef bases = ((const Type *)cls)->bases;
    for (int64_t i = 0; i < tuple_length(bases); i++) {
        Obj *inherited = NULL;
        int found = obj_getattr_opt(tuple_peek(bases, i), names.dunder_abstractmethods, &inherited);
        if (found < 0)
            return -1;
        if (found == 0)
            continue;
        Obj *list = obj_to_list(inherited);
        obj_decref(inherited);
        int result = list == NULL ? -1 : 0;
        for (int64_t k = 0; result == 0 && k < list_length(list); k++) {
            Obj *value = NULL;
            result = obj_getattr_opt(cls, list_peek(list, k), &value);
            if (result > 0)
                result = add_if_abstract(abstract, list_peek(list, k), value);
            obj_xdecref(value);
        }
        obj_xdecref(list);
        if (result < 0)
            return -1;
    }
    return 0;
}

/* __abc_tpflags__ of the class itself says that it is a sequence or a mapping for patterns
 * (CPython's numbers of the flags); it is taken away again.  0/-1. */
static int take_pattern_flags(ObjRef cls)
{
    enum { SEQUENCE = 1 << 5, MAPPING = 1 << 6 };
    Obj *name = str_intern_ascii("__abc_tpflags__");
    if (name == NULL)
        return -1;
    ObjRef own = dict_peek(type_dict((const Type *)cls), name);
    int64_t flags = 0;
    int result = own == NULL || !int_check(own) ? 0 : int_to_int64(own, &flags);
    if (result == 0 && (flags & SEQUENCE) && (flags & MAPPING))
        result = err_format_int(&exc_type_error, "__abc_tpflags__ cannot be both "
                                                 "Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
    if (result == 0 && own != NULL) {
        if (flags & (SEQUENCE | MAPPING))
            type_set_pattern((Type *)cls, flags & SEQUENCE ? TYPE_SEQUENCE : TYPE_MAPPING);
        result = obj_setattr(cls, name, NULL);
    }
    obj_decref(name);
    return result;
}

static Obj *abc_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!obj_has_flag(args[0], TYPE_TYPE))
        return err_string(&exc_type_error, "_abc_init requires a class");
    if (take_pattern_flags(args[0]) < 0)
        return NULL;
    Obj *abstract = set_new(NULL);
    Obj *frozen = NULL, *data = NULL;
    if (abstract != NULL && collect_own(args[0], abstract) == 0 &&
        collect_inherited(args[0], abstract) == 0)
        frozen = frozenset_new(abstract);
    obj_xdecref(abstract);
    if (frozen != NULL && obj_setattr(args[0], names.dunder_abstractmethods, frozen) == 0)
        data = obj_alloc(&abc_data_type, (int64_t)sizeof(AbcDataObj));
    obj_xdecref(frozen);
    if (data == NULL)
        return NULL;
    data_cast(data)->negative_version = invalidation_counter;
    gc_track(data);
    int result = obj_setattr_str(args[0], "_abc_impl", data);
    obj_decref(data);
    return result < 0 ? NULL : none_new();
}

/* ---------------------------------------------------------------- registration and checks */

static Obj *abc_register(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!obj_has_flag(args[1], TYPE_TYPE))
        return err_string(&exc_type_error, "Can only register classes");
    int is = obj_issubclass(args[1], args[0]);
    if (is != 0)
        return is < 0 ? NULL : obj_incref(args[1]);
    is = obj_issubclass(args[0], args[1]);
    if (is != 0)
        return is < 0 ? NULL
                      : err_string(&exc_runtime_error, "Refusing to create an inheritance cycle");
    Obj *data = data_of(args[0]);
    if (data == NULL)
        return NULL;
    int result = weak_add(&data_cast(data)->registry, args[1]);
    obj_decref(data);
    if (result < 0)
        return NULL;
    invalidation_counter++;
    uint32_t pattern = ((const Type *)args[0])->head.flags & (TYPE_SEQUENCE | TYPE_MAPPING);
    if (pattern != 0)
        type_set_pattern((Type *)args[1], pattern);
    return obj_incref(args[1]);
}

/* The answer of cls.__subclasshook__, the real bases, the registered classes and the subclasses, in
 * that order: 1, 0, -1. */
static int subclass_check(ObjRef cls, ObjRef subclass)
{
    if (!obj_has_flag(subclass, TYPE_TYPE))
        return err_format_int(&exc_type_error, "issubclass() arg 1 must be a class");
    Obj *data = data_of(cls);
    if (data == NULL)
        return -1;
    AbcDataObj *d = data_cast(data);
    Obj *registered = NULL, *children = NULL;
    bool remember = true;
    int result = weak_contains(d->cache, subclass);
    if (result != 0) {
        remember = false;
        goto done;
    }
    if (d->negative_version < invalidation_counter) {
        obj_clear(&d->negative_cache);
        d->negative_version = invalidation_counter;
    } else if ((result = weak_contains(d->negative_cache, subclass)) != 0) {
        remember = false;
        result = result < 0 ? -1 : 0;
        goto done;
    }
    result = -1;
    Obj *answer = obj_call_method(cls, names.dunder_subclasshook, &subclass, 1);
    if (answer == NULL)
        goto done;
    bool decided = !is_not_implemented(answer);
    int truth = decided ? obj_truth(answer) : 0;
    bool proper = answer == obj_true || answer == obj_false;
    obj_decref(answer);
    if (truth < 0)
        goto done;
    if (decided && !proper) {
        err_string(&exc_assertion_error, "__subclasshook__ must return bool or NotImplemented");
        goto done;
    }
    if (decided) {
        result = truth;
        goto done;
    }
    if (type_is_subtype((const Type *)subclass, (const Type *)cls)) {
        result = 1;
        goto done;
    }
    registered = d->registry == NULL ? list_new(0) : obj_to_list(d->registry);
    result = registered == NULL ? -1 : 0;
    for (int64_t i = 0; result == 0 && i < list_length(registered); i++) {
        Obj *candidate = weakref_get(list_peek(registered, i));
        if (candidate != NULL)
            result = obj_issubclass(subclass, candidate);
        obj_xdecref(candidate);
    }
    if (result != 0)
        goto done;
    Obj *method = obj_getattr_str(cls, "__subclasses__");
    children = method == NULL ? NULL : obj_call0(method);
    obj_xdecref(method);
    if (children != NULL && !list_check(children)) {
        err_string(&exc_type_error, "__subclasses__() must return a list");
        obj_clear(&children);
    }
    result = children == NULL ? -1 : 0;
    for (int64_t i = 0; result == 0 && i < list_length(children); i++)
        result = obj_issubclass(subclass, list_peek(children, i));
done:
    if (remember && result >= 0 &&
        weak_add(result > 0 ? &d->cache : &d->negative_cache, subclass) < 0)
        result = -1;
    obj_xdecref(children);
    obj_xdecref(registered);
    obj_decref(data);
    return result;
}

static Obj *abc_subclasscheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    int result = subclass_check(args[0], args[1]);
    return result < 0 ? NULL : bool_new(result != 0);
}

static Obj *abc_instancecheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *data = data_of(args[0]);
    Obj *cls = data == NULL ? NULL : obj_getattr_str(args[1], "__class__");
    int result = cls == NULL ? -1 : weak_contains(data_cast(data)->cache, cls);
    if (result == 0) {
        /* Through the metaclass, so that an override of __subclasscheck__ is asked. */
        ObjRef arg = cls;
        ObjRef type = (ObjRef)obj_type(args[1]);
        Obj *answer = obj_call_method(args[0], names.dunder_subclasscheck, &arg, 1);
        result = answer == NULL ? -1 : obj_truth(answer);
        obj_xdecref(answer);
        if (result == 0 && type != (ObjRef)cls) {
            answer = obj_call_method(args[0], names.dunder_subclasscheck, &type, 1);
            result = answer == NULL ? -1 : obj_truth(answer);
            obj_xdecref(answer);
        }
    }
    obj_xdecref(cls);
    obj_xdecref(data);
    return result < 0 ? NULL : bool_new(result != 0);
}

/* ---------------------------------------------------------------- debugging */

static Obj *get_cache_token(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return int_new(invalidation_counter);
}

static Obj *copy_set(ObjRef set)
{
    return set_new(set);
}

static Obj *get_dump(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *data = data_of(args[0]);
    if (data == NULL)
        return NULL;
    AbcDataObj *d = data_cast(data);
    Obj *items[4] = {copy_set(d->registry), copy_set(d->cache), copy_set(d->negative_cache),
                     int_new(d->negative_version)};
    obj_decref(data);
    return tuple_from_results_steal(items, 4);
}

static Obj *reset_registry(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *data = data_of(args[0]);
    if (data == NULL)
        return NULL;
    obj_clear(&data_cast(data)->registry);
    obj_decref(data);
    return none_new();
}

static Obj *reset_caches(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *data = data_of(args[0]);
    if (data == NULL)
        return NULL;
    obj_clear(&data_cast(data)->cache);
    obj_clear(&data_cast(data)->negative_cache);
    obj_decref(data);
    return none_new();
}

static const MethodDef functions[] = {
    {"get_cache_token", get_cache_token, 0, 0, 0,
     "get_cache_token($module, /)\n--\n\nA number that moves whenever a class is registered."},
    {"_abc_init", abc_init, 1, 1, 0, NULL},
    {"_abc_register", abc_register, 2, 2, 0, NULL},
    {"_abc_instancecheck", abc_instancecheck, 2, 2, 0, NULL},
    {"_abc_subclasscheck", abc_subclasscheck, 2, 2, 0, NULL},
    {"_get_dump", get_dump, 1, 1, 0, NULL},
    {"_reset_registry", reset_registry, 1, 1, 0, NULL},
    {"_reset_caches", reset_caches, 1, 1, 0, NULL},
    {0},
};

const ModuleDef abc_module = {"_abc", "Machinery of abstract base classes.", functions, NULL};
