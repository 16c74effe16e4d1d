/* clock.c - timestamps in a format that the rule file describes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

enum { MS_PER_DAY = 86400000, HALF_DAY = MS_PER_DAY / 2 };

/* What was read of a timestamp so far. */
struct stamp {
    int64_t year, month, day, hour, minute, second, ms;
    int64_t epoch_ms; /* of %s, %L */
    int64_t zone_minutes;
    bool has_day, has_epoch, has_zone, pm, has_half;
};

static bool digits(struct alz_str *text, size_t most, int64_t *ret)
{
    size_t i = 0;

    *ret = 0;
    while (i < text->len && i < most && text->ptr[i] >= '0' &&
           text->ptr[i] <= '9')
        *ret = *ret * 10 + (text->ptr[i++] - '0');
    *text = alz_str_from_offset(*text, i);
    return i > 0;
}

/* Reads a name of a month by its first three letters. */
static bool month_name(struct alz_str *text, int64_t *ret)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

    for (int i = 0; i < 12 && text->len >= 3; i++) {
        struct alz_str name = {text->ptr, 3};
        char word[4] = {names[3 * i], names[3 * i + 1], names[3 * i + 2], 0};

        if (!alz_str_is_nocase(name, word))
            continue;
        *ret = i + 1;
        *text = alz_str_from_offset(*text, 3);
        return true;
    }
    return false;
}

static bool fraction(struct alz_str *text, int64_t *ret)
{
    int64_t unit = 100;
    size_t i = 0;

    *ret = 0;
    for (; i < text->len && text->ptr[i] >= '0' && text->ptr[i] <= '9'; i++) {
        *ret += unit * (text->ptr[i] - '0');
        unit /= 10;
    }
    *text = alz_str_from_offset(*text, i);
    return i > 0;
}

static bool zone(struct alz_str *text, struct stamp *stamp)
{
    int64_t hours, minutes = 0;
    bool minus;

    stamp->has_zone = true;
    if (alz_str_starts(*text, "Z")) {
        *text = alz_str_from_offset(*text, 1);
        return true;
    }
    if (!text->len || (*text->ptr != '+' && *text->ptr != '-'))
        return false;
    minus = *text->ptr == '-';
    *text = alz_str_from_offset(*text, 1);
    if (!digits(text, 2, &hours))
        return false;
    if (alz_str_starts(*text, ":"))
        *text = alz_str_from_offset(*text, 1);
    digits(text, 2, &minutes);
    stamp->zone_minutes = (hours * 60 + minutes) * (minus ? -1 : 1);
    return true;
}

static bool half(struct alz_str *text, struct stamp *stamp)
{
    struct alz_str word = {text->ptr, 2};

    if (text->len < 2)
        return false;
    stamp->has_half = true;
    stamp->pm = alz_str_is_nocase(word, "pm");
    *text = alz_str_from_offset(*text, 2);
    return stamp->pm || alz_str_is_nocase(word, "am");
}

static bool two_digit_year(struct alz_str *text, struct stamp *stamp)
{
    if (!digits(text, 2, &stamp->year))
        return false;
    stamp->year += stamp->year < 70 ? 2000 : 1900;
    return true;
}

static bool conversion(char letter, struct alz_str *text, struct stamp *stamp)
{
    switch (letter) {
    case 'Y':
        return digits(text, 4, &stamp->year);
    case 'y':
        return two_digit_year(text, stamp);
    case 'm':
        return digits(text, 2, &stamp->month);
    case 'd':
    case 'e':
        stamp->has_day = true;
        return digits(text, 2, &stamp->day);
    case 'b':
        return month_name(text, &stamp->month);
    case 'H':
    case 'I':
        return digits(text, 2, &stamp->hour);
    case 'M':
        return digits(text, 2, &stamp->minute);
    case 'S':
        return digits(text, 2, &stamp->second);
    case 'f':
        return fraction(text, &stamp->ms);
    case 'p':
        return half(text, stamp);
    case 'z':
        return zone(text, stamp);
    case 's':
        stamp->has_epoch = digits(text, 12, &stamp->epoch_ms);
        stamp->epoch_ms *= 1000;
        return stamp->has_epoch;
    case 'L':
        return stamp->has_epoch = digits(text, 15, &stamp->epoch_ms);
    case '%':
        if (!alz_str_starts(*text, "%"))
            return false;
        *text = alz_str_from_offset(*text, 1);
        return true;
    default:
        return false;
    }
}

static bool format_ok(struct alz_str format)
{
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] != '%')
            continue;
        if (++i == format.len || !strchr("YymdebHIMSfpzsL%", format.ptr[i]))
            return false;
    }
    return format.len > 0;
}

static void read_zone(struct log_load *load, struct log_time_style *style,
                      struct alz_str value, struct log_place place)
{
    const char *t = value.ptr;

    if (alz_str_is(value, "utc")) {
        style->zone = LOG_ZONE_UTC;
    } else if (alz_str_is(value, "local")) {
        style->zone = LOG_ZONE_LOCAL;
    } else if (value.len == 6 && (t[0] == '+' || t[0] == '-') && t[3] == ':' &&
               strspn(t + 1, "0123456789") == 2 &&
               strspn(t + 4, "0123456789") >= 2) {
        style->zone = LOG_ZONE_FIXED;
        style->zone_minutes = (t[1] - '0') * 600 + (t[2] - '0') * 60 +
                              (t[4] - '0') * 10 + (t[5] - '0');
        if (t[0] == '-')
            style->zone_minutes = -style->zone_minutes;
    } else {
        log_complain(load, place, "is utc, local or +hh:mm, not", value);
    }
}

bool log_time_style_read(struct log_load *load, struct log_time_style *style,
                         struct alz_str key, struct alz_str value,
                         struct log_place place)
{
    if (alz_str_is(key, "time-zone")) {
        read_zone(load, style, value, place);
        return true;
    }
    if (!alz_str_is(key, "time-format"))
        return false;
    style->format = value;
    if (!format_ok(value))
        log_complain(load, place, "no such time format", value);
    return true;
}

bool log_time_style_has_day(const struct log_time_style *style)
{
    struct alz_str format = style->format;

    for (size_t i = 0; i + 1 < format.len; i++)
        if (format.ptr[i] == '%' && strchr("desL", format.ptr[++i]))
            return true;
    return format.len == 0;
}

static bool read_stamp(struct alz_str format, struct alz_str text,
                       struct stamp *stamp)
{
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] == ' ') {
            while (text.len && (*text.ptr == ' ' || *text.ptr == '\t'))
                text = alz_str_from_offset(text, 1);
        } else if (format.ptr[i] == '%') {
            if (!conversion(format.ptr[++i], &text, stamp))
                return false;
        } else {
            if (!text.len || *text.ptr != format.ptr[i])
                return false;
            text = alz_str_from_offset(text, 1);
        }
    }
    return text.len == 0;
}

/* Days from 1970-01-01 of a date of the Gregorian calendar. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

static int64_t time_of_day(const struct stamp *stamp)
{
    int64_t hour = stamp->hour;

    if (stamp->has_half)
        hour = hour % 12 + (stamp->pm ? 12 : 0);
    return ((hour * 60 + stamp->minute) * 60 + stamp->second) * 1000 +
           stamp->ms;
}

/* A time without a day: the last one that is not after the input's last
 * change; a step back of more than half a day is midnight. */
static int64_t place_in_days(struct log_clock *clock, int64_t of_day,
                             int64_t now_ms)
{
    if (!clock->running) {
        clock->day_ms = now_ms - now_ms % MS_PER_DAY;
        if (clock->day_ms + of_day > now_ms)
            clock->day_ms -= MS_PER_DAY;
    } else if (clock->day_ms + of_day < clock->last_ms - HALF_DAY) {
        clock->day_ms += MS_PER_DAY;
    }
    clock->running = true;
    clock->last_ms = clock->day_ms + of_day;
    return clock->last_ms;
}

static int64_t to_utc(const struct log_time_style *style, int64_t ms,
                      const struct alz_input *in)
{
    static const enum alz_naive meanings[] = {
        [LOG_ZONE_AUTO] = ALZ_NAIVE_AUTO,
        [LOG_ZONE_UTC] = ALZ_NAIVE_UTC,
        [LOG_ZONE_LOCAL] = ALZ_NAIVE_LOCAL,
        [LOG_ZONE_FIXED] = ALZ_NAIVE_UTC,
    };
    struct alz_instant instant = {ms, false};

    if (style->zone == LOG_ZONE_FIXED)
        return ms - (int64_t)style->zone_minutes * 60000;
    return alz_instant_ms(&instant, meanings[style->zone], in);
}

int64_t log_time_read(struct log_clock *clock,
                      const struct log_time_style *style, struct alz_str text,
                      const struct alz_input *in)
{
    struct stamp stamp = {.year = 1970, .month = 1, .day = 1};
    struct alz_instant instant;
    int64_t ms;

    text = alz_str_trim(text);
    if (!style->format.len) {
        if (!alz_instant_parse(text, &instant))
            return LOG_NO_TIME;
        return instant.zoned ? instant.ms : to_utc(style, instant.ms, in);
    }
    if (!read_stamp(style->format, text, &stamp) || stamp.month < 1 ||
        stamp.month > 12)
        return LOG_NO_TIME;
    if (stamp.has_epoch)
        return stamp.epoch_ms + stamp.ms;
    ms = time_of_day(&stamp);
    if (!stamp.has_day)
        return place_in_days(clock, ms, in->mtime_ms);
    ms += days_of(stamp.year, stamp.month, stamp.day) * MS_PER_DAY;
    if (stamp.has_zone)
        return ms - stamp.zone_minutes * 60000;
    return to_utc(style, ms, in);
}
