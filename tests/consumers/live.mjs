// live.mjs - Allure 3 looks on while results are made: it sees every one.
// SPDX-License-Identifier: Apache-2.0
//
// usage: live.mjs ALLURIZE ACTOR
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { isReport, ours, shownBy3 } from "./counts.mjs";
import { complaints, done, home, ok, same, scratch } from "./lib.mjs";

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
  actor, "points", `${TESTS}`, "50", `${STATUS}`,
];

function folder(name) {
  const dir = path.join(top, name);
  fs.mkdirSync(dir);
  return dir;
}

/** What the report shows, or nothing while it is being written. */
function shown(report) {
  try {
    return isReport(report) ? shownBy3(report) : undefined;
  } catch {
    return undefined;
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
  same(shown(report), facts, "allure run: shows every result");
  same(complaints(allure.log), [], "allure run: complains of nothing");
}

async function underWatch() {
  const dir = folder("watch");
  const report = path.join(dir, "report");
  const results = path.join(dir, "allure-results");
  const allure = start(dir, process.execPath, [cli, "watch", "-o", report]);
  const ready = await until(() => allure.log.includes("Ctrl+C"));
  ok(ready, "allure watch: is ready", allure.log);
  const runner = start(dir, run[0], run.slice(1));
  // While tests are running the report has some of them.
  const some = await until(() => {
    const now = shown(report);
    return runner.child.exitCode !== null || now?.lines.length > 0;
  });
  ok(some && runner.child.exitCode === null,
    "allure watch: shows results while the command runs", allure.log);
  ok((await runner.ended) === STATUS, "allure watch: the command's status");
  const { facts } = ours(results);
  await until(() => shown(report)?.lines.length === facts.lines.length);
  // The report is rewritten as a whole; one more look when it is at rest.
  await sleep(2000);
  same(shown(report), facts, "allure watch: shows every result");
  same(complaints(allure.log), [], "allure watch: complains of nothing");
  allure.child.kill("SIGTERM");
  const killer = setTimeout(() => allure.child.kill("SIGKILL"), 20000);
  await allure.ended;
  clearTimeout(killer);
}

await underRun();
await underWatch();
done();
