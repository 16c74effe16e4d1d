/* test_base64.c - decoding of base64. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <allurize/read.h>

/* The decoded text, or "(no)"; compared by IS. */
static void decodes(struct alz_str text, const char *want, const char *what)
{
    struct alz_text got = {0};

    if (alz_base64_decode(text, &got))
        IS(alz_text_str(&got), want, what);
    else
        IS(ALZ_STR("(no)"), want, what);
    alz_text_done(&got);
}

static void test_vectors(void)
{
    decodes(ALZ_STR(""), "", "RFC 4648: empty");
    decodes(ALZ_STR("Zg=="), "f", "RFC 4648: f");
    decodes(ALZ_STR("Zm8="), "fo", "RFC 4648: fo");
    decodes(ALZ_STR("Zm9v"), "foo", "RFC 4648: foo");
    decodes(ALZ_STR("Zm9vYg=="), "foob", "RFC 4648: foob");
    decodes(ALZ_STR("Zm9vYmE="), "fooba", "RFC 4648: fooba");
    decodes(ALZ_STR("Zm9vYmFy"), "foobar", "RFC 4648: foobar");
    decodes(ALZ_STR("+/8="), "\xfb\xff", "+ and /");
}

static void test_tolerance(void)
{
    decodes(ALZ_STR("Z m\r\n9v\tY\ng=\n=\n"), "foob", "blanks anywhere");
    decodes(ALZ_STR("Zm8"), "fo", "no padding");
    decodes(ALZ_STR("Zg"), "f", "no padding of two");
    decodes(ALZ_STR(" \n"), "", "only blanks");
}

static void test_refusal(void)
{
    decodes(ALZ_STR("Z"), "(no)", "one digit");
    decodes(ALZ_STR("Zm9vY"), "(no)", "one digit too many");
    decodes(ALZ_STR("Zg="), "(no)", "half a padding");
    decodes(ALZ_STR("Zg==="), "(no)", "too much padding");
    decodes(ALZ_STR("Zm9v="), "(no)", "padding of nothing");
    decodes(ALZ_STR("Zg==Zg=="), "(no)", "text after the padding");
    decodes(ALZ_STR("Zg=a"), "(no)", "a digit in the padding");
    decodes(ALZ_STR("Zm9.v"), "(no)", "another byte");
    decodes(ALZ_STR("Zm9\0v"), "(no)", "a NUL");
    decodes(ALZ_STR("Zm9\x80v"), "(no)", "a byte above ASCII");
}

/* 3000 bytes cross the decoder's chunks; every value of a byte occurs. */
static void test_long(void)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqr"
                                 "stuvwxyz0123456789+/";
    static unsigned char bytes[3000];
    static char text[4000];
    struct alz_text got = {0};

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(i * 7 + i / 256);
    for (size_t i = 0, j = 0; i < sizeof(bytes); i += 3) {
        unsigned long bits = (unsigned long)bytes[i] << 16 |
                             (unsigned long)bytes[i + 1] << 8 | bytes[i + 2];

        for (int shift = 18; shift >= 0; shift -= 6)
            text[j++] = digits[bits >> shift & 63];
    }
    OK(alz_base64_decode((struct alz_str){text, sizeof(text)}, &got),
       "3000 bytes are decoded");
    OK(got.len == sizeof(bytes) && memcmp(got.ptr, bytes, got.len) == 0,
       "and are the same");
    text[3999] = '!';
    OK(!alz_base64_decode((struct alz_str){text, sizeof(text)}, &got),
       "a wrong byte at the end is found");
    NUM(got.len, sizeof(bytes), "and leaves the text as it was");
    alz_text_done(&got);
}

static void test_ceiling(void)
{
    struct alz_text got = {.max = 4};

    OK(alz_base64_decode(ALZ_STR("Zm9vYmFy"), &got), "beyond the ceiling");
    IS(alz_text_str(&got), "foob", "what fits is kept");
    OK(got.full, "and full tells");
    alz_text_done(&got);
}

int main(void)
{
    test_vectors();
    test_tolerance();
    test_refusal();
    test_long();
    test_ceiling();
    return tap_done();
}
