/* log.c - diagnostics to messages, and the worst exit status so far. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/log.h"

enum { DETAIL_MAX = 200 };

/* Exit statuses from harmless to worst. */
static const int ranking[] = {
    ALZ_EXIT_OK,      ALZ_EXIT_TESTS_FAILED, ALZ_EXIT_NO_TESTS,
    ALZ_EXIT_INVALID, ALZ_EXIT_DAMAGED,      ALZ_EXIT_INPUT,
    ALZ_EXIT_USAGE,   ALZ_EXIT_OUTPUT,       ALZ_EXIT_MEMORY};

static size_t rank_of(int status)
{
    size_t count = sizeof(ranking) / sizeof(*ranking);

    for (size_t i = 0; i < count; i++)
        if (ranking[i] == status)
            return i;
    return count;
}

void alz_log_raise(struct alz_log *log, int status)
{
    if (rank_of(status) > rank_of(log->exit_status))
        log->exit_status = status;
}

/* The count of this kind including this one; kinds are told apart by id, and
 * notes that were made of worse ones by their level. */
static uint64_t count_kind(struct alz_log *log, const struct alz_diag *diag,
                           enum alz_level level)
{
    for (size_t i = 0; i < log->kind_count; i++)
        if (log->kinds[i].level == level &&
            strcmp(log->kinds[i].diag->id, diag->id) == 0)
            return ++log->kinds[i].count;
    if (log->kind_count == ALZ_LOG_KINDS)
        return 1;
    log->kinds[log->kind_count++] = (struct alz_log_kind){diag, level, 1};
    return 1;
}

static void pass_text_on(struct alz_log *log, const struct alz_diag *diag,
                         enum alz_level level)
{
    struct alz_message message = {
        .level = level,
        .id = diag->id,
        .file = log->file,
        .line = log->position ? log->position->line : 0,
        .column = log->position ? log->position->column : 0,
        .text = alz_text_str(&log->text),
    };

    if (log->message)
        log->message(log->ctx, &message);
    if (log->hook)
        log->hook(log->hook_ctx, &message,
                  level == ALZ_NOTE ? ALZ_EXIT_OK : diag->exit_status);
}

static void pass_on(struct alz_log *log, const struct alz_diag *diag,
                    enum alz_level level)
{
    if (log->text.full)
        alz_log_raise(log, ALZ_EXIT_MEMORY);
    pass_text_on(log, diag, level);
}

static void say(struct alz_log *log, const struct alz_diag *diag,
                enum alz_level level, struct alz_str detail)
{
    if (count_kind(log, diag, level) > ALZ_LOG_KIND_MAX)
        return;
    alz_text_clear(&log->text);
    alz_text_add(&log->text, alz_str_from(diag->text));
    if (detail.len) {
        alz_text_add(&log->text, ALZ_STR(": "));
        alz_buf_add_quoted(&log->text, detail, DETAIL_MAX);
    }
    pass_on(log, diag, level);
}

void alz_log_report(struct alz_log *log, const struct alz_diag *diag,
                    struct alz_str detail)
{
    log->warnings += diag->level == ALZ_WARNING;
    log->errors += diag->level == ALZ_ERROR;
    if (diag->level == ALZ_ERROR)
        alz_log_raise(log, diag->exit_status);
    say(log, diag, diag->level, detail);
}

void alz_log_note(struct alz_log *log, const struct alz_diag *diag,
                  struct alz_str detail)
{
    say(log, diag, ALZ_NOTE, detail);
}

void alz_log_flush(struct alz_log *log)
{
    log->position = NULL;
    log->file = ALZ_STR("");
    for (size_t i = 0; i < log->kind_count; i++) {
        struct alz_log_kind *kind = &log->kinds[i];

        if (kind->count <= ALZ_LOG_KIND_MAX)
            continue;
        alz_text_clear(&log->text);
        alz_buf_printf(&log->text, "%s: %llu more", kind->diag->text,
                       (unsigned long long)(kind->count - ALZ_LOG_KIND_MAX));
        pass_on(log, kind->diag, kind->level);
    }
    log->kind_count = 0;
}

void alz_log_done(struct alz_log *log)
{
    alz_text_done(&log->text);
}
