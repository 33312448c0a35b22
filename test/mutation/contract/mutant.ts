import { type Path, replaceAt, toPointer } from "../../contract/cases/value-case.js";
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../contract/read-document.js";

/** A change to one place of a document; `undefined` takes the place away. */
export interface Edit {
  readonly path: Path;
  readonly value: Json | undefined;
}

/** A small change to the contract that would break somebody. */
export interface Mutant {
  /** What kind of change, such as `drop required`. */
  readonly mutator: string;
  /** Names it in reports and in the list of equivalent mutants; unique. */
  readonly id: string;
  readonly edits: readonly Edit[];
}

/** Makes a mutant. @param what - what tells it from others of the same kind at the same place */
export function mutant(mutator: string, at: Path, what: string, edits: readonly Edit[]): Mutant {
  const place = toPointer(at);
  return { mutator, id: `${mutator} ${place}${what === "" ? "" : `: ${what}`}`, edits };
}

/** The document with the change. */
export function applied(document: JsonObject, { edits }: Mutant): JsonObject {
  const changed = edits.reduce<unknown>(
    (value, { path, value: other }) => replaceAt(value, path, other),
    document,
  );
  // A document with JSON in one of its places is a document.
  return changed as JsonObject;
}

/** A mutant that replaces, adds or takes away one member of the object or array at a place. */
export function member(
  mutator: string,
  at: Path,
  key: string | number,
  value: Json | undefined,
  what = `${key}`,
): Mutant {
  return mutant(mutator, at, what, [{ path: [...at, key], value }]);
}

/** The same list without one of its items; gone altogether where that was all. */
export function withoutItem(list: readonly Json[], index: number): Json | undefined {
  const rest = list.filter((_, at) => at !== index);
  return rest.length === 0 ? undefined : rest;
}

/** A mutant for each item of a list that is taken away. */
export function dropItems(
  mutator: string,
  at: Path,
  key: string,
  list: Json | undefined,
): readonly Mutant[] {
  if (!isJsonArray(list)) return [];
  return list.map((item, index) => {
    const what = isJsonObject(item) ? String(item["$ref"] ?? index) : String(item);
    return mutant(mutator, [...at, key], what, [
      { path: [...at, key], value: withoutItem(list, index) },
    ]);
  });
}

/** A mutant that gives a member another name; its value stays. */
export function rename(
  mutator: string,
  at: Path,
  from: string,
  to: string,
  value: Json,
  also: readonly Edit[] = [],
): Mutant {
  return mutant(mutator, at, `${from} to ${to}`, [
    { path: [...at, from], value: undefined },
    { path: [...at, to], value },
    ...also,
  ]);
}
