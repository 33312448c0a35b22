import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import { convert, type JsonObject, without } from "./grammar.js";
import { mapReferences } from "./map-references.js";
import type { Origins } from "./origins.js";
import { convertParameter, isBodyPart, requestBodyOf } from "./swagger-2-parameters.js";
import { convertSecurity, serversOf } from "./swagger-2-servers.js";

/** Reusable parts of Swagger 2.0, with their keys in the components of OpenAPI 3. */
const groups = {
  definitions: "schemas",
  parameters: "parameters",
  responses: "responses",
} as const;

const methods = ["get", "put", "post", "patch", "delete", "head", "options"];
const json = "application/json";

/** Root keys of Swagger 2.0 that OpenAPI 3 replaces. */
const replaced = [
  "swagger",
  "host",
  "basePath",
  "schemes",
  "consumes",
  "produces",
  "definitions",
  "parameters",
  "responses",
  "securityDefinitions",
];

/** Converts a Swagger 2.0 document to OpenAPI 3.0. */
export function fromSwagger2(document: JsonObject, origins: Origins): JsonObject {
  const root = mapReferences(document, movedRef);
  const shared = objectOf(root["parameters"]);
  const components: Record<string, Json> = {};
  for (const [from, to] of Object.entries(groups)) {
    if (root[from] !== undefined) origins.moved(["components", to], [from]);
  }
  if (root["definitions"] !== undefined) {
    components["schemas"] = mapOf(root["definitions"], (schema) =>
      convert(schema, "schema", { schema: toSchema3 }),
    );
  }
  const kept = Object.entries(shared).filter(([, one]) => !isBodyPart(one));
  if (kept.length > 0) {
    components["parameters"] = Object.fromEntries(
      kept.map(([name, one]) => {
        origins.moved(["components", "parameters", name, "schema"], ["parameters", name]);
        return [name, inSchemas(convertParameter(one))];
      }),
    );
  }
  if (root["responses"] !== undefined) {
    components["responses"] = mapOf(root["responses"], (one, name) =>
      convertResponse(
        one,
        textsOf(root["produces"]) ?? [json],
        ["components", "responses", name],
        origins,
      ),
    );
  }
  if (root["securityDefinitions"] !== undefined) {
    origins.moved(["components", "securitySchemes"], ["securityDefinitions"]);
    components["securitySchemes"] = mapOf(root["securityDefinitions"], convertSecurity);
  }
  const paths = mapOf(root["paths"] ?? {}, (item, path) => convertPath(item, path, root, origins));
  const servers = serversOf(root, root["schemes"]);
  if (servers.length > 0) origins.moved(["servers"], ["host"]);
  return {
    openapi: "3.0.4",
    ...without(root, ...replaced),
    ...(servers.length > 0 && { servers }),
    paths,
    ...(Object.keys(components).length > 0 && { components }),
  };
}

function convertPath(item: Json, path: string, root: JsonObject, origins: Origins): Json {
  if (!isObject(item)) return item;
  const at = ["paths", path];
  const shared = listOf(item["parameters"]).map((one, index) => ({
    one: resolved(one, root),
    from: [...at, "parameters", String(index)],
  }));
  const own = shared.filter(({ one }) => !isBodyPart(one));
  const result: Record<string, Json> = { ...item };
  if (own.length > 0) result["parameters"] = parametersOf(own, at, origins);
  else delete result["parameters"];
  for (const method of methods) {
    const operation = item[method];
    if (!isObject(operation)) continue;
    const bodies = shared.filter(({ one }) => isBodyPart(one));
    result[method] = convertOperation(operation, [...at, method], bodies, root, origins);
  }
  return result;
}

interface Placed {
  readonly one: Json;
  readonly from: readonly string[];
}

function convertOperation(
  operation: JsonObject,
  at: readonly string[],
  inherited: readonly Placed[],
  root: JsonObject,
  origins: Origins,
): JsonObject {
  const consumes = textsOf(operation["consumes"]) ?? textsOf(root["consumes"]);
  const produces = textsOf(operation["produces"]) ?? textsOf(root["produces"]) ?? [json];
  const placed = listOf(operation["parameters"]).map((one, index): Placed => {
    const target = resolved(one, root);
    // References to other parameters stay: those are in the components.
    return { one: isBodyPart(target) ? target : one, from: [...at, "parameters", String(index)] };
  });
  const own = placed.filter(({ one }) => !isBodyPart(one));
  const bodies = placed.filter(({ one }) => isBodyPart(one));
  const parts = [
    ...inherited.filter((one) => !bodies.some((other) => isSame(one, other))),
    ...bodies,
  ];
  const body = requestBodyOf(
    parts.map(({ one }) => one),
    consumes,
  );
  for (const { one, from } of parts) {
    if (!isObject(one)) continue;
    origins.moved([...at, "requestBody"], from);
    for (const type of Object.keys(objectOf(body?.["content"]))) {
      const schema = [...at, "requestBody", "content", type, "schema"];
      if (one["in"] === "body") origins.moved(schema, [...from, "schema"]);
      else origins.moved([...schema, "properties", String(one["name"])], from);
    }
  }
  const servers = operation["schemes"] === undefined ? [] : serversOf(root, operation["schemes"]);
  return {
    ...without(operation, "consumes", "produces", "schemes", "parameters"),
    ...(own.length > 0 && { parameters: parametersOf(own, at, origins) }),
    ...(body !== undefined && { requestBody: inSchemas(body, "requestBody") }),
    ...(servers.length > 0 && { servers }),
    responses: mapOf(operation["responses"] ?? {}, (one, status) =>
      convertResponse(one, produces, [...at, "responses", status], origins),
    ),
  };
}

function isSame(left: Placed, right: Placed): boolean {
  const key = ({ one }: Placed): string => (isObject(one) ? `${one["in"]} ${one["name"]}` : "");
  return key(left) === key(right);
}

function parametersOf(placed: readonly Placed[], at: readonly string[], origins: Origins): Json[] {
  return placed.map(({ one, from }, index) => {
    const to = [...at, "parameters", String(index)];
    origins.moved(to, from);
    origins.moved([...to, "schema"], from);
    return inSchemas(convertParameter(one));
  });
}

function convertResponse(
  response: Json,
  produces: readonly string[],
  at: readonly string[],
  origins: Origins,
): Json {
  if (!isObject(response) || response["$ref"] !== undefined) return response;
  const { schema, examples, headers, ...rest } = response;
  const isFile = isObject(schema) && schema["type"] === "file";
  const examplesOf = objectOf(examples);
  const types =
    isFile && produces.every((type) => type === json) ? ["application/octet-stream"] : produces;
  const content: Record<string, Json> = {};
  for (const type of schema === undefined ? Object.keys(examplesOf) : types) {
    const example = examplesOf[type];
    content[type] = {
      ...(schema !== undefined && { schema }),
      ...(example !== undefined && { example }),
    };
    origins.moved([...at, "content", type, "schema"], [...at, "schema"]);
  }
  return inSchemas(
    {
      description: "",
      ...rest,
      ...(headers !== undefined && { headers: mapOf(headers, convertParameter) }),
      ...(Object.keys(content).length > 0 && { content }),
    },
    "response",
  );
}

/** Converts every schema in an object. */
function inSchemas(
  value: Json,
  kind: "parameter" | "requestBody" | "response" = "parameter",
): Json {
  return convert(value, kind, { schema: toSchema3 });
}

function toSchema3(schema: JsonObject): JsonObject {
  const { discriminator, "x-nullable": nullable, ...rest } = schema;
  if (rest["type"] === "file") return { ...rest, type: "string", format: "binary" };
  return {
    ...rest,
    ...(typeof discriminator === "string" && { discriminator: { propertyName: discriminator } }),
    ...(isObject(discriminator) && { discriminator }),
    ...(nullable === true && { nullable }),
  };
}

/** The place of a reusable part in OpenAPI 3. */
function movedRef(ref: string): string {
  return ref.replace(
    /^#\/(definitions|parameters|responses)\//,
    (_, group: keyof typeof groups) => {
      return `#/components/${groups[group]}/`;
    },
  );
}

/** Follows a reference to a parameter of the document. */
function resolved(parameter: Json, root: JsonObject): Json {
  const ref = isObject(parameter) ? parameter["$ref"] : undefined;
  const name =
    typeof ref === "string" ? /^#\/components\/parameters\/(.+)$/.exec(ref)?.[1] : undefined;
  if (name === undefined) return parameter;
  const shared = objectOf(root["parameters"]);
  const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
  return (Object.hasOwn(shared, key) ? shared[key] : undefined) ?? parameter;
}

function mapOf(value: Json, change: (member: Json, name: string) => Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name.startsWith("x-") ? member : change(member, name),
    ]),
  );
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: Json | undefined): readonly string[] | undefined {
  const texts = listOf(value).filter((item) => typeof item === "string");
  return texts.length > 0 ? texts : undefined;
}
