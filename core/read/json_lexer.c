/* json_lexer.c - repairs JSON text before the parser and knows where it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "read/json_scan.h"

#include <allurize/allurize.h>

static const struct alz_diag no_comma = {
    ALZ_WARNING, "json/missing-comma",
    "a comma was missing (known of googletest 1.11 and 1.12); repaired", 0};
static const struct alz_diag extra_comma = {
    ALZ_WARNING, "json/extra-comma",
    "a comma before the closing bracket; repaired", 0};
static const struct alz_diag control_character = {
    ALZ_WARNING, "json/control-character",
    "a control character in a string; repaired", 0};
static const struct alz_diag bad_escape = {
    ALZ_WARNING, "json/escape",
    "a backslash that escapes nothing; kept as it is", 0};
static const struct alz_diag not_a_number = {
    ALZ_WARNING, "json/not-a-number", "JSON has no such number; read as null",
    0};
static const struct alz_diag too_long = {
    ALZ_ERROR, "json/string", "a string or number is longer than 50 MiB; cut",
    ALZ_EXIT_DAMAGED};
static const struct alz_diag trailing = {
    ALZ_ERROR, "json/trailing", "text that is no JSON follows the document",
    ALZ_EXIT_DAMAGED};

static const struct alz_diag leading = {
    ALZ_WARNING, "json/leading",
    "text that is no JSON stands before the document; passed over", 0};

static const struct alz_diag *const complaints[] = {
    [ALZ_JSON_NO_COMMA] = &no_comma,
    [ALZ_JSON_EXTRA_COMMA] = &extra_comma,
    [ALZ_JSON_CONTROL] = &control_character,
    [ALZ_JSON_ESCAPE] = &bad_escape,
    [ALZ_JSON_NAN] = &not_a_number,
    [ALZ_JSON_LONG] = &too_long,
    [ALZ_JSON_TRAILING] = &trailing,
    [ALZ_JSON_LEADING] = &leading,
};
static const struct alz_diag too_deep = {ALZ_ERROR, "json/depth",
                                         "nested more than 1000 levels deep",
                                         ALZ_EXIT_DAMAGED};

/* ---- handing over ----------------------------------------------------- */

static bool token_open(const struct alz_json_lexer *lexer)
{
    return lexer->state != ALZ_JSON_BETWEEN &&
           lexer->state != ALZ_JSON_IN_GARBAGE;
}

/* Hands over what is whole; the open token moves to the front. */
static void flush(struct alz_json_lexer *lexer)
{
    bool open = token_open(lexer);
    size_t len = open ? lexer->open_at : lexer->text.len;
    size_t count = lexer->count - open;

    if (!lexer->stopped && len > 0)
        lexer->ops->take(lexer->ctx, (struct alz_str){lexer->text.ptr, len},
                         lexer->tokens, count);
    if (open && len > 0) {
        lexer->text.len -= len;
        memmove(lexer->text.ptr, lexer->text.ptr + len, lexer->text.len);
        lexer->tokens[0] = lexer->tokens[count];
        lexer->tokens[0].at = lexer->open_at = 0;
        lexer->count = 1;
    } else if (!open) {
        lexer->text.len = lexer->count = 0;
    }
}

void alz_json_complain(struct alz_json_lexer *lexer,
                       enum alz_json_complaint which, struct alz_position place)
{
    if (lexer->warned & 1U << which)
        return;
    flush(lexer);
    if (lexer->stopped)
        return;
    lexer->warned |= 1U << which;
    lexer->ops->report(lexer->ctx, complaints[which], place);
}

bool alz_json_reserve(struct alz_json_lexer *lexer, size_t n)
{
    if (alz_buf_reserve(&lexer->text, n) != NULL)
        return true;
    lexer->stopped = lexer->starved = true;
    return false;
}

static void token_begin(struct alz_json_lexer *lexer, struct alz_position where,
                        enum alz_json_lexer_state state)
{
    if (lexer->count == ALZ_JSON_TOKENS_MAX)
        flush(lexer);
    lexer->open_at = lexer->text.len;
    lexer->tokens[lexer->count++] =
        (struct alz_json_token){lexer->text.len, where};
    lexer->state = state;
}

void alz_json_token(struct alz_json_lexer *lexer, struct alz_position where,
                    const char *text)
{
    token_begin(lexer, where, ALZ_JSON_BETWEEN);
    while (*text != '\0')
        alz_json_put(lexer, *text++);
}

static void token_byte(struct alz_json_lexer *lexer, const char *ptr)
{
    token_begin(lexer, alz_json_where(lexer, ptr), ALZ_JSON_BETWEEN);
    alz_json_put(lexer, *ptr);
}

static bool in_object(const struct alz_json_lexer *lexer)
{
    size_t level = lexer->depth - 1;

    return lexer->depth > 0 && (lexer->objects[level / 8] >> level % 8 & 1);
}

/* ---- between tokens --------------------------------------------------- */

/* Before a string or object: the comma that may stand there, or must. */
static void comma_settle(struct alz_json_lexer *lexer, const char *ptr,
                         bool repair)
{
    if (lexer->comma_held) {
        alz_json_put(lexer, ',');
        lexer->comma_held = false;
    } else if (repair && lexer->last == ALZ_JSON_AFTER_VALUE &&
               lexer->depth > 0) {
        alz_json_complain(lexer, ALZ_JSON_NO_COMMA, alz_json_where(lexer, ptr));
        alz_json_put(lexer, ',');
        lexer->last = ALZ_JSON_AFTER_COMMA;
    }
}

static void open_bracket(struct alz_json_lexer *lexer, const char *ptr)
{
    bool object = *ptr == '{';
    unsigned bit;

    comma_settle(lexer, ptr, object && !in_object(lexer));
    if (lexer->depth == ALZ_JSON_DEPTH_MAX) {
        flush(lexer);
        if (!lexer->stopped)
            lexer->ops->report(lexer->ctx, &too_deep,
                               alz_json_where(lexer, ptr));
        lexer->stopped = true;
        return;
    }
    token_byte(lexer, ptr);
    bit = 1U << lexer->depth % 8;
    if (object)
        lexer->objects[lexer->depth / 8] |= (unsigned char)bit;
    else
        lexer->objects[lexer->depth / 8] &= (unsigned char)~bit;
    lexer->depth++;
    lexer->last = ALZ_JSON_AFTER_OPEN;
}

static void close_bracket(struct alz_json_lexer *lexer, const char *ptr)
{
    if (lexer->comma_held)
        alz_json_complain(lexer, ALZ_JSON_EXTRA_COMMA,
                          alz_json_where(lexer, ptr));
    lexer->comma_held = false;
    token_byte(lexer, ptr);
    lexer->depth -= lexer->depth > 0;
    lexer->last = ALZ_JSON_AFTER_VALUE;
}

static void comma(struct alz_json_lexer *lexer, const char *ptr)
{
    comma_settle(lexer, ptr, false);
    lexer->comma_held = lexer->last == ALZ_JSON_AFTER_VALUE && lexer->depth > 0;
    if (!lexer->comma_held)
        token_byte(lexer, ptr);
    lexer->last = ALZ_JSON_AFTER_COMMA;
}

static void colon(struct alz_json_lexer *lexer, const char *ptr)
{
    comma_settle(lexer, ptr, false);
    if (lexer->last == ALZ_JSON_AFTER_KEY)
        alz_json_put(lexer, ':');
    else
        token_byte(lexer, ptr);
    lexer->last = ALZ_JSON_AFTER_COLON;
}

static void quote(struct alz_json_lexer *lexer, const char *ptr)
{
    bool key;

    comma_settle(lexer, ptr, true);
    key = in_object(lexer) && lexer->last != ALZ_JSON_AFTER_COLON;
    token_begin(lexer, alz_json_where(lexer, ptr), ALZ_JSON_IN_STRING);
    alz_json_put(lexer, '"');
    lexer->last = key ? ALZ_JSON_AFTER_KEY : ALZ_JSON_AFTER_VALUE;
    lexer->cutting = false;
    lexer->hex_left = 0;
}

static void atom(struct alz_json_lexer *lexer, const char *ptr)
{
    comma_settle(lexer, ptr, false);
    token_begin(lexer, alz_json_where(lexer, ptr), ALZ_JSON_IN_ATOM);
    alz_json_put(lexer, *ptr);
    lexer->cutting = false;
    lexer->hex_left = 0;
}

/* Whatever this is, the parser refuses it. */
static void other(struct alz_json_lexer *lexer, const char *ptr)
{
    comma_settle(lexer, ptr, false);
    token_byte(lexer, ptr);
}

static void (*const begins[])(struct alz_json_lexer *, const char *) = {
    [ALZ_JSON_OTHER] = other,         [ALZ_JSON_OPEN] = open_bracket,
    [ALZ_JSON_CLOSE] = close_bracket, [ALZ_JSON_COMMA] = comma,
    [ALZ_JSON_COLON] = colon,         [ALZ_JSON_QUOTE] = quote,
    [ALZ_JSON_ATOM] = atom,
};

const char *alz_json_garbage_begin(struct alz_json_lexer *lexer,
                                   const char *ptr, struct alz_position place)
{
    lexer->state = ALZ_JSON_IN_GARBAGE;
    lexer->new_line = false;
    lexer->leading = alz_json_is_before(lexer);
    lexer->leading_at = place;
    if (!lexer->leading)
        alz_json_complain(lexer, ALZ_JSON_TRAILING, place);
    return ptr;
}

static const char *blanks_end(const char *ptr, const char *end)
{
    static const char indent[8] = {' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '};

    while (end - ptr >= 8 && memcmp(ptr, indent, sizeof indent) == 0)
        ptr += 8;
    while (ptr < end && *ptr == ' ')
        ptr++;
    return ptr;
}

static const char *between(struct alz_json_lexer *lexer, const char *ptr,
                           const char *end)
{
    unsigned char kind = ALZ_JSON_OTHER;

    while (lexer->state == ALZ_JSON_BETWEEN && !lexer->stopped) {
        while (ptr < end &&
               (kind = lexer->kinds[(unsigned char)*ptr]) == ALZ_JSON_BLANK) {
            if (*ptr == '\n')
                alz_json_newline(lexer, ptr);
            ptr = blanks_end(ptr + 1, end);
        }
        if (ptr == end)
            break;
        if (kind != ALZ_JSON_QUOTE && kind != ALZ_JSON_OPEN &&
            kind != ALZ_JSON_ATOM &&
            (alz_json_is_outside(lexer) || alz_json_is_before(lexer)))
            return alz_json_garbage_begin(lexer, ptr,
                                          alz_json_where(lexer, ptr));
        begins[kind](lexer, ptr++);
    }
    return ptr;
}

/* Leading text is worth a word only when a document follows. */
static void garbage_end(struct alz_json_lexer *lexer)
{
    if (lexer->leading)
        alz_json_complain(lexer, ALZ_JSON_LEADING, lexer->leading_at);
    lexer->leading = false;
    lexer->state = ALZ_JSON_BETWEEN;
}

static const char *garbage(struct alz_json_lexer *lexer, const char *ptr,
                           const char *end)
{
    const char *stop;

    while (ptr < end) {
        if (lexer->new_line &&
            (*ptr == '{' || (*ptr == '[' && lexer->leading))) {
            garbage_end(lexer);
            break;
        }
        stop = memchr(ptr, '\n', (size_t)(end - ptr));
        lexer->new_line = stop != NULL;
        if (stop == NULL)
            return end;
        alz_json_newline(lexer, stop);
        ptr = stop + 1;
    }
    return ptr;
}

/* ---- the whole -------------------------------------------------------- */

static const char *(*const states[])(struct alz_json_lexer *, const char *,
                                     const char *) = {
    [ALZ_JSON_BETWEEN] = between,
    [ALZ_JSON_IN_STRING] = alz_json_in_string,
    [ALZ_JSON_IN_ESCAPE] = alz_json_in_escape,
    [ALZ_JSON_IN_ATOM] = alz_json_in_atom,
    [ALZ_JSON_IN_GARBAGE] = garbage,
};

void alz_json_lexer_feed(struct alz_json_lexer *lexer, struct alz_str piece)
{
    const char *ptr = piece.ptr, *end = ptr + piece.len;

    if (lexer->stopped ||
        !alz_json_reserve(lexer, 2 * piece.len + ALZ_JSON_SLACK))
        return;
    lexer->piece = ptr;
    while (ptr < end && !lexer->stopped)
        ptr = states[lexer->state](lexer, ptr, end);
    lexer->piece_column += piece.len;
    flush(lexer);
}

bool alz_json_lexer_end(struct alz_json_lexer *lexer, struct alz_position *ret)
{
    bool whole = true;

    lexer->piece = "";
    if (lexer->stopped || !alz_json_reserve(lexer, ALZ_JSON_SLACK))
        return true;
    /* Inside something a number may be cut; alone it is whole. */
    if (lexer->state == ALZ_JSON_IN_ATOM && lexer->depth == 0)
        alz_json_atom_end(lexer, lexer->piece);
    if (token_open(lexer)) {
        whole = false;
        *ret = lexer->tokens[--lexer->count].where;
        lexer->text.len = lexer->open_at;
        lexer->state = ALZ_JSON_BETWEEN;
    }
    flush(lexer);
    return whole;
}

static void kinds_set(struct alz_json_lexer *lexer)
{
    static const char *const of[] = {
        [ALZ_JSON_BLANK] = " \t\r\n\v\f", /* yajl passes over these */
        [ALZ_JSON_OPEN] = "{[",
        [ALZ_JSON_CLOSE] = "}]",
        [ALZ_JSON_COMMA] = ",",
        [ALZ_JSON_COLON] = ":",
        [ALZ_JSON_QUOTE] = "\"",
        [ALZ_JSON_ATOM] = "0123456789+-._abcdefghijklmnopqrstuvwxyz"
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    };
    const char *byte;
    size_t i;

    for (i = ALZ_JSON_BLANK; i < sizeof of / sizeof *of; i++)
        for (byte = of[i]; *byte != '\0'; byte++)
            lexer->kinds[(unsigned char)*byte] = (unsigned char)i;
}

void alz_json_lexer_init(struct alz_json_lexer *lexer,
                         const struct alz_json_lexer_ops *ops, void *ctx)
{
    memset(lexer, 0, offsetof(struct alz_json_lexer, tokens));
    kinds_set(lexer);
    lexer->ops = ops;
    lexer->ctx = ctx;
    lexer->line = lexer->piece_column = 1;
    lexer->text.max = ALZ_JSON_STRING_MAX + 1024 * 1024;
}

void alz_json_lexer_done(struct alz_json_lexer *lexer)
{
    if (lexer != NULL)
        alz_text_done(&lexer->text);
}
