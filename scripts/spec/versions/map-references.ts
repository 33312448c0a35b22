import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import type { JsonObject } from "./grammar.js";

/** Changes every reference of a document. A `$ref` in data is not affected: it is hidden at this stage. */
export function mapReferences(document: JsonObject, change: (ref: string) => string): JsonObject {
  const inside = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(inside);
    return isObject(value) ? mapReferences(value, change) : value;
  };
  return Object.fromEntries(
    Object.entries(document).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string" ? change(member) : inside(member),
    ]),
  );
}
