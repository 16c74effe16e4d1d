/* test_duplicates.c - several tests of one identity in one conversion. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#include <stdlib.h>

static void open_kit(struct kit *kit, enum alz_duplicates duplicates)
{
    struct alz_policy_options options = {
        .run_id = {"run", 3},
          .duplicates = duplicates
    };

    kit_init(kit, &options);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* How many different values the blocks have. */
static size_t different(const struct kit *kit, const char *key)
{
    char *values[KIT_BLOCKS];
    size_t count = 0;

    for (size_t i = 0; i < kit->count; i++) {
        struct alz_str value = kit_value(kit, i, key);

        values[i] = calloc(1, value.len + 1);
        if (values[i] && value.len)
            memcpy(values[i], value.ptr, value.len);
    }
    qsort(values, kit->count, sizeof(*values), compare);
    for (size_t i = 0; i < kit->count; i++)
        count += i == 0 || strcmp(values[i - 1], values[i]) != 0;
    for (size_t i = 0; i < kit->count; i++)
        free(values[i]);
    return count;
}

static void numbered(void)
{
    struct kit kit;

    open_kit(&kit, ALZ_DUPLICATES_NUMBER);
    for (int i = 0; i < 3; i++)
        kit_whole(&kit, 0, ALZ_TEST, "t", ALZ_PASSED);
    kit_whole(&kit, 0, ALZ_TEST, "u", ALZ_PASSED);
    HAS_NOT(&kit, 0, "occurrence", "the first one is as it is");
    HAS(&kit, 1, "parameter: occurrence=2", "the second has a number");
    HAS(&kit, 2, "parameter: occurrence=3", "the third one too");
    IS(kit_value(&kit, 2, "fullName"), "t", "the full name stays");
    NUM(different(&kit, "historyId"), 4, "each has its own history");
    NUM(different(&kit, "uuid"), 4, "and uuid");
    NUM(different(&kit, "testCaseId"), 2, "of one test case");
    OK(kit_has(&kit.log, "report policy/duplicate 0 t"), "it is a warning");
    NUM(kit.reports, 1, "once for a name");
    kit_done(&kit);
}

/* The source has parameters of that name too. */
static void numbered_already(void)
{
    static const char *const said[] = {NULL, "2", NULL, "3", NULL, "2", NULL};
    struct kit kit;

    open_kit(&kit, ALZ_DUPLICATES_NUMBER);
    for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
        alz_ref test = kit_begin(&kit, 0, ALZ_TEST, "t");

        if (said[i])
            kit_add(&kit, test, ALZ_PARAMETER, "occurrence", said[i]);
        alz_end(kit.out, test);
    }
    HAS(&kit, 2, "parameter: occurrence=3", "a number that is taken is not");
    NUM(different(&kit, "historyId"), 7, "no two are the same");
    NUM(different(&kit, "uuid"), 7, "nor their uuids");
    kit_done(&kit);
}

static void numbered_with_attempts(void)
{
    struct kit kit;

    open_kit(&kit, ALZ_DUPLICATES_NUMBER);
    for (int i = 0; i < 2; i++) {
        alz_ref test = kit_begin(&kit, 0, ALZ_TEST, "t");

        kit_whole(&kit, test, ALZ_TEST, NULL, ALZ_FAILED);
        kit_whole(&kit, test, ALZ_TEST, NULL, ALZ_FAILED);
        alz_end(kit.out, test);
    }
    NUM(kit.count, 6, "six results");
    NUM(different(&kit, "historyId"), 2, "of two histories");
    NUM(different(&kit, "uuid"), 6, "and six uuids");
    for (size_t i = 3; i < 6; i++)
        HAS(&kit, i, "parameter: occurrence=2", "all attempts have the number");
    NUM(kit.reports, 1, "one name, one warning");
    kit_done(&kit);
}

static void parameters_tell_apart(void)
{
    struct kit kit;

    open_kit(&kit, ALZ_DUPLICATES_NUMBER);
    for (int i = 0; i < 2; i++) {
        alz_ref test = kit_begin(&kit, 0, ALZ_TEST, "t");

        kit_add(&kit, test, ALZ_PARAMETER, "p", i ? "1" : "2");
        alz_end(kit.out, test);
    }
    NUM(kit.reports, 0, "other parameters are another history");
    kit_done(&kit);
}

static void retried(void)
{
    static const int64_t starts[] = {5000, 5000, 4000, 9000};
    static const char *const want[] = {
        "start=5000 stop=5004", "start=5001 stop=5004", "start=5002 stop=5002",
        "start=9000 stop=9004"};
    struct kit kit;

    open_kit(&kit, ALZ_DUPLICATES_RETRY);
    for (size_t i = 0; i < 4; i++) {
        alz_ref test = kit_begin(&kit, 0, ALZ_TEST, "t");

        alz_set_time(kit.out, test, ALZ_START, starts[i]);
        alz_set_time(kit.out, test, ALZ_STOP, starts[i] + 4);
        alz_end(kit.out, test);
        IS(kit_value(&kit, i, "time"), want[i], "each start is later");
    }
    NUM(different(&kit, "historyId"), 1, "they are one test");
    NUM(different(&kit, "uuid"), 4, "in four results");
    NUM(kit.reports, 0, "as the user said");
    kit_done(&kit);
}

static void refused(void)
{
    struct kit kit;
    alz_ref suite, test;

    open_kit(&kit, ALZ_DUPLICATES_ERROR);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "");
    kit_add(&kit, suite, ALZ_TOTAL, "tests", "2");
    kit_whole(&kit, suite, ALZ_TEST, "t", ALZ_PASSED);
    test = kit_begin(&kit, suite, ALZ_TEST, "t");
    kit_whole(&kit, test, ALZ_TEST, "t", ALZ_FAILED);
    alz_end(kit.out, test);
    alz_end(kit.out, suite);
    LOG(&kit,
        "test t passed 1/1\n"
        "report policy/duplicate 2 t\n"
        "suite  children=1 attempts=0 failed=0 broken=0 unknown=0 skipped=0 "
        "passed=1\n",
        "a duplicate is an error and is no result, with its attempts");
    kit_done(&kit);
}

int main(void)
{
    numbered();
    numbered_already();
    numbered_with_attempts();
    parameters_tell_apart();
    retried();
    refused();
    return tap_done();
}
