/* test_property.c - what properties and tags mean by their names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "tap.h"

#include <allurize/read.h>

/* Writes down what a test is told: "label owner=me; ". */
struct told {
    struct alz_out out;
    struct alz_text text;
};

static void on_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                    struct alz_str text)
{
    struct told *told = (struct told *)out;

    (void)ref;
    alz_buf_printf(&told->text, "%s %.*s; ", alz_word(ALZ_FACT_WORDS, fact),
                   (int)text.len, text.ptr);
}

static void on_add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                   struct alz_str name, struct alz_str value)
{
    struct told *told = (struct told *)out;

    (void)ref;
    alz_buf_printf(&told->text, "%s %.*s=%.*s; ",
                   alz_word(ALZ_PAIR_WORDS, kind), (int)name.len, name.ptr,
                   (int)value.len, value.ptr);
}

static const struct alz_out_ops ops = {.set_text = on_text, .add = on_add};

static const struct {
    const char *name; /* NULL: a tag */
    const char *value;
    const char *told;
} cases[] = {
    {"issue",                "A-1, A-2;A-3",    "issue =A-1; issue =A-2; issue =A-3; "},
    {"jira",                 "https://x/a,b;c", "issue =https://x/a,b;c; "            },
    {"tms",                  "T-1",             "tms =T-1; "                          },
    {"tags",                 "fast, owner:me",  "label tag=fast; label owner=me; "    },
    {"severity",             "minor",           "label severity=minor; "              },
    {"description",          "What.",           "description What.; "                 },
    {"allure.id",            "7",               "id 7; "                              },
    {"allure.label.team",    "core",            "label team=core; "                   },
    {"allure.link.docs",     "https://d",       "link docs=https://d; "               },
    {"allure.link.docs.Day", "https://d",       "link Day=https://d; "                },
    {"allure.link.issue",    "N-1",             "issue =N-1; "                        },
    {"allure.parameter.n",   "1",               "parameter n=1; "                     },
    {"allure.label.",        "core",            ""                                    },
    {"owner",                "",                ""                                    },
    {"Owner",                "me",              ""                                    },
    {"weight",               "heavy",           ""                                    },
    {NULL,                   "fast",            "label tag=fast; "                    },
    {NULL,                   "@fast",           "label tag=fast; "                    },
    {NULL,                   "Owner: me",       "label owner=me; "                    },
    {NULL,                   "story=one:two",   "label story=one:two; "               },
    {NULL,                   "weight:heavy",    "label tag=weight:heavy; "            },
    {NULL,                   "owner:",          "label tag=owner:; "                  },
    {NULL,                   "tags:a,b",        "label tag=tags:a,b; "                },
    {NULL,                   "http://x",        "label tag=http://x; "                },
    {NULL,                   "allure.id:7",     "id 7; "                              },
    {NULL,                   "",                ""                                    },
};

static void check_told(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct told told = {.out = {&ops}};
        struct alz_str value = alz_str_from(cases[i].value);

        if (cases[i].name)
            alz_property_tell(&told.out, 1, alz_str_from(cases[i].name), value);
        else
            alz_tag_tell(&told.out, 1, value);
        IS(alz_text_str(&told.text), cases[i].told,
           cases[i].name ? cases[i].name : cases[i].value);
        alz_text_done(&told.text);
    }
}

static void check_kinds(void)
{
    OK(alz_property_kind(ALZ_STR("owner")) == ALZ_PROPERTY_OF_TEST,
       "owner is of a test");
    OK(alz_property_kind(ALZ_STR("allure.label.x")) == ALZ_PROPERTY_OF_ALL,
       "a label may be of a suite");
    OK(alz_property_kind(ALZ_STR("java.version")) == ALZ_PROPERTY_OTHER,
       "other properties mean nothing");
}

int main(void)
{
    check_told();
    check_kinds();
    return tap_done();
}
