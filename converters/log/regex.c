/* regex.c - regular expressions that end in bounded time and memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <stdio.h>

enum {
    PATTERN_MAX = 64 * 1024,
    HEAP_KIB = 16 * 1024,
    DEPTH_MAX = 10000,
    STEPS_MAX = 1000000, /* callouts of one match */
    STEPS_MIN = 100,     /* at each start */
    JIT_STACK_MIN = 32 * 1024,
    JIT_STACK_MAX = 1024 * 1024,
    LIMITS_MAX = 10
};

/* ---- limits ----------------------------------------------------------- */

/*
 * The match limit counts anew at each start position. A pattern that may begin
 * anywhere has a smaller one for each, and when that is hit it tries again with
 * a counter of all steps: that is exact, but many times slower.
 */
static int count_step(pcre2_callout_block *block, void *data)
{
    struct log_matcher *matcher = data;

    (void)block;
    return ++matcher->steps > STEPS_MAX ? PCRE2_ERROR_MATCHLIMIT : 0;
}

int log_matcher_init(struct log_matcher *matcher, uint32_t match_limit)
{
    matcher->context = pcre2_match_context_create(NULL);
    matcher->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
    if (!matcher->context)
        return -1;
    matcher->match_limit = match_limit;
    pcre2_set_match_limit(matcher->context, match_limit);
    pcre2_set_heap_limit(matcher->context, HEAP_KIB);
    pcre2_set_depth_limit(matcher->context, DEPTH_MAX);
    pcre2_set_callout(matcher->context, count_step, matcher);
    if (matcher->stack)
        pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return 0;
}

void log_matcher_done(struct log_matcher *matcher)
{
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    *matcher = (struct log_matcher){.context = NULL};
}

/* ---- compiling -------------------------------------------------------- */

/* Lines are repaired before, so that they are UTF-8: with MATCH_INVALID_UTF the
 * JIT of PCRE2 10.42 lets \S, \W and \D take ASCII only. */
static pcre2_code *compile(struct alz_str source, uint32_t options, int *error,
                           PCRE2_SIZE *offset)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_code *code;

    *error = PCRE2_ERROR_NOMEMORY;
    *offset = 0;
    if (!context)
        return NULL;
    pcre2_set_max_pattern_length(context, PATTERN_MAX);
    code = pcre2_compile((PCRE2_SPTR)source.ptr, source.len,
                         options | PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C |
                             PCRE2_DUPNAMES,
                         error, offset, context);
    pcre2_compile_context_free(context);
    return code;
}

/* False: there is none, or the pattern forbids it. */
static bool compile_jit(pcre2_code *code)
{
    size_t size = 0;

    return pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0 &&
           pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
}

static int refuse_callout(pcre2_callout_enumerate_block *block, void *data)
{
    (void)block;
    (void)data;
    return 1;
}

static bool is_anchored(const pcre2_code *code)
{
    uint32_t options = 0;

    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    return (options & PCRE2_ANCHORED) != 0;
}

/* The bytes that what follows "^" may begin with. */
static void find_first(struct log_regex *regex)
{
    const uint8_t *bits = NULL;
    struct alz_str rest = regex->source;
    uint32_t type = 0, unit = 0;
    PCRE2_SIZE offset;
    pcre2_code *code;
    int error;

    if (rest.len && *rest.ptr == '^')
        rest = alz_str_from_offset(rest, 1);
    if (!regex->anchored || log_literal_has_choice(rest))
        return;
    code = compile(rest, 0, &error, &offset);
    if (!code)
        return;
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &bits);
    if (type == 1) {
        pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
        regex->first[unit >> 3 & 31] |= (uint8_t)(1u << (unit & 7));
        /* The unit may be said for both cases. */
        if ((unit | 32) >= 'a' && (unit | 32) <= 'z')
            regex->first[(unit ^ 32) >> 3 & 31] |=
                (uint8_t)(1u << ((unit ^ 32) & 7));
        regex->has_first = unit < 128;
    } else if (bits) {
        memcpy(regex->first, bits, sizeof(regex->first));
        regex->has_first = true;
    }
    pcre2_code_free(code);
}

const char *log_regex_compile(struct log_regex *regex, bool at_start,
                              char *room, size_t room_size, size_t *ret_offset)
{
    uint32_t options = at_start ? PCRE2_ANCHORED : 0;
    PCRE2_SIZE offset;
    int error;

    *ret_offset = 0;
    regex->code = compile(regex->source, options, &error, &offset);
    if (!regex->code) {
        *ret_offset = offset;
        if (error == PCRE2_ERROR_NOMEMORY ||
            pcre2_get_error_message(error, (PCRE2_UCHAR *)room, room_size) < 0)
            snprintf(room, room_size, "out of memory");
        return room;
    }
    if (pcre2_callout_enumerate(regex->code, refuse_callout, NULL))
        return "callouts are not allowed";
    regex->anchored = is_anchored(regex->code);
    regex->match = pcre2_match_data_create_from_pattern(regex->code, NULL);
    if (!regex->match)
        return "out of memory";
    log_literals_find(regex->source, &regex->literals);
    find_first(regex);
    /* Without JIT it is only slower. */
    regex->jit = compile_jit(regex->code);
    return NULL;
}

void log_regex_done(struct log_regex *regex)
{
    pcre2_match_data_free(regex->match);
    pcre2_code_free(regex->code);
    pcre2_code_free(regex->counted);
    regex->match = NULL;
    regex->code = regex->counted = NULL;
}

/* ---- matching --------------------------------------------------------- */

static bool may_match(const struct log_regex *regex, struct alz_str text)
{
    unsigned byte;

    if (regex->has_first) {
        if (text.len == 0)
            return false;
        byte = (unsigned char)*text.ptr;
        if (!(regex->first[byte >> 3] & 1u << (byte & 7)))
            return false;
    }
    return regex->literals.count == 0 ||
           log_literals_held(&regex->literals, text);
}

bool log_regex_is_in(const struct log_regex *regex, struct alz_str lines)
{
    return regex->code && (regex->literals.count == 0 ||
                           log_literals_held(&regex->literals, lines));
}

/* The short way does not look whether the text is UTF-8. */
static int run(struct log_matcher *matcher, const struct log_regex *regex,
               const pcre2_code *code, struct alz_str text, uint32_t options)
{
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.ptr ? text.ptr : "");

    matcher->steps = 0;
    if (regex->jit && matcher->is_utf8 && !options)
        return pcre2_jit_match(code, subject, text.len, 0, 0, regex->match,
                               matcher->context);
    return pcre2_match(code, subject, text.len, 0,
                       options | (matcher->is_utf8 ? PCRE2_NO_UTF_CHECK : 0),
                       regex->match, matcher->context);
}

/* Callouts of the author's own were refused before. */
static int match_counted(struct log_matcher *matcher, struct log_regex *regex,
                         struct alz_str text, uint32_t options)
{
    PCRE2_SIZE offset;
    int error;

    if (!regex->counted) {
        regex->counted =
            compile(regex->source, PCRE2_AUTO_CALLOUT, &error, &offset);
        if (!regex->counted)
            return PCRE2_ERROR_NOMEMORY;
        regex->jit &= compile_jit(regex->counted);
    }
    pcre2_set_match_limit(matcher->context, matcher->match_limit);
    return run(matcher, regex, regex->counted, text, options);
}

static int match(struct log_matcher *matcher, struct log_regex *regex,
                 struct alz_str text, uint32_t options)
{
    uint32_t limit = matcher->match_limit, each = limit;
    int got;

    if (!regex->anchored)
        each = (uint32_t)(STEPS_MAX / (text.len + 1) + STEPS_MIN);
    pcre2_set_match_limit(matcher->context, each < limit ? each : limit);
    got = run(matcher, regex, regex->code, text, options);
    if (got == PCRE2_ERROR_MATCHLIMIT && !regex->anchored)
        got = match_counted(matcher, regex, text, options);
    return got;
}

enum log_match log_regex_match(struct log_matcher *matcher,
                               struct log_regex *regex, struct alz_str text)
{
    int got;

    if (!regex->code || regex->off || !may_match(regex, text))
        return LOG_MATCH_NO;
    got = match(matcher, regex, text, 0);
    if (got == PCRE2_ERROR_JIT_STACKLIMIT)
        got = match(matcher, regex, text, PCRE2_NO_JIT);
    if (got >= 0)
        return LOG_MATCH_YES;
    if (got == PCRE2_ERROR_NOMATCH)
        return LOG_MATCH_NO;
    regex->off = ++regex->limits >= LIMITS_MAX;
    return LOG_MATCH_LIMIT;
}

struct alz_str log_regex_group(const struct log_regex *regex,
                               struct alz_str text, uint32_t number)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(regex->match);
    uint32_t count = pcre2_get_ovector_count(regex->match);
    PCRE2_SIZE from, to;

    if (number >= count)
        return (struct alz_str){NULL, 0};
    from = ends[2 * number];
    to = ends[2 * number + 1];
    if (from == PCRE2_UNSET || from > to || to > text.len)
        return (struct alz_str){NULL, 0};
    return (struct alz_str){text.ptr + from, to - from};
}

static bool reaches(struct log_matcher *matcher, const struct log_regex *regex,
                    struct alz_str text)
{
    int got = run(matcher, regex, regex->code, text,
                  PCRE2_PARTIAL_HARD | PCRE2_NO_JIT);

    return got >= 0 || got == PCRE2_ERROR_PARTIAL;
}

/* The first len bytes, without a character that would be cut. */
static struct alz_str start_of(struct alz_str text, size_t len)
{
    while (len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    return (struct alz_str){text.ptr, len};
}

/* Found by halving: if a text can become a match, so can each start of it. */
size_t log_regex_reach(const struct log_regex *regex, struct alz_str text)
{
    struct log_matcher matcher = {.context = NULL};
    size_t low = 0, high = text.len, middle;

    if (!regex->anchored || log_matcher_init(&matcher, 100000))
        high = 0;
    while (low < high) {
        middle = (low + high + 1) / 2;
        if (reaches(&matcher, regex, start_of(text, middle)))
            low = middle;
        else
            high = middle - 1;
    }
    log_matcher_done(&matcher);
    return start_of(text, low).len;
}

bool log_regex_matches_empty(const struct log_regex *regex)
{
    struct log_matcher matcher = {.context = NULL};
    bool ret = false;

    if (log_matcher_init(&matcher, 100000) == 0)
        ret = run(&matcher, regex, regex->code, ALZ_STR(""), PCRE2_NO_JIT) >= 0;
    log_matcher_done(&matcher);
    return ret;
}
