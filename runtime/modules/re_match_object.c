/*
 * re.Match: where a pattern and its groups matched.
 *
 * The positions are a copy of the matcher's slots; the text is cut out of the string when asked
 * for.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/modules/re_objects.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

static const ReProgram *program_of(const MatchObj *m)
{
    return &pattern_cast(m->pattern)->program;
}

/* ---- lifecycle */

static int64_t size_of(const ReProgram *program)
{
    return (int64_t)sizeof(MatchObj) +
           (3 + 2 * (int64_t)program->groups) * (int64_t)sizeof(int64_t);
}

Obj *re_match_new(ObjRef pattern, const ReInput *input, const int64_t *slots)
{
    const ReProgram *program = &pattern_cast(pattern)->program;
    MatchObj *m = (MatchObj *)obj_new_gc(&re_match_type, size_of(program));
    if (m == NULL)
        return NULL;
    m->pattern = obj_incref(pattern);
    m->string = obj_incref(input->string);
    m->start = input->start;
    m->end = input->subject.end;
    for (int64_t i = 0; i < 3 + 2 * (int64_t)program->groups; i++)
        m->slots[i] = slots[i];
    gc_track(&m->base);
    return &m->base;
}

static void dealloc(Obj *self)
{
    MatchObj *m = match_cast(self);
    gc_untrack(self);
    int64_t size = size_of(program_of(m));
    obj_clear(&m->string);
    obj_clear(&m->pattern);
    obj_free(self, size);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(match_cast(self)->pattern);
    GC_VISIT(match_cast(self)->string);
    return 0;
}

/* ---- groups */

Obj *re_match_group(ObjRef match, int64_t group, ObjRef missing)
{
    const MatchObj *m = match_cast(match);
    ReInput input;
    if (m->slots[2 * group] < 0)
        return obj_incref(missing);
    if (re_input_open(&input, m->pattern, m->string, 0, INT64_MAX) < 0)
        return NULL;
    Obj *text = re_input_slice(&input, m->slots[2 * group], m->slots[2 * group + 1]);
    re_input_close(&input);
    return text;
}

/* The number of a group given as int or name, or -1 with IndexError. */
static int64_t group_number(const MatchObj *m, ObjRef key)
{
    int64_t number = -1;
    if (obj_type(key)->index != NULL) {
        number = obj_as_index(key, NULL);
        if (number == -1 && err_occurred() != NULL)
            return -1;
    } else {
        ObjRef found = dict_peek(program_of(m)->group_index, key);
        if (found != NULL)
            int_to_int64(found, &number);
        else if (err_occurred() != NULL)
            err_clear();
    }
    if (number < 0 || number > program_of(m)->groups) {
        err_string(&exc_index_error, "no such group");
        return -1;
    }
    return number;
}

static Obj *group_by_key(ObjRef self, ObjRef key)
{
    int64_t number = group_number(match_cast(self), key);
    return number < 0 ? NULL : re_match_group(self, number, obj_none);
}

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

METHOD(group)
{
    (void)kwnames;
    if (nargs == 0)
        return re_match_group(self, 0, obj_none);
    if (nargs == 1)
        return group_by_key(self, args[0]);
    Obj *result = tuple_new(nargs);
    for (int64_t i = 0; result != NULL && i < nargs; i++) {
        Obj *text = group_by_key(self, args[i]);
        if (text == NULL)
            obj_clear(&result);
        else
            tuple_cast(result)->items[i] = text;
    }
    return result;
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    return group_by_key(self, key);
}

METHOD(groups)
{
    static const ArgSpec spec = {"groups", 0, 0, 1, 1, {"default"}};
    ObjRef out[1];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    int64_t count = program_of(match_cast(self))->groups;
    Obj *result = tuple_new(count);
    for (int64_t i = 0; result != NULL && i < count; i++) {
        Obj *text = re_match_group(self, i + 1, out[0] == NULL ? obj_none : out[0]);
        if (text == NULL)
            obj_clear(&result);
        else
            tuple_cast(result)->items[i] = text;
    }
    return result;
}

METHOD(groupdict)
{
    static const ArgSpec spec = {"groupdict", 0, 0, 1, 1, {"default"}};
    ObjRef out[1], name, number;
    int64_t position = 0, group_index;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *result = dict_new();
    while (result != NULL &&
           dict_next(program_of(match_cast(self))->group_index, &position, &name, &number)) {
        int_to_int64(number, &group_index);
        Obj *text = re_match_group(self, group_index, out[0] == NULL ? obj_none : out[0]);
        if (text == NULL || dict_set(result, name, text) < 0)
            obj_clear(&result);
        obj_xdecref(text);
    }
    return result;
}

METHOD(start)
{
    (void)kwnames;
    int64_t number = nargs == 0 ? 0 : group_number(match_cast(self), args[0]);
    return number < 0 ? NULL : int_new(match_cast(self)->slots[2 * number]);
}

METHOD(end)
{
    (void)kwnames;
    int64_t number = nargs == 0 ? 0 : group_number(match_cast(self), args[0]);
    return number < 0 ? NULL : int_new(match_cast(self)->slots[2 * number + 1]);
}

static Obj *span_of(const MatchObj *m, int64_t number)
{
    Obj *from = int_new(m->slots[2 * number]), *to = int_new(m->slots[2 * number + 1]);
    Obj *result = from == NULL || to == NULL ? NULL : tuple_pack(2, from, to);
    obj_xdecref(from);
    obj_xdecref(to);
    return result;
}

METHOD(span)
{
    (void)kwnames;
    int64_t number = nargs == 0 ? 0 : group_number(match_cast(self), args[0]);
    return number < 0 ? NULL : span_of(match_cast(self), number);
}

METHOD(expand)
{
    static const ArgSpec spec = {"expand", 0, 1, 1, 1, {"template"}};
    ObjRef out[1];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *parts = re_template_parse(match_cast(self)->pattern, out[0]);
    if (parts == NULL)
        return NULL;
    Obj *result = re_template_expand(parts, self);
    obj_decref(parts);
    return result;
}

METHOD(copy_self)
{
    (void)args, (void)nargs, (void)kwnames;
    return obj_incref(self);
}

static Obj *repr(ObjRef self)
{
    const MatchObj *m = match_cast(self);
    Obj *text = re_match_group(self, 0, obj_none);
    if (text == NULL)
        return NULL;
    Obj *result = str_format_c("<%s object; span=(%ld, %ld), match=%R>", obj_type(self)->head.name,
                               (long)m->slots[0], (long)m->slots[1], text);
    obj_decref(text);
    return result;
}

/* ---- attributes */

static Obj *get_string(ObjRef self)
{
    return obj_incref(match_cast(self)->string);
}

static Obj *get_re(ObjRef self)
{
    return obj_incref(match_cast(self)->pattern);
}

static Obj *get_pos(ObjRef self)
{
    return int_new(match_cast(self)->start);
}

static Obj *get_endpos(ObjRef self)
{
    return int_new(match_cast(self)->end);
}

static int64_t last_group(const MatchObj *m)
{
    return m->slots[2 + 2 * program_of(m)->groups];
}

static Obj *get_lastindex(ObjRef self)
{
    int64_t last = last_group(match_cast(self));
    return last < 0 ? none_new() : int_new(last);
}

static Obj *get_lastgroup(ObjRef self)
{
    int64_t last = last_group(match_cast(self));
    if (last < 1)
        return none_new();
    return obj_incref(tuple_peek(program_of(match_cast(self))->group_names, last - 1));
}

static Obj *get_regs(ObjRef self)
{
    int64_t count = program_of(match_cast(self))->groups + 1;
    Obj *result = tuple_new(count);
    for (int64_t i = 0; result != NULL && i < count; i++) {
        Obj *span_tuple = span_of(match_cast(self), i);
        if (span_tuple == NULL)
            obj_clear(&result);
        else
            tuple_cast(result)->items[i] = span_tuple;
    }
    return result;
}

static const MethodDef methods[] = {
    {"group", group, 0, -1, 0,
     "group([group1, ...]) -> str or tuple.\n\nText of groups; group 0 is the whole match."},
    {"start", start, 0, 1, 0, "start($self, group=0, /)\n--\n\nWhere the group begins, or -1."},
    {"end", end, 0, 1, 0, "end($self, group=0, /)\n--\n\nWhere the group ends, or -1."},
    {"span", span, 0, 1, 0, "span($self, group=0, /)\n--\n\n(start, end) of the group."},
    {"groups", groups, 0, -1, METHOD_KEYWORDS,
     "groups($self, /, default=None)\n--\n\nText of all groups from 1 on."},
    {"groupdict", groupdict, 0, -1, METHOD_KEYWORDS,
     "groupdict($self, /, default=None)\n--\n\nText of all named groups."},
    {"expand", expand, 0, -1, METHOD_KEYWORDS,
     "expand($self, /, template)\n--\n\nThe template with groups filled in."},
    {"__copy__", copy_self, 0, 0, 0, NULL},
    {"__deepcopy__", copy_self, 1, 1, 0, NULL},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, NULL},
    {0},
};

static const GetSetDef getset[] = {
    {"string", get_string, NULL, "The string searched."},
    {"re", get_re, NULL, "The pattern."},
    {"pos", get_pos, NULL, "Where the search could begin."},
    {"endpos", get_endpos, NULL, "Where the search had to end."},
    {"lastindex", get_lastindex, NULL, "Number of the group that matched last, or None."},
    {"lastgroup", get_lastgroup, NULL, "Name of the group that matched last, or None."},
    {"regs", get_regs, NULL, "Spans of all groups."},
    {0},
};

Type re_match_type = {
    .head = {.base = {1, &type_type.root},
             .name = "re.Match",
             .flags = TYPE_GC | TYPE_VAR | TYPE_NO_NEW,
             .traverse = traverse,
             .dealloc = dealloc},
    .doc = "Where a pattern matched.",
    .basic_size = (int64_t)sizeof(MatchObj),
    .item_size = (int64_t)sizeof(int64_t),
    .repr = repr,
    .get_item = get_item,
    .methods = methods,
    .getset = getset,
};
