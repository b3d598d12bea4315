/* runtime/types/module.c, namespace.c, mappingproxy.c, union.c, generic_alias.c, generic_params.c.
 */

#include "runtime/types/generic_alias.h"
#include "runtime/types/mappingproxy.h"
#include "runtime/types/namespace.h"
#include "runtime/types/union.h"
#include "tests/unit/vm_interp.h"

TestSuite(namespace, .init = vm_start, .fini = vm_stop);

static Obj *answer(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    cr_expect(self == NULL || obj_type(self) == &module_type);
    return int_new(42);
}

static const MethodDef functions[] = {{"answer", answer, 0, 0, 0, "answer()\n--\n\nIt."}, {0}};

static int fill(ObjRef module)
{
    return module_add_int(module, "NUMBER", 1000);
}

static const ModuleDef definition = {"unit_test_module", "A module.", functions, fill};

Test(namespace, modules_from_definitions)
{
    module_register(&definition);
    cr_expect_eq(module_find_def("unit_test_module"), &definition);
    cr_expect_null(module_find_def("unit_test"));
    cr_expect_null(module_find_def("zzz"));
    cr_expect_not_null(module_find_def("_abc"));
    cr_expect_not_null(module_find_def("unicodedata"));
    vm_exec_ok("import unit_test_module as m\nx = m.answer(), m.NUMBER, m.__doc__, m.__name__");
    vm_gives("x, repr(m.answer)", "((42, 1000, 'A module.', 'unit_test_module'), "
                                  "'<built-in function answer>')");
    vm_fails("m.answer(1)", &exc_type_error,
             "unit_test_module.answer() takes no arguments (1 given)");
    vm_fails("m.nothing", &exc_attribute_error,
             "module 'unit_test_module' has no attribute 'nothing'");
}

Test(namespace, module_helpers_keep_references_right)
{
    Obj *module = module_new("m"), *list = numbers(1);
    cr_expect_eq(module_add(module, "a", list), 0);
    cr_expect_eq(list->refcnt, 2);
    cr_expect_eq(module_add_steal(module, "b", obj_incref(list)), 0);
    cr_expect_eq(list->refcnt, 3);
    err_no_memory();
    cr_expect_eq(module_add_steal(module, "c", NULL), -1);
    err_clear();
    expect_repr(obj_getattr_str(module, "a"), "[0]");
    obj_decref(module);
    cr_expect_eq(list->refcnt, 1);
    obj_decref(list);
    vm_exec_ok("import types\nm = types.ModuleType('m', 'd')\nm.__getattr__ = lambda n: n * 2");
    vm_gives("m.ab, repr(m), m.__doc__", "('abab', \"<module 'm'>\", 'd')");
    vm_exec_ok("m.__spec__ = 5\ndel m.__name__");
    vm_gives("repr(m)", "\"<module '?'>\"");
    vm_fails("types.ModuleType.__new__(types.ModuleType).x", &exc_attribute_error,
             "module has no attribute 'x'");
}

Test(namespace, simple_namespaces)
{
    Obj *dict = build("{sisi}", "b", 1, "a", 2), *space = namespace_new(dict);
    cr_expect_eq(dict->refcnt, 1, "the items are copied");
    expect_repr(obj_getattr_str(space, "a"), "2");
    obj_decref(dict);
    expect_repr(space, "namespace(b=1, a=2)");
    expect_repr(namespace_new(NULL), "namespace()");
    vm_exec_ok("import types\nN = types.SimpleNamespace\nn = N(x=1)\nn.n = n\n");
    vm_gives("repr(n), N(x=1) == N(x=1), N(x=1) == 5",
             "('namespace(x=1, n=namespace(...))', True, False)");
    vm_fails("N(1)", &exc_type_error, "no positional arguments expected");
}

Test(namespace, proxies_are_read_only)
{
    Obj *dict = build("{sisi}", "a", 1, "b", 2), *proxy = mappingproxy_new(dict);
    cr_expect_eq(dict->refcnt, 2);
    cr_expect_eq(obj_length(proxy), 2);
    expect_repr(method(proxy, "get", "s", "b"), "2");
    expect_repr(obj_to_list(proxy), "['a', 'b']");
    Obj *key = str_from_ascii("a");
    cr_expect_eq(obj_contains(proxy, key), 1);
    cr_expect_eq(obj_setitem(proxy, key, key), -1);
    expect_error(&exc_type_error, "'mappingproxy' object does not support item assignment");
    obj_decref(key);
    expect_repr(method(proxy, "copy", ""), "{'a': 1, 'b': 2}");
    expect_repr(proxy, "mappingproxy({'a': 1, 'b': 2})");
    cr_expect_eq(dict->refcnt, 1);
    obj_decref(dict);
    vm_fails("import types\ntypes.MappingProxyType([])", &exc_type_error,
             "mappingproxy() argument must be a mapping, not list");
}

Test(namespace, unions)
{
    Obj *u = union_or(&int_type.head.base, &str_type.head.base), *again;
    cr_expect_eq(tuple_length(union_args(u)), 2);
    again = union_or(u, &int_type.head.base);
    cr_expect_eq(tuple_length(union_args(again)), 2, "each member once");
    cr_expect_eq(obj_equal(u, again), 1);
    obj_decref(again);
    expect_repr(u, "int | str");
    expect_repr(union_or(&int_type.head.base, obj_none), "int | None");
    Obj *n = int_new(1000);
    expect_repr(union_or(&int_type.head.base, n), "NotImplemented");
    obj_decref(n);
    vm_gives("hash(int | str) == hash(str | int), isinstance(None, int | None), (int | list[str])",
             "(True, True, int | list[str])");
    vm_fails("isinstance('', int | list[str])", &exc_type_error,
             "isinstance() argument 2 cannot be a parameterized generic");
}

Test(namespace, generic_aliases)
{
    Obj *pair = build("(OO)", &str_type, &int_type),
        *alias = generic_alias_new(&dict_type.head.base, pair);
    cr_expect_eq(pair->refcnt, 2);
    obj_decref(pair);
    expect_repr(call(alias, ""), "{}");
    expect_repr(obj_getattr_str(alias, "__args__"), "(<class 'str'>, <class 'int'>)");
    expect_repr(alias, "dict[str, int]");
    vm_exec_ok("from typing import TypeVar\nT = TypeVar('T')\na = dict[T, list[T]]");
    vm_gives(
        "a.__parameters__, a[int], list[int] == list[int], hash(list[int]) == hash(list[int]), "
        "list[()], tuple[int, ...], list[int].append is list.append",
        "((~T,), dict[int, list[int]], True, True, list[()], tuple[int, ...], True)");
    vm_fails("a[int, str]", &exc_type_error,
             "Too many arguments for dict[~T, list[~T]]; actual 2, expected 1");
    vm_fails("list[int][str]", &exc_type_error, "list[int] is not a generic class");
    vm_fails("isinstance([], list[int])", &exc_type_error,
             "isinstance() argument 2 cannot be a parameterized generic");
}

Test(namespace, every_allocation_may_fail)
{
    vm_exec_ok(
        "import types\nfrom typing import TypeVar\nT = TypeVar('T')\ndef action():\n"
        "  m = types.ModuleType('m')\n  m.x = 1000\n  repr(m), dir(m)\n"
        "  n = types.SimpleNamespace(a=1000)\n  repr(n), n == n, n.__reduce__()\n"
        "  p = types.MappingProxyType({'a': 1000})\n  repr(p), p | {'b': 1}, list(p.items())\n"
        "  u = int | str | None\n  repr(u), u == u, hash(u), u.__args__, isinstance(5, u)\n"
        "  a = dict[T, list[T]]\n  repr(a), a[int], a.__parameters__, hash(a), list[int]()");
    fail_each_allocation(vm_action);
}
