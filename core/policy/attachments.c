/* attachments.c - media types and file names of attachments. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

#include <stdio.h>

/*
 * Types we know, their file name endings, and what they are published as.
 * What a browser would run (HTML, SVG, scripts, links) is published as plain
 * text: readers open attachments in the report's own page. No ending may be one
 * that a reader takes for a report (.xml, .trx, .plist).
 */
static const struct media {
    const char *type;
    const char *ending; /* of files that are of this type */
    const char *as;     /* NULL: as itself */
    const char *shown;  /* ending in the results */
} medias[] = {
    {"text/plain",                "txt",   NULL,         "txt" },
    {"text/plain",                "log",   NULL,         "txt" },
    {"application/json",          "json",  NULL,         "json"},
    {"application/xml",           "xml",   NULL,         "txt" },
    {"text/xml",                  "xml",   NULL,         "txt" },
    {"application/x-trx",         "trx",   "text/plain", "txt" },
    {"application/x-plist",       "plist", "text/plain", "txt" },
    {"text/csv",                  "csv",   NULL,         "csv" },
    {"text/tab-separated-values", "tsv",   NULL,         "tsv" },
    {"text/uri-list",             "uri",   "text/plain", "txt" },
    {"text/markdown",             "md",    "text/plain", "txt" },
    {"text/html",                 "html",  "text/plain", "txt" },
    {"text/html",                 "htm",   "text/plain", "txt" },
    {"application/xhtml+xml",     "xhtml", "text/plain", "txt" },
    {"image/svg+xml",             "svg",   "text/plain", "txt" },
    {"text/javascript",           "js",    "text/plain", "txt" },
    {"application/javascript",    "js",    "text/plain", "txt" },
    {"application/yaml",          "yaml",  NULL,         "yaml"},
    {"application/x-yaml",        "yml",   NULL,         "yaml"},
    {"image/png",                 "png",   NULL,         "png" },
    {"image/jpeg",                "jpg",   NULL,         "jpg" },
    {"image/jpeg",                "jpeg",  NULL,         "jpg" },
    {"image/gif",                 "gif",   NULL,         "gif" },
    {"image/webp",                "webp",  NULL,         "webp"},
    {"image/bmp",                 "bmp",   NULL,         "bmp" },
    {"image/tiff",                "tiff",  NULL,         "tiff"},
    {"video/mp4",                 "mp4",   NULL,         "mp4" },
    {"video/webm",                "webm",  NULL,         "webm"},
    {"video/ogg",                 "ogv",   NULL,         "ogv" },
    {"application/pdf",           "pdf",   NULL,         "pdf" },
    {"application/zip",           "zip",   NULL,         "zip" },
    {"application/gzip",          "gz",    NULL,         "gz"  },
    {"application/x-tar",         "tar",   NULL,         "tar" },
    {"application/octet-stream",  "bin",   NULL,         "bin" },
};

enum { MEDIAS = sizeof(medias) / sizeof(*medias) };

/* "type/subtype" in lower case, without parameters. */
static struct alz_str bare_type(struct alz_arena *arena, struct alz_str type)
{
    struct alz_str bare = ALZ_STR("");
    char *lower;

    if (type.len == 0)
        return bare;
    alz_str_split(&type, ';', &bare);
    bare = alz_str_trim(bare);
    lower = alz_arena_bytes(arena, bare.len);
    if (!lower)
        return ALZ_STR("");
    for (size_t i = 0; i < bare.len; i++)
        lower[i] = (char)(bare.ptr[i] >= 'A' && bare.ptr[i] <= 'Z'
                              ? bare.ptr[i] - 'A' + 'a'
                              : bare.ptr[i]);
    return (struct alz_str){lower, bare.len};
}

static bool is_token_byte(unsigned char byte)
{
    return byte > 0x20 && byte < 0x7f && !strchr("()<>@,;:\\\"/[]?=", byte);
}

static bool is_media_type(struct alz_str type)
{
    size_t slashes = 0;

    for (size_t i = 0; i < type.len; i++) {
        if (type.ptr[i] == '/' && i > 0 && i + 1 < type.len)
            slashes++;
        else if (!is_token_byte((unsigned char)type.ptr[i]))
            return false;
    }
    return slashes == 1;
}

static const struct media *by_type(struct alz_str type)
{
    for (size_t i = 0; i < MEDIAS; i++)
        if (alz_str_is_nocase(type, medias[i].type))
            return &medias[i];
    return NULL;
}

static const struct media *by_file_name(struct alz_str name)
{
    size_t at = name.len;

    while (at && name.ptr[at - 1] != '.' && name.ptr[at - 1] != '/')
        at--;
    if (at == 0 || name.ptr[at - 1] != '.')
        return NULL;
    for (size_t i = 0; i < MEDIAS; i++)
        if (alz_str_is_nocase(alz_str_from_offset(name, at), medias[i].ending))
            return &medias[i];
    return NULL;
}

/* Markup of any other name: readers show it, some of them by running it. */
static bool is_markup(struct alz_str type)
{
    return alz_str_ends(type, "+xml") ||
           alz_str_find(type, "html") < type.len ||
           alz_str_find(type, "script") < type.len;
}

/* Settles the media type; returns the file name's ending. */
static const char *settle_type(struct alz_node *node)
{
    struct alz_str type = bare_type(node->arena, node->text[ALZ_MEDIA_TYPE]);
    const struct media *media = NULL;

    if (type.len)
        media = by_type(type);
    else if (node->text[ALZ_PATH].len)
        media = by_file_name(node->text[ALZ_PATH]);
    if (!media && (!is_media_type(type) || is_markup(type)))
        media = &medias[0];
    if (!media) {
        node->text[ALZ_MEDIA_TYPE] = type;
        return NULL;
    }
    node->text[ALZ_MEDIA_TYPE] =
        alz_str_from(media->as ? media->as : media->type);
    return media->shown;
}

/* Each reference has a file of its own, with a name the readers accept. */
void alz_attachments_name(struct alz_node *top)
{
    struct alz_node *at = top;
    unsigned index = 0;

    while ((at = alz_tree_next(top, at)) != NULL) {
        char name[32], text[ALZ_UUID_LEN + 1];
        struct alz_uuid uuid;
        const char *ending;

        if (at->kind != ALZ_ATTACHMENT)
            continue;
        snprintf(name, sizeof(name), "attachment %u", index++);
        uuid = alz_uuid_v5(&top->uuid, alz_str_from(name));
        alz_uuid_text(&uuid, text);
        ending = settle_type(at);
        snprintf(at->source, sizeof(at->source), "%s-attachment%s%s", text,
                 ending ? "." : "", ending ? ending : "");
    }
}
