/* words.c - the words of events, as `allurize explain` prints them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

#define COUNT(words) (sizeof(words) / sizeof *(words))

static const char *const members[] = {
    [EVENTS_BEGIN] = "begin", [EVENTS_STATUS] = "status",
    [EVENTS_TEXT] = "text",   [EVENTS_TIME] = "time",
    [EVENTS_ADD] = "add",     [EVENTS_WRITE] = "write",
    [EVENTS_END] = "end",     [EVENTS_REPORT] = "report",
    [EVENTS_REF] = "ref",     [EVENTS_IN] = "in",
    [EVENTS_FLAGS] = "flags", [EVENTS_MS] = "ms",
    [EVENTS_NAME] = "name",   [EVENTS_VALUE] = "value",
};
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
static const char *const encodings[] = {"text", "base64"};

static int find(const char *const *words, size_t count, struct alz_str word)
{
    for (size_t i = 0; i < count; i++)
        if (alz_str_is(word, words[i]))
            return (int)i;
    return -1;
}

enum events_member events_member_find(struct alz_str name)
{
    int found = find(members, COUNT(members), name);

    return found < 0 ? EVENTS_MEMBER_COUNT : (enum events_member)found;
}

const char *events_member_name(enum events_member member)
{
    return members[member];
}

int events_kind(struct alz_str word)
{
    return find(kinds, COUNT(kinds), word);
}

int events_status(struct alz_str word)
{
    return find(statuses, COUNT(statuses), word);
}

int events_flag(struct alz_str word)
{
    return find(flags, COUNT(flags), word);
}

int events_fact(struct alz_str word)
{
    return find(facts, COUNT(facts), word);
}

int events_when(struct alz_str word)
{
    return find(whens, COUNT(whens), word);
}

int events_pair(struct alz_str word)
{
    return find(pairs, COUNT(pairs), word);
}

int events_level(struct alz_str word)
{
    return find(levels, COUNT(levels), word);
}

int events_encoding(struct alz_str word)
{
    return find(encodings, COUNT(encodings), word);
}
