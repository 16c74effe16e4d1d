/* identity.c - which of the names in a report tell its tests apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

/* Class names that every test of their producer has. */
static const struct {
    const char *framework;
    const char *ends;
} constant_classes[] = {
    {"node:test", "test"                     },
    {"node:test", "suite"                    },
    {"catch2",    ".global"                  },
    {"junit",     "junit.framework.TestSuite"},
};

static bool constant_class(struct junit *state, struct alz_str class_name)
{
    const size_t count = sizeof(constant_classes) / sizeof(*constant_classes);

    for (size_t i = 0; i < count; i++)
        if (junit_is(state, constant_classes[i].framework) &&
            alz_str_ends(class_name, constant_classes[i].ends))
            return true;
    return false;
}

/* Without a line number at its end: "a_spec.lua:12". */
static struct alz_str without_line(struct alz_str text)
{
    size_t len = text.len;

    while (len > 0 && text.ptr[len - 1] >= '0' && text.ptr[len - 1] <= '9')
        len--;
    if (len > 1 && len < text.len && text.ptr[len - 1] == ':')
        return junit_head(text, len - 1);
    return text;
}

/* GoogleTest: a test keeps its history when it is disabled. */
void junit_without_disabled(struct alz_text *text)
{
    static const char mark[] = "DISABLED_";
    const size_t len = sizeof(mark) - 1;
    size_t to = 0;

    for (size_t from = 0; from < text->len;) {
        bool start = from == 0 || text->ptr[from - 1] == '/';
        if (start && text->len - from > len &&
            memcmp(text->ptr + from, mark, len) == 0) {
            from += len;
            continue;
        }
        text->ptr[to++] = text->ptr[from++];
    }
    text->len = to;
}

/* EUnit writes "module:12 test"; the line would end every history. */
static void split_module(struct junit *state)
{
    struct junit_test *test = &state->test;
    struct alz_str name = alz_text_str(&test->name);
    size_t space = alz_str_find(name, " ");

    if (space == SIZE_MAX || test->class_name.len)
        return;
    struct alz_str module = junit_head(name, space);
    struct alz_str stripped = without_line(module);
    if (stripped.len == module.len)
        return;
    junit_put(state, &test->class_name, stripped);
    memmove(test->name.ptr, test->name.ptr + space + 1,
            test->name.len - space - 1);
    test->name.len -= space + 1;
}

/* What the class adds to the name. */
enum class_use {
    CLASS_TELLS,   /* CLASS.NAME is the full name */
    CLASS_REPEATS, /* the name is the full name */
    CLASS_SILENT   /* the suite path tells tests apart */
};

static enum class_use class_use(struct junit *state, struct alz_str class_name,
                                struct alz_str name)
{
    if (!class_name.len || constant_class(state, class_name))
        return CLASS_SILENT;
    if (alz_str_equal(class_name, name))
        return CLASS_REPEATS;
    if (state->dialect->traits & JUNIT_NAME_ALONE &&
        junit_find(name, class_name) != SIZE_MAX)
        return CLASS_REPEATS;
    return CLASS_TELLS;
}

/* The element names nothing: a set-up or tear-down, or a whole file. */
static void tell_nameless(struct junit *state, struct alz_out *out)
{
    struct junit_test *test = &state->test;
    struct alz_str owner = alz_text_str(&test->class_name);
    const char *what = state->dialect->traits & JUNIT_NAMELESS_SETUP
                           ? "set-up/tear-down"
                           : "unnamed";

    if (!owner.len && state->frame)
        owner = alz_text_str(&state->frame->name);
    if (alz_str_is(owner, "NonTestSuiteFailure")) {
        owner = (struct alz_str){"", 0};
        what = "global environment";
    }
    junit_tell_synthetic_name(state, out, test->ref, owner, what);
}

void junit_identity_tell(struct junit *state, struct alz_out *out)
{
    struct junit_test *test = &state->test;

    if (junit_is(state, "googletest")) {
        junit_without_disabled(&test->name);
        junit_without_disabled(&test->class_name);
    }
    if (state->dialect->traits & JUNIT_LINE_IN_NAME)
        split_module(state);
    test->class_name.len = without_line(alz_text_str(&test->class_name)).len;
    test->nameless = test->name.len == 0;
    if (test->nameless) {
        tell_nameless(state, out);
        return;
    }
    struct alz_str name = alz_text_str(&test->name);
    struct alz_str class_name = alz_text_str(&test->class_name);
    enum class_use use = class_use(state, class_name, name);

    alz_set_text(out, test->ref, ALZ_NAME, name);
    if (use == CLASS_TELLS)
        alz_set_text(out, test->ref, ALZ_CLASS, class_name);
    else if (use == CLASS_REPEATS)
        alz_set_text(out, test->ref, ALZ_FULL_NAME, name);
}
