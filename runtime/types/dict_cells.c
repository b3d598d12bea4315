/*
 * Cells of a dict: stable places that mirror the value of one str key each, so that the VM reaches
 * a global or a class attribute by one pointer.
 *
 * The cells of a dict are in a small chained hash table of their own, found by the hash of the key.
 * A cell lives as long as its dict, also while its key is absent.  `entry` and `value` are brought
 * up to date by dict.c through the functions here; none of them runs user code or fails, but
 * dict_cell. Keys of cells are exact strs.  A key of the dict that is an instance of a subclass of
 * str counts as the same when its text is.
 */

#include "runtime/types/dict_cells.h"

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/types/str.h"

enum { FIRST_BUCKETS = 8 };

uint64_t dict_cell_deaths;

typedef struct DictCellTable {
    int64_t count;        /* cells */
    int64_t bucket_count; /* a power of two */
    DictCell *buckets[];  /* chains linked by DictCell.next */
} DictCellTable;

static size_t table_size(int64_t bucket_count)
{
    return sizeof(DictCellTable) + (size_t)bucket_count * sizeof(DictCell *);
}

static DictCell **bucket_of(DictCellTable *table, int64_t hash)
{
    return &table->buckets[(uint64_t)hash & (uint64_t)(table->bucket_count - 1)];
}

/* The cell of a key, or NULL. */
static DictCell *find(const DictObj *d, ObjRef key, int64_t hash)
{
    if (!str_check(key))
        return NULL;
    for (DictCell *cell = *bucket_of(d->cells, hash); cell != NULL; cell = cell->next) {
        if (cell->key == key || (str_hash(cell->key) == hash && str_equal(cell->key, key)))
            return cell;
    }
    return NULL;
}

/* Points a cell at the entry of its key, wherever that is now. */
static void refresh(const DictObj *d, DictCell *cell)
{
    cell->entry = dict_find_str(d, cell->key);
    cell->value = cell->entry < 0 ? NULL : d->entries[cell->entry].value;
}

void dict_cells_entry_set(DictObj *dict, int64_t index)
{
    DictCell *cell = find(dict, dict->entries[index].key, dict->entries[index].hash);
    if (cell != NULL) {
        cell->entry = index;
        cell->value = dict->entries[index].value;
    }
}

void dict_cells_entry_removed(DictObj *dict, ObjRef key, int64_t hash)
{
    DictCell *cell = find(dict, key, hash);
    if (cell != NULL) {
        cell->entry = -1;
        cell->value = NULL;
    }
}

void dict_cells_refresh(DictObj *dict)
{
    for (int64_t i = 0; i < dict->cells->bucket_count; i++) {
        for (DictCell *cell = dict->cells->buckets[i]; cell != NULL; cell = cell->next)
            refresh(dict, cell);
    }
}

void dict_cells_free(DictObj *dict)
{
    dict_cell_deaths++;
    DictCellTable *table = dict->cells;
    dict->cells = NULL;
    dict->flags &= (uint8_t)~DICT_HAS_CELLS;
    for (int64_t i = 0; i < table->bucket_count; i++) {
        DictCell *next;
        for (DictCell *cell = table->buckets[i]; cell != NULL; cell = next) {
            next = cell->next;
            obj_decref(cell->key);
            pool_free(cell, sizeof(DictCell));
        }
    }
    pool_free(table, table_size(table->bucket_count));
}

int dict_cells_traverse(const DictObj *dict, VisitFn visit, void *context)
{
    for (int64_t i = 0; i < dict->cells->bucket_count; i++) {
        for (DictCell *cell = dict->cells->buckets[i]; cell != NULL; cell = cell->next)
            GC_VISIT(cell->key);
    }
    return 0;
}

int64_t dict_cells_size(const DictObj *dict)
{
    return (int64_t)table_size(dict->cells->bucket_count) +
           dict->cells->count * (int64_t)sizeof(DictCell);
}

/* A table with room for one cell more: 0, or -1 without memory. */
static int grow_table(DictObj *d)
{
    DictCellTable *old = d->cells;
    if (old != NULL && old->count < old->bucket_count)
        return 0;
    int64_t bucket_count = old == NULL ? FIRST_BUCKETS : old->bucket_count * 2;
    DictCellTable *table = pool_alloc(table_size(bucket_count));
    if (table == NULL) {
        err_no_memory();
        return -1;
    }
    table->count = old == NULL ? 0 : old->count;
    table->bucket_count = bucket_count;
    for (int64_t i = 0; i < bucket_count; i++)
        table->buckets[i] = NULL;
    for (int64_t i = 0; old != NULL && i < old->bucket_count; i++) {
        DictCell *next;
        for (DictCell *cell = old->buckets[i]; cell != NULL; cell = next) {
            next = cell->next;
            DictCell **bucket = bucket_of(table, str_hash(cell->key));
            cell->next = *bucket;
            *bucket = cell;
        }
    }
    if (old != NULL)
        pool_free(old, table_size(old->bucket_count));
    d->cells = table;
    d->flags |= DICT_HAS_CELLS;
    return 0;
}

DictCell *dict_cell(ObjRef dict, ObjRef key)
{
    DictObj *d = dict_cast(dict);
    int64_t hash = str_hash(key);
    if (d->flags & DICT_HAS_CELLS) {
        DictCell *present = find(d, key, hash);
        if (present != NULL)
            return present;
    }
    if (grow_table(d) < 0)
        return NULL;
    DictCell *cell = pool_alloc(sizeof(DictCell));
    if (cell == NULL) {
        err_no_memory();
        return NULL;
    }
    cell->key = obj_incref(key);
    refresh(d, cell);
    DictCell **bucket = bucket_of(d->cells, hash);
    cell->next = *bucket;
    *bucket = cell;
    d->cells->count++;
    return cell;
}

void dict_cell_moved(ObjRef dict, DictCell *cell, Obj *value)
{
    dict_cast(dict)->entries[cell->entry].value = value;
    cell->value = value;
}

void dict_cell_store_steal(ObjRef dict, DictCell *cell, Obj *value)
{
    DictObj *d = dict_cast(dict);
    Obj **place = &d->entries[cell->entry].value;
    Obj *old = *place;
    *place = value;
    cell->value = value;
    if (gc_link(dict)->next == NULL && obj_has_flag(value, TYPE_GC))
        gc_track(dict);
    obj_decref(old);
}
