/*
 * Code objects: made by assemble.c, run by the VM, seen by Python through co_… attributes.
 *
 * They are immutable but for what the VM writes over opcodes and into cache words; whoever reads
 * code for any other purpose than running it goes through code_base_opcode or code_decode.  All
 * positions that Python sees are word indices; co_code has four bytes per word.  Not tracked by the
 * collector: constants cannot refer back.
 *
 * Attributes and methods are in code_methods.c, the location table in locations.c.
 */

#include "vm/compile/code.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"
#include "vm/compile/code_methods.h"
#include "vm/compile/consts.h"
#include "vm/compile/verify.h"

void (*code_vm_free)(CodeObj *code);

static const uint16_t *overlay_base;
static int overlay_count;

/* ---- lifecycle */

static void *copy_block(const void *from, size_t size)
{
    if (size == 0)
        return NULL;
    void *block = mem_alloc(size);
    if (block != NULL)
        memcpy(block, from, size);
    return block;
}

static void count_slots(CodeObj *code)
{
    for (int32_t i = 0; i < code->nlocalsplus; i++) {
        uint8_t kind = code->slot_kinds[i];
        code->nlocals += (kind & SLOT_LOCAL) != 0;
        code->ncellvars += (kind & SLOT_CELL) != 0;
        code->nfreevars += (kind & SLOT_FREE) != 0;
    }
}

/* ---- forms */

enum { MARK_TARGET = 1, MARK_BOUNDARY = 2 };

/* An instruction as the search for forms sees it. */
typedef struct Seen {
    int op;
    int32_t start, at; /* with and without prefix */
} Seen;

static bool is_plain(const Seen *seen, const uint8_t *marks, bool first)
{
    return seen->start == seen->at && (first || marks[seen->start] == 0);
}

/* Operand form of an instruction by the two before it; `p1` comes directly before. */
static unsigned operand_form(const Seen *p2, const Seen *p1, const uint8_t *marks, bool two)
{
    if (!is_plain(p1, marks, true))
        return FORM_SS;
    bool pair = two && marks[p1->start] == 0 && is_plain(p2, marks, true);
    switch (p1->op) {
    case OP_LOAD_FAST:
        if (pair && p2->op == OP_LOAD_FAST)
            return FORM_LL;
        if (pair && p2->op == OP_LOAD_INT)
            return FORM_IL;
        if (pair && p2->op == OP_LOAD_CONST)
            return FORM_CL;
        return FORM_SL;
    case OP_LOAD_INT:
        if (!two)
            return FORM_SS;
        return pair && p2->op == OP_LOAD_FAST ? FORM_LI : FORM_SI;
    case OP_LOAD_CONST:
        if (!two)
            return FORM_SS;
        return pair && p2->op == OP_LOAD_FAST ? FORM_LC : FORM_SC;
    default:
        return FORM_SS;
    }
}

static unsigned follower_form(const CodeObj *code, const uint8_t *marks, int op, int32_t next)
{
    if (next >= code->word_count || marks[next] != 0)
        return 0;
    bool jumps =
        op == OP_COMPARE_OP || op == OP_BINARY_OP || op == OP_BINARY_SUBSCR || op == OP_LOAD_ATTR;
    switch (code->words[next].op) {
    case OP_STORE_FAST:
        return jumps || op == OP_FOR_ITER ? FORM_STORE : 0;
    case OP_POP_JUMP_IF_FALSE:
        return jumps ? FORM_JUMP_FALSE : 0;
    case OP_POP_JUMP_IF_TRUE:
        return jumps ? FORM_JUMP_TRUE : 0;
    default:
        return 0;
    }
}

/* Writes the form of every instruction that has one into its first cache word. */
static int write_forms(CodeObj *code)
{
    uint8_t *marks = mem_alloc_zero((size_t)code->word_count + 1);
    if (marks == NULL)
        return -1;
    int op;
    int32_t arg, at;
    for (int32_t i = 0; i < code->word_count;) {
        i = code_decode(code, i, &op, &arg, &at);
        if (opcode_jumps(op))
            marks[i + arg] |= MARK_TARGET;
    }
    for (int32_t i = 0; i < code->handler_count; i++) {
        marks[code->handlers[i].start] |= MARK_BOUNDARY;
        marks[code->handlers[i].end] |= MARK_BOUNDARY;
        marks[code->handlers[i].handler] |= MARK_TARGET;
    }
    Seen p1 = {OP_NOP, 0, -1}, p2 = p1;
    for (int32_t i = 0; i < code->word_count;) {
        int32_t next = code_decode(code, i, &op, &arg, &at);
        memset(&code->words[at + 1], 0, (size_t)opcode_caches(op) * sizeof *code->words);
        if (opcode_info[op].flags & OPFLAG_FORM) {
            unsigned form = FORM_SS;
            bool two = op != OP_LOAD_ATTR && op != OP_LOAD_METHOD;
            if (i == at && marks[i] == 0 && op != OP_FOR_ITER) {
                form = operand_form(&p2, &p1, marks, two);
                if (form == FORM_SS && two && p1.op == OP_LOAD_ATTR && p1.start == p1.at &&
                    code->words[p1.at + 1].op == FORM_SL)
                    form |= FORM_RIGHT_ATTR;
            }
            form |= follower_form(code, marks, op, next);
            code->words[at + 1].op = (uint16_t)form;
        }
        p2 = p1;
        p1 = (Seen){op, i, at};
        i = next;
    }
    mem_free(marks, (size_t)code->word_count + 1);
    return 0;
}

/* ---- making */

static CodeObj *allocate(const CodeParts *parts)
{
    CodeObj *code = (CodeObj *)obj_new(&code_type, (int64_t)sizeof(CodeObj));
    if (code == NULL)
        return NULL;
    Obj base = code->base;
    memset(code, 0, sizeof *code);
    code->base = base;
    code->name = obj_incref(parts->name);
    code->qualname = obj_incref(parts->qualname);
    code->filename = obj_incref(parts->filename);
    code->consts = obj_incref(parts->consts);
    code->names = obj_incref(parts->names);
    code->slot_names = obj_incref(parts->slot_names);
    code->argcount = parts->argcount;
    code->posonlyargcount = parts->posonlyargcount;
    code->kwonlyargcount = parts->kwonlyargcount;
    code->stacksize = parts->stacksize;
    code->flags = parts->flags;
    code->firstlineno = parts->firstlineno;
    code->hash = -1;
    code->nlocalsplus = (int32_t)tuple_length(parts->slot_names);
    code->words = copy_block(parts->words, (size_t)parts->word_count * sizeof(CodeWord));
    code->handlers =
        copy_block(parts->handlers, (size_t)parts->handler_count * sizeof(CodeHandler));
    code->slot_kinds = copy_block(parts->slot_kinds, (size_t)code->nlocalsplus);
    code->locations = copy_block(parts->locations, (size_t)parts->location_bytes);
    /* Sizes are set with their blocks, so that dealloc frees what is there. */
    code->word_count = code->words == NULL ? 0 : parts->word_count;
    code->handler_count = code->handlers == NULL ? 0 : parts->handler_count;
    code->location_bytes = code->locations == NULL ? 0 : parts->location_bytes;
    if (code->word_count != parts->word_count || code->handler_count != parts->handler_count ||
        code->location_bytes != parts->location_bytes ||
        (code->nlocalsplus > 0 && code->slot_kinds == NULL)) {
        obj_decref(&code->base);
        err_no_memory();
        return NULL;
    }
    count_slots(code);
    return code;
}

static Obj *make(const CodeParts *parts)
{
    CodeObj *code = allocate(parts);
    if (code == NULL)
        return NULL;
    if (write_forms(code) < 0) {
        obj_decref(&code->base);
        return err_no_memory();
    }
    return &code->base;
}

Obj *code_new_checked(const CodeParts *parts)
{
    return verify_parts(parts) < 0 ? NULL : make(parts);
}

Obj *code_new(const CodeParts *parts)
{
#ifdef OURO_DEBUG
    return code_new_checked(parts);
#else
    return make(parts);
#endif
}

Obj *code_new_empty(const char *filename, const char *name, int32_t line)
{
    Obj *code = NULL;
    Obj *name_str = str_from_utf8(name, (int64_t)strlen(name));
    Obj *filename_str = str_from_utf8(filename, (int64_t)strlen(filename));
    Obj *consts = tuple_pack(1, obj_none);
    Obj *empty = tuple_new(0);
    if (name_str != NULL && filename_str != NULL && consts != NULL && empty != NULL) {
        /* one word on the first line, no columns */
        static const CodeWord words[] = {{OP_RETURN_CONST, 0}};
        static const uint8_t locations[] = {0x80 | 13 << 3, 0};
        CodeParts parts = {
            .name = name_str,
            .qualname = name_str,
            .filename = filename_str,
            .consts = consts,
            .names = empty,
            .slot_names = empty,
            .words = words,
            .word_count = 1,
            .locations = locations,
            .location_bytes = (int32_t)sizeof locations,
            .firstlineno = line,
        };
        code = code_new(&parts);
    }
    obj_xdecref(name_str);
    obj_xdecref(filename_str);
    obj_xdecref(consts);
    obj_xdecref(empty);
    return code;
}

/* Code objects cannot be part of a cycle and are not tracked; this serves those who look. */
static int code_traverse(ObjRef self, VisitFn visit, void *context)
{
    const CodeObj *code = (const CodeObj *)self;
    GC_VISIT(code->name);
    GC_VISIT(code->qualname);
    GC_VISIT(code->filename);
    GC_VISIT(code->consts);
    GC_VISIT(code->names);
    GC_VISIT(code->slot_names);
    return 0;
}

static void code_dealloc(Obj *self)
{
    CodeObj *code = code_cast(self);
    if (code->weak_list != NULL)
        weakref_clear_all(self, &code->weak_list);
    if (code->vm_data != NULL && code_vm_free != NULL)
        code_vm_free(code);
    mem_free(code->words, (size_t)code->word_count * sizeof(CodeWord));
    mem_free(code->handlers, (size_t)code->handler_count * sizeof(CodeHandler));
    mem_free(code->slot_kinds, code->slot_kinds == NULL ? 0 : (size_t)code->nlocalsplus);
    mem_free(code->locations, (size_t)code->location_bytes);
    mem_free(code->hidden_ops, (size_t)code->word_count * sizeof(uint16_t));
    obj_clear(&code->name);
    obj_clear(&code->qualname);
    obj_clear(&code->filename);
    obj_clear(&code->consts);
    obj_clear(&code->names);
    obj_clear(&code->slot_names);
    obj_free(self, (int64_t)sizeof(CodeObj));
}

static Obj **code_weak_list(ObjRef self)
{
    return &((CodeObj *)self)->weak_list;
}

/* ---- operations */

void code_set_overlay(const uint16_t *base, int count)
{
    overlay_base = base;
    overlay_count = count;
}

uint16_t code_plain_opcode(uint16_t op)
{
    if (op < OP_COUNT)
        return op;
    return op - OP_COUNT < overlay_count ? overlay_base[op - OP_COUNT] : OP_NOP;
}

uint16_t code_base_opcode(const CodeObj *code, int32_t index)
{
    uint16_t op = code->words[index].op;
    if (op == OP_COUNT && code->hidden_ops != NULL)
        return code->hidden_ops[index];
    return code_plain_opcode(op);
}

int32_t code_decode(const CodeObj *code, int32_t index, int *op, int32_t *arg, int32_t *at)
{
    int32_t prefix = 0;
    *op = code_base_opcode(code, index);
    bool wide = *op == OP_EXTENDED_ARG && index + 1 < code->word_count;
    if (wide) {
        prefix = code->words[index++].arg;
        *op = code_base_opcode(code, index);
    }
    int16_t low = code->words[index].arg;
    *arg = wide ? (int32_t)((uint32_t)prefix << 16 | (uint16_t)low) : low;
    *at = index;
    return index + 1 + opcode_caches(*op);
}

const CodeHandler *code_find_handler(const CodeObj *code, int32_t index)
{
    int32_t low = 0, high = code->handler_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (code->handlers[middle].end <= index)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < code->handler_count && code->handlers[low].start <= index)
        return &code->handlers[low];
    return NULL;
}

Obj *code_slot_names(const CodeObj *code, int kind)
{
    int64_t count = 0;
    for (int32_t i = 0; i < code->nlocalsplus; i++)
        count += (code->slot_kinds[i] & kind) != 0;
    Obj *tuple = tuple_new(count);
    count = 0;
    for (int32_t i = 0; tuple != NULL && i < code->nlocalsplus; i++) {
        if (code->slot_kinds[i] & kind)
            tuple_cast(tuple)->items[count++] = obj_incref(tuple_peek(code->slot_names, i));
    }
    return tuple;
}

static bool same_code_words(const CodeObj *a, const CodeObj *b)
{
    if (a->word_count != b->word_count)
        return false;
    int op_a, op_b;
    int32_t arg_a, arg_b, at;
    for (int32_t i = 0; i < a->word_count;) {
        int32_t next = code_decode(a, i, &op_a, &arg_a, &at);
        if (code_decode(b, i, &op_b, &arg_b, &at) != next || op_a != op_b || arg_a != arg_b)
            return false;
        i = next;
    }
    return true;
}

static bool same_handlers(const CodeObj *a, const CodeObj *b)
{
    if (a->handler_count != b->handler_count)
        return false;
    for (int32_t i = 0; i < a->handler_count; i++) {
        const CodeHandler *x = &a->handlers[i], *y = &b->handlers[i];
        if (x->start != y->start || x->end != y->end || x->handler != y->handler ||
            x->depth != y->depth || x->lasti != y->lasti)
            return false;
    }
    return true;
}

bool code_same(const CodeObj *a, const CodeObj *b)
{
    return str_equal(a->name, b->name) && a->argcount == b->argcount &&
           a->posonlyargcount == b->posonlyargcount && a->kwonlyargcount == b->kwonlyargcount &&
           a->flags == b->flags && a->firstlineno == b->firstlineno && same_code_words(a, b) &&
           same_handlers(a, b) && const_same(a->consts, b->consts) &&
           const_same(a->names, b->names) && const_same(a->slot_names, b->slot_names) &&
           a->location_bytes == b->location_bytes &&
           memcmp(a->locations, b->locations, (size_t)a->location_bytes) == 0;
}

static int64_t code_hash(ObjRef self)
{
    CodeObj *code = code_cast(self);
    if (code->hash == -1) {
        int64_t name = obj_hash(code->name), names = obj_hash(code->names);
        int64_t slots = obj_hash(code->slot_names), consts = obj_hash(code->consts);
        if (name == -1 || names == -1 || slots == -1 || consts == -1)
            return -1;
        int64_t hash = name ^ names ^ slots ^ consts ^ code->argcount ^ code->firstlineno ^
                       (int64_t)code->flags;
        code->hash = hash == -1 ? -2 : hash;
    }
    return code->hash;
}

static Obj *code_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !code_check(other))
        return not_implemented_new();
    return bool_new(code_same(code_cast(self), code_cast(other)) == (op == CMP_EQ));
}

static Obj *code_repr(ObjRef self)
{
    const CodeObj *code = code_cast(self);
    return str_format_c("<code object %U at %p, file \"%U\", line %d>", code->name,
                        (const void *)self, code->filename, (int)code->firstlineno);
}

/* ---- type */

Type code_type = {
    .head = {.base = {1, &type_type.root},
             .name = "code",
             .traverse = code_traverse,
             .weak_list = code_weak_list,
             .dealloc = code_dealloc},
    .doc =
        "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring,\n"
        "     constants, names, varnames, filename, name, qualname, firstlineno, linetable,\n"
        "     exceptiontable, freevars=(), cellvars=(), /)\n--\n\nWhat a function runs.",
    .basic_size = sizeof(CodeObj),
    .weak_list_offset = (int32_t)offsetof(CodeObj, weak_list),
    .repr = code_repr,
    .hash = code_hash,
    .compare = code_compare,
    .getattr = object_getattr,
    .new = code_methods_new,
    .methods = code_methods_table,
    .members = code_methods_members,
    .getset = code_methods_getset,
};

int code_init(void)
{
    return type_ready(&code_type);
}

void code_finish(void)
{
    overlay_base = NULL;
    overlay_count = 0;
}
