/*
 * The command `ouro`: options, what to run, exit status.
 *
 * Options, messages and statuses follow CPython's command line.  The order of a run: options are
 * read, the interpreter starts, sys.argv and sys.path are set, the program runs in module __main__,
 * the prompt follows with -i, and everything is torn down.
 */

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/modules/signal.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "vm/cli/dump.h"
#include "vm/cli/inspect_options.h"
#include "vm/cli/notebook.h"
#include "vm/cli/profile.h"
#include "vm/cli/repl.h"
#include "vm/compile/compile.h"
#include "vm/interp/eval.h"
#include "vm/interp/import.h"
#include "vm/interp/specialize.h"
#include "vm/interp/traceback_print.h"
#include "vm/interp/tracemalloc.h"
#include "vm/interp/vm.h"

enum { OPTION_LIST_MAX = 64 };

/* What the command line says. */
typedef struct Options {
    const char *command;    /* -c */
    const char *module;     /* -m */
    const char *file;       /* FILE, "-" for standard input; NULL: none */
    const char *dump;       /* --dump= */
    const char *format;     /* --format= */
    bool profile;           /* --profile */
    const char *report;     /* --profile=FILE; or NULL */
    bool check;             /* --check: the arguments are notebooks */
    bool allow_shell;       /* --allow-shell */
    bool skip_first_line;   /* -x */
    InspectOptions inspect; /* --ids=, --heap=, --dump=pools */
    bool show_version, show_help;
    int version_twice;
    int64_t max_memory, max_steps, max_depth; /* -X; 0: not given */
    const char *x_options[OPTION_LIST_MAX];
    const char *warnings[OPTION_LIST_MAX];
    int x_count, warning_count;
    int first_argument; /* index in argv of what becomes sys.argv[1:] */
} Options;

static const char usage_line[] = "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";

static const char help_text[] =
    "Options:\n"
    "-b     : issue warnings about str(bytes_instance); accepted\n"
    "-B     : do not write .pyc files on import; also OURODONTWRITEBYTECODE=x\n"
    "-c cmd : program passed in as string (terminates option list)\n"
    "-d     : accepted and ignored\n"
    "-E     : ignore OUROPATH and other OURO* environment variables\n"
    "-h     : print this help message and exit (also -? or --help)\n"
    "-i     : inspect interactively after running script\n"
    "-I     : isolate from the user's environment (implies -E and -s)\n"
    "-m mod : run library module as a script (terminates option list)\n"
    "-O     : remove assert statements\n"
    "-OO    : do -O changes and also discard docstrings\n"
    "-P     : do not put the script's directory on sys.path\n"
    "-q     : do not print version and copyright messages on interactive startup\n"
    "-s, -S : accepted\n"
    "-u     : do not buffer stdout and stderr\n"
    "-v     : accepted\n"
    "-V     : print the version number and exit (also --version)\n"
    "-W arg : warning control; arg is action:message:category:module:lineno\n"
    "-x     : skip first line of source\n"
    "-X opt : maxmem=BYTES, maxsteps=N, maxdepth=N set budgets; nospec runs plain instructions\n"
    "         only; tracemalloc[=FRAMES] traces memory from the start; track records the lives of\n"
    "         objects for ouro.life; others go to sys._xoptions\n"
    "--dump=STAGE FILE : print what the compiler makes of FILE; STAGE is one of tokens, ast,\n"
    "         symbols, bytecode, consts, peephole\n"
    "--format=text|json : how --dump prints\n"
    "--profile[=OUT.html|OUT.txt] FILE : tell what time and memory lines and functions took\n"
    "--check FILE.ipynb... : run the cells of notebooks and compare what they print with the\n"
    "         stored outputs; exit status 1 if any differs\n"
    "--allow-shell : let --check run the !commands of notebooks\n"
    "--dump=pools FILE : run FILE, then print how full arenas and pools are\n"
    "--format=text|json : how --dump prints; for pools also svg\n"
    "--heap=OUT FILE : run FILE, then draw its objects and references; OUT ends in .svg, .html,\n"
    "         .dot or .json\n"
    "--ids=stable : id() and reprs show 1, 2, 3, ... instead of addresses\n"
    "file   : program read from script file\n"
    "-      : program read from stdin (default; interactive mode if a tty)\n"
    "arg ...: arguments passed to program in sys.argv[1:]\n"
    "Environment: OUROPATH is a list of directories put before the default sys.path.\n";

static int usage_error(const char *program)
{
    fprintf(stderr, usage_line, program);
    fprintf(stderr, "Try `%s -h' for more information.\n", program);
    return 2;
}

/* A number with an optional suffix K, M or G: 0/-1. */
static int parse_number(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    int shift = *end == 'K' || *end == 'k'   ? 10
                : *end == 'M' || *end == 'm' ? 20
                : *end == 'G' || *end == 'g' ? 30
                                             : 0;
    if (shift > 0)
        end++;
    if (errno != 0 || end == text || *end != 0 || number <= 0 || number > INT64_MAX >> shift)
        return -1;
    *out = (int64_t)number << shift;
    return 0;
}

/* -X name[=value]: 0/-1. */
static int take_x_option(Options *options, const char *text)
{
    static const struct {
        const char *name;
        size_t offset;
    } budgets[] = {
        {"maxmem=", offsetof(Options, max_memory)},
        {"maxsteps=", offsetof(Options, max_steps)},
        {"maxdepth=", offsetof(Options, max_depth)},
    };
    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
        size_t length = strlen(budgets[i].name);
        if (strncmp(text, budgets[i].name, length) == 0 &&
            parse_number(text + length, (int64_t *)(void *)((char *)options + budgets[i].offset)) <
                0) {
            fprintf(stderr, "ouro: -X %.*s wants a positive number, not '%s'\n", (int)length - 1,
                    text, text + length);
            return -1;
        }
    }
    if (strcmp(text, "track") == 0)
        options->inspect.track = true;
    if (strcmp(text, "dev") == 0)
        runtime.dev_mode = 1;
    if (strcmp(text, "nospec") == 0)
        specialize_off = true;
    if (options->x_count < OPTION_LIST_MAX)
        options->x_options[options->x_count++] = text;
    return 0;
}

/* Options without argument; false: unknown. */
static bool take_flag(Options *options, char flag)
{
    switch (flag) {
    case 'b':
        runtime.bytes_warning++;
        return true;
    case 'B':
        runtime.dont_write_bytecode = 1;
        return true;
    case 'E':
        runtime.ignore_environment = 1;
        return true;
    case 'h':
    case '?':
        options->show_help = true;
        return true;
    case 'i':
        runtime.inspect = 1;
        return true;
    case 'I':
        runtime.isolated = 1;
        runtime.ignore_environment = 1;
        return true;
    case 'O':
        runtime.optimize++;
        return true;
    case 'q':
        runtime.quiet = 1;
        return true;
    case 'u':
        setenv("OURO_UNBUFFERED", "1", 1);
        return true;
    case 'v':
        runtime.verbose++;
        return true;
    case 'V':
        options->show_version = true;
        options->version_twice++;
        return true;
    case 'x':
        options->skip_first_line = true;
        return true;
    case 'd':
    case 'P':
    case 's':
    case 'S':
        return true;
    default:
        return false;
    }
}

static bool is_long(const char *text, const char *name)
{
    return strcmp(text, name) == 0;
}

/* Reads the options: 0, or an exit status. */
static int parse_options(int argc, char **argv, Options *options)
{
    int i = 1;
    for (; i < argc; i++) {
        const char *text = argv[i];
        if (text[0] != '-' || text[1] == 0)
            break;
        if (text[1] == '-') {
            if (text[2] == 0) {
                i++;
                break;
            }
            if (is_long(text, "--help")) {
                options->show_help = true;
            } else if (is_long(text, "--version")) {
                options->show_version = true;
            } else if (strncmp(text, "--dump=", 7) == 0) {
                options->dump = text + 7;
            } else if (is_long(text, "--profile")) {
                options->profile = true;
            } else if (strncmp(text, "--profile=", 10) == 0) {
                options->profile = true;
                options->report = text + 10;
                if (!profile_accepts(options->report))
                    return 2;
            } else if (is_long(text, "--check")) {
                options->check = true;
            } else if (is_long(text, "--allow-shell")) {
                options->allow_shell = true;
            } else if (strncmp(text, "--format=", 9) == 0) {
                options->format = text + 9;
            } else if (strncmp(text, "--ids=", 6) == 0) {
                if (inspect_take_ids(text + 6) < 0)
                    return 2;
            } else if (strncmp(text, "--heap=", 7) == 0) {
                if (inspect_take_heap(&options->inspect, text + 7) < 0)
                    return 2;
            } else {
                fprintf(stderr, "unknown option %s\n", text);
                return usage_error(argv[0]);
            }
            continue;
        }
        for (const char *p = text + 1; *p != 0; p++) {
            if (strchr("cmWX", *p) == NULL) {
                if (!take_flag(options, *p)) {
                    fprintf(stderr, "Unknown option: -%c\n", *p);
                    return usage_error(argv[0]);
                }
                continue;
            }
            const char *value = p[1] != 0 ? p + 1 : i + 1 < argc ? argv[++i] : NULL;
            if (value == NULL) {
                fprintf(stderr, "Argument expected for the -%c option\n", *p);
                return usage_error(argv[0]);
            }
            if (*p == 'c' || *p == 'm') {
                *(*p == 'c' ? &options->command : &options->module) = value;
                options->first_argument = i + 1;
                return 0;
            }
            if (*p == 'W' && options->warning_count < OPTION_LIST_MAX)
                options->warnings[options->warning_count++] = value;
            if (*p == 'X' && take_x_option(options, value) < 0)
                return 2;
            break;
        }
    }
    if (i < argc) {
        options->file = argv[i];
        i++;
    }
    options->first_argument = i;
    return 0;
}

/* ---- sys.argv and sys.path */

/* sys.argv: what runs, then the arguments.  The pointers live as long as the process. */
static int set_arguments(const Options *options, int argc, char **argv)
{
    int rest = argc - options->first_argument;
    char **list = calloc((size_t)rest + 2, sizeof(char *));
    if (list == NULL)
        return -1;
    if (options->command != NULL)
        list[0] = (char *)(uintptr_t) "-c";
    else if (options->module != NULL)
        list[0] = (char *)(uintptr_t) "-m";
    else
        list[0] = (char *)(uintptr_t)(options->file != NULL ? options->file : "");
    for (int i = 0; i < rest; i++)
        list[i + 1] = argv[options->first_argument + i];
    runtime.argv = list;
    runtime.argc = rest + 1;
    return 0;
}

static int add_path(ObjRef path, const char *directory, size_t length)
{
    char *copy = strndup(directory, length);
    Obj *text = copy == NULL ? NULL : str_from_filesystem(copy);
    int result = text == NULL ? -1 : list_append_steal(path, text);
    free(copy);
    return result;
}

/* sys.path[0] as CPython has it, then OUROPATH. */
static int set_path(const Options *options)
{
    ObjRef path = dict_peek(runtime.sys_dict, names.path);
    if (path == NULL || !list_check(path))
        return 0;
    if (!runtime.isolated) {
        char buffer[PATH_MAX];
        if (options->module != NULL) {
            if (getcwd(buffer, sizeof buffer) != NULL && add_path(path, buffer, strlen(buffer)) < 0)
                return -1;
        } else if (options->file != NULL && strcmp(options->file, "-") != 0) {
            struct stat status;
            bool is_directory = stat(options->file, &status) == 0 && S_ISDIR(status.st_mode);
            const char *where = options->file;
            if (realpath(options->file, buffer) != NULL)
                where = buffer;
            const char *slash = strrchr(where, '/');
            size_t length = is_directory     ? strlen(where)
                            : slash == NULL  ? 0
                            : slash == where ? 1
                                             : (size_t)(slash - where);
            if (add_path(path, where, length) < 0)
                return -1;
        } else if (add_path(path, "", 0) < 0) {
            return -1;
        }
    }
    const char *more = runtime.ignore_environment ? NULL : getenv("OUROPATH");
    while (more != NULL && *more != 0) {
        const char *colon = strchrnul(more, ':');
        if (add_path(path, more, (size_t)(colon - more)) < 0)
            return -1;
        more = *colon == 0 ? colon : colon + 1;
    }
    return 0;
}

/* sys.warnoptions, what counts most last: 0/-1.  Module warnings makes filters of them, and so is
 * imported when there are any. */
static int set_warning_options(const Options *options)
{
    ObjRef list = dict_peek_ascii(runtime.sys_dict, "warnoptions");
    if (list == NULL)
        return 0;
    if (runtime.dev_mode && list_append_steal(list, str_intern_ascii("default")) < 0)
        return -1;
    const char *next = runtime.ignore_environment ? NULL : getenv("PYTHONWARNINGS");
    while (next != NULL && *next != 0) {
        const char *comma = strchrnul(next, ',');
        if (comma > next && list_append_steal(list, str_from_utf8(next, comma - next)) < 0)
            return -1;
        next = *comma == 0 ? comma : comma + 1;
    }
    for (int i = 0; i < options->warning_count; i++) {
        if (list_append_steal(list, str_from_filesystem(options->warnings[i])) < 0)
            return -1;
    }
    if (runtime.bytes_warning > 0 &&
        list_append_steal(list, str_intern_ascii(runtime.bytes_warning > 1
                                                     ? "error::BytesWarning"
                                                     : "default::BytesWarning")) < 0)
        return -1;
    if (list_length(list) == 0)
        return 0;
    Obj *module = runtime.hooks.import_module("warnings");
    obj_xdecref(module);
    return module == NULL ? -1 : 0;
}

/* sys._xoptions and sys.warnoptions. */
static int set_option_lists(const Options *options)
{
    ObjRef x_options = dict_peek_ascii(runtime.sys_dict, "_xoptions");
    for (int i = 0; x_options != NULL && i < options->x_count; i++) {
        const char *text = options->x_options[i];
        const char *equals = strchr(text, '=');
        Obj *name = equals == NULL ? str_from_filesystem(text) : str_from_utf8(text, equals - text);
        Obj *value = equals == NULL ? obj_incref(obj_true) : str_from_filesystem(equals + 1);
        int result = name == NULL || value == NULL ? -1 : dict_set(x_options, name, value);
        obj_xdecref(name);
        obj_xdecref(value);
        if (result < 0)
            return -1;
    }
    return set_warning_options(options);
}

/* -X tracemalloc[=FRAMES]: 0/-1. */
static int set_tracing(const Options *options)
{
    for (int i = 0; i < options->x_count; i++) {
        int64_t frames = 1;
        const char *text = options->x_options[i];
        if (strncmp(text, "tracemalloc", 11) != 0 || (text[11] != 0 && text[11] != '='))
            continue;
        if (text[11] == '=' &&
            (parse_number(text + 12, &frames) < 0 || frames > TRACEMALLOC_MAX_FRAMES)) {
            fprintf(stderr, "ouro: -X tracemalloc: invalid number of frames\n");
            return -1;
        }
        tracemalloc_begin((int)frames);
    }
    return 0;
}

static void set_budgets(const Options *options)
{
    if (options->max_memory > 0)
        mem_set_limit((uint64_t)options->max_memory);
    if (options->max_depth > 0)
        thread_state->depth_limit =
            options->max_depth > INT32_MAX ? INT32_MAX : (int32_t)options->max_depth;
    if (options->max_steps > 0) {
        thread_state->steps_left = options->max_steps;
        runtime.breaker |= BREAK_STEPS;
    }
}

/* ---- running */

static int run_command(ObjRef main_module, const char *command)
{
    Obj *filename = str_from_ascii("<string>"), *text = str_from_filesystem(command);
    Obj *code = NULL, *result = NULL;
    int64_t length;
    const char *utf8 = text == NULL || filename == NULL ? NULL : str_utf8(text, &length);
    if (utf8 == NULL) {
        if (err_occurred() != NULL && err_matches(&exc_unicode_error)) {
            err_clear();
            fprintf(stderr, "Unable to decode the command from the command line:\n");
        }
    } else {
        char *line = mem_alloc((size_t)length + 1);
        if (line == NULL) {
            err_no_memory();
        } else {
            memcpy(line, utf8, (size_t)length);
            line[length] = '\n';
            code =
                compile_source(line, length + 1, filename, COMPILE_EXEC, COMPILE_IGNORE_COOKIE, -1);
            mem_free(line, (size_t)length + 1);
        }
    }
    if (code != NULL)
        result = eval_code(code, module_dict(main_module), module_dict(main_module), NULL);
    obj_xdecref(filename);
    obj_xdecref(text);
    obj_xdecref(code);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* All of standard input as a program. */
static int run_stdin(ObjRef main_module)
{
    size_t size = 0, room = 4096;
    char *text = mem_alloc(room);
    while (text != NULL) {
        ssize_t got = read(STDIN_FILENO, text + size, room - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        size += (size_t)got;
        if (size == room) {
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
        return -1;
    }
    Obj *filename = str_from_ascii("<stdin>"), *code = NULL, *result = NULL;
    if (filename != NULL)
        code = compile_source(text, (int64_t)size, filename, COMPILE_EXEC, 0, -1);
    mem_free(text, room);
    if (code != NULL)
        result = eval_code(code, module_dict(main_module), module_dict(main_module), NULL);
    obj_xdecref(filename);
    obj_xdecref(code);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* path with the current directory before it unless it is absolute; room for 2 * PATH_MAX. */
static void make_absolute(const char *path, char *absolute)
{
    absolute[0] = 0;
    if (path[0] != '/' && getcwd(absolute, PATH_MAX) != NULL) {
        if (strcmp(absolute, "/") != 0)
            strcat(absolute, "/");
        while (strncmp(path, "./", 2) == 0)
            path += 2;
    }
    strncat(absolute, path, PATH_MAX - 1);
}

static int cannot_open(const char *path, int error_number)
{
    char absolute[PATH_MAX * 2];
    make_absolute(path, absolute);
    fprintf(stderr, "ouro: can't open file '%s': [Errno %d] %s\n", absolute, error_number,
            strerror(error_number));
    return 2;
}

/* Runs FILE; *status is set when it could not even be read. */
static int run_file(const Options *options, int *status)
{
    struct stat found;
    if (stat(options->file, &found) == 0 && S_ISDIR(found.st_mode)) {
        if (access(options->file, R_OK) == 0) {
            char path[PATH_MAX];
            snprintf(path, sizeof path, "%s/__main__.py", options->file);
            if (access(path, R_OK) == 0) {
                int64_t size;
                char *main_text = import_read_file(path, &size);
                int ran = main_text == NULL ? -1 : import_run_file(path, main_text, size);
                if (main_text != NULL)
                    mem_free(main_text, (size_t)size + 1);
                return ran;
            }
        }
        fprintf(stderr, "ouro: can't find '__main__' module in '%s'\n", options->file);
        *status = 1;
        return 0;
    }
    int64_t length;
    errno = 0;
    char *text = import_read_file(options->file, &length);
    if (text == NULL) {
        if (!err_matches(&exc_os_error))
            return -1;
        err_clear();
        *status = cannot_open(options->file, errno == 0 ? ENOENT : errno);
        return 0;
    }
    int64_t skip = 0;
    if (options->skip_first_line) {
        while (skip < length && text[skip] != '\n')
            skip++;
    }
    char path[PATH_MAX * 2];
    make_absolute(options->file, path);
    int result = import_run_file(path, text + skip, length - skip);
    mem_free(text, (size_t)length + 1);
    return result;
}

static int run(const Options *options)
{
    int status = 0;
    Obj *main_module = import_make_main();
    if (main_module == NULL || set_path(options) < 0 || set_option_lists(options) < 0) {
        traceback_report_pending(&status);
        obj_xdecref(main_module);
        return 1;
    }
    signal_catch_interrupts();
    set_budgets(options);
    if (set_tracing(options) < 0) {
        obj_decref(main_module);
        return 1;
    }
    inspect_begin(&options->inspect);
    bool terminal = isatty(STDIN_FILENO) != 0, prompted = false;
    int result = 0;
    if (options->profile && profile_start() < 0) {
        traceback_report_pending(&status);
        obj_decref(main_module);
        return 1;
    }
    if (options->check) {
        result = notebook_run(options->file, options->allow_shell, &status);
    } else if (options->command != NULL) {
        result = run_command(main_module, options->command);
    } else if (options->module != NULL) {
        result = import_run_module(options->module);
    } else if (options->file != NULL && strcmp(options->file, "-") != 0) {
        result = run_file(options, &status);
    } else if (terminal || runtime.inspect) {
        prompted = true;
        status = repl_run(main_module, !runtime.quiet);
    } else {
        result = run_stdin(main_module);
    }
    const char *program = options->file != NULL     ? options->file
                          : options->module != NULL ? options->module
                                                    : "<string>";
    bool written = !options->profile || profile_report(program, options->report);
    if (result < 0)
        traceback_report_pending(&status);
    if (!written && status == 0)
        status = 1;
    if (!prompted && runtime.inspect)
        status = repl_run(main_module, false);
    obj_decref(main_module);
    return status;
}

/* Asks for a bigger C stack than the usual 8 MiB, so that recursion through C functions ends at
 * sys.getrecursionlimit() and not before.  Linux reads the limit whenever the stack grows. */
static void raise_stack_limit(void)
{
    const rlim_t wanted = 64u << 20;
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < wanted &&
        (limit.rlim_max == RLIM_INFINITY || limit.rlim_max >= wanted)) {
        limit.rlim_cur = wanted;
        setrlimit(RLIMIT_STACK, &limit);
    }
}

int main(int argc, char **argv)
{
    raise_stack_limit();
    Options options = {0};
    int status = parse_options(argc, argv, &options);
    if (status != 0)
        return status;
    if (options.show_help) {
        printf(usage_line, argv[0]);
        fputs(help_text, stdout);
        return 0;
    }
    if (options.show_version) {
        puts(options.version_twice > 1 ? "Ouro 0.1.0 (Python 3.11)" : "Ouro 0.1.0");
        return 0;
    }
    if (options.check &&
        !notebook_pick(argv + options.first_argument - 1,
                       options.file == NULL ? 0 : argc - options.first_argument + 1, &options.file,
                       &status))
        return status;
    if (options.dump != NULL && strcmp(options.dump, "pools") == 0) {
        if (inspect_take_pools(&options.inspect, options.format) < 0)
            return 2;
    } else if (options.dump != NULL) {
        return dump_run(options.dump, options.format, options.file);
    }
    const char *no_bytecode = getenv("OURODONTWRITEBYTECODE");
    if (!runtime.ignore_environment && no_bytecode != NULL && *no_bytecode != 0)
        runtime.dont_write_bytecode = 1;
    if (set_arguments(&options, argc, argv) < 0 || vm_init() < 0)
        return 1;
    status = run(&options);
    int inspected = inspect_at_exit(&options.inspect);
    if (status == 0)
        status = inspected;
    int finished = vm_end_process();
    free(runtime.argv);
    return status == 0 ? finished : status;
}
