#ifndef OURO_RUNTIME_MODULES_IO_TEXT_H
#define OURO_RUNTIME_MODULES_IO_TEXT_H

/* TextIOWrapper: text over a buffer of bytes. */

#include "runtime/modules/io_base.h"
#include "runtime/modules/io_buffered.h"
#include "runtime/modules/io_text_codec.h"
#include "runtime/types/byte_builder.h"

typedef struct TextObj {
    IoObj io;
    Obj *buffer; /* owned; NULL: not initialised or detached */
    bool detached;
    bool direct; /* buffer is of an exact type of io_buffered.h */
    bool can_read, can_write;
    bool seekable, telling;
    bool line_buffering, write_through;
    TextCodec codec;
    Newlines newlines;
    int64_t chunk_size; /* bytes that are read at once, and gathered before they are written */

    /* Output: encoded bytes not yet given to the buffer. */
    ByteBuilder pending;
    bool output_start; /* the next bytes written are the first of the file */

    /* Input: `decoded` is the text of the bytes `chunk`; `carry` are bytes after them that could
     * not be decoded yet. */
    Obj *decoded;         /* str or NULL */
    int64_t decoded_used; /* characters of it already given out */
    ByteBuilder chunk;    /* kept only where `telling` may need it */
    ByteBuilder carry;
    bool chunk_start; /* chunk began at position 0 */
    bool input_start; /* the next bytes decoded are the first of the file */
    bool has_read;    /* something was decoded: encoding and newline are settled */
} TextObj;

extern Type io_text_wrapper_type;
#define io_text_cast(o) ((TextObj *)(o))

/* Arguments of TextIOWrapper(); NULL: the default. */
typedef struct TextOptions {
    ObjRef encoding, errors, newline;
    bool line_buffering, write_through;
} TextOptions;

Obj *io_text_new(ObjRef buffer, const TextOptions *options);
/* write(text) without a method call and without making an int of the length, for print: `file` must
 * be io_text_is_plain and `text` a str.  0/-1. */
int io_text_write(ObjRef file, ObjRef text);
/* Whether o is an exact TextIOWrapper whose write() is the type's own. */
bool io_text_is_plain(ObjRef o);

#endif
