#ifndef OURO_RUNTIME_MODULES_RE_WRITE_H
#define OURO_RUNTIME_MODULES_RE_WRITE_H

/* The tree of a regular expression as a pattern for PCRE2. */

#include "runtime/modules/re_program.h"

/* A pattern in the items of one of PCRE2's libraries. */
typedef struct ReWritten {
    void *items;
    int64_t length; /* items */
    int64_t bytes;  /* of the block */
    bool unicode;   /* to be compiled with PCRE2_UCP */
} ReWritten;

/* Looks at the whole tree once: fills program->closing and ->marked.  *size gets an estimate of the
 * items that PCRE2's code will take; *risky whether PCRE2 may refuse what Python takes.  0/-1. */
int re_write_survey(ReProgram *program, int64_t *size, bool *risky);

/* The pattern for texts of a kind.  Where program->marked, each group ends with a mark that is its
 * number, so that the last mark passed tells the group that was closed last: 0/-1. */
int re_write_pattern(const ReProgram *program, ReText text, ReWritten *out);
void re_write_free(ReWritten *written);

#endif
