/* console.h - state and parts of the converter of CTest's console. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CTEST_CONSOLE_H
#define ALZ_CTEST_CONSOLE_H

#include <allurize/read.h>

/*
 * A test lives here as a run from its "Start" line to the line after its
 * result: only then is it known whether another attempt follows, because
 * CTest starts one at once. Several runs are open in a parallel run.
 */
enum {
    CONSOLE_OUTPUT_MAX = 1024 * 1024, /* bytes of an output held back */
    CONSOLE_TEXT_MAX = 64 * 1024,     /* of a name, a reason */
    CONSOLE_ID_MAX = 1000000,         /* numbers of tests */
    CONSOLE_REASON_LINES = 1000
};

#define CONSOLE_NO_TIME INT64_MIN

/* ---- verdicts (verdict.c) --------------------------------------------- */

struct console_verdict {
    enum alz_status status;
    const char *word; /* what CTest says: "Failed", "Timeout", ... */
};

/* What stands behind the dots of a result line: the verdict, and in *ret_rest
 * the text behind its words. NULL: it is none. *ret_before: the text in front
 * of the stars ("Bus error***Exception:"). */
const struct console_verdict *console_verdict_read(struct alz_str text,
                                                   struct alz_str *ret_before,
                                                   struct alz_str *ret_rest);
/* The word in brackets of the lists at the end: "(Failed)". */
const struct console_verdict *console_verdict_listed(struct alz_str word);
extern const struct console_verdict console_passed, console_failed,
    console_not_run, console_disabled, console_skipped, console_timeout,
    console_other, console_interrupted, console_unfinished;

/* ---- lines (scan.c) --------------------------------------------------- */

/* "      Start  1: name" */
struct console_start {
    uint64_t id;
    size_t indent, width; /* blanks in front; of the number, with blanks */
    struct alz_str name;
};

/* " 1/42 Test  #1: name ....   Passed    0.00 sec" */
struct console_result {
    uint64_t number, total; /* total 0: a later attempt has none */
    uint64_t id;
    struct alz_str rest; /* from the name on */
};

bool console_scan_start(struct alz_str line, struct console_start *ret);
bool console_scan_result(struct alz_str line, struct console_result *ret);
/* "31: text" */
bool console_scan_output(struct alz_str line, uint64_t *ret_id,
                         struct alz_str *ret_text);
/* "67% tests passed, 1 tests failed out of 3" */
bool console_scan_summary(struct alz_str line, uint64_t *ret_failed,
                          uint64_t *ret_total);
/* A tab, then "  4 - name (Failed)" */
bool console_scan_listed(struct alz_str line, uint64_t *ret_id,
                         struct alz_str *ret_name, struct alz_str *ret_word);
/* "  0.00 sec" at the end of *text, which is cut off. */
bool console_take_seconds(struct alz_str *text, int64_t *ret_ms);
/* Cuts a number off the start. */
bool console_take_number(struct alz_str *text, uint64_t *ret);

/* ---- runs (run.c, tell.c) --------------------------------------------- */

enum console_phase { CONSOLE_RUNNING, CONSOLE_REASON, CONSOLE_FINISHED };

struct console_run {
    struct console_run *prev, *next; /* in the order of their starts */
    uint64_t id;
    struct alz_text name;
    enum console_phase phase;
    bool shown_live; /* a line of its -V head was seen */
    bool head;       /* inside that head */
    bool progress;   /* known from a progress display only */
    const struct console_verdict *verdict;
    struct alz_text reason;
    size_t reason_lines;
    struct alz_text output; /* all of it, or the head of it once it flows */
    alz_ref ref;            /* 0: not begun */
    alz_ref flow;           /* the attachment that larger output flows to */
    bool said;              /* output is more than blanks */
    unsigned attempts;      /* told */
    int64_t start_ms, duration_ms;
};

struct console;

struct console_run *console_run_find(struct console *state, uint64_t id);
/* Whether a test of that number was told already. */
bool console_run_over(const struct console *state, uint64_t id);
struct console_run *console_run_begin(struct console *state,
                                      struct alz_out *out, uint64_t id,
                                      struct alz_str name);
void console_run_output(struct console *state, struct alz_out *out,
                        struct console_run *run, struct alz_str line);
/* Tells the attempt in hand as an earlier one; the next may begin. */
void console_run_again(struct console *state, struct alz_out *out,
                       struct console_run *run);
/* Tells the run and forgets it. */
void console_run_end(struct console *state, struct alz_out *out,
                     struct console_run *run);
/* Forgets it: it was none. */
void console_run_drop(struct console *state, struct console_run *run);
void console_runs_done(struct console *state);
/* Status, message, trace, times, output of the attempt in hand. */
void console_tell(struct console *state, struct alz_out *out,
                  struct console_run *run, alz_ref node);

/* ---- the stream (stream.c, summary.c) and LastTest.log (log.c) -------- */

/* The test whose result is told when the next line shows it is final. */
void console_release(struct console *state, struct alz_out *out);
/* Begins a suite for what follows, when none is open or its CTest is over. */
void console_project_open(struct console *state, struct alz_out *out);
/* Tells what is left of it, and what it lacks. */
void console_project_end(struct console *state, struct alz_out *out);

bool console_take_colours(void *ctx, struct alz_out *out,
                          const struct alz_line *line);
bool console_take_progress(void *ctx, struct alz_out *out,
                           const struct alz_line *line);
bool console_take_reason(void *ctx, struct alz_out *out,
                         const struct alz_line *line);
bool console_take_output(void *ctx, struct alz_out *out,
                         const struct alz_line *line);
bool console_take_start(void *ctx, struct alz_out *out,
                        const struct alz_line *line);
bool console_take_result(void *ctx, struct alz_out *out,
                         const struct alz_line *line);
bool console_take_project(void *ctx, struct alz_out *out,
                          const struct alz_line *line);
bool console_take_summary(void *ctx, struct alz_out *out,
                          const struct alz_line *line);
bool console_take_listed(void *ctx, struct alz_out *out,
                         const struct alz_line *line);
bool console_take_instead(void *ctx, struct alz_out *out,
                          const struct alz_line *line);
bool console_take_text(void *ctx, struct alz_out *out,
                       const struct alz_line *line);
bool console_take_log(void *ctx, struct alz_out *out,
                      const struct alz_line *line);

/* ---- the journal in front of LastTest.log (journal.c) ----------------- */

/* What tools/ci/AllurizeCTest.cmake saw of the tests: it knows how each of
 * them ended, which the log does not. */
struct console_journal {
    struct alz_map tests; /* by name, attempts and numbers too */
    struct alz_text dirs;
};

bool console_is_journal(struct alz_str line);
void console_journal_line(struct console *state, struct alz_out *out,
                          struct alz_str line);
/* The attempt of the current run is over: its times, and its verdict if the
 * log's is not all. started: CTest has started it. */
void console_journal_apply(struct console *state, struct alz_out *out,
                           bool started);
/* Whether that test was started again later. */
bool console_journal_goes_on(const struct console *state);
/* The directory of a test, "" when it is the top one or unknown. */
struct alz_str console_journal_dir(const struct console *state,
                                   struct alz_str name);
/* Labels of a test that has begun. */
void console_journal_tell(struct console *state, struct alz_out *out,
                          const struct console_run *run);
void console_journal_done(struct console_journal *journal);

/* Where a block of LastTest.log is. */
enum console_log_part {
    CONSOLE_LOG_OFF,     /* this is no such file */
    CONSOLE_LOG_JOURNAL, /* in front of it */
    CONSOLE_LOG_BETWEEN,
    CONSOLE_LOG_HEAD,
    CONSOLE_LOG_OUTPUT,
    CONSOLE_LOG_END,
    CONSOLE_LOG_REASON
};

struct console_log {
    enum console_log_part part;
    bool started;           /* the block names a time */
    bool has_command;       /* and a command */
    bool ruled;             /* the line below "Output:" is over */
    struct alz_text remark; /* between the blocks: why it cannot run */
};

/* ---- everything ------------------------------------------------------- */

struct console {
    const struct alz_input *in;
    bool seen;            /* a line of CTest, at all */
    bool begun;           /* a CTest has begun: it will print a summary */
    bool complete;        /* and has printed it */
    bool anything;        /* a result or a progress of this CTest was seen */
    bool verbose;         /* it numbers the output of tests (-V) */
    bool progress;        /* it draws a progress display */
    bool from_first;      /* its first result was the first */
    alz_ref suite;        /* 0: none is open */
    size_t indent, width; /* of Start lines; 0: none was seen */
    uint64_t total;       /* the 42 of "1/42" */
    uint64_t last;        /* the 1 of it */
    uint64_t finished, disabled;
    uint64_t said_failed, said_total; /* by the summary */
    uint64_t listed_failed;           /* in its last list */
    struct console_run *first, *last_run;
    struct console_run **slots; /* by number */
    size_t slot_count;
    struct console_run *held;    /* finished, may be repeated */
    struct console_run *current; /* that lines without a number are of */
    struct console_log log;
    struct console_journal journal;
    struct alz_text plain, scratch;
    bool no_memory;
};

/* Appends; running out of memory is reported once. */
void console_add(struct console *state, struct alz_out *out,
                 struct alz_text *text, struct alz_str bytes);
void console_out_of_memory(struct console *state, struct alz_out *out);
enum alz_match console_probe(struct alz_str head, struct alz_str base_name);

#endif
