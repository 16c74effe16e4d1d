/* drive.c - one converter over one stream, from start to done. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/drive.h"

#include <stdlib.h>

static enum alz_ending (*const readers[])(const struct alz_reading *) = {
    [ALZ_READ_XML] = alz_xml_read,
    [ALZ_READ_JSON] = alz_json_read,
    [ALZ_READ_LINES] = alz_lines_read,
};

struct alz_str alz_setting_value(const struct alz_setting *settings,
                                 const char *name)
{
    struct alz_str value = {NULL, 0};

    for (; settings && settings->name; settings++)
        if (strcmp(settings->name, name) == 0)
            value = alz_str_from(settings->value);
    return value;
}

struct alz_str alz_base_name(struct alz_str path)
{
    size_t len = path.len;

    if (alz_str_is(path, "-"))
        return ALZ_STR("");
    while (len && path.ptr[len - 1] != '/')
        len--;
    return alz_str_from_offset(path, len);
}

/* The converter's input, and behind it what its options are looked up in. */
struct input {
    struct alz_input in;
    const struct alz_drive *drive;
};

static struct alz_str option(const struct alz_input *in, const char *name)
{
    const struct alz_drive *drive = ((const struct input *)in)->drive;

    if (drive->profile.ptr && strcmp(name, "profile") == 0)
        return drive->profile;
    return alz_setting_value(drive->settings, name);
}

static void report_at(const struct alz_input *in, struct alz_str file,
                      uint64_t line, uint64_t column,
                      const struct alz_diag *diag, struct alz_str detail)
{
    const struct alz_drive *drive = ((const struct input *)in)->drive;

    drive->report_at(drive->ctx, file, (struct alz_position){line, column},
                     diag, detail);
}

static struct alz_str ended(const struct alz_input *in)
{
    const struct alz_pull *pull = ((const struct input *)in)->drive->pull;

    return pull->ended(pull->ctx);
}

static void make_input(struct input *input, const struct alz_drive *drive)
{
    *input = (struct input){drive->in, drive};
    input->in.option = option;
    input->in.report_at = drive->report_at ? report_at : NULL;
    input->in.ended = drive->pull && drive->pull->ended ? ended : NULL;
}

const struct alz_converter *
alz_format_find(const struct alz_converter *const *plugins, const char *format,
                struct alz_str *ret_profile)
{
    const struct alz_format_alias *alias = alz_format_aliases();
    const struct alz_converter *at;
    const struct alz_converter_profile *profile;
    struct alz_str rest, name;
    size_t index = 0;

    while (alias->name && strcmp(alias->name, format) != 0)
        alias++;
    rest = alz_str_from(alias->name ? alias->format : format);
    alz_str_split(&rest, ':', &name);
    *ret_profile = rest;
    while ((at = alz_converter_at(plugins, index)) &&
           !alz_str_is(name, at->name))
        index++;
    if (!at || !rest.ptr)
        return at;
    for (profile = at->profiles; profile && profile->name; profile++)
        if (alz_str_is(rest, profile->name))
            return at;
    return NULL;
}

int alz_drive_try(struct alz_drive *drive)
{
    const struct alz_converter *converter = drive->converter;
    struct input input;
    void *state = calloc(1, converter->state_size ? converter->state_size : 1);
    int result = -1;

    if (!state)
        return -1;
    make_input(&input, drive);
    result =
        converter->start ? converter->start(state, drive->out, &input.in) : 0;
    if (converter->done)
        converter->done(state);
    free(state);
    return result < 0 ? -1 : 0;
}

/* By the converter's own reader, or by that of lines. */
static enum alz_ending read_as(struct alz_reading *reading, bool lines)
{
    struct alz_converter of_lines = *reading->converter;

    if (!lines)
        return readers[reading->converter->reader](reading);
    of_lines.table = reading->converter->lines;
    reading->converter = &of_lines;
    return alz_lines_read(reading);
}

int alz_drive_run(struct alz_drive *drive)
{
    const struct alz_converter *converter = drive->converter;
    struct input input;
    void *state = calloc(1, converter->state_size ? converter->state_size : 1);
    struct alz_reading reading = {
        .converter = converter,
        .state = state,
        .out = drive->out,
        .bytes = drive->bytes,
        .position = drive->position,
        .live = drive->in.live,
        .interrupted = drive->interrupted,
    };
    enum alz_ending ending = ALZ_DAMAGED;
    int started = 0;

    if (!state)
        return -1;
    make_input(&input, drive);
    if (converter->start)
        started = converter->start(state, drive->out, &input.in);
    if (started >= 0) {
        ending = read_as(&reading, started == ALZ_START_LINES);
        if (converter->finish)
            converter->finish(state, drive->out, ending);
    }
    if (drive->ended)
        drive->ended(drive->ctx, ending);
    if (converter->done)
        converter->done(state);
    free(state);
    return 0;
}
