/*
 * Module _re: compiled patterns and what they do with strings.  runtime/lib/re.py is the public
 * face (flags, cache, escape).  Matching is PCRE2's work: re_parse.c reads Python's syntax,
 * re_write.c writes it for PCRE2, re_pcre*.c call the library; matches and templates are in files
 * of their own.
 *
 * While a call searches, it holds the string (and the buffer of octets), since replacement
 * functions run user code between matches.
 */

#include <stdio.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/roots.h"
#include "runtime/modules/re_objects.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/mappingproxy.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

enum { FEW_SLOTS = 23 };

typedef struct ScannerObj {
    Obj base;
    Obj *pattern;
    ReInput input;
    int64_t at;    /* where to search next */
    bool no_empty; /* the last match was empty and ended there */
    bool iterates; /* made by finditer */
} ScannerObj;

static Obj *error_class;

ObjRef re_error_class(void)
{
    return error_class;
}

/* ---- input */

int re_input_open(ReInput *input, ObjRef pattern, ObjRef string, int64_t pos, int64_t endpos)
{
    const ReProgram *program = &pattern_cast(pattern)->program;
    input->view = (BufferView){NULL, 0, NULL};
    input->string = NULL;
    int64_t length;
    if (str_check(string)) {
        const StrObj *s = (const StrObj *)string;
        length = s->length;
        input->subject = (ReSubject){s->data, s->kind, s->ascii, 0, NULL};
    } else {
        if (!buffer_check(string))
            return err_format_int(&exc_type_error, "expected string or bytes-like object, got '%T'",
                                  string);
        if (buffer_acquire(string, &input->view) < 0)
            return -1;
        length = input->view.length;
        input->subject = (ReSubject){input->view.data, 1, false, 0, NULL};
    }
    if (program->bytes == str_check(string) && pattern_cast(pattern)->pattern != obj_none) {
        buffer_release(&input->view);
        return err_format_int(
            &exc_type_error, program->bytes ? "cannot use a bytes pattern on a string-like object"
                                            : "cannot use a string pattern on a bytes-like object");
    }
    input->string = obj_incref(string);
    input->start = pos < 0 ? 0 : pos > length ? length : pos;
    input->subject.end = endpos < 0 ? 0 : endpos > length ? length : endpos;
    return 0;
}

void re_input_close(ReInput *input)
{
    re_subject_free(&input->subject);
    buffer_release(&input->view);
    obj_clear(&input->string);
}

Obj *re_input_slice(const ReInput *input, int64_t start, int64_t end)
{
    if (str_check(input->string))
        return str_substring(input->string, start, end);
    if (end > input->view.length) /* a bytearray may have shrunk since */
        end = input->view.length;
    if (start == 0 && end == input->view.length && bytes_check_exact(input->string))
        return obj_incref(input->string);
    return bytes_new(start >= end ? (const unsigned char *)"" : input->view.data + start,
                     start >= end ? 0 : end - start);
}

/* ---- running */

/* Slots of a run: on the C stack when they are few. */
typedef struct Slots {
    int64_t few[FEW_SLOTS];
    int64_t *all;
    int64_t count;
} Slots;

static int slots_init(Slots *slots, ObjRef pattern)
{
    slots->count = 3 + 2 * (int64_t)pattern_cast(pattern)->program.groups;
    slots->all = slots->few;
    if (slots->count > FEW_SLOTS &&
        (slots->all = mem_alloc((size_t)slots->count * sizeof(int64_t))) == NULL) {
        err_no_memory();
        return -1;
    }
    return 0;
}

static void slots_free(Slots *slots)
{
    if (slots->all != slots->few)
        mem_free(slots->all, (size_t)slots->count * sizeof(int64_t));
}

static Obj *match_once(ObjRef self, const ArgSpec *spec, const ObjRef *args, int64_t nargs,
                       ObjRef kwnames, ReMode mode)
{
    ObjRef out[3];
    int64_t pos = 0, endpos = INT64_MAX;
    if (args_bind(spec, args, nargs, kwnames, out) < 0 || args_to_slice_index(out[1], &pos) < 0 ||
        args_to_slice_index(out[2], &endpos) < 0)
        return NULL;
    ReInput input;
    Slots slots;
    if (re_input_open(&input, self, out[0], pos, endpos) < 0)
        return NULL;
    Obj *result = NULL;
    if (slots_init(&slots, self) == 0) {
        int status = re_match_run(&pattern_cast(self)->program, &input.subject, input.start, mode,
                                  false, slots.all);
        if (status >= 0)
            result = status > 0 ? re_match_new(self, &input, slots.all) : none_new();
        slots_free(&slots);
    }
    re_input_close(&input);
    return result;
}

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

METHOD(match)
{
    static const ArgSpec spec = {"match", 0, 1, 3, 3, {"string", "pos", "endpos"}};
    return match_once(self, &spec, args, nargs, kwnames, RE_MATCH);
}

METHOD(fullmatch)
{
    static const ArgSpec spec = {"fullmatch", 0, 1, 3, 3, {"string", "pos", "endpos"}};
    return match_once(self, &spec, args, nargs, kwnames, RE_FULLMATCH);
}

METHOD(search)
{
    static const ArgSpec spec = {"search", 0, 1, 3, 3, {"string", "pos", "endpos"}};
    return match_once(self, &spec, args, nargs, kwnames, RE_SEARCH);
}

/* One search after another over an input. */
typedef struct Walk {
    ReInput input;
    Slots slots;
    ObjRef pattern;
    int64_t at;
    bool no_empty;
} Walk;

static int walk_open(Walk *w, ObjRef pattern, ObjRef string, int64_t pos, int64_t endpos)
{
    w->pattern = pattern;
    w->no_empty = false;
    if (re_input_open(&w->input, pattern, string, pos, endpos) < 0)
        return -1;
    w->at = w->input.start;
    if (slots_init(&w->slots, pattern) < 0) {
        re_input_close(&w->input);
        return -1;
    }
    return 0;
}

/* 1, 0, -1. */
static int walk_next(Walk *w)
{
    if (w->at > w->input.subject.end)
        return 0;
    int status = re_match_run(&pattern_cast(w->pattern)->program, &w->input.subject, w->at,
                              RE_SEARCH, w->no_empty, w->slots.all);
    if (status > 0) {
        w->at = w->slots.all[1];
        w->no_empty = w->slots.all[0] == w->slots.all[1];
    }
    return status;
}

static void walk_close(Walk *w)
{
    slots_free(&w->slots);
    re_input_close(&w->input);
}

/* Text of a group of the current match; an empty one where it did not match. */
static Obj *walk_group(const Walk *w, int64_t group)
{
    int64_t start = w->slots.all[2 * group], end = w->slots.all[2 * group + 1];
    return start < 0 || end < 0 ? re_input_slice(&w->input, 0, 0)
                                : re_input_slice(&w->input, start, end);
}

METHOD(findall)
{
    static const ArgSpec spec = {"findall", 0, 1, 3, 3, {"string", "pos", "endpos"}};
    ObjRef out[3];
    int64_t pos = 0, endpos = INT64_MAX;
    Walk w;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_slice_index(out[1], &pos) < 0 ||
        args_to_slice_index(out[2], &endpos) < 0 || walk_open(&w, self, out[0], pos, endpos) < 0)
        return NULL;
    int32_t groups = pattern_cast(self)->program.groups;
    Obj *result = list_new(0);
    int status = result == NULL ? -1 : 0;
    while (status >= 0 && (status = walk_next(&w)) > 0) {
        Obj *item;
        if (groups < 2) {
            item = walk_group(&w, groups);
        } else {
            item = tuple_new(groups);
            for (int32_t g = 0; item != NULL && g < groups; g++) {
                Obj *text = walk_group(&w, g + 1);
                if (text == NULL)
                    obj_clear(&item);
                else
                    tuple_cast(item)->items[g] = text;
            }
        }
        if (item == NULL || list_append_steal(result, item) < 0)
            status = -1;
    }
    walk_close(&w);
    if (status < 0)
        obj_clear(&result);
    return result;
}

METHOD(split)
{
    static const ArgSpec spec = {"split", 0, 1, 2, 2, {"string", "maxsplit"}};
    ObjRef out[2];
    int64_t limit = 0, from = 0, count = 0;
    Walk w;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[1] != NULL && obj_to_int64(out[1], &limit) < 0)
        return NULL;
    if (walk_open(&w, self, out[0], 0, INT64_MAX) < 0)
        return NULL;
    Obj *result = list_new(0);
    int status = result == NULL ? -1 : 0;
    while (status >= 0 && (limit == 0 || count < limit) && (status = walk_next(&w)) > 0) {
        if (list_append_steal(result, re_input_slice(&w.input, from, w.slots.all[0])) < 0)
            status = -1;
        for (int64_t g = 1; status >= 0 && g <= pattern_cast(self)->program.groups; g++) {
            bool matched = w.slots.all[2 * g] >= 0 && w.slots.all[2 * g + 1] >= 0;
            if (list_append_steal(result, matched ? walk_group(&w, g) : none_new()) < 0)
                status = -1;
        }
        from = w.slots.all[1];
        count++;
    }
    if (status >= 0 &&
        list_append_steal(result, re_input_slice(&w.input, from, w.input.subject.end)) < 0)
        status = -1;
    walk_close(&w);
    if (status < 0)
        obj_clear(&result);
    return result;
}

/* What replaces matches. */
typedef struct Replacement {
    Obj *function; /* called with each match, or NULL */
    Obj *literal;  /* the same text always, or NULL */
    Obj *parts;    /* parsed template, or NULL */
} Replacement;

static bool has_backslash(ObjRef text)
{
    if (str_check(text)) {
        const StrObj *s = (const StrObj *)text;
        return str_find_char_raw(s->data, s->kind, s->length, '\\') >= 0;
    }
    BufferView view;
    if (buffer_acquire(text, &view) < 0) {
        err_clear();
        return true;
    }
    bool found = str_find_char_raw(view.data, 1, view.length, '\\') >= 0;
    buffer_release(&view);
    return found;
}

static int replacement_init(Replacement *r, ObjRef pattern, ObjRef given)
{
    *r = (Replacement){NULL, NULL, NULL};
    if (obj_is_callable(given)) {
        r->function = obj_incref(given);
        return 0;
    }
    if (!str_check(given) && !buffer_check(given)) {
        return err_format_int(&exc_type_error,
                              "decoding to str: need a bytes-like object, %T found", given);
    }
    if (!has_backslash(given)) {
        r->literal = obj_incref(given);
        return 0;
    }
    r->parts = re_template_parse(pattern, given);
    if (r->parts == NULL)
        return -1;
    if (list_length(r->parts) == 1) {
        r->literal = obj_incref(list_peek(r->parts, 0));
        obj_clear(&r->parts);
    }
    return 0;
}

static void replacement_free(Replacement *r)
{
    obj_clear(&r->function);
    obj_clear(&r->literal);
    obj_clear(&r->parts);
}

/* The text for the current match, or None: new reference. */
static Obj *replacement_text(const Replacement *r, const Walk *w)
{
    if (r->literal != NULL)
        return obj_incref(r->literal);
    Obj *m = re_match_new(w->pattern, &w->input, w->slots.all);
    if (m == NULL)
        return NULL;
    Obj *text = r->function != NULL ? obj_call1(r->function, m) : re_template_expand(r->parts, m);
    obj_decref(m);
    return text;
}

static Obj *join_pieces(ObjRef pieces, const ReInput *input)
{
    if (str_check(input->string))
        return str_join(str_empty, pieces);
    Obj *empty = bytes_new("", 0);
    if (empty == NULL)
        return NULL;
    Obj *result = bytes_join_method(empty, &pieces, 1, NULL);
    obj_decref(empty);
    return result;
}

/* The new text; *count tells how many were replaced. */
static Obj *substitute(ObjRef self, ObjRef given, ObjRef string, int64_t limit, int64_t *count)
{
    Replacement r;
    Walk w;
    *count = 0;
    if (replacement_init(&r, self, given) < 0)
        return NULL;
    if (walk_open(&w, self, string, 0, INT64_MAX) < 0) {
        replacement_free(&r);
        return NULL;
    }
    Obj *pieces = list_new(0), *result = NULL;
    int64_t from = 0;
    int status = pieces == NULL ? -1 : 0;
    while (status >= 0 && (limit == 0 || *count < limit) && (status = walk_next(&w)) > 0) {
        int64_t start = w.slots.all[0], end = w.slots.all[1];
        if (from < start && list_append_steal(pieces, re_input_slice(&w.input, from, start)) < 0) {
            status = -1;
            break;
        }
        Obj *text = replacement_text(&r, &w);
        if (text == NULL) {
            status = -1;
        } else if (is_none(text)) {
            obj_decref(text);
        } else if (list_append_steal(pieces, text) < 0) {
            status = -1;
        }
        from = end;
        (*count)++;
    }
    if (status >= 0 && from < w.input.subject.end &&
        list_append_steal(pieces, re_input_slice(&w.input, from, w.input.subject.end)) < 0)
        status = -1;
    if (status >= 0)
        result = join_pieces(pieces, &w.input);
    obj_xdecref(pieces);
    walk_close(&w);
    replacement_free(&r);
    return result;
}

static Obj *sub_any(ObjRef self, const ArgSpec *spec, const ObjRef *args, int64_t nargs,
                    ObjRef kwnames, bool with_count)
{
    ObjRef out[3];
    int64_t limit = 0, count;
    if (args_bind(spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[2] != NULL && obj_to_int64(out[2], &limit) < 0)
        return NULL;
    Obj *text = substitute(self, out[0], out[1], limit, &count);
    if (text == NULL || !with_count)
        return text;
    Obj *number = int_new(count);
    Obj *result = number == NULL ? NULL : tuple_pack(2, text, number);
    obj_decref(text);
    obj_xdecref(number);
    return result;
}

METHOD(sub)
{
    static const ArgSpec spec = {"sub", 0, 2, 3, 3, {"repl", "string", "count"}};
    return sub_any(self, &spec, args, nargs, kwnames, false);
}

METHOD(subn)
{
    static const ArgSpec spec = {"subn", 0, 2, 3, 3, {"repl", "string", "count"}};
    return sub_any(self, &spec, args, nargs, kwnames, true);
}

/* ---- scanner, and the iterator of finditer */

static Obj *scanner_new(ObjRef self, const ArgSpec *spec, const ObjRef *args, int64_t nargs,
                        ObjRef kwnames, bool iterates)
{
    ObjRef out[3];
    int64_t pos = 0, endpos = INT64_MAX;
    if (args_bind(spec, args, nargs, kwnames, out) < 0 || args_to_slice_index(out[1], &pos) < 0 ||
        args_to_slice_index(out[2], &endpos) < 0)
        return NULL;
    ReInput input;
    if (re_input_open(&input, self, out[0], pos, endpos) < 0)
        return NULL;
    ScannerObj *s = (ScannerObj *)obj_new_gc(&re_scanner_type, (int64_t)sizeof(ScannerObj));
    if (s == NULL) {
        re_input_close(&input);
        return NULL;
    }
    s->pattern = obj_incref(self);
    s->input = input;
    s->at = input.start;
    s->no_empty = false;
    s->iterates = iterates;
    gc_track(&s->base);
    return &s->base;
}

METHOD(finditer)
{
    static const ArgSpec spec = {"finditer", 0, 1, 3, 3, {"string", "pos", "endpos"}};
    return scanner_new(self, &spec, args, nargs, kwnames, true);
}

METHOD(scanner)
{
    static const ArgSpec spec = {"scanner", 0, 1, 3, 3, {"string", "pos", "endpos"}};
    return scanner_new(self, &spec, args, nargs, kwnames, false);
}

/* The next match from where the last one ended: 1 and *out, 0, -1. */
static int scanner_step(ScannerObj *s, ReMode mode, Obj **out)
{
    Slots slots;
    if (s->at < 0 || s->at > s->input.subject.end)
        return 0;
    if (slots_init(&slots, s->pattern) < 0)
        return -1;
    int status = re_match_run(&pattern_cast(s->pattern)->program, &s->input.subject, s->at, mode,
                              s->no_empty, slots.all);
    if (status > 0) {
        *out = re_match_new(s->pattern, &s->input, slots.all);
        s->no_empty = slots.all[0] == slots.all[1];
        s->at = slots.all[1];
        if (*out == NULL)
            status = -1;
    } else if (status == 0) {
        s->at = -1;
    }
    slots_free(&slots);
    return status;
}

static int scanner_next(ObjRef self, Obj **out)
{
    return scanner_step((ScannerObj *)self, RE_SEARCH, out);
}

METHOD(scanner_match)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *m = NULL;
    int status = scanner_step((ScannerObj *)self, RE_MATCH, &m);
    return status < 0 ? NULL : status > 0 ? m : none_new();
}

METHOD(scanner_search)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *m = NULL;
    int status = scanner_step((ScannerObj *)self, RE_SEARCH, &m);
    return status < 0 ? NULL : status > 0 ? m : none_new();
}

static void scanner_dealloc(Obj *self)
{
    ScannerObj *s = (ScannerObj *)self;
    gc_untrack(self);
    re_input_close(&s->input);
    obj_clear(&s->pattern);
    obj_free(self, (int64_t)sizeof(ScannerObj));
}

static int scanner_traverse(ObjRef self, VisitFn visit, void *context)
{
    const ScannerObj *s = (const ScannerObj *)self;
    GC_VISIT(s->pattern);
    GC_VISIT(s->input.string);
    GC_VISIT(s->input.view.owner);
    return 0;
}

static Obj *scanner_pattern(ObjRef self)
{
    return obj_incref(((const ScannerObj *)self)->pattern);
}

static const MethodDef scanner_methods[] = {
    {"match", scanner_match, 0, 0, 0, "match($self, /)\n--\n\nThe match where the last one ended."},
    {"search", scanner_search, 0, 0, 0, "search($self, /)\n--\n\nThe next match."},
    {0},
};

static const GetSetDef scanner_getset[] = {
    {"pattern", scanner_pattern, NULL, "The pattern."},
    {0},
};

Type re_scanner_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_re.Scanner",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = scanner_traverse,
             .dealloc = scanner_dealloc},
    .basic_size = (int64_t)sizeof(ScannerObj),
    .iter = object_iter_self,
    .next = scanner_next,
    .methods = scanner_methods,
    .getset = scanner_getset,
};

/* ---- Pattern */

static int pattern_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(pattern_cast(self)->pattern);
    return 0;
}

static void pattern_dealloc(Obj *self)
{
    PatternObj *p = pattern_cast(self);
    if (p->weak_list != NULL)
        weakref_clear_all(self, &p->weak_list);
    re_program_free(&p->program);
    obj_clear(&p->pattern);
    obj_free(self, (int64_t)sizeof(PatternObj));
}

static Obj *pattern_repr(ObjRef self)
{
    static const struct {
        const char *name;
        int32_t flag;
    } flag_names[] = {
        {"re.TEMPLATE", RE_TEMPLATE}, {"re.IGNORECASE", RE_IGNORECASE},
        {"re.LOCALE", RE_LOCALE},     {"re.MULTILINE", RE_MULTILINE},
        {"re.DOTALL", RE_DOTALL},     {"re.UNICODE", RE_UNICODE},
        {"re.VERBOSE", RE_VERBOSE},   {"re.DEBUG", RE_DEBUG},
        {"re.ASCII", RE_ASCII},
    };
    const PatternObj *p = pattern_cast(self);
    int32_t flags = p->program.flags;
    if (!p->program.bytes && (flags & (RE_LOCALE | RE_UNICODE | RE_ASCII)) == RE_UNICODE)
        flags &= ~RE_UNICODE;
    Obj *text = obj_repr(p->pattern);
    if (text == NULL)
        return NULL;
    StrBuilder b;
    str_builder_init(&b);
    bool failed =
        str_builder_add_ascii(&b, "re.compile(") < 0 ||
        str_builder_add_range(&b, text, 0, str_length(text) < 200 ? str_length(text) : 200) < 0;
    obj_decref(text);
    const char *between = ", ";
    for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]) && !failed; i++) {
        if (!(flags & flag_names[i].flag))
            continue;
        failed = str_builder_add_ascii(&b, between) < 0 ||
                 str_builder_add_ascii(&b, flag_names[i].name) < 0;
        flags &= ~flag_names[i].flag;
        between = "|";
    }
    if (flags != 0 && !failed) {
        char rest[24];
        snprintf(rest, sizeof(rest), "%s0x%x", between, (unsigned)flags);
        failed = str_builder_add_ascii(&b, rest) < 0;
    }
    if (failed || str_builder_add_char(&b, ')') < 0) {
        str_builder_free(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}

static int64_t pattern_hash(ObjRef self)
{
    const PatternObj *p = pattern_cast(self);
    int64_t hash = obj_hash(p->pattern);
    if (hash == -1)
        return -1;
    hash ^= p->program.flags ^ (int64_t)p->program.groups << 16;
    return hash == -1 ? -2 : hash;
}

static Obj *pattern_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || obj_type(other) != &re_pattern_type)
        return not_implemented_new();
    const PatternObj *a = pattern_cast(self), *b = pattern_cast(other);
    int equal = a == b;
    if (!equal && a->program.flags == b->program.flags && a->program.bytes == b->program.bytes) {
        equal = obj_equal(a->pattern, b->pattern);
        if (equal < 0)
            return NULL;
    }
    return bool_new((op == CMP_EQ) == (equal > 0));
}

static Obj *get_pattern(ObjRef self)
{
    return obj_incref(pattern_cast(self)->pattern);
}

static Obj *get_flags(ObjRef self)
{
    return int_new(pattern_cast(self)->program.flags);
}

static Obj *get_groups(ObjRef self)
{
    return int_new(pattern_cast(self)->program.groups);
}

static Obj *get_groupindex(ObjRef self)
{
    ObjRef index = pattern_cast(self)->program.group_index;
    return obj_call1((ObjRef)&mappingproxy_type, index);
}

METHOD(copy_self)
{
    (void)args, (void)nargs, (void)kwnames;
    return obj_incref(self);
}

static const MethodDef pattern_methods[] = {
    {"match", match, 0, -1, METHOD_KEYWORDS,
     "match($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nA match at pos, or None."},
    {"fullmatch", fullmatch, 0, -1, METHOD_KEYWORDS,
     "fullmatch($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nA match of all, or None."},
    {"search", search, 0, -1, METHOD_KEYWORDS,
     "search($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nThe first match, or None."},
    {"sub", sub, 0, -1, METHOD_KEYWORDS,
     "sub($self, /, repl, string, count=0)\n--\n\nThe string with matches replaced."},
    {"subn", subn, 0, -1, METHOD_KEYWORDS,
     "subn($self, /, repl, string, count=0)\n--\n\n(the new string, number of replacements)"},
    {"findall", findall, 0, -1, METHOD_KEYWORDS,
     "findall($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nText of all matches."},
    {"split", split, 0, -1, METHOD_KEYWORDS,
     "split($self, /, string, maxsplit=0)\n--\n\nThe parts between matches."},
    {"finditer", finditer, 0, -1, METHOD_KEYWORDS,
     "finditer($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nIterator over all matches."},
    {"scanner", scanner, 0, -1, METHOD_KEYWORDS,
     "scanner($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nMatches one after the other."},
    {"__copy__", copy_self, 0, 0, 0, NULL},
    {"__deepcopy__", copy_self, 1, 1, 0, NULL},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, NULL},
    {0},
};

static const GetSetDef pattern_getset[] = {
    {"pattern", get_pattern, NULL, "What was compiled."},
    {"flags", get_flags, NULL, "Flags in force."},
    {"groups", get_groups, NULL, "Number of capturing groups."},
    {"groupindex", get_groupindex, NULL, "Names of groups and their numbers."},
    {0},
};

Type re_pattern_type = {
    .head = {.base = {1, &type_type.root},
             .name = "re.Pattern",
             .flags = TYPE_NO_NEW,
             .traverse = pattern_traverse,
             .dealloc = pattern_dealloc},
    .doc = "Compiled regular expression object.",
    .basic_size = (int64_t)sizeof(PatternObj),
    .weak_list_offset = (int32_t)offsetof(PatternObj, weak_list),
    .repr = pattern_repr,
    .hash = pattern_hash,
    .compare = pattern_compare,
    .methods = pattern_methods,
    .getset = pattern_getset,
};

/* ---- module */

METHOD(compile)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t flags;
    if (obj_to_int64(args[1], &flags) < 0)
        return NULL;
    if (!str_check(args[0]) && !buffer_check(args[0]))
        return err_string(&exc_type_error, "first argument must be string or compiled pattern");
    PatternObj *p = (PatternObj *)obj_new(&re_pattern_type, (int64_t)sizeof(PatternObj));
    if (p == NULL)
        return NULL;
    p->weak_list = NULL;
    p->pattern = obj_incref(args[0]);
    Obj *result = &p->base;
    if (re_program_compile(&p->program, args[0], flags, error_class) < 0)
        obj_clear(&result);
    return result;
}

METHOD(set_error)
{
    (void)self, (void)nargs, (void)kwnames;
    obj_replace(&error_class, obj_incref(args[0]));
    return none_new();
}

/* A template as re.template gives it: a list of literals and group numbers. */
METHOD(template)
{
    (void)self, (void)nargs, (void)kwnames;
    if (obj_type(args[0]) != &re_pattern_type)
        return err_string(&exc_type_error, "first argument must be a compiled pattern");
    return re_template_parse(args[0], args[1]);
}

static const MethodDef functions[] = {
    {"compile", compile, 2, 2, 0, "compile($module, pattern, flags, /)\n--\n\nA Pattern."},
    {"set_error", set_error, 1, 1, 0,
     "set_error($module, class, /)\n--\n\nNames the class of errors in patterns."},
    {"template", template, 2, 2, 0,
     "template($module, pattern, text, /)\n--\n\nA parsed replacement template."},
    {0},
};

static int exec(ObjRef module)
{
    if (type_ready(&re_pattern_type) < 0 || type_ready(&re_match_type) < 0 ||
        type_ready(&re_scanner_type) < 0)
        return -1;
    if (error_class == NULL)
        error_class = obj_incref((ObjRef)&exc_value_error);
    ROOT("the error class of re", error_class);
    if (module_add(module, "Pattern", (ObjRef)&re_pattern_type) < 0)
        return -1;
    return module_add(module, "Match", (ObjRef)&re_match_type);
}

void re_finish(void);
void re_finish(void)
{
    obj_clear(&error_class);
    re_match_finish();
}

extern const ModuleDef re_module;
const ModuleDef re_module = {"_re", "Compiled regular expressions.", functions, exec};
