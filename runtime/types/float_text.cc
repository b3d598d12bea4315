/*
 * The one file in C++: std::to_chars is the best conversion of doubles to text at hand (Ryu and Ryu
 * printf), correctly rounded, fast and free of locales.
 */
#include "runtime/types/float_text.h"

#include <charconv>

static int64_t written(std::to_chars_result result, char *buffer)
{
    return result.ec == std::errc() ? result.ptr - buffer : -1;
}

int64_t float_text_shortest(double value, char *buffer, int64_t size)
{
    return written(std::to_chars(buffer, buffer + size, value, std::chars_format::scientific),
                   buffer);
}

int64_t float_text_scientific(double value, int precision, char *buffer, int64_t size)
{
    return written(
        std::to_chars(buffer, buffer + size, value, std::chars_format::scientific, precision),
        buffer);
}

int64_t float_text_fixed(double value, int precision, char *buffer, int64_t size)
{
    return written(std::to_chars(buffer, buffer + size, value, std::chars_format::fixed, precision),
                   buffer);
}
