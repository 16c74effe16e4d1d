/* worth.c - how much a text tells: how rare it is in logs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "literal.h"

/* Bytes of logs, the most frequent first. */
static const char frequent[] =
    " e0t1a2o3i4n5srl6dch7u8m9p.-:/_=,()\"gfyEwbINTRv"
    "OASDLkCGPMUFBWHVxKYjqz";

unsigned log_byte_rarity(unsigned char byte)
{
    const char *found = byte ? strchr(frequent, byte) : NULL;

    return (unsigned)(found ? (size_t)(found - frequent)
                            : sizeof(frequent) - 1);
}

/* A blank tells nothing, it stands between all words. */
unsigned log_byte_worth(unsigned char byte)
{
    unsigned rarity = log_byte_rarity(byte);

    return rarity == 0 ? 0 : 1 + rarity / 24;
}

/* Beyond this, a longer text tells no more. */
enum { WORTH_MAX = 6 };

static unsigned worth(const struct log_literal *literal)
{
    unsigned sum = 0;

    for (size_t i = 0; i < literal->len && sum < WORTH_MAX; i++)
        sum += log_byte_worth((unsigned char)literal->text[i]);
    return sum < WORTH_MAX ? sum : WORTH_MAX;
}

/* Each of them costs a search. */
unsigned log_literals_worth(const struct log_literals *literals)
{
    unsigned least = WORTH_MAX, count = (unsigned)literals->count;

    for (size_t i = 0; i < literals->count; i++)
        if (worth(&literals->items[i]) < least)
            least = worth(&literals->items[i]);
    return count && 3 * least > count / 2 ? 3 * least - count / 2 : 0;
}

/* ---- search ----------------------------------------------------------- */

size_t log_byte_rarest(struct alz_str text, size_t but, size_t nor)
{
    size_t best = 0;
    int most = -1;

    for (size_t i = 0; i < text.len; i++) {
        int rarity = (int)log_byte_rarity((unsigned char)text.ptr[i]);

        if (i == but || i == nor || rarity <= most)
            continue;
        best = i;
        most = rarity;
    }
    return best;
}

/* Faster than memmem in texts as short as lines. */
size_t log_literal_search(const struct log_literal *literal,
                          struct alz_str text)
{
    const char *at = text.ptr + literal->rarest, *end;

    if (text.len < literal->len)
        return text.len;
    end = text.ptr + text.len - literal->len + literal->rarest + 1;
    while (
        (at = memchr(at, literal->text[literal->rarest], (size_t)(end - at)))) {
        if (memcmp(at - literal->rarest, literal->text, literal->len) == 0)
            return (size_t)(at - text.ptr) - literal->rarest;
        at++;
    }
    return text.len;
}

bool log_literals_held(const struct log_literals *literals, struct alz_str text)
{
    for (size_t i = 0; i < literals->count; i++)
        if (log_literal_search(&literals->items[i], text) < text.len)
            return true;
    return false;
}
