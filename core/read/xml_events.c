/* xml_events.c - what the parser tells becomes calls of the table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/xml_reader.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>

static void starve(struct alz_xml *xml)
{
    xml->starved = xml->dead = true;
}

/* ---- names and attributes --------------------------------------------- */

static const struct alz_xml_name *find_name(struct alz_xml *xml,
                                            const xmlChar *ptr)
{
    size_t slot = ((uintptr_t)ptr * 0x9E3779B97F4A7C15u) >> 48;
    struct alz_xml_name *name = &xml->names[slot % ALZ_XML_NAME_SLOTS];

    if (name->ptr == ptr)
        return name;
    name->ptr = ptr;
    name->len = (uint32_t)strlen((const char *)ptr);
    name->number = alz_xml_table_number(
        &xml->table, (struct alz_str){(const char *)ptr, name->len});
    return name;
}

/* The text with its control characters back, valid until the next call. */
static struct alz_str restore(struct alz_xml *xml, struct alz_str text,
                              struct alz_text *to)
{
    char *room;

    if (memmem(text.ptr, text.len, "\xEE\x80", 2) == NULL)
        return text;
    room = alz_buf_reserve(to, text.len);
    if (room == NULL) {
        starve(xml);
        return (struct alz_str){"", 0};
    }
    text.len = alz_repair_restore(room, text);
    text.ptr = room;
    return text;
}

/* Values share scratch, which must not move while they are added. */
static void restore_attrs(struct alz_xml *xml, size_t count)
{
    struct alz_xml_attr *attr = xml->attrs;
    size_t i, total = 0;

    for (i = 0; i < count; i++)
        total += attr[i].value.len;
    alz_text_clear(&xml->scratch);
    if (alz_buf_reserve(&xml->scratch, total) == NULL) {
        starve(xml);
        return;
    }
    for (i = 0; i < count; i++) {
        struct alz_str value = restore(xml, attr[i].value, &xml->scratch);

        if (value.ptr != attr[i].value.ptr)
            xml->scratch.len += value.len;
        attr[i].value = value;
    }
}

/* The parser gives five pointers for each: name, prefix, namespace, and both
 * ends of the value. */
static size_t take_attrs(struct alz_xml *xml, const xmlChar **from, int count)
{
    struct alz_xml_attr *attr = xml->attrs;
    size_t n = count > 0 ? (size_t)count : 0;

    if (n > ALZ_TAG_ATTRS_MAX)
        n = ALZ_TAG_ATTRS_MAX;
    for (size_t i = 0; i < n; i++, from += 5, attr++) {
        attr->name.ptr = (const char *)from[0];
        attr->name.len = find_name(xml, from[0])->len;
        attr->value.ptr = (const char *)from[3];
        attr->value.len = (size_t)(from[4] - from[3]);
    }
    if (xml->repair.mapped && n > 0)
        restore_attrs(xml, n);
    return n;
}

struct alz_str alz_xml_attr_find(const struct alz_xml_element *element,
                                 struct alz_str name)
{
    for (size_t i = 0; i < element->attr_count; i++)
        if (alz_str_equal(element->attrs[i].name, name))
            return element->attrs[i].value;
    return (struct alz_str){NULL, 0};
}

/* ---- text ------------------------------------------------------------- */

void alz_xml_flush(struct alz_xml *xml)
{
    const struct alz_reading *reading = xml->reading;
    struct alz_str piece = alz_text_str(&xml->piece);

    if (piece.len == 0)
        return;
    *reading->position = xml->text_at;
    xml->frames[xml->depth - 1].row->text(reading->state, reading->out, piece);
    xml->piece.len = 0;
}

static void add_piece(struct alz_xml *xml, struct alz_str text)
{
    struct alz_str part;

    while (text.len > 0) {
        part = alz_utf8_cut(text, ALZ_XML_PIECE_MAX - xml->piece.len);
        if (part.len == 0 && xml->piece.len == 0)
            part = text; /* never: a character is shorter than a piece */
        alz_text_add(&xml->piece, part);
        if (xml->piece.full) {
            starve(xml);
            return;
        }
        text.ptr += part.len;
        text.len -= part.len;
        if (text.len > 0)
            alz_xml_flush(xml);
    }
}

static void keep_text(struct alz_xml *xml, struct alz_xml_frame *frame,
                      struct alz_str text)
{
    size_t room = frame->row->text_max - (xml->kept.len - frame->kept_at);
    struct alz_str part = text;

    if (frame->cut > 0)
        part.len = 0;
    else if (part.len > room)
        part = alz_utf8_cut(text, room);
    alz_text_add(&xml->kept, part);
    if (xml->kept.full)
        starve(xml);
    frame->cut += text.len - part.len;
}

static void on_text(void *ctx, const xmlChar *ptr, int len)
{
    struct alz_xml *xml = ctx;
    struct alz_str text = {(const char *)ptr, (size_t)len};
    struct alz_xml_frame *frame;
    const struct alz_xml_row *row;

    if (xml->dead || xml->depth == 0 || len <= 0)
        return;
    frame = &xml->frames[xml->depth - 1];
    row = frame->row;
    if (row == NULL || (!row->text && !(row->close && row->text_max > 0)))
        return;
    if (xml->repair.mapped) {
        alz_text_clear(&xml->scratch);
        text = restore(xml, text, &xml->scratch);
    }
    if (row->text)
        add_piece(xml, text);
    if (row->close && row->text_max > 0)
        keep_text(xml, frame, text);
}

/* ---- elements --------------------------------------------------------- */

static struct alz_xml_frame *push_frame(struct alz_xml *xml)
{
    size_t cap = xml->frame_cap ? 2 * xml->frame_cap : 32;
    struct alz_xml_frame *frames;

    if (xml->depth == xml->frame_cap) {
        frames = realloc(xml->frames, cap * sizeof(*frames));
        if (frames == NULL) {
            starve(xml);
            return NULL;
        }
        xml->frames = frames;
        xml->frame_cap = cap;
    }
    return &xml->frames[xml->depth++];
}

/* Where the tag that the parser tells of stands in the input. */
static void begin_tag(struct alz_xml *xml, struct alz_xml_frame *frame)
{
    const struct alz_repair_tag *tag = alz_repair_tag(&xml->repair);

    if (tag == NULL) /* the parser made it up */
        return;
    frame->at = tag->start;
    frame->empty = tag->empty;
    xml->text_at = tag->end;
    alz_repair_tag_done(&xml->repair);
}

static struct alz_str parent_name(const struct alz_xml *xml)
{
    const struct alz_xml_frame *parent;

    if (xml->depth < 2)
        return ALZ_STR("");
    parent = &xml->frames[xml->depth - 2];
    return (struct alz_str){parent->name, parent->name_len};
}

/* Gives the element its place, its row and its names. */
static struct alz_xml_frame *open_frame(struct alz_xml *xml,
                                        const xmlChar *local)
{
    const struct alz_xml_name *name = find_name(xml, local);
    struct alz_xml_frame *frame = push_frame(xml);
    uint16_t above = ALZ_XML_TABLE_TOP;

    if (frame == NULL)
        return NULL;
    if (xml->depth > 1)
        above = frame[-1].state;
    frame->state = alz_xml_table_next(&xml->table, above, name->number);
    frame->row = alz_xml_table_row(&xml->table, frame->state);
    frame->name = (const char *)local;
    frame->name_len = name->len;
    frame->kept_at = xml->kept.len;
    frame->cut = 0;
    begin_tag(xml, frame);
    return frame;
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *uri, int space_count,
                     const xmlChar **spaces, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct alz_xml *xml = ctx;
    const struct alz_reading *reading = xml->reading;
    struct alz_xml_element element;
    struct alz_xml_frame *frame;

    (void)prefix, (void)uri, (void)space_count, (void)spaces, (void)defaulted;
    if (xml->dead)
        return;
    alz_xml_flush(xml);
    frame = open_frame(xml, local);
    if (frame == NULL || frame->row == NULL || frame->row->open == NULL)
        return;
    element.attr_count = take_attrs(xml, attributes, count);
    if (xml->dead)
        return;
    element.attrs = xml->attrs;
    element.name = (struct alz_str){frame->name, frame->name_len};
    element.parent = parent_name(xml);
    element.depth = xml->depth;
    *reading->position = frame->at;
    frame->row->open(reading->state, reading->out, &element);
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *uri)
{
    struct alz_xml *xml = ctx;
    const struct alz_reading *reading = xml->reading;
    struct alz_xml_frame *frame;
    const struct alz_xml_row *row;

    (void)local, (void)prefix, (void)uri;
    if (xml->dead || xml->depth == 0)
        return;
    alz_xml_flush(xml);
    frame = &xml->frames[xml->depth - 1];
    if (!frame->empty)
        begin_tag(xml, frame);
    row = frame->row;
    if (row && row->close) {
        struct alz_str text = alz_text_str(&xml->kept);

        text.ptr += frame->kept_at;
        text.len -= frame->kept_at;
        *reading->position = frame->at;
        row->close(reading->state, reading->out, text, frame->cut);
    }
    xml->kept.len = frame->kept_at;
    xml->depth--;
}

/* ---- what must not come ----------------------------------------------- */

/* The filter keeps DOCTYPE from the parser. Should one ever pass: refused. */
static void on_entity(void *ctx, const xmlChar *name, int type,
                      const xmlChar *public_id, const xmlChar *system_id,
                      xmlChar *content)
{
    struct alz_xml *xml = ctx;

    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    xml->entity = xml->dead = true;
}

static void on_subset(void *ctx, const xmlChar *name, const xmlChar *public_id,
                      const xmlChar *system_id)
{
    (void)ctx, (void)name, (void)public_id, (void)system_id;
}

static xmlParserInputPtr on_resolve(void *ctx, const xmlChar *public_id,
                                    const xmlChar *system_id)
{
    (void)ctx, (void)public_id, (void)system_id;
    return NULL;
}

static xmlEntityPtr on_get_entity(void *ctx, const xmlChar *name)
{
    (void)ctx;
    return xmlGetPredefinedEntity(name);
}

static xmlEntityPtr on_get_parameter(void *ctx, const xmlChar *name)
{
    (void)ctx, (void)name;
    return NULL;
}

#if LIBXML_VERSION >= 21200
static void on_error(void *ctx, const xmlError *error)
#else
static void on_error(void *ctx, xmlError *error)
#endif
{
    alz_xml_keep_error(ctx, error);
}

void alz_xml_handlers(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof(*sax));
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->cdataBlock = on_text;
    sax->ignorableWhitespace = on_text;
    sax->entityDecl = on_entity;
    sax->externalSubset = on_subset;
    sax->resolveEntity = on_resolve;
    sax->getEntity = on_get_entity;
    sax->getParameterEntity = on_get_parameter;
    sax->serror = on_error;
}
