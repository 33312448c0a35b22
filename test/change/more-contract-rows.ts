import { at, drop, json, schema, set } from "./edit.js";
import type { Row } from "./rows.js";
import type { Editable } from "./small.js";

const list = ["paths", "/access-tokens", "get"] as const;
const issue = ["paths", "/access-tokens", "post"] as const;
const revoke = ["paths", "/access-tokens/{id}", "delete"] as const;
const parameters = (d: Editable, name: string): Editable => at(d, "components", "parameters", name);
const property = (d: Editable, model: string, name: string): Editable =>
  schema(d, model, "properties", name);
const every = (who: string): string[] =>
  ["list_access_tokens", "issue_access_token", "revoke_access_token"].map((id) => `${id}: ${who}`);
const page = "ListAccessTokensResponse";
const info = "AccessTokenInfo";
const request = "IssueAccessTokenRequest";
const id = "AccessTokenIdStr";
const scope = "AccessTokenScope";
const without = (target: Editable, value: string): void => {
  target.splice(
    target.findIndex((item) => String(item) === value),
    1,
  );
};

/** More changes to our own contract: what any document can say, at places beyond the first. */
export const moreContractRows: readonly Row[] = [
  {
    name: "more pages not always said",
    edit: (d) => without(schema(d, page, "required"), "has_more"),
    bump: "major",
    breaks: ["list_access_tokens: reader types"],
    witness: true,
  },
  {
    name: "longer pages",
    edit: (d) => set(property(d, page, "access_tokens"), "maxItems", 2000),
    bump: "minor",
    breaks: ["list_access_tokens: strict-reader"],
    witness: true,
  },
  {
    name: "a refused id allowed",
    edit: (d) => without(schema(d, id, "not", "enum"), ".."),
    bump: "minor",
    breaks: ["list_access_tokens: strict-reader"],
    witness: true,
  },
  {
    name: "id of two bytes at least",
    edit: (d) => set(schema(d, id, "x-contract-byte-length"), "min", 2),
    bump: "major",
    breaks: ["issue_access_token: sender", "revoke_access_token: sender"],
    witness: true,
  },
  {
    name: "id of 128 bytes, as many characters as before",
    edit: (d) => set(schema(d, id, "x-contract-byte-length"), "max", 128),
    bump: "minor",
    breaks: ["list_access_tokens: strict-reader"],
    witness: true,
  },
  {
    name: "id in small letters",
    edit: (d) => set(schema(d, id), "pattern", "^[a-z]*$"),
    bump: "major",
    breaks: ["issue_access_token: sender", "revoke_access_token: sender"],
    witness: true,
  },
  {
    name: "page of one at least",
    edit: (d) => set(at(parameters(d, "PageLimit"), "schema"), "minimum", 1),
    bump: "major",
    breaks: ["list_access_tokens: sender"],
    witness: true,
  },
  {
    name: "page of a thousand at most",
    edit: (d) => set(at(parameters(d, "PageLimit"), "schema"), "maximum", 1000),
    bump: "major",
    breaks: ["list_access_tokens: sender"],
    witness: true,
  },
  {
    name: "limit of a page required",
    edit: (d) => set(parameters(d, "PageLimit"), "required", true),
    bump: "major",
    breaks: ["list_access_tokens: sender types"],
  },
  {
    name: "limit of a page in a header",
    edit: (d) => set(parameters(d, "PageLimit"), "in", "header"),
    bump: "major",
    breaks: ["list_access_tokens: sender"],
  },
  {
    name: "bytes of a prefix fewer",
    edit: (d) =>
      set(at(parameters(d, "AccessTokenPrefix"), "schema", "x-contract-byte-length"), "max", 64),
    bump: "major",
    breaks: ["list_access_tokens: sender"],
    witness: true,
  },
  {
    name: "default of a prefix",
    edit: (d) => set(at(parameters(d, "AccessTokenPrefix"), "schema"), "default", "ci/"),
    bump: "major",
    breaks: ["list_access_tokens: behaviour"],
  },
  {
    name: "cursor by another name",
    edit: (d) => {
      set(parameters(d, "AccessTokenStartAfter"), "name", "after");
      set(at(d, ...list, "x-contract-pagination"), "cursor", "after");
    },
    bump: "major",
    breaks: ["list_access_tokens: behaviour", "list_access_tokens: sender types"],
  },
  {
    name: "issued with 200",
    edit: (d) => {
      set(at(d, ...issue, "responses"), "200", at(d, ...issue, "responses", "201"));
      drop(at(d, ...issue, "responses"), "201");
    },
    bump: "major",
    breaks: ["issue_access_token: reader"],
  },
  {
    name: "revoked with a body",
    edit: (d) =>
      set(at(d, ...revoke, "responses", "204"), "content", {
        "application/json": { schema: { type: "object" } },
      }),
    bump: "minor",
    rules: ["response-body-added"],
  },
  {
    name: "conflict removed",
    edit: (d) => drop(at(d, ...issue, "responses"), "409"),
    bump: "major",
    breaks: ["issue_access_token: types"],
  },
  {
    name: "pause of a retry is a string",
    edit: (d) =>
      set(at(d, "components", "headers", "retry-after-ms"), "schema", { type: "string" }),
    bump: "major",
    breaks: every("reader types"),
    witness: true,
  },
  {
    name: "challenge removed",
    edit: (d) => drop(at(d, "components", "responses", "Unauthorized"), "headers"),
    bump: "major",
    breaks: every("types"),
  },
  {
    name: "token in a header of its own",
    edit: (d) =>
      set(at(d, "components", "securitySchemes"), "access_token", {
        type: "apiKey",
        in: "header",
        name: "X-Token",
      }),
    bump: "major",
    breaks: every("sender"),
  },
  {
    name: "second version of the service",
    edit: (d) => set(at(d, "servers", 0), "url", "{endpoint}/v2"),
    bump: "major",
    breaks: ["null: behaviour", "null: behaviour"],
  },
  {
    name: "tag renamed",
    edit: (d) => {
      set(at(d, "tags", 0), "name", "tokens");
      for (const one of [list, issue, revoke]) set(at(d, ...one), "tags", ["tokens"]);
    },
    bump: "major",
    breaks: every("types"),
  },
  {
    name: "tag renamed that keeps its name in code",
    edit: (d) => {
      set(at(d, "tags", 0), "name", "tokens");
      set(at(d, "tags", 0), "x-contract-name", "accessTokens");
      for (const one of [list, issue, revoke]) set(at(d, ...one), "tags", ["tokens"]);
    },
    // Methods drop the words of the name that the tag has: the names in code are the same.
    bump: "patch",
    rules: ["request-note-changed"],
  },
  {
    name: "name of a method given",
    edit: (d) => set(at(d, ...list), "x-contract-name", "find"),
    bump: "major",
    breaks: ["list_access_tokens: types"],
  },
  {
    name: "name of a method given as it is",
    edit: (d) => set(at(d, ...list), "x-contract-name", "list"),
    bump: "none",
  },
  {
    name: "name of a parameter given",
    edit: (d) => set(parameters(d, "PageLimit"), "x-contract-name", "pageSize"),
    bump: "major",
    breaks: ["list_access_tokens: types"],
  },
  {
    name: "name of a parameter given as it is",
    edit: (d) => set(parameters(d, "AccessTokenStartAfter"), "x-contract-name", "startAfter"),
    bump: "none",
  },
  {
    name: "name of a type given",
    edit: (d) => set(schema(d, "ResourceSet"), "x-contract-name", "NameSet"),
    bump: "major",
    breaks: ["null: types"],
  },
  {
    name: "permissions by default",
    edit: (d) => set(property(d, "ReadWritePermissions", "read"), "default", true),
    bump: "major",
    breaks: ["issue_access_token: behaviour", "list_access_tokens: behaviour"],
  },
  {
    name: "no default of a flag",
    edit: (d) => drop(property(d, request, "auto_prefix_streams"), "default"),
    bump: "major",
    breaks: ["issue_access_token: behaviour"],
  },
  {
    name: "expiry never null in requests",
    edit: (d) => set(property(d, request, "expires_at"), "type", "string"),
    bump: "major",
    breaks: ["issue_access_token: sender types"],
    witness: true,
  },
  {
    name: "expiry always there in requests",
    edit: (d) => schema(d, request, "required").push(json("expires_at")),
    bump: "major",
    breaks: ["issue_access_token: sender types"],
    witness: true,
  },
  {
    name: "expiry never null in responses",
    edit: (d) => set(property(d, info, "expires_at"), "type", "string"),
    bump: "minor",
    rules: ["response-null-refused"],
  },
  {
    name: "expiry of a listed token in seconds",
    edit: (d) => set(schema(d, info, "properties"), "expires_at", { type: ["integer", "null"] }),
    bump: "major",
    breaks: ["list_access_tokens: reader types"],
    witness: true,
  },
  {
    name: "group of operations removed in both directions",
    edit: (d) => drop(schema(d, scope, "properties"), "op_groups"),
    bump: "major",
    breaks: ["issue_access_token: types", "list_access_tokens: types"],
  },
  {
    name: "inclusive sets",
    edit: (d) => {
      set(schema(d, "ResourceSet"), "anyOf", schema(d, "ResourceSet", "oneOf"));
      drop(schema(d, "ResourceSet"), "oneOf");
    },
    bump: "minor",
    breaks: Array.from({ length: 3 }, () => "list_access_tokens: strict-reader"),
    witness: true,
  },
  {
    name: "exact name not empty",
    edit: (d) => set(schema(d, "ResourceSet", "oneOf", 0, "properties", "exact"), "minLength", 1),
    bump: "major",
    breaks: ["issue_access_token: sender"],
    witness: true,
  },
  {
    name: "prefix of a set in bytes",
    edit: (d) =>
      set(schema(d, "ResourceSet", "oneOf", 1, "properties", "prefix"), "x-contract-byte-length", {
        max: 96,
      }),
    bump: "major",
    breaks: ["issue_access_token: sender"],
    witness: true,
  },
  {
    name: "sets without prefixes",
    edit: (d) => schema(d, "ResourceSet", "oneOf").pop(),
    bump: "major",
    breaks: Array.from({ length: 3 }, () => "issue_access_token: sender types"),
    witness: true,
  },
  {
    name: "any operation",
    edit: (d) => drop(schema(d, "Operation"), "enum"),
    bump: "minor",
    breaks: ["list_access_tokens: strict-reader switch"],
    witness: true,
  },
  {
    name: "fewer operations at once",
    edit: (d) => set(property(d, scope, "ops"), "maxItems", 10),
    bump: "major",
    breaks: ["issue_access_token: sender"],
    witness: true,
  },
  {
    name: "each operation once",
    edit: (d) => set(property(d, scope, "ops"), "uniqueItems", true),
    bump: "major",
    breaks: ["issue_access_token: sender"],
    witness: true,
  },
  {
    name: "operations never null",
    edit: (d) => set(property(d, scope, "ops"), "type", "array"),
    bump: "major",
    breaks: ["issue_access_token: sender types"],
    witness: true,
  },
  {
    name: "message of an error not always there",
    edit: (d) => without(schema(d, "ErrorInfo", "required"), "message"),
    bump: "major",
    breaks: every("reader types"),
    witness: true,
  },
  {
    name: "error that now has no effect",
    edit: (d) => set(at(d, "x-contract-errors", "unavailable"), "noSideEffects", true),
    bump: "major",
    breaks: every("behaviour"),
  },
  {
    name: "error that can now be retried",
    edit: (d) => set(at(d, "x-contract-errors", "access_token_not_found"), "retryable", true),
    bump: "major",
    breaks: ["revoke_access_token: behaviour"],
  },
  {
    name: "code of a shared response added",
    edit: (d) => {
      set(at(d, "x-contract-errors"), "disk", at(d, "x-contract-errors", "storage"));
      at(d, "components", "responses", "InternalServerError", "x-contract-error-codes").push(
        json("disk"),
      );
    },
    bump: "minor",
    breaks: every("switch"),
  },
  {
    name: "code of a shared response removed",
    edit: (d) => {
      drop(at(d, "x-contract-errors"), "storage");
      at(d, "components", "responses", "InternalServerError", "x-contract-error-codes").pop();
    },
    bump: "minor",
    rules: ["error-code-removed"],
  },
  {
    name: "size of a page not told",
    edit: (d) => drop(at(d, ...list, "x-contract-pagination"), "limit"),
    bump: "major",
    breaks: ["list_access_tokens: behaviour"],
  },
  {
    name: "more flags of groups needed",
    edit: (d) =>
      set(schema(d, "PermittedOperationGroups"), "x-contract-some-of", ["account", "basin"]),
    bump: "major",
    breaks: ["issue_access_token: types"],
  },
  {
    name: "nothing of a scope needed",
    edit: (d) => drop(schema(d, scope), "x-contract-some-of"),
    bump: "minor",
    rules: ["some-of-widened"],
  },
  {
    name: "issued from another format",
    edit: (d) => {
      const content = at(d, ...issue, "requestBody", "content");
      set(content, "application/cbor", at(content, "application/json"));
      drop(content, "application/json");
    },
    bump: "major",
    breaks: ["issue_access_token: sender"],
  },
  {
    name: "issued without a body",
    edit: (d) => drop(at(d, ...issue), "requestBody"),
    bump: "major",
    breaks: ["issue_access_token: sender types"],
  },
  {
    name: "request closed",
    edit: (d) => set(schema(d, request), "additionalProperties", false),
    bump: "major",
    breaks: ["issue_access_token: sender"],
    witness: true,
  },
  {
    name: "page closed",
    edit: (d) => set(schema(d, page), "additionalProperties", false),
    bump: "minor",
    rules: ["response-object-closed"],
  },
  {
    name: "flag of a token is a string",
    edit: (d) => set(property(d, info, "auto_prefix_streams"), "type", "string"),
    bump: "major",
    breaks: ["list_access_tokens: reader types"],
    witness: true,
  },
  {
    name: "one more property of a token",
    edit: (d) => {
      set(schema(d, info, "properties"), "created_at", { type: "string", format: "date-time" });
      schema(d, info, "required").push(json("created_at"));
    },
    bump: "minor",
    rules: ["response-required-property-added"],
  },
  {
    name: "secret not always there",
    edit: (d) => drop(schema(d, "IssueAccessTokenResponse"), "required"),
    bump: "major",
    breaks: ["issue_access_token: reader types"],
    witness: true,
  },
  {
    name: "revoked by another method",
    edit: (d) => {
      const item = at(d, "paths", "/access-tokens/{id}");
      set(item, "post", at(item, "delete"));
      drop(item, "delete");
    },
    bump: "major",
    breaks: ["revoke_access_token: sender"],
  },
  {
    name: "samples of code",
    edit: (d) => drop(at(d, ...list), "x-codeSamples"),
    bump: "patch",
    rules: ["request-note-changed"],
  },
  {
    name: "license",
    edit: (d) => set(at(d, "info", "license"), "identifier", "Apache-2.0"),
    bump: "patch",
    rules: ["contract-note-changed"],
  },
  {
    name: "both limits of an id, and its spelling",
    edit: (d) => {
      const old = schema(d, id);
      set(old, "maxLength", 96);
      set(old, "allOf", [{ minLength: 1 }, { pattern: String(at(old, "pattern")) }]);
      drop(old, "minLength");
      drop(old, "pattern");
    },
    bump: "none",
  },
  {
    name: "null as another branch",
    edit: (d) => {
      for (const name of ["basins", "streams", "access_tokens", "op_groups"]) {
        const one = property(d, scope, name);
        set(one, "anyOf", [...at(one, "oneOf")].reverse());
        drop(one, "oneOf");
      }
    },
    bump: "none",
  },
  {
    name: "parameters and responses written out",
    edit: (d) => {
      set(at(d, ...list, "parameters"), 2, structuredClone(parameters(d, "PageLimit")));
      drop(at(d, "components", "parameters"), "PageLimit");
      for (const one of [list, issue, revoke]) {
        const inline = structuredClone(at(d, "components", "responses", "Unauthorized"));
        set(at(d, ...one, "responses"), "401", inline);
      }
      drop(at(d, "components", "responses"), "Unauthorized");
    },
    bump: "none",
  },
];
