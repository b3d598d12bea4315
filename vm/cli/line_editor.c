/*
 * Line editing at the prompt.
 *
 * libedit is loaded by dlopen, so that a program that never shows a prompt does not pay for it.  It
 * reads its characters through read_character, which turns Ctrl-C into an interrupted line. Without
 * libedit or without a terminal lines are read byte by byte: sys.stdin shares the descriptor and
 * must not miss any.
 */

#include "vm/cli/line_editor.h"

#include <dlfcn.h>
#include <errno.h>
#include <histedit.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/modules/signal.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

enum { HISTORY_ENTRIES = 1000, SCREEN_COLUMNS = 80, INDENT = 4, INTERRUPT_KEY = 3 };

/* What is used of libedit. */
static struct {
    void *library;
    EditLine *(*init)(const char *, FILE *, FILE *, FILE *);
    void (*end)(EditLine *);
    int (*set)(EditLine *, int, ...);
    const char *(*gets)(EditLine *, int *);
    void (*push)(EditLine *, const char *);
    const LineInfo *(*line)(EditLine *);
    int (*insert)(EditLine *, const char *);
    int (*cursor)(EditLine *, int);
    void (*delete)(EditLine *, int);
    History *(*history_init)(void);
    void (*history_end)(History *);
    int (*history)(History *, HistEvent *, int, ...);
} lib;

static EditLine *editor; /* NULL: plain reads */
static History *past;    /* the history */
static const char *history_path;
static const char *current_prompt = "";
static LineCompleter complete_word;
static bool interrupted;

static bool load_library(void)
{
    static const char *const files[] = {"libedit.so.2", "libedit.so.0", "libedit.so"};
    for (size_t i = 0; lib.library == NULL && i < sizeof files / sizeof *files; i++)
        lib.library = dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
    if (lib.library == NULL)
        return false;
    struct {
        const char *name;
        void *place;
    } const wanted[] = {
        {"el_init", &lib.init},
        {"el_end", &lib.end},
        {"el_set", &lib.set},
        {"el_gets", &lib.gets},
        {"el_push", &lib.push},
        {"el_line", &lib.line},
        {"el_insertstr", &lib.insert},
        {"history_init", &lib.history_init},
        {"history_end", &lib.history_end},
        {"history", &lib.history},
        {"el_cursor", &lib.cursor},
        {"el_deletestr", &lib.delete},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        void *symbol = dlsym(lib.library, wanted[i].name);
        if (symbol == NULL)
            return false;
        memcpy(wanted[i].place, &symbol, sizeof symbol);
    }
    return true;
}

static char *prompt_of(EditLine *el)
{
    (void)el;
    return (char *)(uintptr_t)current_prompt;
}

/* One character for libedit: 1, 0 at the end, -1.  An interrupt reads as the character Ctrl-C. */
static int read_character(EditLine *el, wchar_t *out)
{
    (void)el;
    char bytes[MB_LEN_MAX];
    size_t count = 0;
    for (;;) {
        ssize_t got = read(STDIN_FILENO, bytes + count, 1);
        if (got < 0 && errno == EINTR) {
            if (!signal_take_interrupt())
                continue;
            *out = INTERRUPT_KEY;
            return 1;
        }
        if (got <= 0)
            return got == 0 ? 0 : -1;
        count++;
        mbstate_t state = {0};
        size_t used = mbrtowc(out, bytes, count, &state);
        if (used == (size_t)-2 && count < sizeof bytes)
            continue;
        if (used == (size_t)-1 || used == (size_t)-2)
            *out = (unsigned char)bytes[0];
        return 1;
    }
}

/* ---- completion */

/* Bytes that all texts of list have in common at their beginning. */
static size_t common_prefix(ObjRef list)
{
    const char *first = str_utf8(list_peek(list, 0), NULL);
    size_t common = first == NULL ? 0 : strlen(first);
    for (int64_t i = 1; i < list_length(list); i++) {
        const char *text = str_utf8(list_peek(list, i), NULL);
        size_t k = 0;
        while (text != NULL && k < common && text[k] == first[k])
            k++;
        common = k;
    }
    return common;
}

/* All candidates below the line, in columns. */
static void show_candidates(ObjRef list)
{
    size_t widest = 0;
    for (int64_t i = 0; i < list_length(list); i++) {
        size_t width = (size_t)str_length(list_peek(list, i));
        widest = width > widest ? width : widest;
    }
    int64_t columns = SCREEN_COLUMNS / (int64_t)(widest + 2);
    if (columns < 1)
        columns = 1;
    putchar('\n');
    for (int64_t i = 0; i < list_length(list); i++) {
        const char *text = str_utf8(list_peek(list, i), NULL);
        bool last = (i + 1) % columns == 0 || i + 1 == list_length(list);
        printf("%-*s%s", last ? 0 : (int)widest + 2, text == NULL ? "" : text, last ? "\n" : "");
    }
    fflush(stdout);
}

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || (c & 0x80) != 0;
}

/* Start of what is to be completed: names and dots, and a string literal before a dot. */
static const char *word_start(const char *line, const char *cursor)
{
    const char *start = cursor;
    while (start > line && in_word(start[-1]))
        start--;
    if (start < cursor && *start == '.' && start > line &&
        (start[-1] == '\'' || start[-1] == '"')) {
        const char *open = start - 2;
        while (open >= line && *open != start[-1])
            open--;
        if (open >= line)
            start = open;
    }
    return start;
}

static unsigned char on_tab(EditLine *el, int key)
{
    (void)key;
    const LineInfo *info = lib.line(el);
    const char *start = word_start(info->buffer, info->cursor);
    bool only_blanks = true;
    for (const char *p = info->buffer; p < info->cursor; p++)
        only_blanks = only_blanks && (*p == ' ' || *p == '\t');
    if (only_blanks) {
        char blanks[INDENT + 1] = "    ";
        blanks[INDENT - (info->cursor - info->buffer) % INDENT] = 0;
        return lib.insert(el, blanks) == 0 ? CC_REFRESH : CC_ERROR;
    }
    size_t length = (size_t)(info->cursor - start);
    if (length == 0)
        return CC_ERROR;
    Obj *list = complete_word(start, length);
    unsigned char result = CC_ERROR;
    if (list != NULL && list_length(list) > 0) {
        size_t common = common_prefix(list);
        const char *text = str_utf8(list_peek(list, 0), NULL);
        if (text != NULL && common > length) {
            char *rest = strndup(text + length, common - length);
            result = rest != NULL && lib.insert(el, rest) == 0 ? CC_REFRESH : CC_ERROR;
            free(rest);
        } else if (list_length(list) > 1) {
            show_candidates(list);
            result = CC_REDISPLAY;
        }
    }
    obj_xdecref(list);
    return result;
}

/* Ctrl-C: gives the line up. */
static unsigned char on_interrupt(EditLine *el, int key)
{
    (void)el;
    (void)key;
    interrupted = true;
    return CC_NEWLINE;
}

/* Ctrl-D: the end on an empty line, else deletes the character under the cursor. */
static unsigned char on_end(EditLine *el, int key)
{
    (void)key;
    const LineInfo *info = lib.line(el);
    if (info->lastchar == info->buffer)
        return CC_EOF;
    if (info->cursor == info->lastchar)
        return CC_ERROR;
    lib.cursor(el, 1);
    lib.delete(el, 1);
    return CC_REFRESH;
}

/* ---- start, read, stop */

bool line_editor_start(const char *path, LineCompleter completer)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !load_library())
        return false;
    if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1)
        setlocale(LC_CTYPE, "C.UTF-8");
    editor = lib.init("ouro", stdin, stdout, stderr);
    past = lib.history_init();
    if (editor == NULL || past == NULL) {
        line_editor_stop();
        return false;
    }
    HistEvent event;
    history_path = path;
    complete_word = completer;
    lib.history(past, &event, H_SETSIZE, HISTORY_ENTRIES);
    if (path != NULL)
        lib.history(past, &event, H_LOAD, path);
    lib.set(editor, EL_PROMPT, prompt_of);
    lib.set(editor, EL_EDITOR, "emacs");
    lib.set(editor, EL_SIGNAL, 0);
    /* Ctrl-C as a character while a line is typed: a signal would throw away what was typed before
     * it */
    lib.set(editor, EL_SETTY, "-d", "-isig", NULL);
    lib.set(editor, EL_HIST, lib.history, past);
    lib.set(editor, EL_GETCFN, read_character);
    lib.set(editor, EL_ADDFN, "ouro-complete", "completes a name", on_tab);
    lib.set(editor, EL_BIND, "^I", "ouro-complete", NULL);
    lib.set(editor, EL_ADDFN, "ouro-interrupt", "gives the line up", on_interrupt);
    lib.set(editor, EL_BIND, "^C", "ouro-interrupt", NULL);
    lib.set(editor, EL_ADDFN, "ouro-end", "ends the input, or deletes a character", on_end);
    lib.set(editor, EL_BIND, "^D", "ouro-end", NULL);
    lib.set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
    return true;
}

/* A copy without the newline. */
static LineResult copy_line(const char *text, size_t length, char **line, size_t *size)
{
    if (length > 0 && text[length - 1] == '\n')
        length--;
    *size = length + 1;
    *line = mem_alloc(*size);
    if (*line == NULL) {
        err_no_memory();
        return LINE_ERROR;
    }
    memcpy(*line, text, length);
    (*line)[length] = 0;
    return LINE_READ;
}

static LineResult read_plainly(const char *prompt, char **line, size_t *size)
{
    size_t length = 0, room = 128;
    char *text = mem_alloc(room);
    fputs(prompt, stderr);
    fflush(stderr);
    while (text != NULL) {
        ssize_t got = read(STDIN_FILENO, text + length, 1);
        if (got < 0 && errno == EINTR) {
            if (!signal_take_interrupt())
                continue;
            mem_free(text, room);
            return LINE_INTERRUPTED;
        }
        if (got <= 0 && length == 0) {
            mem_free(text, room);
            return LINE_END;
        }
        if (got <= 0 || text[length++] == '\n')
            break;
        if (length == room) {
            char *grown = mem_realloc(text, room, room * 2);
            if (grown == NULL) {
                mem_free(text, room);
                text = NULL;
                break;
            }
            text = grown;
            room *= 2;
        }
    }
    if (text == NULL) {
        err_no_memory();
        return LINE_ERROR;
    }
    LineResult result = copy_line(text, length, line, size);
    mem_free(text, room);
    return result;
}

LineResult line_editor_read(const char *prompt, int indent, char **line, size_t *size)
{
    *line = NULL;
    if (editor == NULL)
        return read_plainly(prompt, line, size);
    current_prompt = prompt;
    interrupted = false;
    if (indent > 0) {
        char blanks[256];
        int count = indent < (int)sizeof blanks ? indent : (int)sizeof blanks - 1;
        memset(blanks, ' ', (size_t)count);
        blanks[count] = 0;
        lib.push(editor, blanks);
    }
    int length = 0;
    const char *text = lib.gets(editor, &length);
    if (interrupted)
        return LINE_INTERRUPTED;
    if (text == NULL || length <= 0) {
        putchar('\n');
        fflush(stdout);
        return LINE_END;
    }
    return copy_line(text, (size_t)length, line, size);
}

void line_editor_remember(const char *entry)
{
    HistEvent event;
    if (past != NULL)
        lib.history(past, &event, H_ENTER, entry);
}

void line_editor_stop(void)
{
    HistEvent event;
    if (past != NULL && history_path != NULL)
        lib.history(past, &event, H_SAVE, history_path);
    if (editor != NULL)
        lib.end(editor);
    if (past != NULL)
        lib.history_end(past);
    editor = NULL;
    past = NULL;
}
