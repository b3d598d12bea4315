#ifndef OURO_RUNTIME_MODULES_RE_PCRE_H
#define OURO_RUNTIME_MODULES_RE_PCRE_H

/* PCRE2's three libraries behind one interface; their memory is gc/mem.h's. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Options of compile. */
enum {
    RE_PCRE_UNICODE = 1,  /* \b and case by Unicode */
    RE_PCRE_ANCHORED = 2, /* matches only where it starts */
    RE_PCRE_WHOLE = 4,    /* … and only as far as the end */
};

/* Results of match. */
enum {
    RE_PCRE_FOUND = 1,
    RE_PCRE_NOTHING = 0,
    RE_PCRE_LIMIT = -1,     /* ->limit was reached */
    RE_PCRE_NO_MEMORY = -2, /* no exception is pending */
    RE_PCRE_FAILED = -3,
};

typedef struct RePcreMatch {
    const void *items;
    size_t start, end;
    bool translated; /* the code has been translated: options hold as compiled */
    bool anchored, whole, no_empty;
    uint32_t limit; /* steps of matching from one place */
    int32_t groups;
    int64_t *slots; /* out: two for each group from 0 on */
    int64_t mark;   /* out: the number that is the name of the last (*MARK), or -1 */
} RePcreMatch;

typedef struct RePcreError {
    bool no_memory, too_large, too_deep;
    char message[128];
} RePcreError;

typedef struct RePcre {
    /* The code of a pattern of `length` items, or NULL with *error filled. */
    void *(*compile)(const void *pattern, size_t length, unsigned options, RePcreError *error);
    /* Machine code too; false when there will be none. */
    bool (*translate)(void *code);
    int (*match)(const void *code, RePcreMatch *match);
    void (*free)(void *code);
    /* Gives back what the library keeps between matches. */
    void (*finish)(void);
} RePcre;

extern const RePcre re_pcre_8, re_pcre_16, re_pcre_32;

/* What the libraries are given for allocation: blocks that know their size. */
void *re_pcre_alloc(size_t size, void *unused);
void re_pcre_free(void *block, void *unused);
/* True once after a block was allocated that is too large to be kept. */
bool re_pcre_took_much(void);
/* Not 0 when the C stack is nearly used up: PCRE2's guard while it compiles nested groups. */
int re_pcre_guard(uint32_t depth, void *unused);

#endif
