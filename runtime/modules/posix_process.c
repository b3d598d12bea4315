/*
 * Processes and what surrounds them, for module posix: ids, environment, children, randomness.
 *
 * Output that sits in buffers of Python streams is not touched by fork or _exit: callers flush.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/structseq.h"
#include "runtime/types/tuple.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- ids */

#define ID(name, call)                                                                             \
    FUNCTION(posix_##name)                                                                         \
    {                                                                                              \
        UNUSED;                                                                                    \
        return int_new((int64_t)(call));                                                           \
    }

ID(getpid, getpid())
ID(getppid, getppid())
ID(getuid, getuid())
ID(geteuid, geteuid())
ID(getgid, getgid())
ID(getegid, getegid())
ID(getpgrp, getpgrp())

/* A system call of up to two process ids that gives one; the arguments that are not given are 0. */
static Obj *call_with_ids(long (*call)(pid_t, pid_t), const ObjRef *args, int64_t nargs, bool gives)
{
    int64_t ids[2] = {0, 0};
    for (int64_t i = 0; i < nargs; i++) {
        if (args_to_int64(args[i], &ids[i]) < 0)
            return NULL;
        if (ids[i] < INT32_MIN || ids[i] > INT32_MAX)
            return err_string(&exc_overflow_error, "signed integer is out of bounds for a C long");
    }
    long result = call((pid_t)ids[0], (pid_t)ids[1]);
    if (result < 0)
        return err_errno(errno, NULL);
    return gives ? int_new(result) : none_new();
}

#define SESSION_CALL(name, call, gives)                                                            \
    static long name##_call(pid_t first, pid_t second)                                             \
    {                                                                                              \
        (void)first, (void)second;                                                                 \
        return call;                                                                               \
    }                                                                                              \
    FUNCTION(posix_##name)                                                                         \
    {                                                                                              \
        (void)self, (void)kwnames;                                                                 \
        return call_with_ids(name##_call, args, nargs, gives);                                     \
    }

SESSION_CALL(getpgid, getpgid(first), true)
SESSION_CALL(setpgid, setpgid(first, second), false)
SESSION_CALL(getsid, getsid(first), true)
SESSION_CALL(setsid, setsid(), false)

FUNCTION(posix_getlogin)
{
    UNUSED;
    char name[256];
    int status = getlogin_r(name, sizeof name);
    return status == 0 ? str_from_filesystem(name) : err_errno(status, NULL);
}

/* ---- environment */

/* A dict of all variables, names and values as bytes. */
static Obj *environment(void)
{
    Obj *dict = dict_new();
    for (char **entry = environ; dict != NULL && entry != NULL && *entry != NULL; entry++) {
        const char *equals = strchr(*entry, '=');
        if (equals == NULL)
            continue;
        Obj *name = bytes_new(*entry, equals - *entry);
        Obj *value = bytes_new(equals + 1, (int64_t)strlen(equals + 1));
        Obj *kept = name == NULL || value == NULL ? NULL : dict_setdefault(dict, name, value);
        obj_xdecref(name);
        obj_xdecref(value);
        if (kept == NULL)
            obj_clear(&dict);
        obj_xdecref(kept);
    }
    return dict;
}

FUNCTION(posix_putenv)
{
    UNUSED;
    PathArgument name, value;
    if (path_argument_read(args[0], "putenv", "name", 0, &name) < 0)
        return NULL;
    Obj *result = NULL;
    if (path_argument_read(args[1], "putenv", "value", 0, &value) == 0) {
        if (strchr(name.text, '=') != NULL)
            err_string(&exc_value_error, "illegal environment variable name");
        else
            result = posix_result(setenv(name.text, value.text, 1));
        path_argument_release(&value);
    }
    path_argument_release(&name);
    return result;
}

FUNCTION(posix_unsetenv)
{
    UNUSED;
    PathArgument name;
    if (path_argument_read(args[0], "unsetenv", "name", 0, &name) < 0)
        return NULL;
    Obj *result = posix_result(unsetenv(name.text));
    path_argument_release(&name);
    return result;
}

/* ---- children */

FUNCTION(posix_fork)
{
    UNUSED;
    pid_t pid = fork();
    return pid >= 0 ? int_new(pid) : err_errno(errno, NULL);
}

FUNCTION(posix_exit_now)
{
    UNUSED;
    int status;
    if (posix_int(args[0], &status) < 0)
        return NULL;
    _exit(status);
}

FUNCTION(posix_abort)
{
    UNUSED;
    abort();
}

FUNCTION(posix_kill)
{
    UNUSED;
    int pid, number;
    if (posix_int(args[0], &pid) < 0 || posix_int(args[1], &number) < 0)
        return NULL;
    if (kill(pid, number) != 0)
        return err_errno(errno, NULL);
    if (runtime.hooks.check_signals != NULL && runtime.hooks.check_signals() < 0)
        return NULL;
    return none_new();
}

FUNCTION(posix_system)
{
    (void)self;
    static const ArgSpec spec = {"system", 0, 1, 1, 1, {"command"}};
    ObjRef bound[1];
    PathArgument command;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        path_argument_read(bound[0], "system", "command", 0, &command) < 0)
        return NULL;
    int status = system(command.text); /* NOLINT(cert-env33-c): it is what os.system is for */
    path_argument_release(&command);
    return int_new(status);
}

static Obj *wait_result(pid_t pid, int status)
{
    Obj *items[2] = {int_new(pid), int_new(status)};
    return tuple_from_results_steal(items, 2);
}

static Obj *wait_for(pid_t pid, int options)
{
    int status = 0;
    for (;;) {
        pid_t got = waitpid(pid, &status, options);
        if (got >= 0)
            return wait_result(got, status);
        if (errno != EINTR)
            return err_errno(errno, NULL);
        if (runtime.hooks.check_signals != NULL && runtime.hooks.check_signals() < 0)
            return NULL;
    }
}

FUNCTION(posix_waitpid)
{
    UNUSED;
    int pid, options;
    if (posix_int(args[0], &pid) < 0 || posix_int(args[1], &options) < 0)
        return NULL;
    return wait_for(pid, options);
}

FUNCTION(posix_wait)
{
    UNUSED;
    return wait_for(-1, 0);
}

/* Functions that take a wait status apart. */
#define WAIT_TEST(name)                                                                            \
    FUNCTION(posix_##name)                                                                         \
    {                                                                                              \
        UNUSED;                                                                                    \
        int status;                                                                                \
        return posix_int(args[0], &status) < 0 ? NULL : bool_new(name(status));                    \
    }
#define WAIT_VALUE(name)                                                                           \
    FUNCTION(posix_##name)                                                                         \
    {                                                                                              \
        UNUSED;                                                                                    \
        int status;                                                                                \
        return posix_int(args[0], &status) < 0 ? NULL : int_new(name(status));                     \
    }

WAIT_TEST(WIFEXITED)
WAIT_TEST(WIFSIGNALED)
WAIT_TEST(WIFSTOPPED)
WAIT_TEST(WIFCONTINUED)
WAIT_TEST(WCOREDUMP)
WAIT_VALUE(WEXITSTATUS)
WAIT_VALUE(WTERMSIG)
WAIT_VALUE(WSTOPSIG)

FUNCTION(posix_waitstatus_to_exitcode)
{
    UNUSED;
    int status;
    if (posix_int(args[0], &status) < 0)
        return NULL;
    if (WIFEXITED(status))
        return int_new(WEXITSTATUS(status));
    if (WIFSIGNALED(status))
        return int_new(-WTERMSIG(status));
    if (WIFSTOPPED(status))
        return err_format(&exc_value_error, "process stopped by delivery of signal %d",
                          WSTOPSIG(status));
    return err_format(&exc_value_error, "invalid wait status: %d", status);
}

/* An array of C strings for exec; the bytes objects behind them are in `hold`. */
typedef struct StringArray {
    char **items; /* mem_alloc block of count + 1 pointers */
    int64_t count;
    Obj *hold; /* list */
} StringArray;

static void string_array_free(StringArray *array)
{
    mem_free(array->items, (size_t)(array->count + 1) * sizeof(char *));
    obj_clear(&array->hold);
}

static int string_array_make(ObjRef strings, const char *function, StringArray *out)
{
    Obj *items = obj_to_tuple(strings);
    *out = (StringArray){0};
    if (items == NULL)
        return -1;
    out->count = tuple_length(items);
    out->hold = list_new(0);
    out->items = mem_alloc((size_t)(out->count + 1) * sizeof(char *));
    int status = out->hold == NULL ? -1 : 0;
    if (out->items == NULL) {
        err_no_memory();
        status = -1;
    }
    for (int64_t i = 0; status == 0 && i < out->count; i++) {
        PathArgument text;
        status = path_argument_read(tuple_peek(items, i), function, "argv", 0, &text);
        if (status == 0) {
            out->items[i] = (char *)(uintptr_t)text.text;
            status = list_append(out->hold, text.encoded);
            path_argument_release(&text);
        }
    }
    if (status == 0)
        out->items[out->count] = NULL;
    else
        string_array_free(out);
    obj_decref(items);
    return status;
}

/* NAME=value strings of an environment dict. */
static int environment_make(ObjRef mapping, StringArray *out)
{
    *out = (StringArray){0};
    Obj *items = dict_check(mapping) ? dict_items_list(mapping) : NULL;
    if (items == NULL)
        return err_occurred() != NULL
                   ? -1
                   : err_format_int(&exc_type_error,
                                    "execve: environment must be a mapping object");
    Obj *strings = list_new(0);
    int status = strings == NULL ? -1 : 0;
    for (int64_t i = 0; status == 0 && i < list_length(items); i++) {
        ObjRef pair = list_peek(items, i);
        PathArgument name, value;
        status = path_argument_read(tuple_peek(pair, 0), "execve", "env", 0, &name);
        if (status < 0)
            break;
        status = path_argument_read(tuple_peek(pair, 1), "execve", "env", 0, &value);
        if (status == 0) {
            int64_t left = bytes_cast(name.encoded)->length;
            int64_t right = bytes_cast(value.encoded)->length;
            Obj *joined = bytes_new(NULL, left + right + 1);
            if (joined != NULL) {
                unsigned char *data = bytes_cast(joined)->data;
                memcpy(data, name.text, (size_t)left);
                data[left] = '=';
                memcpy(data + left + 1, value.text, (size_t)right);
            }
            status = joined == NULL ? -1 : list_append_steal(strings, joined);
            path_argument_release(&value);
        }
        path_argument_release(&name);
    }
    if (status == 0)
        status = string_array_make(strings, "execve", out);
    obj_xdecref(strings);
    obj_decref(items);
    return status;
}

/* execv and execve (environment not NULL): return only with an error. */
static Obj *execute(const char *function, ObjRef path_arg, ObjRef argv_arg, ObjRef environment_arg)
{
    PathArgument path;
    StringArray argv, env = {0};
    if (!tuple_check(argv_arg) && !list_check(argv_arg))
        return err_format(&exc_type_error, "%s: argv must be a tuple or list", function);
    if (path_argument_read(path_arg, function, "path", 0, &path) < 0)
        return NULL;
    if (string_array_make(argv_arg, function, &argv) < 0) {
        path_argument_release(&path);
        return NULL;
    }
    if (argv.count == 0) {
        err_format(&exc_value_error, "%s: argv must not be empty", function);
    } else if (environment_arg == NULL) {
        execv(path.text, argv.items);
        path_argument_error(&path);
    } else if (environment_make(environment_arg, &env) == 0) {
        execve(path.text, argv.items, env.items);
        path_argument_error(&path);
        string_array_free(&env);
    }
    string_array_free(&argv);
    path_argument_release(&path);
    return NULL;
}

FUNCTION(posix_execv)
{
    UNUSED;
    return execute("execv", args[0], args[1], NULL);
}

FUNCTION(posix_execve)
{
    (void)self;
    static const ArgSpec spec = {"execve", 0, 3, 3, 3, {"path", "argv", "env"}};
    ObjRef bound[3];
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0)
        return NULL;
    return execute("execve", bound[0], bound[1], bound[2]);
}

/* ---- the system */

/* size random bytes; flags as getrandom. */
static Obj *random_bytes(int64_t size, unsigned flags)
{
    if (size < 0)
        return err_string(&exc_value_error, "negative argument not allowed");
    if (size == 0)
        return bytes_new("", 0);
    Obj *result = bytes_new(NULL, size);
    int64_t done = 0;
    while (result != NULL && done < size) {
        ssize_t got = getrandom(bytes_cast(result)->data + done, (size_t)(size - done), flags);
        if (got >= 0) {
            done += got;
        } else if (errno != EINTR) {
            err_errno(errno, NULL);
            obj_clear(&result);
        }
    }
    return result;
}

FUNCTION(posix_urandom)
{
    UNUSED;
    int64_t size;
    return args_to_int64(args[0], &size) < 0 ? NULL : random_bytes(size, 0);
}

FUNCTION(posix_getrandom)
{
    (void)self;
    static const ArgSpec spec = {"getrandom", 0, 1, 2, 2, {"size", "flags"}};
    ObjRef bound[2];
    int64_t size;
    int flags = 0;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || args_to_int64(bound[0], &size) < 0 ||
        (bound[1] != NULL && posix_int(bound[1], &flags) < 0))
        return NULL;
    return random_bytes(size, (unsigned)flags);
}

FUNCTION(posix_strerror)
{
    UNUSED;
    int code;
    return posix_int(args[0], &code) < 0 ? NULL : str_from_filesystem(strerror(code));
}

FUNCTION(posix_cpu_count)
{
    UNUSED;
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? int_new(count) : none_new();
}

FUNCTION(posix_sched_yield)
{
    UNUSED;
    return posix_result(sched_yield());
}

FUNCTION(posix_nice)
{
    UNUSED;
    int change;
    if (posix_int(args[0], &change) < 0)
        return NULL;
    errno = 0;
    int value = nice(change);
    return value == -1 && errno != 0 ? err_errno(errno, NULL) : int_new(value);
}

FUNCTION(posix_getloadavg)
{
    UNUSED;
    double load[3];
    Obj *items[3];
    if (getloadavg(load, 3) != 3)
        return err_string(&exc_os_error, "Load averages are unobtainable");
    for (int i = 0; i < 3; i++) {
        items[i] = float_new(load[i]);
        if (items[i] == NULL) {
            while (i > 0)
                obj_decref(items[--i]);
            return NULL;
        }
    }
    return tuple_from_steal(items, 3);
}

static const StructSeqField uname_fields[] = {
    {"sysname", "operating system name"},    {"nodename", "name of machine on network"},
    {"release", "operating system release"}, {"version", "operating system version"},
    {"machine", "hardware identifier"},      {0},
};
static const StructSeqDef uname_def = {"posix.uname_result", "What the system calls itself.",
                                       uname_fields, 5};
static Type uname_type;

FUNCTION(posix_uname)
{
    UNUSED;
    struct utsname u;
    if (uname(&u) != 0)
        return err_errno(errno, NULL);
    const char *const fields[] = {u.sysname, u.nodename, u.release, u.version, u.machine};
    Obj *result = structseq_new(&uname_type);
    for (int i = 0; result != NULL && i < 5; i++)
        if (structseq_set_steal(result, i, str_from_filesystem(fields[i])) < 0)
            obj_clear(&result);
    return result;
}

static const StructSeqField times_fields[] = {
    {"user", "user time"},
    {"system", "system time"},
    {"children_user", "user time of children"},
    {"children_system", "system time of children"},
    {"elapsed", "elapsed time since an arbitrary point in the past"},
    {0},
};
static const StructSeqDef times_def = {"posix.times_result", "Times used by a process.",
                                       times_fields, 5};
static Type times_type;

FUNCTION(posix_times)
{
    UNUSED;
    struct tms t;
    clock_t elapsed = times(&t);
    double tick = (double)sysconf(_SC_CLK_TCK);
    if (elapsed == (clock_t)-1)
        return err_errno(errno, NULL);
    const clock_t fields[] = {t.tms_utime, t.tms_stime, t.tms_cutime, t.tms_cstime, elapsed};
    Obj *result = structseq_new(&times_type);
    for (int i = 0; result != NULL && i < 5; i++)
        if (structseq_set_steal(result, i, float_new((double)fields[i] / tick)) < 0)
            obj_clear(&result);
    return result;
}

const MethodDef posix_process_functions[] = {
    {"WCOREDUMP", posix_WCOREDUMP, 1, 1, 0, NULL},
    {"WEXITSTATUS", posix_WEXITSTATUS, 1, 1, 0, NULL},
    {"WIFCONTINUED", posix_WIFCONTINUED, 1, 1, 0, NULL},
    {"WIFEXITED", posix_WIFEXITED, 1, 1, 0, NULL},
    {"WIFSIGNALED", posix_WIFSIGNALED, 1, 1, 0, NULL},
    {"WIFSTOPPED", posix_WIFSTOPPED, 1, 1, 0, NULL},
    {"WSTOPSIG", posix_WSTOPSIG, 1, 1, 0, NULL},
    {"WTERMSIG", posix_WTERMSIG, 1, 1, 0, NULL},
    {"_exit", posix_exit_now, 1, 1, 0,
     "_exit($module, /, status)\n--\n\nEnds the process at once, without cleaning up."},
    {"abort", posix_abort, 0, 0, 0, "abort($module, /)\n--\n\nEnds the process by SIGABRT."},
    {"cpu_count", posix_cpu_count, 0, 0, 0, "cpu_count($module, /)\n--\n\nNumber of CPUs."},
    {"execv", posix_execv, 2, 2, 0,
     "execv($module, path, argv, /)\n--\n\nReplaces the process by a program."},
    {"execve", posix_execve, 0, -1, METHOD_KEYWORDS,
     "execve($module, /, path, argv, env)\n--\n\nThe same with an environment."},
    {"fork", posix_fork, 0, 0, 0,
     "fork($module, /)\n--\n\nMakes a child process: 0 in the child, its id in the parent."},
    {"getegid", posix_getegid, 0, 0, 0, "getegid($module, /)\n--\n\nThe effective group id."},
    {"geteuid", posix_geteuid, 0, 0, 0, "geteuid($module, /)\n--\n\nThe effective user id."},
    {"getgid", posix_getgid, 0, 0, 0, "getgid($module, /)\n--\n\nThe group id."},
    {"getloadavg", posix_getloadavg, 0, 0, 0,
     "getloadavg($module, /)\n--\n\nLoad averages of 1, 5 and 15 minutes."},
    {"getlogin", posix_getlogin, 0, 0, 0, "getlogin($module, /)\n--\n\nName of the user."},
    {"getpgid", posix_getpgid, 1, 1, 0, "getpgid($module, pid, /)\n--\n\nA process's group."},
    {"setpgid", posix_setpgid, 2, 2, 0,
     "setpgid($module, pid, pgrp, /)\n--\n\nPuts a process into a group."},
    {"getsid", posix_getsid, 1, 1, 0, "getsid($module, pid, /)\n--\n\nA process's session."},
    {"setsid", posix_setsid, 0, 0, 0, "setsid($module, /)\n--\n\nBegins a new session."},
    {"getpgrp", posix_getpgrp, 0, 0, 0, "getpgrp($module, /)\n--\n\nThe process group."},
    {"getpid", posix_getpid, 0, 0, 0, "getpid($module, /)\n--\n\nThe process id."},
    {"getppid", posix_getppid, 0, 0, 0, "getppid($module, /)\n--\n\nThe parent's process id."},
    {"getrandom", posix_getrandom, 0, -1, METHOD_KEYWORDS,
     "getrandom($module, /, size, flags=0)\n--\n\nRandom bytes of the system."},
    {"getuid", posix_getuid, 0, 0, 0, "getuid($module, /)\n--\n\nThe user id."},
    {"kill", posix_kill, 2, 2, 0, "kill($module, pid, signal, /)\n--\n\nSends a signal."},
    {"nice", posix_nice, 1, 1, 0, "nice($module, increment, /)\n--\n\nLowers the priority."},
    {"putenv", posix_putenv, 2, 2, 0,
     "putenv($module, name, value, /)\n--\n\nSets a variable of the environment."},
    {"sched_yield", posix_sched_yield, 0, 0, 0,
     "sched_yield($module, /)\n--\n\nLets other processes run."},
    {"strerror", posix_strerror, 1, 1, 0,
     "strerror($module, code, /)\n--\n\nThe text of an error number."},
    {"system", posix_system, 0, -1, METHOD_KEYWORDS,
     "system($module, /, command)\n--\n\nRuns a command in the shell; its wait status."},
    {"times", posix_times, 0, 0, 0, "times($module, /)\n--\n\nTimes used by the process."},
    {"uname", posix_uname, 0, 0, 0, "uname($module, /)\n--\n\nWhat the system calls itself."},
    {"unsetenv", posix_unsetenv, 1, 1, 0,
     "unsetenv($module, name, /)\n--\n\nRemoves a variable of the environment."},
    {"urandom", posix_urandom, 1, 1, 0,
     "urandom($module, size, /)\n--\n\nRandom bytes of the system."},
    {"wait", posix_wait, 0, 0, 0, "wait($module, /)\n--\n\nWaits for a child: (id, status)."},
    {"waitpid", posix_waitpid, 2, 2, 0,
     "waitpid($module, pid, options, /)\n--\n\nWaits for a child: (id, status)."},
    {"waitstatus_to_exitcode", posix_waitstatus_to_exitcode, 1, 1, 0,
     "waitstatus_to_exitcode($module, /, status)\n--\n\nExit code of a wait status."},
    {0},
};

int posix_process_exec(ObjRef module)
{
    if (structseq_ready(&uname_type, &uname_def) < 0 ||
        structseq_ready(&times_type, &times_def) < 0 ||
        module_add(module, "uname_result", (ObjRef)&uname_type) < 0 ||
        module_add(module, "times_result", (ObjRef)&times_type) < 0)
        return -1;
    return module_add_steal(module, "environ", environment());
}
