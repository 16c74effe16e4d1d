/* foreign.c - other runners' JSON, named. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

#define FOREIGN(what)                                                          \
    {                                                                          \
        ALZ_ERROR, "gtest/foreign", "this is " what ", not GoogleTest JSON", 3 \
    }

static const struct alz_diag no_report = {
    ALZ_ERROR, "gtest/foreign",
    "this is not GoogleTest JSON: it has no list \"testsuites\"", 3};

/* A key of the top level that tells whose report it is. */
static const struct foreign {
    const char *key;
    enum alz_json_type type;
    const char *value; /* NULL: any */
    struct alz_diag diag;
} foreigns[] = {
    {"testResults",   ALZ_JSON_ARRAY,  NULL,        FOREIGN("a Jest report")          },
    {"numTotalTests", ALZ_JSON_NUMBER, NULL,        FOREIGN("a Jest report")          },
    {"kind",          ALZ_JSON_STRING, "ctestInfo", FOREIGN("a list of CTest's tests")},
    {"test_suites",   ALZ_JSON_ARRAY,  NULL,        FOREIGN("a Criterion report")     },
    {"test-run",      ALZ_JSON_OBJECT, NULL,        FOREIGN("a Catch2 report")        },
    {"stats",         ALZ_JSON_OBJECT, NULL,        FOREIGN("a Mocha report")         },
    {"suites",        ALZ_JSON_ARRAY,  NULL,        FOREIGN("a Playwright report")    },
    {"examples",      ALZ_JSON_ARRAY,  NULL,        FOREIGN("an RSpec report")        },
    {"exitcode",      ALZ_JSON_NUMBER, NULL,        FOREIGN("a pytest report")        },
    {"starttime",     ALZ_JSON_NUMBER, NULL,        FOREIGN("a Meson test log")       },
    {"Action",        ALZ_JSON_STRING, NULL,        FOREIGN("output of go test -json")},
    {"historyId",     ALZ_JSON_STRING, NULL,        FOREIGN("an Allure result")       },
};

/* GoogleTest begins with its counts; what comes behind may be a property. */
void gtest_foreign_key(struct gtest *state, struct alz_out *out,
                       const struct alz_json_value *value)
{
    if (state->known || state->foreign || state->seen)
        return;
    for (size_t i = 0; i < sizeof(foreigns) / sizeof(*foreigns); i++) {
        const struct foreign *at = &foreigns[i];

        if (at->type != value->type || !alz_str_is(value->key, at->key) ||
            (at->value && !alz_str_is(value->text, at->value)))
            continue;
        state->foreign = true;
        alz_report(out, &at->diag, ALZ_STR(""));
        return;
    }
}

void gtest_foreign_report(struct gtest *state, struct alz_out *out)
{
    state->foreign = true;
    alz_report(out, &no_report, ALZ_STR(""));
}
