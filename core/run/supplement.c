/* supplement.c - what the console and the lists know more of a test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session.h"

#include "run/expect.h"

static const struct alz_diag disagree = {
    ALZ_WARNING, "run/disagree",
    "report and console disagree, the worse verdict stands", 0};

#define BIT(number) (1U << (number))

/* What may be taken from where. A parameter would make another test of it:
 * only the runner itself may say one. */
struct source {
    unsigned facts, pairs;
    bool of_run; /* verdict, times and attachments, too */
};

static const struct source console = {
    .facts = BIT(ALZ_MESSAGE) | BIT(ALZ_TRACE) | BIT(ALZ_EXPECTED) |
             BIT(ALZ_ACTUAL) | BIT(ALZ_DESCRIPTION) | BIT(ALZ_HOST) |
             BIT(ALZ_THREAD) | BIT(ALZ_SOURCE),
    .pairs = BIT(ALZ_LABEL) | BIT(ALZ_PARAMETER) | BIT(ALZ_EXCLUDED) |
             BIT(ALZ_LINK) | BIT(ALZ_ISSUE) | BIT(ALZ_TMS),
    .of_run = true,
};
static const struct source list = {
    .facts = BIT(ALZ_ID) | BIT(ALZ_DESCRIPTION) | BIT(ALZ_SOURCE) |
             BIT(ALZ_PACKAGE) | BIT(ALZ_METHOD),
    .pairs = BIT(ALZ_LABEL) | BIT(ALZ_LINK) | BIT(ALZ_ISSUE) | BIT(ALZ_TMS),
};

/* ---- a receiver that fills gaps --------------------------------------- */

/* One test is played into it. What a test can have is said to the recorder,
 * in which the test is open again; the rest is kept here, or dropped. */
struct patch {
    struct alz_out out;
    struct alz_out *to;
    const struct source *source;
    const struct alz_node *test;
    alz_ref ref;  /* of the test */
    unsigned had; /* facts */
    enum alz_status status;
    unsigned flags;
    int64_t time[ALZ_WHEN_COUNT];
};

static struct patch *patch_of(struct alz_out *out)
{
    return (struct patch *)out;
}

static alz_ref on_begin(struct alz_out *out, alz_ref parent, enum alz_kind kind)
{
    struct patch *patch = patch_of(out);

    if (!parent)
        return patch->ref;
    if (kind != ALZ_ATTACHMENT || !patch->source->of_run)
        return 0;
    return alz_begin(patch->to, parent, kind);
}

static void on_status(struct alz_out *out, alz_ref ref, enum alz_status status,
                      unsigned flags)
{
    struct patch *patch = patch_of(out);

    if (ref != patch->ref)
        return;
    if (status != ALZ_STATUS_NONE)
        patch->status = status;
    patch->flags |= flags;
}

static bool lacks(const struct patch *patch, enum alz_fact fact)
{
    return patch->source->facts & ~patch->had & BIT(fact);
}

static void on_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                    struct alz_str text)
{
    struct patch *patch = patch_of(out);

    if (ref != patch->ref || lacks(patch, fact))
        alz_set_text(patch->to, ref, fact, text);
}

static void on_time(struct alz_out *out, alz_ref ref, enum alz_when when,
                    int64_t ms)
{
    struct patch *patch = patch_of(out);

    if (ref == patch->ref)
        patch->time[when] = ms;
}

/* Labels and links may be there several times, parameters once a name. */
static bool has_pair(const struct alz_node *test, enum alz_pair_kind kind,
                     struct alz_str name, struct alz_str value)
{
    bool once = kind == ALZ_PARAMETER || kind == ALZ_EXCLUDED;

    for (; test; test = alz_node_suite(test))
        for (const struct alz_pair *at = test->pairs; at; at = at->next)
            if (at->kind == kind && alz_str_equal(at->name, name) &&
                (once || alz_str_equal(at->value, value)))
                return true;
    return false;
}

static void on_add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                   struct alz_str name, struct alz_str value)
{
    struct patch *patch = patch_of(out);

    if (ref == patch->ref && (patch->source->pairs & BIT(kind)) &&
        !has_pair(patch->test, kind, name, value))
        alz_add(patch->to, ref, kind, name, value);
}

static void on_write(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    struct patch *patch = patch_of(out);

    if (ref != patch->ref || lacks(patch, ALZ_TRACE))
        alz_write(patch->to, ref, bytes);
}

/* The test itself goes on. */
static void on_end(struct alz_out *out, alz_ref ref)
{
    struct patch *patch = patch_of(out);

    if (ref != patch->ref)
        alz_end(patch->to, ref);
}

static void on_report(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    (void)out;
    (void)diag;
    (void)detail;
}

static const struct alz_out_ops ops = {
    on_begin, on_status, on_text, on_time, on_add, on_write, on_end, on_report,
};

/* Both or none, as they belong together. */
static unsigned facts_of(const struct alz_node *test)
{
    const unsigned both = BIT(ALZ_EXPECTED) | BIT(ALZ_ACTUAL);
    unsigned facts = 0;

    for (int fact = 0; fact < ALZ_FACT_COUNT; fact++)
        if (test->text[fact].len)
            facts |= BIT(fact);
    return facts & both ? facts | both : facts;
}

static void play(struct alz_session *session, struct alz_node *test,
                 struct alz_tape *tape, const struct alz_tape_test *entry,
                 struct patch *patch)
{
    patch->out.ops = &ops;
    patch->to = alz_recorder_out(session->recorder);
    patch->test = test;
    patch->had = facts_of(test);
    patch->status = ALZ_STATUS_NONE;
    for (int i = 0; i < ALZ_WHEN_COUNT; i++)
        patch->time[i] = ALZ_TIME_NONE;
    patch->ref = alz_recorder_reopen(session->recorder, test);
    if (patch->ref)
        alz_tape_play_test(tape, entry, &patch->out);
    alz_recorder_close(session->recorder, test);
}

/* ---- verdict and times ------------------------------------------------ */

static void say_disagreement(struct alz_session *session,
                             const struct alz_node *test,
                             enum alz_status console_status)
{
    struct alz_text text = {.max = SIZE_MAX / 4};

    if (test->text[ALZ_CLASS].len) {
        alz_text_add(&text, test->text[ALZ_CLASS]);
        alz_text_add(&text, ALZ_STR("."));
    }
    alz_text_add(&text, test->text[ALZ_NAME]);
    alz_buf_printf(&text, ": %s in the report, %s on the console",
                   alz_status_name(test->status),
                   alz_status_name(console_status));
    alz_session_check_memory(session, &text);
    alz_log_report(&session->log, &disagree, alz_text_str(&text));
    alz_text_done(&text);
}

/* Statuses are in the order worst first, NONE last. */
static void judge(struct alz_session *session, struct alz_node *test,
                  const struct patch *patch)
{
    bool cut = test->open || test->flags & ALZ_INCOMPLETE;
    bool whole = !(patch->flags & ALZ_INCOMPLETE);

    if (patch->status == ALZ_STATUS_NONE)
        return;
    if (cut && whole) {
        test->status = patch->status;
        test->flags &= ~(unsigned)ALZ_INCOMPLETE;
        test->open = false;
    } else if (test->status != patch->status) {
        if (test->status != ALZ_STATUS_NONE && !cut)
            say_disagreement(session, test, patch->status);
        if (patch->status < test->status)
            test->status = patch->status;
    }
    test->flags |= patch->flags & (ALZ_FLAKY | ALZ_KNOWN);
}

/* Reports round to a second. A pipe in between may hold the console back: a
 * moment on which the two do not agree is the report's. */
static bool is_near(int64_t ms, int64_t reported_ms)
{
    enum { BEFORE_MS = 1000, BEHIND_MS = 3000 };

    return ms > reported_ms - BEFORE_MS && ms < reported_ms + BEHIND_MS;
}

static void set_times(struct alz_node *test, const struct patch *patch)
{
    int64_t *own = test->time;
    const int64_t *seen = patch->time;

    if (seen[ALZ_START] != ALZ_TIME_NONE &&
        (own[ALZ_START] == ALZ_TIME_NONE ||
         is_near(seen[ALZ_START], own[ALZ_START])))
        own[ALZ_START] = seen[ALZ_START];
    if (own[ALZ_STOP] != ALZ_TIME_NONE || own[ALZ_DURATION] != ALZ_TIME_NONE)
        return;
    own[ALZ_STOP] = seen[ALZ_STOP];
    own[ALZ_DURATION] = seen[ALZ_DURATION];
}

/* ---- which one -------------------------------------------------------- */

enum { TRIED_MAX = 1000 };

static uint64_t seconds_apart(const struct alz_tape_test *entry,
                              const struct alz_node *test)
{
    int64_t apart;

    if (!entry->start_s || test->time[ALZ_START] <= 0)
        return 0;
    apart = (int64_t)entry->start_s - test->time[ALZ_START] / 1000;
    apart = apart < 0 ? -apart : apart;
    return apart > 2 ? (uint64_t)apart : 0;
}

static uint64_t durations_apart(const struct alz_tape_test *entry,
                                const struct alz_node *test)
{
    int64_t own = test->time[ALZ_DURATION];

    if (entry->duration_ms == UINT32_MAX || own < 0 || own > UINT32_MAX)
        return 0;
    own -= entry->duration_ms;
    return (uint64_t)(own < 0 ? -own : own);
}

/*
 * The same test may be there several times: it is repeated, or several
 * programs have one of that name. One of the same verdict fits best, then the
 * nearest in time, then the one of the same duration, then the latest, which
 * a report written at the end holds.
 */
static uint64_t misfit(const struct alz_tape_test *entry,
                       const struct alz_node *test)
{
    uint64_t duration = durations_apart(entry, test);
    uint64_t verdict = entry->status != test->status;

    if (duration >= 1 << 20)
        duration = (1 << 20) - 1;
    return verdict << 60 | seconds_apart(entry, test) << 20 | duration;
}

static struct alz_tape_test *on_console(struct alz_tape *tape,
                                        const struct alz_node *test)
{
    uint64_t key = alz_tape_key(tape, test->text[ALZ_FULL_NAME],
                                test->text[ALZ_CLASS], test->text[ALZ_NAME]);
    uint64_t best = UINT64_MAX;
    struct alz_tape_test *at = alz_tape_find(tape, key), *found = NULL;

    for (int i = 0; at && best && i < TRIED_MAX; i++) {
        uint64_t fit = at->taken ? UINT64_MAX : misfit(at, test);

        if (fit < best) {
            best = fit;
            found = at;
        }
        at = alz_tape_before(tape, at);
    }
    return found;
}

/* ---- all of it -------------------------------------------------------- */

static void add_console(struct alz_session *session, struct alz_node *test)
{
    struct alz_held *held = &session->held;
    struct patch patch = {.source = &console};

    held->test = held->on ? on_console(&held->tape, test) : NULL;
    if (!held->test)
        return;
    held->test->taken = true;
    held->bad_left -= alz_tape_is_bad(held->test);
    play(session, test, &held->tape, held->test, &patch);
    judge(session, test, &patch);
    set_times(test, &patch);
}

static void add_list(struct alz_session *session, struct alz_node *test)
{
    struct alz_expected *at = session->expected;
    struct alz_tape_test *entry;

    for (; at; at = at->next) {
        struct patch patch = {.source = &list};

        entry = alz_expected_find(at, test);
        if (!entry)
            continue;
        entry->taken = true;
        play(session, test, &at->tape, entry, &patch);
    }
}

void alz_session_supplement(struct alz_session *session, struct alz_node *test)
{
    if (alz_recorder_failed(session->recorder))
        return;
    add_console(session, test);
    add_list(session, test);
}

void alz_session_supplied(struct alz_session *session,
                          const struct alz_node *test)
{
    struct alz_tape_test *entry = session->held.test;

    if (!entry)
        return;
    entry->uuid = test->uuid;
    entry->status = (unsigned char)test->status;
    session->held.test = NULL;
}
