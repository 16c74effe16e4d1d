/* package.c - a package of tests, and the builds in front of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "go.h"

static const struct alz_diag unended = {
    ALZ_ERROR, "go-json/truncated",
    "the input ends before the tests of this package", 4};
static const struct alz_diag no_verdict = {
    ALZ_WARNING, "go-json/no-verdict", "a test began, and no verdict followed",
    0};

/* ---- builds ----------------------------------------------------------- */

struct go_build *go_build_open(struct go *state, struct alz_out *out,
                               struct alz_str path)
{
    struct go_build *build = alz_map_find(&state->builds, path);

    if (build == NULL)
        build = alz_map_add(&state->builds, path, sizeof *build);
    if (build == NULL)
        go_refused(state, out, &state->builds);
    return build;
}

static void drop_build(struct go *state, struct go_build *build)
{
    alz_text_done(&build->output);
    alz_map_drop(&state->builds, build);
}

/* "example.com/m/c [example.com/m/c.test]" is a build of the former. */
static struct alz_str built(const struct go_build *build)
{
    struct alz_str rest = alz_map_key(build), name;

    alz_str_split(&rest, ' ', &name);
    return name;
}

/* The build of that path, or one that was made for it. */
static struct go_build *find_build(struct go *state, struct alz_str path)
{
    struct go_build *build = alz_map_find(&state->builds, path);

    if (build != NULL)
        return build;
    while ((build = alz_map_next(&state->builds, build)) != NULL)
        if (alz_str_equal(built(build), path))
            return build;
    return NULL;
}

/* ---- packages --------------------------------------------------------- */

struct go_package *go_package_open(struct go *state, struct alz_out *out,
                                   struct alz_str name)
{
    struct go_package *package = alz_map_find(&state->packages, name);

    if (package != NULL)
        return package;
    package = alz_map_add(&state->packages, name, sizeof *package);
    if (package == NULL) {
        go_refused(state, out, &state->packages);
        return NULL;
    }
    package->ref = alz_begin(out, 0, ALZ_SUITE);
    alz_set_text(out, package->ref, ALZ_NAME, name);
    alz_set_text(out, package->ref, ALZ_FRAMEWORK, ALZ_STR("go test"));
    alz_set_text(out, package->ref, ALZ_LANGUAGE, ALZ_STR("go"));
    return package;
}

/* A verdict that belongs to no test. */
static void tell_broken(struct alz_out *out, struct go_package *package,
                        const char *name, struct alz_str message,
                        struct alz_str trace)
{
    alz_ref ref = alz_begin(out, package->ref, ALZ_TEST);

    package->told = true;
    alz_set_text(out, ref, ALZ_NAME, alz_str_from(name));
    alz_set_text(out, ref, ALZ_CLASS, alz_map_key(package));
    alz_set_text(out, ref, ALZ_PACKAGE, alz_map_key(package));
    alz_set_status(out, ref, ALZ_BROKEN, ALZ_SYNTHETIC);
    alz_set_text(out, ref, ALZ_MESSAGE, message);
    if (trace.len > 0)
        alz_set_text(out, ref, ALZ_TRACE, trace);
    alz_end(out, ref);
}

/* The compiler's text without its "# path" line. */
static struct alz_str below_heading(struct alz_str text)
{
    size_t end = alz_str_find(text, "\n");

    if (!alz_str_starts(text, "# ") || end == SIZE_MAX || end + 1 == text.len)
        return text;
    return alz_str_from_offset(text, end + 1);
}

void go_package_unbuilt(struct go *state, struct alz_out *out,
                        struct go_package *package, struct alz_str path,
                        struct alz_str message)
{
    struct go_build *build = find_build(state, path);
    struct alz_str text = ALZ_STR("");

    if (build != NULL)
        text = alz_text_str(&build->output);
    else if (package->output.len > 0)
        text = alz_text_str(&package->output);
    if (alz_str_trim(text).len > 0)
        message = alz_str_failure_line(below_heading(text));
    tell_broken(out, package, "(build)", message, text);
    if (build != NULL)
        drop_build(state, build);
}

static void attach_output(struct alz_out *out, struct go_package *package)
{
    struct alz_str rest = alz_text_str(&package->output), line;
    alz_ref ref = 0;

    while (rest.len > 0 && alz_str_split(&rest, '\n', &line)) {
        if (alz_str_is(line, "PASS") || alz_str_is(line, "FAIL") ||
            alz_str_starts(line, "ok  \t") || alz_str_starts(line, "FAIL\t") ||
            alz_str_starts(line, "?   \t"))
            continue;
        if (ref == 0) {
            ref = alz_begin(out, package->ref, ALZ_ATTACHMENT);
            alz_set_text(out, ref, ALZ_NAME, ALZ_STR("stdout"));
            alz_set_text(out, ref, ALZ_MEDIA_TYPE, ALZ_STR("text/plain"));
        }
        alz_write(out, ref, line);
        alz_write(out, ref, ALZ_STR("\n"));
    }
    if (ref != 0)
        alz_end(out, ref);
}

static bool is_tagged(struct alz_str text, const char *tag)
{
    return alz_str_find(text, tag) != SIZE_MAX;
}

/* The package failed, and no test of it did. */
static void tell_failed(struct go *state, struct alz_out *out,
                        struct go_package *package)
{
    struct alz_str output = alz_text_str(&package->output);
    struct alz_str build = go_said(state, GO_FAILED_BUILD);
    struct alz_str message = ALZ_STR("the package failed, but no test of it");

    if (build.len > 0 || is_tagged(output, "[build failed]") ||
        is_tagged(output, "[setup failed]")) {
        go_package_unbuilt(state, out, package,
                           build.len > 0 ? build : alz_map_key(package),
                           ALZ_STR("the package did not build"));
        return;
    }
    if (alz_str_failure_line(output).len > 0)
        message = alz_str_failure_line(output);
    tell_broken(out, package, "(package)", message, output);
}

/* A test without a verdict has the one that its output shows (it was printed
 * behind text without a line end); else the package tells what is possible. */
static void end_open(struct go *state, struct alz_out *out,
                     struct go_package *package, enum alz_status status)
{
    struct go_test *test = alz_map_next(&package->tests, NULL);

    alz_text_clear(&state->members[GO_ELAPSED].text);
    for (; test != NULL; test = alz_map_next(&package->tests, test)) {
        if (!test->open)
            continue;
        if (test->glued != ALZ_STATUS_NONE) {
            go_test_end(state, out, package, test, test->glued);
            continue;
        }
        alz_report(out, &no_verdict, alz_map_key(test));
        alz_set_text(out, test->ref, ALZ_MESSAGE,
                     ALZ_STR("the package ended before this test"));
        go_test_end(state, out, package, test,
                    status == ALZ_FAILED ? ALZ_BROKEN : ALZ_UNKNOWN);
    }
}

static void drop(struct go *state, struct go_package *package)
{
    struct go_test *test = alz_map_next(&package->tests, NULL);

    for (; test != NULL; test = alz_map_next(&package->tests, test)) {
        alz_text_done(&test->output);
        alz_text_done(&test->subtest);
    }
    alz_map_done(&package->tests);
    alz_text_done(&package->output);
    alz_map_drop(&state->packages, package);
}

void go_package_end(struct go *state, struct alz_out *out,
                    struct go_package *package, enum alz_status status)
{
    end_open(state, out, package, status);
    if (status == ALZ_FAILED && !package->test_failed && !package->told)
        tell_failed(state, out, package);
    attach_output(out, package);
    alz_end(out, package->ref);
    drop(state, package);
}

/* ---- the end ---------------------------------------------------------- */

static void cut_package(struct alz_out *out, struct go_package *package,
                        bool cut)
{
    struct go_test *test = alz_map_next(&package->tests, NULL);

    if (!cut)
        alz_report(out, &unended, alz_map_key(package));
    for (; test != NULL; test = alz_map_next(&package->tests, test))
        if (test->open)
            alz_set_status(out, test->ref, ALZ_STATUS_NONE, ALZ_INCOMPLETE);
    attach_output(out, package);
    alz_end(out, package->ref);
}

/* Builds that failed, and no package said so. */
static void tell_builds(struct go *state, struct alz_out *out)
{
    struct go_build *build;

    while ((build = alz_map_next(&state->builds, NULL)) != NULL) {
        struct go_package *package =
            build->failed ? go_package_open(state, out, built(build)) : NULL;

        if (package != NULL) {
            go_package_unbuilt(state, out, package, alz_map_key(build),
                               ALZ_STR("the package did not build"));
            alz_end(out, package->ref);
            drop(state, package);
        } else {
            drop_build(state, build);
        }
    }
}

void go_packages_finish(struct go *state, struct alz_out *out, bool cut)
{
    struct go_package *package;

    while ((package = alz_map_next(&state->packages, NULL)) != NULL) {
        cut_package(out, package, cut);
        drop(state, package);
    }
    tell_builds(state, out);
}

void go_packages_done(struct go *state)
{
    struct go_package *package;
    struct go_build *build = NULL;

    while ((package = alz_map_next(&state->packages, NULL)) != NULL)
        drop(state, package);
    while ((build = alz_map_next(&state->builds, build)) != NULL)
        alz_text_done(&build->output);
    alz_map_done(&state->packages);
    alz_map_done(&state->builds);
}
