/*
 * ouro --check: runs the code cells of notebooks and compares their outputs with the stored ones.
 *
 * Here is what needs the compiler and processes: each notebook gets a process of its own, and the
 * module _cells compiles a cell as Jupyter does, every top-level statement as a unit of its own.
 * Reading, running, display and comparison are in Python: runtime/lib/_notebook.
 */

#include "vm/cli/notebook.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"
#include "vm/compile/compile.h"
#include "vm/interp/import.h"

/* compile_cell(source, filename, futures): (list of code objects, futures); the last one shows its
 * value through sys.displayhook when it is an expression. */
static Obj *compile_cell(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t futures, length;
    if (!str_check(args[0]) || !str_check(args[1]))
        return err_string(&exc_type_error, "compile_cell() takes source and file name as str");
    const char *text = str_utf8(args[0], &length);
    if (text == NULL || obj_to_int64(args[2], &futures) < 0)
        return NULL;
    import_remember_source(args[1], text, length);
    unsigned flags = (unsigned)futures & CODE_FUTURES;
    Obj *list = compile_statements(text, length, args[1], &flags);
    Obj *number = list == NULL ? NULL : int_new(flags);
    Obj *pair = number == NULL ? NULL : tuple_pack(2, list, number);
    obj_xdecref(list);
    obj_xdecref(number);
    return pair;
}

static const MethodDef functions[] = {
    {"compile_cell", compile_cell, 3, 3, 0,
     "compile_cell($module, source, filename, futures, /)\n--\n\nA code object for each statement, "
     "and the __future__ features now in force."},
    {0},
};

static const ModuleDef cells_module = {
    .name = "_cells",
    .doc = "Compiles the cells of notebooks.",
    .functions = functions,
};

int notebook_run(const char *file, bool allow_shell, int *status)
{
    module_register(&cells_module);
    Obj *checker = import_module("_notebook"), *check = NULL, *path = NULL, *result = NULL;
    if (checker != NULL && (check = obj_getattr_str(checker, "check")) != NULL &&
        (path = str_from_filesystem(file)) != NULL)
        result = obj_call2(check, path, allow_shell ? obj_true : obj_false);
    int64_t number = 2;
    int failed = result == NULL || obj_to_int64(result, &number) < 0 ? -1 : 0;
    *status = (int)number;
    obj_xdecref(result);
    obj_xdecref(path);
    obj_xdecref(check);
    obj_xdecref(checker);
    return failed;
}

static bool is_notebook(const char *file)
{
    size_t length = strlen(file);
    return length > 6 && strcmp(file + length - 6, ".ipynb") == 0;
}

bool notebook_pick(char **files, int count, const char **file, int *status)
{
    *status = 2;
    if (count == 0)
        fputs("ouro: --check takes one or more notebooks (.ipynb)\n", stderr);
    for (int i = 0; i < count; i++) {
        if (!is_notebook(files[i])) {
            fprintf(stderr, "ouro: --check takes notebooks (.ipynb), not '%s'\n", files[i]);
            return false;
        }
    }
    *file = files[0];
    if (count <= 1)
        return count == 1;
    *status = 0;
    for (int i = 0; i < count; i++) {
        *file = files[i];
        pid_t child = fork();
        if (child == 0)
            return true;
        int result = 0;
        while (child > 0 && waitpid(child, &result, 0) < 0 && errno == EINTR)
            continue;
        int one = child > 0 && WIFEXITED(result) ? WEXITSTATUS(result) : 2;
        if (child < 0)
            perror("ouro: fork");
        else if (!WIFEXITED(result))
            fprintf(stderr, "ouro: checking '%s' ended with signal %d\n", files[i],
                    WTERMSIG(result));
        if (one > *status)
            *status = one;
    }
    return false;
}
