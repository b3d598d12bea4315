/*
 * Attributes and methods of code objects: co_…, co_lines(), co_positions(), replace(), the
 * constructor.
 *
 * co_code shows plain instructions and empty caches.  What comes back through replace() or the
 * constructor is checked by the verifier, as it may be anything.  Positions are word indices,
 * except in co_exceptiontable and co_linetable, whose units are words as well.
 */

#include "vm/compile/code_methods.h"

#include <stddef.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"

/* ---- bytes of the tables */

static Obj *get_code(ObjRef self)
{
    const CodeObj *code = code_cast(self);
    Obj *bytes = bytes_new(NULL, (int64_t)code->word_count * 4);
    if (bytes == NULL)
        return NULL;
    unsigned char *out = bytes_cast(bytes)->data;
    memset(out, 0, (size_t)code->word_count * 4);
    int op;
    int32_t arg, at;
    for (int32_t i = 0; i < code->word_count;) {
        int32_t next = code_decode(code, i, &op, &arg, &at);
        for (int32_t j = i; j <= at; j++) {
            uint16_t word[2] = {code_base_opcode(code, j), (uint16_t)code->words[j].arg};
            memcpy(out + (size_t)j * 4, word, 4);
        }
        i = next;
    }
    return bytes;
}

static Obj *get_linetable(ObjRef self)
{
    const CodeObj *code = code_cast(self);
    return bytes_new(code->locations, code->location_bytes);
}

/* Appends a number in the exception table's format: 6 bits at a time, highest first; the first byte
 * of an entry has bit 7 set. */
static size_t put_number(unsigned char *out, uint32_t value, unsigned mark)
{
    size_t length = 0;
    for (int shift = 30; shift >= 0; shift -= 6) {
        if (shift > 0 && value >> shift == 0)
            continue;
        unsigned more = shift > 0 ? 0x40 : 0;
        out[length] = (unsigned char)((value >> shift & 63) | more | (length == 0 ? mark : 0));
        length++;
    }
    return length;
}

static Obj *get_exceptiontable(ObjRef self)
{
    const CodeObj *code = code_cast(self);
    size_t capacity = (size_t)code->handler_count * 24, length = 0;
    unsigned char *out = mem_alloc(capacity + 1);
    if (out == NULL)
        return err_no_memory();
    for (int32_t i = 0; i < code->handler_count; i++) {
        const CodeHandler *handler = &code->handlers[i];
        length += put_number(out + length, (uint32_t)handler->start, 0x80);
        length += put_number(out + length, (uint32_t)(handler->end - handler->start), 0);
        length += put_number(out + length, (uint32_t)handler->handler, 0);
        length += put_number(out + length, (uint32_t)handler->depth << 1 | handler->lasti, 0);
    }
    Obj *bytes = bytes_new(out, (int64_t)length);
    mem_free(out, capacity + 1);
    return bytes;
}

/* Reads the numbers of an exception table into *out (mem_alloc'ed, *capacity entries): entries, or
 * -1. */
static int64_t read_exceptiontable(const unsigned char *bytes, int64_t length, CodeHandler **out,
                                   size_t *capacity)
{
    int64_t numbers = 0, count = 0;
    uint32_t fields[4] = {0};
    *capacity = (size_t)length / 4 + 1;
    *out = mem_alloc(*capacity * sizeof **out);
    if (*out == NULL) {
        err_no_memory();
        return -1;
    }
    for (int64_t i = 0; i < length; i++) {
        fields[numbers] = fields[numbers] << 6 | (bytes[i] & 63);
        if (bytes[i] & 0x40)
            continue;
        if (++numbers == 4) {
            (*out)[count++] = (CodeHandler){
                (int32_t)(fields[0] & INT32_MAX), (int32_t)((fields[0] + fields[1]) & INT32_MAX),
                (int32_t)(fields[2] & INT32_MAX), (int32_t)(fields[3] >> 1), fields[3] & 1};
            memset(fields, 0, sizeof fields);
            numbers = 0;
        }
    }
    return count;
}

/* ---- attributes */

static Obj *get_varnames(ObjRef self)
{
    return code_slot_names(code_cast(self), SLOT_LOCAL);
}

static Obj *get_cellvars(ObjRef self)
{
    return code_slot_names(code_cast(self), SLOT_CELL);
}

static Obj *get_freevars(ObjRef self)
{
    return code_slot_names(code_cast(self), SLOT_FREE);
}

static Obj *get_flags(ObjRef self)
{
    return int_new(code_cast(self)->flags);
}

/* The old form of the line table: pairs of word and line increments. */
static Obj *get_lnotab(ObjRef self)
{
    const CodeObj *code = code_cast(self);
    Obj *list = list_new(0), *bytes = NULL;
    int32_t line = code->firstlineno, word = 0;
    CodeLocations walk;
    code_locations_init(code, &walk);
    while (list != NULL && code_locations_next(&walk)) {
        if (walk.location.line < 0 || walk.location.line == line)
            continue;
        int32_t words = walk.start - word, lines = walk.location.line - line;
        word = walk.start;
        line = walk.location.line;
        do {
            int32_t step = words > 255 ? 255 : words;
            int32_t line_step = words > 255 ? 0 : lines > 127 ? 127 : lines < -128 ? -128 : lines;
            words -= step;
            lines -= line_step;
            if (list_append_steal(list, int_new(step)) < 0 ||
                list_append_steal(list, int_new(line_step & 255)) < 0)
                obj_clear(&list);
        } while (list != NULL && (words > 0 || lines != 0));
    }
    if (list != NULL) {
        bytes = obj_call1((ObjRef)&bytes_type, list);
        obj_decref(list);
    }
    return bytes;
}

const GetSetDef code_methods_getset[] = {
    {"co_code", get_code, NULL, "plain instructions, four bytes per word"},
    {"_co_code_adaptive", get_code, NULL, "the same as co_code"},
    {"co_linetable", get_linetable, NULL, "places of all words, packed"},
    {"co_exceptiontable", get_exceptiontable, NULL, "ranges of handlers, packed"},
    {"co_lnotab", get_lnotab, NULL, "pairs of word and line increments"},
    {"co_varnames", get_varnames, NULL, "names of local variables, parameters first"},
    {"co_cellvars", get_cellvars, NULL, "names of variables that inner functions use"},
    {"co_freevars", get_freevars, NULL, "names of variables of functions around"},
    {"co_flags", get_flags, NULL, "CO_… bits, see module inspect"},
    {0},
};

#define CODE_MEMBER(name, kind, field, doc)                                                        \
    {                                                                                              \
        name, kind, (int32_t)offsetof(CodeObj, field), MEMBER_READONLY, doc                        \
    }

const MemberDef code_methods_members[] = {
    CODE_MEMBER("co_name", MEMBER_OBJ, name, "name of the function"),
    CODE_MEMBER("co_qualname", MEMBER_OBJ, qualname, "dotted path of the function"),
    CODE_MEMBER("co_filename", MEMBER_OBJ, filename, "file it was compiled from"),
    CODE_MEMBER("co_consts", MEMBER_OBJ, consts, "tuple of constants"),
    CODE_MEMBER("co_names", MEMBER_OBJ, names, "names of globals and attributes"),
    CODE_MEMBER("co_argcount", MEMBER_INT32, argcount, "positional parameters"),
    CODE_MEMBER("co_posonlyargcount", MEMBER_INT32, posonlyargcount, "positional-only parameters"),
    CODE_MEMBER("co_kwonlyargcount", MEMBER_INT32, kwonlyargcount, "keyword-only parameters"),
    CODE_MEMBER("co_nlocals", MEMBER_INT32, nlocals, "local variables"),
    CODE_MEMBER("co_stacksize", MEMBER_INT32, stacksize, "stack items needed"),
    CODE_MEMBER("co_firstlineno", MEMBER_INT32, firstlineno, "first line in the file"),
    {0},
};

/* ---- iteration over places */

static Obj *optional_int(int32_t value)
{
    return value < 0 ? none_new() : int_new(value);
}

static Obj *iterate_steal(Obj *list)
{
    if (list == NULL)
        return NULL;
    Obj *iterator = obj_iter(list);
    obj_decref(list);
    return iterator;
}

static Obj *code_positions(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CodeObj *code = code_cast(self);
    Obj *list = list_new(0);
    CodeLocations walk;
    code_locations_init(code, &walk);
    while (list != NULL && code_locations_next(&walk)) {
        Obj *items[] = {
            optional_int(walk.location.line),
            optional_int(walk.location.end_line),
            optional_int(walk.location.column),
            optional_int(walk.location.end_column),
        };
        Obj *tuple = tuple_from_results_steal(items, 4);
        if (tuple == NULL)
            obj_clear(&list);
        for (int32_t i = walk.start; list != NULL && i < walk.stop; i++) {
            if (list_append(list, tuple) < 0)
                obj_clear(&list);
        }
        obj_xdecref(tuple);
    }
    return iterate_steal(list);
}

static int add_line(ObjRef list, int32_t start, int32_t stop, int32_t line)
{
    if (start == stop)
        return 0;
    Obj *items[] = {int_new(start), int_new(stop), optional_int(line)};
    Obj *tuple = tuple_from_results_steal(items, 3);
    return tuple == NULL ? -1 : list_append_steal(list, tuple);
}

static Obj *code_lines(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CodeObj *code = code_cast(self);
    Obj *list = list_new(0);
    int32_t start = 0, stop = 0, line = -1;
    CodeLocations walk;
    code_locations_init(code, &walk);
    while (list != NULL && code_locations_next(&walk)) {
        if (walk.location.line != line) {
            if (add_line(list, start, stop, line) < 0)
                obj_clear(&list);
            start = walk.start;
            line = walk.location.line;
        }
        stop = walk.stop;
    }
    if (list != NULL && add_line(list, start, stop, line) < 0)
        obj_clear(&list);
    return iterate_steal(list);
}

/* The slot name of an instruction's argument. */
static Obj *code_slot_name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t slot = 0;
    if (args_to_int64(args[0], &slot) < 0)
        return NULL;
    const CodeObj *code = code_cast(self);
    if (slot < 0 || slot >= code->nlocalsplus)
        return err_string(&exc_index_error, "tuple index out of range");
    return obj_incref(tuple_peek(code->slot_names, slot));
}

/* ---- replace and constructor */

/* Everything that makes a code object, as Python objects. */
typedef struct Recipe {
    int64_t argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, firstlineno;
    ObjRef code, consts, names, varnames, freevars, cellvars, filename, name, qualname, linetable,
        exceptiontable;
} Recipe;

static ObjRef find_name(ObjRef tuple, ObjRef name)
{
    for (int64_t i = 0; i < tuple_length(tuple); i++) {
        ObjRef item = tuple_peek(tuple, i);
        if (str_check_exact(item) && str_equal(item, name))
            return item;
    }
    return NULL;
}

static int append_interned(ObjRef list, ObjRef name)
{
    if (!str_check_exact(name))
        return err_format_int(&exc_type_error, "name tuples must contain only strings, not '%T'",
                              name);
    Obj *interned = str_intern(name);
    return interned == NULL ? -1 : list_append_steal(list, interned);
}

/* Slot names in order, with their kinds in kinds[] (room for all three tuples together). */
static Obj *join_slots(const Recipe *recipe, uint8_t *kinds)
{
    Obj *list = list_new(0);
    int64_t count = 0;
    for (int64_t i = 0; list != NULL && i < tuple_length(recipe->varnames); i++) {
        ObjRef name = tuple_peek(recipe->varnames, i);
        bool captured = str_check_exact(name) && find_name(recipe->cellvars, name) != NULL;
        kinds[count++] = captured ? SLOT_LOCAL | SLOT_CELL : SLOT_LOCAL;
        if (append_interned(list, name) < 0)
            obj_clear(&list);
    }
    for (int64_t i = 0; list != NULL && i < tuple_length(recipe->cellvars); i++) {
        ObjRef name = tuple_peek(recipe->cellvars, i);
        if (str_check_exact(name) && find_name(recipe->varnames, name) != NULL)
            continue;
        kinds[count++] = SLOT_CELL;
        if (append_interned(list, name) < 0)
            obj_clear(&list);
    }
    for (int64_t i = 0; list != NULL && i < tuple_length(recipe->freevars); i++) {
        kinds[count++] = SLOT_FREE;
        if (append_interned(list, tuple_peek(recipe->freevars, i)) < 0)
            obj_clear(&list);
    }
    if (list == NULL)
        return NULL;
    Obj *tuple = list_to_tuple(list);
    obj_decref(list);
    return tuple;
}

static int check_recipe(const Recipe *recipe)
{
    const ObjRef tuples[] = {recipe->consts, recipe->names, recipe->varnames, recipe->freevars,
                             recipe->cellvars};
    for (size_t i = 0; i < sizeof tuples / sizeof tuples[0]; i++) {
        if (!tuple_check_exact(tuples[i]))
            return err_format_int(&exc_type_error, "code: expected a tuple, got '%T'", tuples[i]);
    }
    const ObjRef texts[] = {recipe->filename, recipe->name, recipe->qualname};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!str_check(texts[i]))
            return err_format_int(&exc_type_error, "code: expected str, got '%T'", texts[i]);
    }
    const ObjRef tables[] = {recipe->code, recipe->linetable, recipe->exceptiontable};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (!bytes_check(tables[i]))
            return err_format_int(&exc_type_error, "code: expected bytes, got '%T'", tables[i]);
    }
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {
        {"argcount", recipe->argcount},
        {"posonlyargcount", recipe->posonlyargcount},
        {"kwonlyargcount", recipe->kwonlyargcount},
        {"stacksize", recipe->stacksize},
        {"firstlineno", recipe->firstlineno},
        {"flags", recipe->flags},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (numbers[i].value < 0) {
            return err_format_int(&exc_value_error, "co_%s must be a positive integer",
                                  numbers[i].name);
        }
        if (numbers[i].value > INT32_MAX) {
            return err_format_int(&exc_overflow_error, "Python int too large to convert to C int");
        }
    }
    int64_t length = bytes_cast(recipe->code)->length;
    if (length % 4 != 0 || length == 0 || length / 4 > INT32_MAX / 2)
        return err_format_int(&exc_value_error, "code: co_code is malformed");
    if (tuple_length(recipe->varnames) != recipe->nlocals)
        return err_format_int(&exc_value_error, "code: co_nlocals != len(co_varnames)");
    return 0;
}

static Obj *build(const Recipe *recipe)
{
    if (check_recipe(recipe) < 0)
        return NULL;
    int64_t most = tuple_length(recipe->varnames) + tuple_length(recipe->cellvars) +
                   tuple_length(recipe->freevars);
    const BytesObj *code = bytes_cast(recipe->code), *lines = bytes_cast(recipe->linetable);
    const BytesObj *table = bytes_cast(recipe->exceptiontable);
    Obj *made = NULL, *slots = NULL;
    CodeHandler *handlers = NULL;
    size_t handler_capacity = 0;
    int64_t handler_count;
    CodeWord *words = mem_alloc((size_t)code->length);
    uint8_t *kinds = mem_alloc_zero((size_t)most + 1);
    if (words == NULL || kinds == NULL) {
        err_no_memory();
        goto done;
    }
    for (int64_t i = 0; i < code->length / 4; i++) {
        uint16_t word[2];
        memcpy(word, code->data + i * 4, 4);
        words[i] = (CodeWord){word[0], (int16_t)word[1]};
    }
    slots = join_slots(recipe, kinds);
    if (slots == NULL)
        goto done;
    handler_count = read_exceptiontable(table->data, table->length, &handlers, &handler_capacity);
    if (handler_count < 0)
        goto done;
    CodeParts parts = {
        .name = recipe->name,
        .qualname = recipe->qualname,
        .filename = recipe->filename,
        .consts = recipe->consts,
        .names = recipe->names,
        .slot_names = slots,
        .words = words,
        .handlers = handlers,
        .slot_kinds = kinds,
        .locations = lines->data,
        .word_count = (int32_t)(code->length / 4),
        .handler_count = (int32_t)handler_count,
        .location_bytes = (int32_t)lines->length,
        .argcount = (int32_t)recipe->argcount,
        .posonlyargcount = (int32_t)recipe->posonlyargcount,
        .kwonlyargcount = (int32_t)recipe->kwonlyargcount,
        .stacksize = (int32_t)recipe->stacksize,
        .firstlineno = (int32_t)recipe->firstlineno,
        .flags = (uint32_t)recipe->flags,
    };
    made = code_new_checked(&parts);
done:
    mem_free(handlers, handler_capacity * sizeof *handlers);
    mem_free(words, (size_t)code->length);
    mem_free(kinds, (size_t)most + 1);
    obj_xdecref(slots);
    return made;
}

/* The names of replace()'s keywords and where their values go. */
static int set_number(Recipe *recipe, ObjRef name, ObjRef value)
{
    const struct {
        const char *name;
        int64_t *place;
    } numbers[] = {
        {"co_argcount", &recipe->argcount},
        {"co_posonlyargcount", &recipe->posonlyargcount},
        {"co_kwonlyargcount", &recipe->kwonlyargcount},
        {"co_nlocals", &recipe->nlocals},
        {"co_stacksize", &recipe->stacksize},
        {"co_flags", &recipe->flags},
        {"co_firstlineno", &recipe->firstlineno},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (str_equal_ascii(name, numbers[i].name))
            return args_to_int64(value, numbers[i].place) < 0 ? -1 : 1;
    }
    return 0;
}

static int set_object(Recipe *recipe, ObjRef name, ObjRef value)
{
    const struct {
        const char *name;
        ObjRef *place;
    } objects[] = {
        {"co_code", &recipe->code},
        {"co_consts", &recipe->consts},
        {"co_names", &recipe->names},
        {"co_varnames", &recipe->varnames},
        {"co_freevars", &recipe->freevars},
        {"co_cellvars", &recipe->cellvars},
        {"co_filename", &recipe->filename},
        {"co_name", &recipe->name},
        {"co_qualname", &recipe->qualname},
        {"co_linetable", &recipe->linetable},
        {"co_exceptiontable", &recipe->exceptiontable},
    };
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        if (str_equal_ascii(name, objects[i].name)) {
            *objects[i].place = value;
            return 1;
        }
    }
    return 0;
}

static Obj *code_replace(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const CodeObj *code = code_cast(self);
    Obj *made = NULL;
    Obj *words = get_code(self), *lines = get_linetable(self), *table = get_exceptiontable(self);
    Obj *varnames = get_varnames(self), *cells = get_cellvars(self), *frees = get_freevars(self);
    if (words == NULL || lines == NULL || table == NULL || varnames == NULL || cells == NULL ||
        frees == NULL)
        goto done;
    Recipe recipe = {code->argcount,
                     code->posonlyargcount,
                     code->kwonlyargcount,
                     code->nlocals,
                     code->stacksize,
                     code->flags,
                     code->firstlineno,
                     words,
                     code->consts,
                     code->names,
                     varnames,
                     frees,
                     cells,
                     code->filename,
                     code->name,
                     code->qualname,
                     lines,
                     table};
    bool new_varnames = false, new_nlocals = false;
    for (int64_t i = 0; kwnames != NULL && i < tuple_length(kwnames); i++) {
        ObjRef name = tuple_peek(kwnames, i), value = args[nargs + i];
        new_varnames = new_varnames || str_equal_ascii(name, "co_varnames");
        new_nlocals = new_nlocals || str_equal_ascii(name, "co_nlocals");
        int found = set_number(&recipe, name, value);
        if (found == 0)
            found = set_object(&recipe, name, value);
        if (found == 0)
            err_format(&exc_type_error, "'%U' is an invalid keyword argument for replace()", name);
        if (found <= 0)
            goto done;
    }
    if (new_varnames && !new_nlocals && tuple_check(recipe.varnames))
        recipe.nlocals = tuple_length(recipe.varnames);
    made = build(&recipe);
done:
    obj_xdecref(words);
    obj_xdecref(lines);
    obj_xdecref(table);
    obj_xdecref(varnames);
    obj_xdecref(cells);
    obj_xdecref(frees);
    return made;
}

Obj *code_methods_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type;
    if (args_no_keywords("code", kwnames) < 0 || args_check_count("code", nargs, 16, 18) < 0)
        return NULL;
    Recipe recipe = {0};
    int64_t *const numbers[] = {&recipe.argcount, &recipe.posonlyargcount, &recipe.kwonlyargcount,
                                &recipe.nlocals,  &recipe.stacksize,       &recipe.flags};
    for (int i = 0; i < 6; i++) {
        if (args_to_int64(args[i], numbers[i]) < 0)
            return NULL;
    }
    if (args_to_int64(args[13], &recipe.firstlineno) < 0)
        return NULL;
    Obj *empty = tuple_new(0);
    if (empty == NULL)
        return NULL;
    recipe.code = args[6];
    recipe.consts = args[7];
    recipe.names = args[8];
    recipe.varnames = args[9];
    recipe.filename = args[10];
    recipe.name = args[11];
    recipe.qualname = args[12];
    recipe.linetable = args[14];
    recipe.exceptiontable = args[15];
    recipe.freevars = nargs > 16 ? args[16] : empty;
    recipe.cellvars = nargs > 17 ? args[17] : empty;
    Obj *made = build(&recipe);
    obj_decref(empty);
    return made;
}

const MethodDef code_methods_table[] = {
    {"co_lines", code_lines, 0, 0, 0,
     "co_lines($self, /)\n--\n\nIterates over (first word, end, line) of all runs of a line."},
    {"co_positions", code_positions, 0, 0, 0,
     "co_positions($self, /)\n--\n\nIterates over (line, end line, column, end column) of all "
     "words."},
    {"replace", code_replace, 0, 0, METHOD_KEYWORDS,
     "replace($self, /, **changes)\n--\n\nA copy with some attributes changed."},
    {"_varname_from_oparg", code_slot_name, 1, 1, 0,
     "_varname_from_oparg($self, oparg, /)\n--\n\nThe name of a slot."},
    {0},
};
