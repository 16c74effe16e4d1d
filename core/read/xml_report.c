/* xml_report.c - what the XML reader has to say about its input. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/xml_reader.h"

#include <allurize/allurize.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static const struct alz_diag no_memory = {ALZ_ERROR, "xml/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};
static const struct alz_diag empty = {ALZ_ERROR, "xml/empty",
                                      "the input is empty", ALZ_EXIT_INPUT};
static const struct alz_diag no_xml = {
    ALZ_ERROR, "xml/no-xml", "the input holds no XML element", ALZ_EXIT_INPUT};
static const struct alz_diag truncated = {
    ALZ_ERROR, "xml/truncated", "the document is cut off", ALZ_EXIT_DAMAGED};
static const struct alz_diag malformed = {ALZ_ERROR, "xml/malformed",
                                          "the document is not well-formed",
                                          ALZ_EXIT_DAMAGED};
static const struct alz_diag beyond_limit = {ALZ_ERROR, "xml/limit",
                                             "the document goes beyond a limit",
                                             ALZ_EXIT_DAMAGED};
static const struct alz_diag entity = {ALZ_ERROR, "xml/entity",
                                       "entity declarations are refused",
                                       ALZ_EXIT_DAMAGED};
static const struct alz_diag too_deep = {
    ALZ_ERROR, "xml/depth", "elements are nested deeper than 100,000 levels",
    ALZ_EXIT_DAMAGED};
static const struct alz_diag bad_encoding = {
    ALZ_WARNING, "xml/encoding",
    "the declared encoding is unknown; read as UTF-8", 0};

/* Said once per input, with the place of the first and how many. */
static const struct alz_diag repairs[ALZ_REPAIR_KIND_COUNT] = {
    [ALZ_REPAIR_FORBIDDEN] = {ALZ_WARNING, "xml/repaired",
                              "characters that XML forbids were replaced",          0               },
    [ALZ_REPAIR_UTF8] = {ALZ_WARNING, "xml/repaired",
                              "bytes that are not UTF-8 were replaced",             0               },
    [ALZ_REPAIR_AMPERSAND] = {ALZ_WARNING, "xml/repaired",
                              "\"&\" that begins no reference was kept as text",    0               },
    [ALZ_REPAIR_LESS] = {ALZ_WARNING, "xml/repaired",
                              "\"<\" that begins no tag was kept as text",          0               },
    [ALZ_REPAIR_CDATA_END] = {ALZ_WARNING, "xml/repaired",
                              "\"]]>\" outside of CDATA was kept as text",          0               },
    [ALZ_REPAIR_TWICE] = {ALZ_WARNING, "xml/repaired",
                              "attributes given twice: the first one was kept",     0               },
    [ALZ_REPAIR_CHATTER] = {ALZ_WARNING, "xml/chatter",
                              "text outside of the document was passed over",       0               },
    [ALZ_REPAIR_STRAY] = {ALZ_ERROR,   "xml/malformed",
                              "end tags without a start",                           ALZ_EXIT_DAMAGED},
    [ALZ_REPAIR_ATTRS] = {ALZ_ERROR,   "xml/limit",
                              "attributes beyond 1,024 of an element were dropped",
                              ALZ_EXIT_DAMAGED                                                      },
    [ALZ_REPAIR_VALUE] = {ALZ_ERROR,   "xml/limit",
                              "attribute values longer than 1 MiB were cut",        ALZ_EXIT_DAMAGED},
    [ALZ_REPAIR_NAME] = {ALZ_ERROR,   "xml/limit",
                              "attributes with names of more than 4,096 bytes were "
                         "dropped",                                                 ALZ_EXIT_DAMAGED},
};

static void report(struct alz_xml *xml, const struct alz_diag *diag,
                   struct alz_position at, const char *detail)
{
    *xml->reading->position = at;
    alz_report(xml->reading->out, diag, alz_str_from(detail));
}

/* ---- the parser's own messages ---------------------------------------- */

__attribute__((format(printf, 2, 3))) static void say(struct alz_xml *xml,
                                                      const char *format, ...)
{
    va_list args;
    char *p;

    va_start(args, format);
    vsnprintf(xml->detail, sizeof(xml->detail), format, args);
    va_end(args);
    for (p = xml->detail; *p; p++) /* one line of ASCII, whatever it quotes */
        if (*p < ' ' || *p > '~')
            *p = p[1] ? '?' : '\0';
}

/* The parser's message the way ours begin. */
static void say_error(struct alz_xml *xml, const char *message)
{
    char *first = xml->detail;

    say(xml, "%s", message ? message : "");
    if (*first >= 'A' && *first <= 'Z' && first[1] >= 'a')
        *first = (char)(*first | 0x20);
}

/* Errors that only say that the bytes are over: the filter knows why. */
static bool tells_end(int code)
{
    return code == XML_ERR_TAG_NOT_FINISHED || code == XML_ERR_DOCUMENT_END ||
           code == XML_ERR_DOCUMENT_EMPTY;
}

/* The innermost open element, and what closes it (may be NULL). */
static void say_element(struct alz_xml *xml, const char *before,
                        const char *closer)
{
    const struct alz_xml_frame *top = &xml->frames[xml->depth - 1];

    say(xml, "%s<%.60s> opened at line %" PRIu64 "%s%.60s%s", before, top->name,
        top->at.line, closer ? " is closed by </" : "", closer ? closer : "",
        closer ? ">" : "");
}

void alz_xml_keep_error(struct alz_xml *xml, const xmlError *error)
{
    const struct alz_repair_tag *tag = alz_repair_tag(&xml->repair);

    /* The parser also takes a failed allocation for the end of its input. */
    if (error->code == XML_ERR_NO_MEMORY ||
        (tells_end(error->code) && xml->repair.state != ALZ_REPAIR_OVER))
        xml->starved = xml->dead = true;
    if (error->level < XML_ERR_FATAL || xml->dead)
        return;
    xml->dead = xml->refused = true;
    xml->ended =
        xml->repair.damage.kind != ALZ_DAMAGE_NONE && tells_end(error->code);
    xml->refused_at = tag ? tag->start : xml->repair.at;
    if (error->code == XML_ERR_TAG_NAME_MISMATCH && xml->depth > 0)
        say_element(xml, "", error->str2);
    else
        say_error(xml, error->message);
}

/* ---- documents -------------------------------------------------------- */

static void report_cut(struct alz_xml *xml)
{
    const struct alz_repair_damage *damage = &xml->repair.damage;
    const bool *interrupted = xml->reading->interrupted;

    if (interrupted && *interrupted)
        return;
    if (damage->what)
        say(xml, "inside %s that begins at line %" PRIu64, damage->what,
            damage->opened_line);
    else if (xml->depth > 0)
        say_element(xml, "inside ", NULL);
    else
        say(xml, "before its first element");
    report(xml, &truncated, damage->at, xml->detail);
}

static void report_damage(struct alz_xml *xml)
{
    static const struct alz_diag *const diags[] = {
        [ALZ_DAMAGE_MALFORMED] = &malformed,
        [ALZ_DAMAGE_LIMIT] = &beyond_limit,
        [ALZ_DAMAGE_ENTITY] = &entity,
        [ALZ_DAMAGE_DEPTH] = &too_deep,
    };
    const struct alz_repair_damage *damage = &xml->repair.damage;

    if (damage->kind == ALZ_DAMAGE_MEMORY)
        xml->starved = true;
    else if (damage->kind == ALZ_DAMAGE_CUT)
        report_cut(xml);
    else if (damage->kind != ALZ_DAMAGE_READ)
        report(xml, diags[damage->kind], damage->at, damage->what);
}

bool alz_xml_report_document(struct alz_xml *xml)
{
    enum alz_repair_damage_kind kind = xml->repair.damage.kind;

    if (xml->starved)
        return false;
    if (kind == ALZ_DAMAGE_CUT && xml->repair.roots == 0)
        return true; /* no element at all: said at the end */
    if (xml->entity)
        report(xml, &entity, xml->repair.at, "");
    else if (xml->refused && !xml->ended)
        report(xml, &malformed, xml->refused_at, xml->detail);
    else if (kind != ALZ_DAMAGE_NONE)
        report_damage(xml);
    else if (xml->depth > 0) /* it stopped, and says nothing: no memory */
        xml->starved = true;
    else
        return true;
    xml->damaged = true;
    return !xml->starved;
}

/* ---- the input -------------------------------------------------------- */

static void report_repairs(struct alz_xml *xml)
{
    char detail[32];

    for (size_t kind = 0; kind < ALZ_REPAIR_KIND_COUNT; kind++) {
        const struct alz_repair_count *count = &xml->repair.counts[kind];

        if (count->count == 0)
            continue;
        if (kind == ALZ_REPAIR_CHATTER && xml->repair.roots == 0)
            continue; /* then there is no document it could be outside of */
        snprintf(detail, sizeof(detail), "%" PRIu64, count->count);
        report(xml, &repairs[kind], count->first, detail);
        xml->damaged |= kind == ALZ_REPAIR_STRAY;
    }
}

enum alz_ending alz_xml_report_starved(const struct alz_reading *reading)
{
    reading->position->line = reading->position->column = 0;
    alz_report(reading->out, &no_memory, ALZ_STR(""));
    return ALZ_DAMAGED;
}

enum alz_ending alz_xml_report_input(struct alz_xml *xml)
{
    const struct alz_position start = {1, 1};
    const struct alz_reading *reading = xml->reading;
    enum alz_ending ending;

    if (xml->starved)
        return alz_xml_report_starved(reading);
    if (xml->encoding.failed) {
        say(xml, "%s", xml->encoding.declared);
        report(xml, &bad_encoding, start, xml->detail);
    }
    report_repairs(xml);
    alz_reading_decoded(reading, &xml->encoding);
    *reading->position = xml->repair.at;
    ending =
        alz_reading_ended(reading, xml->source.error, xml->source.anything);
    if (ending != ALZ_COMPLETE)
        return ending;
    if (xml->repair.blank)
        report(xml, &empty, start, "");
    else if (xml->repair.roots == 0 && !xml->damaged)
        report(xml, &no_xml, start, "");
    return xml->damaged || xml->repair.roots == 0 ? ALZ_DAMAGED : ALZ_COMPLETE;
}
