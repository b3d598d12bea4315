/*
 * open(), the standard streams, and the module _io that holds the stream types.
 *
 * Bases: io_base.c; raw files: io_file.c; buffers: io_buffered.c; text: io_text.c; streams in
 * memory: io_bytes.c, io_string.c.  Module io (runtime/lib/io.py) shows all of them with their
 * abstract bases.
 */
#include "runtime/modules/io.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/modules/io_base.h"
#include "runtime/modules/io_buffered.h"
#include "runtime/modules/io_bytes.h"
#include "runtime/modules/io_file.h"
#include "runtime/modules/io_string.h"
#include "runtime/modules/io_text.h"
#include "runtime/modules/path_argument.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

/* ---- open */

/* A mode string taken apart. */
typedef struct OpenMode {
    bool creating, reading, writing, appending, updating, text, binary;
    char raw[6]; /* for FileIO */
} OpenMode;

static int parse_mode(const char *mode, OpenMode *out)
{
    *out = (OpenMode){0};
    size_t length = strlen(mode);
    bool good = true;
    for (size_t i = 0; i < length && good; i++) {
        bool *flag = mode[i] == 'x'   ? &out->creating
                     : mode[i] == 'r' ? &out->reading
                     : mode[i] == 'w' ? &out->writing
                     : mode[i] == 'a' ? &out->appending
                     : mode[i] == '+' ? &out->updating
                     : mode[i] == 't' ? &out->text
                     : mode[i] == 'b' ? &out->binary
                                      : NULL;
        good = flag != NULL && !*flag;
        if (good)
            *flag = true;
    }
    if (!good)
        return err_format_int(&exc_value_error, "invalid mode: '%s'", mode);
    size_t used = 0;
    if (out->creating)
        out->raw[used++] = 'x';
    if (out->reading)
        out->raw[used++] = 'r';
    if (out->writing)
        out->raw[used++] = 'w';
    if (out->appending)
        out->raw[used++] = 'a';
    if (out->updating)
        out->raw[used++] = '+';
    return 0;
}

/* Arguments of open() that contradict the mode: 0, or -1 with ValueError. */
static int check_mode(const OpenMode *mode, const ObjRef *bound, int64_t buffering)
{
    if (mode->text && mode->binary)
        return err_format_int(&exc_value_error, "can't have text and binary mode at once");
    if (mode->creating + mode->reading + mode->writing + mode->appending > 1)
        return err_format_int(&exc_value_error,
                              "must have exactly one of create/read/write/append mode");
    if (!mode->binary)
        return 0;
    if (bound[3] != NULL)
        return err_format_int(&exc_value_error, "binary mode doesn't take an encoding argument");
    if (bound[4] != NULL)
        return err_format_int(&exc_value_error, "binary mode doesn't take an errors argument");
    if (bound[5] != NULL)
        return err_format_int(&exc_value_error, "binary mode doesn't take a newline argument");
    if (buffering == 1)
        return err_warn(&exc_runtime_warning, 1,
                        "line buffering (buffering=1) isn't supported in binary mode, the default "
                        "buffer size will be used");
    return 0;
}

/* The stream over a raw file; `raw` is closed by the caller when this fails. */
static Obj *wrap_raw(ObjRef raw, const OpenMode *mode, ObjRef mode_text, int64_t buffering,
                     const TextOptions *text)
{
    TextOptions options = *text;
    const FileObj *file = io_file_cast(raw);
    if (buffering == 1 || (buffering < 0 && isatty(file->fd))) {
        buffering = -1;
        options.line_buffering = true;
    }
    if (buffering < 0)
        buffering = file->block_size > IO_BUFFER_SIZE ? file->block_size : IO_BUFFER_SIZE;
    if (buffering == 0) {
        if (!mode->binary)
            return err_string(&exc_value_error, "can't have unbuffered text I/O");
        return obj_incref(raw);
    }
    Type *type = mode->updating  ? &io_buffered_random_type
                 : mode->reading ? &io_buffered_reader_type
                                 : &io_buffered_writer_type;
    Obj *buffer = NULL;
    if (type != &io_buffered_random_type ||
        io_require(raw, "seekable", "File or stream is not seekable.") == 0)
        buffer = io_buffered_new(type, raw, buffering);
    if (buffer == NULL || mode->binary)
        return buffer;
    Obj *stream = io_text_new(buffer, &options);
    if (stream == NULL)
        io_close_after_error(buffer);
    obj_decref(buffer);
    if (stream != NULL && obj_setattr(stream, names.mode, mode_text) < 0)
        obj_clear(&stream);
    return stream;
}

/* A str argument that may be None: 0/-1. */
static int optional_str(ObjRef *place, const char *name)
{
    if (*place == NULL || is_none(*place)) {
        *place = NULL;
        return 0;
    }
    if (str_check(*place))
        return 0;
    return err_format_int(&exc_type_error, "open() argument '%s' must be str or None, not %T", name,
                          *place);
}

Obj *io_open(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    static const ArgSpec spec = {
        "open",
        0,
        1,
        8,
        8,
        {"file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"}};
    ObjRef bound[8];
    int64_t buffering = -1;
    bool close_fd = true;
    OpenMode mode;
    Obj *default_mode = NULL, *path = NULL, *raw = NULL, *result = NULL;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        (bound[1] != NULL && args_require_str(bound[1], "open", "mode") < 0) ||
        args_to_int64(bound[2], &buffering) < 0 || optional_str(&bound[3], "encoding") < 0 ||
        optional_str(&bound[4], "errors") < 0 || optional_str(&bound[5], "newline") < 0 ||
        args_to_bool(bound[6], &close_fd) < 0)
        return NULL;
    if (!str_check(bound[0]) && !bytes_check(bound[0]) && obj_type(bound[0])->index != NULL)
        path = obj_incref(bound[0]);
    else
        path = path_argument_fspath(bound[0]);
    if (path == NULL)
        return NULL;
    if (bound[1] == NULL)
        bound[1] = default_mode = str_from_char('r');
    const char *mode_text = bound[1] == NULL ? NULL : str_utf8(bound[1], NULL);
    if (mode_text == NULL || parse_mode(mode_text, &mode) < 0 ||
        check_mode(&mode, bound, buffering) < 0)
        goto done;
    raw = io_file_open(path, mode.raw, close_fd, bound[7]);
    if (raw == NULL)
        goto done;
    TextOptions options = {.encoding = bound[3], .errors = bound[4], .newline = bound[5]};
    result = wrap_raw(raw, &mode, bound[1], buffering, &options);
    if (result == NULL)
        io_close_after_error(raw);
done:
    obj_xdecref(default_mode);
    obj_decref(path);
    obj_xdecref(raw);
    return result;
}

Obj *io_open_fd(int fd, const char *mode, const char *name, const IoFdOptions *options)
{
    static const IoFdOptions plain = {0};
    if (options == NULL)
        options = &plain;
    Obj *encoding = str_from_ascii(options->encoding == NULL ? "utf-8" : options->encoding);
    Obj *errors = str_from_ascii(options->errors == NULL ? "strict" : options->errors);
    Obj *newline = str_from_char('\n');
    Obj *mode_text = str_from_ascii(mode);
    Obj *raw = NULL, *buffer = NULL, *stream = NULL;
    bool writing = mode[0] != 'r';
    if (encoding == NULL || errors == NULL || newline == NULL || mode_text == NULL)
        goto done;
    raw = io_file_from_fd(fd, mode, name);
    if (raw == NULL)
        goto done;
    buffer = io_buffered_new(writing ? &io_buffered_writer_type : &io_buffered_reader_type, raw,
                             IO_BUFFER_SIZE);
    if (buffer == NULL)
        goto done;
    TextOptions text = {
        .encoding = encoding,
        .errors = errors,
        .newline = writing ? (ObjRef)newline : NULL, /* input: line ends of all kinds */
        .line_buffering = options->line_buffering || isatty(fd),
        .write_through = options->write_through,
    };
    stream = io_text_new(buffer, &text);
    if (stream != NULL && object_store_attr(stream, names.mode, mode_text) < 0)
        obj_clear(&stream);
done:
    obj_xdecref(encoding);
    obj_xdecref(errors);
    obj_xdecref(newline);
    obj_xdecref(mode_text);
    obj_xdecref(raw);
    obj_xdecref(buffer);
    return stream;
}

static Obj *io_open_code(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"open_code", 0, 1, 1, 1, {"path"}};
    ObjRef path;
    if (args_bind(&spec, args, nargs, kwnames, &path) < 0 ||
        args_require_str(path, "open_code", "path") < 0)
        return NULL;
    Obj *mode = str_from_ascii("rb");
    Obj *result = mode == NULL ? NULL : io_open(self, (ObjRef[]){path, mode}, 2, NULL);
    obj_xdecref(mode);
    return result;
}

static Obj *io_text_encoding(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return is_none(args[0]) ? str_from_ascii("locale") : obj_incref(args[0]);
}

/* ---- module */

static const MethodDef open_def = {
    "open",
    io_open,
    0,
    -1,
    METHOD_KEYWORDS,
    "open($module, /, file, mode='r', buffering=-1, encoding=None,\n"
    "     errors=None, newline=None, closefd=True, opener=None)\n--\n\n"
    "Opens a file, by name or descriptor, and returns a stream.\n\n"
    "mode: 'r' reads (the default), 'w' writes a file anew, 'x' creates one that must not be "
    "there,\n"
    "'a' appends; '+' reads and writes; 'b' gives bytes, 't' text (the default).\n"
    "buffering: 0 none (binary mode), 1 by line (text mode), more: size of the buffer in bytes.\n"
    "encoding, errors: how text is encoded (UTF-8) and what happens to what cannot be.\n"
    "newline: None translates all line ends to '\\n' and back; '' reads them as they are; '\\n', "
    "'\\r'\n"
    "and '\\r\\n' name the one line end there is."};

static const MethodDef functions[] = {
    {"open_code", io_open_code, 0, -1, METHOD_KEYWORDS,
     "open_code($module, /, path)\n--\n\nOpens a file of program text for reading bytes."},
    {"text_encoding", io_text_encoding, 1, 2, 0,
     "text_encoding($module, encoding, stacklevel=2, /)\n--\n\n"
     "The encoding itself, or 'locale' for None."},
    {0},
};

static Obj *open_function;

int io_init(void)
{
    ROOT("the function open", open_function);
    Obj *module = str_from_ascii("io");
    if (module != NULL)
        open_function = builtin_function_new(&open_def, NULL, module);
    obj_xdecref(module);
    if (open_function == NULL || io_bytes_init() < 0)
        return -1;
    return dict_set_ascii(runtime.builtins_dict, "open", open_function);
}

void io_release(void)
{
    obj_clear(&open_function);
    io_finish();
}

static int exec(ObjRef module)
{
    static const struct {
        const char *name;
        Type *type;
    } types[] = {
        {"_IOBase", &io_base_type},
        {"_RawIOBase", &io_raw_base_type},
        {"_BufferedIOBase", &io_buffered_base_type},
        {"_TextIOBase", &io_text_base_type},
        {"FileIO", &io_file_type},
        {"BytesIO", &io_bytes_type},
        {"StringIO", &io_string_type},
        {"BufferedReader", &io_buffered_reader_type},
        {"BufferedWriter", &io_buffered_writer_type},
        {"BufferedRandom", &io_buffered_random_type},
        {"TextIOWrapper", &io_text_wrapper_type},
        {"BlockingIOError", &exc_blocking_io_error},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (module_add(module, types[i].name, (ObjRef)types[i].type) < 0)
            return -1;
    ObjRef unsupported = io_unsupported_peek();
    if (unsupported == NULL || module_add(module, "UnsupportedOperation", unsupported) < 0 ||
        module_add(module, "open", open_function) < 0)
        return -1;
    return module_add_int(module, "DEFAULT_BUFFER_SIZE", IO_BUFFER_SIZE);
}

const ModuleDef io_module = {
    .name = "_io",
    .doc = "Streams: files, buffers and text.",
    .functions = functions,
    .exec = exec,
};
