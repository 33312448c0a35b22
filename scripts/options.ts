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
  /** Whether a `$ref` may lead to a URL, which is fetched then. */
  readonly urls: boolean;
  /** Whether every file, warning and operation is told, and not their number alone. */
  readonly verbose: boolean;
  readonly mode: "write" | "check" | "watch" | "print-model" | "help";
}

/** The text of `--help`. */
export const help: string = `Generates the typed client of an API described by OpenAPI 3.0, 3.1, 3.2 or Swagger 2.0.

  npm run generate                       from openapi/openapi.yaml to generated/
  npm run generate -- --spec FILE --out DIR
                                         any other document, to any other folder; what is generated
                                         imports this project's src/runtime, by a relative path

What to do:
  --check        write nothing; exit 1 with a diff if the output is not what would be written
  --watch        generate on every save; a broken save keeps the last good output
  --print-model  print the model as JSON; write nothing
  --help         this text

How to read the document:
  --strict       end at every doubt, by the lint rules of a redocly.yaml beside the document. The default for
                 openapi/openapi.yaml. Without it, an operation that cannot be generated is left out and named,
                 and what no client would notice is a warning
  --fetch-refs   fetch a $ref that leads to a URL; without it, one is an error
  --verbose      list every file, warning and operation, not their number alone

Paths are relative to the current folder.
Exit codes:
  0  done, also where operations were left out
  1  the document or the output folder is refused, or --check found a difference
  2  wrong usage
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
  if (parsed.spec !== undefined && /^https?:/i.test(parsed.spec)) {
    throw new UsageError(
      `--spec takes a file, and this is a URL. Download it first: curl -o openapi.yaml ${parsed.spec}`,
    );
  }
  return {
    spec: path.resolve(parsed.spec ?? path.join(projectRoot, "openapi", "openapi.yaml")),
    out: path.resolve(parsed.out ?? path.join(projectRoot, "generated")),
    isDefault: parsed.spec === undefined && parsed.out === undefined,
    urls: parsed["fetch-refs"] === true,
    verbose: parsed.verbose === true,
    strict: parsed.strict === true || parsed.spec === undefined,
    mode,
  };
}

type Parsed = {
  readonly [K in
    | "check"
    | "fetch-refs"
    | "strict"
    | "verbose"
    | "watch"
    | "print-model"
    | "help"]?: boolean;
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
        "fetch-refs": { type: "boolean" },
        strict: { type: "boolean" },
        verbose: { type: "boolean" },
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
