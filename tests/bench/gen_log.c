/* gen_log.c - prints a long log with few results, the same bytes each time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * usage: bench_gen_log go|pytest|device MEGABYTES
 *
 * One line in a hundred is a result; the others are what programs under test
 * print: times, levels, paths, numbers, sometimes a trace.
 */
enum { LINE_LEN = 512, EVERY = 100 };

/* xorshift128+, so that no libc changes the bytes. */
static uint64_t random_state[2] = {UINT64_C(0x9E3779B97F4A7C15), 42};

static unsigned random_below(unsigned limit)
{
    uint64_t a = random_state[0], b = random_state[1];

    random_state[0] = b;
    a ^= a << 23;
    random_state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
    return (unsigned)((random_state[1] + b) % limit);
}

/* %a and %b become numbers. */
static const char *const messages[] = {
    "INFO  http.server: GET /api/v1/orders/%a 200 in %b ms, 1 attempt",
    "DEBUG db.pool: connection %a taken, %b idle, waiting 0",
    "DEBUG cache: lookup key=order:%a:lines hit=true age=%bs size=4096",
    "INFO  worker-%b: message %a of queue mail was handled, acknowledged",
    "WARN  retry: attempt 2 of 5 for http://10.0.0.7:8080/stock/%a in %b ms",
    "TRACE codec: frame %a len=%b flags=0x3 crc=ok window=65535 stream=7",
    "ERROR payment: card of order %a was declined (code %b); order is kept",
    "    at com.example.shop.order.Service.check(Service.java:%b)",
    "  File \"/srv/app/shop/orders/service_%b.py\", line %a, in check",
    "DEBUG sql: SELECT id, total FROM orders WHERE id = %a LIMIT %b",
    "INFO  scheduler: 3 jobs passed the filter, next run in %b s (tick %a)",
    "DEBUG gc: heap %a KiB after, pause %b us, generation 2, compacted",
};

static size_t put_message(char *to)
{
    const char *from =
        messages[random_below(sizeof(messages) / sizeof(*messages))];
    size_t len = 0;

    for (; *from; from++)
        if (*from == '%' && *++from != '\0')
            len += (size_t)snprintf(to + len, 16, "%u",
                                    random_below(*from == 'a' ? 1000000 : 500));
        else
            to[len++] = *from;
    return len;
}

static int print_message(uint64_t line)
{
    char text[LINE_LEN];
    size_t len = (size_t)snprintf(
        text, sizeof(text), "2026-01-01T%02u:%02u:%02u.%03uZ ",
        (unsigned)(line / 3600000 % 24), (unsigned)(line / 60000 % 60),
        (unsigned)(line / 1000 % 60), (unsigned)(line % 1000));

    len += put_message(text + len);
    text[len++] = '\n';
    return (int)fwrite(text, 1, len, stdout);
}

/* ---- shapes ----------------------------------------------------------- */

static const char *verdict(const char *good, const char *bad)
{
    return random_below(20) ? good : bad;
}

/* The end of the test before, and the start of one. */
static int print_go(uint64_t test)
{
    int len = 0;

    if (test)
        len += printf("--- %s: TestOrder%06" PRIu64 " (0.%02us)\n",
                      verdict("PASS", "FAIL"), test - 1, random_below(100));
    if (test && test % 500 == 0)
        len += printf("ok  \texample.com/shop/orders%" PRIu64 "\t1.%03us\n",
                      test / 500, random_below(1000));
    return len + printf("=== RUN   TestOrder%06" PRIu64 "\n", test);
}

static int print_pytest(uint64_t test)
{
    return printf("tests/orders/test_orders_%03" PRIu64 ".py::TestOrders::"
                  "test_accepts_%06" PRIu64 " %s%*s[ %2u%%]\n",
                  test / 500, test, verdict("PASSED", "FAILED"), 20, "",
                  (unsigned)(test % 100));
}

static int print_device(uint64_t test)
{
    return printf("2026-01-01T00:00:00.000Z TEST %s order_%06" PRIu64
                  " (%u ms)\n",
                  verdict("PASSED", "FAILED"), test, random_below(2000));
}

static void end_go(uint64_t test)
{
    printf("--- PASS: TestOrder%06" PRIu64 " (0.00s)\nPASS\n", test);
}

static void end_pytest(uint64_t test)
{
    printf("==== %" PRIu64 " passed in 1.00s ====\n", test + 1);
}

static const struct shape {
    const char *name;
    int (*print)(uint64_t test);
    void (*end)(uint64_t last);
} shapes[] = {
    {"go",     print_go,     end_go    },
    {"pytest", print_pytest, end_pytest},
    {"device", print_device, NULL      },
    {NULL,     NULL,         NULL      },
};

int main(int argc, char **argv)
{
    int64_t left = argc == 3 ? atoll(argv[2]) * 1000000 : 0;
    const struct shape *shape = shapes;
    uint64_t line = 0;

    while (argc == 3 && shape->name && strcmp(shape->name, argv[1]) != 0)
        shape++;
    if (argc != 3 || !shape->name) {
        fputs("usage: bench_gen_log go|pytest|device MEGABYTES\n", stderr);
        return 2;
    }
    for (; left > 0 || line == 0; line++)
        left -= line % EVERY ? print_message(line) : shape->print(line / EVERY);
    if (shape->end)
        shape->end((line - 1) / EVERY);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
