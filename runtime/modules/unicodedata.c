/*
 * Module unicodedata: the Unicode character database (version 14), through libunistring.
 *
 * Properties that libunistring gives by index are named by the tables here; decompositions and
 * normalisation are its own.  Names of CJK ideographs and Hangul syllables are algorithmic there
 * too.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uniname.h>
#include <uninorm.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/modules/unicodedata_width.h"
#include "runtime/types/codecs.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/unicode.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

/* The one character of an argument: 0/-1.  `which`: " 1" where the function has several. */
static int read_char(const char *function, ObjRef o, const char *which, uint32_t *c)
{
    if (!str_check(o) || str_length(o) != 1) {
        return err_format_int(&exc_type_error,
                              "%s() argument%s must be a unicode character, not %T", function,
                              which, o);
    }
    *c = str_char_at(o, 0);
    return 0;
}

FUNCTION(category)
{
    (void)self, (void)nargs, (void)kwnames;
    uint32_t c;
    if (read_char("category", args[0], "", &c) < 0)
        return NULL;
    return str_from_ascii(uc_general_category_name(uc_general_category(c)));
}

FUNCTION(bidirectional)
{
    (void)self, (void)nargs, (void)kwnames;
    uint32_t c;
    if (read_char("bidirectional", args[0], "", &c) < 0)
        return NULL;
    /* The library gives defaults to what is not assigned; the database has nothing. */
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cn))
        return obj_incref(str_empty);
    int class = uc_bidi_class(c);
    switch (class) { /* the isolates have no names in libunistring 1.0 */
    case UC_BIDI_LRI:
        return str_from_ascii("LRI");
    case UC_BIDI_RLI:
        return str_from_ascii("RLI");
    case UC_BIDI_FSI:
        return str_from_ascii("FSI");
    case UC_BIDI_PDI:
        return str_from_ascii("PDI");
    default:
        return str_from_ascii(uc_bidi_class_name(class));
    }
}

FUNCTION(combining)
{
    (void)self, (void)nargs, (void)kwnames;
    uint32_t c;
    return read_char("combining", args[0], "", &c) < 0 ? NULL : int_new(uc_combining_class(c));
}

FUNCTION(mirrored)
{
    (void)self, (void)nargs, (void)kwnames;
    uint32_t c;
    ucs4_t other;
    return read_char("mirrored", args[0], "", &c) < 0 ? NULL : int_new(uc_mirror_char(c, &other));
}

FUNCTION(east_asian_width)
{
    (void)self, (void)nargs, (void)kwnames;
    uint32_t c;
    if (read_char("east_asian_width", args[0], "", &c) < 0)
        return NULL;
    size_t low = 0, high = sizeof(width_ranges) / sizeof(width_ranges[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (width_ranges[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    bool listed =
        low < sizeof(width_ranges) / sizeof(width_ranges[0]) && c >= width_ranges[low].first;
    if (listed)
        return str_from_ascii(width_names[width_ranges[low].width]);
    /* CPython 3.11 shows what is not assigned as full width. */
    bool assigned = !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cn);
    return str_from_ascii(assigned ? "N" : "F");
}

/* What a function gives for a character without a value: the default, or ValueError. */
static Obj *no_value(const ObjRef *args, int64_t nargs, const char *message)
{
    return nargs > 1 ? obj_incref(args[1]) : err_string(&exc_value_error, message);
}

FUNCTION(decimal)
{
    (void)self, (void)kwnames;
    uint32_t c;
    if (read_char("decimal", args[0], " 1", &c) < 0)
        return NULL;
    int value = unicode_decimal(c);
    return value >= 0 ? int_new(value) : no_value(args, nargs, "not a decimal");
}

FUNCTION(digit)
{
    (void)self, (void)kwnames;
    uint32_t c;
    if (read_char("digit", args[0], " 1", &c) < 0)
        return NULL;
    int value = unicode_digit(c);
    return value >= 0 ? int_new(value) : no_value(args, nargs, "not a digit");
}

FUNCTION(numeric)
{
    (void)self, (void)kwnames;
    uint32_t c;
    double value;
    if (read_char("numeric", args[0], " 1", &c) < 0)
        return NULL;
    return unicode_numeric(c, &value) ? float_new(value)
                                      : no_value(args, nargs, "not a numeric character");
}

FUNCTION(name)
{
    (void)self, (void)kwnames;
    uint32_t c;
    char buffer[CODECS_NAME_MAX];
    if (read_char("name", args[0], " 1", &c) < 0)
        return NULL;
    const char *text = codecs_character_name(c, buffer);
    return text == NULL ? no_value(args, nargs, "no such name") : str_from_ascii(text);
}

FUNCTION(lookup)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t length;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "lookup() argument must be str, not %T", args[0]);
    const char *text = str_utf8(args[0], &length);
    if (text == NULL)
        return NULL;
    if (length >= UNINAME_MAX)
        return err_string(&exc_key_error, "name too long");
    int64_t c = codecs_character_by_name(text, length);
    if (c < 0) {
        Obj *message = str_format_c("undefined character name '%s'", text);
        if (message != NULL)
            err_object(&exc_key_error, message);
        obj_xdecref(message);
        return NULL;
    }
    return str_from_char((uint32_t)c);
}

/* The tag before a compatibility decomposition. */
static const char *tag_text(int tag)
{
    switch (tag) {
    case UC_DECOMP_FONT:
        return "<font>";
    case UC_DECOMP_NOBREAK:
        return "<noBreak>";
    case UC_DECOMP_INITIAL:
        return "<initial>";
    case UC_DECOMP_MEDIAL:
        return "<medial>";
    case UC_DECOMP_FINAL:
        return "<final>";
    case UC_DECOMP_ISOLATED:
        return "<isolated>";
    case UC_DECOMP_CIRCLE:
        return "<circle>";
    case UC_DECOMP_SUPER:
        return "<super>";
    case UC_DECOMP_SUB:
        return "<sub>";
    case UC_DECOMP_VERTICAL:
        return "<vertical>";
    case UC_DECOMP_WIDE:
        return "<wide>";
    case UC_DECOMP_NARROW:
        return "<narrow>";
    case UC_DECOMP_SMALL:
        return "<small>";
    case UC_DECOMP_SQUARE:
        return "<square>";
    case UC_DECOMP_FRACTION:
        return "<fraction>";
    case UC_DECOMP_COMPAT:
        return "<compat>";
    default:
        return "";
    }
}

FUNCTION(decomposition)
{
    (void)self, (void)nargs, (void)kwnames;
    uint32_t c, chars[UC_DECOMPOSITION_MAX_LENGTH];
    int tag;
    if (read_char("decomposition", args[0], "", &c) < 0)
        return NULL;
    /* Hangul syllables decompose by rule, not by data. */
    int count = c >= 0xAC00 && c <= 0xD7A3 ? -1 : uc_decomposition(c, &tag, chars);
    if (count < 0)
        return obj_incref(str_empty);
    StrBuilder b;
    str_builder_init(&b);
    if (str_builder_add_ascii(&b, tag_text(tag)) < 0)
        goto fail;
    for (int i = 0; i < count; i++) {
        char digits[16];
        snprintf(digits, sizeof(digits), "%s%04X", b.length > 0 ? " " : "", chars[i]);
        if (str_builder_add_ascii(&b, digits) < 0)
            goto fail;
    }
    return str_builder_finish(&b);
fail:
    str_builder_free(&b);
    return NULL;
}

/* The text in a normal form named by a str; NULL with ValueError for another name. */
static Obj *normalized(const char *function, ObjRef form, ObjRef text)
{
    if (!str_check(form) || !str_check(text)) {
        return err_format(&exc_type_error, "%s() argument %d must be str, not %T", function,
                          str_check(form) ? 2 : 1, str_check(form) ? text : form);
    }
    uninorm_t normal = str_equal_ascii(form, "NFC")    ? UNINORM_NFC
                       : str_equal_ascii(form, "NFD")  ? UNINORM_NFD
                       : str_equal_ascii(form, "NFKC") ? UNINORM_NFKC
                       : str_equal_ascii(form, "NFKD") ? UNINORM_NFKD
                                                       : NULL;
    if (normal == NULL)
        return err_string(&exc_value_error, "invalid normalization form");
    int64_t length = str_length(text);
    if (str_cast(text)->ascii)
        return str_exact(text);
    size_t size = (size_t)length * sizeof(uint32_t);
    uint32_t *chars = mem_alloc(size);
    if (chars == NULL)
        return err_no_memory();
    for (int64_t i = 0; i < length; i++)
        chars[i] = str_char_at(text, i);
    /* The library refuses surrogates; they normalise to themselves and stop composition. */
    StrBuilder b;
    str_builder_init(&b);
    int64_t start = 0;
    bool failed = false;
    while (start < length && !failed) {
        int64_t end = start;
        while (end < length && !(chars[end] >= 0xD800 && chars[end] < 0xE000))
            end++;
        if (end > start) {
            size_t count = 0;
            uint32_t *out =
                u32_normalize(normal, chars + start, (size_t)(end - start), NULL, &count);
            if (out == NULL) {
                err_no_memory();
                failed = true;
            }
            for (size_t i = 0; i < count && !failed; i++)
                failed = str_builder_add_char(&b, out[i]) < 0;
            free(out);
        }
        if (end < length && !failed)
            failed = str_builder_add_char(&b, chars[end]) < 0;
        start = end + 1;
    }
    mem_free(chars, size);
    if (failed) {
        str_builder_free(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}

FUNCTION(normalize)
{
    (void)self, (void)nargs, (void)kwnames;
    return normalized("normalize", args[0], args[1]);
}

FUNCTION(is_normalized)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *text = normalized("is_normalized", args[0], args[1]);
    if (text == NULL)
        return NULL;
    bool same = str_equal(text, args[1]);
    obj_decref(text);
    return bool_new(same);
}

static const MethodDef functions[] = {
    {"bidirectional", bidirectional, 1, 1, 0,
     "bidirectional($module, chr, /)\n--\n\nThe bidirectional class of a character."},
    {"category", category, 1, 1, 0,
     "category($module, chr, /)\n--\n\nThe general category of a character."},
    {"combining", combining, 1, 1, 0,
     "combining($module, chr, /)\n--\n\nThe canonical combining class of a character."},
    {"decimal", decimal, 1, 2, 0,
     "decimal($module, chr, default=<unrepresentable>, /)\n--\n\nThe decimal value."},
    {"decomposition", decomposition, 1, 1, 0,
     "decomposition($module, chr, /)\n--\n\nThe decomposition mapping, in hexadecimal."},
    {"digit", digit, 1, 2, 0,
     "digit($module, chr, default=<unrepresentable>, /)\n--\n\nThe value as a digit."},
    {"east_asian_width", east_asian_width, 1, 1, 0,
     "east_asian_width($module, chr, /)\n--\n\nThe East Asian width class."},
    {"is_normalized", is_normalized, 2, 2, 0,
     "is_normalized($module, form, unistr, /)\n--\n\nIs the text in that normal form?"},
    {"lookup", lookup, 1, 1, 0,
     "lookup($module, name, /)\n--\n\nThe character of a name; KeyError."},
    {"mirrored", mirrored, 1, 1, 0,
     "mirrored($module, chr, /)\n--\n\n1 for a character that is mirrored in right-to-left text."},
    {"name", name, 1, 2, 0,
     "name($module, chr, default=<unrepresentable>, /)\n--\n\nThe name of a character."},
    {"normalize", normalize, 2, 2, 0,
     "normalize($module, form, unistr, /)\n--\n\nThe text in a normal form."},
    {"numeric", numeric, 1, 2, 0,
     "numeric($module, chr, default=<unrepresentable>, /)\n--\n\nThe numeric value, as a float."},
    {0},
};

static int exec(ObjRef module)
{
    return module_add_steal(module, "unidata_version", str_from_ascii("14.0.0"));
}

extern const ModuleDef unicodedata_module;
const ModuleDef unicodedata_module = {"unicodedata", "The Unicode character database.", functions,
                                      exec};
