/* test_sink.c - publishing in a directory: bytes, order, threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sink_files.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/stat.h>

/* ---- tests ------------------------------------------------------------ */

static void test_inline(void)
{
    char buffer[16];

    setup(1, false);
    NUM(put_text("a-result.json", ALZ_STR("{}")), 0, "one writer");
    IS(slurp("a-result.json", buffer, sizeof buffer), "{}",
       "publishes before put returns");
    NUM(sink->files, 1, "and counts files");
    NUM(sink->bytes, 2, "and bytes");
    NUM(sink->ops->flush(sink), 0, "there is nothing to wait for");
    teardown();
}

static void test_many(unsigned writers)
{
    int failed = 0;

    setup(writers, true);
    for (int i = 0; i < 5000; i++)
        failed += put(i) != 0;
    NUM(failed, 0, "5,000 documents");
    NUM(sink->ops->flush(sink), 0, "are published");
    NUM(count_right(5000), 5000, "each with its own bytes");
    NUM(count_files(), 5000, "and nothing else is in the directory");
    NUM(sink->files, 5000, "files are counted");
    NUM(sink->bytes, 5000 * DOCUMENT_LEN, "and bytes");
    teardown();
}

static void test_free_publishes(void)
{
    int failed = 0;

    setup(2, false);
    for (int i = 0; i < 300; i++)
        failed += put(i) != 0;
    sink->ops->free(sink);
    sink = NULL;
    NUM(failed, 0, "300 documents, no flush");
    NUM(count_right(300), 300, "free publishes what is queued");
    teardown();
}

static void test_big(void)
{
    static char big[9 << 20];
    char name[64];
    int failed = 0;

    setup(2, false);
    memset(big, ' ', sizeof big);
    for (int i = 0; i < 5; i++) {
        name_of(name, i, "result.json");
        failed += put_text(name, (struct alz_str){big, sizeof big}) != 0;
    }
    NUM(failed, 0, "documents larger than the whole queue");
    NUM(sink->ops->flush(sink), 0, "are published one by one");
    NUM(sink->bytes, 5 * sizeof big, "all of them");
    teardown();
}

/* ---- order ------------------------------------------------------------ */

struct watcher {
    int fd;
    int results, early, damaged;
};

static void look(struct watcher *watcher, const char *name)
{
    char text[DOCUMENT_LEN + 1], other[64];
    struct stat status;

    if (!alz_str_ends(alz_str_from(name), "-result.json"))
        return;
    watcher->results++;
    watcher->damaged += !is_json(slurp(name, text, sizeof text));
    for (int i = 0; i < 2; i++) {
        snprintf(other, sizeof other, "%.36s-%c-attachment", name, 'a' + i);
        watcher->early += fstatat(dir.dirfd, other, &status, 0) != 0 ||
                          status.st_size != (i ? 100000 : 10);
    }
}

/* A live reader: looks at each result the moment its name appears. */
static void *watch(void *ctx)
{
    struct watcher *watcher = ctx;
    struct pollfd poller = {.fd = watcher->fd, .events = POLLIN};
    _Alignas(struct inotify_event) char events[65536];

    while (watcher->results < 500 && poll(&poller, 1, 10000) > 0) {
        ssize_t got = read(watcher->fd, events, sizeof events);

        for (ssize_t at = 0; at < got;) {
            const struct inotify_event *event =
                (const struct inotify_event *)(const void *)(events + at);

            look(watcher, event->len ? event->name : "");
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return NULL;
}

static void test_order(void)
{
    struct watcher watcher = {.fd = inotify_init1(IN_CLOEXEC)};
    pthread_t thread;

    setup(4, false);
    inotify_add_watch(watcher.fd, path, IN_CREATE | IN_MOVED_TO);
    pthread_create(&thread, NULL, watch, &watcher);
    for (int i = 0; i < 500; i++)
        put_with_attachments(i);
    NUM(sink->ops->flush(sink), 0, "500 results with two attachments each");
    pthread_join(thread, NULL);
    NUM(watcher.results, 500, "a live reader sees all results");
    NUM(watcher.damaged, 0, "each is complete when its name appears");
    NUM(watcher.early, 0, "its attachments were there before it");
    NUM(sink->files, 1500, "all files are counted");
    NUM(sink->bytes, 500 * (DOCUMENT_LEN + 10 + 100000), "and bytes");
    close(watcher.fd);
    teardown();
}

/* ---- signals ---------------------------------------------------------- */

static void test_signals(void)
{
    sigset_t mask, pending;

    setup(4, false);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &mask, NULL);
    kill(getpid(), SIGUSR1);
    for (int i = 0; i < 100; i++)
        put(i);
    NUM(sink->ops->flush(sink), 0, "a signal while writers work");
    sigpending(&pending);
    OK(sigismember(&pending, SIGUSR1), "is left to the program's own thread");
    signal(SIGUSR1, SIG_IGN);
    pthread_sigmask(SIG_UNBLOCK, &mask, NULL);
    teardown();
}

int main(void)
{
    test_inline();
    test_many(1);
    test_many(2);
    test_many(4);
    test_many(0);
    test_free_publishes();
    test_big();
    test_order();
    test_signals();
    return tap_done();
}
