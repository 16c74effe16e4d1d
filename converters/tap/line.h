/* line.h - what one line of TAP says, without knowing its neighbours. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TAP_LINE_H
#define ALZ_TAP_LINE_H

#include <allurize/read.h>

/* A TAB is as wide as one level of nesting, as the first KUnit wrote it. */
enum { TAP_TAB_COLUMNS = 4 };

enum tap_kind {
    TAP_BLANK,
    TAP_VERSION, /* TAP version 14, KTAP version 1 */
    TAP_PLAN,    /* 1..3 # SKIP why */
    TAP_POINT,   /* not ok 2 - name # TODO why */
    TAP_COMMENT, /* # text */
    TAP_PRAGMA,  /* pragma +strict */
    TAP_BAIL,    /* Bail out! why */
    TAP_YAML,    /* --- */
    TAP_OPEN,    /* { alone */
    TAP_CLOSE,   /* } alone */
    TAP_TEXT     /* anything else */
};

struct tap_plan_line {
    uint64_t first, last; /* UINT64_MAX: larger than any number */
    struct alz_str todo;  /* "2 3" of the old "1..3 todo 2 3" */
    struct alz_str hash;  /* behind the # */
};

struct tap_point_line {
    bool ok;
    bool numbered;
    bool dashed; /* "- " before the description */
    bool braced; /* "{" at the end: its subtest follows */
    uint64_t number;
    struct alz_str description; /* still escaped */
    struct alz_str hash;        /* behind the first # that is none of the
                                   description; ptr NULL: there is none */
};

/* All texts point into the line. */
struct tap_line {
    enum tap_kind kind;
    size_t indent;       /* columns */
    struct alz_str text; /* without the blanks around it */
    struct alz_str rest; /* COMMENT: behind "# "; BAIL: why; PRAGMA: all */
    uint64_t version;
    bool ktap;
    struct tap_plan_line plan;
    struct tap_point_line point;
};

/* Pure. text has neither colours nor a prefix. */
void tap_line_parse(struct alz_str text, struct tap_line *ret);

/* What stands behind the # of a test point. */
enum tap_directive_kind {
    TAP_NO_DIRECTIVE,
    TAP_SKIP,
    TAP_TODO,
    TAP_XFAIL, /* failed, as expected */
    TAP_TIMEOUT,
    TAP_ERROR
};

struct tap_directive {
    enum tap_directive_kind kind;
    bool flaky;
    bool todo_skip;        /* "TODO & SKIP": the reason is no name */
    int64_t duration_ms;   /* -1: not said */
    struct alz_str reason; /* behind the word */
    struct alz_str exit;   /* "exit=1" */
    struct alz_str note;   /* nothing we know; "" if all is known */
};

void tap_directive_parse(struct alz_str hash, struct tap_directive *ret);

/* Digits at the start of text as a number; too many are UINT64_MAX. Returns
 * how many. */
size_t tap_number_scan(struct alz_str text, uint64_t *ret);
/* Length of text's start that is one of these, ASCII case aside; 0: none. */
size_t tap_prefix_nocase(struct alz_str text, const char *prefix);
bool tap_is_blank(char byte);
bool tap_is_digit(char byte);
struct alz_str tap_trim_start(struct alz_str text);
struct alz_str tap_head(struct alz_str text, size_t len);

#endif
