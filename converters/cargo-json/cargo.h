/* cargo.h - state and parts of the converter of libtest's JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CARGO_H
#define ALZ_CARGO_H

#include <allurize/read.h>

enum cargo_member {
    CARGO_TYPE,
    CARGO_EVENT,
    CARGO_NAME,
    CARGO_EXEC_TIME,
    CARGO_STDOUT,
    CARGO_MESSAGE,
    CARGO_REASON,
    CARGO_TEST_COUNT,
    CARGO_MEDIAN,
    CARGO_DEVIATION,
    CARGO_MEMBER_COUNT
};

struct cargo_value {
    bool said;
    struct alz_text text;
};

struct cargo_test {
    alz_ref ref;
};

/* The tests of one program, which are all told before the next one runs. */
struct cargo {
    struct cargo_value members[CARGO_MEMBER_COUNT];
    int64_t seen_ms;
    alz_ref suite;           /* 0: none is open */
    bool failed;             /* a test of it */
    struct alz_map tests;    /* struct cargo_test: those that are open */
    struct alz_text program; /* from the line in front, or "" */
    struct alz_text compiler;
    struct alz_text room;
    bool unbuilt, seen, strange, starved;
};

static inline struct alz_str cargo_said(const struct cargo *state,
                                        enum cargo_member which)
{
    return alz_text_str(&state->members[which].text);
}

/* What does not fit is dropped; that there is no memory is noted. */
void cargo_append(struct cargo *state, struct alz_text *text,
                  struct alz_str more);

enum cargo_member cargo_member_find(struct alz_str name);

/* ---- names and texts (text.c) ----------------------------------------- */

/* Takes " (line 8)" out of a documentation test's name: *ret_line is the
 * number, or "". The rest is put in *room. */
struct alz_str cargo_name(struct cargo *state, struct alz_str name,
                          struct alz_str *ret_line);
/* What went wrong, of what a test printed. */
struct alz_str cargo_message(struct alz_str output);
/* A line that is no JSON: what cargo and the compiler print. */
bool cargo_take_text(void *ctx, struct alz_out *out,
                     const struct alz_line *line);
/* A build that failed, told once. */
void cargo_tell_unbuilt(struct cargo *state, struct alz_out *out);

/* ---- suites and tests (suite.c, test.c) ------------------------------- */

void cargo_suite(struct cargo *state, struct alz_out *out);
void cargo_suite_cut(struct cargo *state, struct alz_out *out, bool told);
/* cargo says that the program died: what was open in it is broken. */
void cargo_suite_crashed(struct cargo *state, struct alz_out *out,
                         struct alz_str message);
void cargo_suite_open(struct cargo *state, struct alz_out *out);
void cargo_test(struct cargo *state, struct alz_out *out);
void cargo_bench(struct cargo *state, struct alz_out *out);

enum alz_match cargo_probe(struct alz_str head, struct alz_str base_name);

#endif
