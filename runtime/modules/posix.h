#ifndef OURO_RUNTIME_MODULES_POSIX_H
#define OURO_RUNTIME_MODULES_POSIX_H

/* Parts of module posix: its functions come from several files, each with a table. */

#include "runtime/core/type.h"

extern const MethodDef posix_file_functions[];    /* posix_file.c: names, directories, status */
extern const MethodDef posix_fd_functions[];      /* posix_fd.c: descriptors */
extern const MethodDef posix_process_functions[]; /* posix_process.c: processes, environment */

extern Type posix_dir_entry_type, posix_scandir_type;

/* Makes the named tuples of posix_file.c ready and adds them: 0/-1. */
int posix_file_exec(ObjRef module);
int posix_fd_exec(ObjRef module);
int posix_process_exec(ObjRef module);

/* The dir_fd argument (None or absent: AT_FDCWD): 0/-1. */
int posix_dir_fd(ObjRef arg, int *out);
/* A C int argument: OverflowError where it does not fit; 0/-1. */
int posix_int(ObjRef arg, int *out);
/* None, or NULL with OSError where status is not 0. */
Obj *posix_result(int status);

#endif
