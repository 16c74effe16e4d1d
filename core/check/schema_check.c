/* schema_check.c - checks the events of a document against a schema. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/schema_violation.h"

#include "base/utf8.h"
#include "base/words.h"
#include "check/number.h"

#include <stdlib.h>

static const struct alz_schema_node anything = {.types = ALZ_TYPES_ALL,
                                                .any = true};

static struct alz_schema_frame *top(struct alz_schema_check *check)
{
    return check->depth ? &check->frames[check->depth - 1] : NULL;
}

/* ---- keys ------------------------------------------------------------- */

static bool is_named(const struct alz_schema_property *property,
                     struct alz_str key)
{
    return property->name.len == key.len &&
           alz_words_equal(property->name.ptr, key.ptr, key.len);
}

static const struct alz_schema_property *
property_find(const struct alz_schema_node *node, struct alz_str key)
{
    size_t slot = alz_schema_hash(key) & node->slot_mask;

    for (; node->slots[slot]; slot = (slot + 1) & node->slot_mask)
        if (is_named(&node->properties[node->slots[slot] - 1], key))
            return &node->properties[node->slots[slot] - 1];
    return NULL;
}

/* An unknown key is copied: its value may be wrong and must be named. */
static void key_unknown(struct alz_schema_check *check,
                        struct alz_schema_frame *frame, struct alz_str key)
{
    const struct alz_schema_node *additional = frame->node->additional;

    check->keys.len = frame->keys_mark;
    alz_text_add(&check->keys, alz_utf8_cut(key, ALZ_SCHEMA_KEY_MAX));
    frame->property = NULL;
    frame->value = additional ? additional : &anything;
    if (!frame->value->types) {
        alz_schema_violate(check, "schema/additional", check->depth,
                           "this property is not allowed");
        frame->value = &anything;
    }
}

/* The keys of our own documents come in the order of the schemas. */
void alz_schema_check_key(struct alz_schema_check *check, struct alz_str key)
{
    struct alz_schema_frame *frame = top(check);
    const struct alz_schema_property *property;

    if (check->skipped || !frame || frame->array)
        return;
    frame->keyed = true;
    property = frame->likely;
    if (!property || !property->node || !is_named(property, key))
        property = property_find(frame->node, key);
    if (!property) {
        key_unknown(check, frame, key);
        return;
    }
    frame->property = property;
    frame->likely = property + 1;
    frame->value = property->node;
    frame->seen |= UINT64_C(1) << (property - frame->node->properties);
}

/* ---- values ----------------------------------------------------------- */

static const struct alz_schema_node *expected(struct alz_schema_check *check)
{
    struct alz_schema_frame *frame = top(check);

    if (!frame)
        return check->schema->root;
    if (frame->array && frame->count == frame->node->max_items)
        alz_schema_violate_count(check, "more elements than", check->depth - 1,
                                 frame->node->max_items);
    return frame->value;
}

/* The value is over: what comes next is another element or a key. */
static void value_done(struct alz_schema_check *check)
{
    struct alz_schema_frame *frame = top(check);

    if (!frame)
        return;
    frame->count++;
    frame->keyed = false;
}

static bool is_listed(const struct alz_tree *list, enum alz_json_type type,
                      struct alz_str text)
{
    for (const struct alz_tree *at = list->first; at; at = at->next)
        if (at->type == type && alz_str_equal(at->text, text))
            return true;
    return false;
}

static size_t code_points(struct alz_str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return count;
}

/* A character has one to four bytes, so most texts need not be counted. */
static bool fits_surely(const struct alz_schema_node *node, size_t bytes)
{
    return bytes <= node->max_length && (bytes + 3) / 4 >= node->min_length;
}

static void check_string(struct alz_schema_check *check,
                         const struct alz_schema_node *node,
                         struct alz_str text)
{
    if (node->has_length && !fits_surely(node, text.len)) {
        size_t length = code_points(text);

        if (length < node->min_length || length > node->max_length)
            alz_schema_violate_length(check, node, length);
    }
    if (node->pattern &&
        !alz_pattern_matches(node->pattern, check->matcher, text))
        alz_schema_violate_pattern(check, node, text);
}

static void check_number(struct alz_schema_check *check,
                         const struct alz_schema_node *node,
                         struct alz_str text)
{
    struct alz_number number = alz_number_read(text);

    if (node->whole && !number.whole)
        alz_schema_violate_type(check, node, ALZ_JSON_NUMBER);
    else if (number.value < node->min || number.value > node->max ||
             (node->exclusive && !(number.value > node->min)))
        alz_schema_violate_range(check, node, text);
}

static bool check_type(struct alz_schema_check *check,
                       const struct alz_schema_node *node,
                       enum alz_json_type type)
{
    if (node->types & 1U << type)
        return true;
    alz_schema_violate_type(check, node, type);
    return false;
}

static void check_scalar(struct alz_schema_check *check,
                         const struct alz_schema_node *node,
                         enum alz_json_type type, struct alz_str text)
{
    if (node->any || !check_type(check, node, type))
        return;
    if ((node->enumeration && !is_listed(node->enumeration, type, text)) ||
        (node->constant && (node->constant->type != type ||
                            !alz_str_equal(node->constant->text, text))))
        alz_schema_violate_enum(check, node, text);
    if (type == ALZ_JSON_STRING)
        check_string(check, node, text);
    else if (type == ALZ_JSON_NUMBER && (node->whole || node->has_range))
        check_number(check, node, text);
}

void alz_schema_check_value(struct alz_schema_check *check,
                            enum alz_json_type type, struct alz_str text)
{
    struct alz_schema_frame *frame = top(check);

    if (check->skipped || (frame && !frame->array && !frame->keyed))
        return;
    check_scalar(check, expected(check), type, text);
    value_done(check);
}

void alz_schema_check_again(struct alz_schema_check *check, size_t count)
{
    for (; count && !check->skipped; count--) {
        expected(check);
        value_done(check);
    }
}

/* ---- brackets --------------------------------------------------------- */

static void push(struct alz_schema_check *check,
                 const struct alz_schema_node *node, enum alz_json_type type)
{
    struct alz_schema_frame *frame = &check->frames[check->depth++];

    frame->node = node;
    frame->value = node->items ? node->items : &anything;
    frame->property = NULL;
    frame->likely = node->properties;
    frame->seen = 0;
    frame->count = 0;
    frame->keys_mark = check->keys.len;
    frame->array = type == ALZ_JSON_ARRAY;
    frame->keyed = false;
}

static void check_depth(struct alz_schema_check *check)
{
    if (check->depth + check->skipped <= ALZ_SCHEMA_DEPTH_MAX || check->deep)
        return;
    check->deep = true;
    alz_schema_violate(check, "schema/depth", check->depth, "nested too deep");
}

void alz_schema_check_open(struct alz_schema_check *check,
                           enum alz_json_type type)
{
    struct alz_schema_frame *frame = top(check);
    const struct alz_schema_node *node;

    if (check->skipped || check->depth == ALZ_SCHEMA_DEPTH_MAX) {
        check->skipped++;
        check_depth(check);
        return;
    }
    if (frame && !frame->array && !frame->keyed)
        return;
    node = expected(check);
    if (node->any || !check_type(check, node, type))
        check->skipped = 1;
    else
        push(check, node, type);
}

static void check_required(struct alz_schema_check *check,
                           const struct alz_schema_frame *frame)
{
    uint64_t missing = frame->node->required & ~frame->seen;

    for (size_t i = 0; missing; i++, missing >>= 1)
        if (missing & 1)
            alz_schema_violate_required(check, frame->node->properties[i].name);
}

void alz_schema_check_close(struct alz_schema_check *check)
{
    struct alz_schema_frame *frame = top(check);

    if (check->skipped) {
        if (--check->skipped == 0)
            value_done(check);
        return;
    }
    if (!frame)
        return;
    if (!frame->array && (frame->node->required & ~frame->seen))
        check_required(check, frame);
    if (frame->array && frame->count < frame->node->min_items)
        alz_schema_violate_count(check, "fewer elements than", check->depth - 1,
                                 frame->node->min_items);
    check->keys.len = frame->keys_mark;
    check->depth--;
    value_done(check);
}

/* ---- the check -------------------------------------------------------- */

struct alz_schema_check *alz_schema_check_new(const struct alz_schema *schema,
                                              alz_violation_fn *violation,
                                              void *ctx)
{
    struct alz_schema_check *check = malloc(sizeof(*check));

    if (!check)
        return NULL;
    memset(check, 0, offsetof(struct alz_schema_check, frames));
    check->schema = schema;
    check->violation = violation;
    check->ctx = ctx;
    check->matcher = alz_matcher_new();
    if (check->matcher)
        return check;
    free(check);
    return NULL;
}

void alz_schema_check_reset(struct alz_schema_check *check)
{
    check->depth = 0;
    check->skipped = 0;
    check->violations = 0;
    check->deep = false;
    check->keys.len = 0;
}

uint64_t alz_schema_check_violations(const struct alz_schema_check *check)
{
    return check->violations;
}

void alz_schema_check_free(struct alz_schema_check *check)
{
    if (!check)
        return;
    alz_matcher_free(check->matcher);
    alz_text_done(&check->keys);
    alz_text_done(&check->pointer);
    alz_text_done(&check->text);
    free(check);
}
