/* conversion.h - what convert and run share: options in, summary out. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALLURIZE_TOOLS_CONVERSION_H
#define ALLURIZE_TOOLS_CONVERSION_H

#include "args.h"
#include "environment.h"
#include "print.h"

struct conversion {
    const struct args *args;
    struct alz_options options;
    struct environment environment;
    struct printer printer;
    struct alz_session *session;
    char *rules;                  /* text of --rules */
    struct alz_setting *settings; /* of the converter, with the rules */
    unsigned fail_on;             /* set of 1 << status */
    unsigned long expect;
};

/* An exit status; not 0: nothing is open (but call conversion_done). *stop is
 * set by a signal handler to end a conversion early. */
int conversion_open(struct conversion *conversion, const struct args *args,
                    const volatile sig_atomic_t *stop);
/* Ends the conversion and prints the summary. An exit status. */
int conversion_close(struct conversion *conversion);
void conversion_done(struct conversion *conversion);

#endif
