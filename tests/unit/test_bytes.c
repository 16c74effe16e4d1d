/* test_bytes.c - streams over memory, descriptors and heads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/bytes.h"
#include "scratch.h"
#include "tap.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static void on_other_signal(int number)
{
    (void)number;
}

static void catch_signal(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};

    sigaction(number, &action, NULL);
}

/* A child that signals us a few times, whatever we are doing then. */
static pid_t signal_us(int number, int times)
{
    pid_t parent = getpid(), child = fork();

    if (child != 0)
        return child;
    for (int i = 0; i < times; i++) {
        usleep(20000);
        kill(parent, number);
    }
    _exit(0);
}

static void test_memory(void)
{
    struct alz_bytes_memory bytes;
    char to[8];

    alz_bytes_memory_init(&bytes, ALZ_STR("abcdef"), 0);
    OK(bytes.base.wait == NULL, "memory never blocks");
    NUM(bytes.base.read(&bytes.base, to, 4), 4, "as many as asked for");
    NUM(bytes.base.read(&bytes.base, to, 4), 2, "the rest");
    OK(memcmp(to, "ef", 2) == 0, "its bytes");
    NUM(bytes.base.read(&bytes.base, to, 4), 0, "the end");
    alz_bytes_memory_init(&bytes, ALZ_STR("abc"), 2);
    NUM(bytes.base.read(&bytes.base, to, 8), 2, "a piece");
    NUM(bytes.base.read(&bytes.base, to, 8), 1, "the last piece");
    alz_bytes_memory_init(&bytes, (struct alz_str){NULL, 0}, 1);
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "nothing");
}

static void test_head(void)
{
    struct alz_bytes_memory next;
    struct alz_bytes_head bytes;
    char to[8];

    alz_bytes_memory_init(&next, ALZ_STR("cd"), 0);
    alz_bytes_head_init(&bytes, ALZ_STR("ab"), &next.base);
    NUM(bytes.base.wait(&bytes.base, 0), 1, "a head is there");
    NUM(bytes.base.read(&bytes.base, to, 1), 1, "part of the head");
    NUM(bytes.base.read(&bytes.base, to + 1, 7), 1, "the rest of it");
    NUM(bytes.base.read(&bytes.base, to + 2, 6), 2, "what follows");
    OK(memcmp(to, "abcd", 4) == 0, "in order");
    NUM(bytes.base.wait(&bytes.base, 0), 1, "memory behind never blocks");
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "the end");
    alz_bytes_head_init(&bytes, ALZ_STR("x"), NULL);
    NUM(bytes.base.read(&bytes.base, to, 8), 1, "a head alone");
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "and its end");
}

static void test_head_of_pipe(void)
{
    struct alz_bytes_head head;
    struct alz_bytes_fd bytes;
    int fds[2];
    char to[8];

    OK(pipe(fds) == 0, "a pipe");
    alz_bytes_fd_init(&bytes, fds[0], NULL);
    alz_bytes_head_init(&head, ALZ_STR("x"), &bytes.base);
    NUM(head.base.wait(&head.base, 0), 1, "the head does not wait");
    head.base.read(&head.base, to, 8);
    NUM(head.base.wait(&head.base, 0), 0, "the pipe behind it does");
    close(fds[0]);
    close(fds[1]);
}

static void test_file(void)
{
    struct alz_bytes_fd bytes;
    const char *scratch = scratch_new();
    struct scratch path_at = scratch_path(scratch, "file");
    const char *path = path_at.path;
    char to[8];
    int fd;

    scratch_write(path, ALZ_STR("0123456789"));
    fd = open(path, O_RDONLY | O_CLOEXEC);
    stop = 0;
    alz_bytes_fd_init(&bytes, fd, &stop);
    OK(bytes.regular, "a file is regular");
    NUM(bytes.base.wait(&bytes.base, -1), 1, "and never blocks");
    NUM(bytes.base.read(&bytes.base, to, 8), 8, "eight bytes");
    NUM(bytes.base.read(&bytes.base, to, 8), 2, "two bytes");
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "the end");
    OK(bytes.count == 10 && !bytes.interrupted, "ten were counted");
    lseek(fd, 0, SEEK_SET);
    stop = 1;
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "stopped: the end");
    OK(bytes.interrupted, "and it tells");
    close(fd);
    scratch_remove(scratch);
}

static void test_errors(void)
{
    struct alz_bytes_fd bytes;
    char to[8];

    stop = 0;
    alz_bytes_fd_init(&bytes, -1, NULL);
    NUM(bytes.base.read(&bytes.base, to, 8), -1, "no descriptor");
    NUM(errno, EBADF, "errno says so");
    alz_bytes_fd_init(&bytes, 1000000, &stop);
    NUM(bytes.base.read(&bytes.base, to, 8), -1, "a closed one, with a stop");
    NUM(errno, EBADF, "errno says so");
    alz_bytes_fd_init(&bytes, open("/", O_RDONLY | O_CLOEXEC), &stop);
    NUM(bytes.base.read(&bytes.base, to, 8), -1, "a directory");
    NUM(errno, EISDIR, "errno says so");
    close(bytes.fd);
}

static void test_wait(void)
{
    struct alz_bytes_fd bytes;
    int fds[2];
    char to[8];

    OK(pipe(fds) == 0, "a pipe");
    alz_bytes_fd_init(&bytes, fds[0], NULL);
    OK(!bytes.regular, "a pipe is not regular");
    NUM(bytes.base.wait(&bytes.base, 0), 0, "nothing yet");
    NUM(bytes.base.wait(&bytes.base, 30), 0, "nor after a while");
    OK(write(fds[1], "ab", 2) == 2, "two bytes come");
    NUM(bytes.base.wait(&bytes.base, -1), 1, "wait sees them");
    NUM(bytes.base.read(&bytes.base, to, 8), 2, "read reads them");
    close(fds[1]);
    NUM(bytes.base.wait(&bytes.base, -1), 1, "the end does not block");
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "it is the end");
    NUM(bytes.count, 2, "two were counted");
    close(fds[0]);
}

static void *write_later(void *arg)
{
    const int *fd = arg;

    usleep(30000);
    return write(*fd, "x", 1) == 1 ? arg : NULL;
}

static void test_nonblocking(void)
{
    struct alz_bytes_fd bytes;
    pthread_t thread;
    int fds[2];
    char to[8];

    OK(pipe2(fds, O_NONBLOCK) == 0, "a pipe that does not block");
    alz_bytes_fd_init(&bytes, fds[0], NULL);
    pthread_create(&thread, NULL, write_later, &fds[1]);
    NUM(bytes.base.read(&bytes.base, to, 8), 1, "read waits all the same");
    pthread_join(thread, NULL);
    close(fds[0]);
    close(fds[1]);
}

static void test_other_signal(void)
{
    struct alz_bytes_fd bytes;
    int fds[2];
    pid_t child;

    catch_signal(SIGUSR2, on_other_signal);
    stop = 0;
    OK(pipe(fds) == 0, "a pipe");
    alz_bytes_fd_init(&bytes, fds[0], &stop);
    child = signal_us(SIGUSR2, 1);
    NUM(bytes.base.wait(&bytes.base, 250), 0, "a signal ends no wait");
    waitpid(child, NULL, 0);
    close(fds[0]);
    close(fds[1]);
}

static void test_read_survives(void)
{
    struct alz_bytes_fd bytes;
    pthread_t thread;
    int fds[2];
    char to[8];
    pid_t child;

    OK(pipe(fds) == 0, "a pipe");
    child = fork();
    if (child == 0) {
        for (int i = 0; i < 3; i++) {
            usleep(20000);
            kill(getppid(), SIGUSR2);
        }
        usleep(20000);
        _exit(write(fds[1], "x", 1) != 1);
    }
    alz_bytes_fd_init(&bytes, fds[0], NULL);
    NUM(bytes.base.read(&bytes.base, to, 8), 1, "a signal ends no read");
    waitpid(child, NULL, 0);
    pthread_create(&thread, NULL, write_later, &fds[1]);
    NUM(bytes.base.read(&bytes.base, to, 8), 1, "nor does another thread");
    pthread_join(thread, NULL);
    close(fds[0]);
    close(fds[1]);
}

static void test_stop(void)
{
    struct alz_bytes_fd bytes;
    int fds[2];
    char to[8];
    pid_t child;

    catch_signal(SIGUSR1, on_signal);
    stop = 0;
    OK(pipe(fds) == 0, "a pipe");
    alz_bytes_fd_init(&bytes, fds[0], &stop);
    child = signal_us(SIGUSR1, 1);
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "the signal ends the read");
    OK(bytes.interrupted && bytes.count == 0, "and it tells");
    NUM(bytes.base.wait(&bytes.base, -1), 1, "wait does not wait then");
    waitpid(child, NULL, 0);
    OK(write(fds[1], "x", 1) == 1, "more bytes come");
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "but it stays ended");
    close(fds[0]);
    close(fds[1]);
}

/* Set by another process, without a signal: nothing interrupts our poll. */
static void test_stop_unseen(void)
{
    volatile sig_atomic_t *shared =
        mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct alz_bytes_fd bytes;
    int fds[2];
    char to[8];
    pid_t child;

    OK(pipe(fds) == 0, "a pipe");
    alz_bytes_fd_init(&bytes, fds[0], shared);
    child = fork();
    if (child == 0) {
        usleep(20000);
        *shared = 1;
        _exit(0);
    }
    NUM(bytes.base.read(&bytes.base, to, 8), 0, "a missed signal is seen");
    OK(bytes.interrupted, "and it tells");
    waitpid(child, NULL, 0);
    close(fds[0]);
    close(fds[1]);
}

int main(void)
{
    test_memory();
    test_head();
    test_head_of_pipe();
    test_file();
    test_errors();
    test_wait();
    test_nonblocking();
    test_other_signal();
    test_read_survives();
    test_stop();
    test_stop_unseen();
    return tap_done();
}
