#ifndef OURO_VM_INTERP_OPERATIONS_H
#define OURO_VM_INTERP_OPERATIONS_H

/*
 * The long parts of opcodes.  Obj * results are new references or NULL with an exception; int
 * results 0/-1.
 */

#include "vm/interp/thread.h"

/* ---- names */
Obj *operation_load_build_class(const FunctionObj *function);
Obj *operation_load_name(const FunctionObj *function, ObjRef namespace, ObjRef name);
int operation_store_name(ObjRef namespace, ObjRef name, ObjRef value);
int operation_delete_name(ObjRef namespace, ObjRef name);
Obj *operation_load_global(const FunctionObj *function, ObjRef name);
int operation_delete_global(ObjRef globals, ObjRef name);
/* LOAD_CLASSDEREF: 1 and *out when the namespace has it, 0, -1. */
int operation_load_class_name(const CallRecord *record, int32_t slot, Obj **out);
/* Raise UnboundLocalError / NameError for an empty slot / an empty cell. */
void operation_unbound_local(const CodeObj *code, int32_t slot);
void operation_unbound_cell(const CodeObj *code, int32_t slot);

/* ---- attributes, items, displays */
/* 1: *out is an unbound method to call with the object first; 0: *out is the attribute; -1. */
int operation_load_method(ObjRef o, ObjRef name, Obj **out);
/* Unpacks `before` items and, unless after is -1, a list of the middle ones and `after` more;
 * stores the first item at end[-1], the second at end[-2] …  TypeError or ValueError leaves nothing
 * stored. */
int operation_unpack(ObjRef iterable, int32_t before, int32_t after, Obj **end);
Obj *operation_build_set(Obj *const *items, int32_t count);
Obj *operation_build_map(Obj *const *items, int32_t count);
Obj *operation_build_const_map(Obj *const *values, ObjRef keys);
Obj *operation_build_string(Obj *const *parts, int32_t count);
int operation_list_extend(ObjRef list, ObjRef iterable);
int operation_dict_update(ObjRef dict, ObjRef mapping);
Obj *operation_format(ObjRef value, ObjRef spec, int conversion);

/* ---- functions and calls */
/* MAKE_FUNCTION: takes over its operands, which end at sp, also on failure. */
Obj *operation_make_function(const FunctionObj *running, Obj **sp, int32_t parts);
/* The Python __init__ that a call of `type` runs on an ordinary instance; borrowed, or NULL when
 * the call needs type's own way. */
ObjRef operation_python_init(Type *type);
Obj *operation_new_instance(Type *type);
/* The tuple for *iterable of a call. */
Obj *operation_call_tuple(ObjRef callable, ObjRef iterable);
/* Pushes the items of tuple and the values of dict (or NULL), *kwnames their names (or NULL): the
 * new end of the stack, or NULL when there is no room or a key is no str. */
Obj **operation_spread(VmThread *vm, Obj **sp, ObjRef tuple, ObjRef dict, Obj **kwnames);

/* ---- statements */
int operation_setup_annotations(ObjRef namespace);
int operation_print_expression(ObjRef value);
Obj *operation_import_name(const CallRecord *record, ObjRef name, ObjRef fromlist, ObjRef level);
Obj *operation_import_from(ObjRef module, ObjRef name);
int operation_import_star(ObjRef module, ObjRef namespace);
/* __enter__ called, *exit_method the bound __exit__; of an async manager __aenter__'s awaitable. */
Obj *operation_enter(ObjRef manager, bool is_async, Obj **exit_method);
Obj *operation_exit(ObjRef exit_method, ObjRef exception);
Obj *operation_aiter(ObjRef iterable);
Obj *operation_anext(ObjRef iterator);
Obj *operation_match_keys(ObjRef subject, ObjRef keys);
Obj *operation_match_class(ObjRef subject, ObjRef type, int32_t positional, ObjRef keywords);

/* container[start:stop:step] of an exact list, tuple or str and plain ints; parts are start, stop
 * and perhaps step: 1 and *out, 0 when it takes a slice object, -1. */
int operation_get_slice(ObjRef container, const ObjRef *parts, int32_t count, Obj **out);
/* list[start:stop] = value: 1, 0 when it takes a slice object, -1. */
int operation_set_slice(ObjRef container, ObjRef start, ObjRef stop, ObjRef value);

#endif
