/* test_xml_table.c - which row fits a path. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "read/xml_table.h"

/* The path of the row for an element, given as the names of its path. */
static struct alz_str find(const struct alz_xml_table *table, const char *path)
{
    uint16_t state = ALZ_XML_TABLE_TOP;
    const struct alz_xml_row *row;
    struct alz_str rest = alz_str_from(path), name;

    while (alz_str_split(&rest, '/', &name))
        state =
            alz_xml_table_next(table, state, alz_xml_table_number(table, name));
    row = alz_xml_table_row(table, state);
    return alz_str_from(row ? row->path : "none");
}

static void test_suffixes(void)
{
    static const struct alz_xml_row rows[] = {
        {.path = "testcase"},       {.path = "testsuite/testcase"},
        {.path = "/testsuite"},     {.path = "testsuite"},
        {.path = "testcase/b/b/c"}, {.path = "b/c"},
        {.path = "testsuite"},      {.path = "b"},
        {.path = "/testsuite/b"},   {.path = NULL},
    };
    struct alz_xml_table table;

    NUM(alz_xml_table_init(&table, rows), 0, "a table");
    IS(find(&table, "testcase"), "testcase", "one name");
    IS(find(&table, "x/y/testcase"), "testcase", "at any depth");
    IS(find(&table, "testsuite/testcase"), "testsuite/testcase",
       "the longest path wins");
    IS(find(&table, "testsuite"), "/testsuite", "the root");
    IS(find(&table, "testsuite/testsuite"), "testsuite", "not the root");
    IS(find(&table, "x/testsuite/testsuite/testcase"), "testsuite/testcase",
       "a path that begins anew");
    IS(find(&table, "testcase/b/b/c"), "testcase/b/b/c", "four parts");
    IS(find(&table, "testcase/b/b/b/c"), "b/c", "falls back to two");
    IS(find(&table, "testcase/b/x/c"), "none", "nothing fits");
    IS(find(&table, "testsuite/b"), "/testsuite/b", "below the root");
    IS(find(&table, "x/testsuite/b"), "b", "not below the root");
    IS(find(&table, "other"), "none", "an unknown name");
    OK(table.found[alz_xml_table_next(
           &table, alz_xml_table_next(&table, ALZ_XML_TABLE_TOP, 0),
           alz_xml_table_number(&table, ALZ_STR("testsuite")))] == &rows[3],
       "of equal paths the first stays");
    alz_xml_table_done(&table);
}

static void test_any(void)
{
    static const struct alz_xml_row rows[] = {
        {.path = "*"}, {.path = "a/b"}, {.path = NULL}};
    static const struct alz_xml_row none[] = {{.path = NULL}};
    struct alz_xml_table table;

    NUM(alz_xml_table_init(&table, rows), 0, "a table with *");
    IS(find(&table, "a/b"), "a/b", "* gives way");
    IS(find(&table, "a"), "*", "a part of a path alone is *");
    IS(find(&table, "x/y"), "*", "so is the unknown");
    alz_xml_table_done(&table);
    NUM(alz_xml_table_init(&table, none), 0, "a table without rows");
    IS(find(&table, "a/b"), "none", "finds nothing");
    alz_xml_table_done(&table);
}

int main(void)
{
    test_suffixes();
    test_any();
    return tap_done();
}
