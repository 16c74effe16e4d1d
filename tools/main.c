/* main.c - the command table of allurize. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "print.h"

#include <fcntl.h>
#include <unistd.h>

static const struct command {
    const char *name;
    unsigned bit;
    const char *usage;
    const char *help;
    int (*run)(const struct args *args);
} commands[] = {
    {"convert",  CMD_CONVERT,  "[OPTION]... INPUT...",
     "turn reports into Allure results; INPUT is a file, a directory, a "
     "quoted\n           pattern (**) or - for standard input",              cmd_convert },
    {"run",      CMD_RUN,      "[OPTION]... -- COMMAND [WORD]...",
     "run a command, pass its output on, convert it as it comes; the exit\n"
     "           status is the command's",                                   cmd_run     },
    {"validate", CMD_VALIDATE, "[OPTION]... DIR...",
     "check results directories against the schemas and across files",       cmd_validate},
    {"formats",  CMD_FORMATS,  "[--json] [--plugin FILE]",
     "list the formats that are read",                                       cmd_formats },
    {"schema",   CMD_SCHEMA,   "[NAME]",
     "print a JSON Schema of the results format, or their names",            cmd_schema  },
    {"rules",    CMD_RULES,    "test FILE|log:NAME [--on LOG]",
     "run the samples of a rule file; with a log, say what takes its lines", cmd_rules   },
    {NULL,       0,            NULL,                               NULL,     NULL        },
};

static void print_help(const struct args *args)
{
    puts("allurize - turn what a test runner leaves behind into Allure "
         "results\n");
    for (const struct command *at = commands; at->name; at++)
        printf("  allurize %s %s\n           %s\n", at->name, at->usage,
               at->help);
    puts("  allurize INPUT...\n           the same as convert\n\nOptions:");
    args_print_help(args, CMD_ALL);
    puts("\nExit status: 0 everything read and written, 1 tests failed "
         "(--fail-on), 2 usage,\n3 an input is missing or no format we know, "
         "4 an input is damaged (what was good\nis written), 5 no tests "
         "(--fail-on-empty), 6 validation found errors,\n7 output could not "
         "be written.");
}

static void print_command_help(const struct args *args,
                               const struct command *command)
{
    printf("allurize %s %s\n\n%s\n\nOptions:\n", command->name, command->usage,
           command->help);
    args_print_help(args, command->bit);
}

static const struct command *find_command(const char *name)
{
    for (const struct command *at = commands; at->name; at++)
        if (strcmp(at->name, name) == 0)
            return at;
    return NULL;
}

/* A closed standard stream must not become a results file's descriptor. */
static void fill_standard_streams(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

static int run(const struct command *command, char **argv, bool named)
{
    struct args args = {0};
    int status = ALZ_EXIT_OK;

    if (args_parse(&args, argv, command->bit))
        status = ALZ_EXIT_USAGE;
    else if (args.version)
        printf("allurize %s\n", alz_version());
    else if (args.help && named)
        print_command_help(&args, command);
    else if (args.help)
        print_help(&args);
    else
        status = command->run(&args);
    args_done(&args);
    if (print_flush(stdout) && status == ALZ_EXIT_OK) {
        fputs("allurize: error: standard output cannot be written "
              "[args/output]\n",
              stderr);
        status = ALZ_EXIT_OUTPUT;
    }
    return status;
}

int main(int argc, char **argv)
{
    const struct command *command;

    fill_standard_streams();
    if (argc < 2) {
        print_help(&(struct args){0});
        return ALZ_EXIT_USAGE;
    }
    command = find_command(argv[1]);
    if (command)
        return run(command, argv + 1, true);
    return run(&commands[0], argv, false);
}
