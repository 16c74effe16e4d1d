/* encoding.h - bytes in any declared encoding to UTF-8 bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_ENCODING_H
#define ALZ_READ_ENCODING_H

#include "base/bytes.h"

#include <iconv.h>

/*
 * A filter: BOM first, then a UTF-16/32 pattern of zero bytes, then (for XML)
 * the encoding the declaration names, else UTF-8. A declaration that the
 * bytes contradict ("utf-16" on single bytes) is ignored. Everything iconv
 * knows is taken, UTF-7 is not. UTF-8 passes through unchanged (repair is the
 * next filter's work); undecodable input of other encodings becomes U+FFFD.
 * The BOM is dropped.
 */
struct alz_encoding {
    struct alz_bytes base;
    struct alz_bytes *next;
    bool xml; /* look at <?xml encoding="..."?> */
    bool decided;
    bool failed; /* the declared encoding is unknown: read as UTF-8 */
    char name[64]; /* what was decided: "UTF-8", "ISO-8859-1", ... */
    iconv_t cd;    /* (iconv_t)-1: none needed */
    char raw[16384];
    size_t raw_len, raw_pos;
    bool end;
    uint64_t replaced; /* undecodable units */
};

void alz_encoding_init(struct alz_encoding *encoding, struct alz_bytes *next,
                       bool xml);
void alz_encoding_done(struct alz_encoding *encoding);

#endif
