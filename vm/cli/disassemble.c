/*
 * The disassembler behind --dump=bytecode and --dump=consts.
 *
 * It shows plain instructions whatever the VM has written over them, positions as word indices, and
 * targets of jumps and handlers as labels numbered in order of their place.  runtime/lib/dis.py
 * does the same in Python.
 */

#include "vm/cli/disassemble.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gc/mem.h"
#include "grammar/text.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"

/* ---- pieces */

static void write_str(DumpText *out, ObjRef str)
{
    int64_t length;
    const char *text = str_utf8(str, &length);
    if (text == NULL) {
        /* lone surrogates: escaped as repr does */
        err_clear();
        Obj *ascii = obj_ascii(str);
        text = ascii == NULL ? NULL : str_utf8(ascii, &length);
        if (text != NULL)
            dump_write(out, text, length);
        else
            err_clear();
        obj_xdecref(ascii);
        return;
    }
    dump_write(out, text, length);
}

static void write_json_str(DumpText *out, ObjRef str)
{
    int64_t length;
    const char *text = str_utf8(str, &length);
    if (text != NULL) {
        dump_json_string(out, text, length);
        return;
    }
    err_clear();
    Obj *ascii = obj_ascii(str);
    text = ascii == NULL ? NULL : str_utf8(ascii, &length);
    if (text != NULL)
        dump_json_string(out, text, length);
    else
        err_clear();
    obj_xdecref(ascii);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A frozenset with its items in the order of their texts: set order differs from run to run. */
static void write_frozenset(DumpText *out, ObjRef set)
{
    int64_t count = set_length(set), position = 0, done = 0;
    DumpText *texts = mem_alloc_zero((size_t)count * sizeof *texts);
    const char **sorted = mem_alloc((size_t)count * sizeof *sorted);
    ObjRef item;
    if (texts == NULL || sorted == NULL)
        out->failed = true;
    while (!out->failed && set_next(set, &position, &item)) {
        disassemble_constant(&texts[done], item);
        dump_write(&texts[done], "", 1);
        out->failed = out->failed || texts[done].failed;
        sorted[done] = texts[done].bytes;
        done++;
    }
    dump_print(out, "frozenset({");
    if (!out->failed)
        qsort(sorted, (size_t)done, sizeof *sorted, compare_texts);
    for (int64_t i = 0; i < done && !out->failed; i++)
        dump_print(out, "%s%s", i > 0 ? ", " : "", sorted[i]);
    dump_print(out, "})");
    for (int64_t i = 0; i < done; i++)
        dump_free(&texts[i]);
    mem_free(texts, (size_t)count * sizeof *texts);
    mem_free(sorted, (size_t)count * sizeof *sorted);
}

void disassemble_constant(DumpText *out, ObjRef constant)
{
    if (code_check(constant)) {
        dump_print(out, "<code ");
        write_str(out, code_cast(constant)->name);
        dump_print(out, ">");
        return;
    }
    if (tuple_check_exact(constant)) {
        int64_t count = tuple_length(constant);
        dump_print(out, "(");
        for (int64_t i = 0; i < count; i++) {
            dump_print(out, "%s", i > 0 ? ", " : "");
            disassemble_constant(out, tuple_peek(constant, i));
        }
        dump_print(out, count == 1 ? ",)" : ")");
        return;
    }
    if (obj_type(constant) == &frozenset_type && set_length(constant) > 0) {
        write_frozenset(out, constant);
        return;
    }
    Obj *repr = obj_repr(constant);
    if (repr == NULL) {
        /* an int of too many digits */
        err_clear();
        dump_print(out, "<%s>", type_name(obj_type(constant)));
        return;
    }
    write_str(out, repr);
    obj_decref(repr);
}

/* ---- labels */

/* By word: number of the label there, 0 for none. */
static int32_t *find_labels(const CodeObj *code)
{
    int32_t *labels = mem_alloc_zero(((size_t)code->word_count + 1) * sizeof *labels);
    if (labels == NULL)
        return NULL;
    int op;
    int32_t arg, at, number = 0;
    for (int32_t i = 0; i < code->word_count;) {
        i = code_decode(code, i, &op, &arg, &at);
        if (opcode_jumps(op))
            labels[i + arg] = 1;
    }
    for (int32_t i = 0; i < code->handler_count; i++)
        labels[code->handlers[i].handler] = 1;
    for (int32_t i = 0; i < code->word_count; i++) {
        if (labels[i] != 0)
            labels[i] = ++number;
    }
    return labels;
}

/* ---- arguments */

static void write_flags(DumpText *out, int32_t arg, const char *const *names, int count)
{
    const char *separator = "";
    for (int i = 0; i < count; i++) {
        if (arg & 1 << i) {
            dump_print(out, "%s%s", separator, names[i]);
            separator = " ";
        }
    }
}

/* What the argument means, in words; `next`: index behind the instruction. */
static void write_meaning(DumpText *out, const CodeObj *code, int op, int32_t arg, int32_t next,
                          const int32_t *labels)
{
    static const char *const conversions[] = {"", "str", "repr", "ascii"};
    static const char *const parts[] = {"defaults", "kwdefaults", "annotations", "closure"};
    switch ((OpArgKind)opcode_info[op].arg_kind) {
    case OPARG_NONE:
        return;
    case OPARG_CONST:
        disassemble_constant(out, tuple_peek(code->consts, arg));
        return;
    case OPARG_NAME:
        write_str(out, tuple_peek(code->names, arg));
        return;
    case OPARG_LOCAL:
    case OPARG_CELL:
        write_str(out, tuple_peek(code->slot_names, arg));
        return;
    case OPARG_JUMP:
        dump_print(out, "-> L%d", labels[next + arg]);
        return;
    case OPARG_BINARY:
        dump_print(out, "%s", opcode_binary_text(arg));
        return;
    case OPARG_COMPARE:
        dump_print(out, "%s", opcode_compare_text(arg));
        return;
    case OPARG_INVERT:
        dump_print(out, op == OP_IS_OP ? (arg ? "is not" : "is") : (arg ? "not in" : "in"));
        return;
    case OPARG_FORMAT:
        dump_print(out, "%s%s", conversions[arg & 3],
                   arg & FORMAT_SPEC ? (arg & 3 ? ", with format" : "with format") : "");
        return;
    case OPARG_MAKE:
        write_flags(out, arg, parts, 4);
        return;
    case OPARG_UNPACK:
        dump_print(out, "%d, rest, %d", arg & 0xFF, arg >> 8);
        return;
    default:
        dump_print(out, "%d", arg);
        return;
    }
}

/* ---- text */

static void write_header(DumpText *out, const CodeObj *code)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {
        {CODE_OPTIMIZED, "OPTIMIZED"},
        {CODE_NEWLOCALS, "NEWLOCALS"},
        {CODE_VARARGS, "VARARGS"},
        {CODE_VARKEYWORDS, "VARKEYWORDS"},
        {CODE_NESTED, "NESTED"},
        {CODE_GENERATOR, "GENERATOR"},
        {CODE_COROUTINE, "COROUTINE"},
        {CODE_ITERABLE_COROUTINE, "ITERABLE_COROUTINE"},
        {CODE_ASYNC_GENERATOR, "ASYNC_GENERATOR"},
    };
    write_str(out, code->qualname);
    dump_print(out, ": line %d, stack %d", code->firstlineno, code->stacksize);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (code->flags & flags[i].flag)
            dump_print(out, ", %s", flags[i].name);
    }
    dump_print(out, "\n  consts ");
    disassemble_constant(out, code->consts);
    if (tuple_length(code->names) > 0) {
        dump_print(out, "\n  names ");
        disassemble_constant(out, code->names);
    }
    if (code->nlocalsplus > 0) {
        dump_print(out, "\n  slots");
        for (int32_t i = 0; i < code->nlocalsplus; i++) {
            uint8_t kind = code->slot_kinds[i];
            dump_print(out, " ");
            write_str(out, tuple_peek(code->slot_names, i));
            dump_print(out, "%s", kind & SLOT_FREE ? " (free)" : kind & SLOT_CELL ? " (cell)" : "");
            dump_print(out, "%s", i + 1 < code->nlocalsplus ? "," : "");
        }
    }
    dump_print(out, "\n");
}

static void write_source_line(DumpText *out, const char *source, int64_t length, int32_t line)
{
    int64_t line_length = 0;
    const char *text = source == NULL ? NULL : text_line(source, length, line, &line_length);
    dump_print(out, "%5d | ", line);
    if (text != NULL)
        dump_write(out, text, line_length);
    dump_print(out, "\n");
}

static void write_handlers(DumpText *out, const CodeObj *code, const int32_t *labels)
{
    if (code->handler_count > 0)
        dump_print(out, "  handlers\n");
    for (int32_t i = 0; i < code->handler_count; i++) {
        const CodeHandler *handler = &code->handlers[i];
        dump_print(out, "    %d to %d -> L%d, depth %d%s\n", handler->start, handler->end - 1,
                   labels[handler->handler], handler->depth, handler->lasti ? ", lasti" : "");
    }
}

static void write_text(DumpText *out, const CodeObj *code, const char *source, int64_t length)
{
    int32_t *labels = find_labels(code);
    if (labels == NULL) {
        out->failed = true;
        return;
    }
    write_header(out, code);
    int32_t line = -1;
    int op;
    int32_t arg, at;
    CodeLocations walk;
    code_locations_init(code, &walk);
    bool more = code_locations_next(&walk);
    for (int32_t i = 0; i < code->word_count;) {
        while (more && walk.stop <= i)
            more = code_locations_next(&walk);
        if (more && walk.location.line > 0 && walk.location.line != line) {
            line = walk.location.line;
            write_source_line(out, source, length, line);
        }
        int32_t next = code_decode(code, i, &op, &arg, &at);
        char label[16] = "";
        if (labels[i] != 0)
            snprintf(label, sizeof label, "L%d:", labels[i]);
        DumpText meaning = {0};
        write_meaning(&meaning, code, op, arg, next, labels);
        out->failed = out->failed || meaning.failed;
        dump_print(out, "  %5s %5d  ", label, i);
        if (meaning.length > 0) {
            dump_print(out, "%-24s ", opcode_info[op].name);
            dump_write(out, meaning.bytes, meaning.length);
        } else {
            dump_print(out, "%s", opcode_info[op].name);
        }
        dump_print(out, "\n");
        dump_free(&meaning);
        i = next;
    }
    write_handlers(out, code, labels);
    mem_free(labels, ((size_t)code->word_count + 1) * sizeof *labels);
}

/* ---- JSON */

static void write_json_names(DumpText *out, const char *key, const CodeObj *code, int kind)
{
    dump_print(out, ",\"%s\":[", key);
    const char *separator = "";
    for (int32_t i = 0; i < code->nlocalsplus; i++) {
        if (code->slot_kinds[i] & kind) {
            dump_print(out, "%s", separator);
            write_json_str(out, tuple_peek(code->slot_names, i));
            separator = ",";
        }
    }
    dump_print(out, "]");
}

static void write_json_constants(DumpText *out, const CodeObj *code)
{
    dump_print(out, "[");
    for (int64_t i = 0; i < tuple_length(code->consts); i++) {
        DumpText text = {0};
        disassemble_constant(&text, tuple_peek(code->consts, i));
        out->failed = out->failed || text.failed;
        dump_print(out, "%s", i > 0 ? "," : "");
        dump_json_string(out, text.bytes, text.length);
        dump_free(&text);
    }
    dump_print(out, "]");
}

static void write_json_number(DumpText *out, const char *key, int32_t number)
{
    if (number < 0)
        dump_print(out, ",\"%s\":null", key);
    else
        dump_print(out, ",\"%s\":%d", key, number);
}

static void write_json_instructions(DumpText *out, const CodeObj *code, const int32_t *labels)
{
    int op;
    int32_t arg, at;
    CodeLocations walk;
    code_locations_init(code, &walk);
    bool more = code_locations_next(&walk);
    dump_print(out, ",\"instructions\":[");
    for (int32_t i = 0; i < code->word_count;) {
        while (more && walk.stop <= i)
            more = code_locations_next(&walk);
        int32_t next = code_decode(code, i, &op, &arg, &at);
        dump_print(out, "%s{\"index\":%d,\"opcode\":\"%s\"", i > 0 ? "," : "", i,
                   opcode_info[op].name);
        if (labels[i] != 0)
            dump_print(out, ",\"label\":\"L%d\"", labels[i]);
        if (opcode_info[op].arg_kind != OPARG_NONE) {
            DumpText meaning = {0};
            if (opcode_jumps(op))
                dump_print(&meaning, "L%d", labels[next + arg]);
            else
                write_meaning(&meaning, code, op, arg, next, labels);
            out->failed = out->failed || meaning.failed;
            dump_print(out, ",\"arg\":%d,\"meaning\":", arg);
            dump_json_string(out, meaning.bytes == NULL ? "" : meaning.bytes, meaning.length);
            dump_free(&meaning);
        }
        CodeLocation none = {-1, -1, -1, -1};
        CodeLocation location = more ? walk.location : none;
        write_json_number(out, "line", location.line);
        write_json_number(out, "column", location.column);
        write_json_number(out, "end_line", location.end_line);
        write_json_number(out, "end_column", location.end_column);
        dump_print(out, "}");
        i = next;
    }
    dump_print(out, "]");
}

static void write_json(DumpText *out, const CodeObj *code)
{
    int32_t *labels = find_labels(code);
    if (labels == NULL) {
        out->failed = true;
        return;
    }
    dump_print(out, "{\"name\":");
    write_json_str(out, code->name);
    dump_print(out, ",\"qualname\":");
    write_json_str(out, code->qualname);
    dump_print(out, ",\"firstlineno\":%d,\"flags\":%u,\"argcount\":%d,\"posonlyargcount\":%d",
               code->firstlineno, code->flags, code->argcount, code->posonlyargcount);
    dump_print(out, ",\"kwonlyargcount\":%d,\"stacksize\":%d,\"consts\":", code->kwonlyargcount,
               code->stacksize);
    write_json_constants(out, code);
    dump_print(out, ",\"names\":[");
    for (int64_t i = 0; i < tuple_length(code->names); i++) {
        dump_print(out, "%s", i > 0 ? "," : "");
        write_json_str(out, tuple_peek(code->names, i));
    }
    dump_print(out, "]");
    write_json_names(out, "varnames", code, SLOT_LOCAL);
    write_json_names(out, "cellvars", code, SLOT_CELL);
    write_json_names(out, "freevars", code, SLOT_FREE);
    write_json_instructions(out, code, labels);
    dump_print(out, ",\"handlers\":[");
    for (int32_t i = 0; i < code->handler_count; i++) {
        const CodeHandler *handler = &code->handlers[i];
        dump_print(out, "%s{\"start\":%d,\"end\":%d,\"target\":\"L%d\",\"depth\":%d,\"lasti\":%s}",
                   i > 0 ? "," : "", handler->start, handler->end, labels[handler->handler],
                   handler->depth, handler->lasti ? "true" : "false");
    }
    dump_print(out, "],\"code\":[");
    const char *separator = "";
    for (int64_t i = 0; i < tuple_length(code->consts); i++) {
        ObjRef constant = tuple_peek(code->consts, i);
        if (code_check(constant)) {
            dump_print(out, "%s", separator);
            write_json(out, code_cast(constant));
            separator = ",";
        }
    }
    dump_print(out, "]}");
    mem_free(labels, ((size_t)code->word_count + 1) * sizeof *labels);
}

/* ---- whole trees of code objects */

static void write_all_text(DumpText *out, const CodeObj *code, const char *source, int64_t length)
{
    write_text(out, code, source, length);
    for (int64_t i = 0; i < tuple_length(code->consts); i++) {
        ObjRef constant = tuple_peek(code->consts, i);
        if (code_check(constant)) {
            dump_print(out, "\n");
            write_all_text(out, code_cast(constant), source, length);
        }
    }
}

void disassemble_code(DumpText *out, ObjRef code, const char *source, int64_t source_length,
                      DumpFormat format)
{
    if (format == DUMP_TEXT) {
        write_all_text(out, code_cast(code), source, source_length);
    } else {
        write_json(out, code_cast(code));
        dump_print(out, "\n");
    }
}

static void write_consts(DumpText *out, const CodeObj *code, DumpFormat format, bool *first)
{
    if (format == DUMP_TEXT) {
        write_str(out, code->qualname);
        dump_print(out, "\n");
        for (int64_t i = 0; i < tuple_length(code->consts); i++) {
            ObjRef constant = tuple_peek(code->consts, i);
            dump_print(out, "%5lld  %-10s ", (long long)i, type_name(obj_type(constant)));
            disassemble_constant(out, constant);
            dump_print(out, "\n");
        }
    } else {
        dump_print(out, "%s{\"name\":", *first ? "" : ",");
        write_json_str(out, code->qualname);
        dump_print(out, ",\"consts\":");
        write_json_constants(out, code);
        dump_print(out, "}");
        *first = false;
    }
    for (int64_t i = 0; i < tuple_length(code->consts); i++) {
        ObjRef constant = tuple_peek(code->consts, i);
        if (code_check(constant))
            write_consts(out, code_cast(constant), format, first);
    }
}

void disassemble_consts(DumpText *out, ObjRef code, DumpFormat format)
{
    bool first = true;
    if (format == DUMP_JSON)
        dump_print(out, "[");
    write_consts(out, code_cast(code), format, &first);
    if (format == DUMP_JSON)
        dump_print(out, "]\n");
}
