/* message.c - ##teamcity[name key='value' ...], with its escapes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "teamcity.h"

static const char *const attrs[] = {
    [TC_NAME] = "name",
    [TC_FLOW] = "flowId",
    [TC_PARENT] = "parent",
    [TC_TIMESTAMP] = "timestamp",
    [TC_DURATION] = "duration",
    [TC_MESSAGE] = "message",
    [TC_DETAILS] = "details",
    [TC_EXPECTED] = "expected",
    [TC_ACTUAL] = "actual",
    [TC_OUT] = "out",
    [TC_COUNT] = "count",
    [TC_TEST_NAME] = "testName",
    [TC_TYPE] = "type",
    [TC_VALUE] = "value",
    [TC_ERROR_DETAILS] = "errorDetails",
    [TC_TEXT] = "text",
    [TC_STATUS] = "status",
};

static const struct {
    char escaped;
    const char *bytes;
} escapes[] = {
    {'n',  "\n"          },
    {'r',  "\r"          },
    {'\'', "'"           },
    {'|',  "|"           },
    {'[',  "["           },
    {']',  "]"           },
    {'x',  "\xC2\x85"    }, /* next line */
    {'l',  "\xE2\x80\xA8"}, /* line separator */
    {'p',  "\xE2\x80\xA9"}, /* paragraph separator */
};

static int hex(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = strchr(digits, digit | 0x20);

    return digit != '\0' && at != NULL && *at != '\0' ? (int)(at - digits) : -1;
}

static void put_character(struct alz_text *to, unsigned code)
{
    char bytes[4];
    size_t len = 0;

    if (code < 0x80) {
        bytes[len++] = (char)code;
    } else if (code < 0x800) {
        bytes[len++] = (char)(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        bytes[len++] = (char)(0xE0 | code >> 12);
        bytes[len++] = (char)(0x80 | (code >> 6 & 0x3F));
    } else {
        bytes[len++] = (char)(0xF0 | code >> 18);
        bytes[len++] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[len++] = (char)(0x80 | (code >> 6 & 0x3F));
    }
    if (code >= 0x80)
        bytes[len++] = (char)(0x80 | (code & 0x3F));
    alz_text_add(to, (struct alz_str){bytes, len});
}

/* "0x00fc" behind a bar: a unit of UTF-16. */
static bool read_unit(struct alz_str rest, unsigned *ret)
{
    *ret = 0;
    if (rest.len < 6 || !alz_str_starts(rest, "0x"))
        return false;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex(rest.ptr[i]);

        if (digit < 0)
            return false;
        *ret = *ret << 4 | (unsigned)digit;
    }
    return true;
}

/* One unit, or both of a pair: "0xD83D|0xDE00"; half a pair is no character.
 * How many bytes that takes, or 0. */
static size_t take_unit(struct alz_text *to, struct alz_str rest)
{
    unsigned unit, low;
    size_t taken = 6;

    if (!read_unit(rest, &unit))
        return 0;
    rest = alz_str_from_offset(rest, taken);
    if (unit >> 10 == 0xD800 >> 10 && alz_str_starts(rest, "|") &&
        read_unit(alz_str_from_offset(rest, 1), &low) &&
        low >> 10 == 0xDC00 >> 10) {
        unit = 0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF));
        taken += 7;
    } else if (unit >> 11 == 0xD800 >> 11) {
        unit = 0xFFFD;
    }
    put_character(to, unit);
    return taken;
}

/* What stands behind a bar; an unknown escape stays as it is. */
static size_t take_escape(struct alz_text *to, struct alz_str rest)
{
    size_t taken = take_unit(to, rest);

    if (taken > 0)
        return taken;
    for (size_t i = 0; i < sizeof(escapes) / sizeof *escapes; i++) {
        if (rest.len == 0 || rest.ptr[0] != escapes[i].escaped)
            continue;
        alz_text_add(to, alz_str_from(escapes[i].bytes));
        return 1;
    }
    alz_text_add(to, ALZ_STR("|"));
    return 0;
}

static void unescape(struct alz_text *to, struct alz_str text)
{
    size_t at = 0, run;

    while (at < text.len) {
        for (run = at; run < text.len && text.ptr[run] != '|'; run++)
            ;
        alz_text_add(to, (struct alz_str){text.ptr + at, run - at});
        if (run == text.len)
            return;
        at = run + 1 + take_escape(to, alz_str_from_offset(text, run + 1));
    }
}

/* Without the blanks in front. */
static struct alz_str skip(struct alz_str text)
{
    while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t'))
        text = alz_str_from_offset(text, 1);
    return text;
}

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' ||
           byte == '.';
}

static size_t word_end(struct alz_str text)
{
    size_t end = 0;

    while (end < text.len && is_word(text.ptr[end]))
        end++;
    return end;
}

/* Whether a quote ends its value: "]" or " name='" follows. */
static bool ends_value(struct alz_str rest)
{
    struct alz_str next = skip(rest);
    size_t end;

    if (next.len == 0 || next.ptr[0] == ']')
        return true;
    end = word_end(next);
    return next.ptr != rest.ptr && end > 0 && end + 1 < next.len &&
           next.ptr[end] == '=' && next.ptr[end + 1] == '\'';
}

/* Cuts a quoted value off *rest, which stands behind its first quote. */
static bool take_value(struct alz_str *rest, struct alz_str *ret)
{
    size_t i;

    for (i = 0; i < rest->len; i++) {
        if (rest->ptr[i] == '|')
            i++;
        else if (rest->ptr[i] == '\'' &&
                 ends_value(alz_str_from_offset(*rest, i + 1)))
            break;
    }
    if (i >= rest->len)
        return false;
    *ret = (struct alz_str){rest->ptr, i};
    *rest = skip(alz_str_from_offset(*rest, i + 1));
    return true;
}

static void keep(struct tc *state, struct alz_str name, struct alz_str value)
{
    for (int i = 0; i < TC_ATTR_COUNT; i++) {
        struct tc_value *attr = &state->attrs[i];

        if (!alz_str_is(name, attrs[i]))
            continue;
        attr->said = true;
        alz_text_clear(&attr->text);
        unescape(&attr->text, value);
        state->starved |= attr->text.full;
    }
}

static void forget(struct tc *state)
{
    for (int i = 0; i < TC_ATTR_COUNT; i++) {
        state->attrs[i].said = false;
        alz_text_clear(&state->attrs[i].text);
    }
}

bool tc_message_read(struct tc *state, struct alz_str text,
                     struct alz_str *ret_name)
{
    size_t end = word_end(text);
    struct alz_str rest = skip(alz_str_from_offset(text, end));

    forget(state);
    *ret_name = (struct alz_str){text.ptr, end};
    while (end > 0 && rest.len > 0 && rest.ptr[0] != ']') {
        struct alz_str name, value;
        size_t len = word_end(rest);

        name = len > 0 ? (struct alz_str){rest.ptr, len} : ALZ_STR("value");
        rest = skip(alz_str_from_offset(rest, len));
        if (len > 0 && alz_str_starts(rest, "="))
            rest = skip(alz_str_from_offset(rest, 1));
        else if (len > 0)
            return false;
        if (!alz_str_starts(rest, "'"))
            return false;
        rest = alz_str_from_offset(rest, 1);
        if (!take_value(&rest, &value))
            return false;
        keep(state, name, value);
    }
    return end > 0 && rest.len > 0;
}

int64_t tc_time(const struct tc *state)
{
    struct alz_instant instant;

    if (!alz_instant_parse(tc_said(state, TC_TIMESTAMP), &instant))
        return TC_NO_TIME;
    return alz_instant_ms(&instant, ALZ_NAIVE_LOCAL, state->in);
}
