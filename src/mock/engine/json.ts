/** Any JSON object. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** Whether a value is an object, and neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Appends keys to a JSON pointer. */
export function below(pointer: string, ...keys: readonly string[]): string {
  const steps = keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return pointer + steps.join("");
}

/** A place in a document, after following every `$ref` on the way and at the place itself. */
export interface Place {
  readonly pointer: string;
  readonly value: unknown;
}

/** The places of an object's properties; empty if the value is not an object. */
export function members(document: JsonObject, { pointer, value }: Place): [string, Place][] {
  if (!isJsonObject(value)) return [];
  return Object.keys(value).map((key) => [key, member(document, { pointer, value }, key)]);
}

/** The place of a property or item; its value is undefined if it does not exist. */
export function member(document: JsonObject, place: Place, key: string): Place {
  const { pointer, value } = place;
  const known = knownBelow(document, pointer);
  let found = known.get(key);
  if (found === undefined) {
    found = followed(document, { pointer: below(pointer, key), value: inside(value, key) });
    known.set(key, found);
  }
  return found;
}

/** A cache by document and pointer, because each body is walked along its schema. */
const lookedUp: WeakMap<JsonObject, Map<string, Map<string, Place>>> = new WeakMap();

function knownBelow(document: JsonObject, pointer: string): Map<string, Place> {
  const places = lookedUp.get(document) ?? new Map<string, Map<string, Place>>();
  lookedUp.set(document, places);
  const known = places.get(pointer) ?? new Map<string, Place>();
  places.set(pointer, known);
  return known;
}

/**
 * Follows the `$ref` at a place, and further ones from there; returns the place itself if there is none.
 *
 * @throws {TypeError} if a `$ref` leads to another file, or in a circle.
 */
export function followed(document: JsonObject, place: Place): Place {
  let { pointer, value } = place;
  // Ten references in a row count as a circle.
  for (let hops = 0; hops < 10; hops += 1) {
    if (!isJsonObject(value) || typeof value["$ref"] !== "string") return { pointer, value };
    const reference = value["$ref"];
    if (!reference.startsWith("#/")) {
      throw new TypeError(
        `${pointer}: $ref refers to another file, ${reference}; bundle the document first: npx @redocly/cli bundle FILE --output openapi.json`,
      );
    }
    pointer = reference.slice(1);
    value = pointer
      .split("/")
      .slice(1)
      .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>(inside, document);
  }
  throw new TypeError(`${place.pointer}: circular $ref`);
}

function inside(value: unknown, key: string): unknown {
  return isJsonObject(value) || Array.isArray(value) ? Object(value)[key] : undefined;
}
