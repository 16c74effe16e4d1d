/* values.c - what a field of a section is: a path, a constant, a template. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "mapping.h"

#include <stdlib.h>

size_t map_ref_read(struct log_load *load, struct alz_str text,
                    struct log_place place)
{
    struct map_mapping *mapping = load->into;
    struct map_ref *ref = &mapping->refs[mapping->ref_count];
    struct alz_str rest = text, one;

    if (mapping->ref_count == MAP_REFS) {
        log_complain(load, place, "too many paths in this file", text);
        return 0;
    }
    while (alz_str_split(&rest, ',', &one)) {
        struct log_place at = place;

        one = alz_str_trim(one);
        at.column += (size_t)(one.ptr - text.ptr);
        if (ref->count == MAP_ALTERNATIVES)
            log_complain(load, at, "too many paths for one value", one);
        else
            map_path_read(load, &ref->paths[ref->count++], one, at);
    }
    return mapping->ref_count++;
}

static void refer(struct log_load *load, const void *ctx, struct alz_str name,
                  struct log_place place, struct log_piece *piece)
{
    (void)ctx;
    piece->kind = PIECE_VARIABLE;
    piece->variable = map_ref_read(load, name, place);
}

static void add_one(struct log_load *load, struct log_value *value,
                    struct log_piece piece)
{
    free(value->pieces);
    value->count = 0;
    value->pieces = calloc(1, sizeof(*value->pieces));
    if (!value->pieces) {
        load->no_memory = true;
        return;
    }
    value->pieces[0] = piece;
    value->count = 1;
}

void map_value_read(struct log_load *load, struct log_value *value,
                    struct alz_str source, struct log_place place)
{
    struct log_piece piece = {.kind = PIECE_TEXT};

    if (alz_str_starts(source, "\"")) {
        if (source.len < 2 || !alz_str_ends(source, "\""))
            log_complain(load, place, "the constant has no end", source);
        else
            piece.text = (struct alz_str){source.ptr + 1, source.len - 2};
        add_one(load, value, piece);
    } else if (alz_str_find(source, "${") != SIZE_MAX) {
        log_template_compile(load, value, source, place, refer, NULL);
    } else {
        refer(load, NULL, source, place, &piece);
        add_one(load, value, piece);
    }
}
