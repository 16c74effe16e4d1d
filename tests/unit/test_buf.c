/* test_buf.c - growth, ceilings, printf and quoting of text buffers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "fault.h"
#include "tap.h"

static void test_add(void)
{
    struct alz_text text = {0};

    IS(alz_text_str(&text), "", "zero is empty");
    OK(alz_text_str(&text).ptr != NULL, "but has a pointer");
    alz_text_add(&text, (struct alz_str){NULL, 0});
    OK(text.ptr == NULL && !text.full, "nothing added takes no memory");
    alz_text_add(&text, ALZ_STR("one"));
    alz_text_add(&text, ALZ_STR(" two"));
    alz_buf_putc(&text, '!');
    IS(alz_text_str(&text), "one two!", "pieces are joined");
    alz_text_clear(&text);
    OK(text.len == 0 && text.cap > 0, "clear keeps the memory");
    alz_text_done(&text);
    OK(text.ptr == NULL && text.cap == 0, "done gives it back");
    alz_text_done(&text);
    alz_text_done(NULL);
}

static void test_ceiling(void)
{
    struct alz_text text = {.max = 10};

    alz_text_add(&text, ALZ_STR("123456789"));
    OK(text.len == 9 && !text.full, "one below the ceiling");
    alz_text_add(&text, ALZ_STR("0"));
    OK(text.len == 10 && !text.full, "at the ceiling");
    alz_text_add(&text, (struct alz_str){"", 0});
    OK(!text.full, "nothing fits always");
    alz_text_add(&text, ALZ_STR("x"));
    OK(text.len == 10 && text.full, "one beyond");
    alz_text_clear(&text);
    alz_text_add(&text, ALZ_STR("abcdefghijKLM"));
    IS(alz_text_str(&text), "abcdefghij", "what fits is kept");
    OK(text.full, "and full tells");
    text.len = 5;
    alz_text_add(&text, ALZ_STR("z"));
    OK(text.len == 5, "after that all is dropped: no holes");
    alz_text_done(&text);
}

static void test_default_ceiling(void)
{
    struct alz_text text = {0};
    static char block[1000];

    memset(block, 'x', sizeof(block));
    for (int i = 0; i < 1049; i++)
        alz_text_add(&text, (struct alz_str){block, sizeof(block)});
    NUM(text.len, 1024 * 1024, "the ceiling is 1 MiB unless told");
    OK(text.full && text.cap <= 1024 * 1024 + 1, "memory stays below it too");
    alz_text_done(&text);
}

static void test_reserve(void)
{
    struct alz_text text = {.max = 100};
    char *room = alz_buf_reserve(&text, 99);

    OK(room && room == text.ptr, "room for one less than the ceiling");
    memset(room, 'x', 99);
    text.len = 99;
    OK(alz_buf_reserve(&text, 1) == text.ptr + 99, "the last byte");
    OK(!text.full, "is not too much");
    OK(alz_buf_reserve(&text, 2) == NULL && text.full, "two are");
    OK(alz_buf_reserve(&text, 1) == NULL, "full stays");
    alz_text_done(&text);
    text.max = SIZE_MAX;
    OK(alz_buf_reserve(&text, 10) != NULL, "a ceiling of SIZE_MAX");
    text.len = 10;
    OK(alz_buf_reserve(&text, SIZE_MAX - 5) == NULL, "does not overflow");
    alz_text_done(&text);
}

static void test_printf(void)
{
    struct alz_text text = {.max = 80};

    alz_buf_printf(&text, "%s=%d", "a", 1);
    alz_buf_printf(&text, "%s", "");
    alz_buf_printf(&text, ";%05.1f", 2.5);
    IS(alz_text_str(&text), "a=1;002.5", "printf appends");
    alz_text_clear(&text);
    alz_buf_printf(&text, "%80s", "right");
    OK(text.len == 80 && !text.full, "printf up to the ceiling");
    alz_text_clear(&text);
    alz_buf_printf(&text, "%81s", "right");
    OK(text.len == 80 && text.full, "printf beyond it is cut");
    OK(memcmp(text.ptr + 75, " righ", 5) == 0, "at the ceiling");
    alz_buf_printf(&text, "%d", 1);
    NUM(text.len, 80, "printf into a full one");
    alz_text_done(&text);
}

static void quote(struct alz_str text, size_t max, const char *want,
                  const char *what)
{
    struct alz_text buf = {0};

    alz_buf_add_quoted(&buf, text, max);
    IS(alz_text_str(&buf), want, what);
    alz_text_done(&buf);
}

static void test_quoted(void)
{
    quote(ALZ_STR("plain \\ text"), 99, "plain \\ text", "plain text stays");
    quote((struct alz_str){NULL, 0}, 9, "", "nothing");
    quote(ALZ_STR("a\tb\n\x1b[0m\x7f"), 99, "a\\x09b\\x0a\\x1b[0m\\x7f",
          "control bytes");
    quote(ALZ_STR("a\0b"), 99, "a\\x00b", "a NUL");
    quote(ALZ_STR("\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0"), 99,
          "\\xc2\\x80\\xc2\\x9b\\xc2\\x9f\xc2\xa0", "C1 as its bytes");
    quote(ALZ_STR("\xff\xc3(\xed\xa0\x80"), 99, "\\xff\\xc3(\\xed\\xa0\\x80",
          "invalid UTF-8");
    quote(ALZ_STR("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"), 99,
          "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "valid UTF-8 stays");
    quote(ALZ_STR("12345"), 5, "12345", "exactly max is whole");
    quote(ALZ_STR("123456"), 5, "12345...", "one more is cut");
    quote(ALZ_STR("1234\xc3\xa4"), 5, "1234...", "not inside a sequence");
    quote(ALZ_STR("1"), 0, "...", "max 0");
}

static void test_out_of_memory(void)
{
    struct alz_text text = {0};

    if (!FAULT_WORKS)
        return;
    fault_at(1);
    alz_text_add(&text, ALZ_STR("lost"));
    OK(text.len == 0 && text.full, "out of memory is full");
    alz_text_clear(&text);
    alz_text_add(&text, ALZ_STR("kept"));
    fault_at(1);
    OK(alz_buf_reserve(&text, 1000) == NULL && text.full, "for reserve too");
    IS(alz_text_str(&text), "kept", "what was there stays");
    alz_text_clear(&text);
    fault_at(1);
    alz_buf_printf(&text, "%500s", "");
    fault_at(0);
    OK(text.len == 0 && text.full, "for printf too");
    alz_text_done(&text);
}

int main(void)
{
    test_add();
    test_ceiling();
    test_default_ceiling();
    test_reserve();
    test_printf();
    test_quoted();
    test_out_of_memory();
    return tap_done();
}
