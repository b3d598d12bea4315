/*
 * Hidden classes: the tree of shapes below each class.
 *
 * A class owns one root per inline capacity that it has had (the newest is type->shape, the first
 * is type->root); the children of a shape hold one attribute more.  A shape owns the name of its
 * last attribute.  Trees are bounded (SHAPE_MAX_SLOTS deep, MAX_TRANSITIONS wide, MAX_SHAPES in
 * all): past that, instances keep a dict, so that programs with computed attribute names cannot
 * grow a class without end.
 *
 * See instance.c for the instances, runtime/core/type_new.c for where classes get their first root.
 */

#include "runtime/core/shape.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"

enum {
    LINEAR_MAX = 6,       /* attributes up to which names are searched along the parents */
    MAX_TRANSITIONS = 64, /* children of one shape */
    MAX_SHAPES = 2048,    /* shapes of one class */
};

typedef struct SlotEntry {
    ObjRef name; /* NULL: free */
    int32_t slot;
} SlotEntry;

typedef struct ShapeTable ShapeTable;

struct ShapeTable {
    Shape **next; /* shapes with one attribute more */
    int32_t next_count, next_room;
    SlotEntry *index; /* open addressing by the address of the name; made past LINEAR_MAX */
    int32_t index_size;
    /* Of roots alone. */
    Shape *dict_mode; /* for instances of this block size; or NULL */
    Shape *older;     /* the root before this one, with fewer inline slots */
    int32_t shapes;   /* shapes of the class; counted in the table of type->root */
};

/* ---------------------------------------------------------------- lifecycle */

static ShapeTable *shape_table(Shape *shape)
{
    if (shape->table == NULL)
        shape->table = mem_alloc_zero(sizeof(ShapeTable));
    return shape->table;
}

/* A class whose instances have attributes in slots and nothing else, in no builtin base either. */
static bool is_plain_class(const Type *type)
{
    enum { WANTED = TYPE_HEAP | TYPE_GC | TYPE_INLINE_ATTRS };
    if ((type->head.flags & (WANTED | TYPE_VAR)) != WANTED ||
        type->head.presize != (int32_t)(sizeof(InstExtra) + sizeof(GcLink)))
        return false;
    for (; type->head.flags & TYPE_HEAP; type = type->base) {
        if (type->members != NULL && type->members->name != NULL)
            return false;
    }
    return type == &object_type;
}

static void init_root(Shape *root, Type *type, int32_t inline_capacity)
{
    *root = (Shape){.type = &type->head,
                    .flags = is_plain_class(type) ? SHAPE_PLAIN : 0,
                    .inline_capacity = inline_capacity,
                    .inline_offset = (int32_t)((type->basic_size + 7) & ~(int64_t)7)};
}

void shape_init_type(Type *type, int32_t inline_capacity)
{
    init_root(&type->root, type, inline_capacity);
    type->shape = &type->root;
}

static void free_table(Shape *shape)
{
    ShapeTable *table = shape->table;
    if (table == NULL)
        return;
    for (int32_t i = 0; i < table->next_count; i++) {
        Shape *child = table->next[i];
        free_table(child);
        obj_clear(&child->key);
        mem_free(child, sizeof(Shape));
    }
    mem_free(table->next, (size_t)table->next_room * sizeof(Shape *));
    mem_free(table->index, (size_t)table->index_size * sizeof(SlotEntry));
    mem_free(table->dict_mode, sizeof(Shape));
    mem_free(table, sizeof(ShapeTable));
    shape->table = NULL;
}

void shape_free_type(Type *type)
{
    Shape *root = type->shape;
    while (root != NULL) {
        Shape *older = root->table == NULL ? NULL : root->table->older;
        free_table(root);
        if (root != &type->root)
            mem_free(root, sizeof(Shape));
        root = older;
    }
    type->shape = &type->root;
}

static int traverse_tree(const Shape *shape, VisitFn visit, void *context)
{
    if (shape->table == NULL)
        return 0;
    for (int32_t i = 0; i < shape->table->next_count; i++) {
        const Shape *child = shape->table->next[i];
        GC_VISIT(child->key);
        int stop = traverse_tree(child, visit, context);
        if (stop != 0)
            return stop;
    }
    return 0;
}

int shape_traverse_type(const Type *type, VisitFn visit, void *context)
{
    const Shape *root = type->shape;
    while (root != NULL) {
        int stop = traverse_tree(root, visit, context);
        if (stop != 0)
            return stop;
        root = root->table == NULL ? NULL : root->table->older;
    }
    return 0;
}

static bool tree_holds(const Shape *shape, const void *address)
{
    if (shape == address)
        return true;
    if (shape->table == NULL)
        return false;
    if (shape->table->dict_mode != NULL && shape->table->dict_mode == address)
        return true;
    for (int32_t i = 0; i < shape->table->next_count; i++) {
        if (tree_holds(shape->table->next[i], address))
            return true;
    }
    return false;
}

bool shape_belongs(const Type *type, const void *address)
{
    const Shape *root = type->shape;
    while (root != NULL) {
        if (tree_holds(root, address))
            return true;
        root = root->table == NULL ? NULL : root->table->older;
    }
    return address == &type->root;
}

/* ---------------------------------------------------------------- lookup */

static uint32_t name_bucket(ObjRef name, int32_t size)
{
    uintptr_t address = (uintptr_t)name >> 4;
    return (uint32_t)((address ^ (address >> 9)) & (uintptr_t)(size - 1));
}

/* Fills the table's index; false when there is no memory for it. */
static bool build_index(Shape *shape)
{
    ShapeTable *table = shape_table(shape);
    if (table == NULL)
        return false;
    int32_t size = 16;
    while (size < shape->slot_count * 2)
        size *= 2;
    SlotEntry *index = mem_alloc_zero((size_t)size * sizeof(SlotEntry));
    if (index == NULL)
        return false;
    for (const Shape *s = shape; s->key != NULL; s = s->parent) {
        uint32_t i = name_bucket(s->key, size);
        while (index[i].name != NULL)
            i = (i + 1) & (uint32_t)(size - 1);
        index[i] = (SlotEntry){s->key, s->slot_count - 1};
    }
    table->index = index;
    table->index_size = size;
    return true;
}

int32_t shape_find(Shape *shape, ObjRef name)
{
    if (shape->slot_count > LINEAR_MAX) {
        ShapeTable *table = shape->table;
        if ((table != NULL && table->index != NULL) || build_index(shape)) {
            table = shape->table;
            uint32_t i = name_bucket(name, table->index_size);
            while (table->index[i].name != NULL) {
                if (table->index[i].name == name)
                    return table->index[i].slot;
                i = (i + 1) & (uint32_t)(table->index_size - 1);
            }
            return -1;
        }
    }
    for (const Shape *s = shape; s->key != NULL; s = s->parent) {
        if (s->key == name)
            return s->slot_count - 1;
    }
    return -1;
}

ObjRef shape_name_at(Shape *shape, int32_t slot)
{
    while (shape->slot_count > slot + 1)
        shape = shape->parent;
    return shape->key;
}

/* ---------------------------------------------------------------- transitions */

static Shape *shape_root(Shape *shape)
{
    while (shape->parent != NULL)
        shape = shape->parent;
    return shape;
}

/* Counts one more shape of the class: false past the bound or without memory. */
static bool count_shape(Shape *shape)
{
    ShapeTable *first = shape_table(&((Type *)shape->type)->root);
    if (first == NULL || first->shapes >= MAX_SHAPES)
        return false;
    first->shapes++;
    return true;
}

Shape *shape_add(Shape *shape, ObjRef name)
{
    ShapeTable *table = shape_table(shape);
    if (table == NULL) {
        err_no_memory();
        return NULL;
    }
    for (int32_t i = 0; i < table->next_count; i++) {
        if (table->next[i]->key == name)
            return table->next[i];
    }
    if (shape->slot_count >= SHAPE_MAX_SLOTS || table->next_count >= MAX_TRANSITIONS ||
        !count_shape(shape))
        return NULL;
    if (table->next_count == table->next_room) {
        int32_t room = table->next_room == 0 ? 1 : table->next_room * 2;
        Shape **next = mem_realloc(table->next, (size_t)table->next_room * sizeof(Shape *),
                                   (size_t)room * sizeof(Shape *));
        if (next == NULL) {
            err_no_memory();
            return NULL;
        }
        table->next = next;
        table->next_room = room;
    }
    Shape *child = mem_alloc(sizeof(Shape));
    if (child == NULL) {
        err_no_memory();
        return NULL;
    }
    *child = (Shape){.type = shape->type,
                     .flags = shape->flags,
                     .slot_count = shape->slot_count + 1,
                     .inline_capacity = shape->inline_capacity,
                     .inline_offset = shape->inline_offset,
                     .parent = shape,
                     .key = obj_incref(name)};
    table->next[table->next_count++] = child;
    return child;
}

Shape *shape_dict_mode(Shape *shape)
{
    if (shape->flags & SHAPE_DICT)
        return shape;
    Shape *root = shape_root(shape);
    ShapeTable *table = shape_table(root);
    if (table != NULL && table->dict_mode == NULL) {
        Shape *made = mem_alloc(sizeof(Shape));
        if (made != NULL) {
            *made = (Shape){.type = root->type,
                            .flags = (root->flags & ~(uint32_t)SHAPE_PLAIN) | SHAPE_DICT,
                            .inline_capacity = root->inline_capacity,
                            .inline_offset = root->inline_offset};
            table->dict_mode = made;
        }
    }
    if (table == NULL || table->dict_mode == NULL) {
        err_no_memory();
        return NULL;
    }
    return table->dict_mode;
}

void shape_learn(Type *type, int32_t slot)
{
    int32_t capacity = type->shape->inline_capacity;
    if (slot < capacity || capacity >= SHAPE_MAX_CAPACITY || (type->head.flags & TYPE_VAR))
        return;
    Shape *root = mem_alloc(sizeof(Shape));
    if (root == NULL)
        return;
    int32_t more = capacity < 8 ? 8 : capacity < 16 ? 16 : SHAPE_MAX_CAPACITY;
    init_root(root, type, more);
    ShapeTable *table = shape_table(root);
    if (table == NULL) {
        mem_free(root, sizeof(Shape));
        return;
    }
    table->older = type->shape;
    type->shape = root;
}

void shape_expect(Type *type, int32_t slots)
{
    Shape *root = &type->root;
    if (type->shape != root || root->table != NULL || root->inline_capacity == 0 ||
        root->inline_capacity >= slots)
        return;
    root->inline_capacity = slots < SHAPE_MAX_CAPACITY ? slots : SHAPE_MAX_CAPACITY;
}

Shape *shape_root_for(Type *type, int32_t inline_capacity)
{
    for (Shape *root = type->shape; root != NULL;
         root = root->table == NULL ? NULL : root->table->older) {
        if (root->inline_capacity == inline_capacity)
            return root;
    }
    /* Goes behind the newest: instances yet to come keep their capacity. */
    Shape *made = mem_alloc(sizeof(Shape));
    ShapeTable *newest = shape_table(type->shape);
    if (made != NULL) {
        init_root(made, type, inline_capacity);
        if (newest != NULL && shape_table(made) != NULL) {
            made->table->older = newest->older;
            newest->older = made;
            return made;
        }
        mem_free(made, sizeof(Shape));
    }
    err_no_memory();
    return NULL;
}
