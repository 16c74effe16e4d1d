/* environment.c - what the run was done with: environment.properties. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/environment.h"

#include "base/buf.h"
#include "run/session.h"

#include <errno.h>

enum { VARIABLES_MAX = 1000, BYTES_MAX = 1024 * 1024 };

struct value {
    struct value *next;
    struct alz_str text;
};

struct alz_variable {
    struct alz_variable *next;
    struct alz_str name;
    struct value *first, *last;
    bool fixed;
};

/* ---- collecting --------------------------------------------------------- */

static struct alz_variable *find(const struct alz_environment *environment,
                                 struct alz_str name)
{
    struct alz_variable *at = environment->first;

    while (at && !alz_str_equal(at->name, name))
        at = at->next;
    return at;
}

static struct alz_variable *append(struct alz_environment *environment,
                                   struct alz_str name)
{
    struct alz_variable *variable =
        alz_arena_alloc(&environment->arena, sizeof(*variable));

    if (!variable)
        return NULL;
    variable->name = alz_arena_copy(&environment->arena, name);
    if (environment->last)
        environment->last->next = variable;
    else
        environment->first = variable;
    environment->last = variable;
    environment->count++;
    return variable;
}

static bool has(const struct alz_variable *variable, struct alz_str text)
{
    for (const struct value *at = variable->first; at; at = at->next)
        if (alz_str_equal(at->text, text))
            return true;
    return false;
}

static void append_value(struct alz_environment *environment,
                         struct alz_variable *variable, struct alz_str text)
{
    struct value *value = alz_arena_alloc(&environment->arena, sizeof(*value));

    if (!value)
        return;
    value->text = alz_arena_copy(&environment->arena, text);
    if (variable->last)
        variable->last->next = value;
    else
        variable->first = value;
    variable->last = value;
}

void alz_environment_add(struct alz_environment *environment,
                         struct alz_str name, struct alz_str value, bool fixed)
{
    struct alz_variable *variable = find(environment, name);

    environment->full |= !variable && environment->count == VARIABLES_MAX;
    environment->full |=
        environment->arena.used + name.len + value.len > BYTES_MAX;
    if (!name.len || environment->full)
        return;
    if (!variable)
        variable = append(environment, name);
    if (variable && !(variable->fixed && !fixed) && !has(variable, value)) {
        variable->fixed = fixed;
        append_value(environment, variable, value);
    }
}

void alz_environment_done(struct alz_environment *environment)
{
    alz_arena_done(&environment->arena);
    *environment = (struct alz_environment){0};
}

/* ---- the file ----------------------------------------------------------- */

/* Other control characters have no place in a report. */
static void put_escaped(struct alz_text *to, struct alz_str text,
                        const char *special)
{
    static const char from[] = "\n\r\t\f", letters[] = "nrtf";

    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        const char *control = byte ? strchr(from, byte) : NULL;

        if (control) {
            alz_buf_putc(to, '\\');
            byte = letters[control - from];
        } else if ((unsigned char)byte < 0x20) {
            continue;
        } else if (strchr(special, byte)) {
            alz_buf_putc(to, '\\');
        }
        alz_buf_putc(to, byte);
    }
}

/* A blank in front of a value would be taken for space. */
static void put_values(struct alz_text *to, const struct value *value)
{
    if (value && alz_str_starts(value->text, " "))
        alz_buf_putc(to, '\\');
    for (; value; value = value->next) {
        put_escaped(to, value->text, "\\");
        if (value->next)
            alz_text_add(to, ALZ_STR(", "));
    }
}

void alz_environment_render(const struct alz_environment *environment,
                            struct alz_text *ret)
{
    ret->max = 4 * BYTES_MAX;
    for (const struct alz_variable *at = environment->first; at;
         at = at->next) {
        put_escaped(ret, at->name, "\\=: #!");
        alz_buf_putc(ret, '=');
        put_values(ret, at->first);
        alz_buf_putc(ret, '\n');
    }
}

/* ---- of a session ------------------------------------------------------- */

static const char file_name[] = "environment.properties";

static const struct alz_diag kept = {
    ALZ_NOTE, "run/environment",
    "environment.properties is there already and stays as it is", 0};
static const struct alz_diag too_much = {
    ALZ_WARNING, "run/environment-full",
    "more than 1000 variables or 1 MiB of environment; the rest is left out",
    0};
static const struct alz_diag no_output = {
    ALZ_ERROR, "run/output", "the results cannot be written", ALZ_EXIT_OUTPUT};

static int publish(struct alz_session *session, struct alz_str text)
{
    struct alz_draft draft;

    if (alz_draft_open(&session->outdir, &draft))
        return errno;
    if (alz_draft_write(&draft, text)) {
        int error = errno;

        alz_draft_drop(&session->outdir, &draft);
        return error;
    }
    return alz_draft_publish(&session->outdir, &draft, file_name, NULL) ? errno
                                                                        : 0;
}

static void count(struct alz_session *session, size_t bytes)
{
    session->sink->files++;
    session->sink->bytes += bytes;
}

void alz_session_write_environment(struct alz_session *session)
{
    const struct alz_environment *environment = &session->environment;
    struct alz_text text = {0};
    int error = 0;

    if (environment->full)
        alz_log_report(&session->log, &too_much, ALZ_STR(""));
    if (!environment->first || session->output_failed)
        return;
    alz_environment_render(environment, &text);
    if (text.full || environment->arena.failed)
        error = ENOMEM;
    else if (!session->options.dry_run)
        error = publish(session, alz_text_str(&text));
    if (error == EEXIST)
        alz_log_report(&session->log, &kept, ALZ_STR(""));
    else if (error == ENOMEM)
        alz_log_raise(&session->log, ALZ_EXIT_MEMORY);
    else if (error)
        alz_log_report(&session->log, &no_output,
                       alz_str_from(strerror(error)));
    else
        count(session, text.len);
    alz_text_done(&text);
}
