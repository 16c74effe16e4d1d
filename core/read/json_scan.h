/* json_scan.h - what the parts of the JSON lexer share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_JSON_SCAN_H
#define ALZ_READ_JSON_SCAN_H

#include "read/json_lexer.h"

/* What a byte between tokens is. */
enum alz_json_kind {
    ALZ_JSON_OTHER,
    ALZ_JSON_BLANK,
    ALZ_JSON_OPEN,
    ALZ_JSON_CLOSE,
    ALZ_JSON_COMMA,
    ALZ_JSON_COLON,
    ALZ_JSON_QUOTE,
    ALZ_JSON_ATOM
};

enum alz_json_complaint {
    ALZ_JSON_NO_COMMA,
    ALZ_JSON_EXTRA_COMMA,
    ALZ_JSON_CONTROL,
    ALZ_JSON_ESCAPE,
    ALZ_JSON_NAN,
    ALZ_JSON_LONG,
    ALZ_JSON_TRAILING,
    ALZ_JSON_LEADING
};

enum { ALZ_JSON_SLACK = 64 };

static inline struct alz_position
alz_json_where(const struct alz_json_lexer *lexer, const char *ptr)
{
    return (struct alz_position){
        lexer->line, lexer->piece_column + (uint64_t)(ptr - lexer->piece)};
}

/* Passes over the line end at ptr. */
static inline void alz_json_newline(struct alz_json_lexer *lexer,
                                    const char *ptr)
{
    lexer->line++;
    lexer->piece_column = (uint64_t)0 - (uint64_t)(ptr - lexer->piece);
}

static inline void alz_json_put(struct alz_json_lexer *lexer, char byte)
{
    lexer->text.ptr[lexer->text.len++] = byte;
}

/* Between two top-level values. */
static inline bool alz_json_is_outside(const struct alz_json_lexer *lexer)
{
    return lexer->depth == 0 && lexer->last == ALZ_JSON_AFTER_VALUE;
}

/* Before the first of them. */
static inline bool alz_json_is_before(const struct alz_json_lexer *lexer)
{
    return lexer->depth == 0 && lexer->last == ALZ_JSON_AFTER_NOTHING;
}

/* Room for n more bytes. The states write at most two for each they read, and
 * ask for more than that. */
bool alz_json_reserve(struct alz_json_lexer *lexer, size_t n);

/* Reports, once of each kind, after all whole tokens were handed over. */
void alz_json_complain(struct alz_json_lexer *lexer,
                       enum alz_json_complaint which,
                       struct alz_position place);

/* Writes a whole token. */
void alz_json_token(struct alz_json_lexer *lexer, struct alz_position where,
                    const char *text);

/* Garbage before, between or behind values, which began at place, goes on at
 * ptr. Returns ptr. */
const char *alz_json_garbage_begin(struct alz_json_lexer *lexer,
                                   const char *ptr, struct alz_position place);

/* The states of an open token: read on at ptr, return where they stopped. */
const char *alz_json_in_atom(struct alz_json_lexer *lexer, const char *ptr,
                             const char *end);
const char *alz_json_in_string(struct alz_json_lexer *lexer, const char *ptr,
                               const char *end);
const char *alz_json_in_escape(struct alz_json_lexer *lexer, const char *ptr,
                               const char *end);
/* The open number or word ends before ptr. */
void alz_json_atom_end(struct alz_json_lexer *lexer, const char *ptr);

#endif
