#ifndef OURO_RUNTIME_TYPES_WEAKREF_H
#define OURO_RUNTIME_TYPES_WEAKREF_H

/* Weak references and proxies. */

#include "runtime/core/object.h"

extern Type weakref_type, weakproxy_type, weakcallableproxy_type;

/* A weak reference (the shared one when callback is NULL); TypeError if o cannot have any. */
Obj *weakref_new(ObjRef o, ObjRef callback_or_null);
/* New reference to the referent, or NULL without an exception when it is gone. */
Obj *weakref_get(ObjRef ref);
/* For dealloc: clears every weak reference to o and runs their callbacks. `list`: head as returned
 * by TypeHead.weak_list. */
void weakref_clear_all(ObjRef o, Obj **list);
int64_t weakref_count(ObjRef o);
/* A list of the references and proxies to o. */
Obj *weakref_list(ObjRef o);
/* A proxy (callable where o is); TypeError if o cannot have weak references. */
Obj *weakref_proxy(ObjRef o, ObjRef callback_or_null);
/* Tells the collector how to clear weak references. */
int weakrefs_init(void);

#endif
