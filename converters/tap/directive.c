/* directive.c - what stands behind the # of a test point. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "line.h"

/* How much of the text a word must be. */
enum fit {
    WORD,  /* this spelling, a whole word */
    FREE,  /* any case, a whole word */
    LONGER /* any case, may go on: SKIP, skipped, SKIPPING: */
};

struct word {
    const char *word;
    enum fit fit;
    void (*take)(const struct word *word, struct alz_str text,
                 struct tap_directive *ret);
    enum tap_directive_kind kind;
};

static bool is_word_byte(char byte)
{
    return tap_is_digit(byte) || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '_' || (byte & 0x80);
}

static bool fits(const struct word *word, struct alz_str text)
{
    size_t len = strlen(word->word);

    if (word->fit == WORD ? !alz_str_starts(text, word->word)
                          : !tap_prefix_nocase(text, word->word))
        return false;
    return word->fit == LONGER || text.len == len ||
           !is_word_byte(text.ptr[len]);
}

/* "SKIPPED: why" -> "why"; "timeout after 1s" stays whole. */
static struct alz_str reason_of(const struct word *word, struct alz_str text)
{
    size_t at = strlen(word->word);

    if (word->kind == TAP_TIMEOUT && *word->word == 't')
        return text;
    while (word->fit == LONGER && at < text.len && !tap_is_blank(text.ptr[at]))
        at++;
    if (word->fit != LONGER && at < text.len && text.ptr[at] == ':')
        at++;
    return tap_trim_start(alz_str_from_offset(text, at));
}

/* "12.5ms", "1s"; "duration_ms 12" has its unit in the name. */
static void take_time(const struct word *word, struct alz_str text,
                      struct tap_directive *ret)
{
    bool ms = *word->word == 'd';
    char digits[40];
    int64_t duration;
    struct alz_str value =
        alz_str_trim(alz_str_from_offset(text, strlen(word->word)));

    if (alz_str_starts(value, "=") || alz_str_starts(value, ":"))
        value = alz_str_trim(alz_str_from_offset(value, 1));
    if (ms && value.len && value.len < sizeof(digits) - 2) {
        memcpy(digits, value.ptr, value.len);
        memcpy(digits + value.len, "ms", 2);
        value = (struct alz_str){digits, value.len + 2};
    }
    if (alz_duration_parse(value, &duration))
        ret->duration_ms = duration;
}

/* Perl's way to say that a test was neither run nor is expected to pass. */
static void skip_of_todo(struct tap_directive *ret)
{
    struct alz_str rest = ret->reason;
    size_t len;

    if (ret->kind != TAP_TODO || !alz_str_starts(rest, "&"))
        return;
    rest = tap_trim_start(alz_str_from_offset(rest, 1));
    len = tap_prefix_nocase(rest, "SKIP");
    if (!len)
        return;
    ret->kind = TAP_SKIP;
    ret->todo_skip = true;
    ret->reason = tap_trim_start(alz_str_from_offset(rest, len));
}

static void take_kind(const struct word *word, struct alz_str text,
                      struct tap_directive *ret)
{
    ret->kind = word->kind;
    ret->reason = reason_of(word, text);
    skip_of_todo(ret);
    if (alz_str_is(ret->reason, "-"))
        ret->reason = ALZ_STR("");
}

static void take_flaky(const struct word *word, struct alz_str text,
                       struct tap_directive *ret)
{
    (void)word;
    (void)text;
    ret->flaky = true;
}

static void take_exit(const struct word *word, struct alz_str text,
                      struct tap_directive *ret)
{
    (void)word;
    ret->exit = text;
}

/* The words that TAP and its producers know. Those of KTAP and of node:test
 * are common English, so only their own spelling counts. */
static const struct word words[] = {
    {"SKIP",             LONGER, take_kind,  TAP_SKIP        },
    {"TODO",             FREE,   take_kind,  TAP_TODO        },
    {"XFAIL",            WORD,   take_kind,  TAP_XFAIL       },
    {"EXPECTED FAILURE", WORD,   take_kind,  TAP_XFAIL       },
    {"TIMEOUT",          WORD,   take_kind,  TAP_TIMEOUT     },
    {"timeout after",    WORD,   take_kind,  TAP_TIMEOUT     },
    {"ERROR",            WORD,   take_kind,  TAP_ERROR       },
    {"FLAKY",            WORD,   take_flaky, TAP_NO_DIRECTIVE},
    {"time=",            LONGER, take_time,  TAP_NO_DIRECTIVE},
    {"duration_ms",      FREE,   take_time,  TAP_NO_DIRECTIVE},
    {"exit=",            LONGER, take_exit,  TAP_NO_DIRECTIVE},
    {"rcode=",           LONGER, take_exit,  TAP_NO_DIRECTIVE},
};

/* False: no word that we know. */
static bool take_part(struct alz_str part, struct tap_directive *ret)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (!fits(&words[i], part))
            continue;
        if (words[i].kind && ret->kind)
            return false;
        words[i].take(&words[i], part, ret);
        return true;
    }
    return false;
}

/* Cuts the text before the next " # " off *rest. */
static struct alz_str next_part(struct alz_str *rest)
{
    size_t at = alz_str_find(*rest, " # ");
    struct alz_str part = tap_head(*rest, at);

    *rest = alz_str_from_offset(*rest, at == SIZE_MAX ? rest->len : at + 3);
    return alz_str_trim(part);
}

/* A # that begins nothing we know belongs to the text before it. */
static void extend(struct tap_directive *ret, struct alz_str part)
{
    struct alz_str *text = ret->kind ? &ret->reason : &ret->note;

    if (text->len == 0)
        *text = part;
    else
        text->len = (size_t)(part.ptr + part.len - text->ptr);
}

void tap_directive_parse(struct alz_str hash, struct tap_directive *ret)
{
    *ret = (struct tap_directive){
        .duration_ms = -1,
        .reason = ALZ_STR(""),
        .exit = ALZ_STR(""),
        .note = ALZ_STR(""),
    };
    while (hash.len) {
        struct alz_str part = next_part(&hash);

        if (part.len && (ret->note.len || !take_part(part, ret)))
            extend(ret, part);
    }
}
