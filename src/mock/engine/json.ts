/** Any JSON object. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** Whether a value is an object, and neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON pointer one step further down. */
export function below(pointer: string, ...keys: readonly string[]): string {
  const steps = keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return pointer + steps.join("");
}

/** A place in a document, with every `$ref` on the way to it and at it followed. */
export interface Place {
  readonly pointer: string;
  readonly value: unknown;
}

/** The places of an object's members; none where there is no object. */
export function members(document: JsonObject, { pointer, value }: Place): [string, Place][] {
  if (!isJsonObject(value)) return [];
  return Object.keys(value).map((key) => [key, member(document, { pointer, value }, key)]);
}

/** The place of one member or item; its value is undefined where it does not exist. */
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

/** What was looked up before, by document and pointer: each body is walked along its schema. */
const lookedUp: WeakMap<JsonObject, Map<string, Map<string, Place>>> = new WeakMap();

function knownBelow(document: JsonObject, pointer: string): Map<string, Place> {
  const places = lookedUp.get(document) ?? new Map<string, Map<string, Place>>();
  lookedUp.set(document, places);
  const known = places.get(pointer) ?? new Map<string, Place>();
  places.set(pointer, known);
  return known;
}

/** The place that a `$ref` leads to, and on from there; the place itself where there is none. */
export function followed(document: JsonObject, place: Place): Place {
  let { pointer, value } = place;
  // Ten references in a row are a circle.
  for (let hops = 0; hops < 10; hops += 1) {
    if (!isJsonObject(value) || typeof value["$ref"] !== "string") return { pointer, value };
    const reference = value["$ref"];
    if (!reference.startsWith("#/")) {
      throw new TypeError(
        `${pointer}: $ref leads to another file, ${reference}; make one document of it first: npx @redocly/cli bundle FILE --output openapi.json`,
      );
    }
    pointer = reference.slice(1);
    value = pointer
      .split("/")
      .slice(1)
      .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>(inside, document);
  }
  throw new TypeError(`${place.pointer}: references go round in a circle`);
}

function inside(value: unknown, key: string): unknown {
  return isJsonObject(value) || Array.isArray(value) ? Object(value)[key] : undefined;
}
