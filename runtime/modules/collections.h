#ifndef OURO_RUNTIME_MODULES_COLLECTIONS_H
#define OURO_RUNTIME_MODULES_COLLECTIONS_H

/* Types of module _collections, one file each: collections_….c. */

#include "runtime/core/object.h"

extern Type deque_type, deque_iterator_type, deque_reverse_iterator_type;
extern Type defaultdict_type;
extern Type ordered_dict_type, ordered_dict_iterator_type, ordered_dict_keys_type,
    ordered_dict_values_type, ordered_dict_items_type;

#endif
