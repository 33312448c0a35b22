import type { Node } from "../spec/node.js";
import type { ResponseHeader, Serialization, Shape } from "./api.js";
import type { OperationContext } from "./context.js";
import { mediaOf } from "./media.js";
import { distinctNames, propertyName } from "./names/properties.js";
import { isDeep, isScalar, readSerialization } from "./serialization.js";
import { isToken } from "./token.js";

/** The shape of a header whose type is not known: any string. */
const text: Shape = { kind: "string", limits: {} };

/** Whether a status is a success: 2xx, or a declared redirect, which the client does not follow. */
export function isSuccess(status: string): boolean {
  return /^(2|3)(\d\d|XX)$/i.test(status);
}

/** The declared success responses, with their statuses. */
export function successesOf(node: Node): [status: string, response: Node][] {
  return node
    .entries("responses")
    .filter(([status]) => isSuccess(status))
    .map(([status, response]) => [status, response.resolve() ?? response]);
}

/** Whether a success response of an operation declares a header. */
export function declaresHeaders(node: Node): boolean {
  return answersOf(node).some((response) => headersOf(response).length > 0);
}

/**
 * Reads the declared headers of all success responses of an operation. A header that two of them declare differently
 * is a string.
 */
export function readResponseHeaders(context: OperationContext, node: Node): ResponseHeader[] {
  const { problems } = context.reader;
  const known = new Map<string, ResponseHeader>();
  for (const response of answersOf(node)) {
    for (const [name, { at }] of response.entries("headers").filter(([one]) => !isToken(one))) {
      problems.warn(at, `the header name ${JSON.stringify(name)}`, "a name that HTTP can carry");
    }
    for (const [name, given] of headersOf(response)) {
      const header = readHeader(context, name, given);
      const key = name.toLowerCase();
      const other = known.get(key);
      const isSame =
        other === undefined || JSON.stringify(typeOf(other)) === JSON.stringify(typeOf(header));
      known.set(key, isSame ? (other ?? header) : withoutStyle(other));
    }
  }
  const headers = [...known.values()].sort((left, right) =>
    left.wireName < right.wireName ? -1 : 1,
  );
  return distinctNames(headers, node.at, problems);
}

/** The success responses; if none is declared, `default` stands for every 2xx. */
function answersOf(node: Node): Node[] {
  const declared = successesOf(node).map(([, response]) => response);
  if (declared.length > 0) return declared;
  const fallback = node.get("responses")?.get("default")?.resolve();
  return fallback === undefined ? [] : [fallback];
}

/** OpenAPI ignores `Content-Type` here. `Set-Cookie` cannot be parsed as a list; callers use `headers.getSetCookie()`. */
function headersOf(response: Node): [string, Node][] {
  return response
    .entries("headers")
    .filter(([name]) => isToken(name) && !/^(content-type|set-cookie)$/i.test(name));
}

function readHeader(
  { reader, modelShape }: OperationContext,
  wireName: string,
  given: Node,
): ResponseHeader {
  const header = given.resolve() ?? given;
  const [media] = mediaOf(header.get("content"));
  const schema = header.get("schema") ?? media?.schema;
  if (schema === undefined) return untyped(wireName, header, reader.problems);
  const {
    default: usual,
    absent,
    access,
    ...property
  } = reader.property(wireName, schema, false, header);
  const serialization: Serialization | undefined =
    media?.kind === "json"
      ? { style: "content", explode: false, allowReserved: false }
      : readSerialization(header, "header", reader.problems);
  const shape = property.shape.kind === "nullable" ? property.shape.shape : property.shape;
  const isJson = serialization?.style === "content";
  if (!isJson && !isReadable(shape, modelShape)) {
    return { ...property, shape: text };
  }
  return { ...property, shape, ...(serialization !== undefined && { serialization }) };
}

/** Whether the text of a header determines its value. */
function isReadable(shape: Shape, modelShape: (model: string) => Shape): boolean {
  const target = shape.kind === "ref" ? modelShape(shape.model) : shape;
  switch (target.kind) {
    case "array":
      return isReadable(target.items, modelShape) && isScalar(target.items, modelShape);
    case "object":
      return target.additional === undefined && !isDeep(target, modelShape);
    default:
      return isScalar(target, modelShape) && target.kind !== "union" && target.kind !== "null";
  }
}

function untyped(
  wireName: string,
  header: Node,
  problems: OperationContext["reader"]["problems"],
): ResponseHeader {
  return {
    wireName,
    name: propertyName(wireName, header, problems),
    required: false,
    shape: text,
    description: header.text("description") ?? "",
    deprecated: header.flag("deprecated"),
    secret: false,
  };
}

function typeOf({ shape, serialization }: ResponseHeader): readonly unknown[] {
  return [shape, serialization];
}

function withoutStyle(header: ResponseHeader): ResponseHeader {
  const { serialization, ...property } = header;
  return { ...property, shape: text };
}
