/* ended.c - how a stream of bytes pauses and ends, for every reader. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/encoding.h"
#include "read/reader.h"

#include <allurize/allurize.h>

enum { QUIET_MS = 200 };

static const struct alz_diag unreadable = {
    ALZ_ERROR, "bytes/read", "the input cannot be read", ALZ_EXIT_INPUT};
static const struct alz_diag broken_off = {
    ALZ_ERROR, "bytes/read", "the input cannot be read to its end",
    ALZ_EXIT_DAMAGED};
static const struct alz_diag undecodable = {
    ALZ_WARNING, "bytes/undecodable",
    "bytes that mean nothing in the input's encoding were replaced", 0};

enum alz_ending alz_reading_ended(const struct alz_reading *reading, int error,
                                  bool anything)
{
    char buffer[128];

    if (error != 0) {
        alz_report(reading->out, anything ? &broken_off : &unreadable,
                   alz_str_from(strerror_r(error, buffer, sizeof buffer)));
        return ALZ_DAMAGED;
    }
    if (reading->interrupted != NULL && *reading->interrupted)
        return ALZ_INTERRUPTED;
    return ALZ_COMPLETE;
}

void alz_reading_decoded(const struct alz_reading *reading,
                         const struct alz_encoding *encoding)
{
    if (encoding->replaced > 0)
        alz_report(reading->out, &undecodable, alz_str_from(encoding->name));
}

void alz_reading_await(const struct alz_reading *reading,
                       struct alz_bytes *bytes)
{
    if (!reading->live || bytes->wait == NULL ||
        reading->converter->idle == NULL || bytes->wait(bytes, QUIET_MS) != 0)
        return;
    reading->converter->idle(reading->state, reading->out);
    bytes->wait(bytes, -1);
}
