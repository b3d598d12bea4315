/*
 * str_format_c: printf for C code that makes messages, with directives for objects.
 *
 *     %s (UTF-8, with %.Ns and %.*s in bytes), %c (ASCII), %d %i %u %x %X with l, ll, z, j and
 * widths, %p (of an object: what id() gives), %%, and  %R repr, %S str, %A ascii of an Obj *, %U a
 * str, %T type name of an Obj *, %N name of a Type *.
 *
 * A repr or str that raises makes the whole call fail with that exception.  Text of %s that is not
 * UTF-8 shows U+FFFD, since messages must come through.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/ids.h"
#include "runtime/types/codecs.h"
#include "runtime/types/str.h"

/* Adds `length` bytes of UTF-8; a sequence cut off or ill-formed becomes U+FFFD. */
static int add_utf8(StrBuilder *b, const char *text, int64_t length)
{
    bool ascii = true;
    for (int64_t i = 0; i < length && ascii; i++)
        ascii = (unsigned char)text[i] < 0x80;
    if (ascii)
        return str_builder_add_ascii_n(b, text, length);
    Obj *s = codecs_utf8_decode((const unsigned char *)text, length, "replace", NULL);
    if (s == NULL)
        return -1;
    int result = str_builder_add_str(b, s);
    obj_decref(s);
    return result;
}

/* Adds an owned str, or fails when it is NULL. */
static int add_steal(StrBuilder *b, Obj *s)
{
    if (s == NULL)
        return -1;
    int result = str_builder_add_str(b, s);
    obj_decref(s);
    return result;
}

typedef struct Directive {
    char flags[4]; /* of "-0+" , NUL-terminated */
    int width;     /* -1: none */
    int precision; /* -1: none */
    int size;      /* 0: int, 1: long, long long, size_t and so on */
} Directive;

static const char *read_directive(const char *p, Directive *d, int star_precision)
{
    int flags = 0;
    *d = (Directive){{0}, -1, -1, 0};
    while ((*p == '-' || *p == '0' || *p == '+') && flags < 3)
        d->flags[flags++] = *p++;
    if (*p >= '0' && *p <= '9') {
        d->width = 0;
        while (*p >= '0' && *p <= '9')
            d->width = d->width * 10 + (*p++ - '0');
    }
    if (*p == '.') {
        p++;
        d->precision = 0;
        if (*p == '*') {
            p++;
            d->precision = star_precision;
        }
        while (*p >= '0' && *p <= '9')
            d->precision = d->precision * 10 + (*p++ - '0');
    }
    while (*p == 'l' || *p == 'z' || *p == 'j') {
        d->size = 1;
        p++;
    }
    return p;
}

/* Does the directive at p (past the '%') take its precision from the arguments? */
static bool takes_star(const char *p)
{
    while (*p != '\0' && strchr("-0+123456789", *p) != NULL)
        p++;
    return p[0] == '.' && p[1] == '*';
}

static int add_integer(StrBuilder *b, const Directive *d, char type, long long value)
{
    char format[16], text[96];
    int width = d->width < 0 ? 0 : d->width > 60 ? 60 : d->width;
    snprintf(format, sizeof(format), "%%%s*ll%c", d->flags, type);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int length = snprintf(text, sizeof(text), format, width, value);
#pragma GCC diagnostic pop
    return str_builder_add_ascii_n(b, text, length);
}

static int add_string(StrBuilder *b, const Directive *d, const char *text)
{
    if (text == NULL)
        text = "(null)";
    size_t length = d->precision < 0 ? strlen(text) : strnlen(text, (size_t)d->precision);
    return add_utf8(b, text, (int64_t)length);
}

/* What %p shows; the caller has revealed the object. */
static unsigned long shown_address(ObjRef o)
{
    return (unsigned long)(ids_stable ? ids_of(o) : (uintptr_t)o);
}

Obj *str_format_va(const char *format, va_list args)
{
    StrBuilder b;
    str_builder_init(&b);
    const char *p = format;
    while (*p != '\0') {
        const char *percent = strchr(p, '%');
        if (percent == NULL)
            percent = p + strlen(p);
        if (percent > p && add_utf8(&b, p, percent - p) < 0)
            goto fail;
        if (*percent == '\0')
            break;
        p = percent + 1;
        Directive d;
        p = read_directive(p, &d, takes_star(p) ? va_arg(args, int) : -1);
        int status = 0;
        char text[32];
        switch (*p) {
        case '%':
            status = str_builder_add_char(&b, '%');
            break;
        case 'c':
            status = str_builder_add_char(&b, (uint32_t)va_arg(args, int) & 0x1FFFFF);
            break;
        case 'd':
        case 'i':
            status = add_integer(&b, &d, 'd', d.size ? va_arg(args, long) : va_arg(args, int));
            break;
        case 'u':
        case 'x':
        case 'X':
            status =
                add_integer(&b, &d, *p, d.size ? va_arg(args, long) : (long)va_arg(args, unsigned));
            break;
        case 'p':
            snprintf(text, sizeof(text), "0x%lx", shown_address(va_arg(args, Obj *)));
            status = str_builder_add_ascii(&b, text);
            break;
        case 's':
            status = add_string(&b, &d, va_arg(args, const char *));
            break;
        case 'R':
            status = add_steal(&b, obj_repr(va_arg(args, Obj *)));
            break;
        case 'A':
            status = add_steal(&b, obj_ascii(va_arg(args, Obj *)));
            break;
        case 'S':
            status = add_steal(&b, obj_str(va_arg(args, Obj *)));
            break;
        case 'U':
            status = str_builder_add_str(&b, va_arg(args, Obj *));
            break;
        case 'T':
            status = add_string(&b, &d, obj_type(va_arg(args, Obj *))->head.name);
            break;
        case 'N':
            status = add_string(&b, &d, va_arg(args, const Type *)->head.name);
            break;
        default:
            err_string(&exc_system_error, "invalid format string");
            status = -1;
        }
        if (status < 0)
            goto fail;
        p++;
    }
    return str_builder_finish(&b);
fail:
    str_builder_free(&b);
    return NULL;
}

Obj *str_format_c(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *result = str_format_va(format, args);
    va_end(args);
    return result;
}
