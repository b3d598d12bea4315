#ifndef OURO_GRAMMAR_TEXT_H
#define OURO_GRAMMAR_TEXT_H

/*
 * Source text: decoding to UTF-8, newlines, lines and code points.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/bump.h"
#include "grammar/diagnostics.h"

/* Code points in `bytes` bytes of UTF-8. */
int64_t text_code_points(const char *text, int64_t bytes);
/* Bytes that the first `code_points` code points take, at most `length`. */
int64_t text_byte_offset(const char *text, int64_t length, int64_t code_points);
/* Start of line `line` (from 1) and its length without the newline; NULL when there is none. */
const char *text_line(const char *text, int64_t length, int64_t line, int64_t *line_length);
/* Decodes one code point of valid UTF-8 (surrogates allowed) at `*at` and moves past it. */
uint32_t text_decode(const char **at);
/* Writes UTF-8 (lone surrogates as three bytes), returns 1 to 4. */
int text_encode(uint32_t code_point, char out[4]);
/* Length of the valid UTF-8 prefix of `text`; `surrogates`: three-byte surrogates are valid. */
int64_t text_valid_utf8(const char *text, int64_t length, bool surrogates);

/*
 * Makes parseable text of a source: drops the BOM, obeys the coding cookie (PEP 263; utf-8,
 * latin-1 and ascii under all their names), checks UTF-8, turns CR LF and CR into LF and, if
 * `add_newline`, ends the last line.  NUL follows the result.  With `is_str` there is neither BOM
 * nor cookie.  Returns NULL with the diagnostic set.
 */
char *text_prepare(const char *text, int64_t length, bool is_str, bool add_newline,
                   Diagnostic *diagnostic, int64_t *out_length);

#endif
