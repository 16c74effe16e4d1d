/* findings.c - reports findings by rule, and counts them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/findings.h"

#include "base/buf.h"

#include <inttypes.h>

static const char more_rule[] = "file/more";

static enum alz_level level_of(const char *id)
{
    for (const struct alz_rule *rule = alz_rules; rule->id; rule++)
        if (strcmp(rule->id, id) == 0)
            return rule->level;
    return ALZ_ERROR;
}

static void count(struct alz_validation *counts, enum alz_level level)
{
    if (level == ALZ_ERROR)
        counts->errors++;
    else if (level == ALZ_WARNING)
        counts->warnings++;
}

static void report(const struct alz_findings *findings, const char *rule,
                   enum alz_level level, const struct alz_place *place,
                   struct alz_str text)
{
    struct alz_finding finding = {
        .level = level,
        .rule = rule,
        .file = findings->file,
        .line = place->line,
        .column = place->column,
        .pointer = place->pointer.ptr ? place->pointer : ALZ_STR(""),
        .text = text,
    };

    if (findings->finding)
        findings->finding(findings->ctx, &finding);
}

void alz_findings_begin(struct alz_findings *findings, struct alz_str file)
{
    findings->file = file;
    findings->in_file = 0;
}

void alz_findings_add(struct alz_findings *findings, const char *rule,
                      const struct alz_place *place, struct alz_str text)
{
    enum alz_level level = level_of(rule);

    count(findings->counts, level);
    if (findings->in_file++ < ALZ_FINDINGS_PER_FILE)
        report(findings, rule, level, place, text);
}

void alz_findings_addf(struct alz_findings *findings, const char *rule,
                       const char *format, ...)
{
    struct alz_text text = {.max = 2048};
    va_list args;

    va_start(args, format);
    alz_buf_vprintf(&text, format, args);
    va_end(args);
    alz_findings_add(findings, rule, &(struct alz_place){0},
                     alz_text_str(&text));
    alz_text_done(&text);
}

void alz_findings_end(struct alz_findings *findings)
{
    struct alz_text text = {.max = 256};

    if (findings->in_file <= ALZ_FINDINGS_PER_FILE)
        return;
    alz_buf_printf(&text, "%" PRIu64 " more findings in this file",
                   findings->in_file - ALZ_FINDINGS_PER_FILE);
    report(findings, more_rule, level_of(more_rule), &(struct alz_place){0},
           alz_text_str(&text));
    alz_text_done(&text);
}
