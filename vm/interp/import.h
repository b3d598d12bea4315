#ifndef OURO_VM_INTERP_IMPORT_H
#define OURO_VM_INTERP_IMPORT_H

/* The import system: sys.modules, C modules, files on sys.path, the embedded library. */

#include <stdbool.h>

#include "gc/object.h"

/* What __import__ does: globals (or NULL) for relative names; fromlist may be NULL. */
Obj *import_name(ObjRef name, ObjRef globals, ObjRef fromlist, int64_t level);
/* The module of a dotted name itself. */
Obj *import_module(const char *dotted);
/* from module import name */
Obj *import_from(ObjRef module, ObjRef name);

/* ---- running a program */

/* A new module __main__ with __builtins__, entered in sys.modules. */
Obj *import_make_main(void);
/* -m: runs the module (or package's __main__) as __main__.  sys.argv[0] becomes its file.  0/-1. */
int import_run_module(const char *dotted);
/* Runs a file's content as __main__; compiled code where the path ends in .pyc: 0/-1. */
int import_run_file(const char *path, const char *text, int64_t length);
/* A whole file: mem_alloc'ed block of *length bytes plus one NUL, or NULL with OSError. */
char *import_read_file(const char *path, int64_t *length);

/* ---- source lines for tracebacks */

/* A line (from 1) of a source file without its newline: str, or NULL without exception. */
Obj *import_source_line(ObjRef filename, int64_t line);
/* The same as stored, with indentation. */
Obj *import_source_line_raw(ObjRef filename, int64_t line);
/* Text that belongs to code whose co_filename is this very str object: what was typed at the
 * prompt. */
void import_remember_source(ObjRef filename, const char *text, int64_t length);

int import_init(void);
void import_finish(void);

#endif
