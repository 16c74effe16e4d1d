/* base64.c - decoding of base64 (RFC 4648), line breaks or not. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

enum { CHUNK = 768, PAD = 64, BLANK = 65, BAD = 66 };

struct decoder {
    struct alz_text *to;
    uint32_t bits;
    unsigned digits; /* of the group of four begun */
    unsigned pads;
    size_t len;
    char bytes[CHUNK];
};

static unsigned digit_of(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (unsigned)(byte - 'A');
    if (byte >= 'a' && byte <= 'z')
        return (unsigned)(byte - 'a') + 26;
    if (byte >= '0' && byte <= '9')
        return (unsigned)(byte - '0') + 52;
    if (byte == '+')
        return 62;
    if (byte == '/')
        return 63;
    if (byte == '=')
        return PAD;
    return byte == ' ' || (byte >= '\t' && byte <= '\r') ? BLANK : BAD;
}

static void flush(struct decoder *decoder)
{
    alz_text_add(decoder->to, (struct alz_str){decoder->bytes, decoder->len});
    decoder->len = 0;
}

/* The first n bytes of a group of 24 bits. */
static void put_group(struct decoder *decoder, unsigned n)
{
    if (decoder->len + 3 > CHUNK)
        flush(decoder);
    for (unsigned i = 0; i < n; i++)
        decoder->bytes[decoder->len++] =
            (char)(decoder->bits >> (16 - 8 * i) & 0xff);
    decoder->bits = 0;
    decoder->digits = 0;
}

static bool take(struct decoder *decoder, char byte)
{
    unsigned digit = digit_of(byte);

    if (digit == BLANK)
        return true;
    if (digit == BAD)
        return false;
    if (digit == PAD)
        return ++decoder->pads + decoder->digits <= 4 && decoder->digits > 1;
    if (decoder->pads)
        return false;
    decoder->bits |= digit << (18 - 6 * decoder->digits);
    if (++decoder->digits == 4)
        put_group(decoder, 3);
    return true;
}

/* The last group may come without its padding, but not with half of it. */
static bool finish(struct decoder *decoder)
{
    unsigned digits = decoder->digits;

    if (digits == 1 || (decoder->pads && digits + decoder->pads != 4))
        return false;
    if (digits)
        put_group(decoder, digits - 1);
    flush(decoder);
    return true;
}

bool alz_base64_decode(struct alz_str text, struct alz_text *ret)
{
    struct decoder decoder = {.to = ret};
    size_t before = ret->len;
    bool was_full = ret->full, good = true;

    for (size_t i = 0; i < text.len && good; i++)
        good = take(&decoder, text.ptr[i]);
    if (good && finish(&decoder))
        return true;
    ret->len = before;
    ret->full = was_full;
    return false;
}
