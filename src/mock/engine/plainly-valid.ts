import { bearerOf } from "./bearer.js";
import type { OperationContract } from "./contract.js";
import { isJsonObject, type JsonObject } from "./json.js";
import { type EngineRequest, isJson, textOf } from "./request.js";

/**
 * Whether a request that passed its operation's checks is also valid for Prism, decided without Prism. False only means
 * that Prism has to check it.
 */
export type PlainlyValid = (operation: OperationContract, request: EngineRequest) => boolean;

/** Creates the test for the operations of a document. */
export function plainlyValid(document: JsonObject): PlainlyValid {
  // Prism removes read-only properties from the schema before it checks a body.
  const isDirected = /"(readOnly|writeOnly)":true/.test(JSON.stringify(document));
  return (operation, request) =>
    isAuthorised(operation, request) &&
    operation.parameters.every((one) => {
      if (!one.isPlain) return false;
      const text = textOf(operation, one, request);
      // The meaning of an empty string depends on the parameter's style.
      return text === undefined ? !one.required : typeof text === "string" && text !== "";
    }) &&
    hasPlainBody(operation, request, isDirected);
}

function isAuthorised({ security }: OperationContract, { headers }: EngineRequest): boolean {
  return security === "none" || (security === "bearer" && bearerOf(headers) !== undefined);
}

function hasPlainBody(
  { body }: OperationContract,
  { body: given, headers, malformed }: EngineRequest,
  isDirected: boolean,
): boolean {
  // An operation without a body ignores one.
  if (body === undefined) return true;
  const [type, ...others] = body.types;
  return (
    !isDirected &&
    others.length === 0 &&
    type === "application/json" &&
    body.check !== undefined &&
    malformed === undefined &&
    (headers["content-encoding"] ?? "identity") === "identity" &&
    isJson(headers["content-type"] ?? "") &&
    isJsonObject(given)
  );
}
