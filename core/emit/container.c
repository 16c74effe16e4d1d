/* container.c - a suite's fixtures and output as a container document. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/render.h"

static bool has(const struct alz_node *suite, enum alz_kind kind)
{
    for (const struct alz_node *at = suite->first; at; at = at->next) {
        if (at->kind == kind && (kind != ALZ_ATTACHMENT || at->source[0]))
            return true;
    }
    return false;
}

static bool has_output(const struct alz_node *suite)
{
    return has(suite, ALZ_ATTACHMENT) || has(suite, ALZ_STEP);
}

bool alz_container_wanted(const struct alz_node *suite)
{
    return has(suite, ALZ_SETUP) || has(suite, ALZ_TEARDOWN) ||
           has_output(suite);
}

static void render_children(struct alz_json *json,
                            const struct alz_suite *suite)
{
    alz_json_key(json, "children");
    alz_json_array(json);
    for (size_t i = 0; suite && i < suite->child_count; i++)
        alz_render_uuid(json, &suite->children[i]);
    alz_json_close(json);
}

static void render_kind(struct alz_render *render, struct alz_node *suite,
                        enum alz_kind kind)
{
    for (struct alz_node *at = suite->first; at; at = at->next) {
        if (at->kind == kind)
            alz_render_fixture(render, at);
    }
}

/* Readers show attachments of a container only below a fixture. */
static void render_output(struct alz_render *render, struct alz_node *suite)
{
    struct alz_json *json = render->json;

    alz_json_object(json);
    alz_json_text(json, "name", ALZ_STR("Suite output"));
    alz_json_text(json, "status", ALZ_STR("passed"));
    alz_json_key(json, "statusDetails");
    alz_json_object(json);
    alz_json_close(json);
    alz_json_text(json, "stage", ALZ_STR("finished"));
    alz_json_key(json, "parameters");
    alz_json_array(json);
    alz_json_close(json);
    alz_json_key(json, "steps");
    alz_json_array(json);
    render_kind(render, suite, ALZ_STEP);
    alz_json_close(json);
    alz_render_attachments(render, suite);
    alz_json_close(json);
}

static void render_fixtures(struct alz_render *render, struct alz_node *suite)
{
    struct alz_json *json = render->json;

    alz_json_key(json, "befores");
    alz_json_array(json);
    render_kind(render, suite, ALZ_SETUP);
    alz_json_close(json);
    alz_json_key(json, "afters");
    alz_json_array(json);
    render_kind(render, suite, ALZ_TEARDOWN);
    if (has_output(suite))
        render_output(render, suite);
    alz_json_close(json);
}

void alz_render_container(struct alz_render *render, struct alz_node *suite,
                          const struct alz_uuid *uuid)
{
    struct alz_json *json = render->json;

    alz_json_object(json);
    alz_json_key(json, "uuid");
    alz_render_uuid(json, uuid);
    if (suite->text[ALZ_NAME].len)
        alz_json_text(json, "name", suite->text[ALZ_NAME]);
    render_children(json, suite->suite);
    render_fixtures(render, suite);
    alz_render_time(json, "start", suite->time[ALZ_START]);
    alz_render_time(json, "stop", suite->time[ALZ_STOP]);
    alz_json_close(json);
}
