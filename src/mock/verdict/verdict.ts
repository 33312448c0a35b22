/** A kind of item in a contract that a consumer can exercise. */
export type Kind = "operations" | "statuses" | "codes" | "examples" | "parameters" | "branches";

/** One item that a consumer can exercise, and how often it did. */
export interface Item {
  readonly kind: Kind;
  /** The operation that it belongs to. */
  readonly operation: string;
  /** A status, a code, the name of an example or parameter, or a branch such as `scope.basins: exact`. */
  readonly name: string;
  readonly times: number;
}

/** A request that violated the contract. */
export interface InvalidRequest {
  /** Method and path. */
  readonly request: string;
  readonly operation: string | undefined;
  readonly code: string;
  readonly explanation: string;
  readonly times: number;
}

/** A name in a request that the contract does not have. */
export interface UnknownNameSent {
  readonly operation: string;
  readonly place: "query" | "header" | "body";
  readonly name: string;
  /** The name that was probably meant, if one is close. */
  readonly meant: string | undefined;
  readonly times: number;
}

/** What a consumer exercised of a contract. */
export interface Verdict {
  readonly items: readonly Item[];
  /** Distinct invalid requests, up to a limit. */
  readonly invalid: readonly InvalidRequest[];
  /** How many more distinct ones there are. */
  readonly moreInvalid: number;
  /** Distinct names that the contract does not have, up to a limit. */
  readonly unknown: readonly UnknownNameSent[];
  /** How many more were sent, repeated ones included. */
  readonly moreUnknown: number;
}

/** Thresholds of a verdict: least percent of each kind, and most distinct invalid requests and unknown names. */
export type Thresholds = { readonly [Name in Kind | Limited]?: number };

/** Names of thresholds that are upper limits. */
type Limited = "invalid" | "unknown";

const limited: readonly string[] = ["invalid", "unknown"];

/** All kinds, in the order of reports. */
export const kinds: readonly Kind[] = [
  "operations",
  "statuses",
  "codes",
  "examples",
  "parameters",
  "branches",
];

/** How much of a kind was exercised. */
export function share(
  verdict: Verdict,
  kind: Kind,
): { readonly seen: number; readonly all: number; readonly percent: number } {
  const all = verdict.items.filter((item) => item.kind === kind);
  const seen = all.filter(({ times }) => times > 0).length;
  return { seen, all: all.length, percent: all.length === 0 ? 100 : (seen / all.length) * 100 };
}

/** Describes each threshold that a verdict misses; empty if it passes. */
export function misses(verdict: Verdict, thresholds: Thresholds): readonly string[] {
  const short = kinds.flatMap((kind) => {
    const least = thresholds[kind];
    const { percent } = share(verdict, kind);
    return least === undefined || percent >= least
      ? []
      : [`${kind}: ${percent.toFixed(0)} %, not ${least} %`];
  });
  const counts = [
    ["invalid requests", invalidCount(verdict), thresholds.invalid],
    ["unknown names", unknownCount(verdict), thresholds.unknown],
  ] as const;
  const over = counts.flatMap(([what, sent, most]) =>
    most === undefined || sent <= most ? [] : [`${what}: ${sent}, not at most ${most}`],
  );
  return [...short, ...over];
}

/** How many names were sent that the contract does not have. */
function unknownCount({ unknown, moreUnknown }: Verdict): number {
  return unknown.length + moreUnknown;
}

/** How many distinct invalid requests were sent. */
export function invalidCount({ invalid, moreInvalid }: Verdict): number {
  return invalid.length + moreInvalid;
}

/**
 * Parses thresholds.
 *
 * @throws {TypeError} if a threshold is unknown, or its value is not a number in range.
 */
export function readThresholds(
  given: readonly (readonly [name: string, value: string])[],
): Thresholds {
  for (const [name, value] of given) {
    const isLimited = limited.includes(name);
    if (!isLimited && !kinds.some((kind) => kind === name)) {
      const known = [...kinds, ...limited].join(", ");
      throw new TypeError(`no such threshold: ${name}; expected one of ${known}`);
    }
    if (!/^\d+$/.test(value) || (!isLimited && Number(value) > 100)) {
      throw new TypeError(
        `${name}: expected a ${isLimited ? "number" : "percentage"}, found ${value}`,
      );
    }
  }
  return Object.fromEntries(given.map(([name, value]) => [name, Number(value)]));
}
