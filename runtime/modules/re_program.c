/*
 * Programs: from a pattern to the code that PCRE2 runs.
 *
 * The pattern is parsed at once, so that its errors come with Python's words; PCRE2 sees it when a
 * text is searched first, once for each kind of text.  Only what it may refuse although Python
 * takes it (it has bounds on the size of code and of lookbehinds) is given to it early.
 *
 * Code that is used much becomes machine code, by PCRE2's own translator.  That one bakes in where
 * a match must begin and end, so then each mode of matching has a code of its own.
 */

#include "runtime/modules/re_program.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/modules/re_objects.h"
#include "runtime/modules/re_parse.h"
#include "runtime/modules/re_pcre.h"
#include "runtime/modules/re_write.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

enum {
    LARGEST_SIZE = 8 << 20, /* items of code, estimated: beyond, the pattern is refused */
    SURE_SIZE = 8000,       /* items, estimated: surely below the bound of 65,536 */
};

static const RePcre *const libraries[RE_TEXTS] = {&re_pcre_8, &re_pcre_8, &re_pcre_16, &re_pcre_32};

/* Raises error(message, None) of module re; -1. */
static int raise_error(const char *message, ObjRef error_class)
{
    Obj *text = str_from_ascii(message);
    Obj *exception = text == NULL ? NULL : obj_call1(error_class, text);
    obj_xdecref(text);
    if (exception != NULL)
        err_raise(exception, NULL);
    obj_xdecref(exception);
    return -1;
}

/* The code of a mode for a kind of text; NULL with *error filled or, when that is all blank, an
 * exception pending. */
static void *build(const ReProgram *program, ReText text, ReMode mode, RePcreError *error)
{
    ReWritten written;
    *error = (RePcreError){.message = ""};
    if (re_write_pattern(program, text, &written) < 0)
        return NULL;
    unsigned options = written.unicode ? RE_PCRE_UNICODE : 0;
    if (mode != RE_SEARCH)
        options |= mode == RE_MATCH ? RE_PCRE_ANCHORED : RE_PCRE_WHOLE;
    void *code = libraries[text]->compile(written.items, (size_t)written.length, options, error);
    re_write_free(&written);
    return code;
}

static ReCode *make_code(ReProgram *program, ReText *text, ObjRef error_class)
{
    RePcreError error;
    if (program->wide)
        *text = RE_TEXT_UCS4;
    if (program->texts[*text] != NULL)
        return program->texts[*text];
    ReCode *code = bump_alloc(&program->bump, sizeof(ReCode));
    if (code == NULL) {
        err_no_memory();
        return NULL;
    }
    code->codes[RE_SEARCH] = build(program, *text, RE_SEARCH, &error);
    if (code->codes[RE_SEARCH] == NULL && error.too_large && !program->wide) {
        program->wide = true;
        *text = RE_TEXT_UCS4;
        code->codes[RE_SEARCH] = build(program, *text, RE_SEARCH, &error);
    }
    if (code->codes[RE_SEARCH] != NULL) {
        program->texts[*text] = code;
        return code;
    }
    if (error.no_memory)
        err_no_memory();
    else if (error.too_deep)
        err_string(&exc_recursion_error, "maximum recursion depth exceeded in a pattern");
    else if (error.message[0] != 0)
        raise_error(error.message, error_class);
    return NULL;
}

ReCode *re_program_code(ReProgram *program, ReText *text)
{
    ObjRef error_class = re_error_class();
    return make_code(program, text, error_class == NULL ? (ObjRef)&exc_value_error : error_class);
}

void re_program_translate(ReProgram *program, ReText text, ReMode mode)
{
    ReCode *code = program->texts[text];
    RePcreError error;
    if (mode != RE_SEARCH && (code->codes[mode] = build(program, text, mode, &error)) == NULL) {
        err_clear(); /* the code for searching goes on serving */
        return;
    }
    if (libraries[text]->translate(code->codes[mode])) {
        code->translated[mode] = true;
    } else if (mode != RE_SEARCH) {
        libraries[text]->free(code->codes[mode]);
        code->codes[mode] = NULL;
    }
}

int re_program_compile(ReProgram *program, ObjRef pattern, int64_t flags, ObjRef error_class)
{
    BufferView view = {NULL, 0, NULL};
    ReSubject source = {0};
    memset(program, 0, sizeof(*program));
    bump_init(&program->bump);
    if (str_check(pattern)) {
        source.items = str_cast(pattern)->data;
        source.kind = str_cast(pattern)->kind;
        source.end = str_length(pattern);
    } else {
        if (buffer_acquire(pattern, &view) < 0)
            return -1;
        source.items = view.data;
        source.kind = 1;
        source.end = view.length;
        program->bytes = true;
    }
    int status = re_parse(program, pattern, &source, flags, error_class);
    buffer_release(&view);
    int64_t size;
    bool risky;
    if (status < 0 || re_write_survey(program, &size, &risky) < 0)
        return -1;
    if (size > LARGEST_SIZE)
        return raise_error("regular expression is too large", error_class);
    ReText text = program->bytes ? RE_TEXT_LATIN1 : RE_TEXT_ASCII;
    if (size > SURE_SIZE || risky || program->groups > UINT16_MAX)
        return make_code(program, &text, error_class) == NULL ? -1 : 0;
    return 0;
}

void re_program_free(ReProgram *program)
{
    for (int text = 0; text < RE_TEXTS; text++) {
        for (int mode = 0; program->texts[text] != NULL && mode < RE_MODES; mode++) {
            if (program->texts[text]->codes[mode] != NULL)
                libraries[text]->free(program->texts[text]->codes[mode]);
        }
    }
    bump_free(&program->bump);
    obj_clear(&program->group_index);
    obj_clear(&program->group_names);
}
