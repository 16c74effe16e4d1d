/* json.h - the command's own JSON: summaries, findings, formats. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_JSON_H
#define ALLURIZE_TOOLS_JSON_H

#include <allurize/allurize.h>

#include <stdio.h>
#include <yajl/yajl_gen.h>

void json_key(yajl_gen gen, const char *key);
void json_number(yajl_gen gen, const char *key, uint64_t number);
void json_text(yajl_gen gen, const char *key, struct alz_str text);

/* One line of what was made; frees gen. -1: it could not be written. */
int json_print(yajl_gen gen, FILE *to);

#endif
