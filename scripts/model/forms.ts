import type { MediaBody, Property, Shape } from "./api.js";

/**
 * Replaces strings of format `binary` in a multipart form by files. It changes the fields of the form only: nested
 * values are sent as JSON, which cannot contain files. A form without files stays unchanged.
 */
export function withFiles(shape: Shape, modelShape: (model: string) => Shape): Shape {
  const resolved = shape.kind === "ref" ? modelShape(shape.model) : shape;
  if (resolved.kind === "union") {
    const branches = resolved.branches.map((branch) => ({
      ...branch,
      shape: withFiles(branch.shape, modelShape),
    }));
    const isSame = branches.every(({ shape: one }, at) => one === resolved.branches[at]?.shape);
    return isSame ? shape : { ...resolved, branches };
  }
  if (resolved.kind !== "object") return shape;
  const properties = resolved.properties.map((property): Property => {
    const field = fileShape(property.shape, modelShape);
    return field === undefined ? property : { ...property, shape: field };
  });
  const isSame = properties.every((property, at) => property === resolved.properties[at]);
  return isSame ? shape : { ...resolved, properties };
}

/** The shape of a field with one or several files; `undefined` for other fields. */
function fileShape(shape: Shape, modelShape: (model: string) => Shape): Shape | undefined {
  switch (shape.kind) {
    case "string":
      return shape.format === "binary" ? { kind: "binary" } : undefined;
    case "ref":
      return fileShape(modelShape(shape.model), modelShape);
    case "nullable": {
      const inner = fileShape(shape.shape, modelShape);
      return inner && { kind: "nullable", shape: inner };
    }
    case "array": {
      const items = fileShape(shape.items, modelShape);
      return items && { ...shape, items };
    }
    default:
      return undefined;
  }
}

/** Whether a body can be sent. Forms consist of named fields, so their bodies are objects. */
export function isSendable(
  { kind, shape }: MediaBody,
  modelShape: (model: string) => Shape,
): boolean {
  return (kind !== "form" && kind !== "multipart") || mayHaveFields(shape, modelShape);
}

function mayHaveFields(shape: Shape, modelShape: (model: string) => Shape): boolean {
  switch (shape.kind) {
    case "object":
    case "record":
    case "unknown":
      return true;
    case "ref":
      return mayHaveFields(modelShape(shape.model), modelShape);
    case "nullable":
      return mayHaveFields(shape.shape, modelShape);
    case "union":
      return shape.branches.some((branch) => mayHaveFields(branch.shape, modelShape));
    case "array":
    case "tuple":
    case "string":
    case "dateTime":
    case "binary":
    case "number":
    case "boolean":
    case "enum":
    case "literal":
    case "null":
      return false;
  }
}
