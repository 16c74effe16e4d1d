/* allurize.h - the library: convert inputs, validate folders. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_ALLURIZE_H
#define ALLURIZE_ALLURIZE_H

#include "convert.h"

#include <signal.h>
#include <sys/types.h>

/* Exit statuses of the command; the library reports the worst one. */
enum alz_exit {
    ALZ_EXIT_OK = 0,
    ALZ_EXIT_TESTS_FAILED = 1,
    ALZ_EXIT_USAGE = 2,
    ALZ_EXIT_INPUT = 3,   /* missing, or no format we know */
    ALZ_EXIT_DAMAGED = 4, /* damaged or incomplete; the good part is written */
    ALZ_EXIT_NO_TESTS = 5,
    ALZ_EXIT_INVALID = 6, /* validation found errors */
    ALZ_EXIT_OUTPUT = 7,
    ALZ_EXIT_MEMORY = 70
};

/* One line for people. Text is UTF-8 without control characters. */
struct alz_message {
    enum alz_level level;
    const char *id;        /* "junit/no-name" */
    struct alz_str file;   /* "" when of no file */
    uint64_t line, column; /* 0: unknown */
    struct alz_str text;
};

typedef void alz_message_fn(void *ctx, const struct alz_message *message);

/* "name=value" given by the user. */
struct alz_setting {
    const char *name;
    const char *value;
};

/* Everything a conversion can be told. Zero is the default; texts borrowed
 * until alz_session_free. */
struct alz_options {
    const char *format; /* converter name; NULL: detect */
    const char *output; /* directory; NULL: "allure-results" */
    bool dry_run;
    bool durable;
    bool publish_by_rename;
    const char *run_id;       /* NULL: random */
    const char *duplicates;   /* "number" (default), "retry", "error" */
    const char *naive_time;   /* "auto" (default), "utc", "local" */
    const char *suite_output; /* "failed" (default), "always", "never" */
    const char *issue_pattern, *tms_pattern;
    const char *const *attach_roots; /* NULL end */
    const char *const *strip_prefixes;
    const struct alz_setting *labels;      /* name NULL end; also below */
    const struct alz_setting *variants;    /* label + identity parameter */
    const struct alz_setting *environment; /* of environment.properties */
    const struct alz_setting *converter_options;
    /* Converters besides the built-in ones; NULL end, or NULL. Each is good:
     * alz_converter_problem. */
    const struct alz_converter *const *plugins;
    unsigned writers;                  /* threads; 0: by cores */
    size_t read_size;                  /* bytes per read, for tests; 0: best */
    const volatile sig_atomic_t *stop; /* set by a signal handler; or NULL */
    alz_message_fn *message;           /* NULL: dropped */
    void *message_ctx;
    /* Called about ten times a second during long inputs; or NULL. */
    void (*progress)(void *ctx, struct alz_str input, uint64_t bytes,
                     uint64_t size, uint64_t tests);
    void *progress_ctx;
};

struct alz_summary {
    uint64_t inputs;
    uint64_t tests;   /* final results (attempts apart) */
    uint64_t results; /* files: tests + retries */
    uint64_t by_status[ALZ_STATUS_COUNT];
    uint64_t retries, flaky, synthetic;
    uint64_t attachments, containers;
    uint64_t warnings, errors;
    uint64_t bytes_read, files_written, bytes_written;
    double seconds;
    int exit_status; /* the worst of all, 0-7 or 70 */
};

/*
 * One conversion: any number of inputs into one results directory. Returns
 * NULL when out of memory, or with a message when an option is wrong or the
 * output cannot be made (*exit_status says which).
 */
struct alz_session;

struct alz_session *alz_session_new(const struct alz_options *options,
                                    int *exit_status);
/* A file, a directory, a glob (**), or "-" for standard input. */
void alz_session_convert(struct alz_session *session, const char *input);
/* Bytes in memory as an input of that name. */
void alz_session_convert_memory(struct alz_session *session, const char *name,
                                struct alz_str bytes, int64_t mtime_ms);
/*
 * Bytes that the caller hands out as they come: a pipe, a command. read fills
 * at most cap bytes (0: the end, -1: errno says why); wait returns 1 when
 * read has something to say, 0 after timeout_ms of silence. ended, or NULL: see
 * alz_input; called after read has returned 0, it waits for the process.
 */
struct alz_pull {
    ssize_t (*read)(void *ctx, char *to, size_t cap);
    int (*wait)(void *ctx, int timeout_ms);
    void *ctx;
    struct alz_str (*ended)(void *ctx);
};
void alz_session_convert_pull(struct alz_session *session, const char *name,
                              const struct alz_pull *pull);

/*
 * The same for what a runner prints while it writes reports, too: read with
 * the console converter of the session's format (alz_console_of), and held.
 * Reports are converted then; a test that both know is one result: the
 * report's, with what only the console knows. release converts the tests that
 * no report has, so that a crash, or a report that is missing, loses none.
 * name is borrowed until then.
 */
void alz_session_hold_pull(struct alz_session *session, const char *name,
                           const struct alz_pull *pull);
void alz_session_release(struct alz_session *session);

/*
 * A list of the tests that should run: a file, or a pipe, in a format whose
 * converter has `lists`. To be read before any input. A test that is run
 * takes labels, links, place and description of its entry; entries that were
 * not run by the end are skipped results when the list itself disables them,
 * and otherwise an error of the run that names them.
 */
void alz_session_expect(struct alz_session *session, const char *path);
/* Bytes in memory as a list of that name, which is borrowed until the end. */
void alz_session_expect_memory(struct alz_session *session, const char *name,
                               struct alz_str bytes, int64_t mtime_ms);

/* Files that fit `input` now are old: converting one of them later, unless it
 * was written anew, is an error. For reports of a command about to run. */
void alz_session_mark_old(struct alz_session *session, const char *input);

/* Format of the inputs from here on, NULL: detect. */
void alz_session_set_format(struct alz_session *session, const char *format);

/*
 * A verdict that belongs to no test: a synthetic broken result "(run)", whose
 * identity is made of `name` (the command's), and an error of the run. name
 * NULL: the error alone, a test carries the verdict.
 */
void alz_session_run_broken(struct alz_session *session, const char *name,
                            struct alz_str message);

/* What was counted so far. */
void alz_session_count(const struct alz_session *session,
                       struct alz_summary *ret);

/* Ends the conversion: publishes what is left, fills *ret. */
void alz_session_finish(struct alz_session *session, struct alz_summary *ret);
void alz_session_free(struct alz_session *session);

/* The built-in converters, in the order of their names; NULL end. */
const struct alz_converter *const *alz_converters(void);
const struct alz_converter *alz_converter_find(const char *name);
/* The built-in ones, then those of plugins (NULL end, or NULL): the one at
 * index, NULL behind the last. */
const struct alz_converter *
alz_converter_at(const struct alz_converter *const *plugins, size_t index);

/* A name of --format that stands for another one. */
struct alz_format_alias {
    const char *name, *format;
};
const struct alz_format_alias *alz_format_aliases(void); /* name NULL end */
/* Why a converter cannot be one more of plugins; NULL: it can. */
const char *alz_converter_problem(const struct alz_converter *converter,
                                  const struct alz_converter *const *plugins);

/* The converter of what the runner of a format prints: the one that it names
 * as its console, or itself when it is one. NULL: there is none. */
const struct alz_converter *
alz_console_of(const struct alz_converter *const *plugins, const char *format);

/* Runs a converter over bytes and writes its events, one a line, to print:
 * what fixtures compare and `explain` shows. */
void alz_trace(const struct alz_converter *converter, const char *name,
               struct alz_str bytes, int64_t mtime_ms, size_t read_size,
               const struct alz_setting *converter_options,
               void (*print)(void *ctx, struct alz_str line), void *ctx);

/*
 * Tries rules: `text` of a file for "log" or "jsonmap", or NULL when
 * `file` is "log:NAME", a profile. Its samples are checked as they are before
 * any use; then the lines of `log` (NULL: those of the samples) are read and
 * print is told, line by line, which rule took each line, which were left and
 * which rules took none. What is wrong is shown with the place in the file.
 * Returns an exit status.
 */
int alz_rules_test(const char *file, const char *text, const char *log_name,
                   const struct alz_pull *log,
                   void (*print)(void *ctx, struct alz_str line), void *ctx);

/* ---- validation ------------------------------------------------------- */

/* One finding in a results directory. */
struct alz_finding {
    enum alz_level level;   /* ERROR: a reader loses or misreads something */
    const char *rule;       /* "uuid/duplicate", "schema/required", ... */
    struct alz_str file;    /* relative to the directory */
    uint64_t line, column;  /* 0: of no place */
    struct alz_str pointer; /* JSON pointer, "" for the whole document */
    struct alz_str text;
};

typedef void alz_finding_fn(void *ctx, const struct alz_finding *finding);

struct alz_validation {
    uint64_t results, containers, attachments, globals, others;
    uint64_t bytes, errors, warnings;
};

/* Checks every document of a results directory against the schemas, and the
 * directory against the rules that concern several files. Files are visited
 * in byte order, results before the documents that name them, and what is no
 * document last. 0: checked (ret tells whether it is valid); -1: dir cannot
 * be read, or out of memory (errno). */
int alz_validate(const char *dir, alz_finding_fn *finding, void *ctx,
                 struct alz_validation *ret);

/* The table of rules; ends with id NULL. */
struct alz_rule {
    const char *id;
    enum alz_level level;
    const char *title;
};
extern const struct alz_rule alz_rules[];

/* Embedded schemas: name by index (NULL at the end), text by name. */
const char *alz_schema_name(size_t index);
struct alz_str alz_schema_json(const char *name);

const char *alz_version(void);
const char *alz_status_name(enum alz_status status); /* "failed" ... */
const char *alz_level_name(enum alz_level level);

#endif
