/* test_emit_faults.c - each allocation of a small conversion fails once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../faults/faults.h"
#include "emit/bundle.h"
#include "tap.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];

static int count_and_remove(void)
{
    DIR *list = opendir(path);
    struct dirent *entry;
    int count = -2;

    for (; list && (entry = readdir(list)) != NULL; count++)
        unlinkat(dirfd(list), entry->d_name, 0);
    if (list)
        closedir(list);
    rmdir(path);
    return count;
}

/* ---- a conversion that uses every kind of document -------------------- */

static void init_node(struct alz_node *node, struct alz_node *parent,
                      enum alz_kind kind, const char *name)
{
    *node =
        (struct alz_node){.kind = kind, .parent = parent, .status = ALZ_PASSED};
    node->text[ALZ_NAME] = alz_str_from(name);
    node->text[ALZ_FULL_NAME] = alz_str_from("S.name");
    for (int i = 0; i < ALZ_WHEN_COUNT; i++)
        node->time[i] = 1;
    if (parent)
        parent->first = parent->last = node;
}

static void init_attachment(struct alz_node *node, struct alz_node *parent,
                            struct alz_spool *spool, struct alz_outdir *dir,
                            const char *source)
{
    init_node(node, parent, ALZ_ATTACHMENT, "log");
    node->text[ALZ_MEDIA_TYPE] = ALZ_STR("text/plain");
    snprintf(node->source, sizeof node->source, "%s", source);
    alz_spool_init(spool, dir, 0);
    node->spool = spool;
    alz_spool_add(spool, ALZ_STR("log"));
    alz_spool_finish(spool);
}

#define PREFIX "00000000-0000-4000-8000-00000000000"

/* One test with a log, one suite with a log, one log of the run. */
static int emit_all(struct alz_emitter *emitter, struct alz_outdir *dir)
{
    struct alz_uuid uuid = {
        {1, 2, 3, 4, 5, 6, 0x57, 8, 0x99}
    };
    struct alz_suite state = {.children = &uuid, .child_count = 1};
    struct alz_node test, suite, logs[3];
    struct alz_spool spools[3];
    int failed = 0;

    init_node(&test, NULL, ALZ_TEST, "name");
    test.uuid = uuid;
    memset(test.test_case_id, 'a', ALZ_MD5_HEX);
    memset(test.history_id, 'a', ALZ_MD5_HEX);
    init_attachment(&logs[0], &test, &spools[0], dir, PREFIX "1-attachment");
    init_node(&suite, NULL, ALZ_SUITE, "S");
    suite.suite = &state;
    init_attachment(&logs[1], &suite, &spools[1], dir, PREFIX "2-attachment");
    init_attachment(&logs[2], NULL, &spools[2], dir, PREFIX "3-attachment");
    failed |= alz_emit_result(emitter, &test);
    failed |= alz_emit_container(emitter, &suite);
    alz_emit_run_error(emitter, ALZ_STR("cut"), 1);
    alz_emit_run_attachment(emitter, &logs[2], 1);
    failed |= alz_emitter_finish(emitter, &uuid);
    for (int i = 0; i < 3; i++)
        alz_spool_done(&spools[i]);
    return failed;
}

/* 0: all six files were announced; -1: a failure was. */
static int convert(struct alz_outdir *dir)
{
    struct alz_sink *sink = alz_sink_dir_new(dir, 1, false);
    struct alz_emitter *emitter = sink ? alz_emitter_new(sink) : NULL;
    int ret = emitter ? emit_all(emitter, dir) : -1;

    if (emitter && ret != 0 && !alz_emitter_error(emitter).len)
        ret = -2;
    alz_emitter_free(emitter);
    if (sink)
        sink->ops->free(sink);
    return ret;
}

/* True when what was announced is what is there. */
static bool holds(enum fault_kind kind, unsigned long nth, int error,
                  unsigned long *seen)
{
    struct alz_outdir dir;
    int ret, files;

    snprintf(path, sizeof path, "/tmp/alz-faults-XXXXXX");
    if (!mkdtemp(path) || alz_outdir_open(&dir, path, ALZ_PUBLISH_LINK) != 0)
        return false;
    fault_arm(kind, nth, error);
    ret = convert(&dir);
    *seen = fault_disarm();
    alz_outdir_done(&dir);
    files = count_and_remove();
    if (ret == 0 ? files == 6 : ret == -1 && files <= 6)
        return true;
    printf("# call %lu: returned %d, %d files\n", nth, ret, files);
    return false;
}

static void test_each(enum fault_kind kind, int error, const char *title)
{
    unsigned long calls, seen;
    int wrong = 0;

    OK(holds(kind, 0, 0, &calls) && calls > 0, "without a fault");
    for (unsigned long nth = 1; nth <= calls; nth++)
        wrong += !holds(kind, nth, error, &seen);
    NUM(wrong, 0, title);
    printf("# %lu calls\n", calls);
}

int main(void)
{
    fault_init();
    test_each(FAULT_ALLOC, ENOMEM, "each allocation fails once");
    test_each(FAULT_OPEN, EMFILE, "each open fails once");
    test_each(FAULT_WRITE, ENOSPC, "each write fails once");
    test_each(FAULT_LINK, EIO, "each link fails once");
    return tap_done();
}
