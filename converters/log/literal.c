/* literal.c - text that every match of a regular expression holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "literal.h"

/*
 * Most lines of a log are no result. A search for one piece of text is much
 * cheaper than a match, so it goes first. Whatever is not certainly plain
 * ends the search for it: no literal is always right.
 */
struct walk {
    struct alz_str source;
    size_t at;
    struct alz_str best, run;
    bool choice; /* "|" outside groups */
    bool unsure;
};

static void end_run(struct walk *walk)
{
    if (walk->run.len > walk->best.len)
        walk->best = walk->run;
    walk->run.len = 0;
}

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
        if (peek(walk, 0) == '\\')
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

/* A plain character at start, `len` bytes of source, the last one plain. */
static void take_plain(struct walk *walk, size_t start)
{
    size_t len = walk->at - start;

    if (is_repeat(walk)) {
        end_run(walk);
        skip_repeat(walk);
        return;
    }
    if (len > 1) { /* "\[": a new run that begins behind the backslash */
        end_run(walk);
        walk->run = (struct alz_str){walk->source.ptr + start + 1, 1};
    } else if (walk->run.len == 0) {
        walk->run = (struct alz_str){walk->source.ptr + start, 1};
    } else {
        walk->run.len++;
    }
}

static void take_escape(struct walk *walk)
{
    size_t start = walk->at;
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
    take_plain(walk, start);
}

static void step(struct walk *walk)
{
    char c = peek(walk, 0);

    if (c == '\\') {
        take_escape(walk);
        return;
    }
    if (c == '|')
        walk->choice = true;
    if (c == '[' || c == '(') {
        end_run(walk);
        if (c == '[')
            skip_class(walk);
        else
            skip_group(walk);
        if (is_repeat(walk))
            skip_repeat(walk);
        return;
    }
    walk->at++;
    if (strchr("^$.|)*+?{", c)) {
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
    take_plain(walk, walk->at - 1);
}

static void walk_all(struct walk *walk, struct alz_str source)
{
    *walk = (struct walk){.source = source};
    while (walk->at < source.len && !walk->unsure)
        step(walk);
    end_run(walk);
}

struct alz_str log_literal_find(struct alz_str source)
{
    struct walk walk;

    walk_all(&walk, source);
    if (walk.unsure || walk.choice)
        return ALZ_STR("");
    return walk.best;
}

bool log_literal_has_choice(struct alz_str source)
{
    struct walk walk;

    walk_all(&walk, source);
    return walk.unsure || walk.choice;
}
