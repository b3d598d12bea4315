/*
 * Builtin functions that need frames, code objects or import: __build_class__, __import__, compile,
 * eval, exec, globals, locals, input, breakpoint; and sys._getframe with its relatives.
 */

#include "vm/interp/builtins_vm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/core/state.h"
#include "runtime/core/type_build.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/compile.h"
#include "vm/interp/anext.h"
#include "vm/interp/cell.h"
#include "vm/interp/eval.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator.h"
#include "vm/interp/import.h"
#include "vm/interp/traceback_print.h"

/* ---- __build_class__ */

/* `bases` with what __mro_entries__ of those that are no classes gives: new reference. */
static Obj *resolve_bases(ObjRef bases)
{
    int64_t count = tuple_length(bases);
    Obj *list = NULL;
    for (int64_t i = 0; i < count; i++) {
        ObjRef base = tuple_peek(bases, i);
        Obj *method = NULL;
        int found = 0;
        if (!type_check(base, &type_type))
            found = obj_getattr_opt(base, names.dunder_mro_entries, &method);
        if (found < 0)
            goto fail;
        if (found == 0) {
            if (list != NULL && list_append(list, base) < 0)
                goto fail;
            continue;
        }
        Obj *entries = obj_call1(method, bases);
        obj_decref(method);
        if (entries == NULL)
            goto fail;
        if (!tuple_check(entries)) {
            err_format(&exc_type_error, "__mro_entries__ must return a tuple");
            obj_decref(entries);
            goto fail;
        }
        if (list == NULL) {
            list = list_new(0);
            for (int64_t k = 0; list != NULL && k < i; k++) {
                if (list_append(list, tuple_peek(bases, k)) < 0)
                    obj_clear(&list);
            }
        }
        int extended = list == NULL ? -1 : list_extend(list, entries);
        obj_decref(entries);
        if (extended < 0)
            goto fail;
    }
    if (list == NULL)
        return obj_incref(bases);
    Obj *result = list_to_tuple(list);
    obj_decref(list);
    return result;
fail:
    obj_xdecref(list);
    return NULL;
}

/* type(name, bases, namespace, **keywords) of the metaclass. */
static Obj *call_metaclass(ObjRef meta, ObjRef name, ObjRef bases, ObjRef namespace,
                           ObjRef keywords)
{
    Obj *args = tuple_pack(3, name, bases, namespace);
    Obj *result = args == NULL ? NULL : obj_call_tuple(meta, args, keywords);
    obj_xdecref(args);
    return result;
}

static Obj *prepare_namespace(ObjRef meta, ObjRef name, ObjRef bases, ObjRef keywords)
{
    Obj *prepare = NULL, *args = NULL, *namespace = NULL;
    if (meta == &type_type.head.base)
        return dict_new();
    int found = obj_getattr_opt(meta, names.dunder_prepare, &prepare);
    if (found < 0)
        return NULL;
    if (found == 0)
        return dict_new();
    args = tuple_pack(2, name, bases);
    if (args != NULL)
    namespace = obj_call_tuple(prepare, args, keywords);
    if (namespace != NULL && !dict_check(namespace) && obj_type(namespace)->get_item == NULL) {
        Obj *meta_name = type_check(meta, &type_type) ? obj_incref(((const Type *)meta)->name)
                                                      : str_from_ascii("<metaclass>");
        if (meta_name != NULL)
            err_format(&exc_type_error, "%U.__prepare__() must return a mapping, not %T", meta_name,
                       namespace);
        obj_xdecref(meta_name);
        obj_clear(&namespace);
    }
    obj_xdecref(prepare);
    obj_xdecref(args);
    return namespace;
}

/* Adds the names that a function stores as attributes of its first parameter; their number. */
static int32_t stored_attributes(const CodeObj *code, ObjRef *found, int32_t count, int32_t most)
{
    int op, before = OP_NOP;
    int32_t arg, at, before_arg = -1;
    for (int32_t i = 0; i < code->word_count && count < most;) {
        i = code_decode(code, i, &op, &arg, &at);
        if (op == OP_STORE_ATTR && before == OP_LOAD_FAST && before_arg == 0) {
            ObjRef name = tuple_peek(code->names, arg);
            int32_t k = 0;
            while (k < count && found[k] != name)
                k++;
            if (k == count)
                found[count++] = name;
        }
        before = op;
        before_arg = arg;
    }
    return count;
}

/* Room in the instances for what the __init__ of the class and of its bases assign. */
static void expect_attributes(Type *type)
{
    ObjRef found[SHAPE_MAX_CAPACITY];
    int32_t count = 0;
    if ((type->head.flags & (TYPE_INLINE_ATTRS | TYPE_VAR)) != TYPE_INLINE_ATTRS)
        return;
    for (int64_t i = 0; i < tuple_length(type->mro); i++) {
        const Type *base = (const Type *)tuple_peek(type->mro, i);
        ObjRef init = (base->head.flags & TYPE_HEAP) && base->dict != NULL
                          ? dict_peek(base->dict, names.dunder_init)
                          : NULL;
        if (init != NULL && function_check(init) && function_cast(init)->code->argcount > 0)
            count = stored_attributes(function_cast(init)->code, found, count, SHAPE_MAX_CAPACITY);
    }
    shape_expect(type, count);
}

static Obj *build_class(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    Obj *bases = NULL, *original = NULL, *keywords = NULL, *meta = NULL, *namespace = NULL;
    Obj *cell = NULL, *result = NULL;
    if (nargs < 2)
        return err_format(&exc_type_error, "__build_class__: not enough arguments");
    if (!function_check(args[0]))
        return err_format(&exc_type_error, "__build_class__: func must be a function");
    if (!str_check(args[1]))
        return err_format(&exc_type_error, "__build_class__: name is not a string");
    ObjRef name = args[1];
    original = tuple_from(args + 2, nargs - 2);
    if (original == NULL || (bases = resolve_bases(original)) == NULL)
        goto done;
    int64_t count = kwnames == NULL ? 0 : tuple_length(kwnames);
    for (int64_t i = 0; i < count; i++) {
        ObjRef key = tuple_peek(kwnames, i);
        if (str_equal(key, names.metaclass)) {
            meta = obj_incref(args[nargs + i]);
            continue;
        }
        if (keywords == NULL && (keywords = dict_new()) == NULL)
            goto done;
        if (dict_set(keywords, key, args[nargs + i]) < 0)
            goto done;
    }
    if (meta == NULL) {
        meta = tuple_length(bases) == 0 ? obj_incref(&type_type.head.base)
                                        : obj_incref(&obj_type(tuple_peek(bases, 0))->head.base);
    }
    if (type_check(meta, &type_type)) {
        Type *winner = type_most_derived_metatype((Type *)meta, bases);
        if (winner == NULL)
            goto done;
        if (&winner->head.base != meta)
            obj_replace(&meta, obj_incref(&winner->head.base));
    }
    namespace = prepare_namespace(meta, name, bases, keywords);
    if (namespace == NULL)
        goto done;
    cell = eval_in_namespace(args[0], namespace);
    if (cell == NULL)
        goto done;
    if (bases != original && obj_setitem(namespace, names.dunder_orig_bases, original) < 0)
        goto done;
    result = call_metaclass(meta, name, bases, namespace, keywords);
    if (result != NULL && type_check(result, &type_type) && ((Type *)result)->mro != NULL)
        expect_attributes((Type *)result);
    if (result != NULL && cell_check(cell) && type_check(result, &type_type)) {
        ObjRef filled = cell_cast(cell)->value;
        if (filled == NULL) {
            err_format(&exc_runtime_error,
                       "__class__ not set defining %R as %R. Was __classcell__ propagated to "
                       "type.__new__?",
                       name, result);
            obj_clear(&result);
        } else if (filled != result) {
            err_format(&exc_type_error, "__class__ set to %R defining %R as %R", filled, name,
                       result);
            obj_clear(&result);
        }
    }
done:
    obj_xdecref(original);
    obj_xdecref(bases);
    obj_xdecref(keywords);
    obj_xdecref(meta);
    obj_xdecref(namespace);
    obj_xdecref(cell);
    return result;
}

/* ---- compile, eval, exec */

/* The text of a source argument; *holder keeps it alive.  NULL with TypeError or ValueError. */
static const char *source_text(ObjRef source, const char *function, const char *what, Obj **holder,
                               int64_t *length, unsigned *flags)
{
    const char *text;
    *holder = NULL;
    if (str_check(source)) {
        text = str_utf8(source, length);
        if (text == NULL)
            return NULL;
        *flags |= COMPILE_IGNORE_COOKIE;
        *holder = obj_incref(source);
    } else if (obj_has_flag(source, TYPE_BYTES)) {
        text = (const char *)bytes_cast(source)->data;
        *length = bytes_cast(source)->length;
        *holder = obj_incref(source);
    } else {
        BufferView view;
        if (buffer_acquire(source, &view) < 0) {
            if (err_matches(&exc_type_error)) {
                err_clear();
                err_format(&exc_type_error, "%s() arg 1 must be a %s object", function, what);
            }
            return NULL;
        }
        *holder = bytes_new(view.data, view.length);
        buffer_release(&view);
        if (*holder == NULL)
            return NULL;
        text = (const char *)bytes_cast(*holder)->data;
        *length = bytes_cast(*holder)->length;
    }
    if (memchr(text, 0, (size_t)*length) != NULL) {
        err_format(&exc_value_error, "source code string cannot contain null bytes");
        obj_clear(holder);
        return NULL;
    }
    return text;
}

/* __future__ features of the code that calls. */
static unsigned inherited_futures(void)
{
    const CallRecord *record = thread_running();
    return record == NULL ? 0 : record_code(record)->flags & CODE_FUTURES;
}

static Obj *filename_str(ObjRef filename)
{
    if (str_check(filename))
        return obj_incref(filename);
    Obj *path = NULL;
    if (!obj_has_flag(filename, TYPE_BYTES)) {
        int found = obj_call_special(filename, names.dunder_fspath, NULL, 0, &path);
        if (found < 0)
            return NULL;
        if (found == 0)
            return err_format(&exc_type_error, "expected str, bytes or os.PathLike object, not %T",
                              filename);
    } else {
        path = obj_incref(filename);
    }
    if (str_check(path))
        return path;
    Obj *result =
        obj_has_flag(path, TYPE_BYTES)
            ? str_from_filesystem((const char *)bytes_cast(path)->data)
            : err_format(&exc_type_error, "expected %T.__fspath__() to return str or bytes, not %T",
                         filename, path);
    obj_decref(path);
    return result;
}

/* The instances of module ast's classes for a tree. */
static Obj *build_tree_steal(Obj *tree)
{
    Obj *module = runtime.hooks.import_module("ast"), *result = NULL;
    Obj *name = module == NULL ? NULL : str_intern_ascii("_build");
    if (name != NULL) {
        ObjRef args[] = {tree};
        result = obj_call_method(module, name, args, 1);
    }
    obj_xdecref(name);
    obj_xdecref(module);
    obj_decref(tree);
    return result;
}

static Obj *builtin_compile(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "compile",
        0,
        3,
        6,
        7,
        {"source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"}};
    ObjRef given[7];
    int64_t flags = 0, optimize = -1, version = -1;
    bool dont_inherit = false;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0 || args_to_int64(given[3], &flags) < 0 ||
        args_to_bool(given[4], &dont_inherit) < 0 || args_to_int64(given[5], &optimize) < 0 ||
        args_to_int64(given[6], &version) < 0 || args_require_str(given[2], "compile", "mode") < 0)
        return NULL;
    if (flags & ~(int64_t)(COMPILE_FLAGS | CODE_FUTURES))
        return err_format(&exc_value_error, "compile(): unrecognised flags");
    if (optimize < -1 || optimize > 2)
        return err_format(&exc_value_error, "compile(): invalid optimize value");
    CompileMode mode;
    if (str_equal_ascii(given[2], "exec"))
        mode = COMPILE_EXEC;
    else if (str_equal_ascii(given[2], "eval"))
        mode = COMPILE_EVAL;
    else if (str_equal_ascii(given[2], "single"))
        mode = COMPILE_SINGLE;
    else if (str_equal_ascii(given[2], "func_type"))
        return err_format(&exc_value_error,
                          "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    else
        return err_format(&exc_value_error,
                          flags & COMPILE_ONLY_AST
                              ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                              : "compile() mode must be 'exec', 'eval' or 'single'");
    Obj *filename = filename_str(given[1]), *holder = NULL, *result = NULL;
    if (filename == NULL)
        return NULL;
    unsigned all = (unsigned)flags;
    if (!dont_inherit)
        all |= inherited_futures();
    int64_t length;
    const char *text =
        source_text(given[0], "compile", "string, bytes or AST", &holder, &length, &all);
    if (text != NULL)
        result = compile_source(text, length, filename, mode, all, (int)optimize);
    obj_xdecref(holder);
    obj_decref(filename);
    return result != NULL && (flags & COMPILE_ONLY_AST) ? build_tree_steal(result) : result;
}

/* Fills in the globals and locals of eval and exec: new references.  0/-1. */
static int find_namespaces(const char *function, ObjRef globals, ObjRef locals, Obj **out_globals,
                           Obj **out_locals)
{
    *out_globals = *out_locals = NULL;
    if (globals != NULL && is_none(globals))
        globals = NULL;
    if (locals != NULL && is_none(locals))
        locals = NULL;
    if (locals != NULL && obj_type(locals)->get_item == NULL)
        return strcmp(function, "eval") == 0
                   ? err_format_int(&exc_type_error, "locals must be a mapping")
                   : err_format_int(&exc_type_error, "locals must be a mapping or None, not %.100T",
                                    locals);
    if (globals != NULL && !dict_check(globals)) {
        if (strcmp(function, "exec") == 0)
            return err_format_int(&exc_type_error, "exec() globals must be a dict, not %.100T",
                                  globals);
        return err_format_int(&exc_type_error,
                              obj_type(globals)->get_item != NULL
                                  ? "globals must be a real dict; try eval(code, {}, mapping)"
                                  : "globals must be a dict");
    }
    CallRecord *record = thread_running();
    if (globals == NULL) {
        if (record == NULL)
            return err_format_int(&exc_type_error,
                                  "eval must be given globals and locals when called without a "
                                  "frame");
        *out_globals = obj_incref(record_function(record)->globals);
        *out_locals = locals != NULL ? obj_incref(locals) : frame_locals(record);
    } else {
        *out_globals = obj_incref(globals);
        *out_locals = obj_incref(locals != NULL ? locals : globals);
    }
    if (*out_locals == NULL)
        goto fail;
    ObjRef given = dict_peek(*out_globals, names.dunder_builtins);
    int has = given != NULL ? 1 : err_occurred() == NULL ? 0 : -1;
    if (has < 0)
        goto fail;
    if (has > 0 && !dict_check(given) && !type_check(given, &module_type)) {
        err_format(&exc_type_error, "__builtins__ must be a dict or a module, not %T", given);
        goto fail;
    }
    if (has == 0) {
        ObjRef builtins = record == NULL ? (ObjRef)runtime.builtins_dict
                                         : (ObjRef)record_function(record)->builtins;
        if (dict_set(*out_globals, names.dunder_builtins,
                     builtins == runtime.builtins_dict ? (ObjRef)runtime.builtins : builtins) < 0)
            goto fail;
    }
    return 0;
fail:
    obj_clear(out_globals);
    obj_clear(out_locals);
    return -1;
}

static Obj *builtin_eval(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    Obj *globals, *locals, *holder = NULL, *code = NULL, *result = NULL;
    (void)self;
    (void)kwnames;
    if (find_namespaces("eval", nargs > 1 ? args[1] : NULL, nargs > 2 ? args[2] : NULL, &globals,
                        &locals) < 0)
        return NULL;
    if (code_check(args[0])) {
        code = obj_incref(args[0]);
        if (code_cast(code)->nfreevars > 0) {
            err_format(&exc_type_error,
                       "code object passed to eval() may not contain free variables");
            goto done;
        }
    } else {
        unsigned flags = inherited_futures();
        int64_t length;
        const char *text =
            source_text(args[0], "eval", "string, bytes or code", &holder, &length, &flags);
        if (text == NULL)
            goto done;
        while (length > 0 && (*text == ' ' || *text == '\t')) {
            text++;
            length--;
        }
        code = compile_source(text, length, names.string_, COMPILE_EVAL, flags, -1);
        if (code == NULL)
            goto done;
    }
    result = eval_code(code, globals, locals, NULL);
done:
    obj_xdecref(code);
    obj_xdecref(holder);
    obj_decref(globals);
    obj_decref(locals);
    return result;
}

static int check_closure(const CodeObj *code, ObjRef closure)
{
    int64_t count = code->nfreevars;
    if (count == 0) {
        if (closure != NULL)
            return err_format_int(&exc_type_error, "cannot use a closure with this code object");
        return 0;
    }
    bool fits = closure != NULL && tuple_check_exact(closure) && tuple_length(closure) == count;
    for (int64_t i = 0; fits && i < count; i++)
        fits = cell_check(tuple_peek(closure, i));
    if (fits)
        return 0;
    return err_format_int(&exc_type_error, "code object requires a closure of exactly length %lld",
                          (long long)count);
}

static Obj *builtin_exec(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"exec", 3, 1, 3, 4, {"", "", "", "closure"}};
    ObjRef given[4];
    Obj *globals, *locals, *holder = NULL, *code = NULL, *result = NULL;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    ObjRef closure = given[3] != NULL && is_none(given[3]) ? NULL : given[3];
    if (find_namespaces("exec", given[1], given[2], &globals, &locals) < 0)
        return NULL;
    if (code_check(given[0])) {
        code = obj_incref(given[0]);
        if (check_closure(code_cast(code), closure) < 0)
            goto done;
    } else {
        unsigned flags = inherited_futures();
        int64_t length;
        if (closure != NULL) {
            err_format(&exc_type_error, "closure can only be used when source is a code object");
            goto done;
        }
        const char *text =
            source_text(given[0], "exec", "string, bytes or code", &holder, &length, &flags);
        if (text == NULL)
            goto done;
        code = compile_source(text, length, names.string_, COMPILE_EXEC, flags, -1);
        if (code == NULL)
            goto done;
    }
    result = eval_code(code, globals, locals, closure);
    if (result != NULL)
        obj_replace(&result, none_new());
done:
    obj_xdecref(code);
    obj_xdecref(holder);
    obj_decref(globals);
    obj_decref(locals);
    return result;
}

/* ---- namespaces */

static Obj *builtin_globals(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    const CallRecord *record = thread_running();
    return record == NULL ? none_new() : obj_incref(record_function(record)->globals);
}

static Obj *builtin_locals(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    CallRecord *record = thread_running();
    if (record == NULL)
        return err_format(&exc_system_error, "frame does not exist");
    return frame_locals(record);
}

/* ---- __import__ */

static Obj *builtin_import(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "__import__", 0, 1, 5, 5, {"name", "globals", "locals", "fromlist", "level"}};
    ObjRef given[5];
    int64_t level = 0;
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0 || args_to_int64(given[4], &level) < 0)
        return NULL;
    if (!str_check(given[0]))
        return err_format(&exc_type_error, "module name must be a string");
    return import_name(given[0], given[1], given[3], level);
}

bool builtins_vm_is_import(ObjRef o)
{
    return obj_type(o) == &builtin_function_type &&
           builtin_function_cast(o)->def->fn == builtin_import;
}

/* ---- input */

/* The file object sys.<name>; new reference.  RuntimeError when it is gone. */
static Obj *sys_file(ObjRef name)
{
    ObjRef file = dict_peek(runtime.sys_dict, name);
    if (file == NULL || is_none(file))
        return err_format(&exc_runtime_error, "input(): lost sys.%U", name);
    return obj_incref(file);
}

static int flush_file(ObjRef file)
{
    Obj *result = obj_call_method(file, names.flush, NULL, 0);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

static Obj *builtin_input(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    Obj *in = NULL, *out = NULL, *err = NULL, *line = NULL, *result = NULL;
    (void)self;
    (void)kwnames;
    if ((in = sys_file(names.stdin)) == NULL || (out = sys_file(names.stdout)) == NULL ||
        (err = sys_file(names.stderr)) == NULL)
        goto done;
    if (flush_file(err) < 0)
        err_clear();
    if (nargs > 0) {
        Obj *text = obj_str(args[0]);
        Obj *written =
            text == NULL ? NULL : obj_call_method(out, names.write, (const ObjRef *)&text, 1);
        obj_xdecref(text);
        obj_xdecref(written);
        if (written == NULL)
            goto done;
    }
    if (flush_file(out) < 0)
        err_clear();
    line = obj_call_method(in, names.readline, NULL, 0);
    if (line == NULL)
        goto done;
    if (!str_check(line)) {
        err_format(&exc_type_error, "object.readline() returned non-string");
        goto done;
    }
    int64_t length = str_length(line);
    if (length == 0) {
        err_format(&exc_eof_error, "EOF when reading a line");
        goto done;
    }
    if (str_char_at(line, length - 1) == '\n')
        length--;
    result = str_substring(line, 0, length);
done:
    obj_xdecref(in);
    obj_xdecref(out);
    obj_xdecref(err);
    obj_xdecref(line);
    return result;
}

static const MethodDef builtins_vm_functions[] = {
    {"__build_class__", build_class, 0, -1, METHOD_KEYWORDS,
     "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\n"
     "What the class statement calls."},
    {"__import__", builtin_import, 0, -1, METHOD_KEYWORDS,
     "__import__(name, globals=None, locals=None, fromlist=(), level=0)\n--\n\n"
     "What the import statement calls."},
    {"anext", builtin_anext, 1, 2, 0,
     "anext(aiterator, default=<unrepresentable>, /)\n--\n\nAn awaitable for the next item; the "
     "default when there is none."},
    {"compile", builtin_compile, 0, -1, METHOD_KEYWORDS,
     "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, "
     "_feature_version=-1)\n--\n\nMakes a code object of source text."},
    {"eval", builtin_eval, 1, 3, 0,
     "eval(source, globals=None, locals=None, /)\n--\n\nThe value of an expression."},
    {"exec", builtin_exec, 0, -1, METHOD_KEYWORDS,
     "exec(source, globals=None, locals=None, /, *, closure=None)\n--\n\nRuns statements."},
    {"globals", builtin_globals, 0, 0, 0, "globals()\n--\n\nThe namespace of the running module."},
    {"input", builtin_input, 0, 1, 0,
     "input(prompt='', /)\n--\n\nReads a line from standard input."},
    {"locals", builtin_locals, 0, 0, 0, "locals()\n--\n\nThe running function's variables."},
    {0},
};

/* ---- sys */

static Obj *sys_getframe(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    int64_t depth = 0;
    (void)self;
    (void)kwnames;
    if (nargs > 0 && obj_to_int64(args[0], &depth) < 0)
        return NULL;
    CallRecord *record = thread_record_at(depth < 0 ? 0 : depth);
    if (record == NULL)
        return err_format(&exc_value_error, "call stack is not deep enough");
    return frame_of_record(record);
}

static ObjRef handled_exception(void)
{
    const ExcItem *item = thread_state->handled;
    while (item->exception == NULL && item->previous != NULL)
        item = item->previous;
    return item->exception;
}

static Obj *sys_exc_info(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    ObjRef exception = handled_exception();
    if (exception == NULL)
        return tuple_pack(3, obj_none, obj_none, obj_none);
    ObjRef traceback = exception_cast(exception)->traceback;
    return tuple_pack(3, (ObjRef)&obj_type(exception)->head.base, exception,
                      traceback == NULL ? (ObjRef)obj_none : traceback);
}

static Obj *sys_exception(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    ObjRef exception = handled_exception();
    return exception == NULL ? none_new() : obj_incref(exception);
}

/* sys.excepthook(type, value, traceback) */
static Obj *sys_excepthook(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)nargs;
    (void)kwnames;
    traceback_print_exception(args[1], args[2]);
    return none_new();
}

static Obj *sys_get_origin_depth(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    return int_new(generator_origin_depth);
}

static Obj *sys_set_origin_depth(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    int64_t depth = 0;
    (void)self;
    (void)nargs;
    (void)kwnames;
    if (obj_to_int64(args[0], &depth) < 0)
        return NULL;
    if (depth < 0)
        return err_format(&exc_value_error, "depth must be >= 0");
    generator_origin_depth = (int)(depth > 1000000 ? 1000000 : depth);
    return none_new();
}

static const MethodDef sys_functions[] = {
    {"_getframe", sys_getframe, 0, 1, 0, "_getframe(depth=0, /)\n--\n\nA frame of the call stack."},
    {"exc_info", sys_exc_info, 0, 0, 0,
     "exc_info()\n--\n\nType, value and traceback of the exception being handled."},
    {"exception", sys_exception, 0, 0, 0,
     "exception()\n--\n\nThe exception being handled, or None."},
    {"excepthook", sys_excepthook, 3, 3, 0,
     "excepthook(exctype, value, traceback, /)\n--\n\nPrints an exception that nobody caught."},
    {"get_coroutine_origin_tracking_depth", sys_get_origin_depth, 0, 0, 0,
     "get_coroutine_origin_tracking_depth()\n--\n\nFrames that cr_origin keeps."},
    {"set_coroutine_origin_tracking_depth", sys_set_origin_depth, 1, 1, 0,
     "set_coroutine_origin_tracking_depth(depth)\n--\n\nSets how many frames cr_origin keeps."},
    {0},
};

static int add_functions(ObjRef dict, const MethodDef *functions, const char *module_name)
{
    Obj *module = str_intern_ascii(module_name);
    int result = module == NULL ? -1 : 0;
    for (const MethodDef *def = functions; result == 0 && def->name != NULL; def++) {
        Obj *function = builtin_function_new(def, NULL, module);
        result = function == NULL ? -1 : dict_set_ascii(dict, def->name, function);
        obj_xdecref(function);
    }
    obj_xdecref(module);
    return result;
}

int builtins_vm_init(void)
{
    if (add_functions(runtime.builtins_dict, builtins_vm_functions, "builtins") < 0 ||
        add_functions(runtime.sys_dict, sys_functions, "sys") < 0)
        return -1;
    ObjRef hook = dict_peek_ascii(runtime.sys_dict, "excepthook");
    return dict_set_ascii(runtime.sys_dict, "__excepthook__", hook);
}
