/*
 * type.__new__: classes made at run time.
 *
 * The base that decides the memory layout of instances is found first; the new class may add fields
 * for __slots__, a __dict__ (attribute slots described by shapes, unless the base keeps a dict
 * itself) and weak references.  Then the class gets its namespace, its order of bases and its
 * slots, and at last __set_name__ and __init_subclass__ run.  Layout of instances: instance.c.
 */

#include <stddef.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/call.h"
#include "runtime/core/err.h"
#include "runtime/core/instance.h"
#include "runtime/core/mro.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/core/state.h"
#include "runtime/core/type_build.h"
#include "runtime/core/type_slots.h"
#include "runtime/types/classmethod.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/super.h"
#include "runtime/types/tuple.h"

#define type_cast(o) ((Type *)(uintptr_t)(o))

enum { EXTRA_SIZE = sizeof(GcLink) + sizeof(InstExtra) };

/* What a class statement asks for, while the class is built. */
typedef struct Plan {
    ObjRef name, bases, namespace;
    Type *base;
    Obj *slots; /* owned; tuple of mangled names, sorted; or NULL */
    bool may_add_dict, may_add_weak, add_dict, add_weak;
} Plan;

/* ---------------------------------------------------------------- bases */

static bool has_dict(const Type *type)
{
    return type->dict_offset != 0 || (type->head.flags & TYPE_INLINE_ATTRS) != 0;
}

/* The type adds fields to what its base has. */
static bool adds_fields(const Type *type, const Type *base)
{
    if (type->head.flags & TYPE_HEAP)
        return type->members != NULL && type->members->name != NULL;
    return type->basic_size != base->basic_size || type->item_size != base->item_size;
}

Type *type_solid_base(Type *type)
{
    while (type->base != NULL && !adds_fields(type, type->base))
        type = type->base;
    return type;
}

Type *type_best_base(ObjRef bases)
{
    Type *best = NULL, *winner = NULL;
    for (int64_t i = 0; i < tuple_length(bases); i++) {
        ObjRef o = tuple_peek(bases, i);
        if (!obj_has_flag(o, TYPE_TYPE)) {
            err_format(&exc_type_error, "bases must be types");
            return NULL;
        }
        Type *base = type_cast(o);
        if ((base->head.flags & TYPE_READY) == 0 && (base->head.flags & TYPE_HEAP) == 0 &&
            type_ready(base) < 0)
            return NULL;
        if ((base->head.flags & TYPE_BASE) == 0) {
            err_format(&exc_type_error, "type '%.100s' is not an acceptable base type",
                       base->head.name);
            return NULL;
        }
        Type *candidate = type_solid_base(base);
        if (winner == NULL || (type_is_subtype(candidate, winner) && candidate != winner)) {
            winner = candidate;
            best = base;
        } else if (!type_is_subtype(winner, candidate)) {
            err_format(&exc_type_error, "multiple bases have instance lay-out conflict");
            return NULL;
        }
    }
    return best;
}

Type *type_most_derived_metatype(Type *metatype, ObjRef bases)
{
    Type *winner = metatype;
    for (int64_t i = 0; i < tuple_length(bases); i++) {
        Type *candidate = obj_type(tuple_peek(bases, i));
        if (type_is_subtype(winner, candidate))
            continue;
        if (type_is_subtype(candidate, winner)) {
            winner = candidate;
            continue;
        }
        err_format(&exc_type_error,
                   "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
                   "subclass of the metaclasses of all its bases");
        return NULL;
    }
    return winner;
}

/* Things that stand for bases are resolved by class statements only. */
static int check_no_entries(ObjRef bases)
{
    for (int64_t i = 0; i < tuple_length(bases); i++) {
        ObjRef base = tuple_peek(bases, i);
        if (obj_has_flag(base, TYPE_TYPE))
            continue;
        Obj *entries;
        int found = obj_getattr_opt(base, names.dunder_mro_entries, &entries);
        if (found < 0)
            return -1;
        if (found > 0) {
            obj_decref(entries);
            return err_format_int(&exc_type_error, "type() doesn't support MRO entry resolution; "
                                                   "use types.new_class()");
        }
    }
    return 0;
}

/* ---------------------------------------------------------------- __slots__ */

/* "__x" in class "_C" is "_C__x": new reference. */
static Obj *mangle(ObjRef class_name, ObjRef name)
{
    int64_t length = str_length(name), start = 0;
    bool private = length > 2 && str_char_at(name, 0) == '_' && str_char_at(name, 1) == '_' &&
                   !(str_char_at(name, length - 1) == '_' && str_char_at(name, length - 2) == '_');
    for (int64_t i = 0; i < length && private; i++)
    private = str_char_at(name, i) != '.';
    while (start < str_length(class_name) && str_char_at(class_name, start) == '_')
        start++;
    if (!private || start == str_length(class_name))
        return obj_incref(name);
    Obj *stripped = str_substring(class_name, start, str_length(class_name));
    Obj *mangled = stripped == NULL ? NULL : str_format_c("_%U%U", stripped, name);
    obj_xdecref(stripped);
    if (mangled != NULL)
        str_intern_inplace(&mangled);
    return mangled;
}

static int check_slot_name(ObjRef name)
{
    if (!str_check(name)) {
        return err_format_int(&exc_type_error, "__slots__ items must be strings, not '%T'", name);
    }
    if (!str_is_identifier(name))
        return err_format_int(&exc_type_error, "__slots__ must be identifiers");
    return 0;
}

/* One name of __slots__: asks for __dict__ or __weakref__, or goes to the list of fields. */
static int plan_slot(Plan *plan, ObjRef name, ObjRef fields)
{
    if (check_slot_name(name) < 0)
        return -1;
    if (str_equal(name, names.dunder_dict)) {
        if (!plan->may_add_dict || plan->add_dict)
            return err_format_int(&exc_type_error, "__dict__ slot disallowed: we already got one");
        plan->add_dict = true;
        return 0;
    }
    if (str_equal(name, names.dunder_weakref)) {
        if (!plan->may_add_weak || plan->add_weak) {
            return err_format_int(&exc_type_error, "__weakref__ slot disallowed: either we already "
                                                   "got one, or __itemsize__ != 0");
        }
        plan->add_weak = true;
        return 0;
    }
    Obj *mangled = mangle(plan->name, name);
    if (mangled == NULL)
        return -1;
    int taken = dict_contains(plan->namespace, mangled);
    if (taken > 0 && !str_equal(mangled, names.dunder_qualname) &&
        !str_equal(mangled, names.dunder_classcell)) {
        err_format(&exc_value_error, "%R in __slots__ conflicts with class variable", name);
        taken = -1;
    }
    int status = taken < 0 ? -1 : list_append(fields, mangled);
    obj_decref(mangled);
    return status;
}

/* Other bases may bring a __dict__ or weak references that the layout base lacks. */
static void plan_from_other_bases(Plan *plan)
{
    for (int64_t i = 0; i < tuple_length(plan->bases); i++) {
        const Type *base = (const Type *)tuple_peek(plan->bases, i);
        if (base == plan->base)
            continue;
        if (plan->may_add_dict && has_dict(base))
            plan->add_dict = true;
        if (plan->may_add_weak && base->head.weak_list != NULL)
            plan->add_weak = true;
    }
}

static int plan_slots(Plan *plan)
{
    plan->may_add_dict = !has_dict(plan->base);
    plan->may_add_weak = plan->base->head.weak_list == NULL && plan->base->item_size == 0;
    ObjRef declared = dict_peek(plan->namespace, names.dunder_slots);
    if (declared == NULL) {
        if (err_occurred() != NULL)
            return -1;
        plan->add_dict = plan->may_add_dict;
        plan->add_weak = plan->may_add_weak;
        return 0;
    }
    Obj *held = obj_incref(declared), *fields = list_new(0);
    Obj *all = str_check(held) ? tuple_pack(1, held) : obj_to_tuple(held);
    int status = all == NULL || fields == NULL ? -1 : 0;
    if (status == 0 && tuple_length(all) > 0 && plan->base->item_size != 0) {
        status = err_format_int(&exc_type_error,
                                "nonempty __slots__ not supported for subtype of '%.200s'",
                                plan->base->head.name);
    }
    for (int64_t i = 0; status == 0 && i < tuple_length(all); i++)
        status = plan_slot(plan, tuple_peek(all, i), fields);
    if (status == 0 &&
        (list_sort(fields, NULL, false) < 0 || (plan->slots = list_to_tuple(fields)) == NULL))
        status = -1;
    if (status == 0)
        plan_from_other_bases(plan);
    obj_decref(held);
    obj_xdecref(all);
    obj_xdecref(fields);
    return status;
}

/* ---------------------------------------------------------------- the type object */

/* What the builtin type that self is derived from says to __dict__, if it keeps a dict itself. */
static ObjRef builtin_dict_descriptor(ObjRef self)
{
    Type *base = obj_type(self);
    while (base->head.flags & TYPE_HEAP)
        base = base->base;
    return base->dict_offset == 0 ? NULL : type_lookup(base, names.dunder_dict);
}

static Obj *get_dict(ObjRef self)
{
    ObjRef descriptor = builtin_dict_descriptor(self);
    if (descriptor == NULL || obj_type(descriptor)->get == NULL)
        return object_dict(self);
    return obj_type(descriptor)->get(descriptor, self, (ObjRef)obj_type(self));
}

static int set_dict(ObjRef self, ObjRef value)
{
    ObjRef descriptor = builtin_dict_descriptor(self);
    if (descriptor == NULL || obj_type(descriptor)->set == NULL)
        return object_set_dict(self, value);
    return obj_type(descriptor)->set(descriptor, self, value);
}

static const GetSetDef dict_getset = {"__dict__", get_dict, set_dict,
                                      "dictionary for instance variables"};

static Obj *get_weakref(ObjRef self)
{
    const TypeHead *head = obj_head(self);
    Obj **list = head->weak_list == NULL ? NULL : head->weak_list(self);
    return list == NULL || *list == NULL ? none_new() : obj_incref(*list);
}

static const GetSetDef weakref_getset = {"__weakref__", get_weakref, NULL,
                                         "list of weak references to the object"};

size_t type_members_size(const MemberDef *members)
{
    size_t size = sizeof(MemberDef);
    for (; members->name != NULL; members++)
        size += sizeof(MemberDef) + strlen(members->name) + 1;
    return size;
}

/* Rows for the fields of __slots__, followed in the same block by their names. */
static MemberDef *new_members(ObjRef slots)
{
    int64_t count = tuple_length(slots);
    size_t size = sizeof(MemberDef);
    for (int64_t i = 0; i < count; i++) {
        const char *name = str_utf8(tuple_peek(slots, i), NULL);
        if (name == NULL)
            return NULL;
        size += sizeof(MemberDef) + strlen(name) + 1;
    }
    MemberDef *members = mem_alloc_zero(size);
    if (members == NULL) {
        err_no_memory();
        return NULL;
    }
    char *text = (char *)(members + count + 1);
    for (int64_t i = 0; i < count; i++) {
        members[i].name = text;
        text = stpcpy(text, str_utf8(tuple_peek(slots, i), NULL)) + 1;
    }
    return members;
}

/* Sizes, offsets and flags: what instances are like. */
static int set_layout(Type *type, const Plan *plan)
{
    static const uint32_t inherited = TYPE_INT | TYPE_STR | TYPE_LIST | TYPE_TUPLE | TYPE_DICT |
                                      TYPE_TYPE | TYPE_EXCEPTION | TYPE_BYTES | TYPE_FLOAT |
                                      TYPE_SET | TYPE_VAR | TYPE_INLINE_ATTRS | TYPE_EXTRA;
    const Type *base = plan->base;
    TypeHead *head = &type->head;
    int64_t fields = plan->slots == NULL ? 0 : tuple_length(plan->slots);
    head->flags = TYPE_HEAP | TYPE_BASE | TYPE_GC | (base->head.flags & inherited);
    for (int64_t i = 0; i < tuple_length(plan->bases); i++) {
        const Type *parent = (const Type *)tuple_peek(plan->bases, i);
        uint32_t pattern = parent->head.flags & (TYPE_SEQUENCE | TYPE_MAPPING);
        if (pattern != 0) {
            head->flags |= pattern;
            break;
        }
    }
    bool var = (head->flags & TYPE_VAR) != 0;
    if (plan->add_dict)
        head->flags |= TYPE_INLINE_ATTRS | TYPE_EXTRA;
    if (plan->add_weak || (var && fields > 0))
        head->flags |= TYPE_EXTRA;
    head->weak_list = plan->add_weak ? instance_weak_list : base->head.weak_list;
    head->traverse = instance_traverse;
    head->clear = instance_clear;
    head->dealloc = instance_dealloc;
    type->dict_offset = base->dict_offset;
    type->weak_list_offset = base->weak_list_offset;
    type->item_size = base->item_size;
    type->basic_size = (base->basic_size + 7) & ~(int64_t)7;
    /* Fields before InstExtra that the base has already. */
    int64_t before = (base->head.flags & TYPE_HEAP) && (base->head.flags & TYPE_EXTRA)
                         ? base->head.presize - EXTRA_SIZE
                         : 0;
    head->presize =
        (head->flags & TYPE_EXTRA) ? EXTRA_SIZE + (int32_t)before : (int32_t)sizeof(GcLink);
    if (fields == 0)
        return 0;
    MemberDef *members = new_members(plan->slots);
    if (members == NULL)
        return -1;
    type->members = members;
    for (int64_t i = 0; i < fields; i++) {
        int64_t offset =
            var ? -(int64_t)EXTRA_SIZE - before - 8 * (i + 1) : type->basic_size + 8 * i;
        members[i].kind = MEMBER_OBJ_ATTR;
        members[i].offset = (int32_t)offset;
    }
    if (var)
        head->presize += (int32_t)((8 * fields + 15) & ~(int64_t)15);
    else
        type->basic_size += 8 * fields;
    return 0;
}

static void set_shape(Type *type, const Plan *plan)
{
    int32_t capacity = 0;
    if ((type->head.flags & (TYPE_INLINE_ATTRS | TYPE_VAR)) == TYPE_INLINE_ATTRS) {
        capacity = SHAPE_FIRST_CAPACITY;
        for (int64_t i = 0; i < tuple_length(plan->bases); i++) {
            const Type *base = (const Type *)tuple_peek(plan->bases, i);
            if ((base->head.flags & TYPE_HEAP) && base->shape->inline_capacity > capacity)
                capacity = base->shape->inline_capacity;
        }
    }
    shape_init_type(type, capacity);
}

/* Takes __qualname__ out of the namespace. */
static int set_names(Type *type, ObjRef name)
{
    int64_t length;
    const char *text = str_utf8(name, &length);
    if (text == NULL)
        return -1;
    if ((int64_t)strlen(text) != length)
        return err_format_int(&exc_value_error, "type name must not contain null characters");
    type->head.name = text;
    type->name = obj_incref(name);
    Obj *qualname;
    int found = dict_get(type->dict, names.dunder_qualname, &qualname);
    if (found < 0)
        return -1;
    if (found == 0) {
        type->qualname = obj_incref(name);
        return 0;
    }
    if (!str_check(qualname)) {
        err_format(&exc_type_error, "type __qualname__ must be a str, not %T", qualname);
        obj_decref(qualname);
        return -1;
    }
    type->qualname = qualname;
    return dict_delete(type->dict, names.dunder_qualname);
}

static int set_module(ObjRef dict)
{
    if (dict_find_str(dict_cast(dict), names.dunder_module) >= 0)
        return 0;
    ObjRef globals = runtime.hooks.current_globals == NULL ? NULL : runtime.hooks.current_globals();
    ObjRef module = globals == NULL ? NULL : dict_peek(globals, names.dunder_name);
    if (module == NULL)
        return err_occurred() != NULL ? -1 : 0;
    return dict_set(dict, names.dunder_module, module);
}

/* A plain function of this name is wrapped: __new__ needs no self, the others get the class. */
static int wrap_function(ObjRef dict, ObjRef name, Obj *(*wrap)(ObjRef))
{
    ObjRef value = dict_peek(dict, name);
    if (value == NULL)
        return 0;
    if (strcmp(obj_type(value)->head.name, "function") != 0)
        return 0;
    Obj *wrapped = wrap(value);
    int status = wrapped == NULL ? -1 : dict_set(dict, name, wrapped);
    obj_xdecref(wrapped);
    return status;
}

static int add_steal(ObjRef dict, ObjRef name, Obj *value)
{
    int status = value == NULL ? -1 : dict_set(dict, name, value);
    obj_xdecref(value);
    return status;
}

/* The variable that super() and __class__ in methods read. */
static int set_class_cell(Type *type)
{
    Obj *cell;
    int found = dict_get(type->dict, names.dunder_classcell, &cell);
    if (found <= 0)
        return found;
    int status;
    if (strcmp(obj_type(cell)->head.name, "cell") != 0) {
        status = err_format_int(&exc_type_error,
                                "__classcell__ must be a nonlocal cell, not <class '%T'>", cell);
    } else {
        status = obj_setattr(cell, names.cell_contents, (ObjRef)type);
        if (status == 0)
            status = dict_delete(type->dict, names.dunder_classcell);
    }
    obj_decref(cell);
    return status;
}

/* The descriptors that the layout brings, and the defaults of missing attributes. */
static int add_attributes(Type *type, const Plan *plan)
{
    ObjRef dict = type->dict;
    if (set_class_cell(type) < 0 || set_module(dict) < 0 ||
        wrap_function(dict, names.dunder_new, staticmethod_new) < 0 ||
        wrap_function(dict, names.dunder_init_subclass, classmethod_new) < 0 ||
        wrap_function(dict, names.dunder_class_getitem, classmethod_new) < 0)
        return -1;
    const MemberDef *members = type->members;
    for (; members != NULL && members->name != NULL; members++) {
        Obj *descriptor = descriptor_new_member(type, members);
        if (descriptor == NULL)
            return -1;
        Obj *name = obj_incref(descriptor_cast(descriptor)->name);
        int status = add_steal(dict, name, descriptor);
        obj_decref(name);
        if (status < 0)
            return -1;
    }
    if (plan->add_dict && dict_find_str(dict_cast(dict), names.dunder_dict) < 0 &&
        add_steal(dict, names.dunder_dict, descriptor_new_getset(type, &dict_getset)) < 0)
        return -1;
    if (plan->add_weak && dict_find_str(dict_cast(dict), names.dunder_weakref) < 0 &&
        add_steal(dict, names.dunder_weakref, descriptor_new_getset(type, &weakref_getset)) < 0)
        return -1;
    ObjRef doc = dict_peek(dict, names.dunder_doc);
    if (doc == NULL ? dict_set(dict, names.dunder_doc, obj_none) < 0
                    : str_check(doc) && str_utf8(doc, NULL) == NULL)
        return -1;
    if (dict_find_str(dict_cast(dict), names.dunder_eq) >= 0 &&
        dict_find_str(dict_cast(dict), names.dunder_hash) < 0)
        return dict_set(dict, names.dunder_hash, obj_none);
    return 0;
}

/* Slots: those of the base, changed by what the class (or, with several bases, any of them)
 * defines. */
static void fill_slots(Type *type)
{
    type_slots_copy(type, type->base);
    if (tuple_length(type->bases) > 1 ||
        tuple_length(type->mro) != tuple_length(type->base->mro) + 1) {
        type_slots_update(type, NULL);
        return;
    }
    int64_t position = 0;
    ObjRef key, value;
    while (dict_next(type->dict, &position, &key, &value)) {
        if (str_check_exact(key) && type_slots_has_name(key))
            type_slots_update(type, key);
    }
    if (type->head.finalize != NULL)
        type->head.flags |= TYPE_FINALIZE;
}

/* ---------------------------------------------------------------- hooks of the class */

/* The pending exception becomes the cause of a RuntimeError. */
static void wrap_set_name_error(const Type *type, ObjRef key, ObjRef value)
{
    Obj *cause = err_fetch();
    err_format(&exc_runtime_error, "Error calling __set_name__ on '%.100s' instance %R in '%.100s'",
               obj_type(value)->head.name, key, type->head.name);
    Obj *error = err_fetch();
    if (error == NULL || cause == NULL) {
        obj_xdecref(cause);
        err_restore_steal(error);
        return;
    }
    ExceptionObj *e = exception_cast(error);
    obj_replace(&e->context, obj_incref(cause));
    obj_replace(&e->cause, cause);
    e->suppress_context = true;
    err_restore_steal(error);
}

static int call_set_names(Type *type)
{
    /* The hooks may change the namespace. */
    Obj *items = dict_copy(type->dict);
    if (items == NULL)
        return -1;
    int64_t position = 0;
    ObjRef key, value;
    int status = 0;
    while (status == 0 && dict_next(items, &position, &key, &value)) {
        if (type_lookup(obj_type(value), names.dunder_set_name) == NULL)
            continue;
        ObjRef args[2] = {(ObjRef)type, key};
        Obj *result;
        status = obj_call_special(value, names.dunder_set_name, args, 2, &result) < 0 ? -1 : 0;
        obj_xdecref(result);
        if (status < 0)
            wrap_set_name_error(type, key, value);
    }
    obj_decref(items);
    return status;
}

/* super(type, type).__init_subclass__(**keywords). */
static int call_init_subclass(Type *type, const ObjRef *values, ObjRef kwnames)
{
    /* An mro() of a metaclass may leave the class itself out. */
    bool inside = false;
    for (int64_t i = 0; i < tuple_length(type->mro) && !inside; i++)
        inside = tuple_peek(type->mro, i) == &type->head.base;
    if (!inside) {
        return err_format_int(&exc_type_error,
                              "super(type, obj): obj must be an instance or subtype of type");
    }
    ObjRef hook = super_lookup(type, type, names.dunder_init_subclass);
    if (hook == NULL)
        return 0;
    bool plain = hook == type_lookup(&object_type, names.dunder_init_subclass);
    if (plain && (kwnames == NULL || tuple_length(kwnames) == 0))
        return 0;
    Obj *held = obj_incref(hook);
    GetFn get = obj_type(held)->get;
    Obj *bound = get == NULL ? obj_incref(held) : get(held, NULL, (ObjRef)type);
    obj_decref(held);
    Obj *result = bound == NULL ? NULL : obj_call(bound, values, 0, kwnames);
    obj_xdecref(bound);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* ---------------------------------------------------------------- type.__new__ */

static Type *build(Type *metatype, const Plan *plan)
{
    Type *type = (Type *)obj_alloc(metatype, (int64_t)sizeof(Type));
    if (type == NULL)
        return NULL;
    type->base = (Type *)obj_incref(&plan->base->head.base);
    type->bases = obj_incref(plan->bases);
    type->dict = dict_copy(plan->namespace);
    if (type->dict == NULL)
        goto fail;
    dict_cast(type->dict)->flags |= DICT_CLASS;
    if (set_layout(type, plan) < 0 || set_names(type, plan->name) < 0)
        goto fail;
    set_shape(type, plan);
    gc_track(&type->head.base);
    if (add_attributes(type, plan) < 0 || mro_assign(type) < 0)
        goto fail;
    type->head.flags |= TYPE_READY;
    fill_slots(type);
    for (int64_t i = 0; i < tuple_length(type->bases); i++) {
        if (type_add_subclass(type_cast(tuple_peek(type->bases, i)), type) < 0)
            goto fail;
    }
    return type;
fail:
    obj_decref(&type->head.base);
    return NULL;
}

static int check_arguments(const ObjRef *args, int64_t nargs)
{
    if (nargs != 3) {
        return err_format_int(&exc_type_error,
                              "type.__new__() takes exactly 3 arguments (%lld given)",
                              (long long)nargs);
    }
    if (!str_check(args[0])) {
        return err_format_int(&exc_type_error, "type.__new__() argument 1 must be str, not %T",
                              args[0]);
    }
    if (!tuple_check(args[1])) {
        return err_format_int(&exc_type_error, "type.__new__() argument 2 must be tuple, not %T",
                              args[1]);
    }
    if (!dict_check(args[2])) {
        return err_format_int(&exc_type_error, "type.__new__() argument 3 must be dict, not %T",
                              args[2]);
    }
    return 0;
}

Obj *type_new(Type *metatype, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (check_arguments(args, nargs) < 0)
        return NULL;
    if (check_no_entries(args[1]) < 0)
        return NULL;
    Type *winner = type_most_derived_metatype(metatype, args[1]);
    if (winner == NULL)
        return NULL;
    if (winner != metatype && winner->new != type_new)
        return winner->new (winner, args, nargs, kwnames);

    Plan plan = {.name = args[0], .namespace = args[2]};
    Obj *bases = tuple_length(args[1]) == 0 ? tuple_pack(1, &object_type) : obj_incref(args[1]);
    Type *type = NULL;
    if (bases == NULL)
        return NULL;
    plan.bases = bases;
    plan.base = type_best_base(bases);
    if (plan.base == NULL || plan_slots(&plan) < 0)
        goto done;
    type = build(winner, &plan);
    if (type != NULL &&
        (call_set_names(type) < 0 || call_init_subclass(type, args + nargs, kwnames) < 0)) {
        obj_decref(&type->head.base);
        type = NULL;
    }
done:
    obj_xdecref(plan.slots);
    obj_decref(bases);
    return (Obj *)type;
}

/* ---------------------------------------------------------------- for C callers */

Obj *type_new_class(ObjRef name, ObjRef bases, ObjRef namespace)
{
    Type *metatype = type_most_derived_metatype(&type_type, bases);
    if (metatype == NULL)
        return NULL;
    ObjRef args[3] = {name, bases, namespace};
    return obj_call(&metatype->head.base, args, 3, NULL);
}

Obj *type_new_exception(const char *qualified_name, ObjRef base, ObjRef dict)
{
    const char *dot = strrchr(qualified_name, '.');
    const char *last = dot == NULL ? qualified_name : dot + 1;
    Obj *name = NULL, *bases = NULL, *namespace = NULL, *type = NULL;
    namespace = dict == NULL ? dict_new() : dict_copy(dict);
    if (namespace == NULL)
        return NULL;
    if (dot != NULL && dict_find_str(dict_cast(namespace), names.dunder_module) < 0) {
        Obj *module = str_from_utf8(qualified_name, dot - qualified_name);
        if (add_steal(namespace, names.dunder_module, module) < 0)
            goto done;
    }
    name = str_from_utf8(last, (int64_t)strlen(last));
    if (base != NULL && tuple_check(base))
        bases = obj_incref(base);
    else
        bases = tuple_pack(1, base == NULL ? &exc_exception.head.base : (Obj *)(uintptr_t)base);
    if (name != NULL && bases != NULL)
        type = type_new_class(name, bases, namespace);
done:
    obj_xdecref(name);
    obj_xdecref(bases);
    obj_decref(namespace);
    return type;
}
