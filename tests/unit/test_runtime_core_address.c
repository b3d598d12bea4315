/* runtime/core/address.h: what lies at an address, asked without reading it. */

#include "runtime/core/address.h"
#include "tests/unit/runtime.h"

TestSuite(address, .init = start_runtime, .fini = finish_runtime);

Test(address, nothing_is_known_of_foreign_memory)
{
    int local = 0;
    cr_expect_eq(address_classify(0), ADDRESS_UNKNOWN);
    cr_expect_eq(address_classify(1), ADDRESS_UNKNOWN);
    cr_expect_eq(address_classify(UINTPTR_MAX), ADDRESS_UNKNOWN);
    cr_expect_eq(address_classify((uintptr_t)&local), ADDRESS_UNKNOWN);
    cr_expect_eq(address_classify((uintptr_t) "text"), ADDRESS_UNKNOWN);
}

Test(address, static_objects)
{
    cr_expect_eq(address_classify((uintptr_t)obj_none), ADDRESS_OBJECT);
    cr_expect_eq(address_classify((uintptr_t)obj_true), ADDRESS_OBJECT);
    cr_expect_eq(address_classify((uintptr_t)&list_type), ADDRESS_OBJECT);
    cr_expect_eq(address_classify((uintptr_t)&int_small[7]), ADDRESS_OBJECT);
    cr_expect_neq(address_classify((uintptr_t)obj_none + 1), ADDRESS_OBJECT);
}

Test(address, an_object_whose_address_was_shown)
{
    Obj *list = numbers(3), *number = int_new(123456789),
        *text = str_repeat(str_latin1['x'], 100000);
    Obj *const all[] = {list, number, text};
    for (int i = 0; i < 3; i++) {
        address_note(all[i]);
        cr_expect_eq(address_classify((uintptr_t)all[i]), ADDRESS_OBJECT, "object %d", i);
        cr_expect_neq(address_classify((uintptr_t)all[i] + 8), ADDRESS_OBJECT);
    }
    obj_decref(number);
    obj_decref(list);
    obj_decref(text);
    cr_expect_neq(address_classify((uintptr_t)text), ADDRESS_OBJECT, "it is gone");
}
