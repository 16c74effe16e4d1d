/* pattern.c - regular expressions of schemas and of categories (PCRE2). */
/* SPDX-License-Identifier: Apache-2.0 */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "check/pattern.h"

#include "base/buf.h"

#include <pcre2.h>
#include <stdlib.h>

enum { MATCH_LIMIT = 1000000, HEAP_LIMIT_KIB = 1024, MESSAGE_MAX = 256 };

struct alz_pattern {
    pcre2_code *code;
    bool (*surely)(struct alz_str text); /* matches, without a look at code */
    bool jit;
};

struct alz_matcher {
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

/* ---- what surely matches ---------------------------------------------- */

/* Printable ASCII, and not only blanks. */
static bool is_plain_line(struct alz_str text)
{
    bool visible = false;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        if (byte < 0x20 || byte > 0x7e)
            return false;
        visible |= byte != ' ';
    }
    return visible;
}

/* As we write them: lower case, with all dashes. Digits and letters follow
 * each other without any order, so there is no branch for each. */
static bool is_plain_uuid(struct alz_str text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    unsigned wrong = 0;

    if (text.len != sizeof(form) - 1)
        return false;
    for (size_t i = 0; i < sizeof(form) - 1; i++) {
        unsigned byte = (unsigned char)text.ptr[i];
        unsigned digit = byte - '0' < 10, letter = byte - 'a' < 6;

        wrong |= form[i] == '-' ? byte ^ '-' : !(digit | letter);
    }
    return wrong == 0;
}

/*
 * The patterns of our schemas that every result is checked against. Texts of
 * the common kind are told without the regular expression; all others are
 * left to it, so this table changes no verdict.
 */
static const struct shortcut {
    const char *regex;
    bool (*surely)(struct alz_str text);
} shortcuts[] = {
    {"^[^\\u0000-\\u001f\\u007f-\\u009f]*"
     "[^\\s\\u0000-\\u001f\\u007f-\\u009f]"
     "[^\\u0000-\\u001f\\u007f-\\u009f]*$",               is_plain_line},
    {"^[0-9A-Fa-f]{8}-?([0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}$", is_plain_uuid},
};

static void set_shortcut(struct alz_pattern *pattern, struct alz_str regex)
{
    for (size_t i = 0; i < sizeof(shortcuts) / sizeof(*shortcuts); i++)
        if (alz_str_is(regex, shortcuts[i].regex))
            pattern->surely = shortcuts[i].surely;
}

/* ---- compiling -------------------------------------------------------- */

static pcre2_code *compile(struct alz_str regex, uint32_t options, int *error,
                           size_t *offset)
{
    return pcre2_compile((PCRE2_SPTR)(regex.ptr ? regex.ptr : ""), regex.len,
                         options, error, offset, NULL);
}

static void explain(struct alz_text *ret, int error, size_t offset)
{
    PCRE2_UCHAR message[MESSAGE_MAX];

    if (pcre2_get_error_message(error, message, sizeof(message)) < 0)
        message[0] = '\0';
    alz_buf_printf(ret, "%s at offset %zu", (const char *)message, offset);
}

struct alz_pattern *alz_pattern_compile(struct alz_str regex,
                                        struct alz_text *error)
{
    const uint32_t ecma = PCRE2_UTF | PCRE2_UCP | PCRE2_ALT_BSUX |
                          PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS |
                          PCRE2_MATCH_UNSET_BACKREF | PCRE2_MATCH_INVALID_UTF |
                          PCRE2_NEVER_BACKSLASH_C;
    struct alz_pattern *pattern = calloc(1, sizeof(*pattern));
    size_t offset = 0;
    int code = 0;

    if (!pattern) {
        alz_text_add(error, ALZ_STR("out of memory"));
        return NULL;
    }
    pattern->code = compile(regex, ecma, &code, &offset);
    if (!pattern->code) {
        explain(error, code, offset);
        free(pattern);
        return NULL;
    }
    set_shortcut(pattern, regex);
    pattern->jit = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
    return pattern;
}

void alz_pattern_free(struct alz_pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->code);
    free(pattern);
}

/* ---- matching --------------------------------------------------------- */

struct alz_matcher *alz_matcher_new(void)
{
    struct alz_matcher *matcher = calloc(1, sizeof(*matcher));

    if (!matcher)
        return NULL;
    matcher->data = pcre2_match_data_create(1, NULL);
    matcher->limits = pcre2_match_context_create(NULL);
    if (!matcher->data || !matcher->limits) {
        alz_matcher_free(matcher);
        return NULL;
    }
    pcre2_set_match_limit(matcher->limits, MATCH_LIMIT);
    pcre2_set_heap_limit(matcher->limits, HEAP_LIMIT_KIB);
    return matcher;
}

void alz_matcher_free(struct alz_matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->limits);
    free(matcher);
}

bool alz_pattern_matches(const struct alz_pattern *pattern,
                         struct alz_matcher *matcher, struct alz_str text)
{
    PCRE2_SPTR ptr = (PCRE2_SPTR)(text.ptr ? text.ptr : "");

    if (pattern->surely && pattern->surely(text))
        return true;
    if (pattern->jit)
        return pcre2_jit_match(pattern->code, ptr, text.len, 0, 0,
                               matcher->data, matcher->limits) >= 0;
    return pcre2_match(pattern->code, ptr, text.len, 0, 0, matcher->data,
                       matcher->limits) >= 0;
}

/* ---- Java ------------------------------------------------------------- */

/* What Java has and PCRE2 has not: no verdict. */
static bool is_javas_own(int error)
{
    static const int codes[] = {
        PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY, /* \p{Alpha}, \p{IsGreek} */
        PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY,
        PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH,
        PCRE2_ERROR_LOOKBEHIND_TOO_LONG,
        PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE, /* \1 without a group */
        PCRE2_ERROR_CLASS_INVALID_RANGE,      /* [\w-z] */
        PCRE2_ERROR_UNKNOWN_POSIX_CLASS,      /* [[:foo:]] is a union */
        PCRE2_ERROR_UNICODE_NOT_SUPPORTED,
        PCRE2_ERROR_BACKSLASH_N_IN_CLASS,
        PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE,
        PCRE2_ERROR_HEAP_FAILED,
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
        if (codes[i] == error)
            return true;
    return false;
}

/* Length of "{2}", "{2,}" or "{2,5}" at ptr, or 0. */
static size_t counted(const char *ptr, const char *end)
{
    const char *at = ptr + 1, *digits = at;

    while (at < end && *at >= '0' && *at <= '9')
        at++;
    if (at == digits)
        return 0;
    if (at < end && *at == ',')
        at++;
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at < end && *at == '}' ? (size_t)(at - ptr) + 1 : 0;
}

/* Length of an escape, with the braces that belong to it. */
static size_t escape(const char *ptr, const char *end)
{
    const char *close;

    if (end - ptr < 3 || ptr[2] != '{' || !strchr("pPxNb", ptr[1]))
        return 2;
    close = memchr(ptr, '}', (size_t)(end - ptr));
    return close ? (size_t)(close - ptr) + 1 : 2;
}

static const char *literal_end(const char *ptr, const char *end)
{
    for (; end - ptr >= 2; ptr++)
        if (ptr[0] == '\\' && ptr[1] == 'E')
            return ptr + 2;
    return end;
}

/* The first "{" that Java calls an illegal repetition and PCRE2 takes as it
 * stands, or NULL. */
static const char *stray_brace(const char *ptr, const char *end)
{
    size_t classes = 0;

    while (ptr < end) {
        size_t len = 1;

        if (*ptr == '\\' && end - ptr >= 2 && ptr[1] == 'Q') {
            ptr = literal_end(ptr, end);
            continue;
        }
        if (*ptr == '\\')
            len = escape(ptr, end);
        else if (*ptr == '[')
            classes++;
        else if (*ptr == ']' && classes)
            classes--;
        else if (*ptr == '{' && !classes && !(len = counted(ptr, end)))
            return ptr;
        ptr += len < (size_t)(end - ptr) ? len : (size_t)(end - ptr);
    }
    return NULL;
}

bool alz_java_regex_ok(struct alz_str regex, struct alz_text *error)
{
    const char *brace;
    size_t offset = 0;
    int code = 0;
    pcre2_code *compiled = compile(
        regex, PCRE2_UTF | PCRE2_DOTALL | PCRE2_ALT_BSUX, &code, &offset);

    pcre2_code_free(compiled);
    if (!compiled && !is_javas_own(code)) {
        explain(error, code, offset);
        return false;
    }
    if (regex.len == 0)
        return true;
    brace = stray_brace(regex.ptr, regex.ptr + regex.len);
    if (brace)
        alz_buf_printf(error, "illegal repetition at offset %td",
                       brace - regex.ptr);
    return !brace;
}
