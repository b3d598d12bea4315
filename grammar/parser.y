/*
 * The grammar of Python 3.11 for Bison: a pure push parser without conflicts.
 *
 * Actions build AST nodes and nothing else (build.h); what LALR(1) cannot see is decided before,
 * on the tokens: soft keywords and the bracket of a parenthesised `with` (tokenize.c).  Where the
 * grammar is wider than Python (targets, parameters), the builders check and give up.  The
 * parser itself words no error: it stops at the first token that cannot follow, and explain.c
 * finds out why.
 *
 * NEWLINE, INDENT and DEDENT have the place where the token before them ends, so that @$ of a
 * statement ends with its last visible token.
 */

%define api.pure full
%define api.push-pull push
%define api.token.prefix {TOK_}
%define api.location.type {Place}
%define parse.error custom
%locations
%expect 0
%parse-param {Parser *parser}

%code requires {
#include "grammar/build.h"
}

%code {
/* The stack grows on the heap up to this many symbols; then the source is too complex.  (CPython
 * gives up after 6,000 levels of its own recursion.) */
#define YYMAXDEPTH 40000
#define YYINITDEPTH 256
#define YYMALLOC build_stack_alloc
#define YYFREE build_stack_free
#define YYSTACK_USE_ALLOCA 0

#define YYLLOC_DEFAULT(Current, Rhs, N)                                                            \
    do {                                                                                           \
        if (N) {                                                                                   \
            (Current).line = YYRHSLOC(Rhs, 1).line;                                                \
            (Current).column = YYRHSLOC(Rhs, 1).column;                                            \
        } else {                                                                                   \
            (Current).line = YYRHSLOC(Rhs, 0).end_line;                                            \
            (Current).column = YYRHSLOC(Rhs, 0).end_column;                                        \
        }                                                                                          \
        (Current).end_line = YYRHSLOC(Rhs, N).end_line;                                            \
        (Current).end_column = YYRHSLOC(Rhs, N).end_column;                                        \
    } while (0)

/* Runs a builder; NULL means that the parse is over (parser->status says why). */
#define BUILD(target, call)                                                                        \
    do {                                                                                           \
        (target) = (call);                                                                         \
        if ((target) == NULL)                                                                      \
            YYABORT;                                                                               \
    } while (0)
#define CHECK(call)                                                                                \
    do {                                                                                           \
        if (!(call))                                                                               \
            YYABORT;                                                                               \
    } while (0)

static void yyerror(const Place *place, Parser *parser, const char *message);
}

%union {
    Node *node;
    Sequence *list;
    const Token *token;
    Parameter *parameter;
    PatternPair *pair;
    int number;
}

/* The first token says what is being parsed. */
%token START_FILE START_EVAL START_SINGLE START_FSTRING
%token END 0 "end of file"
%token NEWLINE INDENT DEDENT
%token <token> NAME NUMBER STRING
%token AND "and" AS "as" ASSERT "assert" ASYNC "async" AWAIT "await" BREAK "break" CLASS "class"
       CONTINUE "continue" DEF "def" DEL "del" ELIF "elif" ELSE "else" EXCEPT "except"
       FALSE "False" FINALLY "finally" FOR "for" FROM "from" GLOBAL "global" IF "if"
       IMPORT "import" IN "in" IS "is" LAMBDA "lambda" NONE "None" NONLOCAL "nonlocal" NOT "not"
       OR "or" PASS "pass" RAISE "raise" RETURN "return" TRUE "True" TRY "try" WHILE "while"
       WITH "with" YIELD "yield"
/* Retagged by tokenize.c: NAME where it begins a match statement or a case, "(" of a with. */
%token MATCH "match" CASE "case" WITH_LPAR
%token LPAR "(" RPAR ")" LSQB "[" RSQB "]" LBRACE "{" RBRACE "}"
%token COLON ":" COMMA "," SEMI ";" DOT "." ELLIPSIS "..." AT "@" RARROW "->" EQUAL "="
       COLONEQUAL ":="
%token PLUS "+" MINUS "-" STAR "*" SLASH "/" DOUBLESLASH "//" PERCENT "%" DOUBLESTAR "**"
       VBAR "|" AMPER "&" CIRCUMFLEX "^" TILDE "~" LEFTSHIFT "<<" RIGHTSHIFT ">>"
%token EQEQUAL "==" NOTEQUAL "!=" LESS "<" LESSEQUAL "<=" GREATER ">" GREATEREQUAL ">="
%token PLUSEQUAL "+=" MINEQUAL "-=" STAREQUAL "*=" SLASHEQUAL "/=" DOUBLESLASHEQUAL "//="
       PERCENTEQUAL "%=" ATEQUAL "@=" AMPEREQUAL "&=" VBAREQUAL "|=" CIRCUMFLEXEQUAL "^="
       LEFTSHIFTEQUAL "<<=" RIGHTSHIFTEQUAL ">>=" DOUBLESTAREQUAL "**="
/* Never part of a program: "<>", a character without meaning, and the token of a lexer error. */
%token LESSGREATER "<>" STRAY ERROR

%type <list> statements statement simple_statements simple_list block else_block opt_finally
%type <list> if_rest decorators
%type <node> simple_statement compound_statement expression_statement return_statement
             raise_statement del_statement assert_statement import_statement
%type <node> if_statement while_statement for_statement try_statement with_statement
             definition function_definition class_definition match_statement
%type <list> target_list except_clauses star_except_clauses with_items with_items_comma
             case_blocks
%type <node> except_clause star_except_clause with_item with_parenthesised_item case_block
             opt_guard subject with_target
%type <number> augmented_operator dots opt_dots
%type <list> import_names from_names dotted_import_list name_list
%type <node> import_name from_name dotted_name
%type <node> opt_return_annotation
%type <list> parameters parameter_items lambda_parameters lambda_parameter_items
%type <parameter> parameter lambda_parameter
%type <node> star_expressions star_expression expressions expression named_expression
             star_named_expression yield_expression assigned_value disjunction conjunction
             inversion comparison bitwise_or bitwise_xor bitwise_and shift sum term factor power
             await_primary primary atom group lambda slices slice slice_item opt_expression
             comparison_chain plain_target_item targets
%type <list> star_items star_named_items expression_items slice_items or_list and_list
             target_items strings
%type <list> arguments argument_items opt_arguments
%type <node> argument dict_display
%type <list> dict_items
%type <list> comprehension_clauses conditions
%type <node> comprehension_clause
%type <number> comparison_operator
%type <node> patterns pattern as_pattern or_pattern closed_pattern literal_pattern
             signed_number complex_number name_or_attribute attribute_pattern star_pattern
             maybe_star_pattern class_pattern mapping_pattern literal_key
%type <list> or_patterns pattern_items mapping_items class_pattern_items
%type <pair> mapping_item class_pattern_item

%%

start:
    START_FILE                              { CHECK(build_module(parser, NULL)); }
  | START_FILE statements                   { CHECK(build_module(parser, $2)); }
  | START_EVAL expressions newlines         { CHECK(build_expression_root(parser, $2)); }
  | START_SINGLE NEWLINE                    { CHECK(build_interactive(parser, NULL)); }
  | START_SINGLE simple_statements          { CHECK(build_interactive(parser, $2)); }
  | START_SINGLE compound_statement NEWLINE
        { Sequence *list; BUILD(list, build_list(parser, $2));
          CHECK(build_interactive(parser, list)); }
  | START_FSTRING star_expressions          { CHECK(build_expression_root(parser, $2)); }
  ;

newlines: %empty | newlines NEWLINE ;

statements:
    statement
  | statements statement                    { BUILD($$, build_concat(parser, $1, $2)); }
  ;

statement:
    compound_statement                      { BUILD($$, build_list(parser, $1)); }
  | simple_statements
  ;

simple_statements:
    simple_list NEWLINE
  | simple_list ";" NEWLINE
  ;

simple_list:
    simple_statement                        { BUILD($$, build_list(parser, $1)); }
  | simple_list ";" simple_statement        { BUILD($$, build_append(parser, $1, $3)); }
  ;

simple_statement:
    expression_statement
  | return_statement
  | import_statement
  | raise_statement
  | del_statement
  | assert_statement
  | "pass"                                  { BUILD($$, build_bare(parser, @$, NODE_PASS)); }
  | "break"                                 { BUILD($$, build_bare(parser, @$, NODE_BREAK)); }
  | "continue"                              { BUILD($$, build_bare(parser, @$, NODE_CONTINUE)); }
  | "global" name_list
        { BUILD($$, build_name_statement(parser, @$, NODE_GLOBAL, $2)); }
  | "nonlocal" name_list
        { BUILD($$, build_name_statement(parser, @$, NODE_NONLOCAL, $2)); }
  ;

compound_statement:
    if_statement | while_statement | for_statement | try_statement | with_statement
  | definition | match_statement
  ;

block:
    NEWLINE INDENT statements DEDENT        { $$ = $3; }
  | simple_statements
  ;

/* --- Simple statements --- */

expression_statement:
    star_expressions                        { BUILD($$, build_expr(parser, @$, $1)); }
  | yield_expression                        { BUILD($$, build_expr(parser, @$, $1)); }
  | target_list assigned_value              { BUILD($$, build_assign(parser, @$, $1, $2)); }
  | star_expressions augmented_operator assigned_value
        { BUILD($$, build_augassign(parser, @$, @1, $1, (BinaryOperator)$2, $3)); }
  | star_expressions ":" expression
        { BUILD($$, build_annassign(parser, @$, @1, $1, $3, NULL)); }
  | star_expressions ":" expression "=" assigned_value
        { BUILD($$, build_annassign(parser, @$, @1, $1, $3, $5)); }
  ;

target_list:
    star_expressions "="
        { CHECK(build_target(parser, @1, $1, CONTEXT_STORE, TARGET_STAR));
          BUILD($$, build_list(parser, $1)); }
  | target_list star_expressions "="
        { CHECK(build_target(parser, @2, $2, CONTEXT_STORE, TARGET_STAR));
          BUILD($$, build_append(parser, $1, $2)); }
  ;

assigned_value: star_expressions | yield_expression ;

augmented_operator:
    "+="   { $$ = OPERATOR_ADD; }
  | "-="   { $$ = OPERATOR_SUB; }
  | "*="   { $$ = OPERATOR_MULT; }
  | "@="   { $$ = OPERATOR_MATMULT; }
  | "/="   { $$ = OPERATOR_DIV; }
  | "%="   { $$ = OPERATOR_MOD; }
  | "&="   { $$ = OPERATOR_BITAND; }
  | "|="   { $$ = OPERATOR_BITOR; }
  | "^="   { $$ = OPERATOR_BITXOR; }
  | "<<="  { $$ = OPERATOR_LSHIFT; }
  | ">>="  { $$ = OPERATOR_RSHIFT; }
  | "**="  { $$ = OPERATOR_POW; }
  | "//="  { $$ = OPERATOR_FLOORDIV; }
  ;

return_statement:
    "return"                                { BUILD($$, build_return(parser, @$, NULL)); }
  | "return" star_expressions               { BUILD($$, build_return(parser, @$, $2)); }
  ;

raise_statement:
    "raise"                                 { BUILD($$, build_raise(parser, @$, NULL, NULL)); }
  | "raise" expression                      { BUILD($$, build_raise(parser, @$, $2, NULL)); }
  | "raise" expression "from" expression    { BUILD($$, build_raise(parser, @$, $2, $4)); }
  ;

del_statement:
    "del" plain_target_item
        { Sequence *list; BUILD(list, build_list(parser, $2));
          BUILD($$, build_delete(parser, @$, list)); }
  | "del" target_items                      { BUILD($$, build_delete(parser, @$, $2)); }
  | "del" target_items plain_target_item
        { CHECK(build_append(parser, $2, $3)); BUILD($$, build_delete(parser, @$, $2)); }
  ;

assert_statement:
    "assert" expression                     { BUILD($$, build_assert(parser, @$, $2, NULL)); }
  | "assert" expression "," expression      { BUILD($$, build_assert(parser, @$, $2, $4)); }
  ;

name_list:
    NAME                                    { BUILD($$, build_list(parser, (void *)$1)); }
  | name_list "," NAME                      { BUILD($$, build_append(parser, $1, (void *)$3)); }
  ;

import_statement:
    "import" dotted_import_list             { BUILD($$, build_import(parser, @$, $2)); }
  | "from" opt_dots dotted_name "import" import_names
        { BUILD($$, build_import_from(parser, @$, $2, $3, $5)); }
  | "from" dots "import" import_names
        { BUILD($$, build_import_from(parser, @$, $2, NULL, $4)); }
  ;

opt_dots: %empty { $$ = 0; } | dots ;

dots:
    "."                                     { $$ = 1; }
  | "..."                                   { $$ = 3; }
  | dots "."                                { $$ = $1 + 1; }
  | dots "..."                              { $$ = $1 + 3; }
  ;

import_names:
    "*"
        { Node *star; BUILD(star, build_alias_star(parser, @$));
          BUILD($$, build_list(parser, star)); }
  | from_names
  | "(" from_names ")"                      { $$ = $2; }
  | "(" from_names "," ")"                  { $$ = $2; }
  ;

from_names:
    from_name                               { BUILD($$, build_list(parser, $1)); }
  | from_names "," from_name                { BUILD($$, build_append(parser, $1, $3)); }
  ;

from_name:
    NAME                                    { BUILD($$, build_alias(parser, @$, $1, NULL)); }
  | NAME "as" NAME                          { BUILD($$, build_alias(parser, @$, $1, $3)); }
  ;

dotted_import_list:
    import_name                             { BUILD($$, build_list(parser, $1)); }
  | dotted_import_list "," import_name      { BUILD($$, build_append(parser, $1, $3)); }
  ;

import_name:
    dotted_name                             { BUILD($$, build_alias_dotted(parser, @$, $1, NULL)); }
  | dotted_name "as" NAME                   { BUILD($$, build_alias_dotted(parser, @$, $1, $3)); }
  ;

dotted_name:
    NAME                                    { BUILD($$, build_name(parser, @$, $1)); }
  | dotted_name "." NAME                    { BUILD($$, build_dotted(parser, @$, $1, $3)); }
  ;

/* --- Compound statements --- */

if_statement:
    "if" named_expression ":" block if_rest { BUILD($$, build_if(parser, @$, $2, $4, $5)); }
  ;

if_rest:
    else_block
  | "elif" named_expression ":" block if_rest
        { Node *node; BUILD(node, build_if(parser, @$, $2, $4, $5));
          BUILD($$, build_list(parser, node)); }
  ;

else_block:
    %empty                                  { $$ = NULL; }
  | "else" ":" block                        { $$ = $3; }
  ;

while_statement:
    "while" named_expression ":" block else_block
        { BUILD($$, build_while(parser, @$, $2, $4, $5)); }
  ;

for_statement:
    "for" targets "in" star_expressions ":" block else_block
        { BUILD($$, build_for(parser, @$, false, @2, $2, $4, $6, $7)); }
  | "async" "for" targets "in" star_expressions ":" block else_block
        { BUILD($$, build_for(parser, @$, true, @3, $3, $5, $7, $8)); }
  ;

targets:
    plain_target_item
  | target_items                            { BUILD($$, build_tuple(parser, @$, $1)); }
  | target_items plain_target_item
        { CHECK(build_append(parser, $1, $2)); BUILD($$, build_tuple(parser, @$, $1)); }
  ;

target_items:
    plain_target_item ","                   { BUILD($$, build_list(parser, $1)); }
  | target_items plain_target_item ","      { BUILD($$, build_append(parser, $1, $2)); }
  ;

plain_target_item:
    bitwise_or
  | "*" bitwise_or                          { BUILD($$, build_starred(parser, @$, $2)); }
  ;

try_statement:
    "try" ":" block "finally" ":" block
        { BUILD($$, build_try(parser, @$, NODE_TRY, $3, NULL, NULL, $6)); }
  | "try" ":" block except_clauses else_block opt_finally
        { BUILD($$, build_try(parser, @$, NODE_TRY, $3, $4, $5, $6)); }
  | "try" ":" block star_except_clauses else_block opt_finally
        { BUILD($$, build_try(parser, @$, NODE_TRYSTAR, $3, $4, $5, $6)); }
  ;

opt_finally:
    %empty                                  { $$ = NULL; }
  | "finally" ":" block                     { $$ = $3; }
  ;

except_clauses:
    except_clause                           { BUILD($$, build_list(parser, $1)); }
  | except_clauses except_clause            { BUILD($$, build_append(parser, $1, $2)); }
  ;

except_clause:
    "except" ":" block                      { BUILD($$, build_handler(parser, @$, NULL, NULL, $3)); }
  | "except" expression ":" block           { BUILD($$, build_handler(parser, @$, $2, NULL, $4)); }
  | "except" expression "as" NAME ":" block { BUILD($$, build_handler(parser, @$, $2, $4, $6)); }
  ;

star_except_clauses:
    star_except_clause                      { BUILD($$, build_list(parser, $1)); }
  | star_except_clauses star_except_clause  { BUILD($$, build_append(parser, $1, $2)); }
  ;

star_except_clause:
    "except" "*" expression ":" block       { BUILD($$, build_handler(parser, @$, $3, NULL, $5)); }
  | "except" "*" expression "as" NAME ":" block
        { BUILD($$, build_handler(parser, @$, $3, $5, $7)); }
  ;

with_statement:
    "with" with_items ":" block             { BUILD($$, build_with(parser, @$, false, $2, $4)); }
  | "async" "with" with_items ":" block     { BUILD($$, build_with(parser, @$, true, $3, $5)); }
  ;

with_items:
    WITH_LPAR with_items_comma ")"          { $$ = $2; }
  | WITH_LPAR with_items_comma "," ")"      { $$ = $2; }
  | with_item                               { BUILD($$, build_list(parser, $1)); }
  | with_items "," with_item                { BUILD($$, build_append(parser, $1, $3)); }
  ;

with_items_comma:
    with_parenthesised_item                 { BUILD($$, build_list(parser, $1)); }
  | with_items_comma "," with_parenthesised_item { BUILD($$, build_append(parser, $1, $3)); }
  ;

with_parenthesised_item: with_item ;

with_item:
    expression                              { BUILD($$, build_withitem(parser, @$, $1, @$, NULL)); }
  | expression "as" with_target             { BUILD($$, build_withitem(parser, @$, $1, @3, $3)); }
  ;

with_target:
    primary
  | "*" primary                             { BUILD($$, build_starred(parser, @$, $2)); }
  ;

definition:
    function_definition
  | class_definition
  | decorators function_definition          { BUILD($$, build_decorate(parser, $2, $1)); }
  | decorators class_definition             { BUILD($$, build_decorate(parser, $2, $1)); }
  ;

decorators:
    "@" named_expression NEWLINE            { BUILD($$, build_list(parser, $2)); }
  | decorators "@" named_expression NEWLINE { BUILD($$, build_append(parser, $1, $3)); }
  ;

function_definition:
    "def" NAME "(" parameters ")" opt_return_annotation ":" block
        { BUILD($$, build_function(parser, @$, false, $2, $4, $6, $8)); }
  | "async" "def" NAME "(" parameters ")" opt_return_annotation ":" block
        { BUILD($$, build_function(parser, @$, true, $3, $5, $7, $9)); }
  ;

opt_return_annotation:
    %empty                                  { $$ = NULL; }
  | "->" expression                         { $$ = $2; }
  ;

class_definition:
    "class" NAME opt_arguments ":" block    { BUILD($$, build_class(parser, @$, $2, $3, $5)); }
  ;

opt_arguments:
    %empty                                  { $$ = NULL; }
  | "(" arguments ")"                       { $$ = $2; }
  ;

parameters:
    %empty                                  { $$ = NULL; }
  | parameter_items
  | parameter_items ","
  ;

parameter_items:
    parameter                               { BUILD($$, build_list(parser, $1)); }
  | parameter_items "," parameter           { BUILD($$, build_append(parser, $1, $3)); }
  ;

parameter:
    NAME                                    { BUILD($$, build_parameter(parser, PARAMETER_PLAIN, @1, $1, NULL, NULL)); }
  | NAME ":" expression                     { BUILD($$, build_parameter(parser, PARAMETER_PLAIN, @$, $1, $3, NULL)); }
  | NAME "=" expression                     { BUILD($$, build_parameter(parser, PARAMETER_PLAIN, @1, $1, NULL, $3)); }
  | NAME ":" expression "=" expression
        { BUILD($$, build_parameter(parser, PARAMETER_PLAIN, build_span(@1, @3), $1, $3, $5)); }
  | "/"                                     { BUILD($$, build_parameter(parser, PARAMETER_SLASH, @$, NULL, NULL, NULL)); }
  | "*"                                     { BUILD($$, build_parameter(parser, PARAMETER_BARE_STAR, @$, NULL, NULL, NULL)); }
  | "*" NAME                                { BUILD($$, build_parameter(parser, PARAMETER_STAR, @2, $2, NULL, NULL)); }
  | "*" NAME ":" star_expression
        { BUILD($$, build_parameter(parser, PARAMETER_STAR, build_span(@2, @4), $2, $4, NULL)); }
  | "**" NAME                               { BUILD($$, build_parameter(parser, PARAMETER_DOUBLE_STAR, @2, $2, NULL, NULL)); }
  | "**" NAME ":" expression
        { BUILD($$, build_parameter(parser, PARAMETER_DOUBLE_STAR, build_span(@2, @4), $2, $4, NULL)); }
  ;

lambda_parameters:
    %empty                                  { $$ = NULL; }
  | lambda_parameter_items
  | lambda_parameter_items ","
  ;

lambda_parameter_items:
    lambda_parameter                        { BUILD($$, build_list(parser, $1)); }
  | lambda_parameter_items "," lambda_parameter { BUILD($$, build_append(parser, $1, $3)); }
  ;

lambda_parameter:
    NAME                                    { BUILD($$, build_parameter(parser, PARAMETER_PLAIN, @1, $1, NULL, NULL)); }
  | NAME "=" expression                     { BUILD($$, build_parameter(parser, PARAMETER_PLAIN, @1, $1, NULL, $3)); }
  | "/"                                     { BUILD($$, build_parameter(parser, PARAMETER_SLASH, @$, NULL, NULL, NULL)); }
  | "*"                                     { BUILD($$, build_parameter(parser, PARAMETER_BARE_STAR, @$, NULL, NULL, NULL)); }
  | "*" NAME                                { BUILD($$, build_parameter(parser, PARAMETER_STAR, @2, $2, NULL, NULL)); }
  | "**" NAME                               { BUILD($$, build_parameter(parser, PARAMETER_DOUBLE_STAR, @2, $2, NULL, NULL)); }
  ;

/* --- match (PEP 634) --- */

match_statement:
    "match" subject ":" NEWLINE INDENT case_blocks DEDENT
        { BUILD($$, build_match(parser, @$, $2, $6)); }
  ;

subject:
    named_expression
  | star_named_items                        { BUILD($$, build_tuple(parser, @$, $1)); }
  | star_named_items star_named_expression
        { CHECK(build_append(parser, $1, $2)); BUILD($$, build_tuple(parser, @$, $1)); }
  ;

case_blocks:
    case_block                              { BUILD($$, build_list(parser, $1)); }
  | case_blocks case_block                  { BUILD($$, build_append(parser, $1, $2)); }
  ;

case_block:
    "case" patterns opt_guard ":" block     { BUILD($$, build_match_case(parser, $2, $3, $5)); }
  ;

opt_guard:
    %empty                                  { $$ = NULL; }
  | "if" named_expression                   { $$ = $2; }
  ;

patterns:
    pattern
  | pattern_items                           { BUILD($$, build_match_sequence(parser, @$, $1)); }
  | pattern_items maybe_star_pattern
        { CHECK(build_append(parser, $1, $2)); BUILD($$, build_match_sequence(parser, @$, $1)); }
  ;

pattern_items:
    maybe_star_pattern ","                  { BUILD($$, build_list(parser, $1)); }
  | pattern_items maybe_star_pattern ","    { BUILD($$, build_append(parser, $1, $2)); }
  ;

maybe_star_pattern: pattern | star_pattern ;

star_pattern:
    "*" NAME                                { BUILD($$, build_match_star(parser, @$, $2)); }
  ;

pattern: as_pattern | or_pattern ;

as_pattern:
    or_pattern "as" NAME                    { BUILD($$, build_match_as(parser, @$, $1, $3)); }
  ;

or_pattern:
    closed_pattern
  | or_patterns                             { BUILD($$, build_match_or(parser, @$, $1)); }
  ;

or_patterns:
    closed_pattern "|" closed_pattern
        { BUILD($$, build_list(parser, $1)); CHECK(build_append(parser, $$, $3)); }
  | or_patterns "|" closed_pattern          { BUILD($$, build_append(parser, $1, $3)); }
  ;

closed_pattern:
    literal_pattern
  | NAME                                    { BUILD($$, build_match_capture(parser, @$, $1)); }
  | attribute_pattern                       { BUILD($$, build_match_value(parser, @$, $1)); }
  | "(" pattern ")"                         { $$ = $2; }
  | "(" ")"                                 { BUILD($$, build_match_sequence(parser, @$, NULL)); }
  | "(" pattern_items ")"                   { BUILD($$, build_match_sequence(parser, @$, $2)); }
  | "(" pattern_items maybe_star_pattern ")"
        { CHECK(build_append(parser, $2, $3)); BUILD($$, build_match_sequence(parser, @$, $2)); }
  | "[" "]"                                 { BUILD($$, build_match_sequence(parser, @$, NULL)); }
  | "[" maybe_star_pattern "]"
        { Sequence *list; BUILD(list, build_list(parser, $2));
          BUILD($$, build_match_sequence(parser, @$, list)); }
  | "[" pattern_items "]"                   { BUILD($$, build_match_sequence(parser, @$, $2)); }
  | "[" pattern_items maybe_star_pattern "]"
        { CHECK(build_append(parser, $2, $3)); BUILD($$, build_match_sequence(parser, @$, $2)); }
  | mapping_pattern
  | class_pattern
  ;

literal_pattern:
    signed_number                           { BUILD($$, build_match_value(parser, @$, $1)); }
  | complex_number                          { BUILD($$, build_match_value(parser, @$, $1)); }
  | strings
        { Node *value; BUILD(value, build_strings(parser, @$, $1));
          BUILD($$, build_match_value(parser, @$, value)); }
  | "None"                                  { BUILD($$, build_match_singleton(parser, @$, CONSTANT_NONE)); }
  | "True"                                  { BUILD($$, build_match_singleton(parser, @$, CONSTANT_TRUE)); }
  | "False"                                 { BUILD($$, build_match_singleton(parser, @$, CONSTANT_FALSE)); }
  ;

signed_number:
    NUMBER                                  { BUILD($$, build_number(parser, @$, $1)); }
  | "-" NUMBER
        { Node *number; BUILD(number, build_number(parser, @2, $2));
          BUILD($$, build_unary(parser, @$, UNARY_USUB, number)); }
  ;

complex_number:
    signed_number "+" NUMBER                { BUILD($$, build_complex(parser, @$, $1, OPERATOR_ADD, @3, $3)); }
  | signed_number "-" NUMBER                { BUILD($$, build_complex(parser, @$, $1, OPERATOR_SUB, @3, $3)); }
  ;

name_or_attribute:
    NAME                                    { BUILD($$, build_name(parser, @$, $1)); }
  | attribute_pattern
  ;

attribute_pattern:
    name_or_attribute "." NAME              { BUILD($$, build_attribute(parser, @$, $1, $3)); }
  ;

mapping_pattern:
    "{" "}"                                 { BUILD($$, build_match_mapping(parser, @$, NULL)); }
  | "{" mapping_items "}"                   { BUILD($$, build_match_mapping(parser, @$, $2)); }
  | "{" mapping_items "," "}"               { BUILD($$, build_match_mapping(parser, @$, $2)); }
  ;

mapping_items:
    mapping_item                            { BUILD($$, build_list(parser, $1)); }
  | mapping_items "," mapping_item          { BUILD($$, build_append(parser, $1, $3)); }
  ;

mapping_item:
    literal_key ":" pattern                 { BUILD($$, build_pattern_pair(parser, @$, $1, NULL, $3)); }
  | "**" NAME                               { BUILD($$, build_pattern_pair(parser, @$, NULL, $2, NULL)); }
  ;

literal_key:
    signed_number
  | complex_number
  | strings                                 { BUILD($$, build_strings(parser, @$, $1)); }
  | "None"                                  { BUILD($$, build_constant(parser, @$, CONSTANT_NONE)); }
  | "True"                                  { BUILD($$, build_constant(parser, @$, CONSTANT_TRUE)); }
  | "False"                                 { BUILD($$, build_constant(parser, @$, CONSTANT_FALSE)); }
  | attribute_pattern
  ;

class_pattern:
    name_or_attribute "(" ")"               { BUILD($$, build_match_class(parser, @$, $1, NULL)); }
  | name_or_attribute "(" class_pattern_items ")"
        { BUILD($$, build_match_class(parser, @$, $1, $3)); }
  | name_or_attribute "(" class_pattern_items "," ")"
        { BUILD($$, build_match_class(parser, @$, $1, $3)); }
  ;

class_pattern_items:
    class_pattern_item                      { BUILD($$, build_list(parser, $1)); }
  | class_pattern_items "," class_pattern_item { BUILD($$, build_append(parser, $1, $3)); }
  ;

class_pattern_item:
    pattern                                 { BUILD($$, build_pattern_pair(parser, @$, NULL, NULL, $1)); }
  | NAME "=" pattern                        { BUILD($$, build_pattern_pair(parser, @$, NULL, $1, $3)); }
  ;

/* --- Expressions --- */

star_expressions:
    star_expression
  | star_items                              { BUILD($$, build_tuple(parser, @$, $1)); }
  | star_items star_expression
        { CHECK(build_append(parser, $1, $2)); BUILD($$, build_tuple(parser, @$, $1)); }
  ;

star_items:
    star_expression ","                     { BUILD($$, build_list(parser, $1)); }
  | star_items star_expression ","          { BUILD($$, build_append(parser, $1, $2)); }
  ;

star_expression:
    expression
  | "*" bitwise_or                          { BUILD($$, build_starred(parser, @$, $2)); }
  ;

expressions:
    expression
  | expression_items                        { BUILD($$, build_tuple(parser, @$, $1)); }
  | expression_items expression
        { CHECK(build_append(parser, $1, $2)); BUILD($$, build_tuple(parser, @$, $1)); }
  ;

expression_items:
    expression ","                          { BUILD($$, build_list(parser, $1)); }
  | expression_items expression ","         { BUILD($$, build_append(parser, $1, $2)); }
  ;

star_named_items:
    star_named_expression ","               { BUILD($$, build_list(parser, $1)); }
  | star_named_items star_named_expression "," { BUILD($$, build_append(parser, $1, $2)); }
  ;

star_named_expression:
    named_expression
  | "*" bitwise_or                          { BUILD($$, build_starred(parser, @$, $2)); }
  ;

named_expression:
    expression
  | NAME ":=" expression                    { BUILD($$, build_named(parser, @$, @1, $1, $3)); }
  ;

yield_expression:
    "yield"                                 { BUILD($$, build_yield(parser, @$, NULL)); }
  | "yield" star_expressions                { BUILD($$, build_yield(parser, @$, $2)); }
  | "yield" "from" expression               { BUILD($$, build_yield_from(parser, @$, $3)); }
  ;

expression:
    disjunction
  | disjunction "if" disjunction "else" expression
        { BUILD($$, build_ifexp(parser, @$, $3, $1, $5)); }
  | lambda
  ;

lambda:
    "lambda" lambda_parameters ":" expression { BUILD($$, build_lambda(parser, @$, $2, $4)); }
  ;

disjunction:
    conjunction
  | or_list                                 { BUILD($$, build_boolop(parser, @$, BOOLEAN_OR, $1)); }
  ;

or_list:
    conjunction "or" conjunction
        { BUILD($$, build_list(parser, $1)); CHECK(build_append(parser, $$, $3)); }
  | or_list "or" conjunction                { BUILD($$, build_append(parser, $1, $3)); }
  ;

conjunction:
    inversion
  | and_list                                { BUILD($$, build_boolop(parser, @$, BOOLEAN_AND, $1)); }
  ;

and_list:
    inversion "and" inversion
        { BUILD($$, build_list(parser, $1)); CHECK(build_append(parser, $$, $3)); }
  | and_list "and" inversion                { BUILD($$, build_append(parser, $1, $3)); }
  ;

inversion:
    comparison
  | "not" inversion                         { BUILD($$, build_unary(parser, @$, UNARY_NOT, $2)); }
  ;

comparison:
    bitwise_or
  | comparison_chain                        { BUILD($$, build_compare_finish(parser, @$, $1)); }
  ;

comparison_chain:
    bitwise_or comparison_operator bitwise_or
        { BUILD($$, build_compare(parser, $1));
          CHECK(build_compare_add(parser, $$, $2, $3)); }
  | comparison_chain comparison_operator bitwise_or
        { $$ = $1; CHECK(build_compare_add(parser, $$, $2, $3)); }
  ;

comparison_operator:
    "=="        { $$ = COMPARISON_EQ; }
  | "!="        { $$ = COMPARISON_NOTEQ; }
  | "<"         { $$ = COMPARISON_LT; }
  | "<="        { $$ = COMPARISON_LTE; }
  | ">"         { $$ = COMPARISON_GT; }
  | ">="        { $$ = COMPARISON_GTE; }
  | "is"        { $$ = COMPARISON_IS; }
  | "is" "not"  { $$ = COMPARISON_ISNOT; }
  | "in"        { $$ = COMPARISON_IN; }
  | "not" "in"  { $$ = COMPARISON_NOTIN; }
  ;

bitwise_or:
    bitwise_xor
  | bitwise_or "|" bitwise_xor   { BUILD($$, build_binary(parser, @$, $1, OPERATOR_BITOR, $3)); }
  ;

bitwise_xor:
    bitwise_and
  | bitwise_xor "^" bitwise_and  { BUILD($$, build_binary(parser, @$, $1, OPERATOR_BITXOR, $3)); }
  ;

bitwise_and:
    shift
  | bitwise_and "&" shift        { BUILD($$, build_binary(parser, @$, $1, OPERATOR_BITAND, $3)); }
  ;

shift:
    sum
  | shift "<<" sum               { BUILD($$, build_binary(parser, @$, $1, OPERATOR_LSHIFT, $3)); }
  | shift ">>" sum               { BUILD($$, build_binary(parser, @$, $1, OPERATOR_RSHIFT, $3)); }
  ;

sum:
    term
  | sum "+" term                 { BUILD($$, build_binary(parser, @$, $1, OPERATOR_ADD, $3)); }
  | sum "-" term                 { BUILD($$, build_binary(parser, @$, $1, OPERATOR_SUB, $3)); }
  ;

term:
    factor
  | term "*" factor              { BUILD($$, build_binary(parser, @$, $1, OPERATOR_MULT, $3)); }
  | term "/" factor              { BUILD($$, build_binary(parser, @$, $1, OPERATOR_DIV, $3)); }
  | term "//" factor             { BUILD($$, build_binary(parser, @$, $1, OPERATOR_FLOORDIV, $3)); }
  | term "%" factor              { BUILD($$, build_binary(parser, @$, $1, OPERATOR_MOD, $3)); }
  | term "@" factor              { BUILD($$, build_binary(parser, @$, $1, OPERATOR_MATMULT, $3)); }
  ;

factor:
    power
  | "+" factor                   { BUILD($$, build_unary(parser, @$, UNARY_UADD, $2)); }
  | "-" factor                   { BUILD($$, build_unary(parser, @$, UNARY_USUB, $2)); }
  | "~" factor                   { BUILD($$, build_unary(parser, @$, UNARY_INVERT, $2)); }
  ;

power:
    await_primary
  | await_primary "**" factor    { BUILD($$, build_binary(parser, @$, $1, OPERATOR_POW, $3)); }
  ;

await_primary:
    primary
  | "await" primary                         { BUILD($$, build_await(parser, @$, $2)); }
  ;

primary:
    atom
  | primary "." NAME                        { BUILD($$, build_attribute(parser, @$, $1, $3)); }
  | primary "(" arguments ")"               { BUILD($$, build_call(parser, @$, $1, $3)); }
  | primary "(" named_expression comprehension_clauses ")"
        { BUILD($$, build_call_generator(parser, @$, $1, build_span(@2, @5), $3, $4)); }
  | primary "[" slices "]"                  { BUILD($$, build_subscript(parser, @$, $1, $3)); }
  ;

arguments:
    %empty                                  { $$ = NULL; }
  | argument_items
  | argument_items ","
  ;

argument_items:
    argument                                { BUILD($$, build_list(parser, $1)); }
  | argument_items "," argument             { BUILD($$, build_append(parser, $1, $3)); }
  ;

argument:
    named_expression
  | NAME "=" expression                     { BUILD($$, build_keyword(parser, @$, $1, $3)); }
  | "*" expression                          { BUILD($$, build_starred(parser, @$, $2)); }
  | "**" expression                         { BUILD($$, build_keyword(parser, @$, NULL, $2)); }
  ;

slices:
    slice
  | "*" expression
        { Node *star; Sequence *list; BUILD(star, build_starred(parser, @$, $2));
          BUILD(list, build_list(parser, star)); BUILD($$, build_tuple(parser, @$, list)); }
  | slice_items                             { BUILD($$, build_tuple(parser, @$, $1)); }
  | slice_items slice_item
        { CHECK(build_append(parser, $1, $2)); BUILD($$, build_tuple(parser, @$, $1)); }
  ;

slice_items:
    slice_item ","                          { BUILD($$, build_list(parser, $1)); }
  | slice_items slice_item ","              { BUILD($$, build_append(parser, $1, $2)); }
  ;

slice_item:
    slice
  | "*" expression                          { BUILD($$, build_starred(parser, @$, $2)); }
  ;

slice:
    named_expression
  | ":" opt_expression                      { BUILD($$, build_slice(parser, @$, NULL, $2, NULL)); }
  | ":" opt_expression ":" opt_expression   { BUILD($$, build_slice(parser, @$, NULL, $2, $4)); }
  | expression ":" opt_expression           { BUILD($$, build_slice(parser, @$, $1, $3, NULL)); }
  | expression ":" opt_expression ":" opt_expression
        { BUILD($$, build_slice(parser, @$, $1, $3, $5)); }
  ;

opt_expression: %empty { $$ = NULL; } | expression ;

atom:
    NAME                                    { BUILD($$, build_name(parser, @$, $1)); }
  | NUMBER                                  { BUILD($$, build_number(parser, @$, $1)); }
  | strings                                 { BUILD($$, build_strings(parser, @$, $1)); }
  | "None"                                  { BUILD($$, build_constant(parser, @$, CONSTANT_NONE)); }
  | "True"                                  { BUILD($$, build_constant(parser, @$, CONSTANT_TRUE)); }
  | "False"                                 { BUILD($$, build_constant(parser, @$, CONSTANT_FALSE)); }
  | "..."                                   { BUILD($$, build_constant(parser, @$, CONSTANT_ELLIPSIS)); }
  | group
  | "(" ")"                                 { BUILD($$, build_tuple(parser, @$, NULL)); }
  | "(" star_named_items ")"                { BUILD($$, build_tuple(parser, @$, $2)); }
  | "(" star_named_items star_named_expression ")"
        { CHECK(build_append(parser, $2, $3)); BUILD($$, build_tuple(parser, @$, $2)); }
  | "(" named_expression comprehension_clauses ")"
        { BUILD($$, build_comprehension(parser, @$, NODE_GENERATOREXP, $2, $3)); }
  | "[" "]"                                 { BUILD($$, build_elements(parser, @$, NODE_LIST, NULL)); }
  | "[" star_named_expression "]"
        { Sequence *list; BUILD(list, build_list(parser, $2));
          BUILD($$, build_elements(parser, @$, NODE_LIST, list)); }
  | "[" star_named_items "]"                { BUILD($$, build_elements(parser, @$, NODE_LIST, $2)); }
  | "[" star_named_items star_named_expression "]"
        { CHECK(build_append(parser, $2, $3));
          BUILD($$, build_elements(parser, @$, NODE_LIST, $2)); }
  | "[" named_expression comprehension_clauses "]"
        { BUILD($$, build_comprehension(parser, @$, NODE_LISTCOMP, $2, $3)); }
  | "{" star_named_expression "}"
        { Sequence *list; BUILD(list, build_list(parser, $2));
          BUILD($$, build_elements(parser, @$, NODE_SET, list)); }
  | "{" star_named_items "}"                { BUILD($$, build_elements(parser, @$, NODE_SET, $2)); }
  | "{" star_named_items star_named_expression "}"
        { CHECK(build_append(parser, $2, $3));
          BUILD($$, build_elements(parser, @$, NODE_SET, $2)); }
  | "{" named_expression comprehension_clauses "}"
        { BUILD($$, build_comprehension(parser, @$, NODE_SETCOMP, $2, $3)); }
  | dict_display
  ;

group:
    "(" named_expression ")"                { $$ = $2; }
  | "(" yield_expression ")"                { $$ = $2; }
  ;

dict_display:
    "{" "}"                                 { BUILD($$, build_dict(parser, @$, NULL)); }
  | "{" dict_items "}"                      { BUILD($$, build_dict(parser, @$, $2)); }
  | "{" dict_items "," "}"                  { BUILD($$, build_dict(parser, @$, $2)); }
  | "{" expression ":" expression comprehension_clauses "}"
        { BUILD($$, build_dict_comprehension(parser, @$, $2, $4, $5)); }
  ;

/* Keys and values in turn; the key of `**mapping` is NULL. */
dict_items:
    expression ":" expression
        { BUILD($$, build_list(parser, $1)); CHECK(build_append(parser, $$, $3)); }
  | "**" bitwise_or
        { BUILD($$, build_list(parser, NULL)); CHECK(build_append(parser, $$, $2)); }
  | dict_items "," expression ":" expression
        { BUILD($$, build_append(parser, $1, $3)); CHECK(build_append(parser, $$, $5)); }
  | dict_items "," "**" bitwise_or
        { BUILD($$, build_append(parser, $1, NULL)); CHECK(build_append(parser, $$, $4)); }
  ;

comprehension_clauses:
    comprehension_clause                    { BUILD($$, build_list(parser, $1)); }
  | comprehension_clauses comprehension_clause { BUILD($$, build_append(parser, $1, $2)); }
  ;

comprehension_clause:
    "for" targets "in" disjunction conditions
        { BUILD($$, build_clause(parser, false, @2, $2, $4, $5)); }
  | "async" "for" targets "in" disjunction conditions
        { BUILD($$, build_clause(parser, true, @3, $3, $5, $6)); }
  ;

conditions:
    %empty                                  { $$ = NULL; }
  | conditions "if" disjunction
        { BUILD($$, $1 == NULL ? build_list(parser, $3) : build_append(parser, $1, $3)); }
  ;

strings:
    STRING                                  { BUILD($$, build_list(parser, (void *)$1)); }
  | strings STRING                          { BUILD($$, build_append(parser, $1, (void *)$2)); }
  ;

%%

/* Bison calls this when its stack may not grow: the bound, or no memory. */
static void yyerror(const Place *place, Parser *parser, const char *message)
{
    (void)place;
    (void)message;
    parser->status = PARSE_NO_MEMORY;
}

/* The token that cannot follow is known to the caller; explain.c says what is wrong. */
static int yyreport_syntax_error(const yypcontext_t *context, Parser *parser)
{
    (void)context;
    parser->status = PARSE_ERROR;
    return 0;
}
