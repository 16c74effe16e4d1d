/* test_names.c - names, messages and traces as people may read them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"
#include "policy/stages.h"

static const struct alz_policy_options options = {
    .run_id = {"run", 3}
};

static const struct cleaned {
    const char *from;
    const char *line;
    const char *text;
} cleaned[] = {
    {"plain name",                             "plain name",    "plain name"                            },
    {"a  b",                                   "a b",           "a  b"                                  },
    {" a ",                                    "a",             " a "                                   },
    {"a\tb\nc\r\nd\re",                        "a b c d e",     "a\tb\nc\nd\ne"                         },
    {"\x1b[31mred\x1b[0m x",                   "red x",         "red x"                                 },
    {"\x1b]0;title\adone",                     "done",          "done"                                  },
    {"half \x1b",                              "half",          "half "                                 },
    {"bell\a del\x7f nul",                     "bell del nul",  "bell del nul"                          },
    {"c1 \xc2\x9b 31",                         "c1 31",         "c1  31"                                },
    {"a\xc2\x85"
     "b",                                 "a b",
     "a\xc2\x85"
     "b"                                                                                                },
    {"a\xe2\x80\xa8"
     "b",                                 "a b",
     "a\xe2\x80\xa8"
     "b"                                                                                                },
    {"bad \xef\xbf\xbd byte",                  "bad ? byte",    "bad \xef\xbf\xbd byte"                 },
    {"\xc2\xa9 \xe2\x82\xac \xf0\x9f\x90\x9e",
     "\xc2\xa9 \xe2\x82\xac \xf0\x9f\x90\x9e",                  "\xc2\xa9 \xe2\x82\xac \xf0\x9f\x90\x9e"},
    {"",                                       "",              ""                                      },
    {" \t\n",                                  "",              " \t\n"                                 },
    {"form\ffeed\vtab",                        "form feed tab", "form feed tab"                         },
};

static void cleaning(void)
{
    struct alz_arena arena = {0};

    for (size_t i = 0; i < sizeof(cleaned) / sizeof(*cleaned); i++) {
        struct alz_str from = alz_str_from(cleaned[i].from);
        struct alz_str line = alz_clean_line(&arena, from);

        IS(line, cleaned[i].line, "as one line");
        IS(alz_clean_line(&arena, line), cleaned[i].line, "which is clean");
        IS(alz_clean_text(&arena, from), cleaned[i].text, "as text");
    }
    OK(alz_clean_line(&arena, ALZ_STR("plain name")).ptr[0] == 'p', "plain");
    IS(alz_clean_line(&arena, ALZ_STR("nul\0byte")), "nulbyte", "NUL is one");
    alz_arena_done(&arena);
}

static void clean_costs_nothing(void)
{
    static const char name[] = "com.example.Test \xc3\xa9t\xc3\xa9 [1] (a, b)";
    struct alz_arena arena = {0};

    OK(alz_clean_line(&arena, alz_str_from(name)).ptr == name,
       "a clean line is not copied");
    OK(alz_clean_text(&arena, alz_str_from(name)).ptr == name, "nor a text");
    OK(arena.used == 0, "and takes no memory");
    alz_arena_done(&arena);
}

static void fallbacks(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "\x1b[0m");
    kit_say(&kit, test, ALZ_FULL_NAME, "full.name");
    kit_say(&kit, test, ALZ_CLASS, "Class");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, NULL);
    kit_say(&kit, test, ALZ_CLASS, "Class");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, " ");
    kit_whole(&kit, test, ALZ_STEP, NULL, ALZ_PASSED);
    kit_whole(&kit, test, ALZ_SETUP, "", ALZ_PASSED);
    kit_whole(&kit, test, ALZ_ATTACHMENT, NULL, ALZ_PASSED);
    alz_end(kit.out, test);
    IS(kit_value(&kit, 0, "name"), "full.name", "the full name as name");
    IS(kit_value(&kit, 1, "name"), "Class", "the class as name");
    IS(kit_value(&kit, 2, "name"), "unnamed test", "no name at all");
    OK(kit_has(&kit.log, "report policy/unnamed 0 "), "is a warning");
    NUM(kit.reports, 1, "the others are none");
    HAS(&kit, 2, "  step step passed", "a step has a name");
    HAS(&kit, 2, "  set-up set-up passed", "a fixture has one");
    OK(kit_has_quietly(&kit.blocks[2], "attachment attachment"),
       "an attachment has one");
    kit_done(&kit);
}

static const struct told {
    const char *message, *trace;           /* as the source says */
    const char *want_message, *want_trace; /* NULL: none */
    const char *what;
} tolds[] = {
    {"short",              "long\ntext",                 "short",     "long\ntext",               "both as they are"             },
    {NULL,                 "----\n\nError: x\n  at y\n", "Error: x",  "----\n\nError: x\n  at y",
     "the first line that says something"                                                                                        },
    {"",                   "only this",                  "only this", NULL,                       "one line is the message alone"},
    {"same",               "same\n",                     "same",      NULL,                       "the same text is not in both" },
    {" \n",                " ",                          NULL,        NULL,                       "blanks say nothing"           },
    {"\x1b[1mbold\x1b[0m", "\x1b[1mbold\x1b[0m\ntext",   "bold",      "bold\ntext",
     "escapes go"                                                                                                                },
    {NULL,                 NULL,                         NULL,        NULL,                       "nothing"                      },
    {"a\nb",               NULL,                         "a\nb",      NULL,                       "a message may have lines"     },
};

static void messages(void)
{
    for (size_t i = 0; i < sizeof(tolds) / sizeof(*tolds); i++) {
        struct alz_arena arena = {0};
        struct alz_policy policy = {0};
        struct alz_node test = {.kind = ALZ_TEST, .arena = &arena};
        const struct told *at = &tolds[i];

        test.text[ALZ_NAME] = ALZ_STR("t");
        test.text[ALZ_MESSAGE] = alz_str_from(at->message);
        test.text[ALZ_TRACE] = alz_str_from(at->trace);
        alz_stage_names(&policy, &test);
        IS(test.text[ALZ_MESSAGE], at->want_message, at->what);
        OK(!test.text[ALZ_MESSAGE].ptr == !at->want_message, "said or not");
        IS(test.text[ALZ_TRACE], at->want_trace, "and the trace");
        OK(!test.text[ALZ_TRACE].ptr == !at->want_trace, "said or not");
        alz_arena_done(&arena);
    }
}

static void long_lines(void)
{
    static char line[5000];
    struct alz_arena arena = {0};
    struct alz_policy policy = {0};
    struct alz_node test = {.kind = ALZ_TEST, .arena = &arena};

    memset(line, 'x', sizeof(line));
    test.text[ALZ_NAME] = ALZ_STR("t");
    test.text[ALZ_TRACE] = (struct alz_str){line, sizeof(line)};
    alz_stage_names(&policy, &test);
    NUM(test.text[ALZ_MESSAGE].len, 4096, "a long line is cut as a message");
    OK(alz_str_ends(test.text[ALZ_MESSAGE], "x..."), "and says so");
    NUM(test.text[ALZ_TRACE].len, 5000, "the trace has all of it");
    test.text[ALZ_MESSAGE] = test.text[ALZ_TRACE];
    alz_stage_names(&policy, &test);
    NUM(test.text[ALZ_MESSAGE].len, 4096, "also when it was said twice");
    NUM(test.text[ALZ_TRACE].len, 5000, "the trace has all of it");
    alz_arena_done(&arena);
}

static void expectations(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "both");
    kit_say(&kit, test, ALZ_EXPECTED, "1\r\n2");
    kit_say(&kit, test, ALZ_ACTUAL, "3");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, "one");
    kit_say(&kit, test, ALZ_EXPECTED, "1");
    kit_say(&kit, test, ALZ_ACTUAL, "");
    alz_end(kit.out, test);
    HAS(&kit, 0, "expected: 1\n2\nactual: 3", "expected and actual");
    HAS_NOT(&kit, 1, "expected", "one of the two is none");
    HAS_NOT(&kit, 1, "actual", "of the other either");
    kit_done(&kit);
}

static void pairs(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    kit_add(&kit, test, ALZ_LABEL, " own\ner ", "a\x1b[1mb\nc");
    kit_add(&kit, test, ALZ_EXCLUDED, "p\tq", "two\r\nlines\x1b[0m");
    kit_add(&kit, test, ALZ_EXCLUDED, "", "v");
    alz_end(kit.out, test);
    HAS(&kit, 0, "label: own er=ab c", "labels are lines");
    HAS(&kit, 0, "excluded: p q=two\nlines", "values of parameters are texts");
    HAS(&kit, 0, "excluded: parameter=v", "a parameter has a name");
    kit_done(&kit);
}

int main(void)
{
    cleaning();
    clean_costs_nothing();
    fallbacks();
    messages();
    long_lines();
    expectations();
    pairs();
    return tap_done();
}
