/* xml_reader.h - one run of the XML reader, shared by its files. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_XML_READER_H
#define ALZ_READ_XML_READER_H

#include "read/encoding.h"
#include "read/reader.h"
#include "read/repair.h"
#include "read/xml_table.h"

#include <libxml/parser.h>

enum {
    ALZ_XML_PIECE_MAX = 64 << 10,
    ALZ_XML_NAME_SLOTS = 512,
    ALZ_XML_DICT_MAX = 16 << 20 /* bytes of distinct names in a document */
};

/* A name as the parser keeps it: one pointer per name and document. */
struct alz_xml_name {
    const xmlChar *ptr;
    uint32_t len;
    uint16_t number; /* in the table */
};

/* An open element. */
struct alz_xml_frame {
    const struct alz_xml_row *row;
    const char *name;
    uint32_t name_len;
    uint16_t state; /* of the table */
    bool empty;     /* "<x/>": its end has no tag of its own */
    size_t kept_at; /* where its text begins in kept */
    size_t cut;     /* bytes of it that are not kept */
    struct alz_position at;
};

/* Waits for a live input, and calls idle while it is quiet. */
struct alz_xml_source {
    struct alz_bytes base;
    const struct alz_reading *reading;
    bool anything;
    int error;
};

struct alz_xml {
    const struct alz_reading *reading;
    struct alz_xml_table table;
    struct alz_xml_source source;

    struct alz_xml_frame *frames;
    size_t frame_cap, depth;
    /* Kept text of the open elements, the innermost last: an element's text
     * never grows while a child of it is open. */
    struct alz_text kept;
    struct alz_text piece;   /* not yet given to row->text */
    struct alz_text scratch; /* text with control characters restored */
    struct alz_position text_at;
    struct alz_xml_attr *attrs;

    bool dead;    /* nothing more of this document is wanted */
    bool refused; /* the parser says why in detail */
    bool ended;   /* ... and it was that the input is over */
    bool starved; /* out of memory */
    bool entity;  /* a declaration reached the parser after all */
    bool damaged; /* of any document */
    char detail[200];
    struct alz_position refused_at;
    struct alz_xml_name names[ALZ_XML_NAME_SLOTS];

    struct alz_repair repair;
    struct alz_encoding encoding;
};

/* The handlers, and the end of the text that is on its way (xml_events.c). */
void alz_xml_handlers(xmlSAXHandler *sax);
void alz_xml_flush(struct alz_xml *xml);

/* Tells how a document ended; false: read no other one (xml_report.c). */
bool alz_xml_report_document(struct alz_xml *xml);
/* Out of memory: the input is given up. */
enum alz_ending alz_xml_report_starved(const struct alz_reading *reading);
/* Tells what is said once per input, and how the input ended. */
enum alz_ending alz_xml_report_input(struct alz_xml *xml);
/* Keeps the parser's message for alz_xml_report_document. */
void alz_xml_keep_error(struct alz_xml *xml, const xmlError *error);

#endif
