import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  valueAt,
} from "../read-document.js";
import { resolveSchema } from "../wire-values.js";

/** A schema after references, and the pointer to where it stands. */
export interface Located {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** Follows the references at a place. What stands beside a reference counts too. */
export function locate(document: JsonObject, pointer: string): Located {
  const schema = resolveSchema(document, valueAt(document, pointer));
  let target = pointer;
  for (;;) {
    const raw = valueAt(document, target);
    const ref = isJsonObject(raw) ? raw["$ref"] : undefined;
    if (typeof ref !== "string") return { pointer: target, schema };
    target = decodeURIComponent(ref.slice(1));
  }
}

/** The types that a schema names; none where it names none. */
export function typesOf(schema: JsonObject): readonly Json[] {
  const { type } = schema;
  if (typeof type === "string") return [type];
  return isJsonArray(type) ? type : [];
}

/** The branches of a union, by keyword; `undefined` where the schema is none. */
export function unionOf(
  schema: JsonObject,
): { readonly keyword: "oneOf" | "anyOf"; readonly branches: readonly Json[] } | undefined {
  for (const keyword of ["oneOf", "anyOf"] as const) {
    const branches = schema[keyword];
    if (isJsonArray(branches)) return { keyword, branches };
  }
  return undefined;
}

/** Pointers to the members of an object or an array of the document. */
export function childPointers(
  pointer: string,
  keyword: string,
  members: Json | undefined,
): readonly (readonly [key: string, pointer: string])[] {
  if (typeof members !== "object" || members === null) return [];
  return Object.keys(members).map((key) => {
    return [key, `${pointer}/${keyword}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`];
  });
}

/** Whether null fits the schema. */
export function takesNull(document: JsonObject, pointer: string): boolean {
  const { pointer: at, schema } = locate(document, pointer);
  const union = unionOf(schema);
  if (union !== undefined) {
    return childPointers(at, union.keyword, union.branches).some(([, branch]) =>
      takesNull(document, branch),
    );
  }
  const types = typesOf(schema);
  return types.length === 0 || types.includes("null");
}
