#ifndef OURO_RUNTIME_TYPES_DICT_VIEWS_H
#define OURO_RUNTIME_TYPES_DICT_VIEWS_H

/* dict_keys, dict_values, dict_items and the iterators of dict. */

#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/dict.h"

typedef enum DictPart { DICT_PART_KEYS, DICT_PART_VALUES, DICT_PART_ITEMS } DictPart;

typedef struct DictViewObj {
    Obj base;
    DictObj *dict; /* owned */
} DictViewObj;

typedef struct DictIterObj {
    Obj base;
    DictObj *dict;     /* owned; NULL when exhausted */
    int64_t used;      /* items of the dict when iteration began; -1 after a change was reported */
    int64_t position;  /* next entry to look at */
    int64_t remaining; /* for __length_hint__ */
    Obj *pair;         /* items: the tuple given last, used again when nobody else holds it */
} DictIterObj;

extern Type dict_keys_type, dict_values_type, dict_items_type;
extern Type dict_key_iterator_type, dict_value_iterator_type, dict_item_iterator_type;
extern Type dict_reverse_key_iterator_type, dict_reverse_value_iterator_type,
    dict_reverse_item_iterator_type;

/* d.keys(), d.values(), d.items(). */
Obj *dict_views_new(ObjRef dict, DictPart part);
/* A view of a type derived from one of the three. */
Obj *dict_views_new_of(Type *type, ObjRef dict);
/* Iterators, forward and reverse. */
Obj *dict_views_iter(ObjRef dict, DictPart part);
Obj *dict_views_reversed(ObjRef dict, DictPart part);

#endif
