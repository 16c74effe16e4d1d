/* marker.c - lines of output that are meant for the report. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attach.h"

static alz_ref owner(struct junit *state, const struct junit_output *output)
{
    if (!output->record)
        return output->owner;
    return output->record->ref ? output->record->ref : state->test.ref;
}

/* The text from a marker's opening on; ptr NULL: there is none. */
static struct alz_str find_opening(struct alz_str line)
{
    const char *at;

    while (line.len && (at = memchr(line.ptr, '[', line.len))) {
        line = alz_str_from_offset(line, (size_t)(at - line.ptr));
        if (alz_str_starts(line, "[[ATTACHMENT|") ||
            alz_str_starts(line, "[[PROPERTY|"))
            return line;
        line = alz_str_from_offset(line, 1);
    }
    return (struct alz_str){NULL, 0};
}

/* Jenkins: "[[ATTACHMENT|path]]"; what follows a second bar is reserved. */
static void attach(struct junit *state, struct alz_out *out,
                   struct junit_output *output, struct alz_str inside)
{
    struct alz_str path;

    alz_str_split(&inside, '|', &path);
    junit_attach_value(state, out, owner(state, output), path);
}

/* "[[PROPERTY|name=value]]", or the name alone before lines of value. */
static void property(struct junit *state, struct alz_out *out,
                     struct junit_output *output, struct alz_str inside)
{
    size_t equals = alz_str_find(inside, "=");

    if (equals != SIZE_MAX) {
        junit_property_apply(state, out, owner(state, output),
                             alz_str_trim(junit_head(inside, equals)),
                             alz_str_from_offset(inside, equals + 1));
        return;
    }
    alz_text_clear(&output->property_name);
    alz_text_clear(&output->property_value);
    junit_put(state, &output->property_name, alz_str_trim(inside));
    output->in_property = true;
}

void junit_marker_end(struct junit *state, struct alz_out *out,
                      struct junit_output *output)
{
    if (!output->in_property)
        return;
    output->in_property = false;
    junit_property_apply(state, out, owner(state, output),
                         alz_text_str(&output->property_name),
                         alz_str_trim(alz_text_str(&output->property_value)));
}

static bool in_property(struct junit *state, struct alz_out *out,
                        struct junit_output *output, struct alz_str line)
{
    if (alz_str_starts(alz_str_trim(line), "[[/PROPERTY]]"))
        junit_marker_end(state, out, output);
    else
        junit_put(state, &output->property_value, line);
    return true;
}

/* JUnit 5's console launcher names each test in its output. */
static bool unique_line(struct junit *state, struct alz_str line)
{
    struct junit_unique *unique = &state->test.unique;
    bool id = alz_str_starts(line, "unique-id: ");

    if (!junit_is(state, "junit5") ||
        (!id && !alz_str_starts(line, "display-name: ")))
        return false;
    struct alz_text *text = id ? &unique->id : &unique->display;
    if (state->test.open && text->len == 0)
        junit_put(state, text,
                  alz_str_trim(
                      alz_str_from_offset(line, alz_str_find(line, " ") + 1)));
    return true;
}

bool junit_marker_take(struct junit *state, struct alz_out *out,
                       struct junit_output *output, struct alz_str line)
{
    if (output->in_property)
        return in_property(state, out, output, line);
    if (unique_line(state, line))
        return true;
    struct alz_str opening = find_opening(line);
    if (!opening.ptr)
        return false;
    bool attachment = alz_str_starts(opening, "[[A");
    struct alz_str inside =
        junit_trim_end(alz_str_from_offset(opening, attachment ? 13 : 11));
    size_t end = alz_str_find(inside, "]]");
    if (end == SIZE_MAX)
        return false;
    bool alone = end + 2 == inside.len && alz_str_trim(line).ptr == opening.ptr;
    inside = junit_head(inside, end);
    if (attachment)
        attach(state, out, output, inside);
    else
        property(state, out, output, inside);
    return alone; /* other text on the line stays output */
}
