#ifndef OURO_GC_OBJECT_H
#define OURO_GC_OBJECT_H

/*
 * The object header, reference counts and what the collector must know of a type.
 *
 * Memory of an object, low addresses first:
 *
 *     [InstExtra 16][GcLink 16] Obj{refcnt, shape} payload… inline attribute slots…
 *
 * InstExtra precedes instances of classes made at run time that have a __dict__ or weak references;
 * GcLink precedes every object of a type with TYPE_GC, but those whose shape is SHAPE_UNLINKED. The
 * id of an object is the address of its Obj; the reference count is its first 8 bytes and is true:
 * nothing is immortal, the runtime holds one ordinary reference to each of its own objects.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Obj Obj;
typedef struct Shape Shape;
typedef struct TypeHead TypeHead;

/* A borrowed reference: valid while somebody else keeps the object alive.  In the ownership-check
 * build it is const, so that storing, returning or releasing one does not compile. */
#ifdef CHECK_OWNERSHIP
typedef const Obj *ObjRef;
#else
typedef Obj *ObjRef;
#endif

struct Obj {
    int64_t refcnt; /* owned references to this object */
    Shape *shape;   /* its type and attribute layout in one word */
};

/* Called with each reference that an object owns, once per reference (NULL is never passed);
 * a result other than 0 stops the walk and is returned. */
typedef int (*VisitFn)(ObjRef child, void *context);

/* Type flags (TypeHead.flags). */
enum {
    TYPE_GC = 1u << 0,       /* instances have a GcLink and a traverse */
    TYPE_HEAP = 1u << 1,     /* made at run time; instances own a reference to their type */
    TYPE_BASE = 1u << 2,     /* may be subclassed */
    TYPE_EXTRA = 1u << 3,    /* instances have an InstExtra before the GcLink */
    TYPE_VAR = 1u << 4,      /* payload size differs by instance: attributes never inline */
    TYPE_READY = 1u << 5,    /* type_ready ran */
    TYPE_FINALIZE = 1u << 6, /* has __del__ or a finalize function */
    TYPE_INT = 1u << 8,      /* int or a subclass of it; likewise below */
    TYPE_STR = 1u << 9,
    TYPE_LIST = 1u << 10,
    TYPE_TUPLE = 1u << 11,
    TYPE_DICT = 1u << 12,
    TYPE_TYPE = 1u << 13,
    TYPE_EXCEPTION = 1u << 14,
    TYPE_BYTES = 1u << 15,
    TYPE_FLOAT = 1u << 16,
    TYPE_SET = 1u << 17,               /* set or frozenset or a subclass */
    TYPE_METHOD_DESCRIPTOR = 1u << 18, /* as attribute of a class, a call may pass self unbound */
    TYPE_ABSTRACT = 1u << 19,          /* has abstract methods: cannot be instantiated */
    TYPE_SEQUENCE = 1u << 20,          /* matches sequence patterns */
    TYPE_MAPPING = 1u << 21,           /* matches mapping patterns */
    TYPE_IMMUTABLE = 1u << 22,         /* builtin: attributes of the type cannot be set */
    TYPE_INLINE_ATTRS = 1u << 23, /* instances keep attributes in slots described by their shape */
    TYPE_NO_NEW = 1u << 24,       /* "cannot create 'X' instances" */
};

/* What the collector and deallocation know of a type.  `Type` (runtime/core/type.h) begins so. */
struct TypeHead {
    Obj base;         /* a type is an object */
    const char *name; /* tp_name: "list", "collections.deque" (last part is __name__) */
    uint32_t flags;   /* TYPE_… */
    int32_t
        presize; /* bytes before the Obj: 0, 16 (GcLink), 32 (and InstExtra) or more (and slots) */
    /* Calls visit for every reference that self owns; each exactly once. */
    int (*traverse)(ObjRef self, VisitFn visit, void *context);
    /* Drops references that can be part of a cycle; self stays valid.  0. */
    int (*clear)(ObjRef self);
    /* Runs __del__ (or its like) once; may resurrect.  Never leaves an exception. */
    void (*finalize)(ObjRef self);
    /* Address of the head of self's list of weak references, or NULL if it can have none. */
    Obj **(*weak_list)(ObjRef self);
    /* Count is 0: releases what self owns and frees its memory. */
    void (*dealloc)(Obj *self);
};

enum {
    SHAPE_DICT = 1u << 0,      /* attributes are in the dict of InstExtra, not in slots */
    SHAPE_SMALL_INT = 1u << 1, /* payload is IntObj{value}, not BigIntObj (int and bool alone) */
    SHAPE_SEEN = 1u << 2,      /* a number whose address was revealed: never overwritten in place */
    SHAPE_PLAIN = 1u << 4,    /* an instance that is nothing but InstExtra, GcLink, Obj and slots */
    SHAPE_UNLINKED = 1u << 3, /* static objects of a TYPE_GC type (builtin types): no GcLink */
};

/* A hidden class: type and layout of attributes.  Static for builtin types, a tree per class for
 * instances (runtime/core/shape.h).  Transition tables and lookups belong to shape.c. */
struct Shape {
    TypeHead *type;           /* borrowed: a type owns its shapes */
    uint32_t flags;           /* SHAPE_… */
    int32_t slot_count;       /* attributes that an instance of this shape has */
    int32_t inline_capacity;  /* the first so many slots are inside the object */
    int32_t inline_offset;    /* bytes from the Obj to slot 0 */
    Shape *parent;            /* shape without the last attribute; NULL for a root */
    Obj *key;                 /* name of the last attribute (interned); NULL for a root */
    struct ShapeTable *table; /* names → slots and next shapes; made when first needed */
};

/* Two words before every object of a TYPE_GC type. */
typedef struct GcLink GcLink;
struct GcLink {
    GcLink *next;   /* in its generation's list; NULL: untracked */
    uintptr_t prev; /* previous link | GC_… bits; a count while a collection runs */
};

/* Two words before the GcLink where TYPE_EXTRA is set. */
typedef struct InstExtra {
    void *overflow; /* Obj ** slots past inline_capacity, or the DictObj * where SHAPE_DICT; or NULL
                     */
    Obj *weak_list; /* first weak reference to this object, or NULL (not owned) */
} InstExtra;

#define gc_link(o) ((GcLink *)((uintptr_t)(o) - sizeof(GcLink)))
#define inst_extra(o) ((InstExtra *)((uintptr_t)(o) - sizeof(GcLink) - sizeof(InstExtra)))
#define obj_head(o) ((o)->shape->type)
#define obj_has_flag(o, flag) ((obj_head(o)->flags & (flag)) != 0)

/* Called with each object whose memory is about to be given back, once nothing can revive it; NULL
 * when nobody wants to know.  It must not touch counts or raise. */
extern void (*obj_dying_hook)(ObjRef o);

/* Count is 0: finalises and frees, with C stack use bounded however deep the structure is. */
void obj_dealloc(Obj *o);
/* Around user code that a dealloc runs (__del__, callbacks): deallocation inside it is immediate
 * again.  Returns what the matching obj_dealloc_resume takes. */
int obj_dealloc_suspend(void);
void obj_dealloc_resume(int depth);

/* Makes an owned reference of a borrowed one. */
static inline Obj *obj_incref(ObjRef o)
{
    Obj *owned = (Obj *)o;
    owned->refcnt++;
    return owned;
}

/* As obj_incref; NULL stays NULL. */
static inline Obj *obj_xincref(ObjRef o)
{
    return o == NULL ? NULL : obj_incref(o);
}

/* Gives up an owned reference; may run any code (__del__, weakref callbacks). */
static inline __attribute__((always_inline)) void obj_decref(Obj *o)
{
    if (--o->refcnt == 0)
        obj_dealloc(o);
}

static inline __attribute__((always_inline)) void obj_xdecref(Obj *o)
{
    if (o != NULL)
        obj_decref(o);
}

/* obj_clear(&x): x becomes NULL before the reference it held is given up. */
#define obj_clear(place)                                                                           \
    do {                                                                                           \
        Obj *cleared_ = (Obj *)*(place);                                                           \
        *(place) = NULL;                                                                           \
        obj_xdecref(cleared_);                                                                     \
    } while (0)

/* obj_replace(&x, y): x takes over the owned reference y, then the old value is given up. */
#define obj_replace(place, owned)                                                                  \
    do {                                                                                           \
        Obj *replaced_ = (Obj *)*(place);                                                          \
        *(place) = (owned);                                                                        \
        obj_xdecref(replaced_);                                                                    \
    } while (0)

/* For traverse functions: visit(field) unless NULL; returns from the caller when told to stop. */
#define GC_VISIT(field)                                                                            \
    do {                                                                                           \
        if ((field) != NULL) {                                                                     \
            int stop_ = visit((ObjRef)(field), context);                                           \
            if (stop_ != 0)                                                                        \
                return stop_;                                                                      \
        }                                                                                          \
    } while (0)

#endif
