/* span.c - durations as logs write them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

static const struct unit {
    const char *name;
    double ms;
} units[] = {
    {"ns",           1e-6   },
    {"us",           1e-3   },
    {"\xC2\xB5s",    1e-3   },
    {"\xCE\xBCs",    1e-3   },
    {"ms",           1      },
    {"s",            1000   },
    {"sec",          1000   },
    {"secs",         1000   },
    {"second",       1000   },
    {"seconds",      1000   },
    {"milliseconds", 1      },
    {"m",            60000  },
    {"min",          60000  },
    {"minutes",      60000  },
    {"h",            3600000},
    {NULL,           0      },
};

static const struct unit *find_unit(struct alz_str name)
{
    for (const struct unit *at = units; at->name; at++)
        if (alz_str_is(name, at->name))
            return at;
    return NULL;
}

bool log_unit_ok(struct alz_str unit)
{
    return find_unit(unit) != NULL;
}

/* A decimal number at the start of *text; no exponent, no sign. */
static bool number(struct alz_str *text, double *ret)
{
    double value = 0, scale = 1;
    size_t i = 0, count = 0;
    bool point = false;

    for (; i < text->len && i < 32; i++) {
        char c = text->ptr[i];

        if ((c == '.' || c == ',') && !point && count) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            count++;
            value = value * 10 + (c - '0');
            scale *= point ? 10 : 1;
        } else {
            break;
        }
    }
    *text = alz_str_from_offset(*text, i);
    *ret = value / scale;
    return count > 0;
}

static struct alz_str word(struct alz_str *text)
{
    size_t i = 0;

    *text = alz_str_trim(*text);
    while (i < text->len && !(text->ptr[i] >= '0' && text->ptr[i] <= '9') &&
           text->ptr[i] != ' ' && text->ptr[i] != ':')
        i++;
    *text = alz_str_from_offset(*text, i);
    return (struct alz_str){text->ptr - i, i};
}

static int64_t rounded(double ms)
{
    if (!(ms >= 0) || ms > 365.0 * 86400000)
        return -1;
    return (int64_t)(ms + 0.5);
}

/* "00:01:02.5" behind its first number. */
static int64_t clock_time(double value, struct alz_str text)
{
    double next;

    while (alz_str_starts(text, ":")) {
        text = alz_str_from_offset(text, 1);
        if (!number(&text, &next))
            return -1;
        value = value * 60 + next;
    }
    return text.len ? -1 : rounded(value * 1000);
}

int64_t log_span_read(struct alz_str text, struct alz_str unit)
{
    const struct unit *usual = find_unit(unit.len ? unit : ALZ_STR("s"));
    double sum = 0, value;

    text = alz_str_trim(text);
    if (alz_str_starts(text, "<"))
        return 0;
    if (!usual || !text.len)
        return -1;
    while (text.len) {
        const struct unit *own;
        struct alz_str name;

        if (!number(&text, &value))
            return -1;
        if (alz_str_starts(text, ":"))
            return clock_time(value, text);
        name = word(&text);
        own = name.len ? find_unit(name) : usual;
        if (!own)
            return -1;
        sum += value * own->ms;
        text = alz_str_trim(text);
    }
    return rounded(sum);
}
