/* xml.c - runs the parser over each document of an input. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/xml_reader.h"

#include <libxml/parserInternals.h>

#include <errno.h>
#include <stdlib.h>

enum { QUIET_MS = 200 };

/* ---- bytes ------------------------------------------------------------ */

static void await(const struct alz_reading *reading)
{
    struct alz_bytes *bytes = reading->bytes;

    if (!reading->live || bytes->wait == NULL ||
        reading->converter->idle == NULL || bytes->wait(bytes, QUIET_MS) != 0)
        return;
    reading->converter->idle(reading->state, reading->out);
    bytes->wait(bytes, -1);
}

static ssize_t source_read(struct alz_bytes *bytes, char *to, size_t cap)
{
    struct alz_xml_source *source = (struct alz_xml_source *)bytes;
    struct alz_bytes *raw = source->reading->bytes;
    ssize_t got;

    await(source->reading);
    got = raw->read(raw, to, cap);
    source->anything |= got > 0;
    source->error = got < 0 ? errno : source->error;
    return got;
}

static int source_wait(struct alz_bytes *bytes, int timeout_ms)
{
    struct alz_bytes *raw = ((struct alz_xml_source *)bytes)->reading->bytes;

    return raw->wait ? raw->wait(raw, timeout_ms) : 1;
}

/* What the parser calls for more; it ends the document once it is dead. */
static int pull(void *ctx, char *to, int len)
{
    struct alz_xml *xml = ctx;
    struct alz_bytes *bytes = &xml->repair.base;

    if (xml->dead || len <= 0)
        return 0;
    return (int)bytes->read(bytes, to, (size_t)len);
}

/* ---- the parser ------------------------------------------------------- */

/* Nothing is ever loaded, whatever a document asks for. */
static xmlParserInputPtr deny(const char *url, const char *id,
                              xmlParserCtxtPtr parser)
{
    (void)url;
    (void)id;
    (void)parser;
    return NULL;
}

/* What xmlCreateIOParserCtxt does, without the leak when memory runs out. */
static xmlParserCtxtPtr new_parser(struct alz_xml *xml)
{
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    xmlParserInputBufferPtr buffer =
        xmlParserInputBufferCreateIO(pull, NULL, xml, XML_CHAR_ENCODING_NONE);
    xmlParserInputPtr input = NULL;

    if (parser && buffer)
        input = xmlNewIOInputStream(parser, buffer, XML_CHAR_ENCODING_NONE);
    if (input == NULL)
        xmlFreeParserInputBuffer(buffer);
    if (input == NULL || inputPush(parser, input) < 0) {
        xmlFreeParserCtxt(parser);
        return NULL;
    }
    alz_xml_handlers(parser->sax);
    parser->userData = xml; /* never the parser: it would keep entities */
    /* HUGE lifts the parser's limits on depth and length: ours hold. */
    xmlCtxtUseOptions(parser, XML_PARSE_NOENT | XML_PARSE_NONET |
                                  XML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
    xmlDictSetLimit(parser->dict, ALZ_XML_DICT_MAX);
    return parser;
}

static void parse(struct alz_xml *xml, xmlParserCtxtPtr parser)
{
    if (xmlParseDocument(parser) != 0 && !xml->refused &&
        parser->errNo == XML_ERR_NO_MEMORY)
        xml->starved = true;
    if (parser->myDoc)
        xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
}

/* False: read no other document. */
static bool read_document(struct alz_xml *xml)
{
    xmlParserCtxtPtr parser = new_parser(xml);
    bool more;

    memset(xml->names, 0, sizeof(xml->names));
    xml->depth = 0;
    xml->kept.len = xml->piece.len = 0;
    xml->dead = xml->refused = xml->ended = xml->entity = false;
    if (parser == NULL) {
        xml->starved = true;
        return false;
    }
    parse(xml, parser);
    alz_xml_flush(xml); /* what was said until the damage */
    more = alz_xml_report_document(xml);
    xmlFreeParserCtxt(parser); /* the names of open elements lived in it */
    if (more && xml->refused && !xml->ended)
        alz_repair_abandon(&xml->repair);
    return more;
}

static void ignore_error(void *ctx, const char *message, ...)
{
    (void)ctx;
    (void)message;
}

static void read_documents(struct alz_xml *xml)
{
    enum alz_repair_found found;
    bool more = true;

    while (more && !xml->starved &&
           (found = alz_repair_open(&xml->repair)) != ALZ_FOUND_END) {
        if (found == ALZ_FOUND_DOCUMENT) {
            more = read_document(xml);
            continue;
        }
        xml->depth = 0;
        xml->refused = false;
        more = alz_xml_report_document(xml);
    }
}

/* The parser prints what has no handler of its own, and those handlers belong
 * to the thread: they are put back as they were. */
static void read_quietly(struct alz_xml *xml)
{
    xmlGenericErrorFunc print;
    xmlStructuredErrorFunc tell;
    void *print_ctx, *tell_ctx;

    xmlInitParser();
    xmlSetExternalEntityLoader(deny);
    print = xmlGenericError;
    print_ctx = xmlGenericErrorContext;
    tell = xmlStructuredError;
    tell_ctx = xmlStructuredErrorContext;
    xmlSetGenericErrorFunc(NULL, ignore_error);
    xmlSetStructuredErrorFunc(NULL, NULL);
    read_documents(xml);
    xmlSetGenericErrorFunc(print_ctx, print);
    xmlSetStructuredErrorFunc(tell_ctx, tell);
}

/* ---- the reader ------------------------------------------------------- */

static bool knows(void *ctx, struct alz_str name)
{
    const struct alz_xml_table *table = ctx;

    return alz_xml_table_number(table, name) != 0;
}

static int init(struct alz_xml *xml, const struct alz_reading *reading)
{
    memset(xml, 0, offsetof(struct alz_xml, repair));
    xml->reading = reading;
    xml->source.base.read = source_read;
    xml->source.base.wait = source_wait;
    xml->source.reading = reading;
    alz_encoding_init(&xml->encoding, &xml->source.base, true);
    alz_repair_init(&xml->repair, &xml->encoding.base);
    xml->repair.knows = knows;
    xml->repair.knows_ctx = &xml->table;
    xml->repair.live = reading->live;
    xml->kept.max = xml->scratch.max = SIZE_MAX;
    xml->piece.max = ALZ_XML_PIECE_MAX;
    xml->attrs = malloc(ALZ_TAG_ATTRS_MAX * sizeof(*xml->attrs));
    if (alz_xml_table_init(&xml->table, reading->converter->table) != 0)
        return -1;
    return xml->attrs ? 0 : -1;
}

static void done(struct alz_xml *xml)
{
    alz_repair_done(&xml->repair);
    alz_encoding_done(&xml->encoding);
    alz_xml_table_done(&xml->table);
    alz_text_done(&xml->kept);
    alz_text_done(&xml->piece);
    alz_text_done(&xml->scratch);
    free(xml->frames);
    free(xml->attrs);
}

enum alz_ending alz_xml_read(const struct alz_reading *reading)
{
    struct alz_xml *xml = malloc(sizeof(*xml));
    enum alz_ending ending;

    if (xml == NULL)
        return alz_xml_report_starved(reading);
    if (init(xml, reading) == 0)
        read_quietly(xml);
    else
        xml->starved = true;
    ending = alz_xml_report_input(xml);
    done(xml);
    free(xml);
    return ending;
}
