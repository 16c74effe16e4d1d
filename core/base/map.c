/* map.c - what is open, by name: a hash table that keeps the order. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/read.h>

#include <stdlib.h>
#include <time.h>

enum { FIRST_SLOTS = 64, ENTRIES_MAX = 100000 };

struct alz_map_node {
    struct alz_map_node *chain; /* of its slot */
    struct alz_map_node *prev, *next;
    uint64_t hash;
    char *key;
    size_t key_len;
    max_align_t entry[];
};

/* Keys are input: without a seed that it cannot know, somebody could write
 * keys that all fall into one slot. */
static uint64_t seed_of(const struct alz_map *map)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec ^
           (uint64_t)(uintptr_t)map;
}

static uint64_t hash_of(const struct alz_map *map, struct alz_str key)
{
    uint64_t hash = map->seed ^ UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < key.len; i++) {
        hash = (hash ^ (unsigned char)key.ptr[i]) * UINT64_C(0x100000001b3);
        hash ^= hash >> 29;
    }
    return hash;
}

static struct alz_map_node *node_of(const void *entry)
{
    union {
        const void *seen;
        char *own;
    } ptr = {entry};

    return (
        struct alz_map_node *)(void *)(ptr.own -
                                       offsetof(struct alz_map_node, entry));
}

void *alz_map_find(const struct alz_map *map, struct alz_str key)
{
    struct alz_map_node *node;
    uint64_t hash;

    if (map->count == 0)
        return NULL;
    hash = hash_of(map, key);
    node = map->slots[hash & (map->slot_count - 1)];
    for (; node != NULL; node = node->chain)
        if (node->hash == hash &&
            alz_str_equal((struct alz_str){node->key, node->key_len}, key))
            return node->entry;
    return NULL;
}

static void chain_in(struct alz_map *map, struct alz_map_node *node)
{
    struct alz_map_node **slot =
        &map->slots[node->hash & (map->slot_count - 1)];

    node->chain = *slot;
    *slot = node;
}

static bool grow(struct alz_map *map)
{
    size_t count = map->slot_count ? 2 * map->slot_count : (size_t)FIRST_SLOTS;
    struct alz_map_node **slots = calloc(count, sizeof *slots);

    if (slots == NULL) {
        map->starved = true;
        return false;
    }
    free(map->slots);
    map->slots = slots;
    map->slot_count = count;
    for (struct alz_map_node *node = map->first; node; node = node->next)
        chain_in(map, node);
    return true;
}

static struct alz_map_node *node_new(struct alz_map *map, struct alz_str key,
                                     size_t size)
{
    struct alz_map_node *node = calloc(1, sizeof *node + size);

    if (node != NULL) {
        node->key = malloc(key.len + 1);
        node->key_len = key.len;
    }
    if (node == NULL || node->key == NULL) {
        map->starved = true;
        free(node);
        return NULL;
    }
    if (key.len > 0)
        memcpy(node->key, key.ptr, key.len);
    return node;
}

void *alz_map_add(struct alz_map *map, struct alz_str key, size_t size)
{
    struct alz_map_node *node;

    if (map->count >= (map->max ? map->max : (size_t)ENTRIES_MAX))
        return NULL;
    if (map->seed == 0)
        map->seed = seed_of(map) | 1;
    if (map->count >= map->slot_count && !grow(map))
        return NULL;
    node = node_new(map, key, size);
    if (node == NULL)
        return NULL;
    node->hash = hash_of(map, key);
    chain_in(map, node);
    node->prev = map->last;
    if (map->last != NULL)
        map->last->next = node;
    else
        map->first = node;
    map->last = node;
    map->count++;
    return node->entry;
}

struct alz_str alz_map_key(const void *entry)
{
    const struct alz_map_node *node = node_of(entry);

    return (struct alz_str){node->key, node->key_len};
}

static void node_free(struct alz_map_node *node)
{
    free(node->key);
    free(node);
}

void alz_map_drop(struct alz_map *map, void *entry)
{
    struct alz_map_node *node = node_of(entry);
    struct alz_map_node **at = &map->slots[node->hash & (map->slot_count - 1)];

    while (*at != node)
        at = &(*at)->chain;
    *at = node->chain;
    if (node->prev != NULL)
        node->prev->next = node->next;
    else
        map->first = node->next;
    if (node->next != NULL)
        node->next->prev = node->prev;
    else
        map->last = node->prev;
    map->count--;
    node_free(node);
}

void *alz_map_next(const struct alz_map *map, const void *entry)
{
    struct alz_map_node *node = entry ? node_of(entry)->next : map->first;

    return node != NULL ? node->entry : NULL;
}

void alz_map_done(struct alz_map *map)
{
    struct alz_map_node *node, *next;

    if (map == NULL)
        return;
    for (node = map->first; node != NULL; node = next) {
        next = node->next;
        node_free(node);
    }
    free(map->slots);
    *map = (struct alz_map){0};
}
