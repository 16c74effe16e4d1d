// allure3_reader.mjs - Allure 3's JUnit reader alone: parses, keeps nothing.
// SPDX-License-Identifier: Apache-2.0
//
// usage: allure3_reader.mjs INPUT
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const home = process.env.ALZ_CONSUMERS_DIR;
const require = createRequire(path.join(home, "node_modules/allure/x.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { junitXml } = await load("@allurereport/reader");
const { PathResultFile } = await load("@allurereport/reader-api");

let tests = 0;
const visitor = {
  visitTestResult: async () => {
    tests += 1;
  },
  visitTestFixtureResult: async () => {},
  visitAttachmentFile: async () => {},
  visitMetadata: async () => {},
};
const start = process.hrtime.bigint();
await junitXml.read(visitor, new PathResultFile(process.argv[2]));
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(seconds.toFixed(3));
if (tests === 0) process.exitCode = 1;
