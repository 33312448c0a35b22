import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Property, Shape } from "./api.js";

/** What the parts of the schema reader need of the whole. */
export interface ShapeReader {
  readonly problems: Problems;
  /** The shape of a schema. */
  shape(node: Node): Shape;
  /** The shape of what a `$ref` leads to. */
  reference(node: Node, ref: string): Shape;
  /** A member of an object. */
  property(wireName: string, schema: Node, required: boolean): Property;
}

/** A shape that may also be null. */
export function nullable(shape: Shape): Shape {
  const isOpen = shape.kind === "nullable" || shape.kind === "unknown" || shape.kind === "null";
  return isOpen ? shape : { kind: "nullable", shape };
}
