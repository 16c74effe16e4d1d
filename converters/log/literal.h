/* literal.h - texts of which every match of a regular expression holds one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_LOG_LITERAL_H
#define ALZ_LOG_LITERAL_H

#include <allurize/read.h>

enum { LITERALS_MAX = 16, LITERAL_LEN = 32 };

struct log_literal {
    char text[LITERAL_LEN];
    size_t len;
    size_t rarest; /* byte of it */
};

struct log_literals {
    struct log_literal items[LITERALS_MAX];
    size_t count; /* 0: none is known */
};

/* ---- literal.c -------------------------------------------------------- */

/* Runs of plain characters that no group or repetition makes optional, one of
 * each choice. Those that tell most are taken: PASS and FAIL of
 * "^(?<name>\w+): (?:PASS|FAIL)$". */
void log_literals_find(struct alz_str source, struct log_literals *ret);
/* Alternatives outside groups, or anything that could hide them. */
bool log_literal_has_choice(struct alz_str source);

/* ---- worth.c ---------------------------------------------------------- */

/* How rare a byte is in logs; and roughly so, 0 to 3. */
unsigned log_byte_rarity(unsigned char byte);
unsigned log_byte_worth(unsigned char byte);
/* Where the rarest byte is, but at neither of two places; 0: there is none. */
size_t log_byte_rarest(struct alz_str text, size_t but, size_t nor);
/* How much they tell, the rarer and the fewer the more; 0: nothing. */
unsigned log_literals_worth(const struct log_literals *literals);
/* Where it is; text.len: nowhere. */
size_t log_literal_search(const struct log_literal *literal,
                          struct alz_str text);
/* The text holds one of them. */
bool log_literals_held(const struct log_literals *literals,
                       struct alz_str text);

#endif
