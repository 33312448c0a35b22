import type { StatementStructures } from "ts-morph";
import type { Method } from "../model/api.js";
import { derivedSpecifications, failureReaders, specification } from "./operation-spec.js";
import { requestMakers } from "./requests.js";
import type { ResourceScope } from "./resource-scope.js";
import { headersReader } from "./response-headers.js";
import { responseReaders } from "./responses.js";

/** The constants and functions of an operation: its description for the runtime, request makers and response readers. */
export function operationParts(scope: ResourceScope, method: Method): StatementStructures[] {
  return [
    specification(scope, method),
    ...derivedSpecifications(scope, method),
    ...requestMakers(scope, method),
    ...responseReaders(scope, method),
    ...failureReaders(scope, method),
    ...headersReader(scope, method),
  ];
}
