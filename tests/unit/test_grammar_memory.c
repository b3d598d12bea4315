/* Every allocation of the grammar may fail: parsing, explaining, scopes and dumps then answer
 * PARSE_NO_MEMORY, and nothing is lost. */

#include "tests/unit/grammar.h"

static const char *const sources[] = {
    "@d\nclass A(B, k=1):\n  'doc'\n  x: int = 5\n  async def f(self, a, /, b=1, *c, d, **e) -> "
    "int:\n"
    "    global g\n    async with a as b, c: await d\n    return [x async for x in y if z]\n",
    "try:\n  raise A from b\nexcept* (C, D) as e: pass\nelse: del a, b[1:2]\nfinally: assert x, "
    "f'{a!r:>{w}}b{c=}'\n",
    "match x:\n case [1, *r] | {'k': v, **w} | C(a, b=-1) as y if z: pass\n case 'a' 'b' | "
    "b'\\x41': pass\n",
    "from . import a as b, c\nimport d.e\nlambda *a, b=1: (yield from a)\n{**a, 1: 2}, {*a}, a if "
    "b else (c := d)\n",
    "x = (1,\n",
    "f(a b)\n",
    "def f(a=1, b): pass\n",
    "a, b += 1\n",
    "if x\n",
    "f'{a b}'\n",
    "'\\N{no such}'\n",
    "def f():\n  x\n  nonlocal x\n",
    "for f() in y: z\n",
    "1 = x\n",
    "\ty\n        z\n",
    "0b12\n",
    "'abc\n",
};

/* Does all that can be done with a source; the worst status. */
static ParseStatus use(const char *text)
{
    Parsed parsed;
    DumpText dump = {0};
    SymbolTable *table = NULL;
    parse_into(&parsed, text, PARSE_FILE);
    ParseStatus status = parsed.status;
    if (status == PARSE_OK)
        status = symtable_build(parsed.tree, 0, &parsed.bump, &parsed.diagnostic, &table);
    if (status == PARSE_OK) {
        dump_tree(&dump, parsed.tree, DUMP_TEXT);
        dump_tree(&dump, parsed.tree, DUMP_JSON);
        dump_symbols(&dump, table, DUMP_TEXT);
        dump_symbols(&dump, table, DUMP_JSON);
    }
    if (status != PARSE_NO_MEMORY) {
        Diagnostic diagnostic;
        if (dump_source_tokens(&dump, text, (int64_t)strlen(text), "<x>", DUMP_JSON, &diagnostic,
                               &parsed.bump) == PARSE_NO_MEMORY)
            status = PARSE_NO_MEMORY;
    }
    if (dump.failed)
        status = PARSE_NO_MEMORY;
    dump_free(&dump);
    parsed_free(&parsed);
    return status;
}

Test(grammar_memory, every_allocation_may_fail)
{
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        MemStats before, after;
        mem_stats(&before);
        ParseStatus expected = use(sources[i]);
        mem_stats(&after);
        cr_expect_neq(expected, PARSE_NO_MEMORY, "%s", sources[i]);
        cr_expect_eq(after.bytes_in_use, before.bytes_in_use, "%s", sources[i]);
        uint64_t count = after.requests - before.requests;
        for (uint64_t n = 1; n <= count; n++) {
            mem_fail_after(n);
            ParseStatus status = use(sources[i]);
            mem_fail_after(0);
            cr_assert(status == PARSE_NO_MEMORY || status == expected, "%d at allocation %d of %s",
                      (int)status, (int)n, sources[i]);
            mem_fail_from(n);
            cr_assert_eq(use(sources[i]), PARSE_NO_MEMORY, "allocation %d of %s", (int)n,
                         sources[i]);
            mem_fail_after(0);
            mem_stats(&after);
            cr_assert_eq(after.bytes_in_use, before.bytes_in_use,
                         "%d bytes lost at allocation %d of %s",
                         (int)(after.bytes_in_use - before.bytes_in_use), (int)n, sources[i]);
        }
    }
}

Test(grammar_memory, dumps_say_what_json_says)
{
    DumpText out = {0};
    dump_json_string(&out, "a\"\\\n\x01\xc3\xa9\xed\xa0\x80", 10);
    dump_print(&out, " %d", 5);
    dump_write(&out, "xyz", 2);
    cr_expect_not(out.failed);
    cr_expect_eq(out.length, (int64_t)strlen("\"a\\\"\\\\\\n\\u0001\xc3\xa9\\ud800\" 5xy"));
    cr_expect_arr_eq(out.bytes, "\"a\\\"\\\\\\n\\u0001\xc3\xa9\\ud800\" 5xy", (size_t)out.length);
    dump_free(&out);
    mem_fail_from(1);
    dump_write(&out, "x", 1);
    mem_fail_after(0);
    cr_expect(out.failed);
    dump_free(&out);
}
