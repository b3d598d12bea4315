#ifndef OURO_GRAMMAR_EXPLAIN_H
#define OURO_GRAMMAR_EXPLAIN_H

/*
 * Why a text is no Python.  Called when the parser has given up without words: fills in the
 * diagnostic as CPython 3.11 words and places it.  Returns PARSE_ERROR or PARSE_NO_MEMORY.
 */

#include "grammar/build.h"
#include "grammar/parse.h"

ParseStatus explain_error(Parser *parser);

#endif
