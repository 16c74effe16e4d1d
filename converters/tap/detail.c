/* detail.c - what the YAML and the comments of a point say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"
#include "yaml.h"

/* ---- memory ----------------------------------------------------------- */

static void clear(struct tap_detail *detail)
{
    alz_text_clear(&detail->message);
    alz_text_clear(&detail->trace);
    alz_text_clear(&detail->expected);
    alz_text_clear(&detail->actual);
    alz_text_clear(&detail->source);
    alz_text_clear(&detail->full);
    alz_text_clear(&detail->exit);
    alz_text_clear(&detail->fallback);
    detail->duration_ms = -1;
    detail->broken = detail->hook = detail->raw = false;
}

void tap_detail_done(struct tap_detail *detail)
{
    alz_text_done(&detail->message);
    alz_text_done(&detail->trace);
    alz_text_done(&detail->expected);
    alz_text_done(&detail->actual);
    alz_text_done(&detail->source);
    alz_text_done(&detail->full);
    alz_text_done(&detail->exit);
    alz_text_done(&detail->fallback);
}

/* ---- places ----------------------------------------------------------- */

/* Cuts ":12" off the end of *place. */
static bool cut_number(struct alz_str *place, struct alz_str *ret)
{
    size_t at = place->len;

    while (at && tap_is_digit(place->ptr[at - 1]))
        at--;
    if (at < 2 || at == place->len || place->ptr[at - 1] != ':')
        return false;
    *ret = alz_str_from_offset(*place, at);
    *place = tap_head(*place, at - 1);
    return true;
}

/* What stands in the last parentheses, if the text ends with them. */
static struct alz_str inside_parentheses(struct alz_str place)
{
    size_t at = place.len;

    if (!alz_str_ends(place, ")"))
        return place;
    while (at && place.ptr[at - 1] != '(')
        at--;
    return at ? (struct alz_str){place.ptr + at, place.len - at - 1} : place;
}

void tap_detail_source(struct tap *tap, struct alz_str place)
{
    struct alz_text *source = &tap->detail.source;
    struct alz_str line, column;
    bool lined;

    place = inside_parentheses(alz_str_trim(place));
    if (source->len || place.len == 0 || tap_has(place, "\n"))
        return;
    if (alz_str_starts(place, "file://"))
        place = alz_str_from_offset(place, strlen("file://"));
    lined = cut_number(&place, &line);
    column = line;
    if (lined && !cut_number(&place, &line))
        line = column;
    tap_set(tap, source, place);
    if (!lined)
        return;
    tap_put(tap, source, ALZ_STR(":"));
    tap_put(tap, source, line);
}

/* ---- what keys mean --------------------------------------------------- */

struct key {
    const char *name;
    void (*take)(struct tap *tap, const struct tap_entry *entry);
};

static void take_entry(struct tap *tap, const struct tap_entry *entry,
                       const struct key *keys, struct alz_text *value);

/* Not one of them says what happened. */
static bool is_generic(struct alz_str message)
{
    uint64_t number;
    size_t len = tap_number_scan(message, &number);
    struct alz_str rest = alz_str_from_offset(message, len);

    return alz_str_is(message, "test failed") ||
           (len && (alz_str_is(rest, " subtest failed") ||
                    alz_str_is(rest, " subtests failed")));
}

/* Messages of several lines are read as comments are. */
void tap_detail_message(struct tap *tap, struct alz_str text)
{
    struct tap_detail *detail = &tap->detail;

    text = alz_str_trim(text);
    if (text.len == 0 || detail->message.len || is_generic(text))
        return;
    if (!tap_has(text, "\n")) {
        tap_set(tap, &detail->message, text);
        return;
    }
    if (detail->full.len == 0)
        tap_set(tap, &detail->full, text);
    tap_comments_read(tap, text);
}

static void put_trace(struct tap *tap, struct alz_str text)
{
    if (text.len == 0)
        return;
    if (tap->detail.trace.len)
        tap_put(tap, &tap->detail.trace, ALZ_STR("\n"));
    tap_put(tap, &tap->detail.trace, text);
}

static void take_message(struct tap *tap, const struct tap_entry *entry)
{
    tap_detail_message(tap, entry->value);
}

static void take_stack(struct tap *tap, const struct tap_entry *entry)
{
    put_trace(tap, entry->value);
}

static void take_other(struct tap *tap, const struct tap_entry *entry)
{
    bool lines = entry->shape == TAP_NESTED || tap_has(entry->value, "\n");

    put_trace(tap, entry->item ? ALZ_STR("-") : entry->key);
    if (!entry->item)
        tap_put(tap, &tap->detail.trace, ALZ_STR(":"));
    if (entry->value.len)
        tap_put(tap, &tap->detail.trace, lines ? ALZ_STR("\n") : ALZ_STR(" "));
    tap_put(tap, &tap->detail.trace, entry->value);
}

static void take_expected(struct tap *tap, const struct tap_entry *entry)
{
    if (tap->detail.expected.len == 0)
        tap_set(tap, &tap->detail.expected, entry->value);
}

static void take_actual(struct tap *tap, const struct tap_entry *entry)
{
    if (tap->detail.actual.len == 0)
        tap_set(tap, &tap->detail.actual, entry->value);
}

static void take_ms(struct tap *tap, const struct tap_entry *entry)
{
    struct alz_text *text = &tap->scratch[2];
    int64_t duration;

    tap_set(tap, text, alz_str_trim(entry->value));
    tap_put(tap, text, ALZ_STR("ms"));
    if (alz_duration_parse(alz_text_str(text), &duration))
        tap->detail.duration_ms = duration;
}

static void take_seconds(struct tap *tap, const struct tap_entry *entry)
{
    int64_t duration;

    if (tap->detail.duration_ms < 0 &&
        alz_duration_parse(entry->value, &duration))
        tap->detail.duration_ms = duration;
}

static void take_severity(struct tap *tap, const struct tap_entry *entry)
{
    tap->detail.broken |=
        alz_str_is(entry->value, "error") || alz_str_is(entry->value, "crash");
}

static void take_failure_type(struct tap *tap, const struct tap_entry *entry)
{
    static const char *const broken[] = {
        "testTimeoutFailure",    "hookFailed",
        "cancelledByParent",     "uncaughtException",
        "unhandledRejection",    "testAborted",
        "parentAlreadyFinished", "multipleCallbackInvocations",
    };

    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
        tap->detail.broken |= alz_str_is(entry->value, broken[i]);
    tap->detail.hook |= alz_str_is(entry->value, "hookFailed");
}

static void take_exit(struct tap *tap, const struct tap_entry *entry)
{
    if (entry->shape == TAP_NULL || alz_str_is(entry->value, "0"))
        return;
    tap_set(tap, &tap->detail.exit, ALZ_STR("exit code "));
    tap_put(tap, &tap->detail.exit, entry->value);
}

/* Told as parameters, labels and so on: extras.c. */
static void take_nothing(struct tap *tap, const struct tap_entry *entry)
{
    (void)tap;
    (void)entry;
}

/* ---- keys with keys below --------------------------------------------- */

static void take_file(struct tap *tap, const struct tap_entry *entry)
{
    if (tap->detail.source.len == 0)
        tap_set(tap, &tap->detail.source, entry->value);
}

static void take_line(struct tap *tap, const struct tap_entry *entry)
{
    struct alz_text *source = &tap->detail.source;
    uint64_t line;

    if (source->len == 0 || tap_has(alz_text_str(source), ":") ||
        !alz_number_parse(entry->value, &line))
        return;
    tap_put(tap, source, ALZ_STR(":"));
    tap_put_number(tap, source, line);
}

static const struct key place_keys[] = {
    {"file",       take_file   },
    {"fileName",   take_file   },
    {"line",       take_line   },
    {"lineNumber", take_line   },
    {NULL,         take_nothing},
};

static void take_place(struct tap *tap, const struct tap_entry *entry)
{
    if (entry->shape == TAP_NESTED)
        take_entry(tap, entry, place_keys, &tap->scratch[4]);
    else
        tap_detail_source(tap, entry->value);
}

/* vitest; node-tap's are scalars. */
static const struct key error_keys[] = {
    {"message", take_message},
    {"name",    take_nothing},
    {"stack",   take_stack  },
    {NULL,      take_other  },
};

static void take_error(struct tap *tap, const struct tap_entry *entry)
{
    if (entry->shape == TAP_NESTED)
        take_entry(tap, entry, error_keys, &tap->scratch[4]);
    else
        take_message(tap, entry);
}

static const struct key compared_keys[] = {
    {"expected", take_expected},
    {"wanted",   take_expected},
    {"want",     take_expected},
    {"expect",   take_expected},
    {"actual",   take_actual  },
    {"found",    take_actual  },
    {"got",      take_actual  },
    {"have",     take_actual  },
    {NULL,       take_nothing },
};

static void take_data(struct tap *tap, const struct tap_entry *entry)
{
    if (entry->shape == TAP_NESTED)
        take_entry(tap, entry, compared_keys, &tap->scratch[4]);
    take_other(tap, entry);
}

/* Criterion: "- file.c:5: |+" and the text below it. */
static void take_failures(struct tap *tap, const struct tap_entry *entry)
{
    struct alz_str rest = entry->value, line, place;

    if (tap_line_split(&rest, &line) && alz_str_starts(line, "- ")) {
        place = alz_str_trim(alz_str_from_offset(line, 2));
        place = tap_head(place, tap_find_or_end(place, ": "));
        tap_detail_source(tap, place);
        if (tap->detail.message.len == 0)
            tap_set(tap, &tap->detail.message, alz_str_first_line(rest));
    }
    take_other(tap, entry);
}

static const struct key keys[] = {
    {"message",     take_message     },
    {"error",       take_error       },
    {"stack",       take_stack       },
    {"trace",       take_stack       },
    {"data",        take_data        },
    {"diag",        take_data        },
    {"expected",    take_expected    },
    {"wanted",      take_expected    },
    {"want",        take_expected    },
    {"expect",      take_expected    },
    {"actual",      take_actual      },
    {"found",       take_actual      },
    {"got",         take_actual      },
    {"have",        take_actual      },
    {"at",          take_place       },
    {"location",    take_place       },
    {"file",        take_file        },
    {"fileName",    take_file        },
    {"line",        take_line        },
    {"lineNumber",  take_line        },
    {"column",      take_nothing     },
    {"duration_ms", take_ms          },
    {"duration",    take_seconds     },
    {"severity",    take_severity    },
    {"failureType", take_failure_type},
    {"tapCaught",   take_failure_type},
    {"exitCode",    take_exit        },
    {"failures",    take_failures    },
    {"operator",    take_nothing     },
    {"compare",     take_nothing     },
    {"code",        take_nothing     },
    {"name",        take_nothing     },
    {"type",        take_nothing     },
    {"signal",      take_nothing     },
    {"attachments", take_nothing     },
    {"labels",      take_nothing     },
    {"links",       take_nothing     },
    {"parameters",  take_nothing     },
    {"steps",       take_nothing     },
    {NULL,          take_other       },
};

/* ---- reading ---------------------------------------------------------- */

static void take(struct tap *tap, const struct tap_entry *entry,
                 const struct key *key)
{
    if (alz_str_starts(entry->key, "allure."))
        return;
    while (key->name && !alz_str_is(entry->key, key->name))
        key++;
    key->take(tap, entry);
}

static void read_yaml(struct tap *tap, struct alz_str block,
                      const struct key *table, struct alz_text *value)
{
    struct tap_yaml yaml;
    struct tap_entry entry;

    tap_yaml_init(&yaml, block, value);
    while (tap_yaml_next(&yaml, &entry))
        take(tap, &entry, table);
    if (table == keys)
        tap->detail.raw = yaml.broken;
    if (yaml.no_memory && !tap->no_memory) {
        tap->no_memory = true;
        tap_report(tap, TAP_NO_MEMORY, ALZ_STR(""));
    }
}

static void take_entry(struct tap *tap, const struct tap_entry *entry,
                       const struct key *table, struct alz_text *value)
{
    read_yaml(tap, entry->value, table, value);
}

/* What was not understood is shown as it was written. */
static void keep_raw(struct tap *tap, const struct tap_point *point)
{
    if (!tap->detail.raw)
        return;
    tap_report_once(tap, TAP_YAML_BAD, alz_text_str(&point->name));
    alz_text_clear(&tap->detail.full);
    tap_set(tap, &tap->detail.trace, alz_text_str(&point->yaml));
}

/* The whole of a message or the comments go before the rest, unless a stack
 * repeats them. */
static void put_full(struct tap *tap)
{
    struct tap_detail *detail = &tap->detail;
    struct alz_text *text = &tap->scratch[2];
    struct alz_str full = alz_text_str(&detail->full), rest = full, line;

    if (!tap_line_split(&rest, &line))
        return;
    tap_set(tap, text, line);
    tap_put(tap, text, (struct alz_str){"", 1});
    if (text->len > 1 && text->ptr &&
        tap_has(alz_text_str(&detail->trace), text->ptr))
        return;
    tap_set(tap, text, full);
    if (detail->trace.len)
        tap_put(tap, text, ALZ_STR("\n"));
    tap_put(tap, text, alz_text_str(&detail->trace));
    tap_set(tap, &detail->trace, alz_text_str(text));
}

void tap_detail_read(struct tap *tap, const struct tap_point *point)
{
    struct tap_detail *detail = &tap->detail;

    clear(detail);
    tap_set(tap, &detail->source, alz_text_str(&point->source));
    if (point->yaml.len)
        read_yaml(tap, alz_text_str(&point->yaml), keys, &tap->scratch[3]);
    keep_raw(tap, point);
    if (point->comments.len) {
        tap_set(tap, &detail->full, alz_text_str(&point->comments));
        tap_comments_read(tap, alz_text_str(&point->comments));
    }
    put_full(tap);
    if (detail->message.len == 0 && detail->exit.len)
        tap_set(tap, &detail->message, alz_text_str(&detail->exit));
    if (detail->message.len == 0)
        tap_set(tap, &detail->message, alz_text_str(&detail->fallback));
    tap_extras_reserve(tap, alz_text_str(&point->yaml));
}
