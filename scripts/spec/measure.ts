import type { Json } from "../model/api.js";

/** Values in a document once every alias is written out; the largest published documents have two million. */
const maxValues = 20_000_000;

/** Half of a pair of UTF-16 code units that are one character together: no file in UTF-8 can hold it. */
const loneSurrogate = /\p{Surrogate}/u;
const halfCharacter = "half of a surrogate pair, which no text has";

/** What a parsed document has that no document of an API needs, and where. */
export interface Excess {
  readonly found: string;
  readonly at: readonly string[];
}

/**
 * Looks for what would keep tools busy for ever, or what JSON cannot say: aliases that multiply (a few lines of YAML
 * can stand for billions of values), aliases that hold themselves, numbers that are none, and halves of characters.
 */
export function findExcess(document: unknown): Excess | undefined {
  const sizes = new Map<object, number>();
  const path: string[] = [];
  const holders = new Set<object>();
  let excess: Excess | undefined;
  const refuse = (found: string): number => {
    excess ??= { found, at: [...path] };
    return 0;
  };

  const sizeOf = (value: unknown): number => {
    if (typeof value === "number" && !Number.isFinite(value)) {
      return refuse(`the number ${value}, which JSON cannot say`);
    }
    if (typeof value === "string" && loneSurrogate.test(value)) return refuse(halfCharacter);
    if (typeof value !== "object" || value === null) return 1;
    if (holders.has(value)) return refuse("an alias to something that holds it");
    const known = sizes.get(value);
    if (known !== undefined) return known;
    holders.add(value);
    let size = 1;
    for (const [key, member] of Object.entries(value)) {
      if (loneSurrogate.test(key)) return refuse(halfCharacter);
      path.push(key);
      size += sizeOf(member);
      if (size > maxValues) {
        refuse(`aliases that stand for more than ${maxValues.toLocaleString("en")} values`);
      }
      path.pop();
      if (excess !== undefined) break;
    }
    holders.delete(value);
    sizes.set(value, size);
    return size;
  };

  sizeOf(document);
  return excess;
}

/** Whether a value is JSON data: what {@link findExcess} has found nothing in, and no date or other object of YAML. */
export function isJson(value: unknown): value is Json {
  return value === null || ["boolean", "number", "string", "object"].includes(typeof value);
}
