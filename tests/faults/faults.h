/* faults.h - makes the n-th call of a kind fail, once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_FAULTS_H
#define ALZ_TESTS_FAULTS_H

#include <stdbool.h>

/*
 * A program that links alloc.c and io.c with -Wl,--wrap for each name (see
 * tests/CMakeLists.txt) has its own calls, and those of the static library,
 * pass through here. libxml2 is a shared object: its allocations come
 * through xmlMemSetup.
 */
enum fault_kind {
    FAULT_ALLOC, /* malloc calloc realloc strdup strndup */
    FAULT_OPEN,  /* open openat */
    FAULT_WRITE, /* write pwrite writev */
    FAULT_LINK,  /* linkat renameat renameat2 */
    FAULT_KIND_COUNT
};

/* Call before anything uses libxml2. */
void fault_init(void);

/* From now on the nth call (from 1) of a kind fails with error; 0: none
 * fails, calls are only counted. */
void fault_arm(enum fault_kind kind, unsigned long nth, int error);

/* Nothing fails any more; returns how many calls of the kind were seen. */
unsigned long fault_disarm(void);

/* For the wrappers: true when this call is to fail (errno is set). */
bool fault_hits(enum fault_kind kind);

#endif
