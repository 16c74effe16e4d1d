/* block.c - lines that belong together: a trace, an output. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

static const struct alz_diag too_long = {ALZ_WARNING, "log/block",
                                         "a block of lines is cut", 0};

static const struct {
    const char *name;
    enum log_fact fact;
} targets[] = {
    {"trace",       LOG_TRACE      },
    {"message",     LOG_MESSAGE    },
    {"stdout",      LOG_STDOUT     },
    {"stderr",      LOG_STDERR     },
    {"expected",    LOG_EXPECTED   },
    {"actual",      LOG_ACTUAL     },
    {"description", LOG_DESCRIPTION},
};

void log_block_begin(struct log *log)
{
    log_block_end(log);
    log->block.rule = log->rule;
    log->block.test = log->current;
    log->block.lines = 0;
    log->block.indent = SIZE_MAX;
    alz_text_clear(&log->block.text);
}

enum log_fact log_block_fact(const struct log_rule *rule)
{
    for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++)
        if (alz_str_is(rule->into, targets[i].name))
            return targets[i].fact;
    return LOG_TRACE;
}

static struct alz_str without_empty_ends(struct alz_str text)
{
    const char *end;

    while (text.len && strchr(" \t\r\n", text.ptr[text.len - 1]))
        text.len--;
    while (
        (end = memchr(text.ptr, '\n', text.len)) &&
        !alz_str_trim((struct alz_str){text.ptr, (size_t)(end - text.ptr)}).len)
        text = alz_str_from_offset(text, (size_t)(end - text.ptr) + 1);
    return text;
}

void log_block_end(struct log *log)
{
    struct log_block *block = &log->block;
    struct alz_str text = without_empty_ends(alz_text_str(&block->text));
    struct alz_text *target;

    if (block->rule && block->test && text.len) {
        target = &block->test->facts[log_block_fact(block->rule)];
        target->max = LOG_OUTPUT_MAX;
        if (target->len && target->ptr[target->len - 1] != '\n')
            log_add(log, target, ALZ_STR("\n"));
        log_add(log, target, text);
        log_add(log, target, ALZ_STR("\n"));
    }
    block->rule = NULL;
    block->test = NULL;
}

static size_t indent_of(struct alz_str text)
{
    size_t at = 0;

    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    return at;
}

static void add_line(struct log *log, struct alz_str text)
{
    struct log_block *block = &log->block;
    size_t indent = indent_of(text);

    if (block->rule->dedent && indent < text.len) {
        if (block->indent == SIZE_MAX)
            block->indent = indent;
        text = alz_str_from_offset(
            text, indent < block->indent ? indent : block->indent);
    }
    if (!block->test)
        return;
    log_add(log, &block->text, text);
    log_add(log, &block->text, ALZ_STR("\n"));
}

bool log_block_take(struct log *log, struct alz_str text)
{
    struct log_block *block = &log->block;
    const struct log_rule *rule = block->rule;
    bool over;

    if (!rule)
        return false;
    over = (rule->until.code &&
            log_matches(log, rule->name, &rule->until, text)) ||
           (rule->while_.code &&
            !log_matches(log, rule->name, &rule->while_, text));
    if (over && rule->consume)
        add_line(log, text);
    if (!over && block->lines++ >= rule->max_lines) {
        alz_report(log->out, &too_long, rule->name);
        over = true;
    }
    if (over) {
        log_block_end(log);
        return rule->consume;
    }
    add_line(log, text);
    return true;
}
