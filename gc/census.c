/*
 * The census of memory in use: a running total that mem.c and pool.c report to.
 *
 * It starts from what the facade and the freelists know, and is kept by differences from then on.
 * How the pools take part: pool_set_aside in pool.c.
 */

#include "gc/census.h"

#include "gc/mem.h"
#include "gc/pool.h"

bool census_on;

static const CensusListener *listener;
static int64_t bytes, most;
static int opens, hushes;

void census_open(void)
{
    if (opens++ > 0)
        return;
    MemStats stats;
    mem_stats(&stats);
    bytes = most = (int64_t)stats.bytes_in_use;
    pool_set_aside(NULL);
    census_on = true;
}

void census_close(void)
{
    if (--opens > 0)
        return;
    census_settle();
    census_on = false;
    listener = NULL;
    pool_put_back();
}

void census_listen(const CensusListener *who)
{
    census_settle();
    listener = who;
}

void census_taken(void *block, size_t size)
{
    if (hushes > 0)
        return;
    bytes += (int64_t)size;
    if (bytes > most)
        most = bytes;
    if (listener != NULL)
        listener->taken(block, size);
}

void census_freed(void *block, size_t size)
{
    if (hushes > 0)
        return;
    bytes -= (int64_t)size;
    if (listener != NULL)
        listener->freed(block, size);
}

void census_settle(void)
{
    pool_set_aside(census_freed);
}

int64_t census_bytes(void)
{
    census_settle();
    return bytes;
}

int64_t census_most(void)
{
    return most;
}

void census_forget_most(void)
{
    census_settle();
    most = bytes;
}

void census_hush(void)
{
    hushes++;
}

void census_unhush(void)
{
    hushes--;
}
