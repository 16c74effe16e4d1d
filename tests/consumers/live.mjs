// live.mjs - Allure 3 looks on while results are made: it sees every one.
// SPDX-License-Identifier: Apache-2.0
//
// usage: live.mjs ALLURIZE ACTOR
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { isReport, ours, shownBy3 } from "./counts.mjs";
import {
  complaints, documents, done, home, ok, same, scratch,
} from "./lib.mjs";

const [allurize, actor] = process.argv.slice(2).map((it) => path.resolve(it));
const top = scratch();
const cli = path.join(home, "node_modules/allure/cli.js");
const TESTS = 60;
const STATUS = 3;
const PATIENCE_MS = 120000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A process; ended resolves with its exit status. */
function start(cwd, command, args) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, CI: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ret = { child, log: "" };
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => (ret.log += text));
  ret.ended = new Promise((resolve) => child.on("close", resolve));
  return ret;
}

async function until(condition) {
  for (let ms = 0; ms < PATIENCE_MS; ms += 200) {
    if (condition()) return true;
    await sleep(200);
  }
  return false;
}

/** The words of a run that takes its time; every fifth test fails. */
const run = [
  allurize, "run", "-q", "-f", "tap", "-o", "allure-results", "--",
  actor, "points", `${TESTS}`, "100", `${STATUS}`,
];

function folder(name) {
  const dir = path.join(top, name);
  fs.mkdirSync(dir);
  return dir;
}

/** The tests of a report that lives: it has no summary. */
function tests(dir) {
  try {
    return documents(dir, ".json")
      .filter((it) => it.name && !it.isRetry)
      .map((it) => `${it.status} ${it.name} ${it.stop - it.start}`)
      .sort();
  } catch {
    return []; // it is being written
  }
}

async function underRun() {
  const dir = folder("run");
  const report = path.join(dir, "report");
  const allure = start(dir, process.execPath, [
    cli, "run", "--ignore-logs", "-o", report, "--", ...run,
  ]);
  ok((await allure.ended) === STATUS, "allure run: the command's exit status",
    allure.log);
  const { facts } = ours(path.join(dir, "allure-results"));
  ok(facts.passed + facts.failed === TESTS, "allure run: all results are there");
  same(isReport(report) && shownBy3(report), facts,
    "allure run: shows every result");
  same(complaints(allure.log), [], "allure run: complains of nothing");
}

async function underWatch() {
  const dir = folder("watch");
  const report = path.join(dir, "report/awesome/data/test-results");
  const results = path.join(dir, "allure-results");
  const allure = start(dir, process.execPath, [cli, "watch", "-o", "report"]);
  const ready = await until(() => allure.log.includes("Ctrl+C"));
  ok(ready, "allure watch: is ready", allure.log);
  const runner = start(dir, run[0], run.slice(1));
  // While tests are running the report has some of them.
  let early = 0;
  await until(() => {
    early = tests(report).length;
    return early > 0 || runner.child.exitCode !== null;
  });
  ok(early > 0 && early < TESTS,
    "allure watch: shows results while the command runs", allure.log);
  ok((await runner.ended) === STATUS, "allure watch: the command's status");
  await until(() => tests(report).length === TESTS);
  same(tests(report), tests(results), "allure watch: shows every result");
  same(complaints(allure.log), [], "allure watch: complains of nothing");
  allure.child.kill("SIGTERM");
  const killer = setTimeout(() => allure.child.kill("SIGKILL"), 20000);
  await allure.ended;
  clearTimeout(killer);
}

await underRun();
await underWatch();
done();
