/* runtime/modules/json.c, json_scan.c, json_encode.c. */

#include "runtime/modules/json.h"
#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import json\nfrom json import loads, dumps");
}

TestSuite(json, .init = start, .fini = vm_stop);

Test(json, strings_in_c)
{
    Obj *text = str_from_ascii("x\"a\\u00e9\\ud83d\\ude00\\n\" tail");
    int64_t end = 0;
    Obj *string = json_scan_string(text, 2, true, &end);
    expect_repr(string, "'a\xc3\xa9\xf0\x9f\x98\x80\\n'");
    cr_expect_eq(str_char_at(text, end - 1), '"');
    obj_decref(text);
    StrBuilder b;
    str_builder_init(&b);
    Obj *odd = str_from_utf8_surrogates("\"\x01\xed\xa0\x80\xf0\x9f\x98\x80", 9);
    cr_assert_eq(json_write_string(&b, odd, true), 0);
    expect_repr(str_builder_finish(&b), "'\"\\\\\"\\\\u0001\\\\ud800\\\\ud83d\\\\ude00\"'");
    obj_decref(odd);
    json_raise("why", str_empty, 0);
    cr_expect_str_eq(obj_type(err_occurred())->head.name, "JSONDecodeError");
    err_clear();
}

Test(json, values_both_ways)
{
    vm_gives("loads('[1, -2.5e3, 1E400, NaN, -Infinity, true, null, \"\\\\u12\\x33\\x34\", {}, "
             "123456789012345678901]')",
             "[1, -2500.0, inf, nan, -inf, True, None, '\xe1\x88\xb4', {}, 123456789012345678901]");
    vm_gives("loads('{\"a\": [{}], \"a\": 2}'), loads(b'\\xff\\xfe1\\x00')", "({'a': 2}, 1)");
    vm_gives("dumps({1: 2.5, None: [True, float('inf')], 'k': (), 0.1: 'x/y'})",
             "'{\"1\": 2.5, \"null\": [true, Infinity], \"k\": [], \"0.1\": \"x/y\"}'");
    vm_gives(
        "dumps([1, {'a': []}], indent=1), dumps({'b': 1, 'a': 2}, sort_keys=True, separators=',:')",
        "('[\\n 1,\\n {\\n  \"a\": []\\n }\\n]', '{\"a\":2,\"b\":1}')");
}

Test(json, errors_say_where)
{
    vm_exec_ok(
        "E = json.JSONDecodeError\ndef err(t):\n  try: loads(t)\n  except E as e: return str(e)");
    vm_gives("err(''), err('[1,]'), err('{\"a\"}'), err('{1}')",
             "('Expecting value: line 1 column 1 (char 0)', 'Expecting value: line 1 column 4 "
             "(char 3)', "
             "\"Expecting ':' delimiter: line 1 column 5 (char 4)\", "
             "'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)')");
    vm_gives("err('\"a'), err('\"\\n\"'), err('\"\\\\x\"'), err('\"\\\\u12\"'), err('1 2'), "
             "err('[1 2]')",
             "('Unterminated string starting at: line 1 column 1 (char 0)', "
             "'Invalid control character at: line 1 column 2 (char 1)', "
             "'Invalid \\\\escape: line 1 column 2 (char 1)', "
             "'Invalid \\\\uXXXX escape: line 1 column 3 (char 2)', "
             "'Extra data: line 1 column 3 (char 2)', \"Expecting ',' delimiter: line 1 column 4 "
             "(char 3)\")");
    vm_fails("dumps({(1,): 2})", &exc_type_error,
             "keys must be str, int, float, bool or None, not tuple");
    vm_fails("dumps(1j)", &exc_type_error, "Object of type complex is not JSON serializable");
    vm_fails("a = []\na.append(a)\ndumps(a)", &exc_value_error, "Circular reference detected");
    vm_fails("dumps(float('nan'), allow_nan=False)", &exc_value_error,
             "Out of range float values are not JSON compliant");
    cr_expect_eq(vm_exec("loads('[' * 100000)"), -1);
    cr_expect(err_matches(&exc_recursion_error));
    err_clear();
}

Test(json, hooks_may_change_what_is_written)
{
    vm_exec_ok(
        "a = [1, object(), 3]\ndef drop(o):\n  a.clear()\n  return 5\nx = dumps(a, default=drop)\n"
        "d = {'a': object(), 'b': 2}\ndef cut(o):\n  d.clear()\n  return 6\n"
        "try: y = dumps(d, default=cut)\nexcept RuntimeError: y = ''\n"
        "z = loads('{\"a\": [1.5, 2]}', object_pairs_hook=tuple, parse_float=str)");
    vm_gives("x.startswith('[1, 5'), z", "(True, (('a', ['1.5', 2]),))");
}

Test(json, every_allocation_may_fail)
{
    vm_exec_ok("def action():\n  loads('[1, 2.5, {\"key\": \"v\\\\u00e9\\\\n\", \"k\": [null]}, "
               "\"\\\\ud83d\\\\ude00\"]')\n"
               "  dumps([1, 2.5, {'key': 'v\\xe9', 5: [None, True]}, 10 ** 30, 'x' * 50])\n"
               "  dumps({'a': [1, {}]}, indent=2, sort_keys=True)");
    fail_each_allocation(vm_action);
}
