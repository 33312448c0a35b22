import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Node } from "./node.js";
import type { Problems } from "./problem.js";

/** Prefix of our extensions. Other `x-` keys belong to other tools and are ignored. */
const prefix = "x-contract-";

/** Objects of a document that extensions may belong to. */
type Place = "root" | "tag" | "operation" | "response" | "parameter" | "schema";

interface Extension {
  readonly places: readonly Place[];
  /** JSON Schema of the value. */
  readonly value: object;
}

const text = { type: "string", minLength: 1 } as const;
const count = { type: "integer", minimum: 0 } as const;

/** The extensions that the generator supports. `openapi/README.md` documents them. */
export const extensions: Readonly<Record<string, Extension>> = {
  "x-contract-byte-length": {
    places: ["schema"],
    value: closed({ min: count, max: count }, []),
  },
  "x-contract-error-body": {
    places: ["schema"],
    value: closed({ code: text, message: text }, ["code", "message"]),
  },
  "x-contract-error-codes": {
    places: ["response"],
    value: { type: "array", items: text, minItems: 1, uniqueItems: true },
  },
  "x-contract-errors": {
    places: ["root"],
    value: {
      type: "object",
      additionalProperties: closed(
        {
          status: { type: "integer", minimum: 400, maximum: 599 },
          retryable: { type: "boolean" },
          noSideEffects: { type: "boolean" },
          description: text,
        },
        ["status", "retryable", "noSideEffects", "description"],
      ),
    },
  },
  "x-contract-name": {
    places: ["tag", "operation", "parameter", "schema"],
    value: { type: "string", pattern: "^[A-Za-z][A-Za-z0-9]*$" },
  },
  "x-contract-pagination": {
    places: ["operation"],
    value: closed(
      {
        cursor: text,
        limit: text,
        items: text,
        next: text,
        more: text,
        filter: text,
        order: { const: "bytes" },
      },
      ["cursor", "items", "next", "more"],
    ),
  },
  "x-contract-requires": {
    places: ["schema"],
    value: {
      type: "object",
      minProperties: 1,
      additionalProperties: { type: "array", items: text, minItems: 1 },
    },
  },
  "x-contract-secret": { places: ["schema"], value: { const: true } },
  "x-contract-some-of": {
    places: ["schema"],
    value: { type: "array", items: text, minItems: 1, uniqueItems: true },
  },
};

/** Keys that contain a map whose keys are names, not keywords or extensions. */
const maps = new Set(
  "callbacks content examples headers links mapping parameters pathItems paths properties patternProperties requestBodies responses schemas securitySchemes variables $defs dependentSchemas dependentRequired".split(
    " ",
  ),
);
/** Keys that contain data. */
const data = new Set(["const", "default", "enum", "example", "value"]);

/** Checks each of our extensions in the document: its name, its place and its value. */
export function checkExtensions(root: Node, problems: Problems): void {
  const ajv = new Ajv2020({ allErrors: true });
  const compiled = new Map<string, ValidateFunction>();
  const check = (key: string, node: Node, owner: Node): void => {
    const extension = extensions[key];
    if (extension === undefined) {
      problems.add(node.at, `unknown extension ${key}`, Object.keys(extensions).join(", "));
      return;
    }
    const place = placeOf(owner.at);
    if (place === undefined || !extension.places.includes(place)) {
      problems.add(
        node.at,
        `${key} on ${place ?? "an object that it does not support"}`,
        extension.places.join(", "),
      );
    }
    const validate = compiled.get(key) ?? ajv.compile(extension.value);
    compiled.set(key, validate);
    if (!validate(node.value)) {
      problems.add(
        node.at,
        ajv.errorsText(validate.errors, { dataVar: key }),
        JSON.stringify(extension.value),
      );
    }
  };
  walk(root, false, check);
}

function walk(
  node: Node,
  isMap: boolean,
  check: (key: string, node: Node, owner: Node) => void,
): void {
  if (Array.isArray(node.value)) {
    for (const item of node.items()) walk(item, false, check);
    return;
  }
  for (const [key, child] of node.entries()) {
    if (isMap) walk(child, false, check);
    else if (key.startsWith(prefix)) check(key, child, node);
    else if (!data.has(key)) walk(child, maps.has(key) && !Array.isArray(child.value), check);
  }
}

/** The kind of the object at a place of the bundled document, derived from its keys. */
function placeOf(at: readonly string[]): Place | undefined {
  const last = at.at(-1);
  const parent = at.at(-2);
  if (last === undefined) return "root";
  if (parent === "tags" && at.length === 2) return "tag";
  if (at[0] === "paths" && at.length === 3 && last !== "parameters") return "operation";
  if (parent === "responses") return "response";
  if (parent === "parameters") return "parameter";
  const schemaMaps = ["schemas", "properties", "$defs", "oneOf", "anyOf", "allOf", "prefixItems"];
  if (schemaMaps.includes(parent ?? "")) return "schema";
  return ["schema", "items", "additionalProperties", "not"].includes(last) ? "schema" : undefined;
}

function closed(properties: object, required: readonly string[]): object {
  return { type: "object", properties, required, additionalProperties: false };
}
