/*
 * str.format and format_map: replacement fields {name.attr[item]!conversion:spec}.
 *
 * The parser walks ranges of the format (a str and two indices); a field's spec may hold fields one
 * level deep.  Fetching values runs user code; the format and the arguments are held by the caller.
 * string.Formatter uses the same parser through module _string: the two iterators at the end.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

/* Part of a str: [start, end). */
typedef struct Part {
    ObjRef text;
    int64_t start, end;
} Part;

static uint32_t peek(const Part *p)
{
    return str_char_at(p->text, p->start);
}

static Obj *part_str(const Part *p)
{
    return str_substring(p->text, p->start, p->end);
}

static int value_error(const char *message)
{
    err_string(&exc_value_error, message);
    return -1;
}

/* ---- the parser */

typedef struct Field {
    Part literal;        /* text before the field */
    bool present;        /* a field follows the text */
    Part name;           /* between '{' and '!', ':' or '}' */
    Part spec;           /* empty where there is none */
    bool spec_nested;    /* the spec holds fields */
    uint32_t conversion; /* 0: none */
} Field;

/* The rest of a field after '{': 0/-1. */
static int parse_field(Part *p, Field *field)
{
    uint32_t c = 0;
    field->name = (Part){p->text, p->start, p->start};
    field->spec = (Part){p->text, p->start, p->start};
    while (p->start < p->end) {
        c = peek(p);
        p->start++;
        if (c == '{')
            return value_error("unexpected '{' in field name");
        if (c == '}' || c == ':' || c == '!')
            break;
        if (c == '[') {
            while (p->start < p->end && peek(p) != ']')
                p->start++;
        }
    }
    if (c != '}' && c != ':' && c != '!')
        return value_error("expected '}' before end of string");
    field->name.end = p->start - 1;
    if (c == '}')
        return 0;
    if (c == '!') {
        if (p->start >= p->end)
            return value_error("end of string while looking for conversion specifier");
        field->conversion = peek(p);
        p->start++;
        if (p->start < p->end) {
            c = peek(p);
            p->start++;
            if (c == '}')
                return 0;
            if (c != ':')
                return value_error("expected ':' after conversion specifier");
        }
    }
    field->spec.start = p->start;
    for (int64_t depth = 1; p->start < p->end;) {
        c = peek(p);
        p->start++;
        if (c == '{') {
            field->spec_nested = true;
            depth++;
        } else if (c == '}' && --depth == 0) {
            field->spec.end = p->start - 1;
            return 0;
        }
    }
    return value_error("unmatched '{' in format spec");
}

/* Next literal text and field: 1, 0 at the end, -1 ValueError. */
static int next_field(Part *p, Field *field)
{
    if (p->start >= p->end)
        return 0;
    memset(field, 0, sizeof(*field));
    int64_t start = p->start;
    uint32_t c = 0;
    while (p->start < p->end) {
        c = peek(p);
        if (c == '{' || c == '}')
            break;
        p->start++;
    }
    field->literal = (Part){p->text, start, p->start};
    if (p->start >= p->end)
        return 1;
    p->start++;
    bool last = p->start >= p->end;
    if (!last && peek(p) == c) { /* doubled: stands for itself */
        field->literal.end++;
        p->start++;
        return 1;
    }
    if (c == '}')
        return value_error("Single '}' encountered in format string");
    if (last)
        return value_error("Single '{' encountered in format string");
    field->present = true;
    return parse_field(p, field) < 0 ? -1 : 1;
}

/* The decimal number that a part is, or -1; -2 ValueError. */
static int64_t part_number(const Part *p)
{
    int64_t number = 0;
    if (p->start >= p->end)
        return -1;
    for (int64_t i = p->start; i < p->end; i++) {
        int digit = unicode_decimal(str_char_at(p->text, i));
        if (digit < 0)
            return -1;
        if (number > (INT64_MAX - digit) / 10) {
            err_string(&exc_value_error, "Too many decimal digits in format string");
            return -2;
        }
        number = number * 10 + digit;
    }
    return number;
}

/* Splits a field name at the first '.' or '['. */
static void split_name(const Part *name, Part *first, Part *rest)
{
    int64_t i = name->start;
    while (i < name->end) {
        uint32_t c = str_char_at(name->text, i);
        if (c == '.' || c == '[')
            break;
        i++;
    }
    *first = (Part){name->text, name->start, i};
    *rest = (Part){name->text, i, name->end};
}

/* Next ".name" or "[item]" of a field name; *number is the item as a number, or -1: 1, 0, -1. */
static int next_access(Part *rest, bool *attribute, Part *name, int64_t *number)
{
    if (rest->start >= rest->end)
        return 0;
    uint32_t c = peek(rest);
    rest->start++;
    *name = (Part){rest->text, rest->start, rest->start};
    *number = -1;
    *attribute = c == '.';
    if (c == '.') {
        while (rest->start < rest->end && peek(rest) != '.' && peek(rest) != '[')
            rest->start++;
        name->end = rest->start;
    } else if (c == '[') {
        while (rest->start < rest->end && peek(rest) != ']')
            rest->start++;
        if (rest->start >= rest->end)
            return value_error("Missing ']' in format string");
        name->end = rest->start++;
        *number = part_number(name);
        if (*number == -2)
            return -1;
    } else {
        return value_error("Only '.' or '[' may follow ']' in format field specifier");
    }
    if (name->start == name->end)
        return value_error("Empty attribute in format string");
    return 1;
}

/* ---- formatting */

typedef enum Numbering { NUMBERING_OPEN, NUMBERING_AUTO, NUMBERING_MANUAL } Numbering;

typedef struct Formatting {
    const ObjRef *args; /* positional, then the keyword values; NULL: format_map */
    int64_t nargs;
    ObjRef kwnames; /* tuple or NULL */
    ObjRef mapping; /* of format_map, or NULL */
    Numbering numbering;
    int64_t next_number;
} Formatting;

/* Checks and advances the numbering for a field whose first name has this number (-1: a name). */
static int number_field(Formatting *f, bool empty, int64_t *number)
{
    if (!empty && *number == -1)
        return 0;
    if (f->numbering == NUMBERING_OPEN)
        f->numbering = empty ? NUMBERING_AUTO : NUMBERING_MANUAL;
    if (f->numbering == NUMBERING_MANUAL && empty)
        return value_error("cannot switch from manual field specification to automatic field "
                           "numbering");
    if (f->numbering == NUMBERING_AUTO && !empty)
        return value_error("cannot switch from automatic field numbering to manual field "
                           "specification");
    if (empty)
        *number = f->next_number++;
    return 0;
}

/* The argument that a field name begins with: new reference. */
static Obj *first_value(Formatting *f, const Part *first)
{
    int64_t number = part_number(first);
    if (number == -2 || number_field(f, first->start == first->end, &number) < 0)
        return NULL;
    if (number >= 0) {
        if (f->args == NULL)
            return err_string(&exc_value_error, "Format string contains positional fields");
        if (number >= f->nargs) {
            return err_format(&exc_index_error,
                              "Replacement index %lld out of range for positional args tuple",
                              (long long)number);
        }
        return obj_incref(f->args[number]);
    }
    Obj *key = part_str(first);
    if (key == NULL)
        return NULL;
    Obj *value = NULL;
    if (f->mapping != NULL) {
        value = obj_getitem(f->mapping, key);
    } else {
        int64_t count = f->kwnames == NULL ? 0 : tuple_length(f->kwnames);
        for (int64_t i = 0; i < count && value == NULL; i++) {
            if (str_equal(tuple_peek(f->kwnames, i), key))
                value = obj_incref(f->args[f->nargs + i]);
        }
        if (value == NULL)
            err_object(&exc_key_error, key);
    }
    obj_decref(key);
    return value;
}

/* value.name or value[name]: new reference. */
static Obj *access_value(ObjRef value, bool attribute, const Part *name, int64_t number)
{
    Obj *key = number >= 0 ? int_new(number) : part_str(name);
    if (key == NULL)
        return NULL;
    Obj *result = attribute ? obj_getattr(value, key) : obj_getitem(value, key);
    obj_decref(key);
    return result;
}

static Obj *field_value(Formatting *f, const Part *name)
{
    Part first, rest, access;
    split_name(name, &first, &rest);
    Obj *value = first_value(f, &first);
    bool attribute;
    int64_t number;
    int status;
    while (value != NULL && (status = next_access(&rest, &attribute, &access, &number)) != 0) {
        Obj *next = status < 0 ? NULL : access_value(value, attribute, &access, number);
        obj_replace(&value, next);
    }
    return value;
}

static Obj *convert(ObjRef value, uint32_t conversion)
{
    switch (conversion) {
    case 'r':
        return obj_repr(value);
    case 's':
        return obj_str(value);
    case 'a':
        return obj_ascii(value);
    default:
        if (conversion > 32 && conversion < 127)
            return err_format(&exc_value_error, "Unknown conversion specifier %c", (int)conversion);
        return err_format(&exc_value_error, "Unknown conversion specifier \\x%x", conversion);
    }
}

static int format_part(Formatting *f, Part text, int depth, StrBuilder *out);

/* Writes one field: 0/-1. */
static int add_field(Formatting *f, const Field *field, int depth, StrBuilder *out)
{
    Obj *value = field_value(f, &field->name), *spec = NULL, *text = NULL;
    int result = -1;
    if (value == NULL)
        return -1;
    if (field->conversion != 0)
        obj_replace(&value, convert(value, field->conversion));
    if (value == NULL)
        return -1;
    if (field->spec_nested) {
        StrBuilder b;
        str_builder_init(&b);
        if (format_part(f, field->spec, depth - 1, &b) < 0) {
            str_builder_free(&b);
            goto done;
        }
        spec = str_builder_finish(&b);
    } else {
        spec = part_str(&field->spec);
    }
    if (spec == NULL)
        goto done;
    if (str_length(spec) == 0 && str_check_exact(value))
        text = obj_incref(value);
    else
        text = obj_format(value, spec);
    if (text != NULL)
        result = str_builder_add_str(out, text);
done:
    obj_xdecref(value);
    obj_xdecref(spec);
    obj_xdecref(text);
    return result;
}

/* Writes text with its fields filled: 0/-1. */
static int format_part(Formatting *f, Part text, int depth, StrBuilder *out)
{
    if (depth <= 0)
        return value_error("Max string recursion exceeded");
    Field field;
    int status;
    while ((status = next_field(&text, &field)) > 0) {
        if (str_builder_add_range(out, text.text, field.literal.start, field.literal.end) < 0)
            return -1;
        if (field.present && add_field(f, &field, depth, out) < 0)
            return -1;
    }
    return status;
}

enum { MAX_DEPTH = 2 };

static Obj *run(ObjRef self, Formatting *f)
{
    StrBuilder out;
    str_builder_init(&out);
    if (format_part(f, (Part){self, 0, str_length(self)}, MAX_DEPTH, &out) < 0) {
        str_builder_free(&out);
        return NULL;
    }
    return str_builder_finish(&out);
}

Obj *str_format_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ObjRef no_args[1];
    Formatting f = {args == NULL ? no_args : args, nargs, kwnames, NULL, NUMBERING_OPEN, 0};
    return run(self, &f);
}

Obj *str_format_map_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Formatting f = {NULL, 0, NULL, args[0], NUMBERING_OPEN, 0};
    return run(self, &f);
}

/* ---- iterators for module _string */

typedef struct PartIterObj {
    Obj base;
    Obj *text;
    int64_t start, end; /* what is left to read */
} PartIterObj;

static Obj *part_iterator_new(Type *type, ObjRef text, int64_t start, int64_t end)
{
    PartIterObj *it = (PartIterObj *)obj_new(type, (int64_t)sizeof(PartIterObj));
    if (it == NULL)
        return NULL;
    it->text = obj_incref(text);
    it->start = start;
    it->end = end;
    return &it->base;
}

static int part_iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const PartIterObj *)self)->text);
    return 0;
}

static void part_iterator_dealloc(Obj *self)
{
    obj_clear(&((PartIterObj *)self)->text);
    obj_free(self, (int64_t)sizeof(PartIterObj));
}

/* A tuple of owned references; NULL (all released) when one of them is NULL. */
static Obj *pack_steal(Obj **items, int64_t count)
{
    Obj *result = NULL;
    bool complete = true;
    for (int64_t i = 0; i < count; i++)
        complete = complete && items[i] != NULL;
    if (complete)
        result = tuple_from((const ObjRef *)items, count);
    for (int64_t i = 0; i < count; i++)
        obj_xdecref(items[i]);
    return result;
}

static int formatter_next(ObjRef self, Obj **out)
{
    PartIterObj *it = (PartIterObj *)self;
    Part p = {it->text, it->start, it->end};
    Field field;
    int status = next_field(&p, &field);
    it->start = p.start;
    if (status <= 0)
        return status;
    Obj *items[4] = {part_str(&field.literal), field.present ? part_str(&field.name) : none_new(),
                     field.present ? part_str(&field.spec) : none_new(),
                     field.conversion != 0 ? str_from_char(field.conversion) : none_new()};
    *out = pack_steal(items, 4);
    return *out == NULL ? -1 : 1;
}

static int field_name_next(ObjRef self, Obj **out)
{
    PartIterObj *it = (PartIterObj *)self;
    Part rest = {it->text, it->start, it->end}, name;
    bool attribute;
    int64_t number;
    int status = next_access(&rest, &attribute, &name, &number);
    it->start = rest.start;
    if (status <= 0)
        return status;
    Obj *items[2] = {bool_new(attribute), number >= 0 ? int_new(number) : part_str(&name)};
    *out = pack_steal(items, 2);
    return *out == NULL ? -1 : 1;
}

Type formatter_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "formatteriterator",
             .flags = TYPE_NO_NEW,
             .traverse = part_iterator_traverse,
             .dealloc = part_iterator_dealloc},
    .basic_size = (int64_t)sizeof(PartIterObj),
    .iter = object_iter_self,
    .next = formatter_next,
};

Type field_name_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "fieldnameiterator",
             .flags = TYPE_NO_NEW,
             .traverse = part_iterator_traverse,
             .dealloc = part_iterator_dealloc},
    .basic_size = (int64_t)sizeof(PartIterObj),
    .iter = object_iter_self,
    .next = field_name_next,
};

Obj *str_format_parser(ObjRef text)
{
    return part_iterator_new(&formatter_iterator_type, text, 0, str_length(text));
}

Obj *str_format_split_field(ObjRef text)
{
    Part name = {text, 0, str_length(text)}, first, rest;
    split_name(&name, &first, &rest);
    int64_t number = part_number(&first);
    if (number == -2)
        return NULL;
    Obj *items[2] = {number >= 0 ? int_new(number) : part_str(&first),
                     part_iterator_new(&field_name_iterator_type, text, rest.start, rest.end)};
    return pack_steal(items, 2);
}
