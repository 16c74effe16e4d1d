/* read.h - what readers hand to the tables of a converter. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_READ_H
#define ALLURIZE_READ_H

#include "convert.h"

/* Plugins find these functions in the command (convert.h). */
#pragma GCC visibility push(default)

/* ---- XML -------------------------------------------------------------- */

struct alz_xml_attr {
    struct alz_str name; /* local name */
    struct alz_str value;
};

/*
 * An element that has just been opened. Namespace prefixes are dropped.
 * depth counts from 1 (the root). Everything is valid during the call only.
 */
struct alz_xml_element {
    struct alz_str name;
    struct alz_str parent; /* local name of the enclosing element, or "" */
    const struct alz_xml_attr *attrs;
    size_t attr_count;
    size_t depth;
};

/* The attribute's value, or {NULL, 0} when it is absent ("" has a ptr). */
struct alz_str alz_xml_attr_find(const struct alz_xml_element *element,
                                 struct alz_str name);

/* In the header, so that the length of a literal costs nothing. */
static inline struct alz_str alz_xml_attr(const struct alz_xml_element *element,
                                          const char *name)
{
    return alz_xml_attr_find(element, alz_str_from(name));
}

/*
 * One row of an XML converter's table; ends with a row whose path is NULL.
 * path is matched against the end of the element's path: "testcase/failure"
 * fits a failure directly in a testcase at any depth, "/testsuite" only the
 * root. The longest fitting path wins, "*" alone fits what nothing else does.
 * open: may be NULL. text: pieces of the element's own character data, as
 * they come (never the whole: a piece is at most 64 KiB). close: with all of
 * the element's own character data up to text_max bytes (0: none is kept);
 * `cut` tells how many more there were. Children of an element without a
 * fitting row are still visited.
 */
struct alz_xml_row {
    const char *path;
    void (*open)(void *state, struct alz_out *out,
                 const struct alz_xml_element *element);
    void (*text)(void *state, struct alz_out *out, struct alz_str piece);
    void (*close)(void *state, struct alz_out *out, struct alz_str text,
                  size_t cut);
    size_t text_max;
};

/* ---- lines ------------------------------------------------------------ */

/* A line without its end; number counts from 1. */
struct alz_line {
    struct alz_str text; /* CR before LF is dropped */
    uint64_t number;
    int64_t seen_ms;   /* wall clock when it arrived (live), else 0 */
    size_t cut;        /* bytes dropped behind text (longer than the cap) */
    bool unterminated; /* the input ended without a line end */
};

/* One row of a line converter's table; ends with both NULL. Rows are tried
 * in order, the first whose take returns true has consumed the line. */
struct alz_line_row {
    const char *title; /* for explain: "plan", "test point" */
    bool (*take)(void *state, struct alz_out *out, const struct alz_line *line);
};

/* ---- JSON ------------------------------------------------------------- */

enum alz_json_type {
    ALZ_JSON_NULL,
    ALZ_JSON_FALSE,
    ALZ_JSON_TRUE,
    ALZ_JSON_NUMBER,
    ALZ_JSON_STRING,
    ALZ_JSON_OBJECT,
    ALZ_JSON_ARRAY
};

struct alz_json_value {
    enum alz_json_type type;
    struct alz_str key;  /* in an object, else "" */
    struct alz_str text; /* STRING: decoded UTF-8; NUMBER: its digits */
    size_t depth;
};

/*
 * One row of a JSON converter's table; ends with a row whose path is NULL.
 * path is matched against the end of the value's path, parts separated by
 * "/"; an array element is "[]", "*" any key: "testsuites/[]/name".
 * open: an object or array begins; value: a scalar; close: it ended.
 */
struct alz_json_row {
    const char *path;
    void (*open)(void *state, struct alz_out *out,
                 const struct alz_json_value *value);
    void (*value)(void *state, struct alz_out *out,
                  const struct alz_json_value *value);
    void (*close)(void *state, struct alz_out *out);
};

/* ---- numbers and dates ------------------------------------------------ */

/*
 * A moment as the source wrote it. ms counts from 1970 as if the clock shown
 * were UTC; zoned says whether a zone was written (then ms is really UTC).
 * Below 0 the year was not written: alz_instant_ms finds it.
 */
struct alz_instant {
    int64_t ms;
    bool zoned;
};

/* ISO 8601 (T or blank, fraction 0-9 digits, Z, +hh:mm, +hhmm, +hh), RFC 1123,
 * "20 Nov 2026 16:15:57 GMT", "Nov 20 16:15 UTC" (CTest), epoch seconds (10
 * digits, also with a fraction) or milliseconds (13). 1970-01-01T00:00:00
 * counts as unknown. False: not understood, *ret untouched. */
bool alz_instant_parse(struct alz_str text, struct alz_instant *ret);

/*
 * UTC ms of an instant. Not zoned: `dialect` says what this producer means;
 * AUTO takes of the two readings (UTC, local zone) the one that is not later
 * than the input's mtime + 2 s and nearest to it. in->naive overrides.
 */
int64_t alz_instant_ms(const struct alz_instant *instant,
                       enum alz_naive dialect, const struct alz_input *in);

/*
 * Seconds as runners write them: "0.123", "0.", "9.9e-05", "1,234.567",
 * "1 234,5", "0,5", "1.5s", "12ms". Rounded half up to ms; negative, NaN and
 * beyond 365 days are refused. False: *ret_ms untouched.
 */
bool alz_duration_parse(struct alz_str text, int64_t *ret_ms);

/* A whole non-negative decimal number; false on anything else. */
bool alz_number_parse(struct alz_str text, uint64_t *ret);

/* ---- text ------------------------------------------------------------- */

struct alz_str alz_str_trim(struct alz_str text); /* ASCII blanks */
bool alz_str_is_nocase(struct alz_str text, const char *literal);

/* Bytes equal. These are here because of the many tables of words that are
 * looked through: most of them differ from the text in their first byte. */
static inline bool alz_str_is(struct alz_str text, const char *literal)
{
    if (text.len == 0)
        return *literal == '\0';
    return *text.ptr == *literal && alz_str_equal(text, alz_str_from(literal));
}

static inline bool alz_str_starts(struct alz_str text, const char *literal)
{
    size_t len;

    if (text.len == 0 || *text.ptr != *literal)
        return *literal == '\0';
    len = strlen(literal);
    return len <= text.len && memcmp(text.ptr, literal, len) == 0;
}

static inline bool alz_str_ends(struct alz_str text, const char *literal)
{
    size_t len = strlen(literal);

    return len <= text.len &&
           (len == 0 || memcmp(text.ptr + text.len - len, literal, len) == 0);
}

/* Offset of the first occurrence, or SIZE_MAX. */
size_t alz_str_find(struct alz_str text, const char *literal);
struct alz_str alz_str_from_offset(struct alz_str text, size_t offset);
/* Cuts the first part off *rest at separator; the last part leaves *rest with
 * ptr NULL. False when *rest was already NULL. */
bool alz_str_split(struct alz_str *rest, char separator, struct alz_str *ret);
/* The first line that says something (not blank, not only punctuation). */
struct alz_str alz_str_first_line(struct alz_str text);
/* Of a test's output, the line that says what went wrong, or why it was
 * skipped: the first one with a word of that in it, else its first line that
 * says something. Lines that every test of a framework prints do not count. */
struct alz_str alz_str_failure_line(struct alz_str text);
struct alz_str alz_str_skip_line(struct alz_str text);

/*
 * Growable text for converter state, with a ceiling; zero is empty.
 * Appending beyond max (0: 1 MiB) or out of memory sets full and drops the
 * rest. alz_text_done frees and makes it zero again.
 */
struct alz_text {
    char *ptr;
    size_t len;
    size_t cap;
    size_t max;
    bool full;
};

void alz_text_add(struct alz_text *text, struct alz_str bytes);
void alz_text_clear(struct alz_text *text);
void alz_text_done(struct alz_text *text);
static inline struct alz_str alz_text_str(const struct alz_text *text)
{
    return (struct alz_str){text->ptr ? text->ptr : "", text->len};
}

/* The text without terminal escapes: itself when it has none, else in *room,
 * which is full when there is no memory. Length of the one at the start of a
 * text, 0: there is none. */
struct alz_str alz_str_plain(struct alz_str text, struct alz_text *room);
size_t alz_escape_length(struct alz_str text);

/* Base64 of any line length, appended to *ret. False when it is not. */
bool alz_base64_decode(struct alz_str text, struct alz_text *ret);

/* ---- JSON lines ------------------------------------------------------- */

enum alz_json_text {
    ALZ_JSON_TEXT_WHOLE,
    ALZ_JSON_TEXT_DAMAGED, /* what came before the damage was handed on */
    ALZ_JSON_TEXT_NO_MEMORY
};

/*
 * Reads a text that is one JSON object, for formats that write one a line.
 * value is called for each value inside it as it begins, objects and arrays
 * included, in order; depth 1 is a member of the object itself, and the key of
 * an array's elements is that of the array. Valid during the call only.
 */
enum alz_json_text alz_json_object_read(
    struct alz_str text,
    void (*value)(void *ctx, const struct alz_json_value *value), void *ctx);
/* The same for any JSON, also several texts one after the other: what is at
 * top level is told, too, with depth 0. */
enum alz_json_text
alz_json_text_read(struct alz_str text,
                   void (*value)(void *ctx, const struct alz_json_value *value),
                   void *ctx);

/* ---- properties and tags ---------------------------------------------- */

/*
 * What the name of a property makes of it in a report, the same for every
 * format: "issue", "jira" (issues), "tms", "testcase" (test cases), "tags",
 * "owner", "severity", "epic", ... (labels), "description", "allure.id",
 * "allure.label.X", "allure.link.TYPE[.TEXT]", "allure.parameter.X". A list
 * "A-1, A-2;A-3" is several.
 */
enum alz_property {
    ALZ_PROPERTY_OTHER, /* no convention names it */
    ALZ_PROPERTY_OF_TEST,
    ALZ_PROPERTY_OF_ALL /* of a suite it holds for its tests */
};

enum alz_property alz_property_kind(struct alz_str name);
/* Tells a test what the property means; false when it means nothing. */
bool alz_property_tell(struct alz_out *out, alz_ref ref, struct alz_str name,
                       struct alz_str value);
/* "fast" is a tag, "owner:me" (or "=") the property; "@" in front goes. */
void alz_tag_tell(struct alz_out *out, alz_ref ref, struct alz_str tag);

/* ---- what is open, by name -------------------------------------------- */

/*
 * Entries of converter state under keys of any bytes; zero is empty. An entry
 * is size zeroed bytes that stay where they are; the map frees them, not what
 * they point to. Finding one takes constant time whatever the keys.
 */
struct alz_map {
    struct alz_map_node **slots, *first, *last; /* in the order added */
    size_t slot_count, count;
    size_t max; /* entries; 0: 100,000 */
    uint64_t seed;
    bool starved; /* memory ran out */
};

void *alz_map_find(const struct alz_map *map, struct alz_str key);
/* NULL: out of memory (starved is set) or full. The key must not be in it. */
void *alz_map_add(struct alz_map *map, struct alz_str key, size_t size);
struct alz_str alz_map_key(const void *entry);
void alz_map_drop(struct alz_map *map, void *entry);
/* The entry added after this one; of NULL, the first; NULL at the end. */
void *alz_map_next(const struct alz_map *map, const void *entry);
void alz_map_done(struct alz_map *map);

/* ---- the vocabulary as words ------------------------------------------ */

/* The words that events are written with, for people and as JSON lines: those
 * of enum alz_kind, alz_status ("none" too), the bits of set_status, enum
 * alz_fact, alz_when, alz_pair_kind and alz_level. */
enum alz_words {
    ALZ_KIND_WORDS,
    ALZ_STATUS_WORDS,
    ALZ_FLAG_WORDS,
    ALZ_FACT_WORDS,
    ALZ_WHEN_WORDS,
    ALZ_PAIR_WORDS,
    ALZ_LEVEL_WORDS
};

/* The word of that number (of a flag: of its bit), NULL beyond the last. */
const char *alz_word(enum alz_words list, unsigned number);
/* The number of a word, -1 when it is not among them. */
int alz_word_find(enum alz_words list, struct alz_str word);

/* ---- payloads --------------------------------------------------------- */

/*
 * A file that a report carries inside itself, as base64. Compression is told
 * by the first bytes, whatever the report calls it.
 */
enum alz_payload_kind {
    ALZ_PAYLOAD_PLAIN,    /* the bytes themselves */
    ALZ_PAYLOAD_DEFLATED, /* zlib or gzip */
    ALZ_PAYLOAD_TAR       /* a tar archive, deflated or not */
};

enum alz_payload_end {
    ALZ_PAYLOAD_WHOLE,
    ALZ_PAYLOAD_CUT,     /* more than the limits allow; the rest is dropped */
    ALZ_PAYLOAD_DAMAGED, /* what could be read was handed on */
    ALZ_PAYLOAD_NO_MEMORY
};

/* Bytes after decoding (0: 64 MiB), files of an archive (0: 100). */
struct alz_payload_limits {
    size_t bytes;
    size_t members;
};

/*
 * What comes out. member: a file begins; its name is the last part of its path
 * in the archive, a label and nothing else, and "" outside archives. bytes:
 * a piece of it. Only regular files are handed on: links, devices, holes and
 * files that claim more than the limit are not, and count as damage.
 */
struct alz_payload_sink {
    void (*member)(void *ctx, struct alz_str name);
    void (*bytes)(void *ctx, struct alz_str piece);
    void *ctx;
};

/* Collects base64 that comes in pieces. Zero is empty. */
struct alz_payload {
    struct alz_text bytes; /* decoded */
    char group[4];         /* digits that are no whole group yet */
    size_t digits;
    bool padded, bad;
};

void alz_payload_add(struct alz_payload *payload, struct alz_str base64);
/* Hands on what was collected. *ret_why: what is wrong with it, or "". */
enum alz_payload_end alz_payload_read(struct alz_payload *payload,
                                      enum alz_payload_kind kind,
                                      const struct alz_payload_limits *limits,
                                      const struct alz_payload_sink *sink,
                                      const char **ret_why);
void alz_payload_done(struct alz_payload *payload);

#pragma GCC visibility pop

#endif
