/* words.c - values that keys of rule files have in common; [status]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

void log_complain_key(struct log_load *load, struct log_place place,
                      const char *what, struct alz_str key,
                      struct alz_str value)
{
    place.column -= (size_t)(value.ptr - key.ptr);
    log_complain(load, place, what, key);
}

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

bool log_pair_find(struct alz_str name, enum alz_pair_kind *ret_kind,
                   struct alz_str *ret_name)
{
    static const struct {
        const char *prefix;
        enum alz_pair_kind kind;
    } kinds[] = {
        {"param_",  ALZ_PARAMETER},
        {"xparam_", ALZ_EXCLUDED },
        {"label_",  ALZ_LABEL    },
        {"link_",   ALZ_LINK     },
        {"issue_",  ALZ_ISSUE    },
        {"tms_",    ALZ_TMS      },
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        size_t len = strlen(kinds[i].prefix);

        if (alz_str_starts(name, kinds[i].prefix) && name.len > len) {
            *ret_kind = kinds[i].kind;
            *ret_name = alz_str_from_offset(name, len);
            return true;
        }
    }
    return false;
}

/* ---- [status] --------------------------------------------------------- */

void log_words_read(struct log_load *load, struct log_words *words,
                    struct alz_str key, struct alz_str value,
                    struct log_place place)
{
    struct log_word *word = &words->items[words->count];
    struct alz_str rest = value, part;

    if (words->count == RULES_WORDS) {
        log_complain_key(load, place, "too many words", key, value);
        return;
    }
    if (log_words_find_own(words, key))
        log_complain_key(load, place, "a second row for", key, value);
    *word = (struct log_word){key, ALZ_STATUS_NONE, 0};
    while (alz_str_split(&rest, ' ', &part)) {
        if (!part.len || log_read_status(part, &word->status))
            continue;
        if (alz_str_is(part, "known"))
            word->flags |= ALZ_KNOWN;
        else if (alz_str_is(part, "flaky"))
            word->flags |= ALZ_FLAKY;
        else
            log_complain(load, place, "no such status", part);
    }
    if (word->status == ALZ_STATUS_NONE)
        log_complain(load, place, "no status for", key);
    words->count++;
}

const struct log_word *log_words_find_own(const struct log_words *words,
                                          struct alz_str word)
{
    for (size_t i = 0; i < words->count; i++)
        if (alz_str_equal(words->items[i].word, word))
            return &words->items[i];
    return NULL;
}

static const struct log_word *plain_word(struct alz_str word)
{
    static const struct log_word plain[] = {
        {{"failed", 6},  ALZ_FAILED,  0},
        {{"broken", 6},  ALZ_BROKEN,  0},
        {{"unknown", 7}, ALZ_UNKNOWN, 0},
        {{"skipped", 7}, ALZ_SKIPPED, 0},
        {{"passed", 6},  ALZ_PASSED,  0},
    };

    for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
        if (alz_str_equal(plain[i].word, word))
            return &plain[i];
    return NULL;
}

const struct log_word *log_words_find(const struct log_words *words,
                                      struct alz_str word)
{
    const struct log_word *found = log_words_find_own(words, word);

    if (!found)
        found = plain_word(word);
    return found ? found : log_words_find_own(words, ALZ_STR("*"));
}
