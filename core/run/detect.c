/* detect.c - which converter an input is for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session.h"

static const struct alz_diag empty = {ALZ_ERROR, "run/empty",
                                      "the input is empty", ALZ_EXIT_INPUT};
static const struct alz_diag unknown_root = {
    ALZ_ERROR, "run/unknown-format", "no format we know; its root element is",
    ALZ_EXIT_INPUT};
static const struct alz_diag unknown = {ALZ_ERROR, "run/unknown-format",
                                        "no format we know; it begins with",
                                        ALZ_EXIT_INPUT};
static const struct alz_diag ambiguous = {
    ALZ_ERROR, "run/ambiguous-format",
    "several formats fit equally well, name one with --format", ALZ_EXIT_INPUT};

static const struct alz_diag unknown_list = {
    ALZ_ERROR, "run/unknown-list",
    "this is no list of tests that we know; it begins with", ALZ_EXIT_INPUT};

static struct alz_str beginning(struct alz_str head)
{
    struct alz_str line = alz_str_first_line(head);

    return (struct alz_str){line.ptr, line.len < 60 ? line.len : 60};
}

static void report_unknown(struct alz_log *log, struct alz_str head, bool lists)
{
    struct alz_str root = alz_xml_root_name(head);

    if (alz_str_trim(head).len == 0)
        alz_log_report(log, &empty, ALZ_STR(""));
    else if (lists)
        alz_log_report(log, &unknown_list, beginning(head));
    else if (alz_str_starts(alz_str_trim(head), "<") && root.ptr)
        alz_log_report(log, &unknown_root, root);
    else
        alz_log_report(log, &unknown, beginning(head));
}

static void report_tie(struct alz_log *log, const struct alz_converter *first,
                       const struct alz_converter *second)
{
    struct alz_text names = {0};

    alz_buf_printf(&names, "%s, %s", first->name, second->name);
    alz_log_report(log, &ambiguous, alz_text_str(&names));
    alz_text_done(&names);
}

const struct alz_converter *alz_detect(struct alz_session *session,
                                       struct alz_str head,
                                       struct alz_str base_name, bool silent,
                                       bool more, bool lists, bool *wait)
{
    const struct alz_converter *at, *best = NULL, *tied = NULL;
    enum alz_match best_match = ALZ_NO;

    for (size_t i = 0; (at = alz_converter_at(session->options.plugins, i));
         i++) {
        bool asked = at->probe && (at->lists || !lists);
        enum alz_match match = asked ? at->probe(head, base_name) : ALZ_NO;

        if (match > best_match) {
            best = at;
            best_match = match;
            tied = NULL;
        } else if (match == best_match && match != ALZ_NO) {
            tied = at;
        }
    }
    *wait = more && (tied || best_match < ALZ_LIKELY);
    if (*wait)
        return NULL;
    if (best && !tied)
        return best;
    if (tied && !silent)
        report_tie(&session->log, best, tied);
    else if (!silent)
        report_unknown(&session->log, head, lists);
    return NULL;
}
