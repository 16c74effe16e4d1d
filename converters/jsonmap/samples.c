/* samples.c - a mapping is good when its samples give what it says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdlib.h>

struct sampling {
    struct log_trial trial;
    const struct alz_input *in;
    struct map map;
};

static void feed_lines(struct sampling *sampling)
{
    const struct log_sample *sample = sampling->trial.sample;
    struct alz_str rest = sample->text;
    size_t number = sample->place.line;
    struct alz_line line = {.number = 0};

    while (log_sample_next(&rest, &number, &line.text)) {
        line.number = number;
        map_take_line(&sampling->map, sampling->map.out, &line);
    }
}

static void feed_document(struct sampling *sampling)
{
    struct log_load *load = sampling->trial.load;
    const struct log_sample *sample = sampling->trial.sample;
    struct alz_str rest = sample->text, line;
    struct log_place place = sample->place;
    struct alz_text text = {0};

    while (log_sample_next(&rest, &place.line, &line)) {
        alz_text_add(&text, line);
        alz_text_add(&text, ALZ_STR("\n"));
    }
    load->no_memory |= text.full;
    if (!text.full && !map_read_text(&sampling->map, alz_text_str(&text))) {
        sampling->trial.failed = true;
        log_complain(load, sample->place, "the sample is no whole JSON",
                     ALZ_STR(""));
    }
    alz_text_done(&text);
}

static void feed(struct log_trial *trial, struct alz_out *out)
{
    struct sampling *sampling = (struct sampling *)trial;
    struct map_mapping *mapping = trial->load->into;

    if (map_begin(&sampling->map, out, sampling->in, mapping) == 0) {
        if (mapping->lines)
            feed_lines(sampling);
        else
            feed_document(sampling);
        map_end(&sampling->map);
    }
    trial->load->no_memory |= sampling->map.no_memory;
}

static void hint_paths(struct log_trial *trial)
{
    const struct map_mapping *mapping = trial->load->into;

    for (size_t i = 0; i < mapping->section_count; i++) {
        const struct map_section *section = &mapping->sections[i];

        if (section->kind == MAP_TEST && section->has_path)
            log_complain(trial->load, section->path_place,
                         "finds nothing in this sample", section->path_text);
    }
}

/* A test that is not there is one that no section took. */
static void hint(struct log_trial *trial)
{
    const struct sampling *sampling = (struct sampling *)trial;
    const struct map *map = &sampling->map;

    if (map->first_left.len && map->taken == trial->expected)
        log_complain(trial->load, trial->sample->place,
                     "no section's \"when\" holds for",
                     alz_text_str(&map->first_left));
    else if (!map->first_left.len && !map->taken)
        hint_paths(trial);
}

static void check_one(struct log_load *load, const struct log_sample *sample,
                      const struct alz_input *in)
{
    struct sampling *sampling = calloc(1, sizeof(*sampling));

    if (!sampling) {
        load->no_memory = true;
        return;
    }
    sampling->trial = (struct log_trial){
        .load = load, .sample = sample, .feed = feed, .hint = hint};
    sampling->in = in;
    log_trial_run(&sampling->trial);
    map_release(&sampling->map);
    free(sampling);
}

void map_samples_check(struct log_load *load, const struct alz_input *in)
{
    for (size_t i = 0; i < load->samples->count && !load->no_memory; i++)
        check_one(load, &load->samples->items[i], in);
}
