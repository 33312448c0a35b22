import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { readAnswer, readFailures } from "./answers.js";
import type { Method } from "./api.js";
import type { OperationContext } from "./context.js";
import { readExamples } from "./examples.js";
import type { PlannedOperation } from "./names/plan.js";
import { readPagination } from "./pagination.js";
import { readBody, readInput, readParameters } from "./requests.js";
import { readServers } from "./servers.js";

/** Reads one operation. */
export function readOperation(context: OperationContext, operation: PlannedOperation): Method {
  const { node, pathItem, http, path, names } = operation;
  const { reader } = context;
  const { operationId } = names;
  if (operationId.includes("#")) {
    // openapi-typescript writes it as a slash.
    const found = `the operationId ${JSON.stringify(operationId)}`;
    reader.problems.add([...node.at, "operationId"], found, "one without #");
  }
  const callbacks = node.get("callbacks");
  if (callbacks !== undefined)
    reader.problems.add(callbacks.at, "callbacks", "requests of the client");
  const declared = readServers(node.get("servers") ?? pathItem.get("servers"), reader.problems)[0];
  const parameters = readParameters(context, pathItem, node);
  const body = readBody(context, node);
  const { input, server } = readInput(
    context,
    pathItem,
    node,
    names.params,
    parameters,
    body,
    declared,
  );
  const answer = readAnswer(context, node);
  const pagination = readPagination(context, node, input.parameters, answer, names);
  return {
    operationId,
    name: names.method,
    http,
    path,
    summary: node.text("summary") ?? "",
    description: node.text("description") ?? "",
    deprecated: node.flag("deprecated"),
    bearer: readBearer(context, node),
    input,
    ...(server !== undefined && { server }),
    answer,
    failures: readFailures(context, node),
    failureName: names.failure,
    ...(pagination !== undefined && { pagination }),
    examples: readExamples(pathItem, node),
  };
}

/** Whether the operation carries the bearer credential. Other schemes are refused. */
function readBearer(
  { reader, rootSecurity, securitySchemes }: OperationContext,
  node: Node,
): boolean {
  const security = node.get("security") ?? rootSecurity;
  const names = (security?.items() ?? []).flatMap((one) =>
    isObject(one.value) ? Object.keys(one.value) : [],
  );
  for (const name of names) {
    const scheme = securitySchemes?.get(name)?.resolve();
    if (scheme?.text("type") !== "http" || scheme.text("scheme")?.toLowerCase() !== "bearer") {
      reader.problems.add(
        security?.at ?? node.at,
        `the security scheme ${name}`,
        "type: http with scheme: bearer",
      );
    }
  }
  return names.length > 0;
}
