#ifndef OURO_GRAMMAR_DUMP_H
#define OURO_GRAMMAR_DUMP_H

/*
 * Tokens, tree and symbol table as text for people or JSON for tools.  The output holds no
 * addresses: the same source gives the same bytes.
 */

#include <stdbool.h>
#include <stdint.h>

#include "grammar/ast.h"
#include "grammar/symtable.h"
#include "grammar/tokens.h"

/* A growing text.  Zero it to begin; `failed` says that memory ran out and text is missing. */
typedef struct DumpText {
    char *bytes; /* not NUL-terminated */
    int64_t length;
    int64_t capacity;
    bool failed;
} DumpText;

typedef enum DumpFormat { DUMP_TEXT, DUMP_JSON } DumpFormat;

void dump_free(DumpText *out);
void dump_write(DumpText *out, const char *text, int64_t length);
void dump_print(DumpText *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "…" with JSON's escapes; lone surrogates (WTF-8) become \udXXX. */
void dump_json_string(DumpText *out, const char *text, int64_t length);

/* One token a line, or an array of objects {kind, text, line, column, end_line, end_column}. */
void dump_tokens(DumpText *out, const Lexer *lexer, DumpFormat format);
/* As Python's ast.dump(indent=2), with `@line:column-line:column` behind each node; in JSON an
 * object {kind, place: [4 numbers], field: value, …} for each node. */
void dump_tree(DumpText *out, const Node *root, DumpFormat format);
/* Scopes, nested, with each name's flags and resolution. */
void dump_symbols(DumpText *out, const SymbolTable *table, DumpFormat format);
/*
 * `--dump=tokens` of a source: tokenises it and dumps what was read, also before an error.
 * PARSE_OK, or what parse_source would answer, with the diagnostic set.
 */
ParseStatus dump_source_tokens(DumpText *out, const char *text, int64_t length,
                               const char *filename, DumpFormat format, Diagnostic *diagnostic,
                               Bump *bump);

#endif
