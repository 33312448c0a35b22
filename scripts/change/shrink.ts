import fc from "fast-check";
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";

/**
 * An arbitrary for JSON values, used only to shrink a given value with fast-check. Its strings use the characters of
 * that value, with a plain one first, so that the result is readable.
 */
function jsonOf(value: Json): fc.Arbitrary<Json> {
  const characters = new Set(["a", ...JSON.stringify(value), ...textsOf(value)]);
  const text = fc.string({ unit: fc.constantFrom(...characters) });
  return fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      text,
      fc.array(tie("json")),
      fc.dictionary(text, tie("json")),
    ),
  })).json;
}

/** Maximum number of shrinking steps. */
const mostSteps = 2_000;

/** Shrinks a value step by step while `proves` still accepts it. */
export function shrink(value: Json, proves: (smaller: Json) => boolean): Json {
  const keys = keysOf(value);
  const anyJson = jsonOf(value);
  let best = value;
  let context: unknown;
  let steps = 0;
  if (!anyJson.canShrinkWithoutContext(value)) return value;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const next of anyJson.shrink(best, context)) {
      steps += 1;
      if (steps > mostSteps) return best;
      // Reject new keys: fast-check also shortens keys, which would make different properties.
      if (![...keysOf(next.value)].every((key) => keys.has(key)) || !proves(next.value)) continue;
      best = next.value;
      context = next.context;
      isSmaller = true;
      break;
    }
  }
  return best;
}

function keysOf(value: Json, found: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value) keysOf(item, found);
  else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      found.add(key);
      keysOf(member, found);
    }
  }
  return found;
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === "string") return [...value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value)
    ? Object.entries(value).flatMap(([key, member]) => [...key, ...textsOf(member)])
    : [];
}
