/* property.c - what tests record with RecordProperty. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gtest.h"

struct call {
    struct alz_out *out;
    alz_ref ref;
    struct alz_str name, value;
    struct alz_str rest; /* of the name, behind what the rule matched */
};

/* ---- what a property may become --------------------------------------- */

/* One pair for each part of "A-1, A-2"; a URL may hold the sign. */
static void put_each(const struct call *call, enum alz_pair_kind kind,
                     struct alz_str name)
{
    struct alz_str rest = call->value, part;

    if (alz_str_starts(call->value, "http")) {
        alz_add(call->out, call->ref, kind, name, call->value);
        return;
    }
    while (alz_str_split(&rest, ',', &part))
        if (alz_str_trim(part).len)
            alz_add(call->out, call->ref, kind, name, alz_str_trim(part));
}

static void put_issue(const struct call *call)
{
    put_each(call, ALZ_ISSUE, ALZ_STR(""));
}

static void put_tms(const struct call *call)
{
    put_each(call, ALZ_TMS, ALZ_STR(""));
}

static void put_tags(const struct call *call)
{
    put_each(call, ALZ_LABEL, ALZ_STR("tag"));
}

static void put_label(const struct call *call)
{
    alz_add(call->out, call->ref, ALZ_LABEL, call->name, call->value);
}

static void put_allure_label(const struct call *call)
{
    alz_add(call->out, call->ref, ALZ_LABEL, call->rest, call->value);
}

static void put_id(const struct call *call)
{
    alz_set_text(call->out, call->ref, ALZ_ID, call->value);
}

static void put_description(const struct call *call)
{
    alz_set_text(call->out, call->ref, ALZ_DESCRIPTION, call->value);
}

/* "allure.link.<type>[.<name>]" */
static void put_allure_link(const struct call *call)
{
    struct alz_str name = call->rest, type;
    enum alz_pair_kind kind = ALZ_LINK;

    alz_str_split(&name, '.', &type);
    if (alz_str_is(type, "issue"))
        kind = ALZ_ISSUE;
    else if (alz_str_is(type, "tms"))
        kind = ALZ_TMS;
    alz_add(call->out, call->ref, kind,
            name.ptr || kind != ALZ_LINK ? name : type, call->value);
}

static void put_parameter(const struct call *call)
{
    alz_add(call->out, call->ref, ALZ_PARAMETER, call->rest, call->value);
}

/* ---- the rules -------------------------------------------------------- */

/* A name that ends with a dot fits what has something behind it. */
static const struct rule {
    const char *name;
    bool of_suite; /* holds for the tests of a suite that records it */
    void (*put)(const struct call *call);
} rules[] = {
    {"issue",             false, put_issue       },
    {"issues",            false, put_issue       },
    {"jira",              false, put_issue       },
    {"requirement",       false, put_issue       },
    {"requirements",      false, put_issue       },
    {"tms",               false, put_tms         },
    {"testcase",          false, put_tms         },
    {"test_id",           false, put_tms         },
    {"test_key",          false, put_tms         },
    {"testrail_id",       false, put_tms         },
    {"tag",               false, put_tags        },
    {"tags",              false, put_tags        },
    {"owner",             false, put_label       },
    {"severity",          false, put_label       },
    {"priority",          false, put_label       },
    {"layer",             false, put_label       },
    {"epic",              false, put_label       },
    {"feature",           false, put_label       },
    {"story",             false, put_label       },
    {"description",       false, put_description },
    {"allure.id",         false, put_id          },
    {"ALLURE_ID",         false, put_id          },
    {"AS_ID",             false, put_id          },
    {"allure.label.",     true,  put_allure_label},
    {"allure.link.",      true,  put_allure_link },
    {"allure.parameter.", true,  put_parameter   },
};

static const struct rule *rule_for(struct alz_str name, struct alz_str *rest)
{
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
        size_t len = strlen(rules[i].name);

        if (!alz_str_starts(name, rules[i].name))
            continue;
        *rest = alz_str_from_offset(name, len);
        if ((rules[i].name[len - 1] == '.') == (rest->len > 0))
            return &rules[i];
    }
    return NULL;
}

bool gtest_property_of_suite(struct alz_str name)
{
    struct alz_str rest;
    const struct rule *rule = rule_for(name, &rest);

    return rule && rule->of_suite;
}

void gtest_property(struct alz_out *out, alz_ref ref, struct alz_str name,
                    struct alz_str value)
{
    struct call call = {
        out, ref, name, value, {NULL, 0}
    };
    const struct rule *rule = rule_for(name, &call.rest);

    if (!rule)
        alz_add(out, ref, ALZ_EXCLUDED, name, value);
    else if (value.len)
        rule->put(&call);
}
