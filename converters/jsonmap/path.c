/* path.c - "results/[]/error/message": reading it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mapping.h"

struct reading {
    struct log_load *load;
    struct map_path *path;
    struct alz_str source;
    struct log_place place;
};

static void fail(struct reading *reading, struct alz_str at, const char *what)
{
    struct log_place place = reading->place;

    place.column += (size_t)(at.ptr - reading->source.ptr);
    log_complain(reading->load, place, what, at);
}

/* "[]", "[3]", "[-1]" */
static void add_element(struct reading *reading, struct alz_str text,
                        struct map_part *part)
{
    struct alz_str inner = {text.ptr + 1, text.len - 1};
    bool minus;
    uint64_t number;

    if (!alz_str_ends(text, "]")) {
        fail(reading, text, "not a part of a path");
        return;
    }
    inner.len--;
    part->kind = MAP_ELEMENT;
    if (!inner.len) {
        reading->path->many = true;
        return;
    }
    part->kind = MAP_INDEX;
    minus = *inner.ptr == '-';
    if (!alz_number_parse(alz_str_from_offset(inner, minus), &number) ||
        number > 1000000 || (minus && number == 0))
        fail(reading, text, "not a number of an element");
    else
        part->index = minus ? -(long)number : (long)number;
}

static void add_part(struct reading *reading, struct alz_str text)
{
    struct map_path *path = reading->path;
    struct map_part *part = &path->parts[path->len];

    if (path->len == MAP_PARTS) {
        fail(reading, text, "too many parts in a path");
        return;
    }
    path->len++;
    if (*text.ptr == '[') {
        add_element(reading, text, part);
        return;
    }
    part->kind = alz_str_is(text, "*") ? MAP_ANY : MAP_NAME;
    part->name = text;
    path->many |= part->kind == MAP_ANY;
    part->escaped = memchr(text.ptr, '~', text.len) != NULL;
}

static void take_part(struct reading *reading, struct alz_str text)
{
    struct map_path *path = reading->path;

    if (path->take != MAP_VALUE)
        fail(reading, text, "nothing stands behind @key and @index");
    else if (!text.len)
        fail(reading, text, "a part of the path is empty");
    else if (alz_str_is(text, "@key"))
        path->take = MAP_KEY;
    else if (alz_str_is(text, "@index"))
        path->take = MAP_NUMBER;
    else if (!alz_str_is(text, ".."))
        add_part(reading, text);
    else if (path->len || path->root)
        fail(reading, text, "\"..\" only at the start of a path");
    else
        path->up++;
}

void map_path_read(struct log_load *load, struct map_path *path,
                   struct alz_str text, struct log_place place)
{
    struct reading reading = {load, path, text, place};
    struct alz_str rest = text, part;

    *path = (struct map_path){.root = alz_str_starts(text, "/")};
    if (!text.len)
        fail(&reading, text, "a path is missing");
    if (path->root)
        rest = alz_str_from_offset(rest, 1);
    if (!rest.len || alz_str_is(rest, "."))
        return;
    if (alz_str_starts(rest, "./"))
        rest = alz_str_from_offset(rest, 2);
    while (alz_str_split(&rest, '/', &part))
        take_part(&reading, part);
}
