#ifndef OURO_RUNTIME_MODULES_IO_STRING_H
#define OURO_RUNTIME_MODULES_IO_STRING_H

/* StringIO: a stream of text in memory. */

#include "runtime/modules/io_base.h"

extern Type io_string_type;

#endif
