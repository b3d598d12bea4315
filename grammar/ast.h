#ifndef OURO_GRAMMAR_AST_H
#define OURO_GRAMMAR_AST_H

/*
 * The abstract syntax tree.  Its shape is that of Python 3.11's `ast` module (see ast.def, the
 * only list of node kinds).  Nodes live in a Bump and are never freed one by one; they hold no
 * runtime objects: literals are decoded C data.
 *
 *     switch (node->kind) {
 *     case NODE_BINOP:
 *         visit(node->as.binop.left);
 *
 * Depth: no path from the root has more than AST_MAX_DEPTH nodes (parse_source sees to it and
 * answers PARSE_TOO_DEEP otherwise), so recursive walkers need no check of their own.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/bump.h"

/* The longest path, in nodes, that a tree may have.  CPython 3.11 refuses the same chains: three
 * times its recursion limit of 1,000. */
#define AST_MAX_DEPTH 2990

/*
 * The span of a piece of source.  Lines count from 1, columns from 0.  Columns are UTF-8 byte
 * offsets into the line, exactly `lineno`, `col_offset`, `end_lineno` and `end_col_offset` of
 * Python's ast; text_code_points (grammar/text.h) converts to code points, given the line.
 */
typedef struct Place {
    int32_t line;
    int32_t column;
    int32_t end_line;
    int32_t end_column;
} Place;

typedef struct Node Node;

/* `items` is NULL when `count` is 0. */
typedef struct NodeList {
    Node **items;
    int64_t count;
} NodeList;

/* Identifiers are NFKC-normalised, NUL-terminated UTF-8 and interned for the compilation (see
 * grammar/name_pool.h): two are equal iff their pointers are. */
typedef struct NameList {
    const char **items;
    int64_t count;
} NameList;

typedef enum ExpressionContext { CONTEXT_LOAD, CONTEXT_STORE, CONTEXT_DEL } ExpressionContext;

typedef enum BooleanOperator { BOOLEAN_AND, BOOLEAN_OR } BooleanOperator;

typedef enum BinaryOperator {
    OPERATOR_ADD,
    OPERATOR_SUB,
    OPERATOR_MULT,
    OPERATOR_MATMULT,
    OPERATOR_DIV,
    OPERATOR_MOD,
    OPERATOR_POW,
    OPERATOR_LSHIFT,
    OPERATOR_RSHIFT,
    OPERATOR_BITOR,
    OPERATOR_BITXOR,
    OPERATOR_BITAND,
    OPERATOR_FLOORDIV
} BinaryOperator;

typedef enum UnaryOperator { UNARY_INVERT, UNARY_NOT, UNARY_UADD, UNARY_USUB } UnaryOperator;

typedef enum ComparisonOperator {
    COMPARISON_EQ,
    COMPARISON_NOTEQ,
    COMPARISON_LT,
    COMPARISON_LTE,
    COMPARISON_GT,
    COMPARISON_GTE,
    COMPARISON_IS,
    COMPARISON_ISNOT,
    COMPARISON_IN,
    COMPARISON_NOTIN
} ComparisonOperator;

/* The operators of a chain; `count` equals that of the comparators. */
typedef struct ComparisonList {
    uint8_t *items; /* ComparisonOperator */
    int64_t count;
} ComparisonList;

typedef enum ConstantKind {
    CONSTANT_NONE,
    CONSTANT_FALSE,
    CONSTANT_TRUE,
    CONSTANT_ELLIPSIS,
    CONSTANT_INT,       /* text, length, base */
    CONSTANT_FLOAT,     /* number */
    CONSTANT_IMAGINARY, /* number: the imaginary part */
    CONSTANT_STR,       /* text, length: UTF-8 in which lone surrogates are three bytes (WTF-8) */
    CONSTANT_BYTES      /* text, length: any bytes */
} ConstantKind;

typedef enum NodeGroup {
    GROUP_ROOT,
    GROUP_STATEMENT,
    GROUP_EXPRESSION,
    GROUP_PATTERN,
    GROUP_PART
} NodeGroup;

typedef enum NodeKind {
#define NODE(KIND, Name, member, group, fields) NODE_##KIND,
#include "grammar/ast.def"
#undef NODE
    NODE_KIND_COUNT
} NodeKind;

#define CHILD(f) Node *f;
#define MAYBE(f) Node *f;
#define LIST(f) NodeList f;
#define HOLES(f) NodeList f;
#define NAME(f) const char *f;
#define MAYBE_NAME(f) const char *f;
#define NAMES(f) NameList f;
#define CONTEXT(f) ExpressionContext f;
#define OPERATOR(f) BinaryOperator f;
#define BOOLEAN(f) BooleanOperator f;
#define UNARY(f) UnaryOperator f;
#define COMPARISONS(f) ComparisonList f;
#define NUMBER(f) int f;
/*
 * The fields of NODE_CONSTANT and NODE_MATCHSINGLETON.
 *   constant  ConstantKind
 *   base      of an int: 2, 8, 10 or 16
 *   u_prefix  the string was written u"…" (`kind` in Python's ast)
 *   text      digits of an int without prefix and underscores; the bytes of a str or bytes; always
 *             followed by a NUL that `length` does not count
 */
#define CONSTANT_VALUE                                                                             \
    ConstantKind constant;                                                                         \
    uint8_t base;                                                                                  \
    bool u_prefix;                                                                                 \
    const char *text;                                                                              \
    int64_t length;                                                                                \
    double number;
#define NOTHING char nothing;
#define NODE(KIND, Name, member, group, fields)                                                    \
    typedef struct Ast##Name {                                                                     \
        fields                                                                                     \
    } Ast##Name;
#include "grammar/ast.def"
#undef NODE
#undef CHILD
#undef MAYBE
#undef LIST
#undef HOLES
#undef NAME
#undef MAYBE_NAME
#undef NAMES
#undef CONTEXT
#undef OPERATOR
#undef BOOLEAN
#undef UNARY
#undef COMPARISONS
#undef NUMBER
#undef CONSTANT_VALUE
#undef NOTHING

/*
 * A node.  Only the bytes of its own kind are allocated, so a Node must not be copied by
 * assignment; fill in a new one with node_new.
 */
struct Node {
    uint8_t kind;   /* NodeKind */
    uint16_t depth; /* nodes on the longest path down from here, itself included */
    Place place;    /* zeros for ROOT kinds, arguments, comprehension, withitem and match_case */
    union {
#define NODE(KIND, Name, member, group, fields) Ast##Name member;
#include "grammar/ast.def"
#undef NODE
    } as;
};

/* Returns a zeroed node with `depth` 1, or NULL when memory is out. */
Node *node_new(Bump *bump, NodeKind kind, Place place);
/* Sets `depth` from the children.  Returns 0 when AST_MAX_DEPTH is exceeded. */
int node_seal(Node *node);
/* Python's name of a kind: "BinOp". */
const char *node_kind_name(NodeKind kind);
NodeGroup node_kind_group(NodeKind kind);

/* What node_fields reports of one field. */
typedef enum FieldKind {
    FIELD_CHILD,
    FIELD_MAYBE,
    FIELD_LIST,
    FIELD_HOLES,
    FIELD_NAME,
    FIELD_MAYBE_NAME,
    FIELD_NAMES,
    FIELD_CONTEXT,
    FIELD_OPERATOR,
    FIELD_BOOLEAN,
    FIELD_UNARY,
    FIELD_COMPARISONS,
    FIELD_NUMBER,
    FIELD_CONSTANT /* the node's own constant: `data` is the node */
} FieldKind;

typedef struct NodeField {
    FieldKind kind;
    const char *name; /* as in Python's ast; "value" for FIELD_CONSTANT */
    const void *data; /* points to the field: Node **, NodeList *, const char **, … */
} NodeField;

enum { NODE_MAX_FIELDS = 7 };

/* Writes the fields of `node` in Python's order; returns how many.  For walkers and dumps that
 * treat all kinds alike. */
int node_fields(const Node *node, NodeField out[NODE_MAX_FIELDS]);

/* Python's names of the operators: "Add", "NotIn", … and how they are written: "+", "not in". */
const char *ast_binary_name(BinaryOperator op);
const char *ast_binary_text(BinaryOperator op);
const char *ast_unary_name(UnaryOperator op);
const char *ast_boolean_name(BooleanOperator op);
const char *ast_comparison_name(ComparisonOperator op);
const char *ast_comparison_text(ComparisonOperator op);
const char *ast_context_name(ExpressionContext ctx);

#endif
