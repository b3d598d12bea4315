/*
 * What each type owns, slot by slot.
 *
 * The containers are walked here by their layout, so that an index, a key or an attribute name can
 * be told.  Objects made of fields go through their traverse: the place of each child is looked up
 * among the words of the object, and the word's name in a table here or in the MemberDef rows that
 * Python reads it by.  Whatever cannot be named is still reported, so that the edges of an object
 * are always as many as its traverse reports; tests/unit/test_vm_inspect_edges.c compares them.
 *
 * Frames are in stack_edges.c.
 */

#include "vm/inspect/edges.h"

#include <stddef.h>

#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/modules/collections.h"
#include "runtime/modules/functools.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/classmethod.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_cells.h"
#include "runtime/types/exception.h"
#include "runtime/types/list.h"
#include "runtime/types/method.h"
#include "runtime/types/module.h"
#include "runtime/types/property.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/cell.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator.h"
#include "vm/interp/traceback.h"

/* A walk over one object. */
typedef struct Walk {
    ObjRef owner;
    EdgeFn visit;
    void *context;
} Walk;

static int give(const Walk *walk, ObjRef child, EdgeKind kind, ObjRef name, int64_t index,
                const char *text)
{
    if (child == NULL)
        return 0;
    const Edge edge = {
        .kind = kind, .owner = walk->owner, .name = name, .index = index, .text = text};
    return walk->visit(child, &edge, walk->context);
}

#define GIVE(child, kind, name, index, text)                                                       \
    do {                                                                                           \
        int stop_ = give(walk, (ObjRef)(child), (kind), (name), (index), (text));                  \
        if (stop_ != 0)                                                                            \
            return stop_;                                                                          \
    } while (0)

/* ---- fields by their place */

typedef struct FieldName {
    const Type *type;
    size_t offset;
    const char *text;
} FieldName;

#define FIELD(type, struct, field, text)                                                           \
    {                                                                                              \
        &type, offsetof(struct, field), text                                                       \
    }

static const FieldName field_names[] = {
    FIELD(function_type, FunctionObj, code, "__code__"),
    FIELD(function_type, FunctionObj, closure, "__closure__"),
    FIELD(function_type, FunctionObj, globals, "__globals__"),
    FIELD(function_type, FunctionObj, builtins, "__builtins__"),
    FIELD(function_type, FunctionObj, name, "__name__"),
    FIELD(function_type, FunctionObj, qualname, "__qualname__"),
    FIELD(function_type, FunctionObj, defaults, "__defaults__"),
    FIELD(function_type, FunctionObj, kwdefaults, "__kwdefaults__"),
    FIELD(function_type, FunctionObj, annotations, "__annotations__"),
    FIELD(function_type, FunctionObj, module, "__module__"),
    FIELD(function_type, FunctionObj, doc, "__doc__"),
    FIELD(function_type, FunctionObj, dict, "__dict__"),
    FIELD(code_type, CodeObj, name, "co_name"),
    FIELD(code_type, CodeObj, qualname, "co_qualname"),
    FIELD(code_type, CodeObj, filename, "co_filename"),
    FIELD(code_type, CodeObj, consts, "co_consts"),
    FIELD(code_type, CodeObj, names, "co_names"),
    FIELD(code_type, CodeObj, slot_names, "co_varnames"),
    FIELD(method_type, MethodObj, function, "__func__"),
    FIELD(method_type, MethodObj, self, "__self__"),
    FIELD(builtin_function_type, BuiltinFunctionObj, self, "__self__"),
    FIELD(builtin_function_type, BuiltinFunctionObj, module, "__module__"),
    FIELD(property_type, PropertyObj, getter, "fget"),
    FIELD(property_type, PropertyObj, setter, "fset"),
    FIELD(property_type, PropertyObj, deleter, "fdel"),
    FIELD(property_type, PropertyObj, doc, "__doc__"),
    FIELD(property_type, PropertyObj, name, "its name"),
    FIELD(classmethod_type, MethodWrapObj, callable, "__func__"),
    FIELD(classmethod_type, MethodWrapObj, dict, "__dict__"),
    FIELD(staticmethod_type, MethodWrapObj, callable, "__func__"),
    FIELD(staticmethod_type, MethodWrapObj, dict, "__dict__"),
    FIELD(module_type, ModuleObj, dict, "__dict__"),
    FIELD(frame_type, FrameObj, back, "f_back"),
    FIELD(frame_type, FrameObj, function, "its function"),
    FIELD(frame_type, FrameObj, namespace, "f_locals"),
    FIELD(frame_type, FrameObj, trace, "f_trace"),
    FIELD(traceback_type, TracebackObj, next, "tb_next"),
    FIELD(traceback_type, TracebackObj, frame, "tb_frame"),
    FIELD(type_type, Type, base, "__base__"),
    FIELD(type_type, Type, bases, "__bases__"),
    FIELD(type_type, Type, mro, "__mro__"),
    FIELD(type_type, Type, dict, "__dict__"),
    FIELD(type_type, Type, name, "__name__"),
    FIELD(type_type, Type, qualname, "__qualname__"),
    FIELD(type_type, Type, module, "__module__"),
    FIELD(functools_lru_cache_type, LruCacheObj, function, "__wrapped__"),
    FIELD(functools_lru_cache_type, LruCacheObj, results, "its cache"),
    FIELD(functools_lru_cache_type, LruCacheObj, info_type, "the class of its cache_info"),
    FIELD(functools_lru_cache_type, LruCacheObj, mark, "the mark between its arguments"),
    FIELD(functools_lru_cache_type, LruCacheObj, dict, "__dict__"),
    FIELD(functools_lru_link_type, LruLink, key, "its key"),
    FIELD(functools_lru_link_type, LruLink, result, "its result"),
    FIELD(list_iterator_type, ListIterObj, list, "the list"),
    FIELD(tuple_iterator_type, TupleIterObj, tuple, "the tuple"),
};

/* The generator's fields are the same for its three types. */
static const FieldName generator_names[] = {
    FIELD(generator_type, GeneratorObj, code, "gi_code"),
    FIELD(generator_type, GeneratorObj, frame, "gi_frame"),
    FIELD(generator_type, GeneratorObj, name, "__name__"),
    FIELD(generator_type, GeneratorObj, qualname, "__qualname__"),
    FIELD(generator_type, GeneratorObj, handled.exception, "the exception it handles"),
    FIELD(generator_type, GeneratorObj, origin, "its origin"),
};

static const FieldName exception_names[] = {
    FIELD(exc_base_exception, ExceptionObj, dict, "__dict__"),
    FIELD(exc_base_exception, ExceptionObj, args, "args"),
    FIELD(exc_base_exception, ExceptionObj, traceback, "__traceback__"),
    FIELD(exc_base_exception, ExceptionObj, context, "__context__"),
    FIELD(exc_base_exception, ExceptionObj, cause, "__cause__"),
};

static const char *find_name(const FieldName *table, size_t count, const Type *type, size_t offset)
{
    for (size_t i = 0; i < count; i++) {
        if (table[i].offset == offset && (type == NULL || table[i].type == type))
            return table[i].text;
    }
    return NULL;
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The name of the word at `offset` in objects of a static type. */
static const char *field_name(const Type *type, size_t offset)
{
    const char *text = NULL;
    if (type->head.flags & TYPE_EXCEPTION)
        text = find_name(exception_names, COUNT(exception_names), NULL, offset);
    if (text == NULL)
        text = find_name(field_names, COUNT(field_names), type, offset);
    for (const Type *t = type; text == NULL && t != NULL; t = t->base) {
        for (const MemberDef *m = t->members; m != NULL && m->name != NULL; m++) {
            if ((size_t)m->offset == offset && m->kind <= MEMBER_OBJ_ATTR)
                return m->name;
        }
    }
    return text;
}

enum { FIELD_WORDS = 128 };

/* One traverse whose children get the names of their places. */
typedef struct FieldWalk {
    const Walk *walk;
    const Type *type;  /* static */
    int64_t words;     /* of the object, header included */
    int64_t ordinal;   /* of the next child */
    int64_t from, end; /* ordinals to report */
    EdgeKind kind;     /* EDGE_FIELD, or EDGE_ITEM: by ordinal */
    uint64_t taken[FIELD_WORDS / 64];
} FieldWalk;

static int visit_field(ObjRef child, void *context)
{
    FieldWalk *fields = context;
    int64_t ordinal = fields->ordinal++;
    if (ordinal < fields->from || ordinal >= fields->end)
        return 0;
    if (fields->kind == EDGE_ITEM)
        return give(fields->walk, child, EDGE_ITEM, NULL, ordinal - fields->from, NULL);
    const ObjRef *words = (const ObjRef *)(const void *)fields->walk->owner;
    for (int64_t i = 2; i < fields->words; i++) {
        if (words[i] != child || (fields->taken[i / 64] >> (i % 64) & 1))
            continue;
        fields->taken[i / 64] |= (uint64_t)1 << (i % 64);
        const char *name = field_name(fields->type, (size_t)i * sizeof(ObjRef));
        if (name != NULL)
            return give(fields->walk, child, EDGE_FIELD, NULL, ordinal, name);
        break;
    }
    const char *text = obj_type(child) == &functools_lru_link_type ? "a call in its cache" : NULL;
    return give(fields->walk, child, EDGE_FIELD, NULL, ordinal, text);
}

/* Children number from…end of the static type's traverse. */
static int walk_fields(const Walk *walk, const Type *type, int64_t from, int64_t end, EdgeKind kind)
{
    if (type->head.traverse == NULL)
        return 0;
    int64_t words = type->basic_size / (int64_t)sizeof(ObjRef);
    FieldWalk fields = {.walk = walk,
                        .type = type,
                        .words = words < FIELD_WORDS ? words : FIELD_WORDS,
                        .from = from,
                        .end = end,
                        .kind = kind};
    return type->head.traverse(walk->owner, visit_field, &fields);
}

static int visit_count(ObjRef child, void *context)
{
    (void)child;
    ++*(int64_t *)context;
    return 0;
}

static int64_t count_children(ObjRef owner, int (*traverse)(ObjRef, VisitFn, void *))
{
    int64_t count = 0;
    traverse(owner, visit_count, &count);
    return count;
}

/* ---- containers */

static int walk_list(const Walk *walk)
{
    const ListObj *list = list_cast(walk->owner);
    for (int64_t i = 0; i < list->length; i++)
        GIVE(list->items[i], EDGE_ITEM, NULL, i, NULL);
    return 0;
}

/* Tuples; what named tuples made in C hold besides their items follows. */
static int walk_tuple(const Walk *walk, const Type *type)
{
    int64_t length = tuple_length(walk->owner), held = 0;
    for (int64_t i = 0; i < length; i++) {
        GIVE(tuple_peek(walk->owner, i), EDGE_ITEM, NULL, i, NULL);
        held += tuple_peek(walk->owner, i) != NULL;
    }
    return type == &tuple_type ? 0 : walk_fields(walk, type, held, INT64_MAX, EDGE_FIELD);
}

static int visit_name_cell(ObjRef child, void *context)
{
    return give(context, child, EDGE_FIELD, NULL, 0, "the name of a cached variable");
}

/* Dicts and the types that extend DictObj, whose traverse reports their own fields first. */
static int walk_dict(const Walk *walk, const Type *type)
{
    const DictObj *dict = dict_cast(walk->owner);
    if (type != &dict_type) {
        int64_t all = count_children(walk->owner, type->head.traverse);
        int64_t own = all - count_children(walk->owner, dict_traverse);
        int stop = walk_fields(walk, type, 0, own, EDGE_FIELD);
        if (stop != 0)
            return stop;
    }
    for (int64_t i = 0; i < dict->entry_count; i++) {
        ObjRef key = dict->entries[i].key;
        GIVE(key, EDGE_KEY, key, i, NULL);
        GIVE(dict->entries[i].value, EDGE_VALUE, key, i, NULL);
    }
    if (dict->cells == NULL)
        return 0;
    return dict_cells_traverse(dict, visit_name_cell, (void *)(uintptr_t)walk);
}

static int walk_set(const Walk *walk)
{
    int64_t position = 0;
    ObjRef key;
    while (set_next(walk->owner, &position, &key))
        GIVE(key, EDGE_ELEMENT, NULL, 0, NULL);
    return 0;
}

static int walk_type(const Walk *walk)
{
    /* The names of attributes that instances have follow the fields of the Type itself. */
    const Type *type = (const Type *)walk->owner;
    int64_t names = 0;
    shape_traverse_type(type, visit_count, &names);
    int64_t all = count_children(walk->owner, type_type.head.traverse);
    int stop = walk_fields(walk, &type_type, 0, all - names, EDGE_FIELD);
    if (stop != 0)
        return stop;
    return walk_fields(walk, &type_type, all - names, all, EDGE_FIELD);
}

static int walk_slots(const Walk *walk, const CodeObj *code, Obj *const *slots, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        bool local = i < code->nlocalsplus;
        GIVE(slots[i], local ? EDGE_LOCAL : EDGE_STACK, local ? frame_slot_name(code, i) : NULL,
             local ? i : i - code->nlocalsplus, NULL);
    }
    return 0;
}

/* Generators and coroutines; their frame's slots while they do not run. */
static int walk_generator(const Walk *walk)
{
    const GeneratorObj *g = generator_cast(walk->owner);
    for (size_t i = 0; i < COUNT(generator_names); i++) {
        const char *place = (const char *)g + generator_names[i].offset;
        GIVE(*(const ObjRef *)(const void *)place, EDGE_FIELD, NULL, 0, generator_names[i].text);
    }
    if (g->state > GENERATOR_SUSPENDED)
        return 0;
    GIVE(g->slots[0], EDGE_FIELD, NULL, 0, "its function");
    return walk_slots(walk, g->code, g->slots + 1, g->depth);
}

static int walk_frame(const Walk *walk)
{
    const FrameObj *frame = frame_cast(walk->owner);
    int64_t all = count_children(walk->owner, frame_type.head.traverse), held = 0;
    for (int32_t i = 0; i < frame->slot_count; i++)
        held += frame->slots[i] != NULL;
    int stop = walk_fields(walk, &frame_type, 0, all - held, EDGE_FIELD);
    return stop != 0 ? stop : walk_slots(walk, frame_code(frame), frame->slots, frame->slot_count);
}

/* ---- instances of classes made at run time */

static int walk_attributes(const Walk *walk)
{
    const Type *type = obj_type(walk->owner);
    GIVE(type, EDGE_TYPE, NULL, 0, NULL);
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        Shape *shape = walk->owner->shape;
        if (shape->flags & SHAPE_DICT) {
            GIVE(inst_extra(walk->owner)->overflow, EDGE_FIELD, NULL, 0, "__dict__");
        } else {
            for (int32_t i = 0; i < shape->slot_count; i++)
                GIVE(*shape_slot(walk->owner, shape, i), EDGE_ATTRIBUTE, shape_name_at(shape, i), i,
                     NULL);
        }
    }
    for (const Type *t = type; t->head.flags & TYPE_HEAP; t = t->base) {
        for (const MemberDef *m = t->members; m != NULL && m->name != NULL; m++) {
            const char *place = (const char *)walk->owner + m->offset;
            GIVE(*(const ObjRef *)(const void *)place, EDGE_ATTRIBUTE, NULL, 0, m->name);
        }
    }
    return 0;
}

int edges_walk(ObjRef owner, EdgeFn visit, void *context)
{
    const Walk place = {owner, visit, context}, *walk = &place;
    const Type *type = obj_type(owner);
    if (type->head.flags & TYPE_HEAP) {
        int stop = walk_attributes(walk);
        if (stop != 0)
            return stop;
        while (type->head.flags & TYPE_HEAP)
            type = type->base;
    }
    uint32_t flags = type->head.flags;
    if (type->head.traverse == NULL)
        return 0;
    if (flags & TYPE_LIST)
        return walk_list(walk);
    if (flags & TYPE_DICT)
        return walk_dict(walk, type);
    if (flags & TYPE_TUPLE)
        return walk_tuple(walk, type);
    if (flags & TYPE_SET)
        return walk_set(walk);
    if (flags & TYPE_TYPE)
        return walk_type(walk);
    if (type == &deque_type)
        return walk_fields(walk, type, 0, INT64_MAX, EDGE_ITEM);
    if (type == &cell_type) {
        GIVE(cell_cast(owner)->value, EDGE_CONTENTS, NULL, 0, NULL);
        return 0;
    }
    if (generator_is_any(owner))
        return walk_generator(walk);
    if (type == &frame_type)
        return walk_frame(walk);
    return walk_fields(walk, type, 0, INT64_MAX, EDGE_FIELD);
}
