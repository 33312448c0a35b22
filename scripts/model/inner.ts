import type { Shape } from "./api.js";

/** The shapes that a shape is made of, one level down; a reference is not followed. */
export function innerShapes(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "array":
      return [shape.items];
    case "tuple":
      return shape.items;
    case "record":
      return [shape.values];
    case "nullable":
      return [shape.shape];
    case "object":
      return shape.properties.map((property) => property.shape);
    case "union":
      return shape.branches.map((branch) => branch.shape);
    case "string":
    case "dateTime":
    case "binary":
    case "number":
    case "boolean":
    case "enum":
    case "ref":
      return [];
  }
}
