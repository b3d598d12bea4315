/*
 * Exception types: BaseException, and the kinds that only add attributes.
 *
 * All 67 types are built from exceptions.def: the layout column gives the size of an instance, the
 * kind column the slots and members that a type adds to its base.  The fields after ExceptionObj
 * are owned references in every layout, so that one traverse, clear and dealloc serve all.
 *
 * OSError, SyntaxError and the Unicode errors are in exception_kinds.c, groups in
 * exception_group.c.
 */

#include "runtime/types/exception.h"

#include <stddef.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception_kinds.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- lifecycle */

/* MemoryError must be there when nothing else is.  So instances are made at start, lie ready in
 * `spare` (untracked, nobody's but the reserve's), are given away as new ones and come back when
 * they die.  When all are in use and no other can be made, the shared last one serves. */
enum { MEMORY_ERRORS = 8 };
static struct {
    Obj *spare[MEMORY_ERRORS];
    int count;
    bool making; /* a new one is being made */
    Obj *last;   /* NULL: the runtime has not begun or ends, and nothing comes back */
} memory_errors;

/* Fields after ExceptionObj that the builtin base of o's type declares. */
static int64_t extra_fields(ObjRef o)
{
    const Type *type = obj_type(o);
    while (type->head.flags & TYPE_HEAP)
        type = type->base;
    return (type->basic_size - (int64_t)sizeof(ExceptionObj)) / (int64_t)sizeof(Obj *);
}

static Obj **extra_field(ObjRef o, int64_t i)
{
    return (Obj **)((uintptr_t)o + sizeof(ExceptionObj)) + i;
}

static int64_t payload_size(const Type *type)
{
    while (type->head.flags & TYPE_HEAP)
        type = type->base;
    return type->basic_size;
}

int exception_traverse(ObjRef self, VisitFn visit, void *context)
{
    ExceptionObj *e = exception_cast(self);
    GC_VISIT(e->dict);
    GC_VISIT(e->args);
    GC_VISIT(e->traceback);
    GC_VISIT(e->context);
    GC_VISIT(e->cause);
    for (int64_t i = 0, n = extra_fields(self); i < n; i++)
        GC_VISIT(*extra_field(self, i));
    return 0;
}

int exception_clear(ObjRef self)
{
    ExceptionObj *e = exception_cast(self);
    obj_clear(&e->dict);
    obj_clear(&e->args);
    obj_clear(&e->traceback);
    obj_clear(&e->context);
    obj_clear(&e->cause);
    for (int64_t i = 0, n = extra_fields(self); i < n; i++)
        obj_clear(extra_field(self, i));
    return 0;
}

/* Keeps a dead MemoryError, already emptied, for the next time; false when it is to be freed. */
static bool memory_error_keep(Obj *self)
{
    if (obj_type(self) != &exc_memory_error || memory_errors.last == NULL ||
        memory_errors.count == MEMORY_ERRORS)
        return false;
    self->refcnt = 1;
    exception_cast(self)->suppress_context = false;
    memory_errors.spare[memory_errors.count++] = self;
    return true;
}

void exception_dealloc(Obj *self)
{
    gc_untrack(self);
    int64_t size = payload_size(obj_type(self));
    exception_clear(self);
    if (!memory_error_keep(self))
        obj_free(self, size);
}

/* An instance with the given args tuple (owned, consumed). */
static Obj *new_with_args_steal(Type *type, Obj *args)
{
    if (args == NULL)
        return NULL;
    Obj *self = obj_alloc(type, payload_size(type));
    if (self == NULL) {
        obj_decref(args);
        return NULL;
    }
    exception_cast(self)->args = args;
    gc_track(self);
    return self;
}

Obj *exception_new_slot(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    return new_with_args_steal(type, tuple_from(args, nargs));
}

int exception_set_args(ObjRef self, const ObjRef *args, int64_t nargs)
{
    Obj *tuple = tuple_from(args, nargs);
    if (tuple == NULL)
        return -1;
    obj_replace(&exception_cast(self)->args, tuple);
    return 0;
}

int exception_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords(type_name(obj_type(self)), kwnames) < 0)
        return -1;
    return exception_set_args(self, args, nargs);
}

/* The shared instance, cleaned of what its last use left unless somebody still has it. */
static Obj *memory_error_last(void)
{
    ExceptionObj *e = exception_cast(memory_errors.last);
    if (e->base.refcnt == 1) {
        obj_clear(&e->dict);
        obj_clear(&e->traceback);
        obj_clear(&e->context);
        obj_clear(&e->cause);
        e->suppress_context = false;
    }
    return obj_incref(memory_errors.last);
}

/* A MemoryError without arguments; never fails. */
static Obj *memory_error_take(void)
{
    if (memory_errors.count > 0) {
        Obj *error = memory_errors.spare[--memory_errors.count];
        memory_errors.spare[memory_errors.count] = NULL;
        exception_cast(error)->args = tuple_new(0); /* the one (): needs no memory */
        gc_track(error);
        return error;
    }
    if (memory_errors.making) /* making one failed and asks for a MemoryError */
        return memory_error_last();
    memory_errors.making = true;
    Obj *error = new_with_args_steal(&exc_memory_error, tuple_new(0));
    memory_errors.making = false;
    return error == NULL ? err_fetch() : error;
}

Obj *exception_new(Type *type, ObjRef arg)
{
    if (type == &exc_memory_error && arg == NULL) {
        if (memory_errors.last != NULL)
            return memory_error_take();
        if (!(type->head.flags & TYPE_READY)) /* memory is out before there are exceptions */
            return NULL;
    }
    Obj *args = arg == NULL ? tuple_new(0) : tuple_pack(1, arg);
    Obj *self = new_with_args_steal(type, args);
    if (self != NULL && type == &exc_stop_iteration && arg != NULL)
        ((StopIterationObj *)self)->value = obj_incref(arg);
    if (self != NULL && type == &exc_system_exit && arg != NULL)
        ((SystemExitObj *)self)->code = obj_incref(arg);
    return self;
}

void exception_set_context_steal(ObjRef exception, Obj *context)
{
    /* A cycle through __context__ is cut where it comes back.  Two walkers of different speed end
     * the search when the chain has a cycle that does not contain `exception` (Floyd). */
    if (context == exception) {
        obj_decref(context);
        return;
    }
    ObjRef fast = context, slow = context;
    bool step = false;
    while (fast != NULL) {
        ObjRef next = exception_cast(fast)->context;
        if (next == exception) {
            obj_clear(&exception_cast(fast)->context);
            break;
        }
        fast = next;
        if (step && fast != NULL) {
            slow = exception_cast(slow)->context;
            if (slow == fast)
                break;
        }
        step = !step;
    }
    obj_replace(&exception_cast(exception)->context, context);
}

/* ---------------------------------------------------------------- operations */

static Obj *base_str(ObjRef self)
{
    ObjRef args = exception_cast(self)->args;
    if (args == NULL || tuple_length(args) == 0)
        return str_from_ascii("");
    return obj_str(tuple_length(args) == 1 ? tuple_peek(args, 0) : args);
}

static Obj *base_repr(ObjRef self)
{
    ObjRef args = exception_cast(self)->args;
    const char *name = type_name(obj_type(self));
    if (args != NULL && tuple_length(args) == 1)
        return str_format_c("%s(%R)", name, tuple_peek(args, 0));
    return args == NULL ? str_format_c("%s()", name) : str_format_c("%s%R", name, args);
}

/* KeyError shows the repr of its key, so that an empty or odd key can be seen. */
static Obj *key_error_str(ObjRef self)
{
    ObjRef args = exception_cast(self)->args;
    if (args != NULL && tuple_length(args) == 1)
        return obj_repr(tuple_peek(args, 0));
    return base_str(self);
}

/* ---------------------------------------------------------------- methods */

static Obj *base_with_traceback(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (obj_setattr(self, names.dunder_traceback, args[0]) < 0)
        return NULL;
    return obj_incref(self);
}

static Obj *base_add_note(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "note must be a str, not '%T'", args[0]);
    Obj *notes = NULL;
    int found = obj_getattr_opt(self, names.dunder_notes, &notes);
    if (found < 0)
        return NULL;
    if (found == 0) {
        notes = list_new(0);
        if (notes == NULL || obj_setattr(self, names.dunder_notes, notes) < 0) {
            obj_xdecref(notes);
            return NULL;
        }
    }
    int added = -1;
    if (list_check(notes))
        added = list_append(notes, args[0]);
    else
        err_string(&exc_type_error, "Cannot add note: __notes__ is not a list");
    obj_decref(notes);
    return added < 0 ? NULL : none_new();
}

static Obj *base_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (is_none(args[0]))
        return none_new();
    if (!dict_check(args[0]))
        return err_string(&exc_type_error, "state is not a dictionary");
    Obj *items = dict_items_list(args[0]);
    if (items == NULL)
        return NULL;
    for (int64_t i = 0; i < list_length(items); i++) {
        ObjRef pair = list_peek(items, i);
        if (obj_setattr(self, tuple_peek(pair, 0), tuple_peek(pair, 1)) < 0) {
            obj_decref(items);
            return NULL;
        }
    }
    obj_decref(items);
    return none_new();
}

static Obj *base_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    ExceptionObj *e = exception_cast(self);
    if (e->dict != NULL)
        return tuple_pack(3, (ObjRef)obj_type(self), (ObjRef)e->args, (ObjRef)e->dict);
    return tuple_pack(2, (ObjRef)obj_type(self), (ObjRef)e->args);
}

static const MethodDef base_methods[] = {
    {"with_traceback", base_with_traceback, 1, 1, 0,
     "with_traceback($self, tb, /)\n--\n\nSets __traceback__ and returns the exception."},
    {"add_note", base_add_note, 1, 1, 0,
     "add_note($self, note, /)\n--\n\nAdds a line that tracebacks show below the message."},
    {"__setstate__", base_setstate, 1, 1, 0, NULL},
    {"__reduce__", base_reduce, 0, 0, 0, NULL},
    {0},
};

/* ---------------------------------------------------------------- attributes */

static Obj *get_args(ObjRef self)
{
    ObjRef args = exception_cast(self)->args;
    return args == NULL ? none_new() : obj_incref(args);
}

static int set_args(ObjRef self, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "args may not be deleted");
    Obj *tuple = obj_to_tuple(value);
    if (tuple == NULL)
        return -1;
    obj_replace(&exception_cast(self)->args, tuple);
    return 0;
}

static Obj *get_traceback(ObjRef self)
{
    Obj *traceback = exception_cast(self)->traceback;
    return traceback == NULL ? none_new() : obj_incref(traceback);
}

static int set_traceback(ObjRef self, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "__traceback__ may not be deleted");
    if (!is_none(value) && strcmp(obj_head(value)->name, "traceback") != 0)
        return err_format_int(&exc_type_error, "__traceback__ must be a traceback or None");
    obj_replace(&exception_cast(self)->traceback, is_none(value) ? NULL : obj_incref(value));
    return 0;
}

static Obj *get_context(ObjRef self)
{
    Obj *context = exception_cast(self)->context;
    return context == NULL ? none_new() : obj_incref(context);
}

static int set_link(Obj **place, ObjRef value, const char *what)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "__%s__ may not be deleted", what);
    if (!is_none(value) && !exception_check(value)) {
        return err_format_int(&exc_type_error,
                              "exception %s must be None or derive from BaseException", what);
    }
    obj_replace(place, is_none(value) ? NULL : obj_incref(value));
    return 0;
}

static int set_context(ObjRef self, ObjRef value)
{
    return set_link(&exception_cast(self)->context, value, "context");
}

static Obj *get_cause(ObjRef self)
{
    Obj *cause = exception_cast(self)->cause;
    return cause == NULL ? none_new() : obj_incref(cause);
}

static int set_cause(ObjRef self, ObjRef value)
{
    if (set_link(&exception_cast(self)->cause, value, "cause") < 0)
        return -1;
    exception_cast(self)->suppress_context = true;
    return 0;
}

static Obj *get_dict(ObjRef self)
{
    return object_dict(self);
}

static int set_dict(ObjRef self, ObjRef value)
{
    return object_set_dict(self, value);
}

static const GetSetDef base_getset[] = {
    {"args", get_args, set_args, NULL},
    {"__traceback__", get_traceback, set_traceback, NULL},
    {"__context__", get_context, set_context, NULL},
    {"__cause__", get_cause, set_cause, NULL},
    {"__dict__", get_dict, set_dict, NULL},
    {0},
};

static const MemberDef base_members[] = {
    {"__suppress_context__", MEMBER_BOOL, offsetof(ExceptionObj, suppress_context), 0, NULL},
    {0},
};

/* ---------------------------------------------------------------- kinds with few attributes */

static int stop_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (exception_init(self, args, nargs, kwnames) < 0)
        return -1;
    obj_replace(&((StopIterationObj *)self)->value, nargs > 0 ? obj_incref(args[0]) : none_new());
    return 0;
}

static const MemberDef stop_members[] = {
    {"value", MEMBER_OBJ, offsetof(StopIterationObj, value), 0, "What the generator returned."},
    {0},
};

static int exit_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (exception_init(self, args, nargs, kwnames) < 0)
        return -1;
    Obj *code = nargs == 1  ? obj_incref(args[0])
                : nargs > 1 ? obj_incref(exception_cast(self)->args)
                            : NULL;
    obj_replace(&((SystemExitObj *)self)->code, code);
    return 0;
}

static const MemberDef exit_members[] = {
    {"code", MEMBER_OBJ, offsetof(SystemExitObj, code), 0, "Exit status or message."},
    {0},
};

/* args positional, and the keyword-only names of spec into fields[]. */
static int init_with_keywords(ObjRef self, const ArgSpec *spec, Obj **fields, const ObjRef *args,
                              int64_t nargs, ObjRef kwnames)
{
    ObjRef values[ARGS_MAX];
    if (exception_set_args(self, args, nargs) < 0 ||
        args_bind(spec, args + nargs, 0, kwnames, values) < 0)
        return -1;
    for (int i = 0; i < spec->count; i++)
        obj_replace(&fields[i], obj_xincref(values[i]));
    return 0;
}

static int name_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"NameError", 0, 0, 0, 1, {"name"}};
    return init_with_keywords(self, &spec, &((NameErrorObj *)self)->name, args, nargs, kwnames);
}

static const MemberDef name_members[] = {
    {"name", MEMBER_OBJ, offsetof(NameErrorObj, name), 0, "The name that was not found."},
    {0},
};

static int attribute_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"AttributeError", 0, 0, 0, 2, {"obj", "name"}};
    return init_with_keywords(self, &spec, &((AttributeErrorObj *)self)->obj, args, nargs, kwnames);
}

static const MemberDef attribute_members[] = {
    {"name", MEMBER_OBJ, offsetof(AttributeErrorObj, name), 0, "The attribute's name."},
    {"obj", MEMBER_OBJ, offsetof(AttributeErrorObj, obj), 0, "The object asked."},
    {0},
};

static int import_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"ImportError", 0, 0, 0, 2, {"name", "path"}};
    ImportErrorObj *e = (ImportErrorObj *)self;
    if (init_with_keywords(self, &spec, &e->name, args, nargs, kwnames) < 0)
        return -1;
    obj_replace(&e->msg, nargs == 1 ? obj_incref(args[0]) : NULL);
    return 0;
}

static Obj *import_str(ObjRef self)
{
    Obj *msg = ((ImportErrorObj *)self)->msg;
    return msg != NULL && str_check_exact(msg) ? obj_incref(msg) : base_str(self);
}

static const MemberDef import_members[] = {
    {"msg", MEMBER_OBJ, offsetof(ImportErrorObj, msg), 0, "The message."},
    {"name", MEMBER_OBJ, offsetof(ImportErrorObj, name), 0, "The module's name."},
    {"path", MEMBER_OBJ, offsetof(ImportErrorObj, path), 0, "The module's file."},
    {0},
};

/* name and path travel in the state, with the instance's own attributes. */
static Obj *import_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const ImportErrorObj *e = (const ImportErrorObj *)self;
    if (e->name == NULL && e->path == NULL)
        return base_reduce(self, args, nargs, kwnames);
    ObjRef own = exception_cast(self)->dict;
    Obj *state = own == NULL ? dict_new() : dict_copy(own), *result = NULL;
    if (state != NULL && (e->name == NULL || dict_set(state, names.name, e->name) == 0) &&
        (e->path == NULL || dict_set(state, names.path, e->path) == 0))
        result = tuple_pack(3, (ObjRef)obj_type(self), (ObjRef)exception_cast(self)->args,
                            (ObjRef)state);
    obj_xdecref(state);
    return result;
}

static const MethodDef import_methods[] = {
    {"__reduce__", import_reduce, 0, 0, 0, NULL},
    {0},
};

/* ---------------------------------------------------------------- type definitions */

#define KIND_PLAIN
#define KIND_BASE                                                                                  \
    .new = exception_new_slot, .init = exception_init, .repr = base_repr, .str = base_str,         \
    .getattr = object_getattr, .setattr = object_setattr, .methods = base_methods,                 \
    .members = base_members, .getset = base_getset, .dict_offset = offsetof(ExceptionObj, dict),
#define KIND_KEY .str = key_error_str,
#define KIND_STOP .init = stop_init, .members = stop_members,
#define KIND_EXIT .init = exit_init, .members = exit_members,
#define KIND_NAME .init = name_init, .members = name_members,
#define KIND_ATTRIBUTE .init = attribute_init, .members = attribute_members,
#define KIND_IMPORT                                                                                \
    .init = import_init, .str = import_str, .members = import_members, .methods = import_methods,
#define KIND_OS                                                                                    \
    .new = os_error_new, .init = os_error_init, .str = os_error_str, .members = os_error_members,  \
    .getset = os_error_getset, .methods = os_error_methods,
#define KIND_SYNTAX                                                                                \
    .init = syntax_error_init, .str = syntax_error_str, .members = syntax_error_members,
#define KIND_UNICODE_DECODE                                                                        \
    .init = unicode_decode_init, .str = unicode_decode_str, .members = unicode_error_members,
#define KIND_UNICODE_ENCODE                                                                        \
    .init = unicode_encode_init, .str = unicode_encode_str, .members = unicode_error_members,
#define KIND_UNICODE_TRANSLATE                                                                     \
    .init = unicode_translate_init, .str = unicode_translate_str, .members = unicode_error_members,
#define KIND_GROUP                                                                                 \
    .new = group_new, .init = group_init, .str = group_str, .repr = group_repr,                    \
    .members = group_members, .methods = group_methods,

#define EXCEPTION(object, type_name_, base_type, layout, kind, doc_)                               \
    Type object = {.head = {.base = {1, &type_type.root},                                          \
                            .name = type_name_,                                                    \
                            .flags = TYPE_GC | TYPE_BASE | TYPE_EXCEPTION,                         \
                            .traverse = exception_traverse,                                        \
                            .clear = exception_clear,                                              \
                            .dealloc = exception_dealloc},                                         \
                   .doc = doc_,                                                                    \
                   .basic_size = (int64_t)sizeof(layout),                                          \
                   .base = &base_type,                                                             \
                   KIND_##kind};
#include "runtime/types/exceptions.def"
#undef EXCEPTION

/* ---------------------------------------------------------------- start and finish */

/* Turns ExceptionGroup into a class with the two bases BaseExceptionGroup and Exception. */
static int give_second_base(void)
{
    Type *type = &exc_exception_group;
    Obj *bases = tuple_pack(2, (ObjRef)&exc_base_exception_group, (ObjRef)&exc_exception);
    Obj *mro =
        tuple_pack(5, (ObjRef)type, (ObjRef)&exc_base_exception_group, (ObjRef)&exc_exception,
                   (ObjRef)&exc_base_exception, (ObjRef)&object_type);
    if (bases == NULL || mro == NULL) {
        obj_xdecref(bases);
        obj_xdecref(mro);
        return -1;
    }
    obj_replace(&type->bases, bases);
    obj_replace(&type->mro, mro);
    return type_modified(type, NULL);
}

int exceptions_init(void)
{
    ROOT("the MemoryError kept for need", memory_errors.last);
    ROOT_ARRAY("the MemoryErrors kept for need", memory_errors.spare);
    for (int i = 0; i <= MEMORY_ERRORS; i++) {
        Obj *error = new_with_args_steal(&exc_memory_error, tuple_new(0));
        if (error == NULL)
            return -1;
        memory_errors.last = memory_errors.last == NULL ? obj_incref(error) : memory_errors.last;
        obj_decref(error); /* all but the last one become spare */
    }
    return give_second_base();
}

void exceptions_finish(void)
{
    obj_clear(&memory_errors.last);
    for (; memory_errors.count > 0; memory_errors.count--)
        obj_clear(&memory_errors.spare[memory_errors.count - 1]);
}
