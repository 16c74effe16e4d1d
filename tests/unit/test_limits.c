/* test_limits.c - what is too long or too deep, names of attachments. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

static const struct alz_policy_options options = {
    .run_id = {"run",       3 },
    .limits = { .name = 10,
               .parameter = 12,
               .message = 20,
               .trace = 30,
               .step_depth = 3},
};

static void lengths(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "0123456789");
    kit_say(&kit, test, ALZ_MESSAGE, "01234567890123456789");
    kit_say(&kit, test, ALZ_TRACE, "012345678901234567890123456789");
    kit_add(&kit, test, ALZ_PARAMETER, "p", "012345678901");
    alz_end(kit.out, test);
    test = kit_begin(&kit, 0, ALZ_TEST, "0123456789A");
    kit_say(&kit, test, ALZ_MESSAGE, "01234567890123456789A");
    kit_say(&kit, test, ALZ_TRACE, "012345678901234567890123456789A");
    kit_add(&kit, test, ALZ_PARAMETER, "p", "012345678901A");
    kit_add(&kit, test, ALZ_LABEL, "0123456789A", "0123456789A");
    alz_end(kit.out, test);
    HAS(&kit, 0, "name: 0123456789", "at the limit nothing is cut");
    HAS(&kit, 0, "message: 01234567890123456789", "of a message");
    HAS(&kit, 0, "trace: 012345678901234567890123456789", "of a trace");
    HAS(&kit, 0, "parameter: p=012345678901", "of a parameter");
    HAS(&kit, 1, "name: 0123456...", "beyond it a name is");
    HAS(&kit, 1, "fullName: 0123456...", "a full name");
    HAS(&kit, 1, "message: 01234567890123456789\n[... 1 bytes cut]",
        "a message, which says how much");
    HAS(&kit, 1, "trace: 012345678901234567890123456789\n[... 1 bytes cut]",
        "a trace");
    HAS(&kit, 1, "parameter: p=012345678...", "a parameter");
    HAS(&kit, 1, "label: 0123456...=0123456...", "a label");
    kit_done(&kit);
}

static void identity_is_whole(void)
{
    struct kit kit;
    alz_ref test;

    kit_init(&kit, &options);
    for (int i = 0; i < 2; i++) {
        test = kit_begin(&kit, 0, ALZ_TEST,
                         i ? "0123456789, one" : "0123456789, two");
        alz_end(kit.out, test);
    }
    IS(kit_value(&kit, 0, "name"), "0123456...", "cut alike");
    IS(kit_value(&kit, 1, "name"), "0123456...", "to the same name");
    OK(!alz_str_equal(kit_value(&kit, 0, "testCaseId"),
                      kit_value(&kit, 1, "testCaseId")),
       "they are two tests still");
    NUM(kit.reports, 0, "and no duplicates");
    kit_done(&kit);
}

static void characters(void)
{
    struct kit kit;

    kit_init(&kit, &options);
    kit_whole(&kit, 0, ALZ_TEST, "012345\xe2\x82\xac\xe2\x82\xac", ALZ_PASSED);
    IS(kit_value(&kit, 0, "name"), "012345...", "no character is cut");
    kit_done(&kit);
}

static void title_path(void)
{
    struct kit kit;
    alz_ref suite = 0;
    size_t levels = 0;
    struct alz_str path;

    kit_init(&kit, &options);
    for (int i = 0; i < 100; i++)
        suite =
            kit_begin(&kit, suite, ALZ_SUITE, i ? "s" : "a long name of it");
    kit_whole(&kit, suite, ALZ_TEST, "t", ALZ_PASSED);
    path = kit_value(&kit, 0, "path");
    for (size_t i = 0; i < path.len; i++)
        levels += path.ptr[i] == '[';
    NUM(levels, 64, "64 levels of a title path");
    OK(alz_str_starts(path, "[a long ...] [s]"), "from the outside");
    kit_done(&kit);
}

static void depth(void)
{
    struct kit kit;
    alz_ref test, step, inner;

    kit_init(&kit, &options);
    test = kit_begin(&kit, 0, ALZ_TEST, "t");
    step = kit_begin(&kit, test, ALZ_STEP, "1");
    step = kit_begin(&kit, step, ALZ_STEP, "2");
    inner = kit_begin(&kit, step, ALZ_STEP, "3");
    kit_begin(&kit, inner, ALZ_ATTACHMENT, "of 3");
    inner = kit_begin(&kit, inner, ALZ_STEP, "4");
    kit_whole(&kit, inner, ALZ_STEP, "5a", ALZ_PASSED);
    kit_whole(&kit, inner, ALZ_STEP, "5b", ALZ_PASSED);
    kit_whole(&kit, step, ALZ_STEP, "3b", ALZ_FAILED);
    alz_end(kit.out, test);
    OK(kit_has(&kit.log, "report policy/deep-steps 0 t"), "it is said");
    NUM(kit.reports, 1, "once");
    OK(kit_has_quietly(&kit.blocks[0],
                       "  step 1 failed\n    step 2 failed\n"
                       "      step 3 passed\n        attachment of 3"),
       "three levels stay, and what is attached to them");
    HAS(&kit, 0,
        "      step 4 passed\n      step 5a passed\n      step 5b passed\n"
        "      step 3b failed",
        "deeper ones follow in their order");
    kit_done(&kit);
}

static void very_deep(void)
{
    struct kit kit;
    alz_ref step;
    size_t lines = 0;

    kit_init(&kit, &options);
    step = kit_begin(&kit, 0, ALZ_TEST, "t");
    for (int i = 0; i < 50000; i++)
        step = kit_begin(&kit, step, ALZ_STEP, "s");
    alz_set_status(kit.out, step, ALZ_FAILED, 0);
    kit_finish(&kit);
    for (struct alz_str rest = alz_text_str(&kit.blocks[0]), line;
         alz_str_split(&rest, '\n', &line);)
        lines += alz_str_starts(line, "  step s failed") ||
                 alz_str_starts(line, "    step s failed") ||
                 alz_str_starts(line, "      step s failed");
    NUM(lines, 50000, "no step of fifty thousand is lost");
    kit_done(&kit);
}

/* ---- attachments ------------------------------------------------------ */

static const struct attached {
    const char *type, *path; /* as said */
    const char *want, *ending;
} attacheds[] = {
    {NULL,                    NULL,          "text/plain",        ".txt" },
    {"text/plain",            NULL,          "text/plain",        ".txt" },
    {"image/png",             NULL,          "image/png",         ".png" },
    {"IMAGE/JPEG",            NULL,          "image/jpeg",        ".jpg" },
    {"text/html",             NULL,          "text/plain",        ".txt" },
    {"Text/HTML; charset=x",  NULL,          "text/plain",        ".txt" },
    {"image/svg+xml",         NULL,          "text/plain",        ".txt" },
    {"application/X-foo+XML", NULL,          "text/plain",        ".txt" },
    {"x/evilHTML",            NULL,          "text/plain",        ".txt" },
    {"text/uri-list",         NULL,          "text/plain",        ".txt" },
    {"application/xml",       NULL,          "application/xml",   ".txt" },
    {"application/json",      NULL,          "application/json",  ".json"},
    {"application/x-foo",     NULL,          "application/x-foo", ""     },
    {"no type",               NULL,          "text/plain",        ".txt" },
    {"a/b/c",                 NULL,          "text/plain",        ".txt" },
    {"/",                     NULL,          "text/plain",        ".txt" },
    {NULL,                    "shots/1.PNG", "image/png",         ".png" },
    {NULL,                    "a.b/report",  "text/plain",        ".txt" },
    {NULL,                    "x.trx",       "text/plain",        ".txt" },
    {NULL,                    "x.xml",       "application/xml",   ".txt" },
    {NULL,                    "page.html",   "text/plain",        ".txt" },
    {NULL,                    "x.unknown",   "text/plain",        ".txt" },
    {"image/png",             "x.html",      "image/png",         ".png" },
};

static void media_types(void)
{
    for (size_t i = 0; i < sizeof(attacheds) / sizeof(*attacheds); i++) {
        const struct attached *at = &attacheds[i];
        char uuid[ALZ_UUID_LEN + 1], want[256];
        struct alz_uuid test_uuid, attachment;
        struct kit kit;
        alz_ref test, ref;

        kit_init(&kit, &options);
        test = kit_begin(&kit, 0, ALZ_TEST, "t");
        kit_begin(&kit, test, ALZ_ATTACHMENT, "first");
        ref = kit_begin(&kit, test, ALZ_ATTACHMENT, "second");
        if (at->type)
            kit_say(&kit, ref, ALZ_MEDIA_TYPE, at->type);
        if (at->path)
            kit_say(&kit, ref, ALZ_PATH, at->path);
        alz_end(kit.out, test);
        alz_uuid_parse(kit_value(&kit, 0, "uuid"), &test_uuid);
        attachment = alz_uuid_v5(&test_uuid, ALZ_STR("attachment 1"));
        alz_uuid_text(&attachment, uuid);
        snprintf(want, sizeof(want),
                 "  attachment second none %s %s-attachment%s", at->want, uuid,
                 at->ending);
        HAS(&kit, 0, want, at->type ? at->type : "no type said");
        kit_done(&kit);
    }
}

int main(void)
{
    lengths();
    identity_is_whole();
    characters();
    title_path();
    depth();
    very_deep();
    media_types();
    return tap_done();
}
