/* attach.c - attachments a report names or holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "attach.h"

enum { DATA_MAX = 8 * 1024 * 1024, MEDIA_TYPE_MAX = 127 };

void junit_attach_bytes(struct alz_out *out, alz_ref ref, struct alz_str name,
                        const char *media_type, struct alz_str bytes)
{
    alz_ref attachment = alz_begin(out, ref, ALZ_ATTACHMENT);

    alz_set_text(out, attachment, ALZ_NAME, name);
    if (*media_type)
        alz_set_text(out, attachment, ALZ_MEDIA_TYPE, alz_str_from(media_type));
    alz_write(out, attachment, bytes);
    alz_end(out, attachment);
}

void junit_attach_base64(struct junit *state, struct alz_out *out, alz_ref ref,
                         struct alz_str name, const char *media_type,
                         struct alz_str text)
{
    struct alz_text bytes = {.max = DATA_MAX};

    bool good = alz_base64_decode(text, &bytes);

    if (bytes.full && text.len / 4 * 3 <= DATA_MAX) {
        junit_out_of_memory(state);
    } else if (good && !bytes.full) {
        junit_attach_bytes(out, ref, name, media_type, alz_text_str(&bytes));
    } else {
        junit_report(out, JUNIT_BAD_DATA, junit_shorten(name, 80));
        junit_attach_bytes(out, ref, name, "text/plain", text);
    }
    alz_text_done(&bytes);
}

/* The last part of a path with either kind of slash. */
static struct alz_str base_name(struct alz_str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/' || path.ptr[i - 1] == '\\')
            return alz_str_from_offset(path, i);
    return path;
}

static void attach_path(struct alz_out *out, alz_ref ref, struct alz_str path)
{
    alz_ref attachment = alz_begin(out, ref, ALZ_ATTACHMENT);

    alz_set_text(out, attachment, ALZ_NAME, base_name(path));
    alz_set_text(out, attachment, ALZ_PATH, path);
    alz_end(out, attachment);
}

/* "data:<type>[;filename=f][;base64],<data>" */
static bool attach_data(struct junit *state, struct alz_out *out, alz_ref ref,
                        struct alz_str value)
{
    struct alz_str rest = alz_str_from_offset(value, strlen("data:"));
    size_t comma = alz_str_find(rest, ",");
    struct alz_str head = junit_head(rest, comma), part;
    struct alz_str name = ALZ_STR("attachment");
    char media_type[MEDIA_TYPE_MAX + 1] = "";
    bool base64 = false;

    if (comma == SIZE_MAX)
        return false;
    alz_str_split(&head, ';', &part);
    if (part.len <= MEDIA_TYPE_MAX && part.len)
        memcpy(media_type, part.ptr, part.len);
    while (alz_str_split(&head, ';', &part)) {
        base64 |= alz_str_is(part, "base64");
        if (alz_str_starts(part, "filename=") || alz_str_starts(part, "name="))
            name = alz_str_from_offset(part, alz_str_find(part, "=") + 1);
    }
    struct alz_str data = alz_str_from_offset(rest, comma + 1);
    if (base64)
        junit_attach_base64(state, out, ref, name, media_type, data);
    else
        junit_attach_bytes(out, ref, name, media_type, data);
    return true;
}

void junit_attach_value(struct junit *state, struct alz_out *out, alz_ref ref,
                        struct alz_str value)
{
    value = alz_str_trim(value);
    if (!value.len)
        return;
    if (alz_str_starts(value, "http://") || alz_str_starts(value, "https://"))
        alz_add(out, ref, ALZ_LINK, ALZ_STR("attachment"), value);
    else if (!alz_str_starts(value, "data:") ||
             !attach_data(state, out, ref, value))
        attach_path(out, ref, value);
}
