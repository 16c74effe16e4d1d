/* test_xml.c - what the XML reader calls, for sound and for damaged input. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"
#include "xml_log.h"

#include <errno.h>

/* clang-format off */
static const struct xml_case sound[] = {
    {"elements, attributes, own text",
     TEXT("<?xml version=\"1.0\"?>\n<a x=\"1\" y='2'>t<b/>u</a>\n"),
     "2:1 <a x=1 y=2>\n2:17 <b>\n2:17 / \n2:22 / tu\ncomplete\n"},
    {"text belongs to the element it stands in",
     TEXT("<a>1<b>2<c>3</c>4</b>5</a>"),
     "1:1 <a>\n1:5 <b>\n1:9 <c>\n1:13 / 3\n1:18 / 24\n1:23 / 15\ncomplete\n"},
    {"prefixes are dropped, bound or not",
     TEXT("<n:a xmlns:n=\"u\" n:x=\"1\" m:y=\"2\"><m:b/></n:a>"),
     "1:1 <a x=1 y=2>\n1:34 <b>\n1:34 / \n1:40 / \ncomplete\n"},
    {"references",
     TEXT("<a x=\"&lt;&#65;&quot;&#10;\">&amp;&#x41;&apos;&gt;</a>"),
     "1:1 <a x=<A\"\n>\n1:50 / &A'>\ncomplete\n"},
    {"CDATA is text",
     TEXT("<a><![CDATA[<x>&amp;]]]]><![CDATA[>]] ] ]]></a>"),
     "1:1 <a>\n1:44 / <x>&amp;]]>]] ] \ncomplete\n"},
    {"comments and instructions are passed over",
     TEXT("<!-- a -- b --><a>x<!-- <b> -- --->y<?p <c>?>z</a><!-- e -->"),
     "1:16 <a>\n1:47 / xyz\ncomplete\n"},
    {"DOCTYPE is passed over",
     TEXT("<!DOCTYPE a SYSTEM \"http://x/a>dtd\" "
          "[ <!-- <!ENTITY --> <!ELEMENT a ANY> ]>\n<a/>"),
     "2:1 <a>\n2:1 / \ncomplete\n"},
    {"line ends become one kind, lines are counted",
     TEXT("<a\r\n x=\"1\r\n2\"\r\n>\r\ny\rz\r\n<b/>\r\n</a>\r\n"),
     "1:1 <a x=1 2>\n6:1 <b>\n6:1 / \n7:1 / \ny\nz\n\n\ncomplete\n"},
    {"pieces, and where their text begins",
     TEXT("<a>\n <out>one <b/>two\n</out></a>"),
     "1:1 <a>\n2:2 <out>\n2:7 one \n2:11 <b>\n2:11 / \n2:15 two\n\n"
     "3:1 / \n3:7 / \n \ncomplete\n"},
    {"no more text is kept than the row wants, no character is cut",
     TEXT("<a><few>abcd</few><few>abcde</few><few>abc\xC3\xA4z</few></a>"),
     "1:1 <a>\n1:4 <few>\n1:13 / abcd\n1:19 <few>\n1:29 / abcd+1\n"
     "1:35 <few>\n1:46 / abc+3\n1:52 / \ncomplete\n"},
    {"a cut text stays cut",
     TEXT("<few>abc\xC3\xA4<b/>z</few>"),
     "1:1 <few>\n1:11 <b>\n1:11 / \n1:16 / abc+3\ncomplete\n"},
    {"documents one behind the other",
     TEXT("<?xml version=\"1.0\"?><a/>\n\xEF\xBB\xBF"
          "<?xml version=\"1.0\"?>\n<b/><c/>"),
     "1:22 <a>\n1:22 / \n3:1 <b>\n3:1 / \n3:5 <c>\n3:5 / \ncomplete\n"},
};
/* clang-format on */

/* clang-format off */
static const struct xml_case damaged[] = {
    {"cut between tags",
     TEXT("<a>\n<b>\nx"),
     "1:1 <a>\n2:1 <b>\n"
     "3:2 xml/truncated (inside <b> opened at line 2)\ndamaged\n"},
    {"cut in a tag",
     TEXT("<a>\n<b/>\n<b x=\""),
     "1:1 <a>\n2:1 <b>\n2:1 / \n"
     "3:7 xml/truncated (inside a tag that begins at line 3)\ndamaged\n"},
    {"cut in CDATA: the text until there is told",
     TEXT("<a>\n<out><![CDATA[abc]"),
     "1:1 <a>\n2:1 <out>\n2:6 abc]\n2:19 xml/truncated "
     "(inside a CDATA section that begins at line 2)\ndamaged\n"},
    {"cut in a comment",
     TEXT("<a>\n<!-- b"),
     "1:1 <a>\n2:7 xml/truncated (inside a comment that begins at line 2)\n"
     "damaged\n"},
    {"cut by another document",
     TEXT("<a>\n<b x=\"1\"><?xml version=\"1.0\"?><c/>"),
     "1:1 <a>\n2:1 <b x=1>\n"
     "2:10 xml/truncated (inside <b> opened at line 2)\n"
     "2:31 <c>\n2:31 / \ndamaged\n"},
    {"cut in a value by another document",
     TEXT("<a>\n<b x=\"1<?xml version=\"1.0\"?><c/>"),
     "1:1 <a>\n2:8 xml/malformed (an attribute value is not closed)\n"
     "2:29 <c>\n2:29 / \ndamaged\n"},
    {"end tags that do not match: only a declaration begins anew",
     TEXT("<a>\n<b>\n</c>\n</a><d/><!-- <?xml ?> --><?xml ?><e/>"),
     "1:1 <a>\n2:1 <b>\n"
     "3:1 xml/malformed (<b> opened at line 2 is closed by </c>)\n"
     "4:34 <e>\n4:34 / \ndamaged\n"},
    {"a quote that was never closed",
     TEXT("<r><a x=\"1>\n<b y=\"2\"/></r>"),
     "1:1 <r>\n2:1 xml/malformed (an attribute value is not closed)\n"
     "damaged\n"},
    {"a value without quotes",
     TEXT("<a><b/><b x=1/></a>"),
     "1:1 <a>\n1:4 <b>\n1:4 / \n"
     "1:13 xml/malformed (an attribute value has no quotes)\ndamaged\n"},
    {"no name",
     TEXT("<a><b\xC3\x97 x=\"1\"/></a>"),
     "1:1 <a>\n1:4 xml/malformed (error parsing attribute name)\ndamaged\n"},
    {"end tags of a document whose start is missing",
     TEXT("</testcase>\n<testcase/>\n</testsuite>\n"),
     "2:1 <testcase>\n2:1 / \n1:1 xml/malformed (2)\ndamaged\n"},
    {"entities are refused, the next document is read",
     TEXT("<!DOCTYPE a [\n<!ENTITY x \"y\">]>\n<a>&x;</a>"
          "<?xml version=\"1.0\"?><b/>"),
     "2:1 xml/entity ()\n3:32 <b>\n3:32 / \ndamaged\n"},
    {"external entities are refused",
     TEXT("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a/>"),
     "1:14 xml/entity ()\ndamaged\n"},
    {"parameter entities are refused",
     TEXT("<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://x/\"> %x;]><a/>"),
     "1:14 xml/entity ()\ndamaged\n"},
    {"nothing",
     TEXT(""),
     "1:1 xml/empty ()\ndamaged\n" },
    {"blanks",
     TEXT(" \n\n"),
     "1:1 xml/empty ()\ndamaged\n" },
    {"a byte order mark",
     TEXT("\xEF\xBB\xBF"),
     "1:1 xml/empty ()\ndamaged\n"},
    {"no XML",
     TEXT("hello\n1 < 2 & 2 > 1"),
     "1:1 xml/no-xml ()\ndamaged\n"},
    {"no element",
     TEXT("<?xml version=\"1.0\"?>\n<!-- a -->"),
     "1:1 xml/no-xml ()\ndamaged\n"},
};
/* clang-format on */

/* clang-format off */
static const struct xml_case encodings[] = {
    {"ISO-8859-1",
     TEXT("<?xml version=\"1.0\" encoding='ISO-8859-1'?><a x=\"\xE4\"/>"),
     "1:44 <a x=\xC3\xA4>\n1:44 / \ncomplete\n"},
    {"UTF-16 that is not",
     TEXT("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a x=\"\xC3\xA4\"/>"),
     "1:40 <a x=\xC3\xA4>\n1:40 / \ncomplete\n"},
    {"UTF-16 with a mark: lines are counted",
     TEXT("\xFF\xFE<\0a\0>\0\n\0<\0b\0/\0>\0<\0/\0a\0>\0"),
     "1:1 <a>\n2:1 <b>\n2:1 / \n2:5 / \n\ncomplete\n"},
    {"UTF-16 without",
     TEXT("\0<\0a\0/\0>"),
     "1:1 <a>\n1:1 / \ncomplete\n"},
    {"an unknown one",
     TEXT("<?xml version=\"1.0\" encoding=\"klingon\"?><a x=\"\xE4\"/>"),
     "1:41 <a x=\xEF\xBF\xBD>\n1:41 / \n1:1 xml/encoding (klingon)\n"
     "1:47 xml/repaired (1)\ncomplete\n"},
    {"UTF-7 is refused",
     TEXT("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>"),
     "1:39 <a>\n1:39 / \n1:1 xml/encoding (UTF-7)\ncomplete\n"},
};
/* clang-format on */

static void test_cases(const struct xml_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        xml_case_run(&cases[i]);
}

#define ALL(cases) test_cases(cases, sizeof(cases) / sizeof((cases)[0]))

/* ---- exit statuses ---------------------------------------------------- */

static int exit_status(struct alz_str input)
{
    struct xml_log log;

    xml_log_run(&log, input, 0);
    alz_text_done(&log.text);
    return log.exit_status;
}

static void test_exit_statuses(void)
{
    NUM(exit_status(ALZ_STR("<a>&nbsp;\x01</a>x")), 0, "repairs do no damage");
    NUM(exit_status(ALZ_STR("<a>")), 4, "damage");
    NUM(exit_status(ALZ_STR("")), 3, "an empty input");
    NUM(exit_status(ALZ_STR("text")), 3, "no XML");
}

/* ---- every truncation ------------------------------------------------- */

/* Elements that ended are those of the whole input, in its order, and more
 * bytes never make them fewer. */
static void test_truncation(void)
{
    static const char text[] =
        "<?xml version=\"1.0\"?>\n<testsuite a=\"x<y\">\n"
        "<testcase n=\"1\"/><testcase n='2'><![CDATA[]]]]>&lt;</testcase>\n"
        "<testcase n=\"3\"><!-- c --><f>t</f></testcase></testsuite>";
    size_t before = 0, closes, bad = 0, quiet = 0;
    struct xml_log log;

    for (size_t len = 0; len < sizeof(text) - 1; len++) {
        xml_log_run(&log, (struct alz_str){text, len}, 3);
        closes = 0;
        for (size_t i = 0; i + 1 < log.text.len; i++)
            closes += memcmp(log.text.ptr + i, "/ ", 2) == 0;
        bad += closes < before;
        before = closes;
        quiet += log.exit_status == 0;
        alz_text_done(&log.text);
    }
    NUM(bad, 0, "more bytes never mean fewer elements");
    NUM(quiet, 0, "no truncation goes unsaid");
    NUM(before, 4, "all that was complete was told");
}

/* ---- streams ---------------------------------------------------------- */

/* Gives one part at a time and is quiet before each but the first. */
struct parts {
    struct alz_bytes base;
    const char *const *next;
    struct xml_log *log;
    bool quiet;
    int error;
};

static ssize_t parts_read(struct alz_bytes *bytes, char *to, size_t cap)
{
    struct parts *parts = (struct parts *)bytes;
    size_t len;

    if (*parts->next == NULL) {
        errno = parts->error;
        return parts->error ? -1 : 0;
    }
    len = strlen(*parts->next);
    len = len < cap ? len : cap;
    memcpy(to, *parts->next++, len);
    parts->quiet = true;
    return (ssize_t)len;
}

static int parts_wait(struct alz_bytes *bytes, int timeout_ms)
{
    struct parts *parts = (struct parts *)bytes;

    if (timeout_ms < 0)
        parts->quiet = false;
    return !parts->quiet;
}

static void idle(void *state, struct alz_out *out)
{
    struct xml_log *log = (struct xml_log *)out;

    (void)state;
    alz_text_add(&log->text, ALZ_STR("idle\n"));
}

static void run_parts(struct xml_log *log, const char *const *texts, bool live,
                      int error)
{
    const struct alz_converter converter = {.table = xml_log_rows,
                                            .idle = idle};
    struct parts parts = {
        {parts_read, parts_wait},
        texts, log, false, error
    };
    struct alz_reading reading = {.converter = &converter, .live = live};

    xml_log_init(log);
    reading.out = &log->out;
    reading.bytes = &parts.base;
    reading.position = &log->position;
    alz_buf_printf(&log->text, "%d\n", alz_xml_read(&reading));
}

static void test_streams(void)
{
    static const char *const texts[] = {"<a><b/><few>", "xy</few", "><c/></a>",
                                        NULL};
    static const char *const part[] = {"<a><b/>", NULL};
    struct xml_log log;

    run_parts(&log, texts, true, 0);
    IS(alz_text_str(&log.text),
       "1:1 <a>\n1:4 <b>\n1:4 / \n1:8 <few>\nidle\nidle\n"
       "1:15 / xy\n1:21 <c>\n1:21 / \n1:25 / \nidle\n0\n",
       "live: what has come is told before there is a wait");
    alz_text_done(&log.text);
    run_parts(&log, texts + 3, false, EIO);
    OK(strstr(log.text.ptr, "xml/") == NULL, "a failed read is not XML");
    NUM(log.exit_status, 3, "of an input that is not there");
    alz_text_done(&log.text);
    run_parts(&log, part, false, EIO);
    OK(strncmp(log.text.ptr, "1:1 <a>\n1:4 <b>\n1:4 / \n1:8 bytes/read (",
               39) == 0,
       "it is told behind what came before");
    NUM(log.exit_status, 4, "as damage");
    alz_text_done(&log.text);
}

int main(void)
{
    ALL(sound);
    ALL(damaged);
    ALL(encodings);
    test_exit_statuses();
    test_truncation();
    test_streams();
    return tap_done();
}
