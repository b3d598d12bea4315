/*
 * The interactive prompt.
 *
 * Lines are collected until the compiler stops answering "incomplete input" (an empty line ends a
 * block), then run as CPython's mode "single".  Every entry is compiled under a "<stdin>" of its
 * own, by which tracebacks find the typed text again.  The line editor is line_editor.c's.
 */

#include "vm/cli/repl.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "vm/cli/line_editor.h"
#include "vm/compile/code.h"
#include "vm/compile/compile.h"
#include "vm/interp/eval.h"
#include "vm/interp/import.h"
#include "vm/interp/traceback_print.h"

enum { INDENT = 4 };

static ObjRef namespace; /* of __main__, while the prompt is there */

/* ---- completion */

static const char *const keywords[] = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield",
};

/* Adds prefix + name (and "(" behind a callable) when name begins with stem: 0/-1. */
static int offer(ObjRef list, ObjRef prefix, ObjRef name, const char *stem, size_t stem_length,
                 ObjRef value)
{
    const char *text = str_check(name) ? str_utf8(name, NULL) : NULL;
    if (text == NULL || strncmp(text, stem, stem_length) != 0)
        return 0;
    bool callable = value != NULL && obj_is_callable(value);
    Obj *word = str_format_c(callable ? "%U%U(" : "%U%U", prefix, name);
    int present = word == NULL ? -1 : obj_contains(list, word);
    if (present == 0)
        return list_append_steal(list, word);
    obj_xdecref(word);
    return present < 0 ? -1 : 0;
}

static int offer_dict(ObjRef list, ObjRef prefix, ObjRef dict, const char *stem, size_t length)
{
    int64_t position = 0;
    ObjRef key, value;
    while (dict_next(dict, &position, &key, &value)) {
        if (offer(list, prefix, key, stem, length, value) < 0)
            return -1;
    }
    return 0;
}

/* Attributes of the object that the text before the last dot evaluates to. */
static int offer_attributes(ObjRef list, const char *word, size_t owner_length, const char *stem,
                            size_t stem_length)
{
    Obj *source = str_from_utf8(word, (int64_t)owner_length), *prefix = NULL, *filename = NULL;
    Obj *code = NULL, *owner = NULL, *attributes = NULL;
    int result = -1;
    if (source == NULL || (filename = str_from_ascii("<completion>")) == NULL ||
        (prefix = str_format_c("%U.", source)) == NULL)
        goto done;
    code = compile_source(word, (int64_t)owner_length, filename, COMPILE_EVAL,
                          COMPILE_IGNORE_COOKIE, -1);
    owner = code == NULL ? NULL : eval_code(code, namespace, namespace, NULL);
    attributes = owner == NULL ? NULL : obj_dir(owner);
    if (attributes == NULL)
        goto done;
    result = 0;
    for (int64_t i = 0; result == 0 && i < list_length(attributes); i++) {
        ObjRef name = list_peek(attributes, i);
        if (stem_length == 0 && str_check(name) && str_length(name) > 0 &&
            str_char_at(name, 0) == '_')
            continue; /* private ones when asked for */
        Obj *value = NULL;
        if (obj_getattr_opt(owner, name, &value) < 0)
            err_clear();
        result = offer(list, prefix, name, stem, stem_length, value);
        obj_xdecref(value);
    }
done:
    obj_xdecref(source);
    obj_xdecref(prefix);
    obj_xdecref(filename);
    obj_xdecref(code);
    obj_xdecref(owner);
    obj_xdecref(attributes);
    return result;
}

static Obj *complete(const char *word, size_t length)
{
    Obj *list = list_new(0);
    size_t dot = length;
    while (dot > 0 && word[dot - 1] != '.')
        dot--;
    int result = list == NULL ? -1 : 0;
    if (result == 0 && dot > 0) {
        result = offer_attributes(list, word, dot - 1, word + dot, length - dot);
    } else if (result == 0) {
        for (size_t i = 0; result == 0 && i < sizeof keywords / sizeof *keywords; i++) {
            Obj *keyword = str_from_ascii(keywords[i]);
            result = keyword == NULL ? -1 : offer(list, names.empty, keyword, word, length, NULL);
            obj_xdecref(keyword);
        }
        if (result == 0)
            result = offer_dict(list, names.empty, namespace, word, length);
        if (result == 0)
            result = offer_dict(list, names.empty, runtime.builtins_dict, word, length);
    }
    if (result == 0)
        result = list_sort(list, NULL, false);
    if (result < 0) {
        err_clear();
        obj_xdecref(list);
        return NULL;
    }
    return list;
}

/* ---- entries */

/* Text typed so far: lines joined by newlines. */
typedef struct Entry {
    char *text;
    size_t length, room;
} Entry;

static int entry_add(Entry *entry, const char *line)
{
    size_t length = strlen(line), need = entry->length + length + 2;
    if (need > entry->room) {
        char *grown = mem_realloc(entry->text, entry->room, need * 2);
        if (grown == NULL) {
            err_no_memory();
            return -1;
        }
        entry->text = grown;
        entry->room = need * 2;
    }
    if (entry->length > 0)
        entry->text[entry->length++] = '\n';
    memcpy(entry->text + entry->length, line, length + 1);
    entry->length += length;
    return 0;
}

static void entry_free(Entry *entry)
{
    mem_free(entry->text, entry->room);
    *entry = (Entry){NULL, 0, 0};
}

static bool is_blank_line(const char *line)
{
    return line[strspn(line, " \t\f")] == 0;
}

/* Columns of indentation to offer below `line`. */
static int next_indent(const char *line)
{
    static const char *const leaving[] = {"return", "pass", "break", "continue", "raise"};
    int indent = 0;
    while (line[indent] == ' ')
        indent++;
    const char *statement = line + indent;
    size_t length = strlen(statement);
    while (length > 0 && (statement[length - 1] == ' ' || statement[length - 1] == '\t'))
        length--;
    if (length > 0 && statement[length - 1] == ':')
        return indent + INDENT;
    for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++) {
        size_t word = strlen(leaving[i]);
        if (strncmp(statement, leaving[i], word) == 0 &&
            (statement[word] == 0 || statement[word] == ' ' || statement[word] == '('))
            return indent >= INDENT ? indent - INDENT : 0;
    }
    return indent;
}

/* The pending exception says that more lines could make the text valid. */
static bool is_incomplete(void)
{
    if (!err_matches(&exc_syntax_error))
        return false;
    Obj *exception = err_fetch(), *message = NULL;
    bool result = obj_getattr_opt(exception, names.msg, &message) > 0 && str_check(message) &&
                  str_equal_ascii(message, "incomplete input");
    err_clear();
    obj_xdecref(message);
    err_restore_steal(exception);
    return result;
}

/* Compiles the entry: its code; NULL and an exception, or none when it is incomplete. */
static Obj *compile_entry(const Entry *entry, unsigned *futures)
{
    /* a str of its own, not the interned one: it tells this entry's code from others' */
    Obj *filename = str_format_c("<%s>", "stdin");
    if (filename == NULL)
        return NULL;
    import_remember_source(filename, entry->text, (int64_t)entry->length);
    Obj *code = compile_source(entry->text, (int64_t)entry->length, filename, COMPILE_SINGLE,
                               *futures | COMPILE_IGNORE_COOKIE | COMPILE_DONT_IMPLY_DEDENT |
                                   COMPILE_ALLOW_INCOMPLETE_INPUT,
                               -1);
    obj_decref(filename);
    if (code == NULL && is_incomplete())
        err_clear();
    else if (code != NULL)
        *futures |= code_cast(code)->flags & CODE_FUTURES;
    return code;
}

/* sys.ps1 or sys.ps2 as text; the str is kept in *holder. */
static const char *prompt_text(const char *name, const char *fallback, Obj **holder)
{
    ObjRef prompt = dict_peek_ascii(runtime.sys_dict, name);
    obj_clear(holder);
    if (prompt == NULL)
        return fallback;
    *holder = obj_str(prompt);
    const char *text = *holder == NULL ? NULL : str_utf8(*holder, NULL);
    if (text == NULL) {
        err_clear();
        return fallback;
    }
    return text;
}

static void flush_output(void)
{
    ObjRef file = dict_peek(runtime.sys_dict, names.stdout);
    if (file == NULL || is_none(file))
        return;
    Obj *held = obj_incref(file), *result = obj_call_method(held, names.flush, NULL, 0);
    err_clear();
    obj_xdecref(result);
    obj_decref(held);
}

/* Runs what was typed; true when the prompt is to end with *status. */
static bool run_entry(Obj *code, int *status)
{
    Obj *result = eval_code(code, namespace, namespace, NULL);
    obj_decref(code);
    bool leave = false;
    if (result == NULL)
        leave = traceback_report_pending(status);
    obj_xdecref(result);
    flush_output();
    return leave;
}

static int set_prompts(void)
{
    static const char *const prompts[][2] = {{"ps1", ">>> "}, {"ps2", "... "}};
    for (size_t i = 0; i < 2; i++) {
        if (dict_peek_ascii(runtime.sys_dict, prompts[i][0]) != NULL)
            continue;
        Obj *text = str_from_ascii(prompts[i][1]);
        int result = text == NULL ? -1 : dict_set_ascii(runtime.sys_dict, prompts[i][0], text);
        obj_xdecref(text);
        if (result < 0)
            return -1;
    }
    return 0;
}

int repl_run(ObjRef main_module, bool banner)
{
    char path[PATH_MAX];
    const char *home = getenv("HOME");
    bool keep_history = home != NULL && !runtime.isolated;
    if (keep_history)
        snprintf(path, sizeof path, "%s/.ouro_history", home);
    namespace = module_dict(main_module);
    if (set_prompts() < 0)
        err_clear();
    flush_output();
    bool edited = line_editor_start(keep_history ? path : NULL, complete);
    if (banner)
        fputs("Ouro 0.1.0 (Python 3.11) on linux\n"
              "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n",
              stderr);
    int status = 0, indent = 0;
    unsigned futures = 0;
    Entry entry = {NULL, 0, 0};
    Obj *holder = NULL;
    for (bool leave = false; !leave;) {
        bool first = entry.length == 0 && indent == 0;
        char *line;
        size_t size;
        const char *prompt =
            first ? prompt_text("ps1", ">>> ", &holder) : prompt_text("ps2", "... ", &holder);
        LineResult got = line_editor_read(prompt, edited ? indent : 0, &line, &size);
        if (got == LINE_INTERRUPTED || got == LINE_ERROR) {
            if (got == LINE_ERROR)
                traceback_report_pending(&status);
            else
                fputs("\nKeyboardInterrupt\n", stderr);
            entry_free(&entry);
            indent = 0;
            continue;
        }
        if (got == LINE_END && first) {
            status = 0;
            break;
        }
        const char *typed = got == LINE_END || is_blank_line(line) ? "" : line;
        if (first && *typed == 0) {
            mem_free(line, size);
            continue;
        }
        if (*typed != 0)
            line_editor_remember(line);
        indent = *typed == 0 ? 0 : next_indent(typed);
        int added = entry_add(&entry, typed);
        mem_free(line, size);
        Obj *code = added < 0 ? NULL : compile_entry(&entry, &futures);
        if (code == NULL && err_occurred() == NULL && got != LINE_END)
            continue;
        if (code == NULL && err_occurred() == NULL)
            err_format(&exc_syntax_error, "incomplete input");
        entry_free(&entry);
        indent = 0;
        leave = code != NULL ? run_entry(code, &status) : traceback_report_pending(&status);
        if (!leave)
            status = 0;
    }
    obj_xdecref(holder);
    entry_free(&entry);
    line_editor_stop();
    namespace = NULL;
    return status;
}
