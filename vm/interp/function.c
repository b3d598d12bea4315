/*
 * function: what def and lambda make.
 *
 * The fields that calls need (words, consts, counts) mirror the code object; set_code keeps them in
 * step.  Calling from C copies the arguments to the value stack, starts a frame and runs eval_run;
 * calls from Python code do the same inside the loop without C recursion (eval.c).
 */

#include "vm/interp/function.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/method.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"
#include "vm/interp/cell.h"
#include "vm/interp/code_data.h"
#include "vm/interp/eval.h"
#include "vm/interp/thread.h"

/* Fields that mirror the code object.  It takes over the reference to code. */
static void mirror_code_steal(FunctionObj *function, CodeObj *code)
{
    const uint32_t special = CODE_VARARGS | CODE_VARKEYWORDS;
    function->code = code;
    function->words = code->words;
    function->consts = tuple_cast(code->consts)->items;
    function->simple_args = code->kwonlyargcount == 0 && (code->flags & special) == 0 &&
                                    (code->flags & CODE_OPTIMIZED) != 0 &&
                                    code->nlocalsplus + code->stacksize < FAST_FRAME_WORDS
                                ? code->argcount
                                : -1;
    function->slots = code->nlocalsplus;
    function->frame_words = code->nlocalsplus + code->stacksize;
    function->free_slots = code->nfreevars;
    function->name_cells = NULL;
}

/* The dict of globals["__builtins__"], which may be a module or a dict; borrowed. */
static ObjRef find_builtins(ObjRef globals)
{
    ObjRef builtins = dict_peek(globals, names.dunder_builtins);
    if (builtins == NULL) {
        CallRecord *record = thread_running();
        if (record != NULL && record_function(record)->builtins != NULL)
            return record_function(record)->builtins;
        return runtime.builtins_dict;
    }
    if (type_check(builtins, &module_type))
        return module_dict(builtins);
    return dict_check(builtins) ? builtins : runtime.builtins_dict;
}

static FunctionObj *new_blank(CodeObj *code, ObjRef globals, ObjRef builtins)
{
    if (code_data_join(code, globals, builtins) < 0)
        return NULL;
    FunctionObj *function = (FunctionObj *)obj_new_gc(&function_type, (int64_t)sizeof(FunctionObj));
    if (function == NULL) {
        code_data_leave(code);
        return NULL;
    }
    mirror_code_steal(function, (CodeObj *)obj_incref(&code->base));
    function->globals = obj_incref(globals);
    function->builtins = obj_incref(builtins);
    function->closure = NULL;
    function->defaults = function->kwdefaults = function->annotations = NULL;
    function->dict = function->weak_list = NULL;
    return function;
}

Obj *function_new(ObjRef code_ref, ObjRef globals, ObjRef closure)
{
    CodeObj *code = code_cast(obj_incref(code_ref));
    ObjRef builtins;
    CallRecord *record = thread_running();
    if (record != NULL && record_function(record)->globals == globals)
        builtins = record_function(record)->builtins; /* nearly always */
    else
        builtins = find_builtins(globals);
    FunctionObj *function = new_blank(code, globals, builtins);
    if (function != NULL) {
        function->name = obj_incref(code->name);
        function->qualname = obj_incref(code->qualname);
        function->module = obj_xincref(dict_peek(globals, names.dunder_name));
        const TupleObj *consts = tuple_cast(code->consts);
        bool documented = consts->length > 0 && str_check(consts->items[0]);
        function->doc = documented ? obj_incref(consts->items[0]) : none_new();
        function->closure = obj_xincref(closure);
        gc_track(&function->base);
    }
    obj_decref(&code->base);
    return (Obj *)function;
}

Obj *function_copy(ObjRef self)
{
    const FunctionObj *from = (const FunctionObj *)self;
    FunctionObj *function = new_blank(from->code, from->globals, from->builtins);
    if (function == NULL)
        return NULL;
    function->name = obj_incref(from->name);
    function->qualname = obj_incref(from->qualname);
    function->closure = obj_xincref(from->closure);
    function->defaults = obj_xincref(from->defaults);
    function->kwdefaults = obj_xincref(from->kwdefaults);
    function->annotations = obj_xincref(from->annotations);
    function->module = obj_xincref(from->module);
    function->doc = obj_xincref(from->doc);
    function->dict = obj_xincref(from->dict);
    gc_track(&function->base);
    return &function->base;
}

static Obj *function_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"function", 0, 2,
                                 5,          5, {"code", "globals", "name", "argdefs", "closure"}};
    ObjRef given[5];
    (void)type;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    if (!code_check(given[0]))
        return err_format(&exc_type_error, "function() argument 'code' must be code, not %T",
                          given[0]);
    if (!dict_check(given[1]))
        return err_format(&exc_type_error, "function() argument 'globals' must be dict, not %T",
                          given[1]);
    ObjRef name = given[2], defaults = given[3], closure = given[4];
    if (name != NULL && !is_none(name) && !str_check(name))
        return err_format(&exc_type_error, "arg 3 (name) must be None or string");
    if (defaults != NULL && !is_none(defaults) && !tuple_check(defaults))
        return err_format(&exc_type_error, "arg 4 (defaults) must be None or tuple");
    const CodeObj *code = code_cast(given[0]);
    int64_t wanted = code->nfreevars;
    if (closure != NULL && !is_none(closure) && !tuple_check(closure))
        return err_format(&exc_type_error, wanted == 0 ? "arg 5 (closure) must be None or tuple"
                                                       : "arg 5 (closure) must be tuple");
    if (closure != NULL && is_none(closure))
        closure = NULL;
    if (closure == NULL && wanted > 0)
        return err_format(&exc_type_error, "arg 5 (closure) must be tuple");
    int64_t count = closure == NULL ? 0 : tuple_length(closure);
    if (count != wanted)
        return err_format(&exc_value_error, "%U requires closure of length %lld, not %lld",
                          code->name, (long long)wanted, (long long)count);
    for (int64_t i = 0; i < count; i++) {
        if (!cell_check(tuple_peek(closure, i)))
            return err_format(&exc_type_error, "arg 5 (closure) expected cell, found %T",
                              tuple_peek(closure, i));
    }
    Obj *function = function_new(given[0], given[1], closure);
    if (function == NULL)
        return NULL;
    if (name != NULL && !is_none(name))
        obj_replace(&function_cast(function)->name, obj_incref(name));
    if (defaults != NULL && !is_none(defaults))
        function_cast(function)->defaults = obj_incref(defaults);
    return function;
}

static int function_traverse(ObjRef self, VisitFn visit, void *context)
{
    const FunctionObj *function = (const FunctionObj *)self;
    GC_VISIT(function->code);
    GC_VISIT(function->closure);
    GC_VISIT(function->globals);
    GC_VISIT(function->builtins);
    GC_VISIT(function->name);
    GC_VISIT(function->qualname);
    GC_VISIT(function->defaults);
    GC_VISIT(function->kwdefaults);
    GC_VISIT(function->annotations);
    GC_VISIT(function->module);
    GC_VISIT(function->doc);
    GC_VISIT(function->dict);
    return 0;
}

/* Keeps what a call needs, which a finaliser may still make: cycles through closure and globals are
 * broken by the cells and the module's dict. */
static int function_clear(ObjRef self)
{
    FunctionObj *function = (FunctionObj *)self;
    obj_clear(&function->defaults);
    obj_clear(&function->kwdefaults);
    obj_clear(&function->annotations);
    obj_clear(&function->module);
    obj_clear(&function->doc);
    obj_clear(&function->dict);
    return 0;
}

static void function_dealloc(Obj *self)
{
    FunctionObj *function = function_cast(self);
    gc_untrack(self);
    if (function->weak_list != NULL)
        weakref_clear_all(self, &function->weak_list);
    code_data_leave(function->code);
    obj_xdecref(function->closure);
    obj_decref(function->globals);
    obj_decref(function->builtins);
    obj_decref(function->name);
    obj_decref(function->qualname);
    obj_xdecref(function->defaults);
    obj_xdecref(function->kwdefaults);
    obj_xdecref(function->annotations);
    obj_xdecref(function->module);
    obj_xdecref(function->doc);
    obj_xdecref(function->dict);
    obj_decref(&function->code->base);
    obj_free(self, (int64_t)sizeof(FunctionObj));
}

static Obj **function_weak_list(ObjRef self)
{
    return &((FunctionObj *)self)->weak_list;
}

Obj *function_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return eval_call(self, args, nargs, kwnames);
}

static Obj *function_repr(ObjRef self)
{
    return str_format_c("<function %U at %p>", function_cast(self)->qualname, (const void *)self);
}

static Obj *function_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    return instance == NULL ? obj_incref(self) : method_new(self, instance);
}

/* ---- attributes */

static Obj *get_code(ObjRef self)
{
    return obj_incref(&function_cast(self)->code->base);
}

static int set_code(ObjRef self, ObjRef value)
{
    FunctionObj *function = (FunctionObj *)self;
    if (value == NULL || !code_check(value))
        return err_format_int(&exc_type_error, "__code__ must be set to a code object");
    CodeObj *code = code_cast(obj_incref(value)), *old = function->code;
    int64_t closure = function->closure == NULL ? 0 : tuple_length(function->closure);
    if (code->nfreevars != closure) {
        obj_decref(&code->base);
        return err_format_int(&exc_value_error,
                              "%U() requires a code object with %lld free vars, not %d",
                              function->name, (long long)closure, code_cast(value)->nfreevars);
    }
    if (thread_protect_function(self) < 0 ||
        code_data_join(code, function->globals, function->builtins) < 0) {
        obj_decref(&code->base);
        return -1;
    }
    mirror_code_steal(function, code);
    code_data_leave(old);
    obj_decref(&old->base);
    return 0;
}

static Obj *get_name(ObjRef self)
{
    return obj_incref(function_cast(self)->name);
}

static int set_name(ObjRef self, ObjRef value)
{
    if (value == NULL || !str_check(value))
        return err_format_int(&exc_type_error, "__name__ must be set to a string object");
    obj_replace(&((FunctionObj *)self)->name, obj_incref(value));
    return 0;
}

static Obj *get_qualname(ObjRef self)
{
    return obj_incref(function_cast(self)->qualname);
}

static int set_qualname(ObjRef self, ObjRef value)
{
    if (value == NULL || !str_check(value))
        return err_format_int(&exc_type_error, "__qualname__ must be set to a string object");
    obj_replace(&((FunctionObj *)self)->qualname, obj_incref(value));
    return 0;
}

static Obj *get_defaults(ObjRef self)
{
    ObjRef value = function_cast(self)->defaults;
    return value == NULL ? none_new() : obj_incref(value);
}

static int set_defaults(ObjRef self, ObjRef value)
{
    if (value != NULL && is_none(value))
        value = NULL;
    if (value != NULL && !tuple_check(value))
        return err_format_int(&exc_type_error, "__defaults__ must be set to a tuple object");
    obj_replace(&((FunctionObj *)self)->defaults, obj_xincref(value));
    return 0;
}

static Obj *get_kwdefaults(ObjRef self)
{
    ObjRef value = function_cast(self)->kwdefaults;
    return value == NULL ? none_new() : obj_incref(value);
}

static int set_kwdefaults(ObjRef self, ObjRef value)
{
    if (value != NULL && is_none(value))
        value = NULL;
    if (value != NULL && !dict_check(value))
        return err_format_int(&exc_type_error, "__kwdefaults__ must be set to a dict object");
    obj_replace(&((FunctionObj *)self)->kwdefaults, obj_xincref(value));
    return 0;
}

/* MAKE_FUNCTION leaves a flat tuple; the dict is made when first asked for. */
static Obj *get_annotations(ObjRef self)
{
    FunctionObj *function = (FunctionObj *)self;
    if (function->annotations == NULL || tuple_check(function->annotations)) {
        Obj *dict = dict_new();
        if (dict == NULL)
            return NULL;
        int64_t count = function->annotations == NULL ? 0 : tuple_length(function->annotations);
        for (int64_t i = 0; i + 1 < count; i += 2) {
            if (dict_set(dict, tuple_peek(function->annotations, i),
                         tuple_peek(function->annotations, i + 1)) < 0) {
                obj_decref(dict);
                return NULL;
            }
        }
        obj_replace(&function->annotations, dict);
    }
    return obj_incref(function->annotations);
}

static int set_annotations(ObjRef self, ObjRef value)
{
    if (value != NULL && is_none(value))
        value = NULL;
    if (value != NULL && !dict_check(value))
        return err_format_int(&exc_type_error, "__annotations__ must be set to a dict object");
    obj_replace(&((FunctionObj *)self)->annotations, obj_xincref(value));
    return 0;
}

static Obj *get_dict(ObjRef self)
{
    FunctionObj *function = (FunctionObj *)self;
    if (function->dict == NULL && (function->dict = dict_new()) == NULL)
        return NULL;
    return obj_incref(function->dict);
}

static int set_dict(ObjRef self, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "cannot delete __dict__");
    if (!dict_check(value))
        return err_format_int(&exc_type_error, "__dict__ must be set to a dictionary, not a '%T'",
                              value);
    obj_replace(&((FunctionObj *)self)->dict, obj_incref(value));
    return 0;
}

static const MemberDef function_members[] = {
    {"__closure__", MEMBER_OBJ, offsetof(FunctionObj, closure), MEMBER_READONLY, NULL},
    {"__doc__", MEMBER_OBJ, offsetof(FunctionObj, doc), 0, NULL},
    {"__globals__", MEMBER_OBJ, offsetof(FunctionObj, globals), MEMBER_READONLY, NULL},
    {"__module__", MEMBER_OBJ, offsetof(FunctionObj, module), 0, NULL},
    {"__builtins__", MEMBER_OBJ, offsetof(FunctionObj, builtins), MEMBER_READONLY, NULL},
    {0},
};

static const GetSetDef function_getset[] = {
    {"__code__", get_code, set_code, NULL},
    {"__defaults__", get_defaults, set_defaults, NULL},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL},
    {"__dict__", get_dict, set_dict, NULL},
    {"__name__", get_name, set_name, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL},
    {0},
};

Type function_type = {
    .head = {.base = {1, &type_type.root},
             .name = "function",
             .flags = TYPE_GC | TYPE_METHOD_DESCRIPTOR,
             .traverse = function_traverse,
             .clear = function_clear,
             .weak_list = function_weak_list,
             .dealloc = function_dealloc},
    .basic_size = sizeof(FunctionObj),
    .dict_offset = offsetof(FunctionObj, dict),
    .weak_list_offset = offsetof(FunctionObj, weak_list),
    .doc = "function(code, globals, name=None, argdefs=None, closure=None)\n--\n\n"
           "Code together with the names that it sees.",
    .repr = function_repr,
    .call = function_call,
    .get = function_get,
    .new = function_make,
    .members = function_members,
    .getset = function_getset,
};
