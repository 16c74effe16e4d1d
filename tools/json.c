/* json.c - the command's own JSON: summaries, findings, formats. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json.h"

#include "print.h"

void json_key(yajl_gen gen, const char *key)
{
    yajl_gen_string(gen, (const unsigned char *)key, strlen(key));
}

void json_number(yajl_gen gen, const char *key, uint64_t number)
{
    json_key(gen, key);
    yajl_gen_integer(gen, (long long)number);
}

void json_text(yajl_gen gen, const char *key, struct alz_str text)
{
    json_key(gen, key);
    yajl_gen_string(gen, (const unsigned char *)(text.ptr ? text.ptr : ""),
                    text.len);
}

int json_print(yajl_gen gen, FILE *to)
{
    const unsigned char *text = NULL;
    size_t len = 0;

    yajl_gen_get_buf(gen, &text, &len);
    fwrite(text, 1, len, to);
    fputc('\n', to);
    yajl_gen_free(gen);
    return print_flush(to);
}
