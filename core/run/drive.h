/* drive.h - one converter over one stream, from start to done. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_RUN_DRIVE_H
#define ALZ_RUN_DRIVE_H

#include "read/reader.h"

#include <allurize/allurize.h>

struct alz_drive {
    const struct alz_converter *converter;
    struct alz_out *out;
    struct alz_bytes *bytes;
    struct alz_position *position;
    struct alz_input in; /* option is filled in by alz_drive_run */
    const struct alz_setting *settings; /* converter options; or NULL */
    struct alz_str profile; /* of the format's name; ptr NULL: none */
    /* Reports about another text than the input; or NULL. */
    void (*report_at)(void *ctx, struct alz_str file,
                      struct alz_position position, const struct alz_diag *diag,
                      struct alz_str detail);
    const bool *interrupted;     /* the user stopped the stream; or NULL */
    const struct alz_pull *pull; /* knows how the process ended; or NULL */
    /* Called between finish and done; or NULL. */
    void (*ended)(void *ctx, enum alz_ending ending);
    void *ctx;
};

/* 0, or -1 when memory ran out before the converter could start. */
int alz_drive_run(struct alz_drive *drive);

/* Starts the converter and ends it at once, without an input: whether its
 * options are good. 0: they are; -1: they are not, and drive->out knows why,
 * or memory ran out. */
int alz_drive_try(struct alz_drive *drive);

/* "log:go": the converter, of the built-in ones or of plugins, and the profile
 * in *ret_profile ("junit": ptr NULL). NULL when there is no such converter or
 * profile. */
const struct alz_converter *
alz_format_find(const struct alz_converter *const *plugins, const char *format,
                struct alz_str *ret_profile);

/* The value of a setting, the last one when it is given twice; {NULL, 0}. */
struct alz_str alz_setting_value(const struct alz_setting *settings,
                                 const char *name);

/* The last part of a path, "" for "-". */
struct alz_str alz_base_name(struct alz_str path);

#endif
