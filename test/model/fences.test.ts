import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");

/** Every name that only this contract uses: paths, schemas, operations, members in snake_case, error codes. */
function namesOfContract(): string[] {
  const names = new Set<string>();
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, "");
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (["paths", "schemas", "x-contract-errors"].includes(key)) names.add(name);
      if (key === "properties" && name.includes("_")) names.add(name);
      if (name === "operationId" && typeof member === "string") names.add(member);
      visit(member, name);
    }
  };
  const document: unknown = JSON.parse(
    readFileSync(path.join(root, "generated", "openapi.json"), "utf8"),
  );
  visit(document, "");
  // `invalid`, `other`, `storage`, `unavailable` and `Operation` are words of every language.
  return [...names].filter((name) => /[_/]|[a-z][A-Z]/.test(name));
}

test("the generator and the runtime name no path, schema, operation, field or code of the contract", () => {
  const names = namesOfContract();
  expect(names).toContain("/access-tokens");
  expect(names).toContain("has_more");
  expect(names.length).toBeGreaterThan(30);
  for (const folder of ["scripts", "src/runtime"]) {
    for (const entry of readdirSync(path.join(root, folder), {
      recursive: true,
      encoding: "utf8",
    })) {
      if (!entry.endsWith(".ts")) continue;
      const code = readFileSync(path.join(root, folder, entry), "utf8");
      const found = names.filter((name) => code.includes(name));
      expect(found, `${folder}/${entry}`).toEqual([]);
    }
  }
});

test("the model is plain data", async () => {
  const { buildApi } = await import("../../scripts/model/build.js");
  const { loadSpec } = await import("../../scripts/spec/load.js");
  const { document } = await loadSpec(path.join(root, "openapi", "openapi.yaml"));
  const { api } = buildApi(document);
  expect(JSON.parse(JSON.stringify(api))).toEqual(api);
  const hasRef = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(hasRef)
      : typeof value === "object" &&
        value !== null &&
        ("$ref" in value || Object.values(value).some(hasRef));
  expect(hasRef(api)).toBe(false);
});
