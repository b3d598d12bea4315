/*
 * The long parts of opcodes: names, displays, unpacking, function making, imports, with, match.
 *
 * Nothing here knows the loop's registers; what is passed in is borrowed unless a name says
 * otherwise.
 */

#include "vm/interp/operations.h"

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/builtins_vm.h"
#include "vm/interp/calls.h"
#include "vm/interp/generator.h"
#include "vm/interp/import.h"

/* ---- names */

/* dict[name] of a dict or any mapping: 1 and *out, 0, -1. */
static int lookup(ObjRef mapping, ObjRef name, Obj **out)
{
    if (dict_check_exact(mapping))
        return dict_get(mapping, name, out);
    *out = obj_getitem(mapping, name);
    if (*out != NULL)
        return 1;
    if (!err_matches(&exc_key_error))
        return -1;
    err_clear();
    return 0;
}

Obj *operation_load_build_class(const FunctionObj *function)
{
    Obj *value;
    int found = lookup(function->builtins, names.dunder_build_class, &value);
    if (found == 0)
        return err_format(&exc_name_error, "__build_class__ not found");
    return found < 0 ? NULL : value;
}

Obj *operation_load_global(const FunctionObj *function, ObjRef name)
{
    Obj *value;
    int found = lookup(function->globals, name, &value);
    if (found == 0)
        found = lookup(function->builtins, name, &value);
    if (found == 0)
        return err_name(&exc_name_error, name, "name '%U' is not defined", name);
    return found < 0 ? NULL : value;
}

Obj *operation_load_name(const FunctionObj *function, ObjRef namespace, ObjRef name)
{
    Obj *value;
    int found = lookup(namespace, name, &value);
    if (found != 0)
        return found < 0 ? NULL : value;
    return operation_load_global(function, name);
}

int operation_store_name(ObjRef namespace, ObjRef name, ObjRef value)
{
    return dict_check_exact(namespace) ? dict_set(namespace, name, value)
                                       : obj_setitem(namespace, name, value);
}

static int not_defined(ObjRef name)
{
    err_name(&exc_name_error, name, "name '%U' is not defined", name);
    return -1;
}

int operation_delete_name(ObjRef namespace, ObjRef name)
{
    if (dict_check_exact(namespace)) {
        int removed = dict_discard(namespace, name);
        return removed > 0 ? 0 : removed < 0 ? -1 : not_defined(name);
    }
    if (obj_setitem(namespace, name, NULL) == 0)
        return 0;
    if (err_matches(&exc_key_error)) {
        err_clear();
        not_defined(name);
    }
    return -1;
}

int operation_delete_global(ObjRef globals, ObjRef name)
{
    int removed = dict_discard(globals, name);
    return removed > 0 ? 0 : removed < 0 ? -1 : not_defined(name);
}

int operation_load_class_name(const CallRecord *record, int32_t slot, Obj **out)
{
    ObjRef name = tuple_peek(record_code(record)->slot_names, slot);
    if ((record->flags & FRAME_NAMESPACE) == 0)
        return 0;
    return lookup(record->fp[-2], name, out);
}

void operation_unbound_local(const CodeObj *code, int32_t slot)
{
    ObjRef name = tuple_peek(code->slot_names, slot);
    /* without the exception's name attribute, which would bring suggestions */
    err_format(&exc_unbound_local_error,
               "cannot access local variable '%U' where it is not associated with a value", name);
}

void operation_unbound_cell(const CodeObj *code, int32_t slot)
{
    ObjRef name = tuple_peek(code->slot_names, slot);
    if (code->slot_kinds[slot] & SLOT_FREE) {
        err_name(&exc_name_error, name,
                 "cannot access free variable '%U' where it is not associated with a value in "
                 "enclosing scope",
                 name);
    } else {
        operation_unbound_local(code, slot);
    }
}

/* ---- attributes */

int operation_load_method(ObjRef o, ObjRef name, Obj **out)
{
    Type *type = obj_type(o);
    if (type->getattr == object_getattr) {
        ObjRef attribute = type_lookup(type, name);
        if (attribute != NULL && obj_has_flag(attribute, TYPE_METHOD_DESCRIPTOR)) {
            Obj *method = obj_incref(attribute);
            ObjRef own = object_peek_attr(o, name);
            if (own == NULL && err_occurred() == NULL) {
                *out = method;
                return 1;
            }
            obj_decref(method);
            if (own == NULL)
                return -1;
        }
    }
    *out = obj_getattr(o, name);
    return *out == NULL ? -1 : 0;
}

/* ---- unpacking */

static int too_few(ObjRef iterable, int32_t before, int32_t after, int64_t got)
{
    (void)iterable;
    if (after < 0)
        return err_format_int(&exc_value_error,
                              "not enough values to unpack (expected %d, got %lld)", before,
                              (long long)got);
    return err_format_int(&exc_value_error,
                          "not enough values to unpack (expected at least %d, got %lld)",
                          before + after, (long long)got);
}

int operation_unpack(ObjRef iterable, int32_t before, int32_t after, Obj **end)
{
    Obj *iterator = NULL, *list = NULL, *item;
    int64_t got = 0;
    const Type *type = obj_type(iterable);
    if (type->iter == NULL && type->item == NULL && type->get_item == NULL)
        return err_format_int(&exc_type_error, "cannot unpack non-iterable %T object", iterable);
    iterator = obj_iter(iterable);
    if (iterator == NULL) {
        if (err_matches(&exc_type_error) && type->iter == NULL) {
            err_clear();
            err_format(&exc_type_error, "cannot unpack non-iterable %T object", iterable);
        }
        return -1;
    }
    int more = 1;
    while (got < before && (more = obj_next(iterator, &item)) > 0)
        end[-1 - got++] = item;
    if (more < 0)
        goto fail;
    if (got < before) {
        too_few(iterable, before, after, got);
        goto fail;
    }
    if (after < 0) {
        more = obj_next(iterator, &item);
        if (more == 0) {
            obj_decref(iterator);
            return 0;
        }
        if (more > 0) {
            obj_decref(item);
            err_format(&exc_value_error, "too many values to unpack (expected %d)", before);
        }
        goto fail;
    }
    list = obj_to_list(iterator);
    if (list == NULL)
        goto fail;
    int64_t rest = list_length(list);
    if (rest < after) {
        too_few(iterable, before, after, before + rest);
        goto fail;
    }
    end[-1 - got] = list;
    for (int32_t i = 0; i < after; i++) {
        end[-2 - got - i] = list_cast(list)->items[rest - after + i];
    }
    list_cast(list)->length = rest - after;
    obj_decref(iterator);
    return 0;
fail:
    while (got > 0) {
        Obj *taken = end[-got];
        got--;
        obj_decref(taken);
    }
    obj_xdecref(list);
    obj_decref(iterator);
    return -1;
}

/* ---- displays */

Obj *operation_build_set(Obj *const *items, int32_t count)
{
    Obj *set = set_new(NULL);
    for (int32_t i = 0; set != NULL && i < count; i++) {
        if (set_add(set, items[i]) < 0)
            obj_clear(&set);
    }
    return set;
}

Obj *operation_build_map(Obj *const *items, int32_t count)
{
    Obj *dict = dict_new_sized(count);
    for (int32_t i = 0; dict != NULL && i < count; i++) {
        if (dict_set(dict, items[2 * (int64_t)i], items[2 * i + 1]) < 0)
            obj_clear(&dict);
    }
    return dict;
}

Obj *operation_build_const_map(Obj *const *values, ObjRef keys)
{
    int64_t count = tuple_length(keys);
    Obj *dict = dict_new_sized(count);
    for (int64_t i = 0; dict != NULL && i < count; i++) {
        if (dict_set(dict, tuple_peek(keys, i), values[i]) < 0)
            obj_clear(&dict);
    }
    return dict;
}

Obj *operation_build_string(Obj *const *parts, int32_t count)
{
    StrBuilder b;
    str_builder_init(&b);
    for (int32_t i = 0; i < count; i++) {
        if (str_builder_add_str(&b, parts[i]) < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

int operation_list_extend(ObjRef list, ObjRef iterable)
{
    if (list_extend(list, iterable) == 0)
        return 0;
    const Type *type = obj_type(iterable);
    if (err_matches(&exc_type_error) && type->iter == NULL && type->item == NULL &&
        type->get_item == NULL) {
        err_clear();
        err_format(&exc_type_error, "Value after * must be an iterable, not %T", iterable);
    }
    return -1;
}

int operation_dict_update(ObjRef dict, ObjRef mapping)
{
    if (!dict_check(mapping)) {
        Obj *keys;
        int found = obj_getattr_opt(mapping, names.keys, &keys);
        if (found < 0)
            return -1;
        if (found == 0)
            return err_format_int(&exc_type_error, "'%T' object is not a mapping", mapping);
        obj_decref(keys);
    }
    return dict_merge(dict, mapping, true);
}

Obj *operation_format(ObjRef value, ObjRef spec, int conversion)
{
    Obj *converted = NULL, *result;
    switch (conversion) {
    case FORMAT_STR:
        converted = obj_str(value);
        break;
    case FORMAT_REPR:
        converted = obj_repr(value);
        break;
    case FORMAT_ASCII:
        converted = obj_ascii(value);
        break;
    default:
        converted = obj_incref(value);
    }
    if (converted == NULL)
        return NULL;
    if (str_check_exact(converted) && spec == NULL)
        return converted;
    result = obj_format(converted, spec);
    obj_decref(converted);
    return result;
}

/* ---- functions and calls */

Obj *operation_make_function(const FunctionObj *running, Obj **sp, int32_t parts)
{
    Obj *code = *--sp;
    Obj *closure = parts & MAKE_CLOSURE ? *--sp : NULL;
    Obj *annotations = parts & MAKE_ANNOTATIONS ? *--sp : NULL;
    Obj *kwdefaults = parts & MAKE_KWDEFAULTS ? *--sp : NULL;
    Obj *defaults = parts & MAKE_DEFAULTS ? *--sp : NULL;
    Obj *function = function_new(code, running->globals, closure);
    if (function != NULL) {
        function_cast(function)->annotations = annotations;
        function_cast(function)->kwdefaults = kwdefaults;
        function_cast(function)->defaults = defaults;
    } else {
        obj_xdecref(annotations);
        obj_xdecref(kwdefaults);
        obj_xdecref(defaults);
    }
    obj_xdecref(closure);
    obj_decref(code);
    return function;
}

ObjRef operation_python_init(Type *type)
{
    if (type->new != object_type.new ||
        (type->head.flags & (TYPE_ABSTRACT | TYPE_HEAP)) != TYPE_HEAP)
        return NULL;
    ObjRef init = type_lookup(type, names.dunder_init);
    return init != NULL && function_check(init) ? init : NULL;
}

Obj *operation_new_instance(Type *type)
{
    Obj *instance = obj_alloc(type, type->basic_size);
    if (instance != NULL)
        obj_track_if_gc(instance);
    return instance;
}

Obj *operation_call_tuple(ObjRef callable, ObjRef iterable)
{
    if (tuple_check_exact(iterable))
        return obj_incref(iterable);
    const Type *type = obj_type(iterable);
    if (type->iter == NULL && type->item == NULL && type->get_item == NULL) {
        Obj *name = calls_function_str(callable);
        if (name != NULL)
            err_format(&exc_type_error, "%U argument after * must be an iterable, not %T", name,
                       iterable);
        obj_xdecref(name);
        return NULL;
    }
    return obj_to_tuple(iterable);
}

Obj **operation_spread(VmThread *vm, Obj **sp, ObjRef tuple, ObjRef dict, Obj **kwnames)
{
    Obj **start = sp;
    int64_t count = tuple_length(tuple);
    int64_t keywords = dict == NULL ? 0 : dict_length(dict);
    if (thread_check_room(vm, sp, count + keywords) < 0)
        return NULL;
    if (keywords > 0) {
        *kwnames = tuple_new(keywords);
        if (*kwnames == NULL)
            return NULL;
    }
    for (int64_t i = 0; i < count; i++)
        *sp++ = obj_incref(tuple_peek(tuple, i));
    int64_t position = 0, i = 0;
    ObjRef key, value;
    while (keywords > 0 && dict_next(dict, &position, &key, &value)) {
        if (!str_check(key)) {
            err_format(&exc_type_error, "keywords must be strings");
            goto fail;
        }
        tuple_cast(*kwnames)->items[i++] = obj_incref(key);
        *sp++ = obj_incref(value);
    }
    return sp;
fail:
    while (sp > start)
        obj_decref(*--sp);
    return NULL;
}

/* ---- statements */

int operation_setup_annotations(ObjRef namespace)
{
    Obj *present;
    int found = lookup(namespace, names.dunder_annotations, &present);
    if (found != 0) {
        if (found > 0)
            obj_decref(present);
        return found < 0 ? -1 : 0;
    }
    Obj *dict = dict_new();
    if (dict == NULL)
        return -1;
    int result = operation_store_name(namespace, names.dunder_annotations, dict);
    obj_decref(dict);
    return result;
}

int operation_print_expression(ObjRef value)
{
    ObjRef hook = dict_peek(runtime.sys_dict, names.displayhook);
    if (hook == NULL)
        return err_format_int(&exc_runtime_error, "lost sys.displayhook");
    Obj *held = obj_incref(hook);
    Obj *result = obj_call1(held, value);
    obj_decref(held);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

Obj *operation_import_name(const CallRecord *record, ObjRef name, ObjRef fromlist, ObjRef level)
{
    const FunctionObj *function = record_function(record);
    Obj *import = NULL;
    int found = lookup(function->builtins, names.dunder_import, &import);
    if (found < 0)
        return NULL;
    if (found == 0)
        return err_format(&exc_import_error, "__import__ not found");
    Obj *result;
    if (builtins_vm_is_import(import)) {
        int64_t depth = 0;
        result = int_to_int64(level, &depth) == 0
                     ? import_name(name, function->globals, fromlist, depth)
                     : err_format(&exc_overflow_error, "Python int too large to convert to C int");
    } else {
        ObjRef namespace =
            record->flags & FRAME_NAMESPACE ? (ObjRef)record->fp[-2] : (ObjRef)obj_none;
        const ObjRef args[] = {name, function->globals, namespace, fromlist, level};
        result = obj_call(import, args, 5, NULL);
    }
    obj_decref(import);
    return result;
}

Obj *operation_import_from(ObjRef module, ObjRef name)
{
    return import_from(module, name);
}

int operation_import_star(ObjRef module, ObjRef namespace)
{
    Obj *all = NULL, *dict = NULL, *iterator = NULL, *item;
    bool skip_private = false;
    int result = -1;
    if (obj_getattr_opt(module, names.dunder_all, &all) < 0)
        return -1;
    if (all == NULL) {
        if (obj_getattr_opt(module, names.dunder_dict, &dict) < 0)
            return -1;
        if (dict == NULL)
            return err_format_int(&exc_import_error,
                                  "from-import-* object has no __dict__ and no __all__");
        all = dict_check(dict) ? dict_keys_list(dict) : obj_call_method(dict, names.keys, NULL, 0);
        if (all == NULL)
            goto done;
        skip_private = true;
    }
    iterator = obj_iter(all);
    if (iterator == NULL)
        goto done;
    int more;
    while ((more = obj_next(iterator, &item)) > 0) {
        if (!str_check(item)) {
            Obj *module_name = obj_getattr(module, names.dunder_name);
            if (module_name != NULL)
                err_format(&exc_type_error, "%s in %S.%s must be str, not %T",
                           skip_private ? "Key" : "Item", module_name,
                           skip_private ? "__dict__" : "__all__", item);
            obj_xdecref(module_name);
            obj_decref(item);
            goto done;
        }
        if (skip_private && str_length(item) > 0 && str_char_at(item, 0) == '_') {
            obj_decref(item);
            continue;
        }
        if (str_check_exact(item))
            str_intern_inplace(&item);
        Obj *value = obj_getattr(module, item);
        int stored = value == NULL ? -1 : operation_store_name(namespace, item, value);
        obj_xdecref(value);
        obj_decref(item);
        if (stored < 0)
            goto done;
    }
    result = more;
done:
    obj_xdecref(iterator);
    obj_xdecref(all);
    obj_xdecref(dict);
    return result;
}

/* ---- with */

Obj *operation_enter(ObjRef manager, bool is_async, Obj **exit_method)
{
    Obj *result = NULL;
    *exit_method = NULL;
    const char *kind = is_async ? "asynchronous context manager" : "context manager";
    ObjRef enter = is_async ? names.dunder_aenter : names.dunder_enter;
    if (type_lookup(obj_type(manager), enter) == NULL)
        return err_format(&exc_type_error, "'%T' object does not support the %s protocol", manager,
                          kind);
    int found =
        obj_lookup_special(manager, is_async ? names.dunder_aexit : names.dunder_exit, exit_method);
    if (found <= 0) {
        if (found == 0)
            err_format(&exc_type_error,
                       "'%T' object does not support the %s protocol (missed %s method)", manager,
                       kind, is_async ? "__aexit__" : "__exit__");
        return NULL;
    }
    /* Without a bound method: __enter__ sees as many references as in CPython. */
    if (obj_call_special(manager, enter, NULL, 0, &result) <= 0)
        obj_clear(exit_method);
    return result;
}

Obj *operation_exit(ObjRef exit_method, ObjRef exception)
{
    ObjRef traceback = exception_cast(exception)->traceback;
    Obj *held = traceback == NULL ? none_new() : obj_incref(traceback);
    Obj *result = obj_call3(exit_method, &obj_type(exception)->head.base, exception, held);
    obj_decref(held);
    return result;
}

/* ---- async for */

Obj *operation_aiter(ObjRef iterable)
{
    UnaryFn aiter = obj_type(iterable)->aiter;
    if (aiter == NULL)
        return err_format(&exc_type_error,
                          "'async for' requires an object with __aiter__ method, got %T", iterable);
    Obj *iterator = aiter(iterable);
    if (iterator != NULL && obj_type(iterator)->anext == NULL) {
        err_format(&exc_type_error,
                   "'async for' received an object from __aiter__ that does not implement "
                   "__anext__: %T",
                   iterator);
        obj_clear(&iterator);
    }
    return iterator;
}

Obj *operation_anext(ObjRef iterator)
{
    UnaryFn anext = obj_type(iterator)->anext;
    if (anext == NULL)
        return err_format(&exc_type_error,
                          "'async for' requires an iterator with __anext__ method, got %T",
                          iterator);
    Obj *awaitable = anext(iterator);
    if (awaitable == NULL)
        return NULL;
    Obj *result = generator_awaitable(awaitable, 0);
    if (result == NULL) {
        Obj *cause = err_fetch();
        err_format(&exc_type_error, "'async for' received an invalid object from __anext__: %T",
                   awaitable);
        ExceptionObj *raised = exception_cast((Obj *)err_occurred());
        obj_replace(&raised->context, obj_incref(cause));
        obj_replace(&raised->cause, cause);
        raised->suppress_context = true;
    }
    obj_decref(awaitable);
    return result;
}

/* ---- match */

Obj *operation_match_keys(ObjRef subject, ObjRef keys)
{
    Obj *get = NULL, *seen = NULL, *values = NULL, *dummy = NULL, *result = NULL;
    int64_t count = tuple_length(keys);
    if ((seen = set_new(NULL)) == NULL || (values = tuple_new(count)) == NULL ||
        (dummy = obj_call0(&object_type.head.base)) == NULL ||
        (get = obj_getattr(subject, names.get)) == NULL)
        goto done;
    for (int64_t i = 0; i < count; i++) {
        ObjRef key = tuple_peek(keys, i);
        int twice = set_contains(seen, key);
        if (twice > 0)
            err_format(&exc_value_error, "mapping pattern checks duplicate key (%R)", key);
        if (twice != 0 || set_add(seen, key) < 0)
            goto done;
        Obj *value = obj_call2(get, key, dummy);
        if (value == NULL)
            goto done;
        if (value == dummy) {
            obj_decref(value);
            result = none_new();
            goto done;
        }
        tuple_cast(values)->items[i] = value;
    }
    result = obj_incref(values);
done:
    obj_xdecref(get);
    obj_xdecref(seen);
    obj_xdecref(values);
    obj_xdecref(dummy);
    return result;
}

/* subject.name for a class pattern; a name used twice is an error: 1, 0 (no such attribute), -1. */
static int match_attribute(ObjRef subject, const Type *type, ObjRef name, ObjRef seen, Obj **out)
{
    int twice = set_contains(seen, name);
    if (twice > 0)
        err_format(&exc_type_error, "%N() got multiple sub-patterns for attribute %R", type, name);
    if (twice != 0 || set_add(seen, name) < 0)
        return -1;
    return obj_getattr_opt(subject, name, out);
}

Obj *operation_match_class(ObjRef subject, ObjRef cls, int32_t positional, ObjRef keywords)
{
    if (!type_check(cls, &type_type))
        return err_format(&exc_type_error, "called match pattern must be a type");
    const Type *type = (const Type *)cls;
    int is = obj_isinstance(subject, cls);
    if (is <= 0)
        return is < 0 ? NULL : none_new();
    Obj *seen = set_new(NULL), *list = list_new(0), *match_args = NULL, *result = NULL;
    if (seen == NULL || list == NULL)
        goto done;
    if (positional > 0) {
        bool match_self = false;
        int found = obj_getattr_opt(cls, names.dunder_match_args, &match_args);
        if (found < 0)
            goto done;
        if (found > 0 && !tuple_check_exact(match_args)) {
            err_format(&exc_type_error, "%N.__match_args__ must be a tuple (got %T)", type,
                       match_args);
            goto done;
        }
        if (found == 0) {
            const uint32_t plain = TYPE_INT | TYPE_STR | TYPE_LIST | TYPE_TUPLE | TYPE_DICT |
                                   TYPE_BYTES | TYPE_FLOAT | TYPE_SET;
            match_self = (type->head.flags & plain) != 0 || type_is_subtype(type, &bytearray_type);
        }
        int64_t allowed = match_self ? 1 : match_args == NULL ? 0 : tuple_length(match_args);
        if (allowed < positional) {
            err_format(&exc_type_error, "%N() accepts %lld positional sub-pattern%s (%d given)",
                       type, (long long)allowed, allowed == 1 ? "" : "s", positional);
            goto done;
        }
        if (match_self && list_append(list, subject) < 0)
            goto done;
        for (int32_t i = 0; !match_self && i < positional; i++) {
            ObjRef name = tuple_peek(match_args, i);
            Obj *value = NULL;
            if (!str_check(name)) {
                err_format(&exc_type_error, "__match_args__ elements must be strings (got %T)",
                           name);
                goto done;
            }
            int has = match_attribute(subject, type, name, seen, &value);
            if (has == 0)
                result = none_new();
            if (has <= 0 || list_append_steal(list, value) < 0)
                goto done;
        }
    }
    for (int64_t i = 0; i < tuple_length(keywords); i++) {
        Obj *value = NULL;
        int has = match_attribute(subject, type, tuple_peek(keywords, i), seen, &value);
        if (has == 0)
            result = none_new();
        if (has <= 0 || list_append_steal(list, value) < 0)
            goto done;
    }
    result = list_to_tuple(list);
done:
    obj_xdecref(seen);
    obj_xdecref(list);
    obj_xdecref(match_args);
    return result;
}

/* ---- slices without slice objects */

/* A part of a slice: None is `absent`; false unless it is None or an exact int of 64 bits. */
static bool slice_part(ObjRef o, int64_t absent, int64_t *out)
{
    if (is_none(o)) {
        *out = absent;
        return true;
    }
    if (o->shape != &int_type.root && o->shape != &int_seen_shape)
        return false;
    *out = ((const IntObj *)o)->value;
    return true;
}

int operation_get_slice(ObjRef container, const ObjRef *parts, int32_t count, Obj **out)
{
    int64_t start, stop, step = 1;
    if (count == 3 && (!slice_part(parts[2], 1, &step) || step == 0 || step < -INT64_MAX))
        return 0;
    if (!slice_part(parts[0], step < 0 ? INT64_MAX : 0, &start) ||
        !slice_part(parts[1], step < 0 ? INT64_MIN : INT64_MAX, &stop))
        return 0;
    if (list_check_exact(container)) {
        int64_t items = slice_adjust(list_length(container), &start, &stop, step);
        *out = list_stepped(container, start, step, items);
    } else if (step == 1 && tuple_check_exact(container)) {
        int64_t items = slice_adjust(tuple_length(container), &start, &stop, step);
        *out = tuple_slice(container, start, start + items);
    } else if (step == 1 && str_check_exact(container)) {
        int64_t length = slice_adjust(str_length(container), &start, &stop, step);
        *out = str_substring(container, start, start + length);
    } else {
        return 0;
    }
    return *out == NULL ? -1 : 1;
}

int operation_set_slice(ObjRef container, ObjRef start, ObjRef stop, ObjRef value)
{
    int64_t low, high;
    if (!list_check_exact(container) || !slice_part(start, 0, &low) ||
        !slice_part(stop, INT64_MAX, &high) ||
        (!list_check_exact(value) && !tuple_check_exact(value)))
        return 0;
    slice_adjust(list_length(container), &low, &high, 1);
    return list_set_slice(container, low, high, value) < 0 ? -1 : 1;
}
