import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../read-document.js";
import { propertiesOf } from "../wire-values.js";
import { childPointers, locate, typesOf, unionOf } from "./schema.js";
import { goodDates, limitsOf, textOf } from "./texts.js";

/** How deep schemas may hold each other; deeper they surely hold themselves. */
const deepest = 30;

/** A valid value of a schema with everything in it: every property, one item, no null. */
export function sampleOf(document: JsonObject, pointer: string, depth = 0): Json {
  const { pointer: at, schema } = locate(document, pointer);
  if (depth > deepest) throw new Error(`${at}: teach sample.ts to end a schema that holds itself`);
  const inner = (where: string): Json => sampleOf(document, where, depth + 1);
  const union = unionOf(schema);
  if (union !== undefined) {
    const branches = childPointers(at, union.keyword, union.branches);
    const branch = branches.find(([, where]) => !isNull(document, where));
    if (branch === undefined) return null;
    return inner(branch[1]);
  }
  if (schema["const"] !== undefined) return schema["const"];
  const values = schema["enum"];
  if (isJsonArray(values) && values[0] !== undefined) return values[0];
  if (isNull(document, at)) return null;
  const type = typesOf(schema).find((one) => one !== "null");
  switch (type) {
    case "string":
      return text(schema);
    case "integer":
    case "number":
      return Math.max(1, Number(schema["minimum"] ?? 1));
    case "boolean":
      return true;
    case "array": {
      const length = Math.max(1, Number(schema["minItems"] ?? 1));
      return new Array<Json>(length).fill(inner(`${at}/items`));
    }
    case "object": {
      const members = childPointers(at, "properties", propertiesOf(schema));
      const more = schema["additionalProperties"];
      return {
        ...Object.fromEntries(members.map(([name, where]) => [name, inner(where)])),
        ...(isJsonObject(more) && { a_key: inner(`${at}/additionalProperties`) }),
      };
    }
    default:
      throw new Error(`${at}: teach sample.ts the type ${JSON.stringify(schema["type"])}`);
  }
}

/** Whether only null fits. */
export function isNull(document: JsonObject, pointer: string): boolean {
  const types = typesOf(locate(document, pointer).schema);
  return types.length === 1 && types[0] === "null";
}

function text(schema: JsonObject): string {
  if (schema["format"] === "date-time") return goodDates[0]?.[1] ?? "";
  const { minLength, maxLength, minBytes } = limitsOf(schema);
  return textOf(Math.min(Math.max(minLength, minBytes, 3), maxLength));
}
