/*
 * Shared by the __reduce__ methods of iterators, which copy and pickle read.
 *
 * An iterator describes itself as a call of a builtin (iter, reversed) with the container that it
 * walks, and its position as the state for __setstate__.
 */

#include "runtime/types/iterator_reduce.h"

#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/tuple.h"

Obj *iterator_reduce_builtin(const char *name)
{
    ObjRef found = dict_peek_ascii(runtime.builtins_dict, name);
    if (found == NULL) {
        if (err_occurred() != NULL)
            return NULL;
        return err_format(&exc_attribute_error, "module 'builtins' has no attribute '%s'", name);
    }
    return obj_incref(found);
}

Obj *iterator_reduce_steal(const char *builtin, Obj *argument, int64_t index)
{
    Obj *function = NULL, *arguments = NULL, *position = NULL, *result = NULL;
    if (argument == NULL)
        return NULL;
    function = iterator_reduce_builtin(builtin);
    if (function == NULL)
        goto fail;
    arguments = tuple_pack(1, argument);
    if (arguments == NULL)
        goto fail;
    if (index != REDUCE_NO_INDEX) {
        position = int_new(index);
        if (position == NULL)
            goto fail;
        result = tuple_pack(3, function, arguments, position);
    } else {
        result = tuple_pack(2, function, arguments);
    }
fail:
    obj_clear(&function);
    obj_clear(&arguments);
    obj_clear(&position);
    obj_decref(argument);
    return result;
}
