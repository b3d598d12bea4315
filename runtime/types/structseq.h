#ifndef OURO_RUNTIME_TYPES_STRUCTSEQ_H
#define OURO_RUNTIME_TYPES_STRUCTSEQ_H

/*
 * Tuples with named fields for C modules (sys.version_info, os.stat_result, time.struct_time).
 *
 *     static const StructSeqDef def = {"time.struct_time", "doc", fields, 9};
 *     static Type struct_time_type;
 *     structseq_ready(&struct_time_type, &def);     // in the module's exec
 *     Obj *t = structseq_new(&struct_time_type);    // then structseq_set each field
 */

#include "runtime/core/object.h"

typedef struct StructSeqField {
    const char *name; /* NULL ends the table */
    const char *doc;
} StructSeqField;

typedef struct StructSeqDef {
    const char *name; /* with module: "sys.version_info" */
    const char *doc;
    const StructSeqField *fields;
    int visible; /* the first so many fields are items of the tuple; the others only attributes */
} StructSeqDef;

enum { STRUCTSEQ_MAX_FIELDS = 32 };

/* Makes a zeroed static Type ready; harmless when it is.  0/-1. */
int structseq_ready(Type *type, const StructSeqDef *def);
/* An instance whose fields are all NULL; to be filled before use. */
Obj *structseq_new(Type *type);
/* Sets field i to an owned value; NULL: -1. */
int structseq_set_steal(ObjRef self, int field, Obj *value);
/* Undoes structseq_ready for all types. */
void structseqs_finish(void);

#endif
