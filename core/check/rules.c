/* rules.c - every rule of validation: its id, its level, what it is about. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <allurize/allurize.h>

#define ERROR(id, title)                                                       \
    {                                                                          \
        id, ALZ_ERROR, title                                                   \
    }
#define WARNING(id, title)                                                     \
    {                                                                          \
        id, ALZ_WARNING, title                                                 \
    }
#define NOTE(id, title)                                                        \
    {                                                                          \
        id, ALZ_NOTE, title                                                    \
    }

/* ERROR: one of Allure 2, Allure 3 and the TestOps uploader loses or misreads
 * something. WARNING: likely not what was meant. NOTE: good to know. */
const struct alz_rule alz_rules[] = {
    /* one JSON text */
    ERROR("json/empty", "the file is empty; readers skip it"),
    ERROR("json/malformed", "not JSON; readers skip the file"),
    ERROR("json/control",
          "a control character in a string; readers skip the file"),
    ERROR("json/trailing", "text behind the document; Allure 3 skips the file"),
    ERROR("json/bom", "a byte order mark; Allure 3 skips the file"),
    ERROR("json/encoding", "not UTF-8; Allure 3 skips the file"),
    ERROR("json/utf8", "bytes that are not UTF-8; Allure 2 skips the file"),
    ERROR("json/surrogate",
          "half of a surrogate pair; the TestOps uploader drops such names"),
    ERROR("json/duplicate-key", "a property twice; the last one wins"),
    ERROR("json/depth", "nested deeper than 1000; Allure 2 skips the file"),
    ERROR("json/long-string",
          "a string beyond 20,000,000 characters; Allure 2 skips the file"),
    /* one document against its schema */
    ERROR("schema/type", "a value of another type"),
    ERROR("schema/required", "a property is missing"),
    ERROR("schema/enum", "none of the words the schema lists"),
    ERROR("schema/pattern", "a text of another form"),
    ERROR("schema/length", "a text too short or too long"),
    ERROR("schema/range", "a number too small or too large"),
    ERROR("schema/items", "too few or too many elements"),
    ERROR("schema/additional", "a property that is not allowed"),
    ERROR("schema/depth", "nested too deep"),
    ERROR("status/unknown", "not a status; readers show it as unknown"),
    ERROR("name/invalid", "a name that is blank or has control characters; the "
                          "TestOps uploader drops the result or step"),
    WARNING("name/replacement",
            "U+FFFD in a name; the TestOps uploader drops the result or step"),
    /* one result */
    WARNING("result/no-full-name",
            "no fullName; test plans cannot select the test"),
    WARNING("result/no-history-id",
            "no historyId; no history and no retries before Allure 2.45"),
    WARNING("time/missing",
            "no start or no stop; readers disagree on the order of attempts"),
    ERROR("time/order",
          "stop is before start; Allure 2 shows a negative duration"),
    WARNING("time/seconds",
            "start looks like seconds, not milliseconds; readers show 1970"),
    WARNING("steps/deep",
            "450 or more nested steps; Allure 2 skips the file at 500"),
    ERROR("link/scheme", "a link that runs script where it is opened"),
    WARNING("link/no-url", "a link without url; Allure 3 drops it"),
    /* identity */
    ERROR("uuid/duplicate", "two results with one uuid; Allure 3 keeps one"),
    NOTE("uuid/file-name", "the file is not named by the uuid"),
    WARNING("identity/none",
            "neither testCaseId nor fullName; no history and no retries"),
    ERROR("identity/same-start",
          "two results with one identity and no order between them; readers "
          "show one and hide the other as its retry"),
    WARNING("identity/other-name", "two results with one identity but two "
                                   "names; one is hidden as a retry"),
    WARNING("identity/history-id",
            "one historyId for two tests; Allure before 2.45 hides one"),
    /* attachments */
    ERROR("attachment/name", "a source that Allure 2 refuses"),
    ERROR("attachment/missing", "the attached file is not there"),
    ERROR("attachment/not-regular",
          "the attached file is a link or no file; readers refuse it"),
    ERROR("attachment/shared",
          "a file attached twice; Allure 3 shows the second one as missing"),
    ERROR("attachment/kind",
          "a name that readers take for test results of another kind"),
    WARNING("attachment/unreferenced", "an attachment of no document"),
    /* other documents */
    WARNING("container/none",
            "a container without children; its fixtures are shown nowhere"),
    WARNING("container/unknown-child",
            "a child that is no result of this directory"),
    NOTE("globals/empty", "neither errors nor attachments"),
    ERROR(
        "categories/regex",
        "a regular expression that does not compile; Allure 2 makes no report"),
    ERROR("executor/build-order",
          "buildOrder is no whole number; Allure 2 drops the executor"),
    ERROR("environment/bom",
          "a byte order mark becomes part of the first key in Allure 3"),
    WARNING("environment/encoding",
            "not UTF-8; Allure 3 shows other characters"),
    WARNING("environment/both", "environment.properties and environment.xml; "
                                "Allure 3 shows one of them"),
    /* files */
    ERROR("file/unreadable", "the file cannot be read"),
    ERROR("file/size", "a document beyond 64 MiB; it is not checked"),
    ERROR("file/symlink", "a document is a link; Allure 3 skips it"),
    WARNING("file/not-regular", "named as a document, but no file"),
    ERROR("file/case",
          "named as a document but for upper and lower case; readers skip it"),
    WARNING("file/temporary",
            "a temporary file; a writer was interrupted or is at work"),
    WARNING("file/foreign",
            "a report of another format; readers may count its tests again"),
    NOTE("file/more", "findings left out"),
    WARNING("folder/no-results", "there is no result"),
    NOTE(NULL, NULL),
};
