/* console.h - state and parts of the converter of GoogleTest's console. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_GTEST_CONSOLE_H
#define ALZ_GTEST_CONSOLE_H

#include "gtest/shared.h"

/*
 * A test is open from its RUN line to its result line and is told at once.
 * Results carry names, so the lines of several runs in one stream (a test that
 * starts another GoogleTest, one program behind another that crashed) find
 * their tests: open tests are a stack, and text belongs to the latest.
 */
enum {
    GTCON_OPEN_MAX = 64,         /* tests at a time */
    GTCON_BLOCK_MAX = 64 * 1024, /* of one failure; the rest is output */
    GTCON_TAIL_MAX = 4 * 1024,   /* of the last output before a crash */
    GTCON_NAMES_MAX = 1024 * 1024
};

#define GTCON_NO_TIME INT64_MIN

/* ---- lines (scan.c) --------------------------------------------------- */

enum gtcon_mark {
    GTCON_TEXT, /* no mark */
    GTCON_BAR,  /* [==========] */
    GTCON_RULE, /* [----------] */
    GTCON_RUN,
    GTCON_OK,
    GTCON_FAILED,
    GTCON_SKIPPED,
    GTCON_ERROR,
    GTCON_PASSED,
    GTCON_DISABLED,
    GTCON_LINE
};

/* What stands in brackets at the start; *ret_rest: behind them. */
enum gtcon_mark gtcon_mark_read(struct alz_str line, struct alz_str *ret_rest);
/* Cuts a number off the start. */
bool gtcon_take_number(struct alz_str *text, uint64_t *ret);
/* " (12 ms)" at the end of *text, which is cut off. */
bool gtcon_take_ms(struct alz_str *text, int64_t *ret_ms);
/* "t.cc:26: Failure", and what else begins a failure or a reason to skip.
 * *ret_body: what of it stands on the line itself. */
enum gtcon_block { GTCON_NO_BLOCK, GTCON_FAILURE, GTCON_REASON };
enum gtcon_block gtcon_block_read(struct alz_str line,
                                  struct alz_str *ret_location,
                                  struct alz_str *ret_body);

/* ---- what is printed (part.c) ----------------------------------------- */

/* Text of a test, of a suite around its tests, or of neither. */
struct gtcon_part {
    alz_ref node;   /* 0: output is not attached, its tail is kept */
    alz_ref output; /* the attachment, once something was said */
    struct alz_text tail;
    bool frozen; /* another run has begun: what follows is not its own */
    struct gtest_failures failures;
    struct alz_text reason;
};

struct gtcon;

void gtcon_part_line(struct gtcon *state, struct alz_out *out,
                     struct gtcon_part *part, struct alz_str line);
/* The failure that is open ends here, and is that part's. */
void gtcon_block_end(struct gtcon *state, struct gtcon_part *part);
void gtcon_block_begin(struct gtcon *state, struct gtcon_part *part,
                       enum gtcon_block kind, struct alz_str location,
                       struct alz_str body);
/* The failures were none: they are output. */
void gtcon_part_give_up(struct gtcon *state, struct alz_out *out,
                        struct gtcon_part *part);
void gtcon_part_clear(struct gtcon_part *part);
void gtcon_part_done(struct gtcon_part *part);
/* Whose text the next line is. */
struct gtcon_part *gtcon_part_now(struct gtcon *state);

/* ---- names that were told (names.c) ----------------------------------- */

/* In order: failed tests are compared with the list at the end, disabled ones
 * with those of the shards before. */
struct gtcon_names {
    struct alz_text text; /* a line each */
    size_t cursor;
    size_t known; /* bytes of the text: of earlier shards */
    unsigned misses;
};

void gtcon_names_add(struct gtcon *state, struct gtcon_names *names,
                     struct alz_str name);
bool gtcon_names_has(struct gtcon_names *names, struct alz_str name);
/* Whether an earlier shard has told that name. */
bool gtcon_names_known(struct gtcon_names *names, struct alz_str name);
void gtcon_names_clear(struct gtcon_names *names);

/* ---- suites and tests (suite.c, test.c, end.c) ------------------------ */

struct gtcon_suite {
    struct gtcon_suite *next;
    alz_ref ref, outer;
    struct alz_text raw; /* the name as it is printed */
    struct alz_text name;
    struct alz_text where; /* "TypeParam = int" */
    bool over;
    size_t open; /* tests */
    struct gtcon_part part;
};

struct gtcon_test {
    struct gtcon_test *below;
    struct gtcon_suite *suite; /* NULL: none */
    struct alz_text raw;
    uint64_t run; /* it began in */
    alz_ref ref;
    int64_t start_ms;
    struct gtcon_part part;
};

/* The suite of that name is the current one from here on. */
struct gtcon_suite *gtcon_suite_enter(struct gtcon *state, struct alz_out *out,
                                      struct alz_str raw);
void gtcon_suite_leave(struct gtcon *state, struct alz_out *out);
void gtcon_suite_leave_all(struct gtcon *state, struct alz_out *out);
/* Ends it when nothing of it is open. */
void gtcon_suite_settle(struct gtcon *state, struct alz_out *out,
                        struct gtcon_suite *suite);
/* A broken result for failures of no test; suite NULL: of none. */
void gtcon_suite_failed(struct gtcon *state, struct alz_out *out,
                        struct gtcon_suite *suite, struct gtcon_part *part);
void gtcon_suites_done(struct gtcon *state);

struct gtcon_test *gtcon_test_begin(struct gtcon *state, struct alz_out *out,
                                    struct alz_str raw, int64_t seen_ms);
/* The latest test of the run in hand; NULL: it is between two tests. */
struct gtcon_test *gtcon_test_now(const struct gtcon *state);
/* The open test that a result line is of; *ret_rest: behind its name. */
struct gtcon_test *gtcon_test_find(struct gtcon *state, struct alz_str text,
                                   struct alz_str *ret_rest);
/* rest: ", where GetParam() = 3 (0 ms)" */
void gtcon_test_end(struct gtcon *state, struct alz_out *out,
                    struct gtcon_test *test, enum gtcon_mark mark,
                    struct alz_str rest, int64_t seen_ms);
void gtcon_test_disabled(struct gtcon *state, struct alz_out *out,
                         struct alz_str raw);
/* No result line came. */
void gtcon_test_lost(struct gtcon *state, struct alz_out *out,
                     struct gtcon_test *test, struct alz_str why);
void gtcon_test_drop(struct gtcon *state, struct alz_out *out,
                     struct gtcon_test *test);
void gtcon_tests_done(struct gtcon *state);
void gtcon_tell_origin(const struct gtcon *state, struct alz_out *out,
                       alz_ref ref);

/* ---- the stream (stream.c, run.c, summary.c) -------------------------- */

bool gtcon_take_plain(void *ctx, struct alz_out *out,
                      const struct alz_line *line);
bool gtcon_take_result(void *ctx, struct alz_out *out,
                       const struct alz_line *line);
bool gtcon_take_run(void *ctx, struct alz_out *out,
                    const struct alz_line *line);
bool gtcon_take_disabled(void *ctx, struct alz_out *out,
                         const struct alz_line *line);
bool gtcon_take_block(void *ctx, struct alz_out *out,
                      const struct alz_line *line);
bool gtcon_take_text(void *ctx, struct alz_out *out,
                     const struct alz_line *line);
bool gtcon_take_bar(void *ctx, struct alz_out *out,
                    const struct alz_line *line);
bool gtcon_take_rule(void *ctx, struct alz_out *out,
                     const struct alz_line *line);
bool gtcon_take_repeat(void *ctx, struct alz_out *out,
                       const struct alz_line *line);
bool gtcon_take_shard(void *ctx, struct alz_out *out,
                      const struct alz_line *line);
bool gtcon_take_summary(void *ctx, struct alz_out *out,
                        const struct alz_line *line);
/* A first line of a run, or of one that prints no first line. */
void gtcon_run_goes_on(struct gtcon *state);
void gtcon_run_finish(struct gtcon *state, struct alz_out *out,
                      enum alz_ending ending);
enum alz_match gtcon_probe(struct alz_str head, struct alz_str base_name);

/* Who prints this way. */
struct gtcon_flavour {
    const char *header; /* the first line holds it */
    const char *framework, *language;
};
extern const struct gtcon_flavour gtcon_flavours[];

/* ---- everything ------------------------------------------------------- */

struct gtcon {
    const struct alz_input *in;
    const struct gtcon_flavour *flavour;
    bool seen;          /* a line of GoogleTest, at all */
    bool loose;         /* results came, and no first line before them */
    bool brief;         /* a run has ended that had no first line */
    bool summary;       /* the run is over, its lists follow */
    bool repeating;     /* a line has announced the next run */
    bool swallow;       /* the rest of a parameter of two lines may follow */
    uint64_t runs, run; /* first lines so far; that of the run in hand */
    uint64_t headers;   /* runs that have begun and not ended */
    uint64_t declared, disabled, disabled_run;
    uint64_t iteration;
    size_t open;
    struct gtcon_test *top;
    struct gtcon_suite *suites, *suite; /* all; the current one or NULL */
    struct gtcon_part outside;
    enum gtcon_block block;
    struct alz_text block_location, block_body;
    struct gtcon_names failed, failed_suites, shared; /* shared: disabled */
    /* of the line in hand */
    struct alz_str plain, rest; /* rest: behind the mark */
    enum gtcon_mark mark;
    struct gtest_room room;
    struct alz_text name, why; /* why: no result line came */
};

#endif
