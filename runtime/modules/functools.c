/*
 * Module _functools: the parts of functools that are hot or need the object layout.
 *
 * Here: reduce and cmp_to_key.  partial and lru_cache have their own files (functools.h); the rest
 * of functools is Python (runtime/lib/functools.py).
 */

#include "runtime/modules/functools.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

int functools_set_dict(ObjRef self, ObjRef dict)
{
    if (dict == NULL)
        return err_format_int(&exc_type_error, "cannot delete __dict__");
    return object_set_dict(self, dict);
}

/* ---- cmp_to_key */

typedef struct KeyObj {
    Obj base;
    Obj *compare; /* owned: the three-way comparison function */
    Obj *object;  /* owned: what is compared; NULL in the factory that cmp_to_key gives */
} KeyObj;

static Type key_type;

static Obj *key_new(ObjRef compare, ObjRef object)
{
    KeyObj *key = (KeyObj *)obj_new_gc(&key_type, sizeof(KeyObj));
    if (key == NULL)
        return NULL;
    key->compare = obj_incref(compare);
    key->object = obj_xincref(object);
    gc_track(&key->base);
    return &key->base;
}

static int key_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const KeyObj *)self)->compare);
    GC_VISIT(((const KeyObj *)self)->object);
    return 0;
}

static void key_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref(((KeyObj *)self)->compare);
    obj_xdecref(((KeyObj *)self)->object);
    obj_free(self, sizeof(KeyObj));
}

static Obj *key_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"K", 0, 1, 1, 1, {"obj"}};
    ObjRef given[1];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    return key_new(((KeyObj *)self)->compare, given[0]);
}

static Obj *key_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (obj_type(self) != &key_type || obj_type(other) != &key_type)
        return err_string(&exc_type_error, "other argument must be K instance");
    const KeyObj *a = (const KeyObj *)self, *b = (const KeyObj *)other;
    if (a->object == NULL || b->object == NULL)
        return err_string(&exc_attribute_error, "object");
    Obj *order = obj_call2(a->compare, a->object, b->object);
    Obj *zero = order == NULL ? NULL : int_new(0);
    Obj *result = zero == NULL ? NULL : obj_compare(order, zero, op);
    obj_xdecref(order);
    obj_xdecref(zero);
    return result;
}

static const MemberDef key_members[] = {
    {"obj", MEMBER_OBJ, offsetof(KeyObj, object), 0, "The object that is compared."},
    {0},
};

static Type key_type = {
    .head = {.base = {1, &type_type.root},
             .name = "functools.KeyWrapper",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = key_traverse,
             .dealloc = key_dealloc},
    .root = {.type = &key_type.head},
    .basic_size = sizeof(KeyObj),
    .hash = object_hash_unhashable,
    .compare = key_compare,
    .call = key_call,
    .members = key_members,
};

static Obj *cmp_to_key(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"cmp_to_key", 0, 1, 1, 1, {"mycmp"}};
    (void)self;
    ObjRef given[1];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    return key_new(given[0], NULL);
}

/* ---- reduce */

static Obj *reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    ObjRef function = args[0];
    Obj *iterator = obj_iter(args[1]);
    if (iterator == NULL) {
        if (err_matches(&exc_type_error))
            err_string(&exc_type_error, "reduce() arg 2 must support iteration");
        return NULL;
    }
    Obj *result = nargs > 2 ? obj_incref(args[2]) : NULL;
    Obj *item;
    int more;
    while ((more = obj_next(iterator, &item)) > 0) {
        if (result == NULL) {
            result = item;
            continue;
        }
        Obj *combined = obj_call2(function, result, item);
        obj_decref(result);
        obj_decref(item);
        result = combined;
        if (result == NULL) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    if (more < 0)
        obj_clear(&result);
    else if (result == NULL)
        err_string(&exc_type_error, "reduce() of empty iterable with no initial value");
    return result;
}

static const MethodDef functions[] = {
    {"cmp_to_key", cmp_to_key, 0, -1, METHOD_KEYWORDS,
     "cmp_to_key($module, /, mycmp)\n--\n\nMakes a sort key of a three-way comparison function."},
    {"reduce", reduce, 2, 3, 0,
     "reduce(function, iterable[, initial])\n\n"
     "Combines the items two at a time, from left to right, into one value."},
    {0},
};

static int exec(ObjRef module)
{
    if (type_ready(&key_type) < 0 || type_ready(&functools_lru_link_type) < 0 ||
        type_ready(&functools_partial_type) < 0 || type_ready(&functools_lru_cache_type) < 0)
        return -1;
    if (module_add(module, "partial", &functools_partial_type.head.base) < 0)
        return -1;
    return module_add(module, "_lru_cache_wrapper", &functools_lru_cache_type.head.base);
}

extern const ModuleDef functools_module;
const ModuleDef functools_module = {"_functools", "What functools needs in C.", functions, exec};
