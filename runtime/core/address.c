/*
 * Telling live objects from other addresses.
 *
 * An address is an object's if it is one of the static objects, if the collector's lists hold it,
 * if it is where an object would start in a pool block in use (the word behind it is a shape that
 * exists, that shape's type has as much bookkeeping before its objects as lies before the address,
 * and the count is one that a live object can have), or if it was noted and its block was not freed
 * since.  Freed objects never pass: their count is 0, or a link of a freelist lies over it.
 */

#include "runtime/core/address.h"

#include <stdbool.h>
#include <string.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "gc/pool.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/core/type_build.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"

enum {
    MARK_UNIT = 16,  /* bytes before an object for which its block's mark counts 1 */
    COUNT_BITS = 40, /* no object has more references; every pointer is larger */
};

static bool is_static_object(uintptr_t address)
{
    uintptr_t first = (uintptr_t)int_small, size = sizeof int_small;
    if (address >= first && address < first + size)
        return (address - first) % sizeof int_small[0] == 0;
    ObjRef o = (ObjRef)address;
    return o == obj_none || o == &not_implemented_object || o == &ellipsis_object ||
           o == obj_true || o == obj_false || type_is_static((const Type *)address);
}

/* One walk over all tracked objects answers both. */
typedef struct Search {
    ObjRef object;     /* is it among them? */
    const void *shape; /* whose is it? */
    const Type *type;  /* the answer, or NULL */
} Search;

static int visit_tracked(ObjRef o, void *context)
{
    Search *search = context;
    if (o == search->object)
        return 1;
    if (search->type == NULL && search->shape != NULL && obj_has_flag(o, TYPE_TYPE) &&
        shape_belongs((const Type *)o, search->shape))
        search->type = (const Type *)o;
    return 0;
}

/* The type of a pool block's content seen as an object, if it is one. */
static bool looks_alive(ObjRef o, int64_t offset, const Type *type)
{
    return type != NULL && type->head.presize == offset && o->refcnt > 0 &&
           o->refcnt < (int64_t)1 << COUNT_BITS;
}

/* An object that was noted starts here.  The mark of its block says how far inside. */
static bool is_noted(uintptr_t address)
{
    for (uintptr_t steps = 0; steps < MEM_MARKS && steps * MARK_UNIT <= address; steps++) {
        int mark = mem_mark((const void *)(address - steps * MARK_UNIT));
        if (mark >= 0)
            return (uintptr_t)mark == steps && ((ObjRef)address)->refcnt > 0;
    }
    return false;
}

AddressKind address_classify(uintptr_t address)
{
    if (address % sizeof(void *) != 0 || address == 0)
        return ADDRESS_UNKNOWN;
    if (is_static_object(address))
        return ADDRESS_OBJECT;
    int64_t block_size = 0;
    const char *block = pool_block_of((const void *)address, &block_size);
    int64_t offset = block == NULL ? 0 : (int64_t)(address - (uintptr_t)block);
    bool header_fits = block != NULL && offset + (int64_t)sizeof(Obj) <= block_size;
    Search search = {(ObjRef)address, NULL, NULL};
    if (header_fits) {
        search.shape = ((ObjRef)address)->shape;
        search.type = type_of_static_shape(search.shape);
    }
    if (gc_each(-1, visit_tracked, &search) != 0)
        return ADDRESS_OBJECT;
    if (header_fits && looks_alive((ObjRef)address, offset, search.type))
        return ADDRESS_OBJECT;
    if (block != NULL)
        return ADDRESS_INSIDE;
    if (is_noted(address))
        return ADDRESS_OBJECT;
    return pool_find((const void *)address, &block_size) == POOL_OUTSIDE ? ADDRESS_UNKNOWN
                                                                         : ADDRESS_FREED;
}

void address_note(ObjRef o)
{
    static const uint32_t any_size =
        TYPE_VAR | TYPE_STR | TYPE_BYTES | TYPE_TUPLE | TYPE_INT | TYPE_TYPE;
    const Shape *shape = o->shape;
    if (OURO_POOLS && (!obj_has_flag(o, any_size) || (shape->flags & SHAPE_SMALL_INT)))
        return;
    char *block = (char *)(uintptr_t)o - shape->type->presize;
    int64_t size;
    if ((shape->flags & SHAPE_UNLINKED) || is_static_object((uintptr_t)o) ||
        pool_find(block, &size) != POOL_OUTSIDE)
        return;
    int32_t before = shape->type->presize;
    /* Without memory, or with more before it than a mark can tell, the object stays unknown. */
    if (before % MARK_UNIT == 0 && before / MARK_UNIT < MEM_MARKS)
        (void)mem_watch(block, (unsigned)(before / MARK_UNIT));
}
