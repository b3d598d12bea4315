#ifndef OURO_RUNTIME_MODULES_RE_PROGRAM_H
#define OURO_RUNTIME_MODULES_RE_PROGRAM_H

/*
 * Compiled regular expressions.
 *
 * A program is an array of 32-bit words: an operation and its operands.  The matcher (re_match.c)
 * runs it with a backtrack stack on the heap.  Everything that a program owns but its two objects
 * is in its Bump.
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

typedef enum ReOp {
    RE_OP_SUCCESS,     /*                                 the whole pattern matched */
    RE_OP_SUB_END,     /*                                 end of a lookaround or atomic group */
    RE_OP_FAIL,        /*                                 backtrack */
    RE_OP_CHAR,        /* c                               one code point */
    RE_OP_CHAR_FOLDED, /* folded, mode                    one code point, without regard to case */
    RE_OP_ANY,         /*                                 anything but a newline */
    RE_OP_ANY_ALL,     /*                                 anything */
    RE_OP_SET,         /* set index                       a member of a set */
    RE_OP_AT,          /* ReAt                            a position */
    RE_OP_SPLIT,       /* other                           try what follows, then `other` */
    RE_OP_JUMP,        /* target */
    RE_OP_SAVE,        /* slot                            stores the position */
    RE_OP_REPEAT,      /* min, max, lazy, next            the single-width operation that follows */
    RE_OP_LOOP_INIT,   /* loop */
    RE_OP_LOOP,        /* loop, min, max, lazy, exit      the body follows and jumps back here */
    RE_OP_BACKREF,     /* group, mode (-1: exact) */
    RE_OP_LOOK,        /* back width, negative, next      lookaround; ends with SUB_END */
    RE_OP_ATOMIC,      /* next                            atomic group; ends with SUB_END */
    RE_OP_CONDITION,   /* group, else */
} ReOp;

typedef enum ReAt {
    RE_AT_START,
    RE_AT_LINE_START,
    RE_AT_END, /* or before a newline at the end */
    RE_AT_LINE_END,
    RE_AT_VERY_END,
    RE_AT_BOUNDARY, /* with RE_AT_ASCII where words are ASCII */
    RE_AT_NOT_BOUNDARY,
    RE_AT_ASCII = 16,
    RE_AT_LOCALE = 32,
} ReAt;

/* How case is disregarded. */
typedef enum ReCase { RE_CASE_UNICODE, RE_CASE_ASCII, RE_CASE_LOCALE } ReCase;

enum { RE_MAX_REPEAT = INT32_MAX };

/* Categories of characters as bits. */
enum {
    RE_DIGIT = 1,
    RE_NOT_DIGIT = 2,
    RE_SPACE = 4,
    RE_NOT_SPACE = 8,
    RE_WORD = 16,
    RE_NOT_WORD = 32,
};

typedef struct ReRange {
    uint32_t first, last;
} ReRange;

typedef struct ReSet {
    uint32_t bitmap[8]; /* code points below 256; negation and case are worked in */
    bool negate, fold;
    bool ascii; /* categories are those of ASCII */
    bool locale;
    ReCase mode;
    uint32_t categories; /* RE_DIGIT… */
    int32_t range_count;
    ReRange *ranges;
} ReSet;

typedef struct ReProgram {
    Bump bump;
    int32_t *code;
    int32_t length; /* words */
    ReSet **sets;
    int32_t set_count;
    int32_t groups; /* capturing groups, the whole match not counted */
    int32_t loops;
    int32_t flags;
    bool bytes;            /* the pattern is octets */
    uint32_t *prefix;      /* literal that every match begins with … */
    int32_t prefix_length; /* … 0: none known */
    int64_t min_width;     /* least number of items that a match takes */
    Obj *group_index;      /* dict: name → number */
    Obj *group_names;      /* tuple: name or None of each group from 1 on */
} ReProgram;

/* Compiles `pattern` (str or bytes-like) with flags.  Errors are instances of `error_class`, called
 * with (message, pattern, position): 0/-1. */
int re_program_compile(ReProgram *program, ObjRef pattern, int64_t flags, ObjRef error_class);
void re_program_free(ReProgram *program);

/* Shared by compiler and matcher: properties in a mode. */
bool re_program_in_category(uint32_t category, uint32_t c, bool ascii, bool locale);
/* A representative of the characters that are c without regard to case. */
uint32_t re_program_fold(uint32_t c, ReCase mode);
bool re_program_set_has(const ReSet *set, uint32_t c);

/* ---- matching */

typedef struct ReSubject {
    const void *items; /* code points of `kind` bytes, or octets */
    int kind;
    int64_t end; /* matching sees nothing from here on (endpos) */
} ReSubject;

typedef struct ReMatcher ReMatcher;

typedef enum ReMode { RE_SEARCH, RE_MATCH, RE_FULLMATCH } ReMode;

/* slots[0…1] the match, then two for each group (-1: none), then the last group closed (or -1).
 * `start`: where to begin; `no_empty`: refuse an empty match there.  1, 0, -1 with an exception. */
int re_match_run(const ReProgram *program, const ReSubject *subject, int64_t start, ReMode mode,
                 bool no_empty, int64_t *slots);

#endif
