/* tap.h - the smallest TAP producer our unit tests need. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_TAP_H
#define ALZ_TESTS_TAP_H

#include <allurize/convert.h>

#include <stdio.h>
#include <stdlib.h>

static int tap_count, tap_failures;

static inline bool tap_ok(bool good, const char *file, int line,
                          const char *what)
{
    tap_count++;
    tap_failures += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", tap_count, what);
    if (!good)
        printf("# at %s:%d\n", file, line);
    return good;
}

static inline bool tap_is(struct alz_str got, struct alz_str want,
                          const char *file, int line, const char *what)
{
    bool good = tap_ok(alz_str_equal(got, want), file, line, what);

    if (!good)
        printf("#      got: \"%.*s\"\n# expected: \"%.*s\"\n", (int)got.len,
               got.ptr ? got.ptr : "", (int)want.len, want.ptr ? want.ptr : "");
    return good;
}

static inline bool tap_is_number(long long got, long long want,
                                 const char *file, int line, const char *what)
{
    bool good = tap_ok(got == want, file, line, what);

    if (!good)
        printf("#      got: %lld\n# expected: %lld\n", got, want);
    return good;
}

/* OK(condition, "what it says"); IS(alz_str, "text", ...); NUM(got, want). */
#define OK(good, what) tap_ok(good, __FILE__, __LINE__, what)
#define IS(got, want, what)                                                    \
    tap_is(got, alz_str_from(want), __FILE__, __LINE__, what)
#define NUM(got, want, what)                                                   \
    tap_is_number((long long)(got), (long long)(want), __FILE__, __LINE__, what)

/* Ends main: return tap_done(); */
static inline int tap_done(void)
{
    printf("1..%d\n", tap_count);
    return tap_failures ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
