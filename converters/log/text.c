/* text.c - lines as UTF-8 without terminal escapes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

void log_out_of_memory(struct log *log)
{
    static const struct alz_diag memory = {ALZ_ERROR, "log/memory",
                                           "out of memory", 70};

    if (!log->no_memory && log->out)
        alz_report(log->out, &memory, ALZ_STR(""));
    log->no_memory = true;
}

void log_add(struct log *log, struct alz_text *text, struct alz_str bytes)
{
    if (!text->max)
        text->max = LOG_TEXT_MAX;
    alz_text_add(text, bytes);
    if (text->full && text->len < text->max)
        log_out_of_memory(log);
}

void log_set(struct log *log, struct alz_text *text, struct alz_str bytes)
{
    alz_text_clear(text);
    log_add(log, text, bytes);
}

/* ---- UTF-8 ------------------------------------------------------------ */

/* Length of the character at ptr; 0: there is none. */
static size_t character(const unsigned char *ptr, size_t len)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t size = ptr[0] < 0x80   ? 1
                  : ptr[0] < 0xC2 ? 0
                  : ptr[0] < 0xE0 ? 2
                  : ptr[0] < 0xF0 ? 3
                  : ptr[0] < 0xF5 ? 4
                                  : 0;

    if (size < 2 || size > len)
        return size > len ? 0 : size;
    if (ptr[0] == 0xE0)
        low = 0xA0;
    else if (ptr[0] == 0xED)
        high = 0x9F;
    else if (ptr[0] == 0xF0)
        low = 0x90;
    else if (ptr[0] == 0xF4)
        high = 0x8F;
    if (ptr[1] < low || ptr[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((ptr[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

/* Bytes at the start that are good UTF-8. */
static size_t good_length(struct alz_str text)
{
    const unsigned char *ptr = (const unsigned char *)text.ptr;
    size_t at = 0, size;

    while (at < text.len) {
        uint64_t eight;

        if (text.len - at >= sizeof(eight)) {
            memcpy(&eight, ptr + at, sizeof(eight));
            if (!(eight & UINT64_C(0x8080808080808080))) {
                at += sizeof(eight);
                continue;
            }
        }
        if (ptr[at] < 0x80) {
            at++;
            continue;
        }
        size = character(ptr + at, text.len - at);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

static void add_latin1(struct log *log, struct alz_text *to, unsigned char byte)
{
    const char two[2] = {(char)(0xC0 | byte >> 6), (char)(0x80 | (byte & 63))};

    log_add(log, to, (struct alz_str){two, 2});
}

static struct alz_str repair(struct log *log, struct alz_str text)
{
    size_t good;

    alz_text_clear(&log->repaired);
    while (text.len) {
        good = log->rules->latin1 ? 0 : good_length(text);
        while (log->rules->latin1 && good < text.len &&
               (unsigned char)text.ptr[good] < 0x80)
            good++;
        log_add(log, &log->repaired, (struct alz_str){text.ptr, good});
        text = alz_str_from_offset(text, good);
        if (!text.len)
            break;
        if (log->rules->latin1)
            add_latin1(log, &log->repaired, (unsigned char)*text.ptr);
        else
            log_add(log, &log->repaired, ALZ_STR("\xEF\xBF\xBD"));
        text = alz_str_from_offset(text, 1);
    }
    return alz_text_str(&log->repaired);
}

/* ---- terminal escapes ------------------------------------------------- */

static struct alz_str strip(struct log *log, struct alz_str text)
{
    const char *escape;
    size_t plain;

    alz_text_clear(&log->clean);
    while ((escape = memchr(text.ptr, '\033', text.len)) != NULL) {
        plain = (size_t)(escape - text.ptr);
        log_add(log, &log->clean, (struct alz_str){text.ptr, plain});
        text = alz_str_from_offset(text, plain);
        text = alz_str_from_offset(text, alz_escape_length(text));
        if (!text.len)
            break;
    }
    log_add(log, &log->clean, text);
    return alz_text_str(&log->clean);
}

bool log_is_prepared(const struct log *log, struct alz_str lines)
{
    return lines.len <= log->rules->max_line &&
           !memchr(lines.ptr, '\r', lines.len) &&
           (log->rules->keep_ansi || !memchr(lines.ptr, '\033', lines.len)) &&
           good_length(lines) == lines.len;
}

struct alz_str log_prepare(struct log *log, struct alz_str text)
{
    if (text.len > log->rules->max_line)
        text.len = log->rules->max_line;
    if (!log->rules->keep_ansi && text.len &&
        memchr(text.ptr, '\033', text.len))
        text = strip(log, text);
    if (good_length(text) < text.len)
        text = repair(log, text);
    return text;
}
