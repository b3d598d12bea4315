#ifndef OURO_RUNTIME_CORE_ADDRESS_H
#define OURO_RUNTIME_CORE_ADDRESS_H

/*
 * What lies at an address: told without reading any memory that might not be there, so that numbers
 * from anywhere can be asked about.
 */

#include <stdint.h>

#include "gc/object.h"

typedef enum AddressKind {
    ADDRESS_UNKNOWN, /* no memory of Ouro's objects */
    ADDRESS_INSIDE,  /* inside a block in use, not where an object starts */
    ADDRESS_FREED,   /* inside a block that is free now */
    ADDRESS_OBJECT,  /* the start of a live object: its id */
} AddressKind;

AddressKind address_classify(uintptr_t address);
/* Remembers that a program knows the address of o; called wherever an address is shown.  Objects
 * too large for the pools can be recognised only so. */
void address_note(ObjRef o);

#endif
