/* test_words.c - eight bytes at a time, against one byte at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/words.h"
#include "tap.h"

/* Each byte value in each place, between two others. */
static bool agree(bool (*of_word)(uint64_t word),
                  bool (*of_byte)(unsigned char byte), unsigned char around)
{
    char bytes[sizeof(uint64_t)];

    for (size_t at = 0; at < sizeof(bytes); at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            bool want = of_byte(around) || of_byte((unsigned char)byte);

            memset(bytes, around, sizeof(bytes));
            bytes[at] = (char)byte;
            if (of_word(alz_word_load(bytes)) != want)
                return false;
        }
    }
    return true;
}

static bool word_wide(uint64_t word)
{
    return alz_word_wide(word) != 0;
}

static bool byte_wide(unsigned char byte)
{
    return byte >= 0x80;
}

static bool word_control(uint64_t word)
{
    return alz_word_below(word, 0x20) != 0;
}

static bool byte_control(unsigned char byte)
{
    return byte < 0x20;
}

static bool word_blank(uint64_t word)
{
    return alz_word_has(word, ' ') != 0;
}

static bool byte_blank(unsigned char byte)
{
    return byte == ' ';
}

static bool word_c2(uint64_t word)
{
    return alz_word_has(word, 0xc2) != 0;
}

static bool byte_c2(unsigned char byte)
{
    return byte == 0xc2;
}

static void test_kinds(void)
{
    static const unsigned char around[] = {' ', '!', 'a', 0x7f, 0x80, 0xff, 0};
    bool wide = true, control = true, blank = true, c2 = true;

    for (size_t i = 0; i < sizeof(around); i++) {
        wide &= agree(word_wide, byte_wide, around[i]);
        control &= agree(word_control, byte_control, around[i]);
        blank &= agree(word_blank, byte_blank, around[i]);
        c2 &= agree(word_c2, byte_c2, around[i]);
    }
    OK(wide, "bytes beyond ASCII");
    OK(control, "bytes below a limit");
    OK(blank, "one byte of ASCII");
    OK(c2, "one byte beyond it");
}

static void test_exactly(void)
{
    uint64_t found = alz_word_exactly(alz_word_load("a  !b! "), ' ');
    char bytes[sizeof(found)];

    memcpy(bytes, &found, sizeof(found));
    OK(memcmp(bytes, "\0\x80\x80\0\0\0\x80\0", sizeof(bytes)) == 0,
       "exactly these bytes, not the ones beside them");
}

static void test_equal(void)
{
    char a[40], b[40];
    bool good = true;

    memset(a, 'x', sizeof(a));
    for (size_t len = 0; len < sizeof(a); len++) {
        memset(b, 'x', sizeof(b));
        b[len] = 'y'; /* behind the end */
        good &= alz_words_equal(a, b, len);
        for (size_t at = 0; at < len; at++) {
            memset(b, 'x', sizeof(b));
            b[at] = 'y';
            good &= !alz_words_equal(a, b, len);
        }
    }
    OK(good, "texts of every length are equal, or differ in one place");
}

int main(void)
{
    test_kinds();
    test_exactly();
    test_equal();
    return tap_done();
}
