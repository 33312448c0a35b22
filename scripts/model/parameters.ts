import type { Node } from "../spec/node.js";
import { circleKey } from "../spec/references.js";
import type { Parameter, ParameterPlace, Property } from "./api.js";
import type { OperationContext } from "./context.js";
import { mediaOf } from "./media.js";
import { propertyName } from "./names/properties.js";
import { isDeep, readSerialization } from "./serialization.js";
import { isToken } from "./token.js";

/** Places in the order of the parameters of an input. */
const places: readonly ParameterPlace[] = ["path", "query", "header", "cookie"];
/** Header parameters that OpenAPI ignores, because the client sets them. */
const protocolHeaders: readonly string[] = ["accept", "content-type", "authorization"];

/** Reads the parameters of an operation and of its path, by place. */
export function readParameters(
  context: OperationContext,
  path: string,
  pathItem: Node,
  node: Node,
): Parameter[] {
  const { problems } = context.reader;
  const own = node.items("parameters").map((item) => item.resolve() ?? item);
  const key = (one: Node): string => `${one.text("in")} ${one.text("name")}`;
  const shared = pathItem
    .items("parameters")
    .map((item) => item.resolve() ?? item)
    .filter((one) => !own.some((other) => key(other) === key(one)));
  const declared = new Map([...shared, ...own].map((one) => [key(one), one]));
  const wanted = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  const parameters = [...declared.values()].flatMap((item): Parameter[] => {
    // Circular references were reported already.
    if (item.get(circleKey) !== undefined) return [];
    const place = places.find((one) => one === item.text("in"));
    const name = item.text("name") ?? "";
    if (place === undefined) {
      problems.add(item.at, `a parameter in ${item.text("in")}`, places.join(", "));
      return [];
    }
    if (item.text("name") === undefined) {
      problems.add(item.at, "a parameter without a name", "name");
      return [];
    }
    if (place === "header" && protocolHeaders.includes(name.toLowerCase())) return [];
    if (place === "path" && !wanted.includes(name)) {
      const supported = `one of ${wanted.join(", ") || "none"}; it is ignored`;
      problems.warn(item.at, `a path parameter ${name}, which the path does not have`, supported);
      return [];
    }
    if ((place === "header" || place === "cookie") && !isToken(name)) {
      const found = `the ${place} name ${JSON.stringify(name)}`;
      const supported = "a name that is valid in HTTP";
      // The request is valid without an optional parameter.
      if (item.flag("required")) problems.add(item.at, found, supported);
      else problems.warn(item.at, found, `${supported}; it is ignored`);
      return [];
    }
    return [readParameter(context, item, place, name)];
  });
  for (const name of new Set(wanted)) {
    if (parameters.some((one) => one.place === "path" && one.wireName === name)) continue;
    problems.warn(
      node.at,
      `the path variable {${name}} without a parameter`,
      "a path parameter; without one, a string",
    );
    parameters.push(undeclaredVariable(name, node, context));
  }
  return parameters.sort((left, right) => places.indexOf(left.place) - places.indexOf(right.place));
}

/** Reads a parameter, or a header of a form part. */
export function readParameter(
  { reader, modelShape }: OperationContext,
  item: Node,
  place: ParameterPlace,
  name: string,
): Parameter {
  const [media] = mediaOf(item.get("content"));
  const schema = item.get("schema") ?? media?.schema;
  const required = place === "path" || item.flag("required");
  const property: Property =
    schema === undefined
      ? { ...undeclaredProperty(name, item, reader.problems), required }
      : reader.property(name, schema, required, item);
  const serialization: Parameter["serialization"] =
    media?.kind === "json"
      ? { style: "content", explode: false, allowReserved: false }
      : readSerialization(item, place, reader.problems);
  const isWritable = ["content", "deepObject"].includes(serialization?.style ?? "");
  if (!isWritable && isDeep(property.shape, modelShape)) {
    reader.problems.warn(
      item.at,
      `a ${place} parameter with values that are nested too deeply for its style`,
      "deepObject, or content: application/json; the inner values are sent as JSON",
    );
  }
  return { ...property, place, ...(serialization !== undefined && { serialization }) };
}

function undeclaredProperty(
  wireName: string,
  owner: Node,
  problems: OperationContext["reader"]["problems"],
): Property {
  return {
    wireName,
    name: propertyName(wireName, owner, problems),
    required: true,
    shape: { kind: "string", limits: {} },
    description: owner.text("description") ?? "",
    deprecated: false,
    secret: false,
  };
}

function undeclaredVariable(name: string, node: Node, { reader }: OperationContext): Parameter {
  const property = undeclaredProperty(name, node, reader.problems);
  return { ...property, description: "", place: "path" };
}
