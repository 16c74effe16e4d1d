/* yaml_text.h - the texts of YAML values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TAP_YAML_TEXT_H
#define ALZ_TAP_YAML_TEXT_H

#include "yaml.h"

void tap_yaml_add(struct tap_yaml *yaml, struct alz_str text);
/* Length of a quoted text with both its quotes; 0: it does not end. */
size_t tap_yaml_quoted_length(struct alz_str text);
/* What stands between double or single quotes, appended. Line ends stay, as
 * the producers of such text mean them. */
void tap_yaml_unescape(struct tap_yaml *yaml, struct alz_str text);
void tap_yaml_unquote(struct tap_yaml *yaml, struct alz_str text);
/* What ">" makes of lines, in place: one line end is a blank, empty lines and
 * deeper ones keep theirs. */
void tap_yaml_fold(struct alz_text *text);

#endif
