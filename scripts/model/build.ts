import type { Json } from "../model/api.js";
import { compareText } from "../spec/canonical.js";
import type { Locator } from "../spec/locate.js";
import { Node } from "../spec/node.js";
import { type Omitted, type Problem, Problems, toPointer, toProblem } from "../spec/problem.js";
import type { Api, HttpMethod, Method, Model, Resource, Shape } from "./api.js";
import { httpMethods } from "./api.js";
import type { OperationContext } from "./context.js";
import { directions, isEndless } from "./directions.js";
import { readErrors } from "./errors.js";
import { isReservedMember, resourceNames, Scope, typeName } from "./names.js";
import { readOperation } from "./operations.js";
import { translateProse } from "./prose.js";
import { SchemaReader } from "./schema.js";
import { readServers } from "./servers.js";

/** A model before it is known who uses it. */
interface Draft {
  readonly schema: string;
  readonly name: string;
  readonly node: Node;
  shape?: Shape;
}

/** How a model is built. */
export interface BuildOptions {
  /** Whether every doubt ends the run. Otherwise an operation that cannot be generated is left out. */
  readonly strict?: boolean;
  /** Finds a place of the document in its sources. */
  readonly locate?: Locator;
}

/** A model, and how it differs from the document. */
export interface Built {
  readonly api: Api;
  /** Operations that are left out, in the order of the document. Empty under `strict`. */
  readonly omitted: readonly Omitted[];
  /** Things of the document that are ignored, or were understood with a doubt. */
  readonly warnings: readonly Problem[];
}

/** An operation that was read, or is left out. */
interface Place {
  /** HTTP method and path. */
  readonly operation: string;
  readonly at: readonly string[];
}

/**
 * Builds the model of a bundled document in canonical order. Operations with errors are found by reading all of
 * them, and left out by reading the others again: names and models then are those of a document without them.
 *
 * @throws {SpecError} with everything that is not supported: all of it under `strict`, else what concerns the
 *   document itself, or the reasons why no operation is left.
 */
export function buildApi(document: Json, options: BuildOptions = {}): Built {
  const { strict = true, locate } = options;
  const omitted = new Map<string, Omitted>();
  for (;;) {
    const problems = new Problems(strict);
    const places: Place[] = [];
    const api = readApi(document, problems, (place) => {
      if (omitted.has(toPointer(place.at))) return false;
      places.push(place);
      return true;
    });
    if (strict || problems.fatal().length > 0) problems.throwIfAny(locate);
    const bad = places.flatMap(({ operation, at }): Omitted[] => {
      const [first] = problems.errorsOf(at);
      if (first === undefined) return [];
      const source = locate?.(first.at);
      const { found, supported } = first;
      const reason = supported === "" ? found : `${found} (supported: ${supported})`;
      return [
        { operation, pointer: toPointer(at), reason, ...(source !== undefined && { source }) },
      ];
    });
    if (bad.length === places.length) problems.throwIfAny(locate);
    if (bad.length === 0) {
      const warnings = problems.all("warning").map((one) => toProblem(one, locate));
      return { api, omitted: [...omitted.values()], warnings };
    }
    for (const one of bad) omitted.set(one.pointer, one);
  }
}

/** One reading of the document. Errors are noted; the model is whole only where there are none. */
function readApi(document: Json, problems: Problems, isWanted: (place: Place) => boolean): Api {
  const root = new Node(document);
  const drafts = new Map<string, Draft>();
  const named = new Map<string, Draft>();
  const types = new Scope("type", problems);
  const schemas = root.get("components")?.get("schemas");

  const reader: SchemaReader = new SchemaReader(problems, (schema) => {
    const node = schemas?.get(schema) ?? root;
    problems.use(node.at);
    const known = drafts.get(schema);
    if (known !== undefined) return known.name;
    return problems.within(node.at, () => {
      const draft: Draft = { schema, node, name: typeName(schema, node, problems) };
      types.take(draft.name, node.at);
      drafts.set(schema, draft);
      if (!named.has(draft.name)) named.set(draft.name, draft);
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
  const resources = readResources(root, context, types, isWanted);
  const methods = resources.flatMap((resource) => resource.methods);
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
      problems.add(at, "a schema that holds itself outside of an object", fix),
    );
  }
  const models = finish(found, shapes, methods);
  for (const { name, schema, inputName, shape } of models) {
    if (inputName === undefined) continue;
    const at = ["components", "schemas", schema];
    problems.within(at, () => {
      if (inputName !== name) types.take(inputName, at);
      if (shape.kind === "object" && shape.rules !== undefined)
        types.take(`${inputName}Fields`, at);
    });
  }
  for (const { className, status } of errors.statuses)
    types.take(className, ["responses", String(status)]);
  return translateProse({
    title: root.get("info")?.text("title") ?? "",
    version: root.get("info")?.text("version") ?? "",
    description: root.get("info")?.text("description") ?? "",
    servers: readServers(root.get("servers"), problems),
    resources,
    models,
    errors,
  });
}

function readResources(
  root: Node,
  context: OperationContext,
  types: Scope,
  isWanted: (place: Place) => boolean,
): Resource[] {
  const { problems } = context.reader;
  const tags = root.items("tags");
  const methods = new Map<string, Method[]>();
  const places = new Map<string, Scope>();
  for (const name of ["webhooks"]) {
    const found = root.get(name);
    if (found !== undefined) problems.add(found.at, name, "operations under paths");
  }
  let hasOperation = false;
  for (const [path, unresolved] of root.entries("paths")) {
    const pathItem = unresolved.resolve();
    if (pathItem === undefined) {
      problems.add(unresolved.at, "a $ref that leads nowhere", "#/components/pathItems/<name>");
      continue;
    }
    for (const http of httpMethods) {
      const node = pathItem.get(http);
      if (node === undefined) continue;
      hasOperation = true;
      if (!isWanted({ operation: `${http.toUpperCase()} ${path}`, at: node.at })) continue;
      const method = problems.within(node.at, () =>
        readMethod(context, types, places, path, pathItem, http, node),
      );
      if (method === undefined) continue;
      methods.set(method.tag, [...(methods.get(method.tag) ?? []), method.method]);
    }
  }
  if (!hasOperation) problems.add(["paths"], "no operation", "at least one operation");
  const order = tags.map((tag) => tag.text("name") ?? "");
  const rank = (tag: string): number => (order.includes(tag) ? order.indexOf(tag) : order.length);
  const properties = new Scope("resource", problems);
  return [...methods]
    .sort(([left], [right]) => rank(left) - rank(right) || compareText(left, right))
    .map(([tag, own]) => {
      const node = tags.find((one) => one.text("name") === tag);
      const names = resourceNames(tag, node);
      const at = node?.at ?? ["tags", tag];
      types.take(names.className, at);
      properties.take(names.property, at);
      if (isReservedMember(names.property)) {
        problems.add(
          at,
          `the resource name ${JSON.stringify(names.property)}`,
          "another name: x-contract-name on the tag",
        );
      }
      return { tag, description: node?.text("description") ?? "", ...names, methods: own };
    });
}

/** Reads an operation, with its tag, and takes the names that it needs. */
function readMethod(
  context: OperationContext,
  types: Scope,
  places: Map<string, Scope>,
  path: string,
  pathItem: Node,
  http: HttpMethod,
  node: Node,
): { readonly tag: string; readonly method: Method } | undefined {
  const { problems } = context.reader;
  const [tag, ...more] = node.texts("tags");
  if (tag === undefined || more.length > 0) {
    problems.add(
      node.at,
      tag === undefined ? "an operation without a tag" : "an operation with several tags",
      "one tag",
    );
    return undefined;
  }
  const method = readOperation(context, path, pathItem, http, node, tag);
  const scope = places.get(tag) ?? new Scope("method", problems);
  places.set(tag, scope);
  // Without an operationId there is no name, and that is told.
  if (method.operationId === "") return { tag, method };
  const pagination = [...node.at, "x-contract-pagination"];
  scope.take(method.name, node.at);
  if (method.pagination !== undefined) scope.take(method.pagination.method, pagination);
  if (method.pagination?.lookup !== undefined)
    scope.take(method.pagination.lookup.method, [...pagination, "filter"]);
  if (isReservedMember(method.name)) {
    problems.add(
      node.at,
      `the method name ${JSON.stringify(method.name)}`,
      "another name: x-contract-name on the operation",
    );
  }
  if (method.input.typeName !== undefined) types.take(method.input.typeName, node.at);
  types.take(method.failureName, node.at);
  return { tag, method };
}

/** Follows references to the shape itself; a model that is only a reference to itself has none. */
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
): Model[] {
  const { asked, answered, differs } = directions(shapes, methods);
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
