/*
 * The interned strings that C code uses by name.  They live from names_make to names_finish.
 */

#include "runtime/core/names.h"

#include "runtime/types/str.h"

Names names;

int names_make(void)
{
#define NAME(id, text)                                                                             \
    names.id = str_intern_ascii(text);                                                             \
    if (names.id == NULL)                                                                          \
        return -1;
#include "runtime/core/names.def"
#undef NAME
    return 0;
}

void names_finish(void)
{
#define NAME(id, text) obj_clear(&names.id);
#include "runtime/core/names.def"
#undef NAME
}
