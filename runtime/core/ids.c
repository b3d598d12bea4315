/*
 * Stable ids: a table from addresses to numbers and back.
 *
 * The address of an object that dies is taken out (obj_dying_hook), so that a later object at the
 * same address gets a number of its own.  When there is no memory for the table, the object is
 * shown by its address.
 */

#include "runtime/core/ids.h"

#include "gc/mem.h"
#include "runtime/core/object.h"

typedef struct IdPlace {
    ObjRef object; /* NULL: free */
    int64_t number;
} IdPlace;

bool ids_stable;
static IdPlace *places; /* open addressing by address */
static int64_t place_count, place_room;
static ObjRef *objects; /* by number less one; NULL: gone */
static int64_t object_count, object_room;
static void (*next_hook)(ObjRef o);

static int64_t home_of(ObjRef o)
{
    return (int64_t)(((uint64_t)(uintptr_t)o >> 4) * 0x9E3779B97F4A7C15u >> 20) & (place_room - 1);
}

static int64_t find_place(ObjRef o)
{
    int64_t i = home_of(o);
    while (places[i].object != NULL && places[i].object != o)
        i = (i + 1) & (place_room - 1);
    return i;
}

static void forget(ObjRef o)
{
    if (next_hook != NULL)
        next_hook(o);
    if (place_room == 0)
        return;
    int64_t hole = find_place(o), mask = place_room - 1;
    if (places[hole].object == NULL)
        return;
    objects[places[hole].number - 1] = NULL;
    place_count--;
    for (int64_t i = (hole + 1) & mask; places[i].object != NULL; i = (i + 1) & mask) {
        if (((i - home_of(places[i].object)) & mask) >= ((i - hole) & mask)) {
            places[hole] = places[i];
            hole = i;
        }
    }
    places[hole] = (IdPlace){0};
}

static bool make_room(void)
{
    if (place_count >= place_room / 2) {
        int64_t old_room = place_room, room = old_room == 0 ? 1024 : old_room * 2;
        IdPlace *old = places, *grown = mem_alloc_zero((size_t)room * sizeof *grown);
        if (grown == NULL)
            return false;
        places = grown;
        place_room = room;
        for (int64_t i = 0; i < old_room; i++) {
            if (old[i].object != NULL)
                places[find_place(old[i].object)] = old[i];
        }
        mem_free(old, (size_t)old_room * sizeof *old);
    }
    if (object_count == object_room) {
        int64_t room = object_room == 0 ? 512 : object_room * 2;
        ObjRef *grown =
            mem_realloc(objects, (size_t)object_room * sizeof *grown, (size_t)room * sizeof *grown);
        if (grown == NULL)
            return false;
        objects = grown;
        object_room = room;
    }
    return true;
}

void ids_use_stable(void)
{
    if (ids_stable)
        return;
    ids_stable = true;
    next_hook = obj_dying_hook;
    obj_dying_hook = forget;
}

uintptr_t ids_of(ObjRef o)
{
    obj_reveal(o);
    if (!ids_stable || !make_room())
        return (uintptr_t)o;
    IdPlace *place = &places[find_place(o)];
    if (place->object == NULL) {
        objects[object_count++] = o;
        *place = (IdPlace){o, object_count};
        place_count++;
    }
    return (uintptr_t)place->number;
}

uintptr_t ids_peek(ObjRef o)
{
    return place_room == 0 ? 0 : (uintptr_t)places[find_place(o)].number;
}

uintptr_t ids_resolve(uintptr_t id, bool *gone)
{
    if (gone != NULL)
        *gone = false;
    if (!ids_stable)
        return id;
    if (id == 0 || id > (uintptr_t)object_count)
        return 0;
    ObjRef o = objects[id - 1];
    if (gone != NULL)
        *gone = o == NULL;
    return (uintptr_t)o;
}

void ids_finish(void)
{
    if (ids_stable)
        obj_dying_hook = next_hook;
    ids_stable = false;
    mem_free(places, (size_t)place_room * sizeof *places);
    mem_free(objects, (size_t)object_room * sizeof *objects);
    places = NULL;
    objects = NULL;
    place_count = place_room = object_count = object_room = 0;
}
