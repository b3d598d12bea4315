#ifndef OURO_GRAMMAR_SYMTABLE_H
#define OURO_GRAMMAR_SYMTABLE_H

/*
 * Scopes and the meaning of every name in them.  Built after parsing, before code generation.
 * Everything lives in the Bump of the tree.
 *
 * Names in a table are mangled (PEP: private names of classes) and interned: compare pointers.
 * Look an AST name up with scope_symbol, which mangles, or mangle with symtable_mangle.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/bump.h"
#include "grammar/ast.h"
#include "grammar/diagnostics.h"
#include "grammar/name_pool.h"
#include "grammar/parse.h"

typedef enum ScopeKind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION, /* def, async def, lambda, comprehension; see `node` for which */
} ScopeKind;

/* How the compiler must reach a name. */
typedef enum SymbolScope {
    SYMBOL_LOCAL,           /* in a function: fast local; in class and module: its namespace */
    SYMBOL_GLOBAL_EXPLICIT, /* `global x` */
    SYMBOL_GLOBAL_IMPLICIT, /* never bound here or around: global, then builtin */
    SYMBOL_FREE,            /* a cell of an enclosing function */
    SYMBOL_CELL             /* local here, captured by an inner scope */
} SymbolScope;

enum {
    SYMBOL_IS_GLOBAL = 1 << 0,   /* global statement */
    SYMBOL_IS_ASSIGNED = 1 << 1, /* bound here by assignment, for, def, class, with, … */
    SYMBOL_IS_PARAMETER = 1 << 2,
    SYMBOL_IS_NONLOCAL = 1 << 3, /* nonlocal statement */
    SYMBOL_IS_USED = 1 << 4,
    SYMBOL_IS_FREE_CLASS = 1 << 5, /* free in a class body's method and bound by the class */
    SYMBOL_IS_IMPORTED = 1 << 6,
    SYMBOL_IS_ANNOTATED = 1 << 7,
    SYMBOL_IS_ITERATION = 1 << 8 /* target of a comprehension's for */
};

typedef struct Symbol {
    const char *name; /* mangled, interned */
    unsigned flags;   /* SYMBOL_IS_… */
    SymbolScope scope;
    int64_t index; /* position in `names` of its scope */
} Symbol;

typedef struct Scope Scope;
struct Scope {
    ScopeKind kind;
    const char *name; /* "top", function or class name, "lambda", "listcomp", "setcomp", "dictcomp",
                         "genexpr" */
    const Node *node; /* the root, FunctionDef, AsyncFunctionDef, ClassDef, Lambda, *Comp or
                         GeneratorExp */
    Scope *parent;    /* NULL for the module */
    Scope **children; /* in the order of the source */
    int64_t child_count;
    Symbol *symbols; /* in order of first mention; parameters first, as in co_varnames:
                        positional-only, positional, keyword-only, *args, **kwargs */
    int64_t symbol_count;
    int64_t parameter_count;
    const char **cells; /* co_cellvars: sorted by name */
    int64_t cell_count;
    const char *
        *frees; /* co_freevars: sorted by name (in a class: what its methods pass through) */
    int64_t free_count;
    const char *class_name; /* of the class around, for mangling; NULL outside classes */
    bool is_nested;         /* inside a function, at any depth */
    bool is_generator;      /* contains yield */
    bool is_coroutine;      /* async def, or contains await / async comprehension */
    bool is_comprehension;  /* its one parameter is ".0" */
    bool has_varargs;
    bool has_varkeywords;
    bool returns_value;       /* has `return expression` */
    bool needs_class_closure; /* class: a method uses __class__ or super; has a cell __class__ */
    bool has_children_free;   /* an inner scope has free names */
    bool has_annotations;     /* module or class: contains an annotated assignment (not in defs) */
    Place place;
    struct SymbolIndex *lookup;   /* private: name → position in `symbols` */
    struct Directive *directives; /* private: its global and nonlocal statements */
};

typedef struct SymbolTable {
    Scope *top;
    NameTable *names;
    bool future_annotations;  /* from __future__ import annotations */
    unsigned futures;         /* bit set of FUTURE_… */
    int64_t future_last_line; /* line of the last __future__ import; 0: none */
    int64_t scope_count;
    struct ScopeMap *scopes; /* private: node → scope */
} SymbolTable;

enum { FUTURE_ANNOTATIONS = 1 << 0, FUTURE_BARRY_AS_FLUFL = 1 << 1 };

/*
 * Builds the table of a tree from parse_source.  `futures` are inherited ones (compile() inside a
 * module with future imports).  PARSE_OK, PARSE_ERROR (diagnostic set), PARSE_TOO_DEEP or
 * PARSE_NO_MEMORY.
 */
ParseStatus symtable_build(const Node *root, unsigned futures, Bump *bump, Diagnostic *diagnostic,
                           SymbolTable **out);
/* The scope that `node` opens, NULL if none. */
Scope *symtable_scope(const SymbolTable *table, const Node *node);
/* The symbol of a name as written in the source (mangled here); NULL when unknown. */
Symbol *scope_symbol(const SymbolTable *table, const Scope *scope, const char *name);
/* `name` as a private name of the class `class_name` (which may be NULL): interned; the same
 * pointer when nothing changes; NULL when memory is out. */
const char *symtable_mangle(const SymbolTable *table, const char *class_name, const char *name);
/* The interned pointer of any text (".0", "__class__", …), NULL when memory is out. */
const char *symtable_name(const SymbolTable *table, const char *text);

#endif
