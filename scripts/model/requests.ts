import type { Node } from "../spec/node.js";
import type { Body, Input, Parameter, Server, Shape } from "./api.js";
import { fieldsOf, json, type OperationContext } from "./context.js";
import { Scope, toPascal } from "./names.js";

/** Where each place of a parameter must stand by default, and how: other serialisations are refused. */
const styles = { path: "simple", query: "form", header: "simple" } as const;
/** OpenAPI ignores parameters with these names: the headers belong to the protocol. */
const protocolHeaders = ["accept", "content-type", "authorization"];

/** Reads the parameters of an operation and of its path, by place. */
export function readParameters(
  { reader, modelShape }: OperationContext,
  pathItem: Node,
  node: Node,
): Parameter[] {
  const { problems } = reader;
  const own = node.items("parameters").map((item) => item.resolve() ?? item);
  const key = (one: Node): string => `${one.text("in")} ${one.text("name")}`;
  const shared = pathItem
    .items("parameters")
    .map((item) => item.resolve() ?? item)
    .filter((one) => !own.some((other) => key(other) === key(one)));
  const parameters = [...shared, ...own].flatMap((item): Parameter[] => {
    const place = item.text("in");
    const name = item.text("name") ?? "";
    if (place !== "path" && place !== "query" && place !== "header") {
      problems.add(item.at, `a parameter in ${place}`, "path, query and header");
      return [];
    }
    if (place === "header" && protocolHeaders.includes(name.toLowerCase())) return [];
    const schema = item.get("schema");
    const style = item.text("style") ?? styles[place];
    if (
      schema === undefined ||
      style !== styles[place] ||
      item.get("explode")?.value === (place !== "query")
    ) {
      problems.add(
        item.at,
        "a parameter with content, or a style or explode other than the default",
        "schema, in the default style",
      );
      return [];
    }
    const property = reader.property(name, schema, item.flag("required"), item);
    if (!travels(property.shape, place, modelShape)) {
      problems.add(
        item.at,
        `a ${place} parameter of type ${property.shape.kind}`,
        "scalars; in a query, arrays of them too",
      );
    }
    return [{ ...property, place }];
  });
  const order = ["path", "query", "header"];
  return parameters.sort((left, right) => order.indexOf(left.place) - order.indexOf(right.place));
}

function travels(
  shape: Shape,
  place: Parameter["place"],
  modelShape: (model: string) => Shape,
): boolean {
  if (shape.kind === "ref") return travels(modelShape(shape.model), place, modelShape);
  if (shape.kind === "array") return place === "query" && travels(shape.items, "path", modelShape);
  return ["string", "number", "boolean", "enum", "dateTime"].includes(shape.kind);
}

/** Reads a request body. */
export function readBody({ reader, modelShape }: OperationContext, node: Node): Body | undefined {
  const requestBody = node.get("requestBody")?.resolve();
  if (requestBody === undefined) return undefined;
  const schema = requestBody.get("content")?.get(json)?.get("schema");
  const types = requestBody.entries("content").map(([type]) => type);
  if (schema === undefined || types.length !== 1) {
    reader.problems.add(
      requestBody.at,
      `a request body of ${types.join(", ") || "no media type"}`,
      json,
    );
    return undefined;
  }
  const shape = reader.shape(schema);
  const required = requestBody.flag("required");
  const resolved = shape.kind === "ref" ? modelShape(shape.model) : shape;
  return {
    shape,
    required,
    description: requestBody.text("description") ?? "",
    placement: required && resolved.kind === "object" ? "input" : "property",
  };
}

/** Puts everything that a caller gives into one input. */
export function readInput(
  { reader, modelShape }: OperationContext,
  pathItem: Node,
  node: Node,
  operationId: string,
  parameters: readonly Parameter[],
  body: Body | undefined,
  server: Server | undefined,
): Input {
  const { problems } = reader;
  const scope = new Scope("input", problems);
  const wanted = server?.variables.filter((variable) => variable.default === "") ?? [];
  for (const { property, name } of wanted) {
    const owner = node.get("servers") === undefined ? pathItem : node;
    scope.take(property, [...owner.at, "servers", "0", "variables", name]);
  }
  for (const { name, place, wireName } of parameters) {
    const at = [node, pathItem]
      .flatMap((owner) => owner.items("parameters"))
      .find((item) => {
        const target = item.resolve() ?? item;
        return target.text("in") === place && target.text("name") === wireName;
      })?.at;
    scope.take(name, at ?? node.at);
  }
  const requestBody = node.get("requestBody");
  const schema = requestBody?.resolve()?.get("content")?.get(json)?.get("schema")?.resolve();
  const fields = body?.placement === "input" ? fieldsOf(body.shape, modelShape) : [];
  // Two properties of one name are the schema's problem, told there.
  for (const { name, wireName } of new Map(fields.map((one) => [one.name, one])).values()) {
    scope.take(name, schema?.get("properties")?.get(wireName)?.at ?? node.at);
  }
  if (body?.placement === "property") scope.take("body", requestBody?.at ?? node.at);
  const alone = parameters.length === 0 && wanted.length === 0;
  const isNothing = alone && body === undefined;
  const isBody = alone && body?.placement === "input" && body.shape.kind === "ref";
  return {
    ...(!isNothing && !isBody && { typeName: `${toPascal(operationId)}Params` }),
    optional:
      wanted.length === 0 &&
      !parameters.some(({ required }) => required) &&
      !(body?.required ?? false),
    parameters,
    ...(body !== undefined && { body }),
  };
}
