/* convert.h - what a converter may say and what it must provide. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_CONVERT_H
#define ALLURIZE_CONVERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * A converter turns what a runner left behind into facts. It never chooses
 * ids, file names, clocks or labels, and it never touches a parser library,
 * a chunk, a line number or a file: a reader (read.h) calls the functions of
 * its table, and they push events through the verbs below.
 *
 * Text: every alz_str given to a verb is borrowed and copied at once; it need
 * not be NUL-terminated and may hold any bytes (invalid UTF-8 is repaired).
 * Errors: no verb returns one. The first failure sticks in the receiver and
 * later verbs do nothing, so converters read straight down.
 * Refs: each verb names the node it speaks of, so parallel tests interleave.
 * Ref 0 is nothing: verbs on it do nothing, except that 0 as a parent means
 * "top level".
 */

/* ---- borrowed text ---------------------------------------------------- */

/* Bytes somebody else owns. ptr may be NULL only when len is 0. */
struct alz_str {
    const char *ptr;
    size_t len;
};

#define ALZ_STR(literal) ((struct alz_str){(literal), sizeof(literal) - 1})

static inline struct alz_str alz_str_from(const char *text)
{
    return (struct alz_str){text, text ? strlen(text) : 0};
}

static inline bool alz_str_equal(struct alz_str a, struct alz_str b)
{
    if (a.len != b.len || a.len == 0)
        return a.len == b.len;
    return *a.ptr == *b.ptr && memcmp(a.ptr, b.ptr, a.len) == 0;
}

/* ---- vocabulary ------------------------------------------------------- */

typedef uint32_t alz_ref;

/*
 * A TEST inside a TEST is an earlier attempt of it: attempts are published in
 * order, each as a result of its own, the outer test last. An attempt has the
 * identity of the outer test; name, class and labels need not be said again.
 * SETUP and TEARDOWN belong to a SUITE (they become a container) or a TEST.
 * An ATTACHMENT belongs to any of the others; one of a SUITE becomes part of
 * a fixture in the suite's container, one at top level of the run's globals.
 */
enum alz_kind {
    ALZ_SUITE,
    ALZ_TEST,
    ALZ_STEP,
    ALZ_SETUP,
    ALZ_TEARDOWN,
    ALZ_ATTACHMENT,
    ALZ_KIND_COUNT
};

/* Allure's own words, in the order "worst first" used to join verdicts. */
enum alz_status {
    ALZ_FAILED,  /* an assertion failed */
    ALZ_BROKEN,  /* it came to no verdict: error, crash, timeout, set-up */
    ALZ_UNKNOWN, /* started and ended, no verdict was said */
    ALZ_SKIPPED, /* not run by decision, or expected to fail and failed */
    ALZ_PASSED,
    ALZ_STATUS_NONE, /* nothing was said yet */
    ALZ_STATUS_COUNT = ALZ_STATUS_NONE
};

/* Flags of set_status; they add up over several calls. */
enum {
    ALZ_FLAKY = 1,     /* the runner itself says so */
    ALZ_KNOWN = 2,     /* an expected failure */
    ALZ_SYNTHETIC = 4, /* no test of the source: carries a run-level verdict */
    ALZ_INCOMPLETE = 8 /* the record was cut: never passed */
};

/*
 * Facts of set_text. Setting one again replaces it, except MESSAGE, TRACE
 * and DESCRIPTION when ALZ_APPEND says so (see alz_append_text).
 */
enum alz_fact {
    ALZ_NAME,      /* what people read; of a suite: one level of the path;
                      "" = a level that is in nobody's path */
    ALZ_CLASS,     /* author's class name, when it tells tests apart:
                      fullName becomes CLASS.NAME */
    ALZ_FULL_NAME, /* the runner's own name for this test, if neither
                      CLASS.NAME nor "suite > path > NAME" is right */
    ALZ_ID,        /* an explicit Allure id (becomes label ALLURE_ID) */
    ALZ_MESSAGE,   /* short: the first thing a person wants to know */
    ALZ_TRACE,     /* long: all of it */
    ALZ_EXPECTED,  /* both or none */
    ALZ_ACTUAL,
    ALZ_DESCRIPTION, /* Markdown */
    ALZ_HOST,        /* a host, if it is one; not part of identity */
    ALZ_THREAD,
    ALZ_FRAMEWORK,  /* "pytest", "googletest", ...: inherited from suites */
    ALZ_LANGUAGE,   /* "python", "c++", ...: inherited from suites */
    ALZ_PACKAGE,    /* overrides what is taken from CLASS */
    ALZ_METHOD,     /* overrides NAME in label testMethod */
    ALZ_SOURCE,     /* "file:line"; shown in the description */
    ALZ_MEDIA_TYPE, /* ATTACHMENT: "text/plain" */
    ALZ_PATH,       /* ATTACHMENT: a file the input names; read if allowed */
    ALZ_FACT_COUNT
};

/* set_time. START and STOP are ms since 1970 UTC, DURATION is ms. */
enum alz_when { ALZ_START, ALZ_STOP, ALZ_DURATION, ALZ_WHEN_COUNT };

/* add. */
enum alz_pair_kind {
    ALZ_LABEL,       /* name, value */
    ALZ_PARAMETER,   /* part of identity: same test, other parameters */
    ALZ_EXCLUDED,    /* parameter shown only */
    ALZ_LINK,        /* name = shown text, value = URL */
    ALZ_ISSUE,       /* value = issue key or URL */
    ALZ_TMS,         /* value = test case key or URL */
    ALZ_TOTAL,       /* declared by the source: name "tests", "failed", ... */
    ALZ_ENVIRONMENT, /* of the run */
    ALZ_PAIR_KIND_COUNT
};

/* ---- diagnostics ------------------------------------------------------ */

enum alz_level { ALZ_NOTE, ALZ_WARNING, ALZ_ERROR };

/*
 * What went wrong, as a static const object: id is "format/what", text one
 * lower-case line without a full stop. WARNING: a guess was made. ERROR:
 * input was lost; exit_status says how the run ends (4 damaged, 3 not this
 * format, 2 configuration, 7 output). NOTE and WARNING leave it 0.
 */
struct alz_diag {
    enum alz_level level;
    const char *id;
    const char *text;
    int exit_status;
};

/* ---- the eight verbs -------------------------------------------------- */

struct alz_out;

/* Receivers (recorder, trace, plugin host) implement these. */
struct alz_out_ops {
    alz_ref (*begin)(struct alz_out *out, alz_ref parent, enum alz_kind kind);
    void (*set_status)(struct alz_out *out, alz_ref ref, enum alz_status status,
                       unsigned flags);
    void (*set_text)(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                     struct alz_str text);
    void (*set_time)(struct alz_out *out, alz_ref ref, enum alz_when when,
                     int64_t ms);
    void (*add)(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                struct alz_str name, struct alz_str value);
    void (*write)(struct alz_out *out, alz_ref ref, struct alz_str bytes);
    void (*end)(struct alz_out *out, alz_ref ref);
    void (*report)(struct alz_out *out, const struct alz_diag *diag,
                   struct alz_str detail);
};

struct alz_out {
    const struct alz_out_ops *ops;
};

/* Opens a node. Returns 0 when the receiver has failed. */
static inline alz_ref alz_begin(struct alz_out *out, alz_ref parent,
                                enum alz_kind kind)
{
    return out->ops->begin(out, parent, kind);
}

/* Worst wins is the converter's business: the last word stands. NONE keeps
 * the status and only adds flags. */
static inline void alz_set_status(struct alz_out *out, alz_ref ref,
                                  enum alz_status status, unsigned flags)
{
    out->ops->set_status(out, ref, status, flags);
}

static inline void alz_set_text(struct alz_out *out, alz_ref ref,
                                enum alz_fact fact, struct alz_str text)
{
    out->ops->set_text(out, ref, fact, text);
}

static inline void alz_set_time(struct alz_out *out, alz_ref ref,
                                enum alz_when when, int64_t ms)
{
    out->ops->set_time(out, ref, when, ms);
}

static inline void alz_add(struct alz_out *out, alz_ref ref,
                           enum alz_pair_kind kind, struct alz_str name,
                           struct alz_str value)
{
    out->ops->add(out, ref, kind, name, value);
}

/* Appends bytes to an ATTACHMENT, or to the TRACE of any other node. */
static inline void alz_write(struct alz_out *out, alz_ref ref,
                             struct alz_str bytes)
{
    out->ops->write(out, ref, bytes);
}

/* The node is complete; its ref is dead. Open children end with it. */
static inline void alz_end(struct alz_out *out, alz_ref ref)
{
    out->ops->end(out, ref);
}

/* detail is quoted behind the text; the receiver adds file:line:column. */
static inline void alz_report(struct alz_out *out, const struct alz_diag *diag,
                              struct alz_str detail)
{
    out->ops->report(out, diag, detail);
}

/* ---- the converter ---------------------------------------------------- */

enum { ALZ_CONVERTER_ABI = 1 };

/* How sure a probe is. A tie at the top asks the user for --format. ENCLOSES:
 * certain, and what looks like other formats is output of this one's tests. */
enum alz_match { ALZ_NO, ALZ_POSSIBLE, ALZ_LIKELY, ALZ_CERTAIN, ALZ_ENCLOSES };

enum alz_reader { ALZ_READ_XML, ALZ_READ_JSON, ALZ_READ_LINES };

/* How an input ended, told to finish. */
enum alz_ending {
    ALZ_COMPLETE,   /* the reader saw the end it expects */
    ALZ_DAMAGED,    /* cut or ill-formed: the reader has reported it */
    ALZ_INTERRUPTED /* the user stopped us */
};

/* Meaning of a timestamp that names no zone. */
enum alz_naive { ALZ_NAIVE_AUTO, ALZ_NAIVE_UTC, ALZ_NAIVE_LOCAL };

/* What a converter may know of its input; valid from start to done. */
struct alz_input {
    struct alz_str name;      /* as messages show it: a path or "-" */
    struct alz_str base_name; /* last part of the path, "" for stdin */
    int64_t mtime_ms;         /* last change; for a pipe: time of opening */
    bool live;                /* a pipe: results are wanted as they come */
    enum alz_naive naive;     /* --naive-time; AUTO = the dialect decides */
    /* Value of a converter option (--tap-level=...), or {NULL, 0}. */
    struct alz_str (*option)(const struct alz_input *in, const char *name);
    /* How the process behind the input ended, when that is a verdict that
     * some test must carry: "killed by signal 11 (SIGSEGV)". {NULL, 0}: well,
     * or unknown. Call it from finish only, and only for a test that was
     * running: who asks has taken the verdict. May be NULL. */
    struct alz_str (*ended)(const struct alz_input *in);
    /* A report about another text than the input: a file of rules. May be
     * NULL: then say the place in the detail of a report. */
    void (*report_at)(const struct alz_input *in, struct alz_str file,
                      uint64_t line, uint64_t column,
                      const struct alz_diag *diag, struct alz_str detail);
};

/* An option only this converter knows; ends with name NULL. */
struct alz_converter_option {
    const char *name; /* "tap-level": used as --tap-level VALUE */
    const char *value;
    const char *help;
};

/*
 * A ready-made setting of a converter: --format log:go is the converter "log"
 * with the option "profile" = "go". A table ends with name NULL.
 */
struct alz_converter_profile {
    const char *name;
    const char *title;
    const char *text; /* the converter's own business */
};

struct alz_line_row; /* read.h */

/*
 * One static const object per format. The reader calls table functions with
 * `state` (state_size zeroed bytes). start returns 0, or -1 to refuse the
 * input after reporting why, or ALZ_START_LINES. finish is called when the
 * input is over, also when it was cut; done exactly once after start, whatever
 * happened. idle is called when a live input has been quiet for 200 ms.
 */
struct alz_converter {
    unsigned abi; /* ALZ_CONVERTER_ABI, first for ever */
    const char *name;
    const char *title;
    enum alz_reader reader;
    const void
        *table; /* struct alz_xml_row[] | alz_json_row[] | alz_line_row[] */
    size_t state_size;
    /* Pure: looks at the head of the input (UTF-8, at most 64 KiB) and the
     * base name only. */
    enum alz_match (*probe)(struct alz_str head, struct alz_str base_name);
    int (*start)(void *state, struct alz_out *out, const struct alz_input *in);
    void (*finish)(void *state, struct alz_out *out, enum alz_ending ending);
    /* ALZ_READ_LINES, or NULL: how many bytes at the start of these whole
     * lines (with their ends, LF) are lines that the table would make nothing
     * of. The reader counts them, and hands over the line behind them.
     * again: the lines are the rest of those of the call before. */
    size_t (*skip)(void *state, struct alz_str lines, bool again);
    void (*idle)(void *state, struct alz_out *out);
    void (*done)(void *state);
    const struct alz_converter_option *options;
    const struct alz_converter_profile *profiles; /* or NULL */
    /* Name of the converter of what the same runner prints, with the same
     * identities: it supplies what a report lacks. Or NULL. */
    const char *console;
    /* Reads lists of tests that could run (--list): tests without verdicts.
     * A test SKIPPED by the list itself is disabled. */
    bool lists;
    /* The section that every file of --rules for this converter has, and that
     * no other converter's have: "profile"; NULL: it takes no such file. */
    const char *rules;
    /* Of the same format one record a line: their table takes the input, with
     * the same state, when start returns ALZ_START_LINES. Or NULL. */
    const struct alz_line_row *lines;
};

enum { ALZ_START_LINES = 1 };

/* ---- a plugin --------------------------------------------------------- */

/*
 * A converter outside this tree is a shared object that exports one symbol,
 * this one: "allurize --plugin ./own.so" takes it as if it were built in. It
 * must have an ABI number, a name of its own (lower-case letters, digits and
 * single "-"), a title and a table; converters/README.md builds one.
 *
 * All that a plugin sees is this header and read.h, whose functions it finds
 * in the command. ALZ_CONVERTER_ABI grows with every change of the two that a
 * compiled plugin could notice: a plugin of another number is refused, and has
 * to be compiled again. Apache-2.0 does not count as derived what only binds
 * to interfaces, so a plugin may have any licence.
 */
#pragma GCC visibility push(default)
extern const struct alz_converter allurize_converter;
#pragma GCC visibility pop

#endif
