/* print.c - messages, progress and summaries for people and machines. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "print.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>
#include <yajl/yajl_gen.h>

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

static void put_key(yajl_gen gen, const char *key)
{
    yajl_gen_string(gen, (const unsigned char *)key, strlen(key));
}

static void put_number(yajl_gen gen, const char *key, uint64_t number)
{
    put_key(gen, key);
    yajl_gen_integer(gen, (long long)number);
}

static void put_statuses(yajl_gen gen, const struct alz_summary *summary)
{
    put_key(gen, "statuses");
    yajl_gen_map_open(gen);
    for (int status = 0; status < ALZ_STATUS_COUNT; status++)
        put_number(gen, alz_status_name((enum alz_status)status),
                   summary->by_status[status]);
    yajl_gen_map_close(gen);
}

static void put_summary(yajl_gen gen, const struct alz_summary *summary,
                        const char *output)
{
    char seconds[32];

    yajl_gen_map_open(gen);
    put_number(gen, "inputs", summary->inputs);
    put_number(gen, "tests", summary->tests);
    put_number(gen, "results", summary->results);
    put_statuses(gen, summary);
    put_number(gen, "retries", summary->retries);
    put_number(gen, "flaky", summary->flaky);
    put_number(gen, "synthetic", summary->synthetic);
    put_number(gen, "attachments", summary->attachments);
    put_number(gen, "containers", summary->containers);
    put_number(gen, "warnings", summary->warnings);
    put_number(gen, "errors", summary->errors);
    put_number(gen, "bytesRead", summary->bytes_read);
    put_number(gen, "filesWritten", summary->files_written);
    put_number(gen, "bytesWritten", summary->bytes_written);
    put_key(gen, "seconds");
    snprintf(seconds, sizeof(seconds), "%.3f", summary->seconds);
    yajl_gen_number(gen, seconds, strlen(seconds));
    put_key(gen, "output");
    if (output)
        yajl_gen_string(gen, (const unsigned char *)output, strlen(output));
    else
        yajl_gen_null(gen);
    put_number(gen, "exitStatus", (uint64_t)summary->exit_status);
    yajl_gen_map_close(gen);
}

int print_summary_json(FILE *to, const struct alz_summary *summary,
                       const char *output)
{
    yajl_gen gen = yajl_gen_alloc(NULL);
    const unsigned char *text = NULL;
    size_t len = 0;

    if (!gen)
        return -1;
    put_summary(gen, summary, output);
    yajl_gen_get_buf(gen, &text, &len);
    fwrite(text, 1, len, to);
    fputc('\n', to);
    yajl_gen_free(gen);
    return print_flush(to);
}

int print_flush(FILE *to)
{
    return fflush(to) || ferror(to) ? -1 : 0;
}
