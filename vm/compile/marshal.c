/*
 * Module marshal, in CPython's format but for code objects, whose parts are Ouro's own.
 *
 * A value is a type byte and its content, numbers little-endian.  FLAG_REF in the type byte gives
 * the value the next number in a list to which "r" refers; so shared parts stay shared and cycles
 * of lists and dicts can be told.  The writer sets it for what has more than one reference, as
 * CPython does.
 *
 * Reading trusts nothing: lengths are compared with what is left before anything is allocated,
 * depth is bounded, a container that is still being read cannot be referred to where it must not be
 * seen unfinished, and code goes through verify.c.
 */

#include "vm/compile/marshal.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/complex.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"

enum { FLAG_REF = 0x80, MAX_DEPTH = 2000, DIGIT_BITS = 15, HANDLER_WORDS = 5 };

/* ---- writing */

typedef struct RefEntry {
    ObjRef object; /* NULL: free */
    int32_t index;
} RefEntry;

typedef struct Writer {
    unsigned char *data;
    size_t length, room;
    int64_t version;
    int depth;
    RefEntry *refs; /* open addressing by address */
    int64_t ref_room;
    int32_t ref_count;
    bool failed; /* memory is out; the exception is raised at the end */
} Writer;

static void put(Writer *w, const void *data, size_t length)
{
    if (w->failed || length == 0)
        return;
    if (w->room - w->length < length) {
        size_t room = (w->length + length) * 2 + 64;
        unsigned char *grown = mem_realloc(w->data, w->room, room);
        if (grown == NULL) {
            w->failed = true;
            return;
        }
        w->data = grown;
        w->room = room;
    }
    memcpy(w->data + w->length, data, length);
    w->length += length;
}

static void put_byte(Writer *w, int byte)
{
    unsigned char octet = (unsigned char)byte;
    put(w, &octet, 1);
}

static void put_short(Writer *w, unsigned value)
{
    put_byte(w, (int)(value & 0xFF));
    put_byte(w, (int)(value >> 8 & 0xFF));
}

static void put_int(Writer *w, int64_t value)
{
    put_short(w, (unsigned)((uint64_t)value & 0xFFFF));
    put_short(w, (unsigned)((uint64_t)value >> 16 & 0xFFFF));
}

/* A length: what does not fit 31 bits cannot be told. */
static int put_size(Writer *w, int64_t size)
{
    if (size > INT32_MAX)
        return err_format_int(&exc_value_error, "unmarshallable object");
    put_int(w, size);
    return 0;
}

static int put_octets(Writer *w, int type, const void *data, int64_t length)
{
    put_byte(w, type);
    if (put_size(w, length) < 0)
        return -1;
    put(w, data, (size_t)length);
    return 0;
}

static RefEntry *ref_entry(Writer *w, ObjRef o)
{
    int64_t mask = w->ref_room - 1, place = (int64_t)((uintptr_t)o >> 4) & mask;
    while (w->refs[place].object != NULL && w->refs[place].object != o)
        place = (place + 1) & mask;
    return &w->refs[place];
}

static bool grow_refs(Writer *w)
{
    int64_t old_room = w->ref_room, room = old_room == 0 ? 64 : old_room * 2;
    RefEntry *old = w->refs, *table = mem_alloc_zero((size_t)room * sizeof(RefEntry));
    if (table == NULL)
        return false;
    w->refs = table;
    w->ref_room = room;
    for (int64_t i = 0; i < old_room; i++) {
        if (old[i].object != NULL)
            *ref_entry(w, old[i].object) = old[i];
    }
    mem_free(old, (size_t)old_room * sizeof(RefEntry));
    return true;
}

/* True when the object was written before and a reference does.  *flag: FLAG_REF for what may be
 * referred to later. */
static bool put_reference(Writer *w, ObjRef o, int *flag)
{
    *flag = 0;
    if (w->version < 3 || o->refcnt == 1)
        return false;
    if (2 * ((int64_t)w->ref_count + 1) > w->ref_room && !grow_refs(w)) {
        w->failed = true;
        return false;
    }
    RefEntry *entry = ref_entry(w, o);
    if (entry->object != NULL) {
        put_byte(w, 'r');
        put_int(w, entry->index);
        return true;
    }
    *entry = (RefEntry){o, w->ref_count++};
    *flag = FLAG_REF;
    return false;
}

static int put_long(Writer *w, ObjRef o, int flag)
{
    int64_t value;
    if (int_to_int64(o, &value) == 0 && value >= INT32_MIN && value <= INT32_MAX) {
        put_byte(w, 'i' | flag);
        put_int(w, value);
        return 0;
    }
    IntView view;
    int_view(o, &view);
    int64_t bits = int_bit_length(o), digits = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    put_byte(w, 'l' | flag);
    if (put_size(w, digits) < 0)
        return -1;
    if (view.negative) {
        w->length -= w->failed ? 0 : 4;
        put_int(w, -digits);
    }
    for (int64_t i = 0; i < digits; i++) {
        int64_t bit = i * DIGIT_BITS, limb = bit / 64, shift = bit % 64;
        uint64_t digit = view.limbs[limb] >> shift;
        if (shift > 64 - DIGIT_BITS && limb + 1 < view.count)
            digit |= view.limbs[limb + 1] << (64 - shift);
        put_short(w, (unsigned)(digit & 0x7FFF));
    }
    return 0;
}

static void put_double(Writer *w, double value)
{
    if (w->version > 1) {
        uint64_t bits;
        memcpy(&bits, &value, sizeof bits);
        put_int(w, (int64_t)(bits & 0xFFFFFFFF));
        put_int(w, (int64_t)(bits >> 32));
        return;
    }
    char text[64];
    int length = float_format_repr(value, text);
    put_byte(w, length);
    put(w, text, (size_t)length);
}

static int put_str(Writer *w, ObjRef o, int flag)
{
    const StrObj *s = str_cast(o);
    bool interned = s->interned && w->version >= 1;
    if (w->version >= 4 && s->ascii) {
        if (s->length < 256) {
            put_byte(w, (interned ? 'Z' : 'z') | flag);
            put_byte(w, (int)s->length);
            put(w, s->data, (size_t)s->length);
            return 0;
        }
        return put_octets(w, (interned ? 'A' : 'a') | flag, s->data, s->length);
    }
    Obj *encoded = codec_encode(o, "utf-8", "surrogatepass");
    if (encoded == NULL)
        return -1;
    int result = put_octets(w, (interned ? 't' : 'u') | flag, bytes_cast(encoded)->data,
                            bytes_cast(encoded)->length);
    obj_decref(encoded);
    return result;
}

static int put_value(Writer *w, ObjRef o);

static int put_items(Writer *w, Obj *const *items, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        if (put_value(w, items[i]) < 0)
            return -1;
    }
    return 0;
}

static int put_dict(Writer *w, ObjRef o, int flag)
{
    put_byte(w, '{' | flag);
    int64_t position = 0;
    ObjRef key, value;
    while (dict_next(o, &position, &key, &value)) {
        if (put_value(w, key) < 0 || put_value(w, value) < 0)
            return -1;
    }
    put_byte(w, '0');
    return 0;
}

static int put_set(Writer *w, ObjRef o, int flag)
{
    put_byte(w, (obj_type(o) == &set_type ? '<' : '>') | flag);
    if (put_size(w, obj_length(o)) < 0)
        return -1;
    int64_t position = 0;
    ObjRef key;
    while (set_next(o, &position, &key)) {
        if (put_value(w, key) < 0)
            return -1;
    }
    return 0;
}

/* The words as plain instructions with empty caches. */
static void put_words(Writer *w, const CodeObj *code)
{
    put_byte(w, 's');
    put_int(w, (int64_t)code->word_count * 4);
    int32_t next, at, arg;
    int op;
    for (int32_t i = 0; i < code->word_count; i = next) {
        next = code_decode(code, i, &op, &arg, &at);
        for (int32_t k = i; k < next; k++) {
            put_short(w, k <= at ? code_base_opcode(code, k) : 0);
            put_short(w, k <= at ? (uint16_t)code->words[k].arg : 0);
        }
    }
}

static int put_code(Writer *w, ObjRef o, int flag)
{
    const CodeObj *code = code_cast(o);
    put_byte(w, 'c' | flag);
    put_int(w, code->argcount);
    put_int(w, code->posonlyargcount);
    put_int(w, code->kwonlyargcount);
    put_int(w, code->stacksize);
    put_int(w, (int64_t)code->flags);
    put_int(w, code->firstlineno);
    put_words(w, code);
    if (put_value(w, code->consts) < 0 || put_value(w, code->names) < 0 ||
        put_value(w, code->slot_names) < 0 ||
        put_octets(w, 's', code->slot_kinds, code->nlocalsplus) < 0 ||
        put_value(w, code->filename) < 0 || put_value(w, code->name) < 0 ||
        put_value(w, code->qualname) < 0 ||
        put_octets(w, 's', code->locations, code->location_bytes) < 0)
        return -1;
    put_byte(w, 's');
    put_int(w, (int64_t)code->handler_count * HANDLER_WORDS * 4);
    for (int32_t i = 0; i < code->handler_count; i++) {
        const CodeHandler *handler = &code->handlers[i];
        put_int(w, handler->start);
        put_int(w, handler->end);
        put_int(w, handler->handler);
        put_int(w, handler->depth);
        put_int(w, handler->lasti);
    }
    return 0;
}

static int put_buffer(Writer *w, ObjRef o, int flag)
{
    if (!buffer_check(o))
        return err_format_int(&exc_value_error, "unmarshallable object");
    BufferView view;
    if (buffer_acquire(o, &view) < 0)
        return -1;
    int result = put_octets(w, 's' | flag, view.data, view.length);
    buffer_release(&view);
    return result;
}

static int put_content(Writer *w, ObjRef o)
{
    int flag;
    if (is_none(o))
        return put_byte(w, 'N'), 0;
    if (o == obj_true || o == obj_false)
        return put_byte(w, o == obj_true ? 'T' : 'F'), 0;
    if (o == &ellipsis_object)
        return put_byte(w, '.'), 0;
    if (o == (ObjRef)&exc_stop_iteration)
        return put_byte(w, 'S'), 0;
    if (put_reference(w, o, &flag))
        return 0;
    const Type *type = obj_type(o);
    if (type == &int_type)
        return put_long(w, o, flag);
    if (type == &float_type) {
        put_byte(w, (w->version > 1 ? 'g' : 'f') | flag);
        return put_double(w, float_value(o)), 0;
    }
    if (type == &complex_type) {
        put_byte(w, (w->version > 1 ? 'y' : 'x') | flag);
        put_double(w, complex_cast(o)->real);
        return put_double(w, complex_cast(o)->imag), 0;
    }
    if (type == &str_type)
        return put_str(w, o, flag);
    if (type == &bytes_type)
        return put_octets(w, 's' | flag, bytes_cast(o)->data, bytes_cast(o)->length);
    if (type == &tuple_type) {
        int64_t count = tuple_length(o);
        if (w->version >= 4 && count < 256) {
            put_byte(w, ')' | flag);
            put_byte(w, (int)count);
        } else {
            put_byte(w, '(' | flag);
            if (put_size(w, count) < 0)
                return -1;
        }
        return put_items(w, tuple_cast(o)->items, count);
    }
    if (type == &list_type) {
        put_byte(w, '[' | flag);
        return put_size(w, list_length(o)) < 0 ? -1
                                               : put_items(w, list_cast(o)->items, list_length(o));
    }
    if (type == &dict_type)
        return put_dict(w, o, flag);
    if (type == &set_type || type == &frozenset_type)
        return put_set(w, o, flag);
    if (code_check(o))
        return put_code(w, o, flag);
    return put_buffer(w, o, flag);
}

static int put_value(Writer *w, ObjRef o)
{
    if (++w->depth > MAX_DEPTH)
        return err_format_int(&exc_value_error, "object too deeply nested to marshal");
    int result = put_content(w, o);
    w->depth--;
    return result;
}

Obj *marshal_dump(ObjRef value, int64_t version)
{
    Writer w = {.version = version};
    Obj *result = NULL;
    if (put_value(&w, value) == 0)
        result = w.failed ? err_no_memory() : bytes_new(w.data, (int64_t)w.length);
    mem_free(w.data, w.room);
    mem_free(w.refs, (size_t)w.ref_room * sizeof(RefEntry));
    return result;
}

/* ---- reading */

typedef struct Reader {
    const unsigned char *next, *end; /* of memory, or of *chunk */
    ObjRef file;                     /* read from its read(); or NULL */
    Obj *chunk;                      /* bytes last read from the file */
    Obj **refs;                      /* owned; NULL: not finished yet */
    int64_t ref_count, ref_room;
    int depth;
} Reader;

static Obj *bad(const char *what)
{
    return err_format(&exc_value_error, "bad marshal data (%s)", what);
}

static int bad_int(const char *what)
{
    bad(what);
    return -1;
}

/* The next `count` bytes, valid until the next call; NULL with EOFError. */
static const unsigned char *take(Reader *r, int64_t count)
{
    if (r->file != NULL) {
        Obj *number = int_new(count);
        Obj *chunk = number == NULL
                         ? NULL
                         : obj_call_method(r->file, names.read, (const ObjRef *)&number, 1);
        obj_xdecref(number);
        if (chunk == NULL)
            return NULL;
        if (!bytes_check(chunk)) {
            err_format(&exc_type_error, "file.read() returned not bytes but %T", chunk);
            obj_decref(chunk);
            return NULL;
        }
        obj_replace(&r->chunk, chunk);
        r->next = bytes_cast(chunk)->data;
        r->end = r->next + bytes_cast(chunk)->length;
        if (r->end - r->next > count)
            return (void *)err_format(&exc_value_error,
                                      "read() returned too much data: %lld bytes requested, %lld "
                                      "returned",
                                      (long long)count, (long long)(r->end - r->next));
    }
    if (r->end - r->next < count)
        return (void *)err_string(&exc_eof_error, "marshal data too short");
    const unsigned char *start = r->next;
    r->next += count;
    return start;
}

static int take_byte(Reader *r)
{
    const unsigned char *data = take(r, 1);
    return data == NULL ? -1 : data[0];
}

static int take_int(Reader *r, int64_t *out)
{
    const unsigned char *data = take(r, 4);
    if (data == NULL)
        return -1;
    *out = (int32_t)((uint32_t)data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 |
                     (uint32_t)data[3] << 24);
    return 0;
}

/* A number of items, each of at least one byte. */
static int take_count(Reader *r, int64_t *out, const char *what)
{
    if (take_int(r, out) < 0)
        return -1;
    if (*out < 0)
        return bad_int(what);
    if (r->file == NULL && *out > r->end - r->next) {
        err_string(&exc_eof_error, "marshal data too short");
        return -1;
    }
    return 0;
}

/* Gives the next number: its index, or -1. */
static int64_t reserve_ref(Reader *r, int flag)
{
    if (flag == 0)
        return 0;
    if (r->ref_count == r->ref_room) {
        int64_t room = r->ref_room == 0 ? 32 : r->ref_room * 2;
        Obj **grown =
            mem_realloc(r->refs, (size_t)r->ref_room * sizeof(Obj *), (size_t)room * sizeof(Obj *));
        if (grown == NULL) {
            err_no_memory();
            return -1;
        }
        r->refs = grown;
        r->ref_room = room;
    }
    r->refs[r->ref_count] = NULL;
    return r->ref_count++;
}

/* Makes the object what `index` means. */
static Obj *keep_ref(Reader *r, int flag, int64_t index, Obj *object)
{
    if (flag != 0 && object != NULL)
        obj_replace(&r->refs[index], obj_incref(object));
    return object;
}

/* The same for an object that is complete at once. */
static Obj *add_ref(Reader *r, int flag, Obj *object)
{
    int64_t index = object == NULL ? -1 : reserve_ref(r, flag);
    if (index < 0) {
        obj_xdecref(object);
        return NULL;
    }
    return keep_ref(r, flag, index, object);
}

static Obj *take_long(Reader *r)
{
    int64_t count;
    if (take_int(r, &count) < 0)
        return NULL;
    bool negative = count < 0;
    if (negative)
        count = -count;
    if (count == 0)
        return int_new(0);
    const unsigned char *data = take(r, count * 2);
    if (data == NULL)
        return NULL;
    int64_t limbs = (count * DIGIT_BITS + 63) / 64;
    uint64_t *numbers = mem_alloc_zero((size_t)limbs * sizeof(uint64_t));
    if (numbers == NULL)
        return err_no_memory();
    Obj *result = NULL;
    for (int64_t i = 0; i < count; i++) {
        uint64_t digit = (uint64_t)data[2 * i] | (uint64_t)data[2 * i + 1] << 8;
        if (digit > 0x7FFF) {
            bad("digit out of range in long");
            goto done;
        }
        if (i == count - 1 && digit == 0) {
            bad("unnormalized long data");
            goto done;
        }
        int64_t bit = i * DIGIT_BITS, limb = bit / 64, shift = bit % 64;
        numbers[limb] |= digit << shift;
        if (shift > 64 - DIGIT_BITS && limb + 1 < limbs)
            numbers[limb + 1] |= digit >> (64 - shift);
    }
    result = int_big_from_limbs(numbers, limbs, negative);
done:
    mem_free(numbers, (size_t)limbs * sizeof(uint64_t));
    return result;
}

static int take_double(Reader *r, bool binary, double *out)
{
    if (binary) {
        const unsigned char *data = take(r, 8);
        uint64_t bits = 0;
        for (int i = 7; data != NULL && i >= 0; i--)
            bits = bits << 8 | data[i];
        memcpy(out, &bits, sizeof *out);
        return data == NULL ? -1 : 0;
    }
    int length = take_byte(r);
    const unsigned char *data = length < 0 ? NULL : take(r, length);
    return data == NULL ? -1 : float_parse((const char *)data, length, out);
}

static Obj *take_text(Reader *r, int type)
{
    int64_t length;
    bool is_short = type == 'z' || type == 'Z', ascii = is_short || type == 'a' || type == 'A';
    if (is_short) {
        length = take_byte(r);
        if (length < 0)
            return NULL;
    } else if (take_count(r, &length, "string size out of range") < 0) {
        return NULL;
    }
    const unsigned char *data = take(r, length);
    if (data == NULL)
        return NULL;
    Obj *text = ascii ? str_from_latin1((const char *)data, length)
                      : str_from_utf8_surrogates((const char *)data, length);
    if (text != NULL && (type == 'Z' || type == 'A' || type == 't'))
        str_intern_inplace(&text);
    return text;
}

static Obj *take_value(Reader *r);

/* As take_value where the end mark of a dict must not stand. */
static Obj *take_item(Reader *r, const char *where)
{
    Obj *item = take_value(r);
    if (item == NULL && err_occurred() == NULL)
        err_format(&exc_type_error, "NULL object in marshal data for %s", where);
    return item;
}

/* `count` values as a list. */
static int take_items(Reader *r, ObjRef list, int64_t count, const char *where)
{
    for (int64_t i = 0; i < count; i++) {
        Obj *item = take_item(r, where);
        if (item == NULL || list_append_steal(list, item) < 0)
            return -1;
    }
    return 0;
}

static Obj *take_tuple(Reader *r, int type, int flag)
{
    int64_t count, index;
    if (type == ')') {
        count = take_byte(r);
        if (count < 0)
            return NULL;
    } else if (take_count(r, &count, "tuple size out of range") < 0) {
        return NULL;
    }
    if ((index = reserve_ref(r, flag)) < 0)
        return NULL;
    Obj *list = list_new(0), *tuple = NULL;
    if (list != NULL && take_items(r, list, count, "tuple") == 0)
        tuple = list_to_tuple(list);
    obj_xdecref(list);
    return keep_ref(r, flag, index, tuple);
}

static Obj *take_list(Reader *r, int flag)
{
    int64_t count;
    if (take_count(r, &count, "list size out of range") < 0)
        return NULL;
    Obj *list = add_ref(r, flag, list_new(0));
    if (list != NULL && take_items(r, list, count, "list") < 0)
        obj_clear(&list);
    return list;
}

static Obj *take_dict(Reader *r, int flag)
{
    Obj *dict = add_ref(r, flag, dict_new());
    while (dict != NULL) {
        Obj *key = take_value(r);
        if (key == NULL && err_occurred() == NULL)
            break;
        Obj *value = key == NULL ? NULL : take_item(r, "dict");
        if (value == NULL || dict_set(dict, key, value) < 0)
            obj_clear(&dict);
        obj_xdecref(key);
        obj_xdecref(value);
    }
    return dict;
}

static Obj *take_set(Reader *r, int type, int flag)
{
    int64_t count, index = 0;
    if (take_count(r, &count, "set size out of range") < 0)
        return NULL;
    Obj *set = type == '<' ? add_ref(r, flag, set_new(NULL)) : NULL;
    if (type == '>' && (index = reserve_ref(r, flag)) >= 0) {
        /* the shared empty frozenset must not be filled */
        set = set_new(NULL);
    }
    for (int64_t i = 0; set != NULL && i < count; i++) {
        Obj *item = take_item(r, "set");
        if (item == NULL || set_add(set, item) < 0)
            obj_clear(&set);
        obj_xdecref(item);
    }
    if (type == '<' || set == NULL)
        return set;
    Obj *frozen = frozenset_new(set);
    obj_decref(set);
    return keep_ref(r, flag, index, frozen);
}

/* ---- code objects */

/* What a code object is made of, as it is read. */
typedef struct RawCode {
    int64_t numbers[6]; /* argcount … firstlineno, in the order of put_code */
    Obj *words, *slot_kinds, *locations, *handlers; /* bytes */
    Obj *consts, *names, *slot_names, *filename, *name, *qualname;
} RawCode;

static int take_checked(Reader *r, Obj **out, const Type *type)
{
    *out = take_item(r, "code object");
    if (*out != NULL && obj_type(*out) != type)
        return bad_int("code object");
    return *out == NULL ? -1 : 0;
}

static int read_raw_code(Reader *r, RawCode *raw)
{
    for (int i = 0; i < 6; i++) {
        if (take_int(r, &raw->numbers[i]) < 0)
            return -1;
    }
    if (take_checked(r, &raw->words, &bytes_type) < 0 ||
        take_checked(r, &raw->consts, &tuple_type) < 0 ||
        take_checked(r, &raw->names, &tuple_type) < 0 ||
        take_checked(r, &raw->slot_names, &tuple_type) < 0 ||
        take_checked(r, &raw->slot_kinds, &bytes_type) < 0 ||
        take_checked(r, &raw->filename, &str_type) < 0 ||
        take_checked(r, &raw->name, &str_type) < 0 ||
        take_checked(r, &raw->qualname, &str_type) < 0 ||
        take_checked(r, &raw->locations, &bytes_type) < 0)
        return -1;
    return take_checked(r, &raw->handlers, &bytes_type);
}

/* The same tuple with interned names, or NULL. */
static Obj *interned_names(ObjRef names_read)
{
    Obj *result =
        tuple_from((const ObjRef *)tuple_cast(names_read)->items, tuple_length(names_read));
    for (int64_t i = 0; result != NULL && i < tuple_length(result); i++) {
        if (obj_type(tuple_peek(result, i)) != &str_type) {
            bad("code object");
            obj_clear(&result);
            break;
        }
        if (!str_cast(tuple_peek(result, i))->interned) {
            Obj *interned = str_intern(tuple_peek(result, i));
            if (interned == NULL)
                obj_clear(&result);
            else
                obj_replace(&tuple_cast(result)->items[i], interned);
        }
    }
    return result;
}

static int32_t word_at(const unsigned char *data)
{
    return (int32_t)((uint32_t)data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 |
                     (uint32_t)data[3] << 24);
}

static Obj *code_from_raw(const RawCode *raw)
{
    const BytesObj *words = bytes_cast(raw->words), *handlers = bytes_cast(raw->handlers);
    const BytesObj *kinds = bytes_cast(raw->slot_kinds), *locations = bytes_cast(raw->locations);
    size_t word_bytes = (size_t)words->length / 4 * sizeof(CodeWord);
    int64_t handler_count = handlers->length / ((int64_t)HANDLER_WORDS * 4);
    size_t handler_bytes = (size_t)handler_count * sizeof(CodeHandler);
    if (words->length % 4 != 0 || handlers->length % ((int64_t)HANDLER_WORDS * 4) != 0 ||
        kinds->length != tuple_length(raw->slot_names) || words->length > INT32_MAX)
        return bad("code object");
    CodeWord *plain = mem_alloc(word_bytes);
    CodeHandler *table = mem_alloc(handler_bytes);
    Obj *code = NULL;
    if (plain == NULL || table == NULL) {
        err_no_memory();
        goto done;
    }
    for (int64_t i = 0; i < words->length / 4; i++) {
        uint32_t word = (uint32_t)word_at(words->data + 4 * i);
        plain[i] = (CodeWord){(uint16_t)word, (int16_t)(word >> 16)};
    }
    for (int64_t i = 0; i < handler_count; i++) {
        const unsigned char *from = handlers->data + i * HANDLER_WORDS * 4;
        table[i] = (CodeHandler){word_at(from), word_at(from + 4), word_at(from + 8),
                                 word_at(from + 12), word_at(from + 16) != 0};
    }
    CodeParts parts = {
        .name = raw->name,
        .qualname = raw->qualname,
        .filename = raw->filename,
        .consts = raw->consts,
        .names = raw->names,
        .slot_names = raw->slot_names,
        .words = plain,
        .handlers = table,
        .slot_kinds = kinds->data,
        .locations = locations->data,
        .word_count = (int32_t)(words->length / 4),
        .handler_count = (int32_t)handler_count,
        .location_bytes = (int32_t)locations->length,
        .argcount = (int32_t)raw->numbers[0],
        .posonlyargcount = (int32_t)raw->numbers[1],
        .kwonlyargcount = (int32_t)raw->numbers[2],
        .stacksize = (int32_t)raw->numbers[3],
        .flags = (uint32_t)raw->numbers[4],
        .firstlineno = (int32_t)raw->numbers[5],
    };
    code = code_new_checked(&parts);
done:
    mem_free(plain, word_bytes);
    mem_free(table, handler_bytes);
    return code;
}

static Obj *take_code(Reader *r, int flag)
{
    RawCode raw = {{0}, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
    int64_t index = reserve_ref(r, flag);
    Obj *code = NULL;
    if (index >= 0 && read_raw_code(r, &raw) == 0) {
        Obj *name_tuple = interned_names(raw.names);
        Obj *slots = name_tuple == NULL ? NULL : interned_names(raw.slot_names);
        if (name_tuple != NULL)
            obj_replace(&raw.names, name_tuple);
        if (slots != NULL) {
            obj_replace(&raw.slot_names, slots);
            code = code_from_raw(&raw);
        }
    }
    Obj **const owned[] = {&raw.words,  &raw.slot_kinds, &raw.locations,  &raw.handlers,
                           &raw.consts, &raw.names,      &raw.slot_names, &raw.filename,
                           &raw.name,   &raw.qualname};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        obj_clear(owned[i]);
    return keep_ref(r, flag, index, code);
}

/* ---- any value */

static Obj *take_reference(Reader *r)
{
    int64_t index;
    if (take_int(r, &index) < 0)
        return NULL;
    if (index < 0 || index >= r->ref_count || r->refs[index] == NULL)
        return bad("invalid reference");
    return obj_incref(r->refs[index]);
}

static Obj *take_content(Reader *r, int type, int flag)
{
    int64_t number;
    double real, imaginary;
    switch (type) {
    case '0':
        return NULL;
    case 'N':
        return none_new();
    case 'T':
    case 'F':
        return bool_new(type == 'T');
    case '.':
        return obj_incref(&ellipsis_object);
    case 'S':
        return obj_incref((ObjRef)&exc_stop_iteration);
    case 'i':
        return take_int(r, &number) < 0 ? NULL : add_ref(r, flag, int_new(number));
    case 'l':
        return add_ref(r, flag, take_long(r));
    case 'f':
    case 'g':
        return take_double(r, type == 'g', &real) < 0 ? NULL : add_ref(r, flag, float_new(real));
    case 'x':
    case 'y':
        return take_double(r, type == 'y', &real) < 0 || take_double(r, type == 'y', &imaginary) < 0
                   ? NULL
                   : add_ref(r, flag, complex_new(real, imaginary));
    case 's': {
        if (take_count(r, &number, "bytes object size out of range") < 0)
            return NULL;
        const unsigned char *data = take(r, number);
        return data == NULL ? NULL : add_ref(r, flag, bytes_new(data, number));
    }
    case 'z':
    case 'Z':
    case 'a':
    case 'A':
    case 'u':
    case 't':
        return add_ref(r, flag, take_text(r, type));
    case ')':
    case '(':
        return take_tuple(r, type, flag);
    case '[':
        return take_list(r, flag);
    case '{':
        return take_dict(r, flag);
    case '<':
    case '>':
        return take_set(r, type, flag);
    case 'c':
        return take_code(r, flag);
    case 'r':
        return take_reference(r);
    default:
        return bad("unknown type code");
    }
}

/* The next value; NULL with an exception, or without one at the end mark of a dict. */
static Obj *take_value(Reader *r)
{
    int type = take_byte(r);
    if (type < 0) {
        if (err_matches(&exc_eof_error)) {
            err_clear();
            err_string(&exc_eof_error, "EOF read where object expected");
        }
        return NULL;
    }
    if (r->depth >= MAX_DEPTH)
        return bad("recursion limit exceeded");
    r->depth++;
    Obj *value = take_content(r, type & ~FLAG_REF, type & FLAG_REF);
    r->depth--;
    return value;
}

static Obj *read_all(Reader *r)
{
    Obj *value = NULL;
    if (state_enter(" while reading marshal data") == 0) {
        value = take_value(r);
        if (value == NULL && err_occurred() == NULL)
            err_string(&exc_type_error, "NULL object in marshal data for object");
        state_leave();
    }
    for (int64_t i = 0; i < r->ref_count; i++)
        obj_xdecref(r->refs[i]);
    mem_free(r->refs, (size_t)r->ref_room * sizeof(Obj *));
    obj_xdecref(r->chunk);
    return value;
}

Obj *marshal_load(const unsigned char *data, int64_t length)
{
    Reader r = {.next = data, .end = data + length};
    return read_all(&r);
}

/* ---- module */

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

FUNCTION(marshal_dumps)
{
    (void)self, (void)kwnames;
    int64_t version = MARSHAL_VERSION;
    if (nargs > 1 && obj_to_int64(args[1], &version) < 0)
        return NULL;
    return marshal_dump(args[0], version);
}

FUNCTION(marshal_loads)
{
    (void)self, (void)nargs, (void)kwnames;
    BufferView view;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    Obj *value = marshal_load(view.data, view.length);
    buffer_release(&view);
    return value;
}

FUNCTION(marshal_dump_function)
{
    (void)self, (void)kwnames;
    int64_t version = MARSHAL_VERSION;
    if (nargs > 2 && obj_to_int64(args[2], &version) < 0)
        return NULL;
    Obj *data = marshal_dump(args[0], version);
    Obj *result =
        data == NULL ? NULL : obj_call_method(args[1], names.write, (const ObjRef *)&data, 1);
    obj_xdecref(data);
    return result;
}

FUNCTION(marshal_load_function)
{
    (void)self, (void)nargs, (void)kwnames;
    Reader r = {.file = args[0]};
    return read_all(&r);
}

static const MethodDef functions[] = {
    {"dump", marshal_dump_function, 2, 3, 0,
     "dump($module, value, file, version=4, /)\n--\n\nWrites a value to a binary file."},
    {"dumps", marshal_dumps, 1, 2, 0,
     "dumps($module, value, version=4, /)\n--\n\nA value as bytes."},
    {"load", marshal_load_function, 1, 1, 0,
     "load($module, file, /)\n--\n\nReads one value from a binary file."},
    {"loads", marshal_loads, 1, 1, 0,
     "loads($module, bytes, /)\n--\n\nThe value at the start of a bytes-like object."},
    {0},
};

static int module_exec(ObjRef module)
{
    return module_add_int(module, "version", MARSHAL_VERSION);
}

const ModuleDef marshal_module = {
    .name = "marshal",
    .doc = "Values of the core types as bytes.",
    .functions = functions,
    .exec = module_exec,
};
