/* cmd_validate.c - allurize validate: checks results directories. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "json.h"
#include "print.h"

#include <errno.h>
#include <inttypes.h>

/* What the findings of one directory are printed with. */
struct report {
    struct printer printer;
    const char *dir;
    yajl_gen gen; /* NULL: as text */
    uint64_t errors, warnings;
};

static struct alz_str str(const char *text)
{
    return (struct alz_str){text, strlen(text)};
}

static void put_finding(yajl_gen gen, const struct alz_finding *finding)
{
    yajl_gen_map_open(gen);
    json_text(gen, "rule", str(finding->rule));
    json_text(gen, "level", str(alz_level_name(finding->level)));
    json_text(gen, "file", finding->file);
    json_text(gen, "pointer", finding->pointer);
    if (finding->line) {
        json_number(gen, "line", finding->line);
        json_number(gen, "column", finding->column);
    }
    json_text(gen, "text", finding->text);
    yajl_gen_map_close(gen);
}

/* "dir/file:line:col: level: /pointer: text [rule]" */
static void print_finding(struct report *report,
                          const struct alz_finding *finding)
{
    char file[4096], text[4096];
    const char *colon = finding->pointer.len ? ": " : "";
    struct alz_message message = {
        .level = finding->level,
        .id = finding->rule,
        .line = finding->line,
        .column = finding->column,
    };

    snprintf(file, sizeof(file), "%s%s%.*s", report->dir,
             finding->file.len ? "/" : "", (int)finding->file.len,
             finding->file.len ? finding->file.ptr : "");
    snprintf(text, sizeof(text), "%.*s%s%.*s", (int)finding->pointer.len,
             finding->pointer.len ? finding->pointer.ptr : "", colon,
             (int)finding->text.len,
             finding->text.len ? finding->text.ptr : "");
    message.file = str(file);
    message.text = str(text);
    print_message(&report->printer, &message);
}

static void take(void *ctx, const struct alz_finding *finding)
{
    struct report *report = ctx;

    if (report->gen)
        put_finding(report->gen, finding);
    else
        print_finding(report, finding);
}

static void put_counts(yajl_gen gen, const struct alz_validation *counts)
{
    json_number(gen, "results", counts->results);
    json_number(gen, "containers", counts->containers);
    json_number(gen, "attachments", counts->attachments);
    json_number(gen, "globals", counts->globals);
    json_number(gen, "others", counts->others);
    json_number(gen, "bytes", counts->bytes);
    json_number(gen, "errors", counts->errors);
    json_number(gen, "warnings", counts->warnings);
}

static void print_counts(const char *dir, const struct alz_validation *counts)
{
    print_safe(stderr, str(dir));
    fprintf(stderr,
            ": %" PRIu64 " results, %" PRIu64 " containers, %" PRIu64
            " attachments: %" PRIu64 " errors, %" PRIu64 " warnings\n",
            counts->results, counts->containers, counts->attachments,
            counts->errors, counts->warnings);
}

static int unreadable(const char *dir)
{
    print_safe(stderr, str(dir));
    fprintf(stderr, ": error: cannot be read: %s [validate/directory]\n",
            strerror(errno));
    return ALZ_EXIT_INPUT;
}

static void open_json(struct report *report)
{
    if (!report->gen)
        return;
    yajl_gen_map_open(report->gen);
    json_text(report->gen, "directory", str(report->dir));
    json_key(report->gen, "findings");
    yajl_gen_array_open(report->gen);
}

static void close_json(struct report *report,
                       const struct alz_validation *counts)
{
    yajl_gen_array_close(report->gen);
    put_counts(report->gen, counts);
    yajl_gen_map_close(report->gen);
}

static int check(struct report *report, bool strict, bool quiet)
{
    struct alz_validation counts = {0};
    int status;

    open_json(report);
    status = alz_validate(report->dir, take, report, &counts);
    if (report->gen)
        close_json(report, &counts);
    if (status)
        return unreadable(report->dir);
    if (!quiet && !report->gen)
        print_counts(report->dir, &counts);
    return counts.errors || (strict && counts.warnings) ? ALZ_EXIT_INVALID
                                                        : ALZ_EXIT_OK;
}

int cmd_validate(const struct args *args)
{
    struct report report = {0};
    int worst = ALZ_EXIT_OK;

    printer_init(&report.printer, args->color, "never", args->quiet,
                 args->verbose);
    if (args->operands.count == 0) {
        fputs("allurize: error: no directory given (see allurize validate "
              "--help) [args/usage]\n",
              stderr);
        return ALZ_EXIT_USAGE;
    }
    if (args->json && !(report.gen = yajl_gen_alloc(NULL)))
        return ALZ_EXIT_MEMORY;
    if (report.gen)
        yajl_gen_array_open(report.gen);
    for (size_t i = 0; i < args->operands.count; i++) {
        int status;

        report.dir = args->operands.items[i];
        status = check(&report, args->strict, args->quiet);
        if (worst == ALZ_EXIT_OK || status == ALZ_EXIT_INPUT)
            worst = status;
    }
    if (report.gen) {
        yajl_gen_array_close(report.gen);
        if (json_print(report.gen, stdout))
            return ALZ_EXIT_OUTPUT;
    }
    return worst;
}
