#ifndef OURO_RUNTIME_TYPES_NUMBER_TEXT_H
#define OURO_RUNTIME_TYPES_NUMBER_TEXT_H

/*
 * The ASCII form in which int(), float() and complex() read a str: decimal digits of any script are
 * '0'…'9', white space beyond ASCII is ' ', any other character beyond ASCII is '?'.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"

typedef struct NumberText {
    const char *text; /* valid while the str lives; not NUL-terminated */
    int64_t length;
    char *block; /* mem_alloc block of `length` bytes, or NULL */
    char fixed[64];
} NumberText;

/* 0, or -1 with MemoryError; release with number_text_release. */
int number_text_acquire(ObjRef str, NumberText *out);
void number_text_release(NumberText *text);

/* White space as these functions strip it: space, \t \n \v \f \r. */
static inline bool number_text_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Removes underscores from text[0..length), each of which must stand between two digits.  Returns
 * the new length, or -1 (nothing raised) where one does not. */
int64_t number_text_strip_underscores(const char *text, int64_t length, char *out);

#endif
