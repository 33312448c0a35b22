import { type ErrorCode, errorCodes } from "../../../generated/errors.js";

/** A fault to inject into a response. */
export type Fault =
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** An error of the contract. With `after`, the mock changes its state first, which only some codes allow. */
  | {
      readonly kind: "error";
      readonly code: ErrorCode;
      readonly after: boolean;
      /** For `rate_limited`: the value of the header `retry-after-ms`. */
      readonly retryAfter: number | undefined;
    }
  /** The mock resets the connection instead of responding. */
  | { readonly kind: "reset"; readonly after: boolean }
  /** The JSON of the response is cut in half. */
  | { readonly kind: "truncated" }
  /** The body is an HTML page, as from a proxy; the status stays. */
  | { readonly kind: "wrong-type" }
  /**
   * Properties, operations and a kind of set that the contract does not have, as a later service version may send them.
   */
  | { readonly kind: "unknown" }
  /** A listing repeats its first page without end, with `has_more: true`. */
  | { readonly kind: "repeated-page" }
  /** The response redirects to another origin. */
  | { readonly kind: "redirect" };

/** Codes that leave open whether the request was applied. Only these may come after a change of state. */
const openCodes: readonly string[] = Object.entries(errorCodes).flatMap(([code, facts]) =>
  facts.noSideEffects ? [] : [code],
);

/** All faults by name, with sensible numbers, for a menu. */
export const faultNames: readonly string[] = [
  "latency:2000",
  "reset",
  "reset:after",
  "truncated",
  "wrong-type",
  "unknown",
  "repeated-page",
  "redirect",
  "rate_limited:1000",
  ...Object.keys(errorCodes),
  ...openCodes.map((code) => `${code}:after`),
];

/** The syntax of all faults, for error messages and `--help`. */
export const faultForms: string = `latency:MS, at most 999999; an error code of the contract; CODE:after with one of ${openCodes.join(", ")}; rate_limited:MS; reset; reset:after; truncated; wrong-type; unknown; repeated-page; redirect`;

/**
 * Parses the name of a fault.
 *
 * @throws {TypeError} if there is no such fault.
 */
export function readFault(text: string): Fault {
  const [name = "", detail, ...more] = text.split(":");
  const fault = more.length > 0 ? undefined : named(name, detail);
  if (fault === undefined)
    throw new TypeError(`no such fault: ${text}; expected one of: ${faultForms}`);
  return fault;
}

function named(name: string, detail: string | undefined): Fault | undefined {
  const milliseconds = /^\d{1,6}$/.test(detail ?? "") ? Number(detail) : undefined;
  const after = detail === "after";
  if (name === "latency") {
    return milliseconds === undefined ? undefined : { kind: "latency", milliseconds };
  }
  if (name === "reset" && (after || detail === undefined)) return { kind: "reset", after };
  if (isCode(name)) {
    const isTimed = name === "rate_limited" && milliseconds !== undefined;
    if (detail !== undefined && !after && !isTimed) return undefined;
    if (after && errorCodes[name].noSideEffects) {
      throw new TypeError(
        `no such fault: ${name}:after; the code guarantees that nothing was applied, unlike ${openCodes.join(", ")}`,
      );
    }
    return { kind: "error", code: name, after, retryAfter: milliseconds };
  }
  if (detail !== undefined) return undefined;
  switch (name) {
    case "truncated":
    case "wrong-type":
    case "unknown":
    case "repeated-page":
    case "redirect":
      return { kind: name };
    default:
      return undefined;
  }
}

function isCode(name: string): name is ErrorCode {
  return Object.hasOwn(errorCodes, name);
}
