/* tree.c - a small JSON text as linked values: what schemas are made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/tree.h"

#include "base/buf.h"
#include "base/pool.h"

#include <yajl/yajl_parse.h>

struct builder {
    struct alz_arena *arena;
    struct alz_tree *root, *open;
    struct alz_str key;
    size_t depth;
};

/* ---- events ----------------------------------------------------------- */

static void adopt(struct alz_tree *parent, struct alz_tree *tree)
{
    tree->parent = parent;
    tree->index = parent->count++;
    if (parent->last)
        parent->last->next = tree;
    else
        parent->first = tree;
    parent->last = tree;
}

static struct alz_tree *add(struct builder *builder, enum alz_json_type type,
                            struct alz_str text)
{
    struct alz_tree *tree = alz_arena_alloc(builder->arena, sizeof(*tree));

    if (!tree)
        return NULL;
    tree->type = type;
    tree->key = builder->key;
    tree->text = alz_arena_copy(builder->arena, text);
    builder->key = (struct alz_str){NULL, 0};
    if (builder->open)
        adopt(builder->open, tree);
    else
        builder->root = tree;
    return builder->arena->failed ? NULL : tree;
}

static int open(struct builder *builder, enum alz_json_type type)
{
    struct alz_tree *tree = add(builder, type, (struct alz_str){NULL, 0});

    if (!tree || builder->depth == ALZ_TREE_DEPTH_MAX)
        return 0;
    builder->open = tree;
    builder->depth++;
    return 1;
}

static int on_close(void *ctx)
{
    struct builder *builder = ctx;

    builder->open = builder->open->parent;
    builder->depth--;
    return 1;
}

static int on_null(void *ctx)
{
    return add(ctx, ALZ_JSON_NULL, ALZ_STR("null")) != NULL;
}

static int on_boolean(void *ctx, int value)
{
    return add(ctx, value ? ALZ_JSON_TRUE : ALZ_JSON_FALSE,
               value ? ALZ_STR("true") : ALZ_STR("false")) != NULL;
}

static int on_number(void *ctx, const char *text, size_t len)
{
    return add(ctx, ALZ_JSON_NUMBER, (struct alz_str){text, len}) != NULL;
}

static int on_string(void *ctx, const unsigned char *text, size_t len)
{
    return add(ctx, ALZ_JSON_STRING,
               (struct alz_str){(const char *)text, len}) != NULL;
}

static int on_key(void *ctx, const unsigned char *text, size_t len)
{
    struct builder *builder = ctx;

    builder->key = alz_arena_copy(builder->arena,
                                  (struct alz_str){(const char *)text, len});
    return builder->key.ptr != NULL;
}

static int on_object(void *ctx)
{
    return open(ctx, ALZ_JSON_OBJECT);
}

static int on_array(void *ctx)
{
    return open(ctx, ALZ_JSON_ARRAY);
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_map_key = on_key,
    .yajl_start_map = on_object,
    .yajl_end_map = on_close,
    .yajl_start_array = on_array,
    .yajl_end_array = on_close,
};

/* ---- parsing ---------------------------------------------------------- */

static const char *refusal(const struct builder *builder)
{
    if (builder->arena->failed)
        return "out of memory";
    return builder->depth == ALZ_TREE_DEPTH_MAX ? "nested too deep"
                                                : "not well-formed JSON";
}

static const char *parse(struct builder *builder, struct alz_pool *pool,
                         struct alz_str json)
{
    yajl_alloc_funcs memory = {alz_pool_malloc, alz_pool_realloc, alz_pool_free,
                               pool};
    yajl_handle handle;

    if (setjmp(pool->escape) != 0)
        return "out of memory";
    handle = yajl_alloc(&callbacks, &memory, builder);
    if (yajl_parse(handle, (const unsigned char *)json.ptr, json.len) !=
            yajl_status_ok ||
        yajl_complete_parse(handle) != yajl_status_ok)
        return refusal(builder);
    return NULL;
}

struct alz_tree *alz_tree_parse(struct alz_arena *arena, struct alz_str json,
                                struct alz_text *error)
{
    struct builder builder = {.arena = arena};
    struct alz_pool pool;
    const char *problem;

    alz_pool_init(&pool, 0);
    problem = parse(&builder, &pool, json);
    alz_pool_done(&pool);
    if (!problem)
        return builder.root;
    alz_buf_printf(error, "#: %s", problem);
    return NULL;
}

/* ---- pointers --------------------------------------------------------- */

struct alz_tree *alz_tree_member(const struct alz_tree *object,
                                 struct alz_str key)
{
    for (struct alz_tree *at = object->first; at; at = at->next)
        if (alz_str_equal(at->key, key))
            return at;
    return NULL;
}

struct alz_tree *alz_tree_at(struct alz_tree *root, struct alz_str pointer)
{
    struct alz_str part;

    alz_str_split(&pointer, '/', &part); /* "" in front of the first "/" */
    while (root && alz_str_split(&pointer, '/', &part))
        root = alz_tree_member(root, part);
    return root;
}

void alz_pointer_add(struct alz_text *ret, struct alz_str part)
{
    alz_buf_putc(ret, '/');
    for (size_t i = 0; i < part.len; i++) {
        char byte = part.ptr[i];

        if (byte == '~' || byte == '/') {
            alz_buf_putc(ret, '~');
            byte = byte == '~' ? '0' : '1';
        }
        alz_buf_putc(ret, byte);
    }
}

void alz_tree_pointer(const struct alz_tree *tree, struct alz_text *ret)
{
    const struct alz_tree *path[ALZ_TREE_DEPTH_MAX + 1];
    size_t depth = 0;

    for (; tree->parent; tree = tree->parent)
        path[depth++] = tree;
    while (depth > 0) {
        const struct alz_tree *at = path[--depth];

        if (at->parent->type == ALZ_JSON_OBJECT)
            alz_pointer_add(ret, at->key);
        else
            alz_buf_printf(ret, "/%zu", at->index);
    }
}
