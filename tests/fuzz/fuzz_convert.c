/* fuzz_convert.c - any bytes through any converter. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/allurize.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * The first byte picks the converter (modulo their number), the second the
 * read size and whether files are written; the rest is the input. Beside the
 * sanitizers, these must hold:
 *  - every test has one status, and results are tests and retries;
 *  - read at another size, the same counts and the same status;
 *  - what is written is valid by our own schemas and folder rules.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MTIME_MS = 1000000000 };

static char results[64];

static void fail(const char *why)
{
    fprintf(stderr, "fuzz_convert: %s\n", why);
    abort();
}

static const struct alz_converter *pick(uint8_t byte)
{
    const struct alz_converter *const *converters = alz_converters();
    size_t count = 0;

    while (converters[count])
        count++;
    return converters[byte % count];
}

/* "log" needs a profile to read with: the second byte picks one. */
static const char *format_name(const struct alz_converter *converter,
                               uint8_t byte)
{
    static char name[128];
    size_t count = 0;

    while (converter->profiles && converter->profiles[count].name)
        count++;
    if (count == 0)
        return converter->name;
    snprintf(name, sizeof(name), "%s:%s", converter->name,
             converter->profiles[byte % count].name);
    return name;
}

/* Lists are no inputs. */
static void give(struct alz_session *session, const char *format,
                 struct alz_str bytes)
{
    const struct alz_converter *converter = alz_converter_find(format);

    if (converter && converter->lists)
        alz_session_expect_memory(session, "input", bytes, MTIME_MS);
    else
        alz_session_convert_memory(session, "input", bytes, MTIME_MS);
}

/* Most of what a mapping can say, for the reports in the fixtures. */
static const char mapping[] =
    "[mapping]\nduration-unit = ms\n[status]\nnull = skipped\n0 = passed\n"
    "[run]\ntests = stats/tests\nenvironment = config, build\n"
    "[suite]\npath = suites/[]\nname = title\n"
    "[suite file]\npath = testResults/[]\nwhen = name\nname = name\n"
    "[test]\npath = tests/[]\nname = title, ../../title, @index\n"
    "status = state, status\nfailed-when = err/message and ! ok\n"
    "labels = ../../meta\nparams = .\ntrace = err\nduration = duration\n"
    "[test row]\npath = /[]\nname = test\nstatus = code\nstart = started\n"
    "[test case]\npath = assertionResults/*\nname = @key\nstatus = status\n"
    "[test other]\npath = assertionResults/[]\nname = title\n"
    "suite = ancestorTitles/[]\nstatus = status\nfile = ../../name\n"
    "[attempt]\ninside = test\npath = results/[]\nstatus = status\n"
    "[step]\ninside = test, attempt, step\npath = steps/[]\nname = title\n"
    "[attachment]\ninside = attempt\npath = attachments/[]\nname = name\n"
    "base64 = body\ntext = text\n[sample]\n|{}\n=> nothing\n";

static struct alz_summary convert(const char *format, struct alz_str bytes,
                                  size_t read_size, const char *output)
{
    static const struct alz_setting mapped[] = {
        {"rules-text", mapping},
        {NULL,         NULL   }
    };
    struct alz_options options = {
        .format = format,
        .converter_options = strcmp(format, "jsonmap") == 0 ? mapped : NULL,
        .dry_run = !output,
        .output = output,
        .run_id = "fuzz",
        .read_size = read_size,
        .writers = 1};
    struct alz_summary summary = {.exit_status = 0};
    struct alz_session *session =
        alz_session_new(&options, &summary.exit_status);

    if (!session)
        fail("no session");
    give(session, format, bytes);
    alz_session_finish(session, &summary);
    alz_session_free(session);
    return summary;
}

static void check_counts(const struct alz_summary *summary)
{
    uint64_t tests = 0;

    for (int i = 0; i < ALZ_STATUS_COUNT; i++)
        tests += summary->by_status[i];
    if (tests != summary->tests)
        fail("a test without one status");
    if (summary->results != summary->tests + summary->retries)
        fail("results are not tests and retries");
}

static void check_same(const struct alz_summary *a, const struct alz_summary *b)
{
    if (a->results != b->results || a->exit_status != b->exit_status ||
        memcmp(a->by_status, b->by_status, sizeof(a->by_status)) != 0 ||
        a->warnings != b->warnings || a->errors != b->errors)
        fail("another read size gives another outcome");
}

/* ---- files ------------------------------------------------------------ */

static void empty_results(void)
{
    DIR *dir = opendir(results);

    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}

static void remove_results(void)
{
    empty_results();
    rmdir(results);
}

static void print_finding(void *ctx, const struct alz_finding *finding)
{
    (void)ctx;
    fprintf(stderr, "%s: %.*s: %.*s\n", finding->rule, (int)finding->file.len,
            finding->file.ptr, (int)finding->text.len, finding->text.ptr);
}

static void check_files(const char *format, struct alz_str bytes)
{
    struct alz_validation validation = {.errors = 0};
    struct alz_summary summary;

    if (!results[0]) {
        snprintf(results, sizeof(results), "%s/allurize-fuzz-%ld",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
                 (long)getpid());
        atexit(remove_results);
    }
    empty_results();
    summary = convert(format, bytes, 0, results);
    if (summary.exit_status == ALZ_EXIT_OUTPUT ||
        summary.exit_status == ALZ_EXIT_INVALID)
        fail("the output was refused");
    if (alz_validate(results, print_finding, NULL, &validation) < 0 ||
        validation.errors)
        fail("the folder is not valid");
    if (validation.results != summary.results)
        fail("result files are missing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *format;
    struct alz_summary whole, pieces;
    struct alz_str bytes;

    if (size < 2)
        return 0;
    format = format_name(pick(data[0]), data[1]);
    bytes = (struct alz_str){(const char *)data + 2, size - 2};
    whole = convert(format, bytes, 0, NULL);
    check_counts(&whole);
    pieces = convert(format, bytes, 1u + data[1] % 64u, NULL);
    check_same(&whole, &pieces);
    if (data[1] >= 192)
        check_files(format, bytes);
    return 0;
}
