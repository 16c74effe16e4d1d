/* gen.c - prints a large JUnit file, the same bytes each time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SUITE_TESTS = 200, TRACE_LINES = 34 };

/* xorshift128+, so that no libc changes the bytes. */
static uint64_t random_state[2] = {UINT64_C(0x9E3779B97F4A7C15), 42};

static uint64_t random_next(void)
{
    uint64_t a = random_state[0], b = random_state[1];

    random_state[0] = b;
    a ^= a << 23;
    random_state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
    return random_state[1] + b;
}

static bool chance(unsigned percent)
{
    return random_next() % 100 < percent;
}

static void print_name(uint64_t number)
{
    printf("accepts order %06" PRIu64, number);
    if (chance(3))
        fputs(" when total &lt; 100", stdout);
    if (chance(3))
        fputs(" of &quot;retail&quot;", stdout);
    if (chance(2))
        fputs(" \xd0\xb7\xd0\xb0\xd0\xba\xd0\xb0\xd0\xb7", stdout);
}

static void print_failure(void)
{
    uint64_t got = random_next() % 1000;

    printf("<failure type=\"AssertionError\" message=\"expected 1000 "
           "but was %" PRIu64 "\">AssertionError: expected 1000\n",
           got);
    for (unsigned line = 0; line < TRACE_LINES; line++) {
        uint64_t at = random_next() % 1000;

        printf("    at com.example.shop.order.Level%02u.check"
               "(Level%02u.java:%" PRIu64 ")\n",
               line, line, at);
    }
    fputs("</failure>", stdout);
}

static void print_test(uint64_t number)
{
    uint64_t suite = number / SUITE_TESTS, ms = random_next() % 2000;

    printf("<testcase classname=\"com.example.shop.Suite%04" PRIu64
           "\" name=\"",
           suite);
    print_name(number);
    printf("\" time=\"%" PRIu64 ".%03" PRIu64 "\">", ms / 1000, ms % 1000);
    if (chance(5))
        print_failure();
    else if (chance(2))
        fputs("<skipped message=\"not on this platform\"/>", stdout);
    fputs("</testcase>\n", stdout);
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 200000;

    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", stdout);
    for (uint64_t number = 0; number < count; number++) {
        uint64_t suite = number / SUITE_TESTS;

        if (number % SUITE_TESTS == 0)
            printf("%s<testsuite name=\"com.example.shop.Suite%04" PRIu64
                   "\" timestamp=\"2026-01-01T%02" PRIu64 ":%02" PRIu64
                   ":00Z\">\n",
                   number ? "</testsuite>\n" : "", suite, suite / 60 % 24,
                   suite % 60);
        print_test(number);
    }
    fputs(count ? "</testsuite>\n</testsuites>\n" : "</testsuites>\n", stdout);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
