import type { Path } from "../../contract/cases/value-case.js";
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../../contract/read-document.js";
import { dropItems, type Mutant, member, mutant, rename } from "./mutant.js";
import type { Site } from "./sites.js";

/** What can go wrong at a place that is no schema: something is gone, or is called otherwise. */
export function siteMutants({ kind, path, node }: Site): readonly Mutant[] {
  switch (kind) {
    case "document":
      return documentMutants(node);
    case "server":
      return serverMutants(path, node);
    case "path":
      return pathMutants(path, node);
    case "operation":
      return operationMutants(path, node);
    case "parameter":
      return isReference(node) ? [] : parameterMutants(path, node);
    case "body":
      return bodyMutants(path, node);
    case "response":
      return isReference(node) ? [] : responseMutants(path, node);
    case "media":
      return exampleMutants(path, node);
    case "header":
      return isReference(node)
        ? []
        : [
            member("flip required", path, "required", node["required"] !== true, ""),
            ...exampleMutants(path, node),
          ];
    case "example":
      return isReference(node) ? [] : valueMutants(path, node);
    case "scheme":
      return schemeMutants(path, node);
    case "schema":
      return [];
  }
}

function documentMutants(node: JsonObject): readonly Mutant[] {
  return [
    member("drop security", [], "security", undefined, ""),
    member("drop security", [], "security", [], "no scheme"),
    member("allow without security", [], "security", [...list(node["security"]), {}], ""),
    member("drop dialect", [], "jsonSchemaDialect", undefined, ""),
    ...Object.entries(object(node["paths"])).map(([path, item]) =>
      rename("rename path", ["paths"], path, path.replace(/^\/[^/]*/, "$&-renamed"), item),
    ),
  ];
}

function serverMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const variables = Object.entries(object(node["variables"]));
  return [
    member("change server", path, "url", `${node["url"]}/more`, "url"),
    ...variables.flatMap(([name, variable]) => {
      const at = [...path, "variables", name];
      const { default: fallback, enum: values } = object(variable);
      return [
        member("change server", at, "default", `${fallback}.test`, "default"),
        ...dropItems("change server", at, "enum", values),
      ];
    }),
  ];
}

function pathMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const used = Object.keys(node);
  const free = ["put", "patch", "post"].find((method) => !used.includes(method)) ?? "trace";
  return used
    .filter((method) => isJsonObject(node[method]))
    .flatMap((method) => [
      member("drop operation", path, method, undefined),
      rename("change method", path, method, free, node[method] ?? null),
    ]);
}

function operationMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const responses = object(node["responses"]);
  return [
    member("rename operation", path, "operationId", `${node["operationId"]}_renamed`, ""),
    member("change tag", path, "tags", ["another-tag"], ""),
    member("drop security", path, "security", [], ""),
    ...dropItems("drop parameter", path, "parameters", node["parameters"]),
    ...(node["requestBody"] === undefined
      ? []
      : [member("drop body", path, "requestBody", undefined, "")]),
    ...Object.entries(responses).flatMap(([status, response]) => {
      const at = [...path, "responses"];
      return [
        member("drop response", at, status, undefined),
        rename("change status", at, status, freeStatus(status, responses), response),
      ];
    }),
  ];
}

function parameterMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const { name, required, in: place } = node;
  return [
    member("rename parameter", path, "name", `${name}_renamed`, ""),
    member("flip required", path, "required", required !== true, ""),
    ...(place === "query" ? [member("move parameter", path, "in", "header", "")] : []),
    ...exampleMutants(path, node),
  ];
}

function bodyMutants(path: Path, node: JsonObject): readonly Mutant[] {
  return [
    member("flip required", path, "required", node["required"] !== true, ""),
    ...mediaMutants(path, node),
  ];
}

function responseMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const headers = Object.entries(object(node["headers"]));
  return [
    ...headers.flatMap(([name, header]) => [
      member("drop header", [...path, "headers"], name, undefined),
      rename("rename header", [...path, "headers"], name, `x-${name}`, header),
    ]),
    ...(node["content"] === undefined
      ? []
      : [member("drop content", path, "content", undefined, "")]),
    ...mediaMutants(path, node),
  ];
}

function mediaMutants(path: Path, node: JsonObject): readonly Mutant[] {
  return Object.entries(object(node["content"])).map(([type, media]) =>
    rename("change media type", [...path, "content"], type, "application/problem+json", media),
  );
}

function exampleMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const at = [...path, "examples"];
  return Object.keys(object(node["examples"])).map((name) =>
    member("drop example", at, name, undefined),
  );
}

/** An example that says something else, in its first value. */
function valueMutants(path: Path, node: JsonObject): readonly Mutant[] {
  const leaf = firstLeaf(node["value"] ?? null, [...path, "value"]);
  if (leaf === undefined) return [];
  const { path: at, value } = leaf;
  const other =
    typeof value === "boolean" ? !value : typeof value === "number" ? value + 1 : `${value}x`;
  return [mutant("change example", path, "", [{ path: at, value: other }])];
}

function schemeMutants(path: Path, { description = "" }: JsonObject): readonly Mutant[] {
  const apiKey = { type: "apiKey", in: "header", name: "X-Api-Key", description };
  return [
    member("change security", path, "scheme", "basic"),
    mutant("change security", path, "a key in a header", [{ path, value: apiKey }]),
  ];
}

function firstLeaf(
  value: Json,
  path: Path,
): { readonly path: Path; readonly value: Json } | undefined {
  if (isJsonArray(value)) {
    return value
      .map((item, index) => firstLeaf(item, [...path, index]))
      .find((leaf) => leaf !== undefined);
  }
  if (!isJsonObject(value)) return { path, value };
  return Object.entries(value)
    .map(([name, inner]) => firstLeaf(inner, [...path, name]))
    .find((leaf) => leaf !== undefined);
}

/** The next status of the same class that is not declared. */
function freeStatus(status: string, responses: JsonObject): string {
  let next = Number(status) + 1;
  while (responses[String(next)] !== undefined) next += 1;
  return String(next);
}

function isReference(node: JsonObject): boolean {
  return node["$ref"] !== undefined;
}

function object(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function list(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : [];
}
