/* extras.c - parameters, labels, links, attachments and steps in YAML. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"
#include "yaml.h"

/*
 * A key's value is a scalar, a map or a list of either; each level of it is
 * read into a scratch of its own: 3 the value, 4 its entries, 5 their maps.
 */
struct key {
    const char *name;
    void (*tell)(struct tap *tap, alz_ref ref, const struct tap_entry *entry);
};

void tap_extras_reserve(struct tap *tap, struct alz_str yaml)
{
    for (size_t i = 1; i < sizeof(tap->scratch) / sizeof(tap->scratch[0]); i++)
        tap_reserve(tap, &tap->scratch[i], yaml);
}

/* Calls tell for each entry of a value: once for a scalar. */
static void each(struct tap *tap, alz_ref ref, const struct tap_entry *entry,
                 void (*tell)(struct tap *tap, alz_ref ref,
                              const struct tap_entry *entry))
{
    struct tap_yaml yaml;
    struct tap_entry inner;

    if (entry->shape == TAP_SCALAR) {
        inner = *entry;
        inner.key = ALZ_STR("");
        tell(tap, ref, &inner);
        return;
    }
    tap_yaml_init(&yaml, entry->value, &tap->scratch[4]);
    while (tap_yaml_next(&yaml, &inner))
        tell(tap, ref, &inner);
}

/* ---- parameters ------------------------------------------------------- */

static void tell_excluded(struct tap *tap, alz_ref ref,
                          const struct tap_entry *entry)
{
    if (entry->shape == TAP_SCALAR)
        alz_add(tap->out, ref, ALZ_EXCLUDED, entry->key, entry->value);
}

/* "os: linux", "- os: linux" */
static void tell_pairs(struct tap *tap, alz_ref ref, enum alz_pair_kind kind,
                       const struct tap_entry *entry)
{
    struct tap_yaml yaml;
    struct tap_entry pair;

    if (!entry->item) {
        if (entry->key.len && entry->shape == TAP_SCALAR)
            alz_add(tap->out, ref, kind, entry->key, entry->value);
        return;
    }
    tap_yaml_init(&yaml, entry->value, &tap->scratch[5]);
    while (tap_yaml_next(&yaml, &pair))
        if (pair.key.len && pair.shape == TAP_SCALAR)
            alz_add(tap->out, ref, kind, pair.key, pair.value);
}

static void tell_parameter(struct tap *tap, alz_ref ref,
                           const struct tap_entry *entry)
{
    tell_pairs(tap, ref, ALZ_PARAMETER, entry);
}

static void tell_parameters(struct tap *tap, alz_ref ref,
                            const struct tap_entry *entry)
{
    each(tap, ref, entry, tell_parameter);
}

/* ---- labels ----------------------------------------------------------- */

/* "tag: [a, b]" is one label for each. */
static void tell_label(struct tap *tap, alz_ref ref,
                       const struct tap_entry *entry)
{
    struct alz_str rest = alz_str_trim(entry->value), part;

    if (entry->item || !alz_str_starts(rest, "[") || !alz_str_ends(rest, "]")) {
        tell_pairs(tap, ref, ALZ_LABEL, entry);
        return;
    }
    rest = (struct alz_str){rest.ptr + 1, rest.len - 2};
    while (alz_str_split(&rest, ',', &part))
        if (alz_str_trim(part).len)
            alz_add(tap->out, ref, ALZ_LABEL, entry->key, alz_str_trim(part));
}

static void tell_labels(struct tap *tap, alz_ref ref,
                        const struct tap_entry *entry)
{
    each(tap, ref, entry, tell_label);
}

/* ---- links ------------------------------------------------------------ */

static enum alz_pair_kind link_kind(struct alz_str type)
{
    if (alz_str_is(type, "issue"))
        return ALZ_ISSUE;
    return alz_str_is(type, "tms") ? ALZ_TMS : ALZ_LINK;
}

/* "- name: x", "  url: https://...", "  type: issue" */
static void tell_link_map(struct tap *tap, alz_ref ref, struct alz_str map)
{
    struct alz_text *name = &tap->scratch[1], *url = &tap->scratch[2];
    enum alz_pair_kind kind = ALZ_LINK;
    struct tap_yaml yaml;
    struct tap_entry entry;

    alz_text_clear(name);
    alz_text_clear(url);
    tap_yaml_init(&yaml, map, &tap->scratch[5]);
    while (tap_yaml_next(&yaml, &entry)) {
        bool other = !alz_str_is(entry.key, "name") &&
                     !alz_str_is(entry.key, "url") &&
                     !alz_str_is(entry.key, "type");

        if (other && name->len == 0) /* "- shown text: https://..." */
            tap_set(tap, name, entry.key);
        if (alz_str_is(entry.key, "name"))
            tap_set(tap, name, entry.value);
        else if (alz_str_is(entry.key, "url") || (other && url->len == 0))
            tap_set(tap, url, entry.value);
        else if (alz_str_is(entry.key, "type"))
            kind = link_kind(entry.value);
    }
    alz_add(tap->out, ref, kind, alz_text_str(name),
            alz_text_str(url->len ? url : name));
}

/* "- https://...", "issue: KEY-1", "shown text: https://..." */
static void tell_link(struct tap *tap, alz_ref ref,
                      const struct tap_entry *entry)
{
    enum alz_pair_kind kind = link_kind(entry->key);

    if (entry->shape == TAP_NESTED)
        tell_link_map(tap, ref, entry->value);
    else if (entry->shape == TAP_SCALAR)
        alz_add(tap->out, ref, kind,
                kind == ALZ_LINK ? entry->key : ALZ_STR(""), entry->value);
}

static void tell_links(struct tap *tap, alz_ref ref,
                       const struct tap_entry *entry)
{
    each(tap, ref, entry, tell_link);
}

/* ---- attachments and steps -------------------------------------------- */

/* The last key of the table is for all others: "- shown text: value". */
static void tell_map(struct tap *tap, alz_ref ref, struct alz_str map,
                     const struct key *key_table)
{
    struct tap_yaml yaml;
    struct tap_entry entry;

    tap_yaml_init(&yaml, map, &tap->scratch[5]);
    while (tap_yaml_next(&yaml, &entry)) {
        const struct key *key = key_table;

        while (key->name && !alz_str_is(entry.key, key->name))
            key++;
        if (entry.shape != TAP_NULL)
            key->tell(tap, ref, &entry);
    }
}

static void tell_name(struct tap *tap, alz_ref ref,
                      const struct tap_entry *entry)
{
    alz_set_text(tap->out, ref, ALZ_NAME, entry->value);
}

static void tell_path(struct tap *tap, alz_ref ref,
                      const struct tap_entry *entry)
{
    alz_set_text(tap->out, ref, ALZ_PATH, entry->value);
}

static void tell_type(struct tap *tap, alz_ref ref,
                      const struct tap_entry *entry)
{
    alz_set_text(tap->out, ref, ALZ_MEDIA_TYPE, entry->value);
}

static void tell_content(struct tap *tap, alz_ref ref,
                         const struct tap_entry *entry)
{
    alz_write(tap->out, ref, entry->value);
}

static void tell_named_path(struct tap *tap, alz_ref ref,
                            const struct tap_entry *entry)
{
    alz_set_text(tap->out, ref, ALZ_NAME, entry->key);
    alz_set_text(tap->out, ref, ALZ_PATH, entry->value);
}

static const struct key attachment_keys[] = {
    {"name",    tell_name      },
    {"path",    tell_path      },
    {"file",    tell_path      },
    {"type",    tell_type      },
    {"content", tell_content   },
    {NULL,      tell_named_path},
};

/* "- shot.png", "screenshot: shot.png", or a map. */
static void tell_attachment(struct tap *tap, alz_ref ref,
                            const struct tap_entry *entry)
{
    alz_ref attachment;

    if (entry->shape == TAP_NULL)
        return;
    attachment = alz_begin(tap->out, ref, ALZ_ATTACHMENT);
    if (entry->shape == TAP_NESTED)
        tell_map(tap, attachment, entry->value, attachment_keys);
    else if (entry->key.len)
        tell_named_path(tap, attachment, entry);
    else
        alz_set_text(tap->out, attachment, ALZ_PATH, entry->value);
    alz_end(tap->out, attachment);
}

static void tell_attachments(struct tap *tap, alz_ref ref,
                             const struct tap_entry *entry)
{
    each(tap, ref, entry, tell_attachment);
}

static void tell_status(struct tap *tap, alz_ref ref,
                        const struct tap_entry *entry)
{
    static const struct {
        const char *word;
        enum alz_status status;
    } words[] = {
        {"failed",  ALZ_FAILED },
        {"fail",    ALZ_FAILED },
        {"not ok",  ALZ_FAILED },
        {"broken",  ALZ_BROKEN },
        {"error",   ALZ_BROKEN },
        {"skipped", ALZ_SKIPPED},
        {"skip",    ALZ_SKIPPED},
        {"passed",  ALZ_PASSED },
        {"pass",    ALZ_PASSED },
        {"ok",      ALZ_PASSED },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (alz_str_is_nocase(entry->value, words[i].word))
            alz_set_status(tap->out, ref, words[i].status, 0);
}

static void tell_message(struct tap *tap, alz_ref ref,
                         const struct tap_entry *entry)
{
    alz_set_text(tap->out, ref, ALZ_MESSAGE, entry->value);
}

static void tell_trace(struct tap *tap, alz_ref ref,
                       const struct tap_entry *entry)
{
    alz_set_text(tap->out, ref, ALZ_TRACE, entry->value);
}

static void tell_named_status(struct tap *tap, alz_ref ref,
                              const struct tap_entry *entry)
{
    alz_set_text(tap->out, ref, ALZ_NAME, entry->key);
    tell_status(tap, ref, entry);
}

static const struct key step_keys[] = {
    {"name",    tell_name        },
    {"status",  tell_status      },
    {"message", tell_message     },
    {"trace",   tell_trace       },
    {NULL,      tell_named_status},
};

static void tell_step(struct tap *tap, alz_ref ref,
                      const struct tap_entry *entry)
{
    alz_ref step = alz_begin(tap->out, ref, ALZ_STEP);

    if (entry->shape == TAP_NESTED)
        tell_map(tap, step, entry->value, step_keys);
    else if (entry->key.len)
        tell_named_status(tap, step, entry);
    else
        alz_set_text(tap->out, step, ALZ_NAME, entry->value);
    alz_end(tap->out, step);
}

static void tell_steps(struct tap *tap, alz_ref ref,
                       const struct tap_entry *entry)
{
    each(tap, ref, entry, tell_step);
}

/* ---- "allure.label.owner: ann" ----------------------------------------- */

static void tell_allure(struct tap *tap, alz_ref ref,
                        const struct tap_entry *entry)
{
    struct alz_str key = alz_str_from_offset(entry->key, strlen("allure."));
    size_t dot = tap_find_or_end(key, ".");
    struct alz_str what = tap_head(key, dot);
    struct alz_str name = alz_str_from_offset(key, dot + 1);

    if (alz_str_is(what, "id"))
        alz_set_text(tap->out, ref, ALZ_ID, entry->value);
    else if (alz_str_is(what, "label"))
        alz_add(tap->out, ref, ALZ_LABEL, name, entry->value);
    else if (alz_str_is(what, "parameter"))
        alz_add(tap->out, ref, ALZ_PARAMETER, name, entry->value);
    else if (alz_str_is(what, "link"))
        alz_add(tap->out, ref,
                link_kind(tap_head(name, tap_find_or_end(name, "."))),
                alz_str_from_offset(name, tap_find_or_end(name, ".") + 1),
                entry->value);
}

/* ---- all of it -------------------------------------------------------- */

static const struct key keys[] = {
    {"severity",    tell_excluded   },
    {"operator",    tell_excluded   },
    {"compare",     tell_excluded   },
    {"code",        tell_excluded   },
    {"failureType", tell_excluded   },
    {"name",        tell_excluded   },
    {"type",        tell_excluded   },
    {"exitCode",    tell_excluded   },
    {"signal",      tell_excluded   },
    {"labels",      tell_labels     },
    {"links",       tell_links      },
    {"parameters",  tell_parameters },
    {"attachments", tell_attachments},
    {"steps",       tell_steps      },
    {NULL,          NULL            },
};

/* Steps have no labels, links or parameters of their own. */
static bool only_of_tests(const struct key *key)
{
    return key->tell != tell_attachments && key->tell != tell_steps;
}

void tap_extras_tell(struct tap *tap, const struct tap_point *point,
                     alz_ref ref, bool test)
{
    struct tap_yaml yaml;
    struct tap_entry entry;

    tap_yaml_init(&yaml, alz_text_str(&point->yaml), &tap->scratch[3]);
    while (point->yaml.len && tap_yaml_next(&yaml, &entry)) {
        const struct key *key = keys;

        while (key->name && !alz_str_is(entry.key, key->name))
            key++;
        if (key->name && (test || !only_of_tests(key)))
            key->tell(tap, ref, &entry);
        else if (test && alz_str_starts(entry.key, "allure."))
            tell_allure(tap, ref, &entry);
    }
}
