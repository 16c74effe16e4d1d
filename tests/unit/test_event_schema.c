/* test_event_schema.c - lines of the format `events`, and their schema. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "check/schema.h"

#include <allurize/allurize.h>
#include <allurize/read.h>

struct feed {
    struct alz_schema_check *check;
    size_t depth;
};

/* An array ends where a value less deep begins; nothing is deeper. */
static void close_to(struct feed *feed, size_t depth)
{
    for (; feed->depth > depth; feed->depth--)
        alz_schema_check_close(feed->check);
}

static void on_value(void *ctx, const struct alz_json_value *value)
{
    struct feed *feed = ctx;

    close_to(feed, value->depth);
    if (value->depth == 1)
        alz_schema_check_key(feed->check, value->key);
    if (value->type == ALZ_JSON_ARRAY || value->type == ALZ_JSON_OBJECT) {
        alz_schema_check_open(feed->check, value->type);
        feed->depth++;
    } else {
        alz_schema_check_value(feed->check, value->type, value->text);
    }
}

/* Whether a line fits the schema. */
static bool fits(const struct alz_schema *schema, const char *line)
{
    struct feed feed = {alz_schema_check_new(schema, NULL, NULL), 1};
    size_t violations;

    alz_schema_check_open(feed.check, ALZ_JSON_OBJECT);
    alz_json_object_read(alz_str_from(line), on_value, &feed);
    close_to(&feed, 0);
    violations = alz_schema_check_violations(feed.check);
    alz_schema_check_free(feed.check);
    return violations == 0;
}

/* ---- what the converter says to the same lines ------------------------ */

static void on_line(void *ctx, struct alz_str line)
{
    bool *refused = ctx;

    if (alz_str_starts(line, "report "))
        *refused = true;
}

static bool taken(const char *line)
{
    char input[512];
    bool refused = false;
    int len = snprintf(input, sizeof input,
                       "{\"begin\":\"test\",\"ref\":1}\n%s\n", line);

    alz_trace(alz_converter_find("events"), "input",
              (struct alz_str){input, (size_t)len}, 0, 0, NULL, on_line,
              &refused);
    return !refused;
}

/* The test stays open, which is told: so its end is what is added. */
static void same(const struct alz_schema *schema, const char *line, bool good)
{
    char ended[400];

    snprintf(ended, sizeof ended, "%s\n{\"end\":1}", line);
    OK(fits(schema, line) == good, line);
    OK(taken(ended) == good, "the converter is of the same opinion");
}

int main(void)
{
    struct alz_text error = {0};
    struct alz_schema *schema =
        alz_schema_compile(alz_schema_json("event"), &error);

    OK(schema != NULL, "the schema compiles");
    same(schema, "{\"status\":\"failed\",\"ref\":1,\"flags\":[\"flaky\"]}",
         true);
    same(schema, "{\"ref\":\"1\",\"value\":\"a\",\"text\":\"full-name\"}",
         true);
    same(schema, "{\"time\":\"stop\",\"ref\":1,\"ms\":1750000000000}", true);
    same(schema, "{\"add\":\"total\",\"name\":\"tests\",\"value\":\"1\"}",
         true);
    same(schema, "{\"write\":\"base64\",\"ref\":1,\"value\":\"YQ==\"}", true);
    same(schema, "{\"status\":\"green\",\"ref\":1}", false);
    same(schema, "{\"status\":\"failed\",\"ref\":1,\"flags\":[\"red\"]}",
         false);
    same(schema, "{\"status\":\"failed\",\"ref\":1,\"flags\":\"flaky\"}",
         false);
    same(schema, "{\"text\":\"title\",\"ref\":1,\"value\":\"a\"}", false);
    same(schema, "{\"text\":\"name\",\"ref\":1,\"value\":5}", false);
    same(schema, "{\"text\":\"name\",\"ref\":0,\"value\":\"a\"}", false);
    same(schema, "{\"time\":\"start\",\"ref\":1,\"ms\":-1}", false);
    same(schema, "{\"time\":\"start\",\"ref\":1,\"ms\":253402300800000}",
         false);
    same(schema, "{\"time\":\"start\",\"ref\":1,\"ms\":1.5}", false);
    same(schema, "{\"begin\":\"case\",\"ref\":2}", false);
    same(schema, "{\"status\":\"passed\",\"ref\":1,\"colour\":\"red\"}", false);
    alz_schema_free(schema);
    alz_text_done(&error);
    return tap_done();
}
