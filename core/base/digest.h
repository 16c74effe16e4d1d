/* digest.h - MD5 and SHA-1 in hex, name-based UUIDs, 64-bit keys (libmd). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_BASE_DIGEST_H
#define ALZ_BASE_DIGEST_H

#include <allurize/convert.h>

enum { ALZ_MD5_HEX = 32, ALZ_UUID_LEN = 36 };

/* 32 lower-case hex digits and a NUL. */
void alz_md5_hex(struct alz_str text, char ret[ALZ_MD5_HEX + 1]);

struct alz_uuid {
    unsigned char bytes[16];
};

/* RFC 9562 version 5 (SHA-1) over the namespace's bytes and the name. */
struct alz_uuid alz_uuid_v5(const struct alz_uuid *space, struct alz_str name);

/* Version 4 from getrandom. -1 when the kernel gives none. */
int alz_uuid_v4(struct alz_uuid *ret);

void alz_uuid_text(const struct alz_uuid *uuid, char ret[ALZ_UUID_LEN + 1]);
bool alz_uuid_parse(struct alz_str text, struct alz_uuid *ret);

/* A 64-bit key of some bytes: the first half of their MD5. */
uint64_t alz_key64(struct alz_str text);

#endif
