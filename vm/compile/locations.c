/*
 * The location table of a code object.
 *
 * An entry covers 1 to 8 words: a byte 1cccclll (code, length less 1), then what the code says: 0-9
 * columns in one more byte, same line; 10-12 columns in two bytes, line 0-2 further; 13 line only;
 * 14 everything; 15 no place.  Numbers are written 6 bits at a time, lowest first, bit 6 tells that
 * more follow.  The format is described in CPython's Objects/locations.md.
 */

#include "vm/compile/locations.h"

#include <string.h>

enum { CODE_ONE_LINE = 10, CODE_NO_COLUMNS = 13, CODE_LONG = 14, CODE_NONE = 15, MAX_WORDS = 8 };

/* ---- writing */

void locations_begin(LocationWriter *writer, Bump *bump, int32_t firstlineno)
{
    *writer = (LocationWriter){.bump = bump, .line_so_far = firstlineno};
}

static void put(LocationWriter *writer, unsigned byte)
{
    if (writer->length == writer->capacity) {
        int64_t capacity = writer->capacity * 2 + 64;
        uint8_t *bytes = bump_alloc(writer->bump, (size_t)capacity);
        if (bytes == NULL) {
            writer->failed = true;
            return;
        }
        if (writer->length > 0)
            memcpy(bytes, writer->bytes, (size_t)writer->length);
        writer->bytes = bytes;
        writer->capacity = capacity;
    }
    writer->bytes[writer->length++] = (uint8_t)byte;
}

static void put_number(LocationWriter *writer, uint32_t value)
{
    for (; value >= 64; value >>= 6)
        put(writer, 64 | (value & 63));
    put(writer, value);
}

static void put_signed(LocationWriter *writer, int32_t value)
{
    put_number(writer, value < 0 ? (uint32_t)(-(int64_t)value) << 1 | 1 : (uint32_t)value << 1);
}

static void add_entry(LocationWriter *writer, int64_t words, CodeLocation at)
{
    unsigned length = (unsigned)(words - 1);
    if (at.line < 0) {
        put(writer, 0x80 | CODE_NONE << 3 | length);
        return;
    }
    int32_t delta = at.line - writer->line_so_far;
    writer->line_so_far = at.line;
    if (at.column < 0 || at.end_column < 0) {
        put(writer, 0x80 | CODE_NO_COLUMNS << 3 | length);
        put_signed(writer, delta);
        return;
    }
    if (at.end_line == at.line && at.end_column >= at.column) {
        int32_t width = at.end_column - at.column;
        if (delta == 0 && at.column < 80 && width < 16) {
            put(writer, 0x80 | (unsigned)(at.column >> 3) << 3 | length);
            put(writer, (unsigned)(at.column & 7) << 4 | (unsigned)width);
            return;
        }
        if (delta >= 0 && delta < 3 && at.column < 128 && at.end_column < 128) {
            put(writer, 0x80 | (unsigned)(CODE_ONE_LINE + delta) << 3 | length);
            put(writer, (unsigned)at.column);
            put(writer, (unsigned)at.end_column);
            return;
        }
    }
    put(writer, 0x80 | CODE_LONG << 3 | length);
    put_signed(writer, delta);
    put_number(writer, at.end_line > at.line ? (uint32_t)(at.end_line - at.line) : 0);
    put_number(writer, (uint32_t)at.column + 1);
    put_number(writer, (uint32_t)at.end_column + 1);
}

void locations_add(LocationWriter *writer, int64_t words, CodeLocation location)
{
    for (; words > MAX_WORDS; words -= MAX_WORDS)
        add_entry(writer, MAX_WORDS, location);
    if (words > 0)
        add_entry(writer, words, location);
}

/* ---- reading */

static uint32_t get_number(const uint8_t **next, const uint8_t *end)
{
    uint32_t value = 0;
    for (unsigned shift = 0; *next < end; shift += 6) {
        unsigned byte = *(*next)++;
        if (shift < 32)
            value |= (uint32_t)(byte & 63) << shift;
        if (!(byte & 64))
            break;
    }
    return value;
}

static int32_t get_signed(const uint8_t **next, const uint8_t *end)
{
    uint32_t value = get_number(next, end);
    return value & 1 ? -(int32_t)(value >> 1) : (int32_t)(value >> 1);
}

static unsigned get_byte(const uint8_t **next, const uint8_t *end)
{
    return *next < end ? *(*next)++ : 0;
}

/* Sums that damaged tables cannot make overflow. */
static int32_t add_lines(int32_t line, int32_t delta)
{
    return (int32_t)((uint32_t)line + (uint32_t)delta);
}

void code_locations_init(const CodeObj *code, CodeLocations *walk)
{
    *walk = (CodeLocations){.next = code->locations,
                            .end = code->locations + code->location_bytes,
                            .line_so_far = code->firstlineno};
}

bool code_locations_next(CodeLocations *walk)
{
    if (walk->next >= walk->end)
        return false;
    unsigned first = *walk->next++;
    unsigned code = first >> 3 & 15;
    walk->start = walk->stop;
    walk->stop += (int32_t)(first & 7) + 1;
    CodeLocation *at = &walk->location;
    *at = (CodeLocation){-1, -1, -1, -1};
    if (code == CODE_NONE)
        return true;
    if (code == CODE_LONG || code == CODE_NO_COLUMNS)
        walk->line_so_far = add_lines(walk->line_so_far, get_signed(&walk->next, walk->end));
    else if (code >= CODE_ONE_LINE)
        walk->line_so_far = add_lines(walk->line_so_far, (int32_t)(code - CODE_ONE_LINE));
    at->line = at->end_line = walk->line_so_far;
    if (code == CODE_NO_COLUMNS)
        return true;
    if (code == CODE_LONG) {
        at->end_line = add_lines(at->line, (int32_t)get_number(&walk->next, walk->end));
        at->column = (int32_t)get_number(&walk->next, walk->end) - 1;
        at->end_column = (int32_t)get_number(&walk->next, walk->end) - 1;
    } else if (code >= CODE_ONE_LINE) {
        at->column = (int32_t)get_byte(&walk->next, walk->end);
        at->end_column = (int32_t)get_byte(&walk->next, walk->end);
    } else {
        unsigned second = get_byte(&walk->next, walk->end);
        at->column = (int32_t)(code << 3 | second >> 4);
        at->end_column = at->column + (int32_t)(second & 15);
    }
    return true;
}

void code_location_at(const CodeObj *code, int32_t index, CodeLocation *out)
{
    CodeLocations walk;
    code_locations_init(code, &walk);
    *out = (CodeLocation){-1, -1, -1, -1};
    while (code_locations_next(&walk)) {
        if (index < walk.stop) {
            *out = walk.location;
            return;
        }
    }
}

int32_t code_line_at(const CodeObj *code, int32_t index)
{
    CodeLocation location;
    code_location_at(code, index, &location);
    return location.line;
}

/* Skips one number; false when the table ends in it. */
static bool skip_number(const uint8_t **next, const uint8_t *end)
{
    while (*next < end && !(**next & 0x80)) {
        if (!(*(*next)++ & 64))
            return true;
    }
    return false;
}

/* Skips what belongs to an entry of this code. */
static bool skip_entry(unsigned code, const uint8_t **next, const uint8_t *end)
{
    int bytes = code >= CODE_NO_COLUMNS ? 0 : code >= CODE_ONE_LINE ? 2 : 1;
    int numbers = code == CODE_LONG ? 4 : code == CODE_NO_COLUMNS ? 1 : 0;
    for (; bytes > 0; bytes--) {
        if (*next >= end || **next & 0x80)
            return false;
        (*next)++;
    }
    for (; numbers > 0; numbers--) {
        if (!skip_number(next, end))
            return false;
    }
    return true;
}

bool locations_valid(const uint8_t *bytes, int64_t length)
{
    const uint8_t *next = bytes, *end = bytes + length;
    while (next < end) {
        unsigned first = *next++;
        if (!(first & 0x80) || !skip_entry(first >> 3 & 15, &next, end))
            return false;
    }
    return true;
}
