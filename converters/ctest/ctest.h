/* ctest.h - state and parts of the CTest converter. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CTEST_H
#define ALZ_CTEST_H

#include <allurize/read.h>

/*
 * One test is held at a time: it begins when its head (Name, Path, command)
 * is over and is told when its element closes, because the verdict is made of
 * its Status and of measurements that come in any order. Output and files
 * flow through.
 */
enum {
    CTEST_FIELD_MAX = 64 * 1024,        /* bytes of a name, a path */
    CTEST_OUTPUT_MAX = 1024 * 1024,     /* of an output kept for the trace */
    CTEST_IMAGE_MAX = 16 * 1024 * 1024, /* of an image kept to compare */
    CTEST_SUITES_MAX = 32               /* directories; deeper ones are one */
};

#define CTEST_NO_TIME INT64_MIN

/* ---- verdicts (verdict.c) --------------------------------------------- */

/* What Status="..." means by itself. */
enum ctest_said { CTEST_PASSED, CTEST_FAILED, CTEST_NOT_RUN, CTEST_ODD };

struct ctest_verdict {
    enum alz_status status;
    bool details; /* Completion Status is the author's text */
};

struct ctest;
enum ctest_said ctest_said_of(struct alz_str status);
struct ctest_verdict ctest_verdict_of(const struct ctest *state);
/* The short text for people; cleared and filled. */
void ctest_message(const struct ctest *state, struct alz_text *ret);

/* ---- tests (test.c, suite.c) ------------------------------------------ */

/* What is known of the test in hand. */
struct ctest_test {
    bool open;   /* inside <Test> */
    alz_ref ref; /* 0: not begun yet */
    enum ctest_said said;
    struct alz_text odd_status;
    /* its head */
    struct alz_text name, path, full_name, command;
    int64_t start_ms;
    /* measurements that CTest itself writes */
    struct alz_text exit_code, exit_value, fail_reason, pass_reason, completion;
    int64_t duration_ms;
};

void ctest_test_open(void *ctx, struct alz_out *out,
                     const struct alz_xml_element *element);
void ctest_test_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut);
void ctest_name_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut);
void ctest_path_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut);
void ctest_full_name_close(void *ctx, struct alz_out *out, struct alz_str text,
                           size_t cut);
void ctest_command_close(void *ctx, struct alz_out *out, struct alz_str text,
                         size_t cut);
void ctest_start_close(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut);
void ctest_results_open(void *ctx, struct alz_out *out,
                        const struct alz_xml_element *element);
void ctest_label_close(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut);
/* Begins the test in hand, when it has not begun: its head is over. */
void ctest_test_begin(struct ctest *state, struct alz_out *out);
/* The input broke off, or goes on elsewhere, inside the test in hand. */
void ctest_test_abandon(struct ctest *state, struct alz_out *out);
void ctest_test_done(struct ctest_test *test);

/* The suites of the last test's directory, open; one for each level. */
struct ctest_suites {
    struct alz_text path; /* levels, each with a '/' behind it */
    alz_ref refs[CTEST_SUITES_MAX];
    size_t ends[CTEST_SUITES_MAX]; /* of the level, in path */
    size_t count;
};

/* The suite of a directory, levels below that of the run, and of a suite in
 * it, if leaf is not "". */
alz_ref ctest_suite_of(struct ctest *state, struct alz_out *out,
                       struct alz_str dir, struct alz_str leaf);
void ctest_suites_close(struct ctest *state, struct alz_out *out);
/* A path of the author's, without what depends on the machine: "./a/../b"
 * becomes "a/b", of an absolute path the last part stays. Appended. */
void ctest_relative_path(struct alz_str path, struct alz_text *ret);

/* ---- measurements (measurement.c, value.c, files.c, output.c) --------- */

/* Who gets the text of a <Value>. */
enum ctest_sink {
    CTEST_SINK_NONE,
    CTEST_SINK_VALUE,
    CTEST_SINK_FILE,
    CTEST_SINK_OUTPUT
};

struct ctest_measurement {
    bool open;
    struct alz_text name, type, file_name;
    bool base64, packed;
    bool problem; /* CTest says why there is no value */
    struct alz_text value;
};

void ctest_measurement_open(void *ctx, struct alz_out *out,
                            const struct alz_xml_element *element);
void ctest_measurement_close(void *ctx, struct alz_out *out,
                             struct alz_str text, size_t cut);
void ctest_value_text(void *ctx, struct alz_out *out, struct alz_str piece);
void ctest_measurement_done(struct ctest_measurement *measurement);

/* Images of one comparison, as base64 without blanks. */
enum { CTEST_EXPECTED, CTEST_ACTUAL, CTEST_DIFFERENCE, CTEST_IMAGES };

struct ctest_files {
    struct alz_payload payload; /* of the file being read */
    struct alz_text images[CTEST_IMAGES];
    char types[CTEST_IMAGES][16];
    int image; /* being read, else -1 */
};

void ctest_file_open(struct ctest *state);
void ctest_file_text(struct ctest *state, struct alz_str piece);
void ctest_file_close(struct ctest *state, struct alz_out *out);
/* The comparison of images of the test in hand, if it has one. */
void ctest_images_tell(struct ctest *state, struct alz_out *out);
void ctest_files_done(struct ctest_files *files);

struct ctest_output {
    bool packed;
    struct alz_payload payload;
    struct alz_text held; /* the head of it, repaired */
    struct alz_text tail; /* what may be half of a spelled character */
    alz_ref attachment;
    bool said; /* something but blanks */
};

void ctest_output_open(void *ctx, struct alz_out *out,
                       const struct alz_xml_element *element);
void ctest_output_text(void *ctx, struct alz_out *out, struct alz_str piece);
void ctest_output_close(void *ctx, struct alz_out *out, struct alz_str text,
                        size_t cut);
void ctest_output_clear(struct ctest_output *output);
void ctest_output_done(struct ctest_output *output);

/* ---- text (repair.c) -------------------------------------------------- */

/* "[NON-XML-CHAR-0x1B]" becomes what it stands for; appended to *ret. */
void ctest_repair(struct ctest *state, struct alz_out *out, struct alz_str text,
                  struct alz_text *ret);
/* Length of what may be the first part of such a spelling, at the end. */
size_t ctest_repair_pending(struct alz_str text);

/* ---- everything ------------------------------------------------------- */

struct ctest {
    const struct alz_input *in;
    bool testing;      /* inside <Testing> */
    bool testing_seen; /* once at least */
    alz_ref run;       /* the suite of <Testing> */
    uint64_t listed;   /* tests in its TestList */
    struct alz_text host;
    struct ctest_suites suites;
    struct ctest_test test;
    struct ctest_measurement measurement;
    struct ctest_files files;
    struct ctest_output output;
    bool keep_command, keep_environment;
    bool no_memory; /* reported */
    struct alz_text scratch;
};

/* Appends; running out of memory is reported once. */
void ctest_add(struct ctest *state, struct alz_out *out, struct alz_text *text,
               struct alz_str bytes);
void ctest_set(struct ctest *state, struct alz_out *out, struct alz_text *text,
               struct alz_str bytes);
/* Reports when a text, with a ceiling of ours, could not grow. */
void ctest_check(struct ctest *state, struct alz_out *out,
                 const struct alz_text *text);
void ctest_out_of_memory(struct ctest *state, struct alz_out *out);

enum alz_match ctest_probe(struct alz_str head, struct alz_str base_name);

#endif
