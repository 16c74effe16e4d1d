/* profile.c - the keys of [profile], and words that keys have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

/* ---- words ------------------------------------------------------------ */

bool log_read_yes(struct log_load *load, struct alz_str value,
                  struct log_place place)
{
    if (!alz_str_is(value, "yes") && !alz_str_is(value, "no"))
        log_complain(load, place, "is yes or no, not", value);
    return alz_str_is(value, "yes");
}

int log_read_word(struct log_load *load, const char *const *words,
                  struct alz_str value, struct log_place place)
{
    for (int i = 0; words[i]; i++)
        if (alz_str_is(value, words[i]))
            return i;
    log_complain(load, place, "no such value", value);
    return 0;
}

uint64_t log_read_number(struct log_load *load, struct alz_str value,
                         uint64_t max, struct log_place place)
{
    uint64_t number = 0;

    if (!alz_number_parse(value, &number) || number < 1 || number > max)
        log_complain(load, place, "no such number", value);
    return number;
}

void log_read_regex(struct log_load *load, struct log_regex *regex,
                    struct alz_str value, struct log_place place, bool at_start)
{
    char room[256];
    size_t offset;
    const char *wrong;
    struct alz_text text = {0};

    log_regex_done(regex);
    *regex = (struct log_regex){.source = value, .place = place};
    wrong = value.len ? log_regex_compile(regex, at_start, room, sizeof(room),
                                          &offset)
                      : "an empty regular expression";
    if (!value.len)
        offset = 0;
    if (!wrong)
        return;
    place.column += offset;
    alz_text_add(&text, alz_str_from(wrong));
    log_complain(load, place, "regular expression", alz_text_str(&text));
    alz_text_done(&text);
}

bool log_read_status(struct alz_str word, enum alz_status *ret)
{
    static const struct {
        const char *word;
        enum alz_status status;
    } words[] = {
        {"failed",  ALZ_FAILED },
        {"broken",  ALZ_BROKEN },
        {"unknown", ALZ_UNKNOWN},
        {"skipped", ALZ_SKIPPED},
        {"passed",  ALZ_PASSED },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (alz_str_is(word, words[i].word)) {
            *ret = words[i].status;
            return true;
        }
    }
    return false;
}

/* ---- [profile] -------------------------------------------------------- */

static void set_zone(struct log_load *load, struct alz_str value,
                     struct log_place place)
{
    struct log_rules *rules = load->rules;
    const char *t = value.ptr;

    if (alz_str_is(value, "utc")) {
        rules->zone = LOG_ZONE_UTC;
    } else if (alz_str_is(value, "local")) {
        rules->zone = LOG_ZONE_LOCAL;
    } else if (value.len == 6 && (t[0] == '+' || t[0] == '-') && t[3] == ':' &&
               strspn(t + 1, "0123456789") == 2 &&
               strspn(t + 4, "0123456789") >= 2) {
        rules->zone = LOG_ZONE_FIXED;
        rules->zone_minutes = (t[1] - '0') * 600 + (t[2] - '0') * 60 +
                              (t[4] - '0') * 10 + (t[5] - '0');
        if (t[0] == '-')
            rules->zone_minutes = -rules->zone_minutes;
    } else {
        log_complain(load, place, "is utc, local or +hh:mm, not", value);
    }
}

static bool profile_texts(struct log_rules *rules, struct alz_str key,
                          struct alz_str value)
{
    const struct {
        const char *key;
        struct alz_str *target;
    } texts[] = {
        {"name",            &rules->name       },
        {"title",           &rules->title      },
        {"framework",       &rules->framework  },
        {"language",        &rules->language   },
        {"suite-separator", &rules->separator  },
        {"time-format",     &rules->time_format},
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
    struct log_rules *rules = load->rules;
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
    struct log_rules *rules = load->rules;

    if (alz_str_is(key, "time-format") && !log_time_format_ok(value))
        log_complain(load, place, "no such time format", value);
    if (profile_texts(rules, key, value) ||
        profile_choices(load, key, value, place))
        return;
    if (alz_str_is(key, "prefix"))
        log_read_regex(load, &rules->prefix, value, place, true);
    else if (alz_str_is(key, "parallel"))
        rules->parallel = log_read_yes(load, value, place);
    else if (alz_str_is(key, "time-zone"))
        set_zone(load, value, place);
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
        log_complain(load, place, "no such key of [profile]", key);
    }
}
