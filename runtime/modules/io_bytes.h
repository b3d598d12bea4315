#ifndef OURO_RUNTIME_MODULES_IO_BYTES_H
#define OURO_RUNTIME_MODULES_IO_BYTES_H

/* BytesIO: a stream of bytes in memory. */

#include "runtime/modules/io_base.h"

extern Type io_bytes_type, io_bytes_buffer_type;

/* Makes what BytesIO.getbuffer() returns known to memoryview: 0/-1. */
int io_bytes_init(void);

#endif
