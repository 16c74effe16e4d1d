/* test_head.c - what probes see of an input. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "read/reader.h"

static void decodes(struct alz_str raw, const char *want, const char *title)
{
    struct alz_text text = {0};

    alz_head_decode(raw, &text);
    IS(alz_text_str(&text), want, title);
    alz_text_done(&text);
}

static void test_decode(void)
{
    decodes(ALZ_STR(""), "", "nothing");
    decodes(ALZ_STR("TAP version 13\n1..2\n"), "TAP version 13\n1..2\n",
            "text");
    decodes(ALZ_STR("\xEF\xBB\xBFok 1"), "ok 1", "the mark is dropped");
    decodes(ALZ_STR("\xFF\xFEo\0k\0 \0"), "ok ", "UTF-16");
    decodes(ALZ_STR("\xFF\xFEo\0k\0 "), "ok", "cut in UTF-16");
    decodes(ALZ_STR("\xFF\xFEo\0=\xD8"), "o", "cut in a pair");
    decodes(ALZ_STR("o\xC3\xA4\xF0\x9F\x98"), "o\xC3\xA4", "cut in UTF-8");
    decodes(ALZ_STR("o\xC3\xA4"), "o\xC3\xA4", "not cut");
    decodes(ALZ_STR("o\xE2\x82\xAC"), "o\xE2\x82\xAC", "three bytes");
    decodes(ALZ_STR("o\xF0\x9F\x98\x80"), "o\xF0\x9F\x98\x80", "four bytes");
    decodes(ALZ_STR("o\xC3"), "o", "a first byte alone");
    decodes(ALZ_STR("\xC3"), "", "and nothing else");
    decodes(ALZ_STR("<?xml version='1.0' encoding='latin1'?>\xE4"),
            "<?xml version='1.0' encoding='latin1'?>\xC3\xA4", "declared");
}

static void root_is(const char *head, const char *want)
{
    IS(alz_xml_root_name(alz_str_from(head)), want, want);
}

static void test_root(void)
{
    root_is("<testsuite name='a'>", "testsuite");
    root_is("<?xml version=\"1.0\"?>\n<testsuites/>", "testsuites");
    root_is("<?xml version=\"1.0\"?><?xml-stylesheet href='<x>'?><a:b c='d'>",
            "b");
    root_is("<!-- <no> --><!DOCTYPE a [<!ELEMENT no ANY> <!ENTITY q \">\">]>"
            "<yes>",
            "yes");
    root_is("12 < 13\nvector<int>\n  <Site BuildName=''>", "Site");
    root_is("vector\n<int>\n<?xml version='1.0'?>\n<TestRun ", "TestRun");
    root_is("<cut", "cut");
    OK(alz_xml_root_name(ALZ_STR("")).ptr == NULL, "none in nothing");
    OK(alz_xml_root_name(ALZ_STR("1..2\nok 1 - a<b>\n")).ptr == NULL,
       "none in text");
    OK(alz_xml_root_name(ALZ_STR("<!-- never ends <a>")).ptr == NULL,
       "none in a comment");
    OK(alz_xml_root_name(ALZ_STR("<!DOCTYPE a [ <a>")).ptr == NULL,
       "none in a DOCTYPE");
    OK(alz_xml_root_name(ALZ_STR("<")).ptr == NULL, "none after <");
}

int main(void)
{
    test_decode();
    test_root();
    return tap_done();
}
