/*
 * The bytecode cache.
 *
 * A file is a header of 32 bytes, numbers little-endian, and the marshalled code object:
 *
 *     0   "OURO"
 *     4   magic number: a hash of the instruction set, so that other builds do not match
 *     8   time of the source's last change, in nanoseconds since 1970
 *     16  size of the source, in bytes
 *     24  checksum of the bytes from 8 to 24 and of all that follows the header
 *
 * Files come into being whole: they are written under another name and renamed.  A file that fails
 * any check is as good as none, and is written anew.  Beyond the checksum nothing is believed:
 * marshal.c checks lengths, and the verifier checks the code.
 */

#include "vm/interp/bytecode_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"
#include "vm/compile/marshal.h"
#include "vm/compile/opcodes.h"
#include "vm/interp/import.h"

enum { HEADER_SIZE = 32, FORMAT_VERSION = 1 };

/* ---- header */

/* FNV-1a of 64 bits (Fowler, Noll, Vo). */
static uint64_t add_to_hash(uint64_t hash, const void *data, size_t length)
{
    const unsigned char *octets = data;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ octets[i]) * 0x100000001B3u;
    return hash;
}

static const uint64_t hash_start = 0xCBF29CE484222325u;

/* Names, arguments and caches of all instructions: code of other instruction sets is not ours. */
static uint32_t magic_number(void)
{
    static uint32_t magic;
    if (magic != 0)
        return magic;
    uint64_t hash = add_to_hash(hash_start, "format", FORMAT_VERSION);
    for (int op = 0; op < OP_COUNT; op++) {
        const OpcodeInfo *info = &opcode_info[op];
        hash = add_to_hash(hash, info->name, strlen(info->name) + 1);
        hash = add_to_hash(hash, &info->arg_kind, sizeof info->arg_kind);
        hash = add_to_hash(hash, &info->flags, sizeof info->flags);
    }
    magic = (uint32_t)(hash ^ hash >> 32) | 1;
    return magic;
}

static void store_number(unsigned char *place, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        place[i] = (unsigned char)(value >> 8 * i);
}

static uint64_t load_number(const unsigned char *place, int bytes)
{
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | place[i];
    return value;
}

static uint64_t checksum(const unsigned char *data, int64_t length)
{
    uint64_t hash = add_to_hash(hash_start, data + 8, 16);
    return add_to_hash(hash, data + HEADER_SIZE, (size_t)(length - HEADER_SIZE));
}

static uint64_t time_of(const struct stat *status)
{
    return (uint64_t)status->st_mtim.tv_sec * 1000000000u + (uint64_t)status->st_mtim.tv_nsec;
}

/* What is wrong with a file's content, or NULL. */
static const char *complaint(const unsigned char *data, int64_t length)
{
    if (length < HEADER_SIZE)
        return "it is too short";
    if (memcmp(data, "OURO", 4) != 0 || load_number(data + 4, 4) != magic_number())
        return "bad magic number";
    if (load_number(data + 24, 8) != checksum(data, length))
        return "bad checksum";
    return NULL;
}

/* The content of a file for this code. */
static Obj *pack(ObjRef code, uint64_t time, uint64_t size)
{
    Obj *payload = marshal_dump(code, MARSHAL_VERSION);
    if (payload == NULL)
        return NULL;
    int64_t length = HEADER_SIZE + bytes_cast(payload)->length;
    Obj *content = bytes_new(NULL, length);
    if (content != NULL) {
        unsigned char *data = bytes_cast(content)->data;
        memcpy(data, "OURO", 4); /* NOLINT(bugprone-not-null-terminated-result): four bytes */
        store_number(data + 4, magic_number(), 4);
        store_number(data + 8, time, 8);
        store_number(data + 16, size, 8);
        memcpy(data + HEADER_SIZE, bytes_cast(payload)->data, (size_t)bytes_cast(payload)->length);
        store_number(data + 24, checksum(data, length), 8);
    }
    obj_decref(payload);
    return content;
}

Obj *bytecode_unpack(const unsigned char *data, int64_t length, ObjRef path)
{
    const char *wrong = complaint(data, length);
    if (wrong != NULL)
        return err_format(&exc_import_error, "%s in %R", wrong, path);
    Obj *code = marshal_load(data + HEADER_SIZE, length - HEADER_SIZE);
    if (code != NULL && !code_check(code)) {
        obj_clear(&code);
        err_format(&exc_import_error, "Non-code object in %R", path);
    }
    return code;
}

/* ---- paths */

Obj *bytecode_cache_path(ObjRef source, int optimize)
{
    int64_t length;
    const char *path = str_utf8(source, &length);
    if (path == NULL)
        return NULL;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    int folder = (int)(name - path),
        stem = (int)(dot == NULL ? strlen(name) : (size_t)(dot - name));
    char level[16] = "";
    if (optimize > 0)
        snprintf(level, sizeof level, ".opt-%d", optimize);
    size_t room = (size_t)length + 64;
    char *text = mem_alloc(room);
    if (text == NULL)
        return err_no_memory();
    int size = snprintf(text, room, "%.*s__pycache__/%.*s.ouro-311%s.pyc", folder, path, stem, name,
                        level);
    Obj *result = str_from_utf8(text, size);
    mem_free(text, room);
    return result;
}

/* ---- reading */

/* Has code and all code in its constants tell of `filename`. */
static void set_filename(ObjRef code, ObjRef filename)
{
    CodeObj *c = code_cast(code);
    if (c->filename == filename)
        return;
    obj_replace(&c->filename, obj_incref(filename));
    for (int64_t i = 0; i < tuple_length(c->consts); i++) {
        if (code_check(tuple_peek(c->consts, i)))
            set_filename(tuple_peek(c->consts, i), filename);
    }
}

/* A whole file; NULL without an exception when it cannot be read. */
static unsigned char *read_quietly(ObjRef path, int64_t *length)
{
    const char *text = str_utf8(path, NULL);
    char *content = text == NULL || access(text, R_OK) != 0 ? NULL : import_read_file(text, length);
    if (content == NULL)
        err_clear();
    return (unsigned char *)content;
}

Obj *bytecode_cache_load(ObjRef source, const struct stat *status)
{
    Obj *path = bytecode_cache_path(source, runtime.optimize), *code = NULL;
    int64_t length;
    unsigned char *data = path == NULL ? NULL : read_quietly(path, &length);
    if (data != NULL) {
        if (complaint(data, length) == NULL && load_number(data + 8, 8) == time_of(status) &&
            load_number(data + 16, 8) == (uint64_t)status->st_size)
            code = bytecode_unpack(data, length, path);
        mem_free(data, (size_t)length + 1);
    }
    obj_xdecref(path);
    err_clear(); /* the source tells as much */
    if (code != NULL && !str_equal(code_cast(code)->filename, source))
        set_filename(code, source);
    return code;
}

/* ---- writing */

static bool writes_wanted(void)
{
    ObjRef flag = dict_peek_ascii(runtime.sys_dict, "dont_write_bytecode");
    int truth = flag == NULL ? 0 : obj_truth(flag);
    err_clear();
    return truth == 0;
}

static bool write_all(int fd, const unsigned char *data, int64_t length)
{
    while (length > 0) {
        ssize_t done = write(fd, data, (size_t)length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        length -= done;
    }
    return true;
}

/* Puts the content in place under `path`: 0, or -1 with errno. */
static int write_file(const char *path, const unsigned char *data, int64_t length)
{
    char folder[PATH_MAX], temporary[PATH_MAX + 32];
    const char *slash = strrchr(path, '/');
    size_t folder_length = slash == NULL ? 0 : (size_t)(slash - path);
    if (strlen(path) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(folder, path, folder_length);
    folder[folder_length] = 0;
    if (folder_length > 0 && mkdir(folder, 0777) < 0 && errno != EEXIST)
        return -1;
    snprintf(temporary, sizeof temporary, "%s.%ld", path, (long)getpid());
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return -1;
    bool written = write_all(fd, data, length);
    int error_number = errno;
    written = close(fd) == 0 && written;
    if (written && rename(temporary, path) == 0)
        return 0;
    error_number = written ? errno : error_number;
    unlink(temporary);
    errno = error_number;
    return -1;
}

void bytecode_cache_store(ObjRef source, const struct stat *status, ObjRef code)
{
    if (!writes_wanted())
        return;
    Obj *path = bytecode_cache_path(source, runtime.optimize);
    Obj *content = path == NULL ? NULL : pack(code, time_of(status), (uint64_t)status->st_size);
    const char *text = content == NULL ? NULL : str_utf8(path, NULL);
    if (text != NULL)
        (void)write_file(text, bytes_cast(content)->data, bytes_cast(content)->length);
    obj_xdecref(path);
    obj_xdecref(content);
    err_clear();
}

/* ---- module _bytecode */

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)nargs, (void)kwnames

FUNCTION(module_magic)
{
    UNUSED;
    (void)args;
    unsigned char magic[8] = {'O', 'U', 'R', 'O'};
    store_number(magic + 4, magic_number(), 4);
    return bytes_new(magic, sizeof magic);
}

FUNCTION(module_cache_path)
{
    UNUSED;
    int64_t optimize;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "cache_path() takes a str, not %T", args[0]);
    if (obj_to_int64(args[1], &optimize) < 0)
        return NULL;
    if (optimize < 0 || optimize > 2)
        optimize = runtime.optimize;
    return bytecode_cache_path(args[0], (int)optimize);
}

/* write(code, source, target): the file of a code object, with time and size of its source. */
FUNCTION(module_write)
{
    UNUSED;
    if (!code_check(args[0]) || !str_check(args[1]) || !str_check(args[2]))
        return err_string(&exc_type_error, "write() takes code, source and target");
    const char *source = str_utf8(args[1], NULL), *target = str_utf8(args[2], NULL);
    struct stat status;
    if (source == NULL || target == NULL)
        return NULL;
    if (stat(source, &status) < 0)
        return err_errno(errno, args[1]);
    Obj *content = pack(args[0], time_of(&status), (uint64_t)status.st_size);
    if (content == NULL)
        return NULL;
    int failed = write_file(target, bytes_cast(content)->data, bytes_cast(content)->length);
    int error_number = errno;
    obj_decref(content);
    return failed < 0 ? err_errno(error_number, args[2]) : none_new();
}

/* is_current(source, target): the file holds the code of the source as it is now. */
FUNCTION(module_is_current)
{
    UNUSED;
    if (!str_check(args[0]) || !str_check(args[1]))
        return err_string(&exc_type_error, "is_current() takes source and target");
    const char *source = str_utf8(args[0], NULL);
    struct stat status;
    if (source == NULL)
        return NULL;
    if (stat(source, &status) < 0)
        return bool_new(false);
    int64_t length;
    unsigned char *data = read_quietly(args[1], &length);
    bool current = data != NULL && complaint(data, length) == NULL &&
                   load_number(data + 8, 8) == time_of(&status) &&
                   load_number(data + 16, 8) == (uint64_t)status.st_size;
    if (data != NULL)
        mem_free(data, (size_t)length + 1);
    return bool_new(current);
}

FUNCTION(module_unpack)
{
    UNUSED;
    BufferView view;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    Obj *code = bytecode_unpack(view.data, view.length, args[1]);
    buffer_release(&view);
    return code;
}

static const MethodDef functions[] = {
    {"magic", module_magic, 0, 0, 0, "magic($module, /)\n--\n\nThe first bytes of .pyc files."},
    {"cache_path", module_cache_path, 2, 2, 0,
     "cache_path($module, source, optimize, /)\n--\n\nWhere the code of a source file is kept."},
    {"write", module_write, 3, 3, 0,
     "write($module, code, source, target, /)\n--\n\nWrites a .pyc file."},
    {"is_current", module_is_current, 2, 2, 0,
     "is_current($module, source, target, /)\n--\n\nTrue if the .pyc file is whole and up to "
     "date."},
    {"unpack", module_unpack, 2, 2, 0,
     "unpack($module, content, path, /)\n--\n\nThe code object in the content of a .pyc file."},
    {0},
};

const ModuleDef bytecode_module = {
    .name = "_bytecode",
    .doc = "Compiled modules on disk.",
    .functions = functions,
};
