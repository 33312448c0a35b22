import { type OperationFacts, operationTable } from "../../scope/operations.js";
import { defaultLimits, readLimits } from "../limits.js";
import type { MockOptions } from "../options.js";
import { defaultRules, readRules } from "../state/rules.js";
import { readThresholds, type Thresholds } from "../verdict/verdict.js";
import { didYouMean } from "./did-you-mean.js";
import { ofFlag, UsageError } from "./usage-error.js";

/**
 * Parses the flags `--require`.
 *
 * @throws {UsageError} if one is wrong.
 */
export function readRequireFlags(given: readonly string[]): Thresholds {
  let thresholds: Thresholds = {};
  for (const [name, value] of pairs("--require", given)) {
    const read = (): Thresholds => readThresholds([[name, value]]);
    thresholds = { ...thresholds, ...ofFlag(`--require ${name}`, name, read) };
  }
  return thresholds;
}

/**
 * Parses the flags `--limit`.
 *
 * @throws {UsageError} if one is wrong.
 */
export function readLimitFlags(given: readonly string[]): NonNullable<MockOptions["limits"]> {
  const limits: Record<string, number> = {};
  for (const [name, value] of pairs("--limit", given)) {
    checkName("--limit", name, "limit", Object.keys(defaultLimits));
    const limit = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!Number.isSafeInteger(limit)) {
      throw new UsageError(`--limit ${name}: expected a positive integer, found ${value}`);
    }
    ofFlag(`--limit ${name}`, `limits.${name}`, () => readLimits({ [name]: limit }));
    limits[name] = limit;
  }
  return limits;
}

/**
 * Parses the flags `--rule`.
 *
 * @throws {UsageError} if one is wrong.
 */
export function readRuleFlags(given: readonly string[]): NonNullable<MockOptions["rules"]> {
  const rules: Record<string, unknown> = {};
  let operations = operationTable;
  for (const [name, value] of pairs("--rule", given)) {
    const operation = /^operations\.(.+)$/.exec(name)?.[1];
    if (operation !== undefined) {
      operations = { ...operations, ...operationRow(operation, value) };
      rules["operations"] = operations;
      continue;
    }
    const simple = Object.keys(defaultRules).filter((rule) => rule !== "operations");
    checkName("--rule", name, "rule", [...simple, "operations.NAME"]);
    rules[name] = value === "true" || (value === "false" ? false : value);
    ofFlag(`--rule ${name}`, `rules.${name}`, () => readRules({ [name]: rules[name] }));
  }
  return rules;
}

function operationRow(
  operation: string,
  value: string,
): Readonly<Record<string, Partial<OperationFacts>>> {
  const names = Object.keys(operationTable);
  checkName("--rule", `operations.${operation}`, "operation", names, operation);
  // The regular expression matches only these values.
  const [group, access] = (/^(account|basin|stream)\.(read|write)$/.exec(value) ?? []).slice(1) as [
    OperationFacts["group"]?,
    OperationFacts["access"]?,
  ];
  if (group === undefined || access === undefined) {
    throw new UsageError(
      `--rule operations.${operation}: expected GROUP.ACCESS such as stream.write, with the group account, basin or stream, and the access read or write; found ${value || "nothing"}`,
    );
  }
  const before: OperationFacts | undefined = Object(operationTable)[operation];
  return { [operation]: { ...before, group, access, certain: false } };
}

function checkName(
  flag: string,
  given: string,
  kind: string,
  known: readonly string[],
  name: string = given,
): void {
  if (known.includes(name)) return;
  const hint = didYouMean(name, known);
  throw new UsageError(
    `${flag} ${given}: no such ${kind}${hint || `; expected one of ${known.join(", ")}`}`,
  );
}

function pairs(flag: string, given: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of given) {
    const mark = pair.indexOf("=");
    if (mark < 1) throw new UsageError(`${flag}: expected NAME=VALUE, found ${pair || "nothing"}`);
    const name = pair.slice(0, mark);
    if (found.has(name)) throw new UsageError(`${flag} ${name}: given more than once`);
    found.set(name, pair.slice(mark + 1));
  }
  return found;
}
