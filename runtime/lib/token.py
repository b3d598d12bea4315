"""Kinds of tokens."""

# Numbered from 0, in CPython's order; operators with their text.
_KINDS = """ENDMARKER NAME NUMBER STRING NEWLINE INDENT DEDENT LPAR:( RPAR:) LSQB:[ RSQB:] COLON::
COMMA:, SEMI:; PLUS:+ MINUS:- STAR:* SLASH:/ VBAR:| AMPER:& LESS:< GREATER:> EQUAL:= DOT:.
PERCENT:% LBRACE:{ RBRACE:} EQEQUAL:== NOTEQUAL:!= LESSEQUAL:<= GREATEREQUAL:>= TILDE:~
CIRCUMFLEX:^ LEFTSHIFT:<< RIGHTSHIFT:>> DOUBLESTAR:** PLUSEQUAL:+= MINEQUAL:-= STAREQUAL:*=
SLASHEQUAL:/= PERCENTEQUAL:%= AMPEREQUAL:&= VBAREQUAL:|= CIRCUMFLEXEQUAL:^= LEFTSHIFTEQUAL:<<=
RIGHTSHIFTEQUAL:>>= DOUBLESTAREQUAL:**= DOUBLESLASH:// DOUBLESLASHEQUAL://= AT:@ ATEQUAL:@=
RARROW:-> ELLIPSIS:... COLONEQUAL::= OP AWAIT ASYNC TYPE_IGNORE TYPE_COMMENT SOFT_KEYWORD ERRORTOKEN
COMMENT NL ENCODING""".split()

tok_name = {}
EXACT_TOKEN_TYPES = {}

for _number, _kind in enumerate(_KINDS):
    _name, _, _text = _kind.partition(":")
    tok_name[_number] = _name
    globals()[_name] = _number
    if _text:
        EXACT_TOKEN_TYPES[_text] = _number
del _number, _kind, _name, _text

N_TOKENS = len(_KINDS)
NT_OFFSET = 256     # numbers from here on are symbols of a grammar, not tokens
tok_name[N_TOKENS] = "N_TOKENS"
tok_name[NT_OFFSET] = "NT_OFFSET"

__all__ = ["tok_name", "ISTERMINAL", "ISNONTERMINAL", "ISEOF", *tok_name.values()]


def ISTERMINAL(x):
    """Whether a number stands for a token."""
    return x < NT_OFFSET


def ISNONTERMINAL(x):
    """Whether a number stands for a symbol."""
    return x >= NT_OFFSET


def ISEOF(x):
    """Whether a number stands for the end of the input."""
    return x == globals()["ENDMARKER"]
