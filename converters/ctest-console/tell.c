/* tell.c - one attempt of a test: status, message, trace, times, output. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <stdio.h>

static struct alz_str trim_end(struct alz_str text)
{
    while (text.len &&
           (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == ' '))
        text.len--;
    return text;
}

/* "Timeout after 1.0 s" */
static void say_timeout(const struct console_run *run, struct alz_text *ret)
{
    char text[40];

    if (run->duration_ms == CONSOLE_NO_TIME)
        return;
    snprintf(text, sizeof(text), " after %lld.%lld s",
             (long long)(run->duration_ms / 1000),
             (long long)(run->duration_ms % 1000 / 100));
    alz_text_add(ret, alz_str_from(text));
}

/* Of a test that could not run CTest's own line says why. */
static struct alz_str telling_line(const struct console_run *run)
{
    struct alz_str output = alz_text_str(&run->output);

    if (run->verdict == &console_not_run)
        return alz_str_first_line(output);
    return run->verdict->status == ALZ_SKIPPED ? alz_str_skip_line(output)
                                               : alz_str_failure_line(output);
}

static bool word_tells(const struct console_run *run)
{
    return run->verdict != &console_failed && run->verdict->word[0];
}

/* CTest's word, its reason, and a line of the output: as much as is needed. */
static void message(const struct console_run *run, struct alz_text *ret)
{
    struct alz_str reason = alz_str_trim(alz_text_str(&run->reason));
    struct alz_str line = telling_line(run);
    bool timeout = strcmp(run->verdict->word, "Timeout") == 0;

    alz_text_clear(ret);
    if (run->verdict->status == ALZ_PASSED)
        return;
    if (run->verdict == &console_skipped && line.len) {
        alz_text_add(ret, line);
        return;
    }
    if (word_tells(run))
        alz_text_add(ret, alz_str_from(run->verdict->word));
    if (timeout)
        say_timeout(run, ret);
    if (reason.len && ret->len)
        alz_text_add(ret, ALZ_STR(": "));
    alz_text_add(ret, reason);
    if (run->verdict == &console_not_run && line.len)
        alz_text_add(ret, ALZ_STR(": "));
    if (run->verdict == &console_not_run || !ret->len)
        alz_text_add(ret, line);
    if (!ret->len)
        alz_text_add(ret, alz_str_from(run->verdict->word));
}

static void tell_output(struct alz_out *out, struct console_run *run,
                        alz_ref node)
{
    alz_ref attachment;

    if (run->flow)
        alz_end(out, run->flow);
    if (run->flow || !run->said || run->verdict == &console_not_run)
        return;
    attachment = alz_begin(out, node, ALZ_ATTACHMENT);
    alz_set_text(out, attachment, ALZ_NAME, ALZ_STR("stdout"));
    alz_set_text(out, attachment, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
    alz_write(out, attachment, trim_end(alz_text_str(&run->output)));
    alz_write(out, attachment, ALZ_STR("\n"));
    alz_end(out, attachment);
}

static bool cut(const struct console_run *run)
{
    return run->verdict == &console_interrupted ||
           run->verdict == &console_unfinished;
}

void console_tell(struct console *state, struct alz_out *out,
                  struct console_run *run, alz_ref node)
{
    if (!run->verdict)
        run->verdict = &console_unfinished;
    alz_set_status(out, node, run->verdict->status,
                   cut(run) ? ALZ_INCOMPLETE : 0);
    message(run, &state->scratch);
    if (state->scratch.full && state->scratch.len < state->scratch.max)
        console_out_of_memory(state, out);
    if (state->scratch.len)
        alz_set_text(out, node, ALZ_MESSAGE, alz_text_str(&state->scratch));
    if (run->verdict->status <= ALZ_BROKEN && run->said)
        alz_set_text(out, node, ALZ_TRACE, alz_text_str(&run->output));
    if (run->start_ms != CONSOLE_NO_TIME)
        alz_set_time(out, node, ALZ_START, run->start_ms);
    if (run->duration_ms != CONSOLE_NO_TIME)
        alz_set_time(out, node, ALZ_DURATION, run->duration_ms);
    tell_output(out, run, node);
}
