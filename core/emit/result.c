/* result.c - a test, or one attempt of it, as a result document. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/render.h"

static void render_identity(struct alz_json *json, const struct alz_node *test)
{
    alz_json_key(json, "uuid");
    alz_render_uuid(json, &test->uuid);
    if (test->history_id[0])
        alz_json_text(json, "historyId", alz_str_from(test->history_id));
    if (test->test_case_id[0])
        alz_json_text(json, "testCaseId", alz_str_from(test->test_case_id));
    alz_json_text(json, "fullName", test->text[ALZ_FULL_NAME]);
    alz_json_text(json, "name", test->text[ALZ_NAME]);
}

/* ---- labels ----------------------------------------------------------- */

static const struct alz_pair *label_from(const struct alz_pair *pair)
{
    while (pair && pair->kind != ALZ_LABEL)
        pair = pair->next;
    return pair;
}

/* Where label number index begins, in its texts or in its JSON. */
static size_t texts_start(const struct alz_shared_labels *shared, size_t index)
{
    return index ? shared->at[index - 1].texts_end : 0;
}

static size_t json_start(const struct alz_shared_labels *shared, size_t index)
{
    return index ? shared->at[index - 1].json_end : 0;
}

static bool is_shared(const struct alz_shared_labels *shared, size_t index,
                      const struct alz_pair *label)
{
    const char *texts = shared->texts.ptr + texts_start(shared, index);
    struct alz_str name = {texts, shared->at[index].name_len};
    struct alz_str value = {texts + name.len, shared->at[index].value_len};

    return alz_str_equal(name, label->name) &&
           alz_str_equal(value, label->value);
}

/* Writes the labels that the result before had too, up to the first other
 * one, which is returned. */
static const struct alz_pair *render_shared(struct alz_render *render,
                                            const struct alz_pair *label)
{
    struct alz_shared_labels *shared = &render->labels;
    size_t count = 0;

    for (; label && count < shared->count && is_shared(shared, count, label);
         label = label_from(label->next))
        count++;
    shared->count = count;
    shared->texts.len = texts_start(shared, count);
    shared->json.len = json_start(shared, count);
    alz_json_again(render->json, alz_text_str(&shared->json), count);
    return label;
}

/* The next test may have this label in the same place. */
static void share(struct alz_shared_labels *shared,
                  const struct alz_pair *label, struct alz_str json)
{
    size_t index = shared->count;

    if (index)
        alz_text_add(&shared->json, ALZ_STR(","));
    alz_text_add(&shared->json, json);
    alz_text_add(&shared->texts, label->name);
    alz_text_add(&shared->texts, label->value);
    if (shared->json.full || shared->texts.full) {
        alz_shared_labels_done(shared);
        return;
    }
    shared->at[index].name_len = label->name.len;
    shared->at[index].value_len = label->value.len;
    shared->at[index].texts_end = shared->texts.len;
    shared->at[index].json_end = shared->json.len;
    shared->count++;
}

static void render_label(struct alz_json *json, const struct alz_pair *label)
{
    alz_json_object(json);
    alz_json_key(json, "name");
    alz_json_string(json, label->name);
    alz_json_key(json, "value");
    alz_json_string(json, label->value);
    alz_json_close(json);
}

static void render_labels(struct alz_render *render,
                          const struct alz_node *test)
{
    struct alz_json *json = render->json;
    const struct alz_pair *label = label_from(test->pairs), *next;
    size_t index;

    alz_json_key(json, "labels");
    alz_json_array(json);
    label = render_shared(render, label);
    for (index = render->labels.count; label; label = next, index++) {
        size_t start = alz_json_written(json);

        render_label(json, label);
        next = label_from(label->next);
        /* The last one is the test's own, as a rule. */
        if (next && index == render->labels.count &&
            index < ALZ_SHARED_LABELS_MAX && alz_json_good(json))
            share(&render->labels, label, alz_json_since(json, start));
    }
    alz_json_close(json);
}

void alz_shared_labels_done(struct alz_shared_labels *shared)
{
    alz_text_done(&shared->texts);
    alz_text_done(&shared->json);
    shared->count = 0;
}

/* ---- the rest --------------------------------------------------------- */

static const char *const link_types[ALZ_PAIR_KIND_COUNT] = {
    [ALZ_LINK] = "link",
    [ALZ_ISSUE] = "issue",
    [ALZ_TMS] = "tms",
};

static void render_links(struct alz_json *json, const struct alz_node *test)
{
    alz_json_key(json, "links");
    alz_json_array(json);
    for (const struct alz_pair *pair = test->pairs; pair; pair = pair->next) {
        if (!link_types[pair->kind])
            continue;
        alz_json_object(json);
        if (pair->name.len)
            alz_json_text(json, "name", pair->name);
        alz_json_key(json, "url");
        alz_json_string(json, pair->value);
        alz_json_text(json, "type", alz_str_from(link_types[pair->kind]));
        alz_json_close(json);
    }
    alz_json_close(json);
}

static void render_title_path(struct alz_json *json,
                              const struct alz_node *test)
{
    alz_json_key(json, "titlePath");
    alz_json_array(json);
    for (const struct alz_path *at = test->title_path; at; at = at->next)
        alz_json_string(json, at->name);
    alz_json_close(json);
}

void alz_render_result(struct alz_render *render, struct alz_node *test)
{
    struct alz_json *json = render->json;

    alz_json_object(json);
    render_identity(json, test);
    alz_render_ending(render, test);
    render_labels(render, test);
    render_links(json, test);
    alz_render_parameters(render, test);
    alz_render_steps(render, test);
    alz_render_attachments(render, test);
    render_title_path(json, test);
    alz_json_close(json);
}
