/* hold_kit.h - a run with a console and a report, as one conversion. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_HOLD_KIT_H
#define ALZ_TESTS_HOLD_KIT_H

#include "base/buf.h"
#include "scratch.h"

#include <allurize/allurize.h>

/* What is given; NULL: there is none. */
struct held_run {
    const char *list, *console, *report, *second_report;
    const char *ended; /* how the process ended */
    const char *format;
};

struct held_outcome {
    struct alz_summary summary;
    struct alz_text messages; /* "level id text", a line each */
    struct alz_text results;  /* one after the other */
};

struct held_pull {
    struct alz_str rest;
    const char *ended;
};

static ssize_t held_read(void *ctx, char *to, size_t cap)
{
    struct held_pull *pull = ctx;
    size_t len = pull->rest.len < cap ? pull->rest.len : cap;

    if (len)
        memcpy(to, pull->rest.ptr, len);
    pull->rest = alz_str_from_offset(pull->rest, len);
    return (ssize_t)len;
}

static struct alz_str held_ended(void *ctx)
{
    return alz_str_from(((struct held_pull *)ctx)->ended);
}

static void held_message(void *ctx, const struct alz_message *message)
{
    alz_buf_printf(ctx, "%s %s %.*s\n", alz_level_name(message->level),
                   message->id, (int)message->text.len, message->text.ptr);
}

static inline void held_read_results(const char *dir, struct alz_text *ret)
{
    DIR *stream = opendir(dir);

    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        struct alz_str bytes;

        if (!alz_str_ends(alz_str_from(entry->d_name), "-result.json"))
            continue;
        bytes = scratch_read(scratch_path(dir, entry->d_name).path);
        alz_text_add(ret, bytes);
        free((void *)(uintptr_t)bytes.ptr);
    }
    if (stream)
        closedir(stream);
    alz_buf_putc(ret, '\0'); /* behind the text, for what looks for an end */
    ret->len--;
}

static inline void held_give(struct alz_session *session,
                             const struct held_run *run)
{
    struct held_pull source = {alz_str_from(run->console), run->ended};
    struct alz_pull pull = {
        .read = held_read,
        .ctx = &source,
        .ended = run->ended ? held_ended : NULL,
    };
    const char *const reports[] = {run->report, run->second_report};

    if (run->list)
        alz_session_expect_memory(session, "list", alz_str_from(run->list), 1);
    if (run->console)
        alz_session_hold_pull(session, "console", &pull);
    for (size_t i = 0; i < 2; i++)
        if (reports[i])
            alz_session_convert_memory(session, i ? "second.json" : "r.json",
                                       alz_str_from(reports[i]), 1);
}

/* dir: the results directory. */
static inline void held_convert(const struct held_run *run, const char *dir,
                                struct held_outcome *ret)
{
    struct alz_options options = {
        .format = run->format ? run->format : "gtest",
        .output = dir,
        .run_id = "held",
        .writers = 1,
        .message = held_message,
        .message_ctx = &ret->messages,
    };
    struct alz_session *session =
        alz_session_new(&options, &ret->summary.exit_status);

    if (session) {
        held_give(session, run);
        alz_session_finish(session, &ret->summary);
    }
    alz_session_free(session);
}

static inline void held_outcome_done(struct held_outcome *outcome)
{
    alz_text_done(&outcome->messages);
    alz_text_done(&outcome->results);
}

#endif
