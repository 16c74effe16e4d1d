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

static void render_labels(struct alz_json *json, const struct alz_node *test)
{
    alz_json_key(json, "labels");
    alz_json_array(json);
    for (const struct alz_pair *pair = test->pairs; pair; pair = pair->next) {
        if (pair->kind != ALZ_LABEL)
            continue;
        alz_json_object(json);
        alz_json_key(json, "name");
        alz_json_string(json, pair->name);
        alz_json_key(json, "value");
        alz_json_string(json, pair->value);
        alz_json_close(json);
    }
    alz_json_close(json);
}

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
    render_labels(json, test);
    render_links(json, test);
    alz_render_parameters(render, test);
    alz_render_steps(render, test);
    alz_render_attachments(render, test);
    render_title_path(json, test);
    alz_json_close(json);
}
