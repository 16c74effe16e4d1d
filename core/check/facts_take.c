/* facts_take.c - what single values of a document say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/facts_take.h"

#include "base/buf.h"
#include "check/number.h"
#include "check/pattern.h"

enum {
    /* Of one parameter, label or link, in its scope. */
    SAID_VALUE = 1,
    SAID_EXCLUDED = 2,
    SAID_ID = 4,
    SAID_KEY = 8,
    SAID_NO_ID = 16
};

/* ---- values ----------------------------------------------------------- */

static struct alz_str string_of(const struct alz_document *document)
{
    if (document->token.type != ALZ_JSON_STRING)
        return (struct alz_str){NULL, 0};
    return document->token.text;
}

static uint64_t hash_of(const struct alz_document *document)
{
    return alz_hash(document->user.seed, document->token.text);
}

/* Text that is there and not empty. */
static void take_text(struct alz_document *document, unsigned said,
                      uint64_t *ret)
{
    if (string_of(document).len == 0)
        return;
    document->facts.said |= said;
    *ret = hash_of(document);
}

void alz_take_uuid(struct alz_document *document, struct alz_scope *scope)
{
    (void)scope;
    document->facts.uuid_at = document->token.at;
    take_text(document, ALZ_SAID_UUID, &document->facts.uuid);
}

static void check_name(struct alz_document *document)
{
    static const char replacement[] = "\xef\xbf\xbd";

    if (alz_str_find(string_of(document), replacement) != SIZE_MAX)
        alz_document_find(document, "name/replacement",
                          "U+FFFD stands for a character that was lost");
}

void alz_take_name(struct alz_document *document, struct alz_scope *scope)
{
    (void)scope;
    check_name(document);
    take_text(document, ALZ_SAID_NAME, &document->facts.name);
}

void alz_take_step_name(struct alz_document *document, struct alz_scope *scope)
{
    (void)scope;
    check_name(document);
}

void alz_take_full_name(struct alz_document *document, struct alz_scope *scope)
{
    (void)scope;
    take_text(document, ALZ_SAID_FULL_NAME, &document->facts.full_name);
}

void alz_take_test_case_id(struct alz_document *document,
                           struct alz_scope *scope)
{
    (void)scope;
    take_text(document, ALZ_SAID_TEST_CASE_ID, &document->facts.test_case_id);
}

void alz_take_history_id(struct alz_document *document, struct alz_scope *scope)
{
    (void)scope;
    document->facts.history_id_at = document->token.at;
    take_text(document, ALZ_SAID_HISTORY_ID, &document->facts.history_id);
}

/* ---- times ------------------------------------------------------------ */

static bool time_of(const struct alz_document *document, int64_t *ret)
{
    struct alz_number number = alz_number_read(document->token.text);
    const double limit = 9e15;

    if (document->token.type != ALZ_JSON_NUMBER || number.value > limit ||
        number.value < -limit)
        return false;
    *ret = (int64_t)number.value;
    return true;
}

void alz_take_start(struct alz_document *document, struct alz_scope *scope)
{
    if (document->depth == 1)
        document->facts.start_at = document->token.at;
    if (time_of(document, &scope->start))
        scope->said |= ALZ_SAID_START;
}

void alz_take_stop(struct alz_document *document, struct alz_scope *scope)
{
    if (time_of(document, &scope->stop))
        scope->said |= ALZ_SAID_STOP;
}

static void check_times(struct alz_document *document,
                        const struct alz_scope *scope)
{
    const unsigned both = ALZ_SAID_START | ALZ_SAID_STOP;

    if ((scope->said & both) == both && scope->stop < scope->start)
        alz_document_find(document, "time/order",
                          "stop is %lld ms before start",
                          (long long)(scope->start - scope->stop));
}

/* ---- labels, parameters, links ---------------------------------------- */

void alz_take_label_name(struct alz_document *document, struct alz_scope *scope)
{
    struct alz_str name = string_of(document);

    if (alz_str_is(name, "ALLURE_ID") || alz_str_is(name, "AS_ID"))
        scope->said |= SAID_ID;
}

void alz_take_label_value(struct alz_document *document,
                          struct alz_scope *scope)
{
    struct alz_str value = string_of(document);

    scope->said |= value.len ? SAID_VALUE : 0;
    scope->said |= alz_str_is(value, "-1") ? SAID_NO_ID : 0;
    scope->value = hash_of(document);
}

void alz_close_label(struct alz_document *document, struct alz_scope *scope)
{
    const unsigned id = SAID_ID | SAID_VALUE;

    if ((scope->said & (id | SAID_NO_ID)) != id ||
        (document->facts.said & ALZ_SAID_ALLURE_ID))
        return;
    document->facts.said |= ALZ_SAID_ALLURE_ID;
    document->facts.allure_id = scope->value;
}

void alz_take_parameter_name(struct alz_document *document,
                             struct alz_scope *scope)
{
    if (string_of(document).len)
        scope->said |= SAID_KEY;
    scope->name = hash_of(document);
}

/* What is no string is one and the same value to Allure 3. */
void alz_take_parameter_value(struct alz_document *document,
                              struct alz_scope *scope)
{
    scope->value = string_of(document).ptr ? hash_of(document) : 0;
}

void alz_take_excluded(struct alz_document *document, struct alz_scope *scope)
{
    if (document->token.type == ALZ_JSON_TRUE)
        scope->said |= SAID_EXCLUDED;
}

/* A sum does not depend on the order, as the readers sort. */
void alz_close_parameter(struct alz_document *document, struct alz_scope *scope)
{
    if ((scope->said & SAID_KEY) && !(scope->said & SAID_EXCLUDED))
        document->facts.parameters += alz_hash_mix(scope->name, scope->value);
}

/* Browsers pass over blanks and controls in a scheme. */
static bool has_scheme(struct alz_str url, const char *scheme)
{
    for (size_t i = 0; i < url.len && *scheme; i++) {
        unsigned char byte = (unsigned char)url.ptr[i];

        if (byte <= ' ')
            continue;
        if ((byte | 0x20) != *scheme && byte != *scheme)
            return false;
        scheme++;
    }
    return !*scheme;
}

void alz_take_url(struct alz_document *document, struct alz_scope *scope)
{
    static const char *const schemes[] = {"javascript:", "vbscript:", "data:"};
    struct alz_str url = string_of(document);

    if (url.len)
        scope->said |= SAID_VALUE;
    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
        if (has_scheme(url, schemes[i]))
            alz_document_find(document, "link/scheme", "a link of scheme %s",
                              schemes[i]);
}

void alz_close_link(struct alz_document *document, struct alz_scope *scope)
{
    if (!(scope->said & SAID_VALUE))
        alz_document_find(document, "link/no-url", "a link without url");
}

/* ---- attachments, steps, the rest ------------------------------------- */

void alz_take_source(struct alz_document *document, struct alz_scope *scope)
{
    (void)scope;
    if (string_of(document).ptr)
        document->user.attachment(document->user.ctx, document,
                                  string_of(document));
}

void alz_close_step(struct alz_document *document, struct alz_scope *scope)
{
    check_times(document, scope);
}

void alz_take_child(struct alz_document *document, struct alz_scope *scope)
{
    (void)scope;
    if (string_of(document).ptr)
        document->user.child(document->user.ctx, document, hash_of(document),
                             string_of(document));
}

void alz_close_children(struct alz_document *document, struct alz_scope *scope)
{
    if (scope->count == 0)
        alz_document_find(document, "container/none",
                          "the container has no children");
}

void alz_take_regex(struct alz_document *document, struct alz_scope *scope)
{
    struct alz_text why = {.max = 512};

    (void)scope;
    if (!document->unencoded && !alz_java_regex_ok(string_of(document), &why))
        alz_document_find(document, "categories/regex", "%.*s", (int)why.len,
                          why.ptr);
    alz_text_done(&why);
}

/* Errors and attachments of the globals count alike. */
void alz_close_list(struct alz_document *document, struct alz_scope *scope)
{
    if (scope->count && document->depth)
        document->scopes[document->depth - 1].said |= SAID_VALUE;
}

void alz_close_globals(struct alz_document *document, struct alz_scope *scope)
{
    if (!(scope->said & SAID_VALUE))
        alz_document_find(document, "globals/empty",
                          "neither errors nor attachments");
}

/* ---- a result --------------------------------------------------------- */

static void check_result_times(struct alz_document *document,
                               const struct alz_scope *scope)
{
    const unsigned both = ALZ_SAID_START | ALZ_SAID_STOP;
    const int64_t seconds_min = 100000000, seconds_max = 100000000000;

    if ((scope->said & both) != both)
        alz_document_find(document, "time/missing", "no %s",
                          scope->said & ALZ_SAID_START ? "stop" : "start");
    if ((scope->said & ALZ_SAID_START) && scope->start >= seconds_min &&
        scope->start < seconds_max)
        alz_document_find_at(document, "time/seconds", document->facts.start_at,
                             "/start", "%lld looks like seconds",
                             (long long)scope->start);
    check_times(document, scope);
}

void alz_close_result(struct alz_document *document, struct alz_scope *scope)
{
    struct alz_result_facts *facts = &document->facts;
    const unsigned ids =
        ALZ_SAID_TEST_CASE_ID | ALZ_SAID_FULL_NAME | ALZ_SAID_ALLURE_ID;

    check_result_times(document, scope);
    if (!(facts->said & ids))
        alz_document_find(document, "identity/none",
                          "neither testCaseId nor fullName");
    else if (!(facts->said & ALZ_SAID_FULL_NAME))
        alz_document_find(document, "result/no-full-name", "no fullName");
    if (!(facts->said & ALZ_SAID_HISTORY_ID))
        alz_document_find(document, "result/no-history-id", "no historyId");
    facts->said |= scope->said & (ALZ_SAID_START | ALZ_SAID_STOP);
    facts->start = scope->start;
    facts->stop = scope->stop;
}
