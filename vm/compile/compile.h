#ifndef OURO_VM_COMPILE_COMPILE_H
#define OURO_VM_COMPILE_COMPILE_H

/*
 * Source text to code object.
 */

#include <stdint.h>
#include <stdio.h>

#include "gc/object.h"

typedef enum CompileMode { COMPILE_EXEC, COMPILE_EVAL, COMPILE_SINGLE } CompileMode;

/* Flags: CPython's PyCF_ numbers; CODE_FUTURE_… bits of code.h may be or-ed in (features of the
 * caller that the new code inherits). */
enum {
    COMPILE_SOURCE_IS_UTF8 = 0x100,
    COMPILE_DONT_IMPLY_DEDENT = 0x200,
    COMPILE_ONLY_AST = 0x400,
    COMPILE_IGNORE_COOKIE = 0x800, /* the text is a str, not the content of a file */
    COMPILE_TYPE_COMMENTS = 0x1000,
    COMPILE_TOP_LEVEL_AWAIT = 0x2000,
    COMPILE_ALLOW_INCOMPLETE_INPUT = 0x4000,
    /* What compile()'s flags may hold besides __future__ features. */
    COMPILE_FLAGS = 0x7F00,
};

/* The code object for `length` bytes of `text` (UTF-8 or, without COMPILE_IGNORE_COOKIE, what its
 * coding cookie says), or NULL with SyntaxError (or a subclass), ValueError, RecursionError or
 * MemoryError. filename: str.  optimize: 0, 1 (no asserts), 2 (no docstrings either); -1: as -O was
 * given. With COMPILE_ONLY_AST no code object but what tree_from_node gives.  Incomplete input
 * under COMPILE_ALLOW_INCOMPLETE_INPUT: SyntaxError("incomplete input"). */
Obj *compile_source(const char *text, int64_t length, ObjRef filename, CompileMode mode,
                    unsigned flags, int optimize);

/* A list of code objects, one for each top-level statement of `text` (UTF-8), each a compilation
 * unit of its own, as notebooks run them; the last is compiled as COMPILE_SINGLE when it is an
 * expression.  *futures: the __future__ features that the text inherits (bits of code.h) and, on
 * return, hands on. */
Obj *compile_statements(const char *text, int64_t length, ObjRef filename, unsigned *futures);

/* Receives what the peephole pass does, for --dump=peephole.  `before` and `after` are listings of
 * the instructions concerned (one per line) and co_consts; lines and names are those of the source.
 * All strings are valid during the call only. */
typedef struct CompileTrace {
    void (*rewrite)(void *context, const char *code_name, int32_t line, const char *rule,
                    const char *before, const char *consts_before, const char *after,
                    const char *consts_after);
    void *context;
} CompileTrace;

/* As compile_source, telling every rewrite to `trace` (may be NULL). */
Obj *compile_source_traced(const char *text, int64_t length, ObjRef filename, CompileMode mode,
                           unsigned flags, int optimize, const CompileTrace *trace);

/* Readies code_type and registers module _opcode; 0/-1.  Called by the VM's start-up after
 * runtime_init. */
int compile_init(void);
void compile_finish(void);

#endif
