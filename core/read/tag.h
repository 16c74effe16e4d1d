/* tag.h - the bytes of one tag, and the classes of bytes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_READ_TAG_H
#define ALZ_READ_TAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ALZ_TAG_ATTRS_MAX = 1024,
    ALZ_TAG_NAME_MAX = 4096,
    ALZ_TAG_VALUE_MAX = 1 << 20,
    ALZ_TAG_SLOTS = 2 * ALZ_TAG_ATTRS_MAX
};

/* Bits of alz_byte_class: where each kind of scan stops. */
enum {
    ALZ_STOP_TEXT = 1,
    ALZ_STOP_VALUE = 2,
    ALZ_STOP_CDATA = 4,
    ALZ_BYTE_NAME = 8,
    ALZ_BYTE_NAME_START = 16,
    ALZ_BYTE_BLANK = 32
};
extern const unsigned char alz_byte_class[256];

struct alz_tag_attr {
    uint32_t name, name_len; /* offsets count from the "<" */
    uint32_t value, value_len;
    bool again; /* an earlier one has this name */
    bool dirty; /* the value needs repair */
};

struct alz_tag {
    size_t len; /* of the whole tag */
    size_t name, name_len;
    size_t attr_count;
    uint64_t dropped_attrs; /* beyond the limit */
    uint64_t dropped_names; /* too long */
    bool empty;             /* "/>" */
    bool dirty;             /* not to be given on as it is */
    size_t open_value;      /* CUT: offset of the value it is cut in, or 0 */
    size_t bad;             /* BROKEN: offset, and why */
    const char *why;
    bool limit; /* BROKEN: because of a limit */
    uint64_t bloom;
    uint16_t slots[ALZ_TAG_SLOTS];
    struct alz_tag_attr attrs[ALZ_TAG_ATTRS_MAX];
};

enum alz_tag_scan { ALZ_TAG_WHOLE, ALZ_TAG_CUT, ALZ_TAG_BROKEN };

/*
 * Reads the start tag (or end tag) at ptr, of which the bytes up to end are
 * there; a NUL stands at end. CUT: more bytes are needed; nothing is kept.
 */
enum alz_tag_scan alz_tag_scan_start(struct alz_tag *tag,
                                     const unsigned char *ptr,
                                     const unsigned char *end);
enum alz_tag_scan alz_tag_scan_end(struct alz_tag *tag,
                                   const unsigned char *ptr,
                                   const unsigned char *end);

/* ---- characters ------------------------------------------------------- */

/* Length of the character at ptr (its first byte is >= 0x80) if XML allows it
 * and the filter does not use it; else 0. Reads up to the first byte that
 * does not fit, so a NUL behind the bytes is enough. */
size_t alz_char_legal(const unsigned char *ptr);

/* Length of the reference at ptr, 0: it is none, -1: cut. *code: the
 * character it means, or ALZ_CHAR_NAMED for one of the five names. */
#define ALZ_CHAR_NAMED UINT32_MAX
int alz_char_reference(const unsigned char *ptr, size_t left, uint32_t *code);

/* Whether a reference to this character may stay. */
bool alz_char_code_legal(uint32_t code);

#endif
