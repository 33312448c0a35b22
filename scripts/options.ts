import path from "node:path";
import { parseArgs } from "node:util";
import { command, isPublished, projectRoot } from "./project.js";
import { ownRuntime, type Runtime } from "./runtime.js";

/** Forms of the bundled document in the output. */
export const documentForms = ["json", "yaml", "both", "none"] as const;

/** One of {@link documentForms}. */
export type DocumentForm = (typeof documentForms)[number];

/** Selects the operations to generate. */
export interface Selection {
  /** Tags, or path patterns, which start with `/`. If empty, all operations are generated. */
  readonly include: readonly string[];
  /** Tags or path patterns of operations to leave out. It overrides `include`. */
  readonly exclude: readonly string[];
}

/** Options for generating the client of one document. */
export interface Options extends Selection {
  readonly spec: string;
  readonly out: string;
  /** Whether the document and the output folder are those of this repository. */
  readonly isDefault: boolean;
  /** Whether the options come from a configuration. */
  readonly isConfigured: boolean;
  /** Whether every doubtful part of the document is an error. Otherwise the rest is generated. */
  readonly strict: boolean;
  /** Whether to fetch a `$ref` to a URL. Otherwise it is an error. */
  readonly urls: boolean;
  /** Whether to list every file, warning and operation instead of their numbers. */
  readonly verbose: boolean;
  readonly runtime: Runtime;
  readonly document: DocumentForm;
  readonly mode: "write" | "check" | "watch" | "print-model";
}

/** Settings of a document from a configuration or from flags. Paths are as given, not resolved. */
export interface Settings {
  readonly spec?: string | undefined;
  readonly out?: string | undefined;
  readonly runtime?: string | undefined;
  readonly document?: DocumentForm | boolean | undefined;
  readonly strict?: boolean | undefined;
  readonly fetchRefs?: boolean | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** The parsed command line. */
export interface CommandLine {
  readonly mode: Options["mode"] | "help" | "version";
  readonly verbose: boolean;
  /** The configuration of `--config`. Without it, the generator looks for one. */
  readonly config: string | undefined;
  readonly flags: Settings;
}

const everywhere = `Modes:
  --check            write nothing; exit 1 with a diff if the output is not up to date
  --watch            generate after every save; after an error, the last good output stays
  --print-model      print the model as JSON; write nothing
  --help, --version

Input:
  --strict           treat every doubtful part of the document as an error, and lint it by a redocly.yaml next to it.
                     Without --strict, operations that cannot be generated are left out and listed, and problems
                     that no client would notice are warnings
  --include PATTERN  generate only these operations: a tag, or a path such as /users/**. You can repeat it
  --exclude PATTERN  leave these operations out; overrides --include. You can repeat it
  --fetch-refs       fetch a $ref to a URL; without it, such a $ref is an error

Output:
  --runtime copy     put a copy of the runtime next to the client, which then needs openapi-fetch only (default)
  --runtime package  import the runtime from clientwright, which your program then needs as a dependency
  --runtime DIR      import the runtime from this folder, such as ./runtime
  --document FORM    also write the bundled document: json (default), yaml, both or none
  --no-document      the same as --document none
  --verbose          list every file, warning and operation instead of their numbers

Paths are relative to the current folder. Paths in a configuration are relative to its folder.
Exit codes:
  0  success, even if operations were left out
  1  the document or the output folder has a problem, or --check found a difference
  2  wrong usage
`;

/** The text of `--help`. */
export const help: string = `Generates a typed client from an OpenAPI 3.0, 3.1, 3.2 or Swagger 2.0 document.

${
  isPublished
    ? `  clientwright --spec FILE --out DIR   generate a client
  clientwright                         generate the clients of clientwright.config.{ts,js,json}
  clientwright --config FILE           use another configuration
  clientwright init                    find the document, write a configuration and an npm script
  clientwright change --help           compare two versions of a document
`
    : `  npm run generate                           generate generated/ from openapi/openapi.yaml
  npm run generate -- --spec FILE --out DIR  generate the client of another document
  npm run generate -- --config FILE          generate the clients of a configuration
`
}
${everywhere}`;

/** Wrong usage of the command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} An option is unknown, a value is missing, or options exclude each other.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const parsed = parse(args);
  const modes = ["check", "watch", "print-model", "help", "version"] as const;
  const chosen = modes.filter((mode) => parsed[mode] === true);
  const [mode = "write", second] = chosen;
  if (second !== undefined && !chosen.includes("help")) {
    throw new UsageError(`--${mode} and --${second} exclude each other`);
  }
  if (mode === "print-model" && parsed.out !== undefined) {
    throw new UsageError("--print-model writes no files: remove --out");
  }
  if (parsed["no-document"] === true && parsed.document !== undefined) {
    throw new UsageError("--document and --no-document exclude each other");
  }
  const form = documentForms.find((one) => one === parsed.document);
  if (parsed.document !== undefined && form === undefined) {
    throw new UsageError(
      `--document ${parsed.document}: expected one of ${documentForms.join(", ")}`,
    );
  }
  return {
    mode: chosen.includes("help") ? "help" : mode,
    verbose: parsed.verbose === true,
    config: parsed.config,
    flags: {
      spec: parsed.spec,
      out: parsed.out,
      runtime: parsed.runtime,
      document: parsed["no-document"] === true ? "none" : form,
      strict: parsed.strict,
      fetchRefs: parsed["fetch-refs"],
      include: parsed.include,
      exclude: parsed.exclude,
    },
  };
}

/**
 * Converts settings to the options of a document.
 *
 * @param folder - folder that the paths in the settings are relative to
 * @throws {UsageError} A setting is missing or invalid. The message names it.
 */
export function toOptions(
  { mode, verbose }: Pick<CommandLine, "verbose"> & { readonly mode: Options["mode"] },
  settings: Settings,
  folder: string,
  isConfigured: boolean,
): Options {
  const { spec, out, runtime = "copy", document = "json" } = settings;
  if (spec === undefined) throw new UsageError("no document: give one with --spec FILE");
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(spec)) {
    throw new UsageError(
      `--spec takes a file, not a URL. Download it first: curl -o openapi.yaml ${spec}`,
    );
  }
  if (out === undefined && mode !== "print-model") {
    throw new UsageError(
      "no output folder: give one with --out DIR, in which nothing but the client lies",
    );
  }
  for (const pattern of [...(settings.include ?? []), ...(settings.exclude ?? [])]) {
    if (pattern.trim() === "")
      throw new UsageError("--include and --exclude do not accept an empty pattern");
  }
  return {
    mode,
    verbose,
    isDefault: false,
    isConfigured,
    spec: path.resolve(folder, spec),
    out: path.resolve(folder, out ?? "."),
    runtime: runtimeOf(runtime, folder),
    document: typeof document === "boolean" ? (document ? "json" : "none") : document,
    strict: settings.strict === true,
    urls: settings.fetchRefs === true,
    include: settings.include ?? [],
    exclude: settings.exclude ?? [],
  };
}

/** The options of the repository's own contract. Only some flags change them. */
export function ownOptions({ mode, verbose, flags }: CommandLine & Pick<Options, "mode">): Options {
  return {
    mode,
    verbose,
    isDefault: true,
    isConfigured: false,
    spec: path.join(projectRoot, "openapi", "openapi.yaml"),
    out: path.join(projectRoot, "generated"),
    runtime: ownRuntime,
    document: "both",
    strict: true,
    urls: flags.fetchRefs === true,
    include: [],
    exclude: [],
  };
}

function runtimeOf(runtime: string, folder: string): Runtime {
  if (runtime === "copy" || runtime === "package") return runtime;
  if (/^\.{1,2}(?:[\\/]|$)/.test(runtime) || path.isAbsolute(runtime)) {
    return path.resolve(folder, runtime);
  }
  throw new UsageError(
    `--runtime ${runtime}: expected copy, package, or a folder that starts with ./ or ../`,
  );
}

interface Parsed {
  readonly check?: boolean;
  readonly "fetch-refs"?: boolean;
  readonly strict?: boolean;
  readonly verbose?: boolean;
  readonly watch?: boolean;
  readonly "print-model"?: boolean;
  readonly "no-document"?: boolean;
  readonly help?: boolean;
  readonly version?: boolean;
  readonly spec?: string;
  readonly out?: string;
  readonly config?: string;
  readonly runtime?: string;
  readonly document?: string;
  readonly include?: string[];
  readonly exclude?: string[];
}

function parse(args: readonly string[]): Parsed {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  const list = { type: "string", multiple: true } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        check: flag,
        "fetch-refs": flag,
        strict: flag,
        verbose: flag,
        watch: flag,
        "print-model": flag,
        "no-document": flag,
        help: { ...flag, short: "h" },
        version: { ...flag, short: "v" },
        spec: text,
        out: text,
        config: text,
        runtime: text,
        document: text,
        include: list,
        exclude: list,
      },
    }).values;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    // Cut the advice of parseArgs about values that start with a dash, which does not help here.
    const [words = said] = said.split(". To specify a positional argument");
    throw new UsageError(
      words.startsWith("Unexpected argument") ? `${words}. ${positionalHint}` : words,
    );
  }
}

const positionalHint = `Give the document with --spec FILE. See ${command} --help`;
