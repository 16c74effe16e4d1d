/* repair.c - text as it was before the producer escaped it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "junit.h"

/*
 * How producers spell characters XML cannot hold. `framework` limits a rule
 * to one of them: elsewhere the same letters are just letters.
 */
static const struct spelling {
    const char *framework;
    const char *before; /* then a number, unless base is 0 */
    const char *after;
    int base;
    const char *text; /* base 0: what it stands for */
} spellings[] = {
    {"ctest",    "[NON-XML-CHAR-0x", "]", 16, NULL  },
    {"pytest",   "#x1B",             "",  0,  "\x1b"},
    {"surefire", "&#",               ";", 10, NULL  },
    {"surefire", "&amp#",            ";", 10, NULL  },
    {"cpputest", "{newline}",        "",  0,  "\n"  },
};

size_t junit_find(struct alz_str text, struct alz_str part)
{
    if (part.len == 0 || part.len > text.len)
        return part.len ? SIZE_MAX : 0;
    const char *at = memmem(text.ptr, text.len, part.ptr, part.len);
    return at ? (size_t)(at - text.ptr) : SIZE_MAX;
}

struct alz_str junit_head(struct alz_str text, size_t len)
{
    return (struct alz_str){text.ptr, len < text.len ? len : text.len};
}

struct alz_str junit_shorten(struct alz_str text, size_t max)
{
    if (text.len <= max)
        return text;
    while (max > 0 && ((unsigned char)text.ptr[max] & 0xc0) == 0x80)
        max--;
    return junit_head(text, max);
}

struct alz_str junit_trim_end(struct alz_str text)
{
    while (text.len > 0 && memchr(" \t\r\n", text.ptr[text.len - 1], 4))
        text.len--;
    return text;
}

bool junit_word_in(struct alz_str text, const char *const *words)
{
    for (; *words; words++)
        if (alz_str_is(text, *words))
            return true;
    return false;
}

static int digit(char c, int base)
{
    int value = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    return value < base ? value : -1;
}

/* The control character spelled at the start of text; 0: none is. */
static size_t read_control(const struct spelling *spelling, struct alz_str text,
                           char *ret)
{
    size_t at = strlen(spelling->before), first = at;
    int code = 0;

    for (; at < text.len && at < first + 3; at++) {
        int value = digit(text.ptr[at], spelling->base);
        if (value < 0)
            break;
        code = code * spelling->base + value;
    }
    if (at == first || code >= ' ' ||
        !alz_str_starts(alz_str_from_offset(text, at), spelling->after))
        return 0;
    *ret = (char)code;
    return at + strlen(spelling->after);
}

/* Undoes one spelling at the start of text. Bytes consumed, 0: none. */
static size_t respell(struct junit *state, const struct spelling *spelling,
                      struct alz_str text, struct alz_text *ret)
{
    char c;

    if (!alz_str_starts(text, spelling->before))
        return 0;
    if (spelling->base == 0) {
        junit_put(state, ret, alz_str_from(spelling->text));
        return strlen(spelling->before);
    }
    size_t used = read_control(spelling, text, &c);
    if (used && c) /* NUL says nothing */
        junit_put(state, ret, (struct alz_str){&c, 1});
    return used;
}

static const struct spelling *spelling_of(struct junit *state, size_t skip)
{
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
        if (junit_is(state, spellings[i].framework) && skip-- == 0)
            return &spellings[i];
    return NULL;
}

static size_t respell_any(struct junit *state, struct alz_str text,
                          struct alz_text *ret)
{
    const struct spelling *spelling;
    size_t used = 0;

    for (size_t i = 0; !used && (spelling = spelling_of(state, i)); i++)
        used = respell(state, spelling, text, ret);
    return used;
}

void junit_repair(struct junit *state, struct alz_str text,
                  struct alz_text *ret)
{
    const struct spelling *any = spelling_of(state, 0);

    if (!any) {
        junit_put(state, ret, text);
        return;
    }
    while (text.len > 0) {
        /* All spellings of one producer begin with the same byte. */
        const char *at = memchr(text.ptr, any->before[0], text.len);
        size_t plain = at ? (size_t)(at - text.ptr) : text.len;
        junit_put(state, ret, junit_head(text, plain));
        text = alz_str_from_offset(text, plain);
        if (text.len == 0)
            break;
        size_t used = respell_any(state, text, ret);
        if (used == 0)
            junit_put(state, ret, junit_head(text, used = 1));
        text = alz_str_from_offset(text, used);
    }
}

/* Length of a terminal escape at the start of text, else 0. A reader may
 * have put U+FFFD where ESC was. */
static size_t escape_length(struct alz_str text)
{
    size_t at = alz_str_starts(text, "\x1b[")           ? 2
                : alz_str_starts(text, "\xef\xbf\xbd[") ? 4
                                                        : 0;
    bool replaced = at == 4;

    if (at == 0)
        return 0;
    while (at < text.len && text.ptr[at] >= 0x20 && text.ptr[at] <= 0x3f)
        at++;
    if (at == text.len || text.ptr[at] < 0x40 || text.ptr[at] > 0x7e)
        return 0;
    return replaced && !memchr("mKHJABCDG", text.ptr[at], 9) ? 0 : at + 1;
}

/* Where the first byte is that may begin an escape. */
static size_t first_escape(const struct alz_text *text)
{
    const char *escape = NULL, *wide = NULL;

    if (text->len) {
        escape = memchr(text->ptr, '\x1b', text->len);
        wide = memchr(text->ptr, '\xef', text->len);
    }
    if (!escape || (wide && wide < escape))
        escape = wide;
    return escape ? (size_t)(escape - text->ptr) : text->len;
}

/* Removes terminal escapes in place. */
static void strip_escapes(struct alz_text *text)
{
    size_t to = first_escape(text);

    for (size_t from = to; from < text->len;) {
        struct alz_str rest = {text->ptr + from, text->len - from};
        bool likely = *rest.ptr == '\x1b' || *rest.ptr == '\xef';
        size_t skip = likely ? escape_length(rest) : 0;
        if (skip == 0)
            text->ptr[to++] = text->ptr[from++];
        from += skip;
    }
    text->len = to;
}

struct alz_str junit_clean(struct junit *state, struct alz_str text,
                           struct alz_text *ret)
{
    alz_text_clear(ret);
    ret->max = 2 * JUNIT_TRACE_MAX;
    junit_repair(state, text, ret);
    strip_escapes(ret);
    return alz_text_str(ret);
}
