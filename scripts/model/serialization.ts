import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { ParameterPlace, Serialization, Shape } from "./api.js";

/** The styles of each place, the default first (OpenAPI 3.1 §4.8.12.2). */
const styles: Readonly<Record<ParameterPlace, readonly Serialization["style"][]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form"],
  part: ["simple"],
};

/**
 * Reads how a parameter or a form field is serialized.
 *
 * @returns `undefined` for the default of its place
 */
export function readSerialization(
  node: Node,
  place: ParameterPlace,
  problems: Problems,
): Serialization | undefined {
  const [usual, ...others] = styles[place];
  const declared = node.text("style");
  // OpenAPI 3.2 adds the style `cookie`. The client writes cookies in the style `form` in the same way.
  const name = place === "cookie" && declared === "cookie" ? "form" : declared;
  const style = [usual, ...others].find((one) => one === name) ?? usual ?? "form";
  if (name !== undefined && name !== style) {
    const known = [usual, ...others].join(", ");
    problems.warn([...node.at, "style"], `the style ${name} in ${place}`, known);
  }
  const explode = node.get("explode")?.value;
  const usualExplode = style === "form" || style === "deepObject";
  const isExploded =
    style === "deepObject" || (typeof explode === "boolean" ? explode : usualExplode);
  const allowReserved = node.flag("allowReserved") && (place === "query" || place === "path");
  if (style === usual && isExploded === usualExplode && !allowReserved) return undefined;
  return { style, explode: isExploded, allowReserved };
}

/** Whether a value is serialized as one string in every style: it cannot be an array or an object. */
export function isScalar(shape: Shape, modelShape: (model: string) => Shape): boolean {
  switch (shape.kind) {
    case "string":
    case "number":
    case "boolean":
    case "enum":
    case "literal":
    case "null":
    case "dateTime":
      return true;
    case "nullable":
      return isScalar(shape.shape, modelShape);
    case "ref":
      return isScalar(modelShape(shape.model), modelShape);
    case "union":
      return shape.branches.every((branch) => isScalar(branch.shape, modelShape));
    default:
      return false;
  }
}

/** Whether a value is nested deeper than an array or an object of scalars, which OpenAPI's styles do not support. */
export function isDeep(shape: Shape, modelShape: (model: string) => Shape): boolean {
  switch (shape.kind) {
    case "nullable":
      return isDeep(shape.shape, modelShape);
    case "ref":
      return isDeep(modelShape(shape.model), modelShape);
    case "array":
      return !isScalar(shape.items, modelShape);
    case "tuple":
      return !shape.items.every((item) => isScalar(item, modelShape));
    case "record":
      return !isScalar(shape.values, modelShape);
    case "object":
      return !shape.properties.every((one) => isScalar(one.shape, modelShape));
    case "union":
      return shape.branches.some((branch) => isDeep(branch.shape, modelShape));
    default:
      return false;
  }
}
