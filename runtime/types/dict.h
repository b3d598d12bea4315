#ifndef OURO_RUNTIME_TYPES_DICT_H
#define OURO_RUNTIME_TYPES_DICT_H

/*
 * dict: compact and insertion-ordered: a table of small indices into an array of entries.
 *
 * Deleted entries keep their place and their hash, with key and value NULL, until the next rebuild;
 * so the index has exactly entry_count places that are not empty.  Keys of a dict with
 * DICT_STR_KEYS are all exact strs, compared by identity first.  The idea of the split into index
 * and entries is Raymond Hettinger's (python-dev, December 2012).
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

typedef struct DictEntry {
    int64_t hash;
    Obj *key;   /* NULL: deleted */
    Obj *value; /* NULL: deleted */
} DictEntry;

/* A stable place that mirrors one key's value, for the VM's access to globals and class data. */
typedef struct DictCell {
    ObjRef value;  /* borrowed mirror of the entry's value; NULL: key absent */
    int64_t entry; /* index of the entry in `entries`, -1 when absent; kept right by every change */
    Obj *key;      /* owned */
    struct DictCell *next;
} DictCell;

enum {
    DICT_STR_KEYS = 1,
    DICT_HAS_CELLS = 2,
    DICT_CLASS = 4, /* namespace of a class */
    DICT_MOVED =
        8, /* set when entries get other positions; for those who keep one (ordered_dict.c) */
};

typedef struct DictObj {
    Obj base;
    int64_t used;        /* live items */
    int64_t entry_count; /* entries in use, deleted ones included */
    int64_t entry_capacity;
    DictEntry *entries; /* one mem_alloc block: entries, then the index; NULL while empty */
    uint8_t index_log2; /* the index has 2^index_log2 places … */
    uint8_t
        index_width; /* … of 1, 2, 4 or 8 bytes; empty: all ones (a deleted entry keeps its own) */
    uint8_t flags;   /* DICT_… */
    uint32_t version;            /* moves on every change of keys or layout (not of values) */
    struct DictCellTable *cells; /* hash table of cells or NULL (dict_cells.c) */
} DictObj;

extern Type dict_type;
#define dict_cast(o) ((DictObj *)(o))
#define dict_check(o) obj_has_flag(o, TYPE_DICT)
#define dict_check_exact(o) (obj_type(o) == &dict_type)
#define dict_length(o) (((const DictObj *)(o))->used)

Obj *dict_new(void);
Obj *dict_new_sized(int64_t items);
/* Borrowed value, or NULL: absent (no exception) or error (err_occurred). */
ObjRef dict_peek(ObjRef dict, ObjRef key);
ObjRef dict_peek_hash(ObjRef dict, ObjRef key, int64_t hash);
ObjRef dict_peek_ascii(ObjRef dict, const char *key);
/* Position in entries of an exact-str key, or -1; no user code, no failure. */
int64_t dict_find_str(const DictObj *dict, ObjRef key);
/* New reference, 1/0/-1. */
int dict_get(ObjRef dict, ObjRef key, Obj **out);
int dict_set(ObjRef dict, ObjRef key, ObjRef value);
int dict_set_hash(ObjRef dict, ObjRef key, ObjRef value, int64_t hash);
int dict_set_ascii(ObjRef dict, const char *key, ObjRef value);
/* 0; -1 KeyError (del) / 1 removed, 0 absent, -1 error (discard). */
int dict_delete(ObjRef dict, ObjRef key);
int dict_discard(ObjRef dict, ObjRef key);
int dict_contains(ObjRef dict, ObjRef key);
/* Value of key, set to fallback if absent: new reference. */
Obj *dict_setdefault(ObjRef dict, ObjRef key, ObjRef fallback);
/* Removes and returns; *out NULL if absent: 1/0/-1. */
int dict_pop(ObjRef dict, ObjRef key, Obj **out);
void dict_clear(ObjRef dict);
Obj *dict_copy(ObjRef dict);
/* update(): mapping or iterable of pairs; override false keeps present keys. */
int dict_merge(ObjRef dict, ObjRef other, bool override);
Obj *dict_keys_list(ObjRef dict);
Obj *dict_values_list(ObjRef dict);
Obj *dict_items_list(ObjRef dict);
/* Iteration without user code in between: *position starts at 0; 1 and borrowed key/value, or 0. */
int dict_next(ObjRef dict, int64_t *position, ObjRef *key, ObjRef *value);

/* ---- for types that extend DictObj: what their slots call for the DictObj part */

/* Makes a zero-filled DictObj an empty dict. */
void dict_setup(ObjRef dict);
/* Releases all that the dict holds, for a dealloc slot. */
void dict_teardown(ObjRef dict);
int dict_traverse(ObjRef dict, VisitFn visit, void *context);
/* Bytes that the dict takes outside its object. */
int64_t dict_table_size(ObjRef dict);
/* Position of a key in entries: -1 absent, -2 error. */
int64_t dict_position(ObjRef dict, ObjRef key);
/* The live entry nearest to the end, or from `position` on: its position, or -1. */
int64_t dict_last_position(ObjRef dict);
int64_t dict_next_position(ObjRef dict, int64_t position);
/* Removes the entry at a position; *key and *value (either may be NULL) become the caller's. */
void dict_take_at(ObjRef dict, int64_t position, Obj **key, Obj **value);
/* As dict_take_at for the last item: 1, or 0 when the dict is empty. */
int dict_take_last(ObjRef dict, Obj **key, Obj **value);
/* Makes the entry at a position the last or the first one: 0/-1. */
int dict_move_to_end(ObjRef dict, int64_t position, bool last);
/* Sets the items of a call's arguments, as dict.update does. */
int dict_update_with(ObjRef dict, const char *function, const ObjRef *args, int64_t nargs,
                     ObjRef kwnames);

/* ---- cells */

/* The cell for key (made when first asked for; the dict owns it as long as it lives). NULL: no
 * memory. */
DictCell *dict_cell(ObjRef dict, ObjRef key);
/* The cell's value is the same object at a new address. */
void dict_cell_moved(ObjRef dict, DictCell *cell, Obj *value);
/* Assigns through a cell whose key is present (cell->value != NULL): plain store, no lookup. */
void dict_cell_store_steal(ObjRef dict, DictCell *cell, Obj *value);

#endif
