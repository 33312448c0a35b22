/** Tests that run under `node --test`; with-mock.test.ts starts them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withMock } from "../../src/mock/index.js";

const token = { id: "a", scope: { ops: ["read" as const] } };

describe("withMock", { concurrency: true }, () => {
  test(
    "a test has a mock and a client",
    withMock({}, async ({ client, mock }) => {
      await client.accessTokens.issue(token);
      assert.deepEqual(
        mock.tokens().map(({ id }) => id),
        ["a"],
      );
    }),
  );

  test(
    "another has another mock",
    withMock({}, async ({ client }) => {
      assert.deepEqual((await client.accessTokens.list()).accessTokens, []);
    }),
  );

  test(
    "sessions of one mock share nothing",
    withMock({}, async ({ mock }) => {
      const [one, other] = ["one", "other"].map((session) => mock.client({ session }));
      await one?.accessTokens.issue(token);
      assert.equal(mock.session("one").tokens().length, 1);
      assert.deepEqual((await other?.accessTokens.list())?.accessTokens, []);
      assert.equal(mock.session("other").journal().length, 1);
    }),
  );

  test(
    "a failure is told",
    withMock({}, ({ mock }) => {
      assert.equal(mock.tokens().length, 1, "planted");
    }),
  );
});
