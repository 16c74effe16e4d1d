/* probe.c - whether an input holds service messages of tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "teamcity.h"

/* Other output may stand around them. */
enum alz_match tc_probe(struct alz_str head, struct alz_str base_name)
{
    (void)base_name;
    return alz_str_find(head, "##teamcity[test") != SIZE_MAX ? ALZ_CERTAIN
                                                             : ALZ_NO;
}
