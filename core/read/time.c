/* time.c - moments as runners write them, and what they mean in UTC. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/scan.h"

#include <allurize/read.h>

#include <time.h>

enum {
    SECOND_MS = 1000,
    MINUTE_MS = 60 * SECOND_MS,
    DAY_S = 86400,
    LATE_MS = 2 * SECOND_MS
};

static const int64_t DAY_MS = (int64_t)DAY_S * SECOND_MS;

/* The parts of a date and what has been seen of them. */
struct moment {
    unsigned year, month, day; /* 0: not seen; no source means year 0 */
    unsigned hour, minute, second, fraction_ms;
    bool clock_seen, zone_seen, zoned;
    int offset_min; /* east of UTC */
};

/* ---- calendar --------------------------------------------------------- */

/* Days since 1970-01-01; false when there is no such date. */
static bool days_from_date(int year, int month, int day, int64_t *ret)
{
    struct tm date = {.tm_year = year - 1900, .tm_mon = month - 1};
    time_t seconds;

    date.tm_mday = day;
    seconds = timegm(&date);
    if (date.tm_mon != month - 1 || date.tm_mday != day)
        return false;
    *ret = (int64_t)seconds / DAY_S;
    return true;
}

/* ---- zones ------------------------------------------------------------ */

struct zone_name {
    const char *name;
    int offset_min;
};

/* Abbreviations with one meaning. CST, IST, BST have several: they read as
 * "no zone", which the local zone usually explains. */
static const struct zone_name zone_names[] = {
    {"UTC",  0   },
    {"GMT",  0   },
    {"Z",    0   },
    {"UT",   0   },
    {"WET",  0   },
    {"WEST", 60  },
    {"CET",  60  },
    {"CEST", 120 },
    {"EET",  120 },
    {"EEST", 180 },
    {"MSK",  180 },
    {"JST",  540 },
    {"KST",  540 },
    {"EST",  -300},
    {"EDT",  -240},
    {"CDT",  -300},
    {"MST",  -420},
    {"MDT",  -360},
    {"PST",  -480},
    {"PDT",  -420},
    {NULL,   0   },
};

/* +hh, +hhmm, +hh:mm (or -). */
static bool zone_offset(struct alz_scan *scan, struct moment *ret)
{
    unsigned hours, minutes = 0;
    bool west = alz_scan_byte(scan, '-');

    if (!west && !alz_scan_byte(scan, '+'))
        return false;
    if (!alz_scan_digits(scan, 2, 2, &hours))
        return false;
    if (alz_scan_byte(scan, ':')) {
        if (!alz_scan_digits(scan, 2, 2, &minutes))
            return false;
    } else if (alz_scan_is_digit(scan) &&
               !alz_scan_digits(scan, 2, 2, &minutes)) {
        return false;
    }
    if (hours > 18 || minutes > 59)
        return false;
    ret->offset_min = (int)(hours * 60 + minutes) * (west ? -1 : 1);
    ret->zoned = ret->zone_seen = true;
    return true;
}

static bool zone_sign(const struct alz_scan *scan)
{
    return alz_scan_peek(scan) == '+' || alz_scan_peek(scan) == '-';
}

/* A name of a zone; "GMT+0100" too. */
static bool zone_word(struct alz_scan *scan, struct alz_str word,
                      struct moment *ret)
{
    const struct zone_name *zone = zone_names;

    if (ret->zone_seen || word.len > 5)
        return false;
    while (zone->name != NULL && !alz_scan_same(word, zone->name))
        zone++;
    ret->zone_seen = true;
    ret->zoned = zone->name != NULL;
    ret->offset_min = zone->offset_min;
    if (ret->zoned && zone->offset_min == 0 && zone_sign(scan))
        return zone_offset(scan, ret);
    return true;
}

/* ---- parts ------------------------------------------------------------ */

/* Digits behind a decimal sign, to ms, half up (may give 1000). */
static unsigned fraction_scan(struct alz_scan *scan)
{
    unsigned ms = 0, weight = 1000, digit;
    bool up = false;

    while (alz_scan_is_digit(scan)) {
        digit = (unsigned)(alz_scan_peek(scan) - '0');
        up = weight == 1 ? digit >= 5 : up;
        weight /= 10;
        ms += digit * weight;
        scan->ptr++;
    }
    return ms + up;
}

/* hh:mm[:ss[.fraction]] */
static bool clock_scan(struct alz_scan *scan, struct moment *ret)
{
    if (ret->clock_seen || !alz_scan_digits(scan, 1, 2, &ret->hour) ||
        !alz_scan_byte(scan, ':') || !alz_scan_digits(scan, 2, 2, &ret->minute))
        return false;
    ret->clock_seen = true;
    if (!alz_scan_byte(scan, ':'))
        return true;
    if (!alz_scan_digits(scan, 2, 2, &ret->second))
        return false;
    if (alz_scan_byte(scan, '.') || alz_scan_byte(scan, ','))
        ret->fraction_ms = fraction_scan(scan);
    return true;
}

static const char *const months[] = {
    "january", "february",  "march",   "april",    "may",      "june", "july",
    "august",  "september", "october", "november", "december", NULL};
static const char *const weekdays[] = {"monday",   "tuesday", "wednesday",
                                       "thursday", "friday",  "saturday",
                                       "sunday",   NULL};

/* Which name (from 1) begins with word, of at least three letters; or 0. */
static unsigned name_index(struct alz_str word, const char *const *names)
{
    char start[16] = "";
    unsigned i;

    for (i = 0; word.len >= 3 && names[i] != NULL; i++) {
        if (word.len > strlen(names[i]))
            continue;
        memcpy(start, names[i], word.len);
        start[word.len] = '\0';
        if (alz_scan_same(word, start))
            return i + 1;
    }
    return 0;
}

/* ---- dates ------------------------------------------------------------ */

static bool iso_scan(struct alz_scan *scan, struct moment *ret)
{
    char between;

    if (!alz_scan_digits(scan, 4, 4, &ret->year))
        return false;
    between = alz_scan_peek(scan);
    if (between != '-' && between != '/')
        return false;
    scan->ptr++;
    if (!alz_scan_digits(scan, 2, 2, &ret->month) ||
        !alz_scan_byte(scan, between) ||
        !alz_scan_digits(scan, 2, 2, &ret->day))
        return false;
    if (!alz_scan_byte(scan, 'T') && !alz_scan_byte(scan, 't') &&
        !alz_scan_byte(scan, ' '))
        return false;
    if (ret->year == 0 || !clock_scan(scan, ret))
        return false;
    alz_scan_blanks(scan);
    if (alz_scan_end(scan))
        return true;
    if (zone_sign(scan))
        return zone_offset(scan, ret);
    return zone_word(scan, alz_scan_word(scan), ret);
}

static bool named_word(struct alz_scan *scan, struct moment *ret)
{
    struct alz_str word = alz_scan_word(scan);
    unsigned month = name_index(word, months);

    if (month != 0 && ret->month == 0) {
        ret->month = month;
        return true;
    }
    if (name_index(word, weekdays) != 0)
        return true;
    return ret->clock_seen && zone_word(scan, word, ret);
}

static bool named_number(struct alz_scan *scan, struct moment *ret)
{
    struct alz_scan start = *scan;
    unsigned number;

    if (!alz_scan_digits(scan, 1, 4, &number))
        return false;
    if (alz_scan_peek(scan) == ':') {
        *scan = start;
        return clock_scan(scan, ret);
    }
    if (scan->ptr - start.ptr == 4 && ret->year == 0) {
        ret->year = number;
        return number != 0;
    }
    if (scan->ptr - start.ptr > 2 || ret->day != 0)
        return false;
    ret->day = number;
    return true;
}

/* Dates with the month's name: its parts tell themselves apart, so any order
 * is taken. The year may be missing. */
static bool named_scan(struct alz_scan *scan, struct moment *ret)
{
    bool good = true;

    while (good && !alz_scan_end(scan)) {
        if (alz_scan_byte(scan, ' ') || alz_scan_byte(scan, ','))
            continue;
        if (alz_scan_is_digit(scan))
            good = named_number(scan, ret);
        else if (zone_sign(scan))
            good = ret->clock_seen && !ret->zone_seen && zone_offset(scan, ret);
        else
            good = named_word(scan, ret);
    }
    return good && ret->month != 0 && ret->day != 0 && ret->clock_seen;
}

/* A date without a year is one of the year 0 here, which has a leap day. */
static bool moment_ms(const struct moment *moment, int64_t *ret)
{
    int64_t days, minutes = (int64_t)moment->hour * 60 + moment->minute;

    if (moment->hour > 23 || moment->minute > 59 || moment->second > 60 ||
        !days_from_date((int)moment->year, (int)moment->month, (int)moment->day,
                        &days))
        return false;
    *ret = days * DAY_MS + (minutes - moment->offset_min) * MINUTE_MS +
           (int64_t)moment->second * SECOND_MS + moment->fraction_ms;
    return true;
}

/* 10 digits are seconds, 13 are milliseconds. */
static bool epoch_parse(struct alz_scan scan, int64_t *ret_ms)
{
    size_t digits = 0;
    int64_t number = 0;
    bool seconds;
    unsigned fraction = 0;

    while (alz_scan_is_digit(&scan) && ++digits <= 13)
        number = number * 10 + (*scan.ptr++ - '0');
    seconds = digits == 10;
    if (!seconds && digits != 13)
        return false;
    if (alz_scan_byte(&scan, '.'))
        fraction = fraction_scan(&scan);
    if (!alz_scan_end(&scan))
        return false;
    *ret_ms = seconds ? number * SECOND_MS + fraction : number;
    return true;
}

static bool date_parse(struct alz_scan scan, struct alz_instant *ret)
{
    struct alz_scan again = scan;
    struct moment moment = {0};
    int64_t ms;

    if (!iso_scan(&scan, &moment) || !alz_scan_end(&scan)) {
        moment = (struct moment){0};
        if (!named_scan(&again, &moment))
            return false;
    }
    if (!moment_ms(&moment, &ms))
        return false;
    /* The epoch in whatever zone, or before: there was no time to give. */
    if (moment.year != 0 && ms <= DAY_MS)
        return false;
    ret->ms = ms;
    ret->zoned = moment.zoned;
    return true;
}

bool alz_instant_parse(struct alz_str text, struct alz_instant *ret)
{
    struct alz_scan scan = alz_scan_trimmed(text);

    if (!epoch_parse(scan, &ret->ms))
        return date_parse(scan, ret);
    ret->zoned = true;
    return true;
}

/* ---- meaning ---------------------------------------------------------- */

static int64_t floor_seconds(int64_t ms)
{
    return ms / SECOND_MS - (ms % SECOND_MS < 0);
}

/* A date of the year 0 gets the latest year that is not after latest_ms. */
static int64_t year_added(int64_t ms, int64_t latest_ms)
{
    time_t shown = (time_t)floor_seconds(ms);
    time_t latest = (time_t)floor_seconds(latest_ms);
    int64_t start = 0, days, moved = ms;
    struct tm date, limit;
    int year;

    if (gmtime_r(&shown, &date) == NULL || gmtime_r(&latest, &limit) == NULL)
        return ms;
    days_from_date(date.tm_year + 1900, date.tm_mon + 1, date.tm_mday, &start);
    for (year = limit.tm_year + 1900; year > 1900; year--) {
        if (!days_from_date(year, date.tm_mon + 1, date.tm_mday, &days))
            continue;
        moved = ms + (days - start) * DAY_MS;
        if (moved <= latest_ms)
            break;
    }
    return moved;
}

/* The clock shown, read as one of the local zone. */
static int64_t local_ms(int64_t ms)
{
    time_t shown = (time_t)floor_seconds(ms), utc;
    struct tm parts;

    if (gmtime_r(&shown, &parts) == NULL)
        return ms;
    parts.tm_isdst = -1;
    utc = mktime(&parts);
    if (utc == (time_t)-1)
        return ms;
    return (int64_t)utc * SECOND_MS + (ms - floor_seconds(ms) * SECOND_MS);
}

/* Of two readings the later one that the input's last change allows. */
static int64_t nearest_ms(int64_t a, int64_t b, int64_t mtime_ms)
{
    int64_t late = a > b ? a : b, early = a > b ? b : a;

    return late <= mtime_ms + LATE_MS ? late : early;
}

int64_t alz_instant_ms(const struct alz_instant *instant,
                       enum alz_naive dialect, const struct alz_input *in)
{
    enum alz_naive naive = in->naive == ALZ_NAIVE_AUTO ? dialect : in->naive;
    int64_t ms = instant->ms;

    if (ms < 0)
        ms = year_added(ms, in->mtime_ms + DAY_MS);
    if (instant->zoned || naive == ALZ_NAIVE_UTC)
        return ms;
    /* The mtime of a pipe is its opening: what comes through is later. */
    if (naive == ALZ_NAIVE_LOCAL || in->live)
        return local_ms(ms);
    return nearest_ms(ms, local_ms(ms), in->mtime_ms);
}
