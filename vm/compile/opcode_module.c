/*
 * Module _opcode: the table of opcodes.def and stack effects, for opcode.py and dis.py.
 */

#include "vm/compile/opcode_module.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"
#include "vm/compile/opcodes.h"

static const char *const arg_kind_names[] = {
    [OPARG_NONE] = "none",     [OPARG_PREFIX] = "prefix", [OPARG_DEPTH] = "depth",
    [OPARG_CONST] = "const",   [OPARG_INT] = "int",       [OPARG_LOCAL] = "local",
    [OPARG_CELL] = "cell",     [OPARG_NAME] = "name",     [OPARG_COUNT] = "count",
    [OPARG_UNPACK] = "unpack", [OPARG_BINARY] = "binary", [OPARG_COMPARE] = "compare",
    [OPARG_INVERT] = "invert", [OPARG_FORMAT] = "format", [OPARG_MAKE] = "make",
    [OPARG_FLAG] = "flag",     [OPARG_JUMP] = "jump",
};

static Obj *describe(int op)
{
    const OpcodeInfo *info = &opcode_info[op];
    Obj *items[] = {
        str_intern_ascii(info->name),
        int_new(op),
        str_intern_ascii(arg_kind_names[info->arg_kind]),
        int_new(info->flags & OPFLAG_CACHES),
        str_from_ascii(info->picture),
    };
    return tuple_from_results_steal(items, 5);
}

static Obj *module_table(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    Obj *list = list_new(0);
    for (int op = 0; list != NULL && op < OP_COUNT; op++) {
        Obj *row = describe(op);
        if (row == NULL || list_append_steal(list, row) < 0)
            obj_clear(&list);
    }
    return list;
}

static Obj *module_stack_effect(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    static const ArgSpec spec = {"stack_effect", 2, 1, 2, 3, {"opcode", "oparg", "jump"}};
    ObjRef given[3];
    int64_t op = 0, arg = 0;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0 || args_to_int64(given[0], &op) < 0)
        return NULL;
    if (op < 0 || op >= OP_COUNT)
        return err_string(&exc_value_error, "invalid opcode or oparg");
    bool has_arg = given[1] != NULL && !is_none(given[1]);
    bool takes_arg = opcode_info[op].arg_kind != OPARG_NONE;
    if (has_arg && args_to_int64(given[1], &arg) < 0)
        return NULL;
    if (takes_arg && !has_arg)
        return err_string(&exc_value_error,
                          "stack_effect: opcode requires oparg but oparg was not specified");
    if (!takes_arg && has_arg)
        return err_string(&exc_value_error,
                          "stack_effect: opcode does not permit oparg but oparg was specified");
    if (arg < INT32_MIN || arg > INT32_MAX)
        return err_string(&exc_value_error, "invalid opcode or oparg");
    int64_t falls = opcode_effect((int)op, (int32_t)arg, false);
    int64_t jumps = opcode_jumps((int)op) ? opcode_effect((int)op, (int32_t)arg, true) : falls;
    if (given[2] == NULL || is_none(given[2]))
        return int_new(falls > jumps ? falls : jumps);
    int jump = obj_truth(given[2]);
    return jump < 0 ? NULL : int_new(jump ? jumps : falls);
}

static int add_compare_texts(ObjRef module)
{
    Obj *tuple = tuple_new(CMP_GE + 1);
    for (int i = 0; tuple != NULL && i <= CMP_GE; i++) {
        tuple_cast(tuple)->items[i] = str_from_ascii(opcode_compare_text(i));
        if (tuple_cast(tuple)->items[i] == NULL)
            obj_clear(&tuple);
    }
    return module_add_steal(module, "compare_texts", tuple);
}

static int add_binary_texts(ObjRef module)
{
    Obj *tuple = tuple_new((int64_t)2 * BINARY_OPS);
    for (int i = 0; tuple != NULL && i < 2 * BINARY_OPS; i++) {
        tuple_cast(tuple)->items[i] = str_from_ascii(opcode_binary_text(i));
        if (tuple_cast(tuple)->items[i] == NULL)
            obj_clear(&tuple);
    }
    return module_add_steal(module, "binary_texts", tuple);
}

static int module_exec(ObjRef module)
{
    return add_compare_texts(module) < 0 || add_binary_texts(module) < 0 ? -1 : 0;
}

static const MethodDef functions[] = {
    {"table", module_table, 0, 0, 0,
     "table()\n--\n\nAll opcodes: tuples of name, number, kind of argument, cache words, stack "
     "picture."},
    {"stack_effect", module_stack_effect, 0, -1, METHOD_KEYWORDS,
     "stack_effect(opcode, oparg=None, /, *, jump=None)\n--\n\nItems that an instruction adds to "
     "the stack."},
    {0},
};

const ModuleDef opcode_module = {
    .name = "_opcode",
    .doc = "The instructions of the virtual machine.",
    .functions = functions,
    .exec = module_exec,
};
