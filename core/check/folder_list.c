/* folder_list.c - lists a results directory and reads its files. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/folder_list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FIRST_ENTRIES = 256,
    FIRST_BYTES = 16384,
    KEEP_BYTES = 1 << 20,
    SIZE_MAX_MIB = 64
};

static const off_t size_max = (off_t)SIZE_MAX_MIB << 20;

/* ---- listing ---------------------------------------------------------- */

static int grow(struct alz_folder *folder)
{
    size_t capacity = folder->capacity ? 2 * folder->capacity : FIRST_ENTRIES;
    struct alz_folder_entry *entries;

    if (folder->count < folder->capacity)
        return 0;
    entries = realloc(folder->entries, capacity * sizeof(*entries));
    if (!entries)
        return -1;
    folder->entries = entries;
    folder->capacity = capacity;
    return 0;
}

/* Some file systems do not say what an entry is. */
static unsigned char type_of(const struct alz_folder *folder,
                             const struct dirent *at)
{
    struct stat info;

    if (at->d_type != DT_UNKNOWN)
        return at->d_type;
    if (fstatat(folder->fd, at->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_UNKNOWN;
    return S_ISREG(info.st_mode)   ? DT_REG
           : S_ISLNK(info.st_mode) ? DT_LNK
                                   : DT_UNKNOWN;
}

static int add(struct alz_folder *folder, const struct dirent *at)
{
    struct alz_str name = alz_str_from(at->d_name);
    unsigned char type = type_of(folder, at);
    struct alz_str copy = alz_arena_copy(&folder->names, name);

    if (!copy.ptr || grow(folder) != 0 || folder->count == ALZ_NO_FILE) {
        errno = ENOMEM;
        return -1;
    }
    folder->entries[folder->count++] = (struct alz_folder_entry){
        .name = copy.ptr,
        .user = ALZ_NO_FILE,
        .kind = (uint8_t)alz_file_kind_of(name),
        .regular = type == DT_REG,
        .link = type == DT_LNK,
    };
    return 0;
}

static int compare(const void *a, const void *b)
{
    const struct alz_folder_entry *left = a, *right = b;

    return strcmp(left->name, right->name);
}

static int list(struct alz_folder *folder, DIR *dir)
{
    const struct dirent *at;

    for (;;) {
        errno = 0;
        at = readdir(dir);
        if (!at)
            return errno ? -1 : 0;
        if (strcmp(at->d_name, ".") == 0 || strcmp(at->d_name, "..") == 0)
            continue;
        if (add(folder, at) != 0)
            return -1;
    }
}

int alz_folder_list(struct alz_folder *folder)
{
    int fd = dup(folder->fd), status, error;
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);

    if (!dir) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    status = list(folder, dir);
    error = errno;
    closedir(dir);
    errno = error;
    if (status == 0 && folder->count)
        qsort(folder->entries, folder->count, sizeof(*folder->entries),
              compare);
    return status;
}

struct alz_folder_entry *alz_folder_find(const struct alz_folder *folder,
                                         struct alz_str name)
{
    size_t low = 0, high = folder->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct alz_folder_entry *entry = &folder->entries[middle];
        int order = strncmp(entry->name, name.ptr, name.len);

        if (order == 0 && entry->name[name.len] == '\0')
            return entry;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- reading ---------------------------------------------------------- */

/* A huge file's memory is not kept for the small ones behind it. */
static bool reserve(struct alz_folder *folder, size_t size)
{
    size_t cap = size < FIRST_BYTES ? FIRST_BYTES : size;

    if (folder->bytes_cap >= size &&
        (folder->bytes_cap <= KEEP_BYTES || size > KEEP_BYTES))
        return true;
    free(folder->bytes);
    folder->bytes = malloc(cap);
    folder->bytes_cap = folder->bytes ? cap : 0;
    folder->out_of_memory |= !folder->bytes;
    return folder->bytes != NULL;
}

static void find_error(struct alz_folder *folder)
{
    alz_findings_addf(&folder->findings, "file/unreadable", "%s",
                      strerror(errno));
}

/* What fstat says, if it is a file that may be read. */
static bool examine(struct alz_folder *folder, int fd, size_t *ret)
{
    struct stat info;

    if (fstat(fd, &info) != 0) {
        find_error(folder);
        return false;
    }
    if (!S_ISREG(info.st_mode)) {
        alz_findings_addf(&folder->findings, "file/not-regular",
                          "not a regular file");
        return false;
    }
    if (info.st_size > size_max) {
        alz_findings_addf(&folder->findings, "file/size",
                          "%lld bytes, %d MiB are checked",
                          (long long)info.st_size, (int)SIZE_MAX_MIB);
        return false;
    }
    *ret = (size_t)info.st_size;
    return true;
}

/* Up to size bytes: what is appended meanwhile is not waited for. */
static bool read_all(struct alz_folder *folder, int fd, size_t size,
                     struct alz_str *ret)
{
    size_t len = 0;

    while (len < size) {
        ssize_t got = read(fd, folder->bytes + len, size - len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            find_error(folder);
            return false;
        }
        if (got == 0)
            break;
        len += (size_t)got;
    }
    *ret = (struct alz_str){folder->bytes, len};
    folder->counts->bytes += len;
    return true;
}

bool alz_folder_read(struct alz_folder *folder,
                     const struct alz_folder_entry *entry, struct alz_str *ret)
{
    size_t size = 0;
    bool good;
    int fd = openat(folder->fd, entry->name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

    if (fd < 0) {
        find_error(folder);
        return false;
    }
    good = examine(folder, fd, &size) && reserve(folder, size) &&
           read_all(folder, fd, size, ret);
    close(fd);
    return good;
}
