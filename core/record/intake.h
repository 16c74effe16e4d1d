/* intake.h - where nodes live while they are open: refs, arenas, ceilings. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RECORD_INTAKE_H
#define ALZ_RECORD_INTAKE_H

#include "record/recorder.h"
#include "record/refs.h"

/* What the recorder itself counts of a suite (or of the run): verdicts as the
 * source gave them, attempts apart, synthetic tests apart. */
struct alz_tally {
    uint64_t tests, attempts, bad, synthetic;
    uint64_t short_by; /* tests already reported as missing below */
};

/* What the source declares; declared tells which were said. */
struct alz_totals {
    uint64_t tests, bad; /* bad: failures and errors */
    bool has_tests;
};

/*
 * A node and what only the recorder knows of it. Open nodes of one parent are
 * a list of their own, because tests are not among their suite's children. A
 * node that has ended and waits for a suite's name is in that suite's queue,
 * linked by open_next.
 */
struct alz_record {
    struct alz_node node; /* first: a node is a record */
    struct alz_record *open_prev, *open_next;
    struct alz_record *open_first, *open_last;
    struct alz_home *home;
    size_t trace_cap; /* room behind the TRACE text, 0: borrowed */
    bool raw_trace;   /* written in pieces: repaired when the node ends */
    bool said_name;
};

/* The first member is what the others see. */
struct alz_record_suite {
    struct alz_suite suite;
    struct alz_tally tally;
    struct alz_totals totals;
    struct alz_record *queue_first, *queue_last;
    unsigned depth; /* 1: top level */
};

/*
 * Memory of one SUITE, of one TEST outside tests or of one top-level
 * ATTACHMENT, with everything below it; recycled, so that a test costs no
 * allocation.
 */
struct alz_home {
    struct alz_arena arena; /* first: a node's arena is its home */
    struct alz_home *next_free, *next_all;
    struct alz_record_spool *spools;
    size_t attachments;
    struct alz_record_suite suite;
};

enum alz_record_limit {
    ALZ_LIMIT_NODES,
    ALZ_LIMIT_BYTES,
    ALZ_LIMIT_ATTACHMENTS,
    ALZ_LIMIT_DEPTH,
    ALZ_LIMIT_WAITING,
    ALZ_LIMIT_MISPLACED,
    ALZ_LIMIT_COUNT
};

struct alz_recorder {
    struct alz_out out; /* first: converters have this */
    struct alz_record_sink sink;
    struct alz_outdir *spool_dir;
    bool failed; /* out of memory */
    bool cut;    /* what ends now was cut by the end of the input */
    bool limited[ALZ_LIMIT_COUNT]; /* reported for this input */

    struct alz_refs refs; /* of struct alz_record */
    struct alz_home *homes, *free_homes;
    struct alz_record run; /* parent of what is at top level */
    struct alz_home run_home;

    size_t waiting, waiting_bytes;
};

/* ---- homes ------------------------------------------------------------ */

/* NULL: out of memory (failed is set). */
struct alz_home *alz_home_take(struct alz_recorder *recorder);
/* Everything in it is gone. */
void alz_home_drop(struct alz_recorder *recorder, struct alz_home *home);
void alz_home_free(struct alz_home *home);

/* A zeroed record; NULL: out of memory, or the home is full. */
struct alz_record *alz_record_new(struct alz_recorder *recorder,
                                  struct alz_home *home, enum alz_kind kind);

/* A ref for it; 0: out of memory, or too many are open. */
alz_ref alz_record_ref(struct alz_recorder *recorder,
                       struct alz_record *record);

/* Says once an input that a limit was met. */
void alz_record_limited(struct alz_recorder *recorder,
                        enum alz_record_limit limit, struct alz_str detail);

/* ---- facts ------------------------------------------------------------ */

void alz_intake_text(struct alz_recorder *recorder, struct alz_record *record,
                     enum alz_fact fact, struct alz_str text);
void alz_intake_pair(struct alz_recorder *recorder, struct alz_record *record,
                     enum alz_pair_kind kind, struct alz_str name,
                     struct alz_str value);
void alz_intake_write(struct alz_recorder *recorder, struct alz_record *record,
                      struct alz_str bytes);
/* No more facts will come. */
void alz_intake_end(struct alz_recorder *recorder, struct alz_record *record);

/* ---- handing on (publish.c) and comparing totals (totals.c) ------------ */

/* A SUITE, a TEST outside tests or a top-level ATTACHMENT has ended: hands it
 * on, or queues it until the suites around it are named. */
void alz_publish(struct alz_recorder *recorder, struct alz_record *record);
/* The suite has a name now: hands on what waited for it. */
void alz_publish_queue(struct alz_recorder *recorder, struct alz_record *suite);
/* Hands on one test and forgets it. */
void alz_publish_test(struct alz_recorder *recorder, struct alz_record *test);

/* An ALZ_TOTAL pair. */
void alz_totals_add(struct alz_totals *totals, struct alz_str name,
                    struct alz_str value, bool sum);
/* Compares what a suite (or the run) declares with what was read below it;
 * may hand on a synthetic test. */
void alz_totals_check(struct alz_recorder *recorder, struct alz_record *suite);

static inline struct alz_record *alz_record_of(struct alz_node *node)
{
    return (struct alz_record *)node;
}

static inline struct alz_record_suite *
alz_record_suite_of(const struct alz_record *record)
{
    return (struct alz_record_suite *)record->node.suite;
}

/* The record that holds the open list it is in. */
static inline struct alz_record *
alz_record_parent(struct alz_recorder *recorder,
                  const struct alz_record *record)
{
    return record->node.parent ? alz_record_of(record->node.parent)
                               : &recorder->run;
}

#endif
