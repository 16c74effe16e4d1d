// compare.mjs - the table of a converter's README against the real readers.
// SPDX-License-Identifier: Apache-2.0
//
// usage: compare.mjs ALLURIZE README [--accept]
//
// The table stands between <!-- compare --> and <!-- /compare -->. Its first
// column names a case of fixtures/<format>/ in backticks; the columns titled
// "allurize", "Allure 2 ..." and "Allure 3 ..." say what each shows of the
// case's input: "2 passed, 1 failed, 1 retries", or "nothing". With --accept
// those cells are rewritten.
import fs from "node:fs";
import path from "node:path";

import { isReport, shownBy2, shownBy3 } from "./counts.mjs";
import {
  allure2, allure3, allure3Here, convertCase, done, ok, same, scratch,
} from "./lib.mjs";

const [allurize, readme, accept] = process.argv.slice(2);
const format = path.basename(path.dirname(readme));
const cases = path.resolve(path.dirname(readme), "../../fixtures", format);
const top = scratch();

const words = ["passed", "failed", "broken", "skipped", "unknown", "retries"];
const none = Object.fromEntries(words.map((it) => [it, 0]));

// ---- cells -----------------------------------------------------------------

const marks = ["<!-- compare -->", "<!-- /compare -->"];

/** The numbers of a cell; what is not named is 0. */
function parse(cell) {
  const found = [...cell.matchAll(new RegExp(`(\\d+) (${words.join("|")})`, "g"))];
  if (found.length === 0 && !/nothing/.test(cell))
    throw new Error(`neither counts nor "nothing": ${cell}`);
  return found.reduce(
    (ret, [, number, word]) => ({ ...ret, [word]: ret[word] + Number(number) }),
    none,
  );
}

function print(counts) {
  const said = words.filter((it) => counts[it]);
  return said.map((it) => `${counts[it]} ${it}`).join(", ") || "nothing";
}

// ---- the readers -----------------------------------------------------------

/** A report without data is what a reader shows when it dies on the input. */
function shown(read, report) {
  if (!isReport(report)) return none;
  try {
    const facts = read(report);
    return Object.fromEntries(words.map((it) => [it, facts[it] ?? 0]));
  } catch {
    return none;
  }
}

/** A folder with nothing but the inputs of a case. */
function inputs(dir, name) {
  const ret = path.join(top, `${name}-inputs`);
  fs.mkdirSync(ret, { recursive: true });
  for (const file of fs.readdirSync(dir))
    if (file.startsWith("input."))
      fs.copyFileSync(path.join(dir, file), path.join(ret, file));
  return ret;
}

const readers = {
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
  allurize: async (dir, name) => {
    const results = path.join(top, `${name}-results`);
    const report = path.join(top, `${name}-report`);
    convertCase(allurize, dir, results);
    await allure3Here(results, report);
    return shown(shownBy3, report);
  },
};

// ---- the table -------------------------------------------------------------

const text = fs.readFileSync(readme, "utf8");
const table = text.split(marks[0])[1]?.split(marks[1])[0] ?? "";
const lines = table.split("\n").filter((line) => line.startsWith("|"));
const rows = lines.map((line) =>
  line.split("|").slice(1, -1).map((cell) => cell.trim()),
);
const columns = Object.keys(readers)
  .map((reader) => [
    reader,
    (rows[0] ?? []).findIndex((title) => title.startsWith(reader)),
  ])
  .filter(([, column]) => column >= 0);

/** Checks the cells of a row, or sets them; returns the row as a line. */
async function visit(row) {
  const name = row[0].match(/`([^`]+)`/)?.[1];
  const dir = path.join(cases, name ?? "");
  if (!ok(name && fs.existsSync(dir), `${row[0]} names a case`)) return row;
  for (const [reader, column] of columns) {
    const counts = await readers[reader](dir, name);
    if (accept) row[column] = print(counts);
    else same(counts, parse(row[column]), `${name}: ${reader}`);
  }
  return `| ${row.join(" | ")} |`;
}

ok(rows.length > 2 && columns.length > 0, "the README has a table to compare");
const visited = lines.slice(0, 2);
for (const row of rows.slice(2)) visited.push(await visit(row));
if (accept)
  fs.writeFileSync(
    readme,
    text.replace(table, () => `\n${visited.join("\n")}\n`),
  );
done();
