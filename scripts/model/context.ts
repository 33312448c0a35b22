import type { Node } from "../spec/node.js";
import type { Property, Shape } from "./api.js";
import type { SchemaReader } from "./schema.js";

/** What the builder knows beyond the operation itself. */
export interface OperationContext {
  readonly reader: SchemaReader;
  /** Shape of a model by name, for looking into bodies. */
  readonly modelShape: (model: string) => Shape;
  /** Security requirements of the document's root. */
  readonly rootSecurity: Node | undefined;
  readonly securitySchemes: Node | undefined;
}

/** The members of an object shape, or of the model that it refers to; none of any other shape. */
export function fieldsOf(shape: Shape, modelShape: (model: string) => Shape): readonly Property[] {
  const resolved = shape.kind === "ref" ? modelShape(shape.model) : shape;
  return resolved.kind === "object" ? resolved.properties : [];
}
