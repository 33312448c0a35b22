import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  methodName,
  resourceNames,
  toCamel,
  toKebab,
  toPascal,
} from "../../scripts/model/names.js";
import { Node } from "../../scripts/spec/node.js";

const plain = new Node({});

describe("methods are named by the operationId less the words of the tag", () => {
  test.each([
    ["list_access_tokens", "access-tokens", "list"],
    ["issue_access_token", "access-tokens", "issue"],
    ["revokeAccessToken", "Access Tokens", "revoke"],
    ["get_basin_config", "basins", "getConfig"],
    ["account_metrics", "metrics", "account"],
    ["read", "records", "read"],
    ["check_tail", "records", "checkTail"],
    ["list_policies", "policy", "list"],
    ["access_tokens", "access-tokens", "accessTokens"],
    ["list_things", "access-tokens", "listThings"],
  ])("%s of %s is %s", (operationId, tag, name) => {
    expect(methodName(operationId, tag, plain)).toBe(name);
  });

  test("the contract may say otherwise", () => {
    const named = new Node({ "x-contract-name": "fetchAll" });
    expect(methodName("list_access_tokens", "access-tokens", named)).toBe("fetchAll");
  });
});

test.each([
  ["access-tokens", { property: "accessTokens", className: "AccessTokens" }],
  ["Map", { property: "map", className: "MapResource" }],
])("the tag %s names a property and a class", (tag, names) => {
  expect(resourceNames(tag, undefined)).toEqual(names);
});

const word = fc.stringMatching(/^[a-z]{2,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 4 });

test("snake_case, kebab-case and camelCase of the same words are one name", () => {
  fc.assert(
    fc.property(words, (parts) => {
      const camel = toCamel(parts.join("_"));
      expect(toCamel(parts.join("-"))).toBe(camel);
      expect(toCamel(camel)).toBe(camel);
      expect(toPascal(camel)).toBe(`${camel.charAt(0).toUpperCase()}${camel.slice(1)}`);
      expect(toKebab(camel)).toBe(parts.join("-"));
    }),
  );
});
