/* test_telling_line.c - the line of a test's output that people want. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <allurize/read.h>

int main(void)
{
    static const struct {
        const char *text, *line;
    } cases[] = {
        {"starting\n  a.c:3: ERROR: bad\nmore\n",                                "a.c:3: ERROR: bad"      },
        {"starting\nnothing special\n",                                          "starting"               },
        {"\n---\n\nfirst words\n",                                               "first words"            },
        {"built with 0 errors\nassertion x\n",                                   "assertion x"            },
        {"10 failed, 3 passed\n",                                                "10 failed, 3 passed"    },
        {"Traceback (most recent)\n",                                            "Traceback (most recent)"},
        {"",                                                                     ""                       },
        {"  \n\t\n",                                                             ""                       },
        {"Running main() from x\nNote: Google Test filter = A.Fails\n"
         "[ RUN      ] A.Fails\na.cc:3: Failure\nExpected equality:\n", "Expected equality:"     },
        {"a.cc:3: Failure\n",                                                    "a.cc:3: Failure"        },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        IS(alz_str_failure_line(alz_str_from(cases[i].text)), cases[i].line,
           cases[i].line);
    IS(alz_str_skip_line(ALZ_STR("setting up\nskipping: no gpu\nerror\n")),
       "skipping: no gpu", "why it was skipped");
    IS(alz_str_skip_line(ALZ_STR("[==========]\na.cc:5: Skipped\nnot here\n")),
       "not here", "why GoogleTest skipped it");
    IS(alz_str_skip_line(ALZ_STR("\nno network\n")), "no network",
       "without a word of it");
    return tap_done();
}
