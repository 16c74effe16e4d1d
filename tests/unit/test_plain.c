/* test_plain.c - text without terminal escapes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <allurize/read.h>

static const struct {
    const char *text, *plain, *what;
} cases[] = {
    {"no escape",                         "no escape",        "plain text"            },
    {"",                                  "",                 "nothing"               },
    {"\x1b[31mred\x1b[0m",                "red",              "colours"               },
    {"a\x1b[Kb\x1b[1;2Hc",                "abc",              "cursor movements"      },
    {"\x1b]0;title\atext",                "text",             "a title that BEL ends" },
    {"\x1b]8;;u\x1b\\link\x1b]8;;\x1b\\", "link",             "a hyperlink"           },
    {"a\x1b(Bb",                          "ab",               "a character set"       },
    {"cut\x1b[3",                         "cut",              "one that is cut"       },
    {"end\x1b",                           "end",              "a lone one at the end" },
    {"\x1b\x1b[1mx",                      "x",                "one behind a lone one" },
    {"a\x1b[\x01z",                       "a[\x01z",          "one that is broken off"},
    {"\xc3\xa9\x1b[0m\xc3\xa9",           "\xc3\xa9\xc3\xa9", "wide characters"       },
};

int main(void)
{
    struct alz_text room = {0};

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        IS(alz_str_plain(alz_str_from(cases[i].text), &room), cases[i].plain,
           cases[i].what);
    NUM(alz_escape_length(ALZ_STR("\x1b[1mx")), 4, "the length of one");
    NUM(alz_escape_length(ALZ_STR("x\x1b[1m")), 0, "none at the start");
    alz_text_done(&room);
    return tap_done();
}
