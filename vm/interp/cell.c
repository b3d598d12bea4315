/*
 * cell: a box for one captured variable.
 *
 * Functions hold cells in their closure tuple, frames in the slots of cell and free variables.
 * An empty box is an unbound variable.  See MAKE_CELL and LOAD_DEREF in eval.c.
 */

#include "vm/interp/cell.h"

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"

Obj *cell_new_steal(Obj *value)
{
    CellObj *cell = (CellObj *)obj_new_gc(&cell_type, (int64_t)sizeof(CellObj));
    if (cell == NULL) {
        obj_xdecref(value);
        return NULL;
    }
    cell->value = value;
    gc_track(&cell->base);
    return &cell->base;
}

static Obj *cell_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type;
    if (kwnames != NULL)
        return err_format(&exc_type_error, "cell() takes no keyword arguments");
    if (nargs > 1)
        return err_format(&exc_type_error, "cell expected at most 1 argument, got %lld",
                          (long long)nargs);
    return cell_new_steal(nargs == 0 ? NULL : obj_incref(args[0]));
}

static int cell_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(cell_cast(self)->value);
    return 0;
}

static int cell_clear(ObjRef self)
{
    obj_clear(&((CellObj *)self)->value);
    return 0;
}

static void cell_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref(cell_cast(self)->value);
    obj_free(self, (int64_t)sizeof(CellObj));
}

/* Cells order as their contents do; an empty one is less than any other. */
static Obj *cell_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!cell_check(self) || !cell_check(other))
        return not_implemented_new();
    Obj *a = obj_xincref(cell_cast(self)->value), *b = obj_xincref(cell_cast(other)->value);
    Obj *result;
    if (a != NULL && b != NULL) {
        result = obj_compare(a, b, op);
    } else {
        int left = a != NULL, right = b != NULL;
        bool truth = op == CMP_LT   ? left < right
                     : op == CMP_LE ? left <= right
                     : op == CMP_EQ ? left == right
                     : op == CMP_NE ? left != right
                     : op == CMP_GT ? left > right
                                    : left >= right;
        result = bool_new(truth);
    }
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

static Obj *cell_repr(ObjRef self)
{
    ObjRef value = cell_cast(self)->value;
    if (value == NULL)
        return str_format_c("<cell at %p: empty>", (const void *)self);
    return str_format_c("<cell at %p: %s object at %p>", (const void *)self,
                        obj_type(value)->head.name, (const void *)value);
}

static Obj *get_contents(ObjRef self)
{
    ObjRef value = cell_cast(self)->value;
    if (value == NULL)
        return err_format(&exc_value_error, "Cell is empty");
    return obj_incref(value);
}

static int set_contents(ObjRef self, ObjRef value)
{
    obj_replace(&((CellObj *)self)->value, obj_xincref(value));
    return 0;
}

static const GetSetDef cell_getset[] = {
    {"cell_contents", get_contents, set_contents, NULL},
    {0},
};

Type cell_type = {
    .head = {.base = {1, &type_type.root},
             .name = "cell",
             .flags = TYPE_GC,
             .traverse = cell_traverse,
             .clear = cell_clear,
             .dealloc = cell_dealloc},
    .basic_size = sizeof(CellObj),
    .doc = "cell([contents])\n--\n\nA variable that several functions share.",
    .repr = cell_repr,
    .hash = object_hash_unhashable,
    .compare = cell_compare,
    .new = cell_new,
    .getset = cell_getset,
};
