/* pattern.h - regular expressions of schemas and of categories (PCRE2). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_PATTERN_H
#define ALZ_CHECK_PATTERN_H

#include <allurize/read.h>

/* Compiled once, read-only afterwards; the text may be any bytes (what is
 * not UTF-8 matches nothing). */
struct alz_pattern;

/* The working memory of one thread's matches. */
struct alz_matcher;

/* As JSON Schema wants it: ECMA 262 with the u flag, searched for. NULL with
 * a reason appended to *error. */
struct alz_pattern *alz_pattern_compile(struct alz_str regex,
                                        struct alz_text *error);
void alz_pattern_free(struct alz_pattern *pattern);

struct alz_matcher *alz_matcher_new(void);
void alz_matcher_free(struct alz_matcher *matcher);

/* A match that costs too much counts as none. */
bool alz_pattern_matches(const struct alz_pattern *pattern,
                         struct alz_matcher *matcher, struct alz_str text);

/*
 * Would java.util.regex take it? False with a reason appended to *error when
 * it certainly would not; PCRE2 is the judge of what both have in common.
 */
bool alz_java_regex_ok(struct alz_str regex, struct alz_text *error);

#endif
