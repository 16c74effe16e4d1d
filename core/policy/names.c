/* names.c - names people can read, and one message. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

#include "base/utf8.h"

static const struct alz_diag unnamed = {ALZ_WARNING, "policy/unnamed",
                                        "a test without a name", 0};

enum { FIRST_LINE_MAX = 4096 };

/* ---- texts ------------------------------------------------------------ */

typedef struct alz_str clean_fn(struct alz_arena *arena, struct alz_str text);

/* Facts that are shown, and how they are cleaned. */
static const struct cleaning {
    enum alz_fact fact;
    clean_fn *clean;
} cleanings[] = {
    {ALZ_NAME,        alz_clean_line},
    {ALZ_CLASS,       alz_clean_line},
    {ALZ_FULL_NAME,   alz_clean_line},
    {ALZ_ID,          alz_clean_line},
    {ALZ_MESSAGE,     alz_clean_text},
    {ALZ_TRACE,       alz_clean_text},
    {ALZ_EXPECTED,    alz_clean_text},
    {ALZ_ACTUAL,      alz_clean_text},
    {ALZ_DESCRIPTION, alz_clean_text},
    {ALZ_HOST,        alz_clean_line},
    {ALZ_THREAD,      alz_clean_line},
    {ALZ_FRAMEWORK,   alz_clean_line},
    {ALZ_LANGUAGE,    alz_clean_line},
    {ALZ_PACKAGE,     alz_clean_line},
    {ALZ_METHOD,      alz_clean_line},
    {ALZ_SOURCE,      alz_clean_line},
    {ALZ_MEDIA_TYPE,  alz_clean_line},
};

static void clean_texts(struct alz_node *node)
{
    for (size_t i = 0; i < sizeof(cleanings) / sizeof(*cleanings); i++) {
        struct alz_str *text = &node->text[cleanings[i].fact];

        if (text->len)
            *text = cleanings[i].clean(node->arena, *text);
    }
}

static bool is_parameter(const struct alz_pair *pair)
{
    return pair->kind == ALZ_PARAMETER || pair->kind == ALZ_EXCLUDED;
}

/* Values of parameters may have several lines; all else is one. A parameter
 * without a name would be dropped by the readers. */
static void clean_pairs(struct alz_node *node)
{
    for (struct alz_pair *pair = node->pairs; pair; pair = pair->next) {
        pair->name = alz_clean_line(node->arena, pair->name);
        pair->value = is_parameter(pair)
                          ? alz_clean_text(node->arena, pair->value)
                          : alz_clean_line(node->arena, pair->value);
        if (is_parameter(pair) && pair->name.len == 0)
            pair->name = ALZ_STR("parameter");
    }
}

/* ---- message and trace ------------------------------------------------ */

static struct alz_str trim_trace(struct alz_str text)
{
    while (text.len &&
           (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == ' ' ||
            text.ptr[text.len - 1] == '\t'))
        text.len--;
    while (text.len && *text.ptr == '\n')
        text = alz_str_from_offset(text, 1);
    return text;
}

static struct alz_str first_line(struct alz_node *node, struct alz_str trace)
{
    struct alz_str line = alz_str_first_line(trace), parts[2];

    if (line.len <= FIRST_LINE_MAX)
        return line;
    parts[0] = alz_utf8_cut(line, FIRST_LINE_MAX - 3);
    parts[1] = ALZ_STR("...");
    return alz_join(node->arena, parts, 2);
}

/* The message is the short one: the first line that says something, when the
 * source gives no other. The same text is never in both. */
static void choose_message(struct alz_node *node)
{
    struct alz_str *message = &node->text[ALZ_MESSAGE];
    struct alz_str *trace = &node->text[ALZ_TRACE];

    if (message->ptr)
        *message = alz_str_trim(*message);
    if (trace->ptr)
        *trace = trim_trace(*trace);
    if (message->len > FIRST_LINE_MAX && alz_str_equal(*message, *trace))
        *message = ALZ_STR("");
    if (message->len == 0 && trace->len)
        *message = first_line(node, *trace);
    if (message->len == 0)
        *message = (struct alz_str){NULL, 0};
    if (trace->len == 0 || alz_str_equal(*message, *trace))
        *trace = (struct alz_str){NULL, 0};
}

/* ---- names ------------------------------------------------------------ */

static const char *const fallbacks[ALZ_KIND_COUNT] = {
    [ALZ_STEP] = "step",
    [ALZ_SETUP] = "set-up",
    [ALZ_TEARDOWN] = "tear-down",
    [ALZ_ATTACHMENT] = "attachment",
};

static void name_part(struct alz_node *part)
{
    if (part->text[ALZ_NAME].len == 0 && fallbacks[part->kind])
        part->text[ALZ_NAME] = alz_str_from(fallbacks[part->kind]);
}

static void name_test(const struct alz_policy *policy, struct alz_node *test)
{
    struct alz_str *name = &test->text[ALZ_NAME];

    if (name->len == 0)
        *name = test->text[ALZ_FULL_NAME];
    if (name->len == 0)
        *name = test->text[ALZ_CLASS];
    if (name->len)
        return;
    *name = ALZ_STR("unnamed test");
    alz_policy_report(policy, &unnamed, alz_node_inherited(test, ALZ_CLASS));
}

/* Both or none: half a comparison is not shown. */
static void pair_expectation(struct alz_node *node)
{
    if (node->text[ALZ_EXPECTED].len && node->text[ALZ_ACTUAL].len)
        return;
    node->text[ALZ_EXPECTED] = (struct alz_str){NULL, 0};
    node->text[ALZ_ACTUAL] = (struct alz_str){NULL, 0};
}

static void clean_node(struct alz_node *node)
{
    clean_texts(node);
    clean_pairs(node);
    choose_message(node);
    pair_expectation(node);
}

void alz_parts_names(struct alz_policy *policy, struct alz_node *top)
{
    struct alz_node *at = top;

    (void)policy;
    if (top->kind == ALZ_SUITE)
        clean_node(top);
    while ((at = alz_tree_next(top, at)) != NULL) {
        clean_node(at);
        name_part(at);
    }
}

void alz_stage_names(struct alz_policy *policy, struct alz_node *test)
{
    clean_node(test);
    name_test(policy, test);
    alz_parts_names(policy, test);
}
