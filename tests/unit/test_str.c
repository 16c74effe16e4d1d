/* test_str.c - the helpers for borrowed text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <allurize/read.h>

static const struct alz_str nothing = {NULL, 0};

static void test_trim(void)
{
    IS(alz_str_trim(ALZ_STR(" \t\r\n\v\fa b\f\v\n\r\t ")), "a b",
       "all ASCII blanks go");
    IS(alz_str_trim(ALZ_STR("ab")), "ab", "no blank, no change");
    IS(alz_str_trim(ALZ_STR(" \n ")), "", "only blanks");
    IS(alz_str_trim(nothing), "", "nothing");
    IS(alz_str_trim(ALZ_STR("\xc2\xa0x\x08")), "\xc2\xa0x\x08", "no others");
}

static void test_compare(void)
{
    OK(alz_str_is(ALZ_STR("ok"), "ok"), "is: equal");
    OK(!alz_str_is(ALZ_STR("ok"), "okay"), "is: longer");
    OK(!alz_str_is(ALZ_STR("ok\0"), "ok"), "is: a NUL counts");
    OK(alz_str_is(nothing, ""), "is: nothing is empty");
    OK(alz_str_is_nocase(ALZ_STR("Not OK"), "nOT ok"), "nocase: equal");
    OK(!alz_str_is_nocase(ALZ_STR("ok"), "o"), "nocase: shorter");
    OK(!alz_str_is_nocase(ALZ_STR("[k"), "{K"), "nocase: letters only");
    OK(alz_str_is_nocase(nothing, ""), "nocase: nothing");
    OK(alz_str_starts(ALZ_STR("ok 1"), "ok"), "starts: yes");
    OK(alz_str_starts(ALZ_STR("ok"), "ok"), "starts: all of it");
    OK(!alz_str_starts(ALZ_STR("o"), "ok"), "starts: too short");
    OK(alz_str_starts(nothing, ""), "starts: nothing");
    OK(!alz_str_starts(nothing, "x"), "starts: nothing with something");
    OK(alz_str_ends(ALZ_STR("a.xml"), ".xml"), "ends: yes");
    OK(!alz_str_ends(ALZ_STR("a.xml "), ".xml"), "ends: no");
    OK(!alz_str_ends(ALZ_STR("ml"), "xml"), "ends: too short");
    OK(alz_str_ends(nothing, ""), "ends: nothing");
}

static void test_find(void)
{
    NUM(alz_str_find(ALZ_STR("abcabc"), "ca"), 2, "find: inside");
    NUM(alz_str_find(ALZ_STR("abc"), "abc"), 0, "find: all of it");
    NUM(alz_str_find(ALZ_STR("aab"), "ab"), 1, "find: at the end");
    NUM(alz_str_find(ALZ_STR("abc"), ""), 0, "find: nothing");
    OK(alz_str_find(ALZ_STR("abc"), "abcd") == SIZE_MAX, "find: too long");
    OK(alz_str_find(ALZ_STR("abc"), "x") == SIZE_MAX, "find: absent");
    OK(alz_str_find(nothing, "x") == SIZE_MAX, "find: in nothing");
    OK(alz_str_find((struct alz_str){"abcd", 3}, "cd") == SIZE_MAX,
       "find: never reads behind the end");
    IS(alz_str_from_offset(ALZ_STR("abc"), 1), "bc", "from offset 1");
    IS(alz_str_from_offset(ALZ_STR("abc"), 3), "", "from the end");
    IS(alz_str_from_offset(ALZ_STR("abc"), SIZE_MAX), "", "from beyond it");
    IS(alz_str_from_offset(nothing, 1), "", "from nothing");
}

/* Against a search that looks everywhere. */
static size_t find_slowly(struct alz_str text, const char *literal)
{
    size_t len = strlen(literal);

    for (size_t at = 0; at + len <= text.len; at++)
        if (memcmp(text.ptr + at, literal, len) == 0)
            return at;
    return SIZE_MAX;
}

static void test_find_all(void)
{
    static const char *const literals[] = {"a",
                                           ":",
                                           "\n",
                                           " a",
                                           "a ",
                                           "aa",
                                           ":a:",
                                           "a:",
                                           "ab",
                                           "\na",
                                           "a\n",
                                           "aab:",
                                           " \xe2\x80\xba "};
    char text[] = "aaaaaaa";
    bool good = true;

    /* every text of seven of these bytes */
    for (unsigned number = 0; number < 78125; number++) {
        for (unsigned i = 0, rest = number; i < 7; i++, rest /= 5)
            text[i] = "ab: \n"[rest % 5];
        for (size_t i = 0; i < sizeof(literals) / sizeof(*literals); i++)
            good &= alz_str_find(ALZ_STR(text), literals[i]) ==
                    find_slowly(ALZ_STR(text), literals[i]);
    }
    OK(good, "find: as a search that looks everywhere");
    NUM(alz_str_find(ALZ_STR("\xd0\xb4 \xe2\x80 \xe2\x80\xba x"),
                     " \xe2\x80\xba "),
        5, "find: beyond ASCII");
}

static void test_split(void)
{
    struct alz_str rest = ALZ_STR("a::b"), part = nothing;

    OK(alz_str_split(&rest, ':', &part), "split: first");
    IS(part, "a", "split: its text");
    OK(alz_str_split(&rest, ':', &part), "split: second");
    IS(part, "", "split: an empty part");
    OK(alz_str_split(&rest, ':', &part) && rest.ptr == NULL, "split: last");
    IS(part, "b", "split: its text");
    OK(!alz_str_split(&rest, ':', &part), "split: no more");
    rest = ALZ_STR("x,");
    alz_str_split(&rest, ',', &part);
    OK(alz_str_split(&rest, ',', &part) && part.len == 0,
       "split: an empty last part");
    OK(!alz_str_split(&rest, ',', &part), "split: and no more");
    rest = ALZ_STR("");
    OK(alz_str_split(&rest, ',', &part) && part.len == 0 && !rest.ptr,
       "split: empty text is one part");
}

static void test_first_line(void)
{
    IS(alz_str_first_line(ALZ_STR("one\ntwo")), "one", "the first of two");
    IS(alz_str_first_line(ALZ_STR("\n \r\n----\n== ! ==\r\n  x 1 \r\n2")),
       "x 1", "blank lines and rulers are skipped, blanks trimmed");
    IS(alz_str_first_line(ALZ_STR("only")), "only", "no line end");
    IS(alz_str_first_line(ALZ_STR("...\n0")), "0", "a digit says something");
    IS(alz_str_first_line(ALZ_STR("---\n...")), "", "nothing is said");
    IS(alz_str_first_line(nothing), "", "nothing");
    IS(alz_str_first_line(ALZ_STR("\xe2\x94\x80\xe2\x94\x80\nx")), "x",
       "a ruler of box-drawing characters");
    IS(alz_str_first_line(ALZ_STR("\xf0\x9f\x94\xa5\n\xd0\xb0")), "\xd0\xb0",
       "letters beyond ASCII, but no emoji");
    IS(alz_str_first_line(ALZ_STR("\xe5\xa4\xb1\n")), "\xe5\xa4\xb1",
       "an ideograph");
    IS(alz_str_first_line(ALZ_STR("\xff\xfe\n\xff z")), "\xff z",
       "invalid bytes say nothing");
    IS(alz_str_first_line(ALZ_STR("\x1b[31m\n\x1b[1mE\x1b[0m\nF")),
       "\x1b[1mE\x1b[0m", "colours say nothing");
}

int main(void)
{
    test_trim();
    test_compare();
    test_find();
    test_find_all();
    test_split();
    test_first_line();
    return tap_done();
}
