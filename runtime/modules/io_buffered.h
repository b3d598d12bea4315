#ifndef OURO_RUNTIME_MODULES_IO_BUFFERED_H
#define OURO_RUNTIME_MODULES_IO_BUFFERED_H

/* BufferedReader, BufferedWriter and BufferedRandom: a raw stream behind a block of memory. */

#include "runtime/modules/io_base.h"

typedef struct BufferedObj {
    IoObj io;
    Obj *raw; /* owned; NULL: not initialised or detached */
    bool detached, readable, writable;
    bool direct;           /* raw is an exact FileIO: called without going through methods */
    bool busy;             /* a method of raw is running */
    unsigned char *buffer; /* mem_alloc block of `size` bytes, or NULL */
    int64_t size;
    int64_t read_start, read_end; /* bytes read ahead: buffer[read_start, read_end) */
    int64_t write_end; /* bytes to be written: buffer[0, write_end); then nothing is read ahead */
    int64_t raw_position; /* of the raw stream; -1: not known */
} BufferedObj;

extern Type io_buffered_reader_type, io_buffered_writer_type, io_buffered_random_type;
#define io_buffered_cast(o) ((BufferedObj *)(o))

/* A buffer of the given type over raw. */
Obj *io_buffered_new(Type *type, ObjRef raw, int64_t size);

/* For text streams over an exact buffered type; all raise ValueError when the raw stream is closed.
 */
/* Bytes read ahead, at least one unless the stream is at its end (0): a count, -1 error, or
 * IO_WOULD_BLOCK; *data points to them until the next call. */
int64_t io_buffered_fill(BufferedObj *self, const unsigned char **data);
/* Takes the first `count` bytes of what io_buffered_fill showed. */
void io_buffered_consume(BufferedObj *self, int64_t count);
int io_buffered_write(BufferedObj *self, const unsigned char *data, int64_t size);
int io_buffered_flush(BufferedObj *self);

#endif
