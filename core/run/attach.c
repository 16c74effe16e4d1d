/* attach.c - reads the files that attachments name, drops empty ones. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run/confine.h"
#include "run/session.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const struct alz_diag missing = {ALZ_WARNING, "run/attachment-missing",
                                        "no such attachment", 0};
static const struct alz_diag refused = {
    ALZ_WARNING, "run/attachment-refused",
    "an attachment outside the allowed roots, or no regular file", 0};
static const struct alz_diag unreadable = {ALZ_WARNING,
                                           "run/attachment-unreadable",
                                           "an attachment cannot be read", 0};

/* The next node in document order below top, or NULL. */
static struct alz_node *next_node(struct alz_node *node, struct alz_node *top,
                                  bool enter)
{
    if (enter && node->first)
        return node->first;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

/* The roots: where the input is, then what the user allows. */
static enum alz_confined open_named(struct alz_session *session,
                                    struct alz_str path, int *ret_fd)
{
    const char *own[] = {session->input_dir, NULL};
    struct alz_confine confine = {own};
    enum alz_confined answer, more;

    if (alz_str_starts(path, "file://"))
        path = alz_str_from_offset(path, strlen("file://"));
    answer = alz_confine_open(&confine, path, ret_fd);
    if (answer == ALZ_CONFINED_OK || !session->options.attach_roots)
        return answer;
    confine.roots = session->options.attach_roots;
    more = alz_confine_open(&confine, path, ret_fd);
    return more == ALZ_CONFINED_REFUSED ? answer : more;
}

static bool copy_file(int fd, struct alz_spool *spool)
{
    char bytes[16384];
    ssize_t got;

    do {
        got = read(fd, bytes, sizeof(bytes));
        if (got > 0)
            alz_spool_add(spool, (struct alz_str){bytes, (size_t)got});
    } while (got > 0 || (got < 0 && errno == EINTR));
    return got == 0;
}

static void read_named(struct alz_session *session, struct alz_node *node)
{
    struct alz_str path = node->text[ALZ_PATH];
    int fd = -1;
    enum alz_confined answer = open_named(session, path, &fd);
    struct alz_spool *spool;

    if (answer != ALZ_CONFINED_OK) {
        alz_log_report(&session->log,
                       answer == ALZ_CONFINED_MISSING ? &missing : &refused,
                       path);
        return;
    }
    spool = alz_recorder_spool(session->recorder, node);
    if (!spool || !copy_file(fd, spool))
        alz_log_report(&session->log, &unreadable, path);
    else
        alz_spool_finish(spool);
    close(fd);
}

static void name_after_file(struct alz_node *node)
{
    struct alz_str path = node->text[ALZ_PATH];
    size_t at = path.len;

    if (node->text[ALZ_NAME].len)
        return;
    while (at && path.ptr[at - 1] != '/' && path.ptr[at - 1] != '\\')
        at--;
    node->text[ALZ_NAME] = alz_str_from_offset(path, at);
}

static void unlink_child(struct alz_node *node)
{
    struct alz_node *parent = node->parent, *previous = NULL;

    for (struct alz_node *at = parent->first; at != node; at = at->next)
        previous = at;
    if (previous)
        previous->next = node->next;
    else
        parent->first = node->next;
    if (parent->last == node)
        parent->last = previous;
}

void alz_session_attach(struct alz_session *session, struct alz_node *top)
{
    struct alz_node *node = top->first, *next;

    for (; node; node = next) {
        /* Attempts come here by themselves. */
        next = next_node(node, top, node->kind != ALZ_TEST);
        if (node->kind != ALZ_ATTACHMENT)
            continue;
        if (node->text[ALZ_PATH].len) {
            read_named(session, node);
            name_after_file(node);
        }
        if (!node->spool || node->spool->size == 0)
            unlink_child(node);
    }
}
