/* schema_keywords.c - what each keyword of a schema compiles to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/schema_compile.h"

#include "base/buf.h"
#include "check/number.h"

#include <math.h>

static bool expect(struct alz_schema_compiler *compiler,
                   const struct alz_tree *value, enum alz_json_type type,
                   const char *why)
{
    return value->type == type || alz_schema_refuse(compiler, value, why);
}

/* ---- one function per keyword ----------------------------------------- */

static bool on_annotation(struct alz_schema_compiler *compiler,
                          struct alz_schema_node *node, struct alz_tree *value)
{
    (void)compiler, (void)node, (void)value;
    return true;
}

static const struct {
    const char *name;
    unsigned types;
    bool whole;
} type_words[] = {
    {"null",    1U << ALZ_JSON_NULL,                        false},
    {"boolean", 1U << ALZ_JSON_TRUE | 1U << ALZ_JSON_FALSE, false},
    {"integer", 1U << ALZ_JSON_NUMBER,                      true },
    {"number",  1U << ALZ_JSON_NUMBER,                      false},
    {"string",  1U << ALZ_JSON_STRING,                      false},
    {"object",  1U << ALZ_JSON_OBJECT,                      false},
    {"array",   1U << ALZ_JSON_ARRAY,                       false},
};

static bool add_type(struct alz_schema_compiler *compiler,
                     struct alz_schema_node *node, const struct alz_tree *word)
{
    for (size_t i = 0; i < sizeof(type_words) / sizeof(*type_words); i++) {
        if (!alz_str_is(word->text, type_words[i].name))
            continue;
        if (type_words[i].types & 1U << ALZ_JSON_NUMBER)
            node->whole =
                type_words[i].whole &&
                (node->whole || !(node->types & 1U << ALZ_JSON_NUMBER));
        node->types |= type_words[i].types;
        return true;
    }
    return alz_schema_refuse(compiler, word, "not a type");
}

static bool on_type(struct alz_schema_compiler *compiler,
                    struct alz_schema_node *node, struct alz_tree *value)
{
    node->types = 0;
    if (value->type == ALZ_JSON_STRING)
        return add_type(compiler, node, value);
    if (!expect(compiler, value, ALZ_JSON_ARRAY, "not a type"))
        return false;
    for (struct alz_tree *word = value->first; word; word = word->next)
        if (word->type != ALZ_JSON_STRING || !add_type(compiler, node, word))
            return alz_schema_refuse(compiler, word, "not a type");
    return true;
}

/* Equality of numbers and of structures is not needed, so it is not there. */
static bool is_comparable(const struct alz_tree *value)
{
    return value->type != ALZ_JSON_NUMBER && value->type < ALZ_JSON_OBJECT;
}

static bool on_enum(struct alz_schema_compiler *compiler,
                    struct alz_schema_node *node, struct alz_tree *value)
{
    if (!expect(compiler, value, ALZ_JSON_ARRAY, "not an array"))
        return false;
    for (struct alz_tree *at = value->first; at; at = at->next)
        if (!is_comparable(at))
            return alz_schema_refuse(compiler, at,
                                     "value of this type not supported");
    node->enumeration = value;
    return true;
}

static bool on_const(struct alz_schema_compiler *compiler,
                     struct alz_schema_node *node, struct alz_tree *value)
{
    node->constant = value;
    return is_comparable(value) ||
           alz_schema_refuse(compiler, value,
                             "value of this type not supported");
}

static bool on_properties(struct alz_schema_compiler *compiler,
                          struct alz_schema_node *node, struct alz_tree *value)
{
    (void)node; /* alz_schema_object_make takes them */
    return expect(compiler, value, ALZ_JSON_OBJECT, "not an object");
}

static bool on_required(struct alz_schema_compiler *compiler,
                        struct alz_schema_node *node, struct alz_tree *value)
{
    (void)node;
    if (!expect(compiler, value, ALZ_JSON_ARRAY, "not an array"))
        return false;
    for (struct alz_tree *name = value->first; name; name = name->next)
        if (!expect(compiler, name, ALZ_JSON_STRING, "not a string"))
            return false;
    return true;
}

static bool on_additional(struct alz_schema_compiler *compiler,
                          struct alz_schema_node *node, struct alz_tree *value)
{
    node->additional = alz_schema_node_at(compiler, value);
    return node->additional != NULL;
}

static bool on_items(struct alz_schema_compiler *compiler,
                     struct alz_schema_node *node, struct alz_tree *value)
{
    node->items = alz_schema_node_at(compiler, value);
    return node->items != NULL;
}

static bool on_defs(struct alz_schema_compiler *compiler,
                    struct alz_schema_node *node, struct alz_tree *value)
{
    (void)node;
    if (!expect(compiler, value, ALZ_JSON_OBJECT, "not an object"))
        return false;
    for (struct alz_tree *at = value->first; at; at = at->next)
        if (!alz_schema_node_at(compiler, at))
            return false;
    return true;
}

static bool on_pattern(struct alz_schema_compiler *compiler,
                       struct alz_schema_node *node, struct alz_tree *value)
{
    struct alz_text why = {.max = 512};

    if (!expect(compiler, value, ALZ_JSON_STRING, "not a string"))
        return false;
    node->pattern = alz_pattern_compile(value->text, &why);
    node->pattern_text = value->text;
    if (!node->pattern) {
        alz_buf_putc(&why, '\0');
        alz_schema_refuse(compiler, value, why.ptr ? why.ptr : "out of memory");
    }
    alz_text_done(&why);
    return node->pattern != NULL;
}

static bool read_bound(struct alz_schema_compiler *compiler,
                       const struct alz_tree *value, double *ret)
{
    if (!expect(compiler, value, ALZ_JSON_NUMBER, "not a number"))
        return false;
    *ret = alz_number_read(value->text).value;
    return true;
}

static bool read_count(struct alz_schema_compiler *compiler,
                       const struct alz_tree *value, size_t *ret)
{
    double bound = -1;

    if (!read_bound(compiler, value, &bound))
        return false;
    if (bound < 0 || bound > 1e15)
        return alz_schema_refuse(compiler, value, "not a count");
    *ret = (size_t)bound;
    return true;
}

static bool on_min_length(struct alz_schema_compiler *compiler,
                          struct alz_schema_node *node, struct alz_tree *value)
{
    node->has_length = true;
    return read_count(compiler, value, &node->min_length);
}

static bool on_max_length(struct alz_schema_compiler *compiler,
                          struct alz_schema_node *node, struct alz_tree *value)
{
    node->has_length = true;
    return read_count(compiler, value, &node->max_length);
}

static bool on_min_items(struct alz_schema_compiler *compiler,
                         struct alz_schema_node *node, struct alz_tree *value)
{
    return read_count(compiler, value, &node->min_items);
}

static bool on_max_items(struct alz_schema_compiler *compiler,
                         struct alz_schema_node *node, struct alz_tree *value)
{
    return read_count(compiler, value, &node->max_items);
}

static bool on_minimum(struct alz_schema_compiler *compiler,
                       struct alz_schema_node *node, struct alz_tree *value)
{
    if (node->min > -HUGE_VAL)
        return alz_schema_refuse(compiler, value, "a second minimum");
    node->has_range = true;
    return read_bound(compiler, value, &node->min);
}

static bool on_exclusive_minimum(struct alz_schema_compiler *compiler,
                                 struct alz_schema_node *node,
                                 struct alz_tree *value)
{
    node->exclusive = true;
    return on_minimum(compiler, node, value);
}

static bool on_maximum(struct alz_schema_compiler *compiler,
                       struct alz_schema_node *node, struct alz_tree *value)
{
    node->has_range = true;
    return read_bound(compiler, value, &node->max);
}

/* The supported vocabulary; schemas/README.md shows it to people. */
static const struct alz_schema_keyword keywords[] = {
    {"$schema",              on_annotation       },
    {"$id",                  on_annotation       },
    {"$comment",             on_annotation       },
    {"$defs",                on_defs             },
    {"title",                on_annotation       },
    {"description",          on_annotation       },
    {"examples",             on_annotation       },
    {"default",              on_annotation       },
    {"deprecated",           on_annotation       },
    {"format",               on_annotation       },
    {"type",                 on_type             },
    {"enum",                 on_enum             },
    {"const",                on_const            },
    {"properties",           on_properties       },
    {"required",             on_required         },
    {"additionalProperties", on_additional       },
    {"items",                on_items            },
    {"minItems",             on_min_items        },
    {"maxItems",             on_max_items        },
    {"minLength",            on_min_length       },
    {"maxLength",            on_max_length       },
    {"pattern",              on_pattern          },
    {"minimum",              on_minimum          },
    {"maximum",              on_maximum          },
    {"exclusiveMinimum",     on_exclusive_minimum},
};

const struct alz_schema_keyword *alz_schema_keyword_find(struct alz_str name)
{
    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
        if (alz_str_is(name, keywords[i].name))
            return &keywords[i];
    return NULL;
}
