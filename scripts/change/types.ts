/** Probes are lines of code that compile with the old client. This compiles them with the new one. */
import path from "node:path";
import ts from "typescript";
import { projectRoot } from "../project.js";
import type { Draft } from "./draft.js";
import type { GeneratedClient } from "./generated.js";
import type { Step } from "./schema-pair.js";

/** A line of code and the compiler's error for it. */
export interface Complaint {
  readonly code: string;
  readonly says: string;
}

/** The result of a probe: an error, that the line compiles, or that there is no line for the change. */
export type Probed = Complaint | "compiles" | "unknown";

/** A line that shows a change, and a control that detects types that are `any`. */
interface Probe {
  /** The line in the way a caller would write it, for reports. */
  readonly shown: string;
  readonly type: string;
  readonly control?: string;
}

/** An operation with several media types has an overload for each: the probe distinguishes at most four. */
const signatures = ["AQ", "BR", "CS", "DT"]
  .map(([input, output]) => `(i: infer ${input}, ...rest: infer ${input}Rest): infer ${output};`)
  .join(" ");

/** Compiles a probe for each draft that has one. */
export function probeTypes(
  drafts: readonly Draft[],
  before: GeneratedClient,
  after: GeneratedClient,
): ReadonlyMap<Draft, Probed> {
  const probes = drafts.map((draft) => probeOf(draft, before, after));
  const lines = probes.flatMap((probe, index) => [
    probe === undefined ? "" : `export type Control${index} = ${probe.control ?? "false"};`,
    probe === undefined ? "" : `export type P${index} = ${probe.type};`,
  ]);
  const head = [
    'import type * as before from "./change-old/index.js";',
    'import type * as after from "./change-new/index.js";',
    "type At<T, K> = T extends unknown ? K extends keyof NonNullable<T> ? NonNullable<T>[K] : never : never;",
    "type Item<T> = T extends readonly (infer I)[] ? I : never;",
    "type IsAny<T> = [T] extends [never] ? true : 0 extends 1 & T ? true : false;",
    "type Known<T> = unknown extends T ? never : T;",
    `type Overloads<F> = F extends { ${signatures} } ? [Known<A> | Known<B> | Known<C> | Known<D>, Q | R | S | T] : never;`,
    "type Body<I> = I extends unknown ? 'body' extends keyof I ? NonNullable<I['body']> : I : never;",
    "type Fits<T extends U, U> = T;",
    "type False<T extends false> = T;",
  ];
  const program = [...head, ...lines, ...controls(probes)].join("\n");
  const said = complaintsOf(program, before, after);
  const controlsFrom = head.length + lines.length;
  return new Map(
    drafts.map((draft, index): [Draft, Probed] => {
      const probe = probes[index];
      // With `any`, every line compiles, which proves nothing.
      if (probe === undefined || said.has(controlsFrom + index)) return [draft, "unknown"];
      const says = said.get(head.length + 2 * index + 1);
      return [draft, says === undefined ? "compiles" : { code: probe.shown, says }];
    }),
  );
}

function controls(probes: readonly (Probe | undefined)[]): readonly string[] {
  return probes.map((probe, index) =>
    probe === undefined ? "" : `export type C${index} = False<Control${index}>`,
  );
}

function probeOf(draft: Draft, before: GeneratedClient, after: GeneratedClient): Probe | undefined {
  const { rule, operation, was, about, value } = draft;
  const old = before.methods.get(operation ?? "");
  if (rule === "scheme-renamed") {
    const name = before.credentials.get(String(was));
    const type = `after.AuthOptions[${JSON.stringify(name)}]`;
    return name === undefined ? undefined : { shown: `createClient({ auth: { ${name} } })`, type };
  }
  if (rule === "error-class-removed" || rule.startsWith("component-")) {
    const isError = rule === "error-class-removed";
    const name = isError ? before.errors.get(String(was)) : before.types.get(about);
    return name === undefined
      ? undefined
      : { shown: `import type { ${name} }`, type: `after.${name}` };
  }
  if (old === undefined) return undefined;
  const now =
    after.methods.get(operation ?? "") ?? [...after.methods.values()].find((one) => one === old);
  if (/^operation-re|^tag-changed|^lookup-removed|^pagination-removed/.test(rule)) {
    const [resource = "", method = ""] = old.split(".");
    const called =
      rule === "pagination-removed" ? `${method}All` : rule === "lookup-removed" ? "get" : method;
    const type = `after.Api["${resource}"]["${called}"]`;
    return { shown: `client.${resource}.${called}()`, type };
  }
  if (now === undefined) return undefined;
  return (
    valueProbe(draft, old, now, before) ??
    (value === undefined ? inputProbe(draft, old, now, before) : undefined)
  );
}

/** A probe of a method's whole input: the new client must accept the old input. */
function inputProbe(
  { direction, rule, was }: Draft,
  old: string,
  now: string,
  { names }: GeneratedClient,
): Probe | undefined {
  if (direction !== "request") return undefined;
  const [left, right] = [inputOf("before", old), inputOf("after", now)];
  if (rule === "parameter-removed") {
    const name = names.get(String(was)) ?? String(was);
    const type = `${right}[${JSON.stringify(name)}]`;
    return { shown: `client.${old}({ ${name} })`, type, control: known(right) };
  }
  const type = `Fits<${left}, ${right}>`;
  return { shown: `client.${old}(input)`, type, control: known(left, right) };
}

/** A probe of the changed value, in the types of both clients. */
function valueProbe(
  draft: Draft,
  old: string,
  now: string,
  names: GeneratedClient,
): Probe | undefined {
  const { value, direction, rule, about } = draft;
  if (value === undefined || value.path.some(({ step }) => step.kind === "branch"))
    return undefined;
  const { part } = value;
  if (part.kind === "header") return undefined;
  const steps = value.path.map(({ step }) => step);
  const first: Step[] = part.kind === "parameter" ? [{ kind: "property", name: part.name }] : [];
  const reach = (root: string, more: readonly Step[] = []): string =>
    [...first, ...steps, ...more].reduce((type, step) => member(type, step, names), root);
  const shown = [...first, ...steps];
  // A body is the whole input, or its property `body`.
  const isBeside = part.kind === "body" && !value.root.old.properties.has("body");
  const inputs = (side: string, method: string): string =>
    isBeside ? `Body<${inputOf(side, method)}>` : inputOf(side, method);
  const sides = direction === "request" ? inputs : outputOf;
  const [left, right] = [reach(sides("before", old)), reach(sides("after", now))];
  const call =
    direction === "request"
      ? `client.${old}(${given(shown, names)})`
      : `(await client.${old}())${shown.map((step) => spelled(step, names)).join("")}`;
  const isError = part.kind === "response" && Number(part.status) >= 400;
  if (isError) return undefined;
  // An object with extra properties is still assignable, so the probe must name the removed property.
  if (/property-removed/.test(rule)) {
    const name = names.names.get(about) ?? about;
    const object = `Extract<NonNullable<${right}>, object>`;
    const type = `${object}[${JSON.stringify(name)}]`;
    const line =
      direction === "request"
        ? `client.${old}(${given([...shown, { kind: "property", name: about }], names)})`
        : `${call}.${name}`;
    return { shown: line, type, control: known(object) };
  }
  const type = direction === "request" ? `Fits<${left}, ${right}>` : `Fits<${right}, ${left}>`;
  return { shown: call, type, control: known(left, right) };
}

/** A control that is true if a type is `any` or `never`, with which every line compiles. */
function known(...types: readonly string[]): string {
  return types.map((type) => `IsAny<${type}>`).join(" | ");
}

function inputOf(side: string, method: string): string {
  const [resource, name] = method.split(".");
  return `NonNullable<Overloads<${side}.Api["${resource}"]["${name}"]>[0]>`;
}

function outputOf(side: string, method: string): string {
  const [resource, name] = method.split(".");
  return `Awaited<Overloads<${side}.Api["${resource}"]["${name}"]>[1]>`;
}

function member(type: string, step: Step, { names }: GeneratedClient): string {
  switch (step.kind) {
    case "property":
      return `At<${type}, ${JSON.stringify(names.get(step.name) ?? step.name)}>`;
    case "item":
      return `Item<NonNullable<${type}>>`;
    case "position":
      return `At<${type}, ${step.index}>`;
    case "other-property":
    case "pattern-property":
      return `At<${type}, string>`;
    case "branch":
      return type;
  }
}

/** Input that contains only a value at the end of a path. */
function given(steps: readonly Step[], { names }: GeneratedClient): string {
  return steps.reduceRight((inner, step) => around(inner, step, names), "value");
}

function around(inner: string, step: Step, names: ReadonlyMap<string, string>): string {
  switch (step.kind) {
    case "property":
      return `{ ${names.get(step.name) ?? step.name}: ${inner} }`;
    case "other-property":
    case "pattern-property":
      return `{ key: ${inner} }`;
    case "item":
      return `[${inner}]`;
    case "position":
      return `[${", ".repeat(step.index)}${inner}]`;
    case "branch":
      return inner;
  }
}

function spelled(step: Step, { names }: GeneratedClient): string {
  switch (step.kind) {
    case "property":
      return `.${names.get(step.name) ?? step.name}`;
    case "item":
      return "[0]";
    case "position":
      return `[${step.index}]`;
    default:
      return "";
  }
}

/** The compiler's errors for a program, by line. */
function complaintsOf(
  program: string,
  before: GeneratedClient,
  after: GeneratedClient,
): ReadonlyMap<number, string> {
  const probe = path.join(projectRoot, "change-probe.ts");
  const files = new Map([
    [probe, program],
    ...[...before.sources].map(
      ([name, text]) => [path.join(projectRoot, "change-old", name), text] as const,
    ),
    ...[...after.sources].map(
      ([name, text]) => [path.join(projectRoot, "change-new", name), text] as const,
    ),
  ]);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => files.has(path.normalize(file)) || disk.fileExists(file),
    readFile: (file) => files.get(path.normalize(file)) ?? disk.readFile(file),
    directoryExists: (folder) =>
      /change-(old|new)/.test(folder) || (disk.directoryExists?.(folder) ?? true),
    getSourceFile: (file, version) => {
      const text = files.get(path.normalize(file));
      return text === undefined
        ? disk.getSourceFile(file, version)
        : ts.createSourceFile(file, text, version);
    },
  };
  const compiled = ts.createProgram([probe], options, host);
  const source = compiled.getSourceFile(probe);
  const found = [
    ...compiled.getSyntacticDiagnostics(source),
    ...compiled.getSemanticDiagnostics(source),
  ];
  return new Map(
    found.map(({ start = 0, messageText }) => {
      const line = program.slice(0, start).split("\n").length - 1;
      return [line, innermost(messageText)];
    }),
  );
}

/** The innermost message of a chain, which names the place. */
function innermost(message: string | ts.DiagnosticMessageChain): string {
  if (typeof message === "string") {
    // Remove the file names, which only exist in memory. The names of types are enough.
    return message
      .replaceAll(/import\("[^"]*"(?:, \{ with: \{[^}]*\} \})?\)\./g, "")
      .replaceAll(/Namespace '"[^"]*"'/g, "The client");
  }
  const [first] = message.next ?? [];
  return innermost(first ?? message.messageText);
}
