/* literal.c - texts of which every match of a regular expression holds one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "literal.h"

/*
 * Most lines of a log are no result. A search for a piece of text is much
 * cheaper than a match, so it goes first. Whatever is not certainly plain
 * ends the search for it: no literal is always right.
 */
struct walk {
    struct alz_str source;
    size_t at;
    struct log_literal run;
    struct log_literals best; /* of the alternative in hand */
    size_t groups;            /* in groups that may still be looked into */
    bool choice;              /* "|" outside groups */
    bool unsure;
};

static void offer(struct walk *walk, const struct log_literals *literals)
{
    if (log_literals_worth(literals) > log_literals_worth(&walk->best))
        walk->best = *literals;
}

static void end_run(struct walk *walk)
{
    struct log_literals one = {.count = 1};

    walk->run.rarest = log_byte_rarest(
        (struct alz_str){walk->run.text, walk->run.len}, SIZE_MAX, SIZE_MAX);
    one.items[0] = walk->run;
    if (walk->run.len)
        offer(walk, &one);
    walk->run.len = 0;
}

/* ---- source ----------------------------------------------------------- */

static char peek(const struct walk *walk, size_t ahead)
{
    return walk->at + ahead < walk->source.len
               ? walk->source.ptr[walk->at + ahead]
               : '\0';
}

static void skip_class(struct walk *walk)
{
    walk->at++;
    if (peek(walk, 0) == '^')
        walk->at++;
    if (peek(walk, 0) == ']')
        walk->at++;
    while (walk->at < walk->source.len && peek(walk, 0) != ']') {
        if (peek(walk, 0) == '\\' && peek(walk, 1) == 'Q')
            walk->unsure = true;
        else if (peek(walk, 0) == '\\')
            walk->at++;
        else if (peek(walk, 0) == '[' && peek(walk, 1) == ':')
            walk->unsure = true;
        walk->at++;
    }
    walk->at++;
}

/* Escapes of one letter that take no argument. */
static bool is_simple_escape(char letter)
{
    return letter != '\0' && strchr("dDwWsSbBhHvVRAzZtnrefK", letter) != NULL;
}

static void skip_group(struct walk *walk)
{
    size_t depth = 0;

    do {
        char c = peek(walk, 0);

        if (c == '\\') {
            char next = peek(walk, 1);

            if (next == 'Q')
                walk->unsure = true;
            walk->at++;
        } else if (c == '[') {
            skip_class(walk);
            continue;
        } else if (c == '(') {
            /* Flags and comments change how the rest is read. */
            if (peek(walk, 1) == '*' ||
                (peek(walk, 1) == '?' && !strchr("<:=!>|P", peek(walk, 2))))
                walk->unsure = true;
            depth++;
        } else if (c == ')') {
            depth--;
        }
        walk->at++;
    } while (depth > 0 && walk->at < walk->source.len);
}

static bool is_repeat(const struct walk *walk)
{
    char c = peek(walk, 0);

    return c == '*' || c == '?' || c == '+' || c == '{';
}

static void skip_repeat(struct walk *walk)
{
    if (peek(walk, 0) == '{')
        while (walk->at < walk->source.len && peek(walk, 0) != '}')
            walk->at++;
    walk->at++;
    if (peek(walk, 0) == '?' || peek(walk, 0) == '+')
        walk->at++;
}

static bool find_choices(struct alz_str source, size_t groups,
                         struct log_literals *ret);

/* The group between start and here, if what it holds must be there. */
static void offer_group(struct walk *walk, size_t start)
{
    struct alz_str body = {walk->source.ptr + start + 1, walk->at - start - 2};
    struct log_literals choices = {.count = 0};
    const char *end;

    if (walk->groups == 0 || walk->unsure || walk->at < start + 2)
        return;
    if (alz_str_starts(body, "?:")) {
        body = alz_str_from_offset(body, 2);
    } else if (alz_str_starts(body, "?")) {
        end = memchr(body.ptr, '>', body.len);
        if (!end ||
            !(alz_str_starts(body, "?<") || alz_str_starts(body, "?P<")) ||
            alz_str_starts(body, "?<=") || alz_str_starts(body, "?<!"))
            return;
        body = alz_str_from_offset(body, (size_t)(end - body.ptr) + 1);
    }
    if (find_choices(body, walk->groups - 1, &choices))
        offer(walk, &choices);
}

static void extend_run(struct walk *walk, char c)
{
    if (walk->run.len == LITERAL_LEN)
        end_run(walk);
    walk->run.text[walk->run.len++] = c;
}

/* A plain character, at stands behind it. The last one of "x+" stands right
 * before what follows. */
static void take_plain(struct walk *walk, char c)
{
    bool more = peek(walk, 0) == '+';

    if (!is_repeat(walk)) {
        extend_run(walk, c);
        return;
    }
    if (more)
        extend_run(walk, c);
    end_run(walk);
    skip_repeat(walk);
    if (more)
        extend_run(walk, c);
}

static void take_escape(struct walk *walk)
{
    unsigned char next = (unsigned char)peek(walk, 1);
    bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');

    walk->at += 2;
    if (letter || (next >= '0' && next <= '9') || next >= 128 || !next) {
        if (!letter || !is_simple_escape((char)next))
            walk->unsure = true;
        end_run(walk);
        if (is_repeat(walk))
            skip_repeat(walk);
        return;
    }
    take_plain(walk, (char)next);
}

static void step(struct walk *walk)
{
    char c = peek(walk, 0);

    if (c == '\\') {
        take_escape(walk);
        return;
    }
    if (c == '[' || c == '(') {
        size_t start = walk->at;

        end_run(walk);
        if (c == '[')
            skip_class(walk);
        else
            skip_group(walk);
        if (is_repeat(walk))
            skip_repeat(walk);
        else if (c == '(')
            offer_group(walk, start);
        return;
    }
    walk->at++;
    if (strchr("^$.)*+?{", c)) {
        end_run(walk);
        while (is_repeat(walk))
            skip_repeat(walk);
        return;
    }
    /* A repetition of a character of several bytes is of all of them. */
    if ((unsigned char)c >= 128) {
        end_run(walk);
        if (is_repeat(walk))
            skip_repeat(walk);
        return;
    }
    take_plain(walk, c);
}

/* Walks one alternative; at stands behind its "|". False: it was the last. */
static bool walk_choice(struct walk *walk)
{
    bool more = false;

    walk->best.count = 0;
    while (walk->at < walk->source.len && !walk->unsure && !more) {
        more = peek(walk, 0) == '|';
        if (more)
            walk->at++;
        else
            step(walk);
    }
    end_run(walk);
    walk->choice |= more;
    return more;
}

/* One of each alternative. False: one of them has none, or it is not sure. */
static bool find_choices(struct alz_str source, size_t groups,
                         struct log_literals *ret)
{
    struct walk walk = {.source = source, .groups = groups};
    bool more = true;

    while (more) {
        more = walk_choice(&walk);
        if (walk.unsure || !walk.best.count ||
            ret->count + walk.best.count > LITERALS_MAX)
            return false;
        memcpy(ret->items + ret->count, walk.best.items,
               walk.best.count * sizeof(*ret->items));
        ret->count += walk.best.count;
    }
    return true;
}

void log_literals_find(struct alz_str source, struct log_literals *ret)
{
    enum { GROUPS = 2 };

    ret->count = 0;
    if (!find_choices(source, GROUPS, ret))
        ret->count = 0;
}

bool log_literal_has_choice(struct alz_str source)
{
    struct walk walk = {.source = source};

    return walk_choice(&walk) || walk.unsure;
}
