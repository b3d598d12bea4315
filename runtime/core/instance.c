/*
 * Instances: allocation, attribute storage, collection and release.
 *
 * An instance of a class with __dict__ keeps its attributes in slots that its shape describes: the
 * first shape->inline_capacity of them behind the payload, further ones in the block
 * InstExtra.overflow whose size follows from the shape (shape_overflow_size).  In dict mode
 * (SHAPE_DICT) the attributes are in the DictObj at InstExtra.overflow and the slots stay unused.
 * Types with a dict_offset (static ones such as functions and exceptions, and classes derived from
 * them) keep a DictObj there instead.
 * __slots__ are fields at fixed offsets: behind the payload, or before InstExtra where the payload
 * varies in size.
 *
 * obj_alloc and obj_free compute the size of a block from the same things: the payload size that
 * the builtin base passes, the type, and the inline capacity of the shape (also that of dict mode).
 */

#include <stddef.h>
#include <string.h>

#include "gc/mem.h"
#include "gc/pool.h"
#include "runtime/core/err.h"
#include "runtime/core/instance.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

/* ---------------------------------------------------------------- memory */

/* Bytes of an instance's block, what precedes its Obj included. */
static int64_t block_size(const Shape *shape, int64_t size)
{
    const Type *type = (const Type *)shape->type;
    if (type->head.flags & TYPE_HEAP) {
        if ((type->head.flags & TYPE_VAR) == 0) {
            if (size < type->basic_size)
                size = type->basic_size;
            if (shape->inline_capacity > 0)
                size = shape->inline_offset + shape->inline_capacity * (int64_t)sizeof(Obj *);
        }
    }
    return type->head.presize + size;
}

/* The block of a SHAPE_PLAIN instance. */
static inline size_t plain_size(const Shape *shape)
{
    return sizeof(InstExtra) + sizeof(GcLink) + (size_t)shape->inline_offset +
           (size_t)shape->inline_capacity * sizeof(Obj *);
}

/* An instance of SHAPE_PLAIN, whose slots need no values before it has the attributes. */
static Obj *alloc_plain(Type *type)
{
    Shape *shape = type->shape;
    InstExtra *extra = pool_alloc(plain_size(shape));
    if (__builtin_expect(extra == NULL, 0))
        return err_no_memory();
    *extra = (InstExtra){NULL, NULL};
    GcLink *link = (GcLink *)(extra + 1);
    link->next = NULL;
    link->prev = 0;
    Obj *o = (Obj *)(link + 1);
    o->refcnt = 1;
    o->shape = shape;
    type->head.base.refcnt++;
    gc_count_alloc();
    return o;
}

Obj *obj_alloc(Type *type, int64_t size)
{
    Shape *shape = type->shape;
    if (shape->flags & SHAPE_PLAIN)
        return alloc_plain(type);
    int64_t total = block_size(shape, size);
    char *block = pool_alloc((size_t)total);
    if (block == NULL)
        return err_no_memory();
    memset(block, 0, (size_t)total);
    Obj *o = (Obj *)(void *)(block + type->head.presize);
    o->refcnt = 1;
    o->shape = shape;
    if (type->head.flags & TYPE_HEAP)
        type->head.base.refcnt++;
    if (type->head.flags & TYPE_GC)
        gc_count_alloc();
    return o;
}

void obj_free(Obj *self, int64_t size)
{
    Shape *shape = self->shape;
    Type *type = (Type *)shape->type;
    int64_t total = block_size(shape, size);
    uint32_t flags = type->head.flags;
    if (flags & TYPE_GC)
        gc_count_free();
    pool_free((char *)self - type->head.presize, (size_t)total);
    if (flags & TYPE_HEAP)
        obj_decref(&type->head.base);
}

Obj *obj_new_slow(Type *type, int64_t size)
{
    (void)type, (void)size;
    return err_no_memory();
}

Obj *type_new_instance(Type *type)
{
    Obj *self = obj_alloc(type, (int64_t)sizeof(Obj));
    if (self != NULL && (type->head.flags & TYPE_GC))
        gc_track(self);
    return self;
}

int64_t instance_overhead(ObjRef self)
{
    const Shape *shape = self->shape;
    const Type *type = (const Type *)shape->type;
    int64_t bytes = type->head.presize;
    if (type->head.flags & TYPE_INLINE_ATTRS)
        bytes += shape->inline_capacity * (int64_t)sizeof(Obj *) + shape_overflow_size(shape);
    return bytes;
}

int64_t obj_size(ObjRef self)
{
    Obj *size = NULL;
    int found = obj_call_special(self, names.dunder_sizeof, NULL, 0, &size);
    if (found == 0) {
        return err_format_int(&exc_type_error, "Type %.100s doesn't define __sizeof__",
                              obj_type(self)->head.name);
    }
    if (found < 0)
        return -1;
    int64_t bytes = -1;
    if (!int_check(size))
        err_format(&exc_type_error, "'%T' object cannot be interpreted as an integer", size);
    else if (int_to_int64(size, &bytes) != 0 || bytes > INT64_MAX - (1 << 20))
        bytes = err_format_int(&exc_overflow_error, "Python int too large to convert to C ssize_t");
    else if (bytes < 0)
        bytes = err_format_int(&exc_value_error, "__sizeof__() should return >= 0");
    else
        bytes += instance_overhead(self);
    obj_decref(size);
    return bytes;
}

/* ---------------------------------------------------------------- attribute storage */

/* The place of the DictObj of a type with dict_offset. */
static Obj **dict_place(ObjRef self)
{
    if (obj_has_flag(self, TYPE_TYPE))
        type_dict((const Type *)self);
    return (Obj **)((uintptr_t)self + (uintptr_t)obj_type(self)->dict_offset);
}

/* The interned string equal to name: name itself, or *hold, which the caller releases. */
static ObjRef interned_name(ObjRef name, Obj **hold)
{
    *hold = NULL;
    if (str_check_exact(name)) {
        if (str_cast(name)->interned)
            return name;
        *hold = str_intern(name);
    } else {
        Obj *exact = str_substring(name, 0, str_length(name));
        if (exact != NULL)
            *hold = str_intern(exact);
        obj_xdecref(exact);
    }
    return *hold;
}

bool instance_has_dict(ObjRef self)
{
    const Type *type = obj_type(self);
    return (type->head.flags & TYPE_INLINE_ATTRS) != 0 || type->dict_offset != 0;
}

ObjRef object_peek_attr(ObjRef self, ObjRef name)
{
    const Type *type = obj_type(self);
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        Shape *shape = self->shape;
        if (shape->flags & SHAPE_DICT) {
            ObjRef dict = inst_extra(self)->overflow;
            return dict == NULL ? NULL : dict_peek(dict, name);
        }
        if (shape->slot_count == 0)
            return NULL;
        Obj *hold;
        ObjRef key = interned_name(name, &hold);
        if (key == NULL)
            return NULL;
        int32_t slot = shape_find(shape, key);
        obj_xdecref(hold);
        return slot < 0 ? NULL : *shape_slot(self, shape, slot);
    }
    if (type->dict_offset != 0) {
        ObjRef dict = *dict_place(self);
        return dict == NULL ? NULL : dict_peek(dict, name);
    }
    return NULL;
}

/* Moves the attributes of an instance in slot mode to a dict. */
static int enter_dict_mode(ObjRef self)
{
    Shape *shape = self->shape;
    Shape *target = shape_dict_mode(shape);
    Obj *dict = target == NULL ? NULL : dict_new_sized(shape->slot_count);
    if (dict == NULL)
        return -1;
    ObjRef keys[SHAPE_MAX_SLOTS];
    for (const Shape *s = shape; s->key != NULL; s = s->parent)
        keys[s->slot_count - 1] = s->key;
    for (int32_t i = 0; i < shape->slot_count; i++) {
        if (dict_set(dict, keys[i], *shape_slot(self, shape, i)) < 0) {
            obj_decref(dict);
            return -1;
        }
    }
    /* The dict holds every value now, so releasing the slots' references frees nothing. */
    for (int32_t i = 0; i < shape->slot_count; i++)
        obj_clear(shape_slot(self, shape, i));
    int64_t overflow = shape_overflow_size(shape);
    InstExtra *extra = inst_extra(self);
    if (overflow > 0)
        pool_free(extra->overflow, (size_t)overflow);
    ((Obj *)self)->shape = target;
    extra->overflow = dict;
    return 0;
}

/* The dict of an instance in dict mode, borrowed; made if the collector took it. */
static Obj *dict_of_dict_mode(ObjRef self)
{
    InstExtra *extra = inst_extra(self);
    if (extra->overflow == NULL)
        extra->overflow = dict_new();
    return extra->overflow;
}

/* Adds the attribute as the next slot; 1 when the instance must go to dict mode instead. */
static int add_slot(ObjRef self, ObjRef name, ObjRef value)
{
    Shape *shape = self->shape;
    Shape *next = shape_add(shape, name);
    if (next == NULL)
        return err_occurred() != NULL ? -1 : 1;
    int32_t slot = shape->slot_count;
    if (slot >= shape->inline_capacity) {
        shape_learn((Type *)shape->type, slot);
        int64_t old_size = shape_overflow_size(shape), new_size = shape_overflow_size(next);
        if (new_size != old_size) {
            InstExtra *extra = inst_extra(self);
            Obj **block = pool_alloc((size_t)new_size);
            if (block == NULL) {
                err_no_memory();
                return -1;
            }
            if (old_size > 0) {
                memcpy(block, extra->overflow, (size_t)old_size);
                pool_free(extra->overflow, (size_t)old_size);
            }
            extra->overflow = block;
        }
    }
    *shape_slot(self, next, slot) = obj_incref(value);
    ((Obj *)self)->shape = next;
    return 0;
}

static int delete_slot(ObjRef self, int32_t slot)
{
    Shape *shape = self->shape;
    if (slot == shape->slot_count - 1 && slot < shape->inline_capacity) {
        ((Obj *)self)->shape = shape->parent;
        obj_clear(shape_slot(self, shape, slot));
        return 0;
    }
    Obj *name = obj_incref(shape_name_at(shape, slot));
    int status = enter_dict_mode(self);
    if (status == 0)
        status = dict_discard(inst_extra(self)->overflow, name) < 0 ? -1 : 0;
    obj_decref(name);
    return status;
}

static int store_in_dict(ObjRef dict, ObjRef name, ObjRef value)
{
    if (value != NULL)
        return dict_set(dict, name, value);
    int removed = dict_discard(dict, name);
    return removed < 0 ? -1 : removed == 0;
}

static int store_inline(ObjRef self, ObjRef name, ObjRef value)
{
    if (self->shape->flags & SHAPE_DICT) {
        ObjRef dict = dict_of_dict_mode(self);
        return dict == NULL ? -1 : store_in_dict(dict, name, value);
    }
    int32_t slot = shape_find(self->shape, name);
    if (slot >= 0) {
        if (value == NULL)
            return delete_slot(self, slot);
        obj_replace(shape_slot(self, self->shape, slot), obj_incref(value));
        return 0;
    }
    if (value == NULL)
        return 1;
    int status = add_slot(self, name, value);
    if (status <= 0)
        return status;
    if (enter_dict_mode(self) < 0)
        return -1;
    return dict_set(inst_extra(self)->overflow, name, value);
}

int object_store_attr(ObjRef self, ObjRef name, ObjRef value)
{
    const Type *type = obj_type(self);
    if ((type->head.flags & TYPE_INLINE_ATTRS) == 0 && type->dict_offset == 0)
        return value == NULL ? 1 : err_format_int(&exc_attribute_error, "no attributes");
    Obj *hold;
    ObjRef key = interned_name(name, &hold);
    if (key == NULL)
        return -1;
    int status;
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        status = store_inline(self, key, value);
    } else {
        Obj **place = dict_place(self);
        if (*place == NULL && value == NULL) {
            status = 1;
        } else if (*place == NULL && (*place = dict_new()) == NULL) {
            status = -1;
        } else {
            Obj *dict = obj_incref(*place);
            status = store_in_dict(dict, key, value);
            obj_decref(dict);
        }
    }
    obj_xdecref(hold);
    return status;
}

Obj *object_dict(ObjRef self)
{
    const Type *type = obj_type(self);
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        if ((self->shape->flags & SHAPE_DICT) == 0 && enter_dict_mode(self) < 0)
            return NULL;
        ObjRef dict = dict_of_dict_mode(self);
        return dict == NULL ? NULL : obj_incref(dict);
    }
    if (type->dict_offset != 0) {
        Obj **place = dict_place(self);
        if (*place == NULL)
            *place = dict_new();
        return obj_xincref(*place);
    }
    return err_attribute(self, names.dunder_dict, "'%T' object has no attribute '__dict__'", self);
}

int object_set_dict(ObjRef self, ObjRef dict)
{
    if (dict != NULL && !dict_check(dict)) {
        return err_format_int(&exc_type_error, "__dict__ must be set to a dictionary, not a '%T'",
                              dict);
    }
    const Type *type = obj_type(self);
    Obj **place;
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        if ((self->shape->flags & SHAPE_DICT) == 0 && enter_dict_mode(self) < 0)
            return -1;
        place = (Obj **)&inst_extra(self)->overflow;
    } else if (type->dict_offset != 0) {
        place = dict_place(self);
    } else {
        err_attribute(self, names.dunder_dict, "This object has no __dict__");
        return -1;
    }
    obj_replace(place, obj_xincref(dict));
    return 0;
}

/* The shape below `root` with the same attributes as `shape`; NULL when there is none (nothing
 * raised). */
static Shape *same_attributes(Shape *root, const Shape *shape)
{
    ObjRef keys[SHAPE_MAX_SLOTS];
    for (const Shape *s = shape; s->key != NULL; s = s->parent)
        keys[s->slot_count - 1] = s->key;
    for (int32_t i = 0; i < shape->slot_count && root != NULL; i++)
        root = shape_add(root, keys[i]);
    if (root == NULL)
        err_clear();
    return root;
}

int instance_set_type(ObjRef self, Type *type)
{
    Type *old = obj_type(self);
    Shape *target = type->shape;
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        Shape *root = shape_root_for(type, self->shape->inline_capacity);
        if (root == NULL)
            return -1;
        target = (self->shape->flags & SHAPE_DICT) ? NULL : same_attributes(root, self->shape);
        if (target == NULL) {
            target = shape_dict_mode(root);
            if (target == NULL ||
                ((self->shape->flags & SHAPE_DICT) == 0 && enter_dict_mode(self) < 0))
                return -1;
        }
    }
    if (type->head.flags & TYPE_HEAP)
        type->head.base.refcnt++;
    ((Obj *)self)->shape = target;
    if (old->head.flags & TYPE_HEAP)
        obj_decref(&old->head.base);
    return 0;
}

/* ---------------------------------------------------------------- collection */

static const Type *static_base(const Type *type)
{
    while (type->head.flags & TYPE_HEAP)
        type = type->base;
    return type;
}

/* The place of a field of __slots__. */
static Obj **member_place(ObjRef self, const MemberDef *member)
{
    return (Obj **)(void *)((char *)(uintptr_t)self + member->offset);
}

int object_traverse_attrs(ObjRef self, VisitFn visit, void *context)
{
    const Type *type = obj_type(self);
    uint32_t flags = type->head.flags;
    if ((flags & TYPE_HEAP) == 0)
        return 0;
    GC_VISIT(type);
    if (flags & TYPE_INLINE_ATTRS) {
        const Shape *shape = self->shape;
        if (shape->flags & SHAPE_DICT) {
            GC_VISIT(inst_extra(self)->overflow);
        } else {
            for (int32_t i = 0; i < shape->slot_count; i++)
                GC_VISIT(*shape_slot(self, shape, i));
        }
    }
    for (const Type *t = type; t->head.flags & TYPE_HEAP; t = t->base) {
        for (const MemberDef *member = t->members; member != NULL && member->name != NULL; member++)
            GC_VISIT(*member_place(self, member));
    }
    return 0;
}

int instance_traverse(ObjRef self, VisitFn visit, void *context)
{
    int stop = object_traverse_attrs(self, visit, context);
    if (stop != 0)
        return stop;
    const Type *base = static_base(obj_type(self));
    return base->head.traverse == NULL ? 0 : base->head.traverse(self, visit, context);
}

/* Gives up attributes and slots; self stays a valid, empty instance. */
static void release_attrs(ObjRef self)
{
    const Type *type = obj_type(self);
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        Shape *shape = self->shape;
        InstExtra *extra = inst_extra(self);
        if (shape->flags & SHAPE_DICT) {
            Obj *dict = extra->overflow;
            extra->overflow = NULL;
            obj_xdecref(dict);
        } else if (shape->slot_count > 0) {
            Obj *values[SHAPE_MAX_SLOTS];
            int32_t count = shape->slot_count;
            for (int32_t i = 0; i < count; i++) {
                Obj **place = shape_slot(self, shape, i);
                values[i] = *place;
                *place = NULL;
            }
            int64_t overflow = shape_overflow_size(shape);
            if (overflow > 0)
                pool_free(extra->overflow, (size_t)overflow);
            extra->overflow = NULL;
            while (shape->parent != NULL)
                shape = shape->parent;
            ((Obj *)self)->shape = shape;
            for (int32_t i = 0; i < count; i++)
                obj_decref(values[i]);
        }
    }
    for (const Type *t = type; t->head.flags & TYPE_HEAP; t = t->base) {
        for (const MemberDef *member = t->members; member != NULL && member->name != NULL; member++)
            obj_clear(member_place(self, member));
    }
}

int instance_clear(ObjRef self)
{
    release_attrs(self);
    const Type *base = static_base(obj_type(self));
    return base->head.clear == NULL ? 0 : base->head.clear(self);
}

/* Runs the finaliser of an object whose count is 0; false when it lives again. */
static bool finalize_once(Obj *self)
{
    TypeHead *type = obj_head(self);
    if (type->finalize == NULL || (gc_link(self)->prev & GC_BIT_FINALIZED))
        return true;
    if (gc_link(self)->next == NULL)
        gc_track(self);
    gc_link(self)->prev |= GC_BIT_FINALIZED;
    self->refcnt = 1;
    int depth = obj_dealloc_suspend();
    type->finalize(self);
    obj_dealloc_resume(depth);
    return --self->refcnt == 0;
}

/* Nobody can reach self any more: its slots are left as they are. */
static void dealloc_plain(Obj *self)
{
    Shape *shape = self->shape;
    Type *type = (Type *)shape->type;
    gc_untrack(self);
    int32_t count = shape->slot_count, inside = shape->inline_capacity;
    Obj **slots = (Obj **)((uintptr_t)self + (uintptr_t)shape->inline_offset);
    for (int32_t i = 0; i < count && i < inside; i++)
        obj_decref(slots[i]);
    if (__builtin_expect(count > inside, 0)) {
        Obj **outside = inst_extra(self)->overflow;
        for (int32_t i = 0; i < count - inside; i++)
            obj_decref(outside[i]);
        pool_free(outside, (size_t)shape_overflow_size(shape));
    }
    gc_count_free();
    pool_free(inst_extra(self), plain_size(shape));
    obj_decref(&type->head.base);
}

void instance_dealloc(Obj *self)
{
    if ((self->shape->flags & SHAPE_PLAIN) && obj_head(self)->finalize == NULL &&
        inst_extra(self)->weak_list == NULL) {
        dealloc_plain(self);
        return;
    }
    if (!finalize_once(self))
        return;
    if (obj_dying_hook != NULL && obj_has_flag(self, TYPE_FINALIZE))
        obj_dying_hook(self);
    gc_untrack(self);
    TypeHead *head = obj_head(self);
    if (head->weak_list != NULL) {
        Obj **list = head->weak_list(self);
        if (list != NULL && *list != NULL)
            weakref_clear_all(self, list);
    }
    release_attrs(self);
    static_base((const Type *)obj_head(self))->head.dealloc(self);
}

Obj **instance_weak_list(ObjRef self)
{
    return &inst_extra(self)->weak_list;
}
