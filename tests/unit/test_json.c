/* test_json.c - JSON text, whole and damaged, as a table sees it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "json_log.h"

/* ---- plain JSON ------------------------------------------------------- */

static void test_values(void)
{
    const struct setup places = {.places = true};

    same("{\"a\": [1, -2.5e+3, true, false, null, \"x\"], \"b\": {}}",
         "{a[#1;#-2.5e+3;t;f;n;$x;}b{}} complete", "every type");
    same("[]", "[} complete", "an empty array");
    same("  \r\n\t\"x\" ", "$x; complete", "a string alone");
    same("12", "#12; complete", "a number that ends with the input");
    same("true", "t; complete", "a word that ends with the input");
    same("{\"a\":1,\"a\":2}", "{a=#1;a=#2;} complete", "duplicate keys");
    same("[9223372036854775808, 1e400]",
         "[#9223372036854775808;#1e400;}"
         " complete",
         "numbers of any size");
    same("{\"a\":{\"b\":[[\"x\"],{\"c\":1}]}}", "{a{b[[$x;}{c=#1;}}}} complete",
         "nesting");
    same_with(ALZ_STR("{\"a\" :\n [1,\n  \"x\"],\n\"b\":2 }"), &places,
              "{@1:1 a[@2:2 #1;@2:3 $x;@3:3 }@3:6 b=#2;@4:5 }@4:7  complete",
              "every call knows its place");
}

static void test_strings(void)
{
    same("[\"\\\"\\\\\\/\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"]",
         "[$\"\\/A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80;} complete", "escapes");
    same("[\"{[,:]}\",\"\\\\\",\"\"]", "[${[,:]};$\\;$;} complete",
         "what only looks like structure");
    same("{\"\\u006b\":1}", "{k=#1;} complete", "an escape in a key");
    same("[\"a\xFF\"]", "[$a\xEF\xBF\xBD;} complete", "no UTF-8");
    same("[\"\\udc00x\"]", "[$\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDx;} complete",
         "a low surrogate alone");
    same("[\"\\ud83dx\"]", "[$?x;} complete", "a high surrogate alone");
    same("{\"k\xED\xA0\x80\":1}",
         "{k\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD=#1;} complete",
         "a surrogate in a key");
}

static void test_nul(void)
{
    const struct setup setup = {0};
    struct alz_bytes_memory bytes;

    alz_bytes_memory_init(&bytes, ALZ_STR("[\"a\\u0000b\"]"), 0);
    OK(alz_str_equal(run(&bytes.base, &setup, NULL),
                     ALZ_STR("[$a\0b;} complete")),
       "an escaped NUL is a byte");
    alz_bytes_memory_init(&bytes, ALZ_STR("[\"a\0b\"]\0\n"), 0);
    OK(alz_str_equal(run(&bytes.base, &setup, NULL),
                     ALZ_STR("[<json/control-character 1:4>$a\0b;}"
                             "<json/trailing 4 1:8> damaged")),
       "a raw one too, but not between values");
}

static void test_encodings(void)
{
    const struct setup setup = {0};

    same_with(ALZ_STR("\xEF\xBB\xBF[1]"), &setup, "[#1;} complete",
              "UTF-8 BOM");
    same_with(ALZ_STR("\xFF\xFE[\0\"\0\xE9\0\"\0]\0"), &setup,
              "[$\xC3\xA9;} complete", "UTF-16");
    same_with(ALZ_STR("\0\0\0[\0\0\0001\0\0\0]"), &setup, "[#1;} complete",
              "UTF-32 without a BOM");
}

/* ---- repairs ---------------------------------------------------------- */

static void test_repairs(void)
{
    same("[{\"a\":1}\n {\"b\":2}\n {}]",
         "[{a=#1;}<json/missing-comma 2:2>{b=#2;}{}} complete",
         "the comma googletest forgets, one warning");
    same("{\"a\":\"x\" \"b\":\"y\"}",
         "{a=$x;<json/missing-comma 1:10>b=$y;} complete",
         "a comma missing between members");
    same("{\"a\":[1]\"b\":2}", "{a[#1;}<json/missing-comma 1:9>b=#2;} complete",
         "and after a bracket");
    same("[\"a\"\"b\"]", "[$a;<json/missing-comma 1:5>$b;} complete",
         "and between strings");
    same("[1,2,]", "[#1;#2;<json/extra-comma 1:6>} complete",
         "a comma too many in an array");
    same("{\"a\":1 , }", "{a=#1;<json/extra-comma 1:10>} complete",
         "a comma too many in an object");
    same("[\"a\tb\nc\",\"\x01\"]\n[",
         "[<json/control-character 1:4>$a\tb\nc;$\x01;}[<json/truncated 4 3:1>"
         " damaged",
         "control characters, one warning, and lines still count");
    same("[\"\\x41\\\n\"]",
         "[<json/escape 1:3><json/control-character 1:8>$\\x41\\\n;} complete",
         "backslashes that escape nothing");
    same("[NaN,Infinity,-Infinity,nan,-inf,1]",
         "[<json/not-a-number 1:2>n;n;n;n;n;#1;} complete", "no numbers");
}

/* ---- damage ----------------------------------------------------------- */

static void test_malformed(void)
{
    same("hello world", "<json/malformed 3 1:1> damaged", "a text");
    same("<xml/>", "<json/malformed 3 1:1> damaged", "XML");
    same("}", "<json/malformed 3 1:1> damaged", "a bracket too many");
    same("", "<json/empty 3 1:1> damaged", "nothing");
    same(" \n ", "<json/empty 3 1:1> damaged", "blanks");
    same("[1,,2]", "[#1;<json/malformed 4 1:4> damaged", "two commas");
    same("[,1]", "[<json/malformed 4 1:2> damaged", "a comma first");
    same("[1 2]", "[#1;<json/malformed 4 1:4> damaged",
         "numbers without a comma");
    same("{\"a\" 1}", "{<json/malformed 4 1:6> damaged", "no colon");
    same("{\"a\":}", "{<json/malformed 4 1:6> damaged", "no value");
    same("{1:2}", "{<json/malformed 4 1:2> damaged", "a number as a key");
    same("{\"a\":1]", "{a=#1;<json/malformed 4 1:7> damaged",
         "the other bracket");
    same("[\n 01]", "[<json/malformed 4 2:2> damaged", "a leading zero");
    same("1\n00\n2", "#1;<json/trailing 4 2:1> damaged", "twice a zero");
    same("[12-3]", "[<json/malformed 4 1:2> damaged", "two numbers in one");
    same("[1.,.5]", "[<json/malformed 4 1:2> damaged", "no fraction");
    same("[-]", "[<json/malformed 4 1:2> damaged", "only a sign");
    same("[1e]", "[<json/malformed 4 1:2> damaged", "no exponent");
    same("[tru]", "[<json/malformed 4 1:2> damaged", "no word of JSON");
    same("[1,\n  'a']", "[#1;<json/malformed 4 2:3> damaged", "single quotes");
    same("[1,/* x */2]", "[#1;<json/malformed 4 1:4> damaged", "a comment");
    same("[\"\\u12G4\"]", "[<json/malformed 4 1:2> damaged", "bad hex digits");
}

static void test_truncated(void)
{
    static const char text[] = "[{\"a\":1},\n{\"b\":[\"x\\u00e9\",true]}]";
    const struct setup setup = {0};
    struct alz_bytes_memory bytes;
    struct alz_str got;
    size_t len;
    bool good = true;

    same("[{\"a\":1},\n {\"b\":2, \"c\":[3,",
         "[{a=#1;}{b=#2;c[#3;<json/truncated 4 2:14> damaged",
         "the innermost open one is named, what ended has ended");
    same("{\"a\":\"x", "{<json/truncated 4 1:1> damaged", "inside a string");
    same("{\"a\":12", "{<json/truncated 4 1:1> damaged",
         "a number that may go on");
    same("{} \"x", "{}<json/truncated 4 1:4> damaged",
         "in a second value that is a string");
    same("\"\\", "<json/truncated 4 1:1> damaged", "inside an escape");
    for (len = 1; len + 1 < sizeof text; len++) {
        alz_bytes_memory_init(&bytes, (struct alz_str){text, len}, 5);
        got = run(&bytes.base, &setup, NULL);
        good = good && alz_str_find(got, "<json/truncated 4") != SIZE_MAX;
        good = good && alz_str_find(got, "malformed") == SIZE_MAX;
        good = good && alz_str_starts(got, len > 7 ? "[{a=#1;}" : "[") &&
               alz_str_ends(got, " damaged");
    }
    OK(good, "cut at every byte");
}

static void test_several(void)
{
    same("{\"a\":1}\n{\"a\":2}\n[3]\n4 \"5\"\n",
         "{a=#1;}{a=#2;}[#3;}#4;$5; complete", "JSON lines");
    same("{}{}", "{}{} complete", "one right behind the other");
    same("{}\nsome text 12\n\n{\"a\":1}\nmore }{ \"text\n{\"b\":2}",
         "{}<json/trailing 4 2:1>{a=#1;}{b=#2;} damaged",
         "text between JSON lines, one error");
    same("{}\n# {\n", "{}<json/trailing 4 2:1> damaged", "text behind");
    same("{} x", "{}<json/trailing 4 1:4> damaged", "in the same line");
    same("> run\nerr: {\n{\"a\":1}", "<json/leading 1:1>{a=#1;} complete",
         "lines before");
    same(" log\n\n[1]\n", "<json/leading 1:2>[#1;} complete",
         "lines before an array");
    same("log\nlog {}\n", "<json/malformed 3 1:1> damaged", "only lines");
    same("{},{}", "{}<json/trailing 4 1:3> damaged", "a comma between values");
    same("[1]]", "[#1;}<json/trailing 4 1:4> damaged", "a bracket too many");
    same("{}\n-----\n{}", "{}<json/trailing 4 2:1>{} damaged", "a ruler");
}

int main(void)
{
    test_values();
    test_strings();
    test_nul();
    test_encodings();
    test_repairs();
    test_malformed();
    test_truncated();
    test_several();
    return tap_done();
}
