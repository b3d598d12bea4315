/*
 * Growth of a unit's lists.  Everything lives in the Bump of the compilation: lists double and
 * leave their old memory behind.
 *
 * The code generator (codegen.h) fills units, peephole.c rewrites them, assemble.c makes code
 * objects of them.
 */

#include "vm/compile/unit.h"

#include <string.h>

static size_t hash_pointer(const void *key)
{
    uint64_t bits = (uint64_t)(uintptr_t)key;
    return (size_t)((bits >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20);
}

int32_t pointer_map_get(const PointerMap *map, const void *key)
{
    if (map->count == 0)
        return -1;
    for (int64_t i = (int64_t)(hash_pointer(key) & (size_t)map->mask);; i = (i + 1) & map->mask) {
        if (map->keys[i] == key)
            return map->values[i];
        if (map->keys[i] == NULL)
            return -1;
    }
}

static void place_key(PointerMap *map, const void *key, int32_t value)
{
    int64_t i = (int64_t)(hash_pointer(key) & (size_t)map->mask);
    while (map->keys[i] != NULL && map->keys[i] != key)
        i = (i + 1) & map->mask;
    if (map->keys[i] == NULL)
        map->count++;
    map->keys[i] = key;
    map->values[i] = value;
}

bool pointer_map_put(PointerMap *map, Bump *bump, const void *key, int32_t value)
{
    if (map->keys == NULL || map->count * 2 > map->mask) {
        PointerMap bigger = {.mask = map->keys == NULL ? 7 : map->mask * 2 + 1};
        size_t places = (size_t)bigger.mask + 1;
        bigger.keys = bump_alloc(bump, places * sizeof *bigger.keys);
        bigger.values = bump_alloc(bump, places * sizeof *bigger.values);
        if (bigger.keys == NULL || bigger.values == NULL)
            return false;
        for (int64_t i = 0; map->keys != NULL && i <= map->mask; i++) {
            if (map->keys[i] != NULL)
                place_key(&bigger, map->keys[i], map->values[i]);
        }
        *map = bigger;
    }
    place_key(map, key, value);
    return true;
}

bool instr_list_reserve(InstrList *list, Bump *bump, int64_t capacity)
{
    if (capacity <= list->capacity)
        return true;
    if (capacity < list->capacity * 2)
        capacity = list->capacity * 2;
    if (capacity < 16)
        capacity = 16;
    Instr *items = bump_alloc(bump, (size_t)capacity * sizeof *items);
    if (items == NULL)
        return false;
    if (list->count > 0)
        memcpy(items, list->items, (size_t)list->count * sizeof *items);
    list->items = items;
    list->capacity = capacity;
    return true;
}

Instr *instr_list_push(InstrList *list, Bump *bump)
{
    if (!instr_list_reserve(list, bump, list->count + 1))
        return NULL;
    Instr *instr = &list->items[list->count++];
    *instr = (Instr){.handler = -1};
    return instr;
}

bool instr_list_insert(InstrList *list, Bump *bump, int64_t index, int64_t count)
{
    if (!instr_list_reserve(list, bump, list->count + count))
        return false;
    memmove(&list->items[index + count], &list->items[index],
            (size_t)(list->count - index) * sizeof *list->items);
    for (int64_t i = 0; i < count; i++)
        list->items[index + i] = (Instr){.handler = -1};
    list->count += count;
    return true;
}

/* Makes room for one item more in an array of `count` items of `size` bytes. */
static bool grow(Bump *bump, void *array_place, int32_t count, int32_t *capacity, size_t size)
{
    if (count < *capacity)
        return true;
    int32_t bigger = *capacity < 8 ? 8 : *capacity * 2;
    void *items = bump_alloc(bump, (size_t)bigger * size);
    if (items == NULL)
        return false;
    void *old;
    memcpy(&old, array_place, sizeof old);
    if (count > 0)
        memcpy(items, old, (size_t)count * size);
    memcpy(array_place, &items, sizeof items);
    *capacity = bigger;
    return true;
}

Unit *unit_new(Bump *bump, Unit *parent, UnitKind kind, const Scope *scope)
{
    Unit *unit = bump_alloc(bump, sizeof *unit);
    if (unit == NULL)
        return NULL;
    unit->parent = parent;
    unit->kind = kind;
    unit->scope = scope;
    unit->handler = -1;
    for (int64_t i = 0; i < scope->cell_count; i++) {
        if (!pointer_map_put(&unit->cell_map, bump, scope->cells[i], (int32_t)i))
            return NULL;
    }
    for (int64_t i = 0; i < scope->free_count; i++) {
        if (!pointer_map_put(&unit->cell_map, bump, scope->frees[i],
                             (int32_t)(scope->cell_count + i)))
            return NULL;
    }
    return unit;
}

/* Index of `key` in a list with a map of its places, added at the end if new. */
static int32_t add_unique(Bump *bump, PointerMap *map, void *array_place, int32_t *count,
                          int32_t *capacity, const void *key)
{
    int32_t index = pointer_map_get(map, key);
    if (index >= 0)
        return index;
    index = *count;
    if (!grow(bump, array_place, index, capacity, sizeof(void *)) ||
        !pointer_map_put(map, bump, key, index))
        return -1;
    const void **items;
    memcpy(&items, array_place, sizeof items);
    items[index] = key;
    *count = index + 1;
    return index;
}

int32_t unit_add_name(Unit *unit, Bump *bump, const char *name)
{
    return add_unique(bump, &unit->name_map, &unit->names, &unit->name_count, &unit->name_capacity,
                      name);
}

int32_t unit_add_local(Unit *unit, Bump *bump, const char *name)
{
    return add_unique(bump, &unit->local_map, &unit->locals, &unit->local_count,
                      &unit->local_capacity, name);
}

int32_t unit_add_constant(Unit *unit, Bump *bump, ObjRef constant)
{
    return add_unique(bump, &unit->constant_map, &unit->constants, &unit->constant_count,
                      &unit->constant_capacity, constant);
}

int32_t unit_add_handler(Unit *unit, Bump *bump, int32_t label, bool lasti, int32_t below)
{
    if (!grow(bump, &unit->handlers, unit->handler_count, &unit->handler_capacity,
              sizeof *unit->handlers))
        return -1;
    unit->handlers[unit->handler_count] = (UnitHandler){
        .label = label, .outer = unit->handler, .below = below, .depth = -1, .lasti = lasti};
    return unit->handler_count++;
}
