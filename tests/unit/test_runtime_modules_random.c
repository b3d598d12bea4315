/* runtime/modules/random.c, sha512.c, time.c, unicodedata.c, string.c. */

#include "runtime/modules/random.h"
#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import _random, random, time, unicodedata, _string");
}

TestSuite(random, .init = start, .fini = vm_stop);

/* The numbers of the reference implementation, mt19937ar.out (Matsumoto, Nishimura), which starts
 * from the key {0x123, 0x234, 0x345, 0x456}: as an int of 32-bit digits, least first. */
Test(random, numbers_of_the_reference_implementation)
{
    vm_exec_ok("r = _random.Random()\nr.seed(0x123 | 0x234 << 32 | 0x345 << 64 | 0x456 << 96)\n"
               "first = [r.getrandbits(32) for i in range(5)]");
    vm_gives("first", "[1067595299, 955945823, 477289528, 4107218783, 4228976476]");
}

Test(random, same_numbers_as_cpython_for_a_seed)
{
    vm_exec_ok(
        "random.seed(42)\na = random.random(), random.getrandbits(70), random.randrange(10 ** 20), "
        "random.choice('abcdef'), random.gauss(0, 1)\nrandom.seed('text')\nb = random.random()");
    vm_gives("a, b", "((0.6394267984578837, 327273841618135227089, 22564255545567558544, 'f', "
                     "1.3138731944620898), 0.8711565613554825)");
    vm_gives("random.Random(1).getrandbits(0)", "0");
    vm_fails("r = _random.Random()\nr.getrandbits(-1)", &exc_value_error,
             "number of bits must be non-negative");
    vm_fails("r.setstate((1, 2))", &exc_value_error, "state vector is the wrong size");
    vm_fails("r.setstate(5)", &exc_type_error, "state vector must be a tuple");
    vm_exec_ok("s = r.getstate()\nx = r.random()\nr.setstate(s)\nsame = x == r.random()");
    cr_expect_eq(vm_global("same"), obj_true);
    Obj *instance = make(random_type, "i", 5);
    cr_expect_eq(instance->refcnt, 1);
    obj_decref(instance);
}

Test(random, times)
{
    vm_gives("tuple(time.gmtime(0)), time.gmtime(86400 * 365).tm_yday, time.strftime('%Y-%m-%d "
             "%j', time.gmtime(0))",
             "((1970, 1, 1, 0, 0, 0, 3, 1, 0), 1, '1970-01-01 001')");
    vm_gives("time.mktime(time.localtime(5)), time.asctime((2000, 2, 29, 1, 2, 3, 1, 60, 0)), "
             "time.perf_counter_ns() <= time.perf_counter_ns(), time.monotonic() > 0",
             "(5.0, 'Tue Feb 29 01:02:03 2000', True, True)");
    vm_fails("time.sleep(-1)", &exc_value_error, "sleep length must be non-negative");
    vm_fails("time.gmtime(1e30)", &exc_overflow_error,
             "timestamp out of range for platform time_t");
    vm_fails("time.gmtime(float('nan'))", &exc_value_error, "Invalid value NaN (not a number)");
    vm_fails("time.asctime((1, 2))", &exc_type_error, "asctime(): illegal time tuple argument");
    vm_fails("time.strftime('%Y', (2000, 13, 1, 0, 0, 0, 0, 1, 0))", &exc_value_error,
             "month out of range");
}

Test(random, names_of_characters)
{
    vm_gives("unicodedata.name('\xe2\x82\xac'), unicodedata.lookup('EURO SIGN'), "
             "unicodedata.category('a'), "
             "unicodedata.normalize('NFD', '\xc3\xa9'), unicodedata.decimal('7'), "
             "unicodedata.numeric('\xc2\xbd'), "
             "unicodedata.east_asian_width('\xe4\xb8\x80'), unicodedata.bidirectional('a')",
             "('EURO SIGN', '\xe2\x82\xac', 'Ll', 'e\xcc\x81', 7, 0.5, 'W', 'L')");
    vm_fails("unicodedata.name('\\x00')", &exc_value_error, "no such name");
    vm_fails("unicodedata.lookup('NO SUCH')", &exc_key_error,
             "\"undefined character name 'NO SUCH'\"");
    vm_fails("unicodedata.normalize('X', 'a')", &exc_value_error, "invalid normalization form");
    vm_fails("unicodedata.category('ab')", &exc_type_error,
             "category() argument must be a unicode character, not str");
    vm_gives(
        "[*_string.formatter_parser('a{b!r:c}')], _string.formatter_field_name_split('a.b[0]')[0]",
        "([('a', 'b', 'c', 'r')], 'a')");
}

Test(random, every_allocation_may_fail)
{
    vm_exec_ok("def action():\n  r = _random.Random(10 ** 30)\n  r.getrandbits(200), "
               "r.setstate(r.getstate())\n"
               "  time.gmtime(0), time.strftime('%Y', time.gmtime(0)), "
               "time.asctime(time.gmtime(0)), time.localtime(5)\n"
               "  unicodedata.normalize('NFKC', '\\ufb03' * 10), unicodedata.name('a'), "
               "unicodedata.decomposition('\\xe9')\n"
               "  list(_string.formatter_parser('a{b.c[0]!r:x}'))");
    fail_each_allocation(vm_action);
}
