import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { emitAll } from "./emit/all.js";
import { formatFiles } from "./format.js";
import { fingerprint, hash, hashInputs, manifestName, printManifest } from "./manifest.js";
import type { Api, Json } from "./model/api.js";
import { type Built, buildApi } from "./model/build.js";
import type { DocumentForm, Options, Selection } from "./options.js";
import type { EmitContext, OutputFile } from "./print/source.js";
import { documentName, shownPath } from "./project.js";
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
import type { WireTypes } from "./wire-types.js";

/** Runs a stage and reports it. */
export type Stage = <T>(
  name: string,
  work: () => T | Promise<T>,
  says: (result: T) => string,
) => Promise<T>;

/** From the document to the model. */
export async function toModel(
  {
    spec,
    strict,
    urls,
    include = [],
    exclude = [],
  }: Pick<Options, "spec" | "strict" | "urls"> & Partial<Selection>,
  stage: Stage,
): Promise<{ loaded: LoadedSpec; built: Built }> {
  const loaded = await stage(
    "load",
    async () => {
      const read = await readSpec(spec, { strict, urls });
      return { ...read, document: select(read.document, { include, exclude }) };
    },
    ({ files, version }) =>
      `${shownPath(spec)}, version ${version}, linted and bundled from ${count(files.length, "file")}`,
  );
  const built = await stage(
    "model",
    () => buildAll(loaded, strict),
    ({ api: { resources, models } }) =>
      `${count(resources.flatMap(({ methods }) => methods).length, "operation")}, ${count(models.length, "model")}`,
  );
  return { loaded, built };
}

/** Builds the model. Errors of the sources end the run, and come with those that the model finds. */
function buildAll(loaded: LoadedSpec, strict: boolean): Built {
  const { document, errors, findings, locate } = loaded;
  try {
    const built = buildApi(document, { strict, locate, findings });
    if (errors.length > 0) throw new SpecError(errors);
    return { ...built, warnings: [...loaded.warnings, ...built.warnings] };
  } catch (error) {
    if (!(error instanceof SpecError) || error.problems === errors) throw error;
    // What the linter has told of a place, the model need not tell again.
    const told = new Set(errors.map(({ source }) => source));
    const more = error.problems.filter(({ source }) => source === undefined || !told.has(source));
    throw new SpecError([...errors, ...more]);
  }
}

/** From the document to the text of every file, the manifest last. */
export async function generate(
  options: Pick<Options, "spec" | "out" | "strict" | "urls"> &
    Partial<Pick<Options, "runtime" | "document" | keyof Selection>>,
  stage: Stage,
  wireTypes: WireTypes,
): Promise<{ files: OutputFile[]; built: Built }> {
  const { spec, out, strict, runtime = ownRuntime, document = "both" } = options;
  const { include = [], exclude = [] } = options;
  const { loaded, built } = await toModel(options, stage);
  const emitted = await stage(
    "emit",
    () => emitFiles(built.api, loaded.document, spec, out, wireTypes, runtime, document),
    (files) => count(files.length, "file"),
  );
  const reference = referenceBeside(spec);
  const formatted = await stage(
    "format",
    () => formatFiles(emitted.map((file) => withReference(file, reference))),
    () => "by the project's own formatter",
  );
  const files = formatted.sort((left, right) => (left.path < right.path ? -1 : 1));
  const outputs = Object.fromEntries(files.map((file) => [file.path, hash(file.text)]));
  const manifest = {
    document: documentName(spec, out),
    runtime: runtimeName(runtime, out),
    strict,
    selection: { document, include, exclude },
    inputs: hashInputs(spec, [...loaded.files, ...reference]),
    ...fingerprint(runtime),
    outputs,
  };
  return { files: [...files, { path: manifestName, text: printManifest(manifest) }], built };
}

/** A `reference.md` beside the document: what its readers should also find in API.md, such as hand-written exports. */
function referenceBeside(spec: string): readonly string[] {
  const file = path.join(path.dirname(spec), "reference.md");
  return existsSync(file) ? [file] : [];
}

function withReference(file: OutputFile, reference: readonly string[]): OutputFile {
  if (file.path !== "API.md") return file;
  const texts = reference.map((one) => readFileSync(one, "utf8"));
  return { ...file, text: [file.text, ...texts].join("\n") };
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
): Promise<OutputFile[]> {
  // Started first: where the types are made on a thread, the other emitters run beside it.
  const types = wireTypes(JSON.stringify(document));
  const notice = noticeOf(documentName(spec, out), runtime);
  const context: EmitContext = {
    header: `// ${notice}`,
    runtime: runtimeImports(runtime, out),
  };
  const files = emitAll(api, document, context, notice, await types, form);
  return runtime === "copy" ? [...files, ...copiedRuntime(files, notice)] : files;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
