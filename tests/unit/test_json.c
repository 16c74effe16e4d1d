/* test_json.c - documents are well-formed, checked and reused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/json.h"

#include "tap.h"

static struct alz_json *json;
static struct alz_text error;

static struct alz_schema *compile(const char *text)
{
    struct alz_schema *ret = alz_schema_compile(alz_str_from(text), &error);

    if (!ret)
        printf("# %.*s\n", (int)error.len, error.ptr);
    alz_text_clear(&error);
    return ret;
}

/* Ends the document; what it says, or {NULL, 0} with the reason in error. */
static struct alz_str end(void)
{
    alz_text_clear(&error);
    return alz_json_end(json, &error);
}

static void every_event(void)
{
    alz_json_object(json);
    alz_json_text(json, "text", ALZ_STR("a"));
    alz_json_text(json, "never said", (struct alz_str){NULL, 0});
    alz_json_text(json, "empty", ALZ_STR(""));
    alz_json_key(json, "yes");
    alz_json_bool(json, true);
    alz_json_key(json, "no");
    alz_json_bool(json, false);
    alz_json_key(json, "numbers");
    alz_json_array(json);
    alz_json_integer(json, 0);
    alz_json_integer(json, -7);
    alz_json_integer(json, INT64_MAX);
    alz_json_integer(json, INT64_MIN);
    alz_json_close(json);
    alz_json_key(json, "nothing");
    alz_json_object(json);
    alz_json_close(json);
    alz_json_close(json);
}

static void test_bytes(void)
{
    static const char want[] =
        "{\"text\":\"a\",\"empty\":\"\",\"yes\":true,\"no\":false,"
        "\"numbers\":[0,-7,9223372036854775807,-9223372036854775808],"
        "\"nothing\":{}}";

    every_event();
    IS(end(), want, "every event, compact");
    alz_json_begin(json);
    every_event();
    IS(end(), want, "the next document starts afresh");
}

static void test_escapes(void)
{
    alz_json_begin(json);
    alz_json_array(json);
    alz_json_string(json, ALZ_STR("\"\\/\b\f\n\r\t"));
    alz_json_string(json, ALZ_STR("\0\x01\x1b\x1f\x7f"));
    alz_json_string(json, ALZ_STR("\xd1\x8f\xe2\x82\xac\xf0\x9f\x98\x80"));
    alz_json_close(json);
    IS(end(),
       "[\"\\\"\\\\/\\b\\f\\n\\r\\t\",\"\\u0000\\u0001\\u001B\\u001F\x7f\","
       "\"\xd1\x8f\xe2\x82\xac\xf0\x9f\x98\x80\"]",
       "control characters are escaped, the rest stays UTF-8");
}

static void arrays(size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        alz_json_array(json);
    for (size_t i = 0; i < depth; i++)
        alz_json_close(json);
}

static void test_depth(void)
{
    alz_json_begin(json);
    arrays(127);
    NUM(end().len, 254, "127 levels can be written");
    alz_json_begin(json);
    arrays(128);
    OK(!end().ptr, "128 levels are refused");
    IS(alz_text_str(&error), "the document is nested too deep", "and why");
    alz_json_begin(json);
    arrays(100000);
    OK(!end().ptr, "so are 100,000");
    alz_json_begin(json);
    every_event();
    OK(end().ptr, "the writer is as good as new behind that");
}

static void key(void)
{
    alz_json_key(json, "a");
}

static void value(void)
{
    alz_json_string(json, ALZ_STR("a"));
}

static void object(void)
{
    alz_json_object(json);
}

static void array(void)
{
    alz_json_array(json);
}

static void done(void)
{
    alz_json_close(json);
}

static const struct {
    const char *title;
    void (*events[5])(void);
    const char *reason;
} bad[] = {
    {"no event",                {NULL},                     "not complete"   },
    {"an open object",          {object},                   "not complete"   },
    {"a value without a key",   {object, value, done},      "not well-formed"},
    {"an object without a key", {object, object, done},     "not well-formed"},
    {"a key without a value",   {object, key, done},        "not well-formed"},
    {"two keys",                {object, key, key, value},  "not well-formed"},
    {"a key in an array",       {array, key, value, done},  "not well-formed"},
    {"a key at the top",        {key, value},               "not well-formed"},
    {"a close too many",        {array, done, done},        "not well-formed"},
    {"two documents",           {array, done, array, done}, "not well-formed"},
    {"close alone",             {done},                     "not well-formed"},
};

static void test_malformed(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        alz_json_begin(json);
        for (size_t j = 0; j < 5 && bad[i].events[j]; j++)
            bad[i].events[j]();
        OK(!end().ptr && alz_str_ends(alz_text_str(&error), bad[i].reason),
           bad[i].title);
    }
}

static void test_size(void)
{
    static char text[1 << 20];

    memset(text, '\n', sizeof text);
    alz_json_begin(json);
    alz_json_array(json);
    for (int i = 0; i < 31; i++)
        alz_json_string(json, (struct alz_str){text, sizeof text});
    alz_json_close(json);
    NUM(end().len, 31 * (2 * sizeof text + 3) + 1, "62 MiB can be written");
    alz_json_begin(json);
    alz_json_array(json);
    for (int i = 0; i < 32; i++)
        alz_json_string(json, (struct alz_str){text, sizeof text});
    alz_json_close(json);
    OK(!end().ptr, "64 MiB are refused");
    OK(alz_str_find(alz_text_str(&error), "too large") != SIZE_MAX, "and why");
    alz_json_begin(json);
    every_event();
    OK(end().ptr, "the writer is as good as new behind that");
}

static void test_schema(void)
{
    struct alz_schema *schema =
        compile("{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{"
                "\"name\":{\"type\":\"string\"},"
                "\"steps\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
                "\"properties\":{\"name\":{\"type\":\"string\"}}}}}}");
    struct alz_json *any = json;

    json = alz_json_new(schema);
    OK(json, "a writer for a schema");
    alz_json_object(json);
    alz_json_text(json, "name", ALZ_STR("a"));
    alz_json_close(json);
    IS(end(), "{\"name\":\"a\"}", "what the schema allows is written");

    alz_json_begin(json);
    alz_json_object(json);
    alz_json_close(json);
    OK(!end().ptr, "what the schema forbids is not");
    OK(alz_str_starts(alz_text_str(&error), "document: "),
       "the reason names the whole document");

    alz_json_begin(json);
    alz_json_object(json);
    alz_json_text(json, "name", ALZ_STR("a"));
    alz_json_key(json, "steps");
    alz_json_array(json);
    for (int i = 0; i < 3; i++) {
        alz_json_object(json);
        alz_json_key(json, "name");
        alz_json_integer(json, i);
        alz_json_close(json);
    }
    alz_json_close(json);
    alz_json_close(json);
    OK(!end().ptr, "three violations");
    OK(alz_str_starts(alz_text_str(&error), "/steps/0/name: ") &&
           alz_str_find(alz_text_str(&error), "/steps/1") == SIZE_MAX,
       "the first one is the reason");

    alz_json_begin(json);
    alz_json_object(json);
    alz_json_text(json, "name", ALZ_STR("a"));
    alz_json_close(json);
    OK(end().ptr && error.len == 0,
       "a violation does not outlive its document");
    alz_json_free(json);
    alz_schema_free(schema);
    json = any;
}

int main(void)
{
    struct alz_schema *any = compile("{}");

    json = any ? alz_json_new(any) : NULL;
    if (OK(json, "a writer")) {
        test_bytes();
        test_escapes();
        test_depth();
        test_malformed();
        test_size();
        test_schema();
    }
    alz_json_free(json);
    alz_json_free(NULL);
    alz_schema_free(any);
    alz_text_done(&error);
    return tap_done();
}
