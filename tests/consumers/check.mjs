// check.mjs - fixtures in both real readers: counts, tests, logs.
// SPDX-License-Identifier: Apache-2.0
//
// usage: check.mjs ALLURIZE CASE...
import fs from "node:fs";
import path from "node:path";

import { isReport, ours, shownBy2, shownBy3 } from "./counts.mjs";
import {
  allure2, allure3Here, complaints, convertCase, done, ok, same, scratch,
} from "./lib.mjs";

const [allurize, ...cases] = process.argv.slice(2);
const top = scratch();

/** Rules that concern several files, checked apart from `allurize validate`. */
function checkFiles(name, { results: files, attempts }) {
  const uuids = new Set(files.map((it) => it.uuid));
  const late = attempts.filter((group) =>
    group.some((it, i) => i > 0 && it.start <= group[i - 1].start),
  );
  ok(
    uuids.size === files.length &&
      files.every((it) => it.file === `${it.uuid}-result.json`),
    `${name}: every result has a uuid of its own and is named by it`,
  );
  same(
    late.map((it) => it[0].fullName),
    [],
    `${name}: attempts start one after another`,
  );
}

async function checkReport(name, reader, generate, shown, facts, results) {
  const report = path.join(top, reader.replace(" ", ""));
  const { status, log } = await generate(results, report);
  ok(status === 0 && isReport(report), `${name}: ${reader} makes a report`, log);
  same(complaints(log), [], `${name}: ${reader} complains of nothing`);
  if (isReport(report))
    same(shown(report), facts, `${name}: ${reader} shows what was converted`);
  fs.rmSync(report, { recursive: true, force: true });
}

async function checkCase(dir) {
  const name = path.basename(dir);
  const results = path.join(top, "results");
  const { status, log } = convertCase(allurize, dir, results);
  const good = [0, 3, 4].includes(status);
  if (ok(good, `${name}: converts`, `${status}\n${log}`)) {
    const expected = ours(results);
    const { facts } = expected;
    checkFiles(name, expected);
    await checkReport(name, "Allure 2", allure2, shownBy2, facts, results);
    await checkReport(name, "Allure 3", allure3Here, shownBy3, facts, results);
  }
  fs.rmSync(results, { recursive: true, force: true });
}

for (const dir of cases) await checkCase(dir);
done();
