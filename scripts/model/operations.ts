import { readAnswer, readFailures } from "./answers.js";
import type { Method } from "./api.js";
import type { OperationContext } from "./context.js";
import { readExamples } from "./examples.js";
import type { PlannedOperation } from "./names/plan.js";
import { readPagination } from "./pagination.js";
import { readParameters } from "./parameters.js";
import { readBody, readInput, readPartHeaders } from "./requests.js";
import { readRequirements } from "./security.js";
import { readServers } from "./servers.js";
import { readTarget } from "./targets.js";

/** Reads one operation. */
export function readOperation(context: OperationContext, operation: PlannedOperation): Method {
  const { node, pathItem, http, path, names } = operation;
  const { reader } = context;
  const { operationId } = names;
  for (const [, response] of node.entries("responses")) {
    const links = response.resolve()?.get("links");
    if (links !== undefined) reader.problems.note(links.at, "links, which are not followed", "");
  }
  const declared = readServers(node.get("servers") ?? pathItem.get("servers"), reader.problems)[0];
  if (http === "trace") {
    const supported = "another method: fetch forbids TRACE";
    reader.problems.add(node.at, "a TRACE operation, which fetch cannot send", supported);
  }
  const target = readTarget(path, node.at, reader.problems);
  const parameters = readParameters(context, target?.path ?? path, pathItem, node);
  const body = readBody(context, node, http);
  const { input, server } = readInput(
    context,
    pathItem,
    node,
    names.params,
    [...parameters, ...readPartHeaders(context, node, body)],
    body,
    declared,
  );
  const answer = readAnswer(context, node, http);
  const pagination = readPagination(context, node, input.parameters, answer, names);
  return {
    operationId,
    name: names.method,
    http,
    path,
    ...(target !== undefined && { target }),
    summary: node.text("summary") ?? "",
    description: node.text("description") ?? "",
    deprecated: node.flag("deprecated"),
    security: readRequirements(node, pathItem, node.root(), reader.problems),
    input,
    ...(server !== undefined && { server }),
    answer,
    failures: readFailures(context, node),
    failureName: names.failure,
    ...(answer.headers.length > 0 && { headersName: names.headers }),
    ...(pagination !== undefined && { pagination }),
    examples: readExamples(pathItem, node),
  };
}
