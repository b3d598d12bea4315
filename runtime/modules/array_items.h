#ifndef OURO_RUNTIME_MODULES_ARRAY_ITEMS_H
#define OURO_RUNTIME_MODULES_ARRAY_ITEMS_H

/* The kinds of items that an array can have, and items as objects. */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"

typedef struct ArrayKind {
    char code;   /* typecode: 'b', 'B', … */
    int8_t size; /* bytes of an item */
    bool is_integer;
    bool is_signed;
    char format[4];    /* as in module struct */
    const char *names; /* for messages of range: "signed char" */
} ArrayKind;

enum { ARRAY_ITEM_MAX = 8 }; /* bytes of the largest item */

/* NULL (nothing raised) for a code that is none. */
const ArrayKind *array_items_kind(uint32_t code);
/* Converts an object to an item at out[kind->size]: 0, or -1 with TypeError or OverflowError.  May
 * run user code (__index__, __float__). */
int array_items_from_object(const ArrayKind *kind, ObjRef value, unsigned char *out);
/* The item at `place` as an object. */
Obj *array_items_to_object(const ArrayKind *kind, const unsigned char *place);
/* The number by which pickles name the layout of items on this machine; -1: none. */
int array_items_machine_format(const ArrayKind *kind);
/* What a pickled layout means: the kind of native items with that value range, and whether bytes
 * must be swapped.  false: no such format, or text in UTF-16 or UTF-32 (18 to 21). */
bool array_items_from_format(int64_t format, const ArrayKind **kind, bool *swap);
/* Reverses the bytes of `count` items of `size` bytes. */
void array_items_swap(unsigned char *items, int64_t count, int size);

#endif
