/* test_lines.c - what the line reader hands to a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "read/reader.h"
#include "tap.h"

#include <errno.h>

enum { KEPT = 1024 * 1024 };

/* A receiver that only takes reports: "level id|detail" and exit status. */
struct sink {
    struct alz_out out;
    struct alz_text *log;
};

static void sink_report(struct alz_out *out, const struct alz_diag *diag,
                        struct alz_str detail)
{
    struct sink *sink = (struct sink *)out;

    alz_buf_printf(sink->log, "<%s %d %.*s>", diag->id, diag->exit_status,
                   (int)detail.len, detail.ptr);
}

static const struct alz_out_ops sink_ops = {.report = sink_report};

/* The converter: a line of the log for each line it is given. */
struct state {
    struct alz_text *log;
    const struct alz_position *position;
    size_t longest;
    const char *asked; /* the end of the lines that skip saw */
    bool wrong;        /* it was not asked as it should be */
};

static void note_line(struct state *state, const struct alz_line *line)
{
    size_t shown = line->text.len < 30 ? line->text.len : 30;

    alz_buf_printf(state->log, "%u:", (unsigned)line->number);
    alz_text_add(state->log, (struct alz_str){line->text.ptr, shown});
    if (line->cut)
        alz_buf_printf(state->log, "+%zu", line->cut);
    alz_buf_printf(state->log, "%s%s", line->unterminated ? "!" : "|",
                   line->seen_ms ? "t" : "");
    if (state->position->line != line->number || state->position->column != 1)
        alz_buf_printf(state->log, "(wrong position)");
    if (line->text.len > state->longest)
        state->longest = line->text.len;
}

static bool take_hash(void *ctx, struct alz_out *out,
                      const struct alz_line *line)
{
    struct state *state = ctx;

    (void)out;
    if (line->text.len == 0 || line->text.ptr[0] != '#')
        return false;
    alz_buf_printf(state->log, "#|");
    return true;
}

static bool take_any(void *ctx, struct alz_out *out,
                     const struct alz_line *line)
{
    (void)out;
    note_line(ctx, line);
    return true;
}

static bool take_never(void *ctx, struct alz_out *out,
                       const struct alz_line *line)
{
    (void)out;
    (void)line;
    alz_buf_printf(((struct state *)ctx)->log, "(came too far)");
    return false;
}

static const struct alz_line_row rows[] = {
    {"comment",      take_hash },
    {"only a title", NULL      },
    {"anything",     take_any  },
    {"unreached",    take_never},
    {NULL,           NULL      },
};

static void idle(void *state, struct alz_out *out)
{
    (void)out;
    alz_buf_printf(((struct state *)state)->log, "(idle)");
}

/* Lines that begin with "." say nothing. */
static bool take_dot(void *ctx, struct alz_out *out,
                     const struct alz_line *line)
{
    (void)ctx;
    (void)out;
    return line->text.len > 0 && line->text.ptr[0] == '.';
}

static const struct alz_line_row dot_rows[] = {
    {"nothing",  take_dot},
    {"anything", take_any},
    {NULL,       NULL    },
};

/* Passes over them while they are less than 8: the rest is asked for again. */
static size_t skip_dots(void *ctx, struct alz_str lines, bool again)
{
    struct state *state = ctx;
    struct alz_str rest = lines, line;
    size_t len = 0;

    state->wrong |= again && lines.ptr + lines.len != state->asked;
    state->wrong |= lines.len == 0 || lines.ptr[lines.len - 1] != '\n';
    state->asked = lines.ptr + lines.len;
    for (int i = 0; i < 8 && alz_str_split(&rest, '\n', &line) && rest.ptr &&
                    line.len && *line.ptr == '.';
         i++)
        len = (size_t)(rest.ptr - lines.ptr);
    return len;
}

static const struct alz_converter converters[] = {
    {.abi = ALZ_CONVERTER_ABI, .name = "test", .table = rows, .idle = idle},
    {.abi = ALZ_CONVERTER_ABI,
     .name = "dots",
     .table = dot_rows,
     .skip = skip_dots                                                    },
};
static const struct alz_converter *converter = &converters[0];

static struct alz_str run(struct alz_bytes *bytes, bool live,
                          const bool *interrupted, size_t *longest)
{
    static const char *const endings[] = {"complete", "damaged", "interrupted"};
    static struct alz_text log;
    struct alz_position position = {0, 0};
    struct state state = {.log = &log, .position = &position};
    struct sink sink = {{&sink_ops}, &log};
    struct alz_reading reading = {
        .converter = converter,
        .state = &state,
        .out = &sink.out,
        .bytes = bytes,
        .position = &position,
        .live = live,
        .interrupted = interrupted,
    };

    alz_text_clear(&log);
    alz_buf_printf(&log, "%s", endings[alz_lines_read(&reading)]);
    if (longest != NULL)
        *longest = state.longest;
    if (state.wrong)
        alz_buf_printf(&log, "(asked wrongly)");
    alz_buf_printf(&log, "%s", position.line > 1000 ? "(far)" : "");
    return alz_text_str(&log);
}

/* The same at every read size. */
static void same(struct alz_str text, const char *want, const char *what)
{
    struct alz_bytes_memory bytes;
    size_t piece;
    bool good = true;

    for (piece = 0; piece <= 64 && good; piece++) {
        alz_bytes_memory_init(&bytes, text, piece);
        good = alz_str_equal(run(&bytes.base, false, NULL, NULL),
                             alz_str_from(want));
    }
    OK(good, what);
    if (!good) {
        alz_bytes_memory_init(&bytes, text, piece - 1);
        printf("# read size %zu\n", piece - 1);
        IS(run(&bytes.base, false, NULL, NULL), want, what);
    }
}

static void test_ends(void)
{
    same(ALZ_STR(""), "complete", "nothing");
    same(ALZ_STR("a\nbc\n"), "1:a|2:bc|complete", "two lines");
    same(ALZ_STR("\n\n"), "1:|2:|complete", "empty lines");
    same(ALZ_STR("a\n\nb"), "1:a|2:|3:b!complete", "no end of the last line");
    same(ALZ_STR("a\r\n\r\nb\r\n"), "1:a|2:|3:b|complete", "CR LF");
    same(ALZ_STR("a\r\r\n"), "1:a\r|complete", "only one CR is dropped");
    same(ALZ_STR("10%\r20%\rdone\n"), "1:10%\r20%\rdone|complete",
         "a progress bar stays in its line");
    same(ALZ_STR("a\nb\r"), "1:a|2:b\r!complete", "a CR without LF is data");
    same(ALZ_STR("#c\n#\nx\n#"), "#|#|3:x|#|complete", "rows in their order");
}

static void test_skip(void)
{
    static char many[3 * 100000 + 1];
    struct alz_bytes_memory bytes;

    converter = &converters[1];
    same(ALZ_STR(".\n.a\r\n.\n"), "complete", "lines that say nothing");
    same(ALZ_STR(".\n.a\r\nb\n.\n\n.\nc"), "3:b|5:|7:c!complete",
         "lines behind them have their numbers");
    same(ALZ_STR(".\n.\n.\n.\n.\n.\n.\n.\n.\n.\n.\n.\nx\n.\n"), "13:x|complete",
         "a converter may pass over some of them");
    for (size_t i = 0; i < sizeof(many) - 1; i += 3)
        memcpy(many + i, ".x\n", 3);
    alz_bytes_memory_init(&bytes, (struct alz_str){many, sizeof(many) - 1}, 0);
    IS(run(&bytes.base, false, NULL, NULL), "complete(far)",
       "messages at the end name the last line");
    converter = &converters[0];
}

static void test_encodings(void)
{
    same(ALZ_STR("\xEF\xBB\xBF"
                 "a\nb\n"),
         "1:a|2:b|complete", "a BOM is no text");
    same(ALZ_STR("\xFF\xFE"
                 "a\0\n\0\xE9\0\n\0"),
         "1:a|2:\xC3\xA9|complete", "UTF-16");
    same(ALZ_STR("okay\xFF\n\xC3\n"), "1:okay\xFF|2:\xC3|complete",
         "bytes that are no UTF-8 pass");
    same(ALZ_STR("\xFF\xFE"
                 "a\0\0\xDC\n\0"),
         "1:a\xEF\xBF\xBD|<bytes/undecodable 0 UTF-16LE>complete",
         "what is no UTF-16 is replaced");
}

static void test_nul(void)
{
    struct alz_bytes_memory bytes;
    struct alz_str got;

    alz_bytes_memory_init(&bytes, ALZ_STR("abcd\0e\n\0\n"), 3);
    got = run(&bytes.base, false, NULL, NULL);
    OK(alz_str_equal(got, ALZ_STR("1:abcd\0e|2:\0|complete")),
       "NUL bytes are data");
}

/* ---- long lines ------------------------------------------------------- */

/* `as` times 'a', then tail, again and again; counts what it gives. */
struct flood {
    struct alz_bytes base;
    uint64_t as, at;
    const char *tail;
};

static ssize_t flood_read(struct alz_bytes *base, char *to, size_t cap)
{
    struct flood *flood = (struct flood *)base;
    size_t n = 0, tail = strlen(flood->tail);

    for (; n < cap && flood->at < flood->as + tail; flood->at++)
        to[n++] =
            flood->at < flood->as ? 'a' : flood->tail[flood->at - flood->as];
    return (ssize_t)n;
}

static void long_line(uint64_t as, const char *tail, const char *want,
                      size_t kept, const char *what)
{
    struct flood flood = {
        {flood_read, NULL},
        as, 0, tail
    };
    size_t longest = 0;

    IS(run(&flood.base, false, NULL, &longest), want, what);
    NUM(longest, kept, "bytes kept");
}

static void test_long(void)
{
    long_line(70000, "\nb\n", "1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|2:b|complete",
              70000, "longer than a chunk");
    long_line(KEPT, "\r\nb", "1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|2:b!complete",
              KEPT, "1 MiB is kept; the CR behind it does not count");
    long_line(KEPT - 1, "\r\n", "1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|complete",
              KEPT - 1, "the CR is the last byte that fits");
    long_line(KEPT + 1, "\nb\n",
              "<lines/long 0 >1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+1|2:b|complete",
              KEPT, "a byte more is cut");
    long_line(UINT64_C(100000000), "",
              "<lines/long 0 >1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+98951424!"
              "complete",
              KEPT, "100 MB in one line");
}

/* ---- a live source ---------------------------------------------------- */

struct act {
    const char *data; /* NULL: silence before the next one */
    int error;
};

struct script {
    struct alz_bytes base;
    const struct act *act;
    struct alz_text *log;
};

static ssize_t script_read(struct alz_bytes *base, char *to, size_t cap)
{
    struct script *script = (struct script *)base;
    const struct act *act;
    size_t len;

    while (script->act->data == NULL && script->act->error == 0)
        script->act++;
    act = script->act;
    if (act->error != 0) {
        errno = act->error;
        return -1;
    }
    len = strlen(act->data);
    if (len > cap)
        len = cap;
    memcpy(to, act->data, len);
    script->act += len > 0;
    return (ssize_t)len;
}

static int script_wait(struct alz_bytes *base, int timeout_ms)
{
    struct script *script = (struct script *)base;

    return timeout_ms < 0 || script->act->data != NULL ||
           script->act->error != 0;
}

static struct alz_str play(const struct act *acts, bool live,
                           const bool *interrupted)
{
    struct script script = {
        {script_read, script_wait},
        acts, NULL
    };

    return run(&script.base, live, interrupted, NULL);
}

static void test_live(void)
{
    static const struct act talk[] = {
        {"first\nsec",   0},
        {NULL,           0},
        {NULL,           0},
        {"ond\nthird\n", 0},
        {NULL,           0},
        {"",             0}
    };
    static const struct act quiet[] = {
        {NULL, 0},
        {"",   0}
    };
    static const struct act broken[] = {
        {"first\nsec", 0  },
        {NULL,         EIO}
    };
    static const struct act dead[] = {
        {NULL, EISDIR}
    };
    bool interrupted = true;

    IS(play(talk, true, NULL),
       "1:first|t(idle)2:second|t3:third|t(idle)complete",
       "lines at once, idle once for each silence");
    IS(play(talk, false, NULL), "1:first|2:second|3:third|complete",
       "no clock and no idle when nobody waits");
    IS(play(quiet, true, NULL), "(idle)complete", "silence only");
    IS(play(talk, false, &interrupted), "1:first|2:second|3:third|interrupted",
       "the user stopped it");
    IS(play(broken, false, NULL),
       "1:first|2:sec!<bytes/read 4 Input/output error>damaged",
       "a read error keeps what was read");
    IS(play(dead, false, NULL), "<bytes/read 3 Is a directory>damaged",
       "nothing could be read at all");
}

int main(void)
{
    test_ends();
    test_skip();
    test_encodings();
    test_nul();
    test_long();
    test_live();
    return tap_done();
}
