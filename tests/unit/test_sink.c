/* test_sink.c - publishing in a directory: order, threads, failures. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "emit/bundle.h"

#include "tap.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

enum { DOCUMENT_LEN = 900, SKIP = 77 };

/* ---- a directory and its sink ----------------------------------------- */

static char path[64];
static struct alz_outdir dir;
static struct alz_sink *sink;

static void setup(unsigned writers, bool durable)
{
    snprintf(path, sizeof path, "/tmp/alz-sink-XXXXXX");
    if (!mkdtemp(path) || alz_outdir_open(&dir, path, ALZ_PUBLISH_LINK) != 0) {
        perror(path);
        _exit(EXIT_FAILURE);
    }
    sink = alz_sink_dir_new(&dir, writers, durable);
}

static void remove_all(void)
{
    DIR *list = opendir(path);
    struct dirent *entry;

    while (list && (entry = readdir(list)) != NULL)
        unlinkat(dirfd(list), entry->d_name, 0);
    if (list)
        closedir(list);
    rmdir(path);
}

static void teardown(void)
{
    if (sink)
        sink->ops->free(sink);
    sink = NULL;
    alz_outdir_done(&dir);
    remove_all();
}

static int count_files(void)
{
    DIR *list = opendir(path);
    int count = -2;

    while (list && readdir(list))
        count++;
    if (list)
        closedir(list);
    return count;
}

static struct alz_str slurp(const char *name, char *to, size_t cap)
{
    int fd = openat(dir.dirfd, name, O_RDONLY);
    ssize_t got = fd < 0 ? -1 : read(fd, to, cap);

    if (fd >= 0)
        close(fd);
    return (struct alz_str){to, got < 0 ? 0 : (size_t)got};
}

/* ---- bundles ---------------------------------------------------------- */

static void name_of(char ret[64], int number, const char *end)
{
    snprintf(ret, 64, "00000000-0000-4000-8000-%012d-%s", number, end);
}

/* {"n":number,"pad":"xxx..."} */
static struct alz_str document(char to[DOCUMENT_LEN], int number)
{
    int head = snprintf(to, DOCUMENT_LEN, "{\"n\":%d,\"pad\":\"", number);

    memset(to + head, 'x', DOCUMENT_LEN - 2 - (size_t)head);
    memcpy(to + DOCUMENT_LEN - 2, "\"}", 2);
    return (struct alz_str){to, DOCUMENT_LEN};
}

static int put_text(const char *name, struct alz_str text)
{
    return sink->ops->put(sink, alz_bundle_new(NULL, 0, name, text));
}

static int put(int number)
{
    char name[64], text[DOCUMENT_LEN];

    name_of(name, number, "result.json");
    return put_text(name, document(text, number));
}

/* The same with one attachment in memory and a long one in a draft. */
static int put_with_attachments(int number)
{
    struct alz_spool spools[2];
    struct alz_node nodes[2] = {{.spool = &spools[0]}, {.spool = &spools[1]}};
    struct alz_node *attachments[2] = {&nodes[0], &nodes[1]};
    static char bytes[100000];
    char name[64], text[DOCUMENT_LEN];

    for (int i = 0; i < 2; i++) {
        alz_spool_init(&spools[i], &dir, 0);
        alz_spool_add(&spools[i],
                      (struct alz_str){bytes, i ? sizeof bytes : 10});
        alz_spool_finish(&spools[i]);
        name_of(nodes[i].source, number, i ? "b-attachment" : "a-attachment");
    }
    name_of(name, number, "result.json");
    return sink->ops->put(
        sink, alz_bundle_new(attachments, 2, name, document(text, number)));
}

/* ---- reading back ----------------------------------------------------- */

static bool is_json(struct alz_str text)
{
    yajl_handle parser = yajl_alloc(NULL, NULL, NULL);
    bool good = yajl_parse(parser, (const unsigned char *)text.ptr, text.len) ==
                    yajl_status_ok &&
                yajl_complete_parse(parser) == yajl_status_ok;

    yajl_free(parser);
    return good;
}

/* How many of the documents are there with exactly their bytes. */
static int count_right(int documents)
{
    int right = 0;

    for (int i = 0; i < documents; i++) {
        char name[64], want[DOCUMENT_LEN], got[DOCUMENT_LEN + 1];
        struct alz_str text;

        name_of(name, i, "result.json");
        text = slurp(name, got, sizeof got);
        right += is_json(text) && alz_str_equal(text, document(want, i));
    }
    return right;
}

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

/* ---- names that are taken --------------------------------------------- */

static void test_existing(unsigned writers)
{
    char want[128], buffer[16];

    setup(writers, false);
    NUM(put_text("a-result.json", ALZ_STR("{}")), 0, "a file");
    NUM(put_text("a-result.json", ALZ_STR("{}")), 0, "the same once more");
    NUM(sink->ops->flush(sink), 0, "is no failure");
    put_text("a-result.json", ALZ_STR("[]"));
    NUM(sink->ops->flush(sink), -1, "other bytes under its name are");
    snprintf(want, sizeof want, "%s/a-result.json: exists with other content",
             path);
    IS(alz_text_str(&sink->error), want, "which is told");
    IS(slurp("a-result.json", buffer, sizeof buffer), "{}",
       "the file that was there stays");
    NUM(put_text("b-result.json", ALZ_STR("{}")), -1, "the failure sticks");
    NUM(count_files(), 1, "nothing more is written");
    teardown();
}

/* ---- failures --------------------------------------------------------- */

static bool error_ends(const char *reason)
{
    bool good = alz_str_ends(alz_text_str(&sink->error), reason);

    if (!good)
        printf("# error: %.*s\n", (int)sink->error.len, sink->error.ptr);
    fflush(stdout);
    return good;
}

static void test_removed(unsigned writers)
{
    char want[128];
    int failed = 0;

    setup(writers, false);
    NUM(put(0), 0, "a document");
    NUM(sink->ops->flush(sink), 0, "is published");
    remove_all();
    for (int i = 1; i < 2000; i++)
        failed += put(i) != 0;
    NUM(sink->ops->flush(sink), -1, "the directory is removed in mid-run");
    OK(failed > 0, "later puts say so");
    snprintf(want, sizeof want, "%s/00000000-0000-4000-8000-000000", path);
    OK(alz_str_starts(alz_text_str(&sink->error), want) &&
           alz_str_find(alz_text_str(&sink->error), "-result.json: ") !=
               SIZE_MAX,
       "with path, name and reason, once");
    NUM(sink->files, 1, "what was there before counts");
    teardown();
}

/* Runs in a process of its own: limits and mounts do not come back. */
static int in_child(int (*body)(void))
{
    pid_t pid;
    int status;

    fflush(stdout);
    pid = fork();
    if (pid == 0)
        _exit(body());
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return EXIT_FAILURE;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

static void ok_in_child(int (*body)(void), const char *title)
{
    int status = in_child(body);

    if (status == SKIP)
        printf("ok %d - %s # SKIP not possible here\n", ++tap_count, title);
    else
        NUM(status, 0, title);
}

/* 900 bytes of 1,000 are allowed: an attachment fails, small files do not. */
static int no_long_files(void)
{
    struct rlimit limit = {1000, 1000};
    bool good;

    signal(SIGXFSZ, SIG_IGN);
    setup(2, false);
    setrlimit(RLIMIT_FSIZE, &limit);
    good = put(0) == 0 && sink->ops->flush(sink) == 0;
    put_with_attachments(1);
    good &= sink->ops->flush(sink) == -1 && error_ends("File too large");
    good &= put(2) == -1;
    good &= count_right(3) == 1;
    teardown();
    return good ? 0 : 1;
}

static int no_descriptors(void)
{
    struct rlimit limit;
    bool good;

    setup(2, false);
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &limit);
    put(0);
    good = sink->ops->flush(sink) == -1 && error_ends("Too many open files");
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    good &= count_files() == 0;
    teardown();
    return good ? 0 : 1;
}

/* Mounts a small tmpfs over a new directory, seen by this process alone. */
static bool mount_small(void)
{
    int spaces = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;

    snprintf(path, sizeof path, "/tmp/alz-sink-XXXXXX");
    return unshare(spaces) == 0 &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mkdtemp(path) && mount("tmpfs", path, "tmpfs", 0, "size=1m") == 0 &&
           alz_outdir_open(&dir, path, ALZ_PUBLISH_LINK) == 0;
}

static int full_disk(void)
{
    int files = 0, right;
    bool good;

    if (!mount_small())
        return SKIP;
    sink = alz_sink_dir_new(&dir, 2, true);
    for (int i = 0; i < 5000; i++)
        put(i);
    good =
        sink->ops->flush(sink) == -1 && error_ends("No space left on device");
    files = count_files();
    right = count_right(5000);
    good &= files > 100 && files == right && sink->files == (uint64_t)files;
    sink->ops->free(sink);
    alz_outdir_done(&dir);
    umount(path);
    rmdir(path);
    return good ? 0 : 1;
}

static int read_only(void)
{
    bool good;

    if (!mount_small())
        return SKIP;
    sink = alz_sink_dir_new(&dir, 1, false);
    good = put(0) == 0;
    if (mount(NULL, path, NULL, MS_REMOUNT | MS_RDONLY, NULL) != 0)
        return SKIP;
    good &= put(1) == -1 && error_ends("Read-only file system");
    good &= count_right(2) == 1;
    sink->ops->free(sink);
    alz_outdir_done(&dir);
    umount(path);
    rmdir(path);
    return good ? 0 : 1;
}

static void test_failures(void)
{
    ok_in_child(no_long_files, "a file that cannot be written");
    ok_in_child(no_descriptors, "no descriptors: no debris");
    ok_in_child(full_disk, "a full disk: every file there is whole");
    ok_in_child(read_only, "a directory that became read-only");
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
    test_failures(); /* first: forks while there are no threads */
    test_inline();
    test_many(1);
    test_many(2);
    test_many(4);
    test_many(0);
    test_free_publishes();
    test_big();
    test_order();
    test_existing(1);
    test_existing(2);
    test_removed(1);
    test_removed(3);
    test_signals();
    return tap_done();
}
