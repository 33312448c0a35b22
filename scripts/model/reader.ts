import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Property, Shape } from "./api.js";

/** The interface of the schema reader, for the modules that read parts of a schema. */
export interface ShapeReader {
  readonly problems: Problems;
  /** Reads the shape of a schema. */
  shape(node: Node): Shape;
  /** Reads the shape of the target of a `$ref`. */
  reference(node: Node, ref: string): Shape;
  /** Reads a property of an object. */
  property(wireName: string, schema: Node, required: boolean): Property;
}

/** Makes a shape nullable. */
export function nullable(shape: Shape): Shape {
  const isOpen = shape.kind === "nullable" || shape.kind === "unknown" || shape.kind === "null";
  return isOpen ? shape : { kind: "nullable", shape };
}
