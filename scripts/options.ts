import path from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "./project.js";

/** What the command line asks for. */
export interface Options {
  readonly spec: string;
  readonly out: string;
  /** Whether these are the project's own document and output folder. */
  readonly isDefault: boolean;
  /** Whether every doubt about the document ends the run. Otherwise the rest of it is generated. */
  readonly strict: boolean;
  readonly mode: "write" | "check" | "watch" | "print-model" | "help";
}

/** The text of `--help`. */
export const help: string = `Generates the typed client of an OpenAPI 3.1 document.

  npm run generate                       from openapi/openapi.yaml to generated/
  npm run generate -- --check            write nothing; exit 1 with a diff if generated/ is not what would be written
  npm run generate -- --watch            generate on every save; a broken save keeps the last good output
  npm run generate -- --print-model      print the model as JSON; write nothing
  npm run generate -- --spec FILE --out DIR
                                         any other document, to any other folder; what is generated
                                         imports this project's src/runtime, by a relative path
  npm run generate -- --spec FILE --out DIR --strict
                                         end at every doubt, as for this project's own document; without it,
                                         an operation that cannot be generated is left out, and named
  npm run generate -- --help             this text

Paths are relative to the current folder. Lint rules come from a redocly.yaml beside the document.
Exit codes: 0 done, 1 the document is refused or --check found a difference, 2 wrong usage.
`;

/** Wrong usage of the command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} an unknown option, a missing value, or options that exclude each other.
 */
export function readOptions(args: readonly string[]): Options {
  const modes = ["check", "watch", "print-model", "help"] as const;
  const parsed = parse(args);
  const chosen = modes.filter((mode) => parsed[mode] === true);
  const [mode = "write", second] = chosen;
  if (mode !== "help" && second !== undefined)
    throw new UsageError(`--${mode} and --${second} exclude each other`);
  if (
    mode !== "help" &&
    mode !== "print-model" &&
    (parsed.spec === undefined) !== (parsed.out === undefined)
  ) {
    throw new UsageError(
      "--spec and --out go together: another document must not overwrite generated/",
    );
  }
  if (mode === "print-model" && parsed.out !== undefined) {
    throw new UsageError("--print-model writes nothing: leave out --out");
  }
  return {
    spec: path.resolve(parsed.spec ?? path.join(projectRoot, "openapi", "openapi.yaml")),
    out: path.resolve(parsed.out ?? path.join(projectRoot, "generated")),
    isDefault: parsed.spec === undefined && parsed.out === undefined,
    strict: parsed.strict === true || parsed.spec === undefined,
    mode,
  };
}

type Parsed = {
  readonly [K in "check" | "strict" | "watch" | "print-model" | "help"]?: boolean;
} & {
  readonly spec?: string;
  readonly out?: string;
};

function parse(args: readonly string[]): Parsed {
  try {
    return parseArgs({
      args: [...args],
      options: {
        check: { type: "boolean" },
        strict: { type: "boolean" },
        watch: { type: "boolean" },
        "print-model": { type: "boolean" },
        help: { type: "boolean", short: "h" },
        spec: { type: "string" },
        out: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
