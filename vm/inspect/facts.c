/*
 * What is known of one object by itself: whether it exists once, where constants of it stand, which
 * names the compiler made of it.  ouro.why_same puts it into words.
 */

#include "vm/inspect/facts.h"

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/inspect/holders.h"
#include "vm/inspect/naming.h"
#include "vm/inspect/report.h"

/* The name of the rule by which there is only one such object, or NULL. */
static const char *unique_kind(ObjRef o)
{
    if (is_none(o) || o == obj_true || o == obj_false || is_not_implemented(o) ||
        o == &ellipsis_object)
        return "singleton";
    if (int_check_exact(o) && int_is_small(o) && int_in_cache(int_small_value(o)))
        return "small int";
    if (o == str_empty)
        return "empty str";
    if (str_check_exact(o) && str_length(o) == 1 && str_char_at(o, 0) < 256 &&
        o == (ObjRef)str_latin1[str_char_at(o, 0)])
        return "single character";
    if (tuple_check_exact(o) && tuple_length(o) == 0)
        return "empty tuple";
    if (obj_type(o) == &bytes_type && bytes_cast(o)->length <= 1)
        return bytes_cast(o)->length == 0 ? "empty bytes" : "single octet";
    return NULL;
}

/* A place of a constant: adds {file, line, column, end_column, end_line, code, unit}. */
static int add_place(ObjRef list, const CodeObj *code, int32_t index)
{
    CodeLocation location;
    code_location_at(code, index, &location);
    Obj *row = dict_new();
    if (row == NULL || report_set_steal(row, "file", obj_incref(code->filename)) < 0 ||
        report_set_steal(row, "code", obj_incref(code->qualname)) < 0 ||
        report_set_int(row, "line", location.line) < 0 ||
        report_set_int(row, "end_line", location.end_line) < 0 ||
        report_set_int(row, "column", location.column) < 0 ||
        report_set_int(row, "end_column", location.end_column) < 0) {
        obj_xdecref(row);
        return -1;
    }
    return list_append_steal(list, row);
}

enum { PLACES_MAX = 64 };

/* Every instruction that loads a constant which is `o`, or holds it; in *inner those that hold. */
static int add_places(const CodeObj *code, ObjRef o, ObjRef places, ObjRef inner)
{
    int op;
    int32_t arg, at;
    for (int32_t i = 0; i < code->word_count;) {
        i = code_decode(code, i, &op, &arg, &at);
        if (opcode_info[op].arg_kind != OPARG_CONST || arg < 0 || arg >= tuple_length(code->consts))
            continue;
        ObjRef constant = tuple_peek(code->consts, arg);
        if (constant == o && list_length(places) < PLACES_MAX) {
            if (add_place(places, code, at) < 0)
                return -1;
        } else if (tuple_check_exact(constant) && list_length(inner) < PLACES_MAX) {
            for (int64_t k = 0; k < tuple_length(constant); k++) {
                if (tuple_peek(constant, k) == o && add_place(inner, code, at) < 0)
                    return -1;
            }
        }
    }
    return 0;
}

/* What the code calls by a name that is `o`: "variable", "attribute or global", or NULL. */
static const char *name_use(const CodeObj *code, ObjRef o)
{
    for (int64_t i = 0; i < tuple_length(code->slot_names); i++) {
        if (tuple_peek(code->slot_names, i) == o)
            return "variable";
    }
    for (int64_t i = 0; i < tuple_length(code->names); i++) {
        if (tuple_peek(code->names, i) == o)
            return "name";
    }
    return NULL;
}

static int add_name_use(ObjRef list, const CodeObj *code, const char *use)
{
    Obj *row = dict_new();
    if (row == NULL || report_set_text(row, "use", use) < 0 ||
        report_set_steal(row, "file", obj_incref(code->filename)) < 0 ||
        report_set_steal(row, "code", obj_incref(code->qualname)) < 0 ||
        report_set_int(row, "line", code->firstlineno) < 0) {
        obj_xdecref(row);
        return -1;
    }
    return list_append_steal(list, row);
}

Obj *facts_report(ObjRef o)
{
    Census census;
    Obj *facts = NULL, *places = NULL, *inner = NULL, *uses = NULL;
    int result = -1;
    if (census_begin(&census) < 0)
        goto done;
    facts = dict_new();
    places = list_new(0);
    inner = list_new(0);
    uses = list_new(0);
    if (facts == NULL || places == NULL || inner == NULL || uses == NULL)
        goto done;
    for (int64_t i = 0; i < census.count; i++) {
        ObjRef code = census.entries[i].object;
        if (!code_check(code) || holders_is_own(&census, code))
            continue;
        if (add_places(code_cast(code), o, places, inner) < 0)
            goto done;
        const char *use = str_check_exact(o) && list_length(uses) < PLACES_MAX
                              ? name_use(code_cast(code), o)
                              : NULL;
        if (use != NULL && add_name_use(uses, code_cast(code), use) < 0)
            goto done;
    }
    const char *unique = unique_kind(o);
    if (unique != NULL && report_set_text(facts, "unique", unique) < 0)
        goto done;
    if (report_set_text(facts, "type", obj_type(o)->head.name) < 0 ||
        report_set_steal(facts, "object", naming_object(&census, o)) < 0 ||
        report_set_bool(facts, "interned", str_check_exact(o) && str_cast(o)->interned) < 0 ||
        report_set_id(facts, "id", o) < 0 || dict_set_ascii(facts, "constants", places) < 0 ||
        dict_set_ascii(facts, "inside_constants", inner) < 0 ||
        dict_set_ascii(facts, "names", uses) < 0)
        goto done;
    result = 0;
done:
    census_end(&census);
    obj_xdecref(places);
    obj_xdecref(inner);
    obj_xdecref(uses);
    if (result < 0)
        obj_clear(&facts);
    return facts;
}
