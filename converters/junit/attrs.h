/* attrs.h - attributes of a test case, told at once or kept. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_JUNIT_ATTRS_H
#define ALZ_JUNIT_ATTRS_H

#include "junit.h"

/* Tells all but the names to the test in hand. */
void junit_attrs_tell(struct junit *state, struct alz_out *out,
                      const struct alz_xml_element *element);

/* Keeps at most JUNIT_ATTRS_MAX of them, and makes an element again. attrs
 * has room for JUNIT_ATTRS_MAX. */
void junit_attrs_keep(struct junit *state, struct junit_attrs *kept,
                      const struct alz_xml_element *element);
void junit_attrs_element(const struct junit_attrs *kept,
                         struct alz_xml_attr *attrs,
                         struct alz_xml_element *ret);

#endif
