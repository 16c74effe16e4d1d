/* args.c - the command line: one table makes parsing, help and README. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "args.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* Both write results. */
enum { CMD_WRITE = CMD_CONVERT | CMD_RUN };

#define AT(member) offsetof(struct args, member)

/* clang-format off */
const struct arg_spec arg_specs[] = {
    {"output", 'o', "DIR", "results directory (default: $ALLURE_RESULTS, $ALLURE_RESULTS_DIR, allure-results)",
     CMD_WRITE, ARG_TEXT, AT(output)},
    {"format", 'f', "NAME", "format of the inputs (default: detect by content)",
     CMD_WRITE, ARG_TEXT, AT(format)},
    {"rules", 0, "FILE", "rule file of --format log or jsonmap",
     CMD_WRITE, ARG_TEXT, AT(rules)},
    {"plugin", 0, "FILE", "a converter of your own, a shared object; its options stand behind it",
     CMD_WRITE | CMD_FORMATS, ARG_PLUGINS, AT(plugins)},
    {"on", 0, "LOG", "a log, or JSON, to try the rules on",
     CMD_RULES, ARG_TEXT, AT(on)},
    {"dry-run", 'n', NULL, "do everything but write",
     CMD_WRITE, ARG_SWITCH, AT(dry_run)},
    {"label", 0, "K=V", "label for every result",
     CMD_WRITE, ARG_SETTINGS, AT(labels)},
    {"variant", 0, "K=V", "build variant: a label and a parameter with a history of its own",
     CMD_WRITE, ARG_SETTINGS, AT(variants)},
    {"env", 0, "K=V", "a line of environment.properties, instead of what an input says of K",
     CMD_WRITE, ARG_SETTINGS, AT(environment)},
    {"issue-pattern", 0, "URL", "URL of an issue key, {} or %s stands for it",
     CMD_WRITE, ARG_TEXT, AT(issue_pattern)},
    {"tms-pattern", 0, "URL", "URL of a test case key, the same way",
     CMD_WRITE, ARG_TEXT, AT(tms_pattern)},
    {"attach-root", 0, "DIR", "directory that attachments may come from, beside the input's own",
     CMD_WRITE, ARG_WORDS, AT(attach_roots)},
    {"strip-prefix", 0, "DIR", "path cut off names that begin with it",
     CMD_WRITE, ARG_WORDS, AT(strip_prefixes)},
    {"duplicates", 0, "HOW", "same test twice: number (default), retry, error",
     CMD_WRITE, ARG_TEXT, AT(duplicates)},
    {"naive-time", 0, "ZONE", "times without a zone are: auto (default), utc, local",
     CMD_WRITE, ARG_TEXT, AT(naive_time)},
    {"suite-output", 0, "WHEN", "keep a suite's output when a test of it: failed (default), always, never",
     CMD_WRITE, ARG_TEXT, AT(suite_output)},
    {"run-id", 0, "ID", "makes file names repeatable (default: random)",
     CMD_WRITE, ARG_TEXT, AT(run_id)},
    {"expect", 0, "N", "number of tests that must be there",
     CMD_WRITE, ARG_TEXT, AT(expect)},
    {"fail-on", 0, "WORDS", "exit 1 when a test is one of: failed,broken,unknown,skipped",
     CMD_WRITE, ARG_TEXT, AT(fail_on)},
    {"fail-on-empty", 0, NULL, "exit 5 when there is no test",
     CMD_WRITE, ARG_SWITCH, AT(fail_on_empty)},
    {"strict", 0, NULL, "warnings count as damage (exit 4), or as errors of validate",
     CMD_WRITE | CMD_VALIDATE, ARG_SWITCH, AT(strict)},
    {"publish", 0, "HOW", "how files appear: link (default), rename",
     CMD_WRITE, ARG_TEXT, AT(publish)},
    {"durable", 0, NULL, "flush the file system once at the end",
     CMD_WRITE, ARG_SWITCH, AT(durable)},
    {"writers", 0, "N", "threads that write files (default: by cores)",
     CMD_WRITE, ARG_TEXT, AT(writers)},
    {"tee", 0, NULL, "copy standard input to standard output as it comes",
     CMD_CONVERT, ARG_SWITCH, AT(tee)},
    {"stream", 0, "WHICH", "what of the command is read: stdout, stderr, both, none (default: stdout; with --report none, except GoogleTest's, which is joined with it)",
     CMD_RUN, ARG_TEXT, AT(stream)},
    {"report", 0, "GLOB", "a report that the command writes, read when it has ended",
     CMD_RUN, ARG_WORDS, AT(reports)},
    {"list", 0, "FILE", "a list of the tests that should run: what is missing is told, and disabled tests",
     CMD_WRITE, ARG_WORDS, AT(lists)},
    {"timeout", 0, "SECONDS", "stop the command then: SIGTERM, later SIGKILL",
     CMD_RUN, ARG_TEXT, AT(timeout)},
    {"kill-after", 0, "SECONDS", "from one to the other (default: 10)",
     CMD_RUN, ARG_TEXT, AT(kill_after)},
    {"summary", 0, "FILE", "write the summary as JSON to FILE",
     CMD_WRITE, ARG_TEXT, AT(summary)},
    {"json", 0, NULL, "print the outcome as JSON on standard output",
     CMD_WRITE | CMD_VALIDATE | CMD_FORMATS, ARG_SWITCH, AT(json)},
    {"quiet", 'q', NULL, "print errors only",
     CMD_WRITE | CMD_VALIDATE, ARG_SWITCH, AT(quiet)},
    {"verbose", 'v', NULL, "print notes too",
     CMD_WRITE | CMD_VALIDATE, ARG_SWITCH, AT(verbose)},
    {"color", 0, "WHEN", "auto (default), always, never",
     CMD_WRITE | CMD_VALIDATE, ARG_TEXT, AT(color)},
    {"progress", 0, "WHEN", "auto (default), never",
     CMD_WRITE, ARG_TEXT, AT(progress)},
    {"help", 'h', NULL, "print help and exit",
     CMD_ALL, ARG_SWITCH, AT(help)},
    {"version", 0, NULL, "print the version and exit",
     CMD_ALL, ARG_SWITCH, AT(version)},
    {NULL, 0, NULL, NULL, 0, ARG_SWITCH, 0},
};
/* clang-format on */

static int complain(const char *what, const char *word)
{
    fprintf(stderr,
            "allurize: error: %s: %s (see allurize --help) "
            "[args/usage]\n",
            what, word);
    return -1;
}

static void *grow(void *items, size_t count, size_t size)
{
    void *more = realloc(items, (count + 2) * size);

    if (!more) {
        fputs("allurize: error: out of memory [args/memory]\n", stderr);
        exit(ALZ_EXIT_MEMORY);
    }
    memset((char *)more + count * size, 0, 2 * size);
    return more;
}

static void add_word(struct words *words, const char *word)
{
    words->items = grow(words->items, words->count, sizeof(*words->items));
    words->items[words->count++] = word;
}

static void add_setting(struct settings *settings, const char *name,
                        const char *value)
{
    settings->items =
        grow(settings->items, settings->count, sizeof(*settings->items));
    settings->items[settings->count++] = (struct alz_setting){name, value};
}

/* "name=value" is cut in two in place: argv is ours. */
static int set_pair(struct settings *settings, char *text)
{
    char *equals = strchr(text, '=');

    if (!equals || equals == text)
        return complain("expected NAME=VALUE", text);
    *equals = '\0';
    add_setting(settings, text, equals + 1);
    return 0;
}

static int set_value(struct args *args, const struct arg_spec *spec,
                     char *value)
{
    void *member = (char *)args + spec->offset;

    if (spec->kind == ARG_SWITCH)
        *(bool *)member = true;
    else if (spec->kind == ARG_TEXT)
        *(const char **)member = value;
    else if (spec->kind == ARG_WORDS)
        add_word(member, value);
    else if (spec->kind == ARG_PLUGINS)
        return plugin_load(member, value);
    else
        return set_pair(member, value);
    return 0;
}

static const struct arg_spec *find_spec(const char *name, size_t len,
                                        char letter, unsigned command)
{
    for (const struct arg_spec *spec = arg_specs; spec->name; spec++)
        if ((spec->commands & command) &&
            (letter ? spec->letter == letter
                    : strlen(spec->name) == len &&
                          memcmp(spec->name, name, len) == 0))
            return spec;
    return NULL;
}

/* An option only one converter knows; of plugins, those named so far. */
static const struct alz_converter_option *
find_converter_option(const struct plugins *plugins, const char *name,
                      size_t len)
{
    const struct alz_converter *at;

    for (size_t i = 0; (at = alz_converter_at(plugins->items, i)); i++)
        for (const struct alz_converter_option *option = at->options;
             option && option->name; option++)
            if (strlen(option->name) == len &&
                memcmp(option->name, name, len) == 0)
                return option;
    return NULL;
}

/* One option at *at; inline_value is what stands behind "=" or the letter. */
static int take_option(struct args *args, char ***at, unsigned command)
{
    char *word = **at, *value = NULL;
    const struct alz_converter_option *option = NULL;
    const struct arg_spec *spec;
    bool is_long = word[1] == '-';
    size_t len = is_long ? strcspn(word + 2, "=") : 0;

    spec = is_long ? find_spec(word + 2, len, 0, command)
                   : find_spec(NULL, 0, word[1], command);
    if (!spec && is_long && (command & CMD_WRITE))
        option = find_converter_option(&args->plugins, word + 2, len);
    if (!spec && !option)
        return complain("no such option", word);
    if (is_long && word[2 + len] == '=')
        value = word + 3 + len;
    else if (!is_long && word[2])
        value = word + 2;
    if (spec && spec->kind == ARG_SWITCH)
        return value ? complain("takes no value", word)
                     : set_value(args, spec, NULL);
    if (!value && !(value = *++*at))
        return complain("needs a value", word);
    if (spec)
        return set_value(args, spec, value);
    add_setting(&args->converter_options, option->name, value);
    return 0;
}

int args_parse(struct args *args, char **argv, unsigned command)
{
    bool only_operands = false;

    for (char **at = argv + 1; *at; at++) {
        if (only_operands || (*at)[0] != '-' || !(*at)[1]) {
            add_word(&args->operands, *at);
            only_operands |= command == CMD_RUN;
        } else if (strcmp(*at, "--") == 0) {
            only_operands = true;
        } else if (take_option(args, &at, command)) {
            return -1;
        }
    }
    return 0;
}

void args_done(struct args *args)
{
    free(args->operands.items);
    free(args->attach_roots.items);
    free(args->strip_prefixes.items);
    free(args->reports.items);
    free(args->lists.items);
    free(args->labels.items);
    free(args->variants.items);
    free(args->environment.items);
    free(args->converter_options.items);
    plugins_done(&args->plugins);
}

static void print_row(char letter, const char *name, const char *value,
                      const char *help)
{
    char left[64];

    snprintf(left, sizeof(left), "%c%c%s --%s%s%s", letter ? '-' : ' ',
             letter ? letter : ' ', letter ? "," : " ", name, value ? " " : "",
             value ? value : "");
    printf("  %-26s %s\n", left, help);
}

void args_print_help(const struct args *args, unsigned command)
{
    const struct alz_converter *at;

    for (const struct arg_spec *spec = arg_specs; spec->name; spec++)
        if (spec->commands & command)
            print_row(spec->letter, spec->name, spec->value, spec->help);
    if (!(command & CMD_WRITE))
        return;
    for (size_t i = 0; (at = alz_converter_at(args->plugins.items, i)); i++)
        for (const struct alz_converter_option *option = at->options;
             option && option->name; option++)
            print_row(0, option->name, option->value, option->help);
}
