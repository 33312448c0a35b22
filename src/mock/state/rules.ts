import { type OperationTable, operationTable } from "../../scope/operations.js";

/**
 * One option for each behaviour that S2 does not document, or documents in conflicting ways. The defaults are guesses.
 */
export interface MockRules {
  /**
   * Which operation group covers which operation. Rows that you leave out keep their default; eleven of its 24 rows are
   * guesses. A row that is `undefined` puts the operation in no group.
   */
  readonly operations: OperationTable;
  /** Error code for an `expires_at` that has passed, or is later than the caller's own. Default `invalid` (422). */
  readonly badExpiry: "invalid" | "permission_denied" | "bad_json";
  /** Whether a listing shows only ids in the caller's `access_tokens` set. Default false: it shows all. */
  readonly filterListing: boolean;
  /** Whether an id can be issued again after it was revoked. Default true. */
  readonly reuseRevokedIds: boolean;
  /** Whether an id can be issued again after its token has expired. Default true. */
  readonly reuseExpiredIds: boolean;
  /** Whether a token that has expired is still listed and can be revoked. Default false. */
  readonly keepExpired: boolean;
  /** Whether revoking a token also revokes the tokens that were issued with it, and so on. Default false. */
  readonly cascadeRevoke: boolean;
  /** Whether `auto_prefix_streams` is allowed with the empty prefix. Default true. */
  readonly emptyAutoPrefix: boolean;
  /** Error code for a revoke with an unknown bearer token. Default `authn` (401). */
  readonly unknownBearerOnRevoke: "authn" | "access_token_not_found";
  /** Error code for an issue whose body violates the schema. Default `bad_json` (400). */
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
 * Checks rules and adds the defaults.
 *
 * @throws {TypeError} if a rule is unknown, or its value is not allowed.
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
      `rules.${name}: no such rule; expected one of ${Object.keys(defaultRules).join(", ")}`,
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
    throw new TypeError(
      'rules.operations: expected an object such as { "create-stream": { "group": "stream", "access": "write" } }',
    );
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
