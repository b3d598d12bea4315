/*
 * Families of operator opcodes; included inside the loop of eval.c and nowhere else.
 *
 * An opcode is written over the first word of its group (see FORM_… in vm/compile/code.h): it reads
 * its operands from the stack and from the words that follow, does the operator's work and skips
 * the group. Variables have initial values: without, the compiler carries them around the whole
 * loop.  On anything unexpected it turns its word back into the plain instruction and executes
 * that: nothing has been touched yet.  A group has no EXTENDED_ARG.
 *
 *     N_form   words from the group's start to the operator
 *     S_form   operands that lie on the stack
 *
 * Numbers are overwritten in place when nobody can tell: an operand of the stack that nothing else
 * holds, or the old value of the variable that gets the result; exact type, never seen by id(), and
 * the new value not one of the shared small ints.
 */

#define N_SS 0
#define N_SL 1
#define N_SI 1
#define N_SC 1
#define N_LL 2
#define N_LI 2
#define N_LC 2
#define S_SS 2
#define S_SL 1
#define S_SI 1
#define S_SC 1
#define S_LL 0
#define S_LI 0
#define S_LC 0

/* The operands as objects. */
#define LEFT_SS sp[-2]
#define LEFT_SL sp[-1]
#define LEFT_SI sp[-1]
#define LEFT_SC sp[-1]
#define LEFT_LL fp[arg]
#define LEFT_LI fp[arg]
#define LEFT_LC fp[arg]
#define RIGHT_SS sp[-1]
#define RIGHT_SL fp[arg]
#define RIGHT_SI (&int_small[arg + 5].base)
#define RIGHT_SC consts[arg]
#define RIGHT_LL fp[ip[1].arg]
#define RIGHT_LI (&int_small[ip[1].arg + 5].base)
#define RIGHT_LC consts[ip[1].arg]

/* … and as numbers: true and the value in x. */
#define IS_INT(o) ((o)->shape == &int_type.root || (o)->shape == &int_seen_shape)
#define IS_FLOAT(o) ((o)->shape == &float_type.root || (o)->shape == &float_seen_shape)
#define TAKE_INT(o, x) (IS_INT(o) && ((x) = ((IntObj *)(o))->value, true))
#define TAKE_FLOAT(o, x) (IS_FLOAT(o) && ((x) = ((FloatObj *)(o))->value, true))
#define TAKE_LOCAL_INT(o, x) ((o) != NULL && TAKE_INT(o, x))
#define TAKE_LOCAL_FLOAT(o, x) ((o) != NULL && TAKE_FLOAT(o, x))
#define LEFT_INT_SS(x) TAKE_INT(LEFT_SS, x)
#define LEFT_INT_SL(x) TAKE_INT(LEFT_SL, x)
#define LEFT_INT_SI(x) TAKE_INT(LEFT_SI, x)
#define LEFT_INT_SC(x) TAKE_INT(LEFT_SC, x)
#define LEFT_INT_LL(x) TAKE_LOCAL_INT(LEFT_LL, x)
#define LEFT_INT_LI(x) TAKE_LOCAL_INT(LEFT_LI, x)
#define LEFT_INT_LC(x) TAKE_LOCAL_INT(LEFT_LC, x)
#define RIGHT_INT_SS(x) TAKE_INT(RIGHT_SS, x)
#define RIGHT_INT_SL(x) TAKE_LOCAL_INT(RIGHT_SL, x)
#define RIGHT_INT_SI(x) ((x) = arg, true)
#define RIGHT_INT_SC(x) TAKE_INT(RIGHT_SC, x)
#define RIGHT_INT_LL(x) TAKE_LOCAL_INT(RIGHT_LL, x)
#define RIGHT_INT_LI(x) ((x) = ip[1].arg, true)
#define RIGHT_INT_LC(x) TAKE_INT(RIGHT_LC, x)
#define LEFT_FLOAT_SS(x) TAKE_FLOAT(LEFT_SS, x)
#define LEFT_FLOAT_SL(x) TAKE_FLOAT(LEFT_SL, x)
#define LEFT_FLOAT_SI(x) TAKE_FLOAT(LEFT_SI, x)
#define LEFT_FLOAT_SC(x) TAKE_FLOAT(LEFT_SC, x)
#define LEFT_FLOAT_LL(x) TAKE_LOCAL_FLOAT(LEFT_LL, x)
#define LEFT_FLOAT_LI(x) TAKE_LOCAL_FLOAT(LEFT_LI, x)
#define LEFT_FLOAT_LC(x) TAKE_LOCAL_FLOAT(LEFT_LC, x)
#define RIGHT_FLOAT_SS(x) TAKE_FLOAT(RIGHT_SS, x)
#define RIGHT_FLOAT_SL(x) TAKE_LOCAL_FLOAT(RIGHT_SL, x)
#define RIGHT_FLOAT_SI(x) ((x) = (double)arg, true)
#define RIGHT_FLOAT_SC(x) TAKE_FLOAT(RIGHT_SC, x)
#define RIGHT_FLOAT_LL(x) TAKE_LOCAL_FLOAT(RIGHT_LL, x)
#define RIGHT_FLOAT_LI(x) ((x) = (double)ip[1].arg, true)
#define RIGHT_FLOAT_LC(x) TAKE_FLOAT(RIGHT_LC, x)

/* Gives up a number of known type. */
#define DROP_NUMBER(o)                                                                             \
    do {                                                                                           \
        Obj *dropped_ = (o);                                                                       \
        if (--dropped_->refcnt == 0)                                                               \
            pool_free(dropped_, sizeof(IntObj));                                                   \
    } while (0)
#define DROP_OPERANDS_SS()                                                                         \
    do {                                                                                           \
        DROP_NUMBER(sp[-1]);                                                                       \
        DROP_NUMBER(sp[-2]);                                                                       \
    } while (0)
#define DROP_OPERANDS_SL() DROP_NUMBER(sp[-1])
#define DROP_OPERANDS_SI() DROP_NUMBER(sp[-1])
#define DROP_OPERANDS_SC() DROP_NUMBER(sp[-1])
#define DROP_OPERANDS_LL() ((void)0)
#define DROP_OPERANDS_LI() ((void)0)
#define DROP_OPERANDS_LC() ((void)0)

/* Back to the plain instruction in the group's first word. */
#define GROUP_MISS(FORM, PLAIN)                                                                    \
    do {                                                                                           \
        ip->op = OP_##PLAIN;                                                                       \
        specialize_missed(ip + N_##FORM + 1);                                                      \
        AGAIN();                                                                                   \
    } while (0)

#define INT_UNIQUE(o) ((o)->refcnt == 1 && (o)->shape == &int_type.root)
#define FLOAT_UNIQUE(o) ((o)->refcnt == 1 && (o)->shape == &float_type.root)

/* Pushes the result of a form, with its operands taken off. */
#define RESULT_PUSH(FORM, UNIQUE, NEW, ObjType, result, may_reuse)                                 \
    do {                                                                                           \
        if (S_##FORM >= 1 && likely(may_reuse) && UNIQUE(sp[-(S_##FORM)])) {                       \
            if (S_##FORM == 2)                                                                     \
                DROP_NUMBER(sp[-1]);                                                               \
            sp -= S_##FORM - 1;                                                                    \
            ((ObjType *)sp[-1])->value = (result);                                                 \
        } else if (S_##FORM == 2 && (may_reuse) && UNIQUE(sp[-1])) {                               \
            Obj *right_ = sp[-1];                                                                  \
            DROP_NUMBER(sp[-2]);                                                                   \
            ((ObjType *)right_)->value = (result);                                                 \
            sp--;                                                                                  \
            sp[-1] = right_;                                                                       \
        } else {                                                                                   \
            Obj *made_ = NEW(result);                                                              \
            if (unlikely(made_ == NULL))                                                           \
                goto group_no_memory;                                                              \
            DROP_OPERANDS_##FORM();                                                                \
            sp -= S_##FORM;                                                                        \
            PUSH(made_);                                                                           \
        }                                                                                          \
        NEXT_AFTER(N_##FORM + WORDS_OPERATOR);                                                     \
    } while (0)

/* Stores it into the variable of the STORE_FAST behind the operator. */
#define RESULT_STORE(FORM, UNIQUE, NEW, ObjType, result, may_reuse)                                \
    do {                                                                                           \
        Obj **place_ = &fp[ip[N_##FORM + WORDS_OPERATOR].arg], *old_ = *place_;                    \
        if (likely(old_ != NULL) && likely(may_reuse) && UNIQUE(old_)) {                           \
            DROP_OPERANDS_##FORM();                                                                \
            sp -= S_##FORM;                                                                        \
            ((ObjType *)old_)->value = (result);                                                   \
            ip += N_##FORM + WORDS_OPERATOR + 1;                                                   \
        } else {                                                                                   \
            Obj *made_ = NEW(result);                                                              \
            if (unlikely(made_ == NULL))                                                           \
                goto group_no_memory;                                                              \
            DROP_OPERANDS_##FORM();                                                                \
            sp -= S_##FORM;                                                                        \
            *place_ = made_;                                                                       \
            SYNC();                                                                                \
            ip += N_##FORM + WORDS_OPERATOR + 1;                                                   \
            obj_xdecref(old_);                                                                     \
        }                                                                                          \
        NEXT();                                                                                    \
    } while (0)

/* ---- integers.  A number that does not fit 64 bits is a miss. */

#define INT_WORK_ADD(a, b, r) (!__builtin_add_overflow(a, b, &(r)))
#define INT_WORK_SUBTRACT(a, b, r) (!__builtin_sub_overflow(a, b, &(r)))
#define INT_WORK_MULTIPLY(a, b, r) (!__builtin_mul_overflow(a, b, &(r)))
#define INT_WORK_REMAINDER(a, b, r) ((b) > 0 && ((r) = floor_remainder(a, b), true))
#define INT_WORK_FLOOR_DIVIDE(a, b, r) ((b) > 0 && ((r) = floor_quotient(a, b), true))
#define INT_WORK_AND(a, b, r) ((r) = (a) & (b), true)

#define FAMILY_X(OPERATOR, FORM, PLAIN)                                                            \
    TARGET(INT_##OPERATOR##_##FORM##_P)                                                            \
    {                                                                                              \
        int64_t a_ = 0, b_ = 0, r_ = 0;                                                            \
        if (unlikely(!LEFT_INT_##FORM(a_) || !RIGHT_INT_##FORM(b_) ||                              \
                     !INT_WORK_##OPERATOR(a_, b_, r_)))                                            \
            GROUP_MISS(FORM, PLAIN);                                                               \
        RESULT_PUSH(FORM, INT_UNIQUE, int_new, IntObj, r_, !int_in_cache(r_));                     \
    }                                                                                              \
    TARGET(INT_##OPERATOR##_##FORM##_T)                                                            \
    {                                                                                              \
        int64_t a_ = 0, b_ = 0, r_ = 0;                                                            \
        if (unlikely(!LEFT_INT_##FORM(a_) || !RIGHT_INT_##FORM(b_) ||                              \
                     !INT_WORK_##OPERATOR(a_, b_, r_)))                                            \
            GROUP_MISS(FORM, PLAIN);                                                               \
        RESULT_STORE(FORM, INT_UNIQUE, int_new, IntObj, r_, !int_in_cache(r_));                    \
    }
#define FAMILY_Y(OPERATOR) FAMILY_FORMS(FAMILY_X, OPERATOR, BINARY_OP)
FAMILY_INT_OPERATORS(FAMILY_Y)
#undef FAMILY_X

/* ---- floats.  An immediate int is made a float. */

#define FLOAT_WORK_ADD(a, b, r) ((r) = (a) + (b), true)
#define FLOAT_WORK_SUBTRACT(a, b, r) ((r) = (a) - (b), true)
#define FLOAT_WORK_MULTIPLY(a, b, r) ((r) = (a) * (b), true)
#define FLOAT_WORK_TRUE_DIVIDE(a, b, r) ((b) != 0.0 && ((r) = (a) / (b), true))

#define FAMILY_X(OPERATOR, FORM, PLAIN)                                                            \
    TARGET(FLOAT_##OPERATOR##_##FORM##_P)                                                          \
    {                                                                                              \
        double a_ = 0, b_ = 0, r_ = 0;                                                             \
        if (unlikely(!LEFT_FLOAT_##FORM(a_) || !RIGHT_FLOAT_##FORM(b_) ||                          \
                     !FLOAT_WORK_##OPERATOR(a_, b_, r_)))                                          \
            GROUP_MISS(FORM, PLAIN);                                                               \
        RESULT_PUSH(FORM, FLOAT_UNIQUE, float_new, FloatObj, r_, true);                            \
    }                                                                                              \
    TARGET(FLOAT_##OPERATOR##_##FORM##_T)                                                          \
    {                                                                                              \
        double a_ = 0, b_ = 0, r_ = 0;                                                             \
        if (unlikely(!LEFT_FLOAT_##FORM(a_) || !RIGHT_FLOAT_##FORM(b_) ||                          \
                     !FLOAT_WORK_##OPERATOR(a_, b_, r_)))                                          \
            GROUP_MISS(FORM, PLAIN);                                                               \
        RESULT_STORE(FORM, FLOAT_UNIQUE, float_new, FloatObj, r_, true);                           \
    }
FAMILY_FLOAT_OPERATORS(FAMILY_Y)
#undef FAMILY_X
#undef FAMILY_Y

group_no_memory : err_no_memory();
goto error;

/* ---- comparison and jump.     … COMPARE_OP, cache, POP_JUMP_IF_… */

#define TRUTH_LT(a, b) ((a) < (b))
#define TRUTH_LE(a, b) ((a) <= (b))
#define TRUTH_EQ(a, b) ((a) == (b))
#define TRUTH_NE(a, b) ((a) != (b))
#define TRUTH_GT(a, b) ((a) > (b))
#define TRUTH_GE(a, b) ((a) >= (b))

/* The jump may be on either truth; both are one well-predicted compare away. */
#define JUMP_WHEN(FORM, truth)                                                                     \
    do {                                                                                           \
        bool truth_ = (truth);                                                                     \
        DROP_OPERANDS_##FORM();                                                                    \
        sp -= S_##FORM;                                                                            \
        ip += N_##FORM + WORDS_OPERATOR;                                                           \
        int32_t distance_ = truth_ == (ip->op == OP_POP_JUMP_IF_TRUE) ? ip->arg : 0;               \
        ip += 1 + distance_;                                                                       \
        if (unlikely(distance_ < 0 && runtime.breaker)) {                                          \
            arg = distance_;                                                                       \
            goto break_here;                                                                       \
        }                                                                                          \
        NEXT();                                                                                    \
    } while (0)

#define FAMILY_X(OPERATOR, FORM, PLAIN)                                                            \
    TARGET(JUMP_INT_##OPERATOR##_##FORM)                                                           \
    {                                                                                              \
        int64_t a_ = 0, b_ = 0;                                                                    \
        if (unlikely(!LEFT_INT_##FORM(a_) || !RIGHT_INT_##FORM(b_)))                               \
            GROUP_MISS(FORM, PLAIN);                                                               \
        JUMP_WHEN(FORM, TRUTH_##OPERATOR(a_, b_));                                                 \
    }
#define FAMILY_Y(OPERATOR) FAMILY_FORMS(FAMILY_X, OPERATOR, COMPARE_OP)
FAMILY_COMPARISONS(FAMILY_Y)
#undef FAMILY_X
#undef FAMILY_Y

#define FAMILY_X(OPERATOR, FORM, PLAIN)                                                            \
    TARGET(JUMP_FLOAT_##FORM)                                                                      \
    {                                                                                              \
        double a_ = 0, b_ = 0;                                                                     \
        if (unlikely(!LEFT_FLOAT_##FORM(a_) || !RIGHT_FLOAT_##FORM(b_)))                           \
            GROUP_MISS(FORM, PLAIN);                                                               \
        int32_t comparison_ = ip[N_##FORM].arg;                                                    \
        bool result_ = compare_doubles(comparison_, a_, b_);                                       \
        JUMP_WHEN(FORM, result_);                                                                  \
    }
FAMILY_FORMS(FAMILY_X, FLOAT, COMPARE_OP)
#undef FAMILY_X

/* ---- comparison whose result is a value */

TARGET(COMPARE_INT)
{
    Obj *b = sp[-1], *a = sp[-2];
    if (unlikely(!IS_INT(a) || !IS_INT(b)))
        MISS(COMPARE_OP);
    int64_t x = ((IntObj *)a)->value, y = ((IntObj *)b)->value;
    bool truth = arg == CMP_LT   ? x < y
                 : arg == CMP_LE ? x <= y
                 : arg == CMP_EQ ? x == y
                 : arg == CMP_NE ? x != y
                 : arg == CMP_GT ? x > y
                                 : x >= y;
    DROP_OPERANDS_SS();
    sp -= 2;
    PUSH(bool_new(truth));
    NEXT_AFTER(WORDS_OPERATOR);
}

TARGET(COMPARE_FLOAT)
{
    Obj *b = sp[-1], *a = sp[-2];
    if (unlikely(!IS_FLOAT(a) || !IS_FLOAT(b)))
        MISS(COMPARE_OP);
    double x = ((FloatObj *)a)->value, y = ((FloatObj *)b)->value;
    bool truth = compare_doubles(arg, x, y);
    DROP_OPERANDS_SS();
    sp -= 2;
    PUSH(bool_new(truth));
    NEXT_AFTER(WORDS_OPERATOR);
}

/* | ^ << >> */
TARGET(BINARY_OP_INT)
{
    Obj *b = sp[-1], *a = sp[-2];
    if (unlikely(!IS_INT(a) || !IS_INT(b)))
        MISS(BINARY_OP);
    int64_t x = ((IntObj *)a)->value, y = ((IntObj *)b)->value, result = 0;
    int operator= arg<BINARY_OPS ? arg : arg - BINARY_OPS;
    if (operator== BINARY_OR) {
        result = x | y;
    } else if (operator== BINARY_XOR) {
        result = x ^ y;
    } else if (operator== BINARY_RSHIFT && y >= 0) {
        result = x >> (y > 63 ? 63 : y);
    } else if (operator== BINARY_LSHIFT &&(uint64_t) y < 63 &&
               (int64_t)((uint64_t)x << y) >> y == x) {
        result = (int64_t)((uint64_t)x << y);
    } else {
        MISS(BINARY_OP);
    }
    RESULT_PUSH(SS, INT_UNIQUE, int_new, IntObj, result, !int_in_cache(result));
}

/* ---- items.     container key -- value */

/* Takes container and key off the stack, once `made_` is owned. */
#define ITEM_DONE(FORM)                                                                            \
    do {                                                                                           \
        if (S_##FORM == 0) {                                                                       \
            PUSH(made_);                                                                           \
            ip += N_##FORM + WORDS_SUBSCR;                                                         \
        } else {                                                                                   \
            Obj *key_ = S_##FORM == 2 ? sp[-1] : NULL;                                             \
            sp -= S_##FORM - 1;                                                                    \
            Obj *container_ = sp[-1];                                                              \
            sp[-1] = made_;                                                                        \
            SYNC();                                                                                \
            ip += N_##FORM + WORDS_SUBSCR;                                                         \
            if (S_##FORM == 2)                                                                     \
                obj_decref(key_);                                                                  \
            obj_decref(container_);                                                                \
        }                                                                                          \
        NEXT();                                                                                    \
    } while (0)

#define SEQUENCE_ITEM(FORM, PLAIN, TYPE_OBJECT, ObjType)                                           \
    do {                                                                                           \
        Obj *sequence_ = LEFT_##FORM;                                                              \
        int64_t index_ = 0;                                                                        \
        if (unlikely((S_##FORM == 0 && sequence_ == NULL) ||                                       \
                     sequence_->shape != &TYPE_OBJECT.root || !RIGHT_INT_##FORM(index_)))          \
            GROUP_MISS(FORM, PLAIN);                                                               \
        if (index_ < 0)                                                                            \
            index_ += ((ObjType *)sequence_)->length;                                              \
        if (unlikely((uint64_t)index_ >= (uint64_t)((ObjType *)sequence_)->length))                \
            GROUP_MISS(FORM, PLAIN);                                                               \
        Obj *made_ = obj_incref(((ObjType *)sequence_)->items[index_]);                            \
        ITEM_DONE(FORM);                                                                           \
    } while (0)

#define FAMILY_X(KIND, FORM, PLAIN)                                                                \
    TARGET(SUBSCR_LIST_##FORM)                                                                     \
    {                                                                                              \
        SEQUENCE_ITEM(FORM, PLAIN, list_type, ListObj);                                            \
    }                                                                                              \
    TARGET(SUBSCR_TUPLE_##FORM)                                                                    \
    {                                                                                              \
        SEQUENCE_ITEM(FORM, PLAIN, tuple_type, TupleObj);                                          \
    }                                                                                              \
    TARGET(SUBSCR_DICT_##FORM)                                                                     \
    {                                                                                              \
        Obj *dict_ = LEFT_##FORM, *key__ = RIGHT_##FORM;                                           \
        if (unlikely(dict_ == NULL || key__ == NULL || dict_->shape != &dict_type.root))           \
            GROUP_MISS(FORM, PLAIN);                                                               \
        SYNC();                                                                                    \
        ObjRef found_ = dict_peek(dict_, key__);                                                   \
        if (unlikely(found_ == NULL)) {                                                            \
            if (err_occurred() != NULL) {                                                          \
                ip += N_##FORM;                                                                    \
                goto error;                                                                        \
            }                                                                                      \
            GROUP_MISS(FORM, PLAIN);                                                               \
        }                                                                                          \
        Obj *made_ = obj_incref(found_);                                                           \
        ITEM_DONE(FORM);                                                                           \
    }
FAMILY_ITEM_FORMS(FAMILY_X, ANY, BINARY_SUBSCR)
#undef FAMILY_X

/* value container key -- */
#define STORE_DONE(FORM)                                                                           \
    do {                                                                                           \
        Obj *key_ = S_##FORM == 2 ? sp[-1] : NULL;                                                 \
        Obj *container_ = S_##FORM >= 1 ? sp[-(S_##FORM)] : NULL;                                  \
        sp -= S_##FORM + 1;                                                                        \
        SYNC();                                                                                    \
        ip += N_##FORM + WORDS_SUBSCR;                                                             \
        obj_xdecref(old_);                                                                         \
        if (S_##FORM == 2)                                                                         \
            obj_decref(key_);                                                                      \
        if (S_##FORM >= 1)                                                                         \
            obj_decref(container_);                                                                \
        NEXT();                                                                                    \
    } while (0)

#define FAMILY_X(KIND, FORM, PLAIN)                                                                \
    TARGET(STORE_LIST_##FORM)                                                                      \
    {                                                                                              \
        Obj *list_ = LEFT_##FORM;                                                                  \
        int64_t index_ = 0;                                                                        \
        if (unlikely((S_##FORM == 0 && list_ == NULL) || list_->shape != &list_type.root ||        \
                     !RIGHT_INT_##FORM(index_)))                                                   \
            GROUP_MISS(FORM, PLAIN);                                                               \
        if (index_ < 0)                                                                            \
            index_ += ((ListObj *)list_)->length;                                                  \
        if (unlikely((uint64_t)index_ >= (uint64_t)((ListObj *)list_)->length))                    \
            GROUP_MISS(FORM, PLAIN);                                                               \
        Obj **item_ = &((ListObj *)list_)->items[index_], *old_ = *item_;                          \
        *item_ = sp[-1 - S_##FORM];                                                                \
        STORE_DONE(FORM);                                                                          \
    }                                                                                              \
    TARGET(STORE_DICT_##FORM)                                                                      \
    {                                                                                              \
        Obj *dict_ = LEFT_##FORM, *key__ = RIGHT_##FORM;                                           \
        if (unlikely(dict_ == NULL || key__ == NULL || dict_->shape != &dict_type.root))           \
            GROUP_MISS(FORM, PLAIN);                                                               \
        Obj *old_ = sp[-1 - S_##FORM];                                                             \
        SYNC();                                                                                    \
        if (unlikely(dict_set(dict_, key__, old_) < 0)) {                                          \
            ip += N_##FORM;                                                                        \
            goto error;                                                                            \
        }                                                                                          \
        STORE_DONE(FORM);                                                                          \
    }
FAMILY_ITEM_FORMS(FAMILY_X, ANY, STORE_SUBSCR)
#undef FAMILY_X

TARGET(BINARY_SUBSCR_STR_INT)
{
    Obj *container = sp[-2], *key = sp[-1];
    if (unlikely(container->shape != &str_type.root || !IS_INT(key)))
        MISS(BINARY_SUBSCR);
    int64_t index = ((IntObj *)key)->value;
    if (index < 0)
        index += str_length(container);
    if (unlikely((uint64_t)index >= (uint64_t)str_length(container)))
        MISS(BINARY_SUBSCR);
    value = str_from_char(str_char_at(container, index));
    if (unlikely(value == NULL))
        goto error;
    DROP_NUMBER(key);
    sp--;
    sp[-1] = value;
    ip += WORDS_SUBSCR;
    obj_decref(container);
    NEXT();
}

/* ---- attributes of a variable's object: LOAD_FAST, then the attribute instruction (6 words) */

TARGET(LOAD_ATTR_SLOT_L)
{
    Obj *owner = fp[arg];
    if (unlikely(owner == NULL || owner->shape != cache_shape(ip + 3) ||
                 !cache_epoch_stands(ip + 6))) {
        ip->op = OP_LOAD_FAST;
        AGAIN();
    }
    Obj *o = *(Obj **)((char *)owner + cache_int(ip + 5));
    if (unlikely(o == NULL)) {
        ip->op = OP_LOAD_FAST;
        AGAIN();
    }
    PUSH(obj_incref(o));
    NEXT_AFTER(1 + WORDS_ATTR);
}

TARGET(LOAD_METHOD_INSTANCE_L)
{
    Obj *owner = fp[arg];
    const SiteCache *site = cache_pointer(ip + 3);
    if (unlikely(owner == NULL || owner->shape != site->shape || site->epoch != type_epoch)) {
        ip->op = OP_LOAD_FAST;
        AGAIN();
    }
    PUSH(obj_incref(site->value));
    PUSH(obj_incref(owner));
    NEXT_AFTER(1 + WORDS_ATTR);
}

TARGET(STORE_ATTR_SLOT_L)
{
    Obj *owner = fp[arg];
    if (unlikely(owner == NULL || owner->shape != cache_shape(ip + 3) ||
                 !cache_epoch_stands(ip + 6))) {
        ip->op = OP_LOAD_FAST;
        AGAIN();
    }
    Obj **slot = (Obj **)((char *)owner + cache_int(ip + 5));
    Obj *old = *slot;
    *slot = *--sp;
    SYNC();
    ip += 1 + WORDS_ATTR;
    obj_xdecref(old);
    NEXT();
}
