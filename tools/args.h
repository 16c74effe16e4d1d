/* args.h - the command line: one table makes parsing, help and README. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_ARGS_H
#define ALLURIZE_TOOLS_ARGS_H

#include "plugin.h"

/* Which commands an option belongs to. */
enum {
    CMD_CONVERT = 1,
    CMD_VALIDATE = 2,
    CMD_FORMATS = 4,
    CMD_SCHEMA = 8,
    CMD_RUN = 16,
    CMD_RULES = 32,
    CMD_ALL = 63
};

/* A growing list of words; NULL end. */
struct words {
    const char **items;
    size_t count;
};

struct settings {
    struct alz_setting *items;
    size_t count;
};

/* The command line as values. Zero is "nothing given". */
struct args {
    struct words operands; /* inputs, directories, schema names */
    const char *format, *output, *run_id, *duplicates, *naive_time;
    const char *suite_output, *issue_pattern, *tms_pattern, *publish;
    const char *color, *progress, *fail_on, *summary, *expect, *writers;
    const char *rules, *on;
    const char *stream, *timeout, *kill_after;
    struct words attach_roots, strip_prefixes, reports, lists;
    struct settings labels, variants, environment, converter_options;
    struct plugins plugins;
    bool dry_run, durable, json, quiet, verbose, fail_on_empty, strict;
    bool tee, help, version;
};

enum arg_kind { ARG_SWITCH, ARG_TEXT, ARG_WORDS, ARG_SETTINGS, ARG_PLUGINS };

struct arg_spec {
    const char *name;  /* without "--" */
    char letter;       /* 0: none */
    const char *value; /* what help calls its value, NULL for a switch */
    const char *help;
    unsigned commands;
    enum arg_kind kind;
    size_t offset; /* of its member in struct args */
};

extern const struct arg_spec arg_specs[]; /* name NULL end */

/*
 * Reads argv[1...] for a command (one CMD_ bit). Options and operands may be
 * mixed, "--" ends options; so does the first operand of run. 0, or -1 after
 * printing one line.
 */
int args_parse(struct args *args, char **argv, unsigned command);
void args_done(struct args *args);

/* The options of a command (CMD_ALL: every one) as aligned lines, those of the
 * plugins that args names among them. */
void args_print_help(const struct args *args, unsigned command);

#endif
