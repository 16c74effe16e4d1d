/* test_digest.c - MD5, UUIDs and keys against published vectors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "tap.h"

#include <md5.h>
#include <sha1.h>

static void md5_is(struct alz_str text, const char *want, const char *what)
{
    char hex[ALZ_MD5_HEX + 1];

    memset(hex, 'x', sizeof(hex));
    alz_md5_hex(text, hex);
    OK(hex[ALZ_MD5_HEX] == '\0', "a NUL at the end");
    IS(alz_str_from(hex), want, what);
}

static void test_md5(void)
{
    md5_is((struct alz_str){NULL, 0}, "d41d8cd98f00b204e9800998ecf8427e",
           "RFC 1321: empty");
    md5_is(ALZ_STR("a"), "0cc175b9c0f1b6a831c399e269772661", "RFC 1321: a");
    md5_is(ALZ_STR("message digest"), "f96b697d7cb7938d525a2f31aaf161d0",
           "RFC 1321: message digest");
    md5_is(ALZ_STR("1234567890123456789012345678901234567890123456789012345678"
                   "9012345678901234567890"),
           "57edf4a22be3c955ac49da2e2107b67a", "RFC 1321: 80 digits");
}

static void test_key(void)
{
    OK(alz_key64(ALZ_STR("a")) == UINT64_C(0x0cc175b9c0f1b6a8),
       "a key is the first half of the MD5");
    OK(alz_key64((struct alz_str){NULL, 0}) == UINT64_C(0xd41d8cd98f00b204),
       "of nothing too");
}

static void uuid_v5_is(const char *space, struct alz_str name, const char *want,
                       const char *what)
{
    char text[ALZ_UUID_LEN + 1];
    struct alz_uuid namespace_id, uuid;

    OK(alz_uuid_parse(alz_str_from(space), &namespace_id), "a namespace");
    uuid = alz_uuid_v5(&namespace_id, name);
    alz_uuid_text(&uuid, text);
    IS(alz_str_from(text), want, what);
}

static void test_v5(void)
{
    const char *dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    const char *url = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

    uuid_v5_is(dns, ALZ_STR("www.example.com"),
               "2ed6657d-e927-568b-95e1-2665a8aea6a2", "RFC 9562, A.4");
    uuid_v5_is(dns, ALZ_STR("python.org"),
               "886313e1-3b8a-5372-9b90-0c9aee199e5d", "a DNS name");
    uuid_v5_is(url, ALZ_STR("http://python.org/"),
               "4c565f0d-3f5a-5890-b41b-20cf47701c5e", "a URL");
    uuid_v5_is(dns, (struct alz_str){NULL, 0},
               "4ebd0208-8328-5d69-8c44-ec50939c0967", "no name");
}

static void test_v4(void)
{
    struct alz_uuid one, two;
    bool marked = true;

    for (int i = 0; i < 100; i++) {
        marked &= alz_uuid_v4(&one) == 0;
        marked &= one.bytes[6] >> 4 == 4 && one.bytes[8] >> 6 == 2;
    }
    OK(marked, "random ones say version 4, variant 2");
    OK(alz_uuid_v4(&two) == 0 && memcmp(&one, &two, sizeof(one)) != 0,
       "and differ");
}

static void refuses(struct alz_str text, const char *what)
{
    struct alz_uuid uuid = {{1}};

    OK(!alz_uuid_parse(text, &uuid) && uuid.bytes[0] == 1, what);
}

static void test_parse(void)
{
    char text[ALZ_UUID_LEN + 1];
    struct alz_uuid uuid;

    OK(alz_uuid_parse(ALZ_STR("2ED6657D-e927-568B-95e1-2665A8AEA6A2"), &uuid),
       "upper and lower case are read");
    alz_uuid_text(&uuid, text);
    IS(alz_str_from(text), "2ed6657d-e927-568b-95e1-2665a8aea6a2",
       "lower case is written");
    refuses((struct alz_str){NULL, 0}, "nothing");
    refuses(ALZ_STR("2ed6657d-e927-568b-95e1-2665a8aea6a"), "one short");
    refuses(ALZ_STR("2ed6657d-e927-568b-95e1-2665a8aea6a23"), "one long");
    refuses(ALZ_STR("2ed6657de-927-568b-95e1-2665a8aea6a2"), "a dash moved");
    refuses(ALZ_STR("2ed6657d-e927-568b-95e1-2665a8aea6ag"), "no hex digit");
    refuses(ALZ_STR("2ed6657d-e927-568b-95e1-2665a8aea6a\0"), "a NUL");
    refuses(ALZ_STR("2ed6657d-e927-568b-95e102665a8aea6a2"), "no dash");
}

/* The last block is filled in another way by each length of a message. */
static void test_lengths(void)
{
    enum { LENGTH = 600 };
    char bytes[16 + LENGTH], want[SHA1_DIGEST_STRING_LENGTH];
    bool md5 = true, sha1 = true;
    struct alz_uuid space, uuid;

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 7 + 1);
    memcpy(space.bytes, bytes, sizeof(space.bytes));
    for (size_t len = 0; len <= LENGTH; len++) {
        struct alz_str name = {bytes + 16, len};
        char hex[ALZ_MD5_HEX + 1];
        uint8_t digest[SHA1_DIGEST_LENGTH];
        SHA1_CTX ctx;

        alz_md5_hex(name, hex);
        MD5Data((const uint8_t *)name.ptr, len, want);
        md5 &= strcmp(hex, want) == 0;
        SHA1Init(&ctx);
        SHA1Update(&ctx, (const uint8_t *)bytes, 16 + len);
        SHA1Final(digest, &ctx);
        uuid = alz_uuid_v5(&space, name);
        sha1 &= memcmp(uuid.bytes + 9, digest + 9, 7) == 0 &&
                memcmp(uuid.bytes, digest, 6) == 0;
    }
    OK(md5, "MD5 of 0 to 600 bytes as the library makes it");
    OK(sha1, "and SHA-1");
}

int main(void)
{
    test_lengths();
    test_md5();
    test_key();
    test_v5();
    test_v4();
    test_parse();
    return tap_done();
}
