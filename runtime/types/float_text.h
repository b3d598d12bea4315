#ifndef OURO_RUNTIME_TYPES_FLOAT_TEXT_H
#define OURO_RUNTIME_TYPES_FLOAT_TEXT_H

/*
 * Doubles as decimal text through std::to_chars (float_text.cc); value finite and >= 0.
 *
 * Each writes into buffer[0..size) without a NUL and returns the length, or -1 if it is too small.
 */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* d.ddde±xx with the fewest digits that read back as the same double. */
int64_t float_text_shortest(double value, char *buffer, int64_t size);
/* d.ddde±xx with `precision` digits after the point, correctly rounded, ties to even. */
int64_t float_text_scientific(double value, int precision, char *buffer, int64_t size);
/* ddd.ddd with `precision` digits after the point, likewise. */
int64_t float_text_fixed(double value, int precision, char *buffer, int64_t size);

#ifdef __cplusplus
}
#endif

#endif
