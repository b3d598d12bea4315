#ifndef OURO_RUNTIME_MODULES_JSON_H
#define OURO_RUNTIME_MODULES_JSON_H

/* What the files of module _json share. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/str.h"

extern Type json_scanner_type, json_encoder_type;

/* Raises json.JSONDecodeError(message, text, position); NULL. */
Obj *json_raise(const char *message, ObjRef text, int64_t position);
/* The string literal whose first character after the quote is at `start`; *end becomes the position
 * after the closing quote.  strict: control characters are errors. */
Obj *json_scan_string(ObjRef text, int64_t start, bool strict, int64_t *end);
/* Appends a str as a JSON literal, with everything beyond ASCII escaped where `ascii`: 0/-1. */
int json_write_string(StrBuilder *out, ObjRef text, bool ascii);

#endif
