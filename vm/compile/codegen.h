#ifndef OURO_VM_COMPILE_CODEGEN_H
#define OURO_VM_COMPILE_CODEGEN_H

/*
 * The code generator's common ground: the Compiler and the functions that its files give one
 * another.
 *
 *     emit.c           instructions, names, constants, blocks, errors
 *     statement.c      statements
 *     control.c        loops, try, with, break, continue, return
 *     expression.c     expressions
 *     call.c           calls, f-strings, displays
 *     comprehension.c  comprehensions, await and yield
 *     function.c       def, lambda, class, modules
 *     pattern.c        match
 *
 * Failure is sticky: the first error is recorded, `failed` becomes true, and from then on nothing
 * is emitted; visitors return at once.  So the functions below return nothing.  `failed` goes with
 * a diagnostic or with a pending exception.
 *
 * The layout of the code, order of evaluation, and which constants and names appear in which order
 * follow CPython 3.11, so that co_consts, co_names and co_varnames are the same.
 */

#include <stdbool.h>
#include <stdint.h>

#include "grammar/diagnostics.h"
#include "grammar/symtable.h"
#include "vm/compile/compile.h"
#include "vm/compile/consts.h"
#include "vm/compile/unit.h"

typedef struct Compiler {
    Bump *bump;
    Diagnostic *diagnostic;
    const SymbolTable *table;
    ConstTable constants;
    ObjRef filename;  /* str */
    int optimize;     /* 0, 1, 2 */
    uint32_t futures; /* CODE_FUTURE_… for co_flags */
    bool interactive; /* compiled as one statement of a session */
    bool top_level_await;
    bool failed;
    bool parser_error; /* the error is one that CPython's parser finds: it shows the source line */
    Unit *unit;        /* the innermost one */
    const CompileTrace *trace; /* or NULL */
} Compiler;

/* More operands than this are collected one by one instead of all on the stack. */
enum { STACK_GUIDELINE = 30 };

/* ---- emit.c: instructions.  Their place in the source is unit->place. */
void emit_op(Compiler *c, Opcode op);
/* A NOP where the statement begins, for tracing; peephole takes it out when the line has another
 * instruction. */
void emit_line(Compiler *c);
void emit_arg(Compiler *c, Opcode op, int64_t arg);
void emit_flagged(Compiler *c, Opcode op, int64_t arg, unsigned flags);
int32_t emit_new_label(Compiler *c);
void emit_label(Compiler *c, int32_t label);
void emit_jump(Compiler *c, Opcode op, int32_t label);
/* A jump that belongs to no line of its own. */
void emit_jump_no_line(Compiler *c, int32_t label);
/* LOAD_CONST; takes over `constant`, NULL means that making it failed. */
void emit_const_steal(Compiler *c, Obj *constant);
void emit_none(Compiler *c);
void emit_int(Compiler *c, int64_t value);
void emit_text(Compiler *c, const char *utf8);
/* The index of a constant in the unit; -1 when failed. */
int32_t emit_add_const_steal(Compiler *c, Obj *constant);
/* An instruction that takes a name as it stands / a private name of the class around. */
void emit_name_arg(Compiler *c, Opcode op, const char *name);
void emit_mangled_arg(Compiler *c, Opcode op, const char *name);
/* Loads, stores or deletes a variable. */
void emit_variable(Compiler *c, const char *name, ExpressionContext context);
/* The name as a private name of the class around. */
const char *emit_mangle(Compiler *c, const char *name);
/* The SyntaxErrors for `__debug__` as a target. */
void emit_check_name(Compiler *c, const char *name, ExpressionContext context, Place place);

/* Starts the part covered by the handler at `label`; returns the handler outside for emit_uncover.
 */
int32_t emit_cover(Compiler *c, int32_t label, bool lasti, int32_t below);
void emit_uncover(Compiler *c, int32_t handler_outside);
/* SyntaxError "too many statically nested blocks" past UNIT_MAX_BLOCKS. */
void emit_push_block(Compiler *c, Block block);
void emit_pop_block(Compiler *c);
/* End of a handler that raises again what it got, with [previous, lasti, exception] on the stack.
 */
void emit_pop_except_and_reraise(Compiler *c);
/* The SEND loop over the iterator below the value on top. */
void emit_send_loop(Compiler *c);

void emit_error(Compiler *c, Place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* SyntaxWarning; an error when filters say so. */
void emit_warning(Compiler *c, Place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void emit_no_memory(Compiler *c);
/* Turns the pending ValueError about an int literal of too many digits into a SyntaxError. */
void emit_literal_error(Compiler *c, Place place);

/* ---- function.c */
/* Opens the unit of the scope of `node`; leave: its code object, NULL when failed. */
void function_enter_unit(Compiler *c, UnitKind kind, const Node *node, const char *name,
                         int32_t line);
Obj *function_leave_unit(Compiler *c, bool return_none);
/* Pushes the closure of `code` (taken over) and the code, and makes the function. */
void function_make_steal(Compiler *c, Obj *code, int64_t flags);
void function_visit_def(Compiler *c, const Node *node);
void function_visit_class(Compiler *c, const Node *node);
void function_visit_lambda(Compiler *c, const Node *node);
/* The code object of a whole tree; NULL when failed. */
Obj *function_compile_root(Compiler *c, const Node *root);
/* Leaves the value of an annotation, or its text under `from __future__ import annotations`. */
void function_visit_annotation(Compiler *c, const Node *annotation);

/* ---- statement.c */
void statement_visit(Compiler *c, const Node *node);
void statement_visit_list(Compiler *c, NodeList list);

/* ---- control.c */
void control_visit_if(Compiler *c, const Node *node);
void control_visit_while(Compiler *c, const Node *node);
void control_visit_for(Compiler *c, const Node *node);
void control_visit_async_for(Compiler *c, const Node *node);
void control_visit_try(Compiler *c, const Node *node);
void control_visit_try_star(Compiler *c, const Node *node);
void control_visit_with(Compiler *c, const Node *node);
void control_visit_return(Compiler *c, const Node *node);
void control_visit_break(Compiler *c, const Node *node);
void control_visit_continue(Compiler *c, const Node *node);

/* ---- expression.c */
void expression_visit(Compiler *c, const Node *node);
/* Jumps to `label` when the truth of `node` is `condition`, leaves nothing.  The jump is reported
 * at the place around, or at a comparison, which then stays the place (an assert is shown there).
 */
void expression_jump_if(Compiler *c, const Node *node, int32_t label, bool condition);
/* Stores what is on the stack in a target, or loads or deletes it, by the target's own context. */
void expression_visit_target(Compiler *c, const Node *node);
/* A literal, or a tuple, operator or subscript on such: what the peephole pass makes one constant,
 * most likely / certainly. */
bool expression_may_fold(const Node *node);
bool expression_folds(const Node *node);
/* The name of the type that the value of `node` has; NULL when unknown. */
const char *expression_known_type(const Node *node);
/* BinaryOp of runtime/core/object.h. */
int expression_binary_argument(BinaryOperator op);
/* An attribute on another line than the start of its object is reported where its name stands. */
void expression_move_to_attribute(Compiler *c, const Node *node);

/* ---- call.c */
void call_visit(Compiler *c, const Node *node);
/* Arguments and the CALL; `pushed` arguments lie on the stack already. */
void call_finish(Compiler *c, int64_t pushed, NodeList args, NodeList keywords);
void call_visit_display(Compiler *c, NodeList items, Opcode build);
void call_visit_dict(Compiler *c, const Node *node);
void call_visit_joined_str(Compiler *c, const Node *node);
void call_visit_formatted_value(Compiler *c, const Node *node);
/* "…" % (a, b) as an f-string would do it: false when the format is not that simple. */
bool call_visit_percent(Compiler *c, const Node *node);
/* A tuple of str, from names of the compilation; NULL when failed. */
Obj *call_names_tuple(Compiler *c, const char *const *items, int64_t count);

/* ---- comprehension.c */
void comprehension_visit(Compiler *c, const Node *node);
void comprehension_visit_yield(Compiler *c, const Node *node);
void comprehension_visit_yield_from(Compiler *c, const Node *node);
void comprehension_visit_await(Compiler *c, const Node *node);
/* YIELD_VALUE of the value on the stack. */
void comprehension_emit_yield(Compiler *c);

/* ---- pattern.c */
void pattern_visit_match(Compiler *c, const Node *node);

/* ---- unparse.c: an expression as text, as in ast.unparse's precedence rules; NULL when memory is
 * out */
const char *unparse_expression(Bump *bump, const Node *node);

#endif
