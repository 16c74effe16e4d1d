/* test_json_limits.c - depth, long strings, tables and ends of JSON inputs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_log.h"
#include "read/json_lexer.h"

#include <errno.h>

/* ---- depth ------------------------------------------------------------ */

/* Values of `depth` arrays, one in the other. */
static struct alz_str nested(struct alz_text *text, size_t depth)
{
    size_t i;

    alz_text_clear(text);
    for (i = 0; i < depth; i++)
        alz_text_add(text, ALZ_STR("["));
    for (i = 0; i < depth; i++)
        alz_text_add(text, ALZ_STR("]"));
    return alz_text_str(text);
}

static void test_depth(void)
{
    static const struct alz_json_row rows[] = {
        {NULL, NULL, NULL, NULL}
    };
    const struct setup setup = {.rows = rows};
    struct alz_text text = {.max = 4000000};

    same_with(nested(&text, 1000), &setup, " complete", "1000 levels");
    same_with(nested(&text, 1001), &setup, "<json/depth 4 1:1001> damaged",
              "1001 levels");
    nested(&text, 1000000);
    {
        struct alz_bytes_memory bytes;

        alz_bytes_memory_init(&bytes, alz_text_str(&text), 0);
        IS(run(&bytes.base, &setup, NULL), "<json/depth 4 1:1001> damaged",
           "a million levels");
    }
    alz_text_done(&text);
}

/* ---- long strings ----------------------------------------------------- */

/* head, then unit again and again up to total bytes, then tail. */
struct flood {
    struct alz_bytes base;
    const char *head, *unit, *tail;
    size_t total, at;
};

static ssize_t flood_read(struct alz_bytes *base, char *to, size_t cap)
{
    struct flood *flood = (struct flood *)base;
    size_t head = strlen(flood->head), tail = strlen(flood->tail);
    size_t unit = strlen(flood->unit), n = 0;

    for (; n < cap && flood->at < head + flood->total + tail; flood->at++) {
        if (flood->at < head)
            to[n++] = flood->head[flood->at];
        else if (flood->at < head + flood->total)
            to[n++] = flood->unit[(flood->at - head) % unit];
        else
            to[n++] = flood->tail[flood->at - head - flood->total];
    }
    return (ssize_t)n;
}

static void long_string(const char *unit, size_t total, const char *want,
                        size_t kept, const char *what)
{
    const struct setup setup = {0};
    struct flood flood = {
        {flood_read, NULL},
        "[1,\"", unit, "\",2]", total, 0
    };
    size_t longest = 0;

    IS(run(&flood.base, &setup, &longest), want, what);
    NUM(longest, kept, "bytes kept");
}

static void test_long(void)
{
    static const char as[] = "[#1;$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;"
                             "#2;} complete";
    static const char cut[] =
        "[#1;<json/string 4 1:4>$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;"
        "#2;} damaged";
    const size_t max = ALZ_JSON_STRING_MAX;

    long_string("a", 1000000, as, 1000000, "a megabyte");
    long_string("a", max, as, max, "the longest string");
    long_string("a", max + 1, cut, max, "a byte more is cut");
    long_string("\\u0061", 6 * (max / 6) + 6, cut, max / 6,
                "never inside an escape");
}

/* ---- the table -------------------------------------------------------- */

static void note(void *ctx, const char *mark)
{
    alz_buf_printf(((struct state *)ctx)->log, "%s ", mark);
}

#define MARK(name, text)                                                       \
    static void name(void *ctx, struct alz_out *out,                           \
                     const struct alz_json_value *value)                       \
    {                                                                          \
        (void)out;                                                             \
        (void)value;                                                           \
        note(ctx, text);                                                       \
    }

MARK(mark_root, "root")
MARK(mark_name, "name")
MARK(mark_suite_name, "suite-name")
MARK(mark_top_name, "top-name")
MARK(mark_any, "any")
MARK(mark_suite_any, "suite-any")
MARK(mark_element, "element")
MARK(mark_late, "late")

static const struct alz_json_row matching[] = {
    {"*",              NULL,      mark_any,        NULL},
    {"name",           NULL,      mark_name,       NULL},
    {"name",           NULL,      mark_late,       NULL},
    {"suites/[]/*",    NULL,      mark_suite_any,  NULL},
    {"suites/[]/name", NULL,      mark_suite_name, NULL},
    {"/name",          NULL,      mark_top_name,   NULL},
    {"*/*/name",       NULL,      mark_late,       NULL},
    {"list/[]",        NULL,      mark_element,    NULL},
    {"",               mark_root, mark_root,       NULL},
    {NULL,             NULL,      NULL,            NULL},
};

static void test_table(void)
{
    const struct setup setup = {.rows = matching};

    same_with(ALZ_STR("{\"name\":1,\"x\":{\"name\":2},"
                      "\"suites\":[{\"name\":3,\"y\":4,\"z\":{\"name\":5}}]}"),
              &setup, "root top-name name suite-name suite-any name  complete",
              "the longest path wins, then the anchored, then the named");
    same_with(ALZ_STR("{\"a\":{\"b\":{\"name\":1}}}"), &setup,
              "root late  complete", "any keys in between");
    same_with(ALZ_STR("{\"list\":[1,[2],{\"[]\":3}],\"other\":[4]}"), &setup,
              "root element any  complete",
              "an element is no key, and a key no element");
    same_with(ALZ_STR("7"), &setup, "root  complete", "the empty path");
    same_with(ALZ_STR("{\"\":1,\"nam\":2,\"names\":3}"), &setup,
              "root any any any  complete", "a name is matched whole");
}

/* ---- live, interrupted, unreadable ------------------------------------ */

struct act {
    const char *data; /* NULL with error 0: silence */
    int error;
};

struct script {
    struct alz_bytes base;
    const struct act *act;
};

static ssize_t script_read(struct alz_bytes *base, char *to, size_t cap)
{
    struct script *script = (struct script *)base;
    const struct act *act;
    size_t len;

    while (script->act->data == NULL && script->act->error == 0)
        script->act++;
    act = script->act;
    if (act->error != 0) {
        errno = act->error;
        return -1;
    }
    len = strlen(act->data) < cap ? strlen(act->data) : cap;
    memcpy(to, act->data, len);
    script->act += len > 0;
    return (ssize_t)len;
}

static void test_endings(void)
{
    static const struct act broken[] = {
        {"{\"a\":1,\"b\"", 0  },
        {NULL,             EIO}
    };
    static const struct act dead[] = {
        {NULL, EISDIR}
    };
    static const struct act half[] = {
        {"[1,[2", 0},
        {"",      0}
    };
    static const struct act none[] = {
        {"", 0}
    };
    const bool yes = true;
    const struct setup plain = {0};
    const struct setup stopped = {.interrupted = &yes};
    const struct setup live = {.live = true};
    struct script script = {
        {script_read, NULL},
        broken
    };

    IS(run(&script.base, &plain, NULL),
       "{a=#1;<bytes/read 4 1:8 Input/output error> damaged",
       "a read error keeps what was read");
    script.act = dead;
    IS(run(&script.base, &plain, NULL),
       "<bytes/read 3 0:0 Is a directory> damaged", "nothing could be read");
    script.act = half;
    IS(run(&script.base, &stopped, NULL), "[#1;[ interrupted",
       "stopped by the user: no damage");
    script.act = none;
    IS(run(&script.base, &live, NULL), " complete", "an empty pipe is fine");
}

int main(void)
{
    test_depth();
    test_long();
    test_table();
    test_endings();
    return tap_done();
}
