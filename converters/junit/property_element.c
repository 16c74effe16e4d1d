/* property_element.c - <property> with a value, a text or items. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attach.h"

enum { VALUE_MAX = 8 * 1024 * 1024 };

static alz_ref owner(struct junit *state)
{
    if (state->test.open)
        return state->test.ref;
    return state->frame ? state->frame->ref : 0;
}

void junit_property_open(void *ctx, struct alz_out *out,
                         const struct alz_xml_element *element)
{
    struct junit *state = ctx;
    struct junit_property *property = &state->property;
    struct alz_str value = alz_xml_attr(element, "value");

    (void)out;
    if (state->foreign || state->outcome || state->output.open)
        return;
    alz_text_clear(&property->name);
    alz_text_clear(&property->value);
    alz_text_clear(&property->child);
    property->value.max = property->child.max = VALUE_MAX;
    property->open = true;
    property->has_value = value.ptr != NULL;
    junit_put(state, &property->name,
              alz_str_trim(alz_xml_attr(element, "name")));
    junit_put(state, &property->value, value);
    state->sink = property->has_value ? JUNIT_SINK_NONE : JUNIT_SINK_PROPERTY;
    junit_dialect_see_property(state, alz_text_str(&property->name));
}

void junit_property_close(void *ctx, struct alz_out *out, struct alz_str text,
                          size_t cut)
{
    struct junit *state = ctx;
    struct junit_property *property = &state->property;
    struct alz_str value = alz_text_str(&property->value);

    (void)text;
    (void)cut;
    if (!property->open)
        return;
    property->open = false;
    state->sink = JUNIT_SINK_NONE;
    if (property->items && !alz_str_trim(value).len)
        value.len = 0;
    else if (!property->has_value)
        value = alz_str_trim(value);
    if (!property->items || value.len)
        junit_property_apply(state, out, owner(state),
                             alz_text_str(&property->name), value);
    property->items = 0;
}

void junit_item_open(void *ctx, struct alz_out *out,
                     const struct alz_xml_element *element)
{
    struct junit *state = ctx;
    struct junit_property *property = &state->property;

    (void)out;
    if (!property->open)
        return;
    property->subfield = alz_str_is(element->name, "test-step-subfield");
    if (!alz_str_is(element->name, "value")) {
        alz_text_clear(&property->item);
        junit_put(state, &property->item, alz_xml_attr(element, "name"));
    }
    alz_text_clear(&property->child);
    property->items += !property->subfield;
    state->sink = JUNIT_SINK_CHILD;
}

static void item_apply(struct junit *state, struct alz_out *out,
                       struct alz_str value)
{
    struct junit_property *property = &state->property;
    struct alz_str name = alz_text_str(&property->name);
    struct alz_str item = alz_text_str(&property->item);
    alz_ref ref = owner(state);

    if (alz_str_is(name, "testrun_evidence"))
        junit_attach_base64(state, out, ref, item, "", value);
    else if (alz_str_is(name, "testrun_customfields"))
        alz_add(out, ref, ALZ_LABEL, item, value);
    else
        junit_property_apply(state, out, ref, name, value);
}

void junit_item_close(void *ctx, struct alz_out *out, struct alz_str text,
                      size_t cut)
{
    struct junit *state = ctx;
    struct junit_property *property = &state->property;
    struct alz_str value = alz_str_trim(alz_text_str(&property->child));

    (void)text;
    (void)cut;
    if (!property->open)
        return;
    if (property->subfield) {
        junit_put(state, &property->value, ALZ_STR("\n"));
        junit_put(state, &property->value, alz_text_str(&property->item));
        junit_put(state, &property->value, ALZ_STR(": "));
        junit_put(state, &property->value, value);
    } else if (value.len && state->test.open) {
        item_apply(state, out, value);
    }
    alz_text_clear(&property->child);
    state->sink = property->has_value ? JUNIT_SINK_NONE : JUNIT_SINK_PROPERTY;
}

void junit_property_done(struct junit_property *property)
{
    alz_text_done(&property->name);
    alz_text_done(&property->value);
    alz_text_done(&property->item);
    alz_text_done(&property->child);
}
