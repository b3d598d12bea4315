/*
 * The parser of regular expressions: Python's syntax, with its messages and positions.
 *
 * A recursive descent over the code points of the pattern that builds a tree in the program's Bump.
 * Flags are lexically scoped; global ones may stand only at the start.
 *
 * Longer than most files: it is one grammar, whose functions call one another.
 */

#include "runtime/modules/re_parse.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

enum { END = -1 }; /* what peek gives at the end */

/* Least and most items that a group takes; at most RE_MAX_REPEAT. */
typedef struct Width {
    int64_t least, most;
} Width;

typedef struct Parser {
    ReProgram *program;
    ObjRef pattern;
    const ReSubject *text;
    ObjRef error_class;
    int64_t at;
    int32_t flags;
    int32_t global_flags; /* of the whole pattern so far */
    Width *groups;        /* by number; in the bump.  least -1: still open */
    int32_t group_count, group_room;
    int32_t lookbehind; /* groups known when the outermost lookbehind began, or -1 */
    Obj *names;         /* list: name or None by number from 1 on */
    bool first;         /* nothing was parsed yet but global flags */
} Parser;

/* ---- errors */

/* Raises error(message, pattern, position), position None when negative; -1. */
static int fail_steal(Parser *p, int64_t position, Obj *message)
{
    Obj *where = position < 0 ? none_new() : int_new(position), *exception = NULL;
    if (message != NULL && where != NULL)
        exception = obj_call3(p->error_class, message, p->pattern, where);
    obj_xdecref(message);
    obj_xdecref(where);
    if (exception != NULL) {
        err_raise(exception, NULL);
        obj_decref(exception);
    }
    return -1;
}

#define FAIL(position, ...) fail_steal(p, (position), str_format_c(__VA_ARGS__))

/* Part of the pattern as text for a message: a str. */
static Obj *excerpt(const Parser *p, int64_t start, int64_t end)
{
    return str_from_chars((const unsigned char *)p->text->items + start * p->text->kind,
                          p->text->kind, end - start);
}

static int fail_excerpt(Parser *p, int64_t position, const char *format, int64_t start, int64_t end)
{
    Obj *part = excerpt(p, start, end);
    if (part == NULL)
        return -1;
    Obj *message = str_format_c(format, part);
    obj_decref(part);
    return fail_steal(p, position, message);
}

static ReNode *no_memory(void)
{
    err_no_memory();
    return NULL;
}

/* ---- characters of the pattern */

static int64_t item_at(const Parser *p, int64_t i)
{
    if (i >= p->text->end)
        return END;
    return p->text->kind == 1   ? ((const uint8_t *)p->text->items)[i]
           : p->text->kind == 2 ? ((const uint16_t *)p->text->items)[i]
                                : ((const uint32_t *)p->text->items)[i];
}

static int64_t peek(const Parser *p)
{
    return item_at(p, p->at);
}

static bool accept(Parser *p, int64_t c)
{
    if (peek(p) != c)
        return false;
    p->at++;
    return true;
}

static bool is_ascii_digit(int64_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_octal(int64_t c)
{
    return c >= '0' && c <= '7';
}

static bool is_ascii_letter(int64_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex_value(int64_t c)
{
    if (is_ascii_digit(c))
        return (int)(c - '0');
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return (int)((c | 0x20) - 'a' + 10);
    return -1;
}

/* ---- nodes and sets */

static ReNode *new_node(Parser *p, ReNodeKind kind)
{
    ReNode *node = bump_alloc(&p->program->bump, sizeof(ReNode));
    if (node == NULL)
        return no_memory();
    node->kind = kind;
    node->flags = p->flags;
    return node;
}

static ReNode *node_with_child(Parser *p, ReNodeKind kind, ReNode *child)
{
    ReNode *node = new_node(p, kind);
    if (node == NULL)
        return NULL;
    node->children = bump_alloc(&p->program->bump, sizeof(ReNode *));
    if (node->children == NULL)
        return no_memory();
    node->children[0] = child;
    node->child_count = 1;
    return node;
}

static ReCase case_mode(int32_t flags)
{
    return flags & RE_LOCALE    ? RE_CASE_LOCALE
           : flags & RE_UNICODE ? RE_CASE_UNICODE
                                : RE_CASE_ASCII;
}

static ReSet *new_set(Parser *p)
{
    ReSet *set = bump_alloc(&p->program->bump, sizeof(ReSet));
    if (set == NULL) {
        err_no_memory();
        return NULL;
    }
    set->ascii = (p->flags & RE_UNICODE) == 0;
    set->locale = (p->flags & RE_LOCALE) != 0;
    set->fold = (p->flags & RE_IGNORECASE) != 0;
    set->mode = case_mode(p->flags);
    return set;
}

static int set_add_range(Parser *p, ReSet *set, uint32_t first, uint32_t last)
{
    /* Room grows by doubling; the old array stays in the bump. */
    int32_t count = set->range_count;
    if ((count & (count - 1)) == 0) {
        ReRange *ranges =
            bump_alloc(&p->program->bump, (size_t)(count == 0 ? 1 : count * 2) * sizeof(ReRange));
        if (ranges == NULL) {
            err_no_memory();
            return -1;
        }
        if (count > 0)
            memcpy(ranges, set->ranges, (size_t)count * sizeof(ReRange));
        set->ranges = ranges;
    }
    set->ranges[set->range_count++] = (ReRange){first, last};
    return 0;
}

static ReNode *category_node(Parser *p, uint32_t category)
{
    ReNode *node = new_node(p, RE_NODE_SET);
    if (node == NULL || (node->set = new_set(p)) == NULL)
        return NULL;
    node->set->categories = category;
    return node;
}

static ReNode *char_node(Parser *p, int64_t c)
{
    ReNode *node = new_node(p, RE_NODE_CHAR);
    if (node != NULL)
        node->value = c;
    return node;
}

static uint32_t category_of(int64_t c)
{
    switch (c) {
    case 'd':
        return RE_DIGIT;
    case 'D':
        return RE_NOT_DIGIT;
    case 's':
        return RE_SPACE;
    case 'S':
        return RE_NOT_SPACE;
    case 'w':
        return RE_WORD;
    case 'W':
        return RE_NOT_WORD;
    default:
        return 0;
    }
}

/* ---- escapes */

/* Exactly `digits` hexadecimal digits at p->at for the escape that began at start: value or -1. */
static int64_t hex_escape(Parser *p, int64_t start, int digits)
{
    int64_t value = 0;
    int found = 0;
    while (found < digits && hex_value(peek(p)) >= 0) {
        value = value * 16 + hex_value(peek(p));
        p->at++;
        found++;
    }
    if (found < digits)
        return fail_excerpt(p, start, "incomplete escape %U", start, p->at);
    return value;
}

/* \N{name} after the N. */
static int64_t name_escape(Parser *p, int64_t start)
{
    if (!accept(p, '{'))
        return FAIL(p->at, "missing {");
    int64_t from = p->at;
    while (peek(p) != '}' && peek(p) != END)
        p->at++;
    if (p->at == from && peek(p) == END)
        return FAIL(from, "missing character name");
    if (peek(p) == END)
        return FAIL(from, "missing }, unterminated name");
    if (p->at == from)
        return FAIL(from, "missing character name");
    Obj *name = excerpt(p, from, p->at);
    p->at++;
    if (name == NULL)
        return -1;
    int64_t length, c = -1;
    const char *text = str_cast(name)->ascii ? str_utf8(name, &length) : NULL;
    if (text != NULL)
        c = codecs_character_by_name(text, length);
    if (c < 0) {
        Obj *message = str_format_c("undefined character name %R", name);
        obj_decref(name);
        return fail_steal(p, start, message);
    }
    obj_decref(name);
    return c;
}

/* Escapes that mean one character both in sets and outside: 1 and *out, 0 when it is another kind,
 * -1.  p->at is after the backslash and moves only on success. */
static int simple_escape(Parser *p, int64_t start, int64_t *out)
{
    int64_t c = peek(p);
    int digits = 0;
    switch (c) {
    case 'a':
        *out = 7;
        break;
    case 'f':
        *out = 12;
        break;
    case 'n':
        *out = 10;
        break;
    case 'r':
        *out = 13;
        break;
    case 't':
        *out = 9;
        break;
    case 'v':
        *out = 11;
        break;
    case '\\':
        *out = '\\';
        break;
    case 'x':
        digits = 2;
        break;
    case 'u':
        digits = p->program->bytes ? 0 : 4;
        break;
    case 'U':
        digits = p->program->bytes ? 0 : 8;
        break;
    case 'N':
        if (p->program->bytes)
            return 0;
        p->at++;
        *out = name_escape(p, start);
        return *out < 0 ? -1 : 1;
    default:
        return 0;
    }
    if (digits > 0) {
        p->at++;
        *out = hex_escape(p, start, digits);
        if (*out > UNICODE_MAX)
            return fail_excerpt(p, start, "bad escape %U", start, p->at);
        return *out < 0 ? -1 : 1;
    }
    if (c == 'u' || c == 'U')
        return 0;
    p->at++;
    return 1;
}

/* An escape in a set: a character in *out (1), a category (2), -1. */
static int set_escape(Parser *p, int64_t start, int64_t *out)
{
    int64_t c = peek(p);
    if (c == END)
        return FAIL(start, "bad escape (end of pattern)");
    if (category_of(c) != 0) {
        p->at++;
        *out = category_of(c);
        return 2;
    }
    int status = simple_escape(p, start, out);
    if (status != 0)
        return status;
    if (c == 'b') {
        p->at++;
        *out = 8;
        return 1;
    }
    if (is_octal(c)) {
        int64_t value = 0;
        for (int i = 0; i < 3 && is_octal(peek(p)); i++)
            value = value * 8 + (item_at(p, p->at++) - '0');
        if (value > 0377)
            return fail_excerpt(p, start, "octal escape value %U outside of range 0-0o377", start,
                                p->at);
        *out = value;
        return 1;
    }
    p->at++;
    if (is_ascii_digit(c) || is_ascii_letter(c))
        return fail_excerpt(p, start, "bad escape %U", start, p->at);
    *out = c;
    return 1;
}

/* Checks that a group may be referred to here: 0/-1. */
static int check_reference(Parser *p, int64_t group, int64_t position)
{
    if (group >= p->group_count)
        return FAIL(position, "invalid group reference %ld", (long)group);
    if (p->groups[group].least < 0)
        return FAIL(position, "cannot refer to an open group");
    if (p->lookbehind >= 0 && group >= p->lookbehind)
        return FAIL(p->at, "cannot refer to group defined in the same lookbehind subpattern");
    return 0;
}

static ReNode *backref_node(Parser *p, int64_t group)
{
    ReNode *node = new_node(p, RE_NODE_BACKREF);
    if (node != NULL)
        node->value = group;
    return node;
}

static ReNode *at_node(Parser *p, ReAt at)
{
    ReNode *node = new_node(p, RE_NODE_AT);
    if (node != NULL)
        node->value = (int64_t)at;
    return node;
}

static ReNode *word_boundary(Parser *p, ReAt at)
{
    int extra = p->flags & RE_LOCALE ? RE_AT_LOCALE : p->flags & RE_UNICODE ? 0 : RE_AT_ASCII;
    return at_node(p, (ReAt)((int)at | extra));
}

/* An escape outside sets; the backslash is at p->at. */
static ReNode *parse_escape(Parser *p)
{
    int64_t start = p->at++, c = peek(p), value;
    if (c == END) {
        FAIL(start, "bad escape (end of pattern)");
        return NULL;
    }
    switch (c) {
    case 'A':
        p->at++;
        return at_node(p, RE_AT_START);
    case 'Z':
        p->at++;
        return at_node(p, RE_AT_VERY_END);
    case 'b':
        p->at++;
        return word_boundary(p, RE_AT_BOUNDARY);
    case 'B':
        p->at++;
        return word_boundary(p, RE_AT_NOT_BOUNDARY);
    default:
        break;
    }
    if (category_of(c) != 0) {
        p->at++;
        return category_node(p, category_of(c));
    }
    int status = simple_escape(p, start, &value);
    if (status != 0)
        return status < 0 ? NULL : char_node(p, value);
    if (c == '0') {
        value = 0;
        for (int i = 0; i < 3 && is_octal(peek(p)); i++)
            value = value * 8 + (item_at(p, p->at++) - '0');
        return char_node(p, value);
    }
    if (is_ascii_digit(c)) {
        int64_t second = item_at(p, p->at + 1), third = item_at(p, p->at + 2);
        if (is_ascii_digit(second)) {
            if (is_octal(c) && is_octal(second) && is_octal(third)) {
                value = (c - '0') * 64 + (second - '0') * 8 + (third - '0');
                p->at += 3;
                if (value > 0377) {
                    fail_excerpt(p, start, "octal escape value %U outside of range 0-0o377", start,
                                 p->at);
                    return NULL;
                }
                return char_node(p, value);
            }
            value = (c - '0') * 10 + (second - '0');
            p->at += 2;
        } else {
            value = c - '0';
            p->at++;
        }
        int64_t place = value < p->group_count ? start : start + 1;
        return check_reference(p, value, place) < 0 ? NULL : backref_node(p, value);
    }
    p->at++;
    if (is_ascii_letter(c)) {
        fail_excerpt(p, start, "bad escape %U", start, p->at);
        return NULL;
    }
    return char_node(p, c);
}

/* ---- sets */

static int warn_set(const char *what, int64_t position)
{
    return err_warn(&exc_future_warning, 3, "Possible %s at position %ld", what, (long)position);
}

/* Warns about what later versions may read as an operation on sets: 0/-1. */
static int check_set_operators(Parser *p, int64_t c, int64_t position, bool only)
{
    int64_t next = peek(p);
    if (c == '[' && only)
        return warn_set("nested set", position);
    if (next == c && (c == '-' || c == '&' || c == '~' || c == '|')) {
        return warn_set(c == '-'   ? "set difference"
                        : c == '&' ? "set intersection"
                        : c == '~' ? "set symmetric difference"
                                   : "set union",
                        position);
    }
    return 0;
}

/* After '['. */
static ReNode *parse_set(Parser *p, int64_t start)
{
    ReNode *node = new_node(p, RE_NODE_SET);
    if (node == NULL || (node->set = new_set(p)) == NULL)
        return NULL;
    ReSet *set = node->set;
    if (peek(p) == '[' && warn_set("nested set", p->at) < 0)
        return NULL;
    set->negate = accept(p, '^');
    for (int64_t first = p->at;;) {
        int64_t from = p->at, c = peek(p), low, high;
        if (c == END) {
            FAIL(start, "unterminated character set");
            return NULL;
        }
        p->at++;
        if (c == ']' && from != first)
            break;
        int kind = 1;
        low = c;
        if (c == '\\') {
            kind = set_escape(p, from, &low);
            if (kind < 0)
                return NULL;
        } else if (from != first &&
                   check_set_operators(p, c, from, c == '[' && peek(p) == ':') < 0) {
            return NULL;
        }
        if (peek(p) == '-' && item_at(p, p->at + 1) != ']') {
            p->at++;
            int64_t to = p->at;
            c = peek(p);
            if (c == END) {
                FAIL(start, "unterminated character set");
                return NULL;
            }
            p->at++;
            int high_kind = 1;
            high = c;
            if (c == '\\') {
                high_kind = set_escape(p, to, &high);
                if (high_kind < 0)
                    return NULL;
            } else if (c == '-' && warn_set("set difference", to - 1) < 0) {
                return NULL;
            }
            if (kind != 1 || high_kind != 1 || high < low) {
                fail_excerpt(p, from, "bad character range %U", from, p->at);
                return NULL;
            }
            if (set_add_range(p, set, (uint32_t)low, (uint32_t)high) < 0)
                return NULL;
            continue;
        }
        if (kind == 2)
            set->categories |= (uint32_t)low;
        else if (set_add_range(p, set, (uint32_t)low, (uint32_t)low) < 0)
            return NULL;
    }
    if (set->range_count == 1 && set->categories == 0 && !set->negate &&
        set->ranges[0].first == set->ranges[0].last) {
        node->kind = RE_NODE_CHAR;
        node->value = set->ranges[0].first;
        return node;
    }
    return node;
}

/* ---- groups */

static int open_group(Parser *p, int64_t position, ObjRef name, int32_t *number)
{
    if (p->group_count == p->group_room) {
        int32_t room = p->group_room == 0 ? 8 : p->group_room * 2;
        Width *groups = bump_alloc(&p->program->bump, (size_t)room * sizeof(Width));
        if (groups == NULL) {
            err_no_memory();
            return -1;
        }
        if (p->group_count > 0)
            memcpy(groups, p->groups, (size_t)p->group_count * sizeof(Width));
        p->groups = groups;
        p->group_room = room;
    }
    if (p->group_count >= RE_MAX_GROUPS)
        return FAIL(position, "too many groups");
    *number = p->group_count++;
    p->groups[*number] = (Width){-1, 0};
    if (name == NULL)
        return list_append(p->names, obj_none);
    ObjRef known = dict_peek(p->program->group_index, name);
    if (known != NULL) {
        return FAIL(position, "redefinition of group name %R as group %d; was group %S", name,
                    *number, known);
    }
    Obj *value = int_new(*number);
    int status = value == NULL || err_occurred() != NULL
                     ? -1
                     : dict_set(p->program->group_index, name, value);
    obj_xdecref(value);
    return status < 0 ? -1 : list_append(p->names, name);
}

/* Text up to `terminator`, which is passed: new reference, NULL on error. */
static Obj *read_until(Parser *p, int64_t terminator, const char *what)
{
    int64_t start = p->at;
    while (peek(p) != terminator) {
        if (peek(p) == END) {
            if (p->at == start)
                FAIL(start, "missing %s", what);
            else
                FAIL(start, "missing %c, unterminated name", (int)terminator);
            return NULL;
        }
        p->at++;
    }
    if (p->at == start) {
        FAIL(start, "missing %s", what);
        return NULL;
    }
    Obj *text = excerpt(p, start, p->at);
    p->at++;
    return text;
}

/* A group name: an identifier (ASCII in bytes patterns warns). 0/-1. */
static int check_name(Parser *p, ObjRef name, int64_t position)
{
    if (p->program->bytes && !str_cast(name)->ascii) {
        Obj *octets = codec_encode(name, "latin-1", NULL);
        Obj *shown = octets == NULL ? NULL : obj_ascii(octets);
        obj_xdecref(octets);
        if (shown == NULL)
            return -1;
        Obj *cut = str_substring(shown, 1, str_length(shown)); /* without the b */
        obj_decref(shown);
        if (cut == NULL)
            return -1;
        int status =
            str_is_identifier(name)
                ? err_warn(&exc_deprecation_warning, 3,
                           "bad character in group name %U at position %ld", cut, (long)position)
                : FAIL(position, "bad character in group name %U", cut);
        obj_decref(cut);
        return status;
    }
    if (!str_is_identifier(name))
        return FAIL(position, "bad character in group name %R", name);
    return 0;
}

/* The width of a sequence; `widths` are those of the groups so far. */
static void sequence_width(const ReNode *sequence, const Width *widths, int64_t *least,
                           int64_t *most);
static ReNode *parse_alternatives(Parser *p, bool *failed, int depth);
static ReNode *parse_sequence(Parser *p, bool *failed, int depth);

/* The body of a group up to ')', which is passed.  `start`: where the group began. */
static ReNode *parse_body(Parser *p, int64_t start, bool *failed, int depth)
{
    p->first = false;
    ReNode *body = parse_alternatives(p, failed, depth + 1);
    if (!*failed && !accept(p, ')')) {
        FAIL(start, "missing ), unterminated subpattern");
        *failed = true;
    }
    return body;
}

static int32_t flag_of(int64_t c)
{
    switch (c) {
    case 'i':
        return RE_IGNORECASE;
    case 'L':
        return RE_LOCALE;
    case 'm':
        return RE_MULTILINE;
    case 's':
        return RE_DOTALL;
    case 'x':
        return RE_VERBOSE;
    case 'a':
        return RE_ASCII;
    case 't':
        return RE_TEMPLATE;
    case 'u':
        return RE_UNICODE;
    default:
        return 0;
    }
}

enum { TYPE_FLAGS = RE_ASCII | RE_LOCALE | RE_UNICODE, GLOBAL_FLAGS = RE_DEBUG | RE_TEMPLATE };

/* "(?flags)" gives 1 and takes effect; "(?flags-flags:" gives 0 with *add and *remove; -1. */
static int parse_flags(Parser *p, int64_t start, int32_t *add, int32_t *remove)
{
    int64_t c = item_at(p, p->at++);
    *add = *remove = 0;
    if (c != '-') {
        while (true) {
            int32_t flag = flag_of(c);
            if (p->program->bytes ? c == 'u' : c == 'L') {
                return FAIL(p->at,
                            p->program->bytes
                                ? "bad inline flags: cannot use 'u' flag with a bytes pattern"
                                : "bad inline flags: cannot use 'L' flag with a str pattern");
            }
            *add |= flag;
            if ((flag & TYPE_FLAGS) && (*add & TYPE_FLAGS) != flag) {
                return FAIL(p->at, "bad inline flags: flags 'a', 'u' and 'L' are incompatible");
            }
            c = item_at(p, p->at);
            if (c == END)
                return FAIL(p->at, "missing -, : or )");
            p->at++;
            if (c == ')' || c == '-' || c == ':')
                break;
            if (flag_of(c) == 0)
                return FAIL(p->at - 1,
                            is_ascii_letter(c) || c > 127 ? "unknown flag" : "missing -, : or )");
        }
    }
    if (c == ')') {
        if (!p->first) {
            return FAIL(start, "global flags not at the start of the expression");
        }
        p->global_flags |= *add;
        return 1;
    }
    if (*add & GLOBAL_FLAGS)
        return FAIL(p->at - 1, "bad inline flags: cannot turn on global flag");
    if (c == '-') {
        c = item_at(p, p->at);
        if (c == END)
            return FAIL(p->at, "missing flag");
        p->at++;
        if (flag_of(c) == 0)
            return FAIL(p->at - 1, is_ascii_letter(c) || c > 127 ? "unknown flag" : "missing flag");
        while (true) {
            int32_t flag = flag_of(c);
            if (flag & TYPE_FLAGS) {
                return FAIL(p->at, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
            }
            *remove |= flag;
            c = item_at(p, p->at);
            if (c == END)
                return FAIL(p->at, "missing :");
            p->at++;
            if (c == ':')
                break;
            if (flag_of(c) == 0)
                return FAIL(p->at - 1,
                            is_ascii_letter(c) || c > 127 ? "unknown flag" : "missing :");
        }
    }
    if (*remove & GLOBAL_FLAGS)
        return FAIL(p->at - 1, "bad inline flags: cannot turn off global flag");
    if (*add & *remove)
        return FAIL(p->at - 1, "bad inline flags: flag turned on and off");
    return 0;
}

/* "(?P…" after the P.  *capture and *name say that a named group follows; else the node. */
static ReNode *parse_named(Parser *p, int64_t start, Obj **name, bool *failed)
{
    if (accept(p, '<')) {
        int64_t at = p->at;
        *name = read_until(p, '>', "group name");
        if (*name == NULL || check_name(p, *name, at) < 0)
            *failed = true;
        return NULL;
    }
    *failed = true;
    if (accept(p, '=')) {
        int64_t at = p->at;
        Obj *text = read_until(p, ')', "group name");
        if (text == NULL)
            return NULL;
        ReNode *node = NULL;
        if (check_name(p, text, at) == 0) {
            ObjRef number = dict_peek(p->program->group_index, text);
            int64_t group = 0;
            if (number == NULL)
                FAIL(at, p->program->bytes ? "unknown group name %A" : "unknown group name %R",
                     text);
            else if (int_to_int64(number, &group) == 0 && check_reference(p, group, at) == 0)
                node = backref_node(p, group);
        }
        obj_decref(text);
        *failed = node == NULL;
        return node;
    }
    if (peek(p) == END)
        FAIL(p->at, "unexpected end of pattern");
    else
        fail_excerpt(p, start + 1, "unknown extension %U", start + 1, p->at + 1);
    return NULL;
}

/* A group number written in a way that only int() takes, as "+1": true when it is one. */
static bool read_odd_number(ObjRef name, int64_t *group)
{
    Obj *number = obj_call1((ObjRef)&int_type, name);
    bool valid = number != NULL && int_to_int64(number, group) == 0 && *group >= 0;
    if (number == NULL)
        err_clear();
    obj_xdecref(number);
    return valid;
}

/* "(?(" condition. */
static ReNode *parse_condition(Parser *p, int64_t start, bool *failed, int depth)
{
    int64_t at = p->at, group = 0;
    *failed = true;
    Obj *name = read_until(p, ')', "group name");
    if (name == NULL)
        return NULL;
    bool digits = true;
    for (int64_t i = 0; i < str_length(name); i++)
        digits = digits && is_ascii_digit(str_char_at(name, i));
    int status = 0;
    if (digits) {
        for (int64_t i = 0; i < str_length(name) && group < RE_MAX_GROUPS; i++)
            group = group * 10 + (str_char_at(name, i) - '0');
        if (group == 0)
            status = FAIL(at, "bad group number");
        else if (group >= RE_MAX_GROUPS)
            status = FAIL(at, "invalid group reference %ld", (long)group);
    } else if (!str_is_identifier(name) && read_odd_number(name, &group)) {
        status = err_warn(&exc_deprecation_warning, 3,
                          "bad character in group name %R at position %ld", name, (long)at);
        if (status == 0 && group == 0)
            status = FAIL(at, "bad group number");
    } else if ((status = check_name(p, name, at)) == 0) {
        ObjRef number = dict_peek(p->program->group_index, name);
        if (number == NULL)
            status = FAIL(at, p->program->bytes ? "unknown group name %A" : "unknown group name %R",
                          name);
        else
            status = int_to_int64(number, &group);
    }
    obj_decref(name);
    if (status < 0)
        return NULL;
    if (p->lookbehind >= 0) {
        if (group >= p->group_count)
            status = FAIL(p->at, "cannot refer to an open group");
        else
            status = check_reference(p, group, p->at);
        if (status < 0)
            return NULL;
    }
    ReNode *node = new_node(p, RE_NODE_CONDITION);
    if (node == NULL ||
        (node->children = bump_alloc(&p->program->bump, 2 * sizeof(ReNode *))) == NULL)
        return NULL;
    node->value = group;
    node->least = at; /* position of the reference, for a check at the end */
    *failed = false;
    p->first = false;
    node->child_count = 2;
    node->children[0] = parse_sequence(p, failed, depth + 1);
    if (!*failed && accept(p, '|'))
        node->children[1] = parse_sequence(p, failed, depth + 1);
    if (*failed)
        return NULL;
    if (peek(p) == '|') {
        FAIL(p->at, "conditional backref with more than two branches");
        *failed = true;
    } else if (!accept(p, ')')) {
        FAIL(start, "missing ), unterminated subpattern");
        *failed = true;
    }
    if (*failed)
        return NULL;
    if (group >= p->group_count) /* groups may come later: look once more at the end */
        node->most = 1;
    return node;
}

static ReNode *parse_look(Parser *p, int64_t start, int64_t direction, bool negative, bool *failed,
                          int depth)
{
    int32_t outer = p->lookbehind;
    if (direction < 0 && outer < 0)
        p->lookbehind = p->group_count;
    ReNode *body = parse_body(p, start, failed, depth);
    if (direction < 0 && outer < 0)
        p->lookbehind = -1;
    if (*failed)
        return NULL;
    ReNode *node = node_with_child(p, RE_NODE_LOOK, body);
    if (node == NULL) {
        *failed = true;
        return NULL;
    }
    node->value = direction;
    node->negative = negative;
    return node;
}

/* A group; '(' was passed.  NULL without failure: it stands for nothing. */
static ReNode *parse_group(Parser *p, bool *failed, int depth)
{
    int64_t start = p->at - 1;
    bool capture = true;
    Obj *name = NULL;
    ReNode *node = NULL;
    int32_t add = 0, remove = 0, outer = p->flags;
    if (accept(p, '?')) {
        int64_t c = peek(p);
        if (c == END) {
            FAIL(p->at, "unexpected end of pattern");
            *failed = true;
            return NULL;
        }
        p->at++;
        capture = false;
        switch (c) {
        case 'P':
            node = parse_named(p, start, &name, failed);
            capture = name != NULL;
            if (*failed || node != NULL) {
                obj_xdecref(name);
                return node;
            }
            break;
        case ':':
            break;
        case '#':
            while (peek(p) != ')') {
                if (peek(p) == END) {
                    FAIL(start, "missing ), unterminated comment");
                    *failed = true;
                    return NULL;
                }
                p->at++;
            }
            p->at++;
            return NULL;
        case '=':
        case '!':
            return parse_look(p, start, 1, c == '!', failed, depth);
        case '<':
            c = peek(p);
            if (c == '=' || c == '!') {
                p->at++;
                return parse_look(p, start, -1, c == '!', failed, depth);
            }
            if (c == END)
                FAIL(p->at, "unexpected end of pattern");
            else
                fail_excerpt(p, start + 1, "unknown extension %U", start + 1, p->at + 1);
            *failed = true;
            return NULL;
        case '(':
            return parse_condition(p, start, failed, depth);
        case '>':
            node = parse_body(p, start, failed, depth);
            if (*failed)
                return NULL;
            node = node_with_child(p, RE_NODE_ATOMIC, node);
            *failed = node == NULL;
            return node;
        default:
            if (flag_of(c) == 0 && c != '-') {
                fail_excerpt(p, start + 1, "unknown extension %U", start + 1, p->at);
                *failed = true;
                return NULL;
            }
            p->at--;
            int status = parse_flags(p, start, &add, &remove);
            if (status < 0) {
                *failed = true;
                return NULL;
            }
            if (status == 1) {
                p->flags |= add;
                if (p->flags & RE_ASCII)
                    p->flags &= ~RE_UNICODE;
                return NULL;
            }
        }
    }
    int32_t number = 0;
    if (capture && open_group(p, name == NULL ? start : start + 4, name, &number) < 0) {
        obj_xdecref(name);
        *failed = true;
        return NULL;
    }
    obj_xdecref(name);
    if (add & TYPE_FLAGS)
        p->flags &= ~TYPE_FLAGS;
    p->flags = (p->flags | add) & ~remove;
    ReNode *body = parse_body(p, start, failed, depth);
    p->flags = outer;
    if (*failed)
        return NULL;
    if (capture) {
        Width width;
        sequence_width(body, p->groups, &width.least, &width.most);
        p->groups[number] = width;
    }
    node = node_with_child(p, RE_NODE_GROUP, body);
    if (node == NULL) {
        *failed = true;
        return NULL;
    }
    node->value = number;
    return node;
}

/* ---- repeats */

/* A number of a {m,n}; -1 when there is none, -2 on error. */
static int64_t parse_number(Parser *p)
{
    int64_t value = -1;
    while (is_ascii_digit(peek(p))) {
        value = (value < 0 ? 0 : value) * 10 + (item_at(p, p->at++) - '0');
        if (value > (int64_t)UINT32_MAX)
            value = (int64_t)UINT32_MAX;
    }
    if (value >= (int64_t)UINT32_MAX) {
        err_string(&exc_overflow_error, "the repetition number is too large");
        return -2;
    }
    return value > RE_MAX_REPEAT - 1 ? RE_MAX_REPEAT - 1 : value;
}

/* Bounds of a repeat at p->at: 1, 0 when it is none (a '{' that is a plain character), -1. */
static int parse_bounds(Parser *p, int64_t *least, int64_t *most)
{
    int64_t start = p->at, c = item_at(p, p->at++);
    *least = 0;
    *most = RE_MAX_REPEAT;
    if (c == '?') {
        *most = 1;
        return 1;
    }
    if (c == '*')
        return 1;
    if (c == '+') {
        *least = 1;
        return 1;
    }
    if (peek(p) == '}') {
        p->at = start;
        return 0;
    }
    int64_t low = parse_number(p), high = low;
    if (low == -2)
        return -1;
    bool comma = accept(p, ',');
    if (comma && (high = parse_number(p)) == -2)
        return -1;
    if (!accept(p, '}') || (!comma && low < 0)) {
        p->at = start;
        return 0;
    }
    if (low >= 0)
        *least = low;
    if (high >= 0) {
        *most = high;
        if (*most < *least)
            return FAIL(start + 1, "min repeat greater than max repeat");
    }
    return 1;
}

/* ---- sequences */

static bool is_special(int64_t c)
{
    return c == '?' || c == '*' || c == '+' || c == '{';
}

/* What a repeat after `last` makes; `last` may be NULL (nothing to repeat). */
static ReNode *parse_repeat(Parser *p, ReNode *last, int64_t start, int64_t least, int64_t most)
{
    if (last == NULL || last->kind == RE_NODE_AT) {
        FAIL(start, "nothing to repeat");
        return NULL;
    }
    if (last->kind == RE_NODE_REPEAT) {
        FAIL(start, "multiple repeat");
        return NULL;
    }
    ReNode *node = new_node(p, RE_NODE_REPEAT);
    if (node == NULL || (node->children = bump_alloc(&p->program->bump, sizeof(ReNode *))) == NULL)
        return NULL;
    node->children[0] = last;
    node->child_count = 1;
    node->least = least;
    node->most = most;
    node->mode = accept(p, '?') ? RE_LAZY : accept(p, '+') ? RE_POSSESSIVE : RE_GREEDY;
    return node;
}

/* Skips white space and comments under VERBOSE: true when something was skipped. */
static bool skip_verbose(Parser *p)
{
    int64_t c = peek(p);
    if (!(p->flags & RE_VERBOSE) || c == END)
        return false;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        p->at++;
        return true;
    }
    if (c != '#')
        return false;
    while (peek(p) != END && peek(p) != '\n')
        p->at++;
    if (peek(p) == '\n')
        p->at++;
    return true;
}

static ReNode *parse_sequence(Parser *p, bool *failed, int depth)
{
    ReNode *first = NULL, *last = NULL, *before = NULL;
    while (true) {
        int64_t c = peek(p), start = p->at, least, most;
        if (c == END || c == '|' || c == ')')
            return first;
        if (skip_verbose(p))
            continue;
        ReNode *node = NULL;
        if (is_special(c)) {
            int status = parse_bounds(p, &least, &most);
            if (status < 0) {
                *failed = true;
                return NULL;
            }
            if (status > 0) {
                ReNode *repeat = parse_repeat(p, last, start, least, most);
                if (repeat == NULL) {
                    *failed = true;
                    return NULL;
                }
                if (before == NULL)
                    first = repeat;
                else
                    before->next = repeat;
                last = repeat;
                continue;
            }
            p->at++;
            node = char_node(p, c);
        } else if (c == '\\') {
            node = parse_escape(p);
        } else {
            p->at++;
            if (c == '[')
                node = parse_set(p, start);
            else if (c == '.')
                node = new_node(p, RE_NODE_ANY);
            else if (c == '^')
                node = at_node(p, p->flags & RE_MULTILINE ? RE_AT_LINE_START : RE_AT_START);
            else if (c == '$')
                node = at_node(p, p->flags & RE_MULTILINE ? RE_AT_LINE_END : RE_AT_END);
            else if (c == '(') {
                node = parse_group(p, failed, depth);
                if (*failed)
                    return NULL;
                if (node == NULL)
                    continue;
            } else {
                node = char_node(p, c);
            }
        }
        if (node == NULL) {
            *failed = true;
            return NULL;
        }
        p->first = false;
        if (last == NULL)
            first = node;
        else
            last->next = node;
        before = last;
        last = node;
    }
}

static ReNode *parse_branches(Parser *p, bool *failed, int depth)
{
    ReNode *sequence = parse_sequence(p, failed, depth);
    if (*failed || peek(p) != '|')
        return sequence;
    p->first = false;
    ReNode *node = new_node(p, RE_NODE_BRANCH);
    int32_t room = 0;
    while (node != NULL && !*failed) {
        if (node->child_count == room) {
            room = room == 0 ? 4 : room * 2;
            ReNode **children = bump_alloc(&p->program->bump, (size_t)room * sizeof(ReNode *));
            if (children == NULL)
                break;
            if (node->child_count > 0)
                memcpy(children, node->children, (size_t)node->child_count * sizeof(ReNode *));
            node->children = children;
        }
        node->children[node->child_count++] = sequence;
        if (!accept(p, '|'))
            return node;
        sequence = parse_sequence(p, failed, depth);
    }
    if (!*failed)
        err_no_memory();
    *failed = true;
    return NULL;
}

static ReNode *parse_alternatives(Parser *p, bool *failed, int depth)
{
    if (state_enter(" while compiling a regular expression") < 0) {
        *failed = true;
        return NULL;
    }
    ReNode *result = parse_branches(p, failed, depth);
    state_leave();
    return result;
}

/* ---- widths */

static int64_t clip(int64_t width)
{
    return width > RE_MAX_REPEAT ? RE_MAX_REPEAT : width;
}

static void node_width(const ReNode *node, const Width *widths, int64_t *least, int64_t *most)
{
    int64_t low = 0, high = 0;
    switch (node->kind) {
    case RE_NODE_CHAR:
    case RE_NODE_ANY:
    case RE_NODE_SET:
        low = high = 1;
        break;
    case RE_NODE_AT:
    case RE_NODE_LOOK:
        break;
    case RE_NODE_GROUP:
    case RE_NODE_ATOMIC:
        sequence_width(node->children[0], widths, &low, &high);
        break;
    case RE_NODE_BRANCH:
    case RE_NODE_CONDITION:
        for (int32_t i = 0; i < node->child_count; i++) {
            int64_t child_low, child_high;
            sequence_width(node->children[i], widths, &child_low, &child_high);
            low = i == 0 || child_low < low ? child_low : low;
            high = child_high > high ? child_high : high;
        }
        break;
    case RE_NODE_REPEAT:
        sequence_width(node->children[0], widths, &low, &high);
        low = low == 0 || node->least == 0        ? 0
              : low > RE_MAX_REPEAT / node->least ? RE_MAX_REPEAT
                                                  : low * node->least;
        high = high == 0 || node->most == 0        ? 0
               : high > RE_MAX_REPEAT / node->most ? RE_MAX_REPEAT
                                                   : high * node->most;
        break;
    case RE_NODE_BACKREF:
        low = widths[node->value].least;
        high = widths[node->value].most;
        break;
    }
    *least = clip(low);
    *most = clip(high);
}

static void sequence_width(const ReNode *sequence, const Width *widths, int64_t *least,
                           int64_t *most)
{
    *least = *most = 0;
    for (const ReNode *node = sequence; node != NULL; node = node->next) {
        int64_t low, high;
        node_width(node, widths, &low, &high);
        *least = clip(*least + low);
        *most = clip(*most + high);
    }
}

/* ---- entry */

/* Checks what could not be checked while parsing; works on all nodes: 0/-1. */
static int check_tree(Parser *p, ReNode *sequence)
{
    for (ReNode *node = sequence; node != NULL; node = node->next) {
        if (node->kind == RE_NODE_CONDITION && node->value >= p->group_count)
            return FAIL(node->least, "invalid group reference %ld", (long)node->value);
        if (node->kind == RE_NODE_LOOK && node->value < 0) {
            int64_t low, high;
            sequence_width(node->children[0], p->groups, &low, &high);
            if (low != high) {
                return fail_steal(p, -1,
                                  str_from_ascii("look-behind requires fixed-width pattern"));
            }
        }
        for (int32_t i = 0; i < node->child_count; i++) {
            if (check_tree(p, node->children[i]) < 0)
                return -1;
        }
    }
    return 0;
}

/* Flags that go with the kind of pattern: 0/-1 ValueError. */
static int fix_flags(bool bytes, int32_t *flags)
{
    if (bytes) {
        if (*flags & RE_UNICODE)
            return err_format_int(&exc_value_error, "cannot use UNICODE flag with a bytes pattern");
        if ((*flags & RE_LOCALE) && (*flags & RE_ASCII))
            return err_format_int(&exc_value_error, "ASCII and LOCALE flags are incompatible");
        return 0;
    }
    if (*flags & RE_LOCALE)
        return err_format_int(&exc_value_error, "cannot use LOCALE flag with a str pattern");
    if ((*flags & RE_ASCII) && (*flags & RE_UNICODE))
        return err_format_int(&exc_value_error, "ASCII and UNICODE flags are incompatible");
    if (!(*flags & RE_ASCII))
        *flags |= RE_UNICODE;
    return 0;
}

int re_parse(ReProgram *program, ObjRef pattern, const ReSubject *text, int64_t flags,
             ObjRef error_class)
{
    int32_t given = (int32_t)flags;
    Parser parser = {.program = program,
                     .pattern = pattern,
                     .text = text,
                     .error_class = error_class,
                     .global_flags = given,
                     .group_count = 1,
                     .lookbehind = -1,
                     .first = true};
    Parser *p = &parser;
    bool failed = false;
    int status = -1;
    /* A global (?a) or (?u) in the pattern is added before the flags are checked. */
    p->flags = given;
    if (!program->bytes && !(given & RE_ASCII))
        p->flags |= RE_UNICODE;
    p->group_room = 8;
    p->groups = bump_alloc(&program->bump, 8 * sizeof(Width));
    p->names = list_new(0);
    program->group_index = dict_new();
    if (p->groups == NULL || p->names == NULL || program->group_index == NULL) {
        if (p->groups == NULL)
            err_no_memory();
        goto done;
    }
    p->groups[0] = (Width){-1, 0};
    program->tree = parse_alternatives(p, &failed, 0);
    if (failed)
        goto done;
    if (peek(p) == ')') {
        FAIL(p->at, "unbalanced parenthesis");
        goto done;
    }
    if (check_tree(p, program->tree) < 0)
        goto done;
    program->flags = p->global_flags;
    if (fix_flags(program->bytes, &program->flags) < 0)
        goto done;
    program->groups = p->group_count - 1;
    program->group_names = list_to_tuple(p->names);
    status = program->group_names == NULL ? -1 : 0;
done:
    obj_xdecref(p->names);
    return status;
}
