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
    bool xml;  /* look at <?xml encoding="..."?> */
    bool head; /* the input is only a head: drop what is cut at its end */
    bool decided;
    bool failed;       /* the declared encoding is unknown: read as UTF-8 */
    char name[64];     /* what was decided: "UTF-8", "ISO-8859-1", ... */
    char declared[64]; /* what the declaration names, "" if it names none */
    iconv_t cd;        /* (iconv_t)-1: none needed */
    size_t unit;       /* bytes an undecodable unit takes: 1, 2 or 4 */
    char raw[16384];
    size_t raw_len, raw_pos;
    char spill[16]; /* decoded, but more than the caller had room for */
    size_t spill_len, spill_pos;
    bool end;
    int error;         /* errno of next, told when all before it is read */
    uint64_t replaced; /* undecodable units */
};

void alz_encoding_init(struct alz_encoding *encoding, struct alz_bytes *next,
                       bool xml);
void alz_encoding_done(struct alz_encoding *encoding);

#endif
