/*
 * Module _pickle: objects as bytes and back.  The two machines are in pickle_write.c and
 * pickle_read.c; here are the errors, PickleBuffer and the module.
 *
 * What is rarely needed (where a class is found by name, old names of modules) is shared with the
 * version in Python: module pickle gives the functions _locate and _find_class.
 */

#include "runtime/modules/pickle.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/buffer.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

PickleErrors pickle_errors;

Obj *pickle_import(const char *module, const char *name)
{
    Obj *imported = runtime.hooks.import_module(module);
    Obj *found = imported == NULL ? NULL : obj_getattr_str(imported, name);
    obj_xdecref(imported);
    return found;
}

/* ---- PickleBuffer: memory that a pickle may leave out */

typedef struct PickleBufferObj {
    Obj base;
    Obj *owner; /* owned; NULL when released */
    Obj *weak_list;
} PickleBufferObj;

#define buffer_cast(o) ((PickleBufferObj *)(o))

static Obj *buffer_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("PickleBuffer", kwnames) < 0 ||
        args_check_count("PickleBuffer", nargs, 1, 1) < 0)
        return NULL;
    BufferView view;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    buffer_release(&view);
    Obj *self = obj_new_gc(type, sizeof(PickleBufferObj));
    if (self == NULL)
        return NULL;
    buffer_cast(self)->owner = obj_incref(args[0]);
    buffer_cast(self)->weak_list = NULL;
    gc_track(self);
    return self;
}

static int buffer_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(buffer_cast(self)->owner);
    return 0;
}

static int buffer_clear(ObjRef self)
{
    obj_clear(&buffer_cast(self)->owner);
    return 0;
}

static Obj **buffer_weak_list(ObjRef self)
{
    return &buffer_cast(self)->weak_list;
}

static void buffer_dealloc(Obj *self)
{
    gc_untrack(self);
    if (buffer_cast(self)->weak_list != NULL)
        weakref_clear_all(self, &buffer_cast(self)->weak_list);
    obj_xdecref(buffer_cast(self)->owner);
    obj_free(self, sizeof(PickleBufferObj));
}

ObjRef pickle_buffer_owner(ObjRef self)
{
    ObjRef owner = buffer_cast(self)->owner;
    if (owner == NULL)
        err_string(&exc_value_error, "operation forbidden on released PickleBuffer object");
    return owner;
}

static Obj *buffer_raw(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    ObjRef owner = pickle_buffer_owner(self);
    Obj *view = owner == NULL ? NULL : memoryview_new(owner);
    if (view == NULL)
        return NULL;
    Obj *contiguous = obj_getattr_str(view, "contiguous");
    int truth = contiguous == NULL ? -1 : obj_truth(contiguous);
    obj_xdecref(contiguous);
    Obj *result = NULL;
    if (truth == 0)
        err_string(&exc_buffer_error, "cannot extract raw buffer from non-contiguous buffer");
    if (truth > 0) {
        Obj *cast = str_intern_ascii("cast"), *format = str_from_ascii("B");
        if (cast != NULL && format != NULL) {
            const ObjRef arguments[] = {format};
            result = obj_call_method(view, cast, arguments, 1);
        }
        obj_xdecref(cast);
        obj_xdecref(format);
    }
    obj_decref(view);
    return result;
}

static Obj *buffer_release_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    obj_clear(&buffer_cast(self)->owner);
    return none_new();
}

static const MethodDef buffer_methods[] = {
    {"raw", buffer_raw, 0, 0, 0, "raw($self, /)\n--\n\nA view of the octets in one dimension."},
    {"release", buffer_release_method, 0, 0, 0, "release($self, /)\n--\n\nLets go of the memory."},
    {0},
};

Type pickle_buffer_type = {
    .head = {.base = {1, &type_type.root},
             .name = "pickle.PickleBuffer",
             .flags = TYPE_GC,
             .traverse = buffer_traverse,
             .clear = buffer_clear,
             .weak_list = buffer_weak_list,
             .dealloc = buffer_dealloc},
    .root = {.type = &pickle_buffer_type.head},
    .doc = "PickleBuffer(object)\n\nMemory of an object that a pickle may leave out (PEP 574).",
    .basic_size = sizeof(PickleBufferObj),
    .weak_list_offset = offsetof(PickleBufferObj, weak_list),
    .new = buffer_new,
    .methods = buffer_methods,
};

/* ---- module */

static const MethodDef functions[] = {
    {"dump", pickle_dump, 0, -1, METHOD_KEYWORDS,
     "dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)\n"
     "--\n\nWrites obj to a binary file."},
    {"dumps", pickle_dumps, 0, -1, METHOD_KEYWORDS,
     "dumps($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)\n"
     "--\n\nThe pickle of obj as bytes."},
    {"load", pickle_load, 0, -1, METHOD_KEYWORDS,
     "load($module, file, /, *, fix_imports=True, encoding='ASCII',\n     errors='strict', "
     "buffers=())\n--\n\nReads an object from a binary file."},
    {"loads", pickle_loads, 0, -1, METHOD_KEYWORDS,
     "loads($module, data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', "
     "buffers=())\n--\n\nThe object that a pickle describes."},
    {0},
};

void pickle_finish(void)
{
    obj_clear(&pickle_errors.base);
    obj_clear(&pickle_errors.pickling);
    obj_clear(&pickle_errors.unpickling);
}

static int exec(ObjRef module)
{
    static const BufferExporter stand_in = {.type = &pickle_buffer_type,
                                            .through = pickle_buffer_owner};
    if (type_ready(&pickle_pickler_type) < 0 || type_ready(&pickle_unpickler_type) < 0 ||
        type_ready(&pickle_buffer_type) < 0 || buffer_register(&stand_in) < 0)
        return -1;
    if (pickle_errors.base == NULL) {
        pickle_errors.base = type_new_exception("_pickle.PickleError", NULL, NULL);
        if (pickle_errors.base == NULL)
            return -1;
        pickle_errors.pickling =
            type_new_exception("_pickle.PicklingError", pickle_errors.base, NULL);
        pickle_errors.unpickling =
            type_new_exception("_pickle.UnpicklingError", pickle_errors.base, NULL);
        if (pickle_errors.pickling == NULL || pickle_errors.unpickling == NULL)
            return -1;
    }
    if (module_add(module, "PickleError", pickle_errors.base) < 0 ||
        module_add(module, "PicklingError", pickle_errors.pickling) < 0 ||
        module_add(module, "UnpicklingError", pickle_errors.unpickling) < 0 ||
        module_add(module, "Pickler", &pickle_pickler_type.head.base) < 0 ||
        module_add(module, "Unpickler", &pickle_unpickler_type.head.base) < 0)
        return -1;
    return module_add(module, "PickleBuffer", &pickle_buffer_type.head.base);
}

extern const ModuleDef pickle_module;
const ModuleDef pickle_module = {"_pickle", "Objects as bytes and back.", functions, exec};
