// browser.mjs - a person opens the report and finds the failing test.
// SPDX-License-Identifier: Apache-2.0
//
// usage: browser.mjs ALLURIZE
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

import { allure3, convertText, done, home, ok, scratch } from "./lib.mjs";

const input = `<?xml version="1.0"?>
<testsuite name="Checkout" tests="2" failures="1">
<testcase classname="shop.Cart" name="keeps &lt;two&gt; items" time="0.01">
<failure message="expected 2 &amp; got 1">at Cart.java:7</failure></testcase>
<testcase classname="shop.Cart" name="is empty at first" time="0.02"/>
</testsuite>
`;

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
};

/** A server of files below root, on this machine only. */
function serve(root) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = path.join(root, path.normalize(decodeURIComponent(pathname)));
    const real = pathname.endsWith("/") ? path.join(file, "index.html") : file;
    if (!real.startsWith(root) || !fs.existsSync(real)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[path.extname(real)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type });
    fs.createReadStream(real).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

/** Opens the report, follows the test by its name; returns the page's text. */
async function look(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByText("keeps <two> items").first().click();
  const message = page.getByText("expected 2 & got 1").first();
  await message.waitFor({ state: "visible" });
  return page.locator("body").innerText();
}

const top = scratch();
const report = path.join(top, "report");
const converted = convertText(
  process.argv[2], "TEST-shop.xml", input, top,
);
ok(converted.status === 0, "the input converts", converted.log);
const made = allure3(converted.output, report);
ok(made.status === 0, "Allure 3 makes a report", made.log);

const require = createRequire(path.join(home, "package.json"));
const { chromium } = require("playwright-core");
const server = await serve(report);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const text = await look(browser, url);
  ok(text.includes("keeps <two> items"), "the failing test is found by name");
  ok(text.includes("expected 2 & got 1"), "its message is shown");
  ok(text.includes("shop.Cart"), "its class is shown");
} catch (error) {
  ok(false, "the report can be used", error.message);
} finally {
  await browser.close();
  server.close();
}
done();
