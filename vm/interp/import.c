/*
 * Import.
 *
 * Order of search: sys.modules; the C modules that are part of the binary and make up its core; the
 * directories of sys.path (of the parent's __path__ for a submodule); C modules and the Python
 * library embedded in the binary.  A module is entered in sys.modules before it runs, and taken out
 * when it fails; while it runs __spec__._initializing is true, which error messages about circular
 * imports read.
 */

#include "vm/interp/import.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/modules/lib_modules.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/namespace.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/compile.h"
#include "vm/interp/bytecode_cache.h"
#include "vm/interp/eval.h"

/* ---- errors */

/* Raises type(message, name=name, path=path); message is taken over. */
static Obj *import_error_steal(Type *type, Obj *message, ObjRef name, ObjRef path)
{
    Obj *args = NULL, *keywords = NULL, *exception = NULL;
    if (message == NULL)
        return NULL;
    args = tuple_pack(1, message);
    keywords = dict_new();
    if (args != NULL && keywords != NULL &&
        dict_set(keywords, names.name, name != NULL ? name : (ObjRef)obj_none) == 0 &&
        dict_set(keywords, names.path, path != NULL ? path : (ObjRef)obj_none) == 0)
        exception = obj_call_tuple(&type->head.base, args, keywords);
    if (exception != NULL)
        err_raise(exception, NULL);
    obj_xdecref(args);
    obj_xdecref(keywords);
    obj_xdecref(exception);
    obj_decref(message);
    return NULL;
}

static Obj *not_found(ObjRef name)
{
    return import_error_steal(&exc_module_not_found_error, str_format_c("No module named %R", name),
                              name, NULL);
}

/* ---- files */

char *import_read_file(const char *path, int64_t *length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    char *text = NULL;
    size_t size = 0, room = 0;
    if (fd < 0 || fstat(fd, &status) < 0)
        goto fail;
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        goto fail;
    }
    room = (size_t)status.st_size + 1;
    text = mem_alloc(room);
    if (text == NULL) {
        close(fd);
        err_no_memory();
        return NULL;
    }
    for (;;) {
        ssize_t got = read(fd, text + size, room - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            goto fail;
        if (got == 0)
            break;
        size += (size_t)got;
        if (size == room) {
            char *grown = mem_realloc(text, room, room * 2);
            if (grown == NULL) {
                mem_free(text, room);
                close(fd);
                err_no_memory();
                return NULL;
            }
            text = grown;
            room *= 2;
        }
    }
    close(fd);
    if (room != size + 1) {
        char *fitting = mem_realloc(text, room, size + 1);
        if (fitting == NULL) {
            mem_free(text, room);
            err_no_memory();
            return NULL;
        }
        text = fitting;
    }
    text[size] = 0;
    *length = (int64_t)size;
    return text;
fail:;
    int error_number = errno;
    if (fd >= 0)
        close(fd);
    mem_free(text, room);
    Obj *name = str_from_filesystem(path);
    if (name != NULL)
        err_errno(error_number, name);
    obj_xdecref(name);
    return NULL;
}

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* ---- finding */

typedef enum FoundKind {
    FOUND_NOTHING,
    FOUND_C,
    FOUND_FILE,
    FOUND_LIBRARY,
    FOUND_NAMESPACE
} FoundKind;

/* Where a module is.  Owned fields are released by found_free. */
typedef struct Found {
    FoundKind kind;
    bool is_package;
    const ModuleDef *def;
    const LibModule *library;
    Obj *file;   /* str: path of the source */
    Obj *search; /* list: __path__ of a package */
} Found;

static void found_free(Found *found)
{
    obj_clear(&found->file);
    obj_clear(&found->search);
}

static const LibModule *find_library(const char *name)
{
    int64_t low = 0, high = lib_module_count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        int order = strcmp(name, lib_modules[middle].name);
        if (order == 0)
            return &lib_modules[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Looks for `tail` in one directory: 1 found, 0, -1 error.  A directory without __init__.py is
 * added to the list found->search as a part of a namespace package. */
static int search_directory(ObjRef directory, const char *tail, Found *found)
{
    int64_t length;
    const char *base = str_check(directory) ? str_utf8(directory, &length) : NULL;
    if (base == NULL) {
        err_clear(); /* sys.path may hold anything: what is no text is skipped */
        return 0;
    }
    if (strlen(base) != (size_t)length)
        return 0;
    const char *slash = length == 0 || base[length - 1] == '/' ? "" : "/";
    size_t room = (size_t)length + strlen(tail) + 32;
    char *path = mem_alloc(room);
    if (path == NULL) {
        err_no_memory();
        return -1;
    }
    int result = 0;
    size_t stem = (size_t)snprintf(path, room, "%s%s%s", base, slash, tail);
    if (is_directory(path)) {
        strcpy(path + stem, "/__init__.py");
        if (is_file(path)) {
            found->is_package = true;
            found->file = str_from_filesystem(path);
            path[stem] = 0;
            Obj *where = str_from_filesystem(path);
            obj_clear(&found->search);
            found->search = where == NULL ? NULL : list_new(0);
            if (found->search == NULL || list_append(found->search, where) < 0 ||
                found->file == NULL)
                result = -1;
            else
                result = 1;
            obj_xdecref(where);
            goto done;
        }
    }
    strcpy(path + stem, ".py");
    if (is_file(path)) {
        found->file = str_from_filesystem(path);
        result = found->file == NULL ? -1 : 1;
        goto done;
    }
    path[stem] = 0;
    if (is_directory(path)) {
        Obj *where = str_from_filesystem(path);
        if (where == NULL || (found->search == NULL && (found->search = list_new(0)) == NULL) ||
            list_append(found->search, where) < 0)
            result = -1;
        obj_xdecref(where);
    }
done:
    if (result > 0)
        found->kind = FOUND_FILE;
    mem_free(path, room);
    return result;
}

/* C modules that no file can stand in for. */
static bool is_core_module(const char *name)
{
    static const char *const core[] = {"sys",       "builtins", "gc",      "time",
                                       "itertools", "marshal",  "errno",   "atexit",
                                       "posix",     "_thread",  "_weakref"};
    for (size_t i = 0; i < sizeof core / sizeof *core; i++) {
        if (strcmp(core[i], name) == 0)
            return true;
    }
    return false;
}

/* Finds a module by full and last name in `search` (sys.path or a __path__): 1, 0, -1. */
static int find_module(const char *full, const char *tail, ObjRef search, Found *found)
{
    *found = (Found){.kind = FOUND_NOTHING};
    found->def = module_find_def(full);
    if (found->def != NULL && is_core_module(full)) {
        found->kind = FOUND_C;
        return 1;
    }
    if (search != NULL) {
        Obj *items = obj_to_list(search);
        if (items == NULL)
            return -1;
        int result = 0;
        for (int64_t i = 0; result == 0 && i < list_length(items); i++)
            result = search_directory(list_peek(items, i), tail, found);
        obj_decref(items);
        if (result != 0)
            return result;
    }
    if (found->def != NULL) {
        found->kind = FOUND_C;
        return 1;
    }
    found->library = find_library(full);
    if (found->library != NULL) {
        found->kind = FOUND_LIBRARY;
        found->is_package = found->library->is_package;
        obj_clear(&found->search);
        if (found->is_package && (found->search = list_new(0)) == NULL)
            return -1;
        return 1;
    }
    if (found->search != NULL) {
        found->kind = FOUND_NAMESPACE;
        found->is_package = true;
        return 1;
    }
    return 0;
}

/* ---- making modules */

/* The loader of a kind of module, as __loader__ shows it: an object with a name and a way to get at
 * the source; new reference. */
static Obj *make_loader(const Found *found, ObjRef name)
{
    Obj *dict = dict_new(), *loader = NULL;
    const char *kind = found->kind == FOUND_C         ? "BuiltinImporter"
                       : found->kind == FOUND_LIBRARY ? "FrozenImporter"
                                                      : "SourceFileLoader";
    Obj *text = str_from_ascii(kind);
    if (dict != NULL && text != NULL && dict_set(dict, names.name, name) == 0 &&
        dict_set_ascii(dict, "kind", text) == 0 &&
        dict_set(dict, names.path, found->file != NULL ? (ObjRef)found->file : (ObjRef)obj_none) ==
            0)
        loader = namespace_new(dict);
    obj_xdecref(dict);
    obj_xdecref(text);
    return loader;
}

/* "a.b" of "a.b.c", "" of "a". */
static Obj *parent_name(ObjRef name, bool is_package)
{
    if (is_package)
        return obj_incref(name);
    int64_t dot = -1;
    for (int64_t i = 0; i < str_length(name); i++) {
        if (str_char_at(name, i) == '.')
            dot = i;
    }
    return str_substring(name, 0, dot < 0 ? 0 : dot);
}

/* __cached__: where the module's code is kept, or None. */
static Obj *cached_path(const Found *found)
{
    return found->kind == FOUND_FILE ? bytecode_cache_path(found->file, runtime.optimize)
                                     : none_new();
}

static Obj *make_spec(const Found *found, ObjRef name, ObjRef loader, ObjRef package)
{
    Obj *dict = dict_new(), *origin = NULL, *spec = NULL, *cached = cached_path(found);
    if (found->kind == FOUND_FILE)
        origin = obj_incref(found->file);
    else if (found->kind == FOUND_NAMESPACE)
        origin = none_new();
    else
        origin = str_from_ascii(found->kind == FOUND_C ? "built-in" : "frozen");
    if (dict != NULL && origin != NULL && cached != NULL && dict_set(dict, names.name, name) == 0 &&
        dict_set_ascii(dict, "loader", loader) == 0 &&
        dict_set_ascii(dict, "origin", origin) == 0 &&
        dict_set_ascii(dict, "submodule_search_locations",
                       found->search != NULL ? (ObjRef)found->search : (ObjRef)obj_none) == 0 &&
        dict_set_ascii(dict, "loader_state", obj_none) == 0 &&
        dict_set(dict, names.cached, cached) == 0 && dict_set_ascii(dict, "parent", package) == 0 &&
        dict_set_ascii(dict, "has_location",
                       found->kind == FOUND_FILE ? (ObjRef)obj_true : (ObjRef)obj_false) == 0 &&
        dict_set_ascii(dict, "_initializing", obj_true) == 0)
        spec = namespace_new(dict);
    obj_xdecref(dict);
    obj_xdecref(origin);
    obj_xdecref(cached);
    return spec;
}

/* __loader__, __spec__, __package__, __file__, __path__, __builtins__ of a module: 0/-1. */
static int set_module_attributes(ObjRef module, ObjRef spec_name, const Found *found)
{
    ObjRef dict = module_dict(module);
    Obj *loader = make_loader(found, spec_name), *package = NULL, *spec = NULL, *cached = NULL;
    int result = -1;
    if (loader == NULL || (package = parent_name(spec_name, found->is_package)) == NULL ||
        (spec = make_spec(found, spec_name, loader, package)) == NULL)
        goto done;
    if (dict_set(dict, names.dunder_package, package) < 0 ||
        dict_set(dict, names.dunder_loader, loader) < 0 ||
        dict_set(dict, names.dunder_spec, spec) < 0)
        goto done;
    if (found->kind == FOUND_FILE && ((cached = cached_path(found)) == NULL ||
                                      dict_set(dict, names.dunder_file, found->file) < 0 ||
                                      dict_set(dict, names.dunder_cached, cached) < 0))
        goto done;
    if (found->search != NULL && dict_set(dict, names.dunder_path, found->search) < 0)
        goto done;
    if (found->kind != FOUND_C && dict_set(dict, names.dunder_builtins, runtime.builtins_dict) < 0)
        goto done;
    result = 0;
done:
    obj_xdecref(loader);
    obj_xdecref(package);
    obj_xdecref(spec);
    obj_xdecref(cached);
    return result;
}

static void set_initializing(ObjRef module, bool initializing)
{
    Obj *pending = err_fetch(), *spec = NULL;
    if (obj_getattr_opt(module, names.dunder_spec, &spec) > 0 &&
        obj_setattr_str(spec, "_initializing", initializing ? obj_true : obj_false) < 0)
        err_clear();
    err_clear();
    obj_xdecref(spec);
    err_restore_steal(pending);
}

/* The code of a file or an embedded module. */
static Obj *load_code(const Found *found)
{
    if (found->kind == FOUND_LIBRARY) {
        Obj *filename = str_format_c("<frozen %s>", found->library->name);
        Obj *code = filename == NULL
                        ? NULL
                        : compile_source(found->library->source, found->library->length, filename,
                                         COMPILE_EXEC, COMPILE_IGNORE_COOKIE, -1);
        obj_xdecref(filename);
        return code;
    }
    int64_t length;
    const char *path = str_utf8(found->file, NULL);
    if (path == NULL)
        return NULL;
    struct stat status;
    bool known = stat(path, &status) == 0;
    Obj *code = known ? bytecode_cache_load(found->file, &status) : NULL;
    if (code != NULL)
        return code;
    char *text = import_read_file(path, &length);
    if (text == NULL)
        return NULL;
    code = compile_source(text, length, found->file, COMPILE_EXEC, 0, -1);
    mem_free(text, (size_t)length + 1);
    if (code != NULL && known)
        bytecode_cache_store(found->file, &status, code);
    return code;
}

/* Runs the module's code in its namespace: 0/-1. */
static int run_module_code(ObjRef module, const Found *found)
{
    Obj *code = load_code(found);
    if (code == NULL)
        return -1;
    ObjRef dict = module_dict(module);
    Obj *result = eval_code(code, dict, dict, NULL);
    obj_decref(code);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* Makes and runs what was found: new reference to what sys.modules then holds. */
static Obj *load_found(ObjRef name, const Found *found)
{
    Obj *module = NULL;
    if (found->kind == FOUND_C) {
        module = module_from_def(found->def);
        if (module != NULL && set_module_attributes(module, name, found) < 0)
            obj_clear(&module);
        if (module != NULL)
            set_initializing(module, false);
        return module;
    }
    const char *text = str_utf8(name, NULL);
    module = text == NULL ? NULL : module_new(text);
    if (module == NULL || set_module_attributes(module, name, found) < 0 ||
        dict_set(runtime.modules, name, module) < 0) {
        obj_xdecref(module);
        return NULL;
    }
    int failed = found->kind == FOUND_NAMESPACE ? 0 : run_module_code(module, found);
    set_initializing(module, false);
    if (failed < 0) {
        Obj *pending = err_fetch();
        if (dict_discard(runtime.modules, name) < 0)
            err_clear();
        err_restore_steal(pending);
        obj_decref(module);
        return NULL;
    }
    ObjRef now = dict_peek(runtime.modules, name);
    if (now == NULL) {
        obj_decref(module);
        if (err_occurred() == NULL)
            err_format(&exc_key_error, "%R", name);
        return NULL;
    }
    obj_replace(&module, obj_incref(now));
    return module;
}

/* ---- the import statement */

static Obj *import_absolute(ObjRef name);

/* The module of a submodule's parent, and where to look for the submodule.  *search new reference.
 */
static Obj *import_parent(ObjRef name, ObjRef parent, Obj **search)
{
    Obj *module = import_absolute(parent);
    if (module == NULL)
        return NULL;
    int found = obj_getattr_opt(module, names.dunder_path, search);
    if (found > 0)
        return module;
    if (found == 0)
        import_error_steal(&exc_module_not_found_error,
                           str_format_c("No module named %R; %R is not a package", name, parent),
                           name, NULL);
    obj_decref(module);
    return NULL;
}

static Obj *load_absolute(ObjRef name)
{
    Obj *parent = NULL, *parent_module = NULL, *search = NULL, *tail = NULL, *module = NULL;
    Found found = {0};
    int64_t dot = -1, length;
    for (int64_t i = 0; i < str_length(name); i++) {
        if (str_char_at(name, i) == '.')
            dot = i;
    }
    if (dot >= 0) {
        parent = str_substring(name, 0, dot);
        tail = str_substring(name, dot + 1, str_length(name));
        if (parent == NULL || tail == NULL ||
            (parent_module = import_parent(name, parent, &search)) == NULL)
            goto done;
        ObjRef now = dict_peek(runtime.modules, name); /* the parent may have imported it */
        if (now != NULL) {
            module = obj_incref(now);
            goto done;
        }
    } else {
        tail = obj_incref(name);
        search = obj_xincref(dict_peek(runtime.sys_dict, names.path));
    }
    const char *full = str_utf8(name, &length), *last = str_utf8(tail, NULL);
    if (full == NULL || last == NULL || strlen(full) != (size_t)length) {
        err_clear();
        not_found(name);
        goto done;
    }
    int is_found = find_module(full, last, search, &found);
    if (is_found == 0)
        not_found(name);
    if (is_found <= 0)
        goto done;
    if (state_enter(" while importing a module") < 0)
        goto done;
    module = load_found(name, &found);
    state_leave();
    if (module != NULL && parent_module != NULL && obj_setattr(parent_module, tail, module) < 0) {
        if (err_matches(&exc_attribute_error))
            err_clear(); /* a parent that takes no attributes: CPython warns only */
        else
            obj_clear(&module);
    }
done:
    found_free(&found);
    obj_xdecref(parent);
    obj_xdecref(parent_module);
    obj_xdecref(search);
    obj_xdecref(tail);
    return module;
}

static Obj *import_absolute(ObjRef name)
{
    ObjRef present = dict_peek(runtime.modules, name);
    if (present == NULL) {
        if (err_occurred() != NULL)
            return NULL;
        return load_absolute(name);
    }
    if (is_none(present))
        return import_error_steal(&exc_module_not_found_error,
                                  str_format_c("import of %U halted; None in sys.modules", name),
                                  name, NULL);
    return obj_incref(present);
}

/* The package that relative names start from: new reference. */
static Obj *current_package(ObjRef globals)
{
    if (globals == NULL || !dict_check(globals))
        return err_format(&exc_key_error, "'__name__' not in globals");
    ObjRef package = dict_peek(globals, names.dunder_package);
    if (package != NULL && !is_none(package)) {
        if (!str_check(package))
            return err_format(&exc_type_error, "package must be a string");
        return obj_incref(package);
    }
    ObjRef spec = dict_peek(globals, names.dunder_spec);
    if (spec != NULL && !is_none(spec))
        return obj_getattr_str(spec, "parent");
    if (err_warn(&exc_import_warning, 1,
                 "can't resolve package from __spec__ or __package__, falling back on __name__ and "
                 "__path__") < 0)
        return NULL;
    ObjRef name = dict_peek(globals, names.dunder_name);
    if (name == NULL)
        return err_format(&exc_key_error, "'__name__' not in globals");
    if (!str_check(name))
        return err_format(&exc_type_error, "__name__ must be a string");
    return parent_name(name, dict_peek(globals, names.dunder_path) != NULL);
}

/* The absolute name of a relative one. */
static Obj *resolve_name(ObjRef name, ObjRef globals, int64_t level)
{
    Obj *package = current_package(globals), *result = NULL;
    if (package == NULL)
        return NULL;
    int64_t end = str_length(package);
    if (end == 0) {
        obj_decref(package);
        return import_error_steal(
            &exc_import_error,
            str_from_ascii("attempted relative import with no known parent package"), NULL, NULL);
    }
    for (int64_t up = 1; up < level; up++) {
        while (end > 0 && str_char_at(package, end - 1) != '.')
            end--;
        if (end == 0) {
            obj_decref(package);
            return import_error_steal(
                &exc_import_error,
                str_from_ascii("attempted relative import beyond top-level package"), NULL, NULL);
        }
        end--;
    }
    Obj *base = str_substring(package, 0, end);
    if (base != NULL)
        result = str_length(name) == 0 ? obj_incref(base) : str_format_c("%U.%U", base, name);
    obj_xdecref(base);
    obj_decref(package);
    return result;
}

/* from module import a, b: imports those names that are submodules.  0/-1. */
static int import_from_list(ObjRef module, ObjRef fromlist, bool nested)
{
    Obj *module_name = NULL, *items = obj_to_tuple(fromlist);
    int result = -1;
    if (items == NULL || (module_name = obj_getattr(module, names.dunder_name)) == NULL)
        goto done;
    for (int64_t i = 0; i < tuple_length(items); i++) {
        ObjRef item = tuple_peek(items, i);
        if (!str_check(item)) {
            err_format(&exc_type_error, "%s must be str, not %T",
                       nested ? "Item in __all__" : "Item in ``from list''", item);
            goto done;
        }
        if (str_equal_ascii(item, "*")) {
            Obj *all = NULL;
            int found = nested ? 0 : obj_getattr_opt(module, names.dunder_all, &all);
            if (found > 0)
                found = import_from_list(module, all, true);
            obj_xdecref(all);
            if (found < 0)
                goto done;
            continue;
        }
        int has = obj_hasattr(module, item);
        if (has < 0)
            goto done;
        if (has > 0)
            continue;
        Obj *full = str_format_c("%S.%U", module_name, item);
        Obj *submodule = full == NULL ? NULL : import_absolute(full);
        if (submodule == NULL && full != NULL && err_matches(&exc_module_not_found_error)) {
            Obj *exception = err_fetch(), *missing = NULL;
            bool itself = obj_getattr_opt(exception, names.name, &missing) > 0 &&
                          str_check(missing) && str_equal(missing, full) &&
                          dict_peek(runtime.modules, full) == NULL;
            obj_xdecref(missing);
            err_clear();
            if (itself)
                obj_decref(exception); /* IMPORT_FROM says what is wrong */
            else
                err_restore_steal(exception);
        }
        obj_xdecref(full);
        obj_xdecref(submodule);
        if (err_occurred() != NULL)
            goto done;
    }
    result = 0;
done:
    obj_xdecref(module_name);
    obj_xdecref(items);
    return result;
}

Obj *import_name(ObjRef name, ObjRef globals, ObjRef fromlist, int64_t level)
{
    Obj *absolute = NULL, *module = NULL, *result = NULL;
    if (level < 0)
        return err_format(&exc_value_error, "level must be >= 0");
    if (level > 0)
        absolute = resolve_name(name, globals, level);
    else if (str_length(name) == 0)
        return err_format(&exc_value_error, "Empty module name");
    else
        absolute = obj_incref(name);
    if (absolute == NULL || (module = import_absolute(absolute)) == NULL)
        goto done;
    int wanted = 0;
    if (fromlist != NULL && !is_none(fromlist) && (wanted = obj_truth(fromlist)) < 0)
        goto done;
    if (wanted) {
        Obj *path = NULL;
        int is_package = obj_getattr_opt(module, names.dunder_path, &path);
        obj_xdecref(path);
        if (is_package < 0 || (is_package > 0 && import_from_list(module, fromlist, false) < 0))
            goto done;
        result = obj_incref(module);
        goto done;
    }
    /* `import a.b` binds a */
    int64_t dot = 0, length = str_length(name);
    while (dot < length && str_char_at(name, dot) != '.')
        dot++;
    if (dot == length) {
        result = obj_incref(module);
        goto done;
    }
    Obj *front = level == 0 ? str_substring(name, 0, dot)
                            : str_substring(absolute, 0, str_length(absolute) - (length - dot));
    if (front != NULL) {
        ObjRef top = dict_peek(runtime.modules, front);
        if (top != NULL)
            result = obj_incref(top);
        else if (err_occurred() == NULL && level == 0)
            result = import_absolute(front);
        else if (err_occurred() == NULL)
            err_format(&exc_key_error, "%R not in sys.modules as expected", front);
    }
    obj_xdecref(front);
done:
    obj_xdecref(absolute);
    obj_xdecref(module);
    return result;
}

Obj *import_module(const char *dotted)
{
    Obj *name = str_intern_ascii(dotted);
    Obj *module = name == NULL ? NULL : import_absolute(name);
    obj_xdecref(name);
    return module;
}

static bool is_initializing(ObjRef module)
{
    Obj *spec = NULL, *flag = NULL;
    bool result = false;
    if (obj_getattr_opt(module, names.dunder_spec, &spec) > 0) {
        flag = obj_getattr_str(spec, "_initializing");
        result = flag != NULL && obj_truth(flag) > 0;
    }
    err_clear();
    obj_xdecref(spec);
    obj_xdecref(flag);
    return result;
}

Obj *import_from(ObjRef module, ObjRef name)
{
    Obj *value = NULL, *package = NULL, *full = NULL, *path = NULL;
    int found = obj_getattr_opt(module, name, &value);
    if (found != 0)
        return value;
    if (obj_getattr_opt(module, names.dunder_name, &package) < 0)
        return NULL;
    if (package != NULL && str_check(package)) {
        /* a circular import can have left the submodule in sys.modules alone */
        full = str_format_c("%U.%U", package, name);
        if (full == NULL)
            goto done;
        ObjRef submodule = dict_peek(runtime.modules, full);
        if (submodule != NULL) {
            value = obj_incref(submodule);
            goto done;
        }
    } else {
        obj_clear(&package);
        package = str_from_ascii("<unknown module name>");
        if (package == NULL)
            goto done;
    }
    if (obj_getattr_opt(module, names.dunder_file, &path) < 0)
        goto done;
    if (path != NULL && !str_check(path))
        obj_clear(&path);
    Obj *message;
    if (path == NULL)
        message = str_format_c("cannot import name %R from %R (unknown location)", name, package);
    else if (is_initializing(module))
        message = str_format_c("cannot import name %R from partially initialized module %R (most "
                               "likely due to a circular import) (%S)",
                               name, package, path);
    else
        message = str_format_c("cannot import name %R from %R (%S)", name, package, path);
    import_error_steal(&exc_import_error, message, package, path);
done:
    obj_xdecref(package);
    obj_xdecref(full);
    obj_xdecref(path);
    return value;
}

/* ---- running a program */

Obj *import_make_main(void)
{
    Obj *module = module_new("__main__");
    if (module != NULL &&
        (dict_set(module_dict(module), names.dunder_builtins, runtime.builtins) < 0 ||
         module_add_steal(module, "__loader__", namespace_new(NULL)) < 0 ||
         dict_set(module_dict(module), names.dunder_spec, obj_none) < 0 ||
         dict_set(module_dict(module), names.dunder_package, obj_none) < 0 ||
         dict_set(runtime.modules, names.dunder_main, module) < 0))
        obj_clear(&module);
    return module;
}

/* Runs the code that `compiled` is or `text` becomes as __main__. */
static int run_as_main(const char *path, Obj *compiled, const char *text, int64_t length)
{
    Obj *module = import_module("__main__"), *file = str_from_filesystem(path), *code = compiled;
    int result = -1;
    if (module == NULL || file == NULL ||
        dict_set(module_dict(module), names.dunder_file, file) < 0 ||
        dict_set(module_dict(module), names.dunder_cached, obj_none) < 0)
        goto done;
    if (code == NULL)
        code = compile_source(text, length, file, COMPILE_EXEC, 0, -1);
    if (code == NULL)
        goto done;
    Obj *value = eval_code(code, module_dict(module), module_dict(module), NULL);
    result = value == NULL ? -1 : 0;
    obj_xdecref(value);
done:
    obj_xdecref(module);
    obj_xdecref(file);
    obj_xdecref(code);
    return result;
}

int import_run_file(const char *path, const char *text, int64_t length)
{
    size_t size = strlen(path);
    if (size < 4 || strcmp(path + size - 4, ".pyc") != 0)
        return run_as_main(path, NULL, text, length);
    Obj *file = str_from_filesystem(path);
    Obj *code = file == NULL ? NULL : bytecode_unpack((const unsigned char *)text, length, file);
    obj_xdecref(file);
    return code == NULL ? -1 : run_as_main(path, code, NULL, 0);
}

/* What -m runs: the module, or __main__ of the package.  *name is replaced by its full name. */
static int find_main(Obj **name, Found *found)
{
    for (int step = 0; step < 2; step++) {
        Obj *search = NULL, *parent = parent_name(*name, false), *parent_module = NULL;
        int64_t skip = parent == NULL ? 0 : str_length(parent);
        int is_found = -1;
        if (parent != NULL && skip > 0)
            parent_module = import_parent(*name, parent, &search);
        else if (parent != NULL)
            search = obj_xincref(dict_peek(runtime.sys_dict, names.path));
        if (parent != NULL && (skip == 0 || parent_module != NULL)) {
            const char *full = str_utf8(*name, NULL);
            is_found = full == NULL
                           ? -1
                           : find_module(full, full + (skip > 0 ? skip + 1 : 0), search, found);
        }
        obj_xdecref(search);
        obj_xdecref(parent);
        obj_xdecref(parent_module);
        if (is_found <= 0)
            return is_found;
        if (!found->is_package)
            return 1;
        /* a package: it is imported, then its __main__ runs */
        found_free(found);
        Obj *package = import_absolute(*name);
        if (package == NULL)
            return -1;
        obj_decref(package);
        Obj *main_name = str_format_c("%U.__main__", *name);
        if (main_name == NULL)
            return -1;
        obj_replace(name, main_name);
    }
    found_free(found);
    return 0;
}

int import_run_module(const char *dotted)
{
    Obj *name = str_from_filesystem(dotted), *module = NULL, *asked = NULL;
    Found found = {0};
    int result = -1;
    if (name == NULL)
        return -1;
    asked = obj_incref(name);
    int is_found = find_main(&name, &found);
    if (is_found == 0) {
        if (str_equal(asked, name))
            import_error_steal(&exc_module_not_found_error,
                               str_format_c("No module named %U", asked), asked, NULL);
        else
            import_error_steal(&exc_module_not_found_error,
                               str_format_c("No module named %U; %R is a package and cannot be "
                                            "directly executed",
                                            name, asked),
                               asked, NULL);
    }
    if (is_found <= 0)
        goto done;
    if (found.kind == FOUND_C) {
        import_error_steal(&exc_import_error, str_format_c("No code object available for %U", name),
                           name, NULL);
        goto done;
    }
    module = import_module("__main__");
    if (module == NULL || set_module_attributes(module, name, &found) < 0)
        goto done;
    set_initializing(module, false);
    if (found.file != NULL) {
        ObjRef argv = dict_peek_ascii(runtime.sys_dict, "argv");
        if (argv != NULL && list_check(argv) && list_length(argv) > 0)
            obj_replace(&list_cast(argv)->items[0], obj_incref(found.file));
    }
    result = run_module_code(module, &found);
done:
    found_free(&found);
    obj_xdecref(name);
    obj_xdecref(asked);
    obj_xdecref(module);
    return result;
}

/* ---- source lines */

/* The text looked at last, kept because tracebacks ask for several lines of one file. */
static struct {
    Obj *filename; /* str; NULL: none */
    char *text;
    int64_t length;
} last_source;

/* Texts that are not in files: list of name (a str, told by its identity), text (bytes), name,
 * text, …; NULL: none.  The oldest go when there are too many. */
static Obj *remembered;

enum { REMEMBERED_MAX = 2000 };

static void forget_last(void)
{
    obj_clear(&last_source.filename);
    if (last_source.text != NULL)
        mem_free(last_source.text, (size_t)last_source.length + 1);
    last_source.text = NULL;
}

void import_remember_source(ObjRef filename, const char *text, int64_t length)
{
    Obj *bytes = bytes_new(text, length);
    if (remembered == NULL)
        remembered = list_new(0);
    if (bytes == NULL || remembered == NULL ||
        (list_length(remembered) >= REMEMBERED_MAX &&
         list_set_slice(remembered, 0, REMEMBERED_MAX / 2, NULL) < 0) ||
        list_append(remembered, filename) < 0 || list_append(remembered, bytes) < 0)
        err_clear();
    obj_xdecref(bytes);
}

/* The text of `filename`; NULL without an exception when there is none. */
static const char *source_of(ObjRef filename, int64_t *length)
{
    for (int64_t i = remembered == NULL ? 0 : list_length(remembered); i >= 2; i -= 2) {
        if (list_peek(remembered, i - 2) == filename) {
            ObjRef bytes = list_peek(remembered, i - 1);
            *length = bytes_cast(bytes)->length;
            return (const char *)bytes_cast(bytes)->data;
        }
    }
    if (last_source.filename == NULL || !str_equal(last_source.filename, filename)) {
        const char *path = str_utf8(filename, NULL);
        if (path == NULL || path[0] == '<' || path[0] == 0) {
            err_clear();
            return NULL;
        }
        int64_t size;
        char *text = import_read_file(path, &size);
        if (text == NULL) {
            err_clear();
            return NULL;
        }
        forget_last();
        last_source.filename = obj_incref(filename);
        last_source.text = text;
        last_source.length = size;
    }
    *length = last_source.length;
    return last_source.text;
}

/* A coding cookie in the first two lines: its name into buffer, or false. */
static bool find_cookie(const char *text, int64_t length, char *buffer, size_t room)
{
    int64_t i = 0;
    for (int line = 0; line < 2 && i < length; line++) {
        int64_t end = i;
        while (end < length && text[end] != '\n')
            end++;
        const char *at = memmem(text + i, (size_t)(end - i), "coding", 6);
        const char *hash = memchr(text + i, '#', (size_t)(end - i));
        if (at != NULL && hash != NULL && hash < at && (at[6] == ':' || at[6] == '=')) {
            const char *p = at + 7;
            while (*p == ' ' || *p == '\t')
                p++;
            size_t n = 0;
            while (n + 1 < room &&
                   (strchr("-_.", *p) != NULL
                        ? *p != 0
                        : (*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'z')))
                buffer[n++] = *p++;
            buffer[n] = 0;
            return n > 0;
        }
        i = end + 1;
    }
    return false;
}

Obj *import_source_line_raw(ObjRef filename, int64_t line)
{
    Obj *pending = err_fetch(), *result = NULL;
    int64_t length, start = 0;
    const char *text = str_check(filename) ? source_of(filename, &length) : NULL;
    if (text != NULL && line >= 1) {
        if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
            start = 3;
        int64_t number = 1;
        while (number < line && start < length) {
            char c = text[start++];
            if (c == '\n' || (c == '\r' && !(start < length && text[start] == '\n')))
                number++;
        }
        if (number == line && start < length) {
            int64_t end = start;
            while (end < length && text[end] != '\n' && text[end] != '\r')
                end++;
            char encoding[40];
            if (!find_cookie(text, length, encoding, sizeof encoding))
                strcpy(encoding, "utf-8");
            result =
                codec_decode((const unsigned char *)text + start, end - start, encoding, "replace");
        }
    }
    err_clear();
    err_restore_steal(pending);
    return result;
}

Obj *import_source_line(ObjRef filename, int64_t line)
{
    Obj *raw = import_source_line_raw(filename, line);
    if (raw == NULL)
        return NULL;
    int64_t start = 0;
    while (start < str_length(raw) &&
           (str_char_at(raw, start) == ' ' || str_char_at(raw, start) == '\t' ||
            str_char_at(raw, start) == '\f'))
        start++;
    Obj *result = str_substring(raw, start, str_length(raw));
    obj_decref(raw);
    if (result == NULL)
        err_clear();
    return result;
}

/* ---- start and end */

int import_init(void)
{
    ROOT("the source file read last", last_source.filename);
    ROOT("source texts that are not in files", remembered);
    static const char *const lists[] = {"meta_path", "path_hooks"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (dict_peek_ascii(runtime.sys_dict, lists[i]) != NULL)
            continue;
        Obj *list = list_new(0);
        int result = list == NULL ? -1 : dict_set_ascii(runtime.sys_dict, lists[i], list);
        obj_xdecref(list);
        if (result < 0)
            return -1;
    }
    if (dict_peek_ascii(runtime.sys_dict, "path_importer_cache") == NULL) {
        Obj *dict = dict_new();
        int result =
            dict == NULL ? -1 : dict_set_ascii(runtime.sys_dict, "path_importer_cache", dict);
        obj_xdecref(dict);
        if (result < 0)
            return -1;
    }
    return 0;
}

void import_finish(void)
{
    forget_last();
    obj_clear(&remembered);
}
