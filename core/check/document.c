/* document.c - parses a document into its schema check and its facts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/document_state.h"

#include <stdlib.h>

enum { LONG_STRING = 20000000 };

/* ---- tokens ----------------------------------------------------------- */

static struct alz_scope *top(struct alz_document *document)
{
    return document->depth ? &document->scopes[document->depth - 1] : NULL;
}

/* What stands between two tokens, for yajl's part of it. */
static bool separates(char byte)
{
    return byte == ' ' || byte == ',' || byte == ':' || byte == '\n' ||
           byte == '\r' || byte == '\t';
}

/* yajl says where a token ends; it starts behind what separates it from the
 * one before. */
static void set_token(struct alz_document *document, enum alz_json_type type,
                      struct alz_str text)
{
    const char *ptr = document->text.ptr;
    size_t end = yajl_get_bytes_consumed(document->handle);
    size_t at = document->end;

    while (at < end && separates(ptr[at]))
        at++;
    document->token = (struct alz_token){type, text, at, end};
    document->end = end;
}

/* Java counts UTF-16 units: a sequence of four bytes is two of them. */
static size_t java_length(struct alz_str text)
{
    size_t length = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        length += (byte & 0xc0) != 0x80;
        length += byte >= 0xf0;
    }
    return length;
}

static void check_string(struct alz_document *document)
{
    struct alz_str text = document->token.text;

    /* What has no escapes is not decoded. */
    if ((uintptr_t)text.ptr - (uintptr_t)document->text.ptr >
        document->text.len)
        alz_string_check(document);
    if (text.len > LONG_STRING && java_length(text) > LONG_STRING)
        alz_document_find(document, "json/long-string",
                          "%zu characters, Allure 2 takes %d",
                          java_length(text), (int)LONG_STRING);
}

static int scalar(struct alz_document *document, enum alz_json_type type,
                  struct alz_str text)
{
    struct alz_scope *scope = top(document);

    set_token(document, type, text);
    if (type == ALZ_JSON_STRING)
        check_string(document);
    alz_schema_check_value(document->check, type, text);
    alz_facts_value(document);
    if (scope)
        scope->count++;
    return !document->out_of_memory;
}

/* ---- events ----------------------------------------------------------- */

static int on_null(void *ctx)
{
    return scalar(ctx, ALZ_JSON_NULL, ALZ_STR("null"));
}

static int on_boolean(void *ctx, int value)
{
    return scalar(ctx, value ? ALZ_JSON_TRUE : ALZ_JSON_FALSE,
                  value ? ALZ_STR("true") : ALZ_STR("false"));
}

static int on_number(void *ctx, const char *text, size_t len)
{
    return scalar(ctx, ALZ_JSON_NUMBER, (struct alz_str){text, len});
}

static int on_string(void *ctx, const unsigned char *text, size_t len)
{
    return scalar(ctx, ALZ_JSON_STRING,
                  (struct alz_str){(const char *)text, len});
}

static void check_duplicate(struct alz_document *document,
                            const struct alz_scope *scope)
{
    struct alz_str key = document->token.text;
    bool fresh = true;
    uint64_t hash = alz_hash(document->user.seed, key) ^ scope->serial;

    if (!alz_marks_at(&document->keys, hash, &fresh))
        document->out_of_memory = true;
    else if (!fresh)
        alz_document_find(document, "json/duplicate-key",
                          "the property is here a second time");
}

static int on_key(void *ctx, const unsigned char *text, size_t len)
{
    struct alz_document *document = ctx;
    struct alz_scope *scope = top(document);
    struct alz_str key = {(const char *)text, len};

    set_token(document, ALZ_JSON_STRING, key);
    scope->key_at = document->token.at + 1;
    scope->key_len = document->token.end - scope->key_at - 1;
    check_string(document);
    check_duplicate(document, scope);
    alz_schema_check_key(document->check, key);
    alz_facts_key(document, key);
    return !document->out_of_memory;
}

static int open(struct alz_document *document, enum alz_json_type type)
{
    struct alz_scope *scope;
    enum alz_spot spot;

    set_token(document, type, (struct alz_str){NULL, 0});
    if (document->depth == ALZ_DOCUMENT_DEPTH_MAX) {
        alz_document_find(document, "json/depth", "nested deeper than %d",
                          (int)ALZ_DOCUMENT_DEPTH_MAX);
        return 0;
    }
    alz_schema_check_open(document->check, type);
    spot = alz_facts_open(document);
    scope = &document->scopes[document->depth++];
    *scope = (struct alz_scope){
        .at = document->token.at,
        .serial = ++document->serial * UINT64_C(0x9e3779b97f4a7c15),
        .spot = spot,
        .array = type == ALZ_JSON_ARRAY,
    };
    return 1;
}

static int on_object(void *ctx)
{
    return open(ctx, ALZ_JSON_OBJECT);
}

static int on_array(void *ctx)
{
    return open(ctx, ALZ_JSON_ARRAY);
}

/* What is found at a closing bracket is said of the opening one. */
static int on_close(void *ctx)
{
    struct alz_document *document = ctx;
    struct alz_scope *scope = top(document);

    set_token(document, scope->array ? ALZ_JSON_ARRAY : ALZ_JSON_OBJECT,
              (struct alz_str){NULL, 0});
    document->token.at = scope->at;
    document->depth--;
    alz_schema_check_close(document->check);
    alz_facts_close(document, scope);
    if (top(document))
        top(document)->count++;
    return !document->out_of_memory;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_map_key = on_key,
    .yajl_start_map = on_object,
    .yajl_end_map = on_close,
    .yajl_start_array = on_array,
    .yajl_end_array = on_close,
};

/* ---- parsing ---------------------------------------------------------- */

static void check_rest(struct alz_document *document, size_t at)
{
    const char *ptr = document->text.ptr;

    while (at < document->text.len && separates(ptr[at]) && ptr[at] != ',' &&
           ptr[at] != ':')
        at++;
    if (at < document->text.len)
        alz_document_find_raw(document, "json/trailing", at,
                              "text behind the document");
}

/* yajl's words say which of the rules it is. */
static void find_error(struct alz_document *document, size_t at, char *message)
{
    struct alz_str words = alz_str_from(message);
    const char *rule = "json/malformed";
    size_t colon = alz_str_find(words, "error: ");

    if (colon != SIZE_MAX)
        message += colon + sizeof("error: ") - 1;
    message[strcspn(message, ".\n")] = '\0';
    if (alz_str_find(words, "invalid character inside string") != SIZE_MAX)
        rule = "json/control";
    if (alz_str_find(words, "premature EOF") != SIZE_MAX)
        alz_document_find_raw(document, rule, at, "the document is cut off");
    else
        alz_document_find_raw(document, rule, at, message);
}

static bool parse(struct alz_document *document)
{
    yajl_alloc_funcs memory = {alz_pool_malloc, alz_pool_realloc, alz_pool_free,
                               &document->pool};
    const unsigned char *bytes = (const unsigned char *)document->text.ptr;
    size_t len = document->text.len, at;
    yajl_status status;

    if (setjmp(document->pool.escape) != 0) {
        document->out_of_memory = true;
        return false;
    }
    document->handle = yajl_alloc(&callbacks, &memory, document);
    yajl_config(document->handle, yajl_allow_trailing_garbage, 1);
    yajl_config(document->handle, yajl_dont_validate_strings, 1);
    status = yajl_parse(document->handle, bytes, len);
    at = yajl_get_bytes_consumed(document->handle);
    if (status == yajl_status_ok) {
        status = yajl_complete_parse(document->handle);
        if (status != yajl_status_ok)
            at = len;
    }
    if (status == yajl_status_error)
        find_error(document, at,
                   (char *)yajl_get_error(document->handle, 0, bytes, len));
    else if (status == yajl_status_ok)
        check_rest(document, at);
    return status == yajl_status_ok;
}

int alz_document_check(struct alz_document *document, enum alz_file_kind kind,
                       struct alz_str text)
{
    document->kind = kind;
    document->text = text;
    document->check = document->checks[kind];
    document->end = 0;
    document->depth = 0;
    document->line_at = 0;
    document->line = 1;
    document->out_of_memory = false;
    alz_marks_clear(&document->keys);
    alz_schema_check_reset(document->check);
    alz_facts_begin(document);
    if (!alz_bytes_check(document))
        return 0;
    if (parse(document))
        alz_facts_end(document);
    alz_pool_done(&document->pool);
    return document->out_of_memory ? -1 : 0;
}

/* ---- the checker ------------------------------------------------------ */

static const char *const schema_names[ALZ_FILE_DOCUMENTS] = {
    [ALZ_FILE_RESULT] = "result",         [ALZ_FILE_CONTAINER] = "container",
    [ALZ_FILE_GLOBALS] = "globals",       [ALZ_FILE_EXECUTOR] = "executor",
    [ALZ_FILE_CATEGORIES] = "categories",
};

static bool prepare(struct alz_document *document, size_t kind)
{
    struct alz_text error = {0};
    const struct alz_schema_text *text =
        alz_schema_text_find(schema_names[kind]);

    if (!text)
        return false;
    document->schemas[kind] = alz_schema_compile(text->json, &error);
    alz_text_done(&error);
    if (!document->schemas[kind])
        return false;
    document->checks[kind] = alz_schema_check_new(
        document->schemas[kind], alz_document_violation, document);
    return document->checks[kind] != NULL;
}

struct alz_document *alz_document_new(const struct alz_document_user *user)
{
    struct alz_document *document = malloc(sizeof(*document));
    bool good = document != NULL;

    if (!good)
        return NULL;
    memset(document, 0, offsetof(struct alz_document, scopes));
    document->user = *user;
    alz_pool_init(&document->pool, 0);
    for (size_t kind = 0; good && kind < ALZ_FILE_DOCUMENTS; kind++)
        good = prepare(document, kind);
    if (good)
        return document;
    alz_document_free(document);
    return NULL;
}

void alz_document_free(struct alz_document *document)
{
    if (!document)
        return;
    for (size_t kind = 0; kind < ALZ_FILE_DOCUMENTS; kind++) {
        alz_schema_check_free(document->checks[kind]);
        alz_schema_free(document->schemas[kind]);
    }
    alz_marks_done(&document->keys);
    alz_text_done(&document->pointer);
    free(document);
}
