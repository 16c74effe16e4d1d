/* files.c - images and files inside the report become attachments. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ctest.h"

static const struct alz_diag damaged = {
    ALZ_WARNING, "ctest/file", "a file in the report cannot be read", 0};
static const struct alz_diag too_large = {ALZ_WARNING, "ctest/large-file",
                                          "a file in the report was cut", 0};

/* Types by the ending of a file's name; others are told by their bytes. */
static const struct media {
    const char *ending, *type;
} medias[] = {
    {".txt",  "text/plain"      },
    {".log",  "text/plain"      },
    {".json", "application/json"},
    {".xml",  "application/xml" },
    {".html", "text/html"       },
    {".csv",  "text/csv"        },
    {".yaml", "application/yaml"},
    {".yml",  "application/yaml"},
    {".png",  "image/png"       },
    {".jpg",  "image/jpeg"      },
    {".jpeg", "image/jpeg"      },
    {".gif",  "image/gif"       },
    {".webp", "image/webp"      },
    {".bmp",  "image/bmp"       },
    {".mp4",  "video/mp4"       },
    {".webm", "video/webm"      },
    {".pdf",  "application/pdf" },
    {".zip",  "application/zip" },
    {".gz",   "application/gzip"},
};

/* A file on its way out. */
struct outgoing {
    struct ctest *state;
    struct alz_out *out;
    alz_ref attachment;
    unsigned members;
    bool typed;
};

/* ---- names -------------------------------------------------------------- */

static struct alz_str last_part(struct alz_str path)
{
    struct alz_str part = path;

    while (alz_str_split(&path, '/', &part))
        ;
    return part;
}

/* "Attached File" is what CTest calls every file of ATTACHED_FILES. */
static struct alz_str shown_name(const struct ctest_measurement *measurement,
                                 struct alz_str member)
{
    struct alz_str name = alz_text_str(&measurement->name);
    struct alz_str file = last_part(alz_text_str(&measurement->file_name));

    if (name.len && !alz_str_is(name, "Attached File"))
        return name;
    if (member.len)
        return member;
    return file.len ? file : name;
}

static const char *type_of_name(struct alz_str name)
{
    for (size_t i = 0; i < sizeof(medias) / sizeof(*medias); i++) {
        size_t len = strlen(medias[i].ending);

        if (name.len > len &&
            alz_str_is_nocase(alz_str_from_offset(name, name.len - len),
                              medias[i].ending))
            return medias[i].type;
    }
    return NULL;
}

/* ---- out ---------------------------------------------------------------- */

static void begin_file(void *ctx, struct alz_str member)
{
    struct outgoing *outgoing = ctx;
    struct ctest *state = outgoing->state;
    const struct ctest_measurement *measurement = &state->measurement;
    struct alz_str type = alz_text_str(&measurement->type);
    struct alz_str file =
        member.len ? member : alz_text_str(&measurement->file_name);
    const char *known = type_of_name(file);

    alz_end(outgoing->out, outgoing->attachment);
    outgoing->attachment =
        alz_begin(outgoing->out, state->test.ref, ALZ_ATTACHMENT);
    outgoing->typed = true;
    alz_text_clear(&state->scratch);
    ctest_repair(state, outgoing->out, shown_name(measurement, member),
                 &state->scratch);
    if (outgoing->members++ && member.len) {
        alz_text_clear(&state->scratch);
        ctest_add(state, outgoing->out, &state->scratch, member);
    }
    alz_set_text(outgoing->out, outgoing->attachment, ALZ_NAME,
                 alz_text_str(&state->scratch));
    if (alz_str_find(type, "/") != SIZE_MAX)
        alz_set_text(outgoing->out, outgoing->attachment, ALZ_MEDIA_TYPE, type);
    else if (known)
        alz_set_text(outgoing->out, outgoing->attachment, ALZ_MEDIA_TYPE,
                     alz_str_from(known));
    else
        outgoing->typed = false;
}

/* Text has no NUL in its first bytes. */
static void write_file(void *ctx, struct alz_str piece)
{
    struct outgoing *outgoing = ctx;

    if (!outgoing->typed)
        alz_set_text(outgoing->out, outgoing->attachment, ALZ_MEDIA_TYPE,
                     memchr(piece.ptr, '\0', piece.len)
                         ? ALZ_STR("application/octet-stream")
                         : ALZ_STR("text/plain"));
    outgoing->typed = true;
    alz_write(outgoing->out, outgoing->attachment, piece);
}

static void report(struct ctest *state, struct alz_out *out,
                   enum alz_payload_end end, const char *why)
{
    struct alz_text *text = &state->scratch;

    if (end == ALZ_PAYLOAD_NO_MEMORY) {
        ctest_out_of_memory(state, out);
        return;
    }
    if (end == ALZ_PAYLOAD_WHOLE)
        return;
    alz_text_clear(text);
    ctest_add(state, out, text, alz_text_str(&state->test.name));
    ctest_add(state, out, text, ALZ_STR(": "));
    ctest_add(state, out, text, shown_name(&state->measurement, ALZ_STR("")));
    ctest_add(state, out, text, ALZ_STR(": "));
    ctest_add(state, out, text, alz_str_from(why));
    alz_report(out, end == ALZ_PAYLOAD_CUT ? &too_large : &damaged,
               alz_text_str(text));
}

/* ---- images to compare -------------------------------------------------- */

/* Names that VTK, CDash and their users give them. */
static const struct role {
    const char *name;
    int image;
} roles[] = {
    {"ValidImage",       CTEST_EXPECTED  },
    {"BaselineImage",    CTEST_EXPECTED  },
    {"TestImage",        CTEST_ACTUAL    },
    {"DifferenceImage",  CTEST_DIFFERENCE},
    {"DifferenceImage2", CTEST_DIFFERENCE},
};

/* Types a browser shows, and none that it would run. */
static bool is_shown(struct alz_str type)
{
    static const char *const types[] = {"image/png", "image/jpeg", "image/gif",
                                        "image/webp", "image/bmp"};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (alz_str_is(type, types[i]))
            return true;
    return false;
}

static int image_of(const struct ctest_measurement *measurement)
{
    struct alz_str name = alz_text_str(&measurement->name);

    if (!is_shown(alz_text_str(&measurement->type)))
        return -1;
    for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++)
        if (alz_str_is(name, roles[i].name))
            return roles[i].image;
    return -1;
}

/* Without blanks, as it will stand in a JSON string. */
static void keep_image(struct ctest *state, struct alz_str piece)
{
    struct alz_text *image = &state->files.images[state->files.image];

    image->max = CTEST_IMAGE_MAX;
    while (piece.len) {
        size_t len = 0;

        while (len < piece.len && piece.ptr[len] > ' ')
            len++;
        alz_text_add(image, (struct alz_str){piece.ptr, len});
        piece = alz_str_from_offset(piece, len + 1);
    }
}

static void forget_images(struct ctest_files *files)
{
    for (size_t i = 0; i < CTEST_IMAGES; i++)
        alz_text_done(&files->images[i]);
}

static void write_image(struct alz_out *out, alz_ref attachment,
                        const struct ctest_files *files, int image,
                        const char *name)
{
    if (!files->images[image].len)
        return;
    alz_write(out, attachment, alz_str_from(name));
    alz_write(out, attachment, alz_str_from(files->types[image]));
    alz_write(out, attachment, ALZ_STR(";base64,"));
    alz_write(out, attachment, alz_text_str(&files->images[image]));
    alz_write(out, attachment, ALZ_STR("\""));
}

void ctest_images_tell(struct ctest *state, struct alz_out *out)
{
    struct ctest_files *files = &state->files;
    alz_ref attachment;

    if (files->images[CTEST_EXPECTED].len && files->images[CTEST_ACTUAL].len) {
        attachment = alz_begin(out, state->test.ref, ALZ_ATTACHMENT);
        alz_set_text(out, attachment, ALZ_NAME, ALZ_STR("image comparison"));
        alz_set_text(out, attachment, ALZ_MEDIA_TYPE,
                     ALZ_STR("application/vnd.allure.image.diff"));
        write_image(out, attachment, files, CTEST_EXPECTED,
                    "{\"expected\":\"data:");
        write_image(out, attachment, files, CTEST_ACTUAL,
                    ",\"actual\":\"data:");
        write_image(out, attachment, files, CTEST_DIFFERENCE,
                    ",\"diff\":\"data:");
        alz_write(out, attachment, ALZ_STR("}"));
        alz_end(out, attachment);
    }
    forget_images(files);
}

/* ---- elements ----------------------------------------------------------- */

void ctest_file_open(struct ctest *state)
{
    struct ctest_files *files = &state->files;
    struct alz_str type = alz_text_str(&state->measurement.type);

    alz_payload_done(&files->payload);
    files->image = image_of(&state->measurement);
    if (files->image < 0)
        return;
    alz_text_clear(&files->images[files->image]);
    memset(files->types[files->image], 0, sizeof(files->types[0]));
    memcpy(files->types[files->image], type.ptr,
           type.len < sizeof(files->types[0]) ? type.len : 0);
}

void ctest_file_text(struct ctest *state, struct alz_str piece)
{
    alz_payload_add(&state->files.payload, piece);
    if (state->files.image >= 0)
        keep_image(state, piece);
}

/* One that is not whole is not compared. */
static void settle_image(struct ctest *state, struct alz_out *out,
                         enum alz_payload_end end)
{
    struct alz_text *image = &state->files.images[state->files.image];

    if (image->full && image->len < image->max)
        ctest_out_of_memory(state, out);
    if (image->full || end != ALZ_PAYLOAD_WHOLE)
        alz_text_done(image);
}

void ctest_file_close(struct ctest *state, struct alz_out *out)
{
    struct outgoing outgoing = {.state = state, .out = out};
    const struct alz_payload_sink sink = {begin_file, write_file, &outgoing};
    const char *why;
    enum alz_payload_end end = alz_payload_read(
        &state->files.payload,
        state->measurement.packed ? ALZ_PAYLOAD_TAR : ALZ_PAYLOAD_PLAIN, NULL,
        &sink, &why);

    alz_end(out, outgoing.attachment);
    report(state, out, end, why);
    if (state->files.image >= 0)
        settle_image(state, out, end);
    alz_payload_done(&state->files.payload);
}

void ctest_files_done(struct ctest_files *files)
{
    alz_payload_done(&files->payload);
    forget_images(files);
}
