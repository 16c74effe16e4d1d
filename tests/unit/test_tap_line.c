/* test_tap_line.c - one line of TAP, alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include "../../converters/tap/line.h"
#include "../../converters/tap/probe.h"

static struct tap_line parse(const char *text)
{
    struct tap_line line;

    tap_line_parse(alz_str_from(text), &line);
    return line;
}

static struct tap_directive directive(const char *hash)
{
    struct tap_directive ret;

    tap_directive_parse(alz_str_from(hash), &ret);
    return ret;
}

/* ---- kinds ------------------------------------------------------------ */

static void test_kinds(void)
{
    static const struct {
        const char *text;
        enum tap_kind kind;
    } lines[] = {
        {"",                 TAP_BLANK  },
        {" \t ",             TAP_BLANK  },
        {"TAP version 13",   TAP_VERSION},
        {"tap Version 14 ",  TAP_VERSION},
        {"  KTAP version 1", TAP_VERSION},
        {"TAP version x",    TAP_TEXT   },
        {"TAP version",      TAP_TEXT   },
        {"xTAP version 13",  TAP_TEXT   },
        {"1..3",             TAP_PLAN   },
        {"1..0 # SKIP no",   TAP_PLAN   },
        {"1..3 todo 2 3;",   TAP_PLAN   },
        {"1..3todo 2",       TAP_TEXT   },
        {"1..3 more",        TAP_TEXT   },
        {"3..1",             TAP_TEXT   },
        {"1...3",            TAP_TEXT   },
        {"ok",               TAP_POINT  },
        {"ok 1",             TAP_POINT  },
        {"not ok",           TAP_POINT  },
        {"not  ok",          TAP_TEXT   },
        {"okay",             TAP_TEXT   },
        {"ok1",              TAP_TEXT   },
        {"ok: fine",         TAP_TEXT   },
        {"OK 1",             TAP_TEXT   },
        {"not",              TAP_TEXT   },
        {"# text",           TAP_COMMENT},
        {"#",                TAP_COMMENT},
        {"pragma +strict",   TAP_PRAGMA },
        {"pragma strict",    TAP_TEXT   },
        {"pragma ",          TAP_TEXT   },
        {"Bail out!",        TAP_BAIL   },
        {"  bail OUT!  db",  TAP_BAIL   },
        {"Bail out",         TAP_TEXT   },
        {"  ---",            TAP_YAML   },
        {"----",             TAP_TEXT   },
        {"{",                TAP_OPEN   },
        {"  }",              TAP_CLOSE  },
        {"}\"",              TAP_TEXT   },
    };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        NUM(parse(lines[i].text).kind, lines[i].kind, lines[i].text);
}

static void test_indent(void)
{
    NUM(parse("    ok 1").indent, 4, "blanks count one by one");
    NUM(parse("\tok 1").indent, 4, "a TAB is a level");
    NUM(parse("  \tok 1").indent, 6, "mixed");
    NUM(parse("KTAP version 1").ktap, 1, "KTAP is known");
    NUM(parse("TAP version 99999999999999999999").version == UINT64_MAX, 1,
        "a version too large");
}

/* ---- plans and points ------------------------------------------------- */

static void test_plan(void)
{
    struct tap_line line = parse("2..17 # SKIP slow");

    NUM(line.plan.first, 2, "first of the plan");
    NUM(line.plan.last, 17, "last of the plan");
    IS(line.plan.hash, "SKIP slow", "behind the plan's #");
    IS(parse("1..5 todo 1 2;").plan.todo, "1 2;", "the todo list");
    OK(parse("1..123456789012345678901").plan.last == UINT64_MAX,
       "a plan too large");
}

static void test_point(void)
{
    struct tap_point_line point = parse("not ok 12 - a name # TODO x").point;

    OK(!point.ok && point.numbered && point.dashed, "all of a point");
    NUM(point.number, 12, "its number");
    IS(point.description, "a name", "its description");
    IS(point.hash, "TODO x", "its directive");
    OK(parse("ok 1").point.hash.ptr == NULL, "no directive");
    IS(parse("ok 5 apples and more").point.description, "apples and more",
       "a number is taken");
    point = parse("ok 12abc").point;
    OK(!point.numbered, "a number that begins a word is none");
    IS(point.description, "12abc", "but a name");
    point = parse("ok - 5 apples").point;
    OK(!point.numbered, "behind the dash a number is a name");
    IS(point.description, "5 apples", "which is kept");
    IS(parse("ok 1 -x").point.description, "-x", "a dash needs a blank");
    IS(parse("ok 1- x").point.description, "x", "but none before it");
    IS(parse("ok 1 - ").point.description, "", "no name");
    OK(parse("ok 99999999999999999999").point.number == UINT64_MAX,
       "a number too large");
}

static void test_hash(void)
{
    IS(parse("ok 1 http://x/#skip y").point.description, "http://x/#skip y",
       "a # inside a word");
    IS(parse("ok 1 a \\# SKIP b").point.description, "a \\# SKIP b",
       "an escaped #");
    IS(parse("ok 1 # a # b").point.hash, "a # b", "the first # counts");
    IS(parse("ok 1 #skip").point.hash, "skip", "no blank behind it");
    IS(parse("ok 1#x").point.description, "", "no blank before it");
}

static void test_brace(void)
{
    OK(parse("ok 1 - a {").point.braced, "at the end");
    IS(parse("ok 1 - a {").point.description, "a", "and not in the name");
    OK(parse("ok 1 - a # time=1ms {").point.braced, "behind a directive");
    IS(parse("ok 1 - a # time=1ms {").point.hash, "time=1ms", "and not in it");
    OK(parse("ok 1 - a { # time=1ms").point.braced, "before a directive");
    OK(!parse("ok 1 - a{").point.braced, "a word's end is none");
}

/* ---- directives ------------------------------------------------------- */

static void test_directives(void)
{
    NUM(directive("SKIP why").kind, TAP_SKIP, "SKIP");
    IS(directive("SKIP why").reason, "why", "its reason");
    NUM(directive("skipped: why").kind, TAP_SKIP, "skipped:");
    IS(directive("skipped: why").reason, "why", "its reason");
    IS(directive("SKIP -").reason, "", "a dash is no reason");
    NUM(directive("todo").kind, TAP_TODO, "todo");
    NUM(directive("TODOORNOTTODO").kind, TAP_NO_DIRECTIVE, "TODO is a word");
    NUM(directive("XFAIL x").kind, TAP_XFAIL, "XFAIL");
    NUM(directive("xfail x").kind, TAP_NO_DIRECTIVE, "xfail is English");
    NUM(directive("EXPECTED FAILURE").kind, TAP_XFAIL, "EXPECTED FAILURE");
    NUM(directive("TIMEOUT 45 seconds").kind, TAP_TIMEOUT, "TIMEOUT");
    IS(directive("timeout after 1s").reason, "timeout after 1s", "bats");
    NUM(directive("ERROR x").kind, TAP_ERROR, "ERROR");
    NUM(directive("error handling").kind, TAP_NO_DIRECTIVE, "error");
    IS(directive("error handling").note, "error handling", "is a note");
}

static void test_directive_parts(void)
{
    struct tap_directive both = directive("SKIP no docker # here");

    IS(both.reason, "no docker # here", "an unknown part is the reason's");
    both = directive("time=12.5ms # SKIP x # FLAKY 2 re-tries # exit=3");
    NUM(both.duration_ms, 13, "time");
    NUM(both.kind, TAP_SKIP, "SKIP behind it");
    IS(both.reason, "x", "without what follows");
    OK(both.flaky, "FLAKY");
    IS(both.exit, "exit=3", "exit");
    NUM(directive("duration_ms 7").duration_ms, 7, "duration_ms");
    NUM(directive("time=1s").duration_ms, 1000, "seconds");
    NUM(directive("time=x").duration_ms, -1, "no time");
    NUM(directive("hash # todo").kind, TAP_NO_DIRECTIVE,
        "behind what is unknown nothing counts");
    both = directive("TODO & SKIP would crash");
    NUM(both.kind, TAP_SKIP, "Perl's both");
    IS(both.reason, "would crash", "and its reason");
}

/* ---- probe ------------------------------------------------------------ */

static enum alz_match probe(const char *head)
{
    return tap_probe(alz_str_from(head), ALZ_STR("x"));
}

static void test_probe(void)
{
    NUM(probe("TAP version 13\n"), ALZ_CERTAIN, "a version line");
    NUM(probe("[ 0.1] KTAP version 1\n"), ALZ_LIKELY, "behind a clock");
    NUM(probe("npm warn\nTAP version 13\n1..1\nok 1\n"), ALZ_LIKELY,
        "behind other output");
    NUM(probe("Test project /x\n1: 1..1\n1..1\nok 1\n"), ALZ_LIKELY,
        "inside the output of another runner");
    NUM(probe("1..2\nok 1 - a\n"), ALZ_CERTAIN, "plan and point");
    NUM(probe("1..0 # SKIP x\n"), ALZ_LIKELY, "a plan alone");
    NUM(probe("ok 1 - a\nnot ok 2\n"), ALZ_LIKELY, "points alone");
    NUM(probe("warning\nok 1 a\n  text\nok 2 b\nok 3 c\n"), ALZ_LIKELY,
        "mostly points");
    NUM(probe("starting\nok\nall is ok\nok then\n"), ALZ_NO,
        "a log with some ok in it");
    NUM(probe("<testsuite/>\n"), ALZ_NO, "XML");
    NUM(probe(""), ALZ_NO, "nothing");
    NUM(tap_probe(ALZ_STR("a\nb\nok 1\n"), ALZ_STR("x.tap")), ALZ_LIKELY,
        "the file's name helps");
}

int main(void)
{
    test_kinds();
    test_indent();
    test_plan();
    test_point();
    test_hash();
    test_brace();
    test_directives();
    test_directive_parts();
    test_probe();
    return tap_done();
}
