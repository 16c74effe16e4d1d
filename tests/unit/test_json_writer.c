/* test_json_writer.c - the JSON we write: escapes, structure, sharing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "emit/json.h"
#include "tap.h"

static struct alz_schema *schema;
static struct alz_json *json;
static struct alz_text why;

static void begin(const char *text)
{
    alz_json_free(json);
    alz_schema_free(schema);
    alz_text_clear(&why);
    schema = alz_schema_compile(alz_str_from(text), &why);
    json = alz_json_new(schema);
}

static void ends_as(const char *want, const char *title)
{
    alz_text_clear(&why);
    IS(alz_json_end(json, &why), want, title);
}

static void ends_with(const char *reason, const char *title)
{
    alz_text_clear(&why);
    OK(alz_json_end(json, &why).ptr == NULL, title);
    IS(alz_text_str(&why), reason, title);
}

/* ---- strings ---------------------------------------------------------- */

/* One byte at a time, as RFC 8259 says. */
static void escape(struct alz_text *ret, struct alz_str text)
{
    static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

    alz_buf_putc(ret, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        const char *found =
            byte ? strchr(shorts, text.ptr[i]) : NULL; /* not the NUL */

        if (found)
            alz_buf_printf(ret, "\\%c", letters[found - shorts]);
        else if (byte < 0x20)
            alz_buf_printf(ret, "\\u%04X", byte);
        else
            alz_buf_putc(ret, text.ptr[i]);
    }
    alz_buf_putc(ret, '"');
}

static bool writes(struct alz_str text)
{
    struct alz_text want = {0};
    bool good;

    alz_json_begin(json);
    alz_json_string(json, text);
    escape(&want, text);
    good = alz_str_equal(alz_json_end(json, &why), alz_text_str(&want));
    alz_text_done(&want);
    return good;
}

static void test_strings(void)
{
    char text[36];
    bool good = true;

    begin("{}");
    for (size_t len = 0; len <= sizeof(text); len++) {
        memset(text, 'x', sizeof(text));
        good &= writes((struct alz_str){text, len});
        for (size_t at = 0; at < len; at++) {
            for (int byte = 0; byte < 0x80; byte++) {
                text[at] = (char)byte;
                good &= writes((struct alz_str){text, len});
            }
            text[at] = 'x';
        }
    }
    OK(good, "every byte of ASCII in every place of short strings");
    memset(text, '\n', sizeof(text));
    OK(writes((struct alz_str){text, sizeof(text)}), "nothing but escapes");
    OK(writes(ALZ_STR("\xd0\xb4\xf0\x9f\x98\x80\x7f/<>&\xe2\x80\xa8")),
       "what is beyond ASCII stays");
    OK(writes((struct alz_str){NULL, 0}), "nothing");
}

static void test_long(void)
{
    struct alz_text text = {.max = 1 << 20};

    begin("{}");
    while (text.len < 1 << 19)
        alz_text_add(&text, ALZ_STR("line of a trace \"quoted\"\n\tat \\x"));
    OK(writes(alz_text_str(&text)), "half a megabyte");
    OK(writes(ALZ_STR("short")), "and a short one behind it");
    alz_text_done(&text);
}

/* ---- structure -------------------------------------------------------- */

static void test_values(void)
{
    begin("{}");
    alz_json_object(json);
    alz_json_key(json, "least");
    alz_json_integer(json, INT64_MIN);
    alz_json_key(json, "most");
    alz_json_integer(json, INT64_MAX);
    alz_json_key(json, "none");
    alz_json_integer(json, 0);
    alz_json_key(json, "list");
    alz_json_array(json);
    alz_json_bool(json, true);
    alz_json_bool(json, false);
    alz_json_object(json);
    alz_json_close(json);
    alz_json_array(json);
    alz_json_close(json);
    alz_json_close(json);
    alz_json_text(json, "unsaid", (struct alz_str){NULL, 0});
    alz_json_text(json, "said", ALZ_STR(""));
    alz_json_close(json);
    ends_as("{\"least\":-9223372036854775808,\"most\":9223372036854775807,"
            "\"none\":0,\"list\":[true,false,{},[]],\"said\":\"\"}",
            "all kinds of values, commas between them");
}

static void test_malformed(void)
{
    static const char reason[] = "the document is not well-formed";

    begin("{}");
    alz_json_object(json);
    alz_json_string(json, ALZ_STR("x"));
    ends_with(reason, "a value without a key");
    alz_json_begin(json);
    alz_json_key(json, "x");
    ends_with(reason, "a key outside of an object");
    alz_json_begin(json);
    alz_json_array(json);
    alz_json_close(json);
    alz_json_array(json);
    ends_with(reason, "two values");
    alz_json_begin(json);
    alz_json_object(json);
    alz_json_key(json, "x");
    alz_json_close(json);
    ends_with(reason, "a key without a value");
    alz_json_begin(json);
    alz_json_array(json);
    ends_with("the document is not complete", "an open bracket");
    alz_json_begin(json);
    ends_with("the document is not complete", "no document");
    alz_json_begin(json);
    for (int i = 0; i < 128; i++)
        alz_json_array(json);
    ends_with("the document is nested too deep", "128 brackets");
    alz_json_begin(json);
    alz_json_bool(json, true);
    ends_as("true", "the next document is not troubled");
}

static void test_violation(void)
{
    begin("{\"items\": {\"type\": \"string\"}}");
    alz_json_array(json);
    alz_json_string(json, ALZ_STR("x"));
    OK(alz_json_good(json), "good so far");
    alz_json_integer(json, 1);
    OK(!alz_json_good(json), "not any more");
    alz_json_close(json);
    ends_with("/1: a number where the schema wants a string",
              "what breaks the schema is not written");
}

/* ---- elements again --------------------------------------------------- */

static void test_again(void)
{
    struct alz_text kept = {0};

    begin("{\"items\": {\"type\": \"string\"}, \"maxItems\": 4}");
    alz_json_array(json);
    alz_json_string(json, ALZ_STR("first"));
    size_t start = alz_json_written(json);
    alz_json_string(json, ALZ_STR("a,\"b"));
    alz_json_string(json, ALZ_STR("c"));
    alz_text_add(&kept, alz_json_since(json, start));
    alz_json_close(json);
    ends_as("[\"first\",\"a,\\\"b\",\"c\"]", "a document");
    IS(alz_text_str(&kept), "\"a,\\\"b\",\"c\"", "two of its elements");
    alz_json_begin(json);
    alz_json_array(json);
    alz_json_again(json, ALZ_STR(""), 0);
    alz_json_again(json, alz_text_str(&kept), 2);
    alz_json_string(json, ALZ_STR("d"));
    alz_json_close(json);
    ends_as("[\"a,\\\"b\",\"c\",\"d\"]", "the next one begins with them");
    alz_json_begin(json);
    alz_json_array(json);
    alz_json_string(json, ALZ_STR("d"));
    alz_json_again(json, alz_text_str(&kept), 2);
    alz_json_again(json, alz_text_str(&kept), 2);
    alz_json_close(json);
    ends_with("document: more elements than 4", "they are counted");
    alz_text_done(&kept);
}

int main(void)
{
    test_strings();
    test_long();
    test_values();
    test_malformed();
    test_violation();
    test_again();
    alz_json_free(json);
    alz_schema_free(schema);
    alz_text_done(&why);
    return tap_done();
}
