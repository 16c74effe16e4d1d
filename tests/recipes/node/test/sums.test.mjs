// sums.test.mjs - one that passes, one that fails, one that is skipped.
// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert";
import { describe, it } from "node:test";

describe("sums", () => {
  it("adds", () => assert.equal(1 + 1, 2));
  it("multiplies", () => assert.equal(2 * 2, 5));
  it("divides", { skip: "later" }, () => {});
});
