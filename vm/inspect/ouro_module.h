#ifndef OURO_VM_INSPECT_OURO_MODULE_H
#define OURO_VM_INSPECT_OURO_MODULE_H

#include "runtime/types/module.h"

/* Module _ouro: what runtime/lib/ouro puts into words and pictures. */
extern const ModuleDef ouro_module;

#endif
