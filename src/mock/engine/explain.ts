import type { IPrismDiagnostic } from "@stoplight/prism-core";
import type { ErrorCode } from "../../../generated/errors.js";
import { type Refusal, refuse } from "../state/refusal.js";
import { looksReal } from "../state/secrets.js";
import { refuseItself } from "./refusals.js";
import { describe, type Violation } from "./request.js";

/** What is wrong with a request: Prism's diagnostics, and our violations. */
export interface Faults {
  readonly diagnostics: readonly IPrismDiagnostic[];
  readonly violations: readonly Violation[];
}

const codes: readonly (readonly [Violation["place"], ErrorCode])[] = [
  ["path", "bad_path"],
  ["query", "bad_query"],
  ["header", "bad_header"],
  ["body", "bad_json"],
];

/** Whether a request lacks the credentials that the document requires. */
export function isUnauthorised({ diagnostics }: Faults): boolean {
  return diagnostics.some(({ code }) => code === 401);
}

/** Refuses a request without a bearer token. */
export function refuseMissingBearer(): Refusal {
  return refuse("authn", "Invalid access token", "no header Authorization: Bearer …");
}

/** Refuses a request without the credential that a document of another API requires. */
export function refuseMissingCredential({ diagnostics }: Faults): Refusal {
  // Prism names no scheme for an API key.
  const schemes = diagnostics.flatMap(({ code, tags = [] }) => (code === 401 ? tags : []));
  const words = schemes.length === 0 ? "an API key" : `a credential of the scheme ${schemes[0]}`;
  const challenge = schemes.length === 0 ? {} : { "www-authenticate": schemes.join(", ") };
  const message = `The document asks for ${words}; this mock takes any value`;
  return refuseItself(401, "unauthorized", message, challenge);
}

/** Refuses a bearer token that may be a secret of the real service. */
export function refuseRealToken(bearer: string, advice: string): Refusal | undefined {
  if (!looksReal(bearer)) return undefined;
  return refuse(
    "authn",
    `This is a mock, and this looks like a token of the real service, which must not get into test logs. ${advice}`,
    "the bearer token looks real",
  );
}

/** Refuses a request that violates the contract other than by its bearer token. */
export function refuseFaults(
  { diagnostics, violations }: Faults,
  badBody: "bad_json" | "invalid",
): Refusal | undefined {
  const unsupported = diagnostics.find(({ code }) => code === 415);
  if (unsupported !== undefined) {
    return refuse("bad_header", `Content-Type is not valid. ${unsupported.message}`);
  }
  for (const [place, code] of codes) {
    if (!violations.some((violation) => violation.place === place)) continue;
    return refuse(place === "body" ? badBody : code, describe(violations));
  }
  const [first] = diagnostics.filter(({ code }) => code !== 401);
  if (first === undefined) return undefined;
  const code = codes.find(([place]) => place === first.path?.[0])?.[1] ?? "bad_json";
  return refuse(code, first.message);
}

/** What is wrong with a request, except for its bearer token; undefined if it conforms to the contract. */
export function inWords(faults: Faults): string | undefined {
  return refuseFaults(faults, "bad_json")?.message;
}

/** The header `sl-violations`, in which Prism lists everything that is wrong. */
export function violationsHeader({ diagnostics, violations }: Faults): Record<string, string> {
  const own = violations.map(({ place, problem }) => ({
    location: ["request", place, ...problem.path],
    severity: "Error",
    code: "contract",
    message: describe([{ place, problem }]),
  }));
  const all = diagnostics.map(({ path = [], code, message }) => ({
    location: ["request", ...path],
    severity: "Error",
    code,
    message,
  }));
  const known = new Set(all.map(({ location }) => location.join("/")));
  const listed = [...all, ...own.filter(({ location }) => !known.has(location.join("/")))];
  if (listed.length === 0) return {};
  // Header values are ASCII, and clients limit their size.
  const text = JSON.stringify(listed).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { "sl-violations": text.slice(0, 4000) };
}
