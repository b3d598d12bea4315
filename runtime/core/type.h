#ifndef OURO_RUNTIME_CORE_TYPE_H
#define OURO_RUNTIME_CORE_TYPE_H

/*
 * Type objects: slots, method tables, MRO, attribute lookup.
 *
 * A builtin type is a static `Type` with designated initialisers; type_ready completes it (MRO,
 * inherited slots, __dict__ from its tables).  A class made by a class statement is a Type on the
 * heap whose slots are filled from its dunder methods.  Slot ↔ dunder pairs live in slots.def.
 */

#include <stdint.h>

#include "gc/object.h"

typedef struct Type Type;

typedef enum CompareOp { CMP_LT, CMP_LE, CMP_EQ, CMP_NE, CMP_GT, CMP_GE } CompareOp;

typedef Obj *(*UnaryFn)(ObjRef self);
/* Either operand may be of the slot's type (try both orders); NotImplemented when it cannot. */
typedef Obj *(*BinaryFn)(ObjRef left, ObjRef right);
typedef Obj *(*TernaryFn)(ObjRef left, ObjRef right, ObjRef third);
typedef int (*PredicateFn)(ObjRef self);                            /* 1, 0, -1 */
typedef int64_t (*LengthFn)(ObjRef self);                           /* -1: error */
typedef int64_t (*HashFn)(ObjRef self);                             /* -1: error, never a hash */
typedef Obj *(*CompareFn)(ObjRef self, ObjRef other, CompareOp op); /* or NotImplemented */
typedef Obj *(*GetAttrFn)(ObjRef self, ObjRef name);
typedef int (*SetAttrFn)(ObjRef self, ObjRef name, ObjRef value); /* value NULL: delete */
typedef Obj *(*GetItemFn)(ObjRef self, ObjRef key);
typedef int (*SetItemFn)(ObjRef self, ObjRef key, ObjRef value); /* value NULL: delete */
typedef Obj *(*IndexFn)(ObjRef self, int64_t index); /* index already made >= 0 if it can */
typedef int (*ContainsFn)(ObjRef self, ObjRef item); /* 1, 0, -1 */
/* 1 item, 0 end, -1 error; a __next__ written in Python ends with -1 and StopIteration pending (it
 * may carry a value): obj_next makes 0 of it. */
typedef int (*NextFn)(ObjRef self, Obj **out);
typedef Obj *(*GetFn)(ObjRef self, ObjRef instance,
                      ObjRef owner); /* instance or owner may be NULL */
typedef int (*SetFn)(ObjRef self, ObjRef instance, ObjRef value); /* value NULL: delete */
/* args[0..nargs) are positional; the values of kwnames (a tuple of str, or NULL) follow them. */
typedef Obj *(*CallFn)(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
typedef Obj *(*NewFn)(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames);
typedef int (*InitFn)(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* Flags of a MethodDef. */
enum {
    METHOD_KEYWORDS = 1, /* takes keywords; without it kwnames is always NULL */
    METHOD_CLASS = 2,    /* class method: self is the type */
    METHOD_STATIC = 4,   /* static method: self is NULL */
    METHOD_COEXIST = 8,  /* replaces the slot wrapper of the same name (e.g. __getitem__) */
};

/* One row of a method table; the table ends with {0}.  `min`..`max` positional arguments are
 * checked before fn runs, with CPython's wording (max -1: any number). */
typedef struct MethodDef {
    const char *name;
    CallFn fn;
    int16_t min, max;
    uint32_t flags;
    const char
        *doc; /* "name(args)\n--\n\ntext" as __text_signature__ and __doc__ are read from it */
} MethodDef;

typedef struct GetSetDef {
    const char *name;
    Obj *(*get)(ObjRef self);
    int (*set)(ObjRef self, ObjRef value); /* NULL: read-only; value NULL: delete */
    const char *doc;
} GetSetDef;

typedef enum MemberKind {
    MEMBER_OBJ,      /* Obj *; NULL reads as None */
    MEMBER_OBJ_ATTR, /* Obj *; NULL raises AttributeError (also __slots__) */
    MEMBER_INT64,
    MEMBER_INT32,
    MEMBER_BOOL, /* bool */
    MEMBER_DOUBLE,
} MemberKind;

enum { MEMBER_READONLY = 1 };

typedef struct MemberDef {
    const char *name;
    int32_t kind;   /* MemberKind */
    int32_t offset; /* bytes from the Obj */
    uint32_t flags; /* MEMBER_… */
    const char *doc;
} MemberDef;

struct Type {
    TypeHead head;
    const char *doc;
    int64_t
        basic_size; /* bytes of an instance from its Obj, without variable part and inline slots */
    int64_t item_size;   /* bytes per item, for __itemsize__ */
    int32_t dict_offset; /* where instances keep a DictObj *__dict__ (made on demand); 0: none */
    int32_t weak_list_offset; /* where they keep the head of their weak references; 0: none */

    Type *base;                  /* owned where TYPE_HEAP */
    Obj *bases;                  /* tuple */
    Obj *mro;                    /* tuple of types, self first */
    Obj *dict;                   /* DictObj: the class namespace; read it through type_dict */
    Obj *name;                   /* str: __name__ */
    Obj *qualname;               /* str */
    struct TypeList *subclasses; /* direct subclasses, not owned (type.c); or NULL */
    Obj *weak_list;
    Shape *shape;     /* root shape for new instances */
    Shape root;       /* … which is this one, for builtin types */
    uint64_t version; /* unique while the MRO's dictionaries are unchanged; 0: not cached */
    Obj *module;      /* reserved for the type's __module__ when builtin; may be NULL */

    UnaryFn repr, str;
    HashFn hash;
    CompareFn compare;
    CallFn call;
    GetAttrFn getattr;
    SetAttrFn setattr;
    UnaryFn iter;
    NextFn next;
    GetFn get;
    SetFn set;
    NewFn new;
    InitFn init;

    BinaryFn add, subtract, multiply, remainder, divmod, left_shift, right_shift, bit_and, bit_xor,
        bit_or, floor_divide, true_divide, matrix_multiply;
    BinaryFn inplace_add, inplace_subtract, inplace_multiply, inplace_remainder, inplace_left_shift,
        inplace_right_shift, inplace_and, inplace_xor, inplace_or, inplace_floor_divide,
        inplace_true_divide, inplace_matrix_multiply;
    TernaryFn power, inplace_power; /* third is None without a modulus */
    UnaryFn negative, positive, absolute, invert, as_int, as_float, index;
    PredicateFn truth;

    /* Containers.  A sequence type fills item/set_item/concat/repeat; get_item/set_item take any
     * key. */
    LengthFn length;
    GetItemFn get_item;
    SetItemFn set_item;
    ContainsFn contains;
    BinaryFn concat, inplace_concat; /* only if `add` does not do */
    Obj *(*repeat)(ObjRef self, int64_t count);
    Obj *(*inplace_repeat)(ObjRef self, int64_t count);
    IndexFn item; /* fast path of iteration and unpacking */

    UnaryFn await, aiter, anext;

    const MethodDef *methods;
    const MemberDef *members;
    const GetSetDef *getset;
    int (*fill)(Type *type, ObjRef dict); /* enters what no table can say into a static type's
                                           * namespace: 0/-1; or NULL */
    uint64_t own_slots[2]; /* bit per slot (type_slots.c): filled by the static definition itself */
};

/* The type of an object (borrowed). */
#define obj_type(o) ((Type *)(o)->shape->type)
#define type_check(o, type) (obj_type(o) == (type) || type_is_subtype(obj_type(o), (type)))

extern Type type_type, object_type, super_type;

/* Completes a static type; 0, or -1 with an exception.  Ready twice is harmless. */
int type_ready(Type *type);
/* Makes the namespace of a static type; type_dict calls it.  NULL when memory runs out, without an
 * exception. */
ObjRef type_fill_dict(Type *type);
/* The class namespace (borrowed).  That of a static type is filled when first asked for, so that
 * start-up does not pay for the methods that a program never looks up; NULL as type_fill_dict. */
static inline ObjRef type_dict(const Type *type)
{
    return __builtin_expect(type->dict != NULL, 1) ? type->dict
                                                   : type_fill_dict((Type *)(uintptr_t)type);
}
/* Undoes type_ready at runtime_finish, so that the runtime can start again in this process. */
void type_unready(Type *type);
/* Calls visit for each static type that is ready, in order, until it returns other than 0. */
int type_each_static(int (*visit)(Type *type, void *context), void *context);
/* type(name, bases, namespace, **keywords) for C callers: new reference to the class. */
Obj *type_new_class(ObjRef name, ObjRef bases, ObjRef namespace);
/* A new exception class "module.Name" with the given base (NULL: Exception) and dict (or NULL). */
Obj *type_new_exception(const char *qualified_name, ObjRef base, ObjRef dict);
/* 1/0: walks the MRO, runs no user code. */
int type_is_subtype(const Type *type, const Type *base);
/* Finds `name` along the MRO; borrowed, NULL without an exception when absent.  Cached by version.
 */
ObjRef type_lookup(Type *type, ObjRef name);
/* Call after any change to a type's dictionary or bases: forgets caches, refills slots of `name`
 * (NULL: all) here and in subclasses. */
int type_modified(Type *type, ObjRef name);
/* Moves whenever a type gains or loses a key or a base, or a descriptor (anything whose type has
 * get or set) among its attributes comes, goes or is replaced.  It does not move when plain data
 * takes the place of plain data (C.count += 1): a cache that is guarded by the epoch alone must
 * hold plain class data by its DictCell (dict_cell on type->dict), never by the pointer of the
 * value. */
extern uint64_t type_epoch;
/* __name__ as UTF-8; borrowed from the type. */
const char *type_name(const Type *type);

/* Instances: what `new` and `dealloc` slots use.
 *
 * obj_alloc: zero-filled instance of `type` (which may be a subclass made at run time) with refcnt
 * 1 and `size` payload bytes counted from the Obj (for a TYPE_VAR type; else max of it and
 * basic_size); has room for InstExtra, GcLink and inline attribute slots as the type demands; owns
 * its type where TYPE_HEAP.  Not tracked: call gc_track when filled (obj_track_if_gc).  NULL and
 * MemoryError. obj_free: the counterpart for a dealloc slot, after the payload's references were
 * given up; the object must be untracked (gc_untrack) by then. */
Obj *obj_alloc(Type *type, int64_t size);
void obj_free(Obj *self, int64_t size);
/* The bytes that self occupies now: GcLink, InstExtra, inline and overflow slots included; not what
 * a type keeps in further blocks (its __sizeof__ adds that). */
int64_t obj_size(ObjRef self);
/* object.__new__ and object.__init__; the eval loop compares slots with them. */
Obj *object_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames);
int object_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
/* An instance of a class whose `new` is object_new and which is not TYPE_ABSTRACT, without running
 * __init__. */
Obj *type_new_instance(Type *type);
/* type.__call__: new, then init. */
Obj *type_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* Generic slots. */
Obj *object_getattr(ObjRef self, ObjRef name); /* object.__getattribute__ */
int object_setattr(ObjRef self, ObjRef name, ObjRef value);
/* As object_getattr without raising AttributeError: 1 and *out, 0, or -1. */
int object_getattr_opt(ObjRef self, ObjRef name, Obj **out);
int64_t object_hash_identity(ObjRef self);
int64_t object_hash_unhashable(ObjRef self); /* TypeError: unhashable type */
Obj *object_iter_self(ObjRef self);          /* iter slot of iterators */
/* The __dict__ of an instance, made when first asked for (turns a slot layout into a dict): new
 * reference, or NULL with AttributeError. */
Obj *object_dict(ObjRef self);
/* Replaces __dict__. */
int object_set_dict(ObjRef self, ObjRef dict);
/* Patterns take instances of a heap type and its subclasses as sequences (TYPE_SEQUENCE) or
 * mappings (TYPE_MAPPING). */
void type_set_pattern(Type *type, uint32_t flag);
/* Attribute storage of an instance, without descriptors.  Get: borrowed or NULL (no exception
 * unless err_occurred).  Set with NULL deletes: 0, or 1 if absent, -1 error. */
ObjRef object_peek_attr(ObjRef self, ObjRef name);
int object_store_attr(ObjRef self, ObjRef name, ObjRef value);
/* Reports the references that the generic part of a heap instance owns: its type (if TYPE_HEAP),
 * attributes, slots.  Every builtin traverse that may serve subclasses need NOT call it: instance
 * traversal wraps the base's. */
int object_traverse_attrs(ObjRef self, VisitFn visit, void *context);

/* Descriptors made from tables. */
extern Type builtin_function_type, method_descriptor_type, getset_descriptor_type,
    member_descriptor_type, slot_wrapper_type, method_wrapper_type, classmethod_descriptor_type,
    property_type, classmethod_type, staticmethod_type, mappingproxy_type;

/* A builtin function or bound builtin method (self may be NULL; module: str name or NULL). */
Obj *builtin_function_new(const MethodDef *def, ObjRef self, ObjRef module);

#endif
