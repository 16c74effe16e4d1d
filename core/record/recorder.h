/* recorder.h - the receiver of events: builds nodes, hands on whole tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RECORD_RECORDER_H
#define ALZ_RECORD_RECORDER_H

#include "record/node.h"

/* Where finished things go. All are called in document order. */
struct alz_record_sink {
    /* A top-level TEST has ended, or one of its attempts (test is then a
     * child of kind TEST; attempts come first). Dies on return. attempt
     * counts from 1, of `attempts`. */
    void (*test)(void *ctx, struct alz_node *test, unsigned attempt,
                 unsigned attempts);
    /* A SUITE has ended: fixtures, attachments, totals, children are set. */
    void (*suite)(void *ctx, struct alz_node *suite);
    /* A top-level ATTACHMENT or pair of the run. */
    void (*run)(void *ctx, struct alz_node *run);
    void (*report)(void *ctx, const struct alz_diag *diag,
                   struct alz_str detail);
    /* Failures that are declared, and are of no test, are going to come from
     * another input. May be NULL: they are not. */
    bool (*excused)(void *ctx);
    void *ctx;
};

/*
 * One arena per open top-level TEST or SUITE, recycled; at most open_max
 * nodes are open at once (default 100,000) and no node holds more than
 * node_max bytes (default 64 MiB): what is beyond is dropped with one report.
 * Suites deeper than suite_depth_max (256) are flattened into that level.
 * A test whose suite has no name yet waits for it, at most until the suite
 * ends. Late facts about an ended ref are dropped.
 */
struct alz_recorder;

struct alz_recorder *alz_recorder_new(const struct alz_record_sink *sink,
                                      struct alz_outdir *spool_dir);
struct alz_out *alz_recorder_out(struct alz_recorder *recorder);

/* The spool of an ATTACHMENT node inside a sink callback, made when it has
 * none: for content that a file named by ALZ_PATH holds. NULL: no memory. */
struct alz_spool *alz_recorder_spool(struct alz_recorder *recorder,
                                     struct alz_node *attachment);

/*
 * Inside the test callback: a ref of the test, so that more can be said of it
 * (0: no memory). Ends with close, which drops the ref again.
 */
alz_ref alz_recorder_reopen(struct alz_recorder *recorder,
                            struct alz_node *test);
void alz_recorder_close(struct alz_recorder *recorder, struct alz_node *test);

/* Counts a test of a suite (0: of none) that was published already, with what
 * was read of another input: its container, verdict and totals include it. */
void alz_recorder_count(struct alz_recorder *recorder, alz_ref suite,
                        const struct alz_uuid *uuid, enum alz_status status,
                        unsigned flags);

/* The input is over: ends what is open (tests marked open and INCOMPLETE when
 * ending is not COMPLETE) and forgets all refs. */
void alz_recorder_finish_input(struct alz_recorder *recorder,
                               enum alz_ending ending);
/* Out of memory so far. */
bool alz_recorder_failed(const struct alz_recorder *recorder);
void alz_recorder_free(struct alz_recorder *recorder);

#endif
