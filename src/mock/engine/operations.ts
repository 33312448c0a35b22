import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import type { JsonObject } from "./json.js";
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
  // Prism modifies its input.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  // Prism would call the callbacks, but a mock must not send requests.
  return operations.map(({ callbacks, ...operation }) => operation);
}
