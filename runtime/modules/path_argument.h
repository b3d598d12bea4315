#ifndef OURO_RUNTIME_MODULES_PATH_ARGUMENT_H
#define OURO_RUNTIME_MODULES_PATH_ARGUMENT_H

/* File names given as arguments: str, bytes, os.PathLike, and descriptors where allowed. */

#include <stdbool.h>

#include "gc/object.h"

typedef struct PathArgument {
    const char
        *text;     /* NUL-terminated, in the encoding of the file system; NULL for a descriptor */
    int fd;        /* -1 unless a descriptor was given */
    bool is_bytes; /* given as bytes: names that go back are bytes as well */
    Obj *shown;    /* what OSError.filename shows: the argument itself; owned */
    Obj *encoded;  /* the bytes that `text` points into; owned */
} PathArgument;

enum { PATH_ALLOW_FD = 1, PATH_ALLOW_NONE = 2 /* as "." */ };

/* Reads an argument; `function` and `name` for messages ("stat", "path"; function NULL: the wording
 * of open()).  0/-1; release with path_argument_release. */
int path_argument_read(ObjRef arg, const char *function, const char *name, int flags,
                       PathArgument *out);
void path_argument_release(PathArgument *path);
/* os.fspath(): str or bytes, new reference. */
Obj *path_argument_fspath(ObjRef arg);
/* OSError from errno with the path as file name; NULL. */
Obj *path_argument_error(const PathArgument *path);
/* A name from the system as str (surrogateescape), or as bytes. */
Obj *path_argument_name(const char *name, bool as_bytes);

#endif
