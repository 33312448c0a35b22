import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { isPublished } from "../project.js";

/** Output formats of a comparison. */
export const formats = ["text", "markdown", "json", "github"] as const;

/** One of {@link formats}. */
export type Format = (typeof formats)[number];

/** The parsed command line. */
export interface ChangeOptions {
  readonly base: string;
  /** The document to compare with the base. Default: the document of the working tree. */
  readonly to?: string;
  /** The document of the working tree, or `--to` if that is a file. */
  readonly spec: string;
  readonly format: Format;
  readonly out?: string;
  /** Whether too small a planned release is an error. */
  readonly require: boolean;
  /** The finding or rule to explain. */
  readonly explain?: string;
  /** Whether to skip the old client and the compiler. */
  readonly fast: boolean;
}

/** The text of `--help`. */
export const help: string = `Compares two versions of a contract. For each operation that changed, it lists the consumers that break and a
value that proves it; and it names the version that the release needs.

${
  isPublished
    ? "  clientwright change --base BASE [flags]"
    : "  npm run change               compare openapi/openapi.yaml with the last release\n  npm run change -- FLAGS"
}

  --base BASE      the old document: a Git revision, a file, npm:VERSION of the package here, or npm:NAME@VERSION of
                   any package (with #FILE if it contains several documents)
  --to FILE        the new document, or anything that --base takes; default openapi/openapi.yaml
  --format FORMAT  text (default), markdown, json, or github (annotations of a workflow)
  --out FILE       write to a file
  --require        exit 1 if the changesets plan a smaller release than the change needs
  --explain ID     explain one finding or one rule
  --fast           compare only the documents: do not generate the old client, and do not compile
  --help           print this help

Exit codes:
  0  the versions were compared
  1  with --require: the planned release is too small, or an approval has expired or matches no break
  2  wrong usage, or the comparison failed
`;

/** Wrong usage of the command line. */
export class ChangeUsageError extends Error {
  override readonly name = "ChangeUsageError";
}

/**
 * Reads the command line; returns `"help"` for `--help`.
 *
 * @throws {ChangeUsageError} An option is unknown, or a value is missing or invalid.
 */
export function readChangeOptions(args: readonly string[]): ChangeOptions | "help" {
  const parsed = parse(args);
  if (parsed.help === true) return "help";
  const format = formats.find((one) => one === (parsed.format ?? "text"));
  if (format === undefined) {
    throw new ChangeUsageError(`--format ${parsed.format}: expected one of ${formats.join(", ")}`);
  }
  if (parsed.base === undefined) {
    throw new ChangeUsageError("--base is missing: give a Git revision, a file, or npm:VERSION");
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
