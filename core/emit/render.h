/* render.h - from nodes to the JSON of one document. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EMIT_RENDER_H
#define ALZ_EMIT_RENDER_H

#include "emit/json.h"
#include "record/node.h"

/*
 * Labels of the result before, and their JSON: tests of a suite begin with the
 * same ones, which are written and checked once. Zero is empty.
 */
enum { ALZ_SHARED_LABELS_MAX = 32 };

struct alz_shared_labels {
    struct alz_text texts, json;
    struct {
        size_t name_len, value_len;
        size_t texts_end, json_end; /* of all labels up to this one */
    } at[ALZ_SHARED_LABELS_MAX];
    size_t count;
};

void alz_shared_labels_done(struct alz_shared_labels *shared);

/*
 * The writer of one document, and the attachments the document has named so
 * far: exactly those are published with it. An ATTACHMENT without a source
 * was refused by policy; it is neither named nor published. failed: out of
 * memory.
 */
struct alz_render {
    struct alz_json *json;
    struct alz_node **attachments;
    size_t count, cap;
    bool failed;
    struct alz_shared_labels labels; /* of results */
};

/*
 * All write whole JSON values; absent scalars are left out, arrays are always
 * there. Texts must be valid UTF-8. Order of the fields, for any document:
 *
 * result      uuid historyId testCaseId fullName name description status
 *             statusDetails stage start stop labels links parameters steps
 *             attachments titlePath
 * step,       name description status statusDetails stage start stop
 * fixture     parameters steps attachments
 * details     message trace known flaky expected actual
 * attachment  name source type size
 * container   uuid name children befores afters start stop
 * globals     attachments errors
 */
void alz_render_result(struct alz_render *render, struct alz_node *test);

/* The suite's fixtures; its own attachments and steps are in a last fixture
 * of the name "Suite output". */
void alz_render_container(struct alz_render *render, struct alz_node *suite,
                          const struct alz_uuid *uuid);

/* Whether the suite has anything to say in a container. */
bool alz_container_wanted(const struct alz_node *suite);

/* ---- parts ------------------------------------------------------------ */

/* The node's name, or one for its kind: readers drop a nameless step. */
struct alz_str alz_shown_name(const struct alz_node *node);

void alz_render_uuid(struct alz_json *json, const struct alz_uuid *uuid);

/* description status statusDetails stage start stop */
void alz_render_ending(struct alz_render *render, const struct alz_node *node);

/* A moment in ms, left out when it is unknown or none a reader takes: a bad
 * clock must not cost the test. */
void alz_render_time(struct alz_json *json, const char *key, int64_t ms);

void alz_render_parameters(struct alz_render *render,
                           const struct alz_node *node);

/* The node's ATTACHMENT children as an array. */
void alz_render_attachments(struct alz_render *render,
                            const struct alz_node *node);

/* Children of kind STEP (and, of a TEST, SETUP and TEARDOWN) as an array. */
void alz_render_steps(struct alz_render *render, struct alz_node *node);

/* One SETUP or TEARDOWN of a suite as an object. */
void alz_render_fixture(struct alz_render *render, struct alz_node *fixture);

/* name source type size, without brackets. ALZ_SIZE_UNKNOWN is left out. */
enum { ALZ_SIZE_UNKNOWN = -1 };
void alz_render_attachment(struct alz_json *json, struct alz_str name,
                           struct alz_str source, struct alz_str type,
                           int64_t size);

/* Bytes an ATTACHMENT will have, ALZ_SIZE_UNKNOWN when some are cut. */
int64_t alz_attachment_size(const struct alz_node *attachment);

#endif
