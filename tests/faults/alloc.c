/* alloc.c - allocation functions that fail on demand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"

#include <errno.h>
#include <libxml/xmlmemory.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#ifdef ALZ_SANITIZED
#include <sanitizer/lsan_interface.h>
#else
static void __lsan_disable(void)
{
}
static void __lsan_enable(void)
{
}
#endif

static atomic_int armed = -1;
static atomic_ulong seen;
static atomic_ulong target;
static atomic_int failure;

void fault_arm(enum fault_kind kind, unsigned long nth, int error)
{
    atomic_store(&seen, 0);
    atomic_store(&target, nth);
    atomic_store(&failure, error);
    atomic_store(&armed, (int)kind);
}

unsigned long fault_disarm(void)
{
    atomic_store(&armed, -1);
    return atomic_load(&seen);
}

bool fault_hits(enum fault_kind kind)
{
    if (atomic_load(&armed) != (int)kind)
        return false;
    if (atomic_fetch_add(&seen, 1) + 1 != atomic_load(&target))
        return false;
    errno = atomic_load(&failure);
    return true;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);

void *__wrap_malloc(size_t size)
{
    return fault_hits(FAULT_ALLOC) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fault_hits(FAULT_ALLOC) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fault_hits(FAULT_ALLOC) ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fault_hits(FAULT_ALLOC) ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t size)
{
    return fault_hits(FAULT_ALLOC) ? NULL : __real_strndup(text, size);
}

/*
 * What libxml2 itself loses after a failed allocation is not ours to fix:
 * its blocks are hidden from the leak checker while faults are armed.
 */
static void *xml_alloc(void *old, size_t size)
{
    bool hidden = atomic_load(&armed) == FAULT_ALLOC;
    void *ret;

    if (fault_hits(FAULT_ALLOC))
        return NULL;
    if (hidden)
        __lsan_disable();
    ret = __real_realloc(old, size);
    if (hidden)
        __lsan_enable();
    return ret;
}

static void *xml_malloc(size_t size)
{
    return xml_alloc(NULL, size);
}

static char *xml_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *ret = xml_alloc(NULL, size);

    return ret ? memcpy(ret, text, size) : NULL;
}

void fault_init(void)
{
    xmlMemSetup(free, xml_malloc, xml_alloc, xml_strdup);
}
