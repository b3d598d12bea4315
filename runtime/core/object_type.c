/*
 * The type `object`: what every class inherits.
 *
 * __reduce_ex__ for protocols 2 and up is here (copy and pickle ask it); older protocols are in
 * runtime/lib/copyreg.py.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/instance.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/core/state.h"
#include "runtime/core/type_attrs.h"
#include "runtime/core/type_build.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- lifecycle */

static bool has_arguments(int64_t nargs, ObjRef kwnames)
{
    return nargs > 0 || (kwnames != NULL && tuple_length(kwnames) > 0);
}

/* "Can't instantiate abstract class C with abstract methods f, g". */
static Obj *refuse_abstract(Type *type)
{
    Obj *names_set = obj_getattr((ObjRef)type, names.dunder_abstractmethods);
    Obj *sorted = names_set == NULL ? NULL : obj_to_list(names_set);
    Obj *comma = NULL, *joined = NULL;
    if (sorted != NULL && list_sort(sorted, NULL, false) == 0 &&
        (comma = str_from_ascii(", ")) != NULL)
        joined = str_join(comma, sorted);
    if (joined != NULL) {
        err_format(&exc_type_error, "Can't instantiate abstract class %s with abstract method%s %U",
                   type->head.name, list_length(sorted) > 1 ? "s" : "", joined);
    }
    obj_xdecref(names_set);
    obj_xdecref(sorted);
    obj_xdecref(comma);
    obj_xdecref(joined);
    return NULL;
}

Obj *object_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    if (has_arguments(nargs, kwnames)) {
        if (type->new != object_new) {
            return err_format(&exc_type_error,
                              "object.__new__() takes exactly one argument (the type to "
                              "instantiate)");
        }
        if (type->init == object_init)
            return err_format(&exc_type_error, "%s() takes no arguments", type->head.name);
    }
    if (type->head.flags & TYPE_ABSTRACT)
        return refuse_abstract(type);
    return type_new_instance(type);
}

int object_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    const Type *type = obj_type(self);
    if (has_arguments(nargs, kwnames)) {
        if (type->init != object_init) {
            return err_format_int(&exc_type_error,
                                  "object.__init__() takes exactly one argument (the instance to "
                                  "initialize)");
        }
        if (type->new == object_new) {
            return err_format_int(&exc_type_error,
                                  "%s.__init__() takes exactly one argument (the instance to "
                                  "initialize)",
                                  type->head.name);
        }
    }
    return 0;
}

static void object_dealloc(Obj *self)
{
    obj_free(self, (int64_t)sizeof(Obj));
}

/* ---------------------------------------------------------------- operations */

static Obj *object_repr(ObjRef self)
{
    const Type *type = obj_type(self);
    Obj *module = type_get_module((ObjRef)type);
    if (module == NULL) {
        if (!err_matches(&exc_attribute_error))
            return NULL;
        err_clear();
    }
    obj_reveal(self);
    Obj *text;
    if (module != NULL && str_check(module) && !str_equal(module, names.builtins)) {
        text = str_format_c("<%U.%U object at %p>", module, type->qualname, (const void *)self);
    } else {
        text = str_format_c("<%s object at %p>", type->head.name, (const void *)self);
    }
    obj_xdecref(module);
    return text;
}

static Obj *object_str(ObjRef self)
{
    return obj_type(self)->repr(self);
}

static Obj *object_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (op == CMP_EQ)
        return self == other ? bool_new(true) : not_implemented_new();
    if (op != CMP_NE)
        return not_implemented_new();
    /* The default of != is the opposite of ==. */
    if (obj_type(self)->compare == NULL)
        return not_implemented_new();
    Obj *equal = obj_type(self)->compare(self, other, CMP_EQ);
    if (equal == NULL || is_not_implemented(equal))
        return equal;
    int truth = obj_truth(equal);
    obj_decref(equal);
    return truth < 0 ? NULL : bool_new(truth == 0);
}

/* ---------------------------------------------------------------- __class__ */

static Obj *get_class(ObjRef self)
{
    return obj_incref(&obj_type(self)->head.base);
}

static int set_class(ObjRef self, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "can't delete __class__ attribute");
    if (!obj_has_flag(value, TYPE_TYPE)) {
        return err_format_int(&exc_type_error, "__class__ must be set to a class, not '%T' object",
                              value);
    }
    const Type *old = obj_type(self);
    Type *type = (Type *)(uintptr_t)value;
    bool modules = type_is_subtype(type, &module_type) && type_is_subtype(old, &module_type);
    if (!modules && ((type->head.flags | old->head.flags) & TYPE_IMMUTABLE)) {
        return err_format_int(&exc_type_error,
                              "__class__ assignment only supported for mutable types or ModuleType "
                              "subclasses");
    }
    if (modules ? type->basic_size != old->basic_size || type->head.presize != old->head.presize
                : false) {
        return err_format_int(&exc_type_error,
                              "__class__ assignment: '%s' object layout differs from '%s'",
                              type->head.name, old->head.name);
    }
    if (!modules && type_check_layout(type, old, "__class__") < 0)
        return -1;
    return instance_set_type(self, type);
}

/* ---------------------------------------------------------------- methods */

static Obj *object_format(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0])) {
        return err_format(&exc_type_error, "__format__() argument must be str, not %T", args[0]);
    }
    if (str_length(args[0]) > 0) {
        return err_format(&exc_type_error, "unsupported format string passed to %T.__format__",
                          self);
    }
    return obj_str(self);
}

static Obj *object_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const Type *type = obj_type(self);
    int64_t size = type->basic_size;
    if (type->item_size > 0) {
        const Type *base = type;
        while (base->head.flags & TYPE_HEAP)
            base = base->base;
        int64_t items = base->length == NULL ? 0 : base->length(self);
        if (items < 0)
            return NULL;
        size += items * type->item_size;
    }
    return int_new(size);
}

static Obj *object_dir(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *own, *cls = NULL, *list = NULL;
    if (obj_getattr_opt(self, names.dunder_dict, &own) < 0)
        return NULL;
    Obj *dict = own != NULL && dict_check(own) ? dict_copy(own) : dict_new();
    obj_xdecref(own);
    if (dict == NULL || obj_getattr_opt(self, names.dunder_class, &cls) < 0)
        goto done;
    if (cls == NULL || type_merge_dir(dict, cls) == 0)
        list = dict_keys_list(dict);
done:
    obj_xdecref(cls);
    obj_xdecref(dict);
    return list;
}

static Obj *object_subclasshook(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return not_implemented_new();
}

static Obj *object_init_subclass(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    const Type *type = (const Type *)self;
    if (kwnames != NULL && tuple_length(kwnames) > 0) {
        return err_format(&exc_type_error, "%s.__init_subclass__() takes no keyword arguments",
                          type->head.name);
    }
    if (nargs > 0) {
        return err_format(&exc_type_error, "%s.__init_subclass__() takes no arguments (%lld given)",
                          type->head.name, (long long)nargs);
    }
    return none_new();
}

/* ---------------------------------------------------------------- pickling */

static Obj *import_copyreg(void)
{
    if (runtime.hooks.import_module == NULL)
        return err_string(&exc_import_error, "no import system");
    return runtime.hooks.import_module("copyreg");
}

/* copyreg.name(args…). */
static Obj *call_copyreg(const char *name, const ObjRef *args, int64_t nargs)
{
    Obj *module = import_copyreg();
    Obj *function = module == NULL ? NULL : obj_getattr_str(module, name);
    Obj *result = function == NULL ? NULL : obj_call(function, args, nargs, NULL);
    obj_xdecref(module);
    obj_xdecref(function);
    return result;
}

/* Names of all __slots__ of a class: list, or None. */
static Obj *slot_names(ObjRef cls)
{
    Obj *cached = NULL;
    ObjRef dict = type_dict((const Type *)cls);
    int found = dict == NULL ? 0 : dict_get(dict, names.dunder_slotnames, &cached);
    if (found != 0)
        return cached;
    return call_copyreg("_slotnames", &cls, 1);
}

/* The values of __slots__ that are set: new dict. */
static Obj *slot_values(ObjRef self, ObjRef list)
{
    Obj *values = dict_new();
    for (int64_t i = 0; values != NULL && i < list_length(list); i++) {
        Obj *name = obj_incref(list_peek(list, i));
        Obj *value;
        int found = obj_getattr_opt(self, name, &value);
        if (found < 0 || (found > 0 && dict_set(values, name, value) < 0))
            obj_clear(&values);
        obj_xdecref(value);
        obj_decref(name);
    }
    return values;
}

/* The builtin part of self has a state that attributes do not tell. */
static bool has_hidden_state(const Type *type)
{
    while (type->head.flags & TYPE_HEAP)
        type = type->base;
    return type->basic_size > (int64_t)sizeof(Obj);
}

/* object.__getstate__: the dict, or (dict, slots), or None.  With `required`, TypeError for objects
 * whose state lies elsewhere. */
static Obj *default_state(ObjRef self, bool required)
{
    ObjRef cls = (ObjRef)obj_type(self);
    if (required && (obj_type(self)->item_size > 0 || has_hidden_state(obj_type(self))))
        return err_format(&exc_type_error, "cannot pickle '%T' object", self);
    Obj *state = NULL, *slots = NULL, *values = NULL, *dict;
    if (obj_getattr_opt(self, names.dunder_dict, &dict) < 0)
        return NULL;
    if (dict != NULL && instance_has_dict(self)) {
        state = dict_copy(dict);
        if (state != NULL && dict_length(state) == 0 && object_peek_attr(self, names.empty) == NULL)
            obj_replace(&state, none_new());
    } else {
        state = none_new();
    }
    obj_xdecref(dict);
    if (state == NULL)
        return NULL;
    slots = slot_names(cls);
    if (slots == NULL)
        goto fail;
    if (list_check(slots) && list_length(slots) > 0) {
        values = slot_values(self, slots);
        if (values == NULL)
            goto fail;
        if (dict_length(values) > 0) {
            Obj *pair = tuple_pack(2, state, values);
            if (pair == NULL)
                goto fail;
            obj_replace(&state, pair);
        }
    }
    obj_xdecref(values);
    obj_decref(slots);
    return state;
fail:
    obj_xdecref(values);
    obj_xdecref(slots);
    obj_xdecref(state);
    return NULL;
}

static Obj *object_getstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return default_state(self, false);
}

/* What __getstate__ says; the default one is told whether state is required. */
static Obj *get_state(ObjRef self, bool required)
{
    ObjRef method = type_lookup(obj_type(self), names.dunder_getstate);
    if (method == type_lookup(&object_type, names.dunder_getstate) &&
        object_peek_attr(self, names.dunder_getstate) == NULL)
        return default_state(self, required);
    return obj_call_method(self, names.dunder_getstate, NULL, 0);
}

/* Arguments for __new__: from __getnewargs_ex__ or __getnewargs__; *args stays NULL without. */
static int new_arguments(ObjRef self, Obj **args, Obj **keywords)
{
    Obj *method, *pair = NULL;
    *args = *keywords = NULL;
    int found = obj_lookup_special(self, names.dunder_getnewargs_ex, &method);
    if (found < 0)
        return -1;
    if (found > 0) {
        pair = obj_call0(method);
        obj_decref(method);
        if (pair == NULL)
            return -1;
        if (!tuple_check(pair)) {
            err_format(&exc_type_error, "__getnewargs_ex__ should return a tuple, not '%T'", pair);
        } else if (tuple_length(pair) != 2) {
            err_format(&exc_value_error,
                       "__getnewargs_ex__ should return a tuple of length 2, not %lld",
                       (long long)tuple_length(pair));
        } else if (!tuple_check(tuple_peek(pair, 0))) {
            err_format(&exc_type_error,
                       "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not "
                       "'%T'",
                       tuple_peek(pair, 0));
        } else if (!dict_check(tuple_peek(pair, 1))) {
            err_format(&exc_type_error,
                       "second item of the tuple returned by __getnewargs_ex__ must be a dict, not "
                       "'%T'",
                       tuple_peek(pair, 1));
        } else {
            *args = obj_incref(tuple_peek(pair, 0));
            *keywords = obj_incref(tuple_peek(pair, 1));
        }
        obj_decref(pair);
        return *args == NULL ? -1 : 0;
    }
    found = obj_lookup_special(self, names.dunder_getnewargs, &method);
    if (found <= 0)
        return found;
    *args = obj_call0(method);
    obj_decref(method);
    if (*args != NULL && !tuple_check(*args)) {
        err_format(&exc_type_error, "__getnewargs__ should return a tuple, not '%T'", *args);
        obj_clear(args);
    }
    return *args == NULL ? -1 : 0;
}

/* (cls, *args) or (cls, args, keywords), and the copyreg function that takes them. */
static Obj *new_call(ObjRef cls, ObjRef args, ObjRef keywords, Obj **function)
{
    Obj *module = import_copyreg();
    bool with_keywords = keywords != NULL && dict_length(keywords) > 0;
    *function = module == NULL
                    ? NULL
                    : obj_getattr_str(module, with_keywords ? "__newobj_ex__" : "__newobj__");
    obj_xdecref(module);
    if (*function == NULL)
        return NULL;
    if (with_keywords)
        return tuple_pack(3, cls, args, keywords);
    int64_t count = args == NULL ? 0 : tuple_length(args);
    Obj *all = tuple_new(count + 1);
    if (all == NULL)
        return NULL;
    tuple_cast(all)->items[0] = obj_incref(cls);
    for (int64_t i = 0; i < count; i++)
        tuple_cast(all)->items[i + 1] = obj_incref(tuple_peek(args, i));
    return all;
}

/* Iterator over the items of lists and dicts, or None. */
static Obj *list_items(ObjRef self)
{
    return list_check(self) ? obj_iter(self) : none_new();
}

static Obj *dict_items(ObjRef self)
{
    if (!dict_check(self))
        return none_new();
    Obj *items = obj_call_method(self, names.items, NULL, 0);
    Obj *iterator = items == NULL ? NULL : obj_iter(items);
    obj_xdecref(items);
    return iterator;
}

static Obj *reduce_new(ObjRef self)
{
    ObjRef cls = (ObjRef)obj_type(self);
    if (obj_type(self)->new == NULL)
        return err_format(&exc_type_error, "cannot pickle '%T' object", self);
    Obj *args, *keywords, *function = NULL, *call = NULL, *state = NULL, *list = NULL, *dict = NULL;
    Obj *result = NULL;
    if (new_arguments(self, &args, &keywords) < 0)
        return NULL;
    call = new_call(cls, args, keywords, &function);
    if (call == NULL)
        goto done;
    state = get_state(self, !(args != NULL || list_check(self) || dict_check(self)));
    if (state == NULL || (list = list_items(self)) == NULL || (dict = dict_items(self)) == NULL)
        goto done;
    result = tuple_pack(5, function, call, state, list, dict);
done:
    obj_xdecref(args);
    obj_xdecref(keywords);
    obj_xdecref(function);
    obj_xdecref(call);
    obj_xdecref(state);
    obj_xdecref(list);
    obj_xdecref(dict);
    return result;
}

static Obj *common_reduce(ObjRef self, int64_t protocol)
{
    if (protocol >= 2)
        return reduce_new(self);
    Obj *number = int_new(protocol);
    if (number == NULL)
        return NULL;
    ObjRef args[2] = {self, number};
    Obj *result = call_copyreg("_reduce_ex", args, 2);
    obj_decref(number);
    return result;
}

static Obj *object_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return common_reduce(self, 0);
}

static Obj *object_reduce_ex(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t protocol;
    if (obj_to_int64(args[0], &protocol) < 0)
        return NULL;
    Obj *method;
    int found = obj_getattr_opt(self, names.dunder_reduce, &method);
    if (found < 0)
        return NULL;
    if (found > 0) {
        ObjRef own = type_lookup(obj_type(self), names.dunder_reduce);
        bool overridden = own != type_lookup(&object_type, names.dunder_reduce);
        Obj *result = overridden ? obj_call0(method) : NULL;
        obj_decref(method);
        if (overridden)
            return result;
    }
    return common_reduce(self, protocol);
}

static const MethodDef object_methods[] = {
    {"__reduce_ex__", object_reduce_ex, 1, 1, 0,
     "__reduce_ex__($self, protocol, /)\n--\n\nHelper for pickle."},
    {"__reduce__", object_reduce, 0, 0, 0, "__reduce__($self, /)\n--\n\nHelper for pickle."},
    {"__getstate__", object_getstate, 0, 0, 0, "__getstate__($self, /)\n--\n\nHelper for pickle."},
    {"__subclasshook__", object_subclasshook, 0, -1, METHOD_CLASS,
     "What abstract classes override to tell of virtual subclasses.\n"},
    {"__init_subclass__", object_init_subclass, 0, -1, METHOD_CLASS | METHOD_KEYWORDS,
     "Called when a class is subclassed; does nothing unless overridden.\n"},
    {"__format__", object_format, 1, 1, 0,
     "__format__($self, format_spec, /)\n--\n\nDefault object formatter."},
    {"__sizeof__", object_sizeof, 0, 0, 0,
     "__sizeof__($self, /)\n--\n\nSize of object in memory, in bytes."},
    {"__dir__", object_dir, 0, 0, 0, "__dir__($self, /)\n--\n\nNames for dir()."},
    {0},
};

static const GetSetDef object_getset[] = {
    {"__class__", get_class, set_class, "the object's class"},
    {0},
};

Type object_type = {
    .head = {.base = {1, &type_type.root},
             .name = "object",
             .flags = TYPE_BASE,
             .dealloc = object_dealloc},
    .basic_size = sizeof(Obj),
    .doc =
        "object()\n--\n\nThe base class of all classes: an instance has no attributes of its own.",
    .repr = object_repr,
    .str = object_str,
    .hash = object_hash_identity,
    .compare = object_compare,
    .getattr = object_getattr,
    .setattr = object_setattr,
    .new = object_new,
    .init = object_init,
    .methods = object_methods,
    .getset = object_getset,
};
