import { type OperationTable, operationTable } from "../../scope/operations.js";

/** What S2 does not say, or says in conflicting ways, as one option each. The defaults are guesses, not facts. */
export interface MockRules {
  /**
   * Which operation group covers which operation. Rows that are not given are as in the default, of whose 24 rows
   * eleven are guesses; a row that is `undefined` is an operation of no group.
   */
  readonly operations: OperationTable;
  /** Code of the refusal of an `expires_at` that has passed or lies after the caller's own. Default `invalid` (422). */
  readonly badExpiry: "invalid" | "permission_denied" | "bad_json";
  /** Whether a listing shows only ids in the caller's `access_tokens` set. Default false: it shows all. */
  readonly filterListing: boolean;
  /** Whether an id can be issued again after it was revoked. Default true. */
  readonly reuseRevokedIds: boolean;
  /** Whether an id can be issued again after its token has expired. Default true. */
  readonly reuseExpiredIds: boolean;
  /** Whether a token that has expired is still listed and can be revoked. Default false. */
  readonly keepExpired: boolean;
  /** Whether revoking a token also revokes what was issued with it, and so on. Default false. */
  readonly cascadeRevoke: boolean;
  /** Whether `auto_prefix_streams` is allowed with the empty prefix. Default true. */
  readonly emptyAutoPrefix: boolean;
  /** Code of the refusal of a revoke whose bearer is not known. Default `authn` (401). */
  readonly unknownBearerOnRevoke: "authn" | "access_token_not_found";
  /** Code of the refusal of an issue whose body breaks the schema. Default `bad_json` (400). */
  readonly badBody: "bad_json" | "invalid";
}

/** The default of each rule. */
export const defaultRules: MockRules = {
  operations: operationTable,
  badExpiry: "invalid",
  filterListing: false,
  reuseRevokedIds: true,
  reuseExpiredIds: true,
  keepExpired: false,
  cascadeRevoke: false,
  emptyAutoPrefix: true,
  unknownBearerOnRevoke: "authn",
  badBody: "bad_json",
};

/**
 * Puts the defaults where nothing is given.
 *
 * @throws {TypeError} a rule is not known, or has a value that it cannot have.
 */
export function readRules(given: Partial<MockRules> = {}): MockRules {
  for (const [name, value] of Object.entries(given)) checkRule(name, value);
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const operations = { ...operationTable, ...given.operations };
  return { ...defaultRules, ...Object.fromEntries(set), operations };
}

const choices: { readonly [name: string]: readonly unknown[] } = {
  badExpiry: ["invalid", "permission_denied", "bad_json"],
  unknownBearerOnRevoke: ["authn", "access_token_not_found"],
  badBody: ["bad_json", "invalid"],
};

function checkRule(name: string, value: unknown): void {
  if (!Object.hasOwn(defaultRules, name)) {
    throw new TypeError(
      `rules.${name}: no such rule; there are ${Object.keys(defaultRules).join(", ")}`,
    );
  }
  if (value === undefined) return;
  if (name === "operations") checkTable(value);
  else checkChoice(name, value);
}

function checkChoice(name: string, value: unknown): void {
  const allowed = choices[name] ?? [true, false];
  if (!allowed.includes(value)) {
    throw new TypeError(`rules.${name}: expected ${allowed.join(" or ")}, found ${String(value)}`);
  }
}

function checkTable(table: unknown): void {
  if (typeof table !== "object" || table === null) {
    throw new TypeError("rules.operations: expected an object from operation to its facts");
  }
  for (const [operation, facts] of Object.entries(table)) {
    const place = `rules.operations["${operation}"]`;
    if (!Object.hasOwn(operationTable, operation))
      throw new TypeError(`${place}: no such operation`);
    if (facts === undefined) continue;
    const { group, access } = Object(facts);
    if (!["account", "basin", "stream"].includes(group)) {
      throw new TypeError(`${place}.group: expected account, basin or stream`);
    }
    if (!["read", "write"].includes(access)) {
      throw new TypeError(`${place}.access: expected read or write`);
    }
  }
}
