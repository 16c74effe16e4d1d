/* json.c - hands the values of a JSON input to a converter's table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "read/encoding.h"
#include "read/json_lexer.h"
#include "read/json_table.h"

#include <allurize/allurize.h>

#include <errno.h>
#include <stdlib.h>
#include <yajl/yajl_parse.h>

enum {
    CHUNK = 32768,
    KEY_MAX = ALZ_JSON_STRING_MAX,
    REPAIR_MAX = 3 * ALZ_JSON_STRING_MAX,
    POOL_MAX = 256 * 1024 * 1024 /* yajl doubles: the longest string fits */
};

static const struct alz_diag no_json = {ALZ_ERROR, "json/malformed", "not JSON",
                                        ALZ_EXIT_INPUT};
static const struct alz_diag malformed = {
    ALZ_ERROR, "json/malformed", "not JSON from here on", ALZ_EXIT_DAMAGED};
static const struct alz_diag trailing = {
    ALZ_ERROR, "json/trailing", "text that is no JSON follows the document",
    ALZ_EXIT_DAMAGED};
static const struct alz_diag truncated = {
    ALZ_ERROR, "json/truncated", "the input ends before what begins here does",
    ALZ_EXIT_DAMAGED};
static const struct alz_diag empty = {ALZ_ERROR, "json/empty",
                                      "the input is empty", ALZ_EXIT_INPUT};
static const struct alz_diag no_memory = {ALZ_ERROR, "json/memory",
                                          "out of memory", ALZ_EXIT_MEMORY};

/* An open object or array. */
struct level {
    const struct alz_json_row *row;
    struct alz_position begin;
    bool array;
};

struct json {
    const struct alz_reading *reading;
    bool damaged;
    bool dead;       /* the parser has given up, or memory has run out */
    bool starved;    /* a buffer could not grow: reported when it is noticed */
    uint64_t values; /* that have begun or are scalars */
    size_t depth;
    struct alz_text key, repaired;
    const struct alz_json_token *token, *token_end; /* not called back yet */
    struct alz_str text;                            /* the one they stand in */
    struct alz_json_table table;
    struct alz_pool pool;
    yajl_handle yajl;
    struct alz_json_lexer lexer;
    struct alz_encoding encoding;
    unsigned short parts[ALZ_JSON_DEPTH_MAX + 1];
    struct level levels[ALZ_JSON_DEPTH_MAX + 1];
    char chunk[CHUNK];
};

static void report(struct json *json, const struct alz_diag *diag,
                   struct alz_position where, struct alz_str detail)
{
    *json->reading->position = where;
    json->damaged |= diag->level == ALZ_ERROR;
    alz_report(json->reading->out, diag, detail);
}

/* ---- values ----------------------------------------------------------- */

/* Sets the position to that of the value, key or bracket called back now:
 * tokens and calls come in the same order. */
static void step(struct json *json)
{
    if (json->token < json->token_end)
        *json->reading->position = json->token++->where;
}

/* Text as it is, or a repaired copy. */
static struct alz_str valid(struct json *json, const unsigned char *bytes,
                            size_t len)
{
    struct alz_str text = {(const char *)bytes, len};
    char *room;

    if (alz_utf8_valid(text) == len)
        return text;
    alz_text_clear(&json->repaired);
    room = alz_buf_reserve(&json->repaired, 3 * len);
    if (room == NULL) {
        json->starved = true;
        return ALZ_STR("");
    }
    return (struct alz_str){room, alz_utf8_repair(room, text)};
}

static struct alz_json_value value_of(const struct json *json,
                                      enum alz_json_type type)
{
    struct alz_json_value value = {type, ALZ_STR(""), ALZ_STR(""), json->depth};

    if (json->depth > 0 && !json->levels[json->depth - 1].array)
        value.key = alz_text_str(&json->key);
    return value;
}

static const struct alz_json_row *row_now(const struct json *json)
{
    return alz_json_table_find(&json->table, json->parts, json->depth);
}

static int scalar(struct json *json, enum alz_json_type type,
                  struct alz_str text)
{
    const struct alz_reading *reading = json->reading;
    const struct alz_json_row *row = row_now(json);
    struct alz_json_value value;

    step(json);
    json->values++;
    if (row == NULL || row->value == NULL)
        return !json->starved;
    value = value_of(json, type);
    value.text = text;
    row->value(reading->state, reading->out, &value);
    return !json->starved;
}

static int on_null(void *ctx)
{
    return scalar(ctx, ALZ_JSON_NULL, ALZ_STR(""));
}

static int on_boolean(void *ctx, int yes)
{
    return scalar(ctx, yes ? ALZ_JSON_TRUE : ALZ_JSON_FALSE, ALZ_STR(""));
}

static int on_number(void *ctx, const char *digits, size_t len)
{
    return scalar(ctx, ALZ_JSON_NUMBER, (struct alz_str){digits, len});
}

static int on_string(void *ctx, const unsigned char *bytes, size_t len)
{
    return scalar(ctx, ALZ_JSON_STRING, valid(ctx, bytes, len));
}

static int on_key(void *ctx, const unsigned char *bytes, size_t len)
{
    struct json *json = ctx;
    struct alz_str key = valid(json, bytes, len);

    step(json);
    alz_text_clear(&json->key);
    alz_text_add(&json->key, key);
    json->starved |= json->key.full;
    json->parts[json->depth - 1] =
        (unsigned short)alz_json_table_part(&json->table, key);
    return !json->starved;
}

static int open_level(struct json *json, enum alz_json_type type)
{
    const struct alz_reading *reading = json->reading;
    struct level *level = &json->levels[json->depth];
    struct alz_json_value value = value_of(json, type);

    step(json);
    json->values++;
    level->row = row_now(json);
    level->array = type == ALZ_JSON_ARRAY;
    level->begin = *reading->position;
    json->parts[json->depth++] = ALZ_JSON_PART_ARRAY;
    if (level->row != NULL && level->row->open != NULL)
        level->row->open(reading->state, reading->out, &value);
    return 1;
}

static int on_object(void *ctx)
{
    return open_level(ctx, ALZ_JSON_OBJECT);
}

static int on_array(void *ctx)
{
    return open_level(ctx, ALZ_JSON_ARRAY);
}

static int on_close(void *ctx)
{
    struct json *json = ctx;
    const struct alz_reading *reading = json->reading;
    const struct alz_json_row *row = json->levels[--json->depth].row;

    step(json);
    if (row != NULL && row->close != NULL)
        row->close(reading->state, reading->out);
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_close,
    .yajl_start_array = on_array,
    .yajl_end_array = on_close,
};

/* ---- the parser ------------------------------------------------------- */

/* False when out of memory. */
static bool parser_new(struct json *json)
{
    yajl_alloc_funcs funcs = {alz_pool_malloc, alz_pool_realloc, alz_pool_free,
                              &json->pool};

    if (setjmp(json->pool.escape) != 0)
        return false;
    json->yajl = yajl_alloc(&callbacks, &funcs, json);
    yajl_config(json->yajl, yajl_allow_multiple_values, 1);
    yajl_config(json->yajl, yajl_dont_validate_strings, 1);
    return true;
}

static yajl_status parse(struct json *json, struct alz_str text)
{
    if (setjmp(json->pool.escape) != 0)
        return yajl_status_client_canceled;
    return yajl_parse(json->yajl, (const unsigned char *)text.ptr, text.len);
}

/* What yajl says, without its line end; it lives in the pool. */
static struct alz_str complaint(struct json *json)
{
    unsigned char *text;

    if (setjmp(json->pool.escape) != 0)
        return ALZ_STR("");
    text = yajl_get_error(json->yajl, 0, NULL, 0);
    return alz_str_trim(alz_str_from((const char *)text));
}

/* Where the token stands that the parser did not like. The offset it tells is
 * somewhere in it or its end, or, when nothing behind what was called back
 * was taken, its start. */
static struct alz_position refused(const struct json *json,
                                   const struct alz_json_token *tokens)
{
    size_t offset = yajl_get_bytes_consumed(json->yajl);
    const struct alz_json_token *token = json->token_end - 1;

    if (json->token_end == tokens)
        return *json->reading->position;
    while (token > tokens &&
           (token->at > offset || (token->at == offset && token > json->token)))
        token--;
    return token->where;
}

static void give_up(struct json *json, const struct alz_diag *diag,
                    struct alz_position where, struct alz_str detail)
{
    json->dead = json->lexer.stopped = true;
    report(json, diag, where, detail);
}

static void take(void *ctx, struct alz_str text,
                 const struct alz_json_token *tokens, size_t count)
{
    struct json *json = ctx;
    const struct alz_diag *diag = &malformed;
    yajl_status status;

    json->token = tokens;
    json->token_end = tokens + count;
    status = parse(json, text);
    if (status == yajl_status_ok)
        return;
    if (status == yajl_status_client_canceled) {
        give_up(json, &no_memory, *json->reading->position, ALZ_STR(""));
        return;
    }
    if (json->values == 0)
        diag = &no_json;
    else if (json->depth == 0)
        diag = &trailing;
    give_up(json, diag, refused(json, tokens), complaint(json));
}

static void pass_report(void *ctx, const struct alz_diag *diag,
                        struct alz_position where)
{
    report(ctx, diag, where, ALZ_STR(""));
}

static const struct alz_json_lexer_ops lexer_ops = {take, pass_report};

/* ---- the input -------------------------------------------------------- */

static enum alz_ending ending_of(struct json *json, ssize_t got, int error)
{
    struct alz_position begin = *json->reading->position;
    bool whole = alz_json_lexer_end(&json->lexer, &begin);
    enum alz_ending ending =
        alz_reading_ended(json->reading, got < 0 ? error : 0, json->values > 0);

    if (json->lexer.starved && !json->dead)
        give_up(json, &no_memory, *json->reading->position, ALZ_STR(""));
    if (json->damaged)
        return ALZ_DAMAGED;
    if (ending != ALZ_COMPLETE)
        return ending;
    if (json->depth > 0)
        begin = json->levels[json->depth - 1].begin;
    if (json->depth > 0 || !whole)
        report(json, &truncated, begin, ALZ_STR(""));
    else if (json->lexer.leading)
        report(json, &no_json, json->lexer.leading_at, ALZ_STR(""));
    else if (json->values == 0 && !json->reading->live)
        report(json, &empty, (struct alz_position){1, 1}, ALZ_STR(""));
    return json->damaged ? ALZ_DAMAGED : ALZ_COMPLETE;
}

static enum alz_ending read_all(struct json *json)
{
    struct alz_bytes *bytes = &json->encoding.base;
    ssize_t got = 0;
    int error = 0;

    while (!json->lexer.stopped) {
        alz_reading_await(json->reading, bytes);
        got = bytes->read(bytes, json->chunk, sizeof json->chunk);
        error = got < 0 ? errno : 0;
        if (got <= 0)
            break;
        alz_json_lexer_feed(&json->lexer,
                            (struct alz_str){json->chunk, (size_t)got});
    }
    return ending_of(json, got, error);
}

static void json_init(struct json *json, const struct alz_reading *reading)
{
    memset(json, 0, offsetof(struct json, table));
    json->reading = reading;
    json->key.max = KEY_MAX;
    json->repaired.max = REPAIR_MAX;
    alz_pool_init(&json->pool, POOL_MAX);
    alz_json_lexer_init(&json->lexer, &lexer_ops, json);
    alz_encoding_init(&json->encoding, reading->bytes, false);
}

static void json_done(struct json *json)
{
    if (!json->lexer.stopped) /* else it depends on how far was read ahead */
        alz_reading_decoded(json->reading, &json->encoding);
    alz_encoding_done(&json->encoding);
    alz_json_lexer_done(&json->lexer);
    alz_pool_done(&json->pool);
    alz_json_table_done(&json->table);
    alz_text_done(&json->key);
    alz_text_done(&json->repaired);
}

enum alz_ending alz_json_read(const struct alz_reading *reading)
{
    struct json *json = malloc(sizeof *json);
    enum alz_ending ending = ALZ_DAMAGED;

    if (json == NULL) {
        alz_report(reading->out, &no_memory, ALZ_STR(""));
        return ALZ_DAMAGED;
    }
    json_init(json, reading);
    if (alz_json_table_init(&json->table, reading->converter->table) == 0 &&
        parser_new(json))
        ending = read_all(json);
    else
        alz_report(reading->out, &no_memory, ALZ_STR(""));
    json_done(json);
    free(json);
    return ending;
}
