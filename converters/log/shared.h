/* shared.h - what rule files of this converter and of jsonmap have in common.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_SHARED_H
#define ALZ_LOG_SHARED_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include "literal.h"

#include <pcre2.h>

enum {
    RULES_WORDS = 64, /* of [status] */
    RULES_SAMPLES = 256,
    RULES_GROUPS = 4, /* of the same name */
    RULES_PIECES = 16,
    LOG_TEXT_MAX = 1024 * 1024 /* of one fact of a test */
};

#define LOG_NO_TIME INT64_MIN

/* A place in the rule file; both count from 1. */
struct log_place {
    size_t line, column;
};

/* ---- regular expressions (regex.c) ------------------------------------ */

/* What all regular expressions of a file share while lines are matched. */
struct log_matcher {
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    uint32_t match_limit;
    uint32_t steps; /* callouts of the match in hand */
    bool is_utf8;   /* all texts are known to be */
};

struct log_regex {
    struct alz_str source;
    struct log_place place;
    pcre2_code *code;    /* NULL: there is none */
    pcre2_code *counted; /* made when it is needed */
    pcre2_match_data *match;
    struct log_literals literals; /* every match holds one of them */
    uint8_t first[32]; /* bytes that a match at the start may begin with */
    bool has_first;
    bool jit;
    bool anchored;
    unsigned limits; /* how often a limit was hit */
    bool off;        /* too often */
};

enum log_match { LOG_MATCH_NO, LOG_MATCH_YES, LOG_MATCH_LIMIT };

int log_matcher_init(struct log_matcher *matcher, uint32_t match_limit);
void log_matcher_done(struct log_matcher *matcher);
/* NULL, or what is wrong with source; *ret_offset is where. */
const char *log_regex_compile(struct log_regex *regex, bool at_start,
                              char *room, size_t room_size, size_t *ret_offset);
enum log_match log_regex_match(struct log_matcher *matcher,
                               struct log_regex *regex, struct alz_str text);
/* False: certainly none of these lines matches. */
bool log_regex_is_in(const struct log_regex *regex, struct alz_str lines);
/* The group's text in the last match; ptr NULL when it took no part. */
struct alz_str log_regex_group(const struct log_regex *regex,
                               struct alz_str text, uint32_t number);
/* The longest start of text that could still become a match. */
size_t log_regex_reach(const struct log_regex *regex, struct alz_str text);
bool log_regex_matches_empty(const struct log_regex *regex);
void log_regex_done(struct log_regex *regex);

/* ---- reading a file (parse.c) ----------------------------------------- */

struct log_load;

/* A kind of section; a table ends with word NULL. "[sample]" is not in it. */
struct log_section {
    const char *word;
    bool named;        /* "[rule NAME]" */
    const char *first; /* the key that is read before the others; or NULL */
    /* May be NULL. */
    void (*begin)(struct log_load *load, struct alz_str name,
                  struct log_place place);
    void (*entry)(struct log_load *load, struct alz_str key,
                  struct alz_str value, struct log_place place);
};

struct log_sample {
    struct log_place place;
    struct alz_str text; /* of the section, lines of it follow its head */
};

struct log_samples {
    struct log_sample items[RULES_SAMPLES];
    size_t count;
};

/* What is wrong is told as it is found. */
struct log_load {
    void *into; /* what the sections fill */
    const struct log_section *sections;
    struct log_samples *samples;
    void (*complain)(void *ctx, struct log_place place, struct alz_str what);
    void *ctx;
    size_t errors;
    bool no_memory;
    const struct log_section *section; /* in hand; NULL: none of the table */
    void *part;                        /* what begin has put here */
};

/* "what: detail" at a place. */
void log_complain(struct log_load *load, struct log_place place,
                  const char *what, struct alz_str detail);
/* The same of a key, at its own place; value and place are those of its
 * value, which stands behind it in the line. */
void log_complain_key(struct log_load *load, struct log_place place,
                      const char *what, struct alz_str key,
                      struct alz_str value);
/* The text of a file; borrowed by what is filled. */
void log_parse(struct log_load *load, struct alz_str text);

/* ---- the file that the user named (source.c) -------------------------- */

struct log_source {
    const struct alz_input *in;
    struct alz_out *out;
    const struct alz_diag *wrong; /* of everything in the file */
    struct alz_str name;
};

/* The file of --rules; ptr NULL: there is none. */
struct alz_str log_source_text(struct log_source *source);
/* For struct log_load; ctx is the source. */
void log_source_complain(void *ctx, struct log_place place,
                         struct alz_str what);
struct alz_str log_option(const struct alz_input *in, const char *name);

/* ---- values that keys have in common (words.c) ------------------------ */

/* What is wrong with a value is said. */
bool log_read_yes(struct log_load *load, struct alz_str value,
                  struct log_place place);
/* The index of value in a list that ends with NULL. */
int log_read_word(struct log_load *load, const char *const *words,
                  struct alz_str value, struct log_place place);
uint64_t log_read_number(struct log_load *load, struct alz_str value,
                         uint64_t max, struct log_place place);
void log_read_regex(struct log_load *load, struct log_regex *regex,
                    struct alz_str value, struct log_place place,
                    bool at_start);
/* "failed"; false, and nothing said: it is none. */
bool log_read_status(struct alz_str word, enum alz_status *ret);
/* "param_x", "xparam_x", "label_x", "link_x": its kind and the x of it. */
bool log_pair_find(struct alz_str name, enum alz_pair_kind *ret_kind,
                   struct alz_str *ret_name);

/* [status] */
struct log_word {
    struct alz_str word;
    enum alz_status status;
    unsigned flags;
};

struct log_words {
    struct log_word items[RULES_WORDS];
    size_t count;
};

void log_words_read(struct log_load *load, struct log_words *words,
                    struct alz_str key, struct alz_str value,
                    struct log_place place);
/* The row of a word, else Allure's own, else "*"; NULL. */
const struct log_word *log_words_find(const struct log_words *words,
                                      struct alz_str word);
/* No [status] row and no "*": only what the file itself says. */
const struct log_word *log_words_find_own(const struct log_words *words,
                                          struct alz_str word);

/* ---- templates (value.c) ---------------------------------------------- */

struct log_groups {
    uint32_t numbers[RULES_GROUPS];
    size_t count;
};

enum log_piece_kind { PIECE_TEXT, PIECE_GROUP, PIECE_VARIABLE };

struct log_piece {
    enum log_piece_kind kind;
    struct alz_str text; /* PIECE_TEXT */
    struct log_groups groups;
    size_t variable;
    struct alz_str filters;  /* "lower|replace:a:b" */
    struct alz_str fallback; /* of ":-" */
};

struct log_value {
    struct log_piece *pieces; /* owned */
    size_t count;
};

/* Makes piece of the name in "${name}", or complains. */
typedef void log_refer_fn(struct log_load *load, const void *ctx,
                          struct alz_str name, struct log_place place,
                          struct log_piece *piece);

void log_template_compile(struct log_load *load, struct log_value *value,
                          struct alz_str source, struct log_place place,
                          log_refer_fn *refer, const void *ctx);

/* Where the text of pieces comes from. */
struct log_texts {
    struct alz_str (*piece)(void *ctx, const struct log_piece *piece);
    void *ctx;
    bool starved;
};

/* The text of a value, in room. */
struct alz_str log_template_text(struct log_texts *texts,
                                 const struct log_value *value,
                                 struct alz_text *room);

/* ---- time (clock.c, span.c) ------------------------------------------- */

enum log_zone { LOG_ZONE_AUTO, LOG_ZONE_UTC, LOG_ZONE_LOCAL, LOG_ZONE_FIXED };

/* How a file writes times. */
struct log_time_style {
    struct alz_str format; /* "": ISO 8601 */
    enum log_zone zone;
    int zone_minutes;
};

/* The keys "time-format" and "time-zone"; false: it is another one. */
bool log_time_style_read(struct log_load *load, struct log_time_style *style,
                         struct alz_str key, struct alz_str value,
                         struct log_place place);

/* A time says which day it is of. */
bool log_time_style_has_day(const struct log_time_style *style);

struct log_clock {
    int64_t last_ms; /* of times that name no day */
    int64_t day_ms;
    bool running;
};

/* LOG_NO_TIME: it does not fit the style. */
int64_t log_time_read(struct log_clock *clock,
                      const struct log_time_style *style, struct alz_str text,
                      const struct alz_input *in);
/* "12", "1.5s", "1m30s", "00:01:02.5", "< 1 ms" to ms; -1: it is none. */
int64_t log_span_read(struct alz_str text, struct alz_str unit);
bool log_unit_ok(struct alz_str unit);

/* ---- samples (compare.c) ---------------------------------------------- */

struct collect;

/* Tries one sample: what it gives is told to collect. */
struct log_trial {
    struct log_load *load;
    const struct log_sample *sample;
    /* The lines behind "|" go to a converter that tells out. */
    void (*feed)(struct log_trial *trial, struct alz_out *out);
    /* Says more of a sample that fails; or NULL. */
    void (*hint)(struct log_trial *trial);
    struct collect *collect;
    size_t expected; /* tests compared so far */
    size_t test;     /* the last one of them; 0: none */
    bool failed;
};

/* False when it gives something else (that is said), or memory ran out. */
bool log_trial_run(struct log_trial *trial);
/* The next line behind "|" of a sample, without it; rest and number begin as
 * the sample's text and the line of its head. */
bool log_sample_next(struct alz_str *rest, size_t *number, struct alz_str *ret);

#endif
