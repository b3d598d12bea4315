/*
 * --dump=STAGE: what each stage of the compiler makes of a file, on stdout.
 *
 * tokens, ast and symbols come from grammar/dump.c and need no runtime objects; bytecode, consts
 * and peephole compile the file.  Nothing that is printed holds an address, so the same source
 * gives the same bytes.  Errors of the source are reported as running the file would.
 */

#include "vm/cli/dump.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grammar/parse.h"
#include "grammar/symtable.h"
#include "grammar/tokens.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/str.h"
#include "vm/cli/disassemble.h"
#include "vm/compile/compile.h"
#include "vm/interp/traceback_print.h"
#include "vm/interp/vm.h"

typedef struct Source {
    char *text;
    int64_t length;
    const char *name; /* "<stdin>" for standard input */
} Source;

/* Reads a whole file; 0, or -1 with a message on stderr. */
static int read_source(const char *file, Source *source)
{
    bool standard = file == NULL || strcmp(file, "-") == 0;
    *source = (Source){.name = standard ? "<stdin>" : file};
    FILE *stream = standard ? stdin : fopen(file, "rb");
    size_t capacity = 0, length = 0;
    bool failed = stream == NULL;
    while (!failed) {
        if (length == capacity) {
            capacity = capacity * 2 + 65536;
            char *bigger = realloc(source->text, capacity);
            if (bigger == NULL) {
                failed = true;
                errno = ENOMEM;
                break;
            }
            source->text = bigger;
        }
        size_t got = fread(source->text + length, 1, capacity - length, stream);
        length += got;
        failed = got == 0 && ferror(stream);
        if (got == 0)
            break;
    }
    int reason = errno;
    if (stream != NULL && !standard)
        fclose(stream);
    source->length = (int64_t)length;
    if (!failed)
        return 0;
    fprintf(stderr, "ouro: can't open file '%s': [Errno %d] %s\n", source->name, reason,
            strerror(reason));
    free(source->text);
    return -1;
}

/* ---- stages without objects */

/* The error of a diagnostic, as the last lines of a traceback. */
static void report(const Diagnostic *diagnostic)
{
    if (diagnostic->line > 0)
        fprintf(stderr, "  File \"%s\", line %lld\n", diagnostic->filename,
                (long long)diagnostic->line);
    if (diagnostic->text != NULL)
        fprintf(stderr, "    %.*s\n", (int)strcspn(diagnostic->text, "\n"), diagnostic->text);
    fprintf(stderr, "%s: %s\n", diagnostic_kind_name(diagnostic->kind),
            diagnostic->message == NULL ? "" : diagnostic->message);
}

static int dump_grammar(DumpText *out, const char *stage, DumpFormat format, const Source *source)
{
    Bump bump;
    bump_init(&bump);
    Diagnostic diagnostic;
    Node *tree = NULL;
    SymbolTable *table = NULL;
    ParseStatus status;
    if (strcmp(stage, "tokens") == 0) {
        status = dump_source_tokens(out, source->text, source->length, source->name, format,
                                    &diagnostic, &bump);
    } else {
        status = parse_source(source->text, source->length, source->name, PARSE_FILE, 0, &bump,
                              &diagnostic, &tree);
        if (status == PARSE_OK && strcmp(stage, "ast") == 0)
            dump_tree(out, tree, format);
        else if (status == PARSE_OK)
            status = symtable_build(tree, 0, &bump, &diagnostic, &table);
        if (table != NULL)
            dump_symbols(out, table, format);
    }
    if (status != PARSE_OK)
        report(&diagnostic);
    bump_free(&bump);
    return status == PARSE_OK ? 0 : 1;
}

/* ---- stages with objects */

/* What the peephole trace writes to. */
typedef struct Trace {
    DumpText *out;
    DumpFormat format;
    bool first;
} Trace;

/* Writes lines with a mark before each. */
static void write_lines(DumpText *out, char mark, const char *lines)
{
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        dump_print(out, "  %c ", mark);
        dump_write(out, lines, (int64_t)length);
        dump_print(out, "\n");
        lines += length + (lines[length] == '\n');
    }
}

static void write_json_field(DumpText *out, const char *key, const char *text)
{
    dump_print(out, ",\"%s\":", key);
    dump_json_string(out, text, (int64_t)strlen(text));
}

static void on_rewrite(void *context, const char *code_name, int32_t line, const char *rule,
                       const char *before, const char *consts_before, const char *after,
                       const char *consts_after)
{
    Trace *trace = context;
    DumpText *out = trace->out;
    if (trace->format == DUMP_JSON) {
        dump_print(out, "%s{\"line\":%d", trace->first ? "" : ",", line);
        write_json_field(out, "code", code_name);
        write_json_field(out, "rule", rule);
        write_json_field(out, "before", before);
        write_json_field(out, "consts_before", consts_before);
        write_json_field(out, "after", after);
        write_json_field(out, "consts_after", consts_after);
        dump_print(out, "}");
    } else {
        dump_print(out, "%s, line %d: %s\n", code_name, line, rule);
        write_lines(out, '-', before);
        write_lines(out, '+', after);
        if (strcmp(consts_before, consts_after) != 0)
            dump_print(out, "    consts %s\n        -> %s\n", consts_before, consts_after);
    }
    trace->first = false;
}

static int dump_objects(DumpText *out, const char *stage, DumpFormat format, const Source *source)
{
    bool peephole = strcmp(stage, "peephole") == 0;
    Trace trace = {.out = out, .format = format, .first = true};
    CompileTrace hook = {.rewrite = on_rewrite, .context = &trace};
    if (peephole && format == DUMP_JSON)
        dump_print(out, "{\"rewrites\":[");
    Obj *filename = str_from_filesystem(source->name);
    Obj *code = filename == NULL
                    ? NULL
                    : compile_source_traced(source->text, source->length, filename, COMPILE_EXEC, 0,
                                            -1, peephole ? &hook : NULL);
    obj_xdecref(filename);
    if (code == NULL) {
        Obj *exception = err_fetch();
        traceback_print_exception(exception, NULL);
        obj_xdecref(exception);
        return 1;
    }
    if (peephole)
        dump_print(out, format == DUMP_JSON ? "],\"result\":" : trace.first ? "" : "\n");
    if (strcmp(stage, "consts") == 0)
        disassemble_consts(out, code, format);
    else
        disassemble_code(out, code, source->text, source->length, format);
    if (peephole && format == DUMP_JSON)
        dump_print(out, "}\n");
    obj_decref(code);
    return 0;
}

int dump_run(const char *stage, const char *format, const char *file)
{
    static const char *const grammar_stages[] = {"tokens", "ast", "symbols"};
    static const char *const object_stages[] = {"bytecode", "consts", "peephole"};
    bool in_grammar = false, in_objects = false;
    for (int i = 0; i < 3; i++) {
        in_grammar = in_grammar || strcmp(stage, grammar_stages[i]) == 0;
        in_objects = in_objects || strcmp(stage, object_stages[i]) == 0;
    }
    if (!in_grammar && !in_objects) {
        fprintf(
            stderr,
            "ouro: unknown stage '%s' (tokens, ast, symbols, bytecode, consts, peephole, pools)\n",
            stage);
        return 2;
    }
    bool json = format != NULL && strcmp(format, "json") == 0;
    if (format != NULL && !json && strcmp(format, "text") != 0) {
        fprintf(stderr, "ouro: unknown format '%s' (text, json)\n", format);
        return 2;
    }
    Source source;
    if (read_source(file, &source) < 0)
        return 2;
    if (in_objects && vm_init() < 0) {
        free(source.text);
        return 1;
    }
    DumpText out = {0};
    DumpFormat kind = json ? DUMP_JSON : DUMP_TEXT;
    int status = in_grammar ? dump_grammar(&out, stage, kind, &source)
                            : dump_objects(&out, stage, kind, &source);
    free(source.text);
    if (out.failed) {
        fprintf(stderr, "MemoryError\n");
        status = 1;
    } else if (out.length > 0 && (status == 0 || in_grammar)) {
        fwrite(out.bytes, 1, (size_t)out.length, stdout);
        if (fflush(stdout) != 0)
            status = 1;
    }
    dump_free(&out);
    if (in_objects)
        vm_finish();
    return status;
}
