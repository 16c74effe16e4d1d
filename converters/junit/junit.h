/* junit.h - state and parts of the JUnit XML converter. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_JUNIT_H
#define ALZ_JUNIT_H

#include <allurize/read.h>

/*
 * A test's outcomes and small outputs are held until it closes, because only
 * then is it known whether they are of the final attempt (rerunFailure), of
 * two elements that are one test (pytest's tear-down errors), or to be read
 * as steps (behave). Everything held has a ceiling; output beyond it flows
 * straight into its attachment.
 */
enum {
    JUNIT_PARK_MAX = 64 * 1024,     /* bytes of one output held back */
    JUNIT_TRACE_MAX = 1024 * 1024,  /* bytes of one failure's text */
    JUNIT_RECORD_MAX = 4096 * 1024, /* bytes of all failures of a test */
    JUNIT_OUTCOMES_MAX = 100,       /* failures of a test kept in full */
    JUNIT_MESSAGE_MAX = 4096,       /* bytes of a message */
    JUNIT_ATTRS_MAX = 64
};

/* ---- dialects (dialect.c) --------------------------------------------- */

/* What is peculiar to a producer, beyond its names. */
enum {
    JUNIT_TOTALS_LIE = 1,      /* declared numbers are not to be compared */
    JUNIT_SKIPPED_OMITTED = 2, /* skipped tests are counted, not listed */
    JUNIT_HOST_IS_PROJECT = 4, /* hostname holds the project's name */
    JUNIT_LINE_FROM_ZERO = 8,
    JUNIT_PAIRED_TEARDOWN = 16,  /* a tear-down error is a second element */
    JUNIT_SUITE_HIDDEN = 32,     /* the suite's name is a build's name */
    JUNIT_NAME_ALONE = 64,       /* the name holds all the class says */
    JUNIT_LINE_IN_NAME = 128,    /* "module:12 test" */
    JUNIT_RETRY_SECTIONS = 256,  /* attempts are sections of one text */
    JUNIT_ONE_LINE = 512,        /* failure text is console output */
    JUNIT_NAMELESS_SETUP = 2048, /* "" names a set-up or tear-down */
    JUNIT_FAILED_TOTALS = 1024   /* a declared failure without a test is real */
};

struct junit_dialect {
    const char *framework; /* NULL: unknown producer */
    const char *language;  /* NULL: not sure */
    enum alz_naive naive;
    unsigned traits;
};

struct junit;
struct junit_frame;

/* Looks for fingerprints on an element, once the producer is not known. */
void junit_dialect_see(struct junit *state,
                       const struct alz_xml_element *element);
/* The same for a line of output and a property's name. */
void junit_dialect_see_line(struct junit *state, struct alz_str line);
void junit_dialect_see_property(struct junit *state, struct alz_str name);
const struct junit_dialect *junit_dialect_unknown(void);
bool junit_is(struct junit *state, const char *framework);
/* Not a level of anybody's path: "Root Suite", "pytest", "". */
bool junit_suite_name_hidden(struct alz_str name);

/* ---- outcomes (outcome.c, verdict.c, message.c, compare.c) ------------ */

/* What an element of a test says about it. */
struct junit_outcome_kind {
    const char *element;
    enum alz_status status;
    enum junit_role {
        JUNIT_VERDICT, /* of the attempt in hand */
        JUNIT_RERUN,   /* begins the next attempt */
        JUNIT_FLAKY    /* is an earlier attempt by itself */
    } role;
};

struct junit_outcome {
    struct junit_outcome *next;
    const struct junit_outcome_kind *kind;
    enum alz_status status; /* after classification */
    bool known;             /* an expected failure */
    bool overrides;         /* known, and a failure beside it is expected */
    struct alz_text message;
    struct alz_text type;
    struct alz_text text;
    size_t cut;
};

/* An output that was small enough to be held back. */
struct junit_parked {
    struct junit_parked *next;
    bool err;
    struct alz_text bytes;
};

/* One attempt: what was said of it. ref 0: not begun yet. */
struct junit_record {
    alz_ref ref;
    struct junit_outcome *first, *last;
    size_t count;   /* kept */
    size_t dropped; /* beyond JUNIT_OUTCOMES_MAX or JUNIT_RECORD_MAX */
    enum alz_status worst_dropped;
    size_t bytes;
    struct junit_parked *out_first, *out_last;
    size_t parked;
    int64_t start_ms, duration_ms; /* JUNIT_NO_TIME: not said */
};

#define JUNIT_NO_TIME INT64_MIN

void junit_record_init(struct junit_record *record);
void junit_record_done(struct junit_record *record);
struct junit_outcome *junit_outcome_new(struct junit *state,
                                        struct junit_record *record);

/* The verdict of all outcomes; STATUS_NONE if there are none. */
struct junit_verdict {
    enum alz_status status;
    unsigned flags;
};
struct junit_verdict junit_verdict_of(const struct junit_record *record);
/* Decides what an outcome means for this producer. */
void junit_outcome_classify(struct junit *state, struct junit_outcome *outcome);
/* Status, message, trace, steps of a record to its node. */
void junit_record_tell(struct junit *state, struct alz_out *out,
                       const struct junit_record *record, alz_ref ref);

/* The short text for people; cleared and filled. */
void junit_message(struct junit *state, const struct junit_outcome *outcome,
                   struct alz_text *ret);
/* The trace of one outcome, without what `message` says already; headed: its
 * type stands above it. */
void junit_trace(struct junit *state, const struct junit_outcome *outcome,
                 struct alz_str message, bool headed, struct alz_text *ret);
/* First line of text that says something; ptr NULL: none. */
struct alz_str junit_informative(struct junit *state, struct alz_str text);
/* expected and actual, when the text holds both. */
bool junit_compare(struct alz_out *out, alz_ref ref, struct alz_str text);

/* ---- text (repair.c) -------------------------------------------------- */

/* Undoes what this producer did to characters; appended to *ret. */
void junit_repair(struct junit *state, struct alz_str text,
                  struct alz_text *ret);
/* The same, and without terminal escapes. *ret is cleared first. */
struct alz_str junit_clean(struct junit *state, struct alz_str text,
                           struct alz_text *ret);
size_t junit_find(struct alz_str text, struct alz_str part);
struct alz_str junit_trim_end(struct alz_str text);
struct alz_str junit_head(struct alz_str text, size_t len);
/* Cuts to at most max bytes between two characters. */
struct alz_str junit_shorten(struct alz_str text, size_t max);
/* Whether all of the text is one of a NULL-ended list. */
bool junit_word_in(struct alz_str text, const char *const *words);

/* ---- suites (suite.c) ------------------------------------------------- */

struct junit_frame {
    struct junit_frame *up;
    alz_ref ref;
    bool settled; /* name, host and times were told */
    const struct junit_dialect *told;
    struct alz_text name, package, host;
    struct alz_instant start;
    bool has_start;
    int64_t duration_ms;
    uint64_t declared_tests, declared_failed, declared_skipped;
    bool declares;
    uint64_t merged; /* elements that are part of another's test */
    bool reruns;
};

/* Names the suite, now that all is known that will be before its tests. */
void junit_suite_settle(struct junit *state, struct alz_out *out);
void junit_put_number(struct junit *state, struct alz_text *text,
                      uint64_t number);
void junit_suites_unwind(struct junit *state, struct alz_out *out);
/* A verdict that belongs to no test of the source. */
void junit_synthetic(struct junit *state, struct alz_out *out,
                     struct alz_str owner, const char *what,
                     const struct junit_record *record);

/* ---- tests (testcase.c, identity.c, attempt.c) ------------------------ */

/* An element's attributes kept beyond the call. */
struct junit_attrs {
    struct alz_text bytes;
    struct {
        size_t name_len, value_at, value_len, name_at;
    } at[JUNIT_ATTRS_MAX];
    size_t count;
};

struct junit_unique {
    struct alz_text id;      /* JUnit 5's "[engine:...]/[class:...]" */
    struct alz_text display; /* and what it shows for it */
};

struct junit_test {
    bool open;     /* an element <testcase> is open */
    bool waiting;  /* closed, but its pair may follow */
    bool deferred; /* a second element: not yet told whose it is */
    bool nameless;
    alz_ref ref;
    struct alz_text name, class_name;
    struct junit_attrs attrs;    /* of a deferred element */
    enum alz_status attr_status; /* from status="..." */
    const char *attr_message;
    struct junit_record main;  /* the attempt in hand, last the final one */
    struct junit_record extra; /* a flaky* attempt being read */
    unsigned attempts;         /* told so far */
    unsigned flags;
    struct junit_unique unique;
    struct alz_text skip_reason; /* from annotations */
    struct alz_text description;
};

void junit_test_finish(struct junit *state, struct alz_out *out);
/* Tells what is known of a test that the input broke off in. */
void junit_test_abandon(struct junit *state, struct alz_out *out);
/* Called when a child of <testcase> opens: a deferred second element is now
 * known to be a test of its own, unless the child is an error. */
void junit_test_decide(struct junit *state, struct alz_out *out, bool joins);
void junit_test_done(struct junit_test *test);

void junit_tell_synthetic_name(struct junit *state, struct alz_out *out,
                               alz_ref ref, struct alz_str owner,
                               const char *what);
/* GoogleTest: a test keeps its history when it is disabled. */
void junit_without_disabled(struct alz_text *text);
/* Tells name, class and full name. */
void junit_identity_tell(struct junit *state, struct alz_out *out);

/* Makes what was read so far of the test in hand an earlier attempt. */
void junit_attempt_flush(struct junit *state, struct alz_out *out,
                         struct junit_record *record);
/* Splits "Retry #1 ---" sections into attempts. */
void junit_attempt_sections(struct junit *state, struct alz_out *out);

/* ---- properties and output (property.c, output.c, marker.c, body.c) --- */

struct junit_property {
    struct alz_text name, value, item;
    struct alz_text child; /* subfield or list item being read */
    bool open, has_value, subfield;
    size_t items;
};

void junit_property_apply(struct junit *state, struct alz_out *out, alz_ref ref,
                          struct alz_str name, struct alz_str value);
void junit_property_done(struct junit_property *property);

struct junit_output {
    bool open, err;
    struct junit_record *record; /* of a test; NULL: of a suite */
    alz_ref owner;
    alz_ref attachment; /* 0: nothing flowed yet */
    struct alz_text held;
    struct alz_text line; /* an unfinished line */
    bool line_long;       /* its head has flowed already */
    bool in_property;     /* between [[PROPERTY|x]] and its end */
    struct alz_text property_name, property_value;
};

void junit_output_done(struct junit_output *output);
void junit_outputs_tell(struct junit *state, struct alz_out *out,
                        struct junit_record *record, alz_ref ref);
/* Consumes a line that is a marker, not output. */
bool junit_marker_take(struct junit *state, struct alz_out *out,
                       struct junit_output *output, struct alz_str line);
/* The output ended inside a property of several lines. */
void junit_marker_end(struct junit *state, struct alz_out *out,
                      struct junit_output *output);
/* Reads what producers write into a test's output for people. */
void junit_body_read(struct junit *state, struct alz_out *out);

/* ---- everything ------------------------------------------------------- */

/* Who gets character data. */
enum junit_sink {
    JUNIT_SINK_NONE,
    JUNIT_SINK_OUTCOME,
    JUNIT_SINK_PROPERTY,
    JUNIT_SINK_CHILD,
    JUNIT_SINK_OUTPUT
};

struct junit {
    const struct alz_input *in;
    struct alz_out *out; /* from start to done */
    const struct junit_dialect *dialect;
    struct junit_frame *frame; /* innermost open suite */
    struct junit_test test;
    struct junit_outcome *outcome;    /* being read */
    struct junit_record suite_record; /* a suite's own failure */
    struct junit_property property;
    struct junit_output output;
    enum junit_sink sink, outer_sink;
    struct alz_text scratch[4];
    struct alz_text root_name, stranger;
    bool root_seen, foreign;
    uint64_t lost_suites; /* open, but there was no memory for them */
    uint64_t tests, strangers, failed, broken;
    uint64_t root_failures, root_errors;
};

enum junit_report {
    JUNIT_BAD_TIME,
    JUNIT_BAD_TIMESTAMP,
    JUNIT_BAD_TOTAL,
    JUNIT_MANY_OUTCOMES,
    JUNIT_NO_MEMORY,
    JUNIT_BAD_DATA
};
void junit_report(struct alz_out *out, enum junit_report which,
                  struct alz_str detail);
/* The receiver takes this as the end: nothing half told is published. */
void junit_out_of_memory(struct junit *state);
/* alz_text_add, but a text that cannot grow up to its ceiling is reported. */
void junit_put(struct junit *state, struct alz_text *text,
               struct alz_str bytes);

/* time.c: attributes as times; JUNIT_NO_TIME when absent or not understood. */
int64_t junit_duration(struct alz_out *out, struct alz_str text);
bool junit_instant(struct alz_out *out, struct alz_str text,
                   struct alz_instant *ret);
int64_t junit_start_ms(struct junit *state, struct alz_out *out,
                       struct alz_str text);

/* probe.c */
enum alz_match junit_probe(struct alz_str head, struct alz_str base_name);
/* The producer's name of a foreign root, NULL: not known to us. */
const char *junit_foreign_root(struct alz_str root, struct alz_str child);
bool junit_own_root(struct alz_str root);
void junit_foreign_report(struct junit *state, struct alz_out *out);

/* The document's root was closed. */
void junit_root_end(struct junit *state, struct alz_out *out);

/* Row functions of junit.c's table. */
void junit_root_open(void *state, struct alz_out *out,
                     const struct alz_xml_element *element);
void junit_root_close(void *state, struct alz_out *out, struct alz_str text,
                      size_t cut);
void junit_suite_open(void *state, struct alz_out *out,
                      const struct alz_xml_element *element);
void junit_suite_close(void *state, struct alz_out *out, struct alz_str text,
                       size_t cut);
void junit_testcase_open(void *state, struct alz_out *out,
                         const struct alz_xml_element *element);
void junit_testcase_close(void *state, struct alz_out *out, struct alz_str text,
                          size_t cut);
void junit_outcome_open(void *state, struct alz_out *out,
                        const struct alz_xml_element *element);
void junit_stack_open(void *state, struct alz_out *out,
                      const struct alz_xml_element *element);
void junit_outcome_close(void *state, struct alz_out *out, struct alz_str text,
                         size_t cut);
void junit_output_open(void *state, struct alz_out *out,
                       const struct alz_xml_element *element);
void junit_output_close(void *state, struct alz_out *out, struct alz_str text,
                        size_t cut);
void junit_output_text(struct junit *state, struct alz_out *out,
                       struct alz_str piece);
void junit_property_open(void *state, struct alz_out *out,
                         const struct alz_xml_element *element);
void junit_property_close(void *state, struct alz_out *out, struct alz_str text,
                          size_t cut);
void junit_item_open(void *state, struct alz_out *out,
                     const struct alz_xml_element *element);
void junit_item_close(void *state, struct alz_out *out, struct alz_str text,
                      size_t cut);

#endif
