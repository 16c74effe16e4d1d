/* log.h - parts of the converter that reads any log by regular expressions. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_LOG_H
#define ALZ_LOG_LOG_H

#include "rules.h"
#include "scan.h"

#include <allurize/read.h>

/*
 * A line is prepared (text.c), offered to the rules (engine.c), and the rule
 * that takes it does its event (events.c) to a suite (suites.c), a test
 * (tests.c, tell.c) or a block of lines (block.c). Facts of a test are kept
 * here until it is told in one go: a later line may still change its verdict.
 */
enum {
    LOG_OUTPUT_MAX = 10 * 1024 * 1024, /* of a test's output, of a block */
    LOG_VARIABLE_MAX = 4096,           /* it may be set to twice itself */
    LOG_OPEN_MAX = 10000,              /* tests kept */
    LOG_DEPTH_MAX = 60,                /* suites in suites */
    LOG_BUCKETS = 8192
};

/* ---- suites ----------------------------------------------------------- */

struct log_suite {
    struct log_suite *parent;
    alz_ref top, ref; /* of the first and the last level of its path */
    struct alz_text path;
    size_t uses; /* open tests and suites in it, and being the current one */
    size_t indent;
    bool named;
};

/* ---- tests ------------------------------------------------------------ */

/* Facts of a test that are text. */
enum log_fact {
    LOG_NAME,
    LOG_CLASS,
    LOG_FULL_NAME,
    LOG_ID,
    LOG_MESSAGE,
    LOG_TRACE,
    LOG_EXPECTED,
    LOG_ACTUAL,
    LOG_DESCRIPTION,
    LOG_HOST,
    LOG_THREAD,
    LOG_SOURCE,
    LOG_STDOUT,
    LOG_STDERR,
    LOG_FACT_COUNT
};

struct log_test {
    struct log_test *prev, *next; /* in order of their first lines */
    struct log_test *chain;       /* of the same bucket */
    struct log_test **chained;    /* what points to this one */
    struct log_suite *suite;      /* NULL: top level */
    struct alz_text key;
    struct alz_text facts[LOG_FACT_COUNT];
    struct alz_text extras; /* pairs, steps, files: extras.c */
    size_t steps;           /* open ones */
    enum alz_status status;
    unsigned flags;
    int64_t start_ms, stop_ms, duration_ms;
    alz_ref outer; /* begun for earlier attempts */
    bool running;  /* no end was seen */
    size_t indent; /* of an item; SIZE_MAX: it is no item */
};

/* ---- everything ------------------------------------------------------- */

struct log_block {
    const struct log_rule *rule; /* NULL: none is open */
    struct log_test *test;       /* NULL: its lines are dropped */
    struct alz_text text;
    size_t lines;
    size_t indent; /* of its first line, to be taken off */
};

struct log {
    const struct alz_input *in;
    struct alz_out *out;
    struct log_rules *rules; /* owned */
    struct log_matcher matcher;
    struct log_scan *scan;
    struct log_groups stamp; /* of the prefix */
    size_t state;
    struct alz_text *variables; /* rules->variable_count */
    struct log_suite *stack;    /* innermost of suite.start */
    struct log_suite *group;    /* of tests that name their suite */
    struct log_test *first, *last;
    struct log_test *buckets[LOG_BUCKETS];
    size_t test_count;
    struct log_test *current; /* that lines without a key are of */
    struct log_test *recent;  /* ended last: not told yet */
    struct log_block block;
    struct log_clock clock;
    const struct log_rule *rule; /* in hand */
    const struct alz_line *line;
    struct alz_text clean, repaired, scratch, key;
    struct alz_str pending; /* the line in hand, prepared */
    int64_t stamp_ms;       /* of the line's prefix */
    uint64_t *hits;         /* of each rule, to explain */
    uint64_t taken, untaken;
    bool found;       /* the next line is one that a rule may take */
    bool counts_days; /* by the times of all lines */
    bool explain;
    bool in_sample;
    bool seen; /* a rule that says something took a line */
    bool ending_required, ending_seen;
    bool holds;           /* lines far below may speak of a test */
    bool last_may_change; /* the next line may say more of the last test */
    bool too_many;        /* running tests, it was said */
    bool no_memory;
};

/* A log_text that grew beyond its ceiling is cut, below it memory is out. */
void log_add(struct log *log, struct alz_text *text, struct alz_str bytes);
void log_set(struct log *log, struct alz_text *text, struct alz_str bytes);
void log_out_of_memory(struct log *log);

/* engine.c */
int log_begin(struct log *log, struct alz_out *out, const struct alz_input *in,
              struct log_rules *rules);
bool log_take(void *state, struct alz_out *out, const struct alz_line *line);
/* Says when that takes too long: of a rule, or of "prefix". */
bool log_matches(struct log *log, struct alz_str who,
                 const struct log_regex *regex, struct alz_str text);
/* Cuts off what stands before every line; it may say when the line was. */
struct alz_str log_cut_prefix(struct log *log, struct alz_str text);
/* The line, or some of them, is output of the current test. */
bool log_take_unmatched(struct log *log, struct alz_str text);
void log_end(struct log *log, enum alz_ending ending);
void log_release(struct log *log); /* frees everything but the rules */
/* The field's value in the line in hand; {NULL, 0}: it has none. Borrowed
 * until the next call. */
struct alz_str log_field(struct log *log, enum log_field field);

/* skip.c */
int log_skip_init(struct log *log);
/* alz_converter.skip */
size_t log_skip(void *state, struct alz_str lines, bool again);
/* The line is one that no rule takes: it is done with. */
bool log_skip_line(struct log *log, struct alz_str text);

/* text.c */
/* The line as UTF-8 without terminal escapes, borrowed or in the log. */
struct alz_str log_prepare(struct log *log, struct alz_str text);
/* Nothing is to be done to any of these lines. */
bool log_is_prepared(const struct log *log, struct alz_str lines);

/* groups.c */
struct alz_str log_expand(struct log *log, const struct log_value *value,
                          struct alz_text *room);

/* events.c */
struct log_event {
    const char *name;
    void (*run)(struct log *log);
    bool names;   /* needs a name */
    bool ends;    /* can end a test */
    bool says;    /* something of tests */
    bool is_late; /* may speak of a test that has ended */
    bool revises; /* may take back what the line before said */
};
extern const struct log_event log_events[]; /* name NULL end */
const struct log_event *log_event_find(struct alz_str name);

/* facts.c: the fields of the line in hand, put into a test. */
void log_take_facts(struct log *log, struct log_test *test);
void log_take_pairs(struct log *log, struct log_test *test);
void log_take_status(struct log *log, struct log_test *test);
enum alz_status log_status(struct log *log, unsigned *flags);
/* Milliseconds of the line's duration; LOG_NO_TIME. */
int64_t log_duration(struct log *log);
int64_t log_moment(struct log *log, enum log_field field);

/* tests.c */
struct log_test *log_test_new(struct log *log, struct alz_str key);
struct log_test *log_test_find(struct log *log, struct alz_str key,
                               bool running);
/* Tells it and forgets it. */
void log_test_end(struct log *log, struct log_test *test);
/* Forgets it without a word: it was none. */
void log_test_cancel(struct log *log, struct log_test *test);
/* The same test once more: what is known is an earlier attempt. */
void log_test_again(struct log *log, struct log_test *test);
/* It has ended; the one that ended before is told, if nothing more can come. */
void log_test_settle(struct log *log, struct log_test *test);
/* Running tests of a suite (NULL: all) get no end any more. */
void log_tests_abandon(struct log *log, const struct log_suite *suite,
                       struct alz_str why);
void log_tests_finish(struct log *log);
/* Gives the tests of a suite its name as their class, tells those that ended.
 */
void log_tests_classify(struct log *log, const struct log_suite *suite,
                        struct alz_str name);
struct log_test *log_test_find_without(struct log *log, struct alz_str key,
                                       enum log_fact fact);
void log_test_free(struct log_test *test);
bool log_is_bad(enum alz_status status);

/* tell.c */
void log_tell(struct log *log, struct log_test *test);
void log_tell_attempt(struct log *log, struct log_test *test);

/* extras.c: what a test has any number of, one after the other in a text. */
enum log_extra {
    LOG_EXTRA_PAIR, /* kind, name, value */
    LOG_EXTRA_STEP,
    LOG_EXTRA_STEP_END,
    LOG_EXTRA_FILE
};
void log_extra_add(struct log *log, struct log_test *test, enum log_extra what,
                   int number, struct alz_str a, struct alz_str b);
void log_extras_tell(struct log *log, struct log_test *test, alz_ref node);

/* suites.c */
void log_suite_start(struct log *log);
void log_suite_end(struct log *log);
/* The suite of the line in hand, with one more use; NULL: top level. */
struct log_suite *log_suite_use(struct log *log);
void log_suite_drop(struct log *log, struct log_suite *suite);
/* Leaves suites that are indented at least as far as the line in hand. An item
 * that is indented less far, right above the line, becomes a suite. */
void log_suite_indent(struct log *log);
void log_suites_finish(struct log *log);
void log_frame(struct log *log, alz_ref ref);

/* block.c */
void log_block_begin(struct log *log);
/* True: the line was of the block. */
bool log_block_take(struct log *log, struct alz_str text);
void log_block_end(struct log *log);
enum log_fact log_block_fact(const struct log_rule *rule);

/* samples.c: -1 after reporting the first one that fails. */
int log_samples_check(struct log_load *load, const struct alz_input *in);

#endif
