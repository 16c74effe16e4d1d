/* duration.c - durations and whole numbers as runners write them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "read/scan.h"

#include <allurize/read.h>

/* Everything is counted in nanoseconds, and cut (not rounded) there: rounding
 * half up to ms is then exact. 365 days are 3.2e16 ns, so nothing overflows. */
#define NS_PER_S UINT64_C(1000000000)
#define NS_PER_MS UINT64_C(1000000)
#define NS_MAX (UINT64_C(365) * 86400 * NS_PER_S)

enum {
    DIGITS_MAX = 18,     /* significant ones that are kept */
    EXPONENT_MAX = 9999, /* where counting stops */
    GROUP = 3            /* digits between thousands signs */
};

/* digits * 10^-scale */
struct decimal {
    uint64_t digits;
    int64_t scale;
};

struct unit {
    const char *name;
    uint64_t ns;
};

/* Longest first where one begins another. */
static const struct unit units[] = {
    {"milliseconds", NS_PER_MS      },
    {"ms",           NS_PER_MS      },
    {"us",           1000           },
    {"\xC2\xB5s",    1000           }, /* MICRO SIGN */
    {"\xCE\xBCs",    1000           }, /* GREEK SMALL LETTER MU */
    {"ns",           1              },
    {"seconds",      NS_PER_S       },
    {"second",       NS_PER_S       },
    {"secs",         NS_PER_S       },
    {"sec",          NS_PER_S       },
    {"s",            NS_PER_S       },
    {"minutes",      60 * NS_PER_S  },
    {"minute",       60 * NS_PER_S  },
    {"min",          60 * NS_PER_S  },
    {"m",            60 * NS_PER_S  },
    {"hours",        3600 * NS_PER_S},
    {"hour",         3600 * NS_PER_S},
    {"h",            3600 * NS_PER_S},
    {NULL,           0              },
};

/* ---- numbers ---------------------------------------------------------- */

static void decimal_digit(struct decimal *number, char digit, bool fraction)
{
    if (number->digits < UINT64_C(100000000000000000)) {
        number->digits = number->digits * 10 + (uint64_t)(digit - '0');
        number->scale += fraction;
    } else if (!fraction && number->scale > -EXPONENT_MAX) {
        number->scale--; /* dropped: ten times what is kept */
    }
}

/* Length of the thousands sign that is a blank, here: U+0020, NO-BREAK SPACE,
 * NARROW NO-BREAK SPACE, THIN SPACE; also an apostrophe. 0: none. */
static size_t blank_sign(const struct alz_scan *scan)
{
    static const char *const signs[] = {" ", "'", "\xC2\xA0", "\xE2\x80\xAF",
                                        "\xE2\x80\x89"};
    size_t left = (size_t)(scan->end - scan->ptr), i, len;

    for (i = 0; i < sizeof signs / sizeof *signs; i++) {
        len = strlen(signs[i]);
        if (len <= left && memcmp(scan->ptr, signs[i], len) == 0)
            return len;
    }
    return 0;
}

static size_t digits_at(const char *ptr, const char *end)
{
    const char *start = ptr;

    while (ptr < end && *ptr >= '0' && *ptr <= '9')
        ptr++;
    return (size_t)(ptr - start);
}

/* How a number is written. */
struct style {
    char point;   /* its decimal sign, NUL: none */
    char mark;    /* its thousands sign, NUL: none but blanks */
    bool grouped; /* it begins as grouped numbers do: 1-3 digits, no 0 */
};

/* Length of the thousands sign at scan, 0 if there is none. */
static size_t group_sign(const struct alz_scan *scan, char mark)
{
    bool marked = mark != '\0' && alz_scan_peek(scan) == mark;
    size_t len = marked ? 1 : blank_sign(scan);

    return len > 0 && digits_at(scan->ptr + len, scan->end) == GROUP ? len : 0;
}

/*
 * Of comma and point the last is the decimal sign; one that comes twice is
 * none; a single comma before exactly 3 digits is none, a single point always.
 */
static struct style style_of(struct alz_scan scan)
{
    const char *start = scan.ptr, *last = NULL;
    size_t head = digits_at(start, scan.end), commas = 0, points = 0;
    struct style style = {'\0', '\0', false};
    bool thousands;

    style.grouped = head >= 1 && head <= GROUP && *start != '0';
    while (!alz_scan_end(&scan)) {
        if (*scan.ptr == ',' || *scan.ptr == '.') {
            commas += *scan.ptr == ',';
            points += *scan.ptr == '.';
            last = scan.ptr++;
        } else if (alz_scan_is_digit(&scan)) {
            scan.ptr++;
        } else if (group_sign(&scan, '\0') > 0) {
            scan.ptr += group_sign(&scan, '\0');
        } else {
            break;
        }
    }
    if (last == NULL)
        return style;
    thousands = style.grouped && points == 0 && last == start + head &&
                scan.ptr == last + 1 + GROUP;
    if (commas + points > 1 && (commas == 0 || points == 0))
        thousands = true;
    style.point = thousands ? '\0' : *last;
    if (thousands || (commas > 0 && points > 0))
        style.mark =
            style.point == ',' || (thousands && points > 0) ? '.' : ',';
    return style;
}

/* [e|E][+-]digits, if it is one. */
static void exponent_scan(struct alz_scan *scan, struct decimal *number)
{
    struct alz_scan at = *scan;
    int64_t exponent = 0;
    bool minus;

    if (!alz_scan_byte(&at, 'e') && !alz_scan_byte(&at, 'E'))
        return;
    minus = alz_scan_byte(&at, '-');
    if (!minus)
        alz_scan_byte(&at, '+');
    if (!alz_scan_is_digit(&at))
        return;
    while (alz_scan_is_digit(&at)) {
        if (exponent < EXPONENT_MAX)
            exponent = exponent * 10 + (*at.ptr - '0');
        at.ptr++;
    }
    number->scale -= minus ? -exponent : exponent;
    *scan = at;
}

static bool decimal_scan(struct alz_scan *scan, struct decimal *ret)
{
    struct style style = style_of(*scan);
    bool fraction = false;
    size_t seen = 0, sign;

    *ret = (struct decimal){0, 0};
    while (!alz_scan_end(scan)) {
        if (alz_scan_is_digit(scan)) {
            decimal_digit(ret, *scan->ptr++, fraction);
            seen++;
            continue;
        }
        sign = style.grouped && !fraction ? group_sign(scan, style.mark) : 0;
        if (sign == 0 &&
            (fraction || style.point == '\0' || *scan->ptr != style.point))
            break;
        fraction = sign == 0;
        scan->ptr += fraction ? 1 : sign;
    }
    if (seen > 0)
        exponent_scan(scan, ret);
    return seen > 0;
}

/* number * unit in whole ns, false beyond NS_MAX. */
static bool decimal_ns(struct decimal number, uint64_t unit, uint64_t *ret)
{
    uint64_t below = 0;

    for (; number.scale > 0 && (number.digits > 0 || below > 0);
         number.scale--) {
        below = (number.digits % 10 * unit + below) / 10;
        number.digits /= 10;
    }
    for (; number.scale < 0 && number.digits > 0; number.scale++) {
        if (number.digits > NS_MAX)
            return false;
        number.digits *= 10;
    }
    if (number.digits > NS_MAX / unit)
        return false;
    *ret = number.digits * unit + below;
    return *ret <= NS_MAX;
}

/* ---- durations -------------------------------------------------------- */

static uint64_t unit_scan(struct alz_scan *scan)
{
    size_t left = (size_t)(scan->end - scan->ptr), len;
    const struct unit *unit;

    for (unit = units; unit->name != NULL; unit++) {
        len = strlen(unit->name);
        if (len <= left && memcmp(scan->ptr, unit->name, len) == 0)
            break;
    }
    if (unit->name != NULL)
        scan->ptr += strlen(unit->name);
    return unit->ns;
}

/* "1m30s", "12 ms": each unit smaller than the one before. */
static bool units_scan(struct alz_scan *scan, uint64_t *ret)
{
    uint64_t total = 0, part, unit, before = UINT64_MAX;
    struct decimal number;

    while (decimal_scan(scan, &number)) {
        alz_scan_blanks(scan);
        if (alz_scan_end(scan) && before == UINT64_MAX)
            return decimal_ns(number, NS_PER_S, ret);
        unit = unit_scan(scan);
        if (unit == 0 || unit >= before || !decimal_ns(number, unit, &part))
            return false;
        before = unit;
        total += part;
        alz_scan_blanks(scan);
        if (alz_scan_end(scan)) {
            *ret = total;
            return true;
        }
    }
    return false;
}

/* [hh:]mm:ss[.fraction] */
static bool clock_scan(struct alz_scan *scan, uint64_t *ret)
{
    uint64_t whole = 0, seconds;
    struct decimal number;
    unsigned part;
    int parts = 0;

    while (memchr(scan->ptr, ':', (size_t)(scan->end - scan->ptr)) != NULL) {
        if (++parts > 2 ||
            !alz_scan_digits(scan, 1, parts == 1 ? 6 : 2, &part) ||
            !alz_scan_byte(scan, ':') || (parts == 2 && part > 59))
            return false;
        whole = whole * 60 + part;
    }
    if (digits_at(scan->ptr, scan->end) != 2 || !decimal_scan(scan, &number) ||
        !alz_scan_end(scan) || !decimal_ns(number, NS_PER_S, &seconds) ||
        seconds >= 60 * NS_PER_S)
        return false;
    *ret = whole * 60 * NS_PER_S + seconds;
    return true;
}

/* "12.345", as most runners write seconds: false for all else. */
static bool plain_scan(const struct alz_scan *scan, uint64_t *ret)
{
    enum { WHOLE_MAX = 7, FRACTION_MAX = 9 };
    const char *ptr = scan->ptr;
    size_t whole = digits_at(ptr, scan->end), fraction = 0;
    uint64_t ns = 0, unit = NS_PER_S;

    if (whole == 0 || whole > WHOLE_MAX)
        return false;
    if (ptr + whole < scan->end && ptr[whole] == '.')
        fraction = digits_at(ptr + whole + 1, scan->end);
    if (fraction == 0 || fraction > FRACTION_MAX ||
        ptr + whole + 1 + fraction != scan->end)
        return false;
    for (size_t i = 0; i < whole; i++)
        ns = ns * 10 + (uint64_t)(ptr[i] - '0');
    ns *= NS_PER_S;
    for (ptr += whole + 1; ptr < scan->end; ptr++)
        ns += (uint64_t)(*ptr - '0') * (unit /= 10);
    *ret = ns;
    return true;
}

bool alz_duration_parse(struct alz_str text, int64_t *ret_ms)
{
    struct alz_scan scan = alz_scan_trimmed(text);
    bool minus = alz_scan_byte(&scan, '-');
    bool clock, good;
    uint64_t ns;

    if (!minus)
        alz_scan_byte(&scan, '+');
    if (alz_scan_end(&scan))
        return false;
    clock = memchr(scan.ptr, ':', (size_t)(scan.end - scan.ptr)) != NULL;
    good = plain_scan(&scan, &ns) ||
           (clock ? clock_scan(&scan, &ns) : units_scan(&scan, &ns));
    if (!good || ns > NS_MAX || (minus && ns != 0))
        return false;
    *ret_ms = (int64_t)((ns + NS_PER_MS / 2) / NS_PER_MS);
    return true;
}

bool alz_number_parse(struct alz_str text, uint64_t *ret)
{
    uint64_t number = 0;
    unsigned digit;
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        digit = (unsigned)(text.ptr[i] - '0');
        if (number > (UINT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    if (text.len == 0)
        return false;
    *ret = number;
    return true;
}
