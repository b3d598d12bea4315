/*
 * Text of numbers in any script as plain ASCII, for the three numeric types.
 *
 * An ASCII str is used in place; only other strs are copied.
 */
#include "runtime/types/number_text.h"

#include <unictype.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/types/str.h"

/* Python's white space beyond ASCII. */
static bool is_wide_space(uint32_t c)
{
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

int number_text_acquire(ObjRef str, NumberText *out)
{
    const StrObj *s = (const StrObj *)str;
    out->block = NULL;
    out->length = s->length;
    if (s->ascii) {
        out->text = (const char *)s->data;
        return 0;
    }
    char *text = out->fixed;
    if (s->length > (int64_t)sizeof out->fixed) {
        text = out->block = mem_alloc((size_t)s->length);
        if (text == NULL) {
            err_no_memory();
            return -1;
        }
    }
    for (int64_t i = 0; i < s->length; i++) {
        uint32_t c = str_char_at(str, i);
        if (c < 128) {
            text[i] = (char)c;
        } else if (is_wide_space(c)) {
            text[i] = ' ';
        } else {
            int digit = uc_decimal_value(c);
            text[i] = digit < 0 ? '?' : (char)('0' + digit);
        }
    }
    out->text = text;
    return 0;
}

void number_text_release(NumberText *text)
{
    if (text->block != NULL)
        mem_free(text->block, (size_t)text->length);
    text->block = NULL;
}

int64_t number_text_strip_underscores(const char *text, int64_t length, char *out)
{
    int64_t used = 0;
    char previous = 0;
    for (int64_t i = 0; i < length; i++) {
        char c = text[i];
        bool digit = c >= '0' && c <= '9';
        if (c == '_') {
            if (previous < '0' || previous > '9')
                return -1;
        } else {
            if (previous == '_' && !digit)
                return -1;
            out[used++] = c;
        }
        previous = c;
    }
    return previous == '_' ? -1 : used;
}
