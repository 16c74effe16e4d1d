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

/* true, false, null or what may be a number. */
static bool plausible(struct alz_str word)
{
    size_t i, first = word.len > 1 && *word.ptr == '-';

    if (alz_str_is(word, "true") || alz_str_is(word, "false") ||
        alz_str_is(word, "null"))
        return true;
    if (word.ptr[first] < '0' || word.ptr[first] > '9')
        return false;
    for (i = first; i < word.len; i++)
        if (memchr("0123456789.eE+-", word.ptr[i], 15) == NULL)
            return false;
    return true;
}

/* The parser needs to see what ends a number: a blank. Between top-level
 * values a word that is none begins garbage, which goes on at ptr. */
void alz_json_atom_end(struct alz_json_lexer *lexer, const char *ptr)
{
    struct alz_str word = {lexer->text.ptr + lexer->open_at,
                           lexer->text.len - lexer->open_at};
    struct alz_position begin = lexer->tokens[lexer->count - 1].where;

    lexer->state = ALZ_JSON_BETWEEN;
    if (not_a_number(word)) {
        lexer->text.len = lexer->open_at;
        lexer->count--;
        alz_json_complain(lexer, ALZ_JSON_NAN, begin);
        if (lexer->stopped)
            return;
        alz_json_token_byte(lexer, ptr, 'n');
        lexer->tokens[lexer->count - 1].where = begin;
        memcpy(lexer->text.ptr + lexer->text.len, "ull", 3);
        lexer->text.len += 3;
    } else if (alz_json_is_outside(lexer) && !plausible(word)) {
        lexer->text.len = lexer->open_at;
        lexer->count--;
        alz_json_garbage_begin(lexer, ptr, begin);
        return;
    }
    alz_json_put(lexer, ' ');
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

static bool plain(char byte)
{
    return (unsigned char)byte >= 0x20 && byte != '"' && byte != '\\';
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
        while (ptr < end && plain(*ptr))
            ptr++;
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
