/*
 * The scanner: one token of Python from well-formed UTF-8 text (text.c), for re2c.
 *
 * It knows blanks, comments, joined lines, names, numbers, strings and operators.  Indentation,
 * and everything that looks at more than one token, is tokenize.c's.  A NUL stands at the limit
 * and nowhere else, so no rule can run past it.  What is no valid number, string or name falls
 * through to hand-written code that finds the words of the error.
 */

#include "generated/grammar/parser.h"
#include "grammar/tokens.h"

/* Accounts for the newlines inside the current token. */
static void count_lines(Lexer *lexer)
{
    for (const char *c = lexer->start; c < lexer->cursor; c++) {
        if (*c == '\n') {
            lexer->line++;
            lexer->line_start = c + 1;
        }
    }
}

int lexer_scan(Lexer *lexer)
{
    const char *marker = NULL;

again:
    lexer->start = lexer->cursor;
    lexer->token_line = lexer->line;
    lexer->token_line_start = lexer->line_start;

    /*!re2c
    re2c:yyfill:enable = 0;
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYPEEK = "(unsigned char)*lexer->cursor";
    re2c:api = custom;
    re2c:api:style = free-form;
    re2c:define:YYSKIP = "++lexer->cursor;";
    re2c:define:YYBACKUP = "marker = lexer->cursor;";
    re2c:define:YYRESTORE = "lexer->cursor = marker;";

    digit    = [0-9];
    digits   = digit ("_"? digit)*;
    exponent = [eE] [-+]? digits;
    zeros    = "0" ("_"? "0")*;
    nonzero  = [1-9] ("_"? digit)*;
    point    = digits? "." digits | digits ".";
    float    = point exponent? | digits exponent;

    start    = [A-Za-z_\x80-\xff];
    more     = [A-Za-z0-9_\x80-\xff];

    prefix   = [uU] | [bB] [rR]? | [rR] [bB]? | [fF] [rR]? | [rR] [fF];
    any      = [^\x00];
    single   = "'" ([^\\'\n\x00] | "\\" any)* "'";
    double   = "\"" ([^\\"\n\x00] | "\\" any)* "\"";
    single3  = "'''" ("'"{0,2} ([^\\'\x00] | "\\" any))* "'''";
    double3  = "\"\"\"" ("\""{0,2} ([^\\"\x00] | "\\" any))* "\"\"\"";

    "\x00"              {
                            lexer->cursor--;
                            return TOK_END;
                        }
    [ \t\f]+            { goto again; }
    "#" [^\n\x00]*      {
                            /* The newline that follows begins here, as in CPython. */
                            if (*lexer->cursor != '\n')
                                goto again;
                            const char *comment = lexer->start;
                            lexer->cursor++;
                            count_lines(lexer);
                            if (lexer->depth > 0)
                                goto again;
                            lexer->start = comment;
                            return TOK_NEWLINE;
                        }
    "\n"                {
                            count_lines(lexer);
                            if (lexer->depth > 0)
                                goto again;
                            return TOK_NEWLINE;
                        }
    "\\\n"              {
                            count_lines(lexer);
                            if (lexer->cursor == lexer->limit)
                                return lexer_bad_continuation(lexer, true);
                            goto again;
                        }
    "\\"                { return lexer_bad_continuation(lexer, *lexer->cursor == '\0'); }

    "False"       { return TOK_FALSE; }
    "None"        { return TOK_NONE; }
    "True"        { return TOK_TRUE; }
    "and"         { return TOK_AND; }
    "as"          { return TOK_AS; }
    "assert"      { return TOK_ASSERT; }
    "async"       { return TOK_ASYNC; }
    "await"       { return TOK_AWAIT; }
    "break"       { return TOK_BREAK; }
    "class"       { return TOK_CLASS; }
    "continue"    { return TOK_CONTINUE; }
    "def"         { return TOK_DEF; }
    "del"         { return TOK_DEL; }
    "elif"        { return TOK_ELIF; }
    "else"        { return TOK_ELSE; }
    "except"      { return TOK_EXCEPT; }
    "finally"     { return TOK_FINALLY; }
    "for"         { return TOK_FOR; }
    "from"        { return TOK_FROM; }
    "global"      { return TOK_GLOBAL; }
    "if"          { return TOK_IF; }
    "import"      { return TOK_IMPORT; }
    "in"          { return TOK_IN; }
    "is"          { return TOK_IS; }
    "lambda"      { return TOK_LAMBDA; }
    "nonlocal"    { return TOK_NONLOCAL; }
    "not"         { return TOK_NOT; }
    "or"          { return TOK_OR; }
    "pass"        { return TOK_PASS; }
    "raise"       { return TOK_RAISE; }
    "return"      { return TOK_RETURN; }
    "try"         { return TOK_TRY; }
    "while"       { return TOK_WHILE; }
    "with"        { return TOK_WITH; }
    "yield"       { return TOK_YIELD; }
    start more*         { return lexer_identifier(lexer); }

    '0x' ("_"? [0-9a-fA-F])+  { return lexer_number(lexer, 16); }
    '0o' ("_"? [0-7])+        { return lexer_number(lexer, 8); }
    '0b' ("_"? [01])+         { return lexer_number(lexer, 2); }
    zeros | nonzero           { return lexer_number(lexer, 10); }
    float                     { return lexer_number(lexer, 1); }
    (digits | float) 'j'      { return lexer_number(lexer, 0); }

    prefix? (single | double | single3 | double3)  {
                            /* Two quotes and a third: a triple-quoted string without end. */
                            const char *quote = lexer->cursor - 2;
                            if (*lexer->cursor == *quote && quote[1] == *quote &&
                                (quote == lexer->start || quote[-1] != *quote))
                                return lexer_bad_string(lexer, quote);
                            count_lines(lexer);
                            return TOK_STRING;
                        }
    prefix? ["']        { return lexer_bad_string(lexer, lexer->cursor - 1); }

    "("  { return lexer_open_bracket(lexer, TOK_LPAR); }
    ")"  { return lexer_close_bracket(lexer, TOK_RPAR); }
    "["  { return lexer_open_bracket(lexer, TOK_LSQB); }
    "]"  { return lexer_close_bracket(lexer, TOK_RSQB); }
    "{"  { return lexer_open_bracket(lexer, TOK_LBRACE); }
    "}"  { return lexer_close_bracket(lexer, TOK_RBRACE); }
    ":"  { return TOK_COLON; }
    ","  { return TOK_COMMA; }
    ";"  { return TOK_SEMI; }
    "."  { return TOK_DOT; }
    "..." { return TOK_ELLIPSIS; }
    "@"  { return TOK_AT; }
    "->" { return TOK_RARROW; }
    "="  { return TOK_EQUAL; }
    ":=" { return TOK_COLONEQUAL; }
    "+"  { return TOK_PLUS; }
    "-"  { return TOK_MINUS; }
    "*"  { return TOK_STAR; }
    "/"  { return TOK_SLASH; }
    "//" { return TOK_DOUBLESLASH; }
    "%"  { return TOK_PERCENT; }
    "**" { return TOK_DOUBLESTAR; }
    "|"  { return TOK_VBAR; }
    "&"  { return TOK_AMPER; }
    "^"  { return TOK_CIRCUMFLEX; }
    "~"  { return TOK_TILDE; }
    "<<" { return TOK_LEFTSHIFT; }
    ">>" { return TOK_RIGHTSHIFT; }
    "==" { return TOK_EQEQUAL; }
    "!=" { return TOK_NOTEQUAL; }
    "<>" { return TOK_LESSGREATER; }
    "<"  { return TOK_LESS; }
    "<=" { return TOK_LESSEQUAL; }
    ">"  { return TOK_GREATER; }
    ">=" { return TOK_GREATEREQUAL; }
    "+=" { return TOK_PLUSEQUAL; }
    "-=" { return TOK_MINEQUAL; }
    "*=" { return TOK_STAREQUAL; }
    "/=" { return TOK_SLASHEQUAL; }
    "//=" { return TOK_DOUBLESLASHEQUAL; }
    "%=" { return TOK_PERCENTEQUAL; }
    "@=" { return TOK_ATEQUAL; }
    "&=" { return TOK_AMPEREQUAL; }
    "|=" { return TOK_VBAREQUAL; }
    "^=" { return TOK_CIRCUMFLEXEQUAL; }
    "<<=" { return TOK_LEFTSHIFTEQUAL; }
    ">>=" { return TOK_RIGHTSHIFTEQUAL; }
    "**=" { return TOK_DOUBLESTAREQUAL; }

    [$?!`]  { return TOK_STRAY; }
    *       {
                lexer->cursor = lexer->start + 1;
                return lexer_error(lexer, "invalid non-printable character U+%04X",
                                   (unsigned)(unsigned char)*lexer->start);
            }
    */
}
