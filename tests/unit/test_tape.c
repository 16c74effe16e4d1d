/* test_tape.c - events on a tape are the same events when it is played. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"
#include "run/tape.h"

static const struct alz_diag odd = {ALZ_WARNING, "test/odd", "odd", 0};

static alz_ref begin(struct alz_out *out, alz_ref parent, enum alz_kind kind,
                     const char *class_name, const char *name)
{
    alz_ref ref = alz_begin(out, parent, kind);

    if (class_name)
        alz_set_text(out, ref, ALZ_CLASS, alz_str_from(class_name));
    alz_set_text(out, ref, ALZ_NAME, alz_str_from(name));
    return ref;
}

static void output(struct alz_out *out, alz_ref node, const char *name,
                   const char *text, int times)
{
    alz_ref ref = begin(out, node, ALZ_ATTACHMENT, NULL, name);

    while (times--)
        alz_write(out, ref, alz_str_from(text));
}

/* Two tests at a time, attempts, steps, late facts, an attachment that ends
 * with its test, facts of the run. */
static void say_everything(struct alz_out *out)
{
    alz_ref suite = begin(out, 0, ALZ_SUITE, NULL, "S");
    alz_ref a = begin(out, suite, ALZ_TEST, "C", "a"), attempt, step;
    alz_ref b = begin(out, suite, ALZ_TEST, "C", "b");

    alz_add(out, suite, ALZ_LABEL, ALZ_STR("feature"), ALZ_STR("x"));
    attempt = alz_begin(out, b, ALZ_TEST);
    alz_set_status(out, attempt, ALZ_FAILED, 0);
    alz_set_text(out, attempt, ALZ_MESSAGE, ALZ_STR("once"));
    alz_end(out, attempt);
    output(out, a, "stdout", "from a\n", 3);
    alz_write(out, b, ALZ_STR("trace "));
    step = begin(out, b, ALZ_STEP, NULL, "step");
    output(out, step, "inner", "of the step\n", 1);
    alz_set_status(out, step, ALZ_PASSED, 0);
    alz_end(out, step);
    alz_write(out, b, ALZ_STR("goes on"));
    alz_set_status(out, a, ALZ_PASSED, 0);
    alz_set_time(out, a, ALZ_START, 1000);
    alz_set_time(out, a, ALZ_DURATION, 12);
    alz_end(out, a);
    alz_set_text(out, a, ALZ_MESSAGE, ALZ_STR("too late"));
    alz_report(out, &odd, ALZ_STR("detail"));
    alz_set_status(out, b, ALZ_PASSED, ALZ_FLAKY);
    alz_set_time(out, b, ALZ_START, 2000);
    alz_end(out, b);
    begin(out, suite, ALZ_SETUP, NULL, "up");
    output(out, suite, "stdout", "of the suite\n", 1);
    alz_end(out, suite);
    alz_end(out, begin(out, suite, ALZ_TEST, NULL, "late"));
    alz_end(out, alz_begin(out, a, ALZ_STEP));
    alz_add(out, 0, ALZ_TOTAL, ALZ_STR("tests"), ALZ_STR("3"));
    alz_add(out, 0, ALZ_ENVIRONMENT, ALZ_STR("os"), ALZ_STR("unix"));
    output(out, 0, "log", "of the run\n", 1);
}

static bool same_kits(const struct kit *one, const struct kit *two)
{
    bool same = one->count == two->count &&
                alz_str_equal(alz_text_str(&one->log), alz_text_str(&two->log));

    for (size_t i = 0; same && i < one->count; i++)
        same = alz_str_equal(alz_text_str(&one->blocks[i]),
                             alz_text_str(&two->blocks[i]));
    if (!same)
        printf("# one:\n%.*s\n# two:\n%.*s\n", (int)one->log.len, one->log.ptr,
               (int)two->log.len, two->log.ptr);
    return same;
}

static void play(struct alz_tape *tape, struct alz_out *out)
{
    alz_tape_play(tape, &(struct alz_tape_player){.out = out});
}

static void the_same_again(void)
{
    struct kit live, played;
    struct alz_tape tape;

    kit_init(&live, NULL);
    kit_init(&played, NULL);
    alz_tape_init(&tape);
    say_everything(live.out);
    kit_finish(&live);
    say_everything(&tape.out);
    alz_tape_finish(&tape, ALZ_COMPLETE);
    play(&tape, played.out);
    kit_finish(&played);
    OK(same_kits(&live, &played), "played, it is what was said");
    NUM(tape.test_count, 3, "tests are counted without their attempts");
    alz_tape_done(&tape);
    kit_done(&live);
    kit_done(&played);
}

/* ---- one test ---------------------------------------------------------- */

static struct alz_tape_test *find(struct alz_tape *tape, const char *class_name,
                                  const char *name)
{
    uint64_t key = alz_tape_key(tape, ALZ_STR(""), alz_str_from(class_name),
                                alz_str_from(name));

    return alz_tape_find(tape, key);
}

static void one_test_alone(void)
{
    struct kit kit;
    struct alz_tape tape;
    struct alz_text name = {0};

    kit_init(&kit, NULL);
    alz_tape_init(&tape);
    say_everything(&tape.out);
    alz_tape_finish(&tape, ALZ_COMPLETE);
    OK(!find(&tape, "C", "c"), "a test that is not there is not found");
    OK(find(&tape, "C", "a") && find(&tape, "", "late"), "others are");
    OK(!find(&tape, "", "a"), "a name alone is no class and name");
    alz_tape_play_test(&tape, find(&tape, "C", "b"), kit.out);
    kit_finish(&kit);
    LOG(&kit, "test  failed 1/2\ntest b passed 2/2\n",
        "one test is played, with its attempts, without reports");
    HAS(&kit, 1, "trace: trace goes on", "all of it");
    HAS(&kit, 1, "  step step passed", "with its steps");
    OK(!kit_has_quietly(&kit.blocks[1], "from a"), "and nothing of others");
    alz_tape_name(&tape, find(&tape, "C", "b"), &name);
    IS(alz_text_str(&name), "C.b", "its name can be asked for");
    alz_text_done(&name);
    alz_tape_done(&tape);
    kit_done(&kit);
}

/* ---- without those that were taken ------------------------------------- */

static void count_taken(void *ctx, alz_ref parent,
                        const struct alz_tape_test *test)
{
    struct kit *kit = ctx;
    struct alz_uuid uuid = {{1}};

    alz_buf_printf(&kit->log, "taken %s\n", kit_statuses[test->status]);
    alz_recorder_count(kit->recorder, parent, &uuid,
                       (enum alz_status)test->status, test->flags);
}

static void taken_is_left_out(void)
{
    struct alz_tape_player player = {.taken = count_taken};
    struct alz_tape tape;
    struct kit kit;

    kit_init(&kit, NULL);
    player.out = kit.out;
    player.ctx = &kit;
    alz_tape_init(&tape);
    say_everything(&tape.out);
    alz_tape_finish(&tape, ALZ_COMPLETE);
    find(&tape, "C", "b")->taken = true;
    alz_tape_play(&tape, &player);
    kit_finish(&kit);
    LOG(&kit,
        "taken passed\n"
        "test a passed 1/1\n"
        "report test/odd 0 detail\n"
        "suite S children=2 attempts=0 failed=0 broken=0 unknown=0 skipped=0 "
        "passed=2\n"
        "test late none 1/1\n"
        "run\ntotal: tests=3\nenvironment: os=unix\n"
        "  attachment log none size=11\n"
        "run\ntotal: tests=3\nenvironment: os=unix\n",
        "no part of a taken test is told, and it counts where it was");
    alz_tape_done(&tape);
    kit_done(&kit);
}

/* ---- the same test several times --------------------------------------- */

static void the_latest_first(void)
{
    static const enum alz_status statuses[] = {ALZ_FAILED, ALZ_BROKEN,
                                               ALZ_PASSED};
    struct alz_tape_test *at;
    struct alz_tape tape;
    bool right = true;

    alz_tape_init(&tape);
    for (size_t i = 0; i < 3; i++) {
        alz_ref ref = alz_begin(&tape.out, 0, ALZ_TEST);

        alz_set_text(&tape.out, ref, i == 1 ? ALZ_FULL_NAME : ALZ_NAME,
                     i == 1 ? ALZ_STR("C.a") : ALZ_STR("a"));
        alz_set_text(&tape.out, ref, ALZ_CLASS, ALZ_STR("C"));
        alz_set_status(&tape.out, ref, statuses[i], 0);
        alz_set_time(&tape.out, ref, ALZ_START, (int64_t)i * 5000 + 5000);
        alz_end(&tape.out, ref);
    }
    alz_tape_finish(&tape, ALZ_COMPLETE);
    at = find(&tape, "C", "a");
    for (int i = 2; i >= 0; i--) {
        right &= at && at->status == statuses[i] &&
                 at->start_s == 5U * (unsigned)i + 5;
        at = at ? alz_tape_before(&tape, at) : NULL;
    }
    OK(right && !at, "the latest is found first, then those before it");
    alz_tape_done(&tape);
}

/* ---- cut ---------------------------------------------------------------- */

static void what_is_open_is_cut(void)
{
    struct alz_tape tape;
    struct kit kit;
    alz_ref suite;

    kit_init(&kit, NULL);
    alz_tape_init(&tape);
    suite = begin(&tape.out, 0, ALZ_SUITE, NULL, "S");
    begin(&tape.out, suite, ALZ_TEST, "C", "a");
    output(&tape.out, begin(&tape.out, suite, ALZ_TEST, "C", "b"), "stdout",
           "x", 1);
    alz_tape_finish(&tape, ALZ_DAMAGED);
    OK(find(&tape, "C", "b")->flags & ALZ_INCOMPLETE &&
           find(&tape, "C", "a")->flags & ALZ_INCOMPLETE,
       "open tests can be found, and are incomplete");
    play(&tape, kit.out);
    kit_finish(&kit);
    OK(kit_has_quietly(&kit.blocks[0], "none incomplete"),
       "and are so when they are played");
    OK(kit_has_quietly(&kit.log, "test a none 1/1\ntest b none 1/1\n"),
       "in their order");
    alz_tape_done(&tape);
    kit_done(&kit);
}

/* ---- much --------------------------------------------------------------- */

enum { MANY = 20000, LONG_TEXT = 2 * 1024 * 1024 };

struct counter {
    struct alz_out out;
    uint64_t begun, ended, bytes, longest;
    alz_ref last;
};

static alz_ref count_begin(struct alz_out *out, alz_ref ref, enum alz_kind kind)
{
    struct counter *counter = (struct counter *)out;

    (void)ref;
    (void)kind;
    counter->begun++;
    return ++counter->last;
}

static void count_status(struct alz_out *out, alz_ref ref,
                         enum alz_status status, unsigned flags)
{
    (void)out;
    (void)ref;
    (void)status;
    (void)flags;
}

static void count_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                       struct alz_str text)
{
    struct counter *counter = (struct counter *)out;

    (void)ref;
    (void)fact;
    if (text.len > counter->longest)
        counter->longest = text.len;
}

static void count_write(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    (void)ref;
    ((struct counter *)out)->bytes += bytes.len;
}

static void count_end(struct alz_out *out, alz_ref ref)
{
    ((struct counter *)out)->ended += ref != 0;
}

static void much_of_it(void)
{
    static const struct alz_out_ops ops = {.begin = count_begin,
                                           .set_status = count_status,
                                           .set_text = count_text,
                                           .write = count_write,
                                           .end = count_end};
    struct counter counter = {.out = {&ops}};
    char *text = calloc(1, LONG_TEXT), name[32];
    struct alz_tape tape;
    bool found = true;
    alz_ref ref;

    memset(text, 'x', LONG_TEXT);
    alz_tape_init(&tape);
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof(name), "t%d", i);
        ref = begin(&tape.out, 0, ALZ_TEST, "C", name);
        output(&tape.out, ref, "stdout", "hundred bytes of output, or so", 10);
        alz_end(&tape.out, ref);
    }
    ref = begin(&tape.out, 0, ALZ_TEST, "C", "long");
    alz_set_text(&tape.out, ref, ALZ_DESCRIPTION,
                 (struct alz_str){text, LONG_TEXT});
    alz_write(&tape.out, ref, (struct alz_str){text, LONG_TEXT});
    alz_tape_finish(&tape, ALZ_COMPLETE);
    play(&tape, &counter.out);
    NUM(counter.begun, 2 * MANY + 1, "all begin");
    NUM(counter.ended, 2 * MANY + 1, "all end, also what nobody had ended");
    NUM(counter.bytes, MANY * 300LL + LONG_TEXT, "with all they wrote");
    NUM(counter.longest, LONG_TEXT, "and a long text is one");
    for (int i = 0; i < MANY; i += 101) {
        snprintf(name, sizeof(name), "t%d", i);
        counter.bytes = 0;
        found &= find(&tape, "C", name) != NULL;
        alz_tape_play_test(&tape, find(&tape, "C", name), &counter.out);
        found &= counter.bytes == 300;
    }
    OK(found, "each is found and played");
    OK(tape.events.page.cap <= 1024 * 1024 + 1, "a MiB is in memory");
    alz_tape_done(&tape);
    free(text);
}

static void too_much_at_once(void)
{
    struct alz_tape tape;
    struct kit kit;
    size_t open = 0;

    kit_init(&kit, NULL);
    kit.quiet = true;
    alz_tape_init(&tape);
    for (int i = 0; i < 100010; i++)
        open += alz_begin(&tape.out, 0, ALZ_TEST) != 0;
    NUM(open, 100000, "so many are open at once");
    alz_tape_finish(&tape, ALZ_COMPLETE);
    play(&tape, kit.out);
    NUM(kit.reports, 1, "more is an error, said once");
    NUM(kit.tests, 100000, "the others are kept");
    alz_tape_done(&tape);
    kit_done(&kit);
}

int main(void)
{
    the_same_again();
    one_test_alone();
    taken_is_left_out();
    the_latest_first();
    what_is_open_is_cut();
    much_of_it();
    too_much_at_once();
    return tap_done();
}
