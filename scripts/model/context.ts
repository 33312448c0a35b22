import type { Node } from "../spec/node.js";
import type { Property, Shape } from "./api.js";
import type { SchemaReader } from "./schema.js";

/** The parts of the document that reading an operation needs. */
export interface OperationContext {
  readonly reader: SchemaReader;
  /** Returns the shape of a model by name. */
  readonly modelShape: (model: string) => Shape;
  /** Security requirements of the document's root. */
  readonly rootSecurity: Node | undefined;
  readonly securitySchemes: Node | undefined;
}

/** The properties of an object shape, or of the model that a shape refers to; none for other shapes. */
export function fieldsOf(shape: Shape, modelShape: (model: string) => Shape): readonly Property[] {
  const resolved = shape.kind === "ref" ? modelShape(shape.model) : shape;
  return resolved.kind === "object" ? resolved.properties : [];
}
