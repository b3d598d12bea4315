/* Module _weakref: what the Python module weakref is built on. */

#include "runtime/types/weakref.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

static Obj *getweakrefcount(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return int_new(weakref_count(args[0]));
}

static Obj *getweakrefs(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return weakref_list(args[0]);
}

static Obj *proxy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    return weakref_proxy(args[0], nargs > 1 ? args[1] : NULL);
}

/* Removes dict[key] if its value is a dead weak reference; both steps without user code between. */
static Obj *remove_dead(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!dict_check(args[0]))
        return err_format(&exc_type_error, "argument 1 must be dict, not %T", args[0]);
    ObjRef ref = dict_peek(args[0], args[1]);
    if (ref == NULL)
        return err_occurred() != NULL ? NULL : none_new();
    if (!type_check(ref, &weakref_type))
        return err_string(&exc_type_error, "not a weakref");
    Obj *referent = weakref_get(ref);
    bool dead = referent == NULL;
    obj_xdecref(referent);
    if (dead && dict_discard(args[0], args[1]) < 0)
        return NULL;
    return none_new();
}

static const MethodDef functions[] = {
    {"getweakrefcount", getweakrefcount, 1, 1, 0,
     "getweakrefcount(object, /)\n--\n\nNumber of weak references to the object."},
    {"getweakrefs", getweakrefs, 1, 1, 0,
     "getweakrefs(object, /)\n--\n\nList of the weak references to the object."},
    {"proxy", proxy, 1, 2, 0,
     "proxy(object, callback=None, /)\n--\n\nA stand-in that does not keep the object alive."},
    {"_remove_dead_weakref", remove_dead, 2, 2, 0, NULL},
    {0},
};

static int exec(ObjRef module)
{
    if (module_add(module, "ref", (ObjRef)&weakref_type) < 0 ||
        module_add(module, "ReferenceType", (ObjRef)&weakref_type) < 0 ||
        module_add(module, "ProxyType", (ObjRef)&weakproxy_type) < 0)
        return -1;
    return module_add(module, "CallableProxyType", (ObjRef)&weakcallableproxy_type);
}

const ModuleDef weakref_module = {"_weakref", "Weak references.", functions, exec};
