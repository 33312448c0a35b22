import { parseArgs } from "node:util";
import { type OperationFacts, operationTable } from "../scope/operations.js";
import type { MockOptions } from "./options.js";
import type { ClockSetting } from "./state/clock.js";
import { type VerdictFormat, verdictFormats } from "./verdict/print.js";
import { readThresholds, type Thresholds } from "./verdict/verdict.js";

/** Wrong use of the command. */
export class UsageError extends Error {}

/** What the command line asks for. */
export interface MockArguments {
  readonly help: boolean;
  /** One line of JSON in place of those for a person, and each request as one. */
  readonly json: boolean;
  /** No request log. */
  readonly quiet: boolean;
  /** File of the document; undefined is the one that belongs to the mock. */
  readonly document: string | undefined;
  /** File of the plan of faults. */
  readonly faults: string | undefined;
  /** How to tell the verdict; undefined is not at all. */
  readonly verdict: VerdictFormat | undefined;
  readonly verdictFile: string | undefined;
  readonly thresholds: Thresholds;
  readonly options: MockOptions;
}

/** The text of `--help`. */
export const help: string = `Usage: s2-token-contract mock [flags]

A mock of S2's access-token endpoints for clients in any language, over HTTP/1.1 and HTTP/2 without
TLS. It keeps state: what is issued is listed, works as a bearer, and stops working when it is revoked.

  --port N             port to listen on; default 4010, 0 is any free one
  --host ADDRESS       address to listen on; default 127.0.0.1, which only this machine reaches
  --root-token TEXT    the bearer that may do everything; default not-a-real-root-token,
                       or the environment variable S2_MOCK_ROOT_TOKEN
  --control-token TEXT the bearer of the control under /__mock/; default another one in each run
  --faults FILE        a plan of faults in JSON: { "seed": 1, "faults": [{ "fault": "unavailable",
                       "operation": "issue_access_token", "skip": 0, "times": 1, "probability": 1 }] }
  --verdict FORM       at the end tell what was exercised of the contract, as text, json or junit
  --verdict-file FILE  write the verdict to a file; implies text
  --require NAME=N     end with exit code 1 if less than N percent of the operations, statuses, codes,
                       examples, parameters or branches were exercised, or more than N invalid
                       requests (invalid=N) were sent; may be repeated; implies --verdict text
  --stateless          answer with the document's examples, as Prism does
  --document FILE      serve another OpenAPI document in JSON; read again whenever it changes
  --clock TIME         a fixed time such as 2027-01-01T00:00:00Z, or an offset such as +3600s
  --rule NAME=VALUE    how to do what S2 does not say; may be repeated
  --limit NAME=NUMBER  how much to take; may be repeated
  --allow-host NAME    take requests that name this host, * for any; may be repeated
  --allow-origin URL   take requests of pages of this origin, * for any; may be repeated
  --json               one line of JSON for the start and for each request
  --quiet              do not log requests
  --help               show this

Rules and their defaults:
  badExpiry=invalid             code for a bad expires_at: invalid, permission_denied or bad_json
  filterListing=false           whether a listing shows only ids in the caller's access_tokens
  reuseRevokedIds=true          whether an id can be issued again after a revoke
  reuseExpiredIds=true          whether an id can be issued again after its token has expired
  keepExpired=false             whether expired tokens are listed and can be revoked
  cascadeRevoke=false           whether a revoke takes along what was issued with the token
  emptyAutoPrefix=true          whether auto_prefix_streams goes with the empty prefix
  unknownBearerOnRevoke=authn   or access_token_not_found
  badBody=bad_json              code for a body that breaks the schema; or invalid
  operations.NAME=GROUP.ACCESS  which group covers an operation, such as
                                operations.create-stream=stream.write

Limits and their defaults: maxBodyBytes=1048576 maxHeaderBytes=16384 requestTimeout=30000
headersTimeout=10000 maxTokens=10000 maxSessions=1000

Faults, of a plan or of one request by the header "Prefer: fault=NAME":
  latency:MS, CODE or CODE:after with an error code of the contract, rate_limited:MS, reset,
  reset:after, truncated, wrong-type, unknown, repeated-page, redirect
CODE:after and reset:after strike after the change of state.

To choose an answer, send the header "Prefer: code=STATUS, example=NAME" or "Prefer: dynamic=true".
Requests with a header "mock-session: NAME" share a state of their own. The control is under
/__mock/: health, state, clock, faults, journal, reset.`;

/** @throws {UsageError} a flag is not known, or has a value that it cannot have. */
export function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): MockArguments {
  const { values } = parse(args);
  const port = values.port ?? "4010";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port: expected a number from 0 to 65535, found ${port || "nothing"}`);
  }
  const rootToken = values["root-token"] ?? environment["S2_MOCK_ROOT_TOKEN"];
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
    document: values.document,
    faults: values.faults,
    verdict: readVerdict(values.verdict, [values["verdict-file"], ...(values.require ?? [])]),
    verdictFile: values["verdict-file"],
    thresholds: usage(() => readThresholds(pairs("--require", values.require ?? []))),
    options: {
      port: Number(port),
      host: values.host,
      rootToken,
      controlToken: values["control-token"],
      stateless: values.stateless,
      clock: values.clock === undefined ? undefined : readClock(values.clock),
      rules: readRuleFlags(values.rule ?? []),
      limits: Object.fromEntries(
        pairs("--limit", values.limit ?? []).map(([name, value]) => [name, Number(value)]),
      ),
      allowedHosts: values["allow-host"],
      allowedOrigins: values["allow-origin"],
    },
  };
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const texts = { type: "string", multiple: true } as const;
const flags = {
  port: text,
  host: text,
  "root-token": text,
  "control-token": text,
  faults: text,
  verdict: text,
  "verdict-file": text,
  require: texts,
  stateless: flag,
  document: text,
  clock: text,
  rule: texts,
  limit: texts,
  "allow-host": texts,
  "allow-origin": texts,
  json: flag,
  quiet: flag,
  help: { type: "boolean", short: "h" },
} as const;

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof flags; args: string[] }>> {
  return usage(() => parseArgs({ args: [...args], options: flags }));
}

/** What goes wrong here is wrong use. */
function usage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readVerdict(
  given: string | undefined,
  implying: readonly (string | undefined)[],
): VerdictFormat | undefined {
  const wanted = given ?? (implying.some((one) => one !== undefined) ? "text" : undefined);
  const format = verdictFormats.find((one) => one === wanted);
  if (wanted !== undefined && format === undefined) {
    throw new UsageError(`--verdict: expected ${verdictFormats.join(", ")}, found ${wanted}`);
  }
  return format;
}

function readClock(value: string): ClockSetting {
  const [, sign, amount, unit] = /^([+-])(\d+)(ms|s|m|h|d)$/.exec(value) ?? [];
  if (amount !== undefined && unit !== undefined) {
    const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 1;
    return { mode: "offset", milliseconds: Number(`${sign}${amount}`) * factor };
  }
  if (/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))) {
    return { mode: "fixed", at: value };
  }
  throw new UsageError(
    `--clock: expected a time such as 2027-01-01T00:00:00Z or an offset such as +3600s, found ${value}`,
  );
}

function readRuleFlags(given: readonly string[]): NonNullable<MockOptions["rules"]> {
  const rules: Record<string, unknown> = {};
  let operations = operationTable;
  for (const [name, value] of pairs("--rule", given)) {
    const operation = /^operations\.(.+)$/.exec(name)?.[1];
    if (operation !== undefined) {
      const [group, access] = value.split(".");
      const before: OperationFacts | undefined = Object(operationTable)[operation];
      operations = { ...operations, [operation]: { ...before, group, access, certain: false } };
      rules["operations"] = operations;
    } else rules[name] = value === "true" || (value === "false" ? false : value);
  }
  // What is not a rule, or no value of it, is refused where the mock reads them.
  return rules;
}

function pairs(flagName: string, given: readonly string[]): [name: string, value: string][] {
  return given.map((pair) => {
    const mark = pair.indexOf("=");
    if (mark < 1) throw new UsageError(`${flagName}: expected NAME=VALUE, found ${pair}`);
    return [pair.slice(0, mark), pair.slice(mark + 1)];
  });
}
