/* identity.c - which test this is, in every run, order, shard and CI. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

#include <stdlib.h>

static const struct alz_diag duplicate = {
    ALZ_WARNING, "policy/duplicate",
    "several tests of one name; they are numbered by a parameter", 0};
static const struct alz_diag duplicate_refused = {
    ALZ_ERROR, "policy/duplicate", "several tests of one name", 2};
static const struct alz_diag too_many = {
    ALZ_ERROR, "policy/too-many-duplicates",
    "more than a million tests of one name", 4};

/* md5 of no parameters */
static const char no_parameters[] = "d41d8cd98f00b204e9800998ecf8427e";

enum { COUNT_MAX = (1 << 20) - 1 };

/* ---- full name -------------------------------------------------------- */

static struct alz_str path_name(const struct alz_policy *policy,
                                struct alz_node *test)
{
    struct alz_str *parts;
    size_t count = 1;

    for (const struct alz_path *at = test->title_path; at; at = at->next)
        count += 2;
    parts = alz_arena_alloc(test->arena, count * sizeof(*parts));
    if (!parts)
        return ALZ_STR("");
    count = 0;
    for (const struct alz_path *at = test->title_path; at; at = at->next) {
        parts[count++] =
            alz_normalise(policy, test->arena, at->name, ALZ_IS_NAME);
        parts[count++] = ALZ_STR(" > ");
    }
    parts[count++] =
        alz_normalise(policy, test->arena, test->text[ALZ_NAME], ALZ_IS_NAME);
    return alz_join(test->arena, parts, count);
}

static struct alz_str full_name(const struct alz_policy *policy,
                                struct alz_node *test)
{
    struct alz_str parts[3];

    if (test->text[ALZ_FULL_NAME].len)
        return alz_normalise(policy, test->arena, test->text[ALZ_FULL_NAME],
                             ALZ_IS_NAME);
    if (!test->text[ALZ_CLASS].len)
        return path_name(policy, test);
    parts[0] =
        alz_normalise(policy, test->arena, test->text[ALZ_CLASS], ALZ_IS_CLASS);
    parts[1] = ALZ_STR(".");
    parts[2] =
        alz_normalise(policy, test->arena, test->text[ALZ_NAME], ALZ_IS_NAME);
    return alz_join(test->arena, parts, 3);
}

/* ---- parameters ------------------------------------------------------- */

static int compare_texts(struct alz_str a, struct alz_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static int compare_pairs(const void *left, const void *right)
{
    const struct alz_pair *const *a = left, *const *b = right;
    int order = compare_texts((*a)->name, (*b)->name);

    return order ? order : compare_texts((*a)->value, (*b)->value);
}

static size_t count_parameters(const struct alz_node *test)
{
    size_t count = 0;

    for (const struct alz_pair *pair = test->pairs; pair; pair = pair->next)
        count += pair->kind == ALZ_PARAMETER;
    return count;
}

/* "n1:v1,n2:v2", sorted by the bytes of name, then value. */
static struct alz_str spell_parameters(struct alz_node *test, size_t count)
{
    const struct alz_pair **pairs =
        alz_arena_alloc(test->arena, count * sizeof(*pairs));
    struct alz_str *parts =
        alz_arena_alloc(test->arena, 4 * count * sizeof(*parts));
    size_t at = 0;

    if (!pairs || !parts)
        return ALZ_STR("");
    for (const struct alz_pair *pair = test->pairs; pair; pair = pair->next)
        if (pair->kind == ALZ_PARAMETER)
            pairs[at++] = pair;
    qsort(pairs, count, sizeof(*pairs), compare_pairs);
    for (size_t i = 0; i < count; i++) {
        parts[4 * i] = i ? ALZ_STR(",") : ALZ_STR("");
        parts[4 * i + 1] = pairs[i]->name;
        parts[4 * i + 2] = ALZ_STR(":");
        parts[4 * i + 3] = pairs[i]->value;
    }
    return alz_join(test->arena, parts, 4 * count);
}

static void make_history_id(struct alz_node *test)
{
    char *parameters = test->history_id + ALZ_MD5_HEX + 1;
    size_t count = count_parameters(test);

    memcpy(test->history_id, test->test_case_id, ALZ_MD5_HEX);
    test->history_id[ALZ_MD5_HEX] = ':';
    if (count == 0)
        memcpy(parameters, no_parameters, sizeof(no_parameters));
    else
        alz_md5_hex(spell_parameters(test, count), parameters);
}

/* ---- the set of identities -------------------------------------------- */

static uint64_t read_hex(const char *digits)
{
    uint64_t value = 0;

    for (int i = 0; i < 16; i++) {
        unsigned digit = (unsigned char)digits[i];

        /* '0' is 0x30, 'a' is 0x61: no branch that cannot be foreseen */
        value = value << 4 | ((digit & 0xf) + 9 * (digit >> 6));
    }
    return value;
}

/* Allure 3 takes an Allure id, where there is one, instead of the test case:
 * two tests that claim one id would be attempts of each other. */
static uint64_t case_key(const struct alz_node *test)
{
    const struct alz_pair *id = alz_node_pair(test, ALZ_LABEL, "ALLURE_ID");

    return id ? alz_key64(id->value) : read_hex(test->history_id);
}

/* Half of each digest, without digesting again; the second is turned so that
 * equal digests do not cancel out. */
static uint64_t key_of(const struct alz_node *test)
{
    uint64_t parameters = read_hex(test->history_id + ALZ_MD5_HEX + 1);

    return case_key(test) ^ (parameters << 1 | parameters >> 63);
}

static void refuse(struct alz_policy *policy, const struct alz_node *test,
                   const struct alz_diag *diag)
{
    policy->refused = true;
    if (policy->attempt == 1)
        alz_policy_report(policy, diag, test->text[ALZ_FULL_NAME]);
}

static struct alz_keyset_entry *entry_of(struct alz_policy *policy,
                                         struct alz_node *test)
{
    struct alz_keyset_entry *entry = alz_keyset_at(&policy->seen, key_of(test));

    if (!entry)
        test->arena->failed = true;
    return entry;
}

static void set_occurrence(struct alz_node *test, struct alz_pair *pair,
                           unsigned number)
{
    char digits[16];
    size_t at = sizeof(digits);

    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    pair->value = alz_arena_copy(
        test->arena, (struct alz_str){digits + at, sizeof(digits) - at});
    make_history_id(test);
}

/* The identity with the parameter is one more in the set: the source may
 * have a parameter of that name too. Returns the number that was free. */
static unsigned number(struct alz_policy *policy, struct alz_node *test,
                       unsigned occurrence)
{
    struct alz_keyset_entry *entry;

    alz_pair_append(test, ALZ_PARAMETER, ALZ_STR("occurrence"), ALZ_STR(""));
    if (test->arena->failed)
        return occurrence;
    for (;; occurrence++) {
        set_occurrence(test, test->last_pair, occurrence);
        if (policy->attempt > 1)
            return occurrence;
        entry = entry_of(policy, test);
        if (!entry || entry->count == 0)
            break;
    }
    if (entry)
        entry->count = 1;
    return occurrence;
}

static unsigned number_duplicate(struct alz_policy *policy,
                                 struct alz_node *test, unsigned occurrence)
{
    uint64_t key = key_of(test);
    struct alz_keyset_entry *entry;

    if (occurrence == 2 && policy->attempt == 1)
        alz_policy_report(policy, &duplicate, test->text[ALZ_FULL_NAME]);
    occurrence = number(policy, test, occurrence);
    entry = alz_keyset_at(&policy->seen, key);
    if (entry)
        entry->count =
            (occurrence < COUNT_MAX ? occurrence : COUNT_MAX) & COUNT_MAX;
    return occurrence;
}

/* Later ones of an identity are later attempts. */
static void order_duplicate(struct alz_policy *policy, struct alz_node *test)
{
    struct alz_keyset_entry *entry = entry_of(policy, test);
    int64_t *start = &test->time[ALZ_START], *stop = &test->time[ALZ_STOP];
    int64_t earliest = entry ? (int64_t)entry->last_ms : 0;

    if (*start < earliest)
        *start = earliest;
    if (*stop < *start)
        *stop = *start;
    if (entry)
        entry->last_ms = (uint64_t)(*start + 1) & (UINT64_MAX >> 20);
}

/* Counts the test (its attempts are one) and settles what to do when it was
 * there already. Returns its number among those of its identity. */
static unsigned settle(struct alz_policy *policy, struct alz_node *test)
{
    struct alz_keyset_entry *entry = entry_of(policy, test);
    unsigned count;

    if (!entry)
        return 1;
    if (policy->attempt == 1 && entry->count == COUNT_MAX) {
        refuse(policy, test, &too_many);
        return 1;
    }
    if (policy->attempt == 1)
        entry->count = (entry->count + 1U) & COUNT_MAX;
    count = entry->count;
    if (policy->options.duplicates == ALZ_DUPLICATES_RETRY)
        order_duplicate(policy, test);
    else if (count > 1 && policy->options.duplicates == ALZ_DUPLICATES_ERROR)
        refuse(policy, test, &duplicate_refused);
    else if (count > 1)
        count = number_duplicate(policy, test, count);
    return count;
}

/* ---- uuids ------------------------------------------------------------ */

static char *put_number(char *to, char lead, unsigned number)
{
    char digits[16];
    size_t count = 0;

    *to++ = lead;
    do
        digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    while (count)
        *to++ = digits[--count];
    return to;
}

static void make_uuid(const struct alz_policy *policy, struct alz_node *test,
                      unsigned ordinal)
{
    char name[sizeof(test->history_id) + 32], *end = name;

    memcpy(name, test->history_id, sizeof(test->history_id) - 1);
    end = put_number(name + sizeof(test->history_id) - 1, '#', ordinal);
    end = put_number(end, '/', policy->attempt);
    test->uuid = alz_uuid_v5(&policy->space,
                             (struct alz_str){name, (size_t)(end - name)});
}

/* Most tests are the first of their identity: their uuid is made while the
 * memory of the set arrives. */
void alz_stage_identity(struct alz_policy *policy, struct alz_node *test)
{
    unsigned ordinal;

    test->text[ALZ_FULL_NAME] = full_name(policy, test);
    alz_md5_hex(test->text[ALZ_FULL_NAME], test->test_case_id);
    make_history_id(test);
    alz_keyset_fetch(&policy->seen, key_of(test));
    make_uuid(policy, test, 1);
    ordinal = settle(policy, test);
    if (!policy->refused && ordinal != 1)
        make_uuid(policy, test, ordinal);
}

/* ---- suites ----------------------------------------------------------- */

/* The names around it, from the inside out, and its number among suites of
 * the same path. */
void alz_suite_identity(struct alz_policy *policy, struct alz_node *suite)
{
    struct alz_str path = ALZ_STR("suite");
    struct alz_keyset_entry *entry;
    char digits[16], *end;

    for (const struct alz_node *at = suite; at; at = alz_node_suite(at)) {
        struct alz_str parts[] = {path, ALZ_STR("\n"), at->text[ALZ_NAME]};

        path = alz_join(suite->arena, parts, 3);
    }
    entry = alz_keyset_at(&policy->seen, alz_key64(path));
    if (!entry) {
        suite->arena->failed = true;
        return;
    }
    entry->count = (entry->count + 1U) & COUNT_MAX;
    end = put_number(digits, '#', entry->count);
    {
        struct alz_str parts[] = {
            path, {digits, (size_t)(end - digits)}
        };

        suite->uuid =
            alz_uuid_v5(&policy->space, alz_join(suite->arena, parts, 2));
    }
}
