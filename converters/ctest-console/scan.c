/* scan.c - the lines that CTest itself prints. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

/* ---- pieces ------------------------------------------------------------- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Cuts blanks off the start; how many there were. */
static size_t take_blanks(struct alz_str *text)
{
    size_t len = 0;

    while (len < text->len && text->ptr[len] == ' ')
        len++;
    *text = alz_str_from_offset(*text, len);
    return len;
}

static bool take(struct alz_str *text, const char *literal)
{
    if (!alz_str_starts(*text, literal))
        return false;
    *text = alz_str_from_offset(*text, strlen(literal));
    return true;
}

bool console_take_number(struct alz_str *text, uint64_t *ret)
{
    size_t len = 0;

    while (len < text->len && is_digit(text->ptr[len]))
        len++;
    if (len == 0 || len > 9 ||
        !alz_number_parse((struct alz_str){text->ptr, len}, ret))
        return false;
    *text = alz_str_from_offset(*text, len);
    return true;
}

/* A number of a test. */
static bool take_id(struct alz_str *text, uint64_t *ret)
{
    return console_take_number(text, ret) && *ret > 0 && *ret <= CONSOLE_ID_MAX;
}

/* ---- lines -------------------------------------------------------------- */

bool console_scan_start(struct alz_str line, struct console_start *ret)
{
    ret->indent = take_blanks(&line);
    if (ret->indent == 0 || !take(&line, "Start "))
        return false;
    ret->width = line.len;
    take_blanks(&line);
    if (!take_id(&line, &ret->id))
        return false;
    ret->width -= line.len;
    if (!take(&line, ": "))
        return false;
    ret->name = line;
    return line.len > 0;
}

/* "12/42", or blanks in their place. */
static bool take_count(struct alz_str *line, struct console_result *ret)
{
    ret->number = ret->total = 0;
    if (!line->len || !is_digit(*line->ptr))
        return true;
    return console_take_number(line, &ret->number) && take(line, "/") &&
           console_take_number(line, &ret->total) && take_blanks(line) > 0;
}

bool console_scan_result(struct alz_str line, struct console_result *ret)
{
    take_blanks(&line);
    if (!take_count(&line, ret) ||
        (!take(&line, "Test ") && !take(&line, "MemCheck ")))
        return false;
    take_blanks(&line);
    if (!take(&line, "#") || !take_id(&line, &ret->id) || !take(&line, ": "))
        return false;
    ret->rest = line;
    return line.len > 0;
}

bool console_scan_output(struct alz_str line, uint64_t *ret_id,
                         struct alz_str *ret_text)
{
    if (!take_id(&line, ret_id) || !take(&line, ":"))
        return false;
    if (line.len && !take(&line, " "))
        return false;
    *ret_text = line;
    return true;
}

bool console_scan_summary(struct alz_str line, uint64_t *ret_failed,
                          uint64_t *ret_total)
{
    uint64_t percent;
    size_t at;

    if (!console_take_number(&line, &percent) || !take(&line, "% tests passed"))
        return false;
    *ret_failed = 0;
    if (take(&line, ", ") && !console_take_number(&line, ret_failed))
        return false;
    at = alz_str_find(line, "out of ");
    if (at == SIZE_MAX)
        return false;
    line = alz_str_from_offset(line, at + strlen("out of "));
    return console_take_number(&line, ret_total);
}

/* Labels may stand behind the word; the name may hold brackets. */
bool console_scan_listed(struct alz_str line, uint64_t *ret_id,
                         struct alz_str *ret_name, struct alz_str *ret_word)
{
    size_t open, close;

    if (!take(&line, "\t"))
        return false;
    take_blanks(&line);
    if (!take_id(&line, ret_id) || !take(&line, " - "))
        return false;
    for (close = line.len; close && line.ptr[close - 1] != ')';)
        close--;
    for (open = close; open && line.ptr[open - 1] != '(';)
        open--;
    if (open < 3 || close <= open || line.ptr[open - 2] != ' ')
        return false;
    *ret_name = (struct alz_str){line.ptr, open - 2};
    *ret_word = (struct alz_str){line.ptr + open, close - open - 1};
    return true;
}

bool console_take_seconds(struct alz_str *text, int64_t *ret_ms)
{
    struct alz_str line = *text, number;
    size_t at;

    if (!alz_str_ends(line, " sec"))
        return false;
    line.len -= strlen(" sec");
    for (at = line.len;
         at && (is_digit(line.ptr[at - 1]) || line.ptr[at - 1] == '.');)
        at--;
    number = alz_str_from_offset(line, at);
    if (!number.len || (at && line.ptr[at - 1] != ' ') ||
        !alz_duration_parse(number, ret_ms))
        return false;
    text->len = at;
    return true;
}
