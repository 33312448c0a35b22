import type { Node } from "../spec/node.js";
import type { ResponseHeader, Serialization, Shape } from "./api.js";
import type { OperationContext } from "./context.js";
import { mediaOf } from "./media.js";
import { distinctNames, propertyName } from "./names/properties.js";
import { isDeep, isScalar, readSerialization } from "./serialization.js";

/** Any text: what a header is that nothing else is known of. */
const text: Shape = { kind: "string", limits: {} };

/** Whether a response says that the call succeeded: 2xx, and a declared redirect, which is not followed. */
export function isSuccess(status: string): boolean {
  return /^(2|3)(\d\d|XX)$/i.test(status);
}

/** The declared responses of success, by status. */
export function successesOf(node: Node): [status: string, response: Node][] {
  return node
    .entries("responses")
    .filter(([status]) => isSuccess(status))
    .map(([status, response]) => [status, response.resolve() ?? response]);
}

/** Whether a success of an operation declares a header. */
export function declaresHeaders(node: Node): boolean {
  return answersOf(node).some((response) => headersOf(response).length > 0);
}

/**
 * Reads the headers of every success of an operation as those of one response. Where two declare one header
 * differently, it is text.
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

/** The responses of success; where none is declared, any 2xx is what `default` says. */
function answersOf(node: Node): Node[] {
  const declared = successesOf(node).map(([, response]) => response);
  if (declared.length > 0) return declared;
  const fallback = node.get("responses")?.get("default")?.resolve();
  return fallback === undefined ? [] : [fallback];
}

/** OpenAPI ignores `Content-Type` here. `Set-Cookie` is no list of texts, and `headers.getSetCookie()` reads it. */
function headersOf(response: Node): [string, Node][] {
  return response
    .entries("headers")
    .filter(([name]) => isToken(name) && !/^(content-type|set-cookie)$/i.test(name));
}

function isToken(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
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

/** Whether the text of a header says by itself what value it stands for. */
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
