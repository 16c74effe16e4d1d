/* keys.c - what the keys of a point's YAML mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"
#include "yaml.h"

struct key {
    const char *name;
    void (*take)(struct tap *tap, const struct tap_entry *entry);
};

static void take_entry(struct tap *tap, const struct tap_entry *entry,
                       const struct key *keys, struct alz_text *value);

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

void tap_keys_read(struct tap *tap, struct alz_str block)
{
    read_yaml(tap, block, keys, &tap->scratch[3]);
}
