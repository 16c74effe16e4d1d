/* reader.h - runs one converter over one stream of bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_READER_H
#define ALZ_READ_READER_H

#include "base/bytes.h"

#include <allurize/read.h>

/*
 * Where the reader is, for messages. line and column count from 1, 0 means
 * unknown; column counts bytes of the line. The receiver keeps a pointer to
 * it: read it during a verb only.
 */
struct alz_position {
    uint64_t line;
    uint64_t column;
};

/* What one run of a reader needs. */
struct alz_reading {
    const struct alz_converter *converter;
    void *state; /* of the converter, already started */
    struct alz_out *out;
    struct alz_bytes *bytes; /* raw, as the input has them */
    struct alz_position *position;
    bool live; /* call idle after 200 ms of silence; lines carry seen_ms */
    const bool *interrupted; /* the source was stopped by the user; or NULL */
};

/*
 * Each reader pulls the bytes to their end, calls the converter's table, and
 * returns how the input ended; it has reported every damage through
 * alz_report (ids "xml/...", "json/...", "lines/...", "bytes/..."). It does
 * not call start, finish or done.
 */
enum alz_ending alz_xml_read(const struct alz_reading *reading);
enum alz_ending alz_lines_read(const struct alz_reading *reading);
enum alz_ending alz_json_read(const struct alz_reading *reading);

/*
 * For readers: how a stream ended that gave 0 bytes, or -1 with this error
 * (then reports "bytes/read"); anything: it gave bytes before.
 */
enum alz_ending alz_reading_ended(const struct alz_reading *reading, int error,
                                  bool anything);

/* To be called before each read: when the input is live and silent for 200 ms
 * it calls idle, once, and returns when there is something to read. */
void alz_reading_await(const struct alz_reading *reading,
                       struct alz_bytes *bytes);

/* Warns ("bytes/undecodable") when the encoding had to replace something. */
struct alz_encoding;
void alz_reading_decoded(const struct alz_reading *reading,
                         const struct alz_encoding *encoding);

/* Head of an input as UTF-8 for probes: decodes BOM and UTF-16/32 and drops
 * what is cut at the end; appended to *ret. */
void alz_head_decode(struct alz_str raw, struct alz_text *ret);

/* Local name of the first element in a decoded head, {NULL, 0} if there is
 * none. Comments, PIs and DOCTYPE are passed over. For probes and messages.
 */
struct alz_str alz_xml_root_name(struct alz_str head);

#endif
