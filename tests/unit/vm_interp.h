#ifndef OURO_TESTS_UNIT_VM_INTERP_H
#define OURO_TESTS_UNIT_VM_INTERP_H

/* The whole interpreter for a unit test, and running source text in it. */

#include <criterion/criterion.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "vm/compile/compile.h"
#include "vm/interp/eval.h"
#include "vm/interp/import.h"
#include "vm/interp/thread.h"
#include "vm/interp/vm.h"

static Obj *test_module; /* __main__ */

static inline void vm_start(void)
{
    cr_assert_eq(vm_init(), 0);
    test_module = import_make_main();
    cr_assert_not_null(test_module);
}

static inline void vm_stop(void)
{
    obj_clear(&test_module);
    vm_finish();
}

/* Runs statements in __main__; 0, or -1 with the exception pending. */
static inline int vm_exec(const char *text)
{
    Obj *filename = str_from_ascii("<test>");
    Obj *code = compile_source(text, (int64_t)strlen(text), filename, COMPILE_EXEC,
                               COMPILE_IGNORE_COOKIE, 0);
    ObjRef dict = module_dict(test_module);
    Obj *result = code == NULL ? NULL : eval_code(code, dict, dict, NULL);
    obj_decref(filename);
    obj_xdecref(code);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

static inline void vm_exec_ok(const char *text)
{
    if (vm_exec(text) < 0) {
        Obj *exception = err_fetch(), *repr = obj_repr(exception);
        cr_assert_fail("%s", repr == NULL ? "?" : str_utf8(repr, NULL));
    }
}

/* A global of __main__, borrowed. */
static inline ObjRef vm_global(const char *name)
{
    return dict_peek_ascii(module_dict(test_module), name);
}

static inline int64_t vm_int(const char *name)
{
    int64_t value = -1;
    ObjRef o = vm_global(name);
    cr_assert_not_null(o);
    cr_assert_eq(int_to_int64(o, &value), 0);
    return value;
}

/* Clears the pending exception, which must be of this type and read so. */
static inline void vm_expect(const Type *type, const char *message)
{
    Obj *exception = err_fetch();
    cr_assert_not_null(exception);
    cr_assert(obj_is(exception, type), "%s raised", obj_type(exception)->head.name);
    Obj *text = obj_str(exception);
    cr_assert_str_eq(str_utf8(text, NULL), message);
    obj_decref(text);
    obj_decref(exception);
}

#endif
