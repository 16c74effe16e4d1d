// check.mjs - one fixture in both real readers: counts, tests, logs.
// SPDX-License-Identifier: Apache-2.0
//
// usage: check.mjs ALLURIZE CASE
import path from "node:path";

import { isReport, ours, shownBy2, shownBy3 } from "./counts.mjs";
import {
  allure2, allure3, complaints, convertCase, done, ok, same, scratch,
} from "./lib.mjs";

const [allurize, dir] = process.argv.slice(2);
const top = scratch();
const results = path.join(top, "results");

/** Rules that concern several files, checked apart from `allurize validate`. */
function checkFiles({ results: files, attempts }) {
  const uuids = new Set(files.map((it) => it.uuid));
  const late = attempts.filter((group) =>
    group.some((it, i) => i > 0 && it.start <= group[i - 1].start),
  );
  ok(uuids.size === files.length, "every uuid is used once");
  ok(
    files.every((it) => it.file === `${it.uuid}-result.json`),
    "every file is named by its uuid",
  );
  same(late.map((it) => it[0].fullName), [], "attempts start one after another");
}

function checkReport(name, generate, shown, expected) {
  const report = path.join(top, name.replace(" ", ""));
  const { status, log } = generate(results, report);
  ok(status === 0 && isReport(report), `${name} makes a report`, log);
  same(complaints(log), [], `${name} complains of nothing`);
  if (isReport(report))
    same(shown(report), expected, `${name} shows what was converted`);
}

const { status, log } = convertCase(allurize, dir, results);
if (ok([0, 3, 4].includes(status), "the case converts", `${status}\n${log}`)) {
  const expected = ours(results);
  checkFiles(expected);
  checkReport("Allure 2", allure2, shownBy2, expected.facts);
  checkReport("Allure 3", allure3, shownBy3, expected.facts);
}
done();
