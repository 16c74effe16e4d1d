/* lines.c - one record a line, and lines that are none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonmap.h"

static const struct alz_diag damaged = {ALZ_ERROR, "jsonmap/line",
                                        "this line is no whole JSON", 4};
static const struct alz_diag other = {ALZ_NOTE, "jsonmap/left",
                                      "taken by no section", 0};

/* ---- JSON in memory --------------------------------------------------- */

static void check_value(void *ctx, const struct alz_json_value *value)
{
    (void)ctx;
    (void)value;
}

/* What is as deep as this value, or deeper, has ended. */
static void take_value(void *ctx, const struct alz_json_value *value)
{
    struct map *map = ctx;

    while (map->depth + map->skipped > value->depth && !map->no_memory)
        map_close(map);
    if (value->type == ALZ_JSON_OBJECT || value->type == ALZ_JSON_ARRAY)
        map_open(map, value);
    else
        map_scalar(map, value);
}

/* Read twice: of what is damaged nothing may be told. */
bool map_read_text(struct map *map, struct alz_str text)
{
    enum alz_json_text end = alz_json_text_read(text, check_value, NULL);

    if (end == ALZ_JSON_TEXT_DAMAGED)
        return false;
    if (end == ALZ_JSON_TEXT_WHOLE)
        end = alz_json_text_read(text, take_value, map);
    if (end != ALZ_JSON_TEXT_WHOLE)
        map_out_of_memory(map);
    while (map->at && !map->no_memory)
        map_close(map);
    return true;
}

/* ---- lines ------------------------------------------------------------ */

static struct alz_str cut_prefix(struct map *map, struct alz_str text)
{
    struct log_regex *prefix = &map->mapping->prefix;

    if (!prefix->code ||
        log_regex_match(&map->matcher, prefix, text) != LOG_MATCH_YES)
        return text;
    return alz_str_from_offset(text, log_regex_group(prefix, text, 0).len);
}

/* "[main] started" and "{x}" are no JSON, and not damaged either. */
static bool is_record(struct alz_str text)
{
    struct alz_str rest = alz_str_trim(alz_str_from_offset(text, 1));

    if (*text.ptr == '[')
        return alz_str_starts(rest, "{");
    return *text.ptr == '{' &&
           (!rest.len || *rest.ptr == '"' || *rest.ptr == '}');
}

bool map_take_line(void *state, struct alz_out *out,
                   const struct alz_line *line)
{
    struct map *map = state;
    struct alz_str text = alz_str_trim(cut_prefix(map, line->text));

    (void)out;
    if (alz_str_starts(text, "\xEF\xBB\xBF"))
        text = alz_str_from_offset(text, 3);
    if (map->no_memory || !text.len)
        return true;
    if (!is_record(text)) {
        map->left++;
        if (map->explain)
            alz_report(map->out, &other, text);
    } else if (!map_read_text(map, text)) {
        alz_report(map->out, &damaged, ALZ_STR(""));
    }
    return true;
}
