#ifndef OURO_VM_INSPECT_EDGES_H
#define OURO_VM_INSPECT_EDGES_H

/*
 * References with names: what holds what, and in which slot.
 *
 * An Edge is one owned reference.  edges_walk gives exactly the references that the type's traverse
 * gives (those of untracked types too), each with the slot it is in; frames_walk gives those of the
 * running frames, which no object owns.
 */

#include <stdbool.h>

#include "gc/object.h"
#include "vm/interp/thread.h"

typedef enum EdgeKind {
    EDGE_FIELD, /* `text`: a field of the object, by the name that Python shows where it has one */
    EDGE_ITEM,  /* [index] of a sequence */
    EDGE_KEY,   /* a key of a dict: `name` is the key */
    EDGE_VALUE, /* a value of a dict: `name` is its key */
    EDGE_ELEMENT,   /* of a set */
    EDGE_ATTRIBUTE, /* an instance's attribute: `name`, or `text` for __slots__ */
    EDGE_CONTENTS,  /* of a cell */
    EDGE_TYPE,      /* an instance's class */
    EDGE_LOCAL,     /* a local variable of a frame: `name` */
    EDGE_STACK,     /* an operand of a frame: [index] from the bottom */
    EDGE_ROOT,      /* a C variable: `text` */
} EdgeKind;

typedef struct Edge {
    EdgeKind kind;
    bool doubtful;    /* EDGE_STACK: the word may be stale; compare it, do not follow it */
    ObjRef owner;     /* the object that owns the reference; of a running frame its function;
                         NULL: EDGE_ROOT */
    ObjRef name;      /* borrowed; or NULL */
    int64_t index;    /* position; of frames_walk's EDGE_STACK and EDGE_LOCAL the slot */
    const char *text; /* static; or NULL */
    const CallRecord *record; /* of a running frame; or NULL */
} Edge;

/* A result other than 0 stops the walk and is returned. */
typedef int (*EdgeFn)(ObjRef child, const Edge *edge, void *context);

int edges_walk(ObjRef owner, EdgeFn visit, void *context);
/* The running frames below those that belong to the module ouro itself. */
int frames_walk(EdgeFn visit, void *context);
/* The frames of the module ouro that are on top: references that are its own. */
int frames_walk_own(EdgeFn visit, void *context);
/* The record of the innermost frame that is not ouro's own, or NULL. */
CallRecord *frames_user_record(void);
/* The names under which the code knows a slot of its frames. */
ObjRef frame_slot_name(const CodeObj *code, int64_t slot);
/* Code of the module ouro itself. */
bool inspect_is_own(ObjRef globals);

#endif
