/*
 * Specialisation of opcodes from what they see.
 *
 * Attribute sites keep in their cache words (after the form and counter word):
 *     slot sites   shape (2 words), byte offset of the slot (1), low half of type_epoch (1)
 *     others       SiteCache * (2 words), 0 (1)
 * Guards: a shape says type and layout; type_epoch says that no class changed in a way that matters
 * (runtime/core/type_object.c), so values found in classes are borrowed.  Plain data of classes and
 * of modules is reached through cells, since replacing it moves nothing.  CALL sites keep a
 * MethodDef * or, for classes, a SiteCache.
 */

#include "vm/interp/specialize.h"

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/instance.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/core/type_build.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/method.h"
#include "runtime/types/module.h"
#include "runtime/types/property.h"
#include "runtime/types/range.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/calls.h"
#include "vm/interp/generator.h"
#include "vm/interp/operations.h"
#include "vm/interp/superinstructions.h"

bool specialize_off;

void specialize_missed(CodeWord *counter)
{
    int misses = counter->arg % SPECIALIZE_STEP + 1;
    if (misses >= SPECIALIZE_TRIES)
        counter->arg = SPECIALIZE_TRIES;
    else
        counter->arg = (int16_t)((16 << misses) * SPECIALIZE_STEP + misses);
}

/* ---- globals and names of modules */

static bool may_cache_globals(const FunctionObj *function)
{
    const CodeData *data = function->code->vm_data;
    return data != NULL && !specialize_off && !data->shared &&
           dict_check_exact(function->globals) && dict_check_exact(function->builtins);
}

/* The cell of a name in dict; NULL without an exception when there is none to be had. */
static DictCell *cell_of(ObjRef dict, ObjRef name)
{
    DictCell *cell = dict_cell(dict, name);
    if (cell == NULL)
        err_clear();
    return cell;
}

void specialize_load_global(FunctionObj *function, CodeWord *ip, int32_t arg)
{
    if (!may_cache_globals(function))
        return;
    CodeData *data = function->code->vm_data;
    ObjRef name = tuple_peek(function->code->names, arg);
    DictCell *cell = cell_of(function->globals, name);
    if (cell == NULL)
        return;
    if (cell->value != NULL) {
        cache_set_pointer(ip + 1, cell);
        ip->op = OP_LOAD_GLOBAL_MODULE;
    } else {
        DictCell *builtin = cell_of(function->builtins, name);
        if (builtin == NULL || builtin->value == NULL)
            return;
        SiteCache *site = code_data_site(function->code);
        if (site == NULL)
            return;
        site->cell = cell;
        site->builtin = builtin;
        cache_set_pointer(ip + 1, site);
        ip->op = OP_LOAD_GLOBAL_BUILTIN;
    }
    data->cached = true;
}

void specialize_store_global(FunctionObj *function, CodeWord *ip, int32_t arg)
{
    if (!may_cache_globals(function))
        return;
    DictCell *cell = cell_of(function->globals, tuple_peek(function->code->names, arg));
    if (cell == NULL || cell->value == NULL)
        return;
    cache_set_pointer(ip + 1, cell);
    ip->op = OP_STORE_GLOBAL_CELL;
    ((CodeData *)function->code->vm_data)->cached = true;
}

bool specialize_names(CallRecord *record, ObjRef namespace)
{
    FunctionObj *function = record_function(record);
    if (namespace != function->globals || !may_cache_globals(function))
        return false;
    CodeData *data = function->code->vm_data;
    if (data->name_cells == NULL) {
        int64_t count = tuple_length(function->code->names);
        data->name_cells = mem_alloc_zero((size_t)count * sizeof(NameCells));
        if (data->name_cells == NULL)
            return false;
        data->name_count = count;
    }
    function->name_cells = data->name_cells;
    return true;
}

void specialize_load_name(FunctionObj *function, CodeWord *ip, int32_t arg)
{
    CodeData *data = function->code->vm_data;
    if (data->shared) {
        function->name_cells = NULL;
        return;
    }
    NameCells *cells = &function->name_cells[arg];
    ObjRef name = tuple_peek(function->code->names, arg);
    if (!cells->seen) {
        cells->seen = true;
        return;
    }
    if (cells->global == NULL && (cells->global = cell_of(function->globals, name)) == NULL)
        return;
    data->cached = true;
    if (cells->global->value != NULL) {
        ip->op = OP_LOAD_NAME_MODULE;
        return;
    }
    if (cells->builtin == NULL && (cells->builtin = cell_of(function->builtins, name)) == NULL)
        return;
    if (cells->builtin->value != NULL)
        ip->op = OP_LOAD_NAME_BUILTIN;
}

void specialize_store_name(FunctionObj *function, CodeWord *ip, int32_t arg)
{
    CodeData *data = function->code->vm_data;
    if (data->shared) {
        function->name_cells = NULL;
        return;
    }
    NameCells *cells = &function->name_cells[arg];
    ObjRef name = tuple_peek(function->code->names, arg);
    if (!cells->seen) {
        cells->seen = true;
        return;
    }
    if (cells->global == NULL && (cells->global = cell_of(function->globals, name)) == NULL)
        return;
    data->cached = true;
    if (cells->global->value != NULL)
        ip->op = OP_STORE_NAME_MODULE;
}

/* ---- attribute sites */

/* The object comes from a LOAD_FAST directly before: that is overlaid as well. */
static void overlay_local(CodeWord *ip, int op)
{
    if ((ip[1].op & FORM_OPERANDS) == FORM_SL && code_plain_opcode(ip[-1].op) == OP_LOAD_FAST)
        ip[-1].op = (uint16_t)op;
}

/* The same for a STORE_ATTR, whose value may come from a LOAD_FAST as well. */
static void overlay_store(CodeWord *ip, int op, int op_both)
{
    unsigned operands = ip[1].op & FORM_OPERANDS;
    if (op_both >= 0 && operands == FORM_LL && code_plain_opcode(ip[-2].op) == OP_LOAD_FAST)
        ip[-2].op = (uint16_t)op_both;
    else if (operands != FORM_SS && (ip[1].op & FORM_RIGHT_ATTR) == 0 &&
             code_plain_opcode(ip[-1].op) == OP_LOAD_FAST)
        ip[-1].op = (uint16_t)op;
}

/* A site that has seen several shapes goes over to the table that all such sites share. */
static bool is_polymorphic(const CodeWord *ip)
{
    return ip[1].arg % SPECIALIZE_STEP >= 2;
}

/* The SiteCache in an attribute site's words, or NULL. */
static SiteCache *old_site(const CodeWord *ip)
{
    return cache_int(ip + 4) == 0 ? cache_pointer(ip + 2) : NULL;
}

/* A SiteCache for the site: the one it has, or a new one. */
static SiteCache *take_site(CodeObj *code, CodeWord *ip)
{
    SiteCache *site = old_site(ip);
    if (site == NULL) {
        site = code_data_site(code);
        if (site == NULL)
            return NULL;
        cache_set_pointer(ip + 2, site);
        cache_set_int(ip + 4, 0);
    }
    site->shape2 = NULL;
    return site;
}

static void set_slot(CodeWord *ip, const Shape *shape, int64_t offset)
{
    cache_set_pointer(ip + 2, shape);
    cache_set_int(ip + 4, (int32_t)offset);
    cache_set_int(ip + 5, (int32_t)(uint32_t)type_epoch);
}

static bool is_data_descriptor(ObjRef descriptor)
{
    return descriptor != NULL && obj_type(descriptor)->set != NULL;
}

/* The class along the MRO whose dict has the name, or NULL. */
static Type *class_with(const Type *type, ObjRef name)
{
    if (type->mro == NULL)
        return NULL;
    for (int64_t i = 0; i < tuple_length(type->mro); i++) {
        Type *base = (Type *)tuple_peek(type->mro, i);
        ObjRef dict = type_dict(base);
        if (dict != NULL && dict_find_str(dict_cast(dict), name) >= 0)
            return base;
    }
    return NULL;
}

/* Fills in where a value of a class is: a cell for data that may be replaced, else the value. */
static bool set_class_value(SiteCache *site, const Type *type, ObjRef name, ObjRef found)
{
    site->cell = NULL;
    site->value = found;
    if (obj_type(found)->get == NULL) {
        Type *owner = class_with(type, name);
        if (owner == NULL)
            return false;
        site->cell = cell_of(owner->dict, name);
        return site->cell != NULL;
    }
    return true;
}

static bool module_site(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name, uint16_t op)
{
    ObjRef own = type_lookup(&module_type, name);
    if (is_data_descriptor(own))
        return false;
    DictCell *cell = cell_of(module_dict(owner), name);
    if (cell == NULL || cell->value == NULL)
        return false;
    SiteCache *site = take_site(record_code(record), ip);
    if (site == NULL)
        return false;
    site->shape = owner->shape;
    site->value = owner;
    site->cell = cell;
    site->epoch = dict_cell_deaths;
    ip->op = op;
    return true;
}

/* Attribute of a class found in its MRO, which reading does not bind. */
static bool type_site(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name, uint16_t op)
{
    Type *type = (Type *)owner;
    if (obj_type(owner)->getattr != type_type.getattr ||
        is_data_descriptor(type_lookup(obj_type(owner), name)))
        return false;
    ObjRef found = type_lookup(type, name);
    if (found == NULL || (obj_type(found)->get != NULL && !function_check(found)))
        return false;
    SiteCache *site = take_site(record_code(record), ip);
    if (site == NULL || !set_class_value(site, type, name, found))
        return false;
    site->new_shape = (Shape *)(uintptr_t)owner;
    site->epoch = type_epoch;
    ip->op = op;
    return true;
}

/* The opcode for an attribute of a variable, by what follows. */
static int slot_opcode(const CodeWord *ip)
{
    return ip[1].op & FORM_STORE ? OP_LOAD_ATTR_SLOT_LT : OP_LOAD_ATTR_SLOT_L;
}

void specialize_load_attr(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name)
{
    Type *type = obj_type(owner);
    const Shape *shape = owner->shape;
    CodeObj *code = record_code(record);
    if (type == &module_type) {
        if (module_site(record, ip, owner, name, OP_LOAD_ATTR_MODULE))
            return;
        goto miss;
    }
    if (type->head.flags & TYPE_TYPE) {
        if (type_site(record, ip, owner, name, OP_LOAD_ATTR_OF_TYPE))
            return;
        goto miss;
    }
    if (type->getattr != object_getattr)
        goto miss;
    ObjRef descriptor = type_lookup(type, name);
    SiteCache *site;
    if (is_data_descriptor(descriptor)) {
        if (obj_type(descriptor) == &property_type) {
            ObjRef getter = property_cast(descriptor)->getter;
            if (getter == NULL || !function_check(getter) ||
                function_cast(getter)->simple_args != 1 || (ip->arg < 0))
                goto miss;
            site = take_site(code, ip);
            if (site == NULL)
                return;
            site->shape = shape;
            site->epoch = type_epoch;
            site->value = getter;
            ip->op = OP_LOAD_ATTR_PROPERTY;
            return;
        }
        if (obj_type(descriptor) == &member_descriptor_type &&
            member_descriptor_def(descriptor)->kind == MEMBER_OBJ_ATTR &&
            member_descriptor_def(descriptor)->offset > 0) {
            set_slot(ip, shape, member_descriptor_def(descriptor)->offset);
            ip->op = OP_LOAD_ATTR_SLOT;
            overlay_local(ip, slot_opcode(ip));
            return;
        }
        goto miss;
    }
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        if (shape->flags & SHAPE_DICT) {
            const DictObj *dict = inst_extra(owner)->overflow;
            int64_t position = dict == NULL ? -1 : dict_find_str(dict, name);
            if (position < 0 || position > INT32_MAX)
                goto miss;
            site = take_site(code, ip);
            if (site == NULL)
                return;
            site->shape = shape;
            site->epoch = type_epoch;
            site->position = (int32_t)position;
            ip->op = OP_LOAD_ATTR_DICT;
            return;
        }
        int32_t slot = shape_find((Shape *)(uintptr_t)shape, name);
        if (slot >= 0 && is_polymorphic(ip)) {
            ip->op = OP_LOAD_ATTR_SHARED;
            overlay_local(ip, OP_LOAD_ATTR_SHARED_L);
            return;
        }
        if (slot >= 0) {
            int32_t offset = cache_int(ip + 4);
            const Shape *before = offset != 0 ? cache_shape(ip + 2) : NULL;
            bool again = before != NULL && before != shape && cache_epoch_stands(ip + 5) &&
                         before->inline_capacity > 0;
            if (slot < shape->inline_capacity && !again && old_site(ip) == NULL) {
                set_slot(ip, shape, shape->inline_offset + slot * (int64_t)sizeof(Obj *));
                ip->op = OP_LOAD_ATTR_SLOT;
                overlay_local(ip, slot_opcode(ip));
                return;
            }
            site = old_site(ip);
            const Shape *second = NULL;
            int32_t second_slot = 0;
            if (again) {
                second = before;
                second_slot = (offset - before->inline_offset) / (int32_t)sizeof(Obj *);
            } else if (site != NULL && site->value == NULL && site->epoch == type_epoch) {
                second = site->shape;
                second_slot = site->slot;
            }
            site = take_site(code, ip);
            if (site == NULL)
                return;
            site->shape = shape;
            site->slot = slot;
            site->value = NULL;
            site->shape2 = second;
            site->slot2 = second_slot;
            site->epoch = type_epoch;
            ip->op = OP_LOAD_ATTR_SITE;
            overlay_local(ip, OP_LOAD_ATTR_SITE_L);
            return;
        }
    } else if (type->dict_offset != 0) {
        goto miss;
    }
    if (descriptor != NULL && obj_type(descriptor)->get == NULL) {
        site = take_site(code, ip);
        if (site == NULL || !set_class_value(site, type, name, descriptor))
            goto miss;
        site->shape = shape;
        site->epoch = type_epoch;
        ip->op = OP_LOAD_ATTR_CLASS;
        return;
    }
miss:
    specialize_missed(ip + 1);
}

void specialize_load_method(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name)
{
    Type *type = obj_type(owner);
    const Shape *shape = owner->shape;
    CodeObj *code = record_code(record);
    if (type == &module_type) {
        if (module_site(record, ip, owner, name, OP_LOAD_METHOD_MODULE))
            return;
        goto miss;
    }
    if (type->head.flags & TYPE_TYPE) {
        if (type_site(record, ip, owner, name, OP_LOAD_METHOD_OF_TYPE))
            return;
        goto miss;
    }
    if (type->getattr != object_getattr)
        goto miss;
    ObjRef method = type_lookup(type, name);
    if (method == NULL || !obj_has_flag(method, TYPE_METHOD_DESCRIPTOR) ||
        is_data_descriptor(method))
        goto miss;
    bool dict_mode = false;
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        dict_mode = (shape->flags & SHAPE_DICT) != 0;
        if (dict_mode ? inst_extra(owner)->overflow != NULL &&
                            dict_find_str(inst_extra(owner)->overflow, name) >= 0
                      : shape_find((Shape *)(uintptr_t)shape, name) >= 0)
            goto miss;
    } else if (type->dict_offset != 0) {
        goto miss;
    }
    if (!dict_mode && is_polymorphic(ip)) {
        ip->op = OP_LOAD_METHOD_SHARED;
        overlay_local(ip, OP_LOAD_METHOD_SHARED_L);
        return;
    }
    SiteCache *site = old_site(ip);
    const Shape *second = NULL;
    ObjRef second_method = NULL;
    if (!dict_mode && site != NULL && site->epoch == type_epoch && site->cell == NULL &&
        site->slot != -1) {
        second = site->shape;
        second_method = site->value;
    }
    site = take_site(code, ip);
    if (site == NULL)
        return;
    site->shape = shape;
    site->value = method;
    site->epoch = type_epoch;
    site->cell = NULL;
    site->slot = dict_mode ? -1 : 0;
    site->shape2 = second;
    site->new_shape = (Shape *)(uintptr_t)second_method;
    ip->op = dict_mode ? OP_LOAD_METHOD_DICT : OP_LOAD_METHOD_INSTANCE;
    if (!dict_mode)
        overlay_local(ip, OP_LOAD_METHOD_INSTANCE_L);
    return;
miss:
    specialize_missed(ip + 1);
}

void specialize_store_attr(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name)
{
    Type *type = obj_type(owner);
    const Shape *shape = owner->shape;
    if (type->setattr != object_setattr)
        goto miss;
    ObjRef descriptor = type_lookup(type, name);
    if (is_data_descriptor(descriptor)) {
        if (obj_type(descriptor) == &member_descriptor_type) {
            const MemberDef *def = member_descriptor_def(descriptor);
            if (def->kind == MEMBER_OBJ_ATTR && (def->flags & MEMBER_READONLY) == 0 &&
                def->offset > 0) {
                set_slot(ip, shape, def->offset);
                ip->op = OP_STORE_ATTR_SLOT;
                overlay_store(ip, OP_STORE_ATTR_SLOT_L, OP_STORE_ATTR_SLOT_LL);
                return;
            }
        }
        goto miss;
    }
    if ((type->head.flags & TYPE_INLINE_ATTRS) == 0 || (shape->flags & SHAPE_DICT))
        goto miss;
    int32_t slot = shape_find((Shape *)(uintptr_t)shape, name);
    if (slot >= 0) {
        if (slot >= shape->inline_capacity || is_polymorphic(ip)) {
            ip->op = OP_STORE_ATTR_SHARED;
            overlay_store(ip, OP_STORE_ATTR_SHARED_L, -1);
            return;
        }
        set_slot(ip, shape, shape->inline_offset + slot * (int64_t)sizeof(Obj *));
        ip->op = OP_STORE_ATTR_SLOT;
        overlay_store(ip, OP_STORE_ATTR_SLOT_L, OP_STORE_ATTR_SLOT_LL);
        return;
    }
    if (shape->slot_count >= shape->inline_capacity)
        goto miss;
    Shape *next = shape_add((Shape *)(uintptr_t)shape, name);
    if (next == NULL) {
        if (err_occurred() != NULL)
            err_clear();
        goto miss;
    }
    SiteCache *site = take_site(record_code(record), ip);
    if (site == NULL)
        return;
    site->shape = shape;
    site->new_shape = next;
    site->slot = shape->inline_offset + shape->slot_count * (int32_t)sizeof(Obj *);
    site->epoch = type_epoch;
    ip->op = OP_STORE_ATTR_ADD;
    overlay_store(ip, OP_STORE_ATTR_ADD_L, OP_STORE_ATTR_ADD_LL);
    return;
miss:
    specialize_missed(ip + 1);
}

/* ---- calls */

static bool is_builtin(const MethodDef *def, ObjRef callable, const char *name)
{
    ObjRef module = builtin_function_cast(callable)->module;
    return strcmp(def->name, name) == 0 && module != NULL && str_check(module) &&
           str_equal(module, names.builtins);
}

/* The site's plan for `function`, called with `positional` arguments and keywords; NULL: none. */
static SiteCache *plan_site(CallRecord *record, const FunctionObj *function, int64_t positional,
                            ObjRef kwnames)
{
    CallPlan plan;
    if (!calls_plan(&plan, function, positional, kwnames))
        return NULL;
    SiteCache *site = code_data_site(record_code(record));
    if (site == NULL)
        return NULL;
    site->plan = mem_alloc(sizeof(CallPlan));
    if (site->plan == NULL)
        return NULL;
    *site->plan = plan;
    return site;
}

/* A Python function: `positional` arguments, self included. */
static bool specialize_python_call(CallRecord *record, CodeWord *ip, const FunctionObj *function,
                                   int64_t positional, ObjRef kwnames, uint16_t simple)
{
    superinstructions_prepare(function->code);
    if (kwnames == NULL && function->simple_args == positional) {
        ip->op = simple;
        return true;
    }
    SiteCache *site = plan_site(record, function, positional, kwnames);
    if (site == NULL)
        return false;
    cache_set_pointer(ip + 2, site);
    ip->op = OP_CALL_PY_PLAN;
    return true;
}

static bool specialize_class_call(CallRecord *record, CodeWord *ip, ObjRef callable, int64_t nargs,
                                  ObjRef kwnames)
{
    Type *type = (Type *)(uintptr_t)callable;
    ObjRef init = operation_python_init(type);
    if (init == NULL) {
        if (kwnames != NULL)
            return false;
        if ((type->head.flags & (TYPE_HEAP | TYPE_ABSTRACT)) == TYPE_HEAP && nargs == 0 &&
            type->new == object_new && type->init == object_init) {
            SiteCache *site = code_data_site(record_code(record));
            if (site == NULL)
                return false;
            site->new_shape = (Shape *)(uintptr_t)callable;
            site->epoch = type_epoch;
            cache_set_pointer(ip + 2, site);
            ip->op = OP_CALL_CLASS_EMPTY;
            return true;
        }
        if ((type->head.flags & TYPE_HEAP) == 0 && type->new != NULL &&
            (type->init == NULL || type->init == object_init)) {
            cache_set_pointer(ip + 2, callable);
            ip->op = type == &bool_type && nargs == 1 ? OP_CALL_BOOL : OP_CALL_NEW;
            return true;
        }
        return false;
    }
    const FunctionObj *function = function_cast(init);
    superinstructions_prepare(function->code);
    bool simple = kwnames == NULL && function->simple_args == nargs + 1;
    SiteCache *site = simple ? code_data_site(record_code(record))
                             : plan_site(record, function, nargs + 1, kwnames);
    if (site == NULL)
        return false;
    site->value = init;
    site->new_shape = (Shape *)(uintptr_t)callable;
    site->epoch = type_epoch;
    cache_set_pointer(ip + 2, site);
    ip->op = simple ? OP_CALL_CLASS : OP_CALL_CLASS_PLAN;
    return true;
}

void specialize_call(CallRecord *record, CodeWord *ip, Obj *const *base, int32_t arg,
                     ObjRef kwnames)
{
    int64_t nargs = kwnames == NULL ? arg : arg - tuple_length(kwnames);
    ObjRef callable = base[0] != NULL ? base[0] : base[1];
    if (callable->shape == &function_type.root) {
        bool method = base[0] != NULL;
        if (specialize_python_call(record, ip, function_cast(callable), nargs + method, kwnames,
                                   method ? OP_CALL_PY_METHOD : OP_CALL_PY))
            return;
        goto miss;
    }
    if (base[0] == NULL && obj_type(callable) == &type_type && callable != &type_type.head.base) {
        if (specialize_class_call(record, ip, callable, nargs, kwnames))
            return;
        goto miss;
    }
    if (kwnames != NULL)
        goto miss;
    if (base[0] != NULL) {
        if (callable->shape == &method_descriptor_type.root) {
            const MethodDef *def = method_descriptor_def(callable);
            if (!builtin_function_accepts(def, arg, NULL))
                goto miss;
            cache_set_pointer(ip + 2, def);
            bool append = descriptor_cast(callable)->owner == &list_type && arg == 1 &&
                          strcmp(def->name, "append") == 0;
            ip->op = append ? OP_CALL_LIST_APPEND : OP_CALL_BUILTIN_METHOD;
            return;
        }
        goto miss;
    }
    if (method_check(callable) && function_check(method_cast(callable)->function)) {
        const FunctionObj *function = function_cast(method_cast(callable)->function);
        superinstructions_prepare(function->code);
        if (function->simple_args != nargs + 1)
            goto miss;
        ip->op = OP_CALL_BOUND_METHOD;
        return;
    }
    if (callable == &type_type.head.base && arg == 1) {
        ip->op = OP_CALL_TYPE_1;
        return;
    }
    if (callable->shape == &builtin_function_type.root) {
        const MethodDef *def = builtin_function_cast(callable)->def;
        if (!builtin_function_accepts(def, arg, NULL))
            goto miss;
        cache_set_pointer(ip + 2, def);
        ip->op = arg == 1 && is_builtin(def, callable, "len")          ? OP_CALL_LEN
                 : arg == 2 && is_builtin(def, callable, "isinstance") ? OP_CALL_ISINSTANCE
                                                                       : OP_CALL_BUILTIN;
        return;
    }
miss:
    specialize_missed(ip + 1);
}

/* ---- iteration */

/* A word of the code is an instruction `op`, as far as the words before tell: none of them a cache.
 */
static bool stores_behind(const CodeObj *code, const CodeWord *word)
{
    return word + 2 <= code->words + code->word_count &&
           code_plain_opcode(word[0].op) == OP_STORE_FAST &&
           code_plain_opcode(word[1].op) == OP_STORE_FAST;
}

void specialize_unpack_pair(const CodeObj *code, CodeWord *ip)
{
    if (!specialize_off)
        ip->op = stores_behind(code, ip + 1 + opcode_caches(OP_UNPACK_SEQUENCE))
                     ? OP_UNPACK_SEQUENCE_TWO_STORE
                     : OP_UNPACK_SEQUENCE_TWO_TUPLE;
}

/* UNPACK_SEQUENCE 2 and two STORE_FAST at this word. */
static bool unpacks_pair(const CodeObj *code, const CodeWord *word)
{
    return word < code->words + code->word_count && word->arg == 2 &&
           code_plain_opcode(word->op) == OP_UNPACK_SEQUENCE &&
           stores_behind(code, word + 1 + opcode_caches(OP_UNPACK_SEQUENCE));
}

void specialize_for_iter(CodeObj *code, CodeWord *ip, int32_t arg, ObjRef iterator)
{
    const Type *type = obj_type(iterator);
    bool stores = (ip[1].op & FORM_STORE) != 0;
    superinstructions_prepare(code);
    if (arg != ip->arg)
        specialize_missed(ip + 1); /* a prefix: `for_ends` wants the whole argument */
    else if (type == &range_iterator_type)
        ip->op = stores ? OP_FOR_ITER_RANGE_STORE
                 : code_plain_opcode(ip[1 + opcode_caches(OP_FOR_ITER)].op) == OP_STORE_NAME
                     ? OP_FOR_ITER_RANGE_NAME
                     : OP_FOR_ITER_RANGE;
    else if (type == &list_iterator_type)
        ip->op = stores ? OP_FOR_ITER_LIST_STORE : OP_FOR_ITER_LIST;
    else if (type == &tuple_iterator_type)
        ip->op = OP_FOR_ITER_TUPLE;
    else if (type == &generator_type)
        ip->op = ((const GeneratorObj *)iterator)->state <= GENERATOR_SUSPENDED
                     ? OP_FOR_ITER_GENERATOR
                     : OP_FOR_ITER;
    else if ((type->head.flags & TYPE_HEAP) == 0 && type->next != NULL)
        ip->op = stores ? OP_FOR_ITER_NATIVE_STORE
                 : unpacks_pair(code, ip + 1 + opcode_caches(OP_FOR_ITER))
                     ? OP_FOR_ITER_NATIVE_UNPACK
                     : OP_FOR_ITER_NATIVE;
    else
        specialize_missed(ip + 1);
}

/* ---- operators.  Opcodes of a family follow each other in the order of the forms. */

static bool is_fast_int(ObjRef o)
{
    return o->shape == &int_type.root || o->shape == &int_seen_shape;
}

static bool is_fast_float(ObjRef o)
{
    return o->shape == &float_type.root || o->shape == &float_seen_shape;
}

/* The operand can be taken as a float: it is one, or an int in the instruction's own word. */
static bool is_float_operand(ObjRef o, bool immediate)
{
    return is_fast_float(o) || (immediate && is_fast_int(o));
}

static bool right_is_immediate(unsigned operands)
{
    return operands == FORM_SI || operands == FORM_LI;
}

/* Writes a family's opcode over the group's first word. */
static void set_group(CodeWord *ip, unsigned form, int op)
{
    (ip - form_back(form))->op = (uint16_t)op;
}

/* Position of a form in its family, -1 when the family lacks it. */
static int form_index(unsigned operands)
{
    return operands <= FORM_LC ? (int)operands : -1;
}

static int item_form_index(unsigned operands)
{
    static const int8_t index[FORM_COUNT] = {
        [FORM_SS] = 0, [FORM_SL] = 1,  [FORM_SI] = 2,  [FORM_SC] = -1, [FORM_LL] = 3,
        [FORM_LI] = 4, [FORM_LC] = -1, [FORM_IL] = -1, [FORM_CL] = -1,
    };
    return index[operands];
}

void specialize_binary(CodeWord *ip, int32_t arg, ObjRef a, ObjRef b)
{
    static const int int_family[BINARY_OPS] = {
        [BINARY_ADD] = OP_INT_ADD_SS_P,
        [BINARY_SUBTRACT] = OP_INT_SUBTRACT_SS_P,
        [BINARY_MULTIPLY] = OP_INT_MULTIPLY_SS_P,
        [BINARY_REMAINDER] = OP_INT_REMAINDER_SS_P,
        [BINARY_FLOOR_DIVIDE] = OP_INT_FLOOR_DIVIDE_SS_P,
        [BINARY_AND] = OP_INT_AND_SS_P,
    };
    static const int float_family[BINARY_OPS] = {
        [BINARY_ADD] = OP_FLOAT_ADD_SS_P,
        [BINARY_SUBTRACT] = OP_FLOAT_SUBTRACT_SS_P,
        [BINARY_MULTIPLY] = OP_FLOAT_MULTIPLY_SS_P,
        [BINARY_TRUE_DIVIDE] = OP_FLOAT_TRUE_DIVIDE_SS_P,
    };
    unsigned form = ip[1].op;
    int operator= arg % BINARY_OPS, index = form_index(form & FORM_OPERANDS);
    if (index < 0) {
        /* not its operands in place: from the stack, and the result to the stack */
        form = FORM_SS;
        index = 0;
    }
    int variant = 2 * index + ((form & FORM_STORE) != 0);
    bool immediate = right_is_immediate(form & FORM_OPERANDS);
    if (is_fast_int(a) && is_fast_int(b)) {
        if (int_family[operator] != 0) {
            set_group(ip, form, int_family[operator] + variant);
            return;
        }
        if (operator== BINARY_OR || operator== BINARY_XOR || operator== BINARY_LSHIFT || operator==
            BINARY_RSHIFT) {
            ip->op = OP_BINARY_OP_INT;
            return;
        }
    } else if (float_family[operator] != 0 && is_fast_float(a) &&
               is_float_operand(b, immediate)) {
        set_group(ip, form, float_family[operator] + variant);
        return;
    }
    if (operator== BINARY_ADD && str_check_exact(a) && str_check_exact(b) &&
        (ip[1].op & FORM_STORE)) {
        ip->op = OP_BINARY_ADD_STR_STORE;
        return;
    }
    if (operator== BINARY_ADD && str_check_exact(a) && str_check_exact(b)) {
        int behind = code_plain_opcode(ip[1 + opcode_caches(OP_BINARY_OP)].op);
        if (behind == OP_STORE_NAME || behind == OP_STORE_GLOBAL || behind == OP_STORE_DEREF) {
            ip->op = OP_BINARY_ADD_STR_NAME;
            return;
        }
    }
    specialize_missed(ip + 1);
}

void specialize_compare(CodeWord *ip, int32_t arg, ObjRef a, ObjRef b)
{
    enum { PER_OPERATOR = OP_JUMP_INT_LE_SS - OP_JUMP_INT_LT_SS };
    unsigned form = ip[1].op;
    bool jumps = (form & (FORM_JUMP_FALSE | FORM_JUMP_TRUE)) != 0;
    int index = form_index(form & FORM_OPERANDS);
    if (index < 0) {
        form = FORM_SS;
        index = 0;
    }
    if (is_fast_int(a) && is_fast_int(b)) {
        if (jumps)
            set_group(ip, form, OP_JUMP_INT_LT_SS + arg * PER_OPERATOR + index);
        else
            ip->op = OP_COMPARE_INT;
        return;
    }
    if (is_fast_float(a) &&
        is_float_operand(b, jumps && right_is_immediate(form & FORM_OPERANDS))) {
        if (jumps)
            set_group(ip, form, OP_JUMP_FLOAT_SS + index);
        else
            ip->op = OP_COMPARE_FLOAT;
        return;
    }
    if ((arg == CMP_EQ || arg == CMP_NE) && str_check_exact(a) && str_check_exact(b)) {
        ip->op = OP_COMPARE_EQ_STR;
        return;
    }
    specialize_missed(ip + 1);
}

void specialize_subscr(CallRecord *record, CodeWord *ip, ObjRef container, ObjRef key)
{
    (void)record;
    Type *type = obj_type(container);
    unsigned form = ip[1].op;
    int operands = item_form_index(form & FORM_OPERANDS);
    if (operands < 0) {
        form = FORM_SS;
        operands = 0;
    }
    {
        if (container->shape == &list_type.root && is_fast_int(key)) {
            set_group(ip, form, OP_SUBSCR_LIST_SS + operands);
            return;
        }
        if (container->shape == &tuple_type.root && is_fast_int(key)) {
            set_group(ip, form, OP_SUBSCR_TUPLE_SS + operands);
            return;
        }
        if (container->shape == &dict_type.root) {
            set_group(ip, form, OP_SUBSCR_DICT_SS + operands);
            return;
        }
    }
    if (container->shape == &str_type.root && is_fast_int(key)) {
        ip->op = OP_BINARY_SUBSCR_STR_INT;
        return;
    }
    if (type->head.flags & TYPE_HEAP) {
        ObjRef getter = type_lookup(type, names.dunder_getitem);
        if (getter != NULL && function_check(getter) && function_cast(getter)->simple_args == 2) {
            ip->op = OP_BINARY_SUBSCR_PY;
            return;
        }
    }
    specialize_missed(ip + 1);
}

void specialize_store_subscr(CodeWord *ip, ObjRef container, ObjRef key)
{
    unsigned form = ip[1].op;
    int operands = item_form_index(form & FORM_OPERANDS);
    if (operands < 0) {
        form = FORM_SS;
        operands = 0;
    }
    {
        if (container->shape == &list_type.root && is_fast_int(key)) {
            set_group(ip, form, OP_STORE_LIST_SS + operands);
            return;
        }
        if (container->shape == &dict_type.root) {
            set_group(ip, form, OP_STORE_DICT_SS + operands);
            return;
        }
    }
    specialize_missed(ip + 1);
}

void specialize_init(void)
{
    static const uint16_t plain[] = {
#define SPECIALISED(NAME, PLAIN) OP_##PLAIN,
#include "vm/interp/specialised.def"
#undef SPECIALISED
    };
    code_set_overlay(plain, OP_COUNT_ALL - OP_COUNT);
}
