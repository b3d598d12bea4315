#ifndef OURO_RUNTIME_MODULES_IO_FILE_H
#define OURO_RUNTIME_MODULES_IO_FILE_H

/* FileIO: a stream of bytes over a file descriptor, without buffer. */

#include "runtime/modules/io_base.h"

typedef struct FileObj {
    IoObj io;
    int fd; /* -1: closed or not opened yet */
    bool created, readable, writable, appending;
    bool close_fd;      /* close() closes the descriptor */
    int8_t seekable;    /* 1, 0; -1: not known yet */
    int64_t block_size; /* bytes: st_blksize */
} FileObj;

extern Type io_file_type;
#define io_file_cast(o) ((FileObj *)(o))
#define io_file_check_exact(o) (obj_type(o) == &io_file_type)

/* FileIO(name, mode, closefd, opener) of exact type; opener may be NULL. */
Obj *io_file_open(ObjRef name, const char *mode, bool close_fd, ObjRef opener);
/* A FileIO over an open descriptor, which stays open when the object goes; `name` as attribute. */
Obj *io_file_from_fd(int fd, const char *mode, const char *name);

enum { IO_WOULD_BLOCK = -2 };
/* The number of bytes read (0: end) or written; -1 with an exception; IO_WOULD_BLOCK. */
int64_t io_file_read(FileObj *file, unsigned char *out, int64_t size);
int64_t io_file_write(FileObj *file, const unsigned char *data, int64_t size);
/* The new position, or -1 with an exception. */
int64_t io_file_seek(FileObj *file, int64_t offset, int whence);
/* Whether the descriptor can seek: 1, 0, -1. */
int io_file_seekable(FileObj *file);

#endif
