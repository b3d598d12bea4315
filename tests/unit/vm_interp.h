#ifndef OURO_TESTS_UNIT_VM_INTERP_H
#define OURO_TESTS_UNIT_VM_INTERP_H

/* The whole interpreter for a unit test, and running source text in it. */

#include "runtime/core/names.h"
#include "tests/unit/runtime.h"
#include "vm/compile/compile.h"
#include "vm/interp/attribute_cache.h"
#include "vm/interp/eval.h"
#include "vm/interp/import.h"
#include "vm/interp/thread.h"
#include "vm/interp/vm.h"

static Obj *test_module; /* __main__ */

static inline void vm_start(void)
{
    cr_assert_eq(vm_init(), 0);
    forget_more = attribute_cache_clear;
    test_module = import_make_main();
    cr_assert_not_null(test_module);
}

static inline void vm_stop(void)
{
    if (err_occurred() != NULL)
        abort();
    obj_clear(&test_module);
    vm_finish();
    check_nothing_lost();
}

static inline Obj *vm_run(const char *text, CompileMode mode)
{
    Obj *filename = str_from_ascii("<test>");
    if (filename == NULL)
        return NULL;
    Obj *code =
        compile_source(text, (int64_t)strlen(text), filename, mode, COMPILE_IGNORE_COOKIE, 0);
    ObjRef dict = module_dict(test_module);
    Obj *result = code == NULL ? NULL : eval_code(code, dict, dict, NULL);
    obj_decref(filename);
    obj_xdecref(code);
    return result;
}

/* Runs statements in __main__; 0, or -1 with the exception pending. */
static inline int vm_exec(const char *text)
{
    return drop(vm_run(text, COMPILE_EXEC));
}

/* The value of an expression in __main__. */
static inline Obj *vm_eval(const char *text)
{
    return vm_run(text, COMPILE_EVAL);
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
    expect_error(type, message);
}

/* Statements that raise an exception of this type and text. */
static inline void vm_fails(const char *statements, const Type *type, const char *message)
{
    cr_assert_eq(vm_exec(statements), -1, "raises nothing: %s", statements);
    expect_error(type, message);
}

/* An expression whose value has this repr. */
static inline void vm_gives(const char *expression, const char *repr)
{
    expect_repr(vm_eval(expression), repr);
}

/* For fail_each_allocation: calls the function `action` of __main__. */
static inline int vm_action(void)
{
    ObjRef function = vm_global("action");
    return function == NULL ? -1 : drop(obj_call0(function));
}

#endif
