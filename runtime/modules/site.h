#ifndef OURO_RUNTIME_MODULES_SITE_H
#define OURO_RUNTIME_MODULES_SITE_H

/* exit, quit, help and the like in builtins. */

int site_init(void);
void site_finish(void);

#endif
