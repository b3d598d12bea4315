/*
 * The table of all C modules: those of modules.def and those that the VM registers at start.
 */

#include <string.h>

#include "runtime/types/module.h"

#define MODULE(id, name) extern const ModuleDef id;
#include "runtime/modules/modules.def"
#undef MODULE

static const ModuleDef *const table[] = {
#define MODULE(id, name) &id,
#include "runtime/modules/modules.def"
#undef MODULE
    NULL,
};

enum { MAX_REGISTERED = 32 };
static const ModuleDef *registered[MAX_REGISTERED];
static int registered_count;

void module_register(const ModuleDef *def)
{
    for (int i = 0; i < registered_count; i++) {
        if (registered[i] == def)
            return;
    }
    if (registered_count < MAX_REGISTERED)
        registered[registered_count++] = def;
}

const ModuleDef *module_find_def(const char *name)
{
    for (int i = 0; table[i] != NULL; i++) {
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    }
    for (int i = 0; i < registered_count; i++) {
        if (strcmp(registered[i]->name, name) == 0)
            return registered[i];
    }
    return NULL;
}

int module_each_def(int (*visit)(const ModuleDef *def, void *context), void *context)
{
    int result = 0;
    for (int i = 0; result == 0 && table[i] != NULL; i++)
        result = visit(table[i], context);
    for (int i = 0; result == 0 && i < registered_count; i++)
        result = visit(registered[i], context);
    return result;
}
