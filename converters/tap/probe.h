/* probe.h - recognises TAP. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TAP_PROBE_H
#define ALZ_TAP_PROBE_H

#include <allurize/convert.h>

enum alz_match tap_probe(struct alz_str head, struct alz_str base_name);

#endif
