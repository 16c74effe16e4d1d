/* sink_dir.c - publishes bundles in a directory, by several threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "emit/bundle.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * One producer, a bounded queue, a few writers. Creating a file costs ten
 * times what rendering it does, and most of that runs outside the directory's
 * lock, so two writers publish nearly twice as fast. A writer takes several
 * bundles at once and the producer is woken when half of the queue is free:
 * both save a switch of threads per file.
 */
enum {
    QUEUE_COUNT = 256,
    QUEUE_BYTES = 8 << 20,
    BATCH = 8,
    WRITERS_AUTO = 4,
    WRITERS_MAX = 64
};

enum wait { NOT_WAITING, FOR_ROOM, FOR_REST };

struct sink_dir {
    struct alz_sink base;
    struct alz_outdir *dir;
    bool durable;
    bool unsynced; /* something was published since the last sync */

    pthread_mutex_t lock; /* guards all below, and base */
    pthread_cond_t work;  /* for writers: queued, or stop */
    pthread_cond_t rest;  /* for the producer: what it waits for is so */
    struct alz_bundle *queue[QUEUE_COUNT]; /* a ring */
    size_t head, count, bytes;
    size_t busy;   /* taken by writers, not yet published */
    size_t asleep; /* writers without work */
    enum wait producer;
    bool failed, stop;
    pthread_t threads[WRITERS_MAX];
    unsigned thread_count; /* 0: the producer publishes */
};

/* ---- outcome ---------------------------------------------------------- */

/* The first failure says why; called under the lock. */
static void fail(struct sink_dir *sink, const char *name, int error)
{
    if (sink->failed)
        return;
    sink->failed = true;
    sink->base.error_number = error;
    alz_buf_printf(
        &sink->base.error, "%s%s%s: %s", sink->dir->path, *name ? "/" : "",
        name, error == EEXIST ? "exists with other content" : strerror(error));
}

/* Publishes and frees the bundle; the lock is not held. */
static bool publish(struct sink_dir *sink, struct alz_bundle *bundle,
                    struct alz_published *sum)
{
    const char *name;
    bool good = alz_bundle_publish(bundle, sink->dir, sum, &name) == 0;

    if (!good) {
        int error = errno;

        pthread_mutex_lock(&sink->lock);
        fail(sink, name, error);
        pthread_mutex_unlock(&sink->lock);
    }
    alz_bundle_free(bundle);
    return good;
}

/* Under the lock. */
static void account(struct sink_dir *sink, const struct alz_published *sum)
{
    sink->base.files += sum->files;
    sink->base.bytes += sum->bytes;
    sink->unsynced |= sum->files != 0;
}

/* ---- the queue, under the lock ---------------------------------------- */

static bool has_room(const struct sink_dir *sink, size_t bytes)
{
    return sink->count == 0 ||
           (sink->count < QUEUE_COUNT && sink->bytes + bytes <= QUEUE_BYTES);
}

static void push(struct sink_dir *sink, struct alz_bundle *bundle, size_t bytes)
{
    sink->queue[(sink->head + sink->count) % QUEUE_COUNT] = bundle;
    sink->count++;
    sink->bytes += bytes;
}

static size_t take(struct sink_dir *sink, struct alz_bundle **ret)
{
    size_t share = sink->count / sink->thread_count;
    size_t count = share < 1 ? 1 : share > BATCH ? BATCH : share;

    for (size_t i = 0; i < count; i++) {
        ret[i] = sink->queue[sink->head];
        sink->head = (sink->head + 1) % QUEUE_COUNT;
        sink->bytes -= alz_bundle_memory(ret[i]);
    }
    sink->count -= count;
    sink->busy += count;
    return count;
}

static bool at_rest(const struct sink_dir *sink)
{
    return sink->count == 0 && sink->busy == 0;
}

static bool half_empty(const struct sink_dir *sink)
{
    return sink->count <= QUEUE_COUNT / 2 && sink->bytes <= QUEUE_BYTES / 2;
}

static void wake_producer(struct sink_dir *sink)
{
    if ((sink->producer == FOR_ROOM && half_empty(sink)) ||
        (sink->producer == FOR_REST && at_rest(sink)))
        pthread_cond_signal(&sink->rest);
}

/* ---- writers ---------------------------------------------------------- */

/* A failed sink publishes nothing more; what is queued is dropped. */
static void publish_next(struct sink_dir *sink)
{
    struct alz_published sum = {0};
    struct alz_bundle *bundles[BATCH];
    size_t count = take(sink, bundles);
    bool good = !sink->failed;

    wake_producer(sink);
    pthread_mutex_unlock(&sink->lock);
    for (size_t i = 0; i < count; i++) {
        if (good)
            good = publish(sink, bundles[i], &sum);
        else
            alz_bundle_free(bundles[i]);
    }
    pthread_mutex_lock(&sink->lock);
    account(sink, &sum);
    sink->busy -= count;
    wake_producer(sink);
}

static void *writer(void *ctx)
{
    struct sink_dir *sink = ctx;

    pthread_mutex_lock(&sink->lock);
    for (;;) {
        if (sink->count) {
            publish_next(sink);
        } else if (sink->stop) {
            break;
        } else {
            sink->asleep++;
            pthread_cond_wait(&sink->work, &sink->lock);
            sink->asleep--;
        }
    }
    pthread_mutex_unlock(&sink->lock);
    return NULL;
}

/* Cores this process may run on. */
static unsigned cores(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
#ifdef CPU_COUNT
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) == 0)
        online = CPU_COUNT(&set);
#endif
    return online > 0 ? (unsigned)online : 1;
}

static unsigned writers_wanted(unsigned writers)
{
    if (writers == 0)
        writers = cores() < WRITERS_AUTO ? cores() : WRITERS_AUTO;
    if (writers == 1)
        return 0;
    return writers < WRITERS_MAX ? writers : WRITERS_MAX;
}

/* Signals are the business of the program's own threads. With fewer threads
 * than wanted, or none, everything is published all the same. */
static void start_writers(struct sink_dir *sink, unsigned count)
{
    sigset_t all, old;
    unsigned started = 0;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    pthread_mutex_lock(&sink->lock);
    while (started < count &&
           pthread_create(&sink->threads[started], NULL, writer, sink) == 0)
        started++;
    sink->thread_count = started;
    pthread_mutex_unlock(&sink->lock);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

/* ---- the sink --------------------------------------------------------- */

static int put_inline(struct sink_dir *sink, struct alz_bundle *bundle)
{
    struct alz_published sum = {0};

    if (sink->failed)
        alz_bundle_free(bundle);
    else
        publish(sink, bundle, &sum);
    account(sink, &sum);
    return sink->failed ? -1 : 0;
}

static void wait_for(struct sink_dir *sink, enum wait what)
{
    sink->producer = what;
    pthread_cond_wait(&sink->rest, &sink->lock);
    sink->producer = NOT_WAITING;
}

static int put_queued(struct sink_dir *sink, struct alz_bundle *bundle)
{
    size_t bytes = alz_bundle_memory(bundle);
    bool failed;

    pthread_mutex_lock(&sink->lock);
    while (!sink->failed && !has_room(sink, bytes))
        wait_for(sink, FOR_ROOM);
    failed = sink->failed;
    if (!failed) {
        push(sink, bundle, bytes);
        if (sink->asleep)
            pthread_cond_signal(&sink->work);
    }
    pthread_mutex_unlock(&sink->lock);
    if (failed)
        alz_bundle_free(bundle);
    return failed ? -1 : 0;
}

static int put(struct alz_sink *base, struct alz_bundle *bundle)
{
    struct sink_dir *sink = (struct sink_dir *)base;

    return sink->thread_count ? put_queued(sink, bundle)
                              : put_inline(sink, bundle);
}

static int flush(struct alz_sink *base)
{
    struct sink_dir *sink = (struct sink_dir *)base;
    bool failed;

    pthread_mutex_lock(&sink->lock);
    while (!at_rest(sink))
        wait_for(sink, FOR_REST);
    if (sink->durable && sink->unsynced && !sink->failed) {
        sink->unsynced = false;
        if (alz_outdir_sync(sink->dir) != 0)
            fail(sink, "", errno);
    }
    failed = sink->failed;
    pthread_mutex_unlock(&sink->lock);
    return failed ? -1 : 0;
}

/* What is still queued is published. */
static void done(struct alz_sink *base)
{
    struct sink_dir *sink = (struct sink_dir *)base;

    pthread_mutex_lock(&sink->lock);
    sink->stop = true;
    pthread_cond_broadcast(&sink->work);
    pthread_mutex_unlock(&sink->lock);
    for (unsigned i = 0; i < sink->thread_count; i++)
        pthread_join(sink->threads[i], NULL);
    pthread_cond_destroy(&sink->rest);
    pthread_cond_destroy(&sink->work);
    pthread_mutex_destroy(&sink->lock);
    alz_text_done(&sink->base.error);
    free(sink);
}

static const struct alz_sink_ops ops = {put, flush, done};

struct alz_sink *alz_sink_dir_new(struct alz_outdir *dir, unsigned writers,
                                  bool durable)
{
    struct sink_dir *sink = calloc(1, sizeof *sink);

    if (!sink)
        return NULL;
    sink->base.ops = &ops;
    sink->dir = dir;
    sink->durable = durable;
    pthread_mutex_init(&sink->lock, NULL);
    pthread_cond_init(&sink->work, NULL);
    pthread_cond_init(&sink->rest, NULL);
    start_writers(sink, writers_wanted(writers));
    return &sink->base;
}
