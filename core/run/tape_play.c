/* tape_play.c - what was recorded, said again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/tape_event.h"

#include "base/buf.h"

#include <stdlib.h>

struct playing {
    struct alz_tape *tape;
    const struct alz_tape_player *player;
    const struct alz_tape_test *alone; /* this test only; NULL: everything */
    alz_ref *refs;                     /* of nodes, 0: not told */
    uint32_t last;                     /* the node that ends it; 0: not yet */
    bool over;
};

/* An event and its texts, which are valid until the next one. */
struct told {
    struct alz_tape_event event;
    struct alz_str a, b;
};

/* ---- reading ---------------------------------------------------------- */

static bool read_texts(struct alz_tape *tape, uint64_t at, struct told *told)
{
    size_t a = told->event.len[0], b = told->event.len[1];
    char *room;

    told->a = told->b = ALZ_STR("");
    if (a + b == 0)
        return true;
    alz_text_clear(&tape->payload);
    room = alz_buf_reserve(&tape->payload, a + b);
    if (!room) {
        alz_tape_starve(tape);
        return false;
    }
    told->a = (struct alz_str){room, a};
    told->b = (struct alz_str){room + a, b};
    return alz_store_read(&tape->events, at, room, a + b) == 0;
}

static bool read_event(struct alz_tape *tape, uint64_t *at, struct told *told)
{
    char *bytes = (char *)&told->event;

    if (*at >= alz_store_size(&tape->events) ||
        alz_store_read(&tape->events, *at, bytes, sizeof(told->event)))
        return false;
    *at += sizeof(told->event);
    if (!read_texts(tape, *at, told))
        return false;
    *at += told->a.len + told->b.len;
    return true;
}

/* ---- saying ----------------------------------------------------------- */

/* A node in one that is not told is not told either. */
static bool is_told(const struct playing *playing,
                    const struct alz_tape_event *event)
{
    if (playing->alone && !playing->last)
        return true;
    return event->other ? playing->refs[event->other] != 0 : !playing->alone;
}

static void play_begin(struct playing *playing, const struct told *told)
{
    const struct alz_tape_player *player = playing->player;
    const struct alz_tape_event *event = &told->event;
    const struct alz_tape_test *test =
        event->number ? &playing->tape->tests[event->number - 1] : NULL;
    alz_ref parent = playing->refs[event->other];

    if (!is_told(playing, event))
        return;
    if (playing->alone && !playing->last) {
        playing->last = event->node;
        parent = 0; /* its suite may be told by a play around this one */
    } else if (test && test->taken && player->taken) {
        player->taken(player->ctx, parent, test);
        return;
    } else if (test && test->taken) {
        return;
    }
    playing->refs[event->node] =
        alz_begin(player->out, parent, (enum alz_kind)event->what);
}

static void play_status(struct playing *playing, const struct told *told)
{
    alz_set_status(playing->player->out, playing->refs[told->event.node],
                   (enum alz_status)told->event.what, told->event.other);
}

static void play_text(struct playing *playing, const struct told *told)
{
    struct alz_str text = told->a;

    if (!told->event.number)
        text.ptr = NULL;
    alz_set_text(playing->player->out, playing->refs[told->event.node],
                 (enum alz_fact)told->event.what, text);
}

static void play_time(struct playing *playing, const struct told *told)
{
    alz_set_time(playing->player->out, playing->refs[told->event.node],
                 (enum alz_when)told->event.what, told->event.number);
}

static void play_add(struct playing *playing, const struct told *told)
{
    alz_add(playing->player->out, playing->refs[told->event.node],
            (enum alz_pair_kind)told->event.what, told->a, told->b);
}

static void play_write(struct playing *playing, const struct told *told)
{
    alz_write(playing->player->out, playing->refs[told->event.node], told->a);
}

static void play_end(struct playing *playing, const struct told *told)
{
    uint32_t node = told->event.node;

    alz_end(playing->player->out, playing->refs[node]);
    playing->refs[node] = 0;
    playing->over = playing->alone && node == playing->last;
}

static void play_report(struct playing *playing, const struct told *told)
{
    struct alz_tape_report report;

    memcpy(&report, told->b.ptr, sizeof(report));
    if (playing->tape->position)
        *playing->tape->position = report.position;
    alz_report(playing->player->out, report.diag, told->a);
}

static void (*const play[ALZ_TAPE_VERB_COUNT])(struct playing *,
                                               const struct told *) = {
    [ALZ_TAPE_BEGIN] = play_begin, [ALZ_TAPE_STATUS] = play_status,
    [ALZ_TAPE_TEXT] = play_text,   [ALZ_TAPE_TIME] = play_time,
    [ALZ_TAPE_ADD] = play_add,     [ALZ_TAPE_WRITE] = play_write,
    [ALZ_TAPE_END] = play_end,     [ALZ_TAPE_REPORT] = play_report,
};

/* Whether there is anybody to say it to: facts of a node that is told, and,
 * when everything is played, of the run. */
static bool is_heard(const struct playing *playing,
                     const struct alz_tape_event *event)
{
    if (event->verb == ALZ_TAPE_BEGIN)
        return true;
    return event->node ? playing->refs[event->node] != 0 : !playing->alone;
}

/* ---- playing ---------------------------------------------------------- */

static void run(struct playing *playing, uint64_t at)
{
    struct alz_tape *tape = playing->tape;
    struct told told;

    if (!tape->played)
        tape->played = calloc(tape->refs.count + 1, sizeof(*tape->played));
    if (!tape->played) {
        alz_tape_starve(tape);
        return;
    }
    playing->refs = tape->played;
    while (!playing->over && read_event(tape, &at, &told))
        if (is_heard(playing, &told.event))
            play[told.event.verb](playing, &told);
    if (alz_tape_error(tape))
        memset(tape->played, 0, tape->refs.count * sizeof(*tape->played));
}

void alz_tape_play(struct alz_tape *tape, const struct alz_tape_player *player)
{
    run(&(struct playing){.tape = tape, .player = player}, 0);
}

void alz_tape_play_test(struct alz_tape *tape, const struct alz_tape_test *test,
                        struct alz_out *out)
{
    struct alz_tape_player player = {.out = out};

    run(&(struct playing){.tape = tape, .player = &player, .alone = test},
        test->at);
}

/* ---- a name ----------------------------------------------------------- */

void alz_tape_name(struct alz_tape *tape, const struct alz_tape_test *test,
                   struct alz_text *ret)
{
    struct alz_text names[ALZ_CLASS + 1] = {{.max = SIZE_MAX / 4},
                                            {.max = SIZE_MAX / 4}};
    uint64_t at = test->at;
    uint32_t node = 0;
    struct told told;

    while (read_event(tape, &at, &told)) {
        const struct alz_tape_event *event = &told.event;

        if (!node)
            node = event->node;
        else if (event->node == node && event->verb == ALZ_TAPE_END)
            break;
        if (event->node != node || event->verb != ALZ_TAPE_TEXT ||
            event->what > ALZ_CLASS)
            continue;
        alz_text_clear(&names[event->what]);
        alz_text_add(&names[event->what], told.a);
    }
    if (names[ALZ_CLASS].len) {
        alz_text_add(ret, alz_text_str(&names[ALZ_CLASS]));
        alz_text_add(ret, ALZ_STR("."));
    }
    alz_text_add(ret, alz_text_str(&names[ALZ_NAME]));
    ret->full |= names[ALZ_CLASS].full || names[ALZ_NAME].full;
    alz_text_done(&names[ALZ_CLASS]);
    alz_text_done(&names[ALZ_NAME]);
}
