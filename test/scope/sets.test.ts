import { expect, test } from "vitest";
import { all, exact, none, prefix } from "../../src/index.js";
import { json, rig, untyped } from "../runtime/harness.js";

test("the helpers are what the contract calls them", () => {
  expect([all, none]).toEqual([{ prefix: "" }, { exact: "" }]);
  expect([exact("production"), prefix("users/1234/")]).toEqual([
    { exact: "production" },
    { prefix: "users/1234/" },
  ]);
});

test("they can be sent", async () => {
  const { client, seen } = rig(() => json(201, { access_token: "issued-secret" }));
  await client.accessTokens.issue({
    id: "a",
    scope: { basins: all, streams: prefix("users/"), accessTokens: none, ops: ["read"] },
    autoPrefixStreams: true,
  });
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
    id: "a",
    auto_prefix_streams: true,
    scope: {
      basins: { prefix: "" },
      streams: { prefix: "users/" },
      access_tokens: { exact: "" },
      ops: ["read"],
    },
  });
});

test("an empty text, which would mean all or none, is a TypeError that says what to write", () => {
  expect(() => prefix("")).toThrow(
    new TypeError("prefix: an empty prefix matches everything. If you mean that, use all"),
  );
  expect(() => exact("")).toThrow(
    new TypeError("exact: an empty name matches nothing. If you mean that, use none"),
  );
});

test.each([undefined, null, 5])(
  "%s, which a variable that was never set may be, is a TypeError",
  (name) => {
    expect(() => exact(untyped(name))).toThrow("exact: expected a string");
    expect(() => prefix(untyped(name))).toThrow("prefix: expected a string");
  },
);
