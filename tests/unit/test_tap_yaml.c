/* test_tap_yaml.c - YAML as the producers of TAP write it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "../../converters/tap/yaml.h"
#include "../../converters/tap/yaml_text.h"

static struct alz_text text;
static struct tap_yaml yaml;
static struct tap_entry entry;

static void begin(const char *block)
{
    tap_yaml_init(&yaml, alz_str_from(block), &text);
}

static void expect(const char *key, const char *value, enum tap_shape shape)
{
    bool more = tap_yaml_next(&yaml, &entry);

    OK(more, "there is one more entry");
    IS(entry.key, key, "its key");
    IS(entry.value, value, "its value");
    NUM(entry.shape, shape, "its shape");
}

static void expect_end(bool broken)
{
    OK(!tap_yaml_next(&yaml, &entry), "there is no more");
    NUM(yaml.broken, broken,
        broken ? "something was passed over" : "everything was understood");
}

static void test_scalars(void)
{
    begin("  a: plain # text\n  b: 'it''s'\n  c: \"x\\n\\\"y\\u00e9\"\n"
          "  d: ~\n  e:\n  \"f g\": 1\n# comment\n\n  h: http://x:1/y\n");
    expect("a", "plain # text", TAP_SCALAR);
    expect("b", "it's", TAP_SCALAR);
    expect("c", "x\n\"y\xc3\xa9", TAP_SCALAR);
    expect("d", "~", TAP_NULL);
    expect("e", "", TAP_NULL);
    expect("f g", "1", TAP_SCALAR);
    expect("h", "http://x:1/y", TAP_SCALAR);
    expect_end(false);
}

static void test_escapes(void)
{
    begin("a: \"\\ud83d\\ude00\\x41\\t\\q\\\\\"\nb: \"\\u12\"\n"
          "c: \"\\U0001F600\"\nd: \"\\UFFFFFFFF\"\n");
    expect("a",
           "\xf0\x9f\x98\x80"
           "A\t\\q\\",
           TAP_SCALAR);
    expect("b", "\\u12", TAP_SCALAR);
    expect("c", "\xf0\x9f\x98\x80", TAP_SCALAR);
    expect("d", "\\UFFFFFFFF", TAP_SCALAR);
    expect_end(false);
}

static void test_blocks(void)
{
    begin("a: |\n    one\n      two\n\n    three\nb: |-\n  x\n"
          "c: >\n  fold\n  ed\n\n  line\n    deep\nd: |2+\n  y\n");
    expect("a", "one\n  two\n\nthree", TAP_SCALAR);
    expect("b", "x", TAP_SCALAR);
    expect("c", "fold ed\nline\n  deep", TAP_SCALAR);
    expect("d", "y", TAP_SCALAR);
    expect_end(false);
}

static void test_nested(void)
{
    begin("a:\n  b: 1\n  c:\n    d: 2\nlist:\n- x\n- y: 1\n  z: 2\nend: 1\n");
    expect("a", "b: 1\nc:\n  d: 2", TAP_NESTED);
    expect("list", "- x\n- y: 1\n  z: 2", TAP_NESTED);
    expect("end", "1", TAP_SCALAR);
    expect_end(false);
    begin("- x\n- y: 1\n  z: 2\n-\n  q: 3\n");
    expect("", "x", TAP_SCALAR);
    expect("", "y: 1\nz: 2", TAP_NESTED);
    expect("", "q: 3", TAP_NESTED);
    expect_end(false);
}

static void test_quotes_over_lines(void)
{
    begin("    a: \"Object {\n  \\\"x\\\": 1,\n}\"\n    b: 'one\n\ntwo'\n"
          "    c: \"never closed\n    d: 1\n");
    expect("a", "Object {\n  \"x\": 1,\n}", TAP_SCALAR);
    expect("b", "one\n\ntwo", TAP_SCALAR);
    expect("c", "\"never closed", TAP_SCALAR);
    expect("d", "1", TAP_SCALAR);
    expect_end(false);
    begin("a: 'quoted' and more\nb: \"x\" # comment\n");
    expect("a", "'quoted' and more", TAP_SCALAR);
    expect("b", "x", TAP_SCALAR);
    expect_end(false);
}

static void test_broken(void)
{
    begin("  a: 1\nless: 2\n  no key\n      deeper\n  b: 3\n");
    expect("a", "1", TAP_SCALAR);
    expect("b", "3", TAP_SCALAR);
    expect_end(true);
    begin("a sea turtle\n");
    expect_end(true);
    begin("");
    expect_end(false);
    begin("\n\n");
    expect_end(false);
    begin(": x\n\"open: 1\n");
    expect_end(true);
}

static void test_plain_over_lines(void)
{
    begin("a: {\n  b: 1\n  }\nc: 2\n");
    expect("a", "{\nb: 1\n}", TAP_SCALAR);
    expect("c", "2", TAP_SCALAR);
    expect_end(false);
}

static void test_ceiling(void)
{
    struct alz_text small = {.max = 4};

    tap_yaml_init(&yaml, ALZ_STR("a: 123456\nb: 7\n"), &small);
    OK(tap_yaml_next(&yaml, &entry), "a value beyond the ceiling");
    IS(entry.value, "1234", "is cut");
    OK(!yaml.no_memory, "which is no lack of memory");
    OK(tap_yaml_next(&yaml, &entry), "and the next one");
    IS(entry.value, "7", "is whole");
    alz_text_done(&small);
}

static void fold(const char *from, const char *want)
{
    alz_text_clear(&text);
    alz_text_add(&text, alz_str_from(from));
    tap_yaml_fold(&text);
    IS(alz_text_str(&text), want, from);
}

static void test_fold(void)
{
    fold("", "");
    fold("a\nb", "a b");
    fold("a\n\nb", "a\nb");
    fold("a\n  \nb", "a\nb");
    fold("a\n  b\nc", "a\n  b\nc");
    fold("  a\nb", "  a\nb");
    fold("a\n\n\n", "a\n\n\n");
}

int main(void)
{
    test_scalars();
    test_escapes();
    test_blocks();
    test_nested();
    test_quotes_over_lines();
    test_broken();
    test_plain_over_lines();
    test_ceiling();
    test_fold();
    alz_text_done(&text);
    return tap_done();
}
