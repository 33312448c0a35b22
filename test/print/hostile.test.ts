import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import { emitFiles } from "../../scripts/pipeline.js";
import { canonical, isObject } from "../../scripts/spec/canonical.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { wireTypes } from "../../scripts/wire-types.js";

const root = path.resolve(import.meta.dirname, "..", "..");
const spec = path.join(root, "openapi", "openapi.yaml");
const placeholder = ["$", "{alert(1)}"].join("");
const attack = `*/ alert(1); /* \` ${placeholder} "; alert(1); // \u2028alert(1)\n@type {x} </script>\u202e`;
/** Texts that are prose or data. The others (types, names of keys, references) have a form of their own. */
const prose = new Set(["description", "summary", "title", "version", "default", "url"]);

/** The same document with the attack in every text field, every enum value and every example. */
function attacked(value: Json, key = ""): Json {
  if (typeof value === "string") return prose.has(key) ? `${value} ${attack}` : value;
  if (Array.isArray(value)) {
    return key === "enum"
      ? value.map((item: Json) => `${String(item)} ${attack}`)
      : value.map((item: Json) => attacked(item));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === "value" ? poisoned(member) : attacked(member, name),
    ]),
  );
}

/** Example data: every text in it. */
function poisoned(value: Json): Json {
  if (typeof value === "string") return `${value}${attack}`;
  if (Array.isArray(value)) return value.map(poisoned);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, poisoned(member)]),
  );
}

/** What a file does, without what it says: the kinds of its syntax, and its identifiers. */
function skeleton(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    found.push(ts.isIdentifier(node) ? node.text : ts.SyntaxKind[node.kind]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("hostile texts change no syntax and no name of the output", async () => {
  const { document } = await loadSpec(spec);
  const emit = async (given: Json): Promise<Map<string, string>> => {
    const sorted = canonical(given);
    const files = await emitFiles(
      buildApi(sorted).api,
      sorted,
      spec,
      path.join(root, "generated"),
      wireTypes,
    );
    return new Map(
      files.filter((one) => one.path.endsWith(".ts")).map((one) => [one.path, one.text]),
    );
  };
  const clean = await emit(document);
  const dirty = await emit(attacked(document));
  expect([...dirty.keys()]).toEqual([...clean.keys()]);
  let differing = 0;
  for (const [file, text] of dirty) {
    const before = clean.get(file) ?? "";
    if (text !== before) differing += 1;
    expect(skeleton(file, text), file).toEqual(skeleton(file, before));
    expect(text, file).not.toMatch(/[\u2028\u202e]/);
  }
  // The attack did reach the output: comments and literals carry it, harmless.
  expect(differing).toBeGreaterThan(8);
});
