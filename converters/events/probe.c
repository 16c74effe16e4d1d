/* probe.c - whether an input is JSON lines of events. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

struct look {
    int verbs, others;
};

static const struct {
    enum events_member verb;
    enum alz_words list;
} words[] = {
    {EVENTS_BEGIN,  ALZ_KIND_WORDS },
    {EVENTS_ADD,    ALZ_PAIR_WORDS },
    {EVENTS_REPORT, ALZ_LEVEL_WORDS},
};

/* The first event of an input has nothing to refer to. */
static void on_value(void *ctx, const struct alz_json_value *value)
{
    enum events_member which = events_member_find(value->key);
    struct look *look = ctx;

    if (value->depth > 1)
        return;
    look->others += which == EVENTS_MEMBER_COUNT;
    for (size_t i = 0; i < sizeof(words) / sizeof *words; i++)
        look->verbs += which == words[i].verb &&
                       value->type == ALZ_JSON_STRING &&
                       alz_word_find(words[i].list, value->text) >= 0;
}

enum alz_match events_probe(struct alz_str head, struct alz_str base_name)
{
    struct look look = {0, 0};
    struct alz_str rest = alz_str_trim(head), line;

    (void)base_name;
    if (!alz_str_starts(rest, "{") || !alz_str_split(&rest, '\n', &line) ||
        alz_json_object_read(line, on_value, &look) != ALZ_JSON_TEXT_WHOLE)
        return ALZ_NO;
    return look.verbs == 1 && look.others == 0 ? ALZ_CERTAIN : ALZ_NO;
}
