/*
 * Replacement templates of re: \1, \g<name>, \g<1> and escapes.
 *
 * A template is parsed to a list: literal, group, literal, group, … literal, where a group is an
 * int and a literal a str or bytes.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/modules/re_objects.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct Template {
    ObjRef source; /* as given, for errors */
    Obj *text;     /* str: the template, octets as Latin-1 */
    bool bytes;
    const ReProgram *program;
    int64_t at, length;
    StrBuilder literal;
    Obj *parts;
} Template;

/* Raises error(message, template, position); -1. */
static int fail_steal(Template *t, int64_t position, Obj *message)
{
    Obj *where = int_new(position), *exception = NULL;
    if (message != NULL && where != NULL)
        exception = obj_call3(re_error_class(), message, t->source, where);
    obj_xdecref(message);
    obj_xdecref(where);
    if (exception != NULL) {
        err_raise(exception, NULL);
        obj_decref(exception);
    }
    return -1;
}

#define FAIL(position, ...) fail_steal(t, (position), str_format_c(__VA_ARGS__))

static int64_t peek(const Template *t)
{
    return t->at < t->length ? (int64_t)str_char_at(t->text, t->at) : -1;
}

static bool is_digit(int64_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_octal(int64_t c)
{
    return c >= '0' && c <= '7';
}

/* Moves what was collected to the list as a literal: 0/-1. */
static int flush_literal(Template *t)
{
    Obj *text = str_builder_finish(&t->literal);
    if (text == NULL)
        return -1;
    if (t->bytes)
        obj_replace(&text, bytes_new(str_cast(text)->data, str_length(text)));
    return text == NULL ? -1 : list_append_steal(t->parts, text);
}

static int add_group(Template *t, int64_t group, int64_t position)
{
    if (group > t->program->groups)
        return FAIL(position, "invalid group reference %ld", (long)group);
    return flush_literal(t) < 0 ? -1 : list_append_steal(t->parts, int_new(group));
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

/* \g<name>; t->at is after the g. */
static int add_named(Template *t)
{
    if (peek(t) != '<')
        return FAIL(t->at, "missing <");
    int64_t start = ++t->at;
    while (peek(t) != '>' && peek(t) >= 0)
        t->at++;
    if (t->at == start)
        return FAIL(start, "missing group name");
    if (peek(t) < 0)
        return FAIL(start, "missing >, unterminated name");
    Obj *name = str_substring(t->text, start, t->at);
    t->at++;
    if (name == NULL)
        return -1;
    int64_t group = 0;
    int status = 0;
    bool digits = true;
    for (int64_t i = 0; i < str_length(name); i++)
        digits = digits && is_digit(str_char_at(name, i));
    if (digits) {
        for (int64_t i = 0; i < str_length(name) && group < INT32_MAX; i++)
            group = group * 10 + (str_char_at(name, i) - '0');
    } else if (!str_is_identifier(name) && read_odd_number(name, &group)) {
        status = err_warn(&exc_deprecation_warning, 2,
                          "bad character in group name %R at position %ld", name, (long)start);
    } else if (!str_is_identifier(name)) {
        status = FAIL(start, "bad character in group name %R", name);
    } else {
        ObjRef number = dict_peek(t->program->group_index, name);
        if (number != NULL) {
            status = int_to_int64(number, &group);
        } else if (err_occurred() == NULL) {
            err_format(&exc_index_error, "unknown group name %R", name);
            status = -1;
        } else {
            status = -1;
        }
    }
    obj_decref(name);
    return status < 0 ? -1 : add_group(t, group, start);
}

/* An escape whose backslash was at `start`; t->at is after it. */
static int add_escape(Template *t, int64_t start)
{
    int64_t c = peek(t), value;
    if (c < 0)
        return FAIL(start, "bad escape (end of pattern)");
    t->at++;
    if (c == 'g')
        return add_named(t);
    if (c == '0') {
        value = 0;
        for (int i = 0; i < 2 && is_octal(peek(t)); i++, t->at++)
            value = value * 8 + (peek(t) - '0');
        return str_builder_add_char(&t->literal, (uint32_t)value & 0xFF);
    }
    if (is_digit(c)) {
        value = c - '0';
        if (is_digit(peek(t))) {
            int64_t second = peek(t);
            int64_t third = t->at + 1 < t->length ? (int64_t)str_char_at(t->text, t->at + 1) : -1;
            if (is_octal(c) && is_octal(second) && is_octal(third)) {
                value = (c - '0') * 64 + (second - '0') * 8 + (third - '0');
                t->at += 2;
                if (value > 0377) {
                    return FAIL(start, "octal escape value \\%c%c%c outside of range 0-0o377",
                                (int)c, (int)second, (int)third);
                }
                return str_builder_add_char(&t->literal, (uint32_t)value);
            }
            value = value * 10 + (second - '0');
            t->at++;
        }
        return add_group(t, value, start + 1);
    }
    static const char letters[] = "abfnrtv\\", meanings[] = "\a\b\f\n\r\t\v\\";
    const char *known = c < 128 ? strchr(letters, (int)c) : NULL;
    if (known != NULL)
        return str_builder_add_char(&t->literal, (uint32_t)meanings[known - letters]);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return FAIL(start, "bad escape \\%c", (int)c);
    return str_builder_add_char(&t->literal, '\\') < 0
               ? -1
               : str_builder_add_char(&t->literal, (uint32_t)c);
}

Obj *re_template_parse(ObjRef pattern, ObjRef source)
{
    Template template = {.source = source, .program = &pattern_cast(pattern)->program};
    Template *t = &template;
    str_builder_init(&t->literal);
    if (str_check(source)) {
        t->text = obj_incref(source);
    } else {
        BufferView view;
        if (buffer_acquire(source, &view) < 0)
            return NULL;
        t->text = str_from_latin1((const char *)view.data, view.length);
        t->bytes = true;
        buffer_release(&view);
    }
    if (t->text == NULL)
        return NULL;
    t->length = str_length(t->text);
    t->parts = list_new(0);
    int status = t->parts == NULL ? -1 : 0;
    while (status == 0 && t->at < t->length) {
        int64_t c = peek(t), start = t->at++;
        status = c == '\\' ? add_escape(t, start) : str_builder_add_char(&t->literal, (uint32_t)c);
    }
    if (status == 0)
        status = flush_literal(t);
    str_builder_free(&t->literal);
    obj_decref(t->text);
    if (status < 0)
        obj_clear(&t->parts);
    return t->parts;
}

/* "".join(pieces) or b"".join(pieces). */
static Obj *join_pieces(ObjRef pieces, bool bytes)
{
    if (!bytes)
        return str_join(str_empty, pieces);
    Obj *empty = bytes_new("", 0);
    if (empty == NULL)
        return NULL;
    Obj *result = bytes_join_method(empty, &pieces, 1, NULL);
    obj_decref(empty);
    return result;
}

Obj *re_template_expand(ObjRef parts, ObjRef match)
{
    int64_t count = list_length(parts);
    bool bytes = !str_check(list_peek(parts, 0));
    Obj *pieces = list_new(0), *empty = bytes ? bytes_new("", 0) : obj_incref(str_empty);
    Obj *result = NULL;
    if (pieces == NULL || empty == NULL)
        goto done;
    for (int64_t i = 0; i < count; i++) {
        ObjRef part = list_peek(parts, i);
        int64_t group;
        if (i % 2 == 0) {
            if (list_append(pieces, part) < 0)
                goto done;
            continue;
        }
        int_to_int64(part, &group);
        if (list_append_steal(pieces, re_match_group(match, group, empty)) < 0)
            goto done;
    }
    result = join_pieces(pieces, bytes);
done:
    obj_xdecref(pieces);
    obj_xdecref(empty);
    return result;
}
