/* grammar/build.c, build_expression.c, build_match.c, literals.c, fstring.c, ast.c: the tree that a
 * text becomes, and what a grammar alone cannot refuse. */

#include "grammar/ast.h"
#include "tests/unit/grammar.h"

Test(grammar_build, expressions)
{
    expect_tree(
        "a.b[1:2, ::3]",
        "Subscript(value=Attribute(value=Name(id='a',ctx=Load),attr='b',ctx=Load),slice=Tuple("
        "elts=[Slice(lower=Constant(value=1),upper=Constant(value=2)),Slice(step=Constant("
        "value=3))],ctx=Load),ctx=Load)");
    expect_tree(
        "a < b is not c not in d",
        "Compare(left=Name(id='a',ctx=Load),ops=[Lt,IsNot,NotIn],comparators=[Name(id='b',ctx="
        "Load),Name(id='c',ctx=Load),Name(id='d',ctx=Load)])");
    expect_tree(
        "a or b or c and d",
        "BoolOp(op=Or,values=[Name(id='a',ctx=Load),Name(id='b',ctx=Load),BoolOp(op=And,values="
        "[Name(id='c',ctx=Load),Name(id='d',ctx=Load)])])");
    expect_tree(
        "f(1, *a, k=2, **b)",
        "Call(func=Name(id='f',ctx=Load),args=[Constant(value=1),Starred(value=Name(id='a',ctx="
        "Load),ctx=Load)],keywords=[keyword(arg='k',value=Constant(value=2)),keyword(value=Name("
        "id='b',ctx=Load))])");
    expect_tree(
        "{1: 2, **a}",
        "Dict(keys=[Constant(value=1),None],values=[Constant(value=2),Name(id='a',ctx=Load)])");
    expect_tree("(x := 5)", "NamedExpr(target=Name(id='x',ctx=Store),value=Constant(value=5))");
    expect_tree("-2 ** -x",
                "UnaryOp(op=USub,operand=BinOp(left=Constant(value=2),op=Pow,right=UnaryOp("
                "op=USub,operand=Name(id='x',ctx=Load))))");
}

Test(grammar_build, literals)
{
    expect_tree("0x_ff + 1_000",
                "BinOp(left=Constant(value=0xff),op=Add,right=Constant(value=1000))");
    expect_tree("'a' \"b\" '''c'''", "Constant(value='abc')");
    expect_tree("b'\\x41\\n' rb'\\x'", "Constant(value=b'A\\n\\\\x')");
    expect_tree("'\\N{EURO SIGN}\\u20ac\\101\\\n'", "Constant(value='\xe2\x82\xac\xe2\x82\xac"
                                                    "A')");
    expect_tree("u'x'", "Constant(value='x',kind='u')");
    expect_tree("1.5e3, 2j, ...",
                "Tuple(elts=[Constant(value=1.5e+03),Constant(value=2j),Constant(value="
                "Ellipsis)],ctx=Load)");
    expect_syntax_error("'\\x4'",
                        "(unicode error) 'unicodeescape' codec can't decode bytes in position "
                        "0-2: truncated \\xXX escape");
    expect_syntax_error("b'\\x4'", "(value error) invalid \\x escape at position 0");
    expect_syntax_error(
        "'\\N{nothing at all}'",
        "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-17: "
        "unknown Unicode character name");
    expect_syntax_error("b'\xc3\xa9'", "bytes can only contain ASCII literal characters");
    expect_syntax_error("'a' b'b'", "cannot mix bytes and nonbytes literals");
    expect_syntax_error("1__0", "invalid decimal literal");
    expect_syntax_error("0b12", "invalid digit '2' in binary literal");
    expect_syntax_error("012",
                        "leading zeros in decimal integer literals are not permitted; use an 0o "
                        "prefix for octal integers");
}

Test(grammar_build, format_strings)
{
    expect_tree(
        "f'a{b!r:>{w}}c{{'",
        "JoinedStr(values=[Constant(value='a'),FormattedValue(value=Name(id='b',ctx=Load),"
        "conversion=114,format_spec=JoinedStr(values=[Constant(value='>'),FormattedValue(value="
        "Name(id='w',ctx=Load),conversion=-1)])),Constant(value='c{')])");
    expect_tree("f'{x = }'",
                "JoinedStr(values=[Constant(value='x='),FormattedValue(value=Name(id='x',"
                "ctx=Load),conversion=114)])");
    expect_tree("f''", "JoinedStr(values=[])");
    expect_syntax_error("f'{'", "f-string: expecting '}'");
    expect_syntax_error("f'}'", "f-string: single '}' is not allowed");
    expect_syntax_error("f'{}'", "f-string: empty expression not allowed");
    expect_syntax_error("f'{a!x}'",
                        "f-string: invalid conversion character: expected 's', 'r', or 'a'");
    expect_syntax_error("f'{a\\n}'", "f-string expression part cannot include a backslash");
    expect_syntax_error("f'{#}'", "f-string expression part cannot include '#'");
    expect_syntax_error("f'{a:{b:{c}}}'", "f-string: expressions nested too deeply");
    expect_syntax_error("f'{(}'",
                        "f-string: closing parenthesis '}' does not match opening parenthesis '('");
}

Test(grammar_build, patterns)
{
    char out[4000];
    tree_text(
        "match x:\n case [1, *r] | {'k': v, **w} | C(a, b=-1) as y if z: pass\n case _: pass\n",
        PARSE_FILE, out, sizeof out);
    cr_expect_str_eq(out,
                     "Module(body=[Match(subject=Name(id='x',ctx=Load),cases=[match_case(pattern="
                     "MatchAs(pattern="
                     "MatchOr(patterns=[MatchSequence(patterns=[MatchValue(value=Constant(value=1))"
                     ",MatchStar(name="
                     "'r')]),MatchMapping(keys=[Constant(value='k')],patterns=[MatchAs(name='v')],"
                     "rest='w'),MatchClass("
                     "cls=Name(id='C',ctx=Load),patterns=[MatchAs(name='a')],kwd_attrs=['b'],kwd_"
                     "patterns=[MatchValue("
                     "value=UnaryOp(op=USub,operand=Constant(value=1)))])]),name='y'),guard=Name("
                     "id='z',ctx=Load),body="
                     "[Pass()]),match_case(pattern=MatchAs(),body=[Pass()])])])",
                     "%s", out);
    expect_syntax_error("match x:\n case {**a, 'b': c}: pass\n", "invalid syntax");
    expect_syntax_error("match x:\n case C(a=1, b): pass\n",
                        "positional patterns follow keyword patterns");
    expect_syntax_error("match x:\n case 1 + 1: pass\n",
                        "imaginary number required in complex literal");
}

Test(grammar_build, orders_that_are_refused)
{
    expect_syntax_error("def f(a=1, b): pass\n", "non-default argument follows default argument");
    expect_syntax_error("def f(*): pass\n", "named arguments must follow bare *");
    expect_syntax_error("def f(a, /, b, /): pass\n", "/ may appear only once");
    expect_syntax_error("def f(**k, a): pass\n", "arguments cannot follow var-keyword argument");
    expect_syntax_error("def f(a, a): pass\n", "duplicate argument 'a' in function definition");
    expect_syntax_error("*a\n"
                        "1 = *b\n",
                        "cannot assign to literal");
    expect_syntax_error("del f()\n", "cannot delete function call");
    expect_syntax_error("(a, b): int\n", "only single target (not tuple) can be annotated");
    expect_syntax_error("a, b += 1\n", "'tuple' is an illegal expression for augmented assignment");
    expect_syntax_error("from x import (a, b,), c\n", "invalid syntax");
    expect_syntax_error("def f():\n  x\n  global x\n",
                        "name 'x' is used prior to global declaration");
    expect_syntax_error("nonlocal x\n", "nonlocal declaration not allowed at module level");
}

Test(grammar_build, nodes_know_their_fields_and_their_depth)
{
    Bump bump;
    bump_init(&bump);
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
        NodeField fields[NODE_MAX_FIELDS];
        Node *node = node_new(&bump, (NodeKind)kind, (Place){1, 0, 1, 1});
        cr_assert_not_null(node);
        cr_expect(node->kind == kind && node->depth == 1);
        int count = node_fields(node, fields);
        cr_expect(count >= 0 && count <= NODE_MAX_FIELDS, "%s", node_kind_name((NodeKind)kind));
        for (int i = 0; i < count; i++)
            cr_expect(fields[i].name != NULL && fields[i].data != NULL);
    }
    Node *inner = node_new(&bump, NODE_NAME, (Place){0});
    inner->depth = AST_MAX_DEPTH - 1;
    Node *outer = node_new(&bump, NODE_EXPR, (Place){0});
    outer->as.expr.value = inner;
    cr_expect(node_seal(outer));
    cr_expect_eq(outer->depth, AST_MAX_DEPTH);
    inner->depth = AST_MAX_DEPTH;
    cr_expect_not(node_seal(outer));
    bump_free(&bump);
}
