/* compare.c - whether a sample gives what a rule file says it gives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "collect.h"
#include "shared.h"

#include <stdlib.h>

bool log_sample_next(struct alz_str *rest, size_t *number, struct alz_str *ret)
{
    struct alz_str line;

    while (alz_str_split(rest, '\n', &line)) {
        ++*number;
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (line.len && *line.ptr == '|') {
            *ret = alz_str_from_offset(line, 1);
            return true;
        }
    }
    return false;
}

/* ---- what they give --------------------------------------------------- */

static void fail(struct log_trial *trial, struct log_place place,
                 const char *what, struct alz_str detail)
{
    trial->failed = true;
    log_complain(trial->load, place, what, detail);
    if (trial->hint)
        trial->hint(trial);
}

static void compare_test(struct log_trial *trial, struct alz_str want,
                         struct log_place place)
{
    const struct collect *collect = trial->collect;
    struct alz_text got = {0};
    struct alz_str message;
    bool same, differs;

    if (trial->expected == collect->test_count) {
        fail(trial, place, "the sample gives no such test", want);
        return;
    }
    trial->test = collect->order[trial->expected++];
    message = collect_message(collect, trial->test);
    collect_name(collect, trial->test, &got);
    same = alz_str_equal(alz_text_str(&got), want);
    if (message.len) {
        alz_text_add(&got, ALZ_STR(": "));
        alz_text_add(&got, message);
    }
    differs = !same && !alz_str_equal(alz_text_str(&got), want);
    trial->load->no_memory |= got.full;
    if (differs && !got.full)
        fail(trial, place, "the sample gives", alz_text_str(&got));
    alz_text_done(&got);
}

static void compare(struct log_trial *trial, struct alz_str line,
                    struct log_place place)
{
    struct alz_str want = alz_str_trim(alz_str_from_offset(line, 3));

    place.column = 4;
    if (*line.ptr == '|' || alz_str_is(want, "nothing"))
        return;
    if (alz_str_starts(line, "=+ ")) {
        if (!trial->test || !collect_has(trial->collect, trial->test, want))
            fail(trial, place, "the test above has no such fact", want);
    } else if (alz_str_starts(want, "total ") ||
               alz_str_starts(want, "report ")) {
        if (!collect_has(trial->collect, 0, want))
            fail(trial, place, "the sample does not give", want);
    } else {
        compare_test(trial, want, place);
    }
}

static void compare_all(struct log_trial *trial)
{
    const struct log_sample *sample = trial->sample;
    struct alz_str rest = sample->text, line;
    struct log_place place = sample->place;
    struct alz_text more = {0};
    size_t expectations = 0;

    while (!trial->failed && alz_str_split(&rest, '\n', &line)) {
        place.line++;
        if (line.len < 3 || (*line.ptr != '=' && *line.ptr != '|'))
            continue;
        expectations += *line.ptr == '=';
        compare(trial, line, place);
    }
    if (!expectations && !trial->failed)
        fail(trial, sample->place, "the sample says not what it gives",
             ALZ_STR(""));
    if (trial->failed || trial->expected == trial->collect->test_count)
        return;
    collect_name(trial->collect, trial->collect->order[trial->expected], &more);
    fail(trial, sample->place, "the sample gives one more test",
         alz_text_str(&more));
    alz_text_done(&more);
}

/* ---- one sample ------------------------------------------------------- */

bool log_trial_run(struct log_trial *trial)
{
    struct log_load *load = trial->load;
    struct collect *collect = calloc(1, sizeof(*collect));

    if (!collect) {
        load->no_memory = true;
        return false;
    }
    collect_init(collect);
    trial->collect = collect;
    trial->feed(trial, &collect->out);
    load->no_memory |= collect_starved(collect);
    if (!load->no_memory && !trial->failed)
        compare_all(trial);
    collect_done(collect);
    free(collect);
    trial->collect = NULL;
    return !load->no_memory && !trial->failed;
}
