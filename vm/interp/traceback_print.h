#ifndef OURO_VM_INTERP_TRACEBACK_PRINT_H
#define OURO_VM_INTERP_TRACEBACK_PRINT_H

/* Printing of exceptions as CPython 3.11 does. */

#include <stdbool.h>

#include "gc/object.h"

/* Writes exception (with its traceback, or the one given unless NULL or None), chain included, to
 * sys.stderr.  Never leaves an exception. */
void traceback_print_exception(ObjRef exception, ObjRef traceback);
/* Reports the pending exception through sys.excepthook and clears it.  SystemExit is not printed:
 * true and *status when it asks to leave. */
bool traceback_report_pending(int *status);
/* What sys.unraisablehook does at first: "Exception ignored in: …" and the traceback. */
void traceback_print_unraisable(ObjRef exception, ObjRef where);
/* "Did you mean: 'x'?": the candidate (str) nearest to a misspelled name, or NULL without
 * exception. candidates: list of str. */
Obj *suggestion_find(ObjRef candidates, ObjRef name);
/* For NameError, AttributeError and ImportError instances; NULL without exception when there is
 * none. */
Obj *suggestion_for(ObjRef exception);

#endif
