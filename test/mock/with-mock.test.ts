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

test("which has stopped when the test has ended", async () => {
  expect(url).toMatch(/^http:/);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("also when the test failed, and its failure is the one that counts", async () => {
  let other = "";
  const failing = withMock({}, ({ mock }) => {
    other = mock.url;
    throw new Error("the test failed");
  });
  await expect(failing()).rejects.toThrow("the test failed");
  await expect(fetch(other)).rejects.toThrow("fetch failed");
});
