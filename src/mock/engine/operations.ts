import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import { isJsonObject, type JsonObject } from "./json.js";
import { sizes } from "./schema-sizes.js";
import { ContractProblem } from "./schemas.js";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/**
 * Converts the operations of a document for Prism.
 *
 * @throws {ContractProblem} if Prism would check them by rules other than the document's.
 */
export async function prismOperations(document: JsonObject): Promise<readonly IHttpOperation[]> {
  const { openapi, jsonSchemaDialect } = document;
  if (String(openapi).startsWith("3.1") && jsonSchemaDialect !== dialect) {
    throw new ContractProblem(
      "/jsonSchemaDialect",
      `must be ${dialect}: otherwise bodies are checked by older rules or not at all`,
    );
  }
  const { hidden, bundle } = withHiddenReferences(document);
  // Prism modifies its input.
  const operations = await getHttpOperationsFromSpec(structuredClone(hidden));
  // Prism would call the callbacks, but a mock must not send requests.
  return operations.map(({ callbacks, ...operation }) =>
    bundle === undefined
      ? operation
      : Object.assign(withBundledReferences(operation), {
          __bundled__: { ...withBundledReferences(Object(operation).__bundled__), ...bundle },
        }),
  );
}

/** Stands for `$ref` while Prism converts a document. */
const hiddenReference = "x-mock-reference";

/** Prism replaces references by their targets. It may do so up to this many schemas. */
const smallTarget = 2000;

/**
 * Hides references between named schemas from Prism if they are recursive or lead to many schemas: their paths may be
 * exponentially many, and Prism follows each.
 *
 * @returns `bundle`: what the hidden references lead to; undefined if there are none
 */
function withHiddenReferences(document: JsonObject): {
  readonly hidden: JsonObject;
  readonly bundle: JsonObject | undefined;
} {
  const { components } = document;
  const { schemas }: JsonObject = isJsonObject(components) ? components : {};
  const { whole } = sizes(document);
  let isAny = false;
  const hide = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hide);
    if (!isJsonObject(value)) return value;
    const { $ref } = value;
    const isLarge =
      typeof $ref === "string" &&
      $ref.startsWith("#/components/schemas/") &&
      whole({ $ref }) > smallTarget;
    if (isLarge) isAny = true;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        isLarge && key === "$ref" ? hiddenReference : key,
        hide(inner),
      ]),
    );
  };
  const cut = hide(schemas);
  if (!isAny) return { hidden: document, bundle: undefined };
  const bundle = { components: { schemas: withBundledReferences(schemas) } };
  return { hidden: { ...document, components: { ...Object(components), schemas: cut } }, bundle };
}

/** Copies a value, in which hidden and local references lead to the bundle of an operation. */
function withBundledReferences<Value>(value: Value): Value;
function withBundledReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withBundledReferences(one));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isReference = key === hiddenReference || key === "$ref";
      return isReference && typeof inner === "string"
        ? ["$ref", inner.replace("#/components/", "#/__bundled__/components/")]
        : [key, withBundledReferences(inner)];
    }),
  );
}
