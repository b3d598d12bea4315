/* runtime/core/state.h: recursion bound, start and end. */

#include <criterion/criterion.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/str.h"

Test(state, starts_and_ends_without_a_trace)
{
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(runtime_init(), 0);
        cr_assert(runtime.ready);
        cr_assert_not_null(runtime.modules);
        cr_assert(str_equal_ascii(names.dunder_init, "__init__"));
        runtime_finish();
        cr_assert_not(runtime.ready);
        cr_assert_null(names.dunder_init);
    }
#if !OURO_POOLS
    MemStats stats;
    mem_stats(&stats);
    cr_assert_eq(stats.bytes_in_use, 0);
#endif
}

Test(state, depth_is_bounded)
{
    cr_assert_eq(runtime_init(), 0);
    int32_t entered = 0;
    while (state_enter(" in a test") == 0)
        entered++;
    cr_assert_eq(entered, thread_state->depth_limit);
    cr_assert(err_matches(&exc_recursion_error));
    while (entered-- > 0)
        state_leave();
    Obj *error = err_fetch(), *text = obj_str(error);
    cr_assert_str_eq(str_utf8(text, NULL), "maximum recursion depth exceeded in a test");
    obj_decref(text);
    obj_decref(error);
    cr_assert_eq(thread_state->depth, 0);
    runtime_finish();
}
