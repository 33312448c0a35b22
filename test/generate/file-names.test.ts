import { describe, expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import { namesFor } from "../../scripts/part-names.js";
import { emitFiles } from "../../scripts/pipeline.js";
import { canonical } from "../../scripts/spec/canonical.js";
import { wireTypes } from "../../scripts/wire-types.js";

/** What Windows has for its devices, with any ending. */
const device = /^(?:aux|con|nul|prn|com[0-9]|lpt[0-9])(?:\.|$)/i;

const words = ["con", "aux", "nul", "prn", "com1", "lpt9"];

/** Names that a disk may take for a device, or for one another. */
const awkward = [
  ...words,
  "Con",
  "userName",
  "username",
  "UserName",
  "user-name",
  "get_url",
  "getURL",
];

function documentOf(count: number): Json {
  const names = [...awkward, ...Array.from({ length: count }, (_, index) => `thing${index}`)];
  const schemas = Object.fromEntries(
    names.map((name) => [name, { type: "object", properties: { id: { type: "string" } } }]),
  );
  const paths = Object.fromEntries(
    names.map((name, index) => {
      const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
      const responses = { "200": { description: "One.", content } };
      // One tag with all operations, and one for each name.
      const both = { get: { operationId: name, tags: ["all"], responses } };
      const post = { operationId: `post${index}`, tags: [name], responses };
      return [`/${name}`, { ...both, post }];
    }),
  );
  return canonical({
    openapi: "3.1.0",
    info: { title: "Names", version: "1.0.0" },
    paths,
    components: { schemas },
  });
}

describe.each([
  ["a small document", 0],
  ["a large document, with a file for each part", 100],
])("%s", (_, count) => {
  test("has files that every disk can hold side by side", async () => {
    const document = documentOf(count);
    const { api } = buildApi(document, { strict: false });
    const files = await emitFiles(api, document, "/names.json", "/out", wireTypes);
    const paths = files.map((file) => file.path);
    const parts = paths.flatMap((file) => file.split("/"));
    expect(parts.filter((part) => device.test(part))).toEqual([]);
    const folded = paths.map((file) => file.toLowerCase());
    expect(folded.filter((file, index) => folded.indexOf(file) !== index)).toEqual([]);
    expect(paths.some((file) => file.startsWith("resources/all/"))).toBe(count > 0);
    expect(paths.some((file) => file.startsWith("wire/"))).toBe(count > 0);
  });
});

test("the name of a part does not depend on how many others there are, but on those that it could be taken for", () => {
  const few = namesFor(["getUser", "con"]);
  const many = namesFor(["getUser", "con", "getUsers", "get-user-s", "x".repeat(300)]);
  expect(many("getUser")).toEqual(few("getUser"));
  expect(few("con").file).toBe("con-part");
  expect(many("getUsers").file).toMatch(/^get-users-[0-9a-f]{8}$/);
  expect(many("get-user-s").file).toMatch(/^get-user-s-[0-9a-f]{8}$/);
  expect(many("x".repeat(300)).file.length).toBeLessThan(100);
});
