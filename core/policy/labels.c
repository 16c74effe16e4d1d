/* labels.c - title path and labels. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

static const struct alz_diag many = {
    ALZ_WARNING, "policy/many-labels",
    "more than 500 labels and links on a test; the rest was dropped", 0};

enum { LABELS_MAX = 500 };

/* ---- the suites around a test ----------------------------------------- */

/* Suites named "" are in nobody's path. */
static size_t make_path(struct alz_node *test)
{
    size_t levels = 0;

    test->title_path = NULL;
    for (const struct alz_node *at = alz_node_suite(test); at;
         at = alz_node_suite(at)) {
        struct alz_str name = alz_clean_line(test->arena, at->text[ALZ_NAME]);
        struct alz_path *level;

        if (name.len == 0)
            continue;
        level = alz_arena_alloc(test->arena, sizeof(*level));
        if (!level)
            break;
        level->name = name;
        level->next = test->title_path;
        test->title_path = level;
        levels++;
    }
    return levels;
}

/* ---- labels we compute ------------------------------------------------ */

/* One value each: what the source or the user says stands. */
static void label(struct alz_node *test, const char *name, struct alz_str value)
{
    struct alz_str key = alz_str_from(name);

    if (value.len && !alz_pair_exists(test, ALZ_LABEL, key))
        alz_pair_append(test, ALZ_LABEL, key, value);
}

/* Readers know three levels: the last three of the path. */
static void label_suites(struct alz_node *test, size_t levels)
{
    static const char *const names[][3] = {
        {"suite"},
        {       "parentSuite",  "suite"},
        { "parentSuite", "suite", "subSuite"},
    };
    const struct alz_path *at = test->title_path;
    size_t count = levels < 3 ? levels : 3;

    for (; levels > count; levels--)
        at = at->next;
    for (size_t i = 0; i < count; i++, at = at->next)
        label(test, names[count - 1][i], at->name);
}

static struct alz_str package_of(const struct alz_node *test)
{
    struct alz_str class = test->text[ALZ_CLASS];

    if (test->text[ALZ_PACKAGE].len)
        return test->text[ALZ_PACKAGE];
    while (class.len && class.ptr[class.len - 1] != '.')
        class.len--;
    if (class.len)
        class.len--;
    return class;
}

/* Only of tests that have a class: a method needs one. */
static void label_class(struct alz_node *test)
{
    struct alz_str method = test->text[ALZ_METHOD];

    label(test, "testClass", test->text[ALZ_CLASS]);
    label(test, "package", package_of(test));
    if (method.len == 0 && test->text[ALZ_CLASS].len)
        method = test->text[ALZ_NAME];
    label(test, "testMethod", method);
}

/* What producers write when they know no host. */
static bool is_host(struct alz_str host)
{
    static const char *const none[] = {"localhost", "tbd", "undefined",
                                       "unknown"};

    if (host.len == 0)
        return false;
    for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
        if (alz_str_is_nocase(host, none[i]))
            return false;
    return true;
}

static struct alz_str inherited(const struct alz_node *test, enum alz_fact fact)
{
    return alz_clean_line(test->arena, alz_node_inherited(test, fact));
}

static void label_origin(struct alz_node *test)
{
    struct alz_str host = inherited(test, ALZ_HOST);

    label(test, "framework", inherited(test, ALZ_FRAMEWORK));
    label(test, "language", inherited(test, ALZ_LANGUAGE));
    if (is_host(host))
        label(test, "host", host);
    label(test, "thread", inherited(test, ALZ_THREAD));
    label(test, "ALLURE_ID", test->text[ALZ_ID]);
    if (test->flags & ALZ_SYNTHETIC)
        alz_pair_append(test, ALZ_LABEL, ALZ_STR("tag"), ALZ_STR("synthetic"));
}

/* ---- labels of the user ----------------------------------------------- */

/* Labels readers take one value of. */
static bool is_single(struct alz_str name)
{
    static const char *const names[] = {
        "ALLURE_ID", "framework", "host",        "language", "layer",
        "owner",     "package",   "parentSuite", "severity", "subSuite",
        "suite",     "testClass", "testMethod",  "thread",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (alz_str_is(name, names[i]))
            return true;
    return false;
}

/* The user's word replaces the source's where there is one value only. */
static bool replace(struct alz_node *test, const struct alz_extra *extra)
{
    if (extra->kind != ALZ_PARAMETER &&
        !(extra->kind == ALZ_LABEL && is_single(extra->name)))
        return false;
    for (struct alz_pair *pair = test->pairs; pair; pair = pair->next) {
        if (pair->kind == extra->kind &&
            alz_str_equal(pair->name, extra->name)) {
            pair->value = extra->value;
            return true;
        }
    }
    return false;
}

static void add_extras(const struct alz_policy *policy, struct alz_node *test)
{
    for (size_t i = 0; i < policy->options.extra_count; i++) {
        struct alz_extra extra = policy->options.extras[i];

        extra.name = alz_clean_line(test->arena, extra.name);
        extra.value = alz_clean_line(test->arena, extra.value);
        if (extra.name.len && !replace(test, &extra))
            alz_pair_append(test, extra.kind, extra.name, extra.value);
    }
}

/* ---- once each -------------------------------------------------------- */

static bool is_listed(const struct alz_node *test, const struct alz_pair *end)
{
    for (const struct alz_pair *at = test->pairs; at != end; at = at->next)
        if (at->kind == end->kind && alz_str_equal(at->value, end->value) &&
            alz_str_equal(at->name, end->name))
            return true;
    return false;
}

static bool is_empty_label(const struct alz_pair *pair)
{
    return pair->kind == ALZ_LABEL &&
           (pair->name.len == 0 || pair->value.len == 0);
}

/* Drops empty labels and what was said twice. Excluded parameters are only
 * shown, and stay; each of the others is looked for among at most 500. */
static void drop_repeated(const struct alz_policy *policy,
                          struct alz_node *test)
{
    struct alz_pair **link = &test->pairs;
    size_t count = 0;

    test->last_pair = NULL;
    while (*link) {
        struct alz_pair *pair = *link;
        bool counted = pair->kind != ALZ_EXCLUDED, drop = false;

        if (counted && count >= LABELS_MAX) {
            drop = pair->kind != ALZ_PARAMETER;
            if (count++ == LABELS_MAX && drop)
                alz_policy_report(policy, &many, test->text[ALZ_NAME]);
        } else if (counted) {
            drop = is_empty_label(pair) || is_listed(test, pair);
            count += !drop;
        }
        if (drop) {
            *link = pair->next;
        } else {
            test->last_pair = pair;
            link = &pair->next;
        }
    }
}

/* ---- where it is written ---------------------------------------------- */

static bool has_backtick(struct alz_str text)
{
    return text.len && memchr(text.ptr, '`', text.len);
}

static void describe_source(struct alz_node *test)
{
    struct alz_str *description = &test->text[ALZ_DESCRIPTION];
    struct alz_str mark =
        has_backtick(test->text[ALZ_SOURCE]) ? ALZ_STR("") : ALZ_STR("`");
    struct alz_str parts[] = {*description,
                              description->len ? ALZ_STR("\n\n") : ALZ_STR(""),
                              mark, test->text[ALZ_SOURCE], mark};

    if (test->text[ALZ_SOURCE].len)
        *description =
            alz_join(test->arena, parts, sizeof(parts) / sizeof(*parts));
}

void alz_stage_labels(struct alz_policy *policy, struct alz_node *test)
{
    size_t levels = make_path(test);

    alz_links_resolve(policy, test);
    drop_repeated(policy, test);
    add_extras(policy, test);
    label_origin(test);
    label_suites(test, levels);
    label_class(test);
    describe_source(test);
}
