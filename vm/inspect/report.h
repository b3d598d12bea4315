#ifndef OURO_VM_INSPECT_REPORT_H
#define OURO_VM_INSPECT_REPORT_H

/* Building the plain dicts and lists that module ouro returns. */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"

/* Each sets dict[key]: 0/-1.  The …_steal one takes over its value; NULL: -1. */
int report_set_steal(ObjRef dict, const char *key, Obj *value);
int report_set_int(ObjRef dict, const char *key, int64_t value);
int report_set_bool(ObjRef dict, const char *key, bool value);
int report_set_text(ObjRef dict, const char *key, const char *text);
/* id of an object as the program sees it; None for NULL. */
int report_set_id(ObjRef dict, const char *key, ObjRef o);

#endif
