/*
 * The table of interned strings: one str for each text, found by identity afterwards.
 *
 * Open addressing with linear probing; a slot holds a borrowed pointer.  The table owns no
 * reference: str's dealloc takes the string out (later slots move back, so there are no
 * tombstones).  Only exact strs are in it.
 */

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/types/str.h"

static StrObj **table;
static int64_t table_size; /* a power of two, or 0 */
static int64_t table_used;

enum { FIRST_SIZE = 2048 };

/* Place of a string equal to s, or of the empty slot where it belongs. */
static int64_t find_slot(const StrObj *s, int64_t hash)
{
    int64_t mask = table_size - 1;
    int64_t i = hash & mask;
    while (table[i] != NULL) {
        const StrObj *other = table[i];
        if (other == s || (other->hash == hash && str_equal((ObjRef)other, (ObjRef)s)))
            break;
        i = (i + 1) & mask;
    }
    return i;
}

static int grow(void)
{
    int64_t old_size = table_size;
    StrObj **old = table;
    int64_t size = old_size == 0 ? FIRST_SIZE : old_size * 2;
    StrObj **fresh = mem_alloc_zero((size_t)size * sizeof(*fresh));
    if (fresh == NULL)
        return -1;
    table = fresh;
    table_size = size;
    for (int64_t i = 0; i < old_size; i++) {
        if (old[i] == NULL)
            continue;
        int64_t at = old[i]->hash & (size - 1);
        while (table[at] != NULL)
            at = (at + 1) & (size - 1);
        table[at] = old[i];
    }
    mem_free(old, (size_t)old_size * sizeof(*old));
    return 0;
}

Obj *str_intern(ObjRef o)
{
    StrObj *s = (StrObj *)o;
    if (s->interned || !str_check_exact(o))
        return obj_incref(o);
    if (s->length == 0)
        s = str_cast(str_empty);
    else if (s->length == 1 && s->kind == 1)
        s = str_cast(str_latin1[s->data[0]]);
    if (s->interned)
        return obj_incref(&s->base);
    if (table_used >= table_size / 2 && grow() < 0)
        return err_no_memory();
    int64_t hash = str_hash(&s->base);
    int64_t i = find_slot(s, hash);
    if (table[i] != NULL)
        return obj_incref(&table[i]->base);
    table[i] = s;
    table_used++;
    s->interned = 1;
    return obj_incref(&s->base);
}

void str_intern_inplace(Obj **place)
{
    Obj *interned = str_intern(*place);
    if (interned == NULL) {
        err_clear(); /* not interned is no harm */
        return;
    }
    obj_decref(*place);
    *place = interned;
}

Obj *str_intern_ascii(const char *text)
{
    Obj *s = str_from_ascii(text);
    if (s == NULL)
        return NULL;
    Obj *interned = str_intern(s);
    obj_decref(s);
    return interned;
}

void str_intern_remove(StrObj *s)
{
    if (table == NULL)
        return;
    int64_t mask = table_size - 1;
    int64_t hole = s->hash & mask;
    while (table[hole] != s) {
        if (table[hole] == NULL)
            return;
        hole = (hole + 1) & mask;
    }
    table_used--;
    for (int64_t i = (hole + 1) & mask; table[i] != NULL; i = (i + 1) & mask) {
        int64_t home = table[i]->hash & mask;
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            table[hole] = table[i];
            hole = i;
        }
    }
    table[hole] = NULL;
}

void str_intern_finish(void)
{
    mem_free(table, (size_t)table_size * sizeof(*table));
    table = NULL;
    table_size = 0;
    table_used = 0;
}
