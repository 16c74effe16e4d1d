/* declaration.h - what "<?xml ...?>" says of the encoding. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_DECLARATION_H
#define ALZ_READ_DECLARATION_H

#include <allurize/convert.h>

/*
 * Looks for "<?xml ...?>" before the first element. 1: *ret is what stands
 * inside, 0: there is none, -1: not seen yet (never when text is `all`). The
 * answer depends on the bytes, never on the sizes they were read in.
 */
int alz_declaration_find(struct alz_str text, bool all, struct alz_str *ret);

/* The value of encoding="..." in it, or {NULL, 0}. */
struct alz_str alz_declaration_encoding(struct alz_str inside);

/* Whether the standard lets this be a name of an encoding: iconv also knows
 * "//TRANSLIT", and looks files up by name. */
bool alz_declaration_is_name(struct alz_str name);

#endif
