/*
 * Named tuples made by C modules.  An instance is a TupleObj whose length counts the visible
 * fields; further fields lie behind them and are reached as attributes only.
 */

#include "runtime/types/structseq.h"

#include <stddef.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

enum { MAX_TYPES = 32 };

/* What belongs to each type made here. */
typedef struct Made {
    Type *type;
    const StructSeqDef *def;
    int count; /* fields in all */
    MemberDef members[STRUCTSEQ_MAX_FIELDS + 1];
} Made;

static Made made[MAX_TYPES];
static int made_count;

static const Made *made_of(const Type *type)
{
    while (type->head.flags & TYPE_HEAP)
        type = type->base;
    for (int i = 0; i < made_count; i++) {
        if (made[i].type == type)
            return &made[i];
    }
    return NULL;
}

static int64_t payload_size(const Made *info)
{
    return (int64_t)(sizeof(TupleObj) + (size_t)info->count * sizeof(Obj *));
}

/* ---------------------------------------------------------------- lifecycle */

Obj *structseq_new(Type *type)
{
    const Made *info = made_of(type);
    Obj *self = obj_alloc(type, payload_size(info));
    if (self == NULL)
        return NULL;
    tuple_cast(self)->length = info->def->visible;
    gc_track(self);
    return self;
}

int structseq_set_steal(ObjRef self, int field, Obj *value)
{
    obj_replace(&tuple_cast(self)->items[field], value);
    return value == NULL ? -1 : 0;
}

static int structseq_traverse(ObjRef self, VisitFn visit, void *context)
{
    const Made *info = made_of(obj_type(self));
    for (int i = 0; i < info->count; i++)
        GC_VISIT(tuple_cast(self)->items[i]);
    return 0;
}

static void structseq_dealloc(Obj *self)
{
    const Made *info = made_of(obj_type(self));
    gc_untrack(self);
    for (int i = 0; i < info->count; i++)
        obj_clear(&tuple_cast(self)->items[i]);
    obj_free(self, payload_size(info));
}

static Obj *structseq_new_slot(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const Made *info = made_of(type);
    static const ArgSpec spec = {"structseq", 0, 1, 2, 2, {"sequence", "dict"}};
    ObjRef values[2];
    if (args_bind(&spec, args, nargs, kwnames, values) < 0)
        return NULL;
    Obj *items = obj_to_tuple(values[0]);
    if (items == NULL) {
        if (err_matches(&exc_type_error)) {
            err_clear();
            err_string(&exc_type_error, "constructor requires a sequence");
        }
        return NULL;
    }
    int64_t count = tuple_length(items);
    if (count < info->def->visible || count > info->count) {
        const char *how = info->def->visible == info->count ? "a"
                          : count < info->def->visible      ? "an at least"
                                                            : "an at most";
        int64_t limit = count < info->def->visible ? info->def->visible : info->count;
        err_format(&exc_type_error, "%s() takes %s %lld-sequence (%lld-sequence given)",
                   info->def->name, how, (long long)limit, (long long)count);
        obj_decref(items);
        return NULL;
    }
    Obj *self = structseq_new(type);
    for (int i = 0; self != NULL && i < info->count; i++) {
        ObjRef value = i < count ? tuple_peek(items, i) : NULL;
        if (value == NULL && values[1] != NULL && dict_check(values[1]))
            value = dict_peek_ascii(values[1], info->def->fields[i].name);
        tuple_cast(self)->items[i] = value == NULL ? none_new() : obj_incref(value);
    }
    obj_decref(items);
    return self;
}

/* ---------------------------------------------------------------- operations and methods */

static Obj *structseq_repr(ObjRef self)
{
    const Made *info = made_of(obj_type(self));
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered > 0 ? str_from_ascii("(...)") : NULL;
    StrBuilder b;
    str_builder_init(&b);
    int failed =
        str_builder_add_ascii(&b, info->def->name) < 0 || str_builder_add_char(&b, '(') < 0;
    for (int i = 0; !failed && i < info->def->visible; i++) {
        Obj *text = obj_repr(tuple_peek(self, i));
        failed = text == NULL || (i > 0 && str_builder_add_ascii(&b, ", ") < 0) ||
                 str_builder_add_ascii(&b, info->def->fields[i].name) < 0 ||
                 str_builder_add_char(&b, '=') < 0 || str_builder_add_str(&b, text) < 0;
        obj_xdecref(text);
    }
    failed = failed || str_builder_add_char(&b, ')') < 0;
    obj_repr_leave(self);
    if (!failed)
        return str_builder_finish(&b);
    str_builder_free(&b);
    return NULL;
}

static Obj *structseq_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const Made *info = made_of(obj_type(self));
    Obj *items = tuple_from((const ObjRef *)tuple_cast(self)->items, info->def->visible);
    Obj *hidden = dict_new();
    Obj *result = NULL;
    for (int i = info->def->visible; hidden != NULL && i < info->count; i++) {
        if (dict_set_ascii(hidden, info->def->fields[i].name, tuple_peek(self, i)) < 0)
            obj_clear(&hidden);
    }
    Obj *call =
        items == NULL || hidden == NULL ? NULL : tuple_pack(2, (ObjRef)items, (ObjRef)hidden);
    if (call != NULL)
        result = tuple_pack(2, (ObjRef)obj_type(self), (ObjRef)call);
    obj_xdecref(call);
    obj_xdecref(items);
    obj_xdecref(hidden);
    return result;
}

static const MethodDef structseq_methods[] = {
    {"__reduce__", structseq_reduce, 0, 0, 0, NULL},
    {0},
};

/* ---------------------------------------------------------------- type definition */

static int add_constants(Type *type, ObjRef dict)
{
    const Made *info = made_of(type);
    Obj *fields = tuple_new(info->def->visible);
    for (int i = 0; fields != NULL && i < info->def->visible; i++) {
        tuple_cast(fields)->items[i] = str_intern_ascii(info->def->fields[i].name);
        if (tuple_cast(fields)->items[i] == NULL)
            obj_clear(&fields);
    }
    Obj *visible = int_new(info->def->visible), *all = int_new(info->count), *none = int_new(0);
    int result = -1;
    if (fields != NULL && visible != NULL && all != NULL && none != NULL &&
        dict_set_ascii(dict, "__match_args__", fields) == 0 &&
        dict_set_ascii(dict, "n_sequence_fields", visible) == 0 &&
        dict_set_ascii(dict, "n_fields", all) == 0 &&
        dict_set_ascii(dict, "n_unnamed_fields", none) == 0)
        result = 0;
    obj_xdecref(fields);
    obj_xdecref(visible);
    obj_xdecref(all);
    obj_xdecref(none);
    return result;
}

int structseq_ready(Type *type, const StructSeqDef *def)
{
    if (type->head.flags & TYPE_READY)
        return 0;
    Made *info = NULL;
    for (int i = 0; i < made_count; i++) {
        if (made[i].type == type)
            info = &made[i];
    }
    if (info == NULL) {
        if (made_count == MAX_TYPES)
            return err_format_int(&exc_system_error, "too many structure types");
        info = &made[made_count++];
    }
    *info = (Made){.type = type, .def = def};
    for (; def->fields[info->count].name != NULL; info->count++) {
        size_t offset = offsetof(TupleObj, items) + (size_t)info->count * sizeof(Obj *);
        info->members[info->count] =
            (MemberDef){def->fields[info->count].name, MEMBER_OBJ, (int32_t)offset, MEMBER_READONLY,
                        def->fields[info->count].doc};
    }
    *type = (Type){
        .head = {.base = {1, &type_type.root},
                 .name = def->name,
                 .flags = TYPE_GC | TYPE_VAR | TYPE_TUPLE | TYPE_SEQUENCE,
                 .traverse = structseq_traverse,
                 .dealloc = structseq_dealloc},
        .doc = def->doc,
        .basic_size = (int64_t)sizeof(TupleObj),
        .item_size = (int64_t)sizeof(Obj *),
        .base = &tuple_type,
        .repr = structseq_repr,
        .new = structseq_new_slot,
        .methods = structseq_methods,
        .members = info->members,
        .fill = add_constants,
    };
    return type_ready(type);
}

void structseqs_finish(void)
{
    for (int i = 0; i < made_count; i++)
        type_unready(made[i].type);
}
