import type { Path } from "../../contract/cases/value-case.js";
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../contract/read-document.js";
import { dropItems, type Mutant, member } from "./mutant.js";
import type { Site } from "./sites.js";

/** What can go wrong in our extensions, wherever they stand. */
export function extensionMutants({ kind, path, node }: Site): readonly Mutant[] {
  const keys = Object.keys(node).filter((key) => key.startsWith("x-contract-"));
  return [...nameMutants(kind, path, node), ...keys.flatMap((key) => keyMutants(path, node, key))];
}

/** Another name for callers, of what has one that is made by rule. */
function nameMutants(kind: Site["kind"], path: Path, node: JsonObject): readonly Mutant[] {
  const isNamedSchema = path.length === 3 && path[1] === "schemas";
  const isProperty = path.at(-2) === "properties";
  const isNamed =
    kind === "operation" ||
    (kind === "parameter" && node["$ref"] === undefined) ||
    (kind === "schema" && (isNamedSchema || isProperty));
  const tags = kind === "document" && isJsonArray(node["tags"]) ? node["tags"] : [];
  return [
    ...(isNamed ? [member("add name", path, "x-contract-name", "anotherName", "")] : []),
    ...tags.map((_, index) =>
      member("add name", [...path, "tags", index], "x-contract-name", "anotherName", ""),
    ),
  ];
}

function keyMutants(path: Path, node: JsonObject, key: string): readonly Mutant[] {
  const at = [...path, key];
  const value = node[key];
  if (key === "x-contract-errors") return isJsonObject(value) ? codeMutants(at, value) : [];
  return [member("drop extension", path, key, undefined), ...valueMutants(at, node, key)];
}

function valueMutants(at: Path, node: JsonObject, key: string): readonly Mutant[] {
  const value = node[key] ?? null;
  const path = at.slice(0, -1);
  switch (key) {
    case "x-contract-byte-length":
      return numbersOf(value).flatMap(([name, bound]) => [
        member("byte bound + 1", at, name, bound + 1),
        member("byte bound - 1", at, name, bound - 1),
        member("drop byte bound", at, name, undefined),
      ]);
    case "x-contract-some-of":
      return [
        ...dropItems("drop from some-of", path, key, value),
        ...(isJsonArray(value)
          ? othersOf(node, value).map((name) =>
              member("add to some-of", path, key, [...value, name], name),
            )
          : []),
      ];
    case "x-contract-requires":
      return Object.entries(isJsonObject(value) ? value : {}).flatMap(([flag, way]) =>
        isJsonArray(way) && way.length > 1
          ? [member("shorten requirement", at, flag, way.slice(0, -1))]
          : [],
      );
    case "x-contract-error-body":
      return isJsonObject(value)
        ? [
            member(
              "swap code and message",
              path,
              key,
              { code: value["message"] ?? "", message: value["code"] ?? "" },
              "",
            ),
          ]
        : [];
    case "x-contract-error-codes":
      return [
        // Without its only code a list is gone, which is a mutant already.
        ...(isJsonArray(value) && value.length > 1
          ? dropItems("drop error code", path, key, value)
          : []),
        ...(isJsonArray(value)
          ? [member("add error code", path, key, [...value, "a_code_of_a_mutant"], "")]
          : []),
      ];
    case "x-contract-pagination":
      return isJsonObject(value) ? pageMutants(at, value) : [];
    default:
      return [];
  }
}

/** Each name of a listing is gone, or is that of its neighbour. */
function pageMutants(at: Path, names: JsonObject): readonly Mutant[] {
  const entries = Object.entries(names);
  return entries.flatMap(([name, value], index) => {
    const [, other = ""] = entries[(index + 1) % entries.length] ?? [];
    return [
      member("drop page name", at, name, undefined),
      member("change page name", at, name, other, `${name} from ${value} to ${other}`),
    ];
  });
}

function codeMutants(at: Path, table: JsonObject): readonly Mutant[] {
  return Object.entries(table).flatMap(([code, facts]) => {
    if (!isJsonObject(facts)) return [];
    const row = [...at, code];
    const { status, retryable, noSideEffects } = facts;
    return [
      member("drop code of the table", at, code, undefined),
      member("change status of a code", row, "status", Number(status) + 1),
      member("flip retryable", row, "retryable", retryable !== true, ""),
      member("flip noSideEffects", row, "noSideEffects", noSideEffects !== true, ""),
    ];
  });
}

function numbersOf(value: Json): readonly (readonly [name: string, bound: number])[] {
  return Object.entries(isJsonObject(value) ? value : {}).flatMap(([name, bound]) =>
    typeof bound === "number" ? [[name, bound] as const] : [],
  );
}

function othersOf(node: JsonObject, names: readonly Json[]): readonly string[] {
  const properties = isJsonObject(node["properties"]) ? Object.keys(node["properties"]) : [];
  return properties.filter((name) => !names.includes(name));
}
