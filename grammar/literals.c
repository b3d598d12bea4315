/*
 * Numbers, strings and bytes: from their spelling to decoded data.
 *
 * Strings become UTF-8 in which `\ud800` is three bytes (WTF-8), so nothing is lost.  Errors count
 * positions as CPython does: in the text that its decoder sees, where a character beyond ASCII
 * was replaced by ten of `\U0001f600`.  f-strings go on in fstring.c.
 */

#include <stdlib.h>
#include <string.h>

#include <uniname.h>

#include "grammar/literals.h"
#include "grammar/text.h"

/* --- Numbers --- */

Node *build_number(Parser *parser, Place place, const Token *token)
{
    const char *text = parser->lexer->source + token->start;
    int64_t length = token->end - token->start;
    char *digits = bump_alloc(parser->bump, (size_t)length + 1);
    Node *node = build_node(parser, NODE_CONSTANT, place);
    if (digits == NULL || node == NULL)
        return build_no_memory(parser);
    AstConstant *constant = &node->as.constant;
    int64_t size = 0;
    bool is_float = false;
    constant->base = 10;
    if (length > 2 && text[0] == '0') {
        char c = text[1];
        constant->base = c == 'x' || c == 'X'   ? 16
                         : c == 'o' || c == 'O' ? 8
                         : c == 'b' || c == 'B' ? 2
                                                : 10;
    }
    for (int64_t i = constant->base == 10 ? 0 : 2; i < length; i++) {
        if (text[i] == '_')
            continue;
        is_float = is_float || text[i] == '.' || text[i] == 'e' || text[i] == 'E';
        digits[size++] = text[i];
    }
    constant->text = digits;
    constant->length = size;
    if (constant->base != 10) {
        constant->constant = CONSTANT_INT;
    } else if (digits[size - 1] == 'j' || digits[size - 1] == 'J') {
        digits[--size] = '\0';
        constant->constant = CONSTANT_IMAGINARY;
        constant->number = strtod(digits, NULL);
        constant->length = size;
    } else if (is_float) {
        constant->constant = CONSTANT_FLOAT;
        constant->number = strtod(digits, NULL);
    } else {
        constant->constant = CONSTANT_INT;
    }
    return node;
}

/* --- Buffers --- */

int literal_add(Parser *parser, LiteralBuffer *buffer, const char *text, int64_t length)
{
    if (buffer->bytes == NULL || buffer->length + length > buffer->capacity) {
        int64_t capacity = (buffer->length + length) * 2 + 16;
        char *bytes = bump_alloc(parser->bump, (size_t)capacity + 1);
        if (bytes == NULL) {
            build_no_memory(parser);
            return 0;
        }
        if (buffer->length > 0)
            memcpy(bytes, buffer->bytes, (size_t)buffer->length);
        buffer->bytes = bytes;
        buffer->capacity = capacity;
    }
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, text, (size_t)length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
    return 1;
}

static int add_point(Parser *parser, LiteralBuffer *buffer, uint32_t point)
{
    char bytes[4];
    return literal_add(parser, buffer, bytes, text_encode(point, bytes));
}

/* --- Escapes --- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int literal_warn_escape(Parser *parser, const Token *token, const char *escape)
{
    int ok;
    if (*escape >= '4' && *escape <= '7')
        ok = diagnostic_warn(parser->diagnostic, WARNING_DEPRECATION, token->place,
                             "invalid octal escape sequence '\\%.3s'", escape);
    else
        ok = diagnostic_warn(parser->diagnostic, WARNING_DEPRECATION, token->place,
                             "invalid escape sequence '\\%c'", *escape);
    if (!ok)
        build_no_memory(parser);
    return ok;
}

/* Escapes that one character spells; 0 for none, as `\0` is octal. */
static char simple_escape(char c)
{
    switch (c) {
    case '\\':
    case '\'':
    case '"':
        return c;
    case 'a':
        return '\a';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    default:
        return 0;
    }
}

/* Up to three octal digits at *at. */
static uint32_t octal_escape(const char **at, const char *end)
{
    uint32_t value = 0;
    for (int i = 0; i < 3 && *at < end && **at >= '0' && **at <= '7'; i++)
        value = value * 8 + (uint32_t)(*(*at)++ - '0');
    return value;
}

/* One string's escapes being decoded. */
typedef struct Decoder {
    Parser *parser;
    const Token *token;
    const char *start; /* of the text */
    const char *at;
    const char *end;
    LiteralBuffer *out;
    const char *first_invalid; /* the first escape that deserves a warning */
} Decoder;

/* CPython's position of `where`: what it would be after its rewriting of the text. */
static int64_t decoder_position(const Decoder *decoder, const char *where)
{
    int64_t position = 0;
    for (const char *c = decoder->start; c < where;) {
        if ((unsigned char)*c < 0x80) {
            bool joins = *c == '\\' && c + 1 < decoder->end;
            position += joins && (unsigned char)c[1] >= 0x80 ? 6 : 1;
            c++;
            if (joins && (unsigned char)*c < 0x80 && c < where) {
                position++;
                c++;
            }
        } else {
            text_decode(&c);
            position += 10;
        }
    }
    return position;
}

static int unicode_error(Decoder *decoder, const char *backslash, const char *reason)
{
    int64_t first = decoder_position(decoder, backslash);
    int64_t last = decoder_position(decoder, decoder->at) - 1;
    if (first == last)
        build_error_here(decoder->parser,
                         "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in "
                         "position %lld: %s",
                         (long long)first, reason);
    else
        build_error_here(decoder->parser,
                         "(unicode error) 'unicodeescape' codec can't decode bytes in position "
                         "%lld-%lld: %s",
                         (long long)first, (long long)last, reason);
    return 0;
}

static int hex_escape(Decoder *decoder, const char *backslash, int digits, const char *reason)
{
    uint32_t value = 0;
    for (int i = 0; i < digits; i++) {
        int digit = decoder->at < decoder->end ? hex_value(*decoder->at) : -1;
        if (digit < 0)
            return unicode_error(decoder, backslash, reason);
        value = value << 4 | (uint32_t)digit;
        decoder->at++;
    }
    if (value > 0x10ffff)
        return unicode_error(decoder, backslash, "illegal Unicode character");
    return add_point(decoder->parser, decoder->out, value);
}

/* \N{…}: names and aliases of characters, through libunistring. */
static int named_escape(Decoder *decoder, const char *backslash)
{
    if (decoder->at == decoder->end || *decoder->at != '{')
        return unicode_error(decoder, backslash, "malformed \\N character escape");
    const char *name = ++decoder->at;
    while (decoder->at < decoder->end && *decoder->at != '}')
        decoder->at++;
    int64_t length = decoder->at - name;
    if (decoder->at == decoder->end || length == 0)
        return unicode_error(decoder, backslash, "malformed \\N character escape");
    decoder->at++;
    char *copy = bump_copy(decoder->parser->bump, name, (size_t)length);
    if (copy == NULL) {
        build_no_memory(decoder->parser);
        return 0;
    }
    ucs4_t point = UNINAME_INVALID;
    /* libunistring takes names with underscores or odd spaces too; Python does not. */
    bool plain = copy[0] != ' ' && copy[length - 1] != ' ';
    for (const char *c = copy; *c != '\0'; c++)
        plain = plain && *c != '_' && !(c[0] == ' ' && c[1] == ' ');
    if (plain)
        point = unicode_name_character(copy);
    if (point == UNINAME_INVALID)
        return unicode_error(decoder, backslash, "unknown Unicode character name");
    return add_point(decoder->parser, decoder->out, point);
}

static int decode_escape(Decoder *decoder)
{
    const char *backslash = decoder->at++;
    if (decoder->at == decoder->end)
        return literal_add(decoder->parser, decoder->out, "\\", 1);
    char c = *decoder->at++;
    char simple = simple_escape(c);
    if (simple != 0)
        return literal_add(decoder->parser, decoder->out, &simple, 1);
    switch (c) {
    case '\n':
        return 1;
    case 'x':
        return hex_escape(decoder, backslash, 2, "truncated \\xXX escape");
    case 'u':
        return hex_escape(decoder, backslash, 4, "truncated \\uXXXX escape");
    case 'U':
        return hex_escape(decoder, backslash, 8, "truncated \\UXXXXXXXX escape");
    case 'N':
        return named_escape(decoder, backslash);
    default:
        break;
    }
    if (c >= '0' && c <= '7') {
        decoder->at--;
        const char *digits = decoder->at;
        uint32_t value = octal_escape(&decoder->at, decoder->end);
        if (value > 0377 && decoder->first_invalid == NULL)
            decoder->first_invalid = digits;
        return add_point(decoder->parser, decoder->out, value);
    }
    if ((unsigned char)c >= 0x80) {
        /* The character itself is copied next. */
        decoder->at--;
        return literal_add(decoder->parser, decoder->out, "\\", 1);
    }
    if (decoder->first_invalid == NULL)
        decoder->first_invalid = backslash + 1;
    return literal_add(decoder->parser, decoder->out, backslash, 2);
}

int literal_decode(Parser *parser, const Token *token, const char *start, const char *end, bool raw,
                   LiteralBuffer *out)
{
    if (raw || memchr(start, '\\', (size_t)(end - start)) == NULL)
        return literal_add(parser, out, start, end - start);
    Decoder decoder = {parser, token, start, start, end, out, NULL};
    while (decoder.at < end) {
        const char *stop = memchr(decoder.at, '\\', (size_t)(end - decoder.at));
        if (stop == NULL)
            stop = end;
        if (!literal_add(parser, out, decoder.at, stop - decoder.at))
            return 0;
        decoder.at = stop;
        if (stop < end && !decode_escape(&decoder))
            return 0;
    }
    return decoder.first_invalid == NULL ||
           literal_warn_escape(parser, token, decoder.first_invalid);
}

static int decode_bytes(Parser *parser, const Token *token, const char *start, const char *end,
                        bool raw, LiteralBuffer *out)
{
    for (const char *c = start; c < end; c++) {
        if ((unsigned char)*c >= 0x80) {
            build_error_here(parser, "bytes can only contain ASCII literal characters");
            return 0;
        }
    }
    if (raw)
        return literal_add(parser, out, start, end - start);
    const char *first_invalid = NULL;
    const char *at = start;
    while (at < end) {
        const char *stop = memchr(at, '\\', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        if (!literal_add(parser, out, at, stop - at))
            return 0;
        if (stop == end)
            break;
        at = stop + 1;
        char c = simple_escape(*at);
        if (c != 0) {
            at++;
        } else if (*at == '\n') {
            at++;
            continue;
        } else if (*at >= '0' && *at <= '7') {
            const char *digits = at;
            uint32_t value = octal_escape(&at, end);
            if (value > 0377 && first_invalid == NULL)
                first_invalid = digits;
            c = (char)(value & 0xff);
        } else if (*at == 'x') {
            if (end - at < 3 || hex_value(at[1]) < 0 || hex_value(at[2]) < 0) {
                build_error_here(parser, "(value error) invalid \\x escape at position %lld",
                                 (long long)(stop - start));
                return 0;
            }
            c = (char)(hex_value(at[1]) << 4 | hex_value(at[2]));
            at += 3;
        } else {
            if (first_invalid == NULL)
                first_invalid = at;
            if (!literal_add(parser, out, stop, 2))
                return 0;
            at++;
            continue;
        }
        if (!literal_add(parser, out, &c, 1))
            return 0;
    }
    return first_invalid == NULL || literal_warn_escape(parser, token, first_invalid);
}

/* --- Strings --- */

StringToken literal_open(const Parser *parser, const Token *token)
{
    StringToken string = {.token = token};
    const char *at = parser->lexer->source + token->start;
    const char *end = parser->lexer->source + token->end;
    for (; *at != '\'' && *at != '"'; at++) {
        string.is_bytes = string.is_bytes || *at == 'b' || *at == 'B';
        string.is_raw = string.is_raw || *at == 'r' || *at == 'R';
        string.is_format = string.is_format || *at == 'f' || *at == 'F';
        string.has_u = string.has_u || *at == 'u';
    }
    int quotes = end - at >= 6 && at[1] == at[0] && at[2] == at[0] ? 3 : 1;
    string.start = at + quotes;
    string.end = end - quotes;
    return string;
}

Node *build_strings(Parser *parser, Place place, Sequence *tokens)
{
    LiteralBuffer buffer = {0};
    StringToken first = literal_open(parser, tokens->items[0]);
    bool is_format = false;
    for (int64_t i = 0; i < tokens->count; i++)
        is_format = is_format || literal_open(parser, tokens->items[i]).is_format;
    if (is_format)
        return fstring_build(parser, place, tokens);
    for (int64_t i = 0; i < tokens->count; i++) {
        StringToken string = literal_open(parser, tokens->items[i]);
        int ok = string.is_bytes ? decode_bytes(parser, string.token, string.start, string.end,
                                                string.is_raw, &buffer)
                                 : literal_decode(parser, string.token, string.start, string.end,
                                                  string.is_raw, &buffer);
        if (!ok)
            return NULL;
        if (string.is_bytes != first.is_bytes)
            return build_error_here(parser, "cannot mix bytes and nonbytes literals");
    }
    if (!literal_add(parser, &buffer, "", 0))
        return NULL;
    Node *node = build_node(parser, NODE_CONSTANT, place);
    if (node == NULL)
        return NULL;
    node->as.constant.constant = first.is_bytes ? CONSTANT_BYTES : CONSTANT_STR;
    node->as.constant.u_prefix = first.has_u;
    node->as.constant.text = buffer.bytes;
    node->as.constant.length = buffer.length;
    return node;
}
