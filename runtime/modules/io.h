#ifndef OURO_RUNTIME_MODULES_IO_H
#define OURO_RUNTIME_MODULES_IO_H

/* open() and the module _io. */

#include <stdbool.h>

#include "runtime/core/object.h"

/* How a standard stream is made; NULL: utf-8, strict. */
typedef struct IoFdOptions {
    const char *encoding, *errors;
    bool line_buffering; /* flush at every line end; always where the descriptor is a terminal */
    bool write_through;  /* no buffering of text (option -u) */
} IoFdOptions;

/* A text stream over an open descriptor, which stays open when the object goes; mode "r" or "w",
 * `name` as "<stdout>".  options may be NULL. */
Obj *io_open_fd(int fd, const char *mode, const char *name, const IoFdOptions *options);
/* The builtin open(). */
Obj *io_open(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* Enters open() in builtins; after builtins_init.  0/-1. */
int io_init(void);
void io_release(void);

#endif
