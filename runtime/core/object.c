/*
 * The object protocol, first part: attributes, text, hash, comparison, truth.
 *
 * call.c has calls, number.c arithmetic, container.c containers and iteration, class_check.c
 * isinstance.  What these functions ask is always a slot of the type; special methods reach them
 * through slot_dispatch.c.
 */

#include "runtime/core/object.h"

#include "runtime/core/address.h"
#include "runtime/core/call.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/slot_functions.h"
#include "runtime/core/state.h"
#include "runtime/core/type_build.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- attributes */

static int require_name(ObjRef name)
{
    if (str_check(name))
        return 0;
    return err_format_int(&exc_type_error, "attribute name must be string, not '%T'", name);
}

/* An AttributeError raised by hand gets the name and object that "Did you mean" works with. */
static void complete_attribute_error(ObjRef o, ObjRef name)
{
    if (!err_matches(&exc_attribute_error))
        return;
    AttributeErrorObj *error = (AttributeErrorObj *)(uintptr_t)err_occurred();
    if (error->name != NULL || error->obj != NULL)
        return;
    error->name = obj_incref(name);
    error->obj = obj_incref(o);
}

Obj *obj_getattr(ObjRef o, ObjRef name)
{
    if (__builtin_expect(!str_check(name), 0)) {
        require_name(name);
        return NULL;
    }
    GetAttrFn getattr = obj_type(o)->getattr;
    if (getattr == NULL)
        return err_attribute(o, name, "'%T' object has no attribute '%U'", o, name);
    Obj *value = getattr(o, name);
    if (__builtin_expect(value == NULL, 0))
        complete_attribute_error(o, name);
    return value;
}

Obj *obj_getattr_str(ObjRef o, const char *name)
{
    Obj *key = str_intern_ascii(name);
    if (key == NULL)
        return NULL;
    Obj *value = obj_getattr(o, key);
    obj_decref(key);
    return value;
}

int obj_getattr_opt(ObjRef o, ObjRef name, Obj **out)
{
    *out = NULL;
    if (require_name(name) < 0)
        return -1;
    GetAttrFn getattr = obj_type(o)->getattr;
    int found;
    if (getattr == object_getattr) {
        found = object_getattr_opt(o, name, out);
    } else if (getattr == type_getattr) {
        found = type_getattr_opt(o, name, out);
    } else {
        *out = obj_getattr(o, name);
        found = *out == NULL ? -1 : 1;
    }
    if (found < 0 && err_matches(&exc_attribute_error)) {
        err_clear();
        return 0;
    }
    return found;
}

int obj_hasattr(ObjRef o, ObjRef name)
{
    Obj *value;
    int found = obj_getattr_opt(o, name, &value);
    obj_xdecref(value);
    return found;
}

int obj_setattr(ObjRef o, ObjRef name, ObjRef value)
{
    if (require_name(name) < 0)
        return -1;
    SetAttrFn setattr = obj_type(o)->setattr;
    if (setattr == NULL) {
        return err_format_int(&exc_type_error, "'%T' object has no attributes (%s .%U)", o,
                              value == NULL ? "del" : "assign to", name);
    }
    if (str_check_exact(name) && !str_cast(name)->interned) {
        Obj *key = str_intern(name);
        if (key == NULL)
            return -1;
        int status = setattr(o, key, value);
        obj_decref(key);
        return status;
    }
    return setattr(o, name, value);
}

int obj_setattr_str(ObjRef o, const char *name, ObjRef value)
{
    Obj *key = str_intern_ascii(name);
    int status = key == NULL ? -1 : obj_setattr(o, key, value);
    obj_xdecref(key);
    return status;
}

int obj_lookup_special(ObjRef o, ObjRef name, Obj **out)
{
    *out = NULL;
    Type *type = obj_type(o);
    ObjRef found = type_lookup(type, name);
    if (found == NULL)
        return 0;
    GetFn get = obj_type(found)->get;
    if (get == NULL) {
        *out = obj_incref(found);
        return 1;
    }
    Obj *held = obj_incref(found);
    *out = get(held, o, (ObjRef)type);
    obj_decref(held);
    return *out == NULL ? -1 : 1;
}

int obj_get_method(ObjRef o, ObjRef name, Obj **out)
{
    Type *type = obj_type(o);
    if (type->getattr == object_getattr && str_check(name)) {
        ObjRef found = type_lookup(type, name);
        if (found != NULL && (obj_type(found)->head.flags & TYPE_METHOD_DESCRIPTOR)) {
            Obj *method = obj_incref(found);
            ObjRef own = object_peek_attr(o, name);
            if (own == NULL && err_occurred() == NULL) {
                *out = method;
                return 1;
            }
            *out = obj_xincref(own);
            obj_decref(method);
            return own == NULL ? -1 : 0;
        }
    }
    *out = obj_getattr(o, name);
    return *out == NULL ? -1 : 0;
}

/* ---------------------------------------------------------------- generic attribute slots */

int object_getattr_opt(ObjRef self, ObjRef name, Obj **out)
{
    Type *type = obj_type(self);
    *out = NULL;
    ObjRef found = type_lookup(type, name);
    if (found == NULL) {
        ObjRef value = object_peek_attr(self, name);
        if (value == NULL)
            return err_occurred() != NULL ? -1 : 0;
        *out = obj_incref(value);
        return 1;
    }
    const Type *kind = obj_type(found);
    if (kind->get == NULL || kind->set == NULL) {
        /* An attribute of the instance goes before anything but a data descriptor. */
        Obj *held = obj_incref(found);
        ObjRef value = object_peek_attr(self, name);
        if (value != NULL) {
            *out = obj_incref(value);
            obj_decref(held);
            return 1;
        }
        if (err_occurred() != NULL) {
            obj_decref(held);
            return -1;
        }
        if (kind->get == NULL) {
            *out = held;
            return 1;
        }
        *out = kind->get(held, self, (ObjRef)type);
        obj_decref(held);
        return *out == NULL ? -1 : 1;
    }
    Obj *held = obj_incref(found);
    *out = kind->get(held, self, (ObjRef)type);
    obj_decref(held);
    return *out == NULL ? -1 : 1;
}

Obj *object_getattr(ObjRef self, ObjRef name)
{
    Obj *value;
    int found = object_getattr_opt(self, name, &value);
    if (found == 0)
        return err_attribute(self, name, "'%T' object has no attribute '%U'", self, name);
    return value;
}

int object_setattr(ObjRef self, ObjRef name, ObjRef value)
{
    Type *type = obj_type(self);
    ObjRef found = type_lookup(type, name);
    if (found != NULL && obj_type(found)->set != NULL) {
        Obj *held = obj_incref(found);
        int status = obj_type(found)->set(held, self, value);
        obj_decref(held);
        return status;
    }
    if ((type->head.flags & TYPE_INLINE_ATTRS) == 0 && type->dict_offset == 0) {
        return err_format_int(&exc_attribute_error,
                              found == NULL ? "'%T' object has no attribute '%U'"
                                            : "'%T' object attribute '%U' is read-only",
                              self, name);
    }
    int status = object_store_attr(self, name, value);
    if (status == 1) {
        return err_format_int(&exc_attribute_error, "'%T' object has no attribute '%U'", self,
                              name);
    }
    return status;
}

/* ---------------------------------------------------------------- text */

Obj *obj_repr(ObjRef o)
{
    if (state_enter(" while getting the repr of an object") < 0)
        return NULL;
    Obj *text = obj_type(o)->repr(o);
    state_leave();
    if (text != NULL && !str_check(text)) {
        err_format(&exc_type_error, "__repr__ returned non-string (type %T)", text);
        obj_clear(&text);
    }
    return text;
}

Obj *obj_str(ObjRef o)
{
    if (str_check_exact(o))
        return obj_incref(o);
    if (state_enter(" while getting the str of an object") < 0)
        return NULL;
    Obj *text = obj_type(o)->str(o);
    state_leave();
    if (text != NULL && !str_check(text)) {
        err_format(&exc_type_error, "__str__ returned non-string (type %T)", text);
        obj_clear(&text);
    }
    return text;
}

/* Appends one character as ascii() shows it. */
static int add_escaped(StrBuilder *b, uint32_t c)
{
    static const char digits[] = "0123456789abcdef";
    if (c < 128)
        return str_builder_add_char(b, c);
    int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    char text[12] = {'\\', width == 2 ? 'x' : width == 4 ? 'u' : 'U'};
    for (int i = 0; i < width; i++)
        text[2 + i] = digits[c >> (4 * (width - 1 - i)) & 15];
    return str_builder_add_ascii_n(b, text, width + 2);
}

Obj *obj_ascii(ObjRef o)
{
    Obj *repr = obj_repr(o);
    if (repr == NULL || str_cast(repr)->ascii)
        return repr;
    StrBuilder b;
    str_builder_init(&b);
    Obj *result = NULL;
    for (int64_t i = 0; i < str_length(repr); i++) {
        if (add_escaped(&b, str_char_at(repr, i)) < 0)
            goto fail;
    }
    result = str_builder_finish(&b);
fail:
    if (result == NULL)
        str_builder_free(&b);
    obj_decref(repr);
    return result;
}

Obj *obj_format(ObjRef o, ObjRef spec)
{
    if (spec != NULL && !str_check(spec))
        return err_format(&exc_system_error, "Format specifier must be a string, not %T", spec);
    if (spec == NULL || str_length(spec) == 0) {
        if (str_check_exact(o))
            return obj_incref(o);
        if (int_check_exact(o))
            return obj_str(o);
    }
    ObjRef arg = spec == NULL ? names.empty : spec;
    Obj *text;
    int found = obj_call_special(o, names.dunder_format, &arg, 1, &text);
    if (found == 0)
        return err_format(&exc_type_error, "Type %T doesn't define __format__", o);
    if (text != NULL && !str_check(text)) {
        err_format(&exc_type_error, "__format__ must return a str, not %T", text);
        obj_clear(&text);
    }
    return text;
}

int obj_repr_enter(ObjRef o)
{
    ThreadState *ts = thread_state;
    if (ts->repr_active == NULL) {
        ts->repr_active = list_new(0);
        if (ts->repr_active == NULL)
            return -1;
    }
    for (int64_t i = list_length(ts->repr_active) - 1; i >= 0; i--) {
        if (list_peek(ts->repr_active, i) == o)
            return 1;
    }
    return list_append(ts->repr_active, o);
}

void obj_repr_leave(ObjRef o)
{
    ListObj *active = list_cast(thread_state->repr_active);
    for (int64_t i = active->length - 1; i >= 0; i--) {
        if (active->items[i] == o) {
            Obj *item = active->items[i];
            for (int64_t j = i; j + 1 < active->length; j++)
                active->items[j] = active->items[j + 1];
            active->length--;
            obj_decref(item);
            return;
        }
    }
}

void obj_reveal(ObjRef o)
{
    if (o->shape == &int_type.root)
        ((Obj *)o)->shape = &int_seen_shape;
    else if (o->shape == &float_type.root)
        ((Obj *)o)->shape = &float_seen_shape;
    address_note(o);
}

/* ---------------------------------------------------------------- hash, comparison, truth */

int64_t object_hash_identity(ObjRef self)
{
    uintptr_t address = (uintptr_t)self;
    /* Objects are aligned to 16: those bits say nothing in a hash table. */
    int64_t hash = (int64_t)(address >> 4 | address << (8 * sizeof address - 4));
    return hash == -1 ? -2 : hash;
}

int64_t object_hash_unhashable(ObjRef self)
{
    return err_format_int(&exc_type_error, "unhashable type: '%T'", self);
}

int64_t obj_hash(ObjRef o)
{
    HashFn hash = obj_type(o)->hash;
    return hash == NULL ? object_hash_unhashable(o) : hash(o);
}

static Obj *compare_types(ObjRef a, ObjRef b, CompareOp op)
{
    static const CompareOp swapped[] = {CMP_GT, CMP_GE, CMP_EQ, CMP_NE, CMP_LT, CMP_LE};
    static const char *const signs[] = {"<", "<=", "==", "!=", ">", ">="};
    const Type *left = obj_type(a), *right = obj_type(b);
    bool tried = false;
    Obj *result;
    if (left != right && right->compare != NULL && type_is_subtype(right, left)) {
        tried = true;
        result = right->compare(b, a, swapped[op]);
        if (result == NULL || !is_not_implemented(result))
            return result;
        obj_decref(result);
    }
    if (left->compare != NULL) {
        result = left->compare(a, b, op);
        if (result == NULL || !is_not_implemented(result))
            return result;
        obj_decref(result);
    }
    if (!tried && right->compare != NULL) {
        result = right->compare(b, a, swapped[op]);
        if (result == NULL || !is_not_implemented(result))
            return result;
        obj_decref(result);
    }
    if (op == CMP_EQ || op == CMP_NE)
        return bool_new((a == b) == (op == CMP_EQ));
    return err_format(&exc_type_error, "'%s' not supported between instances of '%T' and '%T'",
                      signs[op], a, b);
}

Obj *obj_compare(ObjRef a, ObjRef b, CompareOp op)
{
    if (state_enter(" in comparison") < 0)
        return NULL;
    Obj *result = compare_types(a, b, op);
    state_leave();
    return result;
}

int obj_compare_bool(ObjRef a, ObjRef b, CompareOp op)
{
    if (a == b && (op == CMP_EQ || op == CMP_NE))
        return op == CMP_EQ;
    Obj *result = obj_compare(a, b, op);
    if (result == NULL)
        return -1;
    int truth = bool_check(result) ? result == obj_true : obj_truth(result);
    obj_decref(result);
    return truth;
}

int obj_equal(ObjRef a, ObjRef b)
{
    return obj_compare_bool(a, b, CMP_EQ);
}

int obj_truth(ObjRef o)
{
    if (o == obj_true)
        return 1;
    if (o == obj_false || is_none(o))
        return 0;
    const Type *type = obj_type(o);
    if (type->truth != NULL)
        return type->truth(o);
    if (type->length == NULL)
        return 1;
    int64_t length = type->length(o);
    return length < 0 ? -1 : length > 0;
}

/* ---------------------------------------------------------------- dir */

Obj *obj_dir(ObjRef o)
{
    Obj *listed;
    int found = obj_call_special(o, names.dunder_dir, NULL, 0, &listed);
    if (found == 0)
        return err_format(&exc_type_error, "object does not provide __dir__");
    if (found < 0)
        return NULL;
    Obj *sorted = obj_to_list(listed);
    obj_decref(listed);
    if (sorted != NULL && list_sort(sorted, NULL, false) < 0)
        obj_clear(&sorted);
    return sorted;
}
