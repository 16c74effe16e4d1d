/* record.c - which section takes a record, and whether it has to wait. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

#include <stdio.h>

static const struct alz_diag took = {ALZ_NOTE, "jsonmap/took", "taken by", 0};
static const struct alz_diag left = {ALZ_NOTE, "jsonmap/left",
                                     "taken by no section", 0};
static const struct alz_diag no_name = {
    ALZ_ERROR, "jsonmap/no-name", "a record without a name is no test", 4};
static const struct alz_diag late = {
    ALZ_WARNING, "jsonmap/late",
    "more than 128 MiB of records wait for what comes behind them; they wait "
    "no longer",
    0};

/* ---- what is said of it ----------------------------------------------- */

static void report(struct map *map, const struct alz_diag *diag,
                   const struct map_section *section,
                   const struct map_node *node)
{
    struct alz_text text = {0};

    if (section) {
        map_add(map, &text, section->name);
        map_add(map, &text, ALZ_STR(": "));
    }
    map_node_place(map, node, &text);
    alz_report(map->out, diag, alz_text_str(&text));
    alz_text_done(&text);
}

void map_explain(struct map *map, const struct map_section *section,
                 const struct map_node *node)
{
    if (map->explain)
        report(map, &took, section, node);
}

/* ---- waiting ---------------------------------------------------------- */

/* Suites around a record may not be known yet, either. */
static struct map_node *late_suite(struct map *map, struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;
    struct map_node *scope = NULL;

    for (node = node->parent; node && !scope; node = node->parent) {
        for (size_t i = 0; i < mapping->section_count && !scope; i++) {
            const struct map_section *section = &mapping->sections[i];

            if (section->kind == MAP_SUITE && !node->suite &&
                map_section_fits(section, node))
                scope =
                    map_late(map, section->first_when, section->end_when, node);
        }
    }
    return scope;
}

static void wait_for(struct map_node *node, struct map_node *scope)
{
    node->waits = true;
    node->next_waiter = NULL;
    *(scope->last_waiter ? &scope->last_waiter->next_waiter : &scope->waiter) =
        node;
    scope->last_waiter = node;
    for (struct map_node *at = node; at; at = at->parent)
        at->pins++;
}

/* What it names in enclosing values is looked for there, not waited for. */
static bool may_wait(struct map *map)
{
    if (map->bytes <= MAP_WAITING)
        return true;
    if (!map->late_said)
        alz_report(map->out, &late, ALZ_STR(""));
    map->late_said = true;
    return false;
}

/* ---- offering --------------------------------------------------------- */

/* "section: /tests/3: name" */
static void explain_test(struct map *map, const struct map_section *section,
                         struct map_node *node)
{
    struct alz_text text = {0};

    map_add(map, &text, section->name);
    map_add(map, &text, ALZ_STR(": "));
    map_node_place(map, node, &text);
    map_add(map, &text, ALZ_STR(": "));
    map_add(map, &text, map_field(map, section, MAP_F_NAME, node));
    alz_report(map->out, &took, alz_text_str(&text));
    alz_text_done(&text);
}

static void tell(struct map *map, const struct map_section *section,
                 struct map_node *node)
{
    map->hits[section - map->mapping->sections]++;
    map->seen = true;
    map->taken++;
    if (map->explain)
        explain_test(map, section, node);
    if (map_field(map, section, MAP_F_NAME, node).len)
        map_tell_test(map, section, node);
    else
        report(map, &no_name, section, node);
}

/* The section's record, unless it has to wait: then the value it waits for. */
static bool takes(struct map *map, const struct map_section *section,
                  struct map_node *node, struct map_node **ret_scope)
{
    *ret_scope = map_late(map, section->first_when, section->end_when, node);
    if (*ret_scope)
        return true;
    if (!map_all_hold(map, section, node))
        return false;
    *ret_scope = map_late(map, section->first_ref, section->end_ref, node);
    if (!*ret_scope)
        *ret_scope = late_suite(map, node);
    return true;
}

/* A section of such a kind takes the value. */
static bool is_of(struct map *map, unsigned kinds, struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;

    for (size_t i = 0; i < mapping->section_count; i++) {
        const struct map_section *section = &mapping->sections[i];

        if (section->kind & kinds && map_section_fits(section, node) &&
            map_all_hold(map, section, node))
            return true;
    }
    return false;
}

static void leave(struct map *map, struct map_node *node)
{
    if (is_of(map, MAP_RUN | MAP_SUITE, node))
        return;
    if (!map->left++)
        map_node_place(map, node, &map->first_left);
    if (map->explain)
        report(map, &left, NULL, node);
}

bool map_offer(struct map *map, struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;
    struct map_node *scope;

    for (size_t i = 0; i < mapping->section_count; i++) {
        const struct map_section *section = &mapping->sections[i];

        if (section->kind != MAP_TEST || !map_section_fits(section, node) ||
            !takes(map, section, node, &scope))
            continue;
        if (scope && may_wait(map)) {
            wait_for(node, scope);
            return false;
        }
        if (scope && !map_all_hold(map, section, node))
            continue;
        tell(map, section, node);
        return true;
    }
    leave(map, node);
    return false;
}

/* ---- the run ---------------------------------------------------------- */

static void tell_count(struct map *map, const struct map_section *section,
                       enum map_field field, const char *name,
                       struct map_node *node)
{
    struct alz_str text = map_field(map, section, field, node);

    if (text.len)
        alz_add(map->out, 0, ALZ_TOTAL, alz_str_from(name), text);
}

void map_tell_run(struct map *map, struct map_node *node)
{
    const struct map_mapping *mapping = map->mapping;

    for (size_t i = 0; i < mapping->section_count; i++) {
        const struct map_section *section = &mapping->sections[i];

        if (section->kind != MAP_RUN || !map_section_fits(section, node) ||
            !map_all_hold(map, section, node))
            continue;
        map->hits[i]++;
        map->required_seen |= section->required;
        map_explain(map, section, node);
        tell_count(map, section, MAP_F_TESTS, "tests", node);
        tell_count(map, section, MAP_F_FAILED, "failed", node);
        tell_count(map, section, MAP_F_ERRORS, "errors", node);
        map_tell_lists(map, section, node, 0);
    }
}
