/* probe.c - whether an input is CTest's Test.xml. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

/* What stands behind the first tag of that name; ptr NULL: there is none. */
static struct alz_str behind_tag(struct alz_str text, const char *tag)
{
    struct alz_str rest = text;
    size_t at;

    while ((at = alz_str_find(rest, tag)) != SIZE_MAX) {
        rest = alz_str_from_offset(rest, at + strlen(tag));
        if (rest.len && memchr(" \t\r\n>", rest.ptr[0], 5))
            return rest;
    }
    return (struct alz_str){NULL, 0};
}

/* The next element begins here; comments do not count. */
static struct alz_str next_element(struct alz_str text)
{
    size_t at;

    while ((at = alz_str_find(text, "<")) != SIZE_MAX) {
        text = alz_str_from_offset(text, at);
        if (!alz_str_starts(text, "<!") && !alz_str_starts(text, "<?"))
            return text;
        text = alz_str_from_offset(text, 1);
    }
    return ALZ_STR("");
}

/* The same root holds CTest's other steps: Build, Coverage, Notes, ... */
enum alz_match ctest_probe(struct alz_str head, struct alz_str base_name)
{
    struct alz_str site = behind_tag(head, "<Site"), element;

    (void)base_name;
    if (!site.ptr)
        return ALZ_NO;
    for (element = next_element(site); alz_str_starts(element, "<Subproject") ||
                                       alz_str_starts(element, "<Label") ||
                                       alz_str_starts(element, "</Label") ||
                                       alz_str_starts(element, "</Subproject");)
        element = next_element(alz_str_from_offset(element, 1));
    if (alz_str_starts(element, "<Testing"))
        return ALZ_CERTAIN;
    return element.len ? ALZ_NO : ALZ_LIKELY;
}
