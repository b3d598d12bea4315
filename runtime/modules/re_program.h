#ifndef OURO_RUNTIME_MODULES_RE_PROGRAM_H
#define OURO_RUNTIME_MODULES_RE_PROGRAM_H

/*
 * Compiled regular expressions.
 *
 * A program is the tree of a pattern (re_parse.h) and what PCRE2 has made of it.  PCRE2 comes in
 * three libraries, for items of 8, 16 and 32 bits, so that each str is searched where it lies; a
 * program is given to them when a text of that kind is searched first.  All that a program owns but
 * PCRE2's codes and its two objects is in its Bump.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/bump.h"
#include "runtime/core/object.h"

/* Flags, numbered as the constants of module re. */
enum {
    RE_TEMPLATE = 1,
    RE_IGNORECASE = 2,
    RE_LOCALE = 4,
    RE_MULTILINE = 8,
    RE_DOTALL = 16,
    RE_UNICODE = 32,
    RE_VERBOSE = 64,
    RE_DEBUG = 128,
    RE_ASCII = 256,
};

typedef enum ReMode { RE_SEARCH, RE_MATCH, RE_FULLMATCH, RE_MODES } ReMode;

/* Kinds of text, each with a code of its own.  Octets count as Latin-1. */
typedef enum ReText { RE_TEXT_ASCII, RE_TEXT_LATIN1, RE_TEXT_UCS2, RE_TEXT_UCS4, RE_TEXTS } ReText;

struct ReNode;

/* What PCRE2 made of a program for one kind of text. */
typedef struct ReCode {
    void *codes[RE_MODES];     /* [RE_SEARCH] serves all until another has been used much */
    int64_t work[RE_MODES];    /* an estimate, in items, of how much each has been used */
    bool translated[RE_MODES]; /* the code has been made machine code */
} ReCode;

typedef struct ReProgram {
    Bump bump;
    struct ReNode *tree;
    ReCode *texts[RE_TEXTS]; /* NULL: not used yet */
    bool wide;               /* too large for the libraries of 8 and 16 bits */
    bool bytes;              /* the pattern is octets */
    bool unicode;            /* has places or references that need PCRE2_UCP */
    bool marked;             /* the ends of groups are marked, see re_write.h */
    int32_t flags;
    int32_t groups;   /* capturing groups, the whole match not counted */
    int32_t *closing; /* their numbers in the order in which they end in the pattern */
    Obj *group_index; /* dict: name → number */
    Obj *group_names; /* tuple: name or None of each group from 1 on */
} ReProgram;

/* Compiles `pattern` (str or bytes-like) with flags.  Errors are instances of `error_class`, called
 * with (message, pattern, position): 0/-1. */
int re_program_compile(ReProgram *program, ObjRef pattern, int64_t flags, ObjRef error_class);
void re_program_free(ReProgram *program);
/* Makes the code that searches a kind of text, if need be; the kind that it is for in *text, which
 * is another one for wide programs: NULL with an exception. */
ReCode *re_program_code(ReProgram *program, ReText *text);
/* Makes code for just one mode into machine code, as far as that is possible. */
void re_program_translate(ReProgram *program, ReText text, ReMode mode);

/* ---- matching */

typedef struct ReSubject {
    const void *items; /* code points of `kind` bytes, or octets */
    int kind;
    bool ascii;     /* a str whose items are all below 128 */
    int64_t end;    /* matching sees nothing from here on (endpos) */
    uint32_t *wide; /* a copy in 32 bits, made for wide programs; re_subject_free */
} ReSubject;

void re_subject_free(ReSubject *subject);

/* slots[0…1] the match, then two for each group (-1: none), then the last group closed (or -1).
 * `start`: where to begin; `no_empty`: refuse an empty match there.  1, 0, -1 with an exception. */
int re_match_run(ReProgram *program, ReSubject *subject, int64_t start, ReMode mode, bool no_empty,
                 int64_t *slots);
/* Gives back what the libraries share between programs. */
void re_match_finish(void);

#endif
