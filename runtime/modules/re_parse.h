#ifndef OURO_RUNTIME_MODULES_RE_PARSE_H
#define OURO_RUNTIME_MODULES_RE_PARSE_H

/* The tree of a regular expression, between the parser and the writer for PCRE2. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/modules/re_charset.h"
#include "runtime/modules/re_program.h"

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

enum { RE_MAX_REPEAT = INT32_MAX };

typedef enum ReNodeKind {
    RE_NODE_CHAR, /* value: code point */
    RE_NODE_ANY,
    RE_NODE_SET,       /* set */
    RE_NODE_AT,        /* value: ReAt */
    RE_NODE_GROUP,     /* value: number, or 0 when it does not capture; children[0] */
    RE_NODE_BRANCH,    /* children: alternatives */
    RE_NODE_REPEAT,    /* least, most, mode; children[0] */
    RE_NODE_BACKREF,   /* value: group */
    RE_NODE_CONDITION, /* value: group; children[0] yes, children[1] no or NULL */
    RE_NODE_LOOK,      /* value: 1 ahead, -1 behind; negative; children[0] */
    RE_NODE_ATOMIC,    /* children[0] */
} ReNodeKind;

typedef enum ReRepeatMode { RE_GREEDY, RE_LAZY, RE_POSSESSIVE } ReRepeatMode;

typedef struct ReNode ReNode;
struct ReNode {
    ReNodeKind kind;
    int32_t flags; /* in force where it stands */
    int64_t value;
    int64_t least, most; /* REPEAT; most RE_MAX_REPEAT: no bound */
    ReRepeatMode mode;
    bool negative;
    ReSet *set;
    ReNode **children;
    int32_t child_count;
    ReNode *next; /* in its sequence */
};

enum { RE_MAX_GROUPS = INT32_MAX / 8 };

/* Fills program's tree (a sequence: NULL when empty), groups, flags and names; 0/-1. */
int re_parse(ReProgram *program, ObjRef pattern, const ReSubject *text, int64_t flags,
             ObjRef error_class);

#endif
