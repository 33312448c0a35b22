import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { emitAll } from "./emit/all.js";
import { emitWire } from "./emit/wire.js";
import { formatFiles } from "./format.js";
import { fingerprint, hash, hashInputs, manifestName, printManifest } from "./manifest.js";
import type { Api, Json } from "./model/api.js";
import { type Built, buildApi } from "./model/build.js";
import type { DocumentForm, Options, Selection } from "./options.js";
import type { Draft, EmitContext, OutputFile } from "./print/source.js";
import { documentName, shownPath } from "./project.js";
import { noReuse, type Reuse, reuseOf, sourceHash } from "./reuse.js";
import {
  copiedRuntime,
  noticeOf,
  ownRuntime,
  type Runtime,
  runtimeImports,
  runtimeName,
} from "./runtime.js";
import { type LoadedSpec, readSpec } from "./spec/load.js";
import { SpecError } from "./spec/problem.js";
import { select } from "./spec/select.js";
import { wireParts } from "./wire-parts.js";
import type { WireTypes } from "./wire-types.js";

/** Runs a stage and reports it with its name and a summary of the result. */
export type Stage = <T>(
  name: string,
  work: () => T | Promise<T>,
  says: (result: T) => string,
) => Promise<T>;

/** Loads a document and builds its model. */
export async function toModel(
  options: Pick<Options, "spec" | "strict" | "urls"> & Partial<Selection>,
  stage: Stage,
): Promise<{ loaded: LoadedSpec; built: Built }> {
  const loaded = await load(options, stage);
  return { loaded, built: await model(loaded, options.strict, stage) };
}

function load(
  {
    spec,
    strict,
    urls,
    include = [],
    exclude = [],
  }: Pick<Options, "spec" | "strict" | "urls"> & Partial<Selection>,
  stage: Stage,
): Promise<LoadedSpec> {
  return stage(
    "load",
    async () => {
      const read = await readSpec(spec, { strict, urls });
      return { ...read, document: select(read.document, { include, exclude }) };
    },
    ({ files, version }) =>
      `${shownPath(spec)}, version ${version}, linted and bundled from ${count(files.length, "file")}`,
  );
}

function model(loaded: LoadedSpec, strict: boolean, stage: Stage): Promise<Built> {
  return stage(
    "model",
    () => buildAll(loaded, strict),
    ({ api: { resources, models } }) =>
      `${count(resources.flatMap(({ methods }) => methods).length, "operation")}, ${count(models.length, "model")}`,
  );
}

/** Builds the model. Errors of the sources are thrown together with those of the model. */
function buildAll(loaded: LoadedSpec, strict: boolean): Built {
  const { document, errors, findings, locate } = loaded;
  try {
    const built = buildApi(document, { strict, locate, findings });
    if (errors.length > 0) throw new SpecError(errors);
    return { ...built, warnings: [...loaded.warnings, ...built.warnings] };
  } catch (error) {
    if (!(error instanceof SpecError) || error.problems === errors) throw error;
    // Skip places that the linter has reported already.
    const reported = new Set(errors.map(({ source }) => source));
    const more = error.problems.filter(
      ({ source }) => source === undefined || !reported.has(source),
    );
    throw new SpecError([...errors, ...more]);
  }
}

/** Generates the text of all files from a document. The manifest comes last. */
export async function generate(
  options: Pick<Options, "spec" | "out" | "strict" | "urls"> &
    Partial<Pick<Options, "runtime" | "document" | "mode" | keyof Selection>>,
  stage: Stage,
  wireTypes: WireTypes,
): Promise<{ files: OutputFile[]; built: Built }> {
  const { spec, out, strict, runtime = ownRuntime, document = "both" } = options;
  const { include = [], exclude = [], mode } = options;
  const now = fingerprint(runtime);
  const reuse = mode === "check" ? noReuse : reuseOf(out, now);
  const place = { spec, out, runtime, form: document, reuse };
  const loaded = await load(options, stage);
  // Start this before the model: a thread may generate the types meanwhile.
  const types = startWire(loaded.document, place, wireTypes);
  const built = await model(loaded, strict, stage);
  const reference = referenceBeside(spec);
  const finishing = new Finishing(reuse);
  await stage(
    "emit",
    async () => {
      const others = emitOthers(built.api, loaded.document, place);
      // Print and format these while a thread generates the wire types.
      await finishing.add(others.map((file) => withReference(file, reference)));
      await finishing.add(await emitLast(others, place, types));
    },
    () => count(finishing.sources.size + finishing.unformatted, "file"),
  );
  const finished = await stage(
    "format",
    () => finishing.files(),
    () => `by the project's own formatter; ${count(finishing.reused, "file")} as before`,
  );
  const files = finished.sort((left, right) => (left.path < right.path ? -1 : 1));
  const outputs = Object.fromEntries(files.map((file) => [file.path, hash(file.text)]));
  const manifest = {
    document: documentName(spec, out),
    runtime: runtimeName(runtime, out),
    strict,
    selection: { document, include, exclude },
    inputs: hashInputs(spec, [...loaded.files, ...reference]),
    ...now,
    outputs,
    sources: Object.fromEntries(
      files.flatMap(({ path: file }) => {
        const source = finishing.sources.get(file);
        return source === undefined ? [] : [[file, source]];
      }),
    ),
  };
  return { files: [...files, { path: manifestName, text: printManifest(manifest) }], built };
}

/** Prints and formats files that cannot be reused from an earlier run. Markdown is not formatted. */
class Finishing {
  /** Hashes of the sources of all files that have a format, by path. */
  readonly sources: Map<string, string> = new Map();
  /** Number of files that an earlier run has formatted. */
  reused = 0;
  /** Number of files that have no format. */
  unformatted = 0;
  readonly #reuse: Reuse;
  readonly #files: (readonly OutputFile[] | Promise<readonly OutputFile[]>)[] = [];

  constructor(reuse: Reuse) {
    this.#reuse = reuse;
  }

  /** Prints files and starts formatting them. */
  async add(drafts: readonly Draft[]): Promise<void> {
    const changed = drafts.filter((draft) => !this.#isDone(draft));
    if (changed.length === 0) return;
    const formatted = formatFiles(await printAll(changed));
    // An error is thrown where the files are awaited.
    formatted.catch(() => undefined);
    this.#files.push(formatted);
  }

  /** All files, formatted. */
  async files(): Promise<OutputFile[]> {
    return (await Promise.all(this.#files)).flat();
  }

  /** Takes a file that needs no formatter. */
  #isDone(draft: Draft): boolean {
    if (draft.path.endsWith(".md")) {
      this.#files.push([draft]);
      this.unformatted += 1;
      return true;
    }
    const source = sourceHash(draft.source ?? draft.text);
    this.sources.set(draft.path, source);
    const text = draft.formatted ?? this.#reuse(draft.path, source);
    if (text === undefined) return false;
    this.#files.push([{ path: draft.path, text }]);
    this.reused += 1;
    return true;
  }
}

/** Prints structures. What goes on beside it gets its turn in between. */
async function printAll(drafts: readonly Draft[]): Promise<OutputFile[]> {
  const printed: OutputFile[] = [];
  for (const draft of drafts) {
    printed.push({ path: draft.path, text: draft.text });
    if (printed.length % 20 === 0) await setImmediate();
  }
  return printed;
}

/** The `reference.md` next to a document, which is appended to API.md, for example for hand-written exports. */
function referenceBeside(spec: string): readonly string[] {
  const file = path.join(path.dirname(spec), "reference.md");
  return existsSync(file) ? [file] : [];
}

function withReference(file: Draft, reference: readonly string[]): Draft {
  if (file.path !== "API.md") return file;
  const texts = reference.map((one) => readFileSync(one, "utf8"));
  return { ...file, text: [file.text, ...texts].join("\n") };
}

/** The output folder and the form of the output. */
interface Place {
  readonly spec: string;
  readonly out: string;
  readonly runtime: Runtime;
  readonly form: DocumentForm;
  readonly reuse: Reuse;
}

/** Runs the emitters for an output folder. */
export async function emitFiles(
  api: Api,
  document: Json,
  spec: string,
  out: string,
  wireTypes: WireTypes,
  runtime: Runtime = ownRuntime,
  form: DocumentForm = "both",
): Promise<Draft[]> {
  const place = { spec, out, runtime, form, reuse: noReuse };
  const types = startWire(document, place, wireTypes);
  const others = emitOthers(api, document, place);
  return [...others, ...(await emitLast(others, place, types))];
}

/** Starts generating the wire types. An error is only thrown where the result is awaited. */
function startWire(document: Json, place: Place, wireTypes: WireTypes): Promise<readonly Draft[]> {
  const types = wireParts(document, wireTypes, place.reuse, contextOf(place).header);
  types.catch(() => undefined);
  return types;
}

/** Runs every emitter that needs no wire types. */
function emitOthers(api: Api, document: Json, place: Place): Draft[] {
  const { spec, out, runtime, form } = place;
  return emitAll(api, document, contextOf(place), noticeOf(documentName(spec, out), runtime), form);
}

/** Emits the files with the wire types, and the modules of the runtime that all files import. */
async function emitLast(
  others: readonly Draft[],
  place: Place,
  types: Promise<readonly Draft[]>,
): Promise<Draft[]> {
  const { spec, out, runtime } = place;
  const wire = emitWire(await types, contextOf(place));
  const notice = noticeOf(documentName(spec, out), runtime);
  return runtime === "copy" ? [...wire, ...copiedRuntime([...others, ...wire], notice)] : wire;
}

function contextOf({ spec, out, runtime }: Place): EmitContext {
  return {
    header: `// ${noticeOf(documentName(spec, out), runtime)}`,
    runtime: runtimeImports(runtime, out),
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
