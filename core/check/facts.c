/* facts.c - what a document says that other rules need. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/facts_take.h"

enum { STEPS_DEEP = 450 };

/* ---- the map of a document -------------------------------------------- */

#define KEY(literal)                                                           \
    {                                                                          \
        literal, sizeof(literal) - 1                                           \
    }
#define NO_KEY                                                                 \
    {                                                                          \
        NULL, 0                                                                \
    }

static const struct alz_spot_row result_rows[] = {
    {KEY("uuid"),        ALZ_SPOT_ANY,         alz_take_uuid        },
    {KEY("name"),        ALZ_SPOT_ANY,         alz_take_name        },
    {KEY("fullName"),    ALZ_SPOT_ANY,         alz_take_full_name   },
    {KEY("testCaseId"),  ALZ_SPOT_ANY,         alz_take_test_case_id},
    {KEY("historyId"),   ALZ_SPOT_ANY,         alz_take_history_id  },
    {KEY("start"),       ALZ_SPOT_ANY,         alz_take_start       },
    {KEY("stop"),        ALZ_SPOT_ANY,         alz_take_stop        },
    {KEY("labels"),      ALZ_SPOT_LABELS,      NULL                 },
    {KEY("links"),       ALZ_SPOT_LINKS,       NULL                 },
    {KEY("parameters"),  ALZ_SPOT_PARAMETERS,  NULL                 },
    {KEY("steps"),       ALZ_SPOT_STEPS,       NULL                 },
    {KEY("attachments"), ALZ_SPOT_ATTACHMENTS, NULL                 },
    {NO_KEY,             ALZ_SPOT_ANY,         NULL                 },
};

static const struct alz_spot_row container_rows[] = {
    {KEY("children"), ALZ_SPOT_CHILDREN, NULL},
    {KEY("befores"),  ALZ_SPOT_STEPS,    NULL},
    {KEY("afters"),   ALZ_SPOT_STEPS,    NULL},
    {NO_KEY,          ALZ_SPOT_ANY,      NULL},
};

static const struct alz_spot_row globals_rows[] = {
    {KEY("attachments"), ALZ_SPOT_RUN_ATTACHMENTS, NULL},
    {KEY("errors"),      ALZ_SPOT_ERRORS,          NULL},
    {NO_KEY,             ALZ_SPOT_ANY,             NULL},
};

static const struct alz_spot_row label_rows[] = {
    {KEY("name"),  ALZ_SPOT_ANY, alz_take_label_name },
    {KEY("value"), ALZ_SPOT_ANY, alz_take_label_value},
    {NO_KEY,       ALZ_SPOT_ANY, NULL                },
};

static const struct alz_spot_row parameter_rows[] = {
    {KEY("name"),     ALZ_SPOT_ANY, alz_take_parameter_name },
    {KEY("value"),    ALZ_SPOT_ANY, alz_take_parameter_value},
    {KEY("excluded"), ALZ_SPOT_ANY, alz_take_excluded       },
    {NO_KEY,          ALZ_SPOT_ANY, NULL                    },
};

static const struct alz_spot_row link_rows[] = {
    {KEY("url"), ALZ_SPOT_ANY, alz_take_url},
    {NO_KEY,     ALZ_SPOT_ANY, NULL        },
};

static const struct alz_spot_row attachment_rows[] = {
    {KEY("source"), ALZ_SPOT_ANY, alz_take_source},
    {NO_KEY,        ALZ_SPOT_ANY, NULL           },
};

static const struct alz_spot_row step_rows[] = {
    {KEY("name"),        ALZ_SPOT_ANY,         alz_take_step_name},
    {KEY("start"),       ALZ_SPOT_ANY,         alz_take_start    },
    {KEY("stop"),        ALZ_SPOT_ANY,         alz_take_stop     },
    {KEY("steps"),       ALZ_SPOT_STEPS,       NULL              },
    {KEY("attachments"), ALZ_SPOT_ATTACHMENTS, NULL              },
    {NO_KEY,             ALZ_SPOT_ANY,         NULL              },
};

static const struct alz_spot_row category_rows[] = {
    {KEY("messageRegex"), ALZ_SPOT_ANY, alz_take_regex},
    {KEY("traceRegex"),   ALZ_SPOT_ANY, alz_take_regex},
    {NO_KEY,              ALZ_SPOT_ANY, NULL          },
};

static const struct alz_spot_row child_row = {.take = alz_take_child};

/* clang-format off */
/* An object has rows by key; an array has the spot of its elements, or one
 * row for elements that are values. */
static const struct {
    const struct alz_spot_row *rows;
    enum alz_spot element;
    const struct alz_spot_row *element_row;
    alz_facts_fn *close;
    bool array;
} spots[ALZ_SPOT_COUNT] = {
    [ALZ_SPOT_RESULT] = {.rows = result_rows, .close = alz_close_result},
    [ALZ_SPOT_CONTAINER] = {.rows = container_rows},
    [ALZ_SPOT_GLOBALS] = {.rows = globals_rows, .close = alz_close_globals},
    [ALZ_SPOT_CATEGORIES] = {.element = ALZ_SPOT_CATEGORY, .array = true},
    [ALZ_SPOT_CATEGORY] = {.rows = category_rows},
    [ALZ_SPOT_LABELS] = {.element = ALZ_SPOT_LABEL, .array = true},
    [ALZ_SPOT_LABEL] = {.rows = label_rows, .close = alz_close_label},
    [ALZ_SPOT_PARAMETERS] = {.element = ALZ_SPOT_PARAMETER, .array = true},
    [ALZ_SPOT_PARAMETER] = {.rows = parameter_rows,
                            .close = alz_close_parameter},
    [ALZ_SPOT_LINKS] = {.element = ALZ_SPOT_LINK, .array = true},
    [ALZ_SPOT_LINK] = {.rows = link_rows, .close = alz_close_link},
    [ALZ_SPOT_ATTACHMENTS] = {.element = ALZ_SPOT_ATTACHMENT, .array = true},
    [ALZ_SPOT_RUN_ATTACHMENTS] = {.element = ALZ_SPOT_ATTACHMENT,
                                  .close = alz_close_list,
                                  .array = true},
    [ALZ_SPOT_ERRORS] = {.close = alz_close_list, .array = true},
    [ALZ_SPOT_ATTACHMENT] = {.rows = attachment_rows},
    [ALZ_SPOT_STEPS] = {.element = ALZ_SPOT_STEP, .array = true},
    [ALZ_SPOT_STEP] = {.rows = step_rows, .close = alz_close_step},
    [ALZ_SPOT_CHILDREN] = {.element_row = &child_row,
                           .close = alz_close_children,
                           .array = true},
};
/* clang-format on */

static const enum alz_spot roots[ALZ_FILE_DOCUMENTS] = {
    [ALZ_FILE_RESULT] = ALZ_SPOT_RESULT,
    [ALZ_FILE_CONTAINER] = ALZ_SPOT_CONTAINER,
    [ALZ_FILE_GLOBALS] = ALZ_SPOT_GLOBALS,
    [ALZ_FILE_CATEGORIES] = ALZ_SPOT_CATEGORIES,
    [ALZ_FILE_EXECUTOR] = ALZ_SPOT_ANY,
};

/* ---- events ----------------------------------------------------------- */

void alz_facts_begin(struct alz_document *document)
{
    document->facts = (struct alz_result_facts){0};
    document->step_depth = 0;
}

static const struct alz_spot_row *row_of(enum alz_spot spot, struct alz_str key)
{
    const struct alz_spot_row *row = spots[spot].rows;

    while (row && row->key.ptr && !alz_str_equal(row->key, key))
        row++;
    return row && row->key.ptr ? row : NULL;
}

void alz_facts_key(struct alz_document *document, struct alz_str key)
{
    struct alz_scope *scope = &document->scopes[document->depth - 1];

    scope->row = row_of(scope->spot, key);
}

void alz_facts_value(struct alz_document *document)
{
    struct alz_scope *scope;
    const struct alz_spot_row *row;

    if (document->depth == 0)
        return;
    scope = &document->scopes[document->depth - 1];
    row = scope->array ? spots[scope->spot].element_row : scope->row;
    if (row && row->take)
        row->take(document, scope);
}

static enum alz_spot spot_of(const struct alz_document *document)
{
    const struct alz_scope *scope;

    if (document->depth == 0)
        return roots[document->kind];
    scope = &document->scopes[document->depth - 1];
    if (scope->array)
        return spots[scope->spot].element;
    return scope->row ? scope->row->child : ALZ_SPOT_ANY;
}

enum alz_spot alz_facts_open(struct alz_document *document)
{
    enum alz_spot spot = spot_of(document);

    /* Of the other type it is not what its place says. */
    if (spots[spot].array != (document->token.type == ALZ_JSON_ARRAY))
        return ALZ_SPOT_ANY;
    if (spot == ALZ_SPOT_STEP && ++document->step_depth == STEPS_DEEP)
        alz_document_find(document, "steps/deep", "%d levels of steps",
                          (int)STEPS_DEEP);
    return spot;
}

void alz_facts_close(struct alz_document *document, struct alz_scope *scope)
{
    if (scope->spot == ALZ_SPOT_STEP)
        document->step_depth--;
    if (spots[scope->spot].close)
        spots[scope->spot].close(document, scope);
}

void alz_facts_end(struct alz_document *document)
{
    if (document->kind == ALZ_FILE_RESULT)
        document->user.result(document->user.ctx, document, &document->facts);
}

/* The uuid has no escapes, or it is none: its raw bytes will do. */
bool alz_document_is_named(const struct alz_document *document,
                           struct alz_str file_name)
{
    const size_t ending = sizeof("-result.json") - 1;
    struct alz_str rest =
        alz_str_from_offset(document->text, document->facts.uuid_at + 1);

    return file_name.len > ending && rest.len > file_name.len - ending &&
           rest.ptr[file_name.len - ending] == '"' &&
           memcmp(rest.ptr, file_name.ptr, file_name.len - ending) == 0;
}
