/* runtime/types/codecs*.c: well-formed and ill-formed input, positions of errors, handlers. */

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

static void start(void)
{
    cr_assert_eq(runtime_init(), 0);
}

static void finish(void)
{
    cr_assert_null(err_occurred());
    runtime_finish();
}

TestSuite(codecs, .init = start, .fini = finish);

static Obj *decode(const char *octets, const char *encoding, const char *errors)
{
    return codec_decode((const unsigned char *)octets, (int64_t)strlen(octets), encoding, errors);
}

static void expect_text(Obj *s_steal, const char *repr_text)
{
    cr_assert_not_null(s_steal);
    Obj *repr = obj_ascii(s_steal);
    cr_assert_str_eq(str_utf8(repr, NULL), repr_text);
    obj_decref(repr);
    obj_decref(s_steal);
}

/* A UnicodeDecodeError for octets [start, end). */
static void expect_decode_error(int64_t start_at, int64_t end_at, const char *reason)
{
    cr_assert(err_matches(&exc_unicode_decode_error));
    Obj *error = err_fetch();
    const UnicodeErrorObj *e = (const UnicodeErrorObj *)error;
    cr_assert_eq(int_small_value(e->start), start_at);
    cr_assert_eq(int_small_value(e->end), end_at);
    cr_assert_str_eq(str_utf8(e->reason, NULL), reason);
    obj_decref(error);
}

Test(codecs, utf8_delimits_ill_formed_sequences)
{
    static const struct {
        const char *octets;
        int64_t start, end;
        const char *reason;
    } rows[] = {
        {"a\xFF", 1, 2, "invalid start byte"},
        {"\xC0\x80", 0, 1, "invalid start byte"},
        {"\xE2\x82", 0, 2, "unexpected end of data"},
        {"\xE2\x82z", 0, 2, "invalid continuation byte"},
        {"\xED\xA0\x80", 0, 1, "invalid continuation byte"},
        {"\xF4\x90\x80\x80", 0, 1, "invalid continuation byte"},
        {"\xF0\x9D\x84z", 0, 3, "invalid continuation byte"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_assert_null(decode(rows[i].octets, NULL, NULL));
        expect_decode_error(rows[i].start, rows[i].end, rows[i].reason);
    }
}

Test(codecs, handlers)
{
    expect_text(decode("a\xFFz", "utf-8", "replace"), "'a\\ufffdz'");
    expect_text(decode("a\xFFz", "utf-8", "ignore"), "'az'");
    expect_text(decode("a\xFFz", "utf-8", "backslashreplace"), "'a\\\\xffz'");
    expect_text(decode("a\xFFz", "utf-8", "surrogateescape"), "'a\\udcffz'");
    expect_text(decode("\xED\xA0\x80", "utf-8", "surrogatepass"), "'\\ud800'");
    cr_assert_null(decode("\xFF", "utf-8", "nonesuch"));
    cr_assert(err_matches(&exc_lookup_error));
    err_clear();
}

Test(codecs, surrogateescape_round_trips)
{
    Obj *text = decode("a\xFF\x80\xC3", "utf-8", "surrogateescape");
    Obj *octets = codec_encode(text, "utf-8", "surrogateescape");
    cr_assert_eq(bytes_cast(octets)->length, 4);
    cr_assert_eq(memcmp(bytes_cast(octets)->data, "a\xFF\x80\xC3", 4), 0);
    obj_decref(text);
    obj_decref(octets);
}

Test(codecs, names_have_many_spellings)
{
    static const char *const names[] = {"UTF-8", "utf8", "Latin-1", "ISO8859_1", "us ascii", "U16"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        Obj *octets = codec_encode(str_latin1['a'], names[i], NULL);
        cr_assert_not_null(octets);
        obj_decref(octets);
    }
}

/* Every encoding gives back what it was given. */
Test(codecs, round_trips)
{
    static const char *const names[] = {
        "utf-8",     "utf-16",    "utf-16-be",      "utf-32",
        "utf-32-le", "utf-8-sig", "unicode_escape", "raw_unicode_escape"};
    srand(3);
    for (int round = 0; round < 300; round++) {
        uint32_t chars[20];
        int64_t length = rand() % 20;
        for (int64_t i = 0; i < length; i++) {
            uint32_t c = (uint32_t)rand() % (round % 4 == 0   ? 0x80u
                                             : round % 4 == 1 ? 0x100u
                                             : round % 4 == 2 ? 0xD800u
                                                              : 0x110000u);
            chars[i] = (c >= 0xD800 && c < 0xE000) || c == '\\' ? 'x' : c;
        }
        Obj *text = str_from_ucs4(chars, length);
        for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
            Obj *octets = codec_encode(text, names[n], NULL);
            cr_assert_not_null(octets);
            Obj *back =
                codec_decode(bytes_cast(octets)->data, bytes_cast(octets)->length, names[n], NULL);
            cr_assert_not_null(back);
            cr_assert(str_equal(text, back), "%s", names[n]);
            obj_decref(octets);
            obj_decref(back);
        }
        obj_decref(text);
    }
}

Test(codecs, character_names)
{
    cr_assert_eq(codecs_character_by_name("EURO SIGN", 9), 0x20AC);
    cr_assert_eq(codecs_character_by_name("HANGUL SYLLABLE GANJ", 20), 0xAC05);
    cr_assert_eq(codecs_character_by_name("CJK UNIFIED IDEOGRAPH-4E00", 26), 0x4E00);
    cr_assert_eq(codecs_character_by_name("NO SUCH NAME", 12), -1);
}
