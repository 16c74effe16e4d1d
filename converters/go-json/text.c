/* text.c - lines between the events: what `go` itself prints. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "go.h"

static const struct alz_diag strange = {
    ALZ_WARNING, "go-json/text",
    "text between the events, from here on, is not converted", 0};

/* "# example.com/m/c [example.com/m/c.test]": the compiler's text follows. */
static bool take_builder(struct go *state, struct alz_out *out,
                         struct alz_str line)
{
    if (!alz_str_starts(line, "# "))
        return false;
    alz_text_clear(&state->builder);
    go_append(state, &state->builder, alz_str_from_offset(line, 2));
    go_build_open(state, out, alz_text_str(&state->builder));
    return true;
}

/* "FAIL\texample.com/m/c [build failed]" */
static bool take_failure(struct go *state, struct alz_out *out,
                         struct alz_str line)
{
    struct alz_str rest = alz_str_from_offset(line, 5), name;
    struct go_package *package;

    if (!alz_str_starts(line, "FAIL\t") || !alz_str_ends(line, " failed]"))
        return false;
    alz_text_clear(&state->builder);
    alz_str_split(&rest, ' ', &name);
    if (rest.ptr == NULL)
        return false;
    state->seen = true;
    package = go_package_open(state, out, alz_str_trim(name));
    if (package == NULL)
        return true;
    go_package_unbuilt(state, out, package, alz_str_trim(name),
                       alz_str_trim(rest));
    go_package_end(state, out, package, ALZ_FAILED);
    return true;
}

/* What the compiler says, under its "#" line. */
static bool take_compiler(struct go *state, struct alz_out *out,
                          struct alz_str line)
{
    struct go_build *build;

    if (state->builder.len == 0 || alz_str_find(line, ":") == SIZE_MAX)
        return false;
    build = go_build_open(state, out, alz_text_str(&state->builder));
    if (build == NULL)
        return true;
    go_append(state, &build->output, line);
    go_append(state, &build->output, ALZ_STR("\n"));
    return true;
}

static bool is_plain(struct alz_str line)
{
    return alz_str_is(line, "FAIL") || alz_str_is(line, "PASS") ||
           alz_str_starts(line, "exit status ");
}

bool go_take_text(void *ctx, struct alz_out *out, const struct alz_line *line)
{
    struct go *state = ctx;

    if (take_builder(state, out, line->text) ||
        take_failure(state, out, line->text) ||
        take_compiler(state, out, line->text) || is_plain(line->text))
        return true;
    if (!state->strange)
        alz_report(out, &strange, line->text);
    state->strange = true;
    return true;
}
