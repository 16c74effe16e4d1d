/* tap.h - state and parts of the TAP converter. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TAP_H
#define ALZ_TAP_H

#include "line.h"

#include <allurize/read.h>

/*
 * A stream is a row of documents; a document is a stack of levels: itself and
 * the subtests open in it. At most one test point is pending: the last one
 * seen, until a line comes that cannot belong to it. A point that closes a
 * subtest carries what was counted there. Everything kept has a ceiling, and
 * no number of the input sizes anything.
 */
enum {
    TAP_DEPTH_MAX = 250,           /* deeper subtests are read as flat */
    TAP_YAML_MAX = 1024 * 1024,    /* bytes of one YAML block */
    TAP_OUTPUT_MAX = 10240 * 1024, /* bytes of output before one point */
    TAP_MESSAGE_MAX = 4096,
    TAP_NUMBERS_MAX = 1024, /* test numbers remembered one by one */
    TAP_STEP = 4,           /* columns of one level */
    TAP_KTAP_STEP = 2
};

struct tap;

/* ---- what is told (diag.c) -------------------------------------------- */

enum tap_diag {
    TAP_NO_MEMORY,
    TAP_NO_TAP,
    TAP_NO_PLAN,
    TAP_NO_SUBPLAN,
    TAP_PLAN_UNMET,
    TAP_SECOND_PLAN,
    TAP_ASTRAY,
    TAP_REPEATED,
    TAP_BAILED,
    TAP_UNFINISHED,
    TAP_UNCLOSED,
    TAP_CUT,
    TAP_UNNAMED,
    TAP_UNNAMED_MANY,
    TAP_YAML_OPEN,
    TAP_YAML_BAD,
    TAP_YAML_LONG,
    TAP_OUTPUT_LONG,
    TAP_GLUED,
    TAP_CASE,
    TAP_DEEP,
    TAP_STRICT,
    TAP_TOTAL,
    TAP_EXIT,
    TAP_OTHER_NAME,
    TAP_OPTION,
    TAP_DIAG_COUNT
};

void tap_report(struct tap *tap, enum tap_diag which, struct alz_str detail);
/* At most once an input. */
void tap_report_once(struct tap *tap, enum tap_diag which,
                     struct alz_str detail);

/* ---- text (text.c) ---------------------------------------------------- */

/* Appends; out of memory is remembered, and nothing is told any more. */
void tap_put(struct tap *tap, struct alz_text *text, struct alz_str bytes);
void tap_put_number(struct tap *tap, struct alz_text *text, uint64_t number);
void tap_set(struct tap *tap, struct alz_text *text, struct alz_str bytes);
/* text with \# (and \\, if `backslash`) undone. */
void tap_set_unescaped(struct tap *tap, struct alz_text *text,
                       struct alz_str bytes, bool backslash);
/* Makes room for len bytes, so that nothing fails while a test is told. */
void tap_reserve(struct tap *tap, struct alz_text *text, struct alz_str like);
/* text without terminal escapes; the scratch holds it when there were any. */
struct alz_str tap_plain(struct tap *tap, struct alz_str text,
                         struct alz_text *scratch);
/* Cuts the first line off *rest; false when *rest was empty. */
bool tap_line_split(struct alz_str *rest, struct alz_str *ret);
bool tap_has(struct alz_str text, const char *part);
bool tap_contains(struct alz_str text, struct alz_str part);
/* Offset of part, or the length of text. */
size_t tap_find_or_end(struct alz_str text, const char *part);

/* ---- prefixes (prefix.c) ---------------------------------------------- */

/* What a serial console, dmesg or a CI system puts before every line. Digits
 * stand for digits or blanks, so that clocks fit. */
struct tap_prefix {
    struct alz_text shape; /* "": none */
    bool search;           /* take it from the version line */
};

/* The line without the prefix; as it is when it does not begin so. */
struct alz_str tap_prefix_strip(const struct tap_prefix *prefix,
                                struct alz_str line);
/* Looks for a prefix before "TAP version N". */
void tap_prefix_find(struct tap *tap, struct alz_str line);

/* ---- counting (plan.c) ------------------------------------------------ */

struct tap_plan {
    bool said;
    bool late; /* after the points */
    uint64_t first, last;
    bool todo;
    uint64_t todos[TAP_NUMBERS_MAX / 64];
    struct alz_text reason;
};

struct tap_count {
    uint64_t points;
    uint64_t next; /* the number expected; 0: no point yet */
    uint64_t lowest, highest;
    bool repeated, unnumbered;
    uint64_t seen[TAP_NUMBERS_MAX / 64];
};

struct tap_level;

uint64_t tap_plan_size(const struct tap_plan *plan);
bool tap_plan_met(const struct tap_level *level);
/* "planned 5, ran 3: missing 2, 4-5"; false: it is met. */
bool tap_plan_unmet(struct tap *tap, const struct tap_level *level,
                    struct alz_text *ret);
void tap_plan_take(struct tap *tap, size_t at);
bool tap_plan_todo(const struct tap_plan *plan, uint64_t number);
uint64_t tap_next_number(const struct tap_level *level);
/* Counts a point; returns its number. */
uint64_t tap_count_point(struct tap_level *level,
                         const struct tap_point_line *point);

/* ---- points (point.c) ------------------------------------------------- */

/* The verdicts read below something. */
struct tap_tally {
    uint64_t results, failed;
    enum alz_status worst;
    struct alz_text first_bad; /* "name: message" of the first one */
};

/* A subtest that has ended. */
struct tap_closed {
    bool any;
    enum alz_kind kind;
    alz_ref ref; /* 0: nothing was told of it */
    bool told_name;
    bool skipped; /* 1..0 */
    struct alz_text name, reason, problem;
    struct tap_tally tally;
    int64_t start_ms;
};

enum tap_yaml_state { TAP_YAML_NONE, TAP_YAML_INSIDE, TAP_YAML_DONE };

struct tap_point {
    bool open;
    bool ok, dashed, unnamed;
    bool cut;    /* its line was not complete */
    bool extra;  /* not counted: below TAP_DEPTH_MAX */
    bool wordy;  /* indented text follows it (mocha) */
    bool broken; /* a crash, a timeout: found in its name */
    size_t indent;
    size_t at; /* its level */
    uint64_t number;
    enum tap_directive_kind directive;
    bool flaky, todo_skip;
    int64_t duration_ms; /* -1: not said */
    int64_t start_ms, stop_ms;
    struct alz_text name, reason, exit;
    struct alz_text head;     /* the suite its name begins with */
    struct alz_text identity; /* its name, where it is not `name` */
    struct alz_text message, source;
    struct alz_text comments, output, yaml;
    enum tap_yaml_state yaml_state;
    size_t yaml_indent;
    struct tap_closed closed;
};

/* The line in hand is a point. */
void tap_point_begin(struct tap *tap, size_t at);
/* Tells the pending point, if there is one. */
void tap_point_flush(struct tap *tap);
void tap_point_clear(struct tap_point *point);
void tap_point_done(struct tap_point *point);

/* ---- levels (level.c, subtest.c) -------------------------------------- */

struct tap_level {
    size_t indent;
    enum alz_kind kind; /* SUITE, or TEST or STEP with --tap-level */
    alz_ref ref;
    bool told_name;
    bool stated; /* it has a plan, a version or points of its own */
    bool hashed; /* its lines stand behind "# " */
    bool braced;
    bool bailed;               /* "# Bail out!", only behind "# " */
    struct alz_text name;      /* "": not known yet */
    struct alz_text announced; /* by "# Subtest:", for the next child */
    bool announcing;
    struct tap_point opener; /* of a braced one */
    struct tap_plan plan;
    struct tap_count count;
    struct tap_tally tally;
    struct alz_text head; /* suite inside this level: tape, Check */
    alz_ref head_ref;
    struct tap_tally head_tally;
    int64_t start_ms;
};

enum { TAP_NOWHERE = 1 << 30 };

/* The level at whose column the line in hand stands, opened if need be;
 * TAP_NOWHERE: the line is no TAP. */
size_t tap_level_find(struct tap *tap);
/* Opens one level inside the innermost; false: too deep or no memory. */
bool tap_level_push(struct tap *tap, size_t indent);
/* Forgets the innermost. */
void tap_level_pop(struct tap *tap);
void tap_level_clear(struct tap_level *level);
void tap_level_done(struct tap_level *level);
static inline struct tap_level *tap_innermost(struct tap *tap);

/* The node that the points of a level belong to, begun with those around. */
alz_ref tap_level_node(struct tap *tap, size_t at);
/* The same for points of one head ("": none). */
alz_ref tap_head_node(struct tap *tap, size_t at, struct alz_str head);
void tap_head_end(struct tap *tap, struct tap_level *level);
/* "a > b"; false when a name in it is not known yet. */
bool tap_level_path(struct tap *tap, size_t depth, struct alz_text *ret);
enum alz_kind tap_kind_below(enum alz_kind kind);

/* The point in hand closes the child of its level. */
void tap_subtest_close(struct tap *tap, size_t at);
/* "{" was read: what follows is inside the pending point. */
void tap_subtest_open_brace(struct tap *tap);
/* "}" was read; false: it closes nothing. */
bool tap_subtest_close_brace(struct tap *tap, size_t indent);
/* Ends the levels above `depth` that nobody closed. */
void tap_subtest_abandon(struct tap *tap, size_t depth, bool at_end);

/* ---- telling (tell.c, problem.c, detail.c) ---------------------------- */

/* What the YAML and the comments of a point say. */
struct tap_detail {
    struct alz_text message, trace, expected, actual, source;
    struct alz_text full;     /* a message of several lines, or comments */
    struct alz_text exit;     /* exitCode */
    struct alz_text fallback; /* message when there is no better one */
    int64_t duration_ms;      /* -1: not said */
    bool broken;              /* severity, failureType */
    bool hook;                /* failureType: hookFailed */
    bool raw;                 /* it was not YAML */
};

/* Into tap->detail. */
void tap_detail_read(struct tap *tap, const struct tap_point *point);
void tap_keys_read(struct tap *tap, struct alz_str block); /* keys.c */
void tap_detail_done(struct tap_detail *detail);
void tap_detail_message(struct tap *tap, struct alz_str text);
/* "file:///a.js:3:40" -> "a.js:3"; the first one stands. */
void tap_detail_source(struct tap *tap, struct alz_str place);
/* Parameters, labels, links, attachments and steps of the YAML. */
void tap_extras_tell(struct tap *tap, const struct tap_point *point,
                     alz_ref ref, bool test);
/* Reserves what that needs, so that it cannot fail half-way. */
void tap_extras_reserve(struct tap *tap, struct alz_str yaml);
/* Comments below a failed point, as Test::More, bats, busted write them; or a
 * message of that kind. */
void tap_comments_read(struct tap *tap, struct alz_str comments);

void tap_tell(struct tap *tap, struct tap_point *point);
void tap_tell_origin(struct tap *tap, alz_ref ref);
void tap_tally_add(struct tap *tap, struct tap_tally *tally,
                   enum alz_status status, struct alz_str name,
                   struct alz_str message);
void tap_tally_join(struct tap *tap, struct tap_tally *to,
                    const struct tap_tally *from);
/* The verdict of a TEST or STEP that is as bad as its worst step. */
void tap_tally_tell(struct tap *tap, const struct tap_tally *tally, alz_ref ref,
                    enum alz_kind kind);

/* A verdict that belongs to no point: "(plan)", "(run)", "(suite error)". */
struct tap_problem {
    const char *what;
    struct alz_str owner; /* name of the suite it happened in */
    struct alz_str message, trace, source;
    size_t depth; /* levels on its path */
    bool inner;   /* and the owner, which is no level any more */
    bool real;    /* a test of the author's that never ended */
};

void tap_problem_tell(struct tap *tap, alz_ref parent, enum alz_kind kind,
                      struct tap_tally *tally,
                      const struct tap_problem *problem);
/* At a level that is still open. */
void tap_level_problem(struct tap *tap, size_t at, const char *what,
                       struct alz_str message);

/* ---- names (dialect.c) ------------------------------------------------ */

/* Takes out of a point's name what its producer put there besides. */
void tap_dialect_name(struct tap *tap, struct tap_point *point);
/* The producer, once: as its first point shows it. */
void tap_dialect_settle(struct tap *tap, const struct tap_point *point);
/* Looks for the producer in a comment. */
void tap_dialect_see(struct tap *tap, struct alz_str comment);
/* A comment that counts or closes: "tests 4", "Looks like you failed ...". */
bool tap_is_trailer(struct tap *tap, struct alz_str comment);

/* ---- output (output.c) ------------------------------------------------ */

void tap_output_add(struct tap *tap, struct alz_str line);
void tap_output_tell(struct tap *tap, struct alz_text *output, alz_ref ref);

/* ---- rows (rows.c, text_rows.c), documents (document.c, prove.c) ------- */

void tap_document_begin(struct tap *tap);
void tap_document_end(struct tap *tap, enum alz_ending ending);
/* Anything was read that the next version line ends. */
bool tap_document_used(const struct tap *tap);
/* A new document before the point in hand, if it begins one. */
void tap_document_turn(struct tap *tap);

/* Makes the line in hand; true: it is inside YAML or behind a bail-out. */
bool tap_row_prepare(void *state, struct alz_out *out,
                     const struct alz_line *line);
/* These look at the line in hand only. */
bool tap_row_prove(void *state, struct alz_out *out,
                   const struct alz_line *line);
bool tap_row_version(void *state, struct alz_out *out,
                     const struct alz_line *line);
bool tap_row_plan(void *state, struct alz_out *out,
                  const struct alz_line *line);
bool tap_row_point(void *state, struct alz_out *out,
                   const struct alz_line *line);
bool tap_row_subtest(void *state, struct alz_out *out,
                     const struct alz_line *line);
bool tap_row_comment(void *state, struct alz_out *out,
                     const struct alz_line *line);
bool tap_row_pragma(void *state, struct alz_out *out,
                    const struct alz_line *line);
bool tap_row_bail(void *state, struct alz_out *out,
                  const struct alz_line *line);
bool tap_row_yaml(void *state, struct alz_out *out,
                  const struct alz_line *line);
bool tap_row_brace(void *state, struct alz_out *out,
                   const struct alz_line *line);
bool tap_row_glued(void *state, struct alz_out *out,
                   const struct alz_line *line);
bool tap_row_text(void *state, struct alz_out *out,
                  const struct alz_line *line);

/* heads.c: "# name" before the points of a group, as tape writes it. */
bool tap_head_take(struct tap *tap, struct alz_str comment);
/* The point in hand belongs to the group named last. */
void tap_head_use(struct tap *tap, struct tap_point *point);

/* ---- everything ------------------------------------------------------- */

enum tap_grain { TAP_LEAF, TAP_GROUP, TAP_FILE };
enum tap_choice { TAP_AUTO, TAP_ON, TAP_OFF };

/* How sure we are that "# text" before points is a test's name. */
enum tap_heads { TAP_HEADS_UNKNOWN, TAP_HEADS_YES, TAP_HEADS_NO };

struct tap {
    struct alz_out *out;
    const struct alz_input *in;
    enum tap_grain grain;
    enum tap_choice hash_nested;
    bool xpass_fails;
    struct tap_prefix prefix;

    /* The line in hand. */
    const struct alz_line *source;
    struct alz_text clean;
    struct alz_str shown; /* without prefix, with colours */
    struct tap_line line;
    bool unwrapped; /* it stood behind "# " */
    bool flat;      /* it stands deeper than TAP_DEPTH_MAX */

    /* The document in hand. */
    struct alz_text document; /* its name */
    struct tap_level *levels[TAP_DEPTH_MAX];
    size_t depth;
    struct tap_point point;
    struct alz_text output;
    uint64_t version; /* 0: none said */
    bool ktap;
    bool strict;
    bool bailed;
    struct alz_text bail_reason;
    bool lone_not; /* a line "not": VMS cuts lines there */
    bool cut_plan; /* the input ends inside a plan */
    bool second_plan;
    struct tap_plan_line next_plan;
    size_t flat_indent; /* below TAP_DEPTH_MAX: column of the last point */
    bool flat_failed;
    enum tap_heads heads;
    struct alz_text next_head;
    uint64_t all_points, declared_tests;
    struct alz_text exit; /* prove's word about the document */

    /* The stream. */
    bool prove, prove_summary;
    bool any_tap;
    struct alz_text first_line;
    const char *framework, *language;
    bool settled; /* the two */
    bool criterion, check, kselftest;
    uint64_t points, unnamed;
    int64_t last_ms; /* when the previous point ended; 0: not live */
    uint32_t reported;
    bool whole_lines; /* the producer ends every line */
    bool announced;   /* the point in hand was, at its own level */
    bool no_memory;

    struct tap_detail detail;
    /* 0 message, 1-2 what is being put together, 3-5 values of YAML */
    struct alz_text scratch[6];
};

static inline struct tap_level *tap_innermost(struct tap *tap)
{
    return tap->levels[tap->depth - 1];
}

/* options.c */
int tap_options_read(struct tap *tap, const struct alz_input *in);
extern const struct alz_converter_option tap_options[];

#endif
