/*
 * The words in which module ouro speaks of objects and slots.
 *
 * Texts are cut at SHOWN_MAX characters.  Nothing here calls a method of the program's classes, so
 * half-made and broken objects are as good as others.
 */

#include "vm/inspect/naming.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/method.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator.h"

enum { SHOWN_MAX = 40 };

static const CensusEntry *entry_of(const Census *census, ObjRef o)
{
    int64_t at = census == NULL ? -1 : census_find(census, o);
    return at < 0 ? NULL : &census->entries[at];
}

/* ---- values */

/* repr of a str cut short. */
static Obj *show_str(ObjRef s)
{
    if (str_length(s) <= SHOWN_MAX)
        return obj_repr(s);
    Obj *head = str_substring(s, 0, SHOWN_MAX - 3);
    Obj *shown = head == NULL ? NULL : str_format_c("%R...", head);
    obj_xdecref(head);
    return shown;
}

static bool is_atom(ObjRef o)
{
    const Type *type = obj_type(o);
    return is_none(o) || type == &bool_type || type == &float_type || o == &ellipsis_object ||
           o == &not_implemented_object || (type == &int_type && int_is_small(o));
}

/* __name__ of a module, or "?". */
static Obj *module_name(ObjRef module)
{
    ObjRef dict = module_dict(module);
    ObjRef name = dict == NULL ? NULL : dict_peek(dict, names.dunder_name);
    return name != NULL && str_check_exact(name) ? obj_incref(name) : str_from_ascii("?");
}

static Obj *with_length(const char *type, int64_t length)
{
    if (length == 0)
        return str_format_c("empty %s", type);
    return str_format_c("%s of %lld item%s", type, (long long)length, length == 1 ? "" : "s");
}

static Obj *article_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (dot != NULL)
        name = dot + 1;
    bool vowel = strchr("aeiouAEIOU", name[0]) != NULL;
    return str_format_c("%s %s", vowel ? "an" : "a", name);
}

static Obj *name_plain(ObjRef o)
{
    const Type *type = obj_type(o);
    if (is_atom(o))
        return obj_repr(o);
    if (str_check_exact(o))
        return show_str(o);
    if (type == &bytes_type && bytes_cast(o)->length <= SHOWN_MAX)
        return obj_repr(o);
    if (type == &int_type)
        return str_from_ascii("a big int");
    if (obj_has_flag(o, TYPE_TYPE)) {
        ObjRef name = ((const Type *)o)->name;
        return name == NULL ? str_from_ascii("a class") : str_format_c("class %U", name);
    }
    if (type == &function_type)
        return str_format_c("function %U", ((const FunctionObj *)o)->qualname);
    if (type == &builtin_function_type)
        return str_format_c("builtin function %s", builtin_function_cast(o)->def->name);
    if (type == &code_type)
        return str_format_c("the code of %U", ((const CodeObj *)o)->qualname);
    if (generator_is_any(o))
        return str_format_c("%s %U", type->head.name, ((const GeneratorObj *)o)->qualname);
    if (type == &frame_type) {
        const FrameObj *frame = frame_cast(o);
        return str_format_c("the frame of %U", frame_code(frame)->qualname);
    }
    if (type_check(o, &module_type)) {
        Obj *name = module_name(o);
        Obj *text = name == NULL ? NULL : str_format_c("module %U", name);
        obj_xdecref(name);
        return text;
    }
    if (type == &weakref_type)
        return str_from_ascii("a weak reference");
    if (type == &list_type)
        return with_length("list", list_length(o));
    if (type == &tuple_type)
        return with_length("tuple", tuple_length(o));
    if (type == &dict_type)
        return with_length("dict", dict_length(o));
    if (set_check_exact(o))
        return with_length(type->head.name, set_length(o));
    if (type == &method_type && function_check(method_cast(o)->function))
        return str_format_c("method %U", function_cast(method_cast(o)->function)->qualname);
    return type->name == NULL || (type->head.flags & TYPE_HEAP) == 0
               ? article_name(type->head.name)
               : str_format_c("a %U", type->name);
}

Obj *naming_object(const Census *census, ObjRef o)
{
    const CensusEntry *entry = entry_of(census, o);
    if (entry == NULL || entry->whole == NULL)
        return name_plain(o);
    if (entry->role == PART_CELL) {
        Obj *whole = name_plain(entry->whole);
        Obj *text = whole == NULL
                        ? NULL
                        : str_format_c("the cell of variable %U of %U", entry->name, whole);
        obj_xdecref(whole);
        return text;
    }
    if (entry->role == PART_CODE || is_atom(o) || str_check_exact(o))
        return name_plain(o);
    Obj *whole = name_plain(entry->whole), *text = NULL;
    if (whole != NULL) {
        switch (entry->role) {
        case PART_NAMESPACE:
            text = str_format_c("the namespace of %U", whole);
            break;
        case PART_CONSTANTS:
            text = str_format_c("the constants of %U", whole);
            break;
        case PART_CLOSURE:
            text = str_format_c("the closure of %U", whole);
            break;
        default:
            text = type_check(o, &tuple_type) || dict_check(o)
                       ? str_format_c("%s of %U", entry->text, whole)
                       : name_plain(o);
            break;
        }
    }
    obj_xdecref(whole);
    return text;
}

/* ---- slots */

/* An item of the constants of a code object; of a closure; a value of a namespace. */
static PartRole role_of_owner(const Census *census, const Edge *edge)
{
    const CensusEntry *entry = edge->owner == NULL ? NULL : entry_of(census, edge->owner);
    return entry == NULL || entry->whole == NULL ? PART_NONE : (PartRole)entry->role;
}

static ObjRef whole_of_owner(const Census *census, const Edge *edge)
{
    const CensusEntry *entry = entry_of(census, edge->owner);
    return entry == NULL ? NULL : entry->whole;
}

const char *naming_kind(const Census *census, const Edge *edge)
{
    PartRole role = role_of_owner(census, edge);
    switch (edge->kind) {
    case EDGE_FIELD:
        return edge->record != NULL ? "frame" : "field";
    case EDGE_ITEM:
        return role == PART_CONSTANTS ? "constant" : "item";
    case EDGE_KEY:
        return role == PART_NAMESPACE ? "name" : "key";
    case EDGE_VALUE:
        if (role != PART_NAMESPACE)
            return "value";
        return type_check(whole_of_owner(census, edge), &module_type) ? "global" : "attribute";
    case EDGE_ELEMENT:
        return "element";
    case EDGE_ATTRIBUTE:
        return "attribute";
    case EDGE_CONTENTS:
        return "cell";
    case EDGE_TYPE:
        return "class";
    case EDGE_LOCAL:
        return "local";
    case EDGE_STACK:
        return "stack";
    default:
        return "root";
    }
}

/* A key as it stands in brackets. */
static Obj *show_key(const Census *census, ObjRef key)
{
    return naming_object(census, key);
}

Obj *naming_slot(const Census *census, const Edge *edge)
{
    PartRole role = role_of_owner(census, edge);
    Obj *key = NULL, *text = NULL;
    switch (edge->kind) {
    case EDGE_FIELD:
        return edge->text != NULL ? str_from_ascii(edge->text) : str_from_ascii("an inner field");
    case EDGE_ITEM:
        if (role == PART_CONSTANTS)
            return str_format_c("constant %lld", (long long)edge->index);
        return str_format_c("[%lld]", (long long)edge->index);
    case EDGE_KEY:
    case EDGE_VALUE:
        if (role == PART_NAMESPACE && str_check_exact(edge->name))
            return edge->kind == EDGE_KEY ? str_format_c("the name %U", edge->name)
                                          : obj_incref(edge->name);
        key = show_key(census, edge->name);
        if (key != NULL)
            text = str_format_c(edge->kind == EDGE_KEY ? "key %U" : "[%U]", key);
        obj_xdecref(key);
        return text;
    case EDGE_ELEMENT:
        return str_from_ascii("an element");
    case EDGE_ATTRIBUTE:
        return edge->name != NULL ? obj_incref(edge->name)
                                  : str_from_utf8(edge->text, (int64_t)strlen(edge->text));
    case EDGE_CONTENTS:
        return str_from_ascii("its contents");
    case EDGE_TYPE:
        return str_from_ascii("its class");
    case EDGE_LOCAL:
        return edge->name != NULL ? str_format_c("local variable %U", edge->name)
                                  : str_format_c("slot %lld", (long long)edge->index);
    case EDGE_STACK:
        return str_format_c("operand %lld", (long long)edge->index);
    default:
        return str_from_ascii(edge->text);
    }
}

/* A running frame: "f, line 3". */
static Obj *name_frame(const Edge *edge)
{
    const CodeObj *code = record_code(edge->record);
    int32_t line = code_line_at(code, (int32_t)(edge->record->ip - code->words));
    return str_format_c("%U, line %d", code->qualname, (int)line);
}

/* "local variable x of f, line 3": `slot` is given up. */
static Obj *join_steal(Obj *slot, const char *between, Obj *owner)
{
    Obj *text = slot == NULL || owner == NULL ? NULL : str_format_c("%U%s%U", slot, between, owner);
    obj_xdecref(slot);
    obj_xdecref(owner);
    return text;
}

Obj *naming_holder(const Census *census, const Edge *edge)
{
    if (edge->owner == NULL)
        return str_from_ascii(edge->text);
    if (edge->kind == EDGE_CONTENTS)
        return naming_object(census, edge->owner);
    Obj *slot = naming_slot(census, edge);
    if (edge->record != NULL)
        return join_steal(slot, edge->kind == EDGE_FIELD ? " " : " of ", name_frame(edge));
    PartRole role = role_of_owner(census, edge);
    if (edge->kind == EDGE_VALUE && role == PART_NAMESPACE) {
        ObjRef whole = whole_of_owner(census, edge);
        bool global = type_check(whole, &module_type);
        Obj *owner = name_plain(whole);
        Obj *named =
            slot == NULL ? NULL : str_format_c("%s %U", global ? "global" : "attribute", slot);
        obj_xdecref(slot);
        return join_steal(named, " of ", owner);
    }
    if (edge->kind == EDGE_ATTRIBUTE || edge->kind == EDGE_ITEM) {
        Obj *named = slot == NULL || (edge->kind == EDGE_ITEM && role == PART_CONSTANTS)
                         ? obj_xincref(slot)
                         : str_format_c(edge->kind == EDGE_ITEM ? "item %U" : "attribute %U", slot);
        obj_xdecref(slot);
        slot = named;
        if (edge->kind == EDGE_ITEM && role == PART_CONSTANTS)
            return join_steal(slot, " of ", name_plain(whole_of_owner(census, edge)));
    }
    if (edge->kind == EDGE_VALUE) {
        Obj *named = slot == NULL ? NULL : str_format_c("value %U", slot);
        obj_xdecref(slot);
        slot = named;
    }
    return join_steal(slot, " of ", naming_object(census, edge->owner));
}
