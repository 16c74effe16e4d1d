// counts.mjs - what our files say, and what each report shows of them.
// SPDX-License-Identifier: Apache-2.0
import fs from "node:fs";
import path from "node:path";

import { documents, json } from "./lib.mjs";

const statuses = ["passed", "failed", "broken", "skipped", "unknown"];
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function byStatus(tests) {
  return Object.fromEntries(
    statuses.map((it) => [it, tests.filter((t) => t.status === it).length]),
  );
}

/** One line for each shown test: what a person would compare. */
function lines(tests) {
  return tests
    .map((it) =>
      [it.status, it.fullName, it.name, it.duration, it.message ?? ""].join(
        " | ",
      ),
    )
    .sort(byText);
}

// ---- our files -------------------------------------------------------------

const countSteps = (it) =>
  sum((it.steps ?? []).map((step) => 1 + countSteps(step)));

const countAttachments = (it) =>
  (it.attachments ?? []).length + sum((it.steps ?? []).map(countAttachments));

/** Attempts of one test, by the identity that we gave them; last one last. */
function groups(results) {
  const ret = new Map();
  for (const result of results) {
    const group = ret.get(result.historyId) ?? [];
    group.push(result);
    ret.set(result.historyId, group);
  }
  for (const group of ret.values()) group.sort((a, b) => a.start - b.start);
  return [...ret.values()];
}

function fixturesOf(containers, test, kind) {
  return containers
    .filter((it) => (it.children ?? []).includes(test.uuid))
    .flatMap((it) => it[kind] ?? []);
}

/** Facts of a results folder, by nothing but its own files. */
export function ours(dir) {
  const results = documents(dir, "-result.json");
  const containers = documents(dir, "-container.json");
  const globals = documents(dir, "-globals.json");
  const attempts = groups(results);
  const tests = attempts.map((group) => group[group.length - 1]);
  const shown = tests.map((it) => ({
    ...it,
    duration: it.stop - it.start,
    message: it.statusDetails?.message,
  }));
  return {
    results,
    attempts,
    facts: {
      ...byStatus(tests),
      retries: results.length - tests.length,
      steps: sum(tests.map(countSteps)),
      attachments: sum(tests.map(countAttachments)),
      missing: 0,
      setups: sum(tests.map((t) => fixturesOf(containers, t, "befores").length)),
      teardowns: sum(tests.map((t) => fixturesOf(containers, t, "afters").length)),
      globalErrors: sum(globals.map((it) => (it.errors ?? []).length)),
      globalAttachments: sum(globals.map((it) => (it.attachments ?? []).length)),
      lines: lines(shown),
    },
  };
}

// ---- Allure 2 --------------------------------------------------------------

const missing2 = (stage) =>
  (stage?.attachments ?? []).filter((it) => !it.source).length +
  sum((stage?.steps ?? []).map(missing2));

export function shownBy2(report) {
  const all = documents(path.join(report, "data/test-cases"), ".json");
  const tests = all.filter((it) => !it.hidden);
  const statistic = json(report, "widgets/summary.json").statistic;
  const globals = json(report, "widgets/globals.json");
  const shown = tests.map((it) => ({
    ...it,
    duration: it.time.duration,
    message: it.statusMessage,
  }));
  return {
    ...Object.fromEntries(statuses.map((it) => [it, statistic[it] ?? 0])),
    retries: sum(tests.map((it) => it.retriesCount)),
    steps: sum(tests.map((it) => it.testStage?.stepsCount ?? 0)),
    attachments: sum(tests.map((it) => it.testStage?.attachmentsCount ?? 0)),
    missing: sum(
      tests.flatMap((it) =>
        [...it.beforeStages, it.testStage, ...it.afterStages].map(missing2),
      ),
    ),
    setups: sum(tests.map((it) => it.beforeStages.length)),
    teardowns: sum(tests.map((it) => it.afterStages.length)),
    globalErrors: globals.errors.length,
    globalAttachments: globals.attachments.length,
    lines: lines(shown),
  };
}

// ---- Allure 3 --------------------------------------------------------------

function stepsOf3(steps) {
  return (steps ?? []).flatMap((it) => [it, ...stepsOf3(it.steps)]);
}

export function shownBy3(report) {
  const all = documents(path.join(report, "data/test-results"), ".json");
  const tests = all.filter((it) => !it.isRetry);
  const stats = json(report, "summary.json").stats;
  const steps = tests.flatMap((it) => stepsOf3(it.steps));
  const fixtures = tests.flatMap((it) => [...it.setup, ...it.teardown]);
  const attachments = [...steps, ...fixtures.flatMap((it) => stepsOf3(it.steps))]
    .filter((it) => it.type === "attachment");
  const globals = json(report, "widgets/globals.json");
  const shown = tests.map((it) => ({ ...it, message: it.error?.message }));
  return {
    ...Object.fromEntries(statuses.map((it) => [it, stats[it] ?? 0])),
    retries: sum(tests.map((it) => it.retriesCount)),
    steps: steps.filter((it) => it.type === "step").length,
    attachments: steps.filter((it) => it.type === "attachment").length,
    missing: attachments.filter((it) => it.link.missed).length,
    setups: sum(tests.map((it) => it.setup.length)),
    teardowns: sum(tests.map((it) => it.teardown.length)),
    globalErrors: globals.errors.length,
    globalAttachments: globals.attachments.length,
    lines: lines(shown),
  };
}

/** True when a report was made at all. */
export function isReport(dir) {
  return fs.existsSync(path.join(dir, "index.html"));
}
