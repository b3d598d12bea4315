#ifndef OURO_RUNTIME_TYPES_MODULE_H
#define OURO_RUNTIME_TYPES_MODULE_H

/* Module objects, and how a C module describes itself. */

#include "runtime/core/object.h"

typedef struct ModuleObj {
    Obj base;
    Obj *dict; /* never NULL */
    Obj *weak_list;
} ModuleObj;

extern Type module_type;
#define module_dict(o) ((ObjRef)((ModuleObj *)(o))->dict)

typedef struct ModuleDef {
    const char *name; /* dotted */
    const char *doc;
    const MethodDef *functions;
    int (*exec)(ObjRef module); /* adds types and constants; may be NULL; 0/-1 */
} ModuleDef;

/* All C modules: sorted by name; the runtime's are in runtime/modules/modules.def, the VM adds its
 * own with module_register (kept for the life of the process). */
const ModuleDef *module_find_def(const char *name);
void module_register(const ModuleDef *def);
/* Calls visit for each until it returns other than 0. */
int module_each_def(int (*visit)(const ModuleDef *def, void *context), void *context);
/* Adds the functions of a table that ends with {0}: 0/-1. */
int module_add_functions(ObjRef module, const MethodDef *functions);
Obj *module_new(const char *name);
/* Makes and fills the module of a definition; enters it in sys.modules. */
Obj *module_from_def(const ModuleDef *def);
int module_add(ObjRef module, const char *name, ObjRef value);
int module_add_steal(ObjRef module, const char *name, Obj *value); /* value NULL: -1 */
int module_add_int(ObjRef module, const char *name, int64_t value);

#endif
