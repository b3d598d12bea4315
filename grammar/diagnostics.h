#ifndef OURO_GRAMMAR_DIAGNOSTICS_H
#define OURO_GRAMMAR_DIAGNOSTICS_H

/*
 * What is wrong with a source text: one error, as the SyntaxError that CPython 3.11 would raise,
 * and a list of warnings.  All text lives in the Bump that was given to parse_source.
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "gc/bump.h"
#include "grammar/ast.h"

typedef enum DiagnosticKind {
    DIAGNOSTIC_NONE,
    DIAGNOSTIC_SYNTAX_ERROR,
    DIAGNOSTIC_INDENTATION_ERROR,
    DIAGNOSTIC_TAB_ERROR,
    DIAGNOSTIC_VALUE_ERROR,     /* NUL bytes in the text; no place */
    DIAGNOSTIC_RECURSION_ERROR, /* PARSE_TOO_DEEP; no place */
    DIAGNOSTIC_MEMORY_ERROR     /* PARSE_NO_MEMORY; no message, no place */
} DiagnosticKind;

typedef enum WarningKind { WARNING_SYNTAX, WARNING_DEPRECATION } WarningKind;

typedef struct Warning Warning;
struct Warning {
    Warning *next;
    WarningKind kind;
    const char *message;
    Place place;    /* byte columns */
    int64_t line;   /* place.line */
    int64_t offset; /* 1-based code point column, as SyntaxError.offset */
};

typedef struct Diagnostic {
    DiagnosticKind kind;
    const char *message;  /* UTF-8 */
    const char *filename; /* as given */
    /* SyntaxError.lineno, .offset, .end_lineno, .end_offset: 1-based; offsets in code points.
     * `offset` 0 is CPython's "no column"; `end_line` < 0 means None (and so `end_offset`). */
    int64_t line;
    int64_t offset;
    int64_t end_line;
    int64_t end_offset;
    const char *text;  /* SyntaxError.text: the source line, UTF-8, NULL for None */
    Warning *warnings; /* oldest first; also filled in when the parse succeeds */
    Warning **warnings_end;
    /* The source as UTF-8 (decoded), for texts of lines: set by parse_source, used by
     * diagnostic_set and symtable_build; valid as long as the Bump. */
    const char *source;
    int64_t source_length;
    bool is_nested;          /* the error is inside an f-string's expression and worded so */
    int64_t lexed_line;      /* the last line that the failing parse looked at; 0: all */
    struct NameTable *names; /* the identifiers of the compilation (grammar/name_pool.h) */
    Bump *bump;
} Diagnostic;

/* end_offset that reads as None although end_line is known. */
#define DIAGNOSTIC_NO_OFFSET INT64_MIN

/* SyntaxError's own numbers: 1-based lines and code point offsets, no conversion. */
typedef struct DiagnosticSpan {
    int64_t line;
    int64_t offset;
    int64_t end_line; /* -1: None */
    int64_t end_offset;
    bool bare_text; /* the text of the line ends before its newline */
} DiagnosticSpan;

void diagnostic_init(Diagnostic *diagnostic, Bump *bump, const char *filename);
/*
 * Records an error at `place` (byte columns, which it converts) unless one is recorded already.
 * place.end_line 0: no end.  Returns -1 always; when memory is out the kind becomes MEMORY_ERROR.
 */
int diagnostic_set(Diagnostic *diagnostic, DiagnosticKind kind, Place place, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));
int diagnostic_set_list(Diagnostic *diagnostic, DiagnosticKind kind, Place place,
                        const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));
/* The same with SyntaxError's numbers given as they are. */
int diagnostic_set_span(Diagnostic *diagnostic, DiagnosticKind kind, DiagnosticSpan span,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
int diagnostic_set_raw(Diagnostic *diagnostic, DiagnosticKind kind, DiagnosticSpan span,
                       const char *format, va_list arguments) __attribute__((format(printf, 4, 0)));
/* Adds a warning at `place`; returns 0 when memory is out. */
int diagnostic_warn(Diagnostic *diagnostic, WarningKind kind, Place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Drops the error, keeps the warnings. */
void diagnostic_clear(Diagnostic *diagnostic);
/* "SyntaxError", "TabError", …; "" for none. */
const char *diagnostic_kind_name(DiagnosticKind kind);

#endif
