/* go.h - state and parts of the converter of `go test -json`. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_GO_H
#define ALZ_GO_H

#include <allurize/read.h>

#define GO_NO_TIME INT64_MIN

enum {
    GO_OUTPUT_MAX = 1024 * 1024, /* bytes kept for message and trace */
    GO_OPEN_MAX = 100000         /* tests of a package */
};

/* Members of an event that we use. */
enum go_member {
    GO_TIME,
    GO_ACTION,
    GO_PACKAGE,
    GO_TEST,
    GO_ELAPSED,
    GO_OUTPUT,
    GO_IMPORT_PATH,
    GO_FAILED_BUILD,
    GO_KEY,
    GO_VALUE,
    GO_MEMBER_COUNT
};

struct go_value {
    bool said;
    struct alz_text text;
};

/*
 * A test of a package that has begun. Its entry stays when it has ended, so
 * that output that comes behind its verdict makes no second test of it: until
 * the package ends, or very many others have ended.
 */
struct go_test {
    bool open;
    alz_ref ref, output_ref;
    bool output_said;        /* more than blanks */
    struct alz_text output;  /* the head of it */
    struct alz_text subtest; /* the first one of it that failed */
    enum alz_status glued;   /* the verdict in its output, or STATUS_NONE */
};

struct go_package {
    alz_ref ref;
    struct alz_map tests; /* struct go_test */
    size_t ended;         /* of them */
    bool test_failed;     /* one of them */
    bool told;            /* a verdict that belongs to no test */
    struct alz_text output;
};

/* What the compiler said of an import path. */
struct go_build {
    bool failed;
    struct alz_text output;
};

struct go {
    struct alz_map packages; /* struct go_package */
    struct alz_map builds;   /* struct go_build */
    struct go_value members[GO_MEMBER_COUNT];
    struct alz_text builder; /* of the "# path" line above, or "" */
    struct alz_text room;
    bool seen;    /* an event */
    bool strange; /* text that is neither was told */
    bool full;    /* too much is open, which was told */
    bool starved;
};

static inline struct alz_str go_said(const struct go *state,
                                     enum go_member which)
{
    return alz_text_str(&state->members[which].text);
}

/* What does not fit is dropped; that there is no memory is noted. */
void go_append(struct go *state, struct alz_text *text, struct alz_str more);
/* An entry that a map refused: memory ran out, or too much is open. */
void go_refused(struct go *state, struct alz_out *out,
                const struct alz_map *map);
/* The event's time, or GO_NO_TIME. */
int64_t go_time(const struct go *state);

/* ---- output (output.c) ------------------------------------------------ */

/* Whether a line is the framework's own: "=== RUN   TestA". */
bool go_is_frame(struct alz_str line);
/* Cuts "--- PASS: NAME (0.00s)" off the end of a line. */
bool go_take_verdict(struct alz_str *line, struct alz_str name,
                     enum alz_status *ret);
/* Without "    a_test.go:7: " in front. */
struct alz_str go_message(struct alz_str line);
/* What an example printed and should have printed. */
bool go_example(struct alz_str output, struct alz_str *ret_got,
                struct alz_str *ret_want);

/* ---- tests (test.c) --------------------------------------------------- */

/* The open test of the event; begins it. NULL: memory. */
struct go_test *go_test_open(struct go *state, struct alz_out *out,
                             struct go_package *package);
void go_test_output(struct go *state, struct alz_out *out,
                    struct go_package *package);
void go_test_attribute(struct go *state, struct alz_out *out,
                       struct go_test *test);
void go_test_end(struct go *state, struct alz_out *out,
                 struct go_package *package, struct go_test *test,
                 enum alz_status status);

/* ---- packages (package.c) --------------------------------------------- */

struct go_package *go_package_open(struct go *state, struct alz_out *out,
                                   struct alz_str name);
void go_package_end(struct go *state, struct alz_out *out,
                    struct go_package *package, enum alz_status status);
/* A package that did not build; text in the input, or an event, says so. */
void go_package_unbuilt(struct go *state, struct alz_out *out,
                        struct go_package *package, struct alz_str build,
                        struct alz_str message);
struct go_build *go_build_open(struct go *state, struct alz_out *out,
                               struct alz_str path);
/* The input is over. */
void go_packages_finish(struct go *state, struct alz_out *out, bool cut);
void go_packages_done(struct go *state);

/* ---- events and other lines (event.c, text.c) ------------------------- */

bool go_take_event(void *ctx, struct alz_out *out, const struct alz_line *line);
bool go_take_text(void *ctx, struct alz_out *out, const struct alz_line *line);

enum go_member go_member_find(struct alz_str name);
enum alz_match go_probe(struct alz_str head, struct alz_str base_name);

#endif
