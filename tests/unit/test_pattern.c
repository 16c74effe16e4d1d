/* test_pattern.c - the shortcuts of patterns agree with the patterns. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "check/pattern.h"
#include "check/schema.h"
#include "tap.h"

#include <allurize/allurize.h>

#define NAME                                                                   \
    "^[^\\u0000-\\u001f\\u007f-\\u009f]*"                                      \
    "[^\\s\\u0000-\\u001f\\u007f-\\u009f]"                                     \
    "[^\\u0000-\\u001f\\u007f-\\u009f]*$"
#define UUID "^[0-9A-Fa-f]{8}-?([0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}$"

static struct alz_matcher *matcher;

/* The same language, spelled so that no shortcut knows it. */
static struct alz_pattern *compile(const char *regex, bool plain)
{
    struct alz_text text = {0}, why = {0};
    struct alz_pattern *pattern;

    alz_buf_printf(&text, plain ? "%s" : "(?:%s)", regex);
    pattern = alz_pattern_compile(alz_text_str(&text), &why);
    if (!pattern)
        printf("# %.*s\n", (int)why.len, why.ptr);
    alz_text_done(&text);
    alz_text_done(&why);
    return pattern;
}

/* Every byte in every place of a text, and every length of it. */
static void agree(const char *regex, const char *text, const char *title)
{
    struct alz_pattern *fast = compile(regex, true);
    struct alz_pattern *slow = compile(regex, false);
    size_t len = strlen(text), differ = 0, matched = 0;
    char bytes[80];

    for (size_t at = 0; at < len; at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            struct alz_str changed = {bytes, len};
            bool want;

            memcpy(bytes, text, len);
            bytes[at] = (char)byte;
            want = alz_pattern_matches(slow, matcher, changed);
            differ += alz_pattern_matches(fast, matcher, changed) != want;
            matched += want;
        }
    }
    for (size_t part = 0; part <= len; part++) {
        struct alz_str head = {text, part};
        bool want = alz_pattern_matches(slow, matcher, head);

        differ += alz_pattern_matches(fast, matcher, head) != want;
    }
    NUM(differ, 0, title);
    OK(matched > 0, "and not because nothing matches");
    alz_pattern_free(fast);
    alz_pattern_free(slow);
}

/* A pattern that changes in the schema would lose its shortcut unseen. */
static void test_schema(void)
{
    struct alz_str json = alz_schema_json("result");

    OK(alz_str_find(json, UUID) != SIZE_MAX, "the schema has the uuid's");
    OK(alz_str_find(json,
                    "^[^\\\\u0000-\\\\u001f\\\\u007f-\\\\u009f]*"
                    "[^\\\\s\\\\u0000-\\\\u001f\\\\u007f-\\\\u009f]"
                    "[^\\\\u0000-\\\\u001f\\\\u007f-\\\\u009f]*$") != SIZE_MAX,
       "and the one of names");
}

int main(void)
{
    matcher = alz_matcher_new();
    agree(NAME, "adds two numbers", "names, also with other bytes in them");
    agree(NAME, "   ", "names of blanks");
    agree(NAME, "\xd0\xb4\xd0\xb0", "names beyond ASCII");
    agree(UUID, "0f1d9f51-6d3b-5c0e-9c1f-2f6b1f0f8a11", "uuids");
    agree(UUID, "0f1d9f516d3b5c0e9c1f2f6b1f0f8a11", "uuids without dashes");
    test_schema();
    alz_matcher_free(matcher);
    return tap_done();
}
