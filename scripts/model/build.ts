import type { Json } from "../model/api.js";
import { compareText } from "../spec/canonical.js";
import type { Locator } from "../spec/locate.js";
import { Node } from "../spec/node.js";
import {
  type Finding,
  type Omitted,
  type Problem,
  Problems,
  toPointer,
  toProblem,
} from "../spec/problem.js";
import {
  type Api,
  type Errors,
  httpMethods,
  type Incoming,
  type Method,
  type Model,
  type Resource,
  type Shape,
} from "./api.js";
import type { OperationContext } from "./context.js";
import { directions, isEndless } from "./directions.js";
import { readErrors } from "./errors.js";
import { noteFindings } from "./findings.js";
import { readIncoming } from "./incoming.js";
import { type NamePlan, type PlannedOperation, pathsOf, planNames } from "./names/plan.js";
import { readOperation } from "./operations.js";
import { translateProse } from "./prose.js";
import { SchemaReader } from "./schema.js";
import { readSecurity } from "./security.js";
import { readServers } from "./servers.js";

/** A model before its uses in requests and responses are known. */
interface Draft {
  readonly schema: string;
  readonly name: string;
  readonly node: Node;
  shape?: Shape;
}

/** Options for building a model. */
export interface BuildOptions {
  /** Whether every doubtful part is an error. Otherwise operations that cannot be generated are omitted. Default: true. */
  readonly strict?: boolean;
  /** Finds a place of the document in its sources. */
  readonly locate?: Locator;
  /** Findings of earlier stages. Errors omit the operations that contain them. */
  readonly findings?: readonly Finding[];
}

/** A model, and how it differs from the document. */
export interface Built {
  readonly api: Api;
  /** Operations that are omitted, in the order of the document, then other parts. Empty with `strict`. */
  readonly omitted: readonly Omitted[];
  /** Parts of the document that are ignored or doubtful. */
  readonly warnings: readonly Problem[];
}

/** An operation, a webhook or a callback, with its place. */
interface Place {
  /** HTTP method and path, or the name of a webhook or callback. */
  readonly operation: string;
  readonly at: readonly string[];
}

/**
 * Builds the model of a bundled document in canonical order. It reads the document to find operations with errors,
 * then reads it again without them, so that the models are those of a document without these operations.
 *
 * @throws {SpecError} With `strict`: there are problems. Otherwise: the document itself has an error, or every
 *   operation has one.
 */
export function buildApi(document: Json, options: BuildOptions = {}): Built {
  const { strict = true, locate, findings = [] } = options;
  const omitted = new Map<string, Omitted>();
  for (;;) {
    const problems = new Problems(strict);
    const places: Place[] = [];
    noteFindings(document, findings, problems);
    const api = readApi(document, problems, (place) => {
      if (omitted.has(toPointer(place.at))) return false;
      places.push(place);
      return true;
    });
    if (strict || problems.fatal().length > 0) problems.throwIfAny(locate);
    const omit = ({ operation, at }: Place): Omitted[] => {
      const [first] = problems.errorsOf(at);
      return first === undefined ? [] : [omittedFor(operation, at, first, locate)];
    };
    const bad = places.flatMap(omit);
    const lost = lostPaths(document).flatMap(omit);
    if (bad.length === places.length && bad.length + lost.length > 0) problems.throwIfAny(locate);
    if (bad.length === 0) {
      const warnings = problems.all("warning").map((one) => toProblem(one, locate));
      const others = problems.leftOut().map((one) => omittedFor(one.part, one.at, one, locate));
      return { api, omitted: [...omitted.values(), ...lost, ...others], warnings };
    }
    for (const one of bad) omitted.set(one.pointer, one);
  }
}

function omittedFor(
  operation: string,
  at: readonly string[],
  { found, supported, at: place }: Finding,
  locate: Locator | undefined,
): Omitted {
  const source = locate?.(place);
  const reason = supported === "" ? found : `${found} (supported: ${supported})`;
  return { operation, pointer: toPointer(at), reason, ...(source !== undefined && { source }) };
}

/** Paths whose `$ref` cannot be resolved: their operations are unknown. */
function lostPaths(document: Json): Place[] {
  return pathsOf(new Node(document))
    .filter(([, item]) => item.resolve() === undefined)
    .map(([path, { at }]) => ({ operation: `every operation of ${path}`, at }));
}

/** Reads the document once. The model is complete only if no error was added to `problems`. */
function readApi(document: Json, problems: Problems, isWanted: (place: Place) => boolean): Api {
  const root = new Node(document);
  const plan = planNames(root, problems);
  const drafts = new Map<string, Draft>();
  const named = new Map<string, Draft>();
  const schemas = root.get("components")?.get("schemas");

  const reader: SchemaReader = new SchemaReader(problems, (schema) => {
    const node = schemas?.get(schema) ?? root;
    problems.use(node.at);
    const known = drafts.get(schema);
    if (known !== undefined) return known.name;
    return problems.within(node.at, () => {
      const draft: Draft = { schema, node, name: plan.schemas.get(schema) ?? schema };
      drafts.set(schema, draft);
      named.set(draft.name, draft);
      draft.shape = reader.shape(node);
      return draft.name;
    });
  });
  const draftOf = (name: string): Draft | undefined => named.get(name);
  const modelShape = (name: string): Shape => resolveShape(draftOf(name)?.shape, modelShape);

  const context: OperationContext = {
    reader,
    modelShape,
    rootSecurity: root.get("security"),
    securitySchemes: root.get("components")?.get("securitySchemes"),
  };
  const resources = readResources(context, plan, isWanted);
  const methods = resources.flatMap((resource) => resource.methods);
  const incoming = plan.incoming.flatMap((one) => {
    const { at } = one.node;
    if (!isWanted({ operation: `the ${one.kind} ${one.name}`, at })) return [];
    return problems.within(at, () => readIncoming(reader, one)) ?? [];
  });
  const errors = readErrors(reader, root, methods, (name) => ({
    node: draftOf(name)?.node ?? root,
    model: { shape: modelShape(name) },
  }));
  const found = [...drafts.values()];
  const shapes = new Map(found.map(({ name, shape }) => [name, resolved(shape)]));
  for (const draft of found) {
    if (!isEndless(draft.name, shapes)) continue;
    const fix = "recursion through a property of an object";
    const { at } = draft.node;
    problems.within(at, () =>
      problems.add(at, "a schema that contains itself outside of an object", fix),
    );
  }
  const models = nameInputs(finish(found, shapes, methods, incoming), plan, problems);
  return translateProse({
    title: root.get("info")?.text("title") ?? "",
    version: root.get("info")?.text("version") ?? "",
    description: root.get("info")?.text("description") ?? "",
    servers: readServers(root.get("servers"), problems),
    resources,
    models,
    errors: nameErrors(errors, plan),
    security: readSecurity(root, methods, problems),
    incoming,
  });
}

function readResources(
  context: OperationContext,
  plan: NamePlan,
  isWanted: (place: Place) => boolean,
): Resource[] {
  const { problems } = context.reader;
  if (plan.operations.length === 0 && plan.incoming.length === 0) {
    problems.warn(["paths"], "no operation", "at least one operation");
  }
  const methods = new Map<PlannedOperation, Method>();
  for (const operation of plan.operations) {
    const { node, http, path } = operation;
    if (!isWanted({ operation: `${http.toUpperCase()} ${path}`, at: node.at })) continue;
    methods.set(
      operation,
      problems.within(node.at, () => readOperation(context, operation)),
    );
  }
  for (const { node, http, path } of plan.additional) {
    if (!isWanted({ operation: `${http} ${path}`, at: node.at })) continue;
    const supported = `${httpMethods.join(", ")}; send it with the platform's fetch`;
    problems.within(node.at, () => problems.add(node.at, `the HTTP method ${http}`, supported));
  }
  return plan.resources.flatMap(({ tag, node, property, className, operations }) => {
    const own = operations.flatMap((operation) => methods.get(operation) ?? []);
    const description = node?.text("description") ?? "";
    return own.length === 0 ? [] : [{ tag, description, property, className, methods: own }];
  });
}

/** Assigns the names of input types that differ from the types in responses. */
function nameInputs(models: readonly Model[], plan: NamePlan, problems: Problems): Model[] {
  const differing = models.filter(({ name, inputName }) => (inputName ?? name) !== name);
  const at = ({ schema }: Model): string[] => ["components", "schemas", schema];
  const names = plan.types.assign(
    differing.map((model) => ({
      at: at(model),
      wishes: [model.inputName ?? "", `${model.name}AsInput`],
    })),
  );
  const renamed = models.map((model) => {
    const index = differing.indexOf(model);
    return index < 0 ? model : { ...model, inputName: names[index] ?? model.name };
  });
  // The emitter needs this exact name for an object with rules, so a name that is taken is an error.
  const ruled = renamed.filter(
    ({ inputName, shape }) =>
      inputName !== undefined && shape.kind === "object" && shape.rules !== undefined,
  );
  const fields = ruled.map(({ inputName }) => `${inputName}Fields`);
  const given = plan.types.assign(
    ruled.map((model, index) => ({ at: at(model), wishes: [fields[index] ?? ""] })),
  );
  ruled.forEach((model, index) => {
    if (given[index] === fields[index]) return;
    const found = `the type name ${fields[index]}, which is already taken`;
    problems.within(at(model), () => problems.add(at(model), found, "another name"));
  });
  return renamed;
}

/** Assigns the names of error classes. If a schema has the name `NotFoundError`, the class is `NotFoundApiError`. */
function nameErrors(errors: Errors, plan: NamePlan): Errors {
  const names = plan.types.assign(
    errors.statuses.map(({ className, status }) => ({
      at: ["responses", String(status)],
      wishes: [className, className.replace(/Error$/, "ApiError")],
    })),
  );
  const statuses = errors.statuses.map((status, index) => ({
    ...status,
    className: names[index] ?? status.className,
  }));
  return { ...errors, statuses };
}

/** Follows references to a shape. An unfinished model counts as an empty object. */
function resolveShape(shape: Shape | undefined, modelShape: (name: string) => Shape): Shape {
  if (shape === undefined) return { kind: "object", properties: [] };
  return shape.kind === "ref" ? modelShape(shape.model) : shape;
}

function resolved(shape: Shape | undefined): Shape {
  return shape ?? { kind: "object", properties: [] };
}

function finish(
  drafts: readonly Draft[],
  shapes: ReadonlyMap<string, Shape>,
  methods: readonly Method[],
  incoming: readonly Incoming[],
): Model[] {
  const { asked, answered, differs } = directions(shapes, methods, incoming);
  return drafts
    .filter(({ name }) => asked.has(name) || answered.has(name))
    .sort((left, right) => compareText(left.name, right.name))
    .map((draft) => {
      const { name, schema, node } = draft;
      const shape = resolved(draft.shape);
      const isOther = answered.has(name) && differs.has(name) && shape.kind !== "enum";
      return {
        name,
        schema,
        description: node.text("description") ?? "",
        deprecated: node.flag("deprecated"),
        shape,
        ...(asked.has(name) && { inputName: isOther ? `${name}Input` : name }),
        answered: answered.has(name),
      };
    });
}
