/* test_xml_faults.c - each allocation of the XML reader fails once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../faults/faults.h"
#include "tap.h"
#include "xml_log.h"

#include <errno.h>

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<testsuite x=\"a<b\">";
static const char part[] =
    "<testcase n=\"\xE4 &amp; \x1B\"><out>\x1B[1m &lt;<![CDATA[x]]></out>"
    "<f>kept</f><f><g><h/></g></f></testcase>\n";

static struct alz_text input(void)
{
    struct alz_text text = {.max = 1 << 20};

    alz_text_add(&text, alz_str_from(head));
    for (int i = 0; i < 400; i++)
        alz_text_add(&text, alz_str_from(part));
    alz_text_add(&text, ALZ_STR("</testsuite><?xml version='1.0'?><a/>"));
    return text;
}

static const struct alz_diag *last_diag;
static size_t closes;

static void keep_diag(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    (void)out;
    (void)detail;
    last_diag = diag;
}

static void count_open(void *state, struct alz_out *out,
                       const struct alz_xml_element *element)
{
    (void)state;
    (void)out;
    closes += alz_xml_attr(element, "no such").len;
}

static void count_text(void *state, struct alz_out *out, struct alz_str piece)
{
    (void)state;
    (void)out;
    (void)piece;
}

static void count_close(void *state, struct alz_out *out, struct alz_str text,
                        size_t cut)
{
    (void)state;
    (void)out;
    closes += text.len + cut < 1000;
}

static enum alz_ending run(struct alz_str text)
{
    static const struct alz_xml_row rows[] = {
        {"out",          count_open, count_text, count_close, 0   },
        {"testcase/f/g", count_open, NULL,       count_close, 0   },
        {"*",            count_open, NULL,       count_close, 1000},
        {NULL,           NULL,       NULL,       NULL,        0   },
    };
    static const struct alz_out_ops ops = {.report = keep_diag};
    const struct alz_converter converter = {.table = rows};
    struct alz_out out = {&ops};
    struct alz_bytes_memory bytes;
    struct alz_position position;
    struct alz_reading reading = {.converter = &converter, .out = &out};

    last_diag = NULL;
    closes = 0;
    alz_bytes_memory_init(&bytes, text, 0);
    reading.bytes = &bytes.base;
    reading.position = &position;
    return alz_xml_read(&reading);
}

/* Either nothing was lost, or the loss was told as what it was. */
static bool is_honest(enum alz_ending ending, size_t all)
{
    if (last_diag && strcmp(last_diag->id, "xml/memory") == 0)
        return ending == ALZ_DAMAGED;
    return ending == ALZ_COMPLETE && closes == all;
}

int main(void)
{
    struct alz_text text = input();
    unsigned long count, dishonest = 0;
    size_t all;

    fault_init();
    NUM(run(alz_text_str(&text)), ALZ_COMPLETE, "nothing fails");
    all = closes;
    NUM(all, 400 * 6 + 2, "all elements come");
    fault_arm(FAULT_ALLOC, 0, ENOMEM);
    run(alz_text_str(&text));
    count = fault_disarm();
    OK(count > 20, "allocations are seen");
    for (unsigned long nth = 1; nth <= count; nth++) {
        enum alz_ending ending;

        fault_arm(FAULT_ALLOC, nth, ENOMEM);
        ending = run(alz_text_str(&text));
        fault_disarm();
        if (is_honest(ending, all))
            continue;
        dishonest++;
        printf("# allocation %lu: %s, %zu elements\n", nth,
               last_diag ? last_diag->id : "no message", closes);
    }
    NUM(dishonest, 0, "each failed allocation is told or does no harm");
    alz_text_done(&text);
    return tap_done();
}
