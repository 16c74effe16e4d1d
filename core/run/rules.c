/* rules.c - tries a rule file of a converter, and says what its rules took. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/utf8.h"
#include "run/drive.h"

enum { LEFT_MAX = 20, TOOK_MAX = 200, SHOWN_MAX = 100, DETAIL_MAX = 200 };

struct trial {
    struct alz_out out;
    struct alz_str text; /* of the rule file */
    struct alz_position position;
    bool on_log;
    size_t taken, left;
    int exit_status;
    struct alz_text line;
    void (*print)(void *ctx, struct alz_str line);
    void *ctx;
};

static void put(struct trial *trial)
{
    trial->print(trial->ctx, alz_text_str(&trial->line));
    alz_text_clear(&trial->line);
}

/* ---- what is wrong ---------------------------------------------------- */

static struct alz_str without_mark(struct alz_str text)
{
    bool marked = alz_str_starts(text, "\xEF\xBB\xBF");

    return alz_str_from_offset(text, marked ? 3 : 0);
}

static bool line_find(struct alz_str text, uint64_t number, struct alz_str *ret)
{
    text = without_mark(text);
    for (uint64_t i = 0; i < number; i++)
        if (!alz_str_split(&text, '\n', ret))
            return false;
    if (alz_str_ends(*ret, "\r"))
        ret->len--;
    return number > 0;
}

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* A line as wide as it has characters: a control character is a blank. */
static void add_shown(struct alz_text *to, struct alz_str line)
{
    for (size_t i = 0; i < line.len; i++)
        alz_buf_putc(to, (unsigned char)line.ptr[i] < ' ' || line.ptr[i] == 127
                             ? ' '
                             : line.ptr[i]);
}

/* The line of the rule file, as far as it is about the column, and a mark
 * under that one. */
static void put_source(struct trial *trial, struct alz_position position)
{
    struct alz_str line = {NULL, 0};
    size_t at = position.column ? (size_t)position.column - 1 : 0, from = 0;

    if (!line_find(trial->text, position.line, &line) || !line.len)
        return;
    at = at < line.len ? at : line.len;
    if (at > SHOWN_MAX / 2 && line.len > SHOWN_MAX)
        from = at - SHOWN_MAX / 2;
    while (from < at && is_inside(line.ptr[from]))
        from++;
    line = alz_utf8_cut(alz_str_from_offset(line, from), SHOWN_MAX);
    alz_text_add(&trial->line, ALZ_STR("    "));
    add_shown(&trial->line, line);
    put(trial);
    alz_text_add(&trial->line, ALZ_STR("    "));
    for (size_t i = 0; i < at - from && i < line.len; i++)
        if (!is_inside(line.ptr[i]))
            alz_buf_putc(&trial->line, ' ');
    alz_buf_putc(&trial->line, '^');
    put(trial);
}

static void on_report_at(void *ctx, struct alz_str file,
                         struct alz_position position,
                         const struct alz_diag *diag, struct alz_str detail)
{
    struct trial *trial = ctx;

    trial->exit_status = diag->exit_status;
    alz_text_add(&trial->line, file);
    alz_buf_printf(&trial->line,
                   ":%llu:%llu: error: ", (unsigned long long)position.line,
                   (unsigned long long)position.column);
    alz_buf_add_quoted(&trial->line, detail, DETAIL_MAX);
    put(trial);
    put_source(trial, position);
}

/* ---- what was taken --------------------------------------------------- */

static void put_number(struct trial *trial)
{
    alz_buf_printf(&trial->line, "%6llu  ",
                   (unsigned long long)trial->position.line);
}

static void on_took(struct trial *trial, const struct alz_diag *diag,
                    struct alz_str detail)
{
    (void)diag;
    if (trial->taken++ >= TOOK_MAX)
        return;
    put_number(trial);
    alz_text_add(&trial->line, detail);
    put(trial);
}

static void on_left(struct trial *trial, const struct alz_diag *diag,
                    struct alz_str detail)
{
    (void)diag;
    if (trial->left++ >= LEFT_MAX)
        return;
    put_number(trial);
    alz_text_add(&trial->line, ALZ_STR("(no rule): "));
    alz_text_add(&trial->line, detail);
    put(trial);
}

static void on_used(struct trial *trial, const struct alz_diag *diag,
                    struct alz_str detail)
{
    alz_text_add(&trial->line, alz_str_from(diag->text));
    alz_text_add(&trial->line, ALZ_STR(" "));
    alz_text_add(&trial->line, detail);
    put(trial);
}

static void on_idle(struct trial *trial, const struct alz_diag *diag,
                    struct alz_str detail)
{
    alz_text_add(&trial->line, alz_str_from(diag->text));
    alz_text_add(&trial->line, ALZ_STR(" "));
    alz_text_add(&trial->line, detail);
    alz_text_add(&trial->line, ALZ_STR(", takes nothing here"));
    put(trial);
}

static void on_coverage(struct trial *trial, const struct alz_diag *diag,
                        struct alz_str detail)
{
    alz_text_add(&trial->line, alz_str_from(diag->text));
    alz_text_add(&trial->line, ALZ_STR(": "));
    alz_text_add(&trial->line, detail);
    put(trial);
}

static const struct explanation {
    const char *id;
    void (*run)(struct trial *trial, const struct alz_diag *diag,
                struct alz_str detail);
} explanations[] = {
    {"/took",      on_took    },
    {"/left",      on_left    },
    {"/used-rule", on_used    },
    {"/idle-rule", on_idle    },
    {"/coverage",  on_coverage},
    {NULL,         NULL       },
};

/* Of samples, only what the rules are about is shown. */
static void on_report(struct alz_out *out, const struct alz_diag *diag,
                      struct alz_str detail)
{
    struct trial *trial = (struct trial *)out;

    for (const struct explanation *at = explanations; at->id; at++) {
        if (alz_str_ends(alz_str_from(diag->id), at->id)) {
            at->run(trial, diag, detail);
            return;
        }
    }
    if (!trial->on_log && diag->exit_status != ALZ_EXIT_USAGE)
        return;
    if (diag->level == ALZ_ERROR)
        trial->exit_status = diag->exit_status;
    alz_buf_printf(&trial->line, "%6llu  %s: %s",
                   (unsigned long long)trial->position.line,
                   alz_level_name(diag->level), diag->text);
    if (detail.len)
        alz_text_add(&trial->line, ALZ_STR(": "));
    alz_text_add(&trial->line, detail);
    put(trial);
}

/* ---- what the converter says of tests --------------------------------- */

static alz_ref on_begin(struct alz_out *out, alz_ref parent, enum alz_kind kind)
{
    (void)out;
    (void)parent;
    return (alz_ref)kind + 1;
}

static void on_status(struct alz_out *out, alz_ref ref, enum alz_status status,
                      unsigned flags)
{
    (void)out;
    (void)ref;
    (void)status;
    (void)flags;
}

static void on_text(struct alz_out *out, alz_ref ref, enum alz_fact fact,
                    struct alz_str text)
{
    (void)out;
    (void)ref;
    (void)fact;
    (void)text;
}

static void on_time(struct alz_out *out, alz_ref ref, enum alz_when when,
                    int64_t ms)
{
    (void)out;
    (void)ref;
    (void)when;
    (void)ms;
}

static void on_add(struct alz_out *out, alz_ref ref, enum alz_pair_kind kind,
                   struct alz_str name, struct alz_str value)
{
    (void)out;
    (void)ref;
    (void)kind;
    (void)name;
    (void)value;
}

static void on_write(struct alz_out *out, alz_ref ref, struct alz_str bytes)
{
    (void)out;
    (void)ref;
    (void)bytes;
}

static void on_end(struct alz_out *out, alz_ref ref)
{
    (void)out;
    (void)ref;
}

static const struct alz_out_ops trial_ops = {
    on_begin, on_status, on_text, on_time, on_add, on_write, on_end, on_report,
};

/* ---- the lines -------------------------------------------------------- */

/* Lines of samples stay on their lines of the rule file; all others become
 * empty ones. */
static void sample_lines(struct alz_str text, struct alz_text *ret)
{
    struct alz_str line;
    bool sample = false;

    while (alz_str_split(&text, '\n', &line)) {
        if (alz_str_starts(line, "["))
            sample = alz_str_starts(line, "[sample");
        if (sample && alz_str_starts(line, "|"))
            alz_text_add(ret, alz_str_from_offset(line, 1));
        alz_text_add(ret, ALZ_STR("\n"));
    }
}

struct pulled {
    struct alz_bytes base;
    const struct alz_pull *pull;
};

static ssize_t pulled_read(struct alz_bytes *bytes, char *to, size_t cap)
{
    const struct alz_pull *pull = ((struct pulled *)bytes)->pull;

    return pull->read(pull->ctx, to, cap);
}

static struct alz_str text_of(const struct alz_drive *drive, const char *text)
{
    const struct alz_converter_profile *at = drive->converter->profiles;

    if (text)
        return alz_str_from(text);
    while (at && at->name && !alz_str_is(drive->profile, at->name))
        at++;
    return alz_str_from(at && at->name ? at->text : "");
}

static int run(struct trial *trial, struct alz_drive *drive,
               const struct alz_pull *log)
{
    struct pulled pulled = {
        {pulled_read, NULL},
        log
    };
    struct alz_bytes_memory memory;
    struct alz_text lines = {.max = 16 << 20};
    int failed;

    sample_lines(trial->text, &lines);
    alz_bytes_memory_init(&memory, alz_text_str(&lines), 0);
    drive->bytes = log ? &pulled.base : &memory.base;
    failed = alz_drive_run(drive);
    if (failed || lines.full || trial->line.full)
        trial->exit_status = ALZ_EXIT_MEMORY;
    alz_text_done(&lines);
    alz_text_done(&trial->line);
    return trial->exit_status;
}

/* The converter whose section the file has; most are of "log". */
static const char *format_of(const char *text)
{
    const struct alz_converter *const *at;
    struct alz_str rest = without_mark(alz_str_from(text)), line, word;

    while (alz_str_split(&rest, '\n', &line)) {
        line = alz_str_trim(line);
        if (!alz_str_starts(line, "[") || !alz_str_ends(line, "]"))
            continue;
        word = alz_str_trim((struct alz_str){line.ptr + 1, line.len - 2});
        for (at = alz_converters(); *at; at++)
            if ((*at)->rules && alz_str_is(word, (*at)->rules))
                return (*at)->name;
    }
    return "log";
}

int alz_rules_test(const char *file, const char *text, const char *log_name,
                   const struct alz_pull *log,
                   void (*print)(void *ctx, struct alz_str line), void *ctx)
{
    struct alz_setting settings[] = {
        {"rules-explain",            "yes"},
        {text ? "rules-text" : NULL, text },
        {"rules-file",               file },
        {NULL,                       NULL },
    };
    struct trial trial = {
        .out = {&trial_ops}, .on_log = log != NULL, .print = print, .ctx = ctx};
    struct alz_drive drive = {
        .out = &trial.out,
        .position = &trial.position,
        .in = {.name = alz_str_from(log_name ? log_name : file)},
        .settings = settings,
        .report_at = on_report_at,
        .ctx = &trial,
    };

    drive.converter =
        alz_format_find(NULL, text ? format_of(text) : file, &drive.profile);
    if (!drive.converter || (!text && !drive.profile.ptr)) {
        alz_text_add(&trial.line, alz_str_from(file));
        alz_text_add(&trial.line, ALZ_STR(": error: no such profile of rules "
                                          "(allurize formats lists them)"));
        put(&trial);
        alz_text_done(&trial.line);
        return ALZ_EXIT_USAGE;
    }
    trial.text = text_of(&drive, text);
    return run(&trial, &drive, log);
}
