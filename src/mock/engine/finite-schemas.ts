import { followed, isJsonObject, type JsonObject, member, members, type Place } from "./json.js";

/**
 * Replaces recursive schemas in responses by finite ones, for sample values: Prism would cut them at arbitrary places,
 * and take seconds. Each recursive schema is expanded once; where it would repeat, a list becomes empty, an optional
 * property is left out, and an alternative is removed. Each value of the new schema is valid against the original.
 *
 * @returns the same document if nothing is recursive
 */
export function withFiniteResponses(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  const isRecursive = recursionOf(copy);
  let isChanged = false;
  for (const response of responsesOf(copy)) {
    for (const [, { value: media }] of members(copy, member(copy, response, "content"))) {
      if (!isJsonObject(media) || !isRecursive(media["schema"])) continue;
      const schema = finite({ document: copy, isRecursive }, media["schema"], []);
      // If no finite value exists, the original stays, and the check of responses rejects its sample values.
      if (schema === undefined) continue;
      Object.assign(media, { schema });
      isChanged = true;
    }
  }
  return isChanged ? copy : document;
}

interface Context {
  readonly document: JsonObject;
  /** Whether a schema is recursive or refers to a recursive one. */
  readonly isRecursive: (schema: unknown) => boolean;
}

/** Removes the references in a schema that lead back to a schema around it. Undefined if nothing is left. */
function finite(context: Context, schema: unknown, within: readonly string[]): unknown {
  if (!isJsonObject(schema) || !context.isRecursive(schema)) return schema;
  const { $ref, ...rest } = schema;
  if (typeof $ref === "string") {
    if (within.includes($ref)) return undefined;
    const { value } = followed(context.document, { pointer: "", value: { $ref } });
    const target = finite(context, value, [...within, $ref]);
    const beside = finite(context, rest, within);
    if (target === undefined || beside === undefined) return undefined;
    return Object.keys(rest).length === 0 ? target : { allOf: [target, beside] };
  }
  const inner = (value: unknown): unknown => finite(context, value, within);
  let cut: JsonObject | undefined = schema;
  for (const part of [
    finiteProperties,
    finitePatterns,
    finiteItems,
    finiteAlternatives,
    finiteAll,
  ]) {
    cut = cut && part(cut, inner);
  }
  return cut;
}

type Part = (schema: JsonObject, inner: (value: unknown) => unknown) => JsonObject | undefined;

const finiteProperties: Part = (schema, inner) => {
  const { properties, required, additionalProperties } = schema;
  const cut = Object.entries(isJsonObject(properties) ? properties : {}).map(
    ([name, value]) => [name, inner(value)] as const,
  );
  const gone = cut.filter(([, value]) => value === undefined).map(([name]) => name);
  if (Array.isArray(required) && gone.some((name) => required.includes(name))) return undefined;
  const left = Object.fromEntries(cut.filter(([, value]) => value !== undefined));
  return {
    ...schema,
    ...(isJsonObject(properties) && { properties: left }),
    ...(isJsonObject(additionalProperties) && {
      additionalProperties: inner(additionalProperties) ?? false,
    }),
  };
};

/** A property that matches a pattern is optional. */
const finitePatterns: Part = (schema, inner) => {
  const { patternProperties, ...others } = schema;
  if (!isJsonObject(patternProperties)) return schema;
  const cut = Object.entries(patternProperties)
    .map(([pattern, value]) => [pattern, inner(value)] as const)
    .filter(([, value]) => value !== undefined);
  return cut.length === 0 ? others : { ...others, patternProperties: Object.fromEntries(cut) };
};

const finiteItems: Part = (schema, inner) => {
  const { items, minItems = 0 } = schema;
  if (items === undefined) return schema;
  const cut = inner(items);
  if (cut !== undefined) return { ...schema, items: cut };
  // Prism generates no array without a schema for its items, not even an empty one.
  return minItems === 0 ? { ...schema, items: { type: "null" }, maxItems: 0 } : undefined;
};

const finiteAlternatives: Part = (schema, inner) => {
  let cut = schema;
  for (const keyword of ["oneOf", "anyOf"]) {
    const branches = cut[keyword];
    if (!Array.isArray(branches)) continue;
    const left = branches.map(inner).filter((branch) => branch !== undefined);
    if (left.length === 0) return undefined;
    cut = { ...cut, [keyword]: left };
  }
  return cut;
};

const finiteAll: Part = (schema, inner) => {
  const { allOf } = schema;
  if (!Array.isArray(allOf)) return schema;
  const cut = allOf.map(inner);
  return cut.includes(undefined) ? undefined : { ...schema, allOf: cut };
};

/** Returns a test for recursive schemas, which follows each reference only once. */
function recursionOf(document: JsonObject): (schema: unknown) => boolean {
  const known = new Map<string, boolean>();
  const leads = (value: unknown, within: ReadonlySet<string>): boolean => {
    if (Array.isArray(value)) return value.some((one) => leads(one, within));
    if (!isJsonObject(value)) return false;
    const { $ref, ...rest } = value;
    if (leads(Object.values(rest), within)) return true;
    if (typeof $ref !== "string") return false;
    if (within.has($ref)) return true;
    const found =
      known.get($ref) ??
      leads(followed(document, { pointer: "", value: { $ref } }).value, new Set([...within, $ref]));
    known.set($ref, found);
    return found;
  };
  return (schema) => leads(schema, new Set());
}

/** All responses of a document; shared ones appear once. */
function responsesOf(document: JsonObject): readonly Place[] {
  const root: Place = { pointer: "", value: document };
  const shared = members(
    document,
    member(document, member(document, root, "components"), "responses"),
  );
  const own = members(document, member(document, root, "paths")).flatMap(([, item]) =>
    members(document, item).flatMap(([, operation]) =>
      members(document, member(document, operation, "responses")),
    ),
  );
  const places = [...shared, ...own].map(([, place]) => [place.pointer, place] as const);
  return [...new Map(places).values()];
}
