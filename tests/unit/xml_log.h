/* xml_log.h - runs the XML reader and writes down what it calls. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_XML_LOG_H
#define ALZ_TESTS_XML_LOG_H

#include "base/buf.h"
#include "read/reader.h"

/*
 * One line a call: "2:3 <b x=1>", "2:9 text", "2:10 </b>text+cut", where the
 * numbers are line and column; a message is "2:3 id (detail)". How the input
 * ended comes last.
 */
struct xml_log {
    struct alz_out out; /* first: the receiver is the log */
    struct alz_position position;
    struct alz_text text;
    int exit_status; /* of the worst message */
};

static inline void xml_log_place(struct xml_log *log)
{
    alz_buf_printf(&log->text, "%llu:%llu ",
                   (unsigned long long)log->position.line,
                   (unsigned long long)log->position.column);
}

static inline void xml_log_report(struct alz_out *out,
                                  const struct alz_diag *diag,
                                  struct alz_str detail)
{
    struct xml_log *log = (struct xml_log *)out;

    xml_log_place(log);
    alz_buf_printf(&log->text, "%s (%.*s)\n", diag->id, (int)detail.len,
                   detail.ptr);
    if (diag->exit_status > log->exit_status)
        log->exit_status = diag->exit_status;
}

static inline void xml_log_open(void *state, struct alz_out *out,
                                const struct alz_xml_element *element)
{
    struct xml_log *log = (struct xml_log *)out;

    (void)state;
    xml_log_place(log);
    alz_text_add(&log->text, ALZ_STR("<"));
    alz_text_add(&log->text, element->name);
    for (size_t i = 0; i < element->attr_count; i++) {
        alz_text_add(&log->text, ALZ_STR(" "));
        alz_text_add(&log->text, element->attrs[i].name);
        alz_text_add(&log->text, ALZ_STR("="));
        alz_text_add(&log->text, element->attrs[i].value);
    }
    alz_text_add(&log->text, ALZ_STR(">\n"));
}

static inline void xml_log_text(void *state, struct alz_out *out,
                                struct alz_str piece)
{
    struct xml_log *log = (struct xml_log *)out;

    (void)state;
    xml_log_place(log);
    alz_text_add(&log->text, piece);
    alz_text_add(&log->text, ALZ_STR("\n"));
}

static inline void xml_log_close(void *state, struct alz_out *out,
                                 struct alz_str text, size_t cut)
{
    struct xml_log *log = (struct xml_log *)out;

    (void)state;
    xml_log_place(log);
    alz_text_add(&log->text, ALZ_STR("/ "));
    alz_text_add(&log->text, text);
    if (cut > 0)
        alz_buf_printf(&log->text, "+%zu", cut);
    alz_text_add(&log->text, ALZ_STR("\n"));
}

/* The table of most tests: <out> tells its text in pieces, <few> keeps 4
 * bytes of it, all other elements 1000. */
static const struct alz_xml_row xml_log_rows[] = {
    {"testsuites", xml_log_open, NULL,         xml_log_close, 1000},
    {"testsuite",  xml_log_open, NULL,         xml_log_close, 1000},
    {"testcase",   xml_log_open, NULL,         xml_log_close, 1000},
    {"out",        xml_log_open, xml_log_text, xml_log_close, 0   },
    {"few",        xml_log_open, NULL,         xml_log_close, 4   },
    {"*",          xml_log_open, NULL,         xml_log_close, 1000},
    {NULL,         NULL,         NULL,         NULL,          0   },
};

static inline void xml_log_init(struct xml_log *log)
{
    static const struct alz_out_ops ops = {.report = xml_log_report};

    *log = (struct xml_log){.out = {&ops}, .text = {.max = 1 << 24}};
}

/* Reads the input in pieces (0: whole) with a table of rows. Give the log's
 * text back with alz_text_done. */
static inline void xml_log_rows_run(struct xml_log *log,
                                    const struct alz_xml_row *rows,
                                    struct alz_str input, size_t piece)
{
    static const char *const endings[] = {"complete", "damaged", "interrupted"};
    const struct alz_converter converter = {.reader = ALZ_READ_XML,
                                            .table = rows};
    struct alz_bytes_memory bytes;
    struct alz_reading reading = {.converter = &converter};

    xml_log_init(log);
    alz_bytes_memory_init(&bytes, input, piece);
    reading.out = &log->out;
    reading.bytes = &bytes.base;
    reading.position = &log->position;
    alz_buf_printf(&log->text, "%s\n", endings[alz_xml_read(&reading)]);
}

static inline void xml_log_run(struct xml_log *log, struct alz_str input,
                               size_t piece)
{
    xml_log_rows_run(log, xml_log_rows, input, piece);
}

/* Bytes that may hold NULs, for tables. */
#define TEXT(literal)                                                          \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }

/* A case: what must come of an input. */
struct xml_case {
    const char *title;
    struct alz_str input;
    const char *want;
};

/* Runs a case whole, and in pieces of 1 to 64 bytes. */
static inline void xml_case_run(const struct xml_case *test)
{
    struct xml_log log;
    size_t different = 0;

    xml_log_run(&log, test->input, 0);
    IS(alz_text_str(&log.text), test->want, test->title);
    alz_text_done(&log.text);
    for (size_t piece = 1; piece <= 64 && !different; piece++) {
        xml_log_run(&log, test->input, piece);
        if (!alz_str_equal(alz_text_str(&log.text), alz_str_from(test->want)))
            different = piece;
        alz_text_done(&log.text);
    }
    if (!OK(different == 0, "  the same in pieces of 1 to 64 bytes"))
        printf("# not in pieces of %zu\n", different);
}

#endif
