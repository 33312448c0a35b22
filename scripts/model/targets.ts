import type { Problems } from "../spec/problem.js";
import type { Target } from "./api.js";

/**
 * Reads a path that has a fragment or a query. Documents use fragments to declare two operations on one path. They are
 * not sent (RFC 9110 §4.2.5). A query is sent with every call, before the parameters.
 *
 * @returns `undefined` if the path has neither
 */
export function readTarget(
  path: string,
  at: readonly string[],
  problems: Problems,
): Target | undefined {
  if (!/^([/?#]|$)/.test(path)) {
    const found = `the path ${JSON.stringify(path)}, which would change the host of the base URL`;
    problems.add(at, found, "a path with a slash at its start, once in the document");
    return undefined;
  }
  const [, plain = "", search, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(path) ?? [];
  if (search === undefined && fragment === undefined) return undefined;
  const target = { path: plain, query: [...new URLSearchParams(search)] };
  if (/[{}]/.test(search ?? "")) {
    problems.add(at, "a path whose query has a variable", "parameters in query");
    return target;
  }
  if (search !== undefined) {
    problems.warn(at, "a path with a query, which is sent with every call", "parameters in query");
  }
  if (fragment !== undefined) {
    const supported = "one operation for each path and method; the fragment is not sent";
    problems.warn(at, "a path with a fragment", supported);
  }
  return target;
}
