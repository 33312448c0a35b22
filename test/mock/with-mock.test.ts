import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { withMock } from "../../src/mock/index.js";

let url = "";

test(
  "a test has a mock and a client of its own",
  withMock({ tokens: [{ id: "seed", scope: { ops: ["read"] } }] }, async ({ mock, client }) => {
    await client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
    expect(mock.tokens().map(({ id }) => id)).toEqual(["a", "seed"]);
    url = mock.url;
  }),
);

test("the mock has stopped after the test", async () => {
  expect(url).toMatch(/^http:/);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("the mock stops after a failed test, whose error is kept", async () => {
  let other = "";
  const failing = withMock({}, ({ mock }) => {
    other = mock.url;
    throw new Error("the test failed");
  });
  await expect(failing()).rejects.toThrow("the test failed");
  await expect(fetch(other)).rejects.toThrow("fetch failed");
});

test("under node --test each test has its mock, and none of them keeps the process alive", async () => {
  const program = fileURLToPath(new URL("./with-mock-program.ts", import.meta.url));
  const args = ["--import", "tsx", "--test", "--test-reporter=tap", program];
  // Node.js runs no tests within its tests.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, code } = await new Promise<{ stdout: string; code: unknown }>((resolve) => {
    execFile(process.execPath, args, { env }, (error, out) =>
      resolve({ stdout: out, code: error?.code ?? 0 }),
    );
  });
  const outcomes = [...stdout.matchAll(/^ +(ok|not ok) \d+ - (.+)$/gm)].map(([, is, name]) => [
    name,
    is,
  ]);
  expect(Object.fromEntries(outcomes)).toMatchObject({
    "a test has a mock and a client": "ok",
    "another has another mock": "ok",
    "sessions of one mock share nothing": "ok",
    "a failure is told": "not ok",
  });
  expect(stdout).toContain("planted");
  expect(code).toBe(1);
});
