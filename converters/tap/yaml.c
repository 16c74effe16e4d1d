/* yaml.c - the entries of one level of YAML, tolerantly. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml.h"

#include "yaml_text.h"

/* ---- lines ------------------------------------------------------------ */

static struct alz_str line_of(struct alz_str rest)
{
    const char *end = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;

    return (struct alz_str){rest.ptr,
                            end ? (size_t)(end - rest.ptr) : rest.len};
}

static struct alz_str behind_line(struct alz_str rest)
{
    return alz_str_from_offset(rest, line_of(rest).len + 1);
}

static size_t indent_of(struct alz_str line)
{
    size_t at = 0;

    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
        at++;
    return at;
}

static bool is_empty(struct alz_str line)
{
    return alz_str_trim(line).len == 0;
}

/* "- " or "-" alone. */
static bool is_item(struct alz_str text)
{
    return alz_str_starts(text, "-") &&
           (text.len == 1 || text.ptr[1] == ' ' || text.ptr[1] == '\t');
}

/* Takes the lines that are indented by more than `indent`; items of a list
 * may stand right below the key they belong to. */
static struct alz_str take_deeper(struct tap_yaml *yaml, size_t indent,
                                  bool items)
{
    const char *start = yaml->rest.ptr, *end = start;

    while (yaml->rest.len) {
        struct alz_str line = line_of(yaml->rest);
        size_t at = indent_of(line);

        if (!is_empty(line) && at <= indent &&
            !(items && at == indent && is_item(alz_str_from_offset(line, at))))
            break;
        yaml->rest = behind_line(yaml->rest);
        if (!is_empty(line))
            end = line.ptr + line.len;
    }
    return (struct alz_str){start, (size_t)(end - start)};
}

/* ---- keys ------------------------------------------------------------- */

/* Where the key ends and the text behind its colon begins. */
static bool split_key(struct alz_str text, struct alz_str *key,
                      struct alz_str *value)
{
    size_t at = 0;

    if (text.len && (*text.ptr == '"' || *text.ptr == '\'')) {
        const char *end = memchr(text.ptr + 1, *text.ptr, text.len - 1);

        if (!end)
            return false;
        at = (size_t)(end - text.ptr) + 1;
    }
    while (at < text.len && !(text.ptr[at] == ':' &&
                              (at + 1 == text.len || text.ptr[at + 1] == ' ')))
        at++;
    if (at == text.len || at == 0)
        return false;
    *key = alz_str_trim((struct alz_str){text.ptr, at});
    *value = alz_str_trim(alz_str_from_offset(text, at + 1));
    if (key->len > 1 && (*key->ptr == '"' || *key->ptr == '\''))
        *key = (struct alz_str){key->ptr + 1, key->len - 2};
    return true;
}

/* ---- values ----------------------------------------------------------- */

static void add(struct tap_yaml *yaml, struct alz_str text)
{
    tap_yaml_add(yaml, text);
}

/* The lines without the indentation of the first. */
static void add_block(struct tap_yaml *yaml, struct alz_str lines)
{
    size_t cut = SIZE_MAX;

    while (lines.len) {
        struct alz_str line = line_of(lines);
        size_t at = indent_of(line);

        if (cut == SIZE_MAX && !is_empty(line))
            cut = at;
        add(yaml, alz_str_from_offset(line, at < cut ? at : cut));
        lines = behind_line(lines);
        if (lines.len)
            add(yaml, ALZ_STR("\n"));
    }
}

static void nested(struct tap_yaml *yaml, struct tap_entry *entry)
{
    struct alz_str lines = take_deeper(yaml, yaml->indent, !entry->item);

    entry->shape = lines.len ? TAP_NESTED : TAP_NULL;
    add_block(yaml, lines);
}

/* "|", ">-", "|2+" ... */
static bool is_block_mark(struct alz_str value)
{
    if (!value.len || (*value.ptr != '|' && *value.ptr != '>') || value.len > 3)
        return false;
    for (size_t i = 1; i < value.len; i++)
        if (!strchr("+-123456789", value.ptr[i]))
            return false;
    return true;
}

static void block(struct tap_yaml *yaml, struct alz_str mark)
{
    struct alz_str lines = take_deeper(yaml, yaml->indent, false);

    add_block(yaml, lines);
    if (*mark.ptr == '>')
        tap_yaml_fold(yaml->text);
}

/* A quoted value may go on over lines of any indentation. */
static bool quoted(struct tap_yaml *yaml, struct alz_str value)
{
    struct alz_str all = {value.ptr, (size_t)(yaml->rest.ptr - value.ptr) +
                                         yaml->rest.len};
    size_t len = tap_yaml_quoted_length(all);
    struct alz_str tail = line_of(alz_str_from_offset(all, len));

    if (!len || (!is_empty(tail) && *alz_str_trim(tail).ptr != '#'))
        return false;
    if (*value.ptr == '"')
        tap_yaml_unescape(yaml, (struct alz_str){value.ptr + 1, len - 2});
    else
        tap_yaml_unquote(yaml, (struct alz_str){value.ptr + 1, len - 2});
    if (len > value.len)
        yaml->rest = behind_line(alz_str_from_offset(all, len));
    return true;
}

static void plain(struct tap_yaml *yaml, struct alz_str value)
{
    struct alz_str more = take_deeper(yaml, yaml->indent, false);

    add(yaml, value);
    if (more.len) {
        add(yaml, ALZ_STR("\n"));
        add_block(yaml, more);
    }
}

static bool is_null(struct alz_str value)
{
    return alz_str_is(value, "~") || alz_str_is_nocase(value, "null");
}

static void read_value(struct tap_yaml *yaml, struct alz_str value,
                       struct tap_entry *entry)
{
    entry->shape = TAP_SCALAR;
    if (value.len == 0)
        nested(yaml, entry);
    else if (is_block_mark(value))
        block(yaml, value);
    else if ((*value.ptr != '"' && *value.ptr != '\'') || !quoted(yaml, value))
        plain(yaml, value);
    entry->value = alz_text_str(yaml->text);
    if (entry->shape == TAP_SCALAR && is_null(value))
        entry->shape = TAP_NULL;
}

/* "- name: a" begins a map whose other keys stand below its first. */
static void read_item(struct tap_yaml *yaml, struct alz_str text,
                      struct tap_entry *entry)
{
    struct alz_str value = alz_str_trim(alz_str_from_offset(text, 1)), key,
                   behind, lines;

    if (!split_key(value, &key, &behind)) {
        read_value(yaml, value, entry);
        return;
    }
    lines = take_deeper(yaml, yaml->indent, false);
    add(yaml, value);
    if (lines.len) {
        add(yaml, ALZ_STR("\n"));
        add_block(yaml, lines);
    }
    entry->shape = TAP_NESTED;
    entry->value = alz_text_str(yaml->text);
}

/* ---- entries ---------------------------------------------------------- */

void tap_yaml_init(struct tap_yaml *yaml, struct alz_str block,
                   struct alz_text *text)
{
    *yaml = (struct tap_yaml){.rest = block, .text = text};
    while (block.len && is_empty(line_of(block)))
        block = behind_line(block);
    yaml->indent = indent_of(line_of(block));
}

static bool begin_entry(struct tap_yaml *yaml, struct alz_str text,
                        struct tap_entry *ret)
{
    struct alz_str value;

    *ret = (struct tap_entry){.key = ALZ_STR("")};
    alz_text_clear(yaml->text);
    if (is_item(text)) {
        ret->item = true;
        read_item(yaml, text, ret);
        return true;
    }
    if (!split_key(text, &ret->key, &value))
        return false;
    read_value(yaml, value, ret);
    return true;
}

bool tap_yaml_next(struct tap_yaml *yaml, struct tap_entry *ret)
{
    while (yaml->rest.len) {
        struct alz_str line = line_of(yaml->rest);
        struct alz_str text = alz_str_trim(line);

        yaml->rest = behind_line(yaml->rest);
        if (text.len == 0 || *text.ptr == '#')
            continue;
        if (indent_of(line) == yaml->indent && begin_entry(yaml, text, ret))
            return true;
        yaml->broken = true;
    }
    return false;
}
