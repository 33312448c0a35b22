import { refuseItself } from "../engine/refusals.js";
import { refuse } from "../state/refusal.js";

/** A parsed request target. */
export interface Target {
  /** Percent-encoded, with valid escapes only. */
  readonly path: string;
  /** Decoded; an array if a name appears more than once. */
  readonly query: Readonly<Record<string, string | string[]>>;
}

/** The scheme and authority of a target that is a whole URL, as clients send it to a proxy. */
const origin = /^[a-z][a-z\d+.-]*:\/\/([^/?]*)/i;

/** The host and port in the target of a request, which replace those of its header `Host` (RFC 9112 §3.2.2). */
export function authorityOf(target: string): string | undefined {
  return origin.exec(target)?.[1];
}

/**
 * Parses the target of a request as it was sent. It does not normalise paths: `..` is an id like any other, and never
 * leads to another path.
 *
 * @throws {Refusal} if there is no path, or an escape is not valid.
 */
export function readTarget(target: string): Target {
  const local = target.replace(origin, "");
  const mark = local.indexOf("?");
  const path = mark < 0 ? local : local.slice(0, mark);
  if (!path.startsWith("/")) {
    throw refuseItself(400, "bad_target", "The request line has no path that starts with a slash");
  }
  if (decoded(path) === undefined) {
    throw refuse("bad_path", "The path has a percent sign that does not start an escape of UTF-8");
  }
  return { path, query: mark < 0 ? {} : readQuery(local.slice(mark + 1)) };
}

function readQuery(text: string): Record<string, string | string[]> {
  const values = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const [name, value] = halves(pair).map((half) => decoded(half.replaceAll("+", " ")));
    if (name === undefined || value === undefined) {
      throw refuse(
        "bad_query",
        "The query has a percent sign that does not start an escape of UTF-8",
      );
    }
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  const flat = [...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? "") : all]);
  return Object.fromEntries(flat);
}

function halves(pair: string): [string, string] {
  const mark = pair.indexOf("=");
  return mark < 0 ? [pair, ""] : [pair.slice(0, mark), pair.slice(mark + 1)];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
