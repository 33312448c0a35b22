import type { Json } from "../model/api.js";

/** Maximum number of values in a document, with YAML aliases expanded. The largest published documents have 2 million. */
const maxValues = 20_000_000;

/** One half of a UTF-16 surrogate pair, which cannot be encoded in UTF-8. */
const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogateFound = "a lone surrogate, which cannot be encoded in UTF-8";

/** Content of a parsed document that the generator rejects, and its place. */
export interface Excess {
  readonly found: string;
  /** What to write instead; `""` where the words of `found` say it. */
  readonly supported: string;
  readonly at: readonly string[];
}

/**
 * Finds content that would hang other tools or that JSON cannot represent: YAML aliases that expand to billions of
 * values, aliases that contain themselves, numbers that are not finite, and lone surrogates.
 */
export function findExcess(document: unknown): Excess | undefined {
  const sizes = new Map<object, number>();
  const path: string[] = [];
  const holders = new Set<object>();
  let excess: Excess | undefined;
  const refuse = (found: string, supported = ""): number => {
    excess ??= { found, supported, at: [...path] };
    return 0;
  };

  const sizeOf = (value: unknown): number => {
    if (typeof value === "number" && !Number.isFinite(value)) {
      const instead = "a finite number; leave out an infinite limit";
      return refuse(`the number ${value}, which JSON cannot represent`, instead);
    }
    if (typeof value === "string" && loneSurrogate.test(value)) return refuse(loneSurrogateFound);
    if (typeof value !== "object" || value === null) return 1;
    if (holders.has(value)) return refuse("an alias that contains itself");
    const known = sizes.get(value);
    if (known !== undefined) return known;
    holders.add(value);
    let size = 1;
    for (const [key, member] of Object.entries(value)) {
      if (loneSurrogate.test(key)) return refuse(loneSurrogateFound);
      path.push(key);
      size += sizeOf(member);
      if (size > maxValues) {
        refuse(`aliases that expand to more than ${maxValues.toLocaleString("en")} values`);
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

/** Whether a value in which {@link findExcess} found nothing is JSON data. */
export function isJson(value: unknown): value is Json {
  return value === null || ["boolean", "number", "string", "object"].includes(typeof value);
}
