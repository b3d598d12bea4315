#ifndef OURO_RUNTIME_MODULES_SIGNAL_H
#define OURO_RUNTIME_MODULES_SIGNAL_H

/*
 * Signals.  The handler that the system calls only notes them and sets BREAK_SIGNAL; Python
 * handlers run in signal_run, at the next safe place: the eval loop's breaker, or after an
 * interrupted system call (hooks.check_signals).
 */

#include <stdbool.h>

/* Ctrl-C raises KeyboardInterrupt from now on, unless SIGINT is ignored. */
void signal_catch_interrupts(void);
/* Runs the handlers of signals that came: 0, or -1 with an exception. */
int signal_run(void);
/* A Ctrl-C came since the last call: forgets it. */
bool signal_take_interrupt(void);
/* Gives up the handlers. */
void signal_finish(void);

#endif
