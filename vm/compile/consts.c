/*
 * The table of constants of a compilation, and how literals of the AST become objects.
 *
 * All constants are of exact builtin types, so that hashing and comparing them runs no user code.
 * Strings that look like identifiers are interned before they enter the table, as are the items of
 * tuples, which were in the table before.
 */

#include "vm/compile/consts.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/complex.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"

void const_table_init(ConstTable *table)
{
    *table = (ConstTable){.mask = -1};
}

void const_table_free(ConstTable *table)
{
    if (table->slots != NULL) {
        for (int64_t i = 0; i <= table->mask; i++)
            obj_xdecref(table->slots[i]);
        mem_free(table->slots, (size_t)(table->mask + 1) * sizeof *table->slots);
        mem_free(table->hashes, (size_t)(table->mask + 1) * sizeof *table->hashes);
    }
    const_table_init(table);
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash ^= value;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint64_t double_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A hash that agrees with const_same.  Code objects hash by name alone. */
static uint64_t const_hash(ObjRef constant)
{
    uint64_t hash = mix(0, (uint64_t)(uintptr_t)obj_type(constant));
    if (tuple_check_exact(constant)) {
        for (int64_t i = 0; i < tuple_length(constant); i++)
            hash = mix(hash, const_hash(tuple_peek(constant, i)));
        return hash;
    }
    if (obj_type(constant) == &frozenset_type) {
        uint64_t sum = 0;
        int64_t position = 0;
        ObjRef item;
        while (set_next(constant, &position, &item))
            sum += const_hash(item);
        return mix(hash, sum);
    }
    if (float_check_exact(constant))
        return mix(hash, double_bits(float_value(constant)));
    if (obj_type(constant) == &complex_type) {
        hash = mix(hash, double_bits(complex_cast(constant)->real));
        return mix(hash, double_bits(complex_cast(constant)->imag));
    }
    if (code_check(constant))
        return mix(hash, (uint64_t)(uintptr_t)code_cast(constant)->name);
    return mix(hash, (uint64_t)obj_hash(constant));
}

/* Two frozensets of the same items, the types of the items included. */
static bool same_sets(ObjRef a, ObjRef b)
{
    if (set_length(a) != set_length(b))
        return false;
    int64_t position = 0;
    ObjRef item;
    while (set_next(a, &position, &item)) {
        int64_t other_position = 0;
        ObjRef other;
        bool found = false;
        while (!found && set_next(b, &other_position, &other))
            found = const_same(item, other);
        if (!found)
            return false;
    }
    return true;
}

bool const_same(ObjRef a, ObjRef b)
{
    if (a == b)
        return true;
    if (obj_type(a) != obj_type(b))
        return false;
    if (tuple_check_exact(a)) {
        if (tuple_length(a) != tuple_length(b))
            return false;
        for (int64_t i = 0; i < tuple_length(a); i++) {
            if (!const_same(tuple_peek(a, i), tuple_peek(b, i)))
                return false;
        }
        return true;
    }
    if (obj_type(a) == &frozenset_type)
        return same_sets(a, b);
    if (float_check_exact(a))
        return double_bits(float_value(a)) == double_bits(float_value(b));
    if (obj_type(a) == &complex_type)
        return double_bits(complex_cast(a)->real) == double_bits(complex_cast(b)->real) &&
               double_bits(complex_cast(a)->imag) == double_bits(complex_cast(b)->imag);
    if (str_check_exact(a))
        return str_equal(a, b);
    if (bytes_check_exact(a))
        return bytes_cast(a)->length == bytes_cast(b)->length &&
               memcmp(bytes_cast(a)->data, bytes_cast(b)->data, (size_t)bytes_cast(a)->length) == 0;
    if (int_check_exact(a))
        return int_compare3(a, b) == 0;
    if (code_check(a))
        return code_same(code_cast(a), code_cast(b));
    return false;
}

static bool table_grow(ConstTable *table)
{
    int64_t places = (table->mask + 1) * 2;
    if (places < 32)
        places = 32;
    Obj **slots = mem_alloc_zero((size_t)places * sizeof *slots);
    uint64_t *hashes = mem_alloc((size_t)places * sizeof *hashes);
    if (slots == NULL || hashes == NULL) {
        mem_free(slots, (size_t)places * sizeof *slots);
        mem_free(hashes, (size_t)places * sizeof *hashes);
        err_no_memory();
        return false;
    }
    for (int64_t i = 0; i <= table->mask; i++) {
        if (table->slots[i] == NULL)
            continue;
        int64_t place = (int64_t)(table->hashes[i] & (uint64_t)(places - 1));
        while (slots[place] != NULL)
            place = (place + 1) & (places - 1);
        slots[place] = table->slots[i];
        hashes[place] = table->hashes[i];
    }
    if (table->slots != NULL) {
        mem_free(table->slots, (size_t)(table->mask + 1) * sizeof *table->slots);
        mem_free(table->hashes, (size_t)(table->mask + 1) * sizeof *table->hashes);
    }
    table->slots = slots;
    table->hashes = hashes;
    table->mask = places - 1;
    return true;
}

/* Letters, digits and underscores only: CPython interns such constants. */
static bool looks_like_name(ObjRef str)
{
    if (!str_cast(str)->ascii)
        return false;
    for (int64_t i = 0; i < str_length(str); i++) {
        unsigned char c = str_cast(str)->data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_'))
            return false;
    }
    return true;
}

ObjRef const_table_share_steal(ConstTable *table, Obj *constant)
{
    if (constant == NULL)
        return NULL;
    if (str_check_exact(constant) && looks_like_name(constant))
        str_intern_inplace(&constant);
    if ((table->count + 1) * 3 > (table->mask + 1) * 2 && !table_grow(table)) {
        obj_decref(constant);
        return NULL;
    }
    uint64_t hash = const_hash(constant);
    int64_t place = (int64_t)(hash & (uint64_t)table->mask);
    for (; table->slots[place] != NULL; place = (place + 1) & table->mask) {
        if (table->hashes[place] == hash && const_same(table->slots[place], constant)) {
            obj_decref(constant);
            return table->slots[place];
        }
    }
    table->slots[place] = constant;
    table->hashes[place] = hash;
    table->count++;
    return constant;
}

Obj *const_from_literal(const AstConstant *literal)
{
    switch (literal->constant) {
    case CONSTANT_NONE:
        return none_new();
    case CONSTANT_FALSE:
        return bool_new(false);
    case CONSTANT_TRUE:
        return bool_new(true);
    case CONSTANT_ELLIPSIS:
        return obj_incref(&ellipsis_object);
    case CONSTANT_INT:
        return int_from_text(literal->text, literal->length, literal->base);
    case CONSTANT_FLOAT:
        return float_new(literal->number);
    case CONSTANT_IMAGINARY:
        return complex_new(0.0, literal->number);
    case CONSTANT_STR:
        return str_from_utf8_surrogates(literal->text, literal->length);
    case CONSTANT_BYTES:
        return bytes_new(literal->text, literal->length);
    }
    return none_new();
}

Obj *const_name(const char *name)
{
    Obj *str = str_from_utf8(name, (int64_t)strlen(name));
    if (str != NULL)
        str_intern_inplace(&str);
    return str;
}
