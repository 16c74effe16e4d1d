/* payload.c - files inside a report: base64, zlib or gzip, tar. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <zlib.h>

enum {
    BYTES_MAX = 64 * 1024 * 1024,
    MEMBERS_MAX = 100,
    BLOCK = 64 * 1024,
    CHUNK = 1024,        /* base64 digits decoded at once */
    ANY_HEADER = 15 + 32 /* zlib or gzip, largest window */
};

/* ---- base64 in pieces --------------------------------------------------- */

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static void decode(struct alz_payload *payload, struct alz_str digits)
{
    if (digits.len && !payload->bad &&
        !alz_base64_decode(digits, &payload->bytes))
        payload->bad = true;
}

/* Whether this byte is to be decoded. Padding is not: it only says that
 * nothing may follow, and CTest writes too much of it. */
static bool is_digit(struct alz_payload *payload, char byte)
{
    if (is_blank(byte))
        return false;
    payload->bad |= payload->padded && byte != '=';
    payload->padded |= byte == '=';
    return byte != '=';
}

void alz_payload_add(struct alz_payload *payload, struct alz_str base64)
{
    char digits[CHUNK];
    size_t len = payload->digits, whole;

    memcpy(digits, payload->group, len);
    if (!payload->bytes.max)
        payload->bytes.max = BYTES_MAX;
    for (size_t i = 0; i < base64.len; i++) {
        if (!is_digit(payload, base64.ptr[i]))
            continue;
        digits[len++] = base64.ptr[i];
        if (len == sizeof(digits)) {
            decode(payload, (struct alz_str){digits, len});
            len = 0;
        }
    }
    whole = len - len % 4;
    decode(payload, (struct alz_str){digits, whole});
    payload->digits = len - whole;
    memcpy(payload->group, digits + whole, payload->digits);
}

void alz_payload_done(struct alz_payload *payload)
{
    alz_text_done(&payload->bytes);
    *payload = (struct alz_payload){0};
}

/* ---- one reading -------------------------------------------------------- */

struct reading {
    const struct alz_payload_sink *sink;
    struct alz_str rest; /* not yet handed on, when nothing is deflated */
    z_stream inflater;
    bool deflated, over;
    size_t left, left_members; /* of the limits */
    enum alz_payload_end end;
    const char *why;
    char block[BLOCK];
};

/* The first problem stands, but running out of memory is worse than all. */
static void give_up(struct reading *reading, enum alz_payload_end end,
                    const char *why)
{
    if (reading->end == ALZ_PAYLOAD_WHOLE || end == ALZ_PAYLOAD_NO_MEMORY) {
        reading->end = end;
        reading->why = why;
    }
}

static bool is_gzip(struct alz_str bytes)
{
    return bytes.len > 1 && (unsigned char)bytes.ptr[0] == 0x1f &&
           (unsigned char)bytes.ptr[1] == 0x8b;
}

/* RFC 1950: method 8, and the first two bytes are a multiple of 31. */
static bool is_zlib(struct alz_str bytes)
{
    unsigned first, second;

    if (bytes.len < 2)
        return false;
    first = (unsigned char)bytes.ptr[0];
    second = (unsigned char)bytes.ptr[1];
    return (first & 15) == 8 && first >> 4 < 8 &&
           (first << 8 | second) % 31 == 0;
}

static void inflate_failed(struct reading *reading, int status)
{
    if (status == Z_MEM_ERROR)
        give_up(reading, ALZ_PAYLOAD_NO_MEMORY, "out of memory");
    else if (status == Z_BUF_ERROR || status == Z_OK)
        give_up(reading, ALZ_PAYLOAD_DAMAGED, "the compressed data is cut");
    else
        give_up(reading, ALZ_PAYLOAD_DAMAGED, "the compressed data is damaged");
}

static void start_inflating(struct reading *reading, struct alz_str bytes)
{
    z_stream *inflater = &reading->inflater;
    union {
        const char *from;
        Bytef *to;
    } input = {bytes.ptr};
    int status;

    reading->deflated = true;
    inflater->next_in = input.to;
    inflater->avail_in = (uInt)bytes.len;
    status = inflateInit2(inflater, ANY_HEADER);
    if (status != Z_OK) {
        reading->deflated = false;
        reading->over = true;
        inflate_failed(reading, status);
    }
}

static struct alz_str inflate_block(struct reading *reading)
{
    z_stream *inflater = &reading->inflater;
    size_t room = reading->left < BLOCK ? reading->left + 1 : BLOCK;
    int status;

    inflater->next_out = (Bytef *)reading->block;
    inflater->avail_out = (uInt)(room < BLOCK ? room : BLOCK);
    room = inflater->avail_out;
    status = inflate(inflater, Z_NO_FLUSH);
    room -= inflater->avail_out;
    reading->over = status != Z_OK || room == 0;
    if (reading->over && status != Z_STREAM_END)
        inflate_failed(reading, status);
    return (struct alz_str){reading->block, room};
}

/* The next piece of what the base64 holds; nothing at its end. */
static struct alz_str next_block(struct reading *reading)
{
    struct alz_str piece = reading->rest;

    if (reading->over)
        return ALZ_STR("");
    if (reading->deflated) {
        piece = inflate_block(reading);
    } else {
        piece.len = piece.len < BLOCK ? piece.len : BLOCK;
        reading->rest = alz_str_from_offset(reading->rest, piece.len);
        reading->over = reading->rest.len == 0;
    }
    if (piece.len > reading->left) {
        piece.len = reading->left;
        reading->over = true;
        give_up(reading, ALZ_PAYLOAD_CUT, "it is larger than allowed");
    }
    reading->left -= piece.len;
    return piece;
}

static void read_file(struct reading *reading)
{
    struct alz_str piece;

    reading->sink->member(reading->sink->ctx, ALZ_STR(""));
    while ((piece = next_block(reading)).len)
        reading->sink->bytes(reading->sink->ctx, piece);
}

/* ---- tar ---------------------------------------------------------------- */

static ssize_t pull(struct archive *archive, void *ctx, const void **ret)
{
    struct alz_str piece = next_block(ctx);

    (void)archive;
    *ret = piece.ptr;
    return (ssize_t)piece.len;
}

/* An archive that breaks off where its data does was reported already. */
static void archive_failed(struct reading *reading, struct archive *archive)
{
    if (archive_errno(archive) == ENOMEM)
        give_up(reading, ALZ_PAYLOAD_NO_MEMORY, "out of memory");
    else
        give_up(reading, ALZ_PAYLOAD_DAMAGED, "the archive is damaged");
}

/* A label: what stands behind the last slash. */
static struct alz_str member_name(struct archive_entry *entry)
{
    const char *path = archive_entry_pathname_utf8(entry);
    struct alz_str name, rest;

    if (!path)
        path = archive_entry_pathname(entry);
    rest = alz_str_from(path ? path : "");
    name = rest;
    while (alz_str_split(&rest, '/', &name))
        ;
    return name;
}

static bool is_plain_file(struct archive_entry *entry)
{
    return archive_entry_filetype(entry) == AE_IFREG &&
           !archive_entry_hardlink(entry) && !archive_entry_symlink(entry) &&
           archive_entry_sparse_count(entry) == 0;
}

/* Whether this member is to be handed on. */
static bool wanted(struct reading *reading, struct archive_entry *entry)
{
    if (!is_plain_file(entry)) {
        give_up(reading, ALZ_PAYLOAD_DAMAGED,
                "the archive holds what is no regular file");
        return false;
    }
    if (archive_entry_size(entry) < 0 ||
        (uint64_t)archive_entry_size(entry) > reading->left + BLOCK) {
        give_up(reading, ALZ_PAYLOAD_CUT,
                "a file in the archive is larger than allowed");
        return false;
    }
    if (reading->left_members == 0) {
        give_up(reading, ALZ_PAYLOAD_CUT, "the archive holds too many files");
        return false;
    }
    reading->left_members--;
    return true;
}

static int read_member(struct reading *reading, struct archive *archive)
{
    int64_t offset, next = 0;
    const void *block;
    size_t len;
    int status;

    while ((status = archive_read_data_block(archive, &block, &len, &offset)) ==
           ARCHIVE_OK) {
        if (offset != next) {
            give_up(reading, ALZ_PAYLOAD_DAMAGED,
                    "a file in the archive has holes");
            return ARCHIVE_FATAL;
        }
        next += (int64_t)len;
        if (len)
            reading->sink->bytes(reading->sink->ctx,
                                 (struct alz_str){block, len});
    }
    return status;
}

static void read_members(struct reading *reading, struct archive *archive)
{
    struct archive_entry *entry;
    int status = archive_read_next_header(archive, &entry);

    while (status == ARCHIVE_OK || status == ARCHIVE_WARN) {
        status = ARCHIVE_OK;
        if (wanted(reading, entry)) {
            reading->sink->member(reading->sink->ctx, member_name(entry));
            status = read_member(reading, archive);
        }
        if (status == ARCHIVE_OK || status == ARCHIVE_EOF)
            status = archive_read_next_header(archive, &entry);
    }
    if (status != ARCHIVE_EOF)
        archive_failed(reading, archive);
    while (next_block(reading).len) /* to the checksum behind the archive */
        ;
}

static void read_archive(struct reading *reading)
{
    struct archive *archive = archive_read_new();

    if (!archive || archive_read_support_format_tar(archive) != ARCHIVE_OK)
        give_up(reading, ALZ_PAYLOAD_NO_MEMORY, "out of memory");
    else if (archive_read_open(archive, reading, NULL, pull, NULL) !=
             ARCHIVE_OK)
        archive_failed(reading, archive);
    else
        read_members(reading, archive);
    archive_read_free(archive);
}

/* ---- all of it ---------------------------------------------------------- */

static void decode_rest(struct alz_payload *payload)
{
    struct alz_str last = {payload->group, payload->digits};

    payload->digits = 0;
    decode(payload, last);
}

/* What the base64 itself tells; false: nothing can be read. */
static bool check_bytes(struct alz_payload *payload, struct reading *reading)
{
    const struct alz_text *bytes = &payload->bytes;

    if (bytes->full && bytes->len < bytes->max)
        give_up(reading, ALZ_PAYLOAD_NO_MEMORY, "out of memory");
    else if (payload->bad)
        give_up(reading, ALZ_PAYLOAD_DAMAGED, "it is not base64");
    else if (bytes->full)
        give_up(reading, ALZ_PAYLOAD_CUT, "it is larger than allowed");
    return reading->end != ALZ_PAYLOAD_NO_MEMORY &&
           (reading->end == ALZ_PAYLOAD_WHOLE || bytes->len);
}

static void read_all(struct reading *reading, struct alz_str bytes,
                     enum alz_payload_kind kind)
{
    reading->rest = bytes;
    reading->over = bytes.len == 0;
    if (kind != ALZ_PAYLOAD_PLAIN && (is_gzip(bytes) || is_zlib(bytes)))
        start_inflating(reading, bytes);
    else if (kind == ALZ_PAYLOAD_DEFLATED)
        give_up(reading, ALZ_PAYLOAD_DAMAGED, "it is not compressed");
    if (reading->end != ALZ_PAYLOAD_NO_MEMORY && kind == ALZ_PAYLOAD_TAR)
        read_archive(reading);
    else if (reading->end != ALZ_PAYLOAD_NO_MEMORY)
        read_file(reading);
    if (reading->deflated)
        inflateEnd(&reading->inflater);
}

enum alz_payload_end alz_payload_read(struct alz_payload *payload,
                                      enum alz_payload_kind kind,
                                      const struct alz_payload_limits *limits,
                                      const struct alz_payload_sink *sink,
                                      const char **ret_why)
{
    struct reading *reading = calloc(1, sizeof(*reading));
    enum alz_payload_end end;

    *ret_why = "out of memory";
    if (!reading)
        return ALZ_PAYLOAD_NO_MEMORY;
    reading->sink = sink;
    reading->why = "";
    reading->left = limits && limits->bytes ? limits->bytes : BYTES_MAX;
    reading->left_members =
        limits && limits->members ? limits->members : MEMBERS_MAX;
    decode_rest(payload);
    if (check_bytes(payload, reading))
        read_all(reading, alz_text_str(&payload->bytes), kind);
    *ret_why = reading->why;
    end = reading->end;
    free(reading);
    return end;
}
