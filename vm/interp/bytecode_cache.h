#ifndef OURO_VM_INTERP_BYTECODE_CACHE_H
#define OURO_VM_INTERP_BYTECODE_CACHE_H

/*
 * Compiled modules on disk: __pycache__/NAME.ouro-311.pyc beside the source.
 */

#include <stdbool.h>
#include <sys/stat.h>

#include "runtime/types/module.h"

/* Where the code of a source file is kept: new str. */
Obj *bytecode_cache_path(ObjRef source, int optimize);
/* The code of a source file in this state, or NULL without an exception when there is no file, an
 * old one, or one that is not as it was written. */
Obj *bytecode_cache_load(ObjRef source, const struct stat *status);
/* Keeps the code for the next time, if that is wanted and possible; raises nothing. */
void bytecode_cache_store(ObjRef source, const struct stat *status, ObjRef code);
/* The code in the content of a .pyc file, whatever its source is like now; ImportError when it is
 * none.  path is for messages. */
Obj *bytecode_unpack(const unsigned char *data, int64_t length, ObjRef path);

/* Module _bytecode, for py_compile and compileall. */
extern const ModuleDef bytecode_module;

#endif
