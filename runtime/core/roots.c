/*
 * The table of C variables that own references.
 *
 * It exists for looking, not for collecting: reference counts keep what these variables hold alive
 * by themselves.  A variable that nobody announced only shows as "native code" in ouro.holders.
 */

#include "runtime/core/roots.h"

#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

enum { ROOTS_MAX = 128 };

typedef struct RootPlaces {
    const char *label;
    char *first;
    int64_t count;
    size_t stride;
} RootPlaces;

static RootPlaces table[ROOTS_MAX];
static int table_count;

void roots_add(const char *label, void *first, int64_t count, size_t stride)
{
    for (int i = 0; i < table_count; i++) {
        if (table[i].first == (char *)first)
            return;
    }
    if (table_count < ROOTS_MAX)
        table[table_count++] = (RootPlaces){label, first, count, stride};
}

typedef struct EachType {
    int (*visit)(const char *label, ObjRef o, void *context);
    void *context;
} EachType;

static int visit_type(Type *type, void *context)
{
    const EachType *each = context;
    return each->visit("the interpreter: a builtin type", &type->head.base, each->context);
}

#define VISIT(label, o)                                                                            \
    do {                                                                                           \
        ObjRef o_ = (ObjRef)(o);                                                                   \
        int stop_ = o_ == NULL ? 0 : visit((label), o_, context);                                  \
        if (stop_ != 0)                                                                            \
            return stop_;                                                                          \
    } while (0)

static int each_static(int (*visit)(const char *label, ObjRef o, void *context), void *context)
{
    static Obj *const singletons[] = {obj_none, obj_true, obj_false, &not_implemented_object,
                                      &ellipsis_object};
    for (size_t i = 0; i < sizeof singletons / sizeof *singletons; i++)
        VISIT("the interpreter: a singleton", singletons[i]);
    for (size_t i = 0; i < sizeof int_small / sizeof *int_small; i++)
        VISIT("the interpreter: the cache of small ints", &int_small[i].base);
    EachType each = {visit, context};
    return type_each_static(visit_type, &each);
}

static int each_state(int (*visit)(const char *label, ObjRef o, void *context), void *context)
{
    const ThreadState *ts = thread_state;
    VISIT("the interpreter: sys.modules", runtime.modules);
    VISIT("the interpreter: the namespace of sys", runtime.sys_dict);
    VISIT("the interpreter: builtins", runtime.builtins);
    VISIT("the interpreter: the namespace of builtins", runtime.builtins_dict);
    VISIT("the exception being raised", ts->pending);
    VISIT("the exception being handled", ts->handled_base.exception);
    VISIT("the interpreter: what repr() is printing", ts->repr_active);
    const Obj *const *name = (const Obj *const *)(const void *)&names;
    for (size_t i = 0; i < sizeof names / sizeof *name; i++)
        VISIT("the interpreter: names that C code uses", name[i]);
    VISIT("the interpreter: the empty str", str_empty);
    for (size_t i = 0; i < 256; i++)
        VISIT("the interpreter: one-character strings", str_latin1[i]);
    return 0;
}

int roots_each(int (*visit)(const char *label, ObjRef o, void *context), void *context)
{
    int stop = each_static(visit, context);
    if (stop == 0)
        stop = each_state(visit, context);
    if (stop != 0)
        return stop;
    for (int i = 0; i < table_count; i++) {
        for (int64_t k = 0; k < table[i].count; k++) {
            Obj **place = (Obj **)(void *)(table[i].first + (size_t)k * table[i].stride);
            VISIT(table[i].label, *place);
        }
    }
    return 0;
}
