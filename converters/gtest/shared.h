/* shared.h - what GoogleTest's JSON report and its console say alike. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_GTEST_SHARED_H
#define ALZ_GTEST_SHARED_H

#include <allurize/read.h>

/*
 * Names and failures are handled here, once, so that the two converters give
 * one test one identity and one message.
 */
enum {
    GTEST_TEXT_MAX = 64 * 1024,        /* of a name, a value, a line */
    GTEST_TRACE_MAX = 4 * 1024 * 1024, /* of all failures of a test */
    GTEST_FAILURES_MAX = 1000          /* of a test; more are only counted */
};

/* Room to work in. starved: memory ran out; the converter reports it. */
struct gtest_room {
    struct alz_text message, line, plain;
    bool starved;
};

void gtest_put(struct gtest_room *room, struct alz_text *text, size_t max,
               struct alz_str bytes);
void gtest_set(struct gtest_room *room, struct alz_text *text,
               struct alz_str bytes);
void gtest_put_number(struct gtest_room *room, struct alz_text *text,
                      uint64_t number);
void gtest_room_done(struct gtest_room *room);
struct alz_str gtest_head(struct alz_str text, size_t len);

/* The text without terminal escapes, put in room->plain when it has some. */
struct alz_str gtest_plain(struct gtest_room *room, struct alz_str text);
/* A value of the JSON as its author wrote it (repair.c). Valid until the next
 * call. */
struct alz_str gtest_repair(struct gtest_room *room, struct alz_str text);
/* Whether JSON that begins so is a list of tests (probe.c). */
bool gtest_is_list(struct alz_str head);

/* ---- names (names.c) -------------------------------------------------- */

/* A test keeps its history when it is disabled: "DISABLED_" at the start of
 * the parts of a name goes. True when there was one. */
bool gtest_enable(struct alz_text *name);
/* Begins the suites "Inst" and "Suite" of "Inst/Suite"; "Typed/0" is one.
 * *ret_outer: the one to end, which ends both. Returns the inner one. */
alz_ref gtest_suite_begin(struct alz_out *out, struct alz_str name,
                          alz_ref *ret_outer);
/* A verdict that belongs to no test of that suite; "": to no suite. */
void gtest_tell_synthetic(struct gtest_room *room, struct alz_out *out,
                          alz_ref ref, struct alz_str suite);
/* "GetParam() = 3", "TypeParam = int and GetParam() = 3" */
void gtest_tell_params(struct alz_out *out, alz_ref ref, struct alz_str where);
void gtest_tell_param(struct alz_out *out, alz_ref ref, const char *name,
                      struct alz_str value);

/* ---- lists of tests that nobody has run (list.c) ---------------------- */

/* Zero is nothing. */
struct gtest_list {
    struct gtest_room room;
    struct alz_text suite, name;
    bool disabled;      /* the suite is */
    alz_ref ref, outer; /* of the suite; 0: not begun, it has no tests yet */
    uint64_t tests;
};

/* The tests that follow are of that suite. */
void gtest_list_suite(struct gtest_list *list, struct alz_out *out,
                      struct alz_str name);
/* Begins a test, as the report would name it. */
alz_ref gtest_list_test(struct gtest_list *list, struct alz_out *out,
                        struct alz_str name);
void gtest_list_end(struct gtest_list *list, struct alz_out *out);
void gtest_list_done(struct gtest_list *list);

/* ---- failures (failures.c, compare.c) --------------------------------- */

struct gtest_failure {
    size_t at, len;      /* in the text: location, line end, body */
    size_t location_len; /* 0: none, and no line end */
    enum alz_status status;
};

/* What went wrong in one test. Zero is nothing. */
struct gtest_failures {
    struct alz_text text;
    struct gtest_failure *items;
    size_t count, cap;
    uint64_t dropped; /* too many or too long to keep */
    bool asserted;    /* one of them is an assertion */
};

/* location: "t.cc:26", "unknown file" or "". */
void gtest_failures_add(struct gtest_failures *failures,
                        struct gtest_room *room, struct alz_str location,
                        struct alz_str body);
static inline bool gtest_failures_any(const struct gtest_failures *failures)
{
    return failures->count > 0 || failures->dropped > 0;
}
/* FAILED when one is an assertion, else BROKEN: exceptions. */
enum alz_status gtest_failures_status(const struct gtest_failures *failures);
/* Message, trace, a step for each of several, expected and actual. */
void gtest_failures_tell(const struct gtest_failures *failures,
                         struct gtest_room *room, struct alz_out *out,
                         alz_ref ref);
/* All of them, one below the other. */
void gtest_failures_trace(const struct gtest_failures *failures,
                          struct gtest_room *room, struct alz_out *out,
                          alz_ref ref);
void gtest_failures_clear(struct gtest_failures *failures);
void gtest_failures_done(struct gtest_failures *failures);

/* Expected and actual, out of the text of a failure. */
void gtest_compare(struct alz_out *out, alz_ref ref, struct alz_str body);

#endif
