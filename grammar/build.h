#ifndef OURO_GRAMMAR_BUILD_H
#define OURO_GRAMMAR_BUILD_H

/*
 * What the grammar's actions call: each builder makes one node, or returns NULL after setting
 * parser->status.  PARSE_ERROR without a diagnostic means that the text is no Python for a reason
 * that LALR(1) could not see; explain.c then finds the words.
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "grammar/ast.h"
#include "grammar/diagnostics.h"
#include "grammar/parse.h"
#include "grammar/tokens.h"

/* A growing list.  Items are nodes, or tokens, parameters, pairs where the grammar says so. */
typedef struct Sequence {
    void **items;
    int64_t count;
    int64_t capacity;
} Sequence;

typedef enum ParameterKind {
    PARAMETER_PLAIN,
    PARAMETER_SLASH,
    PARAMETER_BARE_STAR,
    PARAMETER_STAR,
    PARAMETER_DOUBLE_STAR
} ParameterKind;

typedef struct Parameter {
    ParameterKind kind;
    Node *arg;           /* NULL for "/" and a bare "*" */
    Node *default_value; /* or NULL */
} Parameter;

/* `key: pattern`, `name=pattern`, `**name` or a lone pattern. */
typedef struct PatternPair {
    Node *key;
    const Token *name;
    Node *pattern;
} PatternPair;

/* Which targets a statement takes. */
typedef enum TargetKind {
    TARGET_STAR,   /* names, attributes, subscripts, and displays of them with starred parts */
    TARGET_SINGLE, /* no displays */
    TARGET_DELETE  /* no starred parts */
} TargetKind;

typedef struct Parser {
    Lexer *lexer;
    Bump *bump;
    NameTable *names;
    Diagnostic *diagnostic;
    ParseStatus status;
    ParseMode mode;
    bool is_fstring;
    int64_t position; /* index of the token being pushed */
    /* In an f-string: the tokens placed in the expression's own text, for errors; else NULL. */
    const Token *own_tokens;
    Node *root;
} Parser;

void *build_stack_alloc(size_t size);
void build_stack_free(void *block);
Place build_span(Place first, Place last);

/* Reports an error of a literal at the token being looked at, as CPython does.  Returns NULL. */
void *build_error_here(Parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same at token `index`, with a kind. */
void build_error_token(Parser *parser, DiagnosticKind kind, int64_t index, const char *format,
                       va_list arguments) __attribute__((format(printf, 4, 0)));
/* The same at a place. */
void *build_error_at(Parser *parser, Place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void *build_no_memory(Parser *parser);
/* New node with its place; NULL when memory is out. */
Node *build_node(Parser *parser, NodeKind kind, Place place);
/* Bounds the depth; call when all children are in. */
Node *build_seal(Parser *parser, Node *node);

/* Gives up without words; keeps a status that is set.  Returns NULL. */
void *build_refuse(Parser *parser);
/* The list as a node's field; NULL is the empty list.  Shares the items. */
NodeList build_nodes(const Sequence *list);
/* A NODE_ARGUMENTS of parameters, whose order it checks. */
Node *build_arguments(Parser *parser, const Sequence *parameters);
/* Splits call arguments into positional ones and keywords; 0 when their order is wrong. */
int build_split_arguments(Parser *parser, const Sequence *arguments, NodeList *positional,
                          NodeList *keywords);

Sequence *build_list(Parser *parser, void *item);
Sequence *build_append(Parser *parser, Sequence *list, void *item);
Sequence *build_concat(Parser *parser, Sequence *list, Sequence *more);

int build_module(Parser *parser, Sequence *body);
int build_interactive(Parser *parser, Sequence *body);
int build_expression_root(Parser *parser, Node *body);

Node *build_bare(Parser *parser, Place place, NodeKind kind);
Node *build_name_statement(Parser *parser, Place place, NodeKind kind, Sequence *tokens);
Node *build_expr(Parser *parser, Place place, Node *value);
Node *build_assign(Parser *parser, Place place, Sequence *targets, Node *value);
Node *build_augassign(Parser *parser, Place place, Place target_place, Node *target,
                      BinaryOperator op, Node *value);
Node *build_annassign(Parser *parser, Place place, Place target_place, Node *target,
                      Node *annotation, Node *value);
/* Checks that `node` can be a target and sets contexts.  Returns 0 if not. */
int build_target(Parser *parser, Place place, Node *node, ExpressionContext ctx, TargetKind kind);
Node *build_return(Parser *parser, Place place, Node *value);
Node *build_raise(Parser *parser, Place place, Node *exc, Node *cause);
Node *build_delete(Parser *parser, Place place, Sequence *targets);
Node *build_assert(Parser *parser, Place place, Node *test, Node *msg);
Node *build_import(Parser *parser, Place place, Sequence *names);
Node *build_import_from(Parser *parser, Place place, int level, Node *module, Sequence *names);
Node *build_alias(Parser *parser, Place place, const Token *name, const Token *asname);
Node *build_alias_star(Parser *parser, Place place);
Node *build_alias_dotted(Parser *parser, Place place, Node *name, const Token *asname);
/* `left` is a NODE_NAME that grows: "a" to "a.b". */
Node *build_dotted(Parser *parser, Place place, Node *left, const Token *name);

Node *build_if(Parser *parser, Place place, Node *test, Sequence *body, Sequence *orelse);
Node *build_while(Parser *parser, Place place, Node *test, Sequence *body, Sequence *orelse);
Node *build_for(Parser *parser, Place place, bool is_async, Place target_place, Node *target,
                Node *iter, Sequence *body, Sequence *orelse);
Node *build_try(Parser *parser, Place place, NodeKind kind, Sequence *body, Sequence *handlers,
                Sequence *orelse, Sequence *finalbody);
Node *build_handler(Parser *parser, Place place, Node *type, const Token *name, Sequence *body);
Node *build_with(Parser *parser, Place place, bool is_async, Sequence *items, Sequence *body);
Node *build_withitem(Parser *parser, Place place, Node *context, Place target_place, Node *target);
Node *build_function(Parser *parser, Place place, bool is_async, const Token *name,
                     Sequence *parameters, Node *returns, Sequence *body);
Node *build_class(Parser *parser, Place place, const Token *name, Sequence *arguments,
                  Sequence *body);
Node *build_decorate(Parser *parser, Node *definition, Sequence *decorators);
Parameter *build_parameter(Parser *parser, ParameterKind kind, Place place, const Token *name,
                           Node *annotation, Node *default_value);

Node *build_match(Parser *parser, Place place, Node *subject, Sequence *cases);
Node *build_match_case(Parser *parser, Node *pattern, Node *guard, Sequence *body);
Node *build_match_value(Parser *parser, Place place, Node *value);
Node *build_match_singleton(Parser *parser, Place place, ConstantKind constant);
Node *build_match_sequence(Parser *parser, Place place, Sequence *patterns);
Node *build_match_star(Parser *parser, Place place, const Token *name);
Node *build_match_as(Parser *parser, Place place, Node *pattern, const Token *name);
Node *build_match_or(Parser *parser, Place place, Sequence *patterns);
Node *build_match_capture(Parser *parser, Place place, const Token *name);
Node *build_match_mapping(Parser *parser, Place place, Sequence *pairs);
Node *build_match_class(Parser *parser, Place place, Node *cls, Sequence *pairs);
PatternPair *build_pattern_pair(Parser *parser, Place place, Node *key, const Token *name,
                                Node *pattern);
Node *build_complex(Parser *parser, Place place, Node *real, BinaryOperator op,
                    Place imaginary_place, const Token *imaginary);

Node *build_tuple(Parser *parser, Place place, Sequence *elements);
Node *build_elements(Parser *parser, Place place, NodeKind kind, Sequence *elements);
Node *build_starred(Parser *parser, Place place, Node *value);
Node *build_named(Parser *parser, Place place, Place name_place, const Token *name, Node *value);
Node *build_yield(Parser *parser, Place place, Node *value);
Node *build_yield_from(Parser *parser, Place place, Node *value);
Node *build_ifexp(Parser *parser, Place place, Node *test, Node *body, Node *orelse);
Node *build_lambda(Parser *parser, Place place, Sequence *parameters, Node *body);
Node *build_boolop(Parser *parser, Place place, BooleanOperator op, Sequence *values);
Node *build_unary(Parser *parser, Place place, UnaryOperator op, Node *operand);
Node *build_binary(Parser *parser, Place place, Node *left, BinaryOperator op, Node *right);
/* A chain of comparisons grows by build_compare_add until build_compare_finish places it. */
Node *build_compare(Parser *parser, Node *left);
int build_compare_add(Parser *parser, Node *chain, int op, Node *right);
Node *build_compare_finish(Parser *parser, Place place, Node *chain);
Node *build_await(Parser *parser, Place place, Node *value);
Node *build_attribute(Parser *parser, Place place, Node *value, const Token *name);
Node *build_call(Parser *parser, Place place, Node *func, Sequence *arguments);
Node *build_call_generator(Parser *parser, Place place, Node *func, Place generator_place,
                           Node *element, Sequence *clauses);
Node *build_keyword(Parser *parser, Place place, const Token *name, Node *value);
Node *build_subscript(Parser *parser, Place place, Node *value, Node *slice);
Node *build_slice(Parser *parser, Place place, Node *lower, Node *upper, Node *step);
Node *build_name(Parser *parser, Place place, const Token *name);
Node *build_constant(Parser *parser, Place place, ConstantKind constant);
Node *build_comprehension(Parser *parser, Place place, NodeKind kind, Node *element,
                          Sequence *clauses);
Node *build_dict_comprehension(Parser *parser, Place place, Node *key, Node *value,
                               Sequence *clauses);
Node *build_clause(Parser *parser, bool is_async, Place target_place, Node *target, Node *iter,
                   Sequence *conditions);
Node *build_dict(Parser *parser, Place place, Sequence *items);

/* literals.c */
Node *build_number(Parser *parser, Place place, const Token *token);
Node *build_strings(Parser *parser, Place place, Sequence *tokens);

#endif
