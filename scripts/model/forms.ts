import type { Property, Shape } from "./api.js";

/**
 * The shape of a form whose fields are sent as parts: strings of format `binary` are files there. Only the form itself
 * is looked into, because what lies deeper is sent as JSON, which has no bytes. A form without files stays what it is.
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

/** The shape of a field that holds files, one or several; `undefined` of any other. */
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
