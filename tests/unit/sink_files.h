/* sink_files.h - a results directory for tests of its sink. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALZ_TESTS_SINK_FILES_H
#define ALZ_TESTS_SINK_FILES_H

#include "emit/bundle.h"

#include "tap.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

enum { DOCUMENT_LEN = 900 };

/* ---- a directory and its sink ----------------------------------------- */

static char path[64];
static struct alz_outdir dir;
static struct alz_sink *sink;

static inline void setup(unsigned writers, bool durable)
{
    snprintf(path, sizeof path, "/tmp/alz-sink-XXXXXX");
    if (!mkdtemp(path) || alz_outdir_open(&dir, path, ALZ_PUBLISH_LINK) != 0) {
        perror(path);
        _exit(EXIT_FAILURE);
    }
    sink = alz_sink_dir_new(&dir, writers, durable);
}

static inline void remove_all(void)
{
    DIR *list = opendir(path);
    struct dirent *entry;

    while (list && (entry = readdir(list)) != NULL)
        unlinkat(dirfd(list), entry->d_name, 0);
    if (list)
        closedir(list);
    rmdir(path);
}

static inline void teardown(void)
{
    if (sink)
        sink->ops->free(sink);
    sink = NULL;
    alz_outdir_done(&dir);
    remove_all();
}

static inline int count_files(void)
{
    DIR *list = opendir(path);
    int count = -2;

    while (list && readdir(list))
        count++;
    if (list)
        closedir(list);
    return count;
}

static inline struct alz_str slurp(const char *name, char *to, size_t cap)
{
    int fd = openat(dir.dirfd, name, O_RDONLY);
    ssize_t got = fd < 0 ? -1 : read(fd, to, cap);

    if (fd >= 0)
        close(fd);
    return (struct alz_str){to, got < 0 ? 0 : (size_t)got};
}

/* ---- bundles ---------------------------------------------------------- */

static inline void name_of(char ret[64], int number, const char *end)
{
    snprintf(ret, 64, "00000000-0000-4000-8000-%012d-%s", number, end);
}

/* {"n":number,"pad":"xxx..."} */
static inline struct alz_str document(char to[DOCUMENT_LEN], int number)
{
    int head = snprintf(to, DOCUMENT_LEN, "{\"n\":%d,\"pad\":\"", number);

    memset(to + head, 'x', DOCUMENT_LEN - 2 - (size_t)head);
    memcpy(to + DOCUMENT_LEN - 2, "\"}", 2);
    return (struct alz_str){to, DOCUMENT_LEN};
}

static inline int put_text(const char *name, struct alz_str text)
{
    return sink->ops->put(sink, alz_bundle_new(NULL, 0, name, text));
}

static inline int put(int number)
{
    char name[64], text[DOCUMENT_LEN];

    name_of(name, number, "result.json");
    return put_text(name, document(text, number));
}

/* The same with one attachment in memory and a long one in a draft. */
static inline int put_with_attachments(int number)
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

static inline bool is_json(struct alz_str text)
{
    yajl_handle parser = yajl_alloc(NULL, NULL, NULL);
    bool good = yajl_parse(parser, (const unsigned char *)text.ptr, text.len) ==
                    yajl_status_ok &&
                yajl_complete_parse(parser) == yajl_status_ok;

    yajl_free(parser);
    return good;
}

/* How many of the documents are there with exactly their bytes. */
static inline int count_right(int documents)
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

#endif
