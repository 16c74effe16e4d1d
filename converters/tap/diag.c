/* diag.c - what the converter has to say about its input. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

/* clang-format off */
static const struct alz_diag diags[TAP_DIAG_COUNT] = {
    [TAP_NO_MEMORY] = {ALZ_ERROR, "tap/memory",
        "out of memory", 70},
    [TAP_NO_TAP] = {ALZ_ERROR, "tap/no-tap",
        "no line of this input is TAP; it begins with", 3},
    [TAP_NO_PLAN] = {ALZ_ERROR, "tap/no-plan",
        "there is no plan, so tests may be missing", 4},
    [TAP_NO_SUBPLAN] = {ALZ_WARNING, "tap/subtest-no-plan",
        "a subtest has no plan", 0},
    [TAP_PLAN_UNMET] = {ALZ_ERROR, "tap/plan",
        "the plan is not met", 4},
    [TAP_SECOND_PLAN] = {ALZ_ERROR, "tap/second-plan",
        "there is more than one plan; the first one stands", 4},
    [TAP_ASTRAY] = {ALZ_ERROR, "tap/number",
        "tests have numbers outside the plan", 4},
    [TAP_REPEATED] = {ALZ_WARNING, "tap/sequence",
        "tests are numbered twice or out of order", 0},
    [TAP_BAILED] = {ALZ_ERROR, "tap/bail-out",
        "the run was abandoned", 4},
    [TAP_UNFINISHED] = {ALZ_ERROR, "tap/unfinished",
        "a subtest did not finish", 4},
    [TAP_UNCLOSED] = {ALZ_WARNING, "tap/unclosed",
        "a subtest has no line that closes it, but all that was planned", 0},
    [TAP_CUT] = {ALZ_ERROR, "tap/cut",
        "the input ends inside a test point", 4},
    [TAP_UNNAMED] = {ALZ_WARNING, "tap/unnamed",
        "test points without a name are known by their position", 0},
    [TAP_UNNAMED_MANY] = {ALZ_NOTE, "tap/level",
        "many test points have no name; --tap-level group or file keeps "
        "one history for all of them", 0},
    [TAP_YAML_OPEN] = {ALZ_WARNING, "tap/yaml-open",
        "a YAML block does not end", 0},
    [TAP_YAML_BAD] = {ALZ_WARNING, "tap/yaml",
        "a YAML block is not quite YAML and was kept as text", 0},
    [TAP_YAML_LONG] = {ALZ_WARNING, "tap/yaml-long",
        "a YAML block is longer than 1 MiB and was cut", 0},
    [TAP_OUTPUT_LONG] = {ALZ_WARNING, "tap/output-long",
        "output of more than 10 MiB was cut", 0},
    [TAP_GLUED] = {ALZ_WARNING, "tap/glued",
        "a test point was found behind other text", 0},
    [TAP_CASE] = {ALZ_NOTE, "tap/case",
        "this would be a test point in lower case", 0},
    [TAP_DEEP] = {ALZ_WARNING, "tap/deep",
        "subtests are nested too deep, the inner ones were flattened", 0},
    [TAP_STRICT] = {ALZ_WARNING, "tap/strict",
        "a line that is no TAP, though the source is strict", 0},
    [TAP_TOTAL] = {ALZ_ERROR, "tap/total",
        "the source counted more tests than were read", 4},
    [TAP_EXIT] = {ALZ_WARNING, "tap/exit",
        "the tests were passed, but", 0},
    [TAP_OTHER_NAME] = {ALZ_NOTE, "tap/subtest-name",
        "a subtest was announced by another name", 0},
    [TAP_OPTION] = {ALZ_ERROR, "tap/option",
        "no such value of an option", 2},
};
/* clang-format on */

void tap_report(struct tap *tap, enum tap_diag which, struct alz_str detail)
{
    alz_report(tap->out, &diags[which], detail);
}

void tap_report_once(struct tap *tap, enum tap_diag which,
                     struct alz_str detail)
{
    if (tap->reported & UINT32_C(1) << which)
        return;
    tap->reported |= UINT32_C(1) << which;
    tap_report(tap, which, detail);
}
