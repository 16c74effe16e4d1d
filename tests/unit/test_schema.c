/* test_schema.c - compiling schemas, and checking events against them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "base/buf.h"
#include "check/number.h"
#include "check/pattern.h"
#include "check/schema.h"

#include <allurize/allurize.h>
#include <yajl/yajl_parse.h>

/* ---- a parser in front of the check ----------------------------------- */

static int on_null(void *ctx)
{
    alz_schema_check_value(ctx, ALZ_JSON_NULL, ALZ_STR("null"));
    return 1;
}

static int on_boolean(void *ctx, int value)
{
    alz_schema_check_value(ctx, value ? ALZ_JSON_TRUE : ALZ_JSON_FALSE,
                           value ? ALZ_STR("true") : ALZ_STR("false"));
    return 1;
}

static int on_number(void *ctx, const char *text, size_t len)
{
    alz_schema_check_value(ctx, ALZ_JSON_NUMBER, (struct alz_str){text, len});
    return 1;
}

static int on_string(void *ctx, const unsigned char *text, size_t len)
{
    alz_schema_check_value(ctx, ALZ_JSON_STRING,
                           (struct alz_str){(const char *)text, len});
    return 1;
}

static int on_key(void *ctx, const unsigned char *text, size_t len)
{
    alz_schema_check_key(ctx, (struct alz_str){(const char *)text, len});
    return 1;
}

static int on_object(void *ctx)
{
    alz_schema_check_open(ctx, ALZ_JSON_OBJECT);
    return 1;
}

static int on_array(void *ctx)
{
    alz_schema_check_open(ctx, ALZ_JSON_ARRAY);
    return 1;
}

static int on_close(void *ctx)
{
    alz_schema_check_close(ctx);
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_map_key = on_key,
    .yajl_start_map = on_object,
    .yajl_end_map = on_close,
    .yajl_start_array = on_array,
    .yajl_end_array = on_close,
};

static void feed(struct alz_schema_check *check, const char *json)
{
    yajl_handle handle = yajl_alloc(&callbacks, NULL, check);

    yajl_parse(handle, (const unsigned char *)json, strlen(json));
    yajl_complete_parse(handle);
    yajl_free(handle);
}

/* Violations as "rule pointer; rule pointer". */
static void note(void *ctx, const struct alz_violation *violation)
{
    struct alz_text *text = ctx;

    alz_buf_printf(text, "%s%s %.*s", text->len ? "; " : "",
                   violation->rule + strlen("schema/"),
                   (int)violation->pointer.len, violation->pointer.ptr);
}

static void check(const char *schema, const char *json, const char *expected)
{
    struct alz_text error = {0}, found = {0};
    struct alz_schema *compiled =
        alz_schema_compile(alz_str_from(schema), &error);
    struct alz_schema_check *checker;

    if (!compiled) {
        alz_buf_printf(&found, "%.*s", (int)error.len, error.ptr);
    } else {
        checker = alz_schema_check_new(compiled, note, &found);
        feed(checker, json);
        alz_schema_check_free(checker);
    }
    if (!IS(alz_text_str(&found), expected, schema))
        printf("# document: %s\n", json);
    alz_schema_free(compiled);
    alz_text_done(&error);
    alz_text_done(&found);
}

/* ---- keywords --------------------------------------------------------- */

#define ROW(schema, json, violations)                                          \
    {                                                                          \
        schema, json, violations                                               \
    }

static const struct {
    const char *schema, *json, *violations;
} rows[] = {
    ROW("{}", "[{\"a\": null}]", ""),
    ROW("true", "5", ""),
    ROW("false", "5", "type "),
    ROW("{\"type\": \"string\"}", "\"\"", ""),
    ROW("{\"type\": \"string\"}", "5", "type "),
    ROW("{\"type\": \"boolean\"}", "false", ""),
    ROW("{\"type\": \"null\"}", "false", "type "),
    ROW("{\"type\": [\"string\", \"null\"]}", "null", ""),
    ROW("{\"type\": [\"string\", \"null\"]}", "{}", "type "),
    ROW("{\"type\": \"integer\"}", "10", ""),
    ROW("{\"type\": \"integer\"}", "1.5", "type "),
    ROW("{\"type\": \"integer\"}", "2.0", ""),
    ROW("{\"type\": \"integer\"}", "1e3", ""),
    ROW("{\"type\": [\"integer\", \"number\"]}", "1.5", ""),
    ROW("{\"type\": [\"number\", \"integer\"]}", "1.5", ""),
    ROW("{\"enum\": [\"a\", null]}", "\"a\"", ""),
    ROW("{\"enum\": [\"a\", null]}", "null", ""),
    ROW("{\"enum\": [\"a\", null]}", "\"null\"", "enum "),
    ROW("{\"const\": \"1.0\"}", "\"1.0\"", ""),
    ROW("{\"const\": \"1.0\"}", "\"1.1\"", "enum "),
    ROW("{\"const\": true}", "false", "enum "),
    ROW("{\"minimum\": 0}", "-0", ""),
    ROW("{\"minimum\": 0}", "-1", "range "),
    ROW("{\"maximum\": 9007199254740991}", "9007199254740991", ""),
    ROW("{\"maximum\": 9007199254740991}", "9007199254740992", "range "),
    ROW("{\"maximum\": 10}", "1e400", "range "),
    ROW("{\"exclusiveMinimum\": 0}", "0", "range "),
    ROW("{\"exclusiveMinimum\": 0}", "0.1", ""),
    ROW("{\"minimum\": 5}", "\"1\"", ""),
    ROW("{\"minLength\": 2}", "\"\\u00e9\"", "length "),
    ROW("{\"maxLength\": 2}", "\"\\u00e9\\ud83c\\udf89\"", ""),
    ROW("{\"maxLength\": 2}", "\"abc\"", "length "),
    ROW("{\"pattern\": \"b\"}", "\"abc\"", ""),
    ROW("{\"pattern\": \"^b\"}", "\"abc\"", "pattern "),
    ROW("{\"pattern\": \"^[^\\\\u0000-\\\\u001f]*$\"}", "\"a\\nb\"",
        "pattern "),
    ROW("{\"pattern\": \"^a$\"}", "\"a\\n\"", "pattern "),
    ROW("{\"items\": {\"type\": \"string\"}}", "[\"a\", 1, \"b\", 2]",
        "type /1; type /3"),
    ROW("{\"minItems\": 2}", "[1]", "items "),
    ROW("{\"maxItems\": 1}", "[1, [2], 3]", "items "),
    ROW("{\"maxItems\": 2}", "[1, [2, 3, 4]]", ""),
    ROW("{\"properties\": {\"a\": {\"type\": \"string\"}}}", "{\"b\": 1}", ""),
    ROW("{\"properties\": {\"a/b~\": {\"type\": \"string\"}}}", "{\"a/b~\": 1}",
        "type /a~1b~0"),
    ROW("{\"required\": [\"b\", \"a\"]}", "{\"c\": {}}",
        "required ; required "),
    ROW("{\"required\": [\"a\"], \"properties\": {\"a\": true}}",
        "{\"a\": null}", ""),
    ROW("{\"required\": [\"a\"]}", "[]", ""),
    ROW("{\"additionalProperties\": false, \"properties\": {\"a\": true}}",
        "{\"a\": 1, \"b\": {\"c\": 1}, \"a\": 2}", "additional /b"),
    ROW("{\"additionalProperties\": {\"items\": {\"type\": \"null\"}}}",
        "{\"x\": [null, 1], \"y\": [2], \"z\": 3}", "type /x/1; type /y/0"),
    ROW("{\"properties\": {\"a\": {\"required\": [\"b\"]}}}",
        "{\"z\": 1, \"a\": {}}", "required /a"),
    ROW("{\"type\": \"object\", \"required\": [\"a\"]}", "[[1], {}]", "type "),
    ROW("{\"$defs\": {\"n\": {\"properties\": {\"next\": {\"$ref\": "
        "\"#/$defs/n\"}, \"v\": {\"type\": \"string\"}}}}, \"$ref\": "
        "\"#/$defs/n\"}",
        "{}", "#/$defs: not supported by a $ref"),
    ROW("{\"$defs\": {\"n\": {\"properties\": {\"next\": {\"$ref\": "
        "\"#/$defs/n\"}, \"v\": {\"type\": \"string\"}}}}, \"items\": "
        "{\"$ref\": \"#/$defs/n\"}}",
        "[{\"next\": {\"next\": {\"v\": 1}}, \"v\": \"a\"}]",
        "type /0/next/next/v"),
    ROW("{\"items\": {\"$ref\": \"#\"}, \"type\": \"array\"}", "[[[1]]]",
        "type /0/0/0"),
    ROW("{\"$schema\": \"s\", \"$id\": \"i\", \"$comment\": \"c\", \"title\": "
        "\"t\", \"description\": \"d\", \"examples\": [1], \"default\": 1, "
        "\"deprecated\": true, \"format\": \"uri\"}",
        "1", ""),
    /* what is not supported is refused */
    ROW("{\"properties\": {\"a\": {\"not\": {}}}}", "1",
        "#/properties/a/not: keyword not supported"),
    ROW("{\"uniqueItems\": true}", "1", "#/uniqueItems: keyword not supported"),
    ROW("{\"type\": \"text\"}", "1", "#/type: not a type"),
    ROW("{\"enum\": [1]}", "1", "#/enum/0: value of this type not supported"),
    ROW("{\"pattern\": \"(\"}", "1",
        "#/pattern: missing closing parenthesis at offset 1"),
    ROW("{\"minLength\": -1}", "1", "#/minLength: not a count"),
    ROW("{\"minimum\": 1, \"exclusiveMinimum\": 2}", "1",
        "#/exclusiveMinimum: a second minimum"),
    ROW("{\"items\": 5}", "1", "#/items: not a schema"),
    ROW("{\"items\": {\"$ref\": \"#/$defs/none\"}}", "1",
        "#/items/$ref: refers to nothing in here"),
    ROW("{\"items\": {\"$ref\": \"#/items\"}}", "1",
        "#/items: refers to itself"),
    ROW("{\"items\": {\"$ref\": \"other.json\"}}", "1",
        "#/items/$ref: refers to nothing in here"),
    ROW("{\"required\": [1]}", "1", "#/required/0: not a string"),
    ROW("[]", "1", "#: not a schema"),
    ROW("{", "1", "#: not well-formed JSON"),
    ROW("", "1", "#: not well-formed JSON"),
};

/* ---- numbers ---------------------------------------------------------- */

static void test_numbers(void)
{
    static const struct {
        const char *digits;
        double value;
        bool whole;
    } numbers[] = {
        {"0",                        0,                       true },
        {"-0",                       0,                       true },
        {"-17",                      -17,                     true },
        {"1735689600000",            1735689600000.0,         true },
        {"9007199254740993",         9007199254740992.0,      true },
        {"0.5",                      0.5,                     false},
        {"2.50",                     2.5,                     false},
        {"2.500e2",                  250,                     true },
        {"2.505e2",                  250.5,                   false},
        {"1500e-2",                  15,                      true },
        {"1500e-3",                  1.5,                     false},
        {"0e-999999999",             0,                       true },
        {"1e-999999999",             0,                       false},
        {"100000000000000000000",    1e20,                    true },
        {"123456789012345678901",    123456789012345678900.0, true },
        {"0.0000000000000000000000", 0,                       true },
    };

    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        struct alz_number got =
            alz_number_read(alz_str_from(numbers[i].digits));
        double off = got.value - numbers[i].value;
        double near = numbers[i].value * 1e-15;

        OK(off * off <= near * near, numbers[i].digits);
        OK(got.whole == numbers[i].whole, "whole or not");
    }
    OK(alz_number_read(ALZ_STR("1e400")).value > 1e300, "1e400 is large");
}

/* ---- Java's regexes --------------------------------------------------- */

static void test_java(void)
{
    static const struct {
        const char *regex;
        bool good;
    } regexes[] = {
        {"",                       true },
        {"(?s).*timed out.*",      true },
        {".*\\p{Alpha}+.*",        true },
        {".*\\p{javaLowerCase}.*", true },
        {"(?<name>a)\\k<name>",    true },
        {"a{2}b{2,}c{2,3}",        true },
        {"[{}]",                   true },
        {"\\{",                    true },
        {"\\Q{(\\E",               true },
        {"}",                      true },
        {"(?<=a|bc)d",             true },
        {"(",                      false},
        {")",                      false},
        {"[a",                     false},
        {"*a",                     false},
        {"a{,3}",                  false},
        {"{\"a\"",                 false},
        {"\\Qx\\E{",               false},
        {"a\\",                    false},
    };
    struct alz_text error = {0};

    for (size_t i = 0; i < sizeof(regexes) / sizeof(*regexes); i++)
        OK(alz_java_regex_ok(alz_str_from(regexes[i].regex), &error) ==
               regexes[i].good,
           regexes[i].regex);
    alz_text_done(&error);
}

/* ---- the rest --------------------------------------------------------- */

static void test_texts(void)
{
    static const char *const texts[] = {"result",     "container", "globals",
                                        "categories", "executor",  "testplan",
                                        "event"};
    struct alz_text error = {0};

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        const struct alz_schema_text *text = alz_schema_text_find(texts[i]);
        struct alz_schema *schema =
            text ? alz_schema_compile(text->json, &error) : NULL;

        OK(schema != NULL, texts[i]);
        IS(alz_text_str(&error), "", "compiles");
        OK(alz_schema_json(texts[i]).len > 500, "has a text");
        OK(alz_schema_name(i) != NULL, "has a name");
        alz_schema_free(schema);
    }
    OK(!alz_schema_name(7), "there are seven");
    OK(!alz_schema_text_find("none"), "unknown name");
    OK(!alz_schema_text_find(NULL), "no name");
    OK(!alz_schema_json("none").ptr, "unknown name has no text");
    alz_text_done(&error);
}

static void test_depth(void)
{
    struct alz_text error = {0}, found = {0};
    struct alz_schema *schema =
        alz_schema_compile(ALZ_STR("{\"items\": {\"$ref\": \"#\"}}"), &error);
    struct alz_schema_check *checker = alz_schema_check_new(schema, NULL, NULL);

    for (int i = 0; i < ALZ_SCHEMA_DEPTH_MAX; i++)
        alz_schema_check_open(checker, ALZ_JSON_ARRAY);
    NUM(alz_schema_check_violations(checker), 0, "1000 levels are allowed");
    for (int i = 0; i < 500; i++)
        alz_schema_check_open(checker, ALZ_JSON_ARRAY);
    NUM(alz_schema_check_violations(checker), 1, "more are one violation");
    for (int i = 0; i < 2000; i++)
        alz_schema_check_close(checker);
    NUM(alz_schema_check_violations(checker), 1, "closing too often is safe");
    alz_schema_check_reset(checker);
    NUM(alz_schema_check_violations(checker), 0, "reset forgets");
    alz_schema_check_free(checker);
    alz_schema_free(schema);
    alz_text_done(&error);
    alz_text_done(&found);
}

static void test_words(void)
{
    struct alz_text error = {0};
    struct alz_schema *schema =
        alz_schema_compile(alz_schema_json("result"), &error);
    struct alz_schema_check *checker = alz_schema_check_new(schema, NULL, NULL);

    feed(checker, "{\"uuid\": \"x\", \"name\": \"\", \"status\": 5}");
    NUM(alz_schema_check_violations(checker), 3, "counts without a receiver");
    alz_schema_check_reset(checker);
    alz_schema_check_key(checker, ALZ_STR("name"));
    alz_schema_check_close(checker);
    NUM(alz_schema_check_violations(checker), 0, "a key of nothing is safe");
    alz_schema_check_open(checker, ALZ_JSON_OBJECT);
    alz_schema_check_value(checker, ALZ_JSON_NULL, ALZ_STR("null"));
    alz_schema_check_open(checker, ALZ_JSON_ARRAY);
    NUM(alz_schema_check_violations(checker), 0, "values without a key too");
    alz_schema_check_free(checker);
    alz_schema_check_free(NULL);
    alz_schema_free(schema);
    alz_schema_free(NULL);
    alz_text_done(&error);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        check(rows[i].schema, rows[i].json, rows[i].violations);
    test_numbers();
    test_java();
    test_texts();
    test_depth();
    test_words();
    return tap_done();
}
