/* test_encoding.c - any encoding becomes UTF-8, in pieces of any size. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "read/encoding.h"

#include <allurize/read.h>

#define DECLARED(name) "<?xml version=\"1.0\" encoding=\"" name "\"?>"
#define TEXT(literal)                                                          \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }
#define FFFD "\xEF\xBF\xBD"

/* clang-format off */
static const struct row {
    const char *title;
    struct alz_str input;
    const char *name;
    const char *text; /* NULL: as the input */
    bool failed;
    unsigned replaced;
} rows[] = {
    {"plain", TEXT("<a/>"), "UTF-8", NULL, false, 0},
    {"nothing", TEXT(""), "UTF-8", NULL, false, 0},
    {"one byte", TEXT("x"), "UTF-8", NULL, false, 0},
    {"UTF-8 mark", TEXT("\xEF\xBB\xBF<a/>"), "UTF-8", "<a/>", false, 0},
    {"only a mark", TEXT("\xFF\xFE"), "UTF-16LE", "", false, 0},
    {"UTF-16LE mark", TEXT("\xFF\xFE<\0\xE4\0=\xD8\x00\xDE"), "UTF-16LE",
     "<\xC3\xA4\xF0\x9F\x98\x80", false, 0},
    {"UTF-16BE mark", TEXT("\xFE\xFF\0<\0\xE4"), "UTF-16BE",
     "<\xC3\xA4", false, 0},
    {"UTF-16LE pattern", TEXT("<\0a\0/\0>\0"), "UTF-16LE", "<a/>", false, 0},
    {"UTF-16BE pattern", TEXT("\0<\0a\0/\0>"), "UTF-16BE", "<a/>", false, 0},
    {"UTF-32LE mark", TEXT("\xFF\xFE\0\0<\0\0\0"), "UTF-32LE", "<", false, 0},
    {"UTF-32BE mark", TEXT("\0\0\xFE\xFF\0\0\0<"), "UTF-32BE", "<", false, 0},
    {"UTF-32LE pattern", TEXT("<\0\0\0a\0\0\0"), "UTF-32LE", "<a", false, 0},
    {"UTF-32BE pattern", TEXT("\0\0\0<\0\0\0a"), "UTF-32BE", "<a", false, 0},
    {"half a surrogate pair", TEXT("\xFF\xFE<\0=\xD8>\0"), "UTF-16LE",
     "<" FFFD ">", false, 1},
    {"cut in a character", TEXT("\xFF\xFE<\0a"), "UTF-16LE", "<" FFFD, false,
     1},
    {"a mark wins over the declaration",
     TEXT("\xEF\xBB\xBF" DECLARED("ISO-8859-1") "\xC3\xA4"), "UTF-8",
     DECLARED("ISO-8859-1") "\xC3\xA4", false, 0},
    {"ISO-8859-1", TEXT(DECLARED("ISO-8859-1") "\xE4"), "ISO-8859-1",
     DECLARED("ISO-8859-1") "\xC3\xA4", false, 0},
    {"windows-1252 and a byte it has not",
     TEXT(DECLARED("windows-1252") "\x80\x81"), "windows-1252",
     DECLARED("windows-1252") "\xE2\x82\xAC" FFFD, false, 1},
    {"Shift_JIS", TEXT(DECLARED("Shift_JIS") "\x83\x65"), "Shift_JIS",
     DECLARED("Shift_JIS") "\xE3\x83\x86", false, 0},
    {"declared behind chatter",
     TEXT("1 < 2\nx<y>\n" DECLARED("ISO-8859-1") "\xE4"), "ISO-8859-1",
     "1 < 2\nx<y>\n" DECLARED("ISO-8859-1") "\xC3\xA4", false, 0},
    {"not declared before the root",
     TEXT("\n<a>" DECLARED("ISO-8859-1") "\xE4"), "UTF-8", NULL, false, 0},
    {"single quotes and blanks",
     TEXT("<?xml version='1.0' encoding = 'latin1' ?>\xE4"), "latin1",
     "<?xml version='1.0' encoding = 'latin1' ?>\xC3\xA4", false, 0},
    {"UTF-16 in single bytes", TEXT(DECLARED("utf-16") "\xC3\xA4"), "UTF-8",
     NULL, false, 0},
    {"UCS-4 in single bytes", TEXT(DECLARED("UCS-4")), "UTF-8", NULL, false,
     0},
    {"EBCDIC in ASCII", TEXT(DECLARED("IBM037")), "UTF-8", NULL, false, 0},
    {"ASCII is UTF-8", TEXT(DECLARED("US-ASCII") "\xC3\xA4"), "UTF-8",
     NULL, false, 0},
    {"unknown", TEXT(DECLARED("klingon") "\xC3\xA4"), "UTF-8", NULL, true, 0},
    {"no name of an encoding", TEXT(DECLARED("latin1//TRANSLIT")), "UTF-8",
     NULL, true, 0},
    {"a path", TEXT(DECLARED("../x")), "UTF-8", NULL, true, 0},
    {"UTF-7", TEXT(DECLARED("UTF-7") "+AGE-"), "UTF-8", NULL, true, 0},
};
/* clang-format on */

/* Reads all of it in pieces of `piece`, giving room for `cap` at a time. */
static void check(const struct row *row, size_t piece, size_t cap, bool *same)
{
    static struct alz_encoding encoding;
    struct alz_bytes_memory bytes;
    struct alz_text got = {.max = 1 << 20};
    struct alz_str want = row->text ? alz_str_from(row->text) : row->input;
    char chunk[64];
    ssize_t n;

    alz_bytes_memory_init(&bytes, row->input, piece);
    alz_encoding_init(&encoding, &bytes.base, true);
    while ((n = encoding.base.read(&encoding.base, chunk, cap)) > 0)
        alz_text_add(&got, (struct alz_str){chunk, (size_t)n});
    *same &= n == 0 && alz_str_equal(alz_text_str(&got), want) &&
             strcmp(encoding.name, row->name) == 0 &&
             encoding.failed == row->failed &&
             encoding.replaced == row->replaced;
    if (!*same)
        printf("# %s, %zu/%zu: %s, \"%.*s\"\n", row->title, piece, cap,
               encoding.name, (int)got.len, got.ptr ? got.ptr : "");
    alz_encoding_done(&encoding);
    alz_text_done(&got);
}

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bool same = true;

        for (size_t piece = 0; piece <= 9 && same; piece++)
            for (size_t cap = 1; cap <= 64 && same; cap += 3)
                check(&rows[i], piece, cap, &same);
        OK(same, rows[i].title);
    }
}

/* Text that is no XML has no declaration. */
static void test_no_xml(void)
{
    static struct alz_encoding encoding;
    struct alz_bytes_memory bytes;
    char chunk[64];
    ssize_t n;

    alz_bytes_memory_init(&bytes, ALZ_STR(DECLARED("ISO-8859-1") "\xE4"), 0);
    alz_encoding_init(&encoding, &bytes.base, false);
    n = encoding.base.read(&encoding.base, chunk, sizeof(chunk));
    OK(n > 0 && chunk[n - 1] == '\xE4', "only XML is asked for a declaration");
    alz_encoding_done(&encoding);
}

/* Longer than every buffer on the way. */
static void test_long(void)
{
    enum { COUNT = 100000 };
    static struct alz_encoding encoding;
    struct alz_text text = {.max = 1 << 20};
    struct alz_bytes_memory bytes;
    static char chunk[5000];
    size_t total = 0, wrong = 0;
    ssize_t n;

    alz_text_add(&text, ALZ_STR("\xFF\xFE"));
    for (int i = 0; i < COUNT; i++)
        alz_text_add(&text, ALZ_STR("\xAC\x20"));
    alz_bytes_memory_init(&bytes, alz_text_str(&text), 777);
    alz_encoding_init(&encoding, &bytes.base, true);
    while ((n = encoding.base.read(&encoding.base, chunk, sizeof(chunk))) > 0)
        for (ssize_t i = 0; i < n; i++, total++)
            wrong += chunk[i] != "\xE2\x82\xAC"[total % 3];
    NUM(total, 3 * COUNT, "all of a long input");
    NUM(wrong, 0, "and nothing else");
    alz_encoding_done(&encoding);
    alz_text_done(&text);
}

int main(void)
{
    test_rows();
    test_no_xml();
    test_long();
    return tap_done();
}
