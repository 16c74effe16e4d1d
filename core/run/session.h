/* session.h - one conversion: what its parts share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_SESSION_H
#define ALZ_RUN_SESSION_H

#include "emit/emitter.h"
#include "policy/policy.h"
#include "record/recorder.h"
#include "run/environment.h"
#include "run/log.h"
#include "run/tape.h"

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
    struct alz_environment environment;

    /* The input in hand. */
    struct alz_position position;
    int64_t input_ms;
    const char *input_dir; /* "" in memory */

    struct alz_seen_files {
        struct alz_seen *items;
        size_t count, cap;
    } seen, old; /* files read so far; files from before a command's start */
    bool files_only; /* a command has left them: nobody writes to a pipe */

    struct alz_tape *tape; /* of the input in hand; NULL: to the recorder */
    /* The console of a run whose reports are converted now (hold.c). */
    struct alz_held {
        bool on;
        struct alz_tape tape;
        const char *name;
        int64_t mtime_ms;
        uint64_t inputs, errors;    /* before the reports */
        size_t bad_left;            /* tests without a result that need one */
        struct alz_tape_test *test; /* that the test in hand is, or NULL */
    } held;
    bool hushed;                   /* reports of converters are notes */
    struct alz_expected *expected; /* lists of tests (expect.c) */
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

/* verdict.c: a verdict that belongs to no test, as a broken result "(run)"
 * that began with the input. */
void alz_session_tell_run(struct alz_session *session, struct alz_str full_name,
                          struct alz_str message, struct alz_str trace);

/* collect.c: the recorder's sink: policy, then emitter. */
void alz_session_collect(struct alz_session *session,
                         struct alz_record_sink *ret);
/* Says why the output failed, once. */
void alz_session_output_failed(struct alz_session *session);

/* environment.c: leaves environment.properties, unless one is there. */
void alz_session_write_environment(struct alz_session *session);

/* attach.c: reads files that attachments name, drops empty ones. */
void alz_session_attach(struct alz_session *session, struct alz_node *top);

/* detect.c: the converter for a decoded head; NULL after reporting why.
 * Silent: NULL without a message. `more` may come (a pipe): NULL silently
 * with *wait set while the answer may still change. lists: only among those
 * that read lists of tests. */
const struct alz_converter *alz_detect(struct alz_session *session,
                                       struct alz_str head,
                                       struct alz_str base_name, bool silent,
                                       bool more, bool lists, bool *wait);

/* supplement.c: adds what the held console and the lists know of a test that
 * is going to be published; then: what it has become. */
void alz_session_supplement(struct alz_session *session, struct alz_node *test);
void alz_session_supplied(struct alz_session *session,
                          const struct alz_node *test);
/* hold.c: what is on a tape becomes results, but for what was taken. */
void alz_session_play(struct alz_session *session, struct alz_tape *tape,
                      const char *name, int64_t mtime_ms);
/* Says what failed with a tape, once. */
void alz_session_check_tape(struct alz_session *session, struct alz_tape *tape);
/* Says that the recorder, or this text of no ceiling, is out of memory. */
void alz_session_check_memory(struct alz_session *session,
                              const struct alz_text *text);

/* expect.c: tests of the lists that were not run. */
void alz_session_expect_end(struct alz_session *session);
void alz_session_expect_done(struct alz_session *session);

/* stream.c: reads one stream with one converter. */
struct alz_stream {
    struct alz_str name;
    struct alz_bytes *bytes;
    int64_t mtime_ms;
    bool live;
    bool asked_for;
    bool lists;                            /* it is a list of tests */
    const bool *interrupted;               /* or NULL */
    const struct alz_pull *pull;           /* that gives the bytes, or NULL */
    const struct alz_converter *converter; /* NULL: as named, or detected */
    struct alz_tape *tape;                 /* or NULL */
};
void alz_session_read(struct alz_session *session,
                      const struct alz_stream *stream);

/* input.c. What the stream does not say is as the source has it. */
void alz_session_read_fd(struct alz_session *session,
                         const struct alz_stream *what, int fd,
                         const struct stat *info);
void alz_session_read_pull(struct alz_session *session,
                           const struct alz_stream *what,
                           const struct alz_pull *pull);
/* The input in hand cannot be read: errno. */
void alz_session_report_errno(struct alz_session *session);
void alz_session_begin_input(struct alz_session *session, struct alz_str name);

#endif
