/*
 * Printing of uncaught exceptions, as CPython 3.11 prints them.
 *
 * The whole text is put together first and written to sys.stderr in one piece.  Nothing here
 * raises: what fails while printing is left out.  Groups are printed inside a frame of '|' whose
 * indentation `margin` holds.  The markers under a line follow CPython's rules: ~~~^^~~~ for binary
 * operators and subscripts,
 * ^^^^ for anything else that is less than the whole line.
 */

#include "vm/interp/traceback_print.h"

#include <stdio.h>
#include <string.h>

#include "gc/mem.h"
#include "grammar/parse.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/import.h"
#include "vm/interp/traceback.h"

enum {
    REPEAT_CUTOFF = 3,    /* equal entries printed before "[Previous line repeated …]" */
    MAX_GROUP_WIDTH = 15, /* sub-exceptions shown of one group */
    MAX_GROUP_DEPTH = 10,
    DEFAULT_LIMIT = 1000, /* entries, as sys.tracebacklimit */
};

typedef struct Printer {
    StrBuilder out;
    int margin;      /* columns before each line, inside groups */
    int depth;       /* groups around */
    bool need_close; /* the last sub-exception's frame still has to be closed */
    Obj *seen;       /* set of ids printed, against circles of causes */
} Printer;

/* ---- output */

static void put(Printer *p, const char *text)
{
    if (str_builder_add_ascii(&p->out, text) < 0)
        err_clear();
}

static void put_str(Printer *p, ObjRef text)
{
    if (text == NULL || str_builder_add_str(&p->out, text) < 0)
        err_clear();
}

static void put_char(Printer *p, uint32_t c, int64_t count)
{
    if (count > 0 && str_builder_add_repeat(&p->out, c, count) < 0)
        err_clear();
}

/* A new line's beginning: the frame of the group around. */
static void put_margin(Printer *p)
{
    if (p->depth > 0) {
        put_char(p, ' ', p->margin);
        put(p, "| ");
    }
}

/* Text of several lines; each gets the margin. */
static void put_lines(Printer *p, ObjRef text)
{
    int64_t start = 0, length = str_length(text);
    while (start <= length) {
        int64_t end = start;
        while (end < length && str_char_at(text, end) != '\n')
            end++;
        if (start > 0)
            put_margin(p);
        if (str_builder_add_range(&p->out, text, start, end) < 0)
            err_clear();
        if (end < length)
            put(p, "\n");
        start = end + 1;
        if (end == length)
            break;
    }
}

/* ---- entries */

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

/* What of a piece of source the secondary marks belong to; code points from the piece's start. */
typedef struct Anchors {
    int64_t left, right; /* -1: none */
} Anchors;

static bool blank_byte(char c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

/* Code points in the first `bytes` bytes. */
static int64_t code_points(const char *text, int64_t bytes)
{
    int64_t count = 0;
    for (int64_t i = 0; i < bytes; i++)
        count += (text[i] & 0xC0) != 0x80;
    return count;
}

/* Operator of a binary operation, brackets of a subscript. */
static Anchors find_anchors(ObjRef piece)
{
    Anchors anchors = {-1, -1};
    int64_t length;
    const char *text = str_utf8(piece, &length);
    if (text == NULL) {
        err_clear();
        return anchors;
    }
    Bump bump;
    Diagnostic diagnostic;
    Node *tree;
    bump_init(&bump);
    if (parse_source(text, length, "<piece>", PARSE_FILE, PARSE_IS_STR, &bump, &diagnostic,
                     &tree) == PARSE_OK &&
        tree->kind == NODE_MODULE && tree->as.module.body.count == 1 &&
        tree->as.module.body.items[0]->kind == NODE_EXPR) {
        const Node *node = tree->as.module.body.items[0]->as.expr.value;
        if (node->place.line == 1 && node->place.end_line == 1 && node->kind == NODE_BINOP) {
            int64_t end = node->as.binop.right->place.column;
            for (int64_t i = node->as.binop.left->place.end_column; i < end; i++) {
                if (blank_byte(text[i]))
                    continue;
                int64_t stop = i + 1;
                if (stop < end && !blank_byte(text[stop]))
                    stop++;
                anchors.left = code_points(text, i);
                anchors.right = code_points(text, stop);
                if (i + 1 < end && text[i] == ')')
                    continue;
                break;
            }
        } else if (node->place.line == 1 && node->place.end_line == 1 &&
                   node->kind == NODE_SUBSCRIPT) {
            anchors.left = code_points(text, node->as.subscript.value->place.end_column);
            anchors.right = code_points(text, node->as.subscript.slice->place.end_column + 1);
        }
    }
    bump_free(&bump);
    return anchors;
}

/* The source line and the marks under it. */
static void put_source(Printer *p, const TracebackObj *traceback, int32_t line)
{
    const CodeObj *code = frame_code(traceback->frame);
    Obj *source = import_source_line_raw(code->filename, line);
    if (source == NULL)
        return;
    int64_t length = str_length(source), indent = 0, stop = length;
    while (indent < length && is_blank(str_char_at(source, indent)))
        indent++;
    while (stop > indent && is_blank(str_char_at(source, stop - 1)))
        stop--;
    put_margin(p);
    put(p, "    ");
    if (str_builder_add_range(&p->out, source, indent, length) < 0)
        err_clear();
    put(p, "\n");
    CodeLocation location;
    code_location_at(code, traceback->lasti, &location);
    const char *text = str_utf8(source, NULL);
    if (traceback->lasti < 0 || location.line != line || location.column < 0 ||
        location.end_column < 0 || text == NULL) {
        err_clear();
        goto done;
    }
    int64_t bytes = (int64_t)strlen(text);
    if (location.column > bytes)
        goto done;
    int64_t start = code_points(text, location.column);
    int64_t end = location.end_line == location.line && location.end_column <= bytes
                      ? code_points(text, location.end_column)
                      : stop;
    Anchors anchors = {-1, -1};
    if (end > start) {
        Obj *piece = str_substring(source, start, end);
        if (piece != NULL)
            anchors = find_anchors(piece);
        obj_xdecref(piece);
    }
    bool split = anchors.left >= 0;
    if (end - start == stop - indent && !split)
        goto done;
    put_margin(p);
    put(p, "    ");
    for (int64_t i = indent; i < end; i++) {
        if (i < start)
            put(p, " ");
        else if (!split)
            put(p, "^");
        else
            put(p, i - start >= anchors.left && i - start < anchors.right ? "^" : "~");
    }
    put(p, "\n");
done:
    obj_decref(source);
}

static void put_entry(Printer *p, const TracebackObj *traceback)
{
    const CodeObj *code = frame_code(traceback->frame);
    int32_t line = traceback_line(traceback);
    Obj *text = str_format_c("  File \"%U\", line %d, in %U\n", code->filename, line, code->name);
    put_margin(p);
    put_str(p, text);
    obj_xdecref(text);
    put_source(p, traceback, line);
}

static void put_repeated(Printer *p, int64_t times)
{
    char line[80];
    times -= REPEAT_CUTOFF;
    snprintf(line, sizeof line, "  [Previous line repeated %lld more time%s]\n", (long long)times,
             times > 1 ? "s" : "");
    put_margin(p);
    put(p, line);
}

static int64_t traceback_limit(void)
{
    ObjRef limit = dict_peek_ascii(runtime.sys_dict, "tracebacklimit");
    int64_t value;
    if (limit == NULL || !int_check(limit) || int_to_int64(limit, &value) != 0)
        return DEFAULT_LIMIT;
    return value;
}

static void put_traceback(Printer *p, const TracebackObj *traceback, const char *heading)
{
    int64_t limit = traceback_limit(), depth = 0;
    if (traceback == NULL || limit <= 0)
        return;
    put(p, heading);
    for (const TracebackObj *step = traceback; step != NULL; step = step->next)
        depth++;
    for (; depth > limit; depth--)
        traceback = traceback->next;
    const CodeObj *last_code = NULL;
    int32_t last_line = -1;
    int64_t times = 0;
    for (; traceback != NULL; traceback = traceback->next) {
        const CodeObj *code = frame_code(traceback->frame);
        int32_t line = traceback_line(traceback);
        bool same = last_code != NULL && line == last_line &&
                    str_equal(code->filename, last_code->filename) &&
                    str_equal(code->name, last_code->name);
        if (!same) {
            if (times > REPEAT_CUTOFF)
                put_repeated(p, times);
            last_code = code;
            last_line = line;
            times = 0;
        }
        if (++times <= REPEAT_CUTOFF)
            put_entry(p, traceback);
    }
    if (times > REPEAT_CUTOFF)
        put_repeated(p, times);
}

/* ---- the last line */

/* "module.Name", without the module for builtins and __main__. */
static void put_type(Printer *p, ObjRef exception)
{
    Type *type = obj_type(exception);
    Obj *module = NULL, *name = NULL;
    if (obj_getattr_opt(&type->head.base, names.dunder_module, &module) <= 0 ||
        !str_check(module)) {
        err_clear();
        put(p, "<unknown>.");
    } else if (!str_equal(module, names.builtins) && !str_equal(module, names.dunder_main)) {
        put_str(p, module);
        put(p, ".");
    }
    if (obj_getattr_opt(&type->head.base, names.dunder_qualname, &name) > 0 && str_check(name))
        put_str(p, name);
    else
        put(p, "<unknown>");
    err_clear();
    obj_xdecref(module);
    obj_xdecref(name);
}

static int64_t int_attribute(ObjRef o, const char *name, int64_t fallback)
{
    Obj *value = obj_getattr_str(o, name);
    int64_t number = fallback;
    if (value == NULL || !int_check(value) || int_to_int64(value, &number) != 0)
        number = fallback;
    err_clear();
    obj_xdecref(value);
    return number;
}

/* A SyntaxError's file, line, text and marks. */
static void put_syntax_place(Printer *p, ObjRef exception)
{
    Obj *filename = obj_getattr_str(exception, "filename"), *text = NULL, *line = NULL;
    err_clear();
    int64_t number = int_attribute(exception, "lineno", -1);
    int64_t offset = int_attribute(exception, "offset", -1);
    int64_t end_number = int_attribute(exception, "end_lineno", number);
    int64_t end_offset = int_attribute(exception, "end_offset", -1);
    if (number < 0)
        goto done;
    put_margin(p);
    line = filename != NULL && !is_none(filename)
               ? str_format_c("  File \"%S\", line %lld\n", filename, (long long)number)
               : str_format_c("  File \"<string>\", line %lld\n", (long long)number);
    put_str(p, line);
    text = obj_getattr_str(exception, "text");
    err_clear();
    if (text == NULL || !str_check(text))
        goto done;
    int64_t length = str_length(text);
    while (length > 0 &&
           (str_char_at(text, length - 1) == '\n' || str_char_at(text, length - 1) == '\r'))
        length--;
    int64_t indent = 0;
    while (indent < length && is_blank(str_char_at(text, indent)))
        indent++;
    put_margin(p);
    put(p, "    ");
    if (str_builder_add_range(&p->out, text, indent, length) < 0)
        err_clear();
    put(p, "\n");
    if (offset < 1)
        goto done;
    if (end_offset <= 0 || end_number != number)
        end_offset = end_number > number ? length + 1 : offset + 1;
    if (end_offset == offset)
        end_offset = offset + 1;
    int64_t start = offset - 1 - indent, end = end_offset - 1 - indent;
    if (start < 0)
        goto done;
    int64_t most = length - indent; /* one more when the place itself is behind the line */
    if (end > most + 1)
        end = most > start ? most : start + 1;
    if (end <= start)
        end = start + 1;
    put_margin(p);
    put(p, "    ");
    put_char(p, ' ', start);
    put_char(p, '^', end - start);
    put(p, "\n");
done:
    obj_xdecref(filename);
    obj_xdecref(text);
    obj_xdecref(line);
}

static void put_notes(Printer *p, ObjRef exception)
{
    Obj *notes = NULL;
    if (obj_getattr_opt(exception, names.dunder_notes, &notes) <= 0) {
        err_clear();
        return;
    }
    if (list_check(notes) || tuple_check(notes)) {
        Obj *list = obj_to_list(notes);
        for (int64_t i = 0; list != NULL && i < list_length(list); i++) {
            Obj *text = obj_str(list_peek(list, i));
            put_margin(p);
            if (text == NULL) {
                err_clear();
                put(p, "<note str() failed>");
            } else {
                put_lines(p, text);
            }
            put(p, "\n");
            obj_xdecref(text);
        }
        obj_xdecref(list);
    } else if (!is_none(notes)) {
        Obj *text = obj_repr(notes);
        put_margin(p);
        if (text == NULL) {
            err_clear();
            put(p, "<__notes__ repr() failed>");
        } else {
            put_lines(p, text);
        }
        put(p, "\n");
        obj_xdecref(text);
    }
    err_clear();
    obj_decref(notes);
}

/* Type, message, suggestion and notes. */
static void put_message(Printer *p, ObjRef exception)
{
    Obj *text = NULL;
    bool syntax = obj_is(exception, &exc_syntax_error);
    if (syntax) {
        Obj *flag = NULL;
        if (obj_getattr_opt(exception, names.print_file_and_line, &flag) > 0)
            put_syntax_place(p, exception);
        else
            syntax = false;
        err_clear();
        obj_xdecref(flag);
    }
    put_margin(p);
    put_type(p, exception);
    if (syntax) {
        Obj *message = obj_getattr(exception, names.msg);
        text = message == NULL    ? NULL
               : is_none(message) ? str_from_ascii("<no detail available>")
                                  : obj_str(message);
        obj_xdecref(message);
    } else {
        text = obj_str(exception);
    }
    if (text == NULL) {
        err_clear();
        put(p, ": <exception str() failed>");
    } else if (str_length(text) > 0) {
        put(p, ": ");
        put_lines(p, text);
    }
    Obj *suggestion = suggestion_for(exception);
    if (suggestion != NULL) {
        Obj *hint = str_format_c(". Did you mean: %R?", suggestion);
        put_str(p, hint);
        obj_xdecref(hint);
        obj_decref(suggestion);
    }
    err_clear();
    put(p, "\n");
    obj_xdecref(text);
    put_notes(p, exception);
}

/* ---- groups and chains */

static void put_exception(Printer *p, ObjRef exception, ObjRef traceback);

static void put_group(Printer *p, ObjRef exception, ObjRef traceback)
{
    if (p->depth > MAX_GROUP_DEPTH) {
        char line[80];
        snprintf(line, sizeof line, "... (max_group_depth is %d)\n", MAX_GROUP_DEPTH);
        put_margin(p);
        put(p, line);
        return;
    }
    if (p->depth == 0) {
        p->margin += 2;
        p->depth = 1;
        put_char(p, ' ', p->margin);
        if (traceback != NULL)
            put(p, "+ Exception Group Traceback (most recent call last):\n");
        else
            p->out.length -= p->margin;
        put_traceback(p, (const TracebackObj *)traceback, "");
        put_message(p, exception);
    } else {
        if (traceback != NULL) {
            put_margin(p);
            put_traceback(p, (const TracebackObj *)traceback,
                          "Exception Group Traceback (most recent call last):\n");
        }
        put_message(p, exception);
    }
    bool outermost = p->depth == 1 && p->margin == 2;
    Obj *parts = obj_getattr_str(exception, "exceptions");
    if (parts == NULL || !tuple_check(parts)) {
        err_clear();
        obj_xdecref(parts);
        return;
    }
    int64_t count = tuple_length(parts), shown = count;
    if (shown > MAX_GROUP_WIDTH)
        shown = MAX_GROUP_WIDTH + 1;
    p->need_close = false;
    for (int64_t i = 0; i < shown; i++) {
        bool last = i == shown - 1;
        bool truncated = i >= MAX_GROUP_WIDTH;
        char line[96], label[24];
        if (last)
            p->need_close = true;
        snprintf(label, sizeof label, "%lld", (long long)(i + 1));
        snprintf(line, sizeof line, "%s+---------------- %s ----------------\n",
                 i == 0 ? "+-" : "  ", truncated ? "..." : label);
        put_char(p, ' ', p->margin);
        put(p, line);
        p->margin += 2;
        p->depth++;
        if (truncated) {
            snprintf(line, sizeof line, "and %lld more exception%s\n",
                     (long long)(count - MAX_GROUP_WIDTH), count - MAX_GROUP_WIDTH > 1 ? "s" : "");
            put_margin(p);
            put(p, line);
        } else if (state_enter(" in print_exception") == 0) {
            ObjRef part = tuple_peek(parts, i);
            put_exception(p, part, exception_cast(part)->traceback);
            state_leave();
        } else {
            err_clear();
        }
        if (last && p->need_close) {
            put_char(p, ' ', p->margin);
            put(p, "+------------------------------------\n");
            p->need_close = false;
        }
        p->margin -= 2;
        p->depth--;
    }
    if (outermost) {
        p->depth = 0;
        p->margin = 0;
    }
    obj_decref(parts);
}

static void put_one(Printer *p, ObjRef exception, ObjRef traceback)
{
    if (obj_is(exception, &exc_base_exception_group)) {
        put_group(p, exception, traceback);
        return;
    }
    if (traceback != NULL && traceback_limit() > 0) {
        put_margin(p);
        put_traceback(p, (const TracebackObj *)traceback, "Traceback (most recent call last):\n");
    }
    put_message(p, exception);
}

/* True the first time. */
static bool mark_seen(Printer *p, ObjRef exception)
{
    Obj *id = int_new((int64_t)(uintptr_t)exception);
    bool first = id != NULL && p->seen != NULL && set_contains(p->seen, id) == 0 &&
                 set_add(p->seen, id) == 0;
    err_clear();
    obj_xdecref(id);
    return first;
}

static void put_exception(Printer *p, ObjRef exception, ObjRef traceback)
{
    const ExceptionObj *e = (const ExceptionObj *)exception;
    mark_seen(p, exception);
    Obj *before = NULL;
    const char *link = NULL;
    if (e->cause != NULL && !is_none(e->cause)) {
        before = obj_incref(e->cause);
        link = "The above exception was the direct cause of the following exception:";
    } else if (e->context != NULL && !is_none(e->context) && !e->suppress_context) {
        before = obj_incref(e->context);
        link = "During handling of the above exception, another exception occurred:";
    }
    if (before != NULL && mark_seen(p, before)) {
        if (state_enter(" in print_exception") == 0) {
            bool need_close = p->need_close;
            p->need_close = false;
            put_exception(p, before, exception_cast(before)->traceback);
            p->need_close = need_close;
            state_leave();
        } else {
            err_clear();
        }
        put_margin(p);
        put(p, "\n");
        put_margin(p);
        put(p, link);
        put(p, "\n");
        put_margin(p);
        put(p, "\n");
    }
    obj_xdecref(before);
    put_one(p, exception, traceback);
}

/* ---- ways in */

/* Writes text to sys.stderr, or to the C stderr when there is none; no exception is left. */
static void write_stderr(ObjRef text)
{
    ObjRef peeked = dict_peek(runtime.sys_dict, names.stderr);
    if (peeked != NULL && is_none(peeked))
        return;
    if (peeked != NULL) {
        Obj *file = obj_incref(peeked);
        Obj *result = obj_call_method(file, names.write, &text, 1);
        bool written = result != NULL;
        obj_xdecref(result);
        err_clear();
        if (written) {
            result = obj_call_method(file, names.flush, NULL, 0);
            obj_xdecref(result);
            err_clear();
        }
        obj_decref(file);
        if (written)
            return;
    }
    int64_t length;
    const char *bytes = str_utf8(text, &length);
    if (bytes != NULL)
        fwrite(bytes, 1, (size_t)length, stderr);
    err_clear();
}

void traceback_print_exception(ObjRef exception, ObjRef traceback)
{
    Obj *pending = err_fetch();
    if (!obj_is(exception, &exc_base_exception)) {
        Obj *text = str_format_c("TypeError: print_exception(): Exception expected for value, %T "
                                 "found\n",
                                 exception);
        if (text != NULL)
            write_stderr(text);
        err_clear();
        obj_xdecref(text);
        err_restore_steal(pending);
        return;
    }
    Printer p = {.seen = set_new(NULL)};
    str_builder_init(&p.out);
    if (traceback == NULL || !traceback_check(traceback))
        traceback = exception_cast(exception)->traceback;
    Obj *held = obj_xincref(traceback);
    ObjRef out = dict_peek(runtime.sys_dict, names.stdout);
    if (out != NULL && !is_none(out)) {
        Obj *file = obj_incref(out);
        Obj *result = obj_call_method(file, names.flush, NULL, 0);
        obj_xdecref(result);
        obj_decref(file);
        err_clear();
    }
    put_exception(&p, exception, traceback);
    obj_xdecref(held);
    obj_xdecref(p.seen);
    Obj *text = str_builder_finish(&p.out);
    if (text != NULL)
        write_stderr(text);
    else /* even the reserve did not reach */
        fprintf(stderr, "%s\n", obj_type(exception)->head.name);
    err_clear();
    obj_xdecref(text);
    err_restore_steal(pending);
}

/* SystemExit's code as an exit status; prints anything that is no number. */
static int exit_status(ObjRef exception)
{
    Obj *code = obj_getattr_str(exception, "code");
    int status = 1;
    if (code == NULL) {
        err_clear();
    } else if (is_none(code)) {
        status = 0;
    } else if (int_check(code)) {
        int64_t number = -1;
        int_to_int64(code, &number);
        status = (int)number;
    } else {
        Obj *text = obj_str(code);
        Obj *line = text == NULL ? NULL : str_format_c("%U\n", text);
        err_clear();
        if (line != NULL)
            write_stderr(line);
        obj_xdecref(text);
        obj_xdecref(line);
    }
    obj_xdecref(code);
    return status;
}

/* As traceback_report_pending, of an exception that it takes over. */
static bool report(Obj *exception, int *status)
{
    *status = 1;
    if (obj_is(exception, &exc_system_exit)) {
        *status = exit_status(exception);
        obj_decref(exception);
        return true;
    }
    ObjRef traceback = exception_cast(exception)->traceback;
    Obj *held = traceback == NULL ? none_new() : obj_incref(traceback);
    if (dict_set(runtime.sys_dict, names.last_type, &obj_type(exception)->head.base) < 0 ||
        dict_set(runtime.sys_dict, names.last_value, exception) < 0 ||
        dict_set(runtime.sys_dict, names.last_traceback, held) < 0)
        err_clear();
    bool leave = false;
    ObjRef hook = dict_peek(runtime.sys_dict, names.excepthook);
    if (hook == NULL) {
        Obj *text = str_from_ascii("sys.excepthook is missing\n");
        if (text != NULL)
            write_stderr(text);
        obj_xdecref(text);
        traceback_print_exception(exception, held);
    } else {
        Obj *called = obj_incref(hook);
        Obj *result = obj_call3(called, &obj_type(exception)->head.base, exception, held);
        if (result == NULL) {
            Obj *second = err_fetch();
            if (obj_is(second, &exc_system_exit)) {
                *status = exit_status(second);
                leave = true;
            } else {
                Obj *text = str_from_ascii("Error in sys.excepthook:\n");
                if (text != NULL)
                    write_stderr(text);
                obj_xdecref(text);
                traceback_print_exception(second, NULL);
                text = str_from_ascii("\nOriginal exception was:\n");
                if (text != NULL)
                    write_stderr(text);
                obj_xdecref(text);
                traceback_print_exception(exception, held);
            }
            obj_decref(second);
        }
        obj_xdecref(result);
        obj_decref(called);
    }
    if (obj_is(exception, &exc_keyboard_interrupt))
        *status = 130;
    obj_decref(held);
    obj_decref(exception);
    return leave;
}

bool traceback_report_pending(int *status)
{
    Obj *exception = err_fetch();
    if (exception == NULL)
        return false;
    mem_reserve_open();
    bool leave = report(exception, status);
    mem_reserve_close();
    return leave;
}

/* "Exception ignored in: …" */
void traceback_print_unraisable(ObjRef exception, ObjRef where)
{
    mem_reserve_open();
    Obj *text = NULL;
    if (where != NULL && !is_none(where)) {
        text = str_format_c("Exception ignored in: %R\n", where);
        if (text == NULL) {
            err_clear();
            text = str_from_ascii("Exception ignored in: <object repr() failed>\n");
        }
    }
    if (text != NULL)
        write_stderr(text);
    obj_xdecref(text);
    Printer p = {.seen = NULL};
    str_builder_init(&p.out);
    put_one(&p, exception, exception_cast(exception)->traceback);
    text = str_builder_finish(&p.out);
    if (text != NULL)
        write_stderr(text);
    err_clear();
    obj_xdecref(text);
    mem_reserve_close();
}
