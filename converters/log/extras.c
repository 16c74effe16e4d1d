/* extras.c - pairs, steps and files of a test, kept until it is told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

/* Each is this, then the bytes of a and of b. */
struct extra {
    enum log_extra what;
    int number;
    size_t a, b;
};

void log_extra_add(struct log *log, struct log_test *test, enum log_extra what,
                   int number, struct alz_str a, struct alz_str b)
{
    struct extra extra = {what, number, a.len, b.len};
    struct alz_text *extras = &test->extras;
    size_t before = extras->len;

    extras->max = LOG_OUTPUT_MAX;
    if (extras->len + sizeof(extra) + a.len + b.len > extras->max)
        return;
    log_add(log, extras, (struct alz_str){(const char *)&extra, sizeof(extra)});
    log_add(log, extras, a);
    log_add(log, extras, b);
    if (extras->len != before + sizeof(extra) + a.len + b.len)
        extras->len = before;
}

struct telling {
    struct log *log;
    alz_ref stack[LOG_DEPTH_MAX + 1]; /* the test and its open steps */
    size_t depth;
};

static void tell_pair(struct telling *telling, const struct extra *extra,
                      struct alz_str a, struct alz_str b)
{
    alz_add(telling->log->out, telling->stack[0],
            (enum alz_pair_kind)extra->number, a, b);
}

static void tell_step(struct telling *telling, const struct extra *extra,
                      struct alz_str a, struct alz_str b)
{
    struct alz_out *out = telling->log->out;
    alz_ref step = alz_begin(out, telling->stack[telling->depth], ALZ_STEP);

    (void)extra;
    (void)b;
    alz_set_text(out, step, ALZ_NAME, a);
    if (telling->depth == LOG_DEPTH_MAX)
        alz_end(out, step);
    else
        telling->stack[++telling->depth] = step;
}

static void tell_step_end(struct telling *telling, const struct extra *extra,
                          struct alz_str a, struct alz_str b)
{
    struct alz_out *out = telling->log->out;
    alz_ref step = telling->stack[telling->depth];

    (void)b;
    if (!telling->depth)
        return;
    alz_set_status(out, step, (enum alz_status)extra->number, 0);
    if (a.len)
        alz_set_text(out, step, ALZ_MESSAGE, a);
    alz_end(out, step);
    telling->depth--;
}

static void tell_file(struct telling *telling, const struct extra *extra,
                      struct alz_str a, struct alz_str b)
{
    struct alz_out *out = telling->log->out;
    alz_ref file =
        alz_begin(out, telling->stack[telling->depth], ALZ_ATTACHMENT);
    size_t at = a.len;

    (void)extra;
    while (at && a.ptr[at - 1] != '/')
        at--;
    alz_set_text(out, file, ALZ_NAME, alz_str_from_offset(a, at));
    alz_set_text(out, file, ALZ_PATH, a);
    if (b.len)
        alz_set_text(out, file, ALZ_MEDIA_TYPE, b);
    alz_end(out, file);
}

static void (*const tellers[])(struct telling *, const struct extra *,
                               struct alz_str, struct alz_str) = {
    [LOG_EXTRA_PAIR] = tell_pair,
    [LOG_EXTRA_STEP] = tell_step,
    [LOG_EXTRA_STEP_END] = tell_step_end,
    [LOG_EXTRA_FILE] = tell_file,
};

void log_extras_tell(struct log *log, struct log_test *test, alz_ref node)
{
    struct telling telling = {.log = log, .stack = {node}};
    struct alz_str rest = alz_text_str(&test->extras), a, b;
    struct extra extra;

    while (rest.len >= sizeof(extra)) {
        memcpy(&extra, rest.ptr, sizeof(extra));
        rest = alz_str_from_offset(rest, sizeof(extra));
        a = (struct alz_str){rest.ptr, extra.a};
        rest = alz_str_from_offset(rest, extra.a);
        b = (struct alz_str){rest.ptr, extra.b};
        rest = alz_str_from_offset(rest, extra.b);
        tellers[extra.what](&telling, &extra, a, b);
    }
    while (telling.depth)
        alz_end(log->out, telling.stack[telling.depth--]);
}
