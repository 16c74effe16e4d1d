/* number.h - what the digits of a JSON number say. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_CHECK_NUMBER_H
#define ALZ_CHECK_NUMBER_H

#include <allurize/convert.h>

/*
 * value is exact up to 2^53 and near beyond it (infinite when too large):
 * enough to compare with a bound. whole: without a fraction, as 2.0 and 1e3
 * are. No strtod: it follows the program's locale.
 */
struct alz_number {
    double value;
    bool whole;
};

struct alz_number alz_number_read(struct alz_str digits);

#endif
