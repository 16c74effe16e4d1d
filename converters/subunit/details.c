/* details.c - what stands in brackets behind an outcome. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "subunit.h"

/* ---- parts: a type, a name, chunks ------------------------------------ */

static bool is_text_for_people(struct alz_str type, struct alz_str name)
{
    return alz_str_starts(type, "text/x-traceback") ||
           alz_str_starts(name, "traceback") || alz_str_is(name, "reason");
}

static void begin_part(struct subunit *state, struct alz_out *out,
                       struct alz_str name)
{
    struct alz_str type = alz_text_str(&state->type), media;

    state->named = true;
    state->part = 0;
    if (is_text_for_people(type, name))
        return;
    alz_str_split(&type, ';', &media);
    state->part = alz_begin(out, state->ref, ALZ_ATTACHMENT);
    alz_set_text(out, state->part, ALZ_NAME, name);
    alz_set_text(out, state->part, ALZ_MEDIA_TYPE, alz_str_trim(media));
}

static void put(struct subunit *state, struct alz_out *out,
                struct alz_str bytes)
{
    if (state->part != 0)
        alz_write(out, state->part, bytes);
    else
        subunit_append(state, &state->text, bytes);
}

static void end_part(struct subunit *state, struct alz_out *out)
{
    if (state->part != 0)
        alz_end(out, state->part);
    state->part = 0;
    state->typed = state->named = state->in_chunk = false;
}

static bool hex_parse(struct alz_str text, size_t *ret)
{
    size_t value = 0;

    if (text.len == 0 || text.len > 8)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0)
            return false;
        value = value << 4 | (size_t)digit;
    }
    *ret = value;
    return true;
}

static void take_length(struct subunit *state, struct alz_out *out,
                        struct alz_str line)
{
    size_t len;

    if (!hex_parse(alz_str_trim(line), &len))
        return;
    if (len == 0) {
        end_part(state, out);
        return;
    }
    state->left = len;
    state->in_chunk = true;
}

/* The bytes of a chunk, and behind them, in the same line, the length of the
 * next one. */
static void take_chunk(struct subunit *state, struct alz_out *out,
                       struct alz_str line)
{
    struct alz_str rest;

    if (line.len < state->left) {
        put(state, out, line);
        put(state, out, ALZ_STR("\n"));
        state->left -= line.len + 1;
        state->in_chunk = state->left > 0;
        return;
    }
    rest = alz_str_from_offset(line, state->left);
    put(state, out, (struct alz_str){line.ptr, state->left});
    state->in_chunk = false;
    take_length(state, out, rest);
}

static void take_part(struct subunit *state, struct alz_out *out,
                      struct alz_str line)
{
    if (state->in_chunk) {
        take_chunk(state, out, line);
    } else if (state->named) {
        take_length(state, out, line);
    } else if (state->typed) {
        begin_part(state, out, alz_str_trim(line));
    } else if (alz_str_starts(line, "Content-Type: ")) {
        alz_text_clear(&state->type);
        subunit_append(state, &state->type, alz_str_from_offset(line, 14));
        state->typed = true;
    }
}

/* ---- lines ------------------------------------------------------------ */

bool subunit_take_details(void *ctx, struct alz_out *out,
                          const struct alz_line *line)
{
    struct subunit *state = ctx;
    struct alz_str text = line->text;

    if (!state->details)
        return false;
    if (alz_str_is(text, "]") && !(state->multipart && state->in_chunk)) {
        end_part(state, out);
        subunit_test_end(state, out);
    } else if (state->multipart) {
        take_part(state, out, text);
    } else {
        if (alz_str_is(text, " ]")) /* quoted */
            text = alz_str_from_offset(text, 1);
        subunit_append(state, &state->text, text);
        subunit_append(state, &state->text, ALZ_STR("\n"));
    }
    return true;
}
