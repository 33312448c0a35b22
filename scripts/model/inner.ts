import type { Shape } from "./api.js";

/** The shapes directly inside a shape. References are not followed. */
export function innerShapes(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "array":
      return [shape.items];
    case "tuple":
      return [...shape.items, ...(shape.rest === undefined ? [] : [shape.rest])];
    case "record":
      return [shape.values];
    case "nullable":
      return [shape.shape];
    case "object":
      return [
        ...shape.properties.map((property) => property.shape),
        ...(shape.additional === undefined ? [] : [shape.additional]),
      ];
    case "union":
      return shape.branches.map((branch) => branch.shape);
    case "string":
    case "dateTime":
    case "binary":
    case "number":
    case "boolean":
    case "enum":
    case "literal":
    case "null":
    case "unknown":
    case "ref":
      return [];
  }
}
