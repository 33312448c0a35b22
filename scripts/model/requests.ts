import type { Node } from "../spec/node.js";
import type { Body, Input, Parameter, Server, Shape } from "./api.js";
import { fieldsOf, json, type OperationContext } from "./context.js";
import { inputNames } from "./names/inputs.js";

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
  typeName: string,
  read: readonly Parameter[],
  body: Body | undefined,
  given: Server | undefined,
): { readonly input: Input; readonly server: Server | undefined } {
  const { problems } = reader;
  const asked = given?.variables.filter((variable) => variable.default === "") ?? [];
  const owner = node.get("servers") === undefined ? pathItem : node;
  const declared = [node, pathItem].flatMap((one) => one.items("parameters"));
  const placeOf = ({ place, wireName }: Parameter): readonly string[] =>
    declared.find((item) => {
      const target = item.resolve() ?? item;
      return target.text("in") === place && target.text("name") === wireName;
    })?.at ?? node.at;
  const requestBody = node.get("requestBody");
  const schema = requestBody?.resolve()?.get("content")?.get(json)?.get("schema")?.resolve();
  const fields = body?.placement === "input" ? fieldsOf(body.shape, modelShape) : [];
  const fixed = [
    ...fields.map(({ name, wireName }) => ({
      name,
      at: schema?.get("properties")?.get(wireName)?.at ?? node.at,
    })),
    ...(body?.placement === "property" ? [{ name: "body", at: requestBody?.at ?? node.at }] : []),
  ];
  const parts = [
    ...asked.map(({ property, name }) => ({
      name: property,
      wireName: name,
      place: "server",
      at: [...owner.at, "servers", "0", "variables", name],
    })),
    ...read.map((one) => ({ ...one, at: placeOf(one) })),
  ];
  const names = inputNames(parts, fixed, problems);
  const wanted = asked.map((one, index) => ({ ...one, property: names[index] ?? one.property }));
  const parameters = read.map((one, index) => ({
    ...one,
    name: names[asked.length + index] ?? one.name,
  }));
  const server = given && {
    ...given,
    variables: given.variables.map((one) => wanted[asked.indexOf(one)] ?? one),
  };
  const alone = parameters.length === 0 && wanted.length === 0;
  const isNothing = alone && body === undefined;
  const isBody = alone && body?.placement === "input" && body.shape.kind === "ref";
  const input: Input = {
    ...(!isNothing && !isBody && { typeName }),
    optional:
      wanted.length === 0 &&
      !parameters.some(({ required }) => required) &&
      !(body?.required ?? false),
    parameters,
    ...(body !== undefined && { body }),
  };
  return { input, server };
}
