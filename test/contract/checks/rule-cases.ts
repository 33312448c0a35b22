import { sampleOf } from "../cases/sample.js";
import { childPointers, locate, unionOf } from "../cases/schema.js";
import { type Path, replaceAt } from "../cases/value-case.js";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../read-document.js";
import { propertiesOf } from "../wire-values.js";

/** A value that fits its schema, and whether it also keeps a rule between its members. */
export interface RuleCase {
  readonly what: string;
  /** Where the rule stands. */
  readonly path: Path;
  readonly value: Json;
  readonly holds: boolean;
  /** Where the object stands that a flag requires something of. */
  readonly required?: Path;
}

/** A sample that keeps every rule: without the flags that require something else. */
export function typeableBase(document: JsonObject, pointer: string): Json {
  return requirementsOf(document, pointer).reduce<Json>(
    (value, { path, flag }) => put(value, [...path, flag], undefined),
    sampleOf(document, pointer),
  );
}

/** Every rule of `x-contract-some-of` and `x-contract-requires` in a schema, kept and broken. */
export function ruleCases(document: JsonObject, pointer: string): readonly RuleCase[] {
  const base = typeableBase(document, pointer);
  const choices = choicesOf(document, pointer).flatMap(({ path, names }): readonly RuleCase[] => {
    const without = names.reduce((value, name) => put(value, [...path, name], undefined), base);
    return [
      { what: `without ${names.join(", ")}`, path, value: without, holds: false },
      ...names.flatMap((name): readonly RuleCase[] => [
        {
          what: `with ${name} alone`,
          path,
          value: put(without, [...path, name], memberOf(base, [...path, name])),
          holds: true,
        },
      ]),
    ];
  });
  const requirements = requirementsOf(document, pointer).flatMap(
    ({ path, flag, keys, holder, otherHolders }): readonly RuleCase[] => {
      const at = [...path, ...keys.slice(0, -1)];
      const given = put(base, at, holder);
      const other = put(base, at, undefined);
      const others = otherHolders.map((value) => put(base, at, value));
      const flagged = (value: Json, on: boolean): Json => put(value, [...path, flag], on);
      const way = keys.join(".");
      return [
        { what: `${flag} with ${way}`, path, value: flagged(given, true), holds: true },
        { what: `${flag} without ${way}`, path, value: flagged(other, true), holds: false },
        ...others.map((value, index) => ({
          what: `${flag} with something else for ${way} (${index})`,
          path,
          value: flagged(value, true),
          holds: false,
          required: [...path, ...keys.slice(0, 1)],
        })),
        { what: `no ${flag} and no ${way}`, path, value: other, holds: true },
        { what: `${flag} false and no ${way}`, path, value: flagged(other, false), holds: true },
      ];
    },
  );
  return [...choices, ...requirements];
}

interface Choice {
  readonly path: Path;
  readonly names: readonly string[];
}

function choicesOf(document: JsonObject, pointer: string): readonly Choice[] {
  return objectsOf(document, pointer).flatMap(({ path, schema }) => {
    const names = schema["x-contract-some-of"];
    return isJsonArray(names) ? [{ path, names: names.map(String) }] : [];
  });
}

interface Requirement {
  readonly path: Path;
  readonly flag: string;
  /** Names from the object to what the flag requires. */
  readonly keys: readonly string[];
  /** A sample of the object that the last key is a member of. */
  readonly holder: Json;
  /** Samples of what may stand in its place. */
  readonly otherHolders: readonly Json[];
}

function requirementsOf(document: JsonObject, pointer: string): readonly Requirement[] {
  return objectsOf(document, pointer).flatMap(({ path, pointer: at, schema }) => {
    const rules = schema["x-contract-requires"];
    return Object.entries(isJsonObject(rules) ? rules : {}).map(([flag, way]) => {
      const keys = isJsonArray(way) ? way.map(String) : [];
      const holder = holderOf(document, at, keys);
      if (holder === undefined) throw new Error(`${at}: ${keys.join(".")} leads nowhere`);
      const place = keys.slice(0, -1).reduce<string | undefined>((from, key) => {
        return from === undefined ? undefined : memberPointer(document, from, key);
      }, at);
      return {
        path,
        flag,
        keys,
        holder: sampleOf(document, holder),
        otherHolders: branchesOf(document, place ?? at)
          .filter((branch) => locate(document, branch).pointer !== holder)
          .map((branch) => sampleOf(document, branch)),
      };
    });
  });
}

/** The branches that a value at a place may be of, through unions of unions; the place itself where it is none. */
function branchesOf(document: JsonObject, pointer: string): readonly string[] {
  const { pointer: at, schema } = locate(document, pointer);
  const union = unionOf(schema);
  if (union === undefined) return [at];
  const branches = childPointers(at, union.keyword, union.branches);
  return branches.flatMap(([, branch]) => branchesOf(document, branch));
}

/** The schema of a member of an object. */
function memberPointer(document: JsonObject, pointer: string, key: string): string | undefined {
  const { pointer: at, schema } = locate(document, pointer);
  return childPointers(at, "properties", propertiesOf(schema)).find(([name]) => name === key)?.[1];
}

/** The object schema of which the last of these names is a member, through unions. */
function holderOf(
  document: JsonObject,
  pointer: string,
  keys: readonly string[],
): string | undefined {
  const { pointer: at, schema } = locate(document, pointer);
  const union = unionOf(schema);
  if (union !== undefined) {
    return childPointers(at, union.keyword, union.branches)
      .map(([, branch]) => holderOf(document, branch, keys))
      .find((found) => found !== undefined);
  }
  const [key, ...rest] = keys;
  const member = childPointers(at, "properties", propertiesOf(schema)).find(
    ([name]) => name === key,
  );
  if (member === undefined) return undefined;
  return rest.length === 0 ? at : holderOf(document, member[1], rest);
}

/** Every object of a sample with its schema. */
function objectsOf(
  document: JsonObject,
  pointer: string,
  path: Path = [],
): readonly { readonly path: Path; readonly pointer: string; readonly schema: JsonObject }[] {
  const { pointer: at, schema } = locate(document, pointer);
  const union = unionOf(schema);
  if (union !== undefined) {
    const branches = childPointers(at, union.keyword, union.branches);
    return branches.flatMap(([, branch]) => objectsOf(document, branch, path));
  }
  const members = childPointers(at, "properties", propertiesOf(schema));
  const inner = members.flatMap(([name, member]) => objectsOf(document, member, [...path, name]));
  return members.length === 0 ? inner : [{ path, pointer: at, schema }, ...inner];
}

/** Whether an object of a request is as whole as a response gives it: it has passed the rules, and may be sent again. */
export function isWhole(
  document: JsonObject,
  pointer: string,
  { value, required }: RuleCase,
): boolean {
  const place = required ?? [];
  const given = memberOf(value, place);
  const schema = objectsOf(document, pointer).find(
    ({ path }) => place.length > 0 && JSON.stringify(path) === JSON.stringify(place),
  )?.schema;
  if (schema === undefined || !isJsonObject(given)) return false;
  return Object.keys(propertiesOf(schema)).every((name) => given[name] !== undefined);
}

function memberOf(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => {
    if (isJsonArray(at)) return at[Number(key)];
    return isJsonObject(at) ? at[key] : undefined;
  }, value);
}

function put(value: Json, path: Path, member: Json | undefined): Json {
  // JSON with JSON in one of its places is JSON.
  return replaceAt(value, path, member) as Json;
}
