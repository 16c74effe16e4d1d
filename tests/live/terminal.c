/* terminal.c - a command in a terminal: Ctrl-C is told to it once, by one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stage.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct terminal {
    int fd;
    pid_t pid;
    char said[8192];
    size_t len;
};

/* In a session of its own, whose terminal is the other end of fd. */
static void play(const char *slave, char *const *words)
{
    int fd;

    setsid();
    fd = open(slave, O_RDWR);
    if (fd < 0 || ioctl(fd, TIOCSCTTY, 0))
        _exit(96);
    for (int i = 0; i < 3; i++)
        dup2(fd, i);
    execv(words[0], words);
    _exit(95);
}

static void start(struct terminal *terminal, char *const *words)
{
    const char *slave;

    *terminal = (struct terminal){.fd = posix_openpt(O_RDWR | O_NOCTTY)};
    if (grantpt(terminal->fd) || unlockpt(terminal->fd) ||
        !(slave = ptsname(terminal->fd))) {
        printf("1..0 # SKIP no terminal here\n");
        exit(77);
    }
    terminal->pid = fork();
    if (terminal->pid == 0)
        play(slave, words);
}

/* Reads until it says so, or ends. */
static bool hear(struct terminal *terminal, const char *text)
{
    while (!text || !strstr(terminal->said, text)) {
        size_t room = sizeof(terminal->said) - 1 - terminal->len;
        ssize_t got = read(terminal->fd, terminal->said + terminal->len, room);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        terminal->len += (size_t)got;
    }
    return true;
}

static int end(struct terminal *terminal)
{
    int status = -1;

    hear(terminal, NULL);
    waitpid(terminal->pid, &status, 0);
    close(terminal->fd);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *word(const char *text)
{
    return (char *)(uintptr_t)text;
}

int main(int argc, char **argv)
{
    char *allurize = argc > 1 ? argv[1] : word("allurize");
    char *actor = argc > 2 ? argv[2] : word("actor");
    struct stage stage;
    struct terminal terminal;
    char *caught[] = {allurize,    word("run"),   word("-q"), word("-f"),
                      word("tap"), word("-o"),    stage.out,  word("--"),
                      actor,       word("catch"), NULL};
    char *reader[] = {allurize,
                      word("run"),
                      word("-q"),
                      word("-f"),
                      word("tap"),
                      word("-o"),
                      stage.out,
                      word("--"),
                      word("/bin/sh"),
                      word("-c"),
                      word("echo 1..1; echo ask; read x; echo ok 1 - $x"),
                      NULL};
    char *unread[] = {allurize,
                      word("run"),
                      word("-q"),
                      word("--stream"),
                      word("none"),
                      word("-o"),
                      stage.out,
                      word("--"),
                      word("/bin/sh"),
                      word("-c"),
                      word("test -t 1 && test -t 2 && echo terminal"),
                      NULL};

    stage_init(&stage);
    start(&terminal, caught);
    OK(hear(&terminal, "ok 1"), "the command's output is shown");
    OK(write(terminal.fd, "\003", 1) == 1, "Ctrl-C");
    NUM(end(&terminal), 42, "is SIGINT for the command");
    OK(strstr(terminal.said, "# got 2") != NULL, "which says so");
    start(&terminal, reader);
    OK(hear(&terminal, "ask"), "a command that asks");
    OK(write(terminal.fd, "me\n", 3) == 3, "and is answered");
    NUM(end(&terminal), 0, "goes on");
    OK(strstr(terminal.said, "ok 1 - me") != NULL, "with the answer");
    start(&terminal, unread);
    NUM(end(&terminal), 0, "a command that is not read");
    OK(strstr(terminal.said, "terminal") != NULL, "has the terminal itself");
    stage_done(&stage);
    return tap_done();
}
