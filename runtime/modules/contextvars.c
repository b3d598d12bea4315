/*
 * Module _contextvars: ContextVar, Context and Token (PEP 567).
 *
 * A context is a dict from variables to values that is shared until it is written: copying a
 * context shares the dict, and a write first takes a copy when somebody else (another context, or
 * an iterator over this one) holds it.  So copies take constant time, which event loops need for
 * every callback, and iterators see a frozen picture.  Variables compare by identity: lookups run
 * no user code.
 *
 * The current context of a thread is the last one that was entered; each entered context remembers
 * the one before it.  The first is made when somebody asks for it.
 */

#include "runtime/modules/contextvars.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

typedef struct ContextObj {
    Obj base;
    Obj *values;   /* owned dict: ContextVar → value; shared, see above */
    Obj *previous; /* owned: the context that was current when this one was entered; or NULL */
    Obj *weak_list;
    bool entered;
} ContextObj;

typedef struct ContextVarObj {
    Obj base;
    Obj *name;     /* owned str */
    Obj *fallback; /* owned; NULL: no default */
} ContextVarObj;

typedef struct TokenObj {
    Obj base;
    Obj *context; /* owned: where the variable was set; NULL once used */
    Obj *var;     /* owned */
    Obj *old;     /* owned; NULL: the variable had no value */
} TokenObj;

#define context_cast(o) ((ContextObj *)(o))
#define contextvar_cast(o) ((ContextVarObj *)(o))
#define token_cast(o) ((TokenObj *)(o))

static Type missing_type;
static Obj missing = {1, &missing_type.root}; /* Token.MISSING */

/* ---- contexts: lifecycle */

static Obj *context_new_with_steal(Obj *values)
{
    if (values == NULL)
        return NULL;
    Obj *self = obj_new_gc(&context_type, sizeof(ContextObj));
    if (self == NULL) {
        obj_decref(values);
        return NULL;
    }
    ContextObj *context = context_cast(self);
    context->values = values;
    context->previous = NULL;
    context->weak_list = NULL;
    context->entered = false;
    gc_track(self);
    return self;
}

static Obj *context_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type, (void)args;
    if (nargs > 0 || kwnames != NULL)
        return err_string(&exc_type_error, "Context() does not accept any arguments");
    return context_new_with_steal(dict_new());
}

static int context_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(context_cast(self)->values);
    GC_VISIT(context_cast(self)->previous);
    return 0;
}

static int context_clear(ObjRef self)
{
    /* Iterators may share the dict: this context lets go of it rather than emptying it.  A context
     * needs some dict at any time; without memory for one the cycle stays as it is. */
    Obj *empty = dict_new();
    if (empty == NULL)
        err_clear();
    else
        obj_replace(&context_cast(self)->values, empty);
    obj_clear(&context_cast(self)->previous);
    return 0;
}

static Obj **context_weak_list(ObjRef self)
{
    return &context_cast(self)->weak_list;
}

static void context_dealloc(Obj *self)
{
    ContextObj *context = context_cast(self);
    gc_untrack(self);
    if (context->weak_list != NULL)
        weakref_clear_all(self, &context->weak_list);
    obj_xdecref(context->values);
    obj_xdecref(context->previous);
    obj_free(self, sizeof(ContextObj));
}

/* ---- contexts: operations */

/* The current context, made if there is none; borrowed. */
static ObjRef current_peek(void)
{
    if (thread_state->context == NULL)
        thread_state->context = context_new_with_steal(dict_new());
    return thread_state->context;
}

Obj *context_copy_current(void)
{
    ObjRef current = current_peek();
    return current == NULL ? NULL
                           : context_new_with_steal(obj_incref(context_cast(current)->values));
}

int context_enter(ObjRef self)
{
    ContextObj *context = context_cast(self);
    if (context->entered)
        return err_format_int(&exc_runtime_error, "cannot enter context: %R is already entered",
                              self);
    context->entered = true;
    context->previous = thread_state->context;
    thread_state->context = obj_incref(self);
    return 0;
}

void context_leave(ObjRef self)
{
    ContextObj *context = context_cast(self);
    Obj *current = thread_state->context;
    thread_state->context = context->previous;
    context->previous = NULL;
    context->entered = false;
    obj_xdecref(current);
}

/* Makes sure that nobody else sees writes to the values of a context: 0/-1. */
static int make_private(ContextObj *context)
{
    if (context->values->refcnt == 1)
        return 0;
    Obj *copy = dict_copy(context->values);
    if (copy == NULL)
        return -1;
    obj_replace(&context->values, copy);
    return 0;
}

/* Sets a variable in a context, or removes it (value NULL). */
static int context_store(ObjRef self, ObjRef var, ObjRef value)
{
    ContextObj *context = context_cast(self);
    if (make_private(context) < 0)
        return -1;
    Obj *values = obj_incref(context->values);
    int result = value == NULL ? dict_discard(values, var) : dict_set(values, var, value);
    obj_decref(values);
    return result < 0 ? -1 : 0;
}

static int require_var(ObjRef key)
{
    if (obj_type(key) == &contextvar_type)
        return 0;
    return err_format_int(&exc_type_error, "a ContextVar key was expected, got %R", key);
}

static int64_t context_length(ObjRef self)
{
    return dict_length(context_cast(self)->values);
}

static int context_contains(ObjRef self, ObjRef key)
{
    return require_var(key) < 0 ? -1 : dict_contains(context_cast(self)->values, key);
}

static Obj *context_getitem(ObjRef self, ObjRef key)
{
    if (require_var(key) < 0)
        return NULL;
    ObjRef value = dict_peek(context_cast(self)->values, key);
    if (value != NULL)
        return obj_incref(value);
    return err_occurred() != NULL ? NULL : err_object(&exc_key_error, key);
}

static Obj *context_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (obj_type(other) != &context_type || (op != CMP_EQ && op != CMP_NE))
        return not_implemented_new();
    Obj *left = obj_incref(context_cast(self)->values);
    Obj *right = obj_incref(context_cast(other)->values);
    Obj *result = obj_compare(left, right, op);
    obj_decref(left);
    obj_decref(right);
    return result;
}

/* ---- contexts: methods */

/* The iterators hold the dict itself, so that a write meanwhile goes to a copy. */
static Obj *context_iter(ObjRef self)
{
    return obj_iter(context_cast(self)->values);
}

static Obj *iter_of_view(ObjRef self, const char *view_name)
{
    Obj *name = str_from_ascii(view_name);
    Obj *view = name == NULL ? NULL : obj_call_method(context_cast(self)->values, name, NULL, 0);
    Obj *iterator = view == NULL ? NULL : obj_iter(view);
    obj_xdecref(name);
    obj_xdecref(view);
    return iterator;
}

static Obj *context_keys(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return context_iter(self);
}

static Obj *context_values(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return iter_of_view(self, "values");
}

static Obj *context_items(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return iter_of_view(self, "items");
}

static Obj *context_get(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (require_var(args[0]) < 0)
        return NULL;
    ObjRef value = dict_peek(context_cast(self)->values, args[0]);
    if (value == NULL && err_occurred() != NULL)
        return NULL;
    return obj_incref(value != NULL ? value : nargs > 1 ? args[1] : obj_none);
}

static Obj *context_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return context_new_with_steal(obj_incref(context_cast(self)->values));
}

static Obj *context_run(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs < 1)
        return err_string(&exc_type_error, "run() missing 1 required positional argument");
    if (context_enter(self) < 0)
        return NULL;
    Obj *result = obj_call(args[0], args + 1, nargs - 1, kwnames);
    context_leave(self);
    return result;
}

static const MethodDef context_methods[] = {
    {"run", context_run, 0, -1, METHOD_KEYWORDS,
     "run(callable, /, *args, **kwargs)\n\nCalls callable with this context as the current one."},
    {"copy", context_copy, 0, 0, 0,
     "copy($self, /)\n--\n\nA new context with the same variables; takes constant time."},
    {"get", context_get, 1, 2, 0,
     "get($self, key, default=None, /)\n--\n\nThe value of a variable, or default."},
    {"keys", context_keys, 0, 0, 0, "keys($self, /)\n--\n\nThe variables that are set."},
    {"values", context_values, 0, 0, 0, "values($self, /)\n--\n\nTheir values."},
    {"items", context_items, 0, 0, 0, "items($self, /)\n--\n\nPairs of variable and value."},
    {0},
};

Type context_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_contextvars.Context",
             .flags = TYPE_GC,
             .traverse = context_traverse,
             .clear = context_clear,
             .weak_list = context_weak_list,
             .dealloc = context_dealloc},
    .root = {.type = &context_type.head},
    .doc = "Context()\n\nA mapping from context variables to their values.",
    .basic_size = sizeof(ContextObj),
    .weak_list_offset = offsetof(ContextObj, weak_list),
    .hash = object_hash_unhashable,
    .compare = context_compare,
    .iter = context_iter,
    .length = context_length,
    .contains = context_contains,
    .get_item = context_getitem,
    .new = context_new,
    .methods = context_methods,
};

/* ---- variables */

static Obj *var_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"ContextVar", 0, 1, 1, 2, {"name", "default"}};
    ObjRef out[2];
    if (nargs != 1 && (nargs > 1 || kwnames == NULL))
        return err_format(&exc_type_error,
                          "ContextVar() takes %s 1 positional argument (%lld given)",
                          nargs > 1 ? "at most" : "exactly", (long long)nargs);
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (!str_check(out[0]))
        return err_string(&exc_type_error, "context variable name must be a str");
    Obj *self = obj_new_gc(type, sizeof(ContextVarObj));
    if (self == NULL)
        return NULL;
    contextvar_cast(self)->name = obj_incref(out[0]);
    contextvar_cast(self)->fallback = obj_xincref(out[1]);
    gc_track(self);
    return self;
}

static int var_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(contextvar_cast(self)->name);
    GC_VISIT(contextvar_cast(self)->fallback);
    return 0;
}

static int var_clear(ObjRef self)
{
    obj_clear(&contextvar_cast(self)->fallback);
    return 0;
}

static void var_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref(contextvar_cast(self)->name);
    obj_xdecref(contextvar_cast(self)->fallback);
    obj_free(self, sizeof(ContextVarObj));
}

Obj *contextvar_get(ObjRef var, ObjRef fallback)
{
    if (thread_state->context != NULL) {
        ObjRef value = dict_peek(context_cast(thread_state->context)->values, var);
        if (value != NULL)
            return obj_incref(value);
        if (err_occurred() != NULL)
            return NULL;
    }
    return obj_xincref(fallback != NULL ? fallback : contextvar_cast(var)->fallback);
}

Obj *contextvar_set(ObjRef var, ObjRef value)
{
    ObjRef current = current_peek();
    if (current == NULL)
        return NULL;
    ObjRef old = dict_peek(context_cast(current)->values, var);
    if (old == NULL && err_occurred() != NULL)
        return NULL;
    Obj *self = obj_new_gc(&context_token_type, sizeof(TokenObj));
    if (self == NULL)
        return NULL;
    TokenObj *token = token_cast(self);
    token->context = obj_incref(current);
    token->var = obj_incref(var);
    token->old = obj_xincref(old);
    gc_track(self);
    if (context_store(token->context, var, value) < 0)
        obj_clear(&self);
    return self;
}

static Obj *var_repr(ObjRef self)
{
    const ContextVarObj *var = (const ContextVarObj *)self;
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("...");
    Obj *text = var->fallback == NULL
                    ? str_format_c("<ContextVar name=%R at %p>", var->name, (const void *)self)
                    : str_format_c("<ContextVar name=%R default=%R at %p>", var->name,
                                   var->fallback, (const void *)self);
    obj_repr_leave(self);
    obj_reveal(self);
    return text;
}

static Obj *var_get(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    Obj *value = contextvar_get(self, nargs > 0 ? args[0] : NULL);
    if (value == NULL && err_occurred() == NULL)
        return err_object(&exc_lookup_error, self);
    return value;
}

static Obj *var_set(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return contextvar_set(self, args[0]);
}

static Obj *var_reset(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (obj_type(args[0]) != &context_token_type)
        return err_format(&exc_type_error, "expected an instance of Token, got %R", args[0]);
    TokenObj *token = token_cast(args[0]);
    if (token->context == NULL)
        return err_format(&exc_runtime_error, "%R has already been used once", args[0]);
    if (token->var != (const Obj *)self)
        return err_format(&exc_value_error, "%R was created by a different ContextVar", args[0]);
    if (token->context != thread_state->context)
        return err_format(&exc_value_error, "%R was created in a different Context", args[0]);
    Obj *context = token->context;
    token->context = NULL;
    int result = context_store(context, self, token->old);
    obj_decref(context);
    return result < 0 ? NULL : none_new();
}

static const MethodDef var_methods[] = {
    {"get", var_get, 0, 1, 0,
     "get([default], /)\n\nThe value in the current context; else default; else the variable's "
     "own\n"
     "default; else LookupError."},
    {"set", var_set, 1, 1, 0,
     "set($self, value, /)\n--\n\nSets the value in the current context; gives a token for reset."},
    {"reset", var_reset, 1, 1, 0,
     "reset($self, token, /)\n--\n\nMakes the value what it was before the set that gave token."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

static const MemberDef var_members[] = {
    {"name", MEMBER_OBJ, offsetof(ContextVarObj, name), MEMBER_READONLY, NULL},
    {0},
};

Type contextvar_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_contextvars.ContextVar",
             .flags = TYPE_GC,
             .traverse = var_traverse,
             .clear = var_clear,
             .dealloc = var_dealloc},
    .root = {.type = &contextvar_type.head},
    .doc = "ContextVar(name, *, default)\n\nA variable whose value depends on the context.",
    .basic_size = sizeof(ContextVarObj),
    .repr = var_repr,
    .new = var_new,
    .methods = var_methods,
    .members = var_members,
};

/* ---- tokens */

static Obj *token_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type, (void)args, (void)nargs, (void)kwnames;
    return err_string(&exc_runtime_error, "Tokens can only be created by ContextVars");
}

static int token_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(token_cast(self)->context);
    GC_VISIT(token_cast(self)->var);
    GC_VISIT(token_cast(self)->old);
    return 0;
}

static void token_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref(token_cast(self)->context);
    obj_xdecref(token_cast(self)->var);
    obj_xdecref(token_cast(self)->old);
    obj_free(self, sizeof(TokenObj));
}

static Obj *token_repr(ObjRef self)
{
    const TokenObj *token = (const TokenObj *)self;
    return str_format_c("<Token%s var=%R at %p>", token->context == NULL ? " used" : "", token->var,
                        (const void *)self);
}

static Obj *token_old_value(ObjRef self)
{
    const TokenObj *token = (const TokenObj *)self;
    return obj_incref(token->old == NULL ? &missing : token->old);
}

static const MethodDef token_methods[] = {
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

static const MemberDef token_members[] = {
    {"var", MEMBER_OBJ, offsetof(TokenObj, var), MEMBER_READONLY, NULL},
    {0},
};

static const GetSetDef token_getset[] = {
    {"old_value", token_old_value, NULL, "The value before, or Token.MISSING."},
    {0},
};

static int token_fill(Type *type, ObjRef dict)
{
    (void)type;
    return dict_set_ascii(dict, "MISSING", &missing);
}

Type context_token_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_contextvars.Token",
             .flags = TYPE_GC,
             .traverse = token_traverse,
             .dealloc = token_dealloc},
    .root = {.type = &context_token_type.head},
    .doc = "What ContextVar.set gives, and ContextVar.reset takes.",
    .basic_size = sizeof(TokenObj),
    .hash = object_hash_unhashable,
    .repr = token_repr,
    .new = token_new,
    .methods = token_methods,
    .members = token_members,
    .getset = token_getset,
    .fill = token_fill,
};

static Obj *missing_repr(ObjRef self)
{
    (void)self;
    return str_from_ascii("<Token.MISSING>");
}

static Type missing_type = {
    .head = {.base = {1, &type_type.root}, .name = "Token.MISSING", .flags = TYPE_NO_NEW},
    .root = {.type = &missing_type.head},
    .basic_size = sizeof(Obj),
    .repr = missing_repr,
};

/* ---- module */

void contextvars_finish(void)
{
    while (thread_state->context != NULL && context_cast(thread_state->context)->previous != NULL)
        context_leave(thread_state->context);
    obj_clear(&thread_state->context);
}

static Obj *copy_context(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return context_copy_current();
}

static const MethodDef functions[] = {
    {"copy_context", copy_context, 0, 0, 0,
     "copy_context($module, /)\n--\n\nA copy of the current context."},
    {0},
};

static int exec(ObjRef module)
{
    if (type_ready(&context_type) < 0 || type_ready(&contextvar_type) < 0 ||
        type_ready(&context_token_type) < 0 || type_ready(&missing_type) < 0)
        return -1;
    if (module_add(module, "Context", &context_type.head.base) < 0 ||
        module_add(module, "ContextVar", &contextvar_type.head.base) < 0)
        return -1;
    return module_add(module, "Token", &context_token_type.head.base);
}

extern const ModuleDef contextvars_module;
const ModuleDef contextvars_module = {"_contextvars", "Context variables.", functions, exec};
