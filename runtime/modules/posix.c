/*
 * Module posix: the system calls behind module os (runtime/lib/os.py), and module errno.
 *
 * Functions return what the system returned or raise OSError with errno, and the names they were
 * given. The module is put together from the tables of posix_file.c, posix_fd.c and
 * posix_process.c.
 */
#include "runtime/modules/posix.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

int posix_int(ObjRef arg, int *out)
{
    int64_t value;
    Obj *index = obj_index(arg);
    if (index == NULL)
        return -1;
    int status = int_to_int64(index, &value);
    obj_decref(index);
    if (status != 0)
        return err_format_int(&exc_overflow_error, "Python int too large to convert to C int");
    if (value > INT_MAX)
        return err_format_int(&exc_overflow_error, "signed integer is greater than maximum");
    if (value < INT_MIN)
        return err_format_int(&exc_overflow_error, "signed integer is less than minimum");
    *out = (int)value;
    return 0;
}

int posix_dir_fd(ObjRef arg, int *out)
{
    *out = AT_FDCWD;
    if (arg == NULL || is_none(arg))
        return 0;
    if (obj_type(arg)->index == NULL)
        return err_format_int(&exc_type_error, "argument should be integer or None, not %T", arg);
    return posix_int(arg, out);
}

Obj *posix_result(int status)
{
    return status == 0 ? none_new() : err_errno(errno, NULL);
}

/* ---- posix */

typedef struct Constant {
    const char *name;
    int64_t value;
} Constant;

#define C(name)                                                                                    \
    {                                                                                              \
#name, name                                                                                \
    }
static const Constant posix_constants[] = {
    C(F_OK),
    C(R_OK),
    C(W_OK),
    C(X_OK),
    C(O_RDONLY),
    C(O_WRONLY),
    C(O_RDWR),
    C(O_CREAT),
    C(O_EXCL),
    C(O_TRUNC),
    C(O_APPEND),
    C(O_NONBLOCK),
    C(O_NDELAY),
    C(O_SYNC),
    C(O_DSYNC),
    C(O_RSYNC),
    C(O_NOCTTY),
    C(O_CLOEXEC),
    C(O_DIRECTORY),
    C(O_NOFOLLOW),
    C(O_ACCMODE),
    C(O_ASYNC),
    C(O_PATH),
    C(O_TMPFILE),
    C(O_LARGEFILE),
    C(WNOHANG),
    C(WUNTRACED),
    C(WCONTINUED),
    C(WEXITED),
    C(WNOWAIT),
    C(WSTOPPED),
    C(P_PID),
    C(P_PGID),
    C(P_ALL),
    C(EX_OK),
    C(EX_USAGE),
    C(EX_DATAERR),
    C(EX_NOINPUT),
    C(EX_NOUSER),
    C(EX_NOHOST),
    C(EX_UNAVAILABLE),
    C(EX_SOFTWARE),
    C(EX_OSERR),
    C(EX_OSFILE),
    C(EX_CANTCREAT),
    C(EX_IOERR),
    C(EX_TEMPFAIL),
    C(EX_PROTOCOL),
    C(EX_NOPERM),
    C(EX_CONFIG),
    {"SEEK_DATA", 3},
    {"SEEK_HOLE", 4},
    {"NGROUPS_MAX", 65536},
    {"TMP_MAX", 238328},
    {NULL, 0},
};

static int add_constants(ObjRef module, const Constant *constants)
{
    for (; constants->name != NULL; constants++)
        if (module_add_int(module, constants->name, constants->value) < 0)
            return -1;
    return 0;
}

/* Adds the functions of a table: 0/-1. */
static int add_functions(ObjRef module, const MethodDef *functions)
{
    Obj *name = str_from_ascii("posix");
    int status = name == NULL ? -1 : 0;
    for (; status == 0 && functions->name != NULL; functions++)
        status =
            module_add_steal(module, functions->name, builtin_function_new(functions, NULL, name));
    obj_xdecref(name);
    return status;
}

static int exec(ObjRef module)
{
    if (add_functions(module, posix_file_functions) < 0 ||
        add_functions(module, posix_fd_functions) < 0 ||
        add_functions(module, posix_process_functions) < 0 ||
        add_constants(module, posix_constants) < 0 ||
        module_add(module, "error", (ObjRef)&exc_os_error) < 0)
        return -1;
    return posix_file_exec(module) < 0 || posix_fd_exec(module) < 0 ? -1
                                                                    : posix_process_exec(module);
}

const ModuleDef posix_module = {
    .name = "posix",
    .doc = "System calls; see module os.",
    .exec = exec,
};

/* ---- errno */

static const Constant errno_constants[] = {
    C(E2BIG),        C(EACCES),          C(EADDRINUSE),      C(EADDRNOTAVAIL),
    C(EADV),         C(EAFNOSUPPORT),    C(EAGAIN),          C(EALREADY),
    C(EBADE),        C(EBADF),           C(EBADFD),          C(EBADMSG),
    C(EBADR),        C(EBADRQC),         C(EBADSLT),         C(EBFONT),
    C(EBUSY),        C(ECANCELED),       C(ECHILD),          C(ECHRNG),
    C(ECOMM),        C(ECONNABORTED),    C(ECONNREFUSED),    C(ECONNRESET),
    C(EDEADLK),      C(EDEADLOCK),       C(EDESTADDRREQ),    C(EDOM),
    C(EDOTDOT),      C(EDQUOT),          C(EEXIST),          C(EFAULT),
    C(EFBIG),        C(EHOSTDOWN),       C(EHOSTUNREACH),    C(EIDRM),
    C(EILSEQ),       C(EINPROGRESS),     C(EINTR),           C(EINVAL),
    C(EIO),          C(EISCONN),         C(EISDIR),          C(EISNAM),
    C(EKEYEXPIRED),  C(EKEYREJECTED),    C(EKEYREVOKED),     C(EL2HLT),
    C(EL2NSYNC),     C(EL3HLT),          C(EL3RST),          C(ELIBACC),
    C(ELIBBAD),      C(ELIBEXEC),        C(ELIBMAX),         C(ELIBSCN),
    C(ELNRNG),       C(ELOOP),           C(EMEDIUMTYPE),     C(EMFILE),
    C(EMLINK),       C(EMSGSIZE),        C(EMULTIHOP),       C(ENAMETOOLONG),
    C(ENAVAIL),      C(ENETDOWN),        C(ENETRESET),       C(ENETUNREACH),
    C(ENFILE),       C(ENOANO),          C(ENOBUFS),         C(ENOCSI),
    C(ENODATA),      C(ENODEV),          C(ENOENT),          C(ENOEXEC),
    C(ENOKEY),       C(ENOLCK),          C(ENOLINK),         C(ENOMEDIUM),
    C(ENOMEM),       C(ENOMSG),          C(ENONET),          C(ENOPKG),
    C(ENOPROTOOPT),  C(ENOSPC),          C(ENOSR),           C(ENOSTR),
    C(ENOSYS),       C(ENOTBLK),         C(ENOTCONN),        C(ENOTDIR),
    C(ENOTEMPTY),    C(ENOTNAM),         C(ENOTRECOVERABLE), C(ENOTSOCK),
    C(ENOTSUP),      C(ENOTTY),          C(ENOTUNIQ),        C(ENXIO),
    C(EOPNOTSUPP),   C(EOVERFLOW),       C(EOWNERDEAD),      C(EPERM),
    C(EPFNOSUPPORT), C(EPIPE),           C(EPROTO),          C(EPROTONOSUPPORT),
    C(EPROTOTYPE),   C(ERANGE),          C(EREMCHG),         C(EREMOTE),
    C(EREMOTEIO),    C(ERESTART),        C(ERFKILL),         C(EROFS),
    C(ESHUTDOWN),    C(ESOCKTNOSUPPORT), C(ESPIPE),          C(ESRCH),
    C(ESRMNT),       C(ESTALE),          C(ESTRPIPE),        C(ETIME),
    C(ETIMEDOUT),    C(ETOOMANYREFS),    C(ETXTBSY),         C(EUCLEAN),
    C(EUNATCH),      C(EUSERS),          C(EWOULDBLOCK),     C(EXDEV),
    C(EXFULL),       {NULL, 0},
};
#undef C

static int errno_exec(ObjRef module)
{
    Obj *codes = dict_new();
    int status = codes == NULL ? -1 : add_constants(module, errno_constants);
    for (const Constant *c = errno_constants; status == 0 && c->name != NULL; c++) {
        Obj *number = int_new(c->value);
        Obj *name = str_intern_ascii(c->name);
        /* Where two names share a number, that of POSIX comes first in the table or is added last.
         */
        bool second = strcmp(c->name, "EWOULDBLOCK") == 0 || strcmp(c->name, "EDEADLOCK") == 0 ||
                      strcmp(c->name, "EOPNOTSUPP") == 0;
        if (number == NULL || name == NULL)
            status = -1;
        else if (!second || dict_contains(codes, number) == 0)
            status = dict_set(codes, number, name);
        obj_xdecref(number);
        obj_xdecref(name);
    }
    if (status == 0)
        status = module_add(module, "errorcode", codes);
    obj_xdecref(codes);
    return status;
}

const ModuleDef errno_module = {
    .name = "errno",
    .doc = "The numbers of system errors by name; errorcode maps them back.",
    .exec = errno_exec,
};
