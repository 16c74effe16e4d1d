/* cmd_rules.c - allurize rules test: a rule file against samples and logs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "print.h"
#include "rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static void print_line(void *ctx, struct alz_str line)
{
    (void)ctx;
    print_safe(stdout, line);
    putchar('\n');
}

static ssize_t read_log(void *ctx, char *to, size_t cap)
{
    size_t got = fread(to, 1, cap, ctx);

    return got == 0 && ferror((FILE *)ctx) ? -1 : (ssize_t)got;
}

static int test_rules(const char *file, const char *text, const char *on)
{
    struct alz_pull pull = {.read = read_log};
    FILE *log = on ? fopen(on, "rbe") : NULL;
    int status;

    if (on && !log) {
        fprintf(stderr, "%s: error: cannot be read: %s [rules/log]\n", on,
                strerror(errno));
        return ALZ_EXIT_INPUT;
    }
    pull.ctx = log;
    status =
        alz_rules_test(file, text, on, log ? &pull : NULL, print_line, NULL);
    if (log)
        fclose(log);
    return status;
}

int cmd_rules(const struct args *args)
{
    const struct words *words = &args->operands;
    const char *file;
    char *text = NULL;
    int status;

    if (words->count != 2 || strcmp(words->items[0], "test") != 0) {
        fputs("allurize: error: expected: rules test FILE (see allurize rules "
              "--help) [args/usage]\n",
              stderr);
        return ALZ_EXIT_USAGE;
    }
    file = words->items[1];
    if (strncmp(file, "log:", 4) != 0) {
        text = rules_read(file);
        if (!text)
            return ALZ_EXIT_USAGE;
    }
    status = test_rules(file, text, args->on);
    free(text);
    return status;
}
