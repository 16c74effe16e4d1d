/* list.h - lines of a list of GoogleTest's tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_GTEST_LIST_H
#define ALZ_GTEST_LIST_H

#include "gtest/shared.h"

/*
 *     Running main() from gtest_main.cc
 *     Typed/0.  # TypeParam = int
 *       Works
 *     Nums/P.
 *       Even/0  # GetParam() = 2
 *
 * The program may print other lines, too.
 */
enum gtlist_kind { GTLIST_OTHER, GTLIST_SUITE, GTLIST_TEST };

/* *ret_name: without its dot; *ret_param: "GetParam() = 2", or "". */
enum gtlist_kind gtlist_line_read(struct alz_str line, struct alz_str *ret_name,
                                  struct alz_str *ret_param);

enum alz_match gtlist_probe(struct alz_str head, struct alz_str base_name);

#endif
