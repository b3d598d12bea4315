#ifndef OURO_RUNTIME_MODULES_RE_PARSE_H
#define OURO_RUNTIME_MODULES_RE_PARSE_H

/* The tree of a regular expression, between the parser and the code generator. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/modules/re_program.h"

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

/* A sequence: NULL when empty.  Fills program's groups, flags and names; 0/-1. */
int re_parse(ReProgram *program, ObjRef pattern, const ReSubject *text, int64_t flags,
             ObjRef error_class, ReNode **out);
/* Least and most items; at most RE_MAX_REPEAT. */
typedef struct ReWidth {
    int64_t least, most;
} ReWidth;

/* The width of a sequence; `widths` are those of the groups so far. */
void re_parse_width(const ReNode *sequence, const ReWidth *widths, int64_t *least, int64_t *most);

#endif
