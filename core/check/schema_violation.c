/* schema_violation.c - says what is wrong with a document, and where. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/schema_violation.h"

#include "base/buf.h"
#include "check/number.h"

enum { SHOWN_MAX = 60, TEXT_MAX = 2048, POINTER_MAX = 32768 };

/* ---- where ------------------------------------------------------------ */

static struct alz_str key_of(const struct alz_schema_check *check, size_t depth)
{
    const struct alz_schema_frame *frame = &check->frames[depth];
    size_t end = depth + 1 < check->depth ? check->frames[depth + 1].keys_mark
                                          : check->keys.len;

    if (frame->property)
        return frame->property->name;
    if (!check->keys.ptr || end < frame->keys_mark)
        return ALZ_STR("");
    return (struct alz_str){check->keys.ptr + frame->keys_mark,
                            end - frame->keys_mark};
}

static void set_pointer(struct alz_schema_check *check, size_t depth)
{
    alz_text_clear(&check->pointer);
    check->pointer.max = POINTER_MAX;
    for (size_t i = 0; i < depth; i++) {
        if (check->frames[i].array)
            alz_buf_printf(&check->pointer, "/%zu", check->frames[i].count);
        else
            alz_pointer_add(&check->pointer, key_of(check, i));
    }
}

static struct alz_text *begin_text(struct alz_schema_check *check)
{
    alz_text_clear(&check->text);
    check->text.max = TEXT_MAX;
    return &check->text;
}

static void say(struct alz_schema_check *check, const char *rule, size_t depth)
{
    struct alz_violation violation = {.rule = rule};

    check->violations++;
    if (!check->violation)
        return;
    set_pointer(check, depth);
    violation.pointer = alz_text_str(&check->pointer);
    violation.text = alz_text_str(&check->text);
    check->violation(check->ctx, &violation);
}

static void quote(struct alz_text *ret, struct alz_str text)
{
    alz_buf_putc(ret, '"');
    alz_buf_add_quoted(ret, text, SHOWN_MAX);
    alz_buf_putc(ret, '"');
}

void alz_schema_violate(struct alz_schema_check *check, const char *rule,
                        size_t depth, const char *text)
{
    alz_text_add(begin_text(check), alz_str_from(text));
    say(check, rule, depth);
}

/* ---- what ------------------------------------------------------------- */

static const char *const type_names[] = {
    [ALZ_JSON_NULL] = "null",       [ALZ_JSON_FALSE] = "a boolean",
    [ALZ_JSON_TRUE] = "a boolean",  [ALZ_JSON_NUMBER] = "a number",
    [ALZ_JSON_STRING] = "a string", [ALZ_JSON_OBJECT] = "an object",
    [ALZ_JSON_ARRAY] = "an array",
};

static void add_types(struct alz_text *text, const struct alz_schema_node *node)
{
    const char *before = "";

    for (unsigned i = 0; i <= ALZ_JSON_ARRAY; i++) {
        unsigned type = (i + 1) % (ALZ_JSON_ARRAY + 1); /* null is last */
        const char *name = type_names[type];

        if (!(node->types & 1U << type) || type == ALZ_JSON_TRUE)
            continue;
        if (type == ALZ_JSON_NUMBER && node->whole)
            name = "an integer";
        alz_buf_printf(text, "%s%s", before, name);
        before = " or ";
    }
    if (!node->types)
        alz_text_add(text, ALZ_STR("nothing"));
}

void alz_schema_violate_type(struct alz_schema_check *check,
                             const struct alz_schema_node *node,
                             enum alz_json_type type)
{
    struct alz_text *text = begin_text(check);

    alz_text_add(text, alz_str_from(type_names[type]));
    if (type == ALZ_JSON_NUMBER && node->whole)
        alz_text_add(text, ALZ_STR(" with a fraction"));
    alz_text_add(text, ALZ_STR(" where the schema wants "));
    add_types(text, node);
    say(check, "schema/type", check->depth);
}

void alz_schema_violate_enum(struct alz_schema_check *check,
                             const struct alz_schema_node *node,
                             struct alz_str value)
{
    struct alz_text *text = begin_text(check);
    const struct alz_tree *at =
        node->enumeration ? node->enumeration->first : node->constant;
    const char *before = " is none of ";

    quote(text, value);
    for (; at; at = node->enumeration ? at->next : NULL) {
        alz_text_add(text, alz_str_from(before));
        alz_text_add(text, at->text);
        before = ", ";
    }
    say(check, "schema/enum", check->depth);
}

void alz_schema_violate_pattern(struct alz_schema_check *check,
                                const struct alz_schema_node *node,
                                struct alz_str value)
{
    struct alz_text *text = begin_text(check);

    quote(text, value);
    alz_text_add(text, ALZ_STR(" does not match "));
    alz_text_add(text, node->pattern_text);
    say(check, "schema/pattern", check->depth);
}

void alz_schema_violate_length(struct alz_schema_check *check,
                               const struct alz_schema_node *node,
                               size_t length)
{
    bool below = length < node->min_length;

    alz_buf_printf(begin_text(check), "%zu characters, %s are %zu", length,
                   below ? "the least" : "the most",
                   below ? node->min_length : node->max_length);
    say(check, "schema/length", check->depth);
}

void alz_schema_violate_range(struct alz_schema_check *check,
                              const struct alz_schema_node *node,
                              struct alz_str value)
{
    struct alz_text *text = begin_text(check);
    bool above = alz_number_read(value).value > node->max;

    alz_buf_add_quoted(text, value, SHOWN_MAX);
    alz_buf_printf(text, " is %s %.0f",
                   above             ? "above"
                   : node->exclusive ? "not above"
                                     : "below",
                   above ? node->max : node->min);
    say(check, "schema/range", check->depth);
}

void alz_schema_violate_required(struct alz_schema_check *check,
                                 struct alz_str name)
{
    struct alz_text *text = begin_text(check);

    alz_text_add(text, ALZ_STR("no property "));
    quote(text, name);
    say(check, "schema/required", check->depth - 1);
}

void alz_schema_violate_count(struct alz_schema_check *check, const char *what,
                              size_t depth, size_t limit)
{
    alz_buf_printf(begin_text(check), "%s %zu", what, limit);
    say(check, "schema/items", depth);
}
