import fc, { type Arbitrary } from "fast-check";
import { type Path, replaceAt } from "../cases/value-case.js";
import { isJsonArray, isJsonObject, type Json } from "../read-document.js";

/**
 * The same value with one change somewhere in it: a member gone, renamed or added, another type, another text.
 *
 * @param names - of members that objects of this kind may have
 */
export function oneChange(value: Json, names: readonly string[]): Arbitrary<Json> {
  return fc.constantFrom(...pathsOf(value, [])).chain((path) =>
    replacement(memberAt(value, path), names).map((changed) => {
      const without = path.length > 0 ? changed : (changed ?? null);
      // JSON with JSON in one of its places is JSON.
      return replaceAt(value, path, without) as Json;
    }),
  );
}

/** What may stand in place of a value; `undefined` takes it away. */
function replacement(value: Json, names: readonly string[]): Arbitrary<Json | undefined> {
  const anything: Arbitrary<Json | undefined> = fc.oneof(
    fc.constantFrom<Json | undefined>(undefined, null, "", 0, -1, 1.5, 1e21, true, false),
    fc.constantFrom<Json>([], {}, [[]], [null], "text", "2125-01-01T00:00:00Z"),
    fc.constant([value]),
    fc.constant({ value }),
    fc.constant(JSON.stringify(value)),
    fc.jsonValue({ maxDepth: 2 }) as Arbitrary<Json>,
  );
  if (typeof value === "string") return fc.oneof(anything, changedText(value));
  if (isJsonArray(value)) {
    return fc.oneof(anything, fc.constant([...value, null]), fc.constant([...value, ...value]));
  }
  if (!isJsonObject(value)) return anything;
  const [first] = Object.entries(value);
  const renamed = Object.fromEntries(
    Object.entries(value).map(([name, member], index) => [index === 0 ? `${name}s` : name, member]),
  );
  const upper = first === undefined ? value : { ...renamed, [first[0].toUpperCase()]: first[1] };
  const added = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom<Json>(null, 7, "text", {}))
    .map(([name, member]) => ({ [name]: member, ...value }));
  return fc.oneof(anything, fc.constant(renamed), fc.constant(upper), added);
}

/** A character that is gone, doubled or another one. */
function changedText(text: string): Arbitrary<string> {
  return fc
    .tuple(
      fc.nat({ max: text.length }),
      fc.constantFrom("", "0", "9", "Z", " ", "\u0000", "é", "-"),
    )
    .map(([at, other]) => `${text.slice(0, at)}${other}${text.slice(at + 1)}`);
}

function pathsOf(value: Json, path: Path): readonly Path[] {
  if (isJsonArray(value)) {
    return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  }
  if (!isJsonObject(value)) return [path];
  const inner = Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]));
  return [path, ...inner];
}

function memberAt(value: Json, path: Path): Json {
  return path.reduce<Json>((at, key) => {
    if (isJsonArray(at)) return at[Number(key)] ?? null;
    return isJsonObject(at) ? (at[key] ?? null) : null;
  }, value);
}
