#ifndef OURO_RUNTIME_TYPES_MEMORYVIEW_H
#define OURO_RUNTIME_TYPES_MEMORYVIEW_H

/* memoryview: another object's memory as an array of items. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

enum { MEMORYVIEW_MAX_DIMENSIONS = 64 };

typedef struct MemoryViewObj {
    Obj base;
    Obj *owner;          /* whose memory it is; its buffer is held.  NULL: released */
    unsigned char *data; /* the item with all indices 0 */
    Obj *weak_list;
    int64_t bytes;     /* product of shape and item_size */
    int64_t item_size; /* bytes */
    int64_t exports;   /* holders of this view's own buffer */
    int64_t hash;      /* -1: not computed */
    int32_t dimensions;
    bool readonly;
    char format[4];  /* a letter, maybe after '@' */
    int64_t shape[]; /* dimensions lengths in items, then as many strides in bytes */
} MemoryViewObj;

extern Type memoryview_type, memoryview_iterator_type;

#define memoryview_cast(o) ((MemoryViewObj *)(o))
#define memoryview_check(o) (obj_type(o) == &memoryview_type)

/* memoryview(o): TypeError when o has no buffer. */
Obj *memoryview_new(ObjRef o);
int memoryviews_init(void);

#endif
