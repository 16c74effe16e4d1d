/* step.c - the parts results, fixtures and steps have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/render.h"

#include <stdlib.h>

#define TIME_MAX INT64_C(9007199254740991) /* what a double holds exactly */

static const char *const status_names[] = {
    [ALZ_FAILED] = "failed",   [ALZ_BROKEN] = "broken",
    [ALZ_UNKNOWN] = "unknown", [ALZ_SKIPPED] = "skipped",
    [ALZ_PASSED] = "passed",   [ALZ_STATUS_NONE] = "unknown",
};

/* Names of those that were given none: readers drop a nameless step. */
static const char *const default_names[ALZ_KIND_COUNT] = {
    [ALZ_STEP] = "Step",
    [ALZ_SETUP] = "Set up",
    [ALZ_TEARDOWN] = "Tear down",
    [ALZ_ATTACHMENT] = "Attachment",
};

struct alz_str alz_shown_name(const struct alz_node *node)
{
    return node->text[ALZ_NAME].len ? node->text[ALZ_NAME]
                                    : alz_str_from(default_names[node->kind]);
}

void alz_render_uuid(struct alz_json *json, const struct alz_uuid *uuid)
{
    char text[ALZ_UUID_LEN + 1];

    alz_uuid_text(uuid, text);
    alz_json_string(json, (struct alz_str){text, ALZ_UUID_LEN});
}

/* ---- how it ended ----------------------------------------------------- */

static void flag(struct alz_json *json, const char *key, bool set)
{
    if (!set)
        return;
    alz_json_key(json, key);
    alz_json_bool(json, true);
}

static void render_details(struct alz_json *json, const struct alz_node *node)
{
    alz_json_key(json, "statusDetails");
    alz_json_object(json);
    alz_json_text(json, "message", node->text[ALZ_MESSAGE]);
    alz_json_text(json, "trace", node->text[ALZ_TRACE]);
    flag(json, "known", node->flags & ALZ_KNOWN);
    flag(json, "flaky", node->flags & ALZ_FLAKY);
    if (node->text[ALZ_EXPECTED].ptr && node->text[ALZ_ACTUAL].ptr) {
        alz_json_text(json, "expected", node->text[ALZ_EXPECTED]);
        alz_json_text(json, "actual", node->text[ALZ_ACTUAL]);
    }
    alz_json_close(json);
}

void alz_render_time(struct alz_json *json, const char *key, int64_t ms)
{
    if (ms < 0 || ms > TIME_MAX)
        return;
    alz_json_key(json, key);
    alz_json_integer(json, ms);
}

void alz_render_ending(struct alz_render *render, const struct alz_node *node)
{
    struct alz_json *json = render->json;

    alz_json_text(json, "description", node->text[ALZ_DESCRIPTION]);
    alz_json_text(json, "status", alz_str_from(status_names[node->status]));
    render_details(json, node);
    alz_json_text(json, "stage", ALZ_STR("finished"));
    alz_render_time(json, "start", node->time[ALZ_START]);
    alz_render_time(json, "stop", node->time[ALZ_STOP]);
}

/* ---- parameters ------------------------------------------------------- */

void alz_render_parameters(struct alz_render *render,
                           const struct alz_node *node)
{
    struct alz_json *json = render->json;

    alz_json_key(json, "parameters");
    alz_json_array(json);
    for (const struct alz_pair *pair = node->pairs; pair; pair = pair->next) {
        if (pair->kind != ALZ_PARAMETER && pair->kind != ALZ_EXCLUDED)
            continue;
        alz_json_object(json);
        alz_json_key(json, "name");
        alz_json_string(json, pair->name);
        alz_json_key(json, "value");
        alz_json_string(json, pair->value);
        flag(json, "excluded", pair->kind == ALZ_EXCLUDED);
        alz_json_close(json);
    }
    alz_json_close(json);
}

/* ---- attachments ------------------------------------------------------ */

int64_t alz_attachment_size(const struct alz_node *attachment)
{
    const struct alz_spool *spool = attachment->spool;

    if (!spool)
        return 0;
    return spool->size <= spool->max ? (int64_t)spool->size : ALZ_SIZE_UNKNOWN;
}

void alz_render_attachment(struct alz_json *json, struct alz_str name,
                           struct alz_str source, struct alz_str type,
                           int64_t size)
{
    alz_json_key(json, "name");
    alz_json_string(json, name);
    alz_json_key(json, "source");
    alz_json_string(json, source);
    alz_json_text(json, "type", type);
    if (size == ALZ_SIZE_UNKNOWN)
        return;
    alz_json_key(json, "size");
    alz_json_integer(json, size);
}

static void remember(struct alz_render *render, struct alz_node *attachment)
{
    if (render->count == render->cap) {
        size_t cap = render->cap ? 2 * render->cap : 16;
        struct alz_node **grown =
            realloc(render->attachments, cap * sizeof *grown);

        if (!grown) {
            render->failed = true;
            return;
        }
        render->attachments = grown;
        render->cap = cap;
    }
    render->attachments[render->count++] = attachment;
}

void alz_render_attachments(struct alz_render *render,
                            const struct alz_node *node)
{
    struct alz_json *json = render->json;

    alz_json_key(json, "attachments");
    alz_json_array(json);
    for (struct alz_node *child = node->first; child; child = child->next) {
        if (child->kind != ALZ_ATTACHMENT || !child->source[0])
            continue;
        remember(render, child);
        alz_json_object(json);
        alz_render_attachment(
            json, alz_shown_name(child), alz_str_from(child->source),
            child->text[ALZ_MEDIA_TYPE], alz_attachment_size(child));
        alz_json_close(json);
    }
    alz_json_close(json);
}

/* ---- steps ------------------------------------------------------------ */

static struct alz_node *step_from(struct alz_node *node)
{
    while (node && node->kind != ALZ_STEP && node->kind != ALZ_SETUP &&
           node->kind != ALZ_TEARDOWN)
        node = node->next;
    return node;
}

static void enter(struct alz_render *render, const struct alz_node *step)
{
    alz_json_object(render->json);
    alz_json_text(render->json, "name", alz_shown_name(step));
    alz_render_ending(render, step);
    alz_render_parameters(render, step);
    alz_json_key(render->json, "steps");
    alz_json_array(render->json);
}

static void leave(struct alz_render *render, const struct alz_node *step)
{
    alz_json_close(render->json);
    alz_render_attachments(render, step);
    alz_json_close(render->json);
}

/* The elements of root's array of steps, down and up along the parents. */
static void walk(struct alz_render *render, struct alz_node *root)
{
    struct alz_node *at = root, *next = step_from(root->first);

    for (;;) {
        if (next) {
            at = next;
            enter(render, at);
            next = step_from(at->first);
        } else if (at != root) {
            leave(render, at);
            next = step_from(at->next);
            at = at->parent;
        } else {
            break;
        }
    }
}

void alz_render_steps(struct alz_render *render, struct alz_node *node)
{
    alz_json_key(render->json, "steps");
    alz_json_array(render->json);
    walk(render, node);
    alz_json_close(render->json);
}

void alz_render_fixture(struct alz_render *render, struct alz_node *fixture)
{
    enter(render, fixture);
    walk(render, fixture);
    leave(render, fixture);
}
