/* verbs.c - what each verb of a line does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

#define MS_MAX INT64_C(253402300799999) /* the end of the year 9999 */

static const struct alz_diag no_verb = {
    ALZ_ERROR, "events/verb",
    "a line has exactly one of begin, status, text, time, add, write, end, "
    "report",
    4};
static const struct alz_diag bad_word = {ALZ_ERROR, "events/word",
                                         "this verb has no such word", 4};
static const struct alz_diag bad_member = {
    ALZ_ERROR, "events/member", "missing, or not what this verb needs", 4};
static const struct alz_diag bad_flag = {
    ALZ_ERROR, "events/flag",
    "flags are a list of flaky, known, synthetic, incomplete", 4};
static const struct alz_diag dead = {ALZ_ERROR, "events/dead-ref",
                                     "nothing of this ref is open", 4};
static const struct alz_diag reused = {
    ALZ_ERROR, "events/reused-ref",
    "begun again before it was ended; the earlier one is incomplete", 4};
static const struct alz_diag full = {ALZ_ERROR, "events/too-many-open",
                                     "more than 100,000 refs are open", 4};
static const struct alz_diag bad_base64 = {ALZ_ERROR, "events/base64",
                                           "this is no base64", 4};
static const struct alz_diag told[] = {
    [ALZ_NOTE] = {ALZ_NOTE,    "events/report", "the source says",         0},
    [ALZ_WARNING] = {ALZ_WARNING, "events/report", "the source says",         0},
    [ALZ_ERROR] = {ALZ_ERROR,   "events/report", "the source reports loss", 4},
};

static struct alz_str said(const struct events *state, enum events_member which)
{
    return alz_text_str(&state->members[which].text);
}

static bool is(const struct events *state, enum events_member which,
               enum alz_json_type type)
{
    return state->members[which].said && state->members[which].type == type;
}

static bool lacks(struct events *state, enum events_member which)
{
    events_complain(state, &bad_member,
                    alz_str_from(events_member_name(which)));
    return false;
}

/* Text that a verb needs. */
static bool needs_text(struct events *state, enum events_member which)
{
    return is(state, which, ALZ_JSON_STRING) || lacks(state, which);
}

/* Text that it may have. */
static bool may_have_text(struct events *state, enum events_member which)
{
    return !state->members[which].said || needs_text(state, which);
}

/* The number of a verb's word, or -1. */
static int word(struct events *state, enum events_member verb,
                enum alz_words list)
{
    int found = -1;

    if (!needs_text(state, verb))
        return -1;
    found = alz_word_find(list, said(state, verb));
    if (found < 0)
        events_complain(state, &bad_word, said(state, verb));
    return found;
}

/* ---- refs ------------------------------------------------------------- */

/* Whether the member holds a ref: a whole number, or text that is not "". */
static bool holds_ref(const struct events *state, enum events_member which)
{
    uint64_t number;

    if (is(state, which, ALZ_JSON_NUMBER))
        return alz_number_parse(said(state, which), &number);
    return is(state, which, ALZ_JSON_STRING) && said(state, which).len > 0;
}

static bool is_nothing(const struct events *state, enum events_member which)
{
    return !state->members[which].said || alz_str_is(said(state, which), "0");
}

/* The open node of a ref; NULL after a complaint. */
static struct events_node *node_of(struct events *state,
                                   enum events_member which)
{
    struct events_node *node;

    if (!holds_ref(state, which) || is_nothing(state, which)) {
        lacks(state, which);
        return NULL;
    }
    node = alz_map_find(&state->nodes, said(state, which));
    if (node == NULL)
        events_complain(state, &dead, said(state, which));
    return node;
}

/* ---- verbs ------------------------------------------------------------ */

static void end_reused(struct events *state, struct events_node *node)
{
    events_complain(state, &reused, said(state, EVENTS_REF));
    alz_set_status(state->out, node->ref, ALZ_STATUS_NONE, ALZ_INCOMPLETE);
    alz_end(state->out, node->ref);
    events_node_drop(state, node);
}

/* In a parent that is not there it still begins, at the top: no test is
 * lost. */
static void begin(struct events *state)
{
    int kind = word(state, EVENTS_BEGIN, ALZ_KIND_WORDS);
    struct events_node *parent = NULL, *node;

    if (kind < 0)
        return;
    if (!holds_ref(state, EVENTS_REF) || is_nothing(state, EVENTS_REF)) {
        lacks(state, EVENTS_REF);
        return;
    }
    node = alz_map_find(&state->nodes, said(state, EVENTS_REF));
    if (node != NULL)
        end_reused(state, node);
    if (!is_nothing(state, EVENTS_IN))
        parent = node_of(state, EVENTS_IN);
    node = events_node_add(state, parent, said(state, EVENTS_REF));
    if (node == NULL) {
        if (!state->nodes.starved)
            events_complain(state, &full, said(state, EVENTS_REF));
        return;
    }
    state->begun = true;
    node->kind = (enum alz_kind)kind;
    node->ref =
        alz_begin(state->out, parent != NULL ? parent->ref : 0, node->kind);
}

static void status(struct events *state)
{
    int found = word(state, EVENTS_STATUS, ALZ_STATUS_WORDS);
    struct events_node *node;

    if (found < 0 || (node = node_of(state, EVENTS_REF)) == NULL)
        return;
    if (state->bad_flag)
        events_complain(state, &bad_flag, ALZ_STR(""));
    alz_set_status(state->out, node->ref, (enum alz_status)found, state->flags);
}

static void text(struct events *state)
{
    int found = word(state, EVENTS_TEXT, ALZ_FACT_WORDS);
    struct events_node *node;

    if (found < 0 || (node = node_of(state, EVENTS_REF)) == NULL ||
        !needs_text(state, EVENTS_VALUE))
        return;
    alz_set_text(state->out, node->ref, (enum alz_fact)found,
                 said(state, EVENTS_VALUE));
}

static void time(struct events *state)
{
    int found = word(state, EVENTS_TIME, ALZ_WHEN_WORDS);
    struct events_node *node;
    uint64_t ms;

    if (found < 0 || (node = node_of(state, EVENTS_REF)) == NULL)
        return;
    if (!is(state, EVENTS_MS, ALZ_JSON_NUMBER) ||
        !alz_number_parse(said(state, EVENTS_MS), &ms) || ms > MS_MAX) {
        lacks(state, EVENTS_MS);
        return;
    }
    alz_set_time(state->out, node->ref, (enum alz_when)found, (int64_t)ms);
}

/* Environment and totals may be of the run: without a ref. */
static void add(struct events *state)
{
    int found = word(state, EVENTS_ADD, ALZ_PAIR_WORDS);
    struct events_node *node = NULL;

    if (found < 0)
        return;
    if (!is_nothing(state, EVENTS_REF) ||
        (found != ALZ_ENVIRONMENT && found != ALZ_TOTAL)) {
        node = node_of(state, EVENTS_REF);
        if (node == NULL)
            return;
    }
    if (may_have_text(state, EVENTS_NAME) && needs_text(state, EVENTS_VALUE))
        alz_add(state->out, node != NULL ? node->ref : 0,
                (enum alz_pair_kind)found, said(state, EVENTS_NAME),
                said(state, EVENTS_VALUE));
}

/* The bytes of a write; false after a complaint. */
static bool decode(struct events *state, struct alz_str *ret)
{
    struct alz_str encoding = said(state, EVENTS_WRITE);

    *ret = said(state, EVENTS_VALUE);
    if (alz_str_is(encoding, "text"))
        return true;
    alz_text_clear(&state->bytes);
    if (!alz_base64_decode(*ret, &state->bytes)) {
        events_complain(state, &bad_base64, ALZ_STR(""));
        return false;
    }
    state->starved |= state->bytes.full;
    *ret = alz_text_str(&state->bytes);
    return true;
}

static bool is_encoding(struct events *state)
{
    struct alz_str word = said(state, EVENTS_WRITE);

    if (!needs_text(state, EVENTS_WRITE))
        return false;
    if (alz_str_is(word, "text") || alz_str_is(word, "base64"))
        return true;
    events_complain(state, &bad_word, word);
    return false;
}

static void write_bytes(struct events *state)
{
    struct events_node *node;
    struct alz_str bytes;

    if (is_encoding(state) && (node = node_of(state, EVENTS_REF)) != NULL &&
        needs_text(state, EVENTS_VALUE) && decode(state, &bytes))
        alz_write(state->out, node->ref, bytes);
}

static void end(struct events *state)
{
    struct events_node *node = node_of(state, EVENTS_END);

    if (node == NULL)
        return;
    alz_end(state->out, node->ref);
    events_node_drop(state, node);
}

static void report(struct events *state)
{
    int found = word(state, EVENTS_REPORT, ALZ_LEVEL_WORDS);

    if (found >= 0 && needs_text(state, EVENTS_VALUE))
        events_complain(state, &told[found], said(state, EVENTS_VALUE));
}

static void (*const verbs[EVENTS_VERB_COUNT])(struct events *) = {
    [EVENTS_BEGIN] = begin, [EVENTS_STATUS] = status,
    [EVENTS_TEXT] = text,   [EVENTS_TIME] = time,
    [EVENTS_ADD] = add,     [EVENTS_WRITE] = write_bytes,
    [EVENTS_END] = end,     [EVENTS_REPORT] = report,
};

void events_act(struct events *state)
{
    int verb = -1, count = 0;

    for (int i = 0; i < EVENTS_VERB_COUNT; i++) {
        if (!state->members[i].said)
            continue;
        verb = i;
        count++;
    }
    if (count == 1)
        verbs[verb](state);
    else
        events_complain(state, &no_verb, ALZ_STR(""));
    state->starved |= state->nodes.starved;
}
