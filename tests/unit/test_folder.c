/* test_folder.c - validation: every case of fixtures/allure, and what files
 * cannot show. With --accept it rewrites the cases' findings.txt. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "scratch.h"
#include "tap.h"

#include "base/buf.h"

#include <allurize/allurize.h>
#include <errno.h>
#include <inttypes.h>

enum { CASES_MAX = 1000, RULES_MAX = 200 };

static const char cases_dir[] = "fixtures/allure";
static bool seen[RULES_MAX]; /* rules that some finding was of */

/* ---- findings as text ------------------------------------------------- */

static const char *const levels[] = {"note", "warning", "error"};

static const struct alz_rule *rule_of(const char *id)
{
    const struct alz_rule *rule = alz_rules;

    while (rule->id && strcmp(rule->id, id) != 0)
        rule++;
    return rule->id ? rule : NULL;
}

static void note(void *ctx, const struct alz_finding *finding)
{
    const struct alz_rule *rule = rule_of(finding->rule);

    if (!rule || rule->level != finding->level)
        printf("# rule %s is not in the table\n", finding->rule);
    else
        seen[rule - alz_rules] = true;
    alz_buf_printf(ctx, "%s %s %.*s:%" PRIu64 ":%" PRIu64 " %.*s: %.*s\n",
                   rule ? levels[finding->level] : "?", finding->rule,
                   (int)finding->file.len, finding->file.ptr, finding->line,
                   finding->column, (int)finding->pointer.len,
                   finding->pointer.ptr, (int)finding->text.len,
                   finding->text.ptr);
}

static void validate(const char *dir, struct alz_text *ret)
{
    struct alz_validation counts = {0};

    if (alz_validate(dir, note, ret, &counts) != 0)
        alz_buf_printf(ret, "cannot be read: %s\n", strerror(errno));
    alz_buf_printf(ret,
                   "%" PRIu64 " results, %" PRIu64 " containers, %" PRIu64
                   " globals, %" PRIu64 " attachments, %" PRIu64
                   " others: %" PRIu64 " errors, %" PRIu64 " warnings\n",
                   counts.results, counts.containers, counts.globals,
                   counts.attachments, counts.others, counts.errors,
                   counts.warnings);
}

/* ---- fixtures --------------------------------------------------------- */

static void test_case(const char *name, bool accept)
{
    struct scratch dir = scratch_path(cases_dir, name);
    struct scratch input = scratch_path(dir.path, "input");
    struct scratch expected = scratch_path(dir.path, "findings.txt");
    struct alz_text found = {0};
    struct alz_str want;

    validate(input.path, &found);
    if (accept)
        scratch_write(expected.path, alz_text_str(&found));
    want = scratch_read(expected.path);
    if (!OK(want.ptr && alz_str_equal(alz_text_str(&found), want), name))
        printf("# got:\n%.*s# expected:\n%.*s", (int)found.len, found.ptr,
               (int)want.len, want.ptr ? want.ptr : "");
    free((void *)(uintptr_t)want.ptr);
    alz_text_done(&found);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && !strchr(entry->d_name, '.');
}

static void test_cases(bool accept)
{
    struct dirent **entries = NULL;
    int count = scandir(cases_dir, &entries, visible, alphasort);

    OK(count > 100, "there are cases");
    for (int i = 0; i < count; i++) {
        test_case(entries[i]->d_name, accept);
        free(entries[i]);
    }
    free(entries);
}

/* ---- directories made here -------------------------------------------- */

static const char one[] = "00000001-0000-4000-8000-000000000000-result.json";

static void put_result(struct alz_text *to, const char *member)
{
    alz_buf_printf(to,
                   "{\"uuid\": \"00000001-0000-4000-8000-000000000000\", "
                   "\"name\": \"n\", \"status\": \"passed\", \"fullName\": "
                   "\"f\", \"historyId\": \"h\", \"start\": 1735689600000, "
                   "\"stop\": 1735689600000, %s",
                   member);
}

/* A directory with one result of that text, and what is found in it. */
static void expect(struct alz_text *text, const char *want, const char *what)
{
    const char *dir = scratch_new();
    struct alz_text found = {0};

    scratch_write(scratch_path(dir, one).path, alz_text_str(text));
    validate(dir, &found);
    if (!OK(alz_str_find(alz_text_str(&found), want) != SIZE_MAX, what))
        printf("# got:\n%.*s# expected: %s\n", (int)found.len, found.ptr, want);
    alz_text_done(&found);
    alz_text_clear(text);
    scratch_remove(dir);
}

static void put_steps(struct alz_text *text, int levels_of_steps)
{
    put_result(text, "\"steps\": [");
    for (int i = 1; i < levels_of_steps; i++)
        alz_text_add(text, ALZ_STR("{\"name\": \"s\", \"steps\": ["));
    alz_text_add(text, ALZ_STR("{\"name\": \"s\""));
    for (int i = 0; i < levels_of_steps; i++)
        alz_text_add(text, ALZ_STR("}]"));
    alz_text_add(text, ALZ_STR("}"));
}

static void test_deep_steps(void)
{
    struct alz_text text = {0};

    put_steps(&text, 449);
    expect(&text, "0 errors, 0 warnings", "449 levels of steps");
    put_steps(&text, 450);
    expect(&text, "warning steps/deep", "450 levels of steps");
    put_steps(&text, 499);
    expect(&text, "0 errors, 1 warnings", "499 levels of steps");
    put_steps(&text, 500);
    expect(&text, "error json/depth", "500 levels of steps");
    put_result(&text, "\"x\": ");
    for (int i = 0; i < 100000; i++)
        alz_text_add(&text, ALZ_STR("["));
    expect(&text, "error json/depth", "100,000 brackets");
    alz_text_done(&text);
}

static void put_long(struct alz_text *text, size_t len)
{
    char *bytes = alz_buf_reserve(text, len + 1024);

    (void)bytes; /* at once, not doubling */
    put_result(text, "\"description\": \"");
    memset(alz_buf_reserve(text, len), 'x', len);
    text->len += len;
    alz_text_add(text, ALZ_STR("\"}"));
}

static void test_long_strings(void)
{
    struct alz_text text = {.max = 64 << 20};

    put_long(&text, 20000000);
    expect(&text, "0 errors, 0 warnings", "20,000,000 characters");
    put_long(&text, 20000001);
    expect(&text, "error json/long-string", "one more");
    alz_text_done(&text);
}

static void test_many_findings(void)
{
    struct alz_text text = {0};

    put_result(&text, "\"labels\": [null");
    for (int i = 1; i < 150; i++)
        alz_text_add(&text, ALZ_STR(", null"));
    alz_text_add(&text, ALZ_STR("]}"));
    expect(&text,
           "/labels/99: null where the schema wants an object\nnote file/more",
           "100 findings of a file are shown");
    put_result(&text, "\"labels\": [");
    for (int i = 0; i < 150; i++)
        alz_text_add(&text, ALZ_STR("5, "));
    alz_text_add(&text, ALZ_STR("5]}"));
    expect(&text, "151 errors", "all of them count");
    alz_text_done(&text);
}

/* What only a file system shows. */
static void test_odd_files(void)
{
    const char *dir = scratch_new();
    struct alz_text text = {0}, found = {0};
    struct scratch huge = scratch_path(dir, "c-result.json");

    mkfifo(scratch_path(dir, "a-result.json").path, 0600);
    mkdir(scratch_path(dir, "b-result.json").path, 0700);
    mkdir(scratch_path(dir, "x-attachment").path, 0700);
    mkfifo(scratch_path(dir, "y-attachment").path, 0600);
    scratch_write(huge.path, ALZ_STR(" "));
    OK(truncate(huge.path, (64 << 20) + 1) == 0, "a sparse file");
    put_result(&text, "\"attachments\": [{\"source\": \"x-attachment\"}, "
                      "{\"source\": \"y-attachment\"}]}");
    scratch_write(scratch_path(dir, "d-result.json").path, alz_text_str(&text));
    validate(dir, &found);
    IS(alz_text_str(&found),
       "warning file/not-regular a-result.json:0:0 : named as a document, but "
       "not a regular file\n"
       "warning file/not-regular b-result.json:0:0 : named as a document, but "
       "not a regular file\n"
       "error file/size c-result.json:0:0 : 67108865 bytes, 64 MiB are "
       "checked\n"
       "error attachment/not-regular d-result.json:1:192 "
       "/attachments/0/source: x-attachment is not a regular file\n"
       "error attachment/not-regular d-result.json:1:220 "
       "/attachments/1/source: y-attachment is not a regular file\n"
       "note uuid/file-name d-result.json:1:10 /uuid: not the uuid of the "
       "file's name\n"
       "2 results, 0 containers, 0 globals, 0 attachments, 0 others: 3 errors, "
       "2 warnings\n",
       "pipes and directories are not opened, huge files not read");
    alz_text_done(&found);
    alz_text_done(&text);
    scratch_remove(dir);
}

static void test_unreadable(void)
{
    const char *dir = scratch_new();
    struct scratch file = scratch_path(dir, one);
    struct alz_text found = {0};

    scratch_write(file.path, ALZ_STR("{}"));
    chmod(file.path, 0);
    if (geteuid() == 0)
        seen[rule_of("file/unreadable") - alz_rules] = true;
    validate(dir, &found);
    OK(geteuid() == 0 ||
           alz_str_starts(alz_text_str(&found), "error file/unreadable"),
       "a file without permission");
    alz_text_done(&found);
    scratch_remove(dir);
}

static void test_no_folder(void)
{
    struct alz_validation counts;

    errno = 0;
    OK(alz_validate("fixtures/allure/none", note, NULL, &counts) == -1 &&
           errno == ENOENT,
       "a directory that is not there");
    OK(alz_validate("CMakeLists.txt", note, NULL, &counts) == -1 &&
           errno == ENOTDIR,
       "a file is no directory");
    OK(alz_validate("fixtures/allure/schema-no-name/input", NULL, NULL, NULL) ==
           0,
       "nobody listens");
}

/* 300 results, to make every table grow. */
static void test_many_files(void)
{
    const char *dir = scratch_new();
    struct alz_text text = {0}, found = {0};
    char name[64];

    for (int i = 0; i < 300; i++) {
        alz_text_clear(&text);
        alz_buf_printf(&text,
                       "{\"uuid\": \"%08d-0000-4000-8000-000000000000\", "
                       "\"name\": \"n\", \"status\": \"passed\", "
                       "\"fullName\": \"f%d\", \"historyId\": \"h%d\", "
                       "\"start\": 1735689600000, \"stop\": 1735689600000}",
                       i, i % 299, i % 299);
        snprintf(name, sizeof(name), "%08d-0000-4000-8000-000000000000%s", i,
                 "-result.json");
        scratch_write(scratch_path(dir, name).path, alz_text_str(&text));
    }
    validate(dir, &found);
    OK(alz_str_starts(alz_text_str(&found),
                      "error identity/same-start 00000299-0000") &&
           alz_str_ends(alz_text_str(&found), ": 1 errors, 0 warnings\n"),
       "300 results, two of one test");
    alz_text_done(&found);
    alz_text_done(&text);
    scratch_remove(dir);
}

static void test_rules(void)
{
    for (const struct alz_rule *rule = alz_rules; rule->id; rule++) {
        OK(rule->title && *rule->title && rule_of(rule->id) == rule, rule->id);
        OK(seen[rule - alz_rules] || strncmp(rule->id, "schema/", 7) == 0,
           "some case is about it");
    }
}

/* ---- memory ----------------------------------------------------------- */

#if FAULT_WORKS
static bool fault_countdown_left(void)
{
    return fault_countdown > 0; /* there were fewer allocations */
}
#else
static bool fault_countdown_left(void)
{
    return true;
}
#endif

static void silent(void *ctx, const struct alz_finding *finding)
{
    (void)ctx, (void)finding;
}

/* Each allocation fails once: that is said, or, where only the text of a
 * finding was lost, the counts are the same. */
static void test_memory(const char *dir)
{
    struct alz_validation all = {0}, counts;
    long n = 0;
    int status = -1;
    bool good = true;

    alz_validate(dir, silent, NULL, &all);
    while (FAULT_WORKS && good && n < 100000) {
        fault_at(++n);
        status = alz_validate(dir, silent, NULL, &counts);
        if (fault_countdown_left())
            break;
        good = status == -1 || counts.errors == all.errors;
    }
    fault_at(0);
    OK(good && (!FAULT_WORKS || n > 50), dir);
    if (!good)
        printf("# allocation %ld\n", n);
}

int main(int argc, char **argv)
{
    test_cases(argc > 1 && strcmp(argv[1], "--accept") == 0);
    test_deep_steps();
    test_long_strings();
    test_many_findings();
    test_odd_files();
    test_unreadable();
    test_no_folder();
    test_many_files();
    test_rules();
    test_memory("fixtures/allure/valid-full/input");
    test_memory("fixtures/allure/categories-regex/input");
    test_memory("fixtures/allure/identity-three-at-one-start/input");
    return tap_done();
}
