/* test_time.c - moments, durations and numbers as runners write them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <allurize/read.h>

#include <time.h>

/* 2026-11-20T16:04:51Z */
#define MOMENT INT64_C(1795190691000)
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

struct instant_case {
    const char *text;
    int64_t ms;
    bool zoned;
};

static const struct instant_case instants[] = {
    {"2026-11-20T16:04:51",               MOMENT,                          false},
    {"2026-11-20 16:04:51",               MOMENT,                          false},
    {"  2026-11-20T16:04:51\n",           MOMENT,                          false},
    {"2026-11-20T16:04",                  MOMENT - 51000,                  false},
    {"2026/11/20 16:04:51",               MOMENT,                          false},
    {"2026-11-20T16:04:51Z",              MOMENT,                          true },
    {"2026-11-20T16:04:51z",              MOMENT,                          true },
    {"2026-11-20T16:04:51.Z",             MOMENT,                          true },
    {"2026-11-20T16:04:51.5Z",            MOMENT + 500,                    true },
    {"2026-11-20T16:04:51,5Z",            MOMENT + 500,                    true },
    {"2026-11-20T16:04:51.123456789Z",    MOMENT + 123,                    true },
    {"2026-11-20T16:04:51.1235Z",         MOMENT + 124,                    true },
    {"2026-11-20T16:04:51.12349Z",        MOMENT + 123,                    true },
    {"2026-11-20T16:04:51.9996Z",         MOMENT + 1000,                   true },
    {"2026-11-20T16:04:51+09:00",         MOMENT - 9 * HOUR,               true },
    {"2026-11-20T16:04:51+0900",          MOMENT - 9 * HOUR,               true },
    {"2026-11-20T16:04:51+09",            MOMENT - 9 * HOUR,               true },
    {"2026-11-20T16:04:51-05:30",         MOMENT + 5 * HOUR + 30 * MINUTE, true },
    {"2026-11-20 16:04:51 +0100",         MOMENT - HOUR,                   true },
    {"2026-11-20 16:04:51 UTC",           MOMENT,                          true },
    {"2026-11-20T16:04:51 GMT",           MOMENT,                          true },
    {"2026-11-20T16:04:60Z",              MOMENT + 9000,                   true },
    {"2024-02-29T00:00:00Z",              INT64_C(1709164800000),          true },
    {"2000-02-29T00:00:00Z",              INT64_C(951782400000),           true },
    {"9999-12-31T23:59:59Z",              INT64_C(253402300799000),        true },
    {"Fri, 20 Nov 2026 16:04:51 GMT",     MOMENT,                          true },
    {"20 Nov 2026 16:04:51 GMT",          MOMENT,                          true },
    {"Fri, 20 Nov 2026 16:04:51 +0100",   MOMENT - HOUR,                   true },
    {"Fri Nov 20 16:04:51 2026",          MOMENT,                          false},
    {"Fri Nov 20 16:04:51 CET 2026",      MOMENT - HOUR,                   true },
    {"Fri Nov 20 16:04:51 CST 2026",      MOMENT,                          false},
    {"Fri Nov 20 2026 16:04:51 GMT+0100", MOMENT - HOUR,                   true },
    {"Sept 20 2026 16:04:51 GMT",         MOMENT - 61 * DAY,               true },
    {"november 20, 2026 16:04:51",        MOMENT,                          false},
    {"1795190691",                        MOMENT,                          true },
    {"1795190691.25",                     MOMENT + 250,                    true },
    {"1795190691250",                     MOMENT + 250,                    true },
};

static const char *const no_instants[] = {
    "",
    " ",
    "now",
    "1970-01-01T00:00:00",
    "1970-01-01T00:00:00Z",
    "1970-01-01T09:00:00",
    "1969-12-31T19:00:00-05:00",
    "0001-01-01T00:00:00Z",
    "0000-00-00T00:00:00",
    "0000-01-01T00:00:00",
    "2026-11-20",
    "2026-11-20T",
    "2026-13-20T16:04:51",
    "2026-00-20T16:04:51",
    "2026-11-00T16:04:51",
    "2026-11-31T16:04:51",
    "2026-02-29T16:04:51",
    "1900-02-29T16:04:51",
    "2026-11-20T24:04:51",
    "2026-11-20T16:60:51",
    "2026-11-20T16:04:61",
    "2026-11-20T16:04:5",
    "2026-11-20T16:04:51+9:00",
    "2026-11-20T16:04:51+09:",
    "2026-11-20T16:04:51+19:00",
    "2026-11-20T16:04:51+09:60",
    "2026-11-20T16:04:51Z!",
    "2026-11/20 16:04:51",
    "Nov 2026 16:04:51",
    "20 Nov 2026",
    "20 Nov Dec 2026 16:04:51",
    "20 20 Nov 2026 16:04:51",
    "31 Feb 2026 16:04:51",
    "Mayhem 20 2026 16:04:51",
    "0",
    "123456789",
    "12345678901",
    "17951906910000000000000000000000000",
    "1795190691.5s",
    "-1795190691",
};

static void test_instants(void)
{
    struct alz_instant got;
    size_t i;

    for (i = 0; i < sizeof instants / sizeof *instants; i++) {
        got = (struct alz_instant){-1, false};
        OK(alz_instant_parse(alz_str_from(instants[i].text), &got) &&
               got.zoned == instants[i].zoned,
           instants[i].text);
        NUM(got.ms, instants[i].ms, instants[i].text);
    }
    for (i = 0; i < sizeof no_instants / sizeof *no_instants; i++) {
        got = (struct alz_instant){4711, true};
        OK(!alz_instant_parse(alz_str_from(no_instants[i]), &got) &&
               got.ms == 4711 && got.zoned,
           no_instants[i]);
    }
}

/* In one zone: what a naive MOMENT means. */
static void zone_use(const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
}

static int64_t meaning(const char *text, enum alz_naive dialect,
                       enum alz_naive option, int64_t mtime_ms, bool live)
{
    struct alz_input in = {.mtime_ms = mtime_ms, .live = live, .naive = option};
    struct alz_instant instant = {0, false};

    OK(alz_instant_parse(alz_str_from(text), &instant), text);
    return alz_instant_ms(&instant, dialect, &in);
}

static int64_t automatic(const char *text, int64_t mtime_ms)
{
    return meaning(text, ALZ_NAIVE_AUTO, ALZ_NAIVE_AUTO, mtime_ms, false);
}

static void test_meaning(void)
{
    static const char text[] = "2026-11-20T16:04:51.25";
    const int64_t utc = MOMENT + 250, tokyo = utc - 9 * HOUR;
    const int64_t lima = utc + 5 * HOUR;

    zone_use("JST-9");
    NUM(meaning(text, ALZ_NAIVE_UTC, ALZ_NAIVE_AUTO, 0, false), utc,
        "a dialect that writes UTC");
    NUM(meaning(text, ALZ_NAIVE_LOCAL, ALZ_NAIVE_AUTO, 0, false), tokyo,
        "a dialect that writes local time");
    NUM(meaning(text, ALZ_NAIVE_LOCAL, ALZ_NAIVE_UTC, 0, false), utc,
        "the user's word beats the dialect's");
    NUM(meaning(text, ALZ_NAIVE_UTC, ALZ_NAIVE_LOCAL, 0, false), tokyo,
        "the other way round");
    NUM(meaning("2026-11-20T16:04:51.25Z", ALZ_NAIVE_LOCAL, ALZ_NAIVE_LOCAL, 0,
                false),
        utc, "a zone that was written beats both");
    NUM(automatic(text, utc + 1000), utc,
        "auto, east: written just now in UTC");
    NUM(automatic(text, tokyo + 1000), tokyo, "auto, east: written just now");
    NUM(automatic(text, utc - 2000), utc, "auto: two seconds of grace");
    NUM(automatic(text, utc - 2001), tokyo, "auto: and no more");
    NUM(automatic(text, 0), tokyo, "auto: both late, the nearer one");
    NUM(meaning(text, ALZ_NAIVE_AUTO, ALZ_NAIVE_AUTO, utc, true), tokyo,
        "auto on a pipe is local");
    zone_use("PET5");
    NUM(automatic(text, lima), lima, "auto, west: local");
    NUM(automatic(text, utc + HOUR), utc, "auto, west: UTC");
    zone_use("Europe/Berlin");
    NUM(meaning("2026-07-01T12:00:00", ALZ_NAIVE_LOCAL, ALZ_NAIVE_AUTO, 0,
                false),
        INT64_C(1782900000000), "summer time");
    zone_use("UTC0");
    NUM(automatic(text, utc), utc, "auto where both agree");
}

static void test_yearless(void)
{
    const int64_t minute = MOMENT - 51000;

    zone_use("UTC0");
    NUM(automatic("Nov 20 16:04 UTC", MOMENT), minute, "the year of the input");
    NUM(automatic("Nov 20 16:04", MOMENT + HOUR), minute, "without a zone");
    NUM(automatic("Nov 20 16:04 UTC", MOMENT + 60 * DAY), minute,
        "read in January: the year before");
    NUM(automatic("Nov 20 16:04 UTC", MOMENT + 363 * DAY), minute,
        "almost a year later");
    NUM(automatic("Feb 29 00:00 UTC", MOMENT), INT64_C(1709164800000),
        "a leap day finds its year");
    OK(automatic("Nov 20 16:04 UTC", INT64_MIN / 2) < 0,
       "an impossible mtime is no year");
}

struct duration_case {
    const char *text;
    int64_t ms;
};

static const struct duration_case durations[] = {
    {"0",                                          0                   },
    {"0.123",                                      123                 },
    {"0.",                                         0                   },
    {".5",                                         500                 },
    {"+1.5",                                       1500                },
    {"-0.000000",                                  0                   },
    {"-0",                                         0                   },
    {"0.0004",                                     0                   },
    {"0.0005",                                     1                   },
    {"0.0004999999999999999999999",                0                   },
    {"1.2345",                                     1235                },
    {"9.9e-05",                                    0                   },
    {"9.9E-04",                                    1                   },
    {"1e3",                                        1000000             },
    {"1.5e+2",                                     150000              },
    {"1e-400",                                     0                   },
    {"0e9999999999999999999999",                   0                   },
    {"1234567890123456789012e-21",                 1235                },
    {"0.1234567890123456789012345678901234567890", 123                 },
    {"00000000000000000000000000001",              1000                },
    {"1,234.567",                                  1234567             },
    {"1.234,567",                                  1234567             },
    {"1 234,5",                                    1234500             },
    {"1\xC2\xA0"
     "234,5",                                 1234500             },
    {"1\xE2\x80\xAF"
     "234.5",                                 1234500             },
    {"1'234.5",                                    1234500             },
    {"1,234,567.891",                              1234567891          },
    {"1,234,567",                                  1234567000          },
    {"1.234.567",                                  1234567000          },
    {"0,5",                                        500                 },
    {"0,123",                                      123                 },
    {"1,234",                                      1234000             },
    {"1234,567",                                   1234567             },
    {"1,2345",                                     1235                },
    {"1,23",                                       1230                },
    {"1.234",                                      1234                },
    {" 1.5 s ",                                    1500                },
    {"1.5s",                                       1500                },
    {"12ms",                                       12                  },
    {"1,234 ms",                                   1234                },
    {"12 ms",                                      12                  },
    {"0.5ms",                                      1                   },
    {"499us",                                      0                   },
    {"500us",                                      1                   },
    {"1500\xC2\xB5s",                              2                   },
    {"1500\xCE\xBCs",                              2                   },
    {"1499999ns",                                  1                   },
    {"2m",                                         120000              },
    {"0.3m",                                       18000               },
    {"1h",                                         3600000             },
    {"1m30s",                                      90000               },
    {"1m30.5s",                                    90500               },
    {"1h 2m 3s 4ms",                               3723004             },
    {"2 minutes 5 seconds",                        125000              },
    {"00:01:02.500",                               62500               },
    {"01:02",                                      62000               },
    {"100:00:00",                                  360000000           },
    {"0:00:00.0005",                               1                   },
    {"8760h",                                      INT64_C(31536000000)},
    {"31536000",                                   INT64_C(31536000000)},
};

static const char *const no_durations[] = {
    "",
    " ",
    "-",
    "+",
    ".",
    ",",
    "s",
    "e5",
    "NaN",
    "nan",
    "inf",
    "Infinity",
    "-1",
    "-0.001",
    "--1",
    "+-1",
    "-1.000000",
    "31536000.001",
    "8760h1ms",
    "1e400",
    "1e9999999999999999999999",
    "99999999999999999999999999999999",
    "9223372036854775808",
    "18446744073709551615",
    "1.2.3",
    "1,23,456",
    "1,2,3",
    "1.5x",
    "1.5 s s",
    "30s1m",
    "1s1s",
    "1m30",
    "1 23",
    "12 34",
    "0 123",
    "0x10",
    "1e",
    "1e+",
    "::",
    "1:2",
    "1:60",
    "1:60:00",
    "1:00:00:00",
    "0:00:60",
    ":00:01",
    "00:01:",
    "-00:00:01",
};

static void test_durations(void)
{
    int64_t got;
    size_t i;

    for (i = 0; i < sizeof durations / sizeof *durations; i++) {
        got = -1;
        OK(alz_duration_parse(alz_str_from(durations[i].text), &got),
           durations[i].text);
        NUM(got, durations[i].ms, durations[i].text);
    }
    for (i = 0; i < sizeof no_durations / sizeof *no_durations; i++) {
        got = 4711;
        OK(!alz_duration_parse(alz_str_from(no_durations[i]), &got) &&
               got == 4711,
           no_durations[i]);
    }
    got = 4711;
    OK(!alz_duration_parse((struct alz_str){NULL, 0}, &got), "no text at all");
}

static void test_numbers(void)
{
    static const char *const bad[] = {"",
                                      "-1",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.0",
                                      "x",
                                      "18446744073709551616",
                                      "99999999999999999999"};
    uint64_t got = 4711;
    size_t i;

    for (i = 0; i < sizeof bad / sizeof *bad; i++)
        OK(!alz_number_parse(alz_str_from(bad[i]), &got) && got == 4711,
           bad[i]);
    OK(alz_number_parse(ALZ_STR("18446744073709551615"), &got) &&
           got == UINT64_MAX,
       "the largest number");
    OK(alz_number_parse(ALZ_STR("0042"), &got) && got == 42, "leading zeros");
}

int main(void)
{
    test_instants();
    test_meaning();
    test_yearless();
    test_durations();
    test_numbers();
    return tap_done();
}
