/* folder_rules.c - the rules that concern several files of a directory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check/folder.h"

#include "base/utf8.h"

/* In the note of an identity: an attempt without start was seen. The other
 * bits are of the name's hash. */
static const uint32_t no_start = 1;

/* What the keys of one table are of. */
enum { OF_TEST_CASE = 1, OF_ALLURE_ID };

static const char *name_of(const struct alz_folder *folder, uint32_t file)
{
    return folder->entries[file].name;
}

static const char *present_name(const struct alz_folder *folder)
{
    return name_of(folder, folder->present);
}

static struct alz_mark *mark_at(struct alz_folder *folder,
                                struct alz_marks *marks, uint64_t key,
                                bool *fresh)
{
    struct alz_mark *mark = alz_marks_at(marks, key, fresh);

    folder->out_of_memory |= !mark;
    if (mark && *fresh)
        mark->file = folder->present;
    return mark;
}

/* ---- uuids ------------------------------------------------------------ */

static void check_uuid(struct alz_folder *folder, struct alz_document *document,
                       const struct alz_result_facts *facts)
{
    bool fresh;
    const struct alz_mark *mark;

    if (!(facts->said & ALZ_SAID_UUID))
        return;
    mark = mark_at(folder, &folder->uuids, facts->uuid, &fresh);
    if (mark && !fresh)
        alz_document_find_at(document, "uuid/duplicate", facts->uuid_at,
                             "/uuid", "the uuid of %s",
                             name_of(folder, mark->file));
    if (!alz_document_is_named(document, alz_str_from(present_name(folder))))
        alz_document_find_at(document, "uuid/file-name", facts->uuid_at,
                             "/uuid", "not the uuid of the file's name");
}

/* ---- identities ------------------------------------------------------- */

/* True after a finding. Attempts without start have no order that both
 * readers agree on, whatever the others have. */
static bool check_start(struct alz_folder *folder,
                        struct alz_document *document,
                        const struct alz_result_facts *facts,
                        struct alz_mark *mark, bool fresh)
{
    bool has_start = facts->said & ALZ_SAID_START, fresh_start = true;
    uint64_t key = alz_hash_mix(mark->key, (uint64_t)facts->start);
    uint32_t other = mark->file, note = mark->note;
    const struct alz_mark *start;

    mark->note |= has_start ? 0 : no_start;
    if (has_start) {
        start = mark_at(folder, &folder->starts, key, &fresh_start);
        other = start && !fresh_start ? start->file : other;
    }
    if (fresh || (fresh_start && has_start && !(note & no_start)))
        return false;
    alz_document_find_at(document, "identity/same-start", facts->start_at, "",
                         fresh_start
                             ? "the test of %s, one of both has no start"
                             : "the test and the start of %s",
                         name_of(folder, other));
    return true;
}

static bool check_identity(struct alz_folder *folder,
                           struct alz_document *document,
                           const struct alz_result_facts *facts, uint64_t key)
{
    uint32_t name = (uint32_t)facts->name | no_start;
    bool fresh;
    struct alz_mark *mark = mark_at(folder, &folder->identities, key, &fresh);

    if (!mark)
        return true;
    if (fresh)
        mark->note = name ^ no_start;
    if (check_start(folder, document, facts, mark, fresh))
        return true;
    if ((mark->note | no_start) == name)
        return false;
    alz_document_find_at(document, "identity/other-name", 0, "",
                         "the test of %s under another name",
                         name_of(folder, mark->file));
    return true;
}

static void check_history_id(struct alz_folder *folder,
                             struct alz_document *document,
                             const struct alz_result_facts *facts,
                             uint64_t identity)
{
    uint32_t note = (uint32_t)(identity >> 32);
    struct alz_mark *mark;
    bool fresh;

    if (!(facts->said & ALZ_SAID_HISTORY_ID))
        return;
    mark = mark_at(folder, &folder->history_ids, facts->history_id, &fresh);
    if (mark && fresh)
        mark->note = note;
    if (mark && mark->note != note)
        alz_document_find_at(
            document, "identity/history-id", facts->history_id_at, "/historyId",
            "the historyId of another test in %s", name_of(folder, mark->file));
}

/*
 * Allure 2 identifies a test by testCaseId or fullName, Allure 3 by an Allure
 * id before them; both add the parameters.
 */
void alz_folder_result(void *ctx, struct alz_document *document,
                       const struct alz_result_facts *facts)
{
    struct alz_folder *folder = ctx;
    bool by_case = facts->said & (ALZ_SAID_TEST_CASE_ID | ALZ_SAID_FULL_NAME);
    uint64_t key = facts->said & ALZ_SAID_TEST_CASE_ID ? facts->test_case_id
                                                       : facts->full_name;
    bool found = false;

    check_uuid(folder, document, facts);
    if (by_case) {
        key = alz_hash_mix(key + OF_TEST_CASE, facts->parameters);
        found = check_identity(folder, document, facts, key);
        check_history_id(folder, document, facts, key);
    }
    if ((facts->said & ALZ_SAID_ALLURE_ID) && !found) {
        key = alz_hash_mix(facts->allure_id + OF_ALLURE_ID, facts->parameters);
        check_identity(folder, document, facts, key);
    }
}

/* ---- containers ------------------------------------------------------- */

void alz_folder_child(void *ctx, struct alz_document *document, uint64_t uuid,
                      struct alz_str text)
{
    struct alz_folder *folder = ctx;

    if (!alz_marks_find(&folder->uuids, uuid))
        alz_document_find(document, "container/unknown-child",
                          "no result has the uuid %.*s",
                          text.len > 64 ? 64 : (int)text.len, text.ptr);
}

/* ---- attachments ------------------------------------------------------ */

/* Names of files that readers parse. ".json" is tried as Cucumber JSON. */
static bool is_report(struct alz_str name)
{
    enum alz_file_kind kind = alz_file_kind_of(name);

    return kind != ALZ_FILE_ATTACHMENT && kind != ALZ_FILE_OTHER &&
           kind != ALZ_FILE_TEMPORARY && kind != ALZ_FILE_MISCASED;
}

/* True when the readers take the name; else it has been found wrong. */
static bool check_source(struct alz_document *document, struct alz_str source)
{
    static const char extra[] = "._-";

    if (source.len == 0 || source.len > 100)
        return false;
    for (size_t i = 0; i < source.len; i++) {
        char byte = source.ptr[i], lower = (char)(byte | 0x20);

        if (!(byte >= '0' && byte <= '9') && !(lower >= 'a' && lower <= 'z') &&
            (!byte || !strchr(extra, byte)))
            return false; /* the schema has said so */
    }
    if (alz_file_kind_of(source) == ALZ_FILE_TEMPORARY) {
        alz_document_find(document, "attachment/name",
                          "readers pass over names that end in .tmp");
        return false;
    }
    if (is_report(source))
        alz_document_find(document, "attachment/kind",
                          "readers parse files with such names");
    return true;
}

void alz_folder_attachment(void *ctx, struct alz_document *document,
                           struct alz_str source)
{
    struct alz_folder *folder = ctx;
    struct alz_folder_entry *entry;

    if (!check_source(document, source))
        return;
    entry = alz_folder_find(folder, source);
    if (!entry)
        alz_document_find(document, "attachment/missing", "no file %.*s",
                          (int)source.len, source.ptr);
    else if (!entry->regular)
        alz_document_find(document, "attachment/not-regular",
                          "%s is not a regular file", entry->name);
    else if (entry->user != ALZ_NO_FILE)
        alz_document_find(document, "attachment/shared",
                          "%s is attached in %s already", entry->name,
                          name_of(folder, entry->user));
    if (entry && entry->user == ALZ_NO_FILE)
        entry->user = folder->present;
}

/* ---- other files ------------------------------------------------------ */

void alz_folder_environment(struct alz_folder *folder, struct alz_str text)
{
    if (alz_str_starts(text, "\xef\xbb\xbf"))
        alz_findings_add(&folder->findings, "environment/bom",
                         &(struct alz_place){.line = 1, .column = 1},
                         ALZ_STR("a byte order mark"));
    if (alz_utf8_valid(text) < text.len)
        alz_findings_addf(&folder->findings, "environment/encoding",
                          "bytes that are not UTF-8");
    if (alz_folder_find(folder, ALZ_STR("environment.xml")))
        alz_findings_addf(&folder->findings, "environment/both",
                          "environment.xml is here as well");
}

/* Cucumber JSON is an array; anything else harms nobody. */
static void check_json(struct alz_folder *folder,
                       const struct alz_folder_entry *entry)
{
    struct alz_str text;

    if (!alz_folder_read(folder, entry, &text))
        return;
    text = alz_str_trim(text);
    if (text.len && text.ptr[0] == '[')
        alz_findings_addf(&folder->findings, "file/foreign",
                          "Allure 3 tries it as Cucumber JSON");
}

/* What is said of a file that no document attaches. */
static const char *const leftover_rules[ALZ_FILE_OTHER + 1] = {
    [ALZ_FILE_MISCASED] = "file/case",
    [ALZ_FILE_TEMPORARY] = "file/temporary",
    [ALZ_FILE_FOREIGN] = "file/foreign",
    [ALZ_FILE_ATTACHMENT] = "attachment/unreferenced",
};

static const char *const leftover_texts[ALZ_FILE_OTHER + 1] = {
    [ALZ_FILE_MISCASED] = "readers tell upper from lower case",
    [ALZ_FILE_TEMPORARY] = "readers pass over names that end in .tmp",
    [ALZ_FILE_FOREIGN] = "readers take it for a report of another format",
    [ALZ_FILE_ATTACHMENT] = "no document names it",
};

static void finish_entry(struct alz_folder *folder,
                         const struct alz_folder_entry *entry)
{
    if (entry->kind == ALZ_FILE_JSON)
        check_json(folder, entry);
    else if (leftover_rules[entry->kind])
        alz_findings_addf(&folder->findings, leftover_rules[entry->kind], "%s",
                          leftover_texts[entry->kind]);
}

void alz_folder_finish(struct alz_folder *folder)
{
    bool results = false;

    for (size_t i = 0; i < folder->count; i++) {
        const struct alz_folder_entry *entry = &folder->entries[i];

        results |= entry->kind == ALZ_FILE_RESULT;
        if (!entry->regular || entry->user != ALZ_NO_FILE)
            continue;
        alz_findings_begin(&folder->findings, alz_str_from(entry->name));
        finish_entry(folder, entry);
    }
    alz_findings_begin(&folder->findings, ALZ_STR(""));
    if (!results)
        alz_findings_addf(&folder->findings, "folder/no-results",
                          "there is no result");
}
