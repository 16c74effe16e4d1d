/* test_timing.c - start and stop of tests, attempts, steps. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#define NO INT64_MIN
#define MTIME 1000000

static const struct alz_policy_options options = {
    .run_id = {"run", 3}
};

static void open_kit(struct kit *kit)
{
    struct alz_input input = {.mtime_ms = MTIME};

    kit_init(kit, &options);
    alz_policy_begin_input(&kit->policy, &input);
}

static void set_times(struct kit *kit, alz_ref ref, int64_t start, int64_t stop,
                      int64_t duration)
{
    if (start != NO)
        alz_set_time(kit->out, ref, ALZ_START, start);
    if (stop != NO)
        alz_set_time(kit->out, ref, ALZ_STOP, stop);
    if (duration != NO)
        alz_set_time(kit->out, ref, ALZ_DURATION, duration);
}

static void add_timed(struct kit *kit, alz_ref parent, int64_t start,
                      int64_t stop, int64_t duration)
{
    alz_ref ref = kit_begin(kit, parent, ALZ_TEST, "t");

    set_times(kit, ref, start, stop, duration);
    alz_end(kit->out, ref);
}

static const struct source {
    int64_t start, stop, duration;
    const char *want;
    const char *what;
} sources[] = {
    {5000,      5100,      7,         "start=5000 stop=5100",       "start and stop"    },
    {5000,      NO,        7,         "start=5000 stop=5007",       "start and duration"},
    {NO,        5100,      7,         "start=5093 stop=5100",       "stop and duration" },
    {5000,      NO,        NO,        "start=5000 stop=5000",       "start alone"       },
    {NO,        5100,      NO,        "start=5100 stop=5100",       "stop alone"        },
    {NO,        NO,        7,         "start=1000000 stop=1000007", "duration alone"    },
    {NO,        NO,        NO,        "start=1000000 stop=1000000", "nothing"           },
    {5000,      4000,      NO,        "start=5000 stop=5000",       "stop before start" },
    {-5,        NO,        -7,        "start=0 stop=0",             "negative times"    },
    {NO,        3,         7,         "start=0 stop=3",             "before 1970"       },
    {INT64_MAX, INT64_MAX, INT64_MAX,
     "start=16725225600000 stop=16725225600000",                    "endless times"     },
    {0,         NO,        INT64_MAX, "start=0 stop=31622400000",
     "a duration of more than a year"                                                   },
};

static void order_of_sources(void)
{
    for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
        const struct source *at = &sources[i];
        struct kit kit;

        open_kit(&kit);
        add_timed(&kit, 0, at->start, at->stop, at->duration);
        IS(kit_value(&kit, 0, "time"), at->want, at->what);
        kit_done(&kit);
    }
}

static void end_to_end(void)
{
    struct kit kit;
    alz_ref suite;

    open_kit(&kit);
    suite = kit_begin(&kit, 0, ALZ_SUITE, "S");
    set_times(&kit, suite, 2000, NO, NO);
    add_timed(&kit, suite, NO, NO, 10);
    add_timed(&kit, suite, NO, NO, 20);
    add_timed(&kit, suite, 2500, NO, 5);
    add_timed(&kit, suite, NO, NO, 1);
    add_timed(&kit, suite, 2100, NO, 5);
    add_timed(&kit, suite, NO, NO, 1);
    IS(kit_value(&kit, 0, "time"), "start=2000 stop=2010",
       "the first one begins with the suite");
    IS(kit_value(&kit, 1, "time"), "start=2010 stop=2030",
       "the next one where it ended");
    IS(kit_value(&kit, 2, "time"), "start=2500 stop=2505", "its own start");
    IS(kit_value(&kit, 3, "time"), "start=2505 stop=2506", "moves the next");
    IS(kit_value(&kit, 4, "time"), "start=2100 stop=2105", "an early one");
    IS(kit_value(&kit, 5, "time"), "start=2506 stop=2507", "does not");
    kit_done(&kit);
}

static void cursors_of_suites(void)
{
    struct kit kit;
    alz_ref outer, inner;

    open_kit(&kit);
    outer = kit_begin(&kit, 0, ALZ_SUITE, "O");
    set_times(&kit, outer, 2000, NO, NO);
    inner = kit_begin(&kit, outer, ALZ_SUITE, "first");
    add_timed(&kit, inner, NO, NO, 10);
    alz_end(kit.out, inner);
    inner = kit_begin(&kit, outer, ALZ_SUITE, "second");
    add_timed(&kit, inner, NO, NO, 10);
    alz_end(kit.out, inner);
    inner = kit_begin(&kit, outer, ALZ_SUITE, "third");
    set_times(&kit, inner, 9000, NO, NO);
    add_timed(&kit, inner, NO, NO, 10);
    alz_end(kit.out, inner);
    add_timed(&kit, outer, NO, NO, 10);
    alz_end(kit.out, outer);
    IS(kit_value(&kit, 0, "time"), "start=2000 stop=2010",
       "a suite without a start begins with the one around it");
    IS(kit_value(&kit, 2, "time"), "start=2010 stop=2020",
       "the next one behind it");
    IS(kit_value(&kit, 4, "time"), "start=9000 stop=9010", "or where it says");
    IS(kit_value(&kit, 6, "time"), "start=9010 stop=9020", "and so on");
    kit_done(&kit);
}

static void top_level(void)
{
    struct alz_input other = {.mtime_ms = 5};
    struct kit kit;

    open_kit(&kit);
    add_timed(&kit, 0, NO, NO, 10);
    add_timed(&kit, 0, NO, NO, 10);
    kit_finish(&kit);
    alz_policy_begin_input(&kit.policy, &other);
    add_timed(&kit, 0, NO, NO, 10);
    IS(kit_value(&kit, 1, "time"), "start=1000010 stop=1000020",
       "outside suites tests are laid end to end too");
    IS(kit_value(&kit, 2, "time"), "start=5 stop=15",
       "each input has its own beginning");
    kit_done(&kit);
}

static void attempts_with_a_final_time(void)
{
    struct kit kit;
    alz_ref test;

    open_kit(&kit);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    add_timed(&kit, test, NO, NO, 100);
    add_timed(&kit, test, NO, NO, NO);
    set_times(&kit, test, 5000, NO, 30);
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "time"), "start=4800 stop=4900",
       "attempts are placed before the final one");
    IS(kit_value(&kit, 1, "time"), "start=4999 stop=4999", "a ms at least");
    IS(kit_value(&kit, 2, "time"), "start=5000 stop=5030", "which keeps its");
    kit_done(&kit);
}

static void attempts_without_time(void)
{
    struct kit kit;
    alz_ref test;

    open_kit(&kit);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    add_timed(&kit, test, NO, NO, NO);
    add_timed(&kit, test, NO, NO, 10);
    set_times(&kit, test, NO, NO, NO);
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "time"), "start=1000000 stop=1000000", "one");
    IS(kit_value(&kit, 1, "time"), "start=1000001 stop=1000011", "two");
    IS(kit_value(&kit, 2, "time"), "start=1000011 stop=1000011", "final");
    kit_done(&kit);
}

static void attempts_at_one_time(void)
{
    struct kit kit;
    alz_ref test;

    open_kit(&kit);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    add_timed(&kit, test, 5000, NO, NO);
    add_timed(&kit, test, 5000, 5003, NO);
    set_times(&kit, test, 4000, 5000, NO);
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "time"), "start=5000 stop=5000", "first");
    IS(kit_value(&kit, 1, "time"), "start=5001 stop=5003",
       "a start is moved, a stop is not");
    IS(kit_value(&kit, 2, "time"), "start=5002 stop=5002",
       "the final one is the last, whatever it says");
    add_timed(&kit, 0, 100, NO, NO);
    IS(kit_value(&kit, 3, "time"), "start=100 stop=100",
       "the next test is not held back");
    kit_done(&kit);
}

static void attempts_beyond_time(void)
{
    struct kit kit;
    alz_ref test;

    open_kit(&kit);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    add_timed(&kit, test, NO, NO, 100);
    add_timed(&kit, test, NO, NO, 100);
    set_times(&kit, test, 1, NO, NO);
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "time"), "start=0 stop=100", "not before 1970");
    IS(kit_value(&kit, 1, "time"), "start=1 stop=101", "but in order");
    IS(kit_value(&kit, 2, "time"), "start=2 stop=2", "to the last");
    kit_done(&kit);
}

static void steps(void)
{
    struct kit kit;
    alz_ref test, step;

    open_kit(&kit);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    step = kit_begin(&kit, test, ALZ_STEP, "none");
    set_times(&kit, step, NO, NO, 5);
    step = kit_begin(&kit, test, ALZ_STEP, "length");
    set_times(&kit, step, 50, NO, 5);
    step = kit_begin(&kit, test, ALZ_STEP, "wrong");
    set_times(&kit, step, 50, -50, NO);
    alz_end(kit.out, test);
    HAS(&kit, 0, "  step none passed", "a step without a moment has none");
    HAS(&kit, 0, "  step length passed start=50 stop=55", "start and duration");
    HAS(&kit, 0, "  step wrong unknown start=50 stop=50", "stop after start");
    kit_done(&kit);
}

int main(void)
{
    order_of_sources();
    end_to_end();
    cursors_of_suites();
    top_level();
    attempts_with_a_final_time();
    attempts_without_time();
    attempts_at_one_time();
    attempts_beyond_time();
    steps();
    return tap_done();
}
