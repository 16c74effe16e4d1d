/* options.c - the words of alz_options as values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/session.h"

#include <stdlib.h>

static const struct alz_diag bad_word = {
    ALZ_ERROR, "run/option", "no such value of an option", ALZ_EXIT_USAGE};
static const struct alz_diag no_random = {ALZ_ERROR, "run/random",
                                          "the system gives no random bytes",
                                          ALZ_EXIT_OUTPUT};
static const struct alz_diag no_memory = {ALZ_ERROR, "run/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};

struct word {
    const char *word;
    int value;
};

static const struct word duplicate_words[] = {
    {"number", ALZ_DUPLICATES_NUMBER},
    {"retry",  ALZ_DUPLICATES_RETRY },
    {"error",  ALZ_DUPLICATES_ERROR },
    {NULL,     0                    },
};
static const struct word naive_words[] = {
    {"auto",  ALZ_NAIVE_AUTO },
    {"utc",   ALZ_NAIVE_UTC  },
    {"local", ALZ_NAIVE_LOCAL},
    {NULL,    0              },
};
static const struct word suite_output_words[] = {
    {"failed", ALZ_SUITE_OUTPUT_FAILED},
    {"always", ALZ_SUITE_OUTPUT_ALWAYS},
    {"never",  ALZ_SUITE_OUTPUT_NEVER },
    {NULL,     0                      },
};

/* The value of a word, the first one when it is absent; -1 when unknown. */
static int value_of(struct alz_session *session, const struct word *words,
                    const char *word)
{
    if (!word)
        return words->value;
    for (; words->word; words++)
        if (strcmp(words->word, word) == 0)
            return words->value;
    alz_log_report(&session->log, &bad_word, alz_str_from(word));
    return -1;
}

static size_t setting_count(const struct alz_setting *settings)
{
    size_t count = 0;

    while (settings && settings[count].name)
        count++;
    return count;
}

static struct alz_extra *add_extras(struct alz_extra *extra,
                                    const struct alz_setting *settings,
                                    enum alz_pair_kind kind)
{
    for (; settings && settings->name; settings++)
        *extra++ = (struct alz_extra){kind, alz_str_from(settings->name),
                                      alz_str_from(settings->value)};
    return extra;
}

/* A variant is a label and a parameter of identity (design: it enters
 * historyId, never testCaseId). */
static bool make_extras(struct alz_session *session,
                        struct alz_policy_options *policy)
{
    size_t labels = setting_count(session->options.labels);
    size_t variants = setting_count(session->options.variants);
    struct alz_extra *end;

    policy->extra_count = labels + 2 * variants;
    session->extras = calloc(policy->extra_count + 1, sizeof(struct alz_extra));
    if (!session->extras) {
        alz_log_report(&session->log, &no_memory, ALZ_STR(""));
        return false;
    }
    end = add_extras(session->extras, session->options.labels, ALZ_LABEL);
    end = add_extras(end, session->options.variants, ALZ_LABEL);
    add_extras(end, session->options.variants, ALZ_PARAMETER);
    policy->extras = session->extras;
    return true;
}

static bool make_run_id(struct alz_session *session,
                        struct alz_policy_options *policy)
{
    const char *given = session->options.run_id;
    struct alz_uuid uuid;

    if (given && *given) {
        policy->run_id = alz_str_from(given);
        return true;
    }
    if (alz_uuid_v4(&uuid)) {
        alz_log_report(&session->log, &no_random, ALZ_STR(""));
        return false;
    }
    alz_uuid_text(&uuid, session->run_id);
    policy->run_id = alz_str_from(session->run_id);
    return true;
}

bool alz_session_configure(struct alz_session *session,
                           struct alz_policy_options *policy)
{
    const struct alz_options *options = &session->options;
    int duplicates = value_of(session, duplicate_words, options->duplicates);
    int naive = value_of(session, naive_words, options->naive_time);
    int output = value_of(session, suite_output_words, options->suite_output);

    if (duplicates < 0 || naive < 0 || output < 0)
        return false;
    if (!alz_session_try_format(session))
        return false;
    policy->duplicates = (enum alz_duplicates)duplicates;
    policy->issue_pattern = options->issue_pattern;
    policy->tms_pattern = options->tms_pattern;
    policy->strip_prefixes = options->strip_prefixes;
    for (const struct alz_setting *at = options->environment; at && at->name;
         at++)
        alz_environment_add(&session->environment, alz_str_from(at->name),
                            alz_str_from(at->value), true);
    session->naive = (enum alz_naive)naive;
    session->suite_output = (enum alz_suite_output)output;
    return make_extras(session, policy) && make_run_id(session, policy);
}
