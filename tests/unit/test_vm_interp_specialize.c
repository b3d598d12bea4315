/* vm/interp/specialize.c, attribute_cache.c, superinstructions.c, operations.c: what sites learn
 * and how they forget it; the long parts of opcodes. */

#include "tests/unit/vm_interp.h"
#include "vm/interp/attribute_cache.h"
#include "vm/interp/function.h"
#include "vm/interp/operations.h"
#include "vm/interp/specialize.h"

TestSuite(specialize, .init = vm_start, .fini = vm_stop);

/* Words of the function whose opcode is a specialised one. */
static int specialised(const char *function)
{
    const CodeObj *code = ((const FunctionObj *)vm_global(function))->code;
    int count = 0, op;
    int32_t arg, at;
    for (int32_t i = 0; i < code->word_count;) {
        i = code_decode(code, i, &op, &arg, &at);
        cr_assert(op >= 0 && op < OP_COUNT, "everybody else sees plain code");
        count += code->words[at].op >= OP_COUNT;
    }
    return count;
}

Test(specialize, sites_learn_and_fall_back)
{
    vm_exec_ok("class A:\n  def __init__(s): s.x = 1\n  def m(s): return s.x\nclass B:\n  x = 5\n  "
               "def m(s): return 7\n"
               "def f(o, l, d): return o.x + o.m() + l[0] + d['k'] + len(l)\na = A()\n"
               "for i in range(50): f(a, [1], {'k': 2})\n");
    cr_expect_gt(specialised("f"), 0);
    vm_exec_ok("out = [f(o, l, d) for i in range(20) for o in (A(), B()) for l, d in (([1], {'k': "
               "2}), ((3.5,), {'k': 10 ** 30}))]\n"
               "plain = [f(B(), 'a' and [4], {'k': 1})]");
    vm_gives("len(set(out)), plain, out[:2] == out[4:6]", "(3, [18], True)");
    vm_exec_ok("A.m = lambda s: 100\nr = f(a, [1], {'k': 2})\nA.x = property(lambda s: 50)\nt = "
               "f(a, [1], {'k': 2})\n"
               "def len(x): return 1000\nu = f(a, [1], {'k': 2})");
    vm_gives("r, t, u", "(105, 154, 1153)");
}

Test(specialize, every_opcode_stands_for_a_plain_one)
{
    for (int op = 0; op < OP_COUNT_ALL; op++) {
        cr_expect_lt(code_plain_opcode((uint16_t)op), OP_COUNT, "%d", op);
        if (op < OP_COUNT)
            cr_expect_eq(code_plain_opcode((uint16_t)op), op);
    }
}

Test(specialize, counters_wait_longer_after_each_miss)
{
    CodeWord word = {0, 0};
    int waited = 0, before = -1;
    for (int tries = 0; tries < SPECIALIZE_TRIES; tries++) {
        waited = 0;
        while (!specialize_due(&word) && waited < 100000)
            waited++;
        if (waited == 100000)
            break;
        cr_expect_geq(waited, before);
        before = waited;
        specialize_missed(&word);
    }
    for (int i = 0; i < 100000; i++)
        cr_assert_not(specialize_due(&word), "after %d misses a site stays plain",
                      SPECIALIZE_TRIES);
}

Test(specialize, the_attribute_cache_follows_classes)
{
    vm_exec_ok("class A:\n  def m(s): return 1\na = A()\na.x = 5\nclass P:\n  x = property(lambda "
               "s: 1)\np = P()");
    Obj *x = str_intern_ascii("x"), *m = str_intern_ascii("m");
    ObjRef a = vm_global("a");
    const AttributeEntry *entry = attribute_cache_find(a, x);
    cr_expect_eq(entry->slot, 0);
    cr_expect(entry->writable);
    entry = attribute_cache_find(a, m);
    cr_expect_eq(entry->slot, ATTRIBUTE_METHOD);
    cr_expect_eq(entry->method, dict_peek(type_dict((Type *)vm_global("A")), m));
    cr_expect_eq(attribute_cache_find(vm_global("p"), x)->slot, ATTRIBUTE_OTHER);
    vm_exec_ok("A.m = 5\nA.x = property(lambda s: 9)");
    cr_expect_eq(attribute_cache_find(a, m)->slot, ATTRIBUTE_OTHER);
    cr_expect_eq(attribute_cache_find(a, x)->slot, ATTRIBUTE_OTHER);
    obj_decref(x);
    obj_decref(m);
}

Test(specialize, unpacking)
{
    Obj *slots[8], *list = numbers(5), *three = numbers(3);
    cr_assert_eq(operation_unpack(list, 1, 1, slots + 3), 0);
    expect_repr(slots[2], "0");
    expect_repr(slots[1], "[1, 2, 3]");
    expect_repr(slots[0], "4");
    cr_expect_eq(operation_unpack(three, 2, -1, slots + 2), -1);
    expect_error(&exc_value_error, "too many values to unpack (expected 2)");
    cr_expect_eq(operation_unpack(three, 4, -1, slots + 4), -1);
    expect_error(&exc_value_error, "not enough values to unpack (expected 4, got 3)");
    cr_expect_eq(operation_unpack(three, 3, 1, slots + 5), -1);
    expect_error(&exc_value_error, "not enough values to unpack (expected at least 4, got 3)");
    cr_expect_eq(operation_unpack(obj_none, 1, -1, slots + 1), -1);
    expect_error(&exc_type_error, "cannot unpack non-iterable NoneType object");
    cr_expect_eq(list->refcnt, 1);
    obj_decref(list);
    obj_decref(three);
}

Test(specialize, displays_and_formats)
{
    Obj *items[] = {int_new(1), str_from_ascii("a"), int_new(1), list_new(0)};
    Obj *keys = build("(ss)", "k", "l");
    expect_repr(operation_build_map(items, 1), "{1: 'a'}");
    expect_repr(operation_build_const_map(items, keys), "{'k': 1, 'l': 'a'}");
    expect_repr(operation_build_set(items, 1), "{1}");
    expect_raised(operation_build_set(items, 4), &exc_type_error, "unhashable type: 'list'");
    expect_repr(operation_build_string(items + 1, 1), "'a'");
    expect_repr(operation_format(items[1], NULL, FORMAT_REPR), "\"'a'\"");
    expect_repr(operation_format(items[0], NULL, FORMAT_NONE), "'1'");
    cr_expect_eq(operation_list_extend(items[3], items[0]), -1);
    expect_error(&exc_type_error, "Value after * must be an iterable, not int");
    for (int i = 0; i < 4; i++)
        obj_decref(items[i]);
    obj_decref(keys);
}

Test(specialize, every_allocation_may_fail)
{
    vm_exec_ok("class A:\n  __match_args__ = ('x',)\n  def __init__(s, x): s.x = x\n  def m(s, y): "
               "return [s.x, y]\n"
               "def action():\n  for i in range(3):\n    a = A(1000 + i)\n    a.m(2000), a.x, "
               "a.__class__\n    a.y = {**{'k': a.x}, 'l': 5}\n"
               "    [*a.y, 1], {*a.y}, (*a.y, 2), f'{a.x:>10}{i!r}', '%s %d' % (a.x, i)\n"
               "    match a:\n      case A(x=1): pass\n      case A(v): v + 1000\n"
               "    match [1, {'k': i}]:\n      case [n, {'k': j, **r}]: r\n"
               "    b, *c = range(5)\n    a.x += 5000\n    c[1:2] = [1000, 2000]\n    del a.y\n    "
               "global z\n    z = a\n    del z\n");
    fail_each_allocation(vm_action);
}
