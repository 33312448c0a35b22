import { followed, isJsonObject, type JsonObject } from "./json.js";

/** The sizes of a document's schemas, as the number of schemas that a value is made of. */
export interface Sizes {
  /** The size of the smallest value; infinite if a schema requires itself. */
  readonly smallest: (schema: unknown) => number;
  /** The size with every reference replaced by its target; infinite if the schema is recursive. */
  readonly whole: (schema: unknown) => number;
  /** What a value must match at once: the schema, and all that it refers to or has in `allOf`, each once. */
  readonly partsOf: (schema: unknown) => Parts;
  /** The properties that a value must have to match all parts. */
  readonly requiredIn: (parts: readonly JsonObject[]) => ReadonlySet<string>;
}

interface Parts {
  /** Schemas without `$ref` and `allOf`. */
  readonly parts: readonly JsonObject[];
  readonly references: readonly string[];
}

/** Measures the schemas of a document. The work is linear in its references, however these are nested. */
export function sizes(document: JsonObject): Sizes {
  const targets = new Map<string, unknown>();
  const targetOf = ($ref: string): unknown => {
    if (!targets.has($ref)) {
      targets.set($ref, followed(document, { pointer: "", value: { $ref } }).value);
    }
    return targets.get($ref);
  };
  const partsOf = (schema: unknown): Parts => {
    const references = new Set<string>();
    const walk = (one: unknown): readonly JsonObject[] => {
      if (!isJsonObject(one)) return [];
      const { $ref, allOf, ...own } = one;
      const isNew = typeof $ref === "string" && !references.has($ref);
      if (isNew) references.add($ref);
      return [
        ...(isNew ? walk(targetOf($ref)) : []),
        ...(Array.isArray(allOf) ? allOf.flatMap(walk) : []),
        ...(Object.keys(own).length > 0 ? [own] : []),
      ];
    };
    return { parts: walk(schema), references: [...references] };
  };
  return {
    smallest: smallestBy(partsOf, targetOf),
    whole: wholeBy(targetOf),
    partsOf,
    requiredIn,
  };
}

function requiredIn(parts: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(
    parts.flatMap(({ required }) => (Array.isArray(required) ? required.map(String) : [])),
  );
}

/** Finds the smallest sizes step by step: all references start as infinite, and get smaller until none changes. */
function smallestBy(
  partsOf: Sizes["partsOf"],
  targetOf: ($ref: string) => unknown,
): Sizes["smallest"] {
  const table = new Map<string, number>();
  const measured = new Map<object, number>();
  const inner = (schema: unknown): number => {
    if (!isJsonObject(schema)) return 1;
    const { $ref } = schema;
    if (typeof $ref === "string" && Object.keys(schema).length === 1) {
      if (!table.has($ref)) table.set($ref, Number.POSITIVE_INFINITY);
      return table.get($ref) ?? 1;
    }
    const known = measured.get(schema);
    if (known !== undefined) return known;
    // A schema that is met again while it is measured requires itself.
    measured.set(schema, Number.POSITIVE_INFINITY);
    const size = measure(schema);
    measured.set(schema, size);
    return size;
  };
  const measure = (schema: unknown): number => {
    const { parts } = partsOf(schema);
    const required = requiredIn(parts);
    return parts.reduce(
      (sum, part) => {
        const { properties, items, minItems = 0 } = part;
        const own = isJsonObject(properties) ? properties : {};
        const needed = Object.keys(own).filter((name) => required.has(name));
        const choices = [part["oneOf"], part["anyOf"]].filter(Array.isArray);
        return (
          sum +
          needed.reduce((total, name) => total + inner(own[name]), 0) +
          (Number(minItems) > 0 ? Number(minItems) * inner(items) : 0) +
          choices.reduce((total, branches) => total + Math.min(...branches.map(inner)), 0)
        );
      },
      Math.max(parts.length, 1),
    );
  };
  return (schema) => {
    const before = table.size;
    let size = inner(schema);
    for (let isStable = table.size === before; !isStable; ) {
      const references = [...table.keys()];
      isStable = true;
      // References found last are often needed by those found first.
      for (const $ref of references.reverse()) {
        const found = measure(targetOf($ref));
        if (found !== table.get($ref)) isStable = false;
        table.set($ref, found);
        measured.clear();
      }
      if (table.size > references.length) isStable = false;
      size = inner(schema);
    }
    return size;
  };
}

function wholeBy(targetOf: ($ref: string) => unknown): Sizes["whole"] {
  const table = new Map<string, number>();
  const whole = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + whole(one), 0);
    if (!isJsonObject(value)) return 0;
    const { $ref, ...others } = value;
    const own = 1 + Object.values(others).reduce<number>((sum, one) => sum + whole(one), 0);
    if (typeof $ref !== "string") return own;
    const known = table.get($ref);
    if (known !== undefined) return own + known;
    // A reference that is met again while it is measured is recursive.
    table.set($ref, Number.POSITIVE_INFINITY);
    const size = whole(targetOf($ref));
    table.set($ref, size);
    return own + size;
  };
  return whole;
}
