/* print.c - messages, progress and summaries for people and machines. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "print.h"

#include "json.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool wanted(const char *when, bool automatic)
{
    if (when && strcmp(when, "always") == 0)
        return true;
    return !(when && strcmp(when, "never") == 0) && automatic;
}

void printer_init(struct printer *printer, const char *color,
                  const char *progress, bool quiet, bool verbose)
{
    bool terminal = isatty(STDERR_FILENO) == 1;

    *printer = (struct printer){
        .lowest = quiet     ? ALZ_ERROR
                  : verbose ? ALZ_NOTE
                            : ALZ_WARNING,
        .color = wanted(color, terminal),
        .progress = wanted(progress, terminal) && !quiet,
        .progress_at = now() + 1,
    };
}

void print_safe(FILE *to, struct alz_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        if (byte < 0x20 || byte == 0x7f)
            fprintf(to, "\\x%02x", byte);
        else
            fputc(byte, to);
    }
}

void print_progress_end(struct printer *printer)
{
    if (printer->progress_shown)
        fputs("\r\033[K", stderr);
    printer->progress_shown = false;
}

void print_message(void *ctx, const struct alz_message *message)
{
    static const char *const colors[] = {"\033[36m", "\033[33m", "\033[31m"};
    struct printer *printer = ctx;

    if (message->level < printer->lowest)
        return;
    print_progress_end(printer);
    print_safe(stderr, message->file.len ? message->file : ALZ_STR("allurize"));
    if (message->line)
        fprintf(stderr, ":%" PRIu64 ":%" PRIu64, message->line,
                message->column);
    fprintf(stderr, ": %s%s%s: ", printer->color ? colors[message->level] : "",
            alz_level_name(message->level), printer->color ? "\033[m" : "");
    print_safe(stderr, message->text);
    fprintf(stderr, " [%s]\n", message->id);
}

void print_progress(void *ctx, struct alz_str input, uint64_t bytes,
                    uint64_t size, uint64_t tests)
{
    struct printer *printer = ctx;

    if (!printer->progress || now() < printer->progress_at)
        return;
    printer->progress_at = now() + 0.2;
    printer->progress_shown = true;
    fputs("\r\033[K", stderr);
    print_safe(stderr, input);
    if (size)
        fprintf(stderr, ": %d %%", (int)(100.0 * (double)bytes / (double)size));
    fprintf(stderr, ", %" PRIu64 " tests", tests);
    fflush(stderr);
}

static void print_count(const char *word, uint64_t count)
{
    if (count)
        fprintf(stderr, ", %" PRIu64 " %s", count, word);
}

void print_summary(const struct alz_summary *summary, const char *output)
{
    static const enum alz_status order[] = {ALZ_PASSED, ALZ_FAILED, ALZ_BROKEN,
                                            ALZ_SKIPPED, ALZ_UNKNOWN};

    fprintf(stderr, "%" PRIu64 " %s, %" PRIu64 " %s", summary->inputs,
            summary->inputs == 1 ? "input" : "inputs", summary->tests,
            summary->tests == 1 ? "test" : "tests");
    for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
        print_count(alz_status_name(order[i]), summary->by_status[order[i]]);
    print_count("flaky", summary->flaky);
    fprintf(stderr, "\n%" PRIu64 " %s", summary->results,
            summary->results == 1 ? "result" : "results");
    print_count("of them retries", summary->retries);
    print_count("synthetic", summary->synthetic);
    print_count("attachments", summary->attachments);
    print_count("containers", summary->containers);
    print_count("warnings", summary->warnings);
    print_count("errors", summary->errors);
    if (output) {
        fprintf(stderr, "\n%" PRIu64 " %s, %" PRIu64 " bytes in ",
                summary->files_written,
                summary->files_written == 1 ? "file" : "files",
                summary->bytes_written);
        print_safe(stderr, (struct alz_str){output, strlen(output)});
        fprintf(stderr, ", %.2f s\n", summary->seconds);
    } else {
        fprintf(stderr, "\nnothing written (dry run), %.2f s\n",
                summary->seconds);
    }
}

static void put_statuses(yajl_gen gen, const struct alz_summary *summary)
{
    json_key(gen, "statuses");
    yajl_gen_map_open(gen);
    for (int status = 0; status < ALZ_STATUS_COUNT; status++)
        json_number(gen, alz_status_name((enum alz_status)status),
                    summary->by_status[status]);
    yajl_gen_map_close(gen);
}

static void put_summary(yajl_gen gen, const struct alz_summary *summary,
                        const char *output)
{
    char seconds[32];

    yajl_gen_map_open(gen);
    json_number(gen, "inputs", summary->inputs);
    json_number(gen, "tests", summary->tests);
    json_number(gen, "results", summary->results);
    put_statuses(gen, summary);
    json_number(gen, "retries", summary->retries);
    json_number(gen, "flaky", summary->flaky);
    json_number(gen, "synthetic", summary->synthetic);
    json_number(gen, "attachments", summary->attachments);
    json_number(gen, "containers", summary->containers);
    json_number(gen, "warnings", summary->warnings);
    json_number(gen, "errors", summary->errors);
    json_number(gen, "bytesRead", summary->bytes_read);
    json_number(gen, "filesWritten", summary->files_written);
    json_number(gen, "bytesWritten", summary->bytes_written);
    json_key(gen, "seconds");
    snprintf(seconds, sizeof(seconds), "%.3f", summary->seconds);
    yajl_gen_number(gen, seconds, strlen(seconds));
    json_key(gen, "output");
    if (output)
        yajl_gen_string(gen, (const unsigned char *)output, strlen(output));
    else
        yajl_gen_null(gen);
    json_number(gen, "exitStatus", (uint64_t)summary->exit_status);
    yajl_gen_map_close(gen);
}

int print_summary_json(FILE *to, const struct alz_summary *summary,
                       const char *output)
{
    yajl_gen gen = yajl_gen_alloc(NULL);

    if (!gen)
        return -1;
    put_summary(gen, summary, output);
    return json_print(gen, to);
}

int print_flush(FILE *to)
{
    return fflush(to) || ferror(to) ? -1 : 0;
}
