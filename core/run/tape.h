/* tape.h - events on a tape: recorded in order, played again, also in part. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_TAPE_H
#define ALZ_RUN_TAPE_H

#include "base/digest.h"
#include "base/store.h"
#include "read/reader.h"
#include "record/refs.h"

#include <errno.h>

/*
 * A receiver of events that keeps them, in a store. It remembers where each
 * test begins (about 50 bytes of memory a test), so that one can be found by
 * its identity and played alone. A test here is one outside tests: its
 * attempts are part of it. What fails (memory, the store) sticks: later events
 * are dropped, those before can be played.
 */

/* What is remembered of a test. */
struct alz_tape_test {
    uint64_t at;          /* where on the tape it begins */
    uint64_t key;         /* of its identity, 0: it has none */
    uint32_t next;        /* of the same bucket: number + 1, or 0 */
    uint32_t start_s;     /* its START in seconds, 0: not said */
    struct alz_uuid uuid; /* of the result that took its place */
    unsigned char status; /* the last one said */
    unsigned char flags;
    bool taken;           /* a result stands for it: it is not played again */
    uint32_t duration_ms; /* UINT32_MAX: not said */
};

/* Anything but well: a result must stand for it. */
static inline bool alz_tape_is_bad(const struct alz_tape_test *test)
{
    return test->status != ALZ_PASSED && test->status != ALZ_SKIPPED;
}

/* In order of begin. */
struct alz_tape_nodes {
    struct alz_tape_node *first, *last;
};

struct alz_tape {
    struct alz_out out; /* first: converters have this */
    /* Read when a report is recorded, set before it is played. */
    struct alz_position *position;
    /* Reports go here at once, when it is set, and not on the tape. */
    void (*report)(void *ctx, const struct alz_diag *diag,
                   struct alz_str detail);
    void *ctx;

    struct alz_store events;
    bool failure_said;          /* of the store's error */
    struct alz_refs refs;       /* of open nodes */
    struct alz_tape_nodes open; /* at top level */
    struct alz_tape_node *idle; /* to be used again */
    bool cut;     /* what ends now was cut by the end of the input */
    bool crowded; /* too many nodes were open at once: it was said */

    struct alz_tape_test *tests; /* in order of begin */
    size_t test_count, test_cap;
    uint32_t *buckets; /* of keys: number + 1 of the latest test, or 0 */
    size_t bucket_count;

    /* Texts of the event in hand, or of an identity; while it is played, refs
     * of nodes that are open. */
    struct alz_text payload;
    alz_ref *played;
};

void alz_tape_init(struct alz_tape *tape);
/* Nothing more is recorded: ends what is open (tests as INCOMPLETE, unless
 * the input was COMPLETE), and makes tests ready to be found. */
void alz_tape_finish(struct alz_tape *tape, enum alz_ending ending);
void alz_tape_done(struct alz_tape *tape);
/* errno of the first failure, 0: none. */
static inline int alz_tape_error(const struct alz_tape *tape)
{
    return tape->events.error;
}
static inline void alz_tape_starve(struct alz_tape *tape)
{
    if (!tape->events.error)
        tape->events.error = ENOMEM;
}

/* Key of an identity: FULL_NAME, or CLASS and NAME, or NAME alone, which is of
 * another kind. 0: no identity, or out of memory. */
uint64_t alz_tape_key(struct alz_tape *tape, struct alz_str full_name,
                      struct alz_str class_name, struct alz_str name);

/* The latest test of that key; the one before it of the same key; or NULL. */
struct alz_tape_test *alz_tape_find(const struct alz_tape *tape, uint64_t key);
struct alz_tape_test *alz_tape_before(const struct alz_tape *tape,
                                      const struct alz_tape_test *test);

/*
 * Says everything again, but for tests that were taken: nothing of them is
 * said, taken is told instead, with the parent as it is known to `out`.
 */
struct alz_tape_player {
    struct alz_out *out;
    void (*taken)(void *ctx, alz_ref parent, const struct alz_tape_test *test);
    void *ctx;
};
void alz_tape_play(struct alz_tape *tape, const struct alz_tape_player *player);
/* One test, at top level; no reports. */
void alz_tape_play_test(struct alz_tape *tape, const struct alz_tape_test *test,
                        struct alz_out *out);

/* Appends what people call it: "CLASS.NAME". A text that is full is out of
 * memory. */
void alz_tape_name(struct alz_tape *tape, const struct alz_tape_test *test,
                   struct alz_text *ret);

#endif
