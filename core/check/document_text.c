/* document_text.c - a document's bytes: their encoding, places in them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/document_state.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "check/tree.h"

enum { SHOWN_MAX = 60, TEXT_MAX = 2048, POINTER_MAX = 32768 };

/* ---- places ----------------------------------------------------------- */

/* Findings come in order, or nearly so: the line is counted from where the
 * last one was. */
void alz_document_locate(struct alz_document *document, size_t offset,
                         struct alz_place *ret)
{
    const char *ptr = document->text.ptr, *next;

    if (offset < document->line_at) {
        document->line_at = 0;
        document->line = 1;
    }
    while (offset > document->line_at &&
           (next = memchr(ptr + document->line_at, '\n',
                          offset - document->line_at))) {
        document->line_at = (size_t)(next - ptr) + 1;
        document->line++;
    }
    ret->line = document->line;
    ret->column = offset - document->line_at + 1;
}

/* Keys are shown as the document has them, escapes and all. */
static struct alz_str pointer_of(struct alz_document *document)
{
    alz_text_clear(&document->pointer);
    document->pointer.max = POINTER_MAX;
    for (size_t i = 0; i < document->depth; i++) {
        const struct alz_scope *scope = &document->scopes[i];

        if (scope->array)
            alz_buf_printf(&document->pointer, "/%zu", scope->count);
        else
            alz_pointer_add(&document->pointer,
                            (struct alz_str){document->text.ptr + scope->key_at,
                                             scope->key_len});
    }
    return alz_text_str(&document->pointer);
}

static void find(struct alz_document *document, const char *rule, size_t offset,
                 struct alz_str pointer, struct alz_str text)
{
    struct alz_place place = {.pointer = pointer};

    alz_document_locate(document, offset, &place);
    alz_findings_add(document->user.findings, rule, &place, text);
}

void alz_document_find(struct alz_document *document, const char *rule,
                       const char *format, ...)
{
    struct alz_text text = {.max = TEXT_MAX};
    va_list args;

    va_start(args, format);
    alz_buf_vprintf(&text, format, args);
    va_end(args);
    find(document, rule, document->token.at, pointer_of(document),
         alz_text_str(&text));
    alz_text_done(&text);
}

void alz_document_find_at(struct alz_document *document, const char *rule,
                          size_t offset, const char *pointer,
                          const char *format, ...)
{
    struct alz_text text = {.max = TEXT_MAX};
    va_list args;

    va_start(args, format);
    alz_buf_vprintf(&text, format, args);
    va_end(args);
    find(document, rule, offset, alz_str_from(pointer), alz_text_str(&text));
    alz_text_done(&text);
}

void alz_document_find_raw(struct alz_document *document, const char *rule,
                           size_t offset, const char *text)
{
    find(document, rule, offset, ALZ_STR(""), alz_str_from(text));
}

/* ---- violations ------------------------------------------------------- */

/* What the schema finds at some places has a rule of its own. text shows the
 * value in front; NULL: the violation's own words. */
static const struct {
    const char *property, *violation, *rule, *text;
} renamed[] = {
    {"/status",     "schema/enum",    "status/unknown",       NULL},
    {"/name",       "schema/pattern", "name/invalid",
     " is blank or has control characters"                        },
    {"/source",     "schema/pattern", "attachment/name",
     " is not made of 1 to 100 of A-Z a-z 0-9 . _ -"              },
    {"/buildOrder", "schema/pattern", "executor/build-order",
     " is no whole number"                                        },
    {"/buildOrder", "schema/type",    "executor/build-order", NULL},
    {"/buildOrder", "schema/range",   "executor/build-order", NULL},
};

void alz_document_violation(void *ctx, const struct alz_violation *violation)
{
    struct alz_document *document = ctx;
    struct alz_text text = {.max = TEXT_MAX};
    const char *rule = violation->rule, *why = NULL;

    for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
        if (strcmp(renamed[i].violation, violation->rule) == 0 &&
            alz_str_ends(violation->pointer, renamed[i].property)) {
            rule = renamed[i].rule;
            why = renamed[i].text;
        }
    if (why) {
        alz_buf_putc(&text, '"');
        alz_buf_add_quoted(&text, document->token.text, SHOWN_MAX);
        alz_buf_printf(&text, "\"%s", why);
    }
    find(document, rule, document->token.at, violation->pointer,
         why ? alz_text_str(&text) : violation->text);
    alz_text_done(&text);
}

/* ---- encoding --------------------------------------------------------- */

static bool is_wide(struct alz_str text)
{
    const unsigned char *ptr = (const unsigned char *)text.ptr;

    if (text.len < 2)
        return false;
    return (ptr[0] == 0xff && ptr[1] == 0xfe) ||
           (ptr[0] == 0xfe && ptr[1] == 0xff) || !ptr[0] || !ptr[1];
}

static bool is_blank(struct alz_str text)
{
    return alz_str_trim(text).len == 0;
}

bool alz_bytes_check(struct alz_document *document)
{
    struct alz_str text = document->text;
    size_t bad;

    if (is_wide(text)) {
        alz_document_find_raw(document, "json/encoding", 0,
                              "UTF-16 or UTF-32, not UTF-8");
        return false;
    }
    if (alz_str_starts(text, "\xef\xbb\xbf")) {
        alz_document_find_raw(document, "json/bom", 0,
                              "a byte order mark in front of the document");
        document->text = alz_str_from_offset(text, 3);
    }
    if (is_blank(document->text)) {
        alz_document_find_raw(document, "json/empty", 0,
                              "there is no document");
        return false;
    }
    bad = alz_utf8_valid(document->text);
    document->unencoded = bad < document->text.len;
    if (document->unencoded)
        alz_document_find_raw(document, "json/utf8", bad,
                              "bytes that are not UTF-8");
    return true;
}

/* ---- escapes ---------------------------------------------------------- */

/* The code unit of "\uXXXX" at ptr, or 0. */
static unsigned escaped_unit(const char *ptr, const char *end)
{
    unsigned unit = 0;

    if (end - ptr < 6 || ptr[0] != '\\' || ptr[1] != 'u')
        return 0;
    for (size_t i = 2; i < 6; i++) {
        unsigned digit = (unsigned char)ptr[i] | 0x20U;

        unit = unit << 4 | (digit >= 'a' ? digit - 'a' + 10 : digit & 0xfU);
    }
    return unit;
}

void alz_string_check(struct alz_document *document)
{
    const char *ptr = document->text.ptr + document->token.at;
    const char *end = document->text.ptr + document->token.end;

    while ((ptr = memchr(ptr, '\\', (size_t)(end - ptr)))) {
        unsigned unit = escaped_unit(ptr, end);
        bool pair = unit >= 0xd800 && unit <= 0xdbff &&
                    escaped_unit(ptr + 6, end) >= 0xdc00 &&
                    escaped_unit(ptr + 6, end) <= 0xdfff;

        if (unit >= 0xd800 && unit <= 0xdfff && !pair) {
            alz_document_find(document, "json/surrogate",
                              "\\u%04x is half of a surrogate pair", unit);
            return;
        }
        ptr += pair ? 12 : 2;
    }
}
