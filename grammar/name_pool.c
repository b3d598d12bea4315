/*
 * Interned identifiers: an open-addressing table of pointers into a Bump.  Entries are never
 * removed; a table that grows leaves its old slots to the Bump, which at most doubles the space.
 *
 * Used by the lexer (every identifier), the symbol table (mangled names) and whoever needs a
 * fixed name such as "__class__" to compare with.
 */

#include "grammar/name_pool.h"

#include <string.h>

struct NameEntry {
    uint64_t hash;
    int64_t length;
    char text[];
};

enum { INITIAL_SLOTS = 256 };

int name_pool_begin(NameTable *names, Bump *bump)
{
    *names = (NameTable){.bump = bump, .mask = INITIAL_SLOTS - 1};
    names->slots = bump_alloc(bump, INITIAL_SLOTS * sizeof *names->slots);
    return names->slots != NULL;
}

/* FNV-1a (Fowler, Noll, Vo): short texts, no adversary that a bump could not also fill. */
static uint64_t hash_text(const char *text, int64_t length)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (int64_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

static int grow(NameTable *names)
{
    int64_t mask = names->mask * 2 + 1;
    NameEntry **slots = bump_alloc(names->bump, (size_t)(mask + 1) * sizeof *slots);
    if (slots == NULL)
        return 0;
    for (int64_t i = 0; i <= names->mask; i++) {
        NameEntry *entry = names->slots[i];
        if (entry == NULL)
            continue;
        int64_t at = (int64_t)entry->hash & mask;
        while (slots[at] != NULL)
            at = (at + 1) & mask;
        slots[at] = entry;
    }
    names->slots = slots;
    names->mask = mask;
    return 1;
}

const char *name_pool_intern(NameTable *names, const char *text, int64_t length)
{
    uint64_t hash = hash_text(text, length);
    int64_t at = (int64_t)hash & names->mask;
    for (NameEntry *entry; (entry = names->slots[at]) != NULL; at = (at + 1) & names->mask) {
        if (entry->hash == hash && entry->length == length &&
            memcmp(entry->text, text, (size_t)length) == 0)
            return entry->text;
    }
    if (names->count * 3 >= names->mask * 2) {
        if (!grow(names))
            return NULL;
        at = (int64_t)hash & names->mask;
        while (names->slots[at] != NULL)
            at = (at + 1) & names->mask;
    }
    NameEntry *entry = bump_alloc(names->bump, sizeof *entry + (size_t)length + 1);
    if (entry == NULL)
        return NULL;
    entry->hash = hash;
    entry->length = length;
    memcpy(entry->text, text, (size_t)length);
    names->slots[at] = entry;
    names->count++;
    return entry->text;
}
