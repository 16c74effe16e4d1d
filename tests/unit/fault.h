/* fault.h - lets the n-th allocation of a unit test fail. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_FAULT_H
#define ALZ_TESTS_FAULT_H

#include <stdlib.h>

/*
 * fault_at(1) makes the next allocation fail (once), 0 none. It replaces the
 * program's allocator, so include it in the test's only source; where that
 * is not possible (sanitizers, other C libraries) FAULT_WORKS is 0.
 */
#if defined(__GLIBC__) && !defined(ALZ_SANITIZED)
#define FAULT_WORKS 1

static long fault_countdown;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *ptr, size_t size);

static inline int fault_now(void)
{
    return fault_countdown > 0 && --fault_countdown == 0;
}

void *malloc(size_t size)
{
    return fault_now() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fault_now() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size)
{
    return fault_now() ? NULL : __libc_realloc(ptr, size);
}

static inline void fault_at(long n)
{
    fault_countdown = n;
}
#else
#define FAULT_WORKS 0

static inline void fault_at(long n)
{
    (void)n;
}
#endif

#endif
