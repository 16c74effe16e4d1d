/* literal.h - text that every match of a regular expression holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_LITERAL_H
#define ALZ_LOG_LITERAL_H

#include <allurize/convert.h>

/* The longest run of plain characters of the pattern that no group, choice or
 * repetition makes optional: a piece of source. "" when none is certain. */
struct alz_str log_literal_find(struct alz_str source);
/* Alternatives outside groups, or anything that could hide them. */
bool log_literal_has_choice(struct alz_str source);

#endif
