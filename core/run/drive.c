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
    const struct alz_setting *settings;
};

static struct alz_str option(const struct alz_input *in, const char *name)
{
    const struct input *input = (const struct input *)in;

    return alz_setting_value(input->settings, name);
}

int alz_drive_run(struct alz_drive *drive)
{
    const struct alz_converter *converter = drive->converter;
    struct input input = {drive->in, drive->settings};
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

    if (!state)
        return -1;
    input.in.option = option;
    if (!converter->start ||
        converter->start(state, drive->out, &input.in) == 0) {
        ending = readers[converter->reader](&reading);
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
