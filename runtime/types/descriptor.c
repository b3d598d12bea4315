/*
 * Descriptors of builtin types: methods, class methods, computed attributes and fields.
 *
 * method_descriptor and classmethod_descriptor belong to static types alone and take no part in
 * cycles; getset_descriptor and member_descriptor also serve classes made at run time (__dict__,
 * __weakref__, __slots__), which own them and are owned by them.
 */

#include "runtime/types/descriptor.h"

#include <stddef.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/classmethod.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- documentation */

/* "name(…)\n--\n\n" at the start of doc: its end, or NULL when doc does not begin with a signature.
 */
static const char *signature_end(const char *name, const char *doc)
{
    if (doc == NULL)
        return NULL;
    const char *dot = strrchr(name, '.');
    const char *last = dot == NULL ? name : dot + 1;
    size_t length = strlen(last);
    if (strncmp(doc, last, length) != 0 || doc[length] != '(')
        return NULL;
    const char *end = strstr(doc, ")\n--\n\n");
    return end == NULL ? NULL : end + 6;
}

const char *descriptor_doc_text(const char *name, const char *doc)
{
    const char *end = signature_end(name, doc);
    return end == NULL ? doc : end;
}

Obj *descriptor_doc(const char *name, const char *doc)
{
    const char *text = descriptor_doc_text(name, doc);
    if (text == NULL || *text == '\0')
        return none_new();
    return str_from_utf8(text, (int64_t)strlen(text));
}

Obj *descriptor_text_signature(const char *name, const char *doc, const char *receiver)
{
    const char *end = signature_end(name, doc);
    if (end == NULL)
        return none_new();
    const char *start = strchr(doc, '(');
    int64_t length = end - 5 - start;
    if (receiver == NULL || start[1] == '$')
        return str_from_utf8(start, length);
    /* the parameter that calls do not show, which is positional-only */
    Obj *rest = str_from_utf8(start + 1, length - 1), *result = NULL;
    if (rest != NULL) {
        bool slash = memchr(start, '/', (size_t)length) != NULL;
        result = str_format_c("(%s%s%s%U", receiver, slash ? "" : ", /",
                              start[1] == ')' ? "" : ", ", rest);
    }
    obj_xdecref(rest);
    return result;
}

/* ---------------------------------------------------------------- shared */

int descriptor_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(descriptor_cast(self)->owner);
    GC_VISIT(descriptor_cast(self)->name);
    return 0;
}

void descriptor_dealloc(Obj *self)
{
    DescriptorObj *d = descriptor_cast(self);
    Type *owner = d->owner;
    if (obj_has_flag(self, TYPE_GC))
        gc_untrack(self);
    obj_decref(d->name);
    obj_free(self, (int64_t)sizeof(MethodDescriptorObj));
    obj_decref(&owner->head.base);
}

Obj *descriptor_qualname(ObjRef self)
{
    const DescriptorObj *d = (const DescriptorObj *)self;
    return str_format_c("%U.%U", d->owner->qualname, d->name);
}

int descriptor_check(ObjRef self, ObjRef o)
{
    const DescriptorObj *d = (const DescriptorObj *)self;
    if (obj_is(o, d->owner))
        return 0;
    return err_format_int(&exc_type_error,
                          "descriptor '%U' for '%.100s' objects doesn't apply to a '%.100s' object",
                          d->name, d->owner->head.name, obj_type(o)->head.name);
}

Obj *descriptor_reduce_getattr(ObjRef o, ObjRef name)
{
    Obj *function = obj_getattr(runtime.builtins, names.getattr);
    Obj *args = function == NULL ? NULL : tuple_pack(2, o, name);
    Obj *result = args == NULL ? NULL : tuple_pack(2, function, args);
    obj_xdecref(function);
    obj_xdecref(args);
    return result;
}

Obj *descriptor_reduce(ObjRef self)
{
    const DescriptorObj *d = (const DescriptorObj *)self;
    return descriptor_reduce_getattr(&d->owner->head.base, d->name);
}

static Obj *descriptor_reduce_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return descriptor_reduce(self);
}

const MemberDef descriptor_members[] = {
    {"__objclass__", MEMBER_OBJ, offsetof(DescriptorObj, owner), MEMBER_READONLY, NULL},
    {"__name__", MEMBER_OBJ, offsetof(DescriptorObj, name), MEMBER_READONLY, NULL},
    {0},
};

static const MethodDef reduce_methods[] = {
    {"__reduce__", descriptor_reduce_method, 0, 0, 0, NULL},
    {0},
};

_Static_assert(sizeof(MethodDescriptorObj) == sizeof(GetSetDescriptorObj) &&
                   sizeof(MethodDescriptorObj) == sizeof(MemberDescriptorObj),
               "descriptor_dealloc serves all kinds");

/* A descriptor of any kind; `def` is stored behind the common part. */
static Obj *descriptor_new(Type *type, Type *owner, const char *name, const void *def)
{
    Obj *key = str_intern_ascii(name);
    if (key == NULL)
        return NULL;
    bool gc = (type->head.flags & TYPE_GC) != 0;
    MethodDescriptorObj *d =
        (MethodDescriptorObj *)(gc ? obj_new_gc(type, (int64_t)sizeof(MethodDescriptorObj))
                                   : obj_new(type, (int64_t)sizeof(MethodDescriptorObj)));
    if (d == NULL) {
        obj_decref(key);
        return NULL;
    }
    d->head.owner = (Type *)obj_incref(&owner->head.base);
    d->head.name = key;
    d->def = def;
    if (gc && (owner->head.flags & TYPE_HEAP))
        gc_track(&d->head.base);
    return &d->head.base;
}

Obj *descriptor_new_method(Type *owner, const MethodDef *def)
{
    if (def->flags & METHOD_STATIC) {
        Obj *function = builtin_function_new(def, &owner->head.base, NULL);
        Obj *wrapped = function == NULL ? NULL : staticmethod_new(function);
        obj_xdecref(function);
        return wrapped;
    }
    Type *type = def->flags & METHOD_CLASS ? &classmethod_descriptor_type : &method_descriptor_type;
    return descriptor_new(type, owner, def->name, def);
}

Obj *descriptor_new_getset(Type *owner, const GetSetDef *def)
{
    return descriptor_new(&getset_descriptor_type, owner, def->name, def);
}

/* __slots__ may have names that are no ASCII. */
Obj *descriptor_new_member(Type *owner, const MemberDef *def)
{
    Obj *self = descriptor_new(&member_descriptor_type, owner, "", def);
    if (self == NULL)
        return NULL;
    Obj *name = str_from_utf8(def->name, (int64_t)strlen(def->name));
    if (name == NULL) {
        obj_decref(self);
        return NULL;
    }
    str_intern_inplace(&name);
    obj_replace(&descriptor_cast(self)->name, name);
    return self;
}

/* ---------------------------------------------------------------- method_descriptor */

static Obj *method_descriptor_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const MethodDescriptorObj *d = (const MethodDescriptorObj *)self;
    if (nargs < 1) {
        Obj *qualname = descriptor_qualname(self);
        if (qualname != NULL)
            err_format(&exc_type_error, "unbound method %U() needs an argument", qualname);
        obj_xdecref(qualname);
        return NULL;
    }
    if (!obj_is(args[0], d->head.owner)) {
        descriptor_check(self, args[0]);
        return NULL;
    }
    if (!builtin_function_accepts(d->def, nargs - 1, kwnames)) {
        if (builtin_function_check_args(self, d->def, nargs - 1, kwnames) < 0)
            return NULL;
        kwnames = NULL; /* an empty tuple */
    }
    if (state_enter(" while calling a Python object") < 0)
        return NULL;
    Obj *result = d->def->fn(args[0], args + 1, nargs - 1, kwnames);
    state_leave();
    return result;
}

static Obj *method_descriptor_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    if (instance == NULL)
        return obj_incref(self);
    if (descriptor_check(self, instance) < 0)
        return NULL;
    return builtin_function_new(method_descriptor_def(self), instance, NULL);
}

static Obj *method_descriptor_repr(ObjRef self)
{
    const DescriptorObj *d = (const DescriptorObj *)self;
    return str_format_c("<method '%U' of '%s' objects>", d->name, d->owner->head.name);
}

static Obj *method_descriptor_doc(ObjRef self)
{
    const MethodDef *def = method_descriptor_def(self);
    return descriptor_doc(def->name, def->doc);
}

static Obj *method_descriptor_signature(ObjRef self)
{
    const MethodDef *def = method_descriptor_def(self);
    return descriptor_text_signature(def->name, def->doc,
                                     def->flags & METHOD_CLASS ? "$type" : "$self");
}

static const GetSetDef method_descriptor_getset[] = {
    {"__doc__", method_descriptor_doc, NULL, NULL},
    {"__qualname__", descriptor_qualname, NULL, NULL},
    {"__text_signature__", method_descriptor_signature, NULL, NULL},
    {0},
};

Type method_descriptor_type = {
    .head = {.base = {1, &type_type.root},
             .name = "method_descriptor",
             .flags = TYPE_METHOD_DESCRIPTOR | TYPE_NO_NEW,
             .traverse = descriptor_traverse,
             .dealloc = descriptor_dealloc},
    .basic_size = sizeof(MethodDescriptorObj),
    .repr = method_descriptor_repr,
    .call = method_descriptor_call,
    .get = method_descriptor_get,
    .methods = reduce_methods,
    .members = descriptor_members,
    .getset = method_descriptor_getset,
};

/* ---------------------------------------------------------------- classmethod_descriptor */

static Obj *classmethod_descriptor_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    const MethodDescriptorObj *d = (const MethodDescriptorObj *)self;
    ObjRef type = owner;
    if (type == NULL) {
        if (instance == NULL) {
            return err_format(&exc_type_error,
                              "descriptor '%U' for type '%.100s' needs either an object or a type",
                              d->head.name, d->head.owner->head.name);
        }
        type = &obj_type(instance)->head.base;
    }
    if (!obj_has_flag(type, TYPE_TYPE)) {
        return err_format(&exc_type_error,
                          "descriptor '%U' for type '%.100s' needs a type, not a '%.100s' as arg 2",
                          d->head.name, d->head.owner->head.name, obj_type(type)->head.name);
    }
    if (!type_is_subtype((const Type *)type, d->head.owner)) {
        return err_format(&exc_type_error,
                          "descriptor '%U' requires a subtype of '%.100s' but received '%.100s'",
                          d->head.name, d->head.owner->head.name, ((const Type *)type)->head.name);
    }
    return builtin_function_new(d->def, type, NULL);
}

static Obj *classmethod_descriptor_call(ObjRef self, const ObjRef *args, int64_t nargs,
                                        ObjRef kwnames)
{
    const MethodDescriptorObj *d = (const MethodDescriptorObj *)self;
    if (nargs < 1) {
        return err_format(&exc_type_error, "descriptor '%U' of '%.100s' object needs an argument",
                          d->head.name, d->head.owner->head.name);
    }
    Obj *bound = classmethod_descriptor_get(self, NULL, args[0]);
    Obj *result = bound == NULL ? NULL : obj_call(bound, args + 1, nargs - 1, kwnames);
    obj_xdecref(bound);
    return result;
}

Type classmethod_descriptor_type = {
    .head = {.base = {1, &type_type.root},
             .name = "classmethod_descriptor",
             .flags = TYPE_NO_NEW,
             .traverse = descriptor_traverse,
             .dealloc = descriptor_dealloc},
    .basic_size = sizeof(MethodDescriptorObj),
    .repr = method_descriptor_repr,
    .call = classmethod_descriptor_call,
    .get = classmethod_descriptor_get,
    .methods = reduce_methods,
    .members = descriptor_members,
    .getset = method_descriptor_getset,
};

/* ---------------------------------------------------------------- getset_descriptor */

static Obj *getset_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    if (instance == NULL)
        return obj_incref(self);
    if (descriptor_check(self, instance) < 0)
        return NULL;
    const GetSetDescriptorObj *d = (const GetSetDescriptorObj *)self;
    if (d->def->get == NULL) {
        return err_attribute(instance, d->head.name,
                             "attribute '%U' of '%.100s' objects is not readable", d->head.name,
                             d->head.owner->head.name);
    }
    return d->def->get(instance);
}

static int getset_set(ObjRef self, ObjRef instance, ObjRef value)
{
    const GetSetDescriptorObj *d = (const GetSetDescriptorObj *)self;
    if (descriptor_check(self, instance) < 0)
        return -1;
    if (d->def->set == NULL) {
        err_attribute(instance, d->head.name, "attribute '%U' of '%.100s' objects is not writable",
                      d->head.name, d->head.owner->head.name);
        return -1;
    }
    return d->def->set(instance, value);
}

static Obj *getset_repr(ObjRef self)
{
    const DescriptorObj *d = (const DescriptorObj *)self;
    return str_format_c("<attribute '%U' of '%s' objects>", d->name, d->owner->head.name);
}

static Obj *getset_doc(ObjRef self)
{
    const GetSetDef *def = getset_descriptor_def(self);
    return def->doc == NULL ? none_new() : str_from_utf8(def->doc, (int64_t)strlen(def->doc));
}

static const GetSetDef getset_getset[] = {
    {"__doc__", getset_doc, NULL, NULL},
    {"__qualname__", descriptor_qualname, NULL, NULL},
    {0},
};

Type getset_descriptor_type = {
    .head = {.base = {1, &type_type.root},
             .name = "getset_descriptor",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = descriptor_traverse,
             .dealloc = descriptor_dealloc},
    .basic_size = sizeof(GetSetDescriptorObj),
    .repr = getset_repr,
    .get = getset_get,
    .set = getset_set,
    .members = descriptor_members,
    .getset = getset_getset,
};

/* ---------------------------------------------------------------- member_descriptor */

Obj *member_get(ObjRef self, const MemberDef *def)
{
    const void *place = (const char *)self + def->offset;
    switch ((MemberKind)def->kind) {
    case MEMBER_OBJ:
    case MEMBER_OBJ_ATTR: {
        ObjRef value = *(Obj *const *)place;
        if (value != NULL)
            return obj_incref(value);
        return def->kind == MEMBER_OBJ ? none_new() : NULL;
    }
    case MEMBER_INT64:
        return int_new(*(const int64_t *)place);
    case MEMBER_INT32:
        return int_new(*(const int32_t *)place);
    case MEMBER_BOOL:
        return bool_new(*(const bool *)place);
    case MEMBER_DOUBLE:
        return float_new(*(const double *)place);
    }
    return none_new();
}

static int set_number(void *place, const MemberDef *def, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "can't delete numeric/char attribute");
    if (def->kind == MEMBER_BOOL) {
        if (!bool_check(value)) {
            return err_format_int(&exc_type_error, "attribute value type must be bool");
        }
        *(bool *)place = value == obj_true;
        return 0;
    }
    if (def->kind == MEMBER_DOUBLE)
        return obj_to_double(value, place);
    int64_t number = obj_as_index(value, (ObjRef)&exc_overflow_error);
    if (number == -1 && err_occurred() != NULL)
        return -1;
    if (def->kind == MEMBER_INT64)
        *(int64_t *)place = number;
    else if (number == (int32_t)number)
        *(int32_t *)place = (int32_t)number;
    else
        return err_format_int(&exc_overflow_error, "Python int too large to convert to C int");
    return 0;
}

int member_set(ObjRef self, const MemberDef *def, ObjRef value)
{
    void *place = (char *)(uintptr_t)self + def->offset;
    if (def->flags & MEMBER_READONLY)
        return err_format_int(&exc_attribute_error, "readonly attribute");
    if (def->kind != MEMBER_OBJ && def->kind != MEMBER_OBJ_ATTR)
        return set_number(place, def, value);
    Obj **slot = place;
    if (value == NULL && *slot == NULL && def->kind == MEMBER_OBJ_ATTR)
        return err_format_int(&exc_attribute_error, "%s", def->name);
    obj_replace(slot, obj_xincref(value));
    return 0;
}

static Obj *member_descriptor_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    if (instance == NULL)
        return obj_incref(self);
    if (descriptor_check(self, instance) < 0)
        return NULL;
    Obj *value = member_get(instance, member_descriptor_def(self));
    if (value == NULL && err_occurred() == NULL) {
        ObjRef name = descriptor_cast(self)->name;
        return err_attribute(instance, name, "'%T' object has no attribute '%U'", instance, name);
    }
    return value;
}

static int member_descriptor_set(ObjRef self, ObjRef instance, ObjRef value)
{
    if (descriptor_check(self, instance) < 0)
        return -1;
    return member_set(instance, member_descriptor_def(self), value);
}

static Obj *member_repr(ObjRef self)
{
    const DescriptorObj *d = (const DescriptorObj *)self;
    return str_format_c("<member '%U' of '%s' objects>", d->name, d->owner->head.name);
}

static Obj *member_doc(ObjRef self)
{
    const MemberDef *def = member_descriptor_def(self);
    return def->doc == NULL ? none_new() : str_from_utf8(def->doc, (int64_t)strlen(def->doc));
}

static const GetSetDef member_getset[] = {
    {"__doc__", member_doc, NULL, NULL},
    {"__qualname__", descriptor_qualname, NULL, NULL},
    {0},
};

Type member_descriptor_type = {
    .head = {.base = {1, &type_type.root},
             .name = "member_descriptor",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = descriptor_traverse,
             .dealloc = descriptor_dealloc},
    .basic_size = sizeof(MemberDescriptorObj),
    .repr = member_repr,
    .get = member_descriptor_get,
    .set = member_descriptor_set,
    .methods = reduce_methods,
    .members = descriptor_members,
    .getset = member_getset,
};
