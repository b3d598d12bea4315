#ifndef OURO_RUNTIME_MODULES_RANDOM_H
#define OURO_RUNTIME_MODULES_RANDOM_H

/* Module _random: the generator behind module random. */

#include "runtime/core/type.h"

extern Type random_type;

#endif
