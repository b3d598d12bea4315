/*
 * From source text to code object: parse, symbol table, code generation; errors become exceptions.
 *
 * Everything made on the way lives in one Bump and one table of constants, both gone at the end.
 * The stages know nothing of exceptions but through the Diagnostic; here a SyntaxError is made of
 * it.
 */

#include "vm/compile/compile.h"

#include <string.h>
#include <unistd.h>

#include "grammar/parse.h"
#include "grammar/symtable.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/modules/warnings.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"
#include "vm/compile/codegen.h"
#include "vm/compile/marshal.h"
#include "vm/compile/opcode_module.h"
#include "vm/compile/tree.h"

/* ---- diagnostics to exceptions */

static Obj *text_or_none(const char *text)
{
    return text == NULL ? none_new() : str_from_utf8_surrogates(text, (int64_t)strlen(text));
}

static Obj *number_or_none(int64_t number, bool none)
{
    return none ? none_new() : int_new(number);
}

/* Raises SyntaxError(message, (filename, line, offset, text, end line, end offset)). */
static void raise_syntax_error(Type *type, const Diagnostic *diagnostic, ObjRef filename)
{
    bool no_end = diagnostic->end_line < 0;
    Obj *exception = NULL;
    Obj *message = text_or_none(diagnostic->message);
    Obj *details = tuple_new(6);
    if (details != NULL) {
        Obj **items = tuple_cast(details)->items;
        items[0] = obj_incref(filename);
        items[1] = int_new(diagnostic->line);
        items[2] = int_new(diagnostic->offset);
        items[3] = text_or_none(diagnostic->text);
        items[4] = number_or_none(diagnostic->end_line, no_end);
        items[5] = number_or_none(diagnostic->end_offset,
                                  no_end || diagnostic->end_offset == DIAGNOSTIC_NO_OFFSET);
        for (int i = 0; i < 6; i++) {
            if (items[i] == NULL) {
                /* a tuple with a hole must not be seen by anyone */
                items[i] = none_new();
                obj_clear(&message);
            }
        }
    }
    if (message != NULL && details != NULL)
        exception = obj_call2((ObjRef)type, message, details);
    if (exception != NULL)
        err_restore_steal(exception);
    obj_xdecref(message);
    obj_xdecref(details);
}

/* Makes the pending exception of a diagnostic. */
static void raise_diagnostic(const Diagnostic *diagnostic, ObjRef filename)
{
    switch (diagnostic->kind) {
    case DIAGNOSTIC_SYNTAX_ERROR:
        raise_syntax_error(&exc_syntax_error, diagnostic, filename);
        return;
    case DIAGNOSTIC_INDENTATION_ERROR:
        raise_syntax_error(&exc_indentation_error, diagnostic, filename);
        return;
    case DIAGNOSTIC_TAB_ERROR:
        raise_syntax_error(&exc_tab_error, diagnostic, filename);
        return;
    case DIAGNOSTIC_VALUE_ERROR:
        err_string(&exc_value_error, diagnostic->message);
        return;
    case DIAGNOSTIC_RECURSION_ERROR:
        err_string(&exc_recursion_error, diagnostic->message);
        return;
    case DIAGNOSTIC_MEMORY_ERROR:
    case DIAGNOSTIC_NONE:
        err_no_memory();
        return;
    }
}

/* Errors found after parsing show the line only when the source is a file that can be read. */
static void drop_text_unless_file(Diagnostic *diagnostic, ObjRef filename)
{
    const char *path = str_utf8(filename, NULL);
    if (path == NULL)
        err_clear();
    if (path == NULL || path[0] == '<' || access(path, R_OK) != 0)
        diagnostic->text = NULL;
}

/* Issues what the parser warned of: 0/-1. */
static int issue_warnings(Diagnostic *diagnostic, ObjRef filename)
{
    for (const Warning *warning = diagnostic->warnings; warning != NULL; warning = warning->next) {
        Type *category =
            warning->kind == WARNING_SYNTAX ? &exc_syntax_warning : &exc_deprecation_warning;
        Obj *message =
            str_from_utf8_surrogates(warning->message, (int64_t)strlen(warning->message));
        if (message == NULL)
            return -1;
        int result = warnings_warn_at(category, message, filename, warning->line);
        obj_decref(message);
        if (result == 0)
            continue;
        if (err_matches(category)) {
            err_clear();
            diagnostic_clear(diagnostic);
            diagnostic_set(diagnostic, DIAGNOSTIC_SYNTAX_ERROR, warning->place, "%s",
                           warning->message);
            raise_diagnostic(diagnostic, filename);
        }
        return -1;
    }
    return 0;
}

/* ---- the stages */

static unsigned future_features(uint32_t code_flags)
{
    unsigned features = 0;
    if (code_flags & CODE_FUTURE_ANNOTATIONS)
        features |= FUTURE_ANNOTATIONS;
    if (code_flags & CODE_FUTURE_BARRY_AS_BDFL)
        features |= FUTURE_BARRY_AS_FLUFL;
    return features;
}

static uint32_t future_flags(unsigned features)
{
    uint32_t flags = 0;
    if (features & FUTURE_ANNOTATIONS)
        flags |= CODE_FUTURE_ANNOTATIONS;
    if (features & FUTURE_BARRY_AS_FLUFL)
        flags |= CODE_FUTURE_BARRY_AS_BDFL;
    return flags;
}

/* The code object of a parsed source. */
static Obj *generate(Compiler *c, const Node *tree, unsigned flags)
{
    SymbolTable *table = NULL;
    ParseStatus status =
        symtable_build(tree, future_features(flags), c->bump, c->diagnostic, &table);
    if (status != PARSE_OK) {
        drop_text_unless_file(c->diagnostic, c->filename);
        raise_diagnostic(c->diagnostic, c->filename);
        return NULL;
    }
    c->table = table;
    c->futures = (flags & CODE_FUTURES) | future_flags(table->futures);
    if (table->future_annotations)
        c->futures |= CODE_FUTURE_ANNOTATIONS;
    Obj *code = function_compile_root(c, tree);
    if (code == NULL && err_occurred() == NULL) {
        if (!c->parser_error)
            drop_text_unless_file(c->diagnostic, c->filename);
        raise_diagnostic(c->diagnostic, c->filename);
    }
    return code;
}

static unsigned parse_flags(unsigned flags)
{
    unsigned result = 0;
    if (flags & COMPILE_IGNORE_COOKIE)
        result |= PARSE_IS_STR;
    if (flags & COMPILE_DONT_IMPLY_DEDENT)
        result |= PARSE_DONT_IMPLY_DEDENT;
    if (flags & COMPILE_ALLOW_INCOMPLETE_INPUT)
        result |= PARSE_ALLOW_INCOMPLETE;
    return result;
}

Obj *compile_source_traced(const char *text, int64_t length, ObjRef filename, CompileMode mode,
                           unsigned flags, int optimize, const CompileTrace *trace)
{
    static const ParseMode modes[] = {
        [COMPILE_EXEC] = PARSE_FILE, [COMPILE_EVAL] = PARSE_EVAL, [COMPILE_SINGLE] = PARSE_SINGLE};
    const char *filename_text = str_utf8(filename, NULL);
    if (filename_text == NULL) {
        err_clear();
        filename_text = "<string>";
    }
    if (state_enter(" during compilation") < 0)
        return NULL;
    Bump bump;
    bump_init(&bump);
    Diagnostic diagnostic;
    Node *tree = NULL;
    Obj *code = NULL;
    ParseStatus status = parse_source(text, length, filename_text, modes[mode], parse_flags(flags),
                                      &bump, &diagnostic, &tree);
    if (issue_warnings(&diagnostic, filename) == 0) {
        if (status == PARSE_OK && (flags & COMPILE_ONLY_AST)) {
            code = tree_from_node(tree);
        } else if (status == PARSE_OK) {
            Compiler compiler = {
                .bump = &bump,
                .diagnostic = &diagnostic,
                .filename = filename,
                .optimize = optimize < 0 ? runtime.optimize : optimize,
                .top_level_await = (flags & COMPILE_TOP_LEVEL_AWAIT) != 0,
                .trace = trace,
            };
            const_table_init(&compiler.constants);
            code = generate(&compiler, tree, flags);
            const_table_free(&compiler.constants);
        } else {
            raise_diagnostic(&diagnostic, filename);
        }
    }
    bump_free(&bump);
    state_leave();
    return code;
}

Obj *compile_source(const char *text, int64_t length, ObjRef filename, CompileMode mode,
                    unsigned flags, int optimize)
{
    return compile_source_traced(text, length, filename, mode, flags, optimize, NULL);
}

/* The code of one statement of a parsed text. */
static Obj *generate_statement(Compiler *c, Node *statement, bool last, unsigned *futures)
{
    bool shown = last && statement->kind == NODE_EXPR;
    Node *root = node_new(c->bump, shown ? NODE_INTERACTIVE : NODE_MODULE, (Place){0});
    Node **items = bump_alloc(c->bump, sizeof(Node *));
    if (root == NULL || items == NULL)
        return err_no_memory();
    items[0] = statement;
    if (shown)
        root->as.interactive.body = (NodeList){items, 1};
    else
        root->as.module.body = (NodeList){items, 1};
    node_seal(root);
    const_table_init(&c->constants);
    Obj *code = generate(c, root, *futures);
    const_table_free(&c->constants);
    if (code != NULL)
        *futures |= code_cast(code)->flags & CODE_FUTURES;
    return code;
}

Obj *compile_statements(const char *text, int64_t length, ObjRef filename, unsigned *futures)
{
    const char *filename_text = str_utf8(filename, NULL);
    if (filename_text == NULL || state_enter(" during compilation") < 0)
        return NULL;
    Bump bump;
    bump_init(&bump);
    Diagnostic diagnostic;
    Node *tree = NULL;
    Obj *list = NULL;
    ParseStatus status = parse_source(text, length, filename_text, PARSE_FILE, PARSE_IS_STR, &bump,
                                      &diagnostic, &tree);
    if (issue_warnings(&diagnostic, filename) == 0) {
        if (status != PARSE_OK)
            raise_diagnostic(&diagnostic, filename);
        else
            list = list_new(0);
    }
    for (int64_t i = 0; list != NULL && i < tree->as.module.body.count; i++) {
        Compiler compiler = {
            .bump = &bump,
            .diagnostic = &diagnostic,
            .filename = filename,
            .optimize = runtime.optimize,
        };
        Node *statement = tree->as.module.body.items[i];
        Obj *code =
            generate_statement(&compiler, statement, i + 1 == tree->as.module.body.count, futures);
        if (code == NULL || list_append_steal(list, code) < 0)
            obj_clear(&list);
    }
    bump_free(&bump);
    state_leave();
    return list;
}

int compile_init(void)
{
    module_register(&opcode_module);
    module_register(&marshal_module);
    return code_init();
}

void compile_finish(void)
{
    code_finish();
}
