/*
 * Containers and iteration: length, items, membership, iterators, conversion to list and tuple.
 *
 * Types tell by get_item/set_item that they take keys, by `item` that they count from 0; classes
 * get the former from __getitem__ and the like.  The wording of errors follows CPython's
 * distinction between mappings and sequences (every class counts as both).
 */

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/sequence_iterator.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- length */

int64_t obj_length(ObjRef o)
{
    LengthFn length = obj_type(o)->length;
    if (length == NULL)
        return err_format_int(&exc_type_error, "object of type '%T' has no len()", o);
    return length(o);
}

int64_t obj_length_hint(ObjRef o, int64_t fallback)
{
    if (obj_type(o)->length != NULL) {
        int64_t length = obj_type(o)->length(o);
        if (length >= 0)
            return length;
        if (!err_matches(&exc_type_error))
            return -1;
        err_clear();
    }
    Obj *hint;
    int found = obj_call_special(o, names.dunder_length_hint, NULL, 0, &hint);
    if (found == 0)
        return fallback;
    if (found < 0) {
        if (!err_matches(&exc_type_error))
            return -1;
        err_clear();
        return fallback;
    }
    int64_t value = fallback;
    if (!is_not_implemented(hint)) {
        if (!int_check(hint)) {
            value =
                err_format_int(&exc_type_error, "__length_hint__ must be an integer, not %T", hint);
        } else if (int_to_int64(hint, &value) != 0) {
            value =
                err_format_int(&exc_overflow_error, "Python int too large to convert to C ssize_t");
        } else if (value < 0) {
            value = err_format_int(&exc_value_error, "__length_hint__() should return >= 0");
        }
    }
    obj_decref(hint);
    return value;
}

/* ---------------------------------------------------------------- items */

/* An index from the end becomes one from the start where the length is known. */
static int from_start(ObjRef o, int64_t *index)
{
    if (*index >= 0 || obj_type(o)->length == NULL)
        return 0;
    int64_t length = obj_type(o)->length(o);
    if (length < 0)
        return -1;
    *index += length;
    return 0;
}

/* Classes with __class_getitem__, and type[…] itself. */
static Obj *getitem_of_type(ObjRef type, ObjRef key)
{
    if (type == &type_type.head.base)
        return generic_alias_new(type, key);
    Obj *method, *result = NULL;
    int found = obj_getattr_opt(type, names.dunder_class_getitem, &method);
    if (found < 0)
        return NULL;
    if (found == 0 || is_none(method))
        err_format(&exc_type_error, "type '%s' is not subscriptable",
                   ((const Type *)type)->head.name);
    else
        result = obj_call1(method, key);
    obj_xdecref(method);
    return result;
}

Obj *obj_getitem(ObjRef o, ObjRef key)
{
    const Type *type = obj_type(o);
    if (type->get_item != NULL)
        return type->get_item(o, key);
    if (type->item != NULL) {
        int64_t index;
        if (obj_type(key)->index == NULL) {
            return err_format(&exc_type_error, "sequence index must be integer, not '%T'", key);
        }
        if (obj_to_int64(key, &index) < 0 || from_start(o, &index) < 0)
            return NULL;
        return type->item(o, index);
    }
    if (type->head.flags & TYPE_TYPE)
        return getitem_of_type(o, key);
    return err_format(&exc_type_error, "'%T' object is not subscriptable", o);
}

int obj_setitem(ObjRef o, ObjRef key, ObjRef value)
{
    const Type *type = obj_type(o);
    if (type->set_item != NULL)
        return type->set_item(o, key, value);
    if (value != NULL)
        return err_format_int(&exc_type_error, "'%T' object does not support item assignment", o);
    bool sequence = (type->head.flags & TYPE_HEAP) != 0 || type->item != NULL ||
                    (type->head.flags & TYPE_SET) != 0;
    if (sequence && (type->head.flags & TYPE_TYPE) == 0 && obj_type(key)->index != NULL)
        return err_format_int(&exc_type_error, "'%T' object doesn't support item deletion", o);
    return err_format_int(&exc_type_error, "'%T' object does not support item deletion", o);
}

Obj *obj_getitem_index(ObjRef o, int64_t index)
{
    const Type *type = obj_type(o);
    if (type->item != NULL) {
        if (from_start(o, &index) < 0)
            return NULL;
        return type->item(o, index);
    }
    Obj *key = int_new(index);
    Obj *result = key == NULL ? NULL : obj_getitem(o, key);
    obj_xdecref(key);
    return result;
}

int obj_contains(ObjRef container, ObjRef item)
{
    ContainsFn contains = obj_type(container)->contains;
    if (contains != NULL)
        return contains(container, item);
    Obj *iterator = obj_iter(container);
    if (iterator == NULL) {
        if (err_matches(&exc_type_error)) {
            err_clear();
            err_format(&exc_type_error, "argument of type '%T' is not iterable", container);
        }
        return -1;
    }
    Obj *candidate;
    int status;
    while ((status = obj_next(iterator, &candidate)) > 0) {
        status = obj_compare_bool(candidate, item, CMP_EQ);
        obj_decref(candidate);
        if (status != 0)
            break;
    }
    obj_decref(iterator);
    return status;
}

/* ---------------------------------------------------------------- iteration */

/* Items can be asked for by number, from 0 on. */
static bool is_sequence(ObjRef o)
{
    const Type *type = obj_type(o);
    if (type->head.flags & TYPE_DICT)
        return false;
    return type->item != NULL || ((type->head.flags & TYPE_HEAP) && type->get_item != NULL);
}

Obj *obj_iter(ObjRef o)
{
    const Type *type = obj_type(o);
    if (type->iter == NULL) {
        if (is_sequence(o))
            return sequence_iterator_new(o);
        return err_format(&exc_type_error, "'%T' object is not iterable", o);
    }
    Obj *iterator = type->iter(o);
    if (iterator != NULL && obj_type(iterator)->next == NULL) {
        err_format(&exc_type_error, "iter() returned non-iterator of type '%T'", iterator);
        obj_clear(&iterator);
    }
    return iterator;
}

int obj_next(ObjRef iterator, Obj **out)
{
    NextFn next = obj_type(iterator)->next;
    *out = NULL;
    if (next == NULL)
        return err_format_int(&exc_type_error, "'%T' object is not an iterator", iterator);
    int status = next(iterator, out);
    if (status < 0 && err_matches(&exc_stop_iteration)) {
        err_clear();
        return 0;
    }
    return status;
}

Obj *object_iter_self(ObjRef self)
{
    return obj_incref(self);
}

Obj *obj_to_list(ObjRef iterable)
{
    Obj *list = list_new(0);
    if (list != NULL && list_extend(list, iterable) < 0)
        obj_clear(&list);
    return list;
}

Obj *obj_to_tuple(ObjRef iterable)
{
    if (tuple_check_exact(iterable))
        return obj_incref(iterable);
    if (list_check_exact(iterable))
        return list_to_tuple(iterable);
    Obj *list = obj_to_list(iterable);
    Obj *tuple = list == NULL ? NULL : list_to_tuple(list);
    obj_xdecref(list);
    return tuple;
}
