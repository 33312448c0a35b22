import { bearerOf } from "./bearer.js";
import type { OperationContract } from "./contract.js";
import { isJsonObject, type JsonObject } from "./json.js";
import { type EngineRequest, isJson, textOf } from "./request.js";

/**
 * Says whether a request that its operation's checks find no fault with is valid to Prism, too, without asking it.
 * False is no more than that Prism has to be asked.
 */
export type PlainlyValid = (operation: OperationContract, request: EngineRequest) => boolean;

/** For the operations of one document. */
export function plainlyValid(document: JsonObject): PlainlyValid {
  // Prism checks a body by the schema less what is read-only.
  const isDirected = /"(readOnly|writeOnly)":true/.test(JSON.stringify(document));
  return (operation, request) =>
    isAuthorised(operation, request) &&
    operation.parameters.every((one) => {
      if (!one.isPlain) return false;
      const text = textOf(operation, one, request);
      // Of an empty string it depends on the style what it is.
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
  // What an operation does not take, it ignores.
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
