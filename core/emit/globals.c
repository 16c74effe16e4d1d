/* globals.c - what belongs to no test and no suite as a globals document. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/globals.h"

enum { GLOBALS_MAX = 32 << 20 }; /* bytes of texts */

struct alz_run_file {
    struct alz_run_file *next;
    struct alz_str name, source, type;
    int64_t size, when_ms;
};

struct alz_run_error {
    struct alz_run_error *next;
    struct alz_str message, trace;
    int64_t when_ms;
};

void alz_globals_init(struct alz_globals *globals)
{
    *globals = (struct alz_globals){.arena.max = GLOBALS_MAX};
}

/* Keeps the difference between nothing and an empty text. */
static struct alz_str copy(struct alz_globals *globals, struct alz_str text)
{
    return text.ptr ? alz_arena_copy(&globals->arena, text) : text;
}

void alz_globals_add_error(struct alz_globals *globals, struct alz_str message,
                           struct alz_str trace, int64_t when_ms)
{
    struct alz_run_error *error =
        alz_arena_alloc(&globals->arena, sizeof *error);

    if (!error)
        return;
    error->message = copy(globals, message);
    error->trace = copy(globals, trace);
    error->when_ms = when_ms;
    if (globals->last_error)
        globals->last_error->next = error;
    else
        globals->errors = error;
    globals->last_error = error;
}

void alz_globals_add_file(struct alz_globals *globals,
                          const struct alz_node *attachment, int64_t when_ms)
{
    struct alz_run_file *file = alz_arena_alloc(&globals->arena, sizeof *file);

    if (!file)
        return;
    file->name = copy(globals, alz_shown_name(attachment));
    file->source = copy(globals, alz_str_from(attachment->source));
    file->type = copy(globals, attachment->text[ALZ_MEDIA_TYPE]);
    file->size = alz_attachment_size(attachment);
    file->when_ms = when_ms;
    if (globals->last_file)
        globals->last_file->next = file;
    else
        globals->files = file;
    globals->last_file = file;
}

bool alz_globals_empty(const struct alz_globals *globals)
{
    return !globals->files && !globals->errors;
}

static void render_files(struct alz_json *json, const struct alz_run_file *file)
{
    alz_json_key(json, "attachments");
    alz_json_array(json);
    for (; file; file = file->next) {
        alz_json_object(json);
        alz_render_attachment(json, file->name, file->source, file->type,
                              file->size);
        alz_render_time(json, "timestamp", file->when_ms);
        alz_json_close(json);
    }
    alz_json_close(json);
}

static void render_errors(struct alz_json *json,
                          const struct alz_run_error *error)
{
    alz_json_key(json, "errors");
    alz_json_array(json);
    for (; error; error = error->next) {
        alz_json_object(json);
        alz_json_key(json, "message");
        alz_json_string(json, error->message);
        if (error->trace.len)
            alz_json_text(json, "trace", error->trace);
        alz_render_time(json, "timestamp", error->when_ms);
        alz_json_close(json);
    }
    alz_json_close(json);
}

void alz_render_globals(struct alz_json *json,
                        const struct alz_globals *globals)
{
    alz_json_object(json);
    render_files(json, globals->files);
    render_errors(json, globals->errors);
    alz_json_close(json);
}

void alz_globals_done(struct alz_globals *globals)
{
    alz_arena_done(&globals->arena);
    *globals = (struct alz_globals){0};
}
