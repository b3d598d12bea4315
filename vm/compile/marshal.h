#ifndef OURO_VM_COMPILE_MARSHAL_H
#define OURO_VM_COMPILE_MARSHAL_H

/*
 * Values of the core types, and code objects, as bytes: module marshal and the bytecode cache.
 */

#include "runtime/types/module.h"

enum { MARSHAL_VERSION = 4 };

/* bytes of the value; ValueError "unmarshallable object". */
Obj *marshal_dump(ObjRef value, int64_t version);
/* The value; EOFError, ValueError or TypeError when the bytes are none.  Code objects pass the
 * verifier, so that whatever comes out can be run. */
Obj *marshal_load(const unsigned char *data, int64_t length);

extern const ModuleDef marshal_module;

#endif
