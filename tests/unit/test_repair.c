/* test_repair.c - what XML forbids, repaired and counted; the limits. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"
#include "xml_log.h"

#include "read/repair.h"

#define FFFD "\xEF\xBF\xBD"

/* clang-format off */
static const struct xml_case cases[] = {
    {"control characters reach the table, raw or as references",
     TEXT("<a x=\"\x1B[1m&#27;&#x1B;\">\x1B[0m&#27;\x0B</a>"),
     "1:1 <a x=\x1B[1m\x1B\x1B>\n1:34 / \x1B[0m\x1B\x0B\n"
     "1:7 xml/repaired (6)\ncomplete\n"},
    {"NUL does not",
     TEXT("<a>\0&#0;&#x0;</a>"),
     "1:1 <a>\n1:14 / " FFFD FFFD FFFD "\n1:4 xml/repaired (3)\ncomplete\n"},
    {"U+E01B of the input is not taken for a control character",
     TEXT("<a x=\"\xEE\x80\x9B\">\xEE\x80\x80\xEE\x80\x9F\xEE\x80\xA0"
          "&#xE01B;</a>"),
     "1:1 <a x=" FFFD ">\n1:29 / " FFFD FFFD "\xEE\x80\xA0" FFFD "\n"
     "1:7 xml/repaired (4)\ncomplete\n"},
    {"U+E01B beside a real control character",
     TEXT("<out>\xEE\x80\x9B\x1B\xEE\x81\x80</out>"),
     "1:1 <out>\n1:6 " FFFD "\x1B\xEE\x81\x80\n1:13 / \n"
     "1:6 xml/repaired (2)\ncomplete\n"},
    {"no characters",
     TEXT("<a>\xEF\xBF\xBE\xEF\xBF\xBF&#xFFFE;&#xD800;&#x110000;"
          "&#99999999999;</a>"),
     "1:1 <a>\n1:50 / " FFFD FFFD FFFD FFFD FFFD FFFD
     "\n1:4 xml/repaired (6)\ncomplete\n"},
    {"bytes that are not UTF-8: cut, overlong, surrogate, Latin-1",
     TEXT("<a x=\"\xE4\xC0\xAF\">\xED\xA0\x80 \xFF \xE4</a>"),
     "1:1 <a x=" FFFD FFFD FFFD ">\n1:19 / " FFFD FFFD FFFD " " FFFD " " FFFD
     "\n1:7 xml/repaired (8)\ncomplete\n"},
    {"all lengths of UTF-8 pass",
     TEXT("<a>\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF</a>"),
     "1:1 <a>\n1:17 / \xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF\n"
     "complete\n"},
    {"ampersands and undeclared entities stay as text",
     TEXT("<a x=\"a&b &nbsp; &amp;\">a & b &nbsp; &amp;&amp &#; &#x; &</a>"),
     "1:1 <a x=a&b &nbsp; &>\n1:58 / a & b &nbsp; &&amp &#; &#x; &\n"
     "1:8 xml/repaired (8)\ncomplete\n"},
    {"references of a plain DOCTYPE stay as text",
     TEXT("<!DOCTYPE a SYSTEM \"x\"><a>&x;</a>"),
     "1:24 <a>\n1:30 / &x;\n1:27 xml/repaired (1)\ncomplete\n"},
    {"\"<\" in attribute values",
     TEXT("<a x=\"grp <x>\" y='<' z=\"<b c='1'>\"><b/></a>"),
     "1:1 <a x=grp <x> y=< z=<b c='1'>>\n1:36 <b>\n1:36 / \n1:40 / \n"
     "1:11 xml/repaired (3)\ncomplete\n"},
    {"\"<\" in text that begins no tag",
     TEXT("<a>1 < 2 <3 << <= </a>"),
     "1:1 <a>\n1:19 / 1 < 2 <3 << <= \n1:6 xml/repaired (5)\ncomplete\n"},
    {"the end of CDATA in text",
     TEXT("<a>]]> ] ]] ]]&gt;]</a>"),
     "1:1 <a>\n1:20 / ]]> ] ]] ]]>]\n1:4 xml/repaired (1)\ncomplete\n"},
    {"attributes given twice",
     TEXT("<a x=\"1\" x=\"2\" y=\"3\" x=\"4\"/>"),
     "1:1 <a x=1 y=3>\n1:1 / \n1:10 xml/repaired (2)\ncomplete\n"},
    {"XML 1.1 is read as 1.0",
     TEXT("<?xml version=\"1.1\"?><a>&#1;</a>"),
     "1:22 <a>\n1:29 / \x01\n1:25 xml/repaired (1)\ncomplete\n"},
    {"a declaration that is not closed well",
     TEXT("<?xml version=\"1.0\">\n<a/>"),
     "2:1 <a>\n2:1 / \ncomplete\n"},
    {"chatter before, after and with tags in it",
     TEXT("Running <all> tests\nvector<int> x\n<?xml version=\"1.0\"?>\n"
          "<b/>\nDone </all>.\n"),
     "4:1 <b>\n4:1 / \n1:1 xml/chatter (40)\ncomplete\n"},
    {"chatter, then a root the table knows",
     TEXT("vector<int> x\n<testsuite name=\"a\"/>\0\0"),
     "2:1 <testsuite name=a>\n2:1 / \n1:1 xml/chatter (14)\ncomplete\n"},
};
/* clang-format on */

/* ---- limits ----------------------------------------------------------- */

/* before, `count` times `part`, behind. */
static struct alz_text repeated(const char *before, const char *part,
                                size_t count, const char *behind)
{
    struct alz_text text = {.max = 1 << 28};

    alz_text_add(&text, alz_str_from(before));
    for (size_t i = 0; i < count; i++)
        alz_text_add(&text, alz_str_from(part));
    alz_text_add(&text, alz_str_from(behind));
    return text;
}

struct tally {
    struct alz_out out;
    size_t opens, closes, pieces, attrs, longest, text, depth;
    const struct alz_diag *diag;
};

static void count_open(void *state, struct alz_out *out,
                       const struct alz_xml_element *element)
{
    struct tally *tally = (struct tally *)out;

    (void)state;
    tally->opens++;
    tally->attrs = element->attr_count;
    tally->depth = element->depth;
    for (size_t i = 0; i < element->attr_count; i++)
        if (element->attrs[i].value.len > tally->longest)
            tally->longest = element->attrs[i].value.len;
}

static void count_text(void *state, struct alz_out *out, struct alz_str piece)
{
    struct tally *tally = (struct tally *)out;

    (void)state;
    tally->pieces++;
    tally->text += piece.len;
    if (piece.len > tally->longest)
        tally->longest = piece.len;
}

static void count_close(void *state, struct alz_out *out, struct alz_str text,
                        size_t cut)
{
    struct tally *tally = (struct tally *)out;

    (void)state;
    (void)text;
    (void)cut;
    tally->closes++;
}

static void keep_diag(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    (void)detail;
    ((struct tally *)out)->diag = diag;
}

static const char *diag_id(const struct tally *tally)
{
    return tally->diag ? tally->diag->id : "";
}

static struct tally count(struct alz_text *input)
{
    static const struct alz_out_ops ops = {.report = keep_diag};
    static const struct alz_xml_row rows[] = {
        {"*",  count_open, count_text, count_close, 0},
        {NULL, NULL,       NULL,       NULL,        0},
    };
    const struct alz_converter converter = {.table = rows};
    struct tally tally = {.out = {&ops}};
    struct alz_bytes_memory bytes;
    struct alz_position position;
    struct alz_reading reading = {.converter = &converter};

    alz_bytes_memory_init(&bytes, alz_text_str(input), 5000);
    reading.out = &tally.out;
    reading.bytes = &bytes.base;
    reading.position = &position;
    alz_xml_read(&reading);
    alz_text_done(input);
    return tally;
}

static void test_depth(void)
{
    struct alz_text text =
        repeated("", "<a>", ALZ_XML_DEPTH_MAX, "<!-- --></a>");
    struct tally tally = count(&text);

    NUM(tally.opens, ALZ_XML_DEPTH_MAX, "as deep as the limit");
    NUM(tally.depth, ALZ_XML_DEPTH_MAX, "the depth is told");
    NUM(tally.closes, 1, "and ends are read there");
    text = repeated("", "<a>", ALZ_XML_DEPTH_MAX + 1, "");
    tally = count(&text);
    NUM(tally.opens, ALZ_XML_DEPTH_MAX, "no deeper");
    IS(alz_str_from(diag_id(&tally)), "xml/depth", "and that is told");
}

static void test_attributes(void)
{
    struct alz_text text = {.max = 1 << 24};
    struct tally tally;

    for (int more = 0; more < 2; more++) {
        alz_text_add(&text, ALZ_STR("<a"));
        for (int i = 0; i < ALZ_TAG_ATTRS_MAX + more; i++)
            alz_buf_printf(&text, " a%d='%d'", i, i);
        alz_text_add(&text, ALZ_STR(" a7=''/>"));
        tally = count(&text);
        NUM(tally.attrs, ALZ_TAG_ATTRS_MAX, "as many attributes as allowed");
        IS(alz_str_from(diag_id(&tally)), "xml/limit", "one more is told");
        text.max = 1 << 24;
    }
    for (int i = 0; i < ALZ_TAG_ATTRS_MAX - 1; i++)
        alz_buf_printf(&text, "%s a%d=''", i ? "" : "<a", i);
    alz_text_add(&text, ALZ_STR(" a3='twice'/>"));
    tally = count(&text);
    NUM(tally.attrs, ALZ_TAG_ATTRS_MAX - 1, "repeated ones among many");
    IS(alz_str_from(diag_id(&tally)), "xml/repaired", "are dropped");
}

static void test_values(void)
{
    struct alz_text text = repeated("<a x='", "b", ALZ_TAG_VALUE_MAX, "'/>");
    struct tally tally = count(&text);

    NUM(tally.longest, ALZ_TAG_VALUE_MAX, "a value as long as allowed");
    OK(tally.diag == NULL, "is not cut");
    text = repeated("<a x='b", "\xC3\xA4", ALZ_TAG_VALUE_MAX / 2, "'/>");
    tally = count(&text);
    NUM(tally.longest, ALZ_TAG_VALUE_MAX - 1, "a longer one is, not in ä");
    IS(alz_str_from(diag_id(&tally)), "xml/limit", "and that is told");
    text = repeated("<a x='", "<b\n", 5 << 20, "'><b/></a>");
    tally = count(&text);
    NUM(tally.longest, ALZ_TAG_VALUE_MAX, "15 MB of it are passed over");
    NUM(tally.closes, 2, "what follows is read");
}

static void test_names(void)
{
    struct alz_text text = repeated("<", "a", ALZ_TAG_NAME_MAX, " ä='1'/>");
    struct tally tally = count(&text);

    NUM(tally.closes, 1, "a name as long as allowed");
    text = repeated("<", "a", ALZ_TAG_NAME_MAX + 1, "/>");
    tally = count(&text);
    NUM(tally.opens, 0, "no longer");
    text = repeated("<a x='' ", "a", ALZ_TAG_NAME_MAX + 1, "=''/>");
    tally = count(&text);
    NUM(tally.attrs, 1, "an attribute with a longer one is dropped");
    IS(alz_str_from(diag_id(&tally)), "xml/limit", "and that is told");
}

static void test_long_text(void)
{
    struct alz_text text =
        repeated("<a><![CDATA[", "0123456<&]\xC3\xA4\n", 1 << 20, "]]></a>");
    struct tally tally = count(&text);

    NUM(tally.text, 13 << 20, "long CDATA comes whole");
    OK(tally.longest <= 65536 && tally.longest > 65500, "in large pieces");
    text = repeated("<a>", "0123456&lt;&amp;]\xC3\xA4\n", 1 << 20, "</a>");
    tally = count(&text);
    NUM(tally.text, 13 << 20, "long text comes whole");
    OK(tally.longest <= 65536 && tally.longest > 65500, "in large pieces");
}

/* A window smaller than what stands in it has to be moved and to grow: the
 * same whatever the sizes. */
static void test_sizes(void)
{
    static const size_t sizes[] = {0, 1000, 4095, 4096, 32767, 65537};
    struct alz_text text = repeated(
        "<testsuite>\n",
        "<testcase x=\"a &lt; b\" y='\xC3\xA4&'>\r\n<out>\x1B[1m]]&gt;<![CDATA["
        "some text ]] > and more]]></out></testcase>\n",
        3000, "</testsuite>");
    struct xml_log first, other;

    xml_log_run(&first, alz_text_str(&text), 7);
    OK(first.text.len > 300000, "many lines");
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        xml_log_run(&other, alz_text_str(&text), sizes[i]);
        OK(alz_str_equal(alz_text_str(&first.text), alz_text_str(&other.text)),
           "the same in other pieces");
        alz_text_done(&other.text);
    }
    alz_text_done(&first.text);
    alz_text_done(&text);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        xml_case_run(&cases[i]);
    test_depth();
    test_attributes();
    test_values();
    test_names();
    test_long_text();
    test_sizes();
    return tap_done();
}
