// checks.mjs - runs two checks at once and tells them as events.
// SPDX-License-Identifier: Apache-2.0
//
// usage: node checks.mjs | allurize convert -f events -
const tell = (event) => console.log(JSON.stringify(event));

let last = 0;
const begin = (kind, name, parent = 0) => {
    const ref = ++last;
    tell({ begin: kind, ref, in: parent });
    tell({ text: "name", ref, value: name });
    return ref;
};

// Every event names its node, so tests that run at once may interleave.
const run = async (suite, name, steps) => {
    const test = begin("test", name, suite);
    tell({ time: "start", ref: test, ms: Date.now() });
    let status = "passed";
    for (const [title, check] of Object.entries(steps)) {
        const step = begin("step", title, test);
        try {
            await check();
            tell({ status: "passed", ref: step });
        } catch (error) {
            status = "failed";
            tell({ status, ref: step });
            tell({ text: "message", ref: test, value: error.message });
            tell({ text: "trace", ref: test, value: error.stack });
        }
        tell({ end: step });
    }
    tell({ status, ref: test });
    tell({ time: "stop", ref: test, ms: Date.now() });
    tell({ end: test });
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const suite = begin("suite", "orders");
await Promise.all([
    run(suite, "an order is paid", {
        "add to the cart": () => pause(2),
        "pay": () => pause(1),
    }),
    run(suite, "an order is refused", {
        "pay with an empty card": async () => {
            throw new Error("the card was not refused");
        },
    }),
]);
tell({ end: suite });
