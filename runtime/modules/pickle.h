#ifndef OURO_RUNTIME_MODULES_PICKLE_H
#define OURO_RUNTIME_MODULES_PICKLE_H

/* What the parts of module _pickle share: the instruction set, errors, rarely used Python objects.
 */

#include "runtime/core/object.h"
#include "runtime/types/byte_builder.h"

enum {
    PICKLE_HIGHEST = 5,
    PICKLE_DEFAULT = 4,
    PICKLE_BATCH = 1000,           /* items between a MARK and its APPENDS */
    PICKLE_FRAME_TARGET = 1 << 16, /* bytes at which a frame is closed */
    PICKLE_FRAME_LEAST = 4,        /* a frame shorter than this is not worth its header */
};

/* Instructions of the stack machine that pickles are programs for. */
enum {
    PICKLE_MARK = '(',
    PICKLE_STOP = '.',
    PICKLE_POP = '0',
    PICKLE_POP_MARK = '1',
    PICKLE_DUP = '2',
    PICKLE_FLOAT = 'F',
    PICKLE_INT = 'I',
    PICKLE_BININT = 'J',
    PICKLE_BININT1 = 'K',
    PICKLE_LONG = 'L',
    PICKLE_BININT2 = 'M',
    PICKLE_NONE = 'N',
    PICKLE_PERSID = 'P',
    PICKLE_BINPERSID = 'Q',
    PICKLE_REDUCE = 'R',
    PICKLE_STRING = 'S',
    PICKLE_BINSTRING = 'T',
    PICKLE_SHORT_BINSTRING = 'U',
    PICKLE_UNICODE = 'V',
    PICKLE_BINUNICODE = 'X',
    PICKLE_APPEND = 'a',
    PICKLE_BUILD = 'b',
    PICKLE_GLOBAL = 'c',
    PICKLE_DICT = 'd',
    PICKLE_EMPTY_DICT = '}',
    PICKLE_APPENDS = 'e',
    PICKLE_GET = 'g',
    PICKLE_BINGET = 'h',
    PICKLE_INST = 'i',
    PICKLE_LONG_BINGET = 'j',
    PICKLE_LIST = 'l',
    PICKLE_EMPTY_LIST = ']',
    PICKLE_OBJ = 'o',
    PICKLE_PUT = 'p',
    PICKLE_BINPUT = 'q',
    PICKLE_LONG_BINPUT = 'r',
    PICKLE_SETITEM = 's',
    PICKLE_TUPLE = 't',
    PICKLE_EMPTY_TUPLE = ')',
    PICKLE_SETITEMS = 'u',
    PICKLE_BINFLOAT = 'G',
    PICKLE_BINBYTES = 'B',
    PICKLE_SHORT_BINBYTES = 'C',
    PICKLE_PROTO = 0x80,
    PICKLE_NEWOBJ,
    PICKLE_EXT1,
    PICKLE_EXT2,
    PICKLE_EXT4,
    PICKLE_TUPLE1,
    PICKLE_TUPLE2,
    PICKLE_TUPLE3,
    PICKLE_NEWTRUE,
    PICKLE_NEWFALSE,
    PICKLE_LONG1,
    PICKLE_LONG4,
    PICKLE_SHORT_BINUNICODE,
    PICKLE_BINUNICODE8,
    PICKLE_BINBYTES8,
    PICKLE_EMPTY_SET,
    PICKLE_ADDITEMS,
    PICKLE_FROZENSET,
    PICKLE_NEWOBJ_EX,
    PICKLE_STACK_GLOBAL,
    PICKLE_MEMOIZE,
    PICKLE_FRAME,
    PICKLE_BYTEARRAY8,
    PICKLE_NEXT_BUFFER,
    PICKLE_READONLY_BUFFER,
};

/* The exception classes, made with the module. */
typedef struct PickleErrors {
    Obj *base, *pickling, *unpickling;
} PickleErrors;
extern PickleErrors pickle_errors;

#define pickle_pickling_error ((Type *)pickle_errors.pickling)
#define pickle_unpickling_error ((Type *)pickle_errors.unpickling)

extern Type pickle_pickler_type, pickle_unpickler_type, pickle_buffer_type;

/* module.name, with the module imported first: new reference. */
Obj *pickle_import(const char *module, const char *name);
/* The memory that a PickleBuffer stands for (borrowed), or NULL with ValueError when released. */
ObjRef pickle_buffer_owner(ObjRef buffer);

Obj *pickle_dump(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *pickle_dumps(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *pickle_load(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *pickle_loads(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* Gives up the exception classes when the runtime ends. */
void pickle_finish(void);

#endif
