/* dialect.c - what producers put into names, and how to tell them apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

static struct alz_str name_of(const struct tap_point *point)
{
    return alz_text_str(&point->name);
}

/* The name becomes a part of itself. */
static void shorten(struct tap *tap, struct tap_point *point,
                    struct alz_str part)
{
    struct alz_text *text = &tap->scratch[1];

    tap_set(tap, text, part);
    tap_set(tap, &point->name, alz_text_str(text));
}

/* ---- durations: bats "x in 14ms", Criterion "x (0.00s)" ----------------- */

static bool is_duration(struct alz_str text, int64_t *ret)
{
    if (!text.len || !tap_is_digit(*text.ptr) ||
        tap_is_digit(text.ptr[text.len - 1]) || tap_has(text, " "))
        return false;
    return alz_duration_parse(text, ret);
}

static void take_duration(struct tap *tap, struct tap_point *point)
{
    struct alz_str name = name_of(point), text = name;
    bool round = alz_str_ends(name, ")");
    const char *lead = round ? "(" : " in ";
    size_t at = name.len, len = strlen(lead);
    int64_t duration;

    if (round)
        text.len--;
    while (at && !alz_str_starts(alz_str_from_offset(text, at), lead))
        at--;
    if (at == 0 || !is_duration(alz_str_from_offset(text, at + len), &duration))
        return;
    if (point->duration_ms < 0)
        point->duration_ms = duration;
    shorten(tap, point, alz_str_trim(tap_head(name, at)));
}

/* ---- Criterion: "suite::name unexpected signal after x.c:6" ------------- */

static void take_criterion(struct tap *tap, struct tap_point *point)
{
    static const char *const deaths[] = {" timed out", " unexpected signal"};
    struct alz_str name = name_of(point);
    size_t split, after;

    if (!tap->criterion)
        return;
    for (size_t i = 0; i < sizeof(deaths) / sizeof(deaths[0]); i++) {
        size_t at = tap_find_or_end(name, deaths[i]);

        if (at == name.len)
            continue;
        point->broken = true;
        tap_set(tap, &point->message, alz_str_from_offset(name, at + 1));
        after = alz_str_find(name, " after ");
        if (after != SIZE_MAX)
            tap_set(tap, &point->source, alz_str_from_offset(name, after + 7));
        name = tap_head(name, at);
    }
    split = alz_str_find(name, "::");
    if (split != SIZE_MAX) {
        tap_set(tap, &point->head, tap_head(name, split));
        name = alz_str_from_offset(name, split + 2);
    }
    shorten(tap, point, name);
}

/* ---- Check: "file.c:suite:name: message" -------------------------------- */

static bool is_c_file(struct alz_str text)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx", ".h"};

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (alz_str_ends(text, endings[i]) && text.len > strlen(endings[i]))
            return true;
    return false;
}

static bool is_death(struct alz_str message)
{
    static const char *const words[] = {"Received signal", "Early exit",
                                        "timeout expired"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (tap_has(message, words[i]))
            return true;
    return false;
}

static void take_check(struct tap *tap, struct tap_point *point)
{
    struct alz_str name = name_of(point), file, suite, test, message;
    size_t end = alz_str_find(name, ": ");

    if (end == SIZE_MAX)
        return;
    message = alz_str_from_offset(name, end + 2);
    test = tap_head(name, end);
    if (!alz_str_split(&test, ':', &file) || !is_c_file(file) ||
        !alz_str_split(&test, ':', &suite) || test.len == 0 || !test.ptr)
        return;
    while (tap_has(test, ":")) { /* the last part is the name */
        size_t at = alz_str_find(test, ":");

        test = alz_str_from_offset(test, at + 1);
        suite.len = (size_t)(test.ptr - 1 - suite.ptr);
    }
    tap->check = true;
    tap_set(tap, &point->head, suite);
    tap_set(tap, &point->source, file);
    if (!point->ok || !alz_str_is(message, "Passed"))
        tap_set(tap, &point->message, message);
    point->broken = is_death(message);
    shorten(tap, point, test);
}

/* ---- cmocka: "name Could not run test: why" ----------------------------- */

static void take_cmocka(struct tap *tap, struct tap_point *point)
{
    struct alz_str name = name_of(point);
    size_t at = alz_str_find(name, " Could not run test: ");

    if (at == SIZE_MAX || point->ok)
        return;
    point->broken = true;
    tap_set(tap, &point->message, alz_str_from_offset(name, at + 1));
    shorten(tap, point, tap_head(name, at));
}

/* ---- busted, cmocka: the name of a skipped test is its reason ------------ */

static void take_skipped_name(struct tap *tap, struct tap_point *point)
{
    if (point->name.len || point->directive != TAP_SKIP ||
        point->reason.len == 0 || point->todo_skip ||
        (!point->dashed && point->ok))
        return;
    tap_set(tap, &point->name, alz_text_str(&point->reason));
    alz_text_clear(&point->reason);
}

/* ---- Test::More: a subtest without tests -------------------------------- */

static void take_empty_subtest(struct tap *tap, struct tap_point *point)
{
    static const char start[] = "No tests run for subtest \"";
    struct alz_str name = name_of(point);

    if (!alz_str_starts(name, start) || !alz_str_ends(name, "\"") ||
        name.len < sizeof(start) + 1)
        return;
    tap_set(tap, &point->message, name);
    name = alz_str_from_offset(name, sizeof(start) - 1);
    shorten(tap, point, tap_head(name, name.len - 1));
}

/* ---- mocha, bats: what runs around tests -------------------------------- */

static void take_fixture(struct tap *tap, struct tap_point *point)
{
    static const char *const parts[] = {
        "\"before all\" hook", "\"before each\" hook", "\"after all\" hook",
        "\"after each\" hook"};
    static const char *const names[] = {
        "setup_file failed", "teardown_file failed", "setup_suite failed",
        "teardown_suite failed"};

    (void)tap;
    for (size_t i = 0; i < 4; i++)
        if (!point->ok && (tap_has(name_of(point), parts[i]) ||
                           alz_str_is(name_of(point), names[i])))
            point->broken = true;
}

static void (*const rules[])(struct tap *tap, struct tap_point *point) = {
    take_duration,     take_criterion,     take_check,   take_cmocka,
    take_skipped_name, take_empty_subtest, take_fixture,
};

void tap_dialect_name(struct tap *tap, struct tap_point *point)
{
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
        rules[i](tap, point);
}

/* ---- who wrote it ------------------------------------------------------ */

void tap_dialect_see(struct tap *tap, struct alz_str comment)
{
    if (alz_str_starts(comment, "Criterion v"))
        tap->criterion = tap->whole_lines = true;
}

static bool is_kunit(const struct tap *tap, const struct tap_point *point)
{
    return tap->ktap && point->at > 0 && !tap->kselftest;
}

static bool is_node(const struct tap *tap, const struct tap_point *point)
{
    return tap->version == 13 && tap->announced && !point->closed.any &&
           tap_has(alz_text_str(&point->yaml), "duration_ms:");
}

static bool is_vitest(const struct tap *tap, const struct tap_point *point)
{
    const struct tap_plan *plan = &tap->levels[0]->plan;

    return tap->version == 13 && plan->said && !plan->late && point->dashed &&
           point->duration_ms >= 0 && !tap->criterion;
}

static bool is_tape(const struct tap *tap, const struct tap_point *point)
{
    (void)point;
    return tap->heads == TAP_HEADS_YES;
}

static bool is_criterion(const struct tap *tap, const struct tap_point *point)
{
    (void)point;
    return tap->criterion;
}

static bool is_check(const struct tap *tap, const struct tap_point *point)
{
    (void)point;
    return tap->check;
}

static bool is_kselftest(const struct tap *tap, const struct tap_point *point)
{
    (void)point;
    return tap->kselftest;
}

/* Only what every output of a producer shows by its first test counts: a
 * label must not depend on which test fails. */
static const struct {
    bool (*fits)(const struct tap *tap, const struct tap_point *point);
    const char *framework, *language;
} producers[] = {
    {is_criterion, "criterion", "c"         },
    {is_check,     "check",     "c"         },
    {is_kselftest, "kselftest", NULL        },
    {is_kunit,     "kunit",     "c"         },
    {is_node,      "node:test", "javascript"},
    {is_tape,      "tape",      "javascript"},
    {is_vitest,    "vitest",    "javascript"},
};

void tap_dialect_settle(struct tap *tap, const struct tap_point *point)
{
    if (tap->settled)
        return;
    tap->settled = true;
    for (size_t i = 0; i < sizeof(producers) / sizeof(producers[0]); i++) {
        if (!producers[i].fits(tap, point))
            continue;
        tap->framework = producers[i].framework;
        tap->language = producers[i].language;
        return;
    }
}
