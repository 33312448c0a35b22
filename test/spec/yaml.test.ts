import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSpec } from "../../scripts/spec/load.js";
import { answering, build, writeDocument } from "./documents.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "yaml-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The schema of the response, as it was read from a text of YAML. */
async function schemaOf(text: string): Promise<unknown> {
  const spec = writeDocument(folder, { "openapi.yaml": text });
  const { document } = await readSpec(spec, { strict: false });
  const keys = "paths /things get responses 200 content application/json schema".split(" ");
  return keys.reduce<unknown>((value, key) => Reflect.get(Object(value), key), document);
}

const plain = { type: "object", properties: { a: { type: "string" } } };

describe("JSON in YAML whose last bracket stands below its key", () => {
  test.each([
    ["a brace", '\nx-more: {\n  "a": [\n    1\n  ]\n}\n'],
    ["a list", "\nx-more: [\n  1,\n  2\n]\n"],
  ])("%s", async (_, more) => {
    const text = answering("{ type: object, properties: { a: { type: string } } }", more);
    expect(await schemaOf(text)).toEqual(plain);
  });

  test("anchors, merge keys and words of YAML 1.2 mean the same there", async () => {
    const text = answering(
      "{ <<: *base, properties: { a: { enum: [no, 010, 2020-01-01] } } }",
      "x-base: &base { type: object, properties: {} }\nx-more: {\n}\n",
    );
    const [head = "", base = ""] = text.split("x-base");
    const [first, ...rest] = head.split("\n");
    const [anchored = "", ...more] = `x-base${base}`.split("\n");
    expect(await schemaOf([first, anchored, ...rest, ...more].join("\n"))).toEqual({
      type: "object",
      properties: { a: { enum: ["no", 10, "2020-01-01"] } },
    });
  });

  test.each([
    ["a list", "x-more: [1\nx-other: 2\n"],
    ["a list within a list", "x-more:\n  a: [[1]\n  b: [2]\n"],
    ["an object", "x-more: { a: 1\nx-other: 2\n"],
    ["an object before one below its key", "x-more: { a: 1\nx-other: {\n}\n"],
  ])("%s that is never closed is an error", async (_, more) => {
    const spec = writeDocument(folder, {
      "openapi.yaml": `${answering("{ type: object }")}${more}`,
    });
    await expect(readSpec(spec, { strict: false })).rejects.toThrow(/openapi\.yaml:\d+:\d+/);
  });

  test("another mistake is reported in the words of the first parser", async () => {
    const text = `${answering("{ type: object }")}x-more: {\n  a: 1\n}\nx-more: 2\n`;
    const spec = writeDocument(folder, { "openapi.yaml": text });
    await expect(readSpec(spec)).rejects.toThrow(/openapi\.yaml:\d+:\d+/);
  });
});

test.each([
  ["a list", "x-more: [a\nx-others: b\n"],
  ["a map", "x-more: { a: 1\nx-others: b\n"],
  ["a list inside", "x-more:\n  a: [b\n  c:\n    - d: e\n"],
  ["a list at the end", "x-more: [a, b\n"],
])("%s without its closing bracket is refused with its line", async (_, more) => {
  const spec = writeDocument(folder, { "openapi.yaml": answering("{ type: object }", more) });
  await expect(readSpec(spec, { strict: false })).rejects.toThrow(/openapi\.yaml:\d+:\d+/);
});

test("bytes are their base64 and a set is a list; warnings beside them have their line", async () => {
  const text = answering(
    "{ type: string, default: !!binary aGVsbG8=, enum: !!set { aGVsbG8=, b } }",
  ).replace("      tags: [things]\n", "");
  expect(await schemaOf(text)).toEqual({
    type: "string",
    default: "aGVsbG8=",
    enum: ["aGVsbG8=", "b"],
  });
  const { warnings } = await build(path.join(folder, "openapi.yaml"));
  const [first] = warnings.filter(({ found }) => found === "an operation without a tag");
  expect(first?.source).toMatch(/openapi\.yaml:5:\d+ /);
});

test.each([
  ["UTF-16", "\u{feff}o\0p\0e\0n\0", /a file in UTF-8/],
  [
    "comments in JSON",
    '// one\n{ "openapi": "3.1.0", /* two */ "paths": {} }',
    /JSON without comments/,
  ],
  ["a number without end", "openapi: 3.1.0\nx-number: .inf", /a finite number/],
  ["the version of one kind under the key of another", 'openapi: "2.0"', /:1:1 .*[\s\S]*swagger/],
  ["the same, the other way round", "info: {}\nswagger: 3.0.0", /:2:1 .*[\s\S]*openapi/],
])("%s is refused with advice", async (_, text, words) => {
  const spec = writeDocument(folder, { "openapi.yaml": text });
  await expect(readSpec(spec, { strict: false })).rejects.toThrow(words);
});
