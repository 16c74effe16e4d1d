/* globals.h - errors and attachments of the run, kept until its end. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_EMIT_GLOBALS_H
#define ALZ_EMIT_GLOBALS_H

#include "emit/render.h"

/* Zero is empty. Texts are copied; arena.failed tells that some are lost. */
struct alz_globals {
    struct alz_arena arena;
    struct alz_run_file *files, *last_file;
    struct alz_run_error *errors, *last_error;
};

void alz_globals_init(struct alz_globals *globals);

/* when_ms may be ALZ_TIME_NONE; an empty trace is left out. */
void alz_globals_add_error(struct alz_globals *globals, struct alz_str message,
                           struct alz_str trace, int64_t when_ms);

/* Notes what the document has to say of a named attachment. */
void alz_globals_add_file(struct alz_globals *globals,
                          const struct alz_node *attachment, int64_t when_ms);

bool alz_globals_empty(const struct alz_globals *globals);

/* {attachments:[{name source type size timestamp}],
 *  errors:[{message trace timestamp}]} */
void alz_render_globals(struct alz_json *json,
                        const struct alz_globals *globals);

void alz_globals_done(struct alz_globals *globals);

#endif
