import { isJsonObject, type JsonObject, member, members, type Place } from "./json.js";
import { sizes } from "./schema-sizes.js";

/** How many schemas the sample value of one response is made of, if what is required is not more. */
const budget = 2000;
/** The mock has no sample for a response that requires more. */
const most = 20_000;
/** How many items or properties of any name are generated, unless more are required. */
const few = 5;

/** The sample value of a response that has no finite one, or only too large ones. */
export const noSample: string = "the mock has no sample value";

/**
 * Replaces large and recursive schemas in responses by small ones without references, for sample values. Each response
 * has a budget of schemas, which its optional parts share. Where it is spent, or a schema would repeat, optional
 * properties are left out, arrays are empty, and only the smallest alternative stays.
 *
 * @returns the same document if every schema is small
 */
export function withFiniteResponses(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  const known = sizes(document);
  let isChanged = false;
  for (const response of responsesOf(copy)) {
    for (const [, { value: media }] of members(copy, member(copy, response, "content"))) {
      if (!isJsonObject(media) || known.whole(media["schema"]) <= budget) continue;
      const least = known.smallest(media["schema"]);
      const schema =
        least > most
          ? { enum: [noSample] }
          : finite({ document, ...known }, media["schema"], Math.max(least, budget), new Set())
              .schema;
      Object.assign(media, { schema });
      isChanged = true;
    }
  }
  return isChanged ? copy : document;
}

interface Context extends ReturnType<typeof sizes> {
  readonly document: JsonObject;
}

interface Cut {
  readonly schema: unknown;
  /** How many schemas it may cost to make a value of it; never more than was allowed. */
  readonly used: number;
}

/** Copies a schema without references. Costs at most `allowed`, which must be enough for its smallest value. */
function finite(
  context: Context,
  schema: unknown,
  allowed: number,
  within: ReadonlySet<string>,
): Cut {
  if (!isJsonObject(schema)) return { schema, used: 1 };
  const { smallest } = context;
  const { parts, references } = context.partsOf(schema);
  const path = new Set([...within, ...references]);
  let spare = allowed - smallest(schema);
  let waiting = 0;
  /** Gives a part what it is sure of, and an equal share of the spare. Undefined if that is too little. */
  const give = (inner: unknown, sure: number, times = 1): unknown => {
    const share = Math.floor(spare / Math.max(waiting, 1));
    waiting -= 1;
    const least = smallest(inner) * times;
    const repeats = context.partsOf(inner).references.some((one) => path.has(one));
    if (least > sure + share || (repeats && sure === 0)) return undefined;
    const own = repeats ? smallest(inner) : Math.floor((sure + share) / times);
    const cut = finite(context, inner, own, path);
    spare -= cut.used * times - sure;
    return cut.schema;
  };
  const required = context.requiredIn(parts);
  waiting = parts.flatMap((part) => [
    ...Object.keys(Object(part["properties"])),
    ...Object.keys(Object(part["patternProperties"])),
    ...alternatives.flatMap((keyword) => part[keyword] ?? []),
    ...["items", "additionalProperties"].filter((keyword) => isJsonObject(part[keyword])),
  ]).length;
  const cut = parts.map((part) => finitePart(part, { smallest, give, required }));
  const [only] = cut;
  return { schema: cut.length === 1 ? only : { allOf: cut }, used: allowed - spare };
}

/** Keywords that choose one of several schemas. */
const alternatives = ["oneOf", "anyOf"] as const;

interface PartContext {
  readonly smallest: (schema: unknown) => number;
  readonly give: (inner: unknown, sure: number, times?: number) => unknown;
  readonly required: ReadonlySet<string>;
}

function finitePart(part: JsonObject, { smallest, give, required }: PartContext): JsonObject {
  const { properties, patternProperties, additionalProperties, items, ...others } = part;
  const cut: Record<string, unknown> = others;
  const each = (object: unknown, work: (value: unknown, name: string) => unknown): JsonObject =>
    Object.fromEntries(
      Object.entries(Object(object))
        .map(([name, value]) => [name, work(value, name)] as const)
        .filter(([, value]) => value !== undefined),
    );
  if (isJsonObject(properties)) {
    cut["properties"] = each(properties, (value, name) =>
      give(value, required.has(name) ? smallest(value) : 0),
    );
  }
  if (items !== undefined) {
    const { minItems = 0, maxItems = few } = part;
    const most = Math.max(Number(minItems), Math.min(Number(maxItems), few));
    const sure = smallest(items) * Number(minItems);
    const many = most > Number(minItems) && most > 0 ? give(items, 0, most) : undefined;
    const inner = many ?? (Number(minItems) > 0 ? give(items, sure, Number(minItems)) : undefined);
    // Prism generates no array without a schema for its items, not even an empty one.
    Object.assign(cut, {
      items: inner ?? { type: "null" },
      maxItems: many === undefined ? Number(minItems) : most,
    });
  }
  for (const keyword of alternatives) {
    const branches = part[keyword];
    if (!Array.isArray(branches)) continue;
    const least = Math.min(...branches.map(smallest));
    const first = branches.findIndex((branch) => smallest(branch) === least);
    cut[keyword] = branches
      .map((branch, index) => give(branch, index === first ? least : 0))
      .filter((branch) => branch !== undefined);
  }
  if (patternProperties !== undefined) {
    const left = each(patternProperties, (value) => give(value, 0, few));
    if (Object.keys(left).length > 0) cut["patternProperties"] = left;
  }
  if (additionalProperties !== undefined) {
    cut["additionalProperties"] = isJsonObject(additionalProperties)
      ? (give(additionalProperties, 0, few) ?? false)
      : additionalProperties;
  }
  return cut;
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
