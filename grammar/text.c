/*
 * Source bytes to clean UTF-8 text: encoding declarations (PEP 263), validation, newlines.
 * Everything after this file sees valid UTF-8 with LF newlines, no NUL and no BOM.
 */

#include "grammar/text.h"

#include <string.h>

int64_t text_code_points(const char *text, int64_t bytes)
{
    int64_t count = 0;
    for (int64_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

int64_t text_byte_offset(const char *text, int64_t length, int64_t code_points)
{
    int64_t at = 0;
    while (at < length && code_points > 0) {
        at++;
        while (at < length && ((unsigned char)text[at] & 0xc0) == 0x80)
            at++;
        code_points--;
    }
    return at;
}

const char *text_line(const char *text, int64_t length, int64_t line, int64_t *line_length)
{
    if (text == NULL || line < 1)
        return NULL;
    const char *end = text + length;
    for (; line > 1; line--) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        if (newline == NULL)
            return NULL;
        text = newline + 1;
    }
    const char *newline = memchr(text, '\n', (size_t)(end - text));
    *line_length = (newline != NULL ? newline : end) - text;
    return text;
}

uint32_t text_decode(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    if (s[0] < 0x80) {
        *at += 1;
        return s[0];
    }
    if (s[0] < 0xe0) {
        *at += 2;
        return (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
    }
    if (s[0] < 0xf0) {
        *at += 3;
        return (uint32_t)(s[0] & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
    }
    *at += 4;
    return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3f) << 12 |
           (uint32_t)(s[2] & 0x3f) << 6 | (s[3] & 0x3f);
}

int text_encode(uint32_t code_point, char out[4])
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xc0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xe0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code_point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code_point & 0x3f));
    return 4;
}

/* Bytes of the sequence at `s` (RFC 3629), 0 if it is not valid. */
static int sequence_length(const unsigned char *s, int64_t left, bool surrogates)
{
    if (s[0] < 0x80)
        return 1;
    int size = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || left < size)
        return 0;
    for (int i = 1; i < size; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    }
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f && !surrogates) ||
        (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return size;
}

int64_t text_valid_utf8(const char *text, int64_t length, bool surrogates)
{
    int64_t at = 0;
    while (at < length) {
        int size = sequence_length((const unsigned char *)text + at, length - at, surrogates);
        if (size == 0)
            return at;
        at += size;
    }
    return length;
}

typedef enum Encoding {
    ENCODING_DEFAULT,
    ENCODING_UTF8,
    ENCODING_LATIN1,
    ENCODING_ASCII,
    ENCODING_UNKNOWN
} Encoding;

typedef struct Cookie {
    Encoding encoding;
    const char *name; /* as CPython normalises it */
} Cookie;

static bool is_cookie_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

static bool named(const char *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(name, *list) == 0)
            return true;
    }
    return false;
}

/* Lower case with hyphens for underscores, as encoding names compare. */
static Encoding encoding_of(char *name)
{
    static const char *const utf8[] = {"utf-8",     "utf8",      "u8",        "utf", "cp65001",
                                       "utf-8-sig", "utf8-ucs2", "utf8-ucs4", NULL};
    static const char *const latin1[] = {"latin-1",     "latin1",  "iso-8859-1",      "iso8859-1",
                                         "iso-latin-1", "iso8859", "iso-8859-1-1987", "l1",
                                         "latin",       "8859",    "cp819",           "ibm819",
                                         "iso-ir-100",  NULL};
    static const char *const ascii[] = {
        "ascii",     "us-ascii",         "646", "us", "ansi-x3.4-1968", "cp367", "ibm367",
        "iso646-us", "iso-646.irv-1991", NULL};
    for (char *c = name; *c != '\0'; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
        else if (*c == '_')
            *c = '-';
    }
    if (named(name, utf8) || strncmp(name, "utf-8-", 6) == 0)
        return ENCODING_UTF8;
    if (named(name, latin1) || strncmp(name, "latin-1-", 8) == 0 ||
        strncmp(name, "iso-8859-1-", 11) == 0 || strncmp(name, "iso-latin-1-", 12) == 0)
        return ENCODING_LATIN1;
    return named(name, ascii) ? ENCODING_ASCII : ENCODING_UNKNOWN;
}

/* Looks for a cookie in one line; false with memory out. */
static bool read_cookie(const char *line, int64_t length, Bump *bump, Cookie *cookie)
{
    int64_t i = 0;
    while (i < length && (line[i] == ' ' || line[i] == '\t' || line[i] == '\f'))
        i++;
    if (i == length || line[i] != '#')
        return true;
    for (; i + 7 <= length; i++) {
        if (memcmp(line + i, "coding", 6) != 0 || (line[i + 6] != ':' && line[i + 6] != '='))
            continue;
        int64_t start = i + 7;
        while (start < length && (line[start] == ' ' || line[start] == '\t'))
            start++;
        int64_t end = start;
        while (end < length && is_cookie_char(line[end]))
            end++;
        if (end == start)
            continue;
        char *name = bump_copy(bump, line + start, (size_t)(end - start));
        char *written = bump_copy(bump, line + start, (size_t)(end - start));
        if (name == NULL || written == NULL)
            return false;
        cookie->encoding = encoding_of(name);
        cookie->name = cookie->encoding == ENCODING_UTF8 && strncmp(name, "utf-8", 5) == 0 ? "utf-8"
                       : cookie->encoding == ENCODING_LATIN1 ? "iso-8859-1"
                                                             : written;
        return true;
    }
    return true;
}

/* The cookie is in the first line, or in the second if the first is blank or a comment. */
static bool find_cookie(const char *text, int64_t length, Bump *bump, Cookie *cookie)
{
    int64_t start = 0;
    for (int line = 0; line < 2 && start < length; line++) {
        int64_t end = start;
        while (end < length && text[end] != '\n' && text[end] != '\r')
            end++;
        if (!read_cookie(text + start, end - start, bump, cookie))
            return false;
        if (cookie->name != NULL)
            return true;
        for (int64_t i = start; i < end && text[i] != '#'; i++) {
            if (text[i] != ' ' && text[i] != '\t' && text[i] != '\f')
                return true;
        }
        start = end + 1;
        if (end + 1 < length && text[end] == '\r' && text[end + 1] == '\n')
            start++;
    }
    return true;
}

static char *no_memory(Diagnostic *diagnostic)
{
    if (diagnostic->kind == DIAGNOSTIC_NONE)
        diagnostic->kind = DIAGNOSTIC_MEMORY_ERROR;
    return NULL;
}

static int64_t line_at(const char *text, int64_t at)
{
    int64_t line = 1;
    for (int64_t i = 0; i < at; i++)
        line += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
    return line;
}

/* Raises what CPython says of a byte that does not decode. */
static char *bad_byte(Diagnostic *diagnostic, const char *text, int64_t at, const Cookie *cookie)
{
    unsigned byte = (unsigned char)text[at];
    int64_t line = line_at(text, at);
    DiagnosticSpan span = {.line = 0, .offset = -1, .end_line = -1, .end_offset = -1};
    if (cookie->name == NULL) {
        diagnostic_set_span(diagnostic, DIAGNOSTIC_SYNTAX_ERROR, span,
                            "Non-UTF-8 code starting with '\\x%02x' in file %s on line %lld, but "
                            "no encoding declared; see https://peps.python.org/pep-0263/ for "
                            "details",
                            byte, diagnostic->filename, (long long)line);
    } else if (cookie->encoding == ENCODING_ASCII) {
        diagnostic_set_span(diagnostic, DIAGNOSTIC_SYNTAX_ERROR, span, "encoding problem: %s",
                            cookie->name);
    } else {
        diagnostic_set_span(diagnostic, DIAGNOSTIC_SYNTAX_ERROR, span,
                            "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position "
                            "%lld: invalid %s byte",
                            byte, (long long)at,
                            byte < 0xc2 || byte > 0xf4 ? "start" : "continuation");
    }
    return NULL;
}

char *text_prepare(const char *text, int64_t length, bool is_str, bool add_newline,
                   Diagnostic *diagnostic, int64_t *out_length)
{
    Cookie cookie = {0};
    DiagnosticSpan nowhere = {.line = 0, .offset = -1, .end_line = -1, .end_offset = -1};
    bool bom = false;
    if (memchr(text, '\0', (size_t)length) != NULL) {
        nowhere.end_line = -1;
        diagnostic_set_span(diagnostic, DIAGNOSTIC_VALUE_ERROR, nowhere,
                            "source code string cannot contain null bytes");
        return NULL;
    }
    if (!is_str) {
        bom = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
        if (bom) {
            text += 3;
            length -= 3;
        }
        if (!find_cookie(text, length, diagnostic->bump, &cookie))
            return no_memory(diagnostic);
        if (bom && cookie.name != NULL && strcmp(cookie.name, "utf-8") != 0) {
            diagnostic_set_span(diagnostic, DIAGNOSTIC_SYNTAX_ERROR, nowhere,
                                "encoding problem: %s with BOM", cookie.name);
            return NULL;
        }
        if (cookie.encoding == ENCODING_UNKNOWN) {
            diagnostic_set_span(diagnostic, DIAGNOSTIC_SYNTAX_ERROR, nowhere,
                                "unknown encoding: %s", cookie.name);
            return NULL;
        }
    }
    bool latin1 = cookie.encoding == ENCODING_LATIN1;
    if (!latin1) {
        int64_t valid = text_valid_utf8(text, length, is_str);
        if (valid < length)
            return bad_byte(diagnostic, text, valid, &cookie);
    }
    /* Columns, lines and offsets are 32 bits wide. */
    if (length > INT32_MAX / 2 - 2)
        return no_memory(diagnostic);
    char *copy = bump_alloc(diagnostic->bump, (size_t)(latin1 ? length * 2 : length) + 2);
    if (copy == NULL)
        return no_memory(diagnostic);
    int64_t size = 0;
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\r') {
            copy[size++] = '\n';
            if (i + 1 < length && text[i + 1] == '\n')
                i++;
        } else if (c < 0x80 || !latin1) {
            if (c >= 0x80 && cookie.encoding == ENCODING_ASCII)
                return bad_byte(diagnostic, text, i, &cookie);
            copy[size++] = (char)c;
        } else {
            size += text_encode(c, copy + size);
        }
    }
    if (add_newline && size > 0 && copy[size - 1] != '\n')
        copy[size++] = '\n';
    copy[size] = '\0';
    *out_length = size;
    return copy;
}
