/* property.c - what properties and tags mean by their names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

struct call {
    struct alz_out *out;
    alz_ref ref;
    struct alz_str name, value;
    struct alz_str rest; /* of the name, behind a prefix */
};

/* ---- what a property may become ----------------------------------------- */

/* One for each part of "A-1, A-2;A-3". */
static void put_each(const struct call *call,
                     void (*put)(const struct call *call, struct alz_str part))
{
    struct alz_str rest = call->value, part, piece;

    while (alz_str_split(&rest, ',', &part))
        while (alz_str_split(&part, ';', &piece))
            if (alz_str_trim(piece).len)
                put(call, alz_str_trim(piece));
}

static void add_issue(const struct call *call, struct alz_str value)
{
    alz_add(call->out, call->ref, ALZ_ISSUE, ALZ_STR(""), value);
}

static void add_tms(const struct call *call, struct alz_str value)
{
    alz_add(call->out, call->ref, ALZ_TMS, ALZ_STR(""), value);
}

static void add_tag(const struct call *call, struct alz_str value)
{
    alz_tag_tell(call->out, call->ref, value);
}

/* A URL may hold the signs that divide lists. */
static void put_issue(const struct call *call)
{
    if (alz_str_starts(call->value, "http"))
        add_issue(call, call->value);
    else
        put_each(call, add_issue);
}

static void put_tms(const struct call *call)
{
    if (alz_str_starts(call->value, "http"))
        add_tms(call, call->value);
    else
        put_each(call, add_tms);
}

static void put_tags(const struct call *call)
{
    put_each(call, add_tag);
}

static void put_label(const struct call *call)
{
    alz_add(call->out, call->ref, ALZ_LABEL, call->name, call->value);
}

static void put_id(const struct call *call)
{
    alz_set_text(call->out, call->ref, ALZ_ID, call->value);
}

static void put_description(const struct call *call)
{
    alz_set_text(call->out, call->ref, ALZ_DESCRIPTION, call->value);
}

static void put_allure_label(const struct call *call)
{
    alz_add(call->out, call->ref, ALZ_LABEL, call->rest, call->value);
}

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

/* ---- the conventions ---------------------------------------------------- */

/* A name that ends with a dot fits what has something behind it. in_tag: also
 * as a tag "name:value". */
static const struct convention {
    const char *name;
    enum alz_property kind;
    bool in_tag;
    void (*put)(const struct call *call);
} conventions[] = {
    {"issue",             ALZ_PROPERTY_OF_TEST, true,  put_issue       },
    {"issues",            ALZ_PROPERTY_OF_TEST, true,  put_issue       },
    {"jira",              ALZ_PROPERTY_OF_TEST, true,  put_issue       },
    {"requirement",       ALZ_PROPERTY_OF_TEST, true,  put_issue       },
    {"requirements",      ALZ_PROPERTY_OF_TEST, true,  put_issue       },
    {"tms",               ALZ_PROPERTY_OF_TEST, true,  put_tms         },
    {"testcase",          ALZ_PROPERTY_OF_TEST, true,  put_tms         },
    {"test_id",           ALZ_PROPERTY_OF_TEST, true,  put_tms         },
    {"test_key",          ALZ_PROPERTY_OF_TEST, true,  put_tms         },
    {"testrail_id",       ALZ_PROPERTY_OF_TEST, true,  put_tms         },
    {"tag",               ALZ_PROPERTY_OF_TEST, false, put_tags        },
    {"tags",              ALZ_PROPERTY_OF_TEST, false, put_tags        },
    {"owner",             ALZ_PROPERTY_OF_TEST, true,  put_label       },
    {"severity",          ALZ_PROPERTY_OF_TEST, true,  put_label       },
    {"priority",          ALZ_PROPERTY_OF_TEST, true,  put_label       },
    {"layer",             ALZ_PROPERTY_OF_TEST, true,  put_label       },
    {"epic",              ALZ_PROPERTY_OF_TEST, true,  put_label       },
    {"feature",           ALZ_PROPERTY_OF_TEST, true,  put_label       },
    {"story",             ALZ_PROPERTY_OF_TEST, true,  put_label       },
    {"description",       ALZ_PROPERTY_OF_TEST, false, put_description },
    {"allure.id",         ALZ_PROPERTY_OF_TEST, true,  put_id          },
    {"ALLURE_ID",         ALZ_PROPERTY_OF_TEST, true,  put_id          },
    {"AS_ID",             ALZ_PROPERTY_OF_TEST, true,  put_id          },
    {"allure.label.",     ALZ_PROPERTY_OF_ALL,  true,  put_allure_label},
    {"allure.link.",      ALZ_PROPERTY_OF_ALL,  true,  put_allure_link },
    {"allure.parameter.", ALZ_PROPERTY_OF_ALL,  true,  put_parameter   },
};

static const struct convention *convention_of(struct alz_str name,
                                              struct alz_str *ret_rest)
{
    for (size_t i = 0; i < sizeof(conventions) / sizeof(*conventions); i++) {
        const struct convention *at = &conventions[i];
        size_t len = strlen(at->name);

        if (!alz_str_starts(name, at->name))
            continue;
        *ret_rest = alz_str_from_offset(name, len);
        if ((at->name[len - 1] == '.') == (ret_rest->len > 0))
            return at;
    }
    return NULL;
}

enum alz_property alz_property_kind(struct alz_str name)
{
    struct alz_str rest;
    const struct convention *convention = convention_of(name, &rest);

    return convention ? convention->kind : ALZ_PROPERTY_OTHER;
}

bool alz_property_tell(struct alz_out *out, alz_ref ref, struct alz_str name,
                       struct alz_str value)
{
    struct call call = {
        out, ref, name, value, {NULL, 0}
    };
    const struct convention *convention = convention_of(name, &call.rest);

    if (convention && value.len)
        convention->put(&call);
    return convention != NULL;
}

/* ---- tags --------------------------------------------------------------- */

/* Where the name of "name:value", "name=value" ends; the length without. */
static size_t name_end(struct alz_str tag)
{
    size_t at = 0;

    while (at < tag.len && tag.ptr[at] != ':' && tag.ptr[at] != '=')
        at++;
    return at;
}

/* People write "Owner: me", too. */
static struct alz_str known_spelling(struct alz_str name)
{
    for (size_t i = 0; i < sizeof(conventions) / sizeof(*conventions); i++)
        if (alz_str_is_nocase(name, conventions[i].name))
            return alz_str_from(conventions[i].name);
    return name;
}

void alz_tag_tell(struct alz_out *out, alz_ref ref, struct alz_str tag)
{
    size_t at;
    struct call call = {.out = out, .ref = ref};
    const struct convention *convention;

    if (alz_str_starts(tag, "@"))
        tag = alz_str_from_offset(tag, 1);
    at = name_end(tag);
    call.name = known_spelling(alz_str_trim((struct alz_str){tag.ptr, at}));
    call.value = alz_str_trim(alz_str_from_offset(tag, at + 1));
    convention = convention_of(call.name, &call.rest);
    if (convention && convention->in_tag && call.value.len)
        convention->put(&call);
    else if (tag.len)
        alz_add(out, ref, ALZ_LABEL, ALZ_STR("tag"), tag);
}
