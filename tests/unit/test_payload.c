/* test_payload.c - files inside a report, whole, damaged and hostile. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "payload_made.h"
#include "tap.h"

/* ---- reading them ------------------------------------------------------- */

struct got {
    struct alz_text text; /* "name:bytes;" of all files */
    unsigned members;
    enum alz_payload_end end;
    const char *why;
};

static void on_member(void *ctx, struct alz_str name)
{
    struct got *got = ctx;

    if (got->members++)
        alz_text_add(&got->text, ALZ_STR(";"));
    alz_text_add(&got->text, name);
    alz_text_add(&got->text, ALZ_STR(":"));
}

static void on_bytes(void *ctx, struct alz_str piece)
{
    alz_text_add(&((struct got *)ctx)->text, piece);
}

static struct got read_text(struct alz_str base64, enum alz_payload_kind kind,
                            struct alz_payload_limits limits, size_t step)
{
    struct got got = {.text = {.max = 2 * ROOM}};
    const struct alz_payload_sink sink = {on_member, on_bytes, &got};
    struct alz_payload payload = {0};

    while (base64.len) {
        struct alz_str piece = {base64.ptr,
                                base64.len < step ? base64.len : step};

        alz_payload_add(&payload, piece);
        base64 = alz_str_from_offset(base64, piece.len);
    }
    got.end = alz_payload_read(&payload, kind, &limits, &sink, &got.why);
    alz_payload_done(&payload);
    return got;
}

/* Frees what it is given. */
static struct got read_made(struct made bytes, enum alz_payload_kind kind,
                            struct alz_payload_limits limits)
{
    struct made base64 = base64_of(bytes);
    struct got got =
        read_text((struct alz_str){base64.ptr, base64.len}, kind, limits, 1000);

    free(base64.ptr);
    free(bytes.ptr);
    return got;
}

static void is_got(struct got got, enum alz_payload_end end, const char *text,
                   const char *what)
{
    NUM(got.end, end, what);
    IS(alz_text_str(&got.text), text, what);
    OK((got.why[0] == '\0') == (end == ALZ_PAYLOAD_WHOLE), "why is said");
    alz_text_done(&got.text);
}

static const struct alz_payload_limits no_limits;

/* ---- base64 ------------------------------------------------------------- */

static void test_base64(void)
{
    static const struct {
        const char *text, *bytes;
        enum alz_payload_end end;
    } cases[] = {
        {"aGVsbG8gd29ybGQ=",         ":hello world", ALZ_PAYLOAD_WHOLE  },
        {"aGVs\nbG8g\r\nd29ybGQ=\n", ":hello world", ALZ_PAYLOAD_WHOLE  },
        {"aGVsbG8gd29ybGQ",          ":hello world", ALZ_PAYLOAD_WHOLE  },
        {"aGVsbG8gd29ybGQ=====",     ":hello world", ALZ_PAYLOAD_WHOLE  },
        {"",                         ":",            ALZ_PAYLOAD_WHOLE  },
        {"aGVsbG8=aGVs",             ":hello",       ALZ_PAYLOAD_DAMAGED},
        {"aGVsbG8gd29ybGQh[...]",    "",             ALZ_PAYLOAD_DAMAGED},
        {"aGVsb",                    ":hel",         ALZ_PAYLOAD_DAMAGED},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        for (size_t step = 1; step < 24; step += 5) {
            struct got got = read_text(alz_str_from(cases[i].text),
                                       ALZ_PAYLOAD_PLAIN, no_limits, step);

            NUM(got.end, cases[i].end, cases[i].bytes);
            if (cases[i].end == ALZ_PAYLOAD_WHOLE)
                IS(alz_text_str(&got.text), cases[i].bytes, cases[i].bytes);
            alz_text_done(&got.text);
        }
}

/* ---- compression -------------------------------------------------------- */

static struct made text_of(const char *text)
{
    struct made made = made_new();

    made.len = strlen(text);
    memcpy(made.ptr, text, made.len);
    return made;
}

static struct made zlib_of(const char *text, int window)
{
    struct made plain = text_of(text), packed = deflated(plain, window);

    free(plain.ptr);
    return packed;
}

static void test_compression(void)
{
    struct made packed;

    is_got(read_made(zlib_of("output", 15), ALZ_PAYLOAD_DEFLATED, no_limits),
           ALZ_PAYLOAD_WHOLE, ":output", "zlib");
    is_got(read_made(zlib_of("output", 31), ALZ_PAYLOAD_DEFLATED, no_limits),
           ALZ_PAYLOAD_WHOLE, ":output", "gzip");
    is_got(read_made(text_of("output"), ALZ_PAYLOAD_DEFLATED, no_limits),
           ALZ_PAYLOAD_DAMAGED, ":output", "not compressed");
    packed = zlib_of("output", 15);
    packed.len -= 5;
    is_got(read_made(packed, ALZ_PAYLOAD_DEFLATED, no_limits),
           ALZ_PAYLOAD_DAMAGED, ":output", "cut");
    packed = zlib_of("output", 15);
    packed.ptr[packed.len - 1] ^= 1;
    is_got(read_made(packed, ALZ_PAYLOAD_DEFLATED, no_limits),
           ALZ_PAYLOAD_DAMAGED, ":output", "wrong checksum");
}

static void test_bomb(void)
{
    struct alz_payload_limits limits = {.bytes = 1000};
    static const struct {
        size_t size;
        enum alz_payload_end end;
    } cases[] = {
        {999,    ALZ_PAYLOAD_WHOLE},
        {1000,   ALZ_PAYLOAD_WHOLE},
        {1001,   ALZ_PAYLOAD_CUT  },
        {900000, ALZ_PAYLOAD_CUT  },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct made plain = made_new(), packed;
        struct got got;

        plain.len = cases[i].size;
        packed = deflated(plain, 15);
        free(plain.ptr);
        got = read_made(packed, ALZ_PAYLOAD_DEFLATED, limits);
        NUM(got.end, cases[i].end, "at the limit of bytes");
        NUM(got.text.len, cases[i].size < 1000 ? cases[i].size + 1 : 1001,
            "and no byte more");
        alz_text_done(&got.text);
    }
}

/* ---- tar ---------------------------------------------------------------- */

static void test_tar(void)
{
    struct made tar = made_new(), packed;

    add_file(&tar, "log.txt", "some log\n");
    end_tar(&tar);
    packed = deflated(tar, 31);
    is_got(read_made(packed, ALZ_PAYLOAD_TAR, no_limits), ALZ_PAYLOAD_WHOLE,
           "log.txt:some log\n", "tar in gzip");
    is_got(read_made(tar, ALZ_PAYLOAD_TAR, no_limits), ALZ_PAYLOAD_WHOLE,
           "log.txt:some log\n", "tar alone");
    is_got(read_made(text_of("no archive"), ALZ_PAYLOAD_TAR, no_limits),
           ALZ_PAYLOAD_DAMAGED, "", "no tar");
}

/* Names are labels; what is no regular file is not handed on. */
static void test_hostile_tar(void)
{
    struct made tar = made_new();

    add_file(&tar, "../../../etc/passwd", "one");
    add_file(&tar, "/etc/shadow", "two");
    add_header(&tar, "link", '2', "/etc/passwd", 0);
    add_header(&tar, "hard", '1', "../../etc/passwd", 0);
    add_header(&tar, "device", '3', "", 0);
    add_header(&tar, "pipe", '6', "", 0);
    add_header(&tar, "dir/", '5', "", 0);
    add_file(&tar, "last", "three");
    end_tar(&tar);
    is_got(read_made(tar, ALZ_PAYLOAD_TAR, no_limits), ALZ_PAYLOAD_DAMAGED,
           "passwd:one;shadow:two;last:three", "only regular files");
}

static void test_lying_tar(void)
{
    struct made tar = made_new();
    struct got got;

    add_file(&tar, "first", "one");
    add_header(&tar, "huge", '0', "", 8589934591UL);
    got = read_made(tar, ALZ_PAYLOAD_TAR, no_limits);
    NUM(got.end, ALZ_PAYLOAD_CUT, "a claim of 8 GiB");
    IS(alz_text_str(&got.text), "first:one", "is not begun");
    alz_text_done(&got.text);
    tar = made_new();
    add_header(&tar, "short", '0', "", 100000);
    memcpy(tar.ptr + tar.len, "data", 4);
    tar.len += BLOCK;
    got = read_made(tar, ALZ_PAYLOAD_TAR, no_limits);
    NUM(got.end, ALZ_PAYLOAD_DAMAGED, "more claimed than there is");
    OK(got.text.len < 2 * BLOCK, "nothing is made up");
    alz_text_done(&got.text);
}

static void test_many_members(void)
{
    struct alz_payload_limits limits = {.members = 3};
    struct made tar = made_new();

    for (int i = 0; i < 3; i++)
        add_file(&tar, "m", "x");
    end_tar(&tar);
    is_got(read_made(tar, ALZ_PAYLOAD_TAR, limits), ALZ_PAYLOAD_WHOLE,
           "m:x;m:x;m:x", "as many files as allowed");
    tar = made_new();
    for (int i = 0; i < 4; i++)
        add_file(&tar, "m", "x");
    end_tar(&tar);
    is_got(read_made(tar, ALZ_PAYLOAD_TAR, limits), ALZ_PAYLOAD_CUT,
           "m:x;m:x;m:x", "one file more");
}

/* GNU's old sparse header: 1 MiB of nothing with 3 bytes at its end. */
static void test_sparse(void)
{
    struct made tar = made_new();
    char *header = tar.ptr;
    unsigned sum = 0;
    struct got got;

    add_header(&tar, "sparse", 'S', "", 3);
    memcpy(header + 257, "ustar  ", 8);
    snprintf(header + 386, 13, "%011o", 1048573);
    snprintf(header + 398, 13, "%011o", 3);
    snprintf(header + 483, 13, "%011o", 1048576);
    memset(header + 148, ' ', 8);
    for (int i = 0; i < BLOCK; i++)
        sum += (unsigned char)header[i];
    put_octal(header + 148, 6, sum);
    header[154] = 0;
    memcpy(tar.ptr + tar.len, "end", 3);
    tar.len += BLOCK;
    end_tar(&tar);
    got = read_made(tar, ALZ_PAYLOAD_TAR, no_limits);
    NUM(got.end, ALZ_PAYLOAD_DAMAGED, "a file with holes is refused");
    NUM(got.text.len, 0, "none of it is handed on");
    alz_text_done(&got.text);
}

/* Cut anywhere: never more than the whole, and success only for all of it. */
static void test_cut(void)
{
    struct made tar = made_new(), packed;
    bool good = true;

    add_file(&tar, "log.txt", "some attached log\nline 2\n");
    end_tar(&tar);
    packed = deflated(tar, 31);
    free(tar.ptr);
    for (size_t len = 0; len < packed.len; len++) {
        struct made part = made_new();
        struct got got;

        memcpy(part.ptr, packed.ptr, len);
        part.len = len;
        got = read_made(part, ALZ_PAYLOAD_TAR, no_limits);
        good = good && got.end != ALZ_PAYLOAD_WHOLE && got.text.len <= 40;
        alz_text_done(&got.text);
    }
    OK(good, "a payload cut at any byte is damaged");
    free(packed.ptr);
}

int main(void)
{
    test_base64();
    test_compression();
    test_bomb();
    test_tar();
    test_hostile_tar();
    test_lying_tar();
    test_many_members();
    test_sparse();
    test_cut();
    return tap_done();
}
