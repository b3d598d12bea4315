/*
 * Module builtins: the functions that need no frame, and the names of the builtin types.
 *
 * What needs the running frame or the compiler (compile, eval, exec, globals, locals, input,
 * __import__,
 * __build_class__) is added by the VM (vm/interp/builtins_vm.c).
 */

#include "runtime/modules/builtins.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/ids.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/modules/io_text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/callable_iterator.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/list_iterator.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames
#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

/* ---------------------------------------------------------------- numbers */

FUNCTION(builtin_abs)
{
    UNUSED;
    return obj_absolute(args[0]);
}

FUNCTION(builtin_divmod)
{
    UNUSED;
    return obj_divmod(args[0], args[1]);
}

FUNCTION(builtin_pow)
{
    (void)self;
    static const ArgSpec spec = {"pow", 0, 2, 3, 3, {"base", "exp", "mod"}};
    ObjRef values[3];
    if (args_bind(&spec, args, nargs, kwnames, values) < 0)
        return NULL;
    return obj_power(values[0], values[1], values[2] == NULL ? (ObjRef)obj_none : values[2]);
}

FUNCTION(builtin_round)
{
    (void)self;
    static const ArgSpec spec = {"round", 0, 1, 2, 2, {"number", "ndigits"}};
    ObjRef values[2];
    if (args_bind(&spec, args, nargs, kwnames, values) < 0)
        return NULL;
    bool plain = values[1] == NULL || is_none(values[1]);
    Obj *result;
    int found = obj_call_special(values[0], names.dunder_round, &values[1], plain ? 0 : 1, &result);
    if (found == 0) {
        return err_format(&exc_type_error, "type %T doesn't define __round__ method", values[0]);
    }
    return result;
}

/* "0b", "0o" or "0x" and the digits of an index. */
static Obj *in_base(ObjRef number, int base, const char *prefix)
{
    Obj *index = obj_index(number);
    if (index == NULL)
        return NULL;
    Obj *digits = int_to_text(index, base);
    Obj *text = NULL;
    if (digits != NULL) {
        bool negative = int_sign(index) < 0;
        Obj *bare = negative ? str_substring(digits, 1, str_length(digits)) : obj_incref(digits);
        if (bare != NULL)
            text = str_format_c("%s%s%U", negative ? "-" : "", prefix, (ObjRef)bare);
        obj_xdecref(bare);
        obj_decref(digits);
    }
    obj_decref(index);
    return text;
}

FUNCTION(builtin_bin)
{
    UNUSED;
    return in_base(args[0], 2, "0b");
}

FUNCTION(builtin_oct)
{
    UNUSED;
    return in_base(args[0], 8, "0o");
}

FUNCTION(builtin_hex)
{
    UNUSED;
    return in_base(args[0], 16, "0x");
}

/* ---------------------------------------------------------------- sum, min, max, any, all */

/* Adds items while sum and item are both small ints; returns 1 when `*pending` does not fit that, 0
 * at the end, -1.  *total is the sum so far. */
static int sum_ints(ObjRef iterator, int64_t *total, Obj **pending)
{
    for (;;) {
        Obj *item;
        int got = list_iterator_step(iterator, &item);
        if (got <= 0)
            return got;
        int64_t next;
        if (!int_is_small(item) || __builtin_add_overflow(*total, int_small_value(item), &next)) {
            *pending = item;
            return 1;
        }
        *total = next;
        obj_decref(item);
    }
}

/* As sum_ints for floats; small ints count as well. */
static int sum_floats(ObjRef iterator, double *total, Obj **pending)
{
    for (;;) {
        Obj *item;
        int got = list_iterator_step(iterator, &item);
        if (got <= 0)
            return got;
        if (float_check_exact(item)) {
            *total += float_value(item);
        } else if (int_check_exact(item) && int_is_small(item)) {
            *total += (double)int_small_value(item);
        } else {
            *pending = item;
            return 1;
        }
        obj_decref(item);
    }
}

FUNCTION(builtin_sum)
{
    (void)self;
    static const ArgSpec spec = {"sum", 1, 1, 2, 2, {"iterable", "start"}};
    ObjRef values[2];
    if (args_bind(&spec, args, nargs, kwnames, values) < 0)
        return NULL;
    if (values[1] != NULL && str_check(values[1]))
        return err_string(&exc_type_error, "sum() can't sum strings [use ''.join(seq) instead]");
    if (values[1] != NULL && strcmp(obj_head(values[1])->name, "bytes") == 0)
        return err_string(&exc_type_error, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (values[1] != NULL && strcmp(obj_head(values[1])->name, "bytearray") == 0) {
        return err_string(&exc_type_error, "sum() can't sum bytearray [use b''.join(seq) instead]");
    }
    Obj *iterator = obj_iter(values[0]);
    if (iterator == NULL)
        return NULL;
    Obj *total = values[1] == NULL ? int_new(0) : obj_incref(values[1]);
    Obj *item = NULL;
    int got = 1;
    if (total != NULL && int_check_exact(total) && int_is_small(total)) {
        int64_t sum = int_small_value(total);
        got = sum_ints(iterator, &sum, &item);
        obj_replace(&total, got < 0 ? NULL : int_new(sum));
    }
    if (total != NULL && got > 0 && item != NULL && float_check_exact(item) &&
        int_check_exact(total) && int_is_small(total)) {
        obj_replace(&total, float_new((double)int_small_value(total) + float_value(item)));
        obj_clear(&item);
    }
    if (total != NULL && got > 0 && item == NULL && float_check_exact(total)) {
        double sum = float_value(total);
        got = sum_floats(iterator, &sum, &item);
        obj_replace(&total, got < 0 ? NULL : float_new(sum));
    }
    while (total != NULL && got > 0) {
        if (item == NULL && (got = list_iterator_step(iterator, &item)) <= 0)
            break;
        obj_replace(&total, obj_binary(total, item, BINARY_ADD));
        obj_clear(&item);
    }
    if (got < 0)
        obj_clear(&total);
    obj_xdecref(item);
    obj_decref(iterator);
    return total;
}

/* The least (CMP_LT) or greatest (CMP_GT) of several arguments or of one iterable. */
/* Whether `a op b` holds, op being < or >: 1, 0, -1. */
static inline int goes_before(ObjRef a, ObjRef b, CompareOp op)
{
    if (int_is_small(a) && int_is_small(b)) {
        int64_t x = int_small_value(a), y = int_small_value(b);
        return op == CMP_LT ? x < y : x > y;
    }
    if (float_check_exact(a) && float_check_exact(b)) {
        double x = float_value(a), y = float_value(b);
        return op == CMP_LT ? x < y : x > y;
    }
    if (str_check_exact(a) && str_check_exact(b)) {
        int order = str_compare3(a, b);
        return op == CMP_LT ? order < 0 : order > 0;
    }
    return obj_compare_bool(a, b, op);
}

/* The least or greatest so far, and what it is compared by. */
typedef struct Best {
    Obj *item, *key; /* owned; NULL before the first */
} Best;

/* Takes an item over: 0/-1. */
static int offer_steal(Best *best, Obj *item, ObjRef key_function, CompareOp op)
{
    Obj *key = key_function == NULL ? obj_incref(item) : obj_call1(key_function, item);
    int better = key == NULL ? -1 : best->item == NULL ? 1 : goes_before(key, best->key, op);
    if (better > 0) {
        obj_replace(&best->item, item);
        obj_replace(&best->key, key);
        return 0;
    }
    obj_decref(item);
    obj_xdecref(key);
    return better;
}

/* The best of an iterable's items; a list is read in place, as its iterator would. */
static int offer_all(Best *best, ObjRef iterable, ObjRef key_function, CompareOp op)
{
    if (list_check_exact(iterable)) {
        Obj *list = obj_incref(iterable);
        int status = 0;
        for (int64_t i = 0; status == 0 && i < list_length(list); i++)
            status = offer_steal(best, obj_incref(list_peek(list, i)), key_function, op);
        obj_decref(list);
        return status;
    }
    Obj *iterator = obj_iter(iterable), *item;
    if (iterator == NULL)
        return -1;
    int got;
    while ((got = list_iterator_step(iterator, &item)) > 0) {
        if (offer_steal(best, item, key_function, op) < 0) {
            got = -1;
            break;
        }
    }
    obj_decref(iterator);
    return got;
}

static Obj *extreme(const char *name, CompareOp op, const ObjRef *args, int64_t nargs,
                    ObjRef kwnames)
{
    ObjRef values[2] = {NULL, NULL};
    if (nargs == 0) {
        return err_format(&exc_type_error, "%s expected at least 1 argument, got 0", name);
    }
    if (kwnames != NULL) {
        const ArgSpec spec = {name, 0, 0, 0, 2, {"key", "default"}};
        if (args_bind(&spec, args + nargs, 0, kwnames, values) < 0)
            return NULL;
    }
    ObjRef key = values[0] == NULL || is_none(values[0]) ? NULL : values[0];
    if (nargs > 1 && values[1] != NULL) {
        return err_format(&exc_type_error,
                          "Cannot specify a default for %s() with multiple positional arguments",
                          name);
    }
    Best best = {NULL, NULL};
    int status = 0;
    if (nargs == 1)
        status = offer_all(&best, args[0], key, op);
    for (int64_t i = 0; nargs > 1 && status == 0 && i < nargs; i++)
        status = offer_steal(&best, obj_incref(args[i]), key, op);
    obj_xdecref(best.key);
    if (status < 0) {
        obj_xdecref(best.item);
        return NULL;
    }
    if (best.item == NULL && values[1] != NULL)
        return obj_incref(values[1]);
    if (best.item == NULL)
        return err_format(&exc_value_error, "%s() arg is an empty sequence", name);
    return best.item;
}

FUNCTION(builtin_min)
{
    (void)self;
    return extreme("min", CMP_LT, args, nargs, kwnames);
}

FUNCTION(builtin_max)
{
    (void)self;
    return extreme("max", CMP_GT, args, nargs, kwnames);
}

/* True as soon as an item's truth is `wanted`. */
static Obj *search_truth(ObjRef iterable, int wanted, bool found)
{
    Obj *iterator = obj_iter(iterable);
    if (iterator == NULL)
        return NULL;
    Obj *item;
    int got;
    while ((got = list_iterator_step(iterator, &item)) > 0) {
        int truth = obj_truth(item);
        obj_decref(item);
        if (truth < 0 || truth == wanted) {
            obj_decref(iterator);
            return truth < 0 ? NULL : bool_new(found);
        }
    }
    obj_decref(iterator);
    return got < 0 ? NULL : bool_new(!found);
}

FUNCTION(builtin_any)
{
    UNUSED;
    return search_truth(args[0], 1, true);
}

FUNCTION(builtin_all)
{
    UNUSED;
    return search_truth(args[0], 0, false);
}

/* ---------------------------------------------------------------- objects and attributes */

FUNCTION(builtin_callable)
{
    UNUSED;
    int callable = obj_is_callable(args[0]);
    return callable < 0 ? NULL : bool_new(callable != 0);
}

FUNCTION(builtin_id)
{
    UNUSED;
    return int_from_uint64((uint64_t)ids_of(args[0]));
}

FUNCTION(builtin_hash)
{
    UNUSED;
    int64_t hash = obj_hash(args[0]);
    return hash == -1 ? NULL : int_new(hash);
}

FUNCTION(builtin_len)
{
    UNUSED;
    int64_t length = obj_length(args[0]);
    return length < 0 ? NULL : int_new(length);
}

FUNCTION(builtin_isinstance)
{
    UNUSED;
    int result = obj_isinstance(args[0], args[1]);
    return result < 0 ? NULL : bool_new(result != 0);
}

FUNCTION(builtin_issubclass)
{
    UNUSED;
    int result = obj_issubclass(args[0], args[1]);
    return result < 0 ? NULL : bool_new(result != 0);
}

static int check_name(ObjRef name, const char *function)
{
    if (str_check(name))
        return 0;
    if (strcmp(function, "setattr") == 0 || strcmp(function, "delattr") == 0)
        return err_format_int(&exc_type_error, "attribute name must be string, not '%T'", name);
    return err_format_int(&exc_type_error, "%s(): attribute name must be string", function);
}

FUNCTION(builtin_getattr)
{
    (void)self, (void)kwnames;
    if (!str_check(args[1]))
        return err_format(&exc_type_error, "attribute name must be string, not '%T'", args[1]);
    if (nargs < 3)
        return obj_getattr(args[0], args[1]);
    Obj *value;
    int found = obj_getattr_opt(args[0], args[1], &value);
    return found == 0 ? obj_incref(args[2]) : value;
}

FUNCTION(builtin_hasattr)
{
    UNUSED;
    if (!str_check(args[1]))
        return err_format(&exc_type_error, "attribute name must be string, not '%T'", args[1]);
    int found = obj_hasattr(args[0], args[1]);
    return found < 0 ? NULL : bool_new(found != 0);
}

FUNCTION(builtin_setattr)
{
    UNUSED;
    if (check_name(args[1], "setattr") < 0)
        return NULL;
    return obj_setattr(args[0], args[1], args[2]) < 0 ? NULL : none_new();
}

FUNCTION(builtin_delattr)
{
    UNUSED;
    if (check_name(args[1], "delattr") < 0)
        return NULL;
    return obj_setattr(args[0], args[1], NULL) < 0 ? NULL : none_new();
}

FUNCTION(builtin_dir)
{
    (void)self, (void)kwnames;
    if (nargs > 0)
        return obj_dir(args[0]);
    Obj *locals = runtime.hooks.current_locals == NULL ? NULL : runtime.hooks.current_locals();
    if (locals == NULL)
        return err_occurred() != NULL ? NULL
                                      : err_string(&exc_system_error, "frame does not exist");
    Obj *list = NULL;
    Obj *keys = obj_call_method(locals, names.keys, NULL, 0);
    if (keys != NULL)
        list = obj_to_list(keys);
    if (list != NULL && list_sort(list, NULL, false) < 0)
        obj_clear(&list);
    obj_xdecref(keys);
    obj_decref(locals);
    return list;
}

FUNCTION(builtin_vars)
{
    (void)self, (void)kwnames;
    if (nargs == 0) {
        if (runtime.hooks.current_locals == NULL)
            return err_string(&exc_system_error, "frame does not exist");
        return runtime.hooks.current_locals();
    }
    Obj *dict;
    int found = obj_getattr_opt(args[0], names.dunder_dict, &dict);
    if (found == 0)
        return err_string(&exc_type_error, "vars() argument must have __dict__ attribute");
    return dict;
}

/* ---------------------------------------------------------------- text */

FUNCTION(builtin_repr)
{
    UNUSED;
    return obj_repr(args[0]);
}

FUNCTION(builtin_ascii)
{
    UNUSED;
    return obj_ascii(args[0]);
}

FUNCTION(builtin_format)
{
    (void)self, (void)kwnames;
    if (nargs > 1 && !str_check(args[1]))
        return err_format(&exc_type_error, "format() argument 2 must be str, not %T", args[1]);
    return obj_format(args[0], nargs > 1 ? args[1] : NULL);
}

FUNCTION(builtin_chr)
{
    UNUSED;
    int64_t code_point = obj_as_index(args[0], (ObjRef)&exc_overflow_error);
    if (code_point == -1 && err_occurred() != NULL && !err_matches(&exc_overflow_error))
        return NULL;
    if (err_occurred() != NULL || code_point > INT32_MAX || code_point < INT32_MIN) {
        err_clear();
        return err_string(&exc_overflow_error, "Python int too large to convert to C int");
    }
    if (code_point < 0 || code_point > 0x10FFFF)
        return err_string(&exc_value_error, "chr() arg not in range(0x110000)");
    return str_from_char((uint32_t)code_point);
}

FUNCTION(builtin_ord)
{
    UNUSED;
    int64_t length;
    if (str_check(args[0])) {
        length = str_length(args[0]);
        if (length == 1)
            return int_new(str_char_at(args[0], 0));
    } else {
        BufferView view;
        if (buffer_acquire(args[0], &view) < 0) {
            err_clear();
            return err_format(&exc_type_error, "ord() expected string of length 1, but %T found",
                              args[0]);
        }
        length = view.length;
        int64_t byte = length == 1 ? view.data[0] : -1;
        buffer_release(&view);
        if (byte >= 0)
            return int_new(byte);
    }
    return err_format(&exc_type_error,
                      "ord() expected a character, but string of length %lld found",
                      (long long)length);
}

/* ---------------------------------------------------------------- iteration */

FUNCTION(builtin_iter)
{
    (void)self, (void)kwnames;
    if (nargs == 1)
        return obj_iter(args[0]);
    if (obj_is_callable(args[0]) <= 0)
        return err_string(&exc_type_error, "iter(v, w): v must be callable");
    return callable_iterator_new(args[0], args[1]);
}

FUNCTION(builtin_next)
{
    (void)self, (void)kwnames;
    if (obj_type(args[0])->next == NULL)
        return err_format(&exc_type_error, "'%T' object is not an iterator", args[0]);
    /* The slot itself: obj_next would swallow a StopIteration and the value that it carries. */
    Obj *item;
    int got = obj_type(args[0])->next(args[0], &item);
    if (got > 0)
        return item;
    if (got == 0)
        return nargs > 1 ? obj_incref(args[1]) : err_stop_iteration(NULL);
    if (nargs > 1 && err_matches(&exc_stop_iteration)) {
        err_clear();
        return obj_incref(args[1]);
    }
    return NULL;
}

FUNCTION(builtin_sorted)
{
    (void)self;
    static const ArgSpec spec = {"sorted", 1, 1, 1, 3, {"iterable", "key", "reverse"}};
    ObjRef values[3];
    if (nargs != 1)
        return err_format(&exc_type_error, "sorted expected 1 argument, got %lld",
                          (long long)nargs);
    bool reverse = false;
    if (args_bind(&spec, args, nargs, kwnames, values) < 0 || args_to_bool(values[2], &reverse) < 0)
        return NULL;
    Obj *list = obj_to_list(values[0]);
    if (list == NULL)
        return NULL;
    ObjRef key = values[1] == NULL || is_none(values[1]) ? NULL : values[1];
    if (list_sort(list, key, reverse) < 0)
        obj_clear(&list);
    return list;
}

FUNCTION(builtin_aiter)
{
    UNUSED;
    UnaryFn slot = obj_type(args[0])->aiter;
    if (slot == NULL)
        return err_format(&exc_type_error, "'%T' object is not an async iterable", args[0]);
    Obj *iterator = slot(args[0]);
    if (iterator != NULL && obj_type(iterator)->anext == NULL) {
        err_format(&exc_type_error, "%T.__aiter__() must return an async iterator, not %T", args[0],
                   (ObjRef)iterator);
        obj_clear(&iterator);
    }
    return iterator;
}

/* ---------------------------------------------------------------- print */

static int write_text(ObjRef file, ObjRef text)
{
    if (io_text_is_plain(file))
        return io_text_write(file, text);
    Obj *result = obj_call_method(file, names.write, &text, 1);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

static int check_separator(ObjRef text, const char *name)
{
    if (text == NULL || is_none(text) || str_check(text))
        return 0;
    return err_format_int(&exc_type_error, "%s must be None or a string, not %T", name, text);
}

static int print_items(ObjRef file, ObjRef separator, ObjRef end, const ObjRef *args, int64_t nargs)
{
    for (int64_t i = 0; i < nargs; i++) {
        if (i > 0 && write_text(file, separator) < 0)
            return -1;
        if (str_check_exact(args[i])) {
            if (write_text(file, args[i]) < 0)
                return -1;
            continue;
        }
        Obj *text = obj_str(args[i]);
        int written = text == NULL ? -1 : write_text(file, text);
        obj_xdecref(text);
        if (written < 0)
            return -1;
    }
    return write_text(file, end);
}

FUNCTION(builtin_print)
{
    (void)self;
    static const ArgSpec spec = {"print", 0, 0, 0, 4, {"sep", "end", "file", "flush"}};
    ObjRef values[4];
    bool flush = false;
    if (args_bind(&spec, args + nargs, 0, kwnames, values) < 0 ||
        check_separator(values[0], "sep") < 0 || check_separator(values[1], "end") < 0)
        return NULL;
    ObjRef file = values[2];
    if (file == NULL || is_none(file)) {
        file = dict_peek(runtime.sys_dict, names.stdout);
        if (file == NULL)
            return err_string(&exc_runtime_error, "lost sys.stdout");
        if (is_none(file))
            return none_new();
    }
    if (args_to_bool(values[3], &flush) < 0)
        return NULL;
    Obj *space = str_from_char(' '), *newline = str_from_char('\n');
    Obj *held = obj_incref(file);
    Obj *result = NULL;
    if (space != NULL && newline != NULL) {
        ObjRef separator = values[0] == NULL || is_none(values[0]) ? (ObjRef)space : values[0];
        ObjRef end = values[1] == NULL || is_none(values[1]) ? (ObjRef)newline : values[1];
        if (print_items(held, separator, end, args, nargs) == 0)
            result = flush ? obj_call_method(held, names.flush, NULL, 0) : none_new();
    }
    obj_decref(held);
    obj_xdecref(space);
    obj_xdecref(newline);
    if (result != NULL)
        obj_replace(&result, none_new());
    return result;
}

/* ---------------------------------------------------------------- tables */

static const MethodDef functions[] = {
    {"abs", builtin_abs, 1, 1, 0, "abs(x, /)\n--\n\nThe absolute value."},
    {"aiter", builtin_aiter, 1, 1, 0,
     "aiter(async_iterable, /)\n--\n\nThe asynchronous iterator of an object."},
    {"all", builtin_all, 1, 1, 0, "all(iterable, /)\n--\n\nTrue if no item is false."},
    {"any", builtin_any, 1, 1, 0, "any(iterable, /)\n--\n\nTrue if some item is true."},
    {"ascii", builtin_ascii, 1, 1, 0,
     "ascii(obj, /)\n--\n\nrepr with everything but ASCII escaped."},
    {"bin", builtin_bin, 1, 1, 0, "bin(number, /)\n--\n\nThe integer in base 2: '0b101'."},
    {"callable", builtin_callable, 1, 1, 0, "callable(obj, /)\n--\n\nTrue if obj can be called."},
    {"chr", builtin_chr, 1, 1, 0, "chr(i, /)\n--\n\nThe character with code point i."},
    {"delattr", builtin_delattr, 2, 2, 0, "delattr(obj, name, /)\n--\n\nThe same as del obj.name."},
    {"dir", builtin_dir, 0, 1, 0,
     "dir([object]) -> list of strings\n\nThe names of an object's attributes, or of the local "
     "scope."},
    {"divmod", builtin_divmod, 2, 2, 0, "divmod(x, y, /)\n--\n\nThe pair (x // y, x % y)."},
    {"format", builtin_format, 1, 2, 0,
     "format(value, format_spec='', /)\n--\n\nThe value as text, as format_spec says."},
    {"getattr", builtin_getattr, 2, 3, 0,
     "getattr(object, name[, default]) -> value\n\nAn attribute by name."},
    {"hasattr", builtin_hasattr, 2, 2, 0,
     "hasattr(obj, name, /)\n--\n\nTrue if the object has that attribute."},
    {"hash", builtin_hash, 1, 1, 0, "hash(obj, /)\n--\n\nThe hash value of an object."},
    {"hex", builtin_hex, 1, 1, 0, "hex(number, /)\n--\n\nThe integer in base 16: '0xff'."},
    {"id", builtin_id, 1, 1, 0,
     "id(obj, /)\n--\n\nThe identity of an object: the address of its header, unique while it "
     "lives."},
    {"isinstance", builtin_isinstance, 2, 2, 0,
     "isinstance(obj, class_or_tuple, /)\n--\n\nTrue if obj is of a class or of one of several."},
    {"issubclass", builtin_issubclass, 2, 2, 0,
     "issubclass(cls, class_or_tuple, /)\n--\n\nTrue if cls derives from a class or one of "
     "several."},
    {"iter", builtin_iter, 1, 2, 0,
     "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nAn iterator over items, "
     "or over "
     "results of calls until one equals the sentinel."},
    {"len", builtin_len, 1, 1, 0, "len(obj, /)\n--\n\nThe number of items in a container."},
    {"max", builtin_max, 0, -1, METHOD_KEYWORDS,
     "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> "
     "value\n\nThe largest item."},
    {"min", builtin_min, 0, -1, METHOD_KEYWORDS,
     "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> "
     "value\n\nThe smallest item."},
    {"next", builtin_next, 1, 2, 0,
     "next(iterator[, default])\n\nThe next item, or default when there is none."},
    {"oct", builtin_oct, 1, 1, 0, "oct(number, /)\n--\n\nThe integer in base 8: '0o17'."},
    {"ord", builtin_ord, 1, 1, 0, "ord(c, /)\n--\n\nThe code point of a character."},
    {"pow", builtin_pow, 0, -1, METHOD_KEYWORDS,
     "pow(base, exp, mod=None)\n--\n\nbase ** exp, or that modulo mod."},
    {"print", builtin_print, 0, -1, METHOD_KEYWORDS,
     "print(*args, sep=' ', end='\\n', file=None, flush=False)\n--\n\nWrites the values as text to "
     "a "
     "file, by default sys.stdout."},
    {"repr", builtin_repr, 1, 1, 0, "repr(obj, /)\n--\n\nThe object as text for programmers."},
    {"round", builtin_round, 0, -1, METHOD_KEYWORDS,
     "round(number, ndigits=None)\n--\n\nThe number rounded to ndigits after the point."},
    {"setattr", builtin_setattr, 3, 3, 0,
     "setattr(obj, name, value, /)\n--\n\nThe same as obj.name = value."},
    {"sorted", builtin_sorted, 0, -1, METHOD_KEYWORDS,
     "sorted(iterable, /, *, key=None, reverse=False)\n--\n\nA new list of the items in order."},
    {"sum", builtin_sum, 0, -1, METHOD_KEYWORDS,
     "sum(iterable, /, start=0)\n--\n\nThe start value plus all items."},
    {"vars", builtin_vars, 0, 1, 0,
     "vars([object]) -> dictionary\n\nThe __dict__ of an object, or the local variables."},
    {0},
};

#define BUILTIN_TYPE(name, type) extern Type type;
#include "runtime/modules/builtin_types.def"
#undef BUILTIN_TYPE

static const struct {
    const char *name;
    Type *type;
} builtin_types[] = {
#define BUILTIN_TYPE(name, type) {name, &type},
#include "runtime/modules/builtin_types.def"
#undef BUILTIN_TYPE
#define EXCEPTION(object, name, base, layout, kind, doc) {name, &object},
#include "runtime/types/exceptions.def"
#undef EXCEPTION
    {"EnvironmentError", &exc_os_error},
    {"IOError", &exc_os_error},
};

static int exec(ObjRef module)
{
    for (size_t i = 0; i < sizeof builtin_types / sizeof *builtin_types; i++) {
        if (module_add(module, builtin_types[i].name, (ObjRef)builtin_types[i].type) < 0)
            return -1;
    }
    if (module_add(module, "None", obj_none) < 0 || module_add(module, "True", obj_true) < 0 ||
        module_add(module, "False", obj_false) < 0 ||
        module_add(module, "NotImplemented", &not_implemented_object) < 0)
        return -1;
    if (module_add(module, "Ellipsis", &ellipsis_object) < 0)
        return -1;
    return module_add(module, "__debug__", runtime.optimize == 0 ? obj_true : obj_false);
}

const ModuleDef builtins_module = {
    "builtins", "Functions, types and exceptions that every program knows by name.", functions,
    exec};

int builtins_init(void)
{
    if (runtime.modules == NULL && (runtime.modules = dict_new()) == NULL)
        return -1;
    Obj *module = module_from_def(&builtins_module);
    if (module == NULL)
        return -1;
    runtime.builtins = module;
    runtime.builtins_dict = obj_incref(module_dict(module));
    return 0;
}

void builtins_finish(void)
{
    obj_clear(&runtime.builtins_dict);
    obj_clear(&runtime.builtins);
}
