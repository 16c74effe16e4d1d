/* latency.c - how long after its last line a result is there to be read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stage.h"
#include "tap.h"

#include <signal.h>
#include <sys/wait.h>

/* A generous bound: loaded machines are slow, and the measure is printed. */
enum { ROUNDS = 100, LOOK_US = 200, BOUND_MS = 1000, GIVE_UP_MS = 60000 };

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

/* Until so many results are there; -1: never. */
static double await(const struct stage *stage, size_t results)
{
    double start = stage_now_ms();
    struct stage_count count;

    do {
        stage_count(stage, &count);
        if (count.results >= results)
            return stage_now_ms() - start;
        stage_sleep_us(LOOK_US);
    } while (stage_now_ms() - start < GIVE_UP_MS);
    return -1;
}

static void judge(const char *title, double *took, size_t rounds)
{
    bool all = true;

    for (size_t i = 0; i < rounds; i++)
        all = all && took[i] >= 0;
    qsort(took, rounds, sizeof(*took), by_value);
    printf("# %s: median %.2f ms, 9 of 10 %.2f ms, worst %.2f ms\n", title,
           took[rounds / 2], took[rounds * 9 / 10], took[rounds - 1]);
    OK(all, "it happens while the pipe is open");
    OK(took[rounds / 2] < BOUND_MS, "in good time");
}

/* A point, and the line that ends it. */
static void say_point(const struct stage *stage, int number)
{
    char text[64];

    snprintf(text, sizeof(text), "ok %d - test %d\nwhat comes next\n", number,
             number);
    stage_say(stage, text);
}

static void say_element(const struct stage *stage, int number)
{
    char text[64];

    snprintf(text, sizeof(text), "<testcase name=\"test %d\"/>\n", number);
    stage_say(stage, text);
}

/* before: said first. say: what ends a result. */
static void measure(struct stage *stage, const char *title,
                    const char *const *words, const char *before,
                    void (*say)(const struct stage *stage, int number))
{
    double took[ROUNDS];

    stage_start(stage, words);
    stage_say(stage, before);
    for (int i = 0; i < ROUNDS; i++) {
        say(stage, i + 1);
        took[i] = await(stage, (size_t)i + 1);
    }
    judge(title, took, ROUNDS);
    stage_close(stage);
    stage_wait(stage);
    stage_clear(stage);
}

/* TAP's points are over when the next line says so, or after a silence. */
static void measure_silence(struct stage *stage, const char *const *words)
{
    enum { SILENCES = 5 };
    double took[SILENCES];
    char text[64];

    stage_start(stage, words);
    for (int i = 0; i < SILENCES; i++) {
        snprintf(text, sizeof(text), "ok %d - t\n", i + 1);
        stage_say(stage, text);
        took[i] = await(stage, (size_t)i + 1);
    }
    judge("TAP, nothing after the point", took, SILENCES);
    stage_close(stage);
    stage_wait(stage);
    stage_clear(stage);
}

/* The user stops us while a test is open. */
static void measure_stop(struct stage *stage, const char *const *words)
{
    enum { STOPS = 5 };
    double took[STOPS], start;
    struct stage_count count;
    bool kept = true;
    int status = 0;

    for (int i = 0; i < STOPS; i++) {
        stage_start(stage, words);
        stage_say(stage, "1..3\nok 1 - a\nnot ok 2 - b\n  ---\n  a: b\n");
        await(stage, 1);
        start = stage_now_ms();
        kill(stage->pid, SIGTERM);
        status = stage_wait(stage);
        took[i] = stage_now_ms() - start;
        stage_count(stage, &count);
        kept = kept && count.results >= 2;
        stage_close(stage);
        stage_clear(stage);
    }
    judge("SIGTERM", took, STOPS);
    OK(kept, "the open test is kept");
    OK(WIFSIGNALED(status), "and the signal is what it ends with");
}

int main(int argc, char **argv)
{
    const char *allurize = argc > 1 ? argv[1] : "allurize";
    const char *const tap[] = {allurize, "convert", "-q", "-f",
                               "tap",    "-",       NULL};
    const char *const found[] = {allurize, "convert", "-q", "-", NULL};
    const char *const tee[] = {allurize, "convert", "-q",    "-f",
                               "tap",    "-",       "--tee", NULL};
    const char *const run[] = {allurize, "run", "-q",  "-f",
                               "tap",    "--",  "cat", NULL};
    const char *const xml[] = {allurize, "convert", "-q", "-f",
                               "junit",  "-",       NULL};
    struct stage stage;

    stage_init(&stage);
    measure(&stage, "TAP, convert -", tap, "", say_point);
    measure(&stage, "TAP, format found by content", found, "TAP version 13\n",
            say_point);
    measure(&stage, "TAP, convert --tee -", tee, "", say_point);
    measure(&stage, "TAP, run", run, "", say_point);
    measure(&stage, "JUnit, convert -", xml, "<testsuite name=\"live\">\n",
            say_element);
    measure_silence(&stage, tap);
    measure_stop(&stage, tap);
    stage_done(&stage);
    return tap_done();
}
