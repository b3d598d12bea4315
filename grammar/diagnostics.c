/*
 * Errors and warnings of the front end, with places as SyntaxError carries them.
 *
 * Only the first error is kept: whoever finds one stops, and callers that unwind may report
 * again without harm.  Byte columns become code point offsets here, against `source`.
 */

#include "grammar/diagnostics.h"

#include <stdio.h>
#include <string.h>

#include "grammar/text.h"

void diagnostic_init(Diagnostic *diagnostic, Bump *bump, const char *filename)
{
    *diagnostic = (Diagnostic){.filename = filename, .bump = bump};
    diagnostic->warnings_end = &diagnostic->warnings;
}

static const char *format_list(Bump *bump, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return NULL;
    char *text = bump_alloc(bump, (size_t)length + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

static int64_t offset_at(const Diagnostic *diagnostic, int64_t line, int64_t column)
{
    int64_t length;
    const char *start = text_line(diagnostic->source, diagnostic->source_length, line, &length);
    if (start == NULL || column < 0)
        return column + 1;
    if (column > length)
        return text_code_points(start, length) + (column - length) + 1;
    return text_code_points(start, column) + 1;
}

int diagnostic_set_raw(Diagnostic *diagnostic, DiagnosticKind kind, DiagnosticSpan span,
                       const char *format, va_list arguments)
{
    if (diagnostic->kind != DIAGNOSTIC_NONE)
        return -1;
    diagnostic->kind = DIAGNOSTIC_MEMORY_ERROR;
    const char *message = format_list(diagnostic->bump, format, arguments);
    if (message == NULL)
        return -1;
    int64_t length;
    const char *start =
        text_line(diagnostic->source, diagnostic->source_length, span.line, &length);
    if (start != NULL) {
        bool newline = start + length < diagnostic->source + diagnostic->source_length &&
                       span.line >= diagnostic->lexed_line && !span.bare_text;
        diagnostic->text = bump_copy(diagnostic->bump, start, (size_t)(length + newline));
        if (diagnostic->text == NULL)
            return -1;
    }
    diagnostic->kind = kind;
    diagnostic->message = message;
    diagnostic->line = span.line;
    diagnostic->offset = span.offset;
    diagnostic->end_line = span.end_line;
    diagnostic->end_offset = span.end_offset;
    return -1;
}

int diagnostic_set_list(Diagnostic *diagnostic, DiagnosticKind kind, Place place,
                        const char *format, va_list arguments)
{
    DiagnosticSpan span = {
        .line = place.line,
        .offset = offset_at(diagnostic, place.line, place.column),
        .end_line = place.end_line,
        .end_offset =
            place.end_line > 0 ? offset_at(diagnostic, place.end_line, place.end_column) : -1,
    };
    int64_t length, most;
    /* the parser's explanations count columns in the first line's text, and cut them to it, as
     * CPython 3.11's parser does */
    if (diagnostic->lexed_line > 0 && place.end_line > place.line &&
        text_line(diagnostic->source, diagnostic->source_length, place.line, &length) != NULL &&
        (most = length + 1) < span.end_offset)
        span.end_offset = most;
    if (place.end_line <= 0)
        span.end_line = -1;
    return diagnostic_set_raw(diagnostic, kind, span, format, arguments);
}

int diagnostic_set(Diagnostic *diagnostic, DiagnosticKind kind, Place place, const char *format,
                   ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostic_set_list(diagnostic, kind, place, format, arguments);
    va_end(arguments);
    return -1;
}

int diagnostic_set_span(Diagnostic *diagnostic, DiagnosticKind kind, DiagnosticSpan span,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostic_set_raw(diagnostic, kind, span, format, arguments);
    va_end(arguments);
    return -1;
}

int diagnostic_warn(Diagnostic *diagnostic, WarningKind kind, Place place, const char *format, ...)
{
    Warning *warning = bump_alloc(diagnostic->bump, sizeof *warning);
    if (warning == NULL)
        return 0;
    va_list arguments;
    va_start(arguments, format);
    warning->message = format_list(diagnostic->bump, format, arguments);
    va_end(arguments);
    if (warning->message == NULL)
        return 0;
    warning->kind = kind;
    warning->place = place;
    warning->line = place.line;
    warning->offset = offset_at(diagnostic, place.line, place.column);
    *diagnostic->warnings_end = warning;
    diagnostic->warnings_end = &warning->next;
    return 1;
}

void diagnostic_clear(Diagnostic *diagnostic)
{
    diagnostic->kind = DIAGNOSTIC_NONE;
    diagnostic->message = NULL;
    diagnostic->text = NULL;
    diagnostic->line = diagnostic->offset = diagnostic->end_line = diagnostic->end_offset = 0;
}

const char *diagnostic_kind_name(DiagnosticKind kind)
{
    static const char *const names[] = {"",           "SyntaxError", "IndentationError",
                                        "TabError",   "ValueError",  "RecursionError",
                                        "MemoryError"};
    return names[kind];
}
