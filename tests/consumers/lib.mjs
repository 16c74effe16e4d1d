// lib.mjs - TAP, temporary folders, and the commands under test.
// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const home = process.env.ALZ_CONSUMERS_DIR;

// ---- TAP -------------------------------------------------------------------

let count = 0;
let failures = 0;

export function ok(good, what, detail) {
  count += 1;
  failures += good ? 0 : 1;
  console.log(`${good ? "" : "not "}ok ${count} - ${what}`);
  if (!good && detail) console.log(String(detail).replace(/^/gm, "# "));
  return good;
}

export function same(got, expected, what) {
  const [a, b] = [got, expected].map((it) => JSON.stringify(it, null, 1));
  return ok(a === b, what, `got ${a}\nexpected ${b}`);
}

export function done() {
  console.log(`1..${count}`);
  process.exitCode = failures ? 1 : 0;
}

// ---- folders ---------------------------------------------------------------

/** A folder that is gone when the script ends. */
export function scratch() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "allurize-"));
  process.on("exit", () => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The JSON documents of a folder whose names end like that, by name. */
export function documents(dir, suffix) {
  if (!fs.existsSync(dir)) return [];
  return fs
    .readdirSync(dir)
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => ({
      file: name,
      ...JSON.parse(fs.readFileSync(path.join(dir, name), "utf8")),
    }));
}

export function json(...parts) {
  return JSON.parse(fs.readFileSync(path.join(...parts), "utf8"));
}

// ---- commands --------------------------------------------------------------

function run(command, args, options = {}) {
  const got = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
  });
  if (got.error) throw got.error;
  return { status: got.status, log: got.stdout + got.stderr };
}

/** The command's options in a case's file; those with @ are the runner's, and
 * some of them the command's under another name. */
function caseOptions(dir) {
  const file = path.join(dir, "options");
  const lines = fs.existsSync(file)
    ? fs.readFileSync(file, "utf8").split("\n")
    : [];
  const pairs = lines
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => {
      const at = line.indexOf(" ");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    });
  return {
    args: pairs
      .map(([name, value]) => [name === "@list" ? "list" : name, value])
      .filter(([name]) => !name.startsWith("@"))
      .flatMap(([name, value]) => [`--${name}`, value]),
    inputs: pairs.filter(([name]) => name === "@input").map(([, it]) => it),
  };
}

/** Converts a case of fixtures/ into a folder, as a user would. */
export function convertCase(allurize, dir, output) {
  const { args, inputs } = caseOptions(dir);
  const names = inputs.length
    ? inputs
    : fs.readdirSync(dir).filter((name) => name.startsWith("input.")).sort();
  fs.mkdirSync(output, { recursive: true });
  return run(
    allurize,
    ["convert", "--run-id", "consumers", "-o", output, ...args, ...names],
    { cwd: dir },
  );
}

/** Converts one input given as text. */
export function convertText(allurize, name, text, dir) {
  const input = path.join(dir, name);
  const output = path.join(dir, "allure-results");
  fs.writeFileSync(input, text);
  const got = run(allurize, ["convert", "-o", output, input], { cwd: dir });
  return { ...got, output };
}

/** Allure 2's report of a results folder. */
export function allure2(results, output) {
  const archive = path.join(home, "allure2.jsa");
  const fast = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];
  if (fs.existsSync(archive)) fast.push(`-XX:SharedArchiveFile=${archive}`);
  return run(
    "sh",
    [
      path.join(home, "node_modules/allure-commandline/dist/bin/allure"),
      "generate", results, "-o", output,
    ],
    { env: { ...process.env, JAVA_OPTS: fast.join(" ") } },
  );
}

/** Allure 3's report; output must not exist (else it goes elsewhere). */
export function allure3(results, output) {
  const cli = path.join(home, "node_modules/allure/cli.js");
  return run(process.execPath, [cli, "generate", results, "-o", output], {
    cwd: path.dirname(output),
  });
}

/** Runs something and returns what it printed meanwhile. */
async function listen(work) {
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((it) => it.write);
  let log = "";
  for (const it of streams) {
    it.write = (text) => {
      log += text;
      return true;
    };
  }
  try {
    await work();
  } finally {
    streams.forEach((it, i) => {
      it.write = writes[i];
    });
  }
  return log;
}

/** The same as allure3, by the command's own function in this process: twenty
 * times as fast, which makes it possible to check every case. */
export async function allure3Here(results, output) {
  const root = path.join(home, "node_modules/allure");
  const require = createRequire(path.join(root, "package.json"));
  const load = (file) => import(pathToFileURL(file).href);
  const { readConfig } = await load(require.resolve("@allurereport/core"));
  const command = "dist/commands/commons/generate.js";
  const { generate } = await load(path.join(root, command));
  const cwd = path.dirname(output);
  const log = await listen(async () => {
    const config = await readConfig(cwd, undefined, { output });
    await generate({ resultsDir: [results], cwd, config });
  });
  return { status: 0, log };
}

/** Lines of a reader's log that say something was lost. */
export function complaints(log) {
  return log
    .split("\n")
    .filter((line) => /error|exception|could not|unable|warn/i.test(line));
}

export { home };
