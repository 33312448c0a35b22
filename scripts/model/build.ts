import type { Json } from "../model/api.js";
import { compareText } from "../spec/canonical.js";
import type { Locator } from "../spec/locate.js";
import { Node } from "../spec/node.js";
import { Problems } from "../spec/problem.js";
import type { Api, Method, Model, Resource, Shape } from "./api.js";
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

/**
 * Builds the model of a bundled document in canonical order.
 *
 * @throws {SpecError} with everything in the document that is not supported.
 */
export function buildApi(document: Json, locate?: Locator): Api {
  const root = new Node(document);
  const problems = new Problems();
  const drafts = new Map<string, Draft>();
  const types = new Scope("type", problems);
  const schemas = root.get("components")?.get("schemas");

  const reader: SchemaReader = new SchemaReader(problems, (schema) => {
    const known = drafts.get(schema);
    if (known !== undefined) return known.name;
    const node = schemas?.get(schema) ?? root;
    const draft: Draft = { schema, node, name: typeName(schema, node, problems) };
    types.take(draft.name, node.at);
    drafts.set(schema, draft);
    draft.shape = reader.shape(node);
    return draft.name;
  });
  const draftOf = (name: string): Draft | undefined =>
    [...drafts.values()].find((draft) => draft.name === name);
  const modelShape = (name: string): Shape => resolveShape(draftOf(name)?.shape, modelShape);

  const context: OperationContext = {
    reader,
    modelShape,
    rootSecurity: root.get("security"),
    securitySchemes: root.get("components")?.get("securitySchemes"),
  };
  const resources = readResources(root, context, types);
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
    problems.add(draft.node.at, "a schema that holds itself outside of an object", fix);
  }
  const models = finish(found, shapes, methods);
  for (const { name, schema, inputName, shape } of models) {
    if (inputName === undefined) continue;
    const at = ["components", "schemas", schema];
    if (inputName !== name) types.take(inputName, at);
    if (shape.kind === "object" && shape.rules !== undefined) types.take(`${inputName}Fields`, at);
  }
  for (const { className, status } of errors.statuses)
    types.take(className, ["responses", String(status)]);
  problems.throwIfAny(locate);

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

function readResources(root: Node, context: OperationContext, types: Scope): Resource[] {
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
      const [tag, ...more] = node.texts("tags");
      if (tag === undefined || more.length > 0) {
        problems.add(
          node.at,
          tag === undefined ? "an operation without a tag" : "an operation with several tags",
          "one tag",
        );
        continue;
      }
      const method = readOperation(context, path, pathItem, http, node, tag);
      const scope = places.get(tag) ?? new Scope("method", problems);
      places.set(tag, scope);
      if (method.operationId !== "") scope.take(method.name, node.at);
      if (method.pagination !== undefined)
        scope.take(method.pagination.method, [...node.at, "x-contract-pagination"]);
      if (method.pagination?.lookup !== undefined)
        scope.take(method.pagination.lookup.method, [
          ...node.at,
          "x-contract-pagination",
          "filter",
        ]);
      // Without an operationId there is no name, and that is told.
      if (method.operationId !== "" && isReservedMember(method.name)) {
        problems.add(
          node.at,
          `the method name ${JSON.stringify(method.name)}`,
          "another name: x-contract-name on the operation",
        );
      }
      if (method.operationId !== "") {
        if (method.input.typeName !== undefined) types.take(method.input.typeName, node.at);
        types.take(method.failureName, node.at);
      }
      methods.set(tag, [...(methods.get(tag) ?? []), method]);
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
