import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../scripts/change/finding.js";
import { provenChangeOf } from "../../scripts/change/run.js";
import type { Side } from "../../scripts/change/side.js";
import type { Json } from "../../scripts/model/api.js";
import { canonical } from "../../scripts/spec/canonical.js";
import { drop, json, schema, set } from "./edit.js";
import { shop } from "./shop.js";
import type { Editable } from "./small.js";

// The contract as it is generated; what JSON.parse gives is JSON.
const contract = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
) as Json;

async function proven(
  edit: (document: Editable) => void,
  document: Json = contract,
): Promise<readonly Finding[]> {
  // A copy of JSON is JSON, which an edit may change.
  const copy = structuredClone(document) as unknown as Editable;
  edit(copy);
  const side = (document: Json): Side => {
    const placeOf: Side["placeOf"] = () => ({ file: "openapi.yaml", line: 1, pointer: "#" });
    return { label: "", version: "1.0.0", document: canonical(document), placeOf };
  };
  const { findings } = await provenChangeOf(side(document), side(copy as unknown as Json));
  return findings.filter(({ who }) => who.length > 0);
}

// Generating and compiling two clients takes seconds, and far longer on a busy machine.
describe("what breaks is proven", { timeout: 300_000 }, () => {
  test("by the old client and the compiler for a response", async () => {
    const findings = await proven((d) => {
      drop(schema(d, "AccessTokenInfo", "properties"), "auto_prefix_streams");
      set(schema(d, "AccessTokenInfo"), "required", ["id", "scope"]);
      drop(schema(d, "AccessTokenInfo", "properties"), "expires_at");
    });
    expect(findings).toMatchObject([
      {
        rule: "response-required-property-removed",
        who: ["reader", "types"],
        confirmed: true,
        complaint: { code: "(await client.accessTokens.list()).accessTokens[0].autoPrefixStreams" },
      },
      {
        rule: "response-property-removed",
        who: ["types"],
        confirmed: true,
        complaint: {
          code: "(await client.accessTokens.list()).accessTokens[0].expiresAt",
          says: "Property 'expiresAt' does not exist on type 'AccessTokenInfo'.",
        },
      },
    ]);
  });

  test("one change by one, where the same body changes twice", async () => {
    const findings = await proven((d) => {
      drop(schema(d, "ListAccessTokensResponse", "properties"), "has_more");
      set(schema(d, "ListAccessTokensResponse"), "required", ["access_tokens"]);
      schema(d, "Operation", "enum").push(json("compact"));
    });
    expect(findings.map(({ rule, who }) => [rule, who])).toEqual([
      ["response-required-property-removed", ["reader", "types"]],
      ["response-enum-value-added", ["strict-reader", "switch"]],
    ]);
  });

  test("of several at once, each by its own line, whatever the media types", async () => {
    const findings = await proven((d) => {
      set(schema(d, "OrderInput", "properties", "comment"), "type", "string");
      set(schema(d, "Filter", "properties", "value"), "type", "string");
      drop(schema(d, "Category", "properties"), "children");
      // The branches tell themselves apart: no line stops to compile.
      drop(schema(d, "Payment"), "discriminator");
      set(schema(d, "Money"), "x-contract-name", "Price");
    }, shop);
    expect(
      findings.map(({ operation, who, complaint }) => [operation, who.join(" "), complaint?.says]),
    ).toEqual([
      [
        "create_order",
        "sender types",
        "Type 'null' is not assignable to type 'string | undefined'.",
      ],
      [
        "search_catalog",
        "sender types",
        "Type 'unknown' does not satisfy the constraint 'string | undefined'.",
      ],
      ["search_catalog", "types", "Property 'children' does not exist on type 'Category'."],
      [null, "types", "The client has no exported member 'Money'."],
    ]);
  });

  test("by the compiler for a request, and the old client takes what only strict readers refuse", async () => {
    const findings = await proven((d) => {
      const values = schema(d, "Operation", "enum");
      set(
        values,
        values.findIndex((value) => String(value) === "trim"),
        "truncate",
      );
    });
    expect(findings).toMatchObject([
      { operation: "list_access_tokens", who: ["strict-reader", "switch"], confirmed: true },
      {
        operation: "issue_access_token",
        who: ["sender", "types"],
        confirmed: true,
        complaint: { code: "client.accessTokens.issue({ scope: { ops: [value] } })" },
      },
    ]);
    expect(findings[1]?.complaint?.says).toContain('"trim"');
  });
});
