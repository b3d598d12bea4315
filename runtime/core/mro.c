/*
 * The order in which a class and its ancestors are searched.
 *
 * C3 linearisation: merge the orders of the bases and the list of bases itself, always taking the
 * first head that stands in no tail (Barrett et al., "A Monotonic Superclass Linearization for
 * Dylan", 1996; Python's version: PEP 253 and The Python 2.3 Method Resolution Order).  Single
 * inheritance needs no merge.
 */

#include "runtime/core/mro.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/type_build.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* One list being merged, and how far. */
typedef struct MergeList {
    ObjRef tuple;
    int64_t next;
} MergeList;

static bool in_a_tail(const MergeList *lists, int64_t count, ObjRef type)
{
    for (int64_t i = 0; i < count; i++) {
        for (int64_t j = lists[i].next + 1; j < tuple_length(lists[i].tuple); j++) {
            if (tuple_peek(lists[i].tuple, j) == type)
                return true;
        }
    }
    return false;
}

static int no_order(const MergeList *lists, int64_t count)
{
    Obj *seen = list_new(0), *text = NULL;
    if (seen == NULL)
        return -1;
    text = str_from_ascii("Cannot create a consistent method resolution\norder (MRO) for bases");
    bool first = true;
    for (int64_t i = 0; i < count && text != NULL; i++) {
        if (lists[i].next >= tuple_length(lists[i].tuple))
            continue;
        ObjRef head = tuple_peek(lists[i].tuple, lists[i].next);
        bool known = false;
        for (int64_t j = 0; j < list_length(seen); j++)
            known = known || list_peek(seen, j) == head;
        if (known)
            continue;
        if (list_append(seen, head) < 0)
            break;
        Obj *longer = str_format_c("%U%s %U", text, first ? "" : ",", ((const Type *)head)->name);
        obj_replace(&text, longer);
        first = false;
    }
    if (text != NULL && err_occurred() == NULL)
        err_format(&exc_type_error, "%U", text);
    obj_xdecref(text);
    obj_decref(seen);
    return -1;
}

/* Appends the merge of `lists` to `order`. */
static int merge(MergeList *lists, int64_t count, ObjRef order)
{
    for (;;) {
        ObjRef chosen = NULL;
        bool empty = true;
        for (int64_t i = 0; i < count && chosen == NULL; i++) {
            if (lists[i].next >= tuple_length(lists[i].tuple))
                continue;
            empty = false;
            ObjRef head = tuple_peek(lists[i].tuple, lists[i].next);
            if (!in_a_tail(lists, count, head))
                chosen = head;
        }
        if (empty)
            return 0;
        if (chosen == NULL)
            return no_order(lists, count);
        if (list_append(order, chosen) < 0)
            return -1;
        for (int64_t i = 0; i < count; i++) {
            if (lists[i].next < tuple_length(lists[i].tuple) &&
                tuple_peek(lists[i].tuple, lists[i].next) == chosen)
                lists[i].next++;
        }
    }
}

static int check_bases(ObjRef bases)
{
    int64_t count = tuple_length(bases);
    for (int64_t i = 0; i < count; i++) {
        const Type *base = (const Type *)tuple_peek(bases, i);
        if (base->mro == NULL) {
            return err_format_int(&exc_type_error, "Cannot extend an incomplete type '%.100s'",
                                  base->head.name);
        }
        for (int64_t j = i + 1; j < count; j++) {
            if (tuple_peek(bases, j) == &base->head.base) {
                return err_format_int(&exc_type_error, "duplicate base class %s", type_name(base));
            }
        }
    }
    return 0;
}

static Obj *single(Type *type, ObjRef base_mro)
{
    int64_t count = base_mro == NULL ? 0 : tuple_length(base_mro);
    Obj *order = tuple_new(count + 1);
    if (order == NULL)
        return NULL;
    tuple_cast(order)->items[0] = obj_incref(&type->head.base);
    for (int64_t i = 0; i < count; i++)
        tuple_cast(order)->items[i + 1] = obj_incref(tuple_peek(base_mro, i));
    return order;
}

Obj *mro_compute(Type *type)
{
    int64_t count = tuple_length(type->bases);
    if (check_bases(type->bases) < 0)
        return NULL;
    if (count == 0)
        return single(type, NULL);
    if (count == 1)
        return single(type, ((const Type *)tuple_peek(type->bases, 0))->mro);
    size_t bytes = (size_t)(count + 1) * sizeof(MergeList);
    MergeList *lists = mem_alloc(bytes);
    if (lists == NULL)
        return err_no_memory();
    for (int64_t i = 0; i < count; i++)
        lists[i] = (MergeList){((const Type *)tuple_peek(type->bases, i))->mro, 0};
    lists[count] = (MergeList){type->bases, 0};
    Obj *order = list_new(0), *result = NULL;
    if (order != NULL && list_append(order, (ObjRef)type) == 0 &&
        merge(lists, count + 1, order) == 0)
        result = list_to_tuple(order);
    obj_xdecref(order);
    mem_free(lists, bytes);
    return result;
}

/* Checks what a metaclass's mro() gave. */
static int check_custom(Type *type, ObjRef order)
{
    const Type *solid = type_solid_base(type);
    for (int64_t i = 0; i < tuple_length(order); i++) {
        ObjRef item = tuple_peek(order, i);
        if (!obj_has_flag(item, TYPE_TYPE)) {
            return err_format_int(&exc_type_error, "mro() returned a non-class ('%.500s')",
                                  obj_type(item)->head.name);
        }
        if (!type_is_subtype(solid, type_solid_base((Type *)(uintptr_t)item))) {
            return err_format_int(&exc_type_error,
                                  "mro() returned base with unsuitable layout ('%.500s')",
                                  ((const Type *)item)->head.name);
        }
    }
    return 0;
}

static Obj *invoke(Type *type)
{
    if (obj_type((ObjRef)type) == &type_type)
        return mro_compute(type);
    ObjRef method = type_lookup(obj_type((ObjRef)type), names.mro);
    bool custom = method != type_lookup(&type_type, names.mro);
    Obj *listed, *order = NULL;
    int found = obj_call_special((ObjRef)type, names.mro, NULL, 0, &listed);
    if (found < 0)
        return NULL;
    if (found == 0)
        return err_attribute((ObjRef)type, names.mro, "mro");
    order = obj_to_tuple(listed);
    obj_decref(listed);
    if (order != NULL && custom && check_custom(type, order) < 0)
        obj_clear(&order);
    return order;
}

int mro_assign(Type *type)
{
    ObjRef before = type->mro;
    Obj *order = invoke(type);
    if (order == NULL)
        return -1;
    if (type->mro != before) {
        obj_decref(order);
        return 0;
    }
    obj_replace(&type->mro, order);
    /* A new class is in no cache and gets its slots later. */
    if (before != NULL)
        type_modified(type, NULL);
    return 1;
}
