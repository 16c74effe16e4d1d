/* property.c - conventions for the names of properties. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attach.h"

struct call {
    struct junit *state;
    struct alz_out *out;
    alz_ref ref;
    struct alz_str name, value;
    struct alz_str rest; /* of the name, behind what the rule matched */
};

/* ---- what a property may become ----------------------------------------- */

static void put_attachment(const struct call *call)
{
    junit_attach_value(call->state, call->out, call->ref, call->value);
}

static void put_link(const struct call *call)
{
    alz_add(call->out, call->ref, ALZ_LINK, call->rest, call->value);
}

static void put_html(const struct call *call)
{
    junit_attach_bytes(call->out, call->ref, call->rest, "text/html",
                       call->value);
}

static void put_console(const struct call *call)
{
    junit_attach_bytes(call->out, call->ref, call->rest, "text/plain",
                       call->value);
}

static void put_description(const struct call *call)
{
    struct alz_text *text = &call->state->test.description;

    if (text->len)
        junit_put(call->state, text, ALZ_STR("\n\n"));
    junit_put(call->state, text, call->value);
}

static void put_tags(const struct call *call)
{
    alz_property_tell(call->out, call->ref, ALZ_STR("tags"), call->value);
}

static void put_reason(const struct call *call)
{
    struct alz_text *reason = &call->state->test.skip_reason;

    if (!reason->len)
        junit_put(call->state, reason, call->value);
}

static void put_step(const struct call *call);

/* ---- the rules ---------------------------------------------------------- */

enum how {
    EXACT,
    PREFIX,  /* and something behind it */
    NUMBERED /* nothing or digits behind it, or "[...]" */
};

/* Beside the conventions of all formats, and before them. of_suite: also on a
 * suite; the rest of a suite's properties describe the machine. */
static const struct rule {
    const char *name;
    enum how how;
    bool of_suite;
    void (*put)(const struct call *call);
} rules[] = {
    {"attachment",       NUMBERED, true,  put_attachment },
    {"step",             NUMBERED, false, put_step       },
    {"url:",             PREFIX,   true,  put_link       },
    {"html:",            PREFIX,   false, put_html       },
    {"console:",         PREFIX,   false, put_console    },
    {"description",      EXACT,    false, put_description},
    {"test_description", EXACT,    false, put_description},
    {"testrun_comment",  EXACT,    false, put_description},
    {"cmake_labels",     EXACT,    false, put_tags       },
    {"skip",             EXACT,    false, put_reason     },
    {"fixme",            EXACT,    false, put_reason     },
    {"fail",             EXACT,    false, put_reason     },
};

static bool all_digits(struct alz_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return true;
}

static bool rule_fits(const struct rule *rule, struct alz_str name,
                      struct alz_str *rest)
{
    if (!alz_str_starts(name, rule->name))
        return false;
    *rest = alz_str_from_offset(name, strlen(rule->name));
    if (rule->how == EXACT)
        return rest->len == 0;
    if (rule->how == PREFIX)
        return rest->len > 0;
    return all_digits(*rest) ||
           (alz_str_starts(*rest, "[") && alz_str_ends(*rest, "]"));
}

static const struct rule *rule_for(struct alz_str name, struct alz_str *rest)
{
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
        if (rule_fits(&rules[i], name, rest))
            return &rules[i];
    return NULL;
}

void junit_property_apply(struct junit *state, struct alz_out *out, alz_ref ref,
                          struct alz_str name, struct alz_str value)
{
    struct call call = {
        state, out, ref, name, value, {NULL, 0}
    };
    const struct rule *rule = rule_for(name, &call.rest);
    bool suite = !state->test.open && !state->test.waiting;

    if (!ref || !name.len)
        return;
    if (suite && !(rule ? rule->of_suite
                        : alz_property_kind(name) == ALZ_PROPERTY_OF_ALL))
        return;
    if (rule && value.len)
        rule->put(&call);
    else if (!rule && !alz_property_tell(out, ref, name, value))
        alz_add(out, ref, ALZ_EXCLUDED, name, value);
}

/* ---- steps -------------------------------------------------------------- */

/* "step[failure]": the word in brackets. */
static enum alz_status step_status(struct alz_str bracket)
{
    static const struct {
        const char *word;
        enum alz_status status;
    } words[] = {
        {"[failure]", ALZ_FAILED },
        {"[failed]",  ALZ_FAILED },
        {"[error]",   ALZ_BROKEN },
        {"[skipped]", ALZ_SKIPPED}
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (alz_str_is(bracket, words[i].word))
            return words[i].status;
    return ALZ_PASSED;
}

/* "<test-step-subfield name="X">text</test-step-subfield>" inside a text
 * becomes the line "X: text"; everything else stays. */
static void plain_subfields(struct junit *state, struct alz_str text,
                            struct alz_text *ret)
{
    static const char start[] = "<test-step-subfield name=\"";
    static const char stop[] = "</test-step-subfield>";
    size_t at;

    while ((at = alz_str_find(text, start)) != SIZE_MAX) {
        struct alz_str name = alz_str_from_offset(text, at + sizeof(start) - 1);
        size_t quote = alz_str_find(name, "\">");
        struct alz_str value = quote == SIZE_MAX
                                   ? (struct alz_str){NULL, 0}
                                   : alz_str_from_offset(name, quote + 2);
        size_t end = alz_str_find(value, stop);
        if (quote == SIZE_MAX || end == SIZE_MAX)
            break;
        junit_put(state, ret, junit_head(text, at));
        junit_put(state, ret, ALZ_STR("\n"));
        junit_put(state, ret, junit_head(name, quote));
        junit_put(state, ret, ALZ_STR(": "));
        junit_put(state, ret, junit_head(value, end));
        text = alz_str_from_offset(value, end + sizeof(stop) - 1);
    }
    junit_put(state, ret, text);
}

/* The first line names the step, each further line a step inside it. */
static void put_step(const struct call *call)
{
    enum alz_status status = step_status(call->rest);
    struct alz_text *text = &call->state->scratch[0];
    struct alz_str rest, line;
    alz_ref step = 0;

    alz_text_clear(text);
    plain_subfields(call->state, call->value, text);
    rest = alz_text_str(text);
    while (alz_str_split(&rest, '\n', &line)) {
        line = alz_str_trim(line);
        if (!line.len)
            continue;
        alz_ref ref = alz_begin(call->out, step ? step : call->ref, ALZ_STEP);
        alz_set_text(call->out, ref, ALZ_NAME, line);
        alz_set_status(call->out, ref, status, 0);
        if (step)
            alz_end(call->out, ref);
        else
            step = ref;
    }
    alz_end(call->out, step);
}
