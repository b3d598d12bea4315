#ifndef OURO_VM_CLI_LINE_EDITOR_H
#define OURO_VM_CLI_LINE_EDITOR_H

/* Lines typed at a terminal, with history and completion: libedit, opened when first needed. */

#include <stdbool.h>
#include <stddef.h>

typedef enum LineResult {
    LINE_READ,
    LINE_END,         /* Ctrl-D, or the input has ended */
    LINE_INTERRUPTED, /* Ctrl-C */
    LINE_ERROR        /* MemoryError is pending */
} LineResult;

/* Gives the completions of `word` (its `length` bytes before the cursor): a list of str that all
 * begin with it, or NULL without exception. */
typedef struct Obj Obj;
typedef Obj *(*LineCompleter)(const char *word, size_t length);

/* Takes over the terminal; false when there is none or no libedit: lines then come from plain
 * reads. history: path of the file, or NULL. */
bool line_editor_start(const char *history, LineCompleter completer);
/* Reads a line without its newline into *line (mem_alloc'ed, *size bytes with the NUL; the caller
 * frees it). `indent` blanks are put at its beginning, as if typed. */
LineResult line_editor_read(const char *prompt, int indent, char **line, size_t *size);
/* Adds an entry to the history. */
void line_editor_remember(const char *entry);
/* Saves the history and gives the terminal back. */
void line_editor_stop(void);

#endif
