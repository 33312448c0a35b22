import { parseArgs } from "node:util";
import { checkControlToken, type MockOptions, optionChecks } from "../options.js";
import { type ClockSetting, createClock } from "../state/clock.js";
import { type VerdictFormat, verdictFormats } from "../verdict/print.js";
import type { Thresholds } from "../verdict/verdict.js";
import { didYouMean } from "./did-you-mean.js";
import { readLimitFlags, readRequireFlags, readRuleFlags } from "./name-value-flags.js";
import { ofFlag, UsageError } from "./usage-error.js";

/** Parsed command line of `s2-token-contract mock`. */
export interface MockArguments {
  /** Print lines of JSON instead of text. */
  readonly json: boolean;
  /** Do not log requests. */
  readonly quiet: boolean;
  /** File of the document. Undefined: the mock's own. */
  readonly document: string | undefined;
  /** File of the fault plan. */
  readonly faults: string | undefined;
  /** Format of the verdict. Undefined: do not print one. */
  readonly verdict: VerdictFormat | undefined;
  readonly verdictFile: string | undefined;
  readonly thresholds: Thresholds;
  /** The command to run against the mock, with its arguments. Undefined: the mock runs until it is stopped. */
  readonly command: readonly string[] | undefined;
  readonly options: MockOptions;
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
  strict: flag,
  document: text,
  clock: text,
  rule: texts,
  limit: texts,
  "allow-host": texts,
  "allow-origin": texts,
  json: flag,
  quiet: flag,
} as const;

/** Whether the arguments have `--help` or `-h`, even among wrong ones. */
export function asksForHelp(args: readonly string[]): boolean {
  const { flags: own } = split(args);
  return own.includes("--help") || own.includes("-h");
}

/** Splits arguments at `--` into flags and the command. */
function split(args: readonly string[]): {
  readonly flags: readonly string[];
  readonly command: readonly string[] | undefined;
} {
  const at = args.indexOf("--");
  if (at < 0) return { flags: args, command: undefined };
  return { flags: args.slice(0, at), command: args.slice(at + 1) };
}

/**
 * Parses the command line.
 *
 * @throws {UsageError} if a flag is unknown, or its value is not allowed.
 */
export function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): MockArguments {
  const { flags: own, command } = split(args);
  if (command?.length === 0) throw new UsageError("--: expected a command, such as -- npm test");
  const values = parse(own);
  const { json = false, quiet = false, document, faults, "verdict-file": verdictFile } = values;
  for (const [name, file] of Object.entries({ document, faults, "verdict-file": verdictFile })) {
    if (file === "") throw new UsageError(`--${name}: expected the name of a file`);
  }
  return {
    json,
    quiet,
    document,
    faults,
    verdict: readVerdict(values, command !== undefined),
    verdictFile,
    thresholds: readRequireFlags(values.require ?? []),
    command,
    options: {
      // A free port for a command, because several may run at once.
      port: readPort(values.port ?? (command === undefined ? "4010" : "0")),
      host: checked("host", "--host", values.host),
      ...readTokens(values, environment),
      stateless: values.stateless,
      strict: values.strict,
      clock: values.clock === undefined ? undefined : readClock(values.clock),
      rules: readRuleFlags(values.rule ?? []),
      limits: readLimitFlags(values.limit ?? []),
      allowedHosts: checkedEach("allowedHosts", "--allow-host", values["allow-host"]),
      allowedOrigins: checkedEach("allowedOrigins", "--allow-origin", values["allow-origin"]),
    },
  };
}

type Values = ReturnType<typeof parseArgs<{ options: typeof flags; args: string[] }>>["values"];

function parse(args: readonly string[]): Values {
  checkNames(args);
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Checks names of flags, because the parser's own message suggests positional arguments, and the command takes none.
 */
function checkNames(args: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...args], options: flags, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "positional") {
      throw new UsageError(`${token.value}: expected a flag, such as --port 0; --help lists them`);
    }
    if (token.kind !== "option" || Object.hasOwn(flags, token.name)) continue;
    const known = Object.keys(flags).map((name) => `--${name}`);
    const hint = didYouMean(token.rawName, known) || "; --help lists them";
    throw new UsageError(`${token.rawName}: no such flag${hint}`);
  }
}

function checked<T>(option: keyof MockOptions, place: string, value: T): T {
  if (value !== undefined) ofFlag(place, place, () => optionChecks[option](place, value));
  return value;
}

/** Checks a flag that may be repeated. Messages name the flag without an index. */
function checkedEach<T>(
  option: keyof MockOptions,
  place: string,
  values: readonly T[] | undefined,
): readonly T[] | undefined {
  for (const value of values ?? []) {
    ofFlag(place, `${place}[0]`, () => optionChecks[option](place, [value]));
  }
  return values;
}

function readPort(given: string): number {
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port;
  throw new UsageError(`--port: expected a number from 0 to 65535, found ${given || "nothing"}`);
}

function readTokens(
  values: Values,
  { S2_MOCK_ROOT_TOKEN: variable }: Readonly<Record<string, string | undefined>>,
): Pick<MockOptions, "rootToken" | "controlToken"> {
  const { "root-token": given, "control-token": controlToken } = values;
  const tokens = {
    rootToken:
      given === undefined
        ? checked("rootToken", "S2_MOCK_ROOT_TOKEN", variable || undefined)
        : checked("rootToken", "--root-token", given),
    controlToken: checked("controlToken", "--control-token", controlToken),
  };
  const place = "--control-token";
  ofFlag(place, place, () => checkControlToken(place, tokens));
  return tokens;
}

function readVerdict(values: Values, isCommand: boolean): VerdictFormat | undefined {
  const { verdict: given, "verdict-file": file, require, json = false } = values;
  const isImplied = file !== undefined || require !== undefined || isCommand;
  const wanted = given ?? (isImplied ? (json ? "json" : "text") : undefined);
  const format = verdictFormats.find((one) => one === wanted);
  if (wanted !== undefined && format === undefined) {
    throw new UsageError(
      `--verdict: expected ${verdictFormats.join(", ")}, found ${wanted || "nothing"}`,
    );
  }
  if (json && file === undefined && format !== undefined && format !== "json") {
    throw new UsageError(
      `--verdict: ${format} cannot be printed together with --json; add --verdict-file, or use --verdict json`,
    );
  }
  return format;
}

function readClock(value: string): ClockSetting {
  const [, sign, amount, unit] = /^([+-])(\d+)(ms|s|m|h|d)$/.exec(value) ?? [];
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? ""];
  const setting: ClockSetting =
    factor === undefined
      ? { mode: "fixed", at: value }
      : { mode: "offset", milliseconds: Number(`${sign}${amount}`) * factor };
  try {
    createClock(setting);
    return setting;
  } catch {
    throw new UsageError(
      `--clock: expected a time such as 2027-01-01T00:00:00Z or an offset such as +3600s, found ${value || "nothing"}`,
    );
  }
}
