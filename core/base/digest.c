/* digest.c - MD5 in hex, name-based and random UUIDs, 64-bit keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <errno.h>
#include <md5.h>
#include <sha1.h>
#include <sys/random.h>

static const char hex_digits[] = "0123456789abcdef";

static char *put_hex(char *to, unsigned char byte)
{
    *to++ = hex_digits[byte >> 4];
    *to++ = hex_digits[byte & 15];
    return to;
}

/* ---- messages --------------------------------------------------------- */

/*
 * libmd fills the last block byte by byte, which costs as much as the digest
 * of a name does. So the filling is made here (a bit, zeros, the length of the
 * message in bits), and a short message is given to it as whole blocks.
 */
enum { BLOCK = 64, LENGTH_AT = BLOCK - 8, SHORT = 4 * BLOCK };

static size_t fill_block(uint8_t *to, uint64_t message_len, bool big_endian)
{
    size_t used = (size_t)(message_len % BLOCK);
    size_t len = (used < LENGTH_AT ? BLOCK : 2 * BLOCK) - used;
    uint64_t bits = message_len * 8;

    memset(to, 0, len);
    to[0] = 0x80;
    for (size_t i = 0; i < 8; i++)
        to[len - 8 + i] =
            (uint8_t)(bits >> 8 * (big_endian ? 7 - i : i) & 0xff);
    return len;
}

/* A short message of two parts, with the filling. Returns its length. */
static size_t fill_short(uint8_t to[SHORT + 2 * BLOCK], struct alz_str head,
                         struct alz_str tail, bool big_endian)
{
    size_t len = head.len + tail.len;

    if (head.len)
        memcpy(to, head.ptr, head.len);
    if (tail.len)
        memcpy(to + head.len, tail.ptr, tail.len);
    return len + fill_block(to + len, len, big_endian);
}

static void md5(struct alz_str text, unsigned char ret[MD5_DIGEST_LENGTH])
{
    uint8_t bytes[SHORT + 2 * BLOCK];
    MD5_CTX ctx;

    MD5Init(&ctx);
    if (text.len <= SHORT) {
        MD5Update(&ctx, bytes,
                  fill_short(bytes, text, (struct alz_str){NULL, 0}, false));
    } else {
        MD5Update(&ctx, (const uint8_t *)text.ptr, text.len);
        MD5Update(&ctx, bytes, fill_block(bytes, text.len, false));
    }
    for (size_t i = 0; i < MD5_DIGEST_LENGTH; i++)
        ret[i] = (unsigned char)(ctx.state[i / 4] >> 8 * (i % 4) & 0xff);
}

/* Of two parts, one behind the other. */
static void sha1(struct alz_str head, struct alz_str tail,
                 unsigned char ret[SHA1_DIGEST_LENGTH])
{
    uint8_t bytes[SHORT + 2 * BLOCK];
    SHA1_CTX ctx;

    SHA1Init(&ctx);
    if (head.len <= SHORT / 2 && tail.len <= SHORT / 2) {
        SHA1Update(&ctx, bytes, fill_short(bytes, head, tail, true));
    } else {
        SHA1Update(&ctx, (const uint8_t *)head.ptr, head.len);
        SHA1Update(&ctx, (const uint8_t *)tail.ptr, tail.len);
        SHA1Update(&ctx, bytes, fill_block(bytes, head.len + tail.len, true));
    }
    for (size_t i = 0; i < SHA1_DIGEST_LENGTH; i++)
        ret[i] = (unsigned char)(ctx.state[i / 4] >> 8 * (3 - i % 4) & 0xff);
}

/* ---- names ------------------------------------------------------------ */

void alz_md5_hex(struct alz_str text, char ret[ALZ_MD5_HEX + 1])
{
    unsigned char digest[MD5_DIGEST_LENGTH];

    md5(text, digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        ret = put_hex(ret, digest[i]);
    *ret = '\0';
}

uint64_t alz_key64(struct alz_str text)
{
    unsigned char digest[MD5_DIGEST_LENGTH];
    uint64_t key = 0;

    md5(text, digest);
    for (size_t i = 0; i < sizeof(key); i++)
        key = key << 8 | digest[i];
    return key;
}

/* Version and variant of RFC 9562. */
static void mark(struct alz_uuid *uuid, unsigned version)
{
    uuid->bytes[6] = (unsigned char)((uuid->bytes[6] & 0x0f) | version << 4);
    uuid->bytes[8] = (unsigned char)((uuid->bytes[8] & 0x3f) | 0x80);
}

struct alz_uuid alz_uuid_v5(const struct alz_uuid *space, struct alz_str name)
{
    unsigned char digest[SHA1_DIGEST_LENGTH];
    struct alz_uuid ret;

    sha1((struct alz_str){(const char *)space->bytes, sizeof(space->bytes)},
         name, digest);
    memcpy(ret.bytes, digest, sizeof(ret.bytes));
    mark(&ret, 5);
    return ret;
}

int alz_uuid_v4(struct alz_uuid *ret)
{
    size_t have = 0;

    while (have < sizeof(ret->bytes)) {
        ssize_t got =
            getrandom(ret->bytes + have, sizeof(ret->bytes) - have, 0);

        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0)
            have += (size_t)got;
    }
    mark(ret, 4);
    return 0;
}

/* A dash stands before these bytes. */
static bool dash_before(size_t index)
{
    return index == 4 || index == 6 || index == 8 || index == 10;
}

void alz_uuid_text(const struct alz_uuid *uuid, char ret[ALZ_UUID_LEN + 1])
{
    for (size_t i = 0; i < sizeof(uuid->bytes); i++) {
        if (dash_before(i))
            *ret++ = '-';
        ret = put_hex(ret, uuid->bytes[i]);
    }
    *ret = '\0';
}

/* The value of a hex digit, or -1. */
static int hex_value(char digit)
{
    const char *found;

    if (digit >= 'A' && digit <= 'F')
        digit = (char)(digit - 'A' + 'a');
    found = memchr(hex_digits, digit, sizeof(hex_digits) - 1);
    return found ? (int)(found - hex_digits) : -1;
}

bool alz_uuid_parse(struct alz_str text, struct alz_uuid *ret)
{
    struct alz_uuid uuid;
    const char *ptr = text.ptr;

    if (text.len != ALZ_UUID_LEN)
        return false;
    for (size_t i = 0; i < sizeof(uuid.bytes); i++, ptr += 2) {
        int high, low;

        if (dash_before(i) && *ptr++ != '-')
            return false;
        high = hex_value(ptr[0]);
        low = hex_value(ptr[1]);
        if (high < 0 || low < 0)
            return false;
        uuid.bytes[i] = (unsigned char)(high << 4 | low);
    }
    *ret = uuid;
    return true;
}
