/* parse.c - the sections and lines of a rule file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

enum { ENTRIES_MAX = 64, ERRORS_MAX = 20 };

struct entry {
    struct alz_str key, value;
    struct log_place place;
};

struct parser {
    struct log_load *load;
    /* Of the section in hand, when one of its keys is to be read first. */
    struct entry entries[ENTRIES_MAX];
    size_t entry_count;
    size_t line;
    bool any, sample; /* a section has begun; it is a sample */
};

void log_complain(struct log_load *load, struct log_place place,
                  const char *what, struct alz_str detail)
{
    struct alz_text text = {0};

    if (load->errors++ > ERRORS_MAX)
        return;
    if (load->errors > ERRORS_MAX) {
        what = "too many errors; the others are not said";
        detail = ALZ_STR("");
    }
    alz_text_add(&text, alz_str_from(what));
    if (detail.len) {
        alz_text_add(&text, ALZ_STR(": "));
        alz_text_add(&text, detail);
    }
    load->complain(load->ctx, place, alz_text_str(&text));
    alz_text_done(&text);
}

/* ---- a section -------------------------------------------------------- */

/* The first key first: the others may name what it holds. */
static void finish_section(struct parser *parser)
{
    struct log_load *load = parser->load;

    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < parser->entry_count; i++) {
            struct entry *entry = &parser->entries[i];

            if (alz_str_is(entry->key, load->section->first) == (round == 0))
                load->section->entry(load, entry->key, entry->value,
                                     entry->place);
        }
    }
    parser->entry_count = 0;
    load->section = NULL;
    load->part = NULL;
}

static void put_entry(struct parser *parser, const struct entry *entry)
{
    struct log_load *load = parser->load;

    if (!parser->any)
        log_complain(load, entry->place, "before the first [section]",
                     entry->key);
    else if (!load->section || (load->section->begin && !load->part))
        return; /* said already */
    else if (!load->section->first)
        load->section->entry(load, entry->key, entry->value, entry->place);
    else if (parser->entry_count == ENTRIES_MAX)
        log_complain(load, entry->place, "too many keys in this section",
                     entry->key);
    else
        parser->entries[parser->entry_count++] = *entry;
}

/* ---- lines ------------------------------------------------------------ */

static struct alz_str trim_end(struct alz_str text)
{
    while (text.len &&
           (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t' ||
            text.ptr[text.len - 1] == '\r'))
        text.len--;
    return text;
}

static bool is_raw(struct alz_str key)
{
    static const char *const keys[] = {"match", "until", "while", "prefix"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        if (alz_str_is(key, keys[i]))
            return true;
    return false;
}

/* "value   # remark": two blanks and a blank behind make it one. */
static struct alz_str cut_remark(struct alz_str value)
{
    size_t at = alz_str_find(value, "  # ");

    if (at != SIZE_MAX)
        value.len = at;
    return trim_end(value);
}

static void take_entry(struct parser *parser, struct alz_str line)
{
    struct log_load *load = parser->load;
    const char *equals = memchr(line.ptr, '=', line.len);
    struct log_place place = {parser->line, 1};
    struct alz_str key, value;

    if (!equals) {
        log_complain(load, place, "expected \"key = value\"", line);
        return;
    }
    key = alz_str_trim((struct alz_str){line.ptr, (size_t)(equals - line.ptr)});
    value = alz_str_from_offset(line, (size_t)(equals - line.ptr) + 1);
    while (value.len && (*value.ptr == ' ' || *value.ptr == '\t'))
        value = alz_str_from_offset(value, 1);
    if (!is_raw(key))
        value = cut_remark(value);
    place.column = (size_t)(value.ptr - line.ptr) + 1;
    put_entry(parser, &(struct entry){key, value, place});
}

/* "[rule result]": the word and the name. */
static bool split_head(struct alz_str line, struct alz_str *word,
                       struct alz_str *name)
{
    const char *blank;

    if (line.len < 3 || line.ptr[0] != '[' || line.ptr[line.len - 1] != ']')
        return false;
    *word = alz_str_trim((struct alz_str){line.ptr + 1, line.len - 2});
    *name = ALZ_STR("");
    blank = memchr(word->ptr, ' ', word->len);
    if (blank) {
        *name = alz_str_trim(
            alz_str_from_offset(*word, (size_t)(blank - word->ptr)));
        word->len = (size_t)(blank - word->ptr);
    }
    return true;
}

static void begin_sample(struct parser *parser, struct alz_str line)
{
    struct log_samples *samples = parser->load->samples;
    struct log_place place = {parser->line, 1};

    parser->sample = true;
    if (samples->count == RULES_SAMPLES)
        log_complain(parser->load, place, "too many samples", line);
    else
        samples->items[samples->count++] = (struct log_sample){
            place, {NULL, 0}
        };
}

static void begin_section(struct parser *parser, struct alz_str word,
                          struct alz_str name, struct alz_str line)
{
    struct log_load *load = parser->load;
    struct log_place place = {parser->line, 1};
    const struct log_section *at = load->sections;

    while (at->word && !alz_str_is(word, at->word))
        at++;
    if (!at->word) {
        log_complain(load, place, "no such section", line);
    } else if (at->named && !name.len) {
        log_complain(load, place, "such a section needs a name", line);
    } else {
        load->section = at;
        if (at->begin)
            at->begin(load, name, place);
    }
}

static void take_head(struct parser *parser, struct alz_str line)
{
    struct log_place place = {parser->line, 1};
    struct alz_str word, name;

    finish_section(parser);
    parser->any = true;
    parser->sample = false;
    if (!split_head(line, &word, &name))
        log_complain(parser->load, place, "not a [section]", line);
    else if (alz_str_is(word, "sample"))
        begin_sample(parser, line);
    else
        begin_section(parser, word, name, line);
}

/* "|line" of a log, "=> result", "=+ fact"; compare.c reads them again. */
static void take_sample(struct parser *parser, struct alz_str line)
{
    struct log_samples *samples = parser->load->samples;
    struct log_sample *sample;

    if (*line.ptr != '|' && !alz_str_starts(line, "=> ") &&
        !alz_str_starts(line, "=+ ")) {
        log_complain(parser->load, (struct log_place){parser->line, 1},
                     "a line of a sample begins with \"|\", \"=> \" or "
                     "\"=+ \"",
                     line);
        return;
    }
    if (!samples->count)
        return;
    sample = &samples->items[samples->count - 1];
    if (!sample->text.ptr)
        sample->text = line;
    sample->text.len = (size_t)(line.ptr + line.len - sample->text.ptr);
}

static void take_line(struct parser *parser, struct alz_str line)
{
    bool sample = parser->sample;

    if (line.len && *line.ptr == '|' && sample) {
        take_sample(parser, line);
        return;
    }
    line = trim_end(line);
    if (!line.len || *line.ptr == '#' || *line.ptr == ';')
        return;
    if (*line.ptr == '[')
        take_head(parser, line);
    else if (sample)
        take_sample(parser, line);
    else
        take_entry(parser, line);
}

void log_parse(struct log_load *load, struct alz_str text)
{
    struct parser parser = {.load = load};
    struct alz_str line;

    if (alz_str_starts(text, "\xEF\xBB\xBF"))
        text = alz_str_from_offset(text, 3);
    while (!load->no_memory && alz_str_split(&text, '\n', &line)) {
        parser.line++;
        take_line(&parser, line);
    }
    if (!load->no_memory)
        finish_section(&parser);
}
