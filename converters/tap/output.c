/* output.c - lines that are no TAP, until it is known whose they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

void tap_output_add(struct tap *tap, struct alz_str line)
{
    struct alz_text *output = &tap->output;

    if (line.len == 0 && output->len == 0)
        return;
    if (output->full)
        return;
    tap_put(tap, output, line);
    tap_put(tap, output, ALZ_STR("\n"));
    if (output->full && !tap->no_memory)
        tap_report_once(tap, TAP_OUTPUT_LONG, ALZ_STR(""));
}

/* Becomes an attachment of ref; nothing that says nothing. */
void tap_output_tell(struct tap *tap, struct alz_text *output, alz_ref ref)
{
    alz_ref attachment;

    if (alz_str_trim(alz_text_str(output)).len) {
        attachment = alz_begin(tap->out, ref, ALZ_ATTACHMENT);
        alz_set_text(tap->out, attachment, ALZ_NAME, ALZ_STR("stdout"));
        alz_set_text(tap->out, attachment, ALZ_MEDIA_TYPE,
                     ALZ_STR("text/plain"));
        alz_write(tap->out, attachment, alz_text_str(output));
        if (output->full)
            alz_write(tap->out, attachment,
                      ALZ_STR("\n[... the rest was cut]\n"));
        alz_end(tap->out, attachment);
    }
    alz_text_clear(output);
}
