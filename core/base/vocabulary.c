/* vocabulary.c - the words of the event vocabulary, and what they mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

static const char *const kinds[] = {
    [ALZ_SUITE] = "suite",       [ALZ_TEST] = "test",
    [ALZ_STEP] = "step",         [ALZ_SETUP] = "setup",
    [ALZ_TEARDOWN] = "teardown", [ALZ_ATTACHMENT] = "attachment",
};
static const char *const statuses[] = {
    [ALZ_FAILED] = "failed",   [ALZ_BROKEN] = "broken",
    [ALZ_UNKNOWN] = "unknown", [ALZ_SKIPPED] = "skipped",
    [ALZ_PASSED] = "passed",   [ALZ_STATUS_NONE] = "none",
};
/* In the order of their bits. */
static const char *const flags[] = {"flaky", "known", "synthetic",
                                    "incomplete"};
static const char *const facts[] = {
    [ALZ_NAME] = "name",
    [ALZ_CLASS] = "class",
    [ALZ_FULL_NAME] = "full-name",
    [ALZ_ID] = "id",
    [ALZ_MESSAGE] = "message",
    [ALZ_TRACE] = "trace",
    [ALZ_EXPECTED] = "expected",
    [ALZ_ACTUAL] = "actual",
    [ALZ_DESCRIPTION] = "description",
    [ALZ_HOST] = "host",
    [ALZ_THREAD] = "thread",
    [ALZ_FRAMEWORK] = "framework",
    [ALZ_LANGUAGE] = "language",
    [ALZ_PACKAGE] = "package",
    [ALZ_METHOD] = "method",
    [ALZ_SOURCE] = "source",
    [ALZ_MEDIA_TYPE] = "media-type",
    [ALZ_PATH] = "path",
};
static const char *const whens[] = {
    [ALZ_START] = "start", [ALZ_STOP] = "stop", [ALZ_DURATION] = "duration"};
static const char *const pairs[] = {
    [ALZ_LABEL] = "label",       [ALZ_PARAMETER] = "parameter",
    [ALZ_EXCLUDED] = "excluded", [ALZ_LINK] = "link",
    [ALZ_ISSUE] = "issue",       [ALZ_TMS] = "tms",
    [ALZ_TOTAL] = "total",       [ALZ_ENVIRONMENT] = "environment",
};
static const char *const levels[] = {
    [ALZ_NOTE] = "note", [ALZ_WARNING] = "warning", [ALZ_ERROR] = "error"};

#define LIST(words)                                                            \
    {                                                                          \
        (words), sizeof(words) / sizeof *(words)                               \
    }
static const struct {
    const char *const *words;
    size_t count;
} lists[] = {
    [ALZ_KIND_WORDS] = LIST(kinds),   [ALZ_STATUS_WORDS] = LIST(statuses),
    [ALZ_FLAG_WORDS] = LIST(flags),   [ALZ_FACT_WORDS] = LIST(facts),
    [ALZ_WHEN_WORDS] = LIST(whens),   [ALZ_PAIR_WORDS] = LIST(pairs),
    [ALZ_LEVEL_WORDS] = LIST(levels),
};

const char *alz_word(enum alz_words list, unsigned number)
{
    return number < lists[list].count ? lists[list].words[number] : NULL;
}

int alz_word_find(enum alz_words list, struct alz_str word)
{
    for (size_t i = 0; i < lists[list].count; i++)
        if (alz_str_is(word, lists[list].words[i]))
            return (int)i;
    return -1;
}
