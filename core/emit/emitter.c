/* emitter.c - from finished nodes to bundles, one conversion long. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "emit/bundle.h"
#include "emit/globals.h"

#include <errno.h>
#include <stdlib.h>

/* A kind of document; its schema is compiled when the first one is written,
 * so a run without suites' output does not pay for containers. */
struct document {
    const char *title; /* also the schema's name and the file name's end */
    struct alz_schema *schema;
    struct alz_json *json;
};

struct alz_emitter {
    struct alz_sink *sink;
    struct document result, container, globals;
    struct alz_globals run;
    struct alz_render render;
    struct alz_text error;
    bool memory; /* ran out at the last error */
    bool lost;   /* something said with a verb that returns nothing */
};

/* ---- errors ----------------------------------------------------------- */

static int fail(struct alz_emitter *emitter, const char *what,
                struct alz_str why)
{
    emitter->memory = false;
    alz_text_clear(&emitter->error);
    alz_buf_printf(&emitter->error, "%s: %.*s", what, (int)why.len, why.ptr);
    return -1;
}

static int fail_memory(struct alz_emitter *emitter)
{
    emitter->memory = true;
    alz_text_clear(&emitter->error);
    alz_text_add(&emitter->error, ALZ_STR("out of memory"));
    return -1;
}

struct alz_str alz_emitter_error(const struct alz_emitter *emitter)
{
    if (emitter->error.len)
        return alz_text_str(&emitter->error);
    return ALZ_STR("out of memory");
}

bool alz_emitter_no_memory(const struct alz_emitter *emitter)
{
    return emitter->memory || emitter->sink->error_number == ENOMEM;
}

/* ---- documents -------------------------------------------------------- */

static int document_open(struct alz_emitter *emitter, struct document *document)
{
    const struct alz_schema_text *text;
    struct alz_text why = {0};
    int ret = 0;

    if (document->json)
        return 0;
    text = alz_schema_text_find(document->title);
    if (!text)
        return fail(emitter, document->title, ALZ_STR("no such schema"));
    if (!document->schema)
        document->schema = alz_schema_compile(text->json, &why);
    /* The embedded schemas are tested to compile: memory ran out. */
    if (!document->schema)
        ret = fail_memory(emitter);
    alz_text_done(&why);
    if (ret == 0)
        document->json = alz_json_new(document->schema);
    return ret == 0 && !document->json ? fail_memory(emitter) : ret;
}

static void document_done(struct document *document)
{
    alz_json_free(document->json);
    alz_schema_free(document->schema);
}

/* Starts a document in emitter->render. */
static int begin(struct alz_emitter *emitter, struct document *document)
{
    if (document_open(emitter, document) != 0)
        return -1;
    emitter->render.json = document->json;
    emitter->render.count = 0;
    emitter->render.failed = false;
    alz_json_begin(document->json);
    return 0;
}

static int put(struct alz_emitter *emitter, struct alz_bundle *bundle)
{
    if (!bundle)
        return fail_memory(emitter);
    if (emitter->sink->ops->put(emitter->sink, bundle) == 0)
        return 0;
    alz_text_clear(&emitter->error);
    alz_text_add(&emitter->error, alz_text_str(&emitter->sink->error));
    return -1;
}

enum { NAME_CAP = 64 }; /* of struct alz_file */

/* "<uuid>-<title>.json"; titles are ours and short. */
static void file_name(char ret[NAME_CAP], const struct alz_uuid *uuid,
                      const char *title)
{
    size_t len = strlen(title);
    char *at = ret + ALZ_UUID_LEN + 1;

    alz_uuid_text(uuid, ret);
    at[-1] = '-';
    memcpy(at, title, len);
    memcpy(at + len, ".json", sizeof ".json");
}

/* Publishes the document and the attachments it names. */
static int end(struct alz_emitter *emitter, const struct document *document,
               const struct alz_uuid *uuid)
{
    struct alz_render *render = &emitter->render;
    struct alz_text why = {0};
    struct alz_str bytes = alz_json_end(render->json, &why);
    char name[NAME_CAP];
    int ret;

    file_name(name, uuid, document->title);
    if (!bytes.ptr && why.len)
        ret = fail(emitter, name, alz_text_str(&why));
    else if (!bytes.ptr || render->failed)
        ret = fail_memory(emitter);
    else
        ret = put(emitter, alz_bundle_new(render->attachments, render->count,
                                          name, bytes));
    alz_text_done(&why);
    return ret;
}

int alz_emit_result(struct alz_emitter *emitter, struct alz_node *test)
{
    if (begin(emitter, &emitter->result) != 0)
        return -1;
    alz_render_result(&emitter->render, test);
    return end(emitter, &emitter->result, &test->uuid);
}

/* ---- suites ----------------------------------------------------------- */

/* Policy's, or one made of what tells this container from all others. */
static struct alz_uuid container_uuid(const struct alz_node *suite)
{
    static const struct alz_uuid none;

    if (memcmp(&suite->uuid, &none, sizeof none) != 0)
        return suite->uuid;
    return alz_uuid_v5(&suite->suite->children[0], suite->text[ALZ_NAME]);
}

/* The next node below root in document order, NULL at the end. */
static struct alz_node *next_below(const struct alz_node *root,
                                   struct alz_node *at)
{
    if (at->first)
        return at->first;
    while (at != root && !at->next)
        at = at->parent;
    return at == root ? NULL : at->next;
}

static int64_t time_of(const struct alz_node *node)
{
    return node->time[ALZ_STOP] != ALZ_TIME_NONE ? node->time[ALZ_STOP]
                                                 : node->time[ALZ_START];
}

static void fixture_error(struct alz_emitter *emitter,
                          const struct alz_node *fixture)
{
    struct alz_text message = {0};

    alz_text_add(&message, alz_shown_name(fixture));
    if (fixture->text[ALZ_MESSAGE].len) {
        alz_text_add(&message, ALZ_STR(": "));
        alz_text_add(&message, fixture->text[ALZ_MESSAGE]);
    }
    emitter->lost |= message.full;
    alz_globals_add_error(&emitter->run, alz_text_str(&message),
                          fixture->text[ALZ_TRACE], time_of(fixture));
    alz_text_done(&message);
}

/* Nobody shows a container without tests: what it has is said of the run. */
static void emit_as_run(struct alz_emitter *emitter, struct alz_node *suite)
{
    struct alz_node *at = suite;

    while ((at = next_below(suite, at)) != NULL) {
        if (at->kind == ALZ_ATTACHMENT)
            alz_emit_run_attachment(emitter, at, time_of(suite));
        else if ((at->kind == ALZ_SETUP || at->kind == ALZ_TEARDOWN) &&
                 at->status <= ALZ_BROKEN)
            fixture_error(emitter, at);
    }
}

int alz_emit_container(struct alz_emitter *emitter, struct alz_node *suite)
{
    struct alz_uuid uuid;

    if (!alz_container_wanted(suite))
        return 0;
    if (!suite->suite || suite->suite->child_count == 0) {
        emit_as_run(emitter, suite);
        return emitter->lost ? -1 : 0;
    }
    if (begin(emitter, &emitter->container) != 0)
        return -1;
    uuid = container_uuid(suite);
    alz_render_container(&emitter->render, suite, &uuid);
    return end(emitter, &emitter->container, &uuid);
}

/* ---- the run ---------------------------------------------------------- */

void alz_emit_run_error(struct alz_emitter *emitter, struct alz_str message,
                        int64_t when_ms)
{
    alz_globals_add_error(&emitter->run, message, (struct alz_str){NULL, 0},
                          when_ms);
}

/* The bytes go out at once; only what the document says of them waits. */
void alz_emit_run_attachment(struct alz_emitter *emitter,
                             struct alz_node *attachment, int64_t when_ms)
{
    struct alz_bundle *bundle;

    if (!attachment->source[0])
        return;
    alz_globals_add_file(&emitter->run, attachment, when_ms);
    bundle = alz_bundle_new(&attachment, 1, NULL, (struct alz_str){NULL, 0});
    if (put(emitter, bundle) != 0)
        emitter->lost = true;
}

static int flush(struct alz_emitter *emitter)
{
    if (emitter->sink->ops->flush(emitter->sink) == 0)
        return 0;
    alz_text_clear(&emitter->error);
    alz_text_add(&emitter->error, alz_text_str(&emitter->sink->error));
    return -1;
}

/* Bundles may overtake each other: the run's attachments are there for sure
 * before the document that names them is handed over. */
static int emit_globals(struct alz_emitter *emitter,
                        const struct alz_uuid *uuid)
{
    if (alz_globals_empty(&emitter->run))
        return 0;
    if (emitter->run.files && flush(emitter) != 0)
        return -1;
    if (begin(emitter, &emitter->globals) != 0)
        return -1;
    alz_render_globals(emitter->globals.json, &emitter->run);
    return end(emitter, &emitter->globals, uuid);
}

int alz_emitter_finish(struct alz_emitter *emitter,
                       const struct alz_uuid *globals_uuid)
{
    int ret = emit_globals(emitter, globals_uuid);

    if (flush(emitter) != 0)
        ret = -1;
    if (emitter->run.arena.failed)
        ret = fail_memory(emitter);
    return emitter->lost ? -1 : ret;
}

/* ---- the emitter ------------------------------------------------------ */

struct alz_emitter *alz_emitter_new(struct alz_sink *sink)
{
    struct alz_emitter *emitter = calloc(1, sizeof *emitter);

    if (!emitter)
        return NULL;
    emitter->sink = sink;
    emitter->result.title = "result";
    emitter->container.title = "container";
    emitter->globals.title = "globals";
    alz_globals_init(&emitter->run);
    return emitter;
}

void alz_emitter_free(struct alz_emitter *emitter)
{
    if (!emitter)
        return;
    document_done(&emitter->result);
    document_done(&emitter->container);
    document_done(&emitter->globals);
    alz_globals_done(&emitter->run);
    alz_shared_labels_done(&emitter->render.labels);
    free(emitter->render.attachments);
    alz_text_done(&emitter->error);
    free(emitter);
}
