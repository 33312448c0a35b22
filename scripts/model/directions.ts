import type { Incoming, Method, Property, Shape } from "./api.js";
import { answerBodies, requestBodies } from "./bodies.js";
import { innerShapes } from "./inner.js";

/** Names of models, by their use. */
export interface Directions {
  /** Models in requests. */
  readonly asked: ReadonlySet<string>;
  /** Models in responses, errors included. */
  readonly answered: ReadonlySet<string>;
  /** Models whose types in requests and responses differ. */
  readonly differs: ReadonlySet<string>;
}

/** Finds the models that requests and responses of operations, webhooks and callbacks use. */
export function directions(
  shapes: ReadonlyMap<string, Shape>,
  methods: readonly Method[],
  incoming: readonly Incoming[] = [],
): Directions {
  const asked = new Set<string>();
  const answered = new Set<string>();
  for (const { input, answer, failures, pagination } of methods) {
    if (pagination?.lookup !== undefined) reach(pagination.lookup.key, shapes, asked);
    for (const parameter of input.parameters) reach(parameter.shape, shapes, asked);
    for (const { shape } of requestBodies(input)) reach(shape, shapes, asked);
    for (const { shape } of answerBodies(answer)) reach(shape, shapes, answered);
    for (const { shape } of answer.headers) reach(shape, shapes, answered);
    for (const { body } of failures) if (body !== undefined) reach(body, shapes, answered);
  }
  for (const { shape } of incoming) reach(shape, shapes, answered);
  const differs = new Set<string>();
  // A model differs if a model inside it does. Repeat until nothing changes, because models can contain each other.
  for (let before = -1; before < differs.size; ) {
    before = differs.size;
    for (const [name, shape] of shapes) if (differing(shape, shapes, differs)) differs.add(name);
  }
  return { asked, answered, differs };
}

/** Whether the types of a shape in requests and responses differ. */
function differing(
  shape: Shape,
  shapes: ReadonlyMap<string, Shape>,
  differs: ReadonlySet<string>,
): boolean {
  const property = (one: Property): boolean =>
    !one.required || one.access !== undefined || differing(one.shape, shapes, differs);
  switch (shape.kind) {
    case "dateTime":
    case "binary":
      return true;
    case "enum":
    case "string":
    case "number":
    case "boolean":
    case "literal":
    case "null":
    case "unknown":
      return false;
    case "array":
      return differing(shape.items, shapes, differs);
    case "tuple":
      return innerShapes(shape).some((item) => differing(item, shapes, differs));
    case "record":
      return differing(shape.values, shapes, differs);
    case "nullable":
      return differing(shape.shape, shapes, differs);
    case "object":
      return (
        shape.rules !== undefined ||
        shape.properties.some(property) ||
        (shape.additional !== undefined && differing(shape.additional, shapes, differs))
      );
    case "union":
      return shape.branches.some(({ shape: branch, when }) => {
        if (branch.kind !== "object") return differing(branch, shapes, differs);
        // In requests, the keys of the other branches have the type `OnlyOneOf`.
        if (branch.rules !== undefined || when.by === "key") return true;
        return branch.properties.some(
          (one) => !(when.by === "value" && one.wireName === when.wireName) && property(one),
        );
      });
    case "ref":
      return differs.has(shape.model);
  }
}

function reach(shape: Shape, shapes: ReadonlyMap<string, Shape>, found: Set<string>): void {
  for (const inner of innerShapes(shape)) reach(inner, shapes, found);
  if (shape.kind !== "ref" || found.has(shape.model)) return;
  found.add(shape.model);
  const target = shapes.get(shape.model);
  if (target !== undefined) reach(target, shapes, found);
}

/** Whether a shape contains itself without an object or an array in between. A type alias cannot express that. */
export function isEndless(name: string, shapes: ReadonlyMap<string, Shape>): boolean {
  const seen = new Set<string>();
  const leadsBack = (shape: Shape | undefined): boolean => {
    switch (shape?.kind) {
      case "nullable":
        return leadsBack(shape.shape);
      case "union":
        return shape.branches.some((branch) => leadsBack(branch.shape));
      case "ref":
        if (shape.model === name) return true;
        if (seen.has(shape.model)) return false;
        seen.add(shape.model);
        return leadsBack(shapes.get(shape.model));
      default:
        return false;
    }
  };
  return leadsBack(shapes.get(name));
}
