/* output.c - what the lines of a test's output mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "go.h"

static const struct {
    const char *word;
    enum alz_status status;
} verdicts[] = {
    {"--- PASS: ",  ALZ_PASSED },
    {"--- FAIL: ",  ALZ_FAILED },
    {"--- SKIP: ",  ALZ_SKIPPED},
    {"--- BENCH: ", ALZ_PASSED },
};

bool go_is_frame(struct alz_str line)
{
    static const char *const frames[] = {"=== RUN ", "=== PAUSE ", "=== CONT ",
                                         "=== NAME ", "=== ATTR "};

    /* Go writes ^V in front of its own lines for test2json. */
    while (line.len > 0 && line.ptr[0] == 0x16)
        line = alz_str_from_offset(line, 1);
    for (size_t i = 0; i < sizeof(frames) / sizeof *frames; i++)
        if (alz_str_starts(line, frames[i]))
            return true;
    return false;
}

/* "(0.00s)" behind the name. */
static bool ends_verdict(struct alz_str rest, struct alz_str name)
{
    struct alz_str head = {rest.ptr, name.len};

    if (rest.len <= name.len || !alz_str_equal(head, name))
        return false;
    rest = alz_str_trim(alz_str_from_offset(rest, name.len));
    return alz_str_starts(rest, "(") && alz_str_ends(rest, ")");
}

bool go_take_verdict(struct alz_str *line, struct alz_str name,
                     enum alz_status *ret)
{
    for (size_t i = 0; i < sizeof(verdicts) / sizeof *verdicts; i++) {
        size_t at = alz_str_find(*line, verdicts[i].word);

        if (at == SIZE_MAX ||
            !ends_verdict(
                alz_str_from_offset(*line, at + strlen(verdicts[i].word)),
                name))
            continue;
        *ret = verdicts[i].status;
        line->len = at;
        return true;
    }
    return false;
}

struct alz_str go_message(struct alz_str line)
{
    size_t at = alz_str_find(line, ".go:"), end;
    struct alz_str rest;

    line = alz_str_trim(line);
    at = alz_str_find(line, ".go:");
    if (at == SIZE_MAX)
        return line;
    for (size_t i = 0; i < at; i++)
        if (line.ptr[i] == ' ' || line.ptr[i] == ':')
            return line;
    rest = alz_str_from_offset(line, at + 4);
    for (end = 0;
         end < rest.len && rest.ptr[end] >= '0' && rest.ptr[end] <= '9';)
        end++;
    if (end == 0 || end == rest.len || rest.ptr[end] != ':')
        return line;
    rest = alz_str_trim(alz_str_from_offset(rest, end + 1));
    return rest.len > 0 ? rest : line;
}

bool go_example(struct alz_str output, struct alz_str *ret_got,
                struct alz_str *ret_want)
{
    size_t got = alz_str_find(output, "got:\n"), want;

    if (got == SIZE_MAX || (got > 0 && output.ptr[got - 1] != '\n'))
        return false;
    output = alz_str_from_offset(output, got + 5);
    want = alz_str_find(output, "\nwant:\n");
    if (want == SIZE_MAX)
        return false;
    *ret_got = (struct alz_str){output.ptr, want};
    *ret_want = alz_str_trim(alz_str_from_offset(output, want + 7));
    return true;
}
