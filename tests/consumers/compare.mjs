// compare.mjs - the table of a converter's README against the real readers.
// SPDX-License-Identifier: Apache-2.0
//
// usage: compare.mjs ALLURIZE README
//
// The table stands between <!-- compare --> and <!-- /compare -->. Its first
// column names a case of fixtures/<format>/ in backticks; the columns titled
// "allurize", "Allure 2 ..." and "Allure 3 ..." say what each shows of the
// case's input, read by itself: "2 passed, 1 failed", or "nothing".
import fs from "node:fs";
import path from "node:path";

import { isReport, shownBy2, shownBy3 } from "./counts.mjs";
import {
  allure2, allure3, convertCase, done, ok, same, scratch,
} from "./lib.mjs";

const [allurize, readme] = process.argv.slice(2);
const format = path.basename(path.dirname(readme));
const cases = path.resolve(path.dirname(readme), "../../fixtures", format);
const top = scratch();

const statuses = ["passed", "failed", "broken", "skipped", "unknown"];

// ---- the table -------------------------------------------------------------

function rows(text) {
  const table = text.split("<!-- compare -->")[1]?.split("<!-- /compare -->")[0];
  return (table ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

/** The numbers of a cell, by status; what is not named is 0. */
function expectation(cell) {
  const found = [...cell.matchAll(/(\d+) (passed|failed|broken|skipped|unknown)/g)];
  if (found.length === 0 && !/nothing/.test(cell))
    throw new Error(`neither counts nor "nothing": ${cell}`);
  const numbers = Object.fromEntries(statuses.map((it) => [it, 0]));
  for (const [, number, status] of found) numbers[status] += Number(number);
  return numbers;
}

// ---- the readers -----------------------------------------------------------

const counts = (facts) =>
  Object.fromEntries(statuses.map((it) => [it, facts[it] ?? 0]));

/** A report without data is what a reader shows when it dies on the input. */
function shown(read, report) {
  if (!isReport(report)) return counts({});
  try {
    return counts(read(report));
  } catch {
    return counts({});
  }
}

const readers = {
  allurize: (dir, name) => {
    const results = path.join(top, `${name}-results`);
    const report = path.join(top, `${name}-report`);
    convertCase(allurize, dir, results);
    allure3(results, report);
    return shown(shownBy3, report);
  },
  "Allure 2": (dir, name) => {
    const report = path.join(top, `${name}-2`);
    allure2(inputs(dir, name), report);
    return shown(shownBy2, report);
  },
  "Allure 3": (dir, name) => {
    const report = path.join(top, `${name}-3`);
    allure3(inputs(dir, name), report);
    return shown(shownBy3, report);
  },
};

/** A folder with nothing but the inputs of a case. */
function inputs(dir, name) {
  const ret = path.join(top, `${name}-inputs`);
  fs.mkdirSync(ret, { recursive: true });
  for (const file of fs.readdirSync(dir))
    if (file.startsWith("input."))
      fs.copyFileSync(path.join(dir, file), path.join(ret, file));
  return ret;
}

// ---- every cell ------------------------------------------------------------

const [titles, , ...body] = rows(fs.readFileSync(readme, "utf8"));
const columns = Object.keys(readers).map((reader) => [
  reader,
  (titles ?? []).findIndex((title) => title.startsWith(reader)),
]);
ok(body.length > 0, "the README has a table to compare");
for (const row of body) {
  const name = row[0].match(/`([^`]+)`/)?.[1];
  const dir = path.join(cases, name ?? "");
  if (!ok(name && fs.existsSync(dir), `${row[0]} names a case`)) continue;
  for (const [reader, column] of columns)
    if (column >= 0)
      same(readers[reader](dir, name), expectation(row[column]),
        `${name}: ${reader}`);
}
done();
