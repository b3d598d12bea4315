#ifndef OURO_VM_CLI_DISASSEMBLE_H
#define OURO_VM_CLI_DISASSEMBLE_H

/*
 * Code objects as text for people or JSON for tools, without addresses: constants that are code
 * objects read `<code name>`.
 */

#include "gc/object.h"
#include "grammar/dump.h"

/* All instructions with source lines and jump labels, then the code objects inside.  source: the
 * text that `code` was compiled from, or NULL. */
void disassemble_code(DumpText *out, ObjRef code, const char *source, int64_t source_length,
                      DumpFormat format);
/* co_consts of a code object and those inside. */
void disassemble_consts(DumpText *out, ObjRef code, DumpFormat format);
/* repr of a constant. */
void disassemble_constant(DumpText *out, ObjRef constant);

#endif
