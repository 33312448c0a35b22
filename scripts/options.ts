import path from "node:path";
import { parseArgs } from "node:util";
import { command, isPublished, projectRoot } from "./project.js";
import { ownRuntime, type Runtime } from "./runtime.js";

/** The forms in which the document can be written beside the code. */
export const documentForms = ["json", "yaml", "both", "none"] as const;

/** One of {@link documentForms}. */
export type DocumentForm = (typeof documentForms)[number];

/** Which operations of a document are generated. */
export interface Selection {
  /** Tags, or patterns of paths, which begin with `/`. Without any, all operations are. */
  readonly include: readonly string[];
  /** The same, for what is left out; these win. */
  readonly exclude: readonly string[];
}

/** How one document is generated. */
export interface Options extends Selection {
  readonly spec: string;
  readonly out: string;
  /** Whether these are the project's own document and output folder. */
  readonly isDefault: boolean;
  /** Whether a configuration says all of this. */
  readonly isConfigured: boolean;
  /** Whether every doubt about the document ends the run. Otherwise the rest of it is generated. */
  readonly strict: boolean;
  /** Whether a `$ref` may lead to a URL, which is fetched then. */
  readonly urls: boolean;
  /** Whether every file, warning and operation is told, and not their number alone. */
  readonly verbose: boolean;
  readonly runtime: Runtime;
  readonly document: DocumentForm;
  readonly mode: "write" | "check" | "watch" | "print-model";
}

/** What a configuration may say of a document, and a flag too. Paths are still as they were written. */
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

/** What the command line asks for. */
export interface CommandLine {
  readonly mode: Options["mode"] | "help" | "version";
  readonly verbose: boolean;
  /** A configuration that is not looked for, but given. */
  readonly config: string | undefined;
  readonly flags: Settings;
}

const everywhere = `What to do:
  --check            write nothing; exit 1 with a diff if the output is not what would be written
  --watch            generate on every save; a broken save keeps the last good output
  --print-model      print the model as JSON; write nothing
  --help, --version

How to read the document:
  --strict           end at every doubt, by the lint rules of a redocly.yaml beside the document. Without it, an
                     operation that cannot be generated is left out and named, and what no client would notice is
                     a warning
  --include PATTERN  generate these operations only: a tag, or a path such as /users/**. Repeat it for more
  --exclude PATTERN  leave these operations out; wins over --include
  --fetch-refs       fetch a $ref that leads to a URL; without it, one is an error

What to write:
  --runtime copy     put a copy of the runtime beside the code, which then needs openapi-fetch alone (default)
  --runtime package  import the runtime from clientwright, which your program then depends on
  --runtime DIR      import the runtime from this folder, such as ./runtime
  --document FORM    also write the bundled document: json (default), yaml, both or none
  --no-document      the same as --document none
  --verbose          list every file, warning and operation, not their number alone

Paths are relative to the current folder; those in a configuration, to the folder of that.
Exit codes:
  0  done, also where operations were left out
  1  the document or the output folder is refused, or --check found a difference
  2  wrong usage
`;

/** The text of `--help`. */
export const help: string = `Generates the typed client of an API described by OpenAPI 3.0, 3.1, 3.2 or Swagger 2.0.

${
  isPublished
    ? `  clientwright --spec FILE --out DIR   generate a client
  clientwright                         the same, for the documents of clientwright.config.{ts,js,json}
  clientwright --config FILE           the same, with another configuration
  clientwright init                    find the document, write the configuration and an npm script
  clientwright change --help           say what a change of a document means for callers
`
    : `  npm run generate                           from openapi/openapi.yaml to generated/
  npm run generate -- --spec FILE --out DIR  any other document, to any other folder
  npm run generate -- --config FILE          the documents of a configuration
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
 * @throws {UsageError} an unknown option, a missing value, or options that exclude each other.
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
    throw new UsageError("--print-model writes nothing: leave out --out");
  }
  if (parsed["no-document"] === true && parsed.document !== undefined) {
    throw new UsageError("--document and --no-document exclude each other");
  }
  const form = documentForms.find((one) => one === parsed.document);
  if (parsed.document !== undefined && form === undefined) {
    throw new UsageError(`--document ${parsed.document}: one of ${documentForms.join(", ")}`);
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
 * The options of one document, from settings whose paths are relative to a folder.
 *
 * @throws {UsageError} a setting is missing or wrong; the message names it as its source does.
 */
export function toOptions(
  { mode, verbose }: Pick<CommandLine, "verbose"> & { readonly mode: Options["mode"] },
  settings: Settings,
  folder: string,
  isConfigured: boolean,
): Options {
  const { spec, out, runtime = "copy", document = "json" } = settings;
  if (spec === undefined) throw new UsageError("which document? Give --spec FILE");
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(spec)) {
    throw new UsageError(
      `--spec takes a file, and this is a URL. Download it first: curl -o openapi.yaml ${spec}`,
    );
  }
  if (out === undefined && mode !== "print-model") {
    throw new UsageError("where to? Give --out DIR, a folder of its own for what is generated");
  }
  for (const pattern of [...(settings.include ?? []), ...(settings.exclude ?? [])]) {
    if (pattern.trim() === "")
      throw new UsageError("--include and --exclude take no empty pattern");
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

/** The options of the repository's own contract, with what flags may change. */
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
    `--runtime ${runtime}: copy, package, or a folder that begins with ./ or ../`,
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
    // parseArgs says how to pass a value that begins with a dash, which nobody asked for.
    const [words = said] = said.split(". To specify a positional argument");
    throw new UsageError(
      words.startsWith("Unexpected argument") ? `${words}. ${positionalHint}` : words,
    );
  }
}

const positionalHint = `A document is given as --spec FILE; ${command} --help lists everything`;
