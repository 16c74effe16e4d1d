/* stages.h - the stages of the pipeline, and what they share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_POLICY_STAGES_H
#define ALZ_POLICY_STAGES_H

#include "policy/policy.h"

/* ---- stages over a test, in the order of pipeline.c -------------------- */

/* What an attempt takes from its test, and a test from its suites. */
void alz_stage_adopt(struct alz_policy *policy, struct alz_node *test);
void alz_stage_ending(struct alz_policy *policy, struct alz_node *test);
void alz_stage_redact(struct alz_policy *policy, struct alz_node *test);
void alz_stage_timing(struct alz_policy *policy, struct alz_node *test);
void alz_stage_names(struct alz_policy *policy, struct alz_node *test);
void alz_stage_labels(struct alz_policy *policy, struct alz_node *test);
void alz_stage_identity(struct alz_policy *policy, struct alz_node *test);
void alz_stage_limits(struct alz_policy *policy, struct alz_node *test);

/* ---- the same for what is below a test or suite ------------------------ */

void alz_parts_ending(struct alz_policy *policy, struct alz_node *top);
void alz_parts_timing(struct alz_policy *policy, struct alz_node *top);
void alz_parts_names(struct alz_policy *policy, struct alz_node *top);
void alz_parts_limits(struct alz_policy *policy, struct alz_node *top);
/* The container's uuid, for a suite. */
void alz_suite_identity(struct alz_policy *policy, struct alz_node *suite);
/* Media types and file names of all attachments, after top's uuid is known. */
void alz_attachments_name(struct alz_node *top);

/* ---- walking ----------------------------------------------------------- */

/* The next node below top in document order, NULL at the end; start with at
 * = top. Attempts are results of their own and are passed over. */
struct alz_node *alz_tree_next(const struct alz_node *top, struct alz_node *at);

static inline bool alz_is_step(const struct alz_node *node)
{
    return node->kind == ALZ_STEP || node->kind == ALZ_SETUP ||
           node->kind == ALZ_TEARDOWN;
}

static inline bool alz_is_attempt(const struct alz_node *test)
{
    return test->kind == ALZ_TEST && test->parent &&
           test->parent->kind == ALZ_TEST;
}

/* ---- texts ------------------------------------------------------------- */

/* One line: ANSI sequences and control characters dropped, blanks, tabs and
 * line ends collapsed and trimmed, U+FFFD as "?". The text itself when there
 * is nothing to do, else a copy. */
struct alz_str alz_clean_line(struct alz_arena *arena, struct alz_str text);
/* The same for long text: lines and blanks stay, CR LF and CR become LF. */
struct alz_str alz_clean_text(struct alz_arena *arena, struct alz_str text);

/* All parts one after the other, in the arena; "" when out of memory. */
struct alz_str alz_join(struct alz_arena *arena, const struct alz_str *parts,
                        size_t count);

/* A name without what changes from run to run (normalise.c). */
enum alz_name_kind { ALZ_IS_NAME, ALZ_IS_CLASS };
struct alz_str alz_normalise(const struct alz_policy *policy,
                             struct alz_arena *arena, struct alz_str text,
                             enum alz_name_kind kind);

/* ---- pairs ------------------------------------------------------------- */

/* Appends a pair; its texts are borrowed and must outlive the test. */
void alz_pair_append(struct alz_node *node, enum alz_pair_kind kind,
                     struct alz_str name, struct alz_str value);
/* Whether a pair of that kind and name is there. */
bool alz_pair_exists(const struct alz_node *node, enum alz_pair_kind kind,
                     struct alz_str name);

/* Pairs that mean something else (allure.label.NAME, keys of issues), links
 * that must not be (links.c). */
void alz_links_resolve(struct alz_policy *policy, struct alz_node *test);

void alz_policy_report(const struct alz_policy *policy,
                       const struct alz_diag *diag, struct alz_str detail);

/* ---- times ------------------------------------------------------------- */

/* Later times (the year 2500) are taken for this one: it leaves room to move
 * attempts apart, and fits the set of identities. */
#define ALZ_TIME_MAX INT64_C(16725225600000)

#endif
