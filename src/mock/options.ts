import { inspect } from "node:util";
import type { IssueAccessTokenRequest } from "../../generated/models/issue-access-token-request.js";
import { hostInUrl, hostOf, originOf } from "./api/addresses.js";
import type { FaultPlan } from "./faults/plan.js";
import type { MockLimits } from "./limits.js";
import type { RequestRecord } from "./log/request-record.js";
import type { ClockSetting } from "./state/clock.js";
import type { MockRules } from "./state/rules.js";
import { defaultRootToken, faultOfBearer } from "./state/secrets.js";

/** A token that exists from the start. */
export type SeedToken = IssueAccessTokenRequest & {
  /** Its secret. Default: one that the mock generates, the same in every run. */
  readonly accessToken?: string | undefined;
};

/** Options of `startMock`. All have a default. */
export interface MockOptions {
  /** Port to listen on. Default 0, which chooses a free one. */
  readonly port?: number | undefined;
  /** Address to listen on. Default `127.0.0.1`, which only this machine can reach. */
  readonly host?: string | undefined;
  /** The bearer token that may do everything. Default: `not-a-real-root-token`. */
  readonly rootToken?: string | undefined;
  /** The bearer token of the control under `/__mock/`. Default: a new one in each run. */
  readonly controlToken?: string | undefined;
  /** Respond with the document's examples and keep no state, as Prism does. Default false. */
  readonly stateless?: boolean | undefined;
  /**
   * Refuse requests with names that the contract does not have: query parameters, body fields, and headers that look
   * misspelt. The service ignores such names. Default false: the verdict lists them.
   */
  readonly strict?: boolean | undefined;
  /** Tokens of every session at the start and after a reset, issued by the root token. */
  readonly tokens?: readonly SeedToken[] | undefined;
  /** Rules for behaviour that S2 does not document. */
  readonly rules?: Partial<MockRules> | undefined;
  /** The clock of every session at the start. Default: real time. */
  readonly clock?: ClockSetting | undefined;
  /** The faults of every session at the start. Default: none. */
  readonly faults?: FaultPlan | undefined;
  /** Limits on requests, connections and state. */
  readonly limits?: Partial<MockLimits> | undefined;
  /**
   * The document, as an object: Swagger 2.0 or OpenAPI 3.0 to 3.2, without files beside it. Default: the one of this
   * package.
   */
  readonly document?: object | undefined;
  /** Further names to accept in the header `Host`; `*` accepts all. Default: only those of this machine. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Further origins whose web pages may call; `*` accepts all. Default: only those of this machine. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Called for each request, just before its response is sent. The record has no secrets. */
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}

type Check = (place: string, value: unknown) => void;

/**
 * Checks of option values, which throw a `TypeError`. The contents of rules, limits, clock, faults, tokens and the document
 * are checked where they are read.
 */
export const optionChecks: { readonly [Name in keyof MockOptions]-?: Check } = {
  port: (place, value) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535)
      return;
    throw unfit(place, "an integer from 0 to 65535", value);
  },
  host: (place, value) => {
    if (typeof value === "string" && value !== "" && URL.canParse(`http://${hostInUrl(value)}`)) {
      return;
    }
    throw unfit(place, "a name or an address of this machine, such as 127.0.0.1", value);
  },
  rootToken: checkBearer,
  controlToken: checkBearer,
  stateless: checkBoolean,
  strict: checkBoolean,
  tokens: eachOf(checkObject),
  rules: checkObject,
  clock: checkObject,
  faults: checkObject,
  limits: checkObject,
  document: (place, value) => checkObject(place, value, "an OpenAPI document, as an object"),
  allowedHosts: eachOf((place, value) => {
    if (value === "*") return;
    const text = typeof value === "string" ? value : "";
    const host = hostOf(text);
    if (host === text && !text.includes("*")) return;
    throw unfit(place, `a name without a port${example(host)}, or * for any`, value);
  }),
  allowedOrigins: eachOf((place, value) => {
    // Pages from files and in sandboxed frames have the origin "null".
    if (value === "*" || value === "null") return;
    const text = typeof value === "string" ? value : "";
    const origin = originOf(text);
    if (origin === text && !text.includes("*")) return;
    throw unfit(place, `an origin without a path${example(origin)}, or * for any`, value);
  }),
  onRequest: (place, value) => {
    if (typeof value !== "function") throw unfit(place, "a function", value);
  },
};

/**
 * Checks the names and types of options.
 *
 * @returns the same options
 * @throws {TypeError} if an option is unknown, or its value is not allowed. The message names it.
 */
export function readMockOptions(options: MockOptions): MockOptions {
  checkObject("options", options);
  const checks: { readonly [name: string]: Check } = optionChecks;
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) {
      throw new TypeError(
        `${name}: no such option; expected one of ${Object.keys(checks).join(", ")}`,
      );
    }
    if (value !== undefined) check(name, value);
  }
  checkControlToken("controlToken", options);
  return options;
}

/** @throws {TypeError} if the control token equals the root token: then every caller could use the control. */
export function checkControlToken(
  place: string,
  { rootToken = defaultRootToken, controlToken }: MockOptions,
): void {
  if (controlToken !== rootToken) return;
  throw new TypeError(
    `${place}: this is the root token; the control needs another one, which callers of the API do not have`,
  );
}

function checkBoolean(place: string, value: unknown): void {
  if (typeof value !== "boolean") throw unfit(place, "true or false", value);
}

function checkBearer(place: string, value: unknown): void {
  const fault = faultOfBearer(value);
  if (fault !== undefined) throw new TypeError(`${place}: ${fault}`);
}

function checkObject(place: string, value: unknown, wanted = "an object"): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw unfit(place, wanted, value);
}

function eachOf(check: Check): Check {
  return (place, value) => {
    if (!Array.isArray(value)) throw unfit(place, "an array", value);
    for (const [index, one] of value.entries()) check(`${place}[${index}]`, one);
  };
}

function example(wanted: string | undefined): string {
  return wanted === undefined || wanted.includes("*") ? "" : `, such as ${wanted}`;
}

function unfit(place: string, wanted: string, found: unknown): TypeError {
  const shown =
    typeof found === "string" ? found || "nothing" : inspect(found, { depth: 0, compact: true });
  return new TypeError(`${place}: expected ${wanted}, found ${shown}`);
}
