/* test_utf8.c - validity, repair and cutting of UTF-8; ANSI sequences. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"
#include "tap.h"

static size_t sequence(struct alz_str text)
{
    const unsigned char *ptr = (const unsigned char *)text.ptr;

    return alz_utf8_sequence(ptr, ptr + text.len);
}

static void test_sequence(void)
{
    NUM(sequence(ALZ_STR("")), 0, "no bytes");
    NUM(sequence(ALZ_STR("\0")), 1, "a NUL");
    NUM(sequence(ALZ_STR("\x7f")), 1, "7F");
    NUM(sequence(ALZ_STR("\x80")), 0, "a lone continuation");
    NUM(sequence(ALZ_STR("\xc1\xbf")), 0, "overlong 2");
    NUM(sequence(ALZ_STR("\xc2\x80")), 2, "U+0080");
    NUM(sequence(ALZ_STR("\xdf\xbf")), 2, "U+07FF");
    NUM(sequence(ALZ_STR("\xe0\x9f\xbf")), 0, "overlong 3");
    NUM(sequence(ALZ_STR("\xe0\xa0\x80")), 3, "U+0800");
    NUM(sequence(ALZ_STR("\xed\x9f\xbf")), 3, "U+D7FF");
    NUM(sequence(ALZ_STR("\xed\xa0\x80")), 0, "U+D800");
    NUM(sequence(ALZ_STR("\xed\xbf\xbf")), 0, "U+DFFF");
    NUM(sequence(ALZ_STR("\xee\x80\x80")), 3, "U+E000");
    NUM(sequence(ALZ_STR("\xef\xbf\xbf")), 3, "U+FFFF");
    NUM(sequence(ALZ_STR("\xf0\x8f\xbf\xbf")), 0, "overlong 4");
    NUM(sequence(ALZ_STR("\xf0\x90\x80\x80")), 4, "U+10000");
    NUM(sequence(ALZ_STR("\xf4\x8f\xbf\xbf")), 4, "U+10FFFF");
    NUM(sequence(ALZ_STR("\xf4\x90\x80\x80")), 0, "U+110000");
    NUM(sequence(ALZ_STR("\xf5\x80\x80\x80")), 0, "F5");
    NUM(sequence(ALZ_STR("\xff")), 0, "FF");
    NUM(sequence(ALZ_STR("\xe2\x82")), 0, "cut");
    NUM(sequence(ALZ_STR("\xe2\x82(")), 0, "broken by ASCII");
}

/* Every code point there is, against put. */
static void test_every_code(void)
{
    bool same = true;

    for (uint32_t code = 0; code <= 0x10ffff; code++) {
        char bytes[4];
        size_t len = alz_utf8_put(bytes, code);
        size_t want = code < 0x80      ? 1
                      : code < 0x800   ? 2
                      : code < 0x10000 ? 3
                                       : 4;

        same &= len == want && sequence((struct alz_str){bytes, len}) == len;
        same &= alz_utf8_valid((struct alz_str){bytes, len}) == len;
    }
    OK(same, "every code point is written and found valid");
}

static struct alz_str put(char *to, uint32_t code)
{
    return (struct alz_str){to, alz_utf8_put(to, code)};
}

static void test_put(void)
{
    char bytes[4];

    IS(put(bytes, 0x41), "A", "put one byte");
    IS(put(bytes, 0xe4), "\xc3\xa4", "put two");
    IS(put(bytes, 0x20ac), "\xe2\x82\xac", "put three");
    IS(put(bytes, 0x1f600), "\xf0\x9f\x98\x80", "put four");
    IS(put(bytes, 0xd800), "\xef\xbf\xbd", "a surrogate becomes U+FFFD");
    IS(put(bytes, 0x110000), "\xef\xbf\xbd", "so does what is too large");
}

/* A bad byte at every offset and alignment of a text around the fast path. */
static void test_valid(void)
{
    static const char *const bad[] = {"\x80", "\xff", "\xc3", "\xe2\x82"};
    char text[48];
    bool good = true;

    for (size_t at = 0; at < 40; at++) {
        for (size_t b = 0; b < sizeof(bad) / sizeof(*bad); b++) {
            size_t len = strlen(bad[b]);

            memset(text, 'a', sizeof(text));
            memcpy(text + at, bad[b], len);
            for (size_t from = 0; from <= at; from++)
                good &= alz_utf8_valid((struct alz_str){
                            text + from, sizeof(text) - from}) == at - from;
            good &= alz_utf8_valid((struct alz_str){text, at}) == at;
        }
    }
    OK(good, "the first bad byte is found wherever it is");
    NUM(alz_utf8_valid((struct alz_str){NULL, 0}), 0, "nothing is valid");
    NUM(alz_utf8_valid(ALZ_STR("\xc3\xa4\xe2\x82\xac"
                               "12345678\xc3")),
        13, "a cut sequence at the end is invalid");
}

static void repairs(struct alz_str text, const char *want, const char *what)
{
    char bytes[128];

    IS(((struct alz_str){bytes, alz_utf8_repair(bytes, text)}), want, what);
}

static void test_repair(void)
{
    repairs(ALZ_STR("good \xc3\xa4"), "good \xc3\xa4", "valid text stays");
    repairs((struct alz_str){NULL, 0}, "", "nothing");
    repairs(ALZ_STR("a\xff"
                    "b"),
            "a\xef\xbf\xbd"
            "b",
            "a bad byte");
    repairs(ALZ_STR("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
            "each byte by itself");
    repairs(ALZ_STR("x\xe2\x82"), "x\xef\xbf\xbd\xef\xbf\xbd", "a cut end");
    repairs(ALZ_STR("\xc3\xc3\xa4"), "\xef\xbf\xbd\xc3\xa4",
            "the next sequence survives");
}

static void test_cut(void)
{
    struct alz_str text = ALZ_STR("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
    static const size_t want[] = {0, 0, 2, 2, 2, 5, 5, 5, 5, 9, 9};
    bool good = true;

    for (size_t max = 0; max < sizeof(want) / sizeof(*want); max++)
        good &= alz_utf8_cut(text, max).len == want[max];
    OK(good, "never inside a sequence");
    NUM(alz_utf8_cut(ALZ_STR("abc"), 2).len, 2, "ASCII");
    NUM(alz_utf8_cut(ALZ_STR("\x80\x80\x80\x80\x80\x80"), 5).len, 5,
        "lone continuations are cut anywhere");
    NUM(alz_utf8_cut(ALZ_STR("a\xf0\x9f\x98"), 3).len, 3,
        "so is what is no sequence anyway");
    NUM(alz_utf8_cut((struct alz_str){NULL, 0}, 0).len, 0, "nothing");
}

static size_t ansi(struct alz_str text)
{
    return alz_ansi_sequence(text.ptr, text.ptr + text.len);
}

static void test_ansi(void)
{
    NUM(ansi(ALZ_STR("")), 0, "nothing");
    NUM(ansi(ALZ_STR("x")), 0, "text");
    NUM(ansi(ALZ_STR("\x1b")), 0, "a lone ESC");
    NUM(ansi(ALZ_STR("\x1b[m")), 3, "CSI without parameters");
    NUM(ansi(ALZ_STR("\x1b[1;31mtext")), 7, "CSI colour");
    NUM(ansi(ALZ_STR("\x1b[?25l")), 6, "CSI private");
    NUM(ansi(ALZ_STR("\x1b[38:2::1:2:3m")), 14, "CSI with colons");
    NUM(ansi(ALZ_STR("\x1b[1;31")), 0, "CSI cut");
    NUM(ansi(ALZ_STR("\x1b[1\n31m")), 0, "CSI broken by a line end");
    NUM(ansi(ALZ_STR("\x1b[1\xc3\xa4m")), 0, "CSI broken by UTF-8");
    NUM(ansi(ALZ_STR("\x1b]0;title\a.")), 10, "OSC by BEL");
    NUM(ansi(ALZ_STR("\x1b]8;;http://\xc3\xa4\x1b\\.")), 16, "OSC by ST");
    NUM(ansi(ALZ_STR("\x1b]0;title")), 0, "OSC cut");
    NUM(ansi(ALZ_STR("\x1b]0;title\x1b")), 0, "OSC cut in ST");
    NUM(ansi(ALZ_STR("\x1b]0;a\x1b]0;b\a")), 0, "OSC in OSC");
    NUM(ansi(ALZ_STR("\x1bPq#0\x1b\\.")), 7, "DCS");
    NUM(ansi(ALZ_STR("\x1b(B.")), 3, "a character set");
    NUM(ansi(ALZ_STR("\x1b"
                     "7.")),
        2, "two bytes");
    NUM(ansi(ALZ_STR("\x1b"
                     "c.")),
        2, "reset");
    NUM(ansi(ALZ_STR("\x1b\\.")), 2, "a lone ST");
    NUM(ansi(ALZ_STR("\x1b\n")), 0, "ESC and a line end");
    NUM(ansi(ALZ_STR("\x1b\0")), 0, "ESC and a NUL");
    NUM(ansi(ALZ_STR("\x1b\x7f")), 0, "ESC and DEL");
}

int main(void)
{
    test_sequence();
    test_every_code();
    test_put();
    test_valid();
    test_repair();
    test_cut();
    test_ansi();
    return tap_done();
}
