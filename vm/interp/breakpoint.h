#ifndef OURO_VM_INTERP_BREAKPOINT_H
#define OURO_VM_INTERP_BREAKPOINT_H

/* Adds builtins.breakpoint and sys.breakpointhook: 0/-1. */
int breakpoint_init(void);

#endif
