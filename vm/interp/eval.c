/*
 * The eval loop, and nothing but the loop.
 *
 * One call of eval_run executes the frame that is on top of the call records when it is entered and
 * every Python frame that this one calls; it returns when that entry frame is left.  Handlers are
 * named after opcodes.def and specialised.def; a missing one does not compile.
 *
 * Registers of the loop:
 *     ip      word of the instruction being executed; arg is its argument
 *     sp      one past the top of the operand stack
 *     fp      slot 0 of the frame
 *     consts  items of the running code's co_consts
 *     record  the frame's CallRecord; record->ip is stored (SYNC) before anything that can run
 * Python code or look at frames
 *
 * Rules: ip and sp are right before a reference is given up that may run code.  An error leaves its
 * operands on the stack (or takes them off and releases them) and goes to `error`, which adds the
 * traceback entry, or to `unwind`, which does not.
 *
 * Long file: the dispatch must be one function.  What is long in an opcode is in operations.c,
 * calls.c, unwind.c and specialize.c; families of operator opcodes are in eval_families.def, pairs
 * of instructions in eval_pairs.def, attributes of variables in eval_attributes.def.
 */

#include "vm/interp/eval.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/method.h"
#include "runtime/types/range.h"
#include "runtime/types/set.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/attribute_cache.h"
#include "vm/interp/calls.h"
#include "vm/interp/cell.h"
#include "vm/interp/code_data.h"
#include "vm/interp/generator.h"
#include "vm/interp/operations.h"
#include "vm/interp/specialize.h"
#include "vm/interp/superinstructions.h"
#include "vm/interp/traceback.h"
#include "vm/interp/tracing.h"
#include "vm/interp/unwind.h"

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* Whether this is the loop for traced frames; see eval_traced.c. */
#ifndef EVAL_TRACED
#define EVAL_TRACED 0
#endif

#if !defined(OURO_DEBUG) && !EVAL_TRACED
#define COMPUTED_GOTO 1
#else
#define COMPUTED_GOTO 0
#endif

/* Words of an instruction with its caches. */
enum {
    WORDS_GLOBAL = 3,
    WORDS_ATTR = 6,
    WORDS_SUBSCR = 2,
    WORDS_OPERATOR = 2,
    WORDS_FOR = 2,
    WORDS_UNPACK = 2,
    WORDS_CALL = 4,
};

/* Cold: a slot of a left frame held the last reference to `o`.  Deallocation may run code, whose
 * frames must begin above the slots that are still to be released. */
static __attribute__((noinline)) void release_last(Obj *o, Obj **end)
{
    VmThread *thread = vm_current();
    Obj **floor = thread->floor;
    thread->floor = end;
    obj_dealloc(o);
    thread->floor = floor;
}

/* Releases the slots of a frame.  Its record is gone already: as in CPython, a __del__ that runs
 * now sees the caller as the frame below its own. */
static inline __attribute__((always_inline)) void release_slots(Obj **fp, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        Obj *o = fp[i];
        if (o != NULL && --o->refcnt == 0)
            release_last(o, fp + count);
    }
}

/* Gives up the operands above `base`. */
static inline void release_operands(Obj **sp, Obj **base)
{
    while (sp > base) {
        Obj *o = *--sp;
        obj_xdecref(o);
    }
}

/* Copies a callee's function and arguments to the value stack: the caller is a generator, whose
 * operand stack has no room for another frame; or it was full.  New place of the arguments, or NULL
 * (RecursionError). */
static Obj **relocate_call(VmThread *vm, const FunctionObj *function, Obj **args, int64_t nargs)
{
    Obj **top = thread_stack_top(vm);
    if (thread_check_room(vm, top, function->frame_words + nargs + 2) < 0)
        return NULL;
    if ((uintptr_t)args - (uintptr_t)vm->stack <= (uintptr_t)vm->stack_end - (uintptr_t)vm->stack)
        return args; /* a big frame that fits */
    memcpy(top, args - 1, (size_t)(nargs + 1) * sizeof(Obj *));
    return top + 1;
}

/* obj_truth with the commonest types first: 1, 0, -1. */
static inline int truth_of(ObjRef o)
{
    if (o->shape == &int_type.root)
        return ((const IntObj *)o)->value != 0;
    if (is_none(o))
        return 0;
    if (o->shape == &list_type.root || o->shape == &str_type.root || o->shape == &tuple_type.root)
        return ((const ListObj *)o)->length != 0; /* all three have it there */
    return obj_truth(o);
}
_Static_assert(offsetof(ListObj, length) == offsetof(StrObj, length) &&
                   offsetof(ListObj, length) == offsetof(TupleObj, length),
               "truth_of reads the length of any of them");

/* A comparison of floats. */
static inline bool compare_doubles(int32_t op, double a, double b)
{
    switch (op) {
    case CMP_LT:
        return a < b;
    case CMP_LE:
        return a <= b;
    case CMP_EQ:
        return a == b;
    case CMP_NE:
        return a != b;
    case CMP_GT:
        return a > b;
    default:
        return a >= b;
    }
}

/* Python's // and % of positive divisors; 32-bit division is several times faster. */
static inline int64_t floor_remainder(int64_t a, int64_t b)
{
    if (likely((((uint64_t)a | (uint64_t)b) >> 32) == 0))
        return (int64_t)((uint32_t)a % (uint32_t)b);
    int64_t r = a % b;
    return r < 0 ? r + b : r;
}

static inline int64_t floor_quotient(int64_t a, int64_t b)
{
    if (likely((((uint64_t)a | (uint64_t)b) >> 32) == 0))
        return (int64_t)((uint32_t)a / (uint32_t)b);
    int64_t q = a / b;
    return a % b < 0 ? q - 1 : q;
}

#define frame_fits(vm, args)                                                                       \
    (likely((uintptr_t)(args) - (uintptr_t)(vm)->stack <= (vm)->stack_room))

/* Makes the generator the frame of `record`, the first free one. */
static inline void start_generator(GeneratorObj *generator, CallRecord *record, Obj **stack_top,
                                   uint16_t flags)
{
    record->fp = generator->slots + 1;
    record->flags = FRAME_GENERATOR | flags;
    record->ip = generator->ip;
    generator->stack_top = stack_top;
    generator->state = GENERATOR_RUNNING;
    generator->handled.previous = thread_state->handled;
    thread_state->handled = &generator->handled;
    if (generator->frame != NULL) {
        record->frame = (FrameObj *)obj_incref(&generator->frame->base);
        record->frame->record = record;
        record->flags |= FRAME_OBJECT;
    }
}

#define SYNC() (record->ip = ip)
/* The running function; the same as record_function(record). */
#define RUNNING() function_cast(fp[-1])
#define NAME_AT(index) tuple_peek(RUNNING()->code->names, index)
#define PUSH(value) (*sp++ = (value))

/*
 * Every handler has two entries: L_NAME takes its argument from the instruction's word, W_NAME
 * finds it in `arg` (after EXTENDED_ARG, and when an instruction is executed again).
 */
#if COMPUTED_GOTO
#define TARGET(NAME)                                                                               \
    L_##NAME : arg = ip->arg;                                                                      \
    W_##NAME:
#define NEXT() goto *labels[ip->op]
#else
#define TARGET(NAME)                                                                               \
    case OP_##NAME:                                                                                \
        L_##NAME : __attribute__((unused));                                                        \
        arg = ip->arg;                                                                             \
        W_##NAME:
#define NEXT() goto next
#endif
#define NEXT_AFTER(words)                                                                          \
    do {                                                                                           \
        ip += (words);                                                                             \
        NEXT();                                                                                    \
    } while (0)
/* NEXT from rare places.  Every computed goto costs compile time in proportion to the number of
 * labels, so these share one. */
#define NEXT_SHARED() goto next
#define NEXT_SHARED_AFTER(words)                                                                   \
    do {                                                                                           \
        ip += (words);                                                                             \
        goto next;                                                                                 \
    } while (0)
/* The instruction, `words` long, gives a bool: a conditional jump right behind takes it at once. */
#define BOOL_RESULT(words, truth)                                                                  \
    do {                                                                                           \
        bool truth_ = (truth);                                                                     \
        ip += (words);                                                                             \
        if (ip->op == OP_POP_JUMP_IF_FALSE || ip->op == OP_POP_JUMP_IF_TRUE) {                     \
            int32_t distance_ = truth_ == (ip->op == OP_POP_JUMP_IF_TRUE) ? ip->arg : 0;           \
            ip += 1 + distance_;                                                                   \
            if (unlikely(distance_ < 0 && runtime.breaker)) {                                      \
                arg = distance_;                                                                   \
                goto break_here;                                                                   \
            }                                                                                      \
        } else {                                                                                   \
            PUSH(bool_new(truth_));                                                                \
        }                                                                                          \
        NEXT();                                                                                    \
    } while (0)
/* The instruction was specialised, or turned back: executes it again with the same argument. */
#define AGAIN() goto again
#define GO_PLAIN(NAME) goto W_##NAME
/* Turns a specialised instruction back to its plain form after a miss, to try again later. */
#define MISS(NAME)                                                                                 \
    do {                                                                                           \
        ip->op = OP_##NAME;                                                                        \
        specialize_missed(ip + 1);                                                                 \
        goto W_##NAME;                                                                             \
    } while (0)

/* The opcode to execute: the traced loop does without specialised ones. */
#if EVAL_TRACED
#define THIS_OPCODE()                                                                              \
    code_base_opcode(record_code(record), (int32_t)(ip - record_code(record)->words))
#define TRACE_LEAVING()                                                                            \
    do {                                                                                           \
        if (is_traced()) {                                                                         \
            record->depth = (int32_t)(sp - fp);                                                    \
            if (tracing_leave(record, value) < 0) {                                                \
                obj_decref(value);                                                                 \
                goto leave_failed_entry;                                                           \
            }                                                                                      \
        }                                                                                          \
    } while (0)
#define ENTERING_TRACED() (entering = true)
#else
#define THIS_OPCODE() (ip->op)
#define TRACE_LEAVING() ((void)0)
#define ENTERING_TRACED()                                                                          \
    do {                                                                                           \
        if (traced_now())                                                                          \
            return eval_hand_over(sp, NULL, false);                                                \
    } while (0)
#endif

/* Reached through the thread, not kept in variables: the loop's registers are scarce. */
#define ts thread_state
#define vm (thread_state->vm)
#define kwnames (vm->keywords)             /* from KW_NAMES to CALL */
#define kwnames_owned (vm->keywords_owned) /* the same, made for a CALL_FUNCTION_EX */

/* The traced loop specialises nothing: the words it executes may be trace points. */
#define SPECIALISES (!EVAL_TRACED)
#define is_traced() (EVAL_TRACED && (runtime.breaker & BREAK_TRACE))
/* Whether the plain loop has to hand its frames over. */
#define traced_now() (!EVAL_TRACED && unlikely(runtime.breaker & BREAK_TRACE))

/*
 * Runs the frame on top of the records.  `sp` is the end of its operand stack.  With `throwing` the
 * pending exception is raised at record->ip first.  The traced loop goes on after the instruction
 * at `last`, which has been traced; NULL: the frame is being entered.
 */
#if EVAL_TRACED
Obj *eval_loop_traced(Obj **sp, const CodeWord *last, bool throwing)
#else
Obj *eval_loop(Obj **sp, bool throwing)
#endif
{
#if COMPUTED_GOTO
    static const void *const labels[] = {
#define OP(NAME, ARG_KIND, POPS, PUSHES, FLAGS, PICTURE) [OP_##NAME] = &&L_##NAME,
#include "vm/compile/opcodes.def"
#undef OP
#define SPECIALISED(NAME, PLAIN) [OP_##NAME] = &&L_##NAME,
#include "vm/interp/specialised.def"
#undef SPECIALISED
    };
#endif
    CallRecord *record = vm->record;
    CodeWord *ip = record->ip;
    Obj **fp = record->fp;
    Obj **consts = record_function(record)->consts;
    int32_t arg;
    Obj *value; /* result on its way to the caller */
    /* of a call being made: */
    const FunctionObj *function;
    Obj **base, **args;
    int64_t nargs;
    uint16_t call_flags, call_skip;
    GeneratorObj *generator;
    /* of an operator whose result a name takes: */
    int64_t IntObj_result;
    double FloatObj_result;

#if EVAL_TRACED
    bool entering = last == NULL && !throwing;
    if (throwing) {
        if (last == NULL) {
            (void)tracing_enter(record); /* what it raises takes the exception's place */
            goto error;
        }
        tracing_exception(record);
        goto unwind;
    }
    if (!entering)
        record->ip = (CodeWord *)last;
    goto next;
#else
    if (throwing) {
        if (traced_now())
            return eval_hand_over(sp, NULL, true);
        goto error;
    }
    if (unlikely(runtime.breaker))
        goto break_at_entry;
    NEXT();
#endif

again:
    switch (THIS_OPCODE()) {
#define OP(NAME, ARG_KIND, POPS, PUSHES, FLAGS, PICTURE)                                           \
    case OP_##NAME:                                                                                \
        goto W_##NAME;
#include "vm/compile/opcodes.def"
#undef OP
#define SPECIALISED(NAME, PLAIN)                                                                   \
    case OP_##NAME:                                                                                \
        goto W_##NAME;
#include "vm/interp/specialised.def"
#undef SPECIALISED
    default:
        goto bad_opcode;
    }

next:
#if EVAL_TRACED
    last = record->ip; /* what this frame executed last */
    SYNC();
    if (!is_traced())
        return eval_hand_over(sp, NULL, false);
    record->depth = (int32_t)(sp - fp);
    if (entering) {
        entering = false;
        last = NULL;
        if (record->flags & FRAME_GENERATOR) {
            record->ip = ip - 1;
            if (code_base_opcode(record_code(record),
                                 (int32_t)(ip - 1 - record_code(record)->words)) !=
                OP_RETURN_GENERATOR)
                last = record->ip;
        }
        if (tracing_enter(record) < 0)
            goto error;
        SYNC();
    }
    if (tracing_instruction(record, last) < 0)
        goto error;
    ip = record->ip; /* f_lineno may have been set */
    sp = fp + record->depth;
#endif
#if COMPUTED_GOTO
    NEXT();
#else
    switch (THIS_OPCODE()) {
#endif

    /* ---- fillers and the stack */

    TARGET(CACHE)
    {
        /* never reached: the verifier sees to it */
        err_format(&exc_system_error, "cache word executed");
        goto error;
    }

    TARGET(NOP)
    {
        NEXT_AFTER(1);
    }

    /* Written over an instruction when tracing begins: goes over to the traced loop, or, when
     * tracing has ended, executes what it hides. */
    TARGET(TRACE_POINT)
    {
#if !EVAL_TRACED
        if (traced_now()) {
            const CodeWord *previous = record->ip;
            SYNC();
            return eval_hand_over(sp, previous, false);
        }
#endif
        ip->op = code_base_opcode(record_code(record), (int32_t)(ip - record_code(record)->words));
        AGAIN();
    }

    /* The higher bits of the next instruction's argument. */
    TARGET(EXTENDED_ARG)
    {
        int32_t high = arg;
        do {
            ip++;
            high = (int32_t)((uint32_t)high << 16) | (int32_t)(uint16_t)ip->arg;
        } while (ip->op == OP_EXTENDED_ARG);
        arg = high;
        AGAIN();
    }

    TARGET(POP_TOP)
    {
        Obj *o = *--sp;
        ip++;
        obj_decref(o);
        NEXT();
    }

    TARGET(PUSH_NULL)
    {
        PUSH(NULL);
        NEXT_AFTER(1);
    }

    TARGET(COPY)
    {
        Obj *o = obj_xincref(sp[-arg]);
        PUSH(o);
        NEXT_AFTER(1);
    }

    TARGET(SWAP)
    {
        Obj *o = sp[-1];
        sp[-1] = sp[-arg];
        sp[-arg] = o;
        NEXT_AFTER(1);
    }

    /* ---- constants */

    TARGET(LOAD_CONST)
    {
        PUSH(obj_incref(consts[arg]));
        NEXT_AFTER(1);
    }

    TARGET(LOAD_INT)
    {
        PUSH(obj_incref(&int_small[arg + 5].base));
        NEXT_AFTER(1);
    }

    TARGET(LOAD_ASSERTION_ERROR)
    {
        PUSH(obj_incref(&exc_assertion_error.head.base));
        NEXT_SHARED_AFTER(1);
    }

    TARGET(LOAD_BUILD_CLASS)
    {
        SYNC();
        value = operation_load_build_class(record_function(record));
        if (value == NULL)
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    /* ---- local variables */

    TARGET(LOAD_FAST)
    {
        Obj *o = fp[arg];
        if (unlikely(o == NULL))
            goto unbound_local;
        PUSH(obj_incref(o));
        NEXT_AFTER(1);
    }

    TARGET(STORE_FAST)
    {
        Obj *old = fp[arg];
        fp[arg] = *--sp;
        ip++;
        obj_xdecref(old);
        NEXT();
    }

    TARGET(DELETE_FAST)
    {
        Obj *old = fp[arg];
        if (unlikely(old == NULL))
            goto unbound_local;
        fp[arg] = NULL;
        ip++;
        obj_decref(old);
        NEXT_SHARED();
    }

    /* ---- names of modules and classes: the namespace, then globals, then builtins */

    /* code of a module or class in a plain function works on its globals */
#define NAMESPACE() (record->flags & FRAME_NAMESPACE ? fp[-2] : record_function(record)->globals)

    TARGET(LOAD_NAME)
    {
        SYNC();
        if (SPECIALISES && (record_function(record)->name_cells != NULL ||
                            specialize_names(record, NAMESPACE()))) {
            specialize_load_name(record_function(record), ip, arg);
            if (ip->op != OP_LOAD_NAME)
                AGAIN();
        }
        value = operation_load_name(record_function(record), NAMESPACE(), NAME_AT(arg));
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(LOAD_NAME_MODULE)
    {
        NameCells *cells = record_function(record)->name_cells;
        ObjRef found = NULL;
        if (unlikely(cells == NULL || (found = cells[arg].global->value) == NULL)) {
            ip->op = OP_LOAD_NAME;
            GO_PLAIN(LOAD_NAME);
        }
        PUSH(obj_incref(found));
        NEXT_AFTER(1);
    }

    TARGET(LOAD_NAME_BUILTIN)
    {
        NameCells *cells = record_function(record)->name_cells;
        ObjRef found = NULL;
        if (unlikely(cells == NULL || cells[arg].global->value != NULL ||
                     (found = cells[arg].builtin->value) == NULL)) {
            ip->op = OP_LOAD_NAME;
            GO_PLAIN(LOAD_NAME);
        }
        PUSH(obj_incref(found));
        NEXT_AFTER(1);
    }

    TARGET(STORE_NAME)
    {
        SYNC();
        if (SPECIALISES && (record_function(record)->name_cells != NULL ||
                            specialize_names(record, NAMESPACE()))) {
            specialize_store_name(record_function(record), ip, arg);
            if (ip->op != OP_STORE_NAME)
                AGAIN();
        }
        Obj *o = sp[-1];
        if (unlikely(operation_store_name(NAMESPACE(), NAME_AT(arg), o) < 0))
            goto error;
        sp--;
        ip++;
        obj_decref(o);
        NEXT_SHARED();
    }

    TARGET(STORE_NAME_MODULE)
    {
        const FunctionObj *running = record_function(record);
        NameCells *cells = running->name_cells;
        if (unlikely(cells == NULL || cells[arg].global->value == NULL)) {
            ip->op = OP_STORE_NAME;
            GO_PLAIN(STORE_NAME);
        }
        Obj *o = *--sp;
        SYNC();
        dict_cell_store_steal(running->globals, cells[arg].global, o);
        NEXT_AFTER(1);
    }

    TARGET(DELETE_NAME)
    {
        SYNC();
        if (unlikely(operation_delete_name(NAMESPACE(), NAME_AT(arg)) < 0))
            goto error;
        NEXT_SHARED_AFTER(1);
    }

    /* ---- globals */

    TARGET(LOAD_GLOBAL)
    {
        SYNC();
        if (SPECIALISES) {
            specialize_load_global(record_function(record), ip, arg);
            if (ip->op != OP_LOAD_GLOBAL)
                AGAIN();
        }
        value = operation_load_global(record_function(record), NAME_AT(arg));
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(WORDS_GLOBAL);
    }

    TARGET(LOAD_GLOBAL_MODULE)
    {
        ObjRef found = ((DictCell *)cache_pointer(ip + 1))->value;
        if (unlikely(found == NULL)) {
            ip->op = OP_LOAD_GLOBAL;
            GO_PLAIN(LOAD_GLOBAL);
        }
        PUSH(obj_incref(found));
        NEXT_AFTER(WORDS_GLOBAL);
    }

    TARGET(LOAD_GLOBAL_BUILTIN)
    {
        const SiteCache *site = cache_pointer(ip + 1);
        ObjRef found = site->builtin->value;
        if (unlikely(site->cell->value != NULL || found == NULL)) {
            ip->op = OP_LOAD_GLOBAL;
            GO_PLAIN(LOAD_GLOBAL);
        }
        PUSH(obj_incref(found));
        NEXT_AFTER(WORDS_GLOBAL);
    }

    TARGET(STORE_GLOBAL)
    {
        SYNC();
        Obj *o = sp[-1];
        if (unlikely(dict_set(record_function(record)->globals, NAME_AT(arg), o) < 0))
            goto error;
        if (SPECIALISES)
            specialize_store_global(record_function(record), ip, arg);
        sp--;
        ip += WORDS_GLOBAL;
        obj_decref(o);
        NEXT_SHARED();
    }

    TARGET(STORE_GLOBAL_CELL)
    {
        DictCell *cell = cache_pointer(ip + 1);
        if (unlikely(cell->value == NULL)) {
            ip->op = OP_STORE_GLOBAL;
            GO_PLAIN(STORE_GLOBAL);
        }
        SYNC();
        dict_cell_store_steal(record_function(record)->globals, cell, *--sp);
        NEXT_AFTER(WORDS_GLOBAL);
    }

    TARGET(DELETE_GLOBAL)
    {
        SYNC();
        if (unlikely(operation_delete_global(record_function(record)->globals, NAME_AT(arg)) < 0))
            goto error;
        NEXT_SHARED_AFTER(1);
    }

    /* ---- cells */

    TARGET(MAKE_CELL)
    {
        Obj *cell = cell_new_steal(fp[arg]);
        fp[arg] = cell;
        if (unlikely(cell == NULL))
            goto error;
        NEXT_SHARED_AFTER(1);
    }

    TARGET(LOAD_CLOSURE)
    {
        PUSH(obj_incref(fp[arg]));
        NEXT_AFTER(1);
    }

    TARGET(LOAD_DEREF)
    {
        Obj *o = cell_cast(fp[arg])->value;
        if (unlikely(o == NULL))
            goto unbound_cell;
        PUSH(obj_incref(o));
        NEXT_AFTER(1);
    }

    TARGET(STORE_DEREF)
    {
        CellObj *cell = cell_cast(fp[arg]);
        Obj *old = cell->value;
        cell->value = *--sp;
        ip++;
        obj_xdecref(old);
        NEXT();
    }

    TARGET(DELETE_DEREF)
    {
        CellObj *cell = cell_cast(fp[arg]);
        Obj *old = cell->value;
        if (unlikely(old == NULL))
            goto unbound_cell;
        cell->value = NULL;
        ip++;
        obj_decref(old);
        NEXT_SHARED();
    }

    TARGET(LOAD_CLASSDEREF)
    {
        SYNC();
        Obj *in_class = NULL;
        int found = operation_load_class_name(record, arg, &in_class);
        if (unlikely(found < 0))
            goto error;
        value = in_class;
        if (found == 0) {
            value = obj_xincref(cell_cast(fp[arg])->value);
            if (unlikely(value == NULL))
                goto unbound_cell;
        }
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    /* ---- attributes.     object -- value */

    TARGET(LOAD_ATTR)
    {
        Obj *owner = sp[-1];
        SYNC();
        if (SPECIALISES && specialize_due(ip + 1)) {
            specialize_load_attr(record, ip, owner, NAME_AT(arg));
            if (ip->op != OP_LOAD_ATTR)
                AGAIN();
        }
        const AttributeEntry *entry = attribute_cache_find(owner, NAME_AT(arg));
        Obj *stored = entry->slot >= 0 ? *shape_slot(owner, owner->shape, entry->slot) : NULL;
        value = stored != NULL ? obj_incref(stored) : obj_getattr(owner, NAME_AT(arg));
        if (unlikely(value == NULL))
            goto error;
        sp[-1] = value;
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    TARGET(LOAD_ATTR_SLOT)
    {
        Obj *owner = sp[-1];
        if (unlikely(owner->shape != cache_shape(ip + 2) || !cache_epoch_stands(ip + 5)))
            MISS(LOAD_ATTR);
        Obj *o = *(Obj **)((char *)owner + cache_int(ip + 4));
        if (unlikely(o == NULL))
            MISS(LOAD_ATTR);
        sp[-1] = obj_incref(o);
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* An overflow slot, or one of two shapes. */
    TARGET(LOAD_ATTR_SITE)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        int32_t slot = site->slot;
        if (owner->shape != site->shape) {
            if (unlikely(owner->shape != site->shape2))
                MISS(LOAD_ATTR);
            slot = site->slot2;
        }
        if (unlikely(site->epoch != type_epoch))
            MISS(LOAD_ATTR);
        Obj *o = *shape_slot(owner, owner->shape, slot);
        if (unlikely(o == NULL))
            MISS(LOAD_ATTR);
        sp[-1] = obj_incref(o);
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* More shapes than a site's caches hold. */
    TARGET(LOAD_ATTR_SHARED)
    {
        Obj *owner = sp[-1];
        const AttributeEntry *entry = attribute_cache_find(owner, NAME_AT(arg));
        Obj *stored = entry->slot >= 0 ? *shape_slot(owner, owner->shape, entry->slot) : NULL;
        SYNC();
        value = likely(stored != NULL) ? obj_incref(stored) : obj_getattr(owner, NAME_AT(arg));
        if (unlikely(value == NULL))
            goto error;
        sp[-1] = value;
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* A dict-mode instance: `position` is where the entry was last. */
    TARGET(LOAD_ATTR_DICT)
    {
        Obj *owner = sp[-1];
        SiteCache *site = cache_pointer(ip + 2);
        if (unlikely(owner->shape != site->shape || site->epoch != type_epoch))
            MISS(LOAD_ATTR);
        const DictObj *dict = inst_extra(owner)->overflow;
        ObjRef name = NAME_AT(arg);
        if (unlikely(dict == NULL))
            MISS(LOAD_ATTR);
        if (unlikely(site->position >= dict->entry_count ||
                     dict->entries[site->position].key != name)) {
            int64_t position = dict_find_str(dict, name);
            if (unlikely(position < 0 || position > INT32_MAX))
                MISS(LOAD_ATTR);
            site->position = (int32_t)position;
        }
        sp[-1] = obj_incref(dict->entries[site->position].value);
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* A module's attribute: the cell of its dict. */
    TARGET(LOAD_ATTR_MODULE)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        ObjRef found = NULL;
        if (unlikely(owner != site->value || owner->shape != site->shape ||
                     site->epoch != dict_cell_deaths || (found = site->cell->value) == NULL))
            MISS(LOAD_ATTR);
        sp[-1] = obj_incref(found);
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* A plain value found in the object's class. */
    TARGET(LOAD_ATTR_CLASS)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        ObjRef found = NULL;
        if (unlikely(owner->shape != site->shape || site->epoch != type_epoch ||
                     (found = site->cell != NULL ? site->cell->value : site->value) == NULL))
            MISS(LOAD_ATTR);
        sp[-1] = obj_incref(found);
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* An attribute of a class, found in its MRO. */
    TARGET(LOAD_ATTR_OF_TYPE)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        ObjRef found = NULL;
        if (unlikely((ObjRef)owner != (ObjRef)site->new_shape || site->epoch != type_epoch ||
                     (found = site->cell != NULL ? site->cell->value : site->value) == NULL))
            MISS(LOAD_ATTR);
        sp[-1] = obj_incref(found);
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* A property whose getter is a simple Python function: a frame of its own, the object its
     * argument. */
    TARGET(LOAD_ATTR_PROPERTY)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        if (unlikely(owner->shape != site->shape || site->epoch != type_epoch ||
                     function_cast(site->value)->simple_args != 1))
            MISS(LOAD_ATTR);
        function = function_cast(site->value);
        base = sp - 1;
        args = sp;
        nargs = 1;
        call_flags = 0;
        call_skip = WORDS_ATTR;
        sp[-1] = obj_incref(site->value);
        *sp++ = owner;
        goto enter_simple;
    }

    /* value object -- */
    TARGET(STORE_ATTR)
    {
        Obj *owner = sp[-1], *o = sp[-2];
        SYNC();
        if (SPECIALISES && specialize_due(ip + 1)) {
            specialize_store_attr(record, ip, owner, NAME_AT(arg));
            if (ip->op != OP_STORE_ATTR)
                AGAIN();
        }
        const AttributeEntry *entry = attribute_cache_find(owner, NAME_AT(arg));
        if (entry->writable) {
            Obj **slot = shape_slot(owner, owner->shape, entry->slot), *old = *slot;
            *slot = o;
            sp -= 2;
            ip += WORDS_ATTR;
            obj_xdecref(old);
        } else {
            if (unlikely(obj_setattr(owner, NAME_AT(arg), o) < 0))
                goto error;
            sp -= 2;
            ip += WORDS_ATTR;
            obj_decref(o);
        }
        obj_decref(owner);
        NEXT();
    }

    TARGET(STORE_ATTR_SHARED)
    {
        Obj *owner = sp[-1], *o = sp[-2];
        const AttributeEntry *entry = attribute_cache_find(owner, NAME_AT(arg));
        SYNC();
        if (likely(entry->writable)) {
            Obj **slot = shape_slot(owner, owner->shape, entry->slot), *old = *slot;
            *slot = o;
            sp -= 2;
            ip += WORDS_ATTR;
            obj_xdecref(old);
        } else {
            if (unlikely(obj_setattr(owner, NAME_AT(arg), o) < 0))
                goto error;
            sp -= 2;
            ip += WORDS_ATTR;
            obj_decref(o);
        }
        obj_decref(owner);
        NEXT();
    }

    TARGET(STORE_ATTR_SLOT)
    {
        Obj *owner = sp[-1];
        if (unlikely(owner->shape != cache_shape(ip + 2) || !cache_epoch_stands(ip + 5)))
            MISS(STORE_ATTR);
        Obj **slot = (Obj **)((char *)owner + cache_int(ip + 4));
        Obj *old = *slot;
        *slot = sp[-2];
        sp -= 2;
        SYNC();
        ip += WORDS_ATTR;
        obj_xdecref(old);
        obj_decref(owner);
        NEXT();
    }

    /* A new attribute: the object moves to the next shape. */
    TARGET(STORE_ATTR_ADD)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        if (unlikely(owner->shape != site->shape || site->epoch != type_epoch))
            MISS(STORE_ATTR);
        owner->shape = site->new_shape;
        *(Obj **)((char *)owner + site->slot) = sp[-2];
        sp -= 2;
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    TARGET(DELETE_ATTR)
    {
        Obj *owner = sp[-1];
        SYNC();
        if (unlikely(obj_setattr(owner, NAME_AT(arg), NULL) < 0))
            goto error;
        sp--;
        ip++;
        obj_decref(owner);
        NEXT_SHARED();
    }

    /* ---- methods.     object -- method self | NULL attribute */

    TARGET(LOAD_METHOD)
    {
        Obj *owner = sp[-1];
        SYNC();
        if (SPECIALISES && ip->op == OP_LOAD_METHOD && specialize_due(ip + 1)) {
            specialize_load_method(record, ip, owner, NAME_AT(arg));
            if (ip->op != OP_LOAD_METHOD)
                AGAIN();
        }
        const AttributeEntry *entry = attribute_cache_find(owner, NAME_AT(arg));
        if (entry->slot == ATTRIBUTE_METHOD) {
            sp[-1] = obj_incref(entry->method);
            PUSH(owner);
            NEXT_AFTER(WORDS_ATTR);
        }
        Obj *attribute = NULL;
        int unbound = operation_load_method(owner, NAME_AT(arg), &attribute);
        if (unlikely(unbound < 0))
            goto error;
        value = attribute;
        if (unbound) {
            sp[-1] = value;
            PUSH(owner);
            NEXT_AFTER(WORDS_ATTR);
        }
        sp[-1] = NULL;
        PUSH(value);
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    TARGET(LOAD_METHOD_SHARED)
    {
        Obj *owner = sp[-1];
        const AttributeEntry *entry = attribute_cache_find(owner, NAME_AT(arg));
        if (unlikely(entry->slot != ATTRIBUTE_METHOD))
            GO_PLAIN(LOAD_METHOD);
        sp[-1] = obj_incref(entry->method);
        PUSH(owner);
        NEXT_AFTER(WORDS_ATTR);
    }

    /* The method of a class, where the shape says that the instance has no attribute of that name.
     */
    TARGET(LOAD_METHOD_INSTANCE)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        if (unlikely(owner->shape != site->shape || site->epoch != type_epoch)) {
            if (owner->shape != site->shape2 || site->epoch != type_epoch)
                MISS(LOAD_METHOD);
            sp[-1] = obj_incref((ObjRef)site->new_shape); /* the second shape's method */
            PUSH(owner);
            NEXT_AFTER(WORDS_ATTR);
        }
        sp[-1] = obj_incref(site->value);
        PUSH(owner);
        NEXT_AFTER(WORDS_ATTR);
    }

    /* The same of a dict-mode instance, whose dict has to be asked. */
    TARGET(LOAD_METHOD_DICT)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        if (unlikely(owner->shape != site->shape || site->epoch != type_epoch))
            MISS(LOAD_METHOD);
        const DictObj *dict = inst_extra(owner)->overflow;
        if (dict != NULL && unlikely(dict_find_str(dict, NAME_AT(arg)) >= 0))
            MISS(LOAD_METHOD);
        sp[-1] = obj_incref(site->value);
        PUSH(owner);
        NEXT_AFTER(WORDS_ATTR);
    }

    TARGET(LOAD_METHOD_OF_TYPE)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        ObjRef found = NULL;
        if (unlikely((ObjRef)owner != (ObjRef)site->new_shape || site->epoch != type_epoch ||
                     (found = site->cell != NULL ? site->cell->value : site->value) == NULL))
            MISS(LOAD_METHOD);
        sp[-1] = NULL;
        PUSH(obj_incref(found));
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT_SHARED();
    }

    TARGET(LOAD_METHOD_MODULE)
    {
        Obj *owner = sp[-1];
        const SiteCache *site = cache_pointer(ip + 2);
        ObjRef found = NULL;
        if (unlikely(owner != site->value || owner->shape != site->shape ||
                     site->epoch != dict_cell_deaths || (found = site->cell->value) == NULL))
            MISS(LOAD_METHOD);
        sp[-1] = NULL;
        PUSH(obj_incref(found));
        ip += WORDS_ATTR;
        obj_decref(owner);
        NEXT();
    }

    /* ---- items.     container key -- value */

    TARGET(BINARY_SUBSCR)
    {
        Obj *container = sp[-2], *key = sp[-1];
        SYNC();
        if (SPECIALISES && specialize_due(ip + 1))
            specialize_subscr(record, ip, container, key);
        value = obj_getitem(container, key);
        if (unlikely(value == NULL))
            goto error;
        sp -= 2;
        PUSH(value);
        ip += WORDS_SUBSCR;
        obj_decref(key);
        obj_decref(container);
        NEXT();
    }

    /* A class with a Python __getitem__ of two parameters. */
    TARGET(BINARY_SUBSCR_PY)
    {
        const Type *type = obj_type(sp[-2]);
        ObjRef getter =
            type->head.flags & TYPE_HEAP ? type_lookup((Type *)type, names.dunder_getitem) : NULL;
        if (unlikely(getter == NULL || !function_check(getter) ||
                     function_cast(getter)->simple_args != 2))
            MISS(BINARY_SUBSCR);
        function = function_cast(obj_incref(getter));
        base = sp - 2;
        args = sp - 1;
        nargs = 2;
        call_flags = 0;
        call_skip = WORDS_SUBSCR;
        sp[0] = sp[-1];
        sp[-1] = sp[-2];
        sp[-2] = (Obj *)function;
        sp++;
        goto enter_simple;
    }

    /* value container key -- */
    TARGET(STORE_SUBSCR)
    {
        Obj *key = sp[-1], *container = sp[-2], *o = sp[-3];
        SYNC();
        if (SPECIALISES && specialize_due(ip + 1))
            specialize_store_subscr(ip, container, key);
        if (unlikely(obj_setitem(container, key, o) < 0))
            goto error;
        sp -= 3;
        ip += WORDS_SUBSCR;
        obj_decref(key);
        obj_decref(container);
        obj_decref(o);
        NEXT();
    }

    TARGET(DELETE_SUBSCR)
    {
        Obj *key = sp[-1], *container = sp[-2];
        SYNC();
        if (unlikely(obj_setitem(container, key, NULL) < 0))
            goto error;
        sp -= 2;
        ip++;
        obj_decref(key);
        obj_decref(container);
        NEXT_SHARED();
    }

    TARGET(BUILD_SLICE)
    {
        Obj *step = arg == 3 ? *--sp : none_new();
        Obj *stop = *--sp, *start = *--sp;
        value = slice_new_steal(start, stop, step);
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    /* ---- operators */

    TARGET(UNARY_POSITIVE)
    {
        value = (SYNC(), obj_positive(sp[-1]));
        goto unary_result;
    }

    TARGET(UNARY_NEGATIVE)
    {
        value = (SYNC(), obj_negative(sp[-1]));
        goto unary_result;
    }

    TARGET(UNARY_INVERT)
    {
        value = (SYNC(), obj_invert(sp[-1]));
        goto unary_result;
    }

    TARGET(UNARY_NOT)
    {
        Obj *o = sp[-1];
        int truth = 0;
        if (o == obj_true)
            truth = 1;
        else if (o == obj_false || is_none(o))
            truth = 0;
        else
            truth = (SYNC(), truth_of(o));
        if (unlikely(truth < 0))
            goto error;
        value = bool_new(truth == 0);
        goto unary_result;
    }

unary_result : {
    if (unlikely(value == NULL))
        goto error;
    Obj *o = sp[-1];
    sp[-1] = value;
    ip++;
    obj_decref(o);
    NEXT();
}

    /* a b -- a op b */
    TARGET(BINARY_OP)
    {
        Obj *a = sp[-2], *b = sp[-1];
        SYNC();
        if (SPECIALISES && specialize_due(ip + 1))
            specialize_binary(ip, arg, a, b);
        value = arg < BINARY_OPS ? obj_binary(a, b, (BinaryOp)arg)
                                 : obj_binary_inplace(a, b, (BinaryOp)(arg - BINARY_OPS));
        if (unlikely(value == NULL))
            goto error;
        sp -= 2;
        PUSH(value);
        ip += WORDS_OPERATOR;
        obj_decref(b);
        obj_decref(a);
        NEXT();
    }

    /* str + str whose result goes to the variable that holds the left one: grows in place. */
    TARGET(BINARY_ADD_STR_STORE)
    {
        Obj *a = sp[-2], *b = sp[-1];
        const CodeWord *store = ip + WORDS_OPERATOR;
        if (unlikely(!str_check_exact(a) || !str_check_exact(b) || fp[store->arg] != a))
            MISS(BINARY_OP);
        SYNC();
        fp[store->arg] = NULL;
        a->refcnt--; /* the variable's */
        int failed = str_append_inplace(&sp[-2], b);
        sp--;
        obj_decref(b);
        if (unlikely(failed < 0))
            goto error;
        fp[store->arg] = *--sp;
        NEXT_AFTER(WORDS_OPERATOR + 1);
    }

    /* The variable of the STORE_NAME, STORE_GLOBAL or STORE_DEREF behind keeps the string that
     * grows; the store is done with it. */
    TARGET(BINARY_ADD_STR_NAME)
    {
        Obj *a = sp[-2], *b = sp[-1];
        const CodeWord *store = ip + WORDS_OPERATOR;
        if (unlikely(!str_check_exact(a) || !str_check_exact(b)))
            MISS(BINARY_OP);
        DictCell *cell = NULL;
        Obj **place = NULL;
        int skip = 1;
        SYNC();
        if (store->op == OP_STORE_NAME_MODULE && RUNNING()->name_cells != NULL) {
            cell = RUNNING()->name_cells[store->arg].global;
        } else if (store->op == OP_STORE_GLOBAL_CELL) {
            cell = cache_pointer(store + 1);
            skip = WORDS_GLOBAL;
        } else if (store->op == OP_STORE_DEREF) {
            place = &cell_cast(fp[store->arg])->value;
        }
        if (a->refcnt == 2 && (cell != NULL ? cell->value == a : place != NULL && *place == a)) {
            Obj *grown = a;
            a->refcnt = 1; /* the operand's is lent to the variable's */
            int failed = str_append_kept(&grown, b);
            if (place != NULL)
                *place = grown;
            else
                dict_cell_moved(RUNNING()->globals, cell, grown);
            sp -= 2;
            obj_decref(b);
            if (unlikely(failed < 0))
                goto error;
            NEXT_AFTER(WORDS_OPERATOR + skip);
        }
        value = str_concat(a, b);
        if (unlikely(value == NULL))
            goto error;
        sp -= 2;
        PUSH(value);
        ip += WORDS_OPERATOR;
        obj_decref(b);
        obj_decref(a);
        NEXT();
    }

    TARGET(COMPARE_OP)
    {
        Obj *a = sp[-2], *b = sp[-1];
        SYNC();
        if (SPECIALISES && specialize_due(ip + 1))
            specialize_compare(ip, arg, a, b);
        value = obj_compare(a, b, (CompareOp)arg);
        if (unlikely(value == NULL))
            goto error;
        sp -= 2;
        PUSH(value);
        ip += WORDS_OPERATOR;
        obj_decref(b);
        obj_decref(a);
        NEXT();
    }

    /* == and != of two strs */
    TARGET(COMPARE_EQ_STR)
    {
        Obj *a = sp[-2], *b = sp[-1];
        if (unlikely(!str_check_exact(a) || !str_check_exact(b)))
            MISS(COMPARE_OP);
        bool equal = a == b || str_equal(a, b);
        bool truth = equal == (arg == CMP_EQ);
        sp -= 2;
        obj_decref(b);
        obj_decref(a);
        BOOL_RESULT(WORDS_OPERATOR, truth);
    }

    TARGET(IS_OP)
    {
        Obj *b = *--sp, *a = *--sp;
        bool truth = (a == b) != (arg != 0);
        SYNC();
        obj_decref(b);
        obj_decref(a);
        BOOL_RESULT(1, truth);
    }

    /* item container -- bool */
    TARGET(CONTAINS_OP)
    {
        Obj *container = sp[-1], *item = sp[-2];
        SYNC();
        int found = obj_contains(container, item);
        if (unlikely(found < 0))
            goto error;
        sp -= 2;
        bool truth = (found != 0) != (arg != 0);
        obj_decref(container);
        obj_decref(item);
        BOOL_RESULT(1, truth);
    }

    /* ---- jumps */

    TARGET(JUMP)
    {
        NEXT_AFTER(1 + arg);
    }

    TARGET(JUMP_BACKWARD)
    {
        ip += 1 + arg;
        if (unlikely(runtime.breaker))
            goto break_here;
        NEXT();
    }

#define POP_JUMP(IS_TAKEN_CONSTANT, IS_NOT_TAKEN_CONSTANT, TAKEN_TRUTH)                            \
    {                                                                                              \
        Obj *o = sp[-1];                                                                           \
        int truth = !(TAKEN_TRUTH);                                                                \
        if (o == (IS_NOT_TAKEN_CONSTANT)) {                                                        \
            sp--;                                                                                  \
            o->refcnt--;                                                                           \
        } else if (o == (IS_TAKEN_CONSTANT)) {                                                     \
            sp--;                                                                                  \
            o->refcnt--;                                                                           \
            truth = (TAKEN_TRUTH);                                                                 \
        } else {                                                                                   \
            SYNC();                                                                                \
            truth = truth_of(o);                                                                   \
            if (unlikely(truth < 0))                                                               \
                goto error;                                                                        \
            sp--;                                                                                  \
            obj_decref(o);                                                                         \
        }                                                                                          \
        int32_t distance_ = truth == (TAKEN_TRUTH) ? arg : 0;                                      \
        ip += 1 + distance_;                                                                       \
        if (unlikely(distance_ < 0 && runtime.breaker))                                            \
            goto break_here;                                                                       \
        NEXT();                                                                                    \
    }

    TARGET(POP_JUMP_IF_FALSE)
    POP_JUMP(obj_false, obj_true, 0)

    TARGET(POP_JUMP_IF_TRUE)
    POP_JUMP(obj_true, obj_false, 1)

    TARGET(POP_JUMP_IF_NONE)
    {
        Obj *o = *--sp;
        bool taken = is_none(o);
        ip += taken ? 1 + arg : 1;
        obj_decref(o);
        if (unlikely(taken && arg < 0 && runtime.breaker))
            goto break_here;
        NEXT();
    }

    TARGET(POP_JUMP_IF_NOT_NONE)
    {
        Obj *o = *--sp;
        bool taken = !is_none(o);
        ip += taken ? 1 + arg : 1;
        obj_decref(o);
        if (unlikely(taken && arg < 0 && runtime.breaker))
            goto break_here;
        NEXT();
    }

    TARGET(JUMP_IF_FALSE_OR_POP)
    {
        Obj *o = sp[-1];
        int truth = o == obj_true ? 1 : o == obj_false ? 0 : (SYNC(), truth_of(o));
        if (unlikely(truth < 0))
            goto error;
        if (truth == 0)
            NEXT_SHARED_AFTER(1 + arg);
        sp--;
        ip++;
        obj_decref(o);
        NEXT_SHARED();
    }

    TARGET(JUMP_IF_TRUE_OR_POP)
    {
        Obj *o = sp[-1];
        int truth = o == obj_true ? 1 : o == obj_false ? 0 : (SYNC(), truth_of(o));
        if (unlikely(truth < 0))
            goto error;
        if (truth != 0)
            NEXT_SHARED_AFTER(1 + arg);
        sp--;
        ip++;
        obj_decref(o);
        NEXT_SHARED();
    }

    /* ---- iteration */

    TARGET(GET_ITER)
    {
        Obj *iterable = sp[-1];
        SYNC();
        value = obj_iter(iterable);
        if (unlikely(value == NULL))
            goto error;
        sp[-1] = value;
        ip++;
        obj_decref(iterable);
        NEXT();
    }

    /* iterator -- iterator item | exhausted: -- */
    TARGET(FOR_ITER)
    {
        Obj *iterator = sp[-1];
        SYNC();
        if (SPECIALISES && specialize_due(ip + 1)) {
            specialize_for_iter(RUNNING()->code, ip, arg, iterator);
            if (ip->op != OP_FOR_ITER)
                AGAIN();
        }
        value = NULL;
        /* a generator expression's code can be called with anything */
        if (unlikely(obj_type(iterator)->next == NULL)) {
            err_format(&exc_type_error, "'%T' object is not an iterator", iterator);
            goto error;
        }
        int more = obj_type(iterator)->next(iterator, &value);
        if (likely(more > 0)) {
            PUSH(value);
            NEXT_AFTER(WORDS_FOR);
        }
        if (unlikely(more < 0)) {
            if (!err_matches(&exc_stop_iteration)) /* one with a value */
                goto error;
            err_clear();
        }
        goto for_ends;
    }

for_ends : {
    Obj *iterator = *--sp;
    ip += WORDS_FOR + arg;
    obj_decref(iterator);
    NEXT();
}

    TARGET(FOR_ITER_RANGE)
    {
        RangeIterObj *range = (RangeIterObj *)sp[-1];
        if (unlikely(range->base.shape != &range_iterator_type.root))
            MISS(FOR_ITER);
        if (unlikely(range->remaining <= 0))
            goto for_ends;
        value = int_new(range->next);
        if (unlikely(value == NULL))
            goto error;
        range->remaining--;
        range->next = (int64_t)((uint64_t)range->next + (uint64_t)range->step);
        PUSH(value);
        NEXT_AFTER(WORDS_FOR);
    }

    /* Stored to a variable right away: its old int is overwritten if nobody else can know it. */
    TARGET(FOR_ITER_RANGE_STORE)
    {
        RangeIterObj *range = (RangeIterObj *)sp[-1];
        if (unlikely(range->base.shape != &range_iterator_type.root))
            MISS(FOR_ITER);
        if (unlikely(range->remaining <= 0))
            goto for_ends;
        int64_t number = range->next;
        Obj **place = &fp[ip[WORDS_FOR].arg], *old = *place;
        if (likely(old != NULL && old->shape == &int_type.root && old->refcnt == 1 &&
                   !int_in_cache(number))) {
            ((IntObj *)old)->value = number;
            range->remaining--;
            range->next = (int64_t)((uint64_t)number + (uint64_t)range->step);
            NEXT_AFTER(WORDS_FOR + 1);
        }
        value = int_new(number);
        if (unlikely(value == NULL))
            goto error;
        range->remaining--;
        range->next = (int64_t)((uint64_t)number + (uint64_t)range->step);
        *place = value;
        SYNC();
        ip += WORDS_FOR + 1;
        obj_xdecref(old);
        NEXT();
    }

    /* The same with a STORE_NAME behind, at module level. */
    TARGET(FOR_ITER_RANGE_NAME)
    {
        RangeIterObj *range = (RangeIterObj *)sp[-1];
        if (unlikely(range->base.shape != &range_iterator_type.root))
            MISS(FOR_ITER);
        if (unlikely(range->remaining <= 0))
            goto for_ends;
        int64_t number = range->next;
        const CodeWord *store = ip + WORDS_FOR;
        NameCells *cells = RUNNING()->name_cells;
        if (likely(store->op == OP_STORE_NAME_MODULE && cells != NULL)) {
            Obj *old = (Obj *)cells[store->arg].global->value;
            if (likely(old != NULL && old->shape == &int_type.root && old->refcnt == 1 &&
                       !int_in_cache(number))) {
                ((IntObj *)old)->value = number;
                range->remaining--;
                range->next = (int64_t)((uint64_t)number + (uint64_t)range->step);
                NEXT_AFTER(WORDS_FOR + 1);
            }
        }
        value = int_new(number);
        if (unlikely(value == NULL))
            goto error;
        range->remaining--;
        range->next = (int64_t)((uint64_t)number + (uint64_t)range->step);
        PUSH(value);
        NEXT_AFTER(WORDS_FOR);
    }

    TARGET(FOR_ITER_LIST)
    {
        ListIterObj *iterator = (ListIterObj *)sp[-1];
        if (unlikely(iterator->base.shape != &list_iterator_type.root))
            MISS(FOR_ITER);
        ListObj *list = iterator->list;
        if (unlikely(list == NULL || iterator->index >= list->length)) {
            iterator->list = NULL;
            SYNC();
            obj_xdecref((Obj *)list);
            goto for_ends;
        }
        PUSH(obj_incref(list->items[iterator->index++]));
        NEXT_AFTER(WORDS_FOR);
    }

    /* Into the variable of the STORE_FAST behind. */
    TARGET(FOR_ITER_LIST_STORE)
    {
        ListIterObj *iterator = (ListIterObj *)sp[-1];
        if (unlikely(iterator->base.shape != &list_iterator_type.root))
            MISS(FOR_ITER);
        ListObj *list = iterator->list;
        if (unlikely(list == NULL || iterator->index >= list->length)) {
            iterator->list = NULL;
            SYNC();
            obj_xdecref((Obj *)list);
            goto for_ends;
        }
        Obj **place = &fp[ip[WORDS_FOR].arg], *old = *place;
        *place = obj_incref(list->items[iterator->index++]);
        ip += WORDS_FOR + 1;
        obj_xdecref(old);
        NEXT();
    }

    TARGET(FOR_ITER_TUPLE)
    {
        TupleIterObj *iterator = (TupleIterObj *)sp[-1];
        if (unlikely(iterator->base.shape != &tuple_iterator_type.root))
            MISS(FOR_ITER);
        TupleObj *tuple = iterator->tuple;
        if (unlikely(tuple == NULL || iterator->index >= tuple->length)) {
            iterator->tuple = NULL;
            SYNC();
            obj_xdecref((Obj *)tuple);
            goto for_ends;
        }
        PUSH(obj_incref(tuple->items[iterator->index++]));
        NEXT_AFTER(WORDS_FOR);
    }

    /* Any iterator whose `next` is C: nothing of it can be cached. */
    TARGET(FOR_ITER_NATIVE)
    {
        Obj *iterator = sp[-1];
        SYNC();
        value = NULL;
        int more = obj_type(iterator)->next(iterator, &value);
        if (unlikely(more <= 0))
            goto native_ends;
        PUSH(value);
        NEXT_AFTER(WORDS_FOR);
    }

    TARGET(FOR_ITER_NATIVE_STORE)
    {
        Obj *iterator = sp[-1];
        SYNC();
        value = NULL;
        int more = obj_type(iterator)->next(iterator, &value);
        if (unlikely(more <= 0))
            goto native_ends;
        Obj **place = &fp[ip[WORDS_FOR].arg], *old = *place;
        *place = value;
        ip += WORDS_FOR + 1;
        obj_xdecref(old);
        NEXT();
    }

    /* … UNPACK_SEQUENCE 2, STORE_FAST, STORE_FAST: zip, enumerate, items of a dict.  The tuple is
     * given up before the variables' old values, as the instructions would do it. */
    TARGET(FOR_ITER_NATIVE_UNPACK)
    {
        Obj *iterator = sp[-1];
        SYNC();
        value = NULL;
        int more = obj_type(iterator)->next(iterator, &value);
        if (unlikely(more <= 0))
            goto native_ends;
        ip += WORDS_FOR;
        if (unlikely(!tuple_check_exact(value) || tuple_length(value) != 2)) {
            PUSH(value);
            NEXT_SHARED();
        }
        Obj *first = obj_incref(tuple_cast(value)->items[0]);
        Obj *second = obj_incref(tuple_cast(value)->items[1]);
        ip += WORDS_UNPACK;
        sp[0] = second;
        sp[1] = first;
        sp += 2;
        obj_decref(value);
        sp--;
        Obj **place = &fp[ip->arg], *old = *place;
        *place = first;
        ip++;
        obj_xdecref(old);
        sp--;
        place = &fp[ip->arg];
        old = *place;
        *place = second;
        ip++;
        obj_xdecref(old);
        NEXT();
    }

native_ends : {
    if (obj_type(sp[-1])->next == NULL)
        MISS(FOR_ITER);
    if (unlikely(ts->pending != NULL)) {
        if (!err_matches(&exc_stop_iteration)) /* one with a value */
            goto error;
        err_clear();
    }
    arg = ip->arg;
    goto for_ends;
}

    /* Resumes a generator as a frame above this one; see YIELD_VALUE and return_special. */
    TARGET(FOR_ITER_GENERATOR)
    {
        generator = generator_cast(sp[-1]);
        if (unlikely(!generator_check(&generator->base) || generator->state > GENERATOR_SUSPENDED))
            MISS(FOR_ITER);
        record->ip = ip;
        record->depth = (int32_t)(sp - fp);
        record->skip = WORDS_FOR;
        value = none_new();
        call_flags = FRAME_FOR;
        goto resume_generator;
    }

resume_generator : {
    /* generator, value to send (owned), call_flags; the caller's record is filled in */
    if (unlikely(++ts->depth > ts->depth_limit || record + 2 > vm->records_end) &&
        state_enter_slow("") < 0) {
        obj_decref(value);
        goto error;
    }
    start_generator(generator, record + 1,
                    record->flags & FRAME_GENERATOR ? generator_of_fp(fp)->stack_top
                                                    : fp + record_function(record)->frame_words,
                    call_flags);
    vm->record = ++record;
    fp = record->fp;
    ip = record->ip;
    consts = record_function(record)->consts;
    sp = fp + generator->depth;
    PUSH(value);
    if (unlikely(runtime.breaker))
        goto break_at_entry;
    NEXT();
}

    /* iterable -- last … first */
    TARGET(UNPACK_SEQUENCE)
    {
        Obj *sequence = sp[-1];
        if (tuple_check_exact(sequence) && tuple_length(sequence) == arg) {
            if (SPECIALISES && arg == 2 && ip->arg == 2)
                specialize_unpack_pair(RUNNING()->code, ip);
            for (int32_t i = 0; i < arg; i++)
                sp[arg - 2 - i] = obj_incref(tuple_cast(sequence)->items[i]);
        } else if (list_check_exact(sequence) && list_length(sequence) == arg) {
            for (int32_t i = 0; i < arg; i++)
                sp[arg - 2 - i] = obj_incref(list_cast(sequence)->items[i]);
        } else {
            SYNC();
            if (unlikely(operation_unpack(sequence, arg, -1, sp - 1 + arg) < 0)) {
                sp[-1] = sequence; /* its place may have been used */
                goto error;
            }
        }
        sp += arg - 1;
        ip += WORDS_UNPACK;
        obj_decref(sequence);
        NEXT();
    }

    TARGET(UNPACK_SEQUENCE_TWO_TUPLE)
    {
        Obj *sequence = sp[-1];
        if (unlikely(!tuple_check_exact(sequence) || tuple_length(sequence) != 2)) {
            ip->op = OP_UNPACK_SEQUENCE;
            GO_PLAIN(UNPACK_SEQUENCE);
        }
        Obj *first = tuple_cast(sequence)->items[0], *second = tuple_cast(sequence)->items[1];
        sp[-1] = obj_incref(second);
        PUSH(obj_incref(first));
        ip += WORDS_UNPACK;
        obj_decref(sequence);
        NEXT();
    }

    /* Into the variables of two STORE_FAST behind. */
    TARGET(UNPACK_SEQUENCE_TWO_STORE)
    {
        Obj *sequence = sp[-1];
        if (unlikely(!tuple_check_exact(sequence) || tuple_length(sequence) != 2)) {
            ip->op = OP_UNPACK_SEQUENCE;
            GO_PLAIN(UNPACK_SEQUENCE);
        }
        Obj *first = obj_incref(tuple_cast(sequence)->items[0]);
        Obj *second = obj_incref(tuple_cast(sequence)->items[1]);
        sp[-1] = second;
        sp[0] = first;
        ip += WORDS_UNPACK;
        sp++;
        obj_decref(sequence);
        sp--;
        Obj **place = &fp[ip->arg], *old = *place;
        *place = first;
        ip++;
        obj_xdecref(old);
        sp--;
        place = &fp[ip->arg];
        old = *place;
        *place = second;
        ip++;
        obj_xdecref(old);
        NEXT();
    }

    TARGET(UNPACK_EX)
    {
        Obj *sequence = sp[-1];
        int32_t before = arg & 0xFF, after = arg >> 8;
        SYNC();
        if (unlikely(operation_unpack(sequence, before, after, sp + before + after) < 0)) {
            sp[-1] = sequence;
            goto error;
        }
        sp += before + after;
        ip++;
        obj_decref(sequence);
        NEXT_SHARED();
    }

    /* ---- displays */

    TARGET(BUILD_TUPLE)
    {
        value = tuple_from_steal(sp - arg, arg);
        sp -= arg;
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_AFTER(1);
    }

    TARGET(BUILD_LIST)
    {
        value = list_from_steal(sp - arg, arg);
        sp -= arg;
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_AFTER(1);
    }

    TARGET(BUILD_SET)
    {
        SYNC();
        value = operation_build_set(sp - arg, arg);
        if (unlikely(value == NULL))
            goto error;
        goto display_done;
    }

display_done : {
    /* value takes the place of arg operands */
    Obj **end = sp;
    sp -= arg;
    for (Obj **p = sp; p < end; p++)
        obj_decref(*p);
    PUSH(value);
    NEXT_AFTER(1);
}

    TARGET(BUILD_MAP)
    {
        SYNC();
        value = operation_build_map(sp - 2 * (int64_t)arg, arg);
        if (unlikely(value == NULL))
            goto error;
        arg *= 2;
        goto display_done;
    }

    TARGET(BUILD_CONST_KEY_MAP)
    {
        SYNC();
        value = operation_build_const_map(sp - 1 - arg, sp[-1]);
        if (unlikely(value == NULL))
            goto error;
        arg += 1;
        goto display_done;
    }

    TARGET(BUILD_STRING)
    {
        value = operation_build_string(sp - arg, arg);
        if (unlikely(value == NULL))
            goto error;
        goto display_done;
    }

    TARGET(LIST_TO_TUPLE)
    {
        Obj *list = sp[-1];
        value = list_to_tuple(list);
        if (unlikely(value == NULL))
            goto error;
        sp[-1] = value;
        ip++;
        obj_decref(list);
        NEXT_SHARED();
    }

    TARGET(LIST_EXTEND)
    {
        Obj *iterable = sp[-1];
        SYNC();
        if (unlikely(operation_list_extend(sp[-1 - arg], iterable) < 0))
            goto error;
        goto container_done;
    }

container_done : {
    Obj *item = *--sp;
    ip++;
    obj_decref(item);
    NEXT_SHARED();
}

    TARGET(SET_UPDATE)
    {
        SYNC();
        if (unlikely(set_update(sp[-1 - arg], sp[-1]) < 0))
            goto error;
        goto container_done;
    }

    TARGET(DICT_UPDATE)
    {
        SYNC();
        if (unlikely(operation_dict_update(sp[-1 - arg], sp[-1]) < 0))
            goto error;
        goto container_done;
    }

    TARGET(DICT_MERGE)
    {
        SYNC();
        if (unlikely(calls_merge_keywords(sp[-1 - arg], sp[-1], sp[-3 - arg]) < 0))
            goto error;
        goto container_done;
    }

    TARGET(LIST_APPEND)
    {
        ListObj *list = list_cast(sp[-1 - arg]);
        if (likely(list->length < list->capacity)) {
            list->items[list->length++] = *--sp;
            NEXT_AFTER(1);
        }
        SYNC();
        sp--;
        if (unlikely(list_append_steal(&list->base, *sp) < 0))
            goto error;
        NEXT_AFTER(1);
    }

    TARGET(SET_ADD)
    {
        SYNC();
        if (unlikely(set_add(sp[-1 - arg], sp[-1]) < 0))
            goto error;
        goto container_done;
    }

    TARGET(MAP_ADD)
    {
        Obj *o = sp[-1], *key = sp[-2];
        SYNC();
        if (unlikely(dict_set(sp[-2 - arg], key, o) < 0))
            goto error;
        sp -= 2;
        ip++;
        obj_decref(o);
        obj_decref(key);
        NEXT_SHARED();
    }

    /* value [spec] -- str */
    TARGET(FORMAT_VALUE)
    {
        Obj *spec = arg & FORMAT_SPEC ? sp[-1] : NULL;
        Obj *o = spec != NULL ? sp[-2] : sp[-1];
        SYNC();
        value = operation_format(o, spec, arg & 3);
        if (unlikely(value == NULL))
            goto error;
        sp -= spec != NULL ? 2 : 1;
        PUSH(value);
        ip++;
        obj_xdecref(spec);
        obj_decref(o);
        NEXT_SHARED();
    }

    /* ---- functions and classes */

    /* [defaults] [kwdefaults] [annotations] [closure] code -- function */
    TARGET(MAKE_FUNCTION)
    {
        SYNC();
        value = operation_make_function(record_function(record), sp, arg);
        sp -= 1 + __builtin_popcount((unsigned)arg);
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(KW_NAMES)
    {
        kwnames = consts[arg];
        NEXT_AFTER(1);
    }

    /* ---- calls.     method self a … | NULL callable a … -- result */

    TARGET(CALL)
    {
        if (SPECIALISES && call_due(ip + 1)) {
            SYNC();
            specialize_call(record, ip, sp - arg - 2, arg, kwnames);
            if (ip->op != OP_CALL)
                AGAIN();
        }
        base = sp - arg - 2;
        nargs = arg;
        if (base[0] == NULL && method_check(base[1])) {
            MethodObj *method = method_cast(base[1]);
            base[0] = obj_incref(method->function);
            base[1] = obj_incref(method->self);
            obj_decref(&method->base);
        }
        call_skip = WORDS_CALL;
        goto call_prepared;
    }

call_prepared : {
    /* base, nargs (without self, keyword values included), kwnames, call_skip */
    Obj *callable = NULL;
    call_flags = 0;
    if (base[0] != NULL) {
        callable = base[0];
        args = base + 1;
        nargs++;
    } else {
        callable = base[1];
        args = base + 2;
    }
    if (function_check(callable)) {
        function = function_cast(callable);
        if (kwnames == NULL && function->simple_args == nargs)
            goto enter_simple;
        goto enter_binding;
    }
    SYNC();
    if (obj_type(callable) == &type_type && base[0] == NULL) {
        ObjRef init = operation_python_init((Type *)callable);
        if (init != NULL) {
            Obj *instance = operation_new_instance((Type *)callable);
            if (unlikely(instance == NULL))
                goto call_failed;
            /* [NULL][class][a…] becomes [instance][__init__][self][a…] */
            Obj *held_init = obj_incref(init);
            for (Obj **p = sp; p > args; p--)
                *p = p[-1];
            sp++;
            base[0] = instance;
            base[1] = held_init;
            args[0] = obj_incref(instance);
            nargs++;
            obj_decref(callable);
            base++;
            function = function_cast(held_init);
            call_flags = FRAME_INIT;
            if (kwnames == NULL && function->simple_args == nargs)
                goto enter_simple;
            goto enter_binding;
        }
    }
    CallFn call = obj_type(callable)->call;
    if (unlikely(call == NULL)) {
        err_format(&exc_type_error, "'%T' object is not callable", callable);
        goto call_failed;
    }
    {
        ObjRef keywords = kwnames;
        kwnames = NULL;
        int64_t positional = keywords == NULL ? nargs : nargs - tuple_length(keywords);
        Obj *told = NULL;
        if (is_traced() &&
            tracing_c_call(record, callable, (const ObjRef *)args, positional, &told) < 0)
            goto call_failed;
        value = call(callable, (const ObjRef *)args, positional, keywords);
        if (EVAL_TRACED)
            value = tracing_c_done_steal(record, told, value);
    }
    obj_clear(&kwnames_owned);
    release_operands(sp, base);
    sp = base;
    if (unlikely(value == NULL))
        goto error;
    PUSH(value);
    NEXT_SHARED_AFTER(call_skip);
}

call_failed : {
    kwnames = NULL;
    obj_clear(&kwnames_owned);
    release_operands(sp, base);
    sp = base;
    goto error;
}

enter_binding : {
    /* A Python function whose arguments need work.  args[-1] is the function; the arguments end at
     * sp.  What lies at base gets the result. */
    SYNC();
    if (unlikely(++ts->depth > ts->depth_limit || record + 2 > vm->records_end) &&
        state_enter_slow("") < 0)
        goto call_failed_init;
    Obj **moved = args;
    if (!frame_fits(vm, args + nargs) || function->frame_words >= FAST_FRAME_WORDS) {
        moved = relocate_call(vm, function, args, nargs);
        if (moved == NULL) {
            ts->depth--;
            goto call_failed_init;
        }
    }
    ObjRef keywords = kwnames;
    kwnames = NULL;
    int bound = calls_bind(function, moved,
                           keywords == NULL ? nargs : nargs - tuple_length(keywords), keywords);
    obj_clear(&kwnames_owned);
    if (unlikely(bound < 0)) {
        ts->depth--;
        sp = base; /* arguments are gone; NULL or nothing lies between base and the function */
        obj_decref(moved[-1]);
        if (call_flags & FRAME_INIT)
            obj_decref(*--sp);
        goto error;
    }
    args = moved;
    goto push_frame;
}

enter_planned : {
    /* The same by the plan in the site's cache, which fits. */
    SYNC();
    if (unlikely(++ts->depth > ts->depth_limit || record + 2 > vm->records_end) &&
        state_enter_slow("") < 0)
        goto call_failed_init;
    Obj **moved = args;
    if (!frame_fits(vm, args + nargs) || function->frame_words >= FAST_FRAME_WORDS) {
        moved = relocate_call(vm, function, args, nargs);
        if (moved == NULL) {
            ts->depth--;
            goto call_failed_init;
        }
    }
    kwnames = NULL;
    const SiteCache *site = cache_pointer(ip + 2);
    if (unlikely(calls_bind_planned(function, moved, site->plan) < 0)) {
        ts->depth--;
        sp = base;
        obj_decref(moved[-1]);
        if (call_flags & FRAME_INIT)
            obj_decref(*--sp);
        goto error;
    }
    args = moved;
    goto push_frame;
}

enter_simple : {
    /* The same with exactly the parameters. */
    if (unlikely(++ts->depth > ts->depth_limit || record + 2 > vm->records_end) &&
        state_enter_slow("") < 0)
        goto call_failed_init;
    if (unlikely(!frame_fits(vm, args))) {
        SYNC();
        Obj **moved = relocate_call(vm, function, args, nargs);
        if (moved == NULL) {
            ts->depth--;
            goto call_failed_init;
        }
        args = moved;
    }
    calls_clear_slots(function, args, nargs);
    goto push_frame;
}

call_failed_init : {
    SYNC();
    if (call_flags & FRAME_INIT)
        base--;
    goto call_failed;
}

push_frame : {
    record->ip = ip;
    record->depth = (int32_t)(base - fp);
    record->skip = call_skip;
    record++;
    record->fp = args;
    record->flags = call_flags;
    vm->record = record;
    fp = args;
    consts = function->consts;
    ip = function->words;
    sp = fp + function->slots;
    if (unlikely(runtime.breaker))
        goto break_at_entry;
    NEXT();
}

    TARGET(CALL_PY)
    {
        base = sp - arg - 2;
        args = base + 2;
        nargs = arg;
        Obj *callable = base[1];
        if (unlikely(base[0] != NULL || callable->shape != &function_type.root ||
                     function_cast(callable)->simple_args != arg))
            MISS(CALL);
        function = function_cast(callable);
        call_flags = 0;
        call_skip = WORDS_CALL;
        goto enter_simple;
    }

    TARGET(CALL_PY_METHOD)
    {
        base = sp - arg - 2;
        args = base + 1;
        nargs = arg + 1;
        Obj *callable = base[0];
        if (unlikely(callable == NULL || callable->shape != &function_type.root ||
                     function_cast(callable)->simple_args != nargs))
            MISS(CALL);
        function = function_cast(callable);
        call_flags = 0;
        call_skip = WORDS_CALL;
        goto enter_simple;
    }

    /* A method object whose function is a simple Python one. */
    TARGET(CALL_BOUND_METHOD)
    {
        base = sp - arg - 2;
        MethodObj *method = method_cast(base[1]);
        if (unlikely(base[0] != NULL || !method_check(&method->base) ||
                     !function_check(method->function) ||
                     function_cast(method->function)->simple_args != arg + 1))
            MISS(CALL);
        function = function_cast(obj_incref(method->function));
        base[0] = (Obj *)function;
        base[1] = obj_incref(method->self);
        args = base + 1;
        nargs = arg + 1;
        call_flags = 0;
        call_skip = WORDS_CALL;
        obj_decref(&method->base);
        goto enter_simple;
    }

    /* Keywords, defaults or *args. */
    TARGET(CALL_PY_PLAN)
    {
        base = sp - arg - 2;
        const SiteCache *site = cache_pointer(ip + 2);
        const CallPlan *plan = site->plan;
        int method = base[0] != NULL;
        Obj *callable = base[1 - method];
        if (unlikely(callable->shape != &function_type.root || kwnames != plan->keyword_names ||
                     ((const CodeData *)function_cast(callable)->code->vm_data)->serial !=
                         plan->serial ||
                     arg - plan->keywords + method != plan->positional))
            MISS(CALL);
        function = function_cast(callable);
        args = base + 2 - method;
        nargs = arg + method;
        call_flags = 0;
        call_skip = WORDS_CALL;
        goto enter_planned;
    }

    /* A class whose __init__ is a Python function: SiteCache{value: __init__, new_shape: class}. */
    TARGET(CALL_CLASS_PLAN)
    {
        const SiteCache *site = cache_pointer(ip + 2);
        base = sp - arg - 2;
        if (unlikely(base[0] != NULL || (ObjRef)base[1] != (ObjRef)site->new_shape ||
                     site->epoch != type_epoch || kwnames != site->plan->keyword_names ||
                     ((const CodeData *)function_cast(site->value)->code->vm_data)->serial !=
                         site->plan->serial ||
                     arg - site->plan->keywords + 1 != site->plan->positional))
            MISS(CALL);
        goto class_call;
    }

    TARGET(CALL_CLASS)
    {
        base = sp - arg - 2;
        const SiteCache *site = cache_pointer(ip + 2);
        if (unlikely(base[0] != NULL || (ObjRef)base[1] != (ObjRef)site->new_shape ||
                     site->epoch != type_epoch ||
                     function_cast(site->value)->simple_args != arg + 1))
            MISS(CALL);
        goto class_call;
    }

class_call : {
    const SiteCache *site = cache_pointer(ip + 2);
    Obj *callable = base[1];
    SYNC();
    Obj *instance = operation_new_instance((Type *)callable);
    if (unlikely(instance == NULL))
        goto call_failed;
    args = base + 2;
    for (Obj **p = sp; p > args; p--)
        *p = p[-1];
    sp++;
    base[0] = instance;
    base[1] = obj_incref(site->value);
    args[0] = obj_incref(instance);
    nargs = arg + 1;
    base++;
    function = function_cast(site->value);
    call_flags = FRAME_INIT;
    call_skip = WORDS_CALL;
    callable->refcnt--; /* the instance's shape keeps its class */
    if (site->plan != NULL)
        goto enter_planned;
    goto enter_simple;
}

    /* A builtin function; the cache holds its MethodDef, whose count of arguments fits. */
    TARGET(CALL_BUILTIN)
    {
        base = sp - arg - 2;
        Obj *callable = base[1];
        const MethodDef *def = cache_pointer(ip + 2);
        if (unlikely(base[0] != NULL || callable->shape != &builtin_function_type.root ||
                     builtin_function_cast(callable)->def != def))
            MISS(CALL);
        SYNC();
        value = def->fn(builtin_function_self(callable), (const ObjRef *)base + 2, arg, NULL);
        goto builtin_done;
    }

builtin_done : {
    /* the arguments, the last one first; then the callable, or method and self */
    for (; sp > base + 2; obj_decref(*sp))
        sp--;
    Obj *held = base[1];
    sp--;
    obj_decref(held);
    held = base[0];
    sp--;
    obj_xdecref(held);
    if (unlikely(value == NULL))
        goto error;
    PUSH(value);
    NEXT_AFTER(WORDS_CALL);
}

    /* A method of a builtin type; the cache holds its MethodDef. */
    TARGET(CALL_BUILTIN_METHOD)
    {
        base = sp - arg - 2;
        Obj *callable = base[0];
        const MethodDef *def = cache_pointer(ip + 2);
        if (unlikely(callable == NULL || callable->shape != &method_descriptor_type.root ||
                     method_descriptor_def(callable) != def ||
                     !type_check(base[1], descriptor_cast(callable)->owner)))
            MISS(CALL);
        SYNC();
        value = def->fn(base[1], (const ObjRef *)base + 2, arg, NULL);
        goto builtin_done;
    }

    TARGET(CALL_LEN)
    {
        base = sp - 3;
        Obj *callable = base[1];
        if (unlikely(base[0] != NULL || callable->shape != &builtin_function_type.root ||
                     builtin_function_cast(callable)->def != cache_pointer(ip + 2)))
            MISS(CALL);
        SYNC();
        Obj *o = base[2];
        int64_t length = list_check_exact(o) ? list_length(o) : obj_length(o);
        value = length < 0 ? NULL : int_new(length);
        goto builtin_done;
    }

    TARGET(CALL_ISINSTANCE)
    {
        base = sp - 4;
        Obj *callable = base[1];
        if (unlikely(base[0] != NULL || callable->shape != &builtin_function_type.root ||
                     builtin_function_cast(callable)->def != cache_pointer(ip + 2)))
            MISS(CALL);
        SYNC();
        int is = (Obj *)obj_type(base[2]) == base[3] ? 1 : obj_isinstance(base[2], base[3]);
        value = is < 0 ? NULL : bool_new(is != 0);
        goto builtin_done;
    }

    TARGET(CALL_LIST_APPEND)
    {
        base = sp - 3;
        Obj *callable = base[0];
        if (unlikely(callable == NULL || callable->shape != &method_descriptor_type.root ||
                     method_descriptor_def(callable) != cache_pointer(ip + 2) ||
                     !list_check_exact(base[1])))
            MISS(CALL);
        ListObj *list = list_cast(base[1]);
        Obj *item = base[2];
        sp = base;
        callable->refcnt--; /* its type holds it */
        if (likely(list->length < list->capacity)) {
            list->items[list->length++] = item;
        } else {
            SYNC();
            if (unlikely(list_append_steal(&list->base, item) < 0)) {
                obj_decref(&list->base);
                goto error;
            }
        }
        PUSH(none_new());
        ip += WORDS_CALL;
        obj_decref(&list->base);
        NEXT();
    }

    TARGET(CALL_TYPE_1)
    {
        base = sp - 3;
        if (unlikely(base[0] != NULL || base[1] != &type_type.head.base))
            MISS(CALL);
        Obj *o = base[2], *callable = base[1];
        sp = base;
        PUSH(obj_incref(&obj_type(o)->head.base));
        ip += WORDS_CALL;
        callable->refcnt--;
        obj_decref(o);
        NEXT_SHARED();
    }

    TARGET(CALL_BOOL)
    {
        base = sp - 3;
        if (unlikely(base[0] != NULL || base[1] != &bool_type.head.base))
            MISS(CALL);
        SYNC();
        int truth = truth_of(base[2]);
        value = truth < 0 ? NULL : bool_new(truth != 0);
        goto builtin_done;
    }

    /* A static class; the cache holds it. */
    TARGET(CALL_NEW)
    {
        base = sp - arg - 2;
        if (unlikely(base[0] != NULL || base[1] != cache_pointer(ip + 2)))
            MISS(CALL);
        SYNC();
        Type *type = (Type *)base[1];
        value = type->new (type, (const ObjRef *)base + 2, arg, NULL);
        goto builtin_done;
    }

    /* SiteCache{new_shape: class} */
    TARGET(CALL_CLASS_EMPTY)
    {
        const SiteCache *site = cache_pointer(ip + 2);
        base = sp - 2;
        if (unlikely(base[0] != NULL || (ObjRef)base[1] != (ObjRef)site->new_shape ||
                     site->epoch != type_epoch))
            MISS(CALL);
        SYNC();
        value = operation_new_instance((Type *)base[1]);
        goto builtin_done;
    }

    /* NULL callable tuple [dict] -- result.  The operands live as long as the call, as CPython
     * shows it. */
    TARGET(CALL_FUNCTION_EX)
    {
        SYNC();
        Obj *dict = arg & 1 ? *--sp : NULL;
        Obj *iterable = *--sp;
        base = sp - 2;
        Obj *tuple = operation_call_tuple(base[1], iterable);
        obj_decref(iterable);
        if (unlikely(tuple == NULL)) {
            obj_xdecref(dict);
            goto error;
        }
        /* A generator's operand stack has no room for arguments that the compiler did not count. */
        Obj *callable = base[1], *method = NULL;
        if (method_check(callable)) {
            method = callable;
            callable = method_cast(method)->function;
        }
        if (function_check(callable) && (record->flags & FRAME_GENERATOR) == 0) {
            function = function_cast(callable);
            base[0] = tuple;
            base[1] = dict;
            base[2] = method;
            base[3] = method != NULL ? obj_incref(callable) : callable;
            base += 3;
            args = sp = base + 1;
            if (method != NULL)
                PUSH(obj_incref(method_cast(method)->self));
            Obj **spread = operation_spread(vm, sp, tuple, dict, &kwnames_owned);
            if (unlikely(spread == NULL))
                goto call_failed;
            sp = spread;
            if (kwnames_owned != NULL) {
                /* CPython then has one reference more to each argument */
                Obj *held = tuple_from((const ObjRef *)args, sp - args);
                if (unlikely(held == NULL))
                    goto call_failed;
                base[-1] = held;
                obj_xdecref(method);
            }
            kwnames = kwnames_owned;
            nargs = sp - args;
            call_skip = 1;
            call_flags = FRAME_SPREAD;
            if (kwnames == NULL && function->simple_args == nargs)
                goto enter_simple;
            goto enter_binding;
        }
        Obj *told = NULL;
        if (is_traced() && tracing_c_call(record, base[1], (const ObjRef *)tuple_cast(tuple)->items,
                                          tuple_length(tuple), &told) < 0)
            value = NULL;
        else
            value = calls_spread(base[1], tuple, dict);
        if (EVAL_TRACED)
            value = tracing_c_done_steal(record, told, value);
        obj_decref(tuple);
        obj_xdecref(dict);
        release_operands(sp, base);
        sp = base;
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    /* ---- leaving a frame */

    TARGET(RETURN_CONST)
    {
        value = obj_incref(consts[arg]);
        TRACE_LEAVING();
        goto leave_frame;
    }

    TARGET(RETURN_VALUE)
    {
        value = *--sp;
        TRACE_LEAVING();
        goto leave_frame;
    }

leave_frame : {
    const FunctionObj *running = record_function(record);
    if (unlikely(record->flags != 0))
        goto leave_special;
    vm->record = --record;
    ts->depth--;
    release_slots(fp, running->slots);
    fp = record->fp;
    sp = fp + record->depth;
    PUSH(value);
    ip = record->ip + record->skip;
    consts = record_function(record)->consts;
    obj_decref((Obj *)running);
    NEXT();
}

leave_special : {
    /* `value` leaves a frame with flags */
    Obj *running = fp[-1];
    SYNC();
    if (record->flags & FRAME_GENERATOR) {
        generator = generator_of_fp(fp);
        uint16_t flags = record->flags;
        obj_incref(&generator->base); /* the resumer's own may go meanwhile */
        generator_finish(generator, record);
        vm->record = --record;
        ts->depth--;
        if (flags & FRAME_ENTRY) {
            obj_decref(&generator->base);
            return value;
        }
        obj_decref(&generator->base);
        fp = record->fp;
        ip = record->ip;
        sp = fp + record->depth;
        consts = record_function(record)->consts;
        arg = ip->arg;
        if (flags & FRAME_FOR) {
            obj_decref(value);
            goto for_ends;
        }
        Obj *receiver = sp[-1];
        sp[-1] = value;
        ip += 1 + arg;
        obj_decref(receiver);
        NEXT_SHARED();
    }
    if (record->flags & FRAME_OBJECT)
        frame_detach(record);
    Obj *namespace = record->flags & FRAME_NAMESPACE ? fp[-2] : NULL;
    uint16_t flags = record->flags;
    vm->record = --record;
    ts->depth--;
    release_slots(fp, function_cast(running)->slots);
    if (flags & FRAME_ENTRY) {
        obj_xdecref(namespace);
        obj_decref(running);
        return value;
    }
    fp = record->fp;
    sp = fp + record->depth;
    consts = record_function(record)->consts;
    ip = record->ip;
    obj_decref(running);
    if (flags & FRAME_INIT) {
        if (unlikely(!is_none(value))) {
            err_format(&exc_type_error, "__init__() should return None, not '%T'", value);
            obj_decref(value);
            goto error;
        }
        value->refcnt--;
        NEXT_SHARED_AFTER(record->skip);
    }
    if (flags & FRAME_SPREAD) {
        sp -= 3;
        Obj *tuple = sp[0], *dict = sp[1], *held = sp[2];
        obj_decref(tuple);
        obj_xdecref(dict);
        obj_xdecref(held);
    }
    PUSH(value);
    NEXT_SHARED_AFTER(record->skip);
}

    /* ---- module and class bodies, the prompt */

    TARGET(SETUP_ANNOTATIONS)
    {
        SYNC();
        if (unlikely(operation_setup_annotations(NAMESPACE()) < 0))
            goto error;
        NEXT_SHARED_AFTER(1);
    }

    TARGET(PRINT_EXPR)
    {
        Obj *o = sp[-1];
        SYNC();
        if (unlikely(operation_print_expression(o) < 0))
            goto error;
        sp--;
        ip++;
        obj_decref(o);
        NEXT_SHARED();
    }

    /* ---- imports */

    /* level fromlist -- module */
    TARGET(IMPORT_NAME)
    {
        Obj *fromlist = sp[-1], *level = sp[-2];
        SYNC();
        value = operation_import_name(record, NAME_AT(arg), fromlist, level);
        if (unlikely(value == NULL))
            goto error;
        sp -= 2;
        PUSH(value);
        ip++;
        obj_decref(fromlist);
        obj_decref(level);
        NEXT_SHARED();
    }

    TARGET(IMPORT_FROM)
    {
        SYNC();
        value = operation_import_from(sp[-1], NAME_AT(arg));
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(IMPORT_STAR)
    {
        Obj *module = sp[-1];
        SYNC();
        if (unlikely(operation_import_star(module, NAMESPACE()) < 0))
            goto error;
        sp--;
        ip++;
        obj_decref(module);
        NEXT_SHARED();
    }

    /* ---- exceptions */

    TARGET(RAISE_VARARGS)
    {
        SYNC();
        Obj *cause = arg == 2 ? *--sp : NULL;
        Obj *exception = arg >= 1 ? *--sp : NULL;
        bool reraise = unwind_raise_steal(exception, cause);
        if (reraise)
            goto unwind;
        goto error;
    }

    /* exception -- previous exception */
    TARGET(PUSH_EXC_INFO)
    {
        ExcItem *handled = ts->handled;
        Obj *exception = sp[-1];
        sp[-1] = handled->exception != NULL ? handled->exception : none_new();
        handled->exception = obj_incref(exception);
        PUSH(exception);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(POP_EXCEPT)
    {
        Obj *previous = *--sp;
        Obj *old = ts->handled->exception;
        if (is_none(previous)) {
            previous->refcnt--;
            previous = NULL;
        }
        ts->handled->exception = previous;
        SYNC();
        ip++;
        obj_xdecref(old);
        NEXT_SHARED();
    }

    /* exception type -- exception bool */
    TARGET(CHECK_EXC_MATCH)
    {
        Obj *type = sp[-1];
        SYNC();
        int matches = unwind_matches(sp[-2], type);
        if (unlikely(matches < 0))
            goto error;
        sp[-1] = bool_new(matches != 0);
        ip++;
        obj_decref(type);
        NEXT_SHARED();
    }

    TARGET(CHECK_EG_MATCH)
    {
        Obj *group = sp[-2], *type = sp[-1], *rest, *match;
        SYNC();
        if (unlikely(unwind_match_group(group, type, &rest, &match) < 0))
            goto error;
        sp[-2] = rest;
        sp[-1] = match;
        if (!is_none(match))
            obj_replace(&ts->handled->exception, obj_incref(match));
        ip++;
        obj_decref(group);
        obj_decref(type);
        NEXT_SHARED();
    }

    TARGET(PREP_RERAISE_STAR)
    {
        Obj *raised = sp[-1], *original = sp[-2];
        SYNC();
        value = unwind_join_groups(original, raised);
        if (unlikely(value == NULL))
            goto error;
        sp -= 2;
        PUSH(value);
        ip++;
        obj_decref(raised);
        obj_decref(original);
        NEXT_SHARED();
    }

    TARGET(RERAISE)
    {
        Obj *exception = *--sp;
        SYNC();
        if (arg != 0) {
            int64_t index = -1;
            if (int_to_int64(sp[-arg], &index) == 0 && index >= 0 &&
                index < record_code(record)->word_count)
                record->ip = record_code(record)->words + index;
        }
        err_restore_steal(exception);
        goto unwind;
    }

    TARGET(BEFORE_WITH)
    {
        Obj *manager = sp[-1], *exit_method;
        SYNC();
        value = operation_enter(manager, false, &exit_method);
        if (unlikely(value == NULL))
            goto error;
        sp[-1] = exit_method;
        PUSH(value);
        ip++;
        obj_decref(manager);
        NEXT_SHARED();
    }

    TARGET(WITH_EXCEPT_START)
    {
        SYNC();
        value = operation_exit(sp[-4], sp[-1]);
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    /* ---- generators and coroutines */

    TARGET(RETURN_GENERATOR)
    {
        SYNC();
        value = generator_from_record(record);
        if (unlikely(value == NULL))
            goto error;
        goto leave_frame;
    }

    TARGET(YIELD_VALUE)
    {
        value = *--sp;
        TRACE_LEAVING();
        generator = generator_of_fp(fp);
        generator->ip = ip + 1;
        generator->depth = (int32_t)(sp - fp);
        generator->state = GENERATOR_SUSPENDED;
        ts->handled = generator->handled.previous;
        uint16_t flags = record->flags;
        if (unlikely(flags & FRAME_OBJECT)) {
            frame_suspend(record->frame);
            obj_decref(&record->frame->base);
        }
        vm->record = --record;
        ts->depth--;
        if (flags & FRAME_ENTRY)
            return value;
        fp = record->fp;
        sp = fp + record->depth;
        consts = record_function(record)->consts;
        ip = record->ip + record->skip;
        PUSH(value);
        NEXT();
    }

    /* receiver value -- receiver yielded | result */
    TARGET(SEND)
    {
        Obj *receiver = sp[-2], *sent = sp[-1];
        SYNC();
        if ((generator_check(receiver) || coroutine_check(receiver)) && arg == ip->arg) {
            generator = generator_cast(receiver);
            if (generator->state == GENERATOR_SUSPENDED ||
                (generator->state == GENERATOR_CREATED && is_none(sent))) {
                sp--;
                record->depth = (int32_t)(sp - fp);
                record->skip = 1;
                value = sent;
                call_flags = FRAME_SEND;
                goto resume_generator;
            }
        }
        Obj *answer = NULL;
        int more = generator_send_any(receiver, sent, &answer);
        if (unlikely(more < 0))
            goto error;
        value = answer;
        if (more > 0) {
            sp[-1] = value;
            ip++;
            obj_decref(sent);
            NEXT_SHARED();
        }
        sp--;
        sp[-1] = value;
        ip += 1 + arg;
        obj_decref(sent);
        obj_decref(receiver);
        NEXT_SHARED();
    }

    TARGET(GET_YIELD_FROM_ITER)
    {
        SYNC();
        value = generator_yield_from_iter(sp[-1], record_code(record));
        goto unary_result;
    }

    TARGET(GET_AWAITABLE)
    {
        SYNC();
        value = generator_awaitable(sp[-1], arg);
        goto unary_result;
    }

    TARGET(GET_AITER)
    {
        SYNC();
        value = operation_aiter(sp[-1]);
        goto unary_result;
    }

    TARGET(GET_ANEXT)
    {
        SYNC();
        value = operation_anext(sp[-1]);
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(END_ASYNC_FOR)
    {
        Obj *exception = sp[-1], *iterator = sp[-2];
        SYNC();
        sp -= 2;
        if (obj_is(exception, &exc_stop_async_iteration)) {
            ip++;
            obj_decref(exception);
            obj_decref(iterator);
            NEXT_SHARED();
        }
        obj_decref(iterator);
        err_restore_steal(exception);
        goto unwind;
    }

    TARGET(BEFORE_ASYNC_WITH)
    {
        Obj *manager = sp[-1], *exit_method;
        SYNC();
        value = operation_enter(manager, true, &exit_method);
        if (unlikely(value == NULL))
            goto error;
        sp[-1] = exit_method;
        PUSH(value);
        ip++;
        obj_decref(manager);
        NEXT_SHARED();
    }

    TARGET(ASYNC_GEN_WRAP)
    {
        value = async_generator_wrap_value(sp[-1]);
        goto unary_result;
    }

    /* ---- match */

    TARGET(GET_LEN)
    {
        SYNC();
        int64_t length = obj_length(sp[-1]);
        value = length < 0 ? NULL : int_new(length);
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(MATCH_MAPPING)
    {
        value = bool_new(obj_has_flag(sp[-1], TYPE_MAPPING));
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(MATCH_SEQUENCE)
    {
        value = bool_new(obj_has_flag(sp[-1], TYPE_SEQUENCE));
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    TARGET(MATCH_KEYS)
    {
        SYNC();
        value = operation_match_keys(sp[-2], sp[-1]);
        if (unlikely(value == NULL))
            goto error;
        PUSH(value);
        NEXT_SHARED_AFTER(1);
    }

    /* subject class names -- attributes|None */
    TARGET(MATCH_CLASS)
    {
        SYNC();
        value = operation_match_class(sp[-3], sp[-2], arg, sp[-1]);
        if (unlikely(value == NULL))
            goto error;
        arg = 3;
        goto display_done;
    }

#define SPECIALISED(NAME, PLAIN)
#define KEEP_FAMILIES
#include "vm/interp/specialised.def"
#undef SPECIALISED
#include "vm/interp/eval_attributes.def"
#include "vm/interp/eval_families.def"
#include "vm/interp/eval_pairs.def"

#if !COMPUTED_GOTO
default:
    goto bad_opcode;
}
#endif

bad_opcode : err_format(&exc_system_error, "unknown opcode");
goto error;

/* ---- errors */

unbound_local : SYNC();
operation_unbound_local(record_code(record), arg);
goto error;

unbound_cell : SYNC();
operation_unbound_cell(record_code(record), arg);
goto error;

/* ---- interruptions: signals, collection, budget.  The frame goes on at ip */

break_at_entry : SYNC();
if (unwind_break(vm) < 0)
    goto error;
ENTERING_TRACED();
NEXT_SHARED();

break_here :
    /* after a jump over arg words: an exception belongs to the jump */
    record->ip = ip - 1 - arg;
if (unwind_break(vm) < 0) {
    ip = record->ip;
    goto error;
}
#if !EVAL_TRACED
if (traced_now()) {
    const CodeWord *previous = record->ip;
    SYNC();
    return eval_hand_over(sp, previous, false);
}
#endif
NEXT_SHARED();

/* ---- an exception is pending */

error : SYNC();
if (unlikely(ts->pending == NULL))
    err_format(&exc_system_error, "error return without exception set");
traceback_add(record);
kwnames = NULL;
#if EVAL_TRACED
if (is_traced())
    tracing_exception(record);
#else
        if (traced_now())
            return eval_hand_over(sp, ip, true);
#endif

unwind:
{
    const FunctionObj *running = record_function(record);
    const CodeObj *code = running->code;
    int32_t index = (int32_t)(ip - code->words);
    const CodeHandler *handler = code_find_handler(code, index);
    if (handler != NULL) {
        Obj **bottom = fp + running->slots + handler->depth;
        while (sp > bottom) {
            Obj *o = *--sp;
            obj_xdecref(o);
        }
        if (handler->lasti) {
            Obj *exception = err_fetch();
            Obj *place = int_new(record->ip - code->words);
            if (place == NULL)
                obj_decref(exception);
            else
                err_restore_steal(exception);
            PUSH(place != NULL ? place : none_new());
        }
        PUSH(err_fetch());
        ip = code->words + handler->handler;
        NEXT_SHARED();
    }
    release_operands(sp, fp + running->slots);
    goto leave_failed;
}

#if EVAL_TRACED
leave_failed_entry : release_operands(sp, fp + record_function(record)->slots);
goto leave_failed;
#endif

leave_failed:
{
    /* the frame is left with an exception */
#if EVAL_TRACED
    if (is_traced())
        (void)tracing_leave(record, NULL);
#endif
    uint16_t flags = record->flags;
    if (flags & FRAME_GENERATOR) {
        generator = generator_of_fp(fp);
        obj_incref(&generator->base);
        generator_finish(generator, record);
        generator_convert_stop(generator);
        obj_decref(&generator->base);
        vm->record = --record;
        ts->depth--;
        if (flags & FRAME_ENTRY)
            return NULL;
    } else {
        Obj *running = fp[-1];
        Obj *namespace = flags & FRAME_NAMESPACE ? fp[-2] : NULL;
        if (flags & FRAME_OBJECT)
            frame_detach(record);
        vm->record = --record;
        ts->depth--;
        release_slots(fp, function_cast(running)->slots);
        obj_xdecref(namespace);
        obj_decref(running);
        if (flags & FRAME_ENTRY)
            return NULL;
    }
    fp = record->fp;
    ip = record->ip;
    sp = fp + record->depth;
    consts = record_function(record)->consts;
    goto error;
}
}

#undef ts
#undef vm
#undef kwnames
#undef kwnames_owned

#if !EVAL_TRACED
/* ---- ways in */

const char eval_handed_over;

Obj *eval_hand_over(Obj **sp, const CodeWord *last, bool throwing)
{
    vm_current()->hand_over = (HandOver){sp, last, throwing};
    return EVAL_HANDED_OVER;
}

/* Runs the frame on top of the records until it is left, in one loop or the other. */
static Obj *eval_run(Obj **sp, bool throwing)
{
    for (;;) {
        Obj *result = eval_loop(sp, throwing);
        if (likely(result != EVAL_HANDED_OVER))
            return result;
        HandOver from = vm_current()->hand_over;
        result = eval_loop_traced(from.sp, from.last, from.throwing);
        if (result != EVAL_HANDED_OVER)
            return result;
        sp = vm_current()->hand_over.sp;
        throwing = false;
    }
}

/* Starts the frame at fp, whose slots are filled, and runs it.  fp[-1] (and fp[-2]) are owned by
 * it. */
static Obj *run_frame(VmThread *vm, Obj **fp, uint16_t flags)
{
    CallRecord *record = ++vm->record;
    record->fp = fp;
    record->flags = flags | FRAME_ENTRY;
    record->ip = function_cast(fp[-1])->words;
    return eval_run(fp + function_cast(fp[-1])->slots, false);
}

Obj *eval_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    VmThread *vm = vm_current();
    const FunctionObj *function = (const FunctionObj *)self;
    superinstructions_prepare(function->code);
    int64_t total = nargs + (kwnames == NULL ? 0 : tuple_length(kwnames));
    if (state_enter("") < 0)
        return NULL;
    /* run_frame's frame gives its level back itself; so this one is its */
    Obj **fp = thread_stack_top(vm) + 1;
    if (thread_check_room(vm, fp, function->frame_words + total + 1) < 0) {
        state_leave();
        return NULL;
    }
    fp[-1] = obj_incref(self);
    for (int64_t i = 0; i < total; i++)
        fp[i] = obj_incref(args[i]);
    if (kwnames == NULL && function->simple_args == nargs) {
        calls_clear_slots(function, fp, nargs);
    } else if (calls_bind(function, fp, nargs, kwnames) < 0) {
        obj_decref(fp[-1]);
        state_leave();
        return NULL;
    }
    return run_frame(vm, fp, 0);
}

Obj *eval_in_namespace(ObjRef self, ObjRef namespace)
{
    VmThread *vm = vm_current();
    const FunctionObj *function = (const FunctionObj *)self;
    if (state_enter("") < 0)
        return NULL;
    Obj **fp = thread_stack_top(vm) + 2;
    if (thread_check_room(vm, fp, function->frame_words + 1) < 0) {
        state_leave();
        return NULL;
    }
    fp[-2] = obj_incref(namespace);
    fp[-1] = obj_incref(self);
    calls_clear_slots(function, fp, 0);
    return run_frame(vm, fp, FRAME_NAMESPACE);
}

Obj *eval_code(ObjRef code, ObjRef globals, ObjRef namespace, ObjRef closure)
{
    Obj *function = function_new(code, globals, closure);
    if (function == NULL)
        return NULL;
    Obj *result = eval_in_namespace(function, namespace);
    obj_decref(function);
    return result;
}

Obj *eval_resume_steal(GeneratorObj *generator, Obj *sent)
{
    VmThread *vm = vm_current();
    Obj **top = thread_stack_top(vm);
    if (state_enter("") < 0)
        goto fail;
    if (thread_check_room(vm, top, generator->slot_count) < 0) {
        state_leave();
        goto fail;
    }
    CallRecord *record = ++vm->record;
    start_generator(generator, record, top, FRAME_ENTRY);
    Obj **sp = record->fp + generator->depth;
    if (sent == NULL) {
        record->ip--; /* the yield */
        return eval_run(sp, true);
    }
    *sp++ = sent;
    return eval_run(sp, false);
fail:
    obj_xdecref(sent);
    return NULL;
}
#endif
