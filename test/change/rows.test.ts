import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Change } from "../../scripts/change/finding.js";
import { changeOf } from "../../scripts/change/run.js";
import type { Json } from "../../scripts/model/api.js";
import { canonical } from "../../scripts/spec/canonical.js";
import { contractRows } from "./contract-rows.js";
import { library } from "./library.js";
import { libraryRequestRows, libraryResponseRows } from "./library-rows.js";
import { librarySameRows } from "./library-same-rows.js";
import { moreContractRows } from "./more-contract-rows.js";
import type { Row } from "./rows.js";
import { shop } from "./shop.js";
import { shopRows } from "./shop-rows.js";
import { type Editable, small } from "./small.js";
import { smallRows } from "./small-rows.js";

function changed(document: Json, base: Json, { edit }: Pick<Row, "edit">): Change {
  // A copy of JSON is JSON, which an edit may change.
  const copy = structuredClone(document) as unknown as Editable;
  edit(copy);
  return changeOf(base, canonical(copy as unknown as Json), (at) => {
    return { file: "openapi.yaml", line: 1, pointer: at.join("/") };
  });
}

function check(document: Json, base: Json, row: Row): void {
  const { bump, findings } = changed(document, base, row);
  const breaks = findings.filter(({ who }) => who.length > 0);
  expect(breaks.map(({ operation, who }) => `${operation}: ${who.join(" ")}`).sort()).toEqual(
    [...(row.breaks ?? [])].sort(),
  );
  expect(bump).toBe(row.bump);
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...(row.rules ?? [])]));
  if (row.bump === "none") expect(findings).toEqual([]);
  if (row.witness === true) {
    expect(breaks.filter(({ confirmed }) => !confirmed)).toEqual([]);
  }
}

// The contract as it is generated; what JSON.parse gives is JSON.
const contract = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
) as Json;

describe.each([
  ["a small contract", small, smallRows],
  ["a larger contract", shop, shopRows],
  ["a library: requests", library, libraryRequestRows],
  ["a library: responses", library, libraryResponseRows],
  ["a library in other words", library, librarySameRows],
  ["our contract", contract, [...contractRows, ...moreContractRows]],
] as const)("changes to %s", (_, document, rows) => {
  // The same data for each row: what is compiled of it is compiled once.
  const base = canonical(document);

  test.each(rows)("$name", (row) => check(document, base, row));
});
