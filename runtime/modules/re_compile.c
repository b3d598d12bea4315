/*
 * From the tree of a regular expression to a program for the matcher; and what both share: case,
 * categories, sets.
 *
 * A sequence becomes the code of its nodes one after the other.  Repeats of a single-width node
 * become one REPEAT; others a loop with a counter.  The words are collected in a growing array in
 * the bump.
 */

#include <ctype.h>
#include <string.h>
#include <unicase.h>

#include "runtime/core/err.h"
#include "runtime/modules/re_parse.h"
#include "runtime/modules/re_program.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"
#include "runtime/types/unicode.h"

/* ---- characters */

static bool is_word(uint32_t c, bool ascii, bool locale)
{
    if (c == '_')
        return true;
    if (locale)
        return c < 256 && isalnum((int)c);
    if (c < 128)
        return (unicode_ascii_class[c] & (UNICODE_LOWER | UNICODE_UPPER | UNICODE_DIGIT)) != 0;
    return !ascii && (unicode_is_alpha(c) || unicode_is_numeric(c) || unicode_digit(c) >= 0);
}

bool re_program_in_category(uint32_t category, uint32_t c, bool ascii, bool locale)
{
    switch (category) {
    case RE_DIGIT:
        return c < 128 ? c >= '0' && c <= '9' : !ascii && unicode_decimal(c) >= 0;
    case RE_NOT_DIGIT:
        return !re_program_in_category(RE_DIGIT, c, ascii, locale);
    case RE_SPACE:
        if (ascii)
            return c == ' ' || (c >= '\t' && c <= '\r');
        return unicode_is_space(c);
    case RE_NOT_SPACE:
        return !re_program_in_category(RE_SPACE, c, ascii, locale);
    case RE_WORD:
        return is_word(c, ascii, locale);
    case RE_NOT_WORD:
        return !is_word(c, ascii, locale);
    default:
        return false;
    }
}

/* Lower-case letters that share an upper-case letter; the first of each row stands for all. */
static const uint32_t same_case[][3] = {
    {0x69, 0x131, 0},   {0x73, 0x17F, 0},    {0xB5, 0x3BC, 0},        {0x345, 0x3B9, 0x1FBE},
    {0x390, 0x1FD3, 0}, {0x3B0, 0x1FE3, 0},  {0x3B2, 0x3D0, 0},       {0x3B5, 0x3F5, 0},
    {0x3B8, 0x3D1, 0},  {0x3BA, 0x3F0, 0},   {0x3C0, 0x3D6, 0},       {0x3C1, 0x3F1, 0},
    {0x3C2, 0x3C3, 0},  {0x3C6, 0x3D5, 0},   {0x432, 0x1C80, 0},      {0x434, 0x1C81, 0},
    {0x43E, 0x1C82, 0}, {0x441, 0x1C83, 0},  {0x442, 0x1C84, 0x1C85}, {0x44A, 0x1C86, 0},
    {0x463, 0x1C87, 0}, {0x1E61, 0x1E9B, 0}, {0xA64B, 0x1C88, 0},     {0xFB05, 0xFB06, 0},
};

uint32_t re_program_fold(uint32_t c, ReCase mode)
{
    if (c < 128) {
        if (mode == RE_CASE_LOCALE)
            return (uint32_t)tolower((int)c);
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    if (mode == RE_CASE_ASCII)
        return c;
    if (mode == RE_CASE_LOCALE)
        return c < 256 ? (uint32_t)tolower((int)c) : c;
    uint32_t lower = uc_tolower(c);
    for (size_t i = 0; i < sizeof(same_case) / sizeof(same_case[0]); i++) {
        if (lower == same_case[i][1] || (lower == same_case[i][2] && lower != 0))
            return same_case[i][0];
    }
    return lower;
}

/* Is c itself among ranges and categories? */
static bool set_lists(const ReSet *set, uint32_t c)
{
    for (int32_t i = 0; i < set->range_count; i++) {
        if (c >= set->ranges[i].first && c <= set->ranges[i].last)
            return true;
    }
    for (uint32_t bit = RE_DIGIT; bit <= RE_NOT_WORD && set->categories != 0; bit <<= 1) {
        if ((set->categories & bit) && re_program_in_category(bit, c, set->ascii, set->locale))
            return true;
    }
    return false;
}

/* … or another case of it? */
static bool set_lists_folded(const ReSet *set, uint32_t c)
{
    if (set_lists(set, c))
        return true;
    uint32_t folded = re_program_fold(c, set->mode);
    if (set->mode != RE_CASE_UNICODE) {
        uint32_t upper = set->mode == RE_CASE_LOCALE && folded < 256
                             ? (uint32_t)toupper((int)folded)
                         : folded >= 'a' && folded <= 'z' ? folded - 32
                                                          : folded;
        return set_lists(set, folded) || set_lists(set, upper);
    }
    if (set_lists(set, folded) || set_lists(set, uc_toupper(folded)) ||
        set_lists(set, uc_totitle(folded)))
        return true;
    for (size_t i = 0; i < sizeof(same_case) / sizeof(same_case[0]); i++) {
        if (same_case[i][0] != folded)
            continue;
        for (int k = 1; k < 3 && same_case[i][k] != 0; k++) {
            if (set_lists(set, same_case[i][k]) || set_lists(set, uc_toupper(same_case[i][k])))
                return true;
        }
    }
    /* Capital letters whose lower case is `folded` but that it does not map back to. */
    return (folded == 0xDF && set_lists(set, 0x1E9E)) ||
           (folded == 'k' && set_lists(set, 0x212A)) ||
           (folded == 0xE5 && set_lists(set, 0x212B)) ||
           (folded == 0x3C9 && set_lists(set, 0x2126)) || (folded == 'i' && set_lists(set, 0x130));
}

bool re_program_set_has(const ReSet *set, uint32_t c)
{
    bool listed = set->fold ? set_lists_folded(set, c) : set_lists(set, c);
    return listed != set->negate;
}

/* ---- code */

typedef struct Generator {
    ReProgram *program;
    int32_t room, set_room;
    bool failed;
} Generator;

static int32_t emit(Generator *g, int32_t word)
{
    ReProgram *program = g->program;
    if (program->length == g->room && !g->failed) {
        int32_t room = g->room == 0 ? 32 : g->room * 2;
        int32_t *code = room > INT32_MAX / 8
                            ? NULL
                            : bump_alloc(&program->bump, (size_t)room * sizeof(int32_t));
        if (code == NULL) {
            g->failed = true;
            return 0;
        }
        if (program->length > 0)
            memcpy(code, program->code, (size_t)program->length * sizeof(int32_t));
        program->code = code;
        g->room = room;
    }
    if (g->failed)
        return 0;
    program->code[program->length] = word;
    return program->length++;
}

/* Sets an operand emitted before to the place that comes next. */
static void land(Generator *g, int32_t operand)
{
    if (!g->failed)
        g->program->code[operand] = g->program->length;
}

static void emit_set(Generator *g, ReSet *set)
{
    ReProgram *program = g->program;
    if (program->set_count == g->set_room) {
        int32_t room = g->set_room == 0 ? 8 : g->set_room * 2;
        ReSet **sets = bump_alloc(&program->bump, (size_t)room * sizeof(ReSet *));
        if (sets == NULL) {
            g->failed = true;
            return;
        }
        if (program->set_count > 0)
            memcpy(sets, program->sets, (size_t)program->set_count * sizeof(ReSet *));
        program->sets = sets;
        g->set_room = room;
    }
    program->sets[program->set_count] = set;
    emit(g, RE_OP_SET);
    emit(g, program->set_count++);
}

static ReCase case_of(const ReNode *node)
{
    return node->flags & RE_LOCALE    ? RE_CASE_LOCALE
           : node->flags & RE_UNICODE ? RE_CASE_UNICODE
                                      : RE_CASE_ASCII;
}

/* Does case matter for c?  (A folded comparison is slower.) */
static bool is_cased(uint32_t c, ReCase mode)
{
    uint32_t folded = re_program_fold(c, mode);
    if (mode == RE_CASE_UNICODE) {
        for (size_t i = 0; i < sizeof(same_case) / sizeof(same_case[0]); i++) {
            if (same_case[i][0] == folded)
                return true;
        }
        return folded != c || uc_toupper(c) != c || uc_totitle(c) != c;
    }
    if (mode == RE_CASE_LOCALE)
        return c < 256 && (folded != c || (uint32_t)toupper((int)c) != c);
    return folded != c || (c >= 'a' && c <= 'z');
}

static void emit_sequence(Generator *g, const ReNode *sequence);

static bool is_single(const ReNode *node)
{
    return node != NULL && node->next == NULL &&
           (node->kind == RE_NODE_CHAR || node->kind == RE_NODE_ANY || node->kind == RE_NODE_SET);
}

/* The single-width node that a repeat's body is, through groups that do not capture; or NULL. */
static const ReNode *single_body(const ReNode *body)
{
    while (body != NULL && body->next == NULL && body->kind == RE_NODE_GROUP && body->value == 0)
        body = body->children[0];
    return is_single(body) ? body : NULL;
}

static void emit_repeat_body(Generator *g, const ReNode *node, bool lazy)
{
    const ReNode *body = node->children[0], *single = single_body(body);
    if (node->most == 0)
        return;
    if (single != NULL) {
        emit(g, RE_OP_REPEAT);
        emit(g, (int32_t)node->least);
        emit(g, (int32_t)node->most);
        emit(g, lazy);
        int32_t next = emit(g, 0);
        emit_sequence(g, single);
        land(g, next);
        return;
    }
    if (node->least == 1 && node->most == 1) {
        emit_sequence(g, body);
        return;
    }
    if (node->least == 0 && node->most == 1 && !lazy) {
        emit(g, RE_OP_SPLIT);
        int32_t other = emit(g, 0);
        emit_sequence(g, body);
        land(g, other);
        return;
    }
    int32_t loop = g->program->loops++;
    emit(g, RE_OP_LOOP_INIT);
    emit(g, loop);
    int32_t start = emit(g, RE_OP_LOOP);
    emit(g, loop);
    emit(g, (int32_t)node->least);
    emit(g, (int32_t)node->most);
    emit(g, lazy);
    int32_t end = emit(g, 0);
    emit_sequence(g, body);
    emit(g, RE_OP_JUMP);
    emit(g, start);
    land(g, end);
}

static void emit_atomic_start(Generator *g, int32_t *next)
{
    emit(g, RE_OP_ATOMIC);
    *next = emit(g, 0);
}

static void emit_branch(Generator *g, const ReNode *node)
{
    /* Each alternative but the last ends with a jump; the operands are chained until the end. */
    int32_t chain = -1;
    for (int32_t i = 0; i < node->child_count; i++) {
        bool last = i + 1 == node->child_count;
        int32_t other = 0;
        if (!last) {
            emit(g, RE_OP_SPLIT);
            other = emit(g, 0);
        }
        emit_sequence(g, node->children[i]);
        if (!last) {
            emit(g, RE_OP_JUMP);
            chain = emit(g, chain);
            land(g, other);
        }
    }
    while (chain >= 0 && !g->failed) {
        int32_t before = g->program->code[chain];
        land(g, chain);
        chain = before;
    }
}

static void emit_node(Generator *g, const ReNode *node)
{
    int32_t next, other;
    uint32_t c = (uint32_t)node->value;
    switch (node->kind) {
    case RE_NODE_CHAR:
        if ((node->flags & RE_IGNORECASE) && is_cased(c, case_of(node))) {
            emit(g, RE_OP_CHAR_FOLDED);
            emit(g, (int32_t)re_program_fold(c, case_of(node)));
            emit(g, (int32_t)case_of(node));
        } else {
            emit(g, RE_OP_CHAR);
            emit(g, (int32_t)c);
        }
        break;
    case RE_NODE_ANY:
        emit(g, node->flags & RE_DOTALL ? RE_OP_ANY_ALL : RE_OP_ANY);
        break;
    case RE_NODE_SET:
        emit_set(g, node->set);
        break;
    case RE_NODE_AT:
        emit(g, RE_OP_AT);
        emit(g, (int32_t)node->value);
        break;
    case RE_NODE_GROUP:
        if (node->value > 0) {
            emit(g, RE_OP_SAVE);
            emit(g, (int32_t)node->value * 2);
        }
        emit_sequence(g, node->children[0]);
        if (node->value > 0) {
            emit(g, RE_OP_SAVE);
            emit(g, (int32_t)node->value * 2 + 1);
        }
        break;
    case RE_NODE_BRANCH:
        emit_branch(g, node);
        break;
    case RE_NODE_REPEAT:
        if (node->mode == RE_POSSESSIVE) {
            emit_atomic_start(g, &next);
            emit_repeat_body(g, node, false);
            emit(g, RE_OP_SUB_END);
            land(g, next);
        } else {
            emit_repeat_body(g, node, node->mode == RE_LAZY);
        }
        break;
    case RE_NODE_BACKREF:
        emit(g, RE_OP_BACKREF);
        emit(g, (int32_t)node->value);
        emit(g, node->flags & RE_IGNORECASE ? (int32_t)case_of(node) : -1);
        break;
    case RE_NODE_CONDITION:
        emit(g, RE_OP_CONDITION);
        emit(g, (int32_t)node->value);
        other = emit(g, 0);
        emit_sequence(g, node->children[0]);
        if (node->children[1] != NULL) {
            emit(g, RE_OP_JUMP);
            next = emit(g, 0);
            land(g, other);
            emit_sequence(g, node->children[1]);
            land(g, next);
        } else {
            land(g, other);
        }
        break;
    case RE_NODE_LOOK:
        emit(g, RE_OP_LOOK);
        emit(g, node->value < 0 ? (int32_t)node->least : 0);
        emit(g, node->negative);
        next = emit(g, 0);
        emit_sequence(g, node->children[0]);
        emit(g, RE_OP_SUB_END);
        land(g, next);
        break;
    case RE_NODE_ATOMIC:
        emit_atomic_start(g, &next);
        emit_sequence(g, node->children[0]);
        emit(g, RE_OP_SUB_END);
        land(g, next);
        break;
    }
}

static void emit_sequence(Generator *g, const ReNode *sequence)
{
    for (const ReNode *node = sequence; node != NULL && !g->failed; node = node->next)
        emit_node(g, node);
}

/* The literal that every match begins with. */
static int find_prefix(ReProgram *program)
{
    int32_t length = 0, pc = 0;
    for (int pass = 0; pass < 2; pass++) {
        length = pc = 0;
        while (program->code[pc] == RE_OP_CHAR || program->code[pc] == RE_OP_SAVE) {
            if (program->code[pc] == RE_OP_CHAR) {
                if (pass == 1)
                    program->prefix[length] = (uint32_t)program->code[pc + 1];
                length++;
            }
            pc += 2;
        }
        if (length == 0)
            return 0;
        if (pass == 0 && (program->prefix = bump_alloc(&program->bump,
                                                       (size_t)length * sizeof(uint32_t))) == NULL)
            return -1;
    }
    program->prefix_length = length;
    return 0;
}

int re_program_compile(ReProgram *program, ObjRef pattern, int64_t flags, ObjRef error_class)
{
    BufferView view = {NULL, 0, NULL};
    ReSubject text;
    ReNode *tree = NULL;
    memset(program, 0, sizeof(*program));
    bump_init(&program->bump);
    if (str_check(pattern)) {
        text = (ReSubject){str_cast(pattern)->data, str_cast(pattern)->kind, str_length(pattern)};
    } else {
        if (buffer_acquire(pattern, &view) < 0)
            return -1;
        text = (ReSubject){view.data, 1, view.length};
        program->bytes = true;
    }
    int status = re_parse(program, pattern, &text, flags, error_class, &tree);
    buffer_release(&view);
    if (status < 0)
        return -1;
    Generator g = {program, 0, 0, false};
    emit_sequence(&g, tree);
    emit(&g, RE_OP_SUCCESS);
    if (g.failed || find_prefix(program) < 0) {
        err_no_memory();
        return -1;
    }
    return 0;
}

void re_program_free(ReProgram *program)
{
    bump_free(&program->bump);
    obj_clear(&program->group_index);
    obj_clear(&program->group_names);
}
