/* log.h - diagnostics to messages, and the worst exit status so far. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_LOG_H
#define ALZ_RUN_LOG_H

#include "base/buf.h"
#include "read/reader.h"

#include <allurize/allurize.h>

enum { ALZ_LOG_KINDS = 128, ALZ_LOG_KIND_MAX = 100 };

/*
 * Every report of every layer ends here. At most 100 messages of one id are
 * passed on, the rest is counted and said once by alz_log_flush. hook sees
 * the full one-line text of each message that is passed on.
 */
struct alz_log {
    alz_message_fn *message;
    void *ctx;
    struct alz_str file;                 /* of the input in hand, or "" */
    const struct alz_position *position; /* of the reader, or NULL */
    uint64_t warnings, errors;
    int exit_status;
    struct alz_log_kind {
        const struct alz_diag *diag;
        enum alz_level level; /* it was said with */
        uint64_t count;
    } kinds[ALZ_LOG_KINDS];
    size_t kind_count;
    struct alz_text text; /* of the message in hand */
    void (*hook)(void *ctx, const struct alz_message *message, int exit_status);
    void *hook_ctx;
};

void alz_log_report(struct alz_log *log, const struct alz_diag *diag,
                    struct alz_str detail);
/* The same as a note, whatever it is: it costs nothing. */
void alz_log_note(struct alz_log *log, const struct alz_diag *diag,
                  struct alz_str detail);
/* Says how many messages were not shown, kind by kind. */
void alz_log_flush(struct alz_log *log);
/* Raises the exit status if `status` is worse (70, 7, 2, 3, 4, 6, 5, 1, 0). */
void alz_log_raise(struct alz_log *log, int status);
void alz_log_done(struct alz_log *log);

#endif
