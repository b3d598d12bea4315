/*
 * Module binascii: octets as ASCII text: hexadecimal, base64, uuencode, quoted-printable; and CRCs.
 *
 * The a2b functions take bytes-like objects or ASCII strs.  All results are built in a ByteBuilder.
 */

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

static Obj *error_type; /* binascii.Error */

static Obj *raise_error(const char *message)
{
    return err_string((Type *)error_type, message);
}

/* Octets of a bytes-like object or an ASCII str: 0/-1; buffer_release the view. */
static int acquire_ascii(ObjRef o, BufferView *view)
{
    if (str_check(o)) {
        if (!str_cast(o)->ascii) {
            return err_format_int(&exc_value_error,
                                  "string argument should contain only ASCII characters");
        }
        *view = (BufferView){str_cast(o)->data, str_length(o), obj_incref(o)};
        return 0;
    }
    if (!buffer_check(o)) {
        return err_format_int(&exc_type_error,
                              "argument should be bytes, buffer or ASCII string, not '%T'", o);
    }
    return buffer_acquire(o, view);
}

static void release(BufferView *view)
{
    if (view->owner != NULL && str_check(view->owner))
        obj_clear(&view->owner);
    else
        buffer_release(view);
}

/* The builder's octets, or NULL (an exception is pending); empties the builder and the view. */
static Obj *finish(ByteBuilder *b, BufferView *view, bool failed)
{
    release(view);
    if (failed) {
        byte_builder_free(b);
        return NULL;
    }
    return byte_builder_finish(b);
}

/* ---- hexadecimal */

FUNCTION(b2a_hex)
{
    static const ArgSpec spec = {"b2a_hex", 0, 1, 3, 3, {"data", "sep", "bytes_per_sep"}};
    ObjRef out[3];
    int64_t group = 1;
    BufferView view;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[2] != NULL && obj_to_int64(out[2], &group) < 0)
        return NULL;
    if (buffer_acquire(out[0], &view) < 0)
        return NULL;
    Obj *result = bytes_to_hex(view.data, view.length, out[1], group, true);
    buffer_release(&view);
    return result;
}

static int hex_value(unsigned c)
{
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (int)(c - 'a' + 10) : -1;
}

FUNCTION(a2b_hex)
{
    (void)self, (void)nargs, (void)kwnames;
    BufferView view;
    ByteBuilder b;
    if (acquire_ascii(args[0], &view) < 0)
        return NULL;
    byte_builder_init(&b);
    bool failed = false;
    if (view.length % 2 != 0) {
        raise_error("Odd-length string");
        failed = true;
    }
    for (int64_t i = 0; i < view.length && !failed; i += 2) {
        int high = hex_value(view.data[i]), low = hex_value(view.data[i + 1]);
        if (high < 0 || low < 0) {
            raise_error("Non-hexadecimal digit found");
            failed = true;
        } else {
            failed = byte_builder_add_byte(&b, (unsigned)(high << 4 | low)) < 0;
        }
    }
    return finish(&b, &view, failed);
}

/* ---- base64 */

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

FUNCTION(b2a_base64)
{
    static const ArgSpec spec = {"b2a_base64", 1, 1, 1, 2, {"", "newline"}};
    ObjRef out[2];
    bool newline = true;
    BufferView view;
    ByteBuilder b;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_bool(out[1], &newline) < 0 ||
        buffer_acquire(out[0], &view) < 0)
        return NULL;
    byte_builder_init(&b);
    bool failed = byte_builder_reserve(&b, view.length / 3 * 4 + 5) < 0;
    for (int64_t i = 0; i < view.length && !failed; i += 3) {
        int64_t left = view.length - i;
        unsigned bits = (unsigned)view.data[i] << 16;
        if (left > 1)
            bits |= (unsigned)view.data[i + 1] << 8;
        if (left > 2)
            bits |= view.data[i + 2];
        char quad[4] = {base64_digits[bits >> 18], base64_digits[bits >> 12 & 63],
                        left > 1 ? base64_digits[bits >> 6 & 63] : '=',
                        left > 2 ? base64_digits[bits & 63] : '='};
        failed = byte_builder_add(&b, quad, 4) < 0;
    }
    if (newline && !failed)
        failed = byte_builder_add_byte(&b, '\n') < 0;
    return finish(&b, &view, failed);
}

static int base64_value(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Decodes into b: false with an exception. */
static bool decode_base64(const BufferView *view, bool strict, ByteBuilder *b)
{
    unsigned bits = 0;
    int place = 0, pads = 0; /* digits of the current group; '=' seen since */
    bool done = false;
    if (strict && view->length > 0 && view->data[0] == '=') {
        raise_error("Leading padding not allowed");
        return false;
    }
    for (int64_t i = 0; i < view->length; i++) {
        unsigned char c = view->data[i];
        if (c == '=') {
            pads++;
            if (place >= 2 && place + pads >= 4) {
                if (strict && i + 1 < view->length) {
                    raise_error("Excess data after padding");
                    return false;
                }
                done = true;
                break;
            }
            if (strict && place == 0) {
                raise_error("Excess data after padding");
                return false;
            }
            continue;
        }
        int value = base64_value(c);
        if (value < 0) {
            if (strict) {
                raise_error("Only base64 data is allowed");
                return false;
            }
            continue;
        }
        if (strict && pads > 0) {
            raise_error("Discontinuous padding not allowed");
            return false;
        }
        pads = 0;
        bits = bits << 6 | (unsigned)value;
        if (place > 0 && byte_builder_add_byte(b, bits >> (place == 1   ? 4
                                                           : place == 2 ? 2
                                                                        : 0) &
                                                      0xFF) < 0)
            return false;
        place = (place + 1) % 4;
    }
    if (done || place == 0)
        return true;
    if (place == 1) {
        err_format((Type *)error_type,
                   "Invalid base64-encoded string: number of data characters (%lld) cannot be 1 "
                   "more than a multiple of 4",
                   (long long)(b->length / 3 * 4 + 1));
    } else {
        raise_error("Incorrect padding");
    }
    return false;
}

FUNCTION(a2b_base64)
{
    static const ArgSpec spec = {"a2b_base64", 1, 1, 1, 2, {"", "strict_mode"}};
    ObjRef out[2];
    bool strict = false;
    BufferView view;
    ByteBuilder b;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_bool(out[1], &strict) < 0 ||
        acquire_ascii(out[0], &view) < 0)
        return NULL;
    byte_builder_init(&b);
    bool decoded = decode_base64(&view, strict, &b);
    return finish(&b, &view, !decoded);
}

/* ---- uuencode */

FUNCTION(b2a_uu)
{
    static const ArgSpec spec = {"b2a_uu", 1, 1, 1, 2, {"", "backtick"}};
    ObjRef out[2];
    bool backtick = false, failed = false;
    BufferView view;
    ByteBuilder b;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_bool(out[1], &backtick) < 0 ||
        buffer_acquire(out[0], &view) < 0)
        return NULL;
    byte_builder_init(&b);
    unsigned zero = backtick ? '`' : ' ';
    if (view.length > 45) {
        raise_error("At most 45 bytes at once");
        failed = true;
    } else {
        failed =
            byte_builder_add_byte(&b, view.length == 0 ? zero : (unsigned)view.length + ' ') < 0;
    }
    for (int64_t i = 0; i < view.length && !failed; i += 3) {
        unsigned bits = (unsigned)view.data[i] << 16;
        if (i + 1 < view.length)
            bits |= (unsigned)view.data[i + 1] << 8;
        if (i + 2 < view.length)
            bits |= view.data[i + 2];
        for (int shift = 18; shift >= 0 && !failed; shift -= 6) {
            unsigned digit = bits >> shift & 63;
            failed = byte_builder_add_byte(&b, digit == 0 ? zero : digit + ' ') < 0;
        }
    }
    if (!failed)
        failed = byte_builder_add_byte(&b, '\n') < 0;
    return finish(&b, &view, failed);
}

FUNCTION(a2b_uu)
{
    (void)self, (void)nargs, (void)kwnames;
    BufferView view;
    ByteBuilder b;
    if (acquire_ascii(args[0], &view) < 0)
        return NULL;
    byte_builder_init(&b);
    bool failed = false;
    int64_t at = 0, wanted = 0;
    if (view.length > 0)
        wanted = (view.data[at++] - ' ') & 63;
    unsigned bits = 0;
    int have = 0;
    while (b.length < wanted && !failed) {
        /* Trailing spaces may have been stripped from the line. */
        unsigned char c = at < view.length ? view.data[at] : ' ';
        at++;
        unsigned value = 0;
        if (c == '\n' || c == '\r' || at > view.length) {
            value = 0;
        } else if (c < ' ' || c > ' ' + 64) {
            raise_error("Illegal char");
            failed = true;
            break;
        } else {
            value = (unsigned)(c - ' ') & 63;
        }
        bits = (bits << 6 | value) & 0xFFFF;
        have += 6;
        if (have >= 8) {
            have -= 8;
            failed = byte_builder_add_byte(&b, bits >> have & 0xFF) < 0;
        }
    }
    for (; at < view.length && !failed; at++) {
        unsigned char c = view.data[at];
        if (c != ' ' && c != ' ' + 64 && c != '\n' && c != '\r') {
            raise_error("Trailing garbage");
            failed = true;
        }
    }
    return finish(&b, &view, failed);
}

/* ---- quoted-printable */

FUNCTION(a2b_qp)
{
    static const ArgSpec spec = {"a2b_qp", 0, 1, 2, 2, {"data", "header"}};
    ObjRef out[2];
    bool header = false, failed = false;
    BufferView view;
    ByteBuilder b;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_bool(out[1], &header) < 0 ||
        acquire_ascii(out[0], &view) < 0)
        return NULL;
    byte_builder_init(&b);
    const unsigned char *p = view.data;
    for (int64_t i = 0; i < view.length && !failed;) {
        unsigned char c = p[i];
        if (c != '=') {
            failed = byte_builder_add_byte(&b, header && c == '_' ? ' ' : c) < 0;
            i++;
            continue;
        }
        i++;
        if (i >= view.length)
            break;
        if (p[i] == '\n' || p[i] == '\r') { /* soft line break */
            while (i < view.length && p[i] != '\n')
                i++;
            i++;
        } else if (p[i] == '=') {
            failed = byte_builder_add_byte(&b, '=') < 0;
            i++;
        } else if (i + 1 < view.length && hex_value(p[i]) >= 0 && hex_value(p[i + 1]) >= 0) {
            failed = byte_builder_add_byte(
                         &b, (unsigned)(hex_value(p[i]) << 4 | hex_value(p[i + 1]))) < 0;
            i += 2;
        } else {
            failed = byte_builder_add_byte(&b, '=') < 0;
        }
    }
    return finish(&b, &view, failed);
}

enum { QP_LINE = 76 };

typedef struct QpStyle {
    bool quote_tabs, text, header;
} QpStyle;

/* Must the octet at i be written as =XX?  `column`: characters on the line so far. */
static bool must_quote(const BufferView *view, int64_t i, int64_t column, const QpStyle *style)
{
    const unsigned char *p = view->data;
    unsigned char c = p[i];
    bool last = i + 1 == view->length;
    if (c > 126 || c == '=' || (style->header && c == '_'))
        return true;
    if (c == '.' && column == 0)
        return last || p[i + 1] == '\n' || p[i + 1] == '\r' || p[i + 1] == 0;
    if (!style->text && (c == '\r' || c == '\n'))
        return true;
    if ((c == '\t' || c == ' ') && last)
        return true;
    if (c >= 33)
        return false;
    if (c == '\r' || c == '\n')
        return false;
    return style->quote_tabs || (c != '\t' && c != ' ');
}

static int add_quoted(ByteBuilder *b, unsigned char c)
{
    static const char digits[] = "0123456789ABCDEF";
    char text[3] = {'=', digits[c >> 4], digits[c & 15]};
    return byte_builder_add(b, text, 3);
}

/* Writes the quoted form: 0/-1. */
static int encode_qp(const BufferView *view, const QpStyle *style, ByteBuilder *b)
{
    const unsigned char *p = view->data;
    int64_t length = view->length, column = 0;
    const unsigned char *first_break = length > 0 ? memchr(p, '\n', (size_t)length) : NULL;
    bool crlf = first_break != NULL && first_break > p && first_break[-1] == '\r';
    for (int64_t i = 0; i < length;) {
        unsigned char c = p[i];
        bool line_end =
            style->text && (c == '\n' || (c == '\r' && i + 1 < length && p[i + 1] == '\n'));
        if (line_end) {
            /* White space before a line break would be lost. */
            unsigned char before = b->length > 0 ? b->data[b->length - 1] : 0;
            if (column > 0 && (before == ' ' || before == '\t')) {
                b->length--;
                if (add_quoted(b, before) < 0)
                    return -1;
            }
            if ((crlf && byte_builder_add_byte(b, '\r') < 0) || byte_builder_add_byte(b, '\n') < 0)
                return -1;
            i += c == '\r' ? 2 : 1;
            column = 0;
            continue;
        }
        bool quote = must_quote(view, i, column, style);
        int64_t width = quote ? 3 : 1;
        bool room = column + width < QP_LINE ||
                    (!quote && i + 1 < length && p[i + 1] == '\n' && column + 1 < QP_LINE);
        if (!room) {
            if (byte_builder_add(b, crlf ? "=\r\n" : "=\n", crlf ? 3 : 2) < 0)
                return -1;
            column = 0;
        }
        if (quote ? add_quoted(b, c) < 0
                  : byte_builder_add_byte(b, style->header && c == ' ' ? '_' : c) < 0)
            return -1;
        column += width;
        i++;
    }
    return 0;
}

FUNCTION(b2a_qp)
{
    static const ArgSpec spec = {"b2a_qp", 0, 1, 4, 4, {"data", "quotetabs", "istext", "header"}};
    ObjRef out[4];
    QpStyle style = {false, true, false};
    BufferView view;
    ByteBuilder b;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 ||
        args_to_bool(out[1], &style.quote_tabs) < 0 || args_to_bool(out[2], &style.text) < 0 ||
        args_to_bool(out[3], &style.header) < 0 || buffer_acquire(out[0], &view) < 0)
        return NULL;
    byte_builder_init(&b);
    int status = encode_qp(&view, &style, &b);
    return finish(&b, &view, status < 0);
}

/* ---- checksums */

/* An int argument modulo 2**32: 0/-1. */
static int read_word(ObjRef o, uint32_t *out)
{
    Obj *index = obj_index(o);
    if (index == NULL)
        return -1;
    uint64_t value;
    int64_t signed_value;
    int status = 0;
    if (int_to_int64(index, &signed_value) == 0)
        *out = (uint32_t)signed_value;
    else if (int_to_uint64(index, &value) == 0)
        *out = (uint32_t)value;
    else
        status = err_format_int(&exc_overflow_error, "Python int too large to convert to C long");
    obj_decref(index);
    return status;
}

/* CRC-32 of ISO 3309, reflected, polynomial 0xEDB88320. */
FUNCTION(crc32)
{
    (void)self, (void)kwnames;
    static uint32_t table[256];
    BufferView view;
    uint32_t crc = 0;
    if (nargs > 1 && read_word(args[1], &crc) < 0)
        return NULL;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    if (table[1] == 0) {
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t word = i;
            for (int bit = 0; bit < 8; bit++)
                word = word & 1 ? word >> 1 ^ 0xEDB88320u : word >> 1;
            table[i] = word;
        }
    }
    crc = ~crc;
    for (int64_t i = 0; i < view.length; i++)
        crc = table[(crc ^ view.data[i]) & 0xFF] ^ crc >> 8;
    buffer_release(&view);
    return int_new((int64_t)(uint32_t)~crc);
}

/* CRC-CCITT, polynomial 0x1021. */
FUNCTION(crc_hqx)
{
    (void)self, (void)nargs, (void)kwnames;
    BufferView view;
    uint32_t crc = 0;
    if (read_word(args[1], &crc) < 0 || buffer_acquire(args[0], &view) < 0)
        return NULL;
    crc &= 0xFFFF;
    for (int64_t i = 0; i < view.length; i++) {
        crc ^= (uint32_t)view.data[i] << 8;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
    }
    buffer_release(&view);
    return int_new((int64_t)crc);
}

static const MethodDef functions[] = {
    {"a2b_base64", a2b_base64, 0, -1, METHOD_KEYWORDS,
     "a2b_base64($module, data, /, *, strict_mode=False)\n--\n\nDecodes a line of base64."},
    {"a2b_hex", a2b_hex, 1, 1, 0,
     "a2b_hex($module, hexstr, /)\n--\n\nOctets from hexadecimal digits."},
    {"a2b_qp", a2b_qp, 0, -1, METHOD_KEYWORDS,
     "a2b_qp($module, /, data, header=False)\n--\n\nDecodes quoted-printable text."},
    {"a2b_uu", a2b_uu, 1, 1, 0, "a2b_uu($module, data, /)\n--\n\nDecodes a line of uuencode."},
    {"b2a_base64", b2a_base64, 0, -1, METHOD_KEYWORDS,
     "b2a_base64($module, data, /, *, newline=True)\n--\n\nEncodes as a line of base64."},
    {"b2a_hex", b2a_hex, 0, -1, METHOD_KEYWORDS,
     "b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\n"
     "Hexadecimal digits of octets."},
    {"b2a_qp", b2a_qp, 0, -1, METHOD_KEYWORDS,
     "b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)\n--\n\n"
     "Encodes as quoted-printable text."},
    {"b2a_uu", b2a_uu, 0, -1, METHOD_KEYWORDS,
     "b2a_uu($module, data, /, *, backtick=False)\n--\n\nEncodes as a line of uuencode."},
    {"crc32", crc32, 1, 2, 0, "crc32($module, data, crc=0, /)\n--\n\nCRC-32 of octets."},
    {"crc_hqx", crc_hqx, 2, 2, 0, "crc_hqx($module, data, crc, /)\n--\n\nCRC-CCITT of octets."},
    {"hexlify", b2a_hex, 0, -1, METHOD_KEYWORDS,
     "hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nAs b2a_hex."},
    {"unhexlify", a2b_hex, 1, 1, 0, "unhexlify($module, hexstr, /)\n--\n\nAs a2b_hex."},
    {0},
};

static int exec(ObjRef module)
{
    ROOT("binascii.Error", error_type);
    obj_replace(&error_type, type_new_exception("binascii.Error", (ObjRef)&exc_value_error, NULL));
    if (error_type == NULL || module_add(module, "Error", error_type) < 0)
        return -1;
    return module_add_steal(module, "Incomplete",
                            type_new_exception("binascii.Incomplete", NULL, NULL));
}

void binascii_finish(void);
void binascii_finish(void)
{
    obj_clear(&error_type);
}

extern const ModuleDef binascii_module;
const ModuleDef binascii_module = {"binascii", "Octets as ASCII text.", functions, exec};
