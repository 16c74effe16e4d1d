/* groups.c - templates of rules: groups of the match, variables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

static bool find_variable(const struct log_rules *rules, struct alz_str name,
                          size_t *ret)
{
    for (size_t i = 0; i < rules->variable_count; i++) {
        if (alz_str_equal(rules->variables[i], name)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

static void refer(struct log_load *load, const void *ctx, struct alz_str name,
                  struct log_place place, struct log_piece *piece)
{
    if (alz_str_starts(name, "state.")) {
        piece->kind = PIECE_VARIABLE;
        if (!find_variable(load->into, alz_str_from_offset(name, 6),
                           &piece->variable))
            log_complain(load, place, "no rule above sets this variable", name);
    } else if (!log_groups_find(ctx, name, &piece->groups)) {
        log_complain(load, place, "no such group in the rule's match", name);
    }
}

void log_value_compile(struct log_load *load, struct log_value *value,
                       struct alz_str source, struct log_place place,
                       const struct log_regex *regex)
{
    log_template_compile(load, value, source, place, refer, regex);
}

/* ---- expanding -------------------------------------------------------- */

static struct alz_str group_text(struct log *log,
                                 const struct log_groups *groups)
{
    struct alz_str text = {NULL, 0};

    for (size_t i = 0; i < groups->count && !text.ptr; i++)
        text = log_regex_group(&log->rule->match, log->pending,
                               groups->numbers[i]);
    return text;
}

static struct alz_str piece_text(void *ctx, const struct log_piece *piece)
{
    struct log *log = ctx;

    if (piece->kind == PIECE_GROUP)
        return group_text(log, &piece->groups);
    return alz_text_str(&log->variables[piece->variable]);
}

struct alz_str log_expand(struct log *log, const struct log_value *value,
                          struct alz_text *room)
{
    const struct log_piece *first = value->pieces;
    struct log_texts texts = {piece_text, log, false};
    struct alz_str text;

    if (!value->count)
        return (struct alz_str){NULL, 0};
    if (value->count == 1 && first->kind == PIECE_GROUP &&
        !first->filters.len && !first->fallback.len)
        return group_text(log, &first->groups);
    text = log_template_text(&texts, value, room);
    if (texts.starved)
        log_out_of_memory(log);
    return text;
}
