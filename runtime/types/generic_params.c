/*
 * What generic aliases (list[int]) and unions (int | str) share: how their parts are written, and
 * how type variables in them are found and replaced.
 *
 * A type variable is an object with __typing_subst__; something that contains some has a tuple
 * __parameters__.  Classes themselves are never asked.
 */

#include "runtime/types/generic_params.h"

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/list.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- names */

static int add_repr(StrBuilder *b, ObjRef o)
{
    Obj *text = obj_repr(o);
    int status = text == NULL ? -1 : str_builder_add_str(b, text);
    obj_xdecref(text);
    return status;
}

/* "[int, str]", as in Callable[[int, str], …]. */
static int add_list(StrBuilder *b, ObjRef list)
{
    if (str_builder_add_char(b, '[') < 0)
        return -1;
    for (int64_t i = 0; i < list_length(list); i++) {
        if (i > 0 && str_builder_add_ascii(b, ", ") < 0)
            return -1;
        Obj *item = obj_incref(list_peek(list, i));
        int status = generic_params_add_name(b, item);
        obj_decref(item);
        if (status < 0)
            return -1;
    }
    return str_builder_add_char(b, ']');
}

/* 1 when o has both attributes. */
static int has_both(ObjRef o, ObjRef first, ObjRef second)
{
    int found = obj_hasattr(o, first);
    return found > 0 ? obj_hasattr(o, second) : found;
}

static int add_qualified(StrBuilder *b, ObjRef o, ObjRef qualname, ObjRef module)
{
    if (is_none(module))
        return add_repr(b, o);
    if (str_check(module) && str_equal(module, names.builtins))
        return str_builder_add_str(b, qualname);
    Obj *text = str_format_c("%S.%S", module, qualname);
    int status = text == NULL ? -1 : str_builder_add_str(b, text);
    obj_xdecref(text);
    return status;
}

int generic_params_add_name(StrBuilder *b, ObjRef o)
{
    if (o == &ellipsis_object)
        return str_builder_add_ascii(b, "...");
    if (is_none(o) || o == &none_type.head.base)
        return str_builder_add_ascii(b, "None");
    if (list_check_exact(o))
        return add_list(b, o);
    int alias = has_both(o, names.dunder_origin, names.dunder_args);
    if (alias != 0)
        return alias < 0 ? -1 : add_repr(b, o);
    Obj *qualname, *module = NULL;
    if (obj_getattr_opt(o, names.dunder_qualname, &qualname) < 0)
        return -1;
    int status = -1;
    if (qualname == NULL || !str_check(qualname))
        status = add_repr(b, o);
    else if (obj_getattr_opt(o, names.dunder_module, &module) >= 0)
        status = module == NULL ? add_repr(b, o) : add_qualified(b, o, qualname, module);
    obj_xdecref(qualname);
    obj_xdecref(module);
    return status;
}

/* ---------------------------------------------------------------- type variables */

/* An attribute of something that is no class: 1, 0, -1. */
static int get_unless_class(ObjRef o, ObjRef name, Obj **out)
{
    *out = NULL;
    return obj_has_flag(o, TYPE_TYPE) ? 0 : obj_getattr_opt(o, name, out);
}

static int add_once(ObjRef list, ObjRef item)
{
    for (int64_t i = 0; i < list_length(list); i++) {
        if (list_peek(list, i) == item)
            return 0;
    }
    return list_append(list, item);
}

Obj *generic_params_collect(ObjRef args)
{
    Obj *list = list_new(0);
    for (int64_t i = 0; list != NULL && i < tuple_length(args); i++) {
        ObjRef arg = tuple_peek(args, i);
        Obj *attribute;
        int found = get_unless_class(arg, names.dunder_typing_subst, &attribute);
        int status = found < 0 ? -1 : found > 0 ? add_once(list, arg) : 0;
        obj_xdecref(attribute);
        if (found == 0) {
            found = get_unless_class(arg, names.dunder_parameters, &attribute);
            status = found < 0 ? -1 : 0;
            for (int64_t j = 0;
                 status == 0 && found > 0 && tuple_check(attribute) && j < tuple_length(attribute);
                 j++)
                status = add_once(list, tuple_peek(attribute, j));
            obj_xdecref(attribute);
        }
        if (status < 0)
            obj_clear(&list);
    }
    Obj *result = list == NULL ? NULL : list_to_tuple(list);
    obj_xdecref(list);
    return result;
}

static int64_t position(ObjRef tuple, ObjRef item)
{
    for (int64_t i = 0; i < tuple_length(tuple); i++) {
        if (tuple_peek(tuple, i) == item)
            return i;
    }
    return -1;
}

/* The values that the parameters inside `inner` get: inner[…those…]. */
static Obj *substitute_inner(ObjRef inner, ObjRef inner_parameters, ObjRef parameters, ObjRef items)
{
    int64_t count = tuple_length(inner_parameters);
    Obj *values = tuple_new(count);
    for (int64_t i = 0; values != NULL && i < count; i++) {
        int64_t at = position(parameters, tuple_peek(inner_parameters, i));
        ObjRef value = at < 0 || at >= tuple_length(items) ? tuple_peek(inner_parameters, i)
                                                           : tuple_peek(items, at);
        tuple_cast(values)->items[i] = obj_incref(value);
    }
    Obj *result = values == NULL ? NULL : obj_getitem(inner, values);
    obj_xdecref(values);
    return result;
}

/* One argument with its type variables replaced. */
static Obj *substitute_one(ObjRef arg, ObjRef parameters, ObjRef items)
{
    Obj *attribute;
    int found = get_unless_class(arg, names.dunder_typing_subst, &attribute);
    if (found < 0)
        return NULL;
    if (found > 0) {
        Obj *result = obj_call1(attribute, tuple_peek(items, position(parameters, arg)));
        obj_decref(attribute);
        return result;
    }
    found = get_unless_class(arg, names.dunder_parameters, &attribute);
    if (found < 0)
        return NULL;
    Obj *result;
    if (found > 0 && tuple_check(attribute) && tuple_length(attribute) > 0)
        result = substitute_inner(arg, attribute, parameters, items);
    else
        result = obj_incref(arg);
    obj_xdecref(attribute);
    return result;
}

/* Lets parameters that take several values (TypeVarTuple) gather them: new tuple. */
static Obj *prepare_items(ObjRef alias, ObjRef parameters, Obj *items_steal)
{
    for (int64_t i = 0; items_steal != NULL && i < tuple_length(parameters); i++) {
        Obj *prepare;
        int found =
            obj_getattr_opt(tuple_peek(parameters, i), names.dunder_typing_prepare_subst, &prepare);
        if (found < 0) {
            obj_clear(&items_steal);
        } else if (found > 0 && !is_none(prepare)) {
            Obj *gathered = obj_call2(prepare, alias, items_steal);
            obj_replace(&items_steal, gathered == NULL ? NULL : obj_to_tuple(gathered));
            obj_xdecref(gathered);
        }
        obj_xdecref(prepare);
    }
    return items_steal;
}

Obj *generic_params_substitute(ObjRef alias, ObjRef args, ObjRef parameters, ObjRef item)
{
    int64_t expected = tuple_length(parameters);
    if (expected == 0)
        return err_format(&exc_type_error, "%R is not a generic class", alias);
    Obj *items = tuple_check(item) ? obj_incref(item) : tuple_pack(1, item);
    items = prepare_items(alias, parameters, items);
    if (items == NULL)
        return NULL;
    Obj *result = NULL;
    int64_t given = tuple_length(items);
    if (given != expected) {
        err_format(&exc_type_error, "Too %s arguments for %R; actual %lld, expected %lld",
                   given > expected ? "many" : "few", alias, (long long)given, (long long)expected);
    } else {
        result = tuple_new(tuple_length(args));
        for (int64_t i = 0; result != NULL && i < tuple_length(args); i++) {
            Obj *value = substitute_one(tuple_peek(args, i), parameters, items);
            if (value == NULL)
                obj_clear(&result);
            else
                tuple_cast(result)->items[i] = value;
        }
    }
    obj_decref(items);
    return result;
}
