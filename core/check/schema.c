/* schema.c - compiles the subset of JSON Schema 2020-12 our schemas use. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/schema_compile.h"

#include "base/buf.h"

#include <math.h>
#include <stdlib.h>

enum { NESTING_MAX = 256, REFERENCES_MAX = 64, SCHEMA_MAX = 1 << 20 };

static const struct alz_schema_node anything = {.types = ALZ_TYPES_ALL,
                                                .any = true};
static const struct alz_schema_node nothing = {.types = 0};

bool alz_schema_refuse(struct alz_schema_compiler *compiler,
                       const struct alz_tree *at, const char *why)
{
    alz_buf_putc(compiler->error, '#');
    alz_tree_pointer(at, compiler->error);
    alz_buf_printf(compiler->error, ": %s", why);
    return false;
}

void *alz_schema_alloc(struct alz_schema_compiler *compiler,
                       const struct alz_tree *at, size_t size)
{
    void *ret = alz_arena_alloc(&compiler->schema->arena, size);

    if (!ret)
        alz_schema_refuse(compiler, at, "out of memory");
    return ret;
}

/* ---- references ------------------------------------------------------- */

/* A reference stands alone: what else is said beside it is for people. */
static bool stands_alone(struct alz_schema_compiler *compiler,
                         const struct alz_tree *tree)
{
    static const char *const notes[] = {
        "$ref", "$comment", "title", "description", "examples", "deprecated"};
    const size_t count = sizeof(notes) / sizeof(*notes);

    for (struct alz_tree *at = tree->first; at; at = at->next) {
        size_t i = 0;

        while (i < count && !alz_str_is(at->key, notes[i]))
            i++;
        if (i == count)
            return alz_schema_refuse(compiler, at, "not supported by a $ref");
    }
    return true;
}

/* The schema that is meant in the end, or NULL after a refusal. */
static struct alz_tree *follow(struct alz_schema_compiler *compiler,
                               struct alz_tree *tree)
{
    for (size_t hops = 0; hops < REFERENCES_MAX; hops++) {
        struct alz_tree *ref = tree->type == ALZ_JSON_OBJECT
                                   ? alz_tree_member(tree, ALZ_STR("$ref"))
                                   : NULL;

        if (!ref)
            return tree;
        if (!stands_alone(compiler, tree))
            return NULL;
        tree =
            ref->type == ALZ_JSON_STRING && alz_str_starts(ref->text, "#")
                ? alz_tree_at(compiler->root, alz_str_from_offset(ref->text, 1))
                : NULL;
        if (!tree) {
            alz_schema_refuse(compiler, ref, "refers to nothing in here");
            return NULL;
        }
    }
    alz_schema_refuse(compiler, tree, "refers to itself");
    return NULL;
}

/* ---- nodes ------------------------------------------------------------ */

static bool is_anything(const struct alz_schema_node *node)
{
    return node->types == ALZ_TYPES_ALL && !node->whole && !node->has_length &&
           !node->has_range && !node->pattern && !node->enumeration &&
           !node->constant && !node->property_count && !node->additional &&
           !node->items && !node->min_items && node->max_items == SIZE_MAX;
}

static bool fill(struct alz_schema_compiler *compiler,
                 struct alz_schema_node *node, struct alz_tree *tree)
{
    for (struct alz_tree *at = tree->first; at; at = at->next) {
        const struct alz_schema_keyword *keyword =
            alz_schema_keyword_find(at->key);

        if (!keyword)
            return alz_schema_refuse(compiler, at, "keyword not supported");
        if (!keyword->compile(compiler, node, at))
            return false;
    }
    if (!alz_schema_object_make(compiler, node, tree))
        return false;
    node->any = is_anything(node);
    return true;
}

static struct alz_schema_node *node_new(struct alz_schema_compiler *compiler,
                                        struct alz_tree *tree)
{
    struct alz_schema_node *node =
        alz_schema_alloc(compiler, tree, sizeof(*node));

    if (!node)
        return NULL;
    node->types = ALZ_TYPES_ALL;
    node->min = -HUGE_VAL;
    node->max = HUGE_VAL;
    node->max_length = SIZE_MAX;
    node->max_items = SIZE_MAX;
    node->next = compiler->schema->nodes;
    compiler->schema->nodes = node;
    tree->note = node;
    return node;
}

const struct alz_schema_node *
alz_schema_node_at(struct alz_schema_compiler *compiler, struct alz_tree *tree)
{
    struct alz_schema_node *node;
    bool good = false;

    tree = follow(compiler, tree);
    if (!tree)
        return NULL;
    if (tree->type == ALZ_JSON_TRUE || tree->type == ALZ_JSON_FALSE)
        return tree->type == ALZ_JSON_TRUE ? &anything : &nothing;
    if (tree->note)
        return tree->note;
    if (tree->type != ALZ_JSON_OBJECT)
        alz_schema_refuse(compiler, tree, "not a schema");
    else if (compiler->nesting == NESTING_MAX)
        alz_schema_refuse(compiler, tree, "nested too deep");
    else if ((node = node_new(compiler, tree)) != NULL) {
        compiler->nesting++;
        good = fill(compiler, node, tree);
        compiler->nesting--;
    }
    return good ? tree->note : NULL;
}

/* ---- schemas ---------------------------------------------------------- */

struct alz_schema *alz_schema_compile(struct alz_str json,
                                      struct alz_text *error)
{
    struct alz_schema *schema = calloc(1, sizeof(*schema));
    struct alz_schema_compiler compiler = {.schema = schema, .error = error};

    if (!schema || json.len > SCHEMA_MAX) {
        alz_text_add(error, schema ? ALZ_STR("#: larger than 1 MiB")
                                   : ALZ_STR("#: out of memory"));
        free(schema);
        return NULL;
    }
    compiler.root = alz_tree_parse(&schema->arena, json, error);
    if (compiler.root)
        schema->root = alz_schema_node_at(&compiler, compiler.root);
    if (schema->root)
        return schema;
    alz_schema_free(schema);
    return NULL;
}

void alz_schema_free(struct alz_schema *schema)
{
    if (!schema)
        return;
    for (struct alz_schema_node *at = schema->nodes; at; at = at->next)
        alz_pattern_free(at->pattern);
    alz_arena_done(&schema->arena);
    free(schema);
}
