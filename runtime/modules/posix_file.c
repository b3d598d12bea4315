/*
 * Files by name, for module posix: directories, links, status, permissions, times.
 *
 * All calls are the *at forms, so that dir_fd works everywhere; without it they start from the
 * current directory.  scandir() gives entries whose type comes from the directory itself where the
 * file system tells it, and is asked for with stat otherwise.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/structseq.h"
#include "runtime/types/tuple.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

enum { NANO = 1000000000 };

/* OSError with both names of a call of two. */
static Obj *error_of_two(const PathArgument *from, const PathArgument *to)
{
    int number = errno;
    Obj *code = int_new(number);
    Obj *text = str_from_filesystem(strerror(number));
    if (code != NULL && text != NULL) {
        ObjRef parts[5] = {code, text, from->shown, obj_none, to->shown};
        Obj *error = obj_call((ObjRef)&exc_os_error, parts, 5, NULL);
        if (error != NULL)
            err_raise(error, NULL);
        obj_xdecref(error);
    }
    obj_xdecref(code);
    obj_xdecref(text);
    return NULL;
}

/* The result of a call on one path, which is released. */
static Obj *finish(PathArgument *path, int status)
{
    Obj *result = status == 0 ? none_new() : path_argument_error(path);
    path_argument_release(path);
    return result;
}

/* ---- stat */

static const StructSeqField stat_fields[] = {
    {"st_mode", "protection bits"},
    {"st_ino", "inode"},
    {"st_dev", "device"},
    {"st_nlink", "number of hard links"},
    {"st_uid", "user ID of owner"},
    {"st_gid", "group ID of owner"},
    {"st_size", "total size, in bytes"},
    {"st_atime", NULL},
    {"st_mtime", NULL},
    {"st_ctime", NULL},
    {"_atime", "time of last access"},
    {"_mtime", "time of last modification"},
    {"_ctime", "time of last change"},
    {"st_atime_ns", "time of last access in nanoseconds"},
    {"st_mtime_ns", "time of last modification in nanoseconds"},
    {"st_ctime_ns", "time of last change in nanoseconds"},
    {"st_blksize", "blocksize for filesystem I/O"},
    {"st_blocks", "number of blocks allocated"},
    {"st_rdev", "device type (if inode device)"},
    {0},
};

static const StructSeqDef stat_def = {"os.stat_result", "The status of a file.", stat_fields, 10};
static Type stat_type;

static Obj *seconds_float(const struct timespec *t)
{
    return float_new((double)t->tv_sec + 1e-9 * (double)t->tv_nsec);
}

static Obj *nanoseconds(const struct timespec *t)
{
    return int_new((int64_t)t->tv_sec * NANO + t->tv_nsec);
}

static Obj *new_stat(const struct stat *s)
{
    Obj *result = structseq_new(&stat_type);
    if (result == NULL)
        return NULL;
    Obj *fields[] = {
        int_new(s->st_mode),          int_from_uint64(s->st_ino), int_from_uint64(s->st_dev),
        int_from_uint64(s->st_nlink), int_new(s->st_uid),         int_new(s->st_gid),
        int_new(s->st_size),          int_new(s->st_atim.tv_sec), int_new(s->st_mtim.tv_sec),
        int_new(s->st_ctim.tv_sec),   seconds_float(&s->st_atim), seconds_float(&s->st_mtim),
        seconds_float(&s->st_ctim),   nanoseconds(&s->st_atim),   nanoseconds(&s->st_mtim),
        nanoseconds(&s->st_ctim),     int_new(s->st_blksize),     int_new(s->st_blocks),
        int_from_uint64(s->st_rdev)};
    bool failed = false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (structseq_set_steal(result, (int)i, fields[i]) < 0)
            failed = true;
    if (failed)
        obj_clear(&result);
    return result;
}

static Obj *stat_path(PathArgument *path, int dir_fd, bool follow)
{
    struct stat info;
    int status = path->fd >= 0
                     ? fstat(path->fd, &info)
                     : fstatat(dir_fd, path->text, &info, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    Obj *result = status == 0 ? new_stat(&info) : path_argument_error(path);
    path_argument_release(path);
    return result;
}

FUNCTION(posix_stat)
{
    (void)self;
    static const ArgSpec spec = {"stat", 0, 1, 1, 3, {"path", "dir_fd", "follow_symlinks"}};
    ObjRef bound[3];
    PathArgument path;
    int dir_fd;
    bool follow = true;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_dir_fd(bound[1], &dir_fd) < 0 ||
        args_to_bool(bound[2], &follow) < 0 ||
        path_argument_read(bound[0], "stat", "path", PATH_ALLOW_FD, &path) < 0)
        return NULL;
    return stat_path(&path, dir_fd, follow);
}

FUNCTION(posix_lstat)
{
    (void)self;
    static const ArgSpec spec = {"lstat", 0, 1, 1, 2, {"path", "dir_fd"}};
    ObjRef bound[2];
    PathArgument path;
    int dir_fd;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_dir_fd(bound[1], &dir_fd) < 0 ||
        path_argument_read(bound[0], "lstat", "path", 0, &path) < 0)
        return NULL;
    return stat_path(&path, dir_fd, false);
}

FUNCTION(posix_fstat)
{
    UNUSED;
    int fd;
    struct stat info;
    if (posix_int(args[0], &fd) < 0)
        return NULL;
    return fstat(fd, &info) == 0 ? new_stat(&info) : err_errno(errno, NULL);
}

FUNCTION(posix_access)
{
    (void)self;
    static const ArgSpec spec = {
        "access", 0, 2, 2, 5, {"path", "mode", "dir_fd", "effective_ids", "follow_symlinks"}};
    ObjRef bound[5];
    PathArgument path;
    int dir_fd, mode;
    bool effective = false, follow = true;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_int(bound[1], &mode) < 0 ||
        posix_dir_fd(bound[2], &dir_fd) < 0 || args_to_bool(bound[3], &effective) < 0 ||
        args_to_bool(bound[4], &follow) < 0 ||
        path_argument_read(bound[0], "access", "path", 0, &path) < 0)
        return NULL;
    int status = faccessat(dir_fd, path.text, mode,
                           (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW));
    path_argument_release(&path);
    return bool_new(status == 0);
}

/* ---- directories */

FUNCTION(posix_listdir)
{
    (void)self;
    static const ArgSpec spec = {"listdir", 0, 0, 1, 1, {"path"}};
    ObjRef bound[1];
    PathArgument path;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        path_argument_read(bound[0], "listdir", "path", PATH_ALLOW_FD | PATH_ALLOW_NONE, &path) < 0)
        return NULL;
    DIR *dir = path.fd >= 0 ? fdopendir(dup(path.fd)) : opendir(path.text);
    Obj *list = dir == NULL ? path_argument_error(&path) : list_new(0);
    if (dir != NULL && path.fd >= 0)
        rewinddir(dir);
    while (list != NULL) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            if (errno != 0) {
                path_argument_error(&path);
                obj_clear(&list);
            }
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        Obj *name = path_argument_name(entry->d_name, path.is_bytes);
        if (name == NULL || list_append_steal(list, name) < 0)
            obj_clear(&list);
    }
    if (dir != NULL)
        closedir(dir);
    path_argument_release(&path);
    return list;
}

FUNCTION(posix_mkdir)
{
    (void)self;
    static const ArgSpec spec = {"mkdir", 0, 1, 2, 3, {"path", "mode", "dir_fd"}};
    ObjRef bound[3];
    PathArgument path;
    int dir_fd, mode = 0777;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        (bound[1] != NULL && posix_int(bound[1], &mode) < 0) ||
        posix_dir_fd(bound[2], &dir_fd) < 0 ||
        path_argument_read(bound[0], "mkdir", "path", 0, &path) < 0)
        return NULL;
    return finish(&path, mkdirat(dir_fd, path.text, (mode_t)mode));
}

/* unlink, remove and rmdir. */
static Obj *remove_path(const char *function, int flags, const ObjRef *args, int64_t nargs,
                        ObjRef kwnames)
{
    const ArgSpec spec = {function, 0, 1, 1, 2, {"path", "dir_fd"}};
    ObjRef bound[2];
    PathArgument path;
    int dir_fd;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_dir_fd(bound[1], &dir_fd) < 0 ||
        path_argument_read(bound[0], function, "path", 0, &path) < 0)
        return NULL;
    return finish(&path, unlinkat(dir_fd, path.text, flags));
}

FUNCTION(posix_unlink)
{
    (void)self;
    return remove_path("unlink", 0, args, nargs, kwnames);
}

FUNCTION(posix_remove)
{
    (void)self;
    return remove_path("remove", 0, args, nargs, kwnames);
}

FUNCTION(posix_rmdir)
{
    (void)self;
    return remove_path("rmdir", AT_REMOVEDIR, args, nargs, kwnames);
}

/* rename and replace, which are one on this system. */
static Obj *rename_path(const char *function, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const ArgSpec spec = {function, 0, 2, 2, 4, {"src", "dst", "src_dir_fd", "dst_dir_fd"}};
    ObjRef bound[4];
    PathArgument from, to;
    int from_fd, to_fd;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_dir_fd(bound[2], &from_fd) < 0 ||
        posix_dir_fd(bound[3], &to_fd) < 0 ||
        path_argument_read(bound[0], function, "src", 0, &from) < 0)
        return NULL;
    Obj *result = NULL;
    if (path_argument_read(bound[1], function, "dst", 0, &to) == 0) {
        result = renameat(from_fd, from.text, to_fd, to.text) == 0 ? none_new()
                                                                   : error_of_two(&from, &to);
        path_argument_release(&to);
    }
    path_argument_release(&from);
    return result;
}

FUNCTION(posix_rename)
{
    (void)self;
    return rename_path("rename", args, nargs, kwnames);
}

FUNCTION(posix_replace)
{
    (void)self;
    return rename_path("replace", args, nargs, kwnames);
}

FUNCTION(posix_chdir)
{
    (void)self;
    static const ArgSpec spec = {"chdir", 0, 1, 1, 1, {"path"}};
    ObjRef bound[1];
    PathArgument path;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        path_argument_read(bound[0], "chdir", "path", PATH_ALLOW_FD, &path) < 0)
        return NULL;
    return finish(&path, path.fd >= 0 ? fchdir(path.fd) : chdir(path.text));
}

static Obj *current_directory(bool as_bytes)
{
    char *name = getcwd(NULL, 0);
    if (name == NULL)
        return err_errno(errno, NULL);
    Obj *result = path_argument_name(name, as_bytes);
    free(name);
    return result;
}

FUNCTION(posix_getcwd)
{
    UNUSED;
    return current_directory(false);
}

FUNCTION(posix_getcwdb)
{
    UNUSED;
    return current_directory(true);
}

/* ---- links */

FUNCTION(posix_symlink)
{
    (void)self;
    static const ArgSpec spec = {"symlink", 0, 2,
                                 3,         4, {"src", "dst", "target_is_directory", "dir_fd"}};
    ObjRef bound[4];
    PathArgument target, name;
    int dir_fd;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_dir_fd(bound[3], &dir_fd) < 0 ||
        path_argument_read(bound[0], "symlink", "src", 0, &target) < 0)
        return NULL;
    Obj *result = NULL;
    if (path_argument_read(bound[1], "symlink", "dst", 0, &name) == 0) {
        result = symlinkat(target.text, dir_fd, name.text) == 0 ? none_new()
                                                                : error_of_two(&target, &name);
        path_argument_release(&name);
    }
    path_argument_release(&target);
    return result;
}

FUNCTION(posix_link)
{
    (void)self;
    static const ArgSpec spec = {
        "link", 0, 2, 2, 5, {"src", "dst", "src_dir_fd", "dst_dir_fd", "follow_symlinks"}};
    ObjRef bound[5];
    PathArgument from, to;
    int from_fd, to_fd;
    bool follow = true;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_dir_fd(bound[2], &from_fd) < 0 ||
        posix_dir_fd(bound[3], &to_fd) < 0 || args_to_bool(bound[4], &follow) < 0 ||
        path_argument_read(bound[0], "link", "src", 0, &from) < 0)
        return NULL;
    Obj *result = NULL;
    if (path_argument_read(bound[1], "link", "dst", 0, &to) == 0) {
        int flags = bound[4] != NULL && follow ? AT_SYMLINK_FOLLOW : 0;
        result = linkat(from_fd, from.text, to_fd, to.text, flags) == 0 ? none_new()
                                                                        : error_of_two(&from, &to);
        path_argument_release(&to);
    }
    path_argument_release(&from);
    return result;
}

FUNCTION(posix_readlink)
{
    (void)self;
    static const ArgSpec spec = {"readlink", 0, 1, 1, 2, {"path", "dir_fd"}};
    ObjRef bound[2];
    PathArgument path;
    int dir_fd;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_dir_fd(bound[1], &dir_fd) < 0 ||
        path_argument_read(bound[0], "readlink", "path", 0, &path) < 0)
        return NULL;
    char target[PATH_MAX + 1];
    ssize_t length = readlinkat(dir_fd, path.text, target, PATH_MAX);
    Obj *result = NULL;
    if (length < 0) {
        path_argument_error(&path);
    } else {
        target[length] = '\0';
        result = path_argument_name(target, path.is_bytes);
    }
    path_argument_release(&path);
    return result;
}

/* ---- permissions, owners, sizes, times */

FUNCTION(posix_chmod)
{
    (void)self;
    static const ArgSpec spec = {"chmod", 0, 2,
                                 2,       4, {"path", "mode", "dir_fd", "follow_symlinks"}};
    ObjRef bound[4];
    PathArgument path;
    int dir_fd, mode;
    bool follow = true;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_int(bound[1], &mode) < 0 ||
        posix_dir_fd(bound[2], &dir_fd) < 0 || args_to_bool(bound[3], &follow) < 0 ||
        path_argument_read(bound[0], "chmod", "path", PATH_ALLOW_FD, &path) < 0)
        return NULL;
    return finish(&path, path.fd >= 0 ? fchmod(path.fd, (mode_t)mode)
                                      : fchmodat(dir_fd, path.text, (mode_t)mode,
                                                 follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

FUNCTION(posix_chown)
{
    (void)self;
    static const ArgSpec spec = {"chown", 0, 3,
                                 3,       5, {"path", "uid", "gid", "dir_fd", "follow_symlinks"}};
    ObjRef bound[5];
    PathArgument path;
    int dir_fd, uid, gid;
    bool follow = true;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_int(bound[1], &uid) < 0 ||
        posix_int(bound[2], &gid) < 0 || posix_dir_fd(bound[3], &dir_fd) < 0 ||
        args_to_bool(bound[4], &follow) < 0 ||
        path_argument_read(bound[0], "chown", "path", PATH_ALLOW_FD, &path) < 0)
        return NULL;
    return finish(&path, path.fd >= 0 ? fchown(path.fd, (uid_t)uid, (gid_t)gid)
                                      : fchownat(dir_fd, path.text, (uid_t)uid, (gid_t)gid,
                                                 follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

FUNCTION(posix_truncate)
{
    (void)self;
    static const ArgSpec spec = {"truncate", 0, 2, 2, 2, {"path", "length"}};
    ObjRef bound[2];
    PathArgument path;
    int64_t length;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || args_to_int64(bound[1], &length) < 0 ||
        path_argument_read(bound[0], "truncate", "path", PATH_ALLOW_FD, &path) < 0)
        return NULL;
    return finish(&path, path.fd >= 0 ? ftruncate(path.fd, length) : truncate(path.text, length));
}

/* Seconds (int or float) as a timespec, rounded down: 0/-1. */
static int read_seconds(ObjRef arg, struct timespec *out)
{
    double value;
    if (int_check(arg)) {
        int64_t whole;
        if (args_to_int64(arg, &whole) < 0)
            return -1;
        *out = (struct timespec){.tv_sec = whole};
        return 0;
    }
    if (obj_to_double(arg, &value) < 0)
        return -1;
    if (!(fabs(value) < 9e18))
        return err_format_int(&exc_overflow_error, "timestamp out of range for platform time_t");
    double whole = floor(value);
    long nano = (long)floor((value - whole) * 1e9);
    *out = (struct timespec){.tv_sec = (time_t)whole, .tv_nsec = nano < NANO ? nano : NANO - 1};
    return 0;
}

static int read_nanoseconds(ObjRef arg, struct timespec *out)
{
    int64_t value;
    if (args_to_int64(arg, &value) < 0)
        return -1;
    int64_t rest = value % NANO;
    if (rest < 0)
        rest += NANO;
    *out = (struct timespec){.tv_sec = (value - rest) / NANO, .tv_nsec = rest};
    return 0;
}

/* The arguments times and ns of utime(): 0/-1. */
static int read_times(ObjRef times, ObjRef ns, struct timespec out[2])
{
    bool by_seconds = times != NULL && !is_none(times);
    out[0].tv_nsec = out[1].tv_nsec = UTIME_NOW;
    out[0].tv_sec = out[1].tv_sec = 0;
    if (by_seconds && ns != NULL)
        return err_format_int(&exc_value_error,
                              "utime: you may specify either 'times' or 'ns' but not both");
    ObjRef pair = by_seconds ? times : ns;
    if (pair == NULL)
        return 0;
    if (!tuple_check(pair) || tuple_length(pair) != 2)
        return err_format_int(&exc_type_error, by_seconds
                                                   ? "utime: 'times' must be either a tuple of two "
                                                     "ints or None"
                                                   : "utime: 'ns' must be a tuple of two ints");
    for (int64_t i = 0; i < 2; i++) {
        int status = by_seconds ? read_seconds(tuple_peek(pair, i), &out[i])
                                : read_nanoseconds(tuple_peek(pair, i), &out[i]);
        if (status < 0)
            return -1;
    }
    return 0;
}

FUNCTION(posix_utime)
{
    (void)self;
    static const ArgSpec spec = {"utime", 0, 1,
                                 2,       5, {"path", "times", "ns", "dir_fd", "follow_symlinks"}};
    ObjRef bound[5];
    PathArgument path;
    int dir_fd;
    bool follow = true;
    struct timespec times[2];
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        read_times(bound[1], bound[2], times) < 0 || posix_dir_fd(bound[3], &dir_fd) < 0 ||
        args_to_bool(bound[4], &follow) < 0 ||
        path_argument_read(bound[0], "utime", "path", PATH_ALLOW_FD, &path) < 0)
        return NULL;
    return finish(&path, path.fd >= 0 ? futimens(path.fd, times)
                                      : utimensat(dir_fd, path.text, times,
                                                  follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

FUNCTION(posix_mkfifo)
{
    (void)self;
    static const ArgSpec spec = {"mkfifo", 0, 1, 2, 3, {"path", "mode", "dir_fd"}};
    ObjRef bound[3];
    PathArgument path;
    int dir_fd, mode = 0666;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        (bound[1] != NULL && posix_int(bound[1], &mode) < 0) ||
        posix_dir_fd(bound[2], &dir_fd) < 0 ||
        path_argument_read(bound[0], "mkfifo", "path", 0, &path) < 0)
        return NULL;
    return finish(&path, mkfifoat(dir_fd, path.text, (mode_t)mode));
}

FUNCTION(posix_umask)
{
    UNUSED;
    int mask;
    return posix_int(args[0], &mask) < 0 ? NULL : int_new(umask((mode_t)mask));
}

FUNCTION(posix_fspath)
{
    (void)self;
    static const ArgSpec spec = {"fspath", 0, 1, 1, 1, {"path"}};
    ObjRef path;
    return args_bind(&spec, args, nargs, kwnames, &path) < 0 ? NULL : path_argument_fspath(path);
}

/* ---- scandir */

typedef struct DirEntryObj {
    Obj base;
    Obj *name, *path;   /* str or bytes */
    Obj *stat, *lstat;  /* results kept, or NULL */
    unsigned char kind; /* DT_… */
    uint64_t inode;
    int dir_fd; /* directory that name is in where path is only the name; -1 */
} DirEntryObj;

typedef struct ScandirObj {
    Obj base;
    DIR *dir; /* NULL: closed */
    PathArgument path;
} ScandirObj;

#define entry_cast(o) ((DirEntryObj *)(o))
#define scandir_cast(o) ((ScandirObj *)(o))

static int entry_traverse(ObjRef self, VisitFn visit, void *context)
{
    DirEntryObj *e = entry_cast(self);
    GC_VISIT(e->name);
    GC_VISIT(e->path);
    GC_VISIT(e->stat);
    GC_VISIT(e->lstat);
    return 0;
}

static void entry_dealloc(Obj *self)
{
    gc_untrack(self);
    DirEntryObj *e = entry_cast(self);
    obj_clear(&e->name);
    obj_clear(&e->path);
    obj_clear(&e->stat);
    obj_clear(&e->lstat);
    obj_free(self, (int64_t)sizeof(DirEntryObj));
}

/* The path of an entry: directory and name joined. */
static Obj *join_path(const PathArgument *dir, const char *name)
{
    if (dir->fd >= 0 || dir->encoded == NULL)
        return path_argument_name(name, dir->is_bytes);
    size_t length = strlen(dir->text);
    size_t size = length + strlen(name) + 2;
    char *joined = mem_alloc(size);
    if (joined == NULL)
        return err_no_memory();
    snprintf(joined, size, "%s%s%s", dir->text,
             length > 0 && dir->text[length - 1] != '/' ? "/" : "", name);
    Obj *result = path_argument_name(joined, dir->is_bytes);
    mem_free(joined, size);
    return result;
}

static Obj *entry_new(const PathArgument *dir, const struct dirent *entry)
{
    Obj *name = path_argument_name(entry->d_name, dir->is_bytes);
    Obj *path = NULL;
    if (name == NULL)
        return NULL;
    if (dir->encoded == NULL && dir->fd < 0) {
        /* scandir() of nothing: paths start with "./". */
        char buffer[NAME_MAX + 3];
        snprintf(buffer, sizeof buffer, "./%s", entry->d_name);
        path = path_argument_name(buffer, false);
    } else {
        path = join_path(dir, entry->d_name);
    }
    DirEntryObj *e = NULL;
    if (path != NULL)
        e = (DirEntryObj *)obj_new_gc(&posix_dir_entry_type, (int64_t)sizeof(DirEntryObj));
    if (e == NULL) {
        obj_decref(name);
        obj_xdecref(path);
        return NULL;
    }
    e->name = name;
    e->path = path;
    e->stat = e->lstat = NULL;
    e->kind = entry->d_type;
    e->inode = entry->d_ino;
    e->dir_fd = dir->fd;
    gc_track(&e->base);
    return &e->base;
}

/* The status of an entry, asked for once: borrowed, NULL with OSError. */
static ObjRef entry_stat_peek(DirEntryObj *e, bool follow)
{
    Obj **place = follow ? &e->stat : &e->lstat;
    if (*place != NULL)
        return *place;
    PathArgument path;
    if (path_argument_read(e->path, "DirEntry", "path", 0, &path) < 0)
        return NULL;
    *place = stat_path(&path, e->dir_fd >= 0 ? e->dir_fd : AT_FDCWD, follow);
    return *place;
}

/* Whether the entry is of a kind (S_IFDIR, …): 1, 0, -1. */
static int entry_is(DirEntryObj *e, bool follow, mode_t mode, unsigned char kind)
{
    bool known = e->kind != DT_UNKNOWN && !(follow && e->kind == DT_LNK);
    if (known)
        return e->kind == kind;
    ObjRef status = entry_stat_peek(e, follow);
    if (status == NULL) {
        if (!err_matches(&exc_file_not_found_error))
            return -1;
        err_clear();
        return 0;
    }
    int64_t bits = 0;
    int_to_int64(tuple_peek(status, 0), &bits);
    return ((mode_t)bits & S_IFMT) == mode;
}

static int follow_argument(const char *function, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                           bool *follow)
{
    const ArgSpec spec = {function, 0, 0, 0, 1, {"follow_symlinks"}};
    ObjRef bound;
    *follow = true;
    return args_bind(&spec, args, nargs, kwnames, &bound) < 0 ? -1 : args_to_bool(bound, follow);
}

FUNCTION(entry_is_dir)
{
    bool follow;
    if (follow_argument("is_dir", args, nargs, kwnames, &follow) < 0)
        return NULL;
    int status = entry_is(entry_cast(self), follow, S_IFDIR, DT_DIR);
    return status < 0 ? NULL : bool_new(status != 0);
}

FUNCTION(entry_is_file)
{
    bool follow;
    if (follow_argument("is_file", args, nargs, kwnames, &follow) < 0)
        return NULL;
    int status = entry_is(entry_cast(self), follow, S_IFREG, DT_REG);
    return status < 0 ? NULL : bool_new(status != 0);
}

FUNCTION(entry_is_symlink)
{
    UNUSED;
    int status = entry_is(entry_cast(self), false, S_IFLNK, DT_LNK);
    return status < 0 ? NULL : bool_new(status != 0);
}

FUNCTION(entry_stat)
{
    bool follow;
    if (follow_argument("stat", args, nargs, kwnames, &follow) < 0)
        return NULL;
    ObjRef status = entry_stat_peek(entry_cast(self), follow);
    return status == NULL ? NULL : obj_incref(status);
}

FUNCTION(entry_inode)
{
    UNUSED;
    return int_from_uint64(entry_cast(self)->inode);
}

FUNCTION(entry_fspath)
{
    UNUSED;
    return obj_incref(entry_cast(self)->path);
}

static Obj *entry_repr(ObjRef self)
{
    return str_format_c("<DirEntry %R>", entry_cast(self)->name);
}

static const MethodDef entry_methods[] = {
    {"is_dir", entry_is_dir, 0, -1, METHOD_KEYWORDS, "Whether the entry is a directory."},
    {"is_file", entry_is_file, 0, -1, METHOD_KEYWORDS, "Whether the entry is a plain file."},
    {"is_symlink", entry_is_symlink, 0, 0, 0, "Whether the entry is a symbolic link."},
    {"stat", entry_stat, 0, -1, METHOD_KEYWORDS, "The status of the entry, kept from then on."},
    {"inode", entry_inode, 0, 0, 0, "The number of the inode."},
    {"__fspath__", entry_fspath, 0, 0, 0, "The path of the entry."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, NULL},
    {0},
};

static const MemberDef entry_members[] = {
    {"name", MEMBER_OBJ, offsetof(DirEntryObj, name), MEMBER_READONLY, "the entry's own name"},
    {"path", MEMBER_OBJ, offsetof(DirEntryObj, path), MEMBER_READONLY, "directory and name"},
    {0},
};

Type posix_dir_entry_type = {
    .head = {.base = {1, &type_type.root},
             .name = "posix.DirEntry",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = entry_traverse,
             .dealloc = entry_dealloc},
    .root = {.type = &posix_dir_entry_type.head},
    .doc = "An entry of a directory, as scandir() gives it.",
    .basic_size = sizeof(DirEntryObj),
    .repr = entry_repr,
    .methods = entry_methods,
    .members = entry_members,
};

static void scandir_close_dir(ScandirObj *s)
{
    DIR *dir = s->dir;
    s->dir = NULL;
    if (dir != NULL)
        closedir(dir);
}

static int scandir_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(scandir_cast(self)->path.shown);
    GC_VISIT(scandir_cast(self)->path.encoded);
    return 0;
}

static void scandir_dealloc(Obj *self)
{
    gc_untrack(self);
    scandir_close_dir(scandir_cast(self));
    path_argument_release(&scandir_cast(self)->path);
    obj_free(self, (int64_t)sizeof(ScandirObj));
}

static int scandir_next(ObjRef self, Obj **out)
{
    ScandirObj *s = scandir_cast(self);
    while (s->dir != NULL) {
        errno = 0;
        const struct dirent *entry = readdir(s->dir);
        if (entry == NULL) {
            int number = errno;
            scandir_close_dir(s);
            if (number == 0)
                return 0;
            err_errno(number, s->path.shown);
            return -1;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        *out = entry_new(&s->path, entry);
        return *out == NULL ? -1 : 1;
    }
    return 0;
}

FUNCTION(scandir_close)
{
    UNUSED;
    scandir_close_dir(scandir_cast(self));
    return none_new();
}

FUNCTION(scandir_enter)
{
    UNUSED;
    return obj_incref(self);
}

static const MethodDef scandir_methods[] = {
    {"close", scandir_close, 0, 0, 0, "Ends the iteration and closes the directory."},
    {"__enter__", scandir_enter, 0, 0, 0, NULL},
    {"__exit__", scandir_close, 0, -1, 0, NULL},
    {0},
};

Type posix_scandir_type = {
    .head = {.base = {1, &type_type.root},
             .name = "posix.ScandirIterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = scandir_traverse,
             .dealloc = scandir_dealloc},
    .root = {.type = &posix_scandir_type.head},
    .basic_size = sizeof(ScandirObj),
    .iter = object_iter_self,
    .next = scandir_next,
    .methods = scandir_methods,
};

FUNCTION(posix_scandir)
{
    (void)self;
    static const ArgSpec spec = {"scandir", 0, 0, 1, 1, {"path"}};
    ObjRef bound[1];
    PathArgument path;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        path_argument_read(bound[0], "scandir", "path", PATH_ALLOW_FD | PATH_ALLOW_NONE, &path) < 0)
        return NULL;
    DIR *dir = path.fd >= 0 ? fdopendir(dup(path.fd)) : opendir(path.text);
    ScandirObj *s = NULL;
    if (dir == NULL) {
        path_argument_error(&path);
    } else {
        s = (ScandirObj *)obj_new_gc(&posix_scandir_type, (int64_t)sizeof(ScandirObj));
        if (s == NULL)
            closedir(dir);
    }
    if (s == NULL) {
        path_argument_release(&path);
        return NULL;
    }
    if (path.fd >= 0)
        rewinddir(dir);
    s->dir = dir;
    s->path = path;
    gc_track(&s->base);
    return &s->base;
}

/* ---- file systems */

static const StructSeqField statvfs_fields[] = {
    {"f_bsize", NULL},
    {"f_frsize", NULL},
    {"f_blocks", NULL},
    {"f_bfree", NULL},
    {"f_bavail", NULL},
    {"f_files", NULL},
    {"f_ffree", NULL},
    {"f_favail", NULL},
    {"f_flag", NULL},
    {"f_namemax", NULL},
    {0},
};

static const StructSeqDef statvfs_def = {"os.statvfs_result", "The status of a file system.",
                                         statvfs_fields, 10};
static Type statvfs_type;

FUNCTION(posix_statvfs)
{
    (void)self;
    static const ArgSpec spec = {"statvfs", 0, 1, 1, 1, {"path"}};
    ObjRef bound[1];
    PathArgument path;
    struct statvfs s;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        path_argument_read(bound[0], "statvfs", "path", PATH_ALLOW_FD, &path) < 0)
        return NULL;
    int status = path.fd >= 0 ? fstatvfs(path.fd, &s) : statvfs(path.text, &s);
    Obj *result = status == 0 ? structseq_new(&statvfs_type) : path_argument_error(&path);
    path_argument_release(&path);
    if (result == NULL)
        return NULL;
    const uint64_t fields[] = {s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree, s.f_bavail,
                               s.f_files, s.f_ffree,  s.f_favail, s.f_flag,  s.f_namemax};
    for (int i = 0; i < 10; i++) {
        if (structseq_set_steal(result, i, int_from_uint64(fields[i])) < 0) {
            obj_decref(result);
            return NULL;
        }
    }
    return result;
}

/* ---- tables */

const MethodDef posix_file_functions[] = {
    {"access", posix_access, 0, -1, METHOD_KEYWORDS,
     "access($module, /, path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)\n"
     "--\n\nWhether the file may be used so."},
    {"chdir", posix_chdir, 0, -1, METHOD_KEYWORDS,
     "chdir($module, /, path)\n--\n\nChanges the current directory."},
    {"chmod", posix_chmod, 0, -1, METHOD_KEYWORDS,
     "chmod($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)\n--\n\n"
     "Changes permissions."},
    {"chown", posix_chown, 0, -1, METHOD_KEYWORDS,
     "chown($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)\n--\n\n"
     "Changes owner and group."},
    {"fspath", posix_fspath, 0, -1, METHOD_KEYWORDS,
     "fspath($module, /, path)\n--\n\nThe str or bytes that a path object stands for."},
    {"fstat", posix_fstat, 1, 1, 0, "fstat($module, /, fd)\n--\n\nStatus of an open file."},
    {"getcwd", posix_getcwd, 0, 0, 0, "getcwd($module, /)\n--\n\nThe current directory."},
    {"getcwdb", posix_getcwdb, 0, 0, 0,
     "getcwdb($module, /)\n--\n\nThe current directory as bytes."},
    {"link", posix_link, 0, -1, METHOD_KEYWORDS,
     "link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)\n"
     "--\n\nGives a file another name."},
    {"listdir", posix_listdir, 0, -1, METHOD_KEYWORDS,
     "listdir($module, /, path=None)\n--\n\nThe names in a directory, in no order."},
    {"lstat", posix_lstat, 0, -1, METHOD_KEYWORDS,
     "lstat($module, /, path, *, dir_fd=None)\n--\n\nStatus of a file, links not followed."},
    {"mkdir", posix_mkdir, 0, -1, METHOD_KEYWORDS,
     "mkdir($module, /, path, mode=511, *, dir_fd=None)\n--\n\nMakes a directory."},
    {"mkfifo", posix_mkfifo, 0, -1, METHOD_KEYWORDS,
     "mkfifo($module, /, path, mode=438, *, dir_fd=None)\n--\n\nMakes a named pipe."},
    {"readlink", posix_readlink, 0, -1, METHOD_KEYWORDS,
     "readlink($module, /, path, *, dir_fd=None)\n--\n\nWhat a symbolic link points to."},
    {"remove", posix_remove, 0, -1, METHOD_KEYWORDS,
     "remove($module, /, path, *, dir_fd=None)\n--\n\nRemoves a file."},
    {"rename", posix_rename, 0, -1, METHOD_KEYWORDS,
     "rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\nRenames a file."},
    {"replace", posix_replace, 0, -1, METHOD_KEYWORDS,
     "replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\n"
     "Renames a file over another."},
    {"rmdir", posix_rmdir, 0, -1, METHOD_KEYWORDS,
     "rmdir($module, /, path, *, dir_fd=None)\n--\n\nRemoves an empty directory."},
    {"scandir", posix_scandir, 0, -1, METHOD_KEYWORDS,
     "scandir($module, /, path=None)\n--\n\nAn iterator over the entries of a directory."},
    {"stat", posix_stat, 0, -1, METHOD_KEYWORDS,
     "stat($module, /, path, *, dir_fd=None, follow_symlinks=True)\n--\n\nStatus of a file."},
    {"statvfs", posix_statvfs, 0, -1, METHOD_KEYWORDS,
     "statvfs($module, /, path)\n--\n\nStatus of a file system."},
    {"symlink", posix_symlink, 0, -1, METHOD_KEYWORDS,
     "symlink($module, /, src, dst, target_is_directory=False, *, dir_fd=None)\n--\n\n"
     "Makes a symbolic link."},
    {"truncate", posix_truncate, 0, -1, METHOD_KEYWORDS,
     "truncate($module, /, path, length)\n--\n\nSets the size of a file."},
    {"umask", posix_umask, 1, 1, 0,
     "umask($module, mask, /)\n--\n\nSets the mask of new files and returns the old one."},
    {"unlink", posix_unlink, 0, -1, METHOD_KEYWORDS,
     "unlink($module, /, path, *, dir_fd=None)\n--\n\nRemoves a file."},
    {"utime", posix_utime, 0, -1, METHOD_KEYWORDS,
     "utime($module, /, path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)\n--\n\n"
     "Sets the times of access and modification."},
    {0},
};

/* Items 7 to 9 of a stat_result are whole seconds, but the attributes of their names are floats. */
static int name_float_times(void)
{
    ObjRef dict = type_dict(&stat_type);
    if (dict == NULL) {
        err_no_memory();
        return -1;
    }
    static const char *const moved[][2] = {
        {"_atime", "st_atime"}, {"_mtime", "st_mtime"}, {"_ctime", "st_ctime"}};
    for (size_t i = 0; i < 3; i++) {
        ObjRef descriptor = dict_peek_ascii(dict, moved[i][0]);
        if (descriptor == NULL)
            continue; /* done before */
        Obj *held = obj_incref(descriptor);
        Obj *old = str_intern_ascii(moved[i][0]);
        int status = old == NULL ? -1 : dict_set_ascii(dict, moved[i][1], held);
        if (status == 0)
            status = dict_delete(dict, old);
        obj_decref(held);
        obj_xdecref(old);
        if (status < 0)
            return -1;
    }
    return type_modified(&stat_type, NULL);
}

int posix_file_exec(ObjRef module)
{
    if (structseq_ready(&stat_type, &stat_def) < 0 || name_float_times() < 0 ||
        structseq_ready(&statvfs_type, &statvfs_def) < 0 ||
        module_add(module, "stat_result", (ObjRef)&stat_type) < 0 ||
        module_add(module, "statvfs_result", (ObjRef)&statvfs_type) < 0)
        return -1;
    return module_add(module, "DirEntry", (ObjRef)&posix_dir_entry_type);
}
