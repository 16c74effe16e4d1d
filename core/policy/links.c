/* links.c - pairs that mean something else, keys of issues, safe links. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

static const struct alz_diag unsafe = {
    ALZ_WARNING, "policy/link",
    "a link that is not http, https, mailto or tel was dropped", 0};

/* ---- "allure.label.NAME" and the like --------------------------------- */

/* Cuts prefix off *text; false when it is not there. */
static bool take(struct alz_str *text, const char *prefix)
{
    if (!alz_str_starts(*text, prefix))
        return false;
    *text = alz_str_from_offset(*text, strlen(prefix));
    return true;
}

static void as_id(struct alz_pair *pair, struct alz_str rest)
{
    (void)rest;
    pair->kind = ALZ_LABEL;
    pair->name = ALZ_STR("ALLURE_ID");
}

static void as_label(struct alz_pair *pair, struct alz_str rest)
{
    if (rest.len == 0)
        return;
    pair->kind = ALZ_LABEL;
    pair->name = rest;
}

static void as_parameter(struct alz_pair *pair, struct alz_str rest)
{
    if (rest.len == 0)
        return;
    pair->kind = ALZ_PARAMETER;
    pair->name = rest;
}

/* "TYPE.NAME" or "TYPE"; a type that is no other is a plain link. */
static void as_link(struct alz_pair *pair, struct alz_str rest)
{
    struct alz_str name = rest, type = ALZ_STR("");

    alz_str_split(&name, '.', &type);
    pair->kind = alz_str_is(type, "issue") ? ALZ_ISSUE
                 : alz_str_is(type, "tms") ? ALZ_TMS
                                           : ALZ_LINK;
    if (!name.ptr)
        name = pair->kind == ALZ_LINK && !alz_str_is(type, "link")
                   ? type
                   : ALZ_STR("");
    pair->name = name;
}

/* Rows with a dot at the end are prefixes. */
static const struct meaning {
    const char *name;
    void (*apply)(struct alz_pair *pair, struct alz_str rest);
} meanings[] = {
    {"allure.id",         as_id       },
    {"allure_id",         as_id       },
    {"as_id",             as_id       },
    {"allure.label.",     as_label    },
    {"allure.link.",      as_link     },
    {"allure.parameter.", as_parameter},
};

static const struct meaning *meaning_of(struct alz_str name,
                                        struct alz_str *rest)
{
    for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++) {
        const char *wanted = meanings[i].name;
        size_t len = strlen(wanted);
        struct alz_str head = {name.ptr, len};

        if (wanted[len - 1] != '.' && alz_str_is_nocase(name, wanted))
            return &meanings[i];
        if (wanted[len - 1] == '.' && name.len > len &&
            alz_str_is_nocase(head, wanted)) {
            *rest = alz_str_from_offset(name, len);
            return &meanings[i];
        }
    }
    return NULL;
}

/* A tag that is a pair: "@allure.id:7", "allure.label.owner=me". */
static bool split_tag(struct alz_str text, struct alz_str *name,
                      struct alz_str *value)
{
    size_t at = 0;

    take(&text, "@");
    if (!alz_str_starts(text, "allure."))
        return false;
    while (at < text.len && text.ptr[at] != ':' && text.ptr[at] != '=')
        at++;
    *name = (struct alz_str){text.ptr, at};
    *value = alz_str_trim(alz_str_from_offset(text, at + 1));
    return value->len > 0;
}

/* Excluded parameters are, as a rule, properties of all sorts. */
static void translate(struct alz_pair *pair)
{
    const struct meaning *meaning;
    struct alz_str name = pair->name, value = pair->value;
    struct alz_str rest = ALZ_STR("");

    if (pair->kind != ALZ_LABEL && pair->kind != ALZ_EXCLUDED)
        return;
    if (alz_str_is(name, "tag") && !split_tag(pair->value, &name, &value))
        return;
    meaning = meaning_of(name, &rest);
    if (!meaning || value.len == 0)
        return;
    pair->value = value;
    meaning->apply(pair, rest);
}

/* ---- URLs ------------------------------------------------------------- */

static bool is_safe(struct alz_str url)
{
    static const char *const schemes[] = {"http://", "https://",
                                          "mailto:", "tel:"};

    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
        size_t len = strlen(schemes[i]);
        struct alz_str head = {url.ptr, len};

        if (url.len > len && alz_str_is_nocase(head, schemes[i]))
            return true;
    }
    return false;
}

static bool is_url_byte(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') ||
           (byte && byte < 0x80 && strchr("-._~/:@!$&'()*+,;=?#", byte));
}

static struct alz_str encode(struct alz_arena *arena, struct alz_str key)
{
    static const char digits[] = "0123456789ABCDEF";
    char *start = alz_arena_bytes(arena, 3 * key.len), *to = start;

    if (!start)
        return ALZ_STR("");
    for (size_t i = 0; i < key.len; i++) {
        unsigned char byte = (unsigned char)key.ptr[i];

        if (is_url_byte(byte)) {
            *to++ = (char)byte;
            continue;
        }
        *to++ = '%';
        *to++ = digits[byte >> 4];
        *to++ = digits[byte & 15];
    }
    *to = '\0';
    return (struct alz_str){start, (size_t)(to - start)};
}

/* The pattern with the key in place of its first "{}" or "%s". */
static struct alz_str fill(struct alz_arena *arena, const char *pattern,
                           struct alz_str key)
{
    struct alz_str text = alz_str_from(pattern), parts[3];
    size_t braces = alz_str_find(text, "{}"), at = alz_str_find(text, "%s");

    if (braces < at)
        at = braces;
    if (at == SIZE_MAX)
        at = text.len;
    parts[0] = (struct alz_str){text.ptr, at};
    parts[1] = encode(arena, key);
    parts[2] = alz_str_from_offset(text, at + 2);
    return alz_join(arena, parts, 3);
}

/* A key becomes a link by the user's pattern. Without one there is nothing to
 * link to: it stays visible as a label "issue" or "tms". */
static void resolve_key(const struct alz_policy *policy, struct alz_node *test,
                        struct alz_pair *pair)
{
    bool issue = pair->kind == ALZ_ISSUE;
    const char *pattern =
        issue ? policy->options.issue_pattern : policy->options.tms_pattern;

    if (!is_safe(pair->value) && !pattern) {
        pair->kind = ALZ_LABEL;
        pair->name = issue ? ALZ_STR("issue") : ALZ_STR("tms");
        return;
    }
    if (pair->name.len == 0)
        pair->name = pair->value;
    if (!is_safe(pair->value))
        pair->value = fill(test->arena, pattern, pair->value);
}

static bool is_link(const struct alz_pair *pair)
{
    return pair->kind == ALZ_LINK || pair->kind == ALZ_ISSUE ||
           pair->kind == ALZ_TMS;
}

/* Whether the pair stays. */
static bool resolve(const struct alz_policy *policy, struct alz_node *test,
                    struct alz_pair *pair)
{
    bool property = pair->kind == ALZ_EXCLUDED;

    translate(pair);
    if (property && pair->kind != ALZ_EXCLUDED)
        pair->value = alz_clean_line(test->arena, pair->value);
    if (is_link(pair) && pair->value.len == 0)
        return false;
    if (pair->kind == ALZ_ISSUE || pair->kind == ALZ_TMS)
        resolve_key(policy, test, pair);
    if (!is_link(pair) || is_safe(pair->value))
        return true;
    alz_policy_report(policy, &unsafe, pair->value);
    return false;
}

void alz_links_resolve(struct alz_policy *policy, struct alz_node *test)
{
    struct alz_pair **link = &test->pairs;

    test->last_pair = NULL;
    while (*link) {
        if (resolve(policy, test, *link)) {
            test->last_pair = *link;
            link = &(*link)->next;
        } else {
            *link = (*link)->next;
        }
    }
}
