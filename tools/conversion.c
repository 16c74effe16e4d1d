/* conversion.c - what convert and run share: options in, summary out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "conversion.h"

#include "rules.h"

#include <errno.h>
#include <stdlib.h>

static int usage(const char *what, const char *word)
{
    fprintf(stderr,
            "allurize: error: %s: %s (see allurize --help) "
            "[args/usage]\n",
            what, word);
    return -1;
}

static int to_number(const char *text, const char *option, unsigned long *ret)
{
    char *end;

    *ret = 0;
    if (!text)
        return 0;
    errno = 0;
    *ret = strtoul(text, &end, 10);
    if (errno || *end || *text < '0' || *text > '9')
        return usage(option, text);
    return 0;
}

/* "failed,broken" as a set of 1 << status. */
static int to_statuses(const char *words, unsigned *ret)
{
    *ret = 0;
    while (words && *words) {
        size_t len = strcspn(words, ",");
        int status = 0;

        while (status < ALZ_STATUS_COUNT) {
            const char *name = alz_status_name((enum alz_status)status);

            if (strlen(name) == len && memcmp(name, words, len) == 0)
                break;
            status++;
        }
        if (status == ALZ_STATUS_COUNT)
            return usage("--fail-on has no such status", words);
        *ret |= 1u << status;
        words += len + (words[len] == ',');
    }
    return 0;
}

static const char *output_directory(const struct args *args)
{
    static const char *const variables[] = {"ALLURE_RESULTS",
                                            "ALLURE_RESULTS_DIR"};

    if (args->output)
        return args->output;
    for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
        const char *value = getenv(variables[i]);

        if (value && *value)
            return value;
    }
    return "allure-results";
}

static int to_options(const struct args *args, struct alz_options *options,
                      const volatile sig_atomic_t *stop)
{
    unsigned long writers;

    if (to_number(args->writers, "--writers needs a number", &writers))
        return -1;
    if (args->publish && strcmp(args->publish, "link") &&
        strcmp(args->publish, "rename"))
        return usage("--publish is link or rename, not", args->publish);
    *options = (struct alz_options){
        .format = args->format,
        .output = output_directory(args),
        .dry_run = args->dry_run,
        .durable = args->durable,
        .publish_by_rename =
            args->publish && strcmp(args->publish, "rename") == 0,
        .run_id = args->run_id,
        .duplicates = args->duplicates,
        .naive_time = args->naive_time,
        .suite_output = args->suite_output,
        .issue_pattern = args->issue_pattern,
        .tms_pattern = args->tms_pattern,
        .attach_roots = args->attach_roots.items,
        .strip_prefixes = args->strip_prefixes.items,
        .labels = args->labels.items,
        .variants = args->variants.items,
        .environment = args->environment.items,
        .converter_options = args->converter_options.items,
        .plugins = args->plugins.items,
        .writers = (unsigned)writers,
        .stop = stop,
        .message = print_message,
        .progress = print_progress,
    };
    return 0;
}

/* What was made up to carry a verdict was not expected. */
static bool as_expected(const struct args *args,
                        const struct alz_summary *summary, unsigned long expect)
{
    uint64_t read = summary->tests - summary->synthetic;

    if (!args->expect || read == expect)
        return true;
    fprintf(stderr,
            "allurize: error: %lu tests were expected, %llu were read "
            "[convert/expect]\n",
            expect, (unsigned long long)read);
    return false;
}

/* The exit status that the user's own conditions make of a good one. */
static int judge(const struct args *args, const struct alz_summary *summary,
                 unsigned fail_on, unsigned long expect)
{
    bool expected = as_expected(args, summary, expect);

    if (summary->exit_status)
        return summary->exit_status;
    if (!expected || (args->strict && summary->warnings))
        return ALZ_EXIT_DAMAGED;
    if (args->fail_on_empty && summary->tests == 0)
        return ALZ_EXIT_NO_TESTS;
    for (int status = 0; status < ALZ_STATUS_COUNT; status++)
        if ((fail_on & 1u << status) && summary->by_status[status])
            return ALZ_EXIT_TESTS_FAILED;
    return ALZ_EXIT_OK;
}

static int write_summary(const char *path, const struct alz_summary *summary,
                         const char *output)
{
    FILE *file = fopen(path, "we");
    int status;

    if (!file) {
        fprintf(stderr, "%s: error: cannot be written: %s [convert/summary]\n",
                path, strerror(errno));
        return ALZ_EXIT_OUTPUT;
    }
    status = print_summary_json(file, summary, output) ? ALZ_EXIT_OUTPUT
                                                       : ALZ_EXIT_OK;
    if (fclose(file))
        status = ALZ_EXIT_OUTPUT;
    return status;
}

static int say(const struct args *args, struct alz_summary *summary,
               const char *output)
{
    int status = summary->exit_status;

    if (args->json) {
        if (print_summary_json(stdout, summary, output))
            status = ALZ_EXIT_OUTPUT;
    } else if (!args->quiet) {
        print_summary(summary, output);
    }
    if (args->summary && write_summary(args->summary, summary, output))
        status = ALZ_EXIT_OUTPUT;
    return status;
}

static void print_to(struct conversion *conversion)
{
    conversion->options.message_ctx = &conversion->printer;
    conversion->options.progress_ctx = &conversion->printer;
}

static void expect_lists(struct alz_session *session, const struct args *args)
{
    for (size_t i = 0; i < args->lists.count; i++)
        alz_session_expect(session, args->lists.items[i]);
}

int conversion_open(struct conversion *conversion, const struct args *args,
                    const volatile sig_atomic_t *stop)
{
    struct alz_options *options = &conversion->options;
    int status;

    *conversion = (struct conversion){.args = args};
    printer_init(&conversion->printer, args->color, args->progress, args->quiet,
                 args->verbose);
    if (to_options(args, options, stop) ||
        to_number(args->expect, "--expect needs a number",
                  &conversion->expect) ||
        to_statuses(args->fail_on, &conversion->fail_on))
        return ALZ_EXIT_USAGE;
    if (rules_take(args, &conversion->rules, &conversion->settings))
        return ALZ_EXIT_USAGE;
    if (conversion->settings)
        options->converter_options = conversion->settings;
    print_to(conversion);
    options->labels =
        environment_labels(&conversion->environment, options->labels);
    conversion->session = alz_session_new(options, &status);
    if (status == ALZ_EXIT_OK)
        expect_lists(conversion->session, args);
    return status;
}

int conversion_close(struct conversion *conversion)
{
    const struct args *args = conversion->args;
    const struct alz_options *options = &conversion->options;
    struct alz_summary summary;

    alz_session_finish(conversion->session, &summary);
    print_progress_end(&conversion->printer);
    summary.exit_status =
        judge(args, &summary, conversion->fail_on, conversion->expect);
    return say(args, &summary, options->dry_run ? NULL : options->output);
}

void conversion_done(struct conversion *conversion)
{
    alz_session_free(conversion->session);
    free(conversion->settings);
    free(conversion->rules);
    environment_done(&conversion->environment);
}
