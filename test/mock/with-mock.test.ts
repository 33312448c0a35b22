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
