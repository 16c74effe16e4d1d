/* normalise.c - names without what changes from run to run. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/stages.h"

/*
 * Identity is made of the author's names, but runners mix them with facts of
 * one run: paths of the machine, durations, line numbers, addresses. Each
 * scanner here is linear and looks at a name once or twice. A name of which
 * nothing would be left stays as it is.
 */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_alpha(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_word(char byte)
{
    return is_digit(byte) || is_alpha(byte) || byte == '_';
}

/* Part of a character beyond ASCII. */
static bool is_wide(char byte)
{
    return ((unsigned char)byte & 0x80) != 0;
}

static bool has_at(struct alz_str text, size_t at, const char *literal)
{
    return alz_str_starts(alz_str_from_offset(text, at), literal);
}

static struct alz_str head(struct alz_str text, size_t len)
{
    return alz_str_trim((struct alz_str){text.ptr, len});
}

/* ---- durations at the end --------------------------------------------- */

static bool is_unit(struct alz_str text)
{
    static const char *const units[] = {
        "s",   "ms",   "us",     "ns",      "\xc2\xb5s", "\xce\xbcs", "sec",
        "min", "secs", "second", "seconds", "mins",      "minute",    "minutes",
    };

    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
        if (alz_str_is(text, units[i]))
            return true;
    return false;
}

/* Where a number with its unit at the end of text begins, or SIZE_MAX. */
static size_t duration_at_end(struct alz_str text, bool needs_unit)
{
    size_t end = text.len, at;
    struct alz_str unit;

    while (end && (is_alpha(text.ptr[end - 1]) || is_wide(text.ptr[end - 1])))
        end--;
    unit = alz_str_from_offset(text, end);
    if (unit.len && end && text.ptr[end - 1] == ' ')
        end--;
    if (end == 0 || !is_digit(text.ptr[end - 1]) ||
        (unit.len ? !is_unit(unit) : needs_unit))
        return SIZE_MAX;
    for (at = end; at && (is_digit(text.ptr[at - 1]) ||
                          text.ptr[at - 1] == '.' || text.ptr[at - 1] == ',');)
        at--;
    return is_digit(text.ptr[at]) ? at : SIZE_MAX;
}

/* Length of what is before, when a duration ends the text behind `lead`. */
static size_t without_duration(struct alz_str text, const char *lead,
                               bool needs_unit)
{
    size_t at = duration_at_end(text, needs_unit), len = strlen(lead);

    if (at == SIZE_MAX || at < len || !has_at(text, at - len, lead))
        return SIZE_MAX;
    return at - len;
}

/* "name (12 ms)", "name in 14ms", "name # time=3.1ms". */
static size_t before_duration(struct alz_str text)
{
    size_t len;

    if (text.len && text.ptr[text.len - 1] == ')')
        return without_duration(head(text, text.len - 1), " (", true);
    len = without_duration(text, " in ", true);
    return len == SIZE_MAX ? without_duration(text, " # time=", false) : len;
}

static struct alz_str drop_durations(struct alz_str text)
{
    for (int times = 0; times < 3; times++) {
        size_t len = before_duration(text);

        if (len == SIZE_MAX || head(text, len).len == 0)
            break;
        text = head(text, len);
    }
    return text;
}

/* ---- lines of a class ------------------------------------------------- */

/* "file.c:12:5" */
static struct alz_str drop_last_lines(struct alz_str text)
{
    for (int times = 0; times < 2; times++) {
        size_t at = text.len;

        while (at && is_digit(text.ptr[at - 1]))
            at--;
        if (at == text.len || at < 2 || text.ptr[at - 1] != ':' ||
            text.ptr[at - 2] == ':')
            break;
        text.len = at - 1;
    }
    return text;
}

/* "m_tests:6 -gen_test_" (EUnit) */
static struct alz_str drop_inner_line(struct alz_arena *arena,
                                      struct alz_str text)
{
    if (text.len == 0 || !memchr(text.ptr, ':', text.len))
        return text;
    for (size_t at = 1; at + 1 < text.len; at++) {
        size_t end = at + 1;

        if (text.ptr[at] != ':' || !is_word(text.ptr[at - 1]) ||
            is_digit(text.ptr[at - 1]))
            continue;
        while (end < text.len && is_digit(text.ptr[end]))
            end++;
        if (end > at + 1 && end < text.len && text.ptr[end] == ' ') {
            struct alz_str parts[] = {
                {text.ptr, at},
                alz_str_from_offset(text, end)
            };

            return alz_join(arena, parts, 2);
        }
        at = end - 1;
    }
    return text;
}

/* ---- paths ------------------------------------------------------------ */

static bool is_source_file(struct alz_str name)
{
    static const char *const endings[] = {
        ".bats",  ".c",    ".cc",   ".cjs",  ".cpp",     ".cs",   ".dart",
        ".dll",   ".erl",  ".ex",   ".exe",  ".exs",     ".go",   ".h",
        ".hpp",   ".html", ".java", ".js",   ".jsx",     ".kt",   ".lua",
        ".mjs",   ".php",  ".pl",   ".py",   ".rb",      ".rs",   ".sh",
        ".t",     ".ts",   ".tsx",  ".vue",  ".feature", ".json", ".robot",
        ".swift", ".txt",  ".xml",  ".yaml", ".yml",
    };

    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (alz_str_ends(name, endings[i]))
            return true;
    return false;
}

/* "tests\unit\a_spec.lua", but neither "App\FooTest" nor "\d+\w". */
static bool is_relative_path(struct alz_str text)
{
    char before = '\\';

    for (size_t i = 0; i < text.len; before = text.ptr[i++]) {
        char now = text.ptr[i];

        if (now == '\\' ? before == '\\'
                        : !is_word(now) && now != '.' && now != '-')
            return false;
    }
    return before != '\\' && is_source_file(text);
}

static bool is_windows_path(struct alz_str text)
{
    return (text.len > 2 && is_alpha(text.ptr[0]) && has_at(text, 1, ":\\")) ||
           alz_str_starts(text, ".\\") || alz_str_starts(text, "..\\") ||
           (alz_str_starts(text, "\\\\") && text.len > 2 &&
            is_word(text.ptr[2])) ||
           is_relative_path(text);
}

static bool ends_word(char byte)
{
    return byte == ' ' || byte == '"' || byte == '\'' || byte == ',' ||
           byte == '(' || byte == ')' || byte == '[' || byte == ']';
}

/* Backslashes of Windows paths become slashes, in place. */
static void turn_slashes(char *ptr, size_t len)
{
    size_t start = 0, end;

    for (; start < len; start = end + 1) {
        for (end = start; end < len && !ends_word(ptr[end]);)
            end++;
        if (!memchr(ptr + start, '\\', end - start) ||
            !is_windows_path((struct alz_str){ptr + start, end - start}))
            continue;
        for (size_t i = start; i < end; i++)
            if (ptr[i] == '\\')
                ptr[i] = '/';
    }
}

static bool is_path_byte(char byte)
{
    return is_word(byte) || is_wide(byte) || byte == '-' || byte == '.' ||
           byte == '/';
}

static bool same_path_byte(char byte, char wanted)
{
    return byte == wanted || (byte == '/' && wanted == '\\');
}

/* Length of a prefix at the start of text, with the slash behind it. */
static size_t prefix_length(struct alz_str text, const char *prefix)
{
    size_t len = strlen(prefix);

    while (len && (prefix[len - 1] == '/' || prefix[len - 1] == '\\'))
        len--;
    if (len == 0 || text.len < len)
        return 0;
    for (size_t i = 0; i < len; i++)
        if (!same_path_byte(text.ptr[i], prefix[i]))
            return 0;
    if (text.len == len || !is_path_byte(text.ptr[len]))
        return len;
    return text.ptr[len] == '/' ? len + 1 : 0;
}

/* Length of what is in front of a path, at the start of text. */
static size_t machine_length(const struct alz_policy *policy,
                             struct alz_str text)
{
    const char *const *prefixes = policy->options.strip_prefixes;
    size_t len = alz_str_starts(text, "file://") ? strlen("file://") : 0;
    struct alz_str path = alz_str_from_offset(text, len);

    if (len && path.len > 2 && path.ptr[0] == '/' && is_alpha(path.ptr[1]) &&
        path.ptr[2] == ':')
        len++;
    path = alz_str_from_offset(text, len);
    for (; prefixes && *prefixes; prefixes++) {
        size_t more = prefix_length(path, *prefixes);

        if (more)
            return len + more;
    }
    return len;
}

/* ---- addresses -------------------------------------------------------- */

static bool is_hex(char byte, bool upper)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'f') ||
           (upper && byte >= 'A' && byte <= 'F');
}

/* Length of "0x7ffd2a10" or "@23ceabc1" at the start of text: six digits at
 * least, and a whole word. */
static size_t address_length(struct alz_str text)
{
    bool pointer = alz_str_starts(text, "0x");
    size_t start = pointer ? 2 : 1, end = start;

    if (!pointer && !alz_str_starts(text, "@"))
        return 0;
    while (end < text.len && is_hex(text.ptr[end], pointer))
        end++;
    if (end < start + 6 || (end < text.len && is_word(text.ptr[end])))
        return 0;
    return end;
}

/* ---- all of it -------------------------------------------------------- */

/* Whether "0x" is in the text: x is rarer than 0. */
static bool has_pointer(struct alz_str text)
{
    const char *ptr = text.ptr, *end = text.ptr + text.len;

    while ((ptr = memchr(ptr, 'x', (size_t)(end - ptr))) != NULL) {
        if (ptr > text.ptr && ptr[-1] == '0')
            return true;
        ptr++;
    }
    return false;
}

/* Whether anything but the end of text may have to go. */
static bool has_marks(const struct alz_policy *policy, struct alz_str text)
{
    if (policy->options.strip_prefixes)
        return true;
    if (text.len == 0)
        return false;
    return memchr(text.ptr, '\\', text.len) ||
           memchr(text.ptr, '@', text.len) || has_pointer(text) ||
           (memchr(text.ptr, ':', text.len) &&
            alz_str_find(text, "file://") != SIZE_MAX);
}

static struct alz_str rewrite(const struct alz_policy *policy,
                              struct alz_arena *arena, struct alz_str text)
{
    char *start = alz_arena_bytes(arena, text.len), *to = start;
    char before = ' ';

    if (!start)
        return text;
    memcpy(start, text.ptr, text.len);
    turn_slashes(start, text.len);
    for (text.ptr = start; text.len;) {
        size_t skip = 0;

        if (!is_path_byte(before))
            skip = machine_length(policy, text);
        if (skip == 0 && (*text.ptr == '@' || !is_word(before)))
            skip = address_length(text);
        if (skip) {
            before = '/';
        } else {
            before = *to++ = *text.ptr;
            skip = 1;
        }
        text = alz_str_from_offset(text, skip);
    }
    *to = '\0';
    return alz_clean_line(arena, (struct alz_str){start, (size_t)(to - start)});
}

struct alz_str alz_normalise(const struct alz_policy *policy,
                             struct alz_arena *arena, struct alz_str text,
                             enum alz_name_kind kind)
{
    struct alz_str name = drop_durations(text);

    if (kind == ALZ_IS_CLASS)
        name = drop_inner_line(arena, drop_last_lines(name));
    if (has_marks(policy, name))
        name = rewrite(policy, arena, name);
    return name.len ? name : text;
}
