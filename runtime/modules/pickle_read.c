/*
 * pickle.Unpickler: runs the programs that Pickler writes.
 *
 * The machine has a stack of values, marks in it, and a memo.  Input is a window [at, length) of a
 * block of bytes: the whole pickle (loads), or what was last read of a file: a frame, or just the
 * bytes that an instruction needs, so that the file stands right after the pickle in the end.
 *
 * Pickles can be damaged or made to harm: every size is checked, the stack below a mark is out of
 * reach, and a memo with wild numbers goes into a dict.  Instructions run user code, which may call
 * load of the same object again: that is refused.
 */

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/pickle.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct UnpicklerObj {
    Obj base;
    Obj *read, *readline; /* owned: of the file; NULL: all input is in the window */
    BufferView window;    /* owner NULL: empty */
    int64_t at;           /* of the window: next byte */
    Obj **stack;          /* stack_count owned values */
    int64_t *marks;       /* positions in the stack */
    Obj **memo;           /* owned, NULL where nothing was stored */
    Obj *sparse;          /* owned dict of the memo's wild numbers, or NULL */
    int64_t stack_count, stack_capacity, mark_count, mark_capacity, memo_count, memo_capacity;
    Obj *encoding, *errors, *buffers; /* owned: str, str, iterator or NULL */
    Obj *persistent_load;             /* owned: set on the instance, or NULL */
    Obj *find_class, *ask_persistent; /* owned, while load runs */
    int32_t protocol;
    bool fix_imports, running;
} UnpicklerObj;

#define unpickler_cast(o) ((UnpicklerObj *)(o))

static int fail_with(const char *message)
{
    err_string(pickle_unpickling_error, message);
    return -1;
}

static bool grow(void *block_place, int64_t *capacity, int64_t wanted, size_t item)
{
    void **place = block_place;
    int64_t larger = *capacity < 16 ? 32 : 2 * *capacity;
    if (larger < wanted)
        larger = wanted;
    void *block = mem_alloc_zero((size_t)larger * item);
    if (block == NULL) {
        err_no_memory();
        return false;
    }
    if (*capacity > 0)
        memcpy(block, *place, (size_t)*capacity * item);
    mem_free(*place, (size_t)*capacity * item);
    *place = block;
    *capacity = larger;
    return true;
}

/* ---- input */

static void set_window_steal(UnpicklerObj *u, Obj *bytes)
{
    if (u->window.owner != NULL)
        buffer_release(&u->window);
    u->window = (BufferView){bytes_cast(bytes)->data, bytes_cast(bytes)->length, bytes};
    u->at = 0;
}

static void close_window(UnpicklerObj *u)
{
    if (u->window.owner != NULL)
        buffer_release(&u->window);
    u->window = (BufferView){0};
    u->at = 0;
}

/* Calls read or readline of the file; makes the result the window. */
static int refill(UnpicklerObj *u, ObjRef method, int64_t size)
{
    Obj *number = NULL, *data;
    if (size >= 0) {
        number = int_new(size);
        data = number == NULL ? NULL : obj_call1(method, number);
        obj_xdecref(number);
    } else {
        data = obj_call0(method);
    }
    if (data == NULL)
        return -1;
    if (!bytes_check(data)) {
        err_format(&exc_value_error, "%s() returned non-bytes object (%T)",
                   size >= 0 ? "read" : "readline", data);
        obj_decref(data);
        return -1;
    }
    set_window_steal(u, data);
    return 0;
}

/* The next `size` bytes, valid until more is needed; NULL with an exception. */
static const unsigned char *need(UnpicklerObj *u, int64_t size)
{
    if (size > u->window.length - u->at) {
        if (u->read == NULL) {
            fail_with("pickle data was truncated");
            return NULL;
        }
        if (u->at < u->window.length) {
            fail_with("pickle exhausted before end of frame");
            return NULL;
        }
        if (refill(u, u->read, size) < 0)
            return NULL;
        if (u->window.length < size) {
            fail_with("pickle data was truncated");
            return NULL;
        }
    }
    u->at += size;
    return u->window.data + u->at - size;
}

/* The rest of the line without its end; *length in bytes. */
static const unsigned char *need_line(UnpicklerObj *u, int64_t *length)
{
    for (int attempt = 0;; attempt++) {
        const unsigned char *start = u->window.data + u->at;
        int64_t left = u->window.length - u->at;
        const unsigned char *end = left > 0 ? memchr(start, '\n', (size_t)left) : NULL;
        if (end != NULL) {
            *length = end - start;
            u->at += *length + 1;
            return start;
        }
        if (u->readline == NULL || left > 0 || attempt > 0) {
            fail_with("pickle data was truncated");
            return NULL;
        }
        if (refill(u, u->readline, -1) < 0)
            return NULL;
    }
}

static uint64_t little(const unsigned char *bytes, int width)
{
    uint64_t number = 0;
    for (int i = width; i-- > 0;)
        number = number << 8 | bytes[i];
    return number;
}

/* A number of `width` bytes that counts bytes: 0/-1. */
static int need_size(UnpicklerObj *u, int width, const char *what, int64_t *out)
{
    const unsigned char *bytes = need(u, width);
    if (bytes == NULL)
        return -1;
    uint64_t number = little(bytes, width);
    if (number > INT64_MAX)
        return err_format_int(&exc_overflow_error, "%s exceeds system's maximum size of %lld bytes",
                              what, (long long)INT64_MAX);
    *out = (int64_t)number;
    return 0;
}

/* ---- stack and memo */

static int64_t floor_of(const UnpicklerObj *u)
{
    return u->mark_count > 0 ? u->marks[u->mark_count - 1] : 0;
}

static int underflow(const UnpicklerObj *u)
{
    return fail_with(u->mark_count > 0 ? "unexpected MARK found" : "unpickling stack underflow");
}

static int push_steal(UnpicklerObj *u, Obj *value)
{
    if (value == NULL)
        return -1;
    if (u->stack_count == u->stack_capacity &&
        !grow(&u->stack, &u->stack_capacity, 0, sizeof(Obj *))) {
        obj_decref(value);
        return -1;
    }
    u->stack[u->stack_count++] = value;
    return 0;
}

static Obj *pop(UnpicklerObj *u)
{
    if (u->stack_count <= floor_of(u)) {
        underflow(u);
        return NULL;
    }
    return u->stack[--u->stack_count];
}

static ObjRef top(UnpicklerObj *u)
{
    if (u->stack_count <= floor_of(u)) {
        underflow(u);
        return NULL;
    }
    return u->stack[u->stack_count - 1];
}

/* Position of the topmost mark, which goes; -1. */
static int64_t pop_mark(UnpicklerObj *u)
{
    if (u->mark_count == 0)
        return fail_with("could not find MARK");
    return u->marks[--u->mark_count];
}

static void drop_to(UnpicklerObj *u, int64_t count)
{
    while (u->stack_count > count)
        obj_decref(u->stack[--u->stack_count]);
}

/* Takes the values above a position off the stack, as a tuple or list. */
static Obj *take_tuple(UnpicklerObj *u, int64_t from)
{
    int64_t count = u->stack_count - from;
    Obj *tuple = tuple_new(count);
    if (tuple == NULL)
        return NULL;
    for (int64_t i = 0; i < count; i++)
        tuple_cast(tuple)->items[i] = u->stack[from + i];
    u->stack_count = from;
    if (count > 0)
        tuple_maybe_untrack(tuple);
    return tuple;
}

static Obj *take_list(UnpicklerObj *u, int64_t from)
{
    int64_t count = u->stack_count - from;
    Obj *list = list_new(count);
    if (list == NULL)
        return NULL;
    for (int64_t i = 0; i < count; i++)
        ((ListObj *)list)->items[i] = u->stack[from + i];
    u->stack_count = from;
    return list;
}

static int memo_put(UnpicklerObj *u, int64_t number, ObjRef value)
{
    if (number >= u->memo_capacity) {
        if (number > 2 * u->memo_capacity + 4096) {
            Obj *key = int_new(number);
            if (u->sparse == NULL)
                u->sparse = dict_new();
            int result = key == NULL || u->sparse == NULL ? -1 : dict_set(u->sparse, key, value);
            obj_xdecref(key);
            return result;
        }
        if (!grow(&u->memo, &u->memo_capacity, number + 1, sizeof(Obj *)))
            return -1;
    }
    if (u->memo[number] == NULL)
        u->memo_count++;
    obj_replace(&u->memo[number], obj_incref(value));
    return 0;
}

static ObjRef memo_get(UnpicklerObj *u, int64_t number)
{
    if (number >= 0 && number < u->memo_capacity && u->memo[number] != NULL)
        return u->memo[number];
    if (u->sparse != NULL) {
        Obj *key = int_new(number);
        ObjRef value = key == NULL ? NULL : dict_peek(u->sparse, key);
        obj_xdecref(key);
        if (value != NULL || err_occurred() != NULL)
            return value;
    }
    err_format(pickle_unpickling_error, "Memo value not found at index %lld", (long long)number);
    return NULL;
}

static void memo_clear(UnpicklerObj *u)
{
    Obj **memo = u->memo;
    int64_t capacity = u->memo_capacity;
    u->memo = NULL;
    u->memo_count = u->memo_capacity = 0;
    for (int64_t i = 0; i < capacity; i++)
        obj_xdecref(memo[i]);
    mem_free(memo, (size_t)capacity * sizeof *memo);
    obj_clear(&u->sparse);
}

static int store(UnpicklerObj *u, int64_t number)
{
    ObjRef value = top(u);
    return value == NULL ? -1 : memo_put(u, number, value);
}

static int fetch(UnpicklerObj *u, int64_t number)
{
    ObjRef value = memo_get(u, number);
    return value == NULL ? -1 : push_steal(u, obj_incref(value));
}

/* ---- numbers and text */

/* The number of a line; ValueError as CPython words it. */
static Obj *parse_int(const unsigned char *text, int64_t length)
{
    Obj *value = int_from_text((const char *)text, length, 0);
    if (value == NULL && err_matches(&exc_value_error))
        err_string(&exc_value_error, "could not convert string to int");
    return value;
}

static int load_int(UnpicklerObj *u)
{
    int64_t length;
    const unsigned char *text = need_line(u, &length);
    if (text == NULL)
        return -1;
    if (length == 2 && text[0] == '0' && (text[1] == '0' || text[1] == '1'))
        return push_steal(u, bool_new(text[1] == '1'));
    return push_steal(u, parse_int(text, length));
}

static int load_long_text(UnpicklerObj *u)
{
    int64_t length;
    const unsigned char *text = need_line(u, &length);
    if (text == NULL)
        return -1;
    if (length > 0 && text[length - 1] == 'L')
        length--;
    return push_steal(u, parse_int(text, length));
}

static int load_long_bytes(UnpicklerObj *u, int width)
{
    const unsigned char *bytes = need(u, width);
    if (bytes == NULL)
        return -1;
    int64_t size = width == 1 ? bytes[0] : (int32_t)little(bytes, 4);
    if (size < 0)
        return fail_with("LONG pickle has negative byte count");
    bytes = need(u, size);
    if (bytes == NULL)
        return -1;
    return push_steal(u, size == 0 ? int_new(0) : int_from_bytes(bytes, size, true, true));
}

static int load_float_text(UnpicklerObj *u)
{
    int64_t length;
    const unsigned char *text = need_line(u, &length);
    Obj *str = text == NULL ? NULL : str_from_latin1((const char *)text, length);
    Obj *value = str == NULL ? NULL : float_from_object(str);
    obj_xdecref(str);
    return push_steal(u, value);
}

static int load_float_bytes(UnpicklerObj *u)
{
    const unsigned char *bytes = need(u, 8);
    if (bytes == NULL)
        return -1;
    uint64_t bits = 0;
    double value;
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | bytes[i];
    memcpy(&value, &bits, sizeof value);
    return push_steal(u, float_new(value));
}

/* A str of Python 2: bytes, or decoded by the encoding that was given. */
static Obj *old_string(UnpicklerObj *u, const unsigned char *data, int64_t length)
{
    const char *encoding = str_utf8(u->encoding, NULL), *errors = str_utf8(u->errors, NULL);
    if (encoding == NULL || errors == NULL)
        return NULL;
    if (strcmp(encoding, "bytes") == 0)
        return bytes_new(data, length);
    return codec_decode(data, length, encoding, errors);
}

static int load_string(UnpicklerObj *u)
{
    int64_t length;
    const unsigned char *text = need_line(u, &length);
    if (text == NULL)
        return -1;
    if (length < 2 || text[0] != text[length - 1] || (text[0] != '\'' && text[0] != '"'))
        return fail_with("the STRING opcode argument must be quoted");
    Obj *body = bytes_new(text + 1, length - 2), *decode = NULL, *pair = NULL, *value = NULL;
    if (body != NULL && (decode = pickle_import("_codecs", "escape_decode")) != NULL)
        pair = obj_call1(decode, body);
    if (pair != NULL && tuple_check(pair) && tuple_length(pair) == 2 &&
        bytes_check(tuple_peek(pair, 0)))
        value = old_string(u, bytes_cast(tuple_peek(pair, 0))->data,
                           bytes_cast(tuple_peek(pair, 0))->length);
    obj_xdecref(body);
    obj_xdecref(decode);
    obj_xdecref(pair);
    return push_steal(u, value);
}

static int load_old_string(UnpicklerObj *u, int width)
{
    const unsigned char *bytes = need(u, width);
    if (bytes == NULL)
        return -1;
    int64_t size = width == 1 ? bytes[0] : (int32_t)little(bytes, 4);
    if (size < 0)
        return fail_with("BINSTRING pickle has negative byte count");
    bytes = need(u, size);
    return bytes == NULL ? -1 : push_steal(u, old_string(u, bytes, size));
}

static int load_text_line(UnpicklerObj *u)
{
    int64_t length;
    const unsigned char *text = need_line(u, &length);
    if (text == NULL)
        return -1;
    return push_steal(u, codec_decode(text, length, "raw-unicode-escape", "strict"));
}

static int load_text(UnpicklerObj *u, int width)
{
    int64_t size;
    if (need_size(u, width, "BINUNICODE8", &size) < 0)
        return -1;
    const unsigned char *bytes = need(u, size);
    return bytes == NULL ? -1 : push_steal(u, str_from_utf8_surrogates((const char *)bytes, size));
}

static int load_bytes(UnpicklerObj *u, int width, bool array)
{
    int64_t size;
    if (need_size(u, width, array ? "BYTEARRAY8" : "BINBYTES", &size) < 0)
        return -1;
    const unsigned char *bytes = need(u, size);
    if (bytes == NULL)
        return -1;
    return push_steal(u, array ? bytearray_new(bytes, size) : bytes_new(bytes, size));
}

static int load_next_buffer(UnpicklerObj *u)
{
    if (u->buffers == NULL)
        return fail_with("pickle stream refers to out-of-band data but no *buffers* argument was "
                         "given");
    Obj *buffer = NULL;
    int more = obj_next(u->buffers, &buffer);
    if (more == 0)
        return fail_with("not enough out-of-band buffers");
    return more < 0 ? -1 : push_steal(u, buffer);
}

static int load_readonly_buffer(UnpicklerObj *u)
{
    ObjRef value = top(u);
    Obj *view = value == NULL ? NULL : memoryview_new(value);
    if (view == NULL)
        return -1;
    int result = 0;
    if (!((const MemoryViewObj *)view)->readonly) {
        Obj *name = str_intern_ascii("toreadonly");
        Obj *readonly = name == NULL ? NULL : obj_call_method(view, name, NULL, 0);
        obj_xdecref(name);
        if (readonly == NULL)
            result = -1;
        else
            obj_replace(&u->stack[u->stack_count - 1], readonly);
    }
    obj_decref(view);
    return result;
}

/* ---- containers */

static int load_short_tuple(UnpicklerObj *u, int64_t count)
{
    if (u->stack_count - floor_of(u) < count)
        return underflow(u);
    return push_steal(u, take_tuple(u, u->stack_count - count));
}

static int load_tuple(UnpicklerObj *u)
{
    int64_t from = pop_mark(u);
    return from < 0 ? -1 : push_steal(u, take_tuple(u, from));
}

static int load_list(UnpicklerObj *u)
{
    int64_t from = pop_mark(u);
    return from < 0 ? -1 : push_steal(u, take_list(u, from));
}

/* Calls target.name(argument). */
static int call_with(ObjRef target, const char *method, ObjRef argument)
{
    Obj *name = str_intern_ascii(method);
    const ObjRef args[] = {argument};
    Obj *result = name == NULL ? NULL : obj_call_method(target, name, args, 1);
    obj_xdecref(name);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* The values above `from` go to the list (or what acts like one) below them. */
static int append_from(UnpicklerObj *u, int64_t from)
{
    if (from <= floor_of(u)) {
        underflow(u);
        return -1;
    }
    if (from == u->stack_count)
        return 0;
    Obj *target = obj_incref(u->stack[from - 1]), *items = NULL;
    int result = 0;
    if (obj_type(target) == &list_type) {
        while (result == 0 && from < u->stack_count) {
            for (int64_t i = from; result == 0 && i < u->stack_count; i++)
                result = list_append(target, u->stack[i]);
            drop_to(u, from);
        }
        obj_decref(target);
        return result;
    }
    items = take_list(u, from);
    Obj *name = items == NULL ? NULL : str_intern_ascii("extend");
    int has = name == NULL ? -1 : obj_hasattr(target, name);
    obj_xdecref(name);
    if (has > 0) {
        result = call_with(target, "extend", items);
    } else if (has == 0) {
        for (int64_t i = 0; result == 0 && i < ((const ListObj *)items)->length; i++)
            result = call_with(target, "append", list_peek(items, i));
    } else {
        result = -1;
    }
    obj_xdecref(items);
    obj_decref(target);
    return result;
}

static int load_append(UnpicklerObj *u)
{
    if (u->stack_count - floor_of(u) < 2)
        return underflow(u);
    return append_from(u, u->stack_count - 1);
}

/* Pairs above `from` become items of the mapping below them. */
static int set_items_from(UnpicklerObj *u, int64_t from)
{
    if (from <= floor_of(u))
        return underflow(u);
    if ((u->stack_count - from) % 2 != 0)
        return fail_with("odd number of items for SETITEMS");
    Obj *target = obj_incref(u->stack[from - 1]);
    Obj *pairs = take_tuple(u, from);
    int result = pairs == NULL ? -1 : 0;
    for (int64_t i = 0; result == 0 && i < tuple_length(pairs); i += 2) {
        result = obj_type(target) == &dict_type
                     ? dict_set(target, tuple_peek(pairs, i), tuple_peek(pairs, i + 1))
                     : obj_setitem(target, tuple_peek(pairs, i), tuple_peek(pairs, i + 1));
    }
    obj_xdecref(pairs);
    obj_decref(target);
    return result;
}

static int load_dict(UnpicklerObj *u)
{
    int64_t from = pop_mark(u);
    if (from < 0)
        return -1;
    if ((u->stack_count - from) % 2 != 0)
        return fail_with("odd number of items for DICT");
    Obj *dict = dict_new();
    Obj *pairs = dict == NULL ? NULL : take_tuple(u, from);
    int result = pairs == NULL ? -1 : 0;
    for (int64_t i = 0; result == 0 && i < tuple_length(pairs); i += 2)
        result = dict_set(dict, tuple_peek(pairs, i), tuple_peek(pairs, i + 1));
    obj_xdecref(pairs);
    if (result < 0)
        obj_clear(&dict);
    return push_steal(u, dict);
}

static int load_additems(UnpicklerObj *u)
{
    int64_t from = pop_mark(u);
    if (from < 0)
        return -1;
    if (from <= floor_of(u))
        return underflow(u);
    if (from == u->stack_count)
        return 0;
    Obj *target = obj_incref(u->stack[from - 1]);
    Obj *items = take_tuple(u, from);
    int result = items == NULL ? -1 : 0;
    if (result == 0 && obj_is(target, &set_type)) {
        result = set_update(target, items);
    } else {
        for (int64_t i = 0; result == 0 && i < tuple_length(items); i++)
            result = call_with(target, "add", tuple_peek(items, i));
    }
    obj_xdecref(items);
    obj_decref(target);
    return result;
}

static int load_frozenset(UnpicklerObj *u)
{
    int64_t from = pop_mark(u);
    Obj *items = from < 0 ? NULL : take_tuple(u, from);
    Obj *set = items == NULL ? NULL : frozenset_new(items);
    obj_xdecref(items);
    return push_steal(u, set);
}

/* ---- names, classes and instances */

static Obj *find_by_name(UnpicklerObj *u, ObjRef module, ObjRef name)
{
    Obj *find = pickle_import("pickle", "_find_class"), *found = NULL;
    Obj *protocol = int_new(u->protocol);
    if (find != NULL && protocol != NULL) {
        const ObjRef args[] = {module, name, protocol, u->fix_imports ? obj_true : obj_false};
        found = obj_call(find, args, 4, NULL);
    }
    obj_xdecref(find);
    obj_xdecref(protocol);
    return found;
}

/* Asks find_class, which a subclass may have replaced. */
static Obj *find_class(UnpicklerObj *u, ObjRef module, ObjRef name)
{
    return u->find_class != NULL ? obj_call2(u->find_class, module, name)
                                 : find_by_name(u, module, name);
}

/* The class that the next two lines name. */
static Obj *named_class(UnpicklerObj *u, const char *encoding)
{
    int64_t length;
    Obj *module = NULL, *name = NULL, *found = NULL;
    const unsigned char *line = need_line(u, &length);
    if (line != NULL)
        module = codec_decode(line, length, encoding, "strict");
    if (module != NULL && (line = need_line(u, &length)) != NULL)
        name = codec_decode(line, length, encoding, "strict");
    if (name != NULL)
        found = find_class(u, module, name);
    obj_xdecref(module);
    obj_xdecref(name);
    return found;
}

static int load_stack_global(UnpicklerObj *u)
{
    Obj *name = pop(u), *module = name == NULL ? NULL : pop(u), *found = NULL;
    if (module != NULL) {
        if (str_check_exact(name) && str_check_exact(module))
            found = find_class(u, module, name);
        else
            fail_with("STACK_GLOBAL requires str");
    }
    obj_xdecref(name);
    obj_xdecref(module);
    return push_steal(u, found);
}

static int load_extension(UnpicklerObj *u, int width)
{
    const unsigned char *bytes = need(u, width);
    if (bytes == NULL)
        return -1;
    int64_t code = width == 4 ? (int32_t)little(bytes, 4) : (int64_t)little(bytes, width);
    if (code <= 0)
        return fail_with("EXT specifies code <= 0");
    Obj *number = int_new(code), *cache = pickle_import("copyreg", "_extension_cache");
    Obj *registry = cache == NULL ? NULL : pickle_import("copyreg", "_inverted_registry");
    Obj *found = NULL, *place = NULL;
    if (number == NULL || registry == NULL || !dict_check(cache) || !dict_check(registry))
        goto fail;
    if (dict_get(cache, number, &found) != 0)
        goto fail;
    int known = dict_get(registry, number, &place);
    if (known == 0)
        err_format(&exc_value_error, "unregistered extension code %lld", (long long)code);
    if (known <= 0)
        goto fail;
    if (!tuple_check(place) || tuple_length(place) != 2 || !str_check(tuple_peek(place, 0)) ||
        !str_check(tuple_peek(place, 1))) {
        err_format(&exc_value_error, "_inverted_registry[%lld] isn't a 2-tuple of strings",
                   (long long)code);
        goto fail;
    }
    found = find_class(u, tuple_peek(place, 0), tuple_peek(place, 1));
    if (found != NULL && dict_set(cache, number, found) < 0)
        obj_clear(&found);
fail:
    obj_xdecref(number);
    obj_xdecref(cache);
    obj_xdecref(registry);
    obj_xdecref(place);
    return push_steal(u, found);
}

static int load_persistent(UnpicklerObj *u, Obj *name_steal)
{
    Obj *found = NULL;
    if (name_steal == NULL)
        return -1;
    if (u->ask_persistent == NULL)
        fail_with("A load persistent id instruction was encountered,\nbut no persistent_load "
                  "function was specified.");
    else
        found = obj_call1(u->ask_persistent, name_steal);
    obj_decref(name_steal);
    return push_steal(u, found);
}

static int load_persistent_line(UnpicklerObj *u)
{
    int64_t length;
    const unsigned char *line = need_line(u, &length);
    if (line == NULL)
        return -1;
    Obj *name = codec_decode(line, length, "ascii", "strict");
    if (name == NULL && err_matches(&exc_unicode_decode_error)) {
        err_clear();
        return fail_with("persistent IDs in protocol 0 must be ASCII strings");
    }
    return load_persistent(u, name);
}

static int load_reduce(UnpicklerObj *u)
{
    Obj *args = pop(u), *function = args == NULL ? NULL : pop(u), *value = NULL;
    if (function != NULL) {
        if (tuple_check(args))
            value = obj_call_tuple(function, args, NULL);
        else
            err_string(&exc_type_error, "argument list must be a tuple");
    }
    obj_xdecref(args);
    obj_xdecref(function);
    return push_steal(u, value);
}

static int load_newobj(UnpicklerObj *u, bool with_keywords)
{
    Obj *keywords = with_keywords ? pop(u) : NULL, *value = NULL, *new = NULL, *all = NULL;
    if (with_keywords && keywords == NULL)
        return -1;
    Obj *args = pop(u), *cls = args == NULL ? NULL : pop(u);
    const char *what = with_keywords ? "NEWOBJ_EX" : "NEWOBJ";
    if (cls == NULL)
        goto fail;
    if (!obj_has_flag(cls, TYPE_TYPE)) {
        err_format(pickle_unpickling_error, "%s class argument must be a type, not %T", what, cls);
        goto fail;
    }
    if (!tuple_check(args)) {
        err_format(pickle_unpickling_error, "%s args argument must be a tuple, not %T", what, args);
        goto fail;
    }
    if (keywords != NULL && !dict_check(keywords)) {
        err_format(pickle_unpickling_error, "%s kwargs argument must be a dict, not %T", what,
                   keywords);
        goto fail;
    }
    Type *type = (Type *)cls;
    if (keywords == NULL && type->new == object_new &&tuple_length(args) == 0 &&
        (type->head.flags & TYPE_ABSTRACT) == 0) {
        value = type_new_instance(type);
        goto fail;
    }
    new = obj_getattr_str(cls, "__new__");
    all = new == NULL ? NULL : tuple_new(tuple_length(args) + 1);
    if (all == NULL)
        goto fail;
    tuple_cast(all)->items[0] = obj_incref(cls);
    for (int64_t i = 0; i < tuple_length(args); i++)
        tuple_cast(all)->items[i + 1] = obj_incref(tuple_peek(args, i));
    value = obj_call_tuple(new, all, keywords);
fail:
    obj_xdecref(keywords);
    obj_xdecref(args);
    obj_xdecref(cls);
    obj_xdecref(new);
    obj_xdecref(all);
    return push_steal(u, value);
}

/* An instance as INST and OBJ of protocol 0 and 1 make it. */
static Obj *instantiate(ObjRef cls, ObjRef args)
{
    Obj *name = NULL;
    int wants = 1;
    if (tuple_length(args) == 0 && obj_has_flag(cls, TYPE_TYPE)) {
        name = str_intern_ascii("__getinitargs__");
        wants = name == NULL ? -1 : obj_hasattr(cls, name);
        obj_xdecref(name);
    }
    if (wants < 0)
        return NULL;
    if (wants > 0)
        return obj_call_tuple(cls, args, NULL);
    Obj *new = obj_getattr_str(cls, "__new__");
    Obj *value = new == NULL ? NULL : obj_call1(new, cls);
    obj_xdecref(new);
    return value;
}

static int load_inst(UnpicklerObj *u)
{
    Obj *cls = named_class(u, "ascii"), *args = NULL, *value = NULL;
    int64_t from = cls == NULL ? -1 : pop_mark(u);
    if (from >= 0)
        args = take_tuple(u, from);
    if (args != NULL)
        value = instantiate(cls, args);
    obj_xdecref(cls);
    obj_xdecref(args);
    return push_steal(u, value);
}

static int load_obj(UnpicklerObj *u)
{
    int64_t from = pop_mark(u);
    if (from < 0)
        return -1;
    if (from >= u->stack_count)
        return underflow(u);
    Obj *args = take_tuple(u, from + 1), *cls = args == NULL ? NULL : u->stack[--u->stack_count];
    Obj *value = cls == NULL ? NULL : instantiate(cls, args);
    obj_xdecref(cls);
    obj_xdecref(args);
    return push_steal(u, value);
}

/* Sets attributes past __setattr__, as a copy of __dict__ would. */
static int set_state(ObjRef target, ObjRef state)
{
    bool inline_attributes = obj_has_flag(target, TYPE_INLINE_ATTRS);
    Obj *dict = inline_attributes ? NULL : obj_getattr_str(target, "__dict__");
    if (!inline_attributes && dict == NULL)
        return -1;
    int64_t position = 0;
    ObjRef key_peek, value_peek;
    int result = 0;
    while (result == 0 && dict_next(state, &position, &key_peek, &value_peek)) {
        Obj *key = obj_incref(key_peek), *value = obj_incref(value_peek);
        if (str_check_exact(key))
            str_intern_inplace(&key);
        if (inline_attributes && str_check_exact(key)) {
            result = object_store_attr(target, key, value) < 0 ? -1 : 0;
        } else {
            if (dict == NULL)
                dict = obj_getattr_str(target, "__dict__");
            result = dict == NULL ? -1 : obj_setitem(dict, key, value);
        }
        obj_decref(key);
        obj_decref(value);
    }
    obj_xdecref(dict);
    return result;
}

static int set_slots(ObjRef target, ObjRef slots)
{
    int64_t position = 0;
    ObjRef key_peek, value_peek;
    int result = 0;
    while (result == 0 && dict_next(slots, &position, &key_peek, &value_peek)) {
        Obj *key = obj_incref(key_peek), *value = obj_incref(value_peek);
        result = obj_setattr(target, key, value);
        obj_decref(key);
        obj_decref(value);
    }
    return result;
}

static int load_build(UnpicklerObj *u)
{
    Obj *state = pop(u), *target = NULL, *setter = NULL, *name = NULL;
    int result = -1;
    if (state == NULL)
        return -1;
    ObjRef below = top(u);
    if (below == NULL)
        goto fail;
    target = obj_incref(below);
    name = str_intern_ascii("__setstate__");
    int found = name == NULL ? -1 : obj_getattr_opt(target, name, &setter);
    if (found < 0)
        goto fail;
    if (found > 0) {
        Obj *done = obj_call1(setter, state);
        obj_xdecref(done);
        result = done == NULL ? -1 : 0;
        goto fail;
    }
    ObjRef attributes = state, slots = obj_none;
    if (tuple_check(state) && tuple_length(state) == 2) {
        attributes = tuple_peek(state, 0);
        slots = tuple_peek(state, 1);
    }
    result = 0;
    if (!is_none(attributes)) {
        if (dict_check(attributes))
            result = set_state(target, attributes);
        else
            result = fail_with("state is not a dictionary");
    }
    if (result == 0 && !is_none(slots)) {
        if (dict_check(slots))
            result = set_slots(target, slots);
        else
            result = fail_with("slot state is not a dictionary");
    }
fail:
    obj_decref(state);
    obj_xdecref(target);
    obj_xdecref(setter);
    obj_xdecref(name);
    return result;
}

/* ---- the machine */

static int load_frame(UnpicklerObj *u)
{
    int64_t size;
    if (need_size(u, 8, "FRAME length", &size) < 0)
        return -1;
    if (u->at < u->window.length || u->read == NULL)
        return size <= u->window.length - u->at ? 0 : fail_with("pickle data was truncated");
    if (refill(u, u->read, size) < 0)
        return -1;
    return u->window.length < size ? fail_with("pickle data was truncated") : 0;
}

static int refuse(unsigned code)
{
    if (code >= 32 && code < 127 && code != '\'' && code != '\\')
        err_format(pickle_unpickling_error, "invalid load key, '%c'.", (int)code);
    else {
        static const char digits[] = "0123456789abcdef";
        char text[] = "\\x00";
        text[2] = digits[code >> 4];
        text[3] = digits[code & 15];
        err_format(pickle_unpickling_error, "invalid load key, '%s'.", text);
    }
    return -1;
}

/* GET and PUT with the number as text. */
static int load_memo_line(UnpicklerObj *u, bool put)
{
    int64_t length, number;
    const unsigned char *text = need_line(u, &length);
    Obj *value = text == NULL ? NULL : int_from_text((const char *)text, length, 10);
    if (value == NULL)
        return -1;
    int fits = int_to_int64(value, &number);
    obj_decref(value);
    if (fits != 0)
        number = -1;
    if (put && number < 0)
        return err_format_int(&exc_value_error, "negative PUT argument");
    return put ? store(u, number) : fetch(u, number);
}

/* Instructions with a number of `width` bytes that goes to the stack, the memo, or comes from it.
 */
static int load_number(UnpicklerObj *u, unsigned code, int width)
{
    const unsigned char *bytes = need(u, width);
    if (bytes == NULL)
        return -1;
    int64_t number = (int64_t)little(bytes, width);
    switch (code) {
    case PICKLE_BININT:
        return push_steal(u, int_new((int32_t)number));
    case PICKLE_BININT1:
    case PICKLE_BININT2:
        return push_steal(u, int_new(number));
    case PICKLE_BINPUT:
    case PICKLE_LONG_BINPUT:
        return store(u, number);
    default:
        return fetch(u, number);
    }
}

static int load_mark(UnpicklerObj *u)
{
    if (u->mark_count == u->mark_capacity &&
        !grow(&u->marks, &u->mark_capacity, 0, sizeof(int64_t)))
        return -1;
    u->marks[u->mark_count++] = u->stack_count;
    return 0;
}

static int load_pop(UnpicklerObj *u)
{
    if (u->mark_count > 0 && u->marks[u->mark_count - 1] == u->stack_count) {
        u->mark_count--;
        return 0;
    }
    Obj *value = pop(u);
    obj_xdecref(value);
    return value == NULL ? -1 : 0;
}

static int load_pop_mark(UnpicklerObj *u)
{
    int64_t from = pop_mark(u);
    if (from < 0)
        return -1;
    drop_to(u, from);
    return 0;
}

static int load_proto(UnpicklerObj *u)
{
    const unsigned char *version = need(u, 1);
    if (version == NULL)
        return -1;
    if (*version > PICKLE_HIGHEST)
        return err_format_int(&exc_value_error, "unsupported pickle protocol: %d", (int)*version);
    u->protocol = *version;
    return 0;
}

/* Runs one instruction: 0/-1. */
static int step(UnpicklerObj *u, unsigned code)
{
    int64_t from;
    ObjRef value;
    switch (code) {
    case PICKLE_PROTO:
        return load_proto(u);
    case PICKLE_FRAME:
        return load_frame(u);
    case PICKLE_MARK:
        return load_mark(u);
    case PICKLE_POP:
        return load_pop(u);
    case PICKLE_POP_MARK:
        return load_pop_mark(u);
    case PICKLE_DUP:
        value = top(u);
        return value == NULL ? -1 : push_steal(u, obj_incref(value));
    case PICKLE_MEMOIZE:
        return store(u, u->memo_count);
    case PICKLE_PUT:
    case PICKLE_GET:
        return load_memo_line(u, code == PICKLE_PUT);
    case PICKLE_BININT1:
    case PICKLE_BINPUT:
    case PICKLE_BINGET:
        return load_number(u, code, 1);
    case PICKLE_BININT2:
        return load_number(u, code, 2);
    case PICKLE_BININT:
    case PICKLE_LONG_BINPUT:
    case PICKLE_LONG_BINGET:
        return load_number(u, code, 4);
    case PICKLE_NONE:
        return push_steal(u, none_new());
    case PICKLE_NEWTRUE:
    case PICKLE_NEWFALSE:
        return push_steal(u, bool_new(code == PICKLE_NEWTRUE));
    case PICKLE_INT:
        return load_int(u);
    case PICKLE_LONG:
        return load_long_text(u);
    case PICKLE_LONG1:
        return load_long_bytes(u, 1);
    case PICKLE_LONG4:
        return load_long_bytes(u, 4);
    case PICKLE_FLOAT:
        return load_float_text(u);
    case PICKLE_BINFLOAT:
        return load_float_bytes(u);
    case PICKLE_STRING:
        return load_string(u);
    case PICKLE_BINSTRING:
        return load_old_string(u, 4);
    case PICKLE_SHORT_BINSTRING:
        return load_old_string(u, 1);
    case PICKLE_UNICODE:
        return load_text_line(u);
    case PICKLE_SHORT_BINUNICODE:
        return load_text(u, 1);
    case PICKLE_BINUNICODE:
        return load_text(u, 4);
    case PICKLE_BINUNICODE8:
        return load_text(u, 8);
    case PICKLE_SHORT_BINBYTES:
        return load_bytes(u, 1, false);
    case PICKLE_BINBYTES:
        return load_bytes(u, 4, false);
    case PICKLE_BINBYTES8:
        return load_bytes(u, 8, false);
    case PICKLE_BYTEARRAY8:
        return load_bytes(u, 8, true);
    case PICKLE_NEXT_BUFFER:
        return load_next_buffer(u);
    case PICKLE_READONLY_BUFFER:
        return load_readonly_buffer(u);
    case PICKLE_EMPTY_TUPLE:
        return push_steal(u, tuple_new(0));
    case PICKLE_TUPLE1:
    case PICKLE_TUPLE2:
    case PICKLE_TUPLE3:
        return load_short_tuple(u, (int64_t)code - PICKLE_TUPLE1 + 1);
    case PICKLE_TUPLE:
        return load_tuple(u);
    case PICKLE_EMPTY_LIST:
        return push_steal(u, list_new(0));
    case PICKLE_LIST:
        return load_list(u);
    case PICKLE_APPEND:
        return load_append(u);
    case PICKLE_APPENDS:
        from = pop_mark(u);
        return from < 0 ? -1 : append_from(u, from);
    case PICKLE_EMPTY_DICT:
        return push_steal(u, dict_new());
    case PICKLE_DICT:
        return load_dict(u);
    case PICKLE_SETITEM:
        return u->stack_count - floor_of(u) < 2 ? underflow(u)
                                                : set_items_from(u, u->stack_count - 2);
    case PICKLE_SETITEMS:
        from = pop_mark(u);
        return from < 0 ? -1 : set_items_from(u, from);
    case PICKLE_EMPTY_SET:
        return push_steal(u, set_new(NULL));
    case PICKLE_ADDITEMS:
        return load_additems(u);
    case PICKLE_FROZENSET:
        return load_frozenset(u);
    case PICKLE_GLOBAL:
        return push_steal(u, named_class(u, "utf-8"));
    case PICKLE_STACK_GLOBAL:
        return load_stack_global(u);
    case PICKLE_EXT1:
        return load_extension(u, 1);
    case PICKLE_EXT2:
        return load_extension(u, 2);
    case PICKLE_EXT4:
        return load_extension(u, 4);
    case PICKLE_PERSID:
        return load_persistent_line(u);
    case PICKLE_BINPERSID:
        return load_persistent(u, pop(u));
    case PICKLE_REDUCE:
        return load_reduce(u);
    case PICKLE_NEWOBJ:
        return load_newobj(u, false);
    case PICKLE_NEWOBJ_EX:
        return load_newobj(u, true);
    case PICKLE_INST:
        return load_inst(u);
    case PICKLE_OBJ:
        return load_obj(u);
    case PICKLE_BUILD:
        return load_build(u);
    default:
        return refuse(code);
    }
}

/* Looks for an attribute of the instance or a subclass: *out owned, or NULL when absent. */
static int look_for(ObjRef self, const char *attribute, Obj **out)
{
    Obj *name = str_intern_ascii(attribute);
    int found = name == NULL ? -1 : obj_getattr_opt(self, name, out);
    obj_xdecref(name);
    if (found <= 0)
        *out = NULL;
    return found < 0 ? -1 : 0;
}

static Obj *run(UnpicklerObj *u)
{
    if (u->running)
        return err_string(&exc_runtime_error, "an unpickler cannot be used while it runs");
    Obj *result = NULL;
    u->running = true;
    u->protocol = 0;
    if (obj_type(&u->base) != &pickle_unpickler_type &&
        look_for(&u->base, "find_class", &u->find_class) < 0)
        goto fail;
    if (look_for(&u->base, "persistent_load", &u->ask_persistent) < 0)
        goto fail;
    for (;;) {
        if (u->at >= u->window.length) {
            if (u->read == NULL || refill(u, u->read, 1) < 0 || u->window.length == 0) {
                if (err_occurred() == NULL)
                    err_string(&exc_eof_error, "Ran out of input");
                goto fail;
            }
        }
        unsigned code = u->window.data[u->at++];
        if (code == PICKLE_STOP)
            break;
        if (step(u, code) < 0)
            goto fail;
    }
    result = pop(u);
fail:
    /* Values may run code when they go; the machine must be consistent by then. */
    u->mark_count = 0;
    drop_to(u, 0);
    obj_clear(&u->find_class);
    obj_clear(&u->ask_persistent);
    u->running = false;
    return result;
}

/* ---- lifecycle */

static int set_options(UnpicklerObj *u, ObjRef fix_imports, ObjRef encoding, ObjRef errors,
                       ObjRef buffers)
{
    u->fix_imports = true;
    if (args_to_bool(fix_imports, &u->fix_imports) < 0)
        return -1;
    if ((encoding != NULL && args_require_str(encoding, "Unpickler", "encoding") < 0) ||
        (errors != NULL && args_require_str(errors, "Unpickler", "errors") < 0))
        return -1;
    Obj *encoding_text = encoding != NULL ? obj_incref(encoding) : str_from_ascii("ASCII");
    Obj *errors_text = errors != NULL ? obj_incref(errors) : str_from_ascii("strict");
    Obj *iterator = NULL;
    int result = encoding_text == NULL || errors_text == NULL ? -1 : 0;
    if (result == 0 && buffers != NULL && !is_none(buffers)) {
        iterator = obj_iter(buffers);
        result = iterator == NULL ? -1 : 0;
    }
    if (result < 0) {
        obj_xdecref(encoding_text);
        obj_xdecref(errors_text);
        return -1;
    }
    obj_replace(&u->encoding, encoding_text);
    obj_replace(&u->errors, errors_text);
    obj_replace(&u->buffers, iterator);
    return 0;
}

static int set_file(UnpicklerObj *u, ObjRef file)
{
    Obj *read = NULL, *readline = NULL;
    if (look_for(file, "read", &read) < 0)
        return -1;
    if (look_for(file, "readline", &readline) < 0) {
        obj_xdecref(read);
        return -1;
    }
    if (read == NULL || readline == NULL) {
        obj_xdecref(read);
        obj_xdecref(readline);
        return err_format_int(&exc_type_error, "file must have 'read' and 'readline' attributes");
    }
    obj_replace(&u->read, read);
    obj_replace(&u->readline, readline);
    close_window(u);
    return 0;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, sizeof(UnpicklerObj));
    if (self != NULL)
        obj_track_if_gc(self);
    return self;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "Unpickler", 0, 1, 1, 5, {"file", "fix_imports", "encoding", "errors", "buffers"}};
    ObjRef out[5];
    UnpicklerObj *u = unpickler_cast(self);
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return -1;
    if (u->running)
        return err_format_int(&exc_runtime_error, "an unpickler cannot be used while it runs");
    if (set_file(u, out[0]) < 0 || set_options(u, out[1], out[2], out[3], out[4]) < 0)
        return -1;
    memo_clear(u);
    return 0;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const UnpicklerObj *u = (const UnpicklerObj *)self;
    GC_VISIT(u->read);
    GC_VISIT(u->readline);
    GC_VISIT(u->window.owner);
    GC_VISIT(u->sparse);
    GC_VISIT(u->encoding);
    GC_VISIT(u->errors);
    GC_VISIT(u->buffers);
    GC_VISIT(u->persistent_load);
    GC_VISIT(u->find_class);
    GC_VISIT(u->ask_persistent);
    for (int64_t i = 0; i < u->stack_count; i++)
        GC_VISIT(u->stack[i]);
    for (int64_t i = 0; i < u->memo_capacity; i++)
        GC_VISIT(u->memo[i]);
    return 0;
}

static void release(UnpicklerObj *u)
{
    close_window(u);
    drop_to(u, 0);
    memo_clear(u);
    obj_clear(&u->read);
    obj_clear(&u->readline);
    obj_clear(&u->encoding);
    obj_clear(&u->errors);
    obj_clear(&u->buffers);
    obj_clear(&u->persistent_load);
}

static int clear(ObjRef self)
{
    release(unpickler_cast(self));
    return 0;
}

static void dealloc(Obj *self)
{
    UnpicklerObj *u = unpickler_cast(self);
    gc_untrack(self);
    release(u);
    mem_free(u->stack, (size_t)u->stack_capacity * sizeof(Obj *));
    mem_free(u->marks, (size_t)u->mark_capacity * sizeof(int64_t));
    obj_free(self, sizeof(UnpicklerObj));
}

/* ---- methods */

static Obj *method_load(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    UnpicklerObj *u = unpickler_cast(self);
    if (u->read == NULL)
        return err_format(pickle_unpickling_error,
                          "Unpickler.__init__() was not called by %s.__init__()",
                          obj_head(self)->name);
    return run(u);
}

static Obj *method_find_class(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return find_by_name(unpickler_cast(self), args[0], args[1]);
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const UnpicklerObj *u = (const UnpicklerObj *)self;
    return int_new(obj_size(self) +
                   (u->memo_capacity + u->stack_capacity) * (int64_t)sizeof(Obj *) +
                   u->mark_capacity * (int64_t)sizeof(int64_t));
}

/* The memo as a dict from numbers to objects; what is changed in it has no effect. */
static Obj *get_memo(ObjRef self)
{
    const UnpicklerObj *u = (const UnpicklerObj *)self;
    Obj *memo = u->sparse != NULL ? dict_copy(u->sparse) : dict_new();
    for (int64_t i = 0; memo != NULL && i < u->memo_capacity; i++) {
        if (u->memo[i] == NULL)
            continue;
        Obj *number = int_new(i);
        if (number == NULL || dict_set(memo, number, u->memo[i]) < 0)
            obj_clear(&memo);
        obj_xdecref(number);
    }
    return memo;
}

static int set_memo(ObjRef self, ObjRef value)
{
    UnpicklerObj *u = unpickler_cast(self);
    if (value == NULL)
        return err_format_int(&exc_type_error, "attribute deletion is not supported");
    if (!dict_check(value))
        return err_format_int(&exc_type_error,
                              "'memo' attribute must be an UnpicklerMemoProxy object or dict, not "
                              "%T",
                              value);
    if (u->running)
        return err_format_int(&exc_runtime_error, "an unpickler cannot be used while it runs");
    int64_t position = 0, number;
    ObjRef key, item;
    while (dict_next(value, &position, &key, &item)) {
        if (!int_check(key))
            return err_format_int(&exc_type_error, "memo key must be integers");
        if (int_to_int64(key, &number) != 0 || number < 0)
            return err_format_int(&exc_value_error, "memo key must be positive integers.");
    }
    Obj *held = obj_incref(value);
    memo_clear(u);
    int result = 0;
    position = 0;
    while (result == 0 && dict_next(held, &position, &key, &item)) {
        int_to_int64(key, &number);
        result = memo_put(u, number, item);
    }
    obj_decref(held);
    return result;
}

static Obj *get_persistent_load(ObjRef self)
{
    ObjRef value = unpickler_cast(self)->persistent_load;
    if (value != NULL)
        return obj_incref(value);
    return err_string(&exc_attribute_error, "persistent_load");
}

static int set_persistent_load(ObjRef self, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "attribute deletion is not supported");
    if (!obj_is_callable(value))
        return err_format_int(&exc_type_error,
                              "persistent_load must be a callable taking one argument");
    obj_replace(&unpickler_cast(self)->persistent_load, obj_incref(value));
    return 0;
}

static const MethodDef methods[] = {
    {"load", method_load, 0, 0, 0, "load($self, /)\n--\n\nReads one pickle and gives the object."},
    {"find_class", method_find_class, 2, 2, 0,
     "find_class($self, module_name, global_name, /)\n--\n\nThe object that a pickle names; "
     "subclasses may forbid it."},
    {"__sizeof__", method_sizeof, 0, 0, 0, "__sizeof__($self, /)\n--\n\nSize in memory, in bytes."},
    {0},
};

static const GetSetDef getset[] = {
    {"memo", get_memo, set_memo, "What was read already."},
    {"persistent_load", get_persistent_load, set_persistent_load,
     "Gives the objects that stayed outside."},
    {0},
};

Type pickle_unpickler_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_pickle.Unpickler",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .clear = clear,
             .dealloc = dealloc},
    .root = {.type = &pickle_unpickler_type.head},
    .doc = "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          "
           "buffers=())\n--\n\nReads pickles from a binary file.",
    .basic_size = sizeof(UnpicklerObj),
    .new = new,
    .init = init,
    .methods = methods,
    .getset = getset,
};

/* ---- functions */

Obj *pickle_load(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "load", 1, 1, 1, 5, {"file", "fix_imports", "encoding", "errors", "buffers"}};
    (void)self;
    ObjRef out[5];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *unpickler = new (&pickle_unpickler_type, NULL, 0, NULL), *value = NULL;
    if (unpickler == NULL)
        return NULL;
    UnpicklerObj *u = unpickler_cast(unpickler);
    if (set_file(u, out[0]) == 0 && set_options(u, out[1], out[2], out[3], out[4]) == 0)
        value = run(u);
    obj_decref(unpickler);
    return value;
}

Obj *pickle_loads(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "loads", 1, 1, 1, 5, {"data", "fix_imports", "encoding", "errors", "buffers"}};
    (void)self;
    ObjRef out[5];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *unpickler = new (&pickle_unpickler_type, NULL, 0, NULL), *value = NULL;
    if (unpickler == NULL)
        return NULL;
    UnpicklerObj *u = unpickler_cast(unpickler);
    if (buffer_acquire(out[0], &u->window) < 0)
        u->window = (BufferView){0};
    else if (set_options(u, out[1], out[2], out[3], out[4]) == 0)
        value = run(u);
    obj_decref(unpickler);
    return value;
}
