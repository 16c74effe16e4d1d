/* json_scalar.c - strings, numbers and words of JSON text, repaired. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/json_scan.h"

/* ---- numbers and words ------------------------------------------------ */

/* The open token has grown too long: what is kept is cut before a \u whose
 * digits did not fit. */
static void cut(struct alz_json_lexer *lexer)
{
    lexer->cutting = true;
    if (lexer->hex_left > 0)
        lexer->text.len -= 6 - lexer->hex_left;
    alz_json_complain(lexer, ALZ_JSON_LONG,
                      lexer->tokens[lexer->count - 1].where);
}

/* Adds bytes to the open token; a sequence is added whole or not at all. */
static void extend(struct alz_json_lexer *lexer, const char *ptr, size_t len,
                   bool sequence)
{
    size_t used = lexer->text.len - lexer->open_at;
    size_t room =
        used <= ALZ_JSON_STRING_MAX ? ALZ_JSON_STRING_MAX + 1 - used : 0;
    bool fits = len <= room;

    if (lexer->cutting)
        return;
    if (!fits)
        len = sequence ? 0 : room;
    memcpy(lexer->text.ptr + lexer->text.len, ptr, len);
    lexer->text.len += len;
    if (!sequence)
        lexer->hex_left -=
            len < lexer->hex_left ? (unsigned)len : lexer->hex_left;
    if (!fits)
        cut(lexer);
}

static bool not_a_number(struct alz_str word)
{
    if (word.len > 0 && (*word.ptr == '-' || *word.ptr == '+'))
        word = (struct alz_str){word.ptr + 1, word.len - 1};
    return alz_str_is_nocase(word, "nan") || alz_str_is_nocase(word, "inf") ||
           alz_str_is_nocase(word, "infinity");
}

static const char *digits_end(const char *ptr, const char *end)
{
    while (ptr < end && *ptr >= '0' && *ptr <= '9')
        ptr++;
    return ptr;
}

static bool number_valid(struct alz_str text)
{
    const char *ptr = text.ptr, *end = ptr + text.len, *begin;

    ptr += ptr < end && *ptr == '-';
    begin = ptr;
    ptr = digits_end(ptr, end);
    if (ptr == begin || (*begin == '0' && ptr > begin + 1))
        return false;
    if (ptr < end && *ptr == '.') {
        begin = ptr + 1;
        ptr = digits_end(begin, end);
        if (ptr == begin)
            return false;
    }
    if (ptr == end || (*ptr != 'e' && *ptr != 'E'))
        return ptr == end;
    ptr++;
    ptr += ptr < end && (*ptr == '+' || *ptr == '-');
    return ptr < end && digits_end(ptr, end) == end;
}

static bool word_valid(struct alz_str word)
{
    return alz_str_is(word, "true") || alz_str_is(word, "false") ||
           alz_str_is(word, "null");
}

/*
 * The parser must see one value, or fail: it would take "01" for two. It
 * needs a blank to see where a number ends. Between top-level values a word
 * that is none begins garbage, which goes on at ptr.
 */
void alz_json_atom_end(struct alz_json_lexer *lexer, const char *ptr)
{
    struct alz_str text = {lexer->text.ptr + lexer->open_at,
                           lexer->text.len - lexer->open_at};
    struct alz_json_token token = lexer->tokens[lexer->count - 1];
    bool no_number = not_a_number(text);

    lexer->state = ALZ_JSON_BETWEEN;
    if (number_valid(text) || word_valid(text)) {
        alz_json_put(lexer, ' ');
        lexer->last = ALZ_JSON_AFTER_VALUE;
        return;
    }
    lexer->text.len = lexer->open_at;
    lexer->count--;
    if (!no_number &&
        (alz_json_is_outside(lexer) || alz_json_is_before(lexer))) {
        alz_json_garbage_begin(lexer, ptr, token.where);
        return;
    }
    if (no_number)
        alz_json_complain(lexer, ALZ_JSON_NAN, token.where);
    alz_json_token(lexer, token.where, no_number ? "null " : "?");
    lexer->last = ALZ_JSON_AFTER_VALUE;
}

const char *alz_json_in_atom(struct alz_json_lexer *lexer, const char *ptr,
                             const char *end)
{
    const char *begin = ptr;

    while (ptr < end && lexer->kinds[(unsigned char)*ptr] == ALZ_JSON_ATOM)
        ptr++;
    extend(lexer, begin, (size_t)(ptr - begin), false);
    if (ptr < end && !lexer->stopped)
        alz_json_atom_end(lexer, ptr);
    return ptr;
}

/* ---- strings ---------------------------------------------------------- */

/* Bit 7 of each byte that is a quote, a backslash or a control character (or
 * stands behind one, by borrowing). */
static uint64_t special_bits(uint64_t word)
{
    const uint64_t ones = UINT64_MAX / 255;
    uint64_t quote = word ^ ones * '"', escape = word ^ ones * '\\';

    return ((word - ones * 0x20) | (quote - ones) | (escape - ones)) & ~word &
           ones * 0x80;
}

/* Behind the bytes that stand for themselves. */
static const char *plain_end(const char *ptr, const char *end)
{
    uint64_t word;

    for (; end - ptr >= 8; ptr += 8) {
        memcpy(&word, ptr, sizeof word);
        if (special_bits(word) != 0)
            break;
    }
    while (ptr < end && (unsigned char)*ptr >= 0x20 && *ptr != '"' &&
           *ptr != '\\')
        ptr++;
    return ptr;
}

static void control(struct alz_json_lexer *lexer, const char *ptr,
                    const char *end)
{
    static const char digits[] = "0123456789abcdef";
    unsigned byte = (unsigned char)*ptr;
    char escape[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};

    alz_json_complain(lexer, ALZ_JSON_CONTROL, alz_json_where(lexer, ptr));
    if (*ptr == '\n')
        alz_json_newline(lexer, ptr);
    if (alz_json_reserve(lexer, sizeof escape + 2 * (size_t)(end - ptr) +
                                    ALZ_JSON_SLACK))
        extend(lexer, escape, sizeof escape, true);
}

const char *alz_json_in_string(struct alz_json_lexer *lexer, const char *ptr,
                               const char *end)
{
    const char *begin;

    while (ptr < end && !lexer->stopped) {
        begin = ptr;
        ptr = plain_end(ptr, end);
        extend(lexer, begin, (size_t)(ptr - begin), false);
        if (ptr == end || lexer->stopped)
            break;
        if (*ptr == '"') {
            alz_json_put(lexer, '"');
            lexer->state = ALZ_JSON_BETWEEN;
            return ptr + 1;
        }
        if (*ptr == '\\') {
            lexer->state = ALZ_JSON_IN_ESCAPE;
            return ptr + 1;
        }
        control(lexer, ptr++, end);
    }
    return ptr;
}

/* The byte behind a backslash. */
const char *alz_json_in_escape(struct alz_json_lexer *lexer, const char *ptr,
                               const char *end)
{
    struct alz_position place = alz_json_where(lexer, ptr);
    char pair[] = {'\\', *ptr};

    (void)end;
    if (*ptr != '\0' && strchr("\"\\/bfnrtu", *ptr) != NULL) {
        extend(lexer, pair, sizeof pair, true);
        lexer->hex_left = *ptr == 'u' && !lexer->cutting ? 4 : 0;
        ptr++;
    } else {
        place.column--;
        alz_json_complain(lexer, ALZ_JSON_ESCAPE, place);
        extend(lexer, "\\\\", 2, true);
    }
    lexer->state = ALZ_JSON_IN_STRING;
    return ptr;
}
