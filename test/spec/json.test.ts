import { BaseResolver, createConfig, Source } from "@redocly/openapi-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../scripts/spec/json.js";

/** What the parser of YAML makes of a text, which decides what a document is. */
async function parseYaml(text: string): Promise<unknown> {
  const { resolve } = await createConfig({});
  const { parsed } = new BaseResolver(resolve).parseDocument(new Source("a.json", text), true);
  // Redocly types what it has parsed as `any`.
  return parsed as unknown;
}

const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });

test("JSON is read as the parser of YAML reads it", async () => {
  await fc.assert(
    fc.asyncProperty(object, fc.constantFrom("", "  ", "\t"), async (value, space) => {
      const text = `${space}${JSON.stringify(value, undefined, space)}`;
      const parsed = parseJson(text);
      expect(parsed).toEqual("<<" in value ? undefined : await parseYaml(text));
    }),
  );
});

describe("is left to the parser of YAML", () => {
  test.each([
    ["a key that stands twice", '{"a": 1, "b": {"c": 1, "c": 2}}'],
    ["a key that stands twice, once with an escape", '{"a": 1, "\\u0061": 2}'],
    ["a key that stands twice, with a string in between", '{"a": "\\"a\\": \\\\", "a": 2}'],
    ["the merge key", '{"a": {"<<": {"b": 1}}}'],
    ["100 levels", `{"a": ${"[".repeat(100)}${"]".repeat(100)}}`],
    ["YAML", "{a: 1}"],
    ["a comma too many", '{"a": 1,}'],
    ["a list", "[1]"],
    ["nothing", ""],
  ])("%s", (_, text) => {
    expect(parseJson(text)).toBeUndefined();
  });
});

test("strings that look like keys are none", () => {
  const value = { a: '"b": 1', "c:": ['"d"', ":"], "e\\": "\\" };
  expect(parseJson(JSON.stringify(value))).toEqual(value);
});
