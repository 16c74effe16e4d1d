/* subunit.h - state and parts of the converter of subunit, version 1. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_SUBUNIT_H
#define ALZ_SUBUNIT_H

#include <allurize/read.h>

#define SUBUNIT_NO_TIME INT64_MIN

/* Tests do not interleave: one is open, or none. */
struct subunit {
    const struct alz_input *in;
    alz_ref ref;          /* of the open test, or 0 */
    alz_ref output;       /* what it printed */
    alz_ref part;         /* of details in parts: an attachment */
    struct alz_text name; /* of the open test */
    int64_t now_ms;       /* of the last "time:" line */
    struct alz_map tags;  /* said outside tests */
    bool details;         /* of an outcome: lines until "]" */
    bool multipart, typed, named;
    enum alz_status status;
    struct alz_text text; /* the details, or the part's */
    struct alz_text type;
    size_t left; /* bytes of the chunk */
    bool in_chunk;
    uint64_t total;
    bool totalled, nested, seen, starved;
};

/* What does not fit is dropped; that there is no memory is noted. */
void subunit_append(struct subunit *state, struct alz_text *text,
                    struct alz_str more);

/* "keyword: rest", also without the colon, as the first drafts had it. */
bool subunit_keyword(struct alz_str line, const char *keyword,
                     struct alz_str *ret_rest);

/* ---- tests (test.c) --------------------------------------------------- */

void subunit_test_begin(struct subunit *state, struct alz_out *out,
                        struct alz_str name);
void subunit_test_end(struct subunit *state, struct alz_out *out);
void subunit_test_cut(struct subunit *state, struct alz_out *out);
bool subunit_take_test(void *ctx, struct alz_out *out,
                       const struct alz_line *line);
bool subunit_take_outcome(void *ctx, struct alz_out *out,
                          const struct alz_line *line);
bool subunit_take_output(void *ctx, struct alz_out *out,
                         const struct alz_line *line);

/* ---- details (details.c) ---------------------------------------------- */

bool subunit_take_details(void *ctx, struct alz_out *out,
                          const struct alz_line *line);

/* ---- around tests (directive.c) --------------------------------------- */

bool subunit_take_time(void *ctx, struct alz_out *out,
                       const struct alz_line *line);
bool subunit_take_tags(void *ctx, struct alz_out *out,
                       const struct alz_line *line);
bool subunit_take_progress(void *ctx, struct alz_out *out,
                           const struct alz_line *line);

enum alz_match subunit_probe(struct alz_str head, struct alz_str base_name);

#endif
