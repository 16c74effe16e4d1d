/* collect.c - the tests that a sample gives, as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "collect.h"

static struct collect_node *node_of(struct alz_out *out, alz_ref ref)
{
    struct collect *collect = (struct collect *)out;

    return &collect->nodes[ref < collect->count ? ref : 0];
}

static void add_fact(struct collect_node *node, const char *what,
                     struct alz_str value)
{
    alz_text_add(&node->facts, alz_str_from(what));
    alz_text_add(&node->facts, value);
    alz_text_add(&node->facts, ALZ_STR("\n"));
}

static void add_pair(struct collect_node *node, const char *what,
                     struct alz_str name, struct alz_str value)
{
    alz_text_add(&node->facts, alz_str_from(what));
    alz_text_add(&node->facts, name);
    alz_text_add(&node->facts, ALZ_STR("="));
    add_fact(node, "", value);
}

static void add_lines(struct collect_node *node, const char *what,
                      struct alz_str text)
{
    struct alz_str line;

    while (alz_str_split(&text, '\n', &line))
        if (line.len)
            add_fact(node, what, line);
}

static void add_number(struct collect_node *node, const char *what,
                       int64_t number)
{
    char digits[24];
    size_t at = sizeof(digits);

    if (number < 0)
        number = 0;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0 && at > 0);
    add_fact(node, what, (struct alz_str){digits + at, sizeof(digits) - at});
}

/* ---- the verbs -------------------------------------------------------- */

static alz_ref on_begin(struct alz_out *out, alz_ref parent, enum alz_kind kind)
{
    struct collect *collect = (struct collect *)out;
    struct collect_node *node = &collect->nodes[collect->count];

    if (collect->count == COLLECT_MAX)
        return 0;
    node->kind = kind;
    node->parent = parent;
    node->status = ALZ_STATUS_NONE;
    return (alz_ref)collect->count++;
}

static const char *status_name(enum alz_status status)
{
    static const char *const names[] = {"failed", "broken", "unknown",
                                        "skipped", "passed"};

    return status < ALZ_STATUS_COUNT ? names[status] : "unknown";
}

static void on_status(struct alz_out *out, alz_ref ref, enum alz_status status,
                      unsigned flags)
{
    static const char *const names[] = {"flaky", "known", "synthetic",
                                        "incomplete"};
    struct collect_node *node = node_of(out, ref);

    node->status = status;
    for (size_t i = 0; i < 4; i++)
        if (flags & 1u << i)
            add_fact(node, names[i], ALZ_STR(""));
}

static void on_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                    struct alz_str text)
{
    static const struct {
        enum alz_fact fact;
        const char *name;
    } facts[] = {
        {ALZ_TRACE,    "trace "   },
        {ALZ_EXPECTED, "expected "},
        {ALZ_ACTUAL,   "actual "  },
        {ALZ_SOURCE,   "source "  },
        {ALZ_HOST,     "host "    },
        {ALZ_ID,       "id "      },
        {ALZ_PATH,     "path "    },
    };
    struct collect_node *node = node_of(out, ref);
    struct alz_text *target = fact == ALZ_NAME        ? &node->name
                              : fact == ALZ_CLASS     ? &node->class_name
                              : fact == ALZ_FULL_NAME ? &node->full_name
                              : fact == ALZ_MESSAGE   ? &node->message
                                                      : NULL;

    if (target) {
        alz_text_clear(target);
        alz_text_add(target, text);
    }
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
        if (fact == facts[i].fact)
            add_lines(node, facts[i].name, text);
}

static void on_time(struct alz_out *out, alz_ref ref, enum alz_when when,
                    int64_t ms)
{
    static const char *const names[] = {"start ", "stop ", "duration "};

    add_number(node_of(out, ref), names[when], ms);
}

static void on_add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                   struct alz_str name, struct alz_str value)
{
    static const char *const names[] = {
        [ALZ_LABEL] = "label ",     [ALZ_PARAMETER] = "param ",
        [ALZ_EXCLUDED] = "xparam ", [ALZ_LINK] = "link ",
        [ALZ_ISSUE] = "issue ",     [ALZ_TMS] = "tms ",
        [ALZ_TOTAL] = "total ",     [ALZ_ENVIRONMENT] = "environment ",
    };

    add_pair(node_of(out, kind == ALZ_TOTAL ? 0 : ref), names[kind], name,
             value);
}

static void on_write(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    add_lines(node_of(out, ref), "", bytes);
}

/* What belongs to a test is said of it: "stdout text", "step name". */
static void tell_parent(struct alz_out *out, const struct collect_node *node)
{
    struct collect_node *parent = node_of(out, (alz_ref)node->parent);
    struct alz_str facts = alz_text_str(&node->facts), line;

    if (node->kind == ALZ_TEST) {
        add_fact(parent, "attempt ", alz_str_from(status_name(node->status)));
        return;
    }
    if (node->kind == ALZ_STEP)
        add_fact(parent, "step ", alz_text_str(&node->name));
    while (node->kind == ALZ_ATTACHMENT && alz_str_split(&facts, '\n', &line)) {
        alz_text_add(&parent->facts, alz_text_str(&node->name));
        add_fact(parent, " ", line);
    }
}

static void on_end(struct alz_out *out, alz_ref ref)
{
    struct collect *collect = (struct collect *)out;
    struct collect_node *node = node_of(out, ref);
    bool nested = collect->nodes[node->parent].kind == ALZ_TEST;

    if (!ref)
        return;
    if (node->kind == ALZ_TEST && !nested)
        collect->order[collect->test_count++] = ref;
    else if (node->kind != ALZ_SUITE)
        tell_parent(out, node);
}

static void on_report(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    (void)detail;
    add_fact(node_of(out, 0), "report ", alz_str_from(diag->id));
}

void collect_init(struct collect *collect)
{
    static const struct alz_out_ops ops = {
        on_begin, on_status, on_text, on_time,
        on_add,   on_write,  on_end,  on_report,
    };

    collect->out.ops = &ops;
    collect->count = 1;
    collect->nodes[0].kind = ALZ_SUITE;
}

/* ---- as text ---------------------------------------------------------- */

static void add_path(const struct collect *collect, size_t suite,
                     struct alz_text *ret)
{
    size_t path[64], depth = 0;

    for (; suite && depth < 64; suite = collect->nodes[suite].parent)
        path[depth++] = suite;
    while (depth--) {
        alz_text_add(ret, alz_text_str(&collect->nodes[path[depth]].name));
        if (collect->nodes[path[depth]].name.len)
            alz_text_add(ret, ALZ_STR(" > "));
    }
}

void collect_name(const struct collect *collect, size_t test,
                  struct alz_text *ret)
{
    const struct collect_node *node = &collect->nodes[test];

    alz_text_add(ret, alz_str_from(status_name(node->status)));
    alz_text_add(ret, ALZ_STR(" "));
    if (node->full_name.len) {
        alz_text_add(ret, alz_text_str(&node->full_name));
        return;
    }
    if (node->class_name.len) {
        alz_text_add(ret, alz_text_str(&node->class_name));
        alz_text_add(ret, ALZ_STR("."));
    } else {
        add_path(collect, node->parent, ret);
    }
    alz_text_add(ret, alz_text_str(&node->name));
}

struct alz_str collect_message(const struct collect *collect, size_t test)
{
    struct alz_str rest = alz_text_str(&collect->nodes[test].message), line;

    alz_str_split(&rest, '\n', &line);
    return alz_str_trim(line);
}

bool collect_has(const struct collect *collect, size_t node,
                 struct alz_str line)
{
    struct alz_str rest = alz_text_str(&collect->nodes[node].facts), one;

    while (alz_str_split(&rest, '\n', &one))
        if (alz_str_equal(alz_str_trim(one), alz_str_trim(line)))
            return true;
    return false;
}

bool collect_starved(const struct collect *collect)
{
    for (size_t i = 0; i < collect->count; i++) {
        const struct collect_node *node = &collect->nodes[i];

        if (node->name.full || node->class_name.full || node->full_name.full ||
            node->message.full || node->facts.full)
            return true;
    }
    return false;
}

void collect_done(struct collect *collect)
{
    for (size_t i = 0; i < collect->count; i++) {
        alz_text_done(&collect->nodes[i].name);
        alz_text_done(&collect->nodes[i].class_name);
        alz_text_done(&collect->nodes[i].full_name);
        alz_text_done(&collect->nodes[i].message);
        alz_text_done(&collect->nodes[i].facts);
    }
}
