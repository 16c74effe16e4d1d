/* attach.h - attachments a report names or holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_JUNIT_ATTACH_H
#define ALZ_JUNIT_ATTACH_H

#include "junit.h"

/* A path, an http(s) URL or a data: URI. */
void junit_attach_value(struct junit *state, struct alz_out *out, alz_ref ref,
                        struct alz_str value);
void junit_attach_bytes(struct alz_out *out, alz_ref ref, struct alz_str name,
                        const char *media_type, struct alz_str bytes);
/* Text that should be base64; media_type "": as the name says. */
void junit_attach_base64(struct junit *state, struct alz_out *out, alz_ref ref,
                         struct alz_str name, const char *media_type,
                         struct alz_str text);

#endif
