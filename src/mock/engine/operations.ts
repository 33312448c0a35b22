import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import type { JsonObject } from "./json.js";
import { ContractProblem } from "./schemas.js";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/**
 * The operations of a document, as Prism takes them.
 *
 * @throws {ContractProblem} Prism would check them by other rules than the document's.
 */
export async function prismOperations(document: JsonObject): Promise<readonly IHttpOperation[]> {
  const { openapi, jsonSchemaDialect } = document;
  if (String(openapi).startsWith("3.1") && jsonSchemaDialect !== dialect) {
    throw new ContractProblem(
      "/jsonSchemaDialect",
      `must be ${dialect}: with another or none, bodies are checked by older rules or not at all`,
    );
  }
  // Prism writes into what it is given.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  // A callback would be called: a mock sends nothing to anywhere.
  return operations.map(({ callbacks, ...operation }) => operation);
}
