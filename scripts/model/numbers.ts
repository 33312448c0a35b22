import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { NumberLimits, Shape } from "./api.js";
import { readFormat } from "./formats.js";
import { pick } from "./pick.js";

/** The shape of a number: its format, and the limits that are checked before it is sent. */
export function readNumber(node: Node, type: "integer" | "number", problems: Problems): Shape {
  const format = readFormat(node, "number", problems);
  const limits = {
    ...pick(node, "minimum"),
    ...pick(node, "maximum"),
    ...pick(node, "exclusiveMinimum"),
    ...pick(node, "exclusiveMaximum"),
    ...pick(node, "multipleOf"),
  } satisfies NumberLimits;
  return {
    kind: "number",
    integer: type === "integer",
    limits,
    ...(format !== undefined && { format }),
  };
}
