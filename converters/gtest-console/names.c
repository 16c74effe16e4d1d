/* names.c - names that were told, compared with those that follow. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

enum { MISSES_MAX = 100, KNOWN_MAX = 1000 }; /* searches of the whole */

void gtcon_names_add(struct gtcon *state, struct gtcon_names *names,
                     struct alz_str name)
{
    gtest_put(&state->room, &names->text, GTCON_NAMES_MAX, name);
    gtest_put(&state->room, &names->text, GTCON_NAMES_MAX, ALZ_STR("\n"));
}

/* Whether the line at `at` is that name. */
static bool is_at(struct alz_str text, size_t at, struct alz_str name)
{
    return text.len - at > name.len && text.ptr[at + name.len] == '\n' &&
           memcmp(text.ptr + at, name.ptr, name.len) == 0;
}

static bool search(struct gtcon_names *names, struct alz_str text,
                   struct alz_str name)
{
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);

        if (is_at(text, at, name)) {
            names->cursor = at + name.len + 1;
            return true;
        }
        at = end ? (size_t)(end - text.ptr) + 1 : text.len;
    }
    return false;
}

/* The list is in the order of the tests: the next one is it, as a rule. When
 * it cannot be known, it was told. */
bool gtcon_names_has(struct gtcon_names *names, struct alz_str name)
{
    struct alz_str text = alz_text_str(&names->text);

    if (names->cursor < text.len && is_at(text, names->cursor, name)) {
        names->cursor += name.len + 1;
        return true;
    }
    if (names->text.full || names->misses >= MISSES_MAX)
        return true;
    names->misses++;
    return search(names, alz_text_str(&names->text), name);
}

/* When it cannot be known, it is told again. */
bool gtcon_names_known(struct gtcon_names *names, struct alz_str name)
{
    struct alz_str text = gtest_head(alz_text_str(&names->text), names->known);

    if (names->cursor < text.len && is_at(text, names->cursor, name)) {
        names->cursor += name.len + 1;
        return true;
    }
    if (!text.len || names->misses >= KNOWN_MAX)
        return false;
    names->misses++;
    return search(names, text, name);
}

void gtcon_names_clear(struct gtcon_names *names)
{
    alz_text_clear(&names->text);
    names->cursor = 0;
    names->misses = 0;
}
