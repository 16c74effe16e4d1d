/* text.c - names, messages, and what cargo itself prints. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cargo.h"

static const struct alz_diag strange = {
    ALZ_WARNING, "cargo-json/text",
    "text between the events, from here on, is not converted", 0};

struct alz_str cargo_name(struct cargo *state, struct alz_str name,
                          struct alz_str *ret_line)
{
    size_t at = alz_str_find(name, " (line "), end;
    struct alz_str rest;
    uint64_t number;

    *ret_line = ALZ_STR("");
    if (at == SIZE_MAX || alz_str_find(name, " - ") > at)
        return name;
    rest = alz_str_from_offset(name, at + 7);
    end = alz_str_find(rest, ")");
    if (end == SIZE_MAX ||
        !alz_number_parse((struct alz_str){rest.ptr, end}, &number))
        return name;
    *ret_line = (struct alz_str){rest.ptr, end};
    alz_text_clear(&state->room);
    cargo_append(state, &state->room, (struct alz_str){name.ptr, at});
    cargo_append(state, &state->room, alz_str_from_offset(rest, end + 1));
    return alz_text_str(&state->room);
}

/* "thread 'a' panicked at src/lib.rs:15:79:" and the message in the next
 * line; before Rust 1.73 it is quoted in the same one. */
struct alz_str cargo_message(struct alz_str output)
{
    size_t at = alz_str_find(output, " panicked at ");
    struct alz_str rest, line;

    if (at == SIZE_MAX)
        return alz_str_failure_line(output);
    rest = alz_str_from_offset(output, at + 13);
    alz_str_split(&rest, '\n', &line);
    line = alz_str_trim(line);
    if (!alz_str_ends(line, ":")) {
        at = alz_str_find(line, "', ");
        if (!alz_str_starts(line, "'") || at == SIZE_MAX)
            return line;
        return (struct alz_str){line.ptr + 1, at - 1};
    }
    if (rest.ptr == NULL || !alz_str_split(&rest, '\n', &line))
        return alz_str_failure_line(output);
    return alz_str_trim(line);
}

/* ---- cargo ------------------------------------------------------------ */

/* "deps/rs-a35a48c092d3f767)" is the program rs: the rest is of this build. */
static void name_program(struct cargo *state, struct alz_str path)
{
    struct alz_str rest = path, part = path;
    size_t end;

    while (alz_str_split(&rest, '/', &part))
        ;
    for (end = part.len; end > 0 && part.ptr[end - 1] != '-';)
        end--;
    if (end > 1)
        part.len = end - 1;
    alz_text_clear(&state->program);
    cargo_append(state, &state->program, part);
}

/* "     Running unittests src/lib.rs (target/debug/deps/rs-a35a48c0)" */
static bool take_running(struct cargo *state, struct alz_str line)
{
    size_t at = alz_str_find(line, " (");

    if (!alz_str_starts(line, "Running ") || at == SIZE_MAX)
        return false;
    name_program(state, alz_str_from_offset(line, at + 2));
    return true;
}

static bool take_doc_tests(struct cargo *state, struct alz_str line)
{
    if (!alz_str_starts(line, "Doc-tests "))
        return false;
    alz_text_clear(&state->program);
    cargo_append(state, &state->program, alz_str_from_offset(line, 10));
    cargo_append(state, &state->program, ALZ_STR(" (doc tests)"));
    return true;
}

/* "process didn't exit successfully: `path` (signal: 6, SIGABRT)": the path
 * is of this machine. */
static bool take_crash(struct cargo *state, struct alz_out *out,
                       struct alz_str line)
{
    size_t at;

    if (!alz_str_starts(line, "process didn't exit successfully: "))
        return false;
    at = alz_str_find(line, "` (");
    cargo_suite_crashed(
        state, out, at == SIZE_MAX ? line : alz_str_from_offset(line, at + 2));
    return true;
}

/* What cargo says of programs that failed. */
static bool take_failure(struct alz_str line)
{
    return alz_str_starts(line, "error: test failed") ||
           alz_str_starts(line, "error: doctest failed") ||
           (alz_str_starts(line, "error: ") &&
            (alz_str_ends(line, "target failed:") ||
             alz_str_ends(line, "targets failed:"))) ||
           alz_str_is(line, "Caused by:") || alz_str_starts(line, "`-");
}

/* "error: could not compile `rs` (test "bad") due to 1 previous error" */
static void name_unbuilt(struct cargo *state, struct alz_str rest)
{
    struct alz_str name;

    alz_str_split(&rest, '`', &name);
    if (!state->unbuilt) {
        alz_text_clear(&state->program);
        cargo_append(state, &state->program, name);
    }
    state->unbuilt = state->seen = true;
}

/* What the compiler says, and that it has given up. */
static bool take_compiler(struct cargo *state, struct alz_str line)
{
    bool begins = alz_str_starts(line, "error");

    if (alz_str_starts(line, "error: could not compile `"))
        name_unbuilt(state, alz_str_from_offset(line, 26));
    if (!begins && state->compiler.len == 0)
        return false;
    cargo_append(state, &state->compiler, line);
    cargo_append(state, &state->compiler, ALZ_STR("\n"));
    return true;
}

static bool is_plain(struct alz_str line)
{
    static const char *const heads[] = {
        "Compiling ", "Finished ", "Downloading ", "Downloaded ",
        "Updating ",  "Blocking ", "Locking ",     "Fresh ",
        "Adding ",    "Checking ", "warning",
    };

    for (size_t i = 0; i < sizeof(heads) / sizeof *heads; i++)
        if (alz_str_starts(line, heads[i]))
            return true;
    return line.len == 0;
}

bool cargo_take_text(void *ctx, struct alz_out *out,
                     const struct alz_line *line)
{
    struct cargo *state = ctx;
    struct alz_str text = alz_str_trim(line->text);

    if (take_running(state, text) || take_doc_tests(state, text) ||
        take_crash(state, out, text) || take_failure(text) ||
        take_compiler(state, line->text) || is_plain(text))
        return true;
    if (!state->strange)
        alz_report(out, &strange, text);
    state->strange = true;
    return true;
}

void cargo_tell_unbuilt(struct cargo *state, struct alz_out *out)
{
    struct alz_str text = alz_text_str(&state->compiler), first;
    alz_ref suite, ref;

    if (!state->unbuilt)
        return;
    suite = alz_begin(out, 0, ALZ_SUITE);
    alz_set_text(out, suite, ALZ_NAME, alz_text_str(&state->program));
    alz_set_text(out, suite, ALZ_FRAMEWORK, ALZ_STR("libtest"));
    alz_set_text(out, suite, ALZ_LANGUAGE, ALZ_STR("rust"));
    ref = alz_begin(out, suite, ALZ_TEST);
    alz_set_text(out, ref, ALZ_NAME, ALZ_STR("(build)"));
    alz_set_status(out, ref, ALZ_BROKEN, ALZ_SYNTHETIC);
    alz_set_text(out, ref, ALZ_TRACE, text);
    alz_str_split(&text, '\n', &first);
    alz_set_text(out, ref, ALZ_MESSAGE, first);
    alz_end(out, ref);
    alz_end(out, suite);
}
