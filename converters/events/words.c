/* words.c - the members of an event line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

static const char *const members[] = {
    [EVENTS_BEGIN] = "begin", [EVENTS_STATUS] = "status",
    [EVENTS_TEXT] = "text",   [EVENTS_TIME] = "time",
    [EVENTS_ADD] = "add",     [EVENTS_WRITE] = "write",
    [EVENTS_END] = "end",     [EVENTS_REPORT] = "report",
    [EVENTS_REF] = "ref",     [EVENTS_IN] = "in",
    [EVENTS_FLAGS] = "flags", [EVENTS_MS] = "ms",
    [EVENTS_NAME] = "name",   [EVENTS_VALUE] = "value",
};

enum events_member events_member_find(struct alz_str name)
{
    int member = 0;

    while (member < EVENTS_MEMBER_COUNT && !alz_str_is(name, members[member]))
        member++;
    return (enum events_member)member;
}

const char *events_member_name(enum events_member member)
{
    return members[member];
}
