/* profile.c - the keys of [profile]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

/* ---- [profile] -------------------------------------------------------- */

static bool profile_texts(struct log_rules *rules, struct alz_str key,
                          struct alz_str value)
{
    const struct {
        const char *key;
        struct alz_str *target;
    } texts[] = {
        {"name",            &rules->name     },
        {"title",           &rules->title    },
        {"framework",       &rules->framework},
        {"language",        &rules->language },
        {"suite-separator", &rules->separator},
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (alz_str_is(key, texts[i].key)) {
            *texts[i].target = value;
            return true;
        }
    }
    return false;
}

static bool profile_choices(struct log_load *load, struct alz_str key,
                            struct alz_str value, struct log_place place)
{
    static const char *const unmatched[] = {"ignore", "output", NULL};
    static const char *const suites[] = {"early", "late", NULL};
    static const char *const classes[] = {"no", "suite", NULL};
    static const char *const ansi[] = {"strip", "keep", NULL};
    static const char *const encodings[] = {"utf-8", "latin-1", NULL};
    static const char *const starts[] = {"previous-end", "line-arrival", NULL};
    struct log_rules *rules = load->into;
    const struct {
        const char *key;
        const char *const *words;
        bool *target;
    } choices[] = {
        {"unmatched",   unmatched, &rules->unmatched_output},
        {"suite-names", suites,    &rules->late_suite      },
        {"late-class",  classes,   &rules->late_class      },
        {"ansi",        ansi,      &rules->keep_ansi       },
        {"encoding",    encodings, &rules->latin1          },
        {"start-from",  starts,    &rules->arrival         },
    };

    for (size_t i = 0; i < sizeof(choices) / sizeof(*choices); i++) {
        if (alz_str_is(key, choices[i].key)) {
            *choices[i].target =
                log_read_word(load, choices[i].words, value, place) > 0;
            return true;
        }
    }
    return false;
}

void log_key_profile(struct log_load *load, struct alz_str key,
                     struct alz_str value, struct log_place place)
{
    struct log_rules *rules = load->into;

    if (profile_texts(rules, key, value) ||
        profile_choices(load, key, value, place) ||
        log_time_style_read(load, &rules->time, key, value, place))
        return;
    if (alz_str_is(key, "prefix"))
        log_read_regex(load, &rules->prefix, value, place, true);
    else if (alz_str_is(key, "parallel"))
        rules->parallel = log_read_yes(load, value, place);
    else if (alz_str_is(key, "max-line"))
        rules->max_line = (size_t)log_read_number(load, value, 1 << 20, place);
    else if (alz_str_is(key, "match-limit"))
        rules->match_limit =
            (uint32_t)log_read_number(load, value, 1000000, place);
    else if (alz_str_is(key, "on-eof-open")) {
        if (!log_read_status(value, &rules->eof_status) ||
            rules->eof_status > ALZ_UNKNOWN)
            log_complain(load, place, "is broken, failed or unknown, not",
                         value);
    } else {
        log_complain_key(load, place, "no such key of [profile]", key, value);
    }
}
