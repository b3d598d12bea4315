/*
 * Module sys: what needs no frame.  The VM adds _getframe, exc_info, settrace and setprofile, the
 * hooks and the streams (vm/interp/sys_vm.c).
 */

#include "runtime/modules/sys.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/modules/lib_modules.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/namespace.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/structseq.h"
#include "runtime/types/tuple.h"

#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames
#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

/* ---------------------------------------------------------------- objects and memory */

FUNCTION(sys_getrefcount)
{
    UNUSED;
    return int_new(args[0]->refcnt);
}

FUNCTION(sys_getsizeof)
{
    (void)self;
    static const ArgSpec spec = {"getsizeof", 0, 1, 2, 2, {"object", "default"}};
    ObjRef values[2];
    if (args_bind(&spec, args, nargs, kwnames, values) < 0)
        return NULL;
    Obj *size = NULL;
    int found = obj_call_special(values[0], names.dunder_sizeof, NULL, 0, &size);
    if (found == 0)
        err_format(&exc_type_error, "Type %T doesn't define __sizeof__", values[0]);
    int64_t bytes = 0;
    if (found > 0 && !int_check(size)) {
        err_string(&exc_type_error, "an integer is required");
        found = -1;
    }
    int failed = found <= 0 || obj_to_int64(size, &bytes) < 0;
    if (!failed && bytes < 0) {
        err_string(&exc_value_error, "__sizeof__() should return >= 0");
        failed = 1;
    }
    obj_xdecref(size);
    if (failed && values[1] != NULL && err_matches(&exc_type_error)) {
        err_clear();
        return obj_incref(values[1]);
    }
    /* __sizeof__ tells the object; what precedes it in memory belongs to it as well. */
    return failed ? NULL : int_new(bytes + obj_head(values[0])->presize);
}

FUNCTION(sys_intern)
{
    UNUSED;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "intern() argument must be str, not %T", args[0]);
    if (!str_check_exact(args[0]))
        return err_format(&exc_type_error, "can't intern %T", args[0]);
    return str_intern(args[0]);
}

FUNCTION(sys_getallocatedblocks)
{
    UNUSED;
    PoolStats stats[POOL_CLASSES];
    int64_t arenas, blocks = 0;
    pool_stats(stats, &arenas);
    for (int i = 0; i < POOL_CLASSES; i++)
        blocks += stats[i].blocks - stats[i].free_blocks;
    return int_new(blocks);
}

/* ---------------------------------------------------------------- limits */

FUNCTION(sys_getrecursionlimit)
{
    UNUSED;
    return int_new(thread_state->depth_limit);
}

FUNCTION(sys_setrecursionlimit)
{
    UNUSED;
    int64_t limit;
    if (obj_to_int64(args[0], &limit) < 0)
        return NULL;
    if (limit > INT_MAX)
        return err_string(&exc_overflow_error, "Python int too large to convert to C int");
    if (limit < 1)
        return err_string(&exc_value_error, "recursion limit must be greater or equal than 1");
    int depth = thread_state->depth + 1; /* CPython counts the call of this function */
    if (depth >= limit) {
        return err_format(&exc_recursion_error,
                          "cannot set the recursion limit to %lld at the recursion depth %d: the "
                          "limit is too low",
                          (long long)limit, depth);
    }
    thread_state->depth_limit = (int32_t)limit;
    return none_new();
}

enum { MIN_DIGIT_LIMIT = 640 };

FUNCTION(sys_get_int_max_str_digits)
{
    UNUSED;
    return int_new(runtime.max_str_digits);
}

FUNCTION(sys_set_int_max_str_digits)
{
    (void)self;
    static const ArgSpec spec = {"set_int_max_str_digits", 0, 1, 1, 1, {"maxdigits"}};
    ObjRef value;
    int64_t digits;
    if (args_bind(&spec, args, nargs, kwnames, &value) < 0 || obj_to_int64(value, &digits) < 0)
        return NULL;
    if (digits != 0 && (digits < MIN_DIGIT_LIMIT || digits > INT_MAX)) {
        return err_format(&exc_value_error, "maxdigits must be 0 or larger than %d",
                          MIN_DIGIT_LIMIT);
    }
    runtime.max_str_digits = (int)digits;
    return none_new();
}

/* Seconds.  Kept for programs that set it: only one thread runs. */
static double switch_interval = 0.005;

FUNCTION(sys_getswitchinterval)
{
    UNUSED;
    return float_new(switch_interval);
}

FUNCTION(sys_setswitchinterval)
{
    (void)self, (void)nargs, (void)kwnames;
    double seconds;
    if (obj_to_double(args[0], &seconds) < 0)
        return NULL;
    if (!(seconds > 0))
        return err_string(&exc_value_error, "switch interval must be strictly positive");
    switch_interval = seconds;
    return none_new();
}

/* ---------------------------------------------------------------- program */

FUNCTION(sys_exit)
{
    (void)self, (void)kwnames;
    Obj *exception = obj_call((ObjRef)&exc_system_exit, args, nargs, NULL);
    if (exception != NULL) {
        err_raise(exception, NULL);
        obj_decref(exception);
    }
    return NULL;
}

FUNCTION(sys_getdefaultencoding)
{
    UNUSED;
    return str_from_ascii("utf-8");
}

FUNCTION(sys_getfilesystemencodeerrors)
{
    UNUSED;
    return str_from_ascii("surrogateescape");
}

FUNCTION(sys_is_finalizing)
{
    UNUSED;
    return bool_new(runtime.finishing);
}

/* What the interactive interpreter does with the value of an expression. */
FUNCTION(sys_displayhook)
{
    UNUSED;
    if (is_none(args[0]))
        return none_new();
    if (dict_set(runtime.builtins_dict, names.underscore, obj_none) < 0)
        return NULL;
    ObjRef output = dict_peek(runtime.sys_dict, names.stdout);
    if (output == NULL || is_none(output))
        return err_string(&exc_runtime_error, "lost sys.stdout");
    Obj *held = obj_incref(output);
    Obj *text = obj_repr(args[0]);
    Obj *line = text == NULL ? NULL : str_format_c("%U\n", (ObjRef)text);
    Obj *result = NULL;
    if (line != NULL) {
        ObjRef arg = line;
        result = obj_call_method(held, names.write, &arg, 1);
    }
    obj_xdecref(text);
    obj_xdecref(line);
    obj_decref(held);
    if (result == NULL)
        return NULL;
    obj_decref(result);
    return dict_set(runtime.builtins_dict, names.underscore, args[0]) < 0 ? NULL : none_new();
}

static Type unraisable_type; /* made ready below, with the other structures */

/* What becomes of an exception that cannot be raised: a report on stderr. */
FUNCTION(sys_unraisablehook)
{
    UNUSED;
    if (obj_type(args[0]) != &unraisable_type)
        return err_string(&exc_type_error,
                          "sys.unraisablehook argument type must be UnraisableHookArgs");
    ObjRef exception = tuple_peek(args[0], 1), where = tuple_peek(args[0], 4);
    if (runtime.hooks.report_unraisable != NULL && exception_check(exception))
        runtime.hooks.report_unraisable(exception, is_none(where) ? NULL : where);
    return none_new();
}

static const MethodDef functions[] = {
    {"unraisablehook", sys_unraisablehook, 1, 1, 0,
     "unraisablehook($module, unraisable, /)\n--\n\nReports an exception that is ignored."},
    {"__unraisablehook__", sys_unraisablehook, 1, 1, 0, NULL},
    {"displayhook", sys_displayhook, 1, 1, 0,
     "displayhook($module, object, /)\n--\n\nPrints an object's repr and keeps it as _."},
    {"__displayhook__", sys_displayhook, 1, 1, 0, NULL},
    {"exit", sys_exit, 0, 1, 0,
     "exit(status=None, /)\n--\n\nEnds the program by raising SystemExit."},
    {"get_int_max_str_digits", sys_get_int_max_str_digits, 0, 0, 0,
     "get_int_max_str_digits($module, /)\n--\n\nLimit of digits in conversions of ints from and to "
     "text."},
    {"getallocatedblocks", sys_getallocatedblocks, 0, 0, 0,
     "getallocatedblocks($module, /)\n--\n\nNumber of pool blocks in use."},
    {"getdefaultencoding", sys_getdefaultencoding, 0, 0, 0,
     "getdefaultencoding($module, /)\n--\n\nThe encoding of str.encode without argument."},
    {"getfilesystemencodeerrors", sys_getfilesystemencodeerrors, 0, 0, 0,
     "getfilesystemencodeerrors($module, /)\n--\n\nThe error handler for file names."},
    {"getfilesystemencoding", sys_getdefaultencoding, 0, 0, 0,
     "getfilesystemencoding($module, /)\n--\n\nThe encoding of file names."},
    {"getrecursionlimit", sys_getrecursionlimit, 0, 0, 0,
     "getrecursionlimit($module, /)\n--\n\nHow deep calls may be nested."},
    {"getrefcount", sys_getrefcount, 1, 1, 0,
     "getrefcount($module, object, /)\n--\n\nThe object's reference count, the argument included."},
    {"getsizeof", sys_getsizeof, 0, -1, METHOD_KEYWORDS,
     "getsizeof(object [, default]) -> int\n\nBytes of memory that the object itself occupies."},
    {"getswitchinterval", sys_getswitchinterval, 0, 0, 0,
     "getswitchinterval($module, /)\n--\n\nSeconds after which threads would take turns."},
    {"intern", sys_intern, 1, 1, 0,
     "intern($module, string, /)\n--\n\nThe one interned string equal to the argument."},
    {"is_finalizing", sys_is_finalizing, 0, 0, 0,
     "is_finalizing($module, /)\n--\n\nTrue while the interpreter shuts down."},
    {"set_int_max_str_digits", sys_set_int_max_str_digits, 0, -1, METHOD_KEYWORDS,
     "set_int_max_str_digits($module, /, maxdigits)\n--\n\nSets that limit; 0 removes it."},
    {"setswitchinterval", sys_setswitchinterval, 1, 1, 0,
     "setswitchinterval($module, interval, /)\n--\n\nSets them."},
    {"setrecursionlimit", sys_setrecursionlimit, 1, 1, 0,
     "setrecursionlimit($module, limit, /)\n--\n\nSets how deep calls may be nested."},
    {0},
};

/* ---------------------------------------------------------------- structures */

#define STRUCTURE(id, public_name, description, visible_count, ...)                                \
    static const StructSeqField id##_fields[] = {__VA_ARGS__, {0}};                                \
    static const StructSeqDef id##_def = {public_name, description, id##_fields, visible_count};   \
    static Type id##_type

STRUCTURE(version_info, "sys.version_info", "The version of the language.", 5, {"major", NULL},
          {"minor", NULL}, {"micro", NULL}, {"releaselevel", NULL}, {"serial", NULL});
STRUCTURE(flags, "sys.flags", "The options of the command line.", 18, {"debug", "-d"},
          {"inspect", "-i"}, {"interactive", "-i"}, {"optimize", "-O or -OO"},
          {"dont_write_bytecode", "-B"}, {"no_user_site", "-s"}, {"no_site", "-S"},
          {"ignore_environment", "-E"}, {"verbose", "-v"}, {"bytes_warning", "-b"}, {"quiet", "-q"},
          {"hash_randomization", "-R"}, {"isolated", "-I"}, {"dev_mode", "-X dev"},
          {"utf8_mode", "-X utf8"}, {"warn_default_encoding", "-X warn_default_encoding"},
          {"safe_path", "-P"}, {"int_max_str_digits", "-X int_max_str_digits"});
STRUCTURE(hash_info, "sys.hash_info", "How numbers and text are hashed.", 9, {"width", NULL},
          {"modulus", NULL}, {"inf", NULL}, {"nan", NULL}, {"imag", NULL}, {"algorithm", NULL},
          {"hash_bits", NULL}, {"seed_bits", NULL}, {"cutoff", NULL});
STRUCTURE(float_info, "sys.float_info", "The limits of float.", 11, {"max", NULL},
          {"max_exp", NULL}, {"max_10_exp", NULL}, {"min", NULL}, {"min_exp", NULL},
          {"min_10_exp", NULL}, {"dig", NULL}, {"mant_dig", NULL}, {"epsilon", NULL},
          {"radix", NULL}, {"rounds", NULL});
STRUCTURE(int_info, "sys.int_info", "How int is stored.", 4, {"bits_per_digit", NULL},
          {"sizeof_digit", NULL}, {"default_max_str_digits", NULL},
          {"str_digits_check_threshold", NULL});
STRUCTURE(thread_info, "sys.thread_info", "How threads are made.", 3, {"name", NULL},
          {"lock", NULL}, {"version", NULL});
STRUCTURE(unraisable, "UnraisableHookArgs", "What sys.unraisablehook is told.", 5,
          {"exc_type", NULL}, {"exc_value", NULL}, {"exc_traceback", NULL}, {"err_msg", NULL},
          {"object", NULL});

/* A structure of ints. */
static Obj *ints(Type *type, const int64_t *values, int count)
{
    Obj *o = structseq_new(type);
    for (int i = 0; o != NULL && i < count; i++) {
        if (structseq_set_steal(o, i, int_new(values[i])) < 0)
            obj_clear(&o);
    }
    return o;
}

static int add_version(ObjRef module)
{
    static const int64_t numbers[] = {3, 11, 2, 0, 0};
    Obj *info = ints(&version_info_type, numbers, 5);
    if (info == NULL || structseq_set_steal(info, 3, str_from_ascii("final")) < 0 ||
        module_add(module, "version_info", info) < 0) {
        obj_xdecref(info);
        return -1;
    }
    Obj *dict = dict_new();
    Obj *name = str_from_ascii("ouro"), *tag = str_from_ascii("ouro-311");
    Obj *hex = int_new(0x030B02F0);
    int result = -1;
    if (dict != NULL && name != NULL && tag != NULL && hex != NULL &&
        dict_set_ascii(dict, "name", name) == 0 && dict_set_ascii(dict, "cache_tag", tag) == 0 &&
        dict_set_ascii(dict, "version", info) == 0 && dict_set_ascii(dict, "hexversion", hex) == 0)
        result = module_add_steal(module, "implementation", namespace_new(dict));
    obj_xdecref(dict);
    obj_xdecref(name);
    obj_xdecref(tag);
    obj_xdecref(hex);
    obj_decref(info);
    if (result < 0 || module_add_int(module, "hexversion", 0x030B02F0) < 0 ||
        module_add_int(module, "api_version", 1013) < 0)
        return -1;
    return module_add_steal(module, "version",
                            str_from_ascii("3.11.2 (Ouro 1.0) [" __VERSION__ "]"));
}

static int add_flags(ObjRef module)
{
    int64_t interactive = runtime.inspect;
    const int64_t values[] = {0,
                              runtime.inspect,
                              interactive,
                              runtime.optimize,
                              runtime.dont_write_bytecode,
                              runtime.isolated,
                              0,
                              runtime.ignore_environment,
                              runtime.verbose,
                              runtime.bytes_warning,
                              runtime.quiet,
                              1,
                              runtime.isolated,
                              runtime.dev_mode,
                              1,
                              0,
                              runtime.isolated,
                              runtime.max_str_digits};
    Obj *flags = ints(&flags_type, values, 18);
    if (flags == NULL || structseq_set_steal(flags, 13, bool_new(runtime.dev_mode != 0)) < 0 ||
        structseq_set_steal(flags, 16, bool_new(runtime.isolated != 0)) < 0) {
        obj_xdecref(flags);
        return -1;
    }
    return module_add_steal(module, "flags", flags);
}

static int add_number_facts(ObjRef module)
{
    static const int64_t hash_values[] = {64, (1LL << 61) - 1, 314159, 0, 1000003, 0, 64, 128, 0};
    Obj *hash = ints(&hash_info_type, hash_values, 9);
    if (hash == NULL || structseq_set_steal(hash, 5, str_from_ascii("siphash13")) < 0 ||
        module_add_steal(module, "hash_info", hash) < 0)
        return -1;
    static const int64_t float_values[] = {0,
                                           DBL_MAX_EXP,
                                           DBL_MAX_10_EXP,
                                           0,
                                           DBL_MIN_EXP,
                                           DBL_MIN_10_EXP,
                                           DBL_DIG,
                                           DBL_MANT_DIG,
                                           0,
                                           FLT_RADIX,
                                           1};
    Obj *limits = ints(&float_info_type, float_values, 11);
    if (limits == NULL || structseq_set_steal(limits, 0, float_new(DBL_MAX)) < 0 ||
        structseq_set_steal(limits, 3, float_new(DBL_MIN)) < 0 ||
        structseq_set_steal(limits, 8, float_new(DBL_EPSILON)) < 0 ||
        module_add_steal(module, "float_info", limits) < 0)
        return -1;
    static const int64_t int_values[] = {64, 8, 4300, MIN_DIGIT_LIMIT};
    if (module_add_steal(module, "int_info", ints(&int_info_type, int_values, 4)) < 0)
        return -1;
    Obj *threads = structseq_new(&thread_info_type);
    if (threads == NULL || structseq_set_steal(threads, 0, str_from_ascii("pthread")) < 0 ||
        structseq_set_steal(threads, 1, none_new()) < 0 ||
        structseq_set_steal(threads, 2, none_new()) < 0 ||
        module_add_steal(module, "thread_info", threads) < 0)
        return -1;
    return module_add_steal(module, "float_repr_style", str_from_ascii("short"));
}

Obj *sys_unraisable_args(ObjRef exception, ObjRef where)
{
    Obj *args = structseq_new(&unraisable_type);
    if (args == NULL)
        return NULL;
    Obj *traceback = exception_cast(exception)->traceback;
    structseq_set_steal(args, 0, obj_incref((ObjRef)obj_type(exception)));
    structseq_set_steal(args, 1, obj_incref(exception));
    structseq_set_steal(args, 2, traceback == NULL ? none_new() : obj_incref(traceback));
    structseq_set_steal(args, 3, none_new());
    structseq_set_steal(args, 4, where == NULL ? none_new() : obj_incref(where));
    return args;
}

/* ---------------------------------------------------------------- module */

static int visit_name(const ModuleDef *def, void *context)
{
    return list_append_steal(context, str_from_ascii(def->name));
}

/* Names of the C modules, sorted, as a tuple. */
static Obj *builtin_names(void)
{
    Obj *list = list_new(0);
    Obj *tuple = NULL;
    if (list != NULL && module_each_def(visit_name, list) == 0 && list_sort(list, NULL, false) == 0)
        tuple = list_to_tuple(list);
    obj_xdecref(list);
    return tuple;
}

/* Names of all modules that come with the interpreter, as a frozenset. */
static Obj *library_names(void)
{
    Obj *list = list_new(0), *set = NULL;
    if (list == NULL || module_each_def(visit_name, list) < 0)
        goto done;
    for (int64_t i = 0; i < lib_module_count; i++) {
        if (strchr(lib_modules[i].name, '.') == NULL &&
            list_append_steal(list, str_intern_ascii(lib_modules[i].name)) < 0)
            goto done;
    }
    set = frozenset_new(list);
done:
    obj_xdecref(list);
    return set;
}

static int add_texts(ObjRef module)
{
    static const struct {
        const char *name, *text;
    } texts[] = {
        {"platform", "linux"},
        {"byteorder", "little"},
        {"copyright", "Copyright (c) the Ouro authors."},
        {"platlibdir", "lib"},
        {"abiflags", ""},
        {"prefix", "/usr"},
        {"base_prefix", "/usr"},
        {"exec_prefix", "/usr"},
        {"base_exec_prefix", "/usr"},
        {"pycache_prefix", NULL},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Obj *value = texts[i].text == NULL ? none_new() : str_from_ascii(texts[i].text);
        if (module_add_steal(module, texts[i].name, value) < 0)
            return -1;
    }
    return 0;
}

/* The whole command line as the process got it: new list. */
static Obj *original_arguments(void)
{
    Obj *list = list_new(0);
    FILE *file = fopen("/proc/self/cmdline", "rb");
    char *argument = NULL;
    size_t room = 0;
    while (file != NULL && list != NULL && getdelim(&argument, &room, '\0', file) > 0) {
        if (list_append_steal(list, str_from_filesystem(argument)) < 0)
            obj_clear(&list);
    }
    free(argument);
    if (file != NULL)
        fclose(file);
    return list;
}

static int add_arguments(ObjRef module)
{
    Obj *argv = list_new(0);
    for (int i = 0; argv != NULL && i < runtime.argc; i++) {
        if (list_append_steal(argv, str_from_filesystem(runtime.argv[i])) < 0)
            obj_clear(&argv);
    }
    if (module_add_steal(module, "argv", argv) < 0)
        return -1;
    if (module_add_steal(module, "orig_argv", original_arguments()) < 0)
        return -1;
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    Obj *executable = str_from_filesystem(path);
    if (executable == NULL || module_add(module, "_base_executable", executable) < 0) {
        obj_xdecref(executable);
        return -1;
    }
    return module_add_steal(module, "executable", executable);
}

static int exec(ObjRef module)
{
    static const struct {
        Type *type;
        const StructSeqDef *def;
    } structures[] = {
        {&version_info_type, &version_info_def}, {&flags_type, &flags_def},
        {&hash_info_type, &hash_info_def},       {&float_info_type, &float_info_def},
        {&int_info_type, &int_info_def},         {&thread_info_type, &thread_info_def},
        {&unraisable_type, &unraisable_def},
    };
    for (size_t i = 0; i < sizeof structures / sizeof *structures; i++) {
        if (structseq_ready(structures[i].type, structures[i].def) < 0)
            return -1;
    }
    version_info_type.head.flags |= TYPE_NO_NEW;
    flags_type.head.flags |= TYPE_NO_NEW;
    if (add_version(module) < 0 || add_flags(module) < 0 || add_number_facts(module) < 0 ||
        add_texts(module) < 0 || add_arguments(module) < 0 ||
        module_add(module, "modules", runtime.modules) < 0 ||
        module_add_steal(module, "path", list_new(0)) < 0 ||
        module_add_steal(module, "meta_path", list_new(0)) < 0 ||
        module_add_steal(module, "path_hooks", list_new(0)) < 0 ||
        module_add_steal(module, "path_importer_cache", dict_new()) < 0 ||
        module_add_steal(module, "warnoptions", list_new(0)) < 0 ||
        module_add_steal(module, "_xoptions", dict_new()) < 0 ||
        module_add_int(module, "maxsize", INT64_MAX) < 0 ||
        module_add_int(module, "maxunicode", 0x10FFFF) < 0 ||
        module_add(module, "dont_write_bytecode",
                   runtime.dont_write_bytecode ? obj_true : obj_false) < 0)
        return -1;
    if (module_add_steal(module, "builtin_module_names", builtin_names()) < 0)
        return -1;
    return module_add_steal(module, "stdlib_module_names", library_names());
}

const ModuleDef sys_module = {"sys", "The interpreter and what it runs with.", functions, exec};

int sys_init(void)
{
    runtime.hooks.unraisable_args = sys_unraisable_args;
    Obj *module = module_from_def(&sys_module);
    if (module == NULL)
        return -1;
    runtime.sys_dict = obj_incref(module_dict(module));
    obj_decref(module);
    return 0;
}

void sys_finish(void)
{
    obj_clear(&runtime.sys_dict);
    structseqs_finish();
}
