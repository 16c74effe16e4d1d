/* ctest.c - the CTest converter: descriptor, table, sites and runs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

#include <stdio.h>

static const struct alz_diag memory = {ALZ_ERROR, "ctest/memory",
                                       "out of memory", 70};
static const struct alz_diag appended = {
    ALZ_WARNING, "ctest/append",
    "ctest_test(APPEND) wrote this file over that of the tests before", 0};
static const struct alz_diag no_testing = {
    ALZ_ERROR, "ctest/no-testing",
    "this is not CTest's Test.xml, which has a <Testing> in a <Site>", 3};

void ctest_out_of_memory(struct ctest *state, struct alz_out *out)
{
    if (!state->no_memory)
        alz_report(out, &memory, ALZ_STR(""));
    state->no_memory = true;
}

/* Full by its ceiling is cut, full below it is out of memory. */
void ctest_check(struct ctest *state, struct alz_out *out,
                 const struct alz_text *text)
{
    if (text->full && text->len < text->max)
        ctest_out_of_memory(state, out);
}

void ctest_add(struct ctest *state, struct alz_out *out, struct alz_text *text,
               struct alz_str bytes)
{
    if (!text->max)
        text->max = CTEST_FIELD_MAX;
    alz_text_add(text, bytes);
    ctest_check(state, out, text);
}

void ctest_set(struct ctest *state, struct alz_out *out, struct alz_text *text,
               struct alz_str bytes)
{
    alz_text_clear(text);
    ctest_add(state, out, text, bytes);
}

/* ---- site --------------------------------------------------------------- */

/* Attributes that say something of the build and nothing of its machine. */
static const char *const site_facts[] = {
    "BuildName",       "Name",   "Generator", "CompilerName",
    "CompilerVersion", "OSName", "OSRelease", "OSPlatform"};

static void site_open(void *ctx, struct alz_out *out,
                      const struct alz_xml_element *element)
{
    struct ctest *state = ctx;

    for (size_t i = 0; i < sizeof(site_facts) / sizeof(*site_facts); i++) {
        struct alz_str value =
            alz_str_trim(alz_xml_attr(element, site_facts[i]));
        bool site = strcmp(site_facts[i], "Name") == 0;

        if (value.len)
            alz_add(out, 0, ALZ_ENVIRONMENT,
                    site ? ALZ_STR("Site") : alz_str_from(site_facts[i]),
                    value);
    }
    if (alz_str_is(alz_xml_attr(element, "Append"), "true"))
        alz_report(out, &appended, ALZ_STR(""));
    ctest_set(state, out, &state->host,
              alz_str_trim(alz_xml_attr(element, "Hostname")));
}

/* ---- run ---------------------------------------------------------------- */

static void testing_end(struct ctest *state, struct alz_out *out)
{
    if (!state->testing)
        return;
    ctest_suites_close(state, out);
    alz_end(out, state->run);
    state->testing = false;
    state->run = 0;
}

/* A second one, when the first broke off, is a document of its own. */
static void testing_open(void *ctx, struct alz_out *out,
                         const struct alz_xml_element *element)
{
    struct ctest *state = ctx;

    (void)element;
    ctest_test_abandon(state, out);
    testing_end(state, out);
    state->testing = state->testing_seen = true;
    state->listed = 0;
    state->run = alz_begin(out, 0, ALZ_SUITE);
    alz_set_text(out, state->run, ALZ_NAME, ALZ_STR(""));
    alz_set_text(out, state->run, ALZ_FRAMEWORK, ALZ_STR("ctest"));
    if (state->host.len)
        alz_set_text(out, state->run, ALZ_HOST, alz_text_str(&state->host));
}

static void testing_close(void *ctx, struct alz_out *out, struct alz_str text,
                          size_t cut)
{
    (void)text;
    (void)cut;
    testing_end(ctx, out);
}

static void start_time_close(void *ctx, struct alz_out *out,
                             struct alz_str text, size_t cut)
{
    struct ctest *state = ctx;
    struct alz_instant instant;

    (void)cut;
    if (state->testing && alz_instant_parse(alz_str_trim(text), &instant))
        alz_set_time(out, state->run, ALZ_START,
                     alz_instant_ms(&instant, ALZ_NAIVE_UTC, state->in));
}

static void listed_open(void *ctx, struct alz_out *out,
                        const struct alz_xml_element *element)
{
    struct ctest *state = ctx;

    (void)out;
    (void)element;
    state->listed++;
}

static void list_close(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut)
{
    struct ctest *state = ctx;
    char number[24];

    (void)text;
    (void)cut;
    if (!state->testing)
        return;
    snprintf(number, sizeof(number), "%llu", (unsigned long long)state->listed);
    alz_add(out, state->run, ALZ_TOTAL, ALZ_STR("tests"), alz_str_from(number));
}

/* ---- no report of tests ------------------------------------------------- */

static void site_close(void *ctx, struct alz_out *out, struct alz_str text,
                       size_t cut)
{
    struct ctest *state = ctx;

    (void)text;
    (void)cut;
    if (!state->testing_seen)
        alz_report(out, &no_testing, ALZ_STR(""));
}

static void stranger_open(void *ctx, struct alz_out *out,
                          const struct alz_xml_element *element)
{
    (void)ctx;
    if (element->depth == 1)
        alz_report(out, &no_testing, element->name);
}

/* ---- table -------------------------------------------------------------- */

static const struct alz_xml_row table[] = {
    {"/Site",                  site_open,              NULL,              site_close,              0              },
    {"Site/Testing",           testing_open,           NULL,              testing_close,           0              },
    {"Testing/StartTestTime",  NULL,                   NULL,              start_time_close,        64             },
    {"Testing/TestList",       NULL,                   NULL,              list_close,              0              },
    {"TestList/Test",          listed_open,            NULL,              NULL,                    0              },
    {"Testing/Test",           ctest_test_open,        NULL,              ctest_test_close,        0              },
    {"Test/Name",              NULL,                   NULL,              ctest_name_close,        CTEST_FIELD_MAX},
    {"Test/Path",              NULL,                   NULL,              ctest_path_close,        CTEST_FIELD_MAX},
    {"Test/FullName",          NULL,                   NULL,              ctest_full_name_close,   CTEST_FIELD_MAX},
    {"Test/FullCommandLine",   NULL,                   NULL,              ctest_command_close,     CTEST_FIELD_MAX},
    {"Test/StartTestTime",     NULL,                   NULL,              ctest_start_close,       64             },
    {"Test/Results",           ctest_results_open,     NULL,              NULL,                    0              },
    {"NamedMeasurement",       ctest_measurement_open, NULL,              ctest_measurement_close,
     0                                                                                                            },
    {"NamedMeasurement/Value", NULL,                   ctest_value_text,  NULL,                    0              },
    {"Measurement/Value",      ctest_output_open,      ctest_output_text,
     ctest_output_close,                                                                           0              },
    {"Labels/Label",           NULL,                   NULL,              ctest_label_close,       CTEST_FIELD_MAX},
    {"*",                      stranger_open,          NULL,              NULL,                    0              },
    {NULL,                     NULL,                   NULL,              NULL,                    0              },
};

/* ---- life --------------------------------------------------------------- */

/* A word of a list with commas. */
static bool lists(struct alz_str list, const char *word)
{
    struct alz_str part;

    while (alz_str_split(&list, ',', &part))
        if (alz_str_is(alz_str_trim(part), word))
            return true;
    return false;
}

static int start(void *ctx, struct alz_out *out, const struct alz_input *in)
{
    struct ctest *state = ctx;
    struct alz_str kept = {NULL, 0};

    (void)out;
    state->in = in;
    state->files.image = -1;
    state->scratch.max = CTEST_OUTPUT_MAX;
    state->measurement.value.max = CTEST_OUTPUT_MAX;
    if (in->option)
        kept = in->option(in, "ctest-keep");
    state->keep_command = lists(kept, "command");
    state->keep_environment = lists(kept, "environment");
    return 0;
}

static void finish(void *ctx, struct alz_out *out, enum alz_ending ending)
{
    struct ctest *state = ctx;

    ctest_test_abandon(state, out);
    if (ending == ALZ_COMPLETE)
        testing_end(state, out);
}

static void done(void *ctx)
{
    struct ctest *state = ctx;

    ctest_test_done(&state->test);
    ctest_measurement_done(&state->measurement);
    ctest_files_done(&state->files);
    ctest_output_done(&state->output);
    alz_text_done(&state->suites.path);
    alz_text_done(&state->host);
    alz_text_done(&state->scratch);
}

static const struct alz_converter_option options[] = {
    {"ctest-keep", "LIST",
     "also keep what may hold secrets: command, environment"},
    {NULL,         NULL,   NULL                             },
};

const struct alz_converter alz_converter_ctest = {
    .abi = ALZ_CONVERTER_ABI,
    .name = "ctest",
    .title = "CTest's Test.xml (ctest -T Test)",
    .reader = ALZ_READ_XML,
    .table = table,
    .state_size = sizeof(struct ctest),
    .probe = ctest_probe,
    .start = start,
    .finish = finish,
    .done = done,
    .options = options,
};
