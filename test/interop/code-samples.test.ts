import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import document from "../../generated/openapi.json" with { type: "json" };
import { clients } from "./clients.js";
import { snippetsOf } from "./snippets.js";

interface CodeSample {
  readonly lang: string;
  readonly source: string;
}

const official = clients.filter(({ name }) => name !== "ours");

/** What `x-codeSamples` of an operation is: a part of each program that interop runs. */
function samplesOf(operationId: string): readonly CodeSample[] {
  return official.map(({ name, seed, language }) => {
    const program = readFileSync(new URL(`${name}/${seed}`, import.meta.url), "utf8");
    return { lang: language, source: snippetsOf(program).get(operationId) ?? "" };
  });
}

/** A file of the contract with the samples of its operations, each after its `operationId`. */
function withSamples(text: string): string {
  const place = /^ {2}operationId: (\w+)\n(?: {2}x-codeSamples:.*\n(?: {4}.*\n|\n)*)?/gm;
  return text.replace(place, (_, operationId: string) => {
    const samples = { "x-codeSamples": samplesOf(operationId) };
    const block = stringify(samples, { blockQuote: "literal", lineWidth: 0 });
    return `  operationId: ${operationId}\n${block.replaceAll(/^(?=.)/gm, "  ")}`;
  });
}

test.each(["access-tokens", "access-tokens_{id}"])(
  "the code samples in openapi/paths/%s.yaml are cut from programs that run",
  async (name) => {
    const file = new URL(`../../openapi/paths/${name}.yaml`, import.meta.url);
    const text = readFileSync(file, "utf8");
    expect(text).toContain("x-codeSamples");
    await expect(withSamples(text)).toMatchFileSnapshot(fileURLToPath(file));
  },
);

test.each([
  document.paths["/access-tokens"].get,
  document.paths["/access-tokens"].post,
  document.paths["/access-tokens/{id}"].delete,
])("the published document has those of $operationId", (operation) => {
  expect(operation["x-codeSamples"]).toEqual(samplesOf(operation.operationId));
});
