/* number.c - what the digits of a JSON number say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/number.h"

enum {
    MANTISSA_DIGITS = 18,
    EXPONENT_MAX = 100000,
    SCALE_MAX = 700,
    SHORT = 15
};

/* A number in parts: mantissa * 10^exponent, and the zeros at its end. */
struct parts {
    uint64_t mantissa;
    long exponent, zeros;
    int digits;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static void take_digit(struct parts *parts, char digit, bool fraction)
{
    bool kept = parts->digits < MANTISSA_DIGITS;

    if (kept)
        parts->mantissa = parts->mantissa * 10 + (uint64_t)(digit - '0');
    if (kept && parts->mantissa)
        parts->digits++;
    parts->exponent += (kept ? 0 : 1) - (fraction ? 1 : 0);
}

static long read_exponent(const char *ptr, const char *end)
{
    long value = 0;
    bool minus = ptr < end && *ptr == '-';

    if (ptr < end && (*ptr == '-' || *ptr == '+'))
        ptr++;
    for (; ptr < end && is_digit(*ptr) && value < EXPONENT_MAX; ptr++)
        value = value * 10 + (*ptr - '0');
    return minus ? -value : value;
}

/* 10^700 is infinite and 10^-700 is 0, whatever the mantissa is. */
static double scale(double value, long exponent)
{
    long steps = exponent < 0 ? -exponent : exponent;

    for (long i = 0; i < steps && i < SCALE_MAX; i++)
        value = exponent < 0 ? value / 10 : value * 10;
    return value;
}

static struct alz_number read_long(const char *ptr, const char *end)
{
    struct parts parts = {0};
    bool minus = *ptr == '-', fraction = false;
    long places = 0, exponent = 0;
    double value;

    for (ptr += minus; ptr < end && *ptr != 'e' && *ptr != 'E'; ptr++) {
        if (!is_digit(*ptr)) { /* the point */
            fraction = true;
            continue;
        }
        places += fraction;
        parts.zeros = *ptr == '0' ? parts.zeros + 1 : 0;
        take_digit(&parts, *ptr, fraction);
    }
    if (ptr < end)
        exponent = read_exponent(ptr + 1, end);
    value = scale((double)parts.mantissa, parts.exponent + exponent);
    return (struct alz_number){
        .value = parts.mantissa ? (minus ? -value : value) : 0,
        .whole = parts.mantissa == 0 || parts.zeros - places + exponent >= 0,
    };
}

struct alz_number alz_number_read(struct alz_str digits)
{
    const char *ptr = digits.ptr, *end = digits.ptr + digits.len;
    uint64_t value = 0;

    if (digits.len == 0)
        return (struct alz_number){0, false};
    if (digits.len > SHORT)
        return read_long(ptr, end);
    for (; ptr < end && is_digit(*ptr); ptr++)
        value = value * 10 + (uint64_t)(*ptr - '0');
    if (ptr < end)
        return read_long(digits.ptr, end);
    return (struct alz_number){(double)value, true};
}
