/* value.c - templates: "${suite|lower}.${name:-unnamed}". */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include <ctype.h>
#include <stdlib.h>

/* What does not fit is dropped; that memory ran out is noted. */
static void add(struct log_texts *texts, struct alz_text *text,
                struct alz_str bytes)
{
    if (!text->max)
        text->max = LOG_TEXT_MAX;
    alz_text_add(text, bytes);
    texts->starved |= text->full && text->len < text->max;
}

static void set(struct log_texts *texts, struct alz_text *text,
                struct alz_str bytes)
{
    alz_text_clear(text);
    add(texts, text, bytes);
}

/* ---- filters ---------------------------------------------------------- */

static void filter_lower(struct log_texts *texts, struct alz_text *text,
                         struct alz_str argument)
{
    (void)texts;
    (void)argument;
    for (size_t i = 0; text->ptr && i < text->len; i++)
        if (text->ptr[i] >= 'A' && text->ptr[i] <= 'Z')
            text->ptr[i] = (char)(text->ptr[i] + 32);
}

static void filter_upper(struct log_texts *texts, struct alz_text *text,
                         struct alz_str argument)
{
    (void)texts;
    (void)argument;
    for (size_t i = 0; text->ptr && i < text->len; i++)
        if (text->ptr[i] >= 'a' && text->ptr[i] <= 'z')
            text->ptr[i] = (char)(text->ptr[i] - 32);
}

/* Leaves only the part of the text that is given, which lies in it. */
static void leave(struct alz_text *text, struct alz_str part)
{
    if (part.len)
        memmove(text->ptr, part.ptr, part.len);
    text->len = part.len;
}

static void filter_trim(struct log_texts *texts, struct alz_text *text,
                        struct alz_str argument)
{
    (void)texts;
    (void)argument;
    leave(text, alz_str_trim(alz_text_str(text)));
}

static void filter_basename(struct log_texts *texts, struct alz_text *text,
                            struct alz_str argument)
{
    struct alz_str all = alz_text_str(text);
    size_t at = all.len;

    (void)texts;
    (void)argument;
    while (at && all.ptr[at - 1] != '/')
        at--;
    leave(text, alz_str_from_offset(all, at));
}

/* "replace:FROM:TO": TO is everything behind the second colon. Ten of them
 * in a row could make a long text of a short one, in every line. */
enum { GROWTH_MAX = 4096 };

static void filter_replace(struct log_texts *texts, struct alz_text *text,
                           struct alz_str argument)
{
    struct alz_text result = {.max = text->len + GROWTH_MAX};
    struct alz_str from, to = argument, rest = alz_text_str(text);
    const char *found;

    alz_str_split(&to, ':', &from);
    if (!from.len || !to.ptr)
        return;
    while (rest.len >= from.len && !result.full &&
           (found = memmem(rest.ptr, rest.len, from.ptr, from.len))) {
        add(texts, &result,
            (struct alz_str){rest.ptr, (size_t)(found - rest.ptr)});
        add(texts, &result, to);
        rest = alz_str_from_offset(rest, (size_t)(found - rest.ptr) + from.len);
    }
    add(texts, &result, rest);
    set(texts, text, alz_text_str(&result));
    alz_text_done(&result);
}

/* "prefix:TEXT" and "suffix:TEXT": of what is not empty. */
static void filter_prefix(struct log_texts *texts, struct alz_text *text,
                          struct alz_str argument)
{
    struct alz_text result = {.max = LOG_TEXT_MAX};

    if (!text->len)
        return;
    add(texts, &result, argument);
    add(texts, &result, alz_text_str(text));
    set(texts, text, alz_text_str(&result));
    alz_text_done(&result);
}

static void filter_suffix(struct log_texts *texts, struct alz_text *text,
                          struct alz_str argument)
{
    if (text->len)
        add(texts, text, argument);
}

static const struct filter {
    const char *name;
    void (*run)(struct log_texts *texts, struct alz_text *text,
                struct alz_str argument);
    bool needs;
} filters[] = {
    {"lower",    filter_lower,    false},
    {"upper",    filter_upper,    false},
    {"trim",     filter_trim,     false},
    {"basename", filter_basename, false},
    {"replace",  filter_replace,  true },
    {"prefix",   filter_prefix,   true },
    {"suffix",   filter_suffix,   true },
    {NULL,       NULL,            false},
};

static const struct filter *filter_find(struct alz_str one,
                                        struct alz_str *argument)
{
    struct alz_str name = {NULL, 0};

    *argument = one;
    alz_str_split(argument, ':', &name);
    for (const struct filter *at = filters; at->name; at++)
        if (alz_str_is(name, at->name) && at->needs == !!argument->ptr)
            return at;
    return NULL;
}

/* ---- compiling -------------------------------------------------------- */

struct compiler {
    struct log_load *load;
    struct log_value *value;
    log_refer_fn *refer;
    const void *ctx;
    struct log_place place;
    struct alz_str source;
};

static struct log_place place_of(const struct compiler *compiler,
                                 struct alz_str at)
{
    struct log_place place = compiler->place;

    place.column += (size_t)(at.ptr - compiler->source.ptr);
    return place;
}

static void fail(struct compiler *compiler, struct alz_str at, const char *what)
{
    log_complain(compiler->load, place_of(compiler, at), what, at);
}

static struct log_piece *add_piece(struct compiler *compiler)
{
    struct log_value *value = compiler->value;

    if (value->count == RULES_PIECES) {
        fail(compiler, compiler->source, "too many parts");
        return NULL;
    }
    return &value->pieces[value->count++];
}

static void add_text(struct compiler *compiler, struct alz_str text)
{
    struct log_piece *piece = text.len ? add_piece(compiler) : NULL;

    if (piece)
        *piece = (struct log_piece){.kind = PIECE_TEXT, .text = text};
}

static void check_filters(struct compiler *compiler, struct alz_str list)
{
    struct alz_str one, argument;

    while (list.len && alz_str_split(&list, '|', &one))
        if (!filter_find(one, &argument))
            fail(compiler, one, "no such filter");
}

/* What stands between "${" and "}". */
static void add_reference(struct compiler *compiler, struct alz_str inner)
{
    struct log_piece *piece = add_piece(compiler), made = {.kind = PIECE_GROUP};
    struct alz_str name = inner;
    size_t at = alz_str_find(inner, ":-");

    if (!piece)
        return;
    if (at != SIZE_MAX) {
        made.fallback = alz_str_from_offset(inner, at + 2);
        name.len = at;
    }
    inner = name;
    at = alz_str_find(name, "|");
    if (at != SIZE_MAX) {
        made.filters = alz_str_from_offset(inner, at + 1);
        name.len = at;
    }
    check_filters(compiler, made.filters);
    compiler->refer(compiler->load, compiler->ctx, name,
                    place_of(compiler, name), &made);
    *piece = made;
}

void log_template_compile(struct log_load *load, struct log_value *value,
                          struct alz_str source, struct log_place place,
                          log_refer_fn *refer, const void *ctx)
{
    struct compiler compiler = {load, value, refer, ctx, place, source};
    struct alz_str rest = source, inner;
    size_t at, end;

    free(value->pieces);
    value->count = 0;
    value->pieces = calloc(RULES_PIECES, sizeof(*value->pieces));
    if (!value->pieces) {
        load->no_memory = true;
        return;
    }
    while ((at = alz_str_find(rest, "${")) != SIZE_MAX) {
        add_text(&compiler, (struct alz_str){rest.ptr, at});
        inner = alz_str_from_offset(rest, at + 2);
        end = alz_str_find(inner, "}");
        if (end == SIZE_MAX) {
            fail(&compiler, inner, "\"${\" without \"}\"");
            return;
        }
        add_reference(&compiler, (struct alz_str){inner.ptr, end});
        rest = alz_str_from_offset(inner, end + 1);
    }
    add_text(&compiler, rest);
}

/* ---- expanding -------------------------------------------------------- */

static void add_filtered(struct log_texts *texts, const struct log_piece *piece,
                         struct alz_text *room)
{
    struct alz_str text = piece->text, list = piece->filters, one;
    struct alz_text filtered = {.max = LOG_TEXT_MAX};

    if (piece->kind != PIECE_TEXT)
        text = texts->piece(texts->ctx, piece);
    if (!text.len)
        text = piece->fallback;
    if (!list.len) {
        add(texts, room, text);
        return;
    }
    add(texts, &filtered, text);
    while (list.len && alz_str_split(&list, '|', &one)) {
        struct alz_str argument;
        const struct filter *filter = filter_find(one, &argument);

        if (filter)
            filter->run(texts, &filtered, argument);
    }
    add(texts, room, alz_text_str(&filtered));
    alz_text_done(&filtered);
}

struct alz_str log_template_text(struct log_texts *texts,
                                 const struct log_value *value,
                                 struct alz_text *room)
{
    alz_text_clear(room);
    for (size_t i = 0; i < value->count; i++)
        add_filtered(texts, &value->pieces[i], room);
    return alz_text_str(room);
}
