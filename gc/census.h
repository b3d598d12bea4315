#ifndef OURO_GC_CENSUS_H
#define OURO_GC_CENSUS_H

/*
 * Exact accounting of memory in use, for profilers.
 *
 * While a census is open the freelists of the pools are kept empty, so that every first use of a
 * block takes the slow path and is counted; blocks that were freed are found when the census is
 * settled.  A block that is freed and used again between two settlements is seen as never freed.
 * Without a census the pools' fast paths know nothing of it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Told of each block that is taken or given back; pool blocks with the size of their class.  They
 * may allocate with mem_alloc between census_hush and census_unhush only. */
typedef struct CensusListener {
    void (*taken)(void *block, size_t size);
    void (*freed)(void *block, size_t size);
} CensusListener;

extern bool census_on;

/* Opens nest. */
void census_open(void);
void census_close(void);
/* NULL: nobody listens.  A census must be open. */
void census_listen(const CensusListener *listener);
/* Finds the blocks that were freed since the last time. */
void census_settle(void);
/* Bytes in use now, exactly; settles. */
int64_t census_bytes(void);
/* The largest number of bytes in use at any time since census_forget_most or census_open. */
int64_t census_most(void);
void census_forget_most(void);
/* Bytes between these are the profiler's own: not counted, nobody is told.  Nests. */
void census_hush(void);
void census_unhush(void);

/* For mem.c and pool.c, while census_on. */
void census_taken(void *block, size_t size);
void census_freed(void *block, size_t size);

#endif
