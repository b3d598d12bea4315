/*
 * Modules: a name space in a dict, and the table of the C modules.
 *
 * Attribute access looks into the dict first and then asks a module-level __getattr__ (PEP 562).
 */

#include "runtime/types/module.h"

#include <stddef.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

#define module_cast(o) ((ModuleObj *)(o))

/* ---------------------------------------------------------------- lifecycle */

static int module_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(module_cast(self)->dict);
    return 0;
}

static int module_clear(ObjRef self)
{
    if (module_cast(self)->dict != NULL)
        dict_clear(module_cast(self)->dict);
    return 0;
}

static void module_dealloc(Obj *self)
{
    gc_untrack(self);
    if (module_cast(self)->weak_list != NULL)
        weakref_clear_all(self, &module_cast(self)->weak_list);
    obj_clear(&module_cast(self)->dict);
    obj_free(self, (int64_t)sizeof(ModuleObj));
}

static Obj *module_new_slot(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(ModuleObj));
    if (self == NULL)
        return NULL;
    module_cast(self)->dict = dict_new();
    if (module_cast(self)->dict == NULL) {
        obj_decref(self);
        return NULL;
    }
    gc_track(self);
    return self;
}

static int set_identity(ObjRef self, ObjRef name, ObjRef doc)
{
    ObjRef dict = module_dict(self);
    if (dict_set(dict, names.dunder_name, name) < 0 || dict_set(dict, names.dunder_doc, doc) < 0 ||
        dict_set(dict, names.dunder_package, obj_none) < 0 ||
        dict_set(dict, names.dunder_loader, obj_none) < 0)
        return -1;
    return dict_set(dict, names.dunder_spec, obj_none);
}

static int module_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"module", 0, 1, 2, 2, {"name", "doc"}};
    ObjRef values[2];
    if (args_bind(&spec, args, nargs, kwnames, values) < 0 ||
        args_require_str(values[0], "module", "name") < 0)
        return -1;
    return set_identity(self, values[0], values[1] == NULL ? obj_none : values[1]);
}

Obj *module_new(const char *name)
{
    Obj *self = module_new_slot(&module_type, NULL, 0, NULL);
    Obj *text = self == NULL ? NULL : str_from_utf8(name, (int64_t)strlen(name));
    if (text == NULL || set_identity(self, text, obj_none) < 0)
        obj_clear(&self);
    obj_xdecref(text);
    return self;
}

/* ---------------------------------------------------------------- operations */

/* True when the module's __spec__ says that it is still being imported. */
static bool is_initializing(ObjRef dict)
{
    ObjRef spec = dict_peek(dict, names.dunder_spec);
    if (spec == NULL || is_none(spec))
        return false;
    Obj *flag = obj_getattr_str(spec, "_initializing");
    int truth = flag == NULL ? -1 : obj_truth(flag);
    obj_xdecref(flag);
    if (truth < 0)
        err_clear();
    return truth > 0;
}

static Obj *module_getattr(ObjRef self, ObjRef name)
{
    Obj *value;
    int found = object_getattr_opt(self, name, &value);
    if (found != 0)
        return value;
    ObjRef dict = module_dict(self);
    ObjRef hook = dict_peek(dict, names.dunder_getattr);
    if (hook != NULL)
        return obj_call1(hook, name);
    if (err_occurred() != NULL)
        return NULL;
    ObjRef module_name = dict_peek(dict, names.dunder_name);
    if (module_name == NULL || !str_check(module_name))
        return err_attribute(self, name, "module has no attribute '%U'", name);
    if (is_initializing(dict)) {
        return err_attribute(self, name,
                             "partially initialized module '%U' has no attribute '%U' (most likely "
                             "due to a circular import)",
                             module_name, name);
    }
    return err_attribute(self, name, "module '%U' has no attribute '%U'", module_name, name);
}

static Obj *module_repr(ObjRef self)
{
    ObjRef dict = module_dict(self);
    ObjRef name = dict_peek(dict, names.dunder_name);
    ObjRef file = dict_peek(dict, names.dunder_file);
    if (name == NULL)
        return str_format_c("<module '?'>");
    if (file != NULL && str_check(file))
        return str_format_c("<module %R from %R>", name, file);
    bool builtin = str_check(name) && str_utf8(name, NULL) != NULL &&
                   module_find_def(str_utf8(name, NULL)) != NULL;
    if (builtin)
        return str_format_c("<module %R (built-in)>", name);
    ObjRef spec = dict_peek(dict, names.dunder_spec);
    if (spec != NULL && !is_none(spec)) {
        Obj *origin = NULL;
        if (obj_getattr_opt(spec, names.origin, &origin) < 0)
            err_clear();
        Obj *text = NULL;
        if (origin != NULL && str_check(origin))
            text = str_format_c("<module %R (%U)>", name, (ObjRef)origin);
        else
            text = str_format_c("<module %R (namespace)>", name);
        obj_xdecref(origin);
        return text;
    }
    return str_format_c("<module %R>", name);
}

/* ---------------------------------------------------------------- methods */

static Obj *module_dir(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *dict = obj_getattr(self, names.dunder_dict);
    if (dict == NULL)
        return NULL;
    Obj *result = NULL;
    if (!dict_check(dict)) {
        err_format(&exc_type_error, "<module>.__dict__ is not a dictionary");
    } else {
        ObjRef hook = dict_peek(dict, names.dunder_dir);
        result = hook != NULL ? obj_call0(hook) : dict_keys_list(dict);
    }
    obj_decref(dict);
    return result;
}

static const MethodDef module_methods[] = {
    {"__dir__", module_dir, 0, 0, 0, "__dir__($self, /)\n--\n\nThe names in the module."},
    {0},
};

static Obj *get_dict(ObjRef self)
{
    return obj_incref(module_dict(self));
}

static Obj *get_annotations(ObjRef self)
{
    ObjRef dict = module_dict(self);
    ObjRef found = dict_peek(dict, names.dunder_annotations);
    if (found != NULL)
        return obj_incref(found);
    Obj *made = dict_new();
    if (made != NULL && dict_set(dict, names.dunder_annotations, made) < 0)
        obj_clear(&made);
    return made;
}

static int set_annotations(ObjRef self, ObjRef value)
{
    ObjRef dict = module_dict(self);
    if (value != NULL)
        return dict_set(dict, names.dunder_annotations, value);
    int removed = dict_discard(dict, names.dunder_annotations);
    if (removed == 0)
        return err_format_int(&exc_attribute_error, "__annotations__");
    return removed < 0 ? -1 : 0;
}

static const GetSetDef module_getset[] = {
    {"__dict__", get_dict, NULL, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL},
    {0},
};

/* ---------------------------------------------------------------- type definition */

Type module_type = {
    .head = {.base = {1, &type_type.root},
             .name = "module",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = module_traverse,
             .clear = module_clear,
             .dealloc = module_dealloc},
    .doc = "module(name, doc=None)\n--\n\nA name space, usually made by import.",
    .basic_size = (int64_t)sizeof(ModuleObj),
    .dict_offset = offsetof(ModuleObj, dict),
    .weak_list_offset = offsetof(ModuleObj, weak_list),
    .repr = module_repr,
    .getattr = module_getattr,
    .setattr = object_setattr,
    .new = module_new_slot,
    .init = module_init,
    .methods = module_methods,
    .getset = module_getset,
};

/* ---------------------------------------------------------------- filling */

int module_add_functions(ObjRef module, const MethodDef *functions)
{
    ObjRef name = dict_peek(module_dict(module), names.dunder_name);
    for (const MethodDef *def = functions; def != NULL && def->name != NULL; def++) {
        Obj *function = builtin_function_new(def, NULL, name);
        if (module_add_steal(module, def->name, function) < 0)
            return -1;
    }
    return 0;
}

Obj *module_from_def(const ModuleDef *def)
{
    Obj *module = module_new(def->name);
    if (module == NULL || module_add_functions(module, def->functions) < 0)
        goto fail;
    if (def->doc != NULL) {
        Obj *doc = str_from_utf8(def->doc, (int64_t)strlen(def->doc));
        if (module_add_steal(module, "__doc__", doc) < 0)
            goto fail;
    }
    Obj *name = str_from_ascii(def->name);
    if (name == NULL)
        goto fail;
    int entered = dict_set(runtime.modules, name, module);
    if (entered == 0 && def->exec != NULL && def->exec(module) < 0) {
        Obj *error = err_fetch();
        if (dict_discard(runtime.modules, name) < 0)
            err_clear();
        err_restore_steal(error);
        entered = -1;
    }
    obj_decref(name);
    if (entered < 0)
        goto fail;
    return module;
fail:
    obj_xdecref(module);
    return NULL;
}

int module_add(ObjRef module, const char *name, ObjRef value)
{
    Obj *key = str_intern_ascii(name);
    if (key == NULL)
        return -1;
    int result = dict_set(module_dict(module), key, value);
    obj_decref(key);
    return result;
}

int module_add_steal(ObjRef module, const char *name, Obj *value)
{
    if (value == NULL)
        return -1;
    int result = module_add(module, name, value);
    obj_decref(value);
    return result;
}

int module_add_int(ObjRef module, const char *name, int64_t value)
{
    return module_add_steal(module, name, int_new(value));
}
