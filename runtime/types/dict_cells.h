#ifndef OURO_RUNTIME_TYPES_DICT_CELLS_H
#define OURO_RUNTIME_TYPES_DICT_CELLS_H

/*
 * Cells of a dict: stable places that mirror the value of one str key each (see DictCell in
 * dict.h). Every function that changes a dict with DICT_HAS_CELLS calls one of these.
 */

#include <stdint.h>

#include "runtime/types/dict.h"

/* Moves when a dict with cells dies: before that, addresses of its cells are not used again. */
extern uint64_t dict_cell_deaths;

/* The entry at `index` was added or its value replaced. */
void dict_cells_entry_set(DictObj *dict, int64_t index);
/* The key was removed (its entry may be gone already). */
void dict_cells_entry_removed(DictObj *dict, ObjRef key, int64_t hash);
/* Positions of all entries changed, or all entries went. */
void dict_cells_refresh(DictObj *dict);
/* Frees the cells; the dict is being deallocated. */
void dict_cells_free(DictObj *dict);
/* For traverse: the keys that cells own. */
int dict_cells_traverse(const DictObj *dict, VisitFn visit, void *context);
/* Bytes that the cells take. */
int64_t dict_cells_size(const DictObj *dict);

#endif
