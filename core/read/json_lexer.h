/* json_lexer.h - repairs JSON text before the parser and knows where it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_JSON_LEXER_H
#define ALZ_READ_JSON_LEXER_H

#include "read/reader.h"

enum {
    ALZ_JSON_DEPTH_MAX = 1000,
    ALZ_JSON_STRING_MAX = 50 * 1024 * 1024,
    ALZ_JSON_TOKENS_MAX = 2048 /* handed over at a time */
};

/* Where a token stands in the text handed over, and in the input. */
struct alz_json_token {
    size_t at;
    struct alz_position where;
};

struct alz_json_lexer_ops {
    /* Whole tokens without blanks between them. Commas and colons are in the
     * text; only where they are wrong are they in the list. */
    void (*take)(void *ctx, struct alz_str text,
                 const struct alz_json_token *tokens, size_t count);
    /* Comes after everything that stands before `where` was taken. */
    void (*report)(void *ctx, const struct alz_diag *diag,
                   struct alz_position where);
};

enum alz_json_lexer_state {
    ALZ_JSON_BETWEEN,
    ALZ_JSON_IN_STRING,
    ALZ_JSON_IN_ESCAPE,
    ALZ_JSON_IN_ATOM, /* a number, true, false, null, NaN, ... */
    ALZ_JSON_IN_GARBAGE
};

/* What the last token was. */
enum alz_json_lexer_last {
    ALZ_JSON_AFTER_NOTHING,
    ALZ_JSON_AFTER_OPEN,
    ALZ_JSON_AFTER_COMMA,
    ALZ_JSON_AFTER_COLON,
    ALZ_JSON_AFTER_KEY,
    ALZ_JSON_AFTER_VALUE
};

/*
 * It does not judge the grammar: the parser behind it does. It repairs, with
 * one warning of each kind: a missing comma before a string or an object, a
 * comma before a bracket, raw control characters, backslashes that escape
 * nothing, NaN and Infinity (null). It refuses (an error, and stopped is set)
 * what is nested too deeply, and cuts (an error) strings that are too long.
 * Between two top-level values lines that do not begin with "{" are passed
 * over with an error, and before the first one lines that begin with neither
 * "{" nor "[" with a warning. The outcome does not depend on the sizes of the
 * pieces.
 */
struct alz_json_lexer {
    const struct alz_json_lexer_ops *ops;
    void *ctx;
    bool stopped; /* set it to stop; nothing more is taken */
    bool starved; /* stopped, because memory ran out */
    enum alz_json_lexer_state state;
    enum alz_json_lexer_last last;
    bool comma_held; /* one that may turn out to be too many */
    bool cutting;    /* in a string that is too long */
    bool new_line;   /* in garbage: a line begins */
    bool leading;    /* in garbage: no value has come yet */
    struct alz_position leading_at;
    unsigned hex_left; /* digits of \u that are still to come */
    unsigned warned;   /* bits */
    size_t depth;
    unsigned char objects[ALZ_JSON_DEPTH_MAX / 8 + 1]; /* bit: level is one */
    uint64_t line;
    unsigned char kinds[256]; /* of bytes: enum alz_json_kind */
    const char *piece;        /* the bytes being read */
    uint64_t piece_column;    /* of its first byte, modulo 2^64 */
    struct alz_text text;     /* not handed over yet */
    size_t open_at;           /* where the open token begins in it */
    size_t count;
    struct alz_json_token tokens[ALZ_JSON_TOKENS_MAX];
};

void alz_json_lexer_init(struct alz_json_lexer *lexer,
                         const struct alz_json_lexer_ops *ops, void *ctx);

/* Reads a piece; hands over all tokens that ended in it. */
void alz_json_lexer_feed(struct alz_json_lexer *lexer, struct alz_str piece);

/* The input is over. False when it ended inside a token: *ret is where that
 * begins. */
bool alz_json_lexer_end(struct alz_json_lexer *lexer, struct alz_position *ret);

void alz_json_lexer_done(struct alz_json_lexer *lexer);

#endif
