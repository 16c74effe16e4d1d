/* session.h - one conversion: what its parts share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_SESSION_H
#define ALZ_RUN_SESSION_H

#include "emit/emitter.h"
#include "policy/policy.h"
#include "record/recorder.h"
#include "run/log.h"

#include <sys/stat.h>
#include <time.h>

enum alz_suite_output {
    ALZ_SUITE_OUTPUT_FAILED,
    ALZ_SUITE_OUTPUT_ALWAYS,
    ALZ_SUITE_OUTPUT_NEVER
};

struct alz_session {
    struct alz_options options;
    struct alz_log log;
    struct alz_policy policy;
    struct alz_outdir outdir;
    struct alz_sink *sink;
    struct alz_emitter *emitter;
    struct alz_recorder *recorder;
    struct alz_summary summary;
    struct timespec started;

    char run_id[ALZ_UUID_LEN + 1]; /* when the user gave none */
    struct alz_extra *extras;
    enum alz_suite_output suite_output;
    enum alz_naive naive;
    bool output_failed; /* said once; nothing more is written */

    /* The input in hand. */
    struct alz_position position;
    int64_t input_ms;
    const char *input_dir; /* "" in memory */

    struct alz_seen_files {
        struct alz_seen *items;
        size_t count, cap;
    } seen, old; /* files read so far; files from before a command's start */
};

/* seen.c: was a file of the same bytes read before? Remembers this one. */
bool alz_session_seen(struct alz_session *session, int fd, const char *path,
                      const struct stat *info);
/* Is it, unchanged, one of the files marked as old? */
bool alz_session_is_old(const struct alz_session *session,
                        const struct stat *info);
void alz_session_seen_done(struct alz_session *session);

/* format.c: the named format is there and takes the options; false with a
 * message. A report about another text than the input (ctx: the session). */
bool alz_session_try_format(struct alz_session *session);
void alz_session_report_at(void *ctx, struct alz_str file,
                           struct alz_position position,
                           const struct alz_diag *diag, struct alz_str detail);

/* options.c: words to values; false with a message when one is wrong. */
bool alz_session_configure(struct alz_session *session,
                           struct alz_policy_options *policy);

/* collect.c: the recorder's sink: policy, then emitter. */
void alz_session_collect(struct alz_session *session,
                         struct alz_record_sink *ret);
/* Says why the output failed, once. */
void alz_session_output_failed(struct alz_session *session);

/* attach.c: reads files that attachments name, drops empty ones. */
void alz_session_attach(struct alz_session *session, struct alz_node *top);

/* detect.c: the converter for a decoded head; NULL after reporting why.
 * Silent: NULL without a message. `more` may come (a pipe): NULL silently
 * with *wait set while the answer may still change. */
const struct alz_converter *alz_detect(struct alz_log *log, struct alz_str head,
                                       struct alz_str base_name, bool silent,
                                       bool more, bool *wait);

/* input.c: reads one stream with one converter. */
struct alz_stream {
    struct alz_str name;
    struct alz_bytes *bytes;
    int64_t mtime_ms;
    bool live;
    bool asked_for;
    const bool *interrupted; /* or NULL */
};
void alz_session_read(struct alz_session *session,
                      const struct alz_stream *stream);
void alz_session_begin_input(struct alz_session *session, struct alz_str name);

#endif
