/* samples.c - a rule file is good when its samples give what it says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "collect.h"
#include "log.h"

#include <stdlib.h>

struct sampling {
    struct log_load *load;
    struct collect *collect;
    struct log log;
    size_t expected; /* tests compared so far */
    size_t test;     /* the last one of them; 0: none */
    /* The line that nothing took and a rule nearly did. */
    struct log_place near_place;
    const struct log_rule *near_rule;
    bool failed;
};

/* ---- the lines -------------------------------------------------------- */

/* Remembers the first line that was lost, and where the rule that came
 * farthest stopped. */
static void look_near(struct sampling *sampling, struct alz_str text,
                      size_t line)
{
    const struct log_rules *rules = sampling->load->rules;
    size_t best = 0;

    if (sampling->near_rule)
        return;
    for (size_t i = 0; i < rules->rule_count; i++) {
        size_t reach = log_regex_reach(&rules->rules[i].match, text);

        if (reach <= best)
            continue;
        best = reach;
        sampling->near_rule = &rules->rules[i];
        sampling->near_place = (struct log_place){line, 2 + reach};
    }
}

static void feed(struct sampling *sampling, struct alz_str text, size_t number)
{
    struct alz_line line = {.text = text, .number = number};
    uint64_t before = sampling->log.untaken;

    log_take(&sampling->log, sampling->log.out, &line);
    if (sampling->log.untaken > before)
        look_near(sampling, text, number);
}

/* ---- what they give --------------------------------------------------- */

static void fail(struct sampling *sampling, struct log_place place,
                 const char *what, struct alz_str detail)
{
    struct alz_text text = {0};

    sampling->failed = true;
    log_complain(sampling->load, place, what, detail);
    if (!sampling->near_rule)
        return;
    alz_text_add(&text, ALZ_STR("no rule takes this line; here stops rule "));
    alz_text_add(&text, sampling->near_rule->name);
    log_complain(sampling->load, sampling->near_place, "sample",
                 alz_text_str(&text));
    alz_text_done(&text);
}

static void compare_test(struct sampling *sampling, struct alz_str want,
                         struct log_place place)
{
    const struct collect *collect = sampling->collect;
    struct alz_text got = {0};
    struct alz_str message;
    bool same, differs;

    if (sampling->expected == collect->test_count) {
        fail(sampling, place, "the sample gives no such test", want);
        return;
    }
    sampling->test = collect->order[sampling->expected++];
    message = collect_message(collect, sampling->test);
    collect_name(collect, sampling->test, &got);
    same = alz_str_equal(alz_text_str(&got), want);
    if (message.len) {
        alz_text_add(&got, ALZ_STR(": "));
        alz_text_add(&got, message);
    }
    differs = !same && !alz_str_equal(alz_text_str(&got), want);
    sampling->load->no_memory |= got.full;
    if (differs && !got.full)
        fail(sampling, place, "the sample gives", alz_text_str(&got));
    alz_text_done(&got);
}

static void compare(struct sampling *sampling, struct alz_str line,
                    struct log_place place)
{
    struct alz_str want = alz_str_trim(alz_str_from_offset(line, 3));

    place.column = 4;
    if (*line.ptr == '|' || alz_str_is(want, "nothing"))
        return;
    if (alz_str_starts(line, "=+ ")) {
        if (!sampling->test ||
            !collect_has(sampling->collect, sampling->test, want))
            fail(sampling, place, "the test above has no such fact", want);
    } else if (alz_str_starts(want, "total ") ||
               alz_str_starts(want, "report ")) {
        if (!collect_has(sampling->collect, 0, want))
            fail(sampling, place, "the sample does not give", want);
    } else {
        compare_test(sampling, want, place);
    }
}

static void compare_all(struct sampling *sampling,
                        const struct log_sample *sample)
{
    struct alz_str rest = sample->text, line;
    struct log_place place = sample->place;
    struct alz_text more = {0};
    size_t expectations = 0;

    while (!sampling->failed && alz_str_split(&rest, '\n', &line)) {
        place.line++;
        if (line.len < 3 || (*line.ptr != '=' && *line.ptr != '|'))
            continue;
        expectations += *line.ptr == '=';
        compare(sampling, line, place);
    }
    if (!expectations && !sampling->failed)
        fail(sampling, sample->place, "the sample says not what it gives",
             ALZ_STR(""));
    if (sampling->failed || sampling->expected == sampling->collect->test_count)
        return;
    collect_name(sampling->collect,
                 sampling->collect->order[sampling->expected], &more);
    fail(sampling, sample->place, "the sample gives one more test",
         alz_text_str(&more));
    alz_text_done(&more);
}

/* ---- one sample ------------------------------------------------------- */

static void run_lines(struct sampling *sampling,
                      const struct log_sample *sample)
{
    struct alz_str rest = sample->text, line;
    size_t number = sample->place.line;

    while (alz_str_split(&rest, '\n', &line)) {
        number++;
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (line.len && *line.ptr == '|')
            feed(sampling, alz_str_from_offset(line, 1), number);
    }
}

static bool check_one(struct log_load *load, const struct log_sample *sample,
                      const struct alz_input *in)
{
    struct sampling *sampling = calloc(1, sizeof(*sampling));
    struct collect *collect = calloc(1, sizeof(*collect));
    bool good = false;

    if (sampling && collect) {
        sampling->load = load;
        sampling->collect = collect;
        collect_init(collect);
        sampling->log.in_sample = true;
        if (log_begin(&sampling->log, &collect->out, in, load->rules) == 0) {
            run_lines(sampling, sample);
            log_end(&sampling->log, ALZ_COMPLETE);
        }
        load->no_memory |= sampling->log.no_memory || collect_starved(collect);
        if (!load->no_memory)
            compare_all(sampling, sample);
        good = !load->no_memory && !sampling->failed;
        log_release(&sampling->log);
        collect_done(collect);
    }
    load->no_memory |= !sampling || !collect;
    free(sampling);
    free(collect);
    return good;
}

int log_samples_check(struct log_load *load, const struct alz_input *in)
{
    bool good = true;

    for (size_t i = 0; i < load->rules->sample_count && !load->no_memory; i++)
        good &= check_one(load, &load->rules->samples[i], in);
    return good && !load->no_memory ? 0 : -1;
}
