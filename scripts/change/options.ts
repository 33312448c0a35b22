import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

/** Forms in which a comparison is printed. */
export const formats = ["text", "markdown", "json", "github"] as const;

/** One of {@link formats}. */
export type Format = (typeof formats)[number];

/** What the command line asks for. */
export interface ChangeOptions {
  readonly base: string;
  /** What is compared with the base, where it is not the document of the working tree. */
  readonly to?: string;
  /** The document of the working tree: `--to` where that is a file. */
  readonly spec: string;
  readonly format: Format;
  readonly out?: string;
  /** Whether a release that is planned too small is an error. */
  readonly require: boolean;
  /** The finding or rule to explain. */
  readonly explain?: string;
  /** Whether the old client and the compiler are left out. */
  readonly fast: boolean;
}

/** The text of `--help`. */
export const help: string = `Says what a change of a contract means: which operation, who breaks, a value that proves it, and the version
that the release needs.

  npm run change                         the last release against openapi/openapi.yaml
  npm run change -- --base origin/main   against a Git revision, a file, npm:VERSION of the package here, or
                                         npm:NAME@VERSION of any package (with #FILE if it holds several documents)
  npm run change -- --to FILE            another document in place of openapi/openapi.yaml: all that --base takes
  npm run change -- --format FORMAT      text, markdown, json, or github (annotations of a workflow)
  npm run change -- --out FILE           write to a file
  npm run change -- --require            exit 1 if the changesets plan a smaller release than the change needs
  npm run change -- --explain ID         explain one finding or one rule
  npm run change -- --fast               compare documents alone: neither build the old client nor compile
  npm run change -- --help               this text

Exit codes: 0 compared, 1 with --require: the planned release is too small or an approval does not hold,
2 the comparison itself failed.
`;

/** Wrong usage of the command line. */
export class ChangeUsageError extends Error {
  override readonly name = "ChangeUsageError";
}

/**
 * Reads the command line; `help` where it asks for that.
 *
 * @throws {ChangeUsageError} an unknown option, or a value that is missing or not one of those that there are.
 */
export function readChangeOptions(args: readonly string[]): ChangeOptions | "help" {
  const parsed = parse(args);
  if (parsed.help === true) return "help";
  const format = formats.find((one) => one === (parsed.format ?? "text"));
  if (format === undefined) {
    throw new ChangeUsageError(`--format ${parsed.format}: one of ${formats.join(", ")}`);
  }
  if (parsed.base === undefined) {
    throw new ChangeUsageError("--base is missing: a Git revision, a file, or npm:VERSION");
  }
  const usual = path.join("openapi", "openapi.yaml");
  const isFile = parsed.to !== undefined && existsSync(parsed.to);
  return {
    base: parsed.base,
    ...(parsed.to !== undefined && { to: parsed.to }),
    spec: path.resolve(isFile ? parsed.to : usual),
    format,
    require: parsed.require === true,
    fast: parsed.fast === true,
    ...(parsed.out !== undefined && { out: path.resolve(parsed.out) }),
    ...(parsed.explain !== undefined && { explain: parsed.explain }),
  };
}

interface Parsed {
  readonly base?: string;
  readonly to?: string;
  readonly format?: string;
  readonly out?: string;
  readonly explain?: string;
  readonly require?: boolean;
  readonly fast?: boolean;
  readonly help?: boolean;
}

function parse(args: readonly string[]): Parsed {
  try {
    return parseArgs({
      args: [...args],
      options: {
        base: { type: "string" },
        to: { type: "string" },
        format: { type: "string" },
        out: { type: "string" },
        explain: { type: "string" },
        require: { type: "boolean" },
        fast: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new ChangeUsageError(error instanceof Error ? error.message : String(error));
  }
}
