import { at, drop, json, schema, set } from "./edit.js";
import type { Row } from "./rows.js";
import type { Editable } from "./small.js";

const list = ["paths", "/access-tokens", "get"] as const;
const issue = ["paths", "/access-tokens", "post"] as const;
const revoke = ["paths", "/access-tokens/{id}", "delete"] as const;
const errors = (document: Editable, code: string): Editable =>
  at(document, "x-contract-errors", code);
const every = (who: string): string[] =>
  ["list_access_tokens", "issue_access_token", "revoke_access_token"].map((id) => `${id}: ${who}`);

/** Changes to our own contract, most of what only our extensions can say. */
export const contractRows: readonly Row[] = [
  {
    name: "id of 64 bytes",
    edit: (d) => {
      set(schema(d, "AccessTokenIdStr"), "maxLength", 64);
      set(schema(d, "AccessTokenIdStr", "x-contract-byte-length"), "max", 64);
    },
    bump: "major",
    // Characters and bytes are two limits, and both are told.
    breaks: [
      "issue_access_token: sender",
      "issue_access_token: sender",
      "revoke_access_token: sender",
      "revoke_access_token: sender",
    ],
    witness: true,
  },
  {
    name: "id of 95 bytes, as many characters as before",
    edit: (d) => set(schema(d, "AccessTokenIdStr", "x-contract-byte-length"), "max", 95),
    bump: "major",
    breaks: ["issue_access_token: sender", "revoke_access_token: sender"],
    witness: true,
  },
  {
    name: "no limit of bytes",
    edit: (d) => drop(schema(d, "AccessTokenIdStr"), "x-contract-byte-length"),
    bump: "minor",
    breaks: ["list_access_tokens: strict-reader"],
    witness: true,
  },
  {
    name: "trim renamed",
    edit: (d) => {
      const values = schema(d, "Operation", "enum");
      set(
        values,
        values.findIndex((value) => String(value) === "trim"),
        "truncate",
      );
    },
    bump: "major",
    breaks: ["issue_access_token: sender types", "list_access_tokens: strict-reader switch"],
    witness: true,
  },
  {
    name: "operation added to the list",
    edit: (d) => schema(d, "Operation", "enum").push(json("compact")),
    bump: "minor",
    breaks: ["list_access_tokens: strict-reader switch"],
    witness: true,
  },
  {
    name: "response field removed",
    edit: (d) => drop(schema(d, "AccessTokenInfo", "properties"), "expires_at"),
    bump: "major",
    breaks: ["list_access_tokens: types"],
  },
  {
    name: "one more refused id",
    edit: (d) => schema(d, "AccessTokenIdStr", "not", "enum").push(json("-")),
    bump: "major",
    breaks: ["issue_access_token: sender", "revoke_access_token: sender"],
    witness: true,
  },
  {
    name: "third kind of set",
    edit: (d) =>
      schema(d, "ResourceSet", "oneOf").push(
        json({
          type: "object",
          title: "suffix",
          required: ["suffix"],
          properties: { suffix: { type: "string" } },
        }),
      ),
    bump: "minor",
    breaks: ["list_access_tokens: strict-reader switch"],
    witness: true,
  },
  {
    name: "prefix sent as it is",
    edit: (d) => set(at(d, "components", "parameters", "AccessTokenPrefix"), "allowReserved", true),
    bump: "minor",
    rules: ["reserved-characters-allowed"],
  },
  {
    name: "limit of 32 bits",
    edit: (d) => set(at(d, "components", "parameters", "PageLimit", "schema"), "format", "int32"),
    bump: "major",
    breaks: ["list_access_tokens: sender"],
    witness: true,
  },
  {
    name: "default of a page",
    edit: (d) => set(at(d, "components", "parameters", "PageLimit", "schema"), "default", 100),
    bump: "major",
    breaks: ["list_access_tokens: behaviour"],
  },
  {
    name: "secret shown",
    edit: (d) =>
      drop(
        schema(d, "IssueAccessTokenResponse", "properties", "access_token"),
        "x-contract-secret",
      ),
    bump: "major",
    breaks: ["issue_access_token: behaviour"],
  },
  {
    name: "id marked as secret",
    edit: (d) => set(schema(d, "AccessTokenIdStr"), "x-contract-secret", true),
    bump: "minor",
    rules: ["request-secret-marked", "response-secret-marked"],
  },
  {
    name: "error no longer retryable",
    edit: (d) => set(errors(d, "rate_limited"), "retryable", false),
    bump: "major",
    breaks: every("behaviour"),
  },
  {
    name: "error without its guarantee",
    edit: (d) => set(errors(d, "transaction_conflict"), "noSideEffects", false),
    bump: "major",
    breaks: ["issue_access_token: behaviour"],
  },
  {
    name: "text of an error",
    edit: (d) => set(errors(d, "rate_limited"), "description", "Too many."),
    bump: "patch",
    rules: ["request-prose-changed"],
  },
  {
    name: "error code added",
    edit: (d) => at(d, ...revoke, "responses", "404", "x-contract-error-codes").push(json("other")),
    bump: "minor",
    breaks: ["revoke_access_token: switch"],
  },
  {
    name: "error code removed",
    edit: (d) => at(d, ...issue, "responses", "403", "x-contract-error-codes").pop(),
    bump: "minor",
    rules: ["error-code-removed"],
  },
  {
    name: "error status of one operation removed",
    edit: (d) => drop(at(d, ...revoke, "responses"), "404"),
    bump: "major",
    breaks: ["revoke_access_token: types"],
  },
  {
    name: "code read elsewhere",
    edit: (d) => set(schema(d, "ErrorInfo", "x-contract-error-body"), "code", "message"),
    bump: "major",
    breaks: every("behaviour"),
  },
  {
    name: "listing not iterated",
    edit: (d) => drop(at(d, ...list), "x-contract-pagination"),
    bump: "major",
    breaks: ["list_access_tokens: types"],
  },
  {
    name: "lookup gone",
    edit: (d) => drop(at(d, ...list, "x-contract-pagination"), "filter"),
    bump: "major",
    breaks: ["list_access_tokens: types"],
  },
  {
    name: "other cursor",
    edit: (d) => set(at(d, ...list, "x-contract-pagination"), "cursor", "prefix"),
    bump: "major",
    breaks: ["list_access_tokens: behaviour"],
  },
  {
    name: "order of pages no longer said",
    edit: (d) => drop(at(d, ...list, "x-contract-pagination"), "order"),
    bump: "major",
    breaks: ["list_access_tokens: behaviour"],
  },
  {
    name: "fewer ways to allow",
    edit: (d) => schema(d, "AccessTokenScope", "x-contract-some-of").pop(),
    bump: "major",
    breaks: ["issue_access_token: types"],
  },
  {
    name: "more ways to allow",
    edit: (d) => schema(d, "AccessTokenScope", "x-contract-some-of").push(json("basins")),
    bump: "minor",
    rules: ["some-of-widened"],
  },
  {
    name: "nothing required of a flag",
    edit: (d) => drop(schema(d, "IssueAccessTokenRequest"), "x-contract-requires"),
    bump: "minor",
    rules: ["requirement-dropped"],
  },
  {
    name: "a flag requires something else",
    edit: (d) =>
      set(schema(d, "IssueAccessTokenRequest", "x-contract-requires"), "auto_prefix_streams", [
        "scope",
        "basins",
      ]),
    bump: "major",
    breaks: ["issue_access_token: types"],
  },
  {
    name: "property by another name",
    edit: (d) =>
      set(
        schema(d, "IssueAccessTokenRequest", "properties", "expires_at"),
        "x-contract-name",
        "until",
      ),
    bump: "major",
    breaks: ["issue_access_token: types"],
  },
  {
    name: "operationId renamed",
    edit: (d) => set(at(d, ...list), "operationId", "find_access_tokens"),
    bump: "major",
    breaks: ["list_access_tokens: types"],
  },
  {
    name: "header of a shared response removed",
    edit: (d) => drop(at(d, "components", "responses", "TooManyRequests"), "headers"),
    bump: "major",
    breaks: every("types"),
  },
  {
    name: "other origin by default",
    edit: (d) => set(at(d, "servers", 0, "variables", "endpoint"), "default", "https://aws.s2.dev"),
    bump: "major",
    breaks: ["null: behaviour"],
  },
  {
    name: "older alias gone",
    edit: (d) => at(d, "servers", 0, "variables", "endpoint", "enum").pop(),
    bump: "major",
    breaks: ["null: behaviour"],
  },
  {
    name: "no token asked for",
    edit: (d) => set(d, "security", []),
    bump: "minor",
    rules: ["security-loosened"],
  },
  {
    name: "basic authentication",
    edit: (d) => set(at(d, "components", "securitySchemes", "access_token"), "scheme", "basic"),
    bump: "major",
    breaks: every("sender"),
  },
];
