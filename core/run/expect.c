/* expect.c - tests that should run, from lists, and those that did not. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/expect.h"

#include "run/session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { SAME_NAME_MAX = 1000, NAMES_SHOWN = 10, NAMES_MAX = 1024 * 1024 };

static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};
static const struct alz_diag never_started = {ALZ_ERROR, "run/never-started",
                                              "tests of this list were not run",
                                              ALZ_EXIT_DAMAGED};

/* ---- reading ---------------------------------------------------------- */

static void report_now(void *ctx, const struct alz_diag *diag,
                       struct alz_str detail)
{
    alz_log_report(ctx, diag, detail);
}

static struct alz_expected *append(struct alz_session *session,
                                   const char *path)
{
    struct alz_expected *expected = calloc(1, sizeof(*expected)), **link;

    if (!expected)
        return NULL;
    alz_tape_init(&expected->tape);
    expected->tape.report = report_now;
    expected->tape.ctx = &session->log;
    expected->path = path;
    for (link = &session->expected; *link; link = &(*link)->next)
        continue;
    *link = expected;
    return expected;
}

void alz_session_expect(struct alz_session *session, const char *path)
{
    struct alz_expected *expected = append(session, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat info;

    alz_session_begin_input(session, alz_str_from(path));
    if (!expected)
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    else if (fd < 0 || fstat(fd, &info))
        alz_session_report_errno(session);
    else
        alz_session_read_fd(session,
                            &(struct alz_stream){.name = alz_str_from(path),
                                                 .asked_for = true,
                                                 .lists = true,
                                                 .tape = &expected->tape},
                            fd, &info);
    if (expected)
        expected->mtime_ms = session->input_ms;
    if (fd >= 0)
        close(fd);
    session->log.file = ALZ_STR("");
}

void alz_session_expect_memory(struct alz_session *session, const char *name,
                               struct alz_str bytes, int64_t mtime_ms)
{
    struct alz_expected *expected = append(session, name);
    struct alz_bytes_memory memory;

    alz_bytes_memory_init(&memory, bytes, session->options.read_size);
    alz_session_begin_input(session, alz_str_from(name));
    if (!expected) {
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
    } else {
        alz_session_read(session,
                         &(struct alz_stream){.name = alz_str_from(name),
                                              .bytes = &memory.base,
                                              .mtime_ms = mtime_ms,
                                              .asked_for = true,
                                              .lists = true,
                                              .tape = &expected->tape});
        expected->mtime_ms = mtime_ms;
    }
    session->log.file = ALZ_STR("");
}

/* ---- finding ---------------------------------------------------------- */

static struct alz_tape_test *find(const struct alz_tape *tape, uint64_t key)
{
    struct alz_tape_test *first = alz_tape_find(tape, key), *at = first;

    for (int i = 0; at && at->taken && i < SAME_NAME_MAX; i++)
        at = alz_tape_before(tape, at);
    return at ? at : first;
}

struct alz_tape_test *alz_expected_find(struct alz_expected *expected,
                                        const struct alz_node *test)
{
    const struct alz_str none = {NULL, 0}, *text = test->text;
    struct alz_tape *tape = &expected->tape;
    const uint64_t keys[] = {
        alz_tape_key(tape, text[ALZ_FULL_NAME], none, none),
        alz_tape_key(tape, none, text[ALZ_CLASS], text[ALZ_NAME]),
        alz_tape_key(tape, none, none, text[ALZ_NAME]),
    };
    struct alz_tape_test *found = NULL;

    for (size_t i = 0; !found && i < sizeof(keys) / sizeof(*keys); i++)
        found = find(tape, keys[i]);
    return found;
}

/* ---- those that were not run ------------------------------------------ */

/* Names of all lists, a line each, and their count. */
struct missing {
    struct alz_text names;
    uint64_t count;
    int64_t mtime_ms;
};

/* "12: S.a, S.b, ..." */
static void report(struct alz_session *session,
                   const struct alz_expected *expected, uint64_t count,
                   struct alz_str names)
{
    struct alz_text detail = {.max = SIZE_MAX / 4};
    struct alz_str name;

    alz_buf_printf(&detail, "%llu: ", (unsigned long long)count);
    for (int i = 0; i < NAMES_SHOWN && alz_str_split(&names, '\n', &name);
         i++) {
        if (i && name.len)
            alz_text_add(&detail, ALZ_STR(", "));
        alz_text_add(&detail, name);
    }
    if (count > NAMES_SHOWN)
        alz_text_add(&detail, ALZ_STR(", ..."));
    session->log.file = alz_str_from(expected->path);
    session->log.position = NULL;
    session->input_ms = expected->mtime_ms;
    alz_session_check_memory(session, &detail);
    alz_log_report(&session->log, &never_started, alz_text_str(&detail));
    session->log.file = ALZ_STR("");
    alz_text_done(&detail);
}

/* A test that the list itself disables is left, and becomes a result. True:
 * there are such tests. */
static bool collect(struct alz_session *session, struct alz_expected *expected,
                    struct missing *missing)
{
    struct alz_tape *tape = &expected->tape;
    size_t from = missing->names.len;
    uint64_t before = missing->count;
    bool disabled = false;

    for (size_t i = 0; i < tape->test_count; i++) {
        struct alz_tape_test *entry = &tape->tests[i];

        if (entry->taken)
            continue;
        if (entry->status == ALZ_SKIPPED) {
            disabled = true;
            continue;
        }
        entry->taken = true;
        missing->count++;
        if (missing->names.len > NAMES_MAX)
            continue;
        alz_tape_name(tape, entry, &missing->names);
        alz_text_add(&missing->names, ALZ_STR("\n"));
    }
    if (missing->count > before)
        report(session, expected, missing->count - before,
               alz_str_from_offset(alz_text_str(&missing->names), from));
    return disabled;
}

/* Without it the results would be greener than the run. */
static void tell(struct alz_session *session, const struct missing *missing)
{
    struct alz_text text = {.max = SIZE_MAX / 4};

    alz_buf_printf(&text, "%llu of the listed tests did not run",
                   (unsigned long long)missing->count);
    session->input_ms = missing->mtime_ms;
    alz_session_tell_run(session, ALZ_STR("::[never started]"),
                         alz_text_str(&text), alz_text_str(&missing->names));
    alz_session_check_memory(session, &text);
    alz_text_done(&text);
}

void alz_session_expect_end(struct alz_session *session)
{
    struct missing missing = {.names = {.max = SIZE_MAX / 4}};
    struct alz_expected *at = session->expected;

    for (; at; at = at->next) {
        if (collect(session, at, &missing))
            alz_session_play(session, &at->tape, at->path, at->mtime_ms);
        alz_session_check_tape(session, &at->tape);
        if (at->mtime_ms > missing.mtime_ms)
            missing.mtime_ms = at->mtime_ms;
    }
    alz_session_check_memory(session, &missing.names);
    if (missing.count)
        tell(session, &missing);
    alz_text_done(&missing.names);
}

void alz_session_expect_done(struct alz_session *session)
{
    struct alz_expected *at = session->expected, *next;

    for (; at; at = next) {
        next = at->next;
        alz_tape_done(&at->tape);
        free(at);
    }
    session->expected = NULL;
}
