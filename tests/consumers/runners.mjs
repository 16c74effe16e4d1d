// runners.mjs - results of real runners in both real readers: every verdict.
// SPDX-License-Identifier: Apache-2.0
//
// usage: runners.mjs ALLURIZE FOLDER...
//
// A FOLDER holds results folders, and beside each NAME what must be in it:
// NAME.expected has a line "STATUS FULLNAME" for each test. The tests of
// tests/ctest and tests/gtest leave them.
import fs from "node:fs";
import path from "node:path";

import { isReport, shownBy2, shownBy3 } from "./counts.mjs";
import {
  allure2, allure3Here, complaints, done, ok, same, scratch,
} from "./lib.mjs";

const folders = process.argv.slice(3);
const top = scratch();
const SKIPPED = 77;

/** "failed a.b" of what counts.mjs has for each test that is shown. */
const verdicts = (facts) =>
  facts.lines.map((line) => line.split(" | ").slice(0, 2).join(" ")).sort();

async function check(name, results, expected) {
  const readers = [
    ["Allure 2", allure2, shownBy2],
    ["Allure 3", allure3Here, shownBy3],
  ];
  for (const [reader, generate, shown] of readers) {
    const report = path.join(top, "report");
    const { log } = await generate(results, report);
    if (!ok(isReport(report), `${name}: ${reader} makes a report`, log)) continue;
    const facts = shown(report);
    same(verdicts(facts), expected, `${name}: ${reader} shows every verdict`);
    same(facts.retries, 0, `${name}: ${reader} shows each test once`);
    same(complaints(log), [], `${name}: ${reader} complains of nothing`);
    fs.rmSync(report, { recursive: true, force: true });
  }
}

const cases = folders
  .filter((folder) => fs.existsSync(folder))
  .flatMap((folder) =>
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith(".expected"))
      .map((name) => path.join(folder, name)),
  );
for (const file of cases) {
  const results = file.replace(/\.expected$/, "");
  const name = path.relative(path.join(results, "../.."), results);
  const lines = fs.readFileSync(file, "utf8").split("\n");
  await check(name, results, lines.filter((line) => line).sort());
}
if (cases.length === 0) {
  console.log("1..0 # SKIP no runner has left results");
  process.exit(SKIPPED);
}
done();
