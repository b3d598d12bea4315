/* vm/interp/import.c and vm/interp/suggestion.c */

#include "tests/unit/vm_interp.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/types/list.h"
#include "vm/interp/traceback_print.h"

static char folder[] = "/tmp/ouro-import-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

static void start_with_folder(void)
{
    vm_start();
    cr_assert_not_null(mkdtemp(folder));
    Obj *path = str_from_ascii(folder);
    cr_assert_eq(list_append(dict_peek(runtime.sys_dict, names.path), path), 0);
    obj_decref(path);
}

static void stop_with_folder(void)
{
    vm_stop();
    char command[260];
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(import, .init = start_with_folder, .fini = stop_with_folder);

Test(import, module_runs_once)
{
    write_file("counted.py", "import sys\nsys.runs = getattr(sys, 'runs', 0) + 1\nvalue = 5\n");
    vm_exec_ok("import counted, sys\nfrom counted import value\nimport counted as again\n"
               "ok = value == 5 and again is counted and sys.runs == 1\n"
               "ok = ok and counted.__spec__.name == 'counted' and counted.__package__ == ''");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(import, missing)
{
    write_file("present.py", "");
    cr_assert_eq(vm_exec("import no_such_thing"), -1);
    vm_expect(&exc_module_not_found_error, "No module named 'no_such_thing'");
    cr_assert_eq(vm_exec("import present.part"), -1);
    vm_expect(&exc_module_not_found_error,
              "No module named 'present.part'; 'present' is not a package");
    cr_assert_eq(vm_exec("from . import x"), -1);
    cr_assert(err_matches(&exc_import_error));
    err_clear();
}

Test(import, failed_module_is_forgotten)
{
    write_file("broken.py", "1 / 0\n");
    cr_assert_eq(vm_exec("import broken"), -1);
    cr_assert(err_matches(&exc_zero_division_error));
    err_clear();
    vm_exec_ok("import sys\nok = 'broken' not in sys.modules");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(import, circular_says_so)
{
    write_file("first.py", "import second\nname = 1\n");
    write_file("second.py", "from first import name\n");
    cr_assert_eq(vm_exec("import first"), -1);
    char expected[300];
    snprintf(expected, sizeof expected,
             "cannot import name 'name' from partially initialized module 'first' (most likely due "
             "to a circular import) (%s/first.py)",
             folder);
    vm_expect(&exc_import_error, expected);
}

static Obj *nearest(const char *const *words, const char *word)
{
    Obj *list = list_new(0), *name = str_from_ascii(word);
    for (; *words != NULL; words++)
        cr_assert_eq(list_append_steal(list, str_from_ascii(*words)), 0);
    Obj *result = suggestion_find(list, name);
    obj_decref(list);
    obj_decref(name);
    return result;
}

Test(import, suggestions_are_near)
{
    static const char *const words[] = {"append", "extend", "Extent", "x", NULL};
    Obj *found = nearest(words, "apend");
    cr_assert_str_eq(str_utf8(found, NULL), "append");
    obj_decref(found);
    found = nearest(words, "extent");
    cr_assert_str_eq(str_utf8(found, NULL), "Extent"); /* case counts half */
    obj_decref(found);
    cr_assert_null(nearest(words, "different"));
}
