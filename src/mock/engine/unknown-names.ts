import { closest, distance } from "fastest-levenshtein";
import type { Contract, OperationContract } from "./contract.js";
import { isJsonObject, member, members, type Place } from "./json.js";
import type { EngineRequest } from "./request.js";

/**
 * A name in a request that the contract does not have. The service ignores such names, so a misspelt one goes
 * unnoticed.
 */
export interface UnknownName {
  readonly place: "query" | "header" | "body";
  /** The query parameter, the header, or the path to the field. */
  readonly name: string;
  /** The name that was probably meant, if one is close. */
  readonly meant: string | undefined;
}

/** The most unknown names that are reported for one request. */
const most = 20;

/** The longest path to a field. A body that nests deeper could overflow the stack. */
const longestPath = 1000;

/** Names in a request that its operation does not have. Of headers, only those that look like a misspelt known one. */
export function unknownNames(
  { document }: Contract,
  operation: OperationContract,
  request: EngineRequest,
): readonly UnknownName[] {
  const named = (place: string): string[] =>
    operation.parameters.filter((one) => one.place === place).map(({ name }) => name);
  const query = unknownOf(Object.keys(request.query), [...named("query"), ...preferences])
    .slice(0, most)
    .map((name): UnknownName => ({ place: "query", name, meant: meantBy(name, named("query")) }));
  const headers = misspelt(Object.keys(request.headers), named("header"));
  const { body } = operation;
  const isRead = body !== undefined && request.malformed === undefined;
  const fields = isRead
    ? firstOf(unknownFields({ document }, [body.schema], request.body, ""))
    : [];
  return [...query, ...headers, ...fields].slice(0, most);
}

/** The first few names, without looking for more: a body may have a hundred thousand. */
function firstOf(names: Iterable<UnknownName>): readonly UnknownName[] {
  const found: UnknownName[] = [];
  for (const name of names) if (found.push(name) >= most) break;
  return found;
}

/** The message for an unknown name, without its place. */
export function describeUnknown({ place, meant }: Pick<UnknownName, "place" | "meant">): string {
  const kind = { query: "query parameter", header: "header", body: "field" }[place];
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  return `the contract has no such ${kind}${hint}`;
}

/** Query parameters that choose an example of the document, as the header `Prefer` does. */
const preferences: readonly string[] = ["__code", "__dynamic", "__example", "__seed"];

function unknownOf(given: readonly string[], known: readonly string[]): readonly string[] {
  return given.filter((name) => !known.includes(name));
}

/** The known name that is close to a given one, if any. */
function meantBy(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || given.length > 100) return undefined;
  const name = closest(given, known);
  const [one, other] = [given.toLowerCase(), name.toLowerCase()];
  // Two letters in the wrong order are one mistake, at a distance of two.
  const least = sortedLetters(one) === sortedLetters(other) ? 2 : 1;
  return distance(one, other) <= Math.max(least, given.length / 3) ? name : undefined;
}

function sortedLetters(text: string): string {
  return [...text].sort().join("");
}

/** Headers that the mock reads in any request. */
const readHeaders: readonly string[] = [
  "accept",
  "authorization",
  "content-encoding",
  "content-type",
  "mock-session",
  "prefer",
];

/** Registered headers whose names are close to those. */
const otherHeaders: readonly string[] = [
  "accept-ch",
  "content-length",
  "expect",
  "referer",
  "preference-applied",
];

/** Finds headers that are one or two letters away from a known one. Clients send many other headers on purpose. */
function misspelt(given: readonly string[], declared: readonly string[]): readonly UnknownName[] {
  const known = [...readHeaders, ...declared.map((name) => name.toLowerCase())];
  return given.flatMap((name): UnknownName[] => {
    if (known.includes(name) || otherHeaders.includes(name) || name.length > 100) return [];
    const meant = closest(name, known);
    return distance(name, meant) > Math.min(2, meant.length / 3)
      ? []
      : [{ place: "header", name, meant }];
  });
}

/** Finds fields that none of a value's schemas has. A schema with `additionalProperties` allows any. */
function* unknownFields(
  context: Pick<Contract, "document">,
  schemas: readonly Place[],
  value: unknown,
  path: string,
): Iterable<UnknownName> {
  if (schemas.length === 0 || path.length > longestPath) return;
  const all = schemas.flatMap((schema) => withAlternatives(context, schema));
  if (Array.isArray(value)) {
    const items = all.flatMap((schema) => memberOf(context, schema, "items"));
    for (const [index, item] of value.entries()) {
      yield* unknownFields(context, items, item, `${path}[${index}]`);
    }
    return;
  }
  if (!isJsonObject(value) || all.some(isOpen)) return;
  const known = new Map<string, Place[]>();
  for (const schema of all) {
    for (const [name, property] of members(
      context.document,
      member(context.document, schema, "properties"),
    )) {
      known.set(name, [...(known.get(name) ?? []), property]);
    }
  }
  // A schema without properties does not restrict them.
  if (known.size === 0) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = path === "" ? name : `${path}.${name}`;
    const properties = known.get(name);
    if (properties !== undefined) yield* unknownFields(context, properties, inner, at);
    else yield { place: "body", name: at, meant: meantBy(name, [...known.keys()]) };
  }
}

/** A cache by document and pointer, because every object of every body needs it. */
const alternativesKnown: WeakMap<object, Map<string, readonly Place[]>> = new WeakMap();

/** A schema with all schemas in its `allOf`, `anyOf` and `oneOf`. */
function withAlternatives(context: Pick<Contract, "document">, schema: Place): readonly Place[] {
  const known = alternativesKnown.get(context.document) ?? new Map<string, readonly Place[]>();
  alternativesKnown.set(context.document, known);
  const found = known.get(schema.pointer) ?? alternativesOf(context, schema, new Set());
  known.set(schema.pointer, found);
  return found;
}

function alternativesOf(
  context: Pick<Contract, "document">,
  schema: Place,
  seen: ReadonlySet<string>,
): Place[] {
  // A schema may refer to itself.
  if (seen.has(schema.pointer)) return [];
  const within = new Set([...seen, schema.pointer]);
  const inner = ["allOf", "anyOf", "oneOf"].flatMap((keyword) =>
    memberOf(context, schema, keyword).flatMap(({ pointer, value }) =>
      Array.isArray(value)
        ? value.map((_, index) => member(context.document, { pointer, value }, String(index)))
        : [],
    ),
  );
  return [schema, ...inner.flatMap((one) => alternativesOf(context, one, within))];
}

function memberOf(context: Pick<Contract, "document">, schema: Place, name: string): Place[] {
  const place = member(context.document, schema, name);
  return place.value === undefined ? [] : [place];
}

function isOpen({ value }: Place): boolean {
  const { additionalProperties, patternProperties } = isJsonObject(value) ? value : {};
  return (
    (additionalProperties !== undefined && additionalProperties !== false) ||
    patternProperties !== undefined
  );
}
