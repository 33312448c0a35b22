import { type ErrorCode, errorCodes } from "../../../generated/errors.js";

/** One thing that goes wrong with a response. */
export type Fault =
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** An error of the contract; with `after` the change of state has happened all the same, as its code allows. */
  | {
      readonly kind: "error";
      readonly code: ErrorCode;
      readonly after: boolean;
      /** For `rate_limited`: the value of the header `retry-after-ms`. */
      readonly retryAfter: number | undefined;
    }
  /** The connection breaks off without a response. */
  | { readonly kind: "reset"; readonly after: boolean }
  /** The JSON of the response ends half way. */
  | { readonly kind: "truncated" }
  /** A page of HTML, as of a proxy, with the status of the response. */
  | { readonly kind: "wrong-type" }
  /** Properties, operations and a kind of set that the contract does not have, as a later version of the service sends. */
  | { readonly kind: "unknown" }
  /** A listing that shows its first page again and again, and claims more. */
  | { readonly kind: "repeated-page" }
  /** The client is sent to another origin. */
  | { readonly kind: "redirect" };

/** Codes that leave open whether anything was applied: no other can come after a change of state. */
const openCodes: readonly string[] = Object.entries(errorCodes).flatMap(([code, facts]) =>
  facts.noSideEffects ? [] : [code],
);

/** Faults to choose from, each as it is written; those with a number have one that makes sense. */
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

/** How each kind is written; for messages and for the help. */
export const faultForms: string = `latency:MS of at most 999999; an error code of the contract; CODE:after with one of ${openCodes.join(", ")}; rate_limited:MS; reset; reset:after; truncated; wrong-type; unknown; repeated-page; redirect`;

/** @throws {TypeError} the text names no fault. */
export function readFault(text: string): Fault {
  const [name = "", detail, ...more] = text.split(":");
  const fault = more.length > 0 ? undefined : named(name, detail);
  if (fault === undefined) throw new TypeError(`no such fault: ${text}; there are ${faultForms}`);
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
