/* verdict.c - CTest's words for how a test ended. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

const struct console_verdict console_passed = {ALZ_PASSED, "Passed"};
const struct console_verdict console_failed = {ALZ_FAILED, "Failed"};
const struct console_verdict console_skipped = {ALZ_SKIPPED, "Skipped"};
const struct console_verdict console_disabled = {ALZ_SKIPPED, "Disabled"};
const struct console_verdict console_not_run = {ALZ_BROKEN, "Not Run"};
const struct console_verdict console_interrupted = {
    ALZ_BROKEN, "interrupted: the output ends while this test is running"};
const struct console_verdict console_unfinished = {
    ALZ_BROKEN, "CTest ended without a result of this test"};
const struct console_verdict console_timeout = {ALZ_BROKEN, "Timeout"};
const struct console_verdict console_other = {ALZ_BROKEN, ""};
static const struct console_verdict exception = {ALZ_BROKEN, "Exception"};

/* In result lines; tried in order. */
static const struct mark {
    const char *text;
    const struct console_verdict *verdict;
} marks[] = {
    {"Passed ",               &console_passed  },
    {"***Failed",             &console_failed  },
    {"***Skipped",            &console_skipped },
    {"***Not Run (Disabled)", &console_disabled},
    {"***Not Run",            &console_not_run },
    {"***Timeout",            &console_timeout },
    {"***Exception:",         &exception       },
    {"***",                   &console_other   },
};

static const struct mark *mark_at(struct alz_str text)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (alz_str_starts(text, marks[i].text))
            return &marks[i];
    return NULL;
}

const struct console_verdict *console_verdict_read(struct alz_str text,
                                                   struct alz_str *ret_before,
                                                   struct alz_str *ret_rest)
{
    const struct mark *mark;
    size_t stars;

    while (text.len && *text.ptr == ' ')
        text = alz_str_from_offset(text, 1);
    *ret_before = ALZ_STR("");
    mark = mark_at(text);
    if (!mark) {
        stars = alz_str_find(text, "***Exception:");
        if (stars == SIZE_MAX)
            return NULL;
        *ret_before = (struct alz_str){text.ptr, stars};
        text = alz_str_from_offset(text, stars);
        mark = mark_at(text);
    }
    *ret_rest = alz_str_from_offset(text, strlen(mark->text));
    return mark->verdict;
}

/* In the lists at the end; what is not here is a failure of some sort. */
static const struct console_verdict *const listed[] = {
    &console_failed,  &console_skipped, &console_disabled,
    &console_not_run, &console_timeout,
};

const struct console_verdict *console_verdict_listed(struct alz_str word)
{
    for (size_t i = 0; i < sizeof(listed) / sizeof(*listed); i++)
        if (alz_str_is(word, listed[i]->word))
            return listed[i];
    return &console_other;
}
