/* journal.c - how tests really ended: lines in front of LastTest.log. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <signal.h>
#include <stdio.h>

/*
 * tools/ci/AllurizeCTest.cmake joins three files: its journal (the format is
 * in tools/ci/ctest/launch.c), LastTestsDisabled.log, which names what did
 * not run or was skipped, and LastTest.log. All of the journal comes before
 * the first test of the log.
 *
 * One map holds a test by its name, its attempts by "name<TAB>number", its
 * labels by "name<TAB><TAB>number", and the number of a test that did not run
 * by "<TAB>number": no field holds a tab.
 */
enum { FIELDS = 6, JOURNAL_MAX = 2 * CONSOLE_ID_MAX, DIRS_MAX = 16 << 20 };

struct test {
    size_t dir, dir_len; /* in dirs, with a '/' behind it */
    bool placed;
    uint64_t begun, taken; /* attempts, of the journal and of the log */
    uint64_t labels;
};

struct label {
    size_t len;
    char text[];
};

enum ending { KILLED, ENDED, BY_SIGNAL };

struct attempt {
    enum ending ending;
    uint64_t number; /* of the signal */
    uint64_t start_ms, stop_ms;
};

bool console_is_journal(struct alz_str line)
{
    return alz_str_is(line, "journal of allurize-ctest-launch");
}

/* ---- the map ------------------------------------------------------------ */

static struct alz_str key_behind(struct console *state, struct alz_out *out,
                                 struct alz_str name, const char *tabs,
                                 uint64_t number)
{
    char text[24];

    snprintf(text, sizeof(text), "%s%llu", tabs, (unsigned long long)number);
    alz_text_clear(&state->scratch);
    console_add(state, out, &state->scratch, name);
    console_add(state, out, &state->scratch, alz_str_from(text));
    return alz_text_str(&state->scratch);
}

/* The key of an attempt, or, without a name, of the number of a test. */
static struct alz_str key_of(struct console *state, struct alz_out *out,
                             struct alz_str name, uint64_t number)
{
    return key_behind(state, out, name, "\t", number);
}

static struct alz_str label_key(struct console *state, struct alz_out *out,
                                struct alz_str name, uint64_t number)
{
    return key_behind(state, out, name, "\t\t", number);
}

static void *find_or_add(struct console *state, struct alz_out *out,
                         struct alz_str key, size_t size)
{
    struct alz_map *tests = &state->journal.tests;
    void *found = alz_map_find(tests, key);

    tests->max = JOURNAL_MAX;
    if (!found)
        found = alz_map_add(tests, key, size);
    if (tests->starved)
        console_out_of_memory(state, out);
    return found;
}

/* A name of the log may hold anything, a key of something else, too. */
static struct test *find_test(const struct console *state, struct alz_str name)
{
    if (!name.len || memchr(name.ptr, '\t', name.len))
        return NULL;
    return alz_map_find(&state->journal.tests, name);
}

/* ---- lines -------------------------------------------------------------- */

/* A name that two directories have stands for neither. */
static void place(struct console *state, struct alz_out *out, struct test *test,
                  struct alz_str dir)
{
    struct alz_text *dirs = &state->journal.dirs;

    if (test->placed) {
        if (dir.len + (dir.len > 0) != test->dir_len ||
            (dir.len && memcmp(dir.ptr, dirs->ptr + test->dir, dir.len) != 0))
            test->dir_len = 0;
        return;
    }
    test->placed = true;
    if (!dir.len)
        return;
    dirs->max = DIRS_MAX;
    test->dir = dirs->len;
    console_add(state, out, dirs, dir);
    console_add(state, out, dirs, ALZ_STR("/"));
    test->dir_len = dirs->len - test->dir;
}

static void take_test(struct console *state, struct alz_out *out,
                      const struct alz_str *fields)
{
    struct test *test = find_or_add(state, out, fields[3], sizeof(*test));

    if (test)
        place(state, out, test, fields[2]);
}

static void take_started(struct console *state, struct alz_out *out,
                         const struct alz_str *fields)
{
    struct test *test = find_or_add(state, out, fields[3], sizeof(*test));
    struct attempt *attempt;

    if (!test)
        return;
    place(state, out, test, fields[2]);
    attempt =
        find_or_add(state, out, key_of(state, out, fields[3], test->begun),
                    sizeof(*attempt));
    test->begun += attempt != NULL;
    if (attempt)
        alz_number_parse(fields[1], &attempt->start_ms);
}

static void take_ended(struct console *state, struct alz_out *out,
                       const struct alz_str *fields)
{
    struct alz_map *tests = &state->journal.tests;
    struct test *test = find_test(state, fields[3]);
    struct attempt *attempt;

    if (!test || !test->begun)
        return;
    attempt =
        alz_map_find(tests, key_of(state, out, fields[3], test->begun - 1));
    if (!attempt || !alz_number_parse(fields[1], &attempt->stop_ms))
        return;
    alz_number_parse(fields[5], &attempt->number);
    if (alz_str_is(fields[4], "exit"))
        attempt->ending = ENDED;
    else if (alz_str_is(fields[4], "signal"))
        attempt->ending = BY_SIGNAL;
}

static void take_label(struct console *state, struct alz_out *out,
                       const struct alz_str *fields)
{
    struct test *test = find_or_add(state, out, fields[3], sizeof(*test));
    struct alz_str text = fields[4];
    struct label *label;

    if (!test || !text.len)
        return;
    label =
        find_or_add(state, out, label_key(state, out, fields[3], test->labels),
                    sizeof(*label) + text.len);
    if (!label)
        return;
    label->len = text.len;
    memcpy(label->text, text.ptr, text.len);
    test->labels++;
}

static const struct {
    const char *word;
    void (*take)(struct console *state, struct alz_out *out,
                 const struct alz_str *fields);
} lines[] = {
    {"test",    take_test   },
    {"label",   take_label  },
    {"started", take_started},
    {"ended",   take_ended  },
};

/* "3:name" of LastTestsDisabled.log. */
static void take_not_run(struct console *state, struct alz_out *out,
                         struct alz_str line)
{
    uint64_t id;

    if (console_take_number(&line, &id) && alz_str_starts(line, ":"))
        find_or_add(state, out, key_of(state, out, ALZ_STR(""), id), 1);
}

void console_journal_line(struct console *state, struct alz_out *out,
                          struct alz_str line)
{
    struct alz_str fields[FIELDS], rest = line;
    size_t count = 0;

    memset(fields, 0, sizeof(fields));
    while (count < FIELDS && alz_str_split(&rest, '\t', &fields[count]))
        count++;
    if (count == 1)
        take_not_run(state, out, line);
    if (!fields[3].len)
        return;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
        if (alz_str_is(fields[0], lines[i].word))
            lines[i].take(state, out, fields);
}

/* ---- what the log is told ----------------------------------------------- */

/* The command's own words for it (tools/ending.c). */
static void say_signal(struct console *state, struct alz_out *out,
                       uint64_t number)
{
    const char *name = number < 65 ? sigabbrev_np((int)number) : NULL;
    char text[64];

    snprintf(text, sizeof(text), "killed by signal %llu%s%s%s",
             (unsigned long long)number, name ? " (SIG" : "", name ? name : "",
             name ? ")" : "");
    alz_text_clear(&state->current->reason);
    console_add(state, out, &state->current->reason, alz_str_from(text));
}

static void refine_failure(struct console *state, struct alz_out *out,
                           const struct attempt *attempt)
{
    struct console_run *run = state->current;

    if (attempt->ending == KILLED)
        run->verdict = &console_timeout;
    if (attempt->ending != BY_SIGNAL)
        return;
    run->verdict = &console_other;
    say_signal(state, out, attempt->number);
}

static void apply(struct console *state, struct alz_out *out,
                  const struct attempt *attempt)
{
    struct console_run *run = state->current;

    if (attempt->start_ms)
        run->start_ms = (int64_t)attempt->start_ms;
    if (attempt->stop_ms >= attempt->start_ms && attempt->start_ms)
        run->duration_ms = (int64_t)(attempt->stop_ms - attempt->start_ms);
    if (run->verdict == &console_failed)
        refine_failure(state, out, attempt);
}

void console_journal_apply(struct console *state, struct alz_out *out,
                           bool started)
{
    struct console_run *run = state->current;
    struct alz_map *tests = &state->journal.tests;
    struct alz_str name;
    struct attempt *attempt;
    struct test *test;

    if (!run || !started || !tests->count)
        return;
    name = alz_text_str(&run->name);
    test = find_test(state, name);
    attempt = test ? alz_map_find(tests, key_of(state, out, name, test->taken))
                   : NULL;
    if (attempt) {
        test->taken++;
        apply(state, out, attempt);
    }
    if (run->verdict == &console_passed &&
        alz_map_find(tests, key_of(state, out, ALZ_STR(""), run->id)))
        run->verdict = &console_skipped;
}

bool console_journal_goes_on(const struct console *state)
{
    const struct test *test =
        find_test(state, alz_text_str(&state->current->name));

    return test && test->taken && test->taken < test->begun;
}

struct alz_str console_journal_dir(const struct console *state,
                                   struct alz_str name)
{
    const struct test *test = find_test(state, name);

    if (!test || !test->dir_len)
        return ALZ_STR("");
    return (struct alz_str){state->journal.dirs.ptr + test->dir, test->dir_len};
}

void console_journal_tell(struct console *state, struct alz_out *out,
                          const struct console_run *run)
{
    struct alz_map *tests = &state->journal.tests;
    struct alz_str name = alz_text_str(&run->name);
    const struct test *test = find_test(state, name);

    for (uint64_t i = 0; test && i < test->labels; i++) {
        const struct label *label =
            alz_map_find(tests, label_key(state, out, name, i));

        if (label)
            alz_tag_tell(out, run->ref,
                         (struct alz_str){label->text, label->len});
    }
}

void console_journal_done(struct console_journal *journal)
{
    alz_map_done(&journal->tests);
    alz_text_done(&journal->dirs);
}
