/* suite.c - directories of the build become suites. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

/* ---- paths -------------------------------------------------------------- */

static bool is_absolute(struct alz_str path)
{
    return (path.len && path.ptr[0] == '/') ||
           (path.len > 1 && path.ptr[1] == ':');
}

static bool is_level(struct alz_str part)
{
    return part.len && !alz_str_is(part, ".") && !alz_str_is(part, "..");
}

void ctest_relative_path(struct alz_str path, struct alz_text *ret)
{
    bool absolute = is_absolute(path);
    size_t before = ret->len;
    struct alz_str part;

    while (alz_str_split(&path, '/', &part)) {
        if (!is_level(part))
            continue;
        if (absolute)
            ret->len = before;
        if (ret->len > before)
            alz_text_add(ret, ALZ_STR("/"));
        alz_text_add(ret, part);
    }
}

/* ---- suites ------------------------------------------------------------- */

static void close_to(struct ctest_suites *suites, struct alz_out *out,
                     size_t count)
{
    while (suites->count > count)
        alz_end(out, suites->refs[--suites->count]);
    suites->path.len = count ? suites->ends[count - 1] : 0;
}

static struct alz_str level_name(const struct ctest_suites *suites, size_t at)
{
    size_t from = at ? suites->ends[at - 1] : 0;

    return (struct alz_str){suites->path.ptr + from,
                            suites->ends[at] - from - 1};
}

static alz_ref innermost(const struct ctest *state)
{
    const struct ctest_suites *suites = &state->suites;

    return suites->count ? suites->refs[suites->count - 1] : state->run;
}

static void open_level(struct ctest *state, struct alz_out *out,
                       struct alz_str name)
{
    struct ctest_suites *suites = &state->suites;
    size_t before = suites->path.len;
    alz_ref ref;

    ctest_add(state, out, &suites->path, name);
    ctest_add(state, out, &suites->path, ALZ_STR("/"));
    if (suites->path.full) {
        suites->path.len = before;
        suites->path.full = false;
        return;
    }
    ref = alz_begin(out, innermost(state), ALZ_SUITE);
    alz_set_text(out, ref, ALZ_NAME, name);
    suites->refs[suites->count] = ref;
    suites->ends[suites->count++] = suites->path.len;
}

/* Cuts one level off the directory, the last one allowed takes all of it;
 * then the leaf, which may hold slashes itself. */
static bool next_level(struct alz_str *dir, struct alz_str *leaf, size_t depth,
                       struct alz_str *ret)
{
    bool last = depth + 2 >= CTEST_SUITES_MAX;
    struct alz_str *from = dir->len ? dir : leaf;

    if (dir->len && !last)
        return alz_str_split(dir, '/', ret);
    *ret = *from;
    *from = ALZ_STR("");
    return ret->len > 0;
}

alz_ref ctest_suite_of(struct ctest *state, struct alz_out *out,
                       struct alz_str dir, struct alz_str leaf)
{
    struct ctest_suites *suites = &state->suites;
    struct alz_str level;
    size_t depth = 0;

    for (; next_level(&dir, &leaf, depth, &level); depth++) {
        if (depth < suites->count &&
            alz_str_equal(level_name(suites, depth), level))
            continue;
        close_to(suites, out, depth);
        open_level(state, out, level);
        if (suites->count == depth) /* no room for its name */
            break;
    }
    close_to(suites, out, depth < suites->count ? depth : suites->count);
    return innermost(state);
}

void ctest_suites_close(struct ctest *state, struct alz_out *out)
{
    close_to(&state->suites, out, 0);
}
