/* kills.c - allurize is killed at many moments: nothing half, nothing lost. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stage.h"
#include "tap.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOMENTS = 60, TESTS = 200 };

struct tally {
    size_t results, others, strange, invalid, debris, early, ran_out;
};

/* Says one test: output, a verdict, diagnostics. */
static void say_test(const struct stage *stage, int number)
{
    char text[512];

    snprintf(text, sizeof(text),
             "what test %d says\nnot ok %d - test %d\n  ---\n"
             "  message: it is what it is\n  ...\n# Subtest: more %d\n"
             "    ok 1 - inner\n    1..1\nok %d - more %d\n",
             number, 2 * number - 1, number, number, 2 * number, number);
    stage_say(stage, text);
}

/* Milliseconds of a whole run, from its first result on. */
static double measure(struct stage *stage, const char *const *words)
{
    struct stage_count count = {0};
    double start = stage_now_ms(), end;

    stage_start(stage, words);
    for (int i = 1; i <= TESTS; i++)
        say_test(stage, i);
    stage_close(stage);
    stage_wait(stage);
    end = stage_now_ms();
    stage_count(stage, &count);
    NUM(count.results, 2 * TESTS, "a whole run has all tests");
    stage_clear(stage);
    return end - start;
}

/* A writer of its own, so that a full pipe does not hold us up. */
static pid_t feed(struct stage *stage)
{
    pid_t pid = fork();

    if (pid == 0) {
        for (int i = 1; i <= TESTS; i++)
            say_test(stage, i);
        _exit(0);
    }
    stage_close(stage);
    return pid;
}

static void kill_once(struct stage *stage, const char *const *words,
                      double after_ms, struct tally *tally)
{
    struct stage_count count;
    pid_t writer;
    int status;

    stage_start(stage, words);
    writer = feed(stage);
    stage_sleep_us((long)(after_ms * 1e3));
    kill(stage->pid, SIGKILL);
    status = stage_wait(stage);
    waitpid(writer, NULL, 0);
    stage_count(stage, &count);
    tally->results += count.results;
    tally->others += count.others;
    tally->strange += count.strange;
    tally->ran_out += !WIFSIGNALED(status);
    tally->early += count.results == 0;
    tally->debris += stage_debris(stage);
    if (access(stage->out, F_OK) == 0 && stage_validate(stage, words[0]) != 0) {
        tally->invalid++;
        printf("# not valid when killed after %.1f ms\n", after_ms);
    }
    stage_clear(stage);
}

static void kill_often(struct stage *stage, const char *title,
                       const char *const *words, bool sibling)
{
    struct tally tally = {0};
    double whole;

    printf("# %s\n", title);
    whole = measure(stage, words);
    for (int i = 0; i < MOMENTS; i++)
        kill_once(stage, words, whole * i / MOMENTS, &tally);
    printf("# %d kills, %zu of them too late, %zu before the first result; "
           "%zu results and %zu other files were there, %zu names beside\n",
           MOMENTS, tally.ran_out, tally.early, tally.results, tally.others,
           tally.debris);
    NUM(tally.invalid, 0, "every directory is valid");
    NUM(tally.strange, 0, "nothing is in it that we do not publish");
    OK(tally.debris == 0 || sibling, "nothing is left beside it");
    OK(tally.results > 0, "some kills found results");
    OK(tally.ran_out < MOMENTS, "some kills came in time");
}

int main(int argc, char **argv)
{
    const char *allurize = argc > 1 ? argv[1] : "allurize";
    const char *const link[] = {allurize, "convert", "-q", "-f",
                                "tap",    "-",       NULL};
    const char *const rename[] = {allurize, "convert",   "-q",     "-f", "tap",
                                  "-",      "--publish", "rename", NULL};
    const char *const run[] = {allurize, "run", "-q",  "-f",
                               "tap",    "--",  "cat", NULL};
    struct stage stage;

    stage_init(&stage);
    kill_often(&stage, "convert -", link, false);
    kill_often(&stage, "convert - --publish rename", rename, true);
    kill_often(&stage, "run -- cat", run, false);
    stage_done(&stage);
    return tap_done();
}
