/*
 * The references of running frames.
 *
 * Each record's frame owns its function, its namespace where it has one, its slots and its
 * operands.  Where the frame called a Python function the loop noted how many operands it has left;
 * elsewhere they follow from the code (stack_depth.c), and the instruction may be in the middle of
 * releasing them: such an operand is marked doubtful unless the frame is one that is calling the
 * module ouro at this moment.
 *
 * The module's functions that are written in Python run in frames of their own on top; they are not
 * part of what a program holds and are told apart by their globals.
 */

#include <string.h>

#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/inspect/edges.h"
#include "vm/inspect/stack_depth.h"
#include "vm/interp/generator.h"

ObjRef frame_slot_name(const CodeObj *code, int64_t slot)
{
    return slot < tuple_length(code->slot_names) ? tuple_peek(code->slot_names, slot) : NULL;
}

bool inspect_is_own(ObjRef globals)
{
    if (globals == NULL || !dict_check_exact(globals))
        return false;
    ObjRef name = dict_peek(globals, names.dunder_name);
    if (name == NULL || !str_check_exact(name))
        return false;
    const char *text = str_utf8(name, NULL);
    return text != NULL && strncmp(text, "ouro", 4) == 0 && (text[4] == 0 || text[4] == '.');
}

static CallRecord *first_record(void)
{
    const VmThread *vm = vm_current();
    return vm == NULL ? NULL : vm->records + 1;
}

CallRecord *frames_user_record(void)
{
    VmThread *vm = vm_current();
    if (vm == NULL)
        return NULL;
    CallRecord *record = vm->record;
    while (record > vm->records && inspect_is_own(record_function(record)->globals))
        record--;
    return record > vm->records ? record : NULL;
}

/* Operands of a record's frame; *doubtful as in Edge. */
static int64_t operand_count(const CallRecord *record, bool *doubtful)
{
    const VmThread *vm = vm_current();
    const CodeObj *code = record_code(record);
    *doubtful = false;
    if (record < vm->record && (record[1].flags & FRAME_ENTRY) == 0)
        return record->depth - code->nlocalsplus;
    *doubtful = record != vm->record && record != frames_user_record();
    int64_t depth = stack_depth_at(code, (int32_t)(record->ip - code->words));
    return depth < 0 ? 0 : depth;
}

static int walk_record(const CallRecord *record, EdgeFn visit, void *context)
{
    const CodeObj *code = record_code(record);
    Edge edge = {.kind = EDGE_FIELD, .owner = record->fp[-1], .record = record};
    int stop = 0;
#define GIVE(child)                                                                                \
    do {                                                                                           \
        ObjRef child_ = (ObjRef)(child);                                                           \
        if (child_ != NULL && (stop = visit(child_, &edge, context)) != 0)                         \
            return stop;                                                                           \
    } while (0)
    edge.text = "the running function";
    GIVE(record->fp[-1]);
    if (record->flags & FRAME_NAMESPACE) {
        edge.text = "the namespace of the running code";
        GIVE(record->fp[-2]);
    }
    if (record->flags & FRAME_OBJECT) {
        edge.text = "the frame object of the running frame";
        GIVE(record->frame);
    }
    edge.text = NULL;
    edge.kind = EDGE_LOCAL;
    for (int64_t i = 0; i < code->nlocalsplus; i++) {
        edge.index = i;
        edge.name = frame_slot_name(code, i);
        GIVE(record->fp[i]);
    }
    edge.kind = EDGE_STACK;
    edge.name = NULL;
    int64_t count = operand_count(record, &edge.doubtful);
    for (int64_t i = 0; i < count; i++) {
        edge.index = i;
        GIVE(record->fp[code->nlocalsplus + i]);
    }
#undef GIVE
    return 0;
}

int frames_walk(EdgeFn visit, void *context)
{
    const CallRecord *last = frames_user_record();
    for (const CallRecord *record = last == NULL ? NULL : first_record();
         record != NULL && record <= last; record++) {
        int stop = walk_record(record, visit, context);
        if (stop != 0)
            return stop;
    }
    return 0;
}

int frames_walk_own(EdgeFn visit, void *context)
{
    const VmThread *vm = vm_current();
    const CallRecord *last = frames_user_record();
    const CallRecord *record = last != NULL ? last + 1 : first_record();
    for (; record != NULL && record <= vm->record; record++) {
        int stop = walk_record(record, visit, context);
        if (stop != 0)
            return stop;
    }
    return 0;
}
